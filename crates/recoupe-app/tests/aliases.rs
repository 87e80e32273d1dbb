//! `--aliases` as people use it.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "Le maire de Sorvane, Paul Ostermann, accuse la Ruche. La Ruche dément. À Marbeuf, \
                    M. Ostermann a saisi le juge.";

fn recoupe(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recoupe")).current_dir(folder).args(args).output().unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), TEXT).unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn entity(line: &Value, name: &str) -> String {
    let mentions = line["mentions"].as_array().unwrap();
    let found = mentions.iter().find(|m| m["text"] == name).unwrap();
    found["entity"].as_str().unwrap().to_owned()
}

#[test]
fn rulings_hold_in_analyse_and_in_the_dossier() {
    let table = "merge\tSorvane\tMarbeuf\nlink\tMarbeuf\tQ4242\ntype\tRuche\tORG\nfuse\tX\n";
    let folder = folder(&[("mine.tsv", table.as_bytes())]);
    let output = recoupe(folder.path(), &["analyse", "a.txt", "--aliases", "mine.tsv"]);
    assert!(output.status.success());
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(entity(&line, "Sorvane"), entity(&line, "Marbeuf"));
    let warned = String::from_utf8(output.stderr).unwrap();
    assert!(warned.contains("mine.tsv") && warned.contains("line 4"), "{warned}");

    let output = recoupe(folder.path(), &["dossier", "a.txt", "--aliases", "mine.tsv", "-o", "-"]);
    let dossier: Value = serde_json::from_slice(&output.stdout).unwrap();
    let entities = dossier["entities"].as_array().unwrap();
    let place = entities.iter().find(|e| e["names"]["Marbeuf"] == 1).unwrap();
    assert_eq!((&place["name"], &place["names"]["Sorvane"]), (&"Sorvane".into(), &1.into()));
    assert_eq!(place["links"]["wikidata"], "Q4242");
    let told = dossier["warnings"].to_string();
    assert!(told.contains("line 4"), "{told}");
}

#[test]
fn a_packed_data_set_is_read_and_an_empty_table_is_a_warning() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(b"1\t900\tfr\tSorvane\n2\t900\tfr\tMarbeuf\n3\t900\twkdt\tQ9\n").unwrap();
    let folder = folder(&[("names.gz", &packed.finish().unwrap()), ("empty.tsv", b"# nothing\n")]);
    let args = ["analyse", "a.txt", "--aliases", "empty.tsv", "--aliases", "names.gz"];
    let output = recoupe(folder.path(), &args);
    assert!(output.status.success());
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(entity(&line, "Sorvane"), "loc:geonames-900");
    let warned = String::from_utf8(output.stderr).unwrap();
    assert!(warned.contains("empty.tsv"), "{warned}");
}

/// Whether or not a command reads names.
#[test]
fn a_file_that_cannot_be_opened_stops_every_command() {
    let folder = folder(&[("mine.tsv", b"link\tMarbeuf\tQ4242\n")]);
    fs::create_dir(folder.path().join("names")).unwrap();
    for command in ["analyse", "dossier", "passages", "stories", "brief"] {
        for file in ["none.tsv", "names"] {
            let args = [command, "a.txt", "--aliases", "mine.tsv", "--aliases", file, "--quiet"];
            let output = recoupe(folder.path(), &args);
            assert_eq!(output.status.code(), Some(1), "{command}");
            assert!(output.stdout.is_empty(), "{command}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains(&format!("cannot read {file}")), "{command}: {told}");
            assert_eq!(told.lines().count(), 1, "{told}");
        }
    }
    assert!(!folder.path().join("dossier").exists());
}

#[test]
fn stories_says_that_it_reads_no_names() {
    let folder = folder(&[("mine.tsv", b"link\tMarbeuf\tQ4242\n")]);
    let output = recoupe(folder.path(), &["stories", "a.txt", "--aliases", "mine.tsv"]);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("--aliases changes nothing here"));
}
