//! The [`Dossier`]: everything the pipeline found in a pile, ready to print.

use crate::analyse::Analysis;
use crate::article::{Article, Warning};
use crate::check::state::State;
use crate::check::{BriefSentence, Finding, TimelineEntry};
use crate::knowledge::sources::Source;
use crate::lang::Pack;
use crate::read::Input;
use crate::reuse::{Family, Pair};
use crate::story::{Entity, Story};

/// Everything found in a pile of articles. Indices in it (of articles, stories, families,
/// findings) point into its own lists.
#[derive(Clone, PartialEq, Debug)]
pub struct Dossier {
    /// The language that the report is written in: that of most articles.
    pub lang: &'static Pack,
    /// The files read.
    pub inputs: Vec<Input>,
    /// The articles, in reading order.
    pub articles: Vec<Article>,
    /// What was found in each, in the same order.
    pub analyses: Vec<Analysis>,
    /// Of each article, the share of its words that lie in copied passages, 0 to 1.
    pub copied_share: Vec<f64>,
    /// Versions of one dispatch: lists of articles in order of time.
    pub revisions: Vec<Vec<u32>>,
    /// The stories, in reading order of their first article.
    pub stories: Vec<Story>,
    /// The entities, by id.
    pub entities: Vec<Entity>,
    /// Pairs of copied passages.
    pub pairs: Vec<Pair>,
    /// The same gathered into families.
    pub families: Vec<Family>,
    /// The findings of all stories, story by story, most telling first.
    pub findings: Vec<Finding>,
    /// Who holds what, story by story.
    pub states: Vec<State>,
    /// The timelines of all stories, in order of time.
    pub timeline: Vec<TimelineEntry>,
    /// The brief.
    pub brief: Vec<BriefSentence>,
    /// What went wrong.
    pub warnings: Vec<Warning>,
    /// What is known of the findings' origins, by name: camp, ownership, reliability.
    pub sources: Vec<(String, Source)>,
}

impl Dossier {
    /// The words at a place.
    pub fn words(&self, at: crate::reuse::Locus) -> &str {
        at.span.of(&self.articles[at.article as usize].text)
    }
}
