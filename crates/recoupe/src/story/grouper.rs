//! Articles to stories as they come, in bounded memory: [`Grouper`].
//!
//! An article that arrives is put with the story that it is most like on average, or begins one.
//! That first guess is made with what has come before it; when a good many have arrived, all
//! articles of the window are grouped anew with what the whole window knows (see [`super::link`]),
//! which splits and merges stories, and the oldest leave. A story goes on under its number while
//! articles of it are held.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::group::{majority_of, regroup, title};
use super::link::{self, Index, Side, heaviest};
use super::vector::{Rarity, Sketch, Vector, vectors};
use crate::analyse::Interval;

/// How many articles of a stream are held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// How many stay when the oldest leave.
    pub kept: usize,
    /// How many arrive before all are grouped anew.
    pub fresh: usize,
}

impl Default for Window {
    /// A day or more of what a country's press prints; a pile that fits is grouped as a whole.
    fn default() -> Window {
        Window { kept: 5_000, fresh: 10_000 }
    }
}

/// What has left the window.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Settled {
    /// Articles, by number in order of arrival, and the number of each one's story.
    pub articles: Vec<(u32, u32)>,
    /// Stories of which no article is held any more.
    pub stories: Vec<Told>,
    /// Stories that turned out to be one: the first goes on under the second's number.
    pub same: Vec<(u32, u32)>,
}

/// A story that has ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Its number: stories are numbered as they are told apart.
    pub story: u32,
    /// A line to know it by.
    pub title: String,
    /// The language of most of its articles (BCP 47), where one is known.
    pub lang: Option<&'static str>,
    /// The days that it covers.
    pub span: Interval,
}

/// Groups a stream of articles, given in order of time.
///
/// ```
/// use recoupe::{article::Article, story::{Grouper, Known, Sketch}};
/// let mut grouper = Grouper::default();
/// let told = [
///     "The ferry Alba sank off Port Renn on Monday with forty aboard.",
///     "Voters in Ostrava elected a new mayor, the baker Jana Mala.",
///     "Forty people were aboard the Alba, the ferry that sank off Port Renn.",
/// ];
/// let sketch = |text: &str| Sketch::of(&Article::plain("", text), Known::default());
/// let placed: Vec<u32> = told.iter().map(|text| grouper.add(sketch(text))).collect();
/// assert_eq!(placed, [0, 1, 0]);
/// assert_eq!(grouper.finish().articles, [(0, 0), (1, 1), (2, 0)]);
/// ```
#[derive(Default)]
pub struct Grouper {
    window: Window,
    held: VecDeque<Held>,
    /// How many have arrived, and how many of them since all were grouped.
    arrived: u32,
    fresh: usize,
    /// The stories with articles that are held, and the number of the next.
    live: BTreeMap<u32, Live>,
    next: u32,
    settled: Settled,
    guess: Guess,
}

struct Held {
    number: u32,
    sketch: Sketch,
    /// Its story, once it has been grouped.
    story: Option<u32>,
}

/// A story with articles that are held.
#[derive(Default)]
struct Live {
    title: String,
    /// What its articles that have left leave behind.
    gone: Summary,
}

/// Languages, in order of appearance with how many articles have them, and days.
#[derive(Default, Clone)]
struct Summary {
    articles: usize,
    langs: Vec<(&'static str, usize)>,
    days: Interval,
}

impl Summary {
    fn add(&mut self, sketch: &Sketch) {
        let langs = sketch.known.lang.map(|lang| (lang, 1)).into_iter().collect();
        self.join(Summary { articles: 1, langs, days: sketch.known.days });
    }

    fn join(&mut self, other: Summary) {
        self.articles += other.articles;
        for (lang, count) in other.langs {
            match self.langs.iter_mut().find(|x| x.0 == lang) {
                Some(known) => known.1 += count,
                None => self.langs.push((lang, count)),
            }
        }
        let either = |a: Option<Date>, b: Option<Date>, f: fn(Date, Date) -> Date| match (a, b) {
            (Some(a), Some(b)) => Some(f(a, b)),
            (a, b) => a.or(b),
        };
        self.days = Interval {
            earliest: either(self.days.earliest, other.days.earliest, Date::min),
            latest: either(self.days.latest, other.days.latest, Date::max),
        };
    }
}

impl Grouper {
    /// A grouper that holds at most `kept + fresh` articles.
    pub fn new(window: Window) -> Grouper {
        let window = Window { fresh: window.fresh.max(1), ..window };
        Grouper { window, ..Grouper::default() }
    }

    /// Takes the next article and says where it stands as far as is known now: gives the number, in
    /// order of arrival, of the first article held of its story, which is its own when it begins one.
    pub fn add(&mut self, sketch: Sketch) -> u32 {
        let number = self.arrived;
        self.arrived += 1;
        self.guess.catch_up(&self.held);
        let leader = self.guess.place(number, &sketch);
        self.push(number, sketch);
        leader
    }

    /// Takes the next article without saying where it stands: the same stories come out in the end.
    pub fn hold(&mut self, sketch: Sketch) {
        let number = self.arrived;
        self.arrived += 1;
        self.push(number, sketch);
    }

    fn push(&mut self, number: u32, sketch: Sketch) {
        self.held.push_back(Held { number, sketch, story: None });
        self.fresh += 1;
        if self.fresh >= self.window.fresh {
            self.regroup(false);
            self.leave(self.window.kept);
        }
    }

    /// How many articles are held.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// What has left since this was asked last.
    pub fn take_settled(&mut self) -> Settled {
        std::mem::take(&mut self.settled)
    }

    /// Ends the stream: everything leaves.
    pub fn finish(mut self) -> Settled {
        // Where nothing has left yet, these are all there is.
        let all = self.arrived as usize == self.held.len();
        if self.fresh > 0 || all {
            self.regroup(all);
        }
        self.leave(0);
        self.settled
    }

    /// Groups all articles held anew; `chosen` where they are a whole pile.
    fn regroup(&mut self, chosen: bool) {
        self.fresh = 0;
        let sketches: Vec<&Sketch> = self.held.iter().map(|h| &h.sketch).collect();
        let vectors = vectors(&sketches);
        let (groups, bar) = regroup(&sketches, &vectors, chosen);
        let name = |g: &Vec<u32>| title(g, &vectors.whole, &vectors.lines, &sketches);
        let titles: Vec<String> = groups.par_iter().map(name).collect();
        let stories = self.numbered(&groups);
        for (story, title) in stories.iter().zip(titles) {
            self.live.entry(*story).or_default().title = title;
        }
        for (members, story) in groups.iter().zip(stories) {
            members.iter().for_each(|i| self.held[*i as usize].story = Some(story));
        }
        self.guess = Guess::after(&self.held, vectors.rarity, bar);
    }

    /// The number of each group's story: the one that most of it was of, else a new one. A story
    /// that no group goes on with is one with the story that most of it has come to.
    fn numbered(&mut self, groups: &[Vec<u32>]) -> Vec<u32> {
        let mut votes: BTreeMap<(u32, usize), usize> = BTreeMap::new();
        for (g, members) in groups.iter().enumerate() {
            for story in members.iter().filter_map(|i| self.held[*i as usize].story) {
                *votes.entry((story, g)).or_default() += 1;
            }
        }
        let mut votes: Vec<(usize, u32, usize)> =
            votes.into_iter().map(|((story, g), n)| (n, story, g)).collect();
        votes.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut of: Vec<Option<u32>> = vec![None; groups.len()];
        let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, story, g) in &votes {
            if of[*g].is_none() && !taken.contains_key(story) {
                of[*g] = Some(*story);
                taken.insert(*story, *g);
            }
        }
        let mut number = || {
            self.next += 1;
            self.next - 1
        };
        let of: Vec<u32> = of.into_iter().map(|story| story.unwrap_or_else(&mut number)).collect();
        for (_, story, g) in votes {
            if let Entry::Vacant(free) = taken.entry(story) {
                free.insert(g);
                self.absorb(story, of[g]);
            }
        }
        of
    }

    /// One story goes on as another.
    fn absorb(&mut self, story: u32, by: u32) {
        let gone = self.live.remove(&story).unwrap_or_default().gone;
        if gone.articles > 0 {
            self.settled.same.push((story, by));
            self.live.entry(by).or_default().gone.join(gone);
        }
    }

    /// Lets the oldest leave until `kept` are left.
    fn leave(&mut self, kept: usize) {
        let many = self.held.len().saturating_sub(kept);
        for held in self.held.drain(..many) {
            // All are grouped before any leaves.
            let Some(story) = held.story else { continue };
            self.settled.articles.push((held.number, story));
            self.live.entry(story).or_default().gone.add(&held.sketch);
        }
        let held: std::collections::BTreeSet<u32> =
            self.held.iter().filter_map(|h| h.story).collect();
        let ended: Vec<u32> = self.live.keys().copied().filter(|s| !held.contains(s)).collect();
        for story in ended {
            let Some(Live { title, gone }) = self.live.remove(&story) else { continue };
            let lang = majority_of(&gone.langs);
            self.settled.stories.push(Told { story, title, lang, span: gone.days });
        }
        self.guess.forget(self.held.front().map_or(self.arrived, |h| h.number));
    }
}

/// What the first guess where an article stands goes by.
#[derive(Default)]
struct Guess {
    rarity: Rarity,
    bar: Option<f64>,
    /// Articles by term, with how much of it they have; those of each in order of arrival.
    index: Index,
    /// The articles that are indexed, from this number on.
    first: u32,
    known: VecDeque<Guessed>,
    /// How many of these have a date.
    dated: usize,
    /// How many articles each leader has.
    sizes: FxHashMap<u32, u32>,
}

struct Guessed {
    vector: Vector,
    line: Vector,
    day: Option<(Date, Date)>,
    at: Option<Timestamp>,
    leader: u32,
}

impl Guessed {
    fn side(&self) -> Side<'_> {
        let (vector, line) = (&self.vector, &self.line);
        Side { vector, line, terms: vector.len(), days: self.day, at: self.at }
    }
}

impl Guess {
    /// What is known once the articles held have been grouped.
    fn after(held: &VecDeque<Held>, rarity: Rarity, bar: f64) -> Guess {
        let first = held.front().map_or(0, |h| h.number);
        Guess { rarity, bar: Some(bar), first, ..Guess::default() }
    }

    /// Indexes what is held and not yet known: where nobody asks, nothing is indexed.
    fn catch_up(&mut self, held: &VecDeque<Held>) {
        let mut leaders: FxHashMap<u32, u32> = FxHashMap::default();
        for held in held.iter().skip(self.known.len()) {
            match held.story {
                Some(story) => {
                    let leader = *leaders.entry(story).or_insert(held.number);
                    self.learn(held.number, self.guessed(&held.sketch, leader));
                }
                None => drop(self.place(held.number, &held.sketch)),
            }
        }
    }

    /// The leader of the story that the article is most like on average, and notes it there.
    fn place(&mut self, number: u32, sketch: &Sketch) -> u32 {
        let own = self.guessed(sketch, number);
        let bar = self.bar.unwrap_or_else(|| link::least_bar(self.known.len(), self.dated));
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for other in link::nearest(&own.vector, &self.index) {
            let Some(known) = self.known.get((other - self.first) as usize) else { continue };
            if let Some(likeness) = link::likeness(&own.side(), &known.side()) {
                *sums.entry(known.leader).or_default() += likeness;
            }
        }
        let average = |(leader, sum): (u32, f64)| {
            (sum / f64::from(self.sizes.get(&leader).copied().unwrap_or(1)), leader)
        };
        let best = sums.into_iter().map(average).reduce(|a, b| if b.0 > a.0 { b } else { a });
        let leader = best.filter(|x| x.0 >= bar).map_or(number, |x| x.1);
        self.learn(number, Guessed { leader, ..own });
        leader
    }

    fn guessed(&self, sketch: &Sketch, leader: u32) -> Guessed {
        let (vector, line) = (self.rarity.vector(sketch), self.rarity.line(sketch));
        Guessed { vector, line, day: sketch.day(), at: sketch.instant(), leader }
    }

    fn learn(&mut self, number: u32, article: Guessed) {
        for (term, weight) in heaviest(&article.vector, link::TERMS) {
            self.index.entry(term).or_default().push((number, weight as f32));
        }
        *self.sizes.entry(article.leader).or_default() += 1;
        self.dated += usize::from(article.day.is_some());
        self.known.push_back(article);
    }

    /// Nothing is known of the articles before this one: they have left, all at once, when the
    /// others have just been grouped and none is indexed yet.
    fn forget(&mut self, first: u32) {
        debug_assert!(self.known.is_empty() || first == self.first);
        self.first = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::story::Known;

    fn sketch(text: &str) -> Sketch {
        let known = Known { lang: Some("en"), ..Known::default() };
        Sketch::of(&Article::plain("", text), known)
    }

    const FERRY: &str = "The ferry Alba sank off Port Renn with forty people aboard on Monday.";
    const VOTE: &str = "Voters in Ostrava elected the baker Jana Mala mayor of the old town.";

    #[test]
    fn a_story_keeps_its_number_past_the_window() {
        let mut grouper = Grouper::new(Window { kept: 2, fresh: 3 });
        for _ in 0..4 {
            [FERRY, VOTE, FERRY].iter().for_each(|text| grouper.hold(sketch(text)));
            assert!(grouper.held() <= 5);
        }
        let settled = grouper.finish();
        let of = |number: u32| settled.articles.iter().find(|x| x.0 == number).map(|x| x.1);
        for number in 0..12 {
            assert_eq!(of(number), of(if number % 3 == 1 { 1 } else { 0 }), "{number}");
        }
        assert_eq!(settled.stories.len(), 2);
        assert!(settled.same.is_empty());
    }

    #[test]
    fn a_story_ends_when_none_of_it_is_held() {
        let mut grouper = Grouper::new(Window { kept: 1, fresh: 2 });
        [FERRY, FERRY, VOTE, VOTE].iter().for_each(|text| grouper.hold(sketch(text)));
        let settled = grouper.take_settled();
        assert_eq!(settled.articles, [(0, 0), (1, 0), (2, 1)]);
        let told: Vec<u32> = settled.stories.iter().map(|t| t.story).collect();
        assert_eq!(told, [0]);
        assert_eq!(settled.stories[0].lang, Some("en"));
    }

    #[test]
    fn stories_that_turn_out_to_be_one_are_told_so() {
        let mut grouper = Grouper::new(Window { kept: 10, fresh: 10 });
        for (number, story) in [(0, 0), (1, 1), (2, 0), (3, 1), (4, 0)] {
            grouper.held.push_back(Held { number, sketch: sketch(FERRY), story: Some(story) });
        }
        (grouper.next, grouper.arrived) = (2, 5);
        grouper.live.entry(1).or_default().gone.articles = 1;
        assert_eq!(grouper.numbered(&[vec![0, 1, 2, 3, 4]]), [0]);
        assert_eq!(grouper.settled.same, [(1, 0)]);
        // A part that is split off is a story of its own; the larger part keeps the number.
        assert_eq!(grouper.numbered(&[vec![0], vec![2, 4], vec![1, 3]]), [2, 0, 1]);
    }
}
