//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads many reports of the same events and tells what independent origins agree on
#[derive(Parser)]
#[command(version, about, long_about = LONG, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Threads to use (default: one a core)
    #[arg(long, short, global = true, value_name = "N", allow_hyphen_values = true, value_parser = one_or_more)]
    pub jobs: Option<usize>,
    /// Read every article in this language, instead of telling it from its words
    #[arg(long, global = true, value_name = "CODE", value_parser = language)]
    pub lang: Option<&'static recoupe::lang::Pack>,
    /// Names of your own: a table that merges, splits, renames or links them (see README), or a data
    /// set: GeoNames alternateNamesV2, JRC-Names, Wikidata as JSON Lines (.gz, .xz, .zst too). May
    /// be given several times. `stories` reads no names
    #[arg(long, global = true, value_name = "FILE")]
    pub aliases: Vec<PathBuf>,
    /// Whose voice a source is, as you see it: camps, ownership, reliability (TOML, see README)
    #[arg(long, global = true, value_name = "FILE")]
    pub sources: Option<PathBuf>,
    /// Print no progress and no warnings
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

const LONG: &str = "\
recoupe reads any pile of reports, groups it into stories, finds what was copied from whom and \
who says what according to whom, when, where and how many. It undoes the copying and the \
attribution, and tells what independent origins agree on, what they dispute, what changed in \
time, and what only one says: each line traced to the characters it rests on.

PATH is a file, a folder, a pattern such as 'pile/*.txt', or - for JSON Lines on standard input. \
Plain text, HTML and JSON Lines are told apart by their content; gzip, xz and zstd are unpacked.";

const EXAMPLES: &str = "\
Examples:
  recoupe dossier reports/ -o dossier        write the dossier, then open dossier/index.html
  recoupe dossier 'reports/*.html' -o - | jq '.findings[].text'
  recoupe analyse article.txt                everything found in one article, as JSON
  zcat archive.jsonl.gz | recoupe stories -  which article belongs to which story";

fn one_or_more(given: &str) -> Result<usize, String> {
    given.parse().ok().filter(|n| *n > 0).ok_or("give a whole number, 1 or more".to_owned())
}

fn language(code: &str) -> Result<&'static recoupe::lang::Pack, String> {
    let known: Vec<&str> = recoupe::lang::PACKS.iter().map(|p| p.code).collect();
    recoupe::lang::pack(code)
        .ok_or_else(|| format!("no such language; there is {}", known.join(", ")))
}

/// Commands.
#[derive(Subcommand)]
pub enum Command {
    /// The main job: read, group, check, and write the dossier
    #[command(
        after_help = "Examples:\n  recoupe dossier reports/ -o dossier\n  recoupe dossier a.txt b.html -o -"
    )]
    Dossier(DossierArgs),
    /// Everything found in each article alone: JSON Lines, one article a line
    #[command(
        after_help = "Example:\n  recoupe analyse article.txt | jq '.statements[] | [.source_canonical, .text]'"
    )]
    Analyse(AnalyseArgs),
    /// Copied passages: JSON Lines, one pair of spans a line
    Passages(PassagesArgs),
    /// Stories: JSON Lines, {"id", "story"}, in reading order
    Stories(Paths),
    /// A brief of each story, in sentences of its articles: JSON Lines
    Brief(BriefArgs),
}

/// What to compare.
#[derive(Args)]
pub struct PassagesArgs {
    #[command(flatten)]
    pub input: Paths,
    /// Compare only articles at most so many days apart (those without a date with all)
    #[arg(long)]
    pub days: Option<u32>,
}

/// What to read.
#[derive(Args)]
pub struct Paths {
    /// Files, folders, patterns, or - for JSON Lines on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
}

/// Arguments of `dossier`.
#[derive(Args)]
pub struct DossierArgs {
    /// What to read
    #[command(flatten)]
    pub input: Paths,
    /// Folder to write (made if it is not there); - prints dossier.json
    #[arg(long, short, default_value = "dossier", value_name = "DIR")]
    pub output: PathBuf,
    /// What you decided of findings: merge, split, reject, confirm, rename (JSON Lines, see README).
    /// Without it: decisions.jsonl in the folder to write, if it is there
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// Put the articles' texts into dossier.json too
    #[arg(long)]
    pub with_text: bool,
}

/// Arguments of `analyse`.
#[derive(Args)]
pub struct AnalyseArgs {
    /// What to read
    #[command(flatten)]
    pub input: Paths,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub format: Format,
}

/// What `analyse` prints.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum Format {
    /// JSON Lines, one article a line
    Json,
    /// Sentences and tokens as CoNLL-U
    Conllu,
}

/// Arguments of `brief`.
#[derive(Args)]
pub struct BriefArgs {
    /// What to read
    #[command(flatten)]
    pub input: Paths,
    /// At most this many words a story
    #[arg(long, default_value_t = 150, value_name = "N", allow_hyphen_values = true, value_parser = one_or_more)]
    pub words: usize,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
