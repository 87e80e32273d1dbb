//! Clauses that a reporting verb governs, and where they end.

use super::Line;
use crate::analyse::TokenKind;
use crate::analyse::statement::Draft;
use crate::analyse::statement::cue::{Cue, CueKind};
use crate::lang::lexicon::Tags;
use crate::lang::speech::{SpeechVerb, Stance};
use crate::ud::Upos;

/// Where a clause may open behind a verb and its object, in tokens.
const FAR: usize = 12;

impl Line<'_, '_> {
    /// The clause that the tree lets the verb govern, where nothing else bounds what is said.
    pub(super) fn governed_clause(&self, cue: Cue, verb: SpeechVerb) -> Option<Draft> {
        let scene = self.scene;
        let at = self.verb_of(&cue);
        let (from, to) = scene.trees.clause(at)?;
        let (mut from, to) = (from.max(self.first), to.min(self.end));
        from += usize::from(scene.is("complementizer", from));
        let apart = from >= cue.to && !(from..to).contains(&at);
        let source = self.subject(cue).filter(|s| s.1 <= from && self.speaks(s.0, s.1))?;
        let clause = apart && from + 2 < to && self.has_verb(from, to) && !scene.quoted[from];
        (clause && !verb.quote_only)
            .then(|| self.draft(cue, vec![self.span(from, to)], Some(source), "governed clause"))
    }

    /// "X affirme (jeudi, à la presse) que p".
    pub(super) fn that_clause(
        &self,
        cue: Cue,
        verb: SpeechVerb,
        next: Option<&Cue>,
    ) -> Option<Draft> {
        if verb.quote_only {
            return None;
        }
        let scene = self.scene;
        let mut i = self.after_adjuncts(cue.to);
        // "told reporters that": an object may stand between.
        if !scene.is("complementizer", i) && i < self.end && scene.words.is_word(i) {
            let object = self.phrase_end(i);
            let past = self.after_adjuncts(object);
            if past < self.end
                && scene.is("complementizer", past)
                && self.opens_said(self.verb_of(&cue), past)
            {
                i = past;
            } else if let Some((from, _)) = scene.trees.clause(self.verb_of(&cue)) {
                // "warned the city's leaders on Tuesday that".
                let near = from > i && from < self.end && from < i + FAR;
                i = if near && scene.is("complementizer", from) { from } else { i };
            }
        }
        if self.mark(i) == "," && i + 1 < self.end && scene.is("complementizer", i + 1) {
            i += 1;
        } else if self.mark(i) == "," {
            let close = self.part_end(i + 1);
            if close + 1 < self.end && scene.is("complementizer", close + 1) {
                i = close + 1;
            }
        }
        let determiner = scene.trees.upos(i.min(self.end - 1)) == Upos::Det;
        if i >= self.end || determiner || !scene.is("complementizer", i) || scene.quoted[i] {
            return None;
        }
        let source = self.subject(cue).or_else(|| self.source_of(&cue))?;
        if (source.0..source.1).all(|j| scene.is("impersonal", j)) {
            return None;
        }
        let stop = self.clause_end(i + 1, cue, next);
        // "son autorisation n'en prévoit que 900": a limit, no clause, of what does not speak.
        let negated =
            (cue.from.saturating_sub(3).max(self.first)..cue.from).any(|j| scene.is("negation", j));
        let bare = negated && verb.hold && !self.has_verb(i + 1, stop);
        if bare && !self.speaks(source.0, source.1) {
            return None;
        }
        (i + 1 < stop)
            .then(|| self.draft(cue, vec![self.span(i + 1, stop)], Some(source), "that clause"))
    }

    /// Whether the word that opens a clause, behind an object, opens what is said: not a relative
    /// clause ("a contract that pays"), not "bien que".
    fn opens_said(&self, verb: usize, i: usize) -> bool {
        let trees = &self.scene.trees;
        let hangs = trees.governor(i).and_then(|(verb, _)| trees.governor(verb)).map(|(_, r)| r);
        let promises = self.scene.is_lemma("promises", verb);
        let relative = trees.upos(i) == Upos::Pron && hangs == Some("acl") && promises;
        let clause = trees.governor(i).map(|(v, _)| v);
        let before = trees.governor(i - 1).map(|(v, _)| v);
        let conjunction = before.is_some() && (before == clause || before == Some(i));
        !(relative || conjunction && hangs == Some("advcl"))
    }

    /// A clause ends with its sentence, where a parenthesis attributes it again, or where the
    /// same source's next verb is coordinated with it.
    pub(super) fn clause_end(&self, from: usize, cue: Cue, next: Option<&Cue>) -> usize {
        let stop = self.end_of_clause(from, cue, next);
        self.before_main_clause(from, stop, cue)
    }

    /// "When she said that p, the firm left": the clause that the report hangs on goes on without it.
    fn before_main_clause(&self, from: usize, stop: usize, cue: Cue) -> usize {
        let trees = &self.scene.trees;
        let verb = self.verb_of(&cue);
        let hangs = trees
            .governor(verb)
            .filter(|(head, relation)| *relation == "advcl" && *head >= from && *head < stop)
            .filter(|_| trees.marked(verb) || trees.present_participle(verb));
        let reach = hangs.and_then(|_| trees.reach(verb));
        match reach.filter(|r| *r > from + 1 && *r < stop && self.mark(*r) == ",") {
            Some(reach) => reach,
            None => stop,
        }
    }

    fn end_of_clause(&self, from: usize, cue: Cue, next: Option<&Cue>) -> usize {
        let tail = next.filter(|n| {
            n.from > from
                && self.punct(n.from - 1)
                && self.mark(n.from - 1) != ":"
                && self.only_tail(n)
        });
        if let Some(tail) = tail {
            return tail.from - 1;
        }
        // "said that p, officials said": somebody else tells that it was said.
        let neutral = |n: &&Cue| matches!(n.kind, CueKind::Verb(v) if v.stance == Stance::Neutral);
        let told = next.filter(|n| n.from > from).filter(neutral);
        let told =
            told.filter(|n| self.only_marks(n.to, self.end)).and_then(|n| self.near_subject(*n));
        if let Some((start, _)) = told.filter(|t| t.0 > from + 2 && self.mark(t.0 - 1) == ",") {
            return start - 1;
        }
        // "said that p, but did q": the sentence goes on with its own subject.
        let turn = (from + 1..self.end.saturating_sub(1)).find(|i| {
            self.scene.is("adversative", *i)
                && self.mark(i - 1) == ","
                && self.scene.finite(i + 1, self.first)
                && !self.scene.is("auxiliary", i + 1)
                && !self.scene.quoted[*i]
        });
        if let Some(turn) = turn {
            return if self.mark(turn - 1) == "," { turn - 1 } else { turn };
        }
        let Some(next) = next.filter(|n| n.from > from) else {
            return self.turned_end(from, self.coordinated_end(from, cue), cue);
        };
        let conjunction = next.from - 1;
        let joined = self.scene.words.tags(conjunction).only(Tags::CONJUNCTION)
            && matches!(next.kind, CueKind::Verb(_) | CueKind::Silence(_))
            && !self.scene.is("complementizer", conjunction);
        let stop = if self.mark(conjunction - 1) == "," { conjunction - 1 } else { conjunction };
        if joined && stop > from {
            return stop;
        }
        self.turned_end(from, self.coordinated_end(from, cue), cue)
    }

    /// Whether the word at a token is a form of a verb that governs a clause of report.
    pub(super) fn reports(&self, i: usize) -> bool {
        let verbs = &self.scene.rules().verbs;
        verbs.get(self.scene.words.lower(i)).is_some_and(|v| !v.quote_only)
    }

    /// Where before `to` the reporter takes the word again: at a semicolon, at a participle of report
    /// ("..., ajoutant que"), or where another one's word is set against it ("..., while X said").
    fn turned_end(&self, from: usize, to: usize, cue: Cue) -> usize {
        let scene = self.scene;
        let words = scene.words;
        // "X, who says p, is shut": the verb of the sentence around it.
        let relative = cue.from > self.first && scene.is("relative", cue.from - 1);
        let reports = |i: usize| self.reports(i);
        // "dit que p affirmant même q".
        let verb = self.verb_of(&cue);
        let goes_on = |i: usize| {
            words.tags(i).any(Tags::PRESENT_PARTICIPLE)
                && reports(i)
                && !scene.is("gerund-marker", i - 1)
                && scene.trees.governor(i) == Some((verb, "advcl"))
        };
        let turns = |i: usize| match self.mark(i) {
            ";" => true,
            _ if goes_on(i) => true,
            "," => {
                let markers = (i + 1..i + 3).take_while(|j| scene.is("gerund-marker", *j)).count();
                let next = i + 1 + markers;
                let saying = words.tags(next).any(Tags::PRESENT_PARTICIPLE) && reports(next);
                let against = scene.is("contrast", i + 1)
                    && (i + 2..to.min(i + 8)).any(|j| reports(j) && scene.finite(j, i));
                // "p, comme l'affirme X".
                let as_told = scene.is("as-told", i + 1)
                    && (i + 2..to.min(i + 7)).any(|j| reports(j) && scene.finite(j, i));
                let around = relative && scene.finite(i + 1, self.first) && !reports(i + 1);
                saying || against || around || as_told
            }
            _ => false,
        };
        (from + 2..to.saturating_sub(2)).find(|i| !scene.quoted[*i] && turns(*i)).unwrap_or(to)
    }

    /// "said that p and left": the verb that the tree coordinates with the cue's ends the clause.
    fn coordinated_end(&self, from: usize, cue: Cue) -> usize {
        let scene = self.scene;
        let joins = |i: usize| scene.trees.upos(i) == Upos::Cconj && !scene.quoted[i];
        // Where no word need open a clause, what follows "and" is most often part of what is said.
        let explicit = !scene.rules().is("zero-complementizer", "yes");
        let other = scene.trees.coordinated(self.verb_of(&cue)).find(|(start, verb)| {
            *start > from + 1
                && *start < self.end
                && joins(*start)
                && (explicit || self.reports(*verb))
                && !scene.quoted[*verb]
                && (*start..*verb + 1).any(|i| scene.finite(i, self.first))
        });
        let Some((start, _)) = other else { return self.end };
        if self.mark(start - 1) == "," { start - 1 } else { start }
    }

    fn only_tail(&self, cue: &Cue) -> bool {
        self.source_of(cue).is_some_and(|(_, to)| self.only_marks(to, self.end))
    }

    /// "X affirme avoir repris p"; "X a promis de rendre p"; "X vowed to rebuild p".
    pub(super) fn infinitive_clause(
        &self,
        cue: Cue,
        verb: SpeechVerb,
        next: Option<&Cue>,
    ) -> Option<Draft> {
        if !verb.infinitive && !verb.gerund {
            return None;
        }
        let scene = self.scene;
        let wanted = match (verb.infinitive, verb.gerund) {
            (true, false) => Tags::INFINITIVE,
            (false, true) => Tags::PRESENT_PARTICIPLE,
            _ => Tags::INFINITIVE | Tags::PRESENT_PARTICIPLE,
        };
        let mut i = self.after_adjuncts(cue.to);
        // "dit ne pas avoir vu p": what denies is no adjunct of the report.
        while i > cue.to && scene.is("negation", i - 1) {
            i -= 1;
        }
        let leads =
            i < self.end && (scene.is("infinitive-marker", i) || verb.prep && self.is_prep(i));
        i += usize::from(leads);
        let open = i;
        i += usize::from(self.opens(i));
        while i < self.end && (scene.is("negation", i) || scene.is("clitic", i)) {
            i += 1;
        }
        // "agreed to quietly pay p".
        let adverb = leads && i + 1 < self.end && scene.trees.upos(i) == Upos::Adv;
        i += usize::from(adverb && scene.infinitive(i + 1));
        let infinitive = i < self.end
            && scene.words.is_word(i)
            && ((scene.words.tags(i).any(wanted) || verb.infinitive && scene.infinitive(i))
                && !scene.words.rules().determiners.contains(scene.words.lower(i)));
        if !infinitive {
            return None;
        }
        // "n'a pas souhaité commenter": nothing is said.
        let negated = (cue.from.saturating_sub(2)..cue.to).any(|j| scene.is("negation", j));
        if negated && scene.is("refusal", i) {
            return None;
        }
        let start = open;
        let source = self.subject(cue)?;
        let stop = self.clause_end(start, cue, next);
        // "dit craindre p et appelle à q": a finite verb of its own belongs to the sentence.
        let other = self.coordinated_verb(start, stop).filter(|j| !self.has_verb(start, *j));
        let content = vec![self.span(start, other.unwrap_or(stop))];
        Some(self.draft(cue, content, Some(source), "infinitive clause"))
    }

    /// "Officials said the town fell": English needs no complementizer.
    pub(super) fn bare_clause(
        &self,
        cue: Cue,
        verb: SpeechVerb,
        next: Option<&Cue>,
    ) -> Option<Draft> {
        let scene = self.scene;
        if verb.quote_only || !scene.rules().is("zero-complementizer", "yes") {
            return None;
        }
        let mut start = cue.to;
        while start < self.end && self.scene.timex_at(start) {
            start += 1;
        }
        // "told the paper it was": who was told stands between.
        if scene.is("object-verb", cue.to - 1) {
            let object = self.before_name(start, self.phrase_end(start));
            start = if object > start && self.has_verb(object, self.end) { object } else { start };
        }
        // "agreed to a contract it had seen", "offered a deal they could not refuse": a thing.
        let at = self.verb_of(&cue);
        if scene.is_lemma("promises", at) && scene.trees.clause(at).is_none() {
            return None;
        }
        let stop = self.clause_end(start, cue, next);
        let subject = start < stop
            && (scene.words.is_word(start)
                || scene.words.tokens[start].kind == TokenKind::Number
                || self.mark(start) == "$")
            && !scene.words.tags(start).only(Tags::CONJUNCTION | Tags::ADPOSITION);
        // "a budget that she said would cost": the subject stands before.
        let subjectless = start < stop && self.scene.finite(start, self.first);
        if !subject || !subjectless && !self.has_verb(start + 1, stop) {
            return None;
        }
        let source = self.subject(cue)?;
        Some(self.draft(cue, vec![self.span(start, stop)], Some(source), "bare clause"))
    }

    /// Where a noun phrase ends before a name that starts another: "told the jury Ada Roux had lied".
    fn before_name(&self, from: usize, to: usize) -> usize {
        let words = self.scene.words;
        let starts = |i: &usize| {
            words.capital(*i) && !words.capital(*i - 1) && words.tags(*i - 1).any(Tags::NOUN)
        };
        let verb = to < self.end && self.scene.finite(to, self.first);
        (from + 1..to).find(|i| verb && starts(i)).unwrap_or(to)
    }

    /// Where a coordinated finite verb starts another clause: "X salue p et promet q".
    pub(super) fn coordinated_verb(&self, from: usize, to: usize) -> Option<usize> {
        (from + 1..to.saturating_sub(1)).find(|i| {
            self.scene.words.tags(*i).only(Tags::CONJUNCTION)
                && (self.scene.finite(i + 1, self.first)
                    && !self.scene.words.tags(i + 1).any(Tags::NOUN | Tags::ADJ)
                    || self.scene.rules().verbs.contains_key(self.scene.words.lower(i + 1)))
        })
    }
}
