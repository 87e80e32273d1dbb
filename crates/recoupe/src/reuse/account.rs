//! How many accounts of its own each story rests on, and which articles are versions of one dispatch.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::family::{root, unite};
use super::origin::{Groups, Pile, Say, groups, members};
use super::{Family, OriginEvidence, Pair, PassageKind};
use crate::analyse::{Analysis, SourceKind, Statement};
use crate::article::{Article, Span};
use crate::knowledge::agencies;

/// An account of its own in a story: what one agency or outlet wrote, in whatever articles it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// The agency or outlet. None for a text of several articles whose author nothing tells.
    pub name: Option<String>,
    /// The articles that have it, in order.
    pub articles: Vec<u32>,
}

/// The least that an article must have beside what it copies for an account of its own, in words in a
/// row, and how many articles must share what it copies: then it would show if it were copied too.
const OWN_WORDS: usize = 70;
const CARRIERS: usize = 4;

/// Its own words must be one in so many at the least: what is nearly all copied adds nothing of its own
/// but what an editor adds.
const OWN_SHARE: usize = 3;

/// How many bytes are an article's opening: an agency named there stands for the whole.
const OPENING: usize = 400;

/// The accounts that each story's articles rest on, in order of appearance: its independent origins,
/// as far as copying and credits tell. Where they leave it open, the fewest: what an article has
/// beside its copied passages is counted as its own only where it is long and enough others would have
/// it. Versions of a dispatch are one account, words quoted of a third party none.
///
/// `articles`, `analyses` and `families` are the whole pile's; a story is the numbers of its articles.
pub fn accounts<'s>(
    articles: &[Article],
    analyses: &[Analysis],
    families: &[Family],
    stories: impl IntoIterator<Item = &'s [u32]>,
) -> Vec<Vec<Account>> {
    let of = Copied::new(articles, analyses, families);
    stories.into_iter().map(|story| of.accounts(story)).collect()
}

/// What is copied in a pile, by article.
struct Copied<'a> {
    articles: &'a [Article],
    pile: Pile<'a>,
    groups: Groups,
    /// Each article's families, but for words quoted of a third party.
    families: Vec<Vec<&'a Family>>,
}

impl<'a> Copied<'a> {
    fn new(
        articles: &'a [Article],
        analyses: &'a [Analysis],
        families: &'a [Family],
    ) -> Copied<'a> {
        let mut by_article: Vec<Vec<&Family>> = vec![Vec::new(); articles.len()];
        for family in families.iter().filter(|f| f.kind != PassageKind::Quotation) {
            members(family).into_iter().for_each(|a| by_article[a as usize].push(family));
        }
        Copied {
            articles,
            pile: Pile::new(articles, analyses, families),
            groups: groups(families, articles.len()),
            families: by_article,
        }
    }

    fn accounts(&self, story: &[u32]) -> Vec<Account> {
        let mut told = Accounts::default();
        for article in story {
            let copied = &self.families[*article as usize];
            for family in copied {
                match &family.origin {
                    Some(name) => told.add(name, *article),
                    None => told.add_unnamed(self.groups.of[*article as usize], *article),
                }
            }
            if copied.is_empty() {
                self.alone(*article).iter().for_each(|name| told.add(name, *article));
            } else if self.has_its_own(*article) {
                told.add(&self.outlet(*article), *article);
            }
        }
        told.found
    }

    fn outlet(&self, article: u32) -> String {
        let file = &self.articles[article as usize];
        file.outlet.clone().unwrap_or_else(|| file.id.clone())
    }

    /// Whose an article is of which nothing is copied: all signatures are taken at their word, for
    /// nothing else tells whose is what.
    fn alone(&self, article: u32) -> Vec<String> {
        let credits: Vec<String> =
            self.pile.credits(article).into_iter().map(|say| say.name).collect();
        if !credits.is_empty() {
            return credits;
        }
        vec![told_by(&self.pile, article).unwrap_or_else(|| self.outlet(article))]
    }

    /// Whether an article that copies has an account of its own beside.
    fn has_its_own(&self, article: u32) -> bool {
        let copied = &self.families[article as usize];
        let carriers = copied.iter().map(|f| members(f).len()).max().unwrap_or(0);
        let file = &self.articles[article as usize];
        let (longest, own) = own_words(file, copied, article);
        let is_agency = matches!(
            self.pile.credits(article).first(),
            Some(Say { evidence: OriginEvidence::Outlet(_), .. })
        );
        !is_agency
            && carriers >= CARRIERS
            && longest >= OWN_WORDS
            && OWN_SHARE * own >= file.text.split_whitespace().count()
            && copied.iter().all(|f| f.source != Some(article))
    }
}

/// The agency that an article without copies names as its source in its first statement of one.
fn told_by(pile: &Pile, article: u32) -> Option<String> {
    let opening = |s: &&Statement| (s.span().start as usize) < OPENING;
    let links = pile.statements(article).iter().filter(opening).flat_map(|s| &s.chain);
    links.into_iter().find(|l| l.kind == SourceKind::Agency).map(|l| l.name.clone())
}

/// The accounts of one story, and which of them are each group's that nobody signs.
#[derive(Default)]
struct Accounts {
    found: Vec<Account>,
    unnamed: FxHashMap<usize, usize>,
}

impl Accounts {
    fn add(&mut self, name: &str, article: u32) {
        let known = self.found.iter().position(|a| a.name.as_deref() == Some(name));
        let at = known.unwrap_or_else(|| self.open(Some(name.to_owned())));
        self.join(at, article);
    }

    fn add_unnamed(&mut self, group: usize, article: u32) {
        let at = match self.unnamed.get(&group) {
            Some(at) => *at,
            None => self.open(None),
        };
        self.unnamed.insert(group, at);
        self.join(at, article);
    }

    fn open(&mut self, name: Option<String>) -> usize {
        self.found.push(Account { name, articles: Vec::new() });
        self.found.len() - 1
    }

    fn join(&mut self, at: usize, article: u32) {
        if self.found[at].articles.last() != Some(&article) {
            self.found[at].articles.push(article);
        }
    }
}

/// The words of an article that no family has: the most in a row, and all.
fn own_words(article: &Article, families: &[&Family], index: u32) -> (usize, usize) {
    let mut spans: Vec<Span> = families
        .iter()
        .flat_map(|f| &f.places)
        .filter(|p| p.article == index)
        .map(|p| p.span)
        .collect();
    spans.sort_unstable();
    let (mut from, mut longest, mut all) = (0, 0, 0);
    let end = Span::new(article.text.len(), article.text.len());
    for span in spans.into_iter().chain([end]) {
        if let Some(own) = article.text.get(from..(span.start as usize).max(from)) {
            let words = own.split_whitespace().count();
            longest = longest.max(words);
            all += words;
        }
        from = from.max(span.end as usize);
    }
    (longest, all)
}

/// Versions of one dispatch: articles of one agency, each of which has at least half of another's text,
/// the shorter counting; each list in order of time.
pub fn revisions(articles: &[Article], pairs: &[Pair]) -> Vec<Vec<u32>> {
    let agency = |i: u32| {
        let outlet = articles.get(i as usize)?.outlet.as_deref()?;
        agencies::agency(outlet).map(|a| a.code)
    };
    let mut parent: Vec<usize> = (0..articles.len()).collect();
    for two in pairs.chunk_by(|x, y| (x.a.article, x.b.article) == (y.a.article, y.b.article)) {
        let (a, b) = (two[0].a.article, two[0].b.article);
        let shorter = articles[a as usize].text.len().min(articles[b as usize].text.len());
        let shared: usize = two.iter().map(|p| p.a.span.len().min(p.b.span.len())).sum();
        if agency(a).is_some() && agency(a) == agency(b) && 2 * shared >= shorter {
            unite(&mut parent, a as usize, b as usize);
        }
    }
    let mut lists: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for i in 0..articles.len() {
        lists.entry(root(&mut parent, i)).or_default().push(i as u32);
    }
    let mut lists: Vec<Vec<u32>> = lists.into_values().filter(|l| l.len() > 1).collect();
    for list in &mut lists {
        list.sort_by_key(|i| (articles[*i as usize].published, articles[*i as usize].instant, *i));
    }
    lists
}
