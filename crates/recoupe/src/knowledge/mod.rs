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

use rustc_hash::{FxHashMap, FxHashSet};

/// Whether `name`, in running text, is a news agency's.
pub fn is_agency(name: &str) -> bool {
    agencies::agency(name).is_some_and(|a| !a.ambiguous)
}

static GIVEN_NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    crate::lang::entries(include_str!("../../knowledge/first_names.txt"))
        .flat_map(str::split_whitespace)
        .collect()
});

static GIVEN_GENDER: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut out: FxHashMap<&str, &str> = FxHashMap::default();
    for line in crate::lang::entries(include_str!("../../knowledge/given_gender.tsv")) {
        let Some((field, names)) = line.split_once('\t') else { continue };
        let gender = if field == "fem" { "Fem" } else { "Masc" };
        for name in names.split(' ') {
            // One of both tells none.
            out.entry(name)
                .and_modify(|g| {
                    if *g != gender {
                        *g = ""
                    }
                })
                .or_insert(gender);
        }
    }
    out.retain(|_, gender| !gender.is_empty());
    out
});

/// The gender, as UD names it, of those who bear a given name (in lower case); none where both do or
/// nothing is known.
///
/// ```
/// assert_eq!(recoupe::knowledge::given_gender("amélie"), Some("Fem"));
/// assert_eq!(recoupe::knowledge::given_gender("camille"), None);
/// ```
pub fn given_gender(lower: &str) -> Option<&'static str> {
    GIVEN_GENDER.get(lower).copied()
}

/// Whether `word` (any letter case) is a given name that press reports use.
///
/// ```
/// assert!(recoupe::knowledge::is_given_name("Amélie"));
/// assert!(!recoupe::knowledge::is_given_name("Ville"));
/// ```
pub fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(word.to_lowercase().as_str())
}
