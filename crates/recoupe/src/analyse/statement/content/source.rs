//! The words of whoever speaks: the verb's subject, or what stands after the cue.

use super::Line;
use crate::analyse::statement::cue::{Cue, CueKind, head};
use crate::analyse::{MentionKind, TokenKind};
use crate::lang::lexicon::Tags;
use crate::ud::Upos;

impl Line<'_, '_> {
    /// The token of a cue's verb: its last one that is tagged so, else its last one.
    pub(super) fn verb_of(&self, cue: &Cue) -> usize {
        let verb = |i: &usize| self.scene.trees.upos(*i) == Upos::Verb;
        (cue.from..cue.to).rev().find(verb).unwrap_or(cue.to - 1)
    }

    /// The source after a cue: where the tree sees the verb's subject, else by what stands there.
    pub(super) fn source_of(&self, cue: &Cue) -> Option<(usize, usize)> {
        let scene = self.scene;
        let impersonal =
            (cue.from..(cue.to + 1).min(self.end)).find(|i| scene.is("impersonal-enclitic", *i));
        if let Some(i) = impersonal {
            return self.told_by(cue.to.max(i + 1)).or(Some((i, i + 1)));
        }
        let surface = self.source_after(cue.to);
        let verb = self.verb_of(cue);
        let marker = matches!(cue.kind, CueKind::Marker | CueKind::Passive(_));
        // The tree takes many an inverted subject for an object.
        let subject = scene
            .trees
            .argument_after(verb)
            .filter(|t| !marker && *t >= cue.to && *t < self.end && !scene.quoted[*t]);
        let Some((from, to)) = subject.and_then(|t| scene.trees.phrase(t)) else { return surface };
        let (from, to) = (from.max(cue.to), to.min(self.end));
        match surface {
            _ if from >= to => surface,
            // What stands there goes further with its appositions, or not as far where the tree
            // sees two names joined.
            Some((a, b)) if (a..b).contains(&from) || (from..to).contains(&a) => {
                let joins = b < to && scene.trees.upos(b) == Upos::Cconj;
                let plain = joins && (b..to).all(|i| !self.punct(i) && !scene.finite(i, from));
                Some((a.min(from), if plain { b.max(to) } else { b }))
            }
            _ => Some((from, to)),
        }
    }

    /// "a-t-on appris auprès de X", "indique-t-on de même source": X told.
    fn told_by(&self, from: usize) -> Option<(usize, usize)> {
        let scene = self.scene;
        let mut at = from;
        while at < self.end
            && (scene.words.tags(at).any(Tags::ADVERB) && scene.words.is_word(at)
                || scene.timex_at(at))
            && !scene.is("recipient", at)
        {
            at += 1;
        }
        let leads = at < self.end
            && (scene.is("recipient", at)
                || scene.is("infinitive-marker", at)
                || scene.words.rules().complements.contains(scene.words.lower(at)));
        if !leads {
            return None;
        }
        let mut start = at + 1;
        if start < self.end && scene.is("infinitive-marker", start) {
            start += 1;
        }
        let end = self.phrase_end(start);
        (start < end).then_some((start, end))
    }

    /// The subject right before a verb, with all its parts: "witnesses and a doctor said".
    pub(super) fn near_subject(&self, cue: Cue) -> Option<(usize, usize)> {
        let surface = self.subject_before(cue.from);
        let tree = self.scene.trees.subject_precedes(self.verb_of(&cue));
        let tree = tree.and_then(|t| self.scene.trees.phrase(t)).filter(|(from, to)| {
            *from > self.first && *to <= cue.from && !(*from..*to).any(|i| self.scene.quoted[i])
        });
        match (surface, tree) {
            (Some(s), Some(t)) if s.0 <= t.0 || !self.punct(t.0 - 1) => Some(s),
            (None, t) => t.filter(|(from, _)| self.punct(from - 1)),
            (_, Some(t)) => Some(t),
            (s, None) => s,
        }
    }

    /// The subject of a verb group, or the sentence's earlier source where the group is
    /// coordinated with that source's verb.
    pub(super) fn subject(&self, cue: Cue) -> Option<(usize, usize)> {
        let to = cue.from;
        let scene = self.scene;
        let mut pronoun = to;
        while pronoun > self.first
            && (scene.is("clitic", pronoun - 1) || scene.is("negation", pronoun - 1))
        {
            pronoun -= 1;
        }
        if pronoun > self.first && scene.is("relative", pronoun - 1) {
            return self.antecedent(cue, pronoun - 1);
        }
        let coordinated = to > self.first
            && (self.scene.words.tags(to - 1).any(Tags::CONJUNCTION) || self.mark(to - 1) == ",");
        let tree = self.tree_subject(cue);
        let surface = self.subject_before(to);
        let agrees = |s: &(usize, usize)| tree.is_none_or(|t| s.0 < t.1 && t.0 < s.1);
        // "L'avocat général a requis": all of the phrase.
        let surface = surface.map(|s| match tree {
            Some(t) if t.0 < s.0 && s.0 < t.1 && (t.0..s.0).all(|i| !self.punct(i)) => (t.0, s.1),
            _ => s,
        });
        let found = surface.filter(agrees).or(tree);
        // "confirmed that the bridge had collapsed and said": a thing does not speak.
        let thing = found.is_none_or(|(from, to)| !self.speaks(from, to));
        let found = self.last_source.filter(|_| coordinated && thing).or(found)?;
        (found.0..found.1).all(|i| !self.scene.is("nobody", i)).then_some(found)
    }

    /// The subject that the tree gives a cue's verb, before it and outside quotations.
    fn tree_subject(&self, cue: Cue) -> Option<(usize, usize)> {
        let scene = self.scene;
        let head = scene.trees.subject(self.verb_of(&cue))?;
        if head < self.first || head >= cue.from || scene.quoted[head] {
            return None;
        }
        if scene.is("relative", head) {
            return self.antecedent(cue, head);
        }
        let (from, to) = scene.trees.phrase(head)?;
        let (from, to) = (from.max(self.first), to.min(cue.from));
        (from < to && !(from..to).any(|i| scene.quoted[i])).then_some((from, to))
    }

    /// "X, qui dénonce p": the noun phrase that the relative clause hangs on, where it can speak.
    fn antecedent(&self, cue: Cue, pronoun: usize) -> Option<(usize, usize)> {
        let scene = self.scene;
        let tree = scene
            .trees
            .antecedent(self.verb_of(&cue))
            .filter(|t| *t < pronoun && *t >= self.first && !scene.quoted[*t]);
        let phrase = tree.and_then(|t| scene.trees.phrase(t));
        let phrase = phrase.map(|(from, to)| (from.max(self.first), to.min(pronoun)));
        let comma = pronoun > self.first && self.mark(pronoun - 1) == ",";
        let near = |p: &(usize, usize)| p.0 < p.1;
        let (from, mut to) = phrase.filter(near).or_else(|| {
            let stop = if comma { pronoun - 1 } else { pronoun };
            self.phrase_start(stop).map(|from| (from, stop))
        })?;
        while to > from + 1 && self.punct(to - 1) {
            to -= 1;
        }
        (phrase.is_some_and(|p| near(&p)) || scene.voice(from, to)).then_some((from, to))
    }

    /// Whether any of these words names or describes someone who can speak.
    pub(super) fn speaks(&self, from: usize, to: usize) -> bool {
        self.scene.voice(from, to)
            || (from..to).any(|i| {
                self.scene.named(i).is_some_and(|m| m.kind != MentionKind::Misc)
                    || self.scene.words.rules().actors.contains_key(self.scene.words.lower(i))
                    || self.scene.is("subject-pronoun", i)
                    || self.scene.trees.upos(i) == Upos::Propn
            })
    }

    /// The subject of the verb group that starts at `to`: the noun phrase to its left, with the
    /// appositions between commas.
    pub(super) fn subject_before(&self, to: usize) -> Option<(usize, usize)> {
        let scene = self.scene;
        let words = scene.words;
        let mut stop = to;
        while stop > self.first {
            let i = stop - 1;
            let small = scene.is("clitic", i)
                && (words.tags(i).any(Tags::PRONOUN) || scene.is("negation", i))
                && !scene.is("subject-pronoun", i);
            let adverb = words.is_word(i)
                && words.tags(i).any(Tags::ADVERB)
                && !words.tags(i).any(Tags::NOUN | Tags::PRONOUN | Tags::ADJ)
                && !words.capital(i);
            if !small && !adverb && !scene.timex_at(i) {
                break;
            }
            stop -= 1;
        }
        if stop == self.first || scene.quoted[stop - 1] {
            return None;
        }
        if self.mark(stop - 1) == "," {
            return self.apposed_subject(stop - 1).map(|from| (from, stop - 1));
        }
        if self.mark(stop - 1) == ")" {
            let open = (self.first..stop).rev().find(|i| self.mark(*i) == "(")?;
            let from = self.phrase_start(open)?;
            return Some((from, stop));
        }
        if self.punct(stop - 1) {
            return None;
        }
        let mut from = self.phrase_start(stop)?;
        // "Le directeur de l'OSDH, Rami X, a dit" and "Le directeur de l'OSDH, Rami X a dit".
        if words.capital(from) && from > self.first + 2 && self.mark(from - 1) == "," {
            from = self.role_before(from - 1).unwrap_or(from);
        }
        Some((from, stop))
    }

    /// "Le directeur de l'OSDH, Rami X," : where it starts, given its last comma.
    fn apposed_subject(&self, comma: usize) -> Option<usize> {
        let mut stop = comma;
        for _ in 0..3 {
            let open = (self.first..stop).rev().find(|i| self.mark(*i) == ",")?;
            let from = self.phrase_start(open)?;
            if self.heads_subject(from, open) {
                return Some(from);
            }
            stop = open;
        }
        None
    }

    fn role_before(&self, comma: usize) -> Option<usize> {
        let from = self.phrase_start(comma)?;
        let rules = self.scene.words.rules();
        let head = head(self.scene, from, comma);
        (rules.actors.contains_key(self.scene.words.lower(head))
            && rules.determiners.contains(self.scene.words.lower(from)))
        .then_some(from)
    }

    fn heads_subject(&self, from: usize, to: usize) -> bool {
        let words = self.scene.words;
        let rules = words.rules();
        let head = head(self.scene, from, to);
        (head..to.min(head + 4))
            .any(|i| words.capital(i) || rules.actors.contains_key(words.lower(i)))
    }

    /// The source after a cue: recipients and adjuncts skipped, appositions taken in.
    pub(super) fn source_after(&self, from: usize) -> Option<(usize, usize)> {
        let scene = self.scene;
        let words = scene.words;
        // "a-t-il ajouté": the subject stands inside the verb group.
        if let Some(i) = (from.saturating_sub(4).max(self.first)..from)
            .find(|i| words.of(*i).starts_with('-') && scene.is("pronoun", *i))
        {
            return Some((i, i + 1));
        }
        if from < self.end && words.of(from).starts_with('-') && scene.is("subject-pronoun", from) {
            return Some((from, from + 1));
        }
        let mut start = from;
        if !self.may_open_source(start) || self.past_aside(start).is_some() {
            start = self.after_adjuncts(from);
            while self.mark(start) == "," && start + 1 < self.end {
                start += 1;
            }
        }
        if !self.may_open_source(start) {
            return None;
        }
        let mut stop = self.phrase_end(start);
        if stop == start {
            return None;
        }
        if stop < self.end && scene.is("relative", stop) {
            stop = self.part_end(stop);
        }
        while stop < self.end && self.mark(stop) == "," && stop + 1 < self.end {
            let next = self.part_end(stop + 1);
            if !self.apposes(stop + 1, next) {
                break;
            }
            stop = next;
        }
        Some((start, stop))
    }

    fn may_open_source(&self, i: usize) -> bool {
        let words = self.scene.words;
        i < self.end
            && !self.scene.quoted[i]
            && (words.rules().determiners.contains(words.lower(i))
                || words.capital(i)
                || self.scene.is("pronoun", i) && !words.of(i).starts_with('-')
                || words.rules().actors.contains_key(words.lower(i))
                || words.tokens[i].kind == TokenKind::Number)
            && !self.scene.is("complementizer", i)
            && (!words.rules().complements.contains(words.lower(i))
                || words.rules().definite.contains(words.lower(i)))
            && !(self.scene.timex_at(i))
    }

    /// After a source at a sentence's end: a name, a role, "du bureau X", up to the next comma.
    fn apposes(&self, from: usize, to: usize) -> bool {
        let words = self.scene.words;
        if from >= to
            || self.has_verb(from, to) && !self.scene.is("appositive", from)
            || self.scene.timex_at(from)
        {
            return false;
        }
        let rules = words.rules();
        let role = rules.actors.contains_key(words.lower(head(self.scene, from, to)));
        words.capital(from) && self.name_fills(from, to)
            || role
            || (self.scene.is("appositive", from)
                && !rules.definite.contains(words.lower(from))
                && !self.has_verb(from, to))
            || self.scene.is("affiliation", from)
    }
}
