//! `eval polnear` and `eval reported`: statements on corpora of attribution.
//!
//! PolNeAR (Newell, Margolin and Ruths, LREC 2018): English articles of the campaign of 2016, each
//! attribution with its source, cue and content. A content is found when a statement's overlaps it by Dice on
//! characters at .8, or at .3; of what is found the source is right when it shares a word with the
//! source's, or is what stands for it. Its dev part is to develop on, its test part to report.
//!
//! Reported speech on French trees (silver): the clause that a verb of report governs or breaks
//! into. What the tree calls content holds the inserted verb and its subject too; they are taken
//! out. *selon*: each use labelled by hand as an attribution or something else.

use std::error::Error;
use std::path::Path;

use recoupe::analyse::{Statement, analyse};
use recoupe::article::{Article, Span};
use serde_json::{Value, json};

use super::corpus;

/// Byte offset of each code point of a text, and its end.
struct Offsets(Vec<usize>);

impl Offsets {
    fn of(text: &str) -> Offsets {
        Offsets(text.char_indices().map(|(i, _)| i).chain([text.len()]).collect())
    }

    /// The span of `{"start", "end"}` in code points.
    fn span(&self, row: &Value) -> Option<Span> {
        let at = |key: &str| self.0.get(row[key].as_u64()? as usize).copied();
        Some(Span::new(at("start")?, at("end")?)).filter(|s| !s.is_empty())
    }

    fn spans(&self, rows: &Value) -> Vec<Span> {
        rows.as_array().into_iter().flatten().filter_map(|r| self.span(r)).collect()
    }
}

/// What is counted of a set of texts.
#[derive(Default, Clone, Copy)]
struct Sum {
    gold: usize,
    given: usize,
    /// Contents found at .8 and at .3.
    found: [usize; 2],
    /// Of them, those with the right source.
    source: [usize; 2],
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.gold += other.gold;
        self.given += other.given;
        for i in 0..2 {
            self.found[i] += other.found[i];
            self.source[i] += other.source[i];
        }
    }

    fn f1(&self, right: usize) -> f64 {
        2.0 * right as f64 / (self.gold + self.given).max(1) as f64
    }
}

const LEVELS: [f64; 2] = [0.8, 0.3];

fn dice(gold: &[Span], given: &[Span]) -> f64 {
    let shared: usize = gold.iter().flat_map(|g| given.iter().map(|p| g.shared(*p))).sum();
    let len = |s: &[Span]| s.iter().map(|x| x.len()).sum::<usize>();
    2.0 * shared as f64 / (len(gold) + len(given)).max(1) as f64
}

/// An attribution as annotated.
struct Gold {
    content: Vec<Span>,
    source: Vec<Span>,
}

/// The best pairs of annotated and found contents first, each used once: for each attribution its
/// statement and their overlap.
fn pairs(gold: &[Gold], given: &[Statement]) -> Vec<Option<(usize, f64)>> {
    let mut all = Vec::new();
    for (g, attribution) in gold.iter().enumerate() {
        for (i, statement) in given.iter().enumerate() {
            let overlap = dice(&attribution.content, &statement.content);
            if overlap >= LEVELS[1] {
                all.push((overlap, g, i));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut out = vec![None; gold.len()];
    let mut used = vec![false; given.len()];
    for (overlap, g, i) in all {
        if out[g].is_none() && !used[i] {
            out[g] = Some((i, overlap));
            used[i] = true;
        }
    }
    out
}

/// PolNeAR takes a quotation and those that go on from it for one attribution, the program for
/// several: those without a cue are added to the statement before them.
fn joined(given: Vec<Statement>) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::with_capacity(given.len());
    for statement in given {
        match out.last_mut().filter(|_| statement.by == "floating quotation") {
            Some(last) => last.content.extend(statement.content),
            None => out.push(statement),
        }
    }
    out
}

/// Whether a statement's source is the annotated one: the spans share half of the shorter one.
fn same_source(gold: &Gold, statement: &Statement) -> bool {
    let Some(source) = statement.source else { return gold.source.is_empty() };
    let shared: usize = gold.source.iter().map(|s| s.shared(source)).sum();
    let len: usize = gold.source.iter().map(|s| s.len()).sum();
    2 * shared >= len.min(source.len()) && shared > 0
}

/// Measures on PolNeAR. Writes `evals/polnear/{dev,test}.jsonl`.
///
/// # Errors
///
/// When the corpus cannot be read or the results cannot be written.
pub fn polnear(shared: &Path, verbose: bool) -> Result<(), Box<dyn Error>> {
    let Some(rows) = corpus::rows(&shared.join("data/statements/polnear_en.jsonl.xz"))? else {
        println!("polnear: not measured");
        return Ok(());
    };
    for split in ["dev", "test"] {
        let mut sum = Sum::default();
        let mut lines = Vec::new();
        for row in rows.iter().filter(|r| r["split"] == split) {
            let (score, line) = document(row, verbose && split == "dev");
            sum.add(score);
            lines.push(line.to_string());
        }
        let share = |of: usize, all: usize| of as f64 / all.max(1) as f64;
        println!(
            "polnear {split}: content F1@.8 {:.3} (P {:.3} R {:.3}), @.3 {:.3} (P {:.3} R {:.3}); with right source {:.3}, {:.3}; of contents found source {:.3}, {:.3}; attributions {} given {}",
            sum.f1(sum.found[0]),
            share(sum.found[0], sum.given),
            share(sum.found[0], sum.gold),
            sum.f1(sum.found[1]),
            share(sum.found[1], sum.given),
            share(sum.found[1], sum.gold),
            sum.f1(sum.source[0]),
            sum.f1(sum.source[1]),
            share(sum.source[0], sum.found[0]),
            share(sum.source[1], sum.found[1]),
            sum.gold,
            sum.given,
        );
        corpus::save("polnear", &format!("{split}.jsonl"), &lines)?;
    }
    Ok(())
}

fn document(row: &Value, verbose: bool) -> (Sum, Value) {
    let text = corpus::string(row, "text");
    let offsets = Offsets::of(&text);
    let attributions = row["attributions"].as_array().into_iter().flatten();
    let gold: Vec<Gold> = attributions
        .map(|a| Gold {
            content: offsets.spans(&a["content"]),
            source: offsets.spans(&a["source"]),
        })
        .filter(|g| !g.content.is_empty())
        .collect();
    let article = Article {
        lang: Some("en".into()),
        ..Article::plain(corpus::string(row, "doc"), text.as_str())
    };
    let given = joined(analyse(&article).value.statements);
    let paired = pairs(&gold, &given);
    let mut sum = Sum { gold: gold.len(), given: given.len(), ..Sum::default() };
    let mut items = Vec::new();
    for (attribution, pair) in gold.iter().zip(&paired) {
        let right = pair.is_some_and(|(i, _)| same_source(attribution, &given[i]));
        let overlap = pair.map_or(0.0, |(_, o)| o);
        for (l, level) in LEVELS.iter().enumerate() {
            let found = usize::from(overlap >= *level);
            sum.found[l] += found;
            sum.source[l] += found * usize::from(right);
        }
        let start = attribution.content[0].start as usize;
        items.push(json!([
            text[..start].chars().count(),
            (overlap * 100.0).round() as u32,
            u8::from(right)
        ]));
        if verbose && overlap < LEVELS[0] {
            show(&text, "MISS", attribution, pair.map(|(i, _)| &given[i]));
        }
    }
    if verbose {
        for (i, s) in given.iter().enumerate() {
            if !paired.iter().flatten().any(|(used, _)| *used == i) {
                let source = s.source.map_or("", |x| x.of(&text));
                let cue = s.cue.map_or("", |x| x.of(&text));
                println!("EXTRA [{}] {:?} ({source} / {cue})", s.by, s.span().of(&text));
            }
        }
    }
    let line = json!({"doc": row["doc"], "given": given.len(), "items": items});
    (sum, line)
}

fn show(text: &str, what: &str, gold: &Gold, near: Option<&Statement>) {
    let words = |s: &[Span]| s.iter().map(|x| x.of(text)).collect::<Vec<_>>().join(" + ");
    let whole = gold.content.iter().chain(&gold.source).copied().reduce(Span::join);
    let around = whole.map_or(String::new(), |w| {
        let mut from = (w.start as usize).saturating_sub(60);
        let mut to = (w.end as usize + 60).min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        text[from..to].replace('\n', "|")
    });
    let near = near.map_or("-".into(), |s| format!("[{}] {}", s.by, words(&s.content)));
    println!(
        "{what} C<{}> S<{}>\n   NEAR {near}\n   IN {around}",
        words(&gold.content),
        words(&gold.source)
    );
}

/// Measures on French trees. Writes `evals/reported/{clauses,selon}.jsonl`.
///
/// # Errors
///
/// When a corpus cannot be read or the results cannot be written.
pub fn french(shared: &Path, verbose: bool) -> Result<(), Box<dyn Error>> {
    let folder = shared.join("data/statements");
    match corpus::rows(&folder.join("ud_fr_reported_speech_silver.jsonl.xz"))? {
        Some(rows) => clauses(&rows, verbose)?,
        None => println!("reported clauses: not measured"),
    }
    match corpus::rows(&folder.join("ud_fr_selon_labelled.jsonl.xz"))? {
        Some(rows) => selon(&rows, verbose)?,
        None => println!("reported selon: not measured"),
    }
    Ok(())
}

/// A row's sentence, analysed as an article of its own.
fn sentence(row: &Value) -> (String, Vec<Statement>) {
    let text = corpus::string(row, "text");
    let id = corpus::string(row, "sent_id");
    let article = Article { lang: Some("fr".into()), ..Article::plain(id, text.as_str()) };
    (text, analyse(&article).value.statements)
}

/// A span without another that lies inside it.
fn without(spans: Vec<Span>, hole: Span) -> Vec<Span> {
    let mut out = Vec::new();
    for s in spans {
        if !s.overlaps(hole) {
            out.push(s);
            continue;
        }
        let parts = [
            Span { start: s.start, end: hole.start.max(s.start) },
            Span { start: hole.end.min(s.end), end: s.end },
        ];
        out.extend(parts.into_iter().filter(|p| p.start < p.end));
    }
    out
}

fn clauses(rows: &[Value], verbose: bool) -> Result<(), Box<dyn Error>> {
    let mut lines = Vec::new();
    // Develop or report, then kind of clause: found at .8, at .3, with right source, of how many.
    let mut sums = [[[0usize; 4]; 2]; 2];
    // The same without what the writer says: found at .8, of how many.
    let mut others = [[[0usize; 2]; 2]; 2];
    for row in rows {
        let (text, given) = sentence(row);
        let offsets = Offsets::of(&text);
        let Some(content) = offsets.span(&row["content"]) else { continue };
        let (cue, source) = (offsets.span(&row["cue"]), offsets.span(&row["source"]));
        let mut spans = vec![content];
        for hole in [cue, source].into_iter().flatten().filter(|h| content.contains(*h)) {
            spans = without(spans, hole);
        }
        let gold = Gold { content: spans, source: source.into_iter().collect() };
        let best = given.iter().map(|s| (dice(&gold.content, &s.content), s));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0));
        let (overlap, right) = best.map_or((0.0, false), |(o, s)| (o, same_source(&gold, s)));
        let report = usize::from(row["split"] == "test");
        let sum = &mut sums[report][usize::from(row["kind"] == "parataxis")];
        sum[0] += usize::from(overlap >= LEVELS[0]);
        sum[1] += usize::from(overlap >= LEVELS[1]);
        sum[2] += usize::from(overlap >= LEVELS[0] && right);
        sum[3] += 1;
        if verbose && report == 0 && overlap < LEVELS[0] {
            show(&text, "MISS", &gold, best.map(|(_, s)| s).filter(|_| overlap > 0.0));
        }
        let source = corpus::string(&row["source"], "text").to_lowercase();
        if !matches!(source.as_str(), "je" | "j" | "nous" | "vous" | "tu" | "on" | "nul") {
            let third = &mut others[report][usize::from(row["kind"] == "parataxis")];
            third[0] += usize::from(overlap >= LEVELS[0]);
            third[1] += 1;
        }
        lines.push(
            json!({"id": row["sent_id"], "split": row["split"], "kind": row["kind"],
                "start": row["content"]["start"], "overlap": (overlap * 100.0).round() as u32, "source": right})
            .to_string(),
        );
    }
    for ((part, kinds), others) in ["dev", "test"].iter().zip(&sums).zip(&others) {
        let kinds = ["que clauses", "parataxis"].iter().zip(kinds).zip(others);
        for ((kind, [found, loose, source, of]), [third, thirds]) in kinds {
            let share = *found as f64 / (*of).max(1) as f64;
            println!(
                "reported {part} {kind}: at .8 {found}/{of} ({share:.3}), at .3 {loose}; with right source {source}; of third persons {third}/{thirds}"
            );
        }
    }
    Ok(corpus::save("reported", "clauses.jsonl", &lines)?)
}

fn selon(rows: &[Value], verbose: bool) -> Result<(), Box<dyn Error>> {
    let mut lines = Vec::new();
    // Right, given, gold: of the treebank to develop on, and of the others.
    let mut sums = [[0usize; 3]; 2];
    for row in rows {
        let (text, given) = sentence(row);
        let Some(cue) = Offsets::of(&text).span(&row["cue"]) else { continue };
        let gold = row["label"] == "attribution";
        let found = given.iter().any(|s| s.cue.is_some_and(|c| c.overlaps(cue)));
        let develop =
            matches!(row["corpus"].as_str(), Some("UD_French-Sequoia" | "UD_French-ParTUT"));
        let sum = &mut sums[usize::from(!develop)];
        sum[0] += usize::from(gold && found);
        sum[1] += usize::from(found);
        sum[2] += usize::from(gold);
        if verbose && develop && gold != found {
            println!("{} {text}", if gold { "MISS" } else { "EXTRA" });
        }
        lines.push(
            json!({"id": row["sent_id"], "start": row["cue"]["start"], "label": row["label"], "found": found})
                .to_string(),
        );
    }
    let all = [0, 1, 2].map(|k| sums[0][k] + sums[1][k]);
    for (part, [right, given, gold]) in ["dev", "report", "all"].iter().zip([sums[0], sums[1], all])
    {
        let share = |of: usize| right as f64 / of.max(1) as f64;
        println!(
            "reported selon {part}: P {:.3} R {:.3} (right {right}, given {given}, gold {gold})",
            share(given),
            share(gold)
        );
    }
    Ok(corpus::save("reported", "selon.jsonl", &lines)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_serves_one_attribution() {
        let gold = |from, to| Gold { content: vec![Span::new(from, to)], source: Vec::new() };
        let text = "« Non », a dit Ana Roux. « Oui », a dit Paul Blanc.";
        let article = Article { lang: Some("fr".into()), ..Article::plain("a", text) };
        let given = analyse(&article).value.statements;
        let all = [gold(0, 9), gold(0, 10)];
        let used: Vec<usize> = pairs(&all, &given).into_iter().flatten().map(|(i, _)| i).collect();
        assert!(used.len() <= 1 || used[0] != used[1]);
    }

    #[test]
    fn a_hole_leaves_what_stands_around_it() {
        let spans = without(vec![Span::new(0, 10)], Span::new(3, 5));
        assert_eq!(spans, [Span::new(0, 3), Span::new(5, 10)]);
        assert_eq!(without(vec![Span::new(0, 4)], Span::new(6, 8)), [Span::new(0, 4)]);
        assert_eq!(without(vec![Span::new(2, 4)], Span::new(0, 8)), []);
    }

    #[test]
    fn offsets_count_code_points() {
        let offsets = Offsets::of("é, à");
        assert_eq!(offsets.span(&json!({"start": 1, "end": 4})), Some(Span::new(2, 6)));
        assert_eq!(offsets.span(&json!({"start": 1, "end": 9})), None);
    }
}
