//! The brief: verbatim sentences that tell what most independent accounts of a story tell.
//!
//! Sentences are taken one by one, each time the one that adds most for its words: pairs of stems,
//! and stems, weigh as many accounts as tell them, where copies of one text are one account; what
//! a sentence taken before has told counts little (budgeted coverage: Gillick and Favre, "A
//! scalable global model for summarization", 2009; greedy as in Lin and Bilmes, 2010). What stands
//! early or in titles counts more, what is quoted less, and what one sentence of another account
//! tells as well counts most: a reader can check it. Garbled words are left out, disputed ones
//! marked.

use std::collections::BTreeMap;

use rust_stemmers::Stemmer;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{BriefSentence, Finding, Status};
use crate::analyse::Analysis;
use crate::article::{Article, BlockKind, Span};
use crate::lang::entries;
use crate::reuse::{Family, Locus};
use crate::ud::Upos;

/// What a sentence's place adds: `1 + LEAD / n` for the n-th of its article.
const LEAD: f32 = 3.0;

/// What telling something early adds to an account: `1 + EARLY / n` at its n-th sentence.
const EARLY: f32 = 1.0;

/// To what power accounts count: the tenth adds less than the second.
const ACCOUNTS: f32 = 0.75;

/// What a stem in all titles adds.
const TITLE: f32 = 1.0;

/// What a sentence with a quotation counts: somebody's words are seldom what happened.
const QUOTED: f32 = 0.5;

/// What a sentence counts that starts with a pronoun: alone it does not say of whom it tells.
const PRONOUN: f32 = 0.8;

/// What a disputed sentence counts.
const DISPUTED: f32 = 0.8;

/// What a sentence counts of which no other account tells anything.
const UNSUPPORTED: f32 = 0.1;

/// The share of a sentence's stems that one sentence of another account has when it tells the same.
const SUPPORTED: f32 = 0.65;

/// What a pair counts of which one stem is a function word; of two, nothing.
const HALF: f32 = 0.5;

/// What a stem counts beside a pair.
const ALONE: f32 = 0.2;

/// What is left of a pair's weight each time that it has been told.
const TOLD: f32 = 0.1;

/// The lengths of sentences that may be taken, in words between spaces.
const WORDS: std::ops::RangeInclusive<usize> = 5..=45;

/// What a story's brief is made of.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// All articles of the pile.
    pub articles: &'a [Article],
    /// What was found in each.
    pub analyses: &'a [Analysis],
    /// Copied passages.
    pub families: &'a [Family],
    /// The findings, of all stories.
    pub findings: &'a [Finding],
}

/// At most `limit` words of whole sentences of the story with these articles, none twice. Words are
/// runs between spaces; that a sentence is disputed is said in a word of its own.
///
/// Every sentence cites itself and then what else supports the findings that it tells.
pub fn brief(of: Material, story: &[u32], limit: usize) -> Vec<BriefSentence> {
    let read = Read::new(of, story);
    let weights = Weights::new(&read);
    let mut echo = Echo::new(&read.sentences);
    let garbled = standing(of.findings, Status::Unreadable);
    let disputed = standing(of.findings, Status::Disputed);
    let may = |s: &&Sentence| {
        WORDS.contains(&s.words) && s.tells && findings_in(&garbled, s.place).is_empty()
    };
    let mut left: Vec<(&Sentence, Vec<u32>)> =
        read.sentences.iter().filter(may).map(|s| (s, findings_in(&disputed, s.place))).collect();
    let cost = |(s, disputed): &(&Sentence, Vec<u32>)| s.words + usize::from(!disputed.is_empty());
    let mut told: FxHashMap<Pair, i32> = FxHashMap::default();
    let mut heard: FxHashSet<u32> = FxHashSet::default();
    let (mut out, mut room) = (Vec::new(), limit);
    loop {
        left.retain(|s| cost(s) <= room);
        let gain = |(s, disputed): &(&Sentence, Vec<u32>)| {
            let open = if disputed.is_empty() { 1.0 } else { DISPUTED };
            weights.gain(s, &told, &heard) * open
        };
        let mut gains: Vec<(f32, usize)> =
            left.iter().enumerate().map(|(i, s)| (gain(s), i)).filter(|g| g.0 > 0.0).collect();
        gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        // Support only takes away: who adds less even without can be no better.
        let mut best: Option<(f32, usize)> = None;
        for (gain, i) in gains {
            if best.is_some_and(|b| b.0 >= gain) {
                break;
            }
            let whole = gain * echo.factor(&read.sentences, left[i].0);
            if best.is_none_or(|b| whole > b.0) {
                best = Some((whole, i));
            }
        }
        let Some((_, best)) = best else { break };
        room -= cost(&left[best]);
        let (taken, disputed) = left.remove(best);
        taken.pairs.iter().for_each(|p| *told.entry(*p).or_default() += 1);
        heard.extend(&taken.stems);
        let cites = cites(of.findings, taken.place);
        out.push(BriefSentence { text: taken.place, cites, disputed });
    }
    out
}

type Pair = (u32, u32);

/// A sentence that may be taken.
struct Sentence {
    place: Locus,
    /// Its index among the story's sentences.
    index: usize,
    /// Its number among its article's sentences, from 0.
    number: usize,
    words: usize,
    quoted: bool,
    /// Whether it tells anything: a question does not, nor does a line of place and day.
    tells: bool,
    /// Whether a pronoun is its first word.
    pronoun: bool,
    /// Whose words: an article's, or those of a family of copies.
    account: u32,
    /// Stems and pairs of neighbours, each once, ascending.
    stems: Vec<u32>,
    pairs: Vec<Pair>,
}

/// Numbers of stems; function words are the first.
struct Stems {
    numbers: FxHashMap<String, u32>,
    function: u32,
}

/// The sentences of a story's articles, and what stands in their titles.
struct Read {
    sentences: Vec<Sentence>,
    /// In what share of the articles' titles each stem stands.
    titles: FxHashMap<u32, f32>,
}

impl Read {
    fn new(of: Material, story: &[u32]) -> Read {
        let mut stems = Stems::new(of, story);
        let mut read = Read { sentences: Vec::new(), titles: FxHashMap::default() };
        for article in story {
            let stemmer = Stemmer::create(of.analyses[*article as usize].lang.stemmer);
            read.sentences_of(of, story, *article, &mut stems, &stemmer);
            let mut title = stems.of(&title(of, *article), &stemmer);
            title.sort_unstable();
            title.dedup();
            for stem in title {
                *read.titles.entry(stem).or_default() += 1.0 / story.len() as f32;
            }
        }
        read
    }

    fn sentences_of(
        &mut self,
        of: Material,
        story: &[u32],
        article: u32,
        stems: &mut Stems,
        stemmer: &Stemmer,
    ) {
        let (text, analysis) =
            (&of.articles[article as usize].text, &of.analyses[article as usize]);
        let tells =
            |s: &&crate::analyse::Sentence| s.block == BlockKind::Body && analysis.tells(text, s);
        let body = analysis.sentences.iter().filter(tells);
        for (number, sentence) in body.enumerate() {
            let place = Locus { article, span: sentence.span };
            let words = sentence.span.of(text);
            let numbers = stems.of(words, stemmer);
            let mut pairs: Vec<Pair> = numbers.windows(2).map(|w| (w[0], w[1])).collect();
            pairs.retain(|p| !(stems.is_function(p.0) && stems.is_function(p.1)));
            let mut alone = numbers;
            alone.retain(|s| !stems.is_function(*s));
            alone.sort_unstable();
            alone.dedup();
            pairs.sort_unstable();
            pairs.dedup();
            let first = analysis.words.get(sentence.words.start as usize);
            self.sentences.push(Sentence {
                place,
                index: self.sentences.len(),
                number,
                words: words.split_whitespace().count(),
                quoted: words.contains(['«', '»', '“', '”', '"']),
                tells: !words.trim_end().ends_with('?')
                    && analysis.tells(text, sentence)
                    && is_clause(analysis, sentence),
                pronoun: first.is_some_and(|w| w.upos == Upos::Pron),
                account: account(of.families, story, place),
                stems: alone,
                pairs,
            });
        }
    }
}

/// Whether a sentence has a finite verb: a caption, a credit or a heading taken for a sentence tells nothing by
/// itself. Where no tree was made, nothing speaks against it.
fn is_clause(analysis: &Analysis, sentence: &crate::analyse::Sentence) -> bool {
    let words = analysis.words.get(sentence.words.start as usize..sentence.words.end as usize);
    let words = words.unwrap_or_default();
    words.is_empty() || words.iter().any(|w| w.feats.is("VerbForm", "Fin"))
}

/// An article's title: as given, else as it stands in its text.
fn title(of: Material, article: u32) -> String {
    let (text, sentences) =
        (&of.articles[article as usize], &of.analyses[article as usize].sentences);
    let given = text.title.clone();
    let own =
        || sentences.iter().filter(|s| s.block == BlockKind::Title).map(|s| s.span.of(&text.text));
    given.unwrap_or_else(|| own().collect::<Vec<_>>().join(" "))
}

impl Stems {
    /// The function words of the articles' languages.
    fn new(of: Material, story: &[u32]) -> Stems {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        for article in story {
            for line in entries(of.analyses[*article as usize].lang.function_words) {
                for word in line.split_whitespace() {
                    let next = numbers.len() as u32;
                    numbers.entry(word.to_string()).or_insert(next);
                }
            }
        }
        let function = numbers.len() as u32;
        Stems { numbers, function }
    }

    fn of(&mut self, text: &str, stemmer: &Stemmer) -> Vec<u32> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let number = |word: &str| match self.numbers.get(word) {
            Some(n) if *n < self.function => *n,
            _ => {
                let next = self.numbers.len() as u32;
                *self.numbers.entry(stemmer.stem(word).into_owned()).or_insert(next)
            }
        };
        words.map(number).collect()
    }

    fn is_function(&self, stem: u32) -> bool {
        stem < self.function
    }
}

/// Whose words a sentence is: the first article of the story that has them, when most of it is
/// copied; else its own article.
fn account(families: &[Family], story: &[u32], place: Locus) -> u32 {
    let holds = |at: &&Locus| {
        at.article == place.article && at.span.shared(place.span) * 5 >= place.span.len() * 4
    };
    let family = families.iter().find(|f| f.places.iter().any(|at| holds(&at)));
    let first =
        family.and_then(|f| story.iter().find(|a| f.places.iter().any(|p| p.article == **a)));
    first.copied().unwrap_or(place.article)
}

/// What telling each pair and stem is worth, if several accounts do.
struct Weights {
    pairs: BTreeMap<Pair, f32>,
    stems: BTreeMap<u32, f32>,
}

impl Weights {
    fn new(read: &Read) -> Weights {
        fn count<T: Ord + Copy>(
            sentences: &[Sentence],
            of: impl Fn(&Sentence) -> &[T],
            title: impl Fn(T) -> f32,
        ) -> BTreeMap<T, f32> {
            let each = |s| of(s).iter().map(|t| (*t, s.account, s.number));
            let mut told: Vec<(T, u32, usize)> = sentences.iter().flat_map(each).collect();
            // Of an account, what it tells first.
            told.sort_unstable();
            told.dedup_by_key(|t| (t.0, t.1));
            let mut out: BTreeMap<T, (u32, f32)> = BTreeMap::new();
            for (what, _, number) in told {
                let slot = out.entry(what).or_default();
                *slot = (slot.0 + 1, slot.1 + 1.0 + EARLY / (1 + number) as f32);
            }
            // What one account alone tells is no agreement, unless there is no other.
            let several = sentences.iter().any(|s| s.account != sentences[0].account);
            out.retain(|_, (accounts, _)| !several || *accounts >= 2);
            let weight = |t: T, sum: f32| {
                (sum / (1.0 + EARLY / 2.0)).powf(ACCOUNTS) * (1.0 + TITLE * title(t))
            };
            out.into_iter().map(|(t, (_, sum))| (t, weight(t, sum))).collect()
        }
        let title = |stem: u32| read.titles.get(&stem).copied().unwrap_or(0.0);
        Weights {
            pairs: count(&read.sentences, |s| &s.pairs, |p| title(p.0).max(title(p.1))),
            stems: count(&read.sentences, |s| &s.stems, title),
        }
    }

    /// What a sentence adds, for each of its words.
    fn gain(&self, s: &Sentence, told: &FxHashMap<Pair, i32>, heard: &FxHashSet<u32>) -> f32 {
        let pair = |p: &Pair| {
            let weight = self.pairs.get(p).copied().unwrap_or(0.0);
            // A pair with a function word has a stem that is not counted alone.
            let whole = s.stems.binary_search(&p.0).is_ok() && s.stems.binary_search(&p.1).is_ok();
            let again = TOLD.powi(told.get(p).copied().unwrap_or(0));
            weight * again * if whole { 1.0 } else { HALF }
        };
        let stem = |n: &&u32| !heard.contains(*n);
        let stems = s.stems.iter().filter(stem).filter_map(|n| self.stems.get(n));
        let sum = s.pairs.iter().map(pair).sum::<f32>() + ALONE * stems.sum::<f32>();
        let place = 1.0 + LEAD / (1 + s.number) as f32;
        let quoted = if s.quoted { QUOTED } else { 1.0 };
        let pronoun = if s.pronoun { PRONOUN } else { 1.0 };
        sum * place * quoted * pronoun / s.words.max(1) as f32
    }
}

/// How much of a sentence one sentence of another account tells as well.
struct Echo {
    /// Of each stem, the sentences that have it, in order.
    having: FxHashMap<u32, Vec<u32>>,
    /// Where the sentences of each article begin and end.
    own: FxHashMap<u32, (u32, u32)>,
    /// What was found, by sentence.
    known: FxHashMap<usize, f32>,
    /// Of each sentence, how many stems it shares with the one in question; all 0 between two.
    shared: Vec<u32>,
}

impl Echo {
    fn new(sentences: &[Sentence]) -> Echo {
        let mut having: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut own: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        for sentence in sentences {
            let index = sentence.index as u32;
            own.entry(sentence.place.article).or_insert((index, index)).1 = index + 1;
            for stem in &sentence.stems {
                having.entry(*stem).or_default().push(index);
            }
        }
        Echo { having, own, known: FxHashMap::default(), shared: vec![0; sentences.len()] }
    }

    /// What a sentence counts, by how well another account supports it: at most 1.
    fn factor(&mut self, all: &[Sentence], s: &Sentence) -> f32 {
        if let Some(known) = self.known.get(&s.index) {
            return *known;
        }
        // The sentences of an article stand in a row, and support nothing in their own article: a long
        // article costs its own length no second time.
        let (own, after) = self.own.get(&s.place.article).copied().unwrap_or_default();
        let (mut most, mut touched) = (0, Vec::new());
        for list in s.stems.iter().filter_map(|n| self.having.get(n)) {
            let before = &list[..list.partition_point(|o| *o < own)];
            let behind = &list[list.partition_point(|o| *o < after)..];
            for other in before.iter().chain(behind) {
                if all[*other as usize].account == s.account {
                    continue;
                }
                let count = &mut self.shared[*other as usize];
                if *count == 0 {
                    touched.push(*other);
                }
                *count += 1;
                most = most.max(*count);
            }
        }
        touched.into_iter().for_each(|other| self.shared[other as usize] = 0);
        let share = most as f32 / s.stems.len().max(1) as f32;
        let factor = UNSUPPORTED + (1.0 - UNSUPPORTED) * (share / SUPPORTED).min(1.0);
        self.known.insert(s.index, factor);
        factor
    }
}

/// Where the findings of a status stand, by article: their words and their indices.
fn standing(findings: &[Finding], status: Status) -> FxHashMap<u32, Vec<(Span, u32)>> {
    let mut out: FxHashMap<u32, Vec<(Span, u32)>> = FxHashMap::default();
    for (i, finding) in findings.iter().enumerate().filter(|(_, f)| f.status == status) {
        for support in finding.values.iter().flat_map(|v| &v.supports) {
            out.entry(support.place.article).or_default().push((support.place.span, i as u32));
        }
    }
    out
}

/// The findings that touch a sentence, in order.
fn findings_in(standing: &FxHashMap<u32, Vec<(Span, u32)>>, place: Locus) -> Vec<u32> {
    let own = standing.get(&place.article).into_iter().flatten();
    let mut out: Vec<u32> =
        own.filter(|(span, _)| span.overlaps(place.span)).map(|(_, i)| *i).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A sentence, then the other articles' words for the findings that it tells.
fn cites(findings: &[Finding], sentence: Locus) -> Vec<Locus> {
    let supports = |f: &Finding| -> Vec<Locus> {
        f.values.iter().flat_map(|v| &v.supports).map(|s| s.place).collect()
    };
    let mut out = vec![sentence];
    for places in findings.iter().map(supports) {
        let here = |p: &&Locus| p.article == sentence.article && sentence.span.contains(p.span);
        if places.iter().any(|p| here(&p)) {
            out.extend(places.into_iter().filter(|p| p.article != sentence.article));
        }
    }
    let mut seen = FxHashSet::default();
    out.retain(|p| seen.insert((p.article, p.span.start, p.span.end)));
    out
}
