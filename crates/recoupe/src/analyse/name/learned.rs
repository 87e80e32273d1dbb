//! Names by a small network: what stands round a word, what is known of it, and what the rules
//! made of it become keys; the network scores where names begin and end and what they name; the
//! best sequence that is one is taken (Viterbi 1967), and all uses of a name in the article vote
//! on its type.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::rules::{Named, place};
use super::{Atlas, Known, Run, Words, key};
use crate::analyse::syntax::features::{self as base, Key};
use crate::analyse::syntax::network::{Batch, Network, Scores, VERSION};
use crate::analyse::word::Word;
use crate::analyse::{MentionKind, Sentence};
use crate::knowledge::{countries, people};
use crate::model::{Error, Model, feature_hash};

/// Says what [`View::keys`] reads; models carry its hash. Change it whenever that changes.
pub const DESCRIPTION: &str = "names: words, tags, tree, rules, what is known 3";

/// Classes of a token: outside, and for each kind of name its first token, one inside, its last,
/// its only one.
pub const CLASSES: usize = 1 + 4 * KINDS.len();

/// The kinds in the order of the classes.
const KINDS: [MentionKind; 4] = MentionKind::NAMES;

/// Where in a name a token stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    First,
    Inside,
    Last,
    Only,
}

const PLACES: [Place; 4] = [Place::First, Place::Inside, Place::Last, Place::Only];

/// The class of token `at` (from 0) of a name of `len` tokens.
///
/// ```
/// use recoupe::analyse::{MentionKind, name::learned::class};
/// assert_ne!(class(MentionKind::Per, 0, 2), class(MentionKind::Per, 1, 2));
/// assert_eq!(class(MentionKind::Nominal, 0, 1), 0);
/// ```
pub fn class(kind: MentionKind, at: usize, len: usize) -> usize {
    let place = match (at, at + 1 == len) {
        (0, true) => Place::Only,
        (0, false) => Place::First,
        (_, true) => Place::Last,
        _ => Place::Inside,
    };
    kind.index().map_or(0, |k| self::at(k, place))
}

/// What a class says: the kind, as an index into [`KINDS`], and the place; None outside.
fn meaning(class: usize) -> Option<(usize, Place)> {
    let class = class.checked_sub(1)?;
    Some((class / 4, PLACES[class % 4]))
}

/// The class of a place in a name of a kind.
const fn at(kind: usize, place: Place) -> usize {
    1 + 4 * kind + place as usize
}

/// The classes after which no name is open.
const OUTSIDE: [usize; 1 + 2 * KINDS.len()] = {
    let mut out = [0; 1 + 2 * KINDS.len()];
    let mut k = 0;
    while k < KINDS.len() {
        out[1 + 2 * k] = at(k, Place::Last);
        out[2 + 2 * k] = at(k, Place::Only);
        k += 1;
    }
    out
};

/// What kind of key, beside those of [`base::Kind`]: the first byte of what is hashed.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Kind {
    Lang = 32,
    Upos,
    Deprel,
    Head,
    Ruled,
    Known,
    RunKnown,
    Elsewhere,
    Words,
    Block,
    Pattern,
    First,
    Last,
    Borne,
}

/// An article as the network sees it.
pub struct View<'a> {
    words: &'a Words<'a>,
    sentences: &'a [Sentence],
    syntax: &'a [Word],
    atlas: &'a dyn Atlas,
    /// The syntactic word that each token begins or stands in.
    word_of: Vec<u32>,
    /// The class of each token by the rules.
    ruled: Vec<u8>,
    /// The rules' name that each token stands in: what the rules make of it, and what is known.
    run: Vec<Option<(Named, Known)>>,
    /// Forms seen in lower case; forms seen with a capital within a sentence.
    lowered: FxHashSet<&'a str>,
    raised: FxHashMap<&'a str, u32>,
}

impl<'a> View<'a> {
    pub(super) fn new(
        words: &'a Words<'a>,
        sentences: &'a [Sentence],
        syntax: &'a [Word],
        names: &[Named],
        atlas: &'a dyn Atlas,
    ) -> View<'a> {
        let count = words.tokens.len();
        let mut word_of = vec![u32::MAX; count];
        for (i, word) in syntax.iter().enumerate().rev() {
            let first = word.token as usize;
            for token in first..=first + word.more as usize {
                if let Some(slot) = word_of.get_mut(token) {
                    *slot = i as u32;
                }
            }
        }
        let (mut ruled, mut run) = (vec![0; count], vec![None; count]);
        for name in names {
            let Run { from, to, .. } = name.run;
            let known = atlas.known(words.span(from, to).of(words.text));
            for i in from..to {
                ruled[i] = class(name.kind, i - from, to - from) as u8;
                run[i] = Some((*name, known));
            }
        }
        let mut lowered = FxHashSet::default();
        let mut raised: FxHashMap<&str, u32> = FxHashMap::default();
        for sentence in sentences {
            for i in sentence.tokens.start as usize..sentence.tokens.end as usize {
                let lower = words.lower[i].as_str();
                if words.capital(i) {
                    if i > sentence.tokens.start as usize {
                        *raised.entry(lower).or_default() += 1;
                    }
                } else if words.is_word(i) {
                    lowered.insert(lower);
                }
            }
        }
        View { words, sentences, syntax, atlas, word_of, ruled, run, lowered, raised }
    }

    /// What is read: stretches of sentences, with the sentence's index. No name is without a
    /// capital, so what is far from any is left out.
    fn windows(&self) -> Vec<(usize, Range<usize>)> {
        let mut out: Vec<(usize, Range<usize>)> = Vec::new();
        for (s, sentence) in self.sentences.iter().enumerate() {
            let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            for i in (start..end).filter(|i| self.words.capital(*i)) {
                let (from, to) = (start.max(i.saturating_sub(AROUND)), end.min(i + 1 + AROUND));
                match out.last_mut() {
                    Some((last, window)) if *last == s && from <= window.end => window.end = to,
                    _ => out.push((s, from..to)),
                }
            }
        }
        out.into_iter().flat_map(|(s, window)| self.cut(window).map(move |w| (s, w))).collect()
    }

    /// Parts of at most [`WINDOW`] tokens, cut where no name is cut if there is such a place: before
    /// a token without a capital.
    fn cut(&self, window: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut from = window.start;
        std::iter::from_fn(move || {
            let end = window.end.min(from + WINDOW);
            let between = |i: &usize| !self.words.capital(*i);
            let place = (from + WINDOW / 2..end).rev().find(between).filter(|_| end < window.end);
            let part = from..place.unwrap_or(end);
            from = part.end;
            (!part.is_empty()).then_some(part)
        })
    }

    /// The name that the rules begin at token `i`.
    fn ruled_from(&self, i: usize) -> Option<Named> {
        self.run.get(i).copied().flatten().map(|(named, _)| named).filter(|n| n.run.from == i)
    }

    fn key(&self, run: Run) -> String {
        key(self.words.span(run.from, run.to).of(self.words.text))
    }

    /// The names that no network is asked about, in order, none within another.
    fn strong(&self) -> Vec<Strong> {
        let ruled: Vec<Named> = (0..self.run.len()).filter_map(|i| self.ruled_from(i)).collect();
        let pairs = ruled.iter().filter(|named| named.paired);
        let paired: FxHashSet<String> = pairs.map(|named| self.key(named.run)).collect();
        let firm = |run: Run| (run.from + 1..run.to).any(|i| self.words.of(i) == "&");
        let mut out = self.brought();
        for Named { run, kind, .. } in ruled {
            if firm(run) {
                out.push((run, MentionKind::Org, true));
            } else if !paired.is_empty() && paired.contains(&self.key(run)) {
                out.push((run, kind, false));
            }
        }
        // Stable: of what begins at one place, the user's comes first.
        out.sort_by_key(|(run, ..)| run.from);
        let mut end = 0;
        out.retain(|(run, ..)| {
            let free = run.from >= end;
            end = if free { run.to } else { end };
            free
        });
        out
    }

    /// The names that the user brings, the longest first where several begin at one place.
    fn brought(&self) -> Vec<Strong> {
        /// No name that is looked for has more tokens.
        const LONGEST: usize = 8;
        let mut out = Vec::new();
        if !self.atlas.brings_any() {
            return out;
        }
        for sentence in self.sentences {
            let (mut i, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            while i < end {
                let asked = |from: usize, to: usize| {
                    let name = self.words.span(from, to.max(from + 1)).of(self.words.text);
                    self.atlas.brings(name).filter(|_| from < to)
                };
                let brought = |to: &usize| self.words.is_word(to - 1) && asked(i, *to).is_some();
                let mut ends = (i + 1..=end.min(i + LONGEST)).rev();
                let Some(to) = ends.find(brought).filter(|_| self.words.is_word(i)) else {
                    i += 1;
                    continue;
                };
                // Names are compared without their article: it is no part of what is found.
                let article = self.words.rules().determiners.contains(self.words.lower(i));
                let inner = article && i + 1 < to && asked(i + 1, to).is_some();
                let from = if inner { i + 1 } else { i };
                let told = asked(from, to).flatten();
                let ruled = self.ruled_from(from).map_or(MentionKind::Misc, |named| named.kind);
                out.push((Run { from, to, by: "brought" }, told.unwrap_or(ruled), told.is_some()));
                i = to;
            }
        }
        out
    }

    /// The keys of token `i` of `sentence`; the word's own first, its whole form at the head of
    /// them.
    pub fn keys(&self, sentence: &Sentence, i: usize, out: &mut Vec<Key>) {
        let words = self.words;
        let first = i == sentence.tokens.start as usize;
        let folded = base::letters(words.of(i), first, out);
        // What dictionaries say of other words, their tags tell too.
        if words.capital(i) {
            base::readings(&folded, words.pack, out);
        }
        let lower = words.lower(i);
        let mut put = |kind: Kind, bytes: &[u8]| out.push(base::key(kind as u8, bytes));
        put(Kind::Lang, words.pack.code.as_bytes());
        put(Kind::Block, &[sentence.block as u8]);
        if let Some(word) = self.syntax.get(self.word_of[i] as usize) {
            put(Kind::Upos, &[word.upos as u8]);
            put(Kind::Deprel, word.deprel.name().as_bytes());
            let head = word.head.and_then(|h| self.syntax.get(h as usize));
            if let Some(head) = head.filter(|h| h.token as usize != i) {
                put(Kind::Head, words.lower(head.token as usize).as_bytes());
            }
        }
        put(Kind::Ruled, &[self.ruled[i]]);
        if !words.capital(i) {
            return;
        }
        // Of what has no capital nothing more is asked: it is most of the words.
        put(Kind::Known, &[bits(self.atlas.known(words.of(i)))]);
        if let Some((Named { run, .. }, known)) = self.run[i] {
            put(Kind::RunKnown, &[bits(known), self.ruled[i]]);
            put(Kind::First, words.lower(run.from).as_bytes());
            put(Kind::Last, words.lower(run.to - 1).as_bytes());
        }
        let raised = self.raised.get(lower).copied().unwrap_or(0).min(3) as u8;
        put(Kind::Elsewhere, &[u8::from(self.lowered.contains(lower)), raised, u8::from(first)]);
        let rules = words.rules();
        let sets = [
            &rules.org_heads,
            &rules.place_heads,
            &rules.place_first,
            &rules.person_titles,
            &rules.place_triggers,
            &rules.org_triggers,
            &rules.not_names,
        ];
        let held = sets.iter().enumerate().filter(|(_, set)| set.contains(lower));
        put(Kind::Words, &[held.fold(0, |bits, (n, _)| bits | 1 << n)]);
        let borne = people::borne(lower);
        put(Kind::Borne, &[borne.given, borne.family]);
        put(Kind::Pattern, pattern(words.of(i)).as_bytes());
    }
}

fn bits(known: Known) -> u8 {
    let size = match known.town {
        None => 0,
        Some(0..=10_000) => 1,
        Some(10_001..=200_000) => 2,
        Some(_) => 3,
    };
    u8::from(known.region)
        | u8::from(known.people) << 1
        | u8::from(known.body) << 2
        | u8::from(known.given) << 3
        | size << 4
}

/// The letters of a form by kind, runs made one: `Xx-Xx`, `X.X.`, `0x`.
fn pattern(form: &str) -> String {
    let mut out = String::new();
    for c in form.chars().take(32) {
        let kind = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => '0',
            '’' => '\'',
            other => other,
        };
        if !out.ends_with(kind) {
            out.push(kind);
        }
    }
    out
}

/// The network of names: one for all languages.
#[derive(Debug)]
pub struct Recogniser {
    network: Network,
}

/// What the model says that its language is: several.
pub const LANG: &str = "mul";

/// The recogniser, opened once and shared by all threads; None where the program carries none
/// that this version reads.
pub fn recogniser() -> Option<&'static Recogniser> {
    static OPENED: LazyLock<Option<Recogniser>> =
        LazyLock::new(|| Recogniser::open(include_bytes!("../../../models/names.bin")).ok());
    OPENED.as_ref()
}

/// How many tokens are read before and after a capital.
const AROUND: usize = 8;

/// Longer stretches are read in windows of this many tokens.
const WINDOW: usize = 160;

/// Windows that are read side by side.
const TOGETHER: usize = 8;

impl Recogniser {
    /// Builds it from a model file's bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are not a whole model of names.
    pub fn open(bytes: &[u8]) -> Result<Recogniser, Error> {
        let model = Model::open(bytes)?;
        model.expect("names", LANG, VERSION, feature_hash(DESCRIPTION))?;
        let network = Network::open(&model)?;
        let classes = network.classes().first().map_or(0, Vec::len);
        if classes != CLASSES {
            return Err(Error::Section("sizes".into()));
        }
        Ok(Recogniser { network })
    }

    /// The names of an article, in order, with their types.
    pub(super) fn names(&self, view: &View) -> Vec<(Run, MentionKind)> {
        let windows = view.windows();
        // Those of like length go together; which ones do changes nothing in what comes out.
        let mut order: Vec<usize> = (0..windows.len()).collect();
        order.sort_by_key(|i| Reverse(windows[*i].1.len()));
        let (mut batch, mut scores) = (Batch::default(), Scores::default());
        let mut found: Vec<Weighed> = Vec::new();
        for together in order.chunks(TOGETHER) {
            batch.clear();
            for (s, tokens) in together.iter().map(|i| &windows[*i]) {
                for i in tokens.clone() {
                    batch.word(|keys| view.keys(&view.sentences[*s], i, keys));
                }
                batch.end_sentence();
            }
            self.network.read(&batch, &mut scores);
            for (n, window) in together.iter().enumerate() {
                let tokens = windows[*window].1.clone();
                let row = |i: usize| self.network.score_classes(0, n, i, &scores);
                let rows: Vec<&[f32]> = (0..tokens.len()).map(row).collect();
                found.extend(runs(&rows, tokens.start));
            }
        }
        settle(view, &mut found);
        vote(view.words, &found)
    }
}

/// A name with the weight of each kind.
type Weighed = (Run, [f32; KINDS.len()]);

/// A name that no network is asked about, and whether its type is settled too.
type Strong = (Run, MentionKind, bool);

/// What the rules' type of a name counts in the vote, in logarithms of shares.
const RULED: f32 = 0.7;

/// The weights of the kinds where only the rules have decided.
const SURE: [f32; 2] = [-0.1, -3.0];

/// What the rules and the user know better: names that the user's lists have; what an acronym
/// spells out, and firms with "&", whatever names stand in them; that an adjective of a people
/// after a name is none of it ("Hezbollah libanais"); names that are known, or found elsewhere in
/// the article; and a little of the types.
fn settle(view: &View, found: &mut Vec<Weighed>) {
    found.iter_mut().for_each(|(run, _)| *run = trimmed(view, *run));
    let strong = view.strong();
    let mut taken = vec![false; view.run.len()];
    strong.iter().for_each(|(run, ..)| taken[run.from..run.to].fill(true));
    // Where the network found one of these too, its types stand.
    let types: FxHashMap<(usize, usize), [f32; KINDS.len()]> =
        found.iter().map(|(run, weights)| ((run.from, run.to), *weights)).collect();
    found.retain(|(run, _)| run.from < run.to && !taken[run.from..run.to].contains(&true));
    for (run, weights) in found.iter_mut() {
        if let Some(named) = view.ruled_from(run.from).filter(|n| n.run.to == run.to) {
            weights[place(named.kind)] += RULED;
        }
        taken[run.from..run.to].fill(true);
    }
    let names: FxHashSet<String> = found.iter().map(|(run, _)| view.key(*run)).collect();
    let weak = (0..view.run.len()).filter_map(|i| {
        let (Named { run, kind, .. }, known) = view.run[i].filter(|(n, _)| n.run.from == i)?;
        let free = !taken[run.from..run.to].contains(&true);
        let sure = known.body || known.region || names.contains(&view.key(run));
        (free && sure).then_some((run, kind, false))
    });
    let sure = |(run, kind, settled): Strong| {
        let mut weights = [SURE[1]; KINDS.len()];
        weights[place(kind)] = SURE[0];
        let learned = types.get(&(run.from, run.to)).filter(|_| !settled);
        (run, learned.copied().unwrap_or(weights))
    };
    let more: Vec<Weighed> = strong.into_iter().chain(weak).map(sure).collect();
    found.extend(more);
    found.sort_by_key(|(run, _)| run.from);
}

/// A run without the marks and pictures at its ends, and without adjectives of a people that the
/// rules leave outside of it.
fn trimmed(view: &View, mut run: Run) -> Run {
    let says = |i: usize| view.words.of(i).chars().any(char::is_alphanumeric);
    let people = |i: usize| !countries::of_adjective(view.words.of(i)).is_empty();
    while run.from < run.to && !says(run.from) {
        run.from += 1;
    }
    // "Yahoo!" and "Canal+" keep theirs: they are joined to it.
    let joined = |i: usize| view.words.tokens[i - 1].span.end == view.words.tokens[i].span.start;
    while run.from < run.to && !says(run.to - 1) && !joined(run.to - 1) {
        run.to -= 1;
    }
    let short = view.ruled_from(run.from).map(|named| named.run.to).filter(|to| *to < run.to);
    if let Some(to) = short.filter(|to| (*to..run.to).all(people)) {
        run.to = to;
    }
    run
}

/// The names of the best sequence of classes, with the weight of each kind.
fn runs(rows: &[&[f32]], base: usize) -> Vec<Weighed> {
    let classes = best(rows);
    let mut out = Vec::new();
    let mut from = 0;
    for (i, class) in classes.iter().enumerate() {
        if let Some((_, Place::First | Place::Only)) = meaning(*class) {
            from = i;
        }
        if let Some((_, Place::Last | Place::Only)) = meaning(*class) {
            let run = Run { from: base + from, to: base + i + 1, by: "network" };
            out.push((run, weights(&rows[from..=i], &classes[from..=i])));
        }
    }
    out
}

/// For each kind the mean, over a name's tokens, of the logarithm of its share among all kinds.
fn weights(rows: &[&[f32]], classes: &[usize]) -> [f32; KINDS.len()] {
    let mut sums = [0.0; KINDS.len()];
    for (row, class) in rows.iter().zip(classes) {
        let place = (class - 1) % 4;
        let scores: [f32; KINDS.len()] = std::array::from_fn(|k| row[1 + 4 * k + place]);
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let all = scores.iter().map(|s| (s - top).exp()).sum::<f32>().ln();
        sums.iter_mut()
            .zip(scores)
            .for_each(|(sum, s)| *sum += (s - top - all) / rows.len() as f32);
    }
    sums
}

/// The best sequence of classes in which every name that begins ends. Of equal ones the first
/// class goes before.
fn best(rows: &[&[f32]]) -> Vec<usize> {
    let Some(last) = rows.len().checked_sub(1) else { return Vec::new() };
    let mut from: Vec<[u8; CLASSES]> = vec![[0; CLASSES]; rows.len()];
    let mut sums = [f32::MIN; CLASSES];
    sums[0] = 0.0;
    for (row, from) in rows.iter().zip(&mut from) {
        let top = |classes: &[usize]| {
            let best = |a: usize, b: &usize| if sums[*b] > sums[a] { *b } else { a };
            classes.iter().fold(classes[0], best)
        };
        let outside = top(&OUTSIDE);
        let mut next = [f32::MIN; CLASSES];
        for class in 0..CLASSES {
            let before = match meaning(class) {
                Some((k, Place::Inside | Place::Last)) => {
                    top(&[self::at(k, Place::First), self::at(k, Place::Inside)])
                }
                _ => outside,
            };
            from[class] = before as u8;
            if sums[before] > f32::MIN {
                next[class] = sums[before] + row[class];
            }
        }
        sums = next;
    }
    let best = |a: usize, b: &usize| if sums[*b] > sums[a] { *b } else { a };
    let mut class = OUTSIDE.iter().fold(0, best);
    let mut out = vec![0; rows.len()];
    for i in (0..=last).rev() {
        out[i] = class;
        class = from[i][class] as usize;
    }
    out
}

/// The type of each name: the one that all its uses in the article support most.
fn vote(words: &Words, found: &[Weighed]) -> Vec<(Run, MentionKind)> {
    let name = |run: &Run| key(words.span(run.from, run.to).of(words.text));
    let mut votes: BTreeMap<String, [f32; KINDS.len()]> = BTreeMap::new();
    for (run, weights) in found {
        let sum = votes.entry(name(run)).or_default();
        sum.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
    }
    let kind = |run: &Run| {
        let sum = votes.get(&name(run)).copied().unwrap_or_default();
        let top = (0..KINDS.len()).max_by(|a, b| sum[*a].total_cmp(&sum[*b]).then(b.cmp(a)));
        KINDS[top.unwrap_or(0)]
    };
    found.iter().map(|(run, _)| (*run, kind(run))).collect()
}

/// What training reads of articles.
pub mod training {
    use super::{Key, Recogniser, View};
    use crate::analyse::name::{Words, rules};
    use crate::analyse::{Mention, syntactic_words, world::World};
    use crate::article::{Article, Span};
    use crate::knowledge::load::Own;
    use crate::lang::Pack;

    /// What `read` makes of an article as the network sees it, read without anything of the user's.
    fn with_view<T>(
        article: &Article,
        pack: &'static Pack,
        read: impl FnOnce(&Words, &View) -> T,
    ) -> T {
        let (sentences, tokens, syntax) = syntactic_words(article, pack);
        let words = Words::new(&article.text, &tokens, pack);
        let world = World::new(Own::none());
        let names = rules::names(&words, &sentences, &world);
        read(&words, &View::new(&words, &sentences, &syntax, &names, &world))
    }

    /// Calls `each` with the tokens' spans and keys of every window that is read.
    pub fn windows(
        article: &Article,
        pack: &'static Pack,
        mut each: impl FnMut(Vec<Span>, Vec<Vec<Key>>),
    ) {
        with_view(article, pack, |words, view| {
            for (s, window) in view.windows() {
                let keys = |i: usize| {
                    let mut out = Vec::new();
                    view.keys(&view.sentences[s], i, &mut out);
                    out
                };
                let spans = words.tokens[window.clone()].iter().map(|t| t.span).collect();
                each(spans, window.map(keys).collect());
            }
        });
    }

    /// The names that a recogniser finds in an article.
    pub fn names(article: &Article, pack: &'static Pack, with: &Recogniser) -> Vec<Mention> {
        with_view(article, pack, |words, view| {
            with.names(view).iter().map(|name| super::super::mention(words, name)).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::{Mention, analyse_with, with_pack};
    use crate::article::Article;
    use crate::knowledge::load::Own;
    use crate::lang::pack;

    fn row(high: &[usize]) -> Vec<f32> {
        (0..CLASSES).map(|c| if high.contains(&c) { 2.0 } else { 0.0 }).collect()
    }

    fn found(rows: &[Vec<f32>]) -> Vec<(usize, usize)> {
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        runs(&rows, 0).iter().map(|(run, _)| (run.from, run.to)).collect()
    }

    #[test]
    fn every_name_that_begins_ends() {
        let per = |at, len| class(MentionKind::Per, at, len);
        assert!(found(&[]).is_empty());
        assert_eq!(found(&[row(&[per(0, 2)]), row(&[per(1, 2)]), row(&[0])]), [(0, 2)]);
        // A first token alone, or a last one, is no name; two kinds do not make one.
        assert!(found(&[row(&[per(0, 2), 0]), row(&[0])]).is_empty());
        assert!(found(&[row(&[0]), row(&[per(1, 2), 0])]).is_empty());
        let loc = class(MentionKind::Loc, 1, 2);
        assert!(found(&[row(&[per(0, 2), 0]), row(&[loc, 0])]).is_empty());
    }

    #[test]
    fn forms_are_told_by_their_kinds_of_letters() {
        let of = |form: &str| pattern(form);
        assert_eq!([of("Abou-Kamal"), of("G20"), of("O.N.U.")], ["Xx-Xx", "X0", "X.X.X."]);
    }

    fn names(text: &str, code: &str) -> Vec<(String, &'static str)> {
        let article = Article::plain("a", text);
        shown(&article, &with_pack(&article, pack(code).unwrap()).mentions)
    }

    fn shown(article: &Article, mentions: &[Mention]) -> Vec<(String, &'static str)> {
        let named = mentions.iter().filter(|m| m.kind != MentionKind::Nominal);
        named.map(|m| (m.span.of(&article.text).to_string(), m.kind.name())).collect()
    }

    #[test]
    fn no_name_is_cut_where_a_long_list_is() {
        let list = vec!["Marie Dupont Lefevre"; 150].join(", ");
        let names = names(&format!("Were elected: {list}."), "en");
        assert_eq!(names.len(), 150);
        assert!(names.iter().all(|(name, _)| name == "Marie Dupont Lefevre"));
    }

    #[test]
    fn what_an_acronym_spells_out_is_one_name() {
        let text = "Le Collectif des riverains de Port-Sablon (CRPS) proteste. Le CRPS écrit.";
        let names = names(text, "fr");
        assert!(
            names.iter().any(|(n, _)| n == "Collectif des riverains de Port-Sablon"),
            "{names:?}"
        );
        assert_eq!(names.iter().filter(|(n, _)| n == "CRPS").count(), 2);
    }

    #[test]
    fn marks_and_adjectives_of_peoples_are_no_part_of_a_name() {
        let names = names("🎉 Marie Delcourt 🎉 vit à Paris avec le Hezbollah libanais.", "fr");
        assert!(names.iter().all(|(n, _)| n.starts_with(char::is_alphabetic)), "{names:?}");
        assert!(names.contains(&("Hezbollah".into(), "ORG")), "{names:?}");
    }

    #[test]
    fn the_names_that_the_user_brings_are_found() {
        let mut own = Own::default();
        let row = "type\tzorblat & moi\tPER";
        own.rulings.add(crate::knowledge::rulings::read_row(row).unwrap());
        let article = Article::plain("a", "Le plan de zorblat & moi est prêt, selon la mairie.");
        let names = shown(&article, &analyse_with(&article, &own).value.mentions);
        assert!(names.contains(&("zorblat & moi".into(), "PER")), "{names:?}");
    }
}
