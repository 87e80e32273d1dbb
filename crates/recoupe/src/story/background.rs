//! How ordinary a word is, where a pile is too small to tell.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lang::{PACKS, Pack, entries};

/// In what share of ordinary texts a folded word stands, 0 to 1, in the language that has it
/// most often; for a word that no pack has counted, half of what one text would be.
pub(crate) fn share(word: &str) -> f64 {
    TABLES.iter().map(|table| table.share(word)).fold(0.0, f64::max)
}

static TABLES: LazyLock<Vec<Table>> =
    LazyLock::new(|| PACKS.iter().map(|pack| Table::read(pack)).collect());

struct Table {
    texts: f64,
    counts: FxHashMap<&'static str, f64>,
}

impl Table {
    fn read(pack: &Pack) -> Table {
        let list: &'static str = pack.background;
        let texts = list.lines().find_map(|l| l.strip_prefix("# texts\t")?.parse().ok());
        let counts = entries(list)
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(word, count)| Some((word, count.parse().ok()?)))
            .collect();
        Table { texts: texts.unwrap_or(1.0), counts }
    }

    fn share(&self, word: &str) -> f64 {
        self.counts.get(word).copied().unwrap_or(0.5) / self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_are_told_from_rare_ones() {
        for (ordinary, rare) in [("dans", "zinguerie"), ("with", "gazebo"), ("ville", "qwxz")] {
            assert!(share(ordinary) > 4.0 * share(rare), "{ordinary} {rare}");
        }
        assert!(share("qwxz") > 0.0);
    }
}
