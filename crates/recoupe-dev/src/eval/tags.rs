//! `eval tags`: parts of speech, features and lemmas on gold words, against treebanks.
//!
//! Writes the share of right ones as the floor, and for each sentence its number of words and of
//! right parts of speech, features and lemmas; then which parts of speech are taken for which.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use recoupe::analyse::tag::{annotate, parts};
use recoupe::lang::{Pack, pack};
use recoupe::ud::Upos;
use serde_json::json;

use crate::train::gold::{self, Sentence};
use crate::treebanks::{Held, TREEBANKS, Treebank};

/// What was right.
#[derive(Clone, Copy, Default)]
struct Tally {
    words: u32,
    upos: u32,
    feats: u32,
    lemma: u32,
}

/// Measures on the treebanks under `shared`. With `develop`, on what training kept to develop
/// on, and nothing is written; with `verbose` too, errors are listed.
pub fn run(shared: &Path, develop: bool, verbose: bool) -> Result<(), Box<dyn Error>> {
    let mut items = Vec::new();
    let mut figures: Vec<(String, f64)> = Vec::new();
    for (bank, sentences) in sets(shared, develop)? {
        let (name, file) = (set_name(bank), bank.file);
        let pack = pack(bank.lang).ok_or("no such language")?;
        let mut confused: BTreeMap<(Upos, Upos), u32> = BTreeMap::new();
        let mut all = Tally::default();
        for sentence in &sentences {
            let tally = measure(sentence, pack, &mut confused, develop && verbose);
            items.push(json!({"set": name, "id": sentence.id, "words": tally.words,
                "upos": tally.upos, "feats": tally.feats, "lemma": tally.lemma}));
            all.add(tally);
        }
        let share = |n: u32| 100.0 * f64::from(n) / f64::from(all.words.max(1));
        let (alone, whole) = speed(&sentences, pack);
        println!(
            "{file}: words {} UPOS {:.2} features {:.2} lemmas {:.2}; words/s {alone:.0} (UPOS), {whole:.0} (all)",
            all.words,
            share(all.upos),
            share(all.feats),
            share(all.lemma)
        );
        for (what, n) in [("upos", all.upos), ("feats", all.feats), ("lemma", all.lemma)] {
            figures.push((format!("{name}_{what}"), share(n)));
        }
        let mut worst: Vec<_> = confused.into_iter().collect();
        worst.sort_by_key(|(pair, n)| (std::cmp::Reverse(*n), *pair));
        let pairs = worst.iter().map(|((gold, got), n)| json!([gold.name(), got.name(), n]));
        items.push(json!({"set": name, "confused": pairs.collect::<Vec<_>>()}));
        if verbose {
            for ((gold, got), n) in worst.iter().take(12) {
                println!("  {gold} taken for {got}: {n}");
            }
        }
    }
    if !develop && !figures.is_empty() {
        let figures: Vec<(&str, f64)> = figures.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        super::write("tags", &items, &figures)?;
    }
    Ok(())
}

type Set = (&'static Treebank, Vec<Sentence>);

/// The name of a test set in the floor: `gsd`; PUD has one for each language, `pud_fr`.
fn set_name(bank: &Treebank) -> String {
    let name = bank.file.split(['_', '-']).nth(1).unwrap_or(bank.file);
    if name == "pud" { format!("pud_{}", bank.lang) } else { name.to_string() }
}

fn sets(shared: &Path, develop: bool) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut out = Vec::new();
    for bank in TREEBANKS {
        if develop {
            let Some(how) = bank.tags.filter(|how| how.held != Held::Nothing) else { continue };
            let (_, kept) = gold::split(how.held, gold::read(shared, bank)?, false);
            out.push((bank, kept));
        } else if bank.test && bank.path(shared).exists() {
            out.push((bank, gold::read(shared, bank)?));
        } else if bank.test {
            println!("{}: not measured (missing)", bank.file);
        }
    }
    Ok(out)
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.words += other.words;
        self.upos += other.upos;
        self.feats += other.feats;
        self.lemma += other.lemma;
    }
}

fn measure(
    sentence: &Sentence,
    pack: &Pack,
    confused: &mut BTreeMap<(Upos, Upos), u32>,
    list: bool,
) -> Tally {
    let forms: Vec<&str> = sentence.words.iter().map(|w| w.form.as_str()).collect();
    let words = annotate(&forms, pack);
    let mut tally = Tally::default();
    for (gold, word) in sentence.words.iter().zip(&words) {
        let feats = word.feats.to_string() == gold.feats_text;
        let lemma = word.lemma(&gold.form, pack);
        tally.words += 1;
        tally.upos += u32::from(word.upos == gold.upos);
        tally.feats += u32::from(feats);
        tally.lemma += u32::from(lemma == gold.lemma);
        if word.upos != gold.upos {
            *confused.entry((gold.upos, word.upos)).or_default() += 1;
        }
        if list && (word.upos != gold.upos || !feats || lemma != gold.lemma) {
            println!(
                "{} {} {}|{} {} {}|{} {}",
                gold.form,
                gold.upos,
                word.upos,
                gold.feats_text,
                word.feats,
                gold.lemma,
                lemma,
                sentence.id
            );
        }
    }
    tally
}

/// Words tagged in a second on one thread: parts of speech alone, and with features and lemmas.
fn speed(sentences: &[Sentence], pack: &Pack) -> (f64, f64) {
    let forms: Vec<Vec<&str>> =
        sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str()).collect()).collect();
    let words: usize = forms.iter().map(Vec::len).sum();
    let timed = |run: &dyn Fn(&[&str])| {
        let start = Instant::now();
        forms.iter().for_each(|sentence| run(sentence));
        words as f64 / start.elapsed().as_secs_f64()
    };
    let alone = timed(&|s| drop(std::hint::black_box(parts(s, pack))));
    (alone, timed(&|s| drop(std::hint::black_box(annotate(s, pack)))))
}
