//! Who was asked and said nothing.

use super::Line;
use crate::analyse::statement::Draft;
use crate::analyse::statement::cue::{Cue, head};
use crate::analyse::{MentionKind, SilenceKind};

impl Line<'_, '_> {
    /// "Contacté lundi, X n'a pas souhaité réagir à p".
    pub(super) fn silence(&self, cue: Cue, kind: SilenceKind, next: Option<&Cue>) -> Option<Draft> {
        let scene = self.scene;
        let source = self.subject(cue)?;
        let place = scene
            .named(head(scene, source.0, source.1))
            .is_some_and(|m| m.kind == MentionKind::Loc);
        // Who refuses to say is one who speaks. A town that could not be reached is no voice; a state
        // that answers nothing is one.
        let silent = (kind == SilenceKind::Declined || self.speaks(source.0, source.1))
            && !(place && kind == SilenceKind::Unanswered && scene.is("reachable", cue.to - 1));
        let asked = scene.is("asked", self.first) || scene.is("question", self.first);
        // "said p but declined to say q": the source stands with another verb.
        let beside = source.1 <= cue.from && !self.has_verb(source.1, cue.from);
        let from = match (asked, beside) {
            (true, _) => self.first,
            (false, true) => source.0,
            (false, false) => cue.from,
        };
        let stop = self.clause_end(cue.to - 1, cue, next);
        let stop = self.stretch_end(cue.to).min(stop).max(cue.to);
        silent.then(|| Draft {
            silence: Some(kind),
            ..self.draft(cue, vec![self.span(from, stop)], Some(source), "silence")
        })
    }
}
