//! English.

use super::Pack;

/// The English pack.
pub static PACK: Pack = Pack { code: "en", iso3: "eng", name: "English" };
