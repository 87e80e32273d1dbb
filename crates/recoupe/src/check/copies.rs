//! One finding for what copies tell alike.
//!
//! Two numbers that one sentence sets against each other are compared inside their article; where many
//! articles print that sentence, the dispute is still one.

use std::collections::HashMap;

use super::{Aspect, Finding, FindingKind, Status};
use crate::article::Article;

/// What a finding tells: its kind, its status, in what its versions differ, and each version in words
/// and as a number, with its origins.
type Told<'a> = (FindingKind, Status, &'a [Aspect], Vec<(&'a str, Option<&'a str>, Vec<&'a str>)>);

/// Joins findings that tell the very same with the first of them; their order stays.
pub(super) fn join(findings: &mut Vec<Finding>, articles: &[Article]) {
    let mut first: HashMap<Told, usize> = HashMap::new();
    let leads: Vec<usize> = findings
        .iter()
        .enumerate()
        .map(|(i, finding)| *first.entry(told(finding, articles)).or_insert(i))
        .collect();
    let mut out: Vec<Finding> = Vec::new();
    let mut at: Vec<usize> = vec![0; leads.len()];
    for ((i, lead), finding) in leads.into_iter().enumerate().zip(std::mem::take(findings)) {
        if lead == i {
            at[i] = out.len();
            out.push(finding);
            continue;
        }
        let into = &mut out[at[lead]];
        for (value, more) in into.values.iter_mut().zip(finding.values) {
            value.supports.extend(more.supports);
        }
    }
    for finding in &mut out {
        for value in &mut finding.values {
            value.supports.sort_by_key(|s| s.place);
            value.supports.dedup();
        }
        let all = finding.values.iter().flat_map(|v| &v.supports);
        let mut carry: Vec<u32> = all.map(|s| s.place.article).collect();
        carry.sort_unstable();
        carry.dedup();
        finding.articles = carry.len() as u32;
    }
    *findings = out;
}

fn told<'a>(finding: &'a Finding, articles: &'a [Article]) -> Told<'a> {
    let values = finding.values.iter().map(|value| {
        let words = value.words.span.of(&articles[value.words.article as usize].text);
        let origins = value.supports.iter().filter_map(|s| s.origin.as_deref()).collect();
        (words, value.norm.as_deref(), origins)
    });
    (finding.kind, finding.status, &finding.differs, values.collect())
}
