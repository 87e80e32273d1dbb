//! Linear weights found by the hash of a feature: 8 bits each, few of them not zero.
//!
//! As bytes: log2 of the number of buckets; how many features each bucket holds, a byte each;
//! the features' fingerprints, 16 bits each; then for each feature which of the `N` classes
//! have a weight, a bit each, and those weights.

use crate::model::{Error, Reader};

/// Weights of `N` classes for each feature (`N` a multiple of 8).
#[derive(Clone, Debug, Default)]
pub struct Table<const N: usize> {
    bits: u32,
    /// Where each bucket starts; one more for the end.
    starts: Vec<u32>,
    prints: Vec<u16>,
    rows: Vec<[i8; N]>,
}

/// The sum of the weights of some features. Weights are 8 bits wide, so that 258 features can
/// be summed.
pub type Sums<const N: usize> = [i16; N];

impl<const N: usize> Table<N> {
    /// Reads what [`Table::write`] wrote.
    ///
    /// # Errors
    ///
    /// When bytes are missing or left over.
    pub fn read(mut from: Reader<'_>) -> Result<Table<N>, Error> {
        let bits = u32::from(from.u8()?);
        if bits > 24 {
            return Err(from.error());
        }
        let counts = from.take(1 << bits)?;
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut total = 0u32;
        starts.push(0);
        for count in counts {
            total += u32::from(*count);
            starts.push(total);
        }
        let prints = from.take(total as usize * 2)?;
        let prints = prints.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        let mut rows = Vec::with_capacity(total as usize);
        let mut packed = from.rest();
        for _ in 0..total {
            let (row, rest) = read_row(packed).ok_or_else(|| from.error())?;
            rows.push(row);
            packed = rest;
        }
        if !packed.is_empty() {
            return Err(from.error());
        }
        Ok(Table { bits, starts, prints, rows })
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the weights of a feature, if it has any.
    #[inline(always)]
    pub fn add(&self, key: u64, sums: &mut Sums<N>) {
        if let Some(row) = self.row(key) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(*weight));
            }
        }
    }

    #[inline(always)]
    fn row(&self, key: u64) -> Option<&[i8; N]> {
        let (bucket, print) = place(key, self.bits);
        let (start, end) = (*self.starts.get(bucket)?, *self.starts.get(bucket + 1)?);
        let prints = self.prints.get(start as usize..end as usize)?;
        let at = prints.iter().position(|p| *p == print)?;
        self.rows.get(start as usize + at)
    }

    /// The bytes of a table with these weights. Features whose place and fingerprint are the
    /// same share the weights of the first.
    pub fn write(weights: &[(u64, [i8; N])]) -> Vec<u8> {
        // Two to four features a bucket: the starts fit the processor's nearer memory.
        let bits = weights.len().max(4).ilog2() - 1;
        let mut sorted: Vec<((usize, u16), &[i8; N])> =
            weights.iter().map(|(key, row)| (place(*key, bits), row)).collect();
        sorted.sort_by_key(|(at, _)| *at);
        sorted.dedup_by_key(|(at, _)| *at);
        let mut counts = vec![0u8; 1 << bits];
        sorted.retain(|((bucket, _), _)| {
            let fits = counts[*bucket] < u8::MAX;
            counts[*bucket] += u8::from(fits);
            fits
        });
        let mut out = vec![bits as u8];
        out.extend(counts);
        for ((_, print), _) in &sorted {
            out.extend(print.to_le_bytes());
        }
        for (_, row) in sorted {
            for eight in row.chunks(8) {
                out.push((0..eight.len()).fold(0, |m, i| m | u8::from(eight[i] != 0) << i));
            }
            out.extend(row.iter().filter(|w| **w != 0).map(|w| *w as u8));
        }
        out
    }
}

fn place(key: u64, bits: u32) -> (usize, u16) {
    let mixed = key.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((mixed >> (64 - bits)) as usize, (mixed >> 16) as u16)
}

/// The first row of these bytes, and what follows it. Opening a model is mostly this: what it does
/// does not hang on what the masks are, so that nothing has to be guessed.
#[inline]
fn read_row<const N: usize>(bytes: &[u8]) -> Option<([i8; N], &[u8])> {
    let (masks, mut weights) = bytes.split_at_checked(N / 8)?;
    let mut row = [0; N];
    for (i, mask) in masks.iter().copied().enumerate() {
        let mut next = match weights.first_chunk::<8>() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => weights.iter().rev().fold(0, |all, w| all << 8 | u64::from(*w)),
        };
        for class in 0..8 {
            let bit = mask >> class & 1;
            row[8 * i + class] = (next as u8 & 0u8.wrapping_sub(bit)) as i8;
            next >>= 8 * bit;
        }
        weights = weights.get(mask.count_ones() as usize..)?;
    }
    Some((row, weights))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Model, Writer};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn weights_come_back(rows in prop::collection::btree_map(any::<u64>(), any::<[i8; 8]>(), 0..60)) {
            let mut rows: Vec<(u64, [i8; 8])> = rows.into_iter().collect();
            // Keys that share place and print share their weights, whatever the place's width.
            let mut seen = std::collections::BTreeSet::new();
            rows.retain(|(key, _)| seen.insert(place(*key, 1).1));
            let mut writer = Writer::new("t", "x", 1, 1);
            writer.section("w", Table::write(&rows));
            let bytes = writer.bytes();
            let table = Table::<8>::read(Model::open(&bytes).unwrap().section("w").unwrap()).unwrap();
            for (key, row) in &rows {
                let mut sums = [0; 8];
                table.add(*key, &mut sums);
                prop_assert_eq!(sums, row.map(i16::from));
            }
        }
    }

    #[test]
    fn cut_tables_are_errors() {
        let bytes = Table::write(&[(5, [1i8; 8]), (9, [0, 2, 0, 0, 0, 0, 0, 3])]);
        for n in 0..bytes.len() {
            let mut writer = Writer::new("t", "x", 1, 1);
            writer.section("w", bytes[..n].to_vec());
            let file = writer.bytes();
            let model = Model::open(&file).unwrap();
            assert!(Table::<8>::read(model.section("w").unwrap()).is_err(), "cut at {n}");
        }
    }
}
