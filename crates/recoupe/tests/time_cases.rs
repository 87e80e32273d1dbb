//! The cases of `tests/cases/time`: a text, its day, and every time in it.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use recoupe::analyse::{Interval, time, with_pack};
use recoupe::article::{Article, Span};
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
            let article = Article::plain("case", case.text.as_str());
            let read = with_pack(&article, pack);
            let day = Interval { earliest: case.published, latest: case.published };
            let given: Vec<String> = time::tag_parsed(read.syntax(&article), &all, day, pack)
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

#[test]
fn sentences_without_times_have_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang");
    let mut wrong = Vec::new();
    for pack in lang::PACKS {
        let text = fs::read_to_string(root.join(pack.code).join("time_none.txt")).unwrap();
        let mut lines: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).collect();
        lines.sort();
        lines.dedup();
        assert!(lines.len() >= 300, "{}: {} lines", pack.code, lines.len());
        for line in lines {
            for t in time::tag(line, &[Span::new(0, line.len())], None, pack) {
                wrong.push(format!("{:?} {} in {line}", t.span.of(line), t.value));
            }
        }
    }
    assert!(wrong.is_empty(), "{} times:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn intervals_are_the_days_covered() {
    let text = "Last week, in March, on 3 May 1962, in the 1960s and over the weekend.";
    let english = lang::pack("en").unwrap();
    let all = [Span::new(0, text.len())];
    let given: Vec<String> = time::tag(text, &all, Some("2021-03-04".parse().unwrap()), english)
        .iter()
        .map(|t| format!("{:?}..{:?}", t.interval.earliest.unwrap(), t.interval.latest.unwrap()))
        .collect();
    assert_eq!(
        given,
        [
            "2021-02-22..2021-02-28",
            "2021-03-01..2021-03-31",
            "1962-05-03..1962-05-03",
            "1960-01-01..1969-12-31",
            "2021-02-27..2021-02-28"
        ]
    );
}

#[test]
fn fuzzy_edges_narrow_the_days() {
    let text = "Tout a commencé début novembre 2017, puis cessé fin 2018.";
    let all = [Span::new(0, text.len())];
    let given: Vec<String> = time::tag(text, &all, None, lang::pack("fr").unwrap())
        .iter()
        .map(|t| format!("{:?}..{:?}", t.interval.earliest.unwrap(), t.interval.latest.unwrap()))
        .collect();
    assert_eq!(given, ["2017-11-01..2017-11-16", "2018-07-02..2018-12-31"]);
}

#[test]
fn several_possible_days_keep_what_they_agree_on() {
    let text = "Le pont a fermé en février. Il a rouvert mardi.";
    let days = recoupe::analyse::Interval {
        earliest: Some("2021-03-03".parse().unwrap()),
        latest: Some("2021-03-12".parse().unwrap()),
    };
    let french = lang::pack("fr").unwrap();
    let times = time::tag_within(text, &[Span::new(0, text.len())], days, french);
    let values: Vec<&str> = times.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["2021-02", "XXXX-WXX-2"]);
    // Which Tuesday is not known; that it is one of these days is.
    assert_eq!(times[1].interval.earliest, "2021-03-02".parse().ok());
    assert_eq!(times[1].interval.latest, "2021-03-09".parse().ok());
}

/// Text made of what the grammars know, so that rules really meet.
fn timely() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "jeudi",
        "le",
        "14",
        "h",
        "30",
        "novembre",
        "2017",
        "9999",
        "0",
        "an",
        "ans",
        "cent",
        "mille",
        "vingt",
        "et",
        "un",
        "-",
        "/",
        ".",
        ",",
        "dernier",
        "hier",
        "à",
        "É",
        "été",
        "Monday",
        "last",
        "quarter",
        "year",
        "ago",
        "a",
        "May",
        "31",
        "of",
        "%",
        "\n",
        "’",
        "🕰",
        "la veille",
        "1000000",
        "centuries",
        "plus tard",
        "siècle",
        "XXe",
        "Noël",
        "next",
    ]);
    prop::collection::vec((words, prop::bool::ANY), 0..40).prop_map(|words| {
        words.iter().map(|(w, space)| format!("{w}{}", if *space { " " } else { "" })).collect()
    })
}

proptest! {
    #[test]
    fn any_text_gives_ordered_spans_on_characters(
        text in prop_oneof![timely(), ".{0,200}"],
        day in prop::option::of(-9999i16..=9999),
    ) {
        let day = day.and_then(|y| jiff::civil::Date::new(y, 12, 31).ok());
        for pack in lang::PACKS {
            let times = time::tag(&text, &[Span::new(0, text.len())], day, pack);
            let mut end = 0;
            for t in &times {
                prop_assert!(t.span.start >= end && !t.span.is_empty());
                prop_assert!(text.is_char_boundary(t.span.start as usize));
                prop_assert!(text.is_char_boundary(t.span.end as usize));
                prop_assert!(!t.value.is_empty());
                prop_assert!(t.interval.earliest <= t.interval.latest);
                end = t.span.end;
            }
        }
    }
}
