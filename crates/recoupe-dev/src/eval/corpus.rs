//! Reading the corpora that measures are taken on. They lie outside the project.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use recoupe::article::Article;
use recoupe::read::{Options, bytes};
use serde_json::Value;

/// The rows of a JSON Lines file, plain or .xz; None when there is no such file.
///
/// # Errors
///
/// When the file is there and cannot be read.
pub fn rows(path: &Path) -> std::io::Result<Option<Vec<Value>>> {
    if !path.exists() {
        return Ok(None);
    }
    let file = File::open(path)?;
    let reader: Box<dyn Read> = match path.extension() {
        Some(e) if e == "xz" => Box::new(lzma_rust2::XzReader::new(BufReader::new(file), true)),
        _ => Box::new(file),
    };
    let mut rows = Vec::new();
    for line in BufReader::new(reader).lines() {
        let line = line?;
        if !line.trim().is_empty() {
            rows.push(serde_json::from_str(&line)?);
        }
    }
    Ok(Some(rows))
}

/// A row's string, empty when it has none.
pub fn string(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap_or_default().to_owned()
}

/// A row's number, 0 when it has none.
pub fn number(row: &Value, key: &str) -> u32 {
    row[key].as_u64().unwrap_or_default() as u32
}

/// Where a task's results are: `evals/<task>`.
fn results(task: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "evals", task].iter().collect()
}

/// What a task must not fall below: `evals/<task>/floor.toml`, lines of `name = number`.
pub struct Floor {
    floors: BTreeMap<String, f64>,
    below: Vec<String>,
}

impl Floor {
    /// Reads the floors of a task.
    ///
    /// # Errors
    ///
    /// When there is no such file.
    pub fn of(task: &str) -> std::io::Result<Floor> {
        let text = std::fs::read_to_string(results(task).join("floor.toml"))?;
        let floor = |line: &str| {
            let (name, number) = line.split_once('=')?;
            Some((name.trim().to_owned(), number.trim().parse().ok()?))
        };
        Ok(Floor { floors: text.lines().filter_map(floor).collect(), below: Vec::new() })
    }

    /// Notes a figure, rounded as it is printed.
    pub fn check(&mut self, name: &str, figure: f64) {
        let figure = (figure * 1e3).round() / 1e3;
        if let Some(floor) = self.floors.get(name).filter(|floor| figure < **floor) {
            self.below.push(format!("{name} {figure:.3} is below {floor:.3}"));
        }
    }

    /// # Errors
    ///
    /// When a figure fell below its floor.
    pub fn hold(self) -> std::io::Result<()> {
        match self.below.is_empty() {
            true => Ok(()),
            false => Err(std::io::Error::other(self.below.join("; "))),
        }
    }
}

/// Writes a per-item result: `evals/<task>/<name>`.
///
/// # Errors
///
/// When it cannot be written.
pub fn save(task: &str, name: &str, lines: &[String]) -> std::io::Result<()> {
    let folder = results(task);
    std::fs::create_dir_all(&folder)?;
    let mut file = File::create(folder.join(name))?;
    for line in lines {
        writeln!(file, "{line}")?;
    }
    Ok(())
}

/// The files of a folder as articles, read as the program reads them, by name.
///
/// # Errors
///
/// When the folder or a file cannot be read.
pub fn folder(path: &Path) -> std::io::Result<Vec<Article>> {
    let mut files: Vec<_> =
        std::fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut articles = Vec::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        articles.extend(bytes(&name, &std::fs::read(path)?, &Options::default()).value);
    }
    Ok(articles)
}
