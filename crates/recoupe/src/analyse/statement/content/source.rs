//! The words of whoever speaks: the verb's subject, or what stands after the cue.

use super::Line;
use crate::analyse::statement::cue::{Cue, CueKind, head};
use crate::analyse::{MentionKind, TokenKind};
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;
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
            .filter(|t| !marker && *t >= cue.to && *t < self.end && !scene.quoted[*t])
            .filter(|t| !scene.timex_at(*t));
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
        // "au sein du groupe".
        start += usize::from(start + 1 < self.end && scene.is("within", start));
        let small = |i: usize| {
            scene.is("infinitive-marker", i)
                || scene.words.rules().complements.contains(scene.words.lower(i)) && i > at + 1
        };
        if start < self.end && small(start) {
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
        if let Some(own) = self.pronoun_before(to) {
            // "et on relevait que p": somebody, and nobody says who.
            return (!scene.is("impersonal", own.0)).then_some(own);
        }
        let coordinated = to > self.first
            && (self.scene.words.tags(to - 1).any(Tags::CONJUNCTION) || self.mark(to - 1) == ",");
        let tree = self.tree_subject(cue);
        let surface = self.subject_before(to);
        let agrees = |s: &(usize, usize)| tree.is_none_or(|t| s.0 < t.1 && t.0 < s.1);
        // "L'avocat général a requis": all of the phrase.
        let surface = surface.map(|s| match tree {
            Some(t) if t.0 < s.0 && s.0 < t.1 && (t.0..s.0).all(|i| !self.punct(i)) => (t.0, s.1),
            // "a move advocates say": two phrases with nothing between them.
            Some(t) if self.abuts(s, t) => t,
            _ => (self.past_conjunction(s.0, s.1), s.1),
        });
        // "X fell and coach Y said": the verb has a subject of its own, which the tree does not see.
        let own = scene.trees.subject_precedes(self.verb_of(&cue)).is_some();
        let active = matches!(cue.kind, CueKind::Verb(_)) && !own && !coordinated;
        let near = surface.filter(|s| active && s.1 == to);
        let near = near.map(|(from, to)| (self.past_joined(from, to), to));
        let near = near.filter(|s| self.names_person(s.0, s.1));
        let found = near.or(surface.filter(agrees)).or(tree);
        // "confirmed that the bridge had collapsed and said": a thing does not speak.
        let thing = found.is_none_or(|(from, to)| !self.speaks(from, to));
        let found = self.last_source.filter(|_| coordinated && thing).or(found)?;
        let found = self.with_name(self.without_conjunction(found));
        (found.0..found.1).all(|i| !self.scene.is("nobody", i)).then_some(found)
    }

    /// Whether the tree's own subject of common nouns follows a common noun, within the stretch `s` that
    /// stands before the verb.
    fn abuts(&self, s: (usize, usize), t: (usize, usize)) -> bool {
        let scene = self.scene;
        let common = |i: usize| !scene.words.capital(i) && scene.trees.upos(i) == Upos::Noun;
        let own =
            (t.0..t.1).any(|i| scene.trees.is_subject(i) && (common(i) || scene.is("pronoun", i)));
        s.0 < t.0
            && t.1 == s.1
            && common(t.0 - 1)
            && own
            && scene.rules().is("zero-complementizer", "yes")
    }

    /// "But others say", "Et le patron de conclure": a source without what joins its sentence to others.
    fn without_conjunction(&self, (from, to): (usize, usize)) -> (usize, usize) {
        let scene = self.scene;
        let joins = |i: &usize| matches!(scene.trees.upos(*i), Upos::Cconj | Upos::Sconj);
        let start = (from..to.saturating_sub(1)).find(|i| !joins(i)).unwrap_or(from);
        (start, to)
    }

    /// "Ada Roux, secrétaire confédérale, a dit": the name before the comma of a role without an article.
    fn with_name(&self, (from, to): (usize, usize)) -> (usize, usize) {
        let words = self.scene.words;
        let rules = words.rules();
        let role = rules.actors.get(words.lower(from)) == Some(&ActorKind::Role)
            && !words.capital(from)
            || self.scene.trees.upos(from) == Upos::Noun
                && !words.capital(from)
                && rules.actors.get(words.lower(head(self.scene, from, to)))
                    == Some(&ActorKind::Role);
        let before = from.checked_sub(2).filter(|i| *i >= self.first && self.mark(from - 1) == ",");
        let name = before.and_then(|i| self.scene.named(i)).filter(|m| m.kind == MentionKind::Per);
        let at = name.map(|m| words.tokens.partition_point(|t| t.span.end <= m.span.start));
        (at.filter(|at| role && *at >= self.first).unwrap_or(from), to)
    }

    /// "... des débats et il a salué p": the pronoun that stands right before the verb group at `to`
    /// is its subject, whatever stands before it.
    fn pronoun_before(&self, to: usize) -> Option<(usize, usize)> {
        let scene = self.scene;
        let small = |i: usize| scene.is("clitic", i) || scene.is("negation", i);
        let at = (self.first..to).rev().find(|i| scene.trees.is_subject(*i) || !small(*i))?;
        let own = scene.is("subject-pronoun", at)
            && !scene.is("relative", at)
            && !scene.quoted[at]
            && !scene.words.of(at).starts_with('-');
        own.then_some((at, at + 1))
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

    /// Whether tokens are a role or a title with a person's name, or such a name alone.
    fn names_person(&self, from: usize, to: usize) -> bool {
        let scene = self.scene;
        let named = |i: usize| scene.named(i).is_some_and(|m| m.kind == MentionKind::Per);
        let small = |i: usize| {
            named(i)
                || matches!(scene.trees.upos(i), Upos::Noun | Upos::Adj | Upos::Det | Upos::Propn)
        };
        named(to - 1) && (from..to).all(small)
    }

    /// "fell on Monday and coach Ada Roux said": where the last phrase starts that a conjunction joins to
    /// what is no name.
    fn past_joined(&self, from: usize, to: usize) -> usize {
        let scene = self.scene;
        let joins =
            |i: &usize| scene.trees.upos(*i) == Upos::Cconj && scene.named(*i - 1).is_none();
        (from + 1..to - 1).rev().find(joins).map_or(from, |i| i + 1)
    }

    /// "five days of riots after witnesses said": where the noun phrase starts that stands behind the
    /// last word that opens a clause, if one stands within `from..to`.
    fn past_conjunction(&self, from: usize, to: usize) -> usize {
        let scene = self.scene;
        let opens = |i: &usize| scene.trees.upos(*i) == Upos::Sconj;
        let start = (from..to.saturating_sub(1)).rev().find(opens).map(|i| i + 1);
        start.filter(|s| self.speaks(*s, to)).unwrap_or(from)
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
            // "The board on Friday said": what leads to the day.
            let leads = stop < to
                && scene.timex_at(stop)
                && (scene.is("adjunct", i) && scene.trees.upos(i) == Upos::Adp
                    || scene.trees.upos(i) == Upos::Det);
            if !small && !adverb && !leads && !scene.timex_at(i) {
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
        // "l'avocat de la banque, Me Roux".
        let scene = self.scene;
        let title = ["title-masc", "title-fem", "counsel"].iter().any(|t| scene.is(t, from));
        let name = (from..to).find(|i| *i > from && words.is_word(*i)).filter(|_| title);
        words.capital(from)
            && (self.name_fills(from, to) || name.is_some_and(|n| self.name_fills(n, to)))
            || role
            || (self.scene.is("appositive", from)
                && !rules.definite.contains(words.lower(from))
                && !self.has_verb(from, to))
            || self.scene.is("affiliation", from)
    }
}
