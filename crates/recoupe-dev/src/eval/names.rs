//! Names found, span and type both right, on corpora that nothing is trained on; beside FENEC's
//! documents, the names of other systems, counted alike.
//!
//! How each corpus is brought to PER, LOC, ORG and MISC, and what it leaves open, is told in
//! [`crate::names`].

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::Path;

use recoupe::analyse::{MentionKind, with_pack};
use recoupe::article::{Article, CodePoints};
use recoupe::lang::{self, Pack};
use serde_json::json;

use super::corpus::{Floor, save};
use crate::names::{self, Doc, Name, Read, Style, file};

/// The kinds of names.
const KINDS: [MentionKind; 4] = MentionKind::NAMES;

/// The kinds that every corpus has.
const THREE: [MentionKind; 3] = [MentionKind::Per, MentionKind::Loc, MentionKind::Org];

/// What is measured on.
struct Corpus {
    /// Its name in results and floors.
    name: &'static str,
    /// Its language's code.
    lang: &'static str,
    /// Where it lies in the shared folder.
    file: &'static str,
    /// The kinds that count.
    kinds: &'static [MentionKind],
    /// Its reader.
    read: fn(&Path) -> Read<Vec<Doc>>,
}

const CORPORA: [Corpus; 7] = [
    Corpus {
        name: "winer_2018_plain",
        lang: "fr",
        file: file::WINER,
        kinds: &KINDS,
        read: |p| names::winer(p, &["2018"], Style::Plain),
    },
    Corpus {
        name: "winer_2018",
        lang: "fr",
        file: file::WINER,
        kinds: &KINDS,
        read: |p| names::winer(p, &["2018"], Style::Capitals),
    },
    Corpus { name: "fenec", lang: "fr", file: file::FENEC, kinds: &THREE, read: names::fenec },
    Corpus {
        name: "newseye",
        lang: "fr",
        file: file::NEWSEYE,
        kinds: &KINDS,
        read: |p| names::newseye(p, "test"),
    },
    Corpus { name: "gum_test", lang: "en", file: file::GUM_TEST, kinds: &KINDS, read: names::gum },
    Corpus {
        name: "wikigold",
        lang: "en",
        file: file::WIKIGOLD,
        kinds: &KINDS,
        read: names::wikigold,
    },
    Corpus { name: "re3d", lang: "en", file: file::RE3D, kinds: &THREE, read: names::re3d },
];

/// Right, given, gold.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Count(usize, usize, usize);

impl Count {
    fn of(given: &[Name], gold: &[Name]) -> Count {
        let right = given.iter().filter(|n| gold.contains(n)).count();
        Count(right, given.len(), gold.len())
    }

    fn add(&mut self, other: Count) {
        *self = Count(self.0 + other.0, self.1 + other.1, self.2 + other.2);
    }

    fn f1(self) -> f64 {
        2.0 * self.0 as f64 / ((self.1 + self.2) as f64).max(1.0)
    }
}

/// Counts over a corpus: in all, without MISC, of spans whatever their type, and by kind.
#[derive(Default)]
struct Table {
    all: Count,
    three: Count,
    spans: Count,
    kinds: [Count; 4],
}

impl Table {
    /// Adds a document; gives its count.
    fn add(&mut self, doc: &Doc, given: &[Name], kinds: &[MentionKind]) -> Count {
        let of = |names: &[Name], keep: &[MentionKind]| -> Vec<Name> {
            names.iter().copied().filter(|n| keep.contains(&n.2)).collect()
        };
        let (given, gold) = (of(&names::settled(doc, given), kinds), of(&doc.names, kinds));
        let count = Count::of(&given, &gold);
        self.all.add(count);
        self.three.add(Count::of(&of(&given, &THREE), &of(&gold, &THREE)));
        let bare = |names: &[Name]| -> Vec<Name> {
            names.iter().map(|n| (n.0, n.1, MentionKind::Misc)).collect()
        };
        self.spans.add(Count::of(&bare(&given), &bare(&gold)));
        for (kind, sum) in KINDS.iter().zip(&mut self.kinds) {
            sum.add(Count::of(&of(&given, &[*kind]), &of(&gold, &[*kind])));
        }
        count
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count(right, given, gold) = self.all;
        let share = |n: usize| right as f64 / n.max(1) as f64;
        write!(f, "F1 {:.3}  P {:.3}  R {:.3}", self.all.f1(), share(given), share(gold))?;
        write!(f, "  PER+LOC+ORG {:.3}  spans {:.3} ", self.three.f1(), self.spans.f1())?;
        for (kind, count) in KINDS.iter().zip(self.kinds).filter(|(_, c)| c.2 > 0) {
            write!(f, " {} {:.3}", kind.name(), count.f1())?;
        }
        write!(f, "  ({gold} names)")
    }
}

/// Runs the task.
///
/// # Errors
///
/// When a corpus that is there cannot be read, the results cannot be written, or a figure fell
/// below its floor.
pub fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let mut floor = Floor::of("names")?;
    for corpus in &CORPORA {
        let path = shared.join(corpus.file);
        if !path.exists() {
            println!("{}: not measured", corpus.name);
            continue;
        }
        let docs = (corpus.read)(&path)?;
        let (table, items) = measure(&docs, pack(corpus.lang)?, corpus.kinds);
        println!("{}: {table}", corpus.name);
        floor.check(corpus.name, table.all.f1());
        floor.check(&format!("{}_three", corpus.name), table.three.f1());
        save("names", &format!("{}.jsonl", corpus.name), &items)?;
    }
    others(&shared.join(file::FENEC))?;
    floor.hold()?;
    Ok(())
}

/// Measures on what names are developed on, and tells what they may be learnt from; `verbose`
/// lists the errors. Writes nothing.
///
/// # Errors
///
/// When a corpus is missing or cannot be read.
pub fn develop(shared: &Path, verbose: bool) -> Result<(), Box<dyn Error>> {
    for code in ["fr", "en"] {
        let docs = names::training(shared, code)?;
        let open: usize = docs.iter().map(|d| d.open.len()).sum();
        let count = |kind| docs.iter().flat_map(|d| &d.names).filter(|n| n.2 == kind).count();
        print!("{code}, to learn from: {} documents, {open} open", docs.len());
        KINDS.iter().for_each(|kind| print!(", {} {}", count(*kind), kind.name()));
        let docs = names::development(shared, code)?;
        println!("\n{code}, to develop on: {}", measure(&docs, pack(code)?, &KINDS).0);
        if verbose {
            docs.iter().try_for_each(|doc| pack(code).map(|pack| tell(doc, pack)))?;
        }
    }
    Ok(())
}

fn pack(code: &str) -> Result<&'static Pack, Box<dyn Error>> {
    Ok(lang::pack(code).ok_or("no such language")?)
}

/// The counts of a corpus, and a line for each document.
fn measure(docs: &[Doc], pack: &'static Pack, kinds: &[MentionKind]) -> (Table, Vec<String>) {
    let mut table = Table::default();
    let mut items = Vec::new();
    for doc in docs {
        let given = found(&doc.text, pack);
        let Count(right, counted, gold) = table.add(doc, &given, kinds);
        let points = CodePoints::new(&doc.text);
        let place = |n: &Name| json!([points.at(n.0), points.at(n.1), n.2.name()]);
        let names: Vec<_> = given.iter().map(place).collect();
        let item = json!({"doc": doc.id, "gold": gold, "counted": counted, "right": right,
            "names": names});
        items.push(item.to_string());
    }
    (table, items)
}

/// The counts over documents, in words, of what `find` gives for each.
pub fn score(docs: &[Doc], find: impl Fn(&Doc) -> Vec<Name>) -> String {
    let mut table = Table::default();
    for doc in docs {
        table.add(doc, &find(doc), &KINDS);
    }
    table.to_string()
}

/// Prints the names of a document that are missed (-) or false (+).
fn tell(doc: &Doc, pack: &'static Pack) {
    let given = names::settled(doc, &found(&doc.text, pack));
    let missed = doc.names.iter().filter(|n| !given.contains(n)).map(|n| ('-', n));
    let wrong = given.iter().filter(|n| !doc.names.contains(n)).map(|n| ('+', n));
    let mut errors: Vec<(char, &Name)> = missed.chain(wrong).collect();
    errors.sort_by_key(|(_, n)| n.0);
    for (sign, (start, end, kind)) in errors {
        let words = &doc.text[*start as usize..*end as usize];
        println!("{} {sign} {} {words}", doc.id, kind.name());
    }
}

/// The names that the program finds in a text.
fn found(text: &str, pack: &'static Pack) -> Vec<Name> {
    let mentions = with_pack(&Article::plain("", text), pack).mentions;
    let names = mentions.iter().filter(|m| m.kind != MentionKind::Nominal);
    names.map(|m| (m.span.start, m.span.end, m.kind)).collect()
}

/// The names of other systems in FENEC's documents.
fn others(path: &Path) -> Result<(), Box<dyn Error>> {
    if !path.exists() {
        return Ok(());
    }
    let gold: BTreeMap<String, Doc> =
        names::fenec(path)?.into_iter().map(|d| (d.id.clone(), d)).collect();
    for (system, docs) in names::fenec_systems(path)? {
        let mut table = Table::default();
        for doc in &docs {
            table.add(&gold[&doc.id], &doc.names, &THREE);
        }
        println!("fenec, by {system}: {table}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_do_not_count_are_left_out() {
        use MentionKind::{Loc, Misc, Org, Per};
        let doc = Doc {
            id: "d".into(),
            text: "Ab Cd Ef Gh Ij".into(),
            names: vec![(0, 2, Per), (3, 5, Org), (9, 11, Misc)],
            open: vec![(6, 8)],
        };
        let given = [(0, 2, Per), (3, 5, Loc), (6, 8, Per), (9, 11, Misc), (12, 14, Loc)];
        let mut table = Table::default();
        assert_eq!(table.add(&doc, &given, &THREE), Count(1, 3, 2));
        assert_eq!(table.spans, Count(2, 3, 2));
        assert_eq!(table.kinds[3], Count::default());
        assert_eq!(table.add(&doc, &given, &KINDS), Count(2, 4, 3));
        assert_eq!((table.all, table.three), (Count(3, 7, 5), Count(2, 6, 4)));
    }
}
