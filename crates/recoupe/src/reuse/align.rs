//! Two articles' folded words to the passages they share: exact runs, chains of runs, trimmed.
//!
//! Every exact run of [`RUN`] words is found, wherever it stands in either text, so that moved
//! and repeated sentences are found too. Runs at most [`MAX_GAP`] words apart on both sides
//! are chained, best chain first (sparse dynamic programming over runs, as in Eppstein,
//! Galil, Giancarlo and Italiano, "Sparse dynamic programming", 1992, on few enough runs to
//! look back at all of them). A pair may have any number of chains, independent of each other.

use std::cmp::Reverse;

use rustc_hash::FxHasher;
use std::hash::Hasher;

use super::fold::{BARRIER, Vocabulary, Weight, Word};

/// The shortest exact run that counts, in words.
pub(crate) const RUN: usize = 3;

/// The most words that one side may have between two runs of a chain.
pub(crate) const MAX_GAP: usize = 8;

/// How far past a chain's ends single equal words are looked for.
const REACH: usize = 6;

/// How alike a second passage must be to a place that already has one, better than it: words
/// that a text repeats are repeated as they are, what is merely like them has another history.
const REPEATED: f64 = 0.85;

/// The price of a word that only one side has, in equal words.
const GAP_PRICE: f64 = 0.3;

/// The most places where words that both texts repeat are paired each with each; beyond, the
/// first is paired with the first, the second with the second.
const MAX_REPEATS: usize = 36;

/// The most runs that are chained for one pair, longest first: bounds hostile input.
const MAX_RUNS: usize = 3000;

/// The runs of [`RUN`] words of an article, by half their hash, then by place. Two runs with one
/// hash and different words cost a look, no more.
pub(crate) type Index = Vec<(u32, u32)>;

/// Words `a` of one text that words `b` of the other repeat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Passage {
    /// Its first word and the one past its last, in the one text.
    pub a: (usize, usize),
    /// The same in the other.
    pub b: (usize, usize),
    /// The equal words, as places in the one and in the other, both rising.
    pub equal: Vec<(usize, usize)>,
}

impl Passage {
    fn over(equal: Vec<(usize, usize)>) -> Option<Passage> {
        let (first, last) = (*equal.first()?, *equal.last()?);
        Some(Passage { a: (first.0, last.0 + 1), b: (first.1, last.1 + 1), equal })
    }

    /// Twice the equal words over the words of both sides.
    pub fn similarity(&self) -> f64 {
        let both = self.a.1 - self.a.0 + self.b.1 - self.b.0;
        2.0 * self.equal.len() as f64 / both as f64
    }

    /// The most equal words in a row, in both texts.
    pub fn longest_run(&self) -> usize {
        let next = |x: &(usize, usize), y: &(usize, usize)| (x.0 + 1, x.1 + 1) == *y;
        self.equal.chunk_by(next).map(<[_]>::len).max().unwrap_or(0)
    }

    fn covers(&self, other: &Passage) -> bool {
        let half = |x: (usize, usize), y: (usize, usize)| {
            2 * (x.1.min(y.1)).saturating_sub(x.0.max(y.0)) >= y.1 - y.0
        };
        half(self.a, other.a) && half(self.b, other.b)
    }

    /// Whether nearly all of `other` is this passage's on one side.
    fn has_a_side_of(&self, other: &Passage) -> bool {
        let most = |x: (usize, usize), y: (usize, usize)| {
            5 * (x.1.min(y.1)).saturating_sub(x.0.max(y.0)) >= 4 * (y.1 - y.0)
        };
        most(self.a, other.a) || most(self.b, other.b)
    }

    /// The same seen from the other text.
    pub fn mirrored(self) -> Passage {
        let equal = self.equal.into_iter().map(|(a, b)| (b, a)).collect();
        Passage { a: self.b, b: self.a, equal }
    }
}

/// The hash of the words `at..at + length`, unless the text ends or is barred before.
pub(crate) fn gram(words: &[Word], at: usize, length: usize) -> Option<u64> {
    let mut hasher = FxHasher::default();
    for word in words.get(at..at + length)? {
        if word.id == BARRIER {
            return None;
        }
        hasher.write_u32(word.id);
    }
    Some(hasher.finish())
}

/// Prepares one text for [`align`].
pub(crate) fn index(words: &[Word]) -> Index {
    let mut grams: Index = (0..words.len())
        .filter_map(|i| Some(((gram(words, i, RUN)? >> 32) as u32, i as u32)))
        .collect();
    grams.sort_unstable();
    grams
}

/// The passages that two texts share, longest first, whatever their worth, each with at least
/// `similarity` of its words equal. The result does not depend on which text is named first.
pub(crate) fn align(
    a: (&[Word], &Index),
    b: (&[Word], &Index),
    vocabulary: &Vocabulary,
    similarity: f64,
) -> Vec<Passage> {
    // Ties are broken by position, so the two texts are first put in an order of their own: that
    // of their words, since the numbers of words hang on which text was read first.
    let form = |w: &Word| vocabulary.words.get(w.id as usize);
    if b.0.iter().map(form).lt(a.0.iter().map(form)) {
        let swapped = Pair { a: b.0, b: a.0, vocabulary, similarity }.passages(b.1, a.1);
        return swapped.into_iter().map(Passage::mirrored).collect();
    }
    Pair { a: a.0, b: b.0, vocabulary, similarity }.passages(a.1, b.1)
}

struct Pair<'a> {
    a: &'a [Word],
    b: &'a [Word],
    vocabulary: &'a Vocabulary,
    similarity: f64,
}

/// Equal words: `length` of them from `a` in the one, from `b` in the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
struct Run {
    a: usize,
    b: usize,
    length: usize,
}

impl Pair<'_> {
    fn passages(&self, ia: &Index, ib: &Index) -> Vec<Passage> {
        let runs = self.runs(ia, ib);
        let mut kept: Vec<Passage> = Vec::new();
        for chain in self.chains(&runs) {
            let Some(passage) = Passage::over(self.fill(&chain)) else { continue };
            self.keep(passage, &mut kept);
        }
        kept
    }

    /// Adds what of a passage is dense enough: cut at its widest gap until it is.
    fn keep(&self, passage: Passage, kept: &mut Vec<Passage>) {
        if passage.similarity() < self.similarity {
            let gap = |w: &[(usize, usize)]| (w[1].0 - w[0].0).max(w[1].1 - w[0].1);
            let widest = passage.equal.windows(2).map(gap).enumerate().max_by_key(|g| (g.1, g.0));
            let Some((at, _)) = widest else { return };
            let mut left = passage.equal;
            let right = left.split_off(at + 1);
            for part in [left, right] {
                if let Some(part) = Passage::over(part) {
                    self.keep(part, kept);
                }
            }
            return;
        }
        let dense = |p: &Passage| p.similarity() >= self.similarity;
        let Some(passage) = self.trim(passage.equal).filter(dense) else { return };
        let passage = self.extend(passage);
        let explained = |k: &Passage| {
            k.covers(&passage) || passage.similarity() < REPEATED && k.has_a_side_of(&passage)
        };
        if !kept.iter().any(explained) {
            kept.push(passage);
        }
    }

    /// The passage without the few words at its ends that lie beyond the end of a sentence of
    /// one text alone: there the two go on alike by chance.
    fn trim(&self, mut equal: Vec<(usize, usize)>) -> Option<Passage> {
        let seams: Vec<usize> =
            (1..equal.len()).filter(|k| self.seam(&equal[k - 1..=*k])).collect();
        let few = |part: &[(usize, usize)]| {
            let says =
                |p: &&(usize, usize)| self.vocabulary.weight(self.a[p.0].id) == Weight::Content;
            part.iter().filter(says).count() < RUN
        };
        if let Some(last) = seams.iter().find(|k| few(&equal[**k..])) {
            equal.truncate(*last);
        }
        let kept = |k: &&usize| **k < equal.len() && few(&equal[..**k]);
        if let Some(first) = seams.iter().rev().find(kept) {
            equal.drain(..first);
        }
        Passage::over(equal)
    }

    /// Whether a sentence starts between two equal words that follow each other, or with the
    /// second, in one text and not in the other. Where both texts go straight on, a line break in
    /// one of them is no seam: it may be wrapped.
    fn seam(&self, two: &[(usize, usize)]) -> bool {
        if two[0].0 + 1 == two[1].0 && two[0].1 + 1 == two[1].1 {
            return self.a[two[1].0].stopped != self.b[two[1].1].stopped;
        }
        let opens =
            |words: &[Word], from: usize, to: usize| words[from + 1..=to].iter().any(|w| w.opens);
        opens(self.a, two[0].0, two[1].0) != opens(self.b, two[0].1, two[1].1)
    }

    fn equal(&self, i: usize, j: usize) -> bool {
        self.a[i].id == self.b[j].id && self.a[i].id != BARRIER
    }

    fn runs(&self, ia: &Index, ib: &Index) -> Vec<Run> {
        let mut seeds = Vec::new();
        let (mut i, mut j) = (0, 0);
        while i < ia.len() && j < ib.len() {
            match ia[i].0.cmp(&ib[j].0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let same = |index: &Index, from: usize| {
                        index[from..].iter().take_while(|g| g.0 == index[from].0).count()
                    };
                    let (n, m) = (same(ia, i), same(ib, j));
                    let (x, y) = (&ia[i..i + n], &ib[j..j + m]);
                    let seed = |x: &(u32, u32), y: &(u32, u32)| (x.1 as usize, y.1 as usize);
                    if n * m <= MAX_REPEATS {
                        seeds.extend(x.iter().flat_map(|x| y.iter().map(move |y| seed(x, y))));
                    } else {
                        seeds.extend(x.iter().zip(y).map(|(x, y)| seed(x, y)));
                    }
                    (i, j) = (i + n, j + m);
                }
            }
        }
        self.grow(seeds)
    }

    /// Seeds to the longest runs that hold them, each once, by place.
    fn grow(&self, mut seeds: Vec<(usize, usize)>) -> Vec<Run> {
        // Along each diagonal in turn: a seed within the run before it is that run's.
        seeds.sort_unstable_by_key(|(i, j)| (*j as isize - *i as isize, *i));
        let mut runs: Vec<Run> = Vec::new();
        for (i, j) in seeds {
            let known = runs.last().is_some_and(|r| {
                r.b as isize - r.a as isize == j as isize - i as isize && i < r.a + r.length
            });
            if known {
                continue;
            }
            let back = (1..=i.min(j)).take_while(|k| self.equal(i - k, j - k)).count();
            let rest = (self.a.len() - i).min(self.b.len() - j);
            let length = (0..rest).take_while(|k| self.equal(i + k, j + k)).count();
            if back + length >= RUN {
                runs.push(Run { a: i - back, b: j - back, length: back + length });
            }
        }
        if runs.len() > MAX_RUNS {
            runs.sort_unstable_by_key(|r| (Reverse(r.length), *r));
            runs.truncate(MAX_RUNS);
        }
        runs.sort_unstable();
        runs
    }

    fn worth(&self, run: Run) -> f64 {
        let worth = |w: &Word| match self.vocabulary.weight(w.id) {
            Weight::Content => 1.0,
            Weight::Formula => 0.8,
            Weight::Function => 0.6,
        };
        self.a[run.a..run.a + run.length].iter().map(worth).sum()
    }

    /// Chains of runs, best first; each run is in one chain.
    fn chains(&self, runs: &[Run]) -> Vec<Vec<Run>> {
        let worth: Vec<f64> = runs.iter().map(|r| self.worth(*r)).collect();
        let mut best = worth.clone();
        let mut before = vec![usize::MAX; runs.len()];
        for (r, run) in runs.iter().enumerate() {
            for (p, previous) in runs[..r].iter().enumerate() {
                let Some((gap, cut)) = link(*previous, *run) else { continue };
                let gain = worth[r] * (run.length - cut) as f64 / run.length as f64;
                let total = best[p] + gain - GAP_PRICE * gap as f64;
                if total > best[r] {
                    (best[r], before[r]) = (total, p);
                }
            }
        }
        let mut ends: Vec<usize> = (0..runs.len()).collect();
        ends.sort_by(|x, y| best[*y].total_cmp(&best[*x]).then(x.cmp(y)));
        let mut used = vec![false; runs.len()];
        let mut chains = Vec::new();
        for end in ends {
            let mut chain = Vec::new();
            let mut at = end;
            while at != usize::MAX && !used[at] {
                used[at] = true;
                chain.push(runs[at]);
                at = before[at];
            }
            if !chain.is_empty() {
                chain.reverse();
                chains.push(chain);
            }
        }
        chains
    }

    /// The equal words of a chain, with those that stand alone in its gaps.
    fn fill(&self, chain: &[Run]) -> Vec<(usize, usize)> {
        let mut equal: Vec<(usize, usize)> = Vec::new();
        for run in chain {
            let cut = equal.last().map_or(0, |last| {
                (last.0 + 1).saturating_sub(run.a).max((last.1 + 1).saturating_sub(run.b))
            });
            if let Some(last) = equal.last().copied() {
                self.common((last.0 + 1, run.a), (last.1 + 1, run.b), &mut equal);
            }
            equal.extend((cut..run.length).map(|k| (run.a + k, run.b + k)));
        }
        equal
    }

    /// The longest common subsequence of two short stretches.
    fn common(&self, a: (usize, usize), b: (usize, usize), equal: &mut Vec<(usize, usize)>) {
        let (n, m) = (a.1.saturating_sub(a.0), b.1.saturating_sub(b.0));
        if n == 0 || m == 0 {
            return;
        }
        let mut longest = vec![vec![0u8; m + 1]; n + 1];
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                longest[i][j] = if self.equal(a.0 + i, b.0 + j) {
                    longest[i + 1][j + 1] + 1
                } else {
                    longest[i + 1][j].max(longest[i][j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < n && j < m {
            if self.equal(a.0 + i, b.0 + j) {
                equal.push((a.0 + i, b.0 + j));
                (i, j) = (i + 1, j + 1);
            } else if longest[i + 1][j] >= longest[i][j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// The passage with the single equal words past its ends, within its sentence, that are
    /// worth what stands between.
    fn extend(&self, mut passage: Passage) -> Passage {
        while let Some(more) = self.next(passage.a.1, passage.b.1) {
            let mut longer = passage.clone();
            longer.equal.push(more);
            (longer.a.1, longer.b.1) = (more.0 + 1, more.1 + 1);
            if longer.similarity() < self.similarity {
                break;
            }
            passage = longer;
        }
        while let Some(more) = self.previous(passage.a.0, passage.b.0) {
            let mut longer = passage.clone();
            longer.equal.insert(0, more);
            (longer.a.0, longer.b.0) = more;
            if longer.similarity() < self.similarity {
                break;
            }
            passage = longer;
        }
        passage
    }

    fn next(&self, a: usize, b: usize) -> Option<(usize, usize)> {
        let reach = |words: &[Word], from: usize| {
            let until = words.len().min(from + REACH);
            (from..until).take_while(|i| !words[*i].opens && words[*i].id != BARRIER).count()
        };
        self.nearest(reach(self.a, a), reach(self.b, b), |i, j| (a + i, b + j))
    }

    fn previous(&self, a: usize, b: usize) -> Option<(usize, usize)> {
        let reach = |words: &[Word], from: usize| {
            let mut steps = 0;
            while steps < REACH.min(from)
                && !words[from - steps].opens
                && words[from - steps - 1].id != BARRIER
            {
                steps += 1;
            }
            steps
        };
        self.nearest(reach(self.a, a), reach(self.b, b), |i, j| (a - 1 - i, b - 1 - j))
    }

    /// The cheapest equal word among `n` by `m` steps: at most two words a side in its way,
    /// or four when one side has none; a function word only where nothing is in the way.
    fn nearest(
        &self,
        n: usize,
        m: usize,
        place: impl Fn(usize, usize) -> (usize, usize),
    ) -> Option<(usize, usize)> {
        let mut steps: Vec<_> = (0..n).flat_map(|i| (0..m).map(move |j| (i + j, i, j))).collect();
        steps.sort_unstable();
        steps.into_iter().map(|(_, i, j)| (i, j, place(i, j))).find_map(|(i, j, at)| {
            let content = self.vocabulary.weight(self.a[at.0].id) == Weight::Content;
            let near = match (i, j) {
                (0, 0) => true,
                (0, k) | (k, 0) => content && k <= 4,
                (i, j) => content && i <= 2 && j <= 2,
            };
            (near && self.equal(at.0, at.1)).then_some(at)
        })
    }
}

/// How many words stand between two runs, at most, and how many words of the second the first
/// already has; None when they are no neighbours.
fn link(previous: Run, run: Run) -> Option<(usize, usize)> {
    if previous.a >= run.a || previous.b >= run.b {
        return None;
    }
    let (a, b) = (previous.a + previous.length, previous.b + previous.length);
    let cut = a.saturating_sub(run.a).max(b.saturating_sub(run.b));
    let gap = (run.a + cut - a).max(run.b + cut - b);
    (gap <= MAX_GAP && cut + 1 < run.length).then_some((gap, cut))
}
