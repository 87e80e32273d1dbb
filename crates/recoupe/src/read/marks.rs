//! What each stretch of a text is: [`mark`] tells the article's own words from links, credits,
//! captions, datelines and the rest. Nothing is cut: a block is a span of the text.
//!
//! The rules are about lines and their edges and know no language: the words come from the
//! packs (`marks.txt`), all packs together, since the language is not known yet and outlets
//! mix them; the agencies come from [`crate::knowledge`].

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::article::{Block, BlockKind, Span};
use crate::knowledge::agencies::agencies;
use crate::lang::PACKS;
use crate::lang::marks::{MarkKind, marks};

/// A line or a paragraph, and what the file's own markup says it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Where, without the white space around.
    pub span: Span,
    /// What the markup says: a heading, a caption. [`BlockKind::Body`] when it says nothing.
    pub kind: BlockKind,
}

/// The blocks of a plain text: in order, disjoint, covering all but white space. A body block
/// is one paragraph: a line, or several when the text is wrapped.
///
/// ```
/// use recoupe::article::BlockKind;
/// use recoupe::read::marks::mark;
/// let text = "Le pont a cédé samedi.\nAFP";
/// let kinds: Vec<_> = mark(text).iter().map(|b| b.kind).collect();
/// assert_eq!(kinds, [BlockKind::Body, BlockKind::Credit]);
/// ```
pub fn mark(text: &str) -> Vec<Block> {
    mark_units(text, &units(text))
}

/// The blocks of a text whose paragraphs are known already: `units`, in order.
pub fn mark_units(text: &str, units: &[Unit]) -> Vec<Block> {
    let mut marker = Marker { text, blocks: Vec::new(), prose: false, after_links: false };
    // Told once: the patterns are large.
    let wholes: Vec<Option<BlockKind>> =
        units.iter().map(|u| whole_line(u.span.of(text))).collect();
    let headings = sentences_rule(text, units, &wholes);
    for (i, (unit, whole)) in units.iter().zip(&wholes).enumerate() {
        let next = units.get(i + 1);
        let headline = i == 0 && is_headline(text, units, &wholes);
        let heading = headings && (headline || is_heading(text, *unit, next));
        marker.unit(*unit, *whole, next.is_none(), heading);
    }
    marker.blocks
}

/// The longest line, in bytes, that may be a link, a credit or a label as a whole.
const SHORT: usize = 240;
/// The longest caption, in bytes.
const CAPTION: usize = 600;
/// The longest heading, in bytes.
const HEADING: usize = 110;
/// How much of a paragraph's start may be its dateline, in bytes.
const HEAD: usize = 160;

struct Marker<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    /// Whether the article's own words have begun.
    prose: bool,
    /// Whether the unit before was nothing but the opening of a list of links.
    after_links: bool,
}

impl Marker<'_> {
    fn push(&mut self, range: Range<usize>, kind: BlockKind) {
        if let Some(span) = trimmed(self.text, range) {
            self.blocks.push(Block { span, kind });
        }
    }

    fn unit(&mut self, unit: Unit, whole: Option<BlockKind>, last: bool, heading: bool) {
        let range = unit.span.range();
        let line = unit.span.of(self.text);
        let after_links = std::mem::take(&mut self.after_links);
        // A page may print a standfirst as a heading: sentences are the article's own words.
        let standfirst =
            unit.kind == BlockKind::Title && line.len() > HEADING && ends_sentence(line);
        if unit.kind != BlockKind::Body && whole.is_none() && !standfirst {
            return self.push(range, unit.kind);
        }
        if let Some(kind) = whole {
            self.after_links = kind == BlockKind::Links && opens_list(line);
            return self.push(range, kind);
        }
        if after_links && line.len() <= SHORT && !ends_sentence(line) {
            self.after_links = true;
            return self.push(range, BlockKind::Links);
        }
        if let Some(credit) = caption_credit(line) {
            let cut = range.start + credit;
            self.push(range.start..cut, BlockKind::Caption);
            return self.push(cut..range.end, BlockKind::Credit);
        }
        if heading {
            return self.push(range, BlockKind::Title);
        }
        self.prose(range, last);
    }

    /// A paragraph of the article's own words, which may open with a dateline and end with a
    /// signature.
    fn prose(&mut self, range: Range<usize>, last: bool) {
        let mut start = range.start;
        if !self.prose {
            while let Some((len, kind)) = head(&self.text[start..range.end]) {
                self.push(start..start + len, kind);
                start += len;
                if kind == BlockKind::Dateline {
                    break;
                }
            }
            self.prose = true;
        }
        let tail = last.then(|| signature_tail(&self.text[start..range.end])).flatten();
        let end = tail.map_or(range.end, |t| start + t);
        self.push(start..end, BlockKind::Body);
        self.push(end..range.end, BlockKind::Credit);
    }
}

/// What a whole line is, when its words alone tell.
fn whole_line(line: &str) -> Option<BlockKind> {
    if line.starts_with(">>") || line.starts_with("»»") {
        return Some(BlockKind::Links);
    }
    if line.len() > CAPTION {
        return None;
    }
    let (bare, barred) = match line.strip_suffix('|') {
        Some(bare) if !line.starts_with('|') => (bare.trim_end(), true),
        _ => (line, false),
    };
    if bare.len() <= SHORT {
        if WORDS.links.is_match(bare) {
            return Some(BlockKind::Links);
        }
        if is_signature(bare) || WORDS.photo.is_match(bare) {
            return Some(BlockKind::Credit);
        }
        let metadata = WORDS.meta.is_match(bare) && !ends_sentence(bare);
        if metadata || WORDS.furniture.is_match(bare) {
            return Some(BlockKind::Furniture);
        }
    }
    let dateline = |r: &Regex| r.find(bare).is_some_and(|m| m.end() == bare.len());
    if bare.len() <= HEAD
        && bare.ends_with(['-', '–', '—', '_'])
        && WORDS.datelines.iter().any(dateline)
    {
        return Some(BlockKind::Dateline);
    }
    barred.then_some(BlockKind::Caption)
}

/// Whether a line of links names no article itself: what follows are the links.
fn opens_list(line: &str) -> bool {
    WORDS.links.find(line).is_some_and(|m| line[m.end()..].trim_matches([':', ' ']).is_empty())
}

/// Where the picture credit starts in a line that is a caption and its credit.
fn caption_credit(line: &str) -> Option<usize> {
    // What every such credit has; the pattern is slow where there is none.
    if line.len() > CAPTION || !line.contains(['(', '©', '/', ':']) {
        return None;
    }
    let found = WORDS.caption.captures(line)?.get(1)?;
    (found.start() > 0).then_some(found.start())
}

/// What opens the article's first paragraph before its first sentence, and its length.
fn head(line: &str) -> Option<(usize, BlockKind)> {
    let mut cut = line.len().min(HEAD);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    let start = &line[..cut];
    if let Some(found) = WORDS.meta_head.find(start) {
        return Some((found.end(), BlockKind::Furniture));
    }
    let sentence_at = |len: usize| line[len..].trim_start().starts_with(opens_sentence);
    if let Some(found) = WORDS.kicker.find(start).filter(|m| sentence_at(m.end())) {
        return Some((found.end(), BlockKind::Title));
    }
    let dateline = WORDS.datelines.iter().find_map(|r| r.find(start));
    if let Some(found) = dateline.filter(|m| sentence_at(m.end())) {
        return Some((found.end(), BlockKind::Dateline));
    }
    let label = LABEL.find(start).filter(|m| sentence_at(m.end()))?;
    Some((label.end(), BlockKind::Title))
}

fn opens_sentence(c: char) -> bool {
    c.is_uppercase() || c.is_numeric() || "«\"“‘'[(".contains(c)
}

/// Where the agency's signature starts at the end of a paragraph.
fn signature_tail(paragraph: &str) -> Option<usize> {
    let mut from = paragraph.len().saturating_sub(SHORT);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let tail = &paragraph[from..];
    let found = WORDS.tail.captures(tail)?.get(1)?;
    let inner = found.as_str().trim_matches(|c: char| !c.is_alphanumeric());
    let before = paragraph[..from + found.start()].trim_end();
    let own = ends_sentence(before) || WORDS.with_first.is_match(inner);
    (own && !before.is_empty() && is_signature(inner)).then_some(from + found.start())
}

/// Whether a line is nothing but agencies and the words that stand beside them.
fn is_signature(line: &str) -> bool {
    if line.len() > SHORT || !WORDS.signature.is_match(line) {
        return line.len() <= 90 && !ends_sentence(line) && WORDS.signature_end.is_match(line);
    }
    WORDS.agency.is_match(line) || WORDS.with.find_iter(line).count() >= 2
}

/// Whether a line ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    let bare =
        line.trim_end_matches(['»', '"', '”', '’', '\'', ')', ']', ' ', '\u{a0}', '\u{202f}']);
    bare.ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Whether the text ends its paragraphs as sentences end, so that one that does not is told
/// apart as a heading.
fn sentences_rule(text: &str, units: &[Unit], wholes: &[Option<BlockKind>]) -> bool {
    let prose = units.iter().zip(wholes).filter(|(u, w)| u.kind == BlockKind::Body && w.is_none());
    let (mut all, mut ended) = (0, 0);
    for (unit, _) in prose {
        all += 1;
        ended += usize::from(ends_sentence(unit.span.of(text)));
    }
    all > 1 && ended * 2 >= all
}

/// The longest headline, in bytes and words, and how many short lines may stand between it and the first paragraph.
const HEADLINE: usize = 140;
const HEADLINE_WORDS: usize = 20;
const UNDER_HEADLINE: usize = 3;

/// Whether the first line is the text's headline: short, with no full stop (dots, a question mark or an exclamation
/// mark will do where an empty line follows), and paragraphs come after it, a subheading or a dateline
/// between them or not.
fn is_headline(text: &str, units: &[Unit], wholes: &[Option<BlockKind>]) -> bool {
    let [first, second, ..] = units else { return false };
    let line = first.span.of(text);
    let between = &text[first.span.range().end..second.span.range().start];
    let apart = between.matches(['\n', '\u{2028}', '\u{2029}']).count() > 1;
    let bare = match apart {
        true => line.trim_end_matches(['.', '…', '!', '?', ' ', '\u{a0}', '\u{202f}']),
        false => line,
    };
    let full_stop = line.ends_with('.') && !line.ends_with("..");
    let under = units[1..].iter().zip(&wholes[1..]).take(UNDER_HEADLINE);
    let prose = |(unit, whole): (&Unit, &Option<BlockKind>)| {
        let words = unit.span.of(text);
        whole.is_none() && (ends_sentence(words) || words.len() > HEADING)
    };
    wholes[0].is_none()
        && !full_stop
        && line.len() <= HEADLINE
        && line.split_whitespace().count() <= HEADLINE_WORDS
        && is_line(bare)
        && { under }.any(prose)
}

/// Whether a line may be a heading by its own looks.
fn is_line(line: &str) -> bool {
    !line.contains('\n')
        && line.starts_with(opens_sentence)
        && line.ends_with(|c: char| c.is_alphanumeric() || "»\"”)".contains(c))
        && !ends_sentence(line)
}

/// A short line with no full stop, before a paragraph that has one.
fn is_heading(text: &str, unit: Unit, next: Option<&Unit>) -> bool {
    let line = unit.span.of(text);
    let Some(next) = next.map(|n| n.span.of(text)) else {
        return false;
    };
    line.len() <= HEADING
        && line.split_whitespace().count() <= 15
        && is_line(line)
        && next.len() > line.len()
        && (ends_sentence(next) || next.len() > HEADING)
}

/// The paragraphs of a plain text: its lines, or where the text is wrapped (lines break inside
/// sentences) the lines between two empty ones together.
fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut open = false;
    for line in lines {
        let Some(span) = line else {
            open = false;
            continue;
        };
        let alone = !wrapped || whole_line(span.of(text)).is_some();
        match units.last_mut() {
            Some(last) if open && !alone => last.span = last.span.join(span),
            _ => units.push(Unit { span, kind: BlockKind::Body }),
        }
        open = !alone;
    }
    units
}

/// The lines of a text without the white space around; None for an empty one.
fn lines(text: &str) -> Vec<Option<Span>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let end = start + line.len();
        let span = trimmed(text, start..end);
        // The "\n" of a "\r\n" is no empty line.
        if span.is_some() || line != "\n" || !text[..start].ends_with('\r') {
            lines.push(span);
        }
        start = end;
    }
    lines
}

/// Whether lines break inside sentences: at two breaks in five the next line goes on in lower
/// case after a line that has not ended.
fn is_wrapped(text: &str, lines: &[Option<Span>]) -> bool {
    let (mut breaks, mut inside) = (0, 0);
    for pair in lines.windows(2) {
        let [Some(a), Some(b)] = pair else { continue };
        breaks += 1;
        let goes_on = b.of(text).starts_with(|c: char| c.is_lowercase());
        inside += usize::from(goes_on && !ends_sentence(a.of(text)));
    }
    breaks > 0 && inside * 5 >= breaks * 2
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Span> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    let end = start + slice.trim().len();
    (start < end).then(|| Span::new(start, end))
}

/// A label before the first sentence: one to three words and a dash.
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\p{Lu}\p{Ll}[\p{L}'’]*(?: [\p{L}'’]+){0,2} [-–—] "));

/// The patterns made of the packs' words and the agencies' names.
struct Words {
    links: Regex,
    photo: Regex,
    caption: Regex,
    meta: Regex,
    meta_head: Regex,
    furniture: Regex,
    kicker: Regex,
    datelines: [Regex; 3],
    agency: Regex,
    with: Regex,
    with_first: Regex,
    signature: Regex,
    signature_end: Regex,
    tail: Regex,
}

static WORDS: LazyLock<Words> = LazyLock::new(words);

fn words() -> Words {
    let agency = alternatives(agency_names());
    let lead = |kind| lead_pattern(kind);
    let (links, photo, furniture) =
        (lead(MarkKind::Links), lead(MarkKind::Photo), lead(MarkKind::Furniture));
    let photo_words = alternatives(list(MarkKind::Photo).map(|(w, _)| w.to_owned()));
    let with = alternatives(list(MarkKind::With).map(|(w, _)| w.to_owned()));
    let meta = alternatives(list(MarkKind::Meta).map(|(w, _)| w.to_owned()));
    let kicker = alternatives(list(MarkKind::Kicker).map(|(w, _)| w.to_owned()));
    let day = r"(?:\d{4}(?:[-/]\d{1,2}){0,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})";
    let hour = r"(?:\s*(?:\p{L}{1,2}|[-,])?\s*\d{1,2}\s?[h:]\s?\d{0,2}(?:\s?[ap]m)?)?";
    let part = r"(?:,\s?[\p{Lu}\d][^,()\n–—]{1,24}?)";
    let dash = r"(?:-{1,2}|[–—_])";
    let caps = r"\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40}?";
    let place = r"\p{Lu}[\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]+){0,4}";
    Words {
        links: regex(&format!(r"^(?i:[-•*→►▶>]?\s*{links})")),
        photo: regex(&format!(
            r"^(?:\(?(?i:{photo})|\(?(?i:{photo_words})\s+(?:{agency})\b|©\s*\S|\(?(?:{agency}) (?i:{photo_words})\b)"
        )),
        caption: regex(&format!(
            r"(?s)^.{{8,}}?[\s.,;]((?:\((?i:{photo})[^()]*\)|\((?:{agency}) (?i:{photo_words})\b[^()]{{0,80}}\)|\((?i:{photo_words}) (?:{agency})\b[^()]{{0,60}}\)|\([^()]{{2,60}}/\s?(?:{agency})\)|(?i:{photo_words})\s?:\s?[^.]{{2,80}}|©\s?[^.]{{2,80}}|(?:{agency})\s?/\s?\p{{Lu}}[^.]{{1,50}})\s*[.|]?)$"
        )),
        meta: regex(&format!(r"^(?i:{meta})\b.*\d")),
        meta_head: regex(&format!(r"^(?i:{meta})\s*:?\s+{day}\b{hour}[\s:|,-]*")),
        furniture: regex(&format!(r"^(?i:{furniture})")),
        kicker: regex(&format!(r"^(?:{kicker})\s?(?:{dash}|[:|])\s")),
        datelines: [
            regex(&format!(r"^{caps}{part}{{0,3}}(?:\s*\([^()]{{2,40}}\))?\s*{dash}(?:\s|$)")),
            regex(&format!(
                r"^{place}{part}{{0,3}}\s*\((?i:{agency})\b[^()]{{0,30}}\)\s*{dash}?(?:\s|$)"
            )),
            regex(&format!(r"^\((?i:{agency})\b[^()]{{0,30}}\)\s*{dash}?(?:\s|$)")),
        ],
        agency: regex(&format!(r"\b(?:{agency})\b")),
        with: regex(&format!(r"\b(?i:{with})\b")),
        with_first: regex(&format!(r"^(?i:{with})\b")),
        signature: regex(&format!(r"^(?:\b(?:{agency}|(?i:{with}))\b|[\s/,;&|+:.()\[\]–—_-])+$")),
        signature_end: regex(&format!(
            r"^[\p{{Lu}}(][^.!?:;]{{0,60}}\b(?i:{with})\s(?:{agency})(?:[\s/,&]+(?:(?i:{with})\s)?(?:{agency}))*\)?$"
        )),
        tail: regex(
            r"(?:^|\s|[.!?…»”])((?:\([^()]{2,60}\)|\[[^\[\]]{2,60}\])\.?|(?:[–—-]{1,2}\s?)?[^\s.!?][^.!?\n]{1,60})$",
        ),
    }
}

/// The packs' words of one kind, and whether a colon must follow; longest first, so that a
/// longer entry is tried before one it begins with.
fn list(kind: MarkKind) -> impl Iterator<Item = (&'static str, bool)> {
    let all = PACKS.iter().flat_map(|p| marks(p.marks)).filter(move |m| m.kind == kind);
    let mut all: Vec<_> = all.map(|m| (m.words, m.colon)).collect();
    all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    all.into_iter()
}

/// A pattern for words that open a line; those marked so need a colon, or to be all of it.
fn lead_pattern(kind: MarkKind) -> String {
    let one = |(words, colon): (&str, bool)| {
        let end = if colon { r"\s?(?:[:»→]|$)" } else { r"(?:\b|$)" };
        format!("{}{end}", escaped(words))
    };
    list(kind).map(one).collect::<Vec<_>>().join("|")
}

/// The agencies' names as printed: as listed, in capitals, and the codes.
fn agency_names() -> impl Iterator<Item = String> {
    let mut names: Vec<String> = agencies()
        .iter()
        .flat_map(|a| a.all_names())
        .flat_map(|n| [n.to_owned(), n.to_uppercase()])
        .collect();
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    names.dedup();
    names.into_iter()
}

fn alternatives(words: impl Iterator<Item = String>) -> String {
    words.map(|w| escaped(&w)).collect::<Vec<_>>().join("|")
}

/// Words as a pattern in which either apostrophe will do, and `#` stands for a number.
fn escaped(words: &str) -> String {
    regex::escape(words).replace(['\'', '’'], "['’]").replace(r"\#", r"[\d.,]+")
}

/// A pattern made of this file's own text and the packs' escaped words.
#[allow(clippy::expect_used)] // no input reaches it: every pattern is built by the tests
fn regex(pattern: &str) -> Regex {
    regex::RegexBuilder::new(pattern).size_limit(1 << 26).build().expect("a pattern of marks")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> String {
        let names: Vec<_> = mark(text).iter().map(|b| b.kind.name()).collect();
        names.join(" ")
    }

    #[test]
    fn every_case_of_the_packs() {
        let packs = [
            include_str!("../lang/fr/marks_cases.txt"),
            include_str!("../lang/en/marks_cases.txt"),
        ];
        let mut wrong = Vec::new();
        for line in packs.iter().copied().flat_map(crate::lang::entries) {
            let (want, text) = line.split_once('\t').unwrap();
            let got = kinds(&text.replace("\\n", "\n"));
            if got != want {
                wrong.push(format!("{text:?}: want {want}, got {got}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn covers(text: &str) {
        let blocks = mark(text);
        let mut at = 0;
        for block in &blocks {
            assert!(block.span.start as usize >= at && !block.span.is_empty());
            assert!(text[at..block.span.start as usize].trim().is_empty(), "{text:?}");
            at = block.span.end as usize;
        }
        assert!(text[at..].trim().is_empty(), "{text:?} {blocks:?}");
    }

    proptest! {
        #[test]
        fn blocks_cover_any_text(text in "(?s).{0,200}") {
            covers(&text);
        }

        #[test]
        fn blocks_cover_texts_of_marks(parts in prop::collection::vec(
            prop::sample::select(vec![
                "PARIS", "(AFP)", " - ", "— ", "Le pont a cédé.", "\n", "\r\n", "\n\n", ">>", " |",
                "Photo : ", "© ", "date 2017-11 ", "avec ", "À lire aussi", "Reuters", "/", " ",
                "Une vallée", "é", "LIVE", ":", "Published ", "3 mai", "…", "\u{a0}", "\u{2028}",
            ]), 0..14)) {
            covers(&parts.concat());
        }
    }
}
