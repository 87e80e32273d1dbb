//! A folder of texts to sentences whose words can be exchanged.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use recoupe::analyse::{language, sentence};
use recoupe::article::Article;
use recoupe::lang::{PACKS, entries};
use recoupe::reuse::fold_words;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::random::mix;

/// A piece of a sentence.
#[derive(Clone)]
pub enum Piece {
    /// As it is: function words, words of reporting, punctuation, spaces.
    Kept(Box<str>),
    /// A word in small letters that stands for any of its sort.
    Word { sort: u32, hash: u64, capital: bool },
    /// A name.
    Name(u64),
    /// A number of so many digits.
    Number(usize),
}

/// A sentence.
pub type Sentence = Vec<Piece>;

/// What one language has.
pub struct Tongue {
    pub lang: &'static str,
    /// Texts of at least [`LEAST`] sentences.
    pub texts: Vec<Vec<Sentence>>,
    /// Words by sort: how they end and how often they are.
    pub sorts: Vec<Vec<Box<str>>>,
    pub names: Vec<Box<str>>,
}

/// All that texts gave.
pub struct Stock {
    pub tongues: Vec<Tongue>,
}

/// The fewest sentences of a text.
const LEAST: usize = 6;

/// The fewest words of a sort: fewer go with the words of any ending.
const SORT: usize = 12;

impl Stock {
    /// Reads every file below a folder that is text.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or holds no texts of a language that has a pack.
    pub fn read(folder: &Path) -> io::Result<Stock> {
        let mut files = Vec::new();
        walk(folder, &mut files)?;
        let mut raw: BTreeMap<&'static str, Vec<Vec<String>>> = BTreeMap::new();
        for file in files {
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            let article = Article::plain("", text);
            let language::Detected::Known(pack) = language::detect(&article) else { continue };
            let (found, _) = sentence::sentences(&article, pack);
            let sentences: Vec<String> = found
                .iter()
                .map(|s| s.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|s| (40..=360).contains(&s.len()) && s.ends_with('.'))
                .collect();
            if sentences.len() >= LEAST {
                raw.entry(pack.code).or_default().push(sentences);
            }
        }
        let tongues: Vec<Tongue> =
            raw.into_iter().map(|(lang, texts)| tongue(lang, &texts)).collect();
        match tongues.is_empty() {
            true => Err(io::Error::other(format!("no texts in {}", folder.display()))),
            false => Ok(Stock { tongues }),
        }
    }
}

fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        match entry.file_type()?.is_dir() {
            true => walk(&entry.path(), files)?,
            false => files.push(entry.path()),
        }
    }
    Ok(())
}

/// Words and what stands between them, in turn.
fn cut(sentence: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut inside = None;
    for (at, c) in sentence.char_indices() {
        let word = c.is_alphanumeric();
        if inside.is_some_and(|i| i != word) {
            parts.push(&sentence[start..at]);
            start = at;
        }
        inside = Some(word);
    }
    parts.push(&sentence[start..]);
    parts
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(7, |h, b| mix(h ^ u64::from(b)))
}

fn tongue(lang: &'static str, texts: &[Vec<String>]) -> Tongue {
    let pack = PACKS.iter().find(|p| p.code == lang).unwrap_or(&PACKS[0]);
    let kept: FxHashSet<Box<str>> = entries(pack.function_words)
        .chain(entries(pack.formula_words))
        .flat_map(fold_words)
        .collect();
    let is_kept =
        |w: &str| fold_words(w).iter().all(|f| kept.contains(f) || f.chars().count() == 1);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for sentence in texts.iter().flatten() {
        for (i, part) in cut(sentence).into_iter().enumerate() {
            let Some(first) = part.chars().next() else { continue };
            if first.is_lowercase() && !is_kept(part) {
                *counts.entry(part).or_default() += 1;
            } else if first.is_uppercase() && i > 0 && part.len() > 3 && !is_kept(part) {
                *names.entry(part).or_default() += 1;
            }
        }
    }
    let mut lists: BTreeMap<(String, u32), Vec<Box<str>>> = BTreeMap::new();
    for (word, count) in &counts {
        lists.entry((ending(word), count.ilog2().min(5))).or_default().push((*word).into());
    }
    let mut rest: BTreeMap<u32, Vec<Box<str>>> = BTreeMap::new();
    lists.retain(|(_, often), list| {
        let many = list.len() >= SORT;
        if !many {
            rest.entry(*often).or_default().append(list);
        }
        many
    });
    let sorts: Vec<Vec<Box<str>>> = lists.into_values().chain(rest.into_values()).collect();
    let mut sort_of: FxHashMap<Box<str>, u32> = FxHashMap::default();
    for (i, sort) in sorts.iter().enumerate() {
        sort_of.extend(sort.iter().map(|w| (w.clone(), i as u32)));
    }
    let piece = |part: &str| -> Piece {
        let first = part.chars().next().unwrap_or(' ');
        if first.is_ascii_digit() && part.bytes().all(|b| b.is_ascii_digit()) {
            return Piece::Number(part.len());
        }
        if !first.is_alphabetic() || is_kept(part) {
            return Piece::Kept(part.into());
        }
        let low = part.to_lowercase();
        match sort_of.get(low.as_str()) {
            Some(sort) => {
                Piece::Word { sort: *sort, hash: hash(&low), capital: first.is_uppercase() }
            }
            None => Piece::Name(hash(part)),
        }
    };
    let texts = texts
        .iter()
        .map(|t| t.iter().map(|s| cut(s).into_iter().map(piece).collect()).collect())
        .collect();
    let names = names.into_keys().map(Into::into).collect();
    Tongue { lang, texts, sorts, names }
}

fn ending(word: &str) -> String {
    let mut last: Vec<char> = word.chars().rev().take(2).collect();
    last.reverse();
    last.into_iter().collect()
}
