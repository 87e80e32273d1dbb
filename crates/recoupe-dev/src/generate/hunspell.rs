//! Reads a hunspell dictionary with morphological tags into forms with their readings.

use std::collections::BTreeMap;

use recoupe::ud::{Feats, Upos};

/// A form as a dictionary gives it.
#[derive(Clone, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct Form {
    pub form: String,
    pub lemma: String,
    pub upos: Upos,
    pub feats: Feats,
}

/// One line of a suffix class.
struct Suffix<'a> {
    cut: &'a str,
    add: &'a str,
    /// What the word must end with, a set for each character.
    ends: Vec<(bool, Vec<char>)>,
    tags: Vec<&'a str>,
}

/// All forms of the dictionary.
pub fn forms(aff: &str, dic: &str) -> Vec<Form> {
    let suffixes = suffixes(aff);
    let mut out = Vec::new();
    for line in dic.lines().skip(1) {
        let mut cells = line.split_whitespace();
        let Some(head) = cells.next() else { continue };
        let (word, flags) = head.split_once('/').unwrap_or((head, ""));
        let tags: Vec<&str> = cells.collect();
        let lemma = tags.iter().find_map(|t| t.strip_prefix("st:")).unwrap_or(word);
        let flags: Vec<String> =
            flags.chars().collect::<Vec<_>>().chunks(2).map(|c| c.iter().collect()).collect();
        // "()": the word stands only with one of its endings.
        if !flags.iter().any(|f| f == "()") {
            read(word, lemma, &tags, &mut out);
        }
        for suffix in flags.iter().filter_map(|f| suffixes.get(f.as_str())).flatten() {
            if let Some(form) = suffix.apply(word) {
                let all: Vec<&str> = tags.iter().chain(&suffix.tags).copied().collect();
                read(&form, lemma, &all, &mut out);
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

fn suffixes(aff: &str) -> BTreeMap<&str, Vec<Suffix<'_>>> {
    let mut out: BTreeMap<&str, Vec<Suffix<'_>>> = BTreeMap::new();
    for line in aff.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let ["SFX", flag, cut, add, ends, tags @ ..] = &cells[..] else { continue };
        let add = add.split('/').next().unwrap_or(add);
        out.entry(flag).or_default().push(Suffix {
            cut: if *cut == "0" { "" } else { cut },
            add: if add == "0" { "" } else { add },
            ends: sets(ends),
            tags: tags.to_vec(),
        });
    }
    out
}

/// `[^sx]er` as sets: (negated, characters).
fn sets(pattern: &str) -> Vec<(bool, Vec<char>)> {
    let mut out = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '[' => {
                let mut set: Vec<char> = chars.by_ref().take_while(|c| *c != ']').collect();
                let negated = set.first() == Some(&'^');
                set.retain(|c| *c != '^');
                (negated, set)
            }
            '.' => (true, Vec::new()),
            c => (false, vec![c]),
        });
    }
    out
}

impl Suffix<'_> {
    fn apply(&self, word: &str) -> Option<String> {
        let mut chars = word.chars().rev();
        for (negated, set) in self.ends.iter().rev() {
            if set.contains(&chars.next()?) == *negated {
                return None;
            }
        }
        Some(format!("{}{}", word.strip_suffix(self.cut)?, self.add))
    }
}

/// Adds the readings that the tags give a form.
fn read(form: &str, lemma: &str, tags: &[&str], out: &mut Vec<Form>) {
    let po: Vec<&str> = tags.iter().filter_map(|t| t.strip_prefix("po:")).collect();
    let is: Vec<&str> = tags.iter().filter_map(|t| t.strip_prefix("is:")).collect();
    if po.contains(&"err") {
        return;
    }
    let mut nominal = Feats::default();
    for tag in &is {
        nominal = match *tag {
            "mas" => with(nominal, "Gender", "Masc"),
            "fem" => with(nominal, "Gender", "Fem"),
            "sg" => with(nominal, "Number", "Sing"),
            "pl" => with(nominal, "Number", "Plur"),
            _ => nominal,
        };
    }
    let verb = po.iter().any(|p| is_verb(p));
    let mut push = |upos, feats| {
        let (form, lemma) = (form.to_string(), lemma.to_string());
        out.push(Form { form, lemma, upos, feats });
    };
    for tag in &po {
        if let Some((upos, extra)) = part(tag).filter(|_| !verb || !["adj", "nom"].contains(tag)) {
            push(upos, extra.iter().fold(nominal, |f, (k, v)| with(f, k, v)));
        }
    }
    if !verb {
        return;
    }
    for upos in verb_parts(lemma) {
        for feats in verbal(&po, nominal) {
            push(*upos, feats);
        }
    }
    if po.contains(&"ppas") && po.contains(&"adj") {
        let (form, first) = (form.to_string(), participle(form, nominal));
        out.push(Form { form, lemma: first, upos: Upos::Adj, feats: nominal });
    }
}

/// The masculine singular of a regular past participle used as an adjective.
fn participle(form: &str, feats: Feats) -> String {
    let form =
        if feats.is("Number", "Plur") { form.strip_suffix('s').unwrap_or(form) } else { form };
    let form =
        if feats.is("Gender", "Fem") { form.strip_suffix('e').unwrap_or(form) } else { form };
    form.to_string()
}

/// A verb's class: `v1__t___zz`.
fn is_verb(tag: &str) -> bool {
    tag.len() >= 9 && tag.starts_with('v') && tag.as_bytes()[1].is_ascii_digit()
}

fn verb_parts(lemma: &str) -> &'static [Upos] {
    if matches!(lemma, "être" | "avoir") { &[Upos::Verb, Upos::Aux] } else { &[Upos::Verb] }
}

/// The features of each mood and person that the tags allow together.
fn verbal(po: &[&str], nominal: Feats) -> Vec<Feats> {
    let mut out = Vec::new();
    let fin = |mood, tense| {
        let f = with(Feats::default(), "Mood", mood);
        with(with(f, "Tense", tense), "VerbForm", "Fin")
    };
    for tag in po {
        match *tag {
            "infi" => out.push(with(Feats::default(), "VerbForm", "Inf")),
            "ppre" => {
                out.push(with(with(Feats::default(), "Tense", "Pres"), "VerbForm", "Part"));
            }
            "ppas" => out.push(with(with(nominal, "Tense", "Past"), "VerbForm", "Part")),
            _ => {}
        }
        let finite = match *tag {
            "ipre" => fin("Ind", "Pres"),
            "iimp" => fin("Ind", "Imp"),
            "ipsi" => fin("Ind", "Past"),
            "ifut" => fin("Ind", "Fut"),
            "cond" => fin("Cnd", "Pres"),
            "spre" => fin("Sub", "Pres"),
            "simp" => fin("Sub", "Imp"),
            "impe" => fin("Imp", "Pres"),
            _ => continue,
        };
        for person in po {
            let number = if person.contains("pl") { "Plur" } else { "Sing" };
            let (Some(n @ ('1' | '2' | '3')), false) =
                (person.chars().next(), person.contains("pe"))
            else {
                continue;
            };
            let f = with(finite, "Number", number);
            out.push(with(f, "Person", n.encode_utf8(&mut [0; 4])));
        }
    }
    out
}

fn with(feats: Feats, name: &str, value: &str) -> Feats {
    feats.with(name, value).unwrap_or(feats)
}

type Extra = &'static [(&'static str, &'static str)];

/// The part of speech of a tag that is not a verb's.
fn part(tag: &str) -> Option<(Upos, Extra)> {
    let tag = tag.strip_prefix("loc.").unwrap_or(tag);
    Some(match tag {
        "nom" | "titr" => (Upos::Noun, &[]),
        "adj" => (Upos::Adj, &[]),
        "npr" | "prn" | "patr" => (Upos::Propn, &[]),
        "adv" => (Upos::Adv, &[]),
        "negadv" => (Upos::Adv, &[("Polarity", "Neg")]),
        "advint" => (Upos::Adv, &[("PronType", "Int")]),
        "prep" | "prepv" => (Upos::Adp, &[]),
        "cjco" => (Upos::Cconj, &[]),
        "cjsub" | "cj" => (Upos::Sconj, &[]),
        "interj" => (Upos::Intj, &[]),
        "nb" | "nbro" => (Upos::Num, &[]),
        "loc" => (Upos::X, &[]),
        "det" => (Upos::Det, &[("PronType", "Art")]),
        "detdem" => (Upos::Det, &[("PronType", "Dem")]),
        "detpos" => (Upos::Det, &[("Poss", "Yes"), ("PronType", "Prs")]),
        "detind" | "detneg" | "detex" => (Upos::Det, &[("PronType", "Ind")]),
        "prodem" => (Upos::Pron, &[("PronType", "Dem")]),
        "prorel" => (Upos::Pron, &[("PronType", "Rel")]),
        "proint" => (Upos::Pron, &[("PronType", "Int")]),
        "proind" | "proneg" => (Upos::Pron, &[("PronType", "Ind")]),
        "propersuj" | "properobj" | "proadv" => (Upos::Pron, &[("PronType", "Prs")]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_tags_make_readings() {
        let aff = "SFX S. Y 2\nSFX S. 0 0/L' [^sxz] is:sg\nSFX S. 0 s/D' [^sxz] is:pl\n\
                   SFX a0 Y 2\nSFX a0 er e/j' [^y]er po:ipre po:spre po:1sg po:3sg\n";
        let dic = "2\nbrioche/S.() po:nom is:fem\nplier/a0() po:v1__t___zz\n";
        let got: Vec<String> = forms(aff, dic)
            .iter()
            .map(|f| format!("{} {} {} {}", f.form, f.lemma, f.upos, f.feats))
            .collect();
        assert_eq!(got.len(), 6);
        assert!(got.contains(&"brioches brioche NOUN Gender=Fem|Number=Plur".to_string()));
        assert!(got.contains(
            &"plie plier VERB Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin".to_string()
        ));
    }
}
