//! Articles to the stories they tell: [`group`].
//!
//! Articles that are alike on average are one story (see [`super::link`]); then stories in two
//! languages that share names and numbers are joined, and articles left alone to the story whose
//! names they are about.

use jiff::civil::Date;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Story;
use super::grouper::{Grouper, Settled, Told};
use super::link::{self, heaviest, timely};
use super::vector::{Known, Sketch, Vector, Vectors, vectors};
use crate::analyse::language::{Detected, detect};
use crate::analyse::{Analysis, Interval};
use crate::article::Article;
use crate::lang::PACKS;

/// What part of likeness is to the story as a whole; the rest is to its articles on average,
/// which keeps a story from growing vaguer and taking in everything.
const CENTRE: f64 = 0.1;

/// How alike the names and numbers of two stories in different languages must be, and how many
/// they must share.
const ABROAD: f64 = 0.35;
const ABROAD_QUORUM: usize = 4;

/// How many of its heaviest terms an article or a story is looked up by, how many stories a
/// term may lead to, and how many of the stories found are looked at.
const TERMS: usize = 30;
const LEADS: usize = 200;
const LOOKS: usize = 20;

/// What share of the likeness asked for its heaviest terms alone must reach.
const PROMISE: f64 = 0.3;

/// How often stories are joined again after stories were joined.
const ROUNDS: usize = 5;

/// Groups articles that report the same events, each article in one story, the stories in
/// reading order of their first article.
///
/// Articles that come with a topic keep it: it is their story, and its id. For the others the
/// words of headline and prose decide, rare ones and names most; how rare a word is comes from
/// the pile and, where the pile is small, from the language at large. Across languages names
/// and numbers decide. `analyses` are those of the articles, in the same order; it may be
/// empty, then languages are detected and dates are those that the articles came with.
///
/// ```
/// use recoupe::article::Article;
/// let pile = [
///     Article::plain("a", "The ferry Alba sank off Port Renn on Monday with forty aboard."),
///     Article::plain("b", "Forty people were aboard the Alba, the ferry that sank off Port Renn."),
///     Article::plain("c", "Voters in Ostrava elected a new mayor, the baker Jana Mala."),
/// ];
/// let stories = recoupe::story::group(&pile, &[]);
/// assert_eq!(stories.iter().map(|s| s.articles.clone()).collect::<Vec<_>>(), [vec![0, 1], vec![2]]);
/// ```
pub fn group(articles: &[Article], analyses: &[Analysis]) -> Vec<Story> {
    let known: Vec<Known> =
        articles.par_iter().enumerate().map(|(i, a)| known(a, analyses.get(i))).collect();
    group_known(articles, &known)
}

/// [`group`] of articles of which so much is known, in the same order.
///
/// It is the stream of the articles in order of time, those of one instant in reading order, given
/// to a [`Grouper`] with the usual window.
pub fn group_known(articles: &[Article], known: &[Known]) -> Vec<Story> {
    let mut grouper = Grouper::default();
    let order = in_time(articles, known);
    for some in order.chunks(TOGETHER) {
        let sketch = |i: &u32| Sketch::of(&articles[*i as usize], known[*i as usize]);
        let sketches: Vec<Sketch> = some.par_iter().map(sketch).collect();
        sketches.into_iter().for_each(|sketch| grouper.hold(sketch));
    }
    let mut groups = gathered(grouper.finish(), &order);
    for (topic, members) in topics(articles) {
        groups.push((Some(topic), topical(&members, articles, known)));
    }
    groups.sort_by_key(|(_, story)| story.articles[0]);
    let ids = ids(&groups);
    groups.into_iter().zip(ids).map(|((_, story), id)| Story { id, ..story }).collect()
}

/// How many articles are sketched before they are given to the grouper.
const TOGETHER: usize = 4096;

fn known(article: &Article, analysis: Option<&Analysis>) -> Known {
    let day = article.published;
    let days = match day {
        Some(day) => Interval { earliest: Some(day), latest: Some(day) },
        None => analysis.map(|a| a.published.interval).unwrap_or_default(),
    };
    let day = day.or_else(|| analysis?.published.date);
    Known { lang: language(article, analysis), day, days, instant: article.instant }
}

fn language(article: &Article, analysis: Option<&Analysis>) -> Option<&'static str> {
    if let Some(analysis) = analysis {
        return Some(analysis.lang.code);
    }
    match detect(article) {
        Detected::Known(pack) => Some(pack.code),
        Detected::Unknown(code) => code,
    }
}

/// The articles without a topic in order of time, in reading order where the time is the same. What
/// has no date stands after what is read before it.
fn in_time(articles: &[Article], known: &[Known]) -> Vec<u32> {
    let mut last = None;
    let mut timed: Vec<_> = Vec::new();
    for (i, article) in articles.iter().enumerate() {
        let own = known[i].day.map(|day| (day, article.instant));
        last = own.or(last);
        if article.topic.is_none() {
            timed.push((last, i as u32));
        }
    }
    timed.sort();
    timed.into_iter().map(|x| x.1).collect()
}

/// The stories of a stream that has ended; `order` tells the articles by their number in it.
fn gathered<'a>(settled: Settled, order: &[u32]) -> Vec<(Option<&'a str>, Story)> {
    let same: FxHashMap<u32, u32> = settled.same.iter().copied().collect();
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (number, mut story) in settled.articles {
        // A story goes on only in one that was there then: this ends.
        while let Some(by) = same.get(&story) {
            story = *by;
        }
        members.entry(story).or_default().push(order[number as usize]);
    }
    let story = |told: Told| {
        let mut articles = members.remove(&told.story)?;
        articles.sort_unstable();
        let lang = told.lang.unwrap_or(PACKS[0].code);
        Some((
            None,
            Story {
                id: String::new(),
                title: told.title,
                lang,
                articles,
                span: told.span,
                accounts: Vec::new(),
            },
        ))
    };
    settled.stories.into_iter().filter_map(story).collect()
}

/// The story of articles that came with one topic.
fn topical(members: &[u32], articles: &[Article], known: &[Known]) -> Story {
    let sketch = |i: &u32| Sketch::of(&articles[*i as usize], known[*i as usize]);
    let sketches: Vec<Sketch> = members.par_iter().map(sketch).collect();
    let sketches: Vec<&Sketch> = sketches.iter().collect();
    let vectors = vectors(&sketches);
    let all: Vec<u32> = (0..members.len() as u32).collect();
    let langs: Vec<_> = sketches.iter().map(|s| s.known.lang).collect();
    let days = || members.iter().map(|i| known[*i as usize].days);
    Story {
        id: String::new(),
        title: title(&all, &vectors.whole, &vectors.lines, &sketches),
        lang: majority(&all, &langs),
        articles: members.to_vec(),
        span: Interval {
            earliest: days().filter_map(|i| i.earliest).min(),
            latest: days().filter_map(|i| i.latest).max(),
        },
        accounts: Vec::new(),
    }
}

/// Sketches to stories, all at once, each in order, by their first; and how alike those of a story
/// are on average at least.
pub(crate) fn regroup(
    sketches: &[&Sketch],
    vectors: &Vectors,
    chosen: bool,
) -> (Vec<Vec<u32>>, f64) {
    let dates: Vec<Option<Date>> = sketches.iter().map(|s| s.known.day).collect();
    let langs: Vec<Option<&'static str>> = sketches.iter().map(|s| s.known.lang).collect();
    let instants: Vec<_> = sketches.iter().map(|s| s.instant()).collect();
    let (groups, bar) = link::groups(&vectors.whole, &vectors.lines, &dates, &instants, chosen);
    let groups = join_abroad(groups, &vectors.names, &dates, &langs);
    let mut groups = join_strays(groups, &vectors.names, &dates);
    groups.sort_unstable();
    (groups, bar)
}

/// Articles by the topic they came with, topics in reading order.
fn topics(articles: &[Article]) -> Vec<(&str, Vec<u32>)> {
    let mut topics: Vec<(&str, Vec<u32>)> = Vec::new();
    let mut index: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, article) in articles.iter().enumerate() {
        let Some(topic) = article.topic.as_deref() else { continue };
        let at = *index.entry(topic).or_insert_with(|| {
            topics.push((topic, Vec::new()));
            topics.len() - 1
        });
        topics[at].1.push(i as u32);
    }
    topics
}

/// The topic, or `s1`, `s2`... with the numbers left out that some topic is called.
fn ids(groups: &[(Option<&str>, Story)]) -> Vec<String> {
    let given: FxHashSet<&str> = groups.iter().filter_map(|x| x.0).collect();
    let mut next = 0;
    let mut number = || loop {
        next += 1;
        let id = format!("s{next}");
        if !given.contains(id.as_str()) {
            return id;
        }
    };
    groups.iter().map(|(topic, _)| topic.map_or_else(&mut number, str::to_owned)).collect()
}

/// The headline most like the story as a whole; where no article has one, the first sentence.
pub(crate) fn title(
    members: &[u32],
    whole: &[Vector],
    lines: &[Vector],
    sketches: &[&Sketch],
) -> String {
    let mut story = Cluster::default();
    members.iter().for_each(|i| story.add(*i, &whole[*i as usize], None));
    let line = |i: &u32| &sketches[*i as usize].line;
    let headlines = members.iter().any(|i| line(i).is_headline);
    let best = members
        .iter()
        .filter(|i| line(i).is_headline == headlines)
        .map(|i| (story.dot(&lines[*i as usize]), line(i)))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, line)| line.text.clone()).unwrap_or_default()
}

/// The language of most of the articles, the first of them where as many have another.
fn majority(members: &[u32], langs: &[Option<&'static str>]) -> &'static str {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for lang in members.iter().filter_map(|i| langs[*i as usize]) {
        match counts.iter_mut().find(|x| x.0 == lang) {
            Some(known) => known.1 += 1,
            None => counts.push((lang, 1)),
        }
    }
    majority_of(&counts).unwrap_or(PACKS[0].code)
}

/// The language that has most, the first of them where as many have another.
pub(crate) fn majority_of(counts: &[(&'static str, usize)]) -> Option<&'static str> {
    counts.iter().rev().max_by_key(|x| x.1).map(|x| x.0)
}

/// How many names an article alone must share with a story to be part of it, and what share of
/// the weight of its names.
const STRAY_NAMES: usize = 4;
const STRAY_SHARE: f64 = 0.25;

/// A story under way.
#[derive(Default, Clone)]
struct Cluster {
    /// The sum of its articles' vectors, and the square of its length.
    sum: FxHashMap<u32, f64>,
    square: f64,
    members: Vec<u32>,
    days: Option<(Date, Date)>,
}

impl Cluster {
    fn dot(&self, vector: &Vector) -> f64 {
        vector.iter().filter_map(|(term, weight)| Some(self.sum.get(term)? * weight)).sum()
    }

    fn add(&mut self, article: u32, vector: &Vector, day: Option<Date>) {
        let own: f64 = vector.iter().map(|x| x.1 * x.1).sum();
        self.square += 2.0 * self.dot(vector) + own;
        for (term, weight) in vector {
            *self.sum.entry(*term).or_default() += weight;
        }
        self.members.push(article);
        if let Some(day) = day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    /// Its terms, by number.
    fn vector(&self) -> Vector {
        let mut vector: Vector = self.sum.iter().map(|(t, w)| (*t, *w)).collect();
        vector.sort_unstable_by_key(|x| x.0);
        vector
    }

    /// How alike two stories are, 0 to 1; 0 where they share fewer than `quorum` terms.
    fn likeness(&self, other: &Cluster, vector: &Vector, quorum: usize) -> f64 {
        let shared = vector.iter().filter(|(t, _)| other.sum.contains_key(t)).take(quorum).count();
        if shared < quorum {
            return 0.0;
        }
        let dot = other.dot(vector);
        let centre = dot / (self.square * other.square).sqrt();
        let average = dot / (self.members.len() * other.members.len()) as f64;
        let near = CENTRE * centre + (1.0 - CENTRE) * average;
        near * self.days.zip(other.days).map_or(1.0, |(a, b)| timely(a, b, 1.0))
    }
}

/// Which stories have a term, and how much of it when it came to them.
#[derive(Default)]
struct Lookup {
    stories: FxHashMap<u32, Vec<(u32, f64)>>,
}

impl Lookup {
    fn add(&mut self, term: u32, story: u32, weight: f64) {
        self.stories.entry(term).or_default().push((story, weight));
    }

    /// The stories that have most of a vector's heaviest terms, best first: those whose
    /// likeness may reach `bar`, as far as these terms tell.
    fn near(&self, vector: &Vector, bar: f64) -> Vec<u32> {
        let mut found: FxHashMap<u32, f64> = FxHashMap::default();
        for (term, weight) in heaviest(vector, TERMS) {
            let stories = self.stories.get(&term).filter(|s| s.len() <= LEADS);
            for (story, its) in stories.into_iter().flatten() {
                *found.entry(*story).or_default() += weight * its;
            }
        }
        let mut found: Vec<(u32, f64)> =
            found.into_iter().filter(|x| x.1 >= PROMISE * bar).collect();
        found.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.truncate(LOOKS);
        found.into_iter().map(|x| x.0).collect()
    }
}

/// Joins an article left alone to the story whose names it is about, in whatever other words it
/// tells of them: a comment, a profile. At least [`STRAY_NAMES`] of its names, with
/// [`STRAY_SHARE`] of their weight, must be names that many of the story's articles have.
fn join_strays(groups: Vec<Vec<u32>>, names: &[Vector], dates: &[Option<Date>]) -> Vec<Vec<u32>> {
    let (mut stories, strays): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.len() > 2);
    let kept: Vec<FxHashSet<u32>> = stories.iter().map(|s| common_names(s, names)).collect();
    let mut by_name: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (story, terms) in kept.iter().enumerate() {
        for term in terms {
            by_name.entry(*term).or_default().push(story as u32);
        }
    }
    let mut alone = Vec::new();
    for stray in strays {
        match home(&stray, names, dates, &by_name, &stories).filter(|_| stray.len() == 1) {
            Some(story) => stories[story].extend(stray),
            None => alone.push(stray),
        }
    }
    stories.iter_mut().for_each(|s| s.sort_unstable());
    stories.extend(alone);
    stories.sort_by_key(|s| s[0]);
    stories
}

/// The story that has most of the weight of a stray's names, if it has enough.
fn home(
    stray: &[u32],
    names: &[Vector],
    dates: &[Option<Date>],
    by_name: &FxHashMap<u32, Vec<u32>>,
    stories: &[Vec<u32>],
) -> Option<usize> {
    let own = &names[stray[0] as usize];
    let mass: f64 = own.iter().map(|x| x.1).sum();
    let mut shared: BTreeMap<u32, (usize, f64)> = BTreeMap::new();
    for (term, weight) in own {
        for story in by_name.get(term).into_iter().flatten() {
            let slot = shared.entry(*story).or_default();
            *slot = (slot.0 + 1, slot.1 + weight);
        }
    }
    let day = |i: u32| dates[i as usize].map(|d| (d, d));
    let fits = |story: &Vec<u32>| {
        let apart = story.iter().filter_map(|i| Some(timely(day(stray[0])?, day(*i)?, 1.0)));
        apart.fold(1.0, f64::min) > 0.9
    };
    shared
        .into_iter()
        .filter(|(_, (count, weight))| *count >= STRAY_NAMES && *weight >= STRAY_SHARE * mass)
        .filter(|(story, _)| fits(&stories[*story as usize]))
        .reduce(|best, next| if next.1.1 > best.1.1 { next } else { best })
        .map(|(story, _)| story as usize)
}

/// The names that at least two fifths of a story's articles have.
fn common_names(story: &[u32], names: &[Vector]) -> FxHashSet<u32> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for (term, _) in story.iter().flat_map(|i| &names[*i as usize]) {
        *counts.entry(*term).or_default() += 1;
    }
    counts.into_iter().filter(|(_, n)| n * 5 >= story.len() * 2).map(|(t, _)| t).collect()
}

/// Joins stories of different languages that are alike in names and numbers.
fn join_abroad(
    groups: Vec<Vec<u32>>,
    names: &[Vector],
    dates: &[Option<Date>],
    langs: &[Option<&'static str>],
) -> Vec<Vec<u32>> {
    let known = |i: &u32| langs[*i as usize].is_some();
    let mut spoken = groups.iter().flatten().filter(|i| known(i)).map(|i| langs[*i as usize]);
    let first = spoken.next();
    if spoken.all(|lang| Some(lang) == first) {
        return groups;
    }
    let cluster = |members: Vec<u32>| {
        let mut cluster = Cluster::default();
        members.iter().for_each(|i| cluster.add(*i, &names[*i as usize], dates[*i as usize]));
        cluster
    };
    let clusters = groups.into_iter().map(cluster).collect();
    let bars = Bars { likeness: ABROAD, quorum: ABROAD_QUORUM };
    join(clusters, names, dates, bars, |a, b| {
        majority(&a.members, langs) != majority(&b.members, langs)
    })
}

/// What two stories must reach to be joined.
#[derive(Clone, Copy)]
struct Bars {
    likeness: f64,
    quorum: usize,
}

/// Joins stories two by two, the most alike first, until none are alike enough.
fn join(
    mut clusters: Vec<Cluster>,
    vectors: &[Vector],
    dates: &[Option<Date>],
    bars: Bars,
    may: impl Fn(&Cluster, &Cluster) -> bool,
) -> Vec<Vec<u32>> {
    for _ in 0..ROUNDS {
        let links = links(&clusters, bars, &may);
        if links.is_empty() {
            break;
        }
        let mut busy = vec![false; clusters.len()];
        for (a, b) in links {
            if busy[a] || busy[b] {
                continue;
            }
            (busy[a], busy[b]) = (true, true);
            for i in std::mem::take(&mut clusters[b]).members {
                clusters[a].add(i, &vectors[i as usize], dates[i as usize]);
            }
        }
        clusters.retain(|c| !c.members.is_empty());
    }
    let mut groups: Vec<Vec<u32>> = clusters.into_iter().map(|c| c.members).collect();
    groups.iter_mut().for_each(|members| members.sort_unstable());
    groups
}

/// Pairs of stories alike enough, the most alike first.
fn links(
    clusters: &[Cluster],
    bars: Bars,
    may: &impl Fn(&Cluster, &Cluster) -> bool,
) -> Vec<(usize, usize)> {
    let vectors: Vec<Vector> = clusters.iter().map(Cluster::vector).collect();
    let unit = |story: usize, weight: f64| weight / clusters[story].square.sqrt();
    let mut lookup = Lookup::default();
    for (story, vector) in vectors.iter().enumerate() {
        for (term, weight) in heaviest(vector, TERMS) {
            lookup.add(term, story as u32, unit(story, weight));
        }
    }
    let mut links: Vec<(f64, usize, usize)> = Vec::new();
    for (a, vector) in vectors.iter().enumerate() {
        let scaled: Vector = vector.iter().map(|(t, w)| (*t, unit(a, *w))).collect();
        for b in lookup.near(&scaled, bars.likeness) {
            let b = b as usize;
            if b <= a || !may(&clusters[a], &clusters[b]) {
                continue;
            }
            let likeness = clusters[a].likeness(&clusters[b], vector, bars.quorum);
            if likeness >= bars.likeness {
                links.push((likeness, a, b));
            }
        }
    }
    links.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    links.into_iter().map(|(_, a, b)| (a, b)).collect()
}
