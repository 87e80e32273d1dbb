//! How names are compared: by a key, in which spellings that differ in case, accents, marks and
//! leading articles are one.

use std::sync::LazyLock;

use crate::lang::entries;
use crate::lang::letters::fold_into;

/// A name without case, accents and punctuation, and without an article before it: what names
/// are compared by.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    key_into(name, &mut out);
    out
}

/// [`key`], into a string that is used again.
pub fn key_into(name: &str, out: &mut String) {
    fold_into(name, out);
    if let Some((first, _)) = out.split_once(' ')
        && ARTICLES.before.contains(&first)
    {
        out.drain(..=first.len());
    }
}

/// A key without the Arabic article that a name may begin with: al-Qaïm and Qaïm are one. Two
/// letters or fewer after it are too little to be a name.
///
/// ```
/// use recoupe::knowledge::name::{bare, key};
/// assert_eq!(bare(&key("Al-Qaïda")), "qaida");
/// assert_eq!(bare(&key("El Al")), "el al");
/// ```
pub fn bare(key: &str) -> &str {
    let rest = key.split_once(' ').filter(|(first, _)| ARTICLES.leading.contains(first));
    rest.map(|(_, rest)| rest).filter(|rest| rest.chars().count() > 2).unwrap_or(key)
}

/// Articles that are written with a name and are no part of it, folded.
pub struct Articles {
    /// Before the name of a country or region: la, the.
    pub before: Vec<&'static str>,
    /// The Arabic article as romanised, anywhere in a name: al, ez.
    pub inside: Vec<&'static str>,
    /// Its usual forms at the start of a name, where they are left out to compare it.
    pub leading: Vec<&'static str>,
    /// Words that begin with that article's two letters, written together: albu.
    pub fused: Vec<&'static str>,
}

/// The articles of `knowledge/articles.tsv`.
pub static ARTICLES: LazyLock<Articles> = LazyLock::new(|| {
    let list = include_str!("../../knowledge/articles.tsv");
    let of = |kind: &str| {
        entries(list)
            .filter_map(|l| l.split_once('\t'))
            .filter(|l| l.0 == kind)
            .map(|l| l.1)
            .collect()
    };
    Articles {
        before: of("before"),
        inside: of("inside"),
        leading: of("leading"),
        fused: of("fused"),
    }
});

/// The letters of an abbreviation written in capitals, or None: "U.S." and "US" give "US".
pub fn abbreviation(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|c| *c != '.').collect();
    let capitals = letters.chars().all(|c| c.is_ascii_uppercase());
    (capitals && (2..=4).contains(&letters.len())).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_abbreviations() {
        assert_eq!(key("La Réunion"), "reunion");
        assert_eq!(key("Les"), "les");
        assert_eq!(key("Côte d’Ivoire"), "cote d ivoire");
        assert_eq!(abbreviation("U.S.").as_deref(), Some("US"));
        assert_eq!(abbreviation("us"), None);
        assert_eq!(abbreviation("Mali"), None);
    }
}
