//! Reading CoNLL-U, the format of Universal Dependencies' treebanks
//! (<https://universaldependencies.org/format.html>): comments, multi-word tokens, empty nodes
//! (left out), `SpaceAfter`, documents and paragraphs.

use std::fmt;
use std::ops::Range;

/// A line that is not CoNLL-U.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for Error {}

/// A syntactic word: one numbered line. Columns are kept as they stand (`_` for none).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// FORM.
    pub form: String,
    /// LEMMA.
    pub lemma: String,
    /// UPOS.
    pub upos: String,
    /// XPOS.
    pub xpos: String,
    /// FEATS.
    pub feats: String,
    /// HEAD: the number of a word of the sentence from 1, 0 for the root; None for `_`.
    pub head: Option<usize>,
    /// DEPREL.
    pub deprel: String,
    /// MISC.
    pub misc: String,
}

/// A token of the text: one word, or the several of a multi-word token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// The letters it is written with.
    pub form: String,
    /// Where they stand in [`Sentence::text`]: bytes.
    pub span: Range<usize>,
    /// Its words, as indices into [`Sentence::words`]. Never empty.
    pub words: Range<usize>,
    /// Whether it has a line of its own (`1-2`).
    pub multi: bool,
    /// Whether white space follows it.
    pub space_after: bool,
}

/// A sentence.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence {
    /// `# sent_id`; empty when there is none.
    pub id: String,
    /// Its text: `# text` where it agrees with the tokens, else the tokens joined.
    pub text: String,
    /// Whether `# text` is missing, or has other characters than the tokens.
    pub odd_text: bool,
    /// Whether a document starts with it.
    pub doc: bool,
    /// Whether a paragraph starts with it.
    pub par: bool,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its words, in order.
    pub words: Vec<Word>,
}

// Tests, and the fuzz targets that take this file by its path, call it.
#[allow(dead_code)]
impl Sentence {
    /// Whether its heads make one tree: one root, no circle, no head missing.
    pub fn is_tree(&self) -> bool {
        let heads: Option<Vec<usize>> = self.words.iter().map(|w| w.head).collect();
        let Some(heads) = heads else { return false };
        let reaches_root = |mut at: usize| {
            (0..heads.len()).any(|_| {
                at = heads[at - 1];
                at == 0
            }) && at == 0
        };
        heads.iter().filter(|h| **h == 0).count() == 1 && (1..=heads.len()).all(reaches_root)
    }
}

/// Reads a file.
///
/// # Errors
///
/// On the first line that is not CoNLL-U: a wrong number of columns, words or ranges out of
/// order, a head outside the sentence.
pub fn read(input: &str) -> Result<Vec<Sentence>, Error> {
    let mut out = Vec::new();
    let mut draft = Draft::default();
    let mut last = 0;
    for (i, line) in input.lines().enumerate() {
        last = i + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        let read = match line {
            "" => draft.finish(&mut out),
            _ if line.starts_with('#') => draft.comment(&line[1..]),
            _ => draft.row(line),
        };
        read.map_err(|what| Error { line: last, what })?;
    }
    draft.finish(&mut out).map_err(|what| Error { line: last, what })?;
    Ok(out)
}

/// The text of consecutive sentences as running text: a space between sentences, a line break
/// where a paragraph or a document starts.
///
/// Sentences that their treebank joins without a space (`SpaceAfter=No` on the last token) are
/// joined so.
pub fn running_text(sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let mut glued = true;
    for sentence in sentences {
        if sentence.doc || sentence.par {
            out.push_str(if out.is_empty() { "" } else { "\n" });
        } else if !glued {
            out.push(' ');
        }
        out.push_str(&sentence.text);
        glued = sentence.tokens.last().is_some_and(|t| !t.space_after);
    }
    out
}

/// A sentence being read.
#[derive(Default)]
struct Draft {
    sentence: Sentence,
    text: Option<String>,
    /// The multi-word token whose words are being read: its end (a word's number).
    open: Option<usize>,
    rows: bool,
}

type Outcome = Result<(), String>;

impl Draft {
    fn comment(&mut self, comment: &str) -> Outcome {
        if self.rows {
            return Err("a comment inside a sentence".into());
        }
        let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
        let value = value.trim();
        match key.trim() {
            "sent_id" => self.sentence.id = value.to_owned(),
            "text" => self.text = Some(value.to_owned()),
            "newdoc" | "newdoc id" => self.sentence.doc = true,
            "newpar" | "newpar id" => self.sentence.par = true,
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, line: &str) -> Outcome {
        self.rows = true;
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = cells[..] else {
            return Err(format!("{} columns, where ten are needed", cells.len()));
        };
        if cells.iter().any(|c| c.is_empty()) {
            return Err("an empty column".into());
        }
        if let Some((first, last)) = id.split_once('-') {
            return self.range(first, last, form, misc);
        }
        if id.contains('.') {
            return Ok(());
        }
        let next = self.sentence.words.len() + 1;
        if id.parse() != Ok(next) {
            return Err(format!("word `{id}` where {next} should be"));
        }
        let head = match head {
            "_" => None,
            _ => Some(head.parse().map_err(|_| format!("head `{head}` is no number"))?),
        };
        let owned = str::to_owned;
        self.sentence.words.push(Word {
            form: owned(form),
            lemma: owned(lemma),
            upos: owned(upos),
            xpos: owned(xpos),
            feats: owned(feats),
            head,
            deprel: owned(deprel),
            misc: owned(misc),
        });
        if self.open.is_none() {
            self.token(form, misc, next - 1..next, false);
        }
        self.open = self.open.filter(|end| *end > next);
        Ok(())
    }

    fn range(&mut self, first: &str, last: &str, form: &str, misc: &str) -> Outcome {
        let next = self.sentence.words.len() + 1;
        if self.open.is_some() {
            return Err("a multi-word token inside another".into());
        }
        match (first.parse::<usize>(), last.parse::<usize>()) {
            (Ok(first), Ok(last)) if first == next && last > first => {
                self.open = Some(last);
                self.token(form, misc, next - 1..last, true);
                Ok(())
            }
            _ => Err(format!("range `{first}-{last}` where {next} should start")),
        }
    }

    fn token(&mut self, form: &str, misc: &str, words: Range<usize>, multi: bool) {
        let space_after = !misc.split('|').any(|m| m == "SpaceAfter=No");
        let form = form.to_owned();
        self.sentence.tokens.push(Token { form, span: 0..0, words, multi, space_after });
    }

    fn finish(&mut self, out: &mut Vec<Sentence>) -> Outcome {
        if let Some(end) = self.open {
            return Err(format!("the sentence ends before word {end}"));
        }
        let Draft { mut sentence, text, rows, .. } = std::mem::take(self);
        if !rows {
            // Comments before nothing belong to the next sentence.
            self.sentence = sentence;
            self.text = text;
            return Ok(());
        }
        let count = sentence.words.len();
        if count == 0 {
            return Err("a sentence of empty nodes alone".into());
        }
        let wrong = |(i, w): (usize, &Word)| w.head.is_some_and(|h| h > count || h == i + 1);
        if let Some(i) = sentence.words.iter().enumerate().position(wrong) {
            return Err(format!("the head of word {} is itself or outside the sentence", i + 1));
        }
        let said = text.as_deref().and_then(|text| place(&mut sentence.tokens, text));
        sentence.odd_text = said.is_none();
        sentence.text = match (said, text) {
            (Some(()), Some(text)) => text,
            _ => {
                let text = joined(&sentence.tokens);
                place(&mut sentence.tokens, &text);
                text
            }
        };
        out.push(sentence);
        Ok(())
    }
}

fn joined(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        text.push_str(&token.form);
        text.push_str(if token.space_after { " " } else { "" });
    }
    text.truncate(text.trim_end().len());
    text
}

/// Finds each token in the text, whatever white space either has. None when the characters differ.
fn place(tokens: &mut [Token], text: &str) -> Option<()> {
    let mut chars = text.char_indices().filter(|(_, c)| !c.is_whitespace()).peekable();
    for token in &mut *tokens {
        let start = chars.peek()?.0;
        let mut end = start;
        for c in token.form.chars().filter(|c| !c.is_whitespace()) {
            let (at, found) = chars.next()?;
            if found != c {
                return None;
            }
            end = at + c.len_utf8();
        }
        token.span = start..end;
    }
    chars.next().is_none().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = one\n# newpar\n# sent_id = s1\n# text = Il part du port.\n\
        1\tIl\til\tPRON\t_\tNumber=Sing\t2\tnsubj\t_\t_\n\
        2\tpart\tpartir\tVERB\t_\t_\t0\troot\t_\t_\n\
        3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_\n\
        4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_\n\
        5\tport\tport\tNOUN\t_\t_\t2\tobl:mod\t_\tSpaceAfter=No\n\
        5.1\tvide\t_\t_\t_\t_\t_\t_\t_\t_\n\
        6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\
        \n\
        1\tFin\tfin\tNOUN\t_\t_\t0\troot\t_\t_\n";

    #[test]
    fn words_tokens_and_marks_are_read() {
        let sentences = read(SAMPLE).unwrap();
        let [first, second] = &sentences[..] else { panic!("{sentences:#?}") };
        assert_eq!(
            (first.id.as_str(), first.doc, first.par, first.odd_text),
            ("s1", true, true, false)
        );
        assert_eq!(first.words.len(), 6);
        let tokens: Vec<_> = first.tokens.iter().map(|t| &first.text[t.span.clone()]).collect();
        assert_eq!(tokens, ["Il", "part", "du", "port", "."]);
        assert_eq!((first.tokens[2].words.clone(), first.tokens[2].multi), (2..4, true));
        assert!(first.is_tree());
        assert_eq!((second.text.as_str(), second.odd_text), ("Fin", true));
        assert_eq!(running_text(&sentences), "Il part du port. Fin");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let row = |cells: &str| cells.replace(' ', "\t");
        let cases = [
            (row("1 a _ _ _ _ 0 root _"), 1, "9 columns"),
            (row("2 a _ _ _ _ 0 root _ _"), 1, "word `2` where 1"),
            (row("1 a _ _ _ _ 7 root _ _\n"), 1, "head of word 1"),
            (row("1 a _ _ _ _ 1 root _ _\n"), 1, "head of word 1"),
            (row("1 a _ _ _ _ x root _ _"), 1, "no number"),
            (row("1 a _ _ _ _ 0 root  _"), 1, "empty column"),
            (row("1 a _ _ _ _ 0 root _ _\n2-2 b _ _ _ _ _ _ _ _"), 2, "range"),
            (row("1-2 ab _ _ _ _ _ _ _ _\n1 a _ _ _ _ 0 root _ _\n"), 2, "ends before word 2"),
            (
                row("1-3 abc _ _ _ _ _ _ _ _\n1 a _ _ _ _ 0 root _ _\n2-3 bc _ _ _ _ _ _ _ _"),
                3,
                "inside another",
            ),
            (row("1 a _ _ _ _ 0 root _ _\n# no"), 2, "comment"),
            (row("1.1 a _ _ _ _ _ _ _ _\n"), 1, "empty nodes"),
        ];
        for (text, line, what) in cases {
            let error = read(&text).unwrap_err();
            assert!(error.line == line && error.what.contains(what), "{text:?}: {error}");
        }
    }

    #[test]
    fn circles_are_no_trees() {
        let text = "1\ta\t_\t_\t_\t_\t2\tx\t_\t_\n2\tb\t_\t_\t_\t_\t1\tx\t_\t_\n3\tc\t_\t_\t_\t_\t0\troot\t_\t_\n";
        assert!(!read(text).unwrap()[0].is_tree());
    }

    #[test]
    fn a_text_that_differs_from_its_tokens_is_made_from_them() {
        let text = "# text = Autre chose\n1\t10 000\t_\t_\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t!\t_\t_\t_\t_\t1\tpunct\t_\t_\n";
        let sentence = &read(text).unwrap()[0];
        assert_eq!((sentence.text.as_str(), sentence.odd_text), ("10 000!", true));
    }
}
