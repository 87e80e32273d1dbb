//! `eval figures`: how many were killed and injured, on incidents with known counts.
//!
//! Two measures of each article, by its figures whose fate is that one: whether any of them is
//! the known number (none when it is 0), and whether the one read most often is. Where no figure
//! is read, the text may still tell of a single death or wound (`the victim died`), or of those
//! shot less those killed: see [`told_without`]. An article that tells of no hurt does not vote on their number. The headline is part of an article. Then the incident's: the number most of its
//! articles give. Incidents are numbered from 0 in the order of the file: even ones to develop
//! on, odd ones to report.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;

use recoupe::analyse::Figure;
use recoupe::analyse::figure::{figures, told};
use recoupe::analyse::sentence::sentences;
use recoupe::article::Article;
use recoupe::lang::pack;
use serde::Deserialize;

#[derive(Deserialize)]
struct Incident {
    incident: String,
    killed: u32,
    injured: u32,
    articles: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    id: String,
    title: String,
    text: String,
}

/// What the articles of an incident say of one fate.
#[derive(Default)]
struct Tally {
    articles: u32,
    any: u32,
    /// With a number read, and those where it is the known one.
    read: u32,
    right: u32,
    exact: u32,
    incidents: u32,
    vote: u32,
}

/// The fates that count as each known number, first the ones that say just that.
const FATES: [(&str, &[&str]); 2] =
    [("killed", &["killed"]), ("injured", &["injured", "hospitalised"])];

/// Measures on the corpus under `shared`. Writes `evals/figures/gva_incidents_en.tsv`.
pub fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let path = shared.join("data/statements/gva_incidents_en.jsonl.xz");
    let Ok(bytes) = fs::read(&path) else {
        println!("figures: not measured ({} is missing)", path.display());
        return Ok(());
    };
    let mut text = String::new();
    lzma_rust2::XzReader::new(&bytes[..], false).read_to_string(&mut text)?;
    let mut tallies: BTreeMap<(bool, usize), Tally> = BTreeMap::new();
    let mut items = String::from("incident\tarticle\tkilled\tread\tinjured\tread\n");
    for (i, line) in text.lines().enumerate() {
        let incident: Incident = serde_json::from_str(line)?;
        measure(&incident, i % 2 == 0, &mut tallies, &mut items)?;
    }
    for ((even, fate), t) in &tallies {
        let half = if *even { "even" } else { "odd" };
        let share = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
        println!(
            "{half} {}: articles {} any {:.3} exact {:.3} (of {} with a number {:.3}); incidents {} vote {:.3}",
            FATES[*fate].0,
            t.articles,
            share(t.any, t.articles),
            share(t.exact, t.articles),
            t.read,
            share(t.right, t.read),
            t.incidents,
            share(t.vote, t.incidents)
        );
    }
    fs::create_dir_all("evals/figures")?;
    fs::write("evals/figures/gva_incidents_en.tsv", items)?;
    Ok(())
}

fn measure(
    incident: &Incident,
    even: bool,
    tallies: &mut BTreeMap<(bool, usize), Tally>,
    items: &mut String,
) -> Result<(), Box<dyn Error>> {
    let pack = pack("en").ok_or("no English pack")?;
    let mut votes = [Vec::new(), Vec::new()];
    for report in &incident.articles {
        // As a reader has it: the headline is the first line.
        let text = format!("{}\n\n{}", report.title, report.text);
        let article = Article::plain(&report.id, &text);
        let (sentences, tokens) = sentences(&article, pack);
        let found = figures(&article.text, &sentences, &tokens, &[], pack);
        write!(items, "{}\t{}", incident.incident, report.id)?;
        let told = told(&article.text, &sentences, &tokens, pack);
        let tells = found.iter().any(|f| f.fate.is_some()) || told.contains(&"killed");
        for (fate, gold) in [incident.killed, incident.injured].into_iter().enumerate() {
            let values = values(&found, FATES[fate].1);
            let counted = chosen(&values);
            let chosen = counted.or_else(|| told_without(&told, &found, fate));
            let tally = tallies.entry((even, fate)).or_default();
            tally.articles += 1;
            tally.any += u32::from(values.contains(&gold) || (gold == 0 && values.is_empty()));
            tally.exact += u32::from(chosen.unwrap_or(0) == gold);
            tally.read += u32::from(counted.is_some());
            tally.right += u32::from(counted == Some(gold));
            // Who tells of an incident tells of the dead; of the hurt many say nothing.
            if fate == 0 && tells {
                votes[fate].push(chosen.unwrap_or(0));
            } else if fate == 1 {
                votes[fate].extend(chosen);
            }
            write!(items, "\t{gold}\t{}", chosen.map_or("-".to_string(), |v| v.to_string()))?;
        }
        items.push('\n');
    }
    for (fate, gold) in [incident.killed, incident.injured].into_iter().enumerate() {
        let tally = tallies.entry((even, fate)).or_default();
        tally.incidents += 1;
        tally.vote += u32::from(chosen(&votes[fate]).unwrap_or(0) == gold);
    }
    Ok(())
}

/// What an article with no figure of a fate still says of it: one, when it tells that it befell
/// somebody (of the wounded, where nobody died: else the words tell of the dead); those shot who
/// did not die, when it counts the shot.
fn told_without(told: &[&str], found: &[Figure], fate: usize) -> Option<u32> {
    let tells = |fates: &[&str]| fates.iter().any(|f| told.contains(f));
    if fate == 0 {
        return tells(FATES[0].1).then_some(1);
    }
    let killed = chosen(&values(found, FATES[0].1)).unwrap_or(u32::from(tells(FATES[0].1)));
    match chosen(&values(found, &["shot"])) {
        Some(shot) if shot >= killed => Some(shot - killed),
        _ => (killed == 0 && tells(FATES[1].1)).then_some(1),
    }
}

/// The numbers read with one of the fates, in order.
fn values(found: &[Figure], fates: &[&str]) -> Vec<u32> {
    let of = found.iter().filter(|f| f.fate.is_some_and(|x| fates.contains(&x)));
    let whole = of.filter_map(|f| f.value).filter(|v| v.fract() == 0.0 && *v < 10_000.0);
    whole.map(|v| v as u32).collect()
}

/// The one seen most often; the larger of two.
fn chosen(values: &[u32]) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for v in values {
        *counts.entry(*v).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(v, n)| (*n, *v)).map(|(v, _)| v)
}
