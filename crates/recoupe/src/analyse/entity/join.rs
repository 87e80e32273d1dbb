//! Which forms are one thing: from what is sure to what is likely.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::known::{self, Candidate, Known};
use super::{Form, Names, context};
use crate::analyse::MentionKind;
use crate::analyse::place::{Gazetteer, skeleton};
use crate::knowledge::countries;
use crate::knowledge::directory::Fit;
use crate::knowledge::load::Own;

/// Consonants that a spelling must have to be compared by them: of a place, of a body, of a
/// name whose type is not sure.
const BONES_OF_PLACE: usize = 3;
const BONES_OF_BODY: usize = 4;
const BONES_OF_NAME: usize = 5;

/// What came of joining.
pub(super) struct Joined {
    /// For each form, the form that stands for its group.
    pub root: Vec<usize>,
    /// What is known of a group, by its root.
    pub known: FxHashMap<usize, Known>,
}

pub(super) fn join(names: &Names, own: &Own) -> Joined {
    let mut work = Work::new(&names.forms);
    work.rule(own);
    work.know(own, &names.ties);
    for (a, b) in &names.ties {
        work.sets.join(*a as usize, *b as usize);
    }
    work.acronyms();
    work.places();
    work.bodies();
    work.persons();
    work.same_sound();
    work.finish(own)
}

struct Work<'f> {
    forms: &'f [Form],
    /// By key: an order that does not hang on that of the articles.
    order: Vec<usize>,
    kinds: Vec<MentionKind>,
    sets: Sets,
    known: FxHashMap<String, Known>,
    towns: Vec<OnceCell<Vec<u32>>>,
}

impl<'f> Work<'f> {
    fn new(forms: &'f [Form]) -> Work<'f> {
        let mut order: Vec<usize> = (0..forms.len()).collect();
        order.sort_by_key(|i| (&forms[*i].key, forms[*i].area));
        Work {
            forms,
            order,
            kinds: forms.iter().map(Form::kind).collect(),
            sets: Sets::new(forms.len()),
            known: FxHashMap::default(),
            towns: forms.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// What the user decided: names that are one, names that stand apart.
    fn rule(&mut self, own: &Own) {
        if own.rulings.is_empty() {
            return;
        }
        let mut first: FxHashMap<usize, usize> = FxHashMap::default();
        for &i in &self.order {
            let Some((number, ruling)) = own.rulings.keyed(&self.forms[i].key) else { continue };
            if let Some(other) = first.get(&number) {
                self.sets.force(*other, i);
            } else {
                first.insert(number, i);
            }
            if let Some(kind) = ruling.kind.as_deref().and_then(MentionKind::named) {
                self.kinds[i] = kind;
            }
            self.sets.apart[i] = ruling.apart;
        }
    }

    /// What is known of the world. A name that may be several things, or that needs context, is
    /// the one that another form surely is.
    fn know(&mut self, own: &Own, ties: &[(u32, u32)]) {
        let mut unsure: Vec<(usize, Vec<Candidate>)> = Vec::new();
        for i in self.order.clone() {
            if self.sets.apart[i] {
                continue;
            }
            let mut list = known::candidates(&self.forms[i], own);
            let sure = list.iter().filter(|c| c.2 == Fit::Sure).count();
            if sure == 1 && !self.defined_otherwise(i, ties, own) {
                let at = list.iter().position(|c| c.2 == Fit::Sure).unwrap_or(0);
                let (mark, known, _) = list.swap_remove(at);
                self.label(i, mark, known);
            } else if !list.is_empty() {
                unsure.push((i, list));
            }
        }
        for (i, list) in unsure {
            let told = |c: &&Candidate| self.known.contains_key(&c.0);
            // A word that is taken for such a thing is it; letters that nobody explains, though
            // they stand again and again, are those that readers know.
            let word = |c: &&Candidate| {
                let form = &self.forms[i];
                let alike = c.1.kind == Some(self.kinds[i]);
                alike && (!form.is_acronym() || form.total() > 1 && !self.explained(i, ties))
            };
            let only = |mut found: Box<dyn Iterator<Item = &Candidate> + '_>| {
                found.next().filter(|_| found.next().is_none()).cloned()
            };
            let one = only(Box::new(list.iter().filter(told)))
                .or_else(|| only(Box::new(list.iter().filter(word))));
            if let Some((mark, known, _)) = one {
                self.label(i, mark, known);
            }
        }
    }

    /// Whether an article says itself what this acronym stands for, and it is none of what is
    /// known: the same letters serve many bodies.
    fn defined_otherwise(&self, i: usize, ties: &[(u32, u32)], own: &Own) -> bool {
        let form = &self.forms[i];
        let Some(pack) = form.packs.first().filter(|_| form.is_acronym()) else { return false };
        let partner = |(a, b): &(u32, u32)| match (*a as usize, *b as usize) {
            (a, b) if a == i => Some(b),
            (a, b) if b == i => Some(a),
            _ => None,
        };
        ties.iter().filter_map(partner).any(|other| {
            let long = &self.forms[other];
            context::spells_exactly(long.spelling(), form.spelling(), pack)
                && known::candidates(long, own).is_empty()
        })
    }

    /// Whether an article ties this form to a name.
    fn explained(&self, i: usize, ties: &[(u32, u32)]) -> bool {
        ties.iter().any(|(a, b)| *a as usize == i || *b as usize == i)
    }

    fn label(&mut self, i: usize, mark: String, known: Known) {
        if let Some(kind) = known.kind {
            self.kinds[i] = kind;
        }
        self.sets.mark(i, &mark);
        self.known.entry(mark).or_insert(known);
    }

    /// A body told by its letters in one place and by its words in another.
    fn acronyms(&mut self) {
        let short: Vec<usize> = self.unmarked(|f| f.is_acronym() && f.key.len() >= 2);
        if short.is_empty() {
            return;
        }
        let long: Vec<usize> = self
            .order
            .iter()
            .copied()
            .filter(|i| self.kinds[*i] == MentionKind::Org && self.forms[*i].words() > 1)
            .collect();
        for i in short {
            let form = &self.forms[i];
            let spelled = |l: &&usize| {
                let other = &self.forms[**l];
                let packs = other.packs.iter();
                packs.clone().any(|p| context::spells_exactly(other.spelling(), form.spelling(), p))
            };
            let found: Vec<usize> = long.iter().filter(spelled).copied().collect();
            let groups: FxHashSet<usize> = found.iter().map(|l| self.sets.root(*l)).collect();
            if groups.len() == 1 && !matches!(self.kinds[i], MentionKind::Per | MentionKind::Loc) {
                self.sets.join(found[0], i);
            }
        }
    }

    /// Forms of which nothing is known yet and that a test accepts, in order.
    fn unmarked(&mut self, test: impl Fn(&Form) -> bool) -> Vec<usize> {
        let free = |i: &usize| test(&self.forms[*i]) && !self.sets.is_marked(*i);
        self.order.iter().copied().filter(free).collect()
    }

    /// Spellings of one place: the same consonants, unless both are known to be two places; and
    /// names of one town in two languages.
    fn places(&mut self) {
        let places: Vec<usize> =
            self.order.iter().copied().filter(|i| self.kinds[*i] == MentionKind::Loc).collect();
        let mut by_bones: BTreeMap<(String, bool), Vec<usize>> = BTreeMap::new();
        let mut by_town: BTreeMap<u32, usize> = BTreeMap::new();
        for &i in &places {
            let form = &self.forms[i];
            let bones = skeleton(&form.key);
            if bones.chars().count() >= BONES_OF_PLACE {
                by_bones.entry((bones, form.area)).or_default().push(i);
            }
            if form.area || self.sets.is_marked(i) {
                continue;
            }
            if let Some(town) = self.towns_of(i).first().copied() {
                match by_town.get(&town) {
                    Some(other) => drop(self.sets.join(*other, i)),
                    None => drop(by_town.insert(town, i)),
                }
            }
        }
        for list in by_bones.values() {
            for (n, &b) in list.iter().enumerate() {
                if let Some(a) = list[..n].iter().find(|a| self.one_spot(**a, b)) {
                    self.sets.join(*a, b);
                }
            }
        }
        self.areas(&by_bones);
    }

    /// A division whose name no town bears is also named without its noun.
    fn areas(&mut self, by_bones: &BTreeMap<(String, bool), Vec<usize>>) {
        for ((bones, area), list) in by_bones.iter().filter(|((_, area), _)| *area) {
            let _ = area;
            let Some(bare) = by_bones.get(&(bones.clone(), false)) else { continue };
            for &b in bare {
                let same = list.iter().find(|a| self.forms[**a].key == self.forms[b].key);
                let Some(&a) = same else { continue };
                let town = !self.towns_of(b).is_empty()
                    || !Gazetteer::shared().sounding(self.forms[b].spelling()).is_empty();
                if !town {
                    self.sets.join(a, b);
                }
            }
        }
    }

    fn one_spot(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.towns_of(a), self.towns_of(b));
        x.is_empty() || y.is_empty() || x.iter().any(|t| y.contains(t))
    }

    /// GeoNames identifiers of the towns that bear a form's name.
    fn towns_of(&self, i: usize) -> &[u32] {
        self.towns[i].get_or_init(|| {
            let found = Gazetteer::shared().named(self.forms[i].spelling());
            found.iter().map(|c| c.geonames).collect()
        })
    }

    fn bodies(&mut self) {
        let bodies: Vec<usize> =
            self.order.iter().copied().filter(|i| self.kinds[*i] == MentionKind::Org).collect();
        self.same_bones(&bodies);
        for &i in &bodies {
            self.longer(i, &bodies, of_a_people);
            self.longer(i, &bodies, |short, long| long.key == format!("{}s", short.key));
            if self.first_word_tells(i) {
                self.longer(i, &bodies, |short, long| {
                    long.key.strip_prefix(&short.key).is_some_and(|r| r.starts_with(' '))
                });
            }
        }
    }

    fn same_bones(&mut self, bodies: &[usize]) {
        let mut by_bones: BTreeMap<String, usize> = BTreeMap::new();
        for &i in bodies.iter().filter(|i| !self.forms[**i].is_acronym()) {
            let bones = skeleton(&self.forms[i].key);
            if bones.chars().count() < BONES_OF_BODY {
                continue;
            }
            match by_bones.get(&bones) {
                Some(other) => drop(self.sets.join(*other, i)),
                None => drop(by_bones.insert(bones, i)),
            }
        }
    }

    /// Joins a form with the one group of longer forms that a test accepts.
    fn longer(&mut self, i: usize, among: &[usize], test: impl Fn(&Form, &Form) -> bool) {
        let forms = self.forms;
        let fits = |l: &&usize| **l != i && test(&forms[i], &forms[**l]);
        let found: Vec<usize> = among.iter().filter(fits).copied().collect();
        let groups: FxHashSet<usize> = found.iter().map(|l| self.sets.root(*l)).collect();
        if let (1, Some(one)) = (groups.len(), found.first()) {
            self.sets.join(*one, i);
        }
    }

    /// Whether a one-word name is no common word: "Hachd" may stand for "Hachd al-Chaabi",
    /// "Front" not for "Front du sel".
    fn first_word_tells(&self, i: usize) -> bool {
        let form = &self.forms[i];
        let common = form.packs.iter().any(|p| {
            let tags = p.lexicon.tags(&form.spelling().to_lowercase());
            tags != crate::lang::lexicon::Tags::default()
                || p.names.org_heads.contains(form.spelling().to_lowercase().as_str())
        });
        let people = !countries::of_adjective(form.spelling()).is_empty();
        form.words() == 1 && form.key.len() > 3 && !common && !people && !form.is_acronym()
    }

    /// A person's spellings and middle names, then the last name of the only one who has it.
    fn persons(&mut self) {
        let persons: Vec<usize> =
            self.order.iter().copied().filter(|i| self.kinds[*i] == MentionKind::Per).collect();
        let full: Vec<usize> =
            persons.iter().copied().filter(|i| self.forms[*i].words() > 1).collect();
        let mut by_bones: BTreeMap<String, usize> = BTreeMap::new();
        for &i in &full {
            let bones = person_bones(&self.forms[i].key);
            match by_bones.get(&bones) {
                Some(other) => drop(self.sets.join(*other, i)),
                None => drop(by_bones.insert(bones, i)),
            }
        }
        for &i in &full {
            self.longer(i, &full, abbreviates);
        }
        // A full name is the same with whatever stands before it.
        for &i in &full {
            for &long in full.iter().filter(|l| ends_with(&self.forms[i], &self.forms[**l])) {
                self.sets.join(i, long);
            }
        }
        for i in self.order.clone() {
            if self.may_be_last_name(i) && !self.sets.is_marked(i) {
                self.longer(i, &full, ends_with);
            }
        }
    }

    /// Names of several words with the same consonants, whatever each was taken for: a type is told
    /// by the words around it, and may be wrong.
    fn same_sound(&mut self) {
        let mut by_bones: BTreeMap<String, usize> = BTreeMap::new();
        for i in self.order.clone() {
            let form = &self.forms[i];
            let bones = skeleton(&form.key);
            if form.area || form.words() < 2 || bones.chars().count() < BONES_OF_NAME {
                continue;
            }
            match by_bones.get(&bones) {
                Some(other) if self.one_spot(*other, i) => drop(self.sets.join(*other, i)),
                Some(_) => {}
                None => drop(by_bones.insert(bones, i)),
            }
        }
    }

    /// Whether a name may be a person's though it was not taken for one: nothing tells what it is,
    /// or it is a place that nobody knows.
    fn may_be_last_name(&self, i: usize) -> bool {
        let form = &self.forms[i];
        match self.kinds[i] {
            MentionKind::Per | MentionKind::Misc => true,
            _ if form.words() > 1 || form.is_acronym() => false,
            MentionKind::Loc => form.kinds[0] > 0 || self.towns_of(i).is_empty(),
            _ => true,
        }
    }

    fn finish(mut self, own: &Own) -> Joined {
        let root: Vec<usize> = (0..self.forms.len()).map(|i| self.sets.root(i)).collect();
        let mut known: FxHashMap<usize, Known> = FxHashMap::default();
        for (i, r) in root.iter().enumerate() {
            if let Some(mark) = self.sets.marks[i].as_ref()
                && let Some(fact) = self.known.get(mark)
            {
                known.entry(*r).or_insert_with(|| fact.clone());
            }
        }
        if !own.rulings.is_empty() {
            for &i in &self.order {
                if let Some((_, ruling)) = own.rulings.keyed(&self.forms[i].key) {
                    known.entry(root[i]).or_default().ruled(ruling);
                }
            }
        }
        Joined { root, known }
    }
}

/// "Croix-Rouge" and "Croix-Rouge française", "Gardiens" and "Gardiens iraniens": the longer form
/// adds whose it is.
fn of_a_people(short: &Form, long: &Form) -> bool {
    let added = long.key.strip_prefix(&short.key).or_else(|| long.key.strip_suffix(&short.key));
    let added = added.map(str::trim).filter(|a| !a.is_empty() && !a.contains(' '));
    let country = |a: &str| {
        !countries::of_adjective(a).is_empty() || !countries::named(&a.to_uppercase()).is_empty()
    };
    added.is_some_and(country) && short.words() > 1
}

/// The sounds of a full name, first name and rest apart.
fn person_bones(key: &str) -> String {
    let (first, rest) = key.split_once(' ').unwrap_or((key, ""));
    let bones = format!("{} {}", skeleton(first), skeleton(rest));
    // Too few consonants tell nobody: the letters themselves must be the same.
    if bones.chars().count() < 6 { key.to_string() } else { bones }
}

/// "J. Ostermann", "Jean Ostermann" for "Jean Marie Ostermann": the same last name, and a first
/// name that is the other's or its letter.
fn abbreviates(short: &Form, long: &Form) -> bool {
    let (a, b) = (short.key.as_str(), long.key.as_str());
    let ((Some((first, _)), Some((whole, _))), (Some((rest, last)), Some((_, other)))) =
        ((a.split_once(' '), b.split_once(' ')), (a.rsplit_once(' '), b.rsplit_once(' ')))
    else {
        return false;
    };
    let initial = first.chars().count() == 1 && whole.starts_with(first) && whole != first;
    let middle = first == whole && long.words() > short.words();
    last == other && !rest.contains(' ') && (initial || middle)
}

/// "Macron" for "Emmanuel Macron", "Le Pen" for "Marine Le Pen".
fn ends_with(short: &Form, long: &Form) -> bool {
    let rest = long.key.strip_suffix(&short.key).filter(|r| !r.is_empty());
    let bare = |r: &str| r.ends_with(' ');
    rest.is_some_and(bare) && short.key.chars().count() > 2
}

/// Disjoint sets of small numbers. A set may bear a mark: what it is known to be; sets with two
/// marks never become one, and a number that stands apart stays alone.
struct Sets {
    parent: Vec<usize>,
    marks: Vec<Option<String>>,
    apart: Vec<bool>,
    /// The first number of each mark, by mark; marks that the user made one have one.
    first: FxHashMap<String, usize>,
}

impl Sets {
    fn new(n: usize) -> Sets {
        Sets {
            parent: (0..n).collect(),
            marks: vec![None; n],
            apart: vec![false; n],
            first: FxHashMap::default(),
        }
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    fn is_marked(&mut self, i: usize) -> bool {
        let root = self.root(i);
        self.marks[root].is_some()
    }

    /// Says what a set is; joins it with the others that are the same. What the user made one
    /// keeps its first mark, and takes those of its other names with it.
    fn mark(&mut self, i: usize, mark: &str) {
        let root = self.root(i);
        match self.first.get(mark).copied() {
            Some(other) => self.force(other, root),
            None => drop(self.first.insert(mark.to_string(), root)),
        }
        let root = self.root(i);
        self.marks[root].get_or_insert_with(|| mark.to_string());
    }

    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let two = matches!((&self.marks[a], &self.marks[b]), (Some(x), Some(y)) if x != y);
        if self.apart[a] || self.apart[b] || two {
            return false;
        }
        self.force(a, b);
        true
    }

    fn force(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        let mark = self.marks[high].take();
        self.marks[low] = self.marks[low].take().or(mark);
    }
}
