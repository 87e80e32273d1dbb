//! How fast copied passages are found: piles of invented articles of 600 words recombined from
//! the sentences of `examples/` and `tests/cases/statements/` (see `corpus`), so that every pair
//! of a language shares sentences: far more copying than any real pile has.
//!
//!     cargo bench -p recoupe --bench passages

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use recoupe::reuse::passages;

mod corpus;

fn main() {
    divan::main();
}

#[divan::bench(args = [10, 50, 200], sample_count = 3, sample_size = 1)]
fn pile(bencher: Bencher, count: usize) {
    let articles = corpus::articles(count, 600);
    let (bytes, words) = corpus::size(&articles);
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(words))
        .bench_local(|| passages(&articles));
}

#[divan::bench(args = ["fr", "en"], sample_count = 20)]
fn example(bencher: Bencher, lang: &str) {
    let articles = corpus::example(lang);
    bencher.bench_local(|| passages(&articles));
}
