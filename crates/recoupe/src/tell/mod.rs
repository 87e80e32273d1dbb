//! A dossier to what people and programs read. This stage computes nothing: it prints.
//!
//! [`files`] gives every file of a dossier's folder; each printer is a function of the
//! [`Dossier`] alone. Offsets in every output count Unicode code points.

pub mod annotation;
pub mod bibtex;
pub mod conllu;
pub mod csv;
pub mod dossier;
pub mod ftm;
pub mod geojson;
pub mod html;
pub mod json;
pub mod likeness;
pub mod markdown;
mod speaker;
pub mod timeline;
pub mod view;

#[cfg(test)]
pub(crate) mod fixture;

use dossier::Dossier;
use view::View;

/// All files of a dossier's folder, by name, with their contents in UTF-8.
///
/// `with_text` puts the articles' texts into `dossier.json` and `entities.ftm.json`. The page
/// always holds them: it is where they are read.
pub fn files(dossier: &Dossier, with_text: bool) -> Vec<(&'static str, String)> {
    let view = View::new(dossier);
    let mut out = vec![
        ("index.html", html::page(&view)),
        ("dossier.json", line(&json::of(&view, with_text))),
        ("dossier.md", markdown::report(&view)),
        ("timeline.json", line(&timeline::events(&view))),
        ("map.geojson", line(&geojson::places(&view))),
        ("annotations.jsonl", lines(&annotation::annotations(&view))),
    ];
    out.extend(csv::tables(&view));
    out.push(("entities.ftm.json", lines(&ftm::entities(&view, with_text))));
    out.push(("articles.bib", bibtex::articles(&view)));
    out
}

/// The files' names, in the order of [`files`].
pub const FILES: [&str; 12] = [
    "index.html",
    "dossier.json",
    "dossier.md",
    "timeline.json",
    "map.geojson",
    "annotations.jsonl",
    "findings.csv",
    "statements.csv",
    "figures.csv",
    "events.csv",
    "entities.ftm.json",
    "articles.bib",
];

fn line(value: &serde_json::Value) -> String {
    format!("{value}\n")
}

fn lines(values: &[serde_json::Value]) -> String {
    values.iter().map(line).collect()
}

#[cfg(test)]
mod tests;
