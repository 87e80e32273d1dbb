//! Names to entities across a story: what an article alone cannot tell.
//!
//! Forms of names are joined as in an article ([`crate::analyse::entity`]), over all of the
//! story's: the type of a name is that which its mentions have most often, an acronym that one
//! article expands is expanded in all, a last name goes with the one full name that ends with it.
//! A body that one article names barely ("l'armée") is the one that the others qualify ("l'armée
//! syrienne").

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Entity;
use crate::analyse::entity::{Group, Groups, Names};
use crate::analyse::place::{Candidate, Gazetteer, choose};
use crate::analyse::{Analysis, Link, MentionKind, SourceKind};
use crate::article::Article;
use crate::knowledge;
use crate::knowledge::load::Own;
use crate::knowledge::regions::RegionKind;

/// Resolves the names of a story's articles (indices into `articles`): rewrites the mentions'
/// types and entities and the source chains' names, and returns the entities, by id.
pub fn resolve(
    articles: &[Article],
    analyses: &mut [Analysis],
    story: &[u32],
    own: &Own,
) -> Vec<Entity> {
    let mut names = Names::default();
    for &i in story {
        let analysis = &analyses[i as usize];
        names.read(&articles[i as usize].text, &analysis.mentions, analysis.lang);
    }
    let groups = names.groups(own);
    let mut entities: Vec<Entity> = groups.list.iter().map(entity).collect();
    locate(&mut entities, &groups.list);
    for (n, &i) in story.iter().enumerate() {
        rewrite(n, &mut analyses[i as usize], &groups);
    }
    let bodies = qualified_bodies(analyses, story);
    let affiliations = affiliations(analyses, story);
    for &i in story {
        for chain in analyses[i as usize].chains_mut() {
            rename(chain, &bodies);
            affiliate(chain, &affiliations);
        }
    }
    entities
}

fn entity(group: &Group) -> Entity {
    let known = group.known.as_ref();
    Entity {
        id: group.id.clone(),
        kind: group.kind,
        name: group.name.clone(),
        names: group.names.clone(),
        wikidata: known.and_then(|k| k.wikidata.clone()),
        geonames: known.and_then(|k| k.geonames),
        lat: known.and_then(|k| k.at).map(|at| at.0),
        lon: known.and_then(|k| k.at).map(|at| at.1),
    }
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
    into.wikidata = into.wikidata.take().or(from.wikidata);
    if into.lat.is_none() {
        (into.lat, into.lon, into.geonames) = (from.lat, from.lon, from.geonames);
    }
}

/// The country of which a name is a state's (ISO 3166-1).
fn state_of(name: &str) -> Option<[u8; 2]> {
    let mut states =
        knowledge::regions::named(name).into_iter().filter(|r| r.kind == RegionKind::State);
    states.next()?.country?.as_bytes().first_chunk().copied()
}

/// Gives the story's places their coordinates, where what the story names together tells which
/// place of a name is meant.
fn locate(entities: &mut [Entity], groups: &[Group]) {
    let mut countries: Vec<[u8; 2]> = Vec::new();
    let mut asked: Vec<usize> = Vec::new();
    // Georgia: a country, and a state of another.
    let mut doubtful: Vec<(usize, [u8; 2])> = Vec::new();
    for (i, entity) in entities.iter().enumerate().filter(|(_, e)| e.kind == MentionKind::Loc) {
        let state = state_of(&entity.name);
        if let Some(country) = knowledge::countries::named(&entity.name).first() {
            match state.filter(|of| *of != country.code()) {
                Some(other) => doubtful.push((i, other)),
                None => countries.push(country.code()),
            }
        } else if entity.lat.is_none() {
            asked.push(i);
        } else {
            countries.extend(state);
        }
    }
    countries.sort_unstable();
    countries.dedup();
    for (i, _) in doubtful.into_iter().filter(|(_, other)| countries.contains(other)) {
        let entity = &mut entities[i];
        (entity.lat, entity.lon, entity.geonames) = (None, None, None);
    }
    let candidates: Vec<Vec<Candidate>> = asked.iter().map(|i| candidates(&entities[*i])).collect();
    for ((i, list), chosen) in asked.iter().zip(&candidates).zip(choose(&candidates, &countries)) {
        if let Some(place) = chosen.and_then(|k| list.get(k)) {
            let entity = &mut entities[*i];
            (entity.lat, entity.lon) = (Some(place.lat), Some(place.lon));
            // A province stands on the map at the town of its name, and is not that town.
            entity.geonames = entity.geonames.or((!groups[*i].area).then_some(place.geonames));
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

/// Gives the mentions and chains of the story's `n`-th article their groups.
fn rewrite(n: usize, analysis: &mut Analysis, groups: &Groups) {
    for (i, mention) in analysis.mentions.iter_mut().enumerate() {
        if let Some(group) = groups.of_mention(n, i) {
            if mention.kind != MentionKind::Nominal {
                mention.kind = group.kind;
            }
            mention.entity = Some(group.id.clone());
        }
    }
    for link in analysis.chains_mut().flatten() {
        // A body or a person told by its very name is that one, mention or not.
        let named = |g: &&Group| matches!(g.kind, MentionKind::Org | MentionKind::Per);
        let group = groups.of_name(&link.name).filter(|g| link.entity.is_some() || named(g));
        if let Some(group) = group {
            link.entity = Some(group.id.clone());
            link.name.clone_from(&group.name);
            if group.kind == MentionKind::Per && link.kind == SourceKind::Organisation {
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
