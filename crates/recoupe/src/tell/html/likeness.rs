//! What is its own in each article and what is shared: with whom, sentence by sentence, and the
//! words changed inside a copy.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::article::Span;
use crate::reuse::Locus;

use super::super::likeness::{Change, Likeness, SentenceShare, Shared};
use super::super::view::View;
use super::reading::{HUES, exact, smallest};
use super::{folded, percent};

/// Other articles shown before the rest folds away.
const WITH: usize = 8;
/// Other articles shown at all: a thousand articles of one story would be a million rows.
const MOST: usize = 40;
/// Copies that are named beside a sentence.
const NAMED: usize = 3;

pub(super) fn part(view: &View) -> Markup {
    let (d, page) = (view.dossier, &view.labels.page);
    let places = places(view);
    html! {
        section #likeness aria-labelledby="likeness-h" {
            h2 #likeness-h { (page.likeness) }
            p.note.measure { (page.likeness_about) }
            ul.legend {
                li { ins.changed { (page.changed) } }
                li { del { (page.gone) } }
            }
            @if d.articles.is_empty() { p.none { (page.none) } }
            form.pick.js hidden {
                p.field {
                    label for="pick-article" { (page.likeness_choose) }
                    select #pick-article {
                        @for i in 0..d.articles.len() {
                            option value=(i + 1) { (view.name(i as u32)) " — " (whole(view, copied(view, i))) }
                        }
                    }
                }
            }
            @for (i, likeness) in view.likenesses().articles.iter().enumerate() {
                (article(view, i as u32, likeness, &places[i]))
            }
        }
    }
}

/// A copied passage of an article: where, the index of its family, and of the place in it.
type Place = (Span, usize, usize);

fn places(view: &View) -> Vec<Vec<Place>> {
    let d = view.dossier;
    let mut out = vec![Vec::new(); d.articles.len()];
    for (i, family) in d.families.iter().enumerate() {
        for (k, at) in family.places.iter().enumerate() {
            out[at.article as usize].push((at.span, i, k));
        }
    }
    out
}

fn copied(view: &View, i: usize) -> f64 {
    view.dossier.copied_share.get(i).copied().unwrap_or(0.0).clamp(0.0, 1.0)
}

/// A share as a whole percentage, in words. What is not nothing is never 0 %, nor what is not
/// all 100 %.
pub(super) fn whole(view: &View, share: f64) -> String {
    let n = (share * 100.0).round();
    let n = if share > 0.0 { n.max(1.0) } else { n };
    let n = if share < 1.0 { n.min(99.0) } else { n };
    view.labels.percent.replace("{n}", &view.labels.number(n))
}

/// A share drawn as a bar; the number stands beside it.
pub(super) fn meter(share: f64) -> Markup {
    html! {
        svg.meter width="64" height="10" aria-hidden="true" {
            rect.rail width="100%" height="10" {}
            rect.fill width=(percent(share.clamp(0.0, 1.0) * 100.0)) height="10" {}
        }
    }
}

fn article(view: &View, i: u32, likeness: &Likeness, places: &[Place]) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    let share = copied(view, i as usize);
    let own = likeness.sentences.iter().filter(|s| s.copied == 0).count();
    let all = l.number(likeness.sentences.len() as f64);
    let said = page.likeness_share.replace("{copied}", &whole(view, share));
    html! {
        details.sim id={ "sim-" (i + 1) } data-n=(i + 1) {
            summary { (meter(share)) " " (whole(view, share)) " " b { bdi { (view.name(i)) } } }
            @if likeness.with.is_empty() && share == 0.0 { p.none { (page.nothing_shared) } }
            @else {
                p {
                    (said.replace("{own}", &whole(view, 1.0 - share)))
                    @if !likeness.sentences.is_empty() {
                        " " (l.count(page.own_sentences, own).replace("{all}", &all))
                    }
                }
                (with(view, i, &likeness.with))
            }
            ol.sentences {
                @for s in &likeness.sentences { (sentence(view, i, *s, places)) }
            }
        }
    }
}

/// Who shares how much of the article.
fn with(view: &View, i: u32, list: &[Shared]) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    let (shown, rest) = list.split_at(MOST.min(list.len()));
    html! {
        (folded(view, shown, WITH, |list| html! {
            div.scroll tabindex="0" role="region" aria-label={ (page.shared_with) ", " (view.name(i)) } {
                table {
                    thead { tr {
                        th scope="col" { (page.shared_with) }
                        th scope="col" { (page.shared_share) }
                        th scope="col" { (page.reading) }
                    } }
                    tbody {
                        @for other in list {
                            tr {
                                th scope="row" { a href={ "#sim-" (other.article + 1) } { bdi { (view.name(other.article)) } } }
                                td.num { (meter(other.share)) " " (whole(view, other.share)) }
                                td {
                                    (l.count(page.passages, other.passages as usize)) " · "
                                    a href={ "#a" (i + 1) } data-beside=(other.article + 1) { (page.side_by_side) }
                                }
                            }
                        }
                    }
                }
            }
        }))
        @if !rest.is_empty() { p.note { (l.count(page.shared_rest, rest.len())) } }
    }
}

/// A sentence with the share of its words that stand elsewhere, its copies marked, and whose
/// articles have them.
fn sentence(view: &View, i: u32, s: SentenceShare, places: &[Place]) -> Markup {
    let page = &view.labels.page;
    let inside: Vec<Place> =
        places.iter().copied().filter(|(span, ..)| span.overlaps(s.span)).collect();
    html! {
        li.alone[s.copied == 0] {
            span.bar {
                span.sr { (page.copied_share) (view.labels.colon) }
                (meter(s.share())) " " (whole(view, s.share()))
            }
            div {
                p.q lang=(view.lang(i)) dir="auto" { (words(view, i, s.span, &inside)) }
                @if s.copied > 0 { (copies(view, i, &inside)) }
            }
        }
    }
}

/// The change of a place, with its place.
fn change<'a>(view: &'a View, place: &Place) -> Option<&'a Change> {
    view.likenesses().changes.get(place.1)?.get(place.2)?.as_ref()
}

/// Links to the copies of a sentence's passages, and what its changed words are compared with.
fn copies(view: &View, i: u32, inside: &[Place]) -> Markup {
    let page = &view.labels.page;
    let mut seen = BTreeSet::from([i]);
    let mut others = Vec::new();
    for (_, family, _) in inside {
        let list = view.dossier.families[*family].places.iter().enumerate();
        others.extend(
            list.filter(|(_, at)| seen.insert(at.article)).map(|(k, at)| (*family, k, at.article)),
        );
    }
    let mut against: Vec<u32> =
        inside.iter().filter_map(|p| change(view, p)).map(|c| c.against.article).collect();
    against.dedup();
    html! {
        p.by {
            @for (family, k, article) in others.iter().take(NAMED) {
                a.see href={ "#p" (family + 1) "-" (k + 1) } title=(page.see) { bdi { (view.name(*article)) } } " "
            }
            @if others.len() > NAMED {
                span { (view.labels.count(page.more, others.len() - NAMED)) " " }
            }
            @for article in against {
                span.note { "(" (page.compared.replace("{name}", view.name(article))) ")" } " "
            }
        }
    }
}

/// The words of a sentence: copied passages marked, changed words as insertions, the other
/// text's words as deletions.
fn words(view: &View, i: u32, span: Span, inside: &[Place]) -> Markup {
    let text = &view.dossier.articles[i as usize].text;
    let within = |s: &Span| Span { start: s.start.max(span.start), end: s.end.min(span.end) };
    let copies: Vec<Span> = inside.iter().map(|(s, ..)| within(s)).collect();
    let changes: Vec<&Change> = inside.iter().filter_map(|p| change(view, p)).collect();
    let new: Vec<Span> =
        changes.iter().flat_map(|c| &c.new).filter(|s| s.overlaps(span)).map(within).collect();
    let gone: Vec<(u32, Locus)> = changes
        .iter()
        .flat_map(|c| &c.gone)
        .copied()
        .filter(|(at, _)| span.start <= *at && *at <= span.end)
        .collect();
    let mut cuts: BTreeSet<u32> = BTreeSet::from([span.start, span.end]);
    cuts.extend(copies.iter().chain(&new).flat_map(|s| [s.start, s.end]));
    cuts.extend(gone.iter().map(|(at, _)| *at));
    let cuts: Vec<u32> = cuts.into_iter().collect();
    let (copy, changed) = (smallest(&cuts, &copies), smallest(&cuts, &new));
    let pieces: Vec<usize> = (0..cuts.len().saturating_sub(1)).collect();
    let gone = |at: u32| {
        html! {
            @let apart = text[..at as usize].ends_with(char::is_whitespace) || at == span.start;
            @for (_, other) in gone.iter().filter(|(place, _)| *place == at) {
                @if !apart { " " } del { (exact(&view.words(*other))) } @if apart { " " }
            }
        }
    };
    let piece = |at: usize| {
        html! {
            (gone(cuts[at]))
            @let words = exact(Span { start: cuts[at], end: cuts[at + 1] }.of(text));
            @if changed[at].is_some() { ins.changed { (words) } } @else { (words) }
        }
    };
    html! {
        @for run in pieces.chunk_by(|a, b| copy[*a] == copy[*b]) {
            @match copy[run[0]] {
                Some(c) => mark.copy.{ "h" (inside[c].1 % HUES) } { @for at in run { (piece(*at)) } },
                None => { @for at in run { (piece(*at)) } }
            }
        }
        (gone(span.end))
    }
}
