//! French.

use super::Pack;

mod token;

/// The French pack.
pub static PACK: Pack = Pack { code: "fr", iso3: "fra", name: "français", tokens: token::RULES };
