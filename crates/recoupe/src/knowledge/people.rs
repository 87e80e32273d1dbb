//! Which words people bear as given or family names.
//!
//! Packed in `models/people.bin` by `recoupe-dev generate people`; the card beside it tells the
//! sources.

use std::sync::LazyLock;

use fst::Map;

use crate::model::Model;

/// The layout of the file.
pub const VERSION: u32 = 1;

/// How common a word is as people's names: 0 (not known as one) to 3 (very common).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Borne {
    /// As a given name.
    pub given: u8,
    /// As a family name.
    pub family: u8,
}

static NAMES: LazyLock<Option<Map<&'static [u8]>>> = LazyLock::new(|| {
    let model = Model::open(include_bytes!("../../models/people.bin")).ok()?;
    Map::new(model.section("names").ok()?.rest()).ok()
});

/// How people bear a word (in lower case) as a name.
///
/// ```
/// use recoupe::knowledge::people::{Borne, borne};
/// assert_eq!(borne("marie").given, 3);
/// assert_eq!(borne("préfecture"), Borne::default());
/// ```
pub fn borne(lower: &str) -> Borne {
    let found = NAMES.as_ref().and_then(|names| names.get(lower)).unwrap_or(0);
    Borne { given: (found >> 2 & 3) as u8, family: (found & 3) as u8 }
}
