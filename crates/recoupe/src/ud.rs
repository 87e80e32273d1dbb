//! Universal Dependencies' inventory: parts of speech ([`Upos`]), features ([`Feats`]),
//! relations ([`Deprel`]). Names and order are those of UD version 2
//! (<https://universaldependencies.org/guidelines.html>). No language is named here: what a
//! language uses of the inventory is in its models.

use std::fmt;
use std::str::FromStr;

/// A universal part of speech.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
#[allow(missing_docs)] // The names are UD's own.
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    /// All of them, in alphabetical order: `ALL[u as usize] == u`.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// UD's name: `NOUN`.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 17] = [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
            "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
        ];
        NAMES[self as usize]
    }
}

/// A name that is not in the inventory.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is not in the inventory of Universal Dependencies")]
pub struct Unknown(pub String);

impl FromStr for Upos {
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Upos, Unknown> {
        Upos::ALL.into_iter().find(|u| u.name() == name).ok_or_else(|| Unknown(name.to_string()))
    }
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One feature: its name and its values, in UD's order of printing (alphabetical, without
/// regard to case).
struct Feature {
    name: &'static str,
    values: &'static [&'static str],
    shift: u32,
    bits: u32,
}

macro_rules! features {
    ($($name:literal $shift:literal $bits:literal [$($value:literal)*];)*) => {
        static FEATURES: &[Feature] = &[$(Feature {
            name: $name, values: &[$($value),*], shift: $shift, bits: $bits,
        }),*];
    };
}

features! {
    "Abbr" 0 1 ["Yes"];
    "Case" 1 3 ["Acc" "Dat" "Gen" "Nom"];
    "Definite" 4 2 ["Def" "Ind"];
    "Degree" 6 2 ["Cmp" "Pos" "Sup"];
    "Emph" 8 2 ["No" "Yes"];
    "ExtPos" 10 5 ["ADJ" "ADP" "ADV" "AUX" "CCONJ" "DET" "INTJ" "NOUN" "NUM" "PART" "PRON" "PROPN" "PUNCT" "SCONJ" "SYM" "VERB" "X"];
    "Foreign" 15 1 ["Yes"];
    "Gender" 16 2 ["Fem" "Masc" "Neut"];
    "Mood" 18 3 ["Cnd" "Imp" "Ind" "Sub"];
    "Number" 21 2 ["Plur" "Ptan" "Sing"];
    "Number[psor]" 23 2 ["Plur" "Sing"];
    "NumForm" 25 3 ["Combi" "Digit" "Roman" "Word"];
    "NumType" 28 3 ["Card" "Frac" "Mult" "Ord"];
    "Person" 31 2 ["1" "2" "3"];
    "Person[psor]" 33 2 ["1" "2" "3"];
    "Polarity" 35 2 ["Neg" "Pos"];
    "Poss" 37 1 ["Yes"];
    "PronType" 38 4 ["Art" "Dem" "Emp" "Exc" "Ind" "Int" "Neg" "Prs" "Rcp" "Rel" "Tot"];
    "Reflex" 42 1 ["Yes"];
    "Style" 43 3 ["Arch" "Coll" "Expr" "Slng" "Vrnc"];
    "Tense" 46 3 ["Fut" "Imp" "Past" "Pres"];
    "Typo" 49 1 ["Yes"];
    "VerbForm" 50 3 ["Fin" "Ger" "Inf" "Part"];
    "Voice" 53 2 ["Act" "Pass"];
}

/// The features of a word, packed in 64 bits: at most one value for each feature.
///
/// ```
/// use recoupe::ud::Feats;
/// let feats: Feats = "Mood=Ind|Number=Sing|Tense=Past".parse().unwrap();
/// assert_eq!(feats.get("Tense"), Some("Past"));
/// assert_eq!(feats.get("Gender"), None);
/// assert_eq!(feats.to_string(), "Mood=Ind|Number=Sing|Tense=Past");
/// assert_eq!(Feats::default().to_string(), "_");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub struct Feats(u64);

impl Feats {
    /// The packed bits, for storing.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// Back from [`Feats::bits`]; bits that name no value are dropped.
    pub fn from_bits(bits: u64) -> Feats {
        let mut out = 0;
        for f in FEATURES {
            let mask = (1u64 << f.bits) - 1;
            let value = bits >> f.shift & mask;
            if value as usize <= f.values.len() {
                out |= value << f.shift;
            }
        }
        Feats(out)
    }

    /// The value of a feature, if it has one.
    pub fn get(self, feature: &str) -> Option<&'static str> {
        FEATURES.iter().find(|f| f.name == feature).and_then(|f| f.value(self.0))
    }

    /// Whether the feature has this value.
    pub fn is(self, feature: &str, value: &str) -> bool {
        self.get(feature) == Some(value)
    }

    /// The same features with this one set.
    ///
    /// # Errors
    ///
    /// When the inventory has no such feature or value.
    pub fn with(self, feature: &str, value: &str) -> Result<Feats, Unknown> {
        let unknown = || Unknown(format!("{feature}={value}"));
        let f = FEATURES.iter().find(|f| f.name == feature).ok_or_else(unknown)?;
        let index = f.values.iter().position(|v| *v == value).ok_or_else(unknown)? as u64 + 1;
        let mask = ((1u64 << f.bits) - 1) << f.shift;
        Ok(Feats(self.0 & !mask | index << f.shift))
    }

    /// Reads UD's notation, leaving out what the inventory lacks.
    pub fn lenient(text: &str) -> Feats {
        text.split('|').filter_map(|pair| pair.split_once('=')).fold(Feats(0), |feats, (k, v)| {
            // Two values of one feature ("Fem,Masc") leave it open.
            feats.with(k, v).unwrap_or(feats)
        })
    }

    /// Each feature that has a value, in UD's order.
    pub fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        FEATURES.iter().filter_map(move |f| Some((f.name, f.value(self.0)?)))
    }
}

impl Feature {
    fn value(&self, bits: u64) -> Option<&'static str> {
        let index = bits >> self.shift & ((1u64 << self.bits) - 1);
        self.values.get((index as usize).checked_sub(1)?).copied()
    }
}

impl FromStr for Feats {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Feats, Unknown> {
        if text == "_" || text.is_empty() {
            return Ok(Feats(0));
        }
        text.split('|').try_fold(Feats(0), |feats, pair| {
            let (k, v) = pair.split_once('=').ok_or_else(|| Unknown(pair.to_string()))?;
            feats.with(k, v)
        })
    }
}

impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("_");
        }
        for (i, (name, value)) in self.pairs().enumerate() {
            write!(f, "{}{name}={value}", if i == 0 { "" } else { "|" })?;
        }
        Ok(())
    }
}

/// The relations, each with the subtypes in use, in alphabetical order.
const RELATIONS: &[&str] = &[
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:cleft",
    "advcl:relcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:caus",
    "aux:pass",
    "aux:tense",
    "case",
    "cc",
    "cc:preconj",
    "ccomp",
    "clf",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "csubj:outer",
    "csubj:pass",
    "dep",
    "dep:comp",
    "det",
    "det:predet",
    "discourse",
    "dislocated",
    "expl",
    "expl:comp",
    "expl:pass",
    "expl:pv",
    "expl:subj",
    "fixed",
    "flat",
    "flat:foreign",
    "flat:name",
    "goeswith",
    "iobj",
    "iobj:agent",
    "list",
    "mark",
    "nmod",
    "nmod:appos",
    "nmod:desc",
    "nmod:poss",
    "nmod:unmarked",
    "nsubj",
    "nsubj:caus",
    "nsubj:outer",
    "nsubj:pass",
    "nummod",
    "obj",
    "obj:agent",
    "obj:lvc",
    "obl",
    "obl:agent",
    "obl:arg",
    "obl:mod",
    "obl:unmarked",
    "orphan",
    "parataxis",
    "parataxis:insert",
    "parataxis:parenth",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
];

/// A dependency relation, with its subtype where it has one.
///
/// ```
/// use recoupe::ud::Deprel;
/// let passive: Deprel = "nsubj:pass".parse().unwrap();
/// assert_eq!(passive.universal(), "nsubj");
/// assert_eq!("nsubj:unheard".parse::<Deprel>().unwrap().name(), "nsubj");
/// assert!("subject".parse::<Deprel>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct Deprel(u8);

impl Deprel {
    /// How many there are.
    pub const COUNT: usize = RELATIONS.len();

    /// Its index in the inventory.
    pub fn index(self) -> u8 {
        self.0
    }

    /// UD's name, with the subtype: `nsubj:pass`.
    pub fn name(self) -> &'static str {
        RELATIONS[self.0 as usize]
    }

    /// The universal relation, without the subtype: `nsubj`.
    pub fn universal(self) -> &'static str {
        let name = self.name();
        name.split(':').next().unwrap_or(name)
    }

    /// `root`.
    pub const ROOT: Deprel = Deprel(place_of("root"));

    /// `parataxis`.
    pub const PARATAXIS: Deprel = Deprel(place_of("parataxis"));
}

/// Where a relation stands in the inventory.
const fn place_of(name: &str) -> u8 {
    let mut i = 0;
    while i < RELATIONS.len() {
        if same(RELATIONS[i].as_bytes(), name.as_bytes()) {
            return i as u8;
        }
        i += 1;
    }
    panic!("no such relation")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

impl Default for Deprel {
    /// `dep`: related, unknown how.
    fn default() -> Deprel {
        const DEP: Deprel = Deprel(place_of("dep"));
        DEP
    }
}

impl FromStr for Deprel {
    type Err = Unknown;

    /// A subtype that the inventory lacks is left out.
    fn from_str(name: &str) -> Result<Deprel, Unknown> {
        let universal = name.split(':').next().unwrap_or(name);
        let found = RELATIONS.binary_search(&name).or_else(|_| RELATIONS.binary_search(&universal));
        found.map(|i| Deprel(i as u8)).map_err(|_| Unknown(name.to_string()))
    }
}

impl fmt::Display for Deprel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for u in Upos::ALL {
            assert_eq!(u.name().parse(), Ok(u));
            assert_eq!(Upos::ALL[u as usize], u);
        }
        for i in 0..Deprel::COUNT {
            let rel = Deprel(i as u8);
            assert_eq!(rel.name().parse(), Ok(rel));
        }
        assert!(RELATIONS.is_sorted());
    }

    #[test]
    fn features_share_no_bits() {
        let mut seen = 0u64;
        for f in FEATURES {
            let mask = ((1u64 << f.bits) - 1) << f.shift;
            assert_eq!(seen & mask, 0, "{}", f.name);
            assert!(f.values.len() < 1 << f.bits, "{}", f.name);
            seen |= mask;
        }
        assert!(FEATURES.is_sorted_by_key(|f| f.name.to_lowercase()));
    }

    proptest::proptest! {
        #[test]
        fn any_bits_are_features_that_round_trip(bits: u64) {
            let feats = Feats::from_bits(bits);
            proptest::prop_assert_eq!(feats.to_string().parse(), Ok(feats));
            proptest::prop_assert_eq!(Feats::from_bits(feats.bits()), feats);
        }
    }
}
