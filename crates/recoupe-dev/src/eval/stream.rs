//! Stories of a stream: articles are read some at a time and given to a grouper, as they would come.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use recoupe::analyse;
use recoupe::analyse::Interval;
use recoupe::article::Article;
use recoupe::read;
use recoupe::story::{Grouper, Known, Settled, Sketch};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::corpus::string;
use super::stories::bcubed;

/// What to stream.
#[derive(clap::Args)]
pub struct Options {
    /// JSON Lines of articles in order of time
    pub file: PathBuf,
    /// Ask of each article where it stands when it comes
    #[arg(long)]
    pub ask: bool,
}

/// How many lines are read at a time.
const TOGETHER: usize = 4096;

/// Streams a file and prints one JSON object of figures.
///
/// # Errors
///
/// When the file, or the truth beside it, cannot be read.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let mut lines = BufReader::new(File::open(&options.file)?);
    let mut grouper = Grouper::default();
    let (mut analysing, mut grouping) = (Duration::ZERO, Duration::ZERO);
    let mut working = 0.0;
    let (mut most, mut slowest) = (0, Duration::ZERO);
    let (mut story, mut same, mut ids) = (Vec::new(), FxHashMap::default(), Vec::new());
    let mut keep = |settled: Settled| {
        for (number, of) in settled.articles {
            let number = number as usize;
            story.resize(story.len().max(number + 1), 0);
            story[number] = of;
        }
        same.extend(settled.same);
    };
    loop {
        let articles = some(&mut lines)?;
        if articles.is_empty() {
            break;
        }
        let start = Instant::now();
        let sketches = sketches(&articles);
        analysing += start.elapsed();
        ids.extend(articles.into_iter().map(|a| a.id));
        let (start, busy) = (Instant::now(), processor());
        for sketch in sketches {
            let one = Instant::now();
            match options.ask {
                true => drop(grouper.add(sketch)),
                false => grouper.hold(sketch),
            }
            slowest = slowest.max(one.elapsed());
            most = most.max(grouper.held());
        }
        grouping += start.elapsed();
        working += processor() - busy;
        keep(grouper.take_settled());
    }
    let (start, busy) = (Instant::now(), processor());
    keep(grouper.finish());
    grouping += start.elapsed();
    working += processor() - busy;
    for of in &mut story {
        while let Some(by) = same.get(of) {
            *of = *by;
        }
    }
    let mut row = json!({
        "tool": if options.ask { "recoupe, asked of each" } else { "recoupe" },
        "articles": ids.len(), "sketch_seconds": rounded(analysing), "seconds": rounded(grouping),
        "cpu_seconds": (working * 10.0).round() / 10.0,
        "articles_a_second": (ids.len() as f64 / grouping.as_secs_f64()).round(),
        "longest_wait_seconds": rounded(slowest), "most_held": most, "megabytes": peak(),
    });
    if let Some(gold) = truth(&options.file, &ids)? {
        row["f1"] = json!((bcubed(&gold, &story).2 * 1e3).round() / 1e3);
    }
    println!("{row}");
    Ok(())
}

fn rounded(time: Duration) -> f64 {
    (time.as_secs_f64() * 10.0).round() / 10.0
}

/// The next articles.
fn some(lines: &mut impl BufRead) -> io::Result<Vec<Article>> {
    let mut block = Vec::new();
    for _ in 0..TOGETHER {
        if lines.read_until(b'\n', &mut block)? == 0 {
            break;
        }
    }
    match block.is_empty() {
        true => Ok(Vec::new()),
        false => Ok(read::bytes("stream.jsonl", &block, &read::Options::default()).value),
    }
}

fn sketches(articles: &[Article]) -> Vec<Sketch> {
    let sketch = |article: &Article| {
        let day = article.published;
        let days = Interval { earliest: day, latest: day };
        let lang = Some(analyse::pack_of(article).code);
        Sketch::of(article, Known { lang, day, days, instant: article.instant })
    };
    let half = articles.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        let part = |part: &[Article]| -> Vec<Sketch> { part.iter().map(sketch).collect() };
        let running: Vec<_> =
            articles.chunks(half).map(|some| scope.spawn(move || part(some))).collect();
        running.into_iter().flat_map(|run| run.join().unwrap_or_default()).collect()
    })
}

/// The story of each article, where the truth of a simulated world is beside the file.
fn truth(file: &Path, ids: &[String]) -> io::Result<Option<Vec<String>>> {
    let path = file.with_file_name("truth.jsonl");
    if !path.exists() {
        return Ok(None);
    }
    let mut story: FxHashMap<String, String> = FxHashMap::default();
    for line in BufReader::new(File::open(path)?).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        story.insert(string(&row, "id"), string(&row, "story"));
    }
    Ok(Some(ids.iter().map(|id| story.get(id).cloned().unwrap_or_default()).collect()))
}

/// The most memory that was in use, in megabytes; None where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}

/// The seconds of processor used so far, all threads together; 0 where the system does not tell.
fn processor() -> f64 {
    // Fields 14 and 15, in hundredths on Linux; the name, in brackets, may hold anything.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit_once(')').map_or("", |x| x.1);
    let ticks = rest.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
