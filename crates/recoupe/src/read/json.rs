//! JSON Lines of articles (<https://jsonlines.org>), also one JSON object, or an array of them.
//!
//! Field names are those of recoupe itself, of passim (`series`, `date`) and of news-please
//! (`maintext`, `source_domain`, `date_publish`).

use std::fmt;
use std::io::{self, BufRead};

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::article::{Article, Warned, Warning};

use super::Options;
use super::fields::{day, language};
use super::unpack::{TooLong, size};

/// The lines of a stream, one article each. Memory holds one line at a time.
pub(super) fn lines(
    name: &str,
    stream: &mut dyn BufRead,
    options: &Options,
) -> Warned<Vec<Article>> {
    let mut out = Warned::default();
    let mut line = Vec::new();
    for number in 1.. {
        let place = format!("line {number}");
        // A text takes at most six bytes a byte in JSON (\u001f); other fields stand beside.
        match next_line(stream, &mut line, options.text_bytes.saturating_mul(2)) {
            Ok(Line::End) => break,
            Ok(Line::Long) => {
                let reason = format!("line longer than {}", size(2 * options.text_bytes as u64));
                let warning = Warning::file(name, reason).at(place);
                out.warnings.push(warning.advise("left out; raise the limit if it is an article"));
            }
            Ok(Line::Read) => {
                let start = if number == 1 { bom(&line) } else { 0 };
                one_line(name, &place, &line[start..], number, options, &mut out);
            }
            Err(error) => {
                out.warnings.push(broken(name, &error).at(place));
                break;
            }
        }
    }
    out
}

fn bom(line: &[u8]) -> usize {
    if line.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }
}

/// The warning for a stream that ends before its end.
pub(super) fn broken(name: &str, error: &io::Error) -> Warning {
    if TooLong::is(error) {
        let reason = format!("unpacks to {error}: not read further");
        return Warning::file(name, reason).advise("split the file");
    }
    Warning::file(name, format!("cannot be read further: {error}"))
        .advise("the file may be damaged or cut short")
}

fn one_line(
    name: &str,
    place: &str,
    line: &[u8],
    number: usize,
    options: &Options,
    out: &mut Warned<Vec<Article>>,
) {
    if line.iter().all(u8::is_ascii_whitespace) {
        return;
    }
    let text = String::from_utf8_lossy(line);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        let warning = Warning::file(name, "invalid UTF-8, shown as U+FFFD").at(place);
        out.warnings.push(warning.advise("save the file as UTF-8"));
    }
    match serde_json::from_str::<Fields>(&text) {
        Ok(fields) => {
            take(name, place, fields, format!("{}:{number}", super::file_name(name)), options, out)
        }
        Err(error) => {
            let reason = format!("not a JSON article: {}", because(&error));
            let warning = Warning::file(name, reason).at(place);
            let advice = match name {
                "-" => "standard input is JSON Lines: name the file of a plain text",
                _ => "a line is one JSON object with a \"text\"",
            };
            out.warnings.push(warning.advise(advice));
        }
    }
}

/// What a JSON error says, without its own "line 1": a line of the file is named already.
fn because(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.split_once(" at line ") {
        Some((reason, _)) => format!("{reason} at column {}", error.column()),
        None => said,
    }
}

/// A whole document: one object, an array of objects, or objects one after another.
pub(super) fn document(name: &str, text: &str, options: &Options) -> Warned<Vec<Article>> {
    let mut out = Warned::default();
    let mut number = 0;
    for found in serde_json::Deserializer::from_str(text).into_iter::<OneOrMany>() {
        let fields = match found {
            Ok(OneOrMany(fields)) => fields,
            Err(error) => {
                let reason = format!("not JSON articles: {}", because(&error));
                let warning = Warning::file(name, reason).at(format!("line {}", error.line()));
                out.warnings.push(warning.advise("one article a line (JSON Lines) is safest"));
                break;
            }
        };
        for fields in fields {
            number += 1;
            let place = format!("item {number}");
            take(
                name,
                &place,
                fields,
                format!("{}:{number}", super::file_name(name)),
                options,
                &mut out,
            );
        }
    }
    out
}

/// Whether a document's first value goes past its first line: then it is no JSON Lines.
pub(super) fn is_document(head: &[u8]) -> bool {
    let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty());
    let Some(first) = lines.next() else { return false };
    match first {
        [b'[', ..] => true,
        _ => {
            let cut = serde_json::from_slice::<IgnoredAny>(first).is_err_and(|e| e.is_eof());
            cut && lines.next().is_some_and(|l| !l.starts_with(b"{"))
        }
    }
}

/// Whether the head of a file looks like JSON articles, in lines or whole.
pub(super) fn recognise(head: &str, name: &str) -> bool {
    let start = head.trim_start();
    let after = |open: char, next: &str| {
        start.strip_prefix(open).is_some_and(|r| r.trim_start().starts_with(|c| next.contains(c)))
    };
    if after('{', "\"}") || after('[', "{]") {
        return true;
    }
    let (mut objects, mut all) = (0, 0);
    for line in head.lines().map(str::trim).filter(|l| !l.is_empty()).take(50) {
        all += 1;
        objects += usize::from(line.starts_with("{\"") && line.contains("\":"));
    }
    let named = [".jsonl", ".ndjson", ".json"].iter().any(|e| name.to_lowercase().contains(e));
    objects * 2 > all || (named && (objects > 0 || start.starts_with(['{', '['])))
}

enum Line {
    Read,
    Long,
    End,
}

/// Reads the next line into `line`, without its end; what is past `limit` bytes is not kept.
fn next_line(stream: &mut dyn BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    line.clear();
    let (mut seen, mut long) = (false, false);
    loop {
        let buffer = match stream.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        seen = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if line.len() + part.len() > limit {
            long = true;
            *line = Vec::new();
        }
        if !long {
            line.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |e| e + 1);
        stream.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (seen, long) {
        (false, _) => Line::End,
        (true, true) => Line::Long,
        (true, false) => Line::Read,
    })
}

/// Makes an article of what an object says, or a warning.
fn take(
    name: &str,
    place: &str,
    mut fields: Fields,
    id: String,
    options: &Options,
    out: &mut Warned<Vec<Article>>,
) {
    let warn = |reason: String, advice: &str| Warning::file(name, reason).at(place).advise(advice);
    let text = match fields.text.take() {
        Field::Text(text) if !text.trim().is_empty() => text,
        // A headline alone is what a feed gives of an article.
        Field::Text(_) if fields.title.has_words() => String::new(),
        Field::None => {
            let reason = "no article: \"text\" is missing".to_owned();
            return out.warnings.push(warn(reason, "each article needs a \"text\""));
        }
        Field::Text(_) => {
            return out
                .warnings
                .push(warn("\"text\" is empty, and there is no \"title\"".to_owned(), "left out"));
        }
        Field::Many(_) | Field::Number(_) => {
            let reason = "\"text\" is not a string".to_owned();
            return out.warnings.push(warn(reason, "each article needs a \"text\""));
        }
    };
    if text.len() > options.text_bytes {
        let reason = format!("text longer than {}", size(options.text_bytes as u64));
        return out.warnings.push(warn(reason, "left out; split it into articles"));
    }
    let said = fields.published.take().one();
    let published = said.as_deref().and_then(day);
    let instant = said.as_deref().and_then(|s| s.trim().parse().ok());
    if let Some(said) = said.filter(|_| published.is_none()) {
        let short: String = said.chars().take(40).collect();
        let reason = format!("\"{short}\" is not a day: published date unknown");
        out.warnings.push(warn(reason, "write it as 2017-11-09"));
    }
    let blocks = super::marks::mark(&text);
    out.value.push(Article {
        id: fields.id.one().unwrap_or(id),
        text,
        title: fields.title.one(),
        outlet: fields.outlet.one(),
        url: fields.url.one(),
        published,
        lang: fields.lang.one().and_then(|l| language(&l)),
        authors: fields.authors.many(),
        credit: fields.credit.one(),
        topic: fields.topic.one(),
        blocks,
        instant,
    });
}

/// The fields of an article, as an object gives them. Where several names mean one field, the
/// first in the order of [`Fields::NAMES`] counts.
#[derive(Default)]
struct Fields {
    id: Field,
    text: Field,
    title: Field,
    outlet: Field,
    url: Field,
    published: Field,
    lang: Field,
    authors: Field,
    credit: Field,
    topic: Field,
    /// The rank of the name that gave each field.
    ranks: [u8; 10],
}

impl Fields {
    const NAMES: [&'static [&'static str]; 10] = [
        &["id"],
        &["text", "maintext"],
        &["title"],
        &["outlet", "series", "source_domain"],
        &["url"],
        &["published", "date", "date_publish"],
        &["lang", "language"],
        &["authors", "author"],
        &["credit"],
        &["topic", "story"],
    ];

    /// The field that a name means, and the name's rank in it.
    fn of(name: &str) -> Option<(usize, u8)> {
        let rank = |names: &[&str]| names.iter().position(|n| *n == name);
        let mut all = Fields::NAMES.iter().enumerate();
        all.find_map(|(field, names)| Some((field, rank(names)? as u8)))
    }

    fn set(&mut self, field: usize, rank: u8, value: Field) {
        let slots = [
            &mut self.id,
            &mut self.text,
            &mut self.title,
            &mut self.outlet,
            &mut self.url,
            &mut self.published,
            &mut self.lang,
            &mut self.authors,
            &mut self.credit,
            &mut self.topic,
        ];
        let better = rank <= self.ranks[field] || matches!(slots[field], Field::None);
        if better && !matches!(value, Field::None) {
            self.ranks[field] = rank;
            *slots[field] = value;
        }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object with a \"text\"")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(name) = map.next_key::<String>()? {
                    match Fields::of(&name) {
                        Some((field, rank)) => fields.set(field, rank, map.next_value()?),
                        None => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// An object, or an array of objects.
struct OneOrMany(Vec<Fields>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMany, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an article or an array of articles")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OneOrMany, A::Error> {
                let object = serde::de::value::MapAccessDeserializer::new(map);
                Ok(OneOrMany(vec![Fields::deserialize(object)?]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut all = Vec::new();
                while let Some(fields) = seq.next_element()? {
                    all.push(fields);
                }
                Ok(OneOrMany(all))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// What a field says: a string, several, or nothing that can be used. A number is its digits;
/// an object is its `name`.
#[derive(Default, PartialEq, Debug)]
enum Field {
    #[default]
    None,
    Text(String),
    Number(String),
    Many(Vec<String>),
}

impl Field {
    fn take(&mut self) -> Field {
        std::mem::take(self)
    }

    fn has_words(&self) -> bool {
        let words = |text: &String| text.contains(char::is_alphanumeric);
        match self {
            Field::None => false,
            Field::Text(text) | Field::Number(text) => words(text),
            Field::Many(all) => all.iter().any(words),
        }
    }

    fn one(self) -> Option<String> {
        let one = match self {
            Field::None => None,
            Field::Text(text) | Field::Number(text) => Some(text),
            Field::Many(all) => all.into_iter().next(),
        };
        one.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
    }

    fn many(self) -> Vec<String> {
        let all = match self {
            Field::None => Vec::new(),
            Field::Text(text) | Field::Number(text) => vec![text],
            Field::Many(all) => all,
        };
        all.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect()
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Field, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Field;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_str<E>(self, text: &str) -> Result<Field, E> {
                Ok(Field::Text(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Field, E> {
                Ok(Field::Text(text))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Field, E> {
                Ok(Field::Number(number.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Field, E> {
                Ok(Field::Number(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Field, E> {
                Ok(Field::Number(number.to_string()))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Field, E> {
                Ok(Field::None)
            }
            fn visit_unit<E>(self) -> Result<Field, E> {
                Ok(Field::None)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field, A::Error> {
                let mut all = Vec::new();
                while let Some(field) = seq.next_element::<Field>()? {
                    all.extend(field.many());
                }
                Ok(Field::Many(all))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field, A::Error> {
                let mut name = Field::None;
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "name" => name = map.next_value()?,
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(name)
            }
        }
        deserializer.deserialize_any(Any)
    }
}
