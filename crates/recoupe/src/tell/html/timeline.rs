//! The timeline: intervals drawn as intervals, undated entries apart.

use jiff::civil::{Date, date};
use maud::{Markup, html};

use crate::analyse::Interval;
use crate::check::{Finding, FindingKind, TimelineEntry};
use crate::lang::labels::term;

use super::super::view::{View, day_words};
use super::{badge, cite, filtered, folded, percent, quotation};

/// Days shown on each side of a story's own days.
const MARGIN: i32 = 10;
/// Entries shown before the rest folds away.
const ENTRIES: usize = 40;

pub(super) fn part(view: &View) -> Markup {
    let (d, page) = (view.dossier, &view.labels.page);
    html! {
        section #timeline aria-labelledby="timeline-h" {
            h2 #timeline-h { (page.timeline) }
            p.note { (page.timeline_about) }
            @if d.timeline.is_empty() { p.none { (page.none) } }
            @else {
                form.order.js hidden {
                    p.field {
                        label for="timeline-order" { (page.timeline_order) }
                        select #timeline-order {
                            @for (value, name) in ["day", "origins"].iter().zip(page.timeline_orders) {
                                option value=(value) { (name) }
                            }
                        }
                    }
                }
            }
            (filtered(view))
            @for story in 0..d.stories.len() { (of_story(view, story)) }
        }
    }
}

fn of_story(view: &View, story: usize) -> Markup {
    let (d, page) = (view.dossier, &view.labels.page);
    let of = |t: &&TimelineEntry| {
        d.findings.get(t.finding as usize).is_some_and(|f| f.story as usize == story)
    };
    let entries: Vec<&TimelineEntry> = d.timeline.iter().filter(of).collect();
    let dated = |t: &&TimelineEntry| t.interval != Interval::default();
    let (dated, undated): (Vec<_>, Vec<_>) = entries.into_iter().partition(dated);
    let axis = Axis::of(d.stories[story].span, &dated);
    html! {
        @if d.stories.len() > 1 && !(dated.is_empty() && undated.is_empty()) {
            h3 { bdi { (d.stories[story].title) } }
        }
        @if let Some(axis) = &axis { (ends(view, axis)) }
        div data-times {
            (folded(view, &dated, ENTRIES, |list| html! {
                ol.times { @for t in list { (entry(view, t, axis.as_ref())) } }
            }))
        }
        @if let Some(axis) = &axis { (publications(view, story, axis)) }
        @if !undated.is_empty() {
            @if d.stories.len() > 1 { h4.undated { (page.undated) } }
            @else { h3 { (page.undated) } }
            (folded(view, &undated, ENTRIES, |list| html! {
                ul.times.plain { @for t in list { (entry(view, t, None)) } }
            }))
        }
    }
}

fn entry(view: &View, t: &TimelineEntry, axis: Option<&Axis>) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    let f = &view.dossier.findings[t.finding as usize];
    let status = l.status(f.status.name());
    let background = f.kind == FindingKind::Background;
    html! {
        li.{ "s-" (status.name) }.background[background] data-of=(view.anchor(t.finding as usize)) data-origins=(f.origins.len()) data-articles=(f.articles)
            data-from=[t.interval.earliest.map(|d| d.to_string())] data-to=[t.interval.latest.map(|d| d.to_string())] {
            @if t.interval != Interval::default() {
                span.when { (view.when(f, t.interval)) }
            }
            @if let Some(axis) = axis { (axis.bar(t.interval, "fill", weight(f))) }
            span.what {
                (quotation(view, t.text)) " " (cite(view, t.text)) " "
                a.badge.st.{ "s-" (status.name) } href={ "#" (view.anchor(t.finding as usize)) } { (status.short) }
                @if f.is_denied() { " " (badge("denied", page.event_denied)) }
                @if background { " " (badge("kind", term(l.kinds, f.kind.name()))) }
                span.told {
                    @if !f.origins.is_empty() { (l.count(page.origins, f.origins.len())) ", " }
                    (l.count(page.articles, f.articles as usize))
                }
            }
        }
    }
}

/// How thick an entry is drawn, in pixels: by how many origins tell it.
fn weight(f: &Finding) -> u32 {
    match f.origins.len() {
        0 | 1 => 6,
        2 => 10,
        _ => 14,
    }
}

/// The days at both ends of the axis.
fn ends(view: &View, axis: &Axis) -> Markup {
    let words = &view.labels.dates;
    html! {
        p.axis {
            span.ends {
                span { (day_words(words, axis.from)) }
                @if axis.to != axis.from { " " span { (day_words(words, axis.to)) } }
            }
        }
    }
}

/// When each article was published, on the same axis.
fn publications(view: &View, story: usize, axis: &Axis) -> Markup {
    let (d, l) = (view.dossier, view.labels);
    let articles = &d.stories[story].articles;
    html! {
        details.more.pub {
            summary { (l.page.publication) " (" (l.number(articles.len() as f64)) ")" }
            ol.times {
                @for i in articles {
                    @let p = &d.analyses[*i as usize].published;
                    @let days = published(p.date, p.interval);
                    li {
                        span.when { (view.interval(days)) }
                        (axis.bar(days, "hollow", 8))
                        span.what { a.see href={ "#a" (i + 1) } { bdi { (view.name(*i)) } } }
                    }
                }
            }
        }
    }
}

/// The days an article may be from: those left open, else its day.
fn published(day: Option<Date>, interval: Interval) -> Interval {
    if interval != Interval::default() {
        return interval;
    }
    Interval { earliest: day, latest: day }
}

/// The days that bars are drawn on.
struct Axis {
    from: Date,
    to: Date,
    first: i32,
    days: f64,
}

impl Axis {
    /// The days of the entries that lie near the story's own days; all entries' days when the
    /// story has none. None when nothing has a date.
    fn of(span: Interval, entries: &[&TimelineEntry]) -> Option<Axis> {
        let near = |i: Interval| match (span.earliest, span.latest) {
            (None, None) => true,
            (a, b) => {
                let (a, b) = (a.or(b).map(number), b.or(a).map(number));
                let (from, to) = (i.earliest.or(i.latest), i.latest.or(i.earliest));
                to.map(number) >= a.map(|a| a - MARGIN) && from.map(number) <= b.map(|b| b + MARGIN)
            }
        };
        let limits = (span.earliest, span.latest);
        let clip = |day: Date| match limits {
            (Some(a), Some(_)) if number(day) < number(a) - MARGIN => a,
            (Some(_), Some(b)) if number(day) > number(b) + MARGIN => b,
            _ => day,
        };
        let days: Vec<Date> = entries
            .iter()
            .map(|t| t.interval)
            .filter(|i| near(*i))
            .chain([span])
            .flat_map(|i| [i.earliest, i.latest])
            .flatten()
            .map(clip)
            .collect();
        let (from, to) = (*days.iter().min()?, *days.iter().max()?);
        let first = number(from);
        Some(Axis { from, to, first, days: f64::from(number(to) - first + 1) })
    }

    /// A day as a point, an interval as a bar from the first day it can be to the last; an open
    /// end is drawn open, and what lies outside as an arrow at the edge.
    fn bar(&self, interval: Interval, class: &str, thick: u32) -> Markup {
        let place = |day: Date| f64::from(number(day) - self.first) / self.days * 100.0;
        let start = interval.earliest.map(place);
        let end = interval.latest.map(|day| place(day) + 100.0 / self.days);
        let open = start.is_none() || end.is_none();
        let point = !open && interval.earliest == interval.latest;
        let (from, to) = (start.unwrap_or(0.0), end.unwrap_or(100.0));
        let (before, after) = (to <= 0.0, from >= 100.0);
        let (from, to) = (from.clamp(0.0, 100.0), to.clamp(0.0, 100.0));
        html! {
            svg.span width="100%" height="16" aria-hidden="true" {
                line.rail x1="0" x2="100%" y1="8" y2="8" {}
                @if before { path.arrow d="M7 3 L1 8 L7 13" {} }
                @else if after { svg x="100%" overflow="visible" { path.arrow d="M-7 3 L-1 8 L-7 13" {} } }
                @else if point {
                    circle class={ "point " (class) } cx=(percent((from + to) / 2.0)) cy="8" r=(thick / 2 + 1) {}
                }
                @else {
                    rect.interval.{ (class) }.open[open] x=(percent(from)) width=(percent((to - from).max(0.8)))
                        y=(8 - thick / 2) height=(thick) rx="2" {}
                }
            }
        }
    }
}

/// Days since 1970.
fn number(day: Date) -> i32 {
    date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}
