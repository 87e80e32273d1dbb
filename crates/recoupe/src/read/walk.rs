//! PATH arguments to files: a file, a folder (walked), a glob, or `-`.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use glob::MatchOptions;
use walkdir::{DirEntry, WalkDir};

use crate::article::Warning;

use super::Options;

/// One thing to read, or why it cannot be.
pub(super) enum Source {
    /// A file: how it is named to the user, where it is.
    File(String, PathBuf),
    /// Standard input.
    Stdin,
    /// Nothing to read here.
    Nothing(Warning),
}

/// The files that the arguments name, in reading order: arguments as given, folders sorted by
/// path. A file named twice is read once. And the folders that are dossiers: left out.
pub(super) fn sources(paths: &[String], options: &Options) -> (Vec<Source>, Vec<String>) {
    let mut walk = Walk {
        options,
        output: options.output.as_ref().and_then(|o| o.canonicalize().ok()),
        seen: HashSet::new(),
        met: 0,
        files: 0,
        sources: Vec::new(),
        left_out: Vec::new(),
    };
    let mut stdin = false;
    for path in paths {
        if path != "-" {
            walk.argument(path);
        } else if !std::mem::replace(&mut stdin, true) {
            walk.sources.push(Source::Stdin);
        }
    }
    if walk.files > options.files {
        let reason =
            format!("more than {} files: {} not read", options.files, walk.files - options.files);
        let warning = Warning::file("input", reason);
        walk.sources.push(Source::Nothing(warning.advise("read fewer at a time")));
    }
    (walk.sources, walk.left_out)
}

struct Walk<'a> {
    options: &'a Options,
    /// The folder that this run writes, canonical.
    output: Option<PathBuf>,
    /// Files named so far, by canonical path: only asked, never iterated.
    seen: HashSet<PathBuf>,
    /// Files and hindrances met, also those named before.
    met: usize,
    files: usize,
    sources: Vec<Source>,
    /// Dossiers met, as they are named to the user.
    left_out: Vec<String>,
}

impl Walk<'_> {
    fn nothing(&mut self, name: &str, reason: impl Into<String>, advice: &str) {
        self.met += 1;
        let warning = Warning::file(name, reason).advise(advice);
        self.sources.push(Source::Nothing(warning));
    }

    fn argument(&mut self, argument: &str) {
        let path = Path::new(argument);
        if path.is_dir() {
            self.folder(path);
        } else if path.exists() {
            self.file(path);
        } else if argument.contains(['*', '?', '[']) {
            self.pattern(argument);
        } else if path.is_symlink() {
            self.nothing(argument, "a link to nothing, or to itself", "mend or remove it");
        } else {
            self.nothing(argument, "no such file or folder", "check the path");
        }
    }

    fn pattern(&mut self, pattern: &str) {
        let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::default() };
        let found = match glob::glob_with(pattern, options) {
            Ok(found) => found,
            Err(error) => {
                return self.nothing(pattern, format!("not a pattern: {error}"), "quote [ as [[]");
            }
        };
        let before = self.met;
        for path in found {
            match path {
                Ok(path) if path.is_dir() => self.folder(&path),
                Ok(path) => match path.parent().filter(|p| is_dossier(p)) {
                    Some(dossier) => self.leave_out(dossier),
                    None => self.file(&path),
                },
                Err(error) => {
                    let name = error.path().display().to_string();
                    self.nothing(&name, format!("cannot be read: {}", error.error()), "");
                }
            }
        }
        if self.met == before {
            self.nothing(pattern, "matches no file", "check the pattern");
        }
    }

    fn folder(&mut self, folder: &Path) {
        let before = self.met;
        let mut walk = WalkDir::new(folder)
            .follow_links(true)
            .max_depth(self.options.depth)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !is_hidden(e));
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if self.is_ours(&entry) {
                        self.leave_out(entry.path());
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_file() => self.file(entry.path()),
                Ok(_) => {}
                Err(error) => self.broken(folder, &error),
            }
        }
        if self.met == before {
            let name = folder.display().to_string();
            self.nothing(&name, "no file to read in this folder", "hidden files are skipped");
        }
    }

    /// Whether recoupe wrote a folder, or is about to. A folder that is named and written at once
    /// holds what is to be read.
    fn is_ours(&self, entry: &DirEntry) -> bool {
        let written = || entry.path().canonicalize().ok() == self.output;
        is_dossier(entry.path()) || entry.depth() > 0 && self.output.is_some() && written()
    }

    fn leave_out(&mut self, folder: &Path) {
        self.met += 1;
        let name = folder.display().to_string();
        if !self.left_out.contains(&name) {
            self.left_out.push(name);
        }
    }

    fn broken(&mut self, folder: &Path, error: &walkdir::Error) {
        let name = error.path().unwrap_or(folder).display().to_string();
        if error.loop_ancestor().is_some() {
            return self.nothing(&name, "a link to a folder that holds it: not followed", "");
        }
        let reason = match error.io_error() {
            Some(error) => format!("cannot be read: {error}"),
            None => "cannot be read".to_owned(),
        };
        self.nothing(&name, reason, "");
    }

    fn file(&mut self, path: &Path) {
        self.met += 1;
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(canonical) {
            return;
        }
        self.files += 1;
        if self.files <= self.options.files {
            self.sources.push(Source::File(path.display().to_string(), path.to_owned()));
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether a folder is a dossier that recoupe wrote: its `dossier.json` says so at its start.
fn is_dossier(folder: &Path) -> bool {
    const START: u64 = 256;
    let path = folder.join("dossier.json");
    if !path.is_file() {
        return false;
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(START).read_to_end(&mut start));
    start.retain(|b| !b.is_ascii_whitespace());
    read.is_ok() && String::from_utf8_lossy(&start).contains("\"generator\":\"recoupe")
}
