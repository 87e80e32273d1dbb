//! What each article shares with the others, in numbers and word by word: for the view of what
//! is copied, `dossier.json` and `dossier.md`.
//!
//! Everything here follows from the pile's passages and families alone.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::analyse::{Analysis, Sentence};
use crate::article::Span;
use crate::reuse::fold::{BARRIER, fold};
use crate::reuse::{Family, Locus, PassageKind};

use super::dossier::Dossier;

/// Places of a family that a place may be compared with; the nearest of them is taken.
const CANDIDATES: usize = 6;
/// Words of two places, one number times the other, up to which they are compared.
const COMPARED: usize = 600 * 600;

/// What one article shares with the others.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Likeness {
    /// The articles that it shares words with, most words first, then in reading order.
    pub with: Vec<Shared>,
    /// Its sentences, in order; those without words are left out.
    pub sentences: Vec<SentenceShare>,
}

/// What two articles share, seen from one of them.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shared {
    /// Index of the other article.
    pub article: u32,
    /// Share of the words of the one, 0 to 1.
    pub share: f64,
    /// Copied passages between the two.
    pub passages: u32,
}

/// How much of a sentence stands in other articles too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SentenceShare {
    /// Where.
    pub span: Span,
    /// Its words.
    pub words: u32,
    /// Those in a copied passage.
    pub copied: u32,
}

impl SentenceShare {
    /// Copied words over words, 0 to 1.
    pub fn share(&self) -> f64 {
        f64::from(self.copied) / f64::from(self.words.max(1))
    }
}

/// How the words of a place in a family differ from those of another of its places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The place that it is compared with.
    pub against: Locus,
    /// The words that the other place does not have.
    pub new: Vec<Span>,
    /// The words of the other place that this one does not have, each run with the byte of this
    /// article's text at which it would stand: the end of a word, or the start of one.
    pub gone: Vec<(u32, Locus)>,
    /// How many words that is, on both sides.
    pub words: usize,
}

/// What all articles of a pile share.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Likenesses {
    /// Of each article, in the pile's order.
    pub articles: Vec<Likeness>,
    /// Of each family, of each place: how its words differ from the nearest other place's. None
    /// when they are the same, or too long to compare.
    pub changes: Vec<Vec<Option<Change>>>,
}

impl Likenesses {
    /// Counts what the articles of a dossier share.
    pub fn of(dossier: &Dossier) -> Likenesses {
        let pile = Pile::of(dossier);
        let changes = dossier.families.iter().map(|f| pile.changes(f)).collect();
        Likenesses { articles: pile.articles(), changes }
    }
}

/// A folded word: its number, the same for the same word all over the pile, and its place.
type Word = (u32, Span);

/// The articles' words, as passages are found by.
struct Pile<'a> {
    dossier: &'a Dossier,
    words: Vec<Vec<Word>>,
}

impl Pile<'_> {
    fn of(dossier: &Dossier) -> Pile<'_> {
        let folded = fold(&dossier.articles).articles;
        let plain = |words: Vec<crate::reuse::fold::Word>| {
            words.into_iter().filter(|w| w.id != BARRIER).map(|w| (w.id, w.span)).collect()
        };
        Pile { dossier, words: folded.into_iter().map(plain).collect() }
    }

    /// Indices of an article's words that a span touches.
    fn within(&self, at: Locus) -> Range<usize> {
        let words = &self.words[at.article as usize];
        let from = words.partition_point(|w| w.1.end <= at.span.start);
        let to = words.partition_point(|w| w.1.start < at.span.end);
        from..to.max(from)
    }

    /// What each article shares: with whom by the pairs of passages, as its copied share is
    /// counted; by sentence by the families, which are what is shown.
    fn articles(&self) -> Vec<Likeness> {
        let mut common: BTreeMap<(u32, u32), Vec<Range<usize>>> = BTreeMap::new();
        for pair in &self.dossier.pairs {
            for (here, there) in [(pair.a, pair.b), (pair.b, pair.a)] {
                if here.article != there.article {
                    common
                        .entry((here.article, there.article))
                        .or_default()
                        .push(self.within(here));
                }
            }
        }
        let sentences = self.sentences();
        let mut out: Vec<Likeness> = sentences
            .into_iter()
            .map(|sentences| Likeness { with: Vec::new(), sentences })
            .collect();
        for ((here, there), ranges) in common {
            let passages = ranges.len() as u32;
            let share = union(ranges) as f64 / self.words[here as usize].len().max(1) as f64;
            out[here as usize].with.push(Shared { article: there, share, passages });
        }
        for likeness in &mut out {
            likeness.with.sort_by(|a, b| b.share.total_cmp(&a.share));
        }
        out
    }

    fn sentences(&self) -> Vec<Vec<SentenceShare>> {
        let mut copied: Vec<Vec<bool>> = self.words.iter().map(|w| vec![false; w.len()]).collect();
        for at in self.dossier.families.iter().flat_map(|f| &f.places) {
            copied[at.article as usize][self.within(*at)].fill(true);
        }
        let of = |(i, analysis): (usize, &Analysis)| {
            let count = |s: &Sentence| {
                let range = self.within(Locus { article: i as u32, span: s.span });
                let inside = copied[i][range.clone()].iter().filter(|c| **c).count();
                SentenceShare { span: s.span, words: range.len() as u32, copied: inside as u32 }
            };
            analysis.sentences.iter().map(count).filter(|s| s.words > 0).collect()
        };
        self.dossier.analyses.iter().enumerate().map(of).collect()
    }

    fn changes(&self, family: &Family) -> Vec<Option<Change>> {
        if family.kind == PassageKind::Verbatim {
            return vec![None; family.places.len()];
        }
        family.places.iter().map(|at| self.nearest(family, *at)).collect()
    }

    /// The place's differences from where it was copied from, if that is known; else from the
    /// likest of the first places in other articles.
    fn nearest(&self, family: &Family, at: Locus) -> Option<Change> {
        let others = || family.places.iter().copied().filter(|o| o.article != at.article);
        let source = others().find(|o| Some(o.article) == family.source);
        let candidates: Vec<Locus> = match source {
            Some(source) => vec![source],
            None => others().take(CANDIDATES).collect(),
        };
        let changes = candidates.into_iter().filter_map(|other| self.change(at, other));
        changes.min_by_key(|c| c.words).filter(|c| c.words > 0)
    }

    /// How the words of a place differ from another's: those outside their longest common
    /// subsequence. None when both are too long to compare.
    fn change(&self, at: Locus, against: Locus) -> Option<Change> {
        let here = &self.words[at.article as usize][self.within(at)];
        let there = &self.words[against.article as usize][self.within(against)];
        let (new, gone) = differences(here, there)?;
        let words = new.len() + gone.len();
        let text = &self.dossier.articles[at.article as usize].text;
        // After the word before it; but not between a word and its apostrophe or hyphen.
        let place = |before: usize| {
            let after = before.checked_sub(1).and_then(|i| here.get(i)).map(|word| word.1.end);
            let next = here.get(before).map(|word| word.1.start);
            let loose = |end: &u32| !text[*end as usize..].starts_with(['\'', '’', '-', '‑']);
            after.filter(loose).or(next).or(after).unwrap_or(at.span.start)
        };
        let mut runs: Vec<(u32, Locus)> = Vec::new();
        let mut last = None;
        for (before, i) in gone {
            let span = there[i].1;
            match runs.last_mut().filter(|_| last == Some((before, i.wrapping_sub(1)))) {
                Some((_, run)) => run.span = run.span.join(span),
                None => runs.push((place(before), Locus { article: against.article, span })),
            }
            last = Some((before, i));
        }
        let mut spans: Vec<Span> = Vec::new();
        let mut last = None;
        for i in new {
            match spans.last_mut().filter(|_| last == Some(i.wrapping_sub(1))) {
                Some(run) => *run = run.join(here[i].1),
                None => spans.push(here[i].1),
            }
            last = Some(i);
        }
        Some(Change { against, new: spans, gone: runs, words })
    }
}

/// How many numbers the ranges cover together.
fn union(mut ranges: Vec<Range<usize>>) -> usize {
    ranges.sort_by_key(|r| r.start);
    let (mut total, mut end) = (0, 0);
    for range in ranges {
        total += range.end.max(end) - range.start.max(end);
        end = end.max(range.end);
    }
    total
}

/// Indices of the words of `a` that `b` does not have, and of the words of `b` that `a` does not
/// have, each of these with the index in `a` before which it stands.
type Differences = (Vec<usize>, Vec<(usize, usize)>);

fn differences(a: &[Word], b: &[Word]) -> Option<Differences> {
    let same = |(x, y): &(&Word, &Word)| x.0 == y.0;
    let head = a.iter().zip(b).take_while(same).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(same).count();
    let (a, b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    if a.len().saturating_mul(b.len()) > COMPARED {
        return None;
    }
    let width = b.len() + 1;
    let mut best = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i * width + j] = if a[i].0 == b[j].0 {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut new, mut gone) = (0, 0, Vec::new(), Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i].0 == b[j].0 {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len()
            || i < a.len() && best[(i + 1) * width + j] >= best[i * width + j + 1]
        {
            new.push(head + i);
            i += 1;
        } else {
            gone.push((head + i, head + j));
            j += 1;
        }
    }
    Some((new, gone))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        let number = |w: &str| w.bytes().fold(0u32, |n, b| n.wrapping_mul(31) + u32::from(b));
        let mut at = 0;
        let mut out = Vec::new();
        for word in text.split(' ') {
            out.push((number(word), Span::new(at, at + word.len())));
            at += word.len() + 1;
        }
        out
    }

    #[test]
    fn differences_are_the_words_changed_added_and_dropped() {
        let cases = [
            ("a b c", "a b c", vec![], vec![]),
            ("a x c", "a b c", vec![1], vec![(2, 1)]),
            ("a c", "a b c", vec![], vec![(1, 1)]),
            ("a b c d", "a d", vec![1, 2], vec![]),
            ("b a", "a", vec![0], vec![]),
        ];
        for (a, b, new, gone) in cases {
            let found = differences(&words(a), &words(b)).expect("short enough");
            assert_eq!(found, (new, gone), "{a} / {b}");
        }
    }

    #[test]
    fn very_long_places_are_not_compared() {
        let many = |from: u32| (0..700).map(|i| (from + i, Span::default())).collect::<Vec<_>>();
        assert_eq!(differences(&many(0), &many(10_000)), None);
    }

    #[test]
    fn ranges_that_overlap_count_once() {
        assert_eq!(union(vec![3..6, 0..2, 4..5, 5..9]), 8);
    }
}
