//! Articles to claims: clauses that say something, each with who says it and what can be
//! compared in it.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Support;
use super::voice::{denies, origin_of};
use super::wording::entity_at;
use crate::analyse::{
    Analysis, Bound, Interval, MentionKind, QuoteKind, Sentence, Stance, Statement, TimexKind,
    Token, TokenKind, quote, word::Word,
};
use crate::article::{Article, BlockKind, Span};
use crate::lang::lexicon::Tags;
use crate::lang::predicate::Predicate;
use crate::lang::speech::SpeechVerb;
use crate::lang::{self, Pack};
use crate::reuse::{Family, Locus};
use crate::ud::Upos;

/// The class of words that say that a later state is told: nothing that happens, but when it is
/// told.
pub(crate) const UPDATE: &str = "update";

/// The class of the points of the compass, each a stage: no event either, but where.
const DIRECTION: &str = "direction";

/// What the classes of words for one kind of thing counted start with: jobs and posts.
pub(crate) const COUNT: &str = "count-";

/// The class of words that shut out all else ("only").
const ONLY: &str = "only";

/// The class of words that set what is said against what was said before ("however").
const CONTRARY: &str = "contrary";

/// What two claims can have in common.
#[derive(Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub(crate) enum Feature {
    /// A word's stem.
    Stem(String),
    /// An entity's identifier.
    Entity(String),
    /// A class of predicates.
    Class(&'static str),
}

impl Feature {
    /// Whether both name one thing: an entity may be made out in one article and not in another.
    pub fn names_as(&self, other: &Feature) -> bool {
        let bare = |f: &Feature| match f {
            Feature::Stem(stem) => Some(stem.clone()),
            Feature::Entity(id) => id.rsplit([':', '-']).next().map(str::to_owned),
            Feature::Class(_) => None,
        };
        match (self, other) {
            (Feature::Entity(a), Feature::Entity(b)) => a == b,
            _ => bare(self)
                .zip(bare(other))
                .is_some_and(|(a, b)| a == b || a.starts_with(&b) || b.starts_with(&a)),
        }
    }
}

/// A clause that says something.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub at: Locus,
    /// Index of its statement in its article's analysis; None in the outlet's own voice.
    pub statement: Option<u32>,
    pub support: Support,
    /// What it is compared by, in order, each once.
    pub features: Vec<Feature>,
    /// The same as numbers of the story, in order; set by [`Weights::new`].
    pub ids: Vec<u32>,
    /// The weight of all of them.
    pub mass: f64,
    /// The ranges of its figures that can be read.
    pub amounts: Vec<(Option<f64>, Option<f64>)>,
    pub predicates: Vec<Predicate>,
    /// Indices of the figures in it.
    pub figures: Vec<u32>,
    pub time: Interval,
    /// The places it names, by entity.
    pub places: Vec<String>,
    pub people: Vec<String>,
    pub negated: bool,
    /// Whether it only names what somebody contests: neither said to be nor not to be.
    pub contested: bool,
    /// Whether it is of things to come.
    pub future: bool,
    /// Whether it is only what would be: a conditional in the outlet's own voice.
    pub hypothetical: bool,
    /// Whether all of it is in quotation marks.
    pub quoted: bool,
    /// Whether it stands in quotation marks and nothing tells who says it.
    pub voiceless: bool,
    /// Whether the outlet's own words tell of a denial ("the mayor denied it").
    pub denies: bool,
    /// Whether a past tense tells it: something happened.
    pub past: bool,
    /// The hours it names, as `19:12`.
    pub hours: Vec<String>,
    /// For each of `figures`: the stems of what it measures.
    pub measures: Vec<Vec<String>>,
    /// Whether its words say that it tells a later state than told before ("the toll rose").
    pub update: bool,
    /// Whether something is denied in a clause that hangs on it: whether it is itself denied, its
    /// words do not tell.
    pub unsure: bool,
    /// The points of the compass it names, by number.
    pub directions: Vec<u8>,
    /// Whether it says that there is nothing else ("only", "ne ... que").
    pub only: bool,
    /// Whether it denies a part of it ("three, not two").
    pub corrects: bool,
    /// Nouns that it lists side by side: pairs of stems, the first and one joined to it.
    pub listed: Vec<(String, String)>,
    /// The stem of the word that all others hang on.
    pub head: Option<String>,
    /// The class of predicates of that word.
    pub head_class: Option<&'static str>,
    /// Whether its words set it against what was said before ("however").
    pub contrary: bool,
    /// Its numbers and ranks, as printed in lower case, but those of days and hours.
    pub numerals: Vec<String>,
    /// Who does what it tells, as its features have it: of a passive whom it is done by.
    pub agent: Option<Feature>,
    /// Whom or what it is done to.
    pub patient: Option<Feature>,
    /// Whether it says something, and does not only name it: what all its words hang on is a verb, or
    /// what something is said to be.
    pub is_clause: bool,
    /// Whether it stands in a headline.
    pub title: bool,
    /// The days, years and numbers it names, in order, each once: `-07-01`, `2009`, `27`.
    pub points: Vec<String>,
    /// The stem of the first of two words that tell together ("lost their lives"), with their class.
    pub phrase: Option<(String, &'static str)>,
}

impl Claim {
    pub fn has_class(&self, class: &str) -> bool {
        self.predicates.iter().any(|p| p.class == class)
    }
}

/// One article of the story, with what its claims are made from.
pub(crate) struct Reader<'a> {
    pub index: u32,
    pub article: &'a Article,
    pub analysis: &'a Analysis,
    pub families: &'a [Family],
    /// Of each sentence, the statements that have words in it.
    told_in: Vec<Vec<u32>>,
    /// The words that depend on a word: pairs of that word and one that does, in order.
    below: Vec<(u32, u32)>,
    /// What stands in quotation marks, in order.
    quotes: Vec<Span>,
    /// Of each statement, whether it lies inside another's content: "X says that Y said p" rests
    /// on X.
    retold: Vec<bool>,
    /// The first tokens of clauses joined to another ("and ..."), in order.
    joined: Vec<u32>,
    /// The copied stretches of the article, each with the index of its family.
    copied: &'a [(usize, Span)],
    stemmer: rust_stemmers::Stemmer,
}

impl<'a> Reader<'a> {
    /// `copied` are the stretches of the article that `families` tell to be copied, each with the
    /// index of its family.
    pub fn new(
        index: u32,
        article: &'a Article,
        analysis: &'a Analysis,
        families: &'a [Family],
        copied: &'a [(usize, Span)],
    ) -> Reader<'a> {
        let stemmer = rust_stemmers::Stemmer::create(analysis.lang.stemmer);
        let retold = retold(&analysis.statements);
        let joined = joined_clauses(analysis);
        let told_in = told_in(analysis);
        let head = |(i, w): (usize, &Word)| Some((w.head?, i as u32));
        let mut below: Vec<(u32, u32)> =
            analysis.words.iter().enumerate().filter_map(head).collect();
        below.sort_unstable();
        let mut quotes: Vec<Span> =
            quote::quotes(&article.text, &article.blocks).iter().map(|q| q.inner).collect();
        quotes.sort();
        Reader {
            index,
            article,
            analysis,
            families,
            told_in,
            below,
            quotes,
            retold,
            joined,
            copied,
            stemmer,
        }
    }

    /// The article's claims, in order.
    pub fn claims(&self) -> Vec<Claim> {
        let mut out = Vec::new();
        let text = &self.article.text;
        let asserts = |s: &Sentence| {
            let told = s.block.is_prose() && !s.span.of(text).ends_with('?');
            told && self.analysis.tells(text, s) && !self.corrects_text(s)
        };
        let sentences = self.analysis.sentences.iter().enumerate();
        for (i, sentence) in sentences.filter(|(_, s)| asserts(s)) {
            let title = sentence.block == BlockKind::Title;
            for (span, statement) in self.clauses(sentence, &self.told_in[i]) {
                out.push(Claim { title, ..self.claim(span, statement) });
            }
        }
        out
    }

    /// Whether a sentence is a note on the text itself ("Correction: an earlier version said ..."):
    /// what it quotes is no longer said.
    fn corrects_text(&self, sentence: &Sentence) -> bool {
        const FIRST: usize = 10;
        let speech = &self.analysis.lang.speech;
        let words = super::voice::words_in(&self.article.text, self.analysis, sentence.span);
        let note = words.first().is_some_and(|w| speech.is("correction", w));
        let first = &words[..words.len().min(FIRST)];
        let of_text = |w: &[String]| {
            let both = |a: &String, b: &String| speech.is("version", a) && speech.is("earlier", b);
            both(&w[0], &w[1]) || both(&w[1], &w[0])
        };
        let opens = || {
            let after = sentence.span.of(&self.article.text);
            let name = after.split(|c: char| !c.is_alphanumeric() && c != '\'').next();
            after[name.map_or(0, str::len)..].trim_start().starts_with([':', '-', '–', '—', '.'])
        };
        let printed = first.iter().any(|w| speech.is("printed-text", w));
        note && opens() || printed && first.windows(2).any(of_text)
    }

    /// The clauses of a sentence, with the statement each is part of.
    fn clauses(&self, sentence: &Sentence, told: &[u32]) -> Vec<(Span, Option<u32>)> {
        let mut out = Vec::new();
        let mut taken: Vec<Span> = Vec::new();
        for i in told.iter().map(|i| *i as usize) {
            let statement = &self.analysis.statements[i];
            let words = statement.cue.into_iter().chain(statement.content.iter().copied());
            if statement.refers_to.is_some() || self.retold[i] {
                taken.extend(words.filter(|s| s.overlaps(sentence.span)));
                continue;
            }
            for piece in statement.content.iter().filter(|c| c.overlaps(sentence.span)) {
                let inside = Span {
                    start: piece.start.max(sentence.span.start),
                    end: piece.end.min(sentence.span.end),
                };
                let mut said = self.split(inside);
                // "denies any link": few words, but they say what is denied; "700 according to the
                // unions": a number is enough.
                if said.is_empty() && (statement.stance == Stance::Deny || self.is_number(inside)) {
                    said.push(inside);
                }
                out.extend(said.into_iter().map(|s| (s, Some(i as u32))));
                taken.push(inside);
            }
            taken.extend(
                [statement.cue, statement.source]
                    .into_iter()
                    .flatten()
                    .filter(|s| s.overlaps(sentence.span)),
            );
        }
        taken.extend(self.silent(sentence.span));
        taken.sort();
        for free in gaps(sentence.span, &taken) {
            let own = self.split(free);
            // Beside an attribution only a clause with a verb of its own is the outlet's.
            out.extend(
                own.into_iter()
                    .filter(|s| taken.is_empty() || self.is_clause(*s))
                    .map(|s| (s, None)),
            );
        }
        out.sort();
        out.dedup_by(|a, b| a.0 == b.0);
        out
    }

    /// The words of a sentence that tell that somebody said nothing: what was asked is no claim.
    fn silent(&self, sentence: Span) -> impl Iterator<Item = Span> + use<'a> {
        let silences = &self.analysis.silences;
        let from = silences.partition_point(|s| s.span.end <= sentence.start);
        let own = silences[from..].iter().take_while(move |s| s.span.start < sentence.end);
        own.map(move |s| s.span).filter(move |s| s.overlaps(sentence))
    }

    fn tokens_in(&self, span: Span) -> &'a [Token] {
        let tokens = &self.analysis.tokens;
        let from = tokens.partition_point(|t| t.span.end <= span.start);
        let to = tokens.partition_point(|t| t.span.start < span.end);
        &tokens[from..to.max(from)]
    }

    fn is_number(&self, span: Span) -> bool {
        let figures = &self.analysis.figures;
        figures.binary_search_by_key(&span, |f| f.span).is_ok()
    }

    /// The indices of the words whose tokens a span touches.
    fn words_in(&self, span: Span) -> std::ops::Range<u32> {
        let tokens = &self.analysis.tokens;
        let from = tokens.partition_point(|t| t.span.end <= span.start) as u32;
        let to = tokens.partition_point(|t| t.span.start < span.end) as u32;
        let words = &self.analysis.words;
        let first = words.partition_point(|w| w.token < from) as u32;
        first..(words.partition_point(|w| w.token < to) as u32).max(first)
    }

    /// The words that depend on a word, in order.
    fn below(&self, head: u32) -> impl Iterator<Item = u32> + '_ {
        let from = self.below.partition_point(|(h, _)| *h < head);
        self.below[from..].iter().take_while(move |(h, _)| *h == head).map(|(_, w)| *w)
    }

    fn is_in_quotes(&self, span: Span) -> bool {
        let at = self.quotes.partition_point(|q| q.start <= span.start);
        at.checked_sub(1).is_some_and(|i| self.quotes[i].contains(span))
    }

    fn is_clause(&self, span: Span) -> bool {
        let tokens = self.tokens_in(span);
        tokens.len() >= 5 && tokens.iter().any(|t| self.tags(t).any(Tags::FINITE))
    }

    fn tags(&self, token: &Token) -> Tags {
        if token.kind == TokenKind::Word {
            self.analysis.lang.lexicon.tags(token.span.of(&self.article.text))
        } else {
            Tags::default()
        }
    }

    /// Cuts a stretch at commas and the like, where each part has a predicate of its own.
    fn split(&self, span: Span) -> Vec<Span> {
        let text = &self.article.text;
        let tokens = self.tokens_in(span);
        let offset = self.analysis.tokens.partition_point(|t| t.span.end <= span.start);
        let mut parts: Vec<&[Token]> = Vec::new();
        let (mut from, mut depth) = (0, 0i32);
        for (i, token) in tokens.iter().enumerate() {
            if depth <= 0 && i > from && self.starts_joined_clause(offset + i) {
                parts.push(&tokens[from..i]);
                from = i;
            }
            match token.span.of(text) {
                "(" => depth += 1,
                ")" => depth -= 1,
                "," | ";" | ":" | "–" | "—" if depth <= 0 => {
                    parts.push(&tokens[from..i]);
                    from = i + 1;
                }
                _ => {}
            }
        }
        parts.push(&tokens[from..]);
        let parts = self.held_together(tokens, parts);
        let mut out: Vec<Span> = Vec::new();
        let mut open: Option<Span> = None;
        for part in parts {
            let Some((first, last)) = part.first().zip(part.last()) else { continue };
            let here = first.span.join(last.span);
            let whole = open.take().map_or(here, |o| o.join(here));
            match (self.has_predicate(part), out.last_mut()) {
                (true, _) => out.push(whole),
                (false, Some(before)) => *before = before.join(whole),
                (false, None) => open = Some(whole),
            }
        }
        out.extend(open);
        out.into_iter().map(|s| trim(text, s)).filter(|s| self.tokens_in(*s).len() >= 3).collect()
    }

    /// Parts, less the cuts between a predicate and what it cannot be without: "the deals of X, who was
    /// accused of them, were found in January" is one clause and not two.
    fn held_together<'t>(&self, all: &'t [Token], parts: Vec<&'t [Token]>) -> Vec<&'t [Token]> {
        let starts: Vec<u32> =
            parts.iter().filter_map(|p| p.first()).map(|t| t.span.start).collect();
        if starts.len() < 2 || starts.len() != parts.len() {
            return parts;
        }
        let part_of = |word: u32| {
            let token = &self.analysis.tokens[self.analysis.words[word as usize].token as usize];
            starts.partition_point(|s| *s <= token.span.start).checked_sub(1)
        };
        let Some(whole) = all.first().zip(all.last()).map(|(a, b)| a.span.join(b.span)) else {
            return parts;
        };
        let words = self.words_in(whole);
        // Whether the part stays with the one before it.
        let mut held = vec![false; parts.len()];
        for word in words.clone() {
            let it = &self.analysis.words[word as usize];
            let Some(head) = it.head.filter(|h| words.contains(h) && is_core(it)) else { continue };
            let (Some(a), Some(b)) = (part_of(word), part_of(head)) else { continue };
            held[a.min(b) + 1..=a.max(b)].fill(true);
        }
        let mut out: Vec<&[Token]> = Vec::new();
        let mut from = 0;
        for (i, part) in parts.iter().enumerate() {
            let next = parts.get(i + 1);
            if next.is_none() || !held[i + 1] {
                let start = all.partition_point(|t| t.span.start < starts[from]);
                let end = part.last().map_or(0, |t| t.span.end);
                let stop = all.partition_point(|t| t.span.start < end);
                out.push(&all[start..stop]);
                from = i + 1;
            }
        }
        out
    }

    /// Whether a part can stand as a clause: a finite verb or an infinitive, or a participle with
    /// enough words of its own ("aided by its allies" only goes with what it stands beside).
    fn has_predicate(&self, part: &[Token]) -> bool {
        let words = part.iter().filter(|t| t.kind == TokenKind::Word).count();
        let nominal = Tags::ADPOSITION | Tags::DETERMINER | Tags::NOUN;
        let told = |of: Tags| {
            part.iter().any(|t| {
                let tags = self.tags(t);
                tags.any(of) && !tags.any(nominal) || tags.any(Tags::AUXILIARY)
            })
        };
        words >= 4 && told(Tags::FINITE | Tags::INFINITIVE)
            || words >= 7 && told(Tags::PAST_PARTICIPLE)
    }

    fn claim(&self, span: Span, statement: Option<u32>) -> Claim {
        let said = statement.map(|i| &self.analysis.statements[i as usize]);
        let denied = said.is_some_and(|s| denies(&self.article.text, self.analysis, s));
        let mut claim = Claim {
            at: Locus { article: self.index, span },
            statement,
            support: self.support(span, said, denied),
            features: Vec::new(),
            ids: Vec::new(),
            mass: 0.0,
            amounts: Vec::new(),
            predicates: Vec::new(),
            figures: Vec::new(),
            time: self.time(span),
            places: self.entities(span, MentionKind::Loc),
            people: self.entities(span, MentionKind::Per),
            // To contest a decree is not to say that there is none.
            negated: denied && said.is_some_and(|s| s.by != "noun content"),
            contested: denied && said.is_some_and(|s| s.by == "noun content"),
            future: said.is_some_and(|s| s.promised),
            hypothetical: false,
            quoted: said.is_some_and(|s| s.quote == QuoteKind::Direct),
            voiceless: said.is_none() && self.is_in_quotes(span),
            denies: false,
            past: false,
            hours: self.hours(span),
            measures: Vec::new(),
            update: false,
            directions: Vec::new(),
            only: false,
            corrects: false,
            listed: Vec::new(),
            unsure: false,
            head: None,
            head_class: None,
            contrary: false,
            numerals: Vec::new(),
            agent: None,
            patient: None,
            is_clause: false,
            title: false,
            points: self.points(span),
            phrase: None,
        };
        claim.figures =
            inside(&self.analysis.figures, span, |f| f.span).map(|i| i as u32).collect();
        claim.measures = claim.figures.iter().map(|i| self.measure(*i as usize)).collect();
        let read = claim.figures.iter().map(|i| &self.analysis.figures[*i as usize]);
        claim.amounts =
            read.filter(|f| f.bound != Bound::Unreadable).map(|f| (f.lo, f.hi)).collect();
        self.read_words(&mut claim);
        self.read_tree(&mut claim);
        claim
    }

    /// Who says it, and what it was copied in.
    fn support(&self, span: Span, said: Option<&Statement>, denied: bool) -> Support {
        let held = self.copied.iter().find(|(_, s)| s.shared(span) * 2 >= span.len());
        let family = held.map(|(i, _)| *i);
        let own = |s| origin_of(&self.article.text, self.analysis, s);
        let attributed = said.and_then(own).map(|l| l.name.clone());
        let copied = family.and_then(|i| self.families[i].told_origin().map(str::to_owned));
        Support {
            place: Locus { article: self.index, span },
            according_to: said
                .map_or(Vec::new(), |s| s.chain.iter().map(|l| l.name.clone()).collect()),
            origin: attributed.or(copied),
            hedged: said.is_some_and(|s| s.hedged),
            denied,
            copied_in: family.map(|i| i as u32),
        }
    }

    fn time(&self, span: Span) -> Interval {
        let timexes = &self.analysis.timexes;
        let inside = inside(timexes, span, |t| t.span).map(|i| timexes[i].interval);
        let known = { inside }.find(|i| i.earliest.is_some() && i.latest.is_some());
        known.unwrap_or_default()
    }

    /// What a clause names that words do not tell: days of the year, years, numbers.
    fn points(&self, span: Span) -> Vec<String> {
        let timexes = inside(&self.analysis.timexes, span, |t| t.span);
        let mut out: Vec<String> = timexes
            .filter_map(|i| {
                let timex = &self.analysis.timexes[i];
                let value = timex.value.get(..10).unwrap_or(&timex.value);
                let day = value.get(4..).filter(|d| is_day(d));
                let year = Some(value).filter(|v| is_year(v));
                (timex.kind == TimexKind::Date).then(|| day.or(year).map(str::to_owned)).flatten()
            })
            .collect();
        let figures = inside(&self.analysis.figures, span, |f| f.span);
        out.extend(figures.filter_map(|i| {
            let value = self.analysis.figures[i].value.filter(|v| *v > 2.0)?;
            Some(value.to_string())
        }));
        out.sort();
        out.dedup();
        out
    }

    /// The hours of day named, whatever the day.
    fn hours(&self, span: Span) -> Vec<String> {
        let timexes = &self.analysis.timexes;
        let inside = inside(timexes, span, |t| t.span).map(|i| &timexes[i]);
        let clock = |value: &str| {
            let (_, time) = value.split_once('T')?;
            time.starts_with(|c: char| c.is_ascii_digit()).then(|| time.to_owned())
        };
        let timed = inside.filter(|t| t.kind == TimexKind::Time && t.modifier.is_none());
        let mut out: Vec<String> = timed.filter_map(|t| clock(&t.value)).collect();
        out.sort();
        out.dedup();
        out
    }

    /// The stems of what a figure measures: the nouns it hangs on, with their own complements,
    /// the verb over them and its subject. Not the unit: euros and per cent measure anything.
    fn measure(&self, figure: usize) -> Vec<String> {
        const STEPS: usize = 4;
        let (text, analysis) = (&self.article.text, self.analysis);
        let figure = &analysis.figures[figure];
        let from = analysis.sentences.partition_point(|s| s.span.end <= figure.span.start);
        let Some(sentence) = analysis.sentences.get(from) else { return Vec::new() };
        let own = |i: u32| &analysis.words[i as usize];
        let number = |i: &u32| {
            own(*i).upos == Upos::Num && figure.span.contains(own(*i).span(&analysis.tokens))
        };
        let words = self.words_in(figure.span);
        let of_sentence = |i: &u32| sentence.words.contains(i);
        let found = words.rev().filter(of_sentence).find(number);
        let Some(mut at) = found else { return Vec::new() };
        let unit = figure.currency.is_some() || figure.unit.is_some_and(|u| u != "person");
        let counted = figure.counts.filter(|_| unit);
        let mut out: Vec<String> = Vec::new();
        let mut push = |i: u32| {
            let word = own(i);
            let span = word.span(&analysis.tokens);
            let noun = matches!(word.upos, Upos::Noun | Upos::Verb | Upos::Adj);
            let is_unit = figure.span.contains(span) || counted.is_some_and(|c| c.contains(span));
            if noun && !is_unit {
                let form = word.form(text, &analysis.tokens).to_lowercase();
                out.push(fold(&self.stemmer.stem(&form)));
                let class = analysis.lang.predicates.of(&fold(&form)).map(|p| p.class);
                out.extend(class.filter(|c| c.starts_with(COUNT)).map(str::to_owned));
            }
        };
        let below = |of: u32, relations: &'static [&'static str]| {
            let own =
                move |i: &u32| relations.contains(&analysis.words[*i as usize].deprel.universal());
            self.below(of).filter(own)
        };
        for _ in 0..STEPS {
            let Some(head) = own(at).head else { break };
            push(head);
            if matches!(own(head).upos, Upos::Verb | Upos::Adj | Upos::Aux) {
                below(head, &["nsubj", "obj"]).filter(|i| *i != at).for_each(&mut push);
                break;
            }
            below(head, &["nmod", "nsubj", "amod"]).filter(|i| *i != at).for_each(&mut push);
            at = head;
        }
        out.sort();
        out.dedup();
        out
    }

    /// Whether a clause with a subject of its own starts at this token, joined to the one before:
    /// "the road is cut and 7,000 homes have no power" says two things.
    fn starts_joined_clause(&self, token: usize) -> bool {
        self.joined.binary_search(&(token as u32)).is_ok()
    }

    fn entities(&self, span: Span, kind: MentionKind) -> Vec<String> {
        let mentions = &self.analysis.mentions;
        let inside = inside(mentions, span, |m| m.span).map(|i| &mentions[i]);
        let of_kind = inside.filter(|m| m.kind == kind);
        let mut out: Vec<String> = of_kind.filter_map(|m| m.entity.clone()).collect();
        out.dedup();
        out
    }

    fn read_words(&self, claim: &mut Claim) {
        let pack = self.analysis.lang;
        let tokens = self.tokens_in(claim.at.span);
        let (mut auxiliary, mut awaited) = (false, false);
        let mut named = None;
        for token in tokens.iter().filter(|t| t.kind == TokenKind::Word) {
            let tags = self.tags(token);
            let lower = token.span.of(&self.article.text).to_lowercase();
            claim.past |= auxiliary && tags.any(Tags::PAST_PARTICIPLE);
            claim.hypothetical |= tags.any(Tags::CONDITIONAL) && claim.statement.is_none();
            claim.future |= tags.any(Tags::FUTURE) && !tags.any(Tags::NOUN);
            let helped = auxiliary;
            awaited |= tags.any(Tags::AUXILIARY);
            auxiliary = tags.any(Tags::AUXILIARY) || auxiliary && tags.any(Tags::ADVERB);
            if let Some((span, entity)) = self.entity_at(token.span) {
                // Once a name, not once a word of it: a hostile name has thousands.
                if named != Some(span) {
                    claim.features.push(Feature::Entity(entity.to_owned()));
                }
                named = Some(span);
            } else if is_content(&lower, tags, pack) {
                // "The contested zone" is a zone.
                let finite = tags.any(Tags::FINITE) && !tags.any(Tags::ADJ);
                // "They have for their part denied": other words may stand between.
                let verb = finite || helped || awaited && tags.any(Tags::PAST_PARTICIPLE);
                awaited &= !verb;
                let says = |v: &SpeechVerb| v.stance == lang::speech::Stance::Deny;
                let denies = pack.speech.verbs.get(&lower).is_some_and(says);
                claim.denies |= claim.statement.is_none() && verb && denies;
                let folded = fold(&lower);
                let predicate = pack.predicates.of(&folded);
                if let Some(predicate) = predicate.filter(|p| !is_manner(p.class)) {
                    claim.predicates.push(predicate);
                    claim.features.push(Feature::Class(predicate.class));
                }
                claim.features.push(Feature::Stem(self.stem(&lower)));
            }
        }
        self.read_phrases(claim);
        claim.features.sort();
        claim.features.dedup();
    }

    /// What two words tell together: "lost their lives".
    fn read_phrases(&self, claim: &mut Claim) {
        const NEAR: usize = 5;
        let pack = self.analysis.lang;
        let words = super::voice::words_in(&self.article.text, self.analysis, claim.at.span);
        let words: Vec<String> = words.iter().map(|w| fold(w)).collect();
        for (i, first) in words.iter().enumerate() {
            let after = &words[i + 1..words.len().min(i + 1 + NEAR)];
            let told = after.iter().find_map(|second| pack.predicates.of_both(first, second));
            if let Some(predicate) = told {
                claim.predicates.push(predicate);
                claim.features.push(Feature::Class(predicate.class));
                claim.phrase = Some((self.stem(first), predicate.class));
            }
        }
    }

    /// A word's stem, that of its verb where it is a noun that names what one does.
    fn stem(&self, lower: &str) -> String {
        let verb = self.analysis.lang.predicates.verb(&fold(lower));
        fold(&self.stemmer.stem(verb.unwrap_or(lower)))
    }

    /// What the tree tells of a claim: negation, direction, what it lists, its head.
    /// Whether a word is of a day or an hour; of a length of time it is not.
    fn is_of_date(&self, at: Span) -> bool {
        let timexes = &self.analysis.timexes;
        let next = timexes.partition_point(|t| t.span.end <= at.start);
        timexes.get(next).is_some_and(|t| {
            t.span.overlaps(at) && matches!(t.kind, TimexKind::Date | TimexKind::Time)
        })
    }

    /// A word as [`Claim::features`] has it: the entity that it names, else its stem.
    fn feature_of(&self, word: &Word, stem: String) -> Feature {
        let named = entity_at(self.analysis, word.span(&self.analysis.tokens));
        named.map_or(Feature::Stem(stem), |entity| Feature::Entity(entity.to_owned()))
    }

    fn read_tree(&self, claim: &mut Claim) {
        let (text, analysis, pack) = (&self.article.text, self.analysis, self.analysis.lang);
        let span = claim.at.span;
        let within = self.words_in(span);
        let (first, last) = (within.start as usize, within.end as usize);
        let stem = |w: &Word| self.stem(&w.form(text, &analysis.tokens).to_lowercase());
        // Negations of one clause agree, they do not cancel; only a denial turns them round.
        let (mut denied, mut negated) = (false, false);
        for (at, word) in analysis.words.iter().enumerate().take(last).skip(first) {
            let lower = word.form(text, &analysis.tokens).to_lowercase();
            let head = word.head.and_then(|h| analysis.words.get(h as usize));
            let inside = word.head.is_some_and(|h| (first..last).contains(&(h as usize)));
            // "Three, not two" says no less than "three".
            let aside = head.is_some_and(|h| {
                matches!(h.upos, Upos::Num | Upos::Propn | Upos::Adv)
                    || h.upos == Upos::Noun
                        && word.deprel.universal() == "advmod"
                        && !matches!(h.deprel.universal(), "root" | "ccomp" | "conj")
                        && !word.head.is_some_and(|h| self.is_predicate(h))
            });
            // "no", "neither", "nobody": pronouns and determiners that deny.
            let none = word.feats.is("PronType", "Neg")
                || matches!(word.upos, Upos::Pron | Upos::Det)
                    && pack.speech.is("nobody", &lower)
                    && !word.feats.is("Number", "Plur");
            let denies = none || pack.speech.is("denial", &lower);
            claim.corrects |= aside && (denies || word.feats.is("Polarity", "Neg"));
            denied |= denies && !aside;
            let negative_word = denies && !aside || word.feats.is("Polarity", "Neg");
            claim.unsure |= negative_word && !is_of_main_clause(&analysis.words, at, first..last);
            if !inside && claim.head.is_none() && is_open(word.upos) {
                claim.head = Some(stem(word));
                let together = claim.phrase.as_ref().filter(|p| Some(&p.0) == claim.head.as_ref());
                let own = || pack.predicates.of(&fold(&lower)).map(|p| p.class);
                claim.head_class = together.map(|p| p.1).or_else(own);
            }
            let number = word.upos == Upos::Num || word.feats.is("NumType", "Ord");
            if number && !self.is_of_date(word.span(&analysis.tokens)) {
                claim.numerals.push(lower.clone());
            }
            let root = head
                .is_some_and(|h| !h.head.is_some_and(|h| (first..last).contains(&(h as usize))));
            claim.is_clause |= !inside
                && (matches!(word.upos, Upos::Verb | Upos::Aux) || self.has_subject(at as u32));
            if inside && root {
                self.read_role(claim, at as u32, stem(word));
            }
            let joined = inside && word.deprel.universal() == "conj" && word.upos == Upos::Noun;
            if let Some(head) = head.filter(|h| joined && h.upos == Upos::Noun) {
                claim.listed.push((stem(head), stem(word)));
            }
            // "ne ... que": the second word shuts out only after the first.
            let of_noun = head.is_some_and(|h| h.upos != Upos::Verb && h.upos != Upos::Aux);
            let negative = negated
                && match word.deprel.universal() {
                    "advmod" | "case" => true,
                    "mark" => of_noun,
                    _ => false,
                };
            negated |= word.feats.is("Polarity", "Neg");
            match pack.predicates.of(&fold(&lower)) {
                Some(p) if p.class == UPDATE => claim.update = true,
                Some(p) if p.class == CONTRARY => claim.contrary = true,
                Some(p) if p.class == DIRECTION && matches!(word.upos, Upos::Noun | Upos::Adv) => {
                    claim.directions.extend(points(p.stage));
                }
                // A word that is "only" beside a negation alone is one that has Polarity=Neg.
                // "The only known site" says nothing of what else there is.
                Some(p) if p.class == ONLY => {
                    claim.only |= p.stage == 0 && word.upos == Upos::Adv || negative;
                }
                _ => {}
            }
        }
        claim.directions.sort_unstable();
        claim.directions.dedup();
        claim.negated ^= denied;
    }

    /// Keeps a word that hangs on a claim's head, where it tells who does it or to whom it is done.
    fn read_role(&self, claim: &mut Claim, at: u32, stem: String) {
        let analysis = self.analysis;
        let word = &analysis.words[at as usize];
        let passive =
            word.head.is_some_and(|h| self.below(h).any(|i| self.relation(i).ends_with(":pass")));
        let case = |i: &u32| self.relation(*i) == "case";
        let by = || {
            self.below(at).filter(case).any(|i| {
                let form = analysis.words[i as usize].form(&self.article.text, &analysis.tokens);
                analysis.lang.speech.is("agent", &form.to_lowercase())
            })
        };
        let slot = match word.deprel.universal() {
            "nsubj" if passive => &mut claim.patient,
            "nsubj" => &mut claim.agent,
            "obj" => &mut claim.patient,
            "obl" if passive && by() => &mut claim.agent,
            _ => return,
        };
        if slot.is_none() {
            *slot = Some(self.name_below(at).unwrap_or_else(|| self.feature_of(word, stem)));
        }
    }

    /// The name that a common noun only introduces: "the company Corvane".
    fn name_below(&self, at: u32) -> Option<Feature> {
        let analysis = self.analysis;
        let word = |i: u32| &analysis.words[i as usize];
        let common = word(at).upos == Upos::Noun;
        let bare = |i: &u32| !self.below(*i).any(|j| self.relation(j) == "case");
        let names = |i: &u32| {
            let joined =
                matches!(word(*i).deprel.universal(), "appos" | "flat" | "nmod" | "compound");
            joined && word(*i).upos == Upos::Propn && bare(i)
        };
        let name = self.below(at).filter(|_| common).find(names)?;
        let form = word(name).form(&self.article.text, &analysis.tokens).to_lowercase();
        Some(self.feature_of(word(name), self.stem(&form)))
    }

    fn relation(&self, word: u32) -> &'static str {
        self.analysis.words[word as usize].deprel.name()
    }

    /// Whether something is said of another thing by a word that is no verb: it has a subject, a copula.
    fn has_subject(&self, word: u32) -> bool {
        let of = |i: u32| self.analysis.words[i as usize].deprel.universal();
        self.below(word).any(|i| matches!(of(i), "cop" | "aux" | "nsubj"))
    }

    /// Whether a noun is what something is said to be: "is not the father".
    fn is_predicate(&self, word: u32) -> bool {
        self.below(word).any(|i| self.analysis.words[i as usize].deprel.universal() == "cop")
    }

    fn entity_at(&self, span: Span) -> Option<(Span, &'a str)> {
        let mentions = &self.analysis.mentions;
        let near = mentions.partition_point(|m| m.span.start <= span.start);
        let holds =
            |m: &&crate::analyse::Mention| m.kind != MentionKind::Nominal && m.span.overlaps(span);
        let found = mentions[near.saturating_sub(3)..near].iter().find(holds)?;
        Some((found.span, found.entity.as_deref()?))
    }
}

/// Whether a word stands in the main clause of the words `within`, and in none that hangs on it:
/// what is denied there is not what the whole says.
fn is_of_main_clause(words: &[Word], mut at: usize, within: std::ops::Range<usize>) -> bool {
    /// No clause is deeper; a stretch without end is no clause.
    const DEEP: usize = 64;
    for _ in within.clone().take(DEEP) {
        let word = &words[at];
        let Some(head) = word.head.map(|h| h as usize).filter(|h| within.contains(h)) else {
            return true;
        };
        if matches!(
            word.deprel.universal(),
            "acl" | "advcl" | "ccomp" | "csubj" | "conj" | "parataxis"
        ) {
            return false;
        }
        at = head;
    }
    false
}

/// `-07-01`.
fn is_day(value: &str) -> bool {
    let digit = |(i, b): (usize, &u8)| if i % 3 == 0 { *b == b'-' } else { b.is_ascii_digit() };
    value.len() == 6 && value.as_bytes().iter().enumerate().all(digit)
}

/// `2009`.
fn is_year(value: &str) -> bool {
    value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit())
}

/// Of each sentence, the statements that have words in it, in order.
fn told_in(analysis: &Analysis) -> Vec<Vec<u32>> {
    let sentences = &analysis.sentences;
    let mut out: Vec<Vec<u32>> = vec![Vec::new(); sentences.len()];
    for (i, statement) in analysis.statements.iter().enumerate() {
        let words = statement.content.iter().copied().chain(statement.cue).chain(statement.source);
        for span in words {
            let from = sentences.partition_point(|s| s.span.end <= span.start);
            let to = sentences.partition_point(|s| s.span.start < span.end);
            for own in &mut out[from..to.max(from)] {
                if own.last() != Some(&(i as u32)) {
                    own.push(i as u32);
                }
            }
        }
    }
    out
}

/// The indices of what lies in a span, of a list in order of its starts.
fn inside<T>(list: &[T], span: Span, of: impl Fn(&T) -> Span) -> impl Iterator<Item = usize> {
    let from = list.partition_point(|x| of(x).start < span.start);
    let to = list.partition_point(|x| of(x).start < span.end);
    (from..to.max(from)).filter(move |i| span.contains(of(&list[*i])))
}

/// The tokens of conjunctions that join a clause with a subject of its own to the one before, in
/// order.
fn joined_clauses(analysis: &Analysis) -> Vec<u32> {
    let mut subject = vec![false; analysis.words.len()];
    let mut conjunction: Vec<Option<u32>> = vec![None; analysis.words.len()];
    for word in &analysis.words {
        let Some(head) = word.head.map(|h| h as usize).filter(|h| *h < subject.len()) else {
            continue;
        };
        match word.deprel.universal() {
            "nsubj" => subject[head] = true,
            "cc" => conjunction[head] = conjunction[head].or(Some(word.token)),
            _ => {}
        }
    }
    let joined = |(i, w): (usize, &Word)| {
        (w.deprel.universal() == "conj" && subject[i]).then(|| conjunction[i]).flatten()
    };
    let mut out: Vec<u32> = analysis.words.iter().enumerate().filter_map(joined).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// For each statement (in order of content), whether another's content holds it whole.
fn retold(statements: &[Statement]) -> Vec<bool> {
    // The widest content seen so far decides: contents start in order.
    let mut widest = Span::default();
    let mut out = Vec::with_capacity(statements.len());
    for statement in statements {
        let own = statement.span();
        out.push(widest.contains(own) && widest.len() > own.len());
        for piece in &statement.content {
            if piece.end > widest.end {
                widest = *piece;
            }
        }
    }
    out
}

/// The points of the compass, 1 to 8 from north by east; between two points, both: what is north
/// and what is north-east may be one.
fn points(point: u8) -> Vec<u8> {
    if point.is_multiple_of(2) { vec![point - 1, point % 8 + 1] } else { vec![point] }
}

/// Whether a class of the predicates tells how, when or where, and nothing that happens.
fn is_manner(class: &str) -> bool {
    matches!(class, UPDATE | DIRECTION | ONLY | CONTRARY) || class.starts_with(COUNT)
}

fn is_open(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn)
}

/// Words that carry matter: not the small words, not the auxiliaries.
fn is_content(lower: &str, tags: Tags, pack: &Pack) -> bool {
    let small =
        Tags::DETERMINER | Tags::ADPOSITION | Tags::PRONOUN | Tags::CONJUNCTION | Tags::AUXILIARY;
    let function = tags.any(small) && !tags.any(Tags::NOUN) || tags.only(small | Tags::ADVERB);
    let named = lower.starts_with(|c: char| !c.is_ascii_digit());
    lower.chars().count() > 2 && named && !function && !pack.names.determiners.contains(lower)
}

/// Lower-case letters without accents.
pub(crate) fn fold(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// What `taken` (sorted) leaves of `whole`.
fn gaps(whole: Span, taken: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = whole.start;
    for span in taken.iter().filter(|s| s.overlaps(whole)) {
        if span.start > at {
            out.push(Span { start: at, end: span.start });
        }
        at = at.max(span.end);
    }
    if at < whole.end {
        out.push(Span { start: at, end: whole.end });
    }
    out
}

fn trim(text: &str, span: Span) -> Span {
    const MARKS: &[char] = &[
        '«', '»', '“', '”', '"', ',', ';', ':', '.', '–', '—', ' ', '\u{A0}', '\u{202F}', '\n',
        '\r', '\t', '|',
    ];
    let words = span.of(text);
    let from = words.len() - words.trim_start_matches(MARKS).len();
    let body = words[from..].trim_end_matches(MARKS);
    let start = span.start as usize + from;
    Span::new(start, start + body.len())
}

/// How much each feature tells: the rarer among the story's claims, the more.
pub(crate) struct Weights {
    /// By the feature's number.
    of: Vec<f64>,
    /// Whether it is a class: it says again what a word says, and brings nothing together alone.
    is_class: Vec<bool>,
    /// Whether it is a name.
    is_name: Vec<bool>,
    /// Of days, years and numbers.
    points: FxHashMap<String, f64>,
}

/// What two claims share.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Shared {
    /// The weight of their features.
    pub mass: f64,
    /// How many features other than classes.
    pub common: usize,
    pub classes: usize,
    pub names: usize,
    /// The weight of the days, years and numbers.
    pub points: f64,
}

impl Weights {
    /// Weighs the features of a story's claims, and numbers them in the claims.
    pub fn new(claims: &mut [Claim]) -> Weights {
        let mut numbers: FxHashMap<Feature, u32> = FxHashMap::default();
        let mut counts: Vec<(usize, bool)> = Vec::new();
        for claim in claims.iter_mut() {
            for feature in &claim.features {
                let id = *numbers.entry(feature.clone()).or_insert(counts.len() as u32);
                if id as usize == counts.len() {
                    counts.push((0, matches!(feature, Feature::Class(_))));
                }
                counts[id as usize].0 += 1;
                claim.ids.push(id);
            }
            claim.ids.sort_unstable();
        }
        let all = claims.len() as f64;
        let weigh = |(count, class): &(usize, bool)| {
            let rare = ((all + 1.0) / *count as f64).ln().max(0.3);
            if *class { 1.3 * rare } else { rare }
        };
        let of: Vec<f64> = counts.iter().map(weigh).collect();
        for claim in claims.iter_mut() {
            claim.mass = claim.ids.iter().map(|id| of[*id as usize]).sum();
        }
        let is_class = counts.iter().map(|(_, class)| *class).collect();
        let mut is_name = vec![false; of.len()];
        for (feature, id) in &numbers {
            is_name[*id as usize] = matches!(feature, Feature::Entity(_));
        }
        let mut points: FxHashMap<String, f64> = FxHashMap::default();
        for point in claims.iter().flat_map(|c| &c.points) {
            *points.entry(point.clone()).or_default() += 1.0;
        }
        points.values_mut().for_each(|n| *n = ((all + 1.0) / *n).ln().max(0.3));
        Weights { of, is_class, is_name, points }
    }

    /// What two claims share.
    pub fn in_common(&self, a: &Claim, b: &Claim) -> Shared {
        let mut out = Shared::default();
        for id in a.ids.iter().filter(|id| b.ids.binary_search(id).is_ok()) {
            let id = *id as usize;
            out.mass += self.of[id];
            out.common += usize::from(!self.is_class[id]);
            out.classes += usize::from(self.is_class[id]);
            out.names += usize::from(self.is_name[id]);
        }
        let both = a.points.iter().filter(|p| b.points.binary_search(p).is_ok());
        out.points = both.filter_map(|p| self.points.get(p)).sum();
        out
    }

    /// Whether a claim names anybody or anything.
    pub fn has_name(&self, claim: &Claim) -> bool {
        claim.ids.iter().any(|id| self.is_name[*id as usize])
    }

    /// How many features other than classes two claims share.
    pub fn common(&self, a: &Claim, b: &Claim) -> usize {
        let both = a.ids.iter().filter(|id| b.ids.binary_search(id).is_ok());
        both.filter(|id| !self.is_class[**id as usize]).count()
    }

    /// The weight of the features that two claims share.
    pub fn shared(&self, a: &Claim, b: &Claim) -> f64 {
        let both = a.ids.iter().filter(|id| b.ids.binary_search(id).is_ok());
        both.map(|id| self.of[*id as usize]).sum()
    }

    /// How alike two claims are, 0 to 1: the weight of what they share over that of both (Dice),
    /// averaged with its share of the lighter one, so that a clause and the longer clause that
    /// holds it are alike.
    pub fn likeness(&self, a: &Claim, b: &Claim) -> f64 {
        let (mut i, mut j, mut shared, mut count) = (0, 0, 0.0, 0);
        while let (Some(x), Some(y)) = (a.ids.get(i), b.ids.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += self.of[*x as usize];
                    count += usize::from(!self.is_class[*x as usize]);
                    i += 1;
                    j += 1;
                }
            }
        }
        if count < 2 || a.mass == 0.0 || b.mass == 0.0 {
            return 0.0;
        }
        let dice = 2.0 * shared / (a.mass + b.mass);
        let held = shared / a.mass.min(b.mass);
        if a.ids.len().min(b.ids.len()) < 4 { dice } else { 0.5 * (dice + held) }
    }
}

/// Whether a word is of those that a predicate is not whole without.
fn is_core(word: &Word) -> bool {
    matches!(word.deprel.universal(), "nsubj" | "csubj" | "obj" | "aux" | "cop" | "xcomp" | "expl")
}
