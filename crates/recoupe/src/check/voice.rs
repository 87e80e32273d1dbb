//! Whose words they are: which link of a chain counts as the origin, what denies, and which
//! names of a story's sources are names of one.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::Claim;
use crate::analyse::{Analysis, Link, SourceKind, Stance, Statement, TokenKind};
use crate::article::{Article, Span};
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;

/// The independent origin of a statement's words: a person's organisation where the chain names
/// one, unless the organisation is only what he has in his charge. A minister of the economy does
/// not speak as the economy's, nor a member of parliament as his party's.
pub(crate) fn origin_of<'a>(
    text: &str,
    analysis: &Analysis,
    statement: &'a Statement,
) -> Option<&'a Link> {
    let (origin, last) = (statement.origin()?, statement.chain.last()?);
    let post = || statement.source.is_some_and(|s| is_post(text, analysis, s, &origin.name));
    if origin.name != last.name && post() { Some(last) } else { Some(origin) }
}

/// Whether an organisation's name in a source's words only says of what somebody is in charge:
/// a word for such a post stands just before it.
fn is_post(text: &str, analysis: &Analysis, source: Span, body: &str) -> bool {
    const BEFORE: usize = 5;
    let words = words_in(text, analysis, source);
    let name = names_of(body);
    // The words may call it shorter than its name is.
    let first = name.first().map_or(&[][..], std::slice::from_ref);
    let Some(at) = find(&words, &name).or_else(|| find(&words, first)) else { return false };
    let before = &words[at.saturating_sub(BEFORE)..at];
    let speech = &analysis.lang.speech;
    let state = name.iter().all(|w| speech.is("state", w));
    state || before.iter().any(|w| speech.is("post", w) || speech.is("state", w))
}

/// Whether a statement says that something is not so. Who does not deny does not, and who turns a
/// request down decides, and says nothing of what is.
pub(crate) fn denies(text: &str, analysis: &Analysis, statement: &Statement) -> bool {
    if statement.stance != Stance::Deny {
        return false;
    }
    let Some(cue) = statement.cue else { return true };
    let speech = &analysis.lang.speech;
    let tokens = &analysis.tokens;
    let from = tokens.partition_point(|t| t.span.end <= cue.start) as u32;
    let to = tokens.partition_point(|t| t.span.start < cue.end) as u32;
    let words = &analysis.words;
    let own = words.partition_point(|w| w.token < from)..words.partition_point(|w| w.token < to);
    // What negates a verb stands near it.
    const NEAR: usize = 6;
    let around = own.start.saturating_sub(NEAR)..words.len().min(own.end + NEAR);
    let form = |i: usize| words[i].form(text, tokens).to_lowercase();
    let negated = around.clone().any(|i| {
        let hangs = words[i].head.is_some_and(|h| own.contains(&(h as usize)));
        let negative = words[i].feats.is("Polarity", "Neg") || speech.is("denial", &form(i));
        negative && hangs && words[i].deprel.universal() == "advmod"
    });
    let decides = statement.by == "noun content"
        && own.clone().any(|i| {
            let form = form(i);
            speech.is("decides", &words[i].lemma(&form, analysis.lang))
        });
    const FIRST: usize = 5;
    let said = statement.content.first().copied().unwrap_or_default();
    let claimed =
        || words_in(text, analysis, said).iter().take(FIRST).any(|w| speech.is("claimed", w));
    !negated && (!decides || claimed())
}

/// The words of a stretch, in lower case.
pub(crate) fn words_in(text: &str, analysis: &Analysis, span: Span) -> Vec<String> {
    let tokens = &analysis.tokens;
    let from = tokens.partition_point(|t| t.span.end <= span.start);
    let to = tokens.partition_point(|t| t.span.start < span.end);
    let words = tokens[from..to.max(from)].iter().filter(|t| t.kind == TokenKind::Word);
    words.map(|t| plain(t.span.of(text))).collect()
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// A name's words as tokens are: an apostrophe ends a word.
fn names_of(name: &str) -> Vec<String> {
    let name = plain(name).replace('\'', "' ");
    name.split_whitespace().map(str::to_owned).collect()
}

fn find(words: &[String], name: &[String]) -> Option<usize> {
    (!name.is_empty()).then(|| words.windows(name.len()).position(|w| w == name)).flatten()
}

/// A source as a story's statements name it.
#[derive(Default)]
struct Voice {
    /// Whether a statement of its calls it by a common noun: "the minister". Others may write it
    /// with a capital.
    common: bool,
    person: bool,
    entity: Option<String>,
}

/// Above so many names, or articles, nothing is sought in the texts: a pile is no story.
const MANY: usize = 60;

/// Gives all claims of one source one name: a person whose organisation one article names that
/// organisation (its people are one origin), a role whose bearer one article names the bearer, a
/// name that another name of the story's alone goes on from ("the prefecture", "the prefecture of
/// Lorne") the longer one.
pub(crate) fn unite(
    claims: &mut [Claim],
    articles: &[Article],
    analyses: &[Analysis],
    story: &[u32],
) {
    let bodies = bodies(articles, analyses, story);
    let alone = in_office(articles, analyses, story);
    for claim in claims.iter_mut() {
        let Some(statement) = claim.statement else { continue };
        let at = claim.at.article as usize;
        let said = &analyses[at].statements[statement as usize];
        let own = origin_of(&articles[at].text, &analyses[at], said);
        let last = said.chain.last().filter(|l| alone.contains(l.name.as_str()));
        if let Some(last) = last {
            claim.support.origin = Some(last.name.clone());
            continue;
        }
        let person = own.filter(|l| l.kind == SourceKind::Person);
        if let Some(body) = person.and_then(|l| bodies.get(l.name.as_str())) {
            claim.support.origin = Some((*body).to_owned());
        }
    }
    let voices = voices(claims, articles, analyses);
    let mut same = bearers(&voices, articles, analyses, story);
    one_office(&voices, analyses, story, &mut same);
    for (name, voice) in &voices {
        if !same.contains_key(name) && (voice.common || !voice.person) {
            same.extend(longer(name, &voices).map(|l| (name.clone(), l)));
        }
    }
    for claim in claims.iter_mut().filter(|c| c.statement.is_some()) {
        // A role's longer name may have a bearer.
        for _ in 0..3 {
            let next = claim.support.origin.as_ref().and_then(|o| same.get(o));
            let Some(next) = next.cloned() else { break };
            claim.support.origin = Some(next);
        }
    }
}

/// The people of whom an article says that they hold an office: what they have in their charge is
/// no organisation of theirs in any article.
fn in_office<'a>(
    articles: &[Article],
    analyses: &'a [Analysis],
    story: &[u32],
) -> BTreeSet<&'a str> {
    let mut out = BTreeSet::new();
    for &at in story {
        let (text, analysis) = (&articles[at as usize].text, &analyses[at as usize]);
        for statement in &analysis.statements {
            let both = statement.origin().zip(statement.chain.last());
            let own = both.zip(origin_of(text, analysis, statement));
            if let Some(((body, last), own)) = own
                && body.name != last.name
                && own.name == last.name
            {
                out.insert(last.name.as_str());
            }
        }
    }
    out
}

/// The one organisation of each person that speaks for one.
fn bodies<'a>(
    articles: &[Article],
    analyses: &'a [Analysis],
    story: &[u32],
) -> BTreeMap<&'a str, &'a str> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for &at in story {
        let analysis = &analyses[at as usize];
        for statement in &analysis.statements {
            let body = origin_of(&articles[at as usize].text, analysis, statement);
            if let Some((body, last)) = body.zip(statement.chain.last())
                && body.name != last.name
            {
                named.entry(&last.name).or_default().insert(&body.name);
            }
        }
    }
    // Who speaks for two speaks for himself.
    let one = |(person, bodies): (&'a str, BTreeSet<&'a str>)| {
        (bodies.len() == 1).then(|| (person, *bodies.first().unwrap_or(&person)))
    };
    named.into_iter().filter_map(one).collect()
}

fn voices(
    claims: &[Claim],
    articles: &[Article],
    analyses: &[Analysis],
) -> BTreeMap<String, Voice> {
    let mut out: BTreeMap<String, Voice> = BTreeMap::new();
    for claim in claims {
        let Some((statement, name)) = claim.statement.zip(claim.support.origin.as_ref()) else {
            continue;
        };
        let at = claim.at.article as usize;
        let (text, analysis) = (&articles[at].text, &analyses[at]);
        let said = &analysis.statements[statement as usize];
        let link = said.chain.iter().rfind(|l| l.name == *name);
        let voice = out.entry(name.clone()).or_default();
        voice.person |= link.is_some_and(|l| l.kind == SourceKind::Person);
        voice.entity = voice.entity.take().or(link.and_then(|l| l.entity.clone()));
        voice.common |= said.source.is_some_and(|s| is_common(text, analysis, s, name));
    }
    out
}

/// Whether a source's words call it by a common noun: its name begins with a word that they
/// write small.
fn is_common(text: &str, analysis: &Analysis, source: Span, name: &str) -> bool {
    let tokens = &analysis.tokens;
    let from = tokens.partition_point(|t| t.span.end <= source.start);
    let first = names_of(name).into_iter().next().unwrap_or_default();
    let words = tokens[from..].iter().take_while(|t| t.span.start < source.end);
    let mut own = words.map(|t| t.span.of(text)).filter(|w| plain(w) == first);
    own.any(|w| w.starts_with(char::is_lowercase))
}

/// Gives one voice to an office that the story's sources call by several names ("the head of
/// state", the palace): its bearer's where one is known.
fn one_office(
    voices: &BTreeMap<String, Voice>,
    analyses: &[Analysis],
    story: &[u32],
    same: &mut BTreeMap<String, String>,
) {
    let Some(first) = story.first() else { return };
    let speech = &analyses[*first as usize].lang.speech;
    for office in ["head-of-state", "head-of-government"] {
        let is = |n: &&String| speech.is(office, &names_of(n).join("_"));
        let names: Vec<&String> = voices.keys().filter(is).collect();
        let bearer = names.iter().find_map(|n| same.get(*n)).cloned();
        let Some(one) = bearer.or_else(|| names.first().map(|n| (*n).clone())) else { continue };
        for name in names.into_iter().filter(|n| **n != one) {
            same.insert(name.clone(), one.clone());
        }
    }
}

/// The one name of the story's sources that goes on from this one; of several that go on from
/// each other the longest.
fn longer(name: &str, voices: &BTreeMap<String, Voice>) -> Option<String> {
    let own = names_of(name);
    // "The council", "Lorne Council": what tells it from others may stand before or behind.
    let goes_on = |n: &Vec<String>| {
        n.len() > own.len() && (n.starts_with(&own) || own.len() == 1 && n.ends_with(&own))
    };
    let mut all: Vec<(Vec<String>, &String)> =
        voices.keys().map(|n| (names_of(n), n)).filter(|(n, _)| goes_on(n)).collect();
    all.sort_by_key(|(n, _)| n.len());
    let one = all.windows(2).all(|w| w[1].0.starts_with(&w[0].0) || w[1].0.ends_with(&w[0].0));
    all.last().filter(|_| one).map(|(_, n)| (*n).clone())
}

/// For each role, the one person that the articles say bears it: "the minister Ada Lorn", "Ada
/// Lorn, minister of justice".
fn bearers(
    voices: &BTreeMap<String, Voice>,
    articles: &[Article],
    analyses: &[Analysis],
    story: &[u32],
) -> BTreeMap<String, String> {
    let of = |common: bool| -> Vec<(&String, Vec<String>)> {
        let own = voices.iter().filter(|(_, v)| v.person && v.common == common);
        own.map(|(n, _)| (n, names_of(n))).collect()
    };
    let (roles, people) = (of(true), of(false));
    let few = roles.len() <= MANY && people.len() <= MANY;
    if roles.is_empty() || people.is_empty() || !few {
        return BTreeMap::new();
    }
    let mut named: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    // "The president Ada Lorn", where nobody says of what: a weaker sign.
    let mut perhaps: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for &at in story.iter().take(MANY) {
        let (text, analysis) = (&articles[at as usize].text, &analyses[at as usize]);
        let words: Vec<String> = analysis.tokens.iter().map(|t| plain(t.span.of(text))).collect();
        for (person, name) in &people {
            for i in starts(&words, name) {
                let borne = roles.iter().filter(|(_, role)| {
                    bears_before(&words, analysis, text, i, role)
                        || bears_after(&words, analysis, i + name.len(), role)
                });
                borne.for_each(|(role, _)| {
                    named.entry(role).or_default().insert(person);
                });
                let before = i.checked_sub(1).and_then(|i| words.get(i));
                let starts = |role: &Vec<String>| role.len() > 1 && role.first() == before;
                for (role, _) in roles.iter().filter(|(_, r)| starts(r)) {
                    perhaps.entry(role).or_default().insert(person);
                }
            }
        }
    }
    for (role, people) in perhaps {
        named.entry(role).or_insert(people);
    }
    let one = named.into_iter().filter(|(_, people)| people.len() == 1);
    one.filter_map(|(r, p)| Some((r.clone(), (*p.first()?).clone()))).collect()
}

fn starts(words: &[String], name: &[String]) -> Vec<usize> {
    let all = words.windows(name.len().max(1)).enumerate();
    all.filter(|(_, w)| *w == name).map(|(i, _)| i).collect()
}

/// "the minister of justice Ada Lorn": the role before the name, with no more than what it is the
/// minister of between them.
fn bears_before(
    words: &[String],
    analysis: &Analysis,
    text: &str,
    name: usize,
    role: &[String],
) -> bool {
    const BETWEEN: usize = 6;
    let plainly = |i: usize| {
        let token = &analysis.tokens[i];
        let tags = analysis.lang.lexicon.tags(token.span.of(text));
        let small = Tags::ADPOSITION | Tags::DETERMINER | Tags::NOUN;
        token.kind == TokenKind::Word
            && (!tags.any(Tags::FINITE | Tags::AUXILIARY) || tags.any(small))
    };
    // One comma may stand before the name.
    let mut end = name;
    if end > 0 && words[end - 1] == "," {
        end -= 1;
    }
    (0..=BETWEEN).any(|n| {
        let Some(from) = end.checked_sub(n + role.len()) else { return false };
        words[from..from + role.len()] == *role && (end - n..end).all(plainly)
    })
}

/// "Ada Lorn, the minister of justice".
fn bears_after(words: &[String], analysis: &Analysis, after: usize, role: &[String]) -> bool {
    let determiners = &analysis.lang.names.determiners;
    let mut at = after;
    if words.get(at).is_none_or(|w| w != ",") {
        return false;
    }
    at += 1;
    if words.get(at).is_some_and(|w| determiners.contains(w.as_str())) {
        at += 1;
    }
    words.get(at..at + role.len()).is_some_and(|w| w == role)
}

/// Whether a source is no more than a noun, or people of a country: neither a name nor a body that can
/// be asked.
pub(crate) fn is_common_noun(analysis: &Analysis, link: &Link) -> bool {
    let body = |word: &str| {
        let kind = analysis.lang.names.actors.get(word);
        matches!(kind, Some(ActorKind::Body | ActorKind::Group | ActorKind::Agency))
    };
    let nation = link.entity.as_deref().is_some_and(|e| e.starts_with("misc:"));
    let named = link.entity.is_some() || link.name.chars().filter(|c| c.is_uppercase()).count() > 1;
    nation || !named && !names_of(&link.name).iter().any(|w| body(w))
}

/// Whether a statement's source is called by nothing but a common noun that stands for a body or a
/// bearer named elsewhere ("the union", "the director"): it tells nothing of who that is.
pub(crate) fn is_generic(text: &str, analysis: &Analysis, statement: &Statement) -> bool {
    let Some(source) = statement.source else { return false };
    let speech = &analysis.lang.speech;
    let words = words_in(text, analysis, source);
    // "The union of pilots" is named.
    let at = words.iter().position(|w| speech.is("generic-source", w));
    let name = statement.origin().map_or(Vec::new(), |l| names_of(&l.name));
    let bare = |at: usize| words.get(at + 1).is_none_or(|w| !speech.is("name-link", w));
    name.len() == 1 && at.is_some_and(bare)
}
