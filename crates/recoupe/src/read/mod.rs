//! Bytes in any accepted format to articles: [`paths`] for files, [`bytes`] for one in memory.
//!
//! What a file is, is told by its content: `FORMATS` holds one line a format, each in a module
//! of its own. A bad file, or a bad line in one, costs itself alone: it is a [`Warning`].

pub mod marks;

mod decode;
mod fields;
mod html;
mod json;
mod plain;
mod refused;
mod unpack;
mod walk;

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::article::{Article, Warned, Warning};

use unpack::{Limited, Packing, TooLong, size};
use walk::Source;

/// What was read of a pile of files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pile {
    /// The articles in reading order; no two have the same id.
    pub articles: Vec<Article>,
    /// The files read, in reading order.
    pub inputs: Vec<Input>,
    /// What went wrong, in reading order.
    pub warnings: Vec<Warning>,
    /// Folders that were left out because recoupe wrote them, as the user knows them.
    pub left_out: Vec<String>,
}

/// A file that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    /// Its path as the user named it.
    pub path: String,
    /// SHA-256 of its bytes (packed, when they are), in hexadecimal.
    pub sha256: String,
}

/// Limits that keep hostile input from costing more than itself, and what the user says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The longest text of an article, or page of HTML, in bytes. At most 4 GiB (see
    /// [`crate::article::Span`]).
    pub text_bytes: usize,
    /// The longest JSON document that is not JSON Lines, in bytes: it is held in memory whole.
    pub document_bytes: u64,
    /// How many bytes one packed file may unpack to.
    pub unpacked_bytes: u64,
    /// The largest dictionary or window that packed data may ask for, in bytes.
    pub window_bytes: u64,
    /// How many files are read at most.
    pub files: usize,
    /// How deep folders are walked.
    pub depth: usize,
    /// The language of all articles, when the user says it: over what their files claim.
    pub lang: Option<String>,
    /// The folder that this run writes: left out where a folder that holds it is walked.
    pub output: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            text_bytes: 16 << 20,
            document_bytes: 256 << 20,
            unpacked_bytes: 1 << 30,
            window_bytes: 128 << 20,
            files: 1_000_000,
            depth: 64,
            lang: None,
            output: None,
        }
    }
}

/// How far reading has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Files read.
    pub done: usize,
    /// Files in all.
    pub files: usize,
}

/// Reads a file's first bytes and gives the reader of its content: unpacked, when it is gzip, xz or
/// zstd, and as it is otherwise. For tables read line by line, whose length is nobody's harm.
///
/// # Errors
///
/// When the first bytes cannot be read.
pub fn unpacked<'a>(mut file: impl io::Read + 'a) -> io::Result<Box<dyn io::Read + 'a>> {
    use io::Read;
    let mut head = Vec::new();
    file.by_ref().take(8).read_to_end(&mut head)?;
    let packing = unpack::Packing::of(&head);
    let whole = io::Cursor::new(head).chain(file);
    Ok(match packing {
        Some(packing) => packing.open(whole, WINDOW),
        None => Box::new(whole),
    })
}

/// The most memory, in bytes, that a packed table's dictionary may ask for.
const WINDOW: u64 = 128 << 20;

/// Reads what the user names: files, folders (walked, sorted by path; hidden files and dossiers that recoupe wrote skipped),
/// globs, and `-` for JSON Lines on `stdin`. `progress` is told after each batch of files.
///
/// Nothing here fails: a path that cannot be read is a warning. With nothing read at all,
/// `articles` is empty and `warnings` says why.
///
/// ```
/// use recoupe::read::{paths, Options};
/// let lines = r#"{"id": "a", "text": "Le pont a cédé samedi."}"#;
/// let pile = paths(&["-".into()], &Options::default(), lines.as_bytes(), &mut |_| {});
/// assert_eq!(pile.articles[0].id, "a");
/// ```
pub fn paths(
    paths: &[String],
    options: &Options,
    stdin: impl Read,
    progress: &mut dyn FnMut(Progress),
) -> Pile {
    let (sources, left_out) = walk::sources(paths, options);
    let mut stdin = Some(stdin);
    let mut pile = Builder::default();
    pile.pile.left_out = left_out;
    let mut done = 0;
    // Batches bound how much is read ahead of what has been told.
    for batch in sources.chunk_by(|a, b| !is_stdin(a) && !is_stdin(b)) {
        for batch in batch.chunks(BATCH) {
            let read: Vec<Read1> = match (&batch[0], stdin.take_if(|_| is_stdin(&batch[0]))) {
                (_, Some(stdin)) => vec![read_stdin(stdin, options)],
                _ => batch.par_iter().map(|s| read_source(s, options)).collect(),
            };
            done += read.len();
            read.into_iter().for_each(|r| pile.add(r));
            progress(Progress { done, files: sources.len() });
        }
    }
    pile.finish()
}

/// Reads one file that is in memory, packed or not. `name` is its path or file name: it names
/// the articles that have no id, and warnings.
///
/// ```
/// use recoupe::read::{bytes, Options};
/// let read = bytes("a.txt", "Le pont a cédé samedi.\r\n".as_bytes(), &Options::default());
/// assert_eq!(read.value[0].id, "a.txt");
/// assert_eq!(read.value[0].text, "Le pont a cédé samedi.\r\n");
/// ```
pub fn bytes(name: &str, bytes: &[u8], options: &Options) -> Warned<Vec<Article>> {
    stream(name, &mut Cursor::new(bytes), options, None)
}

/// How many files are read between two reports of progress.
const BATCH: usize = 128;
/// How many bytes tell what a file is.
const HEAD: u64 = 64 << 10;

// Formats ---------------------------------------------------------------------------------

/// A format: how it is recognised by the start of a file, and how it is read.
struct Format {
    recognise: fn(&Head) -> bool,
    parse: Parse,
}

/// The start of a file, unpacked.
struct Head<'a> {
    name: &'a str,
    bytes: &'a [u8],
    /// The same decoded, roughly.
    text: &'a str,
}

/// How a format is read.
enum Parse {
    /// The whole file as text: one article, or a few.
    Whole(fn(&str, &str) -> Warned<Vec<Article>>),
    /// The whole file as a document of many articles.
    Document(fn(&str, &str, &Options) -> Warned<Vec<Article>>),
    /// Line by line.
    Lines(fn(&str, &mut dyn BufRead, &Options) -> Warned<Vec<Article>>),
}

/// The formats read, in the order they are tried. The last takes any text.
static FORMATS: &[Format] = &[
    Format { recognise: is_json_document, parse: Parse::Document(json::document) },
    Format { recognise: |h| json::recognise(h.text, h.name), parse: Parse::Lines(json::lines) },
    Format { recognise: |h| html::recognise(h.text, h.name), parse: Parse::Whole(html::read) },
    Format { recognise: |_| true, parse: Parse::Whole(plain::read) },
];

fn is_json_document(head: &Head) -> bool {
    json::recognise(head.text, head.name) && json::is_document(head.text.as_bytes())
}

/// Reads one file: unpacks, recognises, decodes, parses.
fn stream(
    name: &str,
    packed: &mut dyn Read,
    options: &Options,
    forced: Option<&Parse>,
) -> Warned<Vec<Article>> {
    let (start, mut packed) = peek(packed);
    let mut unpacked: Box<dyn Read> = match Packing::of(&start) {
        Some(packing) => {
            let inner = packing.open(packed, options.window_bytes);
            Box::new(Limited::new(inner, options.unpacked_bytes))
        }
        None => Box::new(&mut packed),
    };
    let packing = Packing::of(&start).map(Packing::name);
    let (head, mut all) = peek(&mut unpacked);
    let mut read = parse(name, &head, packing, &mut all, options, forced);
    if let Some(lang) = &options.lang {
        read.value.iter_mut().for_each(|a| a.lang = Some(lang.clone()));
    }
    read
}

fn parse(
    name: &str,
    head: &[u8],
    packing: Option<&str>,
    all: &mut dyn Read,
    options: &Options,
    forced: Option<&Parse>,
) -> Warned<Vec<Article>> {
    let refuse = |reason: String, advice: &str| Warned {
        value: Vec::new(),
        warnings: vec![Warning::file(name, reason).advise(advice)],
    };
    if head.is_empty() {
        return match (packing, all.read(&mut [0])) {
            (Some(packing), Err(error)) => {
                refuse(format!("cannot be unpacked as {packing}: {error}"), "is it damaged?")
            }
            (_, Err(error)) => refuse(format!("cannot be read: {error}"), ""),
            _ => refuse("empty file".to_owned(), "left out"),
        };
    }
    let wide = wide_encoding(head);
    if let (None, Some((kind, advice))) = (wide, refused::binary(head)) {
        return refuse(format!("{kind}: not read"), advice);
    }
    let text = match wide {
        Some(encoding) => encoding.decode(head).0,
        None => String::from_utf8_lossy(head),
    };
    let text = text.trim_start_matches('\u{feff}');
    let head = Head { name, bytes: head, text };
    let found = FORMATS.iter().find(|f| (f.recognise)(&head)).map(|f| &f.parse);
    let Some(parse) = forced.or(found) else { return Warned::default() };
    if let (Parse::Whole(_), Some((kind, advice))) = (parse, not_html(&head)) {
        return refuse(format!("{kind}: not read"), advice);
    }
    match parse {
        Parse::Lines(lines) if wide.is_none() => {
            lines(name, &mut BufReader::with_capacity(1 << 16, all), options)
        }
        Parse::Lines(lines) => {
            let decode = |text: &str| lines(name, &mut text.as_bytes(), options);
            whole(name, &head, all, options.document_bytes, decode)
        }
        Parse::Document(document) => {
            whole(name, &head, all, options.document_bytes, |text| document(name, text, options))
        }
        Parse::Whole(read) => {
            whole(name, &head, all, options.text_bytes as u64, |text| read(name, text))
        }
    }
}

/// The XML that a file is, unless it is a page.
fn not_html(head: &Head) -> Option<(&'static str, &'static str)> {
    if html::recognise(head.text, head.name) { None } else { refused::xml(head.text) }
}

fn wide_encoding(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let marked = encoding_rs::Encoding::for_bom(head).map(|(e, _)| e);
    let wide = marked.filter(|e| *e != encoding_rs::UTF_8);
    wide.or_else(|| decode::utf16_without_mark(head))
}

/// Reads all of a file as text, within a limit, and parses it.
fn whole(
    name: &str,
    head: &Head,
    all: &mut dyn Read,
    limit: u64,
    read: impl FnOnce(&str) -> Warned<Vec<Article>>,
) -> Warned<Vec<Article>> {
    let mut bytes = Vec::new();
    if let Err(error) = Limited::new(all, limit).read_to_end(&mut bytes) {
        let warning = if TooLong::is(&error) {
            Warning::file(name, format!("longer than {}: not read", size(limit)))
                .advise("split it into articles, one a file or one a JSON line")
        } else {
            json::broken(name, &error)
        };
        return Warned { value: Vec::new(), warnings: vec![warning] };
    }
    let decoded = decode::decode(name, bytes, html::declared(head.bytes));
    if decoded.text.trim().is_empty() {
        let warning = Warning::file(name, "nothing but white space").advise("left out");
        return Warned { value: Vec::new(), warnings: vec![warning] };
    }
    let mut out = read(&decoded.text);
    out.warnings.splice(0..0, decoded.warning);
    out
}

/// The first bytes of a stream, and the stream whole: an error met on the way comes after them.
fn peek<'a>(mut stream: impl Read + 'a) -> (Vec<u8>, impl Read + 'a) {
    let mut head = Vec::new();
    let error = stream.by_ref().take(HEAD).read_to_end(&mut head).err();
    let rest = Cursor::new(head.clone()).chain(Failing(error)).chain(stream);
    (head, rest)
}

/// Fails once with an error, if there is one.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

// Files -----------------------------------------------------------------------------------

/// What was read of one source.
#[derive(Default)]
struct Read1 {
    name: String,
    input: Option<Input>,
    read: Warned<Vec<Article>>,
}

fn is_stdin(source: &Source) -> bool {
    matches!(source, Source::Stdin)
}

fn read_stdin(stdin: impl Read, options: &Options) -> Read1 {
    let mut hashed = Hashed::new(stdin);
    let read = stream("-", &mut hashed, options, Some(&Parse::Lines(json::lines)));
    let input = Some(Input { path: "-".to_owned(), sha256: hashed.finish(true) });
    Read1 { name: "-".to_owned(), input, read }
}

fn read_source(source: &Source, options: &Options) -> Read1 {
    match source {
        Source::File(name, path) => read_file(name, path, options),
        Source::Nothing(warning) => Read1 {
            read: Warned { value: Vec::new(), warnings: vec![warning.clone()] },
            ..Read1::default()
        },
        Source::Stdin => Read1::default(),
    }
}

fn read_file(name: &str, path: &Path, options: &Options) -> Read1 {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            let warning = Warning::file(name, format!("cannot be opened: {error}"));
            let warning = warning.advise("check that it may be read");
            let read = Warned { value: Vec::new(), warnings: vec![warning] };
            return Read1 { name: name.to_owned(), input: None, read };
        }
    };
    // The rest of a device or a pipe may have no end.
    let ends = file.metadata().is_ok_and(|m| m.is_file());
    let mut hashed = Hashed::new(file);
    let read = stream(name, &mut hashed, options, None);
    let input = Some(Input { path: name.to_owned(), sha256: hashed.finish(ends) });
    Read1 { name: name.to_owned(), input, read }
}

/// Hashes what is read through it.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Hashed<R> {
    fn new(inner: R) -> Hashed<R> {
        Hashed { inner, hash: Sha256::new() }
    }

    /// The hash; of the whole stream, if the rest is to be read.
    fn finish(mut self, rest: bool) -> String {
        if rest {
            // An error here was met and told while reading, or it cut nothing that was used.
            let _ = io::copy(&mut self, &mut io::sink());
        }
        self.hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.hash.update(&buffer[..got]);
        Ok(got)
    }
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|p| !p.is_empty()).unwrap_or(path)
}

// The pile --------------------------------------------------------------------------------

#[derive(Default)]
struct Builder {
    pile: Pile,
    /// Of each article, the path of its file.
    paths: Vec<String>,
}

impl Builder {
    fn add(&mut self, read: Read1) {
        self.paths.extend(read.read.value.iter().map(|_| read.name.clone()));
        self.pile.articles.extend(read.read.value);
        self.pile.inputs.extend(read.input);
        self.pile.warnings.extend(read.read.warnings);
    }

    fn finish(mut self) -> Pile {
        self.lengthen();
        self.number();
        self.pile
    }

    /// Gives articles named by files of one name longer parts of their paths, until they differ.
    fn lengthen(&mut self) {
        let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, article) in self.pile.articles.iter().enumerate() {
            if by_file(&article.id, &self.paths[i]).is_some() {
                same.entry(&article.id).or_default().push(i);
            }
        }
        let same: Vec<Vec<usize>> = same.into_values().filter(|g| g.len() > 1).collect();
        for group in same {
            let deepest = group.iter().map(|i| parts(&self.paths[*i])).max().unwrap_or(1);
            let names = (2..=deepest).map(|n| self.names(&group, n));
            let names = names.collect::<Vec<_>>();
            let distinct =
                |names: &&Vec<String>| names.iter().collect::<HashSet<_>>().len() == names.len();
            if let Some(found) = names.iter().find(distinct) {
                for (i, name) in group.iter().zip(found) {
                    self.pile.articles[*i].id.clone_from(name);
                }
            }
        }
    }

    /// The ids of a group of articles, with the last `n` parts of their paths.
    fn names(&self, group: &[usize], n: usize) -> Vec<String> {
        let name = |i: &usize| {
            let (id, path) = (&self.pile.articles[*i].id, &self.paths[*i]);
            format!("{}{}", last_parts(path, n), by_file(id, path).unwrap_or_default())
        };
        group.iter().map(name).collect()
    }

    /// Numbers what ids are still the same, and warns.
    fn number(&mut self) {
        let mut taken: HashSet<String> = self.pile.articles.iter().map(|a| a.id.clone()).collect();
        let mut seen = HashSet::new();
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        for (article, path) in self.pile.articles.iter_mut().zip(&self.paths) {
            if seen.insert(article.id.clone()) {
                continue;
            }
            let count = next.entry(article.id.clone()).or_insert(1);
            let new = loop {
                *count += 1;
                let new = format!("{}#{count}", article.id);
                if taken.insert(new.clone()) {
                    break new;
                }
            };
            let reason = format!("the id {} is taken: this article is {new}", article.id);
            let warning = Warning::file(path, reason).advise("give each article an id of its own");
            self.pile.warnings.push(warning);
            seen.insert(new.clone());
            article.id = new;
        }
    }
}

/// What follows the file's name in an id made of it (`:12`); None for an id of its own.
fn by_file<'a>(id: &'a str, path: &str) -> Option<&'a str> {
    let rest = id.strip_prefix(file_name(path))?;
    let line = rest.strip_prefix(':').is_some_and(|l| l.bytes().all(|b| b.is_ascii_digit()));
    (rest.is_empty() || line).then_some(rest)
}

fn parts(path: &str) -> usize {
    path.split(['/', '\\']).filter(|p| !p.is_empty()).count()
}

fn last_parts(path: &str, n: usize) -> String {
    let all: Vec<&str> = path.split(['/', '\\']).filter(|p| !p.is_empty()).collect();
    all[all.len().saturating_sub(n)..].join("/")
}
