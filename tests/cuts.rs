//! What must hold of tokens, sentences, words and their CoNLL-U, whatever the text. Shared by
//! tests and fuzz targets; the reader of CoNLL-U stands beside this module.

use recoupe::analyse::Analysis;
use recoupe::article::Article;
use recoupe::tell;

use super::conllu;

/// What is wrong with the cuts of an article; empty when all is well.
pub fn of_article(article: &Article, analysis: &Analysis) -> Vec<String> {
    let mut wrong = Vec::new();
    tokens(article, analysis, &mut wrong);
    sentences(analysis, &mut wrong);
    words(article, analysis, &mut wrong);
    if wrong.is_empty() {
        printed(article, analysis, &mut wrong);
    }
    wrong
}

/// Tokens and gaps make the text: nothing is lost, doubled or empty.
fn tokens(article: &Article, analysis: &Analysis, wrong: &mut Vec<String>) {
    let text = &article.text;
    let mut at = 0;
    for token in &analysis.tokens {
        let range = token.span.range();
        if text.get(range.clone()).is_none_or(str::is_empty) || range.start < at {
            wrong.push(format!("token {range:?} is empty, out of order or inside a character"));
            return;
        }
        gap(&text[at..range.start], wrong);
        at = range.end;
    }
    gap(&text[at..], wrong);
}

fn gap(gap: &str, wrong: &mut Vec<String>) {
    let seen = |c: char| c.is_alphanumeric() || c.is_ascii_punctuation();
    if gap.chars().any(seen) {
        wrong.push(format!("no token holds {gap:?}"));
    }
}

/// Sentences share out tokens and words, in order, none left.
fn sentences(analysis: &Analysis, wrong: &mut Vec<String>) {
    let (mut token, mut word) = (0, 0);
    for sentence in &analysis.sentences {
        let (tokens, words) = (&sentence.tokens, &sentence.words);
        if tokens.start != token || tokens.is_empty() || words.start != word || words.is_empty() {
            wrong.push(format!("sentence of tokens {tokens:?} and words {words:?}"));
        }
        (token, word) = (tokens.end, words.end);
        let own = &analysis.words[words.start as usize..words.end as usize];
        if own.first().is_some_and(|w| w.joined || w.token != tokens.start) {
            wrong.push("a sentence that starts inside a token".into());
        }
        if own.last().is_some_and(|w| w.token + u32::from(w.more) + 1 != tokens.end) {
            wrong.push("a sentence that ends before its last token".into());
        }
    }
    if (token as usize, word as usize) != (analysis.tokens.len(), analysis.words.len()) {
        wrong.push(format!("sentences end at token {token}, word {word}"));
    }
}

/// Each word stands in tokens of its own, or shares one token with its fellows.
fn words(article: &Article, analysis: &Analysis, wrong: &mut Vec<String>) {
    let mut next = 0;
    for (i, word) in analysis.words.iter().enumerate() {
        let again = i > 0 && word.joined && word.token + 1 == next && word.form.is_some();
        if word.token != next && !again {
            wrong.push(format!("word {i} is of token {} and not of {next}", word.token));
        }
        next = word.token + u32::from(word.more) + 1;
        if word.form(&article.text, &analysis.tokens).is_empty() {
            wrong.push(format!("word {i} has no form"));
        }
    }
}

/// What is printed reads back as the same words and trees.
fn printed(article: &Article, analysis: &Analysis, wrong: &mut Vec<String>) {
    let printed = tell::conllu::sentences(article, analysis);
    let read = match conllu::read(&printed) {
        Ok(read) => read,
        Err(error) => return wrong.push(format!("not CoNLL-U: {error}")),
    };
    if read.len() != analysis.sentences.len() {
        wrong.push(format!("{} sentences read back", read.len()));
    }
    for (read, sentence) in read.iter().zip(&analysis.sentences) {
        let own = &analysis.words[sentence.words.start as usize..sentence.words.end as usize];
        let one_line = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        let forms = own.iter().map(|w| one_line(w.form(&article.text, &analysis.tokens)));
        if !forms.eq(read.words.iter().map(|w| w.form.clone())) {
            wrong.push(format!("other words in {}", read.id));
        }
        if read.odd_text {
            wrong.push(format!("`# text` of {} is not its tokens'", read.id));
        }
        let first = sentence.words.start;
        let head = |w: &recoupe::analyse::word::Word| w.head.map_or(0, |h| h + 1 - first) as usize;
        let heads = read.words.iter().map(|w| w.head);
        if read.words.iter().any(|w| w.head.is_some())
            && !(read.is_tree() && heads.eq(own.iter().map(|w| Some(head(w)))))
        {
            wrong.push(format!("other tree in {}", read.id));
        }
    }
}
