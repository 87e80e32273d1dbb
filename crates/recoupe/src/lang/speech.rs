//! What a language pack says of reported speech.

use rustc_hash::{FxHashMap, FxHashSet};

/// What a reporting verb says of the reporter's stance.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum Stance {
    /// say, tell, according to.
    #[default]
    Neutral,
    /// claim, allege: the reporter keeps a distance.
    Distance,
    /// confirm, acknowledge: a second voice for what is already said.
    Confirm,
    /// deny, refute.
    Deny,
}

/// A reporting verb's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpeechVerb {
    /// What it says of the reporter's stance.
    pub stance: Stance,
    /// Whether an infinitive clause can be its content ("affirme avoir repris").
    pub infinitive: bool,
    /// Whether a noun phrase can be ("annonce la reprise").
    pub nominal: bool,
    /// Whether a gerund can be ("denied taking bribes").
    pub gerund: bool,
    /// Whether an object may stand before it ("accuse X de", "urged X to").
    pub object: bool,
    /// Whether it attributes only words in quotation marks or a parenthesis ("sourit-il").
    pub quote_only: bool,
    /// Whether a preposition may lead to its noun phrase ("fait état de pertes").
    pub prep: bool,
    /// Whether a noun phrase is content only where it holds a quotation or a number ("parle de
    /// « chantage »").
    pub hold: bool,
}

/// A word or words that attribute what stands beside them: `selon`, `according to`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpeechMarker {
    /// Its words, lower case, as tokens.
    pub words: Vec<&'static str>,
    /// Whether it attributes wherever it stands; a weak one must start its sentence.
    pub strong: bool,
}

/// The reporting words of a language, with cases for and against in `speech_cases.txt` beside them. All entries are lower case with plain apostrophes.
pub struct SpeechRules {
    /// Forms of reporting verbs.
    pub verbs: FxHashMap<String, SpeechVerb>,
    /// Attributing prepositions.
    pub markers: Vec<SpeechMarker>,
    /// Verbs of several words, the first as its lemma: `faire` `état`.
    pub phrases: Vec<(Vec<&'static str>, SpeechVerb)>,
    /// Lists by field; see [`SpeechRules::set`].
    sets: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

impl SpeechRules {
    /// Reads a pack's `speech.txt`.
    ///
    /// Lines: `@name<TAB>endings` names a set of endings; `verb:stance:frames<TAB>words` lists
    /// verbs as `stem@name`, or as a bare form; `phrase:stance:frames` lists verbs of several
    /// words (`_` between them, the first as its lemma); `marker:strong` and `marker:weak` list markers
    /// (`_` between words); any other field is a set of words.
    pub fn parse(list: &'static str) -> SpeechRules {
        let mut endings: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        let mut rules = SpeechRules {
            verbs: FxHashMap::default(),
            markers: Vec::new(),
            phrases: Vec::new(),
            sets: FxHashMap::default(),
        };
        for line in super::entries(list) {
            let Some((field, words)) = line.split_once('\t') else { continue };
            let words = words.split(' ');
            if let Some(name) = field.strip_prefix('@') {
                endings.insert(name, words.map(|w| w.trim_start_matches('-')).collect());
            } else if let Some(spec) = field.strip_prefix("verb:") {
                let verb = verb_of(spec);
                words.for_each(|w| add_forms(w, verb, &endings, &mut rules.verbs));
            } else if let Some(spec) = field.strip_prefix("phrase:") {
                let verb = verb_of(spec);
                rules.phrases.extend(words.map(|w| (w.split('_').collect(), verb)));
            } else if let Some(force) = field.strip_prefix("marker:") {
                let strong = force == "strong";
                rules
                    .markers
                    .extend(words.map(|w| SpeechMarker { words: w.split('_').collect(), strong }));
            } else {
                rules.sets.entry(field).or_default().extend(words);
            }
        }
        rules.markers.sort_by_key(|m| std::cmp::Reverse(m.words.len()));
        rules
    }

    /// Whether `word` is in the set `field`: `auxiliary`, `complementizer`, `infinitive-marker`,
    /// `clitic`, `agent`, `recipient`, `via`, `pronoun`,
    /// `not-source`, `anaphor`, `hedge`, `subject-pronoun`, `adjunct`, `negation`, `relative`,
    /// `appositive`, `impersonal`, `credit-line`, `causative`, `causative-verb`, `gerund-marker`,
    /// `object-verb`, `denial`, `inability` (who cannot confirm; it
    /// denies nothing), `nobody`, `aside` (phrases, `_` between words),
    /// `object-marker`, `adversative`,
    /// `report-noun`, `refusal`, `same`, `predicate-verb`, `relative-voice`, `impersonal-enclitic`,
    /// `question` (a sentence that starts so reports an answer), `unsaid` (lemmas: denied, nothing is
    /// said), `contrast`, `varies` and `sorts-out` (lemmas: something depends on what a marker names),
    /// `varying` (nouns that a marker names as such criteria), `management` (the company that it runs),
    /// `sort-firm` and the like (words that tell bodies apart), `wording` (nouns for somebody's words), `counts`
    /// ("one of"), `of-state` and `rank` (words without which a ministry or an office is another), `collective`,
    /// `plural-body`, `within`, `free-relative`, `prep`,
    /// of who says nothing (lemmas; see `analyse/statement/silence.rs`): `refuses`, `wants` (negated: would not), `tells`, `tells-whether`
    /// (only with a question, `asked-about`), `light` (with a noun: `comment-noun`, `no-comment` where denied, `no-suite`),
    /// `answers` (with a `request`, or once `asked`, or with `at-once`), `comments`, `unreachable`,
    /// `reachable`, `unavailable` and `available` (for comment), `not-yet`,
    /// `as-told` ("p, comme le dit X"), `promises` (lemmas: what is promised is no fact, a thing no statement), `partitive`, `affiliation`, `reflexive`, `possessive`, `passive-auxiliary`, `zero-complementizer`.
    pub fn is(&self, field: &str, word: &str) -> bool {
        self.sets.get(field).is_some_and(|s| s.contains(word))
    }
}

fn verb_of(spec: &str) -> SpeechVerb {
    let (stance, frames) = spec.split_once(':').unwrap_or((spec, ""));
    let has = |f: &str| frames.split(',').any(|x| x == f);
    SpeechVerb {
        stance: match stance {
            "distance" => Stance::Distance,
            "confirm" => Stance::Confirm,
            "deny" => Stance::Deny,
            _ => Stance::Neutral,
        },
        infinitive: has("inf"),
        nominal: has("np"),
        gerund: has("ing"),
        object: has("obj"),
        // What takes an object and then its content takes no clause: "urged X to p".
        quote_only: has("quote") || has("obj"),
        prep: has("prep"),
        hold: has("hold"),
    }
}

fn add_forms(
    word: &str,
    verb: SpeechVerb,
    endings: &FxHashMap<&str, Vec<&str>>,
    verbs: &mut FxHashMap<String, SpeechVerb>,
) {
    match word.split_once('@') {
        Some((stem, name)) => {
            for ending in endings.get(name).into_iter().flatten() {
                merge(verbs, format!("{stem}{ending}"), verb);
            }
        }
        None => {
            merge(verbs, word.to_string(), verb);
        }
    }
}

/// A form that several lines list has all their frames; its stance is the first that is not
/// neutral, and it stands alone if any line lets it.
fn merge(verbs: &mut FxHashMap<String, SpeechVerb>, form: String, verb: SpeechVerb) {
    let slot = verbs.entry(form).or_insert(verb);
    let before = *slot;
    slot.infinitive |= verb.infinitive;
    slot.nominal |= verb.nominal;
    slot.gerund |= verb.gerund;
    slot.object |= verb.object;
    slot.quote_only &= verb.quote_only;
    slot.prep |= verb.prep;
    // What one line lets stand without a number needs none.
    slot.hold = (slot.hold || !before.nominal) && (verb.hold || !verb.nominal);
    if slot.stance == Stance::Neutral {
        slot.stance = verb.stance;
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::{PACKS, entries, pack};

    #[test]
    fn every_stem_has_its_endings() {
        for (code, list) in
            [("fr", include_str!("fr/speech.txt")), ("en", include_str!("en/speech.txt"))]
        {
            let named: Vec<&str> =
                entries(list).filter_map(|l| l.strip_prefix('@')?.split('\t').next()).collect();
            let used = entries(list).filter(|l| l.starts_with("verb:"));
            for word in used.filter_map(|l| l.split_once('\t')).flat_map(|(_, w)| w.split(' ')) {
                if let Some((stem, name)) = word.split_once('@') {
                    assert!(named.contains(&name), "{code}: {stem}@{name}");
                }
                assert!(!word.is_empty(), "{code}: two spaces");
            }
        }
        assert!(PACKS.iter().all(|p| !p.speech.verbs.is_empty()));
    }

    #[test]
    fn forms_are_told_from_their_stems() {
        let french = &pack("fr").unwrap().speech.verbs;
        for form in
            ["annonce", "jugé", "exige", "avancé", "soutient", "dément", "a".repeat(9).as_str()]
        {
            assert_eq!(french.contains_key(form), form.len() < 9, "{form}");
        }
    }
}
