//! The findings, by status, each a card.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use maud::{Markup, html};

use crate::check::{Finding, FindingKind, Support, Value};
use crate::lang::labels::{StatusWords, term};
use crate::reuse::{Family, Locus, PassageKind};

use super::super::view::{View, inset, letter};
use super::{badge, chain, cite, folded, quotation};

/// Cards shown under each status before the rest folds away.
const CARDS: usize = 25;
/// Supports of a finding of one version that are shown at first.
const OPEN: usize = 4;
/// Supports of a version shown before the rest folds away.
const SUPPORTS: usize = 8;

/// Names offered by one choice of the filter.
const NAMES: usize = 300;

/// What the filter may ask of each finding besides its words: who says it, what it names.
struct Facets<'a> {
    /// Sources, and the findings of each.
    sources: Facet<'a>,
    /// Names of entities.
    entities: Facet<'a>,
}

/// Names to choose from: those of most findings, in the order of the alphabet. Of each finding,
/// which of them it has, by number.
struct Facet<'a> {
    names: Vec<(&'a str, usize)>,
    of: Vec<Vec<usize>>,
}

impl<'a> Facet<'a> {
    fn of(findings: Vec<BTreeSet<&'a str>>) -> Facet<'a> {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        findings.iter().flatten().for_each(|name| *uses.entry(name).or_default() += 1);
        let mut names: Vec<(&str, usize)> = uses.into_iter().collect();
        names.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        names.truncate(NAMES);
        names.sort_by_cached_key(|(name, _)| (name.to_lowercase(), *name));
        let number: BTreeMap<&str, usize> =
            names.iter().enumerate().map(|(i, (name, _))| (*name, i + 1)).collect();
        let of = findings
            .iter()
            .map(|set| set.iter().filter_map(|name| number.get(name).copied()).collect())
            .collect();
        Facet { names, of }
    }
}

impl<'a> Facets<'a> {
    fn of(view: &'a View) -> Facets<'a> {
        let findings = &view.dossier.findings;
        let supports = |f: &'a Finding| f.values.iter().flat_map(|v| &v.supports);
        let sources = findings.iter().map(|f| {
            let chains = supports(f).flat_map(|s| &s.according_to);
            f.origins.iter().chain(chains).map(String::as_str).collect()
        });
        let entities = findings.iter().map(|f| {
            let named = supports(f).flat_map(|s| mentioned(view, s.place));
            let ids = named.chain(f.place.as_deref());
            ids.filter_map(|id| view.entity(id)).map(|e| e.name.as_str()).collect()
        });
        Facets { sources: Facet::of(sources.collect()), entities: Facet::of(entities.collect()) }
    }
}

/// Ids of the entities named at a place.
fn mentioned<'a>(view: &'a View, at: Locus) -> impl Iterator<Item = &'a str> {
    let mentions = &view.dossier.analyses[at.article as usize].mentions;
    // In order of where they begin.
    let from = mentions.partition_point(|m| m.span.start < at.span.start);
    let here = mentions[from..].iter().take_while(move |m| m.span.start < at.span.end);
    here.filter(move |m| at.span.contains(m.span)).filter_map(|m| m.entity.as_deref())
}

/// Filter, then a section a status.
pub(super) fn part(view: &View) -> Markup {
    let page = &view.labels.page;
    let facets = Facets::of(view);
    html! {
        section #findings aria-labelledby="findings-h" {
            h2 #findings-h { (page.findings_title) }
            (filter(view, &facets))
            @for status in view.labels.statuses { (group(view, status, &facets)) }
        }
    }
}

fn filter(view: &View, facets: &Facets) -> Markup {
    let (d, l, page) = (view.dossier, view.labels, &view.labels.page);
    let days = || d.findings.iter().flat_map(|f| [f.time.earliest, f.time.latest]).flatten();
    let (first, last) = (days().min().map(|d| d.to_string()), days().max().map(|d| d.to_string()));
    let shown = |form: &str| form.replace("{all}", &l.number(d.findings.len() as f64));
    html! {
        form.filter.js hidden role="search" aria-label=(page.filter)
            data-one=(shown(page.shown.one)) data-other=(shown(page.shown.other))
            data-copied=(page.copy_done) data-byhand=(page.copy_text) data-zero=[(l.singular)(0).then_some("one")] {
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
            (choice("source", page.filter_source, page.all, &facets.sources))
            (choice("entity", page.filter_entity, page.all, &facets.entities))
            p.field {
                label for="filter-day" { (page.filter_day) }
                input #filter-day type="date" min=[first] max=[last];
            }
            p.field {
                label for="filter-copies" { (page.filter_copies) }
                select #filter-copies {
                    @for (value, name) in ["all", "once", "none"].iter().zip(page.copies) {
                        option value=(value) { (name) }
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

fn choice(name: &str, label: &str, all: &str, facet: &Facet) -> Markup {
    html! {
        p.field {
            label for={ "filter-" (name) } { (label) }
            select id={ "filter-" (name) } {
                option value="" { (all) }
                @for (i, (name, n)) in facet.names.iter().enumerate() {
                    option value=(i + 1) { (inset(name)) " (" (n) ")" }
                }
            }
        }
    }
}

fn group(view: &View, status: &StatusWords, facets: &Facets) -> Markup {
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
                div.cards { @for (i, f) in cards { (card(view, *i, f, facets)) } }
            }))
        }
    }
}

fn card(view: &View, index: usize, f: &Finding, facets: &Facets) -> Markup {
    let status = view.labels.status(f.status.name());
    let reasons = view.reasons(f);
    html! {
        article.card.{ "s-" (status.name) } id=(view.anchor(index)) tabindex="-1"
            data-status=(status.name) data-story=(f.story + 1) data-articles=(articles(f))
            data-sources=(numbers(&facets.sources.of[index])) data-entities=(numbers(&facets.entities.of[index]))
            data-from=[day(f.time.earliest)] data-to=[day(f.time.latest)]
            data-keys=(view.aliases(index).join(" ")) {
            p.meta { (meta(view, index, f, status)) }
            div.tell {
                h4 { (quotation(view, f.text)) }
                @if !reasons.is_empty() { p.why { bdi { (reasons.join(" ")) } } }
                @if let Some(differs) = view.differs(f) { p.differs { (differs) } }
                (readings(view, f))
                p.tools.js hidden {
                    button type="button" data-copy="finding" { (view.labels.page.copy) }
                    " " button type="button" data-copy="link" { (view.labels.page.copy_link) }
                }
            }
            (versions(view, f))
        }
    }
}

/// What each version's number reads as: a bound in words is a bound.
fn readings(view: &View, f: &Finding) -> Markup {
    let l = view.labels;
    let of = |(i, v): (usize, &Value)| {
        let reading = view.reading(v)?;
        Some(if f.values.len() > 1 { format!("{} = {reading}", letter(i)) } else { reading })
    };
    let list: Vec<String> = match f.kind {
        FindingKind::Figure => f.values.iter().enumerate().filter_map(of).collect(),
        _ => Vec::new(),
    };
    html! {
        @if !list.is_empty() { p.differs { (l.page.range) (l.colon) (list.join(" · ")) } }
    }
}

/// Numbers of the articles that support a finding, for the filter.
fn articles(f: &Finding) -> String {
    let mut list: Vec<u32> =
        f.values.iter().flat_map(|v| &v.supports).map(|s| s.place.article + 1).collect();
    list.sort_unstable();
    list.dedup();
    numbers(&list)
}

/// Numbers for the script, with spaces between.
fn numbers<N: ToString>(list: &[N]) -> String {
    let list: Vec<String> = list.iter().map(N::to_string).collect();
    list.join(" ")
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// In how many texts the articles carry a finding: those that have a copied passage of its supports
/// in common carry one.
fn texts(f: &Finding, view: &View) -> usize {
    let mut groups: Vec<(BTreeSet<u32>, BTreeSet<u32>)> = Vec::new();
    for s in f.values.iter().flat_map(|v| &v.supports) {
        let mut articles = BTreeSet::from([s.place.article]);
        let mut families: BTreeSet<u32> = copied(view, s).map(|(i, _)| i).into_iter().collect();
        groups.retain(|(a, f)| {
            let apart = a.is_disjoint(&articles) && f.is_disjoint(&families);
            if !apart {
                articles.extend(a);
                families.extend(f);
            }
            apart
        });
        groups.push((articles, families));
    }
    groups.len()
}

/// The copy family of a support, where its words are a copied text and not the same quotation.
fn copied<'a>(view: &'a View, s: &Support) -> Option<(u32, &'a Family)> {
    let i = s.copied_in?;
    let family = view.dossier.families.get(i as usize)?;
    (family.kind != PassageKind::Quotation).then_some((i, family))
}

fn meta(view: &View, index: usize, f: &Finding, status: &StatusWords) -> Markup {
    let d = view.dossier;
    let dated = f.time.earliest.is_some() || f.time.latest.is_some();
    let place = f.place.as_deref().and_then(|id| view.entity(id));
    let (l, page) = (view.labels, &view.labels.page);
    let carried =
        [l.count(page.articles, f.articles as usize), l.count(page.distinct, texts(f, view))];
    let carried = carried.join(" → ");
    html! {
        (badge(&format!("st s-{}", status.name), status.short))
        span { (term(view.labels.kinds, f.kind.name())) }
        @if dated { span { (view.when(f, f.time)) } }
        @if let Some(place) = place { span { bdi { (place.name) } } }
        @if d.stories.len() > 1 {
            @if let Some(story) = d.stories.get(f.story as usize) {
                a.in href={ "#story-" (f.story + 1) } { bdi { (story.title) } }
            }
        }
        @if f.articles > 1 {
            span { (carried) }
        }
        a.link href={ "#" (view.anchor(index)) } aria-label={ (view.labels.page.permalink) " " (f.id) } {
            (f.id)
        }
    }
}

fn versions(view: &View, f: &Finding) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    let supports: usize = f.values.iter().map(|v| v.supports.len()).sum();
    let open = f.values.len() > 1 || supports <= OPEN;
    let mut seen = BTreeSet::new();
    let list = html! {
        @for (i, value) in f.values.iter().enumerate() {
            @let quoted = f.values.len() > 1 || view.words(value.words) != view.words(f.text);
            @let again = again(view, value, &mut seen);
            (version(view, value, (f.values.len() > 1).then_some(i), quoted, &again))
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

/// Of each support of a version, whether it is a copy, and if so whether a support before it is the
/// same text: `1` the first, `2` again.
fn again(view: &View, value: &Value, seen: &mut BTreeSet<u32>) -> Vec<Option<&'static str>> {
    let of = |s: &Support| {
        let (i, _) = copied(view, s)?;
        Some(if seen.insert(i) { "1" } else { "2" })
    };
    value.supports.iter().map(of).collect()
}

/// A version with its letter, if it has one, its words, if they are not the heading's, and its
/// supports.
fn version(
    view: &View,
    value: &Value,
    number: Option<usize>,
    quoted: bool,
    again: &[Option<&'static str>],
) -> Markup {
    let page = &view.labels.page;
    let supports: Vec<(&Support, Option<&str>)> =
        value.supports.iter().zip(again.iter().copied()).collect();
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
            (folded(view, &supports, SUPPORTS, |list| html! {
                ul.supports {
                    @for (s, again) in list { li data-again=[again] { (support(view, s, value)) } }
                }
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
