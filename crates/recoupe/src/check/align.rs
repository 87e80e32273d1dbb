//! Claims to groups that say the same thing.

use rustc_hash::FxHashMap;

use super::claim::{Claim, Feature, Weights};
use super::judge::{Bounds, excludes};

/// How likely two claims must be to tell the same thing.
const ALIKE: f64 = 0.35;

/// How likely it is that two claims tell the same thing, 0 to 1: a logistic model of what they share
/// and in what they differ.
///
/// Shares of weight alone miss what is told in other words; a day, a number, the class of the verb or
/// whom it is done to tell it there. The coefficients were learned (AdaGrad, a match counted three
/// times) from 21 piles whose findings readers had marked, and are rounded; each pile of press left
/// out in turn, they bring together a third more of a reader's findings than shares of weight do.
fn one_thing(a: &Claim, b: &Claim, weights: &Weights) -> f64 {
    let shared = weights.in_common(a, b);
    if shared.common == 0 || a.mass == 0.0 || b.mass == 0.0 {
        return 0.0;
    }
    let other = |x: &Option<Feature>, y: &Option<Feature>| {
        let name = |f: &Option<Feature>| matches!(f, Some(Feature::Entity(_)));
        name(x) && name(y) && x != y
    };
    let as_one = |x: &Option<Feature>, y: &Option<Feature>| {
        x.as_ref().zip(y.as_ref()).is_some_and(|(x, y)| x.names_as(y))
    };
    let head = a.head.is_some() && a.head == b.head;
    let (class, classes) = (a.head_class, a.head_class.zip(b.head_class));
    let named = weights.has_name(a) && weights.has_name(b);
    let family = a.support.copied_in;
    let copied = family.is_some() && family == b.support.copied_in;
    let yes = |x: bool| f64::from(u8::from(x));
    let sum = -2.0
        + 1.5 * shared.mass / a.mass.min(b.mass)
        + 1.35 * 2.0 * shared.mass / (a.mass + b.mass)
        + 0.75 * shared.mass.min(25.0) / 25.0
        - 0.3 * shared.common.min(6) as f64 / 6.0
        - 1.65 * yes(shared.common <= 2)
        + 4.0 * shared.points.min(8.0) / 8.0
        + 1.0 * yes(shared.classes > 0)
        + 0.35 * yes(head)
        + 0.9 * yes(!head && class.is_some() && class == b.head_class)
        - 0.25 * yes(!head && classes.is_some_and(|(x, y)| x != y))
        + 0.6 * yes(as_one(&a.patient, &b.patient))
        - 0.65 * yes(other(&a.agent, &b.agent))
        - 0.55 * yes(named && shared.names == 0)
        - 0.65 * yes(a.negated != b.negated)
        + 1.5 * yes(copied);
    1.0 / (1.0 + (-sum).exp())
}

/// Gathers claims into groups (of indices, in order; groups in order of their first claim):
/// the most alike pairs first, and two groups only when their claims are alike on average, so
/// that a chain of neighbours does not become one group.
pub(crate) fn groups(claims: &[Claim], weights: &Weights) -> Vec<Vec<usize>> {
    let mut pairs = alike_pairs(claims, weights);
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut group: Vec<usize> = (0..claims.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..claims.len()).map(|i| vec![i]).collect();
    for (a, b, _) in pairs {
        let (a, b) = (group[a], group[b]);
        if a == b || !alike_on_average(claims, weights, &members[a], &members[b]) {
            continue;
        }
        let (into, from) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut members[from]);
        for &i in &moved {
            group[i] = into;
        }
        members[into].extend(moved);
        members[into].sort_unstable();
    }
    let whole = members.into_iter().filter(|m| !m.is_empty());
    let mut out: Vec<Vec<usize>> =
        whole.flat_map(|m| by_what_origins_say(claims, weights, m)).collect();
    out.sort_by_key(|m| m[0]);
    out
}

/// Cuts a group where origins do not say the same: what each says stands for itself, with what the
/// outlets say that is most alike to it. That two agree is a grave thing to say, and a
/// subject in common is no agreement.
fn by_what_origins_say(claims: &[Claim], weights: &Weights, group: Vec<usize>) -> Vec<Vec<usize>> {
    let origin = |i: usize| claims[i].support.origin.as_ref();
    let first = group.iter().find_map(|i| origin(*i));
    if first.is_none() || group.iter().all(|i| origin(*i).is_none_or(|o| Some(o) == first)) {
        return vec![group];
    }
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for &i in group.iter().filter(|i| origin(**i).is_some()) {
        let agrees = |part: &Vec<usize>| {
            let mut own = part.iter().take(SAMPLE);
            own.any(|j| origin(*j) == origin(i) || say_the_same(&claims[*j], &claims[i], weights))
        };
        let (mut with, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(agrees);
        let mut joined: Vec<usize> = with.drain(..).flatten().collect();
        joined.push(i);
        parts = rest;
        parts.push(joined);
    }
    let voices: Vec<Vec<usize>> = parts.clone();
    for &i in group.iter().filter(|i| origin(**i).is_none()) {
        let near = |part: &Vec<usize>| {
            let own = part.iter().take(SAMPLE).map(|j| weights.likeness(&claims[*j], &claims[i]));
            own.fold(0.0, f64::max)
        };
        let rated = voices.iter().map(near).enumerate();
        let best = rated.reduce(|best, next| if next.1 > best.1 { next } else { best });
        if let Some((part, _)) = best {
            parts[part].push(i);
        }
    }
    parts.iter_mut().for_each(|p| p.sort_unstable());
    parts
}

/// Whether two claims of two origins say the same: the same is said of something, the word that
/// all others hang on or its class is in both, or nearly all of one is in the other.
fn say_the_same(a: &Claim, b: &Claim, weights: &Weights) -> bool {
    const NEARLY: f64 = 0.75;
    let common = weights.common(a, b);
    let within = weights.shared(a, b) / a.mass.min(b.mass).max(f64::MIN_POSITIVE);
    let head = a.head.is_some() && a.head == b.head
        || a.head_class.is_some() && a.head_class == b.head_class;
    let enough = if head {
        common >= 3 || common >= 2 && within >= NEARLY
    } else {
        common >= 4 && within >= NEARLY
    };
    // To name a thing ("the closure of the site") is not yet to say anything of it.
    let told = a.is_clause && b.is_clause;
    a.negated == b.negated && told && enough && !other_numbers(a, b) && !other_roles(a, b)
}

/// Whether each gives a number that the other does not: an age, a rank, a length of time. One in digits and
/// one in letters may be the same.
fn other_numbers(a: &Claim, b: &Claim) -> bool {
    let digits = |n: &String| n.starts_with(|c: char| c.is_ascii_digit());
    let own = |x: &Claim, y: &Claim, of: bool| {
        x.numerals.iter().any(|n| digits(n) == of && !y.numerals.contains(n))
    };
    [true, false].into_iter().any(|of| own(a, b, of) && own(b, a, of))
}

/// Whether it is done by another to another, or the other way round.
fn other_roles(a: &Claim, b: &Claim) -> bool {
    let other = |x: &Option<Feature>, y: &Option<Feature>| matches!((x, y), (Some(x), Some(y)) if !x.names_as(y));
    other(&a.agent, &b.agent) && other(&a.patient, &b.patient) || is_turned_round(a, b)
}

/// Whether who does it in one is whom it is done to in the other.
fn is_turned_round(a: &Claim, b: &Claim) -> bool {
    let crossed = |x: &Option<Feature>, y: &Option<Feature>| matches!((x, y), (Some(x), Some(y)) if x.names_as(y));
    let same = crossed(&a.agent, &b.agent) || crossed(&a.patient, &b.patient);
    let (one, other) = (crossed(&a.agent, &b.patient), crossed(&a.patient, &b.agent));
    // "They were killed", "they lost their lives": of another verb one may be the other's subject.
    !same && (one && other || a.head == b.head && (one || other))
}

/// Pairs of claims alike enough, found through the features that few claims have.
fn alike_pairs(claims: &[Claim], weights: &Weights) -> Vec<(usize, usize, f64)> {
    let mut postings: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (i, claim) in claims.iter().enumerate() {
        for id in &claim.ids {
            postings.entry(*id).or_default().push(i);
        }
    }
    let common = (claims.len() / 4).clamp(40, 400);
    let mut out = same_words(claims, weights);
    let mut seen: Vec<usize> = vec![usize::MAX; claims.len()];
    for (i, claim) in claims.iter().enumerate() {
        for id in &claim.ids {
            let list = &postings[id];
            if list.len() > common {
                continue;
            }
            for &j in list.iter().take_while(|j| **j < i) {
                if seen[j] == i {
                    continue;
                }
                seen[j] = i;
                let likely = one_thing(claim, &claims[j], weights);
                let likeness = weights.likeness(claim, &claims[j]);
                if likely >= ALIKE && compatible(claim, &claims[j], likeness, weights) {
                    out.push((j, i, likely));
                }
            }
        }
    }
    out
}

/// Each claim with the one before it that has the very same features: copies meet however many
/// they are.
fn same_words(claims: &[Claim], weights: &Weights) -> Vec<(usize, usize, f64)> {
    let mut last: FxHashMap<&[u32], usize> = FxHashMap::default();
    let mut out = Vec::new();
    for (i, claim) in claims.iter().enumerate().filter(|(_, c)| c.ids.len() > 1) {
        let before = last.insert(&claim.ids, i);
        let before = before.filter(|before| compatible(&claims[*before], claim, 1.0, weights));
        out.extend(before.map(|before| (before, i, 1.0)));
    }
    out
}

/// Groups are compared by up to this many claims of each.
const SAMPLE: usize = 12;

fn alike_on_average(claims: &[Claim], weights: &Weights, a: &[usize], b: &[usize]) -> bool {
    let (a, b) = (&a[..a.len().min(SAMPLE)], &b[..b.len().min(SAMPLE)]);
    let all: Vec<f64> = a
        .iter()
        .flat_map(|i| b.iter().map(|j| one_thing(&claims[*i], &claims[*j], weights)))
        .collect();
    all.iter().sum::<f64>() >= ALIKE * all.len() as f64
}

/// Whether nothing speaks against two claims being about one thing: predicates of other classes,
/// other stages of a process, days that do not meet.
fn compatible(a: &Claim, b: &Claim, likeness: f64, weights: &Weights) -> bool {
    let apart = a.support.origin.is_some()
        && b.support.origin.is_some()
        && a.support.origin != b.support.origin;
    let elsewhere = !a.places.is_empty()
        && !b.places.is_empty()
        && !a.places.iter().any(|p| b.places.contains(p));
    // Other numbers, other days, other places: however alike the words, not the same claim.
    if other_amounts(a, b) || disjoint_days(a, b) || elsewhere && apart {
        return false;
    }
    // "X rejects the claim that" names what is said, and says neither that it is so nor not.
    if a.contested != b.contested {
        return false;
    }
    // A word and its class are no subject in common, nor are two in clauses that say more.
    let common = weights.common(a, b);
    if apart && (common < 2 || common < 3 && likeness < 0.8) {
        return false;
    }
    // What one says and another denies is for the contrasts to bring together; in two prints of
    // one sentence the tree of one went wrong.
    if a.negated != b.negated && (apart || likeness < 0.9) {
        return false;
    }
    if likeness >= 0.8 {
        return true;
    }
    // That two origins say the same is a grave thing to say: it needs a predicate in common, or
    // nearly the same words; clauses of other places, or with a predicate on one side only, must be
    // alike in more.
    let light = a.features.len().min(b.features.len()) < 4;
    let one_sided = a.predicates.is_empty() != b.predicates.is_empty();
    let one_article = a.at.article == b.at.article;
    let one_class = a.predicates.iter().any(|p| b.has_class(p.class));
    let strangers = !a.predicates.is_empty() && !b.predicates.is_empty() && !one_class;
    let unlike = (one_sided || light) && likeness < 0.6
        || likeness < 0.65 && (one_article || !one_class)
        || strangers;
    // Two clauses of one article are of one thing all through: only much of it in common tells that
    // they tell it twice.
    let strict = apart || one_article;
    if strict && unlike || (elsewhere || one_article) && likeness < 0.45 {
        return false;
    }
    let stages = a.predicates.iter().filter(|p| p.stage > 0).find_map(|p| {
        let other = b
            .predicates
            .iter()
            .filter(|q| q.class == p.class && q.stage > 0)
            .map(|q| q.stage)
            .max()?;
        Some(stage(a, p.class) != other.min(stage(b, p.class)))
    });
    !stages.unwrap_or(false)
}

/// Whether both give numbers and none of one can be one of the other.
fn other_amounts(a: &Claim, b: &Claim) -> bool {
    let meet = |x: &Bounds, y: &Bounds| !excludes(*x, *y);
    let some = !a.amounts.is_empty() && !b.amounts.is_empty();
    some && !a.amounts.iter().any(|x| b.amounts.iter().any(|y| meet(x, y)))
}

fn disjoint_days(a: &Claim, b: &Claim) -> bool {
    match (a.time.earliest.zip(a.time.latest), b.time.earliest.zip(b.time.latest)) {
        (Some((a0, a1)), Some((b0, b1))) => a1 < b0 || b1 < a0,
        _ => false,
    }
}

/// The stage of process `class` that a claim tells: the furthest, or that of a word that limits.
pub(crate) fn stage(claim: &Claim, class: &str) -> u8 {
    let of_class = || claim.predicates.iter().filter(|p| p.class == class && p.stage > 0);
    let limit = of_class().filter(|p| p.limits).map(|p| p.stage).min();
    let told = of_class().filter(|p| !p.limits).map(|p| p.stage).max().unwrap_or(0);
    match limit {
        Some(limit) if told > 0 => limit.min(told),
        _ => told,
    }
}
