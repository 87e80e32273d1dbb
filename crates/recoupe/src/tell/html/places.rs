//! Places: dots on a grid of latitudes and longitudes, and a list.
//!
//! No map tiles: nothing is loaded, and a dot on bare ground pretends no precision.

use maud::{Markup, html};

use crate::analyse::MentionKind;
use crate::story::Entity;

use super::super::geojson::position;
use super::super::view::View;
use super::folded;
use super::states::Held;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
/// How many times wider than the findings' places all places may lie before a second, closer
/// map is drawn.
const CLOSER: f64 = 3.0;

/// A place with its number on the map and in the list.
struct Dot<'a> {
    number: usize,
    entity: &'a Entity,
    lat: f64,
    lon: f64,
    findings: Vec<usize>,
}

pub(super) fn part(view: &View) -> Markup {
    let page = &view.labels.page;
    let dots = dots(view);
    let unlocated: Vec<&Entity> = view
        .dossier
        .entities
        .iter()
        .filter(|e| e.kind == MentionKind::Loc && position(e).is_none())
        .collect();
    html! {
        section #places aria-labelledby="places-h" {
            h2 #places-h { (page.places) }
            p.note.measure { (page.places_about) }
            @if dots.is_empty() && unlocated.is_empty() { p.none { (page.none) } }
            @let held = Held::new(view);
            @if dots.iter().any(|d| held.of(&d.entity.id).is_some()) { (held.legend(view)) }
            @for frame in frames(&dots) { (map(view, &dots, &frame, &held)) }
            (folded(view, &dots, 40, |dots| list(view, dots)))
            @if !unlocated.is_empty() {
                h3 { (page.unlocated) }
                (folded(view, &unlocated, 40, |list| html! {
                    ul.inline { @for e in list { li { bdi { (e.name) } } } }
                }))
            }
        }
    }
}

fn dots<'a>(view: &'a View) -> Vec<Dot<'a>> {
    let mut dots: Vec<Dot> = view
        .dossier
        .entities
        .iter()
        .filter(|e| e.kind == MentionKind::Loc)
        .filter_map(|entity| {
            let (lat, lon) = position(entity)?;
            let findings = view.dossier.findings.iter().enumerate();
            let here = |f: &crate::check::Finding| f.place.as_deref() == Some(entity.id.as_str());
            let findings = findings.filter(|(_, f)| here(f)).map(|(i, _)| i).collect();
            Some(Dot { number: 0, entity, lat, lon, findings })
        })
        .collect();
    let weight = |d: &Dot| (d.findings.len(), d.entity.names.iter().map(|(_, n)| *n).sum::<u32>());
    dots.sort_by_key(|d| std::cmp::Reverse(weight(d)));
    for (i, dot) in dots.iter_mut().enumerate() {
        dot.number = i + 1;
    }
    dots
}

fn list(view: &View, dots: &[Dot]) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    html! {
        ol.dots {
            @for dot in dots {
                @let mentions: u32 = dot.entity.names.iter().map(|(_, n)| n).sum();
                li id={ "g" (dot.number) } value=(dot.number) {
                    b { bdi { (dot.entity.name) } } " "
                    span.note { (degrees(view, dot)) " · " (page.mentions) (l.colon) (l.number(f64::from(mentions))) }
                    @for i in dot.findings.iter().take(12) {
                        @let f = &view.dossier.findings[*i];
                        " " a.badge.st.{ "s-" (f.status.name()) } href={ "#" (view.anchor(*i)) } { (f.id) }
                    }
                }
            }
        }
    }
}

fn degrees(view: &View, dot: &Dot) -> String {
    let l = view.labels;
    let [n, s, e, w] = l.compass;
    let round = |x: f64| (x.abs() * 100.0).round() / 100.0;
    format!(
        "{}°\u{a0}{}, {}°\u{a0}{}",
        l.number(round(dot.lat)),
        if dot.lat < 0.0 { s } else { n },
        l.number(round(dot.lon)),
        if dot.lon < 0.0 { w } else { e },
    )
}

/// What a map shows: degrees at its edges.
struct Frame {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Frame {
    /// Around these places, with air, in the map's proportions at its middle latitude.
    fn around<'a>(dots: impl Iterator<Item = &'a Dot<'a>>) -> Option<Frame> {
        let start = [f64::MAX, f64::MIN, f64::MAX, f64::MIN];
        let [west, east, south, north] = dots.fold(start, |[w, e, s, n], d| {
            [w.min(d.lon), e.max(d.lon), s.min(d.lat), n.max(d.lat)]
        });
        if west > east {
            return None;
        }
        let (lat, lon) = ((south + north) / 2.0, (west + east) / 2.0);
        let squeeze = lat.to_radians().cos().max(0.2);
        let mut height = ((north - south) * 1.35).max(0.6);
        let mut width = ((east - west) * 1.35).max(0.6);
        height = height.max(width * squeeze * HEIGHT / WIDTH);
        width = width.max(height / squeeze * WIDTH / HEIGHT);
        Some(Frame {
            west: lon - width / 2.0,
            east: lon + width / 2.0,
            south: lat - height / 2.0,
            north: lat + height / 2.0,
        })
    }

    fn width(&self) -> f64 {
        self.east - self.west
    }

    fn at(&self, lat: f64, lon: f64) -> (f64, f64) {
        let x = (lon - self.west) / self.width() * WIDTH;
        let y = (self.north - lat) / (self.north - self.south) * HEIGHT;
        (x, y)
    }

    fn holds(&self, dot: &Dot) -> bool {
        (self.west..=self.east).contains(&dot.lon) && (self.south..=self.north).contains(&dot.lat)
    }
}

/// The map of all places; before it a closer one of the findings' places, when the others lie
/// so far out that it would be a speck.
fn frames(dots: &[Dot]) -> Vec<Frame> {
    let Some(all) = Frame::around(dots.iter()) else { return Vec::new() };
    let close = Frame::around(dots.iter().filter(|d| !d.findings.is_empty()));
    match close {
        Some(close) if close.width() * CLOSER < all.width() => vec![close, all],
        _ => vec![all],
    }
}

fn map(view: &View, dots: &[Dot], frame: &Frame, held: &Held) -> Markup {
    let l = view.labels;
    let shown: Vec<&Dot> = dots.iter().filter(|d| frame.holds(d)).collect();
    let labels = labels(frame, &shown);
    html! {
        svg.map viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img"
            aria-label=(l.count(l.page.map, shown.len())) {
            rect.ground width=(WIDTH) height=(HEIGHT) {}
            (graticule(view, frame))
            @for (dot, label) in shown.iter().zip(&labels) {
                @let (x, y) = frame.at(dot.lat, dot.lon);
                circle.halo cx=(px(x)) cy=(px(y)) r="11" {}
                @if let Some(marks) = held.of(&dot.entity.id) {
                    @let last = marks.last().map_or("-", String::as_str);
                    circle.dot cx=(px(x)) cy=(px(y)) r="7" data-held=(marks.join(" "))
                        data-h=(last.trim_end_matches('?')) data-claimed[last.ends_with('?')] {}
                } @else {
                    circle.dot.bare[dot.findings.is_empty()] cx=(px(x)) cy=(px(y)) r="4.5" {}
                }
                @if let Some(label) = label {
                    text.name x=(px(label.x)) y=(px(label.y)) text-anchor=(label.anchor) { (label.text) }
                }
            }
        }
    }
}

fn px(n: f64) -> String {
    format!("{n:.1}")
}

/// Lines at round degrees, each with its number at the edge.
fn graticule(view: &View, frame: &Frame) -> Markup {
    const STEPS: [f64; 10] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0];
    let step = STEPS.into_iter().find(|s| frame.width() / s <= 8.0).unwrap_or(60.0);
    let lines = |from: f64, to: f64, limit: f64| -> Vec<f64> {
        let first = (from.max(-limit) / step).ceil() as i64;
        let last = (to.min(limit) / step).floor() as i64;
        (first..=last).map(|i| i as f64 * step).collect()
    };
    let [n, s, e, w] = view.labels.compass;
    let name = |x: f64, plus: &str, minus: &str| {
        let number = view.labels.number((x.abs() * 10.0).round() / 10.0);
        let side = if x.abs() < step / 2.0 {
            ""
        } else if x < 0.0 {
            minus
        } else {
            plus
        };
        format!("{number}°{side}")
    };
    html! {
        g.grid aria-hidden="true" {
            @for lon in lines(frame.west, frame.east, 180.0) {
                @let (x, _) = frame.at(0.0, lon);
                line x1=(px(x)) x2=(px(x)) y1="0" y2=(HEIGHT) {}
                text x=(px(x + 3.0)) y=(px(HEIGHT - 5.0)) { (name(lon, e, w)) }
            }
            @for lat in lines(frame.south, frame.north, 90.0) {
                @let (_, y) = frame.at(lat, 0.0);
                line x1="0" x2=(WIDTH) y1=(px(y)) y2=(px(y)) {}
                text x="4" y=(px(y - 3.0)) { (name(lat, n, s)) }
            }
        }
    }
}

struct Label {
    x: f64,
    y: f64,
    anchor: &'static str,
    text: String,
}

/// A label beside each dot, where it covers no other: the name, else the number in the list,
/// else none.
fn labels(frame: &Frame, dots: &[&Dot]) -> Vec<Option<Label>> {
    let mut taken: Vec<[f64; 4]> = dots
        .iter()
        .map(|d| frame.at(d.lat, d.lon))
        .map(|(x, y)| [x - 5.0, y - 5.0, x + 5.0, y + 5.0])
        .collect();
    let mut out = Vec::new();
    for dot in dots {
        let (x, y) = frame.at(dot.lat, dot.lon);
        let name: String = dot.entity.name.chars().filter(|c| !c.is_control()).take(32).collect();
        let tries = [name, dot.number.to_string()];
        let found = tries.iter().find_map(|text| free(&taken, x, y, text));
        out.push(found.map(|(label, area)| {
            taken.push(area);
            label
        }));
    }
    out
}

/// The first place about a dot where a text fits.
fn free(taken: &[[f64; 4]], x: f64, y: f64, text: &str) -> Option<(Label, [f64; 4])> {
    let around = [(1.0, 4.0), (-1.0, 4.0), (1.0, -9.0), (-1.0, -9.0), (1.0, 17.0), (-1.0, 17.0)];
    around.into_iter().map(|(side, down)| beside(x, y, side, down, text)).find(
        |(_, [l, t, r, b])| {
            let inside = *l >= 0.0 && *r <= WIDTH && *t >= 0.0 && *b <= HEIGHT;
            inside && taken.iter().all(|[l2, t2, r2, b2]| r < l2 || l > r2 || b < t2 || t > b2)
        },
    )
}

/// A text to the right (`side` 1) or left (-1) of a dot, and the area that it covers.
fn beside(x: f64, y: f64, side: f64, down: f64, text: &str) -> (Label, [f64; 4]) {
    let width = text.chars().count() as f64 * 7.2;
    let (x, y) = (x + side * 8.0, y + down);
    let left = if side > 0.0 { x } else { x - width };
    let anchor = if side > 0.0 { "start" } else { "end" };
    (Label { x, y, anchor, text: text.to_string() }, [left, y - 11.0, left + width, y + 3.0])
}
