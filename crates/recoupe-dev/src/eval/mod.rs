//! `recoupe-dev eval`: each task reads its cases or its corpora in the shared folder, prints
//! figures, and writes a result per item under `evals/<task>/`. A corpus that is not there is
//! "not measured", never passed.

pub mod brief;
pub mod conll18;
pub mod corpus;
pub mod entities;
pub mod figures;
pub mod findings;
pub mod html;
pub mod names;
pub mod origins;
pub mod passages;
pub mod reported;
pub mod statements;
pub mod stories;
pub mod stream;
pub mod syntax;
pub mod tags;
pub mod time;
pub mod timeline;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The files of a `.tar.xz` archive: path in it, bytes.
///
/// # Errors
///
/// When the archive cannot be read.
pub fn archive(path: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let xz = lzma_rust2::XzReader::new(io::BufReader::new(fs::File::open(path)?), true);
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(xz).entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let name = entry.path()?.to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

/// Writes a task's per-item results, one JSON object a line, and its figures as the floor that
/// later measures must keep.
///
/// # Errors
///
/// When the files cannot be written.
pub fn write(task: &str, items: &[serde_json::Value], figures: &[(&str, f64)]) -> io::Result<()> {
    let folder = Path::new("evals").join(task);
    fs::create_dir_all(&folder)?;
    let lines: String = items.iter().map(|i| format!("{i}\n")).collect();
    fs::write(folder.join("items.jsonl"), lines)?;
    let floor: String = figures.iter().map(|(k, v)| format!("{k} = {v:.3}\n")).collect();
    fs::write(folder.join("floor.toml"), floor)
}
