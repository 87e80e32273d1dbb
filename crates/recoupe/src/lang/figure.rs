//! What a language pack says of quantities: number words, words that bound them, units, the
//! nouns for people, and the words that tell what happened to those counted.
//!
//! Phrases are written as lower-case tokens with one space between, as the pack's tokens are
//! cut: `plus d'` is two tokens, `plus` and `d'`. The apostrophe is the plain one.

use rustc_hash::{FxHashMap, FxHashSet};

/// What a bounding phrase does to the number beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// That number or more.
    AtLeast,
    /// That number or less.
    AtMost,
    /// About that number.
    About,
    /// That number or a little less.
    Almost,
    /// That very number.
    Exact,
}

/// A phrase that bounds a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BoundPhrase {
    /// Its tokens.
    pub phrase: &'static str,
    /// What it says.
    pub effect: Effect,
    /// Whether it makes a quantity of a number with nothing counted after it (`au moins 12`).
    /// Phrases that also say place or age (`under 18`) do not.
    pub alone: bool,
    /// Whether it belongs to the quantity (`plus de`) or is the verb before it (`dépasse`).
    pub inside: bool,
}

/// A noun that is a number, more or less: `une soixantaine`, `a dozen`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Collective {
    /// The word, with its plural after a slash where it takes a number (`dizaine/dizaines`).
    pub word: &'static str,
    /// The number it names.
    pub value: f64,
    /// How far from it the word may be used, either way.
    pub spread: f64,
}

/// A plural with no number: `des centaines`, `dozens of`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Vague {
    /// Its tokens.
    pub phrase: &'static str,
    /// The least it says.
    pub lo: f64,
    /// The most it says; what follows multiplies `hi + 1` (`dizaines de milliers`: 99 999).
    pub hi: f64,
}

/// A unit of measure or a currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unit {
    /// The phrases that name it.
    pub phrases: &'static [&'static str],
    /// The name that outputs print.
    pub name: &'static str,
    /// ISO 4217 code, for a currency that the phrase tells for sure.
    pub currency: Option<&'static str>,
}

/// What happened to those who are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fate {
    /// The name that outputs print: `killed`.
    pub name: &'static str,
    /// Nouns, adjectives, participles and verbs that tell it after the number.
    pub after: &'static [&'static str],
    /// Verb forms whose object the number can be (`killing four`), and phrases of a noun
    /// (`deaths of`).
    pub before: &'static [&'static str],
    /// Nouns for an event in which it befell someone (`murder`): a word for how many may stand
    /// before them.
    pub events: &'static [&'static str],
    /// Whether it makes victims: then a single one counts too (`un mort`, `one dead`).
    pub victims: bool,
}

/// A language's words for quantities.
pub struct FigureRules {
    /// The mark between groups of three digits, besides spaces.
    pub grouping: char,
    /// The mark before decimals.
    pub decimal: char,
    /// Number words below a hundred.
    pub ones: &'static [(&'static str, u32)],
    /// Words that multiply a four before them (`quatre-vingts`).
    pub twenties: &'static [&'static str],
    /// Tens that take 11 to 19 after them (60 in `soixante-dix`).
    pub long_tens: &'static [u32],
    /// Words for a hundred.
    pub hundreds: &'static [&'static str],
    /// Words that multiply what stands before them, from a thousand.
    pub magnitudes: &'static [(&'static str, f64)],
    /// Which of the hundreds and magnitudes say one of themselves with nothing before (`mille`).
    pub bare_magnitudes: &'static [&'static str],
    /// Short magnitudes glued to money (`$2.5m`), lower case.
    pub money_suffixes: &'static [(&'static str, f64)],
    /// The word inside numbers: `and` in `a hundred and two`, `et` in `vingt et un`.
    pub join: &'static str,
    /// Whether [`FigureRules::join`] follows hundreds (English) or tens before a one (French).
    pub join_after_hundreds: bool,
    /// Articles that stand for one before a hundred, a magnitude or a collective.
    pub articles: &'static [&'static str],
    /// Phrases that add a half.
    pub halves: &'static [&'static str],
    /// Phrases that are a half of the collective or magnitude after them.
    pub half_of: &'static [&'static str],
    /// Nouns that are numbers.
    pub collectives: &'static [Collective],
    /// Plurals with no number.
    pub vague: &'static [Vague],
    /// Words that belong to a vague plural's span when they stand before it.
    pub vague_determiners: &'static [&'static str],
    /// Words before a vague plural that make it no quantity (`par centaines`).
    pub vague_not_after: &'static [&'static str],
    /// Bounding phrases before the number.
    pub bounds_before: &'static [BoundPhrase],
    /// Bounding phrases after the number.
    pub bounds_after: &'static [BoundPhrase],
    /// Ranges: what opens one (may be empty) and what links its two numbers.
    pub ranges: &'static [(&'static str, &'static str)],
    /// Words shortly before a range's opening, or just before its first number, that make it a
    /// change from one number to the other.
    pub changes: &'static [&'static str],
    /// Words between a collective or magnitude and what it counts.
    pub of: &'static [&'static str],
    /// The same, with the determiner in them (`des`).
    pub of_the: &'static [&'static str],
    /// Pronouns for those already spoken of, after a number (`of them`); the last word is counted.
    pub of_them: &'static [&'static str],
    /// Determiners between [`FigureRules::of`] and what is counted.
    pub of_determiners: &'static [&'static str],
    /// Units of measure and currencies.
    pub units: &'static [Unit],
    /// Currency signs before the number.
    pub signs: &'static [(&'static str, Option<&'static str>)],
    /// Nouns for people, singular; the plural is added with an `s` (or is the word itself).
    pub people: &'static [&'static str],
    /// Plurals for people that an `s` does not make.
    pub people_plural: &'static [&'static str],
    /// Endings of capitalised plurals for peoples.
    pub demonyms: &'static [&'static str],
    /// Endings of plurals.
    pub plurals: &'static [&'static str],
    /// Plurals with no such ending.
    pub irregular_plurals: &'static [&'static str],
    /// Words for others already spoken of: `five others`.
    pub others: &'static [&'static str],
    /// Nouns after which a number is no figure: lengths of time, ages, times, fractions.
    pub not_counted: &'static [&'static str],
    /// Phrases before a number that make it a label: `article 5`, `aged 34`.
    pub labels: &'static [&'static str],
    /// Phrases after a single `one` that make it no quantity: `one of`.
    pub not_before: &'static [&'static str],
    /// Words before a single `one` that make it none: `pas un blessé`.
    pub negations: &'static [&'static str],
    /// Determiners of one person told of for the first time.
    pub singles: &'static [&'static str],
    /// Words that make an age of a number beside them, no mark apart.
    pub ages: &'static [&'static str],
    /// Words for how many before the noun of an event: `double`.
    pub multiples: &'static [(&'static str, u32)],
    /// Words before a verb or noun of fate that tell that it was not done: `attempted`.
    pub undone: &'static [&'static str],
    /// Words for nobody.
    pub nobody: &'static [&'static str],
    /// Phrases before a number that make it a part of another: `including`.
    pub parts: &'static [&'static str],
    /// Words that tell that only the worst are counted: `seriously`.
    pub severe: &'static [&'static str],
    /// Phrases before a number that turn it down: `and not`.
    pub rejects: &'static [&'static str],
    /// Auxiliaries of what may or will be, and has not been.
    pub possible: &'static [&'static str],
    /// Pronouns that stand for who does it: `himself`.
    pub oneself: &'static [&'static str],
    /// Nouns for what the hurt have.
    pub wounds: &'static [&'static str],
    /// Verbs for having it.
    pub suffers: &'static [&'static str],
    /// Words that open a condition: `if`.
    pub conditions: &'static [&'static str],
    /// Determiners of whoever it may be: `any driver`.
    pub any: &'static [&'static str],
    /// Forms of the auxiliaries of the passive and the perfect.
    pub auxiliaries: &'static [&'static str],
    /// Those of them that make a passive.
    pub passive: &'static [&'static str],
    /// Words that link two participles: `shot and killed`.
    pub and: &'static str,
    /// Phrases that name the count of the dead, for a number with nothing after it.
    pub tolls: &'static [&'static str],
    /// Phrases that name the number of what follows them: `number of`.
    pub numbers: &'static [&'static str],
    /// What happened to those who are counted.
    pub fates: &'static [Fate],
    /// Whether the head of a noun phrase is its last noun.
    pub head_last: bool,
}

/// [`FigureRules`] made ready to be looked up.
pub struct FigureGrammar {
    /// The rules themselves.
    pub rules: &'static FigureRules,
    /// Number words below a hundred.
    pub ones: FxHashMap<&'static str, u32>,
    /// Hundreds and magnitudes.
    pub magnitudes: FxHashMap<&'static str, f64>,
    /// Collectives by word.
    pub collectives: FxHashMap<&'static str, Collective>,
    /// Vague plurals by first token.
    vague: Phrases<Vague>,
    /// Units by first token.
    units: Phrases<&'static Unit>,
    /// Singular nouns for people.
    pub person: FxHashSet<&'static str>,
    /// Plural nouns for people.
    pub persons: FxHashSet<String>,
    /// Phrases after the number that tell what happened: `lost their lives`.
    pub fate_ends: Vec<(&'static str, usize)>,
    /// Words after the number that tell what happened: index into the rules' fates.
    pub fate_after: FxHashMap<&'static str, usize>,
    /// Phrases before the number that tell what happened.
    pub fate_phrases: Vec<(&'static str, usize)>,
    /// Verb forms before the number that tell what happened.
    pub fate_before: FxHashMap<&'static str, usize>,
    /// Nouns of events: index into the rules' fates.
    pub events: FxHashMap<&'static str, usize>,
    not_counted: FxHashSet<&'static str>,
    auxiliaries: FxHashSet<&'static str>,
}

type Phrases<T> = FxHashMap<&'static str, Vec<(Vec<&'static str>, T)>>;

fn index<T: Copy>(all: impl Iterator<Item = (&'static str, T)>) -> Phrases<T> {
    let mut map: Phrases<T> = FxHashMap::default();
    for (phrase, value) in all {
        let words: Vec<_> = phrase.split(' ').collect();
        map.entry(words[0]).or_default().push((words, value));
    }
    for list in map.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    map
}

fn longest<T: Copy, W: AsRef<str>>(map: &Phrases<T>, words: &[W]) -> Option<(usize, T)> {
    let list = map.get(words.first()?.as_ref())?;
    let (phrase, value) = list.iter().find(|(phrase, _)| starts_with(words, phrase))?;
    Some((phrase.len(), *value))
}

fn starts_with<W: AsRef<str>>(words: &[W], phrase: &[&str]) -> bool {
    words.len() >= phrase.len() && phrase.iter().zip(words).all(|(p, w)| *p == w.as_ref())
}

/// Whether the tokens `words` start with `phrase`; its length in tokens.
pub fn opens<W: AsRef<str>>(words: &[W], phrase: &str) -> Option<usize> {
    let mut count = 0;
    for part in phrase.split(' ') {
        if words.get(count)?.as_ref() != part {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// Whether the tokens `words` end with `phrase`; its length in tokens.
pub fn closes<W: AsRef<str>>(words: &[W], phrase: &str) -> Option<usize> {
    let count = phrase.split(' ').count();
    let from = words.len().checked_sub(count)?;
    opens(&words[from..], phrase)
}

impl FigureGrammar {
    /// Indexes the rules.
    pub fn new(rules: &'static FigureRules) -> FigureGrammar {
        let hundreds = rules.hundreds.iter().map(|w| (*w, 100.0));
        let plural = |w: &&'static str| {
            if w.ends_with(['s', 'x']) { w.to_string() } else { format!("{w}s") }
        };
        let fates = |list: fn(&Fate) -> &'static [&'static str]| {
            rules
                .fates
                .iter()
                .enumerate()
                .flat_map(move |(i, f)| list(f).iter().map(move |w| (*w, i)))
        };
        FigureGrammar {
            rules,
            ones: rules.ones.iter().copied().collect(),
            magnitudes: rules.magnitudes.iter().copied().chain(hundreds).collect(),
            collectives: rules
                .collectives
                .iter()
                .flat_map(|c| c.word.split('/').map(move |w| (w, *c)))
                .collect(),
            vague: index(rules.vague.iter().map(|v| (v.phrase, *v))),
            units: index(rules.units.iter().flat_map(|u| u.phrases.iter().map(move |p| (*p, u)))),
            person: rules.people.iter().copied().collect(),
            persons: rules
                .people
                .iter()
                .map(plural)
                .chain(rules.people_plural.iter().map(|w| w.to_string()))
                .collect(),
            fate_after: fates(|f| f.after).collect(),
            fate_ends: fates(|f| f.after).filter(|(p, _)| p.contains(' ')).collect(),
            fate_phrases: fates(|f| f.before).filter(|(p, _)| p.contains(' ')).collect(),
            fate_before: fates(|f| f.before).collect(),
            events: fates(|f| f.events).collect(),
            not_counted: rules.not_counted.iter().copied().collect(),
            auxiliaries: rules.auxiliaries.iter().copied().collect(),
        }
    }

    /// The longest unit that `words` start with, and its length in tokens.
    pub fn unit<W: AsRef<str>>(&self, words: &[W]) -> Option<(usize, &'static Unit)> {
        longest(&self.units, words)
    }

    /// The longest vague plural that `words` start with, and its length in tokens.
    pub fn vague<W: AsRef<str>>(&self, words: &[W]) -> Option<(usize, Vague)> {
        longest(&self.vague, words)
    }

    /// Whether a number before this noun is no figure.
    pub fn is_not_counted(&self, word: &str) -> bool {
        self.not_counted.contains(word)
    }

    /// Whether it is a form of an auxiliary.
    pub fn is_auxiliary(&self, word: &str) -> bool {
        self.auxiliaries.contains(word)
    }
}
