//! Names to entities: which names of an article, or of several, are one thing.
//!
//! The same joining serves an article alone (`resolve`) and a story's articles together
//! (`story::entity`): it reads the mentions of each article into forms (`Names::read`) and
//! gathers forms into groups (`Names::groups`). What the user decided comes first, then what is
//! known of the world, then what the articles say (acronyms, "also known as", apposition), then
//! likeness: spellings of one place, last names after full names. Two forms that are known to be
//! two things never become one.

mod context;
mod join;
mod known;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analyse::{Mention, MentionKind};
use crate::knowledge::countries::Country;
use crate::knowledge::directory::is_acronym;
use crate::knowledge::load::Own;
use crate::knowledge::name::{bare, key};
use crate::lang::Pack;
pub(crate) use known::Known;

/// How often a name stands with each type, in the order of [`MentionKind::NAMES`].
type Kinds = [u32; MentionKind::NAMES.len()];

/// The type that stands most often; of two as often, who can speak goes before.
fn most(kinds: &Kinds) -> MentionKind {
    let often = |kind: &MentionKind| kind.index().map_or(0, |i| kinds[i]);
    let best = MentionKind::NAMES.into_iter().max_by_key(|kind| (often(kind), Reverse(*kind)));
    best.unwrap_or(MentionKind::Misc)
}

/// Gives an article's mentions their entities, by what it says itself and what is known.
pub(crate) fn resolve(text: &str, mentions: &mut [Mention], pack: &'static Pack, own: &Own) {
    let mut names = Names::default();
    names.read(text, mentions, pack);
    let groups = names.groups(own);
    for (i, mention) in mentions.iter_mut().enumerate() {
        let Some(group) = groups.of_mention(0, i) else { continue };
        mention.entity = Some(group.id.clone());
        let known = group.known.as_ref().and_then(|k| k.kind);
        if let Some(kind) = known.filter(|_| mention.kind != MentionKind::Nominal) {
            mention.kind = kind;
        }
    }
}

/// `loc:deir-ez-zor` for a place of that name.
///
/// ```
/// use recoupe::analyse::{MentionKind, entity::entity_id};
/// assert_eq!(entity_id(MentionKind::Loc, "Deir ez-Zor"), "loc:deir-ez-zor");
/// ```
pub fn entity_id(kind: MentionKind, name: &str) -> String {
    let key = key(name);
    format!("{}:{}", kind.name().to_lowercase(), bare(&key).replace(' ', "-"))
}

/// One form of a name, over all articles that were read.
pub(crate) struct Form {
    /// Folded, without a leading article: what forms are told apart by.
    key: String,
    /// Whether it names a part of a country ("la province de …"), not the town.
    area: bool,
    /// The country whose army or government it is, where it describes one.
    body: Option<&'static Country>,
    kinds: Kinds,
    /// How often each spelling stands.
    spellings: BTreeMap<String, u32>,
    /// The packs of the articles it stands in.
    packs: Vec<&'static Pack>,
}

impl Form {
    /// The type that it has most often.
    fn kind(&self) -> MentionKind {
        most(&self.kinds)
    }

    /// The spelling that stands most often.
    fn spelling(&self) -> &str {
        let best = self.spellings.iter().max_by_key(|(s, n)| (**n, Reverse(*s)));
        best.map_or("", |(s, _)| s)
    }

    /// Whether it is written as an acronym wherever it stands.
    fn is_acronym(&self) -> bool {
        self.spellings.keys().all(|s| is_acronym(s))
    }

    /// How often it stands.
    fn total(&self) -> u32 {
        self.kinds.iter().sum()
    }

    fn words(&self) -> usize {
        self.key.split(' ').count()
    }
}

/// Names as the articles print them, and what ties them.
#[derive(Default)]
pub(crate) struct Names {
    forms: Vec<Form>,
    by_key: FxHashMap<(String, bool), u32>,
    /// For each article read: the form of each of its mentions, None for descriptions.
    articles: Vec<Vec<Option<u32>>>,
    /// Forms that an article says are one: which, and whether the first is the second's expansion.
    ties: Vec<(u32, u32)>,
}

/// Forms that are one thing.
#[derive(Debug)]
pub(crate) struct Group {
    /// Its identifier, of its own among the groups.
    pub id: String,
    /// Its type.
    pub kind: MentionKind,
    /// The name to show.
    pub name: String,
    /// Every spelling, with how often: most frequent first, ties in alphabetical order.
    pub names: Vec<(String, u32)>,
    /// What is known of it beyond the articles.
    pub known: Option<Known>,
    /// Whether it is a part of a country that may bear a town's name.
    pub area: bool,
}

/// All groups, and the way to them.
pub(crate) struct Groups {
    pub list: Vec<Group>,
    of_form: Vec<usize>,
    by_key: FxHashMap<(String, bool), u32>,
    articles: Vec<Vec<Option<u32>>>,
}

impl Groups {
    /// The group of a mention of an article, both in the order in which they were read.
    pub fn of_mention(&self, article: usize, mention: usize) -> Option<&Group> {
        let form = (*self.articles.get(article)?.get(mention)?)?;
        self.list.get(*self.of_form.get(form as usize)?)
    }

    /// The group of a name; a town before a province of its name.
    pub fn of_name(&self, name: &str) -> Option<&Group> {
        let key = bare(&key(name)).to_string();
        let at = |area| self.by_key.get(&(key.clone(), area));
        let form = at(false).or_else(|| at(true))?;
        self.list.get(*self.of_form.get(*form as usize)?)
    }
}

impl Names {
    /// Reads the mentions of one more article, in order.
    pub fn read(&mut self, text: &str, mentions: &[Mention], pack: &'static Pack) {
        let mut areas = context::Areas::new(text, pack);
        let mut forms: Vec<Option<u32>> = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let form = match mention.kind {
                MentionKind::Nominal => self.described(mention, text, pack),
                _ => {
                    let area = areas.is_area(mention);
                    self.named(mention, text, area, pack)
                }
            };
            forms.push(form);
        }
        let name = |i: &usize| mentions[*i].kind != MentionKind::Nominal;
        let named: Vec<(usize, u32)> =
            (0..forms.len()).filter(name).filter_map(|i| Some((i, forms[i]?))).collect();
        for pair in named.windows(2) {
            let (a, b) = (&mentions[pair[0].0], &mentions[pair[1].0]);
            if pair[0].1 != pair[1].1 && context::tied(text, a, b, pack) {
                self.ties.push((pair[0].1, pair[1].1));
            }
        }
        self.articles.push(forms);
    }

    /// The form of a name.
    fn named(
        &mut self,
        mention: &Mention,
        text: &str,
        area: bool,
        pack: &'static Pack,
    ) -> Option<u32> {
        let folded = key(mention.span.of(text));
        let key = match mention.kind {
            MentionKind::Per => bare(context::without_titles(&folded, pack)),
            _ => context::without_division(bare(&folded), area, pack),
        };
        let form = self.form(key, area)?;
        self.count(form, mention, text, pack);
        Some(form)
    }

    /// The form of a description, where it tells one body.
    fn described(&mut self, mention: &Mention, text: &str, pack: &'static Pack) -> Option<u32> {
        let (key, country) = context::body(mention.span.of(text), pack)?;
        let form = self.form(&key, false)?;
        self.forms[form as usize].body = Some(country);
        self.count(form, mention, text, pack);
        Some(form)
    }

    /// The number of a form, made when it is not there.
    fn form(&mut self, key: &str, area: bool) -> Option<u32> {
        if key.is_empty() {
            return None;
        }
        let next = self.forms.len() as u32;
        let number = *self.by_key.entry((key.to_string(), area)).or_insert(next);
        if number == next {
            self.forms.push(Form {
                key: key.to_string(),
                area,
                body: None,
                kinds: Kinds::default(),
                spellings: BTreeMap::new(),
                packs: Vec::new(),
            });
        }
        Some(number)
    }

    fn count(&mut self, form: u32, mention: &Mention, text: &str, pack: &'static Pack) {
        let form = &mut self.forms[form as usize];
        let kind = match mention.kind {
            MentionKind::Nominal => MentionKind::Org,
            kind => kind,
        };
        kind.index().into_iter().for_each(|i| form.kinds[i] += 1);
        let name = mention.span.of(text);
        match form.spellings.get_mut(name) {
            Some(count) => *count += 1,
            None => drop(form.spellings.insert(name.to_string(), 1)),
        }
        if !form.packs.contains(&pack) {
            form.packs.push(pack);
        }
    }

    /// Gathers forms that name one thing.
    pub fn groups(self, own: &Own) -> Groups {
        let joined = join::join(&self, own);
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut order: Vec<usize> = (0..self.forms.len()).collect();
        order.sort_by_key(|i| (&self.forms[*i].key, self.forms[*i].area));
        let mut first: FxHashMap<usize, usize> = FxHashMap::default();
        for (rank, form) in order.iter().enumerate() {
            // Groups in the order of their first form by name, whatever order the articles had.
            let slot = *first.entry(joined.root[*form]).or_insert(rank);
            members.entry(slot).or_default().push(*form);
        }
        let mut used: FxHashSet<String> = FxHashSet::default();
        let mut of_form = vec![0; self.forms.len()];
        let mut list: Vec<Group> = Vec::with_capacity(members.len());
        for forms in members.values() {
            let known = joined.known.get(&joined.root[forms[0]]).cloned();
            let mut group = self.group(forms, known);
            while !used.insert(group.id.clone()) {
                group.id.push_str("-2");
            }
            forms.iter().for_each(|f| of_form[*f] = list.len());
            list.push(group);
        }
        Groups { list, of_form, by_key: self.by_key, articles: self.articles }
    }

    fn group(&self, forms: &[usize], known: Option<Known>) -> Group {
        let mut kinds = Kinds::default();
        let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
        for form in forms.iter().map(|f| &self.forms[*f]) {
            kinds.iter_mut().zip(form.kinds).for_each(|(sum, n)| *sum += n);
            form.spellings.iter().for_each(|(s, n)| *spellings.entry(s).or_default() += n);
        }
        let kind = known.as_ref().and_then(|k| k.kind).unwrap_or_else(|| most(&kinds));
        let mut names: Vec<(String, u32)> =
            spellings.iter().map(|(s, n)| (s.to_string(), *n)).collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let shown = known.as_ref().and_then(|k| k.shown.clone());
        let name = shown.unwrap_or_else(|| best_name(kind, &names));
        let area = forms.iter().all(|f| self.forms[*f].area);
        let id = match known.as_ref().and_then(|k| k.id.clone()) {
            Some(id) => id,
            None if area => format!("{}-area", self.area_id(forms)),
            None => entity_id(kind, &best_name(kind, &names)),
        };
        Group { id, kind, name, names, known, area }
    }

    /// A province is named without the word for it: "Namur province" as "la province de Namur".
    fn area_id(&self, forms: &[usize]) -> String {
        let total = |f: &usize| self.forms[*f].total();
        let best = forms.iter().max_by_key(|f| (total(f), Reverse(&self.forms[**f].key)));
        let name = best.map_or("", |f| &self.forms[*f].key);
        known::town_id(name).unwrap_or_else(|| entity_id(MentionKind::Loc, name))
    }
}

/// The name that a reader would know: of a person the full one, of a body its acronym where the
/// articles give one, else the most frequent.
fn best_name(kind: MentionKind, names: &[(String, u32)]) -> String {
    let best = match kind {
        MentionKind::Per => names
            .iter()
            .enumerate()
            .max_by_key(|(i, (n, count))| (n.split(' ').count() > 1, *count, Reverse(*i)))
            .map(|(_, name)| name),
        MentionKind::Org => names.iter().find(|(n, _)| is_capitals(n)).or(names.first()),
        _ => names.first(),
    };
    best.map_or_else(String::new, |(n, _)| n.clone())
}

fn is_capitals(name: &str) -> bool {
    (2..=7).contains(&name.chars().count()) && name.chars().all(char::is_uppercase)
}
