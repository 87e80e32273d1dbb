//! Packs given and family names into `models/people.bin`, which
//! [`recoupe::knowledge::people`] reads. The same input gives the same bytes.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use recoupe::knowledge::people::{Borne, VERSION};
use recoupe::model::Writer;

use super::lexicon::unxz;

/// Names, in lower case, with how common they are.
type Names = BTreeMap<String, Borne>;

/// Reads the lists and writes the file.
///
/// # Errors
///
/// When a list is missing or the file cannot be written.
pub fn run(shared: &Path, census: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let mut names = Names::new();
    for (file, given) in
        [("dist.female.first", true), ("dist.male.first", true), ("dist.all.last", false)]
    {
        let path = census.join(file);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        ranked(&text, given, &mut names);
    }
    dictionary(&unxz(&shared.join("data/language/lex/hunspell-fr.dic.xz"))?, &mut names);
    let mut map = fst::MapBuilder::memory();
    for (name, borne) in &names {
        map.insert(name, u64::from(borne.given) << 2 | u64::from(borne.family))?;
    }
    let mut writer = Writer::new("people", "und", VERSION, 0);
    writer.section("names", map.into_inner()?);
    let bytes = writer.bytes();
    println!("{} names, {} bytes", names.len(), bytes.len());
    fs::write(to, bytes)?;
    Ok(())
}

/// Lines of the census: name, share, sum of shares, rank.
fn ranked(text: &str, given: bool, names: &mut Names) {
    for line in text.lines() {
        let mut cells = line.split_whitespace();
        let (Some(name), Some(rank)) = (cells.next(), cells.nth(2)) else { continue };
        let Ok(rank) = rank.parse::<u32>() else { continue };
        let steps = if given { [200, 1_000] } else { [1_000, 10_000] };
        let level = 3 - steps.iter().filter(|s| rank > **s).count() as u8;
        put(name, given, level, names);
    }
}

/// The given and family names of a hunspell dictionary with tags.
fn dictionary(text: &str, names: &mut Names) {
    for line in text.lines() {
        let Some((name, tags)) = line.split_once('/') else { continue };
        let tagged = |tag: &str| tags.split_whitespace().any(|t| t == tag);
        if tagged("po:prn") {
            put(name, true, 2, names);
        }
        if tagged("po:patr") {
            put(name, false, 2, names);
        }
    }
}

fn put(name: &str, given: bool, level: u8, names: &mut Names) {
    let borne = names.entry(name.to_lowercase()).or_default();
    let slot = if given { &mut borne.given } else { &mut borne.family };
    *slot = level.max(*slot);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_make_levels() {
        let mut names = Names::new();
        ranked("ROSE 0.1 50 90\nAUBE 0.0 80 4000\n", true, &mut names);
        ranked("ROSE 0.1 50 9000\n", false, &mut names);
        dictionary("Roux/L'D'Q' po:patr is:epi is:inv\nroux/S. po:nom\n", &mut names);
        let of = |n: &str| (names[n].given, names[n].family);
        assert_eq!((of("rose"), of("aube"), of("roux")), ((3, 2), (1, 0), (0, 2)));
    }
}
