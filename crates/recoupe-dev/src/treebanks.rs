//! The treebanks of all languages: which there are, and what each is for.
//!
//! Bytes of what ships hang on the order in which treebanks are read: the table's, but for
//! [`Cut::place`].

use std::path::{Path, PathBuf};

/// A file of a treebank.
pub struct Treebank {
    /// The language's code.
    pub lang: &'static str,
    /// Its name without `.conllu.xz`.
    pub file: &'static str,
    /// Speech has its own ways; training tells it from writing.
    pub spoken: bool,
    /// Training of tags, and counting of the lexicon's readings.
    pub tags: Option<Use>,
    /// Training of trees.
    pub trees: Option<Use>,
    /// Training of sentences.
    pub sentences: Option<Cut>,
    /// Training of contractions.
    pub contractions: Option<Cut>,
    /// Whether words are counted in it as in ordinary texts.
    pub background: bool,
    /// Whether it is for measuring alone: nothing above may then be set.
    pub test: bool,
}

/// How training uses a file.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// How much its mistakes weigh.
    pub weight: f32,
    pub held: Held,
}

/// What of a file is kept to develop on; what ships is trained on all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    Nothing,
    All,
    /// Every fifth run of so many sentences.
    Fifth(usize),
}

impl Held {
    /// Whether sentence `i`, from 0, is kept.
    pub fn holds(self, i: usize) -> bool {
        match self {
            Held::Nothing => false,
            Held::All => true,
            Held::Fifth(run) => i / run % 5 == 4,
        }
    }
}

/// How training of cutters uses a file.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Where it stands in the order of reading.
    pub place: u8,
    /// Whether it is a development set.
    pub dev: bool,
}

const fn bank(lang: &'static str, file: &'static str) -> Treebank {
    let (tags, trees, sentences, contractions) = (None, None, None, None);
    let (spoken, background, test) = (false, false, false);
    Treebank { lang, file, spoken, tags, trees, sentences, contractions, background, test }
}

const fn test(lang: &'static str, file: &'static str) -> Treebank {
    Treebank { test: true, ..bank(lang, file) }
}

const fn used(weight: f32, held: Held) -> Option<Use> {
    Some(Use { weight, held })
}

const fn cut(place: u8, dev: bool) -> Option<Cut> {
    Some(Cut { place, dev })
}

/// All of them.
pub const TREEBANKS: &[Treebank] = &[
    Treebank {
        tags: used(1.0, Held::Nothing),
        trees: used(1.0, Held::Nothing),
        sentences: cut(0, false),
        contractions: cut(0, false),
        background: true,
        ..bank("fr", "fr_sequoia-ud-train")
    },
    Treebank {
        tags: used(1.0, Held::All),
        trees: used(1.0, Held::All),
        sentences: cut(2, true),
        contractions: cut(6, true),
        ..bank("fr", "fr_sequoia-ud-dev")
    },
    Treebank {
        tags: used(1.0, Held::Fifth(1)),
        trees: used(1.0, Held::Fifth(20)),
        sentences: cut(1, true),
        contractions: cut(5, true),
        background: true,
        ..bank("fr", "fr_gsd-ud-dev")
    },
    Treebank {
        tags: used(0.8, Held::Nothing),
        trees: used(1.0, Held::Nothing),
        contractions: cut(2, false),
        ..bank("fr", "fr_gsd-ud-train_questions_only_from_FIB")
    },
    Treebank {
        tags: used(0.8, Held::Nothing),
        trees: used(1.0, Held::Nothing),
        contractions: cut(1, false),
        ..bank("fr", "fr_fqb-ud-test")
    },
    Treebank {
        spoken: true,
        tags: used(0.4, Held::Nothing),
        trees: used(0.7, Held::Nothing),
        contractions: cut(3, false),
        ..bank("fr", "fr_rhapsodie-ud-train")
    },
    Treebank {
        spoken: true,
        tags: used(0.4, Held::Nothing),
        trees: used(0.7, Held::Nothing),
        contractions: cut(7, true),
        ..bank("fr", "fr_rhapsodie-ud-dev")
    },
    Treebank {
        spoken: true,
        tags: used(0.4, Held::Nothing),
        trees: used(0.5, Held::Nothing),
        contractions: cut(4, false),
        ..bank("fr", "fr_parisstories-ud-train")
    },
    Treebank {
        spoken: true,
        tags: used(0.4, Held::Nothing),
        contractions: cut(8, true),
        ..bank("fr", "fr_parisstories-ud-dev")
    },
    test("fr", "fr_sequoia-ud-test"),
    test("fr", "fr_gsd-ud-test"),
    test("fr", "fr_pud-ud-test"),
    Treebank {
        tags: used(1.0, Held::Nothing),
        trees: used(1.0, Held::Nothing),
        sentences: cut(0, false),
        background: true,
        ..bank("en", "en_ewt-ud-train_rebuilt")
    },
    Treebank {
        tags: used(1.0, Held::All),
        trees: used(1.0, Held::All),
        sentences: cut(2, true),
        ..bank("en", "en_ewt-ud-dev")
    },
    Treebank {
        tags: used(1.0, Held::Nothing),
        trees: used(1.0, Held::Nothing),
        sentences: cut(1, false),
        background: true,
        ..bank("en", "en_gum-permissive-train")
    },
    Treebank {
        tags: used(1.0, Held::All),
        trees: used(1.0, Held::All),
        sentences: cut(3, true),
        ..bank("en", "en_gum-permissive-dev")
    },
    test("en", "en_ewt-ud-test"),
    test("en", "en_gum-permissive-test"),
    test("en", "en_pud-ud-test"),
];

/// The treebanks of a language.
pub fn of(lang: &str) -> impl Iterator<Item = &'static Treebank> {
    TREEBANKS.iter().filter(move |b| b.lang == lang)
}

/// The treebanks of a language that `how` gives a use, in the order of reading.
pub fn cuts(lang: &str, how: impl Fn(&Treebank) -> Option<Cut>) -> Vec<(&'static Treebank, Cut)> {
    let mut out: Vec<_> = of(lang).filter_map(|b| Some((b, how(b)?))).collect();
    out.sort_by_key(|(_, cut)| cut.place);
    out
}

impl Treebank {
    /// Where it lies in the shared folder.
    pub fn path(&self, shared: &Path) -> PathBuf {
        shared.join("data/language").join(self.lang).join(format!("{}.conllu.xz", self.file))
    }

    /// What its results are called: `fr_gsd_test`. PUD is a test set and nothing else.
    pub fn name(&self) -> String {
        self.file.replace("-ud-", "_").replace("-permissive-", "_").replace("pud_test", "pud")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_measured_on_is_used_for_nothing_else() {
        for b in TREEBANKS.iter().filter(|b| b.test) {
            let used = b.tags.or(b.trees).is_some() || b.sentences.or(b.contractions).is_some();
            assert!(!used && !b.background, "{}", b.file);
        }
    }

    #[test]
    fn places_are_told_once() {
        for lang in ["fr", "en"] {
            for how in [|b: &Treebank| b.sentences, |b: &Treebank| b.contractions] {
                let places: Vec<u8> = cuts(lang, how).iter().map(|(_, c)| c.place).collect();
                assert!(places.iter().enumerate().all(|(i, p)| i == *p as usize), "{places:?}");
            }
        }
    }

    #[test]
    fn results_are_named_by_corpus_and_part() {
        let name = |file| bank("", file).name();
        assert_eq!(name("fr_gsd-ud-dev"), "fr_gsd_dev");
        assert_eq!(name("en_gum-permissive-test"), "en_gum_test");
        assert_eq!(name("en_pud-ud-test"), "en_pud");
    }
}
