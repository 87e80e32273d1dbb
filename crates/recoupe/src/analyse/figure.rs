//! How many: numbers with what bounds them, what they count and what happened to those counted.
//!
//! A number alone is not a quantity: a figure needs something counted, a unit, a bound or a
//! fate. What cannot be read stays unreadable: `120.00` people are neither 120 nor 12 000.
//!
//! Words and marks come from the pack ([`crate::lang::figure`]).

use std::borrow::Cow;

use crate::analyse::number::{Number, looks_like_year, plain, spaced, tidy, written};
use crate::analyse::token::is_hyphen;
use crate::analyse::{Analysis, Bound, Figure, Sentence, Timex, Token, TokenKind};
use crate::article::Span;
use crate::lang::Pack;
use crate::lang::figure::{Effect, FigureGrammar, Unit, closes, opens};
use crate::lang::lexicon::Tags;

/// The quantities of `text`, in order, none overlapping, nor overlapping a time expression.
///
/// ```
/// use recoupe::{analyse::{figure::figures, sentence::sentences}, article::Article, lang::pack};
/// let pack = pack("fr").unwrap();
/// let article = Article::plain("a", "Le séisme a fait au moins 1.200 morts.");
/// let (sentences, tokens) = sentences(&article, pack);
/// let found = figures(&article.text, &sentences, &tokens, &[], pack);
/// assert_eq!(found[0].span.of(&article.text), "au moins 1.200");
/// assert_eq!((found[0].lo, found[0].hi, found[0].fate), (Some(1200.0), None, Some("killed")));
/// ```
pub fn figures(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    timexes: &[Timex],
    pack: &'static Pack,
) -> Vec<Figure> {
    let mut out = Vec::new();
    for sentence in sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let Some(tokens) = tokens.get(range) else { continue };
        let from = timexes.partition_point(|t| t.span.end <= sentence.span.start);
        let line = Line::new(text, tokens, &timexes[from..], pack);
        line.figures(&mut out);
    }
    out
}

/// Adds the numbers that are all that a source says ("400 marched, the police said, 700 according to the
/// unions"): they count what the last number before them counts, in their sentence or the one before.
///
/// `figures` are in order, and stay so.
pub fn add_elided(text: &str, found: &mut Analysis) {
    let mut more = Vec::new();
    for statement in &found.statements {
        let &[content] = statement.content.as_slice() else { continue };
        let from = found.figures.partition_point(|f| f.span.end <= content.start);
        if found.figures.get(from).is_some_and(|f| f.span.overlaps(content)) {
            continue;
        }
        let sentence = found.sentences.partition_point(|s| s.span.end <= content.start);
        let earliest = found.sentences.get(sentence.saturating_sub(1)).map_or(0, |s| s.span.start);
        let before = found.figures[..from].last().filter(|f| f.span.start >= earliest);
        let Some(whole) = before.filter(|f| f.unit.is_some() || f.counts.is_some()) else {
            continue;
        };
        let Some(sentence) = found.sentences.get(sentence) else { continue };
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let Some(tokens) = found.tokens.get(range) else { continue };
        let line = Line::new(text, tokens, &found.timexes, found.lang);
        let Some((reading, by)) = line.bare(content) else { continue };
        let Reading { value, lo, hi, bound } = reading;
        more.push(Figure { span: content, value, lo, hi, bound, by, ..whole.clone() });
    }
    if !more.is_empty() {
        found.figures.append(&mut more);
        found.figures.sort_by_key(|f| f.span);
        found.figures.dedup_by_key(|f| f.span);
    }
}

/// The fates that a text tells of, with or without a number (`the victim died`), in the order of
/// the pack's list. What was only attempted, threatened or denied has befallen nobody.
///
/// ```
/// use recoupe::{analyse::{figure::told, sentence::sentences}, article::Article, lang::pack};
/// let pack = pack("en").unwrap();
/// let article = Article::plain("a", "He is charged with attempted murder. Nobody was hurt.");
/// let (sentences, tokens) = sentences(&article, pack);
/// assert!(told(&article.text, &sentences, &tokens, pack).is_empty());
/// ```
pub fn told(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    pack: &'static Pack,
) -> Vec<&'static str> {
    let fates = pack.figures.rules.fates;
    let mut told = vec![false; fates.len()];
    for sentence in sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let Some(tokens) = tokens.get(range) else { continue };
        Line::new(text, tokens, &[], pack).tell(&mut told);
    }
    fates.iter().zip(told).filter(|(_, told)| *told).map(|(fate, _)| fate.name).collect()
}

/// One sentence, ready to be matched against phrases.
struct Line<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Lower case, with plain apostrophes.
    words: Vec<Cow<'a, str>>,
    /// Whether a time expression covers the token.
    taken: Vec<bool>,
    pack: &'static Pack,
    grammar: &'static FigureGrammar,
}

/// A number and where it stands, in tokens of its line.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Core {
    start: usize,
    end: usize,
    number: Number,
    /// What a magnitude word multiplied it by.
    scale: f64,
    by: &'static str,
    /// The unit glued to its digits (`300km`).
    unit: Option<&'static Unit>,
}

/// What is said of those counted.
#[derive(Clone, Copy, Default)]
struct Counted {
    span: Option<Span>,
    person: bool,
    fate: Option<usize>,
    /// A length of time or the like: no figure at all.
    refused: bool,
}

/// The least, the number as read, the most.
struct Reading {
    value: Option<f64>,
    lo: Option<f64>,
    hi: Option<f64>,
    bound: Bound,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, tokens: &'a [Token], timexes: &[Timex], pack: &'static Pack) -> Line<'a> {
        let words = tokens.iter().map(|t| normal(t.span.of(text))).collect();
        let end = tokens.last().map_or(0, |t| t.span.end);
        let timexes = &timexes[..timexes.partition_point(|t| t.span.start < end)];
        let is_taken = |t: &Token| {
            let next = timexes.partition_point(|x| x.span.end <= t.span.start);
            timexes.get(next).is_some_and(|x| x.span.overlaps(t.span))
        };
        let taken = tokens.iter().map(is_taken).collect();
        Line { text, tokens, words, taken, pack, grammar: &pack.figures }
    }

    fn figures(&self, out: &mut Vec<Figure>) {
        let mut at = 0;
        // Where the last figure ended: nothing before it can belong to the next one.
        let mut floor = 0;
        while at < self.tokens.len() {
            let (next, figure) = self.figure_at(at, floor);
            if let Some(figure) = figure {
                if floor > 0 {
                    self.share_fate(out, &figure);
                }
                out.push(figure);
                floor = next;
            }
            at = next.max(at + 1);
        }
    }

    /// `two men and a child were killed`: the first of two joined subjects has the fate of both.
    fn share_fate(&self, out: &mut [Figure], second: &Figure) {
        let Some(first) = out.last_mut() else { return };
        let (Some(a), Some(b)) = (first.counts, second.counts) else { return };
        let joined = self.text.get(a.end as usize..second.span.start as usize);
        let and = joined.is_some_and(|j| j.trim().eq_ignore_ascii_case(self.grammar.rules.and));
        let people = first.unit == Some("person") && second.unit == Some("person");
        let passive = b.of(self.text).contains(' ');
        if and && people && passive && first.fate.is_none() {
            first.fate = second.fate;
        }
    }

    /// The figure whose number starts at token `at`, and where to go on reading.
    fn figure_at(&self, at: usize, floor: usize) -> (usize, Option<Figure>) {
        if self.taken[at] {
            return (at + 1, None);
        }
        if let Some(found) = self.multiple(at).or_else(|| self.singles(at, floor)) {
            return (found.0, Some(found.1));
        }
        let Some(core) = self.core(at) else { return (self.skip(at), None) };
        if self.is_label(&core, floor) || (core.end..).take(1).any(|i| self.compound(i)) {
            return (core.end, None);
        }
        let (core, rest) = self.range(core, floor);
        match self.figure(core, rest, floor) {
            // Past the unit too: `pour cent` ends in a number word.
            Some((end, figure)) => (end, Some(figure)),
            None => (core.end, None),
        }
    }

    /// The number that a stretch is, with what bounds it and nothing else.
    fn bare(&self, stretch: Span) -> Option<(Reading, &'static str)> {
        let from = self.tokens.partition_point(|t| t.span.start < stretch.start);
        let to = self.tokens.partition_point(|t| t.span.end <= stretch.end);
        if self.taken.get(from..to)?.iter().any(|t| *t) {
            return None;
        }
        let core = (from..to).find_map(|at| self.core(at)).filter(|core| core.end <= to)?;
        let (core, range) = self.range(core, from);
        let (start, effect, _) = self.bound_before(core.start, from);
        let after = self.bound_after(core.end);
        let end = core.end + after.map_or(0, |(len, _)| len);
        let whole = start == from && end == to && core.unit.is_none();
        let effect = effect.or(after.map(|(_, effect)| effect));
        whole.then(|| (bound(read(core.number, range, false), effect), core.by))
    }

    /// Past a run of digits that is no number (a telephone number, a score).
    fn skip(&self, at: usize) -> usize {
        if self.kind(at) == Some(TokenKind::Number) { self.run_end(at) } else { at + 1 }
    }

    // What numbers look like.

    fn core(&self, at: usize) -> Option<Core> {
        match self.tokens[at].kind {
            TokenKind::Number => self.digits(at),
            TokenKind::Word => {
                self.glued(at).or_else(|| self.spelled(at)).or_else(|| self.vague(at))
            }
            _ => None,
        }
    }

    fn digits(&self, at: usize) -> Option<Core> {
        let end = self.run_end(at);
        let groups: Vec<&str> = self.words[at..end].iter().map(AsRef::as_ref).collect();
        let rules = self.grammar.rules;
        let number = match (groups.len(), spaced(&groups, rules.decimal)) {
            (1, _) => written(groups[0], rules.grouping, rules.decimal)?,
            (_, Some(number)) => number,
            (2, None) if !looks_like_year(groups[0]) => Number::Garbled,
            (2, None) => return None,
            _ => return None,
        };
        let by = if number == Number::Garbled { "figure/garbled" } else { "figure/digits" };
        let core = Core { start: at, end, number, scale: 1.0, by, unit: None };
        Some(self.scaled(core))
    }

    /// Where the numbers that follow each other after one space end.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.tokens.len()
            && self.kind(end) == Some(TokenKind::Number)
            && !self.taken[end]
            && self.gap(end).is_some_and(one_space)
        {
            end += 1;
        }
        end
    }

    /// Digits with a unit or a short magnitude glued on: `300km`, `$2.5m`.
    fn glued(&self, at: usize) -> Option<Core> {
        let word = &self.words[at];
        let cut = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
        if cut == 0 {
            return None;
        }
        let rules = self.grammar.rules;
        let number =
            written(word[..cut].trim_end_matches(['.', ',']), rules.grouping, rules.decimal)?;
        let suffix = &word[cut..];
        let mut core =
            Core { start: at, end: at + 1, number, scale: 1.0, by: "figure/digits", unit: None };
        let money = rules.money_suffixes.iter().find(|(s, _)| *s == suffix);
        match money.filter(|_| self.sign_before(at, 0).is_some() || self.sign_after(at + 1)) {
            Some((_, scale)) => core = times(core, *scale),
            None => core.unit = Some(self.grammar.unit(&[suffix])?.1),
        }
        Some(core)
    }

    fn sign_after(&self, at: usize) -> bool {
        self.grammar
            .unit(&self.words[at.min(self.words.len())..])
            .is_some_and(|(_, u)| u.name == "currency")
    }

    /// A number in words, or a collective: `twenty-five`, `une dizaine de milliers`.
    fn spelled(&self, at: usize) -> Option<Core> {
        if self.is_name(at) {
            return None;
        }
        if let Some(core) = self.half_of(at) {
            return Some(core);
        }
        let mut sum = Sum::default();
        let article = self.grammar.rules.articles.contains(&self.words[at].as_ref());
        let mut end = self.read_words(at, &mut sum);
        if end == at && article {
            sum.current = Some(1.0);
            end = self.read_words(at + 1, &mut sum);
            let collective = self.collective(at + 1).is_some();
            if end == at + 1 && !collective {
                return None;
            }
            end = end.max(at + 1);
        }
        if let Some(c) = self.collective(end).filter(|_| end > at) {
            return Some(self.of_scale(about(at, end + 1, sum.value() * c.0, sum.value() * c.1)));
        }
        if end == at {
            return None;
        }
        let number = Number::Whole(sum.value());
        let core =
            Core { start: at, end, number, scale: sum.scale, by: "figure/words", unit: None };
        Some(self.scaled(core))
    }

    fn half_of(&self, at: usize) -> Option<Core> {
        let rules = self.grammar.rules;
        let len = rules.half_of.iter().filter_map(|h| opens(&self.words[at..], h)).max()?;
        let last = at + len - 1;
        if let Some((value, spread)) = self.collective(last) {
            return Some(about(at, at + len, value, spread));
        }
        let next = at + len;
        if let Some((value, spread)) = self.collective(next) {
            return Some(about(at, next + 1, value / 2.0, spread / 2.0));
        }
        let scale = *self.grammar.magnitudes.get(self.words.get(next)?.as_ref())?;
        let number = Number::Whole(scale / 2.0);
        Some(Core { start: at, end: next + 1, number, scale, by: "figure/words", unit: None })
    }

    fn collective(&self, at: usize) -> Option<(f64, f64)> {
        let c = self.grammar.collectives.get(self.words.get(at)?.as_ref())?;
        (!self.taken[at]).then_some((c.value, c.spread))
    }

    /// `une dizaine` + `de milliers`.
    fn of_scale(&self, core: Core) -> Core {
        let of = self.word(core.end).filter(|w| self.grammar.rules.of.contains(w));
        let scale = of.and_then(|_| self.grammar.magnitudes.get(self.word(core.end + 1)?));
        match scale {
            Some(scale) => Core { end: core.end + 2, ..times(core, *scale) },
            None => core,
        }
    }

    fn vague(&self, at: usize) -> Option<Core> {
        let rules = self.grammar.rules;
        let (len, vague) = self.grammar.vague(&self.words[at..])?;
        let before = at.checked_sub(1).and_then(|i| self.word(i)).unwrap_or("");
        if rules.vague_not_after.contains(&before) {
            return None;
        }
        let mut start = at;
        while start > 0
            && at - start < 3
            && rules.vague_determiners.contains(&self.words[start - 1].as_ref())
        {
            start -= 1;
        }
        // `plus de centaines`: the preposition alone is not a determiner.
        while start < at && rules.of.contains(&self.words[start].as_ref()) {
            start += 1;
        }
        // The span of `scores of` is `scores`.
        let of = len > 1 && rules.of.contains(&self.words[at + len - 1].as_ref());
        let end = at + len - usize::from(of);
        let number = Number::Vague { lo: vague.lo, hi: vague.hi };
        let by = "figure/collective";
        Some(self.of_scale(Core { start, end, number, scale: 1.0, by, unit: None }))
    }

    /// Reads number words from `at` into `sum`; where they end.
    fn read_words(&self, at: usize, sum: &mut Sum) -> usize {
        let mut end = at;
        let mut next = at;
        while next < self.words.len() && !self.taken[next] {
            if next > at {
                if let Some(len) = self.half(next) {
                    sum.add_half();
                    next += len;
                    end = next;
                    continue;
                }
                if self.joins(next, sum) {
                    next += 1;
                    continue;
                }
            }
            let mut trial = sum.clone();
            if !self.words[next].split(is_hyphen).all(|part| trial.take(part, self.grammar)) {
                break;
            }
            *sum = trial;
            next += 1;
            end = next;
        }
        end
    }

    fn half(&self, at: usize) -> Option<usize> {
        self.grammar.rules.halves.iter().find_map(|h| opens(&self.words[at..], h))
    }

    /// A hyphen, or the joining word where the pack lets it stand, before more number words.
    fn joins(&self, at: usize, sum: &Sum) -> bool {
        let rules = self.grammar.rules;
        let Some(next) = self.word(at + 1).and_then(|w| self.grammar.ones.get(w)) else {
            return false;
        };
        if self.words[at] == "-" {
            return self.glued_to_both(at);
        }
        let current = sum.current.unwrap_or(0.0);
        let room = if rules.join_after_hundreds {
            current >= 100.0 && current % 100.0 == 0.0
        } else {
            current >= 20.0 && current % 10.0 == 0.0 && next % 10 == 1
        };
        self.words[at] == rules.join && room
    }

    /// A magnitude word after the number.
    fn scaled(&self, core: Core) -> Core {
        if let Some(scale) = self.money_scale(core.end) {
            return Core { end: core.end + 1, ..times(core, scale) };
        }
        let Some(scale) = self.word(core.end).and_then(|w| self.grammar.magnitudes.get(w)) else {
            return core;
        };
        if self.taken[core.end] {
            return core;
        }
        let mut core = Core { end: core.end + 1, ..times(core, *scale) };
        if let (Some(len), Number::Whole(value)) = (self.half(core.end), core.number) {
            core.number = Number::Whole(value + scale / 2.0);
            core.end += len;
        }
        self.scaled_once_more(core)
    }

    /// `45 M€`: a short magnitude before a currency sign.
    fn money_scale(&self, at: usize) -> Option<f64> {
        let word = self.word(at).filter(|_| !self.taken[at])?;
        let suffix = self.grammar.rules.money_suffixes.iter().find(|(s, _)| *s == word)?;
        self.sign(self.word(at + 1)?)?;
        Some(suffix.1)
    }

    /// `2 mille milliards`, `une centaine de milliers de milliards` are rare: one more, no loop.
    fn scaled_once_more(&self, core: Core) -> Core {
        match self.word(core.end).and_then(|w| self.grammar.magnitudes.get(w)) {
            Some(scale) if !self.taken[core.end] => {
                Core { end: core.end + 1, ..times(core, *scale) }
            }
            _ => core,
        }
    }

    // What is no quantity.

    /// A capital inside a sentence: part of a name.
    fn is_name(&self, at: usize) -> bool {
        let capital = self.tokens[at].span.of(self.text).starts_with(char::is_uppercase);
        let opens = at == 0 || self.kind(at - 1).is_some_and(|k| k != TokenKind::Word);
        capital && !opens
    }

    /// Whether a word or mark before the number makes it a label, part of a code or of a name.
    fn is_label(&self, core: &Core, floor: usize) -> bool {
        let at = core.start;
        let before = &self.words[floor.min(at)..at];
        // `phase two` counts nothing and is dropped for that; `in ward two houses burned` does.
        let spelled = self.kind(at) == Some(TokenKind::Word);
        if !spelled && self.ends_in_label(before) {
            return true;
        }
        if at == 0 || !self.gap(at).is_some_and(str::is_empty) {
            return false;
        }
        // Glued to what stands before: `F-16`, `24/7`, `+33`.
        let glue = self.words[at - 1].as_ref();
        let opening = [
            "(", "[", "«", "“", "\"", "‘", "—", "–", "~", "+", "±", ">", "<", "=", ":", ",", ";",
            "…", "'",
        ];
        let elided = self.kind(at - 1) == Some(TokenKind::Word);
        let dash = glue == "-" && (at == 1 || !self.gap(at - 1).is_some_and(str::is_empty));
        !(opening.contains(&glue) || elided || dash || self.sign(glue).is_some())
    }

    fn ends_in_label(&self, before: &[Cow<'_, str>]) -> bool {
        self.grammar.rules.labels.iter().any(|l| closes(before, l).is_some())
    }

    /// Whether token `at` glues the number before it to a word or number after it: `34-year-old`.
    fn compound(&self, at: usize) -> bool {
        let mark = self.word(at).is_some_and(|w| matches!(w, "-" | "/" | "–" | "'"));
        mark && self.glued_to_both(at) && !self.opens_range(at)
    }

    /// `10-15 people`: two rising numbers with something counted.
    fn opens_range(&self, at: usize) -> bool {
        self.kind(at + 1) == Some(TokenKind::Number) && self.words[at] != "/"
    }

    fn glued_to_both(&self, at: usize) -> bool {
        self.gap(at).is_some_and(str::is_empty) && self.gap(at + 1).is_some_and(str::is_empty)
    }

    // Ranges.

    /// The range that starts with `core`, if one does, with its least and its most.
    fn range(&self, core: Core, floor: usize) -> (Core, Option<(f64, f64)>) {
        for (open, link) in self.grammar.rules.ranges {
            if let Some(found) = self.range_by(core, open, link, floor) {
                return found;
            }
        }
        (core, None)
    }

    fn range_by(
        &self,
        core: Core,
        open: &str,
        link: &str,
        floor: usize,
    ) -> Option<(Core, Option<(f64, f64)>)> {
        // `between €2 million and €3 million`: the sign stands after the opening.
        let sign = self.sign_before(core.start, floor).filter(|_| !open.is_empty());
        let first = core.start - usize::from(sign.is_some());
        let before = &self.words[floor.min(first)..first];
        let opened = if open.is_empty() { 0 } else { closes(before, open)? };
        let mut at = core.end;
        // `between $2 and $3`, `entre 10 % et 15 %`: a unit or a sign may stand in between.
        let mut unit = None;
        if self.word(at)? != link {
            let (len, first) = self.grammar.unit(&self.words[at..])?;
            (at, unit) = (at + len, Some(first.name));
        }
        if self.word(at)? != link || self.taken[at] {
            return None;
        }
        at += 1;
        if self.sign(self.word(at)?).is_some() {
            at += 1;
        }
        if at >= self.tokens.len() || self.taken[at] || self.is_change(first - opened, before) {
            return None;
        }
        let second = self.core(at)?;
        // `rose two points to 5 %` is no range: its ends are of two units.
        let other = second.unit.or_else(|| Some(self.grammar.unit(&self.words[second.end..])?.1));
        if unit.is_some_and(|u| other.is_some_and(|o| o.name != u)) {
            return None;
        }
        let (mut lo, hi) = (plain(core.number)?, plain(second.number)?);
        if core.scale == 1.0 && second.scale > 1.0 && lo < hi / second.scale {
            lo *= second.scale;
        }
        let counted = self.grammar.unit(&self.words[second.end..]).is_some()
            || second.unit.is_some()
            || self.counted(self.after_of(&second), true).span.is_some()
            || second.scale > 1.0
            || open.len() > 2;
        if lo >= hi || !counted || self.compound(second.end) {
            return None;
        }
        let start = first - opened;
        let unit = second.unit.or_else(|| {
            let sign = sign.and_then(|_| self.words.get(first..=first))?;
            self.grammar.unit(sign).map(|(_, unit)| unit)
        });
        let number = second.number;
        let scale = second.scale;
        let by = "figure/range";
        Some((Core { start, end: second.end, number, scale, by, unit }, Some((lo, hi))))
    }

    /// Whether the words before tell that one number became the other.
    fn is_change(&self, start: usize, before: &[Cow<'_, str>]) -> bool {
        let changes = self.grammar.rules.changes;
        let near = &before[before.len().saturating_sub(4)..];
        let direct = start > 0 && changes.contains(&self.words[start - 1].as_ref());
        direct || near.iter().any(|w| changes.contains(&w.as_ref()))
    }

    // What stands around.

    fn figure(
        &self,
        core: Core,
        range: Option<(f64, f64)>,
        floor: usize,
    ) -> Option<(usize, Figure)> {
        let rules = self.grammar.rules;
        let mut start = core.start;
        let mut end = core.end;
        let sign = self.sign_before(start, floor);
        start -= usize::from(sign.is_some());
        let (bounded, effect, alone) = self.bound_before(start, floor);
        // `aged between 22 and 47`, `aged about 30`.
        if bounded < core.start || range.is_some() {
            let digits = self.kind(core.end - 1) == Some(TokenKind::Number);
            if digits && self.ends_in_label(&self.words[floor.min(bounded)..bounded]) {
                return None;
            }
        }
        let minus = start > floor
            && matches!(self.words[start - 1].as_ref(), "-" | "−")
            && self.gap(start).is_some_and(str::is_empty);
        let unit_at = self.after_of(&core);
        let unit = core
            .unit
            .map(|u| (0, u))
            .or_else(|| self.grammar.unit(&self.words[unit_at..]))
            .filter(|_| self.free(unit_at.min(self.words.len().saturating_sub(1))));
        let mut effect = effect;
        let mut bounded_after = false;
        if let Some((len, after)) = self.bound_after(end) {
            effect = effect.or(Some(after));
            bounded_after = true;
            end += len;
        }
        let many = many(core.number, range);
        let mut counted = Counted::default();
        if unit.is_none() && sign.is_none() {
            counted = self.counted(if end > core.end { end } else { self.after_of(&core) }, many);
        } else if let Some((len, _)) = unit.filter(|(_, u)| u.name == "percent") {
            counted = self.share_of(unit_at + len);
        }
        if counted.refused {
            return None;
        }
        if counted.fate.is_none() && unit.is_none() && sign.is_none() {
            counted.fate = self.fate_before(bounded, floor);
            if counted.fate.is_none()
                && (counted.span.is_none() || counted.person)
                && self.is_toll(bounded, floor)
            {
                counted.fate = rules.fates.iter().position(|f| f.name == "killed");
            }
            counted.person |= counted.fate.is_some() && counted.span.is_none();
        }
        if counted.span.is_none() && counted.fate.is_none() && unit.is_none() && sign.is_none() {
            counted = self.number_of(bounded, floor).unwrap_or(counted);
        }
        let continuous =
            unit.is_some() || sign.is_some() || core.unit.is_some() || core.scale > 1.0;
        // Only things counted make decimals unreadable: `4.0 or greater` is a measure.
        let measure = continuous || counted.span.is_none();
        let mut reading = read(core.number, range, measure);
        if !self.accepted(&core, &counted, alone || bounded_after, continuous, effect, range) {
            return None;
        }
        if minus && continuous {
            reading = negative(reading);
            start -= 1;
        }
        if self.taken[start.min(bounded)..end].iter().any(|t| *t) {
            return None;
        }
        let reading = bound(reading, effect);
        let unit_end = unit.map_or(0, |(len, _)| if len > 0 { unit_at + len } else { 0 });
        if unit.is_some_and(|(_, u)| u.name == "percent" || self.is_sign(unit_at, u)) {
            end = end.max(unit_end);
        } else if unit_end > 0 && counted.span.is_none() {
            let words = &self.tokens[unit_at..unit_end];
            counted.span = words.first().zip(words.last()).map(|(a, b)| a.span.join(b.span));
        }
        let span = self.tokens[start.min(bounded)].span.join(self.tokens[end - 1].span);
        let (name, currency) = match (unit, sign) {
            (Some((_, u)), _) if sign.is_none() || u.name == "currency" => {
                (Some(u.name), u.currency)
            }
            (_, Some(code)) => (Some("currency"), code),
            _ => (counted.person.then_some("person"), None),
        };
        let fate = counted.fate.and_then(|i| rules.fates.get(i)).map(|f| f.name);
        let Reading { value, lo, hi, bound } = reading;
        let by = if bound == Bound::Unreadable { "figure/garbled" } else { core.by };
        let figure = Figure {
            span,
            value,
            lo,
            hi,
            bound,
            unit: name,
            counts: counted.span,
            currency,
            by,
            fate,
        };
        Some((end.max(unit_end), figure))
    }

    fn accepted(
        &self,
        core: &Core,
        counted: &Counted,
        alone: bool,
        continuous: bool,
        effect: Option<Effect>,
        range: Option<(f64, f64)>,
    ) -> bool {
        let single =
            plain(core.number) == Some(1.0) && core.by == "figure/words" && range.is_none();
        let victims = counted.fate.is_some_and(|i| self.grammar.rules.fates[i].victims);
        if single && core.scale == 1.0 && !continuous {
            let partial = self
                .grammar
                .rules
                .not_before
                .iter()
                .any(|n| opens(&self.words[core.end..], n).is_some());
            let negated = core.start > 0
                && self.grammar.rules.negations.contains(&self.words[core.start - 1].as_ref());
            let firm = effect.is_some_and(|e| !matches!(e, Effect::About | Effect::Almost));
            return firm && (alone || counted.span.is_some()) || victims && !partial && !negated;
        }
        if single && core.scale == 1.0 && effect.is_none() {
            return false;
        }
        // `the 2015 graduates`: a determiner before makes a year of it.
        let definite = core.start > 0
            && self.pack.lexicon.tags(&self.words[core.start - 1]).any(Tags::DETERMINER);
        let counts = counted.person && !definite;
        if self.is_year(core) && !(continuous || counts || alone) {
            return false;
        }
        continuous
            || counted.span.is_some()
            || counted.fate.is_some()
            || self.is_grouped(core)
            || alone
            || matches!(core.number, Number::Vague { .. } | Number::About { .. })
    }

    /// Thousands set apart: nobody writes a label so.
    fn is_grouped(&self, core: &Core) -> bool {
        let whole = matches!(core.number, Number::Whole(v) if v >= 1000.0);
        let word = &self.words[core.start];
        whole
            && core.by == "figure/digits"
            && (core.end > core.start + 1 || word.contains(['.', ',']))
    }

    fn is_year(&self, core: &Core) -> bool {
        core.end == core.start + 1 && looks_like_year(&self.words[core.start])
    }

    /// The bounding phrases before token `at`: where the first starts, what they say, and
    /// whether they make a quantity by themselves. The outermost decides.
    fn bound_before(&self, at: usize, floor: usize) -> (usize, Option<Effect>, bool) {
        let (mut start, mut effect, mut alone) = (at, None, false);
        for _ in 0..2 {
            let before = &self.words[floor.min(start)..start];
            let found = self.grammar.rules.bounds_before.iter();
            let found = found.filter_map(|b| Some((closes(before, b.phrase)?, b)));
            let Some((len, b)) = found.max_by_key(|(len, _)| *len) else { break };
            if self.taken[start - len..start].iter().any(|t| *t) {
                break;
            }
            effect = Some(b.effect);
            alone |= b.alone;
            if !b.inside {
                break;
            }
            start -= len;
        }
        (start, effect, alone)
    }

    fn bound_after(&self, at: usize) -> Option<(usize, Effect)> {
        let after = self.words.get(at..)?;
        let after = &after[..self.taken[at..].iter().position(|t| *t).unwrap_or(after.len())];
        let found = self.grammar.rules.bounds_after.iter();
        found.filter_map(|b| Some((opens(after, b.phrase)?, b.effect))).max_by_key(|(len, _)| *len)
    }

    fn sign(&self, word: &str) -> Option<Option<&'static str>> {
        self.grammar.rules.signs.iter().find(|(s, _)| word == *s).map(|(_, code)| *code)
    }

    fn is_sign(&self, at: usize, unit: &Unit) -> bool {
        unit.name == "currency" && self.word(at).is_some_and(|w| self.sign(w).is_some())
    }

    fn sign_before(&self, at: usize, floor: usize) -> Option<Option<&'static str>> {
        let glued = at > floor && self.gap(at).is_some_and(|g| g.is_empty() || one_space(g));
        // `200 $ 300`: the sign belongs to the number before it.
        let free = at < 2 || self.kind(at - 2) != Some(TokenKind::Number);
        (glued && free).then(|| self.sign(&self.words[at - 1])).flatten()
    }

    /// Past the `de` between `millions` or `dizaine` and what they count.
    fn after_of(&self, core: &Core) -> usize {
        let links = core.scale > 1.0
            || !matches!(
                core.number,
                Number::Whole(_) | Number::Decimal { .. } | Number::Either { .. } | Number::Garbled
            );
        self.past_of(core.end, links)
    }

    fn past_of(&self, at: usize, links: bool) -> usize {
        let rules = self.grammar.rules;
        let is = |i: usize, list: &[&str]| self.word(i).is_some_and(|w| list.contains(&w));
        // `three of the victims`: after any number, but only with a determiner.
        if let Some(len) = rules.of_them.iter().filter_map(|p| opens(self.rest(at), p)).max() {
            return at + len - 1;
        }
        if is(at, rules.of_the) {
            return at + 1;
        }
        if is(at, rules.of) && (links || is(at + 1, rules.of_determiners)) {
            return at + 1 + usize::from(is(at + 1, rules.of_determiners));
        }
        at
    }

    fn share_of(&self, at: usize) -> Counted {
        let from = self.past_of(at, true);
        if from == at {
            return Counted::default();
        }
        let found = self.counted(from, true);
        if found.refused { Counted::default() } else { Counted { person: false, ..found } }
    }

    // What is counted, and what happened to it.

    fn counted(&self, at: usize, many: bool) -> Counted {
        let mut counted = match self.noun_phrase(at, many) {
            Noun::Refused => return Counted { refused: true, ..Counted::default() },
            Noun::None => (at, false, false),
            Noun::Head { end, person } => (end, person, true),
        };
        let others = counted.2 && self.is_others(counted.0 - 1);
        let mut extended = self.predicate(counted.0, at == counted.0);
        if extended.is_none() && (counted.1 || others) {
            extended = self.far_predicate(counted.0);
        }
        // `two fatal shootings`: an adjective before a thing does not count the dead.
        let from = if counted.2 && !counted.1 && !others { counted.0 - 1 } else { at };
        let fate = self.fate_in(from, extended.unwrap_or(counted.0));
        if let Some(end) = extended {
            counted.0 = end;
        } else if !counted.2 || (others && fate.is_none()) {
            return Counted::default();
        }
        let span = Some(self.tokens[at].span.join(self.tokens[counted.0 - 1].span));
        let person = counted.1 || (fate.is_some() && (others || !counted.2));
        Counted { span, person, fate, refused: false }
    }

    fn is_others(&self, at: usize) -> bool {
        self.grammar.rules.others.contains(&self.words[at].as_ref())
    }

    /// The noun phrase from `at`, up to its head.
    fn noun_phrase(&self, at: usize, many: bool) -> Noun {
        let mut head = Noun::None;
        for i in at..self.words.len().min(at + 6) {
            let word = self.words[i].as_ref();
            let hyphen = word == "-" && self.glued_to_both(i);
            if self.taken[i]
                && i == at
                && self.kind(i) == Some(TokenKind::Word)
                && matches!(head, Noun::None)
            {
                // A number beside a time expression that does not cover it.
                return Noun::None;
            }
            if self.taken[i] || (self.kind(i) != Some(TokenKind::Word) && !hyphen) {
                break;
            }
            if hyphen {
                continue;
            }
            if self.grammar.is_not_counted(word) {
                return if matches!(head, Noun::None) { Noun::Refused } else { head };
            }
            if self.is_person(i, many) {
                let next =
                    i + 1 < self.words.len() && self.is_person(i + 1, many) && !self.taken[i + 1];
                let fated =
                    next && self.grammar.fate_after.contains_key(self.words[i + 1].as_ref());
                if next && !fated || self.is_modifier(i) {
                    head = Noun::Head { end: i + 1, person: true };
                    continue;
                }
                return Noun::Head { end: i + 1, person: true };
            }
            let tags = self.pack.lexicon.tags(word);
            if self.ends_phrase(word, tags, many) {
                break;
            }
            if self.is_others(i) {
                head = Noun::Head { end: i + 1, person: false };
                continue;
            }
            if self.is_noun(i, tags, many) {
                head = Noun::Head { end: i + 1, person: false };
                if !self.grammar.rules.head_last && !self.adjective_before_noun(i, tags) {
                    return head;
                }
            }
        }
        head
    }

    /// `police cars`: where heads come last, a noun before another noun.
    fn is_modifier(&self, at: usize) -> bool {
        let next = at + 1;
        self.grammar.rules.head_last
            && self.kind(next) == Some(TokenKind::Word)
            && !self.taken[next]
            && !self.grammar.fate_after.contains_key(self.words[next].as_ref())
            && !self.pack.lexicon.tags(&self.words[next]).any(Tags::FINITE)
            && self.is_noun(next, Tags::NOUN, true)
    }

    fn adjective_before_noun(&self, at: usize, tags: Tags) -> bool {
        let next = at + 1;
        tags.any(Tags::ADJ)
            && self.kind(next) == Some(TokenKind::Word)
            && !self.taken[next]
            && (self.is_person(next, true)
                || self.is_noun(next, self.pack.lexicon.tags(&self.words[next]), true))
    }

    fn is_person(&self, at: usize, many: bool) -> bool {
        let word = self.words[at].as_ref();
        let listed = if many {
            self.grammar.persons.contains(word)
        } else {
            self.grammar.person.contains(word)
        };
        listed || (many && self.is_demonym(at))
    }

    fn is_demonym(&self, at: usize) -> bool {
        let word = self.tokens[at].span.of(self.text);
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase)
            && letters.clone().count() > 2
            && letters.all(char::is_lowercase);
        capital && self.grammar.rules.demonyms.iter().any(|d| word.ends_with(d))
    }

    fn is_noun(&self, at: usize, tags: Tags, many: bool) -> bool {
        let word = self.words[at].as_ref();
        let rules = self.grammar.rules;
        let plural = !many
            || rules.plurals.iter().any(|p| word.ends_with(p))
            || rules.irregular_plurals.contains(&word);
        let lower = self.tokens[at].span.of(self.text).starts_with(char::is_lowercase);
        let noun = tags.any(Tags::NOUN) || (is_unknown(tags) && word.chars().count() > 3);
        lower && plural && noun
    }

    fn ends_phrase(&self, word: &str, tags: Tags, many: bool) -> bool {
        let closed = Tags::ADPOSITION | Tags::DETERMINER | Tags::PRONOUN | Tags::CONJUNCTION;
        self.grammar.is_auxiliary(word)
            || word == self.grammar.rules.and
            || (tags.any(closed)
                && !(many && tags.any(Tags::NOUN | Tags::ADJ))
                && !self.grammar.rules.others.contains(&word))
            || tags.only(Tags::FINITE | Tags::INFINITIVE)
    }

    /// Where the words from `at` that tell what happened end: participles and adjectives beside
    /// the noun, or an auxiliary and its participle. `bare`: no noun stands before.
    fn predicate(&self, at: usize, bare: bool) -> Option<usize> {
        let mut end = None;
        let (mut auxiliary, mut passive) = (false, false);
        for i in at..self.words.len().min(at + 8) {
            if self.taken[i] || self.kind(i) != Some(TokenKind::Word) {
                break;
            }
            let word = self.words[i].as_ref();
            let tags = self.pack.lexicon.tags(word);
            if let Some((len, _)) = self.fate_ending(i) {
                return Some(i + len);
            }
            if self.grammar.is_auxiliary(word) {
                if end.is_some() && !auxiliary {
                    break;
                }
                auxiliary = true;
                passive |= self.grammar.rules.passive.contains(&word);
            } else if self.grammar.fate_after.contains_key(word) {
                if !passive && self.is_active(i, auxiliary) {
                    break;
                }
                end = Some(i + 1);
            } else if word == self.grammar.rules.and {
                let next =
                    self.word(i + 1).is_some_and(|w| self.grammar.fate_after.contains_key(w));
                if end.is_none() || !next {
                    break;
                }
            } else if !bare && (self.is_participle(tags, auxiliary) || self.is_epithet(tags)) {
                end = Some(i + 1);
            } else if !(tags.any(Tags::ADVERB)
                || (is_unknown(tags) && !self.grammar.rules.head_last && !bare)
                || (auxiliary && tags.any(Tags::PAST_PARTICIPLE | Tags::ADJ)))
            {
                break;
            }
        }
        end
    }

    /// Where the fate of the noun before ends when a complement stands between: `three men inside
    /// the house were wounded`. Only a passive tells it, and only in the same clause.
    fn far_predicate(&self, at: usize) -> Option<usize> {
        let first = self.word(at).map(|w| self.pack.lexicon.tags(w))?;
        if !first.any(Tags::ADPOSITION) {
            return None;
        }
        for i in at..self.words.len().min(at + 7) {
            let word = self.words[i].as_ref();
            let tags = self.pack.lexicon.tags(word);
            if self.kind(i) != Some(TokenKind::Word) || self.grammar.ones.contains_key(word) {
                return None;
            }
            if self.grammar.is_auxiliary(word) {
                let end = self.predicate(i, true)?;
                return self.fate_in(i, end).map(|_| end);
            }
            let clause = tags.any(Tags::CONJUNCTION | Tags::PRONOUN)
                && !tags.any(Tags::ADPOSITION | Tags::DETERMINER);
            if clause || tags.only(Tags::FINITE) {
                return None;
            }
        }
        None
    }

    /// `have killed`, `killed three`: those counted do it and do not suffer it.
    fn is_active(&self, at: usize, auxiliary: bool) -> bool {
        if !self.grammar.fate_before.contains_key(self.words[at].as_ref()) {
            return false;
        }
        let Some(next) = self.word(at + 1) else { return auxiliary };
        let tags = self.pack.lexicon.tags(next);
        let object = tags.any(Tags::DETERMINER | Tags::NUMERAL) && !tags.any(Tags::ADPOSITION)
            || self.grammar.ones.contains_key(next)
            || self.kind(at + 1) == Some(TokenKind::Number);
        auxiliary || object
    }

    /// Beside a noun, what can only be a participle; after an auxiliary, what may be one.
    fn is_participle(&self, tags: Tags, auxiliary: bool) -> bool {
        let may = tags.any(Tags::PAST_PARTICIPLE);
        may && (auxiliary || !tags.any(Tags::FINITE)) || auxiliary && is_unknown(tags)
    }

    /// An adjective after its noun, where the language puts it there.
    fn is_epithet(&self, tags: Tags) -> bool {
        !self.grammar.rules.head_last
            && tags.any(Tags::ADJ)
            && tags.only(Tags::ADJ | Tags::NOUN | Tags::PROPER)
    }

    /// A phrase at token `at` that tells what happened (`lost their lives`): its length, the fate.
    fn fate_ending(&self, at: usize) -> Option<(usize, usize)> {
        let phrases = self.grammar.fate_ends.iter();
        phrases.filter_map(|(p, fate)| Some((opens(self.rest(at), p)?, *fate))).next()
    }

    /// The first listed fate that a word or a phrase between the two tokens tells.
    fn fate_in(&self, from: usize, to: usize) -> Option<usize> {
        let words = self.words.get(from..to)?;
        let word = words.iter().filter_map(|w| self.grammar.fate_after.get(w.as_ref())).min();
        let phrase = || (from..to).find_map(|i| self.fate_ending(i).filter(|(n, _)| i + n <= to));
        word.copied().or_else(|| phrase().map(|(_, fate)| fate))
    }

    /// The fate that a verb just before the quantity gives its object.
    fn fate_before(&self, start: usize, floor: usize) -> Option<usize> {
        let before = &self.words[floor.min(start)..start];
        let verb = |w: Option<&Cow<'_, str>>| Some(*self.grammar.fate_before.get(w?.as_ref())?);
        let word = verb(before.last()).or_else(|| {
            // `killing all 228`, `tué les deux`.
            let (last, prior) = before.split_last()?;
            let tags = self.pack.lexicon.tags(last);
            let determiner = tags.any(Tags::DETERMINER) && !tags.any(Tags::ADPOSITION);
            verb(prior.last().filter(|_| determiner))
        });
        word.or_else(|| {
            let phrases = self.grammar.fate_phrases.iter();
            phrases.filter(|(p, _)| closes(before, p).is_some()).map(|(_, fate)| *fate).next()
        })
    }

    /// Whether the words before name the count of the dead.
    fn is_toll(&self, start: usize, floor: usize) -> bool {
        let Some(prior) = start.checked_sub(1).filter(|i| *i >= floor) else { return false };
        let link = self.pack.lexicon.tags(&self.words[prior]);
        let near = start.saturating_sub(9)..prior;
        let words = &self.words[near];
        let named = (0..words.len())
            .any(|i| self.grammar.rules.tolls.iter().any(|t| opens(&words[i..], t).is_some()));
        named
            && (link.any(Tags::ADPOSITION | Tags::AUXILIARY)
                || self.grammar.is_auxiliary(&self.words[prior]))
    }

    /// What a bare number counts where the words before name the number of something: `raised the
    /// number of pupils to 57`.
    fn number_of(&self, start: usize, floor: usize) -> Option<Counted> {
        const FAR: usize = 12;
        let prior = start.checked_sub(1).filter(|i| *i >= floor)?;
        let link = self.pack.lexicon.tags(&self.words[prior]);
        if !link.any(Tags::ADPOSITION | Tags::AUXILIARY) {
            return None;
        }
        let from = start.saturating_sub(FAR).max(floor);
        let phrases = self.grammar.rules.numbers;
        let named = |i: usize| phrases.iter().find_map(|p| opens(&self.words[i..prior], p));
        let (at, len) = (from..prior).rev().find_map(|i| Some((i, named(i)?)))?;
        match self.noun_phrase(at + len, true) {
            Noun::Head { end, person } if end <= prior => {
                let span = self.tokens[at + len].span.join(self.tokens[end - 1].span);
                Some(Counted { span: Some(span), person, fate: None, refused: false })
            }
            _ => None,
        }
    }

    // Those told one by one.

    /// `a double murder`: a word for how many before a noun for what befell them.
    fn multiple(&self, at: usize) -> Option<(usize, Figure)> {
        let word = self.word(at)?;
        if let Some(found) = self.joined_events(at) {
            return Some(found);
        }
        let (_, value) = self.grammar.rules.multiples.iter().find(|(w, _)| *w == word)?;
        let next = at + 1 + usize::from(self.word(at + 1) == Some("-"));
        let fate = (next..next + 2).find_map(|i| self.event(i).map(|fate| (i, fate)));
        let (noun, fate) = fate.filter(|_| !self.undone(at))?;
        let span = self.tokens[at].span;
        let counts = self.tokens[next].span.join(self.tokens[noun].span);
        let reading = read(Number::Whole(f64::from(*value)), None, false);
        Some((noun + 1, self.people(span, counts, fate, reading, "figure/multiple")))
    }

    /// `a murder-suicide`: one died by each.
    fn joined_events(&self, at: usize) -> Option<(usize, Figure)> {
        let fate = *self.grammar.events.get(self.word(at)?)?;
        let joined = self.word(at + 1) == Some("-") && self.glued_to_both(at + 1);
        let second = joined.then(|| self.event(at + 2)).flatten().filter(|f| *f == fate)?;
        if self.undone(at) {
            return None;
        }
        let span = self.tokens[at].span.join(self.tokens[at + 2].span);
        let reading = Reading { value: Some(2.0), lo: Some(2.0), hi: None, bound: Bound::AtLeast };
        Some((at + 3, self.people(span, span, second, reading, "figure/multiple")))
    }

    /// `a man was shot dead`, `killing a boy and a woman`: persons told one by one, and what befell
    /// them. There may be more, so it is their number or more.
    fn singles(&self, at: usize, floor: usize) -> Option<(usize, Figure)> {
        let rules = self.grammar.rules;
        let (mut end, mut count, mut next) = (at, 0u32, at);
        while self.word(next).is_some_and(|w| rules.singles.contains(&w)) {
            let Some(past) = self.single_person(next + 1) else { break };
            (end, count) = (past, count + 1);
            next = self.past_age(past);
            next += usize::from(self.word(next) == Some(","));
            next += usize::from(self.word(next) == Some(rules.and));
            if next == self.past_age(past) {
                break;
            }
        }
        // One that is a number word is read as such (`un homme`).
        if count == 0 || count == 1 && self.grammar.ones.contains_key(self.words[at].as_ref()) {
            return None;
        }
        let before = self.fate_before(at, floor).filter(|_| {
            let verb = at - 1;
            !self.undone(verb) && (verb == 0 || !self.undone(verb - 1))
        });
        let inside = self.fate_in(at, end);
        let from = self.past_age(end);
        let after = || {
            let bare = self.predicate(from, true).or_else(|| self.far_predicate(from))?;
            let active = |i: usize| {
                let verb = self.grammar.fate_before.contains_key(self.words[i].as_ref());
                verb && !(from..i)
                    .any(|j| self.grammar.rules.passive.contains(&self.words[j].as_ref()))
            };
            let told = (from..bare).any(|i| {
                self.grammar.fate_after.contains_key(self.words[i].as_ref()) && !active(i)
            });
            let negated = (from..bare)
                .any(|i| rules.negations.contains(&self.words[i].as_ref()) || self.undone(i));
            self.fate_in(from, bare).filter(|_| told && !negated)
        };
        let fate = before.or(inside).or_else(after)?;
        if !rules.fates[fate].victims || self.taken[at..end].iter().any(|t| *t) {
            return None;
        }
        let span = self.tokens[at].span.join(self.tokens[end - 1].span);
        let value = f64::from(count);
        let reading =
            Reading { value: Some(value), lo: Some(value), hi: None, bound: Bound::AtLeast };
        Some((end, self.people(span, span, fate, reading, "figure/single")))
    }

    fn people(
        &self,
        span: Span,
        counts: Span,
        fate: usize,
        reading: Reading,
        by: &'static str,
    ) -> Figure {
        let Reading { value, lo, hi, bound } = reading;
        let fate = self.grammar.rules.fates.get(fate).map(|f| f.name);
        let counts = Some(counts);
        Figure {
            span,
            value,
            lo,
            hi,
            bound,
            unit: Some("person"),
            counts,
            currency: None,
            by,
            fate,
        }
    }

    /// Where a noun phrase for one person ends, its age with it (`18-year-old man`).
    fn single_person(&self, at: usize) -> Option<usize> {
        let past = self.past_age(at);
        match self.noun_phrase(past, false) {
            Noun::Head { end, person: true } => Some(end),
            _ if past > at && self.grammar.rules.head_last => Some(past),
            _ => None,
        }
    }

    /// Past an age told from token `at`: `34-year-old`, `, 34,`, `de 34 ans`, `aged 34`.
    fn past_age(&self, at: usize) -> usize {
        let ages = self.grammar.rules.ages;
        let mut number = false;
        let mut end = at;
        while let Some(word) = self.word(end).filter(|_| end < at + 8) {
            let digits = self.kind(end) == Some(TokenKind::Number)
                || self.grammar.ones.contains_key(word) && number_of_age(word, self, end);
            let comma = word == "," && (end == at || number);
            let dash = word == "-" && number;
            number |= digits;
            if !digits && !comma && !dash && !ages.contains(&word) {
                break;
            }
            end += 1;
            if comma && number {
                break;
            }
        }
        // A comma that closes nothing belongs to what follows.
        let opened = self.word(at) == Some(",");
        if end > at && self.word(end - 1) == Some(",") && !opened {
            end -= 1;
        }
        if number { end } else { at }
    }

    /// The fate that the noun of an event at `at` tells, where no other noun follows it
    /// (`homicide detectives`).
    fn event(&self, at: usize) -> Option<usize> {
        let fate = *self.grammar.events.get(self.word(at)?)?;
        let modifier = self.is_modifier(at)
            && self.word(at + 1).is_some_and(|w| self.pack.lexicon.tags(w).only(Tags::NOUN));
        (!modifier).then_some(fate)
    }

    /// Whether one of the three words before token `at` tells that it was not done: `attempted`.
    fn undone(&self, at: usize) -> bool {
        let from = at.saturating_sub(3);
        self.words[from..at].iter().any(|w| self.grammar.rules.undone.contains(&w.as_ref()))
    }

    /// Marks the fates that the line tells of.
    fn tell(&self, told: &mut [bool]) {
        let rules = self.grammar.rules;
        for (at, word) in self.words.iter().enumerate() {
            let verb = self.grammar.fate_after.get(word.as_ref());
            let verb = verb.or_else(|| self.grammar.fate_before.get(word.as_ref())).copied();
            let noun = self.grammar.events.contains_key(word.as_ref());
            let fate = if noun { self.event(at) } else { verb };
            let Some(fate) = fate.filter(|_| !self.undone(at)) else { continue };
            // `no one was hurt`, `was not injured`
            let near = &self.words[at.saturating_sub(6)..at];
            let denied = near.iter().any(|w| {
                rules.negations.contains(&w.as_ref()) || rules.nobody.contains(&w.as_ref())
            });
            told[fate] |= !denied;
        }
    }

    // Tokens.

    /// The words from token `at`, none past the end.
    fn rest(&self, at: usize) -> &[Cow<'a, str>] {
        self.words.get(at..).unwrap_or_default()
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.words.get(at).map(AsRef::as_ref)
    }

    fn free(&self, at: usize) -> bool {
        self.taken.get(at).is_some_and(|t| !t)
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    /// What lies between token `at` and the one before it.
    fn gap(&self, at: usize) -> Option<&'a str> {
        let before = self.tokens.get(at.checked_sub(1)?)?;
        self.text.get(before.span.end as usize..self.tokens.get(at)?.span.start as usize)
    }
}

/// Whether a number word is that of an age: a word for ages stands after it.
fn number_of_age(word: &str, line: &Line, at: usize) -> bool {
    let next = at + 1 + usize::from(line.word(at + 1) == Some("-"));
    !line.grammar.rules.singles.contains(&word)
        && line.word(next).is_some_and(|w| line.grammar.rules.ages.contains(&w))
}

/// What [`Line::noun_phrase`] found.
enum Noun {
    None,
    Refused,
    Head { end: usize, person: bool },
}

/// A number in words being added up.
#[derive(Clone, Debug)]
struct Sum {
    total: f64,
    current: Option<f64>,
    /// The last magnitude: the next must be smaller.
    last: f64,
    /// The largest magnitude.
    scale: f64,
}

impl Default for Sum {
    fn default() -> Sum {
        Sum { total: 0.0, current: None, last: f64::INFINITY, scale: 1.0 }
    }
}

impl Sum {
    fn value(&self) -> f64 {
        self.total + self.current.unwrap_or(0.0)
    }

    /// Adds one number word; false when it does not go on the number.
    fn take(&mut self, word: &str, grammar: &FigureGrammar) -> bool {
        let rules = grammar.rules;
        if word == rules.join
            && self.current.is_some_and(|c| c >= 20.0)
            && !rules.join_after_hundreds
        {
            return true;
        }
        if rules.twenties.contains(&word) && self.current.is_some_and(|c| c % 100.0 == 4.0) {
            self.current = self.current.map(|c| c + 76.0);
            return true;
        }
        if let Some(ones) = grammar.ones.get(word) {
            return self.add(*ones, rules.long_tens);
        }
        let Some(scale) = grammar.magnitudes.get(word).copied() else { return false };
        if self.current.is_none() && !rules.bare_magnitudes.contains(&word) {
            return false;
        }
        let count = self.current.unwrap_or(1.0);
        if scale == 100.0 {
            self.current = Some(count * 100.0);
            return count < 100.0;
        }
        let fits = scale < self.last;
        self.total += count * scale;
        self.current = None;
        self.last = scale;
        self.scale = self.scale.max(scale);
        fits
    }

    fn add(&mut self, ones: u32, long_tens: &[u32]) -> bool {
        let Some(current) = self.current else {
            self.current = Some(f64::from(ones));
            return true;
        };
        let below = current % 100.0;
        let long = long_tens.iter().any(|t| f64::from(*t) == below);
        let room = match below {
            0.0 if current > 0.0 => 100,
            _ if long => 20,
            b if b >= 20.0 && b % 10.0 == 0.0 => 10,
            _ => 0,
        };
        self.current = Some(current + f64::from(ones));
        ones > 0 && ones < room
    }

    fn add_half(&mut self) {
        let half =
            if self.current.is_some() || self.last.is_infinite() { 0.5 } else { self.last / 2.0 };
        self.total += half;
        // `two and a half million`: the half is multiplied with the rest.
        if let Some(current) = self.current {
            self.total -= half;
            self.current = Some(current + half);
        }
    }
}

fn normal(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let special = |c: char| c.is_uppercase() || matches!(c, '’' | '‐' | '‑');
    if !word.contains(special) {
        return Cow::Borrowed(word);
    }
    word.to_lowercase().replace('’', "'").replace(['‐', '‑'], "-").into()
}

/// Never seen, but for its being written in lower case.
fn is_unknown(tags: Tags) -> bool {
    tags.0 & !Tags::LOWER.0 == 0
}

fn one_space(gap: &str) -> bool {
    matches!(gap, " " | "\u{A0}" | "\u{202F}" | "\u{2009}" | "\u{2007}" | "\u{2008}" | "\u{2006}")
}

fn about(start: usize, end: usize, value: f64, spread: f64) -> Core {
    let number = Number::About { value, spread };
    Core { start, end, number, scale: 1.0, by: "figure/collective", unit: None }
}

/// The number multiplied; a mark before a magnitude is a decimal one.
fn times(core: Core, scale: f64) -> Core {
    let number = match core.number {
        Number::Whole(v) => Number::Whole(v * scale),
        Number::Decimal { value, .. } => Number::Whole(tidy(value * scale)),
        Number::Either { decimal, .. } => Number::Whole(tidy(decimal * scale)),
        Number::About { value, spread } => {
            Number::About { value: value * scale, spread: spread * scale }
        }
        Number::Vague { lo, hi } => Number::Vague { lo: lo * scale, hi: (hi + 1.0) * scale - 1.0 },
        Number::Garbled => Number::Garbled,
    };
    Core { number, scale: core.scale * scale, ..core }
}

fn many(number: Number, range: Option<(f64, f64)>) -> bool {
    range.is_some() || plain(number).is_none_or(|v| v >= 2.0)
}

fn read(number: Number, range: Option<(f64, f64)>, continuous: bool) -> Reading {
    let exact = |v| Reading { value: Some(v), lo: Some(v), hi: Some(v), bound: Bound::Exact };
    let between =
        |value, lo, hi| Reading { value, lo: Some(lo), hi: Some(hi), bound: Bound::Approx };
    if let Some((lo, hi)) = range {
        return between(None, lo, hi);
    }
    match number {
        Number::Whole(v) => exact(v),
        Number::Decimal { value, countable } if continuous || countable => exact(value),
        Number::Either { decimal, .. } if continuous => exact(decimal),
        Number::Either { thousands, .. } => exact(thousands),
        Number::About { value, spread } => between(Some(value), value - spread, value + spread),
        Number::Vague { lo, hi } => between(None, lo, hi),
        Number::Decimal { .. } | Number::Garbled => {
            Reading { value: None, lo: None, hi: None, bound: Bound::Unreadable }
        }
    }
}

fn negative(r: Reading) -> Reading {
    let minus = |v: Option<f64>| v.map(|v| -v);
    Reading { value: minus(r.value), lo: minus(r.hi), hi: minus(r.lo), bound: r.bound }
}

/// What the words around the number make of it.
fn bound(r: Reading, effect: Option<Effect>) -> Reading {
    let Some(effect) = effect.filter(|_| r.bound != Bound::Unreadable) else { return r };
    let (low, high) = (r.value.or(r.lo), r.value.or(r.hi));
    match effect {
        Effect::Exact => r,
        Effect::AtLeast => Reading { lo: low, hi: None, bound: Bound::AtLeast, ..r },
        Effect::AtMost => Reading { lo: None, hi: high, bound: Bound::AtMost, ..r },
        Effect::About if r.bound == Bound::Approx => r,
        Effect::About => near(r, 0.1),
        Effect::Almost => near(r, 0.0),
    }
}

/// A tenth either way, in whole numbers for a whole number; `over` the part above it.
fn near(r: Reading, over: f64) -> Reading {
    let Some(value) = r.value else { return Reading { bound: Bound::Approx, ..r } };
    let (lo, hi) = (value - value.abs() * 0.1, value + value.abs() * over);
    let whole = value.fract() == 0.0;
    let short = |v: f64| (v * 1e6).round() / 1e6;
    let (lo, hi) = if whole { (tidy(lo).floor(), tidy(hi).ceil()) } else { (short(lo), short(hi)) };
    Reading { value: Some(value), lo: Some(lo), hi: Some(hi), bound: Bound::Approx }
}
