//! CoNLL-U (<https://universaldependencies.org/format.html>): an article's syntax, for the
//! field's own tools.
//!
//! Comments: `newdoc id` (the article), `newpar` (a block or a paragraph starts), `sent_id`,
//! `block` (where the sentence is not body), `text`. What is not known is `_`.
//!
//! MISC has `SpaceAfter=No`, `start_char` and `end_char` (code points of the article's text, end
//! exclusive), and `Entity`, as CorefUD marks mentions (<https://ufal.mff.cuni.cz/corefud>):
//! `(e3-ORG-org:islamic-state` on a mention's first word, `e3)` on its last, `(e3-ORG)` when it
//! is one word. Mentions of one entity share their number; the identifier is left out where the
//! mention was not resolved.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::analyse::{Analysis, Sentence};
use crate::article::{Article, BlockKind, CodePoints, Span};
use crate::ud::Upos;

/// The article's sentences, each with its comments and a blank line after it.
pub fn sentences(article: &Article, analysis: &Analysis) -> String {
    let sheet = Sheet::new(article, analysis);
    let mut out =
        format!("# newdoc id = {}\n# global.Entity = eid-etype-entity\n", one_line(&article.id));
    let mut before: Option<&Sentence> = None;
    for (i, sentence) in analysis.sentences.iter().enumerate() {
        if before.is_none_or(|b| sheet.apart(b, sentence)) {
            out.push_str("# newpar\n");
        }
        let _ = writeln!(out, "# sent_id = {}-{}", one_line(&article.id), i + 1);
        if sentence.block != BlockKind::Body {
            let _ = writeln!(out, "# block = {}", sentence.block.name());
        }
        sheet.sentence(sentence, &mut out);
        before = Some(sentence);
    }
    out
}

/// What a sentence's lines are written from.
struct Sheet<'a> {
    text: &'a str,
    analysis: &'a Analysis,
    points: CodePoints,
    /// Between paragraphs.
    separator: &'static str,
    /// Whether parts of speech are known.
    tagged: bool,
    /// Brackets of mentions, by the word they stand on.
    marks: BTreeMap<usize, String>,
}

impl<'a> Sheet<'a> {
    fn new(article: &'a Article, analysis: &'a Analysis) -> Sheet<'a> {
        let plain = [Upos::X, Upos::Punct, Upos::Num, Upos::Sym];
        Sheet {
            text: &article.text,
            analysis,
            points: CodePoints::new(&article.text),
            separator: crate::analyse::sentence::separator(&article.text),
            tagged: analysis.words.iter().any(|w| !plain.contains(&w.upos)),
            marks: marks(analysis),
        }
    }

    /// Whether a paragraph ends between the two sentences.
    fn apart(&self, a: &Sentence, b: &Sentence) -> bool {
        let gap = a.span.end.min(b.span.start)..b.span.start;
        a.block != b.block
            || Span { start: gap.start, end: gap.end }.of(self.text).contains(self.separator)
    }

    fn sentence(&self, sentence: &Sentence, out: &mut String) {
        let tokens = self.tokens(sentence);
        out.push_str("# text = ");
        for (i, token) in tokens.iter().enumerate() {
            out.push_str(&token.form);
            out.push_str(if token.glued || i + 1 == tokens.len() { "" } else { " " });
        }
        out.push('\n');
        let words = &self.analysis.words[range(sentence)];
        let rooted = words.iter().filter(|w| w.head.is_none()).count() == 1;
        for token in &tokens {
            self.token(token, sentence, rooted, out);
        }
        out.push('\n');
    }

    /// Groups the words of a sentence into UD's tokens.
    fn tokens(&self, sentence: &Sentence) -> Vec<Token> {
        let mut out: Vec<Token> = Vec::new();
        for i in range(sentence) {
            let word = &self.analysis.words[i];
            let span = word.span(&self.analysis.tokens);
            match out.last_mut() {
                Some(token) if word.joined => {
                    token.words.end = i + 1;
                    token.span = token.span.join(span);
                }
                _ => out.push(Token { words: i..i + 1, span, form: String::new(), glued: false }),
            }
        }
        for i in 0..out.len() {
            out[i].form = one_line(out[i].span.of(self.text));
            let end = out[i].span.end;
            let next = out.get(i + 1).map(|t| t.span.start);
            let gap = next.map(|next| Span { start: end.min(next), end: next }.of(self.text));
            out[i].glued = gap.is_some_and(|g| !g.contains(char::is_whitespace));
        }
        out
    }

    fn token(&self, token: &Token, sentence: &Sentence, rooted: bool, out: &mut String) {
        let first = range(sentence).start;
        let several = token.words.len() > 1;
        if several {
            let (from, to) = (token.words.start - first + 1, token.words.end - first);
            let misc = self.misc(token.glued, Some(token.span), None);
            let _ = writeln!(out, "{from}-{to}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", token.form);
        }
        for i in token.words.clone() {
            let word = &self.analysis.words[i];
            let own = word.form.is_none().then(|| word.span(&self.analysis.tokens));
            let form = match word.form {
                Some(form) => form.to_owned(),
                None => one_line(word.span(&self.analysis.tokens).of(self.text)),
            };
            let misc = self.misc(token.glued && !several, own, self.marks.get(&i));
            let upos = if self.tagged || word.upos != Upos::X { word.upos.name() } else { "_" };
            let (head, deprel) = match word.head {
                _ if !rooted => ("_".to_owned(), "_"),
                None => ("0".to_owned(), "root"),
                Some(head) => {
                    ((head as usize + 1 - first.min(head as usize)).to_string(), word.deprel.name())
                }
            };
            let lemma = word.lemma(&form, self.analysis.lang);
            let lemma = if lemma.is_empty() { &form } else { lemma.as_ref() };
            let feats = word.feats;
            let n = i - first + 1;
            let _ = writeln!(
                out,
                "{n}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{deprel}\t_\t{misc}"
            );
        }
    }

    fn misc(&self, glued: bool, span: Option<Span>, entity: Option<&String>) -> String {
        let mut out = Vec::new();
        out.extend(entity.map(|e| format!("Entity={e}")));
        out.extend(glued.then(|| "SpaceAfter=No".to_owned()));
        if let Some(span) = span {
            let (start, end) = self.points.span(span);
            out.push(format!("start_char={start}|end_char={end}"));
        }
        if out.is_empty() { "_".to_owned() } else { out.join("|") }
    }
}

/// A token of UD: its words, where it stands, its form on one line, whether the next follows
/// without a space.
struct Token {
    words: std::ops::Range<usize>,
    span: Span,
    form: String,
    glued: bool,
}

fn range(sentence: &Sentence) -> std::ops::Range<usize> {
    sentence.words.start as usize..sentence.words.end as usize
}

/// The brackets of every mention, by word: closing ones first, then the wider mention.
fn marks(analysis: &Analysis) -> BTreeMap<usize, String> {
    let spans: Vec<Span> = analysis.words.iter().map(|w| w.span(&analysis.tokens)).collect();
    let mut number: BTreeMap<&str, usize> = BTreeMap::new();
    let mut opened: BTreeMap<usize, Vec<(u32, String)>> = BTreeMap::new();
    let mut closed: BTreeMap<usize, Vec<(u32, String)>> = BTreeMap::new();
    let mut single: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    for mention in &analysis.mentions {
        let first = spans.partition_point(|s| s.end <= mention.span.start);
        let end = spans.partition_point(|s| s.start < mention.span.end);
        if first >= end {
            continue;
        }
        let next = count + 1;
        let e = match mention.entity.as_deref() {
            Some(id) => *number.entry(id).or_insert(next),
            None => next,
        };
        count = count.max(e);
        let id = mention.entity.as_deref().map(|id| format!("-{}", mark_safe(id)));
        let open = format!("(e{e}-{}{}", mention.kind.name(), id.unwrap_or_default());
        if end - first == 1 {
            single.entry(first).or_default().push(format!("{open})"));
        } else {
            opened.entry(first).or_default().push((u32::MAX - mention.span.end, open));
            closed
                .entry(end - 1)
                .or_default()
                .push((u32::MAX - mention.span.start, format!("e{e})")));
        }
    }
    let mut out: BTreeMap<usize, String> = BTreeMap::new();
    for list in [&mut closed, &mut opened] {
        for (at, marks) in list {
            marks.sort();
            let text: String = marks.iter().map(|(_, m)| m.as_str()).collect();
            out.entry(*at).or_default().push_str(&text);
        }
    }
    for (at, marks) in single {
        out.entry(at).or_default().push_str(&marks.concat());
    }
    out
}

/// An identifier without what would end a mark or a column.
fn mark_safe(id: &str) -> String {
    id.chars().map(|c| if c.is_whitespace() || "|()=".contains(c) { '_' } else { c }).collect()
}

/// White space as single spaces, and nothing that ends a line.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
