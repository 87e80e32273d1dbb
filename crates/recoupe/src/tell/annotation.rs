//! `annotations.jsonl`: everything found, as W3C Web Annotations, one a line.
//!
//! Model: <https://www.w3.org/TR/annotation-model/>. A target is selected twice: by
//! `TextPositionSelector` (code points, as everywhere) and by `TextQuoteSelector`, so that an
//! annotation can be found again in a text that moved.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::reuse::Locus;

use super::json::optional;
use super::view::View;

/// Code points of context on each side of a quotation.
const CONTEXT: usize = 32;

/// The annotations of every article: supports of findings, then statements, figures, names
/// and copied passages.
pub fn annotations(view: &View) -> Vec<Value> {
    let mut out = supports(view);
    for i in 0..view.dossier.articles.len() as u32 {
        out.extend(statements(view, i));
        out.extend(figures(view, i));
        out.extend(names(view, i));
    }
    out.extend(passages(view));
    number_twins(&mut out);
    out
}

/// Gives a number to the second and later annotations of one kind at one place: ids are unique.
fn number_twins(annotations: &mut [Value]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for annotation in annotations {
        let Some(id) = annotation["id"].as_str().map(String::from) else { continue };
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            annotation["id"] = json!(format!("{id}-{count}"));
        }
    }
}

fn supports(view: &View) -> Vec<Value> {
    let mut out = Vec::new();
    for finding in &view.dossier.findings {
        for support in finding.values.iter().flat_map(|v| &v.supports) {
            let label = view.labels.status(finding.status.name()).short;
            let body = json!({
                "type": "TextualBody", "purpose": "assessing", "format": "text/plain",
                "value": format!("{} · {label}", finding.id),
                "finding": finding.id, "status": finding.status.name(),
                "according_to": support.according_to,
            });
            out.push(annotation(view, "assessing", body, support.place));
        }
    }
    out
}

fn statements(view: &View, article: u32) -> Vec<Value> {
    let of = |s: &crate::analyse::Statement| {
        let chain: Vec<&str> = s.chain.iter().map(|link| link.name.as_str()).collect();
        let body = json!({
            "type": "TextualBody", "purpose": "describing", "format": "text/plain",
            "value": chain.join(" › "), "chain": chain, "quote_type": s.quote.name(),
        });
        annotation(view, "describing", body, Locus { article, span: s.span() })
    };
    view.dossier.analyses[article as usize].statements.iter().map(of).collect()
}

fn figures(view: &View, article: u32) -> Vec<Value> {
    let of = |f: &crate::analyse::Figure| {
        let body = json!({
            "type": "TextualBody", "purpose": "classifying", "format": "text/plain",
            "value": view.range(f), "bound": f.bound.name(),
            "number": optional(f.value), "lo": optional(f.lo), "hi": optional(f.hi),
        });
        annotation(view, "classifying", body, Locus { article, span: f.span })
    };
    view.dossier.analyses[article as usize].figures.iter().map(of).collect()
}

fn names(view: &View, article: u32) -> Vec<Value> {
    let of = |m: &crate::analyse::Mention| {
        let entity = view.entity(m.entity.as_deref()?)?;
        let mut body = Map::new();
        body.insert("type".into(), json!("SpecificResource"));
        body.insert("purpose".into(), json!("identifying"));
        body.insert("source".into(), json!(entity_iri(&entity.id, entity.wikidata.as_deref())));
        body.insert("name".into(), json!(entity.name));
        Some(annotation(view, "identifying", body.into(), Locus { article, span: m.span }))
    };
    view.dossier.analyses[article as usize].mentions.iter().filter_map(of).collect()
}

fn passages(view: &View) -> Vec<Value> {
    let mut out = Vec::new();
    for family in &view.dossier.families {
        for at in &family.places {
            let body = json!({
                "type": "TextualBody", "purpose": "linking", "format": "text/plain",
                "value": family.id, "passage": family.id, "kind": family.kind.name(),
                "origin": family.origin,
            });
            out.push(annotation(view, "linking", body, *at));
        }
    }
    out
}

fn annotation(view: &View, motivation: &str, body: Value, at: Locus) -> Value {
    let (start, end) = view.offsets(at);
    let text = &view.dossier.articles[at.article as usize].text;
    let (before, after) = (&text[..at.span.start as usize], &text[at.span.end as usize..]);
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    let suffix: String = after.chars().take(CONTEXT).collect();
    let source = article_iri(view, at.article);
    let id = format!("{source}#{motivation}-{start}-{end}");
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id,
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": view.dossier.words(at),
                 "prefix": &before[from..], "suffix": suffix},
            ],
        },
    })
}

/// The address of an article inside this dossier: a URN made of its id. Its own web address is
/// not used: offsets count in the text that was read, not in a web page.
fn article_iri(view: &View, article: u32) -> String {
    format!("urn:recoupe:article:{}", percent(view.id(article)))
}

fn entity_iri(id: &str, wikidata: Option<&str>) -> String {
    match wikidata {
        Some(item) => format!("http://www.wikidata.org/entity/{}", percent(item)),
        None => format!("urn:recoupe:entity:{}", percent(id)),
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
