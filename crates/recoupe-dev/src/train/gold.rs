//! Treebanks as tags and lemmas need them: syntactic words with form, part of speech, features
//! and lemma.

use std::error::Error;
use std::path::Path;

use recoupe::ud::{Feats, Upos};

use crate::conllu;
use crate::generate::lexicon::unxz;
use crate::treebanks::{Held, Treebank};

/// A syntactic word.
#[derive(Clone, Debug)]
pub struct Gold {
    pub form: String,
    pub lemma: String,
    pub upos: Upos,
    pub feats: Feats,
    /// The features as written, for scoring: the inventory may lack some.
    pub feats_text: String,
}

/// A sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub id: String,
    pub words: Vec<Gold>,
    /// Multi-word tokens.
    pub ranges: Vec<String>,
}

/// The sentences of a treebank: those to train on, those to develop on. With `all`, the first
/// hold everything and the second nothing.
pub fn split(held: Held, sentences: Vec<Sentence>, all: bool) -> (Vec<Sentence>, Vec<Sentence>) {
    let mut out = (Vec::new(), Vec::new());
    for (i, sentence) in sentences.into_iter().enumerate() {
        if held.holds(i) && !all { out.1.push(sentence) } else { out.0.push(sentence) }
    }
    out
}

/// Reads a treebank of `shared`.
pub fn read(shared: &Path, bank: &Treebank) -> Result<Vec<Sentence>, Box<dyn Error>> {
    let path = bank.path(shared);
    parse(&unxz(&path)?).map_err(|e| format!("{}: {e}", path.display()).into())
}

/// The sentences of a CoNLL-U text; those with a word that has no part of speech are left out.
///
/// # Errors
///
/// When the text is not CoNLL-U.
pub fn parse(text: &str) -> Result<Vec<Sentence>, Box<dyn Error>> {
    let read = conllu::read(text)?;
    Ok(read.into_iter().filter_map(gold).collect())
}

fn gold(sentence: conllu::Sentence) -> Option<Sentence> {
    let ranges = sentence.tokens.into_iter().filter(|t| t.multi).map(|t| t.form).collect();
    let word = |w: conllu::Word| {
        let upos = w.upos.parse().ok()?;
        let feats = Feats::lenient(&w.feats);
        Some(Gold { form: w.form, lemma: w.lemma, upos, feats, feats_text: w.feats })
    };
    let words: Option<Vec<Gold>> = sentence.words.into_iter().map(word).collect();
    Some(Sentence { id: sentence.id, words: words.filter(|w| !w.is_empty())?, ranges })
}
