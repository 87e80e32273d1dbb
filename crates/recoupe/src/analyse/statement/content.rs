//! What is attributed, and the words of whoever it is attributed to.

use super::cue::{Cue, CueKind, head};
use super::{Draft, Scene, quote_at, quotes_over, trim};
use crate::analyse::quote::Quote;
use crate::analyse::{MentionKind, TokenKind};
use crate::article::Span;
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;
use crate::lang::speech::{SpeechVerb, Stance};
use crate::ud::Upos;

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
        };
        if let Some(mut draft) = draft {
            draft.via.extend(tail.passed_on_by(&line, cues, k));
            line.last_source = draft.source.or(line.last_source);
            out.push(draft);
        }
    }
    merge_parts(out, index);
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

/// Drafts of one sentence with one cue each that share a source by position ("« A », dit X, « B »")
/// were made whole already; what is left to do is to drop a draft whose content holds another
/// cue's whole draft with the same cue.
fn merge_parts(out: &mut Vec<Draft>, index: usize) {
    let from = out.partition_point(|d| d.sentence < index);
    let later = out.split_off(from.min(out.len()));
    let mut seen: Vec<Draft> = Vec::new();
    for draft in later {
        if !seen.iter().any(|s| s.cue == draft.cue) {
            seen.push(draft);
        }
    }
    out.extend(seen);
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
        cue: Option<Cue>,
        content: Vec<Span>,
        source: Option<(usize, usize)>,
        by: &'static str,
    ) -> Draft {
        let stance = match cue.map(|c| c.kind) {
            Some(
                CueKind::Verb(v) | CueKind::Passive(v) | CueKind::Historic(v) | CueKind::Saying(v),
            ) => v.stance,
            _ => Stance::Neutral,
        };
        Draft {
            sentence: self.index,
            content,
            cue: cue.map(|c| (c.from, c.to)),
            source,
            via: Vec::new(),
            stance,
            anaphoric: false,
            by,
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

    /// "Extrait d'un communiqué de l'armée": credits the sentences of the paragraph before it.
    fn credit_line(&self, cue: Cue) -> Option<Draft> {
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
        Some(self.draft(Some(cue), vec![start], Some((source, self.end)), "credit line"))
    }

    /// `selon X, p`; `p, selon X`; `p, selon X, q`.
    fn marker(&self, cue: Cue, ends: bool, k: usize, cues: &[Cue]) -> Option<Draft> {
        if self.scene.is("relative-voice", cue.to) {
            return self.voice_before(cue);
        }
        let part = cue.from > self.first && self.mark(cue.from - 1) == ";";
        if cue.from == self.first || part || self.only_opening(cue.from) {
            let (source, start) = self.source_then_content(cue.to)?;
            let stop = self.before_tail(cues, k);
            return (start < stop).then(|| {
                self.draft(Some(cue), vec![self.span(start, stop)], Some(source), "marker")
            });
        }
        let source = self.source_after(cue.to)?;
        // "12 000 selon X, 3 000 selon Y": each attributes what stands since the one before.
        let marks = |c: &&Cue| matches!(c.kind, CueKind::Marker);
        let before = cues[..k].iter().rfind(marks);
        let since = before.and_then(|c| self.source_after(c.to)).map(|(_, to)| to);
        let figure = || self.figure_before(cue.from).or_else(|| self.set_against(cue.from));
        let mut content = match since.or_else(figure) {
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
        Some(self.draft(Some(cue), content, Some(source), "marker"))
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
    fn counted_by(&self, cue: Cue, source: (usize, usize)) -> Option<Draft> {
        let number = (self.first..cue.from)
            .rev()
            .take(5)
            .take_while(|i| !self.punct(*i) && !self.scene.finite(*i, self.first))
            .filter(|i| self.scene.words.tokens[*i].kind == TokenKind::Number)
            .last()?;
        let said = self.scene.voice(source.0, source.1);
        said.then(|| {
            let content = vec![self.span(number, cue.from)];
            self.draft(Some(cue), content, Some(source), "participle and agent")
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
        said.then(|| {
            self.draft(Some(cue), vec![self.span(start, stop)], Some((from, comma)), "marker")
        })
    }

    /// "l'annonce par X de p", "l'accusation de X, selon laquelle p", "the union's claim that p".
    fn noun_report(&self, cue: Cue) -> Option<Draft> {
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
            (at + 2, self.stretch_end(at + 2))
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
        (start + 1 < stop).then(|| {
            self.draft(Some(cue), vec![self.span(start, stop)], Some(source), "noun of report")
        })
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

    /// Whether an infinitive stands at `i`, clitics and negation before it.
    fn infinitive_at(&self, i: usize) -> bool {
        let scene = self.scene;
        let verb = (i..self.end).find(|j| !scene.is("negation", *j) && !scene.is("clitic", *j));
        verb.is_some_and(|j| {
            scene.infinitive(j) && !scene.words.rules().determiners.contains(scene.words.lower(j))
        })
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

    /// The next comma, colon or dash outside brackets and quotations, or mark that opens one.
    fn part_end(&self, from: usize) -> usize {
        self.next_break(from, |i| self.opens(i))
    }

    /// The next comma, colon or dash outside brackets and quotations; quotations are gone over.
    fn stretch_end(&self, from: usize) -> usize {
        self.next_break(from, |_| false)
    }

    /// The next comma, colon or dash, or what `too` says, outside brackets and quotations.
    fn next_break(&self, from: usize, too: impl Fn(usize) -> bool) -> usize {
        let mut depth = 0i32;
        for i in from..self.end {
            match self.mark(i) {
                "(" => depth += 1,
                ")" => depth -= 1,
                "," | ":" | "–" | "—" | ";" if depth <= 0 && !self.scene.quoted[i] => return i,
                _ if depth <= 0 && too(i) => return i,
                _ => {}
            }
        }
        self.end
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

    fn name_fills(&self, from: usize, stop: usize) -> bool {
        let span = self.scene.words.span(from, stop);
        self.scene
            .mentions
            .iter()
            .any(|m| m.span.start == span.start && m.span.len() * 10 >= span.len() * 8)
    }

    fn has_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.scene.finite(i, self.first))
    }

    /// What stands before a cue at `to`, as its content: the quotation that ends there if it is
    /// all of it, else the sentence up to there.
    fn content_before(&self, to: usize) -> Option<Vec<Span>> {
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

    fn is_quotation(&self, content: Span) -> bool {
        quotes_over(self.scene.quotes, content).iter().any(|q| q.inner == content)
    }

    /// "L'information est confirmée par X".
    fn passive(&self, cue: Cue, verb: SpeechVerb) -> Option<Draft> {
        let source = self.source_after(cue.to)?;
        if !self.scene.is("auxiliary", cue.from) {
            return self.counted_by(cue, source);
        }
        let (from, to) = self.subject_before(cue.from)?;
        let content = self.span(from, to);
        // "L'information", or a bare "the arrival": what was just said.
        let definite = self.scene.words.rules().definite.contains(self.scene.words.lower(from));
        let anaphoric = (from..to).any(|i| self.scene.is("anaphor", i)) && to - from <= 4
            || definite && to - from == 2 && verb.stance == Stance::Confirm;
        let mut draft = self.draft(Some(cue), vec![content], Some(source), "passive");
        draft.stance = verb.stance;
        draft.anaphoric = anaphoric;
        let clear = verb.nominal || verb.stance != Stance::Neutral;
        clear.then_some(draft)
    }

    /// A reporting verb: by what stands beside it.
    fn verb(&self, cue: Cue, verb: SpeechVerb, ends: bool, next: Option<&Cue>) -> Option<Draft> {
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

    /// The clause that the tree lets the verb govern, where nothing else bounds what is said.
    fn governed_clause(&self, cue: Cue, verb: SpeechVerb) -> Option<Draft> {
        let scene = self.scene;
        let at = self.verb_of(&cue);
        let (from, to) = scene.trees.clause(at)?;
        let (mut from, to) = (from.max(self.first), to.min(self.end));
        from += usize::from(scene.is("complementizer", from));
        let apart = from >= cue.to && !(from..to).contains(&at);
        let source = self.subject(cue).filter(|s| s.1 <= from && self.speaks(s.0, s.1))?;
        let clause = apart && from + 2 < to && self.has_verb(from, to) && !scene.quoted[from];
        (clause && !verb.quote_only).then(|| {
            self.draft(Some(cue), vec![self.span(from, to)], Some(source), "governed clause")
        })
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
        Some(self.draft(Some(cue), content, Some(source), "object and content"))
    }

    /// Whether a comma or a closing quotation mark stands right before the cue.
    fn after_content(&self, cue: Cue) -> bool {
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
    fn one_word(&self, close: usize) -> bool {
        let open = (self.first..close).rev().find(|i| self.opens(*i));
        open.is_some_and(|i| i > self.first && close - i <= 2 && !self.punct(i - 1))
    }

    /// ", a indiqué l'agence" after what it said; "« A », a dit X, « B »".
    fn parenthetical(&self, cue: Cue, ends: bool) -> Option<Draft> {
        let inverted = self.scene.words.of(cue.to.min(self.end - 1)).starts_with('-')
            || (cue.from..cue.to).any(|i| self.scene.words.of(i).starts_with('-'));
        let says_what = self.after_adjuncts(cue.to);
        let told = self.scene.is("object-verb", cue.to - 1);
        let clause = says_what < self.end && self.scene.is("complementizer", says_what);
        if told || clause && !inverted {
            return None;
        }
        let source = self.source_of(&cue)?;
        let voice = self.scene.voice(source.0, source.1);
        if (source.0..source.1).any(|i| self.scene.is("nobody", i)) {
            return None;
        }
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
        let mut content = self.content_before(start)?;
        let verbless = content.len() == 1
            && !self.has_verb(self.first, start)
            && !self.is_quotation(content[0]);
        if verbless && resumes {
            content.push(self.span(source.1 + 1, self.end));
        } else {
            self.add_resumed(source.1, &mut content);
        }
        Some(self.draft(Some(cue), content, Some(source), "parenthetical verb"))
    }

    /// Whether the cue's verb has a subject outside quotations before it.
    fn own_subject_before(&self, cue: Cue) -> bool {
        let subject = self.scene.trees.subject_precedes(self.verb_of(&cue));
        // A number or a thing before a comma is no subject of a verb of report: "312, dit X".
        let apart = cue.from.checked_sub(1).is_some_and(|i| self.punct(i));
        let near = |t: usize| {
            t >= self.first
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

    /// The token of a cue's verb: its last one that is tagged so, else its last one.
    fn verb_of(&self, cue: &Cue) -> usize {
        let verb = |i: &usize| self.scene.trees.upos(*i) == Upos::Verb;
        (cue.from..cue.to).rev().find(verb).unwrap_or(cue.to - 1)
    }

    /// The source after a cue: where the tree sees the verb's subject, else by what stands there.
    fn source_of(&self, cue: &Cue) -> Option<(usize, usize)> {
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
    fn subject_then_parenthesis(&self, cue: Cue) -> Option<Draft> {
        let (from, to) = self.near_subject(cue)?;
        if from <= self.first + 1 || !self.punct(from - 1) || self.mark(from - 1) == ":" {
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
        Some(self.draft(Some(cue), content, Some((from, to)), "parenthetical clause"))
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

    /// The subject right before a verb, with all its parts: "witnesses and a doctor said".
    fn near_subject(&self, cue: Cue) -> Option<(usize, usize)> {
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

    /// "X a déclaré : « p »"; "X said: p"; "X a dit « p »".
    fn announced_quote(&self, cue: Cue, verb: SpeechVerb, by: &'static str) -> Option<Draft> {
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
                    self.draft(Some(cue), vec![self.span(open, self.end)], source, by)
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
        Some(self.draft(Some(cue), vec![content], Some(source), by))
    }

    /// The subject of a verb group, or the sentence's earlier source where the group is
    /// coordinated with that source's verb.
    fn subject(&self, cue: Cue) -> Option<(usize, usize)> {
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
    fn speaks(&self, from: usize, to: usize) -> bool {
        self.scene.voice(from, to)
            || (from..to).any(|i| {
                self.scene.named(i).is_some_and(|m| m.kind != MentionKind::Misc)
                    || self.scene.words.rules().actors.contains_key(self.scene.words.lower(i))
                    || self.scene.is("subject-pronoun", i)
                    || self.scene.trees.upos(i) == Upos::Propn
            })
    }

    /// Whether a preposition that leads to what is said stands at `i`.
    fn is_prep(&self, i: usize) -> bool {
        self.scene.is("prep", i) && self.scene.words.is_word(i)
    }

    /// "s'est dite victime de p", "se dit prêt à p": what one says of oneself.
    fn said_of_self(&self, cue: Cue) -> Option<Draft> {
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
        Some(self.draft(Some(cue), vec![self.span(start, stop)], Some(source), "said of oneself"))
    }

    /// "..., ajoutant que p": the subject is the sentence's.
    fn saying(&self, cue: Cue, verb: SpeechVerb, next: Option<&Cue>) -> Option<Draft> {
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

    /// Past the words that may stand between a verb and what it governs: adverbs, days,
    /// recipients, "dans un communiqué".
    fn after_adjuncts(&self, from: usize) -> usize {
        let scene = self.scene;
        let words = scene.words;
        let mut i = from;
        while i < self.end && i < from + 16 {
            let tags = words.tags(i);
            let adverb = words.is_word(i)
                && tags.any(Tags::ADVERB)
                && !scene.is("complementizer", i)
                && !tags.any(Tags::DETERMINER);
            if let Some(past) = self.past_aside(i) {
                i = past;
                continue;
            }
            // "d'ailleurs", "en effet": a preposition and an adverb.
            let pair = i + 1 < self.end
                && tags.any(Tags::ADPOSITION)
                && words.tags(i + 1).only(Tags::ADVERB);
            if pair {
                i += 2;
            } else if scene.timex_at(i)
                || adverb
                || words.of(i).starts_with('-') && words.is_word(i)
            {
                i += 1;
            } else if (scene.is("adjunct", i) || scene.is("recipient", i))
                && words.is_word(i)
                && i + 1 < self.end
            {
                let to = self.recipient_end(i + 1);
                if to == i + 1 {
                    break;
                }
                i = to;
            } else if self.mark(i) == ","
                && i + 1 < self.end
                && (scene.timex_at(i + 1) || scene.is("adjunct", i + 1))
            {
                i += 1;
            } else {
                break;
            }
        }
        i
    }

    /// Where whoever was told ends: with the name of a body, before the name of who spoke ("à
    /// l'AFP Mme Roux").
    fn recipient_end(&self, from: usize) -> usize {
        let scene = self.scene;
        let words = scene.words;
        let end = self.phrase_end(from);
        let start = (from..end).find(|i| !words.rules().determiners.contains(words.lower(*i)));
        let name = start.and_then(|i| scene.named(i)).filter(|m| m.kind != MentionKind::Per);
        let past = name.map(|m| words.tokens.partition_point(|t| t.span.start < m.span.end));
        past.filter(|p| *p > from && *p < end && words.capital(*p)).unwrap_or(end)
    }

    /// Where a phrase that only turns to the speaker ("de son côté") ends, if one starts at `i`.
    fn past_aside(&self, i: usize) -> Option<usize> {
        let words = self.scene.words;
        (1..=4).rev().filter(|n| i + n <= self.end).find_map(|n| {
            let phrase: Vec<&str> = (i..i + n).map(|j| words.lower(j)).collect();
            // Elided words are one in a phrase's list: `de l'avis`.
            self.scene.rules().is("aside", &phrase.join("_")).then_some(i + n)
        })
    }

    /// "X affirme (jeudi, à la presse) que p".
    fn that_clause(&self, cue: Cue, verb: SpeechVerb, next: Option<&Cue>) -> Option<Draft> {
        if verb.quote_only {
            return None;
        }
        let scene = self.scene;
        let mut i = self.after_adjuncts(cue.to);
        // "told reporters that": an object may stand between.
        if !scene.is("complementizer", i) && i < self.end && scene.words.is_word(i) {
            let object = self.phrase_end(i);
            let past = self.after_adjuncts(object);
            if past < self.end && scene.is("complementizer", past) {
                i = past;
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
        (i + 1 < stop).then(|| {
            self.draft(Some(cue), vec![self.span(i + 1, stop)], Some(source), "that clause")
        })
    }

    /// A clause ends with its sentence, where a parenthesis attributes it again, or where the
    /// same source's next verb is coordinated with it.
    fn clause_end(&self, from: usize, cue: Cue, next: Option<&Cue>) -> usize {
        let tail = next.filter(|n| {
            n.from > from
                && self.punct(n.from - 1)
                && self.mark(n.from - 1) != ":"
                && self.only_tail(n)
        });
        if let Some(tail) = tail {
            return tail.from - 1;
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
            && matches!(next.kind, CueKind::Verb(_))
            && !self.scene.is("complementizer", conjunction);
        let stop = if self.mark(conjunction - 1) == "," { conjunction - 1 } else { conjunction };
        if joined && stop > from {
            return stop;
        }
        self.turned_end(from, self.coordinated_end(from, cue), cue)
    }

    /// Whether the word at a token is a form of a verb that governs a clause of report.
    fn reports(&self, i: usize) -> bool {
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
        let turns = |i: usize| match self.mark(i) {
            ";" => true,
            "," => {
                let next = i + 1 + usize::from(scene.is("gerund-marker", i + 1));
                let saying = words.tags(next).any(Tags::PRESENT_PARTICIPLE) && reports(next);
                let against = scene.is("contrast", i + 1)
                    && (i + 2..to.min(i + 8)).any(|j| reports(j) && scene.finite(j, i));
                let around = relative && scene.finite(i + 1, self.first) && !reports(i + 1);
                saying || against || around
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
    fn infinitive_clause(&self, cue: Cue, verb: SpeechVerb, next: Option<&Cue>) -> Option<Draft> {
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
        let leads =
            i < self.end && (scene.is("infinitive-marker", i) || verb.prep && self.is_prep(i));
        i += usize::from(leads);
        let open = i;
        i += usize::from(self.opens(i));
        while i < self.end && (scene.is("negation", i) || scene.is("clitic", i)) {
            i += 1;
        }
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
        Some(self.draft(Some(cue), content, Some(source), "infinitive clause"))
    }

    /// "Officials said the town fell": English needs no complementizer.
    fn bare_clause(&self, cue: Cue, verb: SpeechVerb, next: Option<&Cue>) -> Option<Draft> {
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
        Some(self.draft(Some(cue), vec![self.span(start, stop)], Some(source), "bare clause"))
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

    /// "X a promis la reconquête de p".
    fn noun_content(&self, cue: Cue, verb: SpeechVerb) -> Option<Draft> {
        if !verb.nominal && (!verb.prep || verb.quote_only) {
            return None;
        }
        let scene = self.scene;
        let mut start = self.after_aside(self.after_adverbs(cue.to));
        let prep = verb.prep && start + 1 < self.end && self.is_prep(start);
        start +=
            usize::from(prep && !scene.words.rules().definite.contains(scene.words.lower(start)));
        if !verb.nominal && !prep {
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
        let mut stop = self.stretch_end(start);
        // "at 1,600, counting drivers": how a figure was counted.
        let participle =
            |i: usize| i < self.end && scene.words.tags(i).any(Tags::PRESENT_PARTICIPLE);
        if verb.hold && self.mark(stop) == "," && participle(stop + 1) && !self.reports(stop + 1) {
            stop = self.stretch_end(stop + 1);
        }
        let stop = self.coordinated_verb(start, stop).unwrap_or(stop);
        let holds = |i: usize| scene.quoted[i] || scene.words.tokens[i].kind == TokenKind::Number;
        if start >= stop || verb.hold && !(start..stop).any(holds) {
            return None;
        }
        let content = self.span(start, stop);
        let long = told || stop - start >= 2;
        let anaphoric = (start..stop).any(|i| scene.is("anaphor", i)) && stop - start <= 4;
        let mut draft = self.draft(Some(cue), vec![content], Some(source), "noun content");
        draft.anaphoric = anaphoric && verb.stance == Stance::Confirm;
        long.then_some(draft)
    }

    /// Where a coordinated finite verb starts another clause: "X salue p et promet q".
    fn coordinated_verb(&self, from: usize, to: usize) -> Option<usize> {
        (from + 1..to.saturating_sub(1)).find(|i| {
            self.scene.words.tags(*i).only(Tags::CONJUNCTION)
                && (self.scene.finite(i + 1, self.first)
                    && !self.scene.words.tags(i + 1).any(Tags::NOUN | Tags::ADJ)
                    || self.scene.rules().verbs.contains_key(self.scene.words.lower(i + 1)))
        })
    }

    fn after_aside(&self, from: usize) -> usize {
        self.past_aside(from).unwrap_or(from)
    }

    fn after_adverbs(&self, from: usize) -> usize {
        let words = self.scene.words;
        (from..self.end)
            .find(|i| {
                let adverb =
                    words.tags(*i).any(Tags::ADVERB) && !words.tags(*i).any(Tags::DETERMINER);
                !adverb && !self.scene.timex_at(*i)
            })
            .unwrap_or(self.end)
    }

    /// The subject of the verb group that starts at `to`: the noun phrase to its left, with the
    /// appositions between commas.
    fn subject_before(&self, to: usize) -> Option<(usize, usize)> {
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

    /// Where the noun phrase that ends at `stop` starts.
    fn phrase_start(&self, stop: usize) -> Option<usize> {
        let scene = self.scene;
        let words = scene.words;
        let mut best = None;
        for i in (self.first..stop).rev() {
            let outside = scene.quoted[i]
                || self.punct(i) && !matches!(self.mark(i), "(" | ")" | "-")
                || scene.finite(i, self.first)
                    && !words.rules().actors.contains_key(words.lower(i))
                    && i + 1 < stop;
            if outside || scene.is("complementizer", i) {
                break;
            }
            if self.may_start(i) {
                best = Some(i);
                // A conjunction, an adverb or nothing before it: the phrase can go no further.
                let prev = i.checked_sub(1).filter(|p| *p >= self.first);
                if prev.is_none_or(|p| {
                    words.tags(p).only(Tags::CONJUNCTION | Tags::ADVERB)
                        && !words.rules().conjunctions.contains(words.lower(p))
                }) {
                    break;
                }
                if prev.is_some_and(|p| {
                    !words.is_word(p)
                        || words.tags(p).any(Tags::FINITE) && scene.finite(p, self.first)
                }) {
                    break;
                }
                if prev.is_some_and(|p| {
                    words.tags(p).any(Tags::NOUN | Tags::ADJ)
                        && !words.tags(p).any(Tags::ADPOSITION | Tags::CONJUNCTION)
                        && !words.capital(i)
                }) {
                    break;
                }
            }
        }
        let mut from = best.filter(|from| *from < stop)?;
        // Nouns stack before a name: "fire chief Ana Delgado".
        let stacks = |i: usize| {
            let noun = Tags::NOUN | Tags::ADJ;
            words.is_word(i) && words.tags(i).only(noun) && !scene.quoted[i] && !self.punct(i)
        };
        while !words.rules().adjectives_follow && from > self.first && stacks(from - 1) {
            from -= 1;
        }
        // And the article before them: "the county council".
        let article = |i: usize| {
            let lower = words.lower(i);
            words.rules().determiners.contains(lower) && !words.rules().complements.contains(lower)
        };
        if from > self.first && article(from - 1) && !scene.quoted[from - 1] {
            from -= 1;
        }
        Some(from)
    }

    /// Whether a subject can start at `i`: a determiner, a name, a pronoun, a plural noun of
    /// people, that no preposition governs.
    fn may_start(&self, i: usize) -> bool {
        let scene = self.scene;
        let words = scene.words;
        let lower = words.lower(i);
        let rules = words.rules();
        if !words.is_word(i) && words.tokens[i].kind != TokenKind::Number {
            return false;
        }
        let partitive = scene.is("partitive", i) || !rules.complements.contains(lower);
        let opens = rules.determiners.contains(lower) && partitive
            || words.capital(i)
            || scene.is("subject-pronoun", i)
            || rules.actors.contains_key(lower)
            || words.tokens[i].kind == TokenKind::Number
            || i == self.first
            || self.punct(i - 1)
                && words.tags(i).any(Tags::NOUN | Tags::ADJ | Tags::PRONOUN)
                && !matches!(scene.trees.upos(i), Upos::Sconj | Upos::Cconj | Upos::Adp)
            || self.punct(i - 1) && words.tags(i) == Tags::default();
        if !opens {
            return false;
        }
        let Some(prev) = i.checked_sub(1).filter(|p| *p >= self.first) else { return true };
        let before = words.lower(prev);
        let governed = words.is_word(prev)
            && (rules.complements.contains(before) || words.tags(prev).any(Tags::ADPOSITION));
        let inside = rules.determiners.contains(before) && words.is_word(prev);
        let apposed = words.is_word(prev)
            && words.capital(i)
            && !words.tags(prev).any(Tags::CONJUNCTION | Tags::PRONOUN)
            && (rules.actors.contains_key(before)
                || words.capital(prev)
                || words.tags(prev).any(Tags::ADJ | Tags::NOUN));
        let counted = scene.is("partitive", i)
            && words.is_word(prev)
            && words.tags(prev).any(Tags::NOUN | Tags::ADJ)
            && !words.tags(prev).any(Tags::CONJUNCTION);
        !governed && !inside && !apposed && !counted
    }

    /// The source after a cue: recipients and adjuncts skipped, appositions taken in.
    fn source_after(&self, from: usize) -> Option<(usize, usize)> {
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

    /// Where the noun phrase that starts at `from` ends.
    fn phrase_end(&self, from: usize) -> usize {
        let scene = self.scene;
        let words = scene.words;
        let rules = words.rules();
        let mut i = from;
        while i < self.end {
            let lower = words.lower(i);
            if scene.quoted[i] || (scene.timex_at(i) && i > from) {
                break;
            }
            if self.mark(i) == "(" {
                match (i..self.end).find(|j| self.mark(*j) == ")") {
                    Some(close) if close - i <= 4 => {
                        i = close + 1;
                        continue;
                    }
                    _ => break,
                }
            }
            if self.punct(i) && i > from && scene.trees.one_word(i - 1, i) {
                i += 1;
                continue;
            }
            if self.punct(i) && !(self.mark(i) == "-" && i > from) {
                break;
            }
            let complement =
                rules.complements.contains(lower) && i > from && !scene.is("adjunct", i);
            let determiner = rules.determiners.contains(lower);
            let tags = words.tags(i);
            let noun = words.capital(i)
                || tags.any(Tags::NOUN | Tags::ADJ | Tags::NUMERAL)
                || rules.actors.contains_key(lower)
                || tags == Tags::default()
                || tags.0 == Tags::LOWER.0
                || scene.is("pronoun", i)
                || words.tokens[i].kind != TokenKind::Word;
            let follows_noun = i > from
                && !rules.determiners.contains(words.lower(i - 1))
                && !rules.complements.contains(words.lower(i - 1));
            let starts_new = determiner && follows_noun && !complement;
            let infinitive = i > from
                && follows_noun
                && matches!(scene.trees.upos(i), Upos::Verb | Upos::Aux)
                && tags.any(Tags::INFINITIVE);
            let verb = scene.finite(i, from)
                && !words.capital(i)
                && !rules.actors.contains_key(lower)
                && follows_noun;
            let via = scene.is("via", i);
            if starts_new
                || verb
                || infinitive
                || !(noun
                    || determiner
                    || complement
                    || via
                    || scene.is("agent", i) && i > from && scene.is("via", i - 1))
            {
                break;
            }
            i += 1;
        }
        while i > from + 1
            && (rules.complements.contains(words.lower(i - 1))
                || rules.determiners.contains(words.lower(i - 1)))
            && words.is_word(i - 1)
            && !words.capital(i - 1)
        {
            i -= 1;
        }
        i
    }
}

/// Quotations that no cue attributes and that fill their sentences go on from the statement
/// before them, if it stands in one of the two sentences before.
pub(crate) fn floating(scene: &Scene, drafts: &mut Vec<Draft>) {
    let text = scene.words.text;
    let mut taken: Vec<Span> = drafts.iter().flat_map(|d| d.content.iter().copied()).collect();
    taken.sort_unstable();
    for quote in scene.quotes {
        let words = quote.inner.of(text).split_whitespace().count();
        let near = taken.partition_point(|s| s.end <= quote.inner.start);
        let used = taken[near..].iter().take(8).any(|s| s.overlaps(quote.inner));
        if words < 2 || used {
            continue;
        }
        let index = scene.sentences.partition_point(|s| s.span.end <= quote.outer.start);
        if index >= scene.sentences.len() || !fills_sentences(scene, index, quote) {
            continue;
        }
        // Drafts stand in the order of their sentences, and those added here follow.
        let close = drafts.iter().rev().filter(|d| d.sentence < index);
        let person = described_before(scene, drafts, index);
        let before = close
            .take_while(|d| d.sentence + 2 >= index)
            .max_by_key(|d| (d.sentence, d.content[0].start))
            .cloned();
        // Few words are a quotation only where they go on from one.
        let short = words < 5
            && !before.as_ref().is_some_and(|d| {
                d.sentence + 1 == index
                    && d.content.iter().any(|c| quote_at(scene.quotes, *c).is_some())
            });
        let before = match (before, person) {
            _ if short => None,
            (before, None) => before,
            (_, Some(source)) => Some(Draft {
                sentence: index,
                content: Vec::new(),
                cue: None,
                source: Some(source),
                via: Vec::new(),
                stance: Stance::Neutral,
                anaphoric: false,
                by: "quotation after a person",
            }),
        };
        if let Some(before) = before {
            let at = drafts.partition_point(|d| d.sentence <= index);
            drafts.insert(
                at,
                Draft {
                    sentence: index,
                    content: vec![quote.inner],
                    cue: None,
                    anaphoric: false,
                    stance: Stance::Neutral,
                    by: if before.content.is_empty() { before.by } else { "floating quotation" },
                    ..before
                },
            );
        }
    }
}

/// The person whom the sentence before a quotation is about, where it attributes nothing: "Dans la
/// file, Anna Roux attend. « Je reste. »"
fn described_before(scene: &Scene, drafts: &[Draft], index: usize) -> Option<(usize, usize)> {
    let before = index.checked_sub(1)?;
    if drafts.iter().any(|d| d.sentence == before) {
        return None;
    }
    let tokens = &scene.sentences[before].tokens;
    let (first, end) = (tokens.start as usize, tokens.end as usize);
    let paragraph =
        Span { start: scene.sentences[before].span.end, end: scene.sentences[index].span.start };
    let root = (first..end).find(|i| scene.trees.is_root(*i))?;
    if scene.quoted[root] || paragraph.of(scene.words.text).contains('\n') {
        return None;
    }
    let head = scene.trees.subject_precedes(root)?;
    let person = |i: usize| scene.named(i).is_some_and(|m| m.kind == MentionKind::Per);
    let phrase = scene.trees.phrase(head)?;
    ((phrase.0..phrase.1).any(person) && !scene.quoted[head]).then_some(phrase)
}

/// Quotations that a colon ties to a person: "X cherche ses mots : « p »", "« p » : X enrage".
pub(crate) fn announced(scene: &Scene, drafts: &mut Vec<Draft>) {
    let words = scene.words;
    let text = words.text;
    for quote in scene.quotes {
        let from = words.tokens.partition_point(|t| t.span.end <= quote.outer.start);
        let to = words.tokens.partition_point(|t| t.span.start < quote.outer.end);
        let index = scene.sentences.partition_point(|s| s.span.end <= quote.outer.start);
        let Some(sentence) = scene.sentences.get(index) else { continue };
        let (first, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let used = drafts.iter().any(|d| d.content.iter().any(|c| c.overlaps(quote.inner)));
        if used || quote.inner.of(text).split_whitespace().count() < 4 || to > words.tokens.len() {
            continue;
        }
        let before = from > first + 1 && words.of(from - 1) == ":";
        let after = from == first && to + 1 < end && words.of(to) == ":";
        let range = if before {
            first..from - 1
        } else if after {
            to + 1..end
        } else {
            continue;
        };
        let verb = range.clone().find(|i| scene.finite(*i, first) && !scene.quoted[*i]);
        let subject =
            verb.and_then(|v| scene.trees.clause_subject(v)).filter(|t| range.contains(t));
        let Some(phrase) = subject.and_then(|t| scene.trees.phrase(t)) else { continue };
        let inside = phrase.0 >= range.start && phrase.1 <= range.end;
        if inside && scene.person(phrase.0, phrase.1) {
            let at = drafts.partition_point(|d| d.sentence <= index);
            drafts.insert(
                at,
                Draft {
                    sentence: index,
                    content: vec![quote.inner],
                    cue: None,
                    source: Some(phrase),
                    via: Vec::new(),
                    stance: Stance::Neutral,
                    anaphoric: false,
                    by: "quotation by a colon",
                },
            );
        }
    }
}

/// Whether a quotation starts with its first sentence and ends with its last.
fn fills_sentences(scene: &Scene, index: usize, quote: &Quote) -> bool {
    let starts = quote.outer.start <= scene.sentences[index].span.start;
    let last =
        scene.sentences[index..].iter().take_while(|s| s.span.start < quote.outer.end).last();
    let ends = last.is_some_and(|s| s.span.end <= quote.outer.end + 3);
    starts && ends
}
