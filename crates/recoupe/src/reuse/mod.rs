//! Articles to copied passages, copy families, and the origin of each family.
//!
//! What is copied is found before anything is checked, because counting articles is not
//! counting origins. This stage does not decide what is true.

mod account;
mod align;
mod family;
pub(crate) mod fold;
mod origin;
mod passages;
mod seed;

pub use account::{Account, accounts, revisions};
pub use family::{families, mark_quotations, within_quotation_marks};
pub use fold::fold_words;
pub use passages::{MIN_SIMILARITY, MIN_WORDS, Scope, copied_share, passages, passages_within};

use crate::article::Span;

/// A stretch of one article of a pile.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct Locus {
    /// Index of the article in the pile.
    pub article: u32,
    /// Where in its text.
    pub span: Span,
}

/// How two passages are alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum PassageKind {
    /// Word for word.
    Verbatim,
    /// With words changed, added, dropped.
    Edited,
    /// Both quote the same words of a third party.
    Quotation,
}

impl PassageKind {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            PassageKind::Verbatim => "verbatim",
            PassageKind::Edited => "edited",
            PassageKind::Quotation => "quotation",
        }
    }
}

/// A passage of 8 words or more that two articles share.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pair {
    /// In the article that comes first in the pile.
    pub a: Locus,
    /// In the other.
    pub b: Locus,
    /// How they are alike.
    pub kind: PassageKind,
    /// Share of equal tokens: twice the equal tokens over the tokens of both, 0 to 1.
    pub similarity: f64,
}

/// Why a family has its origin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OriginEvidence {
    /// An article of the family is signed, or opens, with the agency's name, here.
    Credit(Locus),
    /// An article attributes the passage to the agency in its own sentence, here.
    Attribution(Locus),
    /// An article's file credits the agency (index of the article).
    Metadata(u32),
    /// The passage is a quotation of this speaker, named here.
    Speaker(Locus),
    /// An article of the family is the origin's own: it was published by it.
    Outlet(u32),
    /// What the family's articles copy elsewhere is the origin's, as this article says.
    Carried(u32),
}

/// The same passage in two articles or more.
#[derive(Clone, PartialEq, Debug)]
pub struct Family {
    /// `p1`, `p2`... in reading order.
    pub id: String,
    /// How its members are alike: verbatim only when all are.
    pub kind: PassageKind,
    /// Its members, in reading order; an article may have several.
    pub places: Vec<Locus>,
    /// The agency or speaker whose words they are. None when nothing tells it: then an unnamed
    /// dispatch, or one of the articles, is their one origin all the same.
    pub origin: Option<String>,
    /// Why.
    pub evidence: Option<OriginEvidence>,
    /// How sure the origin is, 0 to 1; 0 when there is none.
    pub confidence: f64,
    /// The article that the others have the passage from, where something tells it: the agency's
    /// own dispatch, the outlet that another names, the first of a group whose text holds all that
    /// the others share. None also where the words come from a dispatch that is not in the pile.
    pub source: Option<u32>,
}

impl Family {
    /// The origin, where something tells it of this very passage: one that is carried over from what
    /// its articles copy elsewhere is likely, and no ground to count on.
    pub fn told_origin(&self) -> Option<&str> {
        let carried = matches!(self.evidence, Some(OriginEvidence::Carried(_)));
        self.origin.as_deref().filter(|_| !carried)
    }
}
