//! Numbers of one thing, across articles.

use super::Finding;
use super::claim::{COUNT, Claim};
use super::judge::Bench;
use crate::analyse::{Bound, Figure};

/// A figure of a claim.
type Count = (usize, u32);

/// The same where the words of what is measured are the same.
const LOOSE: f64 = 0.12;

/// How alike the clauses around two figures must be for the figures to count one thing.
const ALIKE: f64 = 0.3;

/// The same for figures that can be read, and so be found to differ, where no fate says what
/// they count.
const SURE: f64 = 0.55;

/// The findings about figures: those that two articles give, that cannot be read, or that count
/// what happened to people.
pub(crate) fn findings(bench: &Bench) -> Vec<Finding> {
    let counts = counts(bench);
    let mut groups: Vec<Vec<Count>> = Vec::new();
    for count in counts {
        match nearest(bench, &groups, count) {
            Some(i) => groups[i].push(count),
            None => groups.push(vec![count]),
        }
    }
    let shown = groups.into_iter().filter(|g| is_shown(bench, g));
    shown.map(|g| bench.figure(&g)).collect()
}

/// The group that a figure joins: of those that count the same thing and have no other figure
/// of its clause, one with the same noun counted, then one with the same number, then the first.
fn nearest(bench: &Bench, groups: &[Vec<Count>], count: Count) -> Option<usize> {
    let fits = |g: &Vec<Count>| {
        g.iter().all(|other| other.0 != count.0)
            && g.iter().any(|other| same_thing(bench, count, *other))
    };
    let fit = |g: &[Count]| {
        let nouns = bench.counted(count);
        let value = |c: Count| figure_of(bench, c).1.value;
        let shared = |other: &Count| bench.counted(*other).iter().any(|n| nouns.contains(n));
        let same_noun = g.iter().any(shared);
        (same_noun, g.iter().any(|other| value(*other) == value(count)))
    };
    let fitting = groups.iter().enumerate().filter(|(_, g)| fits(g));
    fitting.max_by_key(|(i, g)| (fit(g), std::cmp::Reverse(*i))).map(|(i, _)| i)
}

fn figure_of<'a>(bench: &'a Bench, count: Count) -> (&'a Claim, &'a Figure) {
    let claim = &bench.claims[count.0];
    (claim, &bench.analyses[claim.at.article as usize].figures[count.1 as usize])
}

fn counts(bench: &Bench) -> Vec<Count> {
    let of_claim = |(i, c): (usize, &Claim)| c.figures.iter().map(|f| (i, *f)).collect::<Vec<_>>();
    bench.claims.iter().enumerate().flat_map(of_claim).collect()
}

/// Whether two figures count the same: people to whom the same happened, in clauses that are not
/// of other places; or the same noun, in clauses that are alike.
fn same_thing(bench: &Bench, a: Count, b: Count) -> bool {
    let ((ca, fa), (cb, fb)) = (figure_of(bench, a), figure_of(bench, b));
    let people = |u: Option<&str>| u.is_none_or(|u| u == "person");
    let units = fa.unit == fb.unit || people(fa.unit) && people(fb.unit);
    if a.0 == b.0 || !units || fa.currency != fb.currency || !near(fa, fb) {
        return false;
    }
    let likeness = bench.weights.likeness(ca, cb);
    // Two prints of one clause count the same things in the same order.
    let place = |c: &Claim, f: u32| c.figures.iter().position(|x| *x == f);
    let prints = likeness >= 0.8 && ca.figures.len() == cb.figures.len();
    if prints && place(ca, a.1) != place(cb, b.1) {
        return false;
    }
    let elsewhere = !ca.places.is_empty()
        && !cb.places.is_empty()
        && !ca.places.iter().any(|p| cb.places.contains(p));
    if let Some((x, y)) = fa.fate.zip(fb.fate) {
        return x == y && !elsewhere;
    }
    if elsewhere {
        return false;
    }
    if measures_alike(ca, a.1, cb, b.1, fa, fb) && likeness >= LOOSE {
        return true;
    }
    let garbled = fa.bound == Bound::Unreadable || fb.bound == Bound::Unreadable;
    let enough = if garbled { ALIKE } else { SURE };
    bench.counted(a).iter().any(|noun| bench.counted(b).contains(noun)) && likeness >= enough
}

/// Whether what two figures measure is told in the same words: two of them, or one where they
/// are shares or sums, which are close. Who happened to be counted ("personnes") tells little.
fn measures_alike(ca: &Claim, a: u32, cb: &Claim, b: u32, fa: &Figure, fb: &Figure) -> bool {
    const CLOSE: f64 = 3.0;
    let of = |c: &'_ Claim, f: u32| {
        let at = c.figures.iter().position(|x| *x == f);
        at.and_then(|i| c.measures.get(i).cloned()).unwrap_or_default()
    };
    let (x, y) = (of(ca, a), of(cb, b));
    let shared = x.iter().filter(|w| y.contains(w)).count();
    let close = match fa.value.zip(fb.value) {
        Some((p, q)) if p > 0.0 && q > 0.0 => p / q <= CLOSE && q / p <= CLOSE,
        _ => false,
    };
    let kind = x.iter().any(|w| w.starts_with(COUNT) && y.contains(w));
    let sum = kind || fa.currency.is_some() || fa.unit.is_some_and(|u| u != "person");
    close && (shared >= 2 || sum && shared >= 1)
}

/// Numbers a hundred times apart count different things; a garbled one may be any.
fn near(a: &Figure, b: &Figure) -> bool {
    let size = |f: &Figure| f.value.or(f.lo).or(f.hi);
    match size(a).zip(size(b)) {
        Some((x, y)) if x > 0.0 && y > 0.0 => x / y <= 100.0 && y / x <= 100.0,
        _ => true,
    }
}

fn is_shown(bench: &Bench, group: &[Count]) -> bool {
    let articles: Vec<u32> = group.iter().map(|c| bench.claims[c.0].at.article).collect();
    let several = articles.iter().any(|a| *a != articles[0]);
    group.iter().any(|count| {
        let (claim, figure) = figure_of(bench, *count);
        let amount = figure.value.or(figure.lo).is_some_and(|v| v >= 3.0);
        let substance = several && amount && claim.features.len() >= 3;
        figure.fate.is_some() || figure.bound == Bound::Unreadable || substance
    })
}
