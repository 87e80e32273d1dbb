//! The order of the stages, kept by reading the sources: a stage imports only earlier stages,
//! and only a language pack names its language.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// Every top-level module with what it may import besides itself. `article`, `ud`, `model`
/// and `lang` lie beneath everything; `knowledge` (facts of the world, as data) is read with the list reader
/// of `lang`; then the stages, each with all that come before it.
const MAY_IMPORT: &[(&str, &str)] = &[
    ("article", ""),
    ("ud", ""),
    ("model", ""),
    ("lang", "model ud"),
    ("knowledge", "model lang"),
    ("read", "article lang knowledge"),
    ("analyse", "article ud model lang knowledge read"),
    ("reuse", "article ud lang knowledge read analyse"),
    ("story", "article ud lang knowledge read analyse reuse"),
    ("check", "article ud lang knowledge read analyse reuse story"),
    ("tell", "article ud lang knowledge read analyse reuse story check"),
    ("pipeline", "article ud lang knowledge read analyse reuse story check tell"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            out.extend(sources(&entry));
        } else if entry.extension().is_some_and(|e| e == "rs") {
            out.push(entry);
        }
    }
    out.sort();
    out
}

/// A file's path under `src`, in parts without the ending: `["lang", "fr", "mod"]`.
fn parts(path: &str) -> Vec<&str> {
    path.trim_end_matches(".rs").split('/').collect()
}

/// The code alone: comments (with the examples in them) and what stands in string literals
/// blanked out, unless `strings` are to stay.
fn code(source: &str, strings: bool) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |i| i + 2),
            '"' => {
                let end = string_end(rest);
                out.push_str(if strings { &rest[..end] } else { "\"\"" });
                end
            }
            '\'' if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") => {
                rest[1..].find('\'').unwrap() + 2
            }
            'r' if rest.starts_with("r#\"") => rest.find("\"#").map_or(rest.len(), |i| i + 2),
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return i + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The top-level modules of the crate that a file names in its code, by `crate::` or by
/// `super::` as far as the top.
fn imports(path: &str, source: &str) -> Vec<String> {
    let code = code(source, false);
    let parts = parts(path);
    // `mod.rs` is its folder: one step up from `lang/mod.rs` is the crate.
    let depth = parts.len() - usize::from(parts.last() == Some(&"mod"));
    let top = "super::".repeat(depth);
    let mut out = Vec::new();
    for (i, _) in code.match_indices("crate::") {
        // `$crate::` and `recoupe_crate::` are no paths of ours.
        if !code[..i].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            out.extend(heads(&code[i + "crate::".len()..]));
        }
    }
    for (i, _) in code.match_indices(&top) {
        if !code[..i].ends_with("super::") {
            out.extend(heads(&code[i + top.len()..]));
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The first name of a path, or those of a group: `lang::x` or `{lang::{a, b}, read}`.
fn heads(path: &str) -> Vec<String> {
    let name = |s: &str| {
        let s = s.trim_start();
        s[..s.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(s.len())].to_owned()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                out.push(name(&group[start..i]));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    out
}

/// What a file imports that its module may not.
fn forbidden(path: &str, source: &str) -> Vec<String> {
    let own = parts(path)[0];
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(m, _)| *m == own) else {
        return match own {
            "lib" => Vec::new(),
            _ => vec![format!("{path}: a module without a line in MAY_IMPORT")],
        };
    };
    let known = |m: &String| MAY_IMPORT.iter().any(|(n, _)| n == m);
    let bad = |m: &String| m != own && !allowed.split(' ').any(|a| a == m);
    let found = imports(path, source).into_iter().filter(|m| known(m) && bad(m));
    found.map(|m| format!("{path}: {own} imports {m}")).collect()
}

fn each_source(krate: &str, mut see: impl FnMut(&str, &str)) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(krate).join("src");
    let files = sources(&root);
    for file in &files {
        let path = file.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/");
        see(&path, &fs::read_to_string(file).unwrap());
    }
    files.len()
}

#[test]
fn a_stage_imports_only_earlier_stages() {
    let mut wrong = Vec::new();
    let count = each_source("recoupe", |path, source| wrong.extend(forbidden(path, source)));
    assert!(count > 80, "only {count} files");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_engine_knows_no_network_no_clock_and_no_database() {
    let banned = ["std::net", "SystemTime", "Instant::now", "Zoned::now", "Timestamp::now"];
    let mut wrong = Vec::new();
    each_source("recoupe", |path, source| {
        let code = code(source, false);
        let found = banned.iter().filter(|b| code.contains(**b));
        wrong.extend(found.map(|b| format!("{path}: {b}")));
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The checker itself: what it must see, and what it must let pass.
#[test]
fn the_checker_sees_bad_imports() {
    let bad = [
        ("read/json.rs", "use crate::analyse::Analysis;"),
        ("check/judge.rs", "fn f() { crate::tell::json::pair(a, b) }"),
        ("lang/fr/mod.rs", "use crate::{article::Span, lang::Pack};"),
        ("lang/mod.rs", "use super::read::Options;"),
        ("reuse/mod.rs", "use crate::{article::{Article, Span}, story::Story};"),
        ("analyse/time/scan.rs", "use super::super::super::check::Finding;"),
        ("analyse/time/mod.rs", "use super::super::check::Finding;"),
        ("article.rs", "pub use super::lang::Pack;"),
        ("knowledge/mod.rs", "let a = 'x'; use crate::article::Span;"),
        ("surprise.rs", "fn f() {}"),
    ];
    for (path, source) in bad {
        assert!(!forbidden(path, source).is_empty(), "{path}: {source}");
    }
    let good = [
        ("read/json.rs", "use crate::article::Article;"),
        ("tell/json.rs", "use crate::{check::Finding, lang::{PACKS, Pack}};"),
        ("article.rs", "/// See [`crate::read`].\n// use crate::tell;\nfn f() {}"),
        ("lang/fr/mod.rs", "use super::read; use crate::lang::Pack;"),
        ("lang/mod.rs", "const HELP: &str = \"crate::tell\"; /* crate::tell */"),
        ("analyse/mod.rs", "use super::article::Span;"),
        ("read/mod.rs", "let q = '\"'; use crate::article; let r = '\"';"),
    ];
    for (path, source) in good {
        assert_eq!(forbidden(path, source), [""; 0], "{path}: {source}");
    }
}

// Languages -------------------------------------------------------------------------------

/// Files outside the packs that may name a language, each with its reason.
const NAME_LANGUAGES: &[(&str, &str)] = &[("lang/mod.rs", "the table of packs")];

/// The folders of packs: the languages there are.
fn languages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang");
    let entries = fs::read_dir(root).unwrap().map(|e| e.unwrap());
    let mut out: Vec<String> = entries
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    out.sort();
    out
}

/// A file's code without its test module, which stands at its end.
fn untested(source: &str) -> &str {
    let end = source.find("#[cfg(test)]\nmod tests {").unwrap_or(source.len());
    &source[..end]
}

/// Modules in files of their own that only tests see.
fn test_files(sources: &[(String, String)]) -> Vec<String> {
    let mut out = Vec::new();
    for (path, source) in sources {
        let folder = path.rsplit_once('/').map_or("", |(f, _)| f);
        for (i, _) in source.match_indices("#[cfg(test)]\n") {
            let line = source[i..].lines().nth(1).unwrap_or_default();
            let module = line.trim_start_matches("pub(crate) ").strip_prefix("mod ");
            if let Some(name) = module.and_then(|m| m.strip_suffix(';')) {
                out.push(format!("{folder}/{name}.rs"));
            }
        }
    }
    out
}

/// The languages that a file's code names: a pack's module, its code or its name.
fn named_languages(source: &str, languages: &[String]) -> Vec<String> {
    let code = code(untested(source), true);
    let mut out = Vec::new();
    for lang in languages {
        let pack = recoupe::lang::pack(lang).unwrap();
        let quoted = [pack.code, pack.iso3, pack.name].map(|n| format!("\"{n}\""));
        let paths = [format!("lang::{lang}::"), format!("{lang}::PACK")];
        out.extend(quoted.into_iter().chain(paths).filter(|n| code.contains(n.as_str())));
    }
    out
}

#[test]
fn only_a_pack_names_its_language() {
    let languages = languages();
    assert!(languages.len() >= 2);
    let mut wrong = Vec::new();
    for krate in ["recoupe", "recoupe-app"] {
        let mut all = Vec::new();
        each_source(krate, |path, source| all.push((path.to_owned(), source.to_owned())));
        let tests = test_files(&all);
        for (path, source) in &all {
            let pack = languages.iter().any(|l| path.starts_with(&format!("lang/{l}/")));
            let excepted = NAME_LANGUAGES.iter().any(|(p, _)| p == path) && krate == "recoupe";
            if !pack && !excepted && !tests.contains(path) {
                let named = named_languages(source, &languages);
                wrong.extend(named.into_iter().map(|n| format!("{krate}/{path}: {n}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_checker_sees_languages() {
    let languages = languages();
    for bad in ["if code == \"fr\" {}", "use crate::lang::en::PACK;", "let l = \"English\";"] {
        assert!(!named_languages(bad, &languages).is_empty(), "{bad}");
    }
    for good in ["/// as in \"fr\"\nfn f() {}", "let x = 1;\n#[cfg(test)]\nmod tests {\n \"fr\" }"]
    {
        assert!(named_languages(good, &languages).is_empty(), "{good}");
    }
}

#[test]
fn every_pack_has_its_folder_and_every_folder_its_pack() {
    let codes: Vec<&str> = recoupe::lang::PACKS.iter().map(|p| p.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, languages());
}
