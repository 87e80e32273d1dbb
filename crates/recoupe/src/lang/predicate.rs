//! What a language pack says of predicates: the classes of events and states that news tells,
//! and the stages of those that move.
//!
//! A class gathers verbs and their nouns (`prendre`, `prise`, `capture`). A process is a class
//! with stages: a town is approached, encircled, entered, taken. Words are prefixes of folded
//! forms; one that starts with `=` is a whole form.

use rustc_hash::FxHashMap;

/// A class of predicates, perhaps a stage of a process.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct Predicate {
    /// The class or process: `control`, `kill`.
    pub class: &'static str,
    /// The stage of a process, 1 upwards; 0 for a class without stages.
    pub stage: u8,
    /// Whether the word only limits what another word of the process says ("autour de",
    /// "commencé à"): the lower stage then holds.
    pub limits: bool,
}

/// The predicates of a language.
pub struct PredicateRules {
    whole: FxHashMap<&'static str, Predicate>,
    /// By the first two bytes of the prefix.
    prefixes: FxHashMap<[u8; 2], Vec<(&'static str, Predicate)>>,
    /// What a process happens to, where that must be one and the same: `LOC`, `PER`.
    objects: FxHashMap<&'static str, &'static str>,
    /// Two words that tell together: "lost" and "life".
    phrases: Vec<(&'static str, &'static str, Predicate)>,
    /// The verb of a noun that names what it does, and of forms that no stem tells.
    verbs: FxHashMap<&'static str, &'static str>,
}

impl PredicateRules {
    /// Reads a pack's `predicates.txt`: lines of `class`, `class.stage` or `class.stage!` (which
    /// limits), a tab, and words, `a+b` for two that tell together; lines `verb` with `noun=verb` for
    /// nouns and forms that go with a verb of another stem; and one line `object` with `class=TYPE` for each process whose
    /// stages are stages only when they are of one place or person.
    pub fn parse(list: &'static str) -> PredicateRules {
        let mut rules = PredicateRules {
            whole: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            objects: FxHashMap::default(),
            phrases: Vec::new(),
            verbs: FxHashMap::default(),
        };
        for line in super::entries(list) {
            let Some((name, words)) = line.split_once('\t') else { continue };
            if name == "object" {
                rules.objects.extend(words.split(' ').filter_map(|w| w.split_once('=')));
                continue;
            }
            if name == "verb" {
                rules.verbs.extend(words.split(' ').filter_map(|w| w.split_once('=')));
                continue;
            }
            let (name, limits) = name.strip_suffix('!').map_or((name, false), |n| (n, true));
            let (class, stage) = name.split_once('.').unwrap_or((name, "0"));
            let predicate = Predicate { class, stage: stage.parse().unwrap_or(0), limits };
            for word in words.split(' ') {
                if let Some((first, second)) = word.split_once('+') {
                    rules.phrases.push((first, second, predicate));
                    continue;
                }
                match (word.strip_prefix('='), word.as_bytes()) {
                    (Some(whole), _) => {
                        rules.whole.insert(whole, predicate);
                    }
                    (None, [a, b, ..]) => {
                        rules.prefixes.entry([*a, *b]).or_default().push((word, predicate));
                    }
                    _ => {}
                }
            }
        }
        // The longest prefix tells best.
        for list in rules.prefixes.values_mut() {
            list.sort_by_key(|(w, _)| (std::cmp::Reverse(w.len()), *w));
        }
        rules
    }

    /// The type of mention that process `class` must be of, if it must be of one.
    pub fn object(&self, class: &str) -> Option<&'static str> {
        self.objects.get(class).copied()
    }

    /// The verb that a folded noun or irregular form (lower case, no accents) goes with.
    pub fn verb(&self, folded: &str) -> Option<&'static str> {
        let plural = || folded.strip_suffix(['s', 'x']).and_then(|w| self.verbs.get(w));
        self.verbs.get(folded).or_else(plural).copied()
    }

    /// The predicate that two folded words of a clause, the first before the second, tell together.
    pub fn of_both(&self, first: &str, second: &str) -> Option<Predicate> {
        let told = self.phrases.iter().find(|(a, b, _)| *a == first && *b == second);
        told.map(|(_, _, p)| *p)
    }

    /// The predicate that a folded word form (lower case, no accents) tells.
    pub fn of(&self, folded: &str) -> Option<Predicate> {
        if let Some(found) = self.whole.get(folded) {
            return Some(*found);
        }
        let [a, b, ..] = folded.as_bytes() else { return None };
        let list = self.prefixes.get(&[*a, *b])?;
        list.iter().find(|(prefix, _)| folded.starts_with(prefix)).map(|(_, p)| *p)
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::pack;

    #[test]
    fn words_tell_their_class_and_stage() {
        let cases = [
            ("fr", "reprise", Some(("control", 4))),
            ("fr", "encercle", Some(("control", 2))),
            ("fr", "eteint", Some(("fire", 4))),
            ("fr", "maison", None),
            ("en", "recaptured", Some(("control", 4))),
            ("en", "killed", Some(("kill", 0))),
            ("en", "contained", Some(("fire", 3))),
            ("en", "house", None),
            // Ordinary words that look like some of them.
            ("fr", "entreprise", None),
            ("fr", "batiment", None),
            ("fr", "periode", None),
            ("fr", "electricite", None),
            ("fr", "retraite", None),
            ("fr", "presente", None),
            ("fr", "circonscription", None),
            ("en", "plant", None),
            ("en", "town", None),
            ("en", "electricity", None),
            ("en", "winter", None),
            ("en", "deadline", None),
            ("en", "enterprise", None),
            ("en", "background", None),
            ("en", "foundation", None),
        ];
        for (lang, word, want) in cases {
            let found = pack(lang).unwrap().predicates.of(word).map(|p| (p.class, p.stage));
            assert_eq!(found, want, "{word}");
        }
    }
}
