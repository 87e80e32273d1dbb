//! Descriptions that can speak or act.

use rustc_hash::FxHashSet;

use super::Words;
use super::rules::glued;
use crate::analyse::{Mention, MentionKind, Sentence};
use crate::lang::lexicon::Tags;

/// Descriptions that can speak or act: a noun of the pack's actors with the adjectives and
/// complements that follow it.
pub(super) fn nominals(
    words: &Words,
    sentence: &Sentence,
    taken: &FxHashSet<usize>,
    out: &mut Vec<Mention>,
) {
    let rules = words.rules();
    let end = sentence.tokens.end as usize;
    for i in sentence.tokens.start as usize..end {
        if taken.contains(&i) || words.capital(i) && i > sentence.tokens.start as usize {
            continue;
        }
        if !rules.actors.contains_key(words.lower(i)) || !words.is_word(i) {
            continue;
        }
        let mut from = i;
        let mut to = i + 1;
        if rules.adjectives_follow {
            while to < end && !taken.contains(&to) && glued(words, to) && is_adjective(words, to) {
                to += 1;
            }
        } else {
            while from > sentence.tokens.start as usize
                && !taken.contains(&(from - 1))
                && is_adjective(words, from - 1)
            {
                from -= 1;
            }
        }
        let determined = from > 0 && rules.determiners.contains(words.lower(from - 1));
        let plural = rules.is_plural(words.lower(i));
        if determined || plural {
            out.push(Mention {
                span: words.span(from, to),
                kind: MentionKind::Nominal,
                entity: None,
                by: "actor noun",
            });
        }
    }
}

/// Whether a word is an adjective here: seen as one, and not as a verb or small word.
pub(crate) fn is_adjective(words: &Words, i: usize) -> bool {
    let tags = words.tags(i);
    let clear = !tags.any(
        Tags::FINITE
            | Tags::ADPOSITION
            | Tags::DETERMINER
            | Tags::PRONOUN
            | Tags::CONJUNCTION
            | Tags::ADVERB,
    );
    let seen = tags.any(Tags::ADJ | Tags::PAST_PARTICIPLE) && clear;
    let people = tags == Tags::default() || !tags.any(Tags::NOUN);
    seen || (people
        && clear
        && words
            .pack
            .names
            .adjective_endings
            .iter()
            .any(|e| words.lower(i).len() > e.len() + 2 && words.lower(i).ends_with(e)))
}
