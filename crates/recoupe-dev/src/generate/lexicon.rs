//! `generate lexicon`: the tags that treebanks give each word form.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read;
use std::path::Path;

use recoupe::lang::lexicon::Tags;

/// Treebanks marked `ship` in the corpora's licences, by language, test parts left out.
const TREEBANKS: &[(&str, &[&str])] = &[
    (
        "fr",
        &[
            "fr_sequoia-ud-train",
            "fr_sequoia-ud-dev",
            "fr_gsd-ud-dev",
            "fr_fqb-ud-test",
            "fr_gsd-ud-train_questions_only_from_FIB",
            "fr_rhapsodie-ud-train",
            "fr_rhapsodie-ud-dev",
            "fr_parisstories-ud-train",
            "fr_parisstories-ud-dev",
        ],
    ),
    (
        "en",
        &[
            "en_ewt-ud-train_rebuilt",
            "en_ewt-ud-dev",
            "en_gum-permissive-train",
            "en_gum-permissive-dev",
        ],
    ),
];

/// How often a form is seen with each tag.
#[derive(Default)]
struct Seen {
    total: u32,
    tags: [u32; 17],
}

/// Writes `lexicon_<lang>.fst` for each language into `out`.
pub fn run(shared: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    for (lang, banks) in TREEBANKS {
        let mut forms: BTreeMap<String, Seen> = BTreeMap::new();
        let folder = shared.join("data/language").join(lang);
        for bank in *banks {
            read_conllu(&unxz(&folder.join(format!("{bank}.conllu.xz")))?, &mut forms);
        }
        if *lang == "fr" {
            read_running_text(&unxz_bytes(&folder.join("winer-fr.tar.xz"))?, &mut forms);
        }
        let path = out.join(format!("lexicon_{lang}.fst"));
        let mut build = fst::MapBuilder::memory();
        for (form, seen) in &forms {
            build.insert(form, tags_of(seen))?;
        }
        let bytes = build.into_inner()?;
        println!("{}: {} forms, {} bytes", path.display(), forms.len(), bytes.len());
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

pub(crate) fn unxz_bytes(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut bytes = Vec::new();
    lzma_rust2::XzReader::new(std::io::BufReader::new(file), true).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn unxz(path: &Path) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(unxz_bytes(path)?)?)
}

fn read_conllu(text: &str, forms: &mut BTreeMap<String, Seen>) {
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, _, feats, ..] = cells[..] else { continue };
        let plain = form.to_lowercase().replace('’', "'");
        let range = id.contains('-');
        if plain.chars().any(|c| c.is_ascii_digit())
            || (range && !plain.chars().all(char::is_alphabetic))
        {
            continue;
        }
        let seen = forms.entry(plain).or_default();
        seen.total += 1;
        if range {
            seen.tags[8] += 1;
        }
        for bit in bits(upos, feats) {
            seen.tags[bit] += 1;
        }
        if form.chars().next().is_some_and(char::is_lowercase) {
            seen.tags[14] += 1;
        }
    }
}

/// Bit numbers of [`Tags`] for a tag and its features.
fn bits(upos: &str, feats: &str) -> Vec<usize> {
    let has = |f: &str| feats.split('|').any(|x| x == f);
    let mut out = Vec::new();
    match upos {
        "NOUN" => out.push(0),
        "ADJ" => out.push(1),
        "VERB" | "AUX" => {
            if has("VerbForm=Inf") {
                out.push(3);
            } else if has("VerbForm=Part") && has("Tense=Past") {
                out.push(4);
            } else if has("VerbForm=Part") || has("VerbForm=Ger") {
                out.push(5);
            } else {
                out.push(2);
            }
            if upos == "AUX" {
                out.push(11);
            }
            if has("Mood=Cnd") {
                out.push(15);
            }
            if has("Tense=Fut") {
                out.push(16);
            }
        }
        "ADV" | "PART" => out.push(6),
        "DET" => out.push(7),
        "ADP" => out.push(8),
        "PRON" => out.push(9),
        "CCONJ" | "SCONJ" => out.push(10),
        "NUM" => out.push(12),
        "PROPN" => out.push(13),
        _ => {}
    }
    out
}

/// Words seen in lower case, at least three times, in the text files of a tar archive, 2018 (the
/// test year) left out.
fn read_running_text(tar: &[u8], forms: &mut BTreeMap<String, Seen>) {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (name, body) in tar_files(tar) {
        if name.ends_with(".txt") && !name.contains("2018") {
            for word in
                String::from_utf8_lossy(body).split(|c: char| !c.is_alphabetic() && c != '-')
            {
                if word.chars().count() > 1 && word.chars().all(|c| c.is_lowercase() || c == '-') {
                    *counts.entry(word.trim_matches('-').to_string()).or_default() += 1;
                }
            }
        }
    }
    for (word, count) in counts.into_iter().filter(|(w, c)| *c >= 3 && !w.is_empty()) {
        let seen = forms.entry(word).or_default();
        seen.tags[14] += count;
        seen.total = seen.total.max(1);
    }
}

/// The members of a tar archive: name and bytes (plain files of the ustar format).
pub(crate) fn tar_files(tar: &[u8]) -> Vec<(String, &[u8])> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(header) = tar.get(at..at + 512) {
        let text = |range: std::ops::Range<usize>| {
            String::from_utf8_lossy(&header[range]).trim_end_matches('\0').trim().to_string()
        };
        let Ok(size) = usize::from_str_radix(&text(124..136), 8) else { break };
        let body = tar.get(at + 512..at + 512 + size).unwrap_or_default();
        out.push((text(0..100), body));
        at += 512 + size.div_ceil(512) * 512;
    }
    out
}

/// Tags with at least a twentieth of a form's uses; one slip of an annotator is not a reading.
fn tags_of(seen: &Seen) -> u64 {
    let mut bits = 0;
    for (i, count) in seen.tags.iter().enumerate() {
        let enough = if i == 14 { *count > 0 } else { *count * 20 >= seen.total && *count > 0 };
        if enough {
            bits |= 1 << i;
        }
    }
    debug_assert!(Tags(bits as u32).0 as u64 == bits);
    bits
}
