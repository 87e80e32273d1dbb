//! English.

use std::sync::LazyLock;

use super::Pack;
use super::lexicon::Lexicon;
use super::name::NameRules;
use super::speech::SpeechRules;

mod token;

/// The English pack.
pub static PACK: Pack = Pack {
    code: "en",
    iso3: "eng",
    name: "English",
    tokens: token::RULES,
    names: LazyLock::new(|| NameRules::parse(include_str!("names.txt"), false)),
    speech: LazyLock::new(|| SpeechRules::parse(include_str!("speech.txt"))),
    lexicon: LazyLock::new(|| Lexicon::open(include_bytes!("../../../models/lexicon_en.fst"))),
    function_words: include_str!("function_words.txt"),
    formula_words: include_str!("formula_words.txt"),
    background: include_str!("background.txt"),
};
