//! Treebanks as tags and lemmas need them: syntactic words with form, part of speech, features
//! and lemma.

use std::error::Error;
use std::path::Path;

use recoupe::ud::{Feats, Upos};

use crate::conllu;
use crate::generate::lexicon::unxz;

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

/// A treebank marked `ship`, and what of it is kept to develop on.
pub struct Bank {
    pub name: &'static str,
    pub part: Part,
    /// How much its mistakes weigh in training.
    pub weight: f32,
}

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// To train on.
    Train,
    /// To develop on, and to train the last model on.
    Dev,
    /// Every fifth sentence to develop on.
    Fifth,
}

const fn bank(name: &'static str, part: Part, weight: f32) -> Bank {
    Bank { name, part, weight }
}

/// The treebanks of each language.
pub fn banks(lang: &str) -> &'static [Bank] {
    const FR: &[Bank] = &[
        bank("fr_sequoia-ud-train", Part::Train, 1.0),
        bank("fr_sequoia-ud-dev", Part::Dev, 1.0),
        bank("fr_gsd-ud-dev", Part::Fifth, 1.0),
        bank("fr_gsd-ud-train_questions_only_from_FIB", Part::Train, 0.8),
        bank("fr_fqb-ud-test", Part::Train, 0.8),
        bank("fr_rhapsodie-ud-train", Part::Train, 0.4),
        bank("fr_rhapsodie-ud-dev", Part::Train, 0.4),
        bank("fr_parisstories-ud-train", Part::Train, 0.4),
        bank("fr_parisstories-ud-dev", Part::Train, 0.4),
    ];
    const EN: &[Bank] = &[
        bank("en_ewt-ud-train_rebuilt", Part::Train, 1.0),
        bank("en_ewt-ud-dev", Part::Dev, 1.0),
        bank("en_gum-permissive-train", Part::Train, 1.0),
        bank("en_gum-permissive-dev", Part::Dev, 1.0),
    ];
    match lang {
        "fr" => FR,
        "en" => EN,
        _ => &[],
    }
}

/// The sentences of a treebank: those to train on, those to develop on. With `all`, the first
/// hold everything and the second nothing.
pub fn split(bank: &Bank, sentences: Vec<Sentence>, all: bool) -> (Vec<Sentence>, Vec<Sentence>) {
    let held = |i: usize| match bank.part {
        Part::Train => false,
        Part::Dev => true,
        Part::Fifth => i % 5 == 4,
    };
    let mut out = (Vec::new(), Vec::new());
    for (i, sentence) in sentences.into_iter().enumerate() {
        if held(i) && !all { out.1.push(sentence) } else { out.0.push(sentence) }
    }
    out
}

/// Reads a treebank of `shared`.
pub fn read(shared: &Path, name: &str) -> Result<Vec<Sentence>, Box<dyn Error>> {
    let lang = &name[..2];
    let path = shared.join("data/language").join(lang).join(format!("{name}.conllu.xz"));
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
