//! How fast articles are analysed, each alone: 1,000 invented articles of 600 words, half French,
//! half English, recombined from the sentences of `examples/` and `tests/cases/statements/` (see
//! `corpus`), on one thread and on two. Throughput in words (items) and bytes.
//!
//!     cargo bench -p recoupe --bench analyse

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use recoupe::article::Article;
use recoupe::pipeline::{Options, analyse_all};

mod corpus;

static PILE: LazyLock<Vec<Article>> = LazyLock::new(|| corpus::articles(1_000, 600));

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 2], sample_count = 3, sample_size = 1)]
fn thousand_articles(bencher: Bencher, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let Ok(pool) = pool else { return };
    let (bytes, words) = corpus::size(&PILE);
    // Packs are loaded once, before the clock starts.
    pool.install(|| analyse_all(&PILE[..2], Options::default()));
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(words))
        .bench_local(|| pool.install(|| analyse_all(&PILE, Options::default())));
}
