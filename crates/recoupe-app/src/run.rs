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
    /// A file that the user asked for cannot be used, and why.
    Read(PathBuf, String),
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
            Failure::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Failure::Write(path, _) if path.is_file() => {
                write!(f, "cannot write into {}: it is a file; name a folder", path.display())
            }
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
    let unread = |(path, error): (PathBuf, io::Error)| Failure::Read(path, error.to_string());
    let names = Brought {
        names: aliases::open(&cli.aliases).map_err(unread)?,
        sources: cli.sources.as_deref().map(sources).transpose()?,
    };
    match &cli.command {
        Command::Dossier(args) => dossier(cli, args, names),
        Command::Analyse(args) => analyse(cli, args, names),
        Command::Passages(args) => {
            let mut pile = pile(cli, &args.input.paths, None)?;
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
            if !names.names.is_empty() && !cli.quiet {
                say("recoupe: stories reads no names: --aliases changes nothing here");
            }
            let pile = pile(cli, &input.paths, None)?;
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

/// Writes a line on standard error. That nobody reads there any more stops nothing.
pub fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// What the user brings of names and sources.
struct Brought {
    names: Vec<Names>,
    /// What is said of sources, and what in its file is left out.
    sources: Option<(Sources, Vec<Warning>)>,
}

/// Reads a `sources.toml`.
fn sources(file: &Path) -> Result<(Sources, Vec<Warning>), Failure> {
    let read = fs::read_to_string(file).map_err(|e| e.to_string());
    let (sources, left_out) = read
        .and_then(|text| Sources::read(&text))
        .map_err(|error| Failure::Read(file.to_owned(), error))?;
    let name = file.display().to_string();
    Ok((sources, left_out.into_iter().map(|reason| Warning::file(&name, reason)).collect()))
}

/// Reads what the user names but the folder to write, and says what went wrong.
fn pile(cli: &Cli, paths: &[String], output: Option<&Path>) -> Result<Pile, Failure> {
    let progress = bar("reading", 0, cli.quiet);
    let options = read::Options {
        lang: cli.lang.map(|p| p.code.to_string()),
        output: output.map(Path::to_owned),
        ..read::Options::default()
    };
    let pile = read::paths(paths, &options, io::stdin(), &mut |p| {
        progress.set_length(p.files as u64);
        progress.set_position(p.done as u64);
    });
    progress.finish_and_clear();
    if !cli.quiet {
        pile.left_out.iter().for_each(|f| say(format_args!("recoupe: left out: {f} is a dossier")));
    }
    warn(cli, &pile.warnings);
    if pile.articles.is_empty() { Err(Failure::NothingRead) } else { Ok(pile) }
}

/// What the user brings of names, for these articles.
fn own(cli: &Cli, brought: Brought, pile: &mut Pile) -> Own {
    let told = pile.warnings.len();
    let mut own = aliases::load(brought.names, &pile.articles, &mut pile.warnings);
    if let Some((sources, left_out)) = brought.sources {
        own.sources = sources;
        pile.warnings.extend(left_out);
    }
    warn(cli, &pile.warnings[told..]);
    own
}

fn warn(cli: &Cli, warnings: &[Warning]) {
    if !cli.quiet {
        warnings.iter().for_each(|w| say(format_args!("recoupe: {w}")));
    }
}

/// Articles that are analysed before they are printed: enough to keep all threads busy.
const TOGETHER: usize = 256;

/// Articles are analysed and printed some at a time: what was found in those printed is let go.
fn analyse(cli: &Cli, args: &AnalyseArgs, names: Brought) -> Result<(), Failure> {
    let mut pile = pile(cli, &args.input.paths, None)?;
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
    names: Brought,
    output: Option<&Path>,
    decided: Option<(pipeline::Decided, Vec<Warning>)>,
) -> Result<Dossier, Failure> {
    let mut pile = pile(cli, paths, output)?;
    let own = own(cli, names, &mut pile);
    let told = pile.warnings.len();
    let decided = decided.map(|(decided, bad)| {
        pile.warnings.extend(bad);
        decided
    });
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

/// What the user decided of findings: in the file that he names, which must be of use, or in the
/// one that may lie in the folder to write.
fn decided(args: &DossierArgs) -> Result<Option<(pipeline::Decided, Vec<Warning>)>, Failure> {
    let beside = args.output.join("decisions.jsonl");
    let Some(file) = args.decisions.clone().or_else(|| beside.is_file().then_some(beside)) else {
        return Ok(None);
    };
    let name = file.display().to_string();
    let (decisions, bad) = match fs::read_to_string(&file) {
        Ok(text) => recoupe::check::decide::read(&text, &name),
        Err(e) if args.decisions.is_some() => return Err(Failure::Read(file, e.to_string())),
        Err(e) => (Vec::new(), vec![Warning::file(&name, format!("cannot be read: {e}"))]),
    };
    match bad.first() {
        Some(first) if args.decisions.is_some() && decisions.is_empty() => {
            let reason = format!("no row of it can be used; {}: {}", first.place, first.reason);
            Err(Failure::Read(file, reason))
        }
        _ => Ok(Some((pipeline::Decided { file: name, decisions }, bad))),
    }
}

fn dossier(cli: &Cli, args: &DossierArgs, names: Brought) -> Result<(), Failure> {
    let decided = decided(args)?;
    let dossier = whole(cli, &args.input.paths, names, Some(&args.output), decided)?;
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
        say(format_args!(
            "{}, {}, {}: open {}",
            count(dossier.articles.len(), "article", "articles"),
            count(dossier.stories.len(), "story", "stories"),
            count(dossier.findings.len(), "finding", "findings"),
            page.display()
        ));
    }
    Ok(())
}

fn count(n: usize, one: &str, several: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { several })
}

fn brief(cli: &Cli, args: &BriefArgs, names: Brought) -> Result<(), Failure> {
    let dossier = whole(cli, &args.input.paths, names, None, None)?;
    print(|out| {
        for (number, story) in dossier.stories.iter().enumerate() {
            let material = recoupe::check::Material {
                articles: &dossier.articles,
                analyses: &dossier.analyses,
                families: &dossier.families,
                findings: &dossier.findings,
            };
            let sentences = recoupe::check::brief(material, &story.articles, args.words);
            let own = |f: &&recoupe::check::Finding| f.story as usize == number;
            let findings = dossier.findings.iter().filter(own);
            let (articles, lang) = (&dossier.articles, dossier.lang);
            let line = tell::json::brief(&story.id, &sentences, findings, articles, lang);
            writeln!(out, "{line}")?;
        }
        Ok(())
    })
}
