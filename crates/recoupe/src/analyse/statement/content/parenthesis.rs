//! Attributions inside or after what is said: "p, a dit X", "p, X said, q".

use super::Line;
use crate::analyse::quote::Quote;
use crate::analyse::statement::cue::{Cue, CueKind, QUOTE_ONLY as UNLISTED, head};
use crate::analyse::statement::{Draft, quote_at, quotes_over};
use crate::article::Span;
use crate::lang::lexicon::Tags;
use crate::ud::Upos;

impl Line<'_, '_> {
    /// What stands before a cue at `to`, as its content: the quotation that ends there if it is
    /// all of it, else the sentence up to there.
    pub(super) fn content_before(&self, to: usize) -> Option<Vec<Span>> {
        let scene = self.scene;
        let words = scene.words;
        let mut from = self.first;
        let apart = |i: &usize| self.mark(*i) == ";" && !scene.quoted[*i];
        if let Some(mark) = (from..to.saturating_sub(2)).rev().find(apart) {
            from = mark + 1;
        }
        while from < to && self.punct(from) && !self.opens(from) {
            from += 1;
        }
        if to <= from || scene.is("question", from) {
            return None;
        }
        let quotes: Vec<Quote> = self.quotes_between(from, to);
        if let Some(quote) = quotes.last().filter(|q| self.announced_last(q, from, to)) {
            return Some(vec![quote.inner]);
        }
        let start = words.tokens[from].span.start;
        if let Some(first) = quotes.first() {
            let opens = first.outer.start <= start + 1;
            let last = quotes.last().unwrap_or(first);
            let rest_from = words.tokens.partition_point(|t| t.span.end <= last.outer.end);
            let between = (from..to).any(|i| !scene.quoted[i] && scene.finite(i, self.first));
            let rest_verb = (rest_from..to).any(|i| scene.finite(i, self.first));
            if opens && !between && !rest_verb {
                return Some(quotes.iter().map(|q| q.inner).collect());
            }
        }
        let span = self.span(from, to);
        (!span.is_empty()).then(|| vec![span])
    }

    /// "Réponse du maire : « p », ...": a quotation after a colon that ends where the cue starts.
    fn announced_last(&self, quote: &Quote, from: usize, to: usize) -> bool {
        let tokens = &self.scene.words.tokens;
        let open = tokens.partition_point(|t| t.span.end <= quote.outer.start);
        let close = tokens.partition_point(|t| t.span.start < quote.outer.end);
        open > from
            && self.mark(open - 1) == ":"
            && close <= to
            && (close..to).all(|i| self.punct(i))
    }

    /// Quotations of two words or more that overlap tokens `from..to`, whole.
    fn quotes_between(&self, from: usize, to: usize) -> Vec<Quote> {
        let span = self.scene.words.span(from, to);
        let text = self.scene.words.text;
        let within =
            |q: &&Quote| q.outer.overlaps(span) && q.inner.of(text).split_whitespace().count() >= 2;
        quotes_over(self.scene.quotes, span).iter().filter(within).copied().collect()
    }

    /// Whether a comma or a closing quotation mark stands right before the cue.
    pub(super) fn after_content(&self, cue: Cue) -> bool {
        let Some(before) = cue.from.checked_sub(1).filter(|i| *i > self.first) else {
            return false;
        };
        let clitics =
            (self.first..cue.from).rev().take_while(|i| self.scene.is("clitic", *i)).count();
        let before = before - clitics.min(before - self.first);
        if self.scene.closes(before) && self.one_word(before) {
            return false;
        }
        self.scene.closes(before)
            || matches!(
                self.mark(before),
                "," | "»" | "”" | "\"" | "!" | "?" | "–" | "—" | "’" | "." | "…" | "..."
            )
    }

    /// Whether a closing mark closes a single word that others stand before: it says nothing by itself.
    pub(super) fn one_word(&self, close: usize) -> bool {
        let open = (self.first..close).rev().find(|i| self.opens(*i));
        open.is_some_and(|i| i > self.first && close - i <= 2 && !self.punct(i - 1))
    }

    /// ", a indiqué l'agence" after what it said; "« A », a dit X, « B »".
    pub(super) fn parenthetical(&self, cue: Cue, ends: bool) -> Option<Draft> {
        let inverted = self.scene.words.of(cue.to.min(self.end - 1)).starts_with('-')
            || (cue.from..cue.to).any(|i| self.scene.words.of(i).starts_with('-'));
        let says_what = self.after_adjuncts(cue.to);
        let told = self.scene.is("object-verb", cue.to - 1);
        let clause = says_what < self.end && self.scene.is("complementizer", says_what);
        if told || clause && !inverted {
            return None;
        }
        // "..., saluant le rôle de X", "et compléter la loi": no inverted verb, but one with an object.
        let verb = self.verb_of(&cue);
        let form = self.scene.words.tags(verb);
        let alone = cue.to == cue.from + 1 && !inverted;
        let bare = self.scene.trees.finite(verb) == Some(false);
        let infinitive = self.scene.infinitive(verb);
        if alone && (infinitive || bare && form.any(Tags::PRESENT_PARTICIPLE | Tags::INFINITIVE)) {
            return None;
        }
        let source = self.source_of(&cue)?;
        let voice = self.scene.voice(source.0, source.1);
        if (source.0..source.1).any(|i| self.scene.is("nobody", i)) {
            return None;
        }
        // "La commune, partie civile, chiffre son préjudice à 520 000 euros": what is valued does not speak.
        let values = matches!(cue.kind, CueKind::Verb(verb) if verb.hold && verb.nominal);
        if values && !voice && !self.speaks(source.0, source.1) {
            return None;
        }
        let listed = matches!(cue.kind, CueKind::Verb(verb) if verb != UNLISTED);
        let resumes = voice
            && self.mark(source.1) == ","
            && source.1 + 1 < self.end
            && !self.scene.is("relative", source.1 + 1)
            && self.has_verb(source.1 + 1, self.end);
        if !inverted && !resumes && self.own_subject_before(cue) {
            return None;
        }
        let mut start = cue.from;
        while start > self.first && self.scene.is("clitic", start - 1) {
            start -= 1;
        }
        let closes = |i: usize| i < self.end && self.scene.closes(i);
        let closing = start > self.first + 1
            && (closes(start - 1) || self.mark(start - 1) == "," && closes(start - 2));
        let behind = voice && self.scene.trees.subject_follows(self.verb_of(&cue));
        if !closing && !inverted && !ends && !behind && self.mark(source.1) != "," {
            return None;
        }
        // "Elle déplore deux choses": an object of what takes one.
        let one = (cue.from..cue.to).any(|i| self.scene.trees.one(i));
        let several = self.scene.trees.agreement(head(self.scene, source.0, source.1)).plural
            && !self.scene.trees.singular(source.0);
        // "Ces élus, reçus lundi, ont plaidé un recours": the verb has a subject before it.
        let takes = matches!(cue.kind, CueKind::Verb(verb) if verb.nominal);
        let before = || {
            let subject = self.scene.trees.subject(verb);
            let several = |t: usize| self.scene.trees.agreement(t).plural;
            let many =
                (cue.from..cue.to).any(|i| self.scene.trees.finite(i) == Some(true) && several(i));
            subject.is_some_and(|t| {
                t >= self.first && t < cue.from && !self.scene.quoted[t] && several(t) == many
            })
        };
        let object = one && several || takes && !closing && before();
        if object && !inverted && !self.speaks(source.0, source.1) {
            return None;
        }
        let mut content = self.content_before(start)?;
        // "Le plan, dit « de relance », a suscité un tollé": no voice, and no quotation alone.
        let bare = !content.iter().all(|c| self.is_quotation(*c));
        if !listed && bare && !voice && !inverted {
            return None;
        }
        let verbless = content.len() == 1
            && !self.has_verb(self.first, start)
            && !self.is_quotation(content[0]);
        if verbless && resumes {
            content.push(self.span(source.1 + 1, self.end));
        } else {
            self.add_resumed(source.1, &mut content);
        }
        Some(self.draft(cue, content, Some(source), "parenthetical verb"))
    }

    /// Whether the cue's verb has a subject outside quotations before it.
    fn own_subject_before(&self, cue: Cue) -> bool {
        let subject = self.scene.trees.subject_precedes(self.verb_of(&cue));
        // A number or a thing before a comma is no subject of a verb of report: "312, dit X".
        let apart = cue.from.checked_sub(1).is_some_and(|i| self.punct(i));
        // Nor is what a clause ends with one comma before the cue: "... a rappelé leur devoir, a dit X".
        let inside = |t: usize| {
            let commas = (t..cue.from).filter(|i| self.mark(*i) == ",").count();
            let start = self.scene.trees.phrase(t).map_or(t, |p| p.0);
            apart && commas == 1 && start > self.first && !self.punct(start - 1)
        };
        let near = |t: usize| {
            t >= self.first
                && !inside(t)
                && !self.scene.quoted[t]
                && (!apart
                    || self
                        .scene
                        .trees
                        .phrase(t)
                        .is_some_and(|(from, to)| self.scene.voice(from, to)))
                && (t..cue.from)
                    .all(|i| !self.scene.quoted[i] && !matches!(self.mark(i), ":" | ";"))
        };
        subject.is_some_and(near)
    }

    /// The quotation that goes on after the attribution, in the same sentence.
    fn add_resumed(&self, from: usize, content: &mut Vec<Span>) {
        let Some(i) = (from..self.end.min(from + 16)).find(|i| self.opens(*i)) else { return };
        let aside = (from..i).all(|j| self.punct(j))
            || self.mark(i - 1) == "," && !(from..i).any(|j| self.scene.finite(j, self.first));
        if !aside {
            return;
        }
        let quote = quote_at(self.scene.quotes, self.scene.words.tokens[i].span);
        let new = |q: &Quote| content.iter().all(|c| !c.overlaps(q.inner));
        if let Some(quote) = quote.filter(|q| new(q) && self.mark(from) != ":") {
            content.push(quote.inner);
        }
    }

    /// "p, the ministry said"; "« p », X a expliqué".
    pub(super) fn subject_then_parenthesis(&self, cue: Cue) -> Option<Draft> {
        let (from, to) = self.near_subject(cue)?;
        if from <= self.first + 1 || !self.punct(from - 1) || self.mark(from - 1) == ":" {
            return None;
        }
        // "..., whose lawyer said": no parenthesis, but a clause that says more of a noun.
        let object = || self.scene.trees.argument_after(self.verb_of(&cue)).is_some();
        if self.scene.is("relative", from) && object() {
            return None;
        }
        let closes = self.scene.closes(from - 1);
        let past = self.after_recipient(cue);
        let stands_last = self.only_marks(past, self.end)
            || self.mark(cue.to) == ","
            || self.mark(past) == ","
            || closes;
        if !stands_last {
            return None;
        }
        let mut content = self.content_before(from)?;
        let quoted = content.iter().all(|c| self.is_quotation(*c));
        let verbless = !closes && !quoted && !self.has_verb(self.first, from);
        if verbless {
            // "Turnout, the council says, was 71 per cent".
            let resumes = self.mark(past) == "," && past + 1 < self.end;
            if !resumes || !self.has_verb(past + 1, self.end) || !self.scene.voice(from, to) {
                return None;
            }
            content.push(self.span(past + 1, self.end));
        } else if !quoted && self.goes_on(past) {
            content.push(self.span(past + 1, self.end));
        }
        self.add_resumed(past, &mut content);
        Some(self.draft(cue, content, Some((from, to)), "parenthetical clause"))
    }

    /// Past whoever was told, where the verb takes them as its object ("told reporters"), and past
    /// what else may stand between.
    fn after_recipient(&self, cue: Cue) -> usize {
        let past = self.after_adjuncts(cue.to);
        let told = self.scene.is("object-verb", cue.to - 1) && past < self.end;
        if told { self.after_adjuncts(self.phrase_end(past)) } else { past }
    }

    /// "p, X said, and q": what is said goes on behind the insert, with a clause of its own or an
    /// auxiliary, where nobody else speaks.
    fn goes_on(&self, comma: usize) -> bool {
        let scene = self.scene;
        let from = comma + 2;
        let joined = self.mark(comma) == "," && from < self.end;
        if !joined || scene.trees.upos(comma + 1) != Upos::Cconj {
            return false;
        }
        let reports = |i: usize| scene.rules().verbs.contains_key(scene.words.lower(i));
        let other = |i: usize| scene.quoted[i] || reports(i) && scene.finite(i, from);
        let verb = scene.finite(from, self.first);
        !(from..self.end).any(other)
            && self.has_verb(from, self.end)
            && (!verb || scene.is("auxiliary", from))
    }
}
