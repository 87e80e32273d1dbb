//! Quotations that articles print with other words.
//!
//! Where quotation marks stand, the words are the speaker's, and two articles that quote one
//! sentence must print the same. Articles, prepositions, conjunctions and other names of the same
//! thing may differ; a word that carries matter may not.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::Stemmer;

use super::claim::fold;
use super::judge::Bench;
use super::{Aspect, Finding, FindingKind, Reason, Status, Support, Value};
use crate::analyse::{Analysis, Mention, MentionKind, QuoteKind, quote, word::Word};
use crate::article::{BlockKind, Span};
use crate::reuse::{Locus, fold_words};
use crate::ud::Upos;

/// A sentence of a quotation.
struct Piece {
    at: Locus,
    /// Its words that carry matter, as stems; a name is its entity.
    words: Vec<String>,
    /// Those of them that are nouns, verbs, adjectives, names, numbers.
    open: BTreeSet<String>,
    /// Whether a word in it denies: who says the contrary is not quoted with other words.
    negated: bool,
    /// Indices of the claims in it.
    claims: Vec<usize>,
}

/// Pieces have at least this many words that carry matter.
const MIN_WORDS: usize = 3;

/// Words that more pieces have than this bring none together.
const COMMON: usize = 40;

/// What is told of quotations that articles print with other words.
#[derive(Default)]
pub(crate) struct Wordings {
    /// The findings about quotations whose words differ.
    pub findings: Vec<Finding>,
    /// Pairs of prints of one quotation of which one leaves out what the other has.
    pub abridged: Vec<(Locus, Locus)>,
}

/// Compares the quotations of a story's articles.
pub(crate) fn compare(bench: &Bench, articles: &[u32], confirmed: &[(usize, Support)]) -> Wordings {
    let pieces: Vec<Piece> = articles.iter().flat_map(|a| pieces(bench, *a)).collect();
    let mut group: Vec<usize> = (0..pieces.len()).collect();
    for (i, j) in candidates(&pieces) {
        if group[i] != group[j] && is_one_quotation(bench, &pieces[i], &pieces[j]) {
            let (into, from) = (group[i].min(group[j]), group[i].max(group[j]));
            group.iter_mut().filter(|g| **g == from).for_each(|g| *g = into);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Piece>> = BTreeMap::new();
    for (piece, id) in pieces.iter().zip(&group) {
        groups.entry(*id).or_default().push(piece);
    }
    let findings = groups.values().filter_map(|g| finding(bench, g, confirmed)).collect();
    let abridged = groups.values().flat_map(|g| abridged(g)).collect();
    Wordings { findings, abridged }
}

/// Each print of a quotation with the fullest one, where it leaves out words on the way.
fn abridged(group: &[&Piece]) -> Vec<(Locus, Locus)> {
    let Some(full) = group.iter().max_by_key(|p| (p.words.len(), std::cmp::Reverse(p.at))) else {
        return Vec::new();
    };
    let within = |p: &&&Piece| {
        let pairs = matched(&full.words, &p.words);
        let gaps = pairs.windows(2).any(|w| w[1].0 - w[0].0 > 1);
        p.at.article != full.at.article && gaps && is_abridged(&full.words, &p.words)
    };
    group.iter().filter(within).map(|p| (full.at, p.at)).collect()
}

fn pieces(bench: &Bench, article: u32) -> Vec<Piece> {
    let (source, analysis) = (&bench.articles[article as usize], &bench.analyses[article as usize]);
    let mut out = Vec::new();
    let stemmer = Stemmer::create(analysis.lang.stemmer);
    let mut quoted: Vec<Span> =
        quote::quotes(&source.text, &source.blocks).iter().map(|q| q.inner).collect();
    // An excerpt set apart, whole sentences that are somebody's, is a quotation without marks.
    let whole = |span: &Span| {
        let from = analysis.sentences.partition_point(|s| s.span.end <= span.start);
        let own = analysis.sentences.get(from);
        own.is_some_and(|s| s.span.start >= span.start && s.span.end <= span.end + 1)
    };
    let unmarked: Vec<Span> = analysis
        .statements
        .iter()
        .flat_map(|s| s.content.iter().map(move |c| (s.quote, *c)))
        .filter(|(quote, c)| *quote == QuoteKind::Direct || whole(c))
        .map(|(_, c)| c)
        .filter(|c| !quoted.iter().any(|q| q.overlaps(*c)))
        .collect();
    let mut reported: Vec<Span> = analysis.statements.iter().filter_map(|s| s.cue).collect();
    reported.sort();
    quoted.extend(unmarked);
    quoted.sort();
    for inner in quoted {
        let from = analysis.sentences.partition_point(|s| s.span.end <= inner.start);
        let touched = analysis.sentences[from..].iter().take_while(|s| s.span.start < inner.end);
        // A headline cuts words as it needs.
        for sentence in touched.filter(|s| s.block != BlockKind::Title) {
            let span = Span {
                start: inner.start.max(sentence.span.start),
                end: inner.end.min(sentence.span.end),
            };
            // Marks that close nothing, or an aside within them ("..., he said, ..."): the outlet's own report.
            let told = reported.partition_point(|c| c.end <= span.start);
            if reported.get(told).is_some_and(|c| c.overlaps(span)) {
                continue;
            }
            let Matter { words, open, negated } =
                matter(bench, article, span, sentence.words.clone(), &stemmer);
            if words.len() >= MIN_WORDS {
                let inside = bench.claims_of(article).filter(|(_, c)| c.at.span.overlaps(span));
                let claims = inside.map(|(i, _)| i).collect();
                out.push(Piece { at: Locus { article, span }, words, open, negated, claims });
            }
        }
    }
    out
}

/// What a stretch says; see [`Piece`].
struct Matter {
    words: Vec<String>,
    open: BTreeSet<String>,
    negated: bool,
}

/// The words of a stretch that a quotation may not change, and those of them that are not small
/// words. What stands in brackets is the outlet's; the endings of words follow the sentence that
/// they were put in; how a person is addressed is a matter of the house.
fn matter(
    bench: &Bench,
    article: u32,
    span: Span,
    words: std::ops::Range<u32>,
    stemmer: &Stemmer,
) -> Matter {
    let (text, analysis) =
        (&bench.articles[article as usize].text, &bench.analyses[article as usize]);
    let (mut out, mut open): (Vec<String>, BTreeSet<String>) = Default::default();
    let mut negated = false;
    let own = &analysis.words[words.start as usize..words.end as usize];
    let mut brackets = 0usize;
    for (i, word) in own.iter().enumerate() {
        let at = word.span(&analysis.tokens);
        match at.of(text) {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        if brackets > 0 || !span.contains(at) || is_light(word) {
            continue;
        }
        let lower = word.form(text, &analysis.tokens).to_lowercase().replace('’', "'");
        negated |= word.feats.is("Polarity", "Neg") || analysis.lang.speech.is("denial", &lower);
        let capital = at.of(text).starts_with(char::is_uppercase);
        let named = entity_at(analysis, at).filter(|_| capital);
        if let Some(entity) = named {
            open.insert(entity.to_owned());
            if out.last().map(String::as_str) != Some(entity) {
                out.push(entity.to_owned());
            }
        } else if !is_address(analysis, &lower, own.get(i + 1), text)
            && !is_sort_of_place(own, words.start as usize + i, bench, article)
        {
            let stem = fold(&stemmer.stem(&lower));
            if matches!(word.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn | Upos::Num) {
                open.insert(stem.clone());
            }
            out.push(stem);
        }
    }
    Matter { words: out, open, negated }
}

/// Whether a word only addresses the person whose name follows ("Mrs", "Madame").
fn is_address(analysis: &Analysis, lower: &str, next: Option<&Word>, text: &str) -> bool {
    let named = |w: &Word| w.form(text, &analysis.tokens).starts_with(char::is_uppercase);
    let titles = &analysis.lang.names.person_titles;
    (titles.contains(lower) || titles.contains(lower.trim_end_matches('.')))
        && next.is_some_and(named)
}

/// The entity of the name that a word stands in.
pub(super) fn entity_at(analysis: &Analysis, at: Span) -> Option<&str> {
    /// Names are no longer, in names that start inside them.
    const NESTED: usize = 3;
    let mentions = &analysis.mentions;
    let near = mentions.partition_point(|m| m.span.start <= at.start);
    let named =
        |m: &&Mention| m.kind != MentionKind::Nominal && m.entity.is_some() && m.span.contains(at);
    let own = mentions[near.saturating_sub(NESTED)..near].iter().find(named);
    own.and_then(|m| m.entity.as_deref())
}

fn is_light(word: &Word) -> bool {
    match word.upos {
        Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Sym | Upos::Aux => true,
        Upos::Det => word.feats.is("PronType", "Art") || word.feats.is("PronType", "Dem"),
        _ => false,
    }
}

/// "the town of Castral" is "Castral": a noun for a sort of place that the name of one hangs on.
fn is_sort_of_place(words: &[Word], at: usize, bench: &Bench, article: u32) -> bool {
    let (text, analysis) =
        (&bench.articles[article as usize].text, &bench.analyses[article as usize]);
    let sort = |w: &Word| {
        let form = w.form(text, &analysis.tokens).to_lowercase();
        analysis.lang.names.place_triggers.contains(form.as_str())
    };
    let hangs = |w: &Word| {
        w.head == Some(at as u32)
            && w.form(text, &analysis.tokens).starts_with(char::is_uppercase)
            && matches!(w.deprel.universal(), "nmod" | "appos" | "flat")
    };
    // The name may hang elsewhere in a tree that went wrong: it stands right behind all the same.
    let behind = || {
        let next = analysis.words[at + 1..].iter().find(|w| !is_light(w));
        next.is_some_and(|w| w.form(text, &analysis.tokens).starts_with(char::is_uppercase))
    };
    analysis.words.get(at).is_some_and(sort) && (words.iter().any(hangs) || behind())
}

/// Pairs of pieces of two articles that share two words which few pieces have.
fn candidates(pieces: &[Piece]) -> BTreeSet<(usize, usize)> {
    let mut postings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, piece) in pieces.iter().enumerate() {
        for word in piece.words.iter().map(String::as_str).collect::<BTreeSet<_>>() {
            postings.entry(word).or_default().push(i);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in postings.values().filter(|l| l.len() <= COMMON) {
        for (n, &j) in list.iter().enumerate() {
            for &i in &list[..n] {
                if pieces[i].at.article != pieces[j].at.article {
                    *shared.entry((i, j)).or_default() += 1;
                }
            }
        }
    }
    shared.into_iter().filter(|(_, n)| *n >= 2).map(|(pair, _)| pair).collect()
}

fn is_one_quotation(bench: &Bench, a: &Piece, b: &Piece) -> bool {
    let speaker = |p: &Piece| -> Option<&str> {
        p.claims.iter().find_map(|c| {
            let claim = &bench.claims[*c];
            claim.statement.and(claim.support.origin.as_deref())
        })
    };
    let family = |p: &Piece| p.claims.iter().find_map(|c| bench.claims[*c].support.copied_in);
    let strangers = matches!((speaker(a), speaker(b)), (Some(x), Some(y)) if x != y);
    let one_text = family(a).is_some() && family(a) == family(b);
    let equal = matched(&a.words, &b.words).len();
    let (least, most) = (a.words.len().min(b.words.len()), a.words.len().max(b.words.len()));
    let enough = if strangers && !one_text { 0.75 } else { 0.5 };
    // "We have no need of", "there is a": small words are everybody's.
    let open = a.open.iter().filter(|w| b.open.iter().any(|v| same_word(w, v))).count();
    let full = open >= 3 || open >= 2 && equal * 4 >= most * 3;
    if a.negated != b.negated {
        return false;
    }
    // Two words in common are chance, but where they are all that one has but one.
    (equal >= 3 || equal == 2 && least <= 3 && most <= 4)
        && full
        && equal as f64 >= enough * least as f64
        && equal * if one_text { 3 } else { 2 } >= most
}

/// Whether two words are one: a name that one article makes out and another does not (`loc:castral`,
/// `castral`) is one name; so are two of one last word.
fn same_word(a: &str, b: &str) -> bool {
    let name = |w: &str, other: &str| {
        w.split_once(':').is_some_and(|(_, bare)| bare.rsplit('-').next() == Some(other))
    };
    // Of a person one article may know the last name alone.
    let last = |w: &str| {
        w.split_once(':').and_then(|(_, bare)| bare.rsplit('-').next()).map(str::to_owned)
    };
    a == b || name(a, b) || name(b, a) || last(a).is_some() && last(a) == last(b)
}

/// The longest common subsequence, as pairs of places.
fn matched(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    // Quotations are sentences: longer ones than this are compared by their beginnings.
    const LONG: usize = 200;
    let (a, b) = (&a[..a.len().min(LONG)], &b[..b.len().min(LONG)]);
    let mut best = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] = if same_word(&a[i], &b[j]) {
                best[i + 1][j + 1] + 1
            } else {
                best[i + 1][j].max(best[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if same_word(&a[i], &b[j]) {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Whether one only leaves out what the other has: cut shorter, and perhaps some words on the way
/// too. Who abridges leaves out phrases; who puts in or drops one word ("the sect" for "the
/// fanatical sect"), or the last word alone, alters.
fn is_abridged(a: &[String], b: &[String]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let pairs = matched(long, short);
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { return false };
    let cut = first.0 + (long.len() - 1 - last.0);
    let mut dropped = pairs.windows(2).map(|w| w[1].0 - w[0].0 - 1).filter(|n| *n > 0).peekable();
    let inside = dropped.peek().is_some();
    pairs.len() == short.len() && dropped.all(|n| n > 1) && (cut > 1 || cut == 1 && inside)
}

/// Whether one has words that the other has not, other than by being cut shorter.
fn is_altered(a: &[String], b: &[String]) -> bool {
    if is_abridged(a, b) {
        return false;
    }
    let pairs = matched(a, b);
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { return false };
    // Between the first and the last word that both have, all must be the same.
    let inside = |from: usize, to: usize| to + 1 - from != pairs.len();
    // Beyond them, one may stop where the other goes on; both may not go on differently.
    let tails = last.0 + 1 < a.len() && last.1 + 1 < b.len();
    let heads = first.0 > 0 && first.1 > 0;
    let slight = {
        let rest = (a.len() - last.0 - 1).max(b.len() - last.1 - 1);
        rest == 1 && pairs.len() >= 3
    };
    inside(first.0, last.0) || inside(first.1, last.1) || tails || heads || slight
}

fn finding(bench: &Bench, group: &[&Piece], confirmed: &[(usize, Support)]) -> Option<Finding> {
    let mut versions: Vec<Vec<&Piece>> = Vec::new();
    for piece in group {
        let print =
            |p: &Piece| fold_words(p.at.span.of(&bench.articles[p.at.article as usize].text));
        // The same words are the same quotation, whatever a tagger makes of each.
        let same = |v: &Piece| print(v) == print(piece) || !is_altered(&v.words, &piece.words);
        match versions.iter_mut().find(|v| same(v[0])) {
            Some(version) => version.push(piece),
            None => versions.push(vec![piece]),
        }
    }
    let mut articles: Vec<u32> = group.iter().map(|p| p.at.article).collect();
    articles.sort_unstable();
    articles.dedup();
    if versions.len() < 2 || articles.len() < 2 {
        return None;
    }
    let all: Vec<usize> = group.iter().flat_map(|p| p.claims.iter().copied()).collect();
    if all.is_empty() {
        return None;
    }
    let mut finding = super::with_confirmations(bench, &all, confirmed);
    // Words of nobody may be of two texts.
    if finding.origins.is_empty() {
        return None;
    }
    finding.kind = FindingKind::Quotation;
    let support = |p: &&Piece| {
        let claims = || p.claims.iter().map(|c| &bench.claims[*c].support);
        let own = claims().find(|s| s.origin.is_some()).or_else(|| claims().next());
        let bare = Support {
            place: p.at,
            according_to: Vec::new(),
            origin: None,
            hedged: false,
            denied: false,
            copied_in: None,
        };
        own.map_or(bare, |own| Support { place: p.at, ..own.clone() })
    };
    finding.values = versions
        .iter()
        .map(|v| Value { words: v[0].at, norm: None, supports: v.iter().map(support).collect() })
        .collect();
    finding.text = group[0].at;
    finding.articles = articles.len() as u32;
    // What another origin confirms holds, however the words were printed.
    let backing: Vec<Support> = confirmed
        .iter()
        .filter(|(c, s)| all.contains(c) && !s.denied)
        .map(|c| c.1.clone())
        .collect();
    // One quotation was said once, by one: two names for who did are how outlets call him, or an error of one
    // of them, and no agreement.
    let seconded = backing.iter().any(|s| s.origin.is_some());
    finding.values[0].supports.extend(backing);
    if !seconded {
        finding.origins.truncate(1);
    }
    if finding.status != Status::Corroborated || !seconded {
        finding.status = Status::Disputed;
        finding.reasons.clear();
    }
    finding.differs = vec![Aspect::Wording];
    finding.reasons.push(Reason::AlteredQuotation);
    Some(finding)
}
