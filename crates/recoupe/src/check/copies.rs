//! One finding for what is told alike.
//!
//! Two numbers that one sentence sets against each other are compared inside their article; where many
//! articles print that sentence, the dispute is still one. And what two origins agree on while a third
//! denies it is a dispute of three, and nothing solid.

use std::collections::HashMap;

use super::judge::count_articles;
use super::{Aspect, Finding, FindingKind, Status};
use crate::article::Article;
use crate::reuse::Locus;

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
        finding.articles = count_articles(&finding.values);
    }
    *findings = out;
}

/// Gives what is agreed to the side of a dispute that tells it in the same clause.
pub(super) fn side(findings: &mut Vec<Finding>) {
    let agreed: Vec<usize> = (0..findings.len())
        .filter(|i| findings[*i].status == Status::Corroborated && findings[*i].values.len() == 1)
        .collect();
    let mut gone = vec![false; findings.len()];
    for i in agreed {
        let Some((dispute, value)) = disputed(findings, i) else { continue };
        let supports = findings[i].values[0].supports.clone();
        let origins = findings[i].origins.clone();
        let into = &mut findings[dispute];
        let own = &mut into.values[value].supports;
        own.extend(supports);
        own.sort_by_key(|s| s.place);
        own.dedup_by_key(|s| s.place);
        into.origins
            .extend(origins.into_iter().filter(|o| !into.origins.contains(o)).collect::<Vec<_>>());
        into.articles = count_articles(&into.values);
        gone[i] = true;
    }
    let mut gone = gone.into_iter();
    findings.retain(|_| !gone.next().unwrap_or(false));
}

/// The dispute of whether it is so, or of how many, one side of which stands in a clause of a finding's.
fn disputed(findings: &[Finding], i: usize) -> Option<(usize, usize)> {
    let own: Vec<Locus> = findings[i].values[0].supports.iter().map(|s| s.place).collect();
    let told = |v: &super::Value| v.supports.iter().any(|s| !s.denied && own.contains(&s.place));
    // A number that is agreed on is another than the one in dispute, if it is not one of its values.
    let counts = findings[i].kind == FindingKind::Figure;
    let other = |v: &super::Value| counts && v.norm != findings[i].values[0].norm;
    findings.iter().enumerate().find_map(|(j, f)| {
        let about = f.differs.iter().any(|a| matches!(a, Aspect::Polarity | Aspect::Figure));
        if j == i || f.status != Status::Disputed || !about {
            return None;
        }
        let mut sides = f.values.iter().enumerate().filter(|(_, v)| told(v) && !other(v));
        // In both sides: it is not what they differ in.
        sides.next().filter(|_| sides.next().is_none()).map(|(value, _)| (j, value))
    })
}

fn told<'a>(finding: &'a Finding, articles: &'a [Article]) -> Told<'a> {
    let values = finding.values.iter().map(|value| {
        let words = value.words.span.of(&articles[value.words.article as usize].text);
        let origins = value.supports.iter().filter_map(|s| s.origin.as_deref()).collect();
        (words, value.norm.as_deref(), origins)
    });
    (finding.kind, finding.status, &finding.differs, values.collect())
}
