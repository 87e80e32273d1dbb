//! Numbers that look like chance and are the same at every run and on every machine: SplitMix64
//! (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(1))
    }

    /// One of the many streams of a seed: that of a number.
    pub fn nth(seed: u64, number: u64) -> Rng {
        Rng(mix(seed ^ mix(number)))
    }

    /// Any 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// From 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Below `n`; 0 when that is 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.bits() % n.max(1) as u64) as usize
    }

    /// True so often, from 0 for never to 1 for always.
    pub fn chance(&mut self, often: f64) -> bool {
        ((self.bits() >> 11) as f64) < often * (1u64 << 53) as f64
    }

    /// One of a list, which is not empty.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Minutes that are mostly few: exponential, with this mean; at least 1.
    pub fn delay(&mut self, mean: f64) -> u64 {
        let share = ((self.bits() >> 11) as f64 + 1.0) / (1u64 << 53) as f64;
        (-share.ln() * mean) as u64 + 1
    }

    /// Puts `items` in any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// One number to another that says nothing of it.
pub fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_published() {
        // The first numbers of SplitMix64 from state 1234567, as its authors' own code gives them.
        let mut rng = Rng(1_234_567);
        let wanted =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([rng.bits(), rng.bits(), rng.bits()], wanted);
    }

    #[test]
    fn numbers_stay_in_bounds_and_spread() {
        let mut rng = Rng::nth(1, 2);
        let mut counts = [0; 5];
        for _ in 0..5000 {
            counts[rng.below(5)] += 1;
            assert!((0.0..1.0).contains(&rng.unit()));
            assert!(rng.delay(60.0) >= 1);
        }
        assert!(counts.iter().all(|n| (900..1100).contains(n)), "{counts:?}");
        let often = (0..5000).filter(|_| rng.chance(0.2)).count();
        assert!((900..1100).contains(&often), "{often}");
        let mean = (0..5000).map(|_| rng.delay(60.0)).sum::<u64>() as f64 / 5000.0;
        assert!((55.0..66.0).contains(&mean), "{mean}");
        assert_eq!((rng.below(0), rng.chance(0.0), rng.chance(1.0)), (0, false, true));
    }

    #[test]
    fn streams_differ_and_repeat() {
        let first = |seed, number| Rng::nth(seed, number).bits();
        assert_eq!(first(1, 7), first(1, 7));
        assert!(first(1, 7) != first(1, 8) && first(1, 7) != first(2, 7));
        let mut items: Vec<u32> = (0..50).collect();
        Rng::new(3).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
