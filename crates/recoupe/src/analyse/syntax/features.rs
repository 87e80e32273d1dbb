//! What the network sees of a word: a few keys, each with a row of numbers that training found.

use crate::lang::Pack;

/// Says what [`keys`] reads; models carry its hash. Change it whenever `keys` changes.
pub const DESCRIPTION: &str = "form suffix1-4 prefix1-3 shape dictionary 2";

/// What kind of key: the first byte of what is hashed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// The whole form, in lower case.
    Form = 1,
    /// The last 1 to 4 letters of the lower-case form.
    Suffix,
    /// The first 1 to 3.
    Prefix,
    /// Capitals, digits, marks.
    Shape,
    /// All readings that dictionaries give the form, together.
    Readings,
    /// One part of speech that dictionaries give it.
    Part,
    /// What a thesaurus says of it.
    Thesaurus,
}

/// One key of a word.
pub type Key = u32;

/// The keys of a word, the form's first. `first` tells the first word of a sentence, whose
/// capital says less.
///
/// Keys are hashes of 32 bits: two things of one hash are one to the network, which is rare
/// enough to do no harm.
pub fn keys(form: &str, first: bool, pack: &Pack, out: &mut Vec<Key>) {
    let lower = letters(form, first, out);
    readings(&lower, pack, out);
}

/// The keys of a word's letters, the form's first; gives its form in lower case.
pub(crate) fn letters(form: &str, first: bool, out: &mut Vec<Key>) -> String {
    let folded = lower(form);
    let lower = folded.as_str();
    out.push(key(Kind::Form as u8, lower.as_bytes()));
    for start in ends::<4>(lower) {
        out.push(key(Kind::Suffix as u8, &lower.as_bytes()[start..]));
    }
    for end in starts::<3>(lower) {
        out.push(key(Kind::Prefix as u8, &lower.as_bytes()[..end]));
    }
    out.push(key(Kind::Shape as u8, &[shape(form), u8::from(first)]));
    folded
}

/// The keys of what dictionaries say of a form in lower case.
pub(crate) fn readings(lower: &str, pack: &Pack, out: &mut Vec<Key>) {
    // What treebanks say of a form is left out: in training it would be the answer.
    let lexicon = &pack.lexicon;
    let class = lexicon.class(lower).filter(|c| lexicon.parts(*c) != 0);
    let Some(class) = class else {
        out.push(key(Kind::Readings as u8, &[]));
        return;
    };
    out.push(key(Kind::Readings as u8, &lexicon.kind(class).to_le_bytes()));
    let parts = lexicon.parts(class);
    for bit in (0..32).filter(|bit| parts >> bit & 1 == 1) {
        out.push(key(Kind::Part as u8, &[bit]));
    }
    if lexicon.code(class) != 0 {
        out.push(key(Kind::Thesaurus as u8, &lexicon.code(class).to_le_bytes()));
    }
}

/// Lower case, typographic apostrophes made plain, digits made `0`: what all spellings share.
/// Very long words are cut: no word that a model knows is as long.
fn lower(form: &str) -> String {
    const LONGEST: usize = 64;
    let mut out = String::with_capacity(form.len() + 4);
    for c in form.chars().take(LONGEST) {
        match c {
            '’' | 'ʼ' => out.push('\''),
            '0'..='9' => out.push('0'),
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Where the last 1 to N characters start.
fn ends<const N: usize>(word: &str) -> [usize; N] {
    let mut back = word.char_indices().rev();
    [(); N].map(|()| back.next().map_or(0, |(i, _)| i))
}

/// Where the first 1 to N characters end.
fn starts<const N: usize>(word: &str) -> [usize; N] {
    let mut ahead = word.char_indices().map(|(i, c)| i + c.len_utf8());
    [(); N].map(|()| ahead.next().unwrap_or(word.len()))
}

/// FNV-1a over the kind ([`Kind`] or, from 32 on, another stage's own) and the bytes, folded to 32 bits.
pub(crate) fn key(kind: u8, bytes: &[u8]) -> Key {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = bytes.iter().fold(step(START, &kind), step);
    (hash ^ hash >> 32) as u32
}

/// Capitals, digits and marks of a form, in one byte.
fn shape(form: &str) -> u8 {
    let mut chars = form.chars();
    let upper_first = chars.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower, mut digit, mut inner) = (false, false, false, false);
    for c in chars {
        upper |= c.is_uppercase();
        lower |= c.is_lowercase();
    }
    for c in form.chars() {
        digit |= c.is_ascii_digit();
        inner |= matches!(c, '-' | '.' | '\'' | '’' | '/' | ',' | ':' | '@');
    }
    let any_letter = form.chars().any(char::is_alphabetic);
    u8::from(upper_first)
        | u8::from(upper) << 1
        | u8::from(lower) << 2
        | u8::from(digit) << 3
        | u8::from(inner) << 4
        | u8::from(any_letter) << 5
        | u8::from(form.chars().nth(1).is_none()) << 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_from_both_ends() {
        assert_eq!(ends::<4>("été"), [3, 2, 0, 0]);
        assert_eq!(starts::<3>("été"), [2, 3, 5]);
        assert_eq!(ends::<4>(""), [0; 4]);
    }

    #[test]
    fn a_word_has_the_same_keys_however_it_is_cased() {
        let pack = crate::lang::pack("fr").unwrap();
        let keys = |form: &str| {
            let mut out = Vec::new();
            super::keys(form, false, pack, &mut out);
            out
        };
        let (upper, lower) = (keys("Préfecture"), keys("préfecture"));
        assert_eq!(upper[..8], lower[..8]);
        assert_ne!(upper[8], lower[8]);
        assert_eq!(upper[9..], lower[9..]);
        assert_eq!(keys("l’")[0], keys("l'")[0]);
        assert_eq!(keys("12")[0], keys("34")[0]);
    }
}
