//! What a user decides of findings and says of sources, from the files to the dossier.
// A failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

const BRIDGE: &str = "La préfecture de Vaubrac a annoncé mardi la fermeture du pont des Aulnes. \
    « Les deux piles du pont des Aulnes sont fissurées depuis la crue », a déclaré le préfet, Armel Desroches. Le maire, Joss Quérin, \
    a annoncé la distribution de bouteilles d'eau dans le quartier du Moulin.";
const WATER: &str = "Les ingénieurs redoutent un effondrement. Selon l'association Vaubrac Vivant, les \
    fondations du pont des Aulnes cèdent depuis l'hiver. Le maire, Joss Quérin, a annoncé la \
    distribution de bouteilles d'eau dans le quartier du Moulin.";
const LATER: &str = "La gare routière de Vaubrac accueillera les voyageurs du pont des Aulnes. Selon \
    la compagnie Cars du Val, douze lignes de bus sont déviées depuis mardi soir. Selon la mairie, \
    deux cents habitants ont signé une pétition contre les travaux du pont des Aulnes.";

struct Case {
    folder: TempDir,
}

impl Case {
    fn new(articles: &[(&str, &str)]) -> Case {
        let case = Case { folder: TempDir::new().unwrap() };
        fs::create_dir(case.path("pile")).unwrap();
        articles.iter().for_each(|(name, text)| case.add(name, text));
        case
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn add(&self, name: &str, text: &str) {
        let row = json!({"id": name, "text": text, "topic": "one story"});
        fs::write(self.path("pile").join(name).with_extension("jsonl"), format!("{row}\n"))
            .unwrap();
    }

    fn decide(&self, rows: &[Value]) {
        fs::create_dir_all(self.path("out")).unwrap();
        let text: String = rows.iter().map(|r| format!("{r}\n")).collect();
        fs::write(self.path("out").join("decisions.jsonl"), text).unwrap();
    }

    /// What is said where nothing can be done.
    fn stopped(&self, more: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_recoupe"))
            .args(["--quiet", "dossier", self.path("pile").to_str().unwrap(), "-o"])
            .arg(self.path("stopped"))
            .args(more)
            .output()
            .unwrap();
        let told = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{told}");
        assert!(told.lines().count() == 1 && !self.path("stopped").exists(), "{told}");
        told
    }

    /// Writes the dossier into `out`, and gives it.
    fn run(&self, more: &[&str]) -> Value {
        let (pile, out) = (self.path("pile"), self.path("out"));
        let shown = |p: &Path| p.to_str().unwrap().to_owned();
        let run = Command::new(env!("CARGO_BIN_EXE_recoupe"))
            .args(["--quiet", "dossier", &shown(&pile), "-o", &shown(&out)])
            .args(more)
            .status()
            .unwrap();
        assert!(run.success());
        serde_json::from_slice(&fs::read(out.join("dossier.json")).unwrap()).unwrap()
    }
}

/// The findings with a support whose words hold `words`.
fn with<'a>(dossier: &'a Value, words: &str) -> Vec<&'a Value> {
    let findings = dossier["findings"].as_array().unwrap().iter();
    findings.filter(|f| f.to_string().contains(words)).collect()
}

fn target(words: &str) -> Value {
    json!({"text": words})
}

const PILES: &str = "Les deux piles du pont des Aulnes sont fissurées depuis la crue";
const FOUNDATIONS: &str = "les fondations du pont des Aulnes cèdent depuis l'hiver";
const BOTTLES: &str = "distribution de bouteilles d'eau dans le quartier du Moulin";

#[test]
fn every_decision_holds_when_articles_are_added() {
    let case = Case::new(&[("1.txt", BRIDGE), ("2.txt", WATER)]);
    let plain = case.run(&[]);
    assert_eq!(with(&plain, PILES).len(), 1, "{plain:#}");
    assert!(!with(&plain, FOUNDATIONS).is_empty() && !with(&plain, BOTTLES).is_empty());
    case.decide(&[
        json!({"do": "merge", "findings": [target(PILES), target(FOUNDATIONS)]}),
        json!({"do": "rename", "finding": target(PILES), "to": "État du pont"}),
        json!({"do": "confirm", "finding": {"article": "1.txt", "text": PILES}, "note": "appelé"}),
        json!({"do": "reject", "finding": target(BOTTLES)}),
    ]);
    let check = |dossier: &Value| {
        let bridge = with(dossier, PILES);
        assert_eq!(bridge.len(), 1, "{dossier:#}");
        let bridge = bridge[0];
        let supports = bridge["values"][0]["supports"].as_array().unwrap();
        assert_eq!(supports.len(), 2, "{bridge:#}");
        assert_eq!(bridge["status"], "corroborated");
        assert_eq!(bridge["origins"].as_array().unwrap().len(), 2);
        assert_eq!(
            (&bridge["title"], &bridge["confirmed"]),
            (&json!("État du pont"), &json!(true))
        );
        assert!(with(dossier, BOTTLES).is_empty(), "{dossier:#}");
        assert_eq!(dossier["warnings"], json!([]));
    };
    check(&case.run(&[]));
    // An article that is read before the others moves every number.
    case.add("0.txt", LATER);
    check(&case.run(&[]));
}

#[test]
fn a_split_gives_each_side_its_own_origins() {
    let case = Case::new(&[("1.txt", BRIDGE), ("2.txt", WATER)]);
    case.decide(&[
        json!({"do": "merge", "findings": [target(PILES), target(FOUNDATIONS)]}),
        json!({"do": "split", "finding": target(PILES), "off": [target(FOUNDATIONS)]}),
    ]);
    let dossier = case.run(&[]);
    let (a, b) = (with(&dossier, PILES), with(&dossier, FOUNDATIONS));
    assert_eq!((a.len(), b.len()), (1, 1), "{dossier:#}");
    assert_ne!(a[0]["id"], b[0]["id"]);
    assert_eq!(
        (&a[0]["status"], &b[0]["status"]),
        (&json!("single-origin"), &json!("single-origin"))
    );
}

#[test]
fn a_decision_that_meets_nothing_is_a_warning() {
    let case = Case::new(&[("1.txt", BRIDGE), ("2.txt", WATER)]);
    let file = case.path("mine.jsonl");
    let rows = "{\"do\": \"reject\", \"finding\": {\"text\": \"the moon is made of cheese\"}}\n{\n";
    fs::write(&file, rows).unwrap();
    let dossier = case.run(&["--decisions", file.to_str().unwrap()]);
    let warnings = dossier["warnings"].as_array().unwrap();
    let places: Vec<&str> = warnings.iter().map(|w| w["place"].as_str().unwrap()).collect();
    assert_eq!(places, ["line 2", "line 1"], "{warnings:?}");
    assert_eq!(case.run(&[])["findings"], dossier["findings"]);
    fs::write(&file, "{\n").unwrap();
    for named in [file.to_str().unwrap(), "no/such/file"] {
        let told = case.stopped(&["--decisions", named]);
        assert!(told.contains(&format!("cannot read {named}")), "{told}");
    }
    // Nobody named the file in the folder.
    fs::write(case.path("out").join("decisions.jsonl"), "{\n").unwrap();
    assert_eq!(case.run(&[])["warnings"].as_array().unwrap().len(), 1);
}

#[test]
fn camps_are_counted_beside_origins() {
    let one = "Selon l'armée syrienne, la ville de Castral a été prise jeudi soir après trois jours de combats. Les habitants avaient fui mercredi.";
    let two = "Le Front de la plaine a annoncé que Castral, la ville du sel, a été prise jeudi soir. Les habitants fuient.";
    let case = Case::new(&[("1.txt", one), ("2.txt", two)]);
    let file = case.path("sources.toml");
    let toml = "[[source]]\nname = 'Front de la plaine'\ncamp = 'rebelles'\nreliability = 'faible'\n\
                [[camp]]\nname = 'rebelles'\nagainst = ['Syrie']\n";
    fs::write(&file, toml).unwrap();
    let dossier = case.run(&["--sources", file.to_str().unwrap()]);
    let taken: Vec<&Value> = with(&dossier, "Front de la plaine");
    let both = taken.iter().find(|f| f["status"] == "corroborated");
    let both = both.unwrap_or_else(|| panic!("{dossier:#}"));
    assert_eq!(both["origins_by_camp"], 2, "{both:#}");
    assert!(both["note"].as_str().unwrap().contains("camps opposés"), "{both:#}");
    let source = dossier["sources"].as_array().unwrap().iter().find(|s| s["camp"] == "rebelles");
    assert_eq!(source.unwrap()["reliability"], "faible");
    fs::write(&file, format!("[[sorce]]\nname = 'X'\n{toml}")).unwrap();
    let more = case.run(&["--sources", file.to_str().unwrap()]);
    assert_eq!((&more["findings"], &more["sources"]), (&dossier["findings"], &dossier["sources"]));
    assert!(more["warnings"].to_string().contains("sorce"), "{}", more["warnings"]);
    fs::write(&file, "[[source]]\nname = 3\n").unwrap();
    for named in [file.to_str().unwrap(), "no/such/file"] {
        let told = case.stopped(&["--sources", named]);
        assert!(told.contains(&format!("cannot read {named}")), "{told}");
    }
}
