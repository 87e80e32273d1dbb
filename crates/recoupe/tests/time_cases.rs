//! The cases of `tests/cases/time`: a text, its day, and every time in it.

use std::fs;
use std::path::{Path, PathBuf};

use recoupe::analyse::time;
use recoupe::article::Span;
use recoupe::lang;

/// One case: where it stands, its day, its text, what is expected.
#[derive(Default)]
struct Case {
    name: String,
    published: Option<jiff::civil::Date>,
    text: String,
    expected: Vec<String>,
}

fn cases(path: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        if let Some(name) = line.strip_prefix("# ") {
            let name = format!("{}: {name}", path.display());
            cases.push(Case { name, ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(day) = line.strip_prefix("published: ") {
            case.published = (day != "-").then(|| day.parse().unwrap());
        } else if let Some(text) = line.strip_prefix("> ") {
            case.text.push_str(text);
            case.text.push('\n');
        } else if let Some(expected) = line.strip_prefix("- ") {
            case.expected.push(expected.to_string());
        } else {
            assert_eq!(line, "", "{}: a line of no kind", case.name);
        }
    }
    cases
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/time");
    let (mut wrong, mut count) = (Vec::new(), 0);
    for pack in lang::PACKS {
        for case in files(&root.join(pack.code)).iter().flat_map(|f| cases(f)) {
            count += 1;
            let all = [Span::new(0, case.text.len())];
            let given: Vec<String> = time::tag(&case.text, &all, case.published, pack)
                .iter()
                .map(|t| {
                    let modifier = t.modifier.map_or(String::new(), |m| format!(" | {m}"));
                    let words = t.span.of(&case.text);
                    format!("{words:?} | {} | {}{modifier}", t.kind.name(), t.value)
                })
                .collect();
            if given != case.expected {
                wrong.push(format!(
                    "{}\n  expected {:#?}\n  given {given:#?}",
                    case.name, case.expected
                ));
            }
        }
    }
    assert!(count > 50, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
