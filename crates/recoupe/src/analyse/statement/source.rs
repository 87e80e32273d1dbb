//! The words of a source to a chain of names a reader would know.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cue::head;
use super::tree::Agreement;
use super::{Draft, Scene, is_body};
use crate::analyse::{Link, Mention, MentionKind, SourceKind, TokenKind};
use crate::article::Span;
use crate::knowledge::{self, countries};
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;
use crate::ud::Upos;

/// How many names back a word may point.
const FAR: usize = 400;

/// Resolves sources in reading order, remembering who has spoken.
pub(crate) struct Resolver<'s, 'a> {
    scene: &'s Scene<'a>,
    /// The name to show for an entity: an acronym if the article gives one, else a person's
    /// longest form, else the first form.
    shown: FxHashMap<&'a str, &'a str>,
    /// Chains of sources that have spoken, latest last, with the token they were named at.
    spoken: Vec<(usize, Vec<Link>)>,
    /// Of these, the tokens of those that are several.
    several: FxHashSet<usize>,
    /// The persons named outside quotations, in order.
    people: Vec<Person<'a>>,
    /// What is known of a person by the name that is shown.
    agrees: FxHashMap<&'a str, Agreement>,
    /// Who bears a role, in the order of their names.
    roles: FxHashMap<&'a str, Vec<Bearer<'a>>>,
    /// The bodies named, in order.
    orgs: Vec<Org<'a>>,
    /// The sort of body that a bare noun has called one by.
    called: RefCell<FxHashMap<&'a str, u8>>,
    /// The organisation that a person was introduced with.
    affiliation: FxHashMap<String, Link>,
    /// The qualified form of each bare noun that was asked for.
    bodies: RefCell<FxHashMap<String, Option<(usize, usize)>>>,
}

/// A person's name where it stands.
struct Person<'a> {
    mention: &'a Mention,
    /// Its first token.
    at: usize,
    agrees: Agreement,
    subject: bool,
}

/// A person's name with a role beside it.
struct Bearer<'a> {
    mention: &'a Mention,
    /// Its first token.
    at: usize,
    /// The token of the role.
    role: usize,
    /// Whether nothing but words of the same phrase stands between the two.
    introduced: bool,
    /// Whether a mark follows the name: "la cheffe du service, Ada Roux.", not "Selon l'expert, Ada Roux
    /// a menti".
    closed: bool,
}

/// The persons that a word for a role stands near: "le ministre de la Justice, Ada Roux", "Ada Roux,
/// the minister".
fn roles<'a>(scene: &Scene<'a>) -> FxHashMap<&'a str, Vec<Bearer<'a>>> {
    let words = scene.words;
    let role = |i: usize| words.rules().actors.get(words.lower(i)) == Some(&ActorKind::Role);
    let mut out: FxHashMap<&str, Vec<Bearer>> = FxHashMap::default();
    for mention in scene.mentions.iter().filter(|m| m.kind == MentionKind::Per) {
        let at = words.tokens.partition_point(|t| t.span.start < mention.span.start);
        let end = words.tokens.partition_point(|t| t.span.start < mention.span.end);
        let apposed = || end < words.tokens.len() && words.of(end) == ",";
        let behind = (end + 1..(end + 6).min(words.tokens.len()))
            .take_while(|i| apposed() && words.is_word(*i) && !scene.finite(*i, end));
        for i in (at.saturating_sub(8)..at).chain(behind).filter(|i| role(*i)) {
            let between = i + 1..at;
            // "the president met by Lorn", "Lorn, close to the president": somebody else's.
            let leads = |j: usize| {
                words.is_word(j)
                    && (scene.trees.upos(j) == Upos::Adp
                        || scene.is("agent", j)
                        || words.rules().complements.contains(words.lower(j)))
            };
            let last = (i.min(at)..i.max(at)).rev().find(|j| {
                !scene.is("title-masc", *j)
                    && !scene.is("title-fem", *j)
                    && words.of(*j) != "."
                    && (words.rules().complements.contains(words.lower(*j))
                        || !words.rules().determiners.contains(words.lower(*j)))
            });
            if last.is_some_and(|j| j != i.min(at) && leads(j)) {
                continue;
            }
            let apart = between.clone().filter(|j| words.of(*j) == ",").count() > 1
                || between
                    .clone()
                    .any(|j| !words.is_word(j) && words.of(j) != "," || scene.finite(j, i));
            let bearers = out.entry(words.lower(i)).or_default();
            if bearers.last().is_none_or(|b| b.at < at) {
                let closed = end >= words.tokens.len() || !words.is_word(end);
                bearers.push(Bearer { mention, at, role: i, introduced: !apart, closed });
            }
        }
    }
    out
}

/// A body's name where it stands.
struct Org<'a> {
    mention: &'a Mention,
    /// Its first token.
    at: usize,
    key: &'a str,
    medium: bool,
    agency: bool,
    /// What sorts of body the words beside any of its names say that it is.
    sorts: u8,
    /// How often it has been named up to here.
    nth: usize,
}

/// Words that tell bodies apart: a company is no union.
const SORTS: [&str; 7] = [
    "sort-firm",
    "sort-union",
    "sort-party",
    "sort-club",
    "sort-school",
    "sort-state",
    "sort-medium",
];

/// The sorts of body that the word at a token names, a bit for each.
fn sorts(scene: &Scene, token: usize) -> u8 {
    let bit = |(i, field): (usize, &&str)| u8::from(scene.is(field, token)) << i;
    SORTS.iter().enumerate().map(bit).sum()
}

/// The bodies named, with what the words beside their names say of them.
fn orgs<'a>(scene: &Scene<'a>) -> Vec<Org<'a>> {
    let words = scene.words;
    let mut known: FxHashMap<&str, (usize, u8)> = FxHashMap::default();
    let mut out: Vec<Org> = Vec::new();
    for mention in scene.mentions.iter().filter(|m| m.kind == MentionKind::Org) {
        let name = mention.span.of(words.text);
        let at = words.tokens.partition_point(|t| t.span.end <= mention.span.start);
        let end = words.tokens.partition_point(|t| t.span.start < mention.span.end);
        let before = at.checked_sub(1).filter(|i| words.is_word(*i));
        let noun = |i: usize| matches!(scene.trees.upos(i), Upos::Noun | Upos::Adj);
        let second = before.filter(|i| noun(*i)).and_then(|i| i.checked_sub(1));
        let after = Some(end).filter(|i| *i < words.tokens.len() && words.is_word(*i));
        let beside = [before, second, after].into_iter().flatten().chain(at..end);
        let told = beside.fold(0, |all, i| all | sorts(scene, i));
        let key = mention.entity.as_deref().unwrap_or(name);
        let slot = known.entry(key).or_default();
        *slot = (slot.0 + 1, slot.1 | told);
        let nth = slot.0;
        let (medium, agency) = (is_medium(scene, mention, at), knowledge::is_agency(name));
        out.push(Org { mention, at, key, medium, agency, sorts: 0, nth });
    }
    for org in &mut out {
        org.sorts = known.get(org.key).map_or(0, |k| k.1);
    }
    out
}

/// Whether a body is an agency or a paper, by what is known of it or by the word before it.
fn is_medium(scene: &Scene, mention: &Mention, at: usize) -> bool {
    let words = scene.words;
    let called = (at.saturating_sub(2)..at)
        .any(|i| words.rules().actors.get(words.lower(i)) == Some(&ActorKind::Agency));
    let told = at > 0 && words.rules().bare_places && scene.is("told-medium", at - 1);
    called || told || knowledge::is_agency(mention.span.of(words.text))
}

/// The persons named outside quotations. Each one's gender is what most of the words beside the
/// name say: a title, a role, the given name.
fn people<'a>(scene: &Scene<'a>) -> Vec<Person<'a>> {
    let words = scene.words;
    let mut out = Vec::new();
    let mut votes: FxHashMap<&str, i32> = FxHashMap::default();
    for mention in scene.mentions.iter().filter(|m| m.kind == MentionKind::Per) {
        let at = words.tokens.partition_point(|t| t.span.end <= mention.span.start);
        if at >= words.tokens.len() || scene.quoted[at] {
            continue;
        }
        let noun = |i: usize| scene.trees.upos(i) == Upos::Noun;
        let beside =
            (at.saturating_sub(3)..at).rev().take_while(|i| words.is_word(*i)).find(|i| noun(*i));
        let gender = |i: usize| title_gender(scene, at).or_else(|| scene.trees.agreement(i).gender);
        let (word, weight) = beside.map_or((at, 1), |i| (i, 2));
        let key = mention.entity.as_deref().unwrap_or(mention.span.of(words.text));
        let vote = |gender: Option<&str>, weight: i32| match gender {
            Some("Fem") => -weight,
            Some("Masc") => weight,
            _ => 0,
        };
        let slot = votes.entry(key).or_default();
        *slot += vote(gender(word), weight);
        *slot += vote(knowledge::given_gender(words.lower(at)), 3);
        let subject = (at.saturating_sub(6)..at + 1).any(|i| {
            scene.trees.is_subject(i)
                && scene.trees.phrase(i).is_some_and(|p| p.0 <= at && at < p.1)
        });
        out.push(Person { mention, at, agrees: Agreement::default(), subject });
    }
    for person in &mut out {
        let key = person.mention.entity.as_deref().unwrap_or(person.mention.span.of(words.text));
        person.agrees.gender = match votes.get(key).copied().unwrap_or(0).signum() {
            1 => Some("Masc"),
            -1 => Some("Fem"),
            _ => None,
        };
    }
    out
}

/// The gender that a title before the name at a token shows: "Mme Roux", "M. Roux".
fn title_gender(scene: &Scene, at: usize) -> Option<&'static str> {
    let mut before = (at.saturating_sub(2)..at).rev().filter(|i| scene.words.is_word(*i));
    let title = at_title(scene, at).or_else(|| before.next())?;
    match (scene.is("title-fem", title), scene.is("title-masc", title)) {
        (true, false) => Some("Fem"),
        (false, true) => Some("Masc"),
        _ => None,
    }
}

/// A name's first token where it is a title itself.
fn at_title(scene: &Scene, at: usize) -> Option<usize> {
    (scene.is("title-fem", at) || scene.is("title-masc", at)).then_some(at)
}

impl<'s, 'a> Resolver<'s, 'a> {
    pub fn new(scene: &'s Scene<'a>) -> Resolver<'s, 'a> {
        let (shown, people) = (shown_names(scene), people(scene));
        let mut agrees = FxHashMap::default();
        for person in &people {
            let own = person.mention.span.of(scene.words.text);
            let name = person.mention.entity.as_deref().and_then(|id| shown.get(id));
            agrees.entry(*name.unwrap_or(&own)).or_insert(person.agrees);
        }
        Resolver {
            scene,
            shown,
            spoken: Vec::new(),
            several: FxHashSet::default(),
            people,
            agrees,
            roles: roles(scene),
            orgs: orgs(scene),
            called: RefCell::default(),
            affiliation: FxHashMap::default(),
            bodies: RefCell::default(),
        }
    }

    /// The chain of a draft; empty when its source is nobody.
    pub fn chain(&mut self, draft: &Draft) -> Vec<Link> {
        let mut chain: Vec<Link> = Vec::new();
        for (from, to) in &draft.via {
            chain.extend(self.links(*from, *to).pop());
        }
        chain.extend(self.recipient(draft));
        let speaker = match draft.source {
            Some((from, to)) => {
                chain.extend(self.passed_on(from, to));
                self.links(from, to)
            }
            None => self.spoken.last().map(|(_, c)| c.clone()).unwrap_or_default(),
        };
        for link in speaker.iter().cloned() {
            if !chain.iter().any(|c| c.name == link.name) {
                chain.push(link);
            }
        }
        if !speaker.is_empty() {
            let at = draft.source.map_or(0, |(from, _)| from);
            if draft.source.is_some_and(|(from, to)| self.are_several(from, to)) {
                self.several.insert(at);
            }
            let spoke = |(from, to): (usize, usize)| {
                let head = head(self.scene, from, to);
                let actor =
                    self.scene.words.rules().actors.contains_key(self.scene.words.lower(head));
                actor || !self.scene.is("demonstrative", from)
            };
            // "Selon ce scénario": nothing that a pronoun for a person points back to.
            if draft.source.is_none_or(spoke) {
                self.spoken.push((at, speaker));
            }
        }
        chain
    }

    /// Whether tokens `from..to` are more than one: a plural, or names that are joined.
    fn are_several(&self, from: usize, to: usize) -> bool {
        let head = head(self.scene, from, to);
        let joined = || (head + 1..to).any(|i| self.scene.trees.upos(i) == Upos::Cconj);
        self.scene.trees.agreement(head).plural || joined() && self.mentions_in(from, to).len() > 1
    }

    /// An agency that was told ("a indiqué à l'AFP", "told Reuters").
    fn recipient(&self, draft: &Draft) -> Option<Link> {
        let words = self.scene.words;
        let (_, cue_end) = draft.cue?;
        let sentence = &self.scene.sentences[draft.sentence];
        let stop = (sentence.tokens.end as usize).min(cue_end + 5);
        let mut at = (cue_end..stop).find(|i| words.capital(*i))?;
        // Only small words may stand between the verb and who was told.
        let small = (cue_end..at).all(|i| {
            self.scene.is("recipient", i) || words.rules().determiners.contains(words.lower(i))
        });
        let span = words.tokens[at].span;
        if draft.source.is_some_and(|(from, to)| (from..to).contains(&at)) {
            return None;
        }
        at = words.tokens.partition_point(|t| t.span.start < span.start);
        let mention = self.mention_at(words.tokens[at].span)?;
        let name = mention.span.of(words.text);
        (small && knowledge::is_agency(name)).then(|| self.link_of(mention, SourceKind::Agency))
    }

    /// "un communiqué de X repris par Y": Y passed it on.
    fn passed_on(&self, from: usize, to: usize) -> Option<Link> {
        let words = self.scene.words;
        let via = (from..to).find(|i| self.scene.is("via", *i))?;
        let start = (via + 1..to).find(|i| !self.scene.is("agent", *i))?;
        let name = match self.mentions_in(start, to).first() {
            Some(m) => return Some(self.link_of(m, SourceKind::Organisation)),
            None => words.span(start, to).of(words.text),
        };
        Some(Link {
            name: without_article(self.scene, name, start),
            kind: SourceKind::Organisation,
            entity: None,
        })
    }

    /// The mentions that may overlap `span`: they stand in order of their start, and a nominal
    /// one that starts before it holds few words.
    fn near(&self, span: Span) -> &'a [Mention] {
        let mentions = self.scene.mentions;
        let from = mentions.partition_point(|m| m.span.start < span.start).saturating_sub(8);
        let to = mentions.partition_point(|m| m.span.start < span.end);
        &mentions[from.min(to)..to]
    }

    fn mentions_in(&self, from: usize, to: usize) -> Vec<&'a Mention> {
        let span = self.scene.words.span(from, to);
        let inside = |m: &&Mention| m.kind != MentionKind::Nominal && span.contains(m.span);
        self.near(span).iter().filter(inside).collect()
    }

    fn mention_at(&self, span: Span) -> Option<&'a Mention> {
        self.near(span).iter().find(|m| m.kind != MentionKind::Nominal && m.span.overlaps(span))
    }

    fn link_of(&self, mention: &Mention, kind: SourceKind) -> Link {
        let own = mention.span.of(self.scene.words.text);
        let name =
            mention.entity.as_deref().and_then(|id| self.shown.get(id)).copied().unwrap_or(own);
        let kind = if knowledge::is_agency(name) { SourceKind::Agency } else { kind };
        let name = match self.of_state(mention) {
            Some(noun) if mention.kind == MentionKind::Org => {
                let words = self.scene.words;
                let past = words.tokens.partition_point(|t| t.span.start < mention.span.end);
                capitalised(words.span(noun, past).of(words.text))
            }
            _ => name.to_string(),
        };
        Link { name, kind, entity: mention.entity.clone() }
    }

    /// "ministère de l'Industrie": the noun without which the name says nothing.
    fn of_state(&self, body: &Mention) -> Option<usize> {
        let scene = self.scene;
        let rules = scene.words.rules();
        let at = self.first_token(body);
        let lower = |i: usize| scene.words.lower(i);
        let small =
            |i: usize| rules.complements.contains(lower(i)) || rules.definite.contains(lower(i));
        let noun = (at.saturating_sub(4)..at).rev().find(|i| !small(*i))?;
        let linked = noun + 1 < at && rules.complements.contains(lower(noun + 1));
        (linked && scene.is("of-state", noun)).then_some(noun)
    }

    /// The speaker that tokens `from..to` name: one link, or an organisation and a person.
    fn links(&mut self, from: usize, to: usize) -> Vec<Link> {
        let to = (from..to).find(|i| self.scene.is("via", *i)).filter(|i| *i > from).unwrap_or(to);
        let to = self.before_clause(from, to);
        let names = self.mentions_in(from, to);
        let actor = self.actor(from, to);
        let persons = || names.iter().filter(|m| m.kind == MentionKind::Per);
        // "Slater's successor, Dana Ruiz": whose name stands for the one who speaks.
        let own = |m: &&&Mention| !self.owns(m, to) && !self.tells_of(m, from);
        let person = persons().find(own).or_else(|| persons().next()).copied();
        if let Some(person) = person {
            // "The president, sitting next to Ada Lorn": what stands before the comma.
            let comma =
                (from + 1..self.first_token(person)).find(|i| self.scene.words.of(*i) == ",");
            if let Some(comma) = comma.filter(|_| actor.is_some() && self.tells_of(person, from)) {
                return self.links(from, comma);
            }
            return match self.other_than(person, actor, from, to) {
                Some(kind) => vec![self.described(from, to, kind)],
                None => self.person(person, &names),
            };
        }
        let impersonal = (from..to).any(|i| self.scene.is("impersonal-enclitic", i));
        let same = names.is_empty() && (from..to).any(|i| self.scene.is("same", i));
        if let Some((_, last)) = self.spoken.last().filter(|_| same || impersonal) {
            return last.clone();
        }
        if impersonal {
            return Vec::new();
        }
        if names.is_empty() && (from..to).any(|i| self.scene.is("pronoun", i)) && to - from <= 2 {
            let pronoun = (from..to).find(|i| self.scene.is("pronoun", *i)).unwrap_or(from);
            return self.antecedent(pronoun);
        }
        if let Some(link) = self.apposed_name(from, to).filter(|_| names.is_empty()) {
            return vec![link];
        }
        // "Turkmen media": of which country somebody is, is not who they are.
        let stands = |m: &&&Mention| m.kind != MentionKind::Misc || self.ends_with(m, to);
        let body = names.iter().find(|m| m.kind == MentionKind::Org);
        let body = body.or_else(|| names.iter().find(stands)).copied();
        match (actor, body) {
            (Some((_, ActorKind::Unnamed)), _) => {
                vec![self.described(from, to, SourceKind::Anonymous)]
            }
            (Some((_, ActorKind::Role)), Some(org)) => self.role(from, to, org),
            (Some((i, ActorKind::Role)), None) => self.known_role(i, from, to),
            (Some((i, ActorKind::Body | ActorKind::Group)), Some(org)) if self.is_of(i, org) => {
                vec![self.body(i, to)]
            }
            (
                Some((
                    _,
                    ActorKind::Body | ActorKind::Group | ActorKind::Agency | ActorKind::Document,
                )),
                Some(org),
            ) if org.kind != MentionKind::Loc => {
                vec![self.link_of(org, SourceKind::Organisation)]
            }
            (Some((i, ActorKind::Agency)), None) => self.definite_agency(i, from, to),
            (Some((i, ActorKind::Group)), None) => self.definite_group(i, from, to),
            (Some((i, ActorKind::Body)), None) if self.scene.is("management", i) => {
                self.management(i, from, to)
            }
            (Some((i, ActorKind::Document)), _) => self.document(i, from, to),
            (Some((i, _)), _) => vec![self.body(i, to)],
            (None, Some(name)) if self.only_tells(name, from, to) => {
                vec![self.described(from, to, self.kind_of_words(from, to))]
            }
            (None, Some(name)) => vec![self.link_of(name, SourceKind::Organisation)],
            (None, None) => self
                .meant(from, to, 2)
                .filter(|_| to - from == 2)
                .or_else(|| self.surname(from, to))
                .unwrap_or_else(|| vec![self.described(from, to, self.kind_of_words(from, to))]),
        }
    }

    /// What the words `from..to` are, which hold no name that is known.
    fn kind_of_words(&self, from: usize, to: usize) -> SourceKind {
        let scene = self.scene;
        let words = scene.words;
        let head = head(scene, from, to);
        let title = |i: usize| scene.is("title-masc", i) || scene.is("title-fem", i);
        let titled = (from.saturating_sub(2)..head).any(title);
        match words.rules().actors.get(words.lower(head)) {
            Some(kind) => self.kind_of(Some(*kind)),
            None if !words.capital(head)
                || scene.trees.upos(head) != Upos::Propn
                    && !(head + 1 < to && words.capital(head + 1)) =>
            {
                SourceKind::Anonymous
            }
            None if head > from && !titled => SourceKind::Organisation,
            None => SourceKind::Person,
        }
    }

    /// "M. Roux", where the name by itself is no known one: the person of the article who bears it last.
    fn surname(&self, from: usize, to: usize) -> Option<Vec<Link>> {
        let words = self.scene.words;
        let last = words.of(to - 1);
        let name = |p: &&Person<'a>| self.shown_as(p.mention).split(' ').next_back() == Some(last);
        let all =
            words.capital(to - 1) && (from..to).all(|i| words.capital(i) || !words.is_word(i));
        let person = self.people.iter().find(name).filter(|_| all)?;
        Some(self.person_chain(person.mention))
    }

    /// Where the relative clause or participle starts that hangs on the noun for those who speak: whom
    /// it names does not speak ("des banquiers reçus par X", "a senator who praised X").
    fn before_clause(&self, from: usize, to: usize) -> usize {
        let scene = self.scene;
        let Some((actor, kind)) = self.actor(from, to) else { return to };
        let person = !matches!(kind, ActorKind::Document | ActorKind::Agency);
        let named = |i: usize| scene.named(i).is_some_and(|m| m.kind == MentionKind::Per);
        let clause = (actor + 1..to).find(|i| {
            let role = matches!(kind, ActorKind::Role | ActorKind::Unnamed);
            let relative = scene.is("relative", *i) && scene.trees.upos(*i) == Upos::Pron && role;
            let passive = *i + 1 < to
                && scene.trees.upos(*i) == Upos::Verb
                && (*i + 1..to).any(|j| scene.is("agent", j));
            relative || passive
        });
        let clause = clause.filter(|c| person && !(from..*c).any(named));
        clause.map_or(to, |c| if scene.words.of(c - 1) == "," { c - 1 } else { c })
    }

    /// Whether a possessive follows a name before token `to`.
    fn owns(&self, name: &Mention, to: usize) -> bool {
        let next = self.scene.words.tokens.partition_point(|t| t.span.start < name.span.end);
        next < to && self.scene.is("possessive", next)
    }

    /// "The operator, V-Rail": the capitalised words behind the comma of a body that no name is
    /// known for.
    fn apposed_name(&self, from: usize, to: usize) -> Option<Link> {
        let words = self.scene.words;
        let (actor, kind) = self.actor(from, to)?;
        let body = matches!(kind, ActorKind::Group | ActorKind::Body);
        let kind = match kind {
            ActorKind::Role => SourceKind::Person,
            _ => SourceKind::Organisation,
        };
        // "the consumer group Fair Counter": with no comma.
        if body && actor + 1 < to && (actor + 1..to).all(|i| words.capital(i) && words.is_word(i)) {
            return Some(self.described(actor + 1, to, kind));
        }
        let comma = (from + 1..to).find(|i| words.of(*i) == ",")?;
        let capital = |i: usize| words.capital(i) || !words.is_word(i) && words.of(i) == "-";
        let named = comma + 1 < to && (comma + 1..to).all(capital);
        let speaks = body || kind == SourceKind::Person;
        (speaks && named).then(|| self.described(comma + 1, to, kind))
    }

    /// The noun of the phrase that can speak: its head, or behind words that only count ("one of the
    /// judges"), not what stands in its complements ("the head of the company's site").
    fn actor(&self, from: usize, to: usize) -> Option<(usize, ActorKind)> {
        let words = self.scene.words;
        let start = head(self.scene, from, to);
        let actor = |i: usize| {
            let before_name = !words.capital(i) || i == from;
            let known = words.rules().actors.get(words.lower(i)).copied();
            known.filter(|_| before_name && words.is_word(i))
        };
        let counts =
            |i: usize| self.scene.is("counts", i) || words.tokens[i].kind != TokenKind::Word;
        let link = |i: usize| {
            words.rules().complements.contains(words.lower(i))
                && !words.rules().definite.contains(words.lower(i))
                || self.scene.trees.upos(i) == Upos::Adp
        };
        let noun =
            |i: usize| !words.capital(i) && self.scene.trees.upos(i) == Upos::Noun && !counts(i);
        let stop = (start + 1..to).find(|i| link(*i) && (start..*i).any(noun)).unwrap_or(to);
        let first = (start..stop).take(4).find(|i| actor(*i).is_some())?;
        // "court documents": where nouns stack, the last one.
        let next = first + 1;
        let stacks = !words.rules().adjectives_follow && next < stop;
        let at = if stacks && actor(next).is_some() && noun(next) { next } else { first };
        Some((at, actor(at)?))
    }

    /// What kind of voice speaks where words name a person who is not the one: "the lawyer of Ada
    /// Lorn", "Lorn's allies", "the Lorn report". None where the person speaks.
    fn other_than(
        &self,
        person: &Mention,
        actor: Option<(usize, ActorKind)>,
        from: usize,
        to: usize,
    ) -> Option<SourceKind> {
        let scene = self.scene;
        let words = scene.words;
        let at = self.first_token(person);
        let end = words.tokens.partition_point(|t| t.span.start < person.span.end);
        let kind = |i: usize| words.rules().actors.get(words.lower(i)).copied();
        let noun = |i: usize| {
            words.is_word(i) && !words.capital(i) && matches!(scene.trees.upos(i), Upos::Noun)
        };
        let owned = self.owns(person, to);
        if owned || !words.rules().adjectives_follow && end < to && noun(end) {
            // The last of the nouns that follow: "Lorn's campaign manager".
            let start = end + usize::from(owned);
            let run = (start..to).take_while(|i| words.is_word(*i) && !scene.is("name-link", *i));
            let last = run.filter(|i| noun(*i)).last()?;
            let told =
                scene.is("wording", last) || owned && kind(last) == Some(ActorKind::Document);
            return (!told).then(|| self.kind_of(kind(last)));
        }
        if self.tells_of(person, from) {
            let head = head(scene, from, to);
            let told = scene.is("wording", head)
                || actor.is_some_and(|(_, kind)| kind == ActorKind::Document);
            return (!told).then(|| self.kind_of(kind(head)));
        }
        // "le rapport Roux", "le gouvernement Roux": a body or a paper that is called by a name.
        let called = at.checked_sub(1).filter(|i| *i >= from).and_then(kind)?;
        let thing = matches!(called, ActorKind::Document | ActorKind::Body | ActorKind::Group);
        (thing && words.rules().adjectives_follow && head(scene, from, to) == at - 1)
            .then(|| self.kind_of(Some(called)))
    }

    /// Whether a body's or a place's name is not the head of `from..to`, and what is there is no word for
    /// its words: "Lorne's allies", "the US software giant", "a pupil of the Lorne school".
    fn only_tells(&self, name: &Mention, from: usize, to: usize) -> bool {
        let scene = self.scene;
        let words = scene.words;
        let end = words.tokens.partition_point(|t| t.span.start < name.span.end);
        let noun =
            |i: usize| words.is_word(i) && !words.capital(i) && scene.trees.upos(i) == Upos::Noun;
        let owned = self.owns(name, to);
        let stacked = !words.rules().adjectives_follow && end < to && noun(end);
        let told = |i: usize| scene.is("wording", i);
        if owned || stacked {
            return !(end..to).any(told);
        }
        let head = head(scene, from, to);
        // "la locataire de la place Vendôme": behind a preposition.
        let at = self.first_token(name);
        let linked = (head + 1..at).any(|i| {
            words.rules().complements.contains(words.lower(i)) || scene.trees.upos(i) == Upos::Adp
        });
        (linked || self.tells_of(name, from)) && noun(head) && !told(head)
    }

    fn kind_of(&self, actor: Option<ActorKind>) -> SourceKind {
        match actor {
            Some(ActorKind::Role) => SourceKind::Person,
            Some(ActorKind::Document) => SourceKind::Document,
            Some(ActorKind::Body | ActorKind::Group | ActorKind::Agency) => {
                SourceKind::Organisation
            }
            Some(ActorKind::Unnamed) | None => SourceKind::Anonymous,
        }
    }

    fn first_token(&self, mention: &Mention) -> usize {
        self.scene.words.tokens.partition_point(|t| t.span.end <= mention.span.start)
    }

    /// Whether a name only tells more of a noun before it: "the lawyer of Ada Lorn", "reçus par Mme
    /// Roux", "a minister sitting next to president Lorn". Titles and roles may stand before it.
    fn tells_of(&self, name: &Mention, from: usize) -> bool {
        let scene = self.scene;
        let words = scene.words;
        let rules = words.rules();
        let role = |i: usize| {
            let known = matches!(rules.actors.get(words.lower(i)), Some(ActorKind::Role));
            known || scene.is("counsel", i)
        };
        let small = |i: usize| {
            scene.is("title-masc", i)
                || scene.is("title-fem", i)
                || words.of(i) == "." && i > from && scene.trees.one_word(i - 1, i)
                || rules.determiners.contains(words.lower(i))
                    && !rules.complements.contains(words.lower(i))
                || words.is_word(i) && scene.trees.upos(i) == Upos::Adj
        };
        let mut at = self.first_token(name);
        while at > from && (small(at - 1) || role(at - 1)) {
            at -= 1;
        }
        let Some(link) = at.checked_sub(1).filter(|i| *i > from) else { return false };
        let links = rules.complements.contains(words.lower(link))
            || scene.is("agent", link)
            || scene.trees.upos(link) == Upos::Adp;
        let noun = |i: usize| {
            words.is_word(i)
                && (matches!(scene.trees.upos(i), Upos::Noun | Upos::Num | Upos::Pron) || role(i))
        };
        // "M. de Roux": part of the name.
        let title = (link.saturating_sub(2).max(from)..link)
            .any(|i| scene.is("title-masc", i) || scene.is("title-fem", i));
        links && words.is_word(link) && !title && (from..link).any(noun)
    }

    /// Whether a name only tells what the people are of whom the noun at a token is a body: "the group of
    /// the residents of Lorne Hill".
    fn is_of(&self, noun: usize, name: &Mention) -> bool {
        let words = self.scene.words;
        let rules = words.rules();
        let at = words.tokens.partition_point(|t| t.span.end <= name.span.start);
        let small = |i: usize| {
            rules.complements.contains(words.lower(i)) || rules.determiners.contains(words.lower(i))
        };
        noun + 2 < at
            && rules.complements.contains(words.lower(noun + 1))
            && small(at - 1)
            && !(noun + 1..at).all(small)
    }

    /// Whether nothing but marks stands between a name and token `to`.
    fn ends_with(&self, name: &Mention, to: usize) -> bool {
        let words = self.scene.words;
        let next = words.tokens.partition_point(|t| t.span.start < name.span.end);
        (next..to).all(|i| !words.is_word(i))
    }

    /// A named person, with the organisation that the words tie to them.
    fn person(&mut self, person: &Mention, names: &[&'a Mention]) -> Vec<Link> {
        let link = self.link_of(person, SourceKind::Person);
        // A lawyer is of no body that his client's name comes with.
        let at = self.scene.words.tokens.partition_point(|t| t.span.end <= person.span.start);
        let org = names.iter().find(|m| m.kind == MentionKind::Org);
        if let Some(org) = org.filter(|o| !self.counsel(at) && !self.post(o)) {
            let org = self.link_of(org, SourceKind::Organisation);
            if org.kind == SourceKind::Organisation {
                self.affiliation.insert(link.name.clone(), org);
            }
        }
        match self.affiliation.get(&link.name) {
            Some(org) => vec![org.clone(), link],
            None => vec![link],
        }
    }

    /// "le directeur de l'OSDH" without a name: the person introduced with that organisation,
    /// else the role.
    fn role(&mut self, from: usize, to: usize, name: &Mention) -> Vec<Link> {
        let org = self.link_of(name, SourceKind::Organisation);
        // "le ministre de la Défense Roux", read as one name: the person of the article who bears it.
        let words = self.scene.words;
        let end = words.tokens.partition_point(|t| t.span.start < name.span.end);
        let post = name.span.of(words.text).contains(' ') && self.post(name);
        if let Some(person) = self.surname(end - 1, end).filter(|_| post) {
            return person;
        }
        let known = self.spoken.iter().rev().flat_map(|(_, c)| c).find(|l| {
            l.kind == SourceKind::Person
                && self.affiliation.get(&l.name).is_some_and(|o| o.name == org.name)
        });
        let definite = self.scene.words.rules().definite.contains(self.scene.words.lower(from));
        let borne = self.actor(from, to).and_then(|(i, _)| self.bearer_of(i, name, from, to));
        let borne = borne.map(|m| self.link_of(m, SourceKind::Person));
        let person = match borne.as_ref().or(known).filter(|_| definite) {
            Some(person) => person.clone(),
            None => self.described(from, to, SourceKind::Person),
        };
        // "le maire de Lorne", "le chef de l'Etat": who holds an office speaks for nobody else.
        let office = name.kind == MentionKind::Loc
            || (from..to).any(|i| self.scene.is("post", i) || self.scene.is("state", i));
        if office { vec![person] } else { vec![org, person] }
    }

    /// "le ministre": the last person who was introduced by that word, or the only one who is
    /// further on; else the words.
    fn known_role(&mut self, actor: usize, from: usize, to: usize) -> Vec<Link> {
        let words = self.scene.words;
        let indefinite = !words.rules().definite.contains(words.lower(from));
        if indefinite {
            return vec![self.described(from, to, SourceKind::Anonymous)];
        }
        let office = self.scene.is("office", actor);
        match self.bearer(actor, from, to) {
            Some(person) => self.person_chain(person),
            None => (if office { None } else { self.meant(from, to, 4) })
                .unwrap_or_else(|| vec![self.described(from, to, SourceKind::Person)]),
        }
    }

    /// Who bears the role at a token of the phrase `from..to`.
    fn bearer(&self, actor: usize, from: usize, to: usize) -> Option<&'a Mention> {
        let bearers = self.roles.get(self.scene.words.lower(actor))?;
        let next = bearers.partition_point(|b| b.at < from);
        let fits = |b: &&Bearer<'a>| self.may_bear(b, actor, from, to);
        if let Some(last) = bearers[..next].iter().rev().take(FAR).find(fits) {
            return Some(last.mention);
        }
        let mut later = bearers[next..]
            .iter()
            .take(40)
            .filter(|b| b.introduced && (b.role != actor || b.closed))
            .filter(fits)
            .map(|b| b.mention);
        let first = later.next()?;
        later.all(|m| self.shown_as(m) == self.shown_as(first)).then_some(first)
    }

    /// Who bears the role at a token, of the body or place that the words name: "le ministre de la
    /// Justice", of whom elsewhere the name stands beside these words.
    fn bearer_of(&self, actor: usize, of: &Mention, from: usize, to: usize) -> Option<&'a Mention> {
        const NEAR: usize = 8;
        let words = self.scene.words;
        let own = |m: &&Mention| {
            m.kind == of.kind
                && (m.entity.is_some() && m.entity == of.entity
                    || m.span.of(words.text) == of.span.of(words.text))
        };
        let bearers = self.roles.get(words.lower(actor))?.iter().take(FAR);
        let mut named = bearers.filter(|b| {
            let stop = (b.role + NEAR).min(words.tokens.len());
            b.introduced
                && self.may_bear(b, actor, from, to)
                && self.mentions_in(b.role, stop).iter().any(own)
        });
        let first = named.next()?.mention;
        named.all(|b| self.shown_as(b.mention) == self.shown_as(first)).then_some(first)
    }

    /// Whether nothing in the words of a role speaks against somebody's bearing it: another gender
    /// ("le président", "Anne Roux, présidente") or another country ("the French president").
    fn may_bear(&self, bearer: &Bearer, actor: usize, from: usize, to: usize) -> bool {
        let words = self.scene.words;
        // "la maire": the article tells, where the noun has both.
        let own = self.scene.trees.agreement(from).gender;
        let own = own.or_else(|| self.scene.trees.agreement(actor).gender);
        let gender = self.gender_of(self.shown_name(bearer.mention));
        let countries = |from: usize, to: usize| -> Vec<[u8; 2]> {
            let near = (from..to.min(words.tokens.len())).filter(|i| words.is_word(*i));
            let named = near.flat_map(|i| countries::of_adjective(words.of(i)));
            named.map(|c| c.code()).collect()
        };
        let asked = countries(from, to);
        let told = countries(bearer.role.saturating_sub(2), bearer.role + 3);
        // Where nobody says of which country somebody is, he may be of any if nobody else bears the role.
        let alone = || {
            let all = self.roles.get(words.lower(actor)).into_iter().flatten().take(FAR);
            all.clone().all(|b| self.shown_name(b.mention) == self.shown_name(bearer.mention))
        };
        let same = asked.is_empty()
            || asked.iter().any(|c| told.contains(c))
            || told.is_empty() && alone();
        // "le Premier ministre" is no other minister, nor a former president the president.
        let rank = |role: usize| {
            let near = (role.saturating_sub(2)..role + 2).filter(|i| words.is_word(*i));
            near.filter(|i| self.scene.is("rank", *i)).map(|i| words.lower(i)).next()
        };
        same && rank(actor) == rank(bearer.role) && own.zip(gender).is_none_or(|(a, b)| a == b)
    }

    /// "la retraitée", "le chercheur": the person told of last, where nothing in the words speaks
    /// against it.
    fn meant(&self, from: usize, to: usize, sentences: usize) -> Option<Vec<Link>> {
        let words = self.scene.words;
        let noun = head(self.scene, from, to);
        // "ce scénario" points back to what was told, and speaks only where it is a word for a person.
        let person = words.rules().actors.contains_key(words.lower(noun));
        let definite = words.rules().definite.contains(words.lower(from))
            && (person || !self.scene.is("demonstrative", from));
        let bare = noun > from
            && to - from <= 3
            && !words.capital(noun)
            && self.scene.trees.upos(noun) == Upos::Noun;
        let mut agrees = self.scene.trees.agreement(noun);
        agrees.gender = agrees.gender.or(self.scene.trees.agreement(from).gender);
        if !definite || !bare || agrees.plural {
            return None;
        }
        self.nearest(from, agrees, sentences).filter(|_| agrees.gender.is_some())
    }

    fn sentence(&self, token: usize) -> usize {
        self.scene.sentences.partition_point(|s| (s.tokens.end as usize) <= token)
    }

    /// The person told of last before token `from`: one who spoke or whom a sentence was about
    /// before one who was only named.
    fn nearest(&self, from: usize, agrees: Agreement, sentences: usize) -> Option<Vec<Link>> {
        let here = self.sentence(from);
        let far = |at: usize| 2 * here.saturating_sub(self.sentence(at));
        let single = |at: usize, c: &[Link]| {
            // "La cour a dit p. Elle": a body of the pronoun's own gender, in the sentence before.
            let head = head(self.scene, at, at + 4);
            let body = self.scene.is("pronoun", from)
                && self.scene.trees.upos(head) == Upos::Noun
                && here - self.sentence(at) <= 1
                && agrees.gender.is_some()
                && self.scene.trees.agreement(head).gender == agrees.gender;
            c.last().is_some_and(|l| {
                matches!(l.kind, SourceKind::Person | SourceKind::Anonymous) || body
            })
        };
        let gender = |c: &[Link]| c.last().and_then(|l| self.agrees.get(l.name.as_str())).copied();
        // "She said" after "the sign read": what no word calls a person stands behind who is one.
        let person = |at: usize, c: &[Link]| {
            let head = head(self.scene, at, at + 4);
            let actor = self.scene.words.rules().actors.contains_key(self.scene.words.lower(head));
            let pronoun = self.scene.is("pronoun", at);
            c.last().is_some_and(|l| l.kind != SourceKind::Anonymous) || actor || pronoun
        };
        let spoke = self.spoken.iter().rev().take(4).filter(|(at, c)| {
            let own = gender(c)
                .unwrap_or_else(|| self.scene.trees.agreement(head(self.scene, *at, *at + 4)));
            let nobody = self.scene.is("first-person", *at) || self.scene.is("impersonal", *at);
            *at < from && !nobody && single(*at, c) && agrees.fits(own)
        });
        let before = &self.people[..self.people.partition_point(|p| p.at < from)];
        let named = before.iter().rev().take(FAR).filter(|p| p.agrees.fits(agrees));
        // "Interrogée par Anne Roux, elle": somebody else.
        let asks = |p: &Person| {
            let words = self.scene.words;
            let mut near = (p.at.saturating_sub(3)..p.at).rev().filter(|i| words.is_word(*i));
            let lead =
                near.find(|i| !self.scene.is("title-masc", *i) && !self.scene.is("title-fem", *i));
            let asked = |i: usize| {
                let mut near = i.saturating_sub(5)..i;
                self.scene.is("agent", i) && near.any(|j| self.scene.is("question", j))
            };
            self.sentence(p.at) == here && lead.is_some_and(|i| i > 0 && asked(i))
        };
        let named = named.filter(|p| !asks(p) && !self.is_beside(from, p.at));
        // "Me Roux défend X. L'ancien patron nie": a lawyer is called by that word alone.
        let noun = self.scene.trees.upos(head(self.scene, from, from + 4)) == Upos::Noun;
        let other = noun && !self.scene.is("counsel", head(self.scene, from, from + 4));
        let named = named.filter(|p| !(other && self.counsel(p.at)));
        let spoke = spoke.filter(|(at, _)| !(other && self.counsel(*at)));
        let spoke = spoke.map(|(at, c)| {
            let behind = if person(*at, c) { 0 } else { 3 };
            (far(*at) + behind, std::cmp::Reverse(*at), c.clone())
        });
        let named = named.take(8).filter(|p| far(p.at) <= 2 * sentences).map(|p| {
            let behind = if p.subject { 0 } else { 3 };
            (far(p.at) + behind, std::cmp::Reverse(p.at), self.person_chain(p.mention))
        });
        spoke.chain(named).min_by_key(|c| (c.0, c.1)).map(|c| c.2)
    }

    /// Whether the person named at a token is introduced as somebody's lawyer.
    fn counsel(&self, at: usize) -> bool {
        let scene = self.scene;
        (at.saturating_sub(3)..at + 2).any(|i| scene.is("counsel", i))
    }

    fn gender_of(&self, name: &str) -> Option<&'static str> {
        self.agrees.get(name)?.gender
    }

    fn shown_name<'m>(&'m self, mention: &'m Mention) -> &'m str {
        let own = mention.span.of(self.scene.words.text);
        mention.entity.as_deref().and_then(|id| self.shown.get(id)).copied().unwrap_or(own)
    }

    fn shown_as(&self, mention: &'a Mention) -> &'a str {
        let own = mention.span.of(self.scene.words.text);
        mention.entity.as_deref().and_then(|id| self.shown.get(id)).copied().unwrap_or(own)
    }

    /// The mentions that end before a token, the nearest first: no more than a reader remembers.
    fn before(&self, token: usize) -> impl Iterator<Item = &'a Mention> {
        let mentions = self.scene.mentions;
        let start = self.scene.words.tokens[token].span.start;
        let to = mentions.partition_point(|m| m.span.start < start);
        mentions[..to].iter().rev().take(FAR).filter(move |m| m.span.end <= start)
    }

    /// The body that a bare noun ("le groupe", "l'entreprise") points back to: named near, named
    /// often, not a medium, and not said to be of another sort.
    fn named_body(&self, from: usize, medium: bool) -> Option<&'a Mention> {
        let asked = sorts(self.scene, from);
        let start = self.scene.words.tokens[from].span.start;
        let to = self.orgs.partition_point(|o| o.mention.span.end <= start);
        let called = self.called.borrow();
        let fits = |o: &&Org| {
            let sorts = o.sorts | called.get(o.key).copied().unwrap_or(0);
            let sort = asked == 0 || sorts == 0 || asked & sorts != 0;
            o.medium == medium && !(medium && o.agency) && sort
        };
        let here = self.sentence(from);
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        let near = self.orgs[..to].iter().rev().take(FAR).filter(fits).take(40);
        let best = near.min_by_key(|o| {
            let often = (*counts.entry(o.key).or_insert(o.nth)).min(6);
            let far = here.saturating_sub(self.sentence(o.at)).min(12);
            // One sentence further weighs as much as one mention less.
            (far + 6 - often, std::cmp::Reverse(o.at))
        });
        drop(called);
        best.map(|o| {
            if asked != 0 {
                *self.called.borrow_mut().entry(o.key).or_default() |= asked;
            }
            o.mention
        })
    }

    /// "l'agence": the agency that spoke or was named last.
    fn definite_agency(&self, actor: usize, from: usize, to: usize) -> Vec<Link> {
        let words = self.scene.words;
        let definite = words.rules().definite.contains(words.lower(from)) && to - from <= 3;
        let last = self.spoken.iter().rev().flat_map(|(_, c)| c).find(|l| is_body(l.kind)).cloned();
        let named = self.before(actor).find(|m| m.kind == MentionKind::Org);
        let agencies = self.scene.is("agency-noun", actor);
        let medium = self.named_body(actor, true).filter(|_| definite && !agencies);
        let agency = words.rules().actors.get(words.lower(actor)) == Some(&ActorKind::Agency);
        // "la presse": no single paper.
        if self.scene.is("collective", actor) {
            return vec![self.described(from, to, SourceKind::Organisation)];
        }
        if let Some(medium) = medium.filter(|_| agency) {
            return vec![self.link_of(medium, SourceKind::Organisation)];
        }
        match (definite, last, named) {
            (true, Some(link), _) => vec![link],
            (true, None, Some(name)) => vec![self.link_of(name, SourceKind::Organisation)],
            _ => vec![self.described(from, to, SourceKind::Organisation)],
        }
    }

    /// "l'association": the body named last whose name holds the word; else the last one that
    /// spoke or was named; else the words themselves.
    fn definite_group(&self, actor: usize, from: usize, to: usize) -> Vec<Link> {
        let words = self.scene.words;
        let bare = words.rules().definite.contains(words.lower(from)) && to - from <= 2;
        if !bare {
            return vec![self.body(actor, to)];
        }
        let mut orgs = self.before(actor).filter(|m| m.kind == MentionKind::Org);
        let called =
            orgs.find(|m| m.span.of(words.text).to_lowercase().contains(words.lower(actor)));
        match called {
            Some(name) => vec![self.link_of(name, SourceKind::Organisation)],
            // "Le cabinet d'avocats Roux ... Le cabinet": who spoke by that word.
            None if let Some(chain) = self.spoke_as(words.lower(actor)) => chain,
            None if self.set_apart(from) => vec![self.body(actor, to)],
            None => match self.named_body(actor, false) {
                Some(name) => vec![self.link_of(name, SourceKind::Organisation)],
                None => self.definite_agency(actor, from, to),
            },
        }
    }

    /// Who spoke last by a name that starts with a word and goes on.
    fn spoke_as(&self, word: &str) -> Option<Vec<Link>> {
        let called = |c: &&(usize, Vec<Link>)| {
            c.1.last().is_some_and(|l| {
                let name = l.name.to_lowercase();
                l.entity.is_none() && name.strip_prefix(word).is_some_and(|r| r.starts_with(' '))
            })
        };
        self.spoken.iter().rev().take(8).find(called).map(|(_, c)| c.clone())
    }

    /// "la direction", "management": the company that it runs.
    fn management(&self, actor: usize, from: usize, to: usize) -> Vec<Link> {
        let bare = to - from <= 2;
        match self.named_body(actor, false).filter(|_| bare && !self.set_apart(from)) {
            Some(firm) => vec![self.link_of(firm, SourceKind::Organisation)],
            None => vec![self.body(actor, to)],
        }
    }

    /// "six according to the company; nineteen according to the union": another body speaks on the
    /// other side of a semicolon.
    fn set_apart(&self, from: usize) -> bool {
        let here = self.sentence(from);
        let apart = |at: usize| (at..from).any(|i| self.scene.words.of(i) == ";");
        self.spoken.iter().rev().take(4).any(|(at, chain)| {
            *at < from
                && self.sentence(*at) == here
                && chain.last().is_some_and(|l| is_body(l.kind))
                && apart(*at)
        })
    }

    /// "un communiqué de l'armée": the body that it is of, else the document.
    fn document(&mut self, actor: usize, from: usize, to: usize) -> Vec<Link> {
        let words = self.scene.words;
        // "un rapport remis à la mairie": not the town hall's.
        let clause =
            (actor + 1..to).find(|i| self.scene.trees.upos(*i) == Upos::Verb).unwrap_or(to);
        let of = (actor + 1..clause).find(|i| {
            matches!(
                words.rules().actors.get(words.lower(*i)),
                Some(ActorKind::Body | ActorKind::Group | ActorKind::Agency)
            )
        });
        match of {
            Some(i) => vec![self.body(i, to)],
            None => vec![self.described(from, to, SourceKind::Document)],
        }
    }

    /// "l'armée": with the people or kind that the article tells of it ("armée syrienne").
    fn body(&self, actor: usize, to: usize) -> Link {
        let words = self.scene.words;
        let own = qualified(self.scene, actor, to);
        let name =
            if own.1 > actor + 1 || own.0 < actor || self.complement_name(own.1, to).is_some() {
                own
            } else {
                self.best_qualified(actor).unwrap_or(own)
            };
        // "préfecture de l'Aveyron": the place or body that it is of tells it from others.
        let of = self.complement_name(name.1, to).unwrap_or(name.1);
        let text = words.span(name.0, of).of(words.text);
        Link { name: capitalised(text), kind: SourceKind::Organisation, entity: None }
    }

    /// Where the complements end that tell a noun which ends at `from` from others of its kind: a name
    /// ("de l'Aveyron", "of health"), or nouns ("d'appel de Lyon", "des transporteurs routiers").
    fn complement_name(&self, from: usize, to: usize) -> Option<usize> {
        /// How many complements a name has, and how many words each.
        const COMPLEMENTS: usize = 3;
        const LONG: usize = 4;
        let words = self.scene.words;
        let rules = words.rules();
        let links = |i: usize| rules.complements.contains(words.lower(i));
        let small = |i: usize| links(i) || rules.definite.contains(words.lower(i));
        let noun = |i: usize| {
            words.is_word(i)
                && matches!(self.scene.trees.upos(i), Upos::Noun | Upos::Propn | Upos::Adj)
        };
        let mut end = from;
        for _ in 0..COMPLEMENTS {
            if end >= to || !links(end) {
                break;
            }
            let Some(start) = (end..to.min(end + 3)).find(|i| !small(*i)) else { break };
            let name = self.mention_at(words.tokens[start].span);
            let past = match name {
                Some(name) => words.tokens.partition_point(|t| t.span.start < name.span.end),
                None => (start..to.min(start + LONG))
                    .find(|i| !noun(*i))
                    .unwrap_or(to.min(start + LONG)),
            };
            if past == start || past > to {
                break;
            }
            end = past;
        }
        (end > from).then_some(end)
    }

    /// The qualified form of a bare noun that the article uses most: before it if there is one.
    fn best_qualified(&self, actor: usize) -> Option<(usize, usize)> {
        let noun = self.scene.words.lower(actor).to_string();
        let known = self.bodies.borrow().get(&noun).copied();
        known.unwrap_or_else(|| {
            let found = self.most_qualified(actor);
            self.bodies.borrow_mut().insert(noun, found);
            found
        })
    }

    fn most_qualified(&self, actor: usize) -> Option<(usize, usize)> {
        let words = self.scene.words;
        let mut counts: Vec<(String, usize, (usize, usize))> = Vec::new();
        for i in 0..words.tokens.len() {
            if words.lower(i) != words.lower(actor) || i == actor {
                continue;
            }
            let form = qualified(self.scene, i, words.tokens.len());
            if form.1 - form.0 > 1 {
                let key = words.span(form.0, form.1).of(words.text).to_lowercase();
                match counts.iter_mut().find(|c| c.0 == key) {
                    Some(c) => c.1 += 1,
                    None => counts.push((key, 1, form)),
                }
            }
        }
        counts.iter().max_by_key(|c| (c.1, std::cmp::Reverse(c.2.0))).map(|c| c.2)
    }

    /// A pronoun: whoever is nearest before it, a speaker or a person named; a body only when
    /// nobody else is there.
    fn antecedent(&self, from: usize) -> Vec<Link> {
        let words = self.scene.words;
        if self.scene.is("latter", from) {
            let own = self.scene.trees.agreement(from).gender;
            let named = |m: &&'a Mention| match m.kind {
                MentionKind::Per => {
                    let gender = self.gender_of(self.shown_as(m));
                    own.zip(gender).is_none_or(|(a, b)| a == b)
                }
                kind => kind == MentionKind::Org,
            };
            match self.before(from).find(named) {
                Some(name) if name.kind == MentionKind::Per => return self.person_chain(name),
                Some(name) => return vec![self.link_of(name, SourceKind::Organisation)],
                None => {}
            }
        }
        let agrees = self.scene.trees.agreement(from);
        if agrees.plural {
            return self.several_before(from);
        }
        if agrees.gender == Some("Neut") {
            let body = self.named_body(from, false);
            let last =
                self.spoken.last().filter(|(_, c)| c.last().is_some_and(|l| is_body(l.kind)));
            if let Some((_, chain)) = last {
                return chain.clone();
            }
            if let Some(body) = body {
                return vec![self.link_of(body, SourceKind::Organisation)];
            }
        }
        let tells = agrees.gender.is_some_and(|g| g != "Neut") && !agrees.plural;
        if let Some(chain) = tells.then(|| self.nearest(from, agrees, 4)).flatten() {
            return chain;
        }
        let single = |c: &[Link]| {
            c.last().is_some_and(|l| matches!(l.kind, SourceKind::Person | SourceKind::Anonymous))
        };
        // Who is known to be of the other gender is not meant.
        let fits = |c: &[Link]| {
            let own = c.last().and_then(|l| self.gender_of(&l.name));
            !tells || agrees.gender.zip(own).is_none_or(|(a, b)| a == b)
        };
        let speaker = self.spoken.iter().rev().take(4).find(|(_, c)| single(c) && fits(c));
        let named = self.before(from).find(|m| {
            m.kind == MentionKind::Per
                && fits(&self.person_chain(m))
                && !self.is_beside(from, self.first_token(m))
        });
        let named_at = named.map(|m| words.tokens.partition_point(|t| t.span.start < m.span.start));
        let last = self.spoken.last().map(|(_, c)| c.clone()).filter(|c| fits(c));
        match (speaker, named.zip(named_at)) {
            // A name that stands after the last speaker, in the sentence before or in this one.
            (Some((at, _)), Some((name, place))) if place > at + 12 => self.person_chain(name),
            (Some((_, chain)), _) => chain.clone(),
            (None, Some((name, place))) if from - place < 60 => self.person_chain(name),
            _ => match last {
                Some(chain) => chain,
                // Somebody speaks, and nothing tells who.
                None if self.scene.trees.expletive(from) => Vec::new(),
                None => vec![self.described(from, from + 1, SourceKind::Anonymous)],
            },
        }
    }

    /// Whether the name at a token stands in the clause of a pronoun that is its subject, as anything else of
    /// the verb: "in answer to Ann Ward, she said" is somebody else (Chomsky's principle B, in trees).
    fn is_beside(&self, pronoun: usize, name: usize) -> bool {
        const FAR: usize = 8;
        let trees = &self.scene.trees;
        let subject = |(_, relation): &(usize, &str)| matches!(*relation, "nsubj" | "expl");
        let Some((verb, _)) = trees.governor(pronoun).filter(subject) else { return false };
        let mut at = name;
        for _ in 0..FAR {
            let Some((head, relation)) = trees.governor(at) else { return false };
            if head == verb {
                // A second subject behind a comma is an apposition to what stands before it.
                let aside = at >= 2 && relation == "nsubj" && self.scene.words.of(at - 1) == ",";
                return matches!(relation, "obl" | "obj" | "iobj")
                    || aside && self.is_beside(pronoun, at - 2);
            }
            if !matches!(
                relation,
                "obl" | "nmod" | "appos" | "flat" | "obj" | "iobj" | "fixed" | "case" | "compound"
            ) {
                return false;
            }
            at = head;
        }
        false
    }

    /// "ils", "they": those who spoke or were told of last that are several, and never one person.
    fn several_before(&self, from: usize) -> Vec<Link> {
        let scene = self.scene;
        let here = self.sentence(from);
        let bodies = scene.rules().is("plural-body", "yes");
        let many = |(at, chain): &&(usize, Vec<Link>)| {
            let body = bodies && chain.last().is_some_and(|l| is_body(l.kind));
            *at < from && here - self.sentence(*at) <= 3 && (body || self.several.contains(at))
        };
        let spoke = self.spoken.iter().rev().take(4).find(many);
        // The subject of a sentence near, where it is a word for people.
        let first = here.checked_sub(1).map_or(0, |s| scene.sentences[s].tokens.start as usize);
        let people = |i: &usize| {
            let actor = scene.words.rules().actors.get(scene.words.lower(*i));
            let actor = actor.is_some_and(|k| *k != ActorKind::Document);
            scene.trees.is_subject(*i)
                && scene.trees.agreement(*i).plural
                && actor
                && !scene.quoted[*i]
        };
        let told = (first..from).rev().find(people);
        match (spoke, told.and_then(|i| scene.trees.phrase(i))) {
            (Some((at, chain)), told) if told.is_none_or(|t| t.0 <= *at) => chain.clone(),
            (_, Some((start, end))) if end <= from => {
                vec![self.described(start, end, SourceKind::Anonymous)]
            }
            (Some((_, chain)), _) => chain.clone(),
            _ => vec![self.described(from, from + 1, SourceKind::Anonymous)],
        }
    }

    /// Whether a body's name only says what somebody has in charge: "la ministre de l'Economie".
    fn post(&self, body: &Mention) -> bool {
        let words = self.scene.words;
        let at = self.first_token(body);
        let link = |i: usize| {
            words.rules().complements.contains(words.lower(i))
                || words.rules().definite.contains(words.lower(i))
        };
        // "la ministre française de l'Economie".
        let small = |i: usize| link(i) || self.scene.trees.upos(i) == Upos::Adj;
        let noun = (at.saturating_sub(5)..at).rev().find(|i| !small(*i));
        noun.is_some_and(|i| i + 1 < at && link(at - 1) && self.scene.is("post", i))
    }

    fn person_chain(&self, person: &Mention) -> Vec<Link> {
        let link = self.link_of(person, SourceKind::Person);
        match self.affiliation.get(&link.name) {
            Some(org) => vec![org.clone(), link],
            None => vec![link],
        }
    }

    /// The source's own words, without its article.
    fn described(&self, from: usize, to: usize, kind: SourceKind) -> Link {
        let words = self.scene.words;
        let stop = (from..to)
            .find(|i| words.of(*i) == "," || words.of(*i) == "(")
            .unwrap_or(to)
            .max(from + 1);
        let name = without_article(self.scene, words.span(from, stop).of(words.text), from);
        Link { name, kind, entity: None }
    }
}

/// A noun with its adjectives ("armée syrienne", "Syrian army"), as token range.
fn qualified(scene: &Scene, noun: usize, stop: usize) -> (usize, usize) {
    let words = scene.words;
    let end = stop.min(words.tokens.len());
    let (mut from, mut to) = (noun, noun + 1);
    if words.rules().adjectives_follow {
        while to < end && words.is_word(to) && crate::analyse::name::is_adjective(words, to) {
            to += 1;
        }
    } else {
        while from > 0
            && words.is_word(from - 1)
            && !words.rules().determiners.contains(words.lower(from - 1))
            && (words.capital(from - 1) || crate::analyse::name::is_adjective(words, from - 1))
            && !words.tags(from - 1).any(Tags::ADPOSITION | Tags::CONJUNCTION | Tags::ADVERB)
        {
            from -= 1;
        }
    }
    (from, to)
}

fn without_article(scene: &Scene, name: &str, from: usize) -> String {
    let words = scene.words;
    let first = words.of(from);
    let drop = words.rules().determiners.contains(words.lower(from))
        && words.rules().definite.contains(words.lower(from))
        && name.starts_with(first)
        && name.len() > first.len();
    let rest = if drop { name[first.len()..].trim_start() } else { name };
    // "a-t-elle dit": the pronoun without what ties it to its verb.
    let rest = rest.strip_prefix('-').map_or(rest, |r| r.strip_prefix("t-").unwrap_or(r));
    capitalised(rest)
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// For each entity of the article, the name to show.
fn shown_names<'a>(scene: &Scene<'a>) -> FxHashMap<&'a str, &'a str> {
    let text = scene.words.text;
    let mut out: FxHashMap<&str, &str> = FxHashMap::default();
    for m in scene.mentions {
        let Some(id) = m.entity.as_deref() else { continue };
        let name = m.span.of(text);
        let acronym = |n: &str| {
            n.chars().count() <= 7
                && n.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        };
        let slot = out.entry(id).or_insert(name);
        let better = match m.kind {
            MentionKind::Per => name.len() > slot.len(),
            _ => acronym(name) && !acronym(slot),
        };
        if better {
            *slot = name;
        }
    }
    out
}
