//! Whose words copied passages are, and which article the others have them from.
//!
//! What tells an origin, surest first: an article of the family that the agency or outlet published
//! itself; a signature, a dateline, a file's credit; an attribution that holds in its sentence ("selon
//! l'AFP"); an article that names another's outlet, or its address. Each member has its say, so that
//! one article that joins two dispatches does not give the one agency the other's words. A family that
//! nothing tells of takes the origin of what its members copy elsewhere, less surely. A picture's
//! credit says nothing of words.
//!
//! Which article came first is told by the origin where that article is in the pile, else by time; but
//! where what a group of articles share is in no single article of it, they have it from a dispatch
//! that is not there, and none of them is the source.

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::family::{is_quotation, shared};
use super::fold::fold_words;
use super::{Family, Locus, OriginEvidence, PassageKind};
use crate::analyse::{Analysis, CreditOf, SourceKind, Statement};
use crate::article::{Article, Span};
use crate::knowledge::agencies;

/// One article's say: a name, how much it counts, why.
pub(super) struct Say {
    pub(super) name: String,
    weight: f64,
    pub(super) evidence: OriginEvidence,
}

/// How much each kind of evidence counts. The second of several signatures counts half, the third a
/// third: several in a row name the outlet's own agencies after the one whose words they are.
const OWN: f64 = 2.0;
const NAMED: f64 = 1.5;
const CREDIT: f64 = 1.0;
const ATTRIBUTION: f64 = 1.0;

/// What is lost each time an origin is carried from one family to another, and how many times it is.
const CARRIED: f64 = 0.7;
const ROUNDS: usize = 2;

/// Tells the origin and the source of each family.
pub(super) fn tell(families: &mut [Family], articles: &[Article], analyses: &[Analysis]) {
    let pile = Pile::new(articles, analyses, families);
    for family in families.iter_mut() {
        let says = pile.says(family);
        if let Some((name, evidence, share)) = winner(says) {
            family.confidence = share * sureness(evidence);
            family.evidence = Some(evidence);
            family.origin = Some(name);
        }
    }
    for _ in 0..ROUNDS {
        carry(families, articles.len());
    }
    let groups = groups(families, articles.len());
    for i in 0..families.len() {
        let source = pile.source(i, families, &groups);
        families[i].source = source;
    }
}

fn sureness(evidence: OriginEvidence) -> f64 {
    match evidence {
        OriginEvidence::Outlet(_) => 0.98,
        OriginEvidence::Credit(_) | OriginEvidence::Metadata(_) | OriginEvidence::Speaker(_) => {
            0.95
        }
        OriginEvidence::Attribution(_) => 0.9,
        OriginEvidence::Carried(_) => CARRIED,
    }
}

/// The name that most is said for, the first of them on a tie; its best evidence; its share.
fn winner(says: Vec<Say>) -> Option<(String, OriginEvidence, f64)> {
    let mut sums: Vec<(&str, f64, &Say)> = Vec::new();
    for say in &says {
        match sums.iter_mut().find(|s| s.0 == say.name) {
            Some(sum) => {
                sum.1 += say.weight;
                if say.weight > sum.2.weight {
                    sum.2 = say;
                }
            }
            None => sums.push((&say.name, say.weight, say)),
        }
    }
    let all: f64 = sums.iter().map(|s| s.1).sum();
    let best = sums.iter().reduce(|best, next| if next.1 > best.1 + 1e-9 { next } else { best })?;
    Some((best.0.to_owned(), best.2.evidence, best.1 / all))
}

/// What the articles of a pile say of themselves and of each other.
pub(super) struct Pile<'a> {
    articles: &'a [Article],
    analyses: &'a [Analysis],
    named: Named,
}

impl<'a> Pile<'a> {
    pub(super) fn new(
        articles: &'a [Article],
        analyses: &'a [Analysis],
        families: &[Family],
    ) -> Pile<'a> {
        Pile { articles, analyses, named: Named::new(articles, families) }
    }

    pub(super) fn statements(&self, article: u32) -> &'a [Statement] {
        self.analyses.get(article as usize).map_or(&[], |a| &a.statements)
    }

    fn says(&self, family: &Family) -> Vec<Say> {
        if family.kind == PassageKind::Quotation {
            let speakers: Vec<Say> =
                family.places.iter().filter_map(|p| self.speaker(*p)).collect();
            if !speakers.is_empty() {
                return speakers;
            }
        }
        let mut says = Vec::new();
        let mut last = None;
        for place in &family.places {
            if last != Some(place.article) {
                says.extend(self.credits(place.article));
            }
            last = Some(place.article);
            says.extend(self.attribution(*place));
        }
        says.extend(self.named(family));
        says
    }

    fn speaker(&self, place: Locus) -> Option<Say> {
        let said = self.statements(place.article).iter().filter(|s| is_quotation(s));
        let statement = widest(place, said)?;
        let span = statement.source.or(statement.cue).unwrap_or(place.span);
        let name = statement.source_canonical().to_owned();
        Some(Say { name, weight: 1.0, evidence: OriginEvidence::Speaker(Locus { span, ..place }) })
    }

    /// The agencies that an article credits for its words, or that published it.
    pub(super) fn credits(&self, article: u32) -> Vec<Say> {
        let file = &self.articles[article as usize];
        let own = file.outlet.as_deref().and_then(agencies::agency);
        if let Some(own) = own {
            let evidence = OriginEvidence::Outlet(article);
            return vec![Say { name: own.code.to_owned(), weight: OWN, evidence }];
        }
        let printed = self.analyses.get(article as usize).map_or(&[][..], |a| &a.credits);
        let mut names: Vec<(String, OriginEvidence)> = Vec::new();
        for credit in printed.iter().filter(|c| c.of == CreditOf::Text) {
            if !names.iter().any(|n| n.0 == credit.agency) {
                let at = Locus { article, span: credit.span };
                names.push((credit.agency.clone(), OriginEvidence::Credit(at)));
            }
        }
        if names.is_empty() {
            let told = file.credit.as_deref().map(in_credit).unwrap_or_default();
            names.extend(told.into_iter().map(|n| (n, OriginEvidence::Metadata(article))));
        }
        let say = |(i, (name, evidence)): (usize, (String, OriginEvidence))| Say {
            name,
            weight: CREDIT / (i + 1) as f64,
            evidence,
        };
        names.into_iter().enumerate().map(say).collect()
    }

    /// The agency that an article attributes a passage to, in a sentence of the passage.
    fn attribution(&self, place: Locus) -> Option<Say> {
        let agency = |s: &Statement| s.chain.iter().position(|l| l.kind == SourceKind::Agency);
        let told = self.statements(place.article).iter().filter(|s| agency(s).is_some());
        let statement = widest(place, told)?;
        let link = &statement.chain[agency(statement)?];
        let span = statement.source.or(statement.cue).unwrap_or(place.span);
        let evidence = OriginEvidence::Attribution(Locus { span, ..place });
        Some(Say { name: link.name.clone(), weight: ATTRIBUTION, evidence })
    }

    /// The outlets of members that other members name, or whose address they give.
    fn named(&self, family: &Family) -> Vec<Say> {
        let members = members(family);
        let mut of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for member in &members {
            if let Some(outlet) = self.named.outlets[*member as usize] {
                of.entry(outlet).or_default().push(*member);
            }
        }
        let mut found: Vec<(u32, u32, Span)> = Vec::new();
        for by in &members {
            let own = self.named.outlets[*by as usize];
            let of_family = |a: &u32| members.binary_search(a).is_ok();
            for (other, span) in &self.named.addresses[*by as usize] {
                if of_family(other) && own != self.named.outlets[*other as usize] {
                    found.push((*other, *by, *span));
                }
            }
            for (outlet, span) in &self.named.mentions[*by as usize] {
                let others = of.get(outlet).map_or(&[][..], |o| o);
                if own != Some(*outlet) {
                    found.extend(others.iter().map(|other| (*other, *by, *span)));
                }
            }
        }
        // Stable: an address goes before a name.
        found.sort_by_key(|(other, by, _)| (*other, *by));
        found.dedup_by_key(|(other, by, _)| (*other, *by));
        let say = |(other, by, span): (u32, u32, Span)| Say {
            name: self.articles[other as usize].outlet.clone().unwrap_or_default(),
            weight: NAMED,
            evidence: OriginEvidence::Attribution(Locus { article: by, span }),
        };
        found.into_iter().map(say).collect()
    }

    /// The article that the others of a family have it from.
    fn source(&self, family: usize, families: &[Family], groups: &Groups) -> Option<u32> {
        let one = &families[family];
        if one.kind == PassageKind::Quotation {
            return None;
        }
        let members = members(one);
        if let Some(origin) = &one.origin {
            let own = |i: &&u32| {
                let outlet = self.articles[**i as usize].outlet.as_deref();
                outlet.is_some_and(|o| {
                    o == origin || agencies::agency(o).is_some_and(|a| a.code == origin)
                })
            };
            return members.iter().filter(own).min_by_key(|i| self.time(**i)).copied();
        }
        let first = self.first(&members)?;
        // What others of the group share without it, they have from elsewhere.
        groups.stands_in_all(first).then_some(first)
    }

    fn time(&self, article: u32) -> (Option<jiff::civil::Date>, Option<jiff::Timestamp>, u32) {
        let a = &self.articles[article as usize];
        (a.published, a.instant, article)
    }

    /// The member that came before all others, where dates tell.
    fn first(&self, members: &[u32]) -> Option<u32> {
        let known = members.iter().all(|i| self.articles[*i as usize].published.is_some());
        let first = members.iter().filter(|_| known).min_by_key(|i| self.time(**i))?;
        let (day, instant, _) = self.time(*first);
        let later = |i: &u32| {
            let (other, at, _) = self.time(*i);
            other > day || matches!((instant, at), (Some(x), Some(y)) if y > x)
        };
        members.iter().filter(|i| *i != first).all(later).then_some(*first)
    }
}

/// Which outlets' names and which articles' addresses stand in the articles that share words.
/// Outlets are numbered; those that are agencies, or whose name is one short word, are left out.
struct Named {
    /// Each article's own outlet.
    outlets: Vec<Option<u32>>,
    /// For each article the outlets named in its prose, each where it is met first.
    mentions: Vec<Vec<(u32, Span)>>,
    /// For each article those whose addresses it gives.
    addresses: Vec<Vec<(u32, Span)>>,
}

/// The shortest outlet's name of one word that counts when it is met in a text, and the shortest
/// address.
const LONG_NAME: usize = 8;

impl Named {
    fn new(articles: &[Article], families: &[Family]) -> Named {
        let mut number: FxHashMap<String, u32> = FxHashMap::default();
        let mut printed: Vec<(&str, u32)> = Vec::new();
        let mut outlets = Vec::with_capacity(articles.len());
        for article in articles {
            let outlet = article.outlet.as_deref().filter(|o| agencies::agency(o).is_none());
            outlets.push(outlet.and_then(|outlet| {
                let words = fold_words(outlet);
                let name = words.join(" ");
                let long = words.len() > 1 || name.len() >= LONG_NAME;
                let next = number.len() as u32;
                let id = long.then(|| *number.entry(name).or_insert(next))?;
                printed.push((outlet, id));
                Some(id)
            }));
        }
        printed.sort_unstable();
        printed.dedup();
        let urls: FxHashMap<&str, u32> = (0..)
            .zip(articles)
            .filter_map(|(i, a)| Some((a.url.as_deref().filter(|u| u.len() > LONG_NAME)?, i)))
            .collect();
        // The longest name, so that a supplement is not the paper.
        let names = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(printed.iter().map(|(name, _)| name));
        let mut out = Named {
            outlets,
            mentions: vec![Vec::new(); articles.len()],
            addresses: vec![Vec::new(); articles.len()],
        };
        let mut sharing: Vec<u32> =
            families.iter().flat_map(|f| &f.places).map(|p| p.article).collect();
        sharing.sort_unstable();
        sharing.dedup();
        for i in sharing {
            let article = &articles[i as usize];
            if let Ok(names) = &names {
                out.mentions[i as usize] = mentions(article, names, &printed);
            }
            out.addresses[i as usize] = addresses(&article.text, i, &urls);
        }
        out
    }
}

/// The outlets that an article's prose names, each where it is met first.
fn mentions(article: &Article, names: &AhoCorasick, printed: &[(&str, u32)]) -> Vec<(u32, Span)> {
    let mut found: Vec<(u32, Span)> = Vec::new();
    for block in article.blocks.iter().filter(|b| b.kind.is_prose()) {
        let Some(text) = article.text.get(block.span.range()) else { continue };
        let from = block.span.start as usize;
        for m in names.find_iter(text) {
            if stands_alone(text, m.start(), m.end()) {
                let outlet = printed[m.pattern().as_usize()].1;
                found.push((outlet, Span::new(from + m.start(), from + m.end())));
            }
        }
    }
    found.sort_by_key(|(outlet, _)| *outlet);
    found.dedup_by_key(|(outlet, _)| *outlet);
    found
}

/// Whether what stands at `start..end` is no part of a longer word or compound: "La Croix" is not
/// in "La Croix-Rouge".
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let goes_on = |mut next: std::str::Chars, last: bool| {
        let step =
            |chars: &mut std::str::Chars| if last { chars.next_back() } else { chars.next() };
        match step(&mut next) {
            Some('-' | '\u{2010}' | '\u{2011}') => {
                step(&mut next).is_some_and(char::is_alphanumeric)
            }
            Some(c) => c.is_alphanumeric(),
            None => false,
        }
    };
    !goes_on(text[..start].chars(), true) && !goes_on(text[end..].chars(), false)
}

/// The other articles whose addresses stand in a text.
fn addresses(text: &str, own: u32, urls: &FxHashMap<&str, u32>) -> Vec<(u32, Span)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '»' | '”');
    let mut found = Vec::new();
    for (at, _) in text.match_indices("http") {
        let rest = &text[at..];
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let word = word.trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '?', '’', '\'']);
        if let Some(other) = urls.get(word).filter(|o| **o != own) {
            found.push((*other, Span::new(at, at + word.len())));
        }
    }
    found
}

/// The agencies that a file's credit names, else the credit as it is.
fn in_credit(credit: &str) -> Vec<String> {
    let parts = credit.split(['/', ',', '+', ';']).map(str::trim).filter(|p| !p.is_empty());
    let names: Vec<String> = parts
        .map(|p| agencies::agency(p).map_or_else(|| p.to_owned(), |a| a.code.to_owned()))
        .collect();
    if names.iter().any(|n| agencies::agency(n).is_some()) {
        names
    } else {
        vec![credit.to_owned()]
    }
}

/// The articles of a family, each once, ascending.
pub(super) fn members(family: &Family) -> Vec<u32> {
    let mut members: Vec<u32> = family.places.iter().map(|p| p.article).collect();
    members.dedup();
    members
}

/// The statement that has most of a place, and at least half of it.
fn widest<'a>(
    place: Locus,
    statements: impl Iterator<Item = &'a Statement>,
) -> Option<&'a Statement> {
    statements
        .map(|s| (shared(s, place.span), s))
        .filter(|(n, _)| 2 * n >= place.span.len() && *n > 0)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, s)| s)
}

/// Gives families that nothing tells of the origin of what their articles copy elsewhere.
fn carry(families: &mut [Family], articles: usize) {
    let mut known: Vec<Vec<usize>> = vec![Vec::new(); articles];
    for (i, family) in families.iter().enumerate() {
        if family.origin.is_some() && family.kind != PassageKind::Quotation {
            members(family).into_iter().for_each(|a| known[a as usize].push(i));
        }
    }
    let mut found = Vec::new();
    for (i, family) in families.iter().enumerate() {
        if family.origin.is_some() || family.kind == PassageKind::Quotation {
            continue;
        }
        let mut says = Vec::new();
        for article in members(family) {
            for other in known[article as usize].iter().map(|f| &families[*f]) {
                let length: usize = other
                    .places
                    .iter()
                    .filter(|p| p.article == article)
                    .map(|p| p.span.len())
                    .sum();
                says.push(Say {
                    name: other.origin.clone().unwrap_or_default(),
                    weight: length as f64 * other.confidence,
                    evidence: OriginEvidence::Carried(article),
                });
            }
        }
        let sure = says.iter().map(|s| s.weight).fold(0.0, f64::max);
        if let Some((name, evidence, share)) = winner(says).filter(|_| sure > 0.0) {
            found.push((i, name, evidence, share * CARRIED));
        }
    }
    for (i, name, evidence, confidence) in found {
        let family = &mut families[i];
        (family.origin, family.evidence) = (Some(name), Some(evidence));
        family.confidence = confidence;
    }
}

/// Families that hang together by their articles, of those without an origin.
pub(super) struct Groups {
    /// For each article, its group's number.
    pub(super) of: Vec<usize>,
    /// How many families each group has.
    families: FxHashMap<usize, usize>,
    /// In how many of its group's families each article stands.
    stands: Vec<usize>,
}

impl Groups {
    fn stands_in_all(&self, article: u32) -> bool {
        let group = self.of[article as usize];
        self.families.get(&group).copied().unwrap_or(0) == self.stands[article as usize]
    }
}

pub(super) fn groups(families: &[Family], articles: usize) -> Groups {
    let unnamed = |f: &&Family| f.origin.is_none() && f.kind != PassageKind::Quotation;
    let mut parent: Vec<usize> = (0..articles).collect();
    for family in families.iter().filter(unnamed) {
        for place in &family.places[1..] {
            super::family::unite(
                &mut parent,
                family.places[0].article as usize,
                place.article as usize,
            );
        }
    }
    let of: Vec<usize> = (0..articles).map(|a| super::family::root(&mut parent, a)).collect();
    let mut groups = Groups { of, families: FxHashMap::default(), stands: vec![0; articles] };
    for family in families.iter().filter(unnamed) {
        let group = groups.of[family.places[0].article as usize];
        *groups.families.entry(group).or_default() += 1;
        for member in members(family) {
            groups.stands[member as usize] += 1;
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn named(text: &str) -> Vec<String> {
        let outlets =
            ["La Croisée", "La Croisée du Sud", "Le Fil", "Gazettine", "Agence France-Presse"];
        let mut articles: Vec<Article> = Vec::new();
        for (i, outlet) in outlets.iter().enumerate() {
            let mut article = Article::plain(i.to_string(), "Rien.".to_string());
            article.outlet = Some((*outlet).to_string());
            article.url = Some(format!("https://exemple.invalid/{i}"));
            articles.push(article);
        }
        articles.push(Article::plain("lecteur", text.to_string()));
        let by = articles.len() as u32 - 1;
        let span = Span::new(0, 1);
        let places = (0..=by).map(|article| Locus { article, span }).collect();
        let family = Family {
            id: String::new(),
            kind: PassageKind::Edited,
            places,
            origin: None,
            evidence: None,
            confidence: 0.0,
            source: None,
        };
        let named = Named::new(&articles, &[family]);
        let mut out: Vec<(Span, String)> = Vec::new();
        for (outlet, span) in &named.mentions[by as usize] {
            let of = named.outlets.iter().position(|o| o == &Some(*outlet)).unwrap();
            out.push((*span, outlets[of].to_string()));
        }
        for (article, span) in &named.addresses[by as usize] {
            out.push((*span, format!("address of {article}")));
        }
        out.sort();
        out.iter().map(|(span, what)| format!("{}: {what}", span.of(text))).collect()
    }

    #[test]
    fn outlets_are_named_by_their_whole_names() {
        for (text, wanted) in [
            ("Comme l'écrit La Croisée, le pont est fermé.", &["La Croisée: La Croisée"][..]),
            ("Le maire l'a dit à La Croisée du Sud.", &["La Croisée du Sud: La Croisée du Sud"]),
            ("Gazettine l'a vu ; Gazettine y était.", &["Gazettine: Gazettine"]),
            // A compound, an inflected form, another case, a short word that is "Le Fil" all the same.
            ("La Croisée-Rouge, les Gazettines et la croisée des chemins.", &[]),
            ("Il suit Le Fil, un sentier.", &["Le Fil: Le Fil"]),
            // An agency is credited, not named as a paper.
            ("Agence France-Presse l'a écrit.", &[]),
        ] {
            assert_eq!(named(text), wanted, "{text}");
        }
    }

    #[test]
    fn addresses_are_those_of_articles() {
        let text = "Voir https://exemple.invalid/1, (https://exemple.invalid/12) et <https://exemple.invalid/3>.";
        assert_eq!(
            named(text),
            ["https://exemple.invalid/1: address of 1", "https://exemple.invalid/3: address of 3"]
        );
    }
}
