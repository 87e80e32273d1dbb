//! `index.html`: the dossier as one page that works from the disk.
//!
//! The page holds all it needs. Its content security policy forbids every request, and every
//! script and style but its own two, known by their hashes; so even a fault in the escaping
//! could run nothing. Articles' words are only ever text nodes: no script or JSON block in the
//! page holds any. All of it can be read without a script; the script adds the filter, the
//! side-by-side view, and the theme.

mod findings;
mod likeness;
mod matrix;
mod places;
mod reading;
mod states;
mod tables;
mod timeline;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::lang::labels::Count;
use crate::reuse::Locus;
use crate::story::Story;

use super::markdown::POINTS;
use super::view::View;

const CSS: &str = include_str!("page.css");
const JS: &str = include_str!("page.js");

/// The whole page.
pub fn page(view: &View) -> String {
    let page = &view.labels.page;
    let markup = html! {
        (DOCTYPE)
        html lang=(view.dossier.lang.code) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title(view)) " · recoupe" }
                link rel="icon" href="data:,";
                style { (PreEscaped(CSS)) }
            }
            body {
                a.skip href="#main" { (page.skip) }
                (head(view))
                (menu(view))
                main #main tabindex="-1" {
                    (overview(view))
                    (findings::part(view))
                    (matrix::part(view))
                    (reading::part(view))
                    (likeness::part(view))
                    (timeline::part(view))
                    (states::part(view))
                    (tables::figures(view))
                    (tables::voices(view))
                    (tables::names(view))
                    (places::part(view))
                    (tables::articles(view))
                    (method(view))
                }
                (foot(view))
                script { (PreEscaped(JS)) }
            }
        }
    };
    markup.into_string()
}

/// Nothing may be loaded, sent, framed or run but the page's own style and script.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        hash(CSS),
        hash(JS)
    )
}

/// The hash of an inline block as a content security policy names it.
pub(super) fn hash(block: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(block.as_bytes())))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let digit = (word >> (18 - 6 * i)) as usize & 63;
            out.push(if i <= chunk.len() { char::from(ALPHABET[digit]) } else { '=' });
        }
    }
    out
}

fn title(view: &View) -> String {
    match view.dossier.stories.as_slice() {
        [story] => super::view::one_line(&story.title),
        stories => view.labels.count(view.labels.page.stories, stories.len()),
    }
}

fn head(view: &View) -> Markup {
    let (d, page) = (view.dossier, &view.labels.page);
    html! {
        header.top {
            div.bar {
                p.brand translate="no" { "recoupe" }
                button.theme.js type="button" hidden aria-pressed="false" { (page.theme) }
            }
            h1 dir="auto" { (title(view)) }
            @if let [story] = d.stories.as_slice() {
                p.days { (capital(&view.interval(story.span))) }
            }
            p.lede { (page.lede) }
            (counters(view))
        }
    }
}

/// Articles, texts, origins: each number smaller than the one before, and why.
fn counters(view: &View) -> Markup {
    let (counters, page) = (view.counters(), &view.labels.page);
    html! {
        ol.counters {
            li { (big(view, page.articles, counters.articles)) }
            li { (big(view, page.distinct, counters.distinct)) }
            li.end { (big(view, page.origins, counters.origins)) }
        }
    }
}

/// A count with its number in large type.
fn big(view: &View, phrase: Count, n: usize) -> Markup {
    let text = view.labels.count(phrase, n);
    let number = view.labels.number(n as f64);
    match text.split_once(&number) {
        Some((before, after)) => html! { (before) b { (number) } (after) },
        None => html! { (text) },
    }
}

fn menu(view: &View) -> Markup {
    let page = &view.labels.page;
    let ids = [
        "overview", "findings", "matrix", "reading", "likeness", "timeline", "states", "figures",
        "voices", "names", "places", "articles", "method",
    ];
    html! {
        nav.menu aria-label=(page.menu) {
            ul {
                @for (id, name) in ids.iter().zip(page.entries) {
                    @if *id != "states" || !view.dossier.states.is_empty() {
                        li { a href={ "#" (id) } { (name) } }
                    }
                }
            }
        }
    }
}

fn overview(view: &View) -> Markup {
    let (d, page) = (view.dossier, &view.labels.page);
    html! {
        section #overview aria-labelledby="overview-h" {
            h2 #overview-h { (page.overview) }
            (statuses(view))
            @if let [story] = d.stories.as_slice() { p.note { (accounts(view, story)) } }
            @if d.stories.len() > 1 { (stories(view)) }
            @if !d.brief.is_empty() {
                h3 { (page.brief) }
                p.note { (page.brief_about) }
                ul.brief {
                    @for sentence in &d.brief {
                        li {
                            (quotation(view, sentence.text))
                            @for i in &sentence.disputed {
                                " " a.badge.st.s-disputed href={ "#" (view.anchor(*i as usize)) } { (view.labels.status("disputed").short) }
                            }
                            span.by { @for at in once(&sentence.cites) { (cite(view, at)) " " } }
                        }
                    }
                }
                (folded(view, &view.disputes(), POINTS, |points| html! {
                    @if !points.is_empty() {
                        ul.brief {
                            @for (finding, versions) in points {
                                li {
                                    a.badge.st.s-disputed href={ "#" (view.anchor(*finding)) } { (view.labels.status("disputed").short) }
                                    " " (versions)
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}

/// How many findings have each status: a bar, and a list that leads to them.
fn statuses(view: &View) -> Markup {
    let counts: Vec<_> = view
        .labels
        .statuses
        .iter()
        .map(|s| (s, view.dossier.findings.iter().filter(|f| f.status.name() == s.name).count()))
        .collect();
    let total = view.dossier.findings.len().max(1) as f64;
    let share = |n: usize| 100.0 * n as f64 / total;
    html! {
        svg.share width="100%" height="12" aria-hidden="true" {
            @for (i, (status, n)) in counts.iter().enumerate() {
                @let before: usize = counts[..i].iter().map(|(_, n)| n).sum();
                rect class={ "fill s-" (status.name) } x=(percent(share(before)))
                    width=(percent(share(*n))) y="0" height="12" {}
            }
        }
        ul.statuses {
            @for (status, n) in &counts {
                li class={ "s-" (status.name) } {
                    a href={ "#st-" (status.name) } { b { (view.labels.number(*n as f64)) } " " (status.title) }
                }
            }
        }
    }
}

fn stories(view: &View) -> Markup {
    let (d, l) = (view.dossier, view.labels);
    html! {
        h3 { (l.count(l.page.stories, d.stories.len())) }
        ul.stories {
            @for (i, story) in d.stories.iter().enumerate() {
                @let findings = d.findings.iter().filter(|f| f.story as usize == i).count();
                li id={ "story-" (i + 1) } {
                    b { bdi lang=(story.lang) { (story.title) } } br;
                    span.note {
                        (view.interval(story.span)) " · "
                        (l.count(l.page.articles, story.articles.len())) " · "
                        (l.count(l.page.findings, findings)) br;
                        (accounts(view, story))
                    }
                }
            }
        }
    }
}

/// Whose accounts of its own a story rests on, and the versions of its dispatches.
fn accounts(view: &View, story: &Story) -> Markup {
    html! {
        @for told in view.accounts(story).into_iter().chain(view.revisions(story)) { (told) " " }
    }
}

fn method(view: &View) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    let warnings = &view.dossier.warnings;
    html! {
        section #method aria-labelledby="method-h" {
            h2 #method-h { (page.method) }
            @for text in page.method_text { p.measure { (text) } }
            @if !warnings.is_empty() {
                h3 #warnings { (l.count(page.warnings, warnings.len())) }
                ul.warnings { @for w in warnings { li { bdi { (w.to_string()) } } } }
            }
        }
    }
}

fn foot(view: &View) -> Markup {
    let page = &view.labels.page;
    let version = concat!("recoupe ", env!("CARGO_PKG_VERSION"));
    html! {
        footer.foot {
            h2 { (page.files) }
            ul.files {
                @for name in super::FILES.iter().filter(|name| **name != "index.html") {
                    li { a href=(name) { (name) } }
                }
            }
            p.note { (page.made.replace("{version}", version)) }
        }
    }
}

/// The first place of each article.
fn once(places: &[Locus]) -> Vec<Locus> {
    let mut out: Vec<Locus> = Vec::new();
    for at in places {
        if !out.iter().any(|o| o.article == at.article) {
            out.push(*at);
        }
    }
    out
}

/// The element's id of a place in the reading view: `w3-120-164`, article's number, then code
/// points.
fn word_id(view: &View, at: Locus) -> String {
    let (start, end) = view.offsets(at);
    format!("w{}-{start}-{end}", at.article + 1)
}

/// Words of an article between quotation marks, in their own language and direction.
fn quotation(view: &View, at: Locus) -> Markup {
    quoted(view, at.article, &view.words(at))
}

/// The same for words already at hand.
fn quoted(view: &View, article: u32, words: &str) -> Markup {
    let (open, close) = view.labels.marks(words);
    html! { span.q { (open) bdi lang=(view.lang(article)) { (words) } (close) } }
}

/// The article's name, leading to the words.
fn cite(view: &View, at: Locus) -> Markup {
    html! {
        a.see href={ "#" (word_id(view, at)) } title=(view.labels.page.see) {
            bdi { (view.name(at.article)) }
        }
    }
}

/// A source chain, each link a step.
fn chain(view: &View, names: &[String]) -> Markup {
    html! {
        span.chain {
            (view.labels.page.according_to) " "
            @for (i, name) in names.iter().enumerate() {
                @if i > 0 { span.step { " › " } }
                bdi { (name) }
            }
        }
    }
}

/// That the filter of the findings leaves out rows here; the script fills and shows it.
fn filtered(view: &View) -> Markup {
    html! {
        p.filtered.note hidden {
            output { } " · " a href="#findings" { (view.labels.page.filter) }
        }
    }
}

fn badge(class: &str, text: &str) -> Markup {
    html! { span class={ "badge " (class) } { (text) } }
}

/// The same text with its first letter in upper case.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A length for SVG.
fn percent(n: f64) -> String {
    format!("{n:.2}%")
}

/// A list whose end folds away when it is long: `keep` items shown, the rest behind a summary.
fn folded<T>(view: &View, items: &[T], keep: usize, list: impl Fn(&[T]) -> Markup) -> Markup {
    let (l, page) = (view.labels, &view.labels.page);
    let (shown, rest) = items.split_at(keep.min(items.len()));
    html! {
        (list(shown))
        @if !rest.is_empty() {
            details.more {
                summary { (l.count(page.more, rest.len())) }
                (list(rest))
            }
        }
    }
}
