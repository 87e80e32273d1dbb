//! What each command does: parse, one match on the command, print.

use std::fmt;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use recoupe::analyse::Analysis;
use recoupe::article::{Article, Warning};
use recoupe::knowledge::load::Own;
use recoupe::knowledge::sources::Sources;
use recoupe::pipeline;
use recoupe::read::{self, Pile};
use recoupe::reuse::Scope;
use recoupe::tell;
use recoupe::tell::dossier::Dossier;

use crate::aliases::{self, Names};
use crate::cli::{AnalyseArgs, BriefArgs, Cli, Command, DossierArgs, Format};
use crate::progress::bar;

/// Why nothing could be done.
#[derive(Debug)]
pub enum Failure {
    /// No article in anything that was named.
    NothingRead,
    /// A file of names that the user asked for cannot be opened.
    Names(PathBuf, io::Error),
    /// What is to be written cannot be.
    Write(PathBuf, io::Error),
    /// The threads asked for cannot be had.
    Threads(String),
}

impl Failure {
    /// Whether whoever reads our output has gone: no failure of ours.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Write(_, e) if e.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NothingRead => write!(f, "no article was read: nothing to do"),
            Failure::Names(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Failure::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Failure::Threads(error) => write!(f, "cannot start threads: {error}"),
        }
    }
}

/// Runs the command.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    if let Some(jobs) = cli.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        pool.map_err(|e| Failure::Threads(e.to_string()))?;
    }
    let names = aliases::open(&cli.aliases).map_err(|(path, e)| Failure::Names(path, e))?;
    match &cli.command {
        Command::Dossier(args) => dossier(cli, args, names),
        Command::Analyse(args) => analyse(cli, args, names),
        Command::Passages(args) => {
            let mut pile = pile(cli, &args.input.paths)?;
            let scope = Scope { days: args.days, groups: None };
            let own = own(cli, names, &mut pile);
            let options =
                pipeline::Options { lang: cli.lang, done: None, own: Some(&own), decided: None };
            let pairs = pipeline::passages_alone(&pile.articles, scope, options);
            print(|out| {
                pairs
                    .iter()
                    .try_for_each(|p| writeln!(out, "{}", tell::json::pair(p, &pile.articles)))
            })
        }
        Command::Stories(input) => {
            if !names.is_empty() && !cli.quiet {
                eprintln!("recoupe: stories reads no names: --aliases changes nothing here");
            }
            let pile = pile(cli, &input.paths)?;
            let progress = bar("reading", pile.articles.len(), cli.quiet);
            let step = || progress.inc(1);
            let options =
                pipeline::Options { lang: cli.lang, done: Some(&step), own: None, decided: None };
            let stories = pipeline::stories_alone(&pile.articles, options);
            progress.finish_and_clear();
            memberships(&pile.articles, &stories)
        }
        Command::Brief(args) => brief(cli, args, names),
    }
}

/// Reads what the user names, and says what went wrong.
fn pile(cli: &Cli, paths: &[String]) -> Result<Pile, Failure> {
    let progress = bar("reading", 0, cli.quiet);
    let options =
        read::Options { lang: cli.lang.map(|p| p.code.to_string()), ..read::Options::default() };
    let pile = read::paths(paths, &options, io::stdin(), &mut |p| {
        progress.set_length(p.files as u64);
        progress.set_position(p.done as u64);
    });
    progress.finish_and_clear();
    warn(cli, &pile.warnings);
    if pile.articles.is_empty() { Err(Failure::NothingRead) } else { Ok(pile) }
}

/// What the user brings of names, for these articles.
fn own(cli: &Cli, names: Vec<Names>, pile: &mut Pile) -> Own {
    let told = pile.warnings.len();
    let mut own = aliases::load(names, &pile.articles, &mut pile.warnings);
    if let Some(file) = &cli.sources {
        let read = fs::read_to_string(file).map_err(|e| format!("cannot be read: {e}"));
        match read.and_then(|text| Sources::read(&text)) {
            Ok(sources) => own.sources = sources,
            Err(e) => pile.warnings.push(Warning::file(file.display().to_string(), e)),
        }
    }
    warn(cli, &pile.warnings[told..]);
    own
}

fn warn(cli: &Cli, warnings: &[Warning]) {
    if !cli.quiet {
        warnings.iter().for_each(|w| eprintln!("recoupe: {w}"));
    }
}

/// Articles that are analysed before they are printed: enough to keep all threads busy.
const TOGETHER: usize = 256;

/// Articles are analysed and printed some at a time: what was found in those printed is let go.
fn analyse(cli: &Cli, args: &AnalyseArgs, names: Vec<Names>) -> Result<(), Failure> {
    let mut pile = pile(cli, &args.input.paths)?;
    let own = own(cli, names, &mut pile);
    // What is printed to a terminal on the way would run through the bar.
    let hidden = cli.quiet || io::stdout().is_terminal();
    let progress = bar("analysing", pile.articles.len(), hidden);
    let step = || progress.inc(1);
    let mut warnings = Vec::new();
    let printed = print(|out| {
        for articles in pile.articles.chunks(TOGETHER) {
            let options = pipeline::Options {
                lang: cli.lang,
                done: Some(&step),
                own: Some(&own),
                decided: None,
            };
            let (analyses, found) = pipeline::analyse_all(articles, options);
            warnings.extend(found);
            match args.format {
                Format::Json => json_lines(out, articles, &analyses)?,
                Format::Conllu => conllu(out, articles, &analyses)?,
            }
        }
        Ok(())
    });
    progress.finish_and_clear();
    warn(cli, &warnings);
    printed
}

/// Standard output, buffered, as the place to print to.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(|e| Failure::Write("standard output".into(), e))
}

fn json_lines(out: &mut dyn Write, articles: &[Article], analyses: &[Analysis]) -> io::Result<()> {
    for (article, analysis) in articles.iter().zip(analyses) {
        writeln!(out, "{}", tell::json::article(article, analysis, None, true))?;
    }
    Ok(())
}

/// Everything about each article's words in the ten columns of CoNLL-U.
fn conllu(out: &mut dyn Write, articles: &[Article], analyses: &[Analysis]) -> io::Result<()> {
    let mut pairs = articles.iter().zip(analyses);
    pairs.try_for_each(|(a, analysis)| {
        out.write_all(tell::conllu::sentences(a, analysis).as_bytes())
    })
}

fn memberships(articles: &[Article], stories: &[recoupe::story::Story]) -> Result<(), Failure> {
    let mut of: Vec<Option<&recoupe::story::Story>> = vec![None; articles.len()];
    for story in stories {
        story.articles.iter().for_each(|i| of[*i as usize] = Some(story));
    }
    print(|out| {
        let mut lines =
            articles.iter().zip(of).filter_map(|(a, s)| s.map(|s| tell::json::membership(a, s)));
        lines.try_for_each(|line| writeln!(out, "{line}"))
    })
}

/// The whole pipeline on what the user names.
fn whole(
    cli: &Cli,
    paths: &[String],
    names: Vec<Names>,
    decisions: Option<&Path>,
) -> Result<Dossier, Failure> {
    let mut pile = pile(cli, paths)?;
    let own = own(cli, names, &mut pile);
    let told = pile.warnings.len();
    let decided = decisions.map(|file| decided(file, &mut pile.warnings));
    warn(cli, &pile.warnings[told..]);
    let read = pile.warnings.len();
    let progress = bar("analysing", pile.articles.len(), cli.quiet);
    let step = || progress.inc(1);
    let options = pipeline::Options {
        lang: cli.lang,
        done: Some(&step),
        own: Some(&own),
        decided: decided.as_ref(),
    };
    let dossier = pipeline::dossier(pile.articles, pile.inputs, pile.warnings, options);
    progress.finish_and_clear();
    warn(cli, &dossier.warnings[read..]);
    Ok(dossier)
}

/// What the user decided of findings.
fn decided(file: &Path, warnings: &mut Vec<Warning>) -> pipeline::Decided {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).unwrap_or_else(|error| {
        warnings.push(Warning::file(&name, format!("cannot be read: {error}")));
        String::new()
    });
    let (decisions, bad) = recoupe::check::decide::read(&text, &name);
    warnings.extend(bad);
    pipeline::Decided { file: name, decisions }
}

fn dossier(cli: &Cli, args: &DossierArgs, names: Vec<Names>) -> Result<(), Failure> {
    let beside = args.output.join("decisions.jsonl");
    let decisions = args.decisions.clone().or_else(|| beside.is_file().then_some(beside));
    let dossier = whole(cli, &args.input.paths, names, decisions.as_deref())?;
    if args.output == Path::new("-") {
        return print(|out| writeln!(out, "{}", tell::json::dossier(&dossier, args.with_text)));
    }
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |e| Failure::Write(path, e)
    };
    fs::create_dir_all(&args.output).map_err(failed(&args.output))?;
    for (name, content) in tell::files(&dossier, args.with_text) {
        let path = args.output.join(name);
        fs::write(&path, content).map_err(failed(&path))?;
    }
    if !cli.quiet {
        let page = args.output.join("index.html");
        eprintln!(
            "{} articles, {} stories, {} findings: open {}",
            dossier.articles.len(),
            dossier.stories.len(),
            dossier.findings.len(),
            page.display()
        );
    }
    Ok(())
}

fn brief(cli: &Cli, args: &BriefArgs, names: Vec<Names>) -> Result<(), Failure> {
    let dossier = whole(cli, &args.input.paths, names, None)?;
    print(|out| {
        for story in &dossier.stories {
            let material = recoupe::check::Material {
                articles: &dossier.articles,
                analyses: &dossier.analyses,
                families: &dossier.families,
                findings: &dossier.findings,
            };
            let sentences = recoupe::check::brief(material, &story.articles, args.words);
            writeln!(out, "{}", tell::json::brief(&story.id, &sentences, &dossier.articles))?;
        }
        Ok(())
    })
}
