//! How well the body, title and day of HTML pages are read.
//!
//! Bodies: article-extraction-benchmark (Scrapinghub, 181 pages), with its published metric:
//! multisets of 4-token shingles compared page by page; precision and recall are averaged over
//! pages, F1 is theirs. Bodies, titles and days: five French pages of Fundus.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use recoupe::article::Article;
use serde_json::{Value, json};

use super::{archive, write};

/// Measures both corpora, prints the figures, and writes `evals/html/`.
///
/// # Errors
///
/// When a corpus that is there cannot be read.
pub fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let mut items = Vec::new();
    let mut figures = Vec::new();
    let path = shared.join("data/html/scrapinghub.tar.xz");
    if path.exists() {
        scrapinghub(&path, &mut items, &mut figures)?;
    } else {
        println!("scrapinghub: not measured");
    }
    let path = shared.join("data/html/fundus_fr.tar.xz");
    if path.exists() {
        fundus(&path, &mut items, &mut figures)?;
    } else {
        println!("fundus_fr: not measured");
    }
    for (name, value) in &figures {
        println!("{name}: {value:.3}");
    }
    if !figures.is_empty() {
        write("html", &items, &figures)?;
    }
    Ok(())
}

type Figures = Vec<(&'static str, f64)>;

fn scrapinghub(
    path: &Path,
    items: &mut Vec<Value>,
    figures: &mut Figures,
) -> Result<(), Box<dyn Error>> {
    let files = archive(path)?;
    let truth = find(&files, "ground-truth.json")?;
    let truth: BTreeMap<String, Value> = serde_json::from_slice(truth)?;
    let mut scores = Vec::new();
    for (id, item) in &truth {
        let page = find(&files, &format!("{id}.html"))?;
        let text = read(&format!("{id}.html"), page).map(|a| a.text).unwrap_or_default();
        let score = Score::of(item["articleBody"].as_str().unwrap_or_default(), &text);
        items.push(score.item("scrapinghub", id));
        scores.push(score);
    }
    let (precision, recall, f1) = mean(&scores);
    figures.push(("scrapinghub_precision", precision));
    figures.push(("scrapinghub_recall", recall));
    figures.push(("scrapinghub_f1", f1));
    Ok(())
}

fn fundus(
    path: &Path,
    items: &mut Vec<Value>,
    figures: &mut Figures,
) -> Result<(), Box<dyn Error>> {
    let files = archive(path)?;
    let (mut scores, mut titles, mut days) = (Vec::new(), 0, 0);
    for (name, bytes) in files.iter().filter(|(n, _)| n.ends_with(".html.gz")) {
        let Some(gold) = gold_of(&files, name) else { continue };
        let article = read(name, bytes).unwrap_or_default();
        let score = Score::of(&body_of(&gold["body"]), &article.text);
        // Gold has no-break spaces here and plain ones there.
        let words = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = article.title.as_deref().map(words) == gold["title"].as_str().map(words);
        let day = article.published.map(|d| d.to_string());
        let same_day = day.as_deref() == gold["publishing_date"].as_str().and_then(|d| d.get(..10));
        titles += usize::from(title);
        days += usize::from(same_day);
        let mut item = score.item("fundus_fr", name);
        item["title"] = json!(title);
        item["day"] = json!(same_day);
        items.push(item);
        scores.push(score);
    }
    figures.push(("fundus_fr_body_f1", mean(&scores).2));
    figures.push(("fundus_fr_titles", titles as f64));
    figures.push(("fundus_fr_days", days as f64));
    Ok(())
}

fn read(name: &str, bytes: &[u8]) -> Option<Article> {
    recoupe::read::bytes(name, bytes, &recoupe::read::Options::default()).value.into_iter().next()
}

fn find<'a>(
    files: &'a BTreeMap<String, Vec<u8>>,
    name: &str,
) -> Result<&'a Vec<u8>, Box<dyn Error>> {
    let found = files.iter().find(|(n, _)| n.ends_with(name)).map(|(_, b)| b);
    found.ok_or_else(|| format!("{name} is not in the archive").into())
}

/// The gold of one page: a publisher has one file; its versions are in the order of the pages.
fn gold_of(files: &BTreeMap<String, Vec<u8>>, page: &str) -> Option<Value> {
    let publisher = page.rsplit('/').next()?.split('_').next()?;
    let (_, json) = files.iter().find(|(n, _)| n.ends_with(&format!("{publisher}.json")))?;
    let versions: serde_json::Map<String, Value> = serde_json::from_slice(json).ok()?;
    let pages = files.keys().filter(|n| n.contains(&format!("{publisher}_")));
    let number = pages.into_iter().position(|n| n == page)?;
    versions.into_iter().nth(number).map(|(_, v)| v)
}

/// Summary, headings and paragraphs, one a line.
fn body_of(body: &Value) -> String {
    let strings = |v: &Value| -> Vec<String> {
        let all = v.as_array().into_iter().flatten();
        all.filter_map(|s| s.as_str().map(str::to_owned)).collect()
    };
    let mut lines = strings(&body["summary"]);
    for section in body["sections"].as_array().into_iter().flatten() {
        lines.extend(strings(&section["headline"]));
        lines.extend(strings(&section["paragraphs"]));
    }
    lines.join("\n")
}

/// Shares of shingles: found and right, found and wrong, missed.
struct Score {
    right: f64,
    wrong: f64,
    missed: f64,
}

impl Score {
    fn of(gold: &str, found: &str) -> Score {
        let (gold, found) = (shingles(gold), shingles(found));
        let (mut right, mut wrong, mut missed) = (0, 0, 0);
        for (shingle, count) in &gold {
            let other = found.get(shingle).copied().unwrap_or(0);
            right += (*count).min(other);
            missed += count.saturating_sub(other);
        }
        for (shingle, count) in &found {
            wrong += count.saturating_sub(gold.get(shingle).copied().unwrap_or(0));
        }
        let all = f64::from((right + wrong + missed).max(1));
        Score {
            right: f64::from(right) / all,
            wrong: f64::from(wrong) / all,
            missed: f64::from(missed) / all,
        }
    }

    fn precision(&self) -> f64 {
        share(self.right, self.wrong, self.missed)
    }

    fn recall(&self) -> f64 {
        share(self.right, self.missed, self.wrong)
    }

    fn f1(&self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    fn item(&self, corpus: &str, id: &str) -> Value {
        let rounded = |x: f64| (x * 1000.0).round() / 1000.0;
        json!({
            "corpus": corpus, "id": id, "precision": rounded(self.precision()),
            "recall": rounded(self.recall()), "f1": rounded(self.f1()),
        })
    }
}

fn share(right: f64, against: f64, other: f64) -> f64 {
    if against == 0.0 && other == 0.0 {
        return 1.0;
    }
    if right == 0.0 && against == 0.0 {
        return 0.0;
    }
    right / (right + against)
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

/// Mean precision, mean recall, and the F1 of the two.
fn mean(scores: &[Score]) -> (f64, f64, f64) {
    let n = scores.len().max(1) as f64;
    let precision = scores.iter().map(Score::precision).sum::<f64>() / n;
    let recall = scores.iter().map(Score::recall).sum::<f64>() / n;
    (precision, recall, harmonic(precision, recall))
}

/// The multiset of runs of four tokens (letters, digits and underscores); all of them when
/// there are fewer.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, u32> {
    let tokens = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|t| !t.is_empty());
    let tokens: Vec<&str> = tokens.collect();
    let mut counts = BTreeMap::new();
    if tokens.is_empty() {
        return counts;
    }
    for run in tokens.windows(tokens.len().min(4)) {
        *counts.entry(run.to_vec()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_scores_one_and_another_nothing() {
        let same = Score::of("a b c d e", "a b c d e");
        assert_eq!((same.precision(), same.recall()), (1.0, 1.0));
        let other = Score::of("a b c d e", "v w x y z");
        assert_eq!(other.f1(), 0.0);
        let half = Score::of("a b c d e", "a b c d");
        assert_eq!((half.precision(), half.recall()), (1.0, 0.5));
    }
}
