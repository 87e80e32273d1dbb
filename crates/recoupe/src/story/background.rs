//! How ordinary a word is, where a pile is too small to tell.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lang::{PACKS, Pack, entries};

/// How many letters of a word count: the rest is mostly ending.
const STEM: usize = 7;

/// The beginning of a folded word by which it is known.
pub(crate) fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}

/// In what share of ordinary texts the words of a stem stand, all counted, in the language that has
/// them most often; for a stem that no pack has counted, half of what one text would be.
pub(crate) fn share(stem: &str) -> f64 {
    TABLES.iter().map(|table| table.share(stem)).fold(0.0, f64::max)
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
        let mut counts: FxHashMap<&'static str, f64> = FxHashMap::default();
        let rows = entries(list).filter_map(|line| line.split_once('\t'));
        for (word, count) in
            rows.filter_map(|(word, count)| Some((word, count.parse::<f64>().ok()?)))
        {
            *counts.entry(stem(word)).or_default() += count;
        }
        Table { texts: texts.unwrap_or(1.0), counts }
    }

    fn share(&self, stem: &str) -> f64 {
        self.counts.get(stem).copied().unwrap_or(0.5) / self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_are_told_from_rare_ones() {
        for (ordinary, rare) in [("dans", "zinguerie"), ("with", "gazebo"), ("ville", "qwxz")] {
            assert!(share(stem(ordinary)) > 4.0 * share(stem(rare)), "{ordinary} {rare}");
        }
        assert!(share("qwxz") > 0.0);
    }
}
