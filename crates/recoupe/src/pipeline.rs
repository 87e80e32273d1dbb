//! The whole way, from articles to a dossier: every stage in order.

use rayon::prelude::*;

use crate::analyse::{self, Analysis, Interval, Statement, time};
use crate::article::{Article, Warned, Warning};
use crate::check::decide::{self, Decision};
use crate::check::{self, Finding, TimelineEntry};
use crate::knowledge::load::Own;
use crate::knowledge::sources::Source;
use crate::lang::{self, Pack};
use crate::read::Input;
use crate::reuse::{self, Pair, Scope};
use crate::story::{self, Entity, Known, Story};
use crate::tell::dossier::Dossier;

/// How many words a dossier's brief has at most.
const BRIEF_WORDS: usize = 150;

/// What the user decides of a run.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// The pack to read all articles with, whatever they look like.
    pub lang: Option<&'static Pack>,
    /// Called once an analysed article, from any thread.
    pub done: Option<&'a (dyn Fn() + Sync)>,
    /// What the user brings of names: rulings, data sets.
    pub own: Option<&'a Own>,
    /// What the user decided of findings.
    pub decided: Option<&'a Decided>,
}

/// What the user decided of findings, and where that stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decided {
    /// The file, as warnings call it.
    pub file: String,
    /// The decisions, in order.
    pub decisions: Vec<Decision>,
}

/// Reads each article alone, and tells its date as far as it does itself: in parallel, in order.
pub fn analyse_all(articles: &[Article], options: Options) -> (Vec<Analysis>, Vec<Warning>) {
    let own = options.own.unwrap_or(Own::none());
    let read = |article: &Article| {
        let mut warned = match options.lang {
            Some(pack) => {
                Warned { value: analyse::with_own(article, pack, own), warnings: Vec::new() }
            }
            None => analyse::analyse_with(article, own),
        };
        warned.value.published = story::dating::within(article, &warned.value);
        resolve_times(article, &mut warned.value);
        if let Some(done) = options.done {
            done();
        }
        warned
    };
    let all: Vec<_> = articles.par_iter().map(read).collect();
    let mut analyses = Vec::with_capacity(all.len());
    let mut warnings = Vec::new();
    for warned in all {
        analyses.push(warned.value);
        warnings.extend(warned.warnings);
    }
    (analyses, warnings)
}

/// Resolves an article's times by the day that it tells of itself.
fn resolve_times(article: &Article, analysis: &mut Analysis) {
    let published = &analysis.published;
    let day = published.date.filter(|_| !published.given);
    if let Some(day) = day {
        let anchor = Interval { earliest: Some(day), latest: Some(day) };
        let spans = time::readable(article);
        let syntax = analysis.syntax(article);
        analysis.timexes = time::tag_parsed(syntax, &spans, anchor, analysis.lang);
    }
}

/// The copied passages of a pile, quotations of a third party told apart.
pub fn passages(articles: &[Article], analyses: &[Analysis]) -> Vec<Pair> {
    let mut pairs = reuse::passages(articles);
    let of = |i: u32| analyses.get(i as usize).map_or(&[][..], |a| &a.statements);
    reuse::mark_quotations(&mut pairs, articles, of);
    pairs
}

/// [`passages`] of articles that nobody has analysed: no more is read of them than it takes. Who
/// is quoted is asked only where two articles share what stands in quotation marks.
pub fn passages_alone(articles: &[Article], scope: Scope, options: Options) -> Vec<Pair> {
    let own = options.own.unwrap_or(Own::none());
    let mut pairs = reuse::passages_within(articles, scope);

    let within = reuse::within_quotation_marks(&pairs, articles);
    let mut asked: Vec<u32> = pairs
        .iter()
        .zip(within)
        .filter(|(_, within)| *within)
        .flat_map(|(p, _)| [p.a.article, p.b.article])
        .collect();
    asked.sort_unstable();
    asked.dedup();
    let said: Vec<Vec<Statement>> = asked
        .par_iter()
        .map(|i| {
            let article = &articles[*i as usize];
            let pack = options.lang.unwrap_or_else(|| analyse::pack_of(article));
            analyse::without_syntax(article, pack, own).statements
        })
        .collect();
    let of = |i: u32| asked.binary_search(&i).map_or(&[][..], |at| &said[at]);
    reuse::mark_quotations(&mut pairs, articles, of);
    pairs
}

/// The stories of articles that nobody has analysed: no more is read of them than their language
/// and, where their files give no date, what they tell of it.
pub fn stories_alone(articles: &[Article], options: Options) -> Vec<Story> {
    let read = |article: &Article| {
        let pack = options.lang.unwrap_or_else(|| analyse::pack_of(article));
        let known = match article.published {
            Some(day) => {
                let days = Interval { earliest: Some(day), latest: Some(day) };
                let (lang, instant) = (Some(pack.code), article.instant);
                Known { lang, day: Some(day), days, instant }
            }
            None => {
                let told = story::dating::within(article, &analyse::cut(article, pack));
                let (day, days) = (told.date, told.interval);
                Known { lang: Some(pack.code), day, days, instant: None }
            }
        };
        if let Some(done) = options.done {
            done();
        }
        known
    };
    let known: Vec<Known> = articles.par_iter().map(read).collect();
    story::group_known(articles, &known)
}

/// The whole pipeline on a pile that was read: copies, stories, entities, dates, findings,
/// timeline, brief.
///
/// ```
/// use recoupe::{article::Article, pipeline};
/// let a = Article::plain("a", "La préfecture annonce deux morts.");
/// let dossier = pipeline::dossier(vec![a], vec![], vec![], Default::default());
/// assert_eq!(dossier.stories.len(), 1);
/// ```
pub fn dossier(
    articles: Vec<Article>,
    inputs: Vec<Input>,
    mut warnings: Vec<Warning>,
    options: Options,
) -> Dossier {
    let (mut analyses, more) = analyse_all(&articles, options);
    warnings.extend(more);
    let pairs = passages(&articles, &analyses);
    let stories = story::group(&articles, &analyses);
    let own = options.own.unwrap_or(Own::none());
    let entities = resolve(&articles, &mut analyses, &stories, &pairs, own);
    let mut stories = story::with_spans(stories, &analyses);
    let families = reuse::families(&articles, &analyses, &pairs);
    let of =
        reuse::accounts(&articles, &analyses, &families, stories.iter().map(|s| &s.articles[..]));
    stories.iter_mut().zip(of).for_each(|(story, accounts)| story.accounts = accounts);
    let check::Checked { mut findings, states } =
        check_all(&articles, &analyses, &families, &stories);
    if let Some(decided) = options.decided {
        let more = decide::apply(&decided.decisions, &articles, &mut findings, &decided.file);
        warnings.extend(more);
    }
    let timeline = finish(&mut findings, &stories, own);
    let sources = sources(&findings, own);
    let material = check::Material {
        articles: &articles,
        analyses: &analyses,
        families: &families,
        findings: &findings,
    };
    let brief = brief(material, &stories);
    Dossier {
        lang: language_of(&analyses),
        inputs,
        copied_share: reuse::copied_share(&articles, &pairs),
        revisions: reuse::revisions(&articles, &pairs),
        articles,
        analyses,
        stories,
        entities,
        pairs,
        families,
        findings,
        states,
        timeline,
        brief,
        warnings,
        sources,
    }
}

/// Names and dates, story by story. An entity that several stories name is one.
fn resolve(
    articles: &[Article],
    analyses: &mut [Analysis],
    stories: &[Story],
    pairs: &[Pair],
    own: &Own,
) -> Vec<Entity> {
    let ties: Vec<(u32, u32)> = pairs.iter().map(|p| (p.a.article, p.b.article)).collect();
    let mut entities: Vec<Entity> = Vec::new();
    for story in stories {
        story::dating::across(articles, analyses, &story.articles, &ties);
        entities.extend(story::entity::resolve(articles, analyses, &story.articles, own));
    }
    story::entity::merge(entities)
}

/// The findings and states of all stories, story by story.
fn check_all(
    articles: &[Article],
    analyses: &[Analysis],
    families: &[reuse::Family],
    stories: &[Story],
) -> check::Checked {
    let checked: Vec<_> = stories
        .par_iter()
        .enumerate()
        .map(|(i, story)| check::check(articles, analyses, families, i as u32, story))
        .collect();
    let mut all = check::Checked::default();
    for story in checked {
        all.findings.extend(story.findings);
        all.states.extend(story.states);
    }
    all
}

/// Numbers the findings and completes them; gives their timeline.
fn finish(findings: &mut [Finding], stories: &[Story], own: &Own) -> Vec<TimelineEntry> {
    for (i, finding) in findings.iter_mut().enumerate() {
        finding.id = format!("f{}", i + 1);
        if let Some(story) = stories.get(finding.story as usize) {
            check::complete(finding, story, &own.sources);
        }
    }
    check::timeline(findings)
}

/// What is known of the origins of findings, by name.
fn sources(findings: &[Finding], own: &Own) -> Vec<(String, Source)> {
    let mut names: Vec<&String> = findings.iter().flat_map(|f| &f.origins).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter_map(|n| Some((n.clone(), own.sources.of(n)?))).collect()
}

/// The language of most articles; of those, the pack that comes first.
fn language_of(analyses: &[Analysis]) -> &'static Pack {
    let count = |pack: &Pack| analyses.iter().filter(|a| a.lang == pack).count();
    let most = lang::PACKS.iter().rev().max_by_key(|p| count(p));
    most.copied().unwrap_or(lang::PACKS[0])
}

/// The brief of a pile: of its story, or of the largest ones, which share the words.
fn brief(of: check::Material, stories: &[Story]) -> Vec<check::BriefSentence> {
    const SEVERAL: usize = 3;
    let mut largest: Vec<&Story> = stories.iter().collect();
    largest.sort_by_key(|s| std::cmp::Reverse(s.articles.len()));
    largest.truncate(SEVERAL);
    if largest.first().is_some_and(|s| s.articles.len() > 1) {
        largest.retain(|s| s.articles.len() > 1);
    }
    let words = BRIEF_WORDS / largest.len().max(1);
    largest.iter().flat_map(|s| check::brief(of, &s.articles, words)).collect()
}
