//! Processes: articles that tell different stages of one thing follow each other, and do not
//! contradict.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::align::stage;
use super::claim::Claim;
use super::judge::Bench;
use crate::knowledge::countries;
use crate::lang::PACKS;

/// The story's evolving findings: one for each process that its articles tell at different
/// stages.
pub(crate) fn findings(bench: &Bench) -> Vec<Finding> {
    let classes: BTreeSet<&'static str> = bench
        .claims
        .iter()
        .flat_map(|c| &c.predicates)
        .filter(|p| p.stage > 0)
        .map(|p| p.class)
        .collect();
    classes
        .into_iter()
        .filter_map(|class| bench.evolving(class, &claims_of(bench, class)?))
        .collect()
}

/// The claims that tell a stage of `class` of the one place or person that the story's telling
/// of it is about; None when it is about none clearly.
fn claims_of(bench: &Bench, class: &str) -> Option<Vec<usize>> {
    let object = PACKS.iter().find_map(|p| p.predicates.object(class));
    let told: Vec<usize> = (0..bench.claims.len())
        .filter(|i| stage(&bench.claims[*i], class) > 0 && is_asserted(&bench.claims[*i]))
        .collect();
    let names = |c: &Claim| match object {
        // A process of a place is of a town or a district: countries are not entered in a day.
        Some("LOC") => c.places.iter().filter(|p| !is_country(p)).cloned().collect(),
        Some("PER") => c.people.clone(),
        _ => Vec::new(),
    };
    if object.is_none() {
        return Some(linked(bench, class, told));
    }
    let mut counts: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for &i in &told {
        for name in names(&bench.claims[i]) {
            counts.entry(name).or_default().insert(bench.claims[i].at.article);
        }
    }
    let (focus, articles) =
        counts.iter().max_by_key(|(n, a)| (a.len(), std::cmp::Reverse((*n).clone())))?;
    if articles.len() < 2 {
        return None;
    }
    let about = |i: &usize| {
        let own = names(&bench.claims[*i]);
        own.contains(focus)
    };
    Some(told.into_iter().filter(about).collect())
}

fn is_country(entity: &str) -> bool {
    let name = entity.split_once(':').map_or(entity, |(_, name)| name).replace('-', " ");
    !countries::named(&name).is_empty()
}

/// How alike claims of two stages of one process must be.
const ALIKE: f64 = 0.4;

/// The claims that share words with a claim of another stage in another article: a fire that
/// breaks out here and a light that turns green there are no stages of one thing.
fn linked(bench: &Bench, class: &str, told: Vec<usize>) -> Vec<usize> {
    let near = |i: usize, j: usize| {
        let (a, b) = (&bench.claims[i], &bench.claims[j]);
        a.at.article != b.at.article
            && stage(a, class) != stage(b, class)
            && bench.weights.common(a, b) >= 2
            && bench.weights.likeness(a, b) >= ALIKE
    };
    told.iter().copied().filter(|i| told.iter().any(|j| near(*i, *j))).collect()
}

/// Whether a claim says that it is or was so: not denied, foreseen or hoped.
fn is_asserted(claim: &Claim) -> bool {
    !claim.negated && !claim.future && !claim.hypothetical && !claim.has_class("plan")
}
