//! Which names are one thing: B-cubed of entity identifiers on the cases of `tests/cases/entities`
//! and on MEANTIME's entities across documents.
//!
//! A name counts when the program finds it with the very words that are marked; how many of the
//! marked names that are is told apart. Bagga and Baldwin, "Algorithms for scoring coreference
//! chains", 1998.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use recoupe::analyse::{Analysis, MentionKind, analyse, with_pack};
use recoupe::article::Article;
use recoupe::knowledge::load::Own;
use recoupe::lang::{self, Pack};
use recoupe::story::entity;
use serde_json::{Value, json};

use super::corpus::{Floor, rows, save, string};

/// A story with its marked names.
struct Case {
    name: String,
    held_out: bool,
    articles: Vec<(Article, &'static Pack, Vec<Mark>)>,
}

/// Marks and the identifiers given.
type Pairs = Vec<(String, String)>;

/// A marked name: where it stands in the text (bytes) and what for.
struct Mark {
    start: usize,
    end: usize,
    of: String,
}

/// Runs the task.
///
/// # Errors
///
/// When a case cannot be read or the results cannot be written.
pub fn run(shared: &Path, cases: &Path, verbose: bool) -> Result<(), Box<dyn Error>> {
    let mut floor = Floor::of("entities")?;
    let mut items: Vec<Value> = Vec::new();
    let mut all: BTreeMap<(bool, bool), Vec<(String, String)>> = BTreeMap::new();
    let (mut marked, mut found) = (0, 0);
    for case in read_cases(&cases.join("entities"))? {
        marked += case.articles.iter().map(|a| a.2.len()).sum::<usize>();
        let (alone, together) = case.measure();
        found += together.len();
        for (story, pairs) in [(false, &alone), (true, &together)] {
            let kept = all.entry((case.held_out, story)).or_default();
            // Stories have nothing in common: their marks are their own.
            kept.extend(pairs.iter().map(|(g, p)| (name(&case, g), name(&case, p))));
        }
        if verbose && !case.held_out {
            tell(&case.name, &together);
        }
        let row = |pairs: &[(String, String)]| round(bcubed(pairs).2);
        items.push(json!({"case": case.name, "held_out": case.held_out,
            "names": case.articles.iter().map(|a| a.2.len()).sum::<usize>(),
            "found": together.len(), "alone": row(&alone), "story": row(&together)}));
    }
    println!("names found with the words marked: {found} of {marked}");
    for ((held_out, story), pairs) in &all {
        let which = if *held_out { "held out" } else { "to develop on" };
        let how = if *story { "story" } else { "article alone" };
        let (p, r, f) = bcubed(pairs);
        println!("{which}, {how}: B-cubed F1 {f:.3}  P {p:.3}  R {r:.3}  ({} names)", pairs.len());
        floor.check(&format!("{}_{}", which.replace(' ', "_"), how.replace(' ', "_")), f);
    }
    save("entities", "cases.jsonl", &lines(&items))?;
    meantime(shared, &mut floor, verbose)?;
    floor.hold()?;
    Ok(())
}

fn name(case: &Case, mark: &str) -> String {
    format!("{} {mark}", case.name)
}

fn lines(items: &[Value]) -> Vec<String> {
    items.iter().map(Value::to_string).collect()
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

impl Case {
    /// Pairs of mark and identifier given: each article alone, and the story.
    fn measure(&self) -> (Pairs, Pairs) {
        let articles: Vec<Article> = self.articles.iter().map(|a| a.0.clone()).collect();
        let mut analyses: Vec<Analysis> =
            self.articles.iter().map(|(a, pack, _)| with_pack(a, pack)).collect();
        let mut alone = Vec::new();
        for ((article, _, marks), analysis) in self.articles.iter().zip(&analyses) {
            let own = |name: String| format!("{} {name}", article.id);
            alone.extend(pairs(marks, analysis).into_iter().map(|(g, p)| (own(g), own(p))));
        }
        let story: Vec<u32> = (0..articles.len() as u32).collect();
        entity::resolve(&articles, &mut analyses, &story, Own::none());
        let together = self.articles.iter().zip(&analyses);
        let together = together.flat_map(|((_, _, marks), a)| pairs(marks, a)).collect();
        (alone, together)
    }
}

/// The marked names that were found, each with its mark and the identifier it was given.
fn pairs(marks: &[Mark], analysis: &Analysis) -> Vec<(String, String)> {
    let given = |mark: &Mark| {
        let same = |m: &&recoupe::analyse::Mention| {
            (m.kind != MentionKind::Nominal || m.entity.is_some())
                && (m.span.start as usize, m.span.end as usize) == (mark.start, mark.end)
        };
        let found = analysis.mentions.iter().find(same)?;
        Some((mark.of.clone(), found.entity.clone()?))
    };
    marks.iter().filter_map(given).collect()
}

/// Precision, recall, F1.
fn bcubed(pairs: &[(String, String)]) -> (f64, f64, f64) {
    let mut both: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let mut gold: BTreeMap<&str, f64> = BTreeMap::new();
    let mut given: BTreeMap<&str, f64> = BTreeMap::new();
    for (g, p) in pairs {
        *both.entry((g, p)).or_default() += 1.0;
        *gold.entry(g).or_default() += 1.0;
        *given.entry(p).or_default() += 1.0;
    }
    let n = (pairs.len() as f64).max(1.0);
    let sum = |of: &dyn Fn(&str, &str) -> f64| -> f64 {
        both.iter().map(|((g, p), c)| c * c / of(g, p)).sum::<f64>() / n
    };
    let (p, r) = (sum(&|_, p| given[p]), sum(&|g, _| gold[g]));
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

/// What is split and what is merged.
fn tell(case: &str, pairs: &[(String, String)]) {
    let mut by_mark: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut by_id: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (g, p) in pairs {
        *by_mark.entry(g).or_default().entry(p).or_default() += 1;
        *by_id.entry(p).or_default().entry(g).or_default() += 1;
    }
    for (what, of) in [("split", by_mark), ("merged", by_id)] {
        for (name, parts) in of.iter().filter(|(_, parts)| parts.len() > 1) {
            println!("  {case}: {what} {name}: {parts:?}");
        }
    }
}

fn read_cases(folder: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut out = Vec::new();
    for pack in lang::PACKS {
        let mut files: Vec<_> =
            fs::read_dir(folder.join(pack.code))?.collect::<Result<Vec<_>, _>>()?;
        files.sort_by_key(|f| f.file_name());
        for file in files {
            let text = fs::read_to_string(file.path())?;
            let name = format!("{}/{}", pack.code, file.file_name().to_string_lossy());
            out.push(read_case(name, &text, pack)?);
        }
    }
    Ok(out)
}

fn read_case(name: String, file: &str, pack: &'static Pack) -> Result<Case, Box<dyn Error>> {
    let mut parts = file.split("\n## ");
    let head = parts.next().unwrap_or_default();
    let held_out = head.lines().any(|l| l == "held-out: yes");
    let mut articles = Vec::new();
    for part in parts {
        let (title, body) = part.split_once('\n').ok_or("an article without text")?;
        let (id, code) = title.split_once(' ').unwrap_or((title, pack.code));
        let own = lang::pack(code).ok_or_else(|| format!("{name}: no language {code}"))?;
        let (text, marks) = unmark(body.trim());
        articles.push((Article::plain(id, text), own, marks));
    }
    Ok(Case { name, held_out, articles })
}

/// The text without its marks, and where they were. A name marked `-` does not count.
fn unmark(body: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let Some((inside, next)) = after.split_once(']') else { break };
        let (name, of) = inside.split_once('|').unwrap_or((inside, "-"));
        let start = text.len();
        text.push_str(name);
        if of != "-" {
            marks.push(Mark { start, end: text.len(), of: of.to_string() });
        }
        rest = next;
    }
    text.push_str(rest);
    (text, marks)
}

/// MEANTIME: four sets of Wikinews articles whose names are tied across documents. Each set is one
/// story; its tokens are joined by single spaces.
fn meantime(shared: &Path, floor: &mut Floor, verbose: bool) -> Result<(), Box<dyn Error>> {
    let Some(documents) = rows(&shared.join("data/statements/meantime_en.jsonl.xz"))? else {
        println!("meantime_en: not measured");
        return Ok(());
    };
    let mut sets: BTreeMap<String, Vec<(Article, Vec<Mark>)>> = BTreeMap::new();
    for document in &documents {
        let id = string(document, "doc");
        let set = id.split('/').next().unwrap_or_default().to_string();
        sets.entry(set).or_default().push(meantime_document(document, id));
    }
    let (mut all, mut items) = (Vec::new(), Vec::new());
    for (set, documents) in sets {
        let (articles, marks): (Vec<Article>, Vec<_>) = documents.into_iter().unzip();
        let mut analyses: Vec<Analysis> = articles.iter().map(|a| analyse(a).value).collect();
        let story: Vec<u32> = (0..articles.len() as u32).collect();
        entity::resolve(&articles, &mut analyses, &story, Own::none());
        let pairs: Vec<_> = marks.iter().zip(&analyses).flat_map(|(m, a)| pairs(m, a)).collect();
        if verbose {
            tell(&set, &pairs);
        }
        items.push(json!({"set": set, "names": pairs.len(), "f1": round(bcubed(&pairs).2)}));
        all.extend(pairs.into_iter().map(|(g, p)| (format!("{set} {g}"), format!("{set} {p}"))));
    }
    let (p, r, f) = bcubed(&all);
    println!("meantime_en: B-cubed F1 {f:.3}  P {p:.3}  R {r:.3}  ({} names)", all.len());
    floor.check("meantime_en", f);
    save("entities", "meantime_en.jsonl", &lines(&items))?;
    Ok(())
}

fn meantime_document(document: &Value, id: String) -> (Article, Vec<Mark>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let mut sentence = None;
    for token in document["tokens"].as_array().map_or(&[][..], Vec::as_slice) {
        if !text.is_empty() {
            text.push_str(if sentence == token[0].as_u64() { " " } else { "\n\n" });
        }
        sentence = token[0].as_u64();
        let start = text.len();
        text.push_str(token[1].as_str().unwrap_or_default());
        spans.push((start, text.len()));
    }
    let mentions = document["mentions"].as_array().map_or(&[][..], Vec::as_slice);
    let mark = |m: &Value| {
        let chain = m["chain"].as_str()?;
        // "cross", "intra" and both before it say where else the entity is named.
        let chain = chain.rsplit('_').next()?;
        let named = ["PER", "ORG", "LOC"].iter().any(|k| chain.starts_with(k));
        let at = |field: &str| spans.get(m[field].as_u64()? as usize);
        let (start, end) = (at("from")?.0, at("to")?.1);
        named.then(|| Mark { start, end, of: chain.to_string() })
    };
    let marks = mentions.iter().filter(|m| m["kind"] == "entity").filter_map(mark).collect();
    (Article::plain(id, text), marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_of_the_text() {
        let (text, marks) = unmark("La [CGT|cgt] et [X|-] à [Sorve|ville].");
        assert_eq!(text, "La CGT et X à Sorve.");
        let names: Vec<_> = marks.iter().map(|m| (&text[m.start..m.end], &m.of[..])).collect();
        assert_eq!(names, [("CGT", "cgt"), ("Sorve", "ville")]);
    }

    #[test]
    fn one_cluster_split_in_two_halves_its_recall() {
        let pair = |g: &str, p: &str| (g.to_string(), p.to_string());
        let (p, r, _) = bcubed(&[pair("a", "1"), pair("a", "2")]);
        assert_eq!((p, r), (1.0, 0.5));
    }
}
