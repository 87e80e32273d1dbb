//! French.

use std::sync::LazyLock;

use super::Pack;
use super::lexicon::Lexicon;
use super::name::NameRules;
use super::predicate::PredicateRules;
use super::speech::SpeechRules;

mod token;

/// The French pack.
pub static PACK: Pack = Pack {
    code: "fr",
    iso3: "fra",
    name: "français",
    stemmer: rust_stemmers::Algorithm::French,
    tokens: token::RULES,
    names: LazyLock::new(|| NameRules::parse(include_str!("names.txt"), true)),
    speech: LazyLock::new(|| SpeechRules::parse(include_str!("speech.txt"))),
    predicates: LazyLock::new(|| PredicateRules::parse(include_str!("predicates.txt"))),
    marks: include_str!("marks.txt"),
    lexicon: LazyLock::new(|| Lexicon::open(include_bytes!("../../../models/lexicon_fr.fst"))),
};
