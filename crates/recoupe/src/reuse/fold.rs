//! Text to folded words: what two copies of a passage still have in common after a change of
//! case, accents, quotation marks, apostrophes, hyphens or spaces.
//!
//! A folded word is a run of letters and digits, lower case, without accents: `l'État` is `l`
//! and `etat`, `Deir ez-Zor` is `deir`, `ez`, `zor`. Each keeps its place in the text.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use crate::article::{Article, Span};
use crate::lang::{PACKS, entries};

/// A folded word of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    /// Its number in the pile's [`Vocabulary`]; [`BARRIER`] where no passage may pass.
    pub id: u32,
    /// Where, in bytes.
    pub span: Span,
    /// Whether white space stands before it: it starts a word as people count words.
    pub starts: bool,
    /// Whether a sentence starts with it, as far as punctuation and case tell.
    pub opens: bool,
    /// Whether a sentence starts with it for the punctuation before it, not for a new line alone.
    pub stopped: bool,
    /// Whether it is printed as a name: a capital that the start of a sentence does not
    /// explain, or the words that an acronym in brackets is made of.
    pub name: bool,
}

/// The id that equals no word: stands between stretches of text that are not one reading.
pub(crate) const BARRIER: u32 = u32::MAX;

/// What a word is worth as a sign of copying.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Weight {
    /// Any text has it: `de`, `the`.
    Function,
    /// Any report has it: `selon`, `spokesman`, `Tuesday`.
    Formula,
    /// The rest.
    Content,
}

/// The words of a pile, numbered in the order in which they appear.
#[derive(Default, Debug)]
pub(crate) struct Vocabulary {
    /// The folded words.
    pub words: Vec<Box<str>>,
    /// What each is worth.
    pub weights: Vec<Weight>,
    /// A hash of each, the same in every pile.
    pub hashes: Vec<u64>,
    numbers: FxHashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// What word `id` is worth; a barrier is worth nothing.
    pub fn weight(&self, id: u32) -> Weight {
        self.weights.get(id as usize).copied().unwrap_or(Weight::Function)
    }

    /// The number of a folded word, a new one when it is new.
    fn number(&mut self, form: Box<str>) -> u32 {
        if let Some(id) = self.numbers.get(&form) {
            return *id;
        }
        let id = self.words.len() as u32;
        self.weights.push(weigh(&form));
        self.hashes.push(FxBuildHasher.hash_one(&*form));
        self.words.push(form.clone());
        self.numbers.insert(form, id);
        id
    }

    /// Gives an article's words, numbered among its own forms, their numbers here.
    fn adopt(&mut self, (forms, mut words): Local) -> Vec<Word> {
        let global: Vec<u32> = forms.into_iter().map(|form| self.number(form)).collect();
        for word in &mut words {
            word.id = global.get(word.id as usize).copied().unwrap_or(BARRIER);
        }
        words
    }
}

/// A pile's articles as folded words, over one vocabulary.
#[derive(Default, Debug)]
pub(crate) struct Folded {
    pub vocabulary: Vocabulary,
    pub articles: Vec<Vec<Word>>,
}

/// Folds the prose of every article: see [`crate::article::BlockKind::is_prose`].
pub(crate) fn fold(articles: &[Article]) -> Folded {
    let mut vocabulary = Vocabulary::default();
    let mut folded = Vec::with_capacity(articles.len());
    // Some at a time: the forms of each article are let go once they are numbered.
    for some in articles.chunks(TOGETHER) {
        let local: Vec<Local> = some.par_iter().map(fold_prose).collect();
        folded.extend(local.into_iter().map(|words| vocabulary.adopt(words)));
    }
    Folded { vocabulary, articles: folded }
}

/// How many articles are folded before their words are numbered.
const TOGETHER: usize = 1024;

/// The packs' lists of function words and of formula words, folded, all languages together:
/// copies are looked for in plain articles, whose language nobody has told yet.
static COMMON: LazyLock<[FxHashSet<Box<str>>; 2]> = LazyLock::new(|| {
    let folded = |list: fn(&crate::lang::Pack) -> &'static str| {
        PACKS.iter().flat_map(|p| entries(list(p))).flat_map(fold_words).collect()
    };
    [folded(|p| p.function_words), folded(|p| p.formula_words)]
});

/// What a folded word is worth.
pub(crate) fn weigh(form: &str) -> Weight {
    if COMMON[0].contains(form) {
        Weight::Function
    } else if COMMON[1].contains(form) {
        Weight::Formula
    } else {
        Weight::Content
    }
}

/// The folded words of a text, without their places.
///
/// ```
/// let words = recoupe::reuse::fold_words("L'État ez-Zor");
/// assert_eq!(words.join(" "), "l etat ez zor");
/// ```
pub fn fold_words(text: &str) -> Vec<Box<str>> {
    let mut forms = Vec::new();
    scan(text, 0, |form, _| forms.push(form.into()));
    forms
}

/// An article's forms, each once, and its words, numbered as its forms are.
pub(crate) type Local = (Vec<Box<str>>, Vec<Word>);

/// One article's prose, folded: see [`crate::article::BlockKind::is_prose`].
pub(crate) fn fold_prose(article: &Article) -> Local {
    let mut forms: Vec<Box<str>> = Vec::new();
    let mut numbers: FxHashMap<Box<str>, u32> = FxHashMap::default();
    let mut words: Vec<Word> = Vec::new();
    let mut before = None;
    for block in &article.blocks {
        if before.is_some_and(|kind| kind != block.kind || !block.kind.is_prose()) {
            bar(&mut words);
        }
        before = Some(block.kind);
        let Some(text) = article.text.get(block.span.range()) else { continue };
        if !block.kind.is_prose() {
            continue;
        }
        let first = words.len();
        let mut end = 0;
        scan(text, block.span.start, |form, span| {
            let id = *numbers.entry(form.into()).or_insert_with(|| {
                forms.push(form.into());
                forms.len() as u32 - 1
            });
            let gap = &text[end..(span.start - block.span.start) as usize];
            let previous = words[first..].last().copied();
            words.push(place(&article.text, id, span, gap, previous));
            end = (span.end - block.span.start) as usize;
        });
        mark_expansions(&article.text, &mut words[first..]);
    }
    words.shrink_to_fit();
    (forms, words)
}

/// As many barriers as no gap between copied words can bridge.
fn bar(words: &mut Vec<Word>) {
    if words.last().is_some_and(|w| w.id != BARRIER) {
        let word = Word {
            id: BARRIER,
            span: Span::default(),
            starts: false,
            opens: true,
            stopped: true,
            name: false,
        };
        words.extend(std::iter::repeat_n(word, super::align::MAX_GAP + 1));
    }
}

fn place(text: &str, id: u32, span: Span, gap: &str, previous: Option<Word>) -> Word {
    let form = span.of(text);
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    let initial = previous.is_some_and(|p| p.span.of(text).chars().nth(1).is_none());
    let stop = gap.contains(['.', '!', '?', '…']) && !initial;
    let digit = form.starts_with(|c: char| c.is_ascii_digit());
    let stopped = stop && (capital || digit && gap.contains(char::is_whitespace));
    let opens = previous.is_none() || stopped || breaks(gap, form);
    let shouted = form.chars().filter(|c| c.is_uppercase()).count() > 1;
    Word {
        id,
        span,
        starts: previous.is_none() || gap.contains(char::is_whitespace),
        opens,
        stopped,
        name: capital && (!opens || shouted),
    }
}

/// Whether a paragraph ends in the gap before `form`: at an empty line, or at a line break that is
/// not followed by a small letter, as it is where lines are merely wrapped.
fn breaks(gap: &str, form: &str) -> bool {
    match gap.bytes().filter(|b| *b == b'\n').count() {
        0 => false,
        1 => !form.starts_with(char::is_lowercase),
        _ => true,
    }
}

/// Marks the words before an acronym in brackets whose initials make the acronym: they are a
/// name, whatever their case (after Schwartz and Hearst, "A simple algorithm for identifying
/// abbreviation definitions in biomedical text", 2003, on whole words). Some papers print an acronym
/// that is spoken as a word like a name: "Unesco", "Cnil".
fn mark_expansions(text: &str, words: &mut [Word]) {
    for at in 1..words.len() {
        let form = words[at].span.of(text);
        let bracket = text[..words[at].span.start as usize].ends_with('(');
        if !bracket
            || !(2..=10).contains(&form.len())
            || !form.bytes().all(|b| b.is_ascii_alphabetic())
            || !form.starts_with(|c: char| c.is_ascii_uppercase())
            || !(form.len() > 3 || form.bytes().all(|b| b.is_ascii_uppercase()))
        {
            continue;
        }
        if let Some(first) = expansion(text, &words[..at], form) {
            words[first..at].iter_mut().for_each(|w| w.name = true);
        }
    }
}

/// The index of the first of the last words of `before` whose initials are `acronym`, at most
/// three words skipped between two of them. One letter in four may stand inside a word: two letters of
/// one word may be in it.
fn expansion(text: &str, before: &[Word], acronym: &str) -> Option<usize> {
    let (mut at, mut inner) = (before.len(), 0);
    for (left, letter) in acronym.bytes().map(|b| b.to_ascii_uppercase()).enumerate().rev() {
        let word = |i: usize| before[i].span.of(text);
        let initial = |i: &usize| word(*i).bytes().next().map(|b| b.to_ascii_uppercase());
        let window = at.saturating_sub(4)..at;
        match window.rev().find(|i| initial(i) == Some(letter)) {
            Some(found) => at = found,
            None => {
                let last = at.checked_sub(1)?;
                let held = word(last).bytes().any(|b| b.to_ascii_uppercase() == letter);
                inner += 1;
                if !held || left == 0 || inner * 4 > acronym.len() {
                    return None;
                }
            }
        }
    }
    Some(at)
}

/// Calls `found` with each folded word of `text` and where it stands, `from` bytes added.
fn scan(text: &str, from: u32, mut found: impl FnMut(&str, Span)) {
    let mut form = String::new();
    let mut start = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if joins(c, !form.is_empty()) {
            if form.is_empty() {
                start = at;
            }
            fold_char(c, &mut form);
            end = at + c.len_utf8();
        } else if !form.is_empty() {
            found(&form, Span::new(start + from as usize, end + from as usize));
            form.clear();
        }
    }
    if !form.is_empty() {
        found(&form, Span::new(start + from as usize, end + from as usize));
    }
}

/// Whether `c` belongs to a word; accents in code points of their own and soft hyphens do
/// when a word is under way.
fn joins(c: char, inside: bool) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() && !is_modifier(c) || inside && is_modifier(c)
}

/// Signs that change or break a word without being letters of it.
fn is_modifier(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

fn fold_char(c: char, form: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => form.push(c),
        'A'..='Z' => form.push(c.to_ascii_lowercase()),
        'œ' | 'Œ' => form.push_str("oe"),
        'æ' | 'Æ' => form.push_str("ae"),
        'ß' => form.push_str("ss"),
        _ => form.extend(
            c.to_lowercase().nfkd().filter(|d| !is_modifier(*d)).flat_map(char::to_lowercase),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold() {
        let cases = [
            ("L'État d’Œuvre", "l etat d oeuvre"),
            ("Deir ez-Zor", "deir ez zor"),
            ("cafe\u{301} co\u{AD}op", "cafe coop"),
            ("«120.00» €", "120 00"),
            ("", ""),
        ];
        for (text, folded) in cases {
            assert_eq!(fold_words(text).join(" "), folded, "{text}");
        }
    }

    #[test]
    fn names_are_seen_by_case_and_by_acronym() {
        let named = |text: &str| {
            let folded = fold(&[Article::plain("a", text)]);
            let names = folded.articles[0].iter().filter(|w| w.name);
            names.map(|w| &*folded.vocabulary.words[w.id as usize]).collect::<Vec<_>>().join(" ")
        };
        let cases = [
            (
                "Le fleuve monte. Selon l'office des ponts de Vara (OPV), Mira dort.",
                "office des ponts de vara opv mira",
            ),
            (
                "le conseil régional des eaux et de la pêche (Crep) siège",
                "conseil regional des eaux et de la peche crep",
            ),
            // Two letters of one word.
            (
                "the bureau of river inspection and emergencies (Briem) met",
                "bureau of river inspection and emergencies briem",
            ),
            ("le maire du village a vu (Mira) hier", "mira"),
            ("said the mayor in Vara (Opal said no)", "vara opal"),
        ];
        for (text, names) in cases {
            assert_eq!(named(text), names, "{text}");
        }
    }
}
