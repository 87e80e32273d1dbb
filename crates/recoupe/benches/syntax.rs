//! How fast models are opened and words are read, on one thread: parts of speech alone, with features and lemmas, and
//! with trees.
//! Sentences are those of the invented articles of `corpus`, cut into words beforehand.
//!
//!     cargo bench -p recoupe --bench syntax

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use recoupe::analyse::name::learned::{recogniser, training::names};
use recoupe::analyse::sentence::sentences;
use recoupe::analyse::syntax::{Parser, annotate_all as annotate_trees, parser};
use recoupe::analyse::tag::{Tagger, annotate, annotate_all as annotate_tags, parts};
use recoupe::analyse::word::words;
use recoupe::lang::pack;

mod corpus;

/// The words of each sentence, by language.
static SENTENCES: LazyLock<[Vec<Vec<String>>; 2]> = LazyLock::new(|| {
    let mut out = [Vec::new(), Vec::new()];
    for article in corpus::articles(200, 600) {
        let code = recoupe::analyse::analyse(&article).value.lang.code;
        let Some(pack) = pack(code) else { continue };
        let (mut found, tokens) = sentences(&article, pack);
        let all = words(&article.text, &mut found, &tokens, pack);
        out[usize::from(code == "en")].extend(found.iter().map(|s| {
            let own = &all[s.words.start as usize..s.words.end as usize];
            own.iter().map(|w| w.form(&article.text, &tokens).to_string()).collect()
        }));
    }
    out
});

fn main() {
    divan::main();
}

fn forms(lang: &str) -> (Vec<Vec<&'static str>>, usize) {
    let of = &SENTENCES[usize::from(lang == "en")];
    let forms: Vec<Vec<&str>> = of.iter().map(|s| s.iter().map(String::as_str).collect()).collect();
    let count = forms.iter().map(Vec::len).sum();
    (forms, count)
}

#[divan::bench(args = ["fr", "en"])]
fn parts_of_speech(bencher: Bencher, lang: &str) {
    let Some(pack) = pack(lang) else { return };
    let (forms, count) = forms(lang);
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| forms.iter().map(|s| parts(s, pack).map_or(0, |p| p.len())).sum::<usize>());
}

#[divan::bench(args = ["fr", "en"])]
fn with_features_and_lemmas(bencher: Bencher, lang: &str) {
    let Some(pack) = pack(lang) else { return };
    let (forms, count) = forms(lang);
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| forms.iter().map(|s| annotate(s, pack).len()).sum::<usize>());
}

/// Trees of whole articles, whose sentences are read side by side.
#[divan::bench(args = ["fr", "en"], sample_count = 5, sample_size = 1)]
fn with_trees(bencher: Bencher, lang: &str) {
    let Some(pack) = pack(lang) else { return };
    assert!(parser(pack).is_some(), "no model of syntax");
    let cut: Vec<_> = corpus::articles(200, 600)
        .into_iter()
        .filter(|a| recoupe::analyse::analyse(a).value.lang.code == lang)
        .map(|article| {
            let (mut sentences, tokens) = sentences(&article, pack);
            let words = words(&article.text, &mut sentences, &tokens, pack);
            (article.text, sentences, tokens, words)
        })
        .collect();
    let count: usize = cut.iter().map(|(_, _, _, words)| words.len()).sum();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        for (text, sentences, tokens, words) in &cut {
            let mut words = words.clone();
            annotate_trees(text, sentences, tokens, &mut words, pack);
            annotate_tags(text, sentences, tokens, &mut words, pack);
        }
    });
}

/// Tokens, sentences, words, trees, tags and names of whole articles.
#[divan::bench(args = ["fr", "en"], sample_count = 5, sample_size = 1)]
fn with_names(bencher: Bencher, lang: &str) {
    let (Some(pack), Some(recogniser)) = (pack(lang), recogniser()) else { return };
    let all = corpus::articles(200, 600).into_iter();
    let read: Vec<_> = all.map(|a| (recoupe::analyse::analyse(&a).value, a)).collect();
    let own: Vec<_> = read.into_iter().filter(|(found, _)| found.lang.code == lang).collect();
    let count: usize = own.iter().map(|(found, _)| found.words.len()).sum();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        own.iter().map(|(_, article)| names(article, pack, recogniser).len()).sum::<usize>()
    });
}

/// Opening all models of a language from their bytes.
#[divan::bench(args = ["fr", "en"], sample_count = 20, sample_size = 1)]
fn opening(bencher: Bencher, lang: &str) {
    let Some(pack) = pack(lang) else { return };
    bencher.bench_local(|| {
        let parser = Parser::open(pack.syntax, pack.code);
        let tagger = Tagger::read(pack.tags, pack.code, &pack.lexicon);
        (parser.is_ok(), tagger.is_ok())
    });
}
