//! What users bring: their own rulings, GeoNames' alternate names, JRC-Names, a Wikidata extract.
//!
//! Files may be far larger than memory (GeoNames' `alternateNamesV2` has 15 million rows): they
//! are read line by line, and of the last three only names are kept whose every word stands
//! somewhere in the pile ([`Wanted`]). Nothing here opens a file: readers are given bytes.

mod geonames;
mod jrc;
mod wikidata;

use std::io::{self, BufRead};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::directory::Directory;
use super::name::key_into;
use super::rulings::{self, Rulings};
use super::sources::Sources;

/// The longest line that is read, in bytes: Wikidata's largest entities have a few million.
pub const LONGEST_LINE: usize = 16 << 20;

/// A row that could not be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// What a user brings.
#[derive(Default)]
pub struct Own {
    /// Entities from data sets: known like those that the program carries.
    pub directory: Directory,
    /// What the user decided: wins over everything.
    pub rulings: Rulings,
    /// Whose voice a source is, as the user sees it.
    pub sources: Sources,
    /// Entries of the directory by the identifier of their data set.
    numbers: FxHashMap<String, u32>,
}

static NONE: LazyLock<Own> = LazyLock::new(Own::default);

impl Own {
    /// Nothing brought.
    pub fn none() -> &'static Own {
        &NONE
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.directory.is_empty() && self.rulings.is_empty() && self.sources.is_empty()
    }

    /// The number of the entry with this identifier, made when it is not there.
    fn number(&mut self, id: &str, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let entry = super::directory::Entry {
            id: id.to_string().into(),
            name: name.to_string().into(),
            ..super::directory::Entry::default()
        };
        let number = self.directory.add(entry);
        self.numbers.insert(id.to_string(), number);
        number
    }
}

/// The words of a pile, folded: of a data set, only names made of them can matter.
#[derive(Default)]
pub struct Wanted {
    words: FxHashSet<Box<str>>,
    all: bool,
}

impl Wanted {
    /// Keeps every name: for small files alone.
    pub fn everything() -> Wanted {
        Wanted { words: FxHashSet::default(), all: true }
    }

    /// The words of these texts.
    ///
    /// ```
    /// use recoupe::knowledge::load::Wanted;
    /// let wanted = Wanted::of(["À Saint-Évran, la pluie"].into_iter());
    /// assert!(wanted.has("Saint Evran"));
    /// assert!(!wanted.has("Saint-Malo"));
    /// ```
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Wanted {
        let mut words = FxHashSet::default();
        let mut key = String::new();
        for word in texts.flat_map(str::split_whitespace) {
            // Names have a capital somewhere; "ben" and "al" come with words that do.
            key_into(word, &mut key);
            for part in key.split(' ').filter(|p| !p.is_empty()) {
                if !words.contains(part) {
                    words.insert(part.into());
                }
            }
        }
        Wanted { words, all: false }
    }

    /// Whether every word of a name is there.
    pub fn has(&self, name: &str) -> bool {
        let mut key = String::new();
        key_into(name, &mut key);
        let mut parts = key.split(' ').filter(|p| !p.is_empty()).peekable();
        parts.peek().is_some() && (self.all || parts.all(|p| self.words.contains(p)))
    }
}

/// What a file holds, by its first row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Rulings: see [`rulings::read_row`] and [`rulings::read_json`].
    Rulings,
    /// GeoNames `alternateNamesV2`.
    GeoNames,
    /// The `entities` file of JRC-Names.
    Jrc,
    /// Entities of Wikidata, one JSON object a line.
    Wikidata,
}

impl Format {
    /// What the first row that says something shows.
    ///
    /// ```
    /// use recoupe::knowledge::load::Format;
    /// assert_eq!(Format::of("1\t2\tfr\tSorve"), Format::GeoNames);
    /// assert_eq!(Format::of("7\tP\tu\tLucie+Arnavielle"), Format::Jrc);
    /// assert_eq!(Format::of(r#"{"id": "Q1", "labels": {}}"#), Format::Wikidata);
    /// assert_eq!(Format::of("merge\tA\tB"), Format::Rulings);
    /// ```
    pub fn of(row: &str) -> Format {
        let row = row.trim_start_matches('\u{feff}').trim();
        if row == "[" || row.starts_with('{') && row.contains("\"labels\"") {
            return Format::Wikidata;
        }
        let fields: Vec<&str> = row.split('\t').collect();
        let number = |i: usize| fields.get(i).is_some_and(|f| f.parse::<u64>().is_ok());
        match fields.len() {
            4.. if number(0) && number(1) => Format::GeoNames,
            4 if number(0) && fields[1].len() == 1 => Format::Jrc,
            _ => Format::Rulings,
        }
    }
}

/// Reads one file into `own`, telling what it is by its first row. Bad rows are told to `bad` and
/// cost themselves alone.
///
/// # Errors
///
/// When the reader fails.
///
/// ```
/// use recoupe::knowledge::load::{Own, Wanted, read};
/// let (mut own, mut bad) = (Own::default(), Vec::new());
/// let file = b"# mine\nmerge\tLa Ruche\tSorve\nsplit\n";
/// read(&mut &file[..], &Wanted::default(), &mut own, &mut |row| bad.push(row)).unwrap();
/// assert!(own.rulings.named("Sorve").is_some());
/// assert_eq!(bad[0].line, 3);
/// ```
pub fn read(
    reader: &mut dyn BufRead,
    wanted: &Wanted,
    own: &mut Own,
    bad: &mut dyn FnMut(BadRow),
) -> io::Result<Option<Format>> {
    let mut format = None;
    let mut lines = Lines { reader, number: 0, line: Vec::new() };
    while let Some((number, line)) = lines.next()? {
        let row = match line {
            Ok(row) => row,
            Err(reason) => {
                bad(BadRow { line: number, reason });
                continue;
            }
        };
        let row = row.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        if row.trim().is_empty() || row.starts_with('#') {
            continue;
        }
        let is = *format.get_or_insert_with(|| Format::of(row));
        let done = match is {
            Format::Rulings => rulings::read_line(number, row).map(|r| own.rulings.add(r)),
            Format::GeoNames => geonames::read_row(row, wanted, own).map_err(|r| at(number, r)),
            Format::Jrc => jrc::read_row(row, wanted, own).map_err(|r| at(number, r)),
            Format::Wikidata => wikidata::read_row(row, wanted, own).map_err(|r| at(number, r)),
        };
        if let Err(row) = done {
            bad(row);
        }
    }
    Ok(format)
}

fn at(line: usize, reason: String) -> BadRow {
    BadRow { line, reason }
}

/// Lines of a reader, each bounded.
struct Lines<'r> {
    reader: &'r mut dyn BufRead,
    number: usize,
    line: Vec<u8>,
}

impl Lines<'_> {
    /// The next line with its number, or why it cannot be used; None at the end.
    fn next(&mut self) -> io::Result<Option<(usize, Result<&str, String>)>> {
        self.line.clear();
        let mut length = 0;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', buffer);
            let take = end.map_or(buffer.len(), |i| i + 1);
            if length + take <= LONGEST_LINE {
                self.line.extend_from_slice(&buffer[..take]);
            }
            length += take;
            self.reader.consume(take);
            if end.is_some() {
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        self.number += 1;
        if length > LONGEST_LINE {
            let reason = format!("a line of {length} bytes is too long");
            return Ok(Some((self.number, Err(reason))));
        }
        let line = std::str::from_utf8(&self.line).map_err(|_| "not UTF-8".to_string());
        Ok(Some((self.number, line)))
    }
}
