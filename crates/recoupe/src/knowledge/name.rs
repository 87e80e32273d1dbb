//! How names of the tables of countries and regions are compared.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lang::entries;

/// A name without case, accents and punctuation, and without an article before it: what names
/// are compared by.
pub(super) fn key(name: &str) -> String {
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let spaced: String = plain.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    if words.len() > 1 && ARTICLES.before.contains(&words[0]) {
        words.remove(0);
    }
    words.join(" ")
}

/// Articles that are written with a name and are no part of it, folded.
pub struct Articles {
    /// Before the name of a country or region: la, the.
    pub before: Vec<&'static str>,
    /// The Arabic article as romanised, anywhere in a name: al, ez.
    pub inside: Vec<&'static str>,
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
    Articles { before: of("before"), inside: of("inside"), fused: of("fused") }
});

/// The letters of an abbreviation written in capitals, or None: "U.S." and "US" give "US".
pub(super) fn abbreviation(name: &str) -> Option<String> {
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
