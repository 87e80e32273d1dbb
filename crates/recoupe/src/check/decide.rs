//! What a user decides of findings, replayed on every run.
//!
//! A decision names a finding by words that it rests on, never by its number: when articles are
//! added, numbers move and words stay. The file is JSON Lines, one decision a line:
//!
//! ```json
//! {"do": "confirm", "finding": {"article": "a.txt", "text": "words of the finding"}}
//! {"do": "reject",  "finding": {"text": "..."}}
//! {"do": "rename",  "finding": {"text": "..."}, "to": "The bridge"}
//! {"do": "merge",   "findings": [{"text": "..."}, {"text": "..."}]}
//! {"do": "split",   "finding": {"text": "..."}, "off": [{"article": "b.txt", "text": "..."}]}
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Finding, Reason, Status, Support, Value};
use crate::article::{Article, Warning};
use crate::reuse::Locus;

/// A decision, in the order of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The line it stands on, from 1.
    pub line: usize,
    /// What to do, and with which findings.
    pub act: Act,
}

/// What a user decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// It is as the finding says.
    Confirm(Target),
    /// It is no finding: not shown.
    Reject(Target),
    /// It bears this name.
    Rename(Target, String),
    /// They are one.
    Merge(Vec<Target>),
    /// These of its supports are another finding.
    Split(Target, Vec<Target>),
}

/// Words by which a finding, or one of its supports, is known.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The article that they stand in; None for any.
    #[serde(default)]
    pub article: Option<String>,
    /// The words: a finding's `text`, or that of one of its supports.
    pub text: String,
    /// The finding's kind, where several findings rest on the same words.
    #[serde(default)]
    pub kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "do")]
    act: String,
    finding: Option<Target>,
    #[serde(default)]
    findings: Vec<Target>,
    #[serde(default)]
    off: Vec<Target>,
    to: Option<String>,
    /// What the user notes for himself.
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// Reads decisions; `file` is how warnings call them. A bad line is a warning and costs itself.
///
/// ```
/// use recoupe::check::decide::read;
/// let (decisions, warnings) = read("{\"do\": \"reject\", \"finding\": {\"text\": \"x\"}}\n{", "d");
/// assert_eq!((decisions.len(), warnings[0].place.as_str()), (1, "line 2"));
/// ```
pub fn read(text: &str, file: &str) -> (Vec<Decision>, Vec<Warning>) {
    let (mut decisions, mut warnings) = (Vec::new(), Vec::new());
    let lines = text.lines().enumerate().map(|(i, l)| (i + 1, l.trim_start_matches('\u{FEFF}')));
    for (line, row) in lines.filter(|(_, l)| !l.trim().is_empty()) {
        let row = serde_json::from_str::<Row>(row).map_err(|e| e.to_string());
        match row.and_then(act) {
            Ok(act) => decisions.push(Decision { line, act }),
            Err(reason) => warnings.push(Warning::file(file, reason).at(format!("line {line}"))),
        }
    }
    (decisions, warnings)
}

fn act(row: Row) -> Result<Act, String> {
    let finding = row.finding.ok_or_else(|| format!("{:?} needs a \"finding\"", row.act));
    match row.act.as_str() {
        "confirm" => Ok(Act::Confirm(finding?)),
        "reject" => Ok(Act::Reject(finding?)),
        "rename" => Ok(Act::Rename(finding?, row.to.ok_or("\"rename\" needs a \"to\"")?)),
        "merge" if row.findings.len() > 1 => Ok(Act::Merge(row.findings)),
        "merge" => Err("\"merge\" needs two \"findings\" or more".to_owned()),
        "split" if !row.off.is_empty() => Ok(Act::Split(finding?, row.off)),
        "split" => Err("\"split\" needs an \"off\"".to_owned()),
        other => Err(format!("no such decision: {other:?}")),
    }
}

/// Applies decisions in order. One that meets no finding any more is a warning.
pub fn apply(
    decisions: &[Decision],
    articles: &[Article],
    findings: &mut Vec<Finding>,
    file: &str,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for decision in decisions {
        if let Err(reason) = apply_one(&decision.act, articles, findings) {
            let place = format!("line {}", decision.line);
            warnings.push(Warning::file(file, reason).at(place));
        }
    }
    warnings
}

fn apply_one(act: &Act, articles: &[Article], findings: &mut Vec<Finding>) -> Result<(), String> {
    let place = |findings: &[Finding], target: &Target| {
        find(target, articles, findings).ok_or_else(|| {
            let words: String = target.text.chars().take(60).collect();
            format!("the decision meets no finding any more: {words:?}")
        })
    };
    match act {
        Act::Confirm(target) => {
            let at = place(findings, target)?;
            findings[at].decided.confirmed = true;
        }
        Act::Reject(target) => {
            let at = place(findings, target)?;
            findings.remove(at);
        }
        Act::Rename(target, to) => {
            let at = place(findings, target)?;
            findings[at].decided.title = Some(to.clone());
        }
        Act::Merge(targets) => {
            let mut all: Vec<usize> =
                targets.iter().map(|t| place(findings, t)).collect::<Result<_, _>>()?;
            all.sort_unstable();
            all.dedup();
            if all.iter().any(|i| findings[*i].story != findings[all[0]].story) {
                return Err("findings of two stories cannot be one".to_owned());
            }
            // From the last: removing does not move those before.
            for &from in all[1..].iter().rev() {
                let other = findings.remove(from);
                merge(&mut findings[all[0]], other);
            }
            // What is already one finding is merged: nothing to do.
        }
        Act::Split(target, off) => {
            let at = place(findings, target)?;
            let apart = split(&mut findings[at], off, articles);
            let apart = apart.ok_or("the decision would leave one side without words")?;
            findings.insert(at + 1, apart);
        }
    }
    Ok(())
}

/// How well the words at a place are those of a target, 0 to 1; None where they are not.
fn fits(target: &Target, at: Locus, articles: &[Article]) -> Option<f64> {
    const LEAST: f64 = 0.3;
    const ELSEWHERE: f64 = 0.5;
    let article = articles.get(at.article as usize)?;
    let words = squeezed(at.span.of(&article.text));
    let wanted = squeezed(&target.text);
    let (short, long) =
        if words.len() <= wanted.len() { (&words, &wanted) } else { (&wanted, &words) };
    if short.is_empty() || !long.contains(short.as_str()) {
        return None;
    }
    let share = short.len() as f64 / long.len() as f64;
    let here = target.article.as_ref().is_none_or(|id| *id == article.id);
    (share >= LEAST).then_some(if here { share } else { share * ELSEWHERE })
}

/// Words with one space between them.
fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The finding whose words, or those of a support, are most like the target's.
fn find(target: &Target, articles: &[Article], findings: &[Finding]) -> Option<usize> {
    let score = |finding: &Finding| {
        let supports = finding.values.iter().flat_map(|v| &v.supports).map(|s| s.place);
        let best = std::iter::once(finding.text)
            .chain(supports)
            .filter_map(|at| fits(target, at, articles))
            .reduce(f64::max)?;
        let head = fits(target, finding.text, articles).unwrap_or(0.0);
        let kind = target.kind.as_deref().is_none_or(|k| k == finding.kind.name());
        Some((kind, best, head))
    };
    let scored = findings.iter().enumerate().filter_map(|(i, f)| Some((score(f)?, i)));
    let better = |a: &(bool, f64, f64), b: &(bool, f64, f64)| {
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    };
    // Of equals the first: findings are in order of weight.
    scored
        .reduce(|best, next| if better(&next.0, &best.0).is_gt() { next } else { best })
        .map(|b| b.1)
}

fn merge(into: &mut Finding, other: Finding) {
    let plain = |f: &Finding| f.values.len() == 1 && f.values[0].norm.is_none();
    if plain(into) && plain(&other) {
        let supports = other.values.into_iter().flat_map(|v| v.supports);
        into.values[0].supports.extend(supports);
        sort(&mut into.values[0].supports);
    } else {
        for value in other.values {
            match into.values.iter_mut().find(|v| v.norm.is_some() && v.norm == value.norm) {
                Some(same) => {
                    same.supports.extend(value.supports);
                    sort(&mut same.supports);
                }
                None => into.values.push(value),
            }
        }
    }
    for aspect in other.differs {
        if !into.differs.contains(&aspect) {
            into.differs.push(aspect);
        }
    }
    let firm = |s: Status| matches!(s, Status::Disputed | Status::Evolving | Status::Unreadable);
    if firm(other.status) && !firm(into.status) {
        into.status = other.status;
        into.reasons = other.reasons;
    }
    into.silent.retain(|a| other.silent.contains(a));
    for origin in other.origins {
        if !into.origins.contains(&origin) {
            into.origins.push(origin);
        }
    }
    judge(into);
}

/// One support a place, in reading order.
fn sort(supports: &mut Vec<Support>) {
    supports.sort_by_key(|s| s.place);
    supports.dedup_by(|a, b| a.place == b.place && a.origin == b.origin);
}

/// Takes the supports that any of `off` names out of a finding, as one of their own; None, and
/// nothing changed, when that would leave either empty.
fn split(finding: &mut Finding, off: &[Target], articles: &[Article]) -> Option<Finding> {
    let leaves = |s: &Support| {
        let of = |t: &Target| {
            let here = t.article.as_ref().is_none_or(|id| {
                articles.get(s.place.article as usize).is_some_and(|a| a.id == *id)
            });
            here && fits(t, s.place, articles).is_some()
        };
        off.iter().any(of)
    };
    let part = |wanted: bool| -> Vec<Value> {
        let value = |v: &Value| {
            let own: Vec<Support> =
                v.supports.iter().filter(|s| leaves(s) == wanted).cloned().collect();
            let words = own.iter().map(|s| s.place).find(|p| *p == v.words);
            let words = words.or_else(|| own.first().map(|s| s.place))?;
            Some(Value { words, norm: v.norm.clone(), supports: own })
        };
        finding.values.iter().filter_map(value).collect()
    };
    let (gone, kept) = (part(true), part(false));
    let (first_gone, first_kept) = (gone.first()?.words, kept.first()?.words);
    let mut apart = finding.clone();
    (apart.values, apart.text) = (gone, first_gone);
    let stays = kept.iter().flat_map(|v| &v.supports).any(|s| {
        s.place.article == finding.text.article && s.place.span.overlaps(finding.text.span)
    });
    if !stays {
        finding.text = first_kept;
    }
    finding.values = kept;
    for one in [&mut apart, finding] {
        one.origins = origins(one);
        if one.values.len() < 2 {
            one.differs.clear();
            if one.status != Status::Unreadable {
                one.status = Status::Unattributed;
            }
        }
        judge(one);
    }
    Some(apart)
}

fn origins(finding: &Finding) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // Of one copy family the words are one account.
    let mut families: BTreeMap<u32, ()> = BTreeMap::new();
    for support in finding.values.iter().flat_map(|v| &v.supports) {
        let copied = support.copied_in.is_some_and(|f| families.insert(f, ()).is_some());
        if let Some(origin) = support.origin.as_ref().filter(|o| !copied && !out.contains(o)) {
            out.push(origin.clone());
        }
    }
    out
}

/// Sets articles, status and the first reason of a finding that the user made.
fn judge(finding: &mut Finding) {
    finding.articles = super::count_articles(&finding.values);
    if matches!(finding.status, Status::Disputed | Status::Evolving | Status::Unreadable) {
        return;
    }
    let articles = finding.articles as usize;
    let (status, reason) = match finding.origins.as_slice() {
        [] => (Status::Unattributed, Reason::OwnVoice { articles }),
        [origin] => (Status::SingleOrigin, Reason::OneOrigin { origin: origin.clone(), articles }),
        many => (Status::Corroborated, Reason::Independent(many.to_vec())),
    };
    finding.status = status;
    let counts = |r: &Reason| {
        matches!(
            r,
            Reason::OwnVoice { .. }
                | Reason::SharedText { .. }
                | Reason::OneOrigin { .. }
                | Reason::Independent(_)
                | Reason::Incompatible(_)
                | Reason::Stages
        )
    };
    finding.reasons.retain(|r| !counts(r));
    finding.reasons.insert(0, reason);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_says_what_is_wrong_and_costs_itself_alone() {
        let text = "{\"do\":\"confirm\"}\n\n{\"do\":\"burn\",\"finding\":{\"text\":\"a\"}}\n\
                    {\"do\":\"merge\",\"findings\":[{\"text\":\"a\"}]}\n[1]\n\
                    {\"do\":\"confirm\",\"finding\":{\"text\":\"a\"},\"note\":\"seen\"}\n";
        let (decisions, warnings) = read(text, "d.jsonl");
        assert_eq!(decisions.len(), 1);
        let places: Vec<&str> = warnings.iter().map(|w| w.place.as_str()).collect();
        assert_eq!(places, ["line 1", "line 3", "line 4", "line 5"]);
    }
}
