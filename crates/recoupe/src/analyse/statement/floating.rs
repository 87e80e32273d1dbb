//! Quotations that no cue attributes: those that go on from a statement, and those that a colon ties to a person.

use super::{Draft, Scene, quote_at, trim};
use crate::analyse::MentionKind;
use crate::analyse::quote::Quote;
use crate::article::Span;

/// Quotations that no cue attributes and that fill their sentences go on from the statement
/// before them, if it stands in one of the two sentences before.
pub(crate) fn floating(scene: &Scene, drafts: &mut Vec<Draft>) {
    let text = scene.words.text;
    let taken = taken(drafts);
    let mut added: Vec<Draft> = Vec::new();
    for quote in scene.quotes {
        let words = quote.inner.of(text).split_whitespace().count();
        if words < 2 || overlaps(&taken, quote.inner) {
            continue;
        }
        let index = scene.sentences.partition_point(|s| s.span.end <= quote.outer.start);
        if index >= scene.sentences.len() || !fills_sentences(scene, index, quote) {
            continue;
        }
        if let Some(draft) = incise(scene, quote) {
            added.push(Draft { sentence: index, ..draft });
            continue;
        }
        let near = |d: &&Draft| d.sentence < index && d.sentence + 2 >= index;
        let from = drafts.partition_point(|d| d.sentence + 2 < index);
        let close = drafts[from..].iter().take_while(|d| d.sentence < index);
        let later: Vec<&Draft> = added.iter().rev().take_while(near).collect();
        let close: Vec<&Draft> = close.chain(later.into_iter().rev()).collect();
        let told = close.iter().any(|d| d.sentence + 1 == index);
        let person = if told { None } else { described_before(scene, index) };
        let quoted = |d: &Draft| d.content.iter().any(|c| quote_at(scene.quotes, *c).is_some());
        // "X says that Y « p »": X is quoted on.
        let inside = |d: &Draft| {
            let at = d.cue.map(|(from, to)| scene.words.span(from, to));
            let holds = |o: &&Draft| o.content.iter().any(|c| at.is_some_and(|a| c.contains(a)));
            !quoted(d) && close.iter().any(|o| o.sentence == d.sentence && holds(o))
        };
        let before =
            close.iter().filter(|d| !inside(d)).max_by_key(|d| (d.sentence, d.content[0].start));
        // Few words are a quotation only where they go on from one.
        let goes_on = before.is_some_and(|d| d.sentence + 1 == index && quoted(d));
        if words < 5 && !goes_on {
            continue;
        }
        let draft = match (before, person) {
            (_, Some(source)) => {
                Draft { source: Some(source), by: "quotation after a person", ..Draft::default() }
            }
            (Some(before), None) => Draft {
                source: before.source,
                via: before.via.clone(),
                by: "floating quotation",
                ..Draft::default()
            },
            (None, None) => continue,
        };
        added.push(Draft { sentence: index, content: vec![quote.inner], ..draft });
    }
    add(drafts, added);
}

/// "« p, a-t-elle poursuivi, q »": the report that stands inside the marks, by a verb of report with
/// its pronoun behind it, set apart by commas.
fn incise(scene: &Scene, quote: &Quote) -> Option<Draft> {
    let words = scene.words;
    let from = words.tokens.partition_point(|t| t.span.end <= quote.inner.start);
    let to = words.tokens.partition_point(|t| t.span.start < quote.inner.end);
    let enclitic = |i: &usize| words.of(*i).starts_with('-') && scene.is("subject-pronoun", *i);
    let pronoun = (from + 2..to).find(|i| enclitic(i) && scene.is("pronoun", *i))?;
    let start = pronoun - 1;
    let reports = |i: usize| scene.rules().verbs.contains_key(words.lower(i));
    let auxiliary = scene.is("auxiliary", start) && pronoun + 1 < to;
    let verb = if auxiliary && reports(pronoun + 1) { pronoun + 1 } else { start };
    let end = verb.max(pronoun) + 1;
    let mut comma = start - 1;
    while comma > from && scene.is("clitic", comma) {
        comma -= 1;
    }
    let closes = end == to || matches!(words.of(end), "," | "." | ":" | ";");
    if !reports(verb) || words.of(comma) != "," || comma == from || !closes {
        return None;
    }
    let mut content = vec![trim(words.text, words.span(from, comma))];
    if end + 1 < to {
        content.push(trim(words.text, words.span(end + 1, to)));
    }
    Some(Draft {
        content,
        cue: Some((comma + 1, end)),
        source: Some((pronoun, pronoun + 1)),
        by: "inserted in a quotation",
        ..Draft::default()
    })
}

/// Puts drafts behind the others of their sentences.
fn add(drafts: &mut Vec<Draft>, added: Vec<Draft>) {
    if !added.is_empty() {
        drafts.extend(added);
        drafts.sort_by_key(|d| d.sentence);
    }
}

/// What drafts hold, as spans in order that do not overlap.
fn taken(drafts: &[Draft]) -> Vec<Span> {
    let mut spans: Vec<Span> = drafts.iter().flat_map(|d| d.content.iter().copied()).collect();
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Whether one of the spans, in order and apart, overlaps `span`.
fn overlaps(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|s| s.end <= span.start);
    spans.get(next).is_some_and(|s| s.overlaps(span))
}

/// The person whom the sentence before a quotation is about, where it attributes nothing: "Dans la
/// file, Anna Roux attend. « Je reste. »"
fn described_before(scene: &Scene, index: usize) -> Option<(usize, usize)> {
    let before = index.checked_sub(1)?;
    let tokens = &scene.sentences[before].tokens;
    let (first, end) = (tokens.start as usize, tokens.end as usize);
    let paragraph =
        Span { start: scene.sentences[before].span.end, end: scene.sentences[index].span.start };
    let root = (first..end).find(|i| scene.trees.is_root(*i))?;
    if scene.quoted[root] || paragraph.of(scene.words.text).contains('\n') {
        return None;
    }
    let head = scene.trees.subject_precedes(root)?;
    let person = |i: usize| scene.named(i).is_some_and(|m| m.kind == MentionKind::Per);
    let phrase = scene.trees.phrase(head)?;
    ((phrase.0..phrase.1).any(person) && !scene.quoted[head]).then_some(phrase)
}

/// Quotations that a colon ties to a person: "X cherche ses mots : « p »", "« p » : X enrage".
pub(crate) fn announced(scene: &Scene, drafts: &mut Vec<Draft>) {
    let words = scene.words;
    let text = words.text;
    let taken = taken(drafts);
    let mut added = Vec::new();
    for quote in scene.quotes {
        let from = words.tokens.partition_point(|t| t.span.end <= quote.outer.start);
        let to = words.tokens.partition_point(|t| t.span.start < quote.outer.end);
        let index = scene.sentences.partition_point(|s| s.span.end <= quote.outer.start);
        let Some(sentence) = scene.sentences.get(index) else { continue };
        let (first, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let short = quote.inner.of(text).split_whitespace().count() < 4;
        if short || overlaps(&taken, quote.inner) {
            continue;
        }
        let before = from > first + 1 && words.of(from - 1) == ":";
        let after = from == first && to + 1 < end && words.of(to) == ":";
        let range = if before {
            first..from - 1
        } else if after {
            to + 1..end
        } else {
            continue;
        };
        let verb = range.clone().find(|i| scene.finite(*i, first) && !scene.quoted[*i]);
        let subject =
            verb.and_then(|v| scene.trees.clause_subject(v)).filter(|t| range.contains(t));
        let Some(phrase) = subject.and_then(|t| scene.trees.phrase(t)) else { continue };
        let inside = phrase.0 >= range.start && phrase.1 <= range.end;
        if inside && scene.person(phrase.0, phrase.1) {
            added.push(Draft {
                sentence: index,
                content: vec![quote.inner],
                source: Some(phrase),
                by: "quotation by a colon",
                ..Draft::default()
            });
        }
    }
    add(drafts, added);
}

/// Whether a quotation starts with its first sentence and ends with its last.
fn fills_sentences(scene: &Scene, index: usize, quote: &Quote) -> bool {
    let starts = quote.outer.start <= scene.sentences[index].span.start;
    let last =
        scene.sentences[index..].iter().take_while(|s| s.span.start < quote.outer.end).last();
    let ends = last.is_some_and(|s| s.span.end <= quote.outer.end + 3);
    starts && ends
}
