//! A language's grammar of time expressions: word classes and rules, as data.
//!
//! Two plain text files make a grammar ([`Source`]).
//!
//! **Words**: one entry a line, fields separated by tabs: forms separated by commas, then
//! classes. A class is `name` or `name:slot=value`: `lundi<TAB>weekday:w=1` says that *lundi* is a
//! `weekday` and that a rule that meets it learns `w = 1`. The flags `cap` (only with a
//! capital), `dot` (only with a full stop, which belongs to the word), `dot?` (a full stop, if
//! any, belongs to the word) and `number` (a cardinal that may be part of a larger one) are
//! written in the same way; `^name` is a class that the word has only with a capital; `_name` is one that it has only without, or where a sentence begins. An entry that starts with `-` is a word ending: it gives its
//! classes to unknown words in lower case that end so.
//!
//! A word that the grammar does not know and that has a capital is of the class `name`.
//!
//! **Rules**: `TYPE<TAB>operation<TAB>pattern`, then `slot=value` constants. A pattern is made
//! of words, classes (`<month>`; `<_d>` matches without learning), groups `( | )`, options
//! `( )?`, and `[ ]` around the words that make the expression's span when the rule reads
//! more than them. `~` before an item: no white space before it. A rule of type `NONE`
//! recognises what is not a time.
//!
//! Of the rules that match at a place the one with the longest span wins, then the one that
//! read the most words, then the first in the file. What an operation does is said in
//! `analyse::time`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// The two files of a grammar, compiled when first used.
pub struct Source {
    /// The words file.
    pub words: &'static str,
    /// The rules file.
    pub rules: &'static str,
    compiled: OnceLock<Grammar>,
}

impl Source {
    /// The grammar of these two files.
    pub const fn new(words: &'static str, rules: &'static str) -> Source {
        Source { words, rules, compiled: OnceLock::new() }
    }

    /// The compiled grammar.
    pub fn grammar(&self) -> &Grammar {
        self.compiled.get_or_init(|| Grammar::parse(self.words, self.rules))
    }
}

/// What a rule can learn from the words that it matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Slot {
    /// Year.
    Y,
    /// Month, 1 to 12.
    M,
    /// Day of the month.
    D,
    /// Weekday, Monday = 1.
    W,
    /// Hour, 0 to 24.
    H,
    /// Minute.
    Min,
    /// An amount, in thousandths; [`VAGUE`] for "some".
    N,
    /// A unit: index in [`UNITS`].
    Unit,
    /// Part of the day: index in [`PARTS`].
    Part,
    /// -1 last, 0 this, 1 next.
    Rel,
    /// Modifier: index in [`MODIFIERS`].
    Mod,
    /// Season: index in [`SEASONS`].
    Season,
    /// Quarter or half of a year; which day or week of a month (6: the last).
    Q,
    /// A holiday: month * 100 + day; or 2500 + days after Easter; or 5000 + month * 100 +
    /// weekday * 10 + n for the n-th weekday of a month (n = 6: the last); 7000 for the Tuesday
    /// after the first Monday of November; 9000 for one whose day is not known; or month * 100 +
    /// day of the Muslim calendar + 10000 (day 0: the whole month), of the Hebrew one + 20000, of
    /// the Chinese one + 30000.
    Holiday,
    /// Days after the holiday, or before it (negative).
    Offset,
    /// A vague reference: index in [`REFERENCES`].
    Ref,
    /// 1: it dates the article itself; 2: in passing ("ce jeudi 9 novembre"), so that the article
    /// may be of a day soon after; [`NO_DATE`].
    Dates,
    /// 1: afternoon hours (p.m.), 0: morning hours.
    Pm,
    /// 1: a cue of the future, -1: of the past.
    Tense,
    /// 1: and a half more.
    Half,
    /// 0: universal time.
    Zone,
}

/// How many slots there are.
pub const SLOTS: usize = 21;

/// It names an event ("9/11"): no other time is told from it.
pub const NO_DATE: i32 = 3;

/// The weekend among [`UNITS`].
pub const WEEKEND: i32 = 10;

/// An amount without a number.
pub const VAGUE: i32 = -1;

/// TIMEX3 units. `E` stands for decade, `C` for century (neither is a TIMEX3 letter: TIMEX3
/// writes `DE` and `CE`).
pub const UNITS: [&str; 11] = ["Y", "M", "W", "D", "H", "m", "S", "Q", "E", "C", "WE"];
/// TIMEX3 parts of the day.
pub const PARTS: [&str; 6] = ["MO", "MI", "AF", "EV", "NI", "DT"];
/// TIMEX3 modifiers.
pub const MODIFIERS: [&str; 8] =
    ["START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"];
/// TIMEX3 seasons.
pub const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
/// TIMEX3 vague references.
pub const REFERENCES: [&str; 3] = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"];

impl Slot {
    fn named(name: &str) -> Option<Slot> {
        Some(match name {
            "y" => Slot::Y,
            "m" => Slot::M,
            "d" => Slot::D,
            "w" => Slot::W,
            "h" => Slot::H,
            "min" => Slot::Min,
            "n" => Slot::N,
            "unit" => Slot::Unit,
            "part" => Slot::Part,
            "rel" => Slot::Rel,
            "mod" => Slot::Mod,
            "season" => Slot::Season,
            "q" => Slot::Q,
            "holiday" => Slot::Holiday,
            "offset" => Slot::Offset,
            "ref" => Slot::Ref,
            "dates" => Slot::Dates,
            "pm" => Slot::Pm,
            "tense" => Slot::Tense,
            "half" => Slot::Half,
            "zone" => Slot::Zone,
            _ => return None,
        })
    }

    /// The number that stands for `value` in this slot.
    fn value(self, value: &str) -> Option<i32> {
        let of = |names: &[&str]| names.iter().position(|n| *n == value).map(|i| i as i32);
        match self {
            Slot::Unit => of(&UNITS),
            Slot::Part => of(&PARTS),
            Slot::Mod => of(&MODIFIERS),
            Slot::Season => of(&SEASONS),
            Slot::Ref => of(&REFERENCES),
            Slot::N if value == "X" => Some(VAGUE),
            Slot::N => value.parse::<i32>().ok()?.checked_mul(1000),
            _ => value.parse().ok(),
        }
    }
}

/// What a rule learnt: a value for each slot it met.
pub type Slots = [Option<i32>; SLOTS];

/// What a rule's slots mean; each is explained in `analyse::time`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// Not a time.
    Nothing,
    /// A calendar date, whole or partial.
    Date,
    /// A weekday.
    Weekday,
    /// So many units from the article's day.
    Shift,
    /// So many units from the time last named.
    From,
    /// A length.
    Length,
    /// A recurring time.
    Recur,
    /// A vague reference.
    Vague,
    /// A time or a part of a day that is named elsewhere.
    OfDay,
    /// A season.
    Season,
    /// A decade.
    Decade,
    /// A century.
    Century,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    Half,
    /// A holiday.
    Holiday,
    /// The period last named, of the given unit ("that year").
    Same,
    /// The n-th weekday, day, week or weekend of a month.
    Nth,
}

impl Operation {
    fn named(name: &str) -> Option<Operation> {
        Some(match name {
            "nothing" => Operation::Nothing,
            "date" => Operation::Date,
            "weekday" => Operation::Weekday,
            "shift" => Operation::Shift,
            "from" => Operation::From,
            "length" => Operation::Length,
            "recur" => Operation::Recur,
            "vague" => Operation::Vague,
            "of-day" => Operation::OfDay,
            "season" => Operation::Season,
            "decade" => Operation::Decade,
            "century" => Operation::Century,
            "quarter" => Operation::Quarter,
            "half" => Operation::Half,
            "holiday" => Operation::Holiday,
            "same" => Operation::Same,
            "nth" => Operation::Nth,
            _ => return None,
        })
    }
}

/// TIMEX3 types, as rules name them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `DATE`
    Date,
    /// `TIME`
    Time,
    /// `DURATION`
    Duration,
    /// `SET`
    Set,
}

/// A rule's outcome.
#[derive(Clone, Debug)]
pub struct Rule {
    /// TIMEX3 type; None for what is not a time.
    pub kind: Option<Kind>,
    /// What to do with the slots.
    pub operation: Operation,
    /// Slots that the rule itself fills.
    pub constants: Vec<(Slot, i32)>,
    /// Line of the rules file.
    pub line: usize,
}

/// What a word is.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Its classes, a bit each.
    pub classes: u64,
    /// Classes that it has only with a capital.
    pub cap_classes: u64,
    /// What a rule learns from it: the class that must be met, the slot, the value.
    pub learns: Vec<(u8, Slot, i32)>,
    /// Classes that it has only without a capital, or where a sentence begins.
    pub low_classes: u64,
    /// Only with a capital.
    pub cap: bool,
    /// A full stop after it belongs to it.
    pub takes_dot: bool,
    /// Classes that it has only with a full stop.
    pub dot_classes: u64,
    /// A cardinal that may be part of a larger one.
    pub number: Option<i32>,
}

/// What one item of a pattern asks of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Test {
    /// To be this word.
    Word(u32),
    /// To be of this class, whose slots are learnt if `true`.
    Class(u8, bool),
}

/// A step of the compiled patterns.
#[derive(Clone, Debug)]
pub struct Edge {
    /// What the token must be.
    pub test: Test,
    /// Whether it must touch the token before.
    pub glued: bool,
    /// Where the step leads.
    pub to: u32,
}

/// The end of a pattern.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    /// Which rule.
    pub rule: u32,
    /// First token of the span, counted from the pattern's first.
    pub open: u8,
    /// One past the last.
    pub close: u8,
}

/// A point in the compiled patterns.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Steps onward.
    pub edges: Vec<Edge>,
    /// Patterns that end here.
    pub leaves: Vec<Leaf>,
}

/// Classes of numbers in digits, which every grammar has. Their bits are their positions.
/// `dw` is a day of the month in words.
/// `name` is no number: an unknown word with a capital.
pub const NUMBER_CLASSES: [&str; 13] =
    ["y", "year", "yy", "d", "m2", "h", "min", "n", "dec", "int", "q4", "dw", "name"];

/// A compiled grammar.
#[derive(Default)]
pub struct Grammar {
    /// Number of each known form.
    forms: FxHashMap<Box<str>, u32>,
    /// Forms whose accented first letter print drops in capitals: `Etat` for `État`.
    bare_capitals: FxHashMap<Box<str>, u32>,
    /// The words, by number. Number 0 is the unknown word.
    pub words: Vec<Word>,
    /// Word endings with their classes, longest first.
    pub endings: Vec<(Box<str>, u32)>,
    classes: Vec<Box<str>>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// The patterns as a tree; node 0 is the root.
    pub nodes: Vec<Node>,
    /// Steps out of the root, by word number.
    pub first_words: Vec<Vec<u32>>,
    /// Steps out of the root, by class.
    pub first_classes: Vec<Vec<u32>>,
    /// Lines that could not be read.
    pub faults: Vec<String>,
}

impl Grammar {
    /// Reads the two files. Lines that mean nothing are listed in [`Grammar::faults`].
    pub fn parse(words: &str, rules: &str) -> Grammar {
        let mut grammar = Grammar {
            words: vec![Word::default()],
            nodes: vec![Node::default()],
            classes: NUMBER_CLASSES.iter().map(|c| Box::from(*c)).collect(),
            ..Grammar::default()
        };
        for (i, line) in words.lines().enumerate() {
            if let Err(fault) = grammar.add_word(line) {
                grammar.faults.push(format!("words line {}: {fault}", i + 1));
            }
        }
        for (i, line) in rules.lines().enumerate() {
            if let Err(fault) = grammar.add_rule(line, i + 1) {
                grammar.faults.push(format!("rules line {}: {fault}", i + 1));
            }
        }
        grammar.endings.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        grammar.index_root();
        grammar
    }

    /// The number of a form in lower case; 0 when it is unknown.
    pub fn number(&self, lower: &str, capital: bool) -> u32 {
        if capital && let Some(&n) = self.bare_capitals.get(lower) {
            return n;
        }
        self.forms.get(lower).copied().unwrap_or(0)
    }

    /// The bit of a class, if any word or number is of it.
    pub fn class(&self, name: &str) -> Option<u8> {
        self.classes.iter().position(|c| &**c == name).map(|i| i as u8)
    }

    fn add_word(&mut self, line: &str) -> Result<(), String> {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let mut fields = line.split('\t').filter(|f| !f.is_empty());
        let forms = fields.next().unwrap_or("");
        let mut entry = Word::default();
        for field in fields {
            self.read_class(field, &mut entry)?;
        }
        if line.split('\t').any(|field| field == "dot") {
            entry.dot_classes = std::mem::take(&mut entry.classes);
        }
        for form in forms.split(',').map(str::trim) {
            if let Some(ending) = form.strip_prefix('-') {
                let n = self.words.len() as u32;
                self.words.push(entry.clone());
                self.endings.push((ending.into(), n));
                continue;
            }
            let n = self.intern(form);
            let word = &mut self.words[n as usize];
            word.classes |= entry.classes;
            word.cap_classes |= entry.cap_classes;
            word.low_classes |= entry.low_classes;
            word.learns.extend_from_slice(&entry.learns);
            word.cap |= entry.cap;
            word.takes_dot |= entry.takes_dot;
            word.dot_classes |= entry.dot_classes;
            word.number = entry.number.or(word.number);
        }
        Ok(())
    }

    fn read_class(&mut self, field: &str, word: &mut Word) -> Result<(), String> {
        match field {
            "cap" => word.cap = true,
            "dot?" => word.takes_dot = true,
            "dot" => word.takes_dot = true,
            _ => {
                if let Some(value) = field.strip_prefix("number=") {
                    let value = value.parse().map_err(|_| format!("number {value}"))?;
                    word.number = Some(value);
                    return Ok(());
                }
                let (name, learns) = match field.split_once(':') {
                    None => (field, None),
                    Some((name, learns)) => (name, Some(learns)),
                };
                let plain = name.trim_start_matches(['^', '_']);
                let class = self.class_or_new(plain)?;
                match name.chars().next() {
                    Some('^') => word.cap_classes |= 1 << class,
                    Some('_') => word.low_classes |= 1 << class,
                    _ => word.classes |= 1 << class,
                }
                if let Some(learns) = learns {
                    let (slot, value) = constant(learns)?;
                    word.learns.push((class, slot, value));
                }
            }
        }
        Ok(())
    }

    fn class_or_new(&mut self, name: &str) -> Result<u8, String> {
        if let Some(class) = self.class(name) {
            return Ok(class);
        }
        if self.classes.len() == 64 {
            return Err("more than 64 classes".into());
        }
        self.classes.push(name.into());
        Ok(self.classes.len() as u8 - 1)
    }

    fn intern(&mut self, form: &str) -> u32 {
        if let Some(&n) = self.forms.get(form) {
            return n;
        }
        let n = self.words.len() as u32;
        self.words.push(Word::default());
        self.forms.insert(form.into(), n);
        let mut chars = form.chars();
        let bare = match chars.next() {
            Some('é' | 'è' | 'ê') => Some('e'),
            Some('à' | 'â') => Some('a'),
            _ => None,
        };
        if let Some(bare) = bare {
            self.bare_capitals.insert(format!("{bare}{}", chars.as_str()).into(), n);
        }
        n
    }

    fn add_rule(&mut self, line: &str, number: usize) -> Result<(), String> {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').filter(|f| !f.is_empty()).collect();
        let [kind, operation, pattern, constants @ ..] = fields.as_slice() else {
            return Err("three fields needed".into());
        };
        let kind = match *kind {
            "DATE" => Some(Kind::Date),
            "TIME" => Some(Kind::Time),
            "DURATION" => Some(Kind::Duration),
            "SET" => Some(Kind::Set),
            "NONE" => None,
            _ => return Err(format!("type {kind}")),
        };
        let operation =
            Operation::named(operation).ok_or_else(|| format!("operation {operation}"))?;
        let constants = constants
            .iter()
            .flat_map(|f| f.split(' '))
            .filter(|c| !c.is_empty())
            .map(constant)
            .collect::<Result<Vec<_>, _>>()?;
        let rule = self.rules.len() as u32;
        let items = self.pattern(pattern)?;
        self.rules.push(Rule { kind, operation, constants, line: number });
        for sequence in flatten(&items)? {
            self.insert(&sequence, rule)?;
        }
        Ok(())
    }

    fn insert(&mut self, sequence: &[Item], rule: u32) -> Result<(), String> {
        let (mut at, mut depth) = (0usize, 0u8);
        let (mut open, mut close) = (None, None);
        for item in sequence {
            match item {
                Item::Open => open = Some(depth),
                Item::Close => close = Some(depth),
                Item::Step { test, glued } => {
                    depth += 1;
                    let known = self.nodes[at].edges.iter();
                    let known = known.filter(|e| e.test == *test && e.glued == *glued);
                    at = match known.map(|e| e.to).next() {
                        Some(to) => to as usize,
                        None => {
                            let to = self.nodes.len();
                            self.nodes.push(Node::default());
                            let edge = Edge { test: *test, glued: *glued, to: to as u32 };
                            self.nodes[at].edges.push(edge);
                            to
                        }
                    };
                }
                Item::Group(..) => return Err("a group left".into()),
            }
        }
        let (open, close) = (open.unwrap_or(0), close.unwrap_or(depth));
        if open >= close {
            return Err("an empty span".into());
        }
        self.nodes[at].leaves.push(Leaf { rule, open, close });
        Ok(())
    }

    fn index_root(&mut self) {
        self.first_words = vec![Vec::new(); self.words.len()];
        self.first_classes = vec![Vec::new(); self.classes.len()];
        for (i, edge) in self.nodes[0].edges.iter().enumerate() {
            match edge.test {
                Test::Word(n) => self.first_words[n as usize].push(i as u32),
                Test::Class(c, _) => self.first_classes[c as usize].push(i as u32),
            }
        }
    }

    fn pattern(&mut self, pattern: &str) -> Result<Vec<Item>, String> {
        let mut rest = pattern;
        let items = self.alternatives(&mut rest)?;
        match rest {
            "" => Ok(vec![Item::Group(items, false)]),
            _ => Err(format!("left over: {rest}")),
        }
    }

    fn alternatives(&mut self, rest: &mut &str) -> Result<Vec<Vec<Item>>, String> {
        let mut all = vec![Vec::new()];
        let mut glued = false;
        loop {
            *rest = rest.trim_start_matches(' ');
            let Some(c) = rest.chars().next() else { return Ok(all) };
            let current = all.len() - 1;
            let after = &rest[c.len_utf8()..];
            match c {
                ')' => return Ok(all),
                '|' => {
                    all.push(Vec::new());
                    *rest = after;
                }
                '[' | ']' => {
                    all[current].push(if c == '[' { Item::Open } else { Item::Close });
                    *rest = after;
                }
                '~' => {
                    glued = true;
                    *rest = after;
                }
                '(' => {
                    *rest = after;
                    let group = self.alternatives(rest)?;
                    *rest = rest.strip_prefix(')').ok_or("a ( without )")?;
                    let option = rest.strip_prefix('?');
                    all[current].push(Item::Group(group, option.is_some()));
                    *rest = option.unwrap_or(rest);
                }
                '<' => {
                    let (name, next) = after.split_once('>').ok_or("a < without >")?;
                    let learns = !name.starts_with('_');
                    let name = name.trim_start_matches('_');
                    let class = self.class(name).ok_or_else(|| format!("class {name}"))?;
                    let test = Test::Class(class, learns);
                    all[current].push(Item::Step { test, glued: std::mem::take(&mut glued) });
                    *rest = next;
                }
                _ => {
                    let end = rest.find([' ', '(', ')', '|', '[', ']', '<', '~']);
                    let (literal, next) = rest.split_at(end.unwrap_or(rest.len()));
                    for piece in pieces(literal) {
                        let test = Test::Word(self.intern(piece));
                        let glued = std::mem::take(&mut glued);
                        all[current].push(Item::Step { test, glued });
                    }
                    *rest = next;
                }
            }
        }
    }
}

/// `slot=value`.
fn constant(text: &str) -> Result<(Slot, i32), String> {
    let (slot, value) = text.split_once('=').ok_or_else(|| format!("no value: {text}"))?;
    let slot = Slot::named(slot).ok_or_else(|| format!("slot {slot}"))?;
    Ok((slot, slot.value(value).ok_or_else(|| format!("value {text}"))?))
}

/// A literal as the scanner splits text: runs of letters, of digits, and single marks.
fn pieces(literal: &str) -> impl Iterator<Item = &str> {
    let mut rest = literal;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let same = |c: char| match first {
            _ if first.is_alphabetic() => c.is_alphabetic(),
            _ if first.is_ascii_digit() => c.is_ascii_digit(),
            _ => false,
        };
        let end = rest.char_indices().skip(1).find(|(_, c)| !same(*c)).map(|(i, _)| i);
        let (piece, next) = rest.split_at(end.unwrap_or(rest.len()));
        rest = next;
        Some(piece)
    })
}

#[derive(Clone, Debug)]
enum Item {
    Open,
    Close,
    Step { test: Test, glued: bool },
    Group(Vec<Vec<Item>>, bool),
}

/// Every sequence without groups that the items stand for.
fn flatten(items: &[Item]) -> Result<Vec<Vec<Item>>, String> {
    let mut all: Vec<Vec<Item>> = vec![Vec::new()];
    for item in items {
        let Item::Group(alternatives, optional) = item else {
            all.iter_mut().for_each(|s| s.push(item.clone()));
            continue;
        };
        let mut ways: Vec<Vec<Item>> = Vec::new();
        if *optional {
            ways.push(Vec::new());
        }
        for alternative in alternatives {
            ways.extend(flatten(alternative)?);
        }
        all = all
            .iter()
            .flat_map(|s| ways.iter().map(move |w| s.iter().chain(w).cloned().collect()))
            .collect();
        if all.len() > 5000 {
            return Err("too many ways to read the pattern".into());
        }
    }
    Ok(all)
}
