//! `train sentences` and `train contractions`: where sentences end, and which of the tokens that may
//! hide several words do; learned from treebanks whose sentences are joined as
//! running text ([`conllu::running_text`]), by logistic regression (Adagrad, so many passes in a
//! fixed order, one weight less where it is near nothing).

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use recoupe::analyse::boundary::{Known, Paragraph};
use recoupe::analyse::word::contraction_features;
use recoupe::analyse::{Token, sentence};
use recoupe::article::{Article, Span};
use recoupe::lang::lexicon::Tags;
use recoupe::lang::linear::{Linear, SIZE};
use recoupe::lang::{BOUNDARY_FEATURES, CONTRACTION_FEATURES, Pack};

use crate::conllu::{self, Sentence};
use crate::eval::syntax::{documents, treebank};
use crate::random::Rng;
use crate::treebanks::{self, Treebank};

/// What `train contractions` is told.
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
    /// The part of the features that a pass does not see
    #[arg(long, default_value_t = 0.0)]
    hide: f32,
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

/// What `train sentences` is told.
#[derive(clap::Args)]
pub struct SentenceOptions {
    #[command(flatten)]
    all: Options,
    /// Measure on each of so many parts of the development sets, having read the other parts
    #[arg(long, default_value_t = 1)]
    folds: usize,
    /// How much a gap of news counts that rules have judged
    #[arg(long, default_value_t = 0.3)]
    press: f32,
    /// How often the treebanks are read again with their sentences in another order
    #[arg(long, default_value_t = 0)]
    copies: usize,
    /// How much a gap of such a copy counts
    #[arg(long, default_value_t = 0.3)]
    copied: f32,
    /// The part of the sentences of such copies that lose their final stop
    #[arg(long, default_value_t = 0.0)]
    drop: f32,
    /// How often gaps without a mark are taken to be ends, to be weighed against how often they
    /// seem to be in the text at hand (`analyse::sentence`); if not said, no text is weighed so
    #[arg(long)]
    usual: Option<f64>,
    /// Prints what is wrong on the development sets
    #[arg(long)]
    errors: bool,
}

/// One decision: its features, whether it is yes (a sentence ends), how much it counts.
struct Gap {
    features: Vec<u32>,
    ends: bool,
    weight: f32,
}

/// Trains where the sentences of a language end.
///
/// # Errors
///
/// When a corpus is missing or the model cannot be written.
pub fn sentences(shared: &Path, options: &SentenceOptions) -> Result<(), Box<dyn Error>> {
    let task = Task { name: "sentences", features: BOUNDARY_FEATURES };
    let (pack, counts) = task.language(shared, &options.all)?;
    let known = |word: &str| known(&counts, options.all.rare, pack, word);
    let mut press = Vec::new();
    if pack.code == "fr" && options.press > 0.0 {
        news(shared, pack, &known, options.press, &mut press)?;
    }
    let mut train = Vec::new();
    let mut dev = Vec::new();
    for (bank, cut) in treebanks::cuts(pack.code, |b| b.sentences) {
        if cut.dev { &mut dev } else { &mut train }.push((bank.file, sentences_of(shared, bank)?));
    }
    let mut scores: BTreeMap<&str, Ends> = BTreeMap::new();
    for fold in 0..options.folds {
        let mut seen = train.clone();
        let mut unseen = Vec::new();
        for (file, sentences) in &dev {
            // Whole stretches, so that what is measured was never a neighbour of what was read.
            let (from, to) = (fold, fold + 1);
            let part = |i: usize| i * sentences.len() / options.folds;
            let (from, to) = (part(from), part(to));
            unseen.push((*file, sentences[from..to].to_vec()));
            if !options.all.held_out {
                seen.push((*file, [&sentences[..from], &sentences[to..]].concat()));
            }
        }
        let gaps = all_gaps(&seen, pack, &known, options);
        let gaps = gaps.iter().chain(&press).collect();
        let model = task.model(gaps, pack, &options.all, options.usual, None)?;
        for (file, sentences) in &unseen {
            scores.entry(file).or_default().add(&f1(
                sentences,
                pack,
                &known,
                &model,
                options.errors,
            ));
        }
    }
    for (file, ends) in &scores {
        println!("{file}: sentences {:.2}", 100.0 * ends.f1());
    }
    let Some(out) = &options.all.out else { return Ok(()) };
    train.extend(dev.into_iter().filter(|_| !options.all.held_out));
    let gaps = all_gaps(&train, pack, &known, options);
    println!("{} gaps, {} gaps of news", gaps.len(), press.len());
    let gaps = gaps.iter().chain(&press).collect();
    task.model(gaps, pack, &options.all, options.usual, Some(out))?;
    Ok(())
}

/// The gaps of treebanks: as they stand, and in other orders.
fn all_gaps(
    sets: &[(&str, Vec<Sentence>)],
    pack: &'static Pack,
    known: Known,
    options: &SentenceOptions,
) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (_, sentences) in sets {
        documents(sentences).for_each(|d| gaps.extend(gaps_of(d, pack, known, 1.0)));
    }
    let mut random = Rng::new(7);
    for _ in 0..options.copies {
        for (_, sentences) in sets {
            let copy = another_order(sentences, options.drop, &mut random);
            gaps.extend(gaps_of(&copy, pack, known, options.copied));
        }
    }
    gaps
}

/// Ends of sentences: those the treebank has, those found, those that are both (and whose
/// sentence starts where it should).
#[derive(Default)]
struct Ends {
    gold: usize,
    found: usize,
    both: usize,
}

impl Ends {
    fn add(&mut self, other: &Ends) {
        self.gold += other.gold;
        self.found += other.found;
        self.both += other.both;
    }

    fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.gold + self.found) as f64
    }
}

/// Trains which tokens that may hide several words do.
///
/// # Errors
///
/// When a corpus is missing or the model cannot be written.
pub fn contractions(shared: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let task = Task { name: "contractions", features: CONTRACTION_FEATURES };
    let (pack, counts) = task.language(shared, options)?;
    let known = |word: &str| known(&counts, options.rare, pack, word);
    let mut gaps = Vec::new();
    let banks = treebanks::cuts(pack.code, |b| b.contractions);
    for (bank, _) in banks.iter().filter(|(_, cut)| !(cut.dev && options.held_out)) {
        let sentences = sentences_of(shared, bank)?;
        sentences.iter().for_each(|s| contractions_of(s, pack, &known, &mut gaps));
    }
    println!("{} tokens, {} contractions", gaps.len(), gaps.iter().filter(|g| g.ends).count());
    let out = options.out.as_deref();
    let model = task.model(gaps.iter().collect(), pack, options, None, out)?;
    for (bank, _) in banks.iter().filter(|(_, cut)| cut.dev) {
        let mut gaps = Vec::new();
        let sentences = sentences_of(shared, bank)?;
        sentences.iter().for_each(|s| contractions_of(s, pack, &known, &mut gaps));
        let right = gaps.iter().filter(|g| (model.sum(&g.features) > 0) == g.ends).count();
        println!("{}: {right} of {} right", bank.file, gaps.len());
    }
    Ok(())
}

/// What is learned, and from what.
struct Task {
    name: &'static str,
    features: &'static str,
}

type Counts = BTreeMap<String, u32>;

impl Task {
    fn language(
        &self,
        shared: &Path,
        options: &Options,
    ) -> Result<(&'static Pack, Counts), Box<dyn Error>> {
        let pack = recoupe::lang::pack(&options.lang).ok_or("no such language")?;
        Ok((pack, counts(shared, pack.code)?))
    }

    fn model(
        &self,
        gaps: Vec<&Gap>,
        pack: &Pack,
        options: &Options,
        usual: Option<f64>,
        out: Option<&Path>,
    ) -> Result<Linear, Box<dyn Error>> {
        let weights = fit(&gaps, options);
        println!("{} weights", weights.iter().filter(|w| **w != 0).count());
        let bytes = Linear::file(&weights, self.name, pack.code, self.features, usual);
        if let Some(out) = out {
            std::fs::write(out, &bytes)?;
        }
        Ok(Linear::open(&bytes, self.name, pack.code, self.features)?)
    }
}

/// What a form can be, as if the lexicon did not know rare ones.
fn known(counts: &Counts, rare: u32, pack: &Pack, word: &str) -> Tags {
    match counts.get(&word.to_lowercase()) {
        Some(n) if *n <= rare => Tags::default(),
        _ => pack.lexicon.tags(word),
    }
}

/// The tokens of a sentence that may be contractions, and whether they are.
fn contractions_of(sentence: &Sentence, pack: &'static Pack, known: Known, out: &mut Vec<Gap>) {
    let text = &sentence.text;
    let tokens = recoupe::analyse::token::tokens(text, Span::new(0, text.len()), pack);
    for token in &sentence.tokens {
        if !pack.tokens.ambiguous.contains(&token.form.to_lowercase().as_str()) {
            continue;
        }
        let same = |t: &Token| t.span.range() == token.span;
        let Some(at) = tokens.iter().position(same) else { continue };
        let mut features = Vec::new();
        contraction_features(text, &tokens, at, known, &mut features);
        out.push(Gap { features, ends: token.multi, weight: 1.0 });
    }
}

/// How often the treebanks have each form. Our lexicon comes from them: to learn as if from words
/// it does not know, rare ones are hidden from it.
fn counts(shared: &Path, lang: &str) -> Result<Counts, Box<dyn Error>> {
    let mut out = Counts::new();
    for bank in treebanks::of(lang) {
        // What sentences and contractions both read counts twice: the files that ship were made so.
        let uses = u32::from(bank.sentences.is_some()) + u32::from(bank.contractions.is_some());
        if uses == 0 {
            continue;
        }
        for sentence in treebank(shared, bank)?.unwrap_or_default() {
            for token in sentence.tokens {
                *out.entry(token.form.to_lowercase()).or_default() += uses;
            }
        }
    }
    Ok(out)
}

/// The sentences of a treebank that must be there.
fn sentences_of(shared: &Path, bank: &Treebank) -> Result<Vec<Sentence>, Box<dyn Error>> {
    Ok(treebank(shared, bank)?.ok_or_else(|| format!("no {}", bank.file))?)
}

/// The sentences in another order, some without their final stop, in one paragraph: what may stand
/// on both sides of an end is nearly any pair of sentences, and titles have no stop.
fn another_order(sentences: &[Sentence], drop: f32, random: &mut Rng) -> Vec<Sentence> {
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    random.shuffle(&mut order);
    let copy = |i: usize| {
        let mut sentence = sentences[i].clone();
        (sentence.doc, sentence.par) = (false, false);
        if random.unit() < drop && sentence.text.ends_with('.') && sentence.tokens.len() > 2 {
            sentence.text.truncate(sentence.text.trim_end_matches('.').trim_end().len());
        }
        if let Some(last) = sentence.tokens.last_mut() {
            last.space_after = true;
        }
        sentence
    };
    order.into_iter().map(copy).collect()
}

/// The gaps of a document that the engine would ask about, and what the treebank says of each.
fn gaps_of(document: &[Sentence], pack: &'static Pack, known: Known, weight: f32) -> Vec<Gap> {
    let text = conllu::running_text(document);
    let ends = ends_of(document, &text);
    let mut out = Vec::new();
    let article = Article::plain("", &*text);
    for tokens in sentence::paragraphs(&article, pack) {
        let is_end = |at: usize| ends.binary_search(&(tokens[at].span.end as usize)).is_ok();
        let paragraph = Paragraph::new(&text, &tokens, pack, known);
        gaps_of_paragraph(paragraph, tokens.len(), is_end, weight, &mut out);
    }
    out
}

/// The gaps of a paragraph of so many tokens that the engine would ask about.
fn gaps_of_paragraph(
    mut paragraph: Paragraph,
    tokens: usize,
    is_end: impl Fn(usize) -> bool,
    weight: f32,
    out: &mut Vec<Gap>,
) {
    for at in 0..tokens.saturating_sub(1) {
        let ends = is_end(at);
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
fn f1(
    sentences: &[Sentence],
    pack: &'static Pack,
    known: Known,
    model: &Linear,
    errors: bool,
) -> Ends {
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
            if errors {
                print_errors(&text, &tokens, &cuts, &ends);
            }
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
    Ends { gold, found, both }
}

/// Each end that is missed or false, with some tokens around it.
fn print_errors(text: &str, tokens: &[Token], cuts: &[usize], ends: &[usize]) {
    for at in 0..tokens.len().saturating_sub(1) {
        let is_end = ends.binary_search(&(tokens[at].span.end as usize)).is_ok();
        let kind = match (is_end, cuts.binary_search(&at).is_ok()) {
            (true, false) => "missed",
            (false, true) => "false",
            _ => continue,
        };
        let from = tokens[at.saturating_sub(7)].span.start as usize;
        let next = &tokens[at + 1..tokens.len().min(at + 8)];
        let (end, last) = (tokens[at].span.end as usize, next[next.len() - 1].span.end as usize);
        println!("{kind}\t{} || {}", &text[from..end], &text[end..last]);
    }
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
    for (i, (name, bytes)) in files.into_iter().enumerate() {
        if !name.ends_with(".txt") || name.contains("urls") || name.starts_with("2018") {
            continue;
        }
        // Newspapers print other quotation marks: every second article has straight ones.
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if i % 2 == 1 {
            text = text.replace("« ", "\"").replace("«\u{a0}", "\"").replace('«', "\"");
            text = text.replace(" »", "\"").replace("\u{a0}»", "\"").replace('»', "\"");
        }
        let article = Article::plain("", text);
        for tokens in sentence::paragraphs(&article, pack) {
            let paragraph = Paragraph::new(&article.text, &tokens, pack, known);
            let by_rules = sentence::rule_ends(&article.text, &tokens, pack);
            let is_end = |at: usize| by_rules.binary_search(&at).is_ok();
            gaps_of_paragraph(paragraph, tokens.len(), is_end, weight, out);
        }
    }
    Ok(())
}

/// Logistic regression; weights in units of 1/256.
fn fit(gaps: &[&Gap], options: &Options) -> Vec<i16> {
    let mut weights = vec![0f32; SIZE];
    let mut sums = vec![0f32; SIZE];
    let mut seen = vec![0u32; SIZE];
    gaps.iter().flat_map(|g| &g.features).for_each(|f| seen[*f as usize] += 1);
    let mut squares = vec![1e-6f32; SIZE];
    let mut order: Vec<usize> = (0..gaps.len()).collect();
    let mut random = Rng::new(1);
    let mut shown = Vec::new();
    for pass in 0..options.passes {
        random.shuffle(&mut order);
        let rate = 0.3 / (1.0 + pass as f32 * 0.3);
        for gap in order.iter().map(|i| &gaps[*i]) {
            shown.clear();
            let seen_often = |f: &&u32| seen[**f as usize] >= options.least;
            let often = gap.features.iter().filter(seen_often).map(|f| *f as usize);
            shown.extend(often.filter(|_| random.unit() >= options.hide));
            let sum: f32 = shown.iter().map(|f| weights[*f]).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let slope = gap.weight * (chance - f32::from(u8::from(gap.ends)));
            for &f in &shown {
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
