//! Which articles of a pile are worth aligning, without comparing all with all.
//!
//! An inverted index of word sequences: each sequence of [`LENGTH`] words that says something lists the
//! articles that have it. Of a large pile's sequences only the least of every [`WINDOW`] neighbours by
//! hash is kept (winnowing: Schleimer, Wilkerson and Aiken, "Local algorithms for document
//! fingerprinting", 2003): two texts that share a stretch keep the same ones of it. A list links each
//! of its articles to the few that follow it, however long it is, so that the work grows with the words
//! read and not with the square of the articles.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use super::fold::{Folded, Vocabulary, Weight, Word};

/// The length of an indexed sequence, in words.
const LENGTH: usize = 4;

/// Of so many sequences in a row one is kept at least, in piles of more than [`LARGE`] words.
const WINDOW: usize = 3;
const LARGE: usize = 3_000_000;

/// How many content words a sequence must have to be indexed.
const CONTENT: usize = 2;

/// How many following articles of a list an article is linked to.
const NEIGHBOURS: usize = 32;

/// What two articles' shared sequences must add up to: see [`worth`].
const ENOUGH: u32 = 4;

/// Pairs of indices of articles worth aligning, in order, the lower index first: of those that
/// `admits` admits. `order` is all articles, those next to each other that are likeliest to be
/// copies: in a long list an article meets its next ones only.
pub(crate) fn candidates(
    folded: &Folded,
    order: &[u32],
    admits: impl Fn(u32, u32) -> bool + Sync,
) -> Vec<(u32, u32)> {
    let window = match folded.articles.iter().map(Vec::len).sum::<usize>() {
        ..=LARGE => 1,
        _ => WINDOW,
    };
    // Articles are named by their rank in the order until the end.
    let mut posts: Vec<(u64, u32)> = order
        .par_iter()
        .enumerate()
        .flat_map_iter(|(rank, article)| {
            let words = &folded.articles[*article as usize];
            grams(words, &folded.vocabulary, window).into_iter().map(move |g| (g, rank as u32))
        })
        .collect();
    posts.par_sort_unstable();
    let mut lists: Vec<Vec<(u32, u32)>> = vec![Vec::new(); folded.articles.len()];
    let mut at = 0;
    for list in posts.chunk_by(|x, y| x.0 == y.0) {
        for (i, (_, rank)) in list.iter().enumerate().take(list.len() - 1) {
            lists[*rank as usize].push(((at + i) as u32, list.len() as u32));
        }
        at += list.len();
    }
    let mut found: Vec<(u32, u32)> = lists
        .par_iter()
        .enumerate()
        .flat_map_iter(|(rank, starts)| {
            let article = order[rank];
            let others = neighbours(starts, &posts).into_iter().map(|r| order[r as usize]);
            let pairs = others.map(move |other| (article.min(other), article.max(other)));
            pairs.filter(|(a, b)| admits(*a, *b)).collect::<Vec<_>>()
        })
        .collect();
    found.par_sort_unstable();
    found
}

/// The hashes of an article's kept sequences, each once.
fn grams(words: &[Word], vocabulary: &Vocabulary, window: usize) -> Vec<u64> {
    let says = |w: &Word| vocabulary.weight(w.id) == Weight::Content;
    let all: Vec<u64> = words
        .windows(LENGTH)
        .filter(|gram| gram.iter().filter(|w| says(w)).count() >= CONTENT)
        .filter_map(|gram| hash(gram, vocabulary))
        .collect();
    let mut grams: Vec<u64> = match all.len() <= window {
        true => all,
        false => all.windows(window).filter_map(|w| w.iter().min().copied()).collect(),
    };
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The hash of words by their forms: which of two is less must not hang on which article was read
/// first. None when a barrier is among them.
fn hash(words: &[Word], vocabulary: &Vocabulary) -> Option<u64> {
    let mut hasher = FxHasher::default();
    for word in words {
        hasher.write_u64(*vocabulary.hashes.get(word.id as usize)?);
    }
    Some(hasher.finish())
}

/// The later articles that share enough with one: `starts` are its places in `posts`, each
/// with the length of its list.
fn neighbours(starts: &[(u32, u32)], posts: &[(u64, u32)]) -> Vec<u32> {
    let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
    for (start, length) in starts {
        let (start, worth) = (*start as usize, worth(*length));
        let same = posts[start + 1..].iter().take(NEIGHBOURS);
        for (_, other) in same.take_while(|p| p.0 == posts[start].0) {
            *shared.entry(*other).or_default() += worth;
        }
    }
    let mut found: Vec<u32> =
        shared.into_iter().filter(|(_, sum)| *sum >= ENOUGH).map(|(other, _)| other).collect();
    found.sort_unstable();
    found
}

/// What sharing a sequence that so many articles have says: the rarer, the more.
fn worth(articles: u32) -> u32 {
    match articles {
        ..=8 => 4,
        9..=32 => 2,
        _ => 1,
    }
}
