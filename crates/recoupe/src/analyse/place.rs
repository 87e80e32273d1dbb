//! The gazetteer: a name of a place to the places of the world that bear it.
//!
//! [`Gazetteer::named`] finds a name as it is written, whatever its case, accents and hyphens;
//! [`Gazetteer::sounding`] finds one that was romanised otherwise ("Boukamal", "Abou Kamal"),
//! by its consonants; [`choose`] picks one candidate for each name of a story, or none.
//! Countries are in [`crate::knowledge::countries`], seas, regions and states in
//! [`crate::knowledge::regions`].
//!
//! The data is GeoNames (CC BY 4.0), packed in `models/places.bin`; the card beside it tells
//! what was kept. The file is read in place: nothing is unpacked when it is opened.

mod choose;
mod sound;

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::sync::LazyLock;

pub use self::choose::choose;
use self::sound::{bones, key_of, sounded_words};
pub use self::sound::{fold, skeleton, sound_key, without_apostrophes};
use crate::lang::letters::fold_into;

/// What kind of place a candidate is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A city, a town, a village.
    Settlement,
    /// The seat of a country's government.
    Capital,
}

/// How a candidate bears the name that was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum NameFit {
    /// It is its main name, or has the same [`sound_key`].
    Main,
    /// It is another of its names, and sounds like the main one at its beginning: Londres.
    Variant,
    /// It is another of its names, unlike the main one: Pékin, or the name of one of its
    /// quarters, or one that it had long ago.
    Other,
    /// Its consonants are those of one of its names: [`Gazetteer::sounding`].
    Sound,
}

impl NameFit {
    /// By how much the inhabitants of a candidate are divided before candidates are compared.
    /// Venice then comes before Dayton, once called so, and Beijing still before every other
    /// Pékin.
    fn divisor(self) -> u32 {
        match self {
            NameFit::Main | NameFit::Sound => 1,
            NameFit::Variant => 2,
            NameFit::Other => 20,
        }
    }
}

/// A place that bears a name.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// GeoNames identifier: <https://www.geonames.org/174448>.
    pub geonames: u32,
    /// GeoNames' main name, with its accents: `Ālbū Kamāl`.
    pub name: String,
    /// Degrees north, to 0.002.
    pub lat: f64,
    /// Degrees east, to 0.003.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code.
    pub country: [u8; 2],
    /// Inhabitants, to 4%. 0 when GeoNames knows no number.
    pub population: u32,
    /// What kind of place.
    pub kind: PlaceKind,
    /// How it bears the name that was asked.
    pub fit: NameFit,
}

impl Candidate {
    /// The country's code as text: `SY`.
    pub fn country_code(&self) -> &str {
        std::str::from_utf8(&self.country).unwrap_or("")
    }

    /// Inhabitants, fewer the less the name fits: what candidates are ordered by.
    pub fn weight(&self) -> u32 {
        self.population / self.fit.divisor()
    }
}

/// Why a gazetteer file cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GazetteerError {
    /// It does not begin as a gazetteer does.
    #[error("not a gazetteer file")]
    Magic,
    /// It was written by another version.
    #[error("gazetteer format {0}, this program reads {FORMAT}")]
    Version(u32),
    /// It is shorter or longer than its header says.
    #[error("gazetteer file cut short or overlong")]
    Length,
    /// Its bytes are not those that were written.
    #[error("gazetteer file damaged: checksum differs")]
    Checksum,
    /// An inner index cannot be read.
    #[error("gazetteer file damaged: {0}")]
    Index(&'static str),
}

/// First bytes of a gazetteer file.
pub const MAGIC: [u8; 8] = *b"RECPLACE";
/// Version of the layout.
pub const FORMAT: u32 = 1;
/// Sections after the header, in order; see [`Section`].
pub const SECTIONS: usize = 10;
/// Bytes of the header: magic, version, checksum of what follows the checksum, number of
/// places, the length of each section; all numbers u32 little-endian.
pub const HEADER: usize = 8 + 4 + 4 + 4 + 4 * SECTIONS;
/// Names in one block of the front-coded list.
pub const BLOCK: usize = 16;

/// The sections of a gazetteer file. Places are numbered in order of (folded main name,
/// population downwards, GeoNames id); every table is in that order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// Country codes, 2 bytes each.
    Codes,
    /// GeoNames id of each place, 3 bytes little-endian.
    Ids,
    /// Latitude then longitude of each place: u16 little-endian, scaled to 180 and 360 degrees.
    Coordinates,
    /// The country of each place: 1 byte, an index into the codes.
    Countries,
    /// The population of each place: 1 byte, an index into [`population_levels`].
    Populations,
    /// Numbers of the places that are capitals: 3 bytes each, ascending.
    Capitals,
    /// For each block of names: first 8 bytes of its first folded name (big-endian, padded
    /// with zeros), then where it begins in the names (u32 little-endian): 12 bytes.
    Blocks,
    /// Main names, front-coded in blocks of [`BLOCK`].
    Names,
    /// fst map from other folded names to a place (even: number * 2) or to postings (odd:
    /// offset * 2 + 1 into the postings section).
    Aliases,
    /// u32 length of the fst map from [`sound_key`]s, that map (same values), then the postings: LEB128
    /// count, first number, then differences.
    Sounds,
}

/// The populations that one byte can tell, ascending: steps of 1, then of 7%.
pub fn population_levels() -> [u32; 256] {
    let mut levels = [0u32; 256];
    let mut level = 0u32;
    for slot in &mut levels {
        *slot = level;
        level = level.saturating_add((level / 100 * 7 + level % 100 * 7 / 100).max(1));
    }
    levels
}

/// The checksum of a gazetteer's bytes after its checksum field: CRC-32 (IEEE 802.3).
pub fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Places of the world by name.
///
/// ```
/// use recoupe::analyse::place::Gazetteer;
/// let damascus = &Gazetteer::shared().named("Damas")[0];
/// assert_eq!((damascus.name.as_str(), damascus.country_code()), ("Damascus", "SY"));
/// ```
#[derive(Debug)]
pub struct Gazetteer<'a> {
    codes: &'a [[u8; 2]],
    ids: &'a [[u8; 3]],
    coordinates: &'a [[u8; 4]],
    countries: &'a [u8],
    populations: &'a [u8],
    capitals: &'a [[u8; 3]],
    blocks: &'a [[u8; 12]],
    names: &'a [u8],
    aliases: Option<fst::Map<&'a [u8]>>,
    sounds: Option<fst::Map<&'a [u8]>>,
    postings: &'a [u8],
    levels: [u32; 256],
}

static SHARED: LazyLock<Gazetteer<'static>> = LazyLock::new(|| {
    // The file is part of the program and a test opens it; without it no place is known.
    Gazetteer::open(include_bytes!("../../models/places.bin"))
        .unwrap_or_else(|_| Gazetteer::empty())
});

impl<'a> Gazetteer<'a> {
    /// The gazetteer that comes with the program, opened when first asked for.
    pub fn shared() -> &'static Gazetteer<'static> {
        &SHARED
    }

    fn empty() -> Gazetteer<'a> {
        Gazetteer {
            codes: &[],
            ids: &[],
            coordinates: &[],
            countries: &[],
            populations: &[],
            capitals: &[],
            blocks: &[],
            names: &[],
            aliases: None,
            sounds: None,
            postings: &[],
            levels: population_levels(),
        }
    }

    /// Reads a gazetteer in place.
    ///
    /// # Errors
    ///
    /// [`GazetteerError`] when the bytes are not a whole, undamaged file of this version.
    pub fn open(bytes: &'a [u8]) -> Result<Gazetteer<'a>, GazetteerError> {
        let (count, s) = sections(bytes)?;
        let of = |section: Section| s[section as usize];
        let (aliases, sounds, postings) = maps(of(Section::Aliases), of(Section::Sounds))?;
        let gazetteer = Gazetteer {
            codes: table(of(Section::Codes))?,
            ids: table(of(Section::Ids))?,
            coordinates: table(of(Section::Coordinates))?,
            countries: of(Section::Countries),
            populations: of(Section::Populations),
            capitals: table(of(Section::Capitals))?,
            blocks: table(of(Section::Blocks))?,
            names: of(Section::Names),
            aliases: Some(aliases),
            sounds: Some(sounds),
            postings,
            levels: population_levels(),
        };
        let lengths = [
            gazetteer.ids.len(),
            gazetteer.coordinates.len(),
            gazetteer.countries.len(),
            gazetteer.populations.len(),
        ];
        let whole =
            lengths.iter().all(|&n| n == count) && gazetteer.blocks.len() == count.div_ceil(BLOCK);
        if whole { Ok(gazetteer) } else { Err(GazetteerError::Length) }
    }

    /// How many places it knows.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it knows no place.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The places that bear this name, main or other, in any case, with or without accents:
    /// by [`Candidate::weight`] downwards, then by GeoNames id. Empty for an unknown name.
    pub fn named(&self, name: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut key = fold(name);
        self.bearing(&key, &mut found);
        if found.is_empty()
            && let Some(squeezed) = without_apostrophes(name)
        {
            fold_into(&squeezed, &mut key);
            self.bearing(&key, &mut found);
        }
        let sound = LazyCell::new(|| (sound_key(&key), skeleton(&key).chars().next()));
        let mut folded = String::new();
        self.candidates(found, |main| {
            fold_into(main, &mut folded);
            if folded == key { NameFit::Main } else { best_fit(&sound, main) }
        })
    }

    /// Whether any place bears this name: [`Gazetteer::named`] without building candidates.
    pub fn knows(&self, name: &str) -> bool {
        let key = fold(name);
        let mut found = Vec::new();
        self.bearing(&key, &mut found);
        !found.is_empty()
    }

    /// The places one of whose names has the same [`sound_key`]: the most populous first, then
    /// by GeoNames id. Only places of countries that write in another script than the Latin
    /// have one: elsewhere spelling is settled. Sounds collide: use it for a place's name that
    /// [`Gazetteer::named`] does not find, and let the story's countries choose.
    pub fn sounding(&self, name: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        if let Some(key) = sound_key(name)
            && let Some(value) = self.sounds.as_ref().and_then(|m| m.get(&key))
        {
            self.posted(value, &mut found);
        }
        self.candidates(found, |_| NameFit::Sound)
    }

    /// Numbers of the places with this folded name.
    fn bearing(&self, key: &str, found: &mut Vec<u32>) {
        if key.is_empty() {
            return;
        }
        self.mainly_named(key, found);
        if let Some(value) = self.aliases.as_ref().and_then(|m| m.get(key)) {
            self.posted(value, found);
        }
    }

    /// Binary search of the block where the key may begin, then a walk while names equal it.
    fn mainly_named(&self, key: &str, found: &mut Vec<u32>) {
        let prefix = name_prefix(key);
        let low = self.blocks.partition_point(|b| b[..8] < prefix[..]);
        let high = low + self.blocks[low..].partition_point(|b| b[..8] <= prefix[..]);
        let mut folded = String::new();
        let mut name = Vec::new();
        let head_before = |block: usize, folded: &mut String, name: &mut Vec<u8>| {
            self.walk(block, name).next(name).is_some() && {
                fold_bytes(name, folded);
                folded.as_str() < key
            }
        };
        // Blocks whose heads share eight bytes with the key: compare the whole heads.
        let (mut lo, mut hi) = (low, high);
        while lo < hi {
            let middle = usize::midpoint(lo, hi);
            if head_before(middle, &mut folded, &mut name) {
                lo = middle + 1;
            } else {
                hi = middle;
            }
        }
        for block in lo.saturating_sub(1)..self.blocks.len() {
            let mut walk = self.walk(block, &mut name);
            while let Some(number) = walk.next(&mut name) {
                fold_bytes(&name, &mut folded);
                match folded.as_str().cmp(key) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => found.push(number),
                    std::cmp::Ordering::Greater => return,
                }
            }
        }
    }

    /// A walk over the names of one block. `name` is cleared.
    fn walk(&self, block: usize, name: &mut Vec<u8>) -> Walk<'a> {
        name.clear();
        let start = self
            .blocks
            .get(block)
            .map_or(usize::MAX, |b| u32::from_le_bytes([b[8], b[9], b[10], b[11]]) as usize);
        let first = block * BLOCK;
        Walk {
            bytes: self.names.get(start..).unwrap_or(&[]),
            number: first as u32,
            end: (first + BLOCK).min(self.len()) as u32,
        }
    }

    /// Numbers of places from a value of one of the maps.
    fn posted(&self, value: u64, found: &mut Vec<u32>) {
        let Ok(argument) = usize::try_from(value / 2) else { return };
        if value.is_multiple_of(2) {
            found.push(argument as u32);
            return;
        }
        let mut bytes = self.postings.get(argument..).unwrap_or(&[]);
        let Some(count) = leb128(&mut bytes) else { return };
        let mut number = 0u32;
        for _ in 0..count.min(self.len() as u32) {
            let Some(step) = leb128(&mut bytes) else { return };
            number = number.saturating_add(step);
            found.push(number);
        }
    }

    fn candidates(
        &self,
        mut numbers: Vec<u32>,
        mut fit: impl FnMut(&str) -> NameFit,
    ) -> Vec<Candidate> {
        numbers.sort_unstable();
        numbers.dedup();
        let found = numbers.into_iter().filter_map(|n| self.candidate(n));
        let mut out: Vec<_> = found.map(|c| Candidate { fit: fit(&c.name), ..c }).collect();
        out.sort_unstable_by_key(|c| (Reverse(c.weight()), Reverse(c.population), c.geonames));
        out
    }

    fn candidate(&self, number: u32) -> Option<Candidate> {
        let i = number as usize;
        let [a, b, c] = *self.ids.get(i)?;
        let [lat0, lat1, lon0, lon1] = *self.coordinates.get(i)?;
        let country = *self.codes.get(*self.countries.get(i)? as usize)?;
        let capital = self.capitals.binary_search_by_key(&number, |&c| u24(c)).is_ok();
        Some(Candidate {
            geonames: u24([a, b, c]),
            name: self.name(i)?,
            lat: f64::from(u16::from_le_bytes([lat0, lat1])) * (180.0 / 65535.0) - 90.0,
            lon: f64::from(u16::from_le_bytes([lon0, lon1])) * (360.0 / 65535.0) - 180.0,
            country,
            population: self.levels[*self.populations.get(i)? as usize],
            kind: if capital { PlaceKind::Capital } else { PlaceKind::Settlement },
            fit: NameFit::Main,
        })
    }

    fn name(&self, number: usize) -> Option<String> {
        let mut name = Vec::new();
        let mut walk = self.walk(number / BLOCK, &mut name);
        for _ in 0..=number % BLOCK {
            walk.next(&mut name)?;
        }
        String::from_utf8(name).ok()
    }
}

/// How a name, of which this is the sound key and the first consonant, fits a main name that
/// is written otherwise. GeoNames writes names in two languages with a slash between.
fn best_fit((key, first): &(Option<String>, Option<char>), main: &str) -> NameFit {
    let fit = |part: &str| {
        let words = sounded_words(part);
        let bones = bones(&words);
        if bones.chars().next() != *first {
            NameFit::Other
        } else if key.is_some() && key_of(bones, &words) == *key {
            NameFit::Main
        } else {
            NameFit::Variant
        }
    };
    main.split('/').map(fit).min().unwrap_or(NameFit::Other)
}

/// The first eight bytes of a folded name, padded with zeros: what blocks are sought by.
pub fn name_prefix(folded: &str) -> [u8; 8] {
    let mut prefix = [0; 8];
    for (slot, byte) in prefix.iter_mut().zip(folded.bytes()) {
        *slot = byte;
    }
    prefix
}

fn fold_bytes(name: &[u8], out: &mut String) {
    fold_into(std::str::from_utf8(name).unwrap_or(""), out);
}

/// Front-coded names: one byte holds the length shared with the name before (high half, at
/// most 15) and the length of the rest (low half; 15 says that the next byte holds it).
struct Walk<'a> {
    bytes: &'a [u8],
    number: u32,
    end: u32,
}

impl Walk<'_> {
    /// Turns `name` into the next name, and gives its place's number.
    fn next(&mut self, name: &mut Vec<u8>) -> Option<u32> {
        if self.number >= self.end {
            return None;
        }
        let (&lengths, mut rest) = self.bytes.split_first()?;
        let mut length = usize::from(lengths & 15);
        if length == 15 {
            let (&long, after) = rest.split_first()?;
            length = usize::from(long);
            rest = after;
        }
        let (own, after) = rest.split_at_checked(length)?;
        name.truncate(usize::from(lengths >> 4));
        name.extend_from_slice(own);
        self.bytes = after;
        self.number += 1;
        Some(self.number - 1)
    }
}

fn u24([a, b, c]: [u8; 3]) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

fn leb128(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 127) << shift;
        if byte < 128 {
            return Some(value);
        }
    }
    None
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, GazetteerError> {
    let four = bytes.get(at..at + 4).and_then(|b| b.first_chunk::<4>());
    four.map(|b| u32::from_le_bytes(*b)).ok_or(GazetteerError::Length)
}

/// The number of places and the sections of a file whose length and checksum are right.
fn sections(bytes: &[u8]) -> Result<(usize, [&[u8]; SECTIONS]), GazetteerError> {
    if !bytes.starts_with(&MAGIC) {
        return Err(GazetteerError::Magic);
    }
    let version = u32_at(bytes, 8)?;
    if version != FORMAT {
        return Err(GazetteerError::Version(version));
    }
    let count = u32_at(bytes, 16)? as usize;
    let mut rest = bytes.get(HEADER..).ok_or(GazetteerError::Length)?;
    let mut found: [&[u8]; SECTIONS] = [&[]; SECTIONS];
    for (i, slot) in found.iter_mut().enumerate() {
        let length = u32_at(bytes, 20 + 4 * i)? as usize;
        (*slot, rest) = rest.split_at_checked(length).ok_or(GazetteerError::Length)?;
    }
    if !rest.is_empty() {
        return Err(GazetteerError::Length);
    }
    if u32_at(bytes, 12)? != checksum(&bytes[16..]) {
        return Err(GazetteerError::Checksum);
    }
    Ok((count, found))
}

fn table<const N: usize>(bytes: &[u8]) -> Result<&[[u8; N]], GazetteerError> {
    let (rows, rest) = bytes.as_chunks::<N>();
    if rest.is_empty() { Ok(rows) } else { Err(GazetteerError::Length) }
}

type Maps<'a> = (fst::Map<&'a [u8]>, fst::Map<&'a [u8]>, &'a [u8]);

fn maps<'a>(aliases: &'a [u8], sounds: &'a [u8]) -> Result<Maps<'a>, GazetteerError> {
    let length = u32_at(sounds, 0)? as usize;
    let (map, postings) = sounds[4..].split_at_checked(length).ok_or(GazetteerError::Length)?;
    let aliases = fst::Map::new(aliases).map_err(|_| GazetteerError::Index("other names"))?;
    let sounds = fst::Map::new(map).map_err(|_| GazetteerError::Index("sounds"))?;
    Ok((aliases, sounds, postings))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &[u8] = include_bytes!("../../models/places.bin");

    fn ids(candidates: &[Candidate]) -> Vec<u32> {
        candidates.iter().map(|c| c.geonames).collect()
    }

    #[test]
    fn the_file_that_ships_opens_whole() {
        let gazetteer = Gazetteer::open(FILE).expect("opens");
        assert!(gazetteer.len() > 150_000, "{}", gazetteer.len());
        assert!(FILE.len() <= 6_000_000, "{}", FILE.len());
        assert_eq!(Gazetteer::shared().len(), gazetteer.len());
    }

    #[test]
    fn every_place_is_found_by_its_own_name() {
        let gazetteer = Gazetteer::shared();
        for i in (0..gazetteer.len() as u32).step_by(97) {
            let place = gazetteer.candidate(i).expect("in the file");
            assert!(ids(&gazetteer.named(&place.name)).contains(&place.geonames), "{place:?}");
            assert!(place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0, "{place:?}");
        }
    }

    #[test]
    fn first_candidate_by_name() {
        // A name in French or English, and the place that a reader thinks of.
        let cases = [
            ("Londres", 2643743),
            ("LONDON", 2643743),
            ("Damas", 170654),
            ("Alep", 170063),
            ("Raqqa", 172955),
            ("Al-Qaïm", 92138),
            ("Al-Qaim", 92138),
            ("Rawa", 92004),
            ("Deir ez-Zor", 170794),
            ("Mayadine", 173480),
            ("Le Caire", 360630),
            ("Pékin", 1816670),
            ("Varsovie", 756135),
            ("Moscou", 524901),
            ("Kiev", 703448),
            ("Kyiv", 703448),
            ("Saint-Étienne", 2980291),
            ("saint etienne", 2980291),
            ("Nice", 2990440),
            ("Tours", 2972191),
        ];
        for (name, id) in cases {
            let found = Gazetteer::shared().named(name);
            assert_eq!(found.first().map(|c| c.geonames), Some(id), "{name}: {found:?}");
        }
    }

    #[test]
    fn candidates_tell_what_geonames_tells() {
        let damascus = &Gazetteer::shared().named("Damascus")[0];
        assert_eq!(damascus.kind, PlaceKind::Capital);
        assert_eq!(damascus.country_code(), "SY");
        assert!((damascus.lat - 33.5102).abs() < 0.003, "{damascus:?}");
        assert!((damascus.lon - 36.29128).abs() < 0.006, "{damascus:?}");
        assert!(damascus.population.abs_diff(1_569_394) < 80_000, "{damascus:?}");
    }

    #[test]
    fn by_consonants() {
        let cases = [
            ("Boukamal", 174448),
            ("Al-Boukamal", 174448),
            ("Abou Kamal", 174448),
            ("Abu Kamal", 174448),
            ("Deir Ezzor", 170794),
            ("Deir al-Zour", 170794),
            ("Raqa", 172955),
            ("Rakka", 172955),
            ("Haouija", 390188),
            ("Hajar al-Aswad", 8419677),
            ("Hadjar el-Asswad", 8419677),
        ];
        for (name, id) in cases {
            let found = Gazetteer::shared().sounding(name);
            assert!(ids(&found).contains(&id), "{name}: {} {found:?}", skeleton(name));
        }
    }

    #[test]
    fn unknown_names_have_no_candidates() {
        for name in ["", " ", "-", "Zzyzzxville", "Qwrtpsdf", "\u{0}", "ال", "🙂"] {
            assert!(Gazetteer::shared().named(name).is_empty(), "{name}");
            assert!(Gazetteer::shared().sounding(name).is_empty(), "{name}");
        }
        for short in ["Ba", "Oua", "Al"] {
            assert!(Gazetteer::shared().sounding(short).is_empty(), "{short}");
        }
    }

    #[test]
    fn heaviest_first() {
        for name in ["London", "Paris", "Tripoli", "Santiago", "San José"] {
            let found = Gazetteer::shared().named(name);
            let key = |c: &Candidate| (Reverse(c.weight()), Reverse(c.population), c.geonames);
            assert!(found.len() > 1 && found.is_sorted_by_key(key), "{name}: {found:?}");
        }
    }

    #[test]
    fn damaged_files_are_refused() {
        assert_eq!(Gazetteer::open(b"").err(), Some(GazetteerError::Magic));
        assert_eq!(Gazetteer::open(b"RECPLACE").err(), Some(GazetteerError::Length));
        for cut in [9, 16, HEADER - 1, HEADER, HEADER + 1, FILE.len() / 2, FILE.len() - 1] {
            assert_eq!(Gazetteer::open(&FILE[..cut]).err(), Some(GazetteerError::Length), "{cut}");
        }
        let mut long = FILE.to_vec();
        long.push(0);
        assert_eq!(Gazetteer::open(&long).err(), Some(GazetteerError::Length));
        let mut other = FILE.to_vec();
        other[8] = 9;
        assert_eq!(Gazetteer::open(&other).err(), Some(GazetteerError::Version(9)));
    }

    #[test]
    fn flipped_bytes_are_refused() {
        let mut bytes = FILE.to_vec();
        for i in 0..24 {
            let at = if i < 12 { i * 5 } else { i * (FILE.len() / 24) };
            bytes[at] ^= 0x41;
            assert!(Gazetteer::open(&bytes).is_err(), "byte {at}");
            bytes[at] ^= 0x41;
        }
    }

    proptest! {
        #[test]
        fn any_text_is_folded_and_looked_up(name in "\\PC{0,40}") {
            let folded = fold(&name);
            prop_assert_eq!(fold(&folded), folded);
            let _ = Gazetteer::shared().named(&name);
            let _ = Gazetteer::shared().sounding(&name);
        }

        #[test]
        fn any_bytes_are_refused_or_read(tail in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut bytes = MAGIC.to_vec();
            bytes.extend(FORMAT.to_le_bytes());
            bytes.extend(tail);
            prop_assert!(Gazetteer::open(&bytes).is_err());
        }
    }
}
