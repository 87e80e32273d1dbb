//! The network of `recoupe::analyse::syntax::network` in training: forward with dropout,
//! backward, Adam (Kingma and Ba 2015), an average of the weights over time.

use recoupe::analyse::syntax::kernel::{Lstm, Matrix, multiply_add, tanh};
use recoupe::analyse::syntax::network::{Layout, LstmLayout, Sizes};

use crate::random::Rng;

/// A sentence as training sees it: rows of each word's keys, and what is to be found.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// Rows of the embeddings, for each word.
    pub rows: Vec<Vec<u32>>,
    /// Heads: 0 is the root. Empty when the example has no tree.
    pub heads: Vec<u32>,
    /// Relations.
    pub relations: Vec<u16>,
    /// For each classifier, the class of each word, or [`UNKNOWN`]; empty when none is known.
    pub classes: Vec<Vec<u16>>,
    /// How much it counts.
    pub weight: f32,
}

/// The class of a word whose class is not known: it teaches nothing.
pub const UNKNOWN: u16 = u16::MAX;

/// How training is regularised.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// Of numbers of embeddings and states, one mask a sentence.
    pub state: f32,
    /// Of the states that a layer hands to its next step.
    pub recurrent: f32,
    /// Of numbers that arcs and relations are scored by.
    pub scorer: f32,
}

/// All weights: embeddings, then the rest.
#[derive(Clone, Debug)]
pub struct Params {
    pub rows: Vec<f32>,
    pub dense: Vec<f32>,
}

impl Params {
    pub fn zeros(rows: usize, sizes: &Sizes) -> Params {
        Params { rows: vec![0.0; rows * sizes.embedding], dense: vec![0.0; sizes.layout().total] }
    }

    /// Random weights: uniform, scaled by fan-in; forget gates start open.
    pub fn random(rows: usize, sizes: &Sizes, rng: &mut Rng) -> Params {
        let mut out = Params::zeros(rows, sizes);
        let mut fill = |part: &mut [f32], bound: f32| {
            part.iter_mut().for_each(|x| *x = (2.0 * rng.unit() - 1.0) * bound);
        };
        fill(&mut out.rows, 0.1);
        let layout = sizes.layout();
        let h = sizes.hidden;
        fill(&mut out.dense[layout.root..][..sizes.embedding], 0.1);
        for (i, both) in layout.lstm.iter().enumerate() {
            let inputs = sizes.input(i);
            for at in both {
                let bound = (3.0 / inputs as f32).sqrt() * 0.7;
                fill(&mut out.dense[at.input..][..inputs * 4 * h], bound);
                let bound = (3.0 / h as f32).sqrt() * 0.7;
                fill(&mut out.dense[at.recurrent..][..4 * h * h], bound);
                out.dense[at.bias + h..][..h].fill(1.0);
            }
        }
        let bound = (3.0 / (2 * h) as f32).sqrt();
        fill(&mut out.dense[layout.heads..][..2 * h * sizes.heads()], bound);
        fill(&mut out.dense[layout.arcs..][..sizes.arc * sizes.arc], 0.05);
        let bound = (3.0 / sizes.relation as f32).sqrt();
        let n = sizes.relation * sizes.relations;
        fill(&mut out.dense[layout.relations..][..n], bound);
        out
    }

    pub fn clear(&mut self) {
        self.rows.fill(0.0);
        self.dense.fill(0.0);
    }
}

/// Weights packed for products, both ways.
pub struct Packed {
    layers: Vec<[[Matrix; 4]; 2]>,
    heads: [Matrix; 2],
    arcs: [Matrix; 2],
    relations: [Matrix; 2],
}

fn both(weights: &[f32], rows: usize, columns: usize) -> [Matrix; 2] {
    let mut back = Matrix::default();
    back.repack_transposed(weights, columns, rows);
    [Matrix::pack(weights, rows, columns), back]
}

impl Packed {
    pub fn new(params: &Params, sizes: &Sizes, layout: &Layout) -> Packed {
        let g = 4 * sizes.hidden;
        let dense = &params.dense;
        let side = |layer: usize, at: &LstmLayout| {
            let [a, b] = both(&dense[at.input..], sizes.input(layer), g);
            let [c, d] = both(&dense[at.recurrent..], sizes.hidden, g);
            [a, b, c, d]
        };
        let layers = layout.lstm.iter().enumerate();
        Packed {
            layers: layers.map(|(i, [f, b])| [side(i, f), side(i, b)]).collect(),
            heads: both(&dense[layout.heads..], 2 * sizes.hidden, sizes.heads()),
            arcs: both(&dense[layout.arcs..], sizes.arc, sizes.arc),
            relations: both(&dense[layout.relations..], sizes.relation, sizes.relations),
        }
    }
}

/// A mask of kept numbers, scaled so that sums stay.
fn mask(n: usize, drop: f32, rng: &mut Rng) -> Vec<f32> {
    let keep = 1.0 / (1.0 - drop);
    (0..n).map(|_| if rng.unit() < drop { 0.0 } else { keep }).collect()
}

fn times_rows(numbers: &mut [f32], mask: &[f32]) {
    for row in numbers.chunks_exact_mut(mask.len()) {
        row.iter_mut().zip(mask).for_each(|(x, m)| *x *= m);
    }
}

/// `left` (rows of `m`) transposed, times `right` (rows of `n`), added to `out` (`m` rows of `n`).
fn add_outer(left: &[f32], m: usize, right: &[f32], n: usize, out: &mut [f32]) {
    let count = right.len() / n;
    let mut across = vec![0.0; left.len()];
    for (t, row) in left.chunks_exact(m).enumerate() {
        for (j, x) in row.iter().enumerate() {
            across[j * count + t] = *x;
        }
    }
    multiply_add(&across, &Matrix::pack(right, count, n), out);
}

fn add_columns(rows: &[f32], out: &mut [f32]) {
    for row in rows.chunks_exact(out.len()) {
        out.iter_mut().zip(row).for_each(|(o, x)| *o += x);
    }
}

fn repeat(row: &[f32], count: usize) -> Vec<f32> {
    row.iter().copied().cycle().take(row.len() * count).collect()
}

/// Softmax in place; gives the cross-entropy of `gold` and leaves the gradient, times `weight`.
fn softmax_loss(scores: &mut [f32], gold: usize, weight: f32) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = (*s - top).exp();
        sum += *s;
    }
    let loss = -(scores[gold] / sum).max(1e-12).ln();
    for s in scores.iter_mut() {
        *s *= weight / sum;
    }
    scores[gold] -= weight;
    loss * weight
}

struct Side {
    gates: Vec<f32>,
    cells: Vec<f32>,
    mask: Vec<f32>,
}

struct LayerRun {
    input: Vec<f32>,
    sides: [Side; 2],
    states: Vec<f32>,
}

/// What one thread needs.
pub struct Worker<'a> {
    pub sizes: &'a Sizes,
    pub layout: &'a Layout,
    pub params: &'a Params,
    pub packed: &'a Packed,
    pub dropout: Dropout,
    /// How much each classifier counts.
    pub class_weights: &'a [f32],
    pub grads: Params,
    pub rng: Rng,
}

impl Worker<'_> {
    /// Forward and backward over one sentence; gives its loss. `scale` weighs it in the batch.
    pub fn learn(&mut self, example: &Example, scale: f32) -> f32 {
        let s = self.sizes;
        let places = example.rows.len() + 1;
        let scale = scale * example.weight;
        let e = s.embedding;
        let mut x = self.params.dense[self.layout.root..][..e].to_vec();
        x.resize(places * e, 0.0);
        for (word, rows) in example.rows.iter().enumerate() {
            let out = &mut x[(word + 1) * e..][..e];
            for row in rows {
                let from = &self.params.rows[*row as usize * e..][..e];
                out.iter_mut().zip(from).for_each(|(o, r)| *o += r);
            }
        }
        let input_mask = mask(e, self.dropout.state, &mut self.rng);
        times_rows(&mut x, &input_mask);
        let mut runs: Vec<LayerRun> = Vec::new();
        let mut masks = Vec::new();
        for layer in 0..s.layers {
            let run = self.layer(layer, x, places);
            x = run.states.clone();
            let m = mask(2 * s.hidden, self.dropout.state, &mut self.rng);
            times_rows(&mut x, &m);
            masks.push(m);
            runs.push(run);
        }
        let width = s.heads();
        let mut z = repeat(&self.params.dense[self.layout.heads_bias..][..width], places);
        multiply_add(&x, &self.packed.heads[0], &mut z);
        let mut dz = vec![0.0; z.len()];
        let mut loss = 0.0;
        if !example.heads.is_empty() {
            loss += self.arcs(example, &z, &mut dz, scale);
            loss += self.relations(example, &z, &mut dz, scale);
        }
        loss += self.classes(example, &z, &mut dz, scale);
        // Back.
        add_outer(
            &x,
            2 * s.hidden,
            &dz,
            width,
            &mut self.grads.dense[self.layout.heads..][..2 * s.hidden * width],
        );
        add_columns(&dz, &mut self.grads.dense[self.layout.heads_bias..][..width]);
        let mut dx = vec![0.0; x.len()];
        multiply_add(&dz, &self.packed.heads[1], &mut dx);
        for layer in (0..s.layers).rev() {
            times_rows(&mut dx, &masks[layer]);
            dx = self.layer_back(layer, &runs[layer], &dx, places);
        }
        times_rows(&mut dx, &input_mask);
        let root = &mut self.grads.dense[self.layout.root..][..e];
        root.iter_mut().zip(&dx[..e]).for_each(|(g, d)| *g += d);
        for (word, rows) in example.rows.iter().enumerate() {
            let from = &dx[(word + 1) * e..][..e];
            for row in rows {
                let to = &mut self.grads.rows[*row as usize * e..][..e];
                to.iter_mut().zip(from).for_each(|(g, d)| *g += d);
            }
        }
        loss
    }

    fn layer(&mut self, layer: usize, input: Vec<f32>, places: usize) -> LayerRun {
        let h = self.sizes.hidden;
        let mut states = vec![0.0; places * 2 * h];
        let sides = [0, 1].map(|side| {
            let at = self.layout.lstm[layer][side];
            let packed = &self.packed.layers[layer][side];
            let mut gates = repeat(&self.params.dense[at.bias..][..4 * h], places);
            multiply_add(&input, &packed[0], &mut gates);
            let mut cells = vec![0.0; places * h];
            let mask = mask(h, self.dropout.recurrent, &mut self.rng);
            Lstm {
                recurrent: &packed[2],
                sentences: std::slice::from_ref(&(0..places)),
                gates: &mut gates,
                cells: &mut cells,
                states: &mut states,
                stride: 2 * h,
                at: side * h,
                backwards: side == 1,
                mask: Some(&mask),
            }
            .run();
            Side { gates, cells, mask }
        });
        LayerRun { input, sides, states }
    }

    fn layer_back(&mut self, layer: usize, run: &LayerRun, dy: &[f32], places: usize) -> Vec<f32> {
        let h = self.sizes.hidden;
        let inputs = self.sizes.input(layer);
        let mut dx = vec![0.0; places * inputs];
        for side in 0..2 {
            let at = self.layout.lstm[layer][side];
            let packed = &self.packed.layers[layer][side];
            let dgates = self.lstm_back(run, side, dy, places, &packed[3]);
            multiply_add(&dgates, &packed[1], &mut dx);
            let before = states_before(run, side, h, places);
            let grads = &mut self.grads.dense;
            add_outer(&run.input, inputs, &dgates, 4 * h, &mut grads[at.input..][..inputs * 4 * h]);
            add_outer(&before, h, &dgates, 4 * h, &mut grads[at.recurrent..][..4 * h * h]);
            add_columns(&dgates, &mut grads[at.bias..][..4 * h]);
        }
        dx
    }

    fn lstm_back(
        &self,
        run: &LayerRun,
        side: usize,
        dy: &[f32],
        places: usize,
        back: &Matrix,
    ) -> Vec<f32> {
        let h = self.sizes.hidden;
        let s = &run.sides[side];
        let mut out = vec![0.0; places * 4 * h];
        let mut dstate = vec![0.0; h];
        let mut dcell = vec![0.0; h];
        for step in (0..places).rev() {
            let t = if side == 1 { places - 1 - step } else { step };
            let earlier = (step > 0).then(|| if side == 1 { t + 1 } else { t - 1 });
            let gates = &s.gates[t * 4 * h..][..4 * h];
            let d = &mut out[t * 4 * h..][..4 * h];
            for j in 0..h {
                let dh = dy[t * 2 * h + side * h + j] + dstate[j];
                let (i, f, o, g) = (gates[j], gates[h + j], gates[2 * h + j], gates[3 * h + j]);
                let tc = tanh(s.cells[t * h + j]);
                let dc = dcell[j] + dh * o * (1.0 - tc * tc);
                let before = earlier.map_or(0.0, |e| s.cells[e * h + j]);
                d[j] = dc * g * i * (1.0 - i);
                d[h + j] = dc * before * f * (1.0 - f);
                d[2 * h + j] = dh * tc * o * (1.0 - o);
                d[3 * h + j] = dc * i * (1.0 - g * g);
                dcell[j] = dc * f;
            }
            dstate.fill(0.0);
            multiply_add(d, back, &mut dstate);
            dstate.iter_mut().zip(&s.mask).for_each(|(x, m)| *x *= m);
        }
        out
    }

    fn arcs(&mut self, example: &Example, z: &[f32], dz: &mut [f32], scale: f32) -> f32 {
        let (a, width) = (self.sizes.arc, self.sizes.heads());
        let places = example.rows.len() + 1;
        let keep = mask(2 * a, self.dropout.scorer, &mut self.rng);
        let part = |from: usize| -> Vec<f32> {
            z.chunks_exact(width)
                .flat_map(|row| {
                    row[from..from + a].iter().zip(&keep[from..]).map(|(x, k)| x.max(0.0) * k)
                })
                .collect()
        };
        let (dependents, heads) = (part(0), part(a));
        let mut bent = repeat(&self.params.dense[self.layout.arcs_bias..][..a], places);
        multiply_add(&dependents, &self.packed.arcs[0], &mut bent);
        let mut across = Matrix::default();
        across.repack_transposed(&heads, a, places);
        let mut scores = vec![0.0; places * (places - 1)];
        multiply_add(&bent[a..], &across, &mut scores);
        let mut loss = 0.0;
        for (word, row) in scores.chunks_exact_mut(places).enumerate() {
            row[word + 1] = -1e9;
            loss += softmax_loss(row, example.heads[word] as usize, scale);
        }
        // Back: scores = bent * heads', bent = dependents * form + bias.
        let mut dbent = vec![0.0; (places - 1) * a];
        multiply_add(&scores, &Matrix::pack(&heads, places, a), &mut dbent);
        let mut dheads = vec![0.0; places * a];
        add_outer(&scores, places, &bent[a..], a, &mut dheads);
        let mut ddependents = vec![0.0; (places - 1) * a];
        multiply_add(&dbent, &self.packed.arcs[1], &mut ddependents);
        let grads = &mut self.grads.dense;
        add_outer(&dependents[a..], a, &dbent, a, &mut grads[self.layout.arcs..][..a * a]);
        add_columns(&dbent, &mut grads[self.layout.arcs_bias..][..a]);
        for place in 0..places {
            let row = &mut dz[place * width..][..2 * a];
            for j in 0..a {
                if place > 0 && z[place * width + j] > 0.0 {
                    row[j] += ddependents[(place - 1) * a + j] * keep[j];
                }
                if z[place * width + a + j] > 0.0 {
                    row[a + j] += dheads[place * a + j] * keep[a + j];
                }
            }
        }
        loss
    }

    fn relations(&mut self, example: &Example, z: &[f32], dz: &mut [f32], scale: f32) -> f32 {
        let (r, width, labels) = (self.sizes.relation, self.sizes.heads(), self.sizes.relations);
        let at = 2 * self.sizes.arc;
        let keep = mask(r, self.dropout.scorer, &mut self.rng);
        let count = example.rows.len();
        let mut hidden = vec![0.0; count * r];
        for (word, out) in hidden.chunks_exact_mut(r).enumerate() {
            let dependent = &z[(word + 1) * width + at..][..r];
            let head = &z[example.heads[word] as usize * width + at + r..][..r];
            for j in 0..r {
                out[j] = (dependent[j] + head[j]).max(0.0) * keep[j];
            }
        }
        let mut scores = repeat(&self.params.dense[self.layout.relations_bias..][..labels], count);
        multiply_add(&hidden, &self.packed.relations[0], &mut scores);
        let mut loss = 0.0;
        for (word, row) in scores.chunks_exact_mut(labels).enumerate() {
            loss += softmax_loss(row, example.relations[word] as usize, scale);
        }
        let mut dhidden = vec![0.0; count * r];
        multiply_add(&scores, &self.packed.relations[1], &mut dhidden);
        let grads = &mut self.grads.dense;
        add_outer(&hidden, r, &scores, labels, &mut grads[self.layout.relations..][..r * labels]);
        add_columns(&scores, &mut grads[self.layout.relations_bias..][..labels]);
        for word in 0..count {
            let head = example.heads[word] as usize;
            for j in 0..r {
                if hidden[word * r + j] > 0.0 {
                    let d = dhidden[word * r + j] * keep[j];
                    dz[(word + 1) * width + at + j] += d;
                    dz[head * width + at + r + j] += d;
                }
            }
        }
        loss
    }

    fn classes(&mut self, example: &Example, z: &[f32], dz: &mut [f32], scale: f32) -> f32 {
        let width = self.sizes.heads();
        let mut at = 2 * self.sizes.arc + 2 * self.sizes.relation;
        let mut loss = 0.0;
        for (which, n) in self.sizes.classes.iter().enumerate() {
            let weight = scale * self.class_weights[which];
            for (word, gold) in example.classes[which].iter().enumerate() {
                let place = (word + 1) * width + at;
                if *gold == UNKNOWN {
                    continue;
                }
                let row = &mut dz[place..][..*n];
                row.copy_from_slice(&z[place..][..*n]);
                loss += softmax_loss(row, *gold as usize, weight);
            }
            at += n;
        }
        loss
    }
}

/// For each word the state that its step started from, after dropout.
fn states_before(run: &LayerRun, side: usize, h: usize, places: usize) -> Vec<f32> {
    let mut out = vec![0.0; places * h];
    for t in 0..places {
        let earlier = if side == 1 { t + 1 } else { t.wrapping_sub(1) };
        if earlier >= places {
            continue;
        }
        let from = &run.states[earlier * 2 * h + side * h..][..h];
        let to = &mut out[t * h..][..h];
        for ((o, x), m) in to.iter_mut().zip(from).zip(&run.sides[side].mask) {
            *o = x * m;
        }
    }
    out
}

/// Adam with an average of the weights over time. Rows of embeddings that a batch does not touch
/// rest (as in "lazy" Adam); their average catches up when it is asked for.
pub struct Adam {
    moment: Params,
    square: Params,
    average: Params,
    /// The step at which each row was last touched.
    touched: Vec<u32>,
    width: usize,
    steps: u32,
}

/// How much of the average stays at each step.
const KEEP: f32 = 0.998;

/// Where a step goes and how far.
#[derive(Clone, Copy)]
struct Pace {
    rate: f32,
    scale: f32,
}

/// One part of the weights with all that Adam keeps of it.
struct Part<'a> {
    weights: &'a mut [f32],
    grads: &'a mut [f32],
    moment: &'a mut [f32],
    square: &'a mut [f32],
    average: &'a mut [f32],
}

/// One step for a part; its gradient is left at zero.
fn update(part: Part, pace: Pace) {
    let (b1, b2) = BETAS;
    let n = part.weights.len();
    let (g, m) = (&mut part.grads[..n], &mut part.moment[..n]);
    let (v, a) = (&mut part.square[..n], &mut part.average[..n]);
    for i in 0..n {
        let x = g[i] * pace.scale;
        g[i] = 0.0;
        m[i] = b1 * m[i] + (1.0 - b1) * x;
        v[i] = b2 * v[i] + (1.0 - b2) * x * x;
        part.weights[i] -= pace.rate * m[i] / (v[i].sqrt() + 1e-8);
        a[i] = KEEP * a[i] + (1.0 - KEEP) * part.weights[i];
    }
}

const BETAS: (f32, f32) = (0.9, 0.98);

impl Adam {
    pub fn new(params: &Params, width: usize) -> Adam {
        let mut zeros = params.clone();
        zeros.clear();
        let touched = vec![0; params.rows.len() / width];
        let average = params.clone();
        Adam { moment: zeros.clone(), square: zeros, average, touched, width, steps: 0 }
    }

    /// One step down the gradient, for the dense weights and these rows (each once). The
    /// gradient is left at zero.
    pub fn step(&mut self, params: &mut Params, grads: &mut Params, rows: &[u32], rate: f32) {
        self.steps += 1;
        let t = self.steps as i32;
        let rate = rate * (1.0 - BETAS.1.powi(t)).sqrt() / (1.0 - BETAS.0.powi(t));
        let pace = Pace { rate, scale: shrink(grads, rows, self.width, 5.0) };
        let (m, v, a) = (&mut self.moment, &mut self.square, &mut self.average);
        let dense = Part {
            weights: &mut params.dense,
            grads: &mut grads.dense,
            moment: &mut m.dense,
            square: &mut v.dense,
            average: &mut a.dense,
        };
        update(dense, pace);
        for row in rows {
            let at = *row as usize * self.width..(*row as usize + 1) * self.width;
            let part = Part {
                weights: &mut params.rows[at.clone()],
                grads: &mut grads.rows[at.clone()],
                moment: &mut m.rows[at.clone()],
                square: &mut v.rows[at.clone()],
                average: &mut a.rows[at],
            };
            let rested = self.steps - 1 - self.touched[*row as usize];
            catch_up(part.average, part.weights, rested);
            self.touched[*row as usize] = self.steps;
            update(part, pace);
        }
    }

    /// The average of the weights.
    pub fn average(&self, params: &Params) -> Params {
        let mut out = self.average.clone();
        for (row, touched) in self.touched.iter().enumerate() {
            let at = row * self.width..(row + 1) * self.width;
            catch_up(&mut out.rows[at.clone()], &params.rows[at], self.steps - touched);
        }
        out
    }
}

/// What `steps` steps would have done to the average of weights that did not move.
fn catch_up(average: &mut [f32], weights: &[f32], steps: u32) {
    let keep = KEEP.powi(steps as i32);
    average.iter_mut().zip(weights).for_each(|(a, w)| *a = w + (*a - w) * keep);
}

/// What a gradient longer than `longest` is multiplied by.
fn shrink(grads: &Params, rows: &[u32], width: usize, longest: f32) -> f32 {
    let square = |part: &[f32]| part.iter().map(|g| g * g).sum::<f32>();
    let of_rows = rows.iter().map(|r| square(&grads.rows[*r as usize * width..][..width]));
    let length = (square(&grads.dense) + of_rows.sum::<f32>()).sqrt();
    if length > longest { longest / length } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(params: &Params, sizes: &Sizes, example: &Example) -> (f32, Params) {
        let layout = sizes.layout();
        let packed = Packed::new(params, sizes, &layout);
        let mut worker = Worker {
            sizes,
            layout: &layout,
            params,
            packed: &packed,
            dropout: Dropout { state: 0.2, recurrent: 0.2, scorer: 0.2 },
            class_weights: &[0.5],
            grads: Params::zeros(6, sizes),
            rng: Rng::new(3),
        };
        (worker.learn(example, 1.0), worker.grads)
    }

    #[test]
    fn the_gradient_is_that_of_small_steps() {
        let sizes = Sizes {
            embedding: 5,
            hidden: 4,
            layers: 2,
            arc: 3,
            relation: 6,
            relations: 4,
            classes: vec![3],
        };
        let example = Example {
            rows: vec![vec![0, 1], vec![2, 5], vec![3, 1, 4]],
            heads: vec![2, 0, 2],
            relations: vec![1, 0, 3],
            classes: vec![vec![0, 2, 1]],
            weight: 1.0,
        };
        let mut params = Params::random(6, &sizes, &mut Rng::new(1));
        params.rows.iter_mut().for_each(|x| *x *= 8.0);
        let (_, grads) = loss(&params, &sizes, &example);
        let step = 1e-2;
        let mut check = |pick: fn(&mut Params) -> &mut Vec<f32>, n: usize| {
            for i in (0..n).step_by(3) {
                let mut at = |d: f32| {
                    pick(&mut params)[i] += d;
                    let l = loss(&params, &sizes, &example).0;
                    pick(&mut params)[i] -= d;
                    l
                };
                let slope = (at(step) - at(-step)) / (2.0 * step);
                let found = pick(&mut grads.clone())[i];
                assert!((slope - found).abs() < 2e-2 * (1.0 + slope.abs()), "{i}: {slope} {found}");
            }
        };
        check(|p| &mut p.rows, 30);
        check(|p| &mut p.dense, sizes.layout().total);
    }
}
