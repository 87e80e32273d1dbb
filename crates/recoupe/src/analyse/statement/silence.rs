//! Words that tell that somebody said nothing: "declined to comment", "n'a pas donné suite".

use super::Scene;
use super::cue::{Cue, CueKind, auxiliary, reflexive};
use crate::analyse::SilenceKind::{Declined, Unanswered};
use crate::analyse::{SilenceKind, TokenKind};
use crate::lang::lexicon::Tags;
use crate::ud::Upos;

/// What governs may stand so many tokens behind its verb.
const NEAR: usize = 5;
/// What a question, a call or a request is called stands so many tokens behind "to answer".
const FAR: usize = 9;

/// The cue of a silence whose verb is token `i`.
pub(crate) fn cue(scene: &Scene, i: usize, first: usize, end: usize) -> Option<Cue> {
    if !scene.words.is_word(i) || i == first {
        return None;
    }
    let here = At { scene, i, first, end };
    let (from, to, kind) = here
        .refuses()
        .or_else(|| here.unwilling())
        .or_else(|| here.no_comment())
        .or_else(|| here.unanswered())
        .or_else(|| here.out_of_reach())?;
    Some(Cue { from, to, kind: CueKind::Silence(kind) })
}

/// A verb at token `i` of a sentence `first..end`.
struct At<'s, 'a> {
    scene: &'s Scene<'a>,
    i: usize,
    first: usize,
    end: usize,
}

/// The tokens of a cue, and how nothing was said.
type Found = Option<(usize, usize, SilenceKind)>;

impl At<'_, '_> {
    fn listed(&self, field: &str, i: usize) -> bool {
        self.scene.is_lemma(field, i) || self.scene.is(field, i)
    }

    /// "declined to comment", "a refusé de dire si p", "a décliné tout commentaire".
    fn refuses(&self) -> Found {
        let (scene, i) = (self.scene, self.i);
        if !scene.is_lemma("refuses", i) || scene.infinitive(i) || self.group(false).is_some() {
            return None;
        }
        let helped = auxiliary(scene, i, self.first);
        let passive = helped.is_some_and(|(aux, p)| p && !reflexive(scene, aux, self.first));
        if passive || helped.is_none() && scene.trees.finite(i) != Some(true) {
            return None;
        }
        let from = helped.map_or(i, |(aux, _)| aux);
        let verb = (i + 1..self.end.min(i + NEAR)).find(|j| !self.leads(*j))?;
        // "a refusé mardi, lors d'une visite, de répondre".
        let verb = self.past_insert(verb).unwrap_or(verb);
        if scene.infinitive(verb) {
            return self.tells(verb).map(|to| (from, to, Declined));
        }
        let noun = self.noun("comment-noun", i + 1)?;
        Some((from, noun + 1, Declined))
    }

    /// Behind what stands between two commas, where the first is at `comma`, and small words.
    fn past_insert(&self, comma: usize) -> Option<usize> {
        const LONG: usize = 12;
        let is_comma = |j: &usize| self.scene.words.of(*j) == ",";
        let stop = self.end.min(comma + LONG);
        let close = (comma + 1..stop).find(is_comma).filter(|_| is_comma(&comma))?;
        (close + 1..self.end.min(close + NEAR)).find(|j| !self.leads(*j))
    }

    /// "would not comment", "n'a pas souhaité réagir".
    fn unwilling(&self) -> Found {
        // "n'a pas souhaité être nommé": a name kept back.
        let from = self.group(true).filter(|_| self.scene.infinitive(self.i))?;
        let to = self.tells(self.i)?;
        Some((from, to, Declined))
    }

    /// "had no comment", "n'a fait aucun commentaire".
    fn no_comment(&self) -> Found {
        let (scene, i) = (self.scene, self.i);
        if !scene.is_lemma("light", i) || scene.infinitive(i) && self.group(false).is_none() {
            return None;
        }
        let noun = self.noun("no-comment", i + 1)?;
        let denied = (i + 1..noun).any(|j| scene.is("denial", j));
        let from = self.group(false).or_else(|| denied.then_some(i))?;
        Some((from, noun + 1, Declined))
    }

    /// "did not respond to requests for comment", "n'a pas donné suite".
    fn unanswered(&self) -> Found {
        let (scene, i) = (self.scene, self.i);
        let suite = scene.is_lemma("light", i) && self.noun("no-suite", i + 1).is_some();
        let comments = scene.is_lemma("comments", i);
        if !suite && !comments && !scene.is_lemma("answers", i) {
            return None;
        }
        let from = self.group(false)?;
        let to = if suite { self.noun("no-suite", i + 1)? + 1 } else { i + 1 };
        let asked = self.asked() || (from..i).any(|j| scene.is("at-once", j));
        let request = || self.request(to).unwrap_or(asked);
        (suite || comments || request()).then_some((from, to, Unanswered))
    }

    /// "could not be reached", "was unavailable for comment", "est resté injoignable".
    fn out_of_reach(&self) -> Found {
        let (scene, i) = (self.scene, self.i);
        let near = || {
            let back = i.saturating_sub(NEAR).max(self.first)..i;
            back.into_iter().find(|j| scene.finite(*j, self.first))
        };
        let comment = || self.noun("comment-noun", i + 1).is_some_and(|j| j <= i + 3);
        let out = scene.is("unreachable", i) || scene.is("unavailable", i) && comment();
        if out {
            return near().map(|from| (from, i + 1, Unanswered));
        }
        let within =
            scene.is("reachable", i) && self.helped() || scene.is("available", i) && comment();
        let from = within.then(|| self.group(false)).flatten()?;
        Some((from, i + 1, Unanswered))
    }

    fn helped(&self) -> bool {
        auxiliary(self.scene, self.i, self.first).is_some()
    }

    /// Where the verb group that ends at the verb starts, if it is negated; with `will`, if it says
    /// that somebody would not.
    fn group(&self, will: bool) -> Option<usize> {
        let scene = self.scene;
        let (mut from, mut negated, mut wants) = (self.i, false, false);
        for j in (self.first..self.i).rev().take(9) {
            let unfulfilled = scene.is("not-yet", j) && scene.is("infinitive-marker", j + 1);
            let negative = scene.is("denial", j) || scene.is("negation", j) || unfulfilled;
            let willing = self.listed("wants", j);
            let small = negative
                || willing
                || scene.is("auxiliary", j)
                || scene.is("clitic", j)
                || scene.is("ability", j)
                || self.leads(j);
            if !small || scene.is("subject-pronoun", j) {
                break;
            }
            negated |= negative;
            wants |= willing;
            from = j;
        }
        while from < self.i && self.leads(from) && !scene.is("negation", from) {
            from += 1;
        }
        (negated && (wants || !will)).then_some(from)
    }

    /// A small word between verbs: an adverb, a day, "to", "de".
    fn leads(&self, j: usize) -> bool {
        let scene = self.scene;
        let adverb = scene.words.is_word(j) && scene.words.tags(j).any(Tags::ADVERB);
        adverb
            || scene.timex_at(j)
            || scene.is("infinitive-marker", j)
            || scene.is("object-marker", j)
            || scene.is("clitic", j)
    }

    /// Where the words end that a verb of telling at `verb` has for what is not told, if it is one.
    fn tells(&self, verb: usize) -> Option<usize> {
        let scene = self.scene;
        let next = verb + 1;
        if scene.is_lemma("tells-whether", verb) {
            let whether = next >= self.end
                || scene.is("asked-about", next)
                || scene.words.tokens[next].kind == TokenKind::Punct && !scene.opens(next);
            return whether.then_some(next);
        }
        if scene.is_lemma("light", verb) {
            let noun = self.noun("comment-noun", next).or_else(|| self.noun("no-suite", next));
            return noun.map(|j| j + 1);
        }
        if scene.is_lemma("answers", verb) {
            return self.request(next).unwrap_or(true).then_some(next);
        }
        scene.is_lemma("tells", verb).then_some(next)
    }

    /// A noun of a list that what stands before `from` governs.
    fn noun(&self, field: &str, from: usize) -> Option<usize> {
        let stop = self.end.min(from + NEAR);
        let open = |j: &usize| self.scene.words.is_word(*j) && !self.scene.finite(*j, self.first);
        (from..stop).take_while(open).find(|j| self.listed(field, *j) && names(self.scene, *j))
    }

    /// Whether what is not answered is a question or a charge, not a shot; None where no words say.
    fn request(&self, from: usize) -> Option<bool> {
        let scene = self.scene;
        let at = (from..self.end)
            .find(|j| !scene.timex_at(*j) && !scene.words.tags(*j).only(Tags::ADVERB))?;
        let small = |j: usize| scene.words.rules().determiners.contains(scene.words.lower(j));
        let object = scene.is("recipient", at) || scene.is("infinitive-marker", at) || small(at);
        let asks = |j: usize| self.listed("request", j) || scene.is("claimed", j);
        let stop =
            (at..self.end.min(at + FAR)).find(|j| matches!(scene.words.of(*j), "," | ";" | ":"));
        let stop = stop.unwrap_or(self.end.min(at + FAR));
        if asks(at) {
            return Some(true);
        }
        object.then(|| (at..stop).any(asks))
    }

    /// Whether the sentence opens by telling that somebody was asked: "Contacté par l'agence, X".
    fn asked(&self) -> bool {
        let scene = self.scene;
        (self.first..self.i.min(self.first + 4))
            .take_while(|j| scene.words.is_word(*j))
            .any(|j| scene.is("asked", j) || scene.is("question", j))
    }
}

/// A noun, or what no tag tells apart from one.
fn names(scene: &Scene, i: usize) -> bool {
    !matches!(scene.trees.upos(i), Upos::Verb | Upos::Aux)
}
