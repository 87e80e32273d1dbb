//! Names of people, organisations, places, and descriptions that can speak or act.
//!
//! Rules find names by capitals and decide their types by the evidence of their uses;
//! a small network ([`learned`]), which reads what the rules found beside the words, decides.
//! Where a language has no network, the rules' names are given.

pub mod learned;
mod nominal;
mod rules;

use learned::View;
use rustc_hash::FxHashSet;

use super::word::Word;
use crate::analyse::{Mention, MentionKind, Sentence, Token, TokenKind};
use crate::article::Span;
use crate::knowledge::name::ARTICLES;
use crate::lang::Pack;
use crate::lang::letters::{plain_lower, unaccented};
use crate::lang::lexicon::Tags;
use crate::lang::name::NameRules;
pub(crate) use nominal::is_adjective;

/// What is known of a name outside the article.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// A country, or a region that news names constantly.
    pub region: bool,
    /// A town, with its population (0 when unknown).
    pub town: Option<u32>,
    /// A people (`Syriens`).
    pub people: bool,
    /// A news agency or another body.
    pub body: bool,
    /// A given name.
    pub given: bool,
}

/// Looks names up in what is known of the world.
pub trait Atlas {
    /// What is known of `name` as it stands in a text.
    fn known(&self, name: &str) -> Known;

    /// Whether the user's own lists have any name.
    fn brings_any(&self) -> bool;

    /// Where the user's own lists have this name, as it stands in a text: what they say it is, if
    /// they do.
    fn brings(&self, name: &str) -> Option<Option<MentionKind>>;
}

/// The words of an article as the rules see them.
pub(crate) struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub pack: &'static Pack,
    /// Lower case, with plain apostrophes and composed accents.
    pub lower: Vec<String>,
    tags: Vec<Tags>,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token], pack: &'static Pack) -> Words<'a> {
        let lower = tokens.iter().map(|t| plain_lower(t.span.of(text))).collect();
        let mut words = Words { text, tokens, pack, lower, tags: Vec::new() };
        words.tags = (0..tokens.len()).map(|i| words.look_up(i)).collect();
        words
    }

    pub fn of(&self, i: usize) -> &'a str {
        self.tokens[i].span.of(self.text)
    }

    pub fn lower(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    /// What token `i` can be; nothing where there is no such token.
    pub fn tags(&self, i: usize) -> Tags {
        self.tags.get(i).copied().unwrap_or_default()
    }

    fn look_up(&self, i: usize) -> Tags {
        let tags = self.pack.lexicon.tags(&self.lower[i]);
        if tags == Tags::default() && self.capital(i) { self.accented(i) } else { tags }
    }

    /// Capitals are often printed without their accent: `Etat` for `État`.
    fn accented(&self, i: usize) -> Tags {
        let mut letters = self.lower[i].chars();
        let Some(first) = letters.next() else { return Tags::default() };
        let rest = letters.as_str();
        let accents = self.rules().capital_accents.iter().filter(|a| unaccented(**a) == first);
        let tags = accents.map(|a| self.pack.lexicon.tags(&format!("{a}{rest}")));
        tags.reduce(|a, b| a | b).unwrap_or_default()
    }

    pub fn rules(&self) -> &'static NameRules {
        &self.pack.names
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// From token `from` to before token `to`; empty, at the end of the text, where there is none.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let last = to.checked_sub(1).and_then(|i| self.tokens.get(i));
        match self.tokens.get(from).zip(last) {
            Some((first, last)) if from < to => first.span.join(last.span),
            _ => Span::new(self.text.len(), self.text.len()),
        }
    }

    /// Whether token `i` starts with a capital: `Sorve`, `CRPS`, `al-Qaïm`.
    pub fn capital(&self, i: usize) -> bool {
        if !self.is_word(i) {
            return false;
        }
        let word = self.of(i);
        if word.chars().next().is_some_and(char::is_uppercase) {
            return true;
        }
        // A transliterated article: two letters or so, a hyphen, a capital.
        let Some((head, tail)) = word.split_once('-') else { return false };
        head.chars().count() <= 3 && tail.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether token `i` is written in capitals only, two letters or more.
    pub fn acronym(&self, i: usize) -> bool {
        let word = self.of(i);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        (2..=7).contains(&letters) && self.is_word(i) && !word.chars().any(char::is_lowercase)
    }
}

/// A run of tokens that names something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    from: usize,
    to: usize,
    by: &'static str,
}

/// Finds the names and the nominal mentions of an article, in order. Names do not overlap each
/// other; a nominal mention may contain a name ("le directeur du CRPS").
pub(crate) fn mentions(
    words: &Words,
    sentences: &[Sentence],
    syntax: &[Word],
    atlas: &dyn Atlas,
) -> Vec<Mention> {
    let ruled = rules::names(words, sentences, atlas);
    // Without syntactic words, as where only copying is asked for, the rules stand alone.
    let names = match learned::recogniser().filter(|_| !syntax.is_empty()) {
        Some(learned) => learned.names(&View::new(words, sentences, syntax, &ruled, atlas)),
        None => ruled.iter().map(|n| (n.run, n.kind)).collect(),
    };
    let mut out: Vec<Mention> = names.iter().map(|name| mention(words, name)).collect();
    let taken: FxHashSet<usize> = names.iter().flat_map(|(r, _)| r.from..r.to).collect();
    for sentence in sentences {
        nominal::nominals(words, sentence, &taken, &mut out);
    }
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    out
}

fn mention(words: &Words, (run, kind): &(Run, MentionKind)) -> Mention {
    Mention { span: words.span(run.from, run.to), kind: *kind, entity: None, by: run.by }
}

/// A name as its uses in one article are compared: folded, without an Arabic article of its own. What
/// is left then has more than two letters.
fn key(name: &str) -> String {
    let folded: String = plain_lower(name).chars().map(unaccented).collect();
    let rest = folded.split_once('-').filter(|(first, _)| ARTICLES.inside.contains(first));
    match rest.filter(|(_, rest)| rest.chars().count() > 2) {
        Some((_, rest)) => rest.to_string(),
        None => folded,
    }
}
