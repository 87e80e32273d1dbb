//! Quotation marks to quoted stretches, as the press prints them: nested, unbalanced, and
//! running over paragraphs.

use crate::article::{Block, Span};

/// A stretch in quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
    /// With its marks.
    pub outer: Span,
    /// Without its marks and the spaces beside them.
    pub inner: Span,
}

/// The outermost quotations of an article's prose, in order.
///
/// A mark that closes nothing is passed over; a quotation left open ends with its paragraph,
/// and goes on into the next one when that starts with an opening mark, as English prints
/// quotations of several paragraphs.
///
/// ```
/// use recoupe::{analyse::quote::quotes, article::Article};
/// let article = Article::plain("a", "Il parle d'un « nid « dur » », dit-il.");
/// let inner: Vec<_> = quotes(&article.text, &article.blocks).iter().map(|q| q.inner.of(&article.text)).collect();
/// assert_eq!(inner, ["nid « dur »"]);
/// ```
pub fn quotes(text: &str, blocks: &[Block]) -> Vec<Quote> {
    let mut out = Vec::new();
    for block in blocks.iter().filter(|b| b.kind.is_prose()) {
        let mut at = block.span.start as usize;
        for line in block.span.of(text).split_inclusive('\n') {
            quotes_of_line(text, at, at + line.trim_end().len(), &mut out);
            at += line.len();
        }
    }
    out
}

/// What closes each opening mark.
fn closing(mark: char) -> Option<char> {
    match mark {
        '«' => Some('»'),
        '“' | '„' => Some('”'),
        '"' => Some('"'),
        '‹' => Some('›'),
        _ => None,
    }
}

fn quotes_of_line(text: &str, from: usize, to: usize, out: &mut Vec<Quote>) {
    let mut open: Option<(usize, char, char)> = None;
    let mut depth = 0usize;
    let mut single = Single::default();
    let mut past = from;
    for (i, c) in text[from..to].char_indices() {
        let at = from + i;
        if at < past {
            continue;
        }
        match open {
            None if matches!(c, '\'' | '‘') => {
                if let Some(quote) = single.quote(text, from, at, to) {
                    past = quote.outer.end as usize;
                    out.push(quote);
                }
            }
            None => {
                if let Some(close) = closing(c).filter(|_| opens(text, at, c, to)) {
                    open = Some((at, c, close));
                    depth = 1;
                }
            }
            Some((start, mark, close)) => {
                if c == mark && mark != close {
                    depth += 1;
                } else if c == close {
                    depth -= 1;
                    if depth == 0 {
                        out.push(quote(text, start, at + c.len_utf8(), true));
                        open = None;
                    }
                }
            }
        }
    }
    if let Some((start, mark, close)) = open {
        // Left open: up to the last closing mark of the line if there is one, else to its end.
        let rest = &text[start + mark.len_utf8()..to];
        match rest.rfind(close).filter(|_| mark != close) {
            Some(i) => {
                out.push(quote(text, start, start + mark.len_utf8() + i + close.len_utf8(), true))
            }
            None => out.push(quote(text, start, to, false)),
        }
    }
}

/// The fewest bytes between single marks: fewer are a word cut short (`rock 'n' roll`).
const SHORTEST: usize = 3;

/// Quotations in single marks, or in two of them for a double one. The marks are apostrophes too:
/// only one that stands before a word and is closed on its line opens.
#[derive(Default)]
struct Single {
    /// From where on the line no mark closes, by kind of mark.
    none_after: [Option<usize>; 2],
}

impl Single {
    /// The quotation that a mark at `at` opens on the line `from..end`.
    fn quote(&mut self, text: &str, from: usize, at: usize, end: usize) -> Option<Quote> {
        let open = if text[at..end].starts_with("''") {
            "''"
        } else {
            &text[at..at + text[at..].chars().next()?.len_utf8()]
        };
        let close = match open {
            "‘" => "’",
            other => other,
        };
        let before = text[from..at].chars().next_back();
        let start = at + open.len();
        let after = text[start..end].chars().next()?;
        let kind = usize::from(open == "''");
        let opens = before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '"' | '“' | '«')
        }) && (after.is_alphabetic()
            || after.is_numeric()
            || matches!(after, '…' | '.' | '$' | '[' | '"' | '“'));
        if !opens
            || cut_year(&text[start..end])
            || self.none_after[kind].is_some_and(|none| at >= none)
        {
            return None;
        }
        let found = text[start..end]
            .match_indices(close)
            .map(|(i, _)| start + i)
            .find(|i| closes_single(text, *i, close, end));
        match found {
            Some(i) if i - start >= SHORTEST => {
                let outer = Span::new(at, i + close.len());
                let inner = text[start..i].trim_end().trim_end_matches(',').trim_end();
                Some(Quote { outer, inner: Span::new(start, start + inner.len()) })
            }
            Some(_) => None,
            None => {
                self.none_after[kind] = Some(at);
                None
            }
        }
    }
}

/// Whether an apostrophe before this stands for a century: `'90s`, `'98`.
fn cut_year(after: &str) -> bool {
    after.chars().take_while(char::is_ascii_digit).count() == 2
}

/// Whether a single mark closes: after a word or a stop, before a space or a stop, and not as
/// the possessive of a plural ("the workers' union").
fn closes_single(text: &str, at: usize, mark: &str, end: usize) -> bool {
    let before = text[..at].chars().next_back();
    let mut rest = text[at + mark.len()..end].chars();
    let after = rest.next();
    let apart = after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    let stops = before.is_some_and(|c| matches!(c, ',' | '.' | '!' | '?' | '…' | '"' | '”'));
    let word = before.is_some_and(|c| !c.is_whitespace());
    let possessive = mark.len() < 4
        && before == Some('s')
        && after.is_some_and(char::is_whitespace)
        && rest.next().is_some_and(char::is_alphanumeric);
    // The second mark of a word cut at both ends.
    let cut = text[..at].char_indices().rev().take(SHORTEST).any(|(_, c)| matches!(c, '\'' | '‘'));
    apart && word && (stops || !possessive && !cut)
}

/// A straight mark opens only before a word; `5'10"` is no quotation. Some set blanks inside their marks, as
/// those that point are set (`" like this "`): such a mark opens when another with a blank before it follows.
fn opens(text: &str, at: usize, mark: char, end: usize) -> bool {
    if mark != '"' {
        return true;
    }
    let before = text[..at].chars().next_back();
    let after = text[at + 1..end].chars().next();
    let apart = || {
        let rest = &text[at + 1..end];
        let word = rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || c == '…');
        let blank = |i: usize| rest[..i].ends_with(char::is_whitespace);
        let closed = || rest.find('"').is_some_and(|i| blank(i) && !rest[..i].trim().is_empty());
        let inches = text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
        before.is_none_or(char::is_whitespace) && word && !inches && closed()
    };
    !before.is_some_and(char::is_alphanumeric)
        && after.is_some_and(|c| !c.is_whitespace() || apart())
}

fn quote(text: &str, start: usize, end: usize, closed: bool) -> Quote {
    let open = text[start..].chars().next().map_or(0, char::len_utf8);
    let close = if closed { text[..end].chars().next_back().map_or(0, char::len_utf8) } else { 0 };
    let (mut from, mut to) = (start + open, (end - close).max(start + open));
    let inner = &text[from..to];
    from += inner.len() - inner.trim_start().len();
    // English prints the comma of the sentence around it inside the marks.
    to = from + text[from..to].trim_end().trim_end_matches(',').trim_end().len();
    Quote { outer: Span::new(start, end), inner: Span::new(from, to) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use proptest::prelude::*;

    #[test]
    fn quotes_are_found_as_the_press_prints_them() {
        let cases: &[(&str, &[&str])] = &[
            ("« Oui », dit-il. « Non »", &["Oui", "Non"]),
            ("Il voit « la fin » qui vient », dit-il.", &["la fin"]),
            ("\"Go home,\" she said. \"Now.\"", &["Go home", "Now."]),
            ("Un écran de 15\" coûte cher", &[]),
            ("Il a fustigé \" un système \", puisqu'il \" fuit \".", &["un système", "fuit"]),
            ("\" A bad deal , \" she said . \" Really . \"", &["A bad deal", "Really ."]),
            ("Un écran de 15 \" coûte moins qu'un de 17 \" ici", &[]),
            ("A mark \" that nothing closes", &[]),
            ("« Jamais fermée\nAutre ligne « ici »", &["Jamais fermée", "ici"]),
            ("“One “two” three”", &["One “two” three"]),
            ("'We will not pay,' she said. 'Not one cent.'", &["We will not pay", "Not one cent."]),
            ("‘It’s over’, the workers’ union said.", &["It’s over"]),
            ("''There's no proof,'' he said.", &["There's no proof"]),
            ("In the '90s the workers' union played rock 'n' roll, it's true.", &[]),
            ("“He said 'never' and left.”", &["He said 'never' and left."]),
            ("L'homme qu'il a vu n'est pas d'ici", &[]),
            ("« Début « milieu » fin », et « autre »", &["Début « milieu » fin", "autre"]),
        ];
        for (text, want) in cases {
            let article = Article::plain("t", *text);
            let inner: Vec<_> =
                quotes(text, &article.blocks).iter().map(|q| q.inner.of(text)).collect();
            assert_eq!(inner, *want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_valid_spans(text in "[«»“”\"'‘’s,. é\n]{0,60}") {
            let article = Article::plain("t", text.clone());
            for q in quotes(&text, &article.blocks) {
                prop_assert!(q.outer.contains(q.inner));
                let _ = q.inner.of(&text);
            }
        }
    }
}
