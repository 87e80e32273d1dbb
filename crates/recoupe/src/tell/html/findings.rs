//! The findings, by status, each a card.

use maud::{Markup, html};

use crate::check::{Finding, Support, Value};
use crate::lang::labels::{StatusWords, term};

use super::super::view::{View, letter};
use super::{badge, chain, cite, folded, quotation};

/// Cards shown under each status before the rest folds away.
const CARDS: usize = 25;
/// Supports of a finding of one version that are shown at first.
const OPEN: usize = 4;
/// Supports of a version shown before the rest folds away.
const SUPPORTS: usize = 8;

/// Filter, then a section a status.
pub(super) fn part(view: &View) -> Markup {
    let page = &view.labels.page;
    html! {
        section #findings aria-labelledby="findings-h" {
            h2 #findings-h { (page.findings_title) }
            (filter(view))
            @for status in view.labels.statuses { (group(view, status)) }
        }
    }
}

fn filter(view: &View) -> Markup {
    let (d, l, page) = (view.dossier, view.labels, &view.labels.page);
    let shown = |form: &str| form.replace("{all}", &l.number(d.findings.len() as f64));
    html! {
        form.filter.js hidden role="search" aria-label=(page.filter)
            data-one=(shown(page.shown.one)) data-other=(shown(page.shown.other))
            data-zero=[(l.singular)(0).then_some("one")] {
            p.field {
                label for="filter-text" { (page.filter_text) }
                input #filter-text type="search" autocomplete="off" spellcheck="false";
            }
            p.field {
                label for="filter-article" { (page.filter_article) }
                select #filter-article {
                    option value="" { (page.all) }
                    @for i in 0..d.articles.len() {
                        option value=(i + 1) { (view.name(i as u32)) }
                    }
                }
            }
            @if d.stories.len() > 1 {
                p.field {
                    label for="filter-story" { (page.filter_story) }
                    select #filter-story {
                        option value="" { (page.all) }
                        @for (i, s) in d.stories.iter().enumerate() {
                            option value=(i + 1) { (s.title) }
                        }
                    }
                }
            }
            fieldset {
                legend { (page.filter_status) }
                @for s in l.statuses {
                    label.tick.{ "s-" (s.name) } {
                        input type="checkbox" name="status" value=(s.name) checked;
                        (s.short)
                    }
                }
            }
            p.result {
                output #filter-result role="status" { }
                " " button type="reset" { (page.reset) }
            }
        }
    }
}

fn group(view: &View, status: &StatusWords) -> Markup {
    let list: Vec<(usize, &Finding)> = view
        .dossier
        .findings
        .iter()
        .enumerate()
        .filter(|(_, f)| f.status.name() == status.name)
        .collect();
    let id = format!("st-{}", status.name);
    html! {
        section.group.{ "s-" (status.name) } id=(id) aria-labelledby={ (id) "-h" } {
            h3 id={ (id) "-h" } {
                (status.title) " " span.n { (view.labels.number(list.len() as f64)) }
            }
            p.note { (status.about) }
            @if list.is_empty() { p.none { (view.labels.page.none) } }
            (folded(view, &list, CARDS, |cards| html! {
                div.cards { @for (i, f) in cards { (card(view, *i, f)) } }
            }))
        }
    }
}

fn card(view: &View, index: usize, f: &Finding) -> Markup {
    let status = view.labels.status(f.status.name());
    let reasons = view.reasons(f);
    html! {
        article.card.{ "s-" (status.name) } id={ "f" (index + 1) } tabindex="-1"
            data-status=(status.name) data-story=(f.story + 1) data-articles=(articles(f)) {
            p.meta { (meta(view, index, f, status)) }
            div.tell {
                h4 { (quotation(view, f.text)) }
                @if !reasons.is_empty() { p.why { bdi { (reasons.join(" ")) } } }
                @if let Some(differs) = view.differs(f) { p.differs { (differs) } }
            }
            (versions(view, f))
        }
    }
}

/// Numbers of the articles that support a finding, for the filter.
fn articles(f: &Finding) -> String {
    let mut list: Vec<u32> =
        f.values.iter().flat_map(|v| &v.supports).map(|s| s.place.article + 1).collect();
    list.sort_unstable();
    list.dedup();
    let list: Vec<String> = list.iter().map(u32::to_string).collect();
    list.join(" ")
}

fn meta(view: &View, index: usize, f: &Finding, status: &StatusWords) -> Markup {
    let d = view.dossier;
    let dated = f.time.earliest.is_some() || f.time.latest.is_some();
    let place = f.place.as_deref().and_then(|id| view.entity(id));
    html! {
        (badge(&format!("st s-{}", status.name), status.short))
        span { (term(view.labels.kinds, f.kind.name())) }
        @if dated { span { (view.interval(f.time)) } }
        @if let Some(place) = place { span { bdi { (place.name) } } }
        @if d.stories.len() > 1 {
            @if let Some(story) = d.stories.get(f.story as usize) {
                a.in href={ "#story-" (f.story + 1) } { bdi { (story.title) } }
            }
        }
        a.link href={ "#f" (index + 1) } aria-label={ (view.labels.page.permalink) " " (f.id) } {
            (f.id)
        }
    }
}

fn versions(view: &View, f: &Finding) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    let supports: usize = f.values.iter().map(|v| v.supports.len()).sum();
    let open = f.values.len() > 1 || supports <= OPEN;
    let list = html! {
        @for (i, value) in f.values.iter().enumerate() {
            @let quoted = f.values.len() > 1 || view.words(value.words) != view.words(f.text);
            (version(view, value, (f.values.len() > 1).then_some(i), quoted))
        }
    };
    html! {
        @if supports == 1 { div.versions { (list) } }
        @else if supports > 1 {
            details.versions open[open] {
                summary {
                    @if f.values.len() > 1 { (l.count(page.versions, f.values.len())) ", " }
                    (l.count(page.supports, supports))
                }
                (list)
            }
        }
    }
}

/// A version with its letter, if it has one, its words, if they are not the heading's, and its
/// supports.
fn version(view: &View, value: &Value, number: Option<usize>, quoted: bool) -> Markup {
    let page = &view.labels.page;
    html! {
        div.version {
            @if quoted {
                p.value {
                    @if let Some(i) = number {
                        span.letter {
                            span.sr { (page.version.replace("{x}", &letter(i))) }
                            span aria-hidden="true" { (letter(i)) }
                        }
                    }
                    (quotation(view, value.words))
                }
            }
            (folded(view, &value.supports, SUPPORTS, |list| html! {
                ul.supports { @for s in list { li { (support(view, s, value)) } } }
            }))
        }
    }
}

fn support(view: &View, s: &Support, value: &Value) -> Markup {
    let page = &view.labels.page;
    let family = s.copied_in.and_then(|i| Some((i, view.dossier.families.get(i as usize)?)));
    let same = view.words(s.place) == view.words(value.words);
    html! {
        (cite(view, s.place)) " "
        @if !s.according_to.is_empty() { (chain(view, &s.according_to)) " " }
        @if let Some(origin) = view.other_origin(s) { span.own { (origin) } }
        @else if s.according_to.is_empty() { span.own { (page.own_voice) } }
        @if s.denied { " " (badge("denied", page.denied)) }
        @if s.hedged { " " (badge("hedged", page.hedged)) }
        @if let Some((i, family)) = family {
            " " a.badge.copy href={ "#p" (i + 1) } { (page.copied.replace("{id}", &family.id)) }
        }
        @if !same { " " span.words { (quotation(view, s.place)) } }
        @else if s.place != value.words { " " span.own { (page.same_words) } }
    }
}
