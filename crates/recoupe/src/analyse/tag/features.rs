//! What the tagger looks at. Training and prediction read the same features: change
//! [`DESCRIPTION`] with them.

use crate::lang::lexicon::Lexicon;
use crate::ud::{Feats, Upos};

/// Names the set of features (see [`crate::model::feature_hash`]).
pub const DESCRIPTION: &str = "tags 1";

/// The tag before the first word of a sentence.
pub const EDGE: u8 = 17;

/// What is known of a word before it is tagged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Info {
    /// Hash of the form in lower case.
    pub form: u64,
    /// Hashes of its last 1 to 5 characters; 0 where it is shorter.
    pub suffix: [u64; 5],
    /// Hashes of its first 1 to 4 characters.
    pub prefix: [u64; 4],
    /// How it is written, as `shape` says.
    pub shape: u64,
    /// Parts of speech by dictionaries, one bit each; [`UNKNOWN`] where they lack it.
    pub parts: u64,
    /// Hash of its readings by dictionaries.
    pub kind: u64,
    /// What a thesaurus says of it: all of it; the part of speech it mostly has.
    pub code: u64,
    /// Its class in the lexicon.
    pub class: Option<u32>,
}

/// [`Info::parts`] of a form that no dictionary has.
pub const UNKNOWN: u64 = 1 << 20;

/// Mixes a value into a hash.
#[inline]
pub fn mix(hash: u64, value: u64) -> u64 {
    let x = (hash.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ x >> 29
}

impl Info {
    /// Beyond either end of a sentence.
    pub fn edge() -> Info {
        Info { form: 1, shape: 1, parts: 1 << 21, kind: 1, ..Info::default() }
    }

    /// The part of speech it mostly has, by the thesaurus.
    fn most(&self) -> u64 {
        self.code & 15
    }

    /// Of a form. `lower` is scratch space, left holding the form in lower case.
    pub fn of(form: &str, first: bool, lexicon: &Lexicon, lower: &mut String) -> Info {
        normalise(form, lower);
        let bytes = lower.as_bytes();
        let mut info = Info { form: hash_bytes(bytes), ..Info::default() };
        let mut hash = 11;
        for (i, c) in lower.chars().rev().take(5).enumerate() {
            hash = mix(hash, u64::from(u32::from(c)));
            info.suffix[i] = hash;
        }
        hash = 13;
        for (i, c) in lower.chars().take(4).enumerate() {
            hash = mix(hash, u64::from(u32::from(c)));
            info.prefix[i] = hash;
        }
        info.shape = shape(form, first);
        info.class = lexicon.class(lower);
        let parts = info.class.map_or(0, |c| lexicon.parts(c));
        info.parts = if parts == 0 { UNKNOWN } else { u64::from(parts) };
        info.code = info.class.map_or(0, |c| u64::from(lexicon.code(c)));
        info.kind = info.class.map_or(2, |c| lexicon.kind(c));
        info
    }
}

/// The form in lower case with the plain apostrophe.
pub fn normalise(form: &str, into: &mut String) {
    into.clear();
    for c in form.chars() {
        match c {
            '’' => into.push('\''),
            c if c.is_ascii() => into.push(c.to_ascii_lowercase()),
            c => into.extend(c.to_lowercase()),
        }
    }
}

fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = 7;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(word));
    }
    mix(hash, bytes.len() as u64)
}

/// Bits: first letter upper, all upper, any lower, digits, only digits and separators, hyphen,
/// apostrophe, stop, no letter or digit; length up to 3; first of the sentence.
fn shape(form: &str, first: bool) -> u64 {
    let (mut upper, mut lower, mut digit, mut other) = (0u64, 0u64, 0u64, 0u64);
    let mut bits = 0;
    let mut count = 0u64;
    for c in form.chars() {
        count += 1;
        match c {
            'a'..='z' => lower += 1,
            'A'..='Z' => upper += 1,
            '0'..='9' => digit += 1,
            '-' => bits |= 1 << 8,
            '\'' | '’' => bits |= 1 << 9,
            '.' | ',' => bits |= 1 << 10,
            c if c.is_lowercase() => lower += 1,
            c if c.is_uppercase() => upper += 1,
            c if c.is_alphabetic() => lower += 1,
            '@' | '/' | '#' | '_' | ':' => bits |= 1 << 11,
            _ => other += 1,
        }
    }
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    bits |= u64::from(capital) | u64::from(upper > 1 && lower == 0) << 1;
    bits |= u64::from(upper > 1) << 2 | u64::from(lower > 0) << 3;
    bits |= u64::from(digit > 0) << 4 | u64::from(digit > 0 && upper + lower + other == 0) << 5;
    bits |= u64::from(other > 0) << 6 | u64::from(first && capital) << 7;
    bits | count.min(4) << 12 | digit.min(5) << 16
}

/// Which features are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// A first look, left to right.
    Lean,
    /// A second look at what the first was not sure of, with its tags on both sides.
    Rich,
}

/// Numbers a template's hashes, from a start of its own.
struct Push<'a> {
    id: u64,
    out: &'a mut Vec<u64>,
}

impl Push<'_> {
    #[inline]
    fn put(&mut self, hash: u64) {
        self.id += 1;
        self.out.push(mix(hash, self.id));
    }
}

/// The features of a word alone.
pub fn alone(w: &Info, out: &mut Vec<u64>) {
    let mut to = Push { id: 0, out };
    to.put(0);
    to.put(w.form);
    for s in w.suffix {
        to.put(s);
    }
    for p in w.prefix {
        to.put(p);
    }
    to.put(w.shape);
    to.put(w.parts);
    to.put(w.kind);
    to.put(mix(w.parts, w.shape));
    to.put(mix(w.parts, w.suffix[2]));
    to.put(mix(w.shape, w.suffix[1]));
    to.put(mix(w.form, w.shape & 0x87));
    to.put(w.code);
    to.put(mix(w.most(), w.shape));
    to.put(mix(w.most(), w.parts));
    to.put(mix(w.code >> 16, w.shape));
}

/// What a word tells of the one after it.
pub fn as_previous(p1: &Info, out: &mut Vec<u64>) {
    let mut to = Push { id: 100, out };
    to.put(p1.form);
    to.put(p1.kind);
    to.put(p1.shape);
}

/// What a word tells of the one before it.
pub fn as_next(n1: &Info, out: &mut Vec<u64>) {
    let mut to = Push { id: 200, out };
    to.put(n1.form);
    to.put(n1.kind);
    to.put(n1.suffix[2]);
    to.put(n1.shape);
}

/// The features of neighbours together.
pub fn together(words: &[Info], i: usize, out: &mut Vec<u64>) {
    let edge = Info::edge();
    let at = |k: isize| at(words, i, k, &edge);
    let (w, p1, n1, n2) = (at(0), at(-1), at(1), at(2));
    let mut to = Push { id: 300, out };
    to.put(n2.parts);
    to.put(mix(w.parts, n1.parts));
    to.put(mix(p1.parts, w.parts));
    to.put(mix(mix(w.parts, n1.parts), n2.parts));
    to.put(mix(p1.form, w.form));
    to.put(mix(w.form, n1.form));
    to.put(mix(w.parts, n1.form));
    to.put(mix(p1.form, w.parts));
    to.put(mix(w.form, n1.parts));
    to.put(mix(w.kind, n1.kind));
    to.put(mix(w.most(), n1.parts));
}

fn at<'a>(words: &'a [Info], i: usize, k: isize, edge: &'a Info) -> &'a Info {
    i.checked_add_signed(k).and_then(|j| words.get(j)).unwrap_or(edge)
}

/// The features that do not ask for tags, of a pass.
pub fn fixed(words: &[Info], i: usize, pass: Pass, out: &mut Vec<u64>) {
    let edge = Info::edge();
    out.clear();
    alone(&words[i], out);
    as_previous(at(words, i, -1, &edge), out);
    as_next(at(words, i, 1, &edge), out);
    together(words, i, out);
    if pass == Pass::Rich {
        further(words, i, out);
    }
}

/// The features of neighbours that the second pass alone reads.
fn further(words: &[Info], i: usize, out: &mut Vec<u64>) {
    let edge = Info::edge();
    let at = |k: isize| at(words, i, k, &edge);
    let (w, p1, p2, n1, n2) = (at(0), at(-1), at(-2), at(1), at(2));
    let (p3, n3) = (at(-3), at(3));
    let mut to = Push { id: 400, out };
    to.put(p2.form);
    to.put(n2.form);
    to.put(p3.form);
    to.put(n3.form);
    to.put(p2.parts);
    to.put(n1.suffix[1]);
    to.put(p1.suffix[2]);
    to.put(mix(mix(p1.parts, w.parts), n1.parts));
    to.put(mix(p1.form, n1.form));
    to.put(mix(p1.kind, w.kind));
    to.put(mix(n1.form, n2.form));
    to.put(mix(w.shape, mix(p1.shape, n1.shape)));
    to.put(mix(w.form, n2.form));
    to.put(mix(w.form, n2.parts));
    to.put(mix(w.form, mix(n1.parts, n2.parts)));
    to.put(mix(w.form, mix(n1.kind, n2.kind)));
    to.put(mix(w.parts, mix(n2.parts, n3.parts)));
    to.put(mix(w.form, mix(mix(n1.parts, n2.parts), n3.parts)));
    to.put(mix(p2.form, p1.form));
    to.put(mix(mix(p2.form, p1.form), w.parts));
    to.put(mix(mix(p1.form, w.parts), n1.form));
    to.put(mix(w.suffix[2], n1.suffix[2]));
    to.put(mix(p1.suffix[2], w.suffix[2]));
    to.put(mix(w.form, p3.form));
    to.put(mix(w.most(), n1.most()));
    to.put(mix(w.most(), p1.most()));
    to.put(n1.code);
    to.put(p1.code);
    to.put(mix(p1.form, w.most()));
    to.put(mix(n1.form, w.most()));
    let verb = ahead_of(words, i);
    to.put(mix(w.form, verb));
    to.put(mix(w.parts, verb));
}

/// The first word ahead that can be a verb, within six words and before a mark.
fn ahead_of(words: &[Info], i: usize) -> u64 {
    let from = words.get(i + 1..).unwrap_or_default();
    for (d, w) in from.iter().take(6).enumerate() {
        if w.shape & 1 << 6 != 0 || w.shape & (1 << 3 | 1 << 4 | 1) == 0 {
            return d as u64 + 50;
        }
        if w.parts & VERBS != 0 {
            return mix(w.kind, d as u64);
        }
    }
    49
}

const VERBS: u64 = 1 << Upos::Verb as u64 | 1 << Upos::Aux as u64;

/// The features that ask for the tags before, and in the second look for those that the first
/// gave all words of the sentence.
pub fn moving(words: &[Info], i: usize, tags: &[u8], ahead: Option<&[u8]>, out: &mut Vec<u64>) {
    out.clear();
    let edge = Info::edge();
    let w = &words[i];
    let n1 = words.get(i + 1).unwrap_or(&edge);
    let n2 = words.get(i + 2).unwrap_or(&edge);
    let p1 = if i > 0 { &words[i - 1] } else { &edge };
    let back = |k: usize| u64::from(if i >= k { tags[i - k] } else { EDGE });
    let (t1, t2) = (back(1), back(2));
    let t12 = mix(t1 + 1, t2);
    let mut to = Push { id: 1000, out };
    let mut push = |hash| to.put(hash);
    push(t1);
    push(t12);
    push(mix(t1, w.form));
    push(mix(t1, w.parts));
    push(mix(t12, w.parts));
    push(mix(t1, w.suffix[2]));
    push(mix(t1, n1.parts));
    push(mix(t1, mix(w.parts, n1.parts)));
    push(mix(t1, w.shape));
    push(mix(t1, w.most()));
    let Some(ahead) = ahead else { return };
    push(mix(t1, n1.form));
    push(mix(t2, p1.form));
    push(mix(t12, w.form));
    push(mix(t12, n1.parts));
    push(mix(t1, mix(n1.parts, n2.parts)));
    push(mix(back(3), t12));
    push(mix(t12, w.most()));
    let clause = clause(tags, i);
    push(mix(clause, w.form));
    push(mix(clause, w.parts));
    let fore = |k: usize| u64::from(ahead.get(i + k).copied().unwrap_or(EDGE));
    let (a1, a2, a3) = (fore(1), fore(2), fore(3));
    let a12 = mix(a1 + 1, a2);
    push(u64::from(ahead[i]));
    push(mix(u64::from(ahead[i]), a1));
    push(a1);
    push(a12);
    push(mix(a12, a3));
    push(mix(t1, a1));
    push(mix(t12, a1));
    push(mix(t1, a12));
    push(mix(t12, a12));
    push(mix(a1, w.form));
    push(mix(a1, w.parts));
    push(mix(a1, w.kind));
    push(mix(a12, w.form));
    push(mix(a12, w.parts));
    push(mix(mix(t1, a1), w.form));
    push(mix(mix(t1, a1), w.parts));
    push(mix(mix(t1, a1), w.suffix[2]));
    push(mix(mix(t1, a1), w.shape));
    push(mix(a1, w.suffix[2]));
    push(mix(a1, n1.form));
    push(mix(mix(a1, n1.form), w.form));
    let next = fore_verb(ahead, i);
    push(mix(next, w.form));
    push(mix(next, w.parts));
    push(mix(mix(next, clause), w.form));
    push(mix(mix(next, clause), w.parts));
}

/// What was tagged since the last mark: a verb, an auxiliary, a noun, a conjunction.
fn clause(tags: &[u8], i: usize) -> u64 {
    let mut bits = 0;
    for tag in tags[..i].iter().rev().take(12) {
        match Upos::ALL.get(*tag as usize) {
            Some(Upos::Punct) => break,
            Some(Upos::Verb) => bits |= 1,
            Some(Upos::Aux) => bits |= 2,
            Some(Upos::Noun | Upos::Pron | Upos::Propn) => bits |= 4,
            Some(Upos::Sconj) => return bits | 8,
            _ => {}
        }
    }
    bits
}

/// What an earlier pass saw ahead, up to the next mark: the first verb or noun-like word.
fn fore_verb(ahead: &[u8], i: usize) -> u64 {
    let mut bits = 0;
    for tag in ahead[i + 1..].iter().take(10) {
        match Upos::ALL.get(*tag as usize) {
            Some(Upos::Punct) => break,
            Some(Upos::Verb) => return bits | 1,
            Some(Upos::Aux) => return bits | 2,
            Some(Upos::Noun | Upos::Pron | Upos::Propn) => bits |= 4,
            Some(Upos::Sconj) => return bits | 8,
            _ => {}
        }
    }
    bits
}

/// The features that choose a word's bundle of UD features, its part of speech known. `done` holds
/// the bundles of the words before.
pub fn bundle(
    words: &[Info],
    i: usize,
    tags: &[u8],
    done: &[Feats],
    lexicon: &Lexicon,
    out: &mut Vec<u64>,
) {
    out.clear();
    let edge = Info::edge();
    let w = &words[i];
    let p1 = if i > 0 { &words[i - 1] } else { &edge };
    let n1 = words.get(i + 1).unwrap_or(&edge);
    let back = |k: usize| u64::from(if i >= k { tags[i - k] } else { EDGE });
    let fore = |k: usize| u64::from(tags.get(i + k).copied().unwrap_or(EDGE));
    let kind = kind_as(w, tags[i], lexicon);
    let next = words.get(i + 1).map_or(0, |n| kind_as(n, tags[i + 1], lexicon));
    let before = if i > 0 { done[i - 1].bits() } else { 1 };
    let noun = latest(tags, i, |t| matches!(t, Upos::Noun | Upos::Propn | Upos::Pron));
    let aux = latest(tags, i, |t| t == Upos::Aux);
    let noun_feats = noun.map_or(2, |j| done[j].bits());
    let (noun, aux) = (noun.map_or(2, |j| words[j].form), aux.map_or(2, |j| words[j].form));
    let upos = u64::from(tags[i]) + 1;
    let mut id = 2000;
    let mut push = |hash: u64| {
        id += 1;
        out.push(mix(mix(hash, id), upos));
    };
    push(0);
    push(w.form);
    for s in &w.suffix[..4] {
        push(*s);
    }
    push(w.shape);
    push(kind);
    push(p1.form);
    push(n1.form);
    push(mix(kind, p1.form));
    push(mix(kind, before));
    push(mix(kind, back(1)));
    push(mix(kind, fore(1)));
    push(mix(kind, aux));
    push(mix(kind, noun));
    push(mix(kind, noun_feats));
    push(mix(kind, next));
    push(mix(w.form, p1.form));
    push(mix(w.form, n1.form));
    push(mix(w.form, back(1)));
    push(mix(w.form, before));
    push(mix(w.form, aux));
    push(mix(w.form, noun_feats));
    push(mix(w.form, next));
    push(mix(w.suffix[1], before));
    push(mix(w.suffix[2], back(1)));
    push(mix(w.suffix[1], aux));
    push(mix(w.suffix[1], noun_feats));
    push(mix(w.suffix[1], next));
    push(mix(mix(back(1), back(2)), kind));
    push(mix(mix(back(1), fore(1)), kind));
    push(mix(mix(aux, back(1)), kind));
    push(mix(clause(tags, i), kind));
}

/// A hash of a word's readings by dictionaries as one part of speech.
fn kind_as(w: &Info, tag: u8, lexicon: &Lexicon) -> u64 {
    let readings = w.class.map_or(&[][..], |c| lexicon.readings(c));
    let same = readings.iter().filter(|r| !r.seen && r.upos as u8 == tag);
    same.fold(5, |hash, r| mix(hash, r.feats.bits()))
}

/// The nearest of the eight words before whose part of speech is asked for.
fn latest(tags: &[u8], i: usize, is: impl Fn(Upos) -> bool) -> Option<usize> {
    let from = i.saturating_sub(8);
    (from..i).rev().find(|j| Upos::ALL.get(tags[*j] as usize).is_some_and(|t| is(*t)))
}
