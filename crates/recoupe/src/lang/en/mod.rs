//! English.

use std::sync::LazyLock;

use super::Pack;
use super::lexicon::Lexicon;

mod token;

/// The English pack.
pub static PACK: Pack = Pack {
    code: "en",
    iso3: "eng",
    name: "English",
    tokens: token::RULES,
    lexicon: LazyLock::new(|| Lexicon::open(include_bytes!("../../../models/lexicon_en.fst"))),
};
