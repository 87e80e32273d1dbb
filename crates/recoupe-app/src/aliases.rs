//! `--aliases`: files of names that the user brings, read once before the articles are analysed.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;

use recoupe::article::{Article, Warning};
use recoupe::knowledge::load::{self, Own, Wanted};
use recoupe::read;

/// How many bad rows of a file are told one by one.
const BAD_ROWS: usize = 20;

/// A file that the user named, opened.
pub struct Names {
    name: String,
    bytes: Box<dyn Read>,
}

/// Opens all files, before anything is read: a ruling that the user asked for and that would not
/// be heard must not pass for heard.
///
/// # Errors
///
/// The first file that cannot be opened, and why.
pub fn open(files: &[PathBuf]) -> Result<Vec<Names>, (PathBuf, io::Error)> {
    let one = |file: &PathBuf| match File::open(file).and_then(read::unpacked) {
        Ok(bytes) => Ok(Names { name: file.display().to_string(), bytes }),
        Err(error) => Err((file.clone(), error)),
    };
    files.iter().map(one).collect()
}

/// Reads the files in order. A row that cannot be read is a warning; the rest goes on.
pub fn load(files: Vec<Names>, articles: &[Article], warnings: &mut Vec<Warning>) -> Own {
    let mut own = Own::default();
    if files.is_empty() {
        return own;
    }
    let texts = articles.iter().flat_map(|a| [Some(a.text.as_str()), a.title.as_deref()]);
    let wanted = Wanted::of(texts.flatten());
    for Names { name, bytes } in files {
        if let Err(error) = load_one(&name, bytes, &wanted, &mut own, warnings) {
            warnings.push(Warning::file(name, format!("cannot be read: {error}")));
        }
    }
    own
}

fn load_one(
    name: &str,
    bytes: Box<dyn Read>,
    wanted: &Wanted,
    own: &mut Own,
    warnings: &mut Vec<Warning>,
) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, bytes);
    let mut bad = 0;
    let found = load::read(&mut reader, wanted, own, &mut |row| {
        bad += 1;
        if bad <= BAD_ROWS {
            let place = format!("line {}", row.line);
            warnings.push(Warning::file(name, row.reason).at(place));
        }
    })?;
    if bad > BAD_ROWS {
        let more = format!("{} more rows could not be used", bad - BAD_ROWS);
        warnings.push(Warning::file(name, more));
    }
    if found.is_none() {
        warnings.push(Warning::file(name, "holds no row"));
    }
    Ok(())
}
