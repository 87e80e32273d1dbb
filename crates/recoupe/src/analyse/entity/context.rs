//! What the words about names tell: that a place is a province, that two names are one thing.

use crate::analyse::{Mention, MentionKind};
use crate::knowledge::countries::{self, Country};
use crate::lang::Pack;
use crate::lang::entity::EntityRules;
use crate::lang::letters::plain_lower;

/// How many bytes before a name are looked at.
const BEFORE: usize = 60;
/// The most words between two names that are told to be one.
const BETWEEN: usize = 8;

/// Tells provinces from the towns whose names they bear, mention by mention in order.
pub(super) struct Areas<'t> {
    text: &'t str,
    pack: &'static Pack,
    /// The end of the last place that was one of several divisions: "les provinces de Sorve et de …".
    several: Option<u32>,
}

impl<'t> Areas<'t> {
    pub fn new(text: &'t str, pack: &'static Pack) -> Areas<'t> {
        Areas { text, pack, several: None }
    }

    pub fn is_area(&mut self, mention: &Mention) -> bool {
        let several = self.several.take();
        let name = mention.span.of(self.text);
        if mention.kind != MentionKind::Loc || !countries::named(name).is_empty() {
            return false;
        }
        let rules: &EntityRules = &self.pack.entities;
        let names = &self.pack.names;
        let (start, end) = (mention.span.start as usize, mention.span.end as usize);
        if names_division(name, rules, names.adjectives_follow) {
            return true;
        }
        let before = before(self.text, start);
        let listed = several.is_some_and(|at| {
            let between = self.text.get(at as usize..start).unwrap_or("");
            words(between).all(|w| {
                names.conjunctions.contains(w.as_str()) || rules.small.contains(w.as_str())
            }) && between.len() < 12
        });
        let head = head_noun(before, self.pack);
        let divided = head.as_ref().is_some_and(|h| rules.divisions.contains(h.as_str()));
        // "Namur province": where adjectives come first, so do the names of divisions.
        let after = !names.adjectives_follow && {
            let rest = self.text.get(end..).unwrap_or("");
            let next = rest.strip_prefix(' ').and_then(|r| words(r).next());
            next.is_some_and(|w| rules.divisions.contains(w.as_str()))
        };
        if listed || divided && head.is_some_and(|h| names.is_plural(&h)) {
            self.several = Some(mention.span.end);
        }
        listed || divided || after
    }
}

/// The text of the sentence just before `start`, a little of it.
fn before(text: &str, start: usize) -> &str {
    let mut from = start.saturating_sub(BEFORE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text.get(from..start).unwrap_or("");
    let cut = near.rfind(['.', '!', '?', '\n', ';', '(', ')', '«', '»', '"', ',', ':']);
    cut.map_or(near, |i| near.get(i + 1..).unwrap_or(near).trim_start_matches(is_mark))
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Words in lower case, an apostrophe with what it ends.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'))
        .map(|w| {
            let word = w.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
            plain_lower(word)
        })
        .filter(|w| w.chars().any(char::is_alphanumeric))
}

/// The noun that a name complements: "province" in "la province pétrolière de Sorve". One or two
/// adjectives may stand between.
fn head_noun(before: &str, pack: &Pack) -> Option<String> {
    let all: Vec<String> = words(before).collect();
    let names = &pack.names;
    let complement = |w: &str| {
        names.complements.contains(w) || names.definite.contains(w) || names.particles.contains(w)
    };
    let tail = all.iter().rposition(|w| !complement(w))?;
    if tail + 1 == all.len() {
        return None;
    }
    let within = if names.adjectives_follow { 3 } else { 1 };
    let near = all.get(tail.saturating_sub(within - 1)..=tail)?;
    let head = near.iter().rposition(|w| pack.entities.divisions.contains(w.as_str()))?;
    // What stands between the noun and the preposition is no other complement.
    near[head + 1..].iter().all(|w| !complement(w)).then(|| near[head].clone())
}

/// Whether the division stands in the name itself: "Namur Province", "État de Sorve".
fn names_division(name: &str, rules: &EntityRules, head_first: bool) -> bool {
    let mut all = words(name);
    let word = if head_first { all.next() } else { all.last() };
    let is = word.is_some_and(|w| rules.divisions.contains(w.as_str()));
    is && name.contains(char::is_whitespace)
}

/// The key of an area's name without the word for the division: "namur province" is "namur".
pub(super) fn without_division<'k>(key: &'k str, area: bool, pack: &Pack) -> &'k str {
    let rules: &EntityRules = &pack.entities;
    if !area {
        return key;
    }
    let plain = |w: &str| rules.divisions.iter().any(|d| crate::knowledge::name::key(d) == w);
    let rest = if pack.names.adjectives_follow {
        let rest = key.split_once(' ').filter(|(head, _)| plain(head)).map(|(_, rest)| rest);
        rest.map(|r| match r.split_once(' ') {
            Some((small, rest)) if joins_noun(small, pack) => rest,
            _ => r,
        })
    } else {
        key.rsplit_once(' ').filter(|(_, last)| plain(last)).map(|(rest, _)| rest)
    };
    rest.filter(|r| !r.is_empty()).unwrap_or(key)
}

/// The body of a country that a description names: "l'armée syrienne", "the Syrian army". Its key is
/// the same in every language. Anything more in the description, and it may be a part of it.
pub(super) fn body(description: &str, pack: &Pack) -> Option<(String, &'static Country)> {
    let all: Vec<String> = words(description).collect();
    let (noun, people) = match all.as_slice() {
        [noun, people] if pack.names.adjectives_follow => (noun, people),
        [people, noun] => (noun, people),
        _ => return None,
    };
    let class = pack.entities.bodies.get(noun.as_str())?;
    let [country] = countries::of_adjective(people)[..] else { return None };
    Some((format!("{class} of {}", crate::knowledge::name::key(country.en)), country))
}

/// Whether a folded word ties a name to its noun, whatever became of its apostrophe.
fn joins_noun(word: &str, pack: &Pack) -> bool {
    let names = &pack.names;
    names.complements.contains(word) || names.complements.contains(format!("{word}'").as_str())
}

/// A person's key without the titles before it: "president obama" is "obama".
pub(super) fn without_titles<'k>(key: &'k str, pack: &Pack) -> &'k str {
    let mut rest = key;
    while let Some((first, more)) = rest.split_once(' ') {
        if !pack.names.person_titles.contains(first) {
            break;
        }
        rest = more;
    }
    rest
}

/// Whether the text says that two names that follow each other are one thing: an acronym in
/// brackets, "also known as", an apposition.
pub(super) fn tied(text: &str, a: &Mention, b: &Mention, pack: &Pack) -> bool {
    let (first, second) = (a.span.of(text), b.span.of(text));
    let Some(between) = text.get(a.span.end as usize..b.span.start as usize) else { return false };
    if between.len() > 80 || between.contains(['\n', '.', ';', '!', '?']) {
        return false;
    }
    let marks = between.trim();
    let after = text.get(b.span.end as usize..).unwrap_or("").trim_start();
    if marks == "(" {
        return after.starts_with(')') && brackets(first, second, a.kind == b.kind, pack);
    }
    said_same(between, pack) || apposed(text, a, b, marks, after, pack)
}

/// `Expansion (ACR)` or `ACR (Expansion)`. The letters of a foreign acronym need not be those of
/// the name before it.
fn brackets(first: &str, second: &str, alike: bool, pack: &Pack) -> bool {
    use crate::knowledge::directory::is_acronym;
    match (is_acronym(first), is_acronym(second)) {
        (false, true) => spells(first, second, pack) || alike && words(first).count() > 1,
        (true, false) => spells(second, first, pack),
        _ => false,
    }
}

/// Whether the initials of a name, small words optional, make the acronym.
pub(super) fn spells(name: &str, acronym: &str, pack: &Pack) -> bool {
    let want = plain_letters(acronym);
    let initials = initials(name, pack, true);
    let mut left = want.iter().peekable();
    for c in &initials {
        if left.peek() == Some(&c) {
            left.next();
        }
    }
    left.peek().is_none() && initials.first() == want.first()
}

/// Whether the initials of a name are the letters of the acronym, neither more nor fewer.
pub(super) fn spells_exactly(name: &str, acronym: &str, pack: &Pack) -> bool {
    let want = plain_letters(acronym);
    want == initials(name, pack, false) || want == initials(name, pack, true)
}

fn plain_letters(word: &str) -> Vec<char> {
    crate::knowledge::name::key(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn initials(name: &str, pack: &Pack, small_too: bool) -> Vec<char> {
    let rules: &EntityRules = &pack.entities;
    let parts = words(name).collect::<Vec<_>>();
    parts
        .iter()
        .flat_map(|w| w.split('-'))
        .filter(|w| !w.is_empty() && (small_too || !rules.small.contains(w)))
        .filter_map(|w| crate::knowledge::name::key(w).chars().next())
        .collect()
}

/// "X, also known as Y": the words between, small ones left out, are such a formula.
fn said_same(between: &str, pack: &Pack) -> bool {
    let rules: &EntityRules = &pack.entities;
    let all: Vec<String> = words(between).collect();
    if all.is_empty() || all.len() > BETWEEN {
        return false;
    }
    let told: Vec<&str> =
        all.iter().map(String::as_str).filter(|w| !rules.small.contains(w)).collect();
    let joined = told.join(" ").replace('-', " ");
    rules.same.contains(joined.trim())
}

/// "des Pasdarans, les Gardiens de la Révolution,": a body in apposition. Both are bodies, the
/// second takes an article without the preposition of the first and closes the clause, and the two
/// are no part of a longer list.
fn apposed(text: &str, a: &Mention, b: &Mention, marks: &str, after: &str, pack: &Pack) -> bool {
    let bodies = a.kind == MentionKind::Org && b.kind == MentionKind::Org;
    let Some(article) = marks.strip_prefix(',').map(str::trim).filter(|_| bodies) else {
        return false;
    };
    let article = plain_lower(article);
    let names = &pack.names;
    let definite = names.definite.contains(article.as_str());
    if !definite
        || names.complements.contains(article.as_str())
        || !after.starts_with([',', '.', ')'])
    {
        return false;
    }
    let before = before(text, a.span.start as usize);
    let last = words(before).last().unwrap_or_default();
    let governed = names.complements.contains(last.as_str())
        || names.place_prepositions.contains(last.as_str());
    // After the comma, another name with an article would make it a list.
    let rest = after.trim_start_matches(',').trim_start();
    let next = words(rest).next().unwrap_or_default();
    let listed = after.starts_with(',') && names.definite.contains(next.as_str());
    governed && !listed
}
