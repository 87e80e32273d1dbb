//! What was recognised to days of the calendar, as far as an anchor allows.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::holiday::{self, Holiday};
use super::scan::Found;
use crate::analyse::{Interval, Timex, TimexKind};
use crate::lang::time::{
    Kind, MODIFIERS, NO_DATE, Operation, PARTS, REFERENCES, SEASONS, Slot, UNITS, VAGUE, WEEKEND,
};

/// A stretch of the calendar that has a TIMEX3 value.
#[derive(Clone, Copy, PartialEq, Debug)]
enum When {
    Day(Date),
    /// By its Monday.
    Week(Date),
    /// By the Monday of its week.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, usize),
    Year(i16),
    Decade(i16),
    Century(i16),
}

/// A value, and the calendar's stretch where it is known.
#[derive(Clone, Default, PartialEq, Debug)]
struct Meaning {
    value: String,
    when: Option<When>,
    /// The value up to the day, for clock times that are named with it: `XXXX-WXX-3`.
    day: Option<String>,
    /// The days that it may mean, where they are others than the stretch's.
    days: Option<Interval>,
}

impl Meaning {
    fn of(when: When) -> Meaning {
        let value = when.value();
        let day = matches!(when, When::Day(_)).then(|| value.clone());
        Meaning { value, when: Some(when), day, days: None }
    }

    fn unknown(value: impl Into<String>) -> Meaning {
        Meaning { value: value.into(), ..Meaning::default() }
    }

    fn unknown_day(value: impl Into<String>) -> Meaning {
        let value = value.into();
        Meaning { day: Some(value.clone()), value, ..Meaning::default() }
    }
}

/// The timexes of `found`, resolved against the days `anchor` on which the text may have been
/// written. A value that all of those days agree on is kept; any other stays underspecified.
pub(crate) fn resolve(found: &[Found], anchor: Interval) -> Vec<Timex> {
    let meanings = match (anchor.earliest, anchor.latest) {
        (Some(a), Some(b)) if a == b => all_meanings(found, Some(a)),
        (Some(a), Some(b)) => agree(found, a, b),
        _ => all_meanings(found, None),
    };
    let timex = |(f, (m, interval)): (&Found, (Meaning, Interval))| Timex {
        span: f.span,
        kind: kind(f, &m),
        modifier: f.get(Slot::Mod).map(|m| MODIFIERS[m as usize]),
        interval: part(interval, f.get(Slot::Mod)),
        value: m.value,
        by: "time-grammar",
    };
    found.iter().zip(meanings).map(timex).collect()
}

/// Each meaning with its days.
fn all_meanings(found: &[Found], anchor: Option<Date>) -> Vec<(Meaning, Interval)> {
    let days = |m: &Meaning| m.days.or(m.when.map(When::days)).unwrap_or_default();
    meanings(found, anchor).into_iter().map(|m| (m.clone(), days(&m))).collect()
}

/// What the days `earliest` and `latest` of the article agree on; where they do not, a value
/// that stays underspecified, and all the days that it may mean.
fn agree(found: &[Found], earliest: Date, latest: Date) -> Vec<(Meaning, Interval)> {
    let first = all_meanings(found, Some(earliest));
    let last = all_meanings(found, Some(latest));
    let none = all_meanings(found, None);
    let both = first.into_iter().zip(last).zip(none);
    both.map(|((a, b), none)| {
        if a.0 == b.0 {
            return a;
        }
        let (Some(from), Some(to)) = (a.1.earliest.min(b.1.earliest), a.1.latest.max(b.1.latest))
        else {
            return none;
        };
        (none.0, Interval { earliest: Some(from), latest: Some(to) })
    })
    .collect()
}

/// The days of a stretch that a modifier leaves: its first half for its start, its last half
/// for its end, all but the outer quarters for its middle.
fn part(days: Interval, modifier: Option<i32>) -> Interval {
    let (Some(first), Some(last)) = (days.earliest, days.latest) else { return days };
    let length = i64::from(distance(last, first));
    let (skip, drop) = match modifier {
        Some(0) => (0, length / 2),
        Some(1) => (length / 4, length / 4),
        Some(2) => (length / 2, 0),
        _ => return days,
    };
    Interval {
        earliest: first.checked_add(skip.days()).ok(),
        latest: last.checked_sub(drop.days()).ok(),
    }
}

fn kind(found: &Found, meaning: &Meaning) -> TimexKind {
    match found.kind {
        Kind::Date if meaning.value.contains('T') && meaning.day.is_some() => TimexKind::Time,
        Kind::Date => TimexKind::Date,
        Kind::Time => TimexKind::Time,
        Kind::Duration => TimexKind::Duration,
        Kind::Set => TimexKind::Set,
    }
}

fn meanings(found: &[Found], anchor: Option<Date>) -> Vec<Meaning> {
    let mut all: Vec<Option<Meaning>> = Vec::with_capacity(found.len());
    let (mut last, mut period): (Option<When>, Option<When>) = (None, None);
    for f in found {
        let meaning = (f.operation != Operation::OfDay).then(|| meaning(f, anchor, last, period));
        let event = f.get(Slot::Dates) == Some(NO_DATE);
        if let Some(when) = meaning.as_ref().and_then(|m| m.when).filter(|_| !event) {
            last = Some(when);
            if matches!(f.operation, Operation::Quarter | Operation::Half) {
                period = Some(when);
            }
        }
        all.push(meaning);
    }
    for i in 0..found.len() {
        if all[i].is_none() {
            let day = named_day(found, &all, i, anchor);
            all[i] = Some(Meaning { day: Some(day.value.clone()), ..day });
            if let Some(meaning) = all[i].as_mut() {
                add_time(meaning, &found[i]);
            }
        }
    }
    all.into_iter().map(|m| m.unwrap_or_else(|| Meaning::unknown(""))).collect()
}

/// The day that a clock time or a part of a day belongs to: the day named just before it in
/// its sentence, or just after, or before that in the text; else the article's.
fn named_day(found: &[Found], all: &[Option<Meaning>], at: usize, anchor: Option<Date>) -> Meaning {
    let here = &found[at];
    let article = || match anchor {
        Some(day) => Meaning::of(When::Day(day)),
        None => Meaning::unknown_day("XXXX-XX-XX"),
    };
    if let Some(rel) = here.get(Slot::Rel) {
        return match anchor.and_then(|d| d.checked_add(i64::from(rel).days()).ok()) {
            Some(day) => Meaning::of(When::Day(day)),
            None => Meaning::unknown_day("XXXX-XX-XX"),
        };
    }
    let day_of = |i: usize| {
        let meaning = all[i].as_ref()?;
        let day = meaning.day.clone()?;
        let when = meaning.when.filter(|w| matches!(w, When::Day(_)));
        Some(Meaning { value: day.clone(), when, day: Some(day), days: None })
    };
    let same = |i: &usize| found[*i].sentence == here.sentence;
    let before = || (0..at).rev().take_while(same).find_map(day_of);
    let after = || (at + 1..found.len()).take_while(same).find_map(day_of);
    let near = |i: &usize| here.sentence - found[*i].sentence <= 3;
    let earlier = || (0..at).rev().take_while(near).find_map(day_of);
    before().or_else(after).or_else(earlier).unwrap_or_else(article)
}

/// Adds the part of the day or the clock time that a rule learnt.
fn add_time(meaning: &mut Meaning, found: &Found) {
    if meaning.day.is_none() {
        return;
    }
    if let Some(hour) = found.get(Slot::H) {
        let hour = match found.get(Slot::Pm) {
            Some(1) if hour < 12 => hour + 12,
            Some(0) if hour == 12 => 0,
            _ => hour,
        };
        let minute = found.get(Slot::Min).unwrap_or(0);
        let zone = if found.get(Slot::Zone) == Some(0) { "Z" } else { "" };
        meaning.value.push_str(&format!("T{hour:02}:{minute:02}{zone}"));
    } else if let Some(part) = found.get(Slot::Part) {
        meaning.value.push('T');
        meaning.value.push_str(PARTS[part as usize]);
    }
}

/// `period` is the quarter or half-year last named: business reports compare it with the same
/// one a year ago.
fn meaning(f: &Found, anchor: Option<Date>, last: Option<When>, period: Option<When>) -> Meaning {
    let mut meaning = match f.operation {
        Operation::Date => week_of(f, date(f, anchor, last)),
        Operation::Nth => nth(f, anchor, last),
        Operation::Weekday => weekday(f, anchor),
        Operation::Holiday => holiday(f, anchor),
        Operation::Shift => shift(f, anchor, period),
        Operation::From => from(f, anchor, last, period),
        Operation::Same => same(f, anchor, last, period),
        Operation::Length => return Meaning::unknown(length(f)),
        Operation::Recur => return Meaning::unknown(recur(f)),
        Operation::Vague => {
            let name = f.get(Slot::Ref).map_or("PRESENT_REF", |r| REFERENCES[r as usize]);
            return Meaning::unknown(name);
        }
        Operation::Season => season(f, anchor, last),
        Operation::Quarter | Operation::Half => quarter(f, anchor, last),
        Operation::Decade => decade(f, anchor),
        Operation::Century => century(f, anchor),
        Operation::Nothing | Operation::OfDay => Meaning::unknown(""),
    };
    add_time(&mut meaning, f);
    meaning
}

fn slot(f: &Found, slot: Slot) -> Option<i8> {
    f.get(slot).and_then(|v| i8::try_from(v).ok())
}

fn year(f: &Found) -> Option<i16> {
    f.get(Slot::Y).and_then(|v| i16::try_from(v).ok())
}

fn date(f: &Found, anchor: Option<Date>, last: Option<When>) -> Meaning {
    // With no article date a day named earlier in the text tells the year.
    let base = anchor.or(match last {
        Some(When::Day(day)) => Some(day),
        Some(When::Month(y, m)) => Date::new(y, m, 1).ok(),
        _ => None,
    });
    let (y, m, d) = (year(f), slot(f, Slot::M), slot(f, Slot::D));
    match (y, m, d) {
        (Some(y), Some(m), Some(d)) => match Date::new(y, m, d) {
            Ok(day) => Meaning::of(When::Day(day)),
            Err(_) => Meaning::unknown(format!("{y:04}-{m:02}-{d:02}")),
        },
        (Some(y), Some(m), None) => Meaning::of(When::Month(y, m)),
        (Some(y), None, _) => Meaning::of(When::Year(y)),
        (None, Some(m), Some(d)) => match base.and_then(|b| day_near(f, b, m, d)) {
            Some(day) => Meaning::of(When::Day(day)),
            None => Meaning::unknown_day(format!("XXXX-{m:02}-{d:02}")),
        },
        (None, Some(m), None) => match base {
            Some(base) => Meaning::of(month_near(f, base, m)),
            None => Meaning::unknown(format!("XXXX-{m:02}")),
        },
        (None, None, Some(d)) => match base.and_then(|b| day_of_month_near(f, b, d)) {
            Some(day) => Meaning::of(When::Day(day)),
            None => Meaning::unknown_day(format!("XXXX-XX-{d:02}")),
        },
        (None, None, None) => Meaning::unknown("XXXX"),
    }
}

/// "the week of 6 October"
fn week_of(f: &Found, meaning: Meaning) -> Meaning {
    match meaning.when {
        Some(When::Day(day)) if f.get(Slot::Unit).is_some() => Meaning::of(When::Week(monday(day))),
        _ => meaning,
    }
}

/// "the last Friday of October", "la première semaine du mois prochain"
fn nth(f: &Found, anchor: Option<Date>, last: Option<When>) -> Meaning {
    let base = anchor.or(last.and_then(|l| l.days().earliest));
    let month = match (year(f), slot(f, Slot::M), base) {
        (Some(y), Some(m), _) => Some(When::Month(y, m)),
        (None, Some(m), Some(base)) => Some(month_near(f, base, m)),
        (None, None, Some(base)) => {
            When::Month(base.year(), base.month()).shifted("M", f.get(Slot::Rel).unwrap_or(0))
        }
        _ => None,
    };
    let found = match month {
        Some(When::Month(y, m)) => nth_in(f, y, m),
        _ => None,
    };
    let unit = if slot(f, Slot::W).is_some() { "D" } else { unit(f) };
    found.map_or_else(|| underspecified(unit), Meaning::of)
}

fn nth_in(f: &Found, y: i16, m: i8) -> Option<When> {
    let first = Date::new(y, m, 1).ok()?;
    let n = slot(f, Slot::Q)?;
    let weekday = |w: i8| {
        let weekday = Weekday::from_monday_one_offset(w).ok()?;
        first.nth_weekday_of_month(if n == 6 { -1 } else { n }, weekday).ok()
    };
    let days = |each: i8| match n {
        6 => Some(first.last_of_month()),
        _ => Date::new(y, m, (n - 1) * each + 1).ok(),
    };
    match slot(f, Slot::W) {
        Some(w) => weekday(w).map(When::Day),
        None => match unit(f) {
            "W" => days(7).map(|d| When::Week(monday(d))),
            "WE" => weekday(6).map(|d| When::Weekend(monday(d))),
            _ => days(1).map(When::Day),
        },
    }
}

/// Of days in order, the one that the words and the tense point to.
fn choose(f: &Found, base: Date, days: impl Iterator<Item = Date>) -> Option<Date> {
    let days: Vec<Date> = days.collect();
    let before = || days.iter().copied().rfind(|d| *d < base);
    let until = || days.iter().copied().rfind(|d| *d <= base);
    let after = || days.iter().copied().find(|d| *d > base);
    let since = || days.iter().copied().find(|d| *d >= base);
    let nearest = || days.iter().copied().min_by_key(|d| distance(*d, base).abs());
    // A verb of the past does not hold for a day a few weeks ahead: it is another verb's.
    let far = |d: Date| distance(d, base) > 100;
    match (f.get(Slot::Rel), f.tense) {
        (Some(-1), _) => before(),
        (Some(1), _) => after(),
        // "La soirée du 15 février restera dans les mémoires"
        (None, 1) => {
            let recent = |d: Date| distance(d, base).abs() < 100;
            since()
                .filter(|d| distance(*d, base) < 250 || !until().is_some_and(recent))
                .or_else(nearest)
        }
        (None, -1) => {
            until().filter(|d| distance(base, *d) < 200 || after().is_none_or(far)).or_else(nearest)
        }
        _ => nearest(),
    }
}

/// Days from `base` to `day`.
fn distance(day: Date, base: Date) -> i32 {
    base.until(day).map_or(0, |s| s.get_days())
}

/// The day `m`-`d` of the year that the text means; a weekday named with it must be right.
fn day_near(f: &Found, base: Date, m: i8, d: i8) -> Option<Date> {
    let year = base.year();
    let weekday = slot(f, Slot::W);
    let reach = if weekday.is_some() { 3 } else { 1 };
    let days = (year - reach..=year + reach).filter_map(|y| Date::new(y, m, d).ok());
    let right = |day: &Date| weekday.is_none_or(|w| number(*day) == w);
    let agreeing: Vec<Date> = days.clone().filter(right).collect();
    if weekday.is_some() && !agreeing.is_empty() {
        return agreeing.into_iter().min_by_key(|day| distance(*day, base).abs());
    }
    choose(f, base, days)
}

fn day_of_month_near(f: &Found, base: Date, d: i8) -> Option<Date> {
    let days = (-40..=40).filter_map(|n: i64| base.checked_add(n.days()).ok());
    let weekday = slot(f, Slot::W);
    let days = days.filter(|day| day.day() == d && weekday.is_none_or(|w| number(*day) == w));
    choose(f, base, days)
}

/// Monday = 1.
fn number(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

fn month_near(f: &Found, base: Date, m: i8) -> When {
    let ahead = (i32::from(m) - i32::from(base.month())).rem_euclid(12);
    let forward = match (f.get(Slot::Rel), f.tense) {
        (Some(-1), _) => false,
        (Some(1), _) => true,
        (Some(0), _) => return When::Month(base.year(), m),
        (_, 1) => true,
        (_, -1) => ahead == 0,
        _ => ahead <= 3,
    };
    let months = match (forward, f.get(Slot::Rel)) {
        (true, Some(1)) if ahead == 0 => 12,
        (true, _) => ahead,
        (false, _) => ahead - 12,
    };
    When::Month(base.year(), base.month()).shifted("M", months).unwrap_or(When::Year(base.year()))
}

fn weekday(f: &Found, anchor: Option<Date>) -> Meaning {
    let Some(w) = slot(f, Slot::W) else { return Meaning::unknown("XXXX") };
    let Some(base) = anchor else { return Meaning::unknown_day(format!("XXXX-WXX-{w}")) };
    if let (Some(_), Some(rel)) = (f.get(Slot::Unit), f.get(Slot::Rel)) {
        let days = i64::from(rel) * 7 + i64::from(w) - 1;
        return match monday(base).checked_add(days.days()) {
            Ok(day) => Meaning::of(When::Day(day)),
            Err(_) => Meaning::unknown_day(format!("XXXX-WXX-{w}")),
        };
    }
    // News names the days of the week that ends with the article.
    let ago = i64::from((number(base) - w).rem_euclid(7));
    let days = match (f.get(Slot::Rel), f.tense) {
        (Some(-1), _) if ago == 0 => -7,
        (Some(1), _) if ago == 0 => 7,
        (Some(1), _) => 7 - ago,
        (Some(0), 1) => (7 - ago) % 7,
        (Some(0), 0) if ago > 3 => 7 - ago,
        (None, 1) => (7 - ago) % 7,
        _ => -ago,
    };
    match base.checked_add(days.days()) {
        Ok(day) => Meaning::of(When::Day(day)),
        Err(_) => Meaning::unknown_day(format!("XXXX-WXX-{w}")),
    }
}

fn holiday(f: &Found, anchor: Option<Date>) -> Meaning {
    let code = f.get(Slot::Holiday).unwrap_or(0);
    let shift = i64::from(f.get(Slot::Offset).unwrap_or(0));
    let found = match (year(f), anchor) {
        (Some(y), _) => match holiday::in_year(code, y)[..] {
            [only] => Some(only),
            _ => return Meaning::unknown(format!("{y:04}")),
        },
        (None, Some(base)) => {
            let years = base.year() - 1..=base.year() + 1;
            let all: Vec<Holiday> = years.flat_map(|y| holiday::in_year(code, y)).collect();
            let day = choose(f, base, all.iter().map(|h| h.first));
            all.into_iter().find(|h| Some(h.first) == day)
        }
        (None, None) => None,
    };
    match found.map(|h| (h, h.first.checked_add(shift.days()))) {
        Some((holiday, _)) if holiday.long => Meaning {
            value: format!("{:04}-XX-XX", holiday.first.year()),
            days: Some(holiday.days),
            ..Meaning::default()
        },
        Some((_, Ok(day))) if f.get(Slot::Unit) == Some(WEEKEND) => {
            // That of a holiday on a Monday is before it.
            Meaning::of(When::Weekend(monday(day.yesterday().unwrap_or(day))))
        }
        Some((holiday, Ok(day))) => {
            let days = (shift == 0).then_some(holiday.days);
            Meaning { days, ..Meaning::of(When::Day(day)) }
        }
        None if (101..2000).contains(&code) && shift == 0 => {
            Meaning::unknown_day(format!("XXXX-{:02}-{:02}", code / 100, code % 100))
        }
        _ => Meaning::unknown_day("XXXX-XX-XX"),
    }
}

fn unit(f: &Found) -> &'static str {
    f.get(Slot::Unit).map_or("D", |u| UNITS[u as usize])
}

/// The whole unit that holds a day.
fn unit_of(day: Date, unit: &str) -> When {
    match unit {
        "Y" => When::Year(day.year()),
        "M" => When::Month(day.year(), day.month()),
        "W" => When::Week(monday(day)),
        "WE" => When::Weekend(monday(day)),
        "Q" => When::Quarter(day.year(), (day.month() - 1) / 3 + 1),
        "E" => When::Decade(day.year().div_euclid(10)),
        "C" => When::Century(day.year().div_euclid(100)),
        _ => When::Day(day),
    }
}

fn monday(day: Date) -> Date {
    day.checked_sub(i64::from(number(day) - 1).days()).unwrap_or(day)
}

fn underspecified(unit: &str) -> Meaning {
    match unit {
        "Y" | "E" | "C" => Meaning::unknown("XXXX"),
        "M" => Meaning::unknown("XXXX-XX"),
        "W" => Meaning::unknown("XXXX-WXX"),
        "WE" => Meaning::unknown("XXXX-WXX-WE"),
        "Q" => Meaning::unknown("XXXX-QX"),
        _ => Meaning::unknown_day("XXXX-XX-XX"),
    }
}

/// An amount and its sign, in whole units; None when it is vague.
fn amount(f: &Found) -> Option<i32> {
    match f.get(Slot::N) {
        Some(VAGUE) => None,
        Some(n) => Some(n / 1000 * f.get(Slot::Rel).unwrap_or(1)),
        None => Some(f.get(Slot::Rel).unwrap_or(0)),
    }
}

/// The same quarter or half a year ago, if a rule says "a year ago" and one is spoken of.
fn year_ago(f: &Found, period: Option<When>) -> Option<When> {
    let one_year = f.get(Slot::N) == Some(1000) && unit(f) == "Y" && f.get(Slot::Rel) == Some(-1);
    period.filter(|_| one_year)?.shifted("Y", -1)
}

fn shift(f: &Found, anchor: Option<Date>, period: Option<When>) -> Meaning {
    let unit = unit(f);
    if let Some(when) = year_ago(f, period) {
        return Meaning::of(when);
    }
    let Some(n) = amount(f) else {
        let past = f.get(Slot::Rel).unwrap_or(-1) < 0;
        return Meaning::unknown(if past { "PAST_REF" } else { "FUTURE_REF" });
    };
    let Some(base) = anchor else { return underspecified(unit) };
    if unit == "WE" && f.get(Slot::N).is_none() {
        return Meaning::of(weekend(f, base));
    }
    // "a decade ago" is a year.
    let (unit, n) = match unit {
        "E" if f.get(Slot::N).is_some() => ("Y", n.saturating_mul(10)),
        "C" if f.get(Slot::N).is_some() => ("Y", n.saturating_mul(100)),
        _ => (unit, n),
    };
    unit_of(base, unit).shifted(unit, n).map_or_else(|| underspecified(unit), Meaning::of)
}

/// The weekend that has come, unless the verb is in the future.
fn weekend(f: &Found, base: Date) -> When {
    let this = When::Weekend(monday(base));
    let weeks = match f.get(Slot::Rel) {
        Some(-1) => -1,
        Some(1) => i32::from(number(base) >= 6),
        _ if f.tense == 1 || number(base) >= 5 => 0,
        _ => -1,
    };
    this.shifted("WE", weeks).unwrap_or(this)
}

fn from(f: &Found, anchor: Option<Date>, last: Option<When>, period: Option<When>) -> Meaning {
    let unit = unit(f);
    if let Some(when) = year_ago(f, period) {
        return Meaning::of(when);
    }
    if let Some(w) = slot(f, Slot::W) {
        return weekday_from(f, w, last.and_then(|l| l.days().earliest).or(anchor));
    }
    let base = last.or(anchor.map(|d| unit_of(d, unit)));
    let shifted = amount(f).and_then(|n| base?.shifted(unit, n));
    match (shifted, amount(f)) {
        (Some(when), _) => Meaning::of(when),
        (None, None) => Meaning::unknown(length(f)),
        (None, Some(_)) => underspecified(unit),
    }
}

/// "the previous Friday": the nearest such day before or after the day last named.
fn weekday_from(f: &Found, w: i8, base: Option<Date>) -> Meaning {
    let unknown = || Meaning::unknown_day(format!("XXXX-WXX-{w}"));
    let Some(base) = base else { return unknown() };
    let ahead = i64::from((w - number(base)).rem_euclid(7));
    let days = match f.get(Slot::Rel) {
        Some(-1) => ahead - 7,
        _ if ahead == 0 => 7,
        _ => ahead,
    };
    base.checked_add(days.days()).map_or_else(|_| unknown(), |day| Meaning::of(When::Day(day)))
}

fn same(f: &Found, anchor: Option<Date>, last: Option<When>, period: Option<When>) -> Meaning {
    let unit = unit(f);
    if unit == "Q" {
        let before = |day| unit_of(day, "Q").shifted("Q", -1);
        let quarter = period.or(anchor.and_then(before));
        return quarter.map_or_else(|| underspecified(unit), Meaning::of);
    }
    let last = last.or(anchor.map(When::Day)).and_then(|when| {
        let days = when.days();
        let (first, end) = (days.earliest?, days.latest?);
        let (a, b) = (unit_of(first, unit), unit_of(end, unit));
        (a == b).then_some(a)
    });
    last.map_or_else(|| underspecified(unit), Meaning::of)
}

fn season(f: &Found, anchor: Option<Date>, last: Option<When>) -> Meaning {
    let s = f.get(Slot::Season).unwrap_or(0) as usize;
    if let Some(y) = year(f) {
        return Meaning::of(When::Season(y, s));
    }
    let base = anchor.or(match last {
        Some(When::Day(day)) => Some(day),
        _ => None,
    });
    let Some(base) = base else { return Meaning::unknown(format!("XXXX-{}", SEASONS[s])) };
    let starts = [(3, 20), (6, 21), (9, 22), (12, 21)];
    let (m, d) = starts[s.min(3)];
    let years = base.year() - 1..=base.year() + 1;
    let days: Vec<Date> = years.filter_map(|y| Date::new(y, m, d).ok()).collect();
    let past = days.iter().rfind(|d| **d <= base);
    let next = days.iter().find(|d| **d > base);
    let in_it = past.filter(|d| distance(base, **d) < 92);
    let day = match (f.get(Slot::Rel), f.tense) {
        (Some(1), _) => next,
        (Some(-1), _) if in_it.is_some() => days.iter().rev().find(|d| Some(*d) < in_it),
        (Some(-1), _) => past,
        (_, 1) => in_it.or(next),
        (Some(0), _) => in_it.or(days.iter().min_by_key(|d| distance(**d, base).abs())),
        _ => past,
    };
    match day {
        Some(day) => Meaning::of(When::Season(day.year(), s)),
        None => Meaning::unknown(format!("XXXX-{}", SEASONS[s])),
    }
}

fn quarter(f: &Found, anchor: Option<Date>, last: Option<When>) -> Meaning {
    let q = slot(f, Slot::Q).unwrap_or(1).clamp(1, 4);
    let half = f.operation == Operation::Half;
    let of = |y| if half { When::Half(y, q) } else { When::Quarter(y, q) };
    if let Some(y) = year(f) {
        return Meaning::of(of(y));
    }
    let unknown = || Meaning::unknown(format!("XXXX-{}{q}", if half { 'H' } else { 'Q' }));
    let base = anchor.or(match last {
        Some(When::Day(day)) => Some(day),
        _ => None,
    });
    let Some(base) = base else { return unknown() };
    if let Some(rel) = f.get(Slot::Rel) {
        return Meaning::of(of(base.year() + rel as i16));
    }
    let started = of(base.year()).days().earliest.is_some_and(|day| day <= base);
    let back = !started && f.tense != 1;
    Meaning::of(of(base.year() - i16::from(back)))
}

fn decade(f: &Found, anchor: Option<Date>) -> Meaning {
    match (year(f), anchor) {
        (Some(y), _) => Meaning::of(When::Decade(y.div_euclid(10))),
        (None, Some(base)) => {
            let rel = f.get(Slot::Rel).unwrap_or(0) as i16;
            Meaning::of(When::Decade(base.year().div_euclid(10) + rel))
        }
        (None, None) => Meaning::unknown("XXX"),
    }
}

fn century(f: &Found, anchor: Option<Date>) -> Meaning {
    match (f.get(Slot::N), anchor) {
        (Some(n), _) if (1000..=30_000).contains(&n) => {
            Meaning::of(When::Century((n / 1000 - 1) as i16))
        }
        (None, Some(base)) => {
            let rel = f.get(Slot::Rel).unwrap_or(0) as i16;
            Meaning::of(When::Century(base.year().div_euclid(100) + rel))
        }
        _ => Meaning::unknown("XX"),
    }
}

/// `P3D`, `PT30.4S`, `PXM`.
fn length(f: &Found) -> String {
    let unit = unit(f);
    let n = match f.get(Slot::N) {
        Some(VAGUE) => None,
        n => Some(n.unwrap_or(1000).saturating_add(500 * f.get(Slot::Half).unwrap_or(0).min(1))),
    };
    // TIMEX3 has no fractions of a year or of an hour.
    if let Some(n) = n.filter(|n| n % 1000 == 500 && *n > 500) {
        let whole = n / 1000;
        match unit {
            "Y" => return format!("P{whole}Y6M"),
            "H" => return format!("PT{whole}H30M"),
            "m" => return format!("PT{whole}M30S"),
            _ => {}
        }
    }
    let (letter, n, clock) = match unit {
        "E" => ("Y", n.map(|n| n.saturating_mul(10)), false),
        "C" => ("Y", n.map(|n| n.saturating_mul(100)), false),
        "H" => ("H", n, true),
        "m" => ("M", n, true),
        "S" => ("S", n, true),
        _ => (unit, n, false),
    };
    let letter = if unit == "E" && n.is_none() { "DE" } else { letter };
    let n = n.map_or_else(|| "X".to_string(), thousandths);
    format!("P{}{n}{letter}", if clock { "T" } else { "" })
}

fn thousandths(n: i32) -> String {
    let (whole, rest) = (n / 1000, n % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = format!("{rest:03}");
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

fn recur(f: &Found) -> String {
    let day = match (slot(f, Slot::W), slot(f, Slot::M), f.get(Slot::Season)) {
        (Some(w), _, _) => Some(format!("XXXX-WXX-{w}")),
        (None, Some(m), _) => match slot(f, Slot::D) {
            Some(d) => Some(format!("XXXX-{m:02}-{d:02}")),
            None => Some(format!("XXXX-{m:02}")),
        },
        (None, None, Some(s)) => Some(format!("XXXX-{}", SEASONS[s as usize])),
        (None, None, None) => {
            let timed = f.get(Slot::Part).is_some() || f.get(Slot::H).is_some();
            timed.then(|| "XXXX-XX-XX".to_string())
        }
    };
    match day {
        Some(day) => {
            let mut meaning = Meaning::unknown_day(day);
            add_time(&mut meaning, f);
            meaning.value
        }
        None => length(f),
    }
}

impl When {
    fn value(self) -> String {
        match self {
            When::Day(d) => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            When::Week(monday) => week(monday),
            When::Weekend(monday) => format!("{}-WE", week(monday)),
            When::Month(y, m) => format!("{y:04}-{m:02}"),
            When::Quarter(y, q) => format!("{y:04}-Q{q}"),
            When::Half(y, h) => format!("{y:04}-H{h}"),
            When::Season(y, s) => format!("{y:04}-{}", SEASONS[s.min(3)]),
            When::Year(y) => format!("{y:04}"),
            When::Decade(d) => format!("{d:03}"),
            When::Century(c) => format!("{c:02}"),
        }
    }

    /// First and last day.
    fn days(self) -> Interval {
        let day = |y: i16, m: i8, d: i8| Date::new(y, m, d).ok();
        let month_end = |y: i16, m: i8| Some(Date::new(y, m, 1).ok()?.last_of_month());
        let (earliest, latest) = match self {
            When::Day(d) => (Some(d), Some(d)),
            When::Week(monday) => (Some(monday), monday.checked_add(6.days()).ok()),
            When::Weekend(monday) => {
                (monday.checked_add(5.days()).ok(), monday.checked_add(6.days()).ok())
            }
            When::Month(y, m) => (day(y, m, 1), month_end(y, m)),
            When::Quarter(y, q) => (day(y, 3 * q - 2, 1), month_end(y, 3 * q)),
            When::Half(y, h) => (day(y, 6 * h - 5, 1), month_end(y, 6 * h)),
            When::Season(y, s) => match s {
                0 => (day(y, 3, 20), day(y, 6, 21)),
                1 => (day(y, 6, 21), day(y, 9, 22)),
                2 => (day(y, 9, 22), day(y, 12, 21)),
                _ => (day(y, 12, 21), day(y + 1, 3, 20)),
            },
            When::Year(y) => (day(y, 1, 1), day(y, 12, 31)),
            When::Decade(d) => (day(d * 10, 1, 1), day(d * 10 + 9, 12, 31)),
            When::Century(c) => (day(c * 100, 1, 1), day(c * 100 + 99, 12, 31)),
        };
        Interval { earliest, latest }
    }

    /// The stretch of the same size that lies `n` units away. None outside the calendar.
    fn shifted(self, unit: &str, n: i32) -> Option<When> {
        let add = |day: Date| {
            let n = i64::from(n.clamp(-200_000, 200_000));
            match unit {
                "Y" => day.checked_add((n.clamp(-9000, 9000)).years()).ok(),
                "E" => day.checked_add((n.clamp(-900, 900) * 10).years()).ok(),
                "C" => day.checked_add((n.clamp(-90, 90) * 100).years()).ok(),
                "M" => day.checked_add(n.clamp(-90_000, 90_000).months()).ok(),
                "Q" => day.checked_add((n.clamp(-9000, 9000) * 3).months()).ok(),
                "W" | "WE" => day.checked_add(n.weeks()).ok(),
                "D" => day.checked_add(n.days()).ok(),
                _ => Some(day),
            }
        };
        let first = self.days().earliest?;
        let moved = add(first)?;
        Some(match self {
            When::Day(_) => When::Day(moved),
            When::Week(_) => When::Week(monday(moved)),
            When::Weekend(m) => When::Weekend(monday(add(m)?)),
            When::Month(..) => When::Month(moved.year(), moved.month()),
            When::Quarter(..) => When::Quarter(moved.year(), (moved.month() - 1) / 3 + 1),
            When::Half(..) => When::Half(moved.year(), (moved.month() - 1) / 6 + 1),
            When::Season(_, s) => When::Season(moved.year(), s),
            When::Year(_) => When::Year(moved.year()),
            When::Decade(_) => When::Decade(moved.year().div_euclid(10)),
            When::Century(_) => When::Century(moved.year().div_euclid(100)),
        })
    }
}

/// ISO 8601 week: `2017-W44`.
fn week(monday: Date) -> String {
    let iso: ISOWeekDate = monday.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}
