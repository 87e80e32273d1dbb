//! Multinomial logistic regression over sparse features that are there or not: AdaGrad steps,
//! dropout of features, the mean of all steps' weights.

use crate::random::Rng;

/// A row for each feature, a weight for each class.
pub type Weights<const N: usize> = Vec<[f32; N]>;

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct How {
    pub epochs: usize,
    /// Features left out at each step, in hundredths.
    pub drop: usize,
    /// Size of the first steps.
    pub rate: f32,
}

/// A word that has a choice between sets of values.
pub struct Example {
    pub features: Vec<u32>,
    /// Whose sets it chooses from.
    pub part: usize,
    pub gold: usize,
    pub weight: f32,
}

/// The sums of the features' rows.
pub fn score<const N: usize>(weights: &Weights<N>, features: &[u32]) -> [f32; N] {
    let mut sums = [0.0; N];
    for f in features {
        let row = &weights[*f as usize];
        for k in 0..N {
            sums[k] += row[k];
        }
    }
    sums
}

/// The first of the greatest.
pub fn best(sums: &[f32], classes: usize) -> usize {
    (1..classes).fold(0, |b, k| if sums[k] > sums[b] { k } else { b })
}

/// Adds `share` times other weights.
pub fn add<const N: usize>(to: &mut Weights<N>, other: &Weights<N>, share: f32) {
    for (a, b) in to.iter_mut().zip(other) {
        for k in 0..N {
            a[k] += b[k] * share;
        }
    }
}

/// Weights on their way.
pub struct Trainer<const N: usize> {
    weights: Weights<N>,
    /// Each step times when it was taken: what the mean needs.
    later: Weights<N>,
    squares: Vec<f32>,
    steps: f32,
}

impl<const N: usize> Trainer<N> {
    pub fn new(features: usize) -> Trainer<N> {
        Trainer {
            weights: vec![[0.0; N]; features],
            later: vec![[0.0; N]; features],
            squares: vec![0.0; features],
            steps: 1.0,
        }
    }

    pub fn score(&self, features: &[u32]) -> [f32; N] {
        score(&self.weights, features)
    }

    /// A step towards `gold` among `classes` classes. Leaves out some of the features.
    pub fn learn_class(
        &mut self,
        features: &mut Vec<u32>,
        gold: usize,
        classes: usize,
        weight: f32,
        how: How,
        rng: &mut Rng,
    ) {
        features.retain(|_| rng.below(100) >= how.drop);
        let mut shares = self.score(features);
        let shares = &mut shares[..classes];
        softmax(shares, how);
        self.steps += 1.0;
        if shares[gold] > ENOUGH {
            return;
        }
        let mut step = [0.0; N];
        for (s, share) in step.iter_mut().zip(shares) {
            *s = -*share;
        }
        step[gold] += 1.0;
        self.take(features, &step, weight * how.rate);
    }

    fn take(&mut self, features: &[u32], step: &[f32; N], rate: f32) {
        let square: f32 = step.iter().map(|s| s * s).sum();
        for f in features {
            let f = *f as usize;
            self.squares[f] += square;
            let a = rate / (0.1 + self.squares[f]).sqrt();
            let (row, late) = (&mut self.weights[f], &mut self.later[f]);
            for k in 0..N {
                row[k] += step[k] * a;
                late[k] += step[k] * a * self.steps;
            }
        }
    }

    /// The mean of the weights after each step.
    pub fn average(mut self) -> Weights<N> {
        for (row, late) in self.weights.iter_mut().zip(&self.later) {
            for k in 0..N {
                row[k] -= late[k] / self.steps;
            }
        }
        self.weights
    }
}

/// A class this likely is learnt no better.
const ENOUGH: f32 = 0.98;

/// Sums to shares, as if no feature had been left out.
fn softmax(sums: &mut [f32], how: How) {
    let scale = 100.0 / (100.0 - how.drop as f32);
    let top = sums.iter().fold(f32::MIN, |a, b| a.max(*b));
    let mut all = 0.0;
    for x in sums.iter_mut() {
        *x = ((*x - top) * scale).exp();
        all += *x;
    }
    sums.iter_mut().for_each(|x| *x /= all);
}

/// Weights of values, each choice a set of them whose weights are summed.
pub fn train_sets<const N: usize>(
    examples: &[Example],
    sets: &[Vec<Vec<u8>>],
    features: usize,
    how: How,
) -> Weights<N> {
    let mut model = Trainer::<N>::new(features);
    let mut rng = Rng::new(1);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut kept, mut shares) = (Vec::new(), Vec::new());
    for _ in 0..how.epochs {
        rng.shuffle(&mut order);
        for example in order.iter().map(|k| &examples[*k]) {
            kept.clear();
            kept.extend(example.features.iter().filter(|_| rng.below(100) >= how.drop));
            let sums = model.score(&kept);
            shares.clear();
            let choices = &sets[example.part];
            shares.extend(choices.iter().map(|s| s.iter().map(|v| sums[*v as usize]).sum::<f32>()));
            softmax(&mut shares, how);
            model.steps += 1.0;
            if shares[example.gold] > ENOUGH {
                continue;
            }
            let mut step = [0.0; N];
            for (set, share) in choices.iter().zip(&shares) {
                set.iter().for_each(|v| step[*v as usize] -= share);
            }
            choices[example.gold].iter().for_each(|v| step[*v as usize] += 1.0);
            model.take(&kept, &step, example.weight * how.rate);
        }
    }
    model.average()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_features_tell() {
        let how = How { epochs: 20, drop: 10, rate: 0.2 };
        let sets = vec![vec![vec![0], vec![1], vec![0, 1]]];
        let example = |f: u32, gold| Example { features: vec![f], part: 0, gold, weight: 1.0 };
        let weights =
            train_sets::<8>(&[example(0, 0), example(1, 1), example(2, 2)], &sets, 3, how);
        assert!(weights[0][0] > 0.0 && weights[0][1] < 0.0);
        assert!(weights[2][0] > 0.0 && weights[2][1] > 0.0);
        assert_eq!(
            weights,
            train_sets::<8>(&[example(0, 0), example(1, 1), example(2, 2)], &sets, 3, how)
        );
    }
}
