//! How fast text is cut into tokens, sentences and words, one thread: 1,000 invented articles of
//! 600 words, half French, half English (see `corpus`).
//!
//!     cargo bench -p recoupe --bench cuts

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use recoupe::analyse::{pack_of, sentence, word};
use recoupe::article::Article;

mod corpus;

static PILE: LazyLock<Vec<Article>> = LazyLock::new(|| corpus::articles(1_000, 600));

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn tokens_sentences_words(bencher: Bencher) {
    let (bytes, words) = corpus::size(&PILE);
    let packs: Vec<_> = PILE.iter().map(pack_of).collect();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(words)).bench_local(|| {
        let cut = |(article, pack): (&Article, &&'static _)| {
            let (mut sentences, tokens) = sentence::sentences(article, pack);
            word::words(&article.text, &mut sentences, &tokens, pack).len()
        };
        PILE.iter().zip(&packs).map(cut).sum::<usize>()
    });
}
