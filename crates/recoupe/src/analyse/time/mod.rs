//! Time expressions (TIMEX3): what they are, and the days they mean.
//!
//! Two passes. The first recognises expressions with the language's grammar
//! ([`crate::lang::time`]): a rule names an operation and the slots it fills. The second turns
//! operations into TIMEX3 values against the days on which the article may have been written.
//! With no such day a value stays underspecified (`XXXX-WXX-4`); nothing is taken from a clock.
//!
//! | operation | meaning |
//! |---|---|
//! | `date` | year, month, day as far as given; a missing year is that of the nearest such day, by `rel`, else by the verb's tense |
//! | `nth` | the `q`-th `w` (or `unit`) of the month `m`, or of the month `rel` away; `q=6` is the last |
//! | `weekday` | the last such day up to the article's, unless `rel` or a verb in the future says otherwise |
//! | `shift` | `rel` x `n` units from the article's day, as a whole unit: `rel=-1 unit=W` is last week |
//! | `from` | the same from the time last named |
//! | `same` | the unit that holds the time last named |
//! | `of-day` | a clock time or part of the day, on the day named nearest |
//! | `length`, `recur`, `vague` | `P3Y`, `XXXX-WXX-1`, `PAST_REF` |
//! | `season`, `quarter`, `half`, `decade`, `century`, `holiday` | as they say |
//!
//! `date` with `unit=W` is the week of that day; `weekday` with `unit=W` is the day of the week
//! `rel` away; `from` with a weekday is the nearest before or after the day last named.
//!
//! Any operation that gives a day takes `part`, `h`, `min`, `pm` too.
//!
//! Values follow the TIMEX3 annotation guidelines (TimeML 1.2.1) as the TimeBanks apply them.

mod holiday;
pub(crate) mod resolve;
pub(crate) mod scan;
mod tense;

use jiff::civil::Date;

use crate::analyse::{Interval, Timex};
use crate::article::{Article, BlockKind, Span};
use crate::lang::Pack;
use crate::lang::time::{NO_DATE, Slot};

pub use tense::Syntax;

/// The time expressions of `text` within the spans (bytes) of `prose`, in order, none
/// overlapping, resolved against the day that the text was published, if it is known.
///
/// ```
/// use recoupe::{analyse::time, article::Span, lang};
/// let text = "Le maire a démissionné mercredi soir.";
/// let (all, fr) = ([Span::new(0, text.len())], lang::pack("fr").ok_or("no French")?);
/// let times = time::tag(text, &all, Some(jiff::civil::date(2021, 3, 4)), fr);
/// assert_eq!(times[0].value, "2021-03-03TEV");
/// assert_eq!(time::tag(text, &all, None, fr)[0].value, "XXXX-WXX-3TEV");
/// # Ok::<(), &str>(())
/// ```
pub fn tag(text: &str, prose: &[Span], anchor: Option<Date>, pack: &'static Pack) -> Vec<Timex> {
    tag_within(text, prose, Interval { earliest: anchor, latest: anchor }, pack)
}

/// As [`tag`], for a text that may have been published on any of several days: what all of
/// them agree on is resolved, the rest stays underspecified. With no days at all, a date that
/// the text gives of itself is used.
pub fn tag_within(text: &str, prose: &[Span], anchor: Interval, pack: &'static Pack) -> Vec<Timex> {
    resolved(&scan::scan(text, prose, pack), anchor)
}

/// As [`tag_within`], for a text whose words are tagged and attached: the verb that governs a
/// time tells whether it lies ahead.
pub fn tag_parsed(
    syntax: Syntax,
    prose: &[Span],
    anchor: Interval,
    pack: &'static Pack,
) -> Vec<Timex> {
    resolved(&found(syntax, prose, pack), anchor)
}

/// What is recognised in the parts `prose` of a text, each with the direction of its verb.
pub(crate) fn found(syntax: Syntax, prose: &[Span], pack: &Pack) -> Vec<scan::Found> {
    let mut found = scan::scan(syntax.text, prose, pack);
    tense::govern(&mut found, syntax, pack);
    found
}

/// What was recognised, resolved against the days on which the text may have been published; with
/// none, against a date that it gives of itself.
pub(crate) fn resolved(found: &[scan::Found], anchor: Interval) -> Vec<Timex> {
    let anchor = match anchor {
        Interval { earliest: None, latest: None } => own_date(found),
        known => known,
    };
    resolve::resolve(found, anchor)
}

/// The time expressions of an article, resolved against the day that its file gives, if any.
/// `story::dating` resolves them anew once the story has dated the article.
pub fn of_article(article: &Article, syntax: Syntax, pack: &'static Pack) -> Vec<Timex> {
    let anchor = Interval { earliest: article.published, latest: article.published };
    tag_parsed(syntax, &readable(article), anchor, pack)
}

/// The parts of an article in which times are read: all but links to other articles and
/// credits. Wider than prose, because dates stand in datelines and in lines that are furniture.
pub fn readable(article: &Article) -> Vec<Span> {
    let read = |kind| !matches!(kind, BlockKind::Links | BlockKind::Credit);
    article.blocks.iter().filter(|b| read(b.kind)).map(|b| b.span).collect()
}

/// The days that a text gives of itself (`date 2017-11`, "published on ...").
pub(crate) fn own_date(found: &[scan::Found]) -> Interval {
    let dated: Vec<scan::Found> = found
        .iter()
        .filter(|f| f.get(Slot::Dates).is_some_and(|d| d != NO_DATE))
        .copied()
        .collect();
    let days = resolve::resolve(&dated, Interval::default()).into_iter().map(|t| t.interval);
    days.filter(|i| i.earliest.is_some())
        .reduce(|a, b| Interval {
            earliest: a.earliest.max(b.earliest),
            latest: a.latest.min(b.latest),
        })
        .filter(|i| i.earliest <= i.latest)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn grammars_have_no_faults() {
        for pack in crate::lang::PACKS {
            assert_eq!(pack.time.grammar().faults, Vec::<String>::new(), "{}", pack.code);
        }
    }
}
