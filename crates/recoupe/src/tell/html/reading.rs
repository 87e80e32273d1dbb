//! The articles side by side: every character of every text, with copied passages and claims
//! marked, and an anchor at every place that the page cites.
//!
//! Marks overlap freely in the text, elements cannot: the text is cut wherever a mark starts
//! or ends, and each piece is wrapped by its block, its smallest copied passage and its
//! smallest claim. The text nodes of an article, one after the other, are its text: the script
//! counts code points in them to light the words that a link cites.

use std::collections::BTreeSet;
use std::ops::Range;

use maud::{Markup, PreEscaped, Render, html};

use crate::analyse::Evidence;
use crate::article::{BlockKind, Span};
use crate::lang::labels::term;
use crate::reuse::{Family, Locus, PassageKind};

use super::super::view::{View, inset};
use super::{cite, folded, quotation, word_id};

/// Articles open at first; more are folded.
const OPEN: usize = 4;
/// Colours of copied passages.
pub(super) const HUES: usize = 8;

pub(super) fn part(view: &View) -> Markup {
    let (d, l, page) = (view.dossier, view.labels, &view.labels.page);
    let marks = Marks::of(view);
    html! {
        section #reading aria-labelledby="reading-h" {
            h2 #reading-h { (page.reading) }
            p.note.measure { (page.reading_about) }
            ul.legend {
                li { mark.copy.h0 { (page.passages.one.replace("{n}", "").trim()) } }
                @for s in l.statuses { li { span.claim.{ "s-" (s.name) } { (s.short) } } }
                li { span.changed { (page.changed) } }
            }
            form.choose.js hidden {
                fieldset {
                    legend { (page.choose) }
                    div.chips {
                        @for i in 0..d.articles.len() {
                            label.tick {
                                input type="checkbox" name="show" value=(i + 1);
                                bdi { (view.name(i as u32)) }
                            }
                        }
                    }
                }
            }
            div.docs data-elsewhere=(page.elsewhere) {
                @for i in 0..d.articles.len() as u32 { (document(view, &marks, i)) }
            }
            @if !d.families.is_empty() {
                h3 #passages { (l.count(page.passages, d.families.len())) }
                @let list: Vec<(usize, &Family)> = d.families.iter().enumerate().collect();
                (folded(view, &list, 30, |list| html! {
                    ul.families { @for (i, f) in list { (family(view, *i, f)) } }
                }))
            }
        }
    }
}

/// One family in the list: its kind, its origin, its places.
fn family(view: &View, i: usize, family: &Family) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    html! {
        li id={ "p" (i + 1) } tabindex="-1" {
            span.fam-id.{ "h" (i % HUES) } { (family.id) } " "
            (term(l.passages, family.kind.name())) ", " (origin(view, family))
            @if let Some(evidence) = family.evidence {
                @let (words, at) = view.origin_evidence(evidence);
                " ("
                @match at {
                    Some(at) => { (quotation(view, at)) " " (cite(view, at)) }
                    None => { bdi { (words) } }
                }
                ")"
            }
            @if let Some(first) = family.places.first() { span.sample { (quotation(view, *first)) } }
            span.places {
                @for (k, at) in family.places.iter().enumerate() {
                    a.see href={ "#p" (i + 1) "-" (k + 1) } title=(page.see) { bdi { (view.name(at.article)) } } " "
                }
            }
        }
    }
}

fn origin(view: &View, family: &Family) -> Markup {
    let page = &view.labels.page;
    html! {
        @match &family.origin {
            Some(name) => { (page.passage_origin.replace("{name}", &inset(name))) }
            None => { (page.passage_unknown) }
        }
    }
}

/// Everything to mark, article by article.
struct Marks {
    /// Copied passages: span, index of the family, index of the place in it.
    copies: Vec<Vec<(Span, usize, usize)>>,
    /// Claims: span, index of the finding.
    claims: Vec<Vec<(Span, usize)>>,
    /// Places that something on the page links to.
    cited: Vec<BTreeSet<Span>>,
    /// Words that an edited copy changes.
    changed: Vec<Vec<Span>>,
}

impl Marks {
    fn of(view: &View) -> Marks {
        let d = view.dossier;
        let n = d.articles.len();
        let mut marks = Marks {
            copies: vec![Vec::new(); n],
            claims: vec![Vec::new(); n],
            cited: vec![BTreeSet::new(); n],
            changed: vec![Vec::new(); n],
        };
        for (i, family) in d.families.iter().enumerate() {
            for (k, at) in family.places.iter().enumerate() {
                marks.copies[at.article as usize].push((at.span, i, k));
            }
            let changes = view.likenesses().changes.get(i).into_iter().flatten();
            for (at, change) in family.places.iter().zip(changes) {
                let new = change.iter().flat_map(|c| &c.new);
                marks.changed[at.article as usize].extend(new);
            }
        }
        for (i, f) in d.findings.iter().enumerate() {
            for s in f.values.iter().flat_map(|v| &v.supports) {
                marks.claims[s.place.article as usize].push((s.place.span, i));
            }
        }
        for at in cited(view) {
            marks.cited[at.article as usize].insert(at.span);
        }
        for spans in &mut marks.changed {
            spans.sort_unstable();
            spans.dedup();
        }
        marks
    }
}

/// Every place that some part of the page links to.
fn cited(view: &View) -> Vec<Locus> {
    let d = view.dossier;
    let mut out: Vec<Locus> = Vec::new();
    for f in &d.findings {
        out.push(f.text);
        for value in &f.values {
            out.push(value.words);
            out.extend(value.supports.iter().map(|s| s.place));
        }
    }
    out.extend(d.timeline.iter().map(|t| t.text));
    out.extend(d.brief.iter().flat_map(|b| b.cites.iter().copied().chain([b.text])));
    for family in &d.families {
        out.extend(family.evidence.and_then(|e| view.origin_evidence(e).1));
    }
    for (i, analysis) in d.analyses.iter().enumerate() {
        let article = i as u32;
        let mut push = |span| out.push(Locus { article, span });
        analysis.statements.iter().for_each(|s| push(s.span()));
        analysis.figures.iter().for_each(|f| push(f.span));
        for evidence in &analysis.published.evidence {
            if let Evidence::Words(span) = evidence {
                push(*span);
            }
        }
    }
    out
}

fn document(view: &View, marks: &Marks, i: u32) -> Markup {
    let d = view.dossier;
    let (article, analysis) = (&d.articles[i as usize], &d.analyses[i as usize]);
    let date = analysis
        .published
        .date
        .map(|day| crate::analyse::Interval { earliest: Some(day), latest: Some(day) });
    let plain = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let web = article.url.as_deref().filter(plain);
    html! {
        article.doc id={ "a" (i + 1) } data-n=(i + 1) data-id=(inset(&article.id)) data-url=[web] tabindex="-1" aria-labelledby={ "a" (i + 1) "-h" } {
            h3 id={ "a" (i + 1) "-h" } { bdi { (view.name(i)) } }
            @if let Some(title) = &article.title {
                p.headline { bdi lang=(analysis.lang.code) { (title) } }
            }
            @if let Some(date) = date { p.note { (view.interval(date)) } }
            details.body open[d.articles.len() <= OPEN] {
                summary { bdi { (article.id) } }
                div.text lang=(analysis.lang.code) dir="auto" { (text(view, marks, i)) }
            }
        }
    }
}

/// A piece of text with the same marks throughout.
struct Piece {
    span: Span,
    block: Option<usize>,
    copy: Option<usize>,
    claim: Option<usize>,
    changed: bool,
    /// Whether links to copies start here.
    chips: bool,
}

fn text(view: &View, marks: &Marks, i: u32) -> Markup {
    let pieces = pieces(view, marks, i);
    html! {
        @for block in pieces.chunk_by(|a, b| a.block == b.block) {
            @let kind = block[0].block.map(|b| view.dossier.articles[i as usize].blocks[b].kind);
            @match kind {
                Some(kind) if kind != BlockKind::Body => {
                    span.block role="note" title=(block_title(view, kind)) { (copies(view, marks, i, block)) }
                }
                _ => { (copies(view, marks, i, block)) }
            }
        }
    }
}

fn block_title(view: &View, kind: BlockKind) -> String {
    let l = view.labels;
    l.page.block.replace("{kind}", term(l.blocks, kind.name()))
}

fn copies(view: &View, marks: &Marks, i: u32, pieces: &[Piece]) -> Markup {
    html! {
        @for run in pieces.chunk_by(|a, b| a.copy == b.copy) {
            @match run[0].copy {
                Some(copy) => {
                    @let (_, family, _) = marks.copies[i as usize][copy];
                    @let quoted = view.dossier.families[family].kind == PassageKind::Quotation;
                    mark.copy.wire[!quoted].{ "h" (family % HUES) } data-f=(family + 1) {
                        (claims(view, marks, i, run))
                    }
                }
                None => { (claims(view, marks, i, run)) }
            }
        }
    }
}

fn claims(view: &View, marks: &Marks, i: u32, pieces: &[Piece]) -> Markup {
    let text = &view.dossier.articles[i as usize].text;
    html! {
        @for run in pieces.chunk_by(|a, b| a.claim == b.claim && !b.chips) {
            @if run[0].chips { (chips(view, marks, i, run[0].span.start)) }
            @match run[0].claim.filter(|_| visible(run, text)) {
                Some(claim) => {
                    @let (_, finding) = marks.claims[i as usize][claim];
                    @let f = &view.dossier.findings[finding];
                    a.claim.{ "s-" (f.status.name()) } href={ "#" (view.anchor(finding)) }
                        title={ (view.labels.status(f.status.name()).short) " · " (f.id) } {
                        (words(view, marks, i, run))
                    }
                }
                None => { (words(view, marks, i, run)) }
            }
        }
    }
}

/// Whether pieces hold more than white space: a link of nothing else could not be seen.
fn visible(pieces: &[Piece], text: &str) -> bool {
    pieces.iter().any(|piece| !piece.span.of(text).trim().is_empty())
}

fn words(view: &View, marks: &Marks, i: u32, pieces: &[Piece]) -> Markup {
    let text = &view.dossier.articles[i as usize].text;
    html! {
        @for piece in pieces {
            @for span in marks.cited[i as usize].range(starting_at(piece.span.start)) {
                span.at id=(word_id(view, Locus { article: i, span: *span })) {}
            }
            @if piece.changed { span.changed { (exact(piece.span.of(text))) } }
            @else { (exact(piece.span.of(text))) }
        }
    }
}

fn starting_at(start: u32) -> Range<Span> {
    Span { start, end: 0 }..Span { start: start.saturating_add(1), end: 0 }
}

/// Text escaped so that a browser's text node is the very same code points: a carriage return
/// would else become a line feed, and U+0000 is not allowed at all (it shows as U+FFFD).
pub(super) fn exact(text: &str) -> PreEscaped<String> {
    let escaped = text.render().into_string();
    if !escaped.contains(['\r', '\0']) {
        return PreEscaped(escaped);
    }
    PreEscaped(escaped.replace('\r', "&#13;").replace('\0', "\u{fffd}"))
}

/// Where copied passages start: links to their next copies. No text of their own: the text
/// nodes stay the article's.
fn chips(view: &View, marks: &Marks, i: u32, start: u32) -> Markup {
    let page = &view.labels.page;
    html! {
        @for (_, family, k) in marks.copies[i as usize].iter().filter(|(s, ..)| s.start == start) {
            @let f = &view.dossier.families[*family];
            @let next = (k + 1) % f.places.len();
            @let name = view.name(f.places[next].article);
            @let label = page.passage.replace("{id}", &f.id);
            @let label = format!("{label}, {}", page.passage_next.replace("{name}", name));
            a.chip.{ "h" (family % HUES) } id={ "p" (family + 1) "-" (k + 1) }
                href={ "#p" (family + 1) "-" (next + 1) } data-f=(family + 1) data-to=(f.places[next].article + 1)
                data-label=(f.id) aria-label=(label) title=(label) {}
        }
    }
}

fn pieces(view: &View, marks: &Marks, i: u32) -> Vec<Piece> {
    let article = &view.dossier.articles[i as usize];
    let n = i as usize;
    let copies: Vec<Span> = marks.copies[n].iter().map(|(s, ..)| *s).collect();
    let claims: Vec<Span> = marks.claims[n].iter().map(|(s, _)| *s).collect();
    let blocks: Vec<Span> = article.blocks.iter().map(|b| b.span).collect();
    let starts: BTreeSet<u32> = copies.iter().map(|s| s.start).collect();
    let mut cuts: BTreeSet<u32> = BTreeSet::from([0, article.text.len() as u32]);
    let all = copies.iter().chain(&claims).chain(&blocks).chain(&marks.changed[n]);
    for span in all {
        cuts.extend([span.start, span.end]);
    }
    cuts.extend(marks.cited[n].iter().map(|s| s.start));
    let cuts: Vec<u32> = cuts.into_iter().collect();
    let (copies, claims) = (smallest(&cuts, &copies), smallest(&cuts, &claims));
    let (blocks, changed) = (smallest(&cuts, &blocks), smallest(&cuts, &marks.changed[n]));
    let piece = |(at, pair): (usize, &[u32])| Piece {
        span: Span { start: pair[0], end: pair[1] },
        block: blocks[at],
        copy: copies[at],
        claim: claims[at],
        changed: changed[at].is_some(),
        chips: starts.contains(&pair[0]),
    };
    cuts.windows(2).enumerate().map(piece).collect()
}

/// For each stretch between two cuts, which of the spans that cover it is the smallest.
pub(super) fn smallest(cuts: &[u32], spans: &[Span]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    // Longest first, so that shorter ones are written over them; of equals the first stays.
    order.sort_by_key(|i| (std::cmp::Reverse(spans[*i].len()), std::cmp::Reverse(*i)));
    let mut out = vec![None; cuts.len().saturating_sub(1)];
    for i in order {
        let from = cuts.partition_point(|c| *c < spans[i].start);
        let to = cuts.partition_point(|c| *c < spans[i].end);
        out[from..to].fill(Some(i));
    }
    out
}
