//! Tests of everything this stage prints, on an invented pile.

use super::fixture::{fixture, hostile, in_language, large};
use super::*;

/// Writes the pages to `RECOUPE_PAGES`, when it is set, to be looked at and checked in a
/// browser by `tests/browser/check.py`.
#[test]
fn pages_can_be_written_out() {
    let Some(folder) = std::env::var_os("RECOUPE_PAGES") else { return };
    let folder = std::path::PathBuf::from(folder);
    let pages = [
        ("fr", fixture()),
        ("en", in_language(&crate::lang::en::PACK)),
        ("hostile", hostile(HOSTILE)),
        ("large", large(200, 1000)),
    ];
    for (name, dossier) in pages {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (file, text) in files(&dossier, true) {
            std::fs::write(folder.join(file), text).unwrap();
        }
    }
}

const HOSTILE: &str = "</script><img src=x onerror=alert(1)>\" ' & ]]> <!-- \u{2028}\u{202e}gnp\u{0}\r\n=1+1|[a](javascript:b)";
