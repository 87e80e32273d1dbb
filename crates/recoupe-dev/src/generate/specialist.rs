//! Reads the tables of English inflection that the package lemminflect makes from the NIH's
//! SPECIALIST Lexicon: `infl_lu.csv.gz` (base, part of speech, inflections) and
//! `lemma_lu.csv.gz` (form, part of speech, bases).

use std::error::Error;
use std::io::Read;
use std::path::Path;

use recoupe::ud::{Feats, Upos};

use super::hunspell::Form;

/// All forms of the tables in `folder`.
pub fn forms(folder: &Path) -> Result<Vec<Form>, Box<dyn Error>> {
    let mut out = Vec::new();
    inflections(&table(&folder.join("infl_lu.csv.gz"))?, &mut out);
    bases(&table(&folder.join("lemma_lu.csv.gz"))?, &mut out);
    out.sort();
    out.dedup();
    Ok(out)
}

fn table(path: &Path) -> Result<String, Box<dyn Error>> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    Ok(text)
}

fn part(name: &str, form: &str) -> Option<Upos> {
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    Some(match name {
        "noun" if capital => Upos::Propn,
        "noun" => Upos::Noun,
        "verb" => Upos::Verb,
        "aux" => Upos::Aux,
        "adj" => Upos::Adj,
        "adv" => Upos::Adv,
        _ => return None,
    })
}

/// The features of each column of a part of speech.
fn columns(part: Upos) -> &'static [&'static [&'static str]] {
    match part {
        Upos::Noun | Upos::Propn => &[&["Number=Plur"]],
        Upos::Adj | Upos::Adv => &[&["Degree=Cmp"], &["Degree=Sup"]],
        Upos::Verb => &[
            &["Mood=Ind|Tense=Past|VerbForm=Fin", "Tense=Past|VerbForm=Part"],
            &["Tense=Past|VerbForm=Part"],
            &["Tense=Pres|VerbForm=Part", "VerbForm=Ger"],
            &["Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"],
        ],
        _ => &[],
    }
}

fn inflections(table: &str, out: &mut Vec<Form>) {
    for line in table.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let [base, name, ref forms @ ..] = cells[..] else { continue };
        let Some(upos) = part(name, base) else { continue };
        for (i, cell) in forms.iter().enumerate() {
            // With a participle of its own, the first column is the past alone.
            let own = upos == Upos::Verb && i == 0 && forms.get(1).is_some_and(|c| !c.is_empty());
            let feats = columns(upos).get(i).copied().unwrap_or_default();
            let feats = if own { &feats[..1] } else { feats };
            for form in cell.split('/').filter(|f| !f.is_empty() && *f != base) {
                push(form, base, upos, feats, out);
            }
        }
    }
}

fn bases(table: &str, out: &mut Vec<Form>) {
    for line in table.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let [form, name, lemmas] = cells[..] else { continue };
        let Some(upos) = part(name, form) else { continue };
        let base = lemmas.split('/').any(|l| l == form);
        let feats: &[&str] = match (upos, base) {
            (Upos::Noun | Upos::Propn, true) => &["Number=Sing"],
            (Upos::Adj, true) => &["Degree=Pos"],
            (Upos::Verb, true) => &["VerbForm=Inf"],
            (Upos::Adv | Upos::Aux, _) => &["_"],
            _ => continue,
        };
        let lemma = if base { form } else { lemmas.split('/').next().unwrap_or(form) };
        push(form, lemma, upos, feats, out);
    }
}

fn push(form: &str, lemma: &str, upos: Upos, feats: &[&str], out: &mut Vec<Form>) {
    for feats in feats {
        let feats: Feats = feats.parse().unwrap_or_default();
        out.push(Form { form: form.to_string(), lemma: lemma.to_string(), upos, feats });
    }
}
