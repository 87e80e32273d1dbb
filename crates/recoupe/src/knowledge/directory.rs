//! A directory of bodies, people and places: an identifier for each, and the names that it bears
//! in any language.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::agencies::agencies;
use super::name::{bare, key_into};
use crate::lang::entries;

/// Text that the program carries or that a user brought.
pub type Text = Cow<'static, str>;

/// Somebody, something or some place that is known.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Entry {
    /// Its identifier: `org:islamic-state`. What stands before the colon is its type, in small
    /// letters (`per`, `org`, `loc`, `misc`); `any` where only its mentions can tell.
    pub id: Text,
    /// Its usual name.
    pub name: Text,
    /// Wikidata identifier. Empty when none was verified.
    pub wikidata: Text,
    /// GeoNames identifier.
    pub geonames: Option<u32>,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
}

impl Entry {
    /// The type that its identifier tells: `org`; None where only its mentions can tell.
    ///
    /// ```
    /// use recoupe::knowledge::directory::Directory;
    /// let found = Directory::shared().named("UNICEF", "en");
    /// assert_eq!(found[0].0.kind(), Some("org"));
    /// ```
    pub fn kind(&self) -> Option<&str> {
        let kind = self.id.split_once(':')?.0;
        Some(kind).filter(|k| *k != "any")
    }
}

/// How sure a name tells the entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Fit {
    /// A word or acronym that means other things too: it needs another name of the entry beside it.
    Context,
    /// A usual name.
    Sure,
}

/// A name of an entry, as the index holds it.
#[derive(Clone, Copy)]
struct Alias {
    entry: u32,
    /// The language that writes it so, as the two letters of its code; zeros for any.
    lang: [u8; 2],
    fit: Fit,
    /// An acronym: it is one only in capitals, or with one where it is read as a word.
    acronym: bool,
}

/// Entries, found by any of their names.
#[derive(Default)]
pub struct Directory {
    entries: Vec<Entry>,
    /// By the hash of the folded name: names are many, and only compared.
    aliases: FxHashMap<u64, Aliases>,
    buffer: String,
}

/// Most names have one entry.
enum Aliases {
    One(Alias),
    Many(Vec<Alias>),
}

impl Aliases {
    fn all(&self) -> &[Alias] {
        match self {
            Aliases::One(alias) => std::slice::from_ref(alias),
            Aliases::Many(list) => list,
        }
    }

    fn add(&mut self, alias: Alias) {
        match self {
            Aliases::One(first) => *self = Aliases::Many(vec![*first, alias]),
            Aliases::Many(list) => list.push(alias),
        }
    }
}

static SHARED: LazyLock<Directory> = LazyLock::new(|| {
    let mut directory = Directory::default();
    directory.aliases.reserve(12_000);
    for (_, table) in super::tables::TABLES {
        directory.read_table(table);
    }
    for agency in agencies() {
        directory.add_agency(agency);
    }
    directory
});

impl Directory {
    /// What the program carries: the tables of `knowledge/entities/` and the agencies.
    pub fn shared() -> &'static Directory {
        &SHARED
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry, in the order in which they came.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds an entry and gives its number, for [`Directory::alias`].
    pub fn add(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        (self.entries.len() - 1) as u32
    }

    /// The entry of this number, to complete it.
    pub fn entry_mut(&mut self, number: u32) -> Option<&mut Entry> {
        self.entries.get_mut(number as usize)
    }

    /// Says that the entry bears this name in this language (`*` for any). Names that fold to
    /// nothing are left out.
    pub fn alias(&mut self, entry: u32, name: &str, lang: &str, fit: Fit) {
        let mut key = std::mem::take(&mut self.buffer);
        key_into(name, &mut key);
        let own = bare(&key);
        if !own.is_empty() {
            let lang = match lang.as_bytes() {
                [a, b, ..] => [*a, *b],
                _ => [0, 0],
            };
            let alias = Alias { entry, lang, fit, acronym: is_acronym(name) };
            let list = self.aliases.entry(hash(own));
            list.and_modify(|l| merge(l, alias)).or_insert(Aliases::One(alias));
        }
        self.buffer = key;
    }

    /// The entries that bear this name, as it stands in a text of this language, with how sure
    /// the name tells: those that the language itself calls so first, else those of any.
    ///
    /// ```
    /// use recoupe::knowledge::directory::{Directory, Fit};
    /// let directory = Directory::shared();
    /// assert_eq!(directory.named("ONU", "fr")[0].0.id, directory.named("UN", "en")[0].0.id);
    /// assert!(directory.named("onu", "fr").is_empty());
    /// ```
    pub fn named(&self, name: &str, lang: &str) -> Vec<(&Entry, Fit)> {
        let mut key = String::new();
        key_into(name, &mut key);
        self.keyed(bare(&key), name, lang)
    }

    /// [`Directory::named`] for a name whose folded form is known already.
    pub fn keyed(&self, key: &str, name: &str, lang: &str) -> Vec<(&Entry, Fit)> {
        let Some(found) = self.aliases.get(&hash(key)) else { return Vec::new() };
        let own = |a: &&Alias| lang.as_bytes().starts_with(&a.lang) || a.lang == [0, 0];
        let fits = |a: &&Alias| !a.acronym || written_as_acronym(name);
        let mut out: Vec<&Alias> = found.all().iter().filter(own).filter(fits).collect();
        if out.is_empty() {
            // Another language's name for it; an unsure one is no name here at all.
            let sure = |a: &&Alias| a.fit == Fit::Sure;
            out = found.all().iter().filter(sure).filter(fits).collect();
        }
        out.sort_by_key(|a| (std::cmp::Reverse(a.fit), a.entry));
        out.dedup_by_key(|a| a.entry);
        out.iter().filter_map(|a| Some((self.entries.get(a.entry as usize)?, a.fit))).collect()
    }

    /// Reads a table of `knowledge/entities/`: identifier, Wikidata identifier, name, other names by
    /// language (`fr:A;B|en:C|*:D`, one that needs context with `?` after it), source.
    fn read_table(&mut self, table: &'static str) {
        for line in entries(table) {
            let mut fields = line.split('\t');
            let (Some(id), Some(wikidata), Some(name)) =
                (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let entry = self.add(Entry {
                id: id.into(),
                name: name.trim_end_matches('?').into(),
                wikidata: wikidata.into(),
                ..Entry::default()
            });
            self.read_alias(entry, name, "*");
            for group in fields.next().unwrap_or("").split('|') {
                let (lang, names) = group.split_once(':').unwrap_or(("*", group));
                for name in names.split(';').filter(|n| !n.is_empty()) {
                    self.read_alias(entry, name, lang);
                }
            }
        }
    }

    fn read_alias(&mut self, entry: u32, name: &str, lang: &str) {
        match name.strip_suffix('?') {
            Some(name) => self.alias(entry, name, lang, Fit::Context),
            None => self.alias(entry, name, lang, Fit::Sure),
        }
    }

    fn add_agency(&mut self, agency: &'static super::agencies::Agency) {
        let mut id = String::from("org:");
        let mut key = String::new();
        key_into(agency.code, &mut key);
        id.push_str(&key.replace(' ', "-"));
        let entry = self.add(Entry {
            id: id.into(),
            name: agency.code.into(),
            wikidata: agency.wikidata.into(),
            ..Entry::default()
        });
        let fit = if agency.ambiguous { Fit::Context } else { Fit::Sure };
        self.alias(entry, agency.code, "*", fit);
        for name in &agency.names {
            self.alias(entry, name, "*", Fit::Sure);
        }
    }
}

/// One name of one entry is kept once, as sure as it was ever said to be.
fn merge(list: &mut Aliases, alias: Alias) {
    let same = |a: &Alias| a.entry == alias.entry && a.lang == alias.lang;
    match list {
        Aliases::One(a) if same(a) => a.fit = a.fit.max(alias.fit),
        Aliases::Many(all) if all.iter().any(same) => {
            all.iter_mut().filter(|a| same(a)).for_each(|a| a.fit = a.fit.max(alias.fit));
        }
        _ => list.add(alias),
    }
}

/// Two to six capitals, digits or full stops: "ONU", "G20", "O.N.U.".
pub fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let shape = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '&');
    (2..=6).contains(&letters) && name.chars().all(shape)
}

/// Whether a name stands as an acronym does: in capitals, or read as a word of four letters or
/// more ("Otan", "Unesco").
fn written_as_acronym(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let (mut capitals, mut others) = (0, 0);
    for c in letters {
        if c.is_uppercase() { capitals += 1 } else { others += 1 }
    }
    first && (others == 0 || capitals == 0 && others >= 3)
}

/// FNV-1a with the bits mixed: names collide as good as never, and a collision costs a wrong link.
fn hash(key: &str) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in key.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 32;
    h.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(name: &str, lang: &str) -> Vec<String> {
        Directory::shared().named(name, lang).iter().map(|(e, _)| e.id.to_string()).collect()
    }

    #[test]
    fn every_row_is_read_and_no_identifier_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        let mut twice = Vec::new();
        let mut wikidata = std::collections::BTreeMap::new();
        for entry in Directory::shared().entries() {
            if !seen.insert(&entry.id) {
                twice.push(&entry.id);
            }
            let (kind, slug) = entry.id.split_once(':').unwrap_or_default();
            assert!(["per", "org", "loc", "misc"].contains(&kind), "{}", entry.id);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(!slug.is_empty() && slug.chars().all(plain), "{}", entry.id);
            if !entry.wikidata.is_empty() {
                let digits = entry.wikidata.strip_prefix('Q').unwrap_or("");
                assert!(digits.parse::<u32>().is_ok(), "{}: {}", entry.id, entry.wikidata);
                let other = wikidata.insert(&entry.wikidata, &entry.id);
                assert_eq!(other, None, "{} and another: {}", entry.id, entry.wikidata);
            }
        }
        assert!(twice.is_empty(), "identifiers that stand twice: {twice:?}");
        for (file, table) in super::super::tables::TABLES {
            for line in entries(table) {
                let fields: Vec<&str> = line.split('\t').collect();
                assert_eq!(fields.len(), 5, "{file}: {line}");
                for group in fields[3].split('|').filter(|g| !g.is_empty()) {
                    let lang = group.split_once(':').map(|(l, _)| l);
                    let known = lang.is_some_and(|l| l == "*" || crate::lang::pack(l).is_some());
                    assert!(known, "{file}: {line}");
                }
                assert!(!fields[4].is_empty(), "{file}: no source: {line}");
            }
        }
    }

    #[test]
    fn no_sure_name_tells_two_entries() {
        let directory = Directory::shared();
        let mut rivals = std::collections::BTreeSet::new();
        for list in directory.aliases.values() {
            for a in list.all().iter().filter(|a| a.fit == Fit::Sure) {
                let rival = |b: &&Alias| {
                    let lang = a.lang == b.lang || a.lang == [0, 0] || b.lang == [0, 0];
                    b.entry > a.entry && b.fit == Fit::Sure && lang
                };
                let id = |n: u32| directory.entries[n as usize].id.as_ref();
                let found = list.all().iter().filter(rival);
                rivals.extend(found.map(|b| (id(a.entry), id(b.entry))));
            }
        }
        assert!(rivals.is_empty(), "{rivals:#?}");
    }

    #[test]
    fn one_body_under_the_names_of_two_languages() {
        for (a, b) in [
            ("OMS", "WHO"),
            ("Otan", "NATO"),
            ("Daech", "Islamic State"),
            ("Pasdarans", "Gardiens de la révolution"),
            ("Médecins sans frontières", "Doctors Without Borders"),
            ("Croissant-Rouge arabe syrien", "Syrian Arab Red Crescent"),
            ("Agence France-Presse", "AFP"),
        ] {
            assert_eq!(ids(a, "fr").len(), 1, "{a}");
            assert_eq!(ids(a, "fr"), ids(b, "en"), "{a} {b}");
        }
    }

    #[test]
    fn what_means_other_things_needs_context() {
        let fit = |name, lang| Directory::shared().named(name, lang).first().map(|f| f.1);
        assert_eq!(fit("EI", "fr"), Some(Fit::Context));
        assert_eq!(fit("EI", "en"), None);
        assert_eq!(fit("Ei", "fr"), None);
        assert_eq!(fit("who", "en"), None);
        assert_eq!(fit("", "en"), None);
    }
}
