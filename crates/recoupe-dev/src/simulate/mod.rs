//! `recoupe-dev simulate`: an invented news world, with all that is true of it.
//!
//! Sentences come from a folder of texts, but every word that says something is replaced by another
//! of the same sort, story by story, so that a few hundred texts make any number of stories that have
//! nothing in common. What happens to them is then what happens in the press: agencies send dispatches
//! and correct them; outlets print them whole, trimmed, in another order, in other words, two as one,
//! with a word of their own; some report themselves and are copied in turn; house notices and weather
//! tables come back day after day. The same folder, size and seed give the same bytes.

mod story;
mod text;
mod words;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::random::Rng;
pub use story::{Article, Kind};
use story::{Story, World};
use words::Stock;

/// What to make.
#[derive(clap::Args)]
pub struct Options {
    /// The folder of texts that sentences are taken from (UTF-8, any depth)
    #[arg(long)]
    pub from: PathBuf,
    /// How many stories
    #[arg(long, default_value_t = 1000)]
    pub stories: usize,
    /// Stop after this many articles, whatever the number of stories
    #[arg(long)]
    pub articles: Option<usize>,
    /// Another number, another world
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The folder for articles.jsonl, truth.jsonl and stories.jsonl
    #[arg(short, long)]
    pub out: PathBuf,
}

/// A simulated pile: articles in order of time, and the stories they tell.
pub struct Pile {
    /// All articles.
    pub articles: Vec<Article>,
    /// For each story, what its reports rest on.
    pub stories: Vec<Story>,
}

/// Minutes between the starts of two stories, on average.
const BETWEEN: u64 = 7;

/// The start of the simulated time: 2 March 2031, 06:00 UTC, in seconds of Unix time.
const START: i64 = 1_930_197_600;

/// Writes a simulated pile to a folder.
///
/// # Errors
///
/// When the texts cannot be read or the files not written.
pub fn run(options: &Options) -> io::Result<()> {
    let stock = Stock::read(&options.from)?;
    fs::create_dir_all(&options.out)?;
    let file = |name: &str| File::create(options.out.join(name)).map(BufWriter::new);
    let (mut articles, mut truth, mut stories) =
        (file("articles.jsonl")?, file("truth.jsonl")?, file("stories.jsonl")?);
    let (mut count, mut bytes) = (0usize, 0usize);
    let world = World::new(&stock, options.seed);
    let limit = options.articles.unwrap_or(usize::MAX);
    // Written some stories at a time, in order of time within them: memory stays small.
    let number = if options.articles.is_some() { usize::MAX } else { options.stories };
    let mut from = 0;
    while from < number && count < limit {
        let to = number.min(from + TOGETHER);
        let pile = pile(&world, from..to);
        for story in &pile.stories {
            writeln!(stories, "{}", story_row(story))?;
        }
        for article in pile.articles.iter().take(limit - count) {
            let row = article_row(article).to_string();
            bytes += article.text.len();
            writeln!(articles, "{row}")?;
            writeln!(truth, "{}", truth_row(article))?;
            count += 1;
        }
        from = to;
    }
    println!("{count} articles, {} MB of text, {from} stories", bytes / 1_000_000);
    articles.flush()?;
    truth.flush()?;
    stories.flush()
}

/// How many stories are made before they are written.
const TOGETHER: usize = 2000;

/// A whole pile in memory.
///
/// # Errors
///
/// When the texts cannot be read.
pub fn make(from: &Path, stories: usize, seed: u64) -> io::Result<Pile> {
    let stock = Stock::read(from)?;
    Ok(pile(&World::new(&stock, seed), 0..stories))
}

fn pile(world: &World, numbers: std::ops::Range<usize>) -> Pile {
    let mut pile = Pile { articles: Vec::new(), stories: Vec::new() };
    for number in numbers {
        let mut rng = Rng::nth(world.seed, number as u64);
        let minute = number as u64 * BETWEEN + rng.below(BETWEEN as usize) as u64;
        let (story, articles) = story::tell(world, number, minute, &mut rng);
        pile.articles.extend(articles);
        pile.stories.push(story);
    }
    pile.articles.sort_by(|a, b| (a.minute, &a.id).cmp(&(b.minute, &b.id)));
    pile
}

/// An article as `recoupe` reads it.
pub fn article_row(article: &Article) -> Value {
    let mut row = json!({
        "id": article.id, "outlet": article.outlet, "title": article.title, "text": article.text,
        "url": article.url, "lang": article.lang,
    });
    if let Some(published) = published(article) {
        row["published"] = published.into();
    }
    if let Some(credit) = &article.metadata {
        row["credit"] = credit.clone().into();
    }
    row
}

fn published(article: &Article) -> Option<String> {
    let start = Timestamp::from_second(START).ok()?;
    let time =
        start.checked_add(SignedDuration::from_mins(article.minute as i64)).ok()?.to_string();
    match article.dated {
        story::Dated::Minute => Some(time),
        story::Dated::Day => Some(time[..10].to_owned()),
        story::Dated::Not => None,
    }
}

fn truth_row(article: &Article) -> Value {
    let parts: Vec<Value> = article
        .parts
        .iter()
        .map(|p| json!({"start": p.start, "end": p.end, "origin": p.origin, "from": p.from}))
        .collect();
    json!({
        "id": article.id, "story": article.story, "kind": article.kind.name(),
        "credited": article.credited, "parts": parts,
    })
}

fn story_row(story: &Story) -> Value {
    json!({"story": story.id, "origins": story.origins, "articles": story.articles})
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A folder of invented texts, of this process alone.
    fn texts(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("recoupe-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("deep")).expect("folder");
        let sentence = |i: usize| {
            let who = ["Jana Mala", "Ilda Sorane", "Tomas Verrio"][i % 3];
            let what =
                ["the old harbour crane", "a narrow stone bridge", "the flooded valley road"]
                    [i / 3 % 3];
            let how =
                ["before the winter storms", "after a long debate", "with money from the province"]
                    [i / 9 % 3];
            format!(
                "The council under {who} decided to repair {what} {how} and to tell the {i} residents of it."
            )
        };
        for (file, from) in [("a.txt", 0), ("deep/b.txt", 9), ("deep/c.txt", 18)] {
            let text: Vec<String> = (from..from + 9).map(sentence).collect();
            fs::write(folder.join(file), text.join("\n")).expect("text");
        }
        fs::write(folder.join("short.txt"), "Too short to be of use.").expect("text");
        folder
    }

    fn rows(pile: &Pile) -> Vec<String> {
        let articles = pile.articles.iter().flat_map(|a| [article_row(a), truth_row(a)]);
        articles.chain(pile.stories.iter().map(story_row)).map(|row| row.to_string()).collect()
    }

    #[test]
    fn one_seed_is_one_world() {
        let folder = texts("seed");
        let world = |seed| rows(&make(&folder, 30, seed).expect("world"));
        assert_eq!(world(1), world(1));
        assert_ne!(world(1), world(2));
        // A larger world begins with the smaller one's stories.
        let stories = |n| make(&folder, n, 1).expect("world").stories;
        let (few, many) = (stories(5), stories(30));
        assert!(few.iter().zip(&many).all(|(a, b)| story_row(a) == story_row(b)));
        fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn the_truth_is_true() {
        let folder = texts("truth");
        let pile = make(&folder, 120, 3).expect("world");
        let by_id: BTreeMap<&str, &Article> =
            pile.articles.iter().map(|a| (a.id.as_str(), a)).collect();
        assert_eq!(by_id.len(), pile.articles.len(), "ids are unique");
        assert!(pile.articles.is_sorted_by_key(|a| a.minute));
        for story in &pile.stories {
            assert!(story.articles.iter().all(|id| by_id[id.as_str()].story == story.id));
        }
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for article in &pile.articles {
            *kinds.entry(article.kind.name()).or_default() += 1;
            let chars: Vec<char> = article.text.chars().collect();
            let mut end = 0;
            for part in &article.parts {
                assert!(end <= part.start && part.start < part.end && part.end <= chars.len());
                end = part.end;
                let Some(from) = &part.from else { continue };
                let from = by_id[from.as_str()];
                assert!(from.story == article.story && from.minute <= article.minute);
                assert!(from.parts.iter().any(|p| p.origin == part.origin), "{}", article.id);
            }
        }
        for kind in ["dispatch", "copy", "report", "recopy", "template"] {
            assert!(kinds.contains_key(kind), "no {kind} in {kinds:?}");
        }
        fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn a_folder_without_texts_is_an_error() {
        let folder = std::env::temp_dir().join(format!("recoupe-empty-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("folder");
        assert!(make(&folder, 1, 1).is_err());
        assert!(make(&folder.join("absent"), 1, 1).is_err());
        fs::remove_dir_all(folder).expect("removed");
    }
}
