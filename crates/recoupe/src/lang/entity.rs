//! What a language pack says of names that are one thing.

use rustc_hash::{FxHashMap, FxHashSet};

/// Words that tell what a name stands for, and that two names are one. All lower case.
pub struct EntityRules {
    /// Nouns for a part of a country that may bear a town's name (`province`, `county`).
    pub divisions: FxHashSet<&'static str>,
    /// Words between two names of one thing, without the articles and prepositions among them
    /// (`alias`, `aussi appelé`, `formerly known as`).
    pub same: FxHashSet<String>,
    /// Small words: passed over between two names and in initials.
    pub small: FxHashSet<&'static str>,
    /// Nouns of which a country has one, with what they are: `armée`, an `army`. With an adjective of
    /// the country they name a body as surely as a name does.
    pub bodies: FxHashMap<&'static str, &'static str>,
}

impl EntityRules {
    /// Reads a pack's `entities.txt`: lines of `field<TAB>words separated by spaces`; entries of
    /// several words are written with `_`.
    pub fn parse(list: &'static str) -> EntityRules {
        let of = |field: &'static str| {
            super::entries(list)
                .filter_map(|l| l.split_once('\t'))
                .filter(move |(f, _)| *f == field)
                .flat_map(|(_, words)| words.split(' '))
        };
        EntityRules {
            divisions: of("division").collect(),
            same: of("same").map(|w| w.replace('_', " ")).collect(),
            small: of("small").collect(),
            bodies: super::entries(list)
                .filter_map(|l| l.split_once('\t'))
                .filter_map(|(field, words)| Some((field.strip_prefix("body:")?, words)))
                .flat_map(|(class, words)| words.split(' ').map(move |w| (w, class)))
                .collect(),
        }
    }
}
