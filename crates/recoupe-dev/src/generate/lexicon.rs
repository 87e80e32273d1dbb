//! `generate lexicon`: what each word form can be, by dictionaries and treebanks.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read;
use std::path::Path;

use recoupe::lang::lexicon::write::{Entry, lexicon};
use recoupe::lang::lexicon::{Case, ENDING_CHARS, Reading, Rule, Tags, ending_key};
use recoupe::ud::{Feats, Upos};

use super::hunspell::{self, Form};
use super::{specialist, wordnet};
use crate::train::gold::{self, Sentence};
use crate::treebanks;

/// How often a form is seen with each tag.
#[derive(Default)]
struct Seen {
    total: u32,
    tags: [u32; 17],
}

/// How often each lemma is given to a form with a part of speech and features.
type Lemmas = BTreeMap<(String, Upos, Feats), BTreeMap<(String, String), u32>>;

/// Treebanks of this weight or more give lemmas: the others have conventions of their own.
const LEMMAS: f32 = 0.7;

/// Lemma rules, each with its number.
struct Rules(BTreeMap<Rule, u16>);

/// Writes `lexicon_<lang>.bin` for each language into `out`. `english` is the folder of the
/// English dictionary's tables. Without `all`, what is kept to develop on is not read.
pub fn run(
    shared: &Path,
    english: &Path,
    wordnet: &Path,
    out: &Path,
    all: bool,
) -> Result<(), Box<dyn Error>> {
    for lang in ["fr", "en"] {
        let mut tags: BTreeMap<String, Seen> = BTreeMap::new();
        let mut lemmas = Lemmas::new();
        for bank in treebanks::of(lang) {
            let Some(how) = bank.tags else { continue };
            let (sentences, _) = gold::split(how.held, gold::read(shared, bank)?, all);
            for sentence in &sentences {
                read_tags(sentence, &mut tags);
                if how.weight >= LEMMAS {
                    read_lemmas(sentence, &mut lemmas);
                }
            }
        }
        let data = shared.join("data/language");
        let dictionary = if lang == "fr" {
            read_running_text(&unxz_bytes(&data.join("fr/winer-fr.tar.xz"))?, &mut tags);
            let file = |name: &str| unxz(&data.join("lex").join(name));
            hunspell::forms(&file("hunspell-fr.aff.xz")?, &file("hunspell-fr.dic.xz")?)
        } else {
            specialist::forms(english)?
        };
        let senses = if lang == "en" { wordnet::words(wordnet)? } else { BTreeMap::new() };
        let bytes = build(lang, &tags, &lemmas, &dictionary, &senses)?;
        let path = out.join(format!("lexicon_{lang}.bin"));
        println!("{}: {} bytes", path.display(), bytes.len());
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

fn build(
    lang: &str,
    tags: &BTreeMap<String, Seen>,
    lemmas: &Lemmas,
    dictionary: &[Form],
    senses: &BTreeMap<String, wordnet::Word>,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut rules =
        Rules(BTreeMap::from([(Rule { case: Case::Lower, cut: 0, add: String::new() }, 0)]));
    let mut forms: BTreeMap<String, Entry> = BTreeMap::new();
    let mut endings: BTreeMap<Vec<u8>, BTreeMap<u16, u32>> = BTreeMap::new();
    for form in dictionary {
        let lower = plain(&form.form);
        let rule = rules.number(&rule(&form.form, &lower, &form.lemma));
        count_endings(&lower, form.upos, rule, &mut endings);
        let reading = Reading { upos: form.upos, feats: form.feats, rule, seen: false };
        if let Some(bare) = without_accent(&lower) {
            forms.entry(bare).or_default().readings.push(reading);
        }
        forms.entry(lower).or_default().readings.push(reading);
    }
    for ((lower, upos, feats), counts) in lemmas {
        let rule = rules.number(&common_rule(lower, counts));
        count_endings(lower, *upos, rule, &mut endings);
        let reading = Reading { upos: *upos, feats: *feats, rule, seen: true };
        forms.entry(lower.clone()).or_default().readings.push(reading);
    }
    for (form, seen) in tags {
        forms.entry(form.clone()).or_default().tags = tags_of(seen) as u32;
    }
    for (form, word) in sense_codes(dictionary, senses) {
        forms.entry(form).or_default().code = word.code();
    }
    for entry in forms.values_mut() {
        entry.readings.sort();
        entry.readings.dedup();
    }
    forms.retain(|form, _| !form.is_empty() && form.as_bytes()[0] > 1 && form.len() < 64);
    let mut list: Vec<(Rule, u16)> = rules.0.into_iter().collect();
    list.sort_by_key(|(_, n)| *n);
    let list: Vec<Rule> = list.into_iter().map(|(rule, _)| rule).collect();
    let endings = choose_endings(&endings, &list);
    println!("{lang}: {} forms, {} endings, {} rules", forms.len(), endings.len(), list.len());
    lexicon(lang, &forms, &endings, &list)
}

/// What WordNet says of each form, by its base forms.
fn sense_codes(
    dictionary: &[Form],
    senses: &BTreeMap<String, wordnet::Word>,
) -> BTreeMap<String, wordnet::Word> {
    let mut out: BTreeMap<String, wordnet::Word> = BTreeMap::new();
    let mut done = std::collections::BTreeSet::new();
    for form in dictionary {
        let part = match form.upos {
            Upos::Noun | Upos::Propn => 0,
            Upos::Verb => 1,
            Upos::Adj => 2,
            Upos::Adv => 3,
            _ => continue,
        };
        let (lower, lemma) = (plain(&form.form), plain(&form.lemma));
        if let Some(word) = senses.get(&lemma)
            && done.insert((lower.clone(), lemma, part))
        {
            out.entry(lower).or_default().join(*word, part);
        }
    }
    for (lemma, word) in senses {
        out.entry(plain(lemma)).or_insert(*word);
    }
    out
}

impl Rules {
    fn number(&mut self, rule: &Rule) -> u16 {
        let next = self.0.len().min(usize::from(u16::MAX)) as u16;
        *self.0.entry(rule.clone()).or_insert(next)
    }
}

fn plain(form: &str) -> String {
    form.to_lowercase().replace('’', "'")
}

/// A form as old typewriters write its capital: `Etat` for `État`.
fn without_accent(lower: &str) -> Option<String> {
    let mut chars = lower.chars();
    let bare = match chars.next()? {
        'é' | 'è' | 'ê' => 'e',
        'à' | 'â' => 'a',
        'î' => 'i',
        'ô' => 'o',
        _ => return None,
    };
    let rest = chars.as_str();
    (rest.chars().count() > 1).then(|| format!("{bare}{rest}"))
}

/// The rule that gives most uses of a form their lemma.
fn common_rule(lower: &str, counts: &BTreeMap<(String, String), u32>) -> Rule {
    let right = |rule: &Rule| -> u32 {
        let of = counts.iter().filter(|((form, lemma), _)| rule.apply(form) == *lemma);
        of.map(|(_, n)| *n).sum()
    };
    let shortest = counts.keys().map(|(form, lemma)| rule(form, lower, lemma));
    let whole = counts.keys().map(|(_, lemma)| Rule {
        case: Case::Lower,
        cut: Rule::WHOLE,
        add: lemma.clone(),
    });
    // `max_by_key` takes the last of equals: the shortest rules come last.
    let all: Vec<Rule> = whole.chain(shortest).collect();
    all.into_iter().max_by_key(right).unwrap_or_else(|| rule(lower, lower, lower))
}

/// The shortest rule from a form to its lemma.
fn rule(form: &str, lower: &str, lemma: &str) -> Rule {
    let cased = [(Case::Kept, form), (Case::Lower, lower)];
    let edits = cased.into_iter().map(|(case, from)| edit(case, from, lemma));
    let whole = Rule { case: Case::Lower, cut: Rule::WHOLE, add: lemma.to_string() };
    let cost = |r: &Rule| (r.cut as usize + r.add.len(), r.case != Case::Lower);
    edits.flatten().min_by_key(cost).unwrap_or(whole)
}

fn edit(case: Case, from: &str, lemma: &str) -> Option<Rule> {
    let same: usize = from
        .chars()
        .zip(lemma.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let cut = from[same..].chars().count();
    (same > 0 && cut < 20).then(|| Rule { case, cut: cut as u8, add: lemma[same..].to_string() })
}

fn count_endings(
    lower: &str,
    upos: Upos,
    rule: u16,
    endings: &mut BTreeMap<Vec<u8>, BTreeMap<u16, u32>>,
) {
    let key = ending_key(lower, upos);
    let mut ends = vec![2];
    for c in lower.chars().rev().take(ENDING_CHARS) {
        ends.push(ends[ends.len() - 1] + c.len_utf8());
    }
    for end in ends {
        *endings.entry(key[..end].to_vec()).or_default().entry(rule).or_default() += 1;
    }
}

/// The rule most forms with an ending follow, where it is not that of the shorter ending.
fn choose_endings(
    counts: &BTreeMap<Vec<u8>, BTreeMap<u16, u32>>,
    rules: &[Rule],
) -> BTreeMap<Vec<u8>, u16> {
    let mut out: BTreeMap<Vec<u8>, u16> = BTreeMap::new();
    for (key, of) in counts {
        let productive = of.iter().filter(|(r, _)| rules[**r as usize].cut != Rule::WHOLE);
        let best = productive.max_by_key(|(r, n)| (**n, std::cmp::Reverse(**r)));
        let Some((rule, n)) = best else { continue };
        let shorter = (2..key.len()).rev().find_map(|end| out.get(&key[..end]));
        if key.len() == 2 || (*n >= 3 && shorter != Some(rule)) {
            out.insert(key.clone(), *rule);
        }
    }
    out
}

fn read_tags(sentence: &Sentence, tags: &mut BTreeMap<String, Seen>) {
    for range in &sentence.ranges {
        let lower = plain(range);
        if lower.chars().all(char::is_alphabetic) {
            let seen = tags.entry(lower).or_default();
            seen.total += 1;
            seen.tags[8] += 1;
            seen.tags[14] += u32::from(range.chars().next().is_some_and(char::is_lowercase));
        }
    }
    for word in &sentence.words {
        let lower = plain(&word.form);
        if lower.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let seen = tags.entry(lower).or_default();
        seen.total += 1;
        for bit in bits(word.upos.name(), &word.feats_text) {
            seen.tags[bit] += 1;
        }
        seen.tags[14] += u32::from(word.form.chars().next().is_some_and(char::is_lowercase));
    }
}

fn read_lemmas(sentence: &Sentence, lemmas: &mut Lemmas) {
    for word in sentence.words.iter().filter(|w| !w.form.contains(|c: char| c.is_ascii_digit())) {
        let pair = (word.form.clone(), word.lemma.clone());
        let key = (plain(&word.form), word.upos, word.feats);
        *lemmas.entry(key).or_default().entry(pair).or_default() += 1;
    }
}

pub(crate) fn unxz_bytes(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut bytes = Vec::new();
    lzma_rust2::XzReader::new(std::io::BufReader::new(file), true).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn unxz(path: &Path) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(unxz_bytes(path)?)?)
}

/// Bit numbers of [`Tags`] for a tag and its features.
fn bits(upos: &str, feats: &str) -> Vec<usize> {
    let has = |f: &str| feats.split('|').any(|x| x == f);
    let mut out = Vec::new();
    match upos {
        "NOUN" => out.push(0),
        "ADJ" => out.push(1),
        "VERB" | "AUX" => {
            if has("VerbForm=Inf") {
                out.push(3);
            } else if has("VerbForm=Part") && has("Tense=Past") {
                out.push(4);
            } else if has("VerbForm=Part") || has("VerbForm=Ger") {
                out.push(5);
            } else {
                out.push(2);
            }
            if upos == "AUX" {
                out.push(11);
            }
            if has("Mood=Cnd") {
                out.push(15);
            }
            if has("Tense=Fut") {
                out.push(16);
            }
        }
        "ADV" | "PART" => out.push(6),
        "DET" => out.push(7),
        "ADP" => out.push(8),
        "PRON" => out.push(9),
        "CCONJ" | "SCONJ" => out.push(10),
        "NUM" => out.push(12),
        "PROPN" => out.push(13),
        _ => {}
    }
    out
}

/// Words seen in lower case, at least three times, in the text files of a tar archive, 2018 (the
/// test year) left out.
fn read_running_text(tar: &[u8], forms: &mut BTreeMap<String, Seen>) {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (name, body) in tar_files(tar) {
        if name.ends_with(".txt") && !name.contains("2018") {
            for word in
                String::from_utf8_lossy(body).split(|c: char| !c.is_alphabetic() && c != '-')
            {
                if word.chars().count() > 1 && word.chars().all(|c| c.is_lowercase() || c == '-') {
                    *counts.entry(word.trim_matches('-').to_string()).or_default() += 1;
                }
            }
        }
    }
    for (word, count) in counts.into_iter().filter(|(w, c)| *c >= 3 && !w.is_empty()) {
        let seen = forms.entry(word).or_default();
        seen.tags[14] += count;
        seen.total = seen.total.max(1);
    }
}

/// The members of a tar archive: name and bytes (plain files of the ustar format).
pub(crate) fn tar_files(tar: &[u8]) -> Vec<(String, &[u8])> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(header) = tar.get(at..at + 512) {
        let text = |range: std::ops::Range<usize>| {
            String::from_utf8_lossy(&header[range]).trim_end_matches('\0').trim().to_string()
        };
        let Ok(size) = usize::from_str_radix(&text(124..136), 8) else { break };
        let body = tar.get(at + 512..at + 512 + size).unwrap_or_default();
        out.push((text(0..100), body));
        at += 512 + size.div_ceil(512) * 512;
    }
    out
}

/// Tags with at least a twentieth of a form's uses; one slip of an annotator is not a reading.
fn tags_of(seen: &Seen) -> u64 {
    let mut bits = 0;
    for (i, count) in seen.tags.iter().enumerate() {
        let enough = if i == 14 { *count > 0 } else { *count * 20 >= seen.total && *count > 0 };
        if enough {
            bits |= 1 << i;
        }
    }
    debug_assert!(Tags(bits as u32).0 as u64 == bits);
    bits
}
