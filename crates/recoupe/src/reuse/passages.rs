//! Articles to pairs of copied passages: [`passages`].

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align::{self, Index, Passage};
use super::fold::{self, Folded, Vocabulary, Weight, Word};
use super::{Locus, Pair, PassageKind, seed};
use crate::article::{Article, Span};

/// The shortest passage, in words as white space cuts them, on either side.
pub const MIN_WORDS: usize = 8;

/// The least share of equal words.
pub const MIN_SIMILARITY: f64 = 0.6;

/// How many of the equal words must be content words, and how many of those no names.
const MIN_CONTENT: usize = 4;
const MIN_PLAIN: usize = 3;

/// So many words in a row are copied whatever they are: a list of names keeps its order.
const LONG_RUN: usize = 20;

/// A passage that so many articles have is looked at again: see [`drop_formulas`].
const FREQUENT: usize = 5;

/// The least that two articles' rare words must have in common, beside a frequent passage,
/// for the passage to be copied rather than a formula of the trade.
const RELATED: f64 = 0.1;

/// The passages of [`MIN_WORDS`] words or more that two articles share, word for word or
/// edited: every pair of articles, in order of their places, the passages of a pair in reading
/// order of the first article.
///
/// Only prose counts ([`crate::article::BlockKind::is_prose`]). Case, accents, quotation
/// marks, apostrophes, hyphens and spaces make no difference. What any two reports of one
/// event share is left out: names with their titles, who said it through which channel,
/// phrases that many unrelated articles of the pile have.
///
/// ```
/// use recoupe::article::Article;
/// let pile = [
///     Article::plain("a", "The old bridge over the river collapsed under a lorry of gravel."),
///     Article::plain("b", "Police: the old bridge over the river collapsed under a gravel lorry."),
/// ];
/// let pairs = recoupe::reuse::passages(&pile);
/// assert_eq!(pairs.len(), 1);
/// assert_eq!(pairs[0].a.span.of(&pile[0].text), "The old bridge over the river collapsed under a lorry");
/// ```
pub fn passages(articles: &[Article]) -> Vec<Pair> {
    passages_within(articles, Scope::default())
}

/// Which articles are compared.
#[derive(Clone, Copy, Default)]
pub struct Scope<'a> {
    /// The most days between two articles; those whose day is not known are compared with all.
    pub days: Option<u32>,
    /// For each article, its group: only articles of one group are compared.
    pub groups: Option<&'a [u32]>,
}

impl Scope<'_> {
    fn admits(&self, articles: &[Article], a: u32, b: u32) -> bool {
        let near = || {
            let day = |i: u32| articles[i as usize].published;
            let (Some(days), Some(x), Some(y)) = (self.days, day(a), day(b)) else { return true };
            (x - y).get_days().unsigned_abs() <= days
        };
        let group = |i: u32| self.groups.and_then(|g| g.get(i as usize));
        group(a) == group(b) && near()
    }
}

/// [`passages`], between articles of one window of time or one group only.
pub fn passages_within(articles: &[Article], scope: Scope) -> Vec<Pair> {
    let folded = fold::fold(articles);
    let candidates =
        seed::candidates(&folded, &by_day(articles), |a, b| scope.admits(articles, a, b));
    let indices: Vec<Index> = needed(&candidates, &folded);
    let found: Vec<Vec<Found>> = candidates
        .par_iter()
        .map(|(a, b)| {
            let side = |i: u32| (&folded.articles[i as usize][..], &indices[i as usize]);
            let mut found: Vec<Found> =
                align::align(side(*a), side(*b), &folded.vocabulary, MIN_SIMILARITY)
                    .into_iter()
                    .filter(|p| is_reuse(p, side(*a).0, side(*b).0, &folded.vocabulary))
                    .map(|p| {
                        let form = is_form(&p, side(*a).0, side(*b).0, &folded.vocabulary);
                        Found::new((*a, *b), &p, form)
                    })
                    .collect();
            found.sort_by_key(|f| (f.a, f.b));
            found
        })
        .collect();
    let found = drop_formulas(found, &folded);
    found.into_iter().map(|f| f.pair(&folded)).collect()
}

/// The articles' indices in order of their days: what is copied is mostly near in time.
fn by_day(articles: &[Article]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..articles.len() as u32).collect();
    order.sort_by_key(|i| articles[*i as usize].published);
    order
}

/// A passage without its words: millions are held.
struct Found {
    articles: (u32, u32),
    /// Its words in the one and in the other.
    a: (u32, u32),
    b: (u32, u32),
    similarity: f64,
    /// Whether it is one form filled in twice.
    form: bool,
}

impl Found {
    fn new(articles: (u32, u32), passage: &Passage, form: bool) -> Found {
        let short = |side: (usize, usize)| (side.0 as u32, side.1 as u32);
        Found {
            articles,
            a: short(passage.a),
            b: short(passage.b),
            similarity: passage.similarity(),
            form,
        }
    }

    /// Whether the passage is half of one of its articles, or more.
    fn is_main(&self, folded: &Folded) -> bool {
        let half = |article: u32, (from, to): (u32, u32)| {
            2 * (to - from) as usize >= folded.articles[article as usize].len()
        };
        half(self.articles.0, self.a) || half(self.articles.1, self.b)
    }

    fn grams<'a>(&self, folded: &'a Folded) -> impl Iterator<Item = u64> + use<'a> {
        let words = &folded.articles[self.articles.0 as usize];
        let (from, to) = (self.a.0 as usize, self.a.1 as usize);
        (from..(to + 1).saturating_sub(align::RUN))
            .filter_map(|i| align::gram(words, i, align::RUN))
    }

    fn pair(&self, folded: &Folded) -> Pair {
        let locus = |article: u32, words: (u32, u32)| {
            let text = &folded.articles[article as usize];
            let span = text[words.0 as usize].span.join(text[words.1 as usize - 1].span);
            Locus { article, span }
        };
        let kind = match self.similarity {
            1.0 => PassageKind::Verbatim,
            _ => PassageKind::Edited,
        };
        Pair {
            a: locus(self.articles.0, self.a),
            b: locus(self.articles.1, self.b),
            kind,
            similarity: self.similarity,
        }
    }
}

/// The indices of the articles that some candidate names; empty for the others.
fn needed(candidates: &[(u32, u32)], folded: &Folded) -> Vec<Index> {
    let mut wanted = vec![false; folded.articles.len()];
    for (a, b) in candidates {
        wanted[*a as usize] = true;
        wanted[*b as usize] = true;
    }
    let index = |(words, wanted): (&Vec<Word>, &bool)| match wanted {
        true => align::index(words),
        false => Index::new(),
    };
    folded.articles.par_iter().zip(&wanted).map(index).collect()
}

/// Whether a passage is long enough and says enough to be copied from somewhere.
fn is_reuse(passage: &Passage, a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> bool {
    let words = |text: &[Word], (from, to): (usize, usize)| {
        1 + text[from + 1..to].iter().filter(|w| w.starts).count()
    };
    let (mut content, mut plain) = (0, 0);
    for (i, j) in &passage.equal {
        if vocabulary.weight(a[*i].id) == Weight::Content {
            content += 1;
            plain += usize::from(!a[*i].name && !b[*j].name);
        }
    }
    words(a, passage.a) >= MIN_WORDS
        && words(b, passage.b) >= MIN_WORDS
        && content >= MIN_CONTENT
        && (plain >= MIN_PLAIN || passage.longest_run() >= LONG_RUN)
}

/// How many words of a passage there are to a slot of a form, at most, and how many slots hold other
/// names at least.
const SLOT: usize = 14;
const NAMED_SLOTS: usize = 2;

/// Whether two articles fill in one form: what differs is names and numbers, again and again. In
/// copies the names are the same.
fn is_form(passage: &Passage, a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> bool {
    let number = |w: &Word| {
        let form = vocabulary.words.get(w.id as usize);
        form.is_some_and(|f| f.starts_with(|c: char| c.is_ascii_digit()))
    };
    let (mut named, mut slots) = (0, 0);
    for two in passage.equal.windows(2) {
        let (x, y) = (&a[two[0].0 + 1..two[1].0], &b[two[0].1 + 1..two[1].1]);
        if x.is_empty() || y.is_empty() || !x.iter().chain(y).all(|w| w.name || number(w)) {
            continue;
        }
        slots += 1;
        named += usize::from(!x.iter().chain(y).any(number));
    }
    named >= NAMED_SLOTS && slots * SLOT >= passage.equal.len()
}

/// Leaves out what articles share that have nothing else in common: a sentence about the
/// paper, a customary phrase. Such a passage stands alone in its pair of articles, is the lesser
/// part of both, many articles have it, and the two have few rare words in common beside it. A form
/// that many articles fill in, each with names of its own, is left out too: a weather report.
fn drop_formulas(found: Vec<Vec<Found>>, folded: &Folded) -> Vec<Found> {
    if folded.articles.len() < FREQUENT {
        return found.into_iter().flatten().collect();
    }
    let suspect = |pair: &[Found]| match pair {
        [alone] => alone.form || !alone.is_main(folded),
        _ => pair.iter().all(|f| f.form),
    };
    let suspects: Vec<bool> = found.par_iter().map(|pair| suspect(pair)).collect();
    let carriers = carriers(&found, &suspects, folded);
    let frequency = frequencies(folded);
    let formula = |(pair, suspect): (&Vec<Found>, &bool)| {
        let Some(f) = pair.first().filter(|_| *suspect) else { return false };
        let mut many: Vec<u32> =
            f.grams(folded).filter_map(|g| carriers.get(&g)).copied().collect();
        many.sort_unstable();
        // What fills a form is rare: what stands between is counted.
        let frequent = |at: usize| many.get(at).is_some_and(|n| *n as usize >= FREQUENT);
        match f.form {
            true => frequent(many.len() / 2),
            false => frequent(0) && related(f, folded, &frequency) < RELATED,
        }
    };
    let formulas: Vec<bool> = found.par_iter().zip(&suspects).map(formula).collect();
    let kept = found.into_iter().zip(formulas).filter(|(_, formula)| !formula);
    kept.flat_map(|(pair, _)| pair).collect()
}

/// For each sequence of words of a suspect passage, in how many articles some passage has it.
fn carriers(found: &[Vec<Found>], suspects: &[bool], folded: &Folded) -> FxHashMap<u64, u32> {
    // Beside the count, the article that was counted last, for one to count once.
    let mut counts: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    for (pair, _) in found.iter().zip(suspects).filter(|(_, suspect)| **suspect) {
        counts.extend(pair.iter().flat_map(|f| f.grams(folded)).map(|g| (g, (0, u32::MAX))));
    }
    if counts.is_empty() {
        return FxHashMap::default();
    }
    for (article, spans) in covered(found, folded.articles.len()).iter().enumerate() {
        let words = &folded.articles[article];
        for at in spans
            .iter()
            .flat_map(|(from, to)| *from as usize..(*to as usize + 1).saturating_sub(align::RUN))
        {
            let Some(gram) = align::gram(words, at, align::RUN) else { continue };
            if let Some((count, last)) = counts.get_mut(&gram).filter(|c| c.1 != article as u32) {
                (*count, *last) = (*count + 1, article as u32);
            }
        }
    }
    counts.into_iter().map(|(gram, (count, _))| (gram, count)).collect()
}

/// The words of each article that lie in some passage: ranges in order, those that overlap joined.
fn covered(found: &[Vec<Found>], articles: usize) -> Vec<Vec<(u32, u32)>> {
    let mut covered: Vec<Vec<(u32, u32)>> = vec![Vec::new(); articles];
    for f in found.iter().flatten() {
        covered[f.articles.0 as usize].push(f.a);
        covered[f.articles.1 as usize].push(f.b);
    }
    covered.par_iter_mut().for_each(|ranges| {
        ranges.sort_unstable();
        ranges.dedup_by(|next, last| {
            let joins = next.0 < last.1;
            if joins {
                last.1 = last.1.max(next.1);
            }
            joins
        });
    });
    covered
}

/// In how many articles each word stands.
fn frequencies(folded: &Folded) -> Vec<u32> {
    let mut frequency = vec![0; folded.vocabulary.words.len()];
    let mut last = vec![u32::MAX; frequency.len()];
    for (article, words) in folded.articles.iter().enumerate() {
        for word in words.iter().filter(|w| w.id != fold::BARRIER) {
            let id = word.id as usize;
            if last[id] != article as u32 {
                (frequency[id], last[id]) = (frequency[id] + 1, article as u32);
            }
        }
    }
    frequency
}

fn ids(words: &[Word]) -> Vec<u32> {
    let mut ids: Vec<u32> = words.iter().map(|w| w.id).filter(|id| *id != fold::BARRIER).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The cosine of two articles' content words outside a passage, rare words weighing more.
fn related(found: &Found, folded: &Folded, frequency: &[u32]) -> f64 {
    let articles = folded.articles.len() as f64;
    let outside = |article: u32, (from, to): (u32, u32)| {
        let (from, to) = (from as usize, to as usize);
        let words = &folded.articles[article as usize];
        let rest: Vec<Word> = words[..from].iter().chain(&words[to..]).copied().collect();
        let mut ids = ids(&rest);
        ids.retain(|id| folded.vocabulary.weight(*id) == Weight::Content);
        ids
    };
    let a = outside(found.articles.0, found.a);
    let b = outside(found.articles.1, found.b);
    let weight = |id: &u32| (articles / f64::from(frequency[*id as usize])).ln_1p().powi(2);
    let both: f64 = a.iter().filter(|id| b.binary_search(id).is_ok()).map(weight).sum();
    let sum = |ids: &[u32]| ids.iter().map(weight).sum::<f64>();
    let norm = (sum(&a) * sum(&b)).sqrt();
    if norm > 0.0 { both / norm } else { 0.0 }
}

/// What share of each article's prose, in words, lies in copied passages: 0 to 1, in the order
/// of the articles.
pub fn copied_share(articles: &[Article], pairs: &[Pair]) -> Vec<f64> {
    let mut copied: Vec<Vec<Span>> = vec![Vec::new(); articles.len()];
    for locus in pairs.iter().flat_map(|p| [p.a, p.b]) {
        if let Some(spans) = copied.get_mut(locus.article as usize) {
            spans.push(locus.span);
        }
    }
    let folded = fold::fold(articles);
    let share = |(words, mut spans): (&Vec<Word>, Vec<Span>)| {
        let spans = merge(&mut spans);
        let prose = words.iter().filter(|w| w.id != fold::BARRIER);
        let (mut all, mut inside) = (0u32, 0u32);
        for word in prose {
            all += 1;
            let next = spans.partition_point(|s| s.end <= word.span.start);
            inside += u32::from(spans.get(next).is_some_and(|s| s.overlaps(word.span)));
        }
        f64::from(inside) / f64::from(all.max(1))
    };
    folded.articles.iter().zip(copied).map(share).collect()
}

/// Spans sorted, those that touch joined.
fn merge(spans: &mut [Span]) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.join(*span),
            _ => merged.push(*span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_admits_what_is_near_and_of_one_group() {
        let day = |n: i8| (n > 0).then(|| jiff::civil::date(2031, 3, n));
        // Days allowed, groups, the days of two articles (0 unknown), whether they are compared.
        type Case = (Option<u32>, Option<[u32; 2]>, [i8; 2], bool);
        let cases: [Case; 10] = [
            (None, None, [1, 30], true),
            (Some(3), None, [1, 4], true),
            (Some(3), None, [4, 1], true),
            (Some(3), None, [1, 5], false),
            (Some(0), None, [5, 5], true),
            (Some(0), None, [5, 6], false),
            (Some(1), None, [0, 20], true),
            (None, Some([7, 7]), [1, 30], true),
            (None, Some([7, 8]), [1, 1], false),
            (Some(3), Some([7, 7]), [1, 9], false),
        ];
        for (days, groups, when, admitted) in cases {
            let articles = when.map(|n| Article { published: day(n), ..Article::default() });
            let scope = Scope { days, groups: groups.as_ref().map(|g| &g[..]) };
            assert_eq!(scope.admits(&articles, 0, 1), admitted, "{days:?} {groups:?} {when:?}");
        }
    }

    /// Whether the one passage that two texts share is a form.
    fn form(texts: [&str; 2]) -> bool {
        let folded = fold::fold(&texts.map(|t| Article::plain("", t)));
        let indices: Vec<Index> = folded.articles.iter().map(|w| align::index(w)).collect();
        let side = |i: usize| (&folded.articles[i][..], &indices[i]);
        let found = align::align(side(0), side(1), &folded.vocabulary, MIN_SIMILARITY);
        assert_eq!(found.len(), 1, "{texts:?}");
        is_form(&found[0], side(0).0, side(1).0, &folded.vocabulary)
    }

    #[test]
    fn forms_are_told_from_copies() {
        let cases = [
            // Filled in with other names, and with other names and numbers.
            (
                "Tomorrow the sky over Vara stays grey and the wind over Lorne turns to the west.",
                "Tomorrow the sky over Ostrel stays grey and the wind over Mirande turns to the west.",
                true,
            ),
            (
                "Demain, il fera 12 degrés le matin à Vara, le vent tournera sur Lorne et la mer sera calme.",
                "Demain, il fera 17 degrés le matin à Ostrel, le vent tournera sur Mirande et la mer sera calme.",
                true,
            ),
            // The same names: a copy.
            (
                "Tomorrow the sky over Vara stays grey and the wind over Lorne turns to the west.",
                "Tomorrow the sky over Vara stays dark and the wind over Lorne turns to the west.",
                false,
            ),
            // One name corrected, numbers brought up to date.
            (
                "The mayor of Vara opened the new bridge over the river with a long speech on Monday.",
                "The mayor of Lorne opened the new bridge over the river with a long speech on Monday.",
                false,
            ),
            (
                "The storm left 12 dead in Vara and cut off 400 homes near the harbour on Monday night.",
                "The storm left 14 dead in Vara and cut off 900 homes near the harbour on Monday night.",
                false,
            ),
        ];
        for (a, b, expected) in cases {
            assert_eq!(form([a, b]), expected, "{a}\n{b}");
            assert_eq!(form([b, a]), expected, "turned round: {a}\n{b}");
        }
    }
}
