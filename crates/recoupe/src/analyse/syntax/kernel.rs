//! The arithmetic of the networks: matrix products, the LSTM's recurrence, tanh.
//!
//! Everything is done in 32-bit floats in an order that is written out, never fused or
//! reordered: the same bytes come out on any processor, whatever its vectors' width. The widest
//! vectors that the processor has are chosen at run time (crate `pulp`).

use std::ops::Range;
use std::sync::LazyLock;

use pulp::{Arch, Simd, WithSimd, bytemuck};

static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Columns of a tile: four of the widest vectors.
const TILE: usize = 64;

/// Rows of the left side that share a tile's loads. With four vectors a row, the sums fit the
/// registers and hide the latency of additions.
const ROWS: usize = 4;

/// Vectors of a row that are summed at a time.
const VECTORS: usize = 4;

/// A matrix on the right side of products, stored by tiles of 64 columns: `[tile][row]
/// [column in tile]`, the last tile padded with zeros.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    data: Vec<f32>,
    /// Where in `data` the first tile starts: on a line of the cache.
    start: usize,
}

/// Floats in a line of the cache, which is as wide as the widest vectors.
const LINE: usize = 16;

impl Matrix {
    /// From `rows * columns` numbers, row after row.
    ///
    /// # Panics
    ///
    /// When `weights` has fewer numbers.
    pub fn pack(weights: &[f32], rows: usize, columns: usize) -> Matrix {
        let mut out = Matrix::default();
        out.repack(weights, rows, columns);
        out
    }

    /// As [`Matrix::pack`], in the memory that this matrix has.
    ///
    /// # Panics
    ///
    /// When `weights` has fewer numbers.
    pub fn repack(&mut self, weights: &[f32], rows: usize, columns: usize) {
        let data = self.clear(rows, columns);
        for (t, tile) in data.chunks_exact_mut((rows * TILE).max(1)).enumerate() {
            let from = t * TILE;
            let width = TILE.min(columns - from);
            for (r, row) in tile.chunks_exact_mut(TILE).enumerate() {
                row[..width].copy_from_slice(&weights[r * columns + from..][..width]);
            }
        }
    }

    /// As [`Matrix::repack`], of the transpose: `weights` has `columns` rows of `rows` numbers.
    ///
    /// # Panics
    ///
    /// When `weights` has fewer numbers.
    pub fn repack_transposed(&mut self, weights: &[f32], rows: usize, columns: usize) {
        let data = self.clear(rows, columns);
        for c in 0..columns {
            let (tile, column) = (c / TILE, c % TILE);
            let source = &weights[c * rows..][..rows];
            let base = tile * rows * TILE + column;
            for (r, w) in source.iter().enumerate() {
                data[base + r * TILE] = *w;
            }
        }
    }

    /// Makes room for so many rows and columns, all zero.
    fn clear(&mut self, rows: usize, columns: usize) -> &mut [f32] {
        (self.rows, self.columns) = (rows, columns);
        let size = columns.div_ceil(TILE) * rows * TILE;
        self.data.clear();
        self.data.resize(size + LINE, 0.0);
        // A copy may lie elsewhere in its line: it is slower, and no less right.
        self.start = self.data.as_ptr().align_offset(4 * LINE).min(LINE);
        &mut self.data[self.start..][..size]
    }

    fn tiles(&self) -> &[f32] {
        &self.data[self.start..self.data.len() - (LINE - self.start)]
    }

    /// Rows: the numbers a row of the left side has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Columns: the numbers a row of the product has.
    pub fn columns(&self) -> usize {
        self.columns
    }
}

/// Adds the product of `left` (rows of `right.rows()` numbers) and `right` to `out` (as many
/// rows, of `right.columns()` numbers).
///
/// # Panics
///
/// When the lengths do not fit.
pub fn multiply_add(left: &[f32], right: &Matrix, out: &mut [f32]) {
    ARCH.dispatch(Product { left, right, out });
}

/// Runs `work` with the widest vectors that the processor has, as far as it is inlined.
#[inline(always)]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    ARCH.dispatch(work)
}

struct Product<'a> {
    left: &'a [f32],
    right: &'a Matrix,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        product(simd, self.left, self.right, self.out);
    }
}

#[inline(always)]
fn product<S: Simd>(simd: S, left: &[f32], right: &Matrix, out: &mut [f32]) {
    let (k, n) = (right.rows, right.columns);
    if k == 0 || n == 0 {
        return;
    }
    assert_eq!(left.len() / k, out.len() / n, "rows of a product");
    for (t, tile) in right.tiles().chunks_exact(k * TILE).enumerate() {
        let from = t * TILE;
        let mut left = left.chunks_exact(ROWS * k);
        let mut out = out.chunks_exact_mut(ROWS * n);
        for (rows, sums) in left.by_ref().zip(out.by_ref()) {
            block::<S, ROWS>(simd, rows, k, tile, sums, n, from);
        }
        let rest = left.remainder().chunks_exact(k);
        for (row, sums) in rest.zip(out.into_remainder().chunks_exact_mut(n)) {
            block::<S, 1>(simd, row, k, tile, sums, n, from);
        }
    }
}

/// `R` rows of a product, in the columns of one tile. Each sum is made in the order of the rows
/// of the right side, whatever the vectors' width.
#[inline(always)]
fn block<S: Simd, const R: usize>(
    simd: S,
    left: &[f32],
    k: usize,
    tile: &[f32],
    out: &mut [f32],
    n: usize,
    from: usize,
) {
    let rows: [&[f32]; R] = std::array::from_fn(|r| &left[r * k..][..k]);
    let (vectors, _) = S::as_simd_f32s(&tile[..k * TILE]);
    let in_row = TILE / S::F32_LANES;
    for c in (0..in_row).step_by(VECTORS) {
        let mut sums = [[simd.splat_f32s(0.0); VECTORS]; R];
        // `take` tells the compiler that `p` is within the rows.
        for (p, row) in vectors.chunks_exact(in_row).enumerate().take(k) {
            let weights = &row[c..][..VECTORS];
            for r in 0..R {
                let x = simd.splat_f32s(rows[r][p]);
                for v in 0..VECTORS {
                    sums[r][v] = simd.add_f32s(sums[r][v], simd.mul_f32s(x, weights[v]));
                }
            }
        }
        let at = from + c * S::F32_LANES;
        if at >= n {
            return;
        }
        let width = (n - at).min(VECTORS * S::F32_LANES);
        for (r, sums) in sums.into_iter().enumerate() {
            // A copy, so that the sums themselves can stay in registers.
            let copy = sums;
            let sums: &[f32] = bytemuck::cast_slice(&copy);
            for (o, s) in out[r * n + at..][..width].iter_mut().zip(sums) {
                *o += s;
            }
        }
    }
}

/// One direction of an LSTM layer over sentences (Hochreiter and Schmidhuber 1997, with forget
/// gates). Sentences go side by side, so that each loading of the weights serves them all; what
/// comes out for one does not depend on the others.
#[derive(Debug)]
pub struct Lstm<'a> {
    /// From the state before to the gates: `h` rows, `4 * h` columns (input, forget, output,
    /// candidate).
    pub recurrent: &'a Matrix,
    /// The words of each sentence, as indices of rows below, the longest sentence first.
    pub sentences: &'a [Range<usize>],
    /// In: what the inputs give to the gates, `4 * h` numbers a word. Out: the gates.
    pub gates: &'a mut [f32],
    /// Out: the cells, `h` numbers a word.
    pub cells: &'a mut [f32],
    /// Out: the states, a row of `stride` numbers a word, from `at` on.
    pub states: &'a mut [f32],
    /// Numbers in a row of `states`.
    pub stride: usize,
    /// Where in a row this direction's numbers start.
    pub at: usize,
    /// From the last word to the first.
    pub backwards: bool,
    /// What the state before is multiplied by (dropout, in training).
    pub mask: Option<&'a [f32]>,
}

impl WithSimd for Lstm<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let h = self.recurrent.rows;
        let lanes = self.sentences.len();
        let mut before = vec![0f32; lanes * h];
        let mut sums = vec![0f32; lanes * 4 * h];
        let longest = self.sentences.first().map_or(0, ExactSizeIterator::len);
        for step in 0..longest {
            let active = self.sentences.iter().take_while(|s| s.len() > step).count();
            if step > 0 {
                let sums = &mut sums[..active * 4 * h];
                sums.fill(0.0);
                product(simd, &before[..active * h], self.recurrent, sums);
            }
            for lane in 0..active {
                let sentence = &self.sentences[lane];
                let (t, earlier) = if self.backwards {
                    (sentence.end - 1 - step, sentence.end - step)
                } else {
                    (sentence.start + step, (sentence.start + step).wrapping_sub(1))
                };
                let earlier = (step > 0).then_some(earlier);
                let from = &sums[lane * 4 * h..][..4 * h];
                self.step(t, earlier, from, &mut before[lane * h..][..h]);
            }
        }
    }
}

impl Lstm<'_> {
    /// One word: `earlier` is the word before it, if there is one, and `sums` what that one's
    /// state gives to the gates; `before` is left at this one's state.
    #[inline(always)]
    fn step(&mut self, t: usize, earlier: Option<usize>, sums: &[f32], before: &mut [f32]) {
        let h = self.recurrent.rows;
        let gates = &mut self.gates[t * 4 * h..][..4 * h];
        if earlier.is_some() {
            gates.iter_mut().zip(sums).for_each(|(g, s)| *g += s);
        }
        let (sigmoids, candidate) = gates.split_at_mut(3 * h);
        sigmoids.iter_mut().for_each(|x| *x = sigmoid(*x));
        candidate.iter_mut().for_each(|x| *x = tanh(*x));
        let (input, rest) = sigmoids.split_at(h);
        let (forget, output) = rest.split_at(h);
        match earlier {
            Some(earlier) => self.cells.copy_within(earlier * h..(earlier + 1) * h, t * h),
            None => self.cells[t * h..][..h].fill(0.0),
        }
        let cell = &mut self.cells[t * h..][..h];
        for j in 0..h {
            cell[j] = forget[j] * cell[j] + input[j] * candidate[j];
        }
        let state = &mut self.states[t * self.stride + self.at..][..h];
        for j in 0..h {
            state[j] = output[j] * tanh(cell[j]);
        }
        before.copy_from_slice(state);
        if let Some(mask) = self.mask {
            before.iter_mut().zip(mask).for_each(|(b, m)| *b *= m);
        }
    }
}

impl Lstm<'_> {
    /// Runs it.
    pub fn run(self) {
        ARCH.dispatch(self);
    }
}

/// The hyperbolic tangent, within 4e-7: a rational approximation, so that every processor gives
/// the same bits (coefficients of Eigen's `ptanh`).
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.905_311, 7.905_311);
    let x2 = x * x;
    let top = x2 * -2.760_768_5e-16 + 2.000_188e-13;
    let top = x2 * top - 8.604_672e-11;
    let top = x2 * top + 5.122_297e-8;
    let top = x2 * top + 1.485_722_4e-5;
    let top = x2 * top + 6.372_619_3e-4;
    let top = x2 * top + 4.893_524_6e-3;
    let below = x2 * 1.198_258_4e-6 + 1.185_347_1e-4;
    let below = x2 * below + 2.268_434_6e-3;
    let below = x2 * below + 4.893_525e-3;
    x * top / below
}

/// The logistic function.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize, seed: usize) -> Vec<f32> {
        (0..n).map(|i| ((i * 7919 + seed) % 1000) as f32 / 1000.0 - 0.5).collect()
    }

    #[test]
    fn products_are_those_of_the_definition() {
        for (m, k, n) in [(1, 1, 1), (3, 5, 7), (9, 64, 65), (4, 17, 130), (0, 3, 3)] {
            let (a, b) = (numbers(m * k, 1), numbers(k * n, 2));
            let mut out = vec![1f32; m * n];
            multiply_add(&a, &Matrix::pack(&b, k, n), &mut out);
            for i in 0..m {
                for j in 0..n {
                    let sum: f32 = (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum();
                    assert!((out[i * n + j] - 1.0 - sum).abs() < 1e-4);
                }
            }
            let transposed: Vec<f32> = (0..n * k).map(|i| b[i % k * n + i / k]).collect();
            let mut same = Matrix::default();
            same.repack_transposed(&transposed, k, n);
            if k * n > 0 {
                assert_eq!(same.tiles(), Matrix::pack(&b, k, n).tiles());
            }
        }
    }

    #[test]
    fn tanh_is_close() {
        for i in -9000..9000 {
            let x = i as f32 / 1000.0;
            assert!((tanh(x) - (f64::from(x)).tanh() as f32).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn any_width_of_vectors_gives_the_same_bits() {
        let (a, b) = (numbers(7 * 96, 3), numbers(96 * 200, 4));
        let right = Matrix::pack(&b, 96, 200);
        let mut wide = vec![0f32; 7 * 200];
        multiply_add(&a, &right, &mut wide);
        let mut plain = vec![0f32; 7 * 200];
        product(pulp::Scalar, &a, &right, &mut plain);
        assert_eq!(wide, plain);
    }
}
