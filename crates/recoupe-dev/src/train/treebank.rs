//! Sentences of a treebank, as the training of trees reads them.

use std::error::Error;
use std::path::Path;

use crate::conllu;
use crate::generate::lexicon::unxz;

/// A word of a tree.
#[derive(Clone, Debug)]
pub struct Word {
    pub form: String,
    pub upos: String,
    /// 0 is the root.
    pub head: u32,
    pub deprel: String,
}

/// Reads the sentences of a CoNLL-U file, packed with xz or not. A few sentences of spoken
/// corpora have words without a head: they are left out.
pub fn read(path: &Path) -> Result<Vec<Vec<Word>>, Box<dyn Error>> {
    let text = if path.extension().is_some_and(|e| e == "xz") {
        unxz(path)?
    } else {
        std::fs::read_to_string(path)?
    };
    let sentences = conllu::read(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(sentences.into_iter().filter_map(|s| s.words.into_iter().map(word).collect()).collect())
}

fn word(word: conllu::Word) -> Option<Word> {
    let head = word.head? as u32;
    Some(Word { form: word.form, upos: word.upos, head, deprel: word.deprel })
}
