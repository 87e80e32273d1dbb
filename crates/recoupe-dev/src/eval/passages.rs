//! Copied passages: character F1 against the seeds' gold and PAN-13 "none"; how many answers
//! of Clough and Stevenson (2009) are seen to be copied; speed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::time::Instant;

use recoupe::article::{Article, CodePoints};
use recoupe::reuse::{self, Locus, Pair};
use serde_json::{Value, json};

use super::corpus::{Floor, folder, number, rows, save, string};

/// Measures all and prints a line each.
///
/// # Errors
///
/// When a corpus that is there cannot be read, or a result not written.
pub fn run(shared: &Path) -> io::Result<()> {
    let mut floor = Floor::of("passages")?;
    seeds(shared, &mut floor)?;
    pan(shared, &mut floor)?;
    clough(shared)?;
    speed();
    floor.hold()
}

/// A pile of made-up articles: words as often as in the background of the first pack, one
/// article in five with a hundred words of an earlier one.
fn speed() {
    let entries = recoupe::lang::entries(recoupe::lang::PACKS[0].background);
    let mut words: Vec<&str> = Vec::new();
    for (word, count) in entries.filter_map(|l| l.split_once('\t')) {
        words.extend(std::iter::repeat_n(word, count.parse().unwrap_or(1)));
    }
    for size in [2_500, 5_000, 10_000] {
        let pile = invented(&words, size, 600);
        let start = Instant::now();
        let pairs = reuse::passages(&pile);
        let passages = start.elapsed();
        let families = reuse::families(&pile, &[], &pairs).len();
        let all = start.elapsed();
        let stories = recoupe::story::group(&pile, &[]).len();
        println!(
            "{size} invented articles of 600 words: {} pairs {passages:.1?}, {families} families {:.1?}, {stories} stories {:.1?}",
            pairs.len(),
            all - passages,
            start.elapsed() - all
        );
    }
}

fn invented(words: &[&str], size: usize, length: usize) -> Vec<Article> {
    let mut state = 1u64;
    let mut next = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound.max(1)
    };
    let mut pile: Vec<Vec<&str>> = Vec::with_capacity(size);
    for i in 0..size {
        let mut text: Vec<&str> = (0..length).map(|_| words[next(words.len())]).collect();
        if i > 0 && next(5) == 0 {
            let (from, at) = (next(i), next(length - 100));
            let copied: Vec<&str> = pile[from][at..at + 100].to_vec();
            let to = next(length - 100);
            text[to..to + 100].copy_from_slice(&copied);
        }
        pile.push(text);
    }
    let article = |(i, words): (usize, &Vec<&str>)| Article::plain(i.to_string(), words.join(" "));
    pile.iter().enumerate().map(article).collect()
}

fn seeds(shared: &Path, floor: &mut Floor) -> io::Result<()> {
    let gold = rows(&shared.join("gold/seeds/passages.jsonl"))?;
    let Some(gold) = gold else { return missing("seeds") };
    let ignore = rows(&shared.join("gold/seeds/passages_ignore.jsonl"))?.unwrap_or_default();
    let articles = folder(&shared.join("seeds"))?;
    let start = Instant::now();
    let pairs = reuse::passages(&articles);
    let time = start.elapsed();
    let lines: Vec<String> = pairs.iter().map(|p| row(p, &articles).to_string()).collect();
    save("passages", "seeds.jsonl", &lines)?;
    let mut score = Cells::default();
    score.add(&gold_cells(&gold), &gold_cells(&ignore), &cells(&pairs, &articles));
    floor.check("seeds", score.f1());
    println!("seeds: {score}  given {}  {time:.1?}", pairs.len());
    Ok(())
}

fn pan(shared: &Path, floor: &mut Floor) -> io::Result<()> {
    let data = shared.join("data/reuse");
    let docs = rows(&data.join("pan13_none_docs.jsonl.xz"))?;
    let gold = rows(&data.join("pan13_none_pairs.jsonl.xz"))?;
    let (Some(docs), Some(gold)) = (docs, gold) else { return missing("PAN-13 none") };
    let texts: BTreeMap<String, String> =
        docs.iter().map(|d| (string(d, "id"), string(d, "text"))).collect();
    let start = Instant::now();
    let (mut score, mut lines) = (Cells::default(), Vec::new());
    for row in &gold {
        let (susp, src) = (string(row, "susp"), string(row, "src"));
        let pile = [&susp, &src].map(|id| Article::plain(id, texts.get(id).map_or("", |t| t)));
        let pairs = reuse::passages(&pile);
        let cases = row["cases"].as_array().map_or(&[][..], |c| c);
        let wanted = cases.iter().flat_map(|c| {
            let side = |s: &str| number(c, &format!("{s}_start"))..number(c, &format!("{s}_end"));
            let (a, b) = (side("susp"), side("src"));
            a.map(|c| (susp.clone(), src.clone(), 0, c))
                .chain(b.map(|c| (susp.clone(), src.clone(), 1, c)))
        });
        let mut one = Cells::default();
        one.add(&wanted.collect(), &BTreeSet::new(), &cells(&pairs, &pile));
        lines.push(json!({"a": susp, "b": src, "right": one.right, "extra": one.extra, "missed": one.missed}).to_string());
        score.right += one.right;
        score.extra += one.extra;
        score.missed += one.missed;
    }
    floor.check("pan13_none", score.f1());
    println!("PAN-13 none, pair by pair: {score}  {:.1?}", start.elapsed());
    save("passages", "pan13_none.jsonl", &lines)?;
    let pile: Vec<Article> = texts.iter().map(|(id, text)| Article::plain(id, text)).collect();
    let start = Instant::now();
    let pairs = reuse::passages(&pile);
    println!(
        "PAN-13 none as one pile: {} articles, {} pairs of passages  {:.1?}",
        pile.len(),
        pairs.len(),
        start.elapsed()
    );
    Ok(())
}

fn clough(shared: &Path) -> io::Result<()> {
    let docs = rows(&shared.join("data/reuse/clough_stevenson_2009.jsonl.xz"))?;
    let Some(docs) = docs else { return missing("Clough-Stevenson") };
    let texts: BTreeMap<String, String> =
        docs.iter().map(|d| (string(d, "id"), string(d, "text"))).collect();
    let mut found: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut lines = Vec::new();
    for doc in &docs {
        let (label, source) = (string(doc, "label"), string(doc, "source"));
        let Some(text) = texts.get(&source).filter(|_| string(doc, "id") != source) else {
            continue;
        };
        let pile = [Article::plain("a", string(doc, "text")), Article::plain("b", text)];
        let share = reuse::copied_share(&pile, &reuse::passages(&pile))[0];
        let (copied, all) = found.entry(label.clone()).or_default();
        *copied += u32::from(share >= 0.1);
        *all += 1;
        lines.push(
            json!({"id": doc["id"], "label": label, "share": (share * 1e3).round() / 1e3})
                .to_string(),
        );
    }
    print!("Clough-Stevenson, answers with 10% copied:");
    for (label, (copied, all)) in &found {
        print!("  {label} {:.2}", f64::from(*copied) / f64::from(*all));
    }
    println!();
    save("passages", "clough_stevenson.jsonl", &lines)
}

fn missing(name: &str) -> io::Result<()> {
    println!("{name}: not measured");
    Ok(())
}

/// A pair as `recoupe passages` prints it.
fn row(pair: &Pair, articles: &[Article]) -> Value {
    let side = |l: Locus| {
        let article = &articles[l.article as usize];
        let (start, end) = CodePoints::new(&article.text).span(l.span);
        json!({"article": article.id, "start": start, "end": end})
    };
    let similarity = (pair.similarity * 1e3).round() / 1e3;
    json!({"a": side(pair.a), "b": side(pair.b), "kind": pair.kind.name(), "similarity": similarity})
}

/// A character of a pair of articles: their ids, which of the two, its code point.
type Cell = (String, String, u8, u32);

fn cells(pairs: &[Pair], articles: &[Article]) -> BTreeSet<Cell> {
    let points: Vec<CodePoints> = articles.iter().map(|a| CodePoints::new(&a.text)).collect();
    let mut cells = BTreeSet::new();
    for pair in pairs {
        let id = |l: Locus| articles[l.article as usize].id.clone();
        for (side, locus) in [(0, pair.a), (1, pair.b)] {
            let (start, end) = points[locus.article as usize].span(locus.span);
            cells.extend((start..end).map(|c| (id(pair.a), id(pair.b), side, c)));
        }
    }
    cells
}

fn gold_cells(rows: &[Value]) -> BTreeSet<Cell> {
    let mut cells = BTreeSet::new();
    for row in rows {
        let mut sides = ["a", "b"].map(|s| {
            (
                string(row, &format!("{s}_file")),
                number(row, &format!("{s}_start"))..number(row, &format!("{s}_end")),
            )
        });
        sides.sort_by(|x, y| x.0.cmp(&y.0));
        let [(a, first), (b, second)] = sides;
        cells.extend(first.map(|c| (a.clone(), b.clone(), 0, c)));
        cells.extend(second.map(|c| (a.clone(), b.clone(), 1, c)));
    }
    cells
}

/// Characters found, found wrongly, missed.
#[derive(Default)]
struct Cells {
    right: usize,
    extra: usize,
    missed: usize,
}

impl Cells {
    fn add(&mut self, gold: &BTreeSet<Cell>, ignore: &BTreeSet<Cell>, given: &BTreeSet<Cell>) {
        self.right += gold.intersection(given).count();
        self.missed += gold.difference(given).count();
        self.extra += given.iter().filter(|c| !gold.contains(c) && !ignore.contains(c)).count();
    }
}

impl Cells {
    fn f1(&self) -> f64 {
        share(2 * self.right, self.extra + self.missed)
    }
}

impl std::fmt::Display for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (p, r) = (share(self.right, self.extra), share(self.right, self.missed));
        write!(f, "F1 {:.3}  P {p:.3}  R {r:.3}", self.f1())
    }
}

fn share(part: usize, rest: usize) -> f64 {
    part as f64 / (part + rest).max(1) as f64
}
