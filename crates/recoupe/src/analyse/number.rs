//! Digits to numbers: what separators mean in each language, and when they mean nothing.
//!
//! `1.200` is 1200 in French and, for a count, in English too; `2.5` is two and a half in both;
//! `120.00` and `120 00` count nothing.

/// A number as it was written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Number {
    /// Whole.
    Whole(f64),
    /// With decimals: whether so few may stand in a count (`1,8 enfant`).
    Decimal { value: f64, countable: bool },
    /// One mark and three digits, in the other languages' way: a count reads it as `thousands`.
    Either { thousands: f64, decimal: f64 },
    /// More or less so many.
    About { value: f64, spread: f64 },
    /// No number: only a least and a most.
    Vague { lo: f64, hi: f64 },
    /// Digits that make no number.
    Garbled,
}

/// Whether a label of four digits may be a year.
pub(super) fn looks_like_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|y| (1000..2100).contains(&y))
}

/// More digits than this is an identifier.
const MOST_DIGITS: usize = 15;

/// Groups of digits with spaces between, if well formed: one to three digits, then threes.
pub(super) fn spaced(groups: &[&str], decimal: char) -> Option<Number> {
    let (first, rest) = groups.split_first()?;
    let (last, inner) = rest.split_last()?;
    let lead = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
    let (whole, fraction) = last.split_once(decimal).unwrap_or((last, ""));
    let threes = inner.iter().chain([&whole]).all(|g| g.len() == 3 && digits(g));
    if !lead || !threes || !(fraction.is_empty() || digits(fraction)) {
        return None;
    }
    let joined: String = first.chars().chain(inner.iter().flat_map(|g| g.chars())).collect();
    number(&(joined + whole), fraction)
}

fn digits(group: &str) -> bool {
    !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit())
}

/// A number in one piece. None: an identifier, a score, a clock time.
pub(super) fn written(token: &str, grouping: char, decimal: char) -> Option<Number> {
    if token.contains(':') || token.len() > 2 * MOST_DIGITS {
        return None;
    }
    let groups: Vec<&str> = token.split(['.', ',']).collect();
    if !groups.iter().all(|g| digits(g)) {
        return None;
    }
    if groups.len() == 1 {
        let padded = token.len() > 1 && token.starts_with('0');
        return if padded { None } else { number(token, "") };
    }
    let marks: Vec<char> = token.chars().filter(|c| !c.is_ascii_digit()).collect();
    let last = *marks.last()?;
    let same = marks.iter().all(|m| *m == last);
    let tail = *groups.last()?;
    let grouped = |groups: &[&str]| {
        let lead = (1..=3).contains(&groups[0].len()) && !groups[0].starts_with('0');
        lead && groups[1..].iter().all(|g| g.len() == 3)
    };
    if same && grouped(&groups) && (last == grouping || groups.len() > 2) {
        return number(&groups.concat(), "");
    }
    let (whole, alone) = (groups[..groups.len() - 1].concat(), marks.len() == 1);
    if alone && grouped(&groups) {
        let (thousands, decimal) = (plain(number(&groups.concat(), "")?)?, value(&whole, tail)?);
        return Some(Number::Either { thousands, decimal });
    }
    let mixed = !same && marks[..marks.len() - 1].iter().all(|m| *m == marks[0] && *m != last);
    if mixed && grouped(&groups[..groups.len() - 1]) {
        return number(&whole, tail);
    }
    let padded = whole.len() > 1 && whole.starts_with('0');
    if !alone || padded {
        return Some(Number::Garbled);
    }
    match number(&whole, tail)? {
        Number::Decimal { value, countable } => Some(Number::Decimal {
            value,
            countable: countable && (last == decimal || tail.len() == 1),
        }),
        other => Some(other),
    }
}

fn value(whole: &str, fraction: &str) -> Option<f64> {
    if whole.len() + fraction.len() > MOST_DIGITS {
        return None;
    }
    format!("{whole}.{fraction}0").parse().ok()
}

fn number(whole: &str, fraction: &str) -> Option<Number> {
    let value = value(whole, fraction)?;
    if fraction.is_empty() {
        return Some(Number::Whole(value));
    }
    // Averages and rates count things with a decimal or two; `120.00` counts nothing.
    let some = fraction.bytes().any(|b| b != b'0');
    let few = fraction.len() == 1 && value < 100.0 || fraction.len() == 2 && value < 10.0;
    Some(Number::Decimal { value, countable: some && few })
}

/// Binary noise off a product of decimals: 2.3 million is 2300000.
pub(super) fn tidy(value: f64) -> f64 {
    let near = value.round();
    if (value - near).abs() < 1e-6 * near.abs().max(1.0) { near } else { value }
}

/// The number itself, when there is just one.
pub(super) fn plain(number: Number) -> Option<f64> {
    match number {
        Number::Whole(v) | Number::Decimal { value: v, .. } => Some(v),
        Number::Either { thousands, .. } => Some(thousands),
        _ => None,
    }
}
