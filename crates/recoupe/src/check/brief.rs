//! The brief: verbatim sentences that tell what most independent accounts of a story tell.
//!
//! Sentences are taken one by one, each time the one that adds most for its words: pairs of stems,
//! and stems, weigh as many accounts as tell them, where copies of one text are one account; what
//! a sentence taken before has told counts little (budgeted coverage: Gillick and Favre, "A
//! scalable global model for summarization", 2009; greedy as in Lin and Bilmes, 2010). What stands
//! early in its article counts more, what is quoted less. Garbled and disputed words are left out.

use std::collections::BTreeMap;

use rust_stemmers::Stemmer;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{BriefSentence, Finding, Status};
use crate::analyse::Analysis;
use crate::article::{Article, BlockKind, Span};
use crate::lang::entries;
use crate::reuse::{Family, Locus};

/// What a sentence's place adds: `1 + LEAD / n` for the n-th of its article.
const LEAD: f32 = 2.0;

/// What a sentence with a quotation counts: somebody's words are seldom what happened.
const QUOTED: f32 = 0.5;

/// What a pair counts of which one stem is a function word; of two, nothing.
const HALF: f32 = 0.5;

/// What a stem counts beside a pair.
const ALONE: f32 = 0.3;

/// What is left of a pair's weight each time that it has been told.
const TOLD: f32 = 0.2;

/// The lengths of sentences that may be taken, in words between spaces.
const WORDS: std::ops::RangeInclusive<usize> = 8..=45;

/// What a story's brief is made of.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// All articles of the pile.
    pub articles: &'a [Article],
    /// What was found in each.
    pub analyses: &'a [Analysis],
    /// Copied passages.
    pub families: &'a [Family],
    /// The findings, of all stories.
    pub findings: &'a [Finding],
}

/// At most `limit` words of whole sentences of the story with these articles, none twice. Words are
/// runs between spaces.
///
/// Every sentence cites itself and then what else supports the findings that it tells.
pub fn brief(of: Material, story: &[u32], limit: usize) -> Vec<BriefSentence> {
    let sentences = sentences(of, story);
    let weights = Weights::new(&sentences);
    let refused = refused(of.findings);
    let may = |s: &&Sentence| {
        let spans = refused.get(&s.place.article);
        WORDS.contains(&s.words)
            && !s.asks
            && !spans.is_some_and(|spans| spans.iter().any(|r| r.overlaps(s.place.span)))
    };
    let mut left: Vec<&Sentence> = sentences.iter().filter(may).collect();
    let mut told: FxHashMap<Pair, i32> = FxHashMap::default();
    let mut heard: FxHashSet<u32> = FxHashSet::default();
    let (mut out, mut room) = (Vec::new(), limit);
    loop {
        left.retain(|s| s.words <= room);
        let gain = |s: &Sentence| weights.gain(s, &told, &heard);
        let better = |a: (f32, usize), b: (f32, usize)| if b.0 > a.0 { b } else { a };
        let gains = left.iter().enumerate().map(|(i, s)| (gain(s), i));
        let Some((_, best)) = gains.reduce(better).filter(|(g, _)| *g > 0.0) else { break };
        let taken = left.remove(best);
        room -= taken.words;
        taken.pairs.iter().for_each(|p| *told.entry(*p).or_default() += 1);
        heard.extend(&taken.stems);
        out.push(BriefSentence { text: taken.place, cites: cites(of.findings, taken.place) });
    }
    out
}

type Pair = (u32, u32);

/// A sentence that may be taken.
struct Sentence {
    place: Locus,
    /// Its number among its article's sentences, from 0.
    number: usize,
    words: usize,
    quoted: bool,
    asks: bool,
    /// Whose words: an article's, or those of a family of copies.
    account: u32,
    /// Stems and pairs of neighbours, each once, ascending.
    stems: Vec<u32>,
    pairs: Vec<Pair>,
}

/// Numbers of stems; function words are the first.
struct Stems {
    numbers: FxHashMap<String, u32>,
    function: u32,
}

fn sentences(of: Material, story: &[u32]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut stems = Stems { numbers: FxHashMap::default(), function: 0 };
    for article in story {
        let pack = of.analyses[*article as usize].lang;
        for line in entries(pack.function_words) {
            for word in line.split_whitespace() {
                let next = stems.numbers.len() as u32;
                stems.numbers.entry(word.to_string()).or_insert(next);
            }
        }
    }
    stems.function = stems.numbers.len() as u32;
    for article in story {
        let (text, analysis) =
            (&of.articles[*article as usize].text, &of.analyses[*article as usize]);
        let stemmer = Stemmer::create(analysis.lang.stemmer);
        let body = analysis.sentences.iter().filter(|s| s.block == BlockKind::Body);
        for (number, sentence) in body.enumerate() {
            let place = Locus { article: *article, span: sentence.span };
            let words = sentence.span.of(text);
            let numbers = stems.of(words, &stemmer);
            let mut pairs: Vec<Pair> = numbers.windows(2).map(|w| (w[0], w[1])).collect();
            pairs.retain(|p| !(stems.is_function(p.0) && stems.is_function(p.1)));
            let mut alone = numbers;
            alone.retain(|s| !stems.is_function(*s));
            alone.sort_unstable();
            alone.dedup();
            pairs.sort_unstable();
            pairs.dedup();
            out.push(Sentence {
                place,
                number,
                words: words.split_whitespace().count(),
                quoted: words.contains(['«', '»', '“', '”', '"']),
                asks: words.trim_end().ends_with('?'),
                account: account(of.families, story, place),
                stems: alone,
                pairs,
            });
        }
    }
    out
}

impl Stems {
    fn of(&mut self, text: &str, stemmer: &Stemmer) -> Vec<u32> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let number = |word: &str| match self.numbers.get(word) {
            Some(n) if *n < self.function => *n,
            _ => {
                let next = self.numbers.len() as u32;
                *self.numbers.entry(stemmer.stem(word).into_owned()).or_insert(next)
            }
        };
        words.map(number).collect()
    }

    fn is_function(&self, stem: u32) -> bool {
        stem < self.function
    }
}

/// Whose words a sentence is: the first article of the story that has them, when most of it is
/// copied; else its own article.
fn account(families: &[Family], story: &[u32], place: Locus) -> u32 {
    let holds = |at: &&Locus| {
        at.article == place.article && at.span.shared(place.span) * 5 >= place.span.len() * 4
    };
    let family = families.iter().find(|f| f.places.iter().any(|at| holds(&at)));
    let first =
        family.and_then(|f| story.iter().find(|a| f.places.iter().any(|p| p.article == **a)));
    first.copied().unwrap_or(place.article)
}

/// How many accounts tell each pair and stem, if several do.
struct Weights {
    pairs: BTreeMap<Pair, f32>,
    stems: BTreeMap<u32, f32>,
}

impl Weights {
    fn new(sentences: &[Sentence]) -> Weights {
        fn count<T: Ord + Copy>(
            sentences: &[Sentence],
            of: impl Fn(&Sentence) -> &[T],
        ) -> BTreeMap<T, f32> {
            let mut told: Vec<(T, u32)> =
                sentences.iter().flat_map(|s| of(s).iter().map(|t| (*t, s.account))).collect();
            told.sort_unstable();
            told.dedup();
            let mut out = BTreeMap::new();
            told.iter().for_each(|(t, _)| *out.entry(*t).or_insert(0.0) += 1.0);
            out.retain(|_, n| *n >= 2.0);
            out
        }
        Weights { pairs: count(sentences, |s| &s.pairs), stems: count(sentences, |s| &s.stems) }
    }

    /// What a sentence adds, for each of its words.
    fn gain(&self, s: &Sentence, told: &FxHashMap<Pair, i32>, heard: &FxHashSet<u32>) -> f32 {
        let pair = |p: &Pair| {
            let weight = self.pairs.get(p).copied().unwrap_or(0.0);
            // A pair with a function word has a stem that is not counted alone.
            let whole = s.stems.binary_search(&p.0).is_ok() && s.stems.binary_search(&p.1).is_ok();
            let again = TOLD.powi(told.get(p).copied().unwrap_or(0));
            weight * again * if whole { 1.0 } else { HALF }
        };
        let stem = |n: &&u32| !heard.contains(*n);
        let stems = s.stems.iter().filter(stem).filter_map(|n| self.stems.get(n));
        let sum = s.pairs.iter().map(pair).sum::<f32>() + ALONE * stems.sum::<f32>();
        let place = 1.0 + LEAD / (1 + s.number) as f32;
        sum * place * if s.quoted { QUOTED } else { 1.0 } / s.words.max(1) as f32
    }
}

/// Where garbled and disputed findings stand, by article.
fn refused(findings: &[Finding]) -> FxHashMap<u32, Vec<Span>> {
    let mut out: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
    let open = |f: &&Finding| matches!(f.status, Status::Unreadable | Status::Disputed);
    for finding in findings.iter().filter(open) {
        for support in finding.values.iter().flat_map(|v| &v.supports) {
            out.entry(support.place.article).or_default().push(support.place.span);
        }
    }
    out
}

/// A sentence, then the other articles' words for the findings that it tells.
fn cites(findings: &[Finding], sentence: Locus) -> Vec<Locus> {
    let supports = |f: &Finding| -> Vec<Locus> {
        f.values.iter().flat_map(|v| &v.supports).map(|s| s.place).collect()
    };
    let mut out = vec![sentence];
    for places in findings.iter().map(supports) {
        let here = |p: &&Locus| p.article == sentence.article && sentence.span.contains(p.span);
        if places.iter().any(|p| here(&p)) {
            out.extend(places.into_iter().filter(|p| p.article != sentence.article));
        }
    }
    let mut seen = FxHashSet::default();
    out.retain(|p| seen.insert((p.article, p.span.start, p.span.end)));
    out
}
