//! Agencies credited in signatures, datelines and captions.

use crate::analyse::{Credit, CreditOf, Sentence, Token, TokenKind};
use crate::article::{Article, BlockKind, Span};
use crate::knowledge::agencies;
use crate::lang::PACKS;
use crate::lang::marks::{self, MarkKind};

/// The longest name of an agency, in tokens.
const LONGEST: usize = 5;

/// The agencies that an article's credits, datelines and captions name, in order. A credit is a
/// picture's where the pack's words for pictures stand in its block, or in a caption.
pub fn credits(article: &Article, sentences: &[Sentence], tokens: &[Token]) -> Vec<Credit> {
    let mut out = Vec::new();
    let of_credit = |s: &&Sentence| {
        matches!(s.block, BlockKind::Credit | BlockKind::Dateline | BlockKind::Caption)
    };
    for sentence in sentences.iter().filter(of_credit) {
        let of = if is_photo(article, sentence) { CreditOf::Photo } else { CreditOf::Text };
        let own = &tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let mut at = 0;
        while at < own.len() {
            match agency_at(&article.text, own, at) {
                Some((agency, len)) => {
                    let span = own[at].span.join(own[at + len - 1].span);
                    out.push(Credit { span, agency: agency.to_string(), of });
                    at += len;
                }
                None => at += 1,
            }
        }
    }
    out
}

/// The longest agency's name that starts at token `at`, and its length in tokens.
fn agency_at(text: &str, tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    if tokens[at].kind != TokenKind::Word {
        return None;
    }
    (1..=LONGEST.min(tokens.len() - at)).rev().find_map(|len| {
        let name = tokens[at].span.join(tokens[at + len - 1].span).of(text);
        // A short code counts in capitals only: "as" is a word.
        let short = name.chars().count() <= 3 && name.chars().any(char::is_lowercase);
        let found = agencies::agency(name).filter(|a| !short || a.code == name)?;
        Some((found.code, len))
    })
}

fn is_photo(article: &Article, sentence: &Sentence) -> bool {
    let block = article.blocks.iter().find(|b| b.span.overlaps(sentence.span));
    let words = block.map_or(Span::default(), |b| b.span).of(&article.text).to_lowercase();
    let shows = |list: &'static str| {
        marks::marks(list)
            .any(|m| m.kind == MarkKind::Photo && words.contains(&m.words.to_lowercase()))
    };
    sentence.block == BlockKind::Caption || PACKS.iter().any(|p| shows(p.marks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::analyse;
    use crate::read::{Options, bytes};

    #[test]
    fn words_and_pictures_are_told_apart() {
        let text = "PARIS (AFP) - Le pont a cédé samedi, a indiqué la mairie.\n\
                    Photo : Reuters |\n\
                    Personne n'est blessé.\n\
                    AFP/VNA";
        let article = bytes("a.txt", text.as_bytes(), &Options::default()).value.remove(0);
        let found: Vec<_> = analyse(&article)
            .value
            .credits
            .into_iter()
            .map(|c| (c.agency, c.of == CreditOf::Photo))
            .collect();
        let want = [("AFP", false), ("Reuters", true), ("AFP", false), ("VNA", false)];
        assert_eq!(found, want.map(|(a, p)| (a.to_string(), p)));
    }
}
