//! Numbers that look like chance and are the same at every run: SplitMix64 (Steele, Lea and Flood,
//! "Fast splittable pseudorandom number generators", 2014).

/// A stream of numbers.
pub struct Rng(u64);

impl Rng {
    /// The stream of a seed and a number.
    pub fn new(seed: u64, number: u64) -> Rng {
        Rng(mix(seed ^ mix(number)))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `bound`; 0 when that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 11) as usize % bound.max(1)
    }

    /// True so often.
    pub fn chance(&mut self, often: f64) -> bool {
        ((self.next() >> 11) as f64) < often * (1u64 << 53) as f64
    }

    /// One of a list, which is not empty.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Minutes that are mostly few: exponential, with this mean.
    pub fn delay(&mut self, mean: f64) -> u64 {
        let share = ((self.next() >> 11) as f64 + 1.0) / (1u64 << 53) as f64;
        (-share.ln() * mean) as u64 + 1
    }
}

/// One number to another that says nothing of it.
pub fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
