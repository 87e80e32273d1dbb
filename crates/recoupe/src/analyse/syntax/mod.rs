//! Syntax: parts of speech and dependency trees, from a small network for each language.
//!
//! A sentence's words become keys ([`features`]), the keys numbers, the numbers scores
//! ([`network`]), the scores a tree ([`tree`]). Training is elsewhere (`recoupe-dev train`).

pub mod features;
pub mod kernel;
pub mod network;
pub mod tree;

use std::sync::OnceLock;

use crate::analyse::word::Word;
use crate::analyse::{Sentence, Token, tag};
use crate::lang::{PACKS, Pack};
use crate::model::{Error, Model, feature_hash};
use crate::ud::{Deprel, Upos};
use features::Key;
use network::{Network, Scores};

/// A language's network with what its outputs mean.
#[derive(Debug)]
pub struct Parser {
    network: Network,
    relations: Vec<Deprel>,
    parts: Vec<Upos>,
}

impl Parser {
    /// Builds it from a model file's bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are not a whole model of syntax for `lang`.
    pub fn open(bytes: &[u8], lang: &str) -> Result<Parser, Error> {
        let model = Model::open(bytes)?;
        model.expect("syntax", lang, network::VERSION, feature_hash(features::DESCRIPTION))?;
        let network = Network::open(&model)?;
        let unknown = |_| Error::Section("names".into());
        let relations = network.relations().iter().map(|r| r.parse().map_err(unknown));
        let relations = relations.collect::<Result<_, _>>()?;
        let parts = network.classes().first().into_iter().flatten();
        let parts = parts.map(|p| p.parse().map_err(unknown)).collect::<Result<_, _>>()?;
        Ok(Parser { network, relations, parts })
    }
}

/// The parser of a language, opened once and shared by all threads; None where the language has
/// none.
pub fn parser(pack: &Pack) -> Option<&'static Parser> {
    static OPENED: [OnceLock<Option<Parser>>; 8] = [const { OnceLock::new() }; 8];
    let at = PACKS.iter().position(|p| p.code == pack.code)?;
    OPENED.get(at)?.get_or_init(|| Parser::open(pack.syntax, pack.code).ok()).as_ref()
}

/// What is used again from sentence to sentence.
#[derive(Debug, Default)]
pub struct Scratch {
    keys: Vec<Key>,
    ends: Vec<usize>,
    scores: Scores,
    relation_scores: Vec<f32>,
}

/// Gives the words of an article's sentences their parts of speech and trees. Tells whether the
/// language has a model: without one, words stay as they are.
pub fn annotate_all(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    words: &mut [Word],
    pack: &Pack,
) -> bool {
    let Some(parser) = parser(pack) else { return false };
    let mut scratch = Scratch::default();
    let mut forms: Vec<&str> = Vec::new();
    for sentence in sentences {
        let range = sentence.words.start as usize..sentence.words.end as usize;
        let Some(words) = words.get_mut(range) else { continue };
        forms.clear();
        forms.extend(words.iter().map(|w| w.form(text, tokens)));
        annotate(parser, pack, &forms, sentence.words.start, words, &mut scratch);
    }
    true
}

/// The words of a sentence given by their forms alone, with parts of speech, features, lemmas
/// and tree. `scratch` is kept from sentence to sentence.
pub fn annotate_forms(forms: &[&str], pack: &Pack, scratch: &mut Scratch) -> Vec<Word> {
    let mut words: Vec<Word> =
        (0..forms.len()).map(|i| Word { token: i as u32, ..Word::default() }).collect();
    let parser = parser(pack);
    if let Some(parser) = parser {
        annotate(parser, pack, forms, 0, &mut words, scratch);
    }
    let from = if parser.is_some() { tag::Parts::Given } else { tag::Parts::Tagged };
    tag::tag(&mut words, forms, from, pack);
    words
}

/// Longer sentences are read in windows of this many words: scores of arcs are as many as the
/// square of the words, and no sentence that was meant as one is longer.
const WINDOW: usize = 160;

/// Gives the words of one sentence their parts of speech, heads and relations. `forms` has one
/// form a word; `base` is the index of the first word in [`crate::analyse::Analysis::words`],
/// which heads count from.
///
/// Every sentence gets one tree: one word has no head, and all others reach it.
pub fn annotate(
    parser: &Parser,
    pack: &Pack,
    forms: &[&str],
    base: u32,
    words: &mut [Word],
    scratch: &mut Scratch,
) {
    let mut top: Option<u32> = None;
    let windows = words.chunks_mut(WINDOW).zip(forms.chunks(WINDOW)).enumerate();
    for (i, (words, forms)) in windows {
        let base = base + (i * WINDOW) as u32;
        let root = read_window(parser, pack, forms, base, words, scratch, i == 0);
        match top {
            None => top = Some(root),
            // Windows after the first hang from it, side by side.
            Some(_) => {
                let word = &mut words[(root - base) as usize];
                (word.head, word.deprel) = (top, "parataxis".parse().unwrap_or_default());
            }
        }
    }
}

/// Reads a window; gives the index of its root.
fn read_window(
    parser: &Parser,
    pack: &Pack,
    forms: &[&str],
    base: u32,
    words: &mut [Word],
    scratch: &mut Scratch,
    first: bool,
) -> u32 {
    let Scratch { keys, ends, scores, relation_scores } = scratch;
    keys.clear();
    ends.clear();
    for (i, form) in forms.iter().enumerate() {
        features::keys(form, first && i == 0, pack, keys);
        ends.push(keys.len());
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let keys = starts.zip(ends.iter()).map(|(start, end)| &keys[start..*end]);
    let network = &parser.network;
    network.read(keys, scores);
    let heads = tree::heads(&scores.arcs, forms.len());
    let mut root = base;
    for (i, word) in words.iter_mut().enumerate() {
        let class = argmax(network.score_classes(0, i, scores), |_| true);
        word.upos = parser.parts.get(class).copied().unwrap_or_default();
        if heads[i] == 0 {
            (word.head, word.deprel) = (None, Deprel::root());
            root = base + i as u32;
        } else {
            network.score_relations(i, heads[i] as usize, scores, relation_scores);
            // The root's relation is the root's alone.
            let best = argmax(relation_scores, |r| parser.relations[r] != Deprel::root());
            word.deprel = parser.relations.get(best).copied().unwrap_or_default();
            word.head = Some(base + heads[i] - 1);
        }
    }
    root
}

fn argmax(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let all = (0..scores.len()).filter(|i| allowed(*i));
    all.reduce(|best, i| if scores[i] > scores[best] { i } else { best }).unwrap_or(0)
}
