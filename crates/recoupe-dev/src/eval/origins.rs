//! Origins on a simulated world: whose words a family's are, who copied whom, and how many accounts of
//! its own each story rests on. The texts that the world is made of lie outside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use recoupe::analyse::{self, Analysis};
use recoupe::article::{Article, CodePoints};
use recoupe::knowledge::load::Own;
use recoupe::read::{Options, bytes};
use recoupe::reuse::{self, Family, PassageKind};
use serde_json::{Value, json};

use super::corpus::{Floor, save};
use crate::simulate::{self, Kind};

/// How many stories, and the seed of the world that is measured; another seed is for developing.
const STORIES: usize = 1000;
const SEED: u64 = 2;
const DEVELOP: u64 = 1;

/// Measures on a world made of the texts of `texts`, or says that there are none.
///
/// # Errors
///
/// When texts or results cannot be read or written, or a figure falls below its floor.
pub fn run(texts: Option<&Path>, develop: bool, verbose: bool) -> Result<(), Box<dyn Error>> {
    let Some(texts) = texts else {
        println!("not measured: name a folder of texts with --texts");
        return Ok(());
    };
    let world = simulate::make(texts, STORIES, if develop { DEVELOP } else { SEED })?;
    let rows: String =
        world.articles.iter().map(|a| format!("{}\n", simulate::article_row(a))).collect();
    let articles = bytes("world.jsonl", rows.as_bytes(), &Options::default()).value;
    let analyses: Vec<Analysis> = articles
        .iter()
        .map(|a| analyse::without_syntax(a, analyse::pack_of(a), Own::none()))
        .collect();
    let mut pairs = reuse::passages(&articles);
    reuse::mark_quotations(&mut pairs, &articles, |i| &analyses[i as usize].statements);
    let families = reuse::families(&articles, &analyses, &pairs);

    let truth = Truth::new(&world.articles, &articles);
    let mut lines = Vec::new();
    let mut tally = Tally::default();
    for family in &families {
        tally.family(family, &truth, &articles, verbose);
    }
    let members: Vec<Vec<u32>> = world
        .stories
        .iter()
        .map(|story| story.articles.iter().map(|id| truth.index[id]).collect())
        .collect();
    let accounts =
        reuse::accounts(&articles, &analyses, &families, members.iter().map(Vec::as_slice));
    for ((story, members), found) in world.stories.iter().zip(&members).zip(accounts) {
        let names: Vec<Value> = found.iter().map(|a| json!(a.name)).collect();
        let exact = found.len() == story.origins.len();
        tally.stories += 1;
        tally.exact += usize::from(exact);
        if story.articles.len() > 1 {
            tally.several += 1;
            tally.several_exact += usize::from(exact);
        }
        if verbose && !exact {
            let kinds: Vec<String> = members
                .iter()
                .map(|i| {
                    let a = truth.of[*i as usize];
                    format!("{}:{}:{}{:?}", a.id, a.kind.name(), a.outlet, a.credited)
                })
                .collect();
            println!(
                "story {} true {:?} found {:?}\n    {}",
                story.id,
                story.origins,
                found,
                kinds.join(" ")
            );
        }
        lines.push(json!({"story": story.id, "articles": members.len(), "true": story.origins, "found": names}).to_string());
    }
    println!("{} articles, {} families, {} stories", articles.len(), families.len(), tally.stories);
    tally.print();
    if !develop {
        save("origins", "stories.jsonl", &lines)?;
        save("origins", "families.jsonl", &tally.lines)?;
        let mut floor = Floor::of("origins")?;
        floor.check("origin", ratio(tally.origin.0, tally.origin.1));
        floor.check("direction", ratio(tally.direction.0, tally.direction.1));
        floor.check("accounts", ratio(tally.exact, tally.stories));
        floor.hold()?;
    }
    Ok(())
}

/// What is true of the articles as they were read.
struct Truth<'a> {
    of: Vec<&'a simulate::Article>,
    index: BTreeMap<String, u32>,
}

impl<'a> Truth<'a> {
    fn new(world: &'a [simulate::Article], articles: &[Article]) -> Truth<'a> {
        let by: BTreeMap<&str, &simulate::Article> =
            world.iter().map(|a| (a.id.as_str(), a)).collect();
        let of = articles.iter().map(|a| by[a.id.as_str()]).collect();
        let index = articles.iter().enumerate().map(|(i, a)| (a.id.clone(), i as u32)).collect();
        Truth { of, index }
    }
}

#[derive(Default)]
struct Tally {
    /// Families with a credited member: right, all.
    origin: (usize, usize),
    /// Of members whose source is answered: right, all; and members of families in all.
    direction: (usize, usize),
    members: usize,
    /// Members that were copied from an article of the pile, and those of them answered.
    copied: usize,
    stories: usize,
    exact: usize,
    several: usize,
    several_exact: usize,
    wrong: BTreeMap<String, usize>,
    lines: Vec<String>,
}

impl Tally {
    fn family(&mut self, family: &Family, truth: &Truth, articles: &[Article], verbose: bool) {
        if family.kind == PassageKind::Quotation {
            return;
        }
        // Of each member: whose words, from which article.
        let mut weight: BTreeMap<&str, u32> = BTreeMap::new();
        let mut from: BTreeMap<u32, (u32, Option<&str>)> = BTreeMap::new();
        for place in &family.places {
            let points = CodePoints::new(&articles[place.article as usize].text);
            let (start, end) = points.span(place.span);
            for part in &truth.of[place.article as usize].parts {
                let shared =
                    (part.end as u32).min(end).saturating_sub((part.start as u32).max(start));
                if shared > 0 {
                    *weight.entry(&part.origin).or_default() += shared;
                    let best = from.entry(place.article).or_default();
                    if shared > best.0 {
                        *best = (shared, part.from.as_deref());
                    }
                }
            }
        }
        let Some((origin, _)) = weight.iter().max_by_key(|(_, w)| **w) else { return };
        let members: BTreeSet<u32> = family.places.iter().map(|p| p.article).collect();
        let credited =
            members.iter().any(|m| truth.of[*m as usize].credited.iter().any(|c| c == origin));
        let right = family.origin.as_deref() == Some(*origin);
        if credited {
            self.origin.0 += usize::from(right);
            self.origin.1 += 1;
            if !right {
                let how = match family.evidence {
                    None => "none",
                    Some(e) => evidence(e),
                };
                *self.wrong.entry(format!("origin by {how}")).or_default() += 1;
                if verbose {
                    let told: Vec<_> = members
                        .iter()
                        .map(|m| {
                            (
                                &truth.of[*m as usize].id,
                                truth.of[*m as usize].kind.name(),
                                &truth.of[*m as usize].credited,
                            )
                        })
                        .collect();
                    println!("origin {origin} found {:?} {how} {told:?} {weight:?}", family.origin);
                }
            }
        }
        let (mut answered, mut good) = (0, 0);
        for member in &members {
            self.members += 1;
            let true_from = from.get(member).and_then(|f| f.1);
            let there =
                true_from.is_some_and(|f| members.iter().any(|m| truth.of[*m as usize].id == f));
            self.copied += usize::from(there);
            let Some(source) = family.source.filter(|s| s != member) else { continue };
            answered += 1;
            let told = truth.of[source as usize];
            // Another version of the dispatch that the words are from is right too.
            let version = told.kind == Kind::Dispatch && told.outlet == **origin;
            let ok = true_from == Some(told.id.as_str()) || version;
            good += usize::from(ok);
            if !ok {
                let of = truth.of[*member as usize];
                *self
                    .wrong
                    .entry(format!("direction {} from {}", of.kind.name(), told.kind.name()))
                    .or_default() += 1;
            }
        }
        self.direction.0 += good;
        self.direction.1 += answered;
        self.lines.push(
            json!({"family": family.id, "story": truth.of[*members.first().unwrap_or(&0) as usize].story,
                   "members": members.len(), "credited": credited, "right": right,
                   "answered": answered, "good": good, "confidence": (family.confidence * 100.0).round() / 100.0})
            .to_string(),
        );
    }

    fn print(&self) {
        println!(
            "origin right, families with a credited member: {} of {} = {:.3}",
            self.origin.0,
            self.origin.1,
            ratio(self.origin.0, self.origin.1)
        );
        println!(
            "direction right where answered: {} of {} = {:.3} (members {}, with their source beside them {})",
            self.direction.0,
            self.direction.1,
            ratio(self.direction.0, self.direction.1),
            self.members,
            self.copied
        );
        println!(
            "accounts counted exactly: {} of {} stories = {:.3}; of those with several articles {} of {} = {:.3}",
            self.exact,
            self.stories,
            ratio(self.exact, self.stories),
            self.several_exact,
            self.several,
            ratio(self.several_exact, self.several)
        );
        for (what, count) in &self.wrong {
            println!("    wrong: {what}: {count}");
        }
    }
}

fn evidence(evidence: reuse::OriginEvidence) -> &'static str {
    use reuse::OriginEvidence as E;
    match evidence {
        E::Credit(_) => "credit",
        E::Attribution(_) => "attribution",
        E::Metadata(_) => "metadata",
        E::Speaker(_) => "speaker",
        E::Outlet(_) => "outlet",
        E::Carried(_) => "carried",
    }
}

fn ratio(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}
