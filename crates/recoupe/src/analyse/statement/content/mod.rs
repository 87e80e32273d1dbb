//! What is attributed, and the words of whoever it is attributed to: one room for each way to say it, and those that bound phrases.

mod clause;
mod marker;
mod noun;
mod parenthesis;
mod phrase;
mod silence;
mod source;
mod verb;

use super::cue::{Cue, CueKind};
use super::{Draft, Scene, quotes_over, trim};
use crate::analyse::TokenKind;
use crate::article::Span;
use crate::lang::speech::Stance;

/// The statements that the cues of sentence `index` make.
pub(crate) fn drafts(scene: &Scene, index: usize, cues: &[Cue], out: &mut Vec<Draft>) {
    let sentence = &scene.sentences[index];
    let (first, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
    let mut line =
        Line { scene, index, first, end: body_end(scene, first, end), last_source: None };
    let tail = line.tail(cues);
    for (k, cue) in cues.iter().enumerate() {
        // A later parenthesis says who passed it on: part of the first one's draft.
        if tail.count > 1 && k > tail.from {
            continue;
        }
        let draft = match cue.kind {
            CueKind::CreditLine => line.credit_line(*cue),
            CueKind::Marker => line.marker(*cue, tail.start_from(k), k, cues),
            CueKind::Passive(verb) => line.passive(*cue, verb),
            CueKind::Historic(verb) => line.announced_quote(*cue, verb, "historic infinitive"),
            CueKind::Verb(verb) => line.verb(*cue, verb, tail.start_from(k), cues.get(k + 1)),
            CueKind::Saying(verb) => line.saying(*cue, verb, cues.get(k + 1)),
            CueKind::Noun => line.noun_report(*cue),
            CueKind::Silence(kind) => line.silence(*cue, kind, cues.get(k + 1)),
        };
        if let Some(mut draft) = draft {
            draft.via.extend(tail.passed_on_by(&line, cues, k));
            line.last_source = draft.source.or(line.last_source);
            out.push(draft);
        }
    }
}

/// One sentence: its tokens `first..end`, final stop left out.
struct Line<'s, 'a> {
    scene: &'s Scene<'a>,
    index: usize,
    first: usize,
    end: usize,
    /// The source of the sentence's cue before: "X a salué p et promis q".
    last_source: Option<(usize, usize)>,
}

/// Parenthetical cues at a sentence's end: ", selon X, rapporte Y."; indices of cues.
struct Tail {
    from: usize,
    count: usize,
    total: usize,
}

impl Tail {
    /// Whether cue `k` is the first of the tail: the one whose source spoke.
    fn start_from(&self, k: usize) -> bool {
        self.count > 0 && k == self.from
    }

    /// Sources of the tail's later cues: they passed on what the first one's source said.
    fn passed_on_by(&self, line: &Line, cues: &[Cue], k: usize) -> Vec<(usize, usize)> {
        if self.count < 2 || k != self.from {
            return Vec::new();
        }
        (self.from + 1..self.total).filter_map(|t| line.source_of(&cues[t])).collect()
    }
}

fn body_end(scene: &Scene, first: usize, end: usize) -> usize {
    let mut end = end;
    while end > first + 1 && matches!(scene.words.of(end - 1), "." | "!" | "?" | "…" | "|") {
        end -= 1;
    }
    end
}

impl Line<'_, '_> {
    /// The content between two tokens: outer marks and commas trimmed, but the marks of a
    /// quotation that lies within it kept.
    fn span(&self, from: usize, to: usize) -> Span {
        let whole = self.scene.words.span(from, to);
        let bare = trim(self.scene.words.text, whole);
        let kept = quotes_over(self.scene.quotes, whole)
            .iter()
            .filter(|q| whole.contains(q.outer) && q.outer.overlaps(bare));
        kept.fold(bare, |span, q| span.join(q.outer))
    }

    fn draft(
        &self,
        cue: Cue,
        content: Vec<Span>,
        source: Option<(usize, usize)>,
        by: &'static str,
    ) -> Draft {
        let stance = match cue.kind {
            CueKind::Verb(v) | CueKind::Passive(v) | CueKind::Historic(v) | CueKind::Saying(v) => {
                v.stance
            }
            _ => Stance::Neutral,
        };
        Draft {
            sentence: self.index,
            content,
            cue: Some((cue.from, cue.to)),
            source,
            stance,
            by,
            ..Draft::default()
        }
    }

    fn punct(&self, i: usize) -> bool {
        self.scene.words.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Punct)
    }

    /// Whether a quotation opens with token `i`.
    fn opens(&self, i: usize) -> bool {
        i < self.end && self.scene.opens(i)
    }

    fn mark(&self, i: usize) -> &str {
        if i < self.end { self.scene.words.of(i) } else { "" }
    }

    /// Which cues are parentheses at the end of the sentence: each right after a comma or a
    /// closing mark, with nothing after it but its source.
    fn tail(&self, cues: &[Cue]) -> Tail {
        let total = cues.len();
        let mut from = total;
        let mut stop = self.end;
        for (k, cue) in cues.iter().enumerate().rev() {
            let parenthetical = cue.from > self.first
                && self.punct(cue.from - 1)
                && self.mark(cue.from - 1) != ":"
                && matches!(cue.kind, CueKind::Verb(_) | CueKind::Marker);
            let reaches = self.source_of(cue).is_some_and(|(_, to)| self.only_marks(to, stop));
            if !parenthetical || !reaches {
                break;
            }
            from = k;
            stop = cue.from;
        }
        Tail { from, count: total - from, total }
    }

    fn only_marks(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| self.punct(i) || self.scene.timex_at(i)) || {
            // Adjuncts after the source: "dans un communiqué", "on Monday".
            self.scene.is("adjunct", from.min(self.end.saturating_sub(1)))
                && !(from..to).any(|i| self.scene.finite(i, self.first))
        }
    }

    fn is_quotation(&self, content: Span) -> bool {
        quotes_over(self.scene.quotes, content).iter().any(|q| q.inner == content)
    }
}
