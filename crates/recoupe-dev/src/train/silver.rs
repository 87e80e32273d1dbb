//! `recoupe-dev train silver`: trees for raw text, by several networks together. What they
//! agree on teaches one network more than the treebanks alone do (tri-training and
//! self-training; Weiss and others 2015, "Structured training for neural network transition-based
//! parsing").

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use recoupe::analyse::syntax::features;
use recoupe::analyse::syntax::network::{Network, Scores};
use recoupe::analyse::syntax::tree;
use recoupe::analyse::{sentence, word};
use recoupe::article::Article;
use recoupe::lang::Pack;
use recoupe::model::Model;

use crate::generate::lexicon::{tar_files, unxz_bytes};

/// What is read and by which networks.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// The language: fr, en
    #[arg(long)]
    lang: String,
    /// Models of the language, trained with other seeds
    #[arg(long, required = true, num_args = 1..)]
    models: Vec<PathBuf>,
    /// Where the CoNLL-U file goes
    #[arg(long)]
    out: PathBuf,
    /// The least mean probability of a sentence's heads
    #[arg(long, default_value_t = 0.8)]
    sure: f32,
}

/// Writes the trees of the corpora's raw text.
pub fn run(shared: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let pack = recoupe::lang::pack(&options.lang).ok_or("no such language")?;
    let mut networks = Vec::new();
    for path in &options.models {
        networks.push(Network::open(&Model::open(&std::fs::read(path)?)?)?);
    }
    let mut out = String::new();
    let (mut kept, mut all) = (0, 0);
    for text in texts(shared, &options.lang)? {
        let article = Article::plain("text", text);
        let (mut sentences, tokens) = sentence::sentences(&article, pack);
        let words = word::words(&article.text, &mut sentences, &tokens, pack);
        for sentence in &sentences {
            let words = &words[sentence.words.start as usize..sentence.words.end as usize];
            let forms: Vec<&str> = words.iter().map(|w| w.form(&article.text, &tokens)).collect();
            all += 1;
            if (4..=60).contains(&forms.len())
                && tree(&networks, pack, &forms, options.sure, &mut out)
            {
                kept += 1;
            }
        }
    }
    eprintln!("{kept} sentences of {all}");
    std::fs::write(&options.out, out)?;
    Ok(())
}

/// The raw texts that may be read: those of WiNER's articles before 2018, which is its test.
fn texts(shared: &Path, lang: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut out = Vec::new();
    if lang == "fr" {
        let tar = unxz_bytes(&shared.join("data/language/fr/winer-fr.tar.xz"))?;
        for (name, body) in tar_files(&tar) {
            if name.ends_with(".txt") && !name.contains("2018/") {
                out.push(String::from_utf8_lossy(body).into_owned());
            }
        }
    }
    Ok(out)
}

/// Appends a sentence's tree, if the networks are sure enough of it.
fn tree(networks: &[Network], pack: &Pack, forms: &[&str], sure: f32, out: &mut String) -> bool {
    let keys: Vec<_> = forms
        .iter()
        .enumerate()
        .map(|(i, form)| {
            let mut keys = Vec::new();
            features::keys(form, i == 0, pack, &mut keys);
            keys
        })
        .collect();
    let n = forms.len();
    let read = |network: &Network| {
        let mut scores = Scores::default();
        network.read(keys.iter().map(Vec::as_slice), &mut scores);
        scores
    };
    let scores: Vec<Scores> = networks.iter().map(read).collect();
    let mut arcs = vec![0.0; n * (n + 1)];
    for s in &scores {
        for (word, (sum, row)) in
            arcs.chunks_exact_mut(n + 1).zip(s.arcs.chunks_exact(n + 1)).enumerate()
        {
            add_shares(row, Some(word + 1), sum);
        }
    }
    let logs: Vec<f32> = arcs.iter().map(|p| p.max(1e-9).ln()).collect();
    let heads = tree::heads(&logs, n);
    let share = |d: usize| arcs[d * (n + 1) + heads[d] as usize] / networks.len() as f32;
    if (0..n).map(share).sum::<f32>() / (n as f32) < sure {
        return false;
    }
    let mut buffer = Vec::new();
    for (d, form) in forms.iter().enumerate() {
        let mut relations = vec![0.0; networks[0].relations().len()];
        let mut parts = vec![0.0; networks[0].classes()[0].len()];
        for (network, s) in networks.iter().zip(&scores) {
            network.score_relations(d, heads[d] as usize, s, &mut buffer);
            add_shares(&buffer, None, &mut relations);
            add_shares(network.score_classes(0, d, s), None, &mut parts);
        }
        let relation = &networks[0].relations()[best(&relations)];
        let part = &networks[0].classes()[0][best(&parts)];
        let _ = writeln!(out, "{}\t{form}\t_\t{part}\t_\t_\t{}\t{relation}\t_\t_", d + 1, heads[d]);
    }
    out.push('\n');
    true
}

/// Adds the softmax of `scores`, without the one that cannot be.
fn add_shares(scores: &[f32], but: Option<usize>, sum: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let of = |i: usize| if Some(i) == but { 0.0 } else { (scores[i] - top).exp() };
    let total: f32 = (0..scores.len()).map(of).sum();
    sum.iter_mut().enumerate().for_each(|(i, s)| *s += of(i) / total);
}

fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}
