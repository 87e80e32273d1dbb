//! The best tree over scored arcs: Chu-Liu-Edmonds (Chu and Liu 1965, Edmonds 1967), with one
//! root.

/// For each word, its head, from the scores of arcs: `scores[d * (n + 1) + h]` is that of word
/// `d` (from 0) depending on `h`: 0 is the root, `h` the word `h - 1`. The tree has exactly one
/// word under the root. Heads in the answer are numbered in the same way.
///
/// ```
/// use recoupe::analyse::syntax::tree::heads;
/// // "il dort": the verb is the root, the pronoun depends on it.
/// assert_eq!(heads(&[0.0, 0.0, 5.0, 9.0, 1.0, 0.0], 2), [2, 0]);
/// ```
pub fn heads(scores: &[f32], n: usize) -> Vec<u32> {
    if n == 0 {
        return Vec::new();
    }
    let width = n + 1;
    let best: Vec<u32> = (0..n).map(|d| argmax(&scores[d * width..][..width], d + 1)).collect();
    if is_tree(&best) {
        return best;
    }
    // The word that wins most by hanging from the root is its one child.
    let gain = |d: usize| {
        let row = &scores[d * width..][..width];
        let other = (1..width).filter(|h| *h != d + 1).map(|h| row[h]).fold(f32::MIN, f32::max);
        row[0] - other
    };
    let root = (0..n).max_by(|a, b| gain(*a).total_cmp(&gain(*b)).then(b.cmp(a))).unwrap_or(0);
    edmonds(scores, n, root)
}

fn argmax(row: &[f32], but: usize) -> u32 {
    let mut best = 0;
    for (h, s) in row.iter().enumerate() {
        if h != but && *s > row[best] {
            best = h;
        }
    }
    best as u32
}

/// Whether every word reaches the root, and one word alone hangs from it.
fn is_tree(heads: &[u32]) -> bool {
    heads.iter().filter(|h| **h == 0).count() == 1 && cycle(heads).is_none()
}

/// A cycle of words (numbered from 1), if there is one.
fn cycle(heads: &[u32]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at - 1] as usize;
        }
        if at != 0 && seen[at] == start {
            let mut members = vec![at];
            let mut next = heads[at - 1] as usize;
            while next != at {
                members.push(next);
                next = heads[next - 1] as usize;
            }
            return Some(members);
        }
    }
    None
}

/// The best tree where `root` (a word, from 0) is the root's only child.
fn edmonds(scores: &[f32], n: usize, root: usize) -> Vec<u32> {
    let mut arcs = vec![f32::MIN; n * n];
    for d in (0..n).filter(|d| *d != root) {
        for h in (0..n).filter(|h| *h != d) {
            arcs[d * n + h] = scores[d * (n + 1) + h + 1];
        }
    }
    let found = arborescence(&arcs, n, root);
    (0..n).map(|d| if d == root { 0 } else { found[d] as u32 + 1 }).collect()
}

/// For each of `n` nodes the one it hangs from, in the best tree that leaves from `root`;
/// `arcs[d * n + h]` scores the arc from `h` into `d`. The root hangs from itself.
fn arborescence(arcs: &[f32], n: usize, root: usize) -> Vec<usize> {
    let best = |d: usize| {
        let others = (0..n).filter(|h| *h != d);
        others.reduce(|a, b| if arcs[d * n + b] > arcs[d * n + a] { b } else { a }).unwrap_or(root)
    };
    let mut heads: Vec<usize> = (0..n).map(|d| if d == root { root } else { best(d) }).collect();
    let Some(ring) = ring(&heads, root) else { return heads };
    // The ring becomes one node, the last of a smaller graph.
    let outside: Vec<usize> = (0..n).filter(|v| !ring.contains(v)).collect();
    let size = outside.len() + 1;
    let one = size - 1;
    let mut smaller = vec![f32::MIN; size * size];
    let mut enters = vec![0; size];
    let mut leaves = vec![0; size];
    for (i, v) in outside.iter().enumerate() {
        for (j, u) in outside.iter().enumerate() {
            smaller[i * size + j] = arcs[v * n + u];
        }
        // Entering at `d` frees it from its place in the ring.
        let gain = |d: usize| arcs[d * n + v] - arcs[d * n + heads[d]];
        enters[i] = best_of(&ring, gain);
        smaller[one * size + i] = gain(enters[i]);
        leaves[i] = best_of(&ring, |d| arcs[v * n + d]);
        smaller[i * size + one] = arcs[v * n + leaves[i]];
    }
    let new_root = outside.iter().position(|v| *v == root).unwrap_or(0);
    let found = arborescence(&smaller, size, new_root);
    for (i, v) in outside.iter().enumerate().filter(|(_, v)| **v != root) {
        heads[*v] = if found[i] == one { leaves[i] } else { outside[found[i]] };
    }
    let from = found[one];
    heads[enters[from]] = outside[from];
    heads
}

/// The first of `members` with the highest score.
fn best_of(members: &[usize], score: impl Fn(usize) -> f32) -> usize {
    let first = members[0];
    members[1..].iter().fold(first, |best, d| if score(*d) > score(best) { *d } else { best })
}

/// A cycle, its nodes in order.
fn ring(heads: &[usize], root: usize) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while at != root && seen[at] == usize::MAX {
            seen[at] = start;
            at = heads[at];
        }
        if at != root && seen[at] == start {
            let next = |d: &usize| Some(heads[*d]).filter(|h| *h != at);
            return Some(std::iter::successors(Some(at), next).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best tree by trying all.
    fn best_by_force(scores: &[f32], n: usize) -> f32 {
        let mut best = f32::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<u32> =
                (0..n).map(|d| (code / (n + 1).pow(d as u32) % (n + 1)) as u32).collect();
            let selfish = heads.iter().enumerate().any(|(d, h)| *h as usize == d + 1);
            if !selfish && is_tree(&heads) {
                best = best.max(total(scores, &heads, n));
            }
        }
        best
    }

    fn total(scores: &[f32], heads: &[u32], n: usize) -> f32 {
        heads.iter().enumerate().map(|(d, h)| scores[d * (n + 1) + *h as usize]).sum()
    }

    proptest! {
        #[test]
        fn heads_are_a_tree_with_one_root(n in 1usize..12, seed: [u8; 16]) {
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|i| f32::from(seed[i % 16].wrapping_mul(i as u8 | 1)) / 7.0)
                .collect();
            prop_assert!(is_tree(&heads(&scores, n)));
        }

        #[test]
        fn no_tree_with_that_root_is_better(scores in proptest::collection::vec(0f32..9.0, 20)) {
            let found = heads(&scores, 4);
            prop_assert!(is_tree(&found));
            // The root's child is chosen before; under it nothing is better.
            let root = found.iter().position(|h| *h == 0).unwrap();
            let mut fixed = scores.clone();
            for d in 0..4 {
                fixed[d * 5] = if d == root { 1000.0 } else { -1000.0 };
            }
            let same = total(&fixed, &found, 4);
            prop_assert!((best_by_force(&fixed, 4) - same).abs() < 1e-3);
        }
    }

    #[test]
    fn rings_are_opened_where_it_costs_least() {
        // Three words in a ring; the second wants the root more than the others do.
        let scores = [1.0, 0.0, 0.0, 9.0, 5.0, 9.0, 0.0, 0.0, 1.0, 0.0, 9.0, 0.0];
        assert_eq!(heads(&scores, 3), [3, 0, 2]);
    }
}
