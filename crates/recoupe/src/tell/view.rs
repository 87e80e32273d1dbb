//! A dossier made ready to print: code point offsets, articles' labels, dates and reasons in
//! words. What every printer shares.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::OnceLock;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::analyse::{Bound, Evidence, Figure, Interval, Silence, Statement};
use crate::article::{Article, CodePoints, Span};
use crate::check::{Finding, FindingKind, Reason, Status, Support, Value, Version};
use crate::knowledge::countries;
use crate::lang::labels::{DateWords, Labels, term};
use crate::reuse::{Account, Locus, OriginEvidence, PassageKind};
use crate::story::{Entity, Story};

use super::dossier::Dossier;
use super::likeness::Likenesses;
use super::speaker::speakers;

/// The share of an article's bytes, in passages common with one earlier article, from which
/// the two count as one text.
const SAME_TEXT: f64 = 0.5;

/// A dossier with what printing needs at hand.
pub struct View<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The words of the report's language.
    pub labels: &'static Labels,
    points: Vec<CodePoints>,
    names: Vec<String>,
    entities: BTreeMap<&'a str, &'a Entity>,
    anchors: Vec<String>,
    likenesses: OnceLock<Likenesses>,
    speakers: OnceLock<Vec<BTreeMap<Span, usize>>>,
}

/// How many accounts of a story are named; the others are counted.
const NAMED: usize = 6;

/// The honest counters at the head of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counters {
    /// Articles read.
    pub articles: usize,
    /// Texts left once copies are undone.
    pub distinct: usize,
    /// Independent origins that the findings name.
    pub origins: usize,
}

impl<'a> View<'a> {
    /// How sure a state is, and by whom it is told or denied.
    pub fn standing(&self, state: &crate::check::state::State) -> String {
        let page = &self.labels.page;
        let mut out = term(page.standings, state.standing.name()).to_string();
        if !state.origins.is_empty() {
            out = format!("{out}{}{}", self.labels.colon, self.names(&state.origins));
        }
        if !state.deniers.is_empty() {
            let denied = page.denied_by.replace("{names}", &self.names(&state.deniers));
            out = format!("{out} ({denied})");
        }
        out
    }

    /// Somebody or something that holds or is held: by its entity's name, else in the article's
    /// words.
    pub fn named(&self, named: &crate::check::state::Named) -> String {
        let entity = named.entity.as_deref().and_then(|id| self.entity(id));
        entity.map_or_else(|| self.words(named.words).to_string(), |e| e.name.clone())
    }

    /// Prepares a dossier: one pass over its texts.
    pub fn new(dossier: &'a Dossier) -> View<'a> {
        View {
            dossier,
            labels: dossier.lang.labels,
            points: dossier.articles.iter().map(|a| CodePoints::new(&a.text)).collect(),
            names: article_names(dossier),
            entities: dossier.entities.iter().map(|e| (e.id.as_str(), e)).collect(),
            anchors: anchors(dossier),
            likenesses: OnceLock::new(),
            speakers: OnceLock::new(),
        }
    }

    /// What the articles share: counted once, when it is first asked for.
    pub fn likenesses(&self) -> &Likenesses {
        self.likenesses.get_or_init(|| Likenesses::of(self.dossier))
    }

    /// The innermost statement of an article that a figure stands in.
    pub fn speaker(&self, article: u32, figure: &Figure) -> Option<&'a Statement> {
        let analyses = &self.dossier.analyses;
        let all = self.speakers.get_or_init(|| analyses.iter().map(speakers).collect());
        let at = all.get(article as usize)?.get(&figure.span)?;
        analyses[article as usize].statements.get(*at)
    }

    /// The fragment that leads to a finding on the page, `f-` and ten hexadecimal digits: made of
    /// its words and their article, so that it is the same in the next run.
    pub fn anchor(&self, finding: usize) -> &str {
        self.anchors.get(finding).map_or("", String::as_str)
    }

    /// The fragments that a finding would have if its heading were one of its other supports:
    /// when the heading changes as articles are added, the old address is among them.
    pub fn aliases(&self, finding: usize) -> Vec<String> {
        let f = &self.dossier.findings[finding];
        let supports = f.values.iter().flat_map(|v| &v.supports);
        let mut out: Vec<String> = supports.map(|s| fragment(self.dossier, f, s.place)).collect();
        out.sort_unstable();
        out.dedup();
        out.retain(|alias| alias != self.anchor(finding));
        out
    }

    /// Code point offsets of a place in its article's text.
    pub fn offsets(&self, at: Locus) -> (u32, u32) {
        self.points[at.article as usize].span(at.span)
    }

    /// The words at a place, runs of white space made one space: for one line of print.
    pub fn words(&self, at: Locus) -> String {
        one_line(self.dossier.words(at))
    }

    /// What to call an article: its outlet, with its id where outlets are not enough.
    pub fn name(&self, article: u32) -> &str {
        &self.names[article as usize]
    }

    /// An article's id.
    pub fn id(&self, article: u32) -> &'a str {
        &self.dossier.articles[article as usize].id
    }

    /// The language of an article's words (BCP 47).
    pub fn lang(&self, article: u32) -> &'static str {
        self.dossier.analyses[article as usize].lang.code
    }

    /// The entity with this id.
    pub fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.entities.get(id).copied()
    }

    /// Days in words.
    pub fn interval(&self, interval: Interval) -> String {
        interval_words(&self.labels.dates, interval)
    }

    /// The days of a finding, in words: a state lasts from one to the other, anything else lies
    /// somewhere between the two.
    pub fn when(&self, finding: &Finding, days: Interval) -> String {
        let words = &self.labels.dates;
        match finding.kind {
            FindingKind::State => interval_words(words, days),
            _ => interval_words(&DateWords { range: words.between, ..*words }, days),
        }
    }

    /// A place as Markdown and plain text cite it: `[a.txt:12-40]`.
    pub fn cite(&self, at: Locus) -> String {
        let (start, end) = self.offsets(at);
        format!("[{}:{start}-{end}]", self.id(at.article))
    }

    /// Articles, texts, origins.
    pub fn counters(&self) -> Counters {
        let mut origins: Vec<&str> =
            self.dossier.findings.iter().flat_map(|f| &f.origins).map(String::as_str).collect();
        origins.sort_unstable();
        origins.dedup();
        Counters {
            articles: self.dossier.articles.len(),
            distinct: distinct(self.dossier),
            origins: origins.len(),
        }
    }

    /// Whose accounts of its own a story rests on, with how many articles each has.
    pub fn accounts(&self, story: &Story) -> Option<String> {
        let l = self.labels;
        let name = |account: &Account| {
            let name = account.name.as_deref().map_or(l.page.unsigned.to_string(), inset);
            match account.articles.len() {
                1 => name,
                many => format!("{name} ({})", l.count(l.page.articles, many)),
            }
        };
        let mut names: Vec<String> = story.accounts.iter().take(NAMED).map(name).collect();
        let rest = story.accounts.len() - names.len();
        if rest > 0 {
            names.push(l.count(l.page.others, rest));
        }
        let told = l.count(l.page.accounts, story.accounts.len());
        let carried: usize = story.accounts.iter().map(|a| a.articles.len()).sum();
        let several = if carried > story.articles.len() { l.page.accounts_several } else { "" };
        (!names.is_empty()).then(|| told.replace("{names}", &l.list(&names)) + several)
    }

    /// The versions of each dispatch that a story's articles have.
    pub fn revisions(&self, story: &Story) -> Vec<String> {
        let of = |list: &&Vec<u32>| list.iter().any(|a| story.articles.binary_search(a).is_ok());
        let told = |list: &Vec<u32>| {
            let names: Vec<String> = list.iter().map(|a| self.name(*a).to_string()).collect();
            self.labels.page.revisions.replace("{names}", &names.join(" → "))
        };
        self.dossier.revisions.iter().filter(of).map(told).collect()
    }

    /// Why a finding has its status, in fixed phrases.
    pub fn reasons(&self, finding: &Finding) -> Vec<String> {
        let mut out: Vec<String> =
            finding.reasons.iter().flat_map(|r| self.shared(finding, r)).collect();
        out.extend(self.one_voice(finding));
        out.extend(self.lost_zero(finding));
        out
    }

    /// A reason in words. Where some articles name the one origin and others none, each is counted as what it
    /// is: what an outlet says by itself is not its neighbour's source's.
    fn shared(&self, finding: &Finding, reason: &Reason) -> Vec<String> {
        let Reason::OneOrigin { origin, .. } = reason else { return vec![self.reason(reason)] };
        let supports = || finding.values.iter().flat_map(|v| &v.supports);
        let articles = |told: &dyn Fn(&Support) -> bool| -> BTreeSet<u32> {
            supports().filter(|s| told(s)).map(|s| s.place.article).collect()
        };
        // "OLQA measured nothing" names whose word it is as well as "according to OLQA" does.
        let names =
            |s: &Support| s.origin.is_some() || self.words(s.place).contains(origin.as_str());
        let named = articles(&|s| names(s));
        let bare = articles(&|s| !names(s));
        let bare = bare.difference(&named).count();
        if bare == 0 || named.is_empty() {
            return vec![self.reason(reason)];
        }
        let words = &self.labels.reasons;
        let one = self.labels.count(words.one_origin, named.len());
        vec![one.replace("{name}", &inset(origin)), self.labels.count(words.unsourced, bare)]
    }

    /// That several articles and versions go back to one origin, where no reason says it yet: what
    /// differs then is how the origin is quoted.
    fn one_voice(&self, finding: &Finding) -> Option<String> {
        let said = |r: &Reason| matches!(r, Reason::OneOrigin { .. } | Reason::Independent(_));
        let [origin] = finding.origins.as_slice() else { return None };
        let own = |s: &Support| s.origin.is_none();
        let mixed = finding.values.iter().flat_map(|v| &v.supports).any(own);
        if finding.articles < 2 || mixed || finding.reasons.iter().any(said) {
            return None;
        }
        let phrase = self.labels.reasons.one_origin;
        let text = self.labels.count(phrase, finding.articles as usize);
        Some(text.replace("{name}", &inset(origin)))
    }

    /// What a garbled number would be if one zero were lost, where its last group is all zeros and
    /// one short, and all its prints agree.
    fn lost_zero(&self, finding: &Finding) -> Option<String> {
        let places = finding.reasons.iter().find_map(|r| match r {
            Reason::Garbled(places) => Some(places),
            _ => None,
        })?;
        let mut numbers = places.iter().map(|at| with_zero(self.dossier.words(*at)));
        let first = numbers.next()??;
        if numbers.any(|n| n != Some(first)) {
            return None;
        }
        let phrase = self.labels.reasons.lost_zero;
        Some(phrase.replace("{n}", &self.labels.number(first)))
    }

    fn reason(&self, reason: &Reason) -> String {
        let (l, words) = (self.labels, &self.labels.reasons);
        match reason {
            Reason::Independent(names) => {
                let names: Vec<String> = names.iter().map(|n| inset(n)).collect();
                l.count(words.independent, names.len()).replace("{names}", &l.list(&names))
            }
            Reason::OneOrigin { origin, articles } => {
                l.count(words.one_origin, *articles).replace("{name}", &inset(origin))
            }
            Reason::SharedText { articles } => l.count(words.shared_text, *articles),
            Reason::OwnVoice { articles } => l.count(words.own_voice, *articles),
            Reason::Stages => words.stages.to_string(),
            Reason::Garbled(places) => {
                let printed: Vec<String> =
                    places.iter().map(|p| l.quoted(&inset(&self.words(*p)))).collect();
                words.garbled.replace("{words}", &l.list(&printed))
            }
            Reason::Incompatible(aspects) if aspects.is_empty() => {
                words.incompatible_bare.to_string()
            }
            Reason::Incompatible(aspects) => {
                let names: Vec<&str> = aspects.iter().map(|a| term(l.aspects, a.name())).collect();
                words.incompatible.replace("{aspects}", &l.list(&names))
            }
            Reason::AlteredQuotation => words.altered.to_string(),
            Reason::Abridged => words.abridged.to_string(),
            Reason::Denied(names) => words.denied.replace("{names}", &self.names(names)),
            Reason::Versions(versions) => {
                words.versions.replace("{versions}", &self.told_versions(versions))
            }
            Reason::Settle(aspect) => term(words.settle, aspect.name()).to_string(),
            Reason::Silent { articles, of } => {
                l.count(words.silent, *articles).replace("{all}", &of.to_string())
            }
            Reason::OneCamp { camp, names } => words
                .one_camp
                .replace("{names}", &self.names(names))
                .replace("{camp}", &inset(self.camp(camp))),
            Reason::WithCamps(n) => l.count(words.with_camps, *n),
            Reason::OpposedCamps(camps) => {
                let camps: Vec<String> = camps.iter().map(|c| self.camp(c).to_owned()).collect();
                words.opposed.replace("{camps}", &self.names(&camps))
            }
        }
    }

    /// A camp as a reader knows it: a state by its name.
    pub fn camp<'c>(&self, camp: &'c str) -> &'c str {
        countries::with_code(camp).map_or(camp, |c| (self.labels.country)(c.en, c.fr))
    }

    fn names(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|n| inset(n)).collect();
        if names.is_empty() {
            self.labels.reasons.nobody.to_string()
        } else {
            self.labels.list(&names)
        }
    }

    /// A number in the words at `at`, in words of the reader's language: `at least 11 (people)`. None
    /// for what is no number, as an hour.
    fn read_number(&self, at: Locus, norm: &str) -> Option<String> {
        let (lo, hi) = norm.split_once("..").unwrap_or((norm, norm));
        let ends = (lo.parse::<f64>().ok(), hi.parse::<f64>().ok());
        let figures = &self.dossier.analyses[at.article as usize].figures;
        let figure = figures.iter().find(|f| at.span.contains(f.span) && (f.lo, f.hi) == ends)?;
        let (range, unit) = (self.range(figure), self.unit(figure));
        match (range.is_empty(), unit.is_empty()) {
            (true, _) => None,
            (false, true) => Some(range),
            (false, false) => Some(format!("{range} ({unit})")),
        }
    }

    /// Who says a version, and the version: a number as such, other words as printed.
    /// The disputed findings, each with who says which version, for a line of the brief.
    pub fn disputes(&self) -> Vec<(usize, String)> {
        let findings = self.dossier.findings.iter().enumerate();
        let open = findings.filter(|(_, f)| f.status == Status::Disputed);
        open.filter_map(|(i, f)| Some((i, self.versions(f)?))).collect()
    }

    /// Who says which version of a finding; None where there are none.
    fn versions(&self, finding: &Finding) -> Option<String> {
        let reasons = finding.reasons.iter();
        let versions = reasons.filter_map(|r| match r {
            Reason::Versions(versions) => Some(self.told_versions(versions)),
            _ => None,
        });
        { versions }.next()
    }

    fn told_versions(&self, versions: &[Version]) -> String {
        // Where one source is told two ways, the articles tell the versions apart.
        let twice = |a: &Version| versions.iter().filter(|b| b.names == a.names).count() > 1;
        let by_article = versions.iter().any(twice);
        let told: Vec<String> = versions.iter().map(|v| self.version(v, by_article)).collect();
        told.join(self.labels.reasons.between)
    }

    fn version(&self, version: &Version, by_article: bool) -> String {
        let words = match &version.norm {
            Some(norm) => self.read_number(version.words, norm).unwrap_or_else(|| norm.clone()),
            None => self.labels.quoted(&inset(&self.words(version.words))),
        };
        let phrase = self.labels.reasons.version;
        let mut names = self.names(&version.names);
        if by_article {
            let ids: Vec<&str> = version.articles.iter().map(|a| self.id(*a)).collect();
            names = format!("{names} ({})", inset(&ids.join(", ")));
        }
        phrase.replace("{names}", &names).replace("{words}", &words)
    }

    /// In what a finding's versions differ, in words; None when a reason says it already.
    pub fn differs(&self, finding: &Finding) -> Option<String> {
        let said = |r: &Reason| matches!(r, Reason::Incompatible(aspects) if !aspects.is_empty());
        if finding.differs.is_empty() || finding.reasons.iter().any(said) {
            return None;
        }
        let l = self.labels;
        let aspects: Vec<&str> =
            finding.differs.iter().map(|a| term(l.aspects, a.name())).collect();
        Some(l.page.differs.replace("{aspects}", &l.list(&aspects)))
    }

    /// What tells an article's date, in words, one reason each. Empty when nothing does.
    pub fn date_evidence(&self, article: u32) -> Vec<String> {
        let page = &self.labels.page;
        let of = |evidence: &Evidence| match evidence {
            Evidence::Given => page.date_given.to_string(),
            Evidence::Words(span) => {
                let words = self.words(Locus { article, span: *span });
                page.date_words.replace("{words}", &self.labels.quoted(&inset(&words)))
            }
            Evidence::Article(id) => page.date_article.replace("{name}", &inset(id)),
        };
        self.dossier.analyses[article as usize].published.evidence.iter().map(of).collect()
    }

    /// A support's source chain: `OSDH › Rami Abdel Rahmane`. None in the outlet's own voice.
    pub fn chain(&self, support: &Support) -> Option<String> {
        (!support.according_to.is_empty()).then(|| support.according_to.join(" › "))
    }

    /// The origin of a support that its own chain does not name: that of the copied text.
    pub fn other_origin(&self, support: &Support) -> Option<String> {
        let origin = support.origin.as_ref()?;
        let phrase = self.labels.page.passage_origin;
        (!support.according_to.contains(origin)).then(|| phrase.replace("{name}", &inset(origin)))
    }

    /// The range a figure's words admit, in words.
    pub fn range(&self, figure: &Figure) -> String {
        let l = self.labels;
        let number = |n: Option<f64>| n.map(|n| l.number(n)).unwrap_or_default();
        let phrase = term(l.bounds, figure.bound.name());
        let complete = match figure.bound {
            Bound::Exact => figure.value.is_some(),
            Bound::AtLeast => figure.lo.is_some(),
            Bound::AtMost => figure.hi.is_some(),
            Bound::Approx => figure.lo.is_some() && figure.hi.is_some(),
            Bound::Unreadable => true,
        };
        if !complete {
            return number(figure.value);
        }
        fill(
            phrase,
            &[("n", &number(figure.value)), ("lo", &number(figure.lo)), ("hi", &number(figure.hi))],
        )
    }

    /// The unit of a figure, in words: `personnes`, `EUR`.
    pub fn unit(&self, figure: &Figure) -> String {
        match (figure.currency, figure.unit) {
            (Some(currency), _) => currency.to_string(),
            (None, Some(unit)) => term(self.labels.units, unit).to_string(),
            (None, None) => String::new(),
        }
    }

    /// What the number in a version's words reads as, with its unit: `75 or more (people)`. None
    /// where its words hold no number; where they hold several, the one that the version is about.
    pub fn reading(&self, value: &Value) -> Option<String> {
        let at = value.words;
        let figures = &self.dossier.analyses[at.article as usize].figures;
        let within = || figures.iter().filter(|f| at.span.contains(f.span));
        let ends = value.norm.as_deref().map(|norm| match norm.split_once("..") {
            Some((lo, hi)) => (lo.parse::<f64>().ok(), hi.parse::<f64>().ok()),
            None => (norm.parse().ok(), norm.parse().ok()),
        });
        let its = |f: &&Figure| ends.is_none_or(|ends| ends == (f.lo, f.hi));
        let other = || value.norm.is_none().then(|| within().next()).flatten();
        let figure = within().find(its).or_else(other)?;
        let (range, unit) = (self.range(figure), self.unit(figure));
        if range.is_empty() {
            return None;
        }
        Some(if unit.is_empty() { range } else { format!("{range} ({unit})") })
    }

    /// The words that tell a copy family's origin, and where they stand.
    pub fn origin_evidence(&self, evidence: OriginEvidence) -> (String, Option<Locus>) {
        match evidence {
            OriginEvidence::Credit(at)
            | OriginEvidence::Attribution(at)
            | OriginEvidence::Speaker(at) => (self.words(at), Some(at)),
            OriginEvidence::Metadata(article) => {
                let credit = self.dossier.articles[article as usize].credit.clone();
                (credit.unwrap_or_else(|| self.id(article).to_string()), None)
            }
            OriginEvidence::Outlet(article) | OriginEvidence::Carried(article) => {
                (self.id(article).to_string(), None)
            }
        }
    }
}

/// Puts values in the place of `{names}`, in one pass: a value that holds braces stays as it is.
pub fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let tail = &rest[open..];
        let found = tail.find('}').and_then(|close| {
            let name = &tail[1..close];
            values.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v, close + 1))
        });
        match found {
            Some((value, past)) => {
                out.push_str(value);
                rest = &tail[past..];
            }
            None => {
                out.push('{');
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// White space made one space, control characters dropped: what fits on one line.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !c.is_control()));
    }
    out
}

/// A name or words set inside a phrase of ours: on one line, and without the marks that turn
/// the direction of the text after them (Unicode Bidirectional Algorithm, explicit formatting).
pub fn inset(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    one_line(text).chars().filter(|c| !turns(*c)).collect()
}

/// Days in words: a day, a month, a year, a range, an open end, or unknown.
///
/// ```
/// use jiff::civil::date;
/// use recoupe::{analyse::Interval, lang::fr, tell::view::interval_words};
/// let words = |a, b| interval_words(&fr::PACK.labels.dates, Interval { earliest: a, latest: b });
/// let (eight, nine) = (date(2017, 11, 8), date(2017, 11, 9));
/// assert_eq!(words(Some(eight), Some(eight)), "8\u{a0}novembre\u{a0}2017");
/// assert_eq!(words(Some(eight), Some(nine)), "du 8 au 9\u{a0}novembre\u{a0}2017");
/// assert_eq!(words(None, None), "date inconnue");
/// ```
pub fn interval_words(words: &DateWords, interval: Interval) -> String {
    match (interval.earliest, interval.latest) {
        (None, None) => words.unknown.to_string(),
        (Some(a), None) => fill(words.from, &[("a", &day_words(words, a))]),
        (None, Some(b)) => fill(words.until, &[("b", &day_words(words, b))]),
        (Some(a), Some(b)) => both(words, a, b),
    }
}

fn both(words: &DateWords, a: Date, b: Date) -> String {
    if a == b {
        return day_words(words, a);
    }
    let whole_months = a.day() == 1 && b.day() == b.days_in_month();
    if whole_months && a.year() == b.year() {
        if a.month() == b.month() {
            return month_words(words, a);
        }
        if a.month() == 1 && b.month() == 12 {
            return a.year().to_string();
        }
    }
    let short = match (a.year() == b.year(), a.month() == b.month()) {
        (true, true) => day_number(words, a),
        (true, false) => {
            day_words(words, a).trim_end_matches(&a.year().to_string()).trim_end().to_string()
        }
        _ => day_words(words, a),
    };
    fill(words.range, &[("a", &short), ("b", &day_words(words, b))])
}

/// A day in words.
pub fn day_words(words: &DateWords, day: Date) -> String {
    let year = day.year().to_string();
    fill(
        words.day,
        &[("day", &day_number(words, day)), ("month", month(words, day)), ("year", &year)],
    )
}

fn month_words(words: &DateWords, day: Date) -> String {
    fill(words.month, &[("month", month(words, day)), ("year", &day.year().to_string())])
}

fn month(words: &DateWords, day: Date) -> &'static str {
    words.months.get(day.month() as usize - 1).copied().unwrap_or_default()
}

fn day_number(words: &DateWords, day: Date) -> String {
    if day.day() == 1 { words.first.to_string() } else { day.day().to_string() }
}

/// The letter of a version: A to Z, then A2, B2...
pub fn letter(version: usize) -> String {
    let mut out = String::from(char::from(b'A' + (version % 26) as u8));
    if version >= 26 {
        let _ = write!(out, "{}", version / 26 + 1);
    }
    out
}

/// A number whose last group of three digits has lost a zero in print: `120.00` or `120 00` with
/// the zero. None for any other print.
///
/// ```
/// assert_eq!(recoupe::tell::view::with_zero("quelque 120.00"), Some(120_000.0));
/// assert_eq!(recoupe::tell::view::with_zero("12.45"), None);
/// ```
pub fn with_zero(words: &str) -> Option<f64> {
    let digits = |c: char| c.is_ascii_digit();
    let number = &words[words.find(digits)?..=words.rfind(digits)?];
    let mut groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).collect();
    let last = groups.pop()?;
    let whole = |(i, g): (usize, &&str)| g.len() == 3 || i == 0 && (1..=3).contains(&g.len());
    let sound = (1..=4).contains(&groups.len()) && groups.iter().enumerate().all(whole);
    if last != "00" || !sound || groups[0].starts_with('0') {
        return None;
    }
    groups.concat().parse::<f64>().ok().map(|n| n * 1000.0)
}

/// The fragment of a finding that has these words for its heading.
fn fragment(dossier: &Dossier, finding: &Finding, at: Locus) -> String {
    let id = dossier.articles.get(at.article as usize).map_or("", |a| a.id.as_str());
    let mut hash = Sha256::new();
    for part in [finding.kind.name(), id, &one_line(dossier.words(at))] {
        // The length first, so that no two lists of parts run together.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut out = String::from("f-");
    for byte in &hash.finalize()[..5] {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The findings' fragments; a second finding with the same words gets `-2`.
fn anchors(dossier: &Dossier) -> Vec<String> {
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let anchor = |f: &Finding| {
        let fragment = fragment(dossier, f, f.text);
        let n = used.entry(fragment.clone()).or_default();
        *n += 1;
        if *n == 1 { fragment } else { format!("{fragment}-{n}") }
    };
    dossier.findings.iter().map(anchor).collect()
}

fn article_names(dossier: &Dossier) -> Vec<String> {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    for outlet in dossier.articles.iter().filter_map(|a| a.outlet.as_deref()) {
        *uses.entry(outlet).or_default() += 1;
    }
    let name = |(i, article): (usize, &Article)| {
        let name = match article.outlet.as_deref() {
            Some(outlet) if uses[outlet] == 1 => inset(outlet),
            Some(outlet) => inset(&format!("{outlet} · {}", article.id)),
            None => inset(&article.id),
        };
        if name.is_empty() { format!("#{}", i + 1) } else { name }
    };
    dossier.articles.iter().enumerate().map(name).collect()
}

/// How many articles do not share [`SAME_TEXT`] of their text with one earlier article.
fn distinct(dossier: &Dossier) -> usize {
    let mut shared: BTreeMap<(u32, u32), Vec<Span>> = BTreeMap::new();
    for pair in dossier.pairs.iter().filter(|p| p.kind != PassageKind::Quotation) {
        shared.entry((pair.b.article, pair.a.article)).or_default().push(pair.b.span);
    }
    let mut copies = vec![false; dossier.articles.len()];
    for ((copy, _), spans) in shared {
        let length = dossier.articles[copy as usize].text.len().max(1);
        copies[copy as usize] |= covered(spans) as f64 >= SAME_TEXT * length as f64;
    }
    copies.iter().filter(|copy| !**copy).count()
}

fn covered(mut spans: Vec<Span>) -> usize {
    spans.sort_unstable();
    let (mut total, mut end) = (0, 0);
    for span in spans {
        let start = span.start.max(end);
        total += span.end.saturating_sub(start) as usize;
        end = end.max(span.end);
    }
    total
}

/// A source with all that it says in the pile.
pub struct Voice<'a> {
    /// The name a reader would know.
    pub name: &'a str,
    /// Whether it has no name of its own.
    pub anonymous: bool,
    /// Index of the article, and the statement, in reading order.
    pub statements: Vec<(u32, &'a Statement)>,
}

/// Who was asked and said nothing, with the index of the article, in reading order.
pub fn silences<'a>(view: &View<'a>) -> Vec<(u32, &'a Silence)> {
    let analyses = view.dossier.analyses.iter().enumerate();
    analyses.flat_map(|(i, a)| a.silences.iter().map(move |s| (i as u32, s))).collect()
}

/// Statements gathered by who speaks: most statements first, then in order of appearance.
pub fn by_source<'a>(view: &View<'a>) -> Vec<Voice<'a>> {
    let mut voices: Vec<Voice<'a>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, analysis) in view.dossier.analyses.iter().enumerate() {
        for s in &analysis.statements {
            let name = s.source_canonical();
            let at = *known.entry(name).or_insert_with(|| {
                voices.push(Voice { name, anonymous: s.anonymous(), statements: Vec::new() });
                voices.len() - 1
            });
            voices[at].statements.push((i as u32, s));
        }
    }
    voices.sort_by_key(|v| std::cmp::Reverse(v.statements.len()));
    voices
}
