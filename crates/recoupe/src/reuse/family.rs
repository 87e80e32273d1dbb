//! Pairs of passages to families, and where a family's words come from: [`families`].

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align;
use super::fold::{self, Folded, Weight, Word};
use super::{Family, Locus, Pair, PassageKind, origin};
use crate::analyse::quote::{self, Quote};
use crate::analyse::{Analysis, QuoteKind, Statement};
use crate::article::{Article, Span};

/// How much of a passage quotations must cover for it to be one, with the words that say whose they
/// are.
const QUOTED: f64 = 0.7;

/// How much of it must stand within the marks themselves: the rest may be who said it.
const IN_MARKS: f64 = 0.5;

/// How many content words two sentences' equal words must have to be the same passage, or how
/// many words of any sort.
const SAME_CONTENT: usize = 3;
const SAME_WORDS: usize = 6;

/// Which pairs lie within quotation marks on both sides, whoever is quoted.
pub fn within_quotation_marks(pairs: &[Pair], articles: &[Article]) -> Vec<bool> {
    let mut named = vec![false; articles.len()];
    for locus in pairs.iter().flat_map(|p| [p.a, p.b]) {
        if let Some(named) = named.get_mut(locus.article as usize) {
            *named = true;
        }
    }
    let marks = |(article, named): (&Article, &bool)| match named {
        true => quote::quotes(&article.text, &article.blocks),
        false => Vec::new(),
    };
    let quotes: Vec<Vec<Quote>> = articles.par_iter().zip(&named).map(marks).collect();
    let inside = |place: Locus| {
        let quotes = quotes.get(place.article as usize).map_or(&[][..], |q| q);
        let first = quotes.partition_point(|q| q.outer.end <= place.span.start);
        let near = quotes[first..].iter().take_while(|q| q.outer.start < place.span.end);
        let covered: usize = near.map(|q| q.outer.shared(place.span)).sum();
        covered as f64 >= IN_MARKS * place.span.len() as f64
    };
    pairs.par_iter().map(|p| inside(p.a) && inside(p.b)).collect()
}

/// Marks as quotations the pairs whose two sides both lie within quotation marks, and that one of the
/// two articles at least attributes to somebody: what they share is then the speaker's, not a copy of
/// each other. `statements` are those of an article of this index; it is asked only about articles
/// that have a pair [`within_quotation_marks`].
pub fn mark_quotations<'a>(
    pairs: &mut [Pair],
    articles: &[Article],
    statements: impl Fn(u32) -> &'a [Statement],
) {
    let within = within_quotation_marks(pairs, articles);
    for (pair, _) in pairs.iter_mut().zip(within).filter(|p| p.1) {
        if is_quoted(pair.a, statements(pair.a.article))
            || is_quoted(pair.b, statements(pair.b.article))
        {
            pair.kind = PassageKind::Quotation;
        }
    }
}

fn is_quoted(place: Locus, statements: &[Statement]) -> bool {
    let attribution = |s: &Statement| {
        [s.cue, s.source].into_iter().flatten().map(|w| w.shared(place.span)).sum::<usize>()
    };
    let said = statements.iter().filter(|s| is_quotation(s));
    let covered: usize = said
        .map(|s| (shared(s, place.span), attribution(s)))
        .filter(|(content, _)| *content > 0)
        .map(|(content, attribution)| content + attribution)
        .sum();
    covered as f64 >= QUOTED * place.span.len() as f64
}

pub(super) fn is_quotation(statement: &Statement) -> bool {
    matches!(statement.quote, QuoteKind::Direct | QuoteKind::Mixed) && !statement.chain.is_empty()
}

/// How many bytes of a span a statement's content has.
pub(super) fn shared(statement: &Statement, span: Span) -> usize {
    statement.content.iter().map(|c| c.shared(span)).sum()
}

/// The same passage wherever it stands, with its origin where something tells it.
///
/// Pairs are first cut where sentences are, so that a long copy and a short one that share a
/// sentence share just that family, and passages that only stand next to each other are not
/// glued; sentences that the same articles have in the same order are then joined again. Each
/// place is from the first equal word to the last. `analyses` are those of the articles, in
/// the same order; it may be empty, then only the articles' own metadata tells an origin.
///
/// Whose words a family's are, and which article the others have them from.
pub fn families(articles: &[Article], analyses: &[Analysis], pairs: &[Pair]) -> Vec<Family> {
    let folded = fold::fold(articles);
    let sentences: Vec<Vec<u32>> = folded.articles.iter().map(|w| sentence_numbers(w)).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for pair in pairs {
        cut(pair, &folded, &sentences, &mut pieces);
    }
    let mut families: Vec<Family> = join(gather(pieces))
        .into_iter()
        .enumerate()
        .map(|(i, group)| Family {
            id: format!("p{}", i + 1),
            kind: group.kind,
            places: group.places.iter().map(|p| p.locus).collect(),
            origin: None,
            evidence: None,
            confidence: 0.0,
            source: None,
        })
        .collect();
    origin::tell(&mut families, articles, analyses);
    families
}

/// The same words in two places: part of a pair, within one sentence of each article.
#[derive(Clone, Copy)]
struct Piece {
    a: Place,
    b: Place,
    kind: PassageKind,
}

/// Words of one sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    locus: Locus,
    sentence: u32,
    /// The last sentence, once neighbouring places are joined.
    until: u32,
}

/// Places with the same words, before its origin is known.
struct Group {
    kind: PassageKind,
    places: Vec<Place>,
}

/// For each word, the number of its sentence.
fn sentence_numbers(words: &[Word]) -> Vec<u32> {
    let mut number = 0;
    let count = |w: &Word| {
        number += u32::from(w.opens);
        number
    };
    words.iter().map(count).collect()
}

/// Cuts a pair into the sentences that it equates.
fn cut(pair: &Pair, folded: &Folded, sentences: &[Vec<u32>], pieces: &mut Vec<Piece>) {
    let side = |locus: Locus| {
        let words = folded.articles.get(locus.article as usize).map_or(&[][..], |w| w);
        let from =
            words.iter().position(|w| w.id != fold::BARRIER && w.span.end > locus.span.start);
        let from = from.unwrap_or(words.len());
        let inside = |w: &&Word| w.id != fold::BARRIER && w.span.start < locus.span.end;
        let count = words[from..].iter().take_while(inside).count();
        (&words[from..from + count], from)
    };
    let ((a, from_a), (b, from_b)) = (side(pair.a), side(pair.b));
    let found = align::align(
        (a, &align::index(a)),
        (b, &align::index(b)),
        &folded.vocabulary,
        super::MIN_SIMILARITY,
    );
    let number = |locus: Locus, word: usize| sentences[locus.article as usize][word];
    for passage in found {
        let both =
            |p: &(usize, usize)| (number(pair.a, from_a + p.0), number(pair.b, from_b + p.1));
        for equal in passage.equal.chunk_by(|x, y| both(x) == both(y)) {
            let content =
                |p: &&(usize, usize)| folded.vocabulary.weight(a[p.0].id) == Weight::Content;
            if equal.len() < SAME_WORDS && equal.iter().filter(content).count() < SAME_CONTENT {
                continue;
            }
            let (first, last) = (equal[0], equal[equal.len() - 1]);
            let place = |locus: Locus, words: &[Word], ends: (usize, usize), sentence: u32| {
                let span = words[ends.0].span.join(words[ends.1].span);
                Place { locus: Locus { span, ..locus }, sentence, until: sentence }
            };
            let same = last.0 - first.0 + 1 == equal.len() && last.1 - first.1 + 1 == equal.len();
            let kind = match pair.kind {
                PassageKind::Quotation => PassageKind::Quotation,
                _ if same => PassageKind::Verbatim,
                _ => PassageKind::Edited,
            };
            let numbers = both(&first);
            pieces.push(Piece {
                a: place(pair.a, a, (first.0, last.0), numbers.0),
                b: place(pair.b, b, (first.1, last.1), numbers.1),
                kind,
            });
        }
    }
}

/// Pieces that share a place, gathered: by the place they have most of.
fn gather(pieces: Vec<Piece>) -> Vec<Group> {
    let ends: Vec<Place> = pieces.iter().flat_map(|p| [p.a, p.b]).collect();
    let mut parent: Vec<usize> = (0..ends.len()).collect();
    for piece in 0..pieces.len() {
        unite(&mut parent, 2 * piece, 2 * piece + 1);
    }
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_unstable_by_key(|i| (ends[*i], *i));
    // Of the places of a sentence so far, the one that reaches furthest stands for them.
    let mut furthest: Option<usize> = None;
    for i in order {
        let (place, span) = (ends[i], ends[i].locus.span);
        let same = furthest.filter(|f| {
            let other = ends[*f];
            (other.locus.article, other.sentence) == (place.locus.article, place.sentence)
        });
        if let Some(f) = same {
            let other = ends[f].locus.span;
            if 2 * other.shared(span) >= other.len().min(span.len()) {
                unite(&mut parent, f, i);
            }
        }
        if same.is_none_or(|f| span.end > ends[f].locus.span.end) {
            furthest = Some(i);
        }
    }
    let mut groups: FxHashMap<usize, Group> = FxHashMap::default();
    for (i, place) in ends.iter().enumerate() {
        let kind = pieces[i / 2].kind;
        let group = groups
            .entry(root(&mut parent, i))
            .or_insert_with(|| Group { kind, places: Vec::new() });
        group.kind = if group.kind == kind { kind } else { PassageKind::Edited };
        group.places.push(*place);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.places.sort_unstable();
        group.places = one_a_sentence(&group.places);
    }
    groups.sort_unstable_by(|x, y| x.places.cmp(&y.places));
    groups
}

fn one_a_sentence(places: &[Place]) -> Vec<Place> {
    let mut joined: Vec<Place> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last)
                if (last.locus.article, last.sentence) == (place.locus.article, place.sentence) =>
            {
                last.locus.span = last.locus.span.join(place.locus.span);
            }
            _ => joined.push(*place),
        }
    }
    joined
}

/// Joins a group to the one whose sentences come right before, in all its articles.
fn join(groups: Vec<Group>) -> Vec<Group> {
    let key = |g: &Group, step: u32| -> Vec<(u32, u32)> {
        g.places.iter().map(|p| (p.locus.article, p.until + step)).collect()
    };
    let mut joined: Vec<Group> = Vec::new();
    let mut open: FxHashMap<Vec<(u32, u32)>, usize> = FxHashMap::default();
    for group in groups {
        let Some(before) = open.remove(&key(&group, 0)) else {
            open.insert(key(&group, 1), joined.len());
            joined.push(group);
            continue;
        };
        let whole = &mut joined[before];
        for (place, more) in whole.places.iter_mut().zip(&group.places) {
            place.locus.span = place.locus.span.join(more.locus.span);
            place.until = more.until;
        }
        whole.kind = if whole.kind == group.kind { whole.kind } else { PassageKind::Edited };
        open.insert(key(whole, 1), before);
    }
    joined
}

pub(super) fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

pub(super) fn unite(parent: &mut [usize], i: usize, j: usize) {
    let (i, j) = (root(parent, i), root(parent, j));
    parent[i.max(j)] = i.min(j);
}
