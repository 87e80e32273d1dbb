//! A reporting verb: which of the ways to say what is said stands beside it.

use super::Line;
use crate::analyse::TokenKind;
use crate::analyse::statement::cue::{Cue, CueKind};
use crate::analyse::statement::{Draft, quote_at};
use crate::lang::lexicon::Tags;
use crate::lang::speech::{SpeechVerb, Stance};

impl Line<'_, '_> {
    /// Whether an infinitive stands at `i`, clitics and negation before it.
    pub(super) fn infinitive_at(&self, i: usize) -> bool {
        let scene = self.scene;
        let verb = (i..self.end).find(|j| !scene.is("negation", *j) && !scene.is("clitic", *j));
        verb.is_some_and(|j| {
            scene.infinitive(j) && !scene.words.rules().determiners.contains(scene.words.lower(j))
        })
    }

    /// "L'information est confirmée par X".
    pub(super) fn passive(&self, cue: Cue, verb: SpeechVerb) -> Option<Draft> {
        let source = self.source_after(cue.to)?;
        if !self.scene.is("auxiliary", cue.from) {
            return self.counted_by(cue, source);
        }
        let (from, to) = self.subject_before(cue.from)?;
        // "Le préjudice est évalué à 380 000 euros par X": with the number.
        let agent = (cue.from..source.0).rev().take_while(|i| self.scene.is("agent", *i)).count();
        let stop = source.0 - agent;
        let number = |i: usize| self.scene.words.tokens[i].kind == TokenKind::Number;
        let to = if (cue.from..stop).any(number) { stop } else { to };
        let content = self.span(from, to);
        // "L'information", or a bare "the arrival": what was just said.
        let definite = self.scene.words.rules().definite.contains(self.scene.words.lower(from));
        let anaphoric = (from..to).any(|i| self.scene.is("anaphor", i)) && to - from <= 4
            || definite && to - from == 2 && verb.stance == Stance::Confirm;
        let mut draft = self.draft(cue, vec![content], Some(source), "passive");
        draft.anaphoric = anaphoric;
        let clear = verb.nominal || verb.stance != Stance::Neutral;
        clear.then_some(draft)
    }

    /// A reporting verb: by what stands beside it.
    pub(super) fn verb(
        &self,
        cue: Cue,
        verb: SpeechVerb,
        ends: bool,
        next: Option<&Cue>,
    ) -> Option<Draft> {
        let relative = cue.from > self.first && self.scene.is("relative", cue.from - 1);
        let parenthetical =
            (!relative && self.after_content(cue)).then(|| self.parenthetical(cue, ends));
        if let Some(draft) = parenthetical.flatten() {
            return Some(draft);
        }
        self.subject_then_parenthesis(cue)
            .filter(|d| d.content.iter().all(|c| self.is_quotation(*c)))
            .or_else(|| self.announced_quote(cue, verb, "verb and quotation"))
            .or_else(|| self.that_clause(cue, verb, next))
            .or_else(|| self.infinitive_clause(cue, verb, next))
            .or_else(|| self.subject_then_parenthesis(cue))
            .or_else(|| self.object_then_content(cue, verb, next))
            .or_else(|| self.bare_clause(cue, verb, next))
            .or_else(|| self.said_of_self(cue))
            .or_else(|| self.noun_content(cue, verb))
            .or_else(|| self.governed_clause(cue, verb))
    }

    /// "X accuse Y de p"; "X urged Y to p".
    fn object_then_content(&self, cue: Cue, verb: SpeechVerb, next: Option<&Cue>) -> Option<Draft> {
        if !verb.object {
            return None;
        }
        let scene = self.scene;
        let start = self.after_adverbs(cue.to);
        let stop = self.end.saturating_sub(2).min(start + 12);
        let marker = (start + 1..stop).find(|i| {
            let open = usize::from(self.opens(i + 1));
            let content = scene.words.tags((i + 1 + open).min(self.end - 1));
            i + 2 < self.end
                && scene.is("object-marker", *i)
                && (content.any(Tags::INFINITIVE | Tags::PRESENT_PARTICIPLE | Tags::AUXILIARY)
                    || self.infinitive_at(i + 1 + open))
        })?;
        if (start..marker).any(|i| self.punct(i)) || self.has_verb(start, marker) {
            return None;
        }
        let source = self.subject(cue)?;
        let content = vec![self.span(marker + 1, self.clause_end(marker + 1, cue, next))];
        Some(self.draft(cue, content, Some(source), "object and content"))
    }

    /// "X a déclaré : « p »"; "X said: p"; "X a dit « p »".
    pub(super) fn announced_quote(
        &self,
        cue: Cue,
        verb: SpeechVerb,
        by: &'static str,
    ) -> Option<Draft> {
        let at = self.after_adjuncts(cue.to);
        let colon = self.mark(at) == ":";
        let mut open = if colon { at + 1 } else { at };
        let prep = !colon && verb.prep && open + 1 < self.end && self.is_prep(open);
        open += usize::from(prep);
        if !colon && self.mark(open) == "," {
            open += 1;
        }
        if !self.opens(open) {
            return (colon && !verb.quote_only && open < self.end && self.has_verb(open, self.end))
                .then(|| {
                    let source = self.subject(cue).or_else(|| self.subject_of_historic(cue));
                    self.draft(cue, vec![self.span(open, self.end)], source, by)
                })
                .filter(|d| d.source.is_some());
        }
        let quote = quote_at(self.scene.quotes, self.scene.words.tokens[open].span)?;
        let source = self
            .subject(cue)
            .or_else(|| self.subject_of_historic(cue))
            .or_else(|| self.source_of(&cue))?;
        // Words hung on the verb keep their marks: "X dénonce « p »"; the sentence may go on
        // ("« p » de q"), and then the whole is one content.
        let after = self.scene.words.tokens.partition_point(|t| t.span.end <= quote.outer.end);
        let hung = !colon && self.mark(at) != ",";
        let goes_on = hung
            && after < self.end
            && !self.punct(after)
            && !self.scene.words.tags(after).any(Tags::CONJUNCTION);
        let content = match (hung, goes_on) {
            (true, true) => self.span(open, self.stretch_end(after)),
            (true, false) => quote.outer,
            (false, _) => quote.inner,
        };
        Some(self.draft(cue, vec![content], Some(source), by))
    }

    /// "..., ajoutant que p": the subject is the sentence's.
    pub(super) fn saying(&self, cue: Cue, verb: SpeechVerb, next: Option<&Cue>) -> Option<Draft> {
        let main = (self.first..cue.from).find(|i| self.scene.finite(*i, self.first))?;
        let subject = self.last_source.or_else(|| self.subject_before(main))?;
        let line = Line { last_source: Some(subject), ..*self };
        let at = Cue { kind: CueKind::Verb(verb), ..cue };
        let draft = line
            .announced_quote(at, verb, "participle and quotation")
            .or_else(|| line.that_clause(at, verb, next))
            .or_else(|| line.infinitive_clause(at, verb, next))
            .or_else(|| line.bare_clause(at, verb, next))?;
        Some(Draft { source: Some(subject), by: "participle", ..draft })
    }

    fn subject_of_historic(&self, cue: Cue) -> Option<(usize, usize)> {
        matches!(cue.kind, CueKind::Historic(_)).then(|| self.subject_before(cue.from)).flatten()
    }
}
