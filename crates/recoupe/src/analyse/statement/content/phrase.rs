//! Where phrases start and end.

use super::Line;
use crate::analyse::{MentionKind, TokenKind};
use crate::lang::lexicon::Tags;
use crate::ud::Upos;

impl Line<'_, '_> {
    /// The next comma, colon or dash outside brackets and quotations, or mark that opens one.
    pub(super) fn part_end(&self, from: usize) -> usize {
        self.next_break(from, |i| self.opens(i))
    }

    /// The next comma, colon or dash outside brackets and quotations; quotations are gone over.
    pub(super) fn stretch_end(&self, from: usize) -> usize {
        self.next_break(from, |_| false)
    }

    /// The next comma, colon or dash, or what `too` says, outside brackets and quotations.
    fn next_break(&self, from: usize, too: impl Fn(usize) -> bool) -> usize {
        let mut depth = 0i32;
        for i in from..self.end {
            match self.mark(i) {
                "(" => depth += 1,
                ")" => depth -= 1,
                "," | ":" | "–" | "—" | ";" if depth <= 0 && !self.scene.quoted[i] => return i,
                _ if depth <= 0 && too(i) => return i,
                _ => {}
            }
        }
        self.end
    }

    pub(super) fn name_fills(&self, from: usize, stop: usize) -> bool {
        let span = self.scene.words.span(from, stop);
        self.scene
            .mentions
            .iter()
            .any(|m| m.span.start == span.start && m.span.len() * 10 >= span.len() * 8)
    }

    pub(super) fn has_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.scene.finite(i, self.first))
    }

    /// Whether a preposition that leads to what is said stands at `i`.
    pub(super) fn is_prep(&self, i: usize) -> bool {
        self.scene.is("prep", i) && self.scene.words.is_word(i)
    }

    /// Past the words that may stand between a verb and what it governs: adverbs, days,
    /// recipients, "dans un communiqué".
    pub(super) fn after_adjuncts(&self, from: usize) -> usize {
        let scene = self.scene;
        let words = scene.words;
        let mut i = from;
        while i < self.end && i < from + 16 {
            let tags = words.tags(i);
            let adverb = words.is_word(i)
                && tags.any(Tags::ADVERB)
                && !scene.is("complementizer", i)
                && !tags.any(Tags::DETERMINER);
            if let Some(past) = self.past_aside(i) {
                i = past;
                continue;
            }
            // "d'ailleurs", "en effet": a preposition and an adverb.
            let pair = i + 1 < self.end
                && tags.any(Tags::ADPOSITION)
                && words.tags(i + 1).only(Tags::ADVERB);
            if pair {
                i += 2;
            } else if scene.timex_at(i)
                || adverb
                || words.of(i).starts_with('-') && words.is_word(i)
            {
                i += 1;
            } else if (scene.is("adjunct", i) || scene.is("recipient", i))
                && words.is_word(i)
                && i + 1 < self.end
            {
                let to = self.recipient_end(i + 1);
                if to == i + 1 {
                    break;
                }
                i = to;
            } else if self.mark(i) == ","
                && i + 1 < self.end
                && (scene.timex_at(i + 1) || scene.is("adjunct", i + 1))
            {
                i += 1;
            } else {
                break;
            }
        }
        i
    }

    /// Where whoever was told ends: with the name of a body, before the name of who spoke ("à
    /// l'AFP Mme Roux").
    fn recipient_end(&self, from: usize) -> usize {
        let scene = self.scene;
        let words = scene.words;
        let end = self.phrase_end(from);
        let start = (from..end).find(|i| !words.rules().determiners.contains(words.lower(*i)));
        let name = start.and_then(|i| scene.named(i)).filter(|m| m.kind != MentionKind::Per);
        let past = name.map(|m| words.tokens.partition_point(|t| t.span.start < m.span.end));
        past.filter(|p| *p > from && *p < end && words.capital(*p)).unwrap_or(end)
    }

    /// Where a phrase that only turns to the speaker ("de son côté") ends, if one starts at `i`.
    pub(super) fn past_aside(&self, i: usize) -> Option<usize> {
        let words = self.scene.words;
        (1..=4).rev().filter(|n| i + n <= self.end).find_map(|n| {
            let phrase: Vec<&str> = (i..i + n).map(|j| words.lower(j)).collect();
            // Elided words are one in a phrase's list: `de l'avis`.
            self.scene.rules().is("aside", &phrase.join("_")).then_some(i + n)
        })
    }

    pub(super) fn after_aside(&self, from: usize) -> usize {
        self.past_aside(from).unwrap_or(from)
    }

    pub(super) fn after_adverbs(&self, from: usize) -> usize {
        let words = self.scene.words;
        (from..self.end)
            .find(|i| {
                let adverb =
                    words.tags(*i).any(Tags::ADVERB) && !words.tags(*i).any(Tags::DETERMINER);
                !adverb && !self.scene.timex_at(*i)
            })
            .unwrap_or(self.end)
    }

    /// Where the noun phrase that ends at `stop` starts.
    pub(super) fn phrase_start(&self, stop: usize) -> Option<usize> {
        let scene = self.scene;
        let words = scene.words;
        let mut best = None;
        for i in (self.first..stop).rev() {
            let outside = scene.quoted[i]
                || self.punct(i) && !matches!(self.mark(i), "(" | ")" | "-")
                || scene.finite(i, self.first)
                    && !words.rules().actors.contains_key(words.lower(i))
                    && i + 1 < stop;
            if outside || scene.is("complementizer", i) {
                break;
            }
            if self.may_start(i) {
                best = Some(i);
                // A conjunction, an adverb or nothing before it: the phrase can go no further.
                let prev = i.checked_sub(1).filter(|p| *p >= self.first);
                if prev.is_none_or(|p| {
                    words.tags(p).only(Tags::CONJUNCTION | Tags::ADVERB)
                        && !words.rules().conjunctions.contains(words.lower(p))
                }) {
                    break;
                }
                if prev.is_some_and(|p| {
                    !words.is_word(p)
                        || words.tags(p).any(Tags::FINITE) && scene.finite(p, self.first)
                }) {
                    break;
                }
                if prev.is_some_and(|p| {
                    words.tags(p).any(Tags::NOUN | Tags::ADJ)
                        && !words.tags(p).any(Tags::ADPOSITION | Tags::CONJUNCTION)
                        && !words.capital(i)
                }) {
                    break;
                }
            }
        }
        let mut from = best.filter(|from| *from < stop)?;
        // Nouns stack before a name: "fire chief Ana Delgado".
        let stacks = |i: usize| {
            let (noun, tags) = (Tags::NOUN | Tags::ADJ, words.tags(i));
            // "party", "council": what is a verb elsewhere is what the tree says that it is.
            let here = tags.any(noun) && matches!(scene.trees.upos(i), Upos::Noun | Upos::Adj);
            words.is_word(i) && (tags.only(noun) || here) && !scene.quoted[i] && !self.punct(i)
        };
        while !words.rules().adjectives_follow && from > self.first && stacks(from - 1) {
            from -= 1;
        }
        // And the article before them: "the county council".
        let article = |i: usize| {
            let lower = words.lower(i);
            words.rules().determiners.contains(lower) && !words.rules().complements.contains(lower)
        };
        if from > self.first && article(from - 1) && !scene.quoted[from - 1] {
            from -= 1;
        }
        Some(from)
    }

    /// Whether a subject can start at `i`: a determiner, a name, a pronoun, a plural noun of
    /// people, that no preposition governs.
    fn may_start(&self, i: usize) -> bool {
        let scene = self.scene;
        let words = scene.words;
        let lower = words.lower(i);
        let rules = words.rules();
        if !words.is_word(i) && words.tokens[i].kind != TokenKind::Number {
            return false;
        }
        let partitive = scene.is("partitive", i) || !rules.complements.contains(lower);
        let opens = rules.determiners.contains(lower) && partitive
            || words.capital(i)
            || scene.is("subject-pronoun", i)
            || rules.actors.contains_key(lower)
            || words.tokens[i].kind == TokenKind::Number
            || i == self.first
            || self.punct(i - 1)
                && words.tags(i).any(Tags::NOUN | Tags::ADJ | Tags::PRONOUN)
                && !matches!(scene.trees.upos(i), Upos::Sconj | Upos::Cconj | Upos::Adp)
            || self.punct(i - 1) && words.tags(i) == Tags::default();
        if !opens {
            return false;
        }
        let Some(prev) = i.checked_sub(1).filter(|p| *p >= self.first) else { return true };
        let before = words.lower(prev);
        let governed = words.is_word(prev)
            && (rules.complements.contains(before) || words.tags(prev).any(Tags::ADPOSITION));
        let inside = rules.determiners.contains(before) && words.is_word(prev);
        let apposed = words.is_word(prev)
            && words.capital(i)
            && !words.tags(prev).any(Tags::CONJUNCTION | Tags::PRONOUN)
            && (rules.actors.contains_key(before)
                || words.capital(prev)
                || words.tags(prev).any(Tags::ADJ | Tags::NOUN));
        let counted = scene.is("partitive", i)
            && words.is_word(prev)
            && words.tags(prev).any(Tags::NOUN | Tags::ADJ)
            && !words.tags(prev).any(Tags::CONJUNCTION);
        !governed && !inside && !apposed && !counted
    }

    /// Where the noun phrase that starts at `from` ends.
    pub(super) fn phrase_end(&self, from: usize) -> usize {
        let scene = self.scene;
        let words = scene.words;
        let rules = words.rules();
        let mut i = from;
        while i < self.end {
            let lower = words.lower(i);
            // "l'actuelle maire": a time that only tells the noun behind it more closely.
            let epithet =
                scene.trees.upos(i) == Upos::Adj && i + 1 < self.end && words.is_word(i + 1);
            if scene.quoted[i] || (scene.timex_at(i) && i > from && !epithet) {
                break;
            }
            if self.mark(i) == "(" {
                match (i..self.end).find(|j| self.mark(*j) == ")") {
                    Some(close) if close - i <= 4 => {
                        i = close + 1;
                        continue;
                    }
                    _ => break,
                }
            }
            if self.punct(i) && i > from && scene.trees.one_word(i - 1, i) {
                i += 1;
                continue;
            }
            if self.punct(i) && !(self.mark(i) == "-" && i > from) {
                break;
            }
            let complement =
                rules.complements.contains(lower) && i > from && !scene.is("adjunct", i);
            let determiner = rules.determiners.contains(lower);
            let tags = words.tags(i);
            let noun = words.capital(i)
                || tags.any(Tags::NOUN | Tags::ADJ | Tags::NUMERAL)
                || rules.actors.contains_key(lower)
                || tags == Tags::default()
                || tags.0 == Tags::LOWER.0
                || scene.is("pronoun", i)
                || words.tokens[i].kind != TokenKind::Word;
            let follows_noun = i > from
                && !rules.determiners.contains(words.lower(i - 1))
                && !rules.complements.contains(words.lower(i - 1));
            let starts_new = determiner && follows_noun && !complement;
            let infinitive = i > from
                && follows_noun
                && matches!(scene.trees.upos(i), Upos::Verb | Upos::Aux)
                && tags.any(Tags::INFINITIVE);
            let verb = scene.finite(i, from)
                && !words.capital(i)
                && !rules.actors.contains_key(lower)
                && follows_noun;
            let via = scene.is("via", i);
            if starts_new
                || verb
                || infinitive
                || !(noun
                    || determiner
                    || complement
                    || via
                    || scene.is("agent", i) && i > from && scene.is("via", i - 1))
            {
                break;
            }
            i += 1;
        }
        while i > from + 1
            && (rules.complements.contains(words.lower(i - 1))
                || rules.determiners.contains(words.lower(i - 1))
                || scene.is("adjunct", i - 1) && scene.trees.upos(i - 1) == Upos::Adp)
            && words.is_word(i - 1)
            && !words.capital(i - 1)
        {
            i -= 1;
        }
        i
    }
}
