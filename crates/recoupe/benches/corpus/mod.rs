//! The corpus of the benches: articles made by recombining the invented sentences of
//! `examples/` and `tests/cases/statements/`, French and English by turns. No randomness: the
//! same articles on every machine and every run.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};

use recoupe::article::Article;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|e| e.path()).filter(|p| p.is_file()).collect();
    paths.sort();
    paths.iter().filter_map(|p| fs::read_to_string(p).ok()).collect()
}

#[allow(dead_code, reason = "not every bench reads it")]
/// The small pile of `examples/<lang>`.
pub fn example(lang: &str) -> Vec<Article> {
    let texts = files(&root().join("examples").join(lang));
    texts.into_iter().enumerate().map(|(i, t)| Article::plain(i.to_string(), t)).collect()
}

/// Every sentence of a language's examples and cases.
fn sentences(lang: &str) -> Vec<String> {
    let cases = files(&root().join("tests/cases/statements").join(lang));
    let text_of = |case: &String| {
        let (_, rest) = case.split_once("## text\n")?;
        Some(rest.split_once("## statements")?.0.to_owned())
    };
    let mut texts = files(&root().join("examples").join(lang));
    texts.extend(cases.iter().filter_map(text_of));
    let mut out = Vec::new();
    for line in texts.iter().flat_map(|t| t.lines()).filter(|l| !l.starts_with(">>")) {
        out.extend(line.split_inclusive(". ").map(|s| s.trim().to_owned()));
    }
    out.retain(|s| s.split_whitespace().count() > 4);
    out
}

/// `count` articles of about `words` words each, half French, half English.
pub fn articles(count: usize, words: usize) -> Vec<Article> {
    recombined(&["fr", "en"].map(sentences), count, words)
}

/// `count` articles of about `words` words each, of one story that the input names: sentences of
/// `examples/fr`.
pub fn of_one_story(count: usize, words: usize) -> Vec<Article> {
    let told = |a: &Article| a.text.split_inclusive(". ").map(|s| s.trim().to_owned()).collect();
    let pool: Vec<String> = example("fr").iter().flat_map::<Vec<String>, _>(told).collect();
    let topic = |a: Article| Article { topic: Some("one".to_owned()), ..a };
    recombined(&[pool], count, words).into_iter().map(topic).collect()
}

/// Articles made of the sentences of one pool after the other, by turns.
fn recombined(pools: &[Vec<String>], count: usize, words: usize) -> Vec<Article> {
    // A fixed sequence of numbers (Knuth's MMIX generator) picks the sentences.
    let mut state: u64 = 20_240_312;
    let mut pick = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut article = |i: usize| {
        let pool = &pools[i % pools.len()];
        let (mut text, mut so_far) = (String::new(), 0);
        while so_far < words {
            let sentence = &pool[pick(pool.len())];
            so_far += sentence.split_whitespace().count();
            text.push_str(sentence);
            text.push_str(if pick(4) == 0 { "\n\n" } else { " " });
        }
        Article::plain(i.to_string(), text)
    };
    (0..count).map(&mut article).collect()
}

/// Bytes and words of a pile.
#[allow(dead_code, reason = "not every bench counts")]
pub fn size(articles: &[Article]) -> (usize, usize) {
    let words = articles.iter().map(|a| a.text.split_whitespace().count()).sum();
    (articles.iter().map(|a| a.text.len()).sum(), words)
}
