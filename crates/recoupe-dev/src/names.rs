//! Corpora of names, each brought to the types that recoupe knows.
//!
//! | corpus | PER | LOC | ORG | MISC | left out |
//! |---|---|---|---|---|---|
//! | WiNER-fr | Person | Location | Organization | Event, Product | Date, Hour |
//! | FENEC (Quæro) | pers.ind | loc.adm, loc.phys, loc.oro, loc.fac, loc.other | org | | pers.coll, func, prod, loc.add, time, amount, event |
//! | Flair, spaCy, CasEN beside FENEC | PER | LOC | ORG | | MISC |
//! | HIPE 2022 newseye | PER | LOC | ORG | HumanProd | |
//! | GUM: mentions whose head is PROPN | person | place | organization | the others, peoples | time |
//! | WNUT17 | person | location | corporation, group | creative-work, product | |
//! | wikigold | PER | LOC | ORG | MISC | |
//! | re3d | Person | Location | Organisation | MilitaryPlatform, Weapon, Nationality | Temporal, Quantity, Money, DocumentReference |
//! | MEANTIME | PER | LOC | ORG | PRO | FIN |
//!
//! Where names are nested the longest counts. What a corpus does not settle is *open*: it counts
//! neither for nor against. Open are
//!
//! - in WiNER read by [`Style::Capitals`], the names that begin with a small letter: recoupe takes
//!   "armée syrienne" for a description;
//! - in GUM, a proper noun (by either of its tag sets) whose own mention (the shortest around it) yields no name, because a
//!   common noun heads it or nothing but a title is left; any other false name counts;
//! - in re3d and MEANTIME, whose mentions are of descriptions too, those that hold capitals and
//!   small letters or marks both ("ISIL fighters"), single words that only ever begin a sentence,
//!   titles alone, and places that are adjectives;
//! - in MEANTIME, capitalised words outside every mention, and what is FIN.
//!
//! Corpora that are lists of tokens are joined with the spaces that English has.
//!
//! What may be trained on is [`training`]; what to develop on, apart from it, [`development`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use recoupe::analyse::MentionKind;
use recoupe::article::CodePoints;
use recoupe::knowledge::countries;
use recoupe::lang::{self, lexicon::Tags};
use serde_json::Value;

use crate::eval::archive;
use crate::eval::corpus::{rows, string};
use crate::generate::lexicon::unxz;

/// A name: first byte, byte after the last, type.
pub type Name = (u32, u32, MentionKind);

/// A document with its names.
#[derive(Clone, Debug, PartialEq)]
pub struct Doc {
    /// Its name in the corpus.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its names, in order, none within another.
    pub names: Vec<Name>,
    /// What its corpus does not settle, beside its names: first byte, byte after the last.
    pub open: Vec<(u32, u32)>,
}

/// What a reader gives, or why it cannot.
pub type Read<T> = Result<T, Box<dyn Error>>;

/// Where the corpora lie within the shared folder.
pub mod file {
    /// WiNER-fr.
    pub const WINER: &str = "data/language/fr/winer-fr.tar.xz";
    /// FENEC.
    pub const FENEC: &str = "data/language/fr/fenec.tar.xz";
    /// HIPE 2022 newseye, French.
    pub const NEWSEYE: &str = "data/language/fr/hipe2022-newseye-fr.tar.xz";
    /// GUM's open genres, part to develop on.
    pub const GUM_DEV: &str = "data/language/en/en_gum-permissive-dev.conllu.xz";
    /// GUM's open genres, part to report.
    pub const GUM_TEST: &str = "data/language/en/en_gum-permissive-test.conllu.xz";
    /// WNUT17, part to develop on.
    pub const WNUT_DEV: &str = "data/language/en/wnut17.dev.conll.xz";
    /// Wikigold.
    pub const WIKIGOLD: &str = "data/language/en/wikigold.conll.txt.xz";
    /// re3d without its BBC folder.
    pub const RE3D: &str = "data/language/en/re3d_noBBC.tar.xz";
    /// MEANTIME with its mentions.
    pub const MEANTIME: &str = "data/statements/meantime_en.jsonl.xz";
}

/// The documents that names may be learnt from, by what their licences allow. None of them is
/// measured on by `eval names`, nor part of [`development`] (add those for a last training, when
/// nothing is left to choose).
///
/// | language | corpus | licence |
/// |---|---|---|
/// | fr | WiNER-fr, the articles of 2016 and 2017 but every eighth | CC BY 4.0 (text CC BY 2.5) |
/// | fr | newseye-fr of HIPE 2022, `dev` and `dev2`: apart, as [`old_newspapers`] | CC BY 4.0 |
/// | en | GUM's open genres, train | CC BY, public domain |
/// | en | WNUT17, train | CC BY 4.0 |
/// | en | MEANTIME, titles and first sentences | CC BY 4.0 |
///
/// re3d is not among them. Its makers say that each folder has a licence of its own and that it
/// lies beside the data; in the archive at hand there is none, for no folder.
///
/// MEANTIME is also what `eval entities` measures chains on: after training on it, how many of
/// its names are found says nothing.
///
/// # Errors
///
/// When a corpus is missing or cannot be read.
pub fn training(shared: &Path, lang: &str) -> Read<Vec<Doc>> {
    let mut docs = Vec::new();
    match lang {
        "fr" => docs.extend(winer_half(shared, false)?),
        "en" => {
            docs.extend(gum(&shared.join("data/language/en/en_gum-permissive-train.conllu.xz"))?);
            docs.extend(wnut(&shared.join("data/language/en/wnut17.train.conll.xz"))?);
            docs.extend(meantime(&shared.join(file::MEANTIME))?);
            docs.iter_mut().for_each(peoples);
        }
        _ => return Err(format!("no names to learn from in `{lang}`").into()),
    }
    Ok(docs)
}

/// Pages of old newspapers, read by machine, that names may be learnt from beside [`training`]:
/// they count less, since their letters are often wrong.
///
/// # Errors
///
/// When a corpus is missing or cannot be read.
pub fn old_newspapers(shared: &Path, lang: &str) -> Read<Vec<Doc>> {
    let mut docs = Vec::new();
    if lang == "fr" {
        for part in ["dev", "dev2"] {
            docs.extend(newseye(&shared.join(file::NEWSEYE), part)?);
        }
    }
    Ok(docs)
}

/// The documents to develop on: of WiNER's 2016 and 2017 every eighth; GUM's and WNUT17's parts
/// for it.
///
/// # Errors
///
/// When a corpus is missing or cannot be read.
pub fn development(shared: &Path, lang: &str) -> Read<Vec<Doc>> {
    let mut docs = Vec::new();
    match lang {
        "fr" => docs.extend(winer_half(shared, true)?),
        "en" => {
            docs.extend(gum(&shared.join(file::GUM_DEV))?);
            docs.extend(wnut(&shared.join(file::WNUT_DEV))?);
        }
        _ => return Err(format!("no names to develop on in `{lang}`").into()),
    }
    Ok(docs)
}

/// WiNER's articles of 2016 and 2017: every eighth, or the others.
fn winer_half(shared: &Path, eighth: bool) -> Read<impl Iterator<Item = Doc>> {
    let docs = winer(&shared.join(file::WINER), &["2016", "2017"], Style::Capitals)?;
    Ok(docs.into_iter().enumerate().filter(move |(i, _)| (i % 8 == 7) == eighth).map(|(_, d)| d))
}

/// Makes names (MISC) of a document's adjectives of peoples, which its corpus leaves out: English
/// writes them with a capital, and who annotates English news takes them (CoNLL 2003).
fn peoples(doc: &mut Doc) {
    for (at, word) in words_of(&doc.text) {
        let (start, end) = (at as u32, (at + word.len()) as u32);
        let touches = |a: u32, b: u32| a < end && start < b;
        if is_people(word) && !doc.names.iter().any(|n| touches(n.0, n.1)) {
            doc.open.retain(|o| !touches(o.0, o.1));
            doc.names.push((start, end, MentionKind::Misc));
        }
    }
    doc.names.sort_by_key(|n| n.0);
}

/// Whether a word is an adjective of a people, with its capital.
fn is_people(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !countries::of_adjective(word).is_empty()
}

/// A document's names that are given, less those that touch what its corpus leaves open.
pub fn settled(doc: &Doc, given: &[Name]) -> Vec<Name> {
    let open = |n: &Name| doc.open.iter().any(|o| o.0 < n.1 && n.0 < o.1);
    given.iter().filter(|n| doc.names.contains(n) || !open(n)).copied().collect()
}

/// Sorts names, cuts the white space at their ends and keeps, of those that overlap, the longest.
fn outermost(text: &str, mut names: Vec<Name>) -> Vec<Name> {
    for (start, end, _) in &mut names {
        let slice = text.get(*start as usize..*end as usize).unwrap_or("");
        *start += (slice.len() - slice.trim_start().len()) as u32;
        *end = *start + slice.trim().len() as u32;
    }
    names.retain(|(start, end, _)| start < end);
    names.sort_by_key(|(start, end, _)| (Reverse(end - start), *start));
    let mut kept: Vec<Name> = Vec::new();
    for name in names {
        if kept.iter().all(|k| name.1 <= k.0 || k.1 <= name.0) {
            kept.push(name);
        }
    }
    kept.sort_by_key(|n| n.0);
    kept
}

fn empty(id: String) -> Doc {
    Doc { id, text: String::new(), names: Vec::new(), open: Vec::new() }
}

fn utf8(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Option<String> {
    files.get(path).map(|b| String::from_utf8_lossy(b).into_owned())
}

/// The names of a brat file, with the kinds that `kind` gives its types.
fn brat(text: &str, ann: &str, kind: impl Fn(&str) -> Option<MentionKind>) -> Vec<Name> {
    let points = CodePoints::new(text);
    let name = |line: &str| {
        let mut cells = line.split('\t');
        if !cells.next()?.starts_with('T') {
            return None;
        }
        let mut place = cells.next()?.split([' ', ';']);
        let kind = kind(place.next()?)?;
        let numbers: Vec<u32> = place.filter_map(|n| n.parse().ok()).collect();
        let (start, end) = (*numbers.first()?, *numbers.last()?);
        Some((points.byte(start), points.byte(end), kind))
    };
    outermost(text, ann.lines().filter_map(name).collect())
}

/// How WiNER's names are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// As they are marked.
    Plain,
    /// Those that begin with a small letter are open; an article before a capital is cut off.
    Capitals,
}

/// Names by [`Style::Capitals`]: those that begin with a capital or a digit, and the rest.
fn capitals(text: &str, names: Vec<Name>) -> (Vec<Name>, Vec<(u32, u32)>) {
    let (mut kept, mut open) = (Vec::new(), Vec::new());
    for (start, end, kind) in names {
        let slice = &text[start as usize..end as usize];
        let cut = ["l'", "l’", "d'", "d’", "le ", "la ", "les "]
            .iter()
            .find_map(|a| slice.strip_prefix(a))
            .map_or(slice, str::trim_start);
        let first = cut.split(' ').next().unwrap_or("");
        match first.chars().any(char::is_uppercase) || starts_with_digit(first) {
            true => kept.push((end - cut.len() as u32, end, kind)),
            false => open.push((start, end)),
        }
    }
    (kept, open)
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// WiNER-fr, the articles of some years ("2016", "2017", "2018"), by file name.
///
/// # Errors
///
/// When the archive cannot be read.
pub fn winer(path: &Path, years: &[&str], style: Style) -> Read<Vec<Doc>> {
    let files = archive(path)?;
    let mut docs = Vec::new();
    for stem in files.keys().filter_map(|p| p.strip_suffix(".ann")) {
        if !years.iter().any(|y| stem.contains(&format!("{y}/"))) {
            continue;
        }
        let read = |ending: &str| utf8(&files, &format!("{stem}.{ending}"));
        if let (Some(text), Some(ann)) = (read("txt"), read("ann")) {
            let id = stem.rsplit('/').next().unwrap_or(stem).to_owned();
            docs.push(winer_doc(id, text, &ann, style));
        }
    }
    Ok(docs)
}

fn winer_doc(id: String, text: String, ann: &str, style: Style) -> Doc {
    let names = brat(&text, ann, |kind| match kind {
        "Person" => Some(MentionKind::Per),
        "Location" => Some(MentionKind::Loc),
        "Organization" => Some(MentionKind::Org),
        "Event" | "Product" => Some(MentionKind::Misc),
        _ => None,
    });
    let (names, open) = match style {
        Style::Plain => (names, Vec::new()),
        Style::Capitals => capitals(&text, names),
    };
    Doc { id, text, names, open }
}

/// FENEC's modern documents, those that all systems beside it have read.
const FENEC_MODERN: [&str; 6] = [
    "encyclopedia01-WikiNER",
    "information01-APIL",
    "information02-Wikinews",
    "multi01-UDFrenchGSD",
    "multi02-Sequoia",
    "multi03-FQB",
];

/// The systems whose outputs lie beside FENEC, with their folders.
const FENEC_SYSTEMS: [(&str, &str); 3] = [
    ("flair", "systems-outputs/original-tagsets/Flair"),
    ("spacy-lg", "systems-outputs/original-tagsets/SpaCy-fr_core_news_lg"),
    ("casen", "systems-outputs/quaero-x-WikiNER-tagset/CasEN"),
];

/// The gold of FENEC's modern documents.
///
/// # Errors
///
/// When the archive cannot be read.
pub fn fenec(path: &Path) -> Read<Vec<Doc>> {
    fenec_folder(&archive(path)?, "FENEC", &quaero)
}

/// The same documents with the names of each system beside FENEC, by system.
///
/// # Errors
///
/// When the archive cannot be read.
pub fn fenec_systems(path: &Path) -> Read<Vec<(&'static str, Vec<Doc>)>> {
    let files = archive(path)?;
    let read = |(name, folder)| {
        Ok((name, fenec_folder(&files, folder, &|k| MentionKind::named(k).filter(is_three))?))
    };
    FENEC_SYSTEMS.into_iter().map(read).collect()
}

fn is_three(kind: &MentionKind) -> bool {
    *kind != MentionKind::Misc
}

fn quaero(kind: &str) -> Option<MentionKind> {
    match kind {
        "pers.ind" => Some(MentionKind::Per),
        k if k.starts_with("loc.add") => None,
        k if k.starts_with("loc.") => Some(MentionKind::Loc),
        k if k.starts_with("org.") => Some(MentionKind::Org),
        _ => None,
    }
}

fn fenec_folder(
    files: &BTreeMap<String, Vec<u8>>,
    folder: &str,
    kind: &dyn Fn(&str) -> Option<MentionKind>,
) -> Read<Vec<Doc>> {
    let doc = |id: &str| {
        let missing = || format!("{folder} has no {id}");
        let text = utf8(files, &format!("FENEC/{id}.txt")).ok_or_else(missing)?;
        let ann = utf8(files, &format!("{folder}/{id}.ann")).ok_or_else(missing)?;
        let names = brat(&text, &ann, kind);
        Ok(Doc { id: id.to_owned(), text, names, open: Vec::new() })
    };
    FENEC_MODERN.into_iter().map(doc).collect()
}

/// Tokens joined into a text, with the names that their labels tell.
#[derive(Default)]
struct Joined {
    text: String,
    names: Vec<Name>,
    /// Whether the last token was within a name.
    within: bool,
    /// Whether a quotation mark is open.
    quoted: bool,
    /// Whether hyphens are tokens of their own, to be joined to both sides.
    hyphens: bool,
}

/// What a label tells of its token: whether it begins a name, and of what kind; None outside.
type Label = Option<(bool, MentionKind)>;

/// Reads `B-PER`, `I-LOC`, `O`.
fn label(cell: &str, kind: impl Fn(&str) -> Option<MentionKind>) -> Label {
    let (place, name) = cell.split_once('-')?;
    Some((place == "B", kind(name)?))
}

impl Joined {
    /// Adds a token; gives where it stands.
    fn push(&mut self, word: &str, space: bool, label: Label) -> (u32, u32) {
        if space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len() as u32;
        self.text.push_str(word);
        let end = self.text.len() as u32;
        match (label, self.names.last_mut()) {
            (Some((false, kind)), Some(last)) if self.within && last.2 == kind => last.1 = end,
            (Some((_, kind)), _) => self.names.push((start, end, kind)),
            (None, _) => {}
        }
        self.within = label.is_some();
        (start, end)
    }

    /// Adds a token of an English corpus that does not tell its spaces.
    fn push_english(&mut self, word: &str, label: Label) -> (u32, u32) {
        let word = match word {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            w => w,
        };
        let hyphen = self.hyphens && (word == "-" || self.text.ends_with('-'));
        let closes = word == "\"" && self.quoted;
        let opened = self.quoted && self.text.ends_with('"');
        let tight = hyphen || closes || opened || self.text.ends_with(['(', '[', '$', '#']);
        let place = self.push(word, !tight && !joins_left(word), label);
        if word == "\"" {
            self.quoted = !self.quoted;
        }
        place
    }

    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.within = false;
        self.quoted = false;
    }

    fn doc(self, id: String) -> Doc {
        let names = outermost(&self.text, self.names);
        Doc { id, text: self.text, names, open: Vec::new() }
    }
}

/// Whether English writes no space before this token.
fn joins_left(word: &str) -> bool {
    let marks = [",", ".", ";", ":", "!", "?", ")", "]", "%"];
    let clitics = ["'s", "n't", "'re", "'ve", "'ll", "'d", "'m"];
    marks.contains(&word) || clitics.contains(&word)
}

/// What a file of columns makes one document of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Each sentence.
    Sentence,
    /// What lies between lines of `-DOCSTART-`; the whole file, when there is none.
    File,
}

/// A column file: a token and its label a line, blank lines between sentences.
fn columns(
    text: &str,
    id: &str,
    unit: Unit,
    hyphens: bool,
    kind: impl Fn(&str) -> Option<MentionKind>,
) -> Vec<Doc> {
    let mut docs: Vec<Doc> = Vec::new();
    let mut joined = Joined { hyphens, ..Joined::default() };
    let flush = |joined: &mut Joined, docs: &mut Vec<Doc>| {
        let done = std::mem::replace(joined, Joined { hyphens, ..Joined::default() });
        if !done.text.is_empty() {
            docs.push(done.doc(format!("{id}-{}", docs.len() + 1)));
        }
    };
    for line in text.lines() {
        let mut cells = line.split([' ', '\t']);
        let word = cells.next().unwrap_or("");
        if word == "-DOCSTART-" || word.is_empty() && unit == Unit::Sentence {
            flush(&mut joined, &mut docs);
        } else if word.is_empty() {
            joined.line();
        } else {
            joined.push_english(word, label(cells.next().unwrap_or("O"), &kind));
        }
    }
    flush(&mut joined, &mut docs);
    docs
}

/// Wikigold, by article.
///
/// # Errors
///
/// When the file cannot be read.
pub fn wikigold(path: &Path) -> Read<Vec<Doc>> {
    Ok(columns(&unxz(path)?, "wikigold", Unit::File, false, MentionKind::named))
}

/// A part of WNUT17, by post.
///
/// # Errors
///
/// When the file cannot be read.
pub fn wnut(path: &Path) -> Read<Vec<Doc>> {
    let kind = |kind: &str| match kind {
        "person" => Some(MentionKind::Per),
        "location" => Some(MentionKind::Loc),
        "corporation" | "group" => Some(MentionKind::Org),
        "creative-work" | "product" => Some(MentionKind::Misc),
        _ => None,
    };
    Ok(columns(&unxz(path)?, "wnut17", Unit::Sentence, false, kind))
}

/// re3d, by document.
///
/// # Errors
///
/// When the archive cannot be read.
pub fn re3d(path: &Path) -> Read<Vec<Doc>> {
    let files = archive(path)?;
    let mut docs = Vec::new();
    for stem in files.keys().filter_map(|p| p.strip_suffix(".conll")) {
        let text = utf8(&files, &format!("{stem}.conll")).unwrap_or_default();
        docs.extend(re3d_doc(stem, &text));
    }
    Ok(docs)
}

fn re3d_doc(stem: &str, text: &str) -> Vec<Doc> {
    let kind = |kind: &str| match kind {
        "Person" => Some(MentionKind::Per),
        "Location" => Some(MentionKind::Loc),
        "Organisation" => Some(MentionKind::Org),
        "MilitaryPlatform" | "Weapon" | "Nationality" => Some(MentionKind::Misc),
        _ => None,
    };
    let docs = columns(text, stem, Unit::File, true, kind);
    let named = |mut doc: Doc| {
        (doc.names, doc.open) = named(&doc.text, &doc.names);
        doc
    };
    docs.into_iter().map(named).collect()
}

/// Small words that a name may hold.
const TIES: &[&str] = &["of", "the", "for", "and", "&", "-", "'s", "de", "la"];

/// Words before a name that are none of it.
const DETERMINERS: &[&str] = &["the", "a", "an", "this", "that", "these", "those"];

/// Words that are a mention by themselves, and never a name, capital or not.
const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "my",
    "mine",
    "myself",
    "you",
    "your",
    "yours",
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "who",
    "whom",
    "whose",
    "which",
    "that",
    "this",
    "these",
    "those",
    "here",
    "there",
    "some",
    "others",
    "everyone",
    "one",
    "both",
    "all",
    "many",
    "most",
    "each",
];

/// Of an English corpus whose mentions are names and descriptions: the names, and what is open.
/// Pronouns, and descriptions without a capital, are neither.
fn named(text: &str, mentions: &[Name]) -> (Vec<Name>, Vec<(u32, u32)>) {
    let (mut names, mut open) = (Vec::new(), Vec::new());
    for (start, end, kind) in mentions {
        match sort(text, *start, *end, *kind) {
            Sorted::Name(from, to) => names.push((from, to, *kind)),
            Sorted::Open => open.push((*start, *end)),
            Sorted::Neither => {}
        }
    }
    (names, open)
}

/// What a mention is.
#[derive(PartialEq, Eq, Debug)]
enum Sorted {
    /// A name: first byte, byte after the last.
    Name(u32, u32),
    /// Not to be told.
    Open,
    /// No name.
    Neither,
}

fn sort(text: &str, start: u32, end: u32, kind: MentionKind) -> Sorted {
    let slice = &text[start as usize..end as usize];
    if PRONOUNS.contains(&slice.to_lowercase().as_str()) {
        return Sorted::Neither;
    }
    let words = words_of(slice);
    let mut from = usize::from(words.first().is_some_and(|w| is_in(DETERMINERS, w.1)));
    let mut to = words.len();
    if kind == MentionKind::Per {
        from = words[..to.saturating_sub(1)]
            .iter()
            .rposition(|w| is_in(TITLES, w.1))
            .map_or(from, |title| title + 1);
    }
    if to > from && matches!(words[to - 1].1, "'s" | "'") {
        to -= 1;
    }
    if kind == MentionKind::Per && to > from && is_in(TITLES, words[to - 1].1) {
        return Sorted::Open;
    }
    let Some(rest) = words.get(from..to).filter(|w| !w.is_empty()) else { return Sorted::Neither };
    let big = |w: &str| w.contains(char::is_uppercase) || starts_with_digit(w);
    if !rest.iter().any(|w| w.1.contains(char::is_uppercase)) {
        return Sorted::Neither;
    }
    let (first, last) = (rest[0], rest[rest.len() - 1]);
    let ends = big(first.1) && big(last.1);
    let marked = slice.contains([',', '"', '(', ')', '\n']);
    let whole = !marked && rest.iter().all(|w| big(w.1) || is_tie(w.1));
    let (at, stop) = (start as usize + first.0, start as usize + last.0 + last.1.len());
    let adjective = kind == MentionKind::Loc && is_adjective(last.1);
    if !whole
        || !ends
        || adjective
        || rest.len() == 1 && from == 0 && only_begins(text, at, first.1)
    {
        return Sorted::Open;
    }
    Sorted::Name(at as u32, stop as u32)
}

/// Whether English has the word as an adjective: "Canadian" is marked as a place at times.
fn is_adjective(word: &str) -> bool {
    let tags = |pack: &lang::Pack| pack.lexicon.tags(&word.to_lowercase());
    lang::pack("en").is_some_and(|pack| tags(pack).any(Tags::ADJ))
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.contains(&word.to_lowercase().as_str())
}

fn is_tie(word: &str) -> bool {
    TIES.contains(&word)
}

/// Words between spaces, the clitic 's by itself, with their first bytes.
fn words_of(slice: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    for word in slice.split_whitespace() {
        let at = word.as_ptr() as usize - slice.as_ptr() as usize;
        match word.strip_suffix("'s").filter(|w| !w.is_empty()) {
            Some(bare) => words.extend([(at, bare), (at + bare.len(), "'s")]),
            None => words.push((at, word)),
        }
    }
    words
}

/// Whether a word at the beginning of a sentence stands nowhere else with its capital: then the
/// capital tells nothing.
fn only_begins(text: &str, at: usize, word: &str) -> bool {
    let begins = |at: usize| {
        let before = text[..at].trim_end_matches([' ', '"']);
        before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':'])
    };
    let several = word.chars().filter(|c| c.is_uppercase()).count() > 1;
    !several && begins(at) && text.match_indices(word).all(|(i, _)| begins(i))
}

/// The sentences of MEANTIME, its title and day among them, that are annotated in full.
const MEANTIME_SENTENCES: u64 = 6;

/// MEANTIME's titles and first sentences, by document.
///
/// # Errors
///
/// When the file is missing or cannot be read.
pub fn meantime(path: &Path) -> Read<Vec<Doc>> {
    let rows = rows(path)?.ok_or_else(|| format!("there is no {}", path.display()))?;
    let docs = rows.iter().map(meantime_doc);
    Ok(docs.filter(|d| !d.names.is_empty()).collect())
}

fn meantime_doc(row: &Value) -> Doc {
    let list = |key: &str| row[key].as_array().map_or(&[][..], Vec::as_slice);
    let mut joined = Joined::default();
    let mut places: Vec<(u32, u32)> = Vec::new();
    let mut sentence = 0;
    for token in list("tokens").iter().take_while(|t| t[0].as_u64() < Some(MEANTIME_SENTENCES)) {
        let of = token[0].as_u64().unwrap_or_default();
        if of != sentence {
            joined.line();
        }
        sentence = of;
        places.push(joined.push_english(token[1].as_str().unwrap_or_default(), None));
    }
    let mut mentions = Vec::new();
    let mut held = BTreeSet::new();
    let mut doc = joined.doc(string(row, "doc"));
    for mention in list("mentions").iter().filter(|m| m["kind"] == "entity") {
        let at = |key: &str| mention[key].as_u64().map(|i| i as usize);
        let (Some(from), Some(to)) = (at("from"), at("to")) else { continue };
        let (Some(first), Some(last)) = (places.get(from), places.get(to)) else { continue };
        held.extend(from..=to);
        let chain = mention["chain"].as_str().and_then(|c| c.rsplit('_').next()).unwrap_or("");
        match chain
            .get(..3)
            .and_then(|k| MentionKind::named(k).or((k == "PRO").then_some(MentionKind::Misc)))
        {
            Some(kind) => mentions.push((first.0, last.1, kind)),
            None => doc.open.push((first.0, last.1)),
        }
    }
    let (names, open) = named(&doc.text, &mentions);
    doc.names = outermost(&doc.text, names);
    doc.open.extend(open);
    let capital = |p: &(u32, u32)| doc.text[p.0 as usize..].starts_with(char::is_uppercase);
    let loose = places.iter().enumerate().filter(|(i, p)| !held.contains(i) && capital(p));
    doc.open.extend(loose.map(|(_, p)| *p).collect::<Vec<_>>());
    doc.open.sort_unstable();
    doc
}

/// A part of HIPE 2022's newseye in French (`dev`, `dev2`, `test`), by page: old newspapers, read
/// by machine.
///
/// # Errors
///
/// When the archive cannot be read or has no such part.
pub fn newseye(path: &Path, part: &str) -> Read<Vec<Doc>> {
    let file = format!("HIPE-2022-v2.1-newseye-{part}-fr.tsv");
    let text = utf8(&archive(path)?, &file).ok_or_else(|| format!("there is no {file}"))?;
    Ok(hipe(&text, &format!("newseye-{part}")))
}

fn hipe(text: &str, id: &str) -> Vec<Doc> {
    const START: &str = "# hipe2022:document_id";
    let kind = |k: &str| match k {
        "HumanProd" => Some(MentionKind::Misc),
        k => MentionKind::named(k),
    };
    let mut docs: Vec<Doc> = Vec::new();
    let mut joined = Joined::default();
    let mut space = false;
    for line in text.lines().skip(1).chain([START]) {
        let cells: Vec<&str> = line.split('\t').collect();
        if line.starts_with(START) {
            let done = std::mem::take(&mut joined);
            if !done.text.is_empty() {
                docs.push(done.doc(format!("{id}-{}", docs.len() + 1)));
            }
        } else if let [word, cell, .., misc] = cells[..] {
            joined.push(word, space, label(cell, kind));
            space = !misc.contains("NoSpaceAfter");
        }
    }
    docs
}

/// A word of GUM.
struct Word<'a> {
    form: &'a str,
    upos: &'a str,
    xpos: &'a str,
    start: u32,
    end: u32,
}

/// A mention of GUM that is not closed yet.
struct Opened<'a> {
    id: &'a str,
    kind: &'a str,
    /// The words that identify it, counted from 1 within the mention, the head's first: "3,4".
    head: &'a str,
    from: usize,
}

/// GUM while it is read: the document so far.
struct Gum<'a> {
    doc: Doc,
    words: Vec<Word<'a>>,
    opened: Vec<Opened<'a>>,
    /// Mentions that are closed: first word, last word, whether they yielded a name.
    closed: Vec<(usize, usize, bool)>,
    space: bool,
    /// How many words the token written last still holds, and where the next of them begins.
    hidden: (usize, u32),
}

/// A part of GUM's open genres: the names among its mentions, by document.
///
/// # Errors
///
/// When the file cannot be read.
pub fn gum(path: &Path) -> Read<Vec<Doc>> {
    gum_docs(&unxz(path)?)
}

fn gum_docs(text: &str) -> Read<Vec<Doc>> {
    let mut docs: Vec<Doc> = Vec::new();
    let mut gum = Gum::new("");
    for line in text.lines().chain(["# newdoc id = "]) {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            let done = std::mem::replace(&mut gum, Gum::new(id)).done();
            docs.extend(Some(done).filter(|d| !d.text.is_empty()));
        } else if line.is_empty() {
            gum.doc.text.push('\n');
            gum.space = false;
        } else if !line.starts_with('#') {
            gum.line(line)?;
        }
    }
    Ok(docs)
}

impl<'a> Gum<'a> {
    fn new(id: &str) -> Gum<'a> {
        let (words, opened, closed) = (Vec::new(), Vec::new(), Vec::new());
        Gum { doc: empty(id.to_owned()), words, opened, closed, space: false, hidden: (0, 0) }
    }

    fn line(&mut self, line: &'a str) -> Read<()> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, xpos, _, _, _, _, misc] = cells[..] else { return Ok(()) };
        if let Some((first, last)) = id.split_once('-') {
            // A token of several words: its own form stands in the text.
            let (first, last): (usize, usize) = (first.parse()?, last.parse()?);
            self.hidden = (last.saturating_sub(first) + 1, self.write(form, misc));
        } else if !id.contains('.') {
            let start = match self.hidden.0 {
                0 => self.write(form, misc),
                _ => self.hidden.1,
            };
            // Of a word that its token writes otherwise, all of the token is taken.
            let end = match self.doc.text[start as usize..].starts_with(form) {
                true => start + form.len() as u32,
                false => self.doc.text.len() as u32,
            };
            self.hidden = (self.hidden.0.saturating_sub(1), end);
            self.words.push(Word { form, upos, xpos, start, end });
            if let Some(entity) = misc.split('|').find_map(|m| m.strip_prefix("Entity=")) {
                self.brackets(entity);
            }
        }
        Ok(())
    }

    /// Writes a token; gives its first byte.
    fn write(&mut self, form: &str, misc: &str) -> u32 {
        if self.space {
            self.doc.text.push(' ');
        }
        let start = self.doc.text.len() as u32;
        self.doc.text.push_str(form);
        self.space = !misc.contains("SpaceAfter=No");
        start
    }

    /// Opens and closes the mentions that an `Entity=` value tells of the last word.
    fn brackets(&mut self, entity: &'a str) {
        let at = self.words.len() - 1;
        for (opens, part) in brackets(entity) {
            if opens {
                let fields: Vec<&str> = part.split('-').collect();
                if let [id, kind, _, _, _, min, ..] = fields[..] {
                    self.opened.push(Opened { id, kind, head: min, from: at });
                }
            } else if let Some(k) = self.opened.iter().rposition(|o| o.id == part) {
                let mention = self.opened.remove(k);
                let name = gum_name(&self.words[mention.from..=at], &mention);
                // What has no name by the mapping is settled; only names not found are not.
                let settled = name.is_some() || mention.kind == "time";
                self.closed.push((mention.from, at, settled));
                self.doc.names.extend(name);
            }
        }
    }

    /// The document, with the proper nouns that no name holds and no mention settles open.
    fn done(mut self) -> Doc {
        self.doc.names = outermost(&self.doc.text, self.doc.names);
        for (i, word) in self.words.iter().enumerate() {
            let named = self.doc.names.iter().any(|n| n.0 < word.end && word.start < n.1);
            if !named && word.xpos.starts_with("JJ") && is_people(word.form) {
                self.doc.open.push((word.start, word.end));
            }
            if !is_proper(&self.words, i) {
                continue;
            }
            let around = self.closed.iter().filter(|(from, to, _)| (*from..=*to).contains(&i));
            let shortest = around.min_by_key(|(from, to, _)| to - from);
            if !named && shortest.is_some_and(|(_, _, settled)| !settled) {
                self.doc.open.push((word.start, word.end));
            }
        }
        self.doc
    }
}

/// The brackets of an `Entity=` value, in order: openings with their fields, closings with
/// their id.
fn brackets(entity: &str) -> Vec<(bool, &str)> {
    let mut out = Vec::new();
    let mut rest = entity;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('(') {
            let stop = inner.find(['(', ')']).unwrap_or(inner.len());
            out.push((true, &inner[..stop]));
            rest = &inner[stop..];
            if let Some(after) = rest.strip_prefix(')') {
                let id = inner.split(['-', ')']).next().unwrap_or("");
                out.push((false, id));
                rest = after;
            }
        } else {
            let stop = rest.find(')').unwrap_or(rest.len());
            out.push((false, &rest[..stop]));
            rest = rest.get(stop + 1..).unwrap_or("");
        }
    }
    out
}

/// Titles that are no part of a person's name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "mr.", "mr", "mrs.", "mrs", "ms.", "ms", "dr.", "dr", "president", "prime", "minister", "king",
    "queen", "prince", "princess", "pope", "bishop", "sir", "lord", "lady", "general", "gen.",
    "lt.", "maj.", "lieutenant", "major", "colonel", "col.", "captain", "capt.", "sergeant",
    "sgt.", "admiral", "professor", "prof.", "senator", "sen.", "rep.", "governor", "gov.", "mayor",
    "judge", "justice", "chief", "secretary", "spokesman", "spokeswoman", "spokesperson",
    "ambassador", "uncle", "aunt", "emperor", "saint", "st.", "father", "mother", "congressman",
    "chancellor", "vice", "director", "ceo", "administrator",
    "secretary-general", "chairman", "officer", "envoy", "commander",
];

/// Titles that are family names too.
const FAMILIES: &[&str] = &["king", "prince", "pope", "bishop", "judge", "major", "justice"];

/// The name that a mention is headed by: the proper nouns round its head, and, but for people,
/// what "of" and "and" tie to them.
fn gum_name(words: &[Word], mention: &Opened) -> Option<Name> {
    let kind = match mention.kind {
        "person" => MentionKind::Per,
        "place" => MentionKind::Loc,
        "organization" => MentionKind::Org,
        "time" => return None,
        _ => MentionKind::Misc,
    };
    // Words after the first are of other phrases: "school, Glennie" of "the school of Glennie".
    let first: usize = mention.head.split(',').next()?.parse().ok()?;
    let head = first.checked_sub(1).filter(|h| is_proper(words, *h))?;
    let to = name_end(words, head, kind);
    let mut from = name_start(words, head);
    if kind == MentionKind::Per {
        from = after_titles(words, from, to)?;
    }
    if from >= to || !words[from..to].iter().any(|w| w.form.contains(char::is_uppercase)) {
        return None;
    }
    // "Earl of Olb": a title, not a name.
    let titled = words.get(to).is_some_and(|w| w.form == "of");
    if kind == MentionKind::Per && titled && to - from == 1 {
        return None;
    }
    // "Germans": a people, not a person.
    let people = kind == MentionKind::Per && to - from == 1 && words[from].xpos == "NNPS";
    let kind = if people { MentionKind::Misc } else { kind };
    Some((words[from].start, words[to - 1].end, kind))
}

fn is_hyphen(word: &Word) -> bool {
    matches!(word.form, "-" | "–")
}

/// The first word of a person's name, after the titles before it; None when it is a title alone.
fn after_titles(words: &[Word], from: usize, to: usize) -> Option<usize> {
    let last = words.get(to.checked_sub(1)?)?.form;
    let family = to - from > 1 && is_in(FAMILIES, last) && !is_in(TITLES, words[from].form);
    if is_in(TITLES, last) && !family {
        return None;
    }
    let title = words[from..to - 1].iter().rposition(|w| is_in(TITLES, w.form));
    Some(title.map_or(from, |t| from + t + 1))
}

/// Whether a word is part of a name by either tag set: UD calls "United" an adjective, where the
/// Penn tags have it proper.
fn is_proper(words: &[Word], i: usize) -> bool {
    words.get(i).is_some_and(|w| w.upos == "PROPN" || w.xpos.starts_with("NNP"))
}

/// The first of the proper nouns that reach to the head, over hyphens.
fn name_start(words: &[Word], head: usize) -> usize {
    let mut from = head;
    while from > 0 {
        from = match is_proper(words, from - 1) {
            true => from - 1,
            false if from > 1 && is_hyphen(&words[from - 1]) && is_proper(words, from - 2) => {
                from - 2
            }
            false => break,
        };
    }
    from
}

/// The end of the proper nouns from the head on, with those that small words tie to them.
fn name_end(words: &[Word], head: usize, kind: MentionKind) -> usize {
    let mut to = head + 1;
    loop {
        let tie = |w: &&Word| is_tie(w.form) || is_hyphen(w);
        let ties = words[to..].iter().take_while(tie).count();
        let hyphen = words.get(to).is_some_and(is_hyphen);
        let tied = (1..=2).contains(&ties) && (kind != MentionKind::Per || hyphen);
        // "Cape of Good Hope": after a small word a capital is enough.
        let capital = |w: &Word| w.form.starts_with(char::is_uppercase);
        if is_proper(words, to) {
            to += 1;
        } else if tied && words.get(to + ties).is_some_and(capital) {
            to += ties + 1;
        } else {
            return to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MentionKind::{Loc, Misc, Org, Per};

    /// Names as their words.
    fn words(doc: &Doc) -> Vec<(&str, MentionKind)> {
        doc.names.iter().map(|n| (&doc.text[n.0 as usize..n.1 as usize], n.2)).collect()
    }

    fn open(doc: &Doc) -> Vec<&str> {
        doc.open.iter().map(|o| &doc.text[o.0 as usize..o.1 as usize]).collect()
    }

    #[test]
    fn winer_is_read_as_marked_or_by_capitals() {
        let text = "L'été, l'Ursanie et l'armée velde saluent Zoé Tarn.";
        let ann = "T1\tLocation 7 16\tl'Ursanie\nT2\tOrganization 20 33\tl'armée velde\n\
                   T3\tPerson 42 50\tZoé Tarn\nT4\tDate 0 5\tL'été\nR1\tx\nT5\tPerson 46 50\tTarn";
        let read = |style| winer_doc("d".into(), text.into(), ann, style);
        let (plain, capitals) = (read(Style::Plain), read(Style::Capitals));
        assert_eq!(words(&plain), [("l'Ursanie", Loc), ("l'armée velde", Org), ("Zoé Tarn", Per)]);
        assert_eq!(words(&capitals), [("Ursanie", Loc), ("Zoé Tarn", Per)]);
        assert_eq!((open(&plain), open(&capitals)), (vec![], vec!["l'armée velde"]));
    }

    #[test]
    fn what_touches_the_open_is_left_out_unless_it_is_right() {
        let doc = Doc {
            id: String::new(),
            text: "Ab Cd Ef".into(),
            names: vec![(0, 5, Per)],
            open: vec![(3, 8)],
        };
        let given = [(0, 5, Per), (6, 8, Loc), (0, 2, Org)];
        assert_eq!(settled(&doc, &given), [(0, 5, Per), (0, 2, Org)]);
    }

    #[test]
    fn fenec_leaves_out_what_has_no_counterpart() {
        let kinds = ["pers.ind", "pers.coll", "loc.adm.town", "loc.add.phys", "org.ent", "prod"];
        let kinds: Vec<_> = kinds.into_iter().filter_map(quaero).collect();
        assert_eq!(kinds, [Per, Loc, Org]);
    }

    #[test]
    fn columns_are_joined_as_english_is_written() {
        let text = "-DOCSTART- O\n\nOlb I-PER\n( O\nof O\nTarn I-LOC\nBay I-LOC\n) O\nsaid O\n: O\n\
                    `` O\nno O\n'' O\n. O\n\nVelde I-MISC\n\n-DOCSTART- O\n\nX O\n";
        let docs = columns(text, "w", Unit::File, false, MentionKind::named);
        assert_eq!(docs[0].text, "Olb (of Tarn Bay) said: \"no\".\nVelde\n");
        assert_eq!(words(&docs[0]), [("Olb", Per), ("Tarn Bay", Loc), ("Velde", Misc)]);
        assert_eq!((docs.len(), docs[1].id.as_str()), (2, "w-2"));
        let posts = columns(
            "a\tO\n\n# \tO\nB\tB-PER\nC\tB-PER\n",
            "p",
            Unit::Sentence,
            false,
            MentionKind::named,
        );
        assert_eq!((posts.len(), words(&posts[1])), (2, vec![("B", Per), ("C", Per)]));
    }

    #[test]
    fn descriptions_of_re3d_are_no_names() {
        let text = "The\tB-Organisation\nTarn\tI-Organisation\nLeague\tI-Organisation\nand\tO\n\
                    Tarn\tB-Organisation\nfighters\tI-Organisation\nmet\tO\nus\tB-Organisation\n\
                    near\tO\nAl\tB-Location\n-\tI-Location\nOlb\tI-Location\n.\tO\n\n\
                    Sailors\tB-Organisation\nsaw\tO\nGen.\tB-Person\nAda\tI-Person\nMol\tI-Person\n\
                    's\tO\nlorry\tB-MilitaryPlatform\n";
        let docs = re3d_doc("f/d", text);
        assert_eq!(words(&docs[0]), [("Tarn League", Org), ("Al-Olb", Loc), ("Ada Mol", Per)]);
        assert_eq!(open(&docs[0]), ["Tarn fighters", "Sailors"]);
    }

    #[test]
    fn meantime_settles_its_first_sentences_alone() {
        let row = serde_json::json!({
            "doc": "c/1",
            "tokens": [[0, "Olbex"], [0, "buys"], [0, "Tarn"], [2, "The"], [2, "Veld"], [2, "index"],
                       [2, "fell"], [2, ","], [2, "said"], [2, "Mol"], [7, "Olbex"]],
            "mentions": [{"chain": "cross_intra_ORG12", "from": 0, "to": 0, "kind": "entity"},
                         {"chain": "intra_FIN3", "from": 3, "to": 5, "kind": "entity"},
                         {"chain": "intra_OTH4", "from": 1, "to": 1, "kind": "event"},
                         {"chain": "intra_ORG12", "from": 10, "to": 10, "kind": "entity"}],
        });
        let doc = meantime_doc(&row);
        assert_eq!(doc.text, "Olbex buys Tarn\nThe Veld index fell, said Mol");
        assert_eq!(
            (words(&doc), open(&doc)),
            (vec![], vec!["Olbex", "Tarn", "The Veld index", "Mol"])
        );
    }

    #[test]
    fn old_pages_tell_their_spaces() {
        let text = "TOKEN\n# hipe2022:document_id = a\nl\tO\t_\tNoSpaceAfter\n'\tO\t_\tNoSpaceAfter\n\
                    Olbie\tB-LOC\t_\t_\ndu\tI-LOC\t_\t_\nTarn\tI-LOC\t_\tNoSpaceAfter|EndOfLine\n,\tO\t_\t_\n\
                    # hipe2022:document_id = b\nGazette\tB-HumanProd\t_\t_\n";
        let docs = hipe(text, "n");
        assert_eq!(docs[0].text, "l'Olbie du Tarn,");
        assert_eq!(words(&docs[0]), [("Olbie du Tarn", Loc)]);
        assert_eq!(words(&docs[1]), [("Gazette", Misc)]);
    }

    /// Lines of a treebank: form, part of speech, the rest of the last column.
    fn treebank(rows: &[(&str, &str, &str)]) -> String {
        let mut text = String::from("# newdoc id = t\n");
        for (i, (form, upos, misc)) in rows.iter().enumerate() {
            let misc = if misc.is_empty() { "_" } else { misc };
            let xpos = if *upos == "PROPN" { "NNP" } else { "_" };
            text += &format!("{}\t{form}\t_\t{upos}\t{xpos}\t_\t0\t_\t_\t{misc}\n", i + 1);
        }
        text
    }

    fn gum_one(rows: &[(&str, &str, &str)]) -> Doc {
        gum_docs(&treebank(rows)).unwrap().remove(0)
    }

    #[test]
    fn gum_gives_the_proper_nouns_of_a_mention() {
        let doc = gum_one(&[
            ("the", "DET", "Entity=(1-organization-new-s-cf1-2-sgl"),
            ("University", "PROPN", ""),
            ("of", "ADP", ""),
            ("Olb", "PROPN", "Entity=(2-place-new-s-cf1-1-sgl-Olb)1)"),
            ("met", "VERB", ""),
            ("President", "PROPN", "Entity=(3-person-new-s-cf1-2,3-sgl"),
            ("Ada", "PROPN", ""),
            ("Mol", "PROPN", "Entity=3)|SpaceAfter=No"),
            (".", "PUNCT", ""),
        ]);
        assert_eq!(doc.text, "the University of Olb met President Ada Mol.");
        assert_eq!(words(&doc), [("University of Olb", Org), ("Ada Mol", Per)]);
        assert!(doc.open.is_empty());
    }

    #[test]
    fn gum_ties_what_small_words_tie_but_no_titles() {
        let doc = gum_one(&[
            ("Cape", "PROPN", "Entity=(1-place-new-s-cf1-1-sgl"),
            ("of", "ADP", ""),
            ("Tall", "ADJ", ""),
            ("Oaks", "PROPN", "Entity=1)"),
            ("knew", "VERB", ""),
            ("Earl", "PROPN", "Entity=(2-person-new-s-cf1-1-sgl"),
            ("of", "ADP", ""),
            ("Olb", "PROPN", "Entity=(3-place-new-s-cf1-1-sgl)2)"),
        ]);
        assert_eq!(words(&doc), [("Cape of Tall Oaks", Loc), ("Olb", Loc)]);
        assert_eq!(open(&doc), ["Earl"]);
    }

    #[test]
    fn titles_are_cut_and_alone_no_names() {
        let upos = "PROPN";
        let word = |form| Word { form, upos, xpos: "NNP", start: 0, end: 0 };
        let cut = |forms: &[&'static str]| {
            let words: Vec<Word> = forms.iter().copied().map(word).collect();
            after_titles(&words, 0, words.len())
        };
        assert_eq!(cut(&["Vice", "President", "Mol"]), Some(2));
        assert_eq!(cut(&["Ada", "King"]), Some(0));
        assert_eq!(cut(&["Mr.", "President"]), None);
        assert_eq!(cut(&["OLB", "Administrator"]), None);
    }

    #[test]
    fn marks_and_adjectives_of_places_are_open() {
        let of = |text: &str, kind| sort(text, 0, text.len() as u32, kind);
        assert_eq!(of("Canadian", Loc), Sorted::Open);
        assert_eq!(of("Olb Bay", Loc), Sorted::Name(0, 7));
        assert_eq!(of("Olb Air League (OAL", Org), Sorted::Open);
        assert_eq!(of("They", Per), Sorted::Neither);
        assert_eq!(of("the old bay", Loc), Sorted::Neither);
    }

    #[test]
    fn gum_leaves_open_only_what_its_mention_does_not_name() {
        let doc = gum_one(&[
            ("Olb", "PROPN", "Entity=(1-person-new-s-cf1-2-sgl"),
            ("sailors", "NOUN", "Entity=1)"),
            ("left", "VERB", ""),
            ("in", "ADP", ""),
            ("March", "PROPN", "Entity=(2-time-new-s-cf1-1-sgl)"),
            ("with", "ADP", ""),
            ("Ada", "PROPN", "Entity=(3-object-new-s-cf1-3-sgl(4-person-new-s-cf1-1-sgl)"),
            ("'s", "PART", ""),
            ("lamp", "NOUN", "Entity=3)"),
            ("Hurrah", "INTJ", ""),
        ]);
        assert_eq!((words(&doc), open(&doc)), (vec![("Ada", Per)], vec!["Olb"]));
        // A false name in "March" or on "Hurrah" counts.
        let given: Vec<Name> = ["Olb", "March", "Hurrah"]
            .iter()
            .map(|w| (doc.text.find(w).unwrap() as u32, w.len() as u32))
            .map(|(at, len)| (at, at + len, Loc))
            .collect();
        assert_eq!(settled(&doc, &given), given[1..]);
    }

    #[test]
    fn gum_writes_the_tokens_that_hold_several_words() {
        let text = "# newdoc id = t\n1-2\tOlb's\t_\t_\t_\t_\t_\t_\t_\t_\n\
                    1\tOlb\t_\tPROPN\tNNP\t_\t0\t_\t_\tEntity=(1-place-new-s-cf1-1-sgl)\n\
                    2\t's\t_\tPART\tPOS\t_\t0\t_\t_\t_\n3\tbay\t_\tNOUN\tNN\t_\t0\t_\t_\t_\n\
                    3.1\tx\t_\tNOUN\tNN\t_\t0\t_\t_\t_\n";
        let doc = gum_docs(text).unwrap().remove(0);
        assert_eq!((doc.text.as_str(), words(&doc)), ("Olb's bay", vec![("Olb", Loc)]));
    }

    #[test]
    fn what_may_be_trained_on_is_asked_by_language() {
        assert!(training(Path::new("nowhere"), "de").is_err());
        assert!(development(Path::new("nowhere"), "fr").is_err());
    }
}
