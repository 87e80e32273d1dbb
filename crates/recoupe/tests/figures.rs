//! Quantities, case by case: `tests/cases/figures/<language>.md`.
//!
//! A case is a quoted line, then one list line for each figure in it, none when there is none:
//! `- text | value | lo..hi | bound | unit | what is counted | what happened`.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use recoupe::analyse::figure::figures;
use recoupe::analyse::sentence::sentences;
use recoupe::analyse::{Figure, Timex, TimexKind};
use recoupe::article::{Article, Span};
use recoupe::lang::{Pack, pack};

fn found(text: &str, timexes: &[Timex], pack: &'static Pack) -> Vec<Figure> {
    let article = Article::plain("a", text);
    let (sentences, tokens) = sentences(&article, pack);
    figures(text, &sentences, &tokens, timexes, pack)
}

fn show(text: &str, f: &Figure) -> String {
    let number = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
    let value = f.value.map_or("-".to_string(), |v| v.to_string());
    let unit = f.currency.or(f.unit).unwrap_or("-");
    let counts = f.counts.map_or("-", |c| c.of(text));
    let (span, bound, fate) = (f.span.of(text), f.bound.name(), f.fate.unwrap_or("-"));
    let (lo, hi) = (number(f.lo), number(f.hi));
    format!("- {span} | {value} | {lo}..{hi} | {bound} | {unit} | {counts} | {fate}")
}

fn check(cases: &str, lang: &str) {
    let pack = pack(lang).unwrap();
    let mut wrong = String::new();
    let mut count = 0;
    let mut lines = cases.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(text) = line.strip_prefix("> ") else { continue };
        count += 1;
        let mut want = String::new();
        while let Some(line) = lines.next_if(|l| l.starts_with("- ")) {
            want += &format!("{}\n", line.trim_end());
        }
        let got: String = found(text, &[], pack).iter().map(|f| show(text, f) + "\n").collect();
        if got != want {
            wrong += &format!("> {text}\nwant:\n{want}got:\n{got}\n");
        }
    }
    assert!(count > 20, "only {count} cases");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn french() {
    check(include_str!("cases/figures/fr.md"), "fr");
}

#[test]
fn english() {
    check(include_str!("cases/figures/en.md"), "en");
}

/// What a paragraph of `tests/cases/figures` says of one figure, but for what it counts.
fn gold(line: &str) -> Option<(String, [String; 5])> {
    let rest = line.strip_prefix("- figure: \"")?;
    let (text, rest) = rest.split_once('"')?;
    let field = |name: &str| {
        let found = rest.split(" | ").find_map(|f| f.trim().strip_prefix(name));
        found.unwrap_or("-").trim().to_string()
    };
    let fields = ["value:", "lo:", "hi:", "bound:", "unit:"].map(field);
    Some((text.to_string(), fields))
}

/// Wrong lines of one paragraph, and how many figures it has.
fn paragraph(case: &str, pack: &'static Pack) -> (Vec<String>, usize) {
    let text = case.split("## text\n").nth(1).and_then(|t| t.split("\n\n##").next()).unwrap();
    let mut got: Vec<_> = found(text, &[], pack).iter().map(|f| fields(text, f)).collect();
    let want: Vec<_> = case.lines().filter_map(gold).collect();
    let total = want.len();
    let mut wrong = Vec::new();
    for (span, fields) in want {
        let same = |g: &(String, [String; 5])| {
            g.0 == span && g.1.iter().zip(&fields).all(|(a, b)| a == b || b == "~")
        };
        match got.iter().position(same) {
            Some(i) => drop(got.remove(i)),
            None => wrong.push(format!("missed {span} {fields:?}")),
        }
    }
    wrong.extend(got.iter().map(|(span, fields)| format!("extra {span} {fields:?}")));
    (wrong, total)
}

fn fields(text: &str, f: &Figure) -> (String, [String; 5]) {
    let number = |v: Option<f64>| v.map_or("-".to_string(), |v| v.to_string());
    let unit = f.unit.unwrap_or("-").to_string();
    let bound = f.bound.name().to_string();
    (f.span.of(text).to_string(), [number(f.value), number(f.lo), number(f.hi), bound, unit])
}

/// The paragraphs meant for developing: dates are not told apart here, so a few may be wrong.
#[test]
fn paragraphs() {
    for lang in ["fr", "en"] {
        let folder = format!("{}/../../tests/cases/figures/{lang}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
        files.sort();
        let (mut all, mut report) = (0, Vec::new());
        for file in files {
            let case = std::fs::read_to_string(&file).unwrap();
            if case.contains("held-out: yes") {
                continue;
            }
            let (wrong, total) = paragraph(&case, pack(lang).unwrap());
            all += total;
            let name = file.file_stem().unwrap().to_string_lossy().to_string();
            report.extend(wrong.into_iter().map(|w| format!("{name}: {w}")));
        }
        let missed = report.iter().filter(|w| w.contains(": missed")).count();
        let report_text = report.join("\n");
        assert!(missed * 7 <= all, "{lang}: {missed} missed of {all}:\n{report_text}");
        assert!((report.len() - missed) * 7 <= all, "{lang}, of {all}:\n{report_text}");
    }
}

#[test]
fn a_time_expression_is_no_figure() {
    let text = "Le 12 mai 1987, 300 personnes ont défilé.";
    let timex = Timex {
        span: Span::new(3, 14),
        kind: TimexKind::Date,
        value: "1987-05-12".into(),
        modifier: None,
        interval: Default::default(),
        by: "test",
    };
    let got = found(text, &[timex], pack("fr").unwrap());
    assert_eq!(got.iter().map(|f| f.span.of(text)).collect::<Vec<_>>(), ["300"]);
}

/// Words that figures are made of, in any order.
fn salad() -> impl Strategy<Value = String> {
    let words = [
        "12",
        "1.200",
        "120.00",
        "00",
        "1,5",
        "330",
        "000",
        "million",
        "millions",
        "mille",
        "cent",
        "quatre-vingt",
        "et",
        "demi",
        "dozens",
        "of",
        "une",
        "dizaine",
        "de",
        "d'",
        "milliers",
        "entre",
        "à",
        "between",
        "and",
        "personnes",
        "killed",
        "ont",
        "été",
        "tués",
        "$",
        "€",
        "%",
        "-",
        ".",
        "(",
        "half",
        "a",
        "hundred",
        "plus",
        "au moins",
        "jusqu'à",
        "ans",
        "3-1",
        "F-16",
        "2.5m",
        "300km",
        "9999999999999999999",
        "\u{A0}",
        "’",
        "«",
        "Irakiens",
        "others",
        "–",
    ];
    let gap = prop_oneof![Just(" "), Just(""), Just("\u{202F}"), Just("\n\n")];
    prop::collection::vec((prop::sample::select(words.to_vec()), gap), 0..24)
        .prop_map(|all| all.into_iter().flat_map(|(w, g)| [w, g]).collect())
}

fn is_sound(text: &str, timexes: &[Timex], lang: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for f in found(text, timexes, pack(lang).unwrap()) {
        prop_assert!(f.span.start >= end && !f.span.is_empty(), "{f:?}");
        end = f.span.end;
        prop_assert!(text.get(f.span.range()).is_some());
        prop_assert!(f.counts.is_none_or(|c| text.get(c.range()).is_some_and(|c| !c.is_empty())));
        prop_assert!(f.lo.zip(f.hi).is_none_or(|(lo, hi)| lo <= hi), "{f:?}");
        prop_assert!(f.value.is_none_or(f64::is_finite));
        let unreadable = f.bound == recoupe::analyse::Bound::Unreadable;
        prop_assert_eq!(unreadable, f.value.or(f.lo).or(f.hi).is_none());
        prop_assert!(!timexes.iter().any(|t| t.span.overlaps(f.span)), "{f:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_sound_spans(text in "\\PC{0,120}", french in any::<bool>()) {
        is_sound(&text, &[], if french { "fr" } else { "en" })?;
    }

    #[test]
    fn any_quantities_give_sound_spans(text in salad(), french in any::<bool>(), at in 0usize..40) {
        let mut cut = at.min(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let stop = text[cut..].char_indices().nth(6).map_or(text.len(), |(i, _)| cut + i);
        let timex = Timex {
            span: Span::new(cut, stop),
            kind: TimexKind::Date,
            value: "XXXX".into(),
            modifier: None,
            interval: Default::default(),
            by: "test",
        };
        is_sound(&text, &[timex], if french { "fr" } else { "en" })?;
        is_sound(&text, &[], if french { "fr" } else { "en" })?;
    }

    /// A number written with its language's separators comes back as itself.
    #[test]
    fn grouped_numbers_come_back(n in 2u32..999_999_999, french in any::<bool>(), mark in 0usize..4) {
        let plain = n.to_string();
        let marks = if french { [".", " ", "\u{A0}", "\u{202F}"] } else { [",", ",", " ", "\u{A0}"] };
        let mut grouped = String::new();
        for (i, c) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i) % 3 == 0 {
                grouped += marks[mark];
            }
            grouped.push(c);
        }
        let (text, lang) = if french {
            (format!("On compte {grouped} personnes ici."), "fr")
        } else {
            (format!("We saw {grouped} people here."), "en")
        };
        let got = found(&text, &[], pack(lang).unwrap());
        prop_assert_eq!(got.len(), 1, "{}", text);
        prop_assert_eq!(got[0].value, Some(f64::from(n)));
        prop_assert_eq!(got[0].span.of(&text), grouped);
    }
}

#[test]
fn a_number_that_is_all_that_a_source_says_counts_what_the_last_one_did() {
    // What is said, and what is read of the last number: its value, what it counts.
    let cases = [
        (
            "Environ 400 salariés se sont rassemblés devant la mairie mardi, selon la préfecture, 700 selon les syndicats.",
            "fr",
            Some((700.0, Some("person"), "salariés")),
        ),
        (
            "About 400 workers gathered outside the town hall on Tuesday, according to the police, 700 according to the unions.",
            "en",
            Some((700.0, Some("person"), "workers")),
        ),
        ("La ligne a été fermée mardi, selon la mairie, 700 selon les syndicats.", "fr", None),
    ];
    for (text, lang, want) in cases {
        let article = Article::plain("a", text);
        let analysis = recoupe::analyse::with_pack(&article, pack(lang).unwrap());
        let last = analysis.figures.last().filter(|f| f.value == Some(700.0));
        let read = last.map(|f| (f.value.unwrap(), f.unit, f.counts.map_or("", |c| c.of(text))));
        assert_eq!(read, want, "{text}");
    }
}
