//! Which days a story's chronology tells: F1 of days against people's chronologies, as many days as they
//! have (Ghalandari and Ifrim, "Examining the state-of-the-art in news timeline summarization", 2020, do
//! so). Beside it: the days named most often, and the days on which most was published.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use jiff::civil::Date;
use recoupe::analyse::Analysis;
use recoupe::article::Article;
use recoupe::{check, pipeline};
use serde_json::{Value, json};

use super::corpus::{Floor, rows, save, string};

/// Runs the task.
///
/// # Errors
///
/// When the corpus cannot be read or a figure fell below its floor.
pub fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let Some(topics) = rows(&shared.join("data/briefs/cltls_crisis_fr.jsonl.xz"))? else {
        println!("cltls_crisis_fr: not measured");
        return Ok(());
    };
    let mut floor = Floor::of("timeline")?;
    let mut items = Vec::new();
    for topic in &topics {
        let name = string(topic, "topic");
        let (articles, gold) = (articles(topic), gold(topic));
        let (analyses, _) = pipeline::analyse_all(&articles, pipeline::Options::default());
        let all: Vec<u32> = (0..articles.len() as u32).collect();
        let last = articles.iter().filter_map(|a| a.published).max();
        let ranked: Vec<Date> =
            check::days(&analyses, &all, &all).into_iter().map(|d| d.0).collect();
        let within = |d: &&Date| last.is_none_or(|last| **d <= last);
        let ours: Vec<Date> = ranked.iter().filter(within).take(gold.len()).copied().collect();
        let named = most(mentions(&analyses), gold.len());
        let published = most(articles.iter().filter_map(|a| a.published), gold.len());
        let score = |days: &[Date]| f1(days, &gold);
        println!(
            "{name}: F1 of days {:.3}; named most {:.3}, published most {:.3}  ({} articles, {} days)",
            score(&ours),
            score(&named),
            score(&published),
            articles.len(),
            gold.len()
        );
        floor.check(&name, score(&ours));
        let days: Vec<String> = ours.iter().map(Date::to_string).collect();
        items.push(json!({"topic": name, "f1": score(&ours), "days": days}).to_string());
    }
    save("timeline", "cltls_crisis_fr.jsonl", &items)?;
    floor.hold()?;
    Ok(())
}

fn articles(topic: &Value) -> Vec<Article> {
    let none = Vec::new();
    let article = |doc: &Value| {
        let mut article = Article::plain(string(doc, "id"), string(doc, "text"));
        article.lang = topic["lang"].as_str().map(str::to_owned);
        article.published = string(doc, "date").parse().ok();
        article
    };
    topic["docs"].as_array().unwrap_or(&none).iter().map(article).collect()
}

fn gold(topic: &Value) -> BTreeSet<Date> {
    let none = Vec::new();
    let entries = |t: &Value| t["entries"].as_array().unwrap_or(&none).clone();
    let timelines = topic["timelines"].as_array().unwrap_or(&none).iter().flat_map(entries);
    timelines.filter_map(|e| string(&e, "date").parse().ok()).collect()
}

/// Every day that a text names, each time that it does.
fn mentions(analyses: &[Analysis]) -> impl Iterator<Item = Date> + '_ {
    let told =
        |t: &recoupe::analyse::Timex| t.interval.earliest.filter(|d| t.interval.latest == Some(*d));
    analyses.iter().flat_map(|a| &a.timexes).filter_map(told)
}

fn most(days: impl Iterator<Item = Date>, n: usize) -> Vec<Date> {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    days.for_each(|d| *counts.entry(d).or_default() += 1);
    let mut all: Vec<(Date, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(d, n)| (std::cmp::Reverse(*n), *d));
    all.into_iter().take(n).map(|d| d.0).collect()
}

fn f1(days: &[Date], gold: &BTreeSet<Date>) -> f64 {
    let right = days.iter().filter(|d| gold.contains(*d)).count();
    let all = days.len() + gold.len();
    if all == 0 { 0.0 } else { 2.0 * right as f64 / all as f64 }
}
