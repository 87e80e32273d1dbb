//! Which articles of a pile tell of one event: average-link clustering of likely pairs.
//!
//! Pairs are found through an inverted index of each article's heaviest terms and weighed by the
//! cosine of their vectors. Groups are joined while their articles are alike on average (Sokal and
//! Michener, "A statistical method for evaluating systematic relationships", 1958), which one
//! chance likeness cannot bridge. How alike is asked of the pile itself: the more articles, the
//! more are alike by chance, and all the more where few have company.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::vector::Vector;

/// How alike articles must be, from 0 to 1, in a pile of [`SMALL`] or fewer; how much less where
/// all have dates, so that what is alike by chance is told apart by these; how much more at ten
/// times as many; and the most that is ever asked.
const JOIN: f64 = 0.22;
const DATED: f64 = 0.05;
const GROWTH: f64 = 0.13;
const SMALL: f64 = 300.0;
const MOST: f64 = 0.6;

/// A handful of reports that lie side by side were mostly put there because they tell of one thing, and few pairs
/// of them are alike by chance: how much less is asked at ten times fewer than [`HANDFUL`].
const HANDFUL: f64 = 30.0;
const CHOSEN: f64 = 0.13;

/// Where fewer than this share of the articles have one that is as alike as [`COMPANY_BAR`], most
/// stand alone, and what likeness there is is more often chance: what is asked grows with what is
/// missing, fully in piles from [`TELLING`] articles on and not at all in [`FEW`] or fewer.
const COMPANY: f64 = 0.5;
const COMPANY_BAR: f64 = 0.5;
const SCARCITY: f64 = 1.4;
const FEW: f64 = 100.0;
const TELLING: f64 = 1600.0;

/// Up to so many terms an article is a title; from so many on, a text. Two texts have much that
/// they do not share: their cosine counts this much more than that of titles. It does so less
/// where nothing tells their dates: two quakes, two trials are told much in the same words.
const TITLE: f64 = 15.0;
const TEXT: f64 = 150.0;
const LENGTH: f64 = 0.8;
const LENGTH_UNDATED: f64 = 0.2;

/// How much the words of the articles most like a title add to its own, of how many of them at
/// most, and to how many times its terms: titles of one event often share no word, only words
/// with a third.
const BORROWED: f64 = 1.0;
const LENDERS: usize = 10;
const LONGER: usize = 3;

/// So many days apart, dates count against likeness; at worst they leave this share of it. For a
/// title, which says little beside, dates count more than for a text; and a file's date is often
/// the day of an update.
const DAYS: (f64, f64) = (1.5, 3.0);
const UNDATED: (f64, f64) = (0.4, 0.6);

/// What part of the likeness of two texts is that of their headlines: what an article tells of is
/// there, and what it recalls is not.
const LINE: f64 = 0.3;

/// Up to this length articles are looked up once more by what they have borrowed.
const SHORT: f64 = 0.5;

/// How many terms two articles must share: one rare word is no story. In a text the term that
/// counts most counts no more than all the others, for the name of a town alone is none either; of
/// a title's few words one may say nearly all. So many times the length from title to text is a text.
const QUORUM: usize = 2;
const TELLING_TEXT: f64 = 2.0;

/// How many of its heaviest terms an article is looked up by, how many articles a term may lead
/// to, and how many of those found are looked at.
pub(crate) const TERMS: usize = 60;
const LEADS: usize = 1000;
const LOOKS: usize = 80;
const FIRST: usize = 25;
const PROMISE: f32 = 0.05;

/// How many articles are looked up by one thread at a time.
const TOGETHER: usize = 2048;

/// Two articles, the earlier in the pile first, and how alike they are.
#[derive(Clone, Copy, Debug)]
struct Pair {
    a: u32,
    b: u32,
    likeness: f64,
}

/// An article as it is compared with others.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    /// Its words, those that it borrowed among them.
    pub vector: &'a Vector,
    /// The words of its headline, or of the sentence that stands for one.
    pub line: &'a Vector,
    /// How many terms it has of its own.
    pub terms: usize,
    /// The days on which it may have been published.
    pub days: Option<(Date, Date)>,
    /// The instant at which it was.
    pub at: Option<Timestamp>,
}

/// Groups of articles that are alike on average, each in ascending order, by their first; and how
/// alike that is. `chosen` tells whether these are all there is: a pile and no stretch of a stream.
pub(crate) fn groups(
    vectors: &[Vector],
    lines: &[Vector],
    dates: &[Option<Date>],
    instants: &[Option<Timestamp>],
    chosen: bool,
) -> (Vec<Vec<u32>>, f64) {
    let side = |i: usize| Side {
        vector: &vectors[i],
        line: &lines[i],
        terms: vectors[i].len(),
        days: dates[i].map(|day| (day, day)),
        at: instants[i],
    };
    let sides: Vec<Side> = (0..vectors.len()).map(side).collect();
    let mut found = candidates(&sides, |_| true);
    let alike = pairs(&sides, &found);
    let dated = dates.iter().flatten().count();
    let few =
        if chosen { CHOSEN * (HANDFUL / sides.len().max(1) as f64).log10().max(0.0) } else { 0.0 };
    let bar = bar(sides.len(), dated, &alike) - few;
    let fuller = borrow(vectors, &alike, bar);
    let own = fuller.iter().zip(vectors).map(|(fuller, own)| fuller.as_ref().unwrap_or(own));
    let sides: Vec<Side> =
        sides.iter().zip(own).map(|(side, vector)| Side { vector, ..*side }).collect();
    // What a text borrows weighs too little to lead anywhere new.
    found.extend(candidates(&sides, |side| length(side.terms) < SHORT));
    found.par_sort_unstable();
    found.dedup();
    (average_link(sides.len(), &pairs(&sides, &found), bar), bar)
}

/// How alike articles must be at least among so many, of which so many have dates.
pub(crate) fn least_bar(articles: usize, dated: usize) -> f64 {
    let n = articles.max(1) as f64;
    // Of the pairs of articles, both have dates in this share.
    let told = (dated as f64 / n).powi(2);
    let more = GROWTH * (n / SMALL).log10().max(0.0);
    JOIN - DATED * told + more
}

/// How alike two articles are; None where they share too few terms.
pub(crate) fn likeness(a: &Side, b: &Side) -> Option<f64> {
    alike(a, &Probe::of(a.vector), b)
}

/// [`likeness`] to an article whose vector is at hand as a probe.
fn alike(a: &Side, probe: &Probe, b: &Side) -> Option<f64> {
    let length = length(a.terms.min(b.terms));
    let texts = probe.product(b.vector, (TELLING_TEXT * length).min(1.0))?;
    let share = if a.line.is_empty() || b.line.is_empty() { 0.0 } else { LINE * length };
    let likeness = match share > 0.0 {
        true => (1.0 - share) * texts + share * dot(a.line, b.line),
        false => texts,
    };
    let (near, bonus) = match (a.at.zip(b.at), a.days.zip(b.days)) {
        (Some((a, b)), _) => (decay(days_between(a, b), length), LENGTH),
        (None, Some((a, b))) => (timely(a, b, length), LENGTH),
        (None, None) => (1.0, LENGTH_UNDATED),
    };
    Some(likeness * (1.0 + bonus * length) * near)
}

/// A vector whose terms are found by their keys, in a table that is mostly empty: most terms of
/// another vector are not there, and one look tells it.
struct Probe {
    /// Key and weight; [`NOWHERE`] where nothing is.
    slots: Vec<(u64, f64)>,
}

/// No key.
const NOWHERE: u64 = u64::MAX;

impl Probe {
    fn of(vector: &Vector) -> Probe {
        let mut slots = vec![(NOWHERE, 0.0); (4 * vector.len()).next_power_of_two().max(4)];
        for (key, weight) in vector {
            let mut at = *key as usize % slots.len();
            while slots[at].0 != NOWHERE {
                at = (at + 1) % slots.len();
            }
            slots[at] = (u64::from(*key), *weight);
        }
        Probe { slots }
    }

    fn get(&self, key: u32) -> Option<f64> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                (NOWHERE, _) => return None,
                (found, weight) if found == u64::from(key) => return Some(weight),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The product with a vector, less what one term has more in it than all others, `text` (0 for
    /// a title, 1 for a text) of that; None where too few terms are shared.
    fn product(&self, vector: &Vector, text: f64) -> Option<f64> {
        let (mut shared, mut dot, mut most) = (0, 0.0, 0.0_f64);
        for (key, weight) in vector {
            if let Some(own) = self.get(*key) {
                shared += usize::from(own * weight > 0.0);
                dot += own * weight;
                most = most.max(own * weight);
            }
        }
        let excess = (2.0 * most - dot).max(0.0);
        (shared >= QUORUM).then_some(dot - text * excess)
    }
}

/// The articles of an index that are most promising for a vector, best first.
pub(crate) fn nearest(vector: &Vector, index: &Index) -> Vec<u32> {
    let mut promise: FxHashMap<u32, f32> = FxHashMap::default();
    for (term, weight) in heaviest(vector, TERMS) {
        for (other, its) in index.get(&term).into_iter().flatten().rev().take(LEADS) {
            *promise.entry(*other).or_default() += weight as f32 * its;
        }
    }
    let mut found: Vec<(f32, u32)> = promise.into_iter().map(|(i, p)| (p, i)).collect();
    most(&mut found);
    found.into_iter().map(|x| x.1).collect()
}

/// Keeps the [`LOOKS`] most promising, best first; past the first [`FIRST`] those that promise enough.
fn most(found: &mut Vec<(f32, u32)>) {
    let by_promise = |x: &(f32, u32), y: &(f32, u32)| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1));
    if found.len() > LOOKS {
        found.select_nth_unstable_by(LOOKS, by_promise);
        found.truncate(LOOKS);
    }
    found.sort_unstable_by(by_promise);
    let enough = found.iter().skip(FIRST).take_while(|x| x.0 >= PROMISE).count();
    found.truncate(FIRST + enough);
}

/// What dates leave of the likeness of what happened from a day to a day, told in a title (0) or
/// a text (1).
pub(crate) fn timely(a: (Date, Date), b: (Date, Date), length: f64) -> f64 {
    let gap = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days()).max(0);
    decay(f64::from(gap(a.1, b.0).max(gap(b.1, a.0))), length)
}

fn days_between(a: Timestamp, b: Timestamp) -> f64 {
    const DAY: f64 = 86_400.0;
    (a.as_second() as f64 - b.as_second() as f64).abs() / DAY
}

/// The same of so many days apart.
fn decay(apart: f64, length: f64) -> f64 {
    let between = |title: f64, text: f64| title + (text - title) * length;
    let (days, undated) = (between(DAYS.0, DAYS.1), between(UNDATED.0, UNDATED.1));
    undated + (1.0 - undated) * (-(apart / days).powi(2) / 2.0).exp()
}

/// From 0 for a title to 1 for a text.
fn length(terms: usize) -> f64 {
    ((terms as f64 / TITLE).ln() / (TEXT / TITLE).ln()).clamp(0.0, 1.0)
}

/// How alike articles of this pile must be.
fn bar(articles: usize, dated: usize, pairs: &[Pair]) -> f64 {
    let n = articles.max(1) as f64;
    let least = least_bar(articles, dated);
    let mut accompanied = vec![false; articles];
    for pair in pairs.iter().filter(|p| p.likeness > COMPANY_BAR) {
        accompanied[pair.a as usize] = true;
        accompanied[pair.b as usize] = true;
    }
    let company = accompanied.iter().filter(|x| **x).count() as f64 / n;
    let many = (n / FEW).log10().clamp(0.0, (TELLING / FEW).log10());
    (least + SCARCITY * (COMPANY - company).max(0.0) * many).min(MOST.max(least))
}

/// Of pairs of articles, in order, those that share enough.
fn pairs(sides: &[Side], candidates: &[(u32, u32)]) -> Vec<Pair> {
    let of_one = |some: &[(u32, u32)]| -> Vec<Pair> {
        let first = &sides[some[0].0 as usize];
        let probe = Probe::of(first.vector);
        let weigh = |(a, b): &(u32, u32)| {
            let likeness = alike(first, &probe, &sides[*b as usize])?;
            Some(Pair { a: *a, b: *b, likeness })
        };
        some.iter().filter_map(weigh).collect()
    };
    candidates.par_chunk_by(|x, y| x.0 == y.0).flat_map_iter(of_one).collect()
}

/// Articles by term, with how much of it they have.
pub(crate) type Index = FxHashMap<u32, Vec<(u32, f32)>>;

/// Articles that share heavy terms, two by two: the most promising of each that is asked for.
fn candidates(sides: &[Side], ask: impl Fn(&Side) -> bool + Sync) -> Vec<(u32, u32)> {
    if !sides.iter().any(&ask) {
        return Vec::new();
    }
    let top: Vec<Vector> = sides.par_iter().map(|s| heaviest(s.vector, TERMS)).collect();
    let mut index = Index::default();
    for (i, vector) in top.iter().enumerate() {
        for (term, weight) in vector.iter().filter(|x| x.1 > 0.0) {
            index.entry(*term).or_default().push((i as u32, *weight as f32));
        }
    }
    index.retain(|_, list| (2..=LEADS).contains(&list.len()));
    let starts: Vec<usize> = (0..top.len()).step_by(TOGETHER).collect();
    let asked = |i: usize| ask(&sides[i]);
    let mut found: Vec<(u32, u32)> =
        starts.par_iter().flat_map_iter(|start| look_up(&top, *start, &index, &asked)).collect();
    found.par_sort_unstable();
    found.dedup();
    found
}

fn look_up(
    top: &[Vector],
    start: usize,
    index: &Index,
    asked: &impl Fn(usize) -> bool,
) -> Vec<(u32, u32)> {
    let mut promise: Vec<f32> = vec![0.0; top.len()];
    let mut found = Vec::new();
    let some = top.iter().enumerate().skip(start).take(TOGETHER);
    for (i, own) in some.filter(|(i, _)| asked(*i)) {
        let mut touched: Vec<u32> = Vec::new();
        for (term, weight) in own {
            for (j, its) in index.get(term).into_iter().flatten().filter(|x| x.0 as usize != i) {
                if promise[*j as usize] == 0.0 {
                    touched.push(*j);
                }
                promise[*j as usize] += *weight as f32 * its;
            }
        }
        let take = |j: &u32| (std::mem::take(&mut promise[*j as usize]), *j);
        let mut best: Vec<(f32, u32)> = touched.iter().map(take).collect();
        most(&mut best);
        found.extend(best.iter().map(|(_, j)| ((i as u32).min(*j), (i as u32).max(*j))));
    }
    found
}

/// The terms that weigh most, the heaviest first.
pub(crate) fn heaviest(vector: &Vector, terms: usize) -> Vector {
    let mut top = vector.clone();
    let by_weight = |x: &(u32, f64), y: &(u32, f64)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
    if top.len() > terms {
        top.select_nth_unstable_by(terms, by_weight);
        top.truncate(terms);
    }
    top.sort_unstable_by(by_weight);
    top
}

/// The product of two vectors.
fn dot(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut dot) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                dot += x.1 * y.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    dot
}

/// Titles with the words of those most like them; None for an article that borrows nothing.
fn borrow(vectors: &[Vector], pairs: &[Pair], bar: f64) -> Vec<Option<Vector>> {
    let mut lenders: Vec<Vec<(f64, u32)>> = vec![Vec::new(); vectors.len()];
    for pair in pairs.iter().filter(|p| p.likeness >= bar) {
        lenders[pair.a as usize].push((pair.likeness, pair.b));
        lenders[pair.b as usize].push((pair.likeness, pair.a));
    }
    lenders
        .par_iter_mut()
        .zip(vectors)
        .map(|(lenders, own)| {
            lenders.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            lenders.truncate(LENDERS);
            let share = BORROWED * (1.0 - length(own.len()));
            let all: f64 = lenders.iter().map(|x| x.0).sum();
            (share > 0.0 && all > 0.0).then(|| fuller(own, lenders, share / all, vectors))
        })
        .collect()
}

fn fuller(own: &Vector, lenders: &[(f64, u32)], share: f64, vectors: &[Vector]) -> Vector {
    let mut sum: FxHashMap<u32, f64> = own.iter().copied().collect();
    for (likeness, lender) in lenders {
        for (term, weight) in &vectors[*lender as usize] {
            *sum.entry(*term).or_default() += share * likeness * weight;
        }
    }
    let mut out = heaviest(&sum.into_iter().collect(), LONGER * own.len());
    let norm = out.iter().map(|x| x.1 * x.1).sum::<f64>().sqrt();
    out.iter_mut().for_each(|x| x.1 /= norm.max(f64::MIN_POSITIVE));
    out.sort_unstable_by_key(|x| x.0);
    out
}

/// Joins groups two by two, the most alike on average first, while they are as alike as `bar`.
fn average_link(articles: usize, pairs: &[Pair], bar: f64) -> Vec<Vec<u32>> {
    let component = components(articles, pairs.iter().filter(|p| p.likeness >= bar));
    let mut parts: Vec<(Vec<u32>, Vec<Pair>)> = vec![Default::default(); articles];
    for (i, root) in component.iter().enumerate() {
        parts[*root as usize].0.push(i as u32);
    }
    // No group reaches out of a component: there every pair is below the bar.
    for pair in pairs.iter().filter(|p| component[p.a as usize] == component[p.b as usize]) {
        parts[component[pair.a as usize] as usize].1.push(*pair);
    }
    parts.retain(|(members, _)| !members.is_empty());
    let mut groups: Vec<Vec<u32>> = parts
        .par_iter()
        .flat_map_iter(|(members, pairs)| agglomerate(members, pairs, bar))
        .collect();
    groups.sort_unstable();
    groups
}

/// For each article the first one that pairs lead to.
fn components<'a>(articles: usize, pairs: impl Iterator<Item = &'a Pair>) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..articles as u32).collect();
    for pair in pairs {
        let (a, b) = (root(&mut parent, pair.a), root(&mut parent, pair.b));
        parent[a.max(b) as usize] = a.min(b);
    }
    (0..articles as u32).map(|i| root(&mut parent, i)).collect()
}

fn root(parent: &mut [u32], mut i: u32) -> u32 {
    while parent[i as usize] != i {
        parent[i as usize] = parent[parent[i as usize] as usize];
        i = parent[i as usize];
    }
    i
}

/// Two groups that may be joined; stale once either has changed.
#[derive(PartialEq)]
struct Joint {
    likeness: f64,
    groups: [u32; 2],
    versions: [u32; 2],
}

impl Eq for Joint {}

impl Ord for Joint {
    fn cmp(&self, other: &Joint) -> Ordering {
        let key = |j: &Joint| (j.groups, j.versions);
        self.likeness.total_cmp(&other.likeness).then_with(|| key(other).cmp(&key(self)))
    }
}

impl PartialOrd for Joint {
    fn partial_cmp(&self, other: &Joint) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Groups under way: the sums of likeness to each other group, members, how often each changed.
struct Groups {
    sums: Vec<FxHashMap<u32, f64>>,
    members: Vec<Vec<u32>>,
    versions: Vec<u32>,
}

impl Groups {
    fn joint(&self, a: u32, b: u32, sum: f64) -> Joint {
        let groups = [a.min(b), a.max(b)];
        let size = |g: u32| self.members[g as usize].len() as f64;
        let versions = groups.map(|g| self.versions[g as usize]);
        Joint { likeness: sum / (size(a) * size(b)), groups, versions }
    }

    fn is_current(&self, joint: &Joint) -> bool {
        joint.groups.map(|g| self.versions[g as usize]) == joint.versions
    }

    /// Joins two groups; returns the one that stays.
    fn join(&mut self, [a, b]: [u32; 2]) -> u32 {
        let known = |g: u32| self.sums[g as usize].len();
        let (stays, goes) = if known(a) >= known(b) { (a, b) } else { (b, a) };
        for (other, sum) in std::mem::take(&mut self.sums[goes as usize]) {
            self.sums[other as usize].remove(&goes);
            if other != stays {
                *self.sums[stays as usize].entry(other).or_default() += sum;
                *self.sums[other as usize].entry(stays).or_default() += sum;
            }
        }
        let moved = std::mem::take(&mut self.members[goes as usize]);
        self.members[stays as usize].extend(moved);
        self.versions[goes as usize] += 1;
        self.versions[stays as usize] += 1;
        stays
    }
}

fn agglomerate(articles: &[u32], pairs: &[Pair], bar: f64) -> Vec<Vec<u32>> {
    let mut groups = Groups {
        sums: vec![FxHashMap::default(); articles.len()],
        members: articles.iter().map(|i| vec![*i]).collect(),
        versions: vec![0; articles.len()],
    };
    let place = |i: u32| articles.binary_search(&i).map_or(0, |at| at as u32);
    let mut queue = BinaryHeap::new();
    for pair in pairs {
        let (a, b) = (place(pair.a), place(pair.b));
        groups.sums[a as usize].insert(b, pair.likeness);
        groups.sums[b as usize].insert(a, pair.likeness);
        queue.push(groups.joint(a, b, pair.likeness));
    }
    while let Some(joint) = queue.pop().filter(|j| j.likeness >= bar) {
        if !groups.is_current(&joint) {
            continue;
        }
        let stays = groups.join(joint.groups);
        let around = groups.sums[stays as usize].iter();
        queue.extend(
            around.map(|(g, sum)| groups.joint(stays, *g, *sum)).filter(|j| j.likeness >= bar),
        );
    }
    let mut out = groups.members;
    out.retain(|members| !members.is_empty());
    out.iter_mut().for_each(|members| members.sort_unstable());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: u32, b: u32, likeness: f64) -> Pair {
        Pair { a, b, likeness }
    }

    #[test]
    fn one_bridge_does_not_join_two_groups() {
        let inside = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)];
        let mut pairs: Vec<Pair> = inside.iter().map(|(a, b)| pair(*a, *b, 0.8)).collect();
        pairs.push(pair(2, 3, 0.7));
        assert_eq!(average_link(7, &pairs, 0.3), [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
        assert_eq!(average_link(7, &pairs, 0.05), [vec![0, 1, 2, 3, 4, 5], vec![6]]);
    }

    #[test]
    fn more_is_asked_of_large_piles_and_where_few_have_company() {
        let close: Vec<Pair> = (0..2000).step_by(2).map(|a| pair(a, a + 1, 0.9)).collect();
        let (small, large) = (bar(20, 0, &close[..10]), bar(2000, 0, &close));
        let lonely = bar(2000, 0, &close[..100]);
        assert!(small < large && large < lonely && lonely <= MOST, "{small} {large} {lonely}");
        assert_eq!(bar(20, 0, &[]), small);
        assert_eq!(bar(100, 0, &[]), JOIN);
        assert!(bar(20, 20, &[]) < bar(20, 10, &[]) && bar(20, 10, &[]) < small);
    }

    #[test]
    fn titles_borrow_words_and_texts_do_not() {
        let title: Vector = vec![(1, 0.6), (2, 0.8)];
        let other: Vector = vec![(2, 0.8), (3, 0.6)];
        let text: Vector = (0..200).map(|t| (t, 0.07)).collect();
        let vectors = [title, other, text];
        let found = borrow(&vectors, &[pair(0, 1, 0.64), pair(1, 2, 0.5)], 0.3);
        let terms: Vec<u32> = found[0].iter().flatten().map(|x| x.0).collect();
        assert_eq!(terms, [1, 2, 3]);
        assert!(found[2].is_none());
    }

    #[test]
    fn one_shared_term_is_no_likeness() {
        let (a, b, c) = (vec![(1, 1.0)], vec![(1, 0.8), (2, 0.6)], vec![(1, 0.6), (2, 0.8)]);
        let none = Vector::new();
        let side = |vector| Side { vector, line: &none, terms: 2, days: None, at: None };
        assert_eq!(likeness(&side(&a), &side(&b)), None);
        assert!(likeness(&side(&b), &side(&c)).is_some_and(|x| (x - 0.96).abs() < 1e-9));
    }

    #[test]
    fn a_probe_finds_what_is_there_and_nothing_else() {
        // Keys that fall in one slot, and the largest there is.
        let vector: Vector = vec![(3, 0.5), (35, 0.5), (67, 0.5), (u32::MAX, 0.5)];
        let probe = Probe::of(&vector);
        for (key, weight) in &vector {
            assert_eq!(probe.get(*key), Some(*weight));
        }
        assert_eq!((probe.get(99), probe.get(0)), (None, None));
        assert_eq!(probe.product(&vec![(1, 1.0), (35, 1.0), (67, 0.5)], 0.0), Some(0.75));
        assert_eq!(Probe::of(&Vector::new()).product(&vector, 0.0), None);
    }

    #[test]
    fn one_term_is_not_what_two_texts_have_in_common() {
        let probe = Probe::of(&vec![(1, 0.8), (2, 0.4), (3, 0.4)]);
        let near = |vector: Vector, text: f64, expected: f64| {
            let found = probe.product(&vector, text);
            assert!(found.is_some_and(|x| (x - expected).abs() < 1e-9), "{found:?} {expected}");
        };
        // A name weighs 0.64, the one other term 0.16: a title keeps both, a text twice the other.
        near(vec![(1, 0.8), (2, 0.4)], 0.0, 0.80);
        near(vec![(1, 0.8), (2, 0.4)], 1.0, 0.32);
        near(vec![(1, 0.8), (2, 0.4)], 0.5, 0.56);
        // What is spread over several terms is kept.
        near(vec![(1, 0.3), (2, 0.5), (3, 0.5)], 1.0, 0.64);
    }

    #[test]
    fn instants_tell_hours_apart() {
        let vector: Vector = vec![(1, 0.8), (2, 0.6)];
        let none = Vector::new();
        let side = |day: i8, at: &str| {
            let day = jiff::civil::date(2031, 3, day);
            Side {
                vector: &vector,
                line: &none,
                terms: 2,
                days: Some((day, day)),
                at: at.parse().ok(),
            }
        };
        let evening = side(1, "2031-03-01T23:00:00Z");
        let night = likeness(&evening, &side(2, "2031-03-02T01:00:00Z"));
        let later = likeness(&evening, &side(2, "2031-03-02T23:00:00Z"));
        let unknown = likeness(&evening, &side(2, ""));
        assert!(night > later && later == unknown, "{night:?} {later:?} {unknown:?}");
    }

    #[test]
    fn days_apart_tell_titles_apart_more_than_texts() {
        let day = |n: i8| (jiff::civil::date(2031, 3, n), jiff::civil::date(2031, 3, n));
        let near = |days: i8, length: f64| timely(day(1), day(1 + days), length);
        assert_eq!((near(0, 0.0), near(0, 1.0)), (1.0, 1.0));
        for days in 1..20 {
            assert!(near(days, 0.0) < near(days, 1.0) && near(days, 1.0) <= near(days - 1, 1.0));
            assert_eq!(timely(day(1), day(1 + days), 0.5), timely(day(1 + days), day(1), 0.5));
        }
        assert!(near(20, 0.0) >= UNDATED.0 && near(20, 1.0) >= UNDATED.1);
    }
}
