//! Briefs of whole sentences against people's summaries: ROUGE-2 F, the mean over a topic's
//! references (Lin, "ROUGE: a package for automatic evaluation of summaries", 2004), over runs of
//! ASCII letters and digits. Beside it the articles' first sentences in turn and those of LexRank (Erkan
//! and Radev, 2004), at the same length, and the differences with their intervals of 95% over topics.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::Path;

use recoupe::analyse::Analysis;
use recoupe::article::{Article, BlockKind};
use recoupe::{check, pipeline};
use serde_json::{Value, json};

use super::corpus::{Floor, rows, save, string};

/// What is measured: name, file, words, which topics.
type Set = (&'static str, &'static str, usize, fn(&str) -> bool);

const SETS: [Set; 4] = [
    ("rpm2_odd", "rpm2_fr", 100, |topic| theme(topic) % 2 == 1),
    ("rpm2_even", "rpm2_fr", 100, |topic| theme(topic).is_multiple_of(2)),
    ("multiling_fr", "multiling2011_fr", 250, |_| true),
    ("multiling_en", "multiling2011_en", 250, |_| true),
];

/// The theme of an RPM2 topic: 7 of `T07_C1`.
fn theme(topic: &str) -> u32 {
    topic.get(1..3).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Runs the task: `rpm2_odd` is to develop on, `rpm2_even` to report.
///
/// # Errors
///
/// When a corpus cannot be read or a figure fell below its floor.
pub fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let mut floor = Floor::of("brief")?;
    for (name, file, words, keep) in SETS {
        let path = shared.join(format!("data/briefs/{file}.jsonl.xz"));
        let Some(topics) = rows(&path)? else {
            println!("{name}: not measured");
            continue;
        };
        let mut items = Vec::new();
        let mut columns: [Vec<f64>; 5] = Default::default();
        for topic in topics.iter().filter(|t| keep(&string(t, "topic"))) {
            let measured = measure(topic, words);
            let [brief, lead, rank, support, ranked] = measured.map(round);
            let name = string(topic, "topic");
            items.push(
                json!({"topic": name, "rouge2": brief, "lead": lead, "lexrank": rank,
                "supported": support, "lexrank_supported": ranked})
                .to_string(),
            );
            columns.iter_mut().zip(measured).for_each(|(column, x)| column.push(x));
        }
        let [ours, first, rank, supported, ranked] = &columns;
        let more =
            |than: &[f64]| -> Vec<f64> { ours.iter().zip(than).map(|(a, b)| a - b).collect() };
        println!(
            "{name}: ROUGE-2 F {:.4}; first sentences in turn {:.4}, difference {:+.4} ± {:.4}; LexRank \
             {:.4}, difference {:+.4} ± {:.4}; sentences that another article supports {:.2}, \
             LexRank's {:.2}  ({} topics)",
            mean(ours),
            mean(first),
            mean(&more(first)),
            interval(&more(first)),
            mean(rank),
            mean(&more(rank)),
            interval(&more(rank)),
            mean(supported),
            mean(ranked),
            ours.len()
        );
        floor.check(name, mean(ours));
        save("brief", &format!("{name}.jsonl"), &items)?;
    }
    floor.hold()?;
    Ok(())
}

fn round(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

fn mean(of: &[f64]) -> f64 {
    of.iter().sum::<f64>() / of.len().max(1) as f64
}

/// Half of the interval of 95% of a mean of paired differences.
fn interval(of: &[f64]) -> f64 {
    let middle = mean(of);
    let square = of.iter().map(|x| (x - middle).powi(2)).sum::<f64>();
    1.96 * (square / (of.len().max(2) - 1) as f64 / of.len().max(1) as f64).sqrt()
}

/// Of a topic: ROUGE-2 of the brief, of the first sentences in turn and of LexRank's; share of the
/// brief's sentences, and of LexRank's, that another article supports.
fn measure(topic: &Value, words: usize) -> [f64; 5] {
    let name = string(topic, "topic");
    let none = Vec::new();
    let docs = topic["docs"].as_array().unwrap_or(&none);
    let article = |(i, doc): (usize, &Value)| {
        let text = doc.as_str().map_or_else(|| string(doc, "text"), str::to_owned);
        let mut article = Article::plain(format!("{name}-{i}"), text);
        article.title = doc["title"].as_str().map(str::to_owned);
        article.lang = topic["lang"].as_str().map(str::to_owned);
        article.topic = Some(name.clone());
        article
    };
    let articles: Vec<Article> = docs.iter().enumerate().map(article).collect();
    let dossier = pipeline::dossier(articles, vec![], vec![], pipeline::Options::default());
    let (articles, analyses) = (&dossier.articles, &dossier.analyses);
    let (families, findings) = (&dossier.families, &dossier.findings);
    let material = check::Material { articles, analyses, families, findings };
    let all: Vec<u32> = (0..articles.len() as u32).collect();
    let brief = check::brief(material, &all, words);
    let texts: Vec<&str> =
        brief.iter().map(|s| s.text.span.of(&articles[s.text.article as usize].text)).collect();
    let references = topic["references"].as_array().unwrap_or(&none);
    let references: Vec<String> = references
        .iter()
        .map(|r| r.as_str().map_or_else(|| string(r, "text"), str::to_owned))
        .collect();
    let score = |text: &str| mean(&references.iter().map(|r| rouge(text, r)).collect::<Vec<f64>>());
    let is_supported = |(article, text): &(usize, &str)| {
        let others = analyses.iter().enumerate().filter(|(i, _)| i != article);
        let mut told = others.flat_map(|(i, analysis)| sentences(&articles[i], analysis));
        told.any(|other| shared(text, other) >= SUPPORT)
    };
    let share = |of: &[(usize, &str)]| {
        of.iter().filter(|s| is_supported(s)).count() as f64 / of.len().max(1) as f64
    };
    let own = brief.iter().map(|s| s.text.article as usize);
    let own: Vec<(usize, &str)> = own.zip(texts.iter().copied()).collect();
    let ranked = lexrank(articles, analyses, words);
    let rank: Vec<&str> = ranked.iter().map(|(_, s)| *s).collect();
    let lead = lead(articles, analyses, words);
    [
        score(&texts.join(" ")),
        score(&lead.join(" ")),
        score(&rank.join(" ")),
        share(&own),
        share(&ranked),
    ]
}

/// The share of a sentence's words of four letters or more that one sentence of another article
/// must have to support it.
const SUPPORT: f64 = 0.5;

fn shared(text: &str, other: &str) -> f64 {
    let words = |s: &str| -> Vec<String> {
        let lower = s.to_lowercase();
        let parts = lower.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
        parts.filter(|w| w.chars().count() >= 4 || w.contains(char::is_numeric)).collect()
    };
    let (mine, theirs) = (words(text), words(other));
    let found = mine.iter().filter(|w| theirs.contains(w)).count();
    found as f64 / mine.len().max(1) as f64
}

fn sentences<'a>(article: &'a Article, analysis: &'a Analysis) -> impl Iterator<Item = &'a str> {
    let body = analysis.sentences.iter().filter(|s| s.block == BlockKind::Body);
    body.map(|s| s.span.of(&article.text))
}

/// The first sentences of all articles, then the second ones, while there is room.
fn lead<'a>(articles: &'a [Article], analyses: &'a [Analysis], limit: usize) -> Vec<&'a str> {
    let mut all: Vec<(usize, usize, &str)> = Vec::new();
    for (i, (article, analysis)) in articles.iter().zip(analyses).enumerate() {
        all.extend(sentences(article, analysis).enumerate().map(|(n, s)| (n, i, s)));
    }
    all.sort_by_key(|(n, i, _)| (*n, *i));
    let (mut out, mut room) = (Vec::new(), limit);
    for (_, _, sentence) in all {
        let words = sentence.split_whitespace().count();
        if words <= room {
            room -= words;
            out.push(sentence);
        }
    }
    out
}

/// The sentences that are most like the others, each with its article, while there is room: the graph
/// of cosines of more than a tenth between vectors of lemmas (term frequency times inverse frequency
/// among sentences), ranked as pages are.
fn lexrank<'a>(
    articles: &'a [Article],
    analyses: &'a [Analysis],
    limit: usize,
) -> Vec<(usize, &'a str)> {
    const LIKE: f64 = 0.1;
    const DAMPING: f64 = 0.85;
    const ROUNDS: usize = 50;
    let mut all: Vec<(usize, &str, BTreeMap<String, f64>)> = Vec::new();
    for (i, (article, analysis)) in articles.iter().zip(analyses).enumerate() {
        for sentence in analysis.sentences.iter().filter(|s| s.block == BlockKind::Body) {
            let mut counts: BTreeMap<String, f64> = BTreeMap::new();
            let words = sentence.words.clone().filter_map(|w| analysis.words.get(w as usize));
            for word in words {
                use recoupe::ud::Upos::{Adj, Noun, Num, Propn, Verb};
                if matches!(word.upos, Noun | Propn | Verb | Adj | Num) {
                    let form = word.form(&article.text, &analysis.tokens).to_lowercase();
                    *counts.entry(word.lemma(&form, analysis.lang).into_owned()).or_default() +=
                        1.0;
                }
            }
            all.push((i, sentence.span.of(&article.text), counts));
        }
    }
    let n = all.len();
    let mut having: BTreeMap<String, f64> = BTreeMap::new();
    all.iter().flat_map(|s| s.2.keys()).for_each(|w| *having.entry(w.clone()).or_default() += 1.0);
    for (word, count) in all.iter_mut().flat_map(|s| &mut s.2) {
        *count *= (n as f64 / having[word]).ln();
    }
    let norm: Vec<f64> =
        all.iter().map(|s| s.2.values().map(|x| x * x).sum::<f64>().sqrt()).collect();
    let like = |i: usize, j: usize| {
        let dot: f64 = all[i].2.iter().filter_map(|(w, x)| Some(x * all[j].2.get(w)?)).sum();
        dot > LIKE * norm[i] * norm[j]
    };
    let near: Vec<Vec<usize>> =
        (0..n).map(|i| (0..n).filter(|j| *j != i && like(i, *j)).collect()).collect();
    let mut rank = vec![1.0 / n.max(1) as f64; n];
    for _ in 0..ROUNDS {
        let from = |i: usize| near[i].iter().map(|j| rank[*j] / near[*j].len() as f64).sum::<f64>();
        rank = (0..n).map(|i| (1.0 - DAMPING) / n as f64 + DAMPING * from(i)).collect();
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| rank[*b].total_cmp(&rank[*a]).then(a.cmp(b)));
    let mut room = limit;
    let mut out = Vec::new();
    for (article, sentence, _) in order.into_iter().map(|i| &all[i]) {
        let words = sentence.split_whitespace().count();
        if words <= room {
            room -= words;
            out.push((*article, *sentence));
        }
    }
    out
}

/// ROUGE-2 F of two texts.
fn rouge(given: &str, gold: &str) -> f64 {
    let pairs = |text: &str| {
        let lower = text.to_lowercase();
        let split = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = split.filter(|w| !w.is_empty()).collect();
        let mut out: HashMap<(String, String), usize> = HashMap::new();
        for pair in words.windows(2) {
            *out.entry((pair[0].to_owned(), pair[1].to_owned())).or_default() += 1;
        }
        out
    };
    let (given, gold) = (pairs(given), pairs(gold));
    let shared: usize =
        given.iter().map(|(p, n)| (*n).min(gold.get(p).copied().unwrap_or(0))).sum();
    let all = given.values().sum::<usize>() + gold.values().sum::<usize>();
    2.0 * shared as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rouge_is_that_of_the_definition() {
        // Pairs "le pont", "pont est" of three each.
        assert!((rouge("Le pont est là", "le pont est fermé") - 4.0 / 6.0).abs() < 1e-9);
        assert_eq!(rouge("", "le pont"), 0.0);
    }

    #[test]
    fn the_interval_is_that_of_paired_differences() {
        assert!((interval(&[0.1, 0.3]) - 1.96 * 0.1).abs() < 1e-9);
        assert_eq!(theme("T07_C1"), 7);
    }
}
