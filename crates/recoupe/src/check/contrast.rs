//! Claims that cannot both hold: what one says and another denies, and two hours of one event.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::claim::{Claim, Feature};
use super::judge::Bench;
use super::{Aspect, Finding, voice};
use crate::lang::lexicon::Tags;

/// How far, in claims of its article, a denial may stand from what it denies when few words
/// bring them together.
const NEAR: usize = 6;

/// How much of a denial's matter a claim of another article must have to be what it denies.
const HELD: f64 = 0.5;

/// How alike a denial and a claim beside it must be, where that has not its head.
const BESIDE: f64 = 0.3;

/// How alike a denial and a claim of another article must be where the claim's words have not
/// what the denial is about.
const ALIKE: f64 = 0.45;

/// How alike two claims must be for their hours to be hours of one event.
const ONE_EVENT: f64 = 0.3;

/// The findings of one story about claims that exclude each other. `groups` are the claims that
/// say the same.
pub(crate) fn findings(bench: &Bench, groups: &[Vec<usize>]) -> Vec<Finding> {
    let mut group_of = vec![usize::MAX; bench.claims.len()];
    for (id, group) in groups.iter().enumerate() {
        group.iter().for_each(|i| group_of[*i] = id);
    }
    let index = Index::new(bench);
    let mut out = denials(bench, &index, groups, &group_of);
    let pairs = Pairs { bench, index: &index, groups, group_of: &group_of };
    out.extend(pairs.findings(Aspect::Time, |c| c.hours.clone(), is_one_event));
    let points = |c: &Claim| c.directions.iter().map(u8::to_string).collect();
    out.extend(pairs.findings(Aspect::Place, points, is_one_move));
    out.extend(groups.iter().filter_map(|g| extents(bench, g)));
    out
}

/// Which claims have a feature, where few have it.
struct Index<'a> {
    postings: FxHashMap<u32, Vec<usize>>,
    bench: &'a Bench<'a>,
}

impl<'a> Index<'a> {
    fn new(bench: &'a Bench) -> Index<'a> {
        let mut postings: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (i, claim) in bench.claims.iter().enumerate() {
            for id in &claim.ids {
                postings.entry(*id).or_default().push(i);
            }
        }
        let common = (bench.claims.len() / 4).clamp(20, 60);
        postings.retain(|_, list| list.len() <= common);
        Index { postings, bench }
    }

    /// The other claims that share a word with claim `i`, in order.
    fn near(&self, i: usize) -> BTreeSet<usize> {
        let lists = self.bench.claims[i].ids.iter().filter_map(|id| self.postings.get(id));
        lists.flatten().copied().filter(|j| *j != i).collect()
    }
}

/// For each group of claims that somebody denies: the claims, and the denials.
fn denials(
    bench: &Bench,
    index: &Index,
    groups: &[Vec<usize>],
    group_of: &[usize],
) -> Vec<Finding> {
    let mut denied: Vec<(usize, Vec<usize>)> = Vec::new();
    for i in (0..bench.claims.len()).filter(|i| is_denial(&bench.claims[*i])) {
        if is_of_number(bench, i) {
            let Some(target) = number_said(bench, i) else { continue };
            answer(&mut denied, group_of[target], i);
            continue;
        }
        let rated = index.near(i).into_iter().filter_map(|j| Some((against(bench, i, j)?, j)));
        let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let said = || just_said(bench, i).or_else(|| said_against(bench, i));
        let Some(target) = best.map(|b| b.1).or_else(said) else { continue };
        answer(&mut denied, group_of[target], i);
    }
    let finding = |(group, no): (usize, Vec<usize>)| {
        let yes: Vec<usize> =
            groups.get(group)?.iter().copied().filter(|i| !no.contains(i)).collect();
        let side = |i: &usize| {
            let claim = &bench.claims[*i];
            claim.negated || claim.contested || claim.denies
        };
        let (against, mut for_it): (Vec<usize>, Vec<usize>) = yes.into_iter().partition(side);
        let mut no: Vec<usize> = no.into_iter().chain(against).collect();
        no.sort_unstable();
        no.dedup();
        // Who denies it does not say it too: what he is printed to have said is his answer, cut short.
        let own = |i: &usize| {
            let origin = &bench.claims[*i].support.origin;
            origin.is_some() && no.iter().any(|j| bench.claims[*j].support.origin == *origin)
        };
        for_it.retain(|i| !own(i));
        if for_it.is_empty() {
            return None;
        }
        let mut finding = bench.finding(vec![for_it, no], None);
        finding.dispute(Aspect::Polarity);
        Some(finding)
    };
    denied.into_iter().filter_map(finding).collect()
}

fn answer(denied: &mut Vec<(usize, Vec<usize>)>, group: usize, denial: usize) {
    match denied.iter_mut().find(|(g, _)| *g == group) {
        Some((_, list)) => list.push(denial),
        None => denied.push((group, vec![denial])),
    }
}

/// Whether all that a denial denies is a number told before it: "disputes that figure".
fn is_of_number(bench: &Bench, i: usize) -> bool {
    bench.claims[i].figures.is_empty()
        && is_short_of(bench, i, "demonstrative")
        && is_short_of(bench, i, "number-noun")
}

/// Whether a claim is a few words, one of them of this list.
fn is_short_of(bench: &Bench, i: usize, field: &str) -> bool {
    const SHORT: usize = 3;
    let claim = &bench.claims[i];
    let at = claim.at.article as usize;
    let (text, analysis) = (&bench.articles[at].text, &bench.analyses[at]);
    let words = voice::words_in(text, analysis, claim.at.span);
    words.len() <= SHORT && words.iter().any(|w| analysis.lang.speech.is(field, w))
}

/// The last number that another source told before a denial of it.
fn number_said(bench: &Bench, i: usize) -> Option<usize> {
    const BACK: usize = 4;
    let no = &bench.claims[i];
    let told = |j: &usize| {
        let yes = &bench.claims[*j];
        yes.at.article == no.at.article
            && !yes.figures.is_empty()
            && is_asserted(yes)
            && yes.support.origin != no.support.origin
    };
    (i.saturating_sub(BACK)..i).rev().find(told)
}

/// What a denial that shares no word with anything denies: what another source was just said to
/// have said ("... he had been seen there. She denies any meeting").
fn just_said(bench: &Bench, i: usize) -> Option<usize> {
    const BACK: usize = 3;
    let no = &bench.claims[i];
    // "He denies the charges": not the sum that was told last.
    let back = if is_short_of(bench, i, "charge-noun") { BACK } else { 1 };
    let charged = |yes: &Claim| back == 1 || yes.figures.is_empty();
    let mut near = (i.saturating_sub(back)..i).rev();
    near.find(|j| {
        let yes = &bench.claims[*j];
        let told = is_told(bench, yes) && is_answer(bench, yes, no) && charged(yes);
        told && (back > 1 && yes.at.article == no.at.article || is_beside(yes, no))
    })
}

/// What is said against a denial that shares no word with anything: "She denies any meeting.
/// According to a guard, the two were seen together on Sunday, however".
fn said_against(bench: &Bench, i: usize) -> Option<usize> {
    let (no, yes) = (&bench.claims[i], bench.claims.get(i + 1)?);
    let told = yes.contrary && is_told(bench, yes);
    (told && is_beside(no, yes) && is_answer(bench, yes, no)).then_some(i + 1)
}

/// Whether somebody says that it is so. Who asks for something, or names it, says nothing that
/// one could deny.
fn is_told(bench: &Bench, claim: &Claim) -> bool {
    let statements = &bench.analyses[claim.at.article as usize].statements;
    let said = claim.statement.and_then(|i| statements.get(i as usize));
    said.map_or(claim.hypothetical, |s| s.by != "noun content")
}

/// Whether the second claim follows the first at once: in its sentence, or in the next.
fn is_beside(first: &Claim, second: &Claim) -> bool {
    const JUST: u32 = 160;
    first.at.article == second.at.article
        && first.at.span.end <= second.at.span.start
        && second.at.span.start - first.at.span.end <= JUST
}

/// Whether one source says something and another denies something, without a word in common that
/// would tell what.
fn is_answer(bench: &Bench, yes: &Claim, no: &Claim) -> bool {
    let others = yes.support.origin != no.support.origin && no.support.origin.is_some();
    // Who denies in many words of his own denies what those say; and so does who denies that
    // something was done, where no word of it was said before.
    const FEW: usize = 5;
    let words = || no.features.iter().filter(|f| !matches!(f, Feature::Class(_)));
    let named = words().any(|f| yes.features.binary_search(f).is_ok());
    let done = no.is_clause && !named && !starts_as_noun(bench, no);
    let brief = words().count() <= FEW && !done;
    let headline = yes.title || no.title;
    no.support.denied && is_asserted(yes) && others && brief && !headline
}

/// Whether a claim begins as a noun does: "any meeting".
fn starts_as_noun(bench: &Bench, claim: &Claim) -> bool {
    let at = claim.at.article as usize;
    let (text, analysis) = (&bench.articles[at].text, &bench.analyses[at]);
    let words = voice::words_in(text, analysis, claim.at.span);
    words.first().is_some_and(|w| analysis.lang.lexicon.tags(w).any(Tags::DETERMINER))
}

/// Whether a claim says that something is so. What only stands in quotation marks is said by
/// whoever the words around it tell, and those tell none; what tells of a denial denies.
fn is_asserted(claim: &Claim) -> bool {
    let says_no = claim.negated || claim.contested || claim.support.denied || claim.denies;
    !says_no && !claim.voiceless
}

/// Whether a claim denies something in so many words: somebody denies it, or says that it is not
/// so.
fn is_denial(claim: &Claim) -> bool {
    claim.support.denied || claim.negated && claim.statement.is_some()
}

/// How surely claim `i` denies claim `j`; None where it does not.
fn against(bench: &Bench, i: usize, j: usize) -> Option<f64> {
    let (no, yes) = (&bench.claims[i], &bench.claims[j]);
    let one_voice = no.support.origin == yes.support.origin
        && (no.support.origin.is_some() || no.at.article == yes.at.article);
    let one_statement =
        no.at.article == yes.at.article && no.statement.is_some() && no.statement == yes.statement;
    let named = yes.statement.is_some() && !is_told(bench, yes);
    // Headlines say too little to be set against anything.
    let asserted = is_asserted(yes) && !yes.hypothetical && !named && !yes.title && !no.title;
    let unsure = no.unsure || yes.unsure;
    let halves = no.at.article == yes.at.article && no.at.span.overlaps(yes.at.span);
    if one_voice || one_statement || halves || !asserted || unsure || no.mass == 0.0 {
        return None;
    }
    let (shared, words, mass) = shared(bench, no, yes);
    let held = mass / no.mass;
    let apart = i.abs_diff(j);
    let beside = no.at.article == yes.at.article && apart <= NEAR;
    let likeness = bench.weights.likeness(no, yes);
    // One word in common is enough beside it when it is what the denial is about.
    let subject = no
        .head
        .as_ref()
        .is_some_and(|h| yes.features.binary_search(&Feature::Stem(h.clone())).is_ok());
    // Who contests a decree or turns a proposal down does not say that there is none.
    let statements = &bench.analyses[no.at.article as usize].statements;
    let of_thing = no
        .statement
        .and_then(|s| statements.get(s as usize))
        .is_some_and(|s| s.by == "noun content");
    let sure = if no.support.denied && !of_thing {
        beside && words >= 1 && held >= 0.2 && (subject || words >= 2 && likeness >= BESIDE)
            || shared >= 2
                && words >= 1
                && held >= HELD
                && (yes.is_clause || yes.statement.is_some())
                && (subject || likeness >= ALIKE)
    } else if of_thing {
        // What somebody contests is told as a thing by all who tell of it.
        beside && shared >= 2 && words >= 1 && held >= HELD
    } else {
        // "is not" says less of what it is against than "denies": more must be in common.
        let enough = if likeness >= 0.8 { 2 } else { 3 };
        let one_head = subject || no.head_class.is_some() && no.head_class == yes.head_class;
        // What is denied must be in common, not only what else the clause tells.
        shared >= 3 && words >= enough && likeness >= 0.45 && one_head
    };
    let said = if yes.support.origin.is_some() { 0.1 } else { 0.0 };
    sure.then_some(held + likeness + said + if beside { 0.1 } else { 0.0 })
}

/// What two claims share: how many features, how many of them words (not names, not classes),
/// and the weight of all.
fn shared(bench: &Bench, a: &Claim, b: &Claim) -> (usize, usize, f64) {
    let both: Vec<&Feature> =
        a.features.iter().filter(|f| b.features.binary_search(f).is_ok()).collect();
    let words = both.iter().filter(|f| matches!(f, Feature::Stem(_))).count();
    (both.len(), words, bench.weights.shared(a, b))
}

/// Whether two claims with different hours tell one event.
fn is_one_event(bench: &Bench, a: &Claim, b: &Claim) -> bool {
    let (shared, words, _) = shared(bench, a, b);
    let days = a.time.earliest.zip(b.time.latest).is_none_or(|(x, y)| x <= y)
        && b.time.earliest.zip(a.time.latest).is_none_or(|(x, y)| x <= y);
    shared >= 2 && words >= 2 && days && bench.weights.likeness(a, b) >= ONE_EVENT
}

/// Whether two claims with different directions tell one move: the same class of predicate, of
/// somebody or something that both name.
fn is_one_move(bench: &Bench, a: &Claim, b: &Claim) -> bool {
    const ONE_MOVE: f64 = 0.25;
    let class = a.predicates.iter().any(|p| b.has_class(p.class));
    class && bench.weights.common(a, b) >= 2 && bench.weights.likeness(a, b) >= ONE_MOVE
}

/// What pairs of claims are sought in.
struct Pairs<'a> {
    bench: &'a Bench<'a>,
    index: &'a Index<'a>,
    groups: &'a [Vec<usize>],
    group_of: &'a [usize],
}

impl Pairs<'_> {
    /// One event with two values of a slot: claims of two articles, or of two origins, that tell
    /// one event (`one`), and in the slot have nothing in common.
    fn findings(
        &self,
        aspect: Aspect,
        slot: impl Fn(&Claim) -> Vec<String>,
        one: impl Fn(&Bench, &Claim, &Claim) -> bool,
    ) -> Vec<Finding> {
        let claims = self.bench.claims;
        let filled: Vec<Vec<String>> = claims.iter().map(slot).collect();
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        // Disputes about the same two values of one slot are one: the sides of each, by value.
        let mut sides: BTreeMap<Two<Vec<String>>, Two<Vec<usize>>> = BTreeMap::new();
        for i in (0..claims.len()).filter(|i| !filled[*i].is_empty()) {
            for j in self.index.near(i).into_iter().filter(|j| *j < i && !filled[*j].is_empty()) {
                let (a, b) = (&claims[j], &claims[i]);
                let apart = a.at.article != b.at.article
                    || a.support.origin != b.support.origin && a.support.origin.is_some();
                let meets = |v: &String| filled[i].iter().any(|w| v == w || is_one_minute(v, w));
                let differ = !filled[j].iter().any(meets);
                let ids = (self.group_of[j], self.group_of[i]);
                if !apart || !differ || !one(self.bench, a, b) || !seen.insert(ids) {
                    continue;
                }
                let side = |c: usize| -> Vec<usize> {
                    let own = self.groups[self.group_of[c]].iter().copied();
                    own.filter(|k| filled[*k] == filled[c]).collect()
                };
                let (first, second) = if filled[j] <= filled[i] { (j, i) } else { (i, j) };
                let key = (filled[first].clone(), filled[second].clone());
                let both = sides.entry(key).or_default();
                both.0.extend(side(first));
                both.1.extend(side(second));
            }
        }
        let finding = |(key, (a, b)): (Two<Vec<String>>, Two<Vec<usize>>)| {
            let mut versions = vec![a, b];
            for version in &mut versions {
                version.sort_unstable();
                version.dedup();
            }
            let mut finding = self.bench.finding(versions, None);
            if aspect == Aspect::Time {
                for (value, slot) in finding.values.iter_mut().zip([key.0, key.1]) {
                    value.norm = slot.first().cloned();
                }
            }
            finding.dispute(aspect);
            finding
        };
        sides.into_iter().map(finding).collect()
    }
}

/// One of each side of a dispute.
type Two<T> = (T, T);

/// Groups are compared by up to this many claims.
const SAMPLE: usize = 48;

/// Claims that say the same, and that there is nothing else, where one lists more than another:
/// "only the port" and "only the port and the bridge" cannot both hold.
fn extents(bench: &Bench, group: &[usize]) -> Option<Finding> {
    let claims = || group.iter().map(|i| &bench.claims[*i]);
    let has =
        |c: &Claim, stem: &String| c.features.binary_search(&Feature::Stem(stem.clone())).is_ok();
    let more = |a: &Claim, b: &Claim| {
        a.at.article != b.at.article
            && a.only
            && b.only
            && a.listed.iter().any(|(first, other)| has(b, first) && !has(b, other))
    };
    // Of a group as large as an archive's the first members tell: the rest are copies.
    let sample = || claims().take(SAMPLE);
    let differ = sample().any(|a| sample().any(|b| more(a, b)));
    if !differ {
        return None;
    }
    let mut versions: Vec<Vec<usize>> = Vec::new();
    for &i in group {
        let listed = &bench.claims[i].listed;
        match versions.iter_mut().find(|v| bench.claims[v[0]].listed == *listed) {
            Some(list) => list.push(i),
            None => versions.push(vec![i]),
        }
    }
    let mut finding = bench.finding(versions, None);
    finding.dispute(Aspect::Extent);
    Some(finding)
}

/// Whether two hours of day are the same but for a minute: "midnight" is one minute past it in a decree.
fn is_one_minute(a: &str, b: &str) -> bool {
    const DAY: i32 = 24 * 60;
    let minutes = |hour: &str| -> Option<i32> {
        let (hours, rest) = hour.split_once(':')?;
        let minutes = rest.get(..2)?.parse::<i32>().ok()?;
        Some(hours.parse::<i32>().ok()? * 60 + minutes)
    };
    let Some((a, b)) = minutes(a).zip(minutes(b)) else { return false };
    let apart = (a - b).rem_euclid(DAY);
    apart.min(DAY - apart) <= 1
}
