//! What is known of the world: data with its source, in the folder `knowledge/`, and the
//! functions that look it up. Nothing here reads an article.

pub mod agencies;
pub mod countries;
pub mod directory;
pub mod load;
pub mod name;
pub mod people;
pub mod regions;
pub mod rulings;
pub mod sources;
mod tables;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Whether `name`, in running text, is a news agency's.
pub fn is_agency(name: &str) -> bool {
    agencies::agency(name).is_some_and(|a| !a.ambiguous)
}

static GIVEN_NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    crate::lang::entries(include_str!("../../knowledge/first_names.txt"))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Whether `word` (any letter case) is a given name that press reports use.
///
/// ```
/// assert!(recoupe::knowledge::is_given_name("Amélie"));
/// assert!(!recoupe::knowledge::is_given_name("Ville"));
/// ```
pub fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(word.to_lowercase().as_str())
}
