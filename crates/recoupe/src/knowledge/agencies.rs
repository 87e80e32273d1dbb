//! Facts of the world, as data with its source: the files of `knowledge/`.
//!
//! Facts are looked up here and never written in code.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A news agency: a house that writes reports for others to print.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agency {
    /// Its code or usual short name: `AFP`, `Reuters`.
    pub code: &'static str,
    /// Its other names, in French, English or its own language.
    pub names: Vec<&'static str>,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Whether the short name is also another word or acronym (`MAP`, `PA`): it is then an
    /// agency only where an agency is expected, as in a signature.
    pub ambiguous: bool,
    /// Where the facts stand.
    pub source: &'static str,
    /// Wikidata identifier. Empty when none was verified.
    pub wikidata: &'static str,
}

impl Agency {
    /// Its names: the code first.
    pub fn all_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        std::iter::once(self.code).chain(self.names.iter().copied())
    }
}

static AGENCIES: LazyLock<Vec<Agency>> =
    LazyLock::new(|| read_agencies(include_str!("../../knowledge/agencies.tsv")));

static AGENCY_BY_NAME: LazyLock<FxHashMap<String, usize>> = LazyLock::new(|| {
    let mut index = FxHashMap::default();
    for (i, agency) in AGENCIES.iter().enumerate() {
        for name in agency.all_names() {
            index.entry(name.to_lowercase()).or_insert(i);
        }
    }
    index
});

/// The world's news agencies, in the order of `knowledge/agencies.tsv`.
pub fn agencies() -> &'static [Agency] {
    &AGENCIES
}

/// The agency of this code, letter case counting: `AP` is one, `ap` is not.
///
/// ```
/// use recoupe::knowledge::agencies::agency_by_code;
/// assert_eq!(agency_by_code("AFP").map(|a| a.country), Some("FR"));
/// assert!(agency_by_code("afp").is_none());
/// ```
pub fn agency_by_code(code: &str) -> Option<&'static Agency> {
    AGENCIES.iter().find(|a| a.code == code)
}

/// The agency of this code or name, in any letter case. For words already known to name an
/// agency (a signature, a credit field): in running text, see [`Agency::ambiguous`].
///
/// ```
/// use recoupe::knowledge::agencies::agency;
/// assert_eq!(agency("agence france-presse").map(|a| a.code), Some("AFP"));
/// ```
pub fn agency(name: &str) -> Option<&'static Agency> {
    AGENCY_BY_NAME.get(&name.trim().to_lowercase()).map(|i| &AGENCIES[*i])
}

fn read_agencies(table: &'static str) -> Vec<Agency> {
    let lines = table.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.filter_map(read_agency).collect()
}

fn read_agency(line: &'static str) -> Option<Agency> {
    let mut fields = line.split('\t');
    let code = fields.next()?;
    let names = fields.next()?.split('|').filter(|n| !n.is_empty()).collect();
    let country = fields.next()?;
    let ambiguous = fields.next()? == "yes";
    let source = fields.next()?;
    Some(Agency { code, names, country, ambiguous, source, wikidata: fields.next().unwrap_or("") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_an_agency_with_a_code_of_its_own() {
        let table = include_str!("../../knowledge/agencies.tsv");
        let lines = table.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(agencies().len(), lines);
        for agency in agencies() {
            assert_eq!(agency_by_code(agency.code), Some(agency));
            assert_eq!(agency.country.len(), 2, "{}", agency.code);
            assert!(agency.source.contains('.'), "{}", agency.code);
        }
    }

    #[test]
    fn an_agency_is_found_by_any_of_its_names() {
        for (name, code) in [
            ("Agence France-Presse", "AFP"),
            ("The Associated Press", "AP"),
            ("REUTERS", "Reuters"),
            ("Keystone-ATS", "ATS"),
            ("La Presse canadienne", "CP"),
            ("Sana", "SANA"),
        ] {
            assert_eq!(agency(name).map(|a| a.code), Some(code), "{name}");
        }
        assert!(agency("la mairie").is_none());
    }
}
