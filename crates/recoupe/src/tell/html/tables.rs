//! Figures, who says what, names, and the articles read.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::analyse::{Bound, Figure, MentionKind, Silence, Stance, Statement};
use crate::lang::labels::term;
use crate::reuse::Locus;
use crate::story::Entity;

use super::super::csv::content;
use super::super::view::{self, View, Voice, by_source, day_words};
use super::{badge, cite, folded, likeness, quotation, quoted};

/// Rows shown before the rest of a table folds away.
const ROWS: usize = 40;
/// Sources open at first.
const OPEN: usize = 2;
/// Statements of a source shown before the rest folds away.
const STATEMENTS: usize = 30;

/// The figures as printed, unreadable ones first.
pub(super) fn figures(view: &View) -> Markup {
    let page = &view.labels.page;
    let mut rows: Vec<(u32, &Figure)> = Vec::new();
    for (i, analysis) in view.dossier.analyses.iter().enumerate() {
        rows.extend(analysis.figures.iter().map(|f| (i as u32, f)));
    }
    rows.sort_by_key(|(_, f)| f.bound != Bound::Unreadable);
    let heads = [page.in_print, page.range, page.unit, page.counts, page.source, page.article];
    html! {
        section #figures aria-labelledby="figures-h" {
            h2 #figures-h { (page.figures) }
            p.note { (page.figures_about) }
            @if rows.is_empty() { p.none { (page.none) } }
            (folded(view, &rows, ROWS, |rows| table(page.figures, &heads, html! {
                @for (i, f) in rows { (figure(view, *i, f)) }
            })))
        }
    }
}

/// A table that scrolls inside its own box.
pub(super) fn table(caption: &str, heads: &[&str], body: Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption.sr { (caption) }
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { (body) }
            }
        }
    }
}

fn figure(view: &View, article: u32, f: &Figure) -> Markup {
    let l = view.labels;
    let counts = f.counts.map(|span| view.words(Locus { article, span }));
    let garbled = f.bound == Bound::Unreadable;
    html! {
        tr.garbled[garbled] {
            th scope="row" { (quotation(view, Locus { article, span: f.span })) }
            td.num {
                @if garbled { (badge("st s-unreadable", l.page.unreadable)) }
                @else { (view.range(f)) }
            }
            td { (view.unit(f)) }
            td { bdi lang=(view.lang(article)) { (counts.unwrap_or_default()) } }
            td { @if let Some(s) = view.speaker(article, f) { (steps(s)) } @else { span.own { "–" } } }
            td { (cite(view, Locus { article, span: f.span })) }
        }
    }
}

fn steps(s: &Statement) -> Markup {
    html! {
        span.chain {
            @for (i, link) in s.chain.iter().enumerate() {
                @if i > 0 { span.step { " › " } }
                bdi { (link.name) }
            }
        }
    }
}

/// Statements by source.
pub(super) fn voices(view: &View) -> Markup {
    let page = &view.labels.page;
    let voices: Vec<(usize, Voice)> = by_source(view).into_iter().enumerate().collect();
    html! {
        section #voices aria-labelledby="voices-h" {
            h2 #voices-h { (page.voices) }
            p.note.measure { (page.voices_about) }
            @if voices.is_empty() { p.none { (page.none) } }
            (folded(view, &voices, ROWS, |list| html! {
                @for (i, voice) in list { (of_source(view, *i, voice)) }
            }))
            (silences(view))
        }
    }
}

/// Who was asked and said nothing.
fn silences(view: &View) -> Markup {
    let page = &view.labels.page;
    let silences = view::silences(view);
    html! {
        @if !silences.is_empty() {
            h3 { (page.silences) }
            p.note.measure { (page.silences_about) }
            (folded(view, &silences, STATEMENTS, |list| html! {
                ul.statements { @for (article, s) in list { li { (silence(view, *article, s)) } } }
            }))
        }
    }
}

fn silence(view: &View, article: u32, s: &Silence) -> Markup {
    let page = &view.labels.page;
    let at = Locus { article, span: s.span };
    html! {
        bdi { (s.source_canonical()) } (view.labels.colon)
        (quotation(view, at))
        span.by { (badge("anon", term(page.silence_kinds, s.kind.name()))) " " (cite(view, at)) }
    }
}

fn of_source(view: &View, i: usize, voice: &Voice) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    html! {
        details.voice id={ "v" (i + 1) } open[i < OPEN] {
            summary {
                h3 { bdi { (voice.name) } }
                @if voice.anonymous { " " (badge("anon", page.anonymous)) }
                " " span.note { (l.count(page.statements, voice.statements.len())) }
            }
            (folded(view, &voice.statements, STATEMENTS, |list| html! {
                ul.statements { @for (article, s) in list { li { (statement(view, *article, s)) } } }
            }))
        }
    }
}

fn statement(view: &View, article: u32, s: &Statement) -> Markup {
    let l = view.labels;
    html! {
        (quoted(view, article, &content(view, article, s)))
        span.by {
            (badge(&format!("quote-{}", s.quote.name()), term(l.quotes, s.quote.name()))) " "
            @if s.stance == Stance::Deny { (badge("denied", l.page.denied)) " " }
            @if s.hedged { (badge("hedged", l.page.hedged)) " " }
            @if s.chain.len() > 1 { (steps(s)) " " }
            (cite(view, Locus { article, span: s.span() }))
        }
    }
}

/// What each article calls each thing that has several names or is named by several articles.
pub(super) fn names(view: &View) -> Markup {
    let page = &view.labels.page;
    let named = forms(view);
    let total = |e: &Entity| e.names.iter().map(|(_, n)| n).sum::<u32>();
    let mut rows: Vec<(&Entity, &Forms)> = view
        .dossier
        .entities
        .iter()
        .filter(|e| e.kind != MentionKind::Nominal)
        .filter_map(|e| Some((e, named.get(e.id.as_str())?)))
        .filter(|(e, forms)| e.names.len() > 1 || forms.len() > 1)
        .collect();
    rows.sort_by_key(|(e, _)| std::cmp::Reverse((e.names.len(), total(e))));
    html! {
        section #names aria-labelledby="names-h" {
            h2 #names-h { (page.names) }
            p.note { (page.names_about) }
            @if rows.is_empty() { p.none { (page.none) } }
            (folded(view, &rows, ROWS, |rows| table(page.names, &[page.name, page.kind, page.forms], html! {
                @for (entity, forms) in rows { (name(view, entity, forms)) }
            })))
        }
    }
}

/// By article, each form with how often it is printed.
type Forms = BTreeMap<u32, BTreeMap<String, u32>>;

fn forms<'a>(view: &View<'a>) -> BTreeMap<&'a str, Forms> {
    let mut out: BTreeMap<&str, Forms> = BTreeMap::new();
    for (i, analysis) in view.dossier.analyses.iter().enumerate() {
        let article = i as u32;
        for m in &analysis.mentions {
            if let Some(id) = m.entity.as_deref() {
                let form = view.words(Locus { article, span: m.span });
                *out.entry(id).or_default().entry(article).or_default().entry(form).or_default() +=
                    1;
            }
        }
    }
    out
}

fn name(view: &View, entity: &Entity, forms: &Forms) -> Markup {
    let l = view.labels;
    html! {
        tr {
            th scope="row" { bdi { (entity.name) } }
            td { (term(l.mentions, entity.kind.name())) }
            td {
                ul.forms {
                    @for (article, forms) in forms {
                        li {
                            a.see href={ "#a" (article + 1) } { bdi { (view.name(*article)) } } (l.colon)
                            @for (i, (form, n)) in forms.iter().enumerate() {
                                @if i > 0 { ", " }
                                (quoted(view, *article, form))
                                @if *n > 1 { " ×" (n) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The articles read: date and what tells it, credit, copied share.
pub(super) fn articles(view: &View) -> Markup {
    let page = &view.labels.page;
    let rows: Vec<u32> = (0..view.dossier.articles.len() as u32).collect();
    let heads = [page.article, page.date, page.credit, page.copied_share];
    html! {
        section #articles aria-labelledby="articles-h" {
            h2 #articles-h { (page.articles_title) }
            @if rows.is_empty() { p.none { (page.none) } }
            (folded(view, &rows, 60, |rows| table(page.articles_title, &heads, html! {
                @for i in rows { (article(view, *i)) }
            })))
        }
    }
}

fn article(view: &View, i: u32) -> Markup {
    let d = view.dossier;
    let (article, analysis) = (&d.articles[i as usize], &d.analyses[i as usize]);
    let share = d.copied_share.get(i as usize).copied().unwrap_or(0.0).clamp(0.0, 1.0);
    let mut credits: Vec<&str> = analysis.credits.iter().map(|c| c.agency.as_str()).collect();
    credits.extend(article.credit.as_deref());
    credits.dedup();
    html! {
        tr {
            th scope="row" {
                a href={ "#a" (i + 1) } { bdi { (view.name(i)) } }
                @if let Some(title) = &article.title {
                    br; span.sub { bdi lang=(analysis.lang.code) { (title) } }
                }
                @if article.outlet.is_some() { br; span.sub.id { bdi { (article.id) } } }
                (web(article.url.as_deref()))
            }
            td { (date(view, i)) }
            td { bdi { (credits.join(", ")) } }
            td.num {
                (likeness::meter(share)) " "
                a href={ "#sim-" (i + 1) } { (likeness::whole(view, share)) }
            }
        }
    }
}

fn date(view: &View, i: u32) -> Markup {
    let (l, published) = (view.labels, &view.dossier.analyses[i as usize].published);
    let evidence = view.date_evidence(i);
    html! {
        @match published.date {
            Some(day) => { (day_words(&l.dates, day)) }
            None => { (l.dates.unknown) }
        }
        @if published.date.is_some() && !published.given {
            " " (badge("inferred", l.page.date_inferred))
        }
        @if !evidence.is_empty() { br; span.sub { bdi { (evidence.join(" · ")) } } }
    }
}

/// An article's own address: a link that only a click follows, and only if it is a web address.
fn web(url: Option<&str>) -> Markup {
    let plain = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if let Some(url) = url.filter(plain) {
            br; a.out href=(url) rel="noopener noreferrer nofollow" { bdi { (url) } }
        }
    }
}
