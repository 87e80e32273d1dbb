//! Reads from WordNet 3.0 what a base form mostly is: the part of speech its uses in the
//! concordance mostly have, the broad fields (`noun.person`, `verb.motion`...) of its first
//! senses, and whether it is, or stands in, the name of one thing.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// What is known of a base form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Uses as noun, verb, adjective, adverb.
    pub uses: [u32; 4],
    /// The field of the first sense, plus 1, for noun and verb.
    pub fields: [u32; 2],
    /// Its first sense is one thing's name; it stands in such a name.
    pub name: bool,
    pub in_name: bool,
}

impl Word {
    /// Adds another word with the same form.
    pub fn join(&mut self, other: Word, part: usize) {
        self.uses[part] += other.uses[part];
        if let Some(field) = self.fields.get_mut(part).filter(|f| **f == 0) {
            *field = other.fields[part];
        }
        self.name |= other.name;
        self.in_name |= other.in_name;
    }

    /// All of it in one number: the part of speech used most and how clearly, the two fields,
    /// the two marks of names.
    pub fn code(self) -> u32 {
        let total: u32 = self.uses.iter().sum();
        let (most, n) =
            (0..4).map(|i| (i, self.uses[i])).max_by_key(|x| (x.1, 4 - x.0)).unwrap_or((0, 0));
        let clear = match (total, n * 10) {
            (0, _) => 0,
            (t, n) if n >= t * 9 => 3,
            (t, n) if n >= t * 6 => 2,
            _ => 1,
        };
        let most = if total == 0 { 0 } else { most as u32 };
        most | clear << 2
            | self.fields[0] << 4
            | self.fields[1] << 10
            | u32::from(self.name) << 16
            | u32::from(self.in_name) << 17
    }
}

/// The base forms of WordNet's files in `folder`, in lower case.
pub fn words(folder: &Path) -> Result<BTreeMap<String, Word>, Box<dyn Error>> {
    let file = |name: &str| -> Result<String, Box<dyn Error>> {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let mut out: BTreeMap<String, Word> = BTreeMap::new();
    for line in file("cntlist.rev")?.lines() {
        let cells: Vec<&str> = line.split(' ').collect();
        let [key, _, count] = cells[..] else { continue };
        let Some((lemma, sense)) = key.split_once('%') else { continue };
        let part = match sense.as_bytes().first() {
            Some(b'1') => 0,
            Some(b'2') => 1,
            Some(b'3' | b'5') => 2,
            _ => 3,
        };
        out.entry(lemma.to_string()).or_default().uses[part] += count.parse().unwrap_or(0);
    }
    for (part, name) in ["noun", "verb"].into_iter().enumerate() {
        let data = file(&format!("data.{name}"))?;
        for line in file(&format!("index.{name}"))?.lines().filter(|l| !l.starts_with(' ')) {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let senses = cells.get(2).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            let first = cells.len().checked_sub(senses).and_then(|i| cells.get(i));
            let Some(offset) = first.and_then(|o| o.parse::<usize>().ok()) else { continue };
            let synset = data.get(offset..).and_then(|d| d.lines().next()).unwrap_or_default();
            let field = synset.get(9..11).and_then(|f| f.parse().ok()).unwrap_or(0u32);
            let name = synset.contains(" @i ");
            let word = out.entry(cells[0].to_string()).or_default();
            word.fields[part] = field + 1;
            word.name |= name;
            if name && cells[0].contains('_') {
                for piece in cells[0].split('_').filter(|p| p.len() > 2) {
                    out.entry(piece.to_string()).or_default().in_name = true;
                }
            }
        }
    }
    out.retain(|lemma, _| !lemma.contains('_'));
    Ok(out)
}
