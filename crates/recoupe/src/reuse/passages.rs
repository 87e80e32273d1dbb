//! Articles to pairs of copied passages: [`passages`].

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{self, Index, Passage};
use super::fold::{self, Folded, Vocabulary, Weight, Word};
use super::{Locus, Pair, PassageKind, seed};
use crate::article::{Article, Span};

/// The shortest passage, in words as white space cuts them, on either side.
pub const MIN_WORDS: usize = 8;

/// The least share of equal words.
pub const MIN_SIMILARITY: f64 = 0.6;

/// How many of the equal words must be content words, and how many of those no names.
const MIN_CONTENT: usize = 4;
const MIN_PLAIN: usize = 3;

/// So many words in a row are copied whatever they are: a list of names keeps its order.
const LONG_RUN: usize = 20;

/// A passage that so many articles have is looked at again: see [`drop_formulas`].
const FREQUENT: usize = 5;

/// The least that two articles' rare words must have in common, beside a frequent passage,
/// for the passage to be copied rather than a formula of the trade.
const RELATED: f64 = 0.1;

/// The passages of [`MIN_WORDS`] words or more that two articles share, word for word or
/// edited: every pair of articles, in order of their places, the passages of a pair in reading
/// order of the first article.
///
/// Only prose counts ([`crate::article::BlockKind::is_prose`]). Case, accents, quotation
/// marks, apostrophes, hyphens and spaces make no difference. What any two reports of one
/// event share is left out: names with their titles, who said it through which channel,
/// phrases that many unrelated articles of the pile have.
///
/// ```
/// use recoupe::article::Article;
/// let pile = [
///     Article::plain("a", "The old bridge over the river collapsed under a lorry of gravel."),
///     Article::plain("b", "Police: the old bridge over the river collapsed under a gravel lorry."),
/// ];
/// let pairs = recoupe::reuse::passages(&pile);
/// assert_eq!(pairs.len(), 1);
/// assert_eq!(pairs[0].a.span.of(&pile[0].text), "The old bridge over the river collapsed under a lorry");
/// ```
pub fn passages(articles: &[Article]) -> Vec<Pair> {
    let folded = fold::fold(articles);
    let candidates = seed::candidates(&folded);
    let indices: Vec<Index> = needed(&candidates, &folded);
    let found: Vec<Vec<Found>> = candidates
        .par_iter()
        .map(|(a, b)| {
            let side = |i: u32| (&folded.articles[i as usize][..], &indices[i as usize]);
            let mut found: Vec<Found> =
                align::align(side(*a), side(*b), &folded.vocabulary, MIN_SIMILARITY)
                    .into_iter()
                    .filter(|p| is_reuse(p, side(*a).0, side(*b).0, &folded.vocabulary))
                    .map(|passage| Found { articles: (*a, *b), passage })
                    .collect();
            found.sort_by_key(|f| (f.passage.a, f.passage.b));
            found
        })
        .collect();
    let found = drop_formulas(found, &folded);
    found.into_iter().map(|f| f.pair(&folded)).collect()
}

struct Found {
    articles: (u32, u32),
    passage: Passage,
}

impl Found {
    /// Whether the passage is half of one of its articles, or more.
    fn is_main(&self, folded: &Folded) -> bool {
        let half = |article: u32, (from, to): (usize, usize)| {
            2 * (to - from) >= folded.articles[article as usize].len()
        };
        half(self.articles.0, self.passage.a) || half(self.articles.1, self.passage.b)
    }

    fn pair(&self, folded: &Folded) -> Pair {
        let locus = |article: u32, words: (usize, usize)| {
            let text = &folded.articles[article as usize];
            let span = text[words.0].span.join(text[words.1 - 1].span);
            Locus { article, span }
        };
        let similarity = self.passage.similarity();
        let kind = match similarity {
            1.0 => PassageKind::Verbatim,
            _ => PassageKind::Edited,
        };
        Pair {
            a: locus(self.articles.0, self.passage.a),
            b: locus(self.articles.1, self.passage.b),
            kind,
            similarity,
        }
    }
}

/// The indices of the articles that some candidate names; empty for the others.
fn needed(candidates: &[(u32, u32)], folded: &Folded) -> Vec<Index> {
    let mut wanted = vec![false; folded.articles.len()];
    for (a, b) in candidates {
        wanted[*a as usize] = true;
        wanted[*b as usize] = true;
    }
    let index = |(words, wanted): (&Vec<Word>, &bool)| match wanted {
        true => align::index(words),
        false => Index::new(),
    };
    folded.articles.par_iter().zip(&wanted).map(index).collect()
}

/// Whether a passage is long enough and says enough to be copied from somewhere.
fn is_reuse(passage: &Passage, a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> bool {
    let words = |text: &[Word], (from, to): (usize, usize)| {
        1 + text[from + 1..to].iter().filter(|w| w.starts).count()
    };
    let (mut content, mut plain) = (0, 0);
    for (i, j) in &passage.equal {
        if vocabulary.weight(a[*i].id) == Weight::Content {
            content += 1;
            plain += usize::from(!a[*i].name && !b[*j].name);
        }
    }
    words(a, passage.a) >= MIN_WORDS
        && words(b, passage.b) >= MIN_WORDS
        && content >= MIN_CONTENT
        && (plain >= MIN_PLAIN || passage.longest_run() >= LONG_RUN)
}

/// Leaves out what articles share that have nothing else in common: a sentence about the
/// paper, a customary phrase. Such a passage stands alone in its pair of articles, is the lesser
/// part of both, many articles have it, and the two have few rare words in common beside it.
fn drop_formulas(found: Vec<Vec<Found>>, folded: &Folded) -> Vec<Found> {
    if folded.articles.len() < FREQUENT {
        return found.into_iter().flatten().collect();
    }
    let mut carriers: FxHashMap<u64, FxHashSet<u32>> = FxHashMap::default();
    for f in found.iter().flatten() {
        for gram in f.passage.grams(&folded.articles[f.articles.0 as usize]) {
            carriers.entry(gram).or_default().extend([f.articles.0, f.articles.1]);
        }
    }
    let frequency = frequencies(folded);
    let formula = |f: &Found| {
        if f.is_main(folded) {
            return false;
        }
        let grams = f.passage.grams(&folded.articles[f.articles.0 as usize]);
        let rarest = grams.filter_map(|g| carriers.get(&g)).map(FxHashSet::len).min();
        rarest.is_some_and(|n| n >= FREQUENT) && related(f, folded, &frequency) < RELATED
    };
    found
        .into_iter()
        .filter(|pair| !matches!(&pair[..], [alone] if formula(alone)))
        .flatten()
        .collect()
}

impl Passage {
    fn grams<'a>(&self, a: &'a [Word]) -> impl Iterator<Item = u64> + 'a {
        (self.a.0..self.a.1.saturating_sub(align::RUN - 1))
            .filter_map(move |i| align::gram(a, i, align::RUN))
    }
}

/// In how many articles each word stands.
fn frequencies(folded: &Folded) -> Vec<u32> {
    let mut frequency = vec![0; folded.vocabulary.words.len()];
    for words in &folded.articles {
        for id in ids(words) {
            frequency[id as usize] += 1;
        }
    }
    frequency
}

fn ids(words: &[Word]) -> Vec<u32> {
    let mut ids: Vec<u32> = words.iter().map(|w| w.id).filter(|id| *id != fold::BARRIER).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The cosine of two articles' content words outside a passage, rare words weighing more.
fn related(found: &Found, folded: &Folded, frequency: &[u32]) -> f64 {
    let articles = folded.articles.len() as f64;
    let outside = |article: u32, (from, to): (usize, usize)| {
        let words = &folded.articles[article as usize];
        let rest: Vec<Word> = words[..from].iter().chain(&words[to..]).copied().collect();
        let mut ids = ids(&rest);
        ids.retain(|id| folded.vocabulary.weight(*id) == Weight::Content);
        ids
    };
    let a = outside(found.articles.0, found.passage.a);
    let b = outside(found.articles.1, found.passage.b);
    let weight = |id: &u32| (articles / f64::from(frequency[*id as usize])).ln_1p().powi(2);
    let both: f64 = a.iter().filter(|id| b.binary_search(id).is_ok()).map(weight).sum();
    let sum = |ids: &[u32]| ids.iter().map(weight).sum::<f64>();
    let norm = (sum(&a) * sum(&b)).sqrt();
    if norm > 0.0 { both / norm } else { 0.0 }
}

/// What share of each article's prose, in words, lies in copied passages: 0 to 1, in the order
/// of the articles.
pub fn copied_share(articles: &[Article], pairs: &[Pair]) -> Vec<f64> {
    let mut copied: Vec<Vec<Span>> = vec![Vec::new(); articles.len()];
    for locus in pairs.iter().flat_map(|p| [p.a, p.b]) {
        if let Some(spans) = copied.get_mut(locus.article as usize) {
            spans.push(locus.span);
        }
    }
    let folded = fold::fold(articles);
    let share = |(words, mut spans): (&Vec<Word>, Vec<Span>)| {
        let spans = merge(&mut spans);
        let prose = words.iter().filter(|w| w.id != fold::BARRIER);
        let (mut all, mut inside) = (0u32, 0u32);
        for word in prose {
            all += 1;
            let next = spans.partition_point(|s| s.end <= word.span.start);
            inside += u32::from(spans.get(next).is_some_and(|s| s.overlaps(word.span)));
        }
        f64::from(inside) / f64::from(all.max(1))
    };
    folded.articles.iter().zip(copied).map(share).collect()
}

/// Spans sorted, those that touch joined.
fn merge(spans: &mut [Span]) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.join(*span),
            _ => merged.push(*span),
        }
    }
    merged
}
