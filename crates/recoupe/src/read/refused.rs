//! What is recognised and not read: named, with what to do, rather than read as noise.

/// What the first bytes of a file are, when it is nothing that is read: its kind, and advice.
pub(super) fn binary(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let known = MAGIC
        .iter()
        .find(|(at, magic, _, _)| head.get(*at..at + magic.len()).is_some_and(|b| b == *magic));
    if let Some((_, _, kind, advice)) = known {
        return Some((kind, advice));
    }
    let control = |b: &&u8| **b < 0x20 && !b"\t\n\r\x0b\x0c\x1b\x08".contains(b);
    let controls = head.iter().filter(control).count();
    (head.contains(&0) || controls * 20 > head.len())
        .then_some(("a binary file", "recoupe reads plain text, HTML and JSON Lines"))
}

const TEXT: &str = "save its text as plain text or HTML";
const UNPACK: &str = "unpack it first";

/// Where in a file, which bytes, what the file is, what to do.
const MAGIC: &[(usize, &[u8], &str, &str)] = &[
    (0, b"%PDF-", "a PDF", TEXT),
    (0, b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save as plain text"),
    (0, b"{\\rtf", "an RTF document", TEXT),
    (0, b"\xd0\xcf\x11\xe0", "an office document", TEXT),
    (0, b"\x89PNG", "an image", TEXT),
    (0, b"\xff\xd8\xff", "an image", TEXT),
    (0, b"GIF8", "an image", TEXT),
    (8, b"WEBP", "an image", TEXT),
    (4, b"ftyp", "a video or an image", TEXT),
    (0, b"ID3", "a sound", TEXT),
    (0, b"OggS", "a sound", TEXT),
    (0, b"BZh", "bzip2 data", "unpack it, or pack it with gzip, xz or zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (0, b"Rar!", "a rar archive", UNPACK),
    (257, b"ustar", "a tar archive", UNPACK),
    (0, b"PAR1", "a Parquet file", "export its articles as JSON Lines"),
    (0, b"SQLite format 3", "a database", "export its articles as JSON Lines"),
    (0, b"\x7fELF", "a program", ""),
    (0, b"WARC/", "a WARC archive", "extract its pages as HTML"),
];

/// The kind of XML that a text is, when it is not XHTML.
pub(super) fn xml(head: &str) -> Option<(&'static str, &'static str)> {
    let start = head.trim_start();
    if !start.starts_with('<') {
        return None;
    }
    let kinds = [
        ("<rss", "an RSS feed"),
        ("<rdf:RDF", "an RSS feed"),
        ("<feed", "an Atom feed"),
        ("<newsMessage", "a NewsML-G2 message"),
        ("<newsItem", "a NewsML-G2 item"),
        ("<NewsML", "a NewsML message"),
        ("<nitf", "a NITF article"),
    ];
    let found = kinds.iter().find(|(tag, _)| start.contains(tag)).map(|(_, kind)| *kind);
    let kind = found.or_else(|| start.starts_with("<?xml").then_some("an XML document"))?;
    Some((kind, "give its articles as HTML, plain text or JSON Lines"))
}
