//! French.

use super::Pack;

/// The French pack.
pub static PACK: Pack = Pack { code: "fr", iso3: "fra", name: "français" };
