//! `--aliases`: files of names that the user brings, read once before the articles are analysed.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use recoupe::article::{Article, Warning};
use recoupe::knowledge::load::{self, Own, Wanted};
use recoupe::read;

/// How many bad rows of a file are told one by one.
const BAD_ROWS: usize = 20;

/// Reads the files in order. What cannot be read is a warning; the rest goes on.
pub fn load(files: &[impl AsRef<Path>], articles: &[Article], warnings: &mut Vec<Warning>) -> Own {
    let mut own = Own::default();
    if files.is_empty() {
        return own;
    }
    let texts = articles.iter().flat_map(|a| [Some(a.text.as_str()), a.title.as_deref()]);
    let wanted = Wanted::of(texts.flatten());
    for file in files.iter().map(AsRef::as_ref) {
        if let Err(error) = load_one(file, &wanted, &mut own, warnings) {
            let name = file.display().to_string();
            warnings.push(Warning::file(name, format!("cannot be read: {error}")));
        }
    }
    own
}

fn load_one(
    file: &Path,
    wanted: &Wanted,
    own: &mut Own,
    warnings: &mut Vec<Warning>,
) -> std::io::Result<()> {
    let name = file.display().to_string();
    let mut reader = BufReader::with_capacity(1 << 16, open(file)?);
    let mut bad = 0;
    let found = load::read(&mut reader, wanted, own, &mut |row| {
        bad += 1;
        if bad <= BAD_ROWS {
            let place = format!("line {}", row.line);
            warnings.push(Warning::file(&name, row.reason).at(place));
        }
    })?;
    if bad > BAD_ROWS {
        let more = format!("{} more rows could not be used", bad - BAD_ROWS);
        warnings.push(Warning::file(&name, more));
    }
    if found.is_none() {
        warnings.push(Warning::file(&name, "holds no row"));
    }
    Ok(())
}

/// The file's bytes, unpacked when they are packed.
fn open(file: &Path) -> std::io::Result<Box<dyn Read>> {
    read::unpacked(File::open(file)?)
}
