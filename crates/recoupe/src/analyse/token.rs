//! Text to tokens, by UD's conventions for each language: elisions and enclitics are tokens
//! (`l'` `armée`, `dit` `-il`, `do` `n't`), numbers keep their inner separators.
//!
//! Multi-word tokens (`du` = `de` + `le`) stay whole: they are one stretch of text.

use crate::analyse::{Token, TokenKind};
use crate::article::Span;
use crate::lang::Pack;

/// The tokens of `within`, in order. They do not overlap; what lies between them is white space.
///
/// ```
/// use recoupe::{analyse::token::tokens, article::Span, lang::pack};
/// let text = "L'armée, dit-il, a repris 1.200 m².";
/// let words: Vec<_> = tokens(text, Span::new(0, text.len()), pack("fr").unwrap())
///     .into_iter().map(|t| t.span.of(text)).collect();
/// assert_eq!(words, ["L'", "armée", ",", "dit", "-il", ",", "a", "repris", "1.200", "m²", "."]);
/// ```
pub fn tokens(text: &str, within: Span, pack: &Pack) -> Vec<Token> {
    let mut out = Vec::with_capacity(within.len() / 5);
    let end = within.end as usize;
    let mut at = within.start as usize;
    while let Some(c) = text[at..end].chars().next() {
        if c.is_whitespace() || is_ignorable(c) {
            at += c.len_utf8();
        } else if c.is_alphanumeric() {
            let stop = word_end(text, at, end);
            cut_word(text, Span::new(at, stop), pack, &mut out);
            at = stop;
        } else {
            let stop = mark_end(text, at, end, c);
            let kind = if is_punctuation(c) { TokenKind::Punct } else { TokenKind::Symbol };
            out.push(Token { span: Span::new(at, stop), kind });
            at = stop;
        }
    }
    out
}

/// Whether the token at `at` is written as one with the token before it and is a word of its own
/// in UD: `n't` in `don't`, `'s` in `group's`.
pub fn is_joined(text: &str, tokens: &[Token], at: usize, pack: &Pack) -> bool {
    if !pack.tokens.enclitics_join || at == 0 || tokens[at].kind != TokenKind::Word {
        return false;
    }
    let (before, token) = (tokens[at - 1], tokens[at]);
    before.kind == TokenKind::Word
        && before.span.end == token.span.start
        && pack.tokens.enclitics.iter().any(|e| is_ending(token.span.of(text), e))
}

/// Zero-width characters and the byte order mark: no token, like white space.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Whether `c` is an apostrophe, typographic or not.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

/// Whether `c` is a hyphen that can stand inside a word.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '%')
        || matches!(
            c,
            '«' | '»'
                | '“'
                | '”'
                | '„'
                | '‟'
                | '‹'
                | '›'
                | '’'
                | '‘'
                | '‚'
                | '…'
                | '–'
                | '—'
                | '―'
                | '·'
                | '•'
                | '¿'
                | '¡'
                | '\u{2010}'
                | '\u{2011}'
                | '，'
                | '。'
                | '、'
                | '′'
                | '″'
        )
}

/// Where a word that starts at `at` ends: letters and digits, with single apostrophes, hyphens,
/// and stops or commas between digits (or between single letters: `U.S.`) inside it.
fn word_end(text: &str, at: usize, end: usize) -> usize {
    if let Some(stop) = address_end(&text[at..end]) {
        return at + stop;
    }
    let mut stop = at;
    let mut before: Option<char> = None;
    let mut run = 0;
    let mut chars = text[at..end].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let joins = c.is_alphanumeric() || is_combining(c) || {
            let between = next.is_some_and(|n| n.is_alphanumeric());
            between && joiner(before, c, next, run)
        };
        if !joins {
            let initials = c == '.' && run == 1 && before.is_some_and(char::is_uppercase);
            return if initials && text[at..at + i].contains('.') { at + i + 1 } else { at + i };
        }
        run = if c.is_alphanumeric() { run + 1 } else { 0 };
        before = Some(c);
        stop = at + i + c.len_utf8();
    }
    stop
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '²' | '³')
}

fn joiner(before: Option<char>, c: char, next: Option<char>, run: usize) -> bool {
    let digits =
        before.is_some_and(|b| b.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit());
    match c {
        '.' => {
            digits
                || (run == 1
                    && before.is_some_and(char::is_uppercase)
                    && next.is_some_and(char::is_uppercase))
        }
        ',' | ':' => digits,
        '&' | '@' | '_' => before.is_some_and(char::is_alphanumeric),
        _ => is_apostrophe(c) || is_hyphen(c),
    }
}

/// Length of a web or mail address at the start of `rest`.
fn address_end(rest: &str) -> Option<usize> {
    let starts = ["http://", "https://", "www."];
    if !starts.iter().any(|s| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s))) {
        return None;
    }
    let stop = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '»' | ')'))
        .unwrap_or(rest.len());
    Some(rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?']).len()).filter(|n| *n > 0)
}

/// Runs of one mark (`...`, `--`) are one token.
fn mark_end(text: &str, at: usize, end: usize, c: char) -> usize {
    if !matches!(c, '.' | '-' | '!' | '?' | '>' | '=' | '_' | '*') {
        return at + c.len_utf8();
    }
    let run = text[at..end].chars().take_while(|d| *d == c).count();
    at + run * c.len_utf8()
}

/// Splits elisions, enclitics and (where the language says so) hyphens off a word.
fn cut_word(text: &str, word: Span, pack: &Pack, out: &mut Vec<Token>) {
    let mut start = word.start as usize;
    let end = word.end as usize;
    while let Some(cut) = elision(&text[start..end], pack) {
        out.push(Token { span: Span::new(start, start + cut), kind: TokenKind::Word });
        start += cut;
    }
    let tail = enclitic(&text[start..end], pack).map_or(end, |len| end - len);
    hyphens(text, start, tail, pack, out);
    if tail < end {
        out.push(Token { span: Span::new(tail, end), kind: TokenKind::Word });
    }
}

fn elision(word: &str, pack: &Pack) -> Option<usize> {
    let (i, c) = word.char_indices().find(|(_, c)| is_apostrophe(*c))?;
    let head = word[..i].to_lowercase();
    let cut = i + c.len_utf8();
    (cut < word.len() && pack.tokens.elisions.contains(&head.as_str())).then_some(cut)
}

fn enclitic(word: &str, pack: &Pack) -> Option<usize> {
    if !word.contains(|c| is_apostrophe(c) || is_hyphen(c)) {
        return None;
    }
    pack.tokens.enclitics.iter().find_map(|e| {
        let count = e.chars().count();
        let cut = word.char_indices().rev().nth(count - 1)?.0;
        (cut > 0 && is_ending(&word[cut..], e)).then(|| word.len() - cut)
    })
}

/// Whether `tail` is the enclitic `e`, in any case, with any apostrophe or hyphen.
fn is_ending(tail: &str, e: &str) -> bool {
    let mut letters = tail.chars();
    let same = e.chars().all(|b| {
        letters.next().is_some_and(|a| {
            (is_apostrophe(a) && b == '\'')
                || (is_hyphen(a) && b == '-')
                || a.to_lowercase().eq([b])
        })
    });
    same && letters.next().is_none()
}

fn hyphens(text: &str, start: usize, end: usize, pack: &Pack, out: &mut Vec<Token>) {
    let word = &text[start..end];
    if word.is_empty() {
        return;
    }
    if !pack.tokens.split_hyphens || !word.contains(is_hyphen) {
        out.push(Token { span: Span::new(start, end), kind: kind_of(word) });
        return;
    }
    let mut from = start;
    for (i, c) in word.char_indices().filter(|(_, c)| is_hyphen(*c)) {
        let at = start + i;
        if from < at {
            out.push(Token { span: Span::new(from, at), kind: kind_of(&text[from..at]) });
        }
        out.push(Token { span: Span::new(at, at + c.len_utf8()), kind: TokenKind::Punct });
        from = at + c.len_utf8();
    }
    if from < end {
        out.push(Token { span: Span::new(from, end), kind: kind_of(&text[from..end]) });
    }
}

fn kind_of(word: &str) -> TokenKind {
    let number = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
    if number { TokenKind::Number } else { TokenKind::Word }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::pack;
    use proptest::prelude::*;

    fn cut(text: &str, lang: &str) -> Vec<String> {
        let pack = pack(lang).unwrap();
        let all = tokens(text, Span::new(0, text.len()), pack);
        all.iter().map(|t| t.span.of(text).to_string()).collect()
    }

    #[test]
    fn follows_each_languages_conventions() {
        let cases = [
            ("fr", "Aujourd'hui l’OSDH a-t-il dit ?", "Aujourd'hui|l’|OSDH|a|-t-il|dit|?"),
            ("fr", "«Ville prise», l'est du pays.", "«|Ville|prise|»|,|l'|est|du|pays|."),
            ("fr", "les États-Unis et Deir ez-Zor", "les|États-Unis|et|Deir|ez-Zor"),
            ("fr", "14h30, 3,5 % et 330 000", "14h30|,|3,5|%|et|330|000"),
            ("fr", "attend... -- fin", "attend|...|--|fin"),
            (
                "en",
                "It doesn't, the U.S.-led group's chief said.",
                "It|does|n't|,|the|U.S.|-|led|group|'s|chief|said|.",
            ),
            ("en", "See https://example.org/a?b=1, now", "See|https://example.org/a?b=1|,|now"),
        ];
        for (lang, text, want) in cases {
            assert_eq!(cut(text, lang).join("|"), want);
        }
    }

    proptest! {
        #[test]
        fn tokens_and_gaps_make_the_text(text in "\\PC{0,80}", french in any::<bool>()) {
            let pack = pack(if french { "fr" } else { "en" }).unwrap();
            let mut at = 0;
            for t in tokens(&text, Span::new(0, text.len()), pack) {
                prop_assert!(!t.span.is_empty());
                let gap = &text[at..t.span.start as usize];
                prop_assert!(gap.chars().all(|c| c.is_whitespace() || is_ignorable(c)), "{gap:?}");
                at = t.span.end as usize;
            }
            let rest = &text[at..];
            prop_assert!(rest.chars().all(|c| c.is_whitespace() || is_ignorable(c)));
        }
    }
}
