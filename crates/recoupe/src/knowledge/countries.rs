//! Countries and territories: names, adjectives, capitals, in each language of the packs.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::name::{abbreviation, key};
use crate::lang::entries;

/// A country or territory that has an ISO 3166-1 code.
#[derive(Clone, PartialEq, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code: `SY`.
    pub iso: &'static str,
    /// GeoNames identifier.
    pub geonames: u32,
    /// Usual name in English.
    pub en: &'static str,
    /// Usual name in French.
    pub fr: &'static str,
    /// Other usual or official names, in either language, and abbreviations.
    pub others: Vec<&'static str>,
    /// French adjectives, in lower case and all forms; the noun takes a capital.
    pub adjectives_fr: Vec<&'static str>,
    /// English adjectives and nouns.
    pub adjectives_en: Vec<&'static str>,
    /// Capital, by its name in English. Empty when there is none.
    pub capital: &'static str,
    /// Degrees north of the capital.
    pub lat: f64,
    /// Degrees east of the capital.
    pub lon: f64,
    /// Wikidata identifier. Empty when none was verified.
    pub wikidata: &'static str,
}

impl Country {
    /// The code as two bytes, as [`crate::analyse::place::Candidate`] holds it.
    pub fn code(&self) -> [u8; 2] {
        self.iso.as_bytes().first_chunk().copied().unwrap_or_default()
    }

    /// Every name, usual ones first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.en, self.fr].into_iter().chain(self.others.iter().copied())
    }
}

/// Lists of indices, by key.
type Index = FxHashMap<String, Vec<usize>>;

struct Table {
    countries: Vec<Country>,
    names: Index,
    abbreviations: Index,
    adjectives: Index,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| index(parse(include_str!("../../knowledge/countries.tsv"))));

fn parse(tsv: &'static str) -> Vec<Country> {
    entries(tsv).filter_map(row).collect()
}

fn list(field: &'static str) -> Vec<&'static str> {
    field.split(';').filter(|s| !s.is_empty()).collect()
}

fn row(line: &'static str) -> Option<Country> {
    let fields: Vec<_> = line.split('\t').collect();
    let [iso, geonames, en, fr, others, adjectives_fr, adjectives_en, capital, lat, lon, ..] =
        fields[..]
    else {
        return None;
    };
    Some(Country {
        iso,
        geonames: geonames.parse().ok()?,
        en,
        fr,
        others: list(others),
        adjectives_fr: list(adjectives_fr),
        adjectives_en: list(adjectives_en),
        capital,
        lat: lat.parse().ok()?,
        lon: lon.parse().ok()?,
        // An empty last field is trimmed with the line's end.
        wikidata: fields.get(10).copied().unwrap_or(""),
    })
}

fn index(countries: Vec<Country>) -> Table {
    let mut table = Table {
        countries: Vec::new(),
        names: Index::default(),
        abbreviations: Index::default(),
        adjectives: Index::default(),
    };
    let add = |index: &mut Index, key: String, i: usize| {
        let list = index.entry(key).or_default();
        if !list.contains(&i) {
            list.push(i);
        }
    };
    for (i, country) in countries.iter().enumerate() {
        for name in country.names() {
            match abbreviation(name) {
                Some(letters) => add(&mut table.abbreviations, letters, i),
                None => add(&mut table.names, key(name), i),
            }
        }
        for adjective in country.adjectives_fr.iter().chain(&country.adjectives_en) {
            add(&mut table.adjectives, key(adjective), i);
        }
    }
    table.countries = countries;
    table
}

fn found(index: &Index, key: &str) -> Vec<&'static Country> {
    let numbers = index.get(key).map_or(&[][..], Vec::as_slice);
    numbers.iter().filter_map(|&i| TABLE.countries.get(i)).collect()
}

/// Every country, by code.
pub fn all() -> &'static [Country] {
    &TABLE.countries
}

/// The country with this ISO 3166-1 alpha-2 code, in capitals.
pub fn with_code(iso: &str) -> Option<&'static Country> {
    let at = all().binary_search_by(|c| c.iso.cmp(iso)).ok()?;
    all().get(at)
}

/// The countries that bear this name in any language of the packs, whatever the case, accents
/// and hyphens; an abbreviation only in capitals ("US", not "us"). Empty when none does,
/// several when the name does not tell ("Congo").
///
/// ```
/// use recoupe::knowledge::countries::named;
/// for name in ["États-Unis", "Etats-Unis", "U.S.", "USA", "United States"] {
///     assert_eq!(named(name)[0].iso, "US");
/// }
/// assert!(named("us").is_empty());
/// ```
pub fn named(name: &str) -> Vec<&'static Country> {
    let by_letters = abbreviation(name).map(|letters| found(&TABLE.abbreviations, &letters));
    by_letters.filter(|c| !c.is_empty()).unwrap_or_else(|| found(&TABLE.names, &key(name)))
}

/// The countries of an adjective or of a noun for their people, in any form: "syrienne",
/// "Syriens", "Syrian". Empty when there is none, several when the word does not tell
/// ("congolais").
///
/// ```
/// use recoupe::knowledge::countries::of_adjective;
/// assert_eq!(of_adjective("syriennes")[0].fr, "Syrie");
/// assert!(of_adjective("militaires").is_empty());
/// ```
pub fn of_adjective(word: &str) -> Vec<&'static Country> {
    found(&TABLE.adjectives, &key(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn isos(countries: &[&Country]) -> Vec<&'static str> {
        countries.iter().map(|c| c.iso).collect()
    }

    #[test]
    fn every_row_is_read_and_ordered() {
        let rows = entries(include_str!("../../knowledge/countries.tsv")).count();
        assert_eq!(all().len(), rows);
        assert!(rows >= 195, "{rows}");
        assert!(all().windows(2).all(|w| w[0].iso < w[1].iso));
        for c in all() {
            assert!(c.iso.len() == 2 && c.lat.abs() <= 90.0 && c.lon.abs() <= 180.0, "{c:?}");
            assert!(!c.en.is_empty() && !c.fr.is_empty(), "{c:?}");
            assert!(isos(&named(c.en)).contains(&c.iso), "{}", c.en);
            assert!(isos(&named(c.fr)).contains(&c.iso), "{}", c.fr);
        }
    }

    #[test]
    fn names_in_both_languages() {
        let cases = [
            ("Syrie", "SY"),
            ("Syria", "SY"),
            ("Royaume-Uni", "GB"),
            ("UK", "GB"),
            ("U.K.", "GB"),
            ("Emirats arabes unis", "AE"),
            ("Corée du Nord", "KP"),
            ("NORTH KOREA", "KP"),
            ("RDC", "CD"),
            ("Côte d’Ivoire", "CI"),
            ("Birmanie", "MM"),
            ("République tchèque", "CZ"),
            ("Arabie saoudite", "SA"),
        ];
        for (name, iso) in cases {
            assert_eq!(isos(&named(name)), [iso], "{name}");
        }
    }

    #[test]
    fn what_does_not_tell_gives_all_or_nothing() {
        assert_eq!(isos(&named("Congo")), ["CD", "CG"]);
        assert_eq!(isos(&of_adjective("congolaise")), ["CD", "CG"]);
        for name in ["us", "Us", "", "Samedi", "Les", "Atlantide"] {
            assert!(named(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn adjectives_in_all_forms() {
        let cases = [
            ("turque", "TR"),
            ("Grecques", "GR"),
            ("israélien", "IL"),
            ("saoudiennes", "SA"),
            ("Américains", "US"),
            ("americain", "US"),
            ("Lettonne", "LV"),
            ("belges", "BE"),
            ("libyennes", "LY"),
            ("Paraguayenne", "PY"),
            ("Germans", "DE"),
            ("Frenchmen", "FR"),
            ("Iraqis", "IQ"),
            ("North Korean", "KP"),
            ("sud-africaine", "ZA"),
            ("yéménites", "YE"),
            ("afghane", "AF"),
        ];
        for (word, iso) in cases {
            assert_eq!(isos(&of_adjective(word)), [iso], "{word}");
        }
    }
}
