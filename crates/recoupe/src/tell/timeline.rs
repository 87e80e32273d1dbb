//! `timeline.json`: the timeline as TimelineJS reads it.
//!
//! Format: <https://timeline.knightlab.com/docs/json-format.html>. TimelineJS treats headlines
//! and texts as HTML, so the articles' words are escaped here.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::check::TimelineEntry;

use super::view::View;

/// The dated entries of the timeline; undated ones have no place in the format.
pub fn events(view: &View) -> Value {
    let dated = view.dossier.timeline.iter().filter_map(|entry| event(entry, view));
    json!({"events": dated.collect::<Vec<_>>()})
}

fn event(entry: &TimelineEntry, view: &View) -> Option<Value> {
    let start = entry.interval.earliest.or(entry.interval.latest)?;
    let finding = view.dossier.findings.get(entry.finding as usize)?;
    let status = view.labels.status(finding.status.name()).short;
    let article = view.name(entry.text.article);
    let denied = if finding.is_denied() {
        format!(" · {}", view.labels.page.event_denied)
    } else {
        String::new()
    };
    let mut out = Map::new();
    out.insert("start_date".into(), day(start));
    if let Some(end) = entry.interval.latest.filter(|end| *end != start) {
        out.insert("end_date".into(), day(end));
    }
    out.insert("display_date".into(), json!(view.when(finding, entry.interval)));
    out.insert(
        "text".into(),
        json!({
            "headline": escaped(&view.labels.quoted(&view.words(entry.text))),
            "text": escaped(&format!("{article} · {status}{denied}")),
        }),
    );
    if let Some(story) = view.dossier.stories.get(finding.story as usize) {
        out.insert("group".into(), json!(escaped(&story.title)));
    }
    out.insert("unique_id".into(), json!(escaped(&finding.id)));
    Some(Value::Object(out))
}

fn day(day: Date) -> Value {
    json!({"year": day.year(), "month": day.month(), "day": day.day()})
}

/// Text that means itself in HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
