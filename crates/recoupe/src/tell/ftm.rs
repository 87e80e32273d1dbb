//! `entities.ftm.json`: the dossier as FollowTheMoney entities, one a line.
//!
//! Model: <https://followthemoney.tech/explorer/>. Every property is an array of strings.
//! FollowTheMoney has no offsets; where words stand is in `annotations.jsonl`.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::analyse::MentionKind;
use crate::check::{Finding, FindingKind};
use crate::story::Entity;

use super::geojson::position;
use super::view::View;

/// Articles, then the people, organisations and places that they name, their mentions, and
/// the findings: `Event` for what happened, `Note` for the rest.
pub fn entities(view: &View, with_text: bool) -> Vec<Value> {
    let count = view.dossier.articles.len() as u32;
    let mut out: Vec<Value> = (0..count).map(|i| article(view, i, with_text)).collect();
    out.extend(view.dossier.entities.iter().filter_map(entity));
    out.extend((0..count).flat_map(|i| mentions(view, i)));
    out.extend(view.dossier.findings.iter().map(|f| finding(view, f)));
    out
}

/// Collects the properties of one entity, leaving empty ones out.
struct Properties(Map<String, Value>);

impl Properties {
    fn new() -> Properties {
        Properties(Map::new())
    }

    fn put(mut self, name: &str, values: impl IntoIterator<Item = String>) -> Properties {
        let mut kept: Vec<String> = Vec::new();
        for value in values {
            if !value.trim().is_empty() && !kept.contains(&value) {
                kept.push(value);
            }
        }
        if !kept.is_empty() {
            self.0.insert(name.to_string(), json!(kept));
        }
        self
    }

    fn entity(self, id: String, schema: &str) -> Value {
        json!({"id": id, "schema": schema, "properties": self.0})
    }
}

fn article(view: &View, i: u32, with_text: bool) -> Value {
    let (article, analysis) =
        (&view.dossier.articles[i as usize], &view.dossier.analyses[i as usize]);
    Properties::new()
        .put("title", article.title.clone())
        .put("fileName", [article.id.clone()])
        .put("publisher", article.outlet.clone())
        .put("author", article.authors.iter().cloned())
        .put("sourceUrl", article.url.clone())
        .put("language", [analysis.lang.iso3.to_string()])
        .put("publishedAt", analysis.published.date.map(|d| d.to_string()))
        .put("bodyText", with_text.then(|| article.text.clone()))
        .entity(id("article", &article.id), "Article")
}

fn schema(kind: MentionKind) -> Option<&'static str> {
    match kind {
        MentionKind::Per => Some("Person"),
        MentionKind::Org => Some("Organization"),
        MentionKind::Loc => Some("Address"),
        MentionKind::Misc | MentionKind::Nominal => None,
    }
}

fn entity(entity: &Entity) -> Option<Value> {
    let schema = schema(entity.kind)?;
    let forms = entity.names.iter().map(|(name, _)| name.clone()).filter(|n| *n != entity.name);
    let mut properties = Properties::new().put("name", [entity.name.clone()]);
    if entity.kind == MentionKind::Loc {
        let at = position(entity);
        properties = properties
            .put("full", [entity.name.clone()])
            .put("latitude", at.map(|(lat, _)| lat.to_string()))
            .put("longitude", at.map(|(_, lon)| lon.to_string()));
    }
    Some(
        properties
            .put("alias", forms)
            .put("wikidataId", entity.wikidata.clone())
            .entity(id("entity", &entity.id), schema),
    )
}

fn mentions(view: &View, i: u32) -> Vec<Value> {
    let article = &view.dossier.articles[i as usize];
    let of = |m: &crate::analyse::Mention| {
        let entity = view.entity(m.entity.as_deref()?)?;
        let schema = schema(entity.kind)?;
        let key = format!("{}\u{1f}{}\u{1f}{}", article.id, m.span.start, m.span.end);
        Some(
            Properties::new()
                .put("document", [id("article", &article.id)])
                .put("resolved", [id("entity", &entity.id)])
                .put("name", [m.span.of(&article.text).to_string()])
                .put("detectedSchema", [schema.to_string()])
                .entity(id("mention", &key), "Mention"),
        )
    };
    view.dossier.analyses[i as usize].mentions.iter().filter_map(of).collect()
}

fn finding(view: &View, f: &Finding) -> Value {
    let key = format!("{}\u{1f}{}", f.story, f.id);
    let words = view.dossier.words(f.text).to_string();
    let mut documents: Vec<String> = Vec::new();
    for support in f.values.iter().flat_map(|v| &v.supports) {
        documents.push(id("article", view.id(support.place.article)));
    }
    if f.kind != FindingKind::Event {
        return Properties::new()
            .put("description", [words])
            .put("entity", documents)
            .entity(id("finding", &key), "Note");
    }
    let place = f.place.as_deref().and_then(|id| view.entity(id));
    Properties::new()
        .put("name", [words])
        .put("startDate", f.time.earliest.map(|d| d.to_string()))
        .put("endDate", f.time.latest.map(|d| d.to_string()))
        .put("location", place.map(|p| p.name.clone()))
        .put("notes", [view.reasons(f).join(" ")])
        .put("proof", documents)
        .entity(id("finding", &key), "Event")
}

/// A stable id: the same thing has the same id in every run.
fn id(kind: &str, key: &str) -> String {
    let digest = Sha256::digest(format!("{kind}\u{1f}{key}"));
    let hex: String = digest.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    format!("recoupe-{hex}")
}
