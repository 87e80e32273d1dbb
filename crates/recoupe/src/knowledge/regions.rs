//! Places larger than a town that are not countries: continents, regions, states, waters.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::name::{abbreviation, key};
use crate::lang::entries;

/// What a region is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum RegionKind {
    /// Africa.
    Continent,
    /// A part of the world or of a country without a government of its own: the Sahel, Donbass.
    Region,
    /// A first-level division of a country: a state, a province, a French region or department.
    State,
    /// The Atlantic.
    Ocean,
    /// The Mediterranean.
    Sea,
    /// The Gulf of Aden; a bay.
    Gulf,
    /// The Strait of Hormuz.
    Strait,
    /// The Suez Canal.
    Canal,
    /// Lake Chad.
    Lake,
    /// The Euphrates.
    River,
    /// An island or a group of islands.
    Island,
    /// A mountain or a range.
    Mountain,
    /// The Sinai.
    Desert,
}

impl RegionKind {
    fn read(word: &str) -> Option<RegionKind> {
        Some(match word {
            "continent" => RegionKind::Continent,
            "region" => RegionKind::Region,
            "state" => RegionKind::State,
            "ocean" => RegionKind::Ocean,
            "sea" => RegionKind::Sea,
            "gulf" => RegionKind::Gulf,
            "strait" => RegionKind::Strait,
            "canal" => RegionKind::Canal,
            "lake" => RegionKind::Lake,
            "river" => RegionKind::River,
            "island" => RegionKind::Island,
            "mountain" => RegionKind::Mountain,
            "desert" => RegionKind::Desert,
            _ => return None,
        })
    }
}

/// A continent, a region, a state, a water.
#[derive(Clone, PartialEq, Debug)]
pub struct Region {
    /// Usual name in English.
    pub en: &'static str,
    /// Usual name in French.
    pub fr: &'static str,
    /// Other usual names, in either language.
    pub others: Vec<&'static str>,
    /// What it is.
    pub kind: RegionKind,
    /// ISO 3166-1 code of the country it is in; None when it is in several or in none.
    pub country: Option<&'static str>,
    /// Degrees north of a point that stands for it.
    pub lat: f64,
    /// Degrees east of that point.
    pub lon: f64,
}

impl Region {
    /// Every name, usual ones first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.en, self.fr].into_iter().chain(self.others.iter().copied())
    }
}

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    entries(include_str!("../../knowledge/regions.tsv")).filter_map(row).collect()
});

static NAMES: LazyLock<FxHashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut names: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, region) in REGIONS.iter().enumerate() {
        for name in region.names() {
            let list = names.entry(abbreviation(name).unwrap_or_else(|| key(name))).or_default();
            if !list.contains(&i) {
                list.push(i);
            }
        }
    }
    names
});

fn row(line: &'static str) -> Option<Region> {
    let fields: Vec<_> = line.split('\t').collect();
    let [en, fr, others, kind, country, lat, lon] = fields[..] else { return None };
    Some(Region {
        en,
        fr: if fr.is_empty() { en } else { fr },
        others: others.split(';').filter(|s| !s.is_empty()).collect(),
        kind: RegionKind::read(kind)?,
        country: Some(country).filter(|c| !c.is_empty()),
        lat: lat.parse().ok()?,
        lon: lon.parse().ok()?,
    })
}

/// Every region, in the order of the file.
pub fn all() -> &'static [Region] {
    &REGIONS
}

/// The regions that bear this name in any language of the packs, whatever the case, accents
/// and hyphens; an abbreviation only in capitals. Empty when none does.
///
/// ```
/// use recoupe::knowledge::regions::named;
/// assert_eq!(named("Cisjordanie")[0].en, "West Bank");
/// assert_eq!(named("the Euphrates")[0].fr, "Euphrate");
/// ```
pub fn named(name: &str) -> Vec<&'static Region> {
    let by_letters = abbreviation(name).and_then(|letters| NAMES.get(&letters));
    let numbers = by_letters.or_else(|| NAMES.get(&key(name)));
    numbers.into_iter().flatten().filter_map(|&i| REGIONS.get(i)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = entries(include_str!("../../knowledge/regions.tsv")).count();
        assert_eq!(all().len(), rows);
        assert!(rows >= 150, "{rows}");
        for r in all() {
            assert!(r.lat.abs() <= 90.0 && r.lon.abs() <= 180.0, "{r:?}");
            let known = |code| crate::knowledge::countries::with_code(code).is_some();
            assert!(r.country.is_none_or(known), "{r:?}");
        }
    }

    #[test]
    fn names_in_both_languages() {
        let cases = [
            ("Euphrate", "Euphrates"),
            ("l'Euphrate", "Euphrates"),
            ("Mer Méditerranée", "Mediterranean Sea"),
            ("Proche-Orient", "Middle East"),
            ("Crimée", "Crimea"),
            ("bande de Gaza", "Gaza Strip"),
            ("Ligurie", "Liguria"),
            ("Seine-Saint-Denis", "Seine-Saint-Denis"),
            ("Californie", "California"),
        ];
        for (name, en) in cases {
            assert_eq!(named(name).first().map(|r| r.en), Some(en), "{name}");
        }
        for name in ["", "Le", "Samedi", "Atlantide"] {
            assert!(named(name).is_empty(), "{name}");
        }
    }
}
