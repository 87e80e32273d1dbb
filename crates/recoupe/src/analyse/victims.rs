//! Who died or was hurt without being counted: `his brother was killed`, `the girl's death`.
//!
//! A report of one victim seldom says `one`: it names him. The tree tells whom a word of fate
//! befell; persons joined to one another are counted together. There may be more of them, so it
//! is their number or more. What was not done, or is only to be feared, befell nobody.

use std::collections::BTreeMap;

use crate::analyse::word::Word;
use crate::analyse::{Analysis, Bound, Figure, MentionKind};
use crate::article::Span;
use crate::ud::Upos;

/// The persons told of one by one in `text` as dead, hurt, shot or missing, as figures of at least
/// so many, in order. Words beside which a figure already counts the same are passed over.
///
/// ```
/// use recoupe::{analyse::{analyse, victims::victims}, article::Article};
/// let article = Article::plain("a", "Le frère du boulanger est mort dimanche à l'hôpital.");
/// let analysis = analyse(&article).value;
/// let found = victims(&article.text, &analysis);
/// assert_eq!((found[0].lo, found[0].hi, found[0].fate), (Some(1.0), None, Some("killed")));
/// ```
pub fn victims(text: &str, analysis: &Analysis) -> Vec<Figure> {
    let reader = Reader::new(text, analysis);
    let mut found: BTreeMap<Span, Figure> = BTreeMap::new();
    for at in 0..analysis.words.len() {
        if let Some(figure) = reader.victim(at) {
            found.entry(figure.span).or_insert(figure);
        }
    }
    found.into_values().collect()
}

struct Reader<'a> {
    analysis: &'a Analysis,
    /// Lower case, with plain apostrophes.
    forms: Vec<String>,
    /// The words that depend on a word: pairs of that word and one that does, in order.
    below: Vec<(u32, u32)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, analysis: &'a Analysis) -> Reader<'a> {
        let form = |w: &Word| w.form(text, &analysis.tokens).to_lowercase().replace('’', "'");
        let pair = |(i, w): (usize, &Word)| Some((w.head?, i as u32));
        let mut below: Vec<(u32, u32)> =
            analysis.words.iter().enumerate().filter_map(pair).collect();
        below.sort_unstable();
        Reader { analysis, forms: analysis.words.iter().map(form).collect(), below }
    }

    fn below(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let head = head as u32;
        let from = self.below.partition_point(|(h, _)| *h < head);
        self.below[from..].iter().take_while(move |(h, _)| *h == head).map(|(_, w)| *w as usize)
    }

    fn is(&self, at: usize, relation: &str) -> bool {
        self.analysis.words[at].deprel.universal() == relation
    }

    /// The persons whom the word at `at` tells to be dead or hurt.
    fn victim(&self, at: usize) -> Option<Figure> {
        let grammar = &self.analysis.lang.figures;
        let form = self.forms[at].as_str();
        let does = grammar.fate_before.get(form);
        let event = grammar.events.get(form);
        let wound = || {
            let is = grammar.rules.wounds.contains(&form);
            grammar.rules.fates.iter().position(|f| is && f.name == "injured")
        };
        let fate = grammar.fate_after.get(form).or(does).or(event).copied().or_else(wound)?;
        let fate = grammar.rules.fates.get(fate).filter(|f| f.victims)?;
        if self.is_undone(at) {
            return None;
        }
        let patient = match self.analysis.words[at].upos {
            Upos::Verb | Upos::Aux | Upos::Adj => self.patient(at, does.is_some())?,
            Upos::Noun => self.of_noun(at).or_else(|| self.of_wound(at))?,
            _ => return None,
        };
        let (span, count) = self.persons(patient)?;
        if self.is_counted(at, patient) {
            return None;
        }
        Some(Figure {
            span,
            value: Some(f64::from(count)),
            lo: Some(f64::from(count)),
            hi: None,
            bound: Bound::AtLeast,
            unit: Some("person"),
            counts: Some(span),
            currency: None,
            by: "figure/victim",
            fate: Some(fate.name),
        })
    }

    /// Whom a verb or a participle befalls: the object of what is done, else the subject. `does`:
    /// whether the word is of a verb that is done to somebody.
    fn patient(&self, at: usize, does: bool) -> Option<usize> {
        let word = &self.analysis.words[at];
        let child = |relation: &str| self.below(at).find(|i| self.is(*i, relation));
        let passive = self.below(at).any(|i| self.analysis.words[i].deprel.name() == "nsubj:pass")
            || self.below(at).any(|i| self.analysis.words[i].deprel.name() == "aux:pass");
        if does && !passive && word.upos == Upos::Verb {
            // A participle beside its noun: `the driver killed on Monday`.
            let beside = word.feats.is("VerbForm", "Part")
                && !word.feats.is("Tense", "Pres")
                && self.is(at, "acl")
                && word.deprel.name() == "acl";
            // `shot himself`, `s'est tué`: the subject suffers what it does.
            if self.below(at).any(|i| self.is_reflexive(i)) {
                return child("nsubj").map(|subject| self.antecedent(at, subject));
            }
            return child("obj").or_else(|| word.head.filter(|_| beside).map(|h| h as usize));
        }
        if let Some(subject) = child("nsubj") {
            return Some(self.antecedent(at, subject));
        }
        // `was pronounced dead`, `found the boy dead`
        let head = word.head? as usize;
        match word.deprel.universal() {
            "xcomp" => {
                let of = |r: &str| self.below(head).find(|i| self.is(*i, r));
                of("obj").or_else(|| of("nsubj"))
            }
            // `was shot and killed`, `went home and died`
            "conj" => {
                let subject = self.below(head).find(|i| self.is(*i, "nsubj"))?;
                let of = self.analysis.words[subject].deprel.name() == "nsubj:pass";
                (of || !does).then_some(subject)
            }
            _ => None,
        }
    }

    fn is_reflexive(&self, at: usize) -> bool {
        let word = &self.analysis.words[at];
        word.feats.is("Reflex", "Yes")
            || self.analysis.lang.figures.rules.oneself.contains(&self.forms[at].as_str())
    }

    /// Who suffers a wound: `she suffered a wound`, `was taken to hospital with injuries`.
    fn of_wound(&self, at: usize) -> Option<usize> {
        let rules = self.analysis.lang.figures.rules;
        if !rules.wounds.contains(&self.forms[at].as_str()) {
            return None;
        }
        let word = &self.analysis.words[at];
        let verb = word.head? as usize;
        let subject = self.below(verb).find(|i| self.is(*i, "nsubj"))?;
        let suffers = match word.deprel.universal() {
            "obj" => rules.suffers.contains(&self.forms[verb].as_str()),
            "obl" => self.analysis.words[subject].deprel.name() == "nsubj:pass",
            _ => false,
        };
        (suffers && !self.is_undone(verb)).then(|| self.antecedent(verb, subject))
    }

    /// What a relative pronoun stands for: the noun that its clause hangs on.
    fn antecedent(&self, verb: usize, subject: usize) -> usize {
        let relative = self.analysis.words[subject].feats.is("PronType", "Rel");
        let clause = &self.analysis.words[verb];
        let noun = clause.head.filter(|_| clause.deprel.universal() == "acl");
        noun.filter(|_| relative).map_or(subject, |h| h as usize)
    }

    /// Whose death a noun tells: `the death of the pilot`, `her son's murder`.
    fn of_noun(&self, at: usize) -> Option<usize> {
        let fates = &self.analysis.lang.figures.fate_phrases;
        let own = |i: &usize| self.is(*i, "nmod");
        self.below(at).filter(own).find(|i| {
            let case = self.below(*i).find(|c| self.is(*c, "case"));
            let Some(case) = case else { return false };
            let phrase = format!("{} {}", self.forms[at], self.forms[case]);
            let owner = case > *i;
            owner || fates.iter().any(|(p, _)| *p == phrase)
        })
    }

    /// Whether its words tell that it was not done, or is yet to come.
    fn is_undone(&self, at: usize) -> bool {
        let rules = self.analysis.lang.figures.rules;
        let word = &self.analysis.words[at];
        let coming = |w: &Word| w.feats.is("Tense", "Fut") || w.feats.is("VerbForm", "Inf");
        let infinitive = coming(word);
        let near = &self.forms[at.saturating_sub(4)..at];
        let denied = |i: usize| {
            let w = &self.analysis.words[i];
            let form = self.forms[i].as_str();
            w.feats.is("Polarity", "Neg")
                || w.upos == Upos::Aux && w.feats.is("Tense", "Fut")
                || self.is(i, "aux") && rules.possible.contains(&form)
                || self.is(i, "mark") && rules.conditions.contains(&form)
        };
        infinitive
            || near.iter().any(|w| rules.undone.contains(&w.as_str()))
            || near.iter().any(|w| rules.nobody.contains(&w.as_str()))
            || self.below(at).any(denied)
            || word.head.is_some_and(|h| {
                let h = h as usize;
                self.is(at, "xcomp")
                    && (coming(&self.analysis.words[h]) || self.below(h).any(denied))
            })
    }

    /// The persons that a noun and those joined to it are, and how many; None where it is none, or
    /// where it is not told how many.
    fn persons(&self, patient: usize) -> Option<(Span, u32)> {
        let joined = self.below(patient).filter(|i| self.is(*i, "conj"));
        let mut count = 0;
        let mut span = self.analysis.words[patient].span(&self.analysis.tokens);
        for at in std::iter::once(patient).chain(joined) {
            if !self.is_one_person(at) {
                return None;
            }
            count += 1;
            span = span.join(self.analysis.words[at].span(&self.analysis.tokens));
        }
        (span.len() < 200).then_some((span, count))
    }

    fn is_one_person(&self, at: usize) -> bool {
        let word = &self.analysis.words[at];
        let grammar = &self.analysis.lang.figures;
        let counted = self.below(at).any(|i| self.is(i, "nummod"));
        let none = self.below(at).any(|i| {
            let form = self.forms[i].as_str();
            grammar.rules.nobody.contains(&form) || grammar.rules.negations.contains(&form)
        });
        if counted && !self.is_aged(at) || none {
            return false;
        }
        match word.upos {
            Upos::Noun | Upos::Adj => {
                grammar.person.contains(self.forms[at].as_str())
                    && !word.feats.is("Number", "Plur")
                    // `any student`, `every driver`: nobody that something befell.
                    && !self.below(at).any(|i| {
                        self.analysis.words[i].feats.is("PronType", "Tot")
                            || grammar.rules.any.contains(&self.forms[i].as_str())
                    })
            }
            Upos::Propn => self.is_person_name(word.span(&self.analysis.tokens)),
            Upos::Pron => {
                let one = word.feats.is("Person", "3") && word.feats.is("Number", "Sing");
                one && (word.feats.is("Gender", "Masc") || word.feats.is("Gender", "Fem"))
            }
            _ => false,
        }
    }

    /// Whether the number beside a noun is an age: words for ages stand after it.
    fn is_aged(&self, at: usize) -> bool {
        let ages = self.analysis.lang.figures.rules.ages;
        let numbers = self.below(at).filter(|i| self.is(*i, "nummod"));
        numbers.into_iter().all(|i| {
            let after = self.forms.iter().skip(i + 1).take(2);
            after.into_iter().any(|w| ages.contains(&w.as_str()))
        })
    }

    fn is_person_name(&self, at: Span) -> bool {
        let mentions = &self.analysis.mentions;
        let near = mentions.partition_point(|m| m.span.start <= at.start);
        mentions[near.saturating_sub(3)..near]
            .iter()
            .any(|m| m.kind == MentionKind::Per && m.span.overlaps(at))
    }

    /// Whether a figure counts those that the words are about.
    fn is_counted(&self, at: usize, patient: usize) -> bool {
        let span = |i: usize| self.analysis.words[i].span(&self.analysis.tokens);
        let whole = span(at).join(span(patient));
        let figures = &self.analysis.figures;
        let from = figures.partition_point(|f| f.span.end + 60 < whole.start);
        figures[from..]
            .iter()
            .take_while(|f| f.span.start < whole.end + 60)
            .any(|f| f.fate.is_some() && f.counts.unwrap_or(f.span).join(f.span).overlaps(whole))
    }
}
