//! `findings.csv`, `statements.csv`, `figures.csv`, `events.csv`: tables for spreadsheets.
//!
//! RFC 4180: a header, commas, CRLF, quotes doubled. A cell of words that a spreadsheet would
//! take for a formula gets an apostrophe before it (see OWASP, "CSV Injection"); numbers are
//! left alone. `events.csv` uses ACLED's column names where it has the same columns.

use crate::analyse::{Figure, Interval, Link, Silence, Statement};
use crate::check::{Finding, FindingKind, Status, Support, Value};
use crate::reuse::Locus;

use super::geojson::position;
use super::json::stance;
use super::view::{View, letter, one_line};

/// The tables, by file name.
pub fn tables(view: &View) -> Vec<(&'static str, String)> {
    vec![
        ("findings.csv", findings(view)),
        ("statements.csv", statements(view)),
        ("figures.csv", figures(view)),
        ("events.csv", events(view)),
    ]
}

const FINDINGS: &[&str] = &[
    "finding",
    "story",
    "kind",
    "status",
    "finding_text",
    "origins",
    "articles",
    "earliest",
    "latest",
    "place",
    "differs",
    "note",
    "version",
    "value",
    "norm",
    "article",
    "outlet",
    "published",
    "start",
    "end",
    "text",
    "according_to",
    "origin",
    "hedged",
    "denied",
    "copied_in",
    "url",
    "link",
];

/// One row a support: a finding takes as many rows as articles and places carry it, and each row
/// can be cited by itself.
fn findings(view: &View) -> String {
    let mut table = Table::new(FINDINGS);
    for (i, f) in view.dossier.findings.iter().enumerate() {
        for (version, value) in f.values.iter().enumerate() {
            for s in &value.supports {
                finding(&mut table, view, f);
                table.plain(&letter(version));
                table.words(&view.words(value.words));
                table.words(value.norm.as_deref().unwrap_or_default());
                support(&mut table, view, s);
                table.plain(&format!("index.html#{}", view.anchor(i)));
                table.end();
            }
        }
    }
    table.text
}

fn finding(table: &mut Table, view: &View, f: &Finding) {
    let place = f.place.as_deref().and_then(|id| view.entity(id));
    let differs: Vec<&str> = f.differs.iter().map(|a| a.name()).collect();
    let story = view.dossier.stories.get(f.story as usize);
    table.words(&f.id);
    table.words(story.map_or("", |s| &s.id));
    table.plain(f.kind.name());
    table.plain(f.status.name());
    table.words(&view.words(f.text));
    table.words(&f.origins.join("; "));
    table.plain(&f.articles.to_string());
    for day in [f.time.earliest, f.time.latest] {
        table.plain(&day.map(|d| d.to_string()).unwrap_or_default());
    }
    table.words(place.map_or("", |p| &p.name));
    table.plain(&differs.join("; "));
    table.words(&view.reasons(f).join(" "));
}

fn support(table: &mut Table, view: &View, s: &Support) {
    let family = s.copied_in.and_then(|i| view.dossier.families.get(i as usize));
    let article = &view.dossier.articles[s.place.article as usize];
    where_from(table, view, s.place);
    table.words(&view.words(s.place));
    table.words(&s.according_to.join(" > "));
    table.words(s.origin.as_deref().unwrap_or_default());
    table.plain(&s.hedged.to_string());
    table.plain(&s.denied.to_string());
    table.words(family.map_or("", |f| &f.id));
    table.words(article.url.as_deref().unwrap_or_default());
}

const STATEMENTS: &[&str] = &[
    "article",
    "outlet",
    "published",
    "start",
    "end",
    "text",
    "quote_type",
    "hedged",
    "anonymous",
    "stance",
    "source",
    "chain",
    "cue",
];

fn statements(view: &View) -> String {
    let mut table = Table::new(STATEMENTS);
    for (i, analysis) in view.dossier.analyses.iter().enumerate() {
        for s in &analysis.statements {
            statement(&mut table, view, i as u32, s);
        }
        for s in &analysis.silences {
            silence(&mut table, view, i as u32, s);
        }
    }
    table.text
}

/// Who was asked and said nothing: a row without a quotation, its kind where others have a stance.
fn silence(table: &mut Table, view: &View, article: u32, s: &Silence) {
    where_from(table, view, Locus { article, span: s.span });
    table.words(&view.words(Locus { article, span: s.span }));
    for _ in ["quote_type", "hedged", "anonymous"] {
        table.plain("");
    }
    table.plain(s.kind.name());
    table.words(s.source_canonical());
    table.words(&steps(&s.chain));
    table.words(&view.words(Locus { article, span: s.cue }));
    table.end();
}

fn statement(table: &mut Table, view: &View, article: u32, s: &Statement) {
    let cue = s.cue.map(|span| view.words(Locus { article, span }));
    where_from(table, view, Locus { article, span: s.span() });
    table.words(&content(view, article, s));
    table.plain(s.quote.name());
    table.plain(&s.hedged.to_string());
    table.plain(&s.anonymous().to_string());
    table.plain(stance(s.stance));
    table.words(s.source_canonical());
    table.words(&steps(&s.chain));
    table.words(&cue.unwrap_or_default());
    table.end();
}

/// What a statement says: its spans, with an ellipsis where the reporter breaks in.
pub(super) fn content(view: &View, article: u32, s: &Statement) -> String {
    let words: Vec<String> =
        s.content.iter().map(|span| view.words(Locus { article, span: *span })).collect();
    words.join(" […] ")
}

fn where_from(table: &mut Table, view: &View, at: Locus) {
    let (article, analysis) =
        (&view.dossier.articles[at.article as usize], &view.dossier.analyses[at.article as usize]);
    let (start, end) = view.offsets(at);
    table.words(&article.id);
    table.words(article.outlet.as_deref().unwrap_or_default());
    table.plain(&analysis.published.date.map(|d| d.to_string()).unwrap_or_default());
    table.plain(&start.to_string());
    table.plain(&end.to_string());
}

const FIGURES: &[&str] = &[
    "article",
    "outlet",
    "published",
    "start",
    "end",
    "text",
    "value",
    "lo",
    "hi",
    "bound",
    "unit",
    "currency",
    "counts",
    "fate",
    "according_to",
];

fn figures(view: &View) -> String {
    let mut table = Table::new(FIGURES);
    for (i, analysis) in view.dossier.analyses.iter().enumerate() {
        for f in &analysis.figures {
            let at = Locus { article: i as u32, span: f.span };
            let counts = f.counts.map(|span| view.words(Locus { article: at.article, span }));
            where_from(&mut table, view, at);
            table.words(&view.words(at));
            for n in [f.value, f.lo, f.hi] {
                table.plain(&n.map(|n| n.to_string()).unwrap_or_default());
            }
            table.plain(f.bound.name());
            table.plain(f.unit.unwrap_or_default());
            table.plain(f.currency.unwrap_or_default());
            table.words(&counts.unwrap_or_default());
            table.plain(f.fate.unwrap_or_default());
            table.words(&view.speaker(at.article, f).map(chain_of).unwrap_or_default());
            table.end();
        }
    }
    table.text
}

fn chain_of(statement: &Statement) -> String {
    steps(&statement.chain)
}

fn steps(chain: &[Link]) -> String {
    let names: Vec<&str> = chain.iter().map(|link| link.name.as_str()).collect();
    names.join(" > ")
}

const EVENTS: &[&str] = &[
    "event_id",
    "event_date",
    "end_date",
    "time_precision",
    "actor1",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "fatalities",
    "status",
    "origins",
    "articles",
    "notes",
    "denied",
];

fn events(view: &View) -> String {
    let mut table = Table::new(EVENTS);
    for f in view.dossier.findings.iter().filter(|f| f.kind == FindingKind::Event) {
        event(&mut table, view, f);
    }
    table.text
}

fn event(table: &mut Table, view: &View, f: &Finding) {
    let [from, to] = [f.time.earliest, f.time.latest].map(|d| d.map(|d| d.to_string()));
    let place = f.place.as_deref().and_then(|id| view.entity(id));
    let at = place.and_then(position);
    let degrees = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    table.words(&f.id);
    table.plain(&from.or(to.clone()).unwrap_or_default());
    table.plain(&to.unwrap_or_default());
    table.plain(time_precision(f.time));
    // Who acted, how exactly a place is meant and how far a source reaches are not known of a
    // finding: the cells stay empty.
    table.plain("");
    table.words(place.map_or("", |p| &p.name));
    table.plain(&degrees(at.map(|(lat, _)| lat)));
    table.plain(&degrees(at.map(|(_, lon)| lon)));
    table.plain("");
    table.words(&outlets(view, f).join("; "));
    table.plain("");
    table.plain(&fatalities(view, f).map(|n| n.to_string()).unwrap_or_default());
    table.plain(f.status.name());
    table.words(&f.origins.join("; "));
    table.plain(&f.articles.to_string());
    table.words(&view.words(f.text));
    table.plain(&f.is_denied().to_string());
    table.end();
}

/// How many an event killed: what the finding about the dead that shares its words says, none while
/// that is disputed, the last count where it evolves; else the one number in the words of its
/// supports. None when they give none, or several.
fn fatalities(view: &View, f: &Finding) -> Option<f64> {
    let places = |f: &Finding| -> Vec<Locus> {
        f.values.iter().flat_map(|v| &v.supports).map(|s| s.place).collect()
    };
    let own = places(f);
    let shares = |t: &&Finding| {
        let met = |a: &Locus| own.iter().any(|b| a.article == b.article && a.span.overlaps(b.span));
        t.kind == FindingKind::Figure && is_of_dead(view, t) && places(t).iter().any(met)
    };
    if let Some(toll) = view.dossier.findings.iter().find(shares) {
        let least = |v: &Value| v.norm.as_deref()?.split("..").next()?.parse::<f64>().ok();
        let mut counts = toll.values.iter().filter_map(least);
        return match toll.status {
            Status::Disputed | Status::Unreadable => None,
            Status::Evolving => counts.reduce(f64::max),
            _ => counts.next(),
        };
    }
    let mut numbers: Vec<f64> = Vec::new();
    for at in f.values.iter().flat_map(|v| &v.supports).map(|s| s.place) {
        let figures = &view.dossier.analyses[at.article as usize].figures;
        let killed = |g: &&Figure| g.fate == Some("killed") && at.span.contains(g.span);
        numbers.extend(figures.iter().filter(killed).filter_map(|g| g.value));
    }
    numbers.dedup();
    if let [one] = numbers.as_slice() { Some(*one) } else { None }
}

/// Whether a finding's numbers count the dead.
fn is_of_dead(view: &View, f: &Finding) -> bool {
    f.values.iter().all(|value| {
        let ends = value.norm.as_deref().map(|norm| norm.split_once("..").unwrap_or((norm, norm)));
        let ends = ends.map(|(lo, hi)| (lo.parse::<f64>().ok(), hi.parse::<f64>().ok()));
        value.supports.iter().map(|s| s.place).any(|at| {
            let figures = &view.dossier.analyses[at.article as usize].figures;
            figures.iter().any(|g| {
                g.fate == Some("killed") && at.span.contains(g.span) && Some((g.lo, g.hi)) == ends
            })
        })
    })
}

/// ACLED's code: 1 the day, 2 the week, 3 the month; empty when wider or open.
fn time_precision(time: Interval) -> &'static str {
    let (Some(a), Some(b)) = (time.earliest, time.latest) else { return "" };
    match a.until(b).map(|span| span.get_days()) {
        Ok(0) => "1",
        Ok(1..=6) => "2",
        Ok(7..=30) => "3",
        _ => "",
    }
}

fn outlets<'a>(view: &'a View, f: &Finding) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for support in f.values.iter().flat_map(|v| &v.supports) {
        let article = &view.dossier.articles[support.place.article as usize];
        let name = article.outlet.as_deref().unwrap_or(&article.id);
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// A table being written, cell after cell.
struct Table {
    text: String,
    fresh: bool,
}

impl Table {
    fn new(header: &[&str]) -> Table {
        let mut table = Table { text: String::new(), fresh: true };
        for name in header {
            table.plain(name);
        }
        table.end();
        table
    }

    /// A cell of ours: a number, a date, a code.
    fn plain(&mut self, cell: &str) {
        if !self.fresh {
            self.text.push(',');
        }
        self.fresh = false;
        if cell.contains(['"', ',', '\r', '\n']) {
            self.text.push('"');
            self.text.push_str(&cell.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(cell);
        }
    }

    /// A cell of somebody's words, on one line and never a formula.
    fn words(&mut self, cell: &str) {
        let cell = one_line(cell);
        if cell.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']) {
            self.plain(&format!("'{cell}"));
        } else {
            self.plain(&cell);
        }
    }

    fn end(&mut self) {
        self.text.push_str("\r\n");
        self.fresh = true;
    }
}
