//! How fast times are recognised and resolved, one thread: 1,000 invented articles of 600 words,
//! half French, half English (see `corpus`).
//!
//!     cargo bench -p recoupe --bench times

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use recoupe::analyse::{pack_of, time};
use recoupe::article::{Article, Span};

mod corpus;

static PILE: LazyLock<Vec<Article>> = LazyLock::new(|| corpus::articles(1_000, 600));

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn times(bencher: Bencher) {
    let (bytes, words) = corpus::size(&PILE);
    let packs: Vec<_> = PILE.iter().map(pack_of).collect();
    let day = Some(jiff::civil::date(2021, 3, 4));
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(words)).bench_local(|| {
        let tag = |(article, pack): (&Article, &&'static _)| {
            let all = [Span::new(0, article.text.len())];
            time::tag(&article.text, &all, day, pack).len()
        };
        PILE.iter().zip(&packs).map(tag).sum::<usize>()
    });
}
