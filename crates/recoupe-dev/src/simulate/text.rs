//! Sentences in a story's words, and what editors do to them.

use super::words::{Piece, Sentence, Tongue};
use crate::random::{Rng, mix};

/// How many names a story has.
const NAMES: u64 = 14;

/// A sentence in the words of the story of this seed.
pub fn render(sentence: &Sentence, tongue: &Tongue, seed: u64) -> String {
    let mut out = String::new();
    for (place, piece) in sentence.iter().enumerate() {
        match piece {
            Piece::Kept(text) => out.push_str(text),
            Piece::Word { sort, hash, capital } => {
                let sort = &tongue.sorts[*sort as usize];
                let word = &sort[(mix(seed ^ hash) % sort.len() as u64) as usize];
                push(&mut out, word, *capital);
            }
            Piece::Name(hash) => out.push_str(&name(tongue, seed, *hash)),
            Piece::Number(digits) => {
                let number = mix(seed ^ place as u64 ^ *digits as u64);
                let low = 10u64.pow((*digits as u32 - 1).min(12));
                out.push_str(&(low + number % (9 * low)).to_string());
            }
        }
    }
    // A sentence starts with a capital whatever its first word has become.
    let mut chars = out.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => out,
    }
}

fn push(out: &mut String, word: &str, capital: bool) {
    let mut chars = word.chars();
    if let (true, Some(first)) = (capital, chars.next()) {
        out.extend(first.to_uppercase());
        out.push_str(chars.as_str());
    } else {
        out.push_str(word);
    }
}

/// One of the story's few names.
pub fn name<'a>(tongue: &'a Tongue, seed: u64, hash: u64) -> std::borrow::Cow<'a, str> {
    let which = mix(seed ^ (hash % NAMES));
    tongue.names[(which % tongue.names.len() as u64) as usize].as_ref().into()
}

/// How much is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// Nothing.
    None,
    /// A word here and there.
    Light,
    /// Words in most sentences, whole clauses left out.
    Heavy,
}

/// A sentence as an editor leaves it.
pub fn edit(sentence: &str, hand: Hand, tongue: &Tongue, rng: &mut Rng) -> String {
    let (often, words) = match hand {
        Hand::None => return sentence.to_owned(),
        Hand::Light => (0.25, 0.04),
        Hand::Heavy => (0.8, 0.12),
    };
    if !rng.chance(often) {
        return sentence.to_owned();
    }
    let mut changed = sentence.to_owned();
    if hand == Hand::Heavy && rng.chance(0.35) {
        changed = without_clause(&changed, rng);
    }
    let mut out: Vec<String> = Vec::new();
    for word in changed.split(' ') {
        let plain = word.chars().all(|c| c.is_lowercase()) && word.chars().count() > 3;
        match plain && rng.chance(words * 2.0) {
            true if rng.chance(0.3) => {}
            true => out.push(other_word(tongue, rng)),
            false => out.push(word.to_owned()),
        }
    }
    out.join(" ")
}

fn other_word(tongue: &Tongue, rng: &mut Rng) -> String {
    let sort = rng.one(&tongue.sorts);
    rng.one(sort).to_string()
}

/// Without what stands between two commas, or after the last one.
fn without_clause(sentence: &str, rng: &mut Rng) -> String {
    let parts: Vec<&str> = sentence.split(", ").collect();
    if parts.len() < 2 {
        return sentence.to_owned();
    }
    let gone = 1 + rng.below(parts.len() - 1);
    let mut kept = parts;
    kept.remove(gone);
    let joined = kept.join(", ");
    match joined.ends_with('.') {
        true => joined,
        false => joined + ".",
    }
}
