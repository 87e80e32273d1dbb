//! Text to pieces, and pieces to the time expressions that a grammar's rules recognise in them.

use crate::article::Span;
use crate::lang::Pack;
use crate::lang::time::{Grammar, Kind, Operation, SLOTS, Slot, Slots, Test};

/// A piece of text: a run of letters, a number, or one mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub start: u32,
    pub end: u32,
    /// Number of the word in the grammar; 0 for none.
    word: u32,
    /// Classes of the word or number.
    classes: u64,
    /// Value of a number, in thousandths.
    number: i32,
    /// No white space before it.
    glued: bool,
    sort: Sort,
    /// Which sentence it is in, counted roughly.
    sentence: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    Letters,
    Digits,
    Mark(u8),
}

/// What a rule recognised, before it means any day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub span: Span,
    pub kind: Kind,
    pub operation: Operation,
    pub slots: Slots,
    /// Which sentence of the text, counted roughly.
    pub sentence: u32,
    /// What the nearest verb tells: -1 past, 1 future, 0 nothing.
    pub tense: i8,
}

impl Found {
    /// What the rule learnt for a slot.
    pub fn get(&self, slot: Slot) -> Option<i32> {
        self.slots[slot as usize]
    }
}

/// How many pieces may lie between a time and the verb that tells its tense.
const TENSE_REACH: usize = 12;
/// A pattern longer than this does not exist; it bounds the search on any text.
const LONGEST: usize = 24;

/// The time expressions of `text` within the spans of `prose`.
pub(crate) fn scan(text: &str, prose: &[Span], pack: &Pack) -> Vec<Found> {
    let grammar = pack.time.grammar();
    let tense = grammar.class("tense");
    let mut all = Vec::new();
    let mut pieces = Vec::new();
    let mut sentence = 0;
    for span in prose {
        pieces.clear();
        cut(text, *span, grammar, sentence + 1, &mut pieces);
        sentence = pieces.last().map_or(sentence, |p| p.sentence);
        join_numbers(grammar, &mut pieces);
        find(&pieces, grammar, tense, &mut all);
    }
    all
}

fn cut(text: &str, span: Span, grammar: &Grammar, first: u32, out: &mut Vec<Piece>) {
    let bytes = text.as_bytes();
    let (mut at, end) = (span.start as usize, (span.end as usize).min(text.len()));
    let mut lower = String::new();
    let mut glued = false;
    let mut sentence = first;
    let mut ended = false;
    while at < end {
        let byte = bytes[at];
        if byte.is_ascii_whitespace() {
            // A blank line ends a sentence; so does a line break after a mark that does.
            if ended || (byte == b'\n' && bytes.get(at + 1) == Some(&b'\n')) {
                sentence += 1;
                ended = false;
            }
            glued = false;
            at += 1;
            continue;
        }
        let start = at;
        let mut piece = Piece {
            start: start as u32,
            end: 0,
            word: 0,
            classes: 0,
            number: 0,
            glued,
            sort: Sort::Mark(byte),
            sentence,
        };
        if byte.is_ascii_digit() {
            at = digits(text, at, end, &mut piece);
            if at - start <= 2 {
                piece.word = grammar.number(&text[start..at], false);
            }
        } else {
            let Some(c) = text[at..end].chars().next() else { break };
            if c.is_alphabetic() {
                let opens = out.iter().rev().find(|p| !matches!(p.sort, Sort::Mark(_)));
                let opens = opens.is_none_or(|p| p.sentence != sentence);
                at = letters(text, at, end, grammar, &mut lower, opens, &mut piece);
            } else if c.is_whitespace() {
                glued = false;
                at += c.len_utf8();
                continue;
            } else {
                at += c.len_utf8();
                let mark = mark(c);
                piece.sort = Sort::Mark(mark);
                let mut buffer = [0; 1];
                buffer[0] = mark;
                let form = std::str::from_utf8(&buffer).unwrap_or("");
                piece.word = grammar.number(form, false);
            }
        }
        ended = matches!(piece.sort, Sort::Mark(b'.' | b'!' | b'?'));
        piece.end = at as u32;
        glued = true;
        out.push(piece);
    }
}

/// The plain form of a mark that print has several of; 0 for any other outside ASCII.
fn mark(c: char) -> u8 {
    match c {
        '’' | '‘' | 'ʼ' => b'\'',
        '–' | '—' | '‐' | '‑' => b'-',
        _ if c.is_ascii() => c as u8,
        _ => 0,
    }
}

fn letters(
    text: &str,
    start: usize,
    end: usize,
    grammar: &Grammar,
    lower: &mut String,
    opens: bool,
    piece: &mut Piece,
) -> usize {
    let bytes = text.as_bytes();
    lower.clear();
    let mut at = start;
    while at < end {
        if bytes[at].is_ascii_alphabetic() {
            lower.push(bytes[at].to_ascii_lowercase() as char);
            at += 1;
            continue;
        }
        if bytes[at].is_ascii() {
            break;
        }
        match text[at..end].chars().next() {
            Some(c) if c.is_alphabetic() => {
                lower.extend(c.to_lowercase());
                at += c.len_utf8();
            }
            _ => break,
        }
    }
    piece.sort = Sort::Letters;
    let capital = text[start..at].chars().next().is_some_and(char::is_uppercase);
    let number = grammar.number(lower, capital);
    if number == 0 {
        if capital {
            piece.classes = bit::NAME;
        } else if lower.len() > 4 {
            let known = grammar.endings.iter().find(|(e, _)| lower.ends_with(&**e));
            piece.classes = known.map_or(0, |(_, n)| grammar.words[*n as usize].classes);
            piece.word = known.map_or(0, |(_, n)| *n);
        }
        return at;
    }
    let word = &grammar.words[number as usize];
    let dot = at < end && bytes[at] == b'.';
    piece.word = number;
    if !word.cap || capital {
        let low = !capital || opens;
        piece.classes = word.classes
            | if capital { word.cap_classes } else { 0 }
            | if low { word.low_classes } else { 0 }
            | if dot { word.dot_classes } else { 0 };
        if let Some(n) = word.number {
            piece.number = n.saturating_mul(1000);
        }
        if word.takes_dot && dot {
            at += 1;
        }
    }
    at
}

/// Bits of [`crate::lang::time::NUMBER_CLASSES`].
mod bit {
    pub const Y: u64 = 1 << 0;
    pub const YEAR: u64 = 1 << 1;
    pub const YY: u64 = 1 << 2;
    pub const D: u64 = 1 << 3;
    pub const M2: u64 = 1 << 4;
    pub const H: u64 = 1 << 5;
    pub const MIN: u64 = 1 << 6;
    pub const N: u64 = 1 << 7;
    pub const DEC: u64 = 1 << 8;
    pub const INT: u64 = 1 << 9;
    pub const Q4: u64 = 1 << 10;
    pub const DW: u64 = 1 << 11;
    pub const NAME: u64 = 1 << 12;
}

/// A number with its thousands separators and decimals.
fn digits(text: &str, start: usize, end: usize, piece: &mut Piece) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        let more = bytes[from..end].iter().take_while(|b| b.is_ascii_digit()).count();
        from + more
    };
    let mut at = run(start);
    let first = at - start;
    let mut whole: i64 = text[start..at].parse().unwrap_or(i64::MAX);
    let mut plain = true;
    // 330 000, 330.000, 330,000: groups of three after one to three digits.
    let most = if first <= 3 && bytes[start] != b'0' { 6 } else { 0 };
    for _ in 0..most {
        let gap = [" ", ".", ",", "\u{a0}", "\u{202f}", "'"];
        let Some(gap) = gap.iter().find(|g| text[at..end].starts_with(**g)) else { break };
        let group = at + gap.len();
        if group >= end || run(group) - group != 3 {
            break;
        }
        let value: i64 = text[group..group + 3].parse().unwrap_or(0);
        whole = whole.saturating_mul(1000).saturating_add(value);
        at = group + 3;
        plain = false;
    }
    let mut thousandths = whole.saturating_mul(1000);
    if at + 1 < end && matches!(bytes[at], b'.' | b',') && bytes[at + 1].is_ascii_digit() {
        let stop = run(at + 1);
        // Not a date (3.11.2017), and not a clock (15.30).
        if stop - at <= 4 && bytes.get(stop) != Some(&b'.') && stop - at != 3 {
            let mut scale = 100;
            for b in &bytes[at + 1..stop] {
                thousandths = thousandths.saturating_add(i64::from(b - b'0') * scale);
                scale /= 10;
            }
            at = stop;
            plain = false;
        }
    }
    // 2 1/2
    let half = [" 1/2", "-1/2", "\u{bd}", " \u{bd}"];
    if let Some(half) = half.iter().find(|h| plain && first <= 3 && text[at..end].starts_with(**h))
    {
        let stop = at + half.len();
        if !bytes.get(stop).is_some_and(|b| b.is_ascii_digit() || *b == b'/') {
            thousandths = thousandths.saturating_add(500);
            at = stop;
            plain = false;
        }
    }
    piece.sort = Sort::Digits;
    piece.number = thousandths.clamp(0, i64::from(i32::MAX)) as i32;
    piece.classes = if plain { number_classes(whole, first) } else { bit::N };
    at
}

fn number_classes(value: i64, length: usize) -> u64 {
    let mut classes = bit::INT;
    let mut add = |yes: bool, bit: u64| classes |= if yes { bit } else { 0 };
    add(length == 4 && (1000..2200).contains(&value), bit::Y);
    add(length == 4 && (1900..2060).contains(&value), bit::YEAR);
    add(length == 2, bit::YY);
    add(length <= 2 && (1..=31).contains(&value), bit::D);
    add(length <= 2 && (1..=12).contains(&value), bit::M2);
    add(length <= 2 && value <= 24, bit::H);
    add(length == 2 && value < 60, bit::MIN);
    add(length <= 6, bit::N);
    add(length == 1 && (1..=4).contains(&value), bit::Q4);
    add((length == 4 || length == 2) && value % 10 == 0, bit::DEC);
    classes
}

/// Joins cardinals in words: `vingt et un`, `dix-huit`, `twenty-four`, `nineteen ninety-six`.
fn join_numbers(grammar: &Grammar, pieces: &mut Vec<Piece>) {
    let and = grammar.class("and");
    let is_number = |p: &Piece| p.sort == Sort::Letters && p.number > 0;
    if !pieces.iter().any(is_number) {
        return;
    }
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let piece = pieces[at];
        if !is_number(&piece) {
            joined.push(piece);
            at += 1;
            continue;
        }
        let mut value = piece.number / 1000;
        let mut last = value;
        let mut to = at + 1;
        while let Some(next) = pieces.get(to) {
            let hyphen = next.sort == Sort::Mark(b'-') && next.glued;
            let link = hyphen || and.is_some_and(|c| next.classes & (1 << c) != 0);
            let number = if link { pieces.get(to + 1) } else { Some(next) };
            let Some(number) = number.filter(|n| is_number(n)) else { break };
            let Some(sum) = add_cardinal(value, last, number.number / 1000) else { break };
            last = number.number / 1000;
            value = sum;
            to += 1 + usize::from(link);
        }
        let mut whole = Piece { end: pieces[to - 1].end, ..piece };
        if to > at + 1 {
            whole.word = 0;
            whole.classes = 0;
        }
        whole.number = value.saturating_mul(1000);
        whole.classes |= bit::N;
        // "twelve hundred" counts; "nineteen ninety-six" dates.
        if (1100..2100).contains(&value) && value % 100 != 0 {
            whole.classes |= bit::Y | bit::YEAR;
        }
        if (1..=31).contains(&value) {
            whole.classes |= bit::DW | if to > at + 1 { bit::D } else { 0 };
        }
        if (20..100).contains(&value) && value % 10 == 0 {
            whole.classes |= bit::DEC;
        }
        whole.classes |= if value <= 24 { bit::H } else { 0 };
        whole.classes |= if value < 60 { bit::MIN } else { 0 };
        joined.push(whole);
        at = to;
    }
    *pieces = joined;
}

/// The number that `value`, whose last word was `last`, makes with a next word; None when they
/// are two numbers.
fn add_cardinal(value: i32, last: i32, next: i32) -> Option<i32> {
    match next {
        1000 if value < 1000 => Some(value * 1000),
        100 if value < 100 => Some(value * 100),
        // Four-score: the vigesimal 80.
        20 if last == 4 => Some(value + 76),
        // nineteen ninety-six
        10..=99 if (11..=20).contains(&value) => Some(value * 100 + next),
        _ if next < 100 && last >= 100 && next < last => Some(value + next),
        1..=19 if last >= 20 && last % 10 == 0 && next < last => Some(value + next),
        1..=9 if last == 10 => Some(value + next),
        _ => None,
    }
}

/// The best match at one place.
struct Best {
    rule: u32,
    open: usize,
    close: usize,
    read: usize,
    slots: Slots,
}

fn find(pieces: &[Piece], grammar: &Grammar, tense: Option<u8>, out: &mut Vec<Found>) {
    let mut free = 0;
    let mut at = 0;
    while at < pieces.len() {
        let Some(mut best) = best_at(pieces, at, free, grammar) else {
            at += 1;
            continue;
        };
        // A rule that reads words before its span does not hide a longer span that starts there.
        for later in at + 1..=best.open {
            if let Some(other) = best_at(pieces, later, free, grammar)
                && other.close - other.open > best.close - best.open
            {
                best = other;
                break;
            }
        }
        let rule = &grammar.rules[best.rule as usize];
        free = best.close;
        at = best.close.max(at + 1);
        let Some(kind) = rule.kind else { continue };
        let mut slots = best.slots;
        for (slot, value) in &rule.constants {
            slots[*slot as usize] = Some(*value);
        }
        let mut found = Found {
            span: Span { start: pieces[best.open].start, end: pieces[best.close - 1].end },
            kind,
            operation: rule.operation,
            slots,
            sentence: pieces[best.open].sentence,
            tense: match slots[Slot::Tense as usize] {
                Some(told) => told as i8,
                None => tense_near(pieces, best.open, best.close, grammar, tense),
            },
        };
        let second = second_day(pieces, best.close, &found, grammar);
        if let Some((second, close)) = second {
            found.slots[Slot::Y as usize] = second.get(Slot::Y);
            out.extend([found, second]);
            (free, at) = (close, close);
        } else {
            out.push(found);
        }
    }
}

/// The second day of "July 13 to 15, 2015": a day of the month just named, and what follows is
/// nothing that it would count.
fn second_day(
    pieces: &[Piece],
    close: usize,
    first: &Found,
    grammar: &Grammar,
) -> Option<(Found, usize)> {
    let is = |i: usize, bits: u64| pieces.get(i).is_some_and(|p| p.classes & bits != 0);
    let class = |name| grammar.class(name).map_or(0, |c| 1u64 << c);
    let named = |slot| first.get(slot).is_some();
    let dated = first.operation == Operation::Date && named(Slot::M) && named(Slot::D);
    let hyphen = pieces.get(close)?.sort == Sort::Mark(b'-');
    if !dated || named(Slot::Y) || !(hyphen || is(close, class("upto"))) {
        return None;
    }
    let mut at = close + 1;
    let day = pieces.get(at).filter(|p| p.sort == Sort::Digits && p.classes & bit::D != 0)?;
    at += 1;
    at += usize::from(is(at, class("th")) && pieces[at].glued);
    let comma = pieces.get(at).is_some_and(|p| p.sort == Sort::Mark(b','));
    let year = at + usize::from(comma);
    let mut found = Found { slots: first.slots, ..*first };
    found.slots[Slot::D as usize] = Some(day.number / 1000);
    let mut end = at;
    if is(year, bit::YEAR) {
        found.slots[Slot::Y as usize] = Some(pieces[year].number / 1000);
        end = year + 1;
    } else if pieces.get(at).is_some_and(|p| {
        let marks = [b',', b'.', b';', b')', b'(', b':', b'-', b'?', b'"', b'\''];
        !matches!(p.sort, Sort::Mark(m) if marks.contains(&m))
            || pieces.get(at + 1).is_some_and(|q| q.glued && q.sort == Sort::Digits)
    }) {
        return None;
    }
    found.span = Span { start: day.start, end: pieces[end - 1].end };
    Some((found, end))
}

fn best_at(pieces: &[Piece], at: usize, free: usize, grammar: &Grammar) -> Option<Best> {
    let piece = &pieces[at];
    let mut best = None;
    let mut walk = |edge: u32| {
        let edge = &grammar.nodes[0].edges[edge as usize];
        if edge.glued && !piece.glued {
            return;
        }
        let mut slots = [None; SLOTS];
        learn(piece, edge.test, grammar, &mut slots);
        let start = Start { at, free };
        follow(pieces, start, at + 1, edge.to, &slots, grammar, &mut best);
    };
    if piece.word != 0 {
        grammar.first_words[piece.word as usize].iter().for_each(|e| walk(*e));
    }
    let mut classes = piece.classes;
    while classes != 0 {
        let class = classes.trailing_zeros() as usize;
        classes &= classes - 1;
        grammar.first_classes[class].iter().for_each(|e| walk(*e));
    }
    best
}

#[derive(Clone, Copy)]
struct Start {
    at: usize,
    free: usize,
}

fn follow(
    pieces: &[Piece],
    start: Start,
    at: usize,
    node: u32,
    slots: &Slots,
    grammar: &Grammar,
    best: &mut Option<Best>,
) {
    let node = &grammar.nodes[node as usize];
    for leaf in &node.leaves {
        let (open, close) = (start.at + leaf.open as usize, start.at + leaf.close as usize);
        let read = at - start.at;
        let better = best.as_ref().is_none_or(|b| {
            let key = (close - open, read);
            let old = (b.close - b.open, b.read);
            key > old || (key == old && leaf.rule < b.rule)
        });
        if better && open >= start.free && stands_alone(pieces, open, close) {
            *best = Some(Best { rule: leaf.rule, open, close, read, slots: *slots });
        }
    }
    let Some(piece) = pieces.get(at).filter(|_| at - start.at < LONGEST) else { return };
    for edge in &node.edges {
        let fits = match edge.test {
            Test::Word(n) => piece.word == n,
            Test::Class(c, _) => piece.classes & (1 << c) != 0,
        };
        if fits && (!edge.glued || piece.glued) {
            let mut slots = *slots;
            learn(piece, edge.test, grammar, &mut slots);
            follow(pieces, start, at + 1, edge.to, &slots, grammar, best);
        }
    }
}

/// Fills the slots that a class teaches.
fn learn(piece: &Piece, test: Test, grammar: &Grammar, slots: &mut Slots) {
    let Test::Class(class, true) = test else { return };
    let whole = piece.number / 1000;
    let mut set = |slot: Slot, value: i32| slots[slot as usize] = Some(value);
    match 1u64 << class {
        bit::Y | bit::YEAR => set(Slot::Y, whole),
        bit::YY => set(Slot::Y, if whole < 40 { 2000 + whole } else { 1900 + whole }),
        bit::DEC => set(Slot::Y, if whole < 100 { 1900 + whole } else { whole }),
        bit::D | bit::DW => set(Slot::D, whole),
        bit::M2 => set(Slot::M, whole),
        bit::H => set(Slot::H, whole),
        bit::MIN => set(Slot::Min, whole),
        bit::N => set(Slot::N, piece.number),
        bit::Q4 => set(Slot::Q, whole),
        _ => {
            for (of, slot, value) in &grammar.words[piece.word as usize].learns {
                if *of == class {
                    set(*slot, *value);
                }
            }
        }
    }
}

/// Whether the pieces `open..close` are whole words: not part of a larger number or of a
/// hyphenated word that is no time.
fn stands_alone(pieces: &[Piece], open: usize, close: usize) -> bool {
    let joins = |a: Option<&Piece>, mark: &Piece, b: Option<&Piece>| {
        let (Some(a), Some(b)) = (a, b) else { return false };
        let years = a.classes & bit::YY != 0 || a.classes & bit::Y != 0;
        let times = a.classes & b.classes & !(bit::INT | bit::N) != 0;
        match mark.sort {
            Sort::Mark(b'-') => {
                let other = b.classes & (bit::Y | bit::YY) != 0;
                b.glued && !times && !(years && other)
            }
            Sort::Mark(b'/') => b.glued && b.sort == Sort::Digits && a.classes & bit::Y == 0,
            Sort::Mark(b'.' | b',' | b':') => {
                b.glued && a.sort == Sort::Digits && b.sort == Sort::Digits
            }
            _ => false,
        }
    };
    let first = &pieces[open];
    if first.glued && open > 0 && !matches!(first.sort, Sort::Mark(_)) {
        let before = &pieces[open - 1];
        let worse = match before.sort {
            Sort::Mark(b'-') if first.sort == Sort::Letters || first.sort == Sort::Digits => {
                before.glued
                    && joins(open.checked_sub(2).and_then(|i| pieces.get(i)), before, Some(first))
            }
            Sort::Mark(b'$' | b'#' | b'_' | b'@' | 0) => {
                matches!(first.sort, Sort::Digits) && before.sort != Sort::Mark(0)
            }
            Sort::Mark(_) => {
                before.glued
                    && joins(open.checked_sub(2).and_then(|i| pieces.get(i)), before, Some(first))
            }
            _ => true,
        };
        if worse {
            return false;
        }
    }
    let last = &pieces[close - 1];
    match pieces.get(close) {
        Some(next) if next.glued => match next.sort {
            Sort::Letters | Sort::Digits => matches!(last.sort, Sort::Mark(_)),
            Sort::Mark(b'%') => false,
            Sort::Mark(_) => !joins(Some(last), next, pieces.get(close + 1)),
        },
        _ => true,
    }
}

/// The tense that a verb tells, in a time's own sentence: the nearest verb before it, else the
/// nearest after; 0 for none.
fn tense_near(
    pieces: &[Piece],
    open: usize,
    close: usize,
    grammar: &Grammar,
    class: Option<u8>,
) -> i8 {
    let Some(class) = class else { return 0 };
    let sentence = pieces[open].sentence;
    let tense = |i: usize| {
        let piece = pieces.get(i).filter(|p| p.sentence == sentence)?;
        if piece.classes & (1 << class) == 0 {
            return None;
        }
        let learns = &grammar.words[piece.word as usize].learns;
        learns.iter().find(|(c, s, _)| *c == class && *s == Slot::Tense).map(|l| l.2 as i8)
    };
    let before = (1..=TENSE_REACH).find_map(|step| open.checked_sub(step).and_then(tense));
    let after = || (0..TENSE_REACH).find_map(|step| tense(close + step));
    before.or_else(after).unwrap_or(0)
}
