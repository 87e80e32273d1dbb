//! Entities of Wikidata, one JSON object a line, as in its dumps (the brackets and commas of which
//! are passed over). What is read of each: `id`; `labels` and `aliases` in the languages of the
//! packs and `mul`; of the claims P31 (what it is), P625 (coordinates), P1566 (GeoNames).
//! See <https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html>.
//!
//! The same with plain values is read too: `{"id": "Q1", "labels": {"en": "X"}, "aliases": {"fr":
//! ["Y"]}, "claims": {"P31": ["Q5"]}}`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Own, Wanted};
use crate::knowledge::directory::{Fit, is_acronym};
use crate::lang::{PACKS, entries};

/// What classes of things are, by identifier.
static CLASSES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../knowledge/classes.tsv");
    entries(table)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, fields.next()?))
        })
        .collect()
});

pub(super) fn read_row(row: &str, wanted: &Wanted, own: &mut Own) -> Result<(), String> {
    let row = row.trim().trim_end_matches(',');
    if matches!(row, "[" | "]" | "") {
        return Ok(());
    }
    let entity: Value = serde_json::from_str(row).map_err(|e| e.to_string())?;
    let id = entity["id"].as_str().ok_or("no `id`")?;
    let digits = id.strip_prefix('Q').filter(|d| d.parse::<u64>().is_ok());
    let Some(digits) = digits else {
        // Properties and lexemes stand in dumps too.
        return if id.starts_with(['P', 'L']) { Ok(()) } else { Err(format!("`{id}` is no item")) };
    };
    let names: Vec<(&str, &str)> = names(&entity).filter(|(_, n)| wanted.has(n)).collect();
    let Some((_, first)) = names.first() else { return Ok(()) };
    let kind = claims(&entity, "P31").find_map(|c| CLASSES.get(item(c)?).copied());
    let number = own.number(&format!("{}:q{digits}", kind.unwrap_or("any")), first);
    for (lang, name) in &names {
        // An alias of two or three capitals may be anything's.
        let short = is_acronym(name) && name.chars().count() < 4;
        let fit = if short { Fit::Context } else { Fit::Sure };
        own.directory.alias(number, name, lang, fit);
    }
    let at = claims(&entity, "P625").find_map(coordinates);
    let geonames = claims(&entity, "P1566").find_map(|c| c.as_str()?.parse().ok());
    if let Some(entry) = own.directory.entry_mut(number) {
        entry.wikidata = id.to_string().into();
        entry.at = at;
        entry.geonames = geonames;
    }
    Ok(())
}

/// Labels first, then aliases, each in the order of the packs.
fn names(entity: &Value) -> impl Iterator<Item = (&'static str, &str)> {
    let languages = || PACKS.iter().map(|p| (p.code, p.code)).chain([("mul", "*")]);
    let of = move |field: &'static str| {
        languages().flat_map(move |(code, lang)| {
            let value = &entity[field][code];
            let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            list.iter().filter_map(move |v| Some((lang, text(v)?)))
        })
    };
    of("labels").chain(of("aliases"))
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value["value"].as_str())
}

/// The values of a property: of dumps, the value of each main snak.
fn claims<'e>(entity: &'e Value, property: &str) -> impl Iterator<Item = &'e Value> {
    let list = entity["claims"][property].as_array().map_or(&[][..], Vec::as_slice);
    list.iter().map(|claim| {
        let inner = &claim["mainsnak"]["datavalue"]["value"];
        if inner.is_null() { claim } else { inner }
    })
}

fn item(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value["id"].as_str())
}

fn coordinates(value: &Value) -> Option<(f64, f64)> {
    let (lat, lon) = match value.as_array() {
        Some(pair) => (pair.first()?.as_f64()?, pair.get(1)?.as_f64()?),
        None => (value["latitude"].as_f64()?, value["longitude"].as_f64()?),
    };
    (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some((lat, lon))
}
