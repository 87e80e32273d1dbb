//! English.

use std::sync::LazyLock;

use super::entity::EntityRules;
use super::figure::FigureGrammar;
use super::lexicon::Lexicon;
use super::linear::Linear;
use super::name::NameRules;
use super::predicate::PredicateRules;
use super::speech::SpeechRules;
use super::state::StateRules;
use super::{BOUNDARY_FEATURES, Pack};

mod figure;
pub mod labels;
mod time;

mod token;

/// The English pack.
pub static PACK: Pack = Pack {
    code: "en",
    iso3: "eng",
    name: "English",
    stemmer: rust_stemmers::Algorithm::English,
    tokens: token::RULES,
    names: LazyLock::new(|| NameRules::parse(include_str!("names.txt"))),
    entities: LazyLock::new(|| EntityRules::parse(include_str!("entities.txt"))),
    speech: LazyLock::new(|| SpeechRules::parse(include_str!("speech.txt"))),
    predicates: LazyLock::new(|| PredicateRules::parse(include_str!("predicates.txt"))),
    states: LazyLock::new(|| StateRules::parse(include_str!("states.txt"))),
    marks: include_str!("marks.txt"),
    lexicon: LazyLock::new(|| {
        Lexicon::open(include_bytes!("../../../models/lexicon_en.bin"), "en")
    }),
    syntax: include_bytes!("../../../models/syntax_en.bin"),
    time: &time::TIME,
    function_words: include_str!("function_words.txt"),
    formula_words: include_str!("formula_words.txt"),
    background: include_str!("background.txt"),
    boundaries: LazyLock::new(|| {
        let bytes = include_bytes!("../../../models/sentences_en.bin");
        Linear::open(bytes, "sentences", "en", BOUNDARY_FEATURES).ok()
    }),
    contractions: LazyLock::new(|| None),
    figures: LazyLock::new(|| FigureGrammar::new(&figure::RULES)),
    labels: &labels::LABELS,
    tags: include_bytes!("../../../models/tags_en.bin"),
};
