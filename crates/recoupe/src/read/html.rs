//! HTML pages: the article's body by [`trafilatura`], what the page says of it by JSON-LD
//! (schema.org `NewsArticle`) and `meta` elements.
//!
//! `text` is the extracted body, paragraphs separated by an empty line.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;

use crate::article::{Article, BlockKind, Span, Warned, Warning};

use super::fields::day;
use super::marks::{Unit, mark_units};
use super::unpack::size;

/// How deep elements may nest: what opens deeper is taken out, its text stays. Browsers stop
/// at 512 (Blink); a parser takes time in the square of the depth.
const DEPTH: usize = 256;

/// The longest page, in bytes, once scripts and styles are taken out: finding the body of one
/// takes seconds a megabyte at worst.
const PAGE: usize = 4 << 20;

/// Whether the head of a file looks like a page of HTML.
pub(super) fn recognise(head: &str, name: &str) -> bool {
    let mut start = head.trim_start();
    // A prologue (`<?xml ...?>`) and comments say nothing.
    while start.starts_with("<?") || start.starts_with("<!--") {
        let end = if start.starts_with("<?") { "?>" } else { "-->" };
        let Some(at) = start.find(end) else { return false };
        start = start[at + end.len()..].trim_start();
    }
    let mut cut = start.len().min(4096);
    while !start.is_char_boundary(cut) {
        cut -= 1;
    }
    let lower = start[..cut].to_ascii_lowercase();
    let opens = ["<!doctype html", "<html", "<head", "<body"];
    if opens.iter().any(|o| lower.starts_with(o)) {
        return true;
    }
    let tags = ["<html", "<body", "<p>", "<p ", "<div", "<article", "</p>", "<h1", "<br"];
    let tags = tags.iter().filter(|t| lower.contains(*t)).count();
    let name = name.to_ascii_lowercase();
    let named = [".html", ".htm", ".xhtml"].iter().any(|e| name.contains(e));
    if named { tags > 0 } else { lower.starts_with('<') && tags >= 2 }
}

/// The encoding that a page declares at its start, if any.
pub(super) fn declared(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&head[..head.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let after = after.trim_start_matches(['"', '\'', ' ']);
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c))?;
    encoding_rs::Encoding::for_label(&after.as_bytes()[..end]).filter(|_| head.contains('<'))
}

/// The article of a page.
pub(super) fn read(name: &str, html: &str) -> Warned<Vec<Article>> {
    let flat = flatten(html, DEPTH);
    if flat.len() > PAGE {
        let reason =
            format!("page longer than {} without its scripts: not read", size(PAGE as u64));
        let warning = Warning::file(name, reason).advise("save its text as plain text");
        return Warned { value: Vec::new(), warnings: vec![warning] };
    }
    let Ok(Some(page)) = catch_unwind(AssertUnwindSafe(|| page(&flat))) else {
        let warning = Warning::file(name, "no article found in this HTML page")
            .advise("if it has one, save its text as plain text");
        return Warned { value: Vec::new(), warnings: vec![warning] };
    };
    let mut article = page;
    article.id = super::file_name(name).to_owned();
    Warned { value: vec![article], warnings: Vec::new() }
}

fn page(html: &str) -> Option<Article> {
    let document = Html::parse_document(html);
    let about = about(&document);
    let found = paragraphs(&Html::parse_fragment(&body(html)?));
    let found = broken(found, &document);
    let (text, units) = text_of(found, about.title.as_deref());
    if text.is_empty() {
        return None;
    }
    let blocks = mark_units(&text, &units);
    Some(Article { text, blocks, ..about })
}

/// The HTML of the article's body.
fn body(html: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    let found = trafilatura::extract(html, &options).ok()?;
    Some(found.content_html)
}

// What the body's HTML says, as text ------------------------------------------------------

/// The paragraphs of a body that came in one run of text, as short pages do: those of the page that
/// it is made of, in order; as it came where they do not make it up.
fn broken(found: Vec<(BlockKind, String)>, page: &Html) -> Vec<(BlockKind, String)> {
    let [(_, run)] = &found[..] else { return found };
    // The run has not all the spaces: where a line broke there may be none.
    let letters = |text: &str| text.split_ascii_whitespace().collect::<String>();
    let run = letters(run);
    let mut rest = run.as_str();
    let mut parts = Vec::new();
    for (kind, paragraph) in paragraphs(page) {
        if let Some(after) = rest.strip_prefix(letters(&paragraph).as_str()) {
            rest = after;
            parts.push((kind, paragraph));
        }
    }
    if rest.is_empty() && parts.len() > 1 { parts } else { found }
}

/// Paragraphs joined by empty lines. A heading that opens the body and repeats the title is left
/// out: it is the article's `title`.
fn text_of(found: Vec<(BlockKind, String)>, title: Option<&str>) -> (String, Vec<Unit>) {
    let mut text = String::new();
    let mut units: Vec<Unit> = Vec::new();
    for (kind, paragraph) in found {
        let heads = units.is_empty() && kind == BlockKind::Title;
        if heads && title.is_some_and(|t| squeezed(t) == paragraph) {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&paragraph);
        units.push(Unit { span: Span::new(start, text.len()), kind });
    }
    (text, units)
}

/// The paragraphs of a tree in order, white space squeezed, with what their element says.
fn paragraphs(tree: &Html) -> Vec<(BlockKind, String)> {
    let mut found = Vec::new();
    let mut open = String::new();
    let mut kinds = vec![BlockKind::Body];
    let mut close = |open: &mut String, kind: BlockKind| {
        let paragraph = squeezed(open);
        if !paragraph.is_empty() {
            found.push((kind, paragraph));
        }
        open.clear();
    };
    for edge in tree.tree.root().traverse() {
        let kind = kinds.last().copied().unwrap_or(BlockKind::Body);
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(t) => open.push_str(t),
                Node::Element(e) if breaks(e.name()) => {
                    close(&mut open, kind);
                    kinds.push(kind_of(e.name()).unwrap_or(kind));
                }
                Node::Element(e) if e.name() == "br" => open.push('\u{b}'),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if node.value().as_element().is_some_and(|e| breaks(e.name())) {
                    close(&mut open, kind);
                    kinds.pop();
                }
            }
        }
    }
    close(&mut open, BlockKind::Body);
    found
}

fn breaks(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "br"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "hi"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
            | "graphic"
            | "ref"
    )
}

fn kind_of(name: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" => Some(BlockKind::Title),
        "figcaption" => Some(BlockKind::Caption),
        _ => None,
    }
}

/// White space squeezed to single spaces, as a browser prints it (a no-break space stays); a
/// line break (`<br>`, passed as a vertical tab) stays one line break.
fn squeezed(text: &str) -> String {
    let lines = text.split('\u{b}');
    let lines = lines.map(|l| l.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    let lines = lines.map(|l| l.trim().to_owned());
    lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

// What the page says of the article -------------------------------------------------------

static META: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("meta").ok());
static SCRIPT: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse("script[type='application/ld+json']").ok());
static LINK: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse("link[rel='canonical']").ok());
static HTML: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("html").ok());
static TITLE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("title").ok());
static HEADING: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("h1").ok());
static TIME: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse("time[itemprop='datePublished'], time[pubdate]").ok());
static URL_DAY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:/|$)").ok());

fn all<'a>(
    page: &'a Html,
    selector: &'static LazyLock<Option<Selector>>,
) -> impl Iterator<Item = ElementRef<'a>> {
    selector.as_ref().into_iter().flat_map(|s| page.select(s))
}

/// The metadata of a page, as an article without text.
fn about(page: &Html) -> Article {
    let news = news_article(page);
    let said = |key: &str| news.as_ref().and_then(|n| n.get(key)).and_then(name_of);
    let url = all(page, &LINK).find_map(|e| e.attr("href").map(str::to_owned));
    let url = url.or_else(|| meta(page, &["og:url"])).or_else(|| said("url"));
    let title = title(page, said("headline"));
    let published = said("datePublished")
        .or_else(|| meta(page, PUBLISHED))
        .or_else(|| all(page, &TIME).find_map(|e| e.attr("datetime").map(str::to_owned)));
    let published = published.as_deref().and_then(day);
    let published = published.or_else(|| url.as_deref().and_then(day_in_url));
    let lang = said("inLanguage")
        .or_else(|| all(page, &HTML).find_map(|e| e.attr("lang").map(str::to_owned)))
        .or_else(|| meta(page, &["og:locale"]));
    Article {
        title,
        outlet: said("publisher").or_else(|| meta(page, &["og:site_name"])),
        url: url.filter(|u| u.starts_with("http")),
        published,
        lang: lang.and_then(|l| super::fields::language(&l)),
        authors: authors(page, news.as_ref()),
        credit: said("creditText").or_else(|| said("sourceOrganization")),
        ..Article::default()
    }
}

/// The headline: `og:title` without the site's name after it, else JSON-LD's, else the first
/// heading, else the page's title.
fn title(page: &Html, headline: Option<String>) -> Option<String> {
    let text = |e: ElementRef| squeezed(&e.text().collect::<String>());
    let headline = headline.map(|t| squeezed(&unescaped(&t)));
    let heading = all(page, &HEADING).map(text).find(|t| !t.is_empty());
    let shared = meta(page, &["og:title", "twitter:title"]).map(|shared| {
        // "Headline | Site": the headline alone is one of the others.
        let longer = |t: &&String| !t.is_empty() && shared.starts_with(t.as_str());
        let bare = [&headline, &heading].into_iter().flatten().find(longer);
        bare.unwrap_or(&shared).clone()
    });
    let said = [shared, headline, heading].into_iter().flatten().find(|t| !t.is_empty());
    said.or_else(|| all(page, &TITLE).map(text).find(|t| !t.is_empty()))
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "date.published",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "DC.date.issued",
    "dcterms.created",
    "cXenseParse:recs:publishtime",
    "date",
];

/// The first `meta` with one of these names that says something, in the order of names.
fn meta(page: &Html, names: &[&str]) -> Option<String> {
    let named = |e: &ElementRef, name: &str| {
        ["property", "name", "itemprop"]
            .iter()
            .any(|a| e.attr(a).is_some_and(|v| v.eq_ignore_ascii_case(name)))
    };
    names.iter().find_map(|name| {
        let said = all(page, &META).filter(|e| named(e, name)).filter_map(|e| e.attr("content"));
        said.map(squeezed).find(|c| !c.is_empty())
    })
}

fn authors(page: &Html, news: Option<&Value>) -> Vec<String> {
    let mut names = Vec::new();
    match news.and_then(|n| n.get("author")) {
        Some(Value::Array(all)) => names.extend(all.iter().filter_map(name_of)),
        Some(one) => names.extend(name_of(one)),
        None => {}
    }
    if names.is_empty() {
        let said = meta(page, &["author", "article:author", "parsely-author", "dc.creator"]);
        names.extend(said.filter(|a| !a.starts_with("http")));
    }
    let mut authors: Vec<String> = Vec::new();
    for name in names.iter().map(|n| squeezed(&unescaped(n))) {
        if !name.is_empty() && !authors.contains(&name) {
            authors.push(name);
        }
    }
    authors
}

/// The first schema.org article that a page's JSON-LD describes: one with a headline.
fn news_article(page: &Html) -> Option<Value> {
    all(page, &SCRIPT).find_map(|script| {
        let json: String = script.text().collect();
        // Line breaks inside strings are common in the wild and forbidden by JSON.
        let json = json.replace(['\n', '\r', '\t'], " ");
        let value: Value = serde_json::from_str(json.trim().trim_end_matches(';')).ok()?;
        let mut queue = std::collections::VecDeque::from([value]);
        while let Some(value) = queue.pop_front() {
            match value {
                Value::Array(values) => queue.extend(values),
                Value::Object(map) if is_article(&map) => return Some(Value::Object(map)),
                Value::Object(map) => {
                    let inner = ["@graph", "mainEntity", "itemListElement", "item"];
                    queue.extend(inner.iter().filter_map(|k| map.get(*k)).cloned());
                }
                _ => {}
            }
        }
        None
    })
}

fn is_article(map: &serde_json::Map<String, Value>) -> bool {
    let names =
        |v: &Value| v.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting"));
    let typed = match map.get("@type") {
        Some(Value::Array(types)) => types.iter().any(names),
        Some(one) => names(one),
        None => false,
    };
    typed && map.contains_key("headline")
}

/// The string a JSON-LD value stands for: itself, its `name`, or that of its first item.
fn name_of(value: &Value) -> Option<String> {
    let value = match value {
        Value::Array(values) => values.first()?,
        one => one,
    };
    let value = match value {
        Value::Object(map) => map.get("name").or_else(|| map.get("@value"))?,
        one => one,
    };
    let value = match value {
        Value::Array(values) => values.first()?,
        one => one,
    };
    value.as_str().map(squeezed).filter(|s| !s.is_empty())
}

fn day_in_url(url: &str) -> Option<jiff::civil::Date> {
    let found = URL_DAY.as_ref()?.captures(url)?;
    day(&format!("{}-{}-{}", &found[1], &found[2], &found[3]))
}

/// Character references resolved (`&amp;`), as JSON-LD often escapes twice.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let fragment = Html::parse_fragment(&text.replace('<', "&lt;"));
    fragment.root_element().text().collect()
}

// Nesting ---------------------------------------------------------------------------------

/// Elements that are closed by what follows them, or have no end: they do not nest.
fn nests(name: &str) -> bool {
    !matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "tfoot"
            | "option"
            | "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "html"
            | "head"
            | "body"
    )
}

/// The page without the tags of elements nested deeper than `depth`, and without scripts and
/// styles (JSON-LD stays). One pass, no recursion.
fn flatten(html: &str, depth: usize) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<String> = Vec::new();
    let mut deeper = 0usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = tag(rest);
        let (whole, after) = rest.split_at(tag.len);
        rest = after;
        match tag.kind {
            TagKind::Open
                if matches!(tag.name.as_str(), "script" | "style" | "noscript" | "template") =>
            {
                let end = raw_end(rest, &tag.name);
                if whole.contains("ld+json") {
                    out.push_str(whole);
                    out.push_str(&rest[..end]);
                }
                rest = &rest[end..];
            }
            TagKind::Open if nests(&tag.name) && !whole.ends_with("/>") => {
                if open.len() < depth {
                    open.push(tag.name);
                    out.push_str(whole);
                } else {
                    deeper += 1;
                    out.push(' ');
                }
            }
            TagKind::Close if nests(&tag.name) => {
                if deeper > 0 {
                    deeper -= 1;
                } else if let Some(at) = open.iter().rposition(|n| *n == tag.name) {
                    open.truncate(at);
                    out.push_str(whole);
                }
            }
            // Inside what has no tags, these would pile up in what has.
            _ if deeper > 0 && !tag.name.is_empty() => out.push(' '),
            _ => out.push_str(whole),
        }
    }
    out.push_str(rest);
    out
}

enum TagKind {
    Open,
    Close,
    Other,
}

struct Tag {
    kind: TagKind,
    name: String,
    len: usize,
}

/// The tag that `text` starts with: its kind, its name in lower case, its length in bytes.
fn tag(text: &str) -> Tag {
    let other = |len| Tag { kind: TagKind::Other, name: String::new(), len };
    if let Some(comment) = text.strip_prefix("<!--") {
        return other(comment.find("-->").map_or(text.len(), |e| e + 7));
    }
    let bytes = text.as_bytes();
    let close = bytes.get(1) == Some(&b'/');
    let start = if close { 2 } else { 1 };
    if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
        return other(1);
    }
    let name_len = bytes[start..]
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
        .unwrap_or(bytes.len() - start);
    let name = text[start..start + name_len].to_ascii_lowercase();
    let mut quote = None;
    let end = bytes[start + name_len..].iter().position(|b| match quote {
        Some(q) => {
            if *b == q {
                quote = None;
            }
            false
        }
        None => {
            if matches!(b, b'"' | b'\'') {
                quote = Some(*b);
            }
            *b == b'>'
        }
    });
    // A quote that never closes: the tag ends at the first ">" all the same.
    let end = end.or_else(|| bytes[start + name_len..].iter().position(|b| *b == b'>'));
    let len = end.map_or(text.len(), |e| start + name_len + e + 1);
    Tag { kind: if close { TagKind::Close } else { TagKind::Open }, name, len }
}

/// Where the content of a raw text element ends, with its end tag.
fn raw_end(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let at = from + at;
        let tail = &text.as_bytes()[at + 2..];
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return text[at..].find('>').map_or(text.len(), |e| at + e + 1);
        }
        from = at + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_elements_lose_their_tags_and_keep_their_text() {
        let deep = format!("{}deep</div>", "<div>".repeat(1000));
        let flat = flatten(&deep, 3);
        assert_eq!(flat.replace(' ', ""), "<div><div><div>deep");
        assert_eq!(flatten("<div><p>a<p>b</div>c", 3), "<div><p>a<p>b</div>c");
        assert_eq!(flatten("a < b <3 <", 3), "a < b <3 <");
        assert_eq!(flatten("<SCRIPT>if (a</b)</Script>x<style>", 3), "x");
    }
}
