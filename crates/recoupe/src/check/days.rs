//! Which days matter in a story.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::analyse::{Analysis, TimexKind};

/// A text counts at most so much for a day, however often it comes back to it.
const MOST: f64 = 8.0;

/// How many days before the first article a day is background.
const BACKGROUND: i32 = 30;

/// How much a story's articles make of each day, from the most to the least (of equals the earlier
/// first): what a chronology would tell.
///
/// A day counts with each text that names it, and the more the longer after it the text was
/// published: what is still told weeks later mattered (that mentions tell more than the amount published
/// on a day: Kessler et al., "Finding salient dates for building thematic timelines", 2012). Days more than
/// a month before the first article are background, and left out. Articles of one copied text count
/// once: `texts` tells, for each article of `story`, which text it prints.
pub fn days(analyses: &[Analysis], story: &[u32], texts: &[u32]) -> Vec<(Date, f64)> {
    let first = story.iter().filter_map(|a| analyses.get(*a as usize)?.published.date).min();
    let mut by_text: BTreeMap<(Date, u32), f64> = BTreeMap::new();
    for (article, text) in story.iter().zip(texts) {
        let Some(analysis) = analyses.get(*article as usize) else { continue };
        let published = analysis.published.date;
        let mut own: BTreeMap<Date, f64> = BTreeMap::new();
        for timex in &analysis.timexes {
            let told = timex.interval.earliest.filter(|d| timex.interval.latest == Some(*d));
            let dated = matches!(timex.kind, TimexKind::Date | TimexKind::Time);
            let Some(day) = told.filter(|_| dated) else { continue };
            let after = published.map_or(0, |p| (p - day).get_days());
            let before = first.map_or(0, |f| (f - day).get_days());
            if after >= 0 && before <= BACKGROUND {
                *own.entry(day).or_default() += 1.0 + f64::from(after).ln_1p();
            }
        }
        for (day, weight) in own {
            let slot = by_text.entry((day, *text)).or_default();
            *slot = slot.max(weight.min(MOST));
        }
    }
    let mut all: BTreeMap<Date, f64> = BTreeMap::new();
    for ((day, _), weight) in by_text {
        *all.entry(day).or_default() += weight;
    }
    let mut out: Vec<(Date, f64)> = all.into_iter().collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}
