//! The program as people run it: commands, exit status, streams, warnings, bad inputs.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tempfile::TempDir;

#[path = "../../../tests/invariants.rs"]
mod invariants;

const GOOD: &str = "La préfecture a annoncé mardi la fermeture de deux ponts à Vaubrac. « Les \
                    piles sont fragiles », a déclaré le préfet, Armel Desroches.";

fn recoupe(args: &[&str]) -> Output {
    with_stdin(args, b"")
}

fn with_stdin(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_recoupe"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that reads nothing closes its end: no failure of the test's.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Standard output as JSON Lines: every line is JSON, and there is nothing else.
fn lines(output: &Output) -> Vec<Value> {
    assert_eq!(status(output), 0, "{}", err(output));
    out(output).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn example(lang: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(lang);
    path.canonicalize().unwrap().display().to_string()
}

fn dossier(paths: &[&str]) -> Value {
    let mut args = vec!["dossier", "-o", "-", "--with-text"];
    args.extend(paths);
    let mut all = lines(&recoupe(&args));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Every file of a folder: name and bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|f| f.unwrap());
    files.map(|f| (f.file_name().into_string().unwrap(), fs::read(f.path()).unwrap())).collect()
}

// Commands --------------------------------------------------------------------------------

#[test]
fn dossier_writes_every_file_of_the_folder() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("deep/er");
    for lang in ["fr", "en"] {
        let output = recoupe(&["dossier", &example(lang), "-o", &shown(&target)]);
        assert_eq!(status(&output), 0, "{}", err(&output));
        assert_eq!(out(&output), "");
        let files = contents(&target);
        for name in [
            "index.html",
            "dossier.json",
            "dossier.md",
            "timeline.json",
            "map.geojson",
            "annotations.jsonl",
            "findings.csv",
            "statements.csv",
            "figures.csv",
            "events.csv",
            "entities.ftm.json",
            "articles.bib",
        ] {
            assert!(files.get(name).is_some_and(|f| !f.is_empty()), "{lang}: {name}");
        }
        for name in ["dossier.json", "timeline.json", "map.geojson"] {
            serde_json::from_slice::<Value>(&files[name]).unwrap();
        }
        for name in ["annotations.jsonl", "entities.ftm.json"] {
            let text = String::from_utf8(files[name].clone()).unwrap();
            text.lines().for_each(|l| drop(serde_json::from_str::<Value>(l).unwrap()));
        }
        let page = String::from_utf8(files["index.html"].clone()).unwrap();
        assert!(!page.contains("<script src") && !page.contains("<link rel=\"stylesheet\""));
    }
}

#[test]
fn dossier_to_standard_output_is_the_file() {
    let folder = TempDir::new().unwrap();
    let target = shown(folder.path());
    recoupe(&["dossier", &example("fr"), "-o", &target]);
    let printed = recoupe(&["dossier", &example("fr"), "-o", "-"]);
    let written = fs::read(folder.path().join("dossier.json")).unwrap();
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    assert_eq!(read(&printed.stdout), read(&written));
    assert!(read(&written)["articles"][0].get("text").is_none());
}

#[test]
fn analyse_prints_one_line_an_article() {
    let all = lines(&recoupe(&["analyse", &example("fr")]));
    assert_eq!(all.len(), 7);
    for article in &all {
        assert_eq!(article["lang"], "fr");
        assert_eq!(invariants::of_article(article), [""; 0]);
        let keys = "id lang title outlet text published blocks timexes mentions statements \
                    figures credits warnings";
        for key in keys.split_whitespace() {
            assert!(article.get(key).is_some(), "{key}");
        }
    }
    let path = Path::new(&example("fr")).join("02-le-courrier-des-deux-rives.txt");
    assert_eq!(all[1]["text"], fs::read_to_string(path).unwrap());
    assert_eq!(all[1]["published"]["date"], "2024-03-12");
}

/// What is wrong with CoNLL-U as UD's validator sees it: columns, numbers, ranges, one root, heads
/// in the sentence, tags and relations of the inventory, `# text` that the tokens give.
fn conllu_faults(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for sentence in text.split("\n\n").filter(|s| !s.trim().is_empty()) {
        let mut said = None;
        let (mut built, mut next, mut until, mut roots, mut heads) =
            (String::new(), 1, 0, 0, vec![]);
        for line in sentence.lines() {
            if let Some(comment) = line.strip_prefix('#') {
                said = comment.strip_prefix(" text = ").map(str::to_owned).or(said);
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, _, upos, _, _, head, deprel, _, misc] = columns[..] else {
                wrong.push(format!("{} columns: {line}", columns.len()));
                continue;
            };
            if columns.iter().any(|c| c.is_empty() || c.trim() != *c) {
                wrong.push(format!("white space: {line}"));
            }
            let range = id.split_once('-').map(|(a, b)| (a.parse::<u32>(), b.parse::<u32>()));
            if range.is_some() || next > until {
                built.push_str(form);
                built.push_str(if misc.split('|').any(|m| m == "SpaceAfter=No") {
                    ""
                } else {
                    " "
                });
            }
            if let Some((from, to)) = range {
                if from != Ok(next) || to.clone().is_ok_and(|to| to <= next) {
                    wrong.push(format!("range: {line}"));
                }
                until = to.unwrap_or(0);
                continue;
            }
            if id.parse() != Ok(next) {
                wrong.push(format!("number: {line}"));
            }
            next += 1;
            roots += usize::from(head == "0");
            heads.push(head.to_owned());
            let known = |name: &str, ok: bool| name == "_" || ok;
            if !known(upos, upos.parse::<recoupe::ud::Upos>().is_ok())
                || !known(deprel, deprel.parse::<recoupe::ud::Deprel>().is_ok())
                || (head == "0") != (deprel == "root")
            {
                wrong.push(format!("tag or relation: {line}"));
            }
        }
        if said.as_deref() != Some(built.trim_end()) {
            wrong.push(format!("text {said:?}, tokens {built:?}"));
        }
        let parsed = heads.iter().any(|h| h != "_");
        let inside = |h: &String| h.parse::<usize>().is_ok_and(|h| h <= heads.len());
        if parsed && (roots != 1 || !heads.iter().all(inside)) {
            wrong.push(format!("heads {heads:?}"));
        }
    }
    wrong
}

#[test]
fn conllu_is_valid_on_any_text() {
    let odd = "Du pain\u{a0}: 330\u{202f}000 kg au port.\n\nM. Roux (J.-P.) a dit\t\"non\".\r\n#1 _ | a-b\n\
               \u{200b}zero\u{200b}width \u{ad} e\u{301}té 😀 don't cannot _\n- Des -- listes\n…\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd = 1.txt");
    fs::write(&path, odd).unwrap();
    for input in [example("en"), example("fr"), path.display().to_string()] {
        for lang in ["fr", "en"] {
            let output = recoupe(&["analyse", "--lang", lang, "--format", "conllu", &input]);
            assert_eq!(status(&output), 0);
            let printed = out(&output);
            assert_eq!(conllu_faults(printed), Vec::<String>::new(), "{input}");
            assert!(printed.contains("# newdoc id = ") && printed.contains("# sent_id = "));
            assert!(printed.contains("start_char="));
        }
    }
}

#[test]
fn passages_are_found_and_lie_in_their_articles() {
    for lang in ["fr", "en"] {
        let articles = lines(&recoupe(&["analyse", &example(lang)]));
        let words = |at: &Value| -> String {
            let article = articles.iter().find(|a| a["id"] == at["article"]).unwrap();
            let end = at["end"].as_u64().unwrap() as usize;
            let start = at["start"].as_u64().unwrap() as usize;
            let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
            text[start..end].iter().collect()
        };
        let pairs = lines(&recoupe(&["passages", &example(lang)]));
        assert!(pairs.len() >= 10, "{lang}: {}", pairs.len());
        for pair in pairs {
            let (a, b) = (words(&pair["a"]), words(&pair["b"]));
            assert!(a.split_whitespace().count() >= 7, "{a}");
            assert_ne!(pair["a"]["article"], pair["b"]["article"]);
            assert!(["verbatim", "edited", "quotation"].contains(&pair["kind"].as_str().unwrap()));
            let similarity = pair["similarity"].as_f64().unwrap();
            assert!((0.0..=1.0).contains(&similarity), "{similarity} of {a:?} and {b:?}");
        }
    }
}

#[test]
fn stories_tell_each_article_in_reading_order() {
    let both = recoupe(&["stories", &example("fr"), &example("en")]);
    let all = lines(&both);
    let ids: Vec<&str> = all.iter().map(|l| l["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 13);
    assert!(ids[..7].is_sorted() && ids[7..].is_sorted(), "{ids:?}");
    let english = &all[7]["story"];
    assert!(all[7..].iter().all(|l| l["story"] == *english), "the ferry is one story");
    assert!(all[..7].iter().all(|l| l["story"] != *english), "the fire is another");
}

#[test]
fn a_brief_keeps_to_its_words_and_cites_them() {
    for lang in ["fr", "en"] {
        let articles = lines(&recoupe(&["analyse", &example(lang)]));
        for words in [1, 40, 150] {
            let briefs = lines(&recoupe(&["brief", &example(lang), "--words", &words.to_string()]));
            for brief in briefs {
                let text = brief["text"].as_str().unwrap();
                assert!(text.split_whitespace().count() <= words, "{words}: {text}");
                for cite in brief["cites"].as_array().unwrap() {
                    assert!(articles.iter().any(|a| a["id"] == cite["article"]));
                }
            }
        }
        let longest = lines(&recoupe(&["brief", &example(lang)]));
        assert!(longest[0]["text"].as_str().unwrap().len() > 100, "{lang}");
    }
}

#[test]
fn a_dossier_is_not_read_as_articles() {
    let folder = TempDir::new().unwrap();
    write(&folder, "a.txt", GOOD);
    let run = |args: &[&str]| {
        let program = env!("CARGO_BIN_EXE_recoupe");
        Command::new(program).current_dir(folder.path()).args(args).output().unwrap()
    };
    // What is in the folder to write before the first run is none of the pile.
    write(&folder, "dossier/decisions.jsonl", "");
    let first = run(&["dossier", "."]);
    let said = err(&first);
    assert!(
        said.contains("1 article, 1 story, ") && said.ends_with("open dossier/index.html\n"),
        "{said}"
    );
    let written = contents(&folder.path().join("dossier"));
    let second = run(&["dossier", "."]);
    assert_eq!(contents(&folder.path().join("dossier")), written);
    for output in [first, second, run(&["dossier", ".", "-o", "x/y"]), run(&["stories", "*"])] {
        let told = err(&output);
        assert_eq!(status(&output), 0, "{told}");
        let left_out: Vec<&str> = told.lines().filter(|l| l.contains("left out: ")).collect();
        assert!(left_out.iter().any(|l| l.ends_with("dossier is a dossier")), "{told}");
    }
    for path in ["dossier", "x/y", "dossier/*"] {
        let output = run(&["stories", path]);
        assert_eq!((status(&output), out(&output)), (1, ""));
        assert!(err(&output).contains("is a dossier\n"), "{}", err(&output));
    }
    assert_eq!(lines(&run(&["stories", "."])).len(), 1);
}

#[test]
fn nobody_at_standard_error_stops_nothing() {
    let folder = TempDir::new().unwrap();
    let (good, empty) = (write(&folder, "good.txt", GOOD), write(&folder, "empty.txt", ""));
    let target = folder.path().join("d");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let done = Command::new(env!("CARGO_BIN_EXE_recoupe"))
        .args(["dossier", &good, &empty, "no/such/file", "-o", &shown(&target)])
        .stderr(writer)
        .status();
    assert_eq!(done.unwrap().code(), Some(0));
    assert!(target.join("index.html").is_file());
}

// Options and streams ---------------------------------------------------------------------

#[test]
fn wrong_usage_is_status_2() {
    let folder = TempDir::new().unwrap();
    let good = write(&folder, "good.txt", GOOD);
    for args in [
        &["analyse", "--no-such-option", &good][..],
        &["analyse"],
        &["dossier"],
        &["stories"],
        &["passages"],
        &["brief"],
        &["no-such-command", &good],
        &[],
        &["analyse", "--lang", "xx", &good],
        &["analyse", "--format", "xml", &good],
        &["brief", "--words", "many", &good],
        &["brief", "--words", "0", &good],
        &["analyse", "-j", "0", &good],
        &["analyse", "--jobs", "some", &good],
    ] {
        let output = recoupe(args);
        assert_eq!(status(&output), 2, "{args:?}");
        assert_eq!(out(&output), "", "{args:?}");
        assert!(!err(&output).is_empty(), "{args:?}");
    }
}

#[test]
fn help_and_version_are_status_0() {
    for args in [&["--help"][..], &["--version"], &["dossier", "--help"]] {
        let output = recoupe(args);
        assert_eq!(status(&output), 0, "{args:?}");
        assert!(!out(&output).is_empty());
    }
}

#[test]
fn nothing_to_do_is_status_1_and_says_why() {
    let folder = TempDir::new().unwrap();
    let missing = shown(&folder.path().join("missing.txt"));
    let empty = write(&folder, "empty.txt", "");
    fs::create_dir(folder.path().join("bare")).unwrap();
    let bare = shown(&folder.path().join("bare"));
    let no_match = shown(&folder.path().join("*.nothing"));
    for path in [&missing, &empty, &bare, &no_match] {
        for command in ["dossier", "analyse", "passages", "stories", "brief"] {
            let output = recoupe(&[command, path]);
            assert_eq!(status(&output), 1, "{command} {path}");
            assert_eq!(out(&output), "");
            assert!(err(&output).contains(path.as_str()), "{command}: {}", err(&output));
        }
    }
    assert!(!Path::new("dossier").exists(), "no folder is made for nothing");
}

#[test]
fn a_folder_that_cannot_be_written_is_status_1() {
    let folder = TempDir::new().unwrap();
    let file = write(&folder, "taken", "not a folder");
    let output = recoupe(&["dossier", &example("fr"), "-o", &file]);
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains(&file), "{}", err(&output));
}

#[test]
fn quiet_says_nothing_but_failures() {
    let folder = TempDir::new().unwrap();
    let (good, empty) = (write(&folder, "good.txt", GOOD), write(&folder, "empty.txt", ""));
    let output = recoupe(&["analyse", "--quiet", &good, &empty]);
    assert_eq!(lines(&output).len(), 1);
    assert_eq!(err(&output), "");
    let target = shown(&folder.path().join("d"));
    let output = recoupe(&["dossier", "-q", &good, &empty, "-o", &target]);
    assert_eq!((status(&output), err(&output).as_str()), (0, ""));
}

#[test]
fn standard_input_is_json_lines_among_other_paths() {
    let folder = TempDir::new().unwrap();
    let good = write(&folder, "good.txt", GOOD);
    let input = format!("{}\n\n{}\n", json!({"id": "x", "text": GOOD}), json!({"text": GOOD}));
    let output = with_stdin(&["analyse", &good, "-"], input.as_bytes());
    let ids: Vec<Value> = lines(&output).iter().map(|a| a["id"].clone()).collect();
    assert_eq!(ids, ["good.txt", "x", "-:3"]);
}

#[test]
fn patterns_and_folders_are_walked_in_order() {
    let folder = TempDir::new().unwrap();
    for name in ["b.txt", "a.txt", "deep/c.txt", "d.md"] {
        write(&folder, name, GOOD);
    }
    let ids = |path: &str| -> Vec<String> {
        let all = lines(&recoupe(&["analyse", path]));
        all.iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&shown(&folder.path().join("*.txt"))), ["a.txt", "b.txt"]);
    assert_eq!(ids(&shown(&folder.path().join("**/*.txt"))), ["a.txt", "b.txt", "c.txt"]);
    assert_eq!(ids(&shown(folder.path())), ["a.txt", "b.txt", "d.md", "c.txt"]);
}

#[test]
fn what_a_json_line_says_is_kept() {
    let line = |id: &str, topic: &str, text: &str| {
        json!({"id": id, "text": text, "topic": topic, "title": "Deux ponts", "outlet": "Le Val",
               "url": "https://example.org/a", "published": "2024-05-08", "lang": "fr"})
    };
    let other = "Le festival de théâtre ouvre jeudi à Orsenne avec quarante troupes.";
    let input = format!("{}\n{}\n", line("a", "T7", GOOD), line("b", "T7", other));
    let stories = lines(&with_stdin(&["stories", "-"], input.as_bytes()));
    assert_eq!(stories, [json!({"id": "a", "story": "T7"}), json!({"id": "b", "story": "T7"})]);
    let briefs = lines(&with_stdin(&["brief", "-"], input.as_bytes()));
    assert_eq!(briefs.len(), 1);
    assert_eq!(briefs[0]["id"], "T7");
    let article = &lines(&with_stdin(&["analyse", "-"], input.as_bytes()))[0];
    assert_eq!(article["title"], "Deux ponts");
    assert_eq!(article["outlet"], "Le Val");
    assert_eq!(article["published"]["date"], "2024-05-08");
    assert_eq!(article["published"]["given"], true);
    assert_eq!(article["timexes"][0]["value"], "2024-05-07", "{}", article["timexes"]);
}

#[test]
fn a_language_given_is_the_language_read() {
    for (given, code) in [("fr", "fr"), ("en", "en"), ("en-GB", "en")] {
        let all = lines(&recoupe(&["analyse", "--lang", given, &example("fr"), &example("en")]));
        assert!(all.iter().all(|a| a["lang"] == code), "{given}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let folder = TempDir::new().unwrap();
    let many: String =
        (0..400).map(|i| format!("{}\n", json!({"id": i.to_string(), "text": GOOD}))).collect();
    let pile = write(&folder, "many.jsonl", many);
    for command in [&["analyse"][..], &["analyse", "--format", "conllu"], &["dossier", "-o", "-"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_recoupe"))
            .args(command)
            .arg(&pile)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 0, "{command:?}: {}", err(&output));
        assert!(!err(&output).contains("panicked"), "{}", err(&output));
    }
}

#[test]
fn the_same_bytes_come_out_on_any_number_of_threads() {
    let folder = TempDir::new().unwrap();
    let run = |name: &str, jobs: &str| {
        let target = folder.path().join(name);
        let (fr, en) = (example("fr"), example("en"));
        let output =
            recoupe(&["dossier", &fr, &en, "--jobs", jobs, "--with-text", "-o", &shown(&target)]);
        assert_eq!(status(&output), 0, "{}", err(&output));
        contents(&target)
    };
    let first = run("first", "1");
    for (name, jobs) in [("again", "1"), ("two", "2"), ("seven", "7")] {
        let other = run(name, jobs);
        assert!(first.keys().eq(other.keys()));
        for (file, bytes) in &first {
            assert!(other[file] == *bytes, "{file} differs in run `{name}`");
        }
    }
}

// Bad inputs: each beside a good one ------------------------------------------------------

/// Runs `analyse` on a bad input beside a good article: the good one is read, the bad one is
/// named with a reason in one line. Gives the articles and the warnings.
fn beside_good(folder: &TempDir, bad: &[&str]) -> (Vec<Value>, Vec<String>) {
    let good = write(folder, "zz-good.txt", GOOD);
    let mut args = vec!["analyse"];
    args.extend(bad);
    args.push(&good);
    let started = Instant::now();
    let output = recoupe(&args);
    assert!(started.elapsed() < Duration::from_secs(120), "{bad:?} took {:?}", started.elapsed());
    let articles = lines(&output);
    let last = articles.last().unwrap();
    assert_eq!(last["id"], "zz-good.txt");
    assert!(!last["statements"].as_array().unwrap().is_empty());
    for article in &articles {
        assert_eq!(invariants::of_article(article), [""; 0]);
    }
    let warnings: Vec<String> = err(&output).lines().map(str::to_owned).collect();
    assert!(warnings.iter().all(|w| w.starts_with("recoupe: ")), "{warnings:?}");
    // The dossier says the same, and lists what it says.
    args[0] = "dossier";
    args.extend(["-o", "-"]);
    let whole = lines(&recoupe(&args)).remove(0);
    assert!(whole["warnings"].as_array().unwrap().len() >= warnings.len().min(1), "{whole}");
    (articles, warnings)
}

/// Exactly one warning, about `file`, that says `reason`.
fn one_warning(warnings: &[String], file: &str, reason: &str) {
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(file), "{} does not name {file}", warnings[0]);
    let said = warnings[0].to_lowercase();
    assert!(said.contains(reason), "{said} does not say {reason}");
}

#[test]
fn an_empty_file() {
    let folder = TempDir::new().unwrap();
    let bad = write(&folder, "empty.txt", "");
    let (articles, warnings) = beside_good(&folder, &[&bad]);
    assert_eq!(articles.len(), 1);
    one_warning(&warnings, &bad, "empty");
}

#[test]
fn a_binary_file() {
    let folder = TempDir::new().unwrap();
    let noise: Vec<u8> =
        (0..50_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let picture = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &noise].concat();
    for (name, bytes) in [("noise.txt", &noise), ("picture.txt", &picture)] {
        let bad = write(&folder, name, bytes);
        let (articles, warnings) = beside_good(&folder, &[&bad]);
        assert_eq!(articles.len(), 1, "{name}");
        one_warning(&warnings, &bad, "not read");
    }
}

/// A file of `megabytes` between a start and an end, written as it is made.
fn large(folder: &TempDir, name: &str, start: &str, filler: &str, end: &str) -> String {
    let path = folder.path().join(name);
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let piece = filler.repeat((1 << 20) / filler.len());
    file.write_all(start.as_bytes()).unwrap();
    (0..200).for_each(|_| file.write_all(piece.as_bytes()).unwrap());
    file.write_all(end.as_bytes()).unwrap();
    file.flush().unwrap();
    shown(&path)
}

#[test]
fn two_hundred_megabytes_of_one_line() {
    let folder = TempDir::new().unwrap();
    let text = large(&folder, "a.txt", "", "Un seul mot encore ", "");
    let (articles, warnings) = beside_good(&folder, &[&text]);
    assert_eq!(articles.len(), 1);
    one_warning(&warnings, &text, "longer than");
    fs::remove_file(text).unwrap();

    let line = large(&folder, "a.jsonl", "{\"id\": \"huge\", \"text\": \"", "mot ", "\"}\n");
    let small = json!({"id": "after", "text": GOOD});
    File::options()
        .append(true)
        .open(&line)
        .unwrap()
        .write_all(small.to_string().as_bytes())
        .unwrap();
    let (articles, warnings) = beside_good(&folder, &[&line]);
    assert_eq!(articles[0]["id"], "after", "what follows the long line is read");
    one_warning(&warnings, &line, "line 1");
}

#[test]
fn unclosed_tags() {
    let folder = TempDir::new().unwrap();
    let page = format!("<html><body><div><article><p>{GOOD}<p>{GOOD}<b><i><table><tr><td>");
    let deep = format!("<html><body>{}<p>{GOOD}", "<div><span>".repeat(50_000));
    for (name, page) in [("page.html", page), ("deep.html", deep)] {
        let bad = write(&folder, name, page);
        let (articles, warnings) = beside_good(&folder, &[&bad]);
        let read = articles.len() == 2 && articles[0]["text"].as_str().unwrap().contains("Vaubrac");
        assert!(read || warnings.iter().any(|w| w.contains(&bad)), "{name}: {warnings:?}");
    }
}

#[test]
fn invalid_utf_8() {
    let folder = TempDir::new().unwrap();
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.splice(30..30, [0xC3, 0x28, 0xFF, 0xED, 0xA0, 0x80]);
    let bad = write(&folder, "broken.txt", bytes);
    let (articles, warnings) = beside_good(&folder, &[&bad]);
    assert_eq!(articles.len(), 2);
    assert!(articles[0]["text"].as_str().unwrap().contains("a déclaré le préfet"));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(&bad));
}

#[test]
fn a_json_line_that_is_not_an_article() {
    let folder = TempDir::new().unwrap();
    let good = json!({"id": "x", "text": GOOD}).to_string();
    let more = json!({"id": "y", "text": GOOD}).to_string();
    for bad in ["{\"foo\": 1}", "[1, 2]", "{\"text\": \"cut", "null", "\"words\"", "{}"] {
        let path = write(&folder, "a.jsonl", format!("{good}\n{bad}\n{more}\n"));
        let (articles, warnings) = beside_good(&folder, &[&path]);
        let ids: Vec<&Value> = articles.iter().map(|a| &a["id"]).collect();
        assert_eq!(ids, ["x", "y", "zz-good.txt"], "{bad}");
        one_warning(&warnings, &path, "line 2");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself() {
    let folder = TempDir::new().unwrap();
    let pile = folder.path().join("pile");
    fs::create_dir_all(pile.join("inner")).unwrap();
    fs::write(pile.join("a.txt"), GOOD).unwrap();
    std::os::unix::fs::symlink(&pile, pile.join("inner/again")).unwrap();
    std::os::unix::fs::symlink("nowhere", pile.join("inner/broken")).unwrap();
    let (articles, _) = beside_good(&folder, &[&shown(&pile)]);
    assert_eq!(articles.len(), 2, "each file once");
}

#[test]
fn a_path_that_is_not_there() {
    let folder = TempDir::new().unwrap();
    let missing = shown(&folder.path().join("missing.txt"));
    let (articles, warnings) = beside_good(&folder, &[&missing]);
    assert_eq!(articles.len(), 1);
    one_warning(&warnings, &missing, "no such");
}

/// A gzip file of members that unpack to ten megabytes each.
fn bomb(folder: &TempDir, name: &str, start: &str, filler: &str, members: usize) -> String {
    let pack = |text: &str| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    let member = pack(&filler.repeat((10 << 20) / filler.len()));
    write(folder, name, [pack(start), member.repeat(members)].concat())
}

#[test]
fn a_file_that_unpacks_without_end() {
    let folder = TempDir::new().unwrap();
    for (name, start, filler, reason) in [
        ("bomb.txt.gz", "", "mot ", "longer than"),
        ("bomb.jsonl.gz", "{\"id\": \"b\", \"text\": \"", "mot ", "unpacks to more than"),
        ("bomb.html.gz", "<html><body>", "<div>", "longer than"),
    ] {
        let bad = bomb(&folder, name, start, filler, 150);
        let (articles, warnings) = beside_good(&folder, &[&bad]);
        assert_eq!(articles.len(), 1, "{name}");
        one_warning(&warnings, &bad, reason);
    }
}

#[test]
fn all_bad_inputs_together() {
    let folder = TempDir::new().unwrap();
    let empty = write(&folder, "empty.txt", "");
    let binary = write(&folder, "binary", [0u8, 1, 2, 3, 0, 255, 254].repeat(100));
    let line = write(&folder, "lines.jsonl", "{\"txt\": 1}\nnot json\n");
    let packed = write(&folder, "cut.gz", [0x1F, 0x8B, 8, 0, 0]);
    let missing = shown(&folder.path().join("missing"));
    let (articles, warnings) = beside_good(&folder, &[&empty, &binary, &line, &packed, &missing]);
    assert_eq!(articles.len(), 1);
    for path in [&empty, &binary, &line, &packed, &missing] {
        assert!(warnings.iter().any(|w| w.contains(path.as_str())), "{path}: {warnings:?}");
    }
}

// What is printed is sound ----------------------------------------------------------------

#[test]
fn the_dossiers_of_the_examples_are_sound() {
    for lang in ["fr", "en"] {
        assert_eq!(invariants::of_dossier(&dossier(&[&example(lang)])), [""; 0], "{lang}");
    }
    let both = dossier(&[&example("fr"), &example("en")]);
    assert_eq!(invariants::of_dossier(&both), [""; 0]);
}

fn hostile() -> Vec<(&'static str, String)> {
    let nested = format!("{}mot{}", "« \" “ ‘ ".repeat(300), " ’ ” \" »".repeat(300));
    vec![
        ("emoji", "👩‍👩‍👧‍👦 Selon 🏳️‍🌈 la préfecture 😀, 3 👍 blessés à 🇫🇷 Nancy. « 😀 », a dit Ana 👋🏽.".into()),
        ("combining", "Se\u{301}lon la pre\u{301}fecture, qua\u{300} Nancy\u{301}\u{301}\u{301}, 12\u{301} blesse\u{301}s mardi\u{302}.".into()),
        ("marks alone", "\u{301}\u{302}\u{20E3} 3\u{20E3} Paris\u{301}".into()),
        ("right to left", "قالت الوزارة إن 12 شخصا قتلوا. \u{202E}Selon la préfecture, 12 morts\u{202C} לפי המשטרה".into()),
        ("crlf", GOOD.replace(". ", ".\r\n\r\n")),
        ("carriage returns", GOOD.replace(' ', "\r")),
        ("zero width", "Se\u{200B}lon la pré\u{200D}fec\u{FEFF}ture, 1\u{200B}2 bles\u{AD}sés à Nan\u{2060}cy, a dit l\u{200B}'AFP.".into()),
        ("one character", "a".into()),
        ("one emoji", "😀".into()),
        ("a digit", "7".into()),
        ("punctuation", "... !!! « » “” '' -- ?? ;;; ((( ))) \"\"\" ... ,,, :::".into()),
        ("quotes", nested),
        ("unclosed quotes", "« \"«“ ".repeat(500) + GOOD),
        ("separators", "a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}Selon Nancy\u{1F}, 3 morts".into()),
        ("digits", "1".repeat(5_000) + " morts, " + &"9,".repeat(3_000) + " " + &"1 000 ".repeat(2_000)),
        ("wide letters", "Ｓｅｌｏｎ ｌａ préfecture， １２ ｍｏｒｔｓ ０３／１３／２０２４".into()),
        ("last plane", "\u{10FFFF}\u{10FFFE} a dit \u{10FFFF} mardi \u{E000}".into()),
        ("odd days", "le 31 février 2024, le 29 février 2023, le 0 mai 0000, le 99 mars 9999, 2024-13-45, in 99999 years, il y a 999999999999 ans, mercredi 30 février".into()),
    ]
}

#[test]
fn the_dossier_of_hostile_texts_is_sound() {
    let folder = TempDir::new().unwrap();
    let texts = hostile();
    // Twice over, so that copies, stories and findings come of them too.
    let pile: String = texts
        .iter()
        .flat_map(|(name, text)| {
            [("", None), (" again", Some("2024-02-29"))].map(|(suffix, day)| {
                format!("{}\n", json!({"id": format!("{name}{suffix}"), "text": text, "date": day}))
            })
        })
        .collect();
    let path = write(&folder, "pile.jsonl", pile);
    for lang in [None, Some("fr"), Some("en")] {
        let mut args = vec![path.as_str(), "-q"];
        args.extend(lang.into_iter().flat_map(|l| ["--lang", l]));
        let dossier = dossier(&args);
        assert_eq!(invariants::of_dossier(&dossier), [""; 0], "{lang:?}");
        assert_eq!(dossier["articles"].as_array().unwrap().len(), texts.len() * 2);
    }
    let one_story: String = texts
        .iter()
        .map(|(name, text)| format!("{}\n", json!({"id": name, "text": text, "topic": "t"})))
        .collect();
    let path = write(&folder, "story.jsonl", one_story);
    assert_eq!(invariants::of_dossier(&dossier(&[&path, "-q"])), [""; 0]);
}

#[test]
fn hostile_texts_as_files_of_their_own() {
    let folder = TempDir::new().unwrap();
    for (name, text) in hostile() {
        write(&folder, &format!("pile/{name}.txt"), text);
    }
    let path = shown(&folder.path().join("pile"));
    assert_eq!(invariants::of_dossier(&dossier(&[&path, "-q"])), [""; 0]);
    let output = recoupe(&["dossier", &path, "-q", "-o", &shown(&folder.path().join("out"))]);
    assert_eq!(status(&output), 0, "{}", err(&output));
}

#[test]
fn a_hundred_thousand_times_one_word() {
    let folder = TempDir::new().unwrap();
    for (i, word) in ["mot ", "Paris ", "selon ", "« ", "12 ", "lundi, "].iter().enumerate() {
        write(&folder, &format!("pile/{i}.txt"), word.repeat(100_000));
    }
    let pile = shown(&folder.path().join("pile"));
    let started = Instant::now();
    let dossier = dossier(&[&pile, "-q", "--lang", "fr"]);
    assert!(started.elapsed() < Duration::from_secs(300), "{:?}", started.elapsed());
    assert_eq!(invariants::of_dossier(&dossier), [""; 0]);
}

#[test]
fn the_checker_of_soundness_sees_what_is_wrong() {
    let sound = dossier(&[&example("en")]);
    assert!(invariants::of_dossier(&sound).is_empty());
    let break_it = |change: &dyn Fn(&mut Value)| {
        let mut broken = sound.clone();
        change(&mut broken);
        assert!(!invariants::of_dossier(&broken).is_empty());
    };
    break_it(&|d| d["articles"][0]["mentions"][0]["start"] = json!(0));
    break_it(&|d| d["articles"][0]["mentions"][0]["end"] = json!(10_000_000));
    break_it(&|d| d["articles"][1]["id"] = d["articles"][0]["id"].clone());
    break_it(&|d| d["articles"][1]["published"]["date"] = json!("2023-02-29"));
    break_it(&|d| d["findings"][0]["values"][0]["supports"][0]["article"] = json!("nobody"));
    break_it(&|d| d["findings"][0]["text"] = json!("invented"));
    break_it(&|d| d["findings"][0]["values"] = json!([]));
    break_it(&|d| drop(d["stories"][0]["articles"].as_array_mut().unwrap().pop()));
    break_it(&|d| d["brief"][0]["text"] = json!("invented"));
    break_it(&|d| drop(d["articles"][2]["blocks"].as_array_mut().unwrap().remove(0)));
}

// What a careful reader finds in the examples ---------------------------------------------

/// The findings one of whose supports holds all of `words`.
fn about<'a>(dossier: &'a Value, words: &[&str]) -> Vec<&'a Value> {
    let articles = dossier["articles"].as_array().unwrap();
    let holds = |place: &Value| {
        let article = articles.iter().find(|a| a["id"] == place["article"]).unwrap();
        let (start, end) = (place["start"].as_u64().unwrap(), place["end"].as_u64().unwrap());
        let text = article["text"].as_str().unwrap().chars();
        let said: String = text.skip(start as usize).take((end - start) as usize).collect();
        words.iter().all(|w| said.contains(w))
    };
    let said = |f: &&Value| {
        let mut values = f["values"].as_array().unwrap().iter();
        values.any(|v| v["supports"].as_array().unwrap().iter().any(holds))
    };
    dossier["findings"].as_array().unwrap().iter().filter(said).collect()
}

/// One of the findings about `words` has this status and, at least, these origins.
fn found(dossier: &Value, words: &[&str], status: &str, origins: &[&str]) {
    let all = about(dossier, words);
    let has = |f: &&Value, o: &str| {
        f["origins"].as_array().unwrap().iter().any(|x| x.as_str().unwrap().contains(o))
    };
    let right = |f: &&&Value| f["status"] == status && origins.iter().all(|o| has(f, o));
    let shown: Vec<String> =
        all.iter().map(|f| format!("{} {} {}", f["status"], f["origins"], f["text"])).collect();
    assert!(all.iter().any(|f| right(&f)), "{words:?} is not {status}: {shown:#?}");
}

#[test]
fn what_a_careful_reader_finds_in_the_fire() {
    let dossier = dossier(&[&example("fr")]);
    found(&dossier, &["Le feu est éteint"], "corroborated", &["Préfecture", "Collectif"]);
    found(&dossier, &["circonscrit"], "evolving", &[]);
    found(&dossier, &["12.00 foyers"], "unreadable", &["Préfecture"]);
    found(&dossier, &["Aucun dépassement"], "single-origin", &["OLQA"]);
    let air = about(&dossier, &["Aucun dépassement"])[0];
    assert!(air["articles"].as_u64().unwrap() >= 6, "{air}");
    let altered = about(&dossier, &["aucun produit toxique"])[0];
    assert!(altered["differs"].as_array().unwrap().contains(&json!("wording")), "{altered}");
    found(&dossier, &["sirène"], "single-origin", &["employé"]);
}

#[test]
fn what_a_careful_reader_finds_on_the_rocks() {
    let dossier = dossier(&[&example("en")]);
    found(&dossier, &["safely in port"], "corroborated", &["PEHA", "Seafarers"]);
    found(&dossier, &["refloated"], "evolving", &[]);
    found(&dossier, &["1,20 passengers"], "unreadable", &["PEHA"]);
    found(&dossier, &["No fuel has been seen"], "single-origin", &["GMW"]);
}

#[test]
fn many_articles_are_printed_in_their_order() {
    // More than are analysed at a time.
    let pile: String =
        (0..600).map(|i| format!("{}\n", json!({"id": format!("a{i}"), "text": GOOD}))).collect();
    let output = with_stdin(&["analyse", "-"], pile.as_bytes());
    assert_eq!(status(&output), 0, "{}", err(&output));
    let ids: Vec<String> =
        lines(&output).iter().map(|l| l["id"].as_str().unwrap().to_string()).collect();
    let expected: Vec<String> = (0..600).map(|i| format!("a{i}")).collect();
    assert_eq!(ids, expected);
}
