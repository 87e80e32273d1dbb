//! `map.geojson`: located places as a GeoJSON FeatureCollection (RFC 7946).
//!
//! A point is where a gazetteer puts the name, not where something happened: `precision` says
//! so in each feature.

use serde_json::{Value, json};

use crate::check::Finding;
use crate::story::Entity;

use super::json::{number, state};
use super::view::View;

/// One feature for each place with a position in range.
pub fn places(view: &View) -> Value {
    let features: Vec<Value> = view
        .dossier
        .entities
        .iter()
        .filter_map(|e| position(e).map(|at| feature(e, at, view)))
        .collect();
    json!({"type": "FeatureCollection", "features": features})
}

/// Degrees north and east, when both are known and on the globe.
pub(super) fn position(entity: &Entity) -> Option<(f64, f64)> {
    let (lat, lon) = (entity.lat?, entity.lon?);
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
}

/// The findings that name a place as theirs.
pub(super) fn findings_at<'a>(view: &'a View, id: &'a str) -> impl Iterator<Item = &'a Finding> {
    view.dossier.findings.iter().filter(move |f| f.place.as_deref() == Some(id))
}

fn feature(entity: &Entity, (lat, lon): (f64, f64), view: &View) -> Value {
    let mentions: u32 = entity.names.iter().map(|(_, n)| n).sum();
    let findings: Vec<Value> = findings_at(view, &entity.id)
        .map(|f| json!({"id": f.id, "status": f.status.name(), "text": view.dossier.words(f.text), "denied": f.is_denied()}))
        .collect();
    let held = view.dossier.states.iter().filter(|s| s.what.entity.as_deref() == Some(&entity.id));
    json!({
        "type": "Feature",
        "id": entity.id,
        "geometry": {"type": "Point", "coordinates": [number(lon), number(lat)]},
        "properties": {
            "name": entity.name,
            "names": entity.names.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "geonames": entity.geonames,
            "wikidata": entity.wikidata,
            "mentions": mentions,
            "precision": "place-name",
            "findings": findings,
            "states": held.map(|s| state(s, view)).collect::<Vec<_>>(),
        },
    })
}
