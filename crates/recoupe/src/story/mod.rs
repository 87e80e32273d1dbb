//! Analysed articles to stories, and what only a story's articles together can tell: which
//! names are the same, and when each article was published.

mod background;
pub mod dating;
pub mod entity;
mod group;
mod grouper;
mod link;
mod vector;

pub use group::{group, group_known};
pub use grouper::{Grouper, Settled, Told, Window};
pub use vector::{Known, Sketch};

use crate::analyse::{Interval, MentionKind};
use crate::reuse::Account;

/// Articles that report the same events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story {
    /// `s1`, `s2`... in reading order; or the grouping that the input gave.
    pub id: String,
    /// A line to know it by: words of one of its articles.
    pub title: String,
    /// The language of most of its articles (BCP 47).
    pub lang: &'static str,
    /// Indices of its articles in the pile, in reading order.
    pub articles: Vec<u32>,
    /// The days that it covers.
    pub span: Interval,
    /// The accounts of its own that it rests on; none before copies are known.
    pub accounts: Vec<Account>,
}

/// Somebody, something or some place that the pile's articles name.
#[derive(Clone, PartialEq, Debug)]
pub struct Entity {
    /// Stable in a pile: `loc:rawa`, `org:osdh`.
    pub id: String,
    /// The type that its mentions have most often.
    pub kind: MentionKind,
    /// The name to show.
    pub name: String,
    /// Every form in print, with how often: most frequent first, ties in alphabetical order.
    pub names: Vec<(String, u32)>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// GeoNames identifier.
    pub geonames: Option<u32>,
    /// Degrees north, for a place that was found.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// The stories with the days that their articles cover, now that the articles are dated.
pub fn with_spans(mut stories: Vec<Story>, analyses: &[crate::analyse::Analysis]) -> Vec<Story> {
    for story in &mut stories {
        let published = || story.articles.iter().map(|i| &analyses[*i as usize].published);
        let days = || published().filter_map(|p| p.date);
        // Known days tell when it was reported; only without any do the bounds of a guess.
        let span = Interval {
            earliest: days().min().or(published().filter_map(|p| p.interval.earliest).min()),
            latest: days().max().or(published().filter_map(|p| p.interval.latest).max()),
        };
        story.span = span;
    }
    stories
}
