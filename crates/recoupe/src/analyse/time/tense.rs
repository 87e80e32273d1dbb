//! Which way in time a sentence's verbs look from a time expression that stands among them.
//!
//! "Le préfet annoncera jeudi" is next Thursday, "le préfet a annoncé jeudi" the last one. The
//! scanner guesses by the nearest verb; where there is a tree, the verb that governs the time
//! tells: its own tense, its auxiliaries, and for an infinitive the verb that it depends on.

use std::ops::Range;

use super::scan::Found;
use crate::analyse::word::Word;
use crate::analyse::{Sentence, Token};
use crate::article::Span;
use crate::lang::Pack;
use crate::lang::time::{Grammar, Slot};
use crate::ud::Upos;

/// A text's words with their tags and trees.
#[derive(Clone, Copy, Debug)]
pub struct Syntax<'a> {
    /// The text that the spans of the tokens point into.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its words, tagged and attached.
    pub words: &'a [Word],
}

/// How far up the tree a governing verb is looked for, and how many verbs hang on one another.
const STEPS: usize = 10;

/// Gives each time the direction of the verb that governs it, where the tree tells one.
pub(crate) fn govern(found: &mut [Found], syntax: Syntax, pack: &Pack) {
    let reader = Reader::new(syntax, pack);
    for f in found {
        if let Some(tense) = reader.around(f.span) {
            f.tense = match (f.get(Slot::Tense), tense) {
                // What the words themselves say ("by Thursday") yields to a verb of the past only.
                (Some(told), 0 | 1) => told as i8,
                (_, tense) => tense,
            };
        }
    }
}

struct Reader<'a> {
    syntax: Syntax<'a>,
    grammar: &'a Grammar,
    pack: &'a Pack,
    modal: Option<u8>,
    plan: Option<u8>,
}

impl<'a> Reader<'a> {
    fn new(syntax: Syntax<'a>, pack: &'a Pack) -> Reader<'a> {
        let grammar = pack.time.grammar();
        let class = |name| grammar.class(name);
        Reader { syntax, grammar, pack, modal: class("modal"), plan: class("plan") }
    }

    /// The direction at a span: -1, 0 (the verb tells none), 1; None without a governing verb.
    fn around(&self, span: Span) -> Option<i8> {
        let sentences = self.syntax.sentences;
        let at = sentences.partition_point(|s| s.span.end <= span.start);
        let range = sentences.get(at)?.words.clone();
        let range = range.start as usize..(range.end as usize).min(self.syntax.words.len());
        let inside = |i: &usize| self.syntax.words[*i].span(self.syntax.tokens).overlaps(span);
        let words = self.syntax.words;
        let head = range.clone().filter(inside).find(|i| {
            let head = words[*i].head;
            head.is_some_and(|h| !inside(&(h as usize)))
        })?;
        // "Wednesday's ruling" may be spoken of in any tense.
        if words[head].deprel.name() == "nmod:poss" {
            return Some(0);
        }
        let mut at = head;
        for _ in 0..STEPS {
            at = words[at].head? as usize;
            if !self.is_predicate(at, &range) {
                continue;
            }
            // "agreed in June to buy": the time is not the infinitive's, before which it stands.
            let early = words[at].feats.is("VerbForm", "Inf") && head < at;
            let over = words[at].head.map(|h| h as usize).filter(|h| early && *h < head);
            return match over.filter(|h| self.is_predicate(*h, &range)) {
                Some(over) => self.tense(over, &range, STEPS),
                None => self.tense(at, &range, STEPS),
            };
        }
        None
    }

    fn is_predicate(&self, at: usize, range: &Range<usize>) -> bool {
        matches!(self.syntax.words[at].upos, Upos::Verb | Upos::Aux)
            || self.helpers(at, range).next().is_some()
    }

    /// The auxiliaries and copulas of a word, in order.
    fn helpers(&self, at: usize, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let words = self.syntax.words;
        range.clone().filter(move |i| {
            words[*i].head == Some(at as u32)
                && matches!(words[*i].deprel.universal(), "aux" | "cop")
        })
    }

    /// What a class of the grammar says of a word, by its form or its lemma.
    fn learnt(&self, at: usize, class: Option<u8>, slot: Slot) -> Option<i8> {
        let class = class?;
        let form = self.syntax.words[at].form(self.syntax.text, self.syntax.tokens).to_lowercase();
        let lemma = self.syntax.words[at].lemma(&form, self.pack);
        [form.as_str(), &lemma].into_iter().find_map(|w| {
            let word = &self.grammar.words[self.grammar.number(w, false) as usize];
            let says = word.learns.iter().find(|(c, s, _)| *c == class && *s == slot);
            says.map(|s| s.2 as i8)
        })
    }

    fn tense(&self, at: usize, range: &Range<usize>, left: usize) -> Option<i8> {
        let words = self.syntax.words;
        let word = &words[at];
        let helpers: Vec<usize> = self.helpers(at, range).collect();
        let is = |i: usize, feature, value| words[i].feats.is(feature, value);
        let participle = is(at, "VerbForm", "Part") && !is(at, "Tense", "Pres");
        let group = || helpers.iter().copied().chain([at]);
        if group().any(|i| is(i, "Tense", "Fut")) {
            return Some(1);
        }
        let finite = group().find(|i| is(*i, "VerbForm", "Fin"));
        let had = helpers.iter().any(|i| self.learnt(*i, self.plan, Slot::Tense) == Some(-1));
        let perfect = had || helpers.iter().any(|i| words[*i].deprel.name() == "aux:tense");
        if let Some(told) = helpers.iter().find_map(|i| self.learnt(*i, self.modal, Slot::Tense)) {
            // "could have met": past; "could be met": not.
            return Some(if had { -1 } else { told });
        }
        let planned = self.learnt(at, self.plan, Slot::Tense);
        match finite {
            _ if perfect => Some(-1),
            Some(f) if is(f, "Mood", "Cnd") => Some(1),
            Some(f) if is(f, "Tense", "Past") || is(f, "Tense", "Imp") => {
                // "was due Monday"
                Some(if f != at && planned == Some(1) { 1 } else { -1 })
            }
            Some(f) if f != at && participle => Some(planned.unwrap_or(0)),
            // "is to resume Tuesday"
            Some(f) if f != at && is(at, "VerbForm", "Inf") => Some(1),
            Some(_) => Some(0),
            None if participle && planned == Some(1) => Some(1),
            None if participle && helpers.is_empty() && word.deprel.universal() != "conj" => {
                Some(-1)
            }
            None => self.above(at, range, left),
        }
    }

    /// The direction of an infinitive or a gerund is that of the verb it depends on, unless that
    /// is a plan.
    fn above(&self, at: usize, range: &Range<usize>, left: usize) -> Option<i8> {
        let mut up = self.syntax.words[at].head? as usize;
        // "an agreement to buy", "the deadline to leave"
        let word = &self.syntax.words[at];
        if word.deprel.universal() == "acl" && word.feats.is("VerbForm", "Inf") {
            return Some(1);
        }
        for _ in 0..left {
            let bids = || self.learnt(up, self.plan, Slot::Rel);
            if let Some(told) = self.learnt(up, self.plan, Slot::Tense).or_else(bids) {
                // "had been due to expire"
                let over = self.helpers(up, range).any(|i| {
                    self.learnt(i, self.plan, Slot::Tense) == Some(-1)
                        && self.syntax.words[i].feats.is("Tense", "Past")
                });
                return Some(if over { -1 } else { told });
            }
            if self.is_predicate(up, range) {
                return self.tense(up, range, left - 1);
            }
            up = self.syntax.words[up].head? as usize;
        }
        None
    }
}
