//! Stories: B-cubed F1 on every set of articles or titles with gold or silver groups.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::Instant;

use recoupe::article::Article;
use recoupe::story;
use serde_json::{Value, json};

use super::corpus::{Floor, folder, rows, save, string};

/// A set: its name, its file, the language its rows are cut down to.
const SETS: &[(&str, &str, &str)] = &[
    ("giveme5w1h", "giveme5w1h_en", "en"),
    ("og2021_en", "og2021_titles_multi", "en"),
    ("og2021_fr", "og2021_titles_multi", "fr"),
    ("gnews_fr", "gnews_fr_titles", "fr"),
    ("ecbplus", "ecbplus_en", "en"),
    ("newswcl50", "newswcl50_en", "en"),
    ("fr_oneday", "fr_oneday_20200110_titles", "fr"),
];

/// Measures all sets and prints a line each.
///
/// # Errors
///
/// When a corpus that is there cannot be read, or a result not written.
pub fn run(shared: &Path) -> io::Result<()> {
    let mut floor = Floor::of("stories")?;
    strangers(shared, &mut floor)?;
    for (name, file, lang) in SETS {
        let path = shared.join(format!("data/stories/{file}.jsonl.xz"));
        let Some(mut rows) = rows(&path)? else {
            println!("{name}: not measured");
            continue;
        };
        rows.retain(|row| row["lang"] == *lang);
        let articles: Vec<Article> = rows.iter().map(article).collect();
        let start = Instant::now();
        let stories = story::group(&articles, &[]);
        let time = start.elapsed();
        let mut given = vec![0; articles.len()];
        for (i, s) in stories.iter().enumerate() {
            s.articles.iter().for_each(|a| given[*a as usize] = i);
        }
        let gold: Vec<String> = rows.iter().map(|r| string(r, "cluster")).collect();
        let (p, r, f) = bcubed(&gold, &given);
        floor.check(name, f);
        let alone: Vec<usize> = (0..gold.len()).collect();
        let groups = gold.iter().collect::<std::collections::BTreeSet<_>>().len();
        println!(
            "{name}: F1 {f:.3}  P {p:.3}  R {r:.3}  (alone {:.3})  stories {} of {groups}  {time:.1?}",
            bcubed(&gold, &alone).2,
            stories.len(),
        );
        if articles.iter().any(|a| !a.text.is_empty()) {
            let (p, r, f) = small_piles(&articles, &gold);
            floor.check(&format!("{name}_piles"), f);
            println!("  in piles of {PILE} stories: F1 {f:.3}  P {p:.3}  R {r:.3}");
            let whole = one_story(&articles, &gold);
            floor.check(&format!("{name}_one"), whole);
            println!("  in piles of one story: R {whole:.3}");
        }
        let line =
            |(a, s): (&Article, &usize)| json!({"id": a.id, "story": stories[*s].id}).to_string();
        let lines: Vec<String> = articles.iter().zip(&given).map(line).collect();
        save("stories", &format!("{name}.jsonl"), &lines)?;
    }
    floor.hold()
}

/// How many stories a small pile has, and how many articles of each at most.
const PILE: usize = 4;
const ARTICLES: usize = 6;

/// Mean B-cubed recall over piles of one story each: what is held together where nothing else lies beside.
/// Precision is 1 there.
fn one_story(articles: &[Article], gold: &[String]) -> f64 {
    let stories = few_of_each(gold);
    let piles: Vec<&Vec<usize>> = stories.iter().filter(|s| s.len() > 2).collect();
    let recall = |pile: &&Vec<usize>| {
        let texts: Vec<Article> = pile.iter().map(|i| articles[*i].clone()).collect();
        let all = texts.len() as f64;
        let groups = story::group(&texts, &[]);
        groups.iter().map(|s| (s.articles.len() as f64 / all).powi(2)).sum::<f64>()
    };
    piles.iter().map(recall).sum::<f64>() / piles.len().max(1) as f64
}

/// Of each story of a set, up to [`ARTICLES`] of its articles.
fn few_of_each(gold: &[String]) -> Vec<Vec<usize>> {
    let mut stories: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, cluster) in gold.iter().enumerate() {
        let members = stories.entry(cluster).or_default();
        if members.len() < ARTICLES {
            members.push(i);
        }
    }
    stories.into_values().collect()
}

/// Mean B-cubed over small piles of a set's neighbouring stories, as people make them.
fn small_piles(articles: &[Article], gold: &[String]) -> (f64, f64, f64) {
    let stories = few_of_each(gold);
    let (mut p, mut r, mut piles) = (0.0, 0.0, 0.0);
    for pile in stories.chunks(PILE) {
        let members: Vec<usize> = pile.concat();
        let texts: Vec<Article> = members.iter().map(|i| articles[*i].clone()).collect();
        let mut given = vec![0; texts.len()];
        for (i, s) in story::group(&texts, &[]).iter().enumerate() {
            s.articles.iter().for_each(|a| given[*a as usize] = i);
        }
        let wanted: Vec<&String> = members.iter().map(|i| &gold[*i]).collect();
        let one = bcubed(&wanted, &given);
        (p, r, piles) = (p + one.0, r + one.1, piles + 1.0);
    }
    let (p, r) = (p / piles, r / piles);
    (p, r, 2.0 * p * r / (p + r))
}

/// Whether the seeds are one story, and stay so when a text on something else is added: each of
/// the French TimeBank's in turn.
fn strangers(shared: &Path, floor: &mut Floor) -> io::Result<()> {
    let others = rows(&shared.join("data/time/french_timebank_fr.jsonl.xz"))?;
    let seeds = shared.join("seeds");
    let (Some(others), true) = (others, seeds.exists()) else {
        println!("seeds and strangers: not measured");
        return Ok(());
    };
    let seeds = folder(&seeds)?;
    let alone = |pile: &[Article]| {
        let stories = story::group(pile, &[]);
        stories.len() == 2 && stories[0].articles.len() == seeds.len()
    };
    let mut out = 0;
    for row in &others {
        let mut pile = seeds.clone();
        pile.push(Article::plain(string(row, "doc"), string(row, "text")));
        out += usize::from(alone(&pile));
    }
    floor.check("strangers", out as f64 / others.len().max(1) as f64);
    println!(
        "seeds: {} story; strangers kept out {out}/{}",
        story::group(&seeds, &[]).len(),
        others.len()
    );
    let all: Vec<Article> =
        others.iter().map(|r| Article::plain(string(r, "doc"), string(r, "text"))).collect();
    println!("french timebank: {} articles, {} stories", all.len(), story::group(&all, &[]).len());
    Ok(())
}

fn article(row: &Value) -> Article {
    let date = string(row, "date");
    let published = date.get(..10).and_then(|d| d.parse().ok());
    // The sets that tell the time tell it in UTC.
    let instant = format!("{date}Z").parse().ok();
    let lang = Some(string(row, "lang"));
    let title = Some(string(row, "title")).filter(|t| !t.is_empty());
    Article {
        published,
        instant,
        lang,
        title,
        ..Article::plain(string(row, "id"), string(row, "text"))
    }
}

/// B-cubed precision, recall and F1 (Bagga and Baldwin, 1998).
pub fn bcubed<G: Ord, P: Ord>(gold: &[G], given: &[P]) -> (f64, f64, f64) {
    let mut both: BTreeMap<(&G, &P), f64> = BTreeMap::new();
    let (mut of_gold, mut of_given) = (BTreeMap::new(), BTreeMap::new());
    for (g, p) in gold.iter().zip(given) {
        *both.entry((g, p)).or_default() += 1.0;
        *of_gold.entry(g).or_insert(0.0) += 1.0;
        *of_given.entry(p).or_insert(0.0) += 1.0;
    }
    let n = gold.len().max(1) as f64;
    let p = both.iter().map(|((_, p), c)| c * c / of_given[p]).sum::<f64>() / n;
    let r = both.iter().map(|((g, _), c)| c * c / of_gold[g]).sum::<f64>() / n;
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}
