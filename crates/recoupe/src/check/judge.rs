//! Groups of claims to findings: versions, origins, status.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::align::stage;
use super::claim::{Claim, Weights, fold};
use super::figures::is_rounded;
use super::{Aspect, Decided, Finding, FindingKind, Reason, Status, Support, Value};
use crate::analyse::{Analysis, Bound, Figure, Interval, SourceKind};
use crate::article::{Article, Span};
use crate::reuse::Locus;

/// Of one number in one voice so many prints are compared with other numbers.
const PRINTS: usize = 4;

/// What findings are made from: one story.
pub(crate) struct Bench<'a> {
    pub articles: &'a [Article],
    pub analyses: &'a [Analysis],
    pub claims: &'a [Claim],
    /// Of each article, which of the claims are its own.
    pub own: &'a BTreeMap<u32, Range<usize>>,
    pub weights: &'a Weights,
    /// Index of the story.
    pub story: u32,
    /// The last day of the story's articles, when it is known.
    pub today: Option<Date>,
}

impl Bench<'_> {
    /// A finding with one value a version of `versions` (groups of claim indices).
    pub fn finding(&self, versions: Vec<Vec<usize>>, kind: Option<FindingKind>) -> Finding {
        let all: Vec<usize> = versions.iter().flatten().copied().collect();
        let values: Vec<Value> = versions.iter().map(|v| self.value(v)).collect();
        // Words that were changed are another version, and whoever changed them another origin.
        let mut origins: Vec<String> = Vec::new();
        for origin in versions.iter().flat_map(|v| self.origins(v)) {
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        let articles = count_articles(&values);
        let text = self.best(&all);
        let mut finding = Finding {
            id: String::new(),
            story: self.story,
            kind: kind.unwrap_or_else(|| self.kind(&all)),
            text,
            status: Status::Unattributed,
            origins,
            articles,
            time: self.time(&all),
            place: self.place(&all),
            values,
            differs: Vec::new(),
            reasons: Vec::new(),
            silent: Vec::new(),
            camps: Vec::new(),
            decided: Decided::default(),
        };
        self.count_origins(&mut finding, &all);
        finding
    }

    /// The claims of an article, with their indices.
    pub fn claims_of(&self, article: u32) -> impl Iterator<Item = (usize, &Claim)> {
        let own = self.own.get(&article).cloned().unwrap_or_default();
        own.map(|i| (i, &self.claims[i]))
    }

    /// The nouns that a figure counts, folded and cut to a stem's length.
    pub fn counted(&self, count: (usize, u32)) -> Vec<String> {
        let at = self.claims[count.0].at.article as usize;
        let Some(span) = self.analyses[at].figures[count.1 as usize].counts else {
            return Vec::new();
        };
        let words = span.of(&self.articles[at].text).split(|c: char| !c.is_alphanumeric());
        let stem = |w: &str| fold(w).chars().take(6).collect::<String>();
        words.filter(|w| w.chars().count() > 3).map(stem).collect()
    }

    fn value(&self, claims: &[usize]) -> Value {
        let mut supports: Vec<Support> =
            claims.iter().map(|i| self.claims[*i].support.clone()).collect();
        supports.sort_by_key(|s| s.place);
        Value { words: self.best(claims), norm: None, supports }
    }

    /// The claim that tells it best: alike to the others, attributed, not too long.
    fn best(&self, claims: &[usize]) -> Locus {
        let sample = &claims[..claims.len().min(24)];
        let score = |i: usize| {
            let claim = &self.claims[i];
            let near: f64 =
                sample.iter().map(|j| self.weights.likeness(claim, &self.claims[*j])).sum();
            let attributed = f64::from(u8::from(claim.statement.is_some())) * 0.15;
            let length = claim.at.span.len() as f64;
            let fit = if length < 40.0 {
                0.3
            } else if length > 260.0 {
                0.2
            } else {
                0.0
            };
            near / sample.len() as f64 + attributed - fit
        };
        let scored = claims.iter().map(|i| (score(*i), *i));
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map_or(Locus { article: 0, span: Default::default() }, |(_, i)| self.claims[i].at)
    }

    /// The independent origins, in order of appearance. Voices without a name are one origin:
    /// nothing shows that they are several.
    fn origins(&self, claims: &[usize]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let (mut unnamed, mut unresolved): (Option<String>, Option<String>) = (None, None);
        // The same words are one account, whoever each outlet puts before them: of a copy family
        // only the best attributed member counts.
        let mut ordered = claims.to_vec();
        ordered.sort_by_key(|i| {
            let claim = &self.claims[*i];
            (claim.statement.is_none(), self.is_unresolved(claim), self.is_unnamed(claim))
        });
        let mut families: BTreeSet<(u32, bool)> = BTreeSet::new();
        let mut speeches: Vec<usize> = Vec::new();
        for i in ordered {
            if speeches.iter().any(|j| self.is_one_speech(i, *j)) {
                continue;
            }
            speeches.push(i);
            let family = self.claims[i].support.copied_in;
            let negated = self.claims[i].negated;
            if family.is_some_and(|f| !families.insert((f, negated))) {
                continue;
            }
            let Some(origin) = self.claims[i].support.origin.clone() else { continue };
            if self.is_unresolved(&self.claims[i]) {
                unresolved.get_or_insert(origin);
            } else if self.is_unnamed(&self.claims[i]) {
                unnamed.get_or_insert(origin);
            } else if !out.contains(&origin) {
                out.push(origin);
            }
        }
        // Where a speaker is named, an agency whose text the outlets copied only carried the
        // words: nothing shows that it knows by itself.
        let spoke = |o: &String| {
            let own = |i: &&usize| self.claims[**i].support.origin.as_ref() == Some(o);
            claims.iter().filter(own).any(|i| self.claims[*i].statement.is_some())
        };
        if out.iter().any(spoke) || unnamed.is_some() {
            out.retain(spoke);
        }
        one_name(&mut out);
        out.extend(unnamed);
        if out.is_empty() {
            out.extend(unresolved);
        }
        out
    }

    /// Whether two claims are one sentence, printed in two articles or told twice in one: two people
    /// do not say the very same, so it is one speaker, however each article calls him. Without
    /// quotation marks nearly all words of one must be in the other, and more than a few.
    fn is_one_speech(&self, i: usize, j: usize) -> bool {
        let (a, b) = (&self.claims[i], &self.claims[j]);
        let apart = a.at.article != b.at.article || a.at.span.overlaps(b.at.span);
        let strangers = a.support.origin.is_some()
            && b.support.origin.is_some()
            && a.support.origin != b.support.origin;
        if !(apart || strangers) || a.negated != b.negated {
            return false;
        }
        let common = self.weights.common(a, b);
        if !apart {
            return common >= 3 && self.share_words(a, b);
        }
        let within = common as f64 / a.features.len().min(b.features.len()).max(1) as f64;
        match a.quoted || b.quoted {
            true => common >= 3 && self.weights.likeness(a, b) >= 0.8,
            false => common >= 5 && within >= 0.9,
        }
    }

    /// Whether two claims of one article have a run of words in common: it tells again what it told,
    /// and the one of them whom it names first or last is whoever it names in passing.
    fn share_words(&self, a: &Claim, b: &Claim) -> bool {
        const RUN: usize = 6;
        const LONG: usize = 60;
        let at = a.at.article as usize;
        let (text, analysis) = (&self.articles[at].text, &self.analyses[at]);
        let of = |c: &Claim| {
            let mut words = super::voice::words_in(text, analysis, c.at.span);
            words.truncate(LONG);
            words
        };
        let (x, y) = (of(a), of(b));
        x.windows(RUN).any(|run| y.windows(RUN).any(|other| run == other))
    }

    /// Whether a claim's source is one that its words do not tell: a pronoun that nothing resolves, a
    /// day that stands where a source would, "the director" or "the union" without a name, a document
    /// or a noun. Nothing shows that it is none of those who are named.
    fn is_unresolved(&self, claim: &Claim) -> bool {
        let analysis = &self.analyses[claim.at.article as usize];
        let statement = claim.statement.map(|i| &analysis.statements[i as usize]);
        let Some((statement, origin)) = statement.and_then(|s| Some((s, s.origin()?))) else {
            return false;
        };
        let text = &self.articles[claim.at.article as usize].text;
        if super::voice::is_generic(text, analysis, statement) {
            return true;
        }
        let name = origin.name.to_lowercase();
        let pronoun = ["pronoun", "subject-pronoun", "relative-voice", "relative", "impersonal"]
            .iter()
            .any(|set| analysis.lang.speech.is(set, &name));
        let within = |source: Span| {
            let before = analysis.timexes.partition_point(|t| t.span.start <= source.start);
            analysis.timexes[..before].last().is_some_and(|t| t.span.contains(source))
        };
        if super::voice::is_common_noun(analysis, origin) {
            return true;
        }
        pronoun || statement.source.is_some_and(within)
    }

    fn is_unnamed(&self, claim: &Claim) -> bool {
        let statement = claim
            .statement
            .map(|i| &self.analyses[claim.at.article as usize].statements[i as usize]);
        statement.and_then(|s| s.origin()).is_some_and(|l| l.kind == SourceKind::Anonymous)
    }

    /// Whether the claims are members of one copy family.
    fn same_words(&self, claims: &[usize]) -> bool {
        let mut families = claims.iter().map(|i| self.claims[*i].support.copied_in);
        let Some(Some(first)) = families.next() else { return false };
        families.all(|f| f == Some(first))
    }

    fn kind(&self, claims: &[usize]) -> FindingKind {
        let count =
            |f: &dyn Fn(&Claim) -> bool| claims.iter().filter(|i| f(&self.claims[**i])).count() * 2;
        let all = claims.len();
        if count(&|c| c.quoted) > all {
            FindingKind::Quotation
        } else if count(&|c| c.future || c.has_class("plan")) > all {
            FindingKind::Plan
        } else if self.is_background(claims) {
            FindingKind::Background
        } else if count(&|c| c.past) > 0 {
            FindingKind::Event
        } else {
            FindingKind::State
        }
    }

    /// Whether its days lie more than sixty days before the story's last one.
    fn is_background(&self, claims: &[usize]) -> bool {
        let Some((today, latest)) = self.today.zip(self.time(claims).latest) else { return false };
        today.since(latest).is_ok_and(|span| span.get_days() > 60)
    }

    /// The days on which most of the claims agree: the narrowest interval of any.
    fn time(&self, claims: &[usize]) -> Interval {
        let known =
            claims.iter().map(|i| self.claims[*i].time).filter_map(|t| t.earliest.zip(t.latest));
        let narrowest =
            known.min_by_key(|(a, b)| (b.since(*a).map_or(i32::MAX, |s| s.get_days()), *a));
        narrowest
            .map_or(Interval::default(), |(a, b)| Interval { earliest: Some(a), latest: Some(b) })
    }

    /// The place that most claims name.
    fn place(&self, claims: &[usize]) -> Option<String> {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for place in claims.iter().flat_map(|i| &self.claims[*i].places) {
            *counts.entry(place).or_default() += 1;
        }
        counts
            .into_iter()
            .max_by_key(|(p, n)| (*n, std::cmp::Reverse((*p).clone())))
            .map(|(p, _)| p.clone())
    }

    /// Sets the status and why by how many independent origins there are.
    pub fn count_origins(&self, finding: &mut Finding, claims: &[usize]) {
        let articles = finding.articles as usize;
        if !claims.is_empty() && claims.iter().all(|i| self.claims[*i].support.denied) {
            finding.reasons.push(Reason::Denied(finding.origins.clone()));
        }
        match finding.origins.as_slice() {
            [] if self.same_words(claims) && articles > 1 => {
                finding.status = Status::Unattributed;
                finding.reasons.push(Reason::SharedText { articles });
            }
            [] => {
                finding.status = Status::Unattributed;
                finding.reasons.push(Reason::OwnVoice { articles });
            }
            [origin] => {
                finding.status = Status::SingleOrigin;
                finding.reasons.push(Reason::OneOrigin { origin: origin.clone(), articles });
            }
            many => {
                finding.status = Status::Corroborated;
                finding.reasons.push(Reason::Independent(many.to_vec()));
            }
        }
    }

    /// The stages of one process as one evolving finding, each stage a value; None when the
    /// articles do not tell different stages.
    pub fn evolving(&self, class: &str, claims: &[usize]) -> Option<Finding> {
        // What an article knows is the furthest stage that it tells; what it retells of earlier
        // ones is no other version.
        let mut furthest: BTreeMap<u32, u8> = BTreeMap::new();
        for &i in claims {
            let slot = furthest.entry(self.claims[i].at.article).or_insert(0);
            *slot = stage(&self.claims[i], class).max(*slot);
        }
        let mut stages: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for &i in claims {
            let told = stage(&self.claims[i], class);
            if told > 0 && furthest.get(&self.claims[i].at.article) == Some(&told) {
                stages.entry(told).or_default().push(i);
            }
        }
        if stages.len() < 2 {
            return None;
        }
        if let Some(mut last) = stages.last_entry() {
            one_an_article(self.claims, last.get_mut());
        }
        let versions = stages.into_values().collect();
        let mut finding = self.finding(versions, Some(FindingKind::Event));
        finding.status = Status::Evolving;
        finding.differs = vec![Aspect::Time, Aspect::Extent];
        finding.reasons = vec![Reason::Stages];
        Some(finding)
    }

    /// Figures of one thing: a value a number.
    pub fn figure(&self, claims: &[(usize, u32)]) -> Finding {
        let mut versions: Vec<(String, Vec<usize>)> = Vec::new();
        let mut garbled: Vec<Locus> = Vec::new();
        for (claim, figure) in claims {
            let at = self.claims[*claim].at.article;
            let figure = &self.analyses[at as usize].figures[*figure as usize];
            if figure.bound == Bound::Unreadable {
                garbled.push(Locus { article: at, span: figure.span });
            }
            let norm = norm(figure.lo, figure.hi);
            match versions.iter_mut().find(|(n, _)| *n == norm) {
                Some((_, list)) => list.push(*claim),
                None => versions.push((norm, vec![*claim])),
            }
        }
        let norms: Vec<String> = versions.iter().map(|(n, _)| n.clone()).collect();
        let mut finding =
            self.finding(versions.into_iter().map(|(_, v)| v).collect(), Some(FindingKind::Figure));
        for (value, norm) in finding.values.iter_mut().zip(norms) {
            value.norm = (!norm.is_empty()).then_some(norm);
        }
        let mut figures: Vec<(&Figure, usize)> = claims
            .iter()
            .map(|(c, f)| {
                let article = self.claims[*c].at.article as usize;
                (&self.analyses[article].figures[*f as usize], *c)
            })
            .filter(|(f, _)| f.bound != Bound::Unreadable)
            .collect();
        // Of many prints of one number in one voice a few tell as much as all.
        let mut seen: BTreeMap<(String, Option<&String>), usize> = BTreeMap::new();
        figures.retain(|(f, c)| {
            let key = (norm(f.lo, f.hi), self.claims[*c].support.origin.as_ref());
            let prints = seen.entry(key).or_default();
            *prints += 1;
            *prints <= PRINTS
        });
        // Who prints two numbers in one voice counts two things.
        let two_voices = |a: usize, b: usize| {
            let (a, b) = (&self.claims[a], &self.claims[b]);
            a.at.article != b.at.article || a.support.origin != b.support.origin
        };
        let against = |a: &(&Figure, usize), b: &(&Figure, usize)| {
            let differ = excludes((a.0.lo, a.0.hi), (b.0.lo, b.0.hi));
            differ && !is_rounded(a.0, b.0) && two_voices(a.1, b.1)
        };
        if !garbled.is_empty() {
            finding.status = Status::Unreadable;
            finding.reasons = vec![Reason::Garbled(garbled)];
        } else if figures.iter().any(|a| figures.iter().any(|b| against(a, b))) {
            let slip = super::figures::is_slip(self, claims);
            let moves = !slip && (super::figures::follow(self, claims) || self.moves(claims));
            finding.status = if moves { Status::Evolving } else { Status::Disputed };
            finding.differs.push(Aspect::Figure);
            finding.reasons = match finding.status {
                Status::Evolving => vec![Reason::Stages],
                _ => vec![Reason::Incompatible(vec![Aspect::Figure])],
            };
        } else if super::figures::outgrow(self, claims) {
            finding.status = Status::Evolving;
            finding.differs.push(Aspect::Figure);
            finding.reasons = vec![Reason::Stages];
        } else if finding.values.len() > 1 {
            // "About 80" and "82", "at least ten" and "twelve": no contradiction, nor the same.
            finding.differs.push(Aspect::Figure);
        }
        finding
    }

    /// Whether different numbers of one thing follow each other: a later toll, a later count.
    ///
    /// Days tell it where they are known and differ. Where they are not, what happened to people
    /// is counted again and again as news comes in, and words say that a number is a new one
    /// ("the toll has risen to"); two numbers in one article, or on one day by two origins, are
    /// a dispute all the same.
    fn moves(&self, claims: &[(usize, u32)]) -> bool {
        let told: Vec<Told> = claims.iter().filter_map(|c| self.told(*c)).collect();
        let known: Option<Vec<(Date, f64)>> =
            told.iter().map(|t| t.day.map(|d| (d, t.value))).collect();
        let others = |a: &Told, b: &Told| excludes(a.range, b.range);
        let one_article =
            told.iter().any(|a| told.iter().any(|b| a.article == b.article && others(a, b)));
        let counted_again = told.iter().all(|t| t.fate);
        if self.is_own_update(claims, &told) {
            return true;
        }
        if self.is_miscopied(claims) {
            return false;
        }
        // What was earned or spent does not change with the day on which it is told; and who says
        // "three, not two" says that two was wrong.
        if told.iter().any(|t| t.sum) || claims.iter().any(|c| self.claims[c.0].corrects) {
            return false;
        }
        if let Some(mut dated) = known {
            dated.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            let grows = dated.windows(2).all(|w| w[0].1 <= w[1].1);
            let one_day = dated.windows(2).any(|w| w[0].0 == w[1].0 && w[0].1 != w[1].1);
            let update = told.iter().any(|t| t.update);
            return !one_day && (grows || update && !one_article);
        }
        let sizes = || told.iter().map(|t| t.value);
        let most = sizes().fold(f64::MIN, f64::max);
        let least = sizes().fold(f64::MAX, f64::min);
        let update = told.iter().any(|t| t.update);
        // Tolls grow by a few; a count that is many times another's is another's denied.
        !one_article && (update || counted_again && most <= least * 4.0)
    }

    /// Whether two prints of one passage give two numbers, which no news explains: what does not
    /// befall people is not counted again, and digits that changed places were copied wrong.
    fn is_miscopied(&self, claims: &[(usize, u32)]) -> bool {
        let of = |(c, f): &(usize, u32)| {
            let claim = &self.claims[*c];
            (claim, &self.analyses[claim.at.article as usize].figures[*f as usize])
        };
        let digits = |f: &Figure| {
            let mut own: Vec<char> =
                f.value.map_or(Vec::new(), |v| v.to_string().chars().collect());
            own.sort_unstable();
            own
        };
        let one = |a: &(usize, u32), b: &(usize, u32)| {
            let ((ca, fa), (cb, fb)) = (of(a), of(b));
            let family = ca.support.copied_in;
            let copied = family.is_some() && family == cb.support.copied_in;
            let other = ca.at.article != cb.at.article && fa.value != fb.value;
            let told = ca.update || cb.update || fa.fate.is_some() || fb.fate.is_some();
            copied && other && (!told || digits(fa).len() > 1 && digits(fa) == digits(fb))
        };
        let few = &claims[..claims.len().min(48)];
        few.iter().enumerate().any(|(i, a)| few[..i].iter().any(|b| one(a, b)))
    }

    /// Whether who said one number says another on a later day, or a later article tells the earlier
    /// number beside the new one ("180 jobs, not the 240 first announced").
    fn is_own_update(&self, claims: &[(usize, u32)], told: &[Told]) -> bool {
        if told.len() != claims.len() {
            return false;
        }
        let claim = |i: usize| &self.claims[claims[i].0];
        let differ = |i: usize, j: usize| excludes(told[i].range, told[j].range);
        let later = |i: usize, j: usize| match told[i].day.zip(told[j].day) {
            Some((a, b)) => a < b,
            // What it tells as past tells how old an article is at the least.
            None => told[i].day.zip(told[j].since).is_some_and(|(a, b)| a < b),
        };
        let both = |i: usize, j: usize| {
            let figures = &self.analyses[told[j].article as usize].figures;
            claim(j).figures.iter().any(|f| figures[*f as usize].value == Some(told[i].value))
        };
        let own = |i: usize, j: usize| {
            let (a, b) = (&claim(i).support.origin, &claim(j).support.origin);
            a.is_some() && a == b
        };
        let follows = |i: usize, j: usize| later(i, j) && (both(i, j) || own(i, j));
        let all = || (0..told.len()).flat_map(|i| (0..told.len()).map(move |j| (i, j)));
        let mut pairs = all().filter(|(i, j)| i < j && differ(*i, *j)).peekable();
        pairs.peek().is_some() && pairs.all(|(i, j)| follows(i, j) || follows(j, i))
    }

    fn told(&self, (claim, figure): (usize, u32)) -> Option<Told> {
        let claim = &self.claims[claim];
        let article = claim.at.article;
        let analysis = &self.analyses[article as usize];
        let figure = &analysis.figures[figure as usize];
        Some(Told {
            article,
            day: analysis.published.date,
            since: analysis.published.interval.earliest,
            value: figure.value?,
            range: (figure.lo, figure.hi),
            fate: figure.fate.is_some(),
            sum: figure.currency.is_some() || figure.unit == Some("percent"),
            update: claim.update,
        })
    }
}

/// A number as an article tells it.
struct Told {
    article: u32,
    day: Option<Date>,
    /// The first day on which its article can have been published.
    since: Option<Date>,
    value: f64,
    range: (Option<f64>, Option<f64>),
    /// Whether it counts what happened to people.
    fate: bool,
    /// Whether it is a sum or a share.
    sum: bool,
    /// Whether its words say that it is a new number.
    update: bool,
}

pub(crate) fn count_articles(values: &[Value]) -> u32 {
    let mut articles: Vec<u32> =
        values.iter().flat_map(|v| &v.supports).map(|s| s.place.article).collect();
    articles.sort_unstable();
    articles.dedup();
    articles.len() as u32
}

/// Keeps the first claim of each article.
fn one_an_article(claims: &[Claim], list: &mut Vec<usize>) {
    let mut seen = Vec::new();
    list.retain(|i| {
        let article = claims[*i].at.article;
        let new = !seen.contains(&article);
        seen.push(article);
        new
    });
}

/// `75..` for at least 75, `..75` for at most, `55..65` for a range, `75` for just that.
pub(crate) fn norm(lo: Option<f64>, hi: Option<f64>) -> String {
    match (lo, hi) {
        (Some(lo), Some(hi)) if lo == hi => format!("{lo}"),
        (None, None) => String::new(),
        (lo, hi) => {
            let show = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x}"));
            format!("{}..{}", show(lo), show(hi))
        }
    }
}

/// The least and the most that a number's words admit.
pub(crate) type Bounds = (Option<f64>, Option<f64>);

/// Whether two ranges have no number in common, or only as "at least 14" has 31: who says at
/// least so many has not heard of twice as many.
pub(crate) fn excludes(a: Bounds, b: Bounds) -> bool {
    let below = |x: Bounds, y: Bounds| matches!((x.1, y.0), (Some(hi), Some(lo)) if hi < lo);
    let short = |x: Bounds, y: Bounds| matches!((x, y), ((Some(lo), None), (Some(more), _)) if lo * 2.0 < more);
    below(a, b) || below(b, a) || short(a, b) || short(b, a)
}

/// Drops an origin whose name is a part of another's: "Johnson" beside "Woody Johnson", "Prefecture" beside "Prefecture
/// of Castral". Nothing shows that they are two.
fn one_name(origins: &mut Vec<String>) {
    let words: Vec<Vec<String>> =
        origins.iter().map(|o| fold(o).split_whitespace().map(str::to_owned).collect()).collect();
    let part = |a: &[String], b: &[String]| {
        let last = a.last() == b.last();
        a.len() < b.len()
            && !a.is_empty()
            && (b.starts_with(a) || last && a.len() == 1 && b.len() == 2)
    };
    let kept: Vec<bool> = words.iter().map(|a| !words.iter().any(|b| part(a, b))).collect();
    let mut kept = kept.into_iter();
    origins.retain(|_| kept.next().unwrap_or(true));
}
