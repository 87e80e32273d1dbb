//! `train sentences`: where sentences end, learned from treebanks whose sentences are joined as
//! running text ([`conllu::running_text`]), by logistic regression (Adagrad, so many passes in a
//! fixed order, one weight less where it is near nothing).

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use recoupe::analyse::boundary::{Known, Paragraph};
use recoupe::analyse::sentence;
use recoupe::article::Article;
use recoupe::lang::lexicon::Tags;
use recoupe::lang::linear::{Linear, SIZE};
use recoupe::lang::{BOUNDARY_FEATURES, Pack};

use crate::conllu::{self, Sentence};
use crate::eval::syntax::{documents, treebank};

/// What `train sentences` is told.
#[derive(clap::Args)]
pub struct Options {
    /// The language
    #[arg(long)]
    lang: String,
    /// Where the model goes; nowhere if not said
    #[arg(long)]
    out: Option<PathBuf>,
    /// Leave the development sets out, to measure on them
    #[arg(long)]
    held_out: bool,
    /// Passes over the data
    #[arg(long, default_value_t = 12)]
    passes: usize,
    /// Regularisation
    #[arg(long, default_value_t = 0.000_002)]
    decay: f32,
    /// How much a gap of news counts that rules have judged
    #[arg(long, default_value_t = 0.3)]
    press: f32,
    /// Words the treebanks have so often at most are as unknown
    #[arg(long, default_value_t = 2)]
    rare: u32,
    /// A feature that fewer gaps have is left out
    #[arg(long, default_value_t = 3)]
    least: u32,
    /// A weight nearer to nothing than this (256ths) is left out
    #[arg(long, default_value_t = 8)]
    floor: i16,
}

/// Language, file, and whether it is a development set.
const SETS: &[(&str, &str, bool)] = &[
    ("fr", "fr_sequoia-ud-train", false),
    ("fr", "fr_gsd-ud-dev", true),
    ("fr", "fr_sequoia-ud-dev", true),
    ("en", "en_ewt-ud-train_rebuilt", false),
    ("en", "en_gum-permissive-train", false),
    ("en", "en_ewt-ud-dev", true),
    ("en", "en_gum-permissive-dev", true),
];

/// One gap: its features, whether a sentence ends there, how much it counts.
struct Gap {
    features: Vec<u32>,
    ends: bool,
    weight: f32,
}

/// Trains the model of a language.
///
/// # Errors
///
/// When a corpus is missing or the model cannot be written.
pub fn run(shared: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let pack = recoupe::lang::pack(&options.lang).ok_or("no such language")?;
    let counts = counts(shared, pack.code)?;
    let known = |word: &str| match counts.get(&word.to_lowercase()) {
        Some(n) if *n <= options.rare => Tags::default(),
        _ => pack.lexicon.tags(word),
    };
    let mut gaps = Vec::new();
    for (lang, file, dev) in SETS.iter().filter(|(lang, ..)| *lang == pack.code) {
        if *dev && options.held_out {
            continue;
        }
        let sentences = treebank(shared, lang, file)?.ok_or_else(|| format!("no {file}"))?;
        for document in documents(&sentences) {
            gaps.extend(gaps_of(document, pack, &known));
        }
    }
    let marked = gaps.len();
    if pack.code == "fr" && options.press > 0.0 {
        news(shared, pack, &known, options.press, &mut gaps)?;
    }
    println!(
        "{marked} gaps, {} ends, {} gaps of news",
        gaps.iter().filter(|g| g.ends).count(),
        gaps.len() - marked
    );
    let weights = fit(&gaps, options);
    println!("{} weights", weights.iter().filter(|w| **w != 0).count());
    let bytes = Linear::file(&weights, "sentences", pack.code, BOUNDARY_FEATURES);
    let model = Linear::open(&bytes, "sentences", pack.code, BOUNDARY_FEATURES)?;
    for (lang, file, _) in SETS.iter().filter(|(lang, _, dev)| *lang == pack.code && *dev) {
        let Some(sentences) = treebank(shared, lang, file)? else { continue };
        println!("{file}: sentences {:.2}", 100.0 * f1(&sentences, pack, &known, &model));
    }
    if let Some(out) = &options.out {
        std::fs::write(out, bytes)?;
    }
    Ok(())
}

/// How often the treebanks have each form. Our lexicon comes from them: to learn as if from words
/// it does not know, rare ones are hidden from it.
fn counts(shared: &Path, lang: &str) -> Result<BTreeMap<String, u32>, Box<dyn Error>> {
    let mut out = BTreeMap::new();
    for (lang, file, _) in SETS.iter().filter(|(l, ..)| *l == lang) {
        for sentence in treebank(shared, lang, file)?.unwrap_or_default() {
            for token in sentence.tokens {
                *out.entry(token.form.to_lowercase()).or_default() += 1;
            }
        }
    }
    Ok(out)
}

/// The gaps of a document that the engine would ask about, and what the treebank says of each.
fn gaps_of(document: &[Sentence], pack: &'static Pack, known: Known) -> Vec<Gap> {
    let text = conllu::running_text(document);
    let ends = ends_of(document, &text);
    let mut out = Vec::new();
    let article = Article::plain("", &*text);
    for tokens in sentence::paragraphs(&article, pack) {
        let mut paragraph = Paragraph::new(&text, &tokens, known);
        for at in 0..tokens.len().saturating_sub(1) {
            let is_end = ends.binary_search(&(tokens[at].span.end as usize)).is_ok();
            if paragraph.may_end(at) {
                let mut features = Vec::new();
                paragraph.features(at, &mut features);
                out.push(Gap { features, ends: is_end, weight: 1.0 });
            }
            if is_end {
                paragraph.end(at);
            }
        }
    }
    out
}

/// The byte of the text where each sentence ends.
fn ends_of(document: &[Sentence], text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut out = Vec::new();
    for sentence in document {
        at += text[at..].find(sentence.text.as_str()).unwrap_or(0) + sentence.text.len();
        out.push(at);
    }
    out
}

/// The F1 of sentences.
fn f1(sentences: &[Sentence], pack: &'static Pack, known: Known, model: &Linear) -> f64 {
    let (mut gold, mut found, mut both) = (0, 0, 0);
    for document in documents(sentences) {
        let text = conllu::running_text(document);
        let ends = ends_of(document, &text);
        let mut starts_right = true;
        let mut before = 0;
        gold += ends.len();
        for tokens in sentence::paragraphs(&Article::plain("", &*text), pack) {
            let mut cuts = sentence::learned_ends(&text, &tokens, pack, known, model);
            cuts.push(tokens.len().saturating_sub(1));
            for cut in cuts.into_iter().filter(|_| !tokens.is_empty()) {
                let right = ends.binary_search(&(tokens[cut].span.end as usize));
                let skipped = ends.partition_point(|e| *e < tokens[cut].span.end as usize);
                found += 1;
                both += usize::from(right.is_ok() && starts_right && skipped <= before);
                starts_right = right.is_ok();
                before = skipped + usize::from(right.is_ok());
            }
        }
    }
    2.0 * both as f64 / (gold + found) as f64
}

/// French Wikinews (2016 and 2017), cut by rules: news as it is printed, which the treebanks have
/// little of.
fn news(
    shared: &Path,
    pack: &'static Pack,
    known: Known,
    weight: f32,
    out: &mut Vec<Gap>,
) -> Result<(), Box<dyn Error>> {
    let files = crate::eval::archive(&shared.join("data/language/fr/winer-fr.tar.xz"))?;
    for (name, bytes) in files {
        if !name.ends_with(".txt") || name.contains("urls") || name.starts_with("2018") {
            continue;
        }
        let article = Article::plain("", String::from_utf8_lossy(&bytes));
        for tokens in sentence::paragraphs(&article, pack) {
            let mut paragraph = Paragraph::new(&article.text, &tokens, known);
            let by_rules = sentence::rule_ends(&article.text, &tokens, pack);
            for at in 0..tokens.len().saturating_sub(1) {
                let ends = by_rules.binary_search(&at).is_ok();
                if paragraph.may_end(at) {
                    let mut features = Vec::new();
                    paragraph.features(at, &mut features);
                    out.push(Gap { features, ends, weight });
                }
                if ends {
                    paragraph.end(at);
                }
            }
        }
    }
    Ok(())
}

/// Logistic regression; weights in units of 1/256.
fn fit(gaps: &[Gap], options: &Options) -> Vec<i16> {
    let mut weights = vec![0f32; SIZE];
    let mut sums = vec![0f32; SIZE];
    let mut seen = vec![0u32; SIZE];
    gaps.iter().flat_map(|g| &g.features).for_each(|f| seen[*f as usize] += 1);
    let mut squares = vec![1e-6f32; SIZE];
    let mut order: Vec<usize> = (0..gaps.len()).collect();
    let mut seed = 1u64;
    for pass in 0..options.passes {
        shuffle(&mut order, &mut seed);
        let rate = 0.3 / (1.0 + pass as f32 * 0.3);
        for gap in order.iter().map(|i| &gaps[*i]) {
            let sum: f32 = gap.features.iter().map(|f| weights[*f as usize]).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let slope = gap.weight * (chance - f32::from(u8::from(gap.ends)));
            for f in gap.features.iter().map(|f| *f as usize) {
                if seen[f] < options.least {
                    continue;
                }
                let step = slope + options.decay * 100.0 * weights[f];
                squares[f] += step * step;
                weights[f] -= rate * step / squares[f].sqrt();
            }
        }
        sums.iter_mut().zip(&weights).for_each(|(sum, w)| *sum += w);
    }
    let mut out: Vec<i16> =
        sums.iter().map(|w| (w * 256.0 / options.passes as f32).round() as i16).collect();
    out.iter_mut().filter(|w| w.abs() < options.floor).for_each(|w| *w = 0);
    out
}

/// Fisher and Yates' shuffle, by a generator of Steele and others ("Fast splittable pseudorandom
/// number generators", 2014).
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        order.swap(i, ((z ^ (z >> 31)) % (i as u64 + 1)) as usize);
    }
}
