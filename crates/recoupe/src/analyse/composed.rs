//! Texts that write an accent as a character of its own (Unicode's form NFD, which some systems
//! store and some PDFs hold), or that have signs in their words which nobody sees: soft hyphens and the like. They
//! are read as if letter and accent were one character and the signs were not there, as word
//! lists and models have them; what is found is told where it stands in the text itself.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Analysis;
use crate::article::{Article, Span};
use crate::lang::letters;

/// An article with composed letters, and the way back to its own text.
struct Composed {
    article: Article,
    /// Ends of letters that were composed: in the composed text, in the own one. Between two of them
    /// the texts are the same. Bytes.
    ends: Vec<(u32, u32)>,
}

/// What `read` finds in the article, whichever way it writes its accents.
pub(super) fn read(article: &Article, read: impl FnOnce(&Article) -> Analysis) -> Analysis {
    if !article.text.chars().any(goes_with_letter) {
        return read(article);
    }
    let composed = Composed::new(article);
    let mut analysis = read(&composed.article);
    spans(&mut analysis, |span| *span = composed.back(*span));
    analysis
}

/// A sign inside a word that is seen only where a line breaks, or never.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}')
}

fn goes_with_letter(c: char) -> bool {
    is_combining_mark(c) || is_hidden(c)
}

impl Composed {
    fn new(article: &Article) -> Composed {
        let own = article.text.as_str();
        let mut text = String::with_capacity(own.len());
        let mut ends = Vec::new();
        let mut from = 0;
        while let Some(first) = own[from..].chars().next() {
            let rest = &own[from + first.len_utf8()..];
            let marks = rest.find(|c| !goes_with_letter(c)).unwrap_or(rest.len());
            let to = from + first.len_utf8() + marks;
            let mut letters = own[from..to].chars().filter(|c| !is_hidden(*c)).nfc();
            match (letters.next(), letters.next()) {
                (Some(letter), None) if marks > 0 => {
                    text.push(letter);
                    ends.push((text.len() as u32, to as u32));
                }
                // What stays more than one character is left as it is: each has a place of its own.
                _ => text.push_str(&own[from..to]),
            }
            from = to;
        }
        let mut composed = Composed { article: article.clone(), ends };
        let title = article.title.as_deref();
        composed.article.title = title.map(|t| letters::composed(t).into_owned());
        for i in 0..composed.article.blocks.len() {
            let span = article.blocks[i].span;
            let (start, end) = (composed.forth(span.start, &text), composed.forth(span.end, &text));
            composed.article.blocks[i].span = Span { start, end };
        }
        composed.article.text = text;
        composed
    }

    /// A place of the own text in the composed one; within a composed letter, its start or end.
    fn forth(&self, at: u32, text: &str) -> u32 {
        let next = self.ends.partition_point(|(_, own)| *own <= at);
        let (there, own) = next.checked_sub(1).map_or((0, 0), |i| self.ends[i]);
        let limit = self.ends.get(next).map_or(text.len() as u32, |(end, _)| *end);
        let mut at = (there + at - own).min(limit);
        while !text.is_char_boundary(at as usize) {
            at -= 1;
        }
        at
    }

    fn back(&self, span: Span) -> Span {
        let at = |at: u32| {
            let next = self.ends.partition_point(|(there, _)| *there <= at);
            let (there, own) = next.checked_sub(1).map_or((0, 0), |i| self.ends[i]);
            own + at - there
        };
        Span { start: at(span.start), end: at(span.end) }
    }
}

/// All spans of an analysis. Words and times of day hang on its tokens.
fn spans(analysis: &mut Analysis, mut each: impl FnMut(&mut Span)) {
    // Every field is named, so that one that is added is not forgotten.
    let Analysis {
        lang: _,
        sentences,
        tokens,
        words: _,
        mentions,
        timexes,
        statements,
        figures,
        credits,
        published: _,
        silences,
    } = analysis;
    sentences.iter_mut().for_each(|s| each(&mut s.span));
    tokens.iter_mut().for_each(|t| each(&mut t.span));
    mentions.iter_mut().for_each(|m| each(&mut m.span));
    timexes.iter_mut().for_each(|t| each(&mut t.span));
    for statement in statements {
        statement.content.iter_mut().for_each(&mut each);
        statement.cue.iter_mut().chain(&mut statement.source).for_each(&mut each);
    }
    for silence in silences {
        [&mut silence.span, &mut silence.cue, &mut silence.source].into_iter().for_each(&mut each);
    }
    for figure in figures {
        each(&mut figure.span);
        figure.counts.iter_mut().for_each(&mut each);
    }
    credits.iter_mut().for_each(|c| each(&mut c.span));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::analyse::with_pack;
    use crate::lang::pack;

    /// What is found, told by its words: those of all spans, composed.
    fn told(text: &str, code: &str) -> Vec<String> {
        let article = Article::plain("a", text);
        let mut analysis = with_pack(&article, pack(code).unwrap());
        let names: Vec<String> = analysis
            .statements
            .iter()
            .map(|s| s.source_canonical().to_string())
            .chain(analysis.mentions.iter().map(|m| format!("{:?} {:?}", m.kind, m.entity)))
            .chain(analysis.timexes.iter().map(|t| t.value.clone()))
            .chain(analysis.figures.iter().map(|f| format!("{:?} {:?}", f.value, f.unit)))
            .collect();
        let mut out: Vec<String> = Vec::new();
        let seen = |c: &char| !is_hidden(*c);
        spans(&mut analysis, |span| out.push(span.of(text).chars().filter(seen).nfc().collect()));
        out.extend(names);
        out
    }

    const TEXTS: &[(&str, &str)] = &[
        (
            "fr",
            "Le préfet de l’Île-Ardente, Éloïse Brésard, a déclaré à Théole que « la crue a été maîtrisée ». \
             Selon l'Observatoire des eaux, trente-trois élèves ont été évacués le 3 février 2021.",
        ),
        ("en", "José Müllner, mayor of Sørvåg, said on 4 May 2020 that 12 cafés were closed."),
    ];

    #[test]
    fn how_accents_are_written_changes_nothing_that_is_found() {
        for (code, text) in TEXTS {
            let apart: String = text.nfd().collect();
            assert_ne!(&apart, text);
            assert_eq!(told(&apart, code), told(text, code));
        }
    }

    #[test]
    fn signs_that_nobody_sees_change_nothing_that_is_found() {
        for (code, text) in TEXTS {
            let broken = text.replace("clar", "cl\u{ad}ar").replace("ay", "a\u{200b}y");
            assert_ne!(&broken, text);
            assert_eq!(told(&broken, code), told(text, code));
        }
    }

    #[test]
    fn marks_that_compose_with_nothing_stay() {
        for text in ["\u{301}", "a\u{301}\u{301}", "q\u{307} e\u{301}", "\n\u{301}x"] {
            let composed = Composed::new(&Article::plain("a", text));
            let len = composed.article.text.len() as u32;
            let whole = composed.back(Span { start: 0, end: len });
            assert_eq!(whole, Span::new(0, text.len()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn places_go_forth_and_back(text in "[a-e\u{300}\u{301}\u{327}é ]{0,30}") {
            let composed = Composed::new(&Article::plain("a", &*text));
            let there = &composed.article.text;
            for at in (0..=there.len()).filter(|at| there.is_char_boundary(*at)) {
                let own = composed.back(Span::new(at, at)).start;
                prop_assert!(text.is_char_boundary(own as usize));
                prop_assert_eq!(composed.forth(own, there), at as u32);
                let (here, read) = (&text[..own as usize], &there[..at]);
                prop_assert_eq!(here.nfc().collect::<String>(), read.nfc().collect::<String>());
            }
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                prop_assert!(there.is_char_boundary(composed.forth(at as u32, there) as usize));
            }
        }
    }
}
