//! Time expressions against the TimeBanks, counted as `score.py timex` counts (TempEval-3:
//! UzZaman et al. 2013), and the days that the seed articles were published.
//!
//! The English TimeBanks and te3-platinum may be measured on but not shown: of them only
//! offsets, values and a few words of each expression are written.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use jiff::civil::Date;
use recoupe::analyse::{self, Analysis, Interval, Published, Timex, time};
use recoupe::article::{Article, CodePoints, Span};
use recoupe::lang::{self, Pack};
use recoupe::story::dating;
use serde_json::{Value, json};

use super::corpus::{number, rows, save, string};

/// One text with the times that should be found in it.
struct Document {
    id: String,
    text: String,
    day: Option<Date>,
    gold: Vec<Gold>,
}

/// A time of the gold, in code points.
struct Gold {
    start: u32,
    end: u32,
    kind: String,
    value: String,
    optional: bool,
}

/// Counts over documents.
#[derive(Default, Clone, Copy)]
struct Counts {
    gold: usize,
    given: usize,
    strict: usize,
    relaxed: usize,
    value: usize,
    kind: usize,
}

impl Counts {
    fn f1(self, right: usize) -> f64 {
        match self.gold + self.given {
            0 => 0.0,
            all => 2.0 * right as f64 / all as f64,
        }
    }
}

/// Measures every corpus, prints the tables, writes `evals/time/`.
///
/// # Errors
///
/// When a corpus cannot be read or a result cannot be written.
pub fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let fr = lang::pack("fr").ok_or("no French")?;
    let en = lang::pack("en").ok_or("no English")?;
    let mut floor = String::new();
    expressions(shared, fr, en, &mut floor)?;
    phrases(shared, fr, en, &mut floor)?;
    match dates(shared)? {
        None => println!("dates of the seeds            not measured"),
        Some(counts) => floor.push_str(&told(counts)),
    }
    hidden_days(shared, fr, en, &mut floor)?;
    fs::write("evals/time/floor.toml", floor)?;
    for (name, pack) in [("french_timebank_fr", fr), ("timebank_en", en), ("te3_platinum_en", en)] {
        if let Some(documents) = corpus(shared, name)? {
            println!("{name}: {:.1} MB/s on one thread", speed(&documents, pack));
        }
    }
    Ok(())
}

/// Time expressions in texts: spans, values.
fn expressions(
    shared: &Path,
    fr: &'static Pack,
    en: &'static Pack,
    floor: &mut String,
) -> Result<(), Box<dyn Error>> {
    println!("{:28}{:>6}{:>7}{:>9}{:>9}{:>9}", "", "gold", "given", "strict", "relaxed", "value");
    let mut measure = |name: &str, documents: Option<Vec<Document>>, pack: &'static Pack| {
        let Some(documents) = documents else {
            println!("{name:28}  not measured");
            return Ok(());
        };
        let (counts, items) = compare(&documents, pack);
        let [s, r, v, k] = [counts.strict, counts.relaxed, counts.value, counts.kind]
            .map(|right| counts.f1(right));
        println!(
            "{name:28}{:>6}{:>7}{s:>9.3}{r:>9.3}{v:>9.3}   type {k:.3}",
            counts.gold, counts.given
        );
        floor.push_str(&format!("[{name}]\nstrict = {s:.3}\nrelaxed = {r:.3}\nvalue = {v:.3}\n\n"));
        save("time", &format!("{name}.jsonl"), &items)
    };
    measure("seeds", seeds(shared)?, fr)?;
    let (mut even, mut odd) = (None, None);
    if let Some(bank) = corpus(shared, "french_timebank_fr")? {
        for (i, document) in bank.into_iter().enumerate() {
            let half = if i % 2 == 0 { &mut even } else { &mut odd };
            half.get_or_insert_with(Vec::new).push(document);
        }
    }
    measure("french_timebank_even", even, fr)?;
    measure("french_timebank_odd", odd, fr)?;
    for name in ["te3_platinum_en", "timebank_en", "aquaint_en", "meantime_en"] {
        measure(name, corpus(shared, name)?, en)?;
    }
    Ok(())
}

/// The phrases of parsers of commands.
fn phrases(
    shared: &Path,
    fr: &'static Pack,
    en: &'static Pack,
    floor: &mut String,
) -> Result<(), Box<dyn Error>> {
    for (name, pack) in [
        ("duckling_time_fr", fr),
        ("rustling_time_fr", fr),
        ("duckling_time_en", en),
        ("rustling_time_en", en),
    ] {
        let Some((right, items)) = coverage(shared, name, pack)? else {
            println!("{name:28}  not measured");
            continue;
        };
        let share = right as f64 / items.len().max(1) as f64;
        println!("{name:28} {right} of {} phrases: span and grain {share:.3}", items.len());
        floor.push_str(&format!("[{name}]\ncovered = {share:.3}\n\n"));
        save("time", &format!("{name}.jsonl"), &items)?;
    }
    Ok(())
}

fn told((exact, inside, covers, of): DateCounts) -> String {
    println!("dates of the seeds: exact {exact}/{of}, inside {inside}/{of}, covered {covers}/{of}");
    format!("[dates]\nexact = {exact}\ninside = {inside}\ncovers = {covers}\n")
}

/// Days of publication, found where they are hidden.
fn hidden_days(
    shared: &Path,
    fr: &'static Pack,
    en: &'static Pack,
    floor: &mut String,
) -> Result<(), Box<dyn Error>> {
    println!(
        "{:28}{:>9}{:>7}{:>7}{:>9}{:>9}{:>8}",
        "days found", "articles", "given", "exact", "within 1", "intervals", "holding"
    );
    for (name, counts) in [
        ("hidden_french_timebank", alone(shared, "french_timebank_fr", fr)?),
        ("hidden_te3_platinum", alone(shared, "te3_platinum_en", en)?),
        ("hidden_meantime", alone(shared, "meantime_en", en)?),
        ("story_dates", story_dates(shared)?),
        ("made_stories", made_stories(shared, fr)?),
    ] {
        let Some(c) = counts else {
            println!("{name:28}  not measured");
            continue;
        };
        let holding = match c.intervals {
            0 => "-".to_string(),
            n => format!("{:.3}", c.covered as f64 / n as f64),
        };
        println!(
            "{name:28}{:>9}{:>7}{:>7}{:>9}{:>9}{holding:>8}",
            c.articles, c.given, c.exact, c.near, c.intervals
        );
        let (exact, near, covered) = (c.exact, c.near, c.covered);
        floor.push_str(&format!(
            "\n[{name}]\nexact = {exact}\nwithin_a_day = {near}\ncovered = {covered}\n"
        ));
        if c.intervals > 0 {
            floor.push_str(&format!("holding = {holding}\n"));
        }
    }
    Ok(())
}

/// Phrases found whole, and an item for each phrase.
type Coverage = (usize, Vec<String>);

/// The phrases of a parser of commands: how many are found whole, of the right grain, and for
/// each its number and what was found. Which weekday is meant is not asked: those
/// parsers look ahead, news looks back. Prepositions and articles at the edges do not count.
fn coverage(
    shared: &Path,
    name: &str,
    pack: &'static Pack,
) -> Result<Option<Coverage>, Box<dyn Error>> {
    let path = shared.join("data/time").join(format!("{name}.jsonl.xz"));
    let Some(rows) = rows(&path)? else { return Ok(None) };
    let (mut right, mut items) = (0, Vec::new());
    for (number, row) in rows.iter().enumerate() {
        let (text, wanted) = (string(row, "text"), string(&row["expected"], "grain"));
        let text = in_print(&text, pack);
        let day = day(&string(row, "reference_time"));
        let found = time::tag(&text, &[Span::new(0, text.len())], day, pack);
        let ok = match wanted.as_str() {
            "" => found.is_empty(),
            wanted => whole(&text, &found) && found.iter().any(|t| fits(t, wanted)),
        };
        right += usize::from(ok);
        let values: Vec<_> = found.iter().map(|t| t.value.as_str()).collect();
        let item = json!({"line": number + 1, "grain": wanted, "given": values, "right": ok});
        items.push(item.to_string());
    }
    Ok(Some((right, items)))
}

/// Words at the edges of a phrase that are no part of a time.
const EDGES: [&str; 63] = [
    "a", "an", "the", "on", "in", "at", "by", "for", "from", "to", "of", "until", "till", "since",
    "before", "after", "between", "and", "within", "during", "through", "thru", "upcoming", "le",
    "la", "les", "l", "du", "de", "des", "d", "au", "aux", "à", "en", "dans", "pour", "par",
    "vers", "entre", "et", "depuis", "avant", "après", "dès", "jusqu", "jusque", "pendant", "ce",
    "cette", "cet", "s", "il", "y", "only", "ou", "or", "partir", "first", "up", "just", "about",
    "ici",
];

/// Whether what no time covers is at most words of [`EDGES`].
fn whole(text: &str, found: &[Timex]) -> bool {
    let mut rest = text.to_lowercase();
    if rest.len() != text.len() {
        rest = text.to_string();
    }
    for t in found.iter().rev() {
        rest.replace_range(t.span.start as usize..t.span.end as usize, " ");
    }
    !found.is_empty()
        && rest.split(|c: char| !c.is_alphanumeric()).all(|w| w.is_empty() || EDGES.contains(&w))
}

/// The phrase as it is printed: with a capital on what the language writes with one.
fn in_print(text: &str, pack: &Pack) -> String {
    let grammar = pack.time.grammar();
    let capital = |word: &str| {
        let bare = word.trim_end_matches([',', '.']);
        match grammar.words.get(grammar.number(bare, false) as usize) {
            Some(known) if known.cap => word[..1].to_uppercase() + &word[1..],
            _ => word.to_string(),
        }
    };
    text.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// Whether a time is of the wanted grain. Those parsers resolve lengths, seasons, weekends and
/// the edges of a period to an instant or a finer stretch; TIMEX3 keeps the period and a
/// modifier.
fn fits(t: &Timex, wanted: &str) -> bool {
    let (given, wanted) = (rank(grain(&t.value)), rank(wanted));
    let loose = t.value.starts_with('P')
        || t.modifier.is_some()
        || t.value.ends_with("-WE")
        || ["-SP", "-SU", "-FA", "-WI"].iter().any(|s| t.value.ends_with(s));
    given == wanted || loose && given <= wanted
}

/// The grain of a TIMEX3 value.
fn grain(value: &str) -> &'static str {
    let clock = value.contains('T') && !value.ends_with("T");
    let unit = value.strip_prefix('P').map(|v| v.chars().last().unwrap_or('D'));
    match unit {
        Some('Y' | 'E' | 'C') => "year",
        Some('Q') => "quarter",
        Some('M') if !clock => "month",
        Some('W') => "week",
        Some('D') => "day",
        Some(_) => "hour",
        None if clock => "hour",
        None if value.ends_with("_REF") => "second",
        None if value.contains("-Q") => "quarter",
        None if value.contains("-W") && value.len() <= 8 => "week",
        None if value.len() >= 10 || value.contains("-W") => "day",
        None if value.len() == 7 && ["SP", "SU", "FA", "WI"].iter().any(|s| value.ends_with(s)) => {
            "day"
        }
        None if value.len() == 7 => "month",
        None => "year",
    }
}

/// Finer grains rank higher; the clock's are one.
fn rank(grain: &str) -> u8 {
    match grain {
        "year" => 0,
        "quarter" => 1,
        "month" => 2,
        "week" => 3,
        "day" => 4,
        _ => 5,
    }
}

/// Exact days, days inside the gold's interval, intervals that cover the gold's day, articles.
type DateCounts = (usize, usize, usize, usize);

/// Dates the seed articles as one story. Gives how many days are exact, how many inside the
/// gold's interval, how many intervals cover the gold's day, of how many.
fn dates(shared: &Path) -> Result<Option<DateCounts>, Box<dyn Error>> {
    let Some(rows) = rows(&shared.join("gold/seeds/dates.jsonl"))? else { return Ok(None) };
    let mut articles = Vec::new();
    for row in &rows {
        let id = string(row, "file");
        let text = fs::read_to_string(shared.join("seeds").join(&id))?;
        articles.push(Article::plain(id, text));
    }
    let published = dated(&articles, |a| analyse::analyse(a).value);
    let (mut exact, mut inside, mut covers) = (0, 0, 0);
    for (row, published) in rows.iter().zip(&published) {
        let gold = |key: &str| day(&string(row, key));
        println!(
            "  {} gold {:?}..{:?} given {:?} in {:?}..{:?}",
            string(row, "file"),
            gold("earliest"),
            gold("latest"),
            published.date,
            published.interval.earliest,
            published.interval.latest
        );
        exact += usize::from(published.date.is_some() && published.date == gold("dct"));
        inside += usize::from(
            published.date.is_some()
                && gold("earliest") <= published.date
                && published.date <= gold("latest"),
        );
        covers += usize::from(
            published.interval.earliest.is_some()
                && published.interval.earliest <= gold("dct")
                && gold("dct") <= published.interval.latest,
        );
    }
    Ok(Some((exact, inside, covers, rows.len())))
}

/// How well articles are dated.
#[derive(Default)]
struct Dated {
    articles: usize,
    given: usize,
    exact: usize,
    near: usize,
    intervals: usize,
    covered: usize,
}

/// Dates the reports of stories whose true days are known and lie within a week, when only the
/// month of one of them is told.
fn story_dates(shared: &Path) -> Result<Option<Dated>, Box<dyn Error>> {
    let path = shared.join("data/stories/giveme5w1h_en.jsonl.xz");
    let Some(rows) = rows(&path)? else { return Ok(None) };
    let mut stories: BTreeMap<String, Vec<(Date, String, String)>> = BTreeMap::new();
    for row in rows {
        let (Some(day), cluster) = (day(&string(&row, "date")), string(&row, "cluster")) else {
            continue;
        };
        let item = (day, string(&row, "id"), string(&row, "text"));
        stories.entry(cluster).or_default().push(item);
    }
    let mut counts = Dated::default();
    for story in stories.values_mut() {
        story.sort();
        let (Some(first), Some(last)) = (story.first(), story.last()) else { continue };
        if story.len() < 3 || (last.0 - first.0).get_days() > 6 {
            continue;
        }
        let month = format!("date {:04}-{:02}\n\n", first.0.year(), first.0.month());
        let articles: Vec<Article> = story
            .iter()
            .enumerate()
            .map(|(i, (_, id, text))| {
                let head = if i == 0 { month.as_str() } else { "" };
                Article::plain(id.clone(), format!("{head}{text}"))
            })
            .collect();
        let published = dated(&articles, |a| analyse::analyse(a).value);
        for ((day, ..), published) in story.iter().zip(&published) {
            counts.add(*day, published);
        }
    }
    Ok(Some(counts))
}

/// When the articles of a story were published, as the program dates them.
fn dated(articles: &[Article], analyse: impl Fn(&Article) -> Analysis) -> Vec<Published> {
    let mut analyses: Vec<Analysis> = articles.iter().map(analyse).collect();
    for (article, analysis) in articles.iter().zip(&mut analyses) {
        analysis.published = dating::within(article, analysis);
    }
    let story: Vec<u32> = (0..articles.len() as u32).collect();
    dating::across(articles, &mut analyses, &story, &ties(articles));
    analyses.into_iter().map(|a| a.published).collect()
}

impl Dated {
    fn add(&mut self, truth: Date, published: &Published) {
        let (given, span) = (published.date, published.interval);
        let bounds = span.earliest.zip(span.latest);
        self.articles += 1;
        self.given += usize::from(given.is_some());
        self.exact += usize::from(given == Some(truth));
        self.near += usize::from(given.is_some_and(|d| (d - truth).get_days().abs() <= 1));
        self.intervals += usize::from(bounds.is_some());
        self.covered += usize::from(bounds.is_some_and(|(e, l)| e <= truth && truth <= l));
    }
}

/// Articles whose days are hidden, each dated by its own text alone.
fn alone(shared: &Path, name: &str, pack: &'static Pack) -> Result<Option<Dated>, Box<dyn Error>> {
    let Some(documents) = corpus(shared, name)? else { return Ok(None) };
    let mut counts = Dated::default();
    for document in documents {
        let Some(day) = document.day else { continue };
        let article = Article::plain(document.id, document.text);
        let read = analyse::with_pack(&article, pack);
        counts.add(day, &dating::within(&article, &read));
    }
    Ok(Some(counts))
}

/// 200 stories of three French Wikinews articles published within three days, their datelines
/// cut off, when only the month of the first is told.
fn made_stories(shared: &Path, french: &'static Pack) -> Result<Option<Dated>, Box<dyn Error>> {
    let path = shared.join("data/language/fr/winer-fr.tar.xz");
    if !path.exists() {
        return Ok(None);
    }
    let mut all: Vec<(Date, String)> = Vec::new();
    for (name, bytes) in crate::eval::archive(&path)? {
        let file = name.rsplit('/').next().unwrap_or("");
        let day = file.get(..10).and_then(|d| d.replace('_', "-").parse::<Date>().ok());
        let (Some(day), true) = (day, file.ends_with(".txt")) else { continue };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let year = day.year().to_string();
        let lines = text.lines().map(|line| match line.split_once(" . –") {
            Some((head, rest)) if head.ends_with(&year) && head.len() < 24 => rest.trim(),
            _ => line,
        });
        all.push((day, lines.collect::<Vec<_>>().join("\n")));
    }
    all.sort();
    let (mut counts, mut stories) = (Dated::default(), 0);
    for story in all.chunks_exact(3) {
        if (story[2].0 - story[0].0).get_days() > 3 || stories == 200 {
            continue;
        }
        stories += 1;
        let month = format!("date {:04}-{:02}\n\n", story[0].0.year(), story[0].0.month());
        let texts = story.iter().enumerate().map(|(i, (_, text))| match i {
            0 => format!("{month}{text}"),
            _ => text.clone(),
        });
        let articles: Vec<Article> =
            texts.enumerate().map(|(i, t)| Article::plain(i.to_string(), t)).collect();
        let published = dated(&articles, |a| analyse::with_pack(a, french));
        for ((day, _), published) in story.iter().zip(&published) {
            counts.add(*day, published);
        }
    }
    Ok(Some(counts))
}

/// Pairs of articles that share eight words in a row.
fn ties(articles: &[Article]) -> Vec<(u32, u32)> {
    let runs = |a: &Article| -> BTreeSet<Vec<String>> {
        let words: Vec<String> = a.text.split_whitespace().map(str::to_lowercase).collect();
        words.windows(8).map(<[String]>::to_vec).collect()
    };
    let all: Vec<_> = articles.iter().map(runs).collect();
    let pairs = (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| !all[*a].is_disjoint(&all[*b]))
        .map(|(a, b)| (a as u32, b as u32))
        .collect()
}

/// Megabytes of text a second, over at least a second.
fn speed(documents: &[Document], pack: &'static Pack) -> f64 {
    let (start, mut bytes) = (Instant::now(), 0);
    while start.elapsed().as_secs_f64() < 1.0 {
        for document in documents {
            let all = [Span::new(0, document.text.len())];
            std::hint::black_box(time::tag(&document.text, &all, document.day, pack));
            bytes += document.text.len();
        }
    }
    bytes as f64 / 1e6 / start.elapsed().as_secs_f64()
}

fn compare(documents: &[Document], pack: &'static Pack) -> (Counts, Vec<String>) {
    let (mut counts, mut items) = (Counts::default(), Vec::new());
    for document in documents {
        let all = [Span::new(0, document.text.len())];
        let article = Article::plain(document.id.clone(), document.text.clone());
        let read = analyse::with_pack(&article, pack);
        let anchor = Interval { earliest: document.day, latest: document.day };
        let found = time::tag_parsed(read.syntax(&article), &all, anchor, pack);
        let points = CodePoints::new(&document.text);
        let found: Vec<(u32, u32, &Timex)> =
            found.iter().map(|t| (points.at(t.span.start), points.at(t.span.end), t)).collect();
        score(document, &found, &mut counts, &mut items);
    }
    (counts, items)
}

fn shared_points(g: &Gold, p: &(u32, u32, &Timex)) -> u32 {
    g.end.min(p.1).saturating_sub(g.start.max(p.0))
}

fn score(
    document: &Document,
    found: &[(u32, u32, &Timex)],
    counts: &mut Counts,
    items: &mut Vec<String>,
) {
    let (may, must): (Vec<&Gold>, Vec<&Gold>) = document.gold.iter().partition(|g| g.optional);
    let touches = |all: &[&Gold], p| all.iter().any(|g| shared_points(g, p) > 0);
    let given: Vec<_> = found.iter().filter(|p| !touches(&may, p) || touches(&must, p)).collect();
    counts.gold += must.len();
    counts.given += given.len();
    let mut used = vec![false; given.len()];
    for g in &must {
        let mut best: Option<usize> = None;
        for (i, p) in given.iter().enumerate().filter(|(i, _)| !used[*i]) {
            let overlap = shared_points(g, p);
            if overlap > 0 && best.is_none_or(|b| overlap > shared_points(g, given[b])) {
                best = Some(i);
            }
        }
        let gold = json!([g.start, g.end, g.kind, g.value]);
        let Some(best) = best else {
            items.push(json!({"doc": document.id, "gold": gold, "given": null}).to_string());
            continue;
        };
        used[best] = true;
        let (start, end, t) = *given[best];
        counts.relaxed += 1;
        counts.strict += usize::from((g.start, g.end) == (start, end));
        counts.value += usize::from(g.value == t.value);
        counts.kind += usize::from(g.kind == t.kind.name());
        let shown = shown(document, start, end, t);
        items.push(json!({"doc": document.id, "gold": gold, "given": shown}).to_string());
    }
    let extra = given.iter().zip(used).filter(|(_, used)| !used);
    for ((start, end, t), _) in extra {
        let shown = shown(document, *start, *end, t);
        items.push(json!({"doc": document.id, "gold": null, "given": shown}).to_string());
    }
}

fn shown(document: &Document, start: u32, end: u32, t: &Timex) -> Value {
    let words = t.span.of(&document.text).split_whitespace().take(5);
    let words = words.collect::<Vec<_>>().join(" ");
    json!([start, end, t.kind.name(), t.value, words])
}

/// A corpus of `data/time`; None when it is not there.
fn corpus(shared: &Path, name: &str) -> Result<Option<Vec<Document>>, Box<dyn Error>> {
    let path = shared.join("data/time").join(format!("{name}.jsonl.xz"));
    let Some(rows) = rows(&path)? else { return Ok(None) };
    let mut documents = Vec::new();
    for row in rows {
        let text = string(&row, "text");
        // MEANTIME annotates the title, the date and the first sentences, a line each.
        let annotated = if name.starts_with("meantime") { 6 } else { usize::MAX };
        documents.push(Document {
            id: string(&row, "doc"),
            text: text.split_inclusive('\n').take(annotated).collect(),
            day: day(&string(&row, "dct")),
            gold: row["timexes"].as_array().into_iter().flatten().map(gold).collect(),
        });
    }
    Ok(Some(documents))
}

/// The seed articles; None when they or their gold are not there.
fn seeds(shared: &Path) -> Result<Option<Vec<Document>>, Box<dyn Error>> {
    let Some(rows) = rows(&shared.join("gold/seeds/timex.jsonl"))? else { return Ok(None) };
    let mut documents: BTreeMap<String, Document> = BTreeMap::new();
    for row in rows {
        let id = string(&row, "file");
        if !documents.contains_key(&id) {
            let text = fs::read_to_string(shared.join("seeds").join(&id))?;
            let day = day(&string(&row, "dct_assumed"));
            documents.insert(id.clone(), Document { id: id.clone(), text, day, gold: vec![] });
        }
        if let Some(document) = documents.get_mut(&id) {
            document.gold.push(gold(&row));
        }
    }
    Ok(Some(documents.into_values().collect()))
}

fn gold(row: &Value) -> Gold {
    Gold {
        start: number(row, "start"),
        end: number(row, "end"),
        kind: string(row, "type"),
        value: string(row, "value"),
        optional: row["optional"] == json!(true) || string(row, "note").starts_with("optional"),
    }
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
