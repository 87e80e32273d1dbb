//! What formats share: a day, a language as files write them.

use jiff::civil::Date;

/// The day a date field names, in the zone it was written in: RFC 3339, `YYYY-MM-DD HH:MM:SS`,
/// or a day alone. None for anything else: a month or a year is not a day.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let (day, rest) = text.split_at_checked(10)?;
    let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ', '+', 'Z']);
    let digits = day.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    if !ends || !digits {
        return None;
    }
    let number = |range: std::ops::Range<usize>| day[range].parse::<i16>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    Date::new(year, month as i8, day as i8).ok()
}

/// The primary tag of a language field: `fr` for `fr-FR`, `fr_FR`, `FR`. None when it is no tag.
pub(super) fn language(text: &str) -> Option<String> {
    let primary = text.trim().split(['-', '_']).next().unwrap_or_default();
    let tag = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    tag.then(|| primary.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_files_write_them() {
        for text in [
            "2017-11-09",
            " 2017-11-09 ",
            "2017-11-09T23:30:00+01:00",
            "2017-11-09 10:12:00",
            "2017-11-09T10:12:00Z",
        ] {
            assert_eq!(day(text), Some(jiff::civil::date(2017, 11, 9)), "{text}");
        }
        for text in ["", "2017-11", "2017", "2017-13-01", "2017-02-30", "09/11/2017", "2017-11-091"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn languages_as_files_write_them() {
        assert_eq!(language("fr-FR").as_deref(), Some("fr"));
        assert_eq!(language("EN_us").as_deref(), Some("en"));
        assert_eq!(language("français"), None);
    }
}
