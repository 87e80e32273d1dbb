//! Where sentences end, learned: a weight for each feature of the gap between two tokens, and the
//! sign of their sum. Logistic regression over hashed features, trained on treebanks
//! (`recoupe-dev train sentences`); which marks and words count in a language is in its weights.
//!
//! Related: Gillick, "Sentence Boundary Detection and the Problem with the U.S.", 2009; Straka et
//! al., "UDPipe", 2016.

use crate::analyse::{Token, TokenKind};
use crate::lang::Pack;
use crate::lang::lexicon::Tags;
use crate::lang::linear::feature as mix;

/// What a token looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `ville`.
    Lower,
    /// `Ville`.
    Capitalised,
    /// `VILLE`.
    Upper,
    /// `V`.
    Letter,
    /// `iPhone`, `2e`.
    Mixed,
    /// `12`.
    Number,
    /// `4.2`.
    Decimal,
    /// A full stop.
    Stop,
    /// Several, or `…`.
    Stops,
    /// `!` or `?`.
    Shout,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A comma.
    Comma,
    /// `"`.
    Quote,
    /// `«`, `“`.
    OpenQuote,
    /// `»`, `”`.
    CloseQuote,
    /// `(`, `[`.
    Open,
    /// `)`, `]`.
    Close,
    /// `-`, `–`, `—`.
    Dash,
    /// `•`, `*`.
    Bullet,
    /// An apostrophe that stands alone.
    Apostrophe,
    /// Any other mark.
    Other,
    /// No token: before the first, after the last.
    None,
}

impl Shape {
    fn of(token: &Token, word: &str) -> Shape {
        match token.kind {
            TokenKind::Number if word.bytes().all(|b| b.is_ascii_digit()) => Shape::Number,
            TokenKind::Number => Shape::Decimal,
            TokenKind::Word => Shape::of_word(word),
            _ => Shape::of_mark(word),
        }
    }

    fn of_word(word: &str) -> Shape {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { return Shape::Mixed };
        let (mut upper, mut lower, mut other) = (0, 0, 0);
        let mut starts = false;
        for c in word.chars().skip_while(|c| !c.is_alphanumeric()).skip(1) {
            // A part of a hyphenated name starts like the name: `Saint-Malo`.
            let part = std::mem::replace(&mut starts, !c.is_alphanumeric());
            match c {
                _ if starts || (part && c.is_uppercase() && lower > 0) => {}
                _ if c.is_lowercase() => lower += 1,
                _ if c.is_uppercase() => upper += 1,
                _ => other += 1,
            }
        }
        match (first.is_uppercase(), upper, lower) {
            (true, 0, 0) if other == 0 => Shape::Letter,
            (true, 0, _) => Shape::Capitalised,
            (true, _, 0) => Shape::Upper,
            (false, 0, _) if first.is_lowercase() => Shape::Lower,
            _ => Shape::Mixed,
        }
    }

    fn of_mark(mark: &str) -> Shape {
        match mark {
            "." => Shape::Stop,
            "…" => Shape::Stops,
            _ if mark.starts_with("..") => Shape::Stops,
            ":" => Shape::Colon,
            ";" => Shape::Semicolon,
            "," => Shape::Comma,
            "\"" => Shape::Quote,
            "«" | "“" | "‹" | "„" => Shape::OpenQuote,
            "»" | "”" | "›" => Shape::CloseQuote,
            "(" | "[" => Shape::Open,
            ")" | "]" => Shape::Close,
            "•" | "·" | "*" | "●" | "■" | "▪" | "►" => Shape::Bullet,
            "'" | "’" | "‘" => Shape::Apostrophe,
            _ if mark.starts_with(['!', '?']) => Shape::Shout,
            _ if mark.starts_with(['-', '–', '—', '―']) => Shape::Dash,
            _ => Shape::Other,
        }
    }

    fn is_mark(self) -> bool {
        self as u8 >= Shape::Stop as u8 && self != Shape::None
    }

    /// Whether a word that starts with a capital letter looks so.
    fn is_capital(self) -> bool {
        matches!(self, Shape::Capitalised | Shape::Upper | Shape::Letter | Shape::Mixed)
    }

    /// Whether a sentence can end after it, whatever follows.
    fn is_final(self) -> bool {
        use Shape::*;
        matches!(
            self,
            Stop | Stops | Shout | Colon | Quote | CloseQuote | Close | Apostrophe | Other | Bullet
        )
    }
}

/// A token as the features see it.
#[derive(Clone, Copy, Debug)]
struct Look {
    shape: Shape,
    /// Of its lower-cased letters.
    hash: u32,
    /// Of letters: 1, 2, 3, 4 (or more).
    length: u8,
    /// Whether no space is before it.
    glued: bool,
}

const NOTHING: Look = Look { shape: Shape::None, hash: 0, length: 0, glued: false };

/// A mark as the treebanks print it: they know double quotation marks straight alone.
fn as_trained(word: &str) -> &str {
    match word {
        "“" | "”" | "„" | "‟" => "\"",
        other => other,
    }
}

/// What a word form can be: a lexicon, or in training one that does not know rare words.
pub type Known<'a> = &'a dyn Fn(&str) -> Tags;

/// The tokens of one paragraph, looked at; and what was read since the last end of a sentence.
pub struct Paragraph<'a> {
    text: &'a str,
    tokens: &'a [Token],
    pack: &'a Pack,
    known: Known<'a>,
    looks: Vec<Look>,
    /// First token of the sentence being read.
    start: usize,
    /// Up to where the fields below have read.
    read: usize,
    quote_open: bool,
    depth: u8,
    guillemets: u8,
    /// Whether the bracket opened last stands within a word: `mise(s)`.
    within: bool,
    /// Up to where verbs were looked for.
    verbs_read: usize,
    verb: bool,
}

impl<'a> Paragraph<'a> {
    /// The tokens of a paragraph, before anything was read.
    pub fn new(
        text: &'a str,
        tokens: &'a [Token],
        pack: &'a Pack,
        known: Known<'a>,
    ) -> Paragraph<'a> {
        let mut end = None;
        let looks = tokens
            .iter()
            .map(|token| {
                let word = as_trained(token.span.of(text));
                let glued = end == Some(token.span.start);
                end = Some(token.span.end);
                Look {
                    shape: Shape::of(token, word),
                    hash: hash_lower(word),
                    length: word.chars().take(4).count() as u8,
                    glued,
                }
            })
            .collect();
        Paragraph {
            text,
            tokens,
            pack,
            known,
            looks,
            start: 0,
            read: 0,
            quote_open: false,
            depth: 0,
            guillemets: 0,
            within: false,
            verbs_read: 0,
            verb: false,
        }
    }

    /// Notes that a sentence ends after the token at `at`.
    pub fn end(&mut self, at: usize) {
        self.advance(at);
        self.start = at + 1;
        self.verbs_read = at + 1;
        self.verb = false;
        self.depth = 0;
    }

    /// Whether a sentence may end after the token at `at`: what is asked of the model. Not the
    /// paragraph's last token.
    pub fn may_end(&mut self, at: usize) -> bool {
        let (before, after) = (self.look(at, 0), self.look(at, 1));
        if self.closes(at + 1) {
            return false;
        }
        let opens = after.shape.is_capital()
            || matches!(
                after.shape,
                Shape::Number
                    | Shape::Decimal
                    | Shape::Bullet
                    | Shape::OpenQuote
                    | Shape::Quote
                    | Shape::Open
                    | Shape::Dash
            );
        before.shape.is_final() || (opens && (before.shape.is_mark() || !after.glued))
    }

    /// Whether the token at `at` is a closing mark: what it closes ends with it.
    fn closes(&mut self, at: usize) -> bool {
        let (mark, next) = (self.look(at, 0), self.look(at, 1));
        match mark.shape {
            Shape::CloseQuote | Shape::Close | Shape::None => true,
            Shape::Quote => {
                self.advance(at.saturating_sub(1));
                self.quote_open && (mark.glued || !next.glued)
            }
            _ => false,
        }
    }

    /// Whether no mark stands before the gap after the token at `at`.
    pub fn is_bare(&self, at: usize) -> bool {
        !self.look(at, 0).shape.is_mark()
    }

    fn look(&self, at: usize, step: isize) -> Look {
        at.checked_add_signed(step).and_then(|i| self.looks.get(i)).copied().unwrap_or(NOTHING)
    }

    fn advance(&mut self, at: usize) {
        for look in &self.looks[self.read.min(at + 1)..at + 1] {
            match look.shape {
                Shape::Quote => self.quote_open = !self.quote_open,
                Shape::Open => {
                    self.depth = self.depth.saturating_add(1);
                    self.within = look.glued;
                }
                Shape::Close => self.depth = self.depth.saturating_sub(1),
                Shape::OpenQuote => self.guillemets = self.guillemets.saturating_add(1),
                Shape::CloseQuote => self.guillemets = self.guillemets.saturating_sub(1),
                _ => {}
            }
        }
        self.read = self.read.max(at + 1);
    }

    fn tags(&self, at: usize) -> Tags {
        match (self.tokens.get(at), self.looks.get(at)) {
            (Some(token), Some(look)) if !look.shape.is_mark() => {
                (self.known)(token.span.of(self.text))
            }
            _ => Tags::default(),
        }
    }

    /// Whether a word that is nothing but a finite verb stands in the sentence up to `at`.
    fn has_verb(&mut self, at: usize) -> bool {
        while !self.verb && self.verbs_read <= at {
            let tags = self.tags(self.verbs_read);
            self.verb = tags.any(Tags::FINITE) && !tags.any(Tags::NOUN | Tags::ADJ | Tags::PROPER);
            self.verbs_read += 1;
        }
        self.verb
    }

    /// The features of the gap after the token at `at`.
    pub fn features(&mut self, at: usize, out: &mut Vec<u32>) {
        out.clear();
        self.advance(at);
        let (p3, p2, p1) = (self.look(at, -2), self.look(at, -1), self.look(at, 0));
        let (n1, n2, n3) = (self.look(at, 1), self.look(at, 2), self.look(at, 3));
        let p2 = if at == self.start { NOTHING } else { p2 };
        let p3 = if at < self.start + 2 { NOTHING } else { p3 };
        let s = |look: Look| look.shape as u32;
        let w = |look: Look| look.hash ^ look.shape as u32;
        let mut add = |template: u32, parts: [u32; 3]| out.push(mix(template, parts));
        let glue = u32::from(n1.glued) << 1 | u32::from(p1.glued);
        let inside = u32::from(self.quote_open)
            | u32::from(self.depth.min(1)) << 1
            | u32::from(self.guillemets.min(1)) << 2;
        let length = match at + 1 - self.start {
            n @ 0..=3 => n as u32,
            4..=6 => 4,
            7..=12 => 5,
            13..=30 => 6,
            _ => 7,
        };
        add(1, [s(p1), 0, 0]);
        add(2, [s(p1), s(n1), 0]);
        add(3, [s(p1), s(n1), s(n2)]);
        add(4, [s(p2), s(p1), s(n1)]);
        add(5, [s(p1), s(n1), glue]);
        add(6, [s(p1), s(n1), inside]);
        add(7, [s(p1), s(n1), length]);
        add(8, [s(p1), w(p2), u32::from(p2.length)]);
        add(9, [s(p1), w(n1), 0]);
        add(10, [w(p1), s(n1), 0]);
        add(11, [w(n1), 1, 0]);
        add(12, [s(p1), s(n1), w(n2)]);
        add(13, [s(p1) << 8 | u32::from(p2.length), s(p2), s(n1)]);
        let first = self.looks.get(self.start).copied().unwrap_or(NOTHING);
        add(14, [s(first), s(p1), w(n1)]);
        add(15, [s(p3) << 8 | s(p2), s(p1), s(n1)]);
        add(16, [w(p1), w(n1), 0]);
        add(17, [s(n1) << 8 | s(n2), s(n3), s(p1)]);
        add(18, [w(p2), w(p1), 0]);
        // What the rules would go by: the mark under closing marks, the word before it, the first
        // word after opening marks.
        let closing = |l: &Look| matches!(l.shape, Shape::Close | Shape::CloseQuote | Shape::Quote);
        let stop = (self.start..=at).rev().take(4).find(|i| !closing(&self.looks[*i]));
        let mark = stop.map_or(NOTHING, |i| self.looks[i]);
        let short =
            stop.filter(|i| *i > self.start && mark.shape == Shape::Stop).is_some_and(|i| {
                self.pack.tokens.is_abbreviation(self.tokens[i - 1].span.of(self.text))
            });
        let opening = |l: &&Look| {
            matches!(l.shape, Shape::Open | Shape::OpenQuote | Shape::Quote | Shape::Dash)
        };
        let rest = &self.looks[(at + 1).min(self.looks.len())..];
        let head = rest.iter().take(4).find(|l| !opening(l)).copied().unwrap_or(NOTHING);
        add(30, [s(mark), s(head), u32::from(short)]);
        add(31, [s(p1), s(head), inside]);
        add(32, [s(mark), s(p1), s(head)]);
        add(33, [s(mark) << 8 | s(p1), u32::from(short), s(n1) << 8 | s(head)]);
        add(34, [s(mark), s(n1), s(head) << 8 | glue]);
        if self.within && p1.shape == Shape::Close {
            add(35, [s(p3), s(n1), glue]);
        }
        // What the next word can be when it starts a sentence, and whether the sentence is whole.
        let next = self.tags(at + 1).0;
        let known = next & 0x7FFF;
        let class = known
            & (Tags::LOWER
                | Tags::DETERMINER
                | Tags::PRONOUN
                | Tags::ADPOSITION
                | Tags::CONJUNCTION
                | Tags::PROPER
                | Tags::ADVERB
                | Tags::NOUN)
                .0;
        out.push(mix(20, [s(p1), s(n1), class]));
        if !p1.shape.is_mark() || !matches!(p1.shape, Shape::Stop | Shape::Shout) {
            let before = self.tags(at).0 & 0x7FFF;
            let verb = u32::from(self.has_verb(at));
            out.push(mix(21, [s(p1), before, s(n1)]));
            out.push(mix(22, [s(p1) << 8 | s(n1), verb, class]));
            out.push(mix(23, [s(p1) << 8 | s(n1), verb, length]));
            out.push(mix(24, [before, class, s(n1)]));
            let after = self.tags(at + 2).0 & 0x7FFF;
            out.push(mix(25, [s(n1), class, after]));
            out.push(mix(26, [s(first) << 8 | s(p1), s(n1), verb]));
            let mark = self.next_mark(at + 1);
            out.push(mix(27, [s(p1), s(n1), mark]));
            out.push(mix(28, [w(n1), verb, s(p1)]));
        }
    }

    /// The next mark within ten tokens from `at`, and how far it is.
    fn next_mark(&self, at: usize) -> u32 {
        let window = &self.looks[at.min(self.looks.len())..self.looks.len().min(at + 10)];
        match window.iter().position(|l| l.shape.is_mark()) {
            Some(i) => (window[i].shape as u32) << 4 | (i as u32 / 2),
            None => 0,
        }
    }
}

/// A hash of a word's lower-cased letters (FNV-1a).
pub(crate) fn hash_lower(word: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    if word.is_ascii() {
        return word.bytes().fold(0x811C_9DC5, |h, b| step(h, b.to_ascii_lowercase())) << 5;
    }
    let mut buffer = [0; 4];
    let letters =
        word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase);
    letters.fold(0x811C_9DC5, |h, c| c.encode_utf8(&mut buffer).bytes().fold(h, step)) << 5
}
