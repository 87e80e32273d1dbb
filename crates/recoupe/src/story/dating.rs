//! When each article was published: what its own words tell, then what the articles of its
//! story tell together.
//!
//! Nothing is taken from a clock. An article whose file gives no date is dated by what it calls
//! its own day ("ce jeudi", `date 2017-11`), by the days that it names (a bare weekday lies in
//! the week that ends with the article: between 70 and 100 % of them do in five corpora of
//! news), and by the other articles: reports of one event are published within days of each
//! other, so a month that one article gives holds for all. A day is given only where one day
//! is left as the best; else the days that stay possible.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::analyse::time::{self, resolve, scan};
use crate::analyse::{Analysis, Evidence, Interval, Published};
use crate::article::{Article, BlockKind, Span};
use crate::lang::time::{NO_DATE, Operation, Slot};

/// Reports of one event lie within so many days of each other.
const WINDOW: i64 = 6;
/// An article known only to lie in a stretch longer than this, in days, dates no other.
const TIGHT: i32 = 62;
/// Log-likelihood that a bare weekday of the past lies 0, 1... 6 days before the article.
const WEEKDAY: [f64; 7] = [-1.05, -1.2, -2.1, -2.5, -2.8, -3.0, -3.2];
/// What each day between an article and the middle of its story costs.
const APART: f64 = 0.25;
/// What is this much less likely than the best is no longer likely.
const MARGIN: f64 = 0.3;
/// What is this much less likely than the best is no longer possible.
const POSSIBLE: f64 = 2.5;
/// Log-likelihood that an article which says "ce jeudi 9 novembre" appears that day, or one,
/// two or three days later.
const SAID: [f64; 4] = [0.0, -1.8, -2.2, -2.4];

/// When an article was published, by its own file and words alone.
///
/// A date in the file is `given`. Else the URL's, and what the text calls its own date; a
/// weekday that the text calls its own picks the day when the month is known and leaves one.
pub fn within(article: &Article, analysis: &Analysis) -> Published {
    given(article).unwrap_or_else(|| alone(&Clues::of(article, &found(article, analysis))))
}

/// The date that the article's file gives.
fn given(article: &Article) -> Option<Published> {
    article.published.map(|day| Published {
        date: Some(day),
        interval: Interval { earliest: Some(day), latest: Some(day) },
        given: true,
        evidence: vec![Evidence::Given],
    })
}

fn found(article: &Article, analysis: &Analysis) -> Vec<scan::Found> {
    time::found(analysis.syntax(article), &time::readable(article), analysis.lang)
}

fn alone(clues: &Clues) -> Published {
    let known = clues.known;
    let mut evidence = clues.why.clone();
    let (Some(first), Some(last)) = (known.earliest, known.latest) else {
        return Published { interval: known, evidence, ..Published::default() };
    };
    let mut days: Vec<Date> = days(first, last).filter(|d| clues.may_be(*d)).collect();
    if days.is_empty() {
        // The words contradict the date that the article carries: the date stands.
        days = vec![first, last];
    } else {
        evidence.extend(clues.own.iter().map(|o| Evidence::Words(o.span)));
    }
    let (first, last) = (days.first().copied(), days.last().copied());
    let said = clues.said.filter(|d| days.contains(d));
    Published {
        date: first.filter(|d| Some(*d) == last).or(said),
        interval: Interval { earliest: first, latest: last },
        given: false,
        evidence,
    }
}

/// Dates the articles of one story by each other, and resolves their time expressions anew.
///
/// `story_articles` are indices into `articles` and `analyses`; `ties` are pairs of such
/// indices: articles that share copied text. What [`within`] tells of an article that nothing
/// has dated yet is found first. Articles whose files give a date keep it.
pub fn across(
    articles: &[Article],
    analyses: &mut [Analysis],
    story_articles: &[u32],
    ties: &[(u32, u32)],
) {
    let within = |i: &usize| *i < articles.len() && *i < analyses.len();
    let story: Vec<usize> = story_articles.iter().map(|i| *i as usize).filter(within).collect();
    // Where every file gives its date there is nothing to find, and times are resolved already.
    if story.iter().all(|i| analyses[*i].published.given) {
        return;
    }
    let scanned = story.iter().map(|i| found(&articles[*i], &analyses[*i]));
    let scanned: Vec<Vec<scan::Found>> = scanned.collect();
    let read = story.iter().zip(&scanned);
    let clues: Vec<(usize, Clues)> =
        read.map(|(i, found)| (*i, Clues::of(&articles[*i], found))).collect();
    for (i, clues) in &clues {
        if analyses[*i].published == Published::default() {
            analyses[*i].published = given(&articles[*i]).unwrap_or_else(|| alone(clues));
        }
    }
    if let Some((range, lenders)) = story_range(articles, analyses, &clues) {
        let dated = place(&clues, analyses, &range);
        for ((i, clues), placed) in clues.iter().zip(&dated) {
            if !analyses[*i].published.given {
                let lent = lenders.iter().filter(|l| *l != i);
                let lent = lent.map(|l| Evidence::Article(articles[*l].id.clone()));
                analyses[*i].published = published(clues, placed, lent);
            }
        }
        follow_ties(articles, analyses, &clues, ties);
    }
    for (i, found) in story.iter().zip(&scanned) {
        let published = &analyses[*i].published;
        let known = match published.date {
            Some(day) => Interval { earliest: Some(day), latest: Some(day) },
            None => published.interval,
        };
        analyses[*i].timexes = time::resolved(found, known);
    }
}

/// Whether a date is a line of its own near the top of the text, as papers print the day under
/// the headline: with the hour perhaps, and small words ("at 9:15 a.m.", "18 h 30", "ET"). Or
/// whether it opens the text before a dash.
fn fills_line(text: &str, span: Span) -> bool {
    const TOP: u32 = 600;
    /// Letters of the longest small word.
    const SMALL: usize = 3;
    if span.start >= TOP {
        return false;
    }
    let start = text[..span.start as usize].rfind('\n').map_or(0, |i| i + 1);
    let end = text[span.end as usize..].find('\n').map_or(text.len(), |i| i + span.end as usize);
    let (before, after) = (&text[start..span.start as usize], &text[span.end as usize..end]);
    let small = |part: &str, most: usize| {
        let words = part.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        words.clone().count() <= most && words.map(|w| w.chars().count()).all(|n| n <= SMALL)
    };
    let dash = before.trim().is_empty() && after.trim_start().starts_with(['—', '–']);
    let alone = small(before, 1) && small(after, 4) && text[start..end].trim() != text.trim();
    alone || dash
}

/// The line that a text breaks off in; None when it is too long for the name of an outlet or a place: a text
/// may be one line of megabytes.
fn line_before(before: &str) -> Option<&str> {
    const NAME: usize = 400;
    let from = before.len().saturating_sub(NAME);
    let at = before.as_bytes()[from..].iter().rposition(|b| *b == b'\n').map(|i| from + i + 1);
    match at {
        Some(at) => before.get(at..),
        None => (from == 0).then_some(before),
    }
}

/// Whether the words at `span` are the day of a dispatch's opening: `PARIS, 9 mars (APL) -`.
/// Only a name stands before them in their line, and a bracket or a dash follows.
fn opens_dispatch(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let Some(line) = line_before(before).map(str::trim_start) else { return false };
    let mut rest = after.trim_start_matches([' ', '\u{a0}', ')']).chars();
    is_name_of_line(line) && matches!(rest.next(), Some('(' | '-' | '–' | '—' | '/'))
}

/// Whether a date with its year is what a line near the top opens with, alone or behind a name ("Le
/// Courrier, mercredi 13 mars 2024", "June 5, 2024. The council..."), and nothing but a full stop, a
/// bracket or a dash parts it from what follows.
fn opens_line(text: &str, span: Span) -> bool {
    const LINES: usize = 3;
    /// Letters of the longest small word between the name and the day ("le", "on").
    const SMALL: usize = 3;
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let Some(line) = line_before(before).map(str::trim) else { return false };
    if before.trim_start().matches('\n').nth(LINES - 1).is_some() {
        return false;
    }
    let named = match line.rsplit_once(' ') {
        Some((name, last)) if last.chars().all(char::is_alphabetic) => {
            last.chars().count() <= SMALL && is_name_of_line(name)
        }
        _ => is_name_of_line(line),
    };
    let mut rest = after.trim_start_matches([' ', '\u{a0}', ')']).chars();
    let ends = match rest.next() {
        None | Some('\n' | '\r' | '(' | '–' | '—') => true,
        // "2024." and "2024 - ", but not "2024-25".
        Some('.' | '-') => rest.next().is_none_or(char::is_whitespace),
        _ => false,
    };
    (line.is_empty() || named) && ends
}

/// Whether what stands before a day in its line is a name set off: `PARIS,`, `Maugis (Haut-Val) -`.
fn is_name_of_line(line: &str) -> bool {
    line.len() <= 60
        && line.chars().next().is_some_and(char::is_uppercase)
        && line.trim_end().ends_with([',', '(', '-', '–', '—'])
        && line.split_whitespace().count() <= 5
}

/// A day that an article calls its own, as far as it says it.
#[derive(Clone, Debug)]
struct OwnDay {
    weekday: Option<i8>,
    month: Option<i8>,
    day: Option<i8>,
    span: Span,
}

/// Something past that an article dates with respect to the calendar.
#[derive(Clone, Debug)]
enum Past {
    /// A bare weekday.
    Weekday(i8),
    /// Between these days of the month `month`: "début novembre" is 1 to 6.
    Month { month: i8, from: i8, to: i8 },
    /// The same, of the article's own month: "au début du mois".
    ThisMonth { from: i8, to: i8 },
    /// A day with its year.
    Day(Date),
}

/// What an article's text tells of its date.
#[derive(Clone, Debug, Default)]
struct Clues {
    /// The days that it gives as its own.
    known: Interval,
    /// What tells `known`.
    why: Vec<Evidence>,
    own: Vec<OwnDay>,
    /// The last day that it calls present in passing. It appears then, or soon after.
    said: Option<Date>,
    past: Vec<(Past, Span)>,
}

impl Clues {
    fn of(article: &Article, found: &[scan::Found]) -> Clues {
        let mut clues = Clues::default();
        if let Some(day) = article.url.as_deref().and_then(url_date) {
            clues.know(Interval { earliest: Some(day), latest: Some(day) }, Evidence::Given);
        }
        let resolved = resolve::resolve(found, Interval::default());
        for (f, timex) in found.iter().zip(&resolved) {
            let kind = article.kind_at(f.span.start);
            let heading = matches!(kind, BlockKind::Dateline | BlockKind::Furniture);
            let says_own = f.get(Slot::Dates).is_some_and(|d| d != NO_DATE);
            let whole = [Slot::Y, Slot::M, Slot::D].iter().all(|s| f.get(*s).is_some());
            let alone =
                whole && (fills_line(&article.text, f.span) || opens_line(&article.text, f.span));
            let own =
                says_own || heading && whole || alone || opens_dispatch(&article.text, f.span);
            let in_passing = f.get(Slot::Dates) == Some(2) && !heading && !alone;
            if let (true, Some(day)) = (in_passing, timex.interval.earliest) {
                let latest = day.checked_add((SAID.len() as i64 - 1).days()).ok();
                if clues.know(Interval { earliest: Some(day), latest }, Evidence::Words(f.span)) {
                    clues.said = clues.said.max(Some(day));
                }
            } else if own && timex.interval.earliest.is_some() {
                clues.know(timex.interval, Evidence::Words(f.span));
            } else if own && f.tense != 1 {
                clues.own.push(own_day(f));
            } else if let Some(past) = past(f) {
                // What is told as past with its year has been when the article appears.
                if let (Past::Day(day), true) = (&past, f.tense < 0) {
                    let since = Interval { earliest: Some(*day), latest: None };
                    clues.know(since, Evidence::Words(f.span));
                }
                clues.past.push((past, f.span));
            }
        }
        clues
    }

    /// Narrows the known days; what contradicts them is left out. Gives whether it fits.
    fn know(&mut self, more: Interval, why: Evidence) -> bool {
        let both = Interval {
            earliest: self.known.earliest.max(more.earliest),
            latest: match (self.known.latest, more.latest) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        };
        let fits = both.latest.is_none() || both.earliest <= both.latest;
        if fits {
            self.known = both;
            self.why.push(why);
        }
        fits
    }

    /// Whether the article can be of this day by what it calls its own.
    fn may_be(&self, day: Date) -> bool {
        self.own.iter().all(|own| {
            own.weekday.is_none_or(|w| w == number(day))
                && own.month.is_none_or(|m| m == day.month())
                && own.day.is_none_or(|d| d == day.day())
        })
    }

    /// Whether something here tells one day of a week from another.
    fn tells_day(&self) -> bool {
        let weekday = |(p, _): &(Past, Span)| matches!(p, Past::Weekday(_));
        !self.own.is_empty() || self.said.is_some() || self.past.iter().any(weekday)
    }

    /// Log-likelihood of the day, up to a constant; None when it is ruled out.
    fn score(&self, day: Date, known: Interval) -> Option<f64> {
        let out = known.earliest.is_some_and(|e| day < e) || known.latest.is_some_and(|l| day > l);
        if out || !self.may_be(day) {
            return None;
        }
        let mut seen = [false; 8];
        let mut score = match self.said {
            Some(said) => SAID.get(gap(said, day).max(0) as usize).copied().unwrap_or(-3.0),
            None => 0.0,
        };
        for (past, _) in &self.past {
            if let Past::Weekday(w) = past {
                // An article that names a day three times says it once.
                if std::mem::replace(&mut seen[*w as usize & 7], true) {
                    continue;
                }
            }
            score += past.score(day);
        }
        Some(score)
    }
}

impl Past {
    fn score(&self, day: Date) -> f64 {
        match self {
            Past::Weekday(w) => WEEKDAY[(number(day) - w).rem_euclid(7) as usize],
            Past::ThisMonth { from, to } => {
                since(day.day().into(), i32::from(*from), i32::from(*to))
            }
            Past::Month { month, from, to } => {
                let year = day.year() - i16::from(*month > day.month());
                let Ok(first) = Date::new(year, *month, 1) else { return 0.0 };
                since(gap(first, day) + 1, i32::from(*from), i32::from(*to))
            }
            Past::Day(past) if *past > day => -3.0,
            Past::Day(past) => -(f64::from(gap(*past, day)) / 60.0).min(1.0),
        }
    }
}

/// How likely an article of day `day` is to speak of what lies between `from` and `to`, all
/// counted from the same day: not before it is over, and less as it recedes.
fn since(day: i32, from: i32, to: i32) -> f64 {
    match day {
        _ if day < from => -3.0,
        _ if day < to => -1.0,
        _ => -(f64::from(day - to) / 15.0).min(3.0),
    }
}

/// Days from `a` to `b`.
fn gap(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

/// Monday = 1.
fn number(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |d| *d <= last).take(400)
}

fn own_day(f: &scan::Found) -> OwnDay {
    let small = |slot| f.get(slot).and_then(|v| i8::try_from(v).ok());
    OwnDay { weekday: small(Slot::W), month: small(Slot::M), day: small(Slot::D), span: f.span }
}

fn past(f: &scan::Found) -> Option<Past> {
    if f.tense == 1 || f.get(Slot::Rel).is_some_and(|r| r > 0) {
        return None;
    }
    let small = |slot| f.get(slot).and_then(|v| i8::try_from(v).ok());
    let (from, to) = match f.get(Slot::Mod) {
        Some(0) => (1, 6),
        Some(1) => (10, 17),
        Some(2) => (21, 28),
        _ => (1, 28),
    };
    match f.operation {
        Operation::Weekday if f.get(Slot::Rel).is_none() => small(Slot::W).map(Past::Weekday),
        Operation::Date => match (f.get(Slot::Y), small(Slot::M), small(Slot::D)) {
            (Some(y), Some(m), Some(d)) => {
                Date::new(i16::try_from(y).ok()?, m, d).ok().map(Past::Day)
            }
            (None, Some(month), Some(d)) => Some(Past::Month { month, from: d, to: d }),
            // A month alone says little: only its beginning, middle or end is near.
            (None, Some(month), None) if f.get(Slot::Mod).is_some() => {
                Some(Past::Month { month, from, to })
            }
            _ => None,
        },
        Operation::Shift if f.get(Slot::Unit) == Some(1) && f.get(Slot::Rel) == Some(0) => {
            f.get(Slot::Mod).map(|_| Past::ThisMonth { from, to })
        }
        _ => None,
    }
}

/// The day that a URL's path carries: `/2017/11/09/`, `2017-11-09`, `20171109`.
fn url_date(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let date = |y: &str, m: &str, d: &str| {
        let fits = y.len() == 4 && m.len() <= 2 && d.len() <= 2;
        let year: i16 = y.parse().ok().filter(|y| fits && (1980..2100).contains(y))?;
        Date::new(year, m.parse().ok()?, d.parse().ok()?).ok()
    };
    let split = parts.windows(3).find_map(|w| date(w[0], w[1], w[2]));
    let joined = |p: &&str| {
        if p.len() == 8 { date(&p[..4], &p[4..6], &p[6..]) } else { None }
    };
    split.or_else(|| parts.iter().find_map(joined))
}

/// The days in which all articles of the story lie, and the articles that tell so. None when
/// no article is dated closely, or when those that are lie far apart.
fn story_range(
    articles: &[Article],
    analyses: &[Analysis],
    clues: &[(usize, Clues)],
) -> Option<(Vec<Date>, Vec<usize>)> {
    let mut range: Option<(Date, Date)> = None;
    let mut lenders = Vec::new();
    for (i, _) in clues {
        let known = analyses[*i].published.interval;
        let (Some(first), Some(last)) = (known.earliest, known.latest) else { continue };
        if gap(first, last) > TIGHT || *i >= articles.len() {
            continue;
        }
        lenders.push(*i);
        let first = first.checked_sub(WINDOW.days()).ok()?;
        let last = last.checked_add(WINDOW.days()).ok()?;
        let (a, b) = range.unwrap_or((first, last));
        range = Some((a.max(first), b.min(last)));
    }
    let (first, last) = range.filter(|(a, b)| a <= b)?;
    Some((days(first, last).collect(), lenders))
}

/// What the story leaves of one article's date.
struct Placed {
    best: Option<Date>,
    possible: Interval,
}

/// The best day of each article, all lying about one day of the story.
fn place(clues: &[(usize, Clues)], analyses: &[Analysis], range: &[Date]) -> Vec<Placed> {
    let scores: Vec<Vec<Option<f64>>> = clues
        .iter()
        .map(|(i, c)| {
            let known = analyses[*i].published.interval;
            range.iter().map(|day| c.score(*day, known)).collect()
        })
        .collect();
    let near = |middle: usize, p: usize| {
        let apart = middle.abs_diff(p);
        (apart as i64 <= WINDOW).then_some(apart as f64 * APART)
    };
    let at = |scores: &[Option<f64>], middle: usize, p: usize| Some(scores[p]? - near(middle, p)?);
    let best = |scores: &[Option<f64>], middle: usize| {
        let all = (0..range.len()).filter_map(|p| Some((p, at(scores, middle, p)?)));
        all.fold(None, |best: Option<(usize, f64)>, (p, s)| match best {
            Some((_, b)) if b >= s => best,
            _ => Some((p, s)),
        })
    };
    let total = |middle: usize| {
        let each = scores.iter().map(|s| best(s, middle).map_or(-10.0, |(_, s)| s));
        each.sum::<f64>()
    };
    let totals: Vec<f64> = (0..range.len()).map(total).collect();
    let top = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let middles: Vec<usize> = (0..range.len()).filter(|m| top - totals[*m] < MARGIN).collect();
    let likely = (0..range.len()).filter(|m| top - totals[*m] < POSSIBLE);
    let likely: Vec<usize> = likely.collect();
    // Two weeks that explain the words as well: no day is the best.
    let one_week = middles.first().zip(middles.last()).is_some_and(|(a, b)| b - a < 5);
    let middle = middles.iter().copied().max_by(|a, b| totals[*a].total_cmp(&totals[*b]));
    scores
        .iter()
        .map(|scores| {
            let mut possible = (None, None);
            for m in &likely {
                let Some((_, top)) = best(scores, *m) else { continue };
                for (p, day) in range.iter().enumerate() {
                    if at(scores, *m, p).is_some_and(|s| top - s < POSSIBLE) {
                        possible.0 = Some(possible.0.map_or(*day, |d: Date| d.min(*day)));
                        possible.1 = Some(possible.1.map_or(*day, |d: Date| d.max(*day)));
                    }
                }
            }
            let day = middle.filter(|_| one_week).and_then(|m| best(scores, m));
            Placed {
                best: day.map(|(p, _)| range[p]),
                possible: Interval { earliest: possible.0, latest: possible.1 },
            }
        })
        .collect()
}

fn published(clues: &Clues, placed: &Placed, lent: impl Iterator<Item = Evidence>) -> Published {
    let mut evidence = clues.why.clone();
    evidence.extend(clues.own.iter().map(|o| Evidence::Words(o.span)));
    // Where the story leaves no day, what its own words tell still holds.
    if placed.possible == Interval::default() {
        return Published { date: None, interval: clues.known, given: false, evidence };
    }
    for (_, span) in &clues.past {
        let words = Evidence::Words(*span);
        if !evidence.contains(&words) {
            evidence.push(words);
        }
    }
    evidence.extend(lent);
    // A day only by the article's own words; else only the days that stay possible.
    let date = placed.best.filter(|_| clues.tells_day() || clues.known_day());
    Published { date, interval: placed.possible, given: false, evidence }
}

impl Clues {
    fn known_day(&self) -> bool {
        self.known.earliest.is_some() && self.known.earliest == self.known.latest
    }
}

/// An article without a day of its own takes the day of the articles that it shares text with:
/// the last of them, since who copies prints after the first.
fn follow_ties(
    articles: &[Article],
    analyses: &mut [Analysis],
    clues: &[(usize, Clues)],
    ties: &[(u32, u32)],
) {
    let dated: BTreeMap<u32, Option<Date>> =
        clues.iter().map(|(i, _)| (*i as u32, analyses[*i].published.date)).collect();
    let mut last: BTreeMap<u32, (Date, Reverse<u32>)> = BTreeMap::new();
    for (a, b) in ties {
        for (to, from) in [(*a, *b), (*b, *a)] {
            if let (Some(None), Some(Some(day))) = (dated.get(&to), dated.get(&from)) {
                let found = (*day, Reverse(from));
                last.entry(to).and_modify(|l| *l = found.max(*l)).or_insert(found);
            }
        }
    }
    for (to, (day, Reverse(from))) in last {
        let published = &mut analyses[to as usize].published;
        let fits = published.interval.earliest.is_none_or(|e| e <= day)
            && published.interval.latest.is_none_or(|l| day <= l);
        if fits {
            published.date = Some(day);
            let tie = Evidence::Article(articles[from as usize].id.clone());
            published.evidence.retain(|e| *e != tie);
            published.evidence.push(tie);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::with_pack;
    use crate::lang;

    fn dated(texts: &[&str], ties: &[(u32, u32)]) -> Vec<Analysis> {
        let french = lang::PACKS[0];
        let articles: Vec<Article> =
            texts.iter().enumerate().map(|(i, t)| Article::plain(format!("{i}.txt"), *t)).collect();
        let mut analyses: Vec<Analysis> = articles.iter().map(|a| with_pack(a, french)).collect();
        for (article, analysis) in articles.iter().zip(&mut analyses) {
            analysis.published = within(article, analysis);
        }
        let all: Vec<u32> = (0..articles.len() as u32).collect();
        across(&articles, &mut analyses, &all, ties);
        analyses
    }

    fn date(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn a_day_alone_on_a_line_near_the_top_is_the_articles_own() {
        let fr = lang::pack("fr").unwrap();
        let dated = |text: &str| {
            let article = Article::plain("a", text);
            let analysis = with_pack(&article, fr);
            within(&article, &analysis).date.map(|d| d.to_string())
        };
        let body = "Le pont a cédé mardi, selon la mairie. Personne ne passait.";
        let told = |line: &str| dated(&format!("Le pont a cédé\n{line}\n\n{body}"));
        assert_eq!(told("12 mars 2024").as_deref(), Some("2024-03-12"));
        assert_eq!(told("(12 mars 2024)").as_deref(), Some("2024-03-12"));
        assert_eq!(told("Rien avant le 12 mars 2024."), None);
        assert_eq!(told("mars"), None);
    }

    #[test]
    fn nothing_tells_nothing() {
        let given = dated(&["La digue a cédé jeudi.", "La digue a cédé mercredi soir."], &[]);
        assert!(given.iter().all(|a| a.published == Published::default()));
        assert_eq!(given[1].timexes[0].value, "XXXX-WXX-3TEV");
    }

    #[test]
    fn a_month_and_its_own_weekday_leave_four_or_five_days() {
        let given = dated(&["date 2021-03\n\nCe jeudi, la digue tient."], &[]);
        assert_eq!(given[0].published.date, None);
        assert_eq!(given[0].published.interval.earliest, date("2021-03-04"));
        assert_eq!(given[0].published.interval.latest, date("2021-03-25"));
    }

    #[test]
    fn one_articles_month_dates_the_others() {
        let given = dated(
            &[
                "date 2021-03\n\nLe préfet a parlé devant la digue effondrée de Maugis.",
                "Ce jeudi, la digue de Maugis est réparée. Elle avait cédé mardi.",
                "La digue de Maugis a cédé mardi. Début mars, elle avait été fermée.",
            ],
            &[(0, 2)],
        );
        let days: Vec<_> = given.iter().map(|a| a.published.date).collect();
        assert_eq!(days[1], date("2021-03-11"), "{:?}", given[1].published);
        assert!(days[2] >= date("2021-03-09") && days[2] <= date("2021-03-11"), "{days:?}");
        assert_eq!(days[0], days[2]);
        let values: Vec<&str> = given[1].timexes.iter().map(|t| t.value.as_str()).collect();
        assert_eq!(values, ["2021-03-11", "2021-03-09"]);
        assert!(given[1].published.evidence.contains(&Evidence::Article("0.txt".into())));
    }

    #[test]
    fn a_dispatch_opens_with_its_day() {
        let day = |text: &str| {
            let article = Article::plain("a", text);
            within(&article, &with_pack(&article, lang::PACKS[0])).date
        };
        assert_eq!(day("MAUGIS, 12 mars 2024 (APL) - La digue a cédé."), date("2024-03-12"));
        assert_eq!(day("Maugis (Haut-Val), 12 mars 2024 — La digue a cédé."), date("2024-03-12"));
        assert_eq!(day("La digue, bénie le 12 mars 2024 (un mardi), a cédé."), None);
        for line in [
            "Le Fil du Val - mardi 12 mars 2024\nLa digue a cédé.",
            "La digue cède\nLe Fil du Val, 12 mars 2024\nElle tenait hier.",
            "Maugis, le 12 mars 2024. La digue a cédé.",
            "MAUGIS, 12 mars 2024. La digue a cédé.",
            "12 mars 2024 - La digue a cédé.",
        ] {
            assert_eq!(day(line), date("2024-03-12"), "{line}");
        }
        assert_eq!(day("La digue, le 12 mars 2024, a cédé."), None);
        assert_eq!(day("La digue a cédé le 12 mars 2024. Elle tenait hier."), None);
        assert_eq!(day("Maugis, bilan de la saison 2023-2024. La digue a cédé."), None);
    }

    #[test]
    fn the_day_stands_under_the_headline() {
        let day = |lang: usize, head: &str| {
            let text = format!("La digue cède\n\n{head}\n\nLes secours sont venus.");
            let article = Article::plain("a", text);
            within(&article, &with_pack(&article, lang::PACKS[lang])).date
        };
        let (fr, en) = match lang::PACKS[0].code {
            "fr" => (0, 1),
            _ => (1, 0),
        };
        for (lang, head) in [
            (fr, "12/03/2024 17:42"),
            (fr, "Mardi 12 mars 2024, 18 h 30"),
            (fr, "Mardi 12 mars 2024 — Au lendemain de la crue, les habitants nettoient."),
            (en, "March 12, 2024, 8:40 p.m. ET"),
            (en, "Tuesday, March 12, 2024 at 9:15 a.m."),
        ] {
            assert_eq!(day(lang, head), date("2024-03-12"), "{head}");
        }
        assert_eq!(day(fr, "La digue tenait le 12 mars 2024, a dit hier le préfet."), None);
        assert_eq!(day(fr, "La crue du 12 mars 2024, la pire."), None);
    }

    #[test]
    fn a_day_called_present_in_passing_leaves_room_for_the_next_ones() {
        let article = Article::plain("a", "La digue a cédé ce mardi 9 mars 2021 à Maugis.");
        let given = within(&article, &with_pack(&article, lang::PACKS[0]));
        assert_eq!(given.date, date("2021-03-09"));
        assert_eq!(given.interval.latest, date("2021-03-12"));
    }

    #[test]
    fn an_article_is_no_older_than_what_it_tells_as_past() {
        let given = dated(
            &[
                "MAUGIS, 12 mars 2021 (APL) - La digue a cédé.",
                "La digue de Maugis, a annoncé le préfet mardi 30 mars 2021, a été réparée.",
            ],
            &[],
        );
        assert_eq!(given[1].published.date, None);
        assert_eq!(given[1].published.interval.earliest, date("2021-03-30"));
    }

    #[test]
    fn two_weeks_as_likely_give_no_day() {
        let given = dated(&["date 2021-03\n\nLe préfet a parlé.", "La digue a cédé mardi."], &[]);
        assert_eq!(given[1].published.date, None);
        assert!(given[1].published.interval.earliest.is_some());
    }

    #[test]
    fn a_given_date_stands_and_dates_the_others() {
        let french = lang::PACKS[0];
        let mut articles = vec![
            Article::plain("a", "La digue a cédé mardi."),
            Article::plain("b", "La digue a cédé mardi, les secours sont venus mercredi."),
        ];
        articles[0].published = date("2021-03-10");
        let mut analyses: Vec<Analysis> = articles.iter().map(|a| with_pack(a, french)).collect();
        across(&articles, &mut analyses, &[0, 1], &[]);
        assert!(analyses[0].published.given);
        assert_eq!(analyses[1].published.date, date("2021-03-10"));
        assert_eq!(analyses[1].timexes[0].value, "2021-03-09");
    }

    #[test]
    fn urls_carry_days() {
        let day = date("2021-03-04");
        assert_eq!(url_date("https://a.example/2021/03/04/digue"), day);
        assert_eq!(url_date("https://a.example/digue-2021-3-4.html"), day);
        assert_eq!(url_date("https://a.example/20210304-digue"), day);
        assert_eq!(url_date("https://a.example/digue-12345678?d=2021-03-04"), None);
        assert_eq!(url_date("https://a.example/2021/13/44/digue"), None);
    }
}
