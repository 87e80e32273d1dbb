//! French.

use std::sync::LazyLock;

use super::Pack;
use super::lexicon::Lexicon;
use super::name::NameRules;
use super::speech::SpeechRules;

mod token;

/// The French pack.
pub static PACK: Pack = Pack {
    code: "fr",
    iso3: "fra",
    name: "français",
    tokens: token::RULES,
    names: LazyLock::new(|| NameRules::parse(include_str!("names.txt"), true)),
    speech: LazyLock::new(|| SpeechRules::parse(include_str!("speech.txt"))),
    lexicon: LazyLock::new(|| Lexicon::open(include_bytes!("../../../models/lexicon_fr.fst"))),
    function_words: include_str!("function_words.txt"),
    formula_words: include_str!("formula_words.txt"),
    background: include_str!("background.txt"),
};
