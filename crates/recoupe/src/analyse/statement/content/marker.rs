//! Prepositions that attribute: `selon X, p`, `p, according to X`, credit lines.

use super::Line;
use crate::analyse::statement::Draft;
use crate::analyse::statement::cue::{Cue, CueKind, head};
use crate::analyse::{MentionKind, TokenKind};
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;
use crate::ud::Upos;

impl Line<'_, '_> {
    /// "Extrait d'un communiqué de l'armée": credits the sentences of the paragraph before it.
    pub(super) fn credit_line(&self, cue: Cue) -> Option<Draft> {
        let scene = self.scene;
        let before = self.index.checked_sub(1)?;
        let start = scene.sentences[before].span;
        let gap = &scene.words.text
            [start.end as usize..scene.words.tokens[self.first].span.start as usize];
        if gap.contains('\n') {
            return None;
        }
        let source = (cue.to..self.end).rev().find(|i| {
            scene.words.rules().definite.contains(scene.words.lower(*i)) || scene.words.capital(*i)
        })?;
        Some(self.draft(cue, vec![start], Some((source, self.end)), "credit line"))
    }

    /// `selon X, p`; `p, selon X`; `p, selon X, q`.
    pub(super) fn marker(&self, cue: Cue, ends: bool, k: usize, cues: &[Cue]) -> Option<Draft> {
        if self.scene.is("relative-voice", cue.to) {
            return self.voice_before(cue);
        }
        let part = cue.from > self.first && self.mark(cue.from - 1) == ";";
        if cue.from == self.first || part || self.only_opening(cue.from) {
            let (source, start) = self.source_then_content(cue.to)?;
            let stop = self.before_tail(cues, k);
            return (start < stop)
                .then(|| self.draft(cue, vec![self.span(start, stop)], Some(source), "marker"));
        }
        let source = self.source_after(cue.to)?;
        // "12 000 selon X, 3 000 selon Y": each attributes what stands since the one before.
        let marks = |c: &&Cue| matches!(c.kind, CueKind::Marker);
        let before = cues[..k].iter().rfind(marks);
        let since = before.and_then(|c| self.source_after(c.to)).map(|(_, to)| to);
        let figure = || self.figure_before(cue.from).or_else(|| self.set_against(cue.from));
        // "selon X que selon Y": nothing stands between the two.
        let mut content = match since.or_else(figure) {
            Some(from) if from >= cue.from => return None,
            Some(from) => vec![self.span(from, cue.from)],
            None => self.content_before(cue.from)?,
        };
        let last = !cues[k + 1..].iter().any(|c| marks(&c));
        if !ends && last {
            let mut rest = source.1;
            while rest < self.end && self.punct(rest) && !self.opens(rest) {
                rest += 1;
            }
            let direct = content.len() == 1 && self.is_quotation(content[0]);
            let resumes = self.mark(source.1) == ","
                && !self.scene.is("relative", rest)
                && (rest..self.end).any(|i| self.scene.finite(i, self.first));
            if resumes && !direct {
                content.push(self.span(rest, self.end));
            }
        }
        Some(self.draft(cue, content, Some(source), "marker"))
    }

    /// "..., sur les salaires : 12 000 selon X": where a number after a colon starts, that a cue
    /// without a comma attributes.
    fn figure_before(&self, cue: usize) -> Option<usize> {
        let colon = (self.first..cue).rev().find(|i| self.mark(*i) == ":")?;
        let number = self.scene.words.tokens.get(colon + 1)?.kind == TokenKind::Number;
        (number && !self.punct(cue - 1) && !self.has_verb(colon + 1, cue)).then_some(colon + 1)
    }

    /// "..., contre 4 200 selon X": where the number starts that a cue without a comma attributes,
    /// set against what the sentence says itself.
    fn set_against(&self, cue: usize) -> Option<usize> {
        let against = (self.first + 1..cue).rev().find(|i| self.scene.is("against", *i))?;
        let number = self.scene.words.tokens.get(against + 1)?.kind == TokenKind::Number;
        let apart = (against..cue).any(|i| self.punct(i)) || self.has_verb(against, cue);
        (number && !apart).then_some(against + 1)
    }

    /// "the 400,000 reported by X": the count that the participle hangs on.
    pub(super) fn counted_by(&self, cue: Cue, source: (usize, usize)) -> Option<Draft> {
        let number = (self.first..cue.from)
            .rev()
            .take(5)
            .take_while(|i| !self.punct(*i) && !self.scene.finite(*i, self.first))
            .filter(|i| self.scene.words.tokens[*i].kind == TokenKind::Number)
            .last()?;
        let said = self.scene.voice(source.0, source.1);
        said.then(|| {
            let content = vec![self.span(number, cue.from)];
            self.draft(cue, content, Some(source), "participle and agent")
        })
    }

    /// "X, pour qui p": the source is the noun phrase before the comma.
    fn voice_before(&self, cue: Cue) -> Option<Draft> {
        let comma = cue.from.checked_sub(1).filter(|i| *i > self.first)?;
        // "une thèse balayée par l'experte Ada Roux, pour qui": the name that ends there.
        let words = self.scene.words;
        let name = self.scene.named(comma - 1).filter(|m| m.kind != MentionKind::Misc);
        let from = match name {
            Some(name) => {
                let start = words.tokens.partition_point(|t| t.span.end <= name.span.start);
                let noun = |i: usize| {
                    matches!(self.scene.trees.upos(i), Upos::Noun | Upos::Adj | Upos::Det)
                };
                (self.first..start).rev().take_while(|i| noun(*i)).last().unwrap_or(start)
            }
            None => self.phrase_start(comma)?,
        };
        let start = cue.to + 1;
        let stop = self.stretch_end(start);
        let said = self.scene.person(from, comma) && start < stop;
        said.then(|| self.draft(cue, vec![self.span(start, stop)], Some((from, comma)), "marker"))
    }

    /// Whether only opening marks, conjunctions or adverbs stand before token `i`.
    fn only_opening(&self, i: usize) -> bool {
        let words = self.scene.words;
        (self.first..i)
            .all(|j| self.punct(j) || words.tags(j).any(Tags::CONJUNCTION | Tags::ADVERB))
            && i < self.first + 4
    }

    /// Where the first of a tail's parentheses starts, for a cue `k` before them.
    fn before_tail(&self, cues: &[Cue], k: usize) -> usize {
        let tail = self.tail(cues);
        if tail.count > 0 && tail.from > k { cues[tail.from].from } else { self.end }
    }

    /// "Selon X, de Y, p": the source ends where the first part with a verb of its own starts.
    fn source_then_content(&self, from: usize) -> Option<((usize, usize), usize)> {
        let mut stop = self.part_end(from);
        if stop >= self.end {
            // No comma: the source is the noun phrase, the rest is what it says.
            let to = self.phrase_end(from);
            return (to < self.end).then_some(((from, to), to));
        }
        while stop < self.end {
            let next = stop + 1;
            if !self.is_apposition(next) {
                return Some(((from, stop), next));
            }
            stop = self.part_end(next);
        }
        None
    }

    /// Whether the part that starts at `from` goes on describing the source.
    fn is_apposition(&self, from: usize) -> bool {
        if from >= self.end || self.opens(from) {
            return false;
        }
        let words = self.scene.words;
        let stop = self.part_end(from);
        if stop >= self.end {
            return false;
        }
        let lower = words.lower(from);
        if self.scene.is("appositive", from)
            && !(words.rules().definite.contains(lower) && self.has_verb(from, stop))
        {
            return true;
        }
        if self.has_verb(from, stop) || self.scene.timex_at(from) {
            return false;
        }
        let tags = words.tags(from);
        let bare_noun = !words.capital(from)
            && tags.any(Tags::NOUN | Tags::ADJ)
            && !tags.any(Tags::ADVERB | Tags::ADPOSITION | Tags::DETERMINER);
        let participle = tags.any(Tags::PRESENT_PARTICIPLE | Tags::PAST_PARTICIPLE)
            || tags == Tags::default() && !words.capital(from);
        let actor = words.rules().actors.get(words.lower(head(self.scene, from, stop)));
        let role = words.rules().determiners.contains(lower) && actor == Some(&ActorKind::Role);
        let name = words.capital(from) && self.name_fills(from, stop);
        bare_noun || participle || role || name
    }
}
