//! English.

use super::Pack;

mod token;

/// The English pack.
pub static PACK: Pack = Pack { code: "en", iso3: "eng", name: "English", tokens: token::RULES };
