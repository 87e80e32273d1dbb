//! Reading files: formats, packings, encodings, and everything that can be wrong with them.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use recoupe::article::{Article, BlockKind};
use recoupe::read::{self, Options, Pile};

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("recoupe-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn path(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn read_all(paths: &[&str]) -> Pile {
    let paths: Vec<String> = paths.iter().map(|p| (*p).to_owned()).collect();
    read::paths(&paths, &Options::default(), std::io::empty(), &mut |_| {})
}

fn read_bytes(name: &str, bytes: &[u8]) -> (Vec<Article>, String) {
    read_limited(name, bytes, &Options::default())
}

fn read_limited(name: &str, bytes: &[u8], options: &Options) -> (Vec<Article>, String) {
    let read = read::bytes(name, bytes, options);
    let warnings: Vec<_> = read.warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.iter().all(|w| !w.contains('\n')), "{warnings:?}");
    (read.value, warnings.join("\n"))
}

fn ids(pile: &Pile) -> Vec<&str> {
    pile.articles.iter().map(|a| a.id.as_str()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(0);
    let mut out = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

const TEXT: &str =
    "Le pont a cédé samedi, a dit le maire.\r\n\r\nLa vallée est coupée du monde.\r\n";
const LINE: &str = "{\"id\": \"a\", \"text\": \"Le pont a cédé samedi.\"}\n";

// Formats ---------------------------------------------------------------------------------

#[test]
fn a_plain_text_is_itself() {
    let (articles, warnings) = read_bytes("dir/a.txt", TEXT.as_bytes());
    assert_eq!((articles[0].id.as_str(), articles[0].text.as_str()), ("a.txt", TEXT));
    assert_eq!(articles[0].blocks.len(), 2);
    assert_eq!(warnings, "");
}

#[test]
fn every_field_of_a_line_is_kept() {
    let line = r#"{"id": 7, "text": "Le pont a cédé.", "title": "Un pont", "outlet": "La Vallée",
        "url": "https://example.org/a", "published": "2017-11-09T23:30:00+01:00", "lang": "fr-FR",
        "authors": ["Jeanne Dupuis", {"name": "Paul Roux"}], "credit": "AFP", "story": 3}"#;
    let (articles, warnings) = read_bytes("a.jsonl", line.replace('\n', " ").as_bytes());
    let a = &articles[0];
    assert_eq!(warnings, "");
    assert_eq!(a.id, "7");
    assert_eq!(a.title.as_deref(), Some("Un pont"));
    assert_eq!(a.outlet.as_deref(), Some("La Vallée"));
    assert_eq!(a.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(a.published.map(|d| d.to_string()).as_deref(), Some("2017-11-09"));
    assert_eq!(a.lang.as_deref(), Some("fr"));
    assert_eq!(a.authors, ["Jeanne Dupuis", "Paul Roux"]);
    assert_eq!(a.credit.as_deref(), Some("AFP"));
    assert_eq!(a.topic.as_deref(), Some("3"));
}

#[test]
fn the_names_that_passim_and_news_please_use_are_read() {
    for (line, outlet, day) in [
        (
            r#"{"id":"a","series":"gazette","date":"1887-03-02","text":"x y"}"#,
            "gazette",
            "1887-03-02",
        ),
        (
            r#"{"maintext":"x y","source_domain":"example.org","date_publish":"2020-01-02 03:04:05",
               "authors":"Jane Doe","language":"en","description":"d"}"#,
            "example.org",
            "2020-01-02",
        ),
    ] {
        let (articles, warnings) = read_bytes("a.jsonl", line.replace('\n', " ").as_bytes());
        assert_eq!(warnings, "");
        assert_eq!(articles[0].outlet.as_deref(), Some(outlet));
        assert_eq!(articles[0].published.map(|d| d.to_string()).as_deref(), Some(day));
    }
}

#[test]
fn json_in_any_shape_gives_its_articles() {
    let (a, b) = (r#"{"id":"a","text":"x"}"#, r#"{"id":"b","text":"y"}"#);
    for shape in [
        format!("{a}\n{b}\n"),
        format!("{a}\r\n\r\n{b}"),
        format!("\u{feff}{a}\n{b}\n"),
        format!("[{a},\n{b}]"),
        format!("[\n  {a},\n  {b}\n]\n"),
        format!("{}\n{}\n", a.replace(',', ",\n"), b.replace(':', ":\n")),
    ] {
        let (articles, warnings) = read_bytes("x", shape.as_bytes());
        assert_eq!(warnings, "", "{shape}");
        assert_eq!(
            articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(),
            ["a", "b"],
            "{shape}"
        );
    }
    let utf16: Vec<u8> =
        format!("\u{feff}{a}\n{b}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes("x", &utf16).0.len(), 2);
}

#[test]
fn a_bad_line_costs_itself_alone() {
    let lines = format!(
        "{LINE}not json\n\n{{\"id\": \"b\"}}\n[1]\n{{\"text\": \"  \"}}\n{{\"text\": [1]}}\n\
         {{\"text\": \"ok\", \"published\": \"2017-11\"}}\n"
    );
    let (articles, warnings) = read_bytes("p/a.jsonl", lines.as_bytes());
    let ids: Vec<_> = articles.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["a", "a.jsonl:8"]);
    for (line, said) in [
        (2, "not a JSON article"),
        (4, "\"text\" is missing"),
        (5, "not a JSON article"),
        (6, "\"text\" is empty"),
        (7, "\"text\" is not a string"),
        (8, "\"2017-11\" is not a day"),
    ] {
        let start = format!("p/a.jsonl, line {line}: ");
        let line = warnings.lines().find(|w| w.starts_with(&start)).unwrap_or_default();
        assert!(line.contains(said), "{start}{said}\n{warnings}");
    }
    assert_eq!(warnings.lines().count(), 6);
}

#[test]
fn a_text_is_a_string() {
    let lines = format!("{LINE}{{\"id\": 5, \"text\": 12}}\n{{\"id\": 6, \"text\": -1.5}}\n");
    let (articles, warnings) = read_bytes("p/a.jsonl", lines.as_bytes());
    assert_eq!(articles.len(), 1);
    for line in [2, 3] {
        let said = format!("p/a.jsonl, line {line}: \"text\" is not a string");
        assert!(warnings.contains(&said), "{warnings}");
    }
}

#[test]
fn a_first_line_without_end_is_no_title() {
    let long = format!("{}\n\nLe pont a cédé samedi, a dit le maire.\n", "a".repeat(5_000));
    let (articles, _) = read_bytes("a.txt", long.as_bytes());
    assert!(articles[0].blocks.iter().all(|b| b.kind != BlockKind::Title));
}

#[test]
fn a_headline_alone_is_an_article() {
    let lines = "{\"id\": \"a\", \"title\": \"Le pont de Vara cède\", \"text\": \"\"}\n\
                 {\"id\": \"b\", \"title\": \" \", \"text\": \"\"}\n\
                 {\"id\": \"c\", \"title\": \"—\", \"text\": \" \"}\n\
                 {\"id\": \"d\", \"title\": \"Deux morts\", \"text\": \" \\n\"}\n";
    let (articles, warnings) = read_bytes("a.jsonl", lines.as_bytes());
    let read: Vec<_> = articles.iter().map(|a| (a.title.as_deref(), a.text.as_str())).collect();
    assert_eq!(read, [(Some("Le pont de Vara cède"), ""), (Some("Deux morts"), "")]);
    assert_eq!(warnings.lines().count(), 2, "{warnings}");
    assert!(warnings.lines().all(|w| w.contains("\"text\" is empty")), "{warnings}");
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="fr"><head><title>Un pont cède - La Vallée</title>
<meta property="og:title" content="Un pont cède"><meta property="og:site_name" content="La Vallée">
<link rel="canonical" href="https://example.org/pont">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "NewsArticle", "headline": "Un pont c&egrave;de", "datePublished": "2017-11-09T08:00:00+01:00",
  "author": [{"@type": "Person", "name": "Jeanne Dupuis"}], "publisher": {"name": "La Vallée"},
  "creditText": "AFP", "inLanguage": "fr-FR"}]}</script>
<script>var x = "<p>rien</p>";</script></head><body><nav><a href="/">Accueil</a></nav><article>
<h1>Un pont cède</h1>
<p>Le pont de la vallée a cédé samedi dans la nuit, a annoncé le maire de la commune, sans faire de victime.</p>
<h2>Une vallée isolée</h2>
<p>Les secours sont venus par les airs, a dit le préfet, qui a promis un pont provisoire avant la fin du mois.</p>
<p>À lire aussi : la crue de mars</p>
<p>La route, seule voie vers les villages du haut, restera fermée tout l'hiver, ont prévenu les services du département.</p>
</article><footer>Mentions légales</footer></body></html>"#;

#[test]
fn a_short_page_keeps_its_paragraphs() {
    let page = r#"<!DOCTYPE html><html lang="fr"><head><title>Le pont rouvre - Le Fil</title></head>
<body><nav><a href="/">Accueil</a></nav><main><article><h1>Le pont de Varsan rouvre</h1>
<p>Le pont de <b>Varsan</b> a rouvert mardi, a annoncé la mairie.</p>
<p>Selon la préfecture,<br>300 camions y passeront.</p></article></main></body></html>"#;
    let (articles, warnings) = read_bytes("pont.html", page.as_bytes());
    assert!(warnings.is_empty());
    let lines: Vec<&str> = articles[0].text.split("\n\n").collect();
    assert_eq!(
        lines,
        [
            "Le pont de Varsan a rouvert mardi, a annoncé la mairie.",
            "Selon la préfecture,\n300 camions y passeront."
        ]
    );
}

#[test]
fn a_page_is_read_with_what_it_says_of_itself() {
    let (articles, warnings) = read_bytes("pont.html", PAGE.as_bytes());
    assert_eq!(warnings, "");
    let a = &articles[0];
    assert_eq!((a.id.as_str(), a.title.as_deref()), ("pont.html", Some("Un pont cède")));
    assert_eq!(a.published.map(|d| d.to_string()).as_deref(), Some("2017-11-09"));
    assert_eq!(a.outlet.as_deref(), Some("La Vallée"));
    assert_eq!(a.authors, ["Jeanne Dupuis"]);
    assert_eq!((a.credit.as_deref(), a.lang.as_deref()), (Some("AFP"), Some("fr")));
    assert_eq!(a.url.as_deref(), Some("https://example.org/pont"));
    assert!(a.text.contains("commune, sans faire de victime.\n\n"), "{}", a.text);
    assert!(!a.text.contains("Mentions") && !a.text.contains("rien"), "{}", a.text);
    let kind_of = |words: &str| a.kind_at(a.text.find(words).unwrap() as u32);
    assert_eq!(kind_of("Une vallée isolée"), BlockKind::Title);
    assert_eq!(kind_of("À lire aussi"), BlockKind::Links);
    assert_eq!(kind_of("La route"), BlockKind::Body);
}

#[test]
fn what_is_not_read_is_named() {
    for (bytes, said) in [
        (&b"%PDF-1.7\n%\xe2\xe3"[..], "a PDF"),
        (b"PK\x03\x04\x14\0", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image"),
        (b"WARC/1.1\r\nWARC-Type: response\r\n", "a WARC archive"),
        (b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>", "an RSS feed"),
        (b"<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>", "an Atom feed"),
        (b"<?xml version=\"1.0\"?><newsItem/>", "a NewsML-G2 item"),
        (b"<?xml version=\"1.0\"?><other/>", "an XML document"),
        (b"some\0bytes\x01\x02", "a binary file"),
        (b"", "empty file"),
        (b" \r\n\t\n", "nothing but white space"),
    ] {
        let (articles, warnings) = read_bytes("x", bytes);
        assert!(articles.is_empty());
        assert!(warnings.starts_with(&format!("x: {said}")), "{said}: {warnings}");
    }
}

// Packings --------------------------------------------------------------------------------

#[test]
fn packed_files_are_read_member_after_member() {
    for pack in [gzip, xz, zstd] {
        let two = [pack(LINE.as_bytes()), pack(LINE.replace("\"a\"", "\"b\"").as_bytes())].concat();
        let (articles, warnings) = read_bytes("x.jsonl", &two);
        assert_eq!(warnings, "");
        assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(read_bytes("a.txt", &pack(TEXT.as_bytes())).0[0].text, TEXT);
    }
    let skippable = [&b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd(TEXT.as_bytes())].concat();
    assert_eq!(read_bytes("a.txt", &skippable).0[0].text, TEXT);
}

#[test]
fn a_damaged_pack_keeps_the_lines_before_the_damage() {
    // Numbers that pack badly: a decoder gives what it has by the block.
    let number = |i: u64| (i * i).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let line =
        |i| format!("{{\"id\": \"{:x}{:x}\", \"text\": \"{:x}\"}}\n", number(i), i, number(i + 1));
    let lines: String = (0..20_000).map(line).collect();
    for (name, pack) in [("gzip", gzip as fn(&[u8]) -> Vec<u8>), ("xz", xz), ("zstd", zstd)] {
        let packed = pack(lines.as_bytes());
        let (articles, warnings) = read_bytes("x.jsonl", &packed[..packed.len() * 3 / 4]);
        let kept = articles.len();
        assert!((1..20_000).contains(&kept), "{name}: {kept} {warnings}");
        assert!(warnings.contains("cannot be read further"), "{warnings}");
    }
    for pack in [gzip, xz, zstd] {
        let packed = pack(TEXT.as_bytes());
        let (articles, warnings) = read_bytes("x.txt", &packed[..12]);
        assert!(articles.is_empty() && warnings.contains("cannot be"), "{warnings}");
    }
}

#[test]
fn a_bomb_is_stopped_at_the_limit() {
    let line = format!("{{\"text\": \"{}\"}}\n", "a".repeat(4000));
    let lines = line.repeat(2000);
    let options = Options { unpacked_bytes: 1 << 20, ..Options::default() };
    for pack in [gzip, xz, zstd] {
        let (articles, warnings) = read_limited("x", &pack(lines.as_bytes()), &options);
        assert!((200..300).contains(&articles.len()), "{}", articles.len());
        assert!(warnings.contains("unpacks to more than 1 MiB"), "{warnings}");
        let (articles, warnings) = read_limited("x", &pack(&vec![0; 8 << 20]), &options);
        assert!(articles.is_empty() && warnings.contains("binary"), "{warnings}");
    }
    let options = Options { text_bytes: 1 << 20, ..Options::default() };
    for pack in [gzip, xz, zstd] {
        let (articles, warnings) = read_limited("x", &pack(&vec![b'a'; 8 << 20]), &options);
        assert!(articles.is_empty() && warnings.contains("longer than 1 MiB"), "{warnings}");
    }
}

#[test]
fn a_dictionary_over_the_limit_is_refused() {
    let options = Options { window_bytes: 64 << 10, ..Options::default() };
    let (articles, warnings) = read_limited("x.xz", &xz(TEXT.as_bytes()), &options);
    assert!(articles.is_empty() && warnings.contains("cannot be unpacked as xz"), "{warnings}");
}

// Hostile input ---------------------------------------------------------------------------

#[test]
fn one_line_of_200_mb_is_refused_in_bounded_memory() {
    // A reader makes it, so that the test itself holds nothing.
    let line = std::io::Read::take(std::io::repeat(b'a'), 200 << 20);
    let stdin = std::io::Read::chain(std::io::Cursor::new(LINE), line);
    let stdin = std::io::Read::chain(stdin, std::io::Cursor::new(format!("\n{LINE}")));
    let pile = read::paths(&["-".to_owned()], &Options::default(), stdin, &mut |_| {});
    assert_eq!(ids(&pile), ["a", "a#2"]);
    assert!(pile.warnings[0].to_string().starts_with("-, line 2: line longer than 32 MiB"));
    let folder = Folder::new("long");
    let path = folder.write("long.txt", vec![b'a'; (16 << 20) + 1]);
    let pile = read_all(&[&path]);
    assert!(pile.articles.is_empty());
    assert!(pile.warnings[0].to_string().contains("longer than 16 MiB"), "{:?}", pile.warnings);
}

#[test]
fn deep_and_unclosed_pages_neither_overflow_nor_hang() {
    let p = "<p>Le pont de la vallée a cédé samedi dans la nuit, a annoncé le maire de la commune.";
    for (name, body) in [
        ("nested", format!("{}{p}", "<div>".repeat(100_000))),
        ("formatted", format!("{}{p}", "<b><i>".repeat(50_000))),
        ("tables", format!("{}{p}", "<table><tr><td>".repeat(30_000))),
        ("lists", format!("{}{p}", "<ul><li>".repeat(30_000))),
        ("quotes", format!("{}{p}", "<blockquote>".repeat(50_000))),
        ("custom", format!("{}{p}", "<a-b>".repeat(50_000))),
        ("links", format!("{}{p}", "<a href=x>".repeat(20_000))),
        ("unclosed", p.repeat(2000)),
        ("comment", format!("{p}<!-- {}", "-".repeat(100_000))),
        ("tag", format!("{p}<div {}", "a=\"".repeat(30_000))),
        ("script", format!("{p}<script>{}", "<script>".repeat(30_000))),
        ("closing", format!("{p}{}", "</div>".repeat(100_000))),
        ("entities", format!("{p}{}", "&amp".repeat(100_000))),
        ("open tags", format!("{p}{}", "<".repeat(100_000))),
        ("cells", format!("<table>{}", "<tr><td>a b".repeat(30_000))),
        ("items", format!("<ul>{}", "<li>Le pont a cédé.".repeat(30_000))),
        ("breaks", format!("<p>{}", "Le pont a cédé.<br>".repeat(30_000))),
        ("anchors", format!("<p>{}", "<a href=x>Le pont</a> a cédé. ".repeat(30_000))),
        ("divs", "<div>Le pont a cédé.</div>".repeat(30_000)),
        ("spans", "<span>Le pont a cédé.</span>".repeat(30_000)),
        ("headings", "<h2>Le pont a cédé.</h2>".repeat(30_000)),
        ("svg", format!("{}{p}", "<svg><foreignObject>".repeat(30_000))),
    ] {
        let start = std::time::Instant::now();
        let page = format!("<!DOCTYPE html><html><body><article>{body}");
        let (articles, _) = read_bytes("x.html", page.as_bytes());
        assert!(articles.len() <= 1);
        let seconds = start.elapsed().as_secs_f64();
        println!("{name}: {seconds:.2} s, {} articles", articles.len());
        assert!(seconds < 60.0, "{name}: {seconds}");
    }
}

#[test]
fn deep_json_is_a_warning() {
    let deep = "[".repeat(200_000);
    for line in [
        format!("{{\"text\": {deep}"),
        format!("{{\"x\": {deep}"),
        format!("{{\"text\": \"x\", \"authors\": {deep}{}}}", "]".repeat(200_000)),
    ] {
        let (read, warnings) = read_bytes("x.jsonl", format!("{LINE}{line}\n").as_bytes());
        assert_eq!(read.len(), 1, "{warnings}");
        assert!(warnings.starts_with("x.jsonl, line 2: not a JSON article"), "{warnings}");
    }
    let (read, warnings) = read_bytes("x.json", format!("[{{\"text\": {deep}").as_bytes());
    assert!(read.is_empty() && !warnings.is_empty());
}

#[test]
fn invalid_utf8_in_a_line_is_placed() {
    let mut bytes = LINE.repeat(2).into_bytes();
    let at = bytes.len() - 5;
    bytes[at] = 0xff;
    let (articles, warnings) = read_bytes("x.jsonl", &bytes);
    assert_eq!(articles.len(), 2);
    assert!(warnings.starts_with("x.jsonl, line 2: invalid UTF-8"), "{warnings}");
}

// Paths -----------------------------------------------------------------------------------

#[test]
fn a_folder_is_walked_in_order_without_hidden_files() {
    let folder = Folder::new("walk");
    for name in ["b.txt", "a/2.txt", "a/1.txt", ".hidden.txt", ".git/c.txt", "c.jsonl"] {
        folder.write(name, if name.ends_with("jsonl") { LINE } else { TEXT });
    }
    let pile = read_all(&[&folder.path()]);
    assert_eq!(ids(&pile), ["1.txt", "2.txt", "b.txt", "a"]);
    assert_eq!(pile.warnings, []);
    assert_eq!(pile.inputs.len(), 4);
    assert!(pile.inputs[0].path.ends_with("1.txt"));
    // The same file by another way is read once.
    let again = read_all(&[&folder.path(), &format!("{}/*.txt", folder.path())]);
    assert_eq!(again.articles, pile.articles);
    assert_eq!(again.warnings, []);
    let globbed = read_all(&[&format!("{}/**/*.txt", folder.path())]);
    assert_eq!(ids(&globbed), ["1.txt", "2.txt", "b.txt"]);
}

#[test]
fn an_input_has_the_hash_of_its_bytes() {
    let folder = Folder::new("hash");
    let path = folder.write("abc.txt", "abc");
    let long = folder.write("long.bin", [b"\0".as_slice(), &[b'a'; 200_000]].concat());
    let pile = read_all(&[&path, &long]);
    // FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(pile.inputs[0].sha256, abc);
    assert_eq!(pile.inputs[0].path, path);
    // The whole file is hashed though only its head was read.
    let other = folder.write("long2.bin", [b"\0".as_slice(), &[b'a'; 200_001]].concat());
    assert_ne!(pile.inputs[1].sha256, read_all(&[&other]).inputs[0].sha256);
}

#[test]
fn ids_are_made_unique() {
    let folder = Folder::new("ids");
    for path in ["x/a.txt", "y/a.txt", "y/z/a.txt", "x/b.jsonl", "y/b.jsonl"] {
        folder.write(path, if path.ends_with("jsonl") { "{\"text\": \"x\"}\n" } else { TEXT });
    }
    let pile = read_all(&[&folder.path()]);
    assert_eq!(ids(&pile), ["x/a.txt", "x/b.jsonl:1", "y/a.txt", "y/b.jsonl:1", "z/a.txt"]);
    assert_eq!(pile.warnings, []);
    let path = folder.write("same.jsonl", LINE.repeat(3));
    let pile = read_all(&[&path]);
    assert_eq!(ids(&pile), ["a", "a#2", "a#3"]);
    assert!(pile.warnings[0].to_string().contains("the id a is taken: this article is a#2"));
}

#[test]
fn what_cannot_be_read_is_a_warning_and_the_rest_goes_on() {
    let folder = Folder::new("bad");
    let good = folder.write("good.txt", TEXT);
    let missing = format!("{}/missing.txt", folder.path());
    let pattern = format!("{}/*.none", folder.path());
    let empty = folder.path() + "/empty";
    fs::create_dir(&empty).unwrap();
    let pile = read_all(&[&missing, &pattern, "a[", &empty, &good]);
    assert_eq!(ids(&pile), ["good.txt"]);
    let said: Vec<_> = pile.warnings.iter().map(|w| w.reason.as_str()).collect();
    assert_eq!(said[0], "no such file or folder");
    assert_eq!(said[1], "matches no file");
    assert!(said[2].starts_with("not a pattern"));
    assert_eq!(said[3], "no file to read in this folder");
}

#[cfg(unix)]
#[test]
fn links_that_loop_are_not_followed() {
    let folder = Folder::new("loop");
    folder.write("a/a.txt", TEXT);
    let link = |to: &Path, at: &str| std::os::unix::fs::symlink(to, folder.0.join(at)).unwrap();
    link(&folder.0, "a/up");
    link(&folder.0.join("self"), "self");
    let pile = read_all(&[&folder.path()]);
    assert_eq!(ids(&pile), ["a.txt"]);
    let said: Vec<_> = pile.warnings.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|w| w.contains("a link to a folder that holds it")), "{said:?}");
    assert_eq!(said.len(), 2, "{said:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("closed");
    let path = folder.write("closed.txt", TEXT);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::File::open(&path).is_ok() {
        return; // root reads everything
    }
    let pile = read_all(&[&path]);
    assert!(pile.warnings[0].to_string().contains("cannot be opened"), "{:?}", pile.warnings);
}

#[test]
fn the_language_that_the_user_says_is_over_the_files() {
    let options = Options { lang: Some("fr".to_owned()), ..Options::default() };
    let line = LINE.replace('{', "{\"lang\": \"en\", ");
    assert_eq!(read_limited("x", line.as_bytes(), &options).0[0].lang.as_deref(), Some("fr"));
}

#[test]
fn progress_counts_the_files() {
    let folder = Folder::new("progress");
    for i in 0..300 {
        folder.write(&format!("{i:03}.txt"), TEXT);
    }
    let mut seen = Vec::new();
    let path = [folder.path()];
    let tell = &mut |p: read::Progress| seen.push(p.done);
    let pile = read::paths(&path, &Options::default(), std::io::empty(), tell);
    assert_eq!(pile.articles.len(), 300);
    assert!(pile.articles.is_sorted_by_key(|a| a.id.clone()));
    assert_eq!(seen.last(), Some(&300));
}

// Properties ------------------------------------------------------------------------------

fn covered(article: &Article) {
    let mut at = 0;
    for block in &article.blocks {
        assert!(block.span.start as usize >= at && !block.span.is_empty());
        assert!(article.text[at..block.span.start as usize].trim().is_empty());
        at = block.span.end as usize;
    }
    assert!(article.text[at..].trim().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_bytes("x", &bytes).0.iter().for_each(covered);
    }

    #[test]
    fn any_bytes_after_a_magic_number_are_read_or_refused(
        magic in prop::sample::select(vec![
            &b"\x1f\x8b\x08\0"[..], b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46", b"\x28\xb5\x2f\xfd",
            b"\x50\x2a\x4d\x18", b"{\"text\":", b"[{\"text\":", b"<!DOCTYPE html><p>", b"\xff\xfe",
            b"\xfe\xff", b"\xef\xbb\xbf",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        read_bytes("x", &[magic, &bytes].concat()).0.iter().for_each(covered);
    }

    #[test]
    fn damaged_packs_are_read_or_refused(at in 0usize..200, to in any::<u8>()) {
        for pack in [gzip, xz, zstd] {
            let mut packed = pack(LINE.repeat(50).as_bytes());
            let at = at % packed.len();
            packed[at] = to;
            read_bytes("x.jsonl", &packed).0.iter().for_each(covered);
        }
    }

    #[test]
    fn any_text_is_unchanged(text in "[^\u{feff}\u{0}-\u{8}\u{e}-\u{1f}<{\\[%]{1,200}") {
        let (articles, _) = read_bytes("x.txt", text.as_bytes());
        if !text.trim().is_empty() && !articles.is_empty() {
            prop_assert_eq!(&articles[0].text, &text);
        }
    }

    #[test]
    fn pages_of_tags_are_covered(parts in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div>", "</div>", "<h2>", "<a href=x>", "</a>", "<br>", "<table>", "<td>",
        "Le pont a cédé samedi.", " PARIS (AFP) - ", "<!--", "-->", "<script>", "</script>", "<",
        "&amp;", "\u{a0}", "<figure>", "<figcaption>", "<ul><li>", "<svg>", "<b>", "</b>", "\"",
    ]), 0..40)) {
        let page = format!("<html><body>{}", parts.concat());
        read_bytes("x.html", page.as_bytes()).0.iter().for_each(covered);
    }
}
