//! An article as a weighted bag of words: what two articles of one story have in common.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::background;
use crate::analyse::Interval;
use crate::article::{Article, Block, BlockKind, Span};
use crate::reuse::fold::{self, BARRIER, Weight, Word};

/// Terms and their weights, by key; of length 1, or empty.
pub(crate) type Vector = Vec<(u32, f64)>;

/// How many ordinary texts stand behind every pile: what its own frequencies weigh against. A
/// pile of five articles on one event must not make the event's own words ordinary.
const PRIOR: f64 = 100.0;

/// How much more a term weighs, where dates are known, for each nat that its days tell it from all
/// articles' days: what an event brings comes all at once, what a pile is about is always there. So
/// many articles spread over all days stand beside those that have it.
const BURST: f64 = 0.3;
const BURST_PRIOR: f64 = 5.0;

/// How much more a word of the headline counts, and a name; how much less a word of the
/// formulas that all reports have, and a number.
const HEADLINE: f64 = 2.0;
const NAME: f64 = 1.5;
const FORMULA: f64 = 0.3;
const NUMBER: f64 = 0.7;

/// What sets an outlet's or a section's name off at the end of a headline, how many words it has
/// at most, how many the headline has at least, and how much of its words' weight is left.
const IMPRINTS: [&str; 4] = [" | ", " - ", " – ", " — "];
const IMPRINT_WORDS: usize = 4;
const HEADLINE_WORDS: usize = 4;
const IMPRINT: f64 = 0.3;

/// The shortest line that can stand for an article, and the longest, in words and characters.
const LINE_WORDS: usize = 5;
const LINE_CHARS: usize = 120;

/// What grouping keeps of an article: its terms, a line to know it by, its language and days.
///
/// It is made of one article alone, on any thread, and is all that a [`super::Grouper`] holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Sketch {
    /// Its terms, in order of their keys.
    pub(crate) terms: Vec<Term>,
    /// Its headline, else the first sentence that is one.
    pub(crate) line: Line,
    /// What else is known of it.
    pub(crate) known: Known,
}

/// What is known of an article beside its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// Its language (BCP 47).
    pub lang: Option<&'static str>,
    /// The day it was published, or the best guess.
    pub day: Option<Date>,
    /// The days on which it may have been published.
    pub days: Interval,
    /// The instant at which it was published. Midnight counts as none: it stands for a day.
    pub instant: Option<Timestamp>,
}

/// A term of an article.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Term {
    /// A hash of the stem: no vocabulary grows with the stream.
    pub key: u32,
    /// How often it stands there, each place weighed by what it is.
    pub count: f32,
    /// In what share of ordinary texts the words of its stem stand.
    pub ordinary: f32,
    /// Whether it is a name or a number there.
    pub name: bool,
}

/// A line to know an article by.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Line {
    pub text: String,
    pub is_headline: bool,
    /// Its terms, with how often they stand in it.
    pub counts: Vec<(u32, f32)>,
}

impl Sketch {
    /// What grouping keeps of an article.
    pub fn of(article: &Article, known: Known) -> Sketch {
        let head = Headed::of(article);
        let (forms, words) = fold::fold_prose(&head.article);
        let forms: Vec<Form> = forms.iter().map(|form| Form::of(form)).collect();
        Sketch { terms: terms(&words, &head, &forms), line: head.line(&words, &forms), known }
    }

    /// Its day as the first and the last of its days.
    pub(crate) fn day(&self) -> Option<(Date, Date)> {
        self.known.day.map(|day| (day, day))
    }

    /// The instant at which it was published.
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        const DAY: i64 = 86_400;
        self.known.instant.filter(|at| at.as_second() % DAY != 0)
    }
}

/// A folded word, as far as grouping asks.
struct Form {
    key: u32,
    /// What it counts for its sort; 0 for what counts nothing.
    worth: f64,
    number: bool,
    ordinary: f64,
}

impl Form {
    fn of(form: &str) -> Form {
        let number = form.starts_with(|c: char| c.is_ascii_digit());
        let worth = match fold::weigh(form) {
            Weight::Function => 0.0,
            Weight::Formula => FORMULA,
            Weight::Content if number => NUMBER,
            Weight::Content => 1.0,
        };
        let stem = background::stem(form);
        let hash = FxBuildHasher.hash_one(stem);
        // Both halves: the upper bits of this hash alone are not spread well.
        let key = (hash >> 32) as u32 ^ hash as u32;
        Form { key, worth, number, ordinary: background::share(stem) }
    }
}

/// The vectors of a pile.
pub(crate) struct Vectors {
    /// Of each article: headline and prose.
    pub whole: Vec<Vector>,
    /// Of each article: the names and numbers alone, which most languages write the same.
    pub names: Vec<Vector>,
    /// Of each article: its line.
    pub lines: Vec<Vector>,
    /// What the words were weighted by.
    pub rarity: Rarity,
}

/// The vectors of sketches, words weighted by how rare they are among them and in the language
/// at large.
pub(crate) fn vectors(sketches: &[&Sketch]) -> Vectors {
    let rarity = Rarity::among(sketches);
    let weigh = |counts: &mut dyn Iterator<Item = (u32, f64)>| weigh(counts, &rarity.known);
    let count = |t: &Term| (t.key, f64::from(t.count));
    let all = sketches.par_iter();
    Vectors {
        whole: all.clone().map(|s| weigh(&mut s.terms.iter().map(count))).collect(),
        names: all
            .clone()
            .map(|s| weigh(&mut s.terms.iter().filter(|t| t.name).map(count)))
            .collect(),
        lines: all
            .map(|s| weigh(&mut s.line.counts.iter().map(|(t, n)| (*t, f64::from(*n)))))
            .collect(),
        rarity,
    }
}

/// An article's headline and prose as one text to fold, headline first.
struct Headed {
    article: Article,
    /// Where the headline ends.
    head: usize,
    /// Where the name of the outlet begins in it; where it ends, if it has none.
    imprint: usize,
}

impl Headed {
    fn of(article: &Article) -> Headed {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        let mut push = |part: &str, kind: BlockKind| {
            let start = text.len();
            text.push_str(part);
            blocks.push(Block { span: Span::new(start, text.len()), kind });
            text.push('\n');
            text.len() - 1
        };
        let slice = |block: &Block| article.text.get(block.span.range()).unwrap_or("");
        let mut head = push(article.title.as_deref().unwrap_or(""), BlockKind::Body);
        // A title inside the text is a subhead: it tells its part, not the article.
        let opening = article.blocks.iter().take_while(|b| !b.kind.is_prose());
        for block in opening.filter(|b| b.kind == BlockKind::Title) {
            head = push(slice(block), BlockKind::Body);
        }
        let prose = |b: &&Block| b.kind.is_prose() || b.kind == BlockKind::Title;
        for block in article.blocks.iter().skip_while(|b| !b.kind.is_prose()).filter(prose) {
            push(slice(block), block.kind);
        }
        let imprint = imprint(text.get(..head).unwrap_or(""));
        Headed { article: Article { text, blocks, ..Article::default() }, head, imprint }
    }

    fn in_headline(&self, word: &Word) -> bool {
        word.span.end as usize <= self.head
    }

    fn line(&self, words: &[Word], forms: &[Form]) -> Line {
        let inside = words.iter().take_while(|w| w.id != BARRIER && self.in_headline(w)).count();
        let (is_headline, range) = match inside {
            // A word or two before the text ("Live", "Offensive -") are no headline.
            0..3 => (false, first_sentence(&words[inside..])),
            n => (true, 0..n),
        };
        let words = if is_headline { &words[range] } else { &words[inside..][range] };
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for form in words.iter().filter_map(|w| forms.get(w.id as usize)).filter(|f| f.worth > 0.0)
        {
            *sums.entry(form.key).or_default() += form.worth;
        }
        let span = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        };
        Line {
            text: shorten(span.of(&self.article.text)),
            is_headline,
            counts: sums.into_iter().map(|(t, n)| (t, n as f32)).collect(),
        }
    }
}

/// Where "Ferry sinks off the coast | Port Renn Post" begins to name who prints it.
fn imprint(headline: &str) -> usize {
    let words = |text: &str| text.split_whitespace().count();
    let cut = IMPRINTS.iter().filter_map(|mark| headline.rfind(mark)).max();
    cut.filter(|at| words(&headline[..*at]) >= HEADLINE_WORDS)
        // The mark itself counts as a word.
        .filter(|at| words(&headline[*at..]) <= IMPRINT_WORDS + 1)
        .unwrap_or(headline.len())
}

/// The words of the first sentence long enough to tell something, else of the first.
fn first_sentence(words: &[Word]) -> std::ops::Range<usize> {
    let mut first = None;
    let mut start = 0;
    for sentence in words.chunk_by(|_, next| !next.opens) {
        let range = start..start + sentence.len();
        start = range.end;
        if sentence[0].id == BARRIER {
            continue;
        }
        if sentence.len() >= LINE_WORDS {
            return range;
        }
        first.get_or_insert(range);
    }
    first.unwrap_or(0..0)
}

/// A line on one line, of at most [`LINE_CHARS`] characters, cut between two words.
fn shorten(text: &str) -> String {
    let mut line = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        chars += word.chars().count() + 1;
        if chars > LINE_CHARS && !line.is_empty() {
            line.push('…');
            return line;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn terms(words: &[Word], head: &Headed, forms: &[Form]) -> Vec<Term> {
    let headline = || words.iter().filter(|w| w.id != BARRIER && head.in_headline(w));
    // Where every word of a headline has a capital, a capital tells nothing.
    let shouting = headline().filter(|w| w.name).count() * 2 > headline().count();
    let mut found: Vec<Option<Term>> = vec![None; forms.len()];
    for word in words {
        let Some(form) = forms.get(word.id as usize).filter(|f| f.worth > 0.0) else { continue };
        let in_headline = head.in_headline(word);
        let name = word.name && !(in_headline && shouting);
        let mut worth = form.worth;
        if name {
            worth *= NAME;
        }
        if in_headline {
            worth *= HEADLINE;
        }
        if in_headline && word.span.start as usize >= head.imprint {
            worth *= IMPRINT;
        }
        let (key, ordinary) = (form.key, form.ordinary as f32);
        let term =
            found[word.id as usize].get_or_insert(Term { key, count: 0.0, ordinary, name: false });
        term.count += worth as f32;
        term.name |= name || form.number && word.span.len() > 1;
    }
    let mut found: Vec<Term> = found.into_iter().flatten().collect();
    found.sort_by_key(|t| t.key);
    found.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        if same {
            kept.count += next.count;
            kept.name |= next.name;
        }
        same
    });
    found
}

/// The inverse document frequency of each term, the articles' own counts and those of ordinary
/// texts together (see [`PRIOR`]), raised for terms that come all at once (see [`BURST`]).
#[derive(Default)]
pub(crate) struct Rarity {
    articles: usize,
    known: FxHashMap<u32, f64>,
}

impl Rarity {
    fn among(sketches: &[&Sketch]) -> Rarity {
        let mut counts: FxHashMap<u32, (f64, f64)> = FxHashMap::default();
        for term in sketches.iter().flat_map(|s| &s.terms) {
            let (frequency, ordinary) = counts.entry(term.key).or_default();
            (*frequency, *ordinary) = (*frequency + 1.0, f64::from(term.ordinary));
        }
        let articles = sketches.len();
        let bursts = bursts(sketches);
        let burst = |term: u32| 1.0 + BURST * bursts.get(&term).copied().unwrap_or(0.0);
        let known = counts.into_iter();
        let known = known.map(|(t, (df, share))| (t, idf(articles, df, share) * burst(t)));
        Rarity { articles, known: known.collect() }
    }

    /// The vector of an article that may have terms of its own.
    pub fn vector(&self, sketch: &Sketch) -> Vector {
        let weight = |t: &Term| {
            let new = || idf(self.articles, 1.0, f64::from(t.ordinary));
            let rarity = self.known.get(&t.key).copied().unwrap_or_else(new);
            (t.key, f64::from(t.count).ln_1p() * rarity)
        };
        unit(sketch.terms.iter().map(weight).collect())
    }

    /// The vector of its line.
    pub fn line(&self, sketch: &Sketch) -> Vector {
        let known = |key: u32| {
            let at = sketch.terms.binary_search_by_key(&key, |t| t.key);
            let ordinary = at.map_or(0.0, |at| f64::from(sketch.terms[at].ordinary));
            self.known.get(&key).copied().unwrap_or_else(|| idf(self.articles, 1.0, ordinary))
        };
        let counts = sketch.line.counts.iter();
        unit(counts.map(|(t, n)| (*t, f64::from(*n).ln_1p() * known(*t))).collect())
    }
}

/// How far the days on which each term stands are from those on which articles appear: the
/// divergence of the one distribution from the other (Kullback and Leibler, "On information and
/// sufficiency", 1951), as far as the dates of articles are known.
fn bursts(sketches: &[&Sketch]) -> FxHashMap<u32, f64> {
    let mut dated: Vec<(Date, &Sketch)> =
        sketches.iter().filter_map(|s| Some((s.known.day?, *s))).collect();
    dated.sort_by_key(|x| x.0);
    let mut terms: FxHashMap<u32, Burst> = FxHashMap::default();
    for day in dated.chunk_by(|x, y| x.0 == y.0) {
        let share = day.len() as f64 / dated.len() as f64;
        for term in day.iter().flat_map(|(_, sketch)| &sketch.terms) {
            terms.entry(term.key).or_insert_with(|| Burst::new(share)).add(day[0].0, share);
        }
    }
    terms.into_iter().map(|(term, burst)| (term, burst.divergence())).collect()
}

/// The days of a term under way, in order.
struct Burst {
    /// The day that is being counted, the share of all articles that it has, and how many of them
    /// have the term.
    day: Option<Date>,
    share: f64,
    count: f64,
    /// Over the days before: articles with the term, shares of days, and the sum of
    /// (count + prior) * ln((count + prior) / share).
    articles: f64,
    shares: f64,
    sum: f64,
}

impl Burst {
    fn new(share: f64) -> Burst {
        Burst { day: None, share, count: 0.0, articles: 0.0, shares: 0.0, sum: 0.0 }
    }

    fn add(&mut self, day: Date, share: f64) {
        if self.day != Some(day) {
            self.close();
            (self.day, self.share, self.count) = (Some(day), share, 0.0);
        }
        self.count += 1.0;
    }

    fn close(&mut self) {
        if self.count > 0.0 {
            self.articles += self.count;
            self.shares += self.share;
            let smooth = self.count + BURST_PRIOR * self.share;
            self.sum += smooth * (smooth / self.share).ln();
        }
    }

    fn divergence(mut self) -> f64 {
        self.close();
        let all = self.articles + BURST_PRIOR;
        let seen = self.articles + BURST_PRIOR * self.shares;
        let elsewhere = (1.0 - self.shares).max(0.0) * BURST_PRIOR / all;
        ((self.sum - seen * all.ln()) / all + elsewhere * (BURST_PRIOR / all).ln()).max(0.0)
    }
}

fn idf(articles: usize, frequency: f64, ordinary: f64) -> f64 {
    let all = articles as f64 + PRIOR;
    (all / (frequency + PRIOR * ordinary.min(1.0))).ln().max(0.0)
}

fn weigh(counts: &mut dyn Iterator<Item = (u32, f64)>, rarity: &FxHashMap<u32, f64>) -> Vector {
    let rarity = |term: u32| rarity.get(&term).copied().unwrap_or_default();
    unit(counts.map(|(t, n)| (t, n.ln_1p() * rarity(t))).collect())
}

/// A vector of length 1 in the same direction.
fn unit(mut vector: Vector) -> Vector {
    let norm = vector.iter().map(|x| x.1 * x.1).sum::<f64>().sqrt();
    if norm <= 0.0 {
        return Vector::new();
    }
    vector.iter_mut().for_each(|x| x.1 /= norm);
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_headlines_or_first_sentences() {
        let long = "Le pont ".to_owned() + &"de la vieille ville ".repeat(20);
        let cases = [
            (Some("Le pont cède"), "Le vieux pont de la ville a cédé hier soir.", "Le pont cède"),
            (
                None,
                "Direct. Le vieux pont de la ville a cédé. Fin.",
                "Le vieux pont de la ville a cédé",
            ),
            (None, "Court.", "Court"),
            (None, "", ""),
        ];
        for (title, text, line) in cases {
            let title = title.map(str::to_owned);
            let article = Article { title, ..Article::plain("a", text) };
            assert_eq!(Sketch::of(&article, Known::default()).line.text, line);
        }
        let cut = Sketch::of(&Article::plain("a", long.clone()), Known::default()).line.text;
        let words = cut.strip_suffix('…').unwrap();
        assert!(long.starts_with(&format!("{words} ")), "cut between words: {cut}");
        assert!(cut.chars().count() <= LINE_CHARS, "{cut}");
    }

    #[test]
    fn who_prints_a_headline_is_told_from_what_it_says() {
        let cases = [
            ("Ferry sinks off the coast | Port Renn Post", "Ferry sinks off the coast"),
            ("Un bac coule au large - Le Courrier", "Un bac coule au large"),
            ("Ferry sinks - Port Renn", "Ferry sinks - Port Renn"),
            ("Un avant-projet de loi sur la mer", "Un avant-projet de loi sur la mer"),
            ("", ""),
        ];
        for (headline, told) in cases {
            assert_eq!(&headline[..imprint(headline)], told);
        }
    }

    #[test]
    fn what_comes_all_at_once_weighs_more() {
        // One word on every day, one now and then, one as often as that and all at once.
        let report = |day: i8, text: &str| {
            let day = jiff::civil::date(2031, 3, day);
            let known = Known { day: Some(day), ..Known::default() };
            Sketch::of(&Article::plain("", text), known)
        };
        let daily = (1..=20).flat_map(|day| (0..10).map(move |_| (day, "museum")));
        let now_and_then = [5, 10, 15, 20].map(|day| (day, "harbour"));
        let at_once = [(7, "landslide"); 4];
        let pile = daily.chain(now_and_then).chain(at_once);
        let pile: Vec<Sketch> = pile.map(|(day, text)| report(day, text)).collect();
        let key = |word: &str| Form::of(word).key;
        let found = bursts(&pile.iter().collect::<Vec<_>>());
        assert!(found[&key("landslide")] > 1.5 * found[&key("harbour")], "{found:?}");
        assert!(found[&key("museum")] < found[&key("harbour")]);
        // Where all is of one day, or of none, nothing stands out.
        let one: Vec<Sketch> = ["harbour", "museum"].map(|w| report(1, w)).to_vec();
        assert!(bursts(&one.iter().collect::<Vec<_>>()).values().all(|x| *x < 1e-9));
        let undated = Sketch::of(&Article::plain("", "harbour"), Known::default());
        assert!(bursts(&[&undated]).is_empty());
    }

    #[test]
    fn vectors_have_length_one_or_nothing() {
        let pile = ["Rien que le la les.", "Un orage a frappé la vallée.", ""]
            .map(|t| Sketch::of(&Article::plain("a", t), Known::default()));
        let lengths: Vec<f64> = vectors(&pile.each_ref())
            .whole
            .iter()
            .map(|v| v.iter().map(|x| x.1 * x.1).sum())
            .collect();
        assert!(lengths[0] == 0.0 && (lengths[1] - 1.0).abs() < 1e-9 && lengths[2] == 0.0);
    }
}
