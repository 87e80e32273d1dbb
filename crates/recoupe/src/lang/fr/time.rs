//! French time expressions.

use crate::lang::time::Source;

/// Words and rules of French time expressions.
pub(super) static TIME: Source =
    Source::new(include_str!("time_words.txt"), include_str!("time_rules.txt"));
