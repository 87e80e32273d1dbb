//! Trains the network that finds names (`recoupe::analyse::name::learned`) on the corpora that
//! [`crate::names::training`] lists, of all languages: names travel, and so do their shapes.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use recoupe::analyse::name::learned::{self, CLASSES, Recogniser, class, training};
use recoupe::analyse::syntax::features::Key;
use recoupe::analyse::syntax::network::{self, Sizes, Weights};
use recoupe::article::{Article, Span};
use recoupe::lang::Pack;
use recoupe::model::{Writer, feature_hash};

use super::fit::{Fit, Learning};
use super::net::{Example, Params, UNKNOWN};
use crate::eval::names::score;
use crate::names::{self, Doc};
use crate::random::Rng;

/// What training takes.
#[derive(clap::Args)]
pub struct Options {
    /// Where the model goes
    #[arg(long)]
    out: PathBuf,
    #[arg(long, default_value_t = 11)]
    epochs: usize,
    /// Numbers of a word's embedding
    #[arg(long, default_value_t = 64)]
    embedding: usize,
    /// Numbers of a state
    #[arg(long, default_value_t = 64)]
    hidden: usize,
    #[arg(long, default_value_t = 1)]
    layers: usize,
    #[command(flatten)]
    learning: Learning,
    /// How often the letters of a capitalised word are hidden
    #[arg(long, default_value_t = 0.5)]
    hide: f32,
    /// What a page of an old newspaper counts
    #[arg(long, default_value_t = 0.1)]
    old: f32,
    /// Keys seen less often have no row
    #[arg(long, default_value_t = 3)]
    least: u32,
    /// Train on the development parts too (for what ships)
    #[arg(long)]
    all: bool,
}

struct Prepared {
    keys: Vec<Vec<Key>>,
    classes: Vec<u16>,
    weight: f32,
}

fn article(doc: &Doc) -> Article {
    Article::plain(&doc.id, &doc.text)
}

/// The windows of a document with the class of each token.
fn prepare(doc: &Doc, pack: &'static Pack, weight: f32, out: &mut Vec<Prepared>) {
    training::windows(&article(doc), pack, |spans, keys| {
        out.push(Prepared { classes: classes(doc, &spans), keys, weight });
    });
}

/// Classes of tokens; tokens that a name cuts in two, and those the corpus leaves open, have none.
fn classes(doc: &Doc, spans: &[Span]) -> Vec<u16> {
    let mut out = vec![0; spans.len()];
    let mut put = |start: u32, end: u32, class: &dyn Fn(usize, usize) -> u16| {
        let from = spans.partition_point(|s| s.end <= start);
        let to = spans.partition_point(|s| s.start < end);
        (from..to).for_each(|i| out[i] = class(i - from, to - from));
    };
    doc.open.iter().for_each(|(start, end)| put(*start, *end, &|_, _| UNKNOWN));
    for (start, end, kind) in &doc.names {
        let whole = spans.iter().any(|s| s.start == *start) && spans.iter().any(|s| s.end == *end);
        put(*start, *end, &|at, len| if whole { class(*kind, at, len) as u16 } else { UNKNOWN });
    }
    out
}

/// The rows of a window's words this time: letters of names are hidden at times, those of other
/// words more seldom, so that the network learns to do without. (What the rules' name begins and
/// ends with stays.)
fn rows(
    window: &Prepared,
    index: &dyn Fn(Key) -> Option<u32>,
    hide: f32,
    rng: &mut Rng,
) -> Vec<Vec<u32>> {
    let one = |(keys, class): (&Vec<Key>, &u16)| {
        let hidden = rng.unit() < if *class == 0 { hide / 3.0 } else { hide };
        // The form, four suffixes, three prefixes come first.
        let from = if hidden { 8 } else { 0 };
        keys[from..].iter().filter_map(|k| index(*k)).collect()
    };
    window.keys.iter().zip(&window.classes).map(one).collect()
}

/// Trains and writes the model.
///
/// # Errors
///
/// When a corpus is missing, or the model cannot be written.
pub fn run(shared: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let mut windows = Vec::new();
    for pack in recoupe::lang::PACKS {
        let mut docs = names::training(shared, pack.code)?;
        if options.all {
            docs.extend(names::development(shared, pack.code)?);
        }
        docs.iter().for_each(|doc| prepare(doc, pack, 1.0, &mut windows));
        if options.old > 0.0 {
            let docs = names::old_newspapers(shared, pack.code)?;
            docs.iter().for_each(|doc| prepare(doc, pack, options.old, &mut windows));
        }
    }
    let mut counts: BTreeMap<Key, u32> = BTreeMap::new();
    for key in windows.iter().flat_map(|w| w.keys.iter().flatten()) {
        *counts.entry(*key).or_default() += 1;
    }
    counts.retain(|_, n| *n >= options.least);
    let keys: Vec<Key> = counts.into_keys().collect();
    let sizes = Sizes {
        embedding: options.embedding,
        hidden: options.hidden,
        layers: options.layers,
        arc: 1,
        relation: 1,
        relations: 1,
        classes: vec![CLASSES],
    };
    let words: usize = windows.iter().map(|w| w.keys.len()).sum();
    eprintln!("{} windows, {words} words, {} keys", windows.len(), keys.len());
    let (schedule, dropout) =
        (options.learning.schedule(options.epochs), options.learning.dropout());
    let pass = (schedule, words);
    let mut fit = Fit::new(&sizes, keys.len(), options.learning.seed, dropout, &[1.0], pass);
    let index = |k: Key| keys.binary_search(&k).ok().map(|i| i as u32);
    let example = |window: &Prepared, rng: &mut Rng| Example {
        rows: rows(window, &index, options.hide, rng),
        classes: vec![window.classes.clone()],
        weight: window.weight,
        ..Example::default()
    };
    let mut dev = Vec::new();
    for pack in recoupe::lang::PACKS.iter().filter(|_| !options.all) {
        dev.push(Dev::read(shared, pack)?);
    }
    for epoch in 1..=options.epochs {
        eprint!("epoch {epoch}: ");
        fit.epoch(&mut windows, |w| w.keys.len(), &example);
        if epoch % 4 == 0 || epoch == options.epochs {
            let bytes = write(&sizes, &keys, fit.average());
            std::fs::write(&options.out, &bytes)?;
            if options.all {
                eprintln!("  trained on the development parts, which say nothing now");
            }
            let with = Recogniser::open(&bytes)?;
            dev.iter().for_each(|dev| dev.measure(&with));
        }
    }
    Ok(())
}

/// What names are developed on in a language, by corpus.
struct Dev {
    pack: &'static Pack,
    corpora: BTreeMap<&'static str, Vec<Doc>>,
}

impl Dev {
    fn read(shared: &Path, pack: &'static Pack) -> Result<Dev, Box<dyn Error>> {
        let mut corpora: BTreeMap<&str, Vec<Doc>> = BTreeMap::new();
        for doc in names::development(shared, pack.code)? {
            let corpus = if doc.id.starts_with("GUM") { "GUM" } else { "others" };
            corpora.entry(corpus).or_default().push(doc);
        }
        Ok(Dev { pack, corpora })
    }

    /// Prints the scores of a model.
    fn measure(&self, with: &Recogniser) {
        let find = |doc: &Doc| {
            let found = training::names(&article(doc), self.pack, with);
            found.iter().map(|m| (m.span.start, m.span.end, m.kind)).collect()
        };
        for (name, docs) in &self.corpora {
            eprintln!("  {} {name} {}", self.pack.code, score(docs, find));
        }
    }
}

/// Scores a model file on what names are developed on.
///
/// # Errors
///
/// When the file is not a model of names, or a corpus is missing.
pub fn score_file(shared: &Path, lang: &str, model: &Path) -> Result<(), Box<dyn Error>> {
    let pack = recoupe::lang::pack(lang).ok_or("no such language")?;
    Dev::read(shared, pack)?.measure(&Recogniser::open(&std::fs::read(model)?)?);
    Ok(())
}

fn write(sizes: &Sizes, keys: &[Key], params: Params) -> Vec<u8> {
    let hash = feature_hash(learned::DESCRIPTION);
    let mut writer = Writer::new("names", learned::LANG, network::VERSION, hash);
    let weights = Weights {
        sizes: sizes.clone(),
        keys: keys.to_vec(),
        rows: params.rows,
        dense: params.dense,
        relations: vec![String::new()],
        classes: vec![(0..CLASSES).map(|c| c.to_string()).collect()],
    };
    weights.write(&mut writer);
    writer.bytes()
}
