//! Language packs: a language is one folder here plus one line in [`PACKS`].
//!
//! A pack is data: word lists, rules, and the words that reports are written with. The code
//! that reads it is in [`crate::analyse`] and names no language. Lists are plain text files in
//! the pack's folder: one entry a line, fields separated by tabs, `#` starts a comment.

pub mod entity;

pub mod figure;

pub mod letters;

pub mod lexicon;

pub mod linear;

pub mod name;

pub mod predicate;

pub mod speech;

pub mod state;

pub mod marks;

pub mod token;

pub mod fr;

pub mod en;

pub mod labels;

pub mod time;

use std::fmt;
use std::sync::{LazyLock, OnceLock};

use figure::FigureGrammar;
use lexicon::Lexicon;
use linear::Linear;

/// What the models of task `sentences` read (`analyse::boundary`): change it with the features.
pub const BOUNDARY_FEATURES: &str = "sentence boundaries 1";

/// What the models of task `contractions` read (`analyse::word`): change it with the features.
pub const CONTRACTION_FEATURES: &str = "contractions 1";

/// Everything recoupe knows of one language.
pub struct Pack {
    /// BCP 47 primary tag: `fr`.
    pub code: &'static str,
    /// ISO 639-3 code, as the language detector prints it: `fra`.
    pub iso3: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// What strips a word's endings (Porter's Snowball algorithms).
    pub stemmer: rust_stemmers::Algorithm,
    /// How text is cut into tokens and sentences.
    pub tokens: token::TokenRules,
    /// What tells names and their types.
    pub names: LazyLock<name::NameRules>,
    /// What tells which names are one thing.
    pub entities: LazyLock<entity::EntityRules>,
    /// What tells reported speech.
    pub speech: LazyLock<speech::SpeechRules>,
    /// What tells events and states.
    pub predicates: LazyLock<predicate::PredicateRules>,
    /// What tells who holds a place, an office, a company.
    pub states: LazyLock<state::StateRules>,
    /// Words of what is not an article's own (`marks.txt`; see [`marks`]).
    pub marks: &'static str,
    /// What its word forms can be.
    pub lexicon: LazyLock<Lexicon>,
    /// Its model of syntax (see `models/syntax.md`); empty where it has none.
    pub syntax: &'static [u8],
    /// Its model of tags (see `models/tags.md`); empty where it has none.
    pub tags: &'static [u8],
    /// Its time expressions.
    pub time: &'static time::Source,
    /// Words that any text has, as a list file's text; several entries may share a line.
    pub function_words: &'static str,
    /// Words of the formulas that any report is written with, in the same form: who speaks, by
    /// what channel, on what day.
    pub formula_words: &'static str,
    /// In how many of some ordinary texts each folded word stands, as a list file's text:
    /// `word`, tab, count. Its header says how many texts: `# texts`, tab, count.
    pub background: &'static str,
    /// Where its sentences end, learned; None has rules decide.
    pub boundaries: LazyLock<Option<Linear>>,
    /// Which of [`token::TokenRules::ambiguous`] hide several words, learned; None: all do.
    pub contractions: LazyLock<Option<Linear>>,
    /// How it writes quantities.
    pub figures: LazyLock<FigureGrammar>,
    /// The words that reports are written with.
    pub labels: &'static labels::Labels,
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pack({})", self.code)
    }
}

impl PartialEq for Pack {
    fn eq(&self, other: &Pack) -> bool {
        self.code == other.code
    }
}

/// All packs. The first is the fallback where nothing tells the language.
pub static PACKS: &[&Pack] = &[&fr::PACK, &en::PACK];

/// Something built once for each pack and shared by all threads: a model, opened.
#[derive(Debug)]
pub struct PerPack<T>(OnceLock<Vec<OnceLock<Option<T>>>>);

impl<T> PerPack<T> {
    /// Nothing is built yet.
    pub const fn new() -> PerPack<T> {
        PerPack(OnceLock::new())
    }

    /// What `build` gave for this pack the first time; None where it failed.
    pub fn get<E>(&self, pack: &Pack, build: impl FnOnce() -> Result<T, E>) -> Option<&T> {
        let at = PACKS.iter().position(|p| p.code == pack.code)?;
        let all = self.0.get_or_init(|| PACKS.iter().map(|_| OnceLock::new()).collect());
        all.get(at)?.get_or_init(|| build().ok()).as_ref()
    }
}

impl<T> Default for PerPack<T> {
    fn default() -> PerPack<T> {
        PerPack::new()
    }
}

/// The pack for a BCP 47 tag (`fr`, `fr-CA`), if there is one.
///
/// ```
/// assert_eq!(recoupe::lang::pack("en-GB").map(|p| p.name), Some("English"));
/// assert!(recoupe::lang::pack("xx").is_none());
/// ```
pub fn pack(tag: &str) -> Option<&'static Pack> {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
    PACKS.iter().copied().find(|p| p.code == primary)
}

/// The entries of a list file: one a line, comments (`#` at the start of a line) and blank
/// lines left out.
///
/// ```
/// let lines: Vec<_> = recoupe::lang::entries("# months\njanvier\n\nmai\n").collect();
/// assert_eq!(lines, ["janvier", "mai"]);
/// ```
pub fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#'))
}
