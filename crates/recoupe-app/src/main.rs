//! The program `recoupe`: reads the command line, runs the pipeline, writes what it tells.
//!
//! Exit status: 0 done (also with warnings), 1 nothing could be done, 2 wrong usage.

mod aliases;
mod cli;
mod progress;
mod run;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match run::run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            run::say(format_args!("recoupe: {error}"));
            ExitCode::FAILURE
        }
    }
}
