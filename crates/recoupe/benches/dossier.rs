//! The whole way, articles to every file of the dossier: the pile of `examples/fr` (7 articles),
//! that of `examples/en` (6), the first 5 articles of `examples/fr`, and 5 invented articles of 600 words recombined
//! from the sentences of `examples/` and `tests/cases/statements/` (see `corpus`).
//!
//!     cargo bench -p recoupe --bench dossier

use divan::Bencher;
use recoupe::article::Article;
use recoupe::pipeline::dossier;
use recoupe::tell::files;

mod corpus;

fn main() {
    divan::main();
}

fn whole(bencher: Bencher, articles: Vec<Article>) {
    bencher
        .with_inputs(|| articles.clone())
        .bench_local_values(|pile| files(&dossier(pile, vec![], vec![], Default::default()), true));
}

#[divan::bench(args = ["fr", "en"], sample_count = 20)]
fn example(bencher: Bencher, lang: &str) {
    whole(bencher, corpus::example(lang));
}

#[divan::bench(sample_count = 20)]
fn five_reports(bencher: Bencher) {
    whole(bencher, corpus::example("fr").into_iter().take(5).collect());
}

#[divan::bench(sample_count = 10)]
fn five_long_articles(bencher: Bencher) {
    whole(bencher, corpus::articles(5, 600));
}
