//! The cases of `tests/cases/names`: every name of a sentence with its type.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use recoupe::analyse::{MentionKind, with_pack};
use recoupe::article::Article;
use recoupe::lang;

fn names(text: &str, lang: &str) -> Vec<String> {
    let pack = lang::pack(lang).unwrap();
    let analysis = with_pack(&Article::plain("case", text), pack);
    let names = analysis.mentions.iter().filter(|m| m.kind != MentionKind::Nominal);
    names.map(|m| format!("{} {}", m.kind.name(), m.span.of(text))).collect()
}

/// F1 of the names of all cases, words and type both right; and what is wrong.
fn measure(lang: &str) -> (f64, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/names");
    let file = std::fs::read_to_string(path.join(format!("{lang}.md"))).unwrap();
    let (mut gold, mut given, mut right, mut wrong) = (0, 0, 0, String::new());
    let mut lines = file.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(text) = line.strip_prefix("> ") else { continue };
        let mut missed: Vec<&str> = Vec::new();
        while let Some(name) = lines.next_if(|l| l.starts_with("- ")) {
            missed.push(&name[2..]);
        }
        let found = names(text, lang);
        (gold, given) = (gold + missed.len(), given + found.len());
        let mut extra = Vec::new();
        for name in found {
            match missed.iter().position(|m| *m == name) {
                Some(i) => {
                    right += 1;
                    missed.remove(i);
                }
                None => extra.push(name),
            }
        }
        if !missed.is_empty() || !extra.is_empty() {
            wrong += &format!("> {text}\n  missed {missed:?}\n  extra {extra:?}\n");
        }
    }
    assert!(gold > 30, "only {gold} names");
    (2.0 * f64::from(right) / (gold + given) as f64, wrong)
}

#[test]
fn names_are_found_with_their_types() {
    // What is reached, less a little. English is to reach .85 too: hyphenated names and names
    // joined by `and`, `for` or `der` are cut.
    for (lang, floor) in [("fr", 0.85), ("en", 0.72)] {
        let (f1, wrong) = measure(lang);
        println!("names {lang}: F1 {f1:.3}\n{wrong}");
        assert!(f1 >= floor, "{lang}: {f1:.3} is under {floor}\n{wrong}");
    }
}
