//! Numbers of one thing, across articles.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::claim::{COUNT, Claim, Feature, UPDATE, fold};
use super::judge::{Bench, excludes, norm};
use super::{Aspect, Finding, FindingKind, Status, Support, Value};
use crate::analyse::victims::victims;
use crate::analyse::{Analysis, Bound, Figure, Sentence, Timex, TimexKind, TokenKind};
use crate::article::Span;
use crate::knowledge::countries;
use crate::lang::figure::{FigureRules, closes};
use crate::reuse::Locus;

/// A figure of a claim.
type Count = (usize, u32);

/// The same where the words of what is measured are the same.
const LOOSE: f64 = 0.12;

/// How alike the clauses around two figures must be for the figures to count one thing.
const ALIKE: f64 = 0.3;

/// The same for figures that can be read, and so be found to differ, where no fate says what
/// they count.
const SURE: f64 = 0.55;

/// The findings about figures: those that two articles give, that cannot be read, or that count
/// what happened to people.
pub(crate) fn findings(bench: &Bench) -> Vec<Finding> {
    let counts = counts(bench);
    let mut groups: Vec<Vec<Count>> = Vec::new();
    // Of each group one figure of those that are printed in the same words: a thousand copies tell what one does.
    let mut prints: Vec<Vec<Count>> = Vec::new();
    // By what a figure counts or measures: the groups it may join.
    let mut by_key: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for count in counts {
        let keys = keys(bench, count);
        let near: BTreeSet<usize> =
            keys.iter().filter_map(|k| by_key.get(k)).flatten().copied().collect();
        // The figures of a clause come one after the other.
        let free = |i: &usize| groups[*i].last().is_none_or(|c| c.0 != count.0);
        let near: BTreeSet<usize> = near.into_iter().filter(free).collect();
        let group = nearest(bench, &prints, &near, count).unwrap_or(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
            prints.push(Vec::new());
        }
        groups[group].push(count);
        if !prints[group].iter().any(|c| is_one_print(bench, *c, count)) {
            prints[group].push(count);
        }
        for key in keys {
            by_key.entry(key).or_default().insert(group);
        }
    }
    let shown = groups.into_iter().filter(|g| is_shown(bench, g));
    let fate = |g: &[Count]| g.iter().find_map(|c| figure_of(bench, *c).1.fate);
    let made: Vec<_> = shown.map(|g| (fate(&g), bench.figure(&g))).collect();
    let mut out = without_twins(bench, made);
    out.extend(uncounted(bench));
    let mut articles: Vec<u32> = bench.claims.iter().map(|c| c.at.article).collect();
    articles.dedup();
    out.extend(articles.iter().flat_map(|a| rivals(bench, *a)));
    out.extend((1..bench.claims.len()).filter_map(|i| retort(bench, i)));
    out
}

/// Somebody whom an article tells to be dead or hurt, and the claim that tells it.
struct Victim {
    claim: usize,
    figure: Figure,
    /// Whom it names or calls: an entity.
    who: Option<String>,
    /// The number beside it that may be an age.
    age: Option<String>,
}

/// What befell those whom several articles tell of one by one, where none says how many they are:
/// "his brother was killed", "the boy's death".
fn uncounted(bench: &Bench) -> Vec<Finding> {
    let told = |fates: &[&str]| {
        let figures = bench.own.keys().flat_map(|a| &bench.analyses[*a as usize].figures);
        figures.filter_map(|f| f.fate).any(|f| fates.contains(&f))
    };
    let victims: Vec<Victim> = bench.own.keys().flat_map(|a| victims_of(bench, *a)).collect();
    let of = |v: &Victim, fates: &[&str]| v.figure.fate.is_some_and(|f| fates.contains(&f));
    // Who is told of as hurt and as dead died of it.
    let deadly = told(FATES[0]) || victims.iter().any(|v| of(v, FATES[0]));
    let mut out = Vec::new();
    for fates in FATES.iter().filter(|f| !(told(f) || deadly && **f == HURT)) {
        let mut groups: Vec<Vec<&Victim>> = Vec::new();
        for victim in victims.iter().filter(|v| of(v, fates)) {
            let fits =
                |g: &&mut Vec<&Victim>| g.iter().all(|other| may_be_one(bench, victim, other));
            match groups.iter_mut().find(fits) {
                Some(group) => group.push(victim),
                None => groups.push(vec![victim]),
            }
        }
        // Who died in one article may be in another's the one who was hurt.
        let hurt = |group: &[&Victim]| -> Vec<u32> {
            let one = |v: &&Victim| {
                fates == &FATES[0] && of(v, HURT) && group.iter().all(|g| may_be_one(bench, g, v))
            };
            victims.iter().filter(one).map(|v| bench.claims[v.claim].at.article).collect()
        };
        out.extend(groups.into_iter().filter_map(|g| of_victims(bench, &g, &hurt(&g))));
    }
    out
}

/// What befell those who were hurt.
const HURT: &[&str] = &["injured", "hospitalised", "shot"];

/// Fates that are counted together.
const FATES: [&[&str]; 3] = [&["killed"], HURT, &["missing"]];

fn victims_of(bench: &Bench, article: u32) -> Vec<Victim> {
    let (text, analysis) =
        (&bench.articles[article as usize].text, &bench.analyses[article as usize]);
    let found = victims(text, analysis).into_iter().filter_map(|figure| {
        let holds = |(_, c): &(usize, &Claim)| c.at.span.overlaps(figure.span);
        let (claim, own) = bench.claims_of(article).find(holds)?;
        let solid = !own.negated && !own.hypothetical && !own.support.denied && !own.future;
        let named = analysis.mentions.iter().find(|m| m.span.overlaps(figure.span));
        let who = named.and_then(|m| m.entity.clone());
        let age = age_near(text, analysis, figure.span);
        solid.then_some(Victim { claim, figure, who, age })
    });
    found.collect()
}

/// The first number of one or two digits beside some words: "34-year-old man", "homme de 34 ans".
fn age_near(text: &str, analysis: &Analysis, at: Span) -> Option<String> {
    const BESIDE: u32 = 16;
    let from = analysis.tokens.partition_point(|t| t.span.end + BESIDE < at.start);
    let near = analysis.tokens[from..].iter().take_while(|t| t.span.start < at.end + BESIDE);
    let mut numbers = near.filter(|t| t.kind == TokenKind::Number).map(|t| t.span.of(text));
    numbers.find(|n| n.len() <= 2).map(str::to_owned)
}

/// Whether nothing tells that two victims are two: neither names and ages, nor where and when.
fn may_be_one(bench: &Bench, a: &Victim, b: &Victim) -> bool {
    let (ca, cb) = (&bench.claims[a.claim], &bench.claims[b.claim]);
    let days = |c: &Claim| c.time.earliest.zip(c.time.latest);
    let other_days = days(ca).zip(days(cb)).is_some_and(|(x, y)| x.1 < y.0 || y.1 < x.0);
    let others = a.who.as_ref().zip(b.who.as_ref()).is_some_and(|(x, y)| x != y);
    let other_age = a.age.as_ref().zip(b.age.as_ref()).is_some_and(|(x, y)| x != y);
    !others && !other_age && !other_days && !are_apart(&ca.places, &cb.places)
}

/// What befell these victims, as one finding; None where only one article tells of them. `others`
/// are the articles that tell of the same in an earlier state.
fn of_victims(bench: &Bench, victims: &[&Victim], others: &[u32]) -> Option<Finding> {
    let article = |v: &&Victim| bench.claims[v.claim].at.article;
    let first = article(victims.first()?);
    if victims.iter().map(article).chain(others.iter().copied()).all(|a| a == first) {
        return None;
    }
    let mut versions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for victim in victims {
        let version = versions.entry(norm(victim.figure.lo, None)).or_default();
        if !version.contains(&victim.claim) {
            version.push(victim.claim);
        }
    }
    let norms: Vec<String> = versions.keys().cloned().collect();
    let mut finding = bench.finding(versions.into_values().collect(), Some(FindingKind::Figure));
    for (value, norm) in finding.values.iter_mut().zip(norms) {
        value.norm = Some(norm);
    }
    Some(finding)
}

/// A count of what befell people, as far as it can be set in order.
struct Toll<'a> {
    claim: &'a Claim,
    value: f64,
    range: (Option<f64>, Option<f64>),
    /// The day and the hour of its article or of its words.
    when: When,
    /// Whether words near it say that it is a new count.
    update: bool,
}

/// When a count was told: the day or the day of the week, and the hour.
#[derive(Clone, Copy, Default)]
struct When {
    published: Option<Date>,
    day: Option<Date>,
    weekday: Option<u8>,
    hour: Option<u8>,
}

impl When {
    /// Which of two came first; None where nothing tells.
    fn order(self, other: When) -> Option<Ordering> {
        let days = self.day.zip(other.day).map(|(a, b)| a.cmp(&b));
        // The days of one week: Sunday comes before Monday.
        let weekdays = self.weekday.zip(other.weekday).map(|(a, b)| match (b + 7 - a) % 7 {
            0 => Ordering::Equal,
            1..=3 => Ordering::Less,
            _ => Ordering::Greater,
        });
        let hours = || self.hour.zip(other.hour).map(|(a, b)| a.cmp(&b));
        let said = match days.or(weekdays) {
            Some(Ordering::Equal) => hours(),
            other => other,
        };
        let published = self.published.zip(other.published).map(|(a, b)| a.cmp(&b));
        said.or(published).filter(|o| *o != Ordering::Equal)
    }
}

fn tolls<'a>(bench: &'a Bench, counts: &[Count]) -> Vec<Toll<'a>> {
    let of = |count: &Count| {
        let (claim, figure) = figure_of(bench, *count);
        Some(Toll {
            claim,
            value: figure.value.filter(|_| figure.fate.is_some())?,
            range: (figure.lo, figure.hi),
            when: told_when(bench, *count),
            update: is_update(bench, *count),
        })
    };
    let mut all: Vec<Toll> = counts.iter().filter_map(of).collect();
    // A headline gives the number of its article, and the article tells whose and of when it is.
    let same = |a: &Toll, b: &Toll| a.claim.at.article == b.claim.at.article && a.value == b.value;
    let told: Vec<(When, bool)> = all
        .iter()
        .map(|a| {
            let own = || all.iter().filter(|b| same(a, b));
            let when = own().map(|b| b.when).find(|w| w.hour.is_some());
            (when.unwrap_or(a.when), own().any(|b| b.update))
        })
        .collect();
    for (toll, (when, update)) in all.iter_mut().zip(told) {
        (toll.when, toll.update) = (when, update);
    }
    all
}

/// When a count was told: by the words that attribute it, or in a clause about the count itself. The
/// time in any other clause is that of what happened.
fn told_when(bench: &Bench, count: Count) -> When {
    let (claim, _) = figure_of(bench, count);
    let analysis = &bench.analyses[claim.at.article as usize];
    let published = analysis.published.date;
    let at = claim.at.span;
    let from = analysis.sentences.partition_point(|s| s.span.end <= at.start);
    let Some(sentence) = analysis.sentences.get(from) else {
        return When { published, ..When::default() };
    };
    let statement = claim.statement.map(|i| &analysis.statements[i as usize]);
    let of_count = claim.update || is_of_toll(bench, claim);
    let pointed = |t: &&Timex| {
        let within = match statement {
            Some(s) if s.content.iter().any(|c| c.overlaps(t.span)) => {
                of_count && at.overlaps(t.span)
            }
            Some(_) => true,
            None => of_count && at.overlaps(t.span),
        };
        within
            && sentence.span.contains(t.span)
            && matches!(t.kind, TimexKind::Date | TimexKind::Time)
    };
    let inside = analysis.timexes.iter().filter(pointed);
    let found = inside.max_by_key(|t| (!at.overlaps(t.span), t.span.start));
    let Some(timex) = found else { return When { published, ..When::default() } };
    let (date, time) = match timex.value.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (timex.value.as_str(), None),
    };
    let hour = time.and_then(|t| match t {
        "MO" => Some(9),
        "MI" => Some(12),
        "AF" => Some(15),
        "EV" => Some(19),
        "NI" => Some(22),
        clock => clock.split(':').next()?.parse().ok(),
    });
    let weekday = date.strip_prefix("XXXX-WXX-").and_then(|d| d.parse().ok());
    When { published, day: date.parse().ok(), weekday, hour }
}

/// Whether a figure's clause says that the count is a new one, or its sentence or the one before does
/// so of a toll ("according to a new toll").
fn is_update(bench: &Bench, count: Count) -> bool {
    let (claim, _) = figure_of(bench, count);
    let at = claim.at.article as usize;
    let (text, analysis) = (&bench.articles[at].text, &bench.analyses[at]);
    let own = analysis.sentences.partition_point(|s| s.span.end <= claim.at.span.start);
    let near = analysis.sentences.iter().take(own + 1).skip(own.saturating_sub(1));
    let says = |s: &Sentence| {
        let lower = s.span.of(text).to_lowercase();
        let tolls = analysis.lang.figures.rules.tolls;
        let mut words = lower.split(|c: char| !c.is_alphanumeric());
        let predicates = &analysis.lang.predicates;
        let new = |w: &str| predicates.of(&fold(w)).is_some_and(|p| p.class == UPDATE);
        tolls.iter().any(|t| lower.contains(t)) && words.any(new)
    };
    claim.update || near.into_iter().any(says)
}

/// Whether a clause names the count of those whom something befell.
fn is_of_toll(bench: &Bench, claim: &Claim) -> bool {
    let at = claim.at.article as usize;
    let lower = claim.at.span.of(&bench.articles[at].text).to_lowercase();
    bench.analyses[at].lang.figures.rules.tolls.iter().any(|t| lower.contains(t))
}

/// Whether different numbers, of which none counts what befell people, stand in copies of one
/// sentence, or are the same digits in another order: one is a slip, and nothing moved.
pub(crate) fn is_slip(bench: &Bench, counts: &[Count]) -> bool {
    let digits = |f: &Figure| {
        let mut digits: Vec<char> = f.value.unwrap_or(0.0).to_string().chars().collect();
        digits.sort_unstable();
        digits
    };
    let slips = |a: &Count, b: &Count| {
        let ((ca, fa), (cb, fb)) = (figure_of(bench, *a), figure_of(bench, *b));
        let swapped = digits(fa) == digits(fb) && digits(fa).len() >= 2;
        let copied = ca.support.copied_in.is_some()
            && ca.support.copied_in == cb.support.copied_in
            && fa.fate.is_none();
        let own = ca.support.origin.is_some() && ca.support.origin == cb.support.origin;
        let alike = bench.weights.likeness(ca, cb) >= 0.8;
        !ca.update && !cb.update && !own && (swapped && alike || copied)
    };
    let differ = |a: &Count, b: &Count| {
        let range = |c: &Count| (figure_of(bench, *c).1.lo, figure_of(bench, *c).1.hi);
        excludes(range(a), range(b))
    };
    let pairs = || counts.iter().flat_map(|a| counts.iter().map(move |b| (a, b)));
    let mut apart = pairs().filter(|(a, b)| differ(a, b)).peekable();
    apart.peek().is_some() && apart.all(|(a, b)| slips(a, b))
}

/// Whether different counts of what befell people follow each other: of each two that differ, the
/// larger is told later, or is said to be a new one, or is what the same source says after "at least".
pub(crate) fn follow(bench: &Bench, counts: &[Count]) -> bool {
    let tolls = tolls(bench, counts);
    if tolls.len() != counts.len() || tolls.iter().any(|t| t.claim.corrects) {
        return false;
    }
    let pairs = tolls.iter().flat_map(|a| tolls.iter().map(move |b| (a, b)));
    let mut differ =
        pairs.filter(|(a, b)| a.value < b.value && excludes(a.range, b.range)).peekable();
    differ.peek().is_some()
        && differ.all(|(a, b)| match a.when.order(b.when) {
            Some(Ordering::Less) => true,
            Some(_) => false,
            None => {
                let own = a.claim.support.origin.is_some()
                    && a.claim.support.origin == b.claim.support.origin;
                let open = a.range.1.is_none();
                let other = a.claim.at.article != b.claim.at.article;
                b.claim.update || other && (b.update || own || open)
            }
        })
}

/// Whether a count that was told to be so many or more was later told to be more, as a new count.
pub(crate) fn outgrow(bench: &Bench, counts: &[Count]) -> bool {
    let tolls = tolls(bench, counts);
    tolls.iter().any(|a| {
        tolls.iter().any(|b| {
            let own = a.claim.support.origin.is_some()
                && a.claim.support.origin == b.claim.support.origin;
            a.range.1.is_none()
                && a.value < b.value
                && (own || b.update)
                && a.when.order(b.when) == Some(Ordering::Less)
        })
    })
}

/// A number that is all that one source says, right after another source's number of the same
/// unit: "94 % of the dockers walked out, the union said. The harbour speaks of 71 % of strikers".
fn retort(bench: &Bench, i: usize) -> Option<Finding> {
    const BARE: usize = 3;
    const BETWEEN: u32 = 160;
    const HEAD: u32 = 12;
    let (a, b) = (&bench.claims[i - 1], &bench.claims[i]);
    let ([first], [second]) = (a.figures.as_slice(), b.figures.as_slice()) else { return None };
    let figures = &bench.analyses[a.at.article as usize].figures;
    let apart = a.at.article == b.at.article
        && a.at.span.end <= b.at.span.start
        && b.at.span.start - a.at.span.end <= BETWEEN
        && a.statement.is_some()
        && b.statement.is_some()
        && a.support.origin.is_some()
        && b.support.origin.is_some()
        && a.support.origin != b.support.origin;
    // "71 % of strikers", and nothing before it.
    let starts = |i: &u32| figures[*i as usize].span.start < b.at.span.start + HEAD;
    if !apart || b.features.len() > BARE || !starts(second) || a.support.denied || b.support.denied
    {
        return None;
    }
    let (x, y) = (&figures[*first as usize], &figures[*second as usize]);
    let unit =
        x.unit == y.unit && x.currency == y.currency && (x.unit.is_some() || x.fate == y.fate);
    // Counts of things, not of days or metres, are of one thing only where the thing is named.
    let named = matches!(x.unit, Some("percent" | "person" | "currency"))
        || bench.counted((i - 1, *first)).iter().any(|n| bench.counted((i, *second)).contains(n));
    let elsewhere = are_apart(&a.places, &b.places);
    if !unit || !named || elsewhere || !close(x, y) || !excludes((x.lo, x.hi), (y.lo, y.hi)) {
        return None;
    }
    Some(bench.figure(&[(i - 1, *first), (i, *second)]))
}

/// Whether two numbers are of one size.
fn close(a: &Figure, b: &Figure) -> bool {
    within(a, b, 3.0)
}

/// Numbers of one thing that differ seldom differ by more.
const VERY_CLOSE: f64 = 1.5;

/// Whether neither number is more than so many times the other.
fn within(a: &Figure, b: &Figure, times: f64) -> bool {
    match a.value.zip(b.value) {
        Some((p, q)) if p > 0.0 && q > 0.0 => p / q <= times && q / p <= times,
        _ => false,
    }
}

/// Drops a second figure of the same clauses, unless it counts what happened to people: the dead
/// and the wounded of one clause are two things to know.
fn without_twins<F: PartialEq>(bench: &Bench, made: Vec<(Option<F>, Finding)>) -> Vec<Finding> {
    let mut made = made;
    made.sort_by_cached_key(|(_, f)| super::rank(f, bench));
    let mut out: Vec<(Option<F>, Finding, BTreeSet<Locus>)> = Vec::new();
    for (fate, finding) in made {
        let own = super::supports_of(&finding);
        let held = |(other, _, all): &(Option<F>, Finding, BTreeSet<Locus>)| {
            own.is_subset(all) && (fate.is_none() || fate == *other)
        };
        let garbled = finding.status == Status::Unreadable;
        if garbled || !super::is_settled(&finding) || !out.iter().any(held) {
            out.push((fate, finding, own));
        }
    }
    out.into_iter().map(|(_, finding, _)| finding).collect()
}

/// Two numbers of one thing in one sentence, each with its source: "2,300 people according to the
/// police, 6,000 according to the organisers".
fn rivals(bench: &Bench, article: u32) -> Vec<Finding> {
    let analysis = &bench.analyses[article as usize];
    let sourced: Vec<(&Figure, Span)> = analysis
        .figures
        .iter()
        .filter_map(|f| Some((f, source_after(bench, article, f)?)))
        .collect();
    let sentence = |f: &Figure| analysis.sentences.partition_point(|s| s.span.end <= f.span.start);
    sourced
        .windows(2)
        .filter(|w| sentence(w[0].0) == sentence(w[1].0))
        .filter_map(|w| rival(bench, article, &w[0], &w[1]))
        .collect()
}

type Sourced<'a> = (&'a Figure, Span);

fn rival(bench: &Bench, article: u32, a: &Sourced, b: &Sourced) -> Option<Finding> {
    // The second need not say again what it counts.
    let unit = b.0.unit.is_none() || a.0.unit == b.0.unit;
    let noun = b.0.counts.is_none() || b.0.unit.is_some();
    let differ = excludes((a.0.lo, a.0.hi), (b.0.lo, b.0.hi));
    if !unit || !noun || !near(a.0, b.0) || !differ {
        return None;
    }
    let told = a.0.span.join(b.1);
    let (claim, _) = bench.claims_of(article).find(|(_, c)| c.at.span.overlaps(told))?;
    let own = &bench.claims[claim];
    let mut finding = bench.finding(vec![vec![claim]], Some(FindingKind::Figure));
    let value = |(figure, source): &Sourced| {
        let name = name_of(bench, article, *source);
        let place = Locus { article, span: figure.span.join(*source) };
        let support = Support {
            place,
            according_to: vec![name.clone()],
            origin: Some(name),
            denied: false,
            ..own.support.clone()
        };
        Value {
            words: Locus { article, span: figure.span },
            norm: Some(norm(figure.lo, figure.hi)),
            supports: vec![support],
        }
    };
    finding.values = [a, b].into_iter().map(value).collect();
    finding.articles = 1;
    finding.origins = finding.values.iter().filter_map(|v| v.supports[0].origin.clone()).collect();
    finding.origins.dedup();
    if finding.origins.len() < 2 {
        return None;
    }
    finding.dispute(Aspect::Figure);
    Some(finding)
}

/// The source that a marker names just after a figure: "2,300 people, according to the police".
fn source_after(bench: &Bench, article: u32, figure: &Figure) -> Option<Span> {
    /// Words that may stand between, and words that a source has at most.
    const BETWEEN: usize = 4;
    const LONG: usize = 6;
    let text = &bench.articles[article as usize].text;
    let analysis = &bench.analyses[article as usize];
    let from = analysis.tokens.partition_point(|t| t.span.start < figure.span.end);
    let tokens = &analysis.tokens[from..analysis.tokens.len().min(from + 16)];
    let lower: Vec<String> =
        tokens.iter().map(|t| t.span.of(text).to_lowercase().replace('’', "'")).collect();
    let markers = || analysis.lang.speech.markers.iter().filter(|m| m.strong);
    let starts = |i: usize| {
        let from = &lower[i..];
        let is = |words: &[&str]| {
            from.len() >= words.len() && from.iter().zip(words).all(|(a, b)| a == b)
        };
        markers().find(|m| is(&m.words))
    };
    let (at, marker) = (0..lower.len().min(BETWEEN + 1)).find_map(|i| Some((i, starts(i)?)))?;
    if tokens[..at].iter().any(|t| t.kind == TokenKind::Number) {
        return None;
    }
    let source = &tokens[at + marker.words.len()..];
    let end = source.iter().position(|t| t.kind != TokenKind::Word).unwrap_or(source.len());
    let source = &source[..end.min(LONG)];
    Some(source.first()?.span.join(source.last()?.span))
}

/// A source as a reader would name it: without its article, with a capital.
fn name_of(bench: &Bench, article: u32, source: Span) -> String {
    let (source, analysis) =
        (source.of(&bench.articles[article as usize].text), &bench.analyses[article as usize]);
    let determiners = &analysis.lang.names.determiners;
    let bare = match source.split_once([' ', '\'', '’']) {
        Some((first, rest)) if determiners.contains(first.to_lowercase().as_str()) => rest,
        _ => source,
    };
    let mut letters = bare.chars();
    letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
}

/// Whether two figures are one number in two prints of one clause.
fn is_one_print(bench: &Bench, a: Count, b: Count) -> bool {
    let ((x, f), (y, g)) = (figure_of(bench, a), figure_of(bench, b));
    x.ids == y.ids
        && (f.lo, f.hi, f.unit, f.fate) == (g.lo, g.hi, g.unit, g.fate)
        && x.time == y.time
}

/// The group that a figure joins: of those of `near` that count the same thing, one with the same noun counted, then one with the same number, then the first.
fn nearest(
    bench: &Bench,
    groups: &[Vec<Count>],
    near: &BTreeSet<usize>,
    count: Count,
) -> Option<usize> {
    let fits = |g: &Vec<Count>| g.iter().any(|other| same_thing(bench, count, *other));
    let nouns = bench.counted(count);
    let fit = |g: &[Count]| {
        let value = |c: Count| figure_of(bench, c).1.value;
        let shared = |other: &Count| bench.counted(*other).iter().any(|n| nouns.contains(n));
        let same_noun = g.iter().any(shared);
        (same_noun, g.iter().any(|other| value(*other) == value(count)))
    };
    let fitting = near.iter().map(|i| (*i, &groups[*i])).filter(|(_, g)| fits(g));
    fitting.max_by_key(|(i, g)| (fit(g), std::cmp::Reverse(*i))).map(|(i, _)| i)
}

/// What two figures must share one of to count the same thing.
fn keys(bench: &Bench, count: Count) -> BTreeSet<String> {
    let (claim, figure) = figure_of(bench, count);
    let at = claim.figures.iter().position(|f| *f == count.1);
    let measures = at.and_then(|i| claim.measures.get(i)).into_iter().flatten();
    let fate = figure.fate.map(|f| format!("fate {f}"));
    let counted = bench.counted(count).into_iter().map(|w| format!("counts {w}"));
    measures.map(|w| format!("measures {w}")).chain(counted).chain(fate).collect()
}

fn figure_of<'a>(bench: &'a Bench, count: Count) -> (&'a Claim, &'a Figure) {
    let claim = &bench.claims[count.0];
    (claim, &bench.analyses[claim.at.article as usize].figures[count.1 as usize])
}

/// The figures that are told to be so: not those that a clause turns down ("three, not two").
fn counts(bench: &Bench) -> Vec<Count> {
    let of_claim = |(i, c): (usize, &Claim)| c.figures.iter().map(|f| (i, *f)).collect::<Vec<_>>();
    let all = bench.claims.iter().enumerate().flat_map(of_claim);
    all.filter(|c| !is_after(bench, *c, |r| r.rejects)).collect()
}

/// Whether one of the phrases stands just before a figure.
fn is_after(
    bench: &Bench,
    count: Count,
    phrases: fn(&FigureRules) -> &'static [&'static str],
) -> bool {
    const LONG: usize = 4;
    let (claim, figure) = figure_of(bench, count);
    let at = claim.at.article as usize;
    let (text, analysis) = (&bench.articles[at].text, &bench.analyses[at]);
    let end = analysis.tokens.partition_point(|t| t.span.start < figure.span.start);
    let near = &analysis.tokens[end.saturating_sub(LONG)..end];
    let words: Vec<String> = near.iter().map(|t| t.span.of(text).to_lowercase()).collect();
    phrases(analysis.lang.figures.rules).iter().any(|p| closes(&words, p).is_some())
}

/// Whether a figure counts only a part of what a clause counts ("27 hurt, eight of them seriously").
fn is_part(bench: &Bench, count: Count) -> bool {
    is_after(bench, count, |r| r.parts)
}

/// Whether a figure counts only those who fared worst.
fn is_severe(bench: &Bench, count: Count) -> bool {
    const BEHIND: usize = 3;
    let (claim, figure) = figure_of(bench, count);
    let at = claim.at.article as usize;
    let (text, analysis) = (&bench.articles[at].text, &bench.analyses[at]);
    let span = figure.counts.unwrap_or(figure.span).join(figure.span);
    let from = analysis.tokens.partition_point(|t| t.span.start < span.start);
    let within = analysis.tokens[from..].iter().take_while(|t| t.span.start < span.end).count();
    let near = analysis.tokens[from..].iter().take(within + BEHIND);
    let clause = near.take_while(|t| !matches!(t.span.of(text), "," | ";" | "." | "("));
    let severe = analysis.lang.figures.rules.severe;
    clause.into_iter().any(|t| severe.contains(&t.span.of(text).to_lowercase().as_str()))
}

/// Whether one clause turns down, for its own number, the other's ("81,000 and not 18,000").
fn turns_down(bench: &Bench, a: Count, b: Count) -> bool {
    let ((ca, fa), (_, fb)) = (figure_of(bench, a), figure_of(bench, b));
    let figures = &bench.analyses[ca.at.article as usize].figures;
    let said = |i: &&u32| **i != a.1 && figures[**i as usize].value == fb.value;
    let unit = fa.unit == fb.unit && fa.currency == fb.currency;
    unit && fb.value.is_some()
        && ca.figures.iter().filter(said).any(|i| is_after(bench, (a.0, *i), |r| r.rejects))
}

/// Whether two figures count the same: people to whom the same happened, in clauses that are not
/// of other places; or the same noun, in clauses that are alike.
fn same_thing(bench: &Bench, a: Count, b: Count) -> bool {
    let ((ca, fa), (cb, fb)) = (figure_of(bench, a), figure_of(bench, b));
    // A number with nothing counted may count people; shots do not.
    let bare = |f: &Figure| f.unit.is_none() && f.counts.is_none();
    let people =
        |f: &Figure| bare(f) || f.unit == Some("person") || f.unit.is_none() && f.fate.is_some();
    let units = fa.unit == fb.unit || people(fa) && people(fb);
    if a.0 != b.0 && (turns_down(bench, a, b) || turns_down(bench, b, a)) {
        return true;
    }
    if a.0 == b.0 || !units || fa.currency != fb.currency || !near(fa, fb) {
        return false;
    }
    let likeness = bench.weights.likeness(ca, cb);
    // Two prints of one clause count the same things in the same order.
    let place = |c: &Claim, f: u32| c.figures.iter().position(|x| *x == f);
    let prints = likeness >= 0.8 && ca.figures.len() == cb.figures.len();
    if prints && place(ca, a.1) != place(cb, b.1) {
        return false;
    }
    let elsewhere = are_apart(&ca.places, &cb.places);
    let differ = excludes((fa.lo, fa.hi), (fb.lo, fb.hi)) && !is_rounded(fa, fb);
    if differ && !prints && is_of_other_scope(bench, a, b) {
        return false;
    }
    if let Some((x, y)) = fa.fate.zip(fb.fate) {
        return x == y && !elsewhere;
    }
    if elsewhere {
        return false;
    }
    // Numbers that differ are of one thing only where the same is said of it.
    let said = !differ
        || within(fa, fb, VERY_CLOSE)
        || close(fa, fb) && (likeness >= SURE || is_said_alike(ca, cb, likeness));
    if measures_alike(ca, a.1, cb, b.1, fa, fb) && likeness >= LOOSE && said {
        return true;
    }
    if is_of_one_subject(ca, a.1, cb, b.1, fa) && within(fa, fb, VERY_CLOSE) {
        return true;
    }
    let garbled = fa.bound == Bound::Unreadable || fb.bound == Bound::Unreadable;
    let enough = if garbled { ALIKE } else { SURE };
    let close = garbled || !differ || close(fa, fb);
    close
        && bench.counted(a).iter().any(|noun| bench.counted(b).contains(noun))
        && likeness >= enough
}

fn are_apart<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x))
}

/// Whether the words that all others of two clauses hang on are the same, or of one class.
fn is_said_alike(a: &Claim, b: &Claim, likeness: f64) -> bool {
    a.head.is_some() && a.head == b.head
        || a.head_class.is_some() && a.head_class == b.head_class && likeness >= ALIKE
}

/// Whether two figures, whatever they count, count it of other things: of other people or bodies,
/// of the soldiers of one country and of all, on other days, or one of many things that a
/// clause lists with a number each.
fn is_of_other_scope(bench: &Bench, a: Count, b: Count) -> bool {
    let ((ca, fa), (cb, _)) = (figure_of(bench, a), figure_of(bench, b));
    let names = |c: &Claim| -> Vec<Feature> {
        c.features.iter().filter(|f| matches!(f, Feature::Entity(_))).cloned().collect()
    };
    let days = |c: &Claim| c.time.earliest.zip(c.time.latest);
    let other_days = days(ca).zip(days(cb)).is_some_and(|(x, y)| x.1 < y.0 || y.1 < x.0);
    // The first of several may be the one that counts: "54 per cent against 41 for the other".
    let behind = |c: &Claim, f: u32| {
        let figures = &bench.analyses[c.at.article as usize].figures;
        let own = &figures[f as usize];
        let alike = |i: &u32| {
            let g = &figures[*i as usize];
            let same = |x: Option<&str>, y: Option<&str>| x.is_none() || y.is_none() || x == y;
            same(g.unit, own.unit) && same(g.currency, own.currency) && g.fate == own.fate
        };
        c.figures.iter().filter(|i| alike(i)).position(|i| *i == f) > Some(0)
    };
    let listed = fa.fate.is_none() && behind(ca, a.1) != behind(cb, b.1);
    // What befell people is told with whoever was there or speaks of it.
    let others = fa.fate.is_none() && are_apart(&names(ca), &names(cb));
    // "Nine others", "a hundred more": not all that there are.
    let ((more, nations), (other_more, other_nations)) = (told_of(bench, a), told_of(bench, b));
    let part = more != other_more
        || nations != other_nations
        || is_part(bench, a) != is_part(bench, b)
        || is_severe(bench, a) != is_severe(bench, b);
    others || part || other_days || listed
}

/// What the words of a figure and those just behind it tell of what it counts: whether it comes on
/// top of others ("nine other soldiers"), and of which countries it is ("nine Danish soldiers").
fn told_of(bench: &Bench, count: Count) -> (bool, BTreeSet<[u8; 2]>) {
    const BEHIND: usize = 3;
    const NEXT: u32 = 120;
    let (claim, figure) = figure_of(bench, count);
    let at = claim.at.article as usize;
    let (text, analysis) = (&bench.articles[at].text, &bench.analyses[at]);
    let from = analysis.tokens.partition_point(|t| t.span.start < figure.span.start);
    let end = figure.span.end;
    let within = analysis.tokens[from..].iter().take_while(|t| t.span.start < end).count();
    let near = analysis.tokens[from..].iter().take(within + BEHIND);
    let words: Vec<String> = near.map(|t| t.span.of(text).to_lowercase()).collect();
    // "Five died and 27 others were hurt" counts all of the hurt.
    let beside = |f: &&Figure| {
        f.fate != figure.fate
            && f.span.end <= figure.span.start
            && f.fate.is_some()
            && figure.span.start - f.span.end < NEXT
    };
    let others = figure.fate.is_some() && analysis.figures.iter().any(|f| beside(&f));
    let more = !others && words.iter().any(|w| analysis.lang.speech.is("on-top", w));
    let nations = words.iter().flat_map(|w| countries::of_adjective(w));
    (more, nations.map(|c| c.code()).collect())
}

/// Whether one number is the other, told with fewer digits: 4.9 and 5 thousand millions, 52 and
/// 52.6 per cent. Only where there is much to count: five dead are not four.
pub(crate) fn is_rounded(a: &Figure, b: &Figure) -> bool {
    const MUCH: f64 = 10_000.0;
    const NEAR: f64 = 0.06;
    let of = |f: &Figure| f.value.or(f.lo).or(f.hi);
    let Some((x, y)) = of(a).zip(of(b)) else { return false };
    let measured = |f: &Figure| f.currency.is_some() || f.unit == Some("percent");
    let sums = measured(a) && measured(b) || x.min(y) >= MUCH;
    let close = (x - y).abs() <= NEAR * x.max(y);
    sums && close && (is_cut_to(x, y) || is_cut_to(y, x))
}

/// Whether `short` is `long` with as many digits as `short` has, rounded or cut.
fn is_cut_to(long: f64, short: f64) -> bool {
    if !(long > 0.0 && short > 0.0) {
        return false;
    }
    // The place of the last digit that `short` gives.
    let mut step = 10f64.powi(short.log10().floor() as i32);
    const DIGITS: usize = 6;
    for _ in 0..DIGITS {
        let rest = short / step;
        if (rest - rest.round()).abs() < 1e-6 {
            break;
        }
        step /= 10.0;
    }
    let near = |x: f64| (x * step - short).abs() < step * 1e-6;
    near((long / step).round()) || near((long / step).floor())
}

/// What the classes of words start with for what an event has one of: its turnout, its speed.
const ONE: &str = "count-one-";

/// Whether two measures in one unit are of the same subject ("turnout reached 61 %"), or of a kind
/// of which an event has one.
fn is_of_one_subject(ca: &Claim, a: u32, cb: &Claim, b: u32, figure: &Figure) -> bool {
    let (x, y) = (measure_of(ca, a), measure_of(cb, b));
    let both = |w: &String| x.contains(w) && y.contains(w);
    let subject = match (&ca.agent, &cb.agent) {
        (Some(Feature::Stem(s)), Some(Feature::Stem(t))) => s == t && both(s),
        _ => false,
    };
    let kind = x.iter().any(|w| w.starts_with(ONE) && y.contains(w));
    let measured = figure.currency.is_some() || figure.unit.is_some_and(|u| u != "person");
    measured && (subject || kind)
}

fn measure_of(claim: &Claim, figure: u32) -> Vec<String> {
    let at = claim.figures.iter().position(|x| *x == figure);
    at.and_then(|i| claim.measures.get(i).cloned()).unwrap_or_default()
}

/// Whether what two figures measure is told in the same words: two of them, or one where they
/// are shares or sums, which are close. Who happened to be counted ("personnes") tells little.
fn measures_alike(ca: &Claim, a: u32, cb: &Claim, b: u32, fa: &Figure, fb: &Figure) -> bool {
    let (x, y) = (measure_of(ca, a), measure_of(cb, b));
    let shared = x.iter().filter(|w| y.contains(w)).count();
    let kind = x.iter().any(|w| w.starts_with(COUNT) && y.contains(w));
    let sum = kind || fa.currency.is_some() || fa.unit.is_some_and(|u| u != "person");
    close(fa, fb) && (shared >= 2 || sum && shared >= 1)
}

/// Numbers a hundred times apart count different things; a garbled one may be any.
fn near(a: &Figure, b: &Figure) -> bool {
    let size = |f: &Figure| f.value.or(f.lo).or(f.hi);
    match size(a).zip(size(b)) {
        Some((x, y)) if x > 0.0 && y > 0.0 => x / y <= 100.0 && y / x <= 100.0,
        _ => true,
    }
}

fn is_shown(bench: &Bench, group: &[Count]) -> bool {
    let articles: Vec<u32> = group.iter().map(|c| bench.claims[c.0].at.article).collect();
    let origin = |c: &Count| bench.claims[c.0].support.origin.as_ref();
    let range = |c: &Count| (figure_of(bench, *c).1.lo, figure_of(bench, *c).1.hi);
    let against = |a: &Count, b: &Count| {
        let voices = origin(a).is_some() && origin(b).is_some() && origin(a) != origin(b);
        voices && excludes(range(a), range(b))
    };
    let differ = group.iter().any(|a| group.iter().any(|b| a != b && excludes(range(a), range(b))));
    // Two articles, or two voices of one that give different numbers.
    let several = articles.iter().any(|a| *a != articles[0])
        || group.iter().any(|a| group.iter().any(|b| against(a, b)));
    group.iter().any(|count| {
        let (claim, figure) = figure_of(bench, *count);
        let amount = figure.value.or(figure.lo).is_some_and(|v| v >= 3.0);
        let enough = if differ { 1 } else { 3 };
        let substance = several && amount && claim.features.len() >= enough;
        figure.fate.is_some() || figure.bound == Bound::Unreadable || substance
    })
}
