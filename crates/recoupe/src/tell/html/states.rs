//! Who holds what: a table of all that is told, and the colours of the map.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::check::state::{Holder, Named, Standing, State, holder};
use crate::lang::labels::term;
use crate::lang::state::StateKind;

use super::super::view::{View, day_words};
use super::tables::table;
use super::{cite, folded};

/// Rows shown before the rest of the table folds away.
const ROWS: usize = 40;
/// Days that the map can be coloured by: the last ones.
const DAYS: usize = 60;
/// Holders with a colour of their own.
pub(super) const COLOURS: usize = 6;

pub(super) fn part(view: &View) -> Markup {
    let (d, page) = (view.dossier, &view.labels.page);
    let states: Vec<&State> = d.states.iter().collect();
    html! {
        @if !states.is_empty() {
            section #states aria-labelledby="states-h" {
                h2 #states-h { (page.states) }
                p.note.measure { (page.states_about) }
                (folded(view, &states, ROWS, |states| table(page.states, &page.state_heads, html! {
                    @for s in states { (row(view, s)) }
                })))
            }
        }
    }
}

fn row(view: &View, s: &State) -> Markup {
    let page = &view.labels.page;
    html! {
        tr {
            th scope="row" { bdi { (view.named(&s.what)) } }
            td { bdi { (view.named(&s.who)) } }
            td { (term(page.state_changes, s.change.name())) }
            td { (view.interval(s.time)) }
            td.sure.{ "sure-" (s.standing.name()) } { (view.standing(s)) }
            td { @for support in &s.supports { (cite(view, support.place)) " " } }
        }
    }
}

/// Which place was held by whom on which day, as far as it is told.
pub(super) struct Held<'a> {
    pub days: Vec<Date>,
    /// By name, in order of appearance; the first have colours.
    pub holders: Vec<&'a Named>,
    states: &'a [State],
}

impl<'a> Held<'a> {
    pub fn new(view: &View<'a>) -> Held<'a> {
        let states = &view.dossier.states;
        let of_places = || states.iter().filter(|s| s.kind == StateKind::Place);
        let mut days: Vec<Date> =
            of_places().filter_map(|s| s.time.latest.or(s.time.earliest)).collect();
        days.sort_unstable();
        days.dedup();
        days.drain(..days.len().saturating_sub(DAYS));
        let mut holders: Vec<&Named> = Vec::new();
        for state in of_places() {
            if !holders.iter().any(|h| h.is(&state.who)) {
                holders.push(&state.who);
            }
        }
        Held { days, holders, states }
    }

    /// A place's holder on each of the days: the number of its colour, `x` where several are said
    /// to hold it, `-` where nobody is; with `?` where it is not confirmed. None where it is never told.
    pub fn of(&self, entity: &str) -> Option<Vec<String>> {
        let mark = |day: &Date| match holder(self.states, entity, *day) {
            Holder::Unknown => "-".to_string(),
            Holder::Contested(_) => "x".to_string(),
            Holder::One(state) => {
                let at = self.holders.iter().position(|h| h.is(&state.who)).unwrap_or(COLOURS);
                let sure = if state.standing == Standing::Confirmed { "" } else { "?" };
                format!("{}{sure}", at.min(COLOURS))
            }
        };
        let marks: Vec<String> = self.days.iter().map(mark).collect();
        marks.iter().any(|m| m != "-").then_some(marks)
    }

    /// The choice of a day and what the colours mean.
    pub fn legend(&self, view: &View) -> Markup {
        let (l, page) = (view.labels, &view.labels.page);
        html! {
            @if let Some(last) = self.days.last() {
                div.held {
                    p {
                        (page.state_day) " "
                        span.nojs { (day_words(&l.dates, *last)) }
                        select.js #held-day hidden aria-label=(page.state_day) {
                            @for (i, day) in self.days.iter().enumerate().rev() {
                                option value=(i) { (day_words(&l.dates, *day)) }
                            }
                        }
                        "."
                    }
                    ul.inline {
                        @for (i, name) in self.holders.iter().enumerate().take(COLOURS) {
                            li { (swatch(&i.to_string())) " " bdi { (view.named(name)) } }
                        }
                        @for name in self.holders.iter().skip(COLOURS) {
                            li { (swatch(&COLOURS.to_string())) " " bdi { (view.named(name)) } }
                        }
                        li { (swatch("x")) " " (page.state_contested) }
                    }
                    p.note { (page.state_claimed) }
                }
            }
        }
    }
}

fn swatch(mark: &str) -> Markup {
    html! {
        svg.swatch width="14" height="14" aria-hidden="true" {
            circle.dot cx="7" cy="7" r="5" data-h=(mark) {}
        }
    }
}
