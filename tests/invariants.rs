//! What holds of any output, whatever was read. Used by the tests of several crates
//! (`#[path]`), and by the fuzz targets: one place says what a sound output is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Everything that is wrong with a `dossier.json` printed with its texts: one line each.
pub fn of_dossier(dossier: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut texts: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    for article in list(dossier, "articles") {
        wrong.extend(of_article(article));
        texts.insert(text(article, "id"), text(article, "text").chars().collect());
    }
    for part in ["articles", "stories", "entities", "passages", "findings"] {
        let ids: Vec<&str> = list(dossier, part).iter().map(|x| text(x, "id")).collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        expect(&mut wrong, distinct.len() == ids.len(), || format!("{part}: an id twice: {ids:?}"));
        expect(&mut wrong, !distinct.contains(""), || format!("{part}: an empty id"));
    }
    for part in ["stories", "passages", "findings", "timeline", "brief"] {
        for item in list(dossier, part) {
            places(item, &texts, &mut wrong);
            dates(item, &mut wrong);
        }
    }
    references(dossier, &mut wrong);
    for finding in list(dossier, "findings") {
        of_finding(finding, &texts, &mut wrong);
    }
    for item in list(dossier, "timeline") {
        says(&item["text"], &item["cite"], &texts, &mut wrong);
    }
    for sentence in list(dossier, "brief") {
        says(&sentence["text"], &sentence["cites"][0], &texts, &mut wrong);
    }
    wrong
}

/// Everything that is wrong with one line of `recoupe analyse`: one line each.
pub fn of_article(article: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let words: Vec<char> = text(article, "text").chars().collect();
    spans(article, &words, &mut wrong);
    dates(article, &mut wrong);
    blocks(list(article, "blocks"), &words, &mut wrong);
    for part in ["timexes", "mentions", "figures", "credits"] {
        let starts: Vec<u64> = list(article, part).iter().map(|x| number(x, "start")).collect();
        expect(&mut wrong, starts.is_sorted(), || format!("{part} out of order: {starts:?}"));
    }
    let statements = list(article, "statements");
    for s in statements {
        let last = list(s, "chain").last().and_then(Value::as_str);
        let named = last.is_some() && last == s["source_canonical"].as_str();
        expect(&mut wrong, named, || format!("the chain does not end with the source: {s}"));
        expect(&mut wrong, !list(s, "content_spans").is_empty(), || format!("no content: {s}"));
        let refers = s["refers_to"].as_u64().is_none_or(|i| (i as usize) < statements.len());
        expect(&mut wrong, refers, || format!("refers to no statement: {s}"));
    }
    for f in list(article, "figures") {
        let (lo, hi) = (f["lo"].as_f64(), f["hi"].as_f64());
        let sound = match text(f, "bound") {
            "exact" => lo.is_some() && lo == hi,
            "at-least" => lo.is_some() && hi.is_none(),
            "at-most" => lo.is_none() && hi.is_some(),
            "approx" => matches!((lo, hi), (Some(lo), Some(hi)) if lo <= hi),
            "unreadable" => lo.is_none() && hi.is_none() && f["value"].is_null(),
            _ => false,
        };
        expect(&mut wrong, sound, || format!("bounds of a figure: {f}"));
    }
    let id = text(article, "id");
    wrong.into_iter().map(|w| format!("{id}: {w}")).collect()
}

fn of_finding(finding: &Value, texts: &BTreeMap<&str, Vec<char>>, wrong: &mut Vec<String>) {
    says(&finding["text"], &finding["cite"], texts, wrong);
    let id = text(finding, "id");
    let origins = list(finding, "origins").len();
    let status = text(finding, "status");
    let sound = match status {
        "corroborated" => origins >= 2,
        "single-origin" => origins == 1,
        "unattributed" => origins == 0,
        "disputed" | "evolving" | "unreadable" => true,
        _ => false,
    };
    expect(wrong, sound, || format!("{id}: {status} with {origins} origins"));
    let values = list(finding, "values");
    expect(wrong, !values.is_empty(), || format!("{id}: no value"));
    let mut carriers = BTreeSet::new();
    for value in values {
        let supports = list(value, "supports");
        expect(wrong, !supports.is_empty(), || format!("{id}: a value without support"));
        carriers.extend(supports.iter().map(|s| text(s, "article")));
    }
    let counted = number(finding, "articles");
    expect(wrong, counted == carriers.len() as u64, || {
        format!("{id}: {counted} articles, carried by {carriers:?}")
    });
}

/// What names something by its id names something that is there.
fn references(dossier: &Value, wrong: &mut Vec<String>) {
    let ids = |part: &str| -> BTreeSet<String> {
        list(dossier, part).iter().map(|x| text(x, "id").to_owned()).collect()
    };
    let (articles, stories, entities) = (ids("articles"), ids("stories"), ids("entities"));
    let (passages, findings) = (ids("passages"), ids("findings"));
    let mut known = |set: &BTreeSet<String>, value: &Value, what: &str| {
        let there = value.is_null() || value.as_str().is_some_and(|id| set.contains(id));
        expect(wrong, there, || format!("{what} names {value}, which is not there"));
    };
    for article in list(dossier, "articles") {
        list(article, "mentions").iter().for_each(|m| known(&entities, &m["entity"], "a mention"));
    }
    for finding in list(dossier, "findings") {
        known(&stories, &finding["story"], "a finding");
        known(&entities, &finding["place"], "a finding");
        for support in list(finding, "values").iter().flat_map(|v| list(v, "supports")) {
            known(&articles, &support["article"], "a support");
            known(&passages, &support["copied_in"], "a support");
        }
    }
    list(dossier, "timeline").iter().for_each(|t| known(&findings, &t["finding"], "the timeline"));
    let mut told: Vec<&str> = Vec::new();
    for story in list(dossier, "stories") {
        list(story, "articles").iter().for_each(|a| known(&articles, a, "a story"));
        told.extend(list(story, "articles").iter().filter_map(Value::as_str));
    }
    told.sort_unstable();
    let each: Vec<&str> = articles.iter().map(String::as_str).collect();
    expect(wrong, told == each, || format!("not each article in one story: {told:?}"));
}

/// Every object with `start` and `end`, at any depth: within the text, and its `text` is what
/// stands there.
fn spans(value: &Value, words: &[char], wrong: &mut Vec<String>) {
    if let Some((start, end)) = bounds(value) {
        let slice = words.get(start..end).map(String::from_iter);
        expect(wrong, slice.is_some(), || format!("{start}..{end} of {}: {value}", words.len()));
        if let (Some(slice), Some(said)) = (slice, value["text"].as_str()) {
            expect(wrong, slice == said, || format!("{start}..{end} is {slice:?}, not {said:?}"));
        }
    }
    children(value).for_each(|v| spans(v, words, wrong));
}

/// Every object with `article`, `start` and `end`, at any depth: within that article.
fn places(value: &Value, texts: &BTreeMap<&str, Vec<char>>, wrong: &mut Vec<String>) {
    if let (Some(article), Some((start, end))) = (value["article"].as_str(), bounds(value)) {
        let inside = texts.get(article).is_some_and(|t| start <= end && end <= t.len());
        expect(wrong, inside, || format!("outside its article: {value}"));
    }
    children(value).for_each(|v| places(v, texts, wrong));
}

/// `said` is what stands at `place`.
fn says(said: &Value, place: &Value, texts: &BTreeMap<&str, Vec<char>>, wrong: &mut Vec<String>) {
    let slice = bounds(place)
        .zip(texts.get(place["article"].as_str().unwrap_or_default()))
        .and_then(|((start, end), text)| text.get(start..end))
        .map(String::from_iter);
    expect(wrong, slice.is_some() && slice.as_deref() == said.as_str(), || {
        format!("{said} does not stand at {place}")
    });
}

/// Every day printed is a day of the calendar, and no interval ends before it starts.
fn dates(value: &Value, wrong: &mut Vec<String>) {
    for key in ["date", "earliest", "latest"] {
        let day = value.get(key).and_then(Value::as_str);
        expect(wrong, day.is_none_or(is_day), || format!("{key} {day:?} is no day"));
    }
    let ends = [value["earliest"].as_str(), value["latest"].as_str()];
    if let [Some(earliest), Some(latest)] = ends {
        expect(wrong, earliest <= latest, || format!("from {earliest} to {latest}: {value}"));
    }
    for day in value.get("span").and_then(Value::as_array).into_iter().flatten() {
        expect(wrong, day.as_str().is_none_or(is_day), || format!("{day} is no day"));
    }
    children(value).for_each(|v| dates(v, wrong));
}

/// Blocks are in order, apart, and leave out nothing but white space.
fn blocks(blocks: &[Value], words: &[char], wrong: &mut Vec<String>) {
    let mut at = 0;
    for block in blocks {
        let Some((start, end)) = bounds(block) else { continue };
        expect(wrong, at <= start, || format!("blocks overlap or are out of order at {start}"));
        gap(words, at, start, wrong);
        at = end;
    }
    gap(words, at, words.len(), wrong);
}

fn gap(words: &[char], start: usize, end: usize, wrong: &mut Vec<String>) {
    let between = words.get(start..end).unwrap_or_default();
    let blank = |c: &char| c.is_whitespace() || *c == '\u{feff}';
    expect(wrong, between.iter().all(blank), || {
        format!("in no block: {:?}", String::from_iter(between.iter().take(80)))
    });
}

/// Whether it is `YYYY-MM-DD`, a day of the Gregorian calendar.
pub fn is_day(day: &str) -> bool {
    let part = |range| day.get(range).and_then(|s: &str| s.parse::<u32>().ok());
    let form = day.len() == 10 && day.get(4..5) == Some("-") && day.get(7..8) == Some("-");
    let (Some(year), Some(month), Some(of_month)) = (part(0..4), part(5..7), part(8..10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    };
    form && (1..=days).contains(&of_month)
}

fn bounds(value: &Value) -> Option<(usize, usize)> {
    let at = |key| value.get(key).and_then(Value::as_u64).map(|n| n as usize);
    at("start").zip(at("end"))
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Object(map) => Box::new(map.values()),
        Value::Array(list) => Box::new(list.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, key: &str) -> u64 {
    value.get(key).and_then(Value::as_u64).unwrap_or_default()
}

fn expect(wrong: &mut Vec<String>, holds: bool, what: impl FnOnce() -> String) {
    if !holds {
        wrong.push(what());
    }
}
