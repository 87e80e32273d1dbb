//! `generate background`: in how many ordinary texts each folded word stands.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use recoupe::reuse::fold_words;

use super::lexicon::{tar_files, unxz, unxz_bytes};
use crate::eval::corpus;
use crate::treebanks;

/// A text is cut after so many words: what a word's frequency means must not depend on how
/// long a corpus's documents are.
const TEXT: usize = 300;

/// A shorter rest is no text.
const SHORT: usize = 100;

/// A word that fewer texts have is left out.
const RARE: u32 = 2;

/// Writes `<lang>/background.txt` for each language into `out`, from the corpora whose licence
/// lets what is counted on them ship, their test parts left out.
pub fn run(shared: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let data = shared.join("data");
    let mut fr = Counts::default();
    let archive = unxz_bytes(&data.join("language/fr/winer-fr.tar.xz"))?;
    for (name, text) in tar_files(&archive) {
        // The articles of 2018 are the test part.
        if name.ends_with(".txt") && !name.starts_with("2018") {
            fr.add(&String::from_utf8_lossy(text));
        }
    }
    for bank in treebanks::of("fr").filter(|b| b.background) {
        fr.add_treebank(&bank.path(shared))?;
    }
    fr.write(
        out,
        "fr",
        "WiNER-fr 2016-2017 (CC BY 4.0), UD Sequoia (LGPL-LR), UD GSD (CC BY-SA 4.0)",
    )?;

    let mut en = Counts::default();
    for row in corpus::rows(&data.join("time/meantime_en.jsonl.xz"))?.unwrap_or_default() {
        en.add(&corpus::string(&row, "text"));
    }
    for bank in treebanks::of("en").filter(|b| b.background) {
        en.add_treebank(&bank.path(shared))?;
    }
    en.write(
        out,
        "en",
        "MEANTIME (CC BY 4.0), UD EWT (CC BY-SA 4.0), UD GUM (CC BY and public domain)",
    )
}

#[derive(Default)]
struct Counts {
    texts: u32,
    words: BTreeMap<Box<str>, u32>,
}

impl Counts {
    fn add(&mut self, text: &str) {
        for words in fold_words(text).chunks(TEXT).filter(|c| c.len() >= SHORT) {
            self.texts += 1;
            for word in words.iter().collect::<BTreeSet<_>>() {
                *self.words.entry(word.clone()).or_default() += 1;
            }
        }
    }

    fn add_treebank(&mut self, path: &Path) -> Result<(), Box<dyn Error>> {
        let text = unxz(path)?;
        let mut document = String::new();
        for line in text.lines().filter(|l| l.starts_with("# ")) {
            if line.starts_with("# newdoc") {
                self.add(&document);
                document.clear();
            } else if let Some(sentence) = line.strip_prefix("# text = ") {
                document.push_str(sentence);
                document.push('\n');
            }
        }
        self.add(&document);
        Ok(())
    }

    fn write(&self, out: &Path, lang: &str, sources: &str) -> Result<(), Box<dyn Error>> {
        let mut list = format!(
            "# In how many texts of at most {TEXT} words each folded word stands.\n\
             # Counted with `recoupe-dev generate background` on {sources}.\n\
             # texts\t{}\n",
            self.texts
        );
        for (word, count) in self.words.iter().filter(|(_, n)| **n >= RARE) {
            writeln!(list, "{word}\t{count}")?;
        }
        println!("{lang}: {} texts, {} bytes", self.texts, list.len());
        std::fs::write(out.join(lang).join("background.txt"), list)?;
        Ok(())
    }
}
