//! Syntactic words (UD): what tags, lemmas and trees are about.
//!
//! Most tokens are one word. A contraction is one token and several words: French `du` is `de`
//! and `le`. English `don't` is written as one and is two words, each a stretch of the text. Some
//! words are several of our tokens: an abbreviation with its stop (`M.`), a number in groups of
//! digits (`330 000`).

use std::borrow::Cow;
use std::ops::Range;

use crate::analyse::boundary::{Known, hash_lower};
use crate::analyse::{Sentence, Token, TokenKind, token};
use crate::article::Span;
use crate::lang::Pack;
use crate::lang::lexicon::Tags;
use crate::lang::linear::feature;
use crate::ud::{Deprel, Feats, Upos};

/// A syntactic word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// The token it stands in, an index into [`crate::analyse::Analysis::tokens`].
    pub token: u32,
    /// Its form, where it is not the token's own letters: `le` in `du`.
    pub form: Option<&'static str>,
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// The word it depends on, an index into [`crate::analyse::Analysis::words`]; None for the
    /// root of a sentence, and where no tree was made.
    pub head: Option<u32>,
    /// How it depends on it.
    pub deprel: Deprel,
    /// How many more tokens it covers after the first: 1 for `M` `.`.
    pub more: u8,
    /// Whether it is written as one with the word before: both are words of one token of UD
    /// (`le` in `du`, `n't` in `don't`).
    pub joined: bool,
    /// How its lemma is made: see [`Word::lemma`].
    pub lemma: u16,
}

impl Word {
    /// The lemma. `form` is the word's own form; nothing is allocated where the lemma is a part
    /// of it.
    pub fn lemma<'a>(&self, form: &'a str, pack: &Pack) -> Cow<'a, str> {
        pack.lexicon.rule(self.lemma).map_or(Cow::Borrowed(form), |rule| rule.apply(form))
    }

    /// The stretch of text it stands in. Words of a contraction share theirs.
    pub fn span(&self, tokens: &[Token]) -> Span {
        let first = self.token as usize;
        let last = first + self.more as usize;
        match (tokens.get(first), tokens.get(last)) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// Its form: its own letters in the text, or what the contraction hides.
    pub fn form<'a>(&self, text: &'a str, tokens: &[Token]) -> &'a str {
        self.form.unwrap_or_else(|| self.span(tokens).of(text))
    }
}

/// The syntactic words of the sentences, in order; notes in each sentence which are its own.
///
/// ```
/// use recoupe::analyse::{sentence::sentences, word::words};
/// use recoupe::{article::Article, lang::pack};
/// let article = Article::plain("a", "M. Roux part au port.");
/// let pack = pack("fr").unwrap();
/// let (mut sentences, tokens) = sentences(&article, pack);
/// let words = words(&article.text, &mut sentences, &tokens, pack);
/// let forms: Vec<_> = words.iter().map(|w| w.form(&article.text, &tokens)).collect();
/// assert_eq!(forms, ["M.", "Roux", "part", "à", "le", "port", "."]);
/// assert_eq!(sentences[0].words, 0..7);
/// ```
pub fn words(text: &str, sentences: &mut [Sentence], tokens: &[Token], pack: &Pack) -> Vec<Word> {
    let mut out = Vec::with_capacity(tokens.len() + tokens.len() / 16);
    for sentence in sentences {
        let start = out.len() as u32;
        let mut at = sentence.tokens.start as usize;
        let end = (sentence.tokens.end as usize).min(tokens.len());
        while at < end {
            let more = covered(text, &tokens[..end], at, pack);
            let inside = sentence.tokens.start as usize..end;
            push(text, tokens, at, more, inside, pack, &mut out);
            at += 1 + more as usize;
        }
        sentence.words = start..out.len() as u32;
    }
    out
}

/// How many tokens after `at` make one word with it.
fn covered(text: &str, tokens: &[Token], at: usize, pack: &Pack) -> u8 {
    let token = tokens[at];
    match token.kind {
        TokenKind::Number if pack.tokens.digit_groups => digit_groups(text, tokens, at),
        TokenKind::Word if keeps_stop(text, tokens, at, pack) => 1,
        _ => 0,
    }
}

/// `M.`, `J.`: an abbreviation or an initial, and the stop that follows it.
fn keeps_stop(text: &str, tokens: &[Token], at: usize, pack: &Pack) -> bool {
    let Some(stop) = tokens.get(at + 1) else { return false };
    if stop.span.start != tokens[at].span.end || stop.span.of(text) != "." {
        return false;
    }
    // At the end of a sentence the stop is the sentence's.
    at + 2 < tokens.len() && pack.tokens.is_abbreviation(tokens[at].span.of(text))
}

/// `330 000`: up to three digits, then groups of three after one space.
fn digit_groups(text: &str, tokens: &[Token], at: usize) -> u8 {
    let digits = |t: &Token| {
        let word = t.span.of(text);
        word.bytes().all(|b| b.is_ascii_digit()).then_some(word.len())
    };
    if !digits(&tokens[at])
        .is_some_and(|n| n <= 3 && text.as_bytes()[tokens[at].span.start as usize] != b'0')
    {
        return 0;
    }
    let mut more = 0;
    for pair in tokens[at..].windows(2) {
        let gap = Span { start: pair[0].span.end, end: pair[1].span.start };
        let one_space = matches!(gap.of(text), " " | "\u{A0}" | "\u{202F}" | "\u{2009}");
        if !one_space || digits(&pair[1]) != Some(3) || more == u8::MAX {
            break;
        }
        more += 1;
    }
    more
}

fn push(
    text: &str,
    tokens: &[Token],
    at: usize,
    more: u8,
    inside: Range<usize>,
    pack: &Pack,
    out: &mut Vec<Word>,
) {
    let upos = match tokens[at].kind {
        TokenKind::Punct => Upos::Punct,
        TokenKind::Number => Upos::Num,
        TokenKind::Symbol => Upos::Sym,
        TokenKind::Word => Upos::X,
    };
    let word = Word { token: at as u32, upos, more, ..Word::default() };
    let parts =
        if more == 0 && upos == Upos::X { contraction(text, tokens, at, pack) } else { None };
    match parts {
        Some(parts) => out.extend(parts.iter().enumerate().map(|(i, part)| Word {
            form: Some(part),
            joined: i > 0,
            ..word
        })),
        None => {
            let joined = at > inside.start && token::is_joined(text, tokens, at, pack);
            out.push(Word { joined, ..word });
        }
    }
}

/// The words that a token hides, where it is a contraction.
fn contraction(
    text: &str,
    tokens: &[Token],
    at: usize,
    pack: &Pack,
) -> Option<&'static [&'static str]> {
    let form = tokens[at].span.of(text);
    if form.len() > 12 {
        return None;
    }
    let same = |known: &str| {
        form.len() == known.len() && form.chars().flat_map(char::to_lowercase).eq(known.chars())
    };
    let (known, parts) = pack.tokens.contractions.iter().find(|(known, _)| same(known))?;
    let sure = !pack.tokens.ambiguous.contains(known);
    (sure || is_contraction(text, tokens, at, pack)).then_some(*parts)
}

/// Whether a token that may be several words or one is several here.
fn is_contraction(text: &str, tokens: &[Token], at: usize, pack: &Pack) -> bool {
    let Some(learned) = &*pack.contractions else { return true };
    let mut features = Vec::with_capacity(24);
    contraction_features(text, tokens, at, &|word| pack.lexicon.tags(word), &mut features);
    learned.sum(&features) > 0
}

/// What tells whether the token at `at` is a contraction: its neighbours in the sentence.
pub fn contraction_features(
    text: &str,
    tokens: &[Token],
    at: usize,
    known: Known,
    out: &mut Vec<u32>,
) {
    out.clear();
    let word = |step: isize| {
        let token = at.checked_add_signed(step).and_then(|i| tokens.get(i));
        token.map_or("", |t| t.span.of(text))
    };
    let hash = |step: isize| hash_lower(word(step));
    let tags = |step: isize| match word(step) {
        "" => Tags::default().0,
        word if word.starts_with(char::is_alphabetic) => known(word).0,
        _ => u32::MAX,
    };
    let capital = |step: isize| u32::from(word(step).starts_with(char::is_uppercase));
    let (p3, p2, p1, own, n1, n2) = (hash(-3), hash(-2), hash(-1), hash(0), hash(1), hash(2));
    let (tp2, tp1, tn1, tn2) = (tags(-2), tags(-1), tags(1), tags(2));
    let first = u32::from(at == 0);
    // The last letters of the word before: a verb's or a noun's ending.
    let ending = |step: isize, n: usize| {
        let word = word(step);
        let cut = word.char_indices().rev().nth(n - 1).map_or(0, |(i, _)| i);
        hash_lower(&word[cut..])
    };
    let parts: [[u32; 3]; 20] = [
        [own, first, 0],
        [own, p1, 0],
        [own, p1, p2],
        [own, n1, 0],
        [own, n1, n2],
        [own, p1, n1],
        [own, tp1, 0],
        [own, tp1, tp2],
        [own, tn1, 0],
        [own, tn1, tn2],
        [own, tp1, tn1],
        [own, p2, tp1],
        [own, p2, 1],
        [own, p3, 2],
        [own, ending(-1, 3), capital(-1)],
        [own, ending(-1, 4), 3],
        [own, ending(1, 3), capital(1)],
        [own, ending(-1, 2), tp1],
        [own, n2, 4],
        [p1, tn1, tp2],
    ];
    out.extend(parts.into_iter().enumerate().map(|(i, part)| feature(100 + i as u32, part)));
}
