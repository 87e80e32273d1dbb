//! Training a network: batches on two threads, warm-up and decay of the rate. What comes out
//! depends on the seed alone, not on the threads.

use std::time::Instant;

use recoupe::analyse::syntax::network::{Layout, Sizes};

use super::net::{Adam, Dropout, Example, Packed, Params, Worker};
use crate::random::Rng;

/// How a network learns: options of every command that trains one.
#[derive(clap::Args, Clone, Debug)]
pub struct Learning {
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The part of a state that is hidden
    #[arg(long, default_value_t = 0.33)]
    drop: f32,
    #[arg(long, default_value_t = 0.002)]
    rate: f32,
    /// Words in a batch, about
    #[arg(long, default_value_t = 600)]
    batch: usize,
}

impl Learning {
    pub fn schedule(&self, epochs: usize) -> Schedule {
        Schedule { rate: self.rate, batch: self.batch, epochs }
    }

    pub fn dropout(&self) -> Dropout {
        Dropout { state: self.drop, recurrent: self.drop * 0.6, scorer: self.drop }
    }
}

/// How fast and how long.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The rate of learning at its highest.
    pub rate: f32,
    /// Words in a batch, about.
    pub batch: usize,
    /// Passes over all of it.
    pub epochs: usize,
}

/// A network being trained.
pub struct Fit<'a> {
    sizes: &'a Sizes,
    layout: Layout,
    params: Params,
    adam: Adam,
    grads: Option<[Params; 2]>,
    dropout: Dropout,
    class_weights: &'a [f32],
    rng: Rng,
    schedule: Schedule,
    /// Batches of one pass, about.
    batches: usize,
    step: f32,
}

impl<'a> Fit<'a> {
    /// A network of random weights with `rows` embeddings; `class_weights` say how much each
    /// classifier counts, `words` how many a pass reads.
    pub fn new(
        sizes: &'a Sizes,
        rows: usize,
        seed: u64,
        dropout: Dropout,
        class_weights: &'a [f32],
        (schedule, words): (Schedule, usize),
    ) -> Fit<'a> {
        let mut rng = Rng::new(seed);
        let params = Params::random(rows, sizes, &mut rng);
        let adam = Adam::new(&params, sizes.embedding);
        let grads = Some([0, 1].map(|_| Params::zeros(rows, sizes)));
        let batches = words / schedule.batch + 1;
        let layout = sizes.layout();
        Fit {
            sizes,
            layout,
            params,
            adam,
            grads,
            dropout,
            class_weights,
            rng,
            schedule,
            batches,
            step: 0.0,
        }
    }

    /// One pass over `items`, in any order; `size` tells an item's words, `example` what is to be
    /// learnt of it this time.
    pub fn epoch<T: Sync>(
        &mut self,
        items: &mut [T],
        size: impl Fn(&T) -> usize,
        example: &(impl Fn(&T, &mut Rng) -> Example + Sync),
    ) {
        let start = Instant::now();
        self.rng.shuffle(items);
        let (mut loss, mut at) = (0.0, 0);
        while at < items.len() {
            let (mut end, mut count) = (at, 0);
            while end < items.len() && count < self.schedule.batch {
                count += size(&items[end]);
                end += 1;
            }
            loss += self.batch(&items[at..end], count, example);
            at = end;
        }
        let seconds = start.elapsed().as_secs_f32();
        eprintln!("loss {:.4}, {seconds:.1} s", loss / self.batches as f32);
    }

    fn batch<T: Sync>(
        &mut self,
        items: &[T],
        words: usize,
        example: &(impl Fn(&T, &mut Rng) -> Example + Sync),
    ) -> f32 {
        let packed = Packed::new(&self.params, self.sizes, &self.layout);
        let seeds = [self.rng.bits(), self.rng.bits()];
        let scale = 1.0 / words as f32;
        let (sizes, layout, params) = (self.sizes, &self.layout, &self.params);
        let (dropout, class_weights) = (self.dropout, self.class_weights);
        let packed = &packed;
        let work = |part: usize, grads: Params| {
            let mut rng = Rng::new(seeds[part]);
            let mut worker = Worker {
                sizes,
                layout,
                params,
                packed,
                dropout,
                class_weights,
                grads,
                rng: Rng::new(rng.bits()),
            };
            let mut loss = 0.0;
            let mut touched = Vec::new();
            for item in items.iter().skip(part).step_by(2) {
                let example = example(item, &mut rng);
                loss += worker.learn(&example, scale);
                touched.extend(example.rows.into_iter().flatten());
            }
            (loss, worker.grads, touched)
        };
        let Some([a, b]) = self.grads.take() else { return 0.0 };
        let ((la, mut a, mut rows), (lb, mut b, more)) = std::thread::scope(|scope| {
            let other = scope.spawn(|| work(1, b));
            let one = work(0, a);
            (one, other.join().unwrap_or_else(|_| std::process::abort()))
        });
        rows.extend(more);
        rows.sort_unstable();
        rows.dedup();
        add(&mut a, &mut b, &rows, self.sizes.embedding);
        self.step += 1.0;
        let total = (self.batches * self.schedule.epochs) as f32;
        let (warm, left) = ((self.step / 200.0).min(1.0), (1.0 - self.step / total).max(0.02));
        self.adam.step(&mut self.params, &mut a, &rows, self.schedule.rate * warm * left);
        self.grads = Some([a, b]);
        la + lb
    }

    /// The average of the weights over time.
    pub fn average(&self) -> Params {
        self.adam.average(&self.params)
    }
}

/// Adds one gradient to another and leaves it at zero.
fn add(into: &mut Params, from: &mut Params, rows: &[u32], width: usize) {
    let one = |into: &mut [f32], from: &mut [f32]| {
        for (x, y) in into.iter_mut().zip(from) {
            *x += std::mem::take(y);
        }
    };
    one(&mut into.dense, &mut from.dense);
    for row in rows {
        let at = *row as usize * width..(*row as usize + 1) * width;
        one(&mut into.rows[at.clone()], &mut from.rows[at]);
    }
}
