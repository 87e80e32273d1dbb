//! Syntax: dependency trees, from a small network for each language.
//!
//! A sentence's words become keys ([`features`]), the keys numbers, the numbers scores
//! ([`network`]), the scores a tree ([`tree`]). Training is elsewhere (`recoupe-dev train`).

pub mod features;
pub mod kernel;
pub mod network;
pub mod tree;

use std::ops::Range;

use crate::analyse::word::Word;
use crate::analyse::{Sentence, Token, tag};
use crate::lang::{Pack, PerPack};
use crate::model::{Error, Model, feature_hash};
use crate::ud::{Deprel, Upos};
use network::{Batch, Network, Scores};

/// A language's network with what its outputs mean.
#[derive(Debug)]
pub struct Parser {
    network: Network,
    relations: Vec<Deprel>,
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
        Ok(Parser { network, relations })
    }
}

/// The parser of a language, opened once and shared by all threads; None where the language has
/// none.
pub fn parser(pack: &Pack) -> Option<&'static Parser> {
    static OPENED: PerPack<Parser> = PerPack::new();
    OPENED.get(pack, || Parser::open(pack.syntax, pack.code))
}

/// What is used again from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    batch: Batch,
    scores: Scores,
}

/// Gives the words of an article's sentences their trees. Without a model for the
/// language, words stay as they are.
pub fn annotate_all(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    words: &mut [Word],
    pack: &Pack,
) {
    let Some(parser) = parser(pack) else { return };
    let forms: Vec<&str> = words.iter().map(|w| w.form(text, tokens)).collect();
    let ranges = sentences.iter().map(|s| s.words.start as usize..s.words.end as usize);
    annotate(parser, pack, &forms, ranges, words, &mut Scratch::default());
}

/// The words of a sentence given by their forms alone, with parts of speech, features, lemmas
/// and tree. `scratch` is kept from sentence to sentence.
pub fn annotate_forms(forms: &[&str], pack: &Pack, scratch: &mut Scratch) -> Vec<Word> {
    let mut words: Vec<Word> =
        (0..forms.len()).map(|i| Word { token: i as u32, ..Word::default() }).collect();
    if let Some(parser) = parser(pack) {
        annotate(parser, pack, forms, std::iter::once(0..forms.len()), &mut words, scratch);
    }
    tag::tag(&mut words, forms, pack);
    words
}

/// Longer sentences are read in windows of this many words: scores of arcs are as many as the
/// square of the words, and no sentence that was meant as one is longer.
const WINDOW: usize = 160;

/// Sentences that are read side by side.
const TOGETHER: usize = 8;

/// Gives the words of sentences their heads and relations. `forms` has one form
/// a word; `sentences` are ranges of both.
///
/// Every sentence gets one tree: one word has no head, and all others reach it.
pub fn annotate(
    parser: &Parser,
    pack: &Pack,
    forms: &[&str],
    sentences: impl Iterator<Item = Range<usize>>,
    words: &mut [Word],
    scratch: &mut Scratch,
) {
    let mut windows: Vec<(Range<usize>, bool)> = Vec::new();
    for sentence in sentences {
        let starts = sentence.clone().step_by(WINDOW);
        let window = |start: usize| start..sentence.end.min(start + WINDOW);
        windows.extend(starts.map(|start| (window(start), start == sentence.start)));
    }
    // Those of like length go together; which ones do changes nothing in what comes out.
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(windows[*i].0.len()));
    let mut roots = vec![0; windows.len()];
    for together in order.chunks(TOGETHER) {
        scratch.batch.clear();
        for (range, opens) in together.iter().map(|i| &windows[*i]) {
            for (i, form) in forms[range.clone()].iter().enumerate() {
                let first = *opens && i == 0;
                scratch.batch.word(|keys| features::keys(form, first, pack, keys));
            }
            scratch.batch.end_sentence();
        }
        parser.network.read(&scratch.batch, &mut scratch.scores);
        for (i, window) in together.iter().enumerate() {
            let range = windows[*window].0.clone();
            let base = range.start as u32;
            roots[*window] = parser.write(i, base, &mut words[range], &mut scratch.scores);
        }
    }
    // Windows of a sentence after its first hang from it, side by side.
    let mut top = 0;
    for ((_, opens), root) in windows.iter().zip(roots) {
        if *opens {
            top = root;
        } else if let Some(word) = words.get_mut(root as usize) {
            (word.head, word.deprel) = (Some(top), Deprel::PARATAXIS);
        }
    }
}

impl Parser {
    /// Writes the tree of sentence `sentence` of what was read into its words, the first of
    /// which has index `base` among all; gives the index of its root.
    fn write(&self, sentence: usize, base: u32, words: &mut [Word], scores: &mut Scores) -> u32 {
        let network = &self.network;
        let heads = tree::heads(network.score_arcs(sentence, scores), words.len());
        for (i, word) in words.iter_mut().enumerate() {
            word.upos = sure(network.score_classes(0, sentence, i, scores)).unwrap_or_default();
        }
        let relations = network.score_relations(sentence, &heads, scores);
        let mut root = base;
        let rows = relations.chunks_exact(self.relations.len().max(1));
        for (i, (word, row)) in words.iter_mut().zip(rows).enumerate() {
            if heads[i] == 0 {
                (word.head, word.deprel) = (None, Deprel::ROOT);
                root = base + i as u32;
            } else {
                // The root's relation is the root's alone.
                let best = argmax(row, |r| self.relations[r] != Deprel::ROOT);
                word.deprel = self.relations.get(best).copied().unwrap_or_default();
                word.head = Some(base + heads[i] - 1);
            }
        }
        root
    }
}

/// What a part of speech's share must be for the network to be sure of it.
const SURE: f32 = 0.9;

/// The part of speech that the network is sure of.
fn sure(scores: &[f32]) -> Option<Upos> {
    let best = argmax(scores, |_| true);
    let all: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
    Upos::ALL.get(best).copied().filter(|_| all * SURE < 1.0)
}

fn argmax(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let all = (0..scores.len()).filter(|i| allowed(*i));
    all.reduce(|best, i| if scores[i] > scores[best] { i } else { best }).unwrap_or(0)
}
