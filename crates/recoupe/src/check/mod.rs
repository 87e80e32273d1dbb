//! One story to findings: what is said, by how many independent origins, and where they differ.

use crate::analyse::Interval;
use crate::reuse::Locus;

/// What a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum FindingKind {
    /// Something happened.
    Event,
    /// Something is so.
    State,
    /// A number.
    Figure,
    /// Words said.
    Quotation,
    /// Something announced, promised or foreseen.
    Plan,
    /// Something told of another time.
    Background,
}

impl FindingKind {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            FindingKind::Event => "event",
            FindingKind::State => "state",
            FindingKind::Figure => "figure",
            FindingKind::Quotation => "quotation",
            FindingKind::Plan => "plan",
            FindingKind::Background => "background",
        }
    }
}

/// What holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Two or more independent origins say the same.
    Corroborated,
    /// Origins give values that cannot both hold.
    Disputed,
    /// Values that follow each other in time.
    Evolving,
    /// A garbled figure.
    Unreadable,
    /// One origin, however many articles carry it.
    SingleOrigin,
    /// Only the outlets' own voice.
    Unattributed,
}

impl Status {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            Status::Corroborated => "corroborated",
            Status::Disputed => "disputed",
            Status::Evolving => "evolving",
            Status::Unreadable => "unreadable",
            Status::SingleOrigin => "single-origin",
            Status::Unattributed => "unattributed",
        }
    }
}

/// In what two values differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// The number.
    Figure,
    /// Where.
    Place,
    /// When.
    Time,
    /// Who.
    Actor,
    /// How far, how much.
    Extent,
    /// The words printed as a quotation.
    Wording,
    /// Whether it is so at all.
    Polarity,
}

impl Aspect {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Figure => "figure",
            Aspect::Place => "place",
            Aspect::Time => "time",
            Aspect::Actor => "actor",
            Aspect::Extent => "extent",
            Aspect::Wording => "wording",
            Aspect::Polarity => "polarity",
        }
    }
}

/// The words of one article that carry a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// Where.
    pub place: Locus,
    /// The source chain's names, from the outlet's informant to who spoke; empty in the
    /// outlet's own voice.
    pub according_to: Vec<String>,
    /// The independent origin, after attribution and copying are undone; None in the outlet's
    /// own voice.
    pub origin: Option<String>,
    /// Whether the words hold back.
    pub hedged: bool,
    /// Index of the copy family that the words lie in.
    pub copied_in: Option<u32>,
}

/// One version of a finding, with all that carry it.
#[derive(Clone, PartialEq, Debug)]
pub struct Value {
    /// The version, in the words of its best support.
    pub words: Locus,
    /// The same as a number or another comparable form (`75..`, `2017-11-08`), when there is one.
    pub norm: Option<String>,
    /// Its supports, in reading order. Never empty.
    pub supports: Vec<Support>,
}

/// A reason in words that the language pack has a phrase for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// These origins, independent of each other, say the same.
    Independent(Vec<String>),
    /// One origin is quoted by so many articles.
    OneOrigin {
        /// The origin.
        origin: String,
        /// How many articles carry it.
        articles: usize,
    },
    /// The articles share one text: one origin, its author not known.
    SharedText {
        /// How many articles carry it.
        articles: usize,
    },
    /// No article says where it has it from.
    OwnVoice {
        /// How many articles say it.
        articles: usize,
    },
    /// The values follow each other.
    Stages,
    /// The number cannot be read as printed: its raw words.
    Garbled(Vec<Locus>),
    /// Values that cannot both hold.
    Incompatible(Vec<Aspect>),
    /// The same quotation is printed with different words.
    AlteredQuotation,
}

/// One thing that the story's articles say, with all its versions.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// `f1`, `f2`... most telling first.
    pub id: String,
    /// Index of its story.
    pub story: u32,
    /// What it is about.
    pub kind: FindingKind,
    /// The finding in an article's words: the clause that tells it best.
    pub text: Locus,
    /// What holds.
    pub status: Status,
    /// The independent origins, in order of appearance.
    pub origins: Vec<String>,
    /// How many articles carry it.
    pub articles: u32,
    /// When it happened or held, as far as the articles tell.
    pub time: Interval,
    /// Where: an entity's id.
    pub place: Option<String>,
    /// Its versions.
    pub values: Vec<Value>,
    /// In what they differ.
    pub differs: Vec<Aspect>,
    /// Why it has its status.
    pub reasons: Vec<Reason>,
}

/// An entry of the timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineEntry {
    /// When.
    pub interval: Interval,
    /// Index of its finding.
    pub finding: u32,
    /// Its words.
    pub text: Locus,
}

/// A sentence of the brief: verbatim, with where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BriefSentence {
    /// The sentence.
    pub text: Locus,
    /// Everywhere that supports it, itself first.
    pub cites: Vec<Locus>,
}
