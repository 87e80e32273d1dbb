//! `articles.bib`: the articles as BibTeX, to cite them from a text.
//!
//! One `@misc` an article, which BibTeX and biblatex both know. Every value is braced and what
//! LaTeX reads is escaped: an article's title can be no command. A date that was inferred is no
//! date of publication: it stands in the note.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::article::Article;

use super::view::{View, inset};

/// Bytes of a key before the number that tells it from another.
const KEY: usize = 40;

/// All articles, in reading order.
pub fn articles(view: &View) -> String {
    let mut keys = BTreeSet::new();
    let mut out = String::new();
    for (i, article) in view.dossier.articles.iter().enumerate() {
        let key = key(article, i, &mut keys);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "@misc{{{key},");
        for (name, value) in fields(view, article, i) {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
        out.push_str("}\n\n");
    }
    out
}

fn fields(view: &View, article: &Article, i: usize) -> Vec<(&'static str, String)> {
    let published = &view.dossier.analyses[i].published;
    let mut out = Vec::new();
    let authors: Vec<String> =
        article.authors.iter().map(|a| format!("{{{}}}", escaped(a))).collect();
    if !authors.is_empty() {
        out.push(("author", authors.join(" and ")));
    }
    // Braces keep the capitals.
    out.push(("title", format!("{{{}}}", escaped(&title(view, article, i)))));
    out.extend(article.outlet.as_deref().map(|outlet| ("howpublished", escaped(outlet))));
    if let Some(day) = published.date.filter(|_| published.given) {
        out.push(("year", day.year().to_string()));
        out.push(("month", day.month().to_string()));
        out.push(("day", day.day().to_string()));
    }
    let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    out.extend(article.url.as_deref().filter(web).map(|url| ("url", address(url))));
    let mut note = vec![escaped(&article.id)];
    if let Some(day) = published.date.filter(|_| !published.given) {
        note.push(format!("{day}, {}", view.labels.page.date_inferred));
    }
    note.extend(article.credit.as_deref().map(escaped));
    out.push(("note", note.join("; ")));
    out.push(("language", view.dossier.analyses[i].lang.code.to_string()));
    out
}

/// The headline; else the first words of the text, since an entry without a title is none.
fn title(view: &View, article: &Article, i: usize) -> String {
    const WORDS: usize = 12;
    if let Some(title) = article.title.as_deref().filter(|t| !inset(t).is_empty()) {
        return inset(title);
    }
    let text = &article.text;
    let first: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    let more = if text.split_whitespace().nth(WORDS).is_some() { "…" } else { "" };
    let words = inset(&format!("{}{more}", first.join(" ")));
    if words.is_empty() { view.name(i as u32).to_string() } else { words }
}

/// A key of ASCII letters, digits and hyphens, made of the id; no two are the same.
fn key(article: &Article, i: usize, keys: &mut BTreeSet<String>) -> String {
    let mut key = String::new();
    for c in article.id.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
        if key.len() >= KEY {
            break;
        }
    }
    let key = key.trim_end_matches('-');
    let mut unique = if key.is_empty() { format!("article-{}", i + 1) } else { key.to_string() };
    while !keys.insert(unique.clone()) {
        unique = format!("{unique}-{}", i + 1);
    }
    unique
}

/// Text that means itself in BibTeX and LaTeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in inset(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            // A brace is written by its name: BibTeX counts even escaped ones.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '#' | '$' | '%' | '&' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// A web address: what would end or open a value is percent-encoded (RFC 3986, section 2.1).
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in inset(url).chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            ' ' => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    out
}
