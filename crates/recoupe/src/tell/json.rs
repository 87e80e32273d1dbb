//! `dossier.json` and the lines of `recoupe analyse`, `passages`, `stories` and `brief`.

use serde_json::{Map, Value, json};

use crate::analyse::{
    Analysis, Credit, CreditOf, Evidence, Figure, Interval, Mention, Published, Silence, Stance,
    Statement, Timex,
};
use crate::article::{Article, CodePoints, Span};
use crate::check::state::{Named, State};
use crate::check::{BriefSentence, Finding, Status, Support, TimelineEntry};
use crate::lang::Pack;
use crate::reuse::{Account, Family, Locus, Pair};
use crate::story::{Entity, Story};

use super::dossier::Dossier;
use super::likeness::Likeness;
use super::view::View;

/// One article with everything found in it: a line of `recoupe analyse`, and an entry of
/// `articles` in `dossier.json`.
///
/// ```
/// use recoupe::article::Article;
/// # use recoupe::analyse::{Analysis, Published};
/// # let analysis = Analysis { lang: &recoupe::lang::fr::PACK, sentences: vec![], tokens: vec![], words: vec![],
/// #     mentions: vec![], timexes: vec![], statements: vec![], figures: vec![], credits: vec![],
/// #     published: Published::default(), silences: vec![] };
/// let article = Article::plain("a.txt", "Rien à signaler.");
/// let value = recoupe::tell::json::article(&article, &analysis, None, true);
/// assert_eq!(value["id"], "a.txt");
/// assert_eq!(value["blocks"][0]["end"], 16);
/// ```
pub fn article(
    article: &Article,
    analysis: &Analysis,
    copied_share: Option<f64>,
    with_text: bool,
) -> Value {
    let at = Printer { text: &article.text, points: CodePoints::new(&article.text) };
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_string(), value);
    put("id", json!(article.id));
    put("lang", json!(analysis.lang.code));
    put("title", json!(article.title));
    put("outlet", json!(article.outlet));
    if with_text {
        put("text", json!(article.text));
    }
    put("published", at.published(&analysis.published));
    put(
        "blocks",
        at.each(&article.blocks, |at, b| at.spanned(b.span, [("kind", json!(b.kind.name()))])),
    );
    put("timexes", at.each(&analysis.timexes, Printer::timex));
    put("mentions", at.each(&analysis.mentions, Printer::mention));
    put("statements", at.each(&analysis.statements, Printer::statement));
    put("silences", at.each(&analysis.silences, Printer::silence));
    put("figures", at.each(&analysis.figures, Printer::figure));
    put("credits", at.each(&analysis.credits, Printer::credit));
    put("warnings", json!([]));
    if let Some(share) = copied_share {
        put("copied_share", number(rounded(share)));
    }
    for (key, value) in [("url", &article.url), ("credit", &article.credit)] {
        if let Some(value) = value {
            put(key, json!(value));
        }
    }
    Value::Object(out)
}

/// Prints places of one text.
struct Printer<'a> {
    text: &'a str,
    points: CodePoints,
}

impl Printer<'_> {
    fn each<T>(&self, items: &[T], print: impl Fn(&Self, &T) -> Value) -> Value {
        items.iter().map(|item| print(self, item)).collect()
    }

    fn span(&self, span: Span) -> Value {
        let (start, end) = self.points.span(span);
        json!({"start": start, "end": end})
    }

    fn spanned<const N: usize>(&self, span: Span, fields: [(&str, Value); N]) -> Value {
        let mut value = self.span(span);
        if let Value::Object(map) = &mut value {
            map.extend(fields.map(|(key, value)| (key.to_string(), value)));
        }
        value
    }

    fn words(&self, span: Span) -> Value {
        self.spanned(span, [("text", json!(span.of(self.text)))])
    }

    fn published(&self, published: &Published) -> Value {
        let text = |e: &Evidence| match e {
            Evidence::Given => json!("given"),
            Evidence::Words(span) => json!(span.of(self.text)),
            Evidence::Article(id) => json!(id),
        };
        let place = |e: &Evidence| match e {
            Evidence::Words(span) => Some(self.span(*span)),
            _ => None,
        };
        json!({
            "date": published.date.map(|d| d.to_string()),
            "earliest": published.interval.earliest.map(|d| d.to_string()),
            "latest": published.interval.latest.map(|d| d.to_string()),
            "given": published.given,
            "evidence": published.evidence.iter().map(text).collect::<Vec<_>>(),
            "evidence_spans": published.evidence.iter().filter_map(place).collect::<Vec<_>>(),
        })
    }

    fn timex(&self, timex: &Timex) -> Value {
        self.spanned(
            timex.span,
            [
                ("text", json!(timex.span.of(self.text))),
                ("type", json!(timex.kind.name())),
                ("value", json!(timex.value)),
                ("mod", json!(timex.modifier)),
                ("earliest", json!(timex.interval.earliest.map(|d| d.to_string()))),
                ("latest", json!(timex.interval.latest.map(|d| d.to_string()))),
                ("by", json!(timex.by)),
            ],
        )
    }

    fn mention(&self, mention: &Mention) -> Value {
        self.spanned(
            mention.span,
            [
                ("text", json!(mention.span.of(self.text))),
                ("type", json!(mention.kind.name())),
                ("entity", json!(mention.entity)),
                ("by", json!(mention.by)),
            ],
        )
    }

    fn statement(&self, statement: &Statement) -> Value {
        let span = statement.span();
        let chain: Vec<&str> = statement.chain.iter().map(|link| link.name.as_str()).collect();
        self.spanned(
            span,
            [
                ("text", json!(span.of(self.text))),
                ("content_spans", statement.content.iter().map(|s| self.span(*s)).collect()),
                ("cue", statement.cue.map_or(Value::Null, |s| self.words(s))),
                ("source", statement.source.map_or(Value::Null, |s| self.words(s))),
                ("source_canonical", json!(statement.source_canonical())),
                ("chain", json!(chain)),
                ("quote_type", json!(statement.quote.name())),
                ("hedged", json!(statement.hedged)),
                ("promised", json!(statement.promised)),
                ("anonymous", json!(statement.anonymous())),
                ("stance", json!(stance(statement.stance))),
                ("refers_to", json!(statement.refers_to)),
                ("by", json!(statement.by)),
            ],
        )
    }

    fn silence(&self, silence: &Silence) -> Value {
        let chain: Vec<&str> = silence.chain.iter().map(|link| link.name.as_str()).collect();
        self.spanned(
            silence.span,
            [
                ("text", json!(silence.span.of(self.text))),
                ("cue", self.words(silence.cue)),
                ("source", self.words(silence.source)),
                ("source_canonical", json!(silence.source_canonical())),
                ("chain", json!(chain)),
                ("kind", json!(silence.kind.name())),
            ],
        )
    }

    fn figure(&self, figure: &Figure) -> Value {
        self.spanned(
            figure.span,
            [
                ("text", json!(figure.span.of(self.text))),
                ("value", optional(figure.value)),
                ("lo", optional(figure.lo)),
                ("hi", optional(figure.hi)),
                ("bound", json!(figure.bound.name())),
                ("unit", json!(figure.unit)),
                ("counts", json!(figure.counts.map(|s| s.of(self.text)))),
                ("currency", json!(figure.currency)),
                ("fate", json!(figure.fate)),
                ("by", json!(figure.by)),
            ],
        )
    }

    fn credit(&self, credit: &Credit) -> Value {
        let of = match credit.of {
            CreditOf::Text => "text",
            CreditOf::Photo => "photo",
        };
        self.spanned(credit.span, [("agency", json!(credit.agency)), ("of", json!(of))])
    }
}

/// What a cue says of the reporter's stance, by the name that outputs print.
pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Neutral => "neutral",
        Stance::Distance => "distance",
        Stance::Confirm => "confirm",
        Stance::Deny => "deny",
    }
}

/// A line of `recoupe passages`.
pub fn pair(pair: &Pair, articles: &[Article]) -> Value {
    json!({
        "a": locus(pair.a, articles),
        "b": locus(pair.b, articles),
        "kind": pair.kind.name(),
        "similarity": number(rounded(pair.similarity)),
    })
}

/// A line of `recoupe stories`: which story an article belongs to.
pub fn membership(article: &Article, story: &Story) -> Value {
    json!({"id": article.id, "story": story.id})
}

/// A line of `recoupe brief`: `id` is the story's or the topic's. A disputed sentence has the word
/// for that before it, in brackets. `disputed` has each disputed finding of `findings`, a version after the other: who
/// says it, in which words, and where.
pub fn brief<'a>(
    id: &str,
    sentences: &[BriefSentence],
    findings: impl Iterator<Item = &'a Finding>,
    articles: &[Article],
    lang: &Pack,
) -> Value {
    let open = findings.filter(|f| f.status == Status::Disputed);
    let points: Vec<Value> = open.map(|f| dispute(f, articles)).collect();
    let disputed = lang.labels.status(Status::Disputed.name()).short;
    let text: Vec<String> = sentences
        .iter()
        .map(|s| {
            let words = s.text.span.of(&articles[s.text.article as usize].text);
            if s.disputed.is_empty() { words.to_owned() } else { format!("[{disputed}] {words}") }
        })
        .collect();
    let cites: Vec<Value> =
        sentences.iter().flat_map(|s| &s.cites).map(|at| locus(*at, articles)).collect();
    json!({"id": id, "text": text.join(" "), "cites": cites, "disputed": points})
}

/// A disputed finding in few words: of each version its origins, its words and where they stand.
fn dispute(finding: &Finding, articles: &[Article]) -> Value {
    let words = |at: Locus| at.span.of(&articles[at.article as usize].text);
    let version = |value: &crate::check::Value| {
        let mut names: Vec<&str> = Vec::new();
        for support in &value.supports {
            let name = support.origin.as_ref().or(support.according_to.last());
            names.extend(name.map(String::as_str).filter(|n| !names.contains(n)));
        }
        let cites: Vec<Value> = value.supports.iter().map(|s| locus(s.place, articles)).collect();
        json!({"according_to": names, "text": words(value.words), "cites": cites})
    };
    let versions: Vec<Value> = finding.values.iter().map(version).collect();
    json!({"finding": finding.id, "text": words(finding.text), "versions": versions})
}

fn locus(at: Locus, articles: &[Article]) -> Value {
    let article = &articles[at.article as usize];
    let points = |bytes: u32| article.text[..bytes as usize].chars().count();
    json!({"article": article.id, "start": points(at.span.start), "end": points(at.span.end)})
}

/// Articles that share most words with one, printed of each.
const SHARED_WITH: usize = 50;

/// What an article shares: with whom, and how much of each sentence.
fn likeness(likeness: &Likeness, i: u32, view: &View) -> [(String, Value); 2] {
    let with = likeness.with.iter().take(SHARED_WITH).map(|s| {
        json!({"article": view.id(s.article), "share": number(rounded(s.share)),
               "passages": s.passages})
    });
    let sentences = likeness.sentences.iter().map(|s| {
        let (start, end) = view.offsets(Locus { article: i, span: s.span });
        json!({"start": start, "end": end, "share": number(rounded(s.share()))})
    });
    [("shared_with".into(), with.collect()), ("copied_sentences".into(), sentences.collect())]
}

/// `dossier.json`.
pub fn dossier(dossier: &Dossier, with_text: bool) -> Value {
    of(&View::new(dossier), with_text)
}

/// [`dossier`] of a view that is at hand.
pub(super) fn of(view: &View, with_text: bool) -> Value {
    let dossier = view.dossier;
    let likenesses = view.likenesses();
    let articles = dossier.articles.iter().zip(&dossier.analyses).enumerate().map(|(i, (a, n))| {
        let share = dossier.copied_share.get(i).copied().unwrap_or(0.0);
        let mut value = article(a, n, Some(share), with_text);
        if let (Value::Object(map), Some(found)) = (&mut value, likenesses.articles.get(i)) {
            map.extend(likeness(found, i as u32, view));
        }
        value
    });
    json!({
        "version": 1,
        "generator": concat!("recoupe ", env!("CARGO_PKG_VERSION")),
        "inputs": dossier.inputs.iter()
            .map(|i| json!({"path": i.path, "sha256": i.sha256})).collect::<Vec<_>>(),
        "articles": articles.collect::<Vec<_>>(),
        "revisions": dossier.revisions.iter()
            .map(|list| list.iter().map(|a| view.id(*a)).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "stories": dossier.stories.iter().map(|s| story(s, view)).collect::<Vec<_>>(),
        "entities": dossier.entities.iter().map(entity).collect::<Vec<_>>(),
        "passages": dossier.families.iter().map(|f| family(f, view)).collect::<Vec<_>>(),
        "findings": dossier.findings.iter().enumerate().map(|(i, f)| finding(i, f, view)).collect::<Vec<_>>(),
        "states": dossier.states.iter().map(|s| state(s, view)).collect::<Vec<_>>(),
        "timeline": dossier.timeline.iter().map(|t| entry(t, view)).collect::<Vec<_>>(),
        "brief": dossier.brief.iter().map(|b| sentence(b, view)).collect::<Vec<_>>(),
        "warnings": dossier.warnings.iter().map(|w| json!({
            "file": w.file, "place": w.place, "reason": w.reason, "advice": w.advice,
        })).collect::<Vec<_>>(),
        "sources": dossier.sources.iter().map(|(name, s)| json!({
            "name": name, "camp": s.camp.as_ref().map(|c| view.camp(c)),
            "ownership": s.ownership, "reliability": s.reliability, "by_user": s.by_user,
        })).collect::<Vec<_>>(),
    })
}

fn place(at: Locus, view: &View) -> Value {
    let (start, end) = view.offsets(at);
    json!({"article": view.id(at.article), "start": start, "end": end})
}

fn days(interval: Interval) -> [Option<String>; 2] {
    [interval.earliest, interval.latest].map(|day| day.map(|d| d.to_string()))
}

fn story(story: &Story, view: &View) -> Value {
    let ids = |list: &[u32]| list.iter().map(|a| view.id(*a)).collect::<Vec<_>>();
    let account = |a: &Account| json!({"name": a.name, "articles": ids(&a.articles)});
    let accounts: Vec<Value> = story.accounts.iter().map(account).collect();
    json!({"id": story.id, "title": story.title, "lang": story.lang, "articles": ids(&story.articles),
           "span": days(story.span), "accounts": accounts})
}

fn entity(entity: &Entity) -> Value {
    let names: Map<String, Value> =
        entity.names.iter().map(|(name, n)| (name.clone(), json!(n))).collect();
    json!({
        "id": entity.id, "type": entity.kind.name(), "name": entity.name, "names": names,
        "links": {"wikidata": entity.wikidata, "geonames": entity.geonames},
        "lat": entity.lat, "lon": entity.lon,
    })
}

fn family(family: &Family, view: &View) -> Value {
    let evidence = family.evidence.map(|e| view.origin_evidence(e));
    json!({
        "id": family.id, "kind": family.kind.name(),
        "spans": family.places.iter().map(|at| place(*at, view)).collect::<Vec<_>>(),
        "origin": family.origin,
        "origin_evidence": evidence.as_ref().map(|(words, _)| words),
        "origin_place": evidence.and_then(|(_, at)| at).map(|at| place(at, view)),
        "confidence": family.origin.as_ref().map(|_| number(rounded(family.confidence))),
        "copied_from": family.source.map(|i| view.id(i)),
    })
}

fn finding(index: usize, finding: &Finding, view: &View) -> Value {
    let values = finding.values.iter().map(|value| {
        let supports = value.supports.iter().map(|s| support(s, view));
        json!({"value": view.dossier.words(value.words), "norm": value.norm,
               "supports": supports.collect::<Vec<_>>()})
    });
    let [earliest, latest] = days(finding.time);
    json!({
        "id": finding.id,
        "story": view.dossier.stories.get(finding.story as usize).map(|s| &s.id),
        "kind": finding.kind.name(),
        "text": view.dossier.words(finding.text),
        "status": finding.status.name(),
        "origins": finding.origins, "articles": finding.articles,
        "time": {"earliest": earliest, "latest": latest},
        "place": finding.place,
        "values": values.collect::<Vec<_>>(),
        "differs": finding.differs.iter().map(|a| a.name()).collect::<Vec<_>>(),
        "note": view.reasons(finding).join(" "),
        "cite": place(finding.text, view),
        "link": format!("index.html#{}", view.anchor(index)),
        "silent": finding.silent.iter().map(|a| view.id(*a)).collect::<Vec<_>>(),
        "camps": finding.camps.iter().map(|c| json!({
            "camp": c.name.as_ref().map(|n| view.camp(n)), "origins": c.origins,
        })).collect::<Vec<_>>(),
        "origins_by_camp": finding.camps.len(),
        "title": finding.decided.title, "confirmed": finding.decided.confirmed,
    })
}

fn support(support: &Support, view: &View) -> Value {
    let family = support.copied_in.and_then(|i| view.dossier.families.get(i as usize));
    let mut value = place(support.place, view);
    if let Value::Object(map) = &mut value {
        map.insert("according_to".into(), json!(support.according_to));
        map.insert("hedged".into(), json!(support.hedged));
        map.insert("denied".into(), json!(support.denied));
        map.insert("copied_in".into(), json!(family.map(|f| &f.id)));
        map.insert("origin".into(), json!(support.origin));
    }
    value
}

/// That somebody holds something, as `dossier.json` and the map print it.
pub(super) fn state(state: &State, view: &View) -> Value {
    let [earliest, latest] = days(state.time);
    let supports: Vec<Value> = state.supports.iter().map(|s| support(s, view)).collect();
    json!({
        "story": view.dossier.stories.get(state.story as usize).map(|s| &s.id),
        "kind": state.kind.name(), "change": state.change.name(),
        "what": named(&state.what, view), "who": named(&state.who, view),
        "earliest": earliest, "latest": latest,
        "standing": state.standing.name(), "origins": state.origins, "deniers": state.deniers,
        "supports": supports,
    })
}

fn named(named: &Named, view: &View) -> Value {
    json!({"name": view.named(named), "entity": named.entity, "text": view.dossier.words(named.words),
           "cite": place(named.words, view)})
}

fn entry(entry: &TimelineEntry, view: &View) -> Value {
    let [earliest, latest] = days(entry.interval);
    let finding = view.dossier.findings.get(entry.finding as usize);
    json!({"earliest": earliest, "latest": latest, "finding": finding.map(|f| &f.id),
           "text": view.dossier.words(entry.text), "cite": place(entry.text, view),
           "denied": finding.is_some_and(Finding::is_denied)})
}

fn sentence(sentence: &BriefSentence, view: &View) -> Value {
    let cites: Vec<Value> = sentence.cites.iter().map(|at| place(*at, view)).collect();
    let ids = |i: &u32| view.dossier.findings.get(*i as usize).map(|f| f.id.as_str());
    let disputed: Vec<&str> = sentence.disputed.iter().filter_map(ids).collect();
    json!({"text": view.dossier.words(sentence.text), "cites": cites, "disputed": disputed})
}

/// A number as JSON: whole when it is whole, null when it is not a number.
pub(super) fn number(n: f64) -> Value {
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    if n.fract() == 0.0 && n.abs() <= WHOLE { json!(n as i64) } else { json!(n) }
}

pub(super) fn optional(n: Option<f64>) -> Value {
    n.map_or(Value::Null, number)
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}
