//! The reading matter: [`Article`], [`Span`], [`Block`], and [`Warning`].
//!
//! An article's text never changes once it is read. Everything found later points into it
//! with a [`Span`].

use std::fmt;

use jiff::civil::Date;

/// A piece of an article's text: **byte** offsets, end exclusive, `start <= end`, both on
/// character boundaries of the text it was made for.
///
/// Outputs count Unicode code points instead; [`CodePoints`] converts.
///
/// ```
/// use recoupe::article::Span;
/// let text = "À Rawa";
/// let span = Span::new(3, 7);
/// assert_eq!(span.of(text), "Rawa");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`.
    ///
    /// # Panics
    ///
    /// If `start > end`, or if `end` does not fit in 32 bits: no article is that long (see
    /// [`crate::read`], which bounds a text's length).
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end && end <= u32::MAX as usize, "span {start}..{end}");
        Span { start: start as u32, end: end as u32 }
    }

    /// The words themselves: the slice of `text` that this span covers.
    ///
    /// # Panics
    ///
    /// If the span was not made for `text` (out of bounds, or inside a character).
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same bytes as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within this span (a span contains itself).
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many bytes the two share.
    pub fn shared(self, other: Span) -> usize {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        end.saturating_sub(start) as usize
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Turns byte offsets of one text into Unicode code point offsets, as every output counts.
///
/// ```
/// use recoupe::article::CodePoints;
/// let points = CodePoints::new("À Rawa");
/// assert_eq!(points.at(3), 2);
/// assert_eq!(points.byte(2), 3);
/// ```
pub struct CodePoints {
    /// Code point count at every 64th byte; the rest is counted from the text.
    marks: Vec<u32>,
    bytes: Box<[u8]>,
}

impl CodePoints {
    /// Prepares the map of one text: one pass, about 1.1 bytes a byte of text.
    pub fn new(text: &str) -> CodePoints {
        let mut marks = Vec::with_capacity(text.len() / 64 + 1);
        let mut count = 0;
        for (i, b) in text.bytes().enumerate() {
            if i % 64 == 0 {
                marks.push(count);
            }
            count += u32::from(starts_char(b));
        }
        CodePoints { marks, bytes: text.as_bytes().into() }
    }

    /// The number of code points before byte `byte` (clamped to the text's length).
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.bytes.len());
        let Some(mark) = byte.checked_div(64).filter(|m| *m < self.marks.len()) else {
            return self.total();
        };
        let rest = &self.bytes[mark * 64..byte];
        self.marks[mark] + rest.iter().filter(|b| starts_char(**b)).count() as u32
    }

    /// The byte at which code point number `point` starts (the text's length past the end).
    pub fn byte(&self, point: u32) -> u32 {
        let mark = self.marks.partition_point(|m| *m <= point).saturating_sub(1);
        let mut count = self.marks.get(mark).copied().unwrap_or(0);
        for (i, b) in self.bytes.iter().enumerate().skip(mark * 64) {
            if starts_char(*b) {
                if count == point {
                    return i as u32;
                }
                count += 1;
            }
        }
        self.bytes.len() as u32
    }

    /// A span in code points, as `(start, end)`.
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }

    fn total(&self) -> u32 {
        self.bytes.iter().filter(|b| starts_char(**b)).count() as u32
    }
}

fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// What a stretch of an article's text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// The article's own words: what is analysed.
    Body,
    /// A headline printed inside the text.
    Title,
    /// Links to other articles (`>> ...`, "À lire aussi").
    Links,
    /// What is printed under a picture.
    Caption,
    /// Who made the text or the picture: `AFP/VNA/CVN`, `Photo : AFP`.
    Credit,
    /// Place and agency before the first sentence: `PARIS (AFP) -`.
    Dateline,
    /// Anything else that is not the article's words: a metadata line, a subscription notice.
    Furniture,
}

impl BlockKind {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Body => "body",
            BlockKind::Title => "title",
            BlockKind::Links => "links",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Dateline => "dateline",
            BlockKind::Furniture => "furniture",
        }
    }

    /// Whether sentences are read in it: its words are the article's own.
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Body | BlockKind::Caption)
    }
}

/// A stretch of text of one kind. An article's blocks are in order, do not overlap, and
/// together cover all of its text but white space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// One report as it was read: immutable text, and what its file said about it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Article {
    /// Unique in a pile: the file's name for plain text, `id` or `file:line` for JSON Lines.
    pub id: String,
    /// The whole text, unchanged.
    pub text: String,
    /// The headline, when it is not part of the text.
    pub title: Option<String>,
    /// Who published it (a newspaper, a site), as its file says.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The day it was published, only if its file says so.
    pub published: Option<Date>,
    /// The language its file claims (BCP 47 primary tag).
    pub lang: Option<String>,
    /// Its authors, as its file says.
    pub authors: Vec<String>,
    /// The agency that its file credits for the text.
    pub credit: Option<String>,
    /// A grouping that is already known: kept.
    pub topic: Option<String>,
    /// What each stretch of the text is.
    pub blocks: Vec<Block>,
    /// The instant it was published, only if its file says so with its zone: tells which of two
    /// articles of a day came first.
    pub instant: Option<jiff::Timestamp>,
}

impl Article {
    /// An article of nothing but a text, all of it one body block.
    ///
    /// ```
    /// let article = recoupe::article::Article::plain("a.txt", "La ville est prise.");
    /// assert_eq!(article.blocks.len(), 1);
    /// ```
    pub fn plain(id: impl Into<String>, text: impl Into<String>) -> Article {
        let text = text.into();
        let span = Span::new(0, text.len());
        let blocks = vec![Block { span, kind: BlockKind::Body }];
        Article { id: id.into(), text, blocks, ..Article::default() }
    }

    /// The kind of the block that holds byte `at`; [`BlockKind::Body`] between blocks.
    pub fn kind_at(&self, at: u32) -> BlockKind {
        let next = self.blocks.partition_point(|b| b.span.end <= at);
        match self.blocks.get(next) {
            Some(b) if b.span.start <= at => b.kind,
            _ => BlockKind::Body,
        }
    }
}

/// Something that went wrong in one input and cost that input alone.
///
/// Printed as one line: `file:place: reason; advice`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// The file, as the user named it.
    pub file: String,
    /// Where in it: `line 12`, `byte 3041`, a member's name. Empty when it is the whole file.
    pub place: String,
    /// What is wrong.
    pub reason: String,
    /// What to do about it. May be empty.
    pub advice: String,
}

impl Warning {
    /// A warning about a whole file.
    pub fn file(file: impl Into<String>, reason: impl Into<String>) -> Warning {
        Warning {
            file: file.into(),
            place: String::new(),
            reason: reason.into(),
            advice: String::new(),
        }
    }

    /// The same warning, at a place in the file.
    pub fn at(mut self, place: impl Into<String>) -> Warning {
        self.place = place.into();
        self
    }

    /// The same warning, with what to do.
    pub fn advise(mut self, advice: impl Into<String>) -> Warning {
        self.advice = advice.into();
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if !self.place.is_empty() {
            write!(f, ", {}", self.place)?;
        }
        write!(f, ": {}", self.reason)?;
        if !self.advice.is_empty() {
            write!(f, "; {}", self.advice)?;
        }
        Ok(())
    }
}

/// A result that may come with warnings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// What went wrong on the way.
    pub warnings: Vec<Warning>,
}
