//! Tokens to sentences.
//!
//! A sentence ends at `.`, `!`, `?` or `…` with the closing marks that follow, unless the stop
//! belongs to an abbreviation, an initial, or a number; and at the end of a line, unless the
//! article's lines are wrapped. A stop with no space after it ends a sentence where a
//! capitalised word follows it ("au port.Ailleurs").

use crate::analyse::boundary::{Known, Paragraph};
use crate::analyse::token::tokens;
use crate::analyse::{Sentence, Token, TokenKind};
use crate::article::{Article, BlockKind, Span};
use crate::lang::Pack;
use crate::lang::linear::Linear;

/// The sentences and the tokens of an article, of every block, both in order.
pub fn sentences(article: &Article, pack: &Pack) -> (Vec<Sentence>, Vec<Token>) {
    let text = &article.text;
    let separator = separator(text);
    let mut all = Vec::with_capacity(text.len() / 5);
    let mut out = Vec::new();
    for block in &article.blocks {
        for part in parts(text, block.span, separator) {
            let first = all.len();
            all.extend(tokens(text, part, pack));
            let known = |word: &str| pack.lexicon.tags(word);
            let ends = match &*pack.boundaries {
                Some(learned) => learned_ends(text, &all[first..], pack, &known, learned),
                None => rule_ends(text, &all[first..], pack),
            };
            let mut start = first;
            for end in ends.into_iter().map(|end| first + end + 1).chain([all.len()]) {
                let end = before_opening(text, &all, start, end);
                push(&all, start, end, block.kind, &mut out);
                start = end;
            }
        }
    }
    (out, all)
}

/// The same end, before marks that open what follows: apostrophes with a space before them and none
/// behind ("He left. ''Never.''").
fn before_opening(text: &str, all: &[Token], start: usize, end: usize) -> usize {
    let mut at = end;
    while at < all.len()
        && at > start + 1
        && all[at - 1].span.of(text).starts_with('\'')
        && all[at - 1].span.end == all[at].span.start
    {
        at -= 1;
    }
    let apart = at > start && at < all.len() && all[at - 1].span.end < all[at].span.start;
    if apart { at } else { end }
}

/// The tokens of each paragraph of an article, as [`sentences`] cuts them: for training.
pub fn paragraphs(article: &Article, pack: &Pack) -> Vec<Vec<Token>> {
    let text = &article.text;
    let separator = separator(text);
    let parts = article.blocks.iter().flat_map(|b| parts(text, b.span, separator));
    parts.map(|part| tokens(text, part, pack)).collect()
}

/// Whether lines end where a margin was and not where a paragraph does: there are several, most
/// are nearly as long as the longest, and most do not end a sentence.
fn lines_are_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|l| !l.is_empty()).collect();
    let longest = lines.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    if lines.len() < 4 || longest > 120 {
        return false;
    }
    let full = lines.iter().filter(|l| l.chars().count() * 4 >= longest * 3).count();
    let open =
        lines.iter().filter(|l| !l.ends_with(['.', '!', '?', '…', '»', '"', '”', ':'])).count();
    full * 3 >= lines.len() * 2 && open * 2 >= lines.len()
}

/// What stands between the paragraphs of a text: a line break, or a blank line where lines are
/// wrapped at a margin.
pub fn separator(text: &str) -> &'static str {
    if lines_are_wrapped(text) { "\n\n" } else { "\n" }
}

fn parts(text: &str, span: Span, separator: &str) -> Vec<Span> {
    let base = span.start as usize;
    let slice = span.of(text);
    let mut out = Vec::new();
    let mut from = 0;
    let ends = slice.match_indices(separator).map(|(i, s)| (i, i + s.len()));
    for (stop, next) in ends.chain([(slice.len(), slice.len())]) {
        if stop > from {
            out.push(Span::new(base + from, base + stop));
        }
        from = next;
    }
    out
}

/// After this many tokens a sentence ends, whatever stands there.
const LONGEST: usize = 2_000;

/// The last token of each sentence but the last, where the model says so.
pub fn learned_ends(
    text: &str,
    tokens: &[Token],
    pack: &Pack,
    known: Known,
    learned: &Linear,
) -> Vec<usize> {
    let (ends, bare) = ends_with(text, tokens, pack, known, learned, 0);
    let shift = learned.usual().map_or(0, |usual| shift(&bare, usual));
    if bare.iter().all(|sum| (*sum > 0) == (*sum + shift > 0)) {
        return ends;
    }
    ends_with(text, tokens, pack, known, learned, shift).0
}

/// The same, with `shift` added to the sums of gaps without a mark; and these sums.
fn ends_with(
    text: &str,
    tokens: &[Token],
    pack: &Pack,
    known: Known,
    learned: &Linear,
    shift: i32,
) -> (Vec<usize>, Vec<i32>) {
    let mut paragraph = Paragraph::new(text, tokens, pack, known);
    let mut features = Vec::with_capacity(32);
    let mut start = 0;
    let mut out = Vec::new();
    let mut bare = Vec::new();
    for at in 0..tokens.len().saturating_sub(1) {
        let ends = if is_glued_stop(text, tokens, at) {
            at > start && ends_sentence(text, tokens, start, at, pack)
        } else {
            paragraph.may_end(at) && {
                paragraph.features(at, &mut features);
                let mut sum = learned.sum(&features);
                if paragraph.is_bare(at) {
                    bare.push(sum);
                    sum += shift;
                }
                sum > 0
            }
        };
        if ends || at - start >= LONGEST {
            paragraph.end(at);
            out.push(at);
            start = at + 1;
        }
    }
    (out, bare)
}

/// As much as so many gaps of the usual kind speak for the usual.
const INERTIA: f64 = 15.0;

/// How much more, or less, likely ends without a mark are in this text than in training, to be
/// added to the model's sums: the rate at which the text's own sums, shifted so, find them
/// (Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
/// probabilities", 2002). Prose has next to none; lists that lost their line breaks have many.
fn shift(bare: &[i32], usual: f64) -> i32 {
    let odds = |rate: f64| (rate / (1.0 - rate)).ln();
    let mut shift = 0.0;
    for _ in 0..20 {
        let chance = |sum: &i32| 1.0 / (1.0 + (-(f64::from(*sum) / 256.0 + shift)).exp());
        let found: f64 = bare.iter().map(chance).sum();
        let rate = (found + INERTIA * usual) / (bare.len() as f64 + INERTIA);
        shift = odds(rate.clamp(0.0001, 0.9)) - odds(usual);
    }
    (shift * 256.0).round() as i32
}

/// A stop between two words without any space: no treebank tells, since it is a slip.
fn is_glued_stop(text: &str, tokens: &[Token], at: usize) -> bool {
    let (stop, Some(next)) = (tokens[at], tokens.get(at + 1)) else { return false };
    next.kind == TokenKind::Word && next.span.start == stop.span.end && stop.span.of(text) == "."
}

/// The last token of each sentence (the paragraph's last may be missing), by rules alone.
pub fn rule_ends(text: &str, all: &[Token], pack: &Pack) -> Vec<usize> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut open = 0usize;
    while at < all.len() {
        if is_straight_quote(all[at].span.of(text)) {
            open ^= 1;
        }
        // No sentence is that long: what is costs more than it says.
        if at - start >= LONGEST || ends_sentence(text, all, start, at, pack) {
            at = closing_marks(text, all, at, &mut open);
            out.push(at);
            start = at + 1;
        }
        at += 1;
    }
    out
}

fn push(all: &[Token], start: usize, end: usize, block: BlockKind, out: &mut Vec<Sentence>) {
    if start < end {
        let span = all[start].span.join(all[end - 1].span);
        out.push(Sentence { span, tokens: start as u32..end as u32, words: 0..0, block });
    }
}

fn is_straight_quote(token: &str) -> bool {
    token == "\""
}

/// The last of the closing quotes and brackets that follow a stop at `at`.
fn closing_marks(text: &str, all: &[Token], mut at: usize, open: &mut usize) -> usize {
    while let Some(next) = all.get(at + 1) {
        let mark = next.span.of(text);
        let closes = match mark {
            "»" | "”" | ")" | "]" | "’" | "›" => true,
            "." | "!" | "?" | "…" | "..." => true,
            "\"" if *open == 1 => {
                *open = 0;
                true
            }
            _ => false,
        };
        if !closes {
            break;
        }
        at += 1;
    }
    at
}

fn ends_sentence(text: &str, all: &[Token], start: usize, at: usize, pack: &Pack) -> bool {
    let mark = all[at].span.of(text);
    let Some(next) = all.get(at + 1) else { return false };
    match mark {
        "!" | "?" | "…" => starts_sentence(text, all, at + 1),
        _ if mark.starts_with("..") => starts_sentence(text, all, at + 1),
        "." => {
            let glued = next.span.start == all[at].span.end;
            let before = (at > start).then(|| all[at - 1]);
            if glued && next.kind == TokenKind::Word {
                return before.is_some_and(|b| splits_glued(b.span.of(text), next.span.of(text)));
            }
            starts_sentence(text, all, at + 1)
                && !before.is_some_and(|b| pack.tokens.is_abbreviation(b.span.of(text)))
        }
        _ => false,
    }
}

/// "port.Ailleurs", "prise.Selon": a long enough word, a stop, a capitalised word.
fn splits_glued(before: &str, after: &str) -> bool {
    let mut letters = after.chars();
    let capitalised = letters.next().is_some_and(char::is_uppercase)
        && (after.chars().count() <= 2
            || letters.next().is_some_and(|c| c.is_lowercase() || !c.is_alphabetic()));
    capitalised && before.chars().count() >= 3
}

/// Whether what starts at `at` can start a sentence: a capital, a digit, or an opening mark
/// before one, and not a closing mark or a comma.
fn starts_sentence(text: &str, all: &[Token], at: usize) -> bool {
    for token in &all[at..all.len().min(at + 4)] {
        let word = token.span.of(text);
        match token.kind {
            TokenKind::Punct
                if matches!(
                    word,
                    "«" | "»"
                        | "“"
                        | "”"
                        | "\""
                        | "("
                        | "["
                        | "–"
                        | "—"
                        | "-"
                        | "…"
                        | "..."
                        | "‘"
                        | "’"
                        | ")"
                        | "]"
                        | "'"
                ) => {}
            TokenKind::Punct => return false,
            TokenKind::Number => return true,
            TokenKind::Word | TokenKind::Symbol => {
                return !word.chars().next().is_some_and(char::is_lowercase);
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::pack;

    fn split(text: &str, lang: &str) -> Vec<String> {
        let article = Article::plain("t", text);
        let (sentences, _) = sentences(&article, pack(lang).unwrap());
        sentences.iter().map(|s| s.span.of(text).to_string()).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("fr", "M. Roux est là. Il attend.", &["M. Roux est là.", "Il attend."]),
            ("fr", "Selon le CROD.Ailleurs, rien.", &["Selon le CROD.", "Ailleurs, rien."]),
            ("fr", "« Tout est fini. » Elle part.", &["« Tout est fini. »", "Elle part."]),
            ("fr", "\"C'est fini.\" Elle part.", &["\"C'est fini.\"", "Elle part."]),
            (
                "fr",
                "il perd la main., surtout ici. Fin",
                &["il perd la main., surtout ici.", "Fin"],
            ),
            ("fr", "Titre court\nLe texte suit.", &["Titre court", "Le texte suit."]),
            ("fr", "Vraiment ? demande-t-elle. Oui !", &["Vraiment ? demande-t-elle.", "Oui !"]),
            ("fr", "Il vaut 3.5 points. Voilà", &["Il vaut 3.5 points.", "Voilà"]),
            (
                "en",
                "Mr. J. K. Stone left the U.S. on Monday. He won.",
                &["Mr. J. K. Stone left the U.S. on Monday.", "He won."],
            ),
            (
                "en",
                "\"Go,\" she said. \"Now.\" They went.",
                &["\"Go,\" she said.", "\"Now.\"", "They went."],
            ),
        ];
        for (lang, text, want) in cases {
            assert_eq!(split(text, lang), *want, "{text}");
        }
    }

    #[test]
    fn wrapped_lines_do_not_cut_sentences() {
        let text = "La rivière a débordé dans la nuit et les habitants des rues\n\
                    basses ont quitté leurs maisons avant que les secours ne\n\
                    puissent atteindre le quartier, a raconté le maire de la\n\
                    commune. Personne n'est blessé.\n";
        assert_eq!(split(text, "fr").len(), 2);
    }
}
