//! What is said told by a noun: "l'annonce par X de p", "X a promis la reconquête de p".

use super::Line;
use crate::analyse::TimexKind;
use crate::analyse::TokenKind;
use crate::analyse::statement::Draft;
use crate::analyse::statement::cue::{Cue, head};
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;
use crate::lang::speech::{SpeechVerb, Stance};
use crate::ud::Upos;

impl Line<'_, '_> {
    /// "l'annonce par X de p", "l'accusation de X, selon laquelle p", "the union's claim that p".
    pub(super) fn noun_report(&self, cue: Cue) -> Option<Draft> {
        let scene = self.scene;
        let noun = cue.from;
        let reach = scene.trees.reach(noun)?.min(self.end);
        let before =
            noun.checked_sub(2).filter(|i| *i > self.first && scene.is("possessive", *i + 1));
        let owner = before.and_then(|_| self.phrase_start(noun - 1)).map(|from| (from, noun - 1));
        let mut at = cue.to;
        let mut source = owner;
        let by = scene.is("agent", at);
        let of = scene.words.rules().complements.contains(scene.words.lower(at));
        if source.is_none() && (by || of) {
            let start =
                at + usize::from(!scene.words.rules().definite.contains(scene.words.lower(at)));
            let to = self.named_phrase_end(start, by);
            if to > start && scene.voice(start, to) {
                source = Some((start, to));
                at = to;
            }
        }
        let source = source?;
        if self.mark(at) == "," {
            at += 1;
        }
        let lower = |i: usize| if i < self.end { scene.words.lower(i) } else { "" };
        let linked = scene.is("noun-link", at) && scene.is("relative-voice", at + 1);
        let (start, stop) = if linked {
            (at + 2, self.clause_stretch(at + 2))
        } else if scene.is("complementizer", at) {
            (at + 1, reach)
        } else if scene.is("infinitive-marker", at)
            || by && scene.words.rules().complements.contains(lower(at))
        {
            let inside = usize::from(self.opens(at + 1));
            let infinitive = self.infinitive_at(at + 1 + inside);
            if !infinitive && !by {
                return None;
            }
            (at + 1, if infinitive { reach } else { self.phrase_end(at + 1) })
        } else {
            return None;
        };
        (start + 1 < stop)
            .then(|| self.draft(cue, vec![self.span(start, stop)], Some(source), "noun of report"))
    }

    /// "promised a pony", "threatened the group": what is promised is a thing, not that something be
    /// done ("promised the recapture of the town").
    fn only_gives(&self, cue: Cue, start: usize) -> bool {
        let scene = self.scene;
        let (pack, noun) = (scene.words.pack, head(scene, start, self.end));
        let deed = noun < self.end
            && pack.predicates.of(&crate::lang::letters::fold(scene.words.lower(noun))).is_some();
        let quoted =
            (start..self.part_end(start).min(self.end)).any(|i| self.opens(i + 1) || self.opens(i));
        scene.is_lemma("promises", self.verb_of(&cue)) && !deed && !quoted
    }

    /// The next comma or the like that a clause with its verb ends at.
    fn clause_stretch(&self, from: usize) -> usize {
        let mut stop = self.stretch_end(from);
        while stop < self.end && !self.has_verb(from, stop) {
            stop = self.stretch_end(stop + 1);
        }
        stop
    }

    /// Where the name that a noun phrase starts with ends, or else the phrase.
    fn named_phrase_end(&self, from: usize, by: bool) -> usize {
        let words = self.scene.words;
        let start = (from..self.end)
            .find(|i| !words.rules().determiners.contains(words.lower(*i)))
            .unwrap_or(from);
        match self.scene.named(start) {
            Some(name) if start < self.end => {
                words.tokens.partition_point(|t| t.span.start < name.span.end).min(self.end)
            }
            _ => {
                // "l'annonce par la direction de la fermeture": the first noun of the two.
                let end = self.phrase_end(from);
                let of = (start + 1..end).find(|i| by && self.scene.is("infinitive-marker", *i));
                of.unwrap_or(end)
            }
        }
    }

    /// "s'est dite victime de p", "se dit prêt à p": what one says of oneself.
    pub(super) fn said_of_self(&self, cue: Cue) -> Option<Draft> {
        let scene = self.scene;
        let verb = cue.to - 1;
        let own = scene.is("predicate-verb", verb)
            && cue.from > self.first
            && scene.is("reflexive", cue.from - 1);
        let start = self.after_adverbs(cue.to);
        let opens = own
            && start < self.end
            && matches!(scene.trees.upos(start), Upos::Adj | Upos::Noun | Upos::Verb | Upos::Adp);
        if !opens {
            return None;
        }
        let source = self.subject(cue).filter(|(from, to)| self.speaks(*from, *to))?;
        let stop = self.stretch_end(start);
        let stop = self.coordinated_verb(start, stop).unwrap_or(stop);
        Some(self.draft(cue, vec![self.span(start, stop)], Some(source), "said of oneself"))
    }

    /// "a requis quatre ans de prison": the first token of a length of time that ends at `to`, where what
    /// follows hangs on it. Else it only tells when.
    fn length_before(&self, from: usize, to: usize) -> Option<usize> {
        let scene = self.scene;
        let last = scene.words.tokens[to.checked_sub(1).filter(|i| *i >= from)?].span;
        let next = scene.timexes.partition_point(|t| t.span.end < last.end);
        let timex = scene.timexes.get(next).filter(|t| t.span.contains(last))?;
        let hangs = to < self.end
            && (scene.words.rules().complements.contains(scene.words.lower(to))
                || scene.words.tags(to).any(Tags::ADPOSITION));
        let at = scene.words.tokens.partition_point(|t| t.span.end <= timex.span.start);
        (timex.kind == TimexKind::Duration && hangs && at >= from).then_some(at)
    }

    /// "X a promis la reconquête de p".
    pub(super) fn noun_content(&self, cue: Cue, verb: SpeechVerb) -> Option<Draft> {
        if !verb.nominal && (!verb.prep || verb.quote_only) {
            return None;
        }
        let scene = self.scene;
        let mut start = self.after_aside(self.after_adverbs(cue.to));
        start = self.length_before(cue.to, start).unwrap_or(start);
        let prep = verb.prep && start + 1 < self.end && self.is_prep(start);
        start +=
            usize::from(prep && !scene.words.rules().definite.contains(scene.words.lower(start)));
        if !verb.nominal && !prep {
            return None;
        }
        if self.only_gives(cue, start) {
            return None;
        }
        let told = verb.stance != Stance::Neutral;
        let number = start < self.end && scene.words.tokens[start].kind == TokenKind::Number;
        let opens = start < self.end
            && (scene.words.is_word(start) || number)
            && (number
                || prep
                || matches!(scene.trees.upos(start), Upos::Det | Upos::Num)
                || scene.words.rules().determiners.contains(scene.words.lower(start))
                || told && scene.words.tags(start).any(Tags::NOUN | Tags::PRONOUN));
        if !opens {
            return None;
        }
        let source = self.subject(cue).filter(|(from, to)| self.speaks(*from, *to))?;
        // "la version finale du décret exclut la collecte": a paper denies nothing.
        let noun = head(scene, source.0, source.1);
        let actors = &scene.words.rules().actors;
        let paper = actors.get(scene.words.lower(noun)) == Some(&ActorKind::Document);
        if paper && verb.stance == Stance::Deny {
            return None;
        }
        let mut stop = self.stretch_end(start);
        // "at 1,600, counting drivers": how a figure was counted.
        let participle =
            |i: usize| i < self.end && scene.words.tags(i).any(Tags::PRESENT_PARTICIPLE);
        if verb.hold && self.mark(stop) == "," && participle(stop + 1) && !self.reports(stop + 1) {
            stop = self.stretch_end(stop + 1);
        }
        let stop = self.coordinated_verb(start, stop).unwrap_or(stop);
        // "a rejeté p et que q": the clause joined is none of it.
        let clause = |i: &usize| {
            scene.trees.upos(*i) == Upos::Cconj
                && scene.is("complementizer", i + 1)
                && scene.trees.upos(i + 1) == Upos::Sconj
        };
        let stop = (start + 1..stop.saturating_sub(1)).find(clause).unwrap_or(stop);
        let holds = |i: usize| scene.quoted[i] || scene.words.tokens[i].kind == TokenKind::Number;
        if start >= stop || verb.hold && !(start..stop).any(holds) {
            return None;
        }
        let content = self.span(start, stop);
        let long = told || stop - start >= 2;
        let anaphoric = (start..stop).any(|i| scene.is("anaphor", i)) && stop - start <= 4;
        let mut draft = self.draft(cue, vec![content], Some(source), "noun content");
        draft.anaphoric = anaphoric && verb.stance == Stance::Confirm;
        long.then_some(draft)
    }
}
