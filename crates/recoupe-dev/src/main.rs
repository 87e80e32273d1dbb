//! Tools of the project's own makers: generates the data files that recoupe carries, and
//! measures it.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod eval;
mod generate;

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
    /// Measure a task; results go under evals/
    Eval {
        #[command(subcommand)]
        task: Eval,
    },
}

#[derive(Subcommand)]
enum Eval {
    /// Time expressions
    Time,
}

#[derive(Subcommand)]
enum Generate {
    /// Word forms and their tags, from the treebanks
    Lexicon {
        /// Where the files go
        #[arg(long, default_value = "crates/recoupe/models")]
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
        Command::Generate { what: Generate::Lexicon { out } } => {
            generate::lexicon::run(&cli.shared, &out)
        }
        Command::Eval { task: Eval::Time } => eval::time::run(&cli.shared),
    }
}
