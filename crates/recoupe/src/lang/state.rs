//! What a language pack says of verbs that tell who holds a place, an office or a company.
//!
//! `states.txt` has lines of four fields between tabs: kind and change (`place.gains`), who holds,
//! what is held, and lemmas. Who and what are parts of the verb's frame: `subject`, `object` (in
//! the passive voice as in the active), `as` (what somebody is made), or a preposition. A part that ends in `>` is
//! only read through a noun that stands for what hangs on it ("falls into the hands of").
//! Other lines have two fields: `through` (such nouns), `place` and `office` (their nouns), `agent` (what
//! introduces the agent of a passive), `as`, `auxiliary` (those that leave it a fact), `unless`
//! (conjunctions of what may not be so).

use rustc_hash::{FxHashMap, FxHashSet};

/// What is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum StateKind {
    /// A place, which somebody controls.
    Place,
    /// An office, which a person has.
    Office,
    /// A company, which somebody owns.
    Company,
}

impl StateKind {
    /// The name that outputs and packs have for it.
    pub fn name(self) -> &'static str {
        match self {
            StateKind::Place => "place",
            StateKind::Office => "office",
            StateKind::Company => "company",
        }
    }
}

/// What a verb says of who holds something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Whoever it is has it from now on.
    Gains,
    /// Has it.
    Holds,
    /// Has it no more.
    Leaves,
}

impl Change {
    /// The name that outputs and packs have for it.
    pub fn name(self) -> &'static str {
        match self {
            Change::Gains => "gains",
            Change::Holds => "holds",
            Change::Leaves => "leaves",
        }
    }
}

/// A part of a verb's frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Who does it.
    Subject,
    /// What it is done to.
    Object,
    /// What somebody is made, or resigns as.
    As,
    /// What this preposition introduces; only through a noun that stands for another, if `through`.
    After {
        /// The preposition.
        word: &'static str,
        /// Whether only through such a noun.
        through: bool,
    },
}

/// One reading of a verb.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StateRule {
    /// What is held.
    pub kind: StateKind,
    /// What becomes of it.
    pub change: Change,
    /// Which part of the verb's frame is who.
    pub who: Part,
    /// Which part is what.
    pub what: Part,
}

/// The verbs of a language that tell who holds something.
#[derive(Default)]
pub struct StateRules {
    verbs: FxHashMap<&'static str, Vec<StateRule>>,
    sets: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

impl StateRules {
    /// Reads a pack's `states.txt`. A line that is none of the forms above is left out.
    pub fn parse(list: &'static str) -> StateRules {
        let mut rules = StateRules::default();
        for line in super::entries(list) {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                [set, words] => rules.sets.entry(set).or_default().extend(words.split(' ')),
                [name, who, what, lemmas] => {
                    let Some((kind, change)) = name.split_once('.') else { continue };
                    let Some((kind, change)) = kind_of(kind).zip(change_of(change)) else {
                        continue;
                    };
                    let rule = StateRule { kind, change, who: part(who), what: part(what) };
                    for lemma in lemmas.split(' ') {
                        rules.verbs.entry(lemma).or_default().push(rule);
                    }
                }
                _ => {}
            }
        }
        rules
    }

    /// The readings of a verb's lemma.
    pub fn of(&self, lemma: &str) -> &[StateRule] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is in a set of the pack.
    pub fn is(&self, set: &str, word: &str) -> bool {
        self.sets.get(set).is_some_and(|s| s.contains(word))
    }
}

fn kind_of(name: &str) -> Option<StateKind> {
    [StateKind::Place, StateKind::Office, StateKind::Company].into_iter().find(|k| k.name() == name)
}

fn change_of(name: &str) -> Option<Change> {
    [Change::Gains, Change::Holds, Change::Leaves].into_iter().find(|c| c.name() == name)
}

fn part(name: &'static str) -> Part {
    match name {
        "subject" => Part::Subject,
        "object" => Part::Object,
        "as" => Part::As,
        _ => Part::After { word: name.trim_end_matches('>'), through: name.ends_with('>') },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::PACKS;

    #[test]
    fn every_pack_tells_every_kind_gained_and_left() {
        for pack in PACKS {
            for kind in [StateKind::Place, StateKind::Office, StateKind::Company] {
                for change in [Change::Gains, Change::Leaves] {
                    let told = pack.states.verbs.values().flatten();
                    let has = told.clone().any(|r| r.kind == kind && r.change == change);
                    assert!(has, "{} {} {}", pack.code, kind.name(), change.name());
                }
            }
        }
    }

    #[test]
    fn parts_are_read() {
        let rules =
            StateRules::parse("place.gains\tto>\tsubject\tfall\nthrough\thand hands\nbad\n");
        let through = Part::After { word: "to", through: true };
        assert_eq!(rules.of("fall")[0].who, through);
        assert!(rules.is("through", "hands") && !rules.is("through", "foot"));
        assert!(rules.of("rise").is_empty());
    }
}
