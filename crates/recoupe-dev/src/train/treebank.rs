//! Sentences of a treebank, as training reads them.

use std::error::Error;
use std::path::Path;

use crate::generate::lexicon::unxz;

/// A word of a tree.
#[derive(Clone, Debug)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub feats: String,
    /// 0 is the root.
    pub head: u32,
    pub deprel: String,
}

/// Reads the sentences of a CoNLL-U file, packed with xz or not.
pub fn read(path: &Path) -> Result<Vec<Vec<Word>>, Box<dyn Error>> {
    let text = if path.extension().is_some_and(|e| e == "xz") {
        unxz(path)?
    } else {
        std::fs::read_to_string(path)?
    };
    let mut out = Vec::new();
    let mut sentence = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            out.push(std::mem::take(&mut sentence));
            continue;
        }
        let f: Vec<&str> = line.split('\t').collect();
        // Ranges of multi-word tokens and empty nodes are not words of the tree.
        if f.len() != 10 || f[0].contains(['-', '.']) {
            continue;
        }
        sentence.push(Word {
            form: f[1].into(),
            lemma: f[2].into(),
            upos: f[3].into(),
            feats: f[5].into(),
            // A few words of spoken corpora have no head: their sentence is left out below.
            head: f[6].parse().unwrap_or(u32::MAX),
            deprel: f[7].into(),
        });
    }
    out.push(sentence);
    let whole = |s: &Vec<Word>| s.iter().all(|w| w.head as usize <= s.len());
    out.retain(|s| !s.is_empty() && whole(s));
    Ok(out)
}
