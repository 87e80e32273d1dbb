//! The agreement matrix: findings by independent origins.

use maud::{Markup, html};

use crate::check::{Finding, Status, Value};
use crate::reuse::Locus;

use super::super::view::{View, inset, letter};
use super::{badge, filtered, quotation, word_id};

/// What an origin says of a finding, with the versions it gives.
enum Cell {
    Silent,
    Says(Vec<usize>),
    Varies(Vec<usize>),
    Agrees(Vec<usize>),
    Differs(Vec<usize>),
    Stage(Vec<usize>),
}

/// A table a story; findings of two origins or more first, the rest folded away.
pub(super) fn part(view: &View) -> Markup {
    let (d, page) = (view.dossier, &view.labels.page);
    html! {
        section #matrix aria-labelledby="matrix-h" {
            h2 #matrix-h { (page.matrix) }
            p.note.measure { (page.matrix_about) }
            (legend(view))
            (filtered(view))
            @for story in 0..d.stories.len() { (of_story(view, story)) }
        }
    }
}

fn legend(view: &View) -> Markup {
    let page = &view.labels.page;
    let entries = [
        ("agree", "A", page.agree),
        ("differ", "B", page.differ),
        ("stage", "B", page.stage),
        ("says", "A", page.says),
        ("varies", "A B", page.varies),
        ("silent", "·", page.silent),
    ];
    html! {
        ul.legend {
            @for (class, mark, text) in entries {
                li { span.cell.(class) aria-hidden="true" { (mark) } " " (text) }
            }
        }
    }
}

fn of_story(view: &View, story: usize) -> Markup {
    let (d, l, page) = (view.dossier, view.labels, &view.labels.page);
    let rows: Vec<(usize, &Finding)> = d
        .findings
        .iter()
        .enumerate()
        .filter(|(_, f)| f.story as usize == story && !f.origins.is_empty())
        .collect();
    let none = rows.is_empty();
    let (mut several, single): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(_, f)| f.origins.len() > 1 || f.values.len() > 1);
    several.sort_by_key(|(_, f)| std::cmp::Reverse(telling(f)));
    let name = &d.stories[story].title;
    html! {
        @if d.stories.len() > 1 && !none { h3 { bdi { (name) } } }
        @if none && d.stories.len() == 1 { p.none { (page.none) } }
        @if !several.is_empty() { (table(view, &several, name)) }
        @if !single.is_empty() {
            details.more {
                summary { (l.count(page.matrix_more, single.len())) }
                (table(view, &single, name))
            }
        }
    }
}

/// What a row is worth a reader's look: how many origins speak, in how many versions, in how many
/// articles. Of equals the first finding stays first.
fn telling(f: &Finding) -> (usize, usize, u32) {
    (f.origins.len(), f.values.len(), f.articles)
}

/// Origins of these findings: those that speak most often first.
fn origins<'a>(rows: &[(usize, &'a Finding)]) -> Vec<&'a str> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for origin in rows.iter().flat_map(|(_, f)| &f.origins) {
        match counted.iter_mut().find(|(name, _)| name == origin) {
            Some((_, n)) => *n += 1,
            None => counted.push((origin, 1)),
        }
    }
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counted.into_iter().map(|(name, _)| name).collect()
}

fn table(view: &View, rows: &[(usize, &Finding)], caption: &str) -> Markup {
    let page = &view.labels.page;
    let origins = origins(rows);
    html! {
        div.scroll tabindex="0" role="region" aria-label={ (page.matrix) ", " (caption) } {
            table.matrix {
                caption.sr { (page.matrix) ", " (caption) }
                thead {
                    tr {
                        th scope="col" { (page.finding) }
                        @for origin in &origins { th.origin scope="col" { span { bdi { (origin) } } } }
                    }
                }
                tbody {
                    @for (i, f) in rows {
                        @let status = view.labels.status(f.status.name());
                        tr class={ "s-" (status.name) } data-of=(view.anchor(*i)) {
                            th scope="row" {
                                (badge(&format!("st s-{}", status.name), status.short)) " "
                                a href={ "#" (view.anchor(*i)) } { (quotation(view, f.text)) }
                            }
                            @for origin in &origins { (cell(view, f, origin)) }
                        }
                    }
                }
            }
        }
    }
}

fn read(f: &Finding, origin: &str) -> Cell {
    if !f.origins.iter().any(|o| o == origin) {
        return Cell::Silent;
    }
    let gives = |v: &Value, origin: &str| words_of(f, v, origin).is_some();
    let versions: Vec<usize> =
        (0..f.values.len()).filter(|i| gives(&f.values[*i], origin)).collect();
    let shared = f
        .origins
        .iter()
        .filter(|o| *o != origin)
        .any(|other| versions.iter().any(|i| gives(&f.values[*i], other)));
    match f.status {
        _ if f.origins.len() == 1 && versions.len() > 1 => Cell::Varies(versions),
        _ if f.origins.len() == 1 => Cell::Says(versions),
        // Versions of a corroborated finding are ways of saying one thing.
        Status::Corroborated => Cell::Agrees(versions),
        Status::Evolving => Cell::Stage(versions),
        _ if shared => Cell::Agrees(versions),
        _ => Cell::Differs(versions),
    }
}

/// The first words that carry a version in an origin's name. Where a finding has one origin, that
/// may have several names: all voices without a name are one.
fn words_of(f: &Finding, value: &Value, origin: &str) -> Option<Locus> {
    let its = |name: &String| f.origins.len() == 1 || name == origin;
    value.supports.iter().find(|s| s.origin.as_ref().is_some_and(its)).map(|s| s.place)
}

/// A cell: a letter for each version that the origin gives, each leading to its words.
fn cell(view: &View, f: &Finding, origin: &str) -> Markup {
    let page = &view.labels.page;
    let (class, versions, words) = match read(f, origin) {
        Cell::Silent => {
            return html! {
                td.silent { span.sr { (page.silent) } span aria-hidden="true" { "·" } }
            };
        }
        Cell::Says(versions) => ("says", versions, page.says),
        Cell::Varies(versions) => ("varies", versions, page.varies),
        Cell::Agrees(versions) => ("agree", versions, page.agree),
        Cell::Differs(versions) => ("differ", versions, page.differ),
        Cell::Stage(versions) => ("stage", versions, page.stage),
    };
    html! {
        td {
            // An origin that no support names (its words are another's copy) still has its letter.
            @if versions.is_empty() {
                span.cell.(class) {
                    span.sr { (words) ", " (page.version.replace("{x}", &letter(0))) }
                    span aria-hidden="true" { (letter(0)) }
                }
            }
            @for v in versions {
                @let name = page.version.replace("{x}", &letter(v));
                @if let Some(at) = words_of(f, &f.values[v], origin) {
                    a.cell.(class) href={ "#" (word_id(view, at)) }
                        aria-label={ (inset(origin)) (view.labels.colon) (words) ", " (name) ", " (view.name(at.article)) }
                        title={ (words) " · " (view.words(at)) } { (letter(v)) }
                }
            }
        }
    }
}
