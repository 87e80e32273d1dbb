//! Names by rules: runs of capitalised words with the small words that join them. The type of a
//! name is decided once for the whole article, from the evidence of all its uses: titles,
//! triggers, prepositions, given names, the gazetteer. Acronyms are paired with their expansions
//! (after Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions",
//! 2003).

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::nominal::is_adjective;
use super::{Atlas, Run, Words, key};
use crate::analyse::{MentionKind, Sentence};
use crate::lang::letters::unaccented;
use crate::lang::lexicon::Tags;

/// A name by the rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub run: Run,
    pub kind: MentionKind,
    /// Whether it is an acronym or the expansion of one.
    pub paired: bool,
}

/// The names of an article with their types, in order. Names do not overlap each other.
pub(super) fn names(words: &Words, sentences: &[Sentence], atlas: &dyn Atlas) -> Vec<Named> {
    let mut runs: Vec<Run> = Vec::new();
    let inside = mid_sentence_capitals(words, sentences);
    for sentence in sentences {
        find_runs(words, sentence, &inside, atlas, &mut runs);
    }
    let pairs = acronym_pairs(words, &mut runs);
    let kinds = kinds(words, &runs, &pairs, atlas);
    let mut paired = vec![false; runs.len()];
    pairs.iter().for_each(|(long, short)| (paired[*long], paired[*short]) = (true, true));
    let named = |((run, kind), paired)| Named { run, kind, paired };
    runs.into_iter().zip(kinds).zip(paired).map(named).collect()
}

/// Lower-case forms of words that are capitalised where no sentence starts: surely names.
fn mid_sentence_capitals(words: &Words, sentences: &[Sentence]) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    for s in sentences {
        for i in s.tokens.start as usize + 1..s.tokens.end as usize {
            if words.capital(i) && !starts_clause(words, s, i) {
                out.insert(words.lower[i].clone());
            }
        }
    }
    out
}

/// Whether a capital at `i` may be there only because a sentence or a quotation starts.
fn starts_clause(words: &Words, sentence: &Sentence, i: usize) -> bool {
    let first = sentence.tokens.start as usize;
    if i == first {
        return true;
    }
    let opening = ["«", "“", "\"", ":", "‘", "(", "-", "–", "—", "•", ">>", "'", "…", "..."];
    opening.contains(&words.of(i - 1))
}

fn find_runs(
    words: &Words,
    sentence: &Sentence,
    inside: &FxHashSet<String>,
    atlas: &dyn Atlas,
    runs: &mut Vec<Run>,
) {
    let end = sentence.tokens.end as usize;
    let mut i = sentence.tokens.start as usize;
    while i < end {
        if !words.capital(i) || !opens_name(words, sentence, i, inside, atlas) {
            i += 1;
            continue;
        }
        let (to, by) = extend(words, i, end, atlas);
        runs.push(Run { from: i, to, by });
        i = to;
    }
}

/// Whether the capitalised token `i` starts a name.
fn opens_name(
    words: &Words,
    sentence: &Sentence,
    i: usize,
    inside: &FxHashSet<String>,
    atlas: &dyn Atlas,
) -> bool {
    let lower = words.lower(i);
    let rules = words.rules();
    let tags = words.tags(i);
    let single = words.of(i).chars().count() == 1;
    let next = i + 1 < sentence.tokens.end as usize && words.capital(i + 1);
    if rules.determiners.contains(lower) {
        return false;
    }
    if rules.not_names.contains(lower) {
        // "South Korea": a word of direction is part of a known name.
        return next && atlas.known(words.span(i, i + 2).of(words.text)).region;
    }
    if single && !next {
        return false;
    }
    if shouted(words, sentence, i) {
        return false;
    }
    if !starts_clause(words, sentence, i) {
        let function = Tags::DETERMINER | Tags::ADPOSITION | Tags::CONJUNCTION | Tags::PRONOUN;
        return !tags.only(function) || words.acronym(i);
    }
    let known = atlas.known(words.of(i));
    if inside.contains(lower) || known.region || known.body || words.acronym(i) {
        return !tags.only(
            Tags::DETERMINER | Tags::ADPOSITION | Tags::CONJUNCTION | Tags::PRONOUN | Tags::ADVERB,
        ) || words.acronym(i);
    }
    let common = tags.any(Tags::LOWER);
    if known.given {
        return next || !common;
    }
    let little = Tags::DETERMINER
        | Tags::ADPOSITION
        | Tags::CONJUNCTION
        | Tags::PRONOUN
        | Tags::ADVERB
        | Tags::FINITE
        | Tags::PRESENT_PARTICIPLE;
    if common {
        return next && !tags.any(little) && !tags.any(Tags::ADJ);
    }
    !looks_inflected(words, i)
}

/// A common word in capitals beside another one: a heading, not a name.
fn shouted(words: &Words, sentence: &Sentence, i: usize) -> bool {
    let loud = |j: usize| {
        let inside = sentence.tokens.start as usize <= j && j < sentence.tokens.end as usize;
        inside && words.acronym(j) && words.tags(j).any(Tags::LOWER)
    };
    loud(i) && (i > 0 && loud(i - 1) || loud(i + 1))
}

/// A sentence-initial word that was never seen: a participle or an adverb by its ending is
/// more often that than a name.
fn looks_inflected(words: &Words, i: usize) -> bool {
    let lower = words.lower(i);
    words.pack.names.common_endings.iter().any(|e| lower.len() > e.len() + 2 && lower.ends_with(e))
}

/// How far the name that starts at `i` goes.
fn extend(words: &Words, i: usize, end: usize, atlas: &dyn Atlas) -> (usize, &'static str) {
    let rules = words.rules();
    let head = words.lower(i);
    let common = words.tags(i).any(Tags::NOUN | Tags::ADJ) && words.tags(i).any(Tags::LOWER);
    let org_head = rules.org_heads.contains(head);
    let given = atlas.known(words.of(i)).given;
    let mut to = i + 1;
    let mut chains = 0;
    let mut by = "capitals";
    while to < end && (glued(words, to) || hyphened(words, to, end)) {
        if words.capital(to) && !rules.not_names.contains(words.lower(to)) {
            let acronym = words.acronym(to) && !words.acronym(to - 1);
            if acronym && !org_head && !given {
                break;
            }
            to += 1;
            continue;
        }
        if hyphened(words, to, end) {
            to += 2;
            continue;
        }
        if joined_heads(words, i, to, end) {
            to += 2;
            continue;
        }
        if words.lower(to) == "&" && to + 1 < end && words.capital(to + 1) {
            to += 2;
            continue;
        }
        let adjective = is_adjective(words, to);
        if rules.adjectives_follow && (common || org_head) && !given && adjective {
            by = "capital noun and adjective";
            to += 1;
            continue;
        }
        let Some(next) = complement(words, to, end) else { break };
        if words.capital(next) {
            let short = next - i <= 6;
            let known = short && atlas.known(words.span(i, next + 1).of(words.text)).region;
            if !known && !joins(words, i, to, next, common || org_head, given) {
                break;
            }
            to = next + 1;
        } else if org_head
            && chains < 2
            && words.tags(next).any(Tags::NOUN)
            && words.tags(next).any(Tags::LOWER)
        {
            chains += 1;
            by = "organisation head and complement";
            to = next + 1;
        } else {
            break;
        }
    }
    (to, by)
}

/// Whether a hyphen at `at` ties two capitalised words that the tokens hold apart.
fn hyphened(words: &Words, at: usize, end: usize) -> bool {
    let glued = |i: usize| words.tokens[i - 1].span.end == words.tokens[i].span.start;
    at + 1 < end && words.of(at) == "-" && glued(at) && glued(at + 1) && words.capital(at + 1)
}

/// Whether "and" at `at` stands inside one body's name: "Seafarers and Dock Workers Union".
fn joined_heads(words: &Words, from: usize, at: usize, end: usize) -> bool {
    let rules = words.rules();
    if rules.adjectives_follow || !rules.conjunctions.contains(words.lower(at)) {
        return false;
    }
    let last = (at + 1..end).take_while(|i| words.capital(*i)).last();
    let plural = (from..at).all(|i| words.tags(i).any(Tags::NOUN));
    plural && last.is_some_and(|l| l > at && rules.org_heads.contains(words.lower(l)))
}

/// Whether only a space, at most, lies before token `i`: names do not run over marks.
pub(super) fn glued(words: &Words, i: usize) -> bool {
    let gap =
        &words.text[words.tokens[i - 1].span.end as usize..words.tokens[i].span.start as usize];
    words.is_word(i) && gap.len() <= 3 && !gap.contains('\n')
}

/// The token after `de`, `de la`, `of the`... at `i`, if there is such a complement.
fn complement(words: &Words, i: usize, end: usize) -> Option<usize> {
    let rules = words.rules();
    if !rules.particles.contains(words.lower(i)) {
        return None;
    }
    let mut next = i + 1;
    while next < end
        && next < i + 3
        && rules.particles.contains(words.lower(next))
        && !words.capital(next)
    {
        next += 1;
    }
    (next < end && words.is_word(next)).then_some(next)
}

/// Whether the particles between a name's words tie them into one name.
fn joins(words: &Words, head: usize, from: usize, next: usize, common: bool, given: bool) -> bool {
    let first = words.lower(from);
    let nobiliary =
        !words.rules().complements.contains(first) && !words.rules().definite.contains(first);
    if nobiliary {
        return true;
    }
    if common {
        return !words.acronym(next) || words.rules().org_heads.contains(words.lower(head));
    }
    // "Charles de Gaulle": a given name, one particle without an article, one more word.
    given
        && from == head + 1
        && next == from + 1
        && words.rules().nobiliary.contains(words.lower(from))
}

/// Pairs `Expansion (ACR)` and `ACR (Expansion)` by the expansion's initials, or, for a foreign
/// acronym, by position alone. Returns indices into `runs`: (expansion, acronym). Runs whose
/// lower-case tail the acronym calls for are lengthened to reach the bracket.
fn acronym_pairs(words: &Words, runs: &mut [Run]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for k in 1..runs.len() {
        let (left, right) = (runs[k - 1], runs[k]);
        let bracket = right.from.checked_sub(1).is_some_and(|i| words.of(i) == "(");
        let closes = right.to < words.tokens.len() && words.of(right.to) == ")";
        if !bracket || !closes || right.from - 1 < left.to || right.from - 1 > left.to + 8 {
            continue;
        }
        let one = right.to - right.from == 1;
        if one && words.acronym(right.from) {
            let whole = Run { to: right.from - 1, ..left };
            let plain = (whole.from..whole.to).all(|i| words.is_word(i));
            if plain && spells(words, whole, words.of(right.from)) {
                runs[k - 1] = Run { by: "acronym pair", ..whole };
                out.push((k - 1, k));
            } else if right.from - 1 == left.to && left.to - left.from > 1 {
                out.push((k - 1, k));
            }
        } else if left.to + 1 == right.from
            && words.acronym(left.from)
            && spells(words, right, words.of(left.from))
        {
            out.push((k, k - 1));
        }
    }
    out
}

/// Whether the initials of a run, small words optional, make the acronym.
fn spells(words: &Words, run: Run, acronym: &str) -> bool {
    let want: Vec<char> =
        acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let initials: Vec<char> = (run.from..run.to)
        .flat_map(|i| {
            words.lower(i).split('-').filter_map(|p| p.chars().next()).collect::<Vec<_>>()
        })
        .map(unaccented)
        .collect();
    let mut left = want.iter().peekable();
    for c in &initials {
        if left.peek().is_some_and(|w| unaccented(**w) == *c) {
            left.next();
        }
    }
    left.peek().is_none() && initials.first().copied() == want.first().map(|c| unaccented(*c))
}

/// How much speaks for each kind, in the order of [`MentionKind::NAMES`].
type Votes = [f32; MentionKind::NAMES.len()];

/// What a name is when nothing tells: a body, or something else.
const PRIOR: Votes = [0.0, 0.2, 0.0, 0.1];

/// The place of a kind of names among votes; a description is none and counts as another name.
pub(super) fn place(kind: MentionKind) -> usize {
    kind.index().unwrap_or(MentionKind::NAMES.len() - 1)
}

/// The type of each run: that which the evidence of all uses of its name supports most.
fn kinds(
    words: &Words,
    runs: &[Run],
    pairs: &[(usize, usize)],
    atlas: &dyn Atlas,
) -> Vec<MentionKind> {
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    let keys: Vec<String> =
        runs.iter().map(|r| key(words.span(r.from, r.to).of(words.text))).collect();
    for (run, key) in runs.iter().zip(&keys) {
        let vote = evidence(words, *run, atlas);
        let sum = votes.entry(key.clone()).or_insert(PRIOR);
        sum.iter_mut().zip(vote).for_each(|(s, v)| *s += v);
    }
    share_between_pairs(pairs, &keys, &mut votes);
    share_with_full_names(words, runs, &keys, &mut votes);
    let best = |key: &String| {
        let sum = &votes[key];
        let top = (0..4).max_by(|a, b| sum[*a].total_cmp(&sum[*b]).then(b.cmp(a))).unwrap_or(0);
        MentionKind::NAMES[top]
    };
    keys.iter().map(best).collect()
}

fn share_between_pairs(
    pairs: &[(usize, usize)],
    keys: &[String],
    votes: &mut BTreeMap<String, Votes>,
) {
    for (long, short) in pairs {
        let mut sum = votes[&keys[*long]];
        for (s, v) in sum.iter_mut().zip(votes[&keys[*short]]) {
            *s += v;
        }
        // What has an acronym is a body more than anything else.
        sum[place(MentionKind::Org)] += 3.0;
        votes.insert(keys[*long].clone(), sum);
        votes.insert(keys[*short].clone(), sum);
    }
}

/// "Macron" after "Emmanuel Macron": a last word takes the full name's evidence.
fn share_with_full_names(
    words: &Words,
    runs: &[Run],
    keys: &[String],
    votes: &mut BTreeMap<String, Votes>,
) {
    let full: FxHashMap<String, f32> = runs
        .iter()
        .zip(keys)
        .filter(|(r, _)| r.to - r.from > 1)
        .map(|(r, k)| (key(words.of(r.to - 1)), votes[k][place(MentionKind::Per)]))
        .filter(|(_, v)| *v > 0.5)
        .collect();
    for (name, per) in full {
        if let Some(sum) = votes.get_mut(&name) {
            sum[place(MentionKind::Per)] += per;
        }
    }
}

/// What one use of a name tells of its type.
fn evidence(words: &Words, run: Run, atlas: &dyn Atlas) -> Votes {
    let rules = words.rules();
    let name = words.span(run.from, run.to).of(words.text);
    let known = atlas.known(name);
    let first = atlas.known(words.of(run.from));
    let len = run.to - run.from;
    let (head, last) = (words.lower(run.from), words.lower(run.to - 1));
    let mut vote = Votes::default();
    let mut add = |kind: MentionKind, weight: f32| vote[place(kind)] += weight;
    if known.region {
        add(MentionKind::Loc, 6.0);
    }
    if known.people {
        add(MentionKind::Misc, 5.0);
    }
    if known.body {
        add(MentionKind::Org, 6.0);
    }
    if let Some(population) = known.town {
        add(
            MentionKind::Loc,
            if population > 100_000 {
                2.0
            } else if len > 1 {
                1.5
            } else {
                0.8
            },
        );
    }
    if rules.org_heads.contains(head)
        || (!rules.adjectives_follow && rules.org_heads.contains(last))
    {
        add(MentionKind::Org, 4.0);
    }
    let heads_place = match rules.adjectives_follow {
        true => rules.place_heads.contains(head),
        false => len > 1 && (rules.place_heads.contains(last) || rules.place_first.contains(head)),
    };
    if heads_place {
        add(MentionKind::Loc, 3.0);
    }
    if first.given && !known.region {
        add(MentionKind::Per, if len > 1 { 4.0 } else { 1.2 });
    } else if len > 1 && (run.from + 1..run.to).all(|i| words.capital(i)) && !known.region {
        add(MentionKind::Per, 0.9);
    }
    if len == 1 && words.acronym(run.from) && !known.region {
        add(MentionKind::Org, 2.0);
    }
    context(words, run, &mut add);
    vote
}

/// Evidence from the words before a name.
fn context(words: &Words, run: Run, add: &mut dyn FnMut(MentionKind, f32)) {
    let rules = words.rules();
    // "Skanes said": who speaks is a person or a body.
    let verb = |i: usize| words.is_word(i) && words.pack.speech.verbs.contains_key(words.lower(i));
    if run.to < words.tokens.len() && verb(run.to) {
        add(MentionKind::Per, 0.8);
        add(MentionKind::Org, 0.8);
    }
    let Some(prev) = run.from.checked_sub(1).filter(|i| words.is_word(*i)) else { return };
    let before = words.lower(prev);
    let len = run.to - run.from;
    if rules.person_titles.contains(before)
        || words.of(prev) == "." && prev > 0 && rules.person_titles.contains(words.lower(prev - 1))
    {
        add(MentionKind::Per, if len <= 3 { 3.0 } else { 0.5 });
    }
    if rules.place_prepositions.contains(before) {
        add(MentionKind::Loc, 1.6);
    }
    if rules.org_triggers.contains(before) {
        add(MentionKind::Org, 3.0);
    }
    if rules.place_triggers.contains(before) {
        add(MentionKind::Loc, 2.5);
    }
    // "la ville de X", "the city of X", "l'agence officielle X".
    let two = prev.checked_sub(1).map(|i| words.lower(i)).unwrap_or("");
    if rules.complements.contains(before) && rules.place_triggers.contains(two) {
        add(MentionKind::Loc, 3.5);
    } else if rules.org_triggers.contains(two) && words.tags(prev).any(Tags::ADJ) {
        add(MentionKind::Org, 3.0);
    } else if rules.place_prepositions.contains(two) && rules.complements.contains(before) {
        add(MentionKind::Loc, 1.2);
    }
    if rules.definite.contains(before) {
        // A body is "le Hezbollah"; a person's name takes no article.
        add(MentionKind::Org, 0.7);
        add(MentionKind::Per, -0.8);
    } else if rules.bare_places && len == 1 && !words.acronym(run.from) {
        add(MentionKind::Loc, 0.3);
    }
    if words.pack.speech.markers.iter().any(|m| m.words == [before]) {
        add(MentionKind::Org, 1.5);
        add(MentionKind::Per, 0.8);
    }
}
