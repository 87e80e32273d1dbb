//! Words that tell what is not an article's own: links, picture credits, signatures, labels.

use super::entries;

/// What words in a list of marks open or stand in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkKind {
    /// Opens a line of links to other articles.
    Links,
    /// Opens or closes a line that says who made a picture.
    Photo,
    /// Stands beside agencies in a signature: "with", "agencies".
    With,
    /// A label in capitals before a dash, which is not a place: "LIVE".
    Kicker,
    /// A key before a date in a metadata line: "published on".
    Meta,
    /// Opens a line that is not the article's words: "Subscribe to".
    Furniture,
}

/// One entry of a pack's `marks.txt`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark<'a> {
    /// What it opens or stands in.
    pub kind: MarkKind,
    /// The words, without the colon.
    pub words: &'a str,
    /// Whether a colon, or the end of the line, must follow.
    pub colon: bool,
}

/// Reads a list of marks: lines `kind<TAB>words`; a line of an unknown kind is left out.
///
/// ```
/// use recoupe::lang::marks::{marks, MarkKind};
/// let list: Vec<_> = marks("links\tSee also:\n").collect();
/// assert_eq!((list[0].kind, list[0].words, list[0].colon), (MarkKind::Links, "See also", true));
/// ```
pub fn marks(list: &str) -> impl Iterator<Item = Mark<'_>> {
    entries(list).filter_map(|line| {
        let (kind, words) = line.split_once('\t')?;
        let kind = match kind {
            "links" => MarkKind::Links,
            "photo" => MarkKind::Photo,
            "with" => MarkKind::With,
            "kicker" => MarkKind::Kicker,
            "meta" => MarkKind::Meta,
            "furniture" => MarkKind::Furniture,
            _ => return None,
        };
        let bare = words.trim_end_matches([':', ' ']);
        Some(Mark { kind, words: bare, colon: words.ends_with(':') })
    })
}
