//! `recoupe-dev train syntax`: the network of a language's parts of speech and trees.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use recoupe::analyse::syntax::features::{self, Key};
use recoupe::analyse::syntax::network::{self, Batch, Network, Scores, Sizes, Weights};
use recoupe::analyse::syntax::tree;
use recoupe::lang::Pack;
use recoupe::model::{Model, Writer, feature_hash};
use recoupe::ud::Upos;

use super::fit::{Fit, Learning};
use super::net::{Example, Params};
use super::treebank::{self, Word, read};
use crate::random::Rng;
use crate::treebanks;

/// How a network is trained.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// The language: fr, en
    #[arg(long)]
    lang: String,
    /// Where the model goes
    #[arg(long)]
    out: PathBuf,
    /// Times that the data are read
    #[arg(long, default_value_t = 30)]
    epochs: usize,
    /// Numbers of a word's embedding
    #[arg(long, default_value_t = 96)]
    embedding: usize,
    /// Numbers of a state
    #[arg(long, default_value_t = 96)]
    hidden: usize,
    #[arg(long, default_value_t = 2)]
    layers: usize,
    #[arg(long, default_value_t = 64)]
    arc: usize,
    #[arg(long, default_value_t = 96)]
    relation: usize,
    #[command(flatten)]
    learning: Learning,
    /// Train on the development sets too (for what ships)
    #[arg(long)]
    all: bool,
    /// More trees, in CoNLL-U, with what they count: FILE=0.5
    #[arg(long)]
    more: Vec<String>,
}

/// The key that says that a text is speech.
const SPOKEN: Key = 1;

struct Sentence {
    words: Vec<Word>,
    spoken: bool,
    weight: f32,
}

struct Data {
    train: Vec<Sentence>,
    dev: Vec<(String, Vec<Vec<Word>>)>,
}

fn load(shared: &Path, options: &Options) -> Result<Data, Box<dyn Error>> {
    let mut data = Data { train: Vec::new(), dev: Vec::new() };
    for bank in treebanks::of(&options.lang) {
        let Some(how) = bank.trees else { continue };
        let mut held = Vec::new();
        for (i, words) in treebank::read(&bank.path(shared))?.into_iter().enumerate() {
            let out = how.held.holds(i);
            if out {
                held.push(words.clone());
            }
            if !out || options.all {
                data.train.push(Sentence { words, spoken: bank.spoken, weight: how.weight });
            }
        }
        if !held.is_empty() {
            data.dev.push((bank.file.to_string(), held));
        }
    }
    if data.train.is_empty() {
        return Err("no treebanks are listed for this language".into());
    }
    for more in &options.more {
        let (file, weight) = more.rsplit_once('=').ok_or("--more wants FILE=WEIGHT")?;
        let weight: f32 = weight.parse()?;
        let sentences = read(file.as_ref())?.into_iter();
        data.train.extend(sentences.map(|words| Sentence { words, spoken: false, weight }));
    }
    Ok(data)
}

/// The keys of all words of a sentence.
fn keys_of(words: &[Word], pack: &Pack) -> Vec<Vec<Key>> {
    let one = |(i, w): (usize, &Word)| {
        let mut keys = Vec::new();
        features::keys(&w.form, i == 0, pack, &mut keys);
        keys
    };
    words.iter().enumerate().map(one).collect()
}

struct Prepared {
    keys: Vec<Vec<Key>>,
    example: Example,
    /// How often each word's form stands in the data.
    counts: Vec<u32>,
    spoken: bool,
}

struct Inventory {
    keys: Vec<Key>,
    relations: Vec<String>,
    classes: Vec<Vec<String>>,
}

fn prepare(train: &[Sentence], pack: &Pack) -> (Inventory, Vec<Prepared>) {
    let mut counts: BTreeMap<Key, u32> = BTreeMap::new();
    let mut forms: BTreeMap<Key, u32> = BTreeMap::new();
    let mut relations: BTreeMap<&str, u32> = BTreeMap::new();
    let all: Vec<Vec<Vec<Key>>> = train.iter().map(|s| keys_of(&s.words, pack)).collect();
    for (sentence, keys) in train.iter().zip(&all) {
        for (word, keys) in sentence.words.iter().zip(keys) {
            *forms.entry(keys[0]).or_default() += 1;
            keys.iter().for_each(|k| *counts.entry(*k).or_default() += 1);
            *relations.entry(word.deprel.as_str()).or_default() += 1;
        }
    }
    counts.retain(|_, n| *n >= 2);
    counts.insert(SPOKEN, 1);
    let keys: Vec<Key> = counts.into_keys().collect();
    let relations: Vec<String> =
        relations.into_iter().filter(|(_, n)| *n >= 3).map(|(r, _)| r.to_string()).collect();
    let upos: Vec<String> = Upos::ALL.iter().map(|u| u.name().to_string()).collect();
    let inventory = Inventory { keys, relations, classes: vec![upos] };
    let one = |(sentence, keys): (&Sentence, Vec<Vec<Key>>)| {
        let index = |name: &str| {
            let found = |n: &str| inventory.relations.binary_search_by(|r| r.as_str().cmp(n)).ok();
            let universal = name.split(':').next().unwrap_or(name);
            found(name).or_else(|| found(universal)).unwrap_or(0) as u16
        };
        let words = &sentence.words;
        let example = Example {
            rows: Vec::new(),
            heads: words.iter().map(|w| w.head).collect(),
            relations: words.iter().map(|w| index(&w.deprel)).collect(),
            classes: vec![
                words.iter().map(|w| w.upos.parse::<Upos>().unwrap_or_default() as u16).collect(),
            ],
            weight: sentence.weight,
        };
        let counts = keys.iter().map(|k| forms.get(&k[0]).copied().unwrap_or(0)).collect();
        Prepared { keys, example, counts, spoken: sentence.spoken }
    };
    let prepared = train.iter().zip(all).map(one).collect();
    (inventory, prepared)
}

/// The rows of a sentence's words this time: some forms are hidden, rare ones more often, so
/// that the network learns to do without.
fn rows_of(
    sentence: &Prepared,
    index: &dyn Fn(Key) -> Option<u32>,
    rng: &mut Rng,
) -> Vec<Vec<u32>> {
    let spoken = sentence.spoken && rng.unit() < 0.8;
    let one = |(keys, count): (&Vec<Key>, &u32)| {
        let hide = rng.unit() < 0.05 + 0.25 / (0.25 + *count as f32);
        let hide_lexicon = rng.unit() < 0.03;
        let mut rows: Vec<u32> = Vec::with_capacity(keys.len());
        for (i, key) in keys.iter().enumerate() {
            // Keys come in a fixed order: form, four suffixes, three prefixes, shape, lexicon.
            if (i == 0 && hide) || (i >= 9 && hide_lexicon) {
                continue;
            }
            rows.extend(index(*key));
        }
        if spoken {
            rows.extend(index(SPOKEN));
        }
        rows
    };
    sentence.keys.iter().zip(&sentence.counts).map(one).collect()
}

/// Trains and writes the model.
pub fn run(shared: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let pack = recoupe::lang::pack(&options.lang).ok_or("no such language")?;
    let data = load(shared, options)?;
    let (inventory, mut sentences) = prepare(&data.train, pack);
    let sizes = Sizes {
        embedding: options.embedding,
        hidden: options.hidden,
        layers: options.layers,
        arc: options.arc,
        relation: options.relation,
        relations: inventory.relations.len(),
        classes: inventory.classes.iter().map(Vec::len).collect(),
    };
    let words: usize = sentences.iter().map(|s| s.keys.len()).sum();
    eprintln!("{} sentences, {words} words, {} keys", sentences.len(), inventory.keys.len());
    let (schedule, dropout) =
        (options.learning.schedule(options.epochs), options.learning.dropout());
    let (rows, pass) = (inventory.keys.len(), (schedule, words));
    let mut fit = Fit::new(&sizes, rows, options.learning.seed, dropout, &[0.5], pass);
    let index = |k: Key| inventory.keys.binary_search(&k).ok().map(|i| i as u32);
    let example = |sentence: &Prepared, rng: &mut Rng| Example {
        rows: rows_of(sentence, &index, rng),
        ..sentence.example.clone()
    };
    for epoch in 1..=options.epochs {
        eprint!("epoch {epoch}: ");
        fit.epoch(&mut sentences, |s| s.keys.len(), &example);
        if epoch % 5 == 0 || epoch == options.epochs {
            let bytes = write(options, &sizes, &inventory, &fit.average());
            let network = Network::open(&Model::open(&bytes)?)?;
            for (name, dev) in &data.dev {
                eprintln!("  {name}: {}", score(&network, pack, dev));
            }
            std::fs::write(&options.out, bytes)?;
        }
    }
    Ok(())
}

fn write(options: &Options, sizes: &Sizes, inventory: &Inventory, params: &Params) -> Vec<u8> {
    let hash = feature_hash(features::DESCRIPTION);
    let mut writer = Writer::new("syntax", &options.lang, network::VERSION, hash);
    let weights = Weights {
        sizes: sizes.clone(),
        keys: inventory.keys.clone(),
        rows: params.rows.clone(),
        dense: params.dense.clone(),
        relations: inventory.relations.clone(),
        classes: inventory.classes.clone(),
    };
    weights.write(&mut writer);
    writer.bytes()
}

/// Scores a model on treebanks.
pub fn measure(lang: &str, model: &Path, files: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    let pack = recoupe::lang::pack(lang).ok_or("no such language")?;
    let bytes = std::fs::read(model)?;
    let network = Network::open(&Model::open(&bytes)?)?;
    for file in files {
        println!("{}: {}", file.display(), score(&network, pack, &read(file)?));
    }
    Ok(())
}

/// Shares of words whose part of speech, head, and head and relation are right.
pub fn score(network: &Network, pack: &Pack, sentences: &[Vec<Word>]) -> String {
    let mut scores = Scores::default();
    let (mut all, mut upos, mut uas, mut las) = (0, 0, 0, 0);
    let mut seconds = 0.0;
    for words in sentences {
        let start = Instant::now();
        let mut batch = Batch::default();
        for keys in keys_of(words, pack) {
            batch.word(|out| out.extend(keys));
        }
        batch.end_sentence();
        network.read(&batch, &mut scores);
        let heads = tree::heads(network.score_arcs(0, &mut scores), words.len());
        seconds += start.elapsed().as_secs_f32();
        let relations = network.relations();
        let rows = network.score_relations(0, &heads, &mut scores).to_vec();
        for (i, (word, row)) in words.iter().zip(rows.chunks_exact(relations.len())).enumerate() {
            all += 1;
            let class = argmax(network.score_classes(0, 0, i, &scores));
            upos += usize::from(Upos::ALL[class].name() == word.upos);
            if heads[i] == word.head {
                uas += 1;
                let best = &relations[argmax(row)];
                las += usize::from(universal(best) == universal(&word.deprel));
            }
        }
    }
    let share = |n: usize| 100.0 * n as f32 / all.max(1) as f32;
    format!(
        "UPOS {:.2} UAS {:.2} LAS {:.2} ({:.0} words/s)",
        share(upos),
        share(uas),
        share(las),
        all as f32 / seconds
    )
}

fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

fn argmax(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}
