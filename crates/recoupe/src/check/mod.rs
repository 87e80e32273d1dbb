//! One story to findings: what is said, by how many independent origins, and where they differ.

mod align;
mod brief;
mod claim;
mod contrast;
mod copies;
mod days;
pub mod decide;
mod figures;
mod judge;
mod process;
pub mod state;
mod voice;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use crate::analyse::{Analysis, Interval, Stance, Statement};
use crate::article::{Article, Span};
use crate::knowledge::sources::Sources;
use crate::reuse::{Family, Locus};
use crate::story::Story;

use claim::{Claim, Reader, Weights};
use judge::Bench;

pub use brief::{Material, brief};
pub use days::days;
use judge::count_articles;

/// What a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum FindingKind {
    /// Something happened.
    Event,
    /// Something is so.
    State,
    /// A number.
    Figure,
    /// Words said.
    Quotation,
    /// Something announced, promised or foreseen.
    Plan,
    /// Something told of another time.
    Background,
}

impl FindingKind {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            FindingKind::Event => "event",
            FindingKind::State => "state",
            FindingKind::Figure => "figure",
            FindingKind::Quotation => "quotation",
            FindingKind::Plan => "plan",
            FindingKind::Background => "background",
        }
    }
}

/// What holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Two or more independent origins say the same.
    Corroborated,
    /// Origins give values that cannot both hold.
    Disputed,
    /// Values that follow each other in time.
    Evolving,
    /// A garbled figure.
    Unreadable,
    /// One origin, however many articles carry it.
    SingleOrigin,
    /// Only the outlets' own voice.
    Unattributed,
}

impl Status {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            Status::Corroborated => "corroborated",
            Status::Disputed => "disputed",
            Status::Evolving => "evolving",
            Status::Unreadable => "unreadable",
            Status::SingleOrigin => "single-origin",
            Status::Unattributed => "unattributed",
        }
    }
}

/// In what two values differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// The number.
    Figure,
    /// Where.
    Place,
    /// When.
    Time,
    /// Who.
    Actor,
    /// How far, how much.
    Extent,
    /// The words printed as a quotation.
    Wording,
    /// Whether it is so at all.
    Polarity,
}

impl Aspect {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Figure => "figure",
            Aspect::Place => "place",
            Aspect::Time => "time",
            Aspect::Actor => "actor",
            Aspect::Extent => "extent",
            Aspect::Wording => "wording",
            Aspect::Polarity => "polarity",
        }
    }
}

/// The words of one article that carry a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// Where.
    pub place: Locus,
    /// The source chain's names, from the outlet's informant to who spoke; empty in the
    /// outlet's own voice.
    pub according_to: Vec<String>,
    /// The independent origin, after attribution and copying are undone; None in the outlet's
    /// own voice.
    pub origin: Option<String>,
    /// Whether the words hold back.
    pub hedged: bool,
    /// Whether the source denies the words.
    pub denied: bool,
    /// Index of the copy family that the words lie in.
    pub copied_in: Option<u32>,
}

/// One version of a finding, with all that carry it.
#[derive(Clone, PartialEq, Debug)]
pub struct Value {
    /// The version, in the words of its best support.
    pub words: Locus,
    /// The same as a number or another comparable form (`75..`, `2017-11-08`), when there is one.
    pub norm: Option<String>,
    /// Its supports, in reading order. Never empty.
    pub supports: Vec<Support>,
}

/// A reason in words that the language pack has a phrase for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// These origins, independent of each other, say the same.
    Independent(Vec<String>),
    /// One origin is quoted by so many articles.
    OneOrigin {
        /// The origin.
        origin: String,
        /// How many articles carry it.
        articles: usize,
    },
    /// The articles share one text: one origin, its author not known.
    SharedText {
        /// How many articles carry it.
        articles: usize,
    },
    /// No article says where it has it from.
    OwnVoice {
        /// How many articles say it.
        articles: usize,
    },
    /// The values follow each other.
    Stages,
    /// The number cannot be read as printed: its raw words.
    Garbled(Vec<Locus>),
    /// Values that cannot both hold.
    Incompatible(Vec<Aspect>),
    /// The same quotation is printed with different words.
    AlteredQuotation,
    /// The same quotation is printed shorter, words on the way left out.
    Abridged,
    /// These say that it is not so, and nobody says that it is.
    Denied(Vec<String>),
    /// Who says which version, where versions differ.
    Versions(Vec<Version>),
    /// What would settle a dispute about this.
    Settle(Aspect),
    /// So many of the story's articles say nothing of it.
    Silent {
        /// How many are silent.
        articles: usize,
        /// How many there are.
        of: usize,
    },
    /// Origins that belong to one camp.
    OneCamp {
        /// Its name.
        camp: String,
        /// The origins.
        names: Vec<String>,
    },
    /// How many origins there are when a camp counts once.
    WithCamps(usize),
    /// The origins that agree are of these camps, which are opposed.
    OpposedCamps(Vec<String>),
}

/// A version of a finding, as a reason tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Who says so; empty where only the outlets do.
    pub names: Vec<String>,
    /// Its words.
    pub words: Locus,
    /// Its number or hour, where it is one.
    pub norm: Option<String>,
    /// Indices of the articles that print it, in order.
    pub articles: Vec<u32>,
}

/// One thing that the story's articles say, with all its versions.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// `f1`, `f2`... most telling first.
    pub id: String,
    /// Index of its story.
    pub story: u32,
    /// What it is about.
    pub kind: FindingKind,
    /// The finding in an article's words: the clause that tells it best.
    pub text: Locus,
    /// What holds.
    pub status: Status,
    /// The independent origins, in order of appearance.
    pub origins: Vec<String>,
    /// How many articles carry it.
    pub articles: u32,
    /// When it happened or held, as far as the articles tell.
    pub time: Interval,
    /// Where: an entity's id.
    pub place: Option<String>,
    /// Its versions.
    pub values: Vec<Value>,
    /// In what they differ.
    pub differs: Vec<Aspect>,
    /// Why it has its status.
    pub reasons: Vec<Reason>,
    /// Indices of the story's articles that say nothing of it, in order.
    pub silent: Vec<u32>,
    /// Its origins gathered by camp: those of one camp count once.
    pub camps: Vec<Camp>,
    /// What the user decided of it.
    pub decided: Decided,
}

impl Finding {
    /// Whether all that tell it deny it: nobody says that it is so.
    pub fn is_denied(&self) -> bool {
        let mut supports = self.values.iter().flat_map(|v| &v.supports).peekable();
        supports.peek().is_some() && supports.all(|s| s.denied)
    }
}

/// Origins of one side: an army and its government's agency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Camp {
    /// Its name; None for an origin of no known camp, which stands alone.
    pub name: Option<String>,
    /// The origins, in order of appearance.
    pub origins: Vec<String>,
}

/// What the user decided of a finding.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decided {
    /// The name that the user gives it.
    pub title: Option<String>,
    /// Whether the user confirmed it.
    pub confirmed: bool,
}

/// An entry of the timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineEntry {
    /// When.
    pub interval: Interval,
    /// Index of its finding.
    pub finding: u32,
    /// Its words.
    pub text: Locus,
}

/// A sentence of the brief: verbatim, with where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BriefSentence {
    /// The sentence.
    pub text: Locus,
    /// Everywhere that supports it, itself first.
    pub cites: Vec<Locus>,
    /// Indices of the disputed findings that it tells a version of: it is shown as disputed.
    pub disputed: Vec<u32>,
}

/// What a story's articles tell when they are read against each other.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Checked {
    /// The findings, most telling first.
    pub findings: Vec<Finding>,
    /// Who holds what.
    pub states: Vec<state::State>,
}

impl Finding {
    /// Makes it a dispute about one aspect.
    pub(crate) fn dispute(&mut self, aspect: Aspect) {
        self.status = Status::Disputed;
        self.differs = vec![aspect];
        self.reasons = vec![Reason::Incompatible(vec![aspect])];
    }
}

/// Checks the articles of one story (number `index`) against each other.
///
/// `articles`, `analyses` and `families` are the whole pile's. Gives the findings, most telling first;
/// their ids are left empty for the caller to number, once they are [complete].
pub fn check(
    articles: &[Article],
    analyses: &[Analysis],
    families: &[Family],
    index: u32,
    story: &Story,
) -> Checked {
    let copied = copied(families, story);
    let reader = |i: &u32| {
        let at = *i as usize;
        let own = copied.get(i).map_or(&[][..], Vec::as_slice);
        Reader::new(*i, &articles[at], &analyses[at], families, own).claims()
    };
    let mut claims: Vec<Claim> = Vec::new();
    let mut own = BTreeMap::new();
    for article in &story.articles {
        let from = claims.len();
        claims.extend(reader(article));
        own.insert(*article, from..claims.len());
    }
    voice::unite(&mut claims, articles, analyses, &story.articles);
    let weights = Weights::new(&mut claims);
    let today =
        story.articles.iter().filter_map(|i| analyses[*i as usize].published.interval.latest).max();
    let bench = Bench {
        articles,
        analyses,
        claims: &claims,
        own: &own,
        weights: &weights,
        story: index,
        today,
    };
    let mut findings = figures::findings(&bench);
    let groups = align::groups(&claims, &weights);
    let groups = of_one_statement(&bench, groups);
    let confirmed = confirmations(&bench, story);
    let answered = |group: &Vec<usize>| confirmed.iter().any(|(claim, _)| group.contains(claim));
    let mut alone: BTreeMap<(u32, Option<u32>, bool), Vec<usize>> = BTreeMap::new();
    for group in &groups {
        let first = &claims[group[0]];
        let lone = group.iter().all(|i| claims[*i].at.article == first.at.article);
        // What no statement holds has nothing in common with the next of its kind.
        if lone && first.statement.is_some() {
            // What one article alone says is shown statement by statement, not clause by clause: a light
            // clause is part of what was said. Who confirms a clause does not confirm the rest of it.
            let key = (first.at.article, first.statement, answered(group));
            alone.entry(key).or_default().extend(group);
        } else if is_shown(&bench, group) {
            findings.push(with_confirmations(&bench, group, &confirmed));
        }
    }
    let parts: BTreeSet<(u32, Option<u32>, bool)> = alone.keys().copied().collect();
    for ((article, statement, answered), mut group) in alone {
        if !is_shown(&bench, &group) {
            continue;
        }
        group.sort_unstable();
        let mut finding = with_confirmations(&bench, &group, &confirmed);
        let parted = parts.contains(&(article, statement, !answered));
        let whole = whole_statement(&bench, article, statement).filter(|_| !parted);
        finding.text = whole.unwrap_or(finding.text);
        findings.push(finding);
    }
    findings.extend(process::findings(&bench));
    findings.extend(contrast::findings(&bench, &groups));
    let wordings = wording::compare(&bench, &story.articles, &confirmed);
    findings.extend(wordings.findings);
    note_abridged(&mut findings, &wordings.abridged);
    findings.sort_by_cached_key(|f| rank(f, &bench));
    drop_twins(&mut findings);
    copies::join(&mut findings, articles);
    copies::side(&mut findings);
    Checked { findings, states: state::states(&bench) }
}

/// Adds to a finding what is told of it once it stands: who says which version and what would
/// settle it, who is silent, and its origins by camp. `story` is its story.
pub fn complete(finding: &mut Finding, story: &Story, sources: &Sources) {
    finding.reasons.retain(|r| {
        !matches!(
            r,
            Reason::Versions(_)
                | Reason::Settle(_)
                | Reason::Silent { .. }
                | Reason::OneCamp { .. }
                | Reason::WithCamps(_)
                | Reason::OpposedCamps(_)
        )
    });
    if finding.status == Status::Disputed && finding.values.len() > 1 {
        finding.reasons.push(Reason::Versions(finding.values.iter().map(version).collect()));
        finding.reasons.extend(finding.differs.first().map(|a| Reason::Settle(*a)));
    }
    gather_camps(finding, sources);
    note_silence(finding, story);
}

fn version(value: &Value) -> Version {
    let mut names: Vec<String> = Vec::new();
    for support in &value.supports {
        let name = support.origin.as_ref().or(support.according_to.last());
        names.extend(name.filter(|n| !names.contains(n)).cloned());
    }
    let mut articles: Vec<u32> = value.supports.iter().map(|s| s.place.article).collect();
    articles.sort_unstable();
    articles.dedup();
    Version { names, words: value.words, norm: value.norm.clone(), articles }
}

/// Which articles say nothing of a finding. Of stories of very many articles only how many: the
/// list would be as long for each finding as the story.
fn note_silence(finding: &mut Finding, story: &Story) {
    const LONG: usize = 200;
    let told: BTreeSet<u32> =
        finding.values.iter().flat_map(|v| &v.supports).map(|s| s.place.article).collect();
    let all = story.articles.len();
    finding.silent = match all {
        0..=LONG => story.articles.iter().copied().filter(|a| !told.contains(a)).collect(),
        _ => Vec::new(),
    };
    let articles = all.saturating_sub(told.len());
    // That nobody else tells what one article tells needs no saying.
    if told.len() > 1 && articles > 0 {
        finding.reasons.push(Reason::Silent { articles, of: all });
    }
}

fn gather_camps(finding: &mut Finding, sources: &Sources) {
    let mut camps: Vec<Camp> = Vec::new();
    for origin in &finding.origins {
        let name = sources.of(origin).and_then(|s| s.camp);
        let same = camps.iter_mut().find(|c| c.name.is_some() && c.name == name);
        match same {
            Some(camp) => camp.origins.push(origin.clone()),
            None => camps.push(Camp { name, origins: vec![origin.clone()] }),
        }
    }
    for camp in camps.iter().filter(|c| c.origins.len() > 1) {
        if let Some(name) = camp.name.clone() {
            finding.reasons.push(Reason::OneCamp { camp: name, names: camp.origins.clone() });
        }
    }
    if camps.len() < finding.origins.len() {
        finding.reasons.push(Reason::WithCamps(camps.len()));
    }
    if finding.status == Status::Corroborated {
        let named: Vec<&String> = camps.iter().filter_map(|c| c.name.as_ref()).collect();
        let against = |a: &&&String| named.iter().any(|b| sources.opposed(a, b));
        let opposed: Vec<String> = named.iter().filter(against).map(|n| (*n).clone()).collect();
        if !opposed.is_empty() {
            finding.reasons.push(Reason::OpposedCamps(opposed));
        }
    }
    finding.camps = camps;
}

/// The copied stretches of each article of a story, with the index of their family.
fn copied(families: &[Family], story: &Story) -> BTreeMap<u32, Vec<(usize, Span)>> {
    let mut out: BTreeMap<u32, Vec<(usize, Span)>> =
        story.articles.iter().map(|a| (*a, Vec::new())).collect();
    for (i, family) in families.iter().enumerate() {
        for place in &family.places {
            if let Some(own) = out.get_mut(&place.article) {
                own.push((i, place.span));
            }
        }
    }
    out
}

/// Says of findings that rest on two prints of a quotation, of which one is abridged, that their
/// words differ. It is the same claim all the same.
fn note_abridged(findings: &mut [Finding], abridged: &[(Locus, Locus)]) {
    for finding in findings.iter_mut().filter(|_| !abridged.is_empty()) {
        let own = supports_of(finding);
        let has =
            |at: &Locus| own.iter().any(|s| s.article == at.article && s.span.overlaps(at.span));
        if abridged.iter().any(|(a, b)| has(a) && has(b))
            && !finding.differs.contains(&Aspect::Wording)
        {
            finding.differs.push(Aspect::Wording);
            finding.reasons.push(Reason::Abridged);
        }
    }
}

/// Drops what another finding already shows: a group of clauses most of which a comparison (a
/// figure's finding, a dispute) holds. A process shows
/// its clauses as stages, and takes nothing from the others.
fn drop_twins(findings: &mut Vec<Finding>) {
    let supports: Vec<BTreeSet<Locus>> = findings.iter().map(supports_of).collect();
    let is_figure: Vec<bool> = findings.iter().map(|f| f.kind == FindingKind::Figure).collect();
    let compares: Vec<bool> = findings
        .iter()
        .map(|f| f.kind == FindingKind::Figure || f.status == Status::Disputed)
        .collect();
    let overlap = |a: &Locus, b: &Locus| a.article == b.article && a.span.overlaps(b.span);
    let covered = |i: usize, j: usize| {
        let shared = || supports[i].intersection(&supports[j]).count();
        match (is_figure[i], is_figure[j]) {
            (false, true) => shared() * 3 >= supports[i].len() * 2,
            (false, false) => {
                let held = |a: &&Locus| supports[j].iter().any(|b| overlap(a, b));
                supports[i].iter().filter(held).count() * 3 >= supports[i].len() * 2
            }
            (true, _) => false,
        }
    };
    // Only what stands in one of its articles can cover a finding.
    let mut comparing: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (j, own) in supports.iter().enumerate().filter(|(j, _)| compares[*j]) {
        let articles: BTreeSet<u32> = own.iter().map(|s| s.article).collect();
        articles.into_iter().for_each(|a| comparing.entry(a).or_default().push(j));
    }
    let near = |i: usize| -> BTreeSet<usize> {
        let articles: BTreeSet<u32> = supports[i].iter().map(|s| s.article).collect();
        let lists = articles.iter().filter_map(|a| comparing.get(a));
        lists.flatten().copied().filter(|j| *j != i).collect()
    };
    // What is agreed and what is disputed may not be the same clauses; nor is one dispute told twice.
    let within = |i: usize, j: usize| {
        let holds = |a: &Locus, b: &Locus| a.article == b.article && b.span.contains(a.span);
        supports[i].iter().all(|a| supports[j].iter().any(|b| holds(a, b)))
    };
    let again = |i: usize, j: usize| {
        let (a, b) = (&findings[i], &findings[j]);
        let agreed = a.status == Status::Corroborated && !is_figure[i];
        let twice = a.status == Status::Disputed && a.differs == b.differs && j < i;
        let within = within(i, j);
        // What is agreed of a number is agreed once.
        let least = supports[i].len().min(supports[j].len());
        let told = || supports[i].intersection(&supports[j]).count() * 3 >= least * 2;
        b.status == Status::Disputed && (agreed || twice && is_figure[i] == is_figure[j]) && within
            || b.status == Status::Corroborated && agreed && is_figure[j] && told()
    };
    let twin: Vec<bool> = (0..findings.len())
        .map(|i| {
            let settled = is_settled(&findings[i]);
            near(i).into_iter().any(|j| settled && covered(i, j) || again(i, j))
        })
        .collect();
    let mut i = 0;
    findings.retain(|_| {
        i += 1;
        !twin[i - 1]
    });
}

/// Whether a finding compares nothing: one value, as far as one can tell.
fn is_settled(finding: &Finding) -> bool {
    !matches!(finding.status, Status::Evolving | Status::Disputed | Status::Corroborated)
}

fn supports_of(finding: &Finding) -> BTreeSet<Locus> {
    finding.values.iter().flat_map(|v| &v.supports).map(|s| s.place).collect()
}

/// A statement's words as one stretch, if they are few enough to read at a glance.
fn whole_statement(bench: &Bench, article: u32, statement: Option<u32>) -> Option<Locus> {
    const LONG: usize = 400;
    let span = bench.analyses[article as usize].statements.get(statement? as usize)?.span();
    (span.len() <= LONG).then_some(Locus { article, span })
}

/// Joins groups that tell clauses of the same sentences of the same articles: a quotation that
/// several print is one thing, however many clauses it has.
fn of_one_statement(bench: &Bench, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let place = |i: &usize| {
        let at = bench.claims[*i].at;
        let sentences = &bench.analyses[at.article as usize].sentences;
        (at.article, sentences.partition_point(|s| s.span.end <= at.span.start))
    };
    let key = |group: &[usize]| {
        let places: BTreeSet<(u32, usize)> = group.iter().map(place).collect();
        let voice: BTreeSet<Option<&String>> =
            group.iter().map(|i| bench.claims[*i].support.origin.as_ref()).collect();
        let several = places.iter().map(|p| p.0).collect::<BTreeSet<u32>>().len() > 1;
        let quoted = group.iter().all(|i| bench.claims[*i].quoted);
        (several && quoted).then_some((places, voice))
    };
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    let mut out: Vec<Vec<usize>> = Vec::with_capacity(groups.len());
    for group in groups {
        let at = key(&group).map(|k| *first.entry(k).or_insert(out.len()));
        match at.filter(|at| *at < out.len()) {
            Some(at) => out[at].extend(group),
            None => out.push(group),
        }
    }
    out.iter_mut().for_each(|g| g.sort_unstable());
    out
}

/// Whether a group of claims is worth a reader's time: two articles tell it, or a source does
/// with words of some weight.
fn is_shown(bench: &Bench, group: &[usize]) -> bool {
    let claims = || group.iter().map(|i| &bench.claims[*i]);
    let articles: BTreeSet<u32> = claims().map(|c| c.at.article).collect();
    // A word weighs with the logarithm of how many claims there are: what is enough in a story of
    // thirty claims or more is too much to ask in a smaller one.
    let enough = 4.0 * ((bench.claims.len() as f64 + 1.0).ln() / 31f64.ln()).min(1.0);
    // What three articles carry, they thought worth it: few words, and known to all, will do.
    let told = |c: &Claim| c.features.len() + c.points.len();
    let carried = articles.len() >= 3 && claims().any(|c| told(c) >= 3);
    // One source's clauses in one article are one saying.
    let whole = match articles.len() {
        1 => (claims().map(told).sum(), claims().map(|c| c.mass).sum()),
        _ => (0, 0.0),
    };
    let enough = |(features, mass): (usize, f64)| features >= 4 && mass > enough;
    let substance = carried || enough(whole) || claims().any(|c| enough((told(c), c.mass)));
    let attributed = claims().any(|c| c.support.origin.is_some() && c.statement.is_some());
    substance && (articles.len() > 1 || attributed)
}

/// A confirmation or a denial without words of its own ("l'information est confirmée par X"): the
/// claim that it answers, and the support it gives.
fn confirmations(bench: &Bench, story: &Story) -> Vec<(usize, Support)> {
    let mut out = Vec::new();
    for &article in &story.articles {
        let analysis = &bench.analyses[article as usize];
        let answers = |s: &&Statement| matches!(s.stance, Stance::Confirm | Stance::Deny);
        for statement in analysis.statements.iter().filter(answers) {
            let Some(target) = statement.refers_to else { continue };
            let told = bench.claims_of(article).find(|(_, c)| c.statement == Some(target));
            let said = told.map(|(i, _)| i);
            let text = &bench.articles[article as usize].text;
            let origin = voice::origin_of(text, analysis, statement).map(|l| l.name.clone());
            let words = statement.cue.map_or(statement.span(), |c| c.join(statement.span()));
            out.extend(said.map(|claim| {
                let support = Support {
                    place: Locus { article, span: words },
                    according_to: statement.chain.iter().map(|l| l.name.clone()).collect(),
                    origin,
                    hedged: statement.hedged,
                    denied: voice::denies(text, analysis, statement),
                    copied_in: None,
                };
                (claim, support)
            }));
        }
    }
    out
}

fn with_confirmations(bench: &Bench, group: &[usize], confirmed: &[(usize, Support)]) -> Finding {
    let mut finding = bench.finding(vec![group.to_vec()], None);
    let mut grown = false;
    for (_, support) in confirmed.iter().filter(|(claim, _)| group.contains(claim)) {
        if let Some(origin) = support.origin.as_ref().filter(|o| !finding.origins.contains(o)) {
            finding.origins.push(origin.clone());
            grown = true;
        }
        if support.denied {
            let words = support.place;
            finding.values.push(Value { words, norm: None, supports: vec![support.clone()] });
            finding.dispute(Aspect::Polarity);
        } else if let Some(value) = finding.values.first_mut() {
            value.supports.push(support.clone());
            value.supports.sort_by_key(|s| s.place);
        }
    }
    if grown && matches!(finding.status, Status::SingleOrigin | Status::Unattributed) {
        finding.reasons.retain(|r| matches!(r, Reason::AlteredQuotation));
        bench.count_origins(&mut finding, group);
    }
    finding
}

/// What comes first: what is solid, what is disputed, what moves; then what most articles carry.
fn rank(
    finding: &Finding,
    bench: &Bench,
) -> (Status, std::cmp::Reverse<u32>, std::cmp::Reverse<usize>, u64, Locus) {
    let own = bench.claims_of(finding.text.article).find(|(_, c)| c.at == finding.text);
    let weight = own.map_or(0.0, |(_, c)| c.mass);
    let many = std::cmp::Reverse(finding.articles);
    // Light words last; in thousandths, for an order that no rounding moves.
    (
        finding.status,
        many,
        std::cmp::Reverse(finding.origins.len()),
        (1e6 - weight * 1e3) as u64,
        finding.text,
    )
}

/// The dated findings, in order of time.
pub fn timeline(findings: &[Finding]) -> Vec<TimelineEntry> {
    let dated = findings.iter().enumerate().filter(|(_, f)| f.time.earliest.is_some());
    let mut out: Vec<TimelineEntry> = dated
        .map(|(i, f)| TimelineEntry { interval: f.time, finding: i as u32, text: f.text })
        .collect();
    out.sort_by_key(|e| (e.interval.earliest, e.interval.latest, e.finding));
    out
}
