//! Whose voice a source is: the camps of `knowledge/camps.tsv`, and what a user says of sources in a
//! file of his own (`sources.toml`), which wins.
//!
//! A camp is a side that speaks with several mouths: an army, its government and the agency that the
//! government owns. A state's camp is its ISO 3166-1 code; any other bears the name that the user
//! gives it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::name::{bare, key};
use super::{agencies, countries};
use crate::lang::{PACKS, entries};

/// What is known of a source.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// Its camp: a state's ISO 3166-1 code, or a name.
    pub camp: Option<String>,
    /// Who owns it, in a word: `state`.
    pub ownership: Option<String>,
    /// How far the user trusts it, in his own words.
    pub reliability: Option<String>,
    /// Whether the user says so.
    pub by_user: bool,
}

/// What a user says of sources.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    by_name: FxHashMap<String, Source>,
    /// Pairs of opposed camps, each pair in order.
    opposed: BTreeSet<(String, String)>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    source: Vec<SourceRow>,
    #[serde(default)]
    camp: Vec<CampRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRow {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    camp: Option<String>,
    ownership: Option<String>,
    reliability: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CampRow {
    name: String,
    #[serde(default)]
    against: Vec<String>,
}

static STATES: LazyLock<FxHashMap<&'static str, Source>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let (code, camp, ownership) = (fields.next()?, fields.next()?, fields.next()?);
        let source = Source {
            camp: Some(camp.to_owned()),
            ownership: Some(ownership.to_owned()),
            ..Source::default()
        };
        Some((code, source))
    };
    entries(include_str!("../../knowledge/camps.tsv")).filter_map(row).collect()
});

fn folded(name: &str) -> String {
    bare(&key(name)).to_string()
}

/// A camp's name as it is compared: a country's is its code.
fn camp_key(name: &str) -> String {
    let name = name.trim();
    if let Some(country) = countries::with_code(name) {
        return country.iso.to_owned();
    }
    match countries::named(name).as_slice() {
        [country] => country.iso.to_owned(),
        _ => name.to_owned(),
    }
}

impl Sources {
    /// Reads a `sources.toml`: what it says, and of each table in it that is none of its own, why
    /// that is left out.
    ///
    /// ```
    /// use recoupe::knowledge::sources::Sources;
    /// let (sources, _) = Sources::read("[[source]]\nname = 'OSDH'\ncamp = 'opposition'\n").unwrap();
    /// assert_eq!(sources.of("OSDH").and_then(|s| s.camp).as_deref(), Some("opposition"));
    /// assert_eq!(sources.of("SANA").and_then(|s| s.camp).as_deref(), Some("SY"));
    /// ```
    ///
    /// # Errors
    /// What is wrong in the file, and on which line, in words.
    pub fn read(toml: &str) -> Result<(Sources, Vec<String>), String> {
        let file: File = toml::from_str(toml).map_err(|e| at_line(toml, &e))?;
        let all: toml::Table = toml::from_str(toml).map_err(|e| at_line(toml, &e))?;
        let known = |name: &str| ["source", "camp"].contains(&name);
        let unknown: Vec<String> = all
            .keys()
            .filter(|name| !known(name))
            .map(|name| format!("no such table: {name:?}; there is [[source]] and [[camp]]"))
            .collect();
        if let Some(unknown) = unknown.first().filter(|_| !all.keys().any(|k| known(k))) {
            return Err(unknown.clone());
        }
        let mut out = Sources::default();
        for row in file.source {
            let source = Source {
                camp: row.camp.as_deref().map(camp_key),
                ownership: row.ownership,
                reliability: row.reliability,
                by_user: true,
            };
            for name in std::iter::once(&row.name).chain(&row.names) {
                out.by_name.insert(folded(name), source.clone());
            }
        }
        for camp in file.camp {
            let name = camp_key(&camp.name);
            for other in camp.against.iter().map(|c| camp_key(c)) {
                let pair = (name.clone().min(other.clone()), name.clone().max(other));
                out.opposed.insert(pair);
            }
        }
        Ok((out, unknown))
    }

    /// Whether the user says nothing.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty() && self.opposed.is_empty()
    }

    /// What is known of a source: what the user says; else of an agency that speaks for a state,
    /// or a body of which a country has one ("armée syrienne").
    pub fn of(&self, name: &str) -> Option<Source> {
        if let Some(said) = self.by_name.get(&folded(name)) {
            return Some(said.clone());
        }
        let agency = agencies::agency(name).and_then(|a| STATES.get(a.code));
        agency.cloned().or_else(|| body(name))
    }

    /// Whether the user says that two camps are against each other.
    pub fn opposed(&self, a: &str, b: &str) -> bool {
        self.opposed.contains(&(a.min(b).to_owned(), a.max(b).to_owned()))
    }
}

/// What is wrong in a file of TOML, on one line.
fn at_line(toml: &str, error: &toml::de::Error) -> String {
    let reason = error.message().replace('\n', ", ");
    match error.span().and_then(|span| toml.get(..span.start)) {
        Some(before) => format!("line {}: {reason}", before.matches('\n').count() + 1),
        None => reason,
    }
}

/// An army, a government, a police that bears its country's adjective: of that state's camp.
fn body(name: &str) -> Option<Source> {
    const WORDS: usize = 6;
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split([' ', '\u{A0}', '-']).filter(|w| !w.is_empty()).collect();
    let is_body = |w: &&str| PACKS.iter().any(|p| p.entities.bodies.contains_key(*w));
    if words.len() > WORDS || !words.iter().any(is_body) {
        return None;
    }
    let mut states = words.iter().filter_map(|w| match countries::of_adjective(w).as_slice() {
        [country] => Some(country.iso),
        _ => None,
    });
    let state = states.next().filter(|first| states.all(|other| other == *first))?;
    Some(Source { camp: Some(state.to_owned()), ..Source::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camp(name: &str) -> Option<String> {
        Sources::default().of(name).and_then(|s| s.camp)
    }

    #[test]
    fn agencies_and_bodies_of_a_state_are_of_its_camp() {
        for (name, want) in [
            ("SANA", Some("SY")),
            ("Sana", Some("SY")),
            ("TASS", Some("RU")),
            ("Armée syrienne", Some("SY")),
            ("Syrian army", Some("SY")),
            ("gouvernement russe", Some("RU")),
            ("AFP", None),
            ("Reuters", None),
            ("syndicats français", None),
            ("armée", None),
            ("Rami Abdel Rahmane", None),
        ] {
            assert_eq!(camp(name).as_deref(), want, "{name}");
        }
    }

    #[test]
    fn every_row_is_an_agency_and_a_country() {
        for (code, source) in STATES.iter() {
            let agency = agencies::agency_by_code(code);
            assert!(agency.is_some(), "{code}");
            assert_eq!(agency.map(|a| a.country), source.camp.as_deref(), "{code}");
        }
    }

    #[test]
    fn what_the_user_says_wins() {
        let toml = "[[source]]\nname = 'TASS'\nnames = ['Tass']\ncamp = 'Kremlin'\nreliability = 'low'\n\
                    [[camp]]\nname = 'Kremlin'\nagainst = ['Ukraine', 'X']\n";
        let (sources, left_out) = Sources::read(toml).unwrap();
        assert!(left_out.is_empty());
        let tass = sources.of("Tass").unwrap();
        assert_eq!((tass.camp.as_deref(), tass.by_user), (Some("Kremlin"), true));
        assert!(sources.opposed("UA", "Kremlin") && sources.opposed("Kremlin", "X"));
        assert!(!sources.opposed("UA", "X"));
    }

    #[test]
    fn an_unknown_table_costs_itself_alone() {
        let toml = "[[sorce]]\nname = 'X'\n[[source]]\nname = 'OSDH'\ncamp = 'opposition'\n";
        let (sources, left_out) = Sources::read(toml).unwrap();
        assert!(left_out.len() == 1 && left_out[0].contains("sorce"), "{left_out:?}");
        assert_eq!(sources.of("OSDH").and_then(|s| s.camp).as_deref(), Some("opposition"));
    }

    #[test]
    fn a_bad_file_says_where() {
        for bad in ["[[source]]\nnam = 'x'\n", "[[source]\n", "name = 3\n", "\u{0}"] {
            assert!(Sources::read(bad).is_err(), "{bad}");
        }
    }
}
