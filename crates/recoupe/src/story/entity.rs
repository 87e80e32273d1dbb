//! Names to entities across a story: what an article alone cannot tell.
//!
//! The type of a name is that which its mentions have most often over all the story's articles;
//! an acronym that one article expands is expanded in all; a last name goes with the one full
//! name that ends with it; spellings of one place meet by their consonant skeleton. A body that
//! one article names barely ("l'armée") is the one that the others qualify ("l'armée syrienne").

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Entity;
use crate::analyse::name::{entity_id, key};
use crate::analyse::place::{Candidate, Gazetteer, choose, skeleton};
use crate::analyse::{Analysis, Link, MentionKind, SourceKind};
use crate::article::Article;
use crate::knowledge;

/// Resolves the names of a story's articles (indices into `articles`): rewrites the mentions'
/// types and entities and the source chains' names, and returns the entities, by id.
pub fn resolve(articles: &[Article], analyses: &mut [Analysis], story: &[u32]) -> Vec<Entity> {
    let mut names = Names::default();
    for &i in story {
        names.read(&articles[i as usize], &analyses[i as usize]);
    }
    let mut groups = names.groups();
    locate(&mut groups.entities);
    for &i in story {
        rewrite(&articles[i as usize], &mut analyses[i as usize], &groups);
    }
    let bodies = qualified_bodies(analyses, story);
    let affiliations = affiliations(analyses, story);
    for &i in story {
        for statement in &mut analyses[i as usize].statements {
            rename(&mut statement.chain, &bodies);
            affiliate(&mut statement.chain, &affiliations);
        }
    }
    groups.entities
}

/// One list of the entities of several stories: those of one identifier are one.
pub fn merge(entities: Vec<Entity>) -> Vec<Entity> {
    let mut out: BTreeMap<String, Entity> = BTreeMap::new();
    for entity in entities {
        match out.get_mut(&entity.id) {
            Some(same) => add_names(same, entity),
            None => {
                out.insert(entity.id.clone(), entity);
            }
        }
    }
    out.into_values().collect()
}

fn add_names(into: &mut Entity, from: Entity) {
    for (name, count) in from.names {
        match into.names.iter_mut().find(|(n, _)| *n == name) {
            Some(known) => known.1 += count,
            None => into.names.push((name, count)),
        }
    }
    into.names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if into.lat.is_none() {
        (into.lat, into.lon, into.geonames) = (from.lat, from.lon, from.geonames);
    }
}

/// One form of a name, over all articles of the story.
#[derive(Default)]
struct Form {
    /// How often it stands with each type.
    kinds: BTreeMap<MentionKind, u32>,
    /// How often each spelling stands.
    spellings: BTreeMap<String, u32>,
    /// The identifiers that single articles gave it.
    ids: BTreeMap<String, u32>,
}

#[derive(Default)]
struct Names {
    /// By [`key`].
    forms: BTreeMap<String, Form>,
}

/// The entities of a story and the way to them.
struct Groups {
    entities: Vec<Entity>,
    by_key: FxHashMap<String, usize>,
}

impl Names {
    fn read(&mut self, article: &Article, analysis: &Analysis) {
        for mention in analysis.mentions.iter().filter(|m| m.kind != MentionKind::Nominal) {
            let name = mention.span.of(&article.text);
            let form = self.forms.entry(key(name)).or_default();
            *form.kinds.entry(mention.kind).or_default() += 1;
            *form.spellings.entry(name.to_string()).or_default() += 1;
            if let Some(id) = &mention.entity {
                *form.ids.entry(id.clone()).or_default() += 1;
            }
        }
    }

    /// Gathers forms that name one entity.
    fn groups(&self) -> Groups {
        let keys: Vec<&String> = self.forms.keys().collect();
        let mut sets = Sets::new(keys.len());
        self.join_by_ids(&keys, &mut sets);
        self.join_spellings(&keys, &mut sets);
        self.join_last_names(&keys, &mut sets);
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..keys.len() {
            members.entry(sets.root(i)).or_default().push(i);
        }
        let mut groups = Groups { entities: Vec::new(), by_key: FxHashMap::default() };
        let mut used: FxHashSet<String> = FxHashSet::default();
        for group in members.values() {
            let mut entity = self.entity(group.iter().map(|i| keys[*i]));
            while !used.insert(entity.id.clone()) {
                entity.id.push_str("-2");
            }
            for i in group {
                groups.by_key.insert(keys[*i].clone(), groups.entities.len());
            }
            groups.entities.push(entity);
        }
        groups
    }

    /// Two forms that some article gave one identifier: an acronym and its expansion.
    fn join_by_ids(&self, keys: &[&String], sets: &mut Sets) {
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (i, k) in keys.iter().enumerate() {
            for id in self.forms[*k].ids.keys() {
                let name = id.split_once(':').map_or(id.as_str(), |(_, n)| n);
                match first.get(name) {
                    Some(other) => sets.join(*other, i),
                    None => {
                        first.insert(name, i);
                    }
                }
            }
        }
    }

    /// Spellings of one place: the same consonants, three or more.
    fn join_spellings(&self, keys: &[&String], sets: &mut Sets) {
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        for (i, k) in keys.iter().enumerate() {
            if self.kind(&self.forms[*k]) != MentionKind::Loc {
                continue;
            }
            let bones = skeleton(k);
            if bones.chars().count() < 3 {
                continue;
            }
            match first.get(&bones) {
                Some(other) => sets.join(*other, i),
                None => {
                    first.insert(bones, i);
                }
            }
        }
    }

    /// "Macron" goes with "Emmanuel Macron" when no other full name ends like it.
    fn join_last_names(&self, keys: &[&String], sets: &mut Sets) {
        let full: Vec<usize> = (0..keys.len())
            .filter(|i| {
                keys[*i].contains(' ') && self.kind(&self.forms[keys[*i]]) == MentionKind::Per
            })
            .collect();
        for (i, k) in keys.iter().enumerate().filter(|(_, k)| !k.contains(' ')) {
            let mut ends = full.iter().filter(|f| keys[**f].rsplit(' ').next() == Some(k.as_str()));
            if let (Some(one), None) = (ends.next(), ends.next()) {
                sets.join(*one, i);
            }
        }
    }

    fn kind(&self, form: &Form) -> MentionKind {
        let best = form.kinds.iter().max_by_key(|(kind, n)| (**n, std::cmp::Reverse(**kind)));
        best.map_or(MentionKind::Misc, |(kind, _)| *kind)
    }

    fn entity<'k>(&self, keys: impl Iterator<Item = &'k String>) -> Entity {
        let mut kinds: BTreeMap<MentionKind, u32> = BTreeMap::new();
        let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
        for form in keys.map(|k| &self.forms[k]) {
            form.kinds.iter().for_each(|(k, n)| *kinds.entry(*k).or_default() += n);
            form.spellings.iter().for_each(|(s, n)| *spellings.entry(s).or_default() += n);
        }
        let kind = kinds
            .iter()
            .max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k)))
            .map_or(MentionKind::Misc, |k| *k.0);
        let mut names: Vec<(String, u32)> =
            spellings.iter().map(|(s, n)| (s.to_string(), *n)).collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let name = match kind {
            MentionKind::Per => names.iter().max_by_key(|(n, c)| (n.split(' ').count() > 1, *c)),
            // A body is best known by its acronym, where the story gives one.
            MentionKind::Org => names.iter().find(|(n, _)| is_acronym(n)).or(names.first()),
            _ => names.first(),
        };
        let name = name.map_or(String::new(), |(n, _)| n.clone());
        Entity {
            id: entity_id(kind, &name),
            kind,
            name,
            names,
            wikidata: None,
            geonames: None,
            lat: None,
            lon: None,
        }
    }
}

fn is_acronym(name: &str) -> bool {
    (2..=7).contains(&name.chars().count()) && name.chars().all(char::is_uppercase)
}

/// Gives the story's places their coordinates, where what the story names together tells which
/// place of a name is meant.
fn locate(entities: &mut [Entity]) {
    let is_place = |e: &&mut Entity| e.kind == MentionKind::Loc;
    let mut countries: Vec<[u8; 2]> = Vec::new();
    let mut asked: Vec<usize> = Vec::new();
    for (i, entity) in entities.iter_mut().enumerate().filter(|(_, e)| is_place(e)) {
        if let Some(country) = knowledge::countries::named(&entity.name).first() {
            countries.push(country.code());
            (entity.lat, entity.lon) = (Some(country.lat), Some(country.lon));
            entity.geonames = Some(country.geonames);
        } else if let Some(region) = knowledge::regions::named(&entity.name).first() {
            (entity.lat, entity.lon) = (Some(region.lat), Some(region.lon));
        } else {
            asked.push(i);
        }
    }
    countries.sort_unstable();
    countries.dedup();
    let candidates: Vec<Vec<Candidate>> = asked.iter().map(|i| candidates(&entities[*i])).collect();
    for ((i, list), chosen) in asked.iter().zip(&candidates).zip(choose(&candidates, &countries)) {
        if let Some(place) = chosen.and_then(|k| list.get(k)) {
            let entity = &mut entities[*i];
            (entity.lat, entity.lon) = (Some(place.lat), Some(place.lon));
            entity.geonames = Some(place.geonames);
        }
    }
}

/// Places that bear one of an entity's names; only where there is none, those that sound like it.
fn candidates(entity: &Entity) -> Vec<Candidate> {
    let gazetteer = Gazetteer::shared();
    let first = |look: &dyn Fn(&str) -> Vec<Candidate>| {
        entity.names.iter().map(|(n, _)| look(n)).find(|c| !c.is_empty())
    };
    first(&|n| gazetteer.named(n)).or_else(|| first(&|n| gazetteer.sounding(n))).unwrap_or_default()
}

fn rewrite(article: &Article, analysis: &mut Analysis, groups: &Groups) {
    let found = |name: &str| groups.by_key.get(&key(name)).map(|i| &groups.entities[*i]);
    for mention in analysis.mentions.iter_mut().filter(|m| m.kind != MentionKind::Nominal) {
        if let Some(entity) = found(mention.span.of(&article.text)) {
            mention.kind = entity.kind;
            mention.entity = Some(entity.id.clone());
        }
    }
    for link in analysis.statements.iter_mut().flat_map(|s| &mut s.chain) {
        // A body or a person told by its very name is that one, mention or not.
        let named = |e: &&Entity| matches!(e.kind, MentionKind::Org | MentionKind::Per);
        let entity = found(&link.name).filter(|e| link.entity.is_some() || named(e));
        if let Some(entity) = entity {
            link.entity = Some(entity.id.clone());
            link.name.clone_from(&entity.name);
            if entity.kind == MentionKind::Per && link.kind == SourceKind::Organisation {
                link.kind = SourceKind::Person;
            }
        }
    }
}

/// For the story's bodies without a name: the form that tells which one each is. A body is told
/// by the people or country in its qualifier; where the sources of a story have just one such
/// form for a noun, its barer forms are that body.
fn qualified_bodies(analyses: &[Analysis], story: &[u32]) -> FxHashMap<String, String> {
    let mut forms: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for &i in story {
        let follows = analyses[i as usize].lang.names.adjectives_follow;
        for link in analyses[i as usize].statements.iter().flat_map(|s| &s.chain) {
            let unnamed = link.kind == SourceKind::Organisation && link.entity.is_none();
            if let Some(noun) = head_noun(&link.name, follows).filter(|_| unnamed) {
                *forms.entry(noun).or_default().entry(link.name.clone()).or_default() += 1;
            }
        }
    }
    let mut out = FxHashMap::default();
    for names in forms.values() {
        let mut told = names.keys().filter(|n| of_a_people(n) || of_a_place(n));
        if let (Some(one), None) = (told.next(), told.next()) {
            let bare = names.keys().filter(|n| *n != one);
            out.extend(bare.map(|n| (n.clone(), one.clone())));
        }
    }
    out
}

fn head_noun(name: &str, follows: bool) -> Option<String> {
    let mut words = name.split_whitespace();
    let head = if follows { words.next() } else { words.next_back() };
    head.map(str::to_lowercase)
}

/// "Préfecture de l'Aveyron": a capital past the first word.
fn of_a_place(name: &str) -> bool {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'));
    words.skip(1).any(|w| w.chars().next().is_some_and(char::is_uppercase))
}

fn of_a_people(name: &str) -> bool {
    name.split_whitespace().any(|w| !knowledge::countries::of_adjective(w).is_empty())
}

fn rename(chain: &mut [Link], bodies: &FxHashMap<String, String>) {
    for link in chain.iter_mut().filter(|l| l.entity.is_none()) {
        if let Some(name) = bodies.get(&link.name) {
            link.name.clone_from(name);
        }
    }
}

/// The one organisation that the story's articles introduce a person with.
fn affiliations(analyses: &[Analysis], story: &[u32]) -> FxHashMap<String, Link> {
    let mut found: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for &i in story {
        for statement in &analyses[i as usize].statements {
            if let [.., org, person] = statement.chain.as_slice() {
                let introduces =
                    person.kind == SourceKind::Person && org.kind == SourceKind::Organisation;
                let list = found.entry(person.name.clone()).or_default();
                if introduces && !list.iter().any(|l| l.name == org.name) {
                    list.push(org.clone());
                }
            }
        }
    }
    found
        .into_iter()
        .filter_map(|(person, orgs)| <[Link; 1]>::try_from(orgs).ok().map(|[org]| (person, org)))
        .collect()
}

fn affiliate(chain: &mut Vec<Link>, affiliations: &FxHashMap<String, Link>) {
    let Some(person) = chain.last().filter(|l| l.kind == SourceKind::Person) else { return };
    if let Some(org) =
        affiliations.get(&person.name).filter(|org| !chain.iter().any(|l| l.name == org.name))
    {
        let at = chain.len() - 1;
        chain.insert(at, org.clone());
    }
}

/// Disjoint sets of small numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Sets {
        Sets((0..n).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
