//! Tests of everything this stage prints, on an invented pile.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use scraper::{Html, Selector};
use serde_json::Value as Json;

use super::fixture::{fixture, hostile, in_language, large};
use super::*;
use crate::analyse::Interval;
use crate::article::{Article, Span};
use crate::check::{Aspect, FindingKind, Status};
use crate::lang::PACKS;
use crate::lang::labels::{Terms, term};
use crate::reuse::{Family, Locus, PassageKind};

/// What an article may hold to break out of a page, a script, JSON, Markdown or a table.
const HOSTILE: &str = "</script><img src=x onerror=alert(1)>\" ' & ]]> <!-- \u{2028}\u{202e}gnp\u{0}\r\n=1+1|[a](javascript:b)";

/// Writes the pages to `RECOUPE_PAGES`, when it is set, to be looked at and checked in a
/// browser by `tests/browser/check.py`.
#[test]
fn pages_can_be_written_out() {
    let Some(folder) = std::env::var_os("RECOUPE_PAGES") else { return };
    let folder = std::path::PathBuf::from(folder);
    let pages = [
        ("fr", fixture()),
        ("en", in_language(&crate::lang::en::PACK)),
        ("hostile", hostile(HOSTILE)),
        ("large", large(200, 1000)),
    ];
    for (name, dossier) in pages {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (file, text) in files(&dossier, true) {
            std::fs::write(folder.join(file), text).unwrap();
        }
    }
}

fn file(dossier: &Dossier, name: &str) -> String {
    let found = files(dossier, false).into_iter().find(|(n, _)| *n == name);
    found.unwrap_or_else(|| panic!("no {name}")).1
}

/// A file as a snapshot shows it: JSON spread over lines.
fn shown(dossier: &Dossier, name: &str) -> String {
    let text = file(dossier, name);
    if !name.ends_with(".json") || name.ends_with(".ftm.json") {
        return text.replace("\r\n", "\n");
    }
    let value: Json = serde_json::from_str(&text).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn every_file_prints_as_it_did() {
    for name in FILES.iter().filter(|name| **name != "index.html") {
        insta::assert_snapshot!(name.replace('.', "_"), shown(&fixture(), name));
    }
    let english = in_language(&crate::lang::en::PACK);
    insta::assert_snapshot!("dossier_md_en", shown(&english, "dossier.md"));
}

#[test]
fn files_have_the_contracts_names_and_are_the_same_every_time() {
    let first = files(&fixture(), true);
    let names: Vec<&str> = first.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, FILES);
    assert_eq!(first, files(&fixture(), true));
}

fn piles() -> Vec<Dossier> {
    vec![fixture(), in_language(&crate::lang::en::PACK), hostile(HOSTILE), large(12, 60)]
}

#[test]
fn every_json_file_parses() {
    for (name, text) in piles().iter().flat_map(|pile| files(pile, true)) {
        if name.ends_with(".jsonl") || name.ends_with(".ftm.json") {
            assert!(!text.is_empty(), "{name}");
            for line in text.lines() {
                serde_json::from_str::<Json>(line)
                    .unwrap_or_else(|e| panic!("{name}: {e}: {line}"));
            }
        } else if name.ends_with("json") {
            serde_json::from_str::<Json>(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
    }
}

/// Every object with `start`, `end` and `text` in an article's entry quotes that article.
fn check_spans(value: &Json, text: &[char]) {
    if let (Some(start), Some(end), Some(quoted)) =
        (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
    {
        let slice: String = text[start as usize..end as usize].iter().collect();
        assert_eq!(slice, quoted);
    }
    match value {
        Json::Array(items) => items.iter().for_each(|item| check_spans(item, text)),
        Json::Object(map) => map.values().for_each(|item| check_spans(item, text)),
        _ => {}
    }
}

#[test]
fn offsets_count_code_points() {
    for pile in piles() {
        let dossier: Json = json::dossier(&pile, true);
        for article in dossier["articles"].as_array().unwrap() {
            let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
            check_spans(article, &text);
        }
        let mut ids = BTreeSet::new();
        for line in file(&pile, "annotations.jsonl").lines() {
            let annotation: Json = serde_json::from_str(line).unwrap();
            assert!(ids.insert(annotation["id"].to_string()), "{}", annotation["id"]);
            let [position, quote] = [0, 1].map(|i| &annotation["target"]["selector"][i]);
            let length = position["end"].as_u64().unwrap() - position["start"].as_u64().unwrap();
            assert_eq!(length as usize, quote["exact"].as_str().unwrap().chars().count());
        }
    }
}

#[test]
fn lines_of_the_commands() {
    let pile = fixture();
    let pair = json::pair(&pile.pairs[0], &pile.articles);
    assert_eq!(pair["a"]["article"], "depeche.txt");
    assert_eq!(pair["similarity"], 0.912);
    let place = &pair["b"];
    let text: Vec<char> = pile.articles[2].text.chars().collect();
    let slice: String = text
        [place["start"].as_u64().unwrap() as usize..place["end"].as_u64().unwrap() as usize]
        .iter()
        .collect();
    assert_eq!(slice, pile.words(pile.pairs[0].b));
    let member = json::membership(&pile.articles[3], &pile.stories[0]);
    assert_eq!(member.to_string(), r#"{"id":"herald.txt","story":"s1"}"#);
    let brief = json::brief("s1", &pile.brief, pile.findings.iter(), &pile.articles, pile.lang);
    let open = brief["disputed"].as_array().unwrap();
    let count = pile.findings.iter().filter(|f| f.status.name() == "disputed").count();
    assert!(count > 0 && open.len() == count, "{open:?}");
    assert!(open.iter().all(|f| {
        f["versions"].as_array().unwrap().iter().all(|v| !v["cites"].as_array().unwrap().is_empty())
    }));
    assert_eq!(brief["cites"].as_array().unwrap().len(), 3);
    assert!(brief["text"].as_str().unwrap().ends_with("selon les pompiers."));
}

#[test]
fn text_is_left_out_unless_asked_for() {
    let without = json::dossier(&fixture(), false);
    let with = json::dossier(&fixture(), true);
    assert!(without["articles"][0].get("text").is_none());
    assert!(with["articles"][0]["text"].as_str().unwrap().starts_with("La digue"));
    let keys: Vec<&String> = with["articles"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys[..6], ["id", "lang", "title", "outlet", "text", "published"]);
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

#[test]
fn page_is_well_made() {
    for pile in piles() {
        let source = file(&pile, "index.html");
        let page = Html::parse_document(&source);
        check_headings(&page);
        check_links(&page);
        check_nothing_runs(&page);
        for label in all(&page, "label[for], [aria-labelledby]") {
            let value = label.value();
            let id = value.attr("for").or(value.attr("aria-labelledby")).unwrap();
            assert_eq!(all(&page, &format!("[id='{id}']")).len(), 1, "{id}");
        }
    }
}

fn check_headings(page: &Html) {
    let levels: Vec<u8> = all(page, "h1, h2, h3, h4, h5, h6")
        .iter()
        .map(|h| h.value().name().as_bytes()[1] - b'0')
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels[0], 1);
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "h{} after h{}", pair[1], pair[0]);
    }
}

fn check_links(page: &Html) {
    let mut ids = BTreeSet::new();
    for element in all(page, "[id]") {
        let id = element.value().id().unwrap();
        assert!(ids.insert(id), "two elements have the id {id}");
    }
    for link in all(page, "a") {
        let href = link.value().attr("href").unwrap_or_else(|| panic!("{}", link.html()));
        let known = match href.strip_prefix('#') {
            Some(id) => ids.contains(id),
            None if link.value().classes().any(|c| c == "out") => href.starts_with("https://"),
            None => FILES.contains(&href),
        };
        assert!(known, "{href}");
        let named = link.value().attr("aria-label").is_some()
            || !link.text().collect::<String>().trim().is_empty();
        assert!(named, "a link without a name: {}", link.html());
    }
}

/// No request, no handler, no style attribute, no element that loads: nothing that the policy
/// would have to stop.
fn check_nothing_runs(page: &Html) {
    let loading = "img, iframe, object, embed, video, audio, source, base, form[action], [src], \
                   [srcset], link[rel=stylesheet], script[src], image, use, foreignObject, [style]";
    assert_eq!(all(page, loading).len(), 0);
    for element in all(page, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}");
            assert!(!value.trim_start().to_ascii_lowercase().starts_with("javascript:"), "{value}");
        }
    }
    let scripts = all(page, "script");
    assert_eq!(scripts.len(), 1);
    let script: String = scripts[0].text().collect();
    assert_eq!(script, include_str!("html/page.js"));
    let policy = all(page, "meta[http-equiv=Content-Security-Policy]");
    let policy = policy[0].value().attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains(&html::hash(&script)));
}

#[test]
fn no_element_has_an_attribute_twice() {
    // A parser drops the second one without a word.
    for tag in file(&fixture(), "index.html").split('<').filter(|t| !t.starts_with(['/', '!'])) {
        let open = tag.split('>').next().unwrap_or_default();
        for name in [" class=\"", " id=\"", " href=\"", " title=\""] {
            assert!(open.matches(name).count() <= 1, "{open}");
        }
    }
}

/// The text nodes of the reading view, article by article.
fn reading(pile: &Dossier) -> Vec<String> {
    let page = Html::parse_document(&file(pile, "index.html"));
    all(&page, ".doc .text").iter().map(|text| text.text().collect()).collect()
}

#[test]
fn the_reading_view_holds_each_text_as_it_is() {
    for pile in piles() {
        let texts: Vec<String> =
            pile.articles.iter().map(|a| a.text.replace('\0', "\u{fffd}")).collect();
        assert_eq!(reading(&pile), texts);
    }
}

#[test]
fn hostile_text_stays_text() {
    let page = file(&hostile(HOSTILE), "index.html");
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
    assert_eq!(page.matches("<img").count(), 0);
    assert_eq!(page.matches("<!--").count(), 0);
    assert!(!page.contains("href=\"javascript:"));
    let markdown = file(&hostile(HOSTILE), "dossier.md");
    assert!(!markdown.contains("<img") && !markdown.contains("[a]("), "{markdown}");
    let timeline = file(&hostile(HOSTILE), "timeline.json");
    assert!(!timeline.contains("<img"), "{timeline}");
}

/// Rows of an RFC 4180 table.
fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = table.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn tables_are_rectangular_and_hold_no_formula() {
    for words in [HOSTILE, "=1+1", "+1", "-1", "@a", "\t=1", "＝1", "a \"b\", c\r\nd"] {
        let pile = hostile(words);
        for name in ["findings.csv", "statements.csv", "figures.csv", "events.csv"] {
            let table = file(&pile, name);
            let rows = rows(&table);
            assert_eq!(rows.len(), 2, "{name}: {table}");
            assert_eq!(rows[0].len(), rows[1].len(), "{name}");
            for cell in &rows[1] {
                assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '\t']), "{name}: {cell}");
            }
        }
    }
}

#[test]
fn a_finding_keeps_its_address_when_others_come_and_go() {
    let pile = fixture();
    let anchors = |pile: &Dossier| -> BTreeMap<String, String> {
        let view = View::new(pile);
        let of = |(i, f): (usize, &crate::check::Finding)| {
            (pile.words(f.text).to_string(), view.anchor(i).to_string())
        };
        pile.findings.iter().enumerate().map(of).collect()
    };
    let before = anchors(&pile);
    let mut other = pile.clone();
    other.findings.reverse();
    other.findings.pop();
    for (i, f) in other.findings.iter_mut().enumerate() {
        f.id = format!("f{}", i + 40);
        f.status = Status::Disputed;
    }
    other.timeline.clear();
    for (words, anchor) in anchors(&other) {
        assert_eq!(before[&words], anchor, "{words}");
    }
    let pattern = |a: &&String| a.len() == 12 && a[2..].bytes().all(|b| b.is_ascii_hexdigit());
    assert!(before.values().filter(pattern).count() == before.len(), "{before:?}");
}

#[test]
fn two_findings_of_the_same_words_have_two_addresses() {
    let mut pile = fixture();
    let twin = pile.findings[0].clone();
    pile.findings.push(twin);
    let view = View::new(&pile);
    let last = pile.findings.len() - 1;
    assert_eq!(view.anchor(last), format!("{}-2", view.anchor(0)));
}

#[test]
fn a_new_heading_keeps_the_old_address() {
    let pile = fixture();
    let (i, f) = pile
        .findings
        .iter()
        .enumerate()
        .find(|(_, f)| f.values.iter().flat_map(|v| &v.supports).any(|s| s.place == f.text))
        .unwrap();
    let old = View::new(&pile).anchor(i).to_string();
    let mut later = pile.clone();
    let supports = f.values.iter().flat_map(|v| &v.supports);
    let differs = |s: &&crate::check::Support| pile.words(s.place) != pile.words(f.text);
    later.findings[i].text = supports.into_iter().find(differs).unwrap().place;
    let view = View::new(&later);
    assert_ne!(view.anchor(i), old);
    assert!(view.aliases(i).contains(&old));
}

#[test]
fn an_article_shares_what_its_families_and_pairs_say() {
    let pile = fixture();
    let view = View::new(&pile);
    let found = view.likenesses();
    assert_eq!(found.articles.len(), pile.articles.len());
    for (i, likeness) in found.articles.iter().enumerate() {
        let paired = pile.pairs.iter().any(|p| [p.a.article, p.b.article].contains(&(i as u32)));
        assert_eq!(paired, !likeness.with.is_empty(), "article {i}");
        for other in &likeness.with {
            assert!(other.share > 0.0 && other.share <= 1.0 && other.article as usize != i);
        }
        for s in &likeness.sentences {
            assert!(s.copied <= s.words, "{s:?}");
        }
    }
    for (family, changes) in pile.families.iter().zip(&found.changes) {
        assert_eq!(family.places.len(), changes.len());
        for (at, change) in family.places.iter().zip(changes) {
            let Some(change) = change else { continue };
            assert_ne!(family.kind, PassageKind::Verbatim);
            assert_ne!(change.against.article, at.article);
            let (here, there) = (pile.words(*at), pile.words(change.against));
            for span in &change.new {
                let words = span.of(&pile.articles[at.article as usize].text);
                assert!(here.contains(words), "{words}");
            }
            for (place, gone) in &change.gone {
                assert!(there.contains(pile.words(*gone)));
                assert!(at.span.start <= *place && *place <= at.span.end);
            }
        }
    }
}

#[test]
fn references_are_sound_whatever_an_article_says() {
    for words in [HOSTILE, "}, author = {x", "\\input{/etc/passwd}", "100 % & #1_a~^$", "{{{"] {
        let mut pile = hostile(words);
        pile.articles[0].authors = vec![words.into(), words.into()];
        pile.articles[0].url = Some(format!("https://a.example/{words}"));
        let twin = pile.articles[0].clone();
        pile.articles.push(twin);
        let copy = pile.analyses[0].clone();
        pile.analyses.push(copy);
        let file = file(&pile, "articles.bib");
        let mut depth = 0i32;
        for c in file.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            assert!(depth >= 0, "{file}");
        }
        assert_eq!(depth, 0, "{file}");
        let keys: BTreeSet<&str> = file.lines().filter(|l| l.starts_with('@')).collect();
        assert_eq!(keys.len(), 2, "{file}");
        assert!(!file.contains("\\input"), "{file}");
    }
}

#[test]
fn a_lost_zero_is_said_only_where_the_print_shows_it() {
    for (words, number) in [
        ("quelque 120.00", Some(120_000.0)),
        ("120 00", Some(120_000.0)),
        ("1,250,00", Some(1_250_000.0)),
        ("12.45", None),
        ("0.00", None),
        ("1200.00", None),
        ("12.000", None),
        ("12", None),
        ("douze", None),
        ("1 2 00", None),
    ] {
        assert_eq!(view::with_zero(words), number, "{words}");
    }
}

#[test]
fn negative_degrees_are_numbers() {
    let events = rows(&file(&fixture(), "events.csv"));
    let column = events[0].iter().position(|name| name == "longitude").unwrap();
    assert_eq!(events[2][column], "-3.1");
}

#[test]
fn counters_undo_copies() {
    let pile = fixture();
    let counters = View::new(&pile).counters();
    assert_eq!((counters.articles, counters.distinct, counters.origins), (5, 4, 7));
}

#[test]
fn dates_in_words() {
    use jiff::civil::date;
    let cases = [
        ((2031, 3, 1), (2031, 3, 1), "1er mars 2031", "1 March 2031"),
        ((2031, 3, 11), (2031, 3, 14), "du 11 au 14 mars 2031", "11 to 14 March 2031"),
        ((2031, 3, 30), (2031, 4, 1), "du 30 mars au 1er avril 2031", "30 March to 1 April 2031"),
        ((2031, 3, 1), (2031, 3, 31), "mars 2031", "March 2031"),
        ((2019, 1, 1), (2019, 12, 31), "2019", "2019"),
        (
            (2030, 12, 31),
            (2031, 1, 2),
            "du 31 décembre 2030 au 2 janvier 2031",
            "31 December 2030 to 2 January 2031",
        ),
    ];
    for ((a, b, c), (d, e, f), fr, en) in cases {
        let days = Interval { earliest: Some(date(a, b, c)), latest: Some(date(d, e, f)) };
        for (pack, words) in [("fr", fr), ("en", en)] {
            let labels = crate::lang::pack(pack).unwrap().labels;
            let found = view::interval_words(&labels.dates, days).replace('\u{a0}', " ");
            assert_eq!(found, words);
        }
    }
}

#[test]
fn every_machine_name_has_words_in_every_language() {
    use crate::analyse::{Bound, MentionKind, QuoteKind};
    use crate::article::BlockKind;
    let statuses = [
        Status::Corroborated,
        Status::Disputed,
        Status::Evolving,
        Status::Unreadable,
        Status::SingleOrigin,
        Status::Unattributed,
    ];
    use FindingKind::{Background, Event, Figure, Plan, Quotation, State};
    let kinds = [Event, State, Figure, Quotation, Plan, Background].map(FindingKind::name);
    use Aspect::{Actor, Extent, Place, Polarity, Time, Wording};
    let aspects = [Aspect::Figure, Place, Time, Actor, Extent, Wording, Polarity].map(Aspect::name);
    let quotes = [QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed].map(QuoteKind::name);
    use Bound::{Approx, AtLeast, AtMost, Exact, Unreadable};
    let bounds = [Exact, AtLeast, AtMost, Approx, Unreadable].map(Bound::name);
    use MentionKind::{Loc, Misc, Nominal, Org, Per};
    let mentions = [Per, Org, Loc, Misc, Nominal].map(MentionKind::name);
    use BlockKind::{Body, Caption, Credit, Dateline, Furniture, Links, Title};
    let blocks = [Body, Title, Links, Caption, Credit, Dateline, Furniture].map(BlockKind::name);
    use PassageKind::{Edited, Verbatim};
    let passages = [Verbatim, Edited, PassageKind::Quotation].map(PassageKind::name);
    for pack in PACKS {
        let l = pack.labels;
        assert!(statuses.iter().all(|s| l.status(s.name()).name == s.name()), "{}", pack.code);
        assert_eq!(l.statuses.len(), statuses.len());
        let tables: [(Terms, &[&str]); 7] = [
            (l.kinds, &kinds),
            (l.aspects, &aspects),
            (l.quotes, &quotes),
            (l.bounds, &bounds),
            (l.mentions, &mentions),
            (l.blocks, &blocks),
            (l.passages, &passages),
        ];
        for (terms, names) in tables {
            for name in names {
                assert!(terms.iter().any(|(n, _)| n == name), "{}: {name}", pack.code);
            }
            assert_eq!(term(terms, "no such name"), "no such name");
        }
    }
}

/// Everything that a report says in its own voice: its debug form holds every phrase.
fn phrases(labels: &crate::lang::labels::Labels) -> Vec<String> {
    let text = format!("{labels:?}").replace("\\u{a0}", "\u{a0}").replace("\\u{202f}", "\u{202f}");
    text.split('"').skip(1).step_by(2).map(String::from).collect()
}

#[test]
fn french_marks_have_their_spaces() {
    let list = phrases(crate::lang::fr::PACK.labels);
    assert!(list.len() > 150);
    for phrase in list {
        assert!(!phrase.contains('\''), "a straight apostrophe: {phrase}");
        let chars: Vec<char> = phrase.chars().collect();
        for pair in chars.windows(2) {
            let wants = match pair[1] {
                ':' => Some('\u{a0}'),
                ';' | '!' | '?' | '»' => Some('\u{202f}'),
                '%' => Some('\u{a0}'),
                _ => None,
            };
            assert!(wants.is_none_or(|space| pair[0] == space), "{phrase:?}");
            assert!(pair[0] != '«' || pair[1] == '\u{202f}', "{phrase:?}");
        }
    }
}

#[test]
fn english_marks_have_no_spaces() {
    for phrase in phrases(crate::lang::en::PACK.labels) {
        assert!(!phrase.contains('\''), "a straight apostrophe: {phrase}");
        assert!(![" :", " ;", " ?", " !"].iter().any(|m| phrase.contains(m)), "{phrase:?}");
    }
}

#[test]
fn plural_forms() {
    let cases = [
        ("fr", 0, "0 article"),
        ("fr", 1, "1 article"),
        ("fr", 2, "2 articles"),
        ("en", 0, "0 articles"),
        ("en", 1, "1 article"),
        ("en", 2, "2 articles"),
    ];
    for (pack, n, words) in cases {
        let labels = crate::lang::pack(pack).unwrap().labels;
        assert_eq!(labels.count(labels.page.articles, n), words);
    }
}

#[test]
fn an_article_always_has_a_name_to_show() {
    for (id, name) in [("a.txt", "a.txt"), (" \n", "#1"), ("\u{202e}", "#1")] {
        let pile = Dossier { articles: vec![Article::plain(id, "x")], ..hostile("x") };
        assert_eq!(View::new(&pile).name(0), name);
    }
}

#[test]
fn an_empty_pile_prints() {
    let mut pile = fixture();
    pile.articles.clear();
    pile.analyses.clear();
    pile.copied_share.clear();
    pile.revisions.clear();
    pile.stories.clear();
    pile.entities.clear();
    pile.pairs.clear();
    pile.families.clear();
    pile.findings.clear();
    pile.timeline.clear();
    pile.brief.clear();
    let names: BTreeMap<&str, String> = files(&pile, true).into_iter().collect();
    assert!(names["index.html"].contains("<b>0</b> article"));
    assert!(names["annotations.jsonl"].is_empty());
}

#[test]
fn filling_a_phrase_reads_values_once() {
    assert_eq!(view::fill("{a} {b} {c} {", &[("a", "{b}"), ("b", "x")]), "{b} x {c} {");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever marks overlap, the reading view's text is the article's text, and every link
    /// has its target.
    #[test]
    fn marks_never_change_a_text(
        text in "x[a-zé «»<&\"\\r\\n\u{1f600}]{1,60}",
        marks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3u8), 0..8),
    ) {
        let mut pile = hostile("x");
        pile.articles[0] = Article::plain("a", text.clone());
        let cuts: Vec<usize> =
            text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        for (a, b, what) in marks {
            let (a, b) = (cuts[a.index(cuts.len())], cuts[b.index(cuts.len())]);
            if a == b {
                continue;
            }
            let at = Locus { article: 0, span: Span::new(a.min(b), a.max(b)) };
            match what {
                0 => pile.families.push(Family {
                    id: "p".into(),
                    kind: PassageKind::Edited,
                    places: vec![at, Locus { article: 0, span: Span::new(0, text.len()) }],
                    origin: None,
                    evidence: None, confidence: 0.9, source: None }),
                1 => pile.findings[0].values[0].supports[0].place = at,
                _ => pile.timeline[0].text = at,
            }
        }
        prop_assert_eq!(reading(&pile), vec![text]);
        check_links(&Html::parse_document(&file(&pile, "index.html")));
    }

    #[test]
    fn a_line_is_one_line(text in any::<String>()) {
        prop_assert!(!view::one_line(&text).contains(char::is_control));
        let turn = '\u{202e}';
        let straight = view::inset(&[turn.to_string(), text].concat());
        prop_assert!(!straight.contains(turn));
    }
}
