//! Scoring an analysis against a treebank from raw text, as the CoNLL 2018 shared task defined it
//! (Zeman et al., "CoNLL 2018 Shared Task: Multilingual Parsing from Raw Text to Universal
//! Dependencies", 2018, and <https://universaldependencies.org/conll18/evaluation.html>).
//!
//! Both sides must be cuts of the same text. Positions count its characters without white space
//! (and without zero-width marks, which no treebank means). Tokens and sentences are compared by
//! position. Words are aligned: outside multi-word tokens by position, inside them by the longest
//! common subsequence of their lower-cased forms. Tags, features, lemmas and heads are counted
//! over aligned words, the total being all words of either side. Relations are compared without
//! subtypes, features only where they are universal.

use std::ops::Range;

use crate::conllu::Sentence;

/// One side: a text cut into sentences, tokens and words.
pub struct Side {
    chars: Vec<char>,
    tokens: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
    words: Vec<Word>,
}

struct Word {
    /// The positions of its token.
    span: Range<usize>,
    /// Whether its token has several words.
    multi: bool,
    form: String,
    upos: String,
    feats: String,
    lemma: String,
    head: Head,
    deprel: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Head {
    Unknown,
    Root,
    Word(usize),
}

/// The features that are universal (UD version 2, of 2018): others are not compared.
const UNIVERSAL: [&str; 21] = [
    "Abbr", "Animacy", "Aspect", "Case", "Definite", "Degree", "Evident", "Foreign", "Gender",
    "Mood", "Number", "NumType", "Person", "Polarity", "Polite", "Poss", "PronType", "Reflex",
    "Tense", "VerbForm", "Voice",
];

impl Side {
    /// Sentences, in order, as one side.
    pub fn of(sentences: &[Sentence]) -> Side {
        let mut side = Side { chars: vec![], tokens: vec![], sentences: vec![], words: vec![] };
        for sentence in sentences {
            let start = side.chars.len();
            let first = side.words.len();
            for token in &sentence.tokens {
                let at = side.chars.len();
                side.chars.extend(token.form.chars().filter(|c| counts(*c)));
                let span = at..side.chars.len();
                side.tokens.push(span.clone());
                for word in &sentence.words[token.words.clone()] {
                    side.words.push(Word {
                        span: span.clone(),
                        multi: token.words.len() > 1,
                        form: word.form.to_lowercase(),
                        upos: word.upos.clone(),
                        feats: universal_feats(&word.feats),
                        lemma: word.lemma.clone(),
                        head: match word.head {
                            None => Head::Unknown,
                            Some(0) => Head::Root,
                            Some(n) => Head::Word(first + n - 1),
                        },
                        deprel: word.deprel.split(':').next().unwrap_or_default().to_owned(),
                    });
                }
            }
            side.sentences.push(start..side.chars.len());
        }
        side
    }
}

fn counts(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

fn universal_feats(feats: &str) -> String {
    let mut kept: Vec<&str> = feats
        .split('|')
        .filter(|f| f.split_once('=').is_some_and(|(name, _)| UNIVERSAL.contains(&name)))
        .collect();
    kept.sort_unstable();
    kept.join("|")
}

/// How many there are on either side, and how many agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// In the treebank.
    pub gold: usize,
    /// In the analysis.
    pub system: usize,
    /// In both.
    pub correct: usize,
}

impl Count {
    /// The harmonic mean of precision and recall, 0 to 1; 1 when there is nothing to find.
    pub fn f1(self) -> f64 {
        match self.gold + self.system {
            0 => 1.0,
            total => 2.0 * self.correct as f64 / total as f64,
        }
    }

    /// Both counts together, for texts that are scored as one.
    pub fn add(&mut self, other: Count) {
        self.gold += other.gold;
        self.system += other.system;
        self.correct += other.correct;
    }
}

/// The shared task's measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Scores {
    /// Tokens as the text has them.
    pub tokens: Count,
    /// Sentences.
    pub sentences: Count,
    /// Syntactic words.
    pub words: Count,
    /// Words with their part of speech.
    pub upos: Count,
    /// Words with all their universal features.
    pub ufeats: Count,
    /// Words with their lemma.
    pub lemmas: Count,
    /// Words with their head.
    pub uas: Count,
    /// Words with their head and universal relation.
    pub las: Count,
}

impl Scores {
    /// Each measure with its name, in the shared task's order.
    pub fn each(&self) -> [(&'static str, Count); 8] {
        [
            ("tokens", self.tokens),
            ("sentences", self.sentences),
            ("words", self.words),
            ("upos", self.upos),
            ("ufeats", self.ufeats),
            ("lemmas", self.lemmas),
            ("uas", self.uas),
            ("las", self.las),
        ]
    }

    /// Both together.
    pub fn add(&mut self, other: &Scores) {
        self.tokens.add(other.tokens);
        self.sentences.add(other.sentences);
        self.words.add(other.words);
        self.upos.add(other.upos);
        self.ufeats.add(other.ufeats);
        self.lemmas.add(other.lemmas);
        self.uas.add(other.uas);
        self.las.add(other.las);
    }
}

/// Scores `system` against `gold`.
///
/// # Errors
///
/// When they are not cuts of the same text: says where they part.
pub fn score(gold: &Side, system: &Side) -> Result<Scores, String> {
    if let Some(at) = first_difference(&gold.chars, &system.chars) {
        let near = |side: &Side| -> String { side.chars.iter().skip(at).take(12).collect() };
        return Err(format!(
            "the texts differ at character {at}: `{}` and `{}`",
            near(gold),
            near(system)
        ));
    }
    let pairs = align(&gold.words, &system.words);
    let mut gold_of = vec![None; system.words.len()];
    pairs.iter().for_each(|(g, s)| gold_of[*s] = Some(*g));
    let total = |correct| Count { gold: gold.words.len(), system: system.words.len(), correct };
    let agree = |same: &dyn Fn(&Word, &Word) -> bool| {
        total(pairs.iter().filter(|(g, s)| same(&gold.words[*g], &system.words[*s])).count())
    };
    let same_head = |g: &Word, s: &Word| match (g.head, s.head) {
        (Head::Root, Head::Root) => true,
        (Head::Word(g), Head::Word(s)) => gold_of[s] == Some(g),
        _ => false,
    };
    Ok(Scores {
        tokens: spans(&gold.tokens, &system.tokens),
        sentences: spans(&gold.sentences, &system.sentences),
        words: total(pairs.len()),
        upos: agree(&|g, s| g.upos == s.upos),
        ufeats: agree(&|g, s| g.feats == s.feats),
        lemmas: agree(&|g, s| g.lemma == "_" || g.lemma == s.lemma),
        uas: agree(&same_head),
        las: agree(&|g, s| same_head(g, s) && g.deprel == s.deprel),
    })
}

fn first_difference(a: &[char], b: &[char]) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    (same < a.len() || same < b.len()).then_some(same)
}

/// The spans of one list that are in the other; both in order.
fn spans(gold: &[Range<usize>], system: &[Range<usize>]) -> Count {
    let found: std::collections::BTreeSet<_> = system.iter().map(|s| (s.start, s.end)).collect();
    let correct = gold.iter().filter(|g| found.contains(&(g.start, g.end))).count();
    Count { gold: gold.len(), system: system.len(), correct }
}

/// The pairs (gold, system) of words that are the same word, in order.
fn align(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), system.get(s)) {
        if a.multi || b.multi {
            let (from_g, from_s, to_g, to_s) = multi_region(gold, system, g, s);
            if to_g > from_g && to_s > from_s {
                let inside = common(&gold[from_g..to_g], &system[from_s..to_s]);
                pairs.extend(inside.into_iter().map(|(x, y)| (from_g + x, from_s + y)));
            }
            (g, s) = (to_g, to_s);
        } else if (a.span.start, a.span.end) == (b.span.start, b.span.end) {
            pairs.push((g, s));
            (g, s) = (g + 1, s + 1);
        } else if a.span.start <= b.span.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// The words on both sides that a multi-word token at `g` or `s` and those that overlap it hold.
fn multi_region(
    gold: &[Word],
    system: &[Word],
    mut g: usize,
    mut s: usize,
) -> (usize, usize, usize, usize) {
    let mut end = if gold[g].multi {
        if !system[s].multi && system[s].span.start < gold[g].span.start {
            s += 1;
        }
        gold[g].span.end
    } else {
        if !gold[g].multi && gold[g].span.start < system[s].span.start {
            g += 1;
        }
        system[s].span.end
    };
    let (from_g, from_s) = (g, s);
    let beyond = |words: &[Word], at: usize, end: usize| {
        words.get(at).is_none_or(|w| if w.multi { w.span.start >= end } else { w.span.end > end })
    };
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        let gold_next = match (gold.get(g), system.get(s)) {
            (Some(a), Some(b)) => a.span.start <= b.span.start,
            (Some(_), None) => true,
            _ => false,
        };
        let (words, at) = if gold_next { (gold, &mut g) } else { (system, &mut s) };
        if words[*at].multi {
            end = end.max(words[*at].span.end);
        }
        *at += 1;
    }
    (from_g, from_s, g, s)
}

/// A longest common subsequence of forms; of several, the one that skips the system's words last.
fn common(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut length = vec![vec![0usize; system.len() + 1]; gold.len() + 1];
    for g in (0..gold.len()).rev() {
        for s in (0..system.len()).rev() {
            length[g][s] = if gold[g].form == system[s].form {
                1 + length[g + 1][s + 1]
            } else {
                length[g + 1][s].max(length[g][s + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].form == system[s].form {
            pairs.push((g, s));
            (g, s) = (g + 1, s + 1);
        } else if length[g][s] == length[g + 1][s] {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    /// Sentences apart by `/`, tokens by spaces; a token `du=de+le` has words; a word may be
    /// `form:HEAD:relation`.
    fn side(text: &str) -> Side {
        let mut out = String::new();
        for sentence in text.split(" / ") {
            let mut n = 0;
            for token in sentence.split(' ') {
                let (form, words) = token.split_once('=').unwrap_or((token, token));
                let words: Vec<&str> = words.split('+').collect();
                if words.len() > 1 {
                    let cells = "_\t_\t_\t_\t_\t_\t_\t_";
                    out += &format!("{}-{}\t{form}\t{cells}\n", n + 1, n + words.len());
                }
                for word in words {
                    n += 1;
                    let mut parts = word.split(':');
                    let form = parts.next().unwrap();
                    let head = parts.next().unwrap_or("0");
                    let rel = parts.next().unwrap_or("root").replace('.', ":");
                    out += &format!(
                        "{n}\t{form}\t{form}\tX\t_\tTense=Past|Odd=Yes\t{head}\t{rel}\t_\t_\n"
                    );
                }
            }
            out += "\n";
        }
        Side::of(&conllu::read(&out).unwrap())
    }

    fn counts(c: Count) -> (usize, usize, usize) {
        (c.gold, c.system, c.correct)
    }

    #[test]
    fn the_same_cut_scores_one() {
        let text = "Va:0:root au=à:3:case+le:2:det port:1:obl / Ici";
        let scores = score(&side(text), &side(text)).unwrap();
        for (name, count) in scores.each() {
            assert_eq!(count.f1(), 1.0, "{name}");
        }
    }

    #[test]
    fn tokens_and_sentences_are_compared_by_position() {
        let scores = score(&side("ab c / d e"), &side("a b c d / e")).unwrap();
        assert_eq!(counts(scores.tokens), (4, 5, 3));
        assert_eq!(counts(scores.sentences), (2, 2, 0));
        assert_eq!(counts(scores.words), (4, 5, 3));
    }

    #[test]
    fn words_of_multi_word_tokens_are_aligned_by_form() {
        // Missed, the words cannot be found; cut in another way, one of them is.
        let gold = side("x du=de+le y");
        assert_eq!(counts(score(&gold, &side("x du y")).unwrap().words), (4, 3, 2));
        assert_eq!(counts(score(&gold, &side("x du=de+la y")).unwrap().words), (4, 4, 3));
        assert_eq!(counts(score(&gold, &side("x du=De+le y")).unwrap().words), (4, 4, 4));
        // A token that holds the multi-word token and more.
        assert_eq!(counts(score(&gold, &side("x duy=de+le+y")).unwrap().words), (4, 4, 4));
        // Two gold tokens under one of the system's.
        let gold = side("do not go");
        assert_eq!(counts(score(&gold, &side("donot=do+not go")).unwrap().words), (3, 3, 3));
    }

    #[test]
    fn heads_count_through_the_alignment_and_subtypes_do_not() {
        let gold = side("a:2:nsubj.pass b:0:root c:2:obj");
        let same = score(&gold, &side("a:2:nsubj b:0:root c:2:iobj")).unwrap();
        assert_eq!((counts(same.uas), counts(same.las)), ((3, 3, 3), (3, 3, 2)));
        // The head was cut in two: what hangs on it is wrong.
        let gold = side("a:2:nsubj bb:0:root c:2:obj");
        let cut = score(&gold, &side("a:2:nsubj b:0:root b:2:dep c:2:obj")).unwrap();
        assert_eq!((counts(cut.words), counts(cut.uas)), ((3, 4, 2), (3, 4, 0)));
    }

    #[test]
    fn features_that_are_not_universal_do_not_count() {
        assert_eq!(universal_feats("Tense=Past|Emph=No|Number[psor]=Sing"), "Tense=Past");
        assert_eq!(universal_feats("_"), "");
    }

    #[test]
    fn other_texts_cannot_be_compared() {
        assert!(score(&side("a b"), &side("a c")).is_err());
        assert!(score(&side("a b"), &side("a b c")).is_err());
    }
}
