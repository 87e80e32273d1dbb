//! `train tags`: the tagger's three linear models (see `recoupe::analyse::tag`).
//!
//! All of it is deterministic: a generator of our own, sums in the order of the corpus, one
//! thread for each seed.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use recoupe::analyse::tag::features::{self, Info, Pass};
use recoupe::analyse::tag::write::{Trained, tagger};
use recoupe::analyse::tag::{TAGS, VALUES};
use recoupe::lang::lexicon::Lexicon;
use recoupe::lang::pack;
use recoupe::ud::{Feats, Upos};
use rustc_hash::FxHashMap;

use super::gold::{self, Sentence};
use super::linear::{self, Example, How, Weights};
use crate::random::Rng;
use crate::treebanks;

/// Options of `train tags`.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// BCP 47 primary tag
    #[arg(long)]
    lang: String,
    /// Leave out what is kept to develop on
    #[arg(long)]
    develop: bool,
    /// More sentences: a CoNLL-U file, `=` and what its mistakes weigh (a treebank's weigh 1)
    #[arg(long, value_parser = extra)]
    extra: Vec<(PathBuf, f32)>,
    /// Where the file goes
    #[arg(long, default_value = "crates/recoupe/models")]
    out: PathBuf,
}

fn extra(text: &str) -> Result<(PathBuf, f32), String> {
    let (path, weight) = text.rsplit_once('=').ok_or("FILE=WEIGHT is needed")?;
    Ok((path.into(), weight.parse().map_err(|e| format!("{weight}: {e}"))?))
}

/// Trains the tagger of a language and writes `tags_<lang>.bin`. The language's lexicon is the
/// one that the program carries: generate it first.
pub fn run(shared: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let pack = pack(&options.lang).ok_or("no such language")?;
    let lang = pack.code;
    let plan = Plan {
        shared,
        lang,
        all: !options.develop,
        extra: &options.extra,
        settings: Settings::default(),
    };
    let bytes = train(&plan, &pack.lexicon)?;
    let path = options.out.join(format!("tags_{lang}.bin"));
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(std::fs::write(path, bytes)?)
}

/// What to train on.
pub struct Plan<'a> {
    pub shared: &'a Path,
    pub lang: &'a str,
    /// Everything, nothing kept to develop on.
    pub all: bool,
    /// More sentences, CoNLL-U files each with a weight.
    pub extra: &'a [(PathBuf, f32)],
    pub settings: Settings,
}

/// Settings of training.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Models trained on the same sentences in other orders, and averaged.
    pub seeds: u64,
    /// Parts the corpus is cut in to tag each by a model of the others.
    pub folds: usize,
    pub tags: How,
    pub bundles: How,
    /// How often a feature must be seen.
    pub least: u32,
    /// A first pass sure by this much (in the model's own scale) is not looked at again.
    pub sure: f32,
    /// What the second pass trains on.
    pub unsure: f32,
    /// How many frequent forms are kept, and how often one must be seen with one tag alone to be
    /// tagged without a look at its neighbours.
    pub known: usize,
    pub always: u32,
    /// Treebanks of this weight or more settle which features and bundles there are.
    pub conventional: f32,
    /// Weights below this share of the greatest are left out.
    pub prune: f32,
    /// The same for features of UD, which need fewer.
    pub prune_bundles: f32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            seeds: 3,
            folds: 5,
            tags: How { epochs: 10, drop: 40, rate: 0.3 },
            bundles: How { epochs: 6, drop: 30, rate: 0.2 },
            least: 2,
            sure: 1.6,
            unsure: 6.0,
            known: 4000,
            always: 10,
            conventional: 0.9,
            prune: 0.06,
            prune_bundles: 0.1,
        }
    }
}

struct Item<'a> {
    gold: &'a Sentence,
    weight: f32,
    infos: Vec<Info>,
    /// The first pass's tags, and which words the second looks at.
    ahead: Option<Vec<u8>>,
    hard: Vec<bool>,
    /// Numbers of the features that ask for no tag, for each word.
    fixed: Vec<Vec<u32>>,
}

impl<'a> Item<'a> {
    fn new(gold: &'a Sentence, weight: f32, lexicon: &Lexicon) -> Item<'a> {
        let mut lower = String::new();
        let forms = gold.words.iter().enumerate();
        let infos: Vec<Info> =
            forms.map(|(i, w)| Info::of(&w.form, i == 0, lexicon, &mut lower)).collect();
        let hard = vec![true; infos.len()];
        Item { gold, weight, infos, ahead: None, hard, fixed: Vec::new() }
    }

    fn pass(&self) -> Pass {
        if self.ahead.is_some() { Pass::Rich } else { Pass::Lean }
    }

    fn tags(&self) -> Vec<u8> {
        self.gold.words.iter().map(|w| w.upos as u8).collect()
    }
}

type Vocab = FxHashMap<u64, u32>;

/// Features seen often enough, numbered in the order of their hashes.
fn vocabulary<'a>(lists: impl Iterator<Item = &'a [u64]>, least: u32) -> Vocab {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for key in lists.flatten() {
        *counts.entry(*key).or_default() += 1;
    }
    number(counts, least)
}

fn number(counts: FxHashMap<u64, u32>, least: u32) -> Vocab {
    let kept = counts.into_iter().filter(|(_, n)| *n >= least);
    let mut keys: Vec<u64> = kept.map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys.into_iter().enumerate().map(|(i, key)| (key, i as u32)).collect()
}

/// The features of words to be tagged, by their gold tags; fills in each item's fixed ones.
fn tag_vocabulary(items: &mut [Item<'_>], least: u32) -> Vocab {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    let mut keys = Vec::new();
    for item in items.iter() {
        let tags = item.tags();
        for i in (0..tags.len()).filter(|i| item.hard[*i]) {
            features::fixed(&item.infos, i, item.pass(), &mut keys);
            keys.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
            features::moving(&item.infos, i, &tags, item.ahead.as_deref(), &mut keys);
            keys.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
        }
    }
    let vocab = number(counts, least);
    look_up(items, &vocab);
    vocab
}

fn look_up(items: &mut [Item<'_>], vocab: &Vocab) {
    let mut keys = Vec::new();
    for item in items {
        let mut fixed = Vec::with_capacity(item.infos.len());
        for i in 0..item.infos.len() {
            keys.clear();
            if item.hard[i] {
                features::fixed(&item.infos, i, item.pass(), &mut keys);
            }
            fixed.push(keys.iter().filter_map(|key| vocab.get(key).copied()).collect());
        }
        item.fixed = fixed;
    }
}

/// Visits the words of a sentence from left to right; `choose` is given a word's place and
/// features and says its tag. Words that are not hard keep the first pass's.
fn walk(
    item: &Item<'_>,
    vocab: &Vocab,
    mut choose: impl FnMut(usize, &mut Vec<u32>) -> u8,
) -> Vec<u8> {
    let (mut keys, mut numbers) = (Vec::new(), Vec::new());
    let mut tags = Vec::with_capacity(item.infos.len());
    for i in 0..item.infos.len() {
        if let (false, Some(ahead)) = (item.hard[i], &item.ahead) {
            tags.push(ahead[i]);
            continue;
        }
        numbers.clone_from(&item.fixed[i]);
        features::moving(&item.infos, i, &tags, item.ahead.as_deref(), &mut keys);
        numbers.extend(keys.iter().filter_map(|key| vocab.get(key).copied()));
        tags.push(choose(i, &mut numbers));
    }
    tags
}

/// One model of parts of speech, on its own predictions.
fn train_tags(items: &[Item<'_>], vocab: &Vocab, how: How, seed: u64) -> Weights<TAGS> {
    let mut model = linear::Trainer::<TAGS>::new(vocab.len());
    let mut rng = Rng::new(seed);
    let mut order: Vec<usize> = (0..items.len()).collect();
    for _ in 0..how.epochs {
        rng.shuffle(&mut order);
        for item in order.iter().map(|k| &items[*k]) {
            walk(item, vocab, |i, numbers| {
                let best = linear::best(&model.score(numbers), Upos::ALL.len());
                let gold = item.gold.words[i].upos as usize;
                model.learn_class(numbers, gold, Upos::ALL.len(), item.weight, how, &mut rng);
                best as u8
            });
        }
    }
    model.average()
}

/// The mean of models trained with several seeds, two at a time.
fn fit_tags(items: &mut [Item<'_>], s: &Settings, seeds: u64) -> (Vocab, Weights<TAGS>) {
    let vocab = tag_vocabulary(items, s.least);
    let items = &*items;
    let mut sum: Weights<TAGS> = vec![[0.0; TAGS]; vocab.len()];
    let all: Vec<u64> = (1..=seeds).collect();
    for pair in all.chunks(2) {
        let models: Vec<Weights<TAGS>> = std::thread::scope(|scope| {
            let vocab = &vocab;
            let run = |seed: &u64| {
                let seed = *seed;
                scope.spawn(move || train_tags(items, vocab, s.tags, seed))
            };
            let handles: Vec<_> = pair.iter().map(run).collect();
            handles.into_iter().filter_map(|h| h.join().ok()).collect()
        });
        for model in models {
            linear::add(&mut sum, &model, 1.0 / seeds as f32);
        }
    }
    (vocab, sum)
}

/// Tags with margins.
fn apply(item: &Item<'_>, vocab: &Vocab, weights: &Weights<TAGS>) -> (Vec<u8>, Vec<f32>) {
    let mut margins = vec![f32::MAX; item.infos.len()];
    let tags = walk(item, vocab, |i, numbers| {
        let sums = linear::score(weights, numbers);
        let best = linear::best(&sums, Upos::ALL.len());
        let others = (0..Upos::ALL.len()).filter(|k| *k != best);
        margins[i] = sums[best] - others.map(|k| sums[k]).fold(f32::MIN, f32::max);
        best as u8
    });
    (tags, margins)
}

/// Trains all three models.
pub fn train(plan: &Plan<'_>, lexicon: &Lexicon) -> Result<Vec<u8>, Box<dyn Error>> {
    let s = &plan.settings;
    let mut sentences: Vec<(Sentence, f32)> = Vec::new();
    for bank in treebanks::of(plan.lang) {
        let Some(how) = bank.tags else { continue };
        let (train, _) = gold::split(how.held, gold::read(plan.shared, bank)?, plan.all);
        sentences.extend(train.into_iter().map(|sentence| (sentence, how.weight)));
    }
    for (path, weight) in plan.extra {
        let text = std::fs::read_to_string(path)?;
        sentences.extend(gold::parse(&text)?.into_iter().map(|sentence| (sentence, *weight)));
    }
    let mut items: Vec<Item<'_>> =
        sentences.iter().map(|(gold, weight)| Item::new(gold, *weight, lexicon)).collect();
    let (lean_vocab, lean) = fit_tags(&mut items, s, s.seeds);
    second_look(&mut items, &sentences, s, lexicon);
    let (rich_vocab, rich) = fit_tags(&mut items, s, s.seeds);
    let (allowed, names) = bundles_of(&sentences, s);
    let (bundle_vocab, bundles) = fit_bundles(&items, &allowed, lexicon, s);
    println!(
        "{}: {} sentences, {} values, {} bundles",
        plan.lang,
        sentences.len(),
        names.len(),
        allowed.iter().map(Vec::len).sum::<usize>()
    );
    let (lean, scale) = quantise("lean", &lean_vocab, &lean, s.prune);
    let (rich, _) = quantise("rich", &rich_vocab, &rich, s.prune);
    let (bundles, _) = quantise("bundles", &bundle_vocab, &bundles, s.prune_bundles);
    let sure = (s.sure * scale) as u16;
    let known = known_forms(&sentences, &allowed, s);
    println!(
        "known: {} forms, {} with one tag",
        known.len(),
        known.iter().filter(|k| k.1.is_some()).count()
    );
    let trained = Trained { lean, rich, bundles, sure, allowed, known };
    Ok(tagger(plan.lang, &trained))
}

/// Tags each part of the corpus by a model of the others, as the second pass will see it.
fn second_look(
    items: &mut [Item<'_>],
    sentences: &[(Sentence, f32)],
    s: &Settings,
    lexicon: &Lexicon,
) {
    let mut hard = (0, 0);
    for fold in 0..s.folds {
        let held = |i: usize| i % s.folds == fold;
        let some = sentences.iter().enumerate().filter(|(i, _)| !held(*i));
        let mut others: Vec<Item<'_>> =
            some.map(|(_, (gold, weight))| Item::new(gold, *weight, lexicon)).collect();
        let (vocab, weights) = fit_tags(&mut others, s, 1);
        for (_, (item, (gold, weight))) in
            items.iter_mut().zip(sentences).enumerate().filter(|(i, _)| held(*i))
        {
            let mut fresh = [Item::new(gold, *weight, lexicon)];
            look_up(&mut fresh, &vocab);
            let (tags, margins) = apply(&fresh[0], &vocab, &weights);
            item.ahead = Some(tags);
            item.hard = margins.iter().map(|m| *m < s.unsure).collect();
            hard.0 += item.hard.iter().filter(|h| **h).count();
            hard.1 += margins.len();
        }
    }
    println!("looked at again: {} of {} words", hard.0, hard.1);
}

/// For each part of speech the bundles seen twice, and the name of each value.
#[allow(clippy::type_complexity)]
fn bundles_of(
    sentences: &[(Sentence, f32)],
    s: &Settings,
) -> (Vec<Vec<(Feats, Vec<u8>)>>, Vec<(&'static str, &'static str)>) {
    let mut counts: BTreeMap<(Upos, Feats), u32> = BTreeMap::new();
    let written = sentences.iter().filter(|(_, weight)| *weight >= s.conventional);
    for word in written.flat_map(|(s, _)| &s.words) {
        *counts.entry((word.upos, word.feats)).or_default() += 1;
    }
    counts.retain(|_, n| *n >= 2);
    let mut names: Vec<(&str, &str)> = counts.keys().flat_map(|(_, f)| f.pairs()).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(VALUES);
    let values = |f: &Feats| {
        f.pairs().filter_map(|p| names.binary_search(&p).ok()).map(|i| i as u8).collect()
    };
    let of = |upos: &Upos| {
        let own = counts.keys().filter(|(u, _)| u == upos);
        own.map(|(_, f)| (*f, values(f))).collect()
    };
    (Upos::ALL.iter().map(of).collect(), names)
}

/// The most frequent forms, with the tag and the bundle that they always have.
fn known_forms(
    sentences: &[(Sentence, f32)],
    allowed: &[Vec<(Feats, Vec<u8>)>],
    s: &Settings,
) -> Vec<(String, Option<u8>, Option<u16>)> {
    let mut seen: BTreeMap<&str, BTreeMap<(Upos, Feats), u32>> = BTreeMap::new();
    for (sentence, weight) in sentences {
        for word in sentence.words.iter().filter(|w| w.form.len() < 64) {
            let n = u32::from(*weight >= s.conventional);
            *seen.entry(&word.form).or_default().entry((word.upos, word.feats)).or_default() += n;
        }
    }
    let total = |of: &BTreeMap<(Upos, Feats), u32>| of.values().sum::<u32>();
    let mut forms: Vec<_> = seen.into_iter().filter(|(_, of)| total(of) >= 4).collect();
    forms.sort_by_key(|(form, of)| (std::cmp::Reverse(total(of)), *form));
    forms.truncate(s.known);
    let entry = |(form, of): (&str, BTreeMap<(Upos, Feats), u32>)| {
        let ((upos, feats), most) = of.iter().max_by_key(|(_, n)| **n)?;
        let one = of.keys().all(|(u, _)| u == upos) && total(&of) >= s.always;
        let tag = one.then_some(*upos as u8);
        let bundle = allowed[*upos as usize].iter().position(|b| b.0 == *feats);
        let bundle = bundle.filter(|_| one && *most == total(&of)).map(|b| b as u16);
        Some((form.to_string(), tag, bundle))
    };
    forms.into_iter().filter_map(entry).collect()
}

fn fit_bundles(
    items: &[Item<'_>],
    allowed: &[Vec<(Feats, Vec<u8>)>],
    lexicon: &Lexicon,
    s: &Settings,
) -> (Vocab, Weights<VALUES>) {
    let mut lists: Vec<Vec<u64>> = Vec::new();
    let mut golds: Vec<(usize, usize, f32)> = Vec::new();
    for item in items.iter().filter(|item| item.weight >= s.conventional) {
        let tags = item.tags();
        let done: Vec<Feats> = item.gold.words.iter().map(|w| w.feats).collect();
        for i in 0..tags.len() {
            let bundles = &allowed[tags[i] as usize];
            let Some(gold) = bundles.iter().position(|b| b.0 == done[i]) else { continue };
            if bundles.len() > 1 {
                let mut keys = Vec::new();
                features::bundle(&item.infos, i, &tags, &done[..i], lexicon, &mut keys);
                lists.push(keys);
                golds.push((tags[i] as usize, gold, item.weight));
            }
        }
    }
    let vocab = vocabulary(lists.iter().map(|l| &l[..]), s.least + 1);
    let examples: Vec<Example> = lists
        .iter()
        .zip(&golds)
        .map(|(keys, (part, gold, weight))| Example {
            features: keys.iter().filter_map(|key| vocab.get(key).copied()).collect(),
            part: *part,
            gold: *gold,
            weight: *weight,
        })
        .collect();
    drop(lists);
    let sets: Vec<Vec<Vec<u8>>> =
        allowed.iter().map(|of| of.iter().map(|b| b.1.clone()).collect()).collect();
    let weights = linear::train_sets::<VALUES>(&examples, &sets, vocab.len(), s.bundles);
    (vocab, weights)
}

/// Weights in 8 bits, small ones left out; and by what they were multiplied.
fn quantise<const N: usize>(
    name: &str,
    vocab: &Vocab,
    weights: &Weights<N>,
    prune: f32,
) -> (Vec<(u64, [i8; N])>, f32) {
    let mut all: Vec<f32> =
        weights.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    all.sort_by(f32::total_cmp);
    // A few weights in ten thousand are cut at the greatest value.
    let top = all.get(all.len() * 9998 / 10_000).copied().unwrap_or(1.0);
    let scale = 127.0 / top;
    let mut out = Vec::new();
    for (key, number) in vocab {
        let row = weights[*number as usize];
        let row = row.map(|w| if w.abs() < prune * top { 0.0 } else { w * scale });
        let row = row.map(|w| w.round().clamp(-127.0, 127.0) as i8);
        if row.iter().any(|w| *w != 0) {
            out.push((*key, row));
        }
    }
    out.sort_unstable_by_key(|(key, _)| *key);
    let kept: usize = out.iter().map(|(_, r)| r.iter().filter(|w| **w != 0).count()).sum();
    println!(
        "{name}: {} features, {} kept, {kept} weights, greatest {top:.2}",
        vocab.len(),
        out.len()
    );
    (out, scale)
}
