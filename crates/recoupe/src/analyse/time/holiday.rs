//! The days of holidays, in any calendar that sets them.

use icu_calendar::cal::{Hebrew, Hijri};
use icu_calendar::types::Month;
use icu_calendar::{Date as OtherDate, Iso};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::analyse::Interval;

/// A holiday of one year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Holiday {
    /// The day, or the first of several.
    pub first: Date,
    /// All days that it may mean: with the moon, countries differ by one.
    pub days: Interval,
    /// Whether it lasts for many days, and is no day itself.
    pub long: bool,
}

impl Holiday {
    fn day(day: Date) -> Holiday {
        let days = Interval { earliest: Some(day), latest: Some(day) };
        Holiday { first: day, days, long: false }
    }

    /// From one day before to so many days after.
    fn by_moon(day: Date, length: i64) -> Option<Holiday> {
        let days = Interval {
            earliest: Some(day.yesterday().ok()?),
            latest: Some(day.checked_add(length.days()).ok()?),
        };
        Some(Holiday { first: day, days, long: length > 1 })
    }
}

/// The times a holiday is kept in a year of the common calendar: mostly one, of the Muslim
/// calendar's also none or two. The codes are said at [`crate::lang::time::Slot::Holiday`].
pub(super) fn in_year(code: i32, year: i16) -> Vec<Holiday> {
    let (calendar, month, day) = (code / 10_000, code / 100 % 100, code % 100);
    match calendar {
        0 => common(code, year).map(Holiday::day).into_iter().collect(),
        1 => muslim(year, month as u8, day as u8),
        2 => other_years(year, 3760..=3761, |y| {
            OtherDate::try_new(y.into(), Month::new(month as u8), day as u8, Hebrew)
                .ok()
                .map(|d| d.to_calendar(Iso))
        })
        .map(Holiday::day)
        .collect(),
        3 => other_years(year, 0..=0, |y| {
            OtherDate::try_new_chinese_traditional(y, Month::new(month as u8), day as u8)
                .ok()
                .map(|d| d.to_calendar(Iso))
        })
        .map(Holiday::day)
        .collect(),
        _ => Vec::new(),
    }
}

/// Umm al-Qura, the calendar of Saudi Arabia. Day 0 is the whole month.
fn muslim(year: i16, month: u8, day: u8) -> Vec<Holiday> {
    // A Muslim year is eleven days shorter.
    let from = (i32::from(year) - 622) * 33 / 32;
    let length = if day == 0 { 30 } else { 1 };
    other_years(0, from - 1..=from + 2, |y| {
        let calendar = Hijri::new_umm_al_qura();
        OtherDate::try_new_hijri_with_calendar(y, month, day.max(1), calendar)
            .ok()
            .map(|d| d.to_calendar(Iso))
    })
    .filter(|d| d.year() == year)
    .filter_map(|d| Holiday::by_moon(d, length))
    .collect()
}

/// The days that `to_iso` gives for the years `year + offsets`; of those of `year` alone if it
/// is not 0.
fn other_years(
    year: i16,
    offsets: std::ops::RangeInclusive<i32>,
    to_iso: impl Fn(i32) -> Option<OtherDate<Iso>>,
) -> impl Iterator<Item = Date> {
    let dates = offsets.filter_map(move |o| {
        let iso = to_iso(i32::from(year) + o)?;
        let y = i16::try_from(iso.year().extended_year()).ok()?;
        Date::new(y, iso.month().ordinal as i8, iso.day_of_month().0 as i8).ok()
    });
    dates.filter(move |d| year == 0 || d.year() == year)
}

fn common(code: i32, year: i16) -> Option<Date> {
    match code {
        101..2000 => Date::new(year, (code / 100) as i8, (code % 100) as i8).ok(),
        2000..5000 => easter(year)?.checked_add(i64::from(code - 2500).days()).ok(),
        7000 => {
            let monday = Date::new(year, 11, 1).ok()?.nth_weekday_of_month(1, Weekday::Monday);
            monday.ok()?.tomorrow().ok()
        }
        5000..7000 => {
            let code = code - 5000;
            let (month, w, n) = (code / 100, code / 10 % 10, code % 10);
            let weekday = Weekday::from_monday_one_offset(w as i8).ok()?;
            let n = if n == 6 { -1 } else { n as i8 };
            Date::new(year, month as i8, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
        }
        _ => None,
    }
}

/// Easter Sunday: the Gregorian computus of Meeus (*Astronomical Algorithms*, ch. 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(year, (day / 31) as i8, (day % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firsts(code: i32, year: i16) -> Vec<String> {
        in_year(code, year).iter().map(|h| h.first.to_string()).collect()
    }

    #[test]
    fn days_of_every_calendar() {
        for (code, year, days) in [
            (1225, 2021, &["2021-12-25"][..]),
            (2500, 2024, &["2024-03-31"]),
            (6144, 2023, &["2023-11-23"]),
            (7000, 2022, &["2022-11-08"]),
            // Eid al-Fitr; of the year 2000 twice; Eid al-Adha.
            (11001, 2023, &["2023-04-21"]),
            (11001, 2000, &["2000-01-08", "2000-12-27"]),
            (11210, 2024, &["2024-06-16"]),
            // Yom Kippur, Passover, the Lunar New Year.
            (20110, 2023, &["2023-09-25"]),
            (20715, 2024, &["2024-04-23"]),
            (30101, 2023, &["2023-01-22"]),
            (9000, 2023, &[]),
            (0, 2023, &[]),
            (1399, 2023, &[]),
        ] {
            assert_eq!(firsts(code, year), days, "{code} of {year}");
        }
    }

    #[test]
    fn what_hangs_on_the_moon_may_be_a_day_off() {
        let eid = in_year(11001, 2023)[0];
        assert_eq!(eid.days.earliest, Some(jiff::civil::date(2023, 4, 20)));
        assert_eq!(eid.days.latest, Some(jiff::civil::date(2023, 4, 22)));
        let ramadan = in_year(10900, 2023)[0];
        assert!(ramadan.long && !eid.long);
        assert_eq!(ramadan.days.latest, Some(jiff::civil::date(2023, 4, 22)));
    }

    #[test]
    fn no_year_is_too_far() {
        for year in [-9999, -1, 0, 1, 621, 622, 1582, 9998, 9999] {
            for code in [101, 2500, 6144, 7000, 11001, 10900, 20110, 30101, 99999, -5] {
                let _ = in_year(code, year);
            }
        }
    }
}
