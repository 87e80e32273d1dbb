//! `eval syntax`: tokens, sentences, words, tags, lemmas and trees against treebanks, by the
//! scorer of CoNLL 2018 ([`super::conll18`]).
//!
//! From raw text end to end: each document's sentences are joined as [`conllu::running_text`]
//! says, analysed, printed as CoNLL-U and read back, so that what users get is what is scored.
//! A treebank without documents is one text.
//!
//! From gold tokens: the treebank's own words, with our tags and trees.

use std::error::Error;
use std::path::Path;

use recoupe::analyse::{syntax, with_pack};
use recoupe::article::Article;
use recoupe::lang::{Pack, pack};
use recoupe::tell;

use super::conll18::{Scores, Side, score};
use super::corpus::{Floor, save};
use crate::conllu::{self, Sentence};
use crate::treebanks::{TREEBANKS, Treebank};

/// What is measured on: the test sets, and where trees are learnt, the development sets.
fn sets() -> impl Iterator<Item = &'static Treebank> {
    let dev = |b: &&Treebank| b.trees.is_some() && b.file.ends_with("-dev");
    TREEBANKS.iter().filter(move |b| b.test || dev(b))
}

/// Measures every set; `verbose` lists the errors on development sets.
///
/// # Errors
///
/// When a corpus cannot be read, or a figure fell below its floor.
pub fn run(shared: &Path, verbose: bool) -> Result<(), Box<dyn Error>> {
    let mut floor = Floor::of("syntax")?;
    for (way, raw) in [("raw", true), ("gold", false)] {
        print!("{:<18}", format!("{way} tokens"));
        Scores::default().each().iter().for_each(|(measure, _)| print!("{measure:>10}"));
        println!();
        for bank in sets() {
            let name = bank.name();
            let (Some(gold), Some(pack)) = (treebank(shared, bank)?, pack(bank.lang)) else {
                println!("{name:<18}not measured: no {}", bank.file);
                continue;
            };
            if !raw && syntax::parser(pack).is_none() {
                println!("{name:<18}not measured: no model");
                continue;
            }
            let (total, items) = set(&gold, pack, &name, raw, verbose)?;
            print!("{name:<18}");
            for (measure, count) in total.each() {
                print!("{:>10.2}", count.f1() * 100.0);
                floor.check(&format!("{name}_{way}_{measure}"), count.f1());
            }
            println!();
            save("syntax", &format!("{name}_{way}.jsonl"), &items)?;
        }
    }
    Ok(floor.hold()?)
}

/// Measures one set, document by document: all together, and a line of results for each.
fn set(
    gold: &[Sentence],
    pack: &'static Pack,
    name: &str,
    raw: bool,
    verbose: bool,
) -> Result<(Scores, Vec<String>), Box<dyn Error>> {
    let mut total = Scores::default();
    let mut items = Vec::new();
    for (i, document) in documents(gold).enumerate() {
        let system = if raw { analysed(document, pack)? } else { annotated(document, pack) };
        let scores = score(&Side::of(document), &Side::of(&system))
            .map_err(|e| format!("{name}, document {}: {e}", i + 1))?;
        if raw && verbose && name.ends_with("dev") {
            differences(document, &system);
        }
        items.push(item(document, &scores));
        total.add(&scores);
    }
    Ok((total, items))
}

/// The document's own words, with our tags and trees.
fn annotated(document: &[Sentence], pack: &'static Pack) -> Vec<Sentence> {
    let mut scratch = syntax::Scratch::default();
    let read = |sentence: &Sentence| {
        let mut sentence = sentence.clone();
        let forms: Vec<String> = sentence.words.iter().map(|w| w.form.clone()).collect();
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        let words = syntax::annotate_forms(&forms, pack, &mut scratch);
        for ((ours, word), form) in sentence.words.iter_mut().zip(words).zip(&forms) {
            ours.upos = word.upos.name().into();
            ours.feats = word.feats.to_string();
            ours.lemma = word.lemma(form, pack).into();
            ours.head = Some(word.head.map_or(0, |h| h as usize + 1));
            ours.deprel = word.head.map_or("root", |_| word.deprel.name()).into();
        }
        sentence
    };
    document.iter().map(read).collect()
}

/// The sentences of a treebank; None when it is not there.
///
/// # Errors
///
/// When it cannot be read.
pub fn treebank(shared: &Path, bank: &Treebank) -> Result<Option<Vec<Sentence>>, Box<dyn Error>> {
    let path = bank.path(shared);
    if !path.exists() {
        return Ok(None);
    }
    let text = crate::generate::lexicon::unxz(&path)?;
    Ok(Some(conllu::read(&text).map_err(|e| format!("{}: {e}", path.display()))?))
}

/// The documents of a treebank, in order.
pub fn documents(sentences: &[Sentence]) -> impl Iterator<Item = &[Sentence]> {
    sentences.chunk_by(|_, next| !next.doc)
}

/// The sentences' text, analysed from nothing but its characters.
fn analysed(document: &[Sentence], pack: &'static Pack) -> Result<Vec<Sentence>, conllu::Error> {
    let article = Article::plain("text", conllu::running_text(document));
    let analysis = with_pack(&article, pack);
    conllu::read(&tell::conllu::sentences(&article, &analysis))
}

fn item(document: &[Sentence], scores: &Scores) -> String {
    let mut item = serde_json::Map::new();
    item.insert("id".into(), document.first().map_or("", |s| &s.id).into());
    for (measure, count) in scores.each() {
        item.insert(measure.into(), vec![count.gold, count.system, count.correct].into());
    }
    serde_json::Value::Object(item).to_string()
}

/// Prints where tokens, words and sentences differ.
fn differences(gold: &[Sentence], system: &[Sentence]) {
    let cuts = |sentences: &[Sentence]| {
        let mut at = 0;
        let mut tokens = Vec::new();
        let mut ends = Vec::new();
        for sentence in sentences {
            for token in &sentence.tokens {
                let length = token.form.chars().filter(|c| !c.is_whitespace()).count();
                let words: Vec<&str> =
                    sentence.words[token.words.clone()].iter().map(|w| w.form.as_str()).collect();
                tokens.push((at..at + length, words.join("+")));
                at += length;
            }
            ends.push(at);
        }
        (tokens, ends)
    };
    let ((gold, gold_ends), (system, system_ends)) = (cuts(gold), cuts(system));
    let mut s = 0;
    for (i, (span, form)) in gold.iter().enumerate() {
        while s + 1 < system.len() && system[s].0.end < span.end {
            s += 1;
        }
        let around = || {
            let from = i.saturating_sub(5);
            let to = (i + 6).min(gold.len());
            gold[from..to].iter().map(|g| g.1.as_str()).collect::<Vec<_>>().join(" ")
        };
        if !system.get(s).is_some_and(|x| x.0 == *span) {
            println!("token\t{form}\t{}\t{}", system.get(s).map_or("", |x| &x.1), around());
        } else if !system[s].1.eq_ignore_ascii_case(form) {
            println!("words\t{form}\t{}\t{}", system[s].1, around());
        }
        match (gold_ends.contains(&span.end), system_ends.contains(&span.end)) {
            (true, false) => println!("missed end\t{form}\t\t{}", around()),
            (false, true) => println!("false end\t{form}\t\t{}", around()),
            _ => {}
        }
    }
}
