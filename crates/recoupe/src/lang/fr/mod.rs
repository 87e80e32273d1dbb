//! French.

use std::sync::LazyLock;

use super::Pack;
use super::lexicon::Lexicon;

mod token;

/// The French pack.
pub static PACK: Pack = Pack {
    code: "fr",
    iso3: "fra",
    name: "français",
    tokens: token::RULES,
    lexicon: LazyLock::new(|| Lexicon::open(include_bytes!("../../../models/lexicon_fr.fst"))),
};
