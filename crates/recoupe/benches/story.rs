//! How long the findings of one story take, by its number of articles: 100, 300 and 1,000 invented
//! articles of 300 words recombined from the sentences of `examples/fr`, all of one story (see
//! `corpus`), so that each sentence stands in many of them. What comes before checking is not counted.
//!
//!     cargo bench -p recoupe --bench story

use divan::Bencher;
use recoupe::check::check;
use recoupe::pipeline::{self, Options};
use recoupe::{reuse, story};

mod corpus;

fn main() {
    divan::main();
}

#[divan::bench(args = [100, 300, 1_000], sample_count = 3, sample_size = 1)]
fn one_story(bencher: Bencher, count: usize) {
    let articles = corpus::of_one_story(count, 300);
    let (analyses, _) = pipeline::analyse_all(&articles, Options::default());
    let pairs = pipeline::passages(&articles, &analyses);
    let families = reuse::families(&articles, &analyses, &pairs);
    let stories = story::group(&articles, &analyses);
    bencher.bench_local(|| check(&articles, &analyses, &families, 0, &stories[0]));
}
