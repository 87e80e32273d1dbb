//! `eval findings`: whether a story's findings tell how many were killed and injured, on incidents
//! with known counts: each incident's articles are a story.
//!
//! An incident is right when a finding about a figure of that fate has the known number as a
//! value (none is right where the number is 0). Beside it: those where a figure of any article
//! is it, which is the most that findings could tell; and of the incidents whose articles give
//! different numbers, those where a finding says so. Incidents are numbered from 0 in the order of
//! the file: even ones to develop on, odd ones to report.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use recoupe::analyse::Figure;
use recoupe::analyse::victims::victims;
use recoupe::article::Article;
use recoupe::check::{Finding, FindingKind, Status};
use recoupe::pipeline;
use recoupe::tell::dossier::Dossier;
use serde_json::{Value, json};

use super::corpus::{Floor, number, rows, save, string};

/// The fates that count as each known number, and its name.
const FATES: [(&str, &[&str]); 2] =
    [("killed", &["killed"]), ("injured", &["injured", "hospitalised"])];

/// The fates of the injured where nobody died: those shot were hurt.
const SHOT: &[&str] = &["injured", "hospitalised", "shot"];

/// What an incident's story tells of one fate.
#[derive(Default)]
struct Tally {
    incidents: u32,
    /// With a number above 0, and of them those right.
    some: u32,
    some_right: u32,
    right: u32,
    /// Those where some article's figure is the known number.
    read: u32,
    /// Those whose articles give different numbers; those where a finding has both as values, and
    /// where it says that they differ.
    differ: u32,
    told: u32,
    said: u32,
}

/// Runs the task.
///
/// # Errors
///
/// When the corpus cannot be read or a figure fell below its floor.
pub fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let Some(incidents) = rows(&shared.join("data/statements/gva_incidents_en.jsonl.xz"))? else {
        println!("gva_incidents_en: not measured");
        return Ok(());
    };
    let mut floor = Floor::of("findings")?;
    let mut tallies: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    let mut items = Vec::new();
    for (i, incident) in incidents.iter().enumerate() {
        let half = if i % 2 == 0 { "even" } else { "odd" };
        let story = pipeline::dossier(articles(incident), vec![], vec![], Default::default());
        let mut item = json!({"incident": string(incident, "incident")});
        let dead = story.findings.iter().any(|f| is_of(&story, f, FATES[0].1));
        for (fate, names) in FATES {
            let gold = number(incident, fate);
            let tally = tallies.entry((half, fate)).or_default();
            let hurt = if fate == "injured" && !dead { SHOT } else { names };
            let values = measure(&story, [names, hurt], gold, tally);
            item[fate] = json!({"gold": gold, "values": values});
        }
        items.push(item.to_string());
    }
    for ((half, fate), t) in &tallies {
        let share = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
        println!(
            "{half} {fate}: right {:.3} of {} (above 0: {:.3} of {}); read in an article {:.3}; articles differ in {}: both numbers told {:.3}, said to differ {:.3}",
            share(t.right, t.incidents),
            t.incidents,
            share(t.some_right, t.some),
            t.some,
            share(t.read, t.incidents),
            t.differ,
            share(t.told, t.differ),
            share(t.said, t.differ),
        );
        floor.check(&format!("{half}_{fate}"), share(t.right, t.incidents));
        floor.check(&format!("{half}_{fate}_differ"), share(t.told, t.differ));
    }
    save("findings", "gva_incidents_en.jsonl", &items)?;
    floor.hold()?;
    Ok(())
}

fn articles(incident: &Value) -> Vec<Article> {
    let none = Vec::new();
    let article = |doc: &Value| {
        let mut article = Article::plain(string(doc, "id"), string(doc, "text"));
        article.title = doc["title"].as_str().map(str::to_owned);
        article.published = string(doc, "dct").parse().ok();
        article.lang = Some("en".to_owned());
        article.topic = Some(string(incident, "incident"));
        article
    };
    incident["articles"].as_array().unwrap_or(&none).iter().map(article).collect()
}

/// Counts what a story tells of a fate; gives the values of its findings.
/// `fates` of the number, and those that may count as it in this story.
fn measure(story: &Dossier, fates: [&[&str]; 2], gold: u32, tally: &mut Tally) -> Vec<String> {
    let [fates, wide] = fates;
    let of = |fates: &[&str]| -> Vec<&Finding> {
        story.findings.iter().filter(|f| is_of(story, f, fates)).collect()
    };
    let own = of(fates);
    let values = |f: &Finding| -> BTreeSet<String> {
        f.values.iter().filter_map(|v| v.norm.clone()).collect()
    };
    let all: BTreeSet<String> = of(wide).iter().flat_map(|f| values(f)).collect();
    let holds = |value: &String| *value == gold.to_string() || *value == format!("{gold}..");
    let right = if gold == 0 { all.is_empty() } else { all.iter().any(holds) };
    let by_article: Vec<BTreeSet<String>> =
        story.analyses.iter().map(|a| a.figures.iter()).map(|f| exact(f, fates)).collect();
    let read: BTreeSet<&String> = by_article.iter().flatten().collect();
    let told = by_article.iter().filter(|s| s.len() == 1);
    let numbers: BTreeSet<&String> = told.flatten().collect();
    let both = |f: &&&Finding| values(f).len() > 1;
    let says = |f: &&&Finding| matches!(f.status, Status::Disputed | Status::Evolving);
    tally.incidents += 1;
    tally.right += u32::from(right);
    tally.some += u32::from(gold > 0);
    tally.some_right += u32::from(gold > 0 && right);
    tally.read += u32::from(read.iter().any(|v| holds(v)) || gold == 0 && read.is_empty());
    if numbers.len() > 1 {
        tally.differ += 1;
        tally.told += u32::from(own.iter().any(|f| both(&f)));
        tally.said += u32::from(own.iter().any(|f| both(&f) && says(&f)));
    }
    all.into_iter().collect()
}

/// The numbers of these fates that are just one number.
fn exact<'a>(figures: impl Iterator<Item = &'a Figure>, fates: &[&str]) -> BTreeSet<String> {
    let of = figures.filter(|f| f.fate.is_some_and(|x| fates.contains(&x)));
    of.filter(|f| f.lo == f.hi).filter_map(|f| f.value).map(|v| v.to_string()).collect()
}

/// Whether a finding is about a figure of these fates.
fn is_of(story: &Dossier, finding: &Finding, fates: &[&str]) -> bool {
    let supports = || finding.values.iter().flat_map(|v| v.supports.iter().map(move |s| (v, s)));
    finding.kind == FindingKind::Figure
        && supports().any(|(value, support)| {
            let at = support.place.article as usize;
            let analysis = &story.analyses[at];
            // Those told of one by one are told of beside the figures.
            let victims = victims(&story.articles[at].text, analysis);
            let figures = analysis.figures.iter().chain(&victims);
            let inside: Vec<&Figure> =
                figures.filter(|f| support.place.span.overlaps(f.span)).collect();
            inside
                .iter()
                .filter(|f| f.fate.is_some_and(|x| fates.contains(&x)))
                .any(|f| value.norm.as_deref() == Some(norm(f).as_str()))
        })
}

/// A figure as findings print it.
fn norm(figure: &Figure) -> String {
    match (figure.lo, figure.hi) {
        (Some(lo), Some(hi)) if lo == hi => lo.to_string(),
        (lo, hi) => {
            let show = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
            format!("{}..{}", show(lo), show(hi))
        }
    }
}
