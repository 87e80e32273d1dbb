//! Who holds what, when, and who says so: places, offices, companies.
//!
//! A verb tells it, with its subject and its objects (the packs' `states.txt`), where the text says that it is
//! so: what is foreseen, wished, doubted or denied in the outlet's own voice tells nothing, nor
//! does a pronoun. What is told alike is one [`State`]; two origins make it confirmed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::claim::fold;
use super::judge::Bench;
use super::{Finding, Support};
use crate::analyse::{Analysis, Interval, Mention, MentionKind, word::Word};
use crate::article::Span;
use crate::lang::state::{Change, Part, StateKind, StateRule};
use crate::reuse::Locus;
use crate::ud::Upos;

/// How sure it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Two or more independent origins say so, and nobody denies it.
    Confirmed,
    /// One origin says so.
    Claimed,
    /// Only the outlets do.
    Unattributed,
    /// One says so and another denies it.
    Disputed,
    /// It is only denied.
    Denied,
}

impl Standing {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Confirmed => "confirmed",
            Standing::Claimed => "claimed",
            Standing::Unattributed => "unattributed",
            Standing::Disputed => "disputed",
            Standing::Denied => "denied",
        }
    }
}

/// Somebody or something as an article names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Its words.
    pub words: Locus,
    /// The entity, where they name one.
    pub entity: Option<String>,
    /// What makes it the same elsewhere: the entity, else its stems.
    key: BTreeSet<String>,
}

impl Named {
    /// Whether both name the same: "the rebels", "rebels".
    pub fn is(&self, other: &Named) -> bool {
        self.key == other.key
    }
}

/// That somebody holds something, has come to hold it, or holds it no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// Index of its story.
    pub story: u32,
    /// What is held.
    pub kind: StateKind,
    /// What becomes of it.
    pub change: Change,
    /// What: a place, an office, a company.
    pub what: Named,
    /// Who.
    pub who: Named,
    /// When, as far as the words tell; without a day of its own, by when it was reported.
    pub time: Interval,
    /// How sure it is.
    pub standing: Standing,
    /// The independent origins that say so.
    pub origins: Vec<String>,
    /// Who denies it.
    pub deniers: Vec<String>,
    /// Where it is told, in reading order.
    pub supports: Vec<Support>,
}

/// Who holds something on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holder<'a> {
    /// Nothing tells it.
    Unknown,
    /// This one does.
    One(&'a State),
    /// Several are said to.
    Contested(Vec<&'a State>),
}

/// The states that a story's claims tell: thing by thing, in order of time.
pub(crate) fn states(bench: &Bench) -> Vec<State> {
    let mut places: BTreeMap<&str, &str> = BTreeMap::new();
    for article in bench.own.keys() {
        let analysis = &bench.analyses[*article as usize];
        let text = bench.articles[*article as usize].text.as_str();
        let is_place =
            |m: &&Mention| m.kind == MentionKind::Loc || is_called_place(analysis, text, m);
        let ids = analysis.mentions.iter().filter(is_place).filter_map(|m| m.entity.as_deref());
        places.extend(ids.map(|id| (bare(id), id)));
    }
    let mut told: Vec<Told> = Vec::new();
    for article in bench.own.keys() {
        told.extend(Reader::new(bench, *article, &places).told());
    }
    let mut groups: Vec<Vec<Told>> = Vec::new();
    for one in told {
        match groups.iter_mut().find(|g| g.iter().any(|o| one.is_as(o))) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let mut out: Vec<State> = groups.iter().filter_map(|g| state(bench, g)).collect();
    let first = |s: &State| s.supports.first().map(|p| p.place);
    out.sort_by_cached_key(|s| {
        (s.kind, s.what.key.clone(), s.time.latest.or(s.time.earliest), first(s))
    });
    out
}

/// An entity's identifier without its type.
fn bare(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, name)| name)
}

/// Whether the words call it a place: "the town of Anvar".
fn is_called_place(analysis: &Analysis, text: &str, mention: &Mention) -> bool {
    let token = analysis.tokens.partition_point(|t| t.span.end <= mention.span.start) as u32;
    let at = analysis.words.partition_point(|w| w.token < token);
    let head =
        analysis.words.get(at).filter(|w| w.deprel.universal() == "nmod").and_then(|w| w.head);
    let head = head.and_then(|h| analysis.words.get(h as usize));
    let called = |w: &Word| w.form(text, &analysis.tokens).to_lowercase();
    head.is_some_and(|h| analysis.lang.states.is("place", &called(h)))
}

/// Who holds the place of this entity at the end of a day, by the `states` in order: whoever came to hold it
/// last. Two that were reported by the same day contest it. What is denied or disputed
/// tells nothing.
pub fn holder<'a>(states: &'a [State], entity: &str, day: Date) -> Holder<'a> {
    let by = |s: &State| s.time.latest.or(s.time.earliest).filter(|d| *d <= day);
    let told = |s: &&State| {
        s.what.entity.as_deref() == Some(entity)
            && matches!(
                s.standing,
                Standing::Confirmed | Standing::Claimed | Standing::Unattributed
            )
            && by(s).is_some()
    };
    let mut last: Vec<&State> = Vec::new();
    for state in states.iter().filter(told) {
        if state.change == Change::Leaves {
            last.retain(|s| s.who.key != state.who.key);
            continue;
        }
        if last.iter().any(|s| by(s) < by(state)) {
            last.clear();
        }
        if !last.iter().any(|s| s.who.key == state.who.key) {
            last.push(state);
        }
    }
    match last.as_slice() {
        [] => Holder::Unknown,
        [one] => Holder::One(one),
        _ => Holder::Contested(last),
    }
}

/// One clause that tells a state.
struct Told {
    kind: StateKind,
    change: Change,
    what: Named,
    who: Named,
    /// Index of the claim that it stands in.
    claim: usize,
    time: Interval,
    denied: bool,
}

impl Told {
    /// Whether two clauses tell the same.
    fn is_as(&self, other: &Told) -> bool {
        let one = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.is_subset(b) || b.is_subset(a);
        let before = |a: Option<Date>, b: Option<Date>| a.zip(b).is_none_or(|(a, b)| a <= b);
        self.kind == other.kind
            && self.change == other.change
            && one(&self.what.key, &other.what.key)
            && one(&self.who.key, &other.who.key)
            && before(self.time.earliest, other.time.latest)
            && before(other.time.earliest, self.time.latest)
    }
}

fn state(bench: &Bench, group: &[Told]) -> Option<State> {
    let of = |denied: bool| -> Vec<usize> {
        let mut claims: Vec<usize> =
            group.iter().filter(|t| t.denied == denied).map(|t| t.claim).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    };
    let finding = |claims: Vec<usize>| -> Option<Finding> {
        (!claims.is_empty()).then(|| bench.finding(vec![claims], None))
    };
    let (said, denied) = (finding(of(false)), finding(of(true)));
    let origins = said.as_ref().map_or(Vec::new(), |f| f.origins.clone());
    let deniers = denied.as_ref().map_or(Vec::new(), |f| f.origins.clone());
    let standing = match (&said, &denied, origins.len()) {
        (None, _, _) => Standing::Denied,
        (Some(_), Some(_), _) => Standing::Disputed,
        (Some(_), None, 0) => Standing::Unattributed,
        (Some(_), None, 1) => Standing::Claimed,
        _ => Standing::Confirmed,
    };
    let mut supports: Vec<Support> =
        said.into_iter().chain(denied).flat_map(|f| f.values).flat_map(|v| v.supports).collect();
    supports.sort_by_key(|s| s.place);
    // The fullest name tells best.
    let fullest = |of: fn(&Told) -> &Named| {
        let named = group.iter().map(of);
        named.max_by_key(|n| (n.key.len(), std::cmp::Reverse(n.words))).cloned()
    };
    let days = |t: &Told| t.time.earliest.zip(t.time.latest).map(|(a, b)| (b - a).get_days());
    let narrowest = group.iter().min_by_key(|t| (days(t).unwrap_or(i32::MAX), t.time.latest))?;
    Some(State {
        story: bench.story,
        kind: narrowest.kind,
        change: narrowest.change,
        what: fullest(|t| &t.what)?,
        who: fullest(|t| &t.who)?,
        time: narrowest.time,
        standing,
        origins,
        deniers,
        supports,
    })
}

/// One article, read for who holds what.
struct Reader<'a> {
    bench: &'a Bench<'a>,
    article: u32,
    text: &'a str,
    analysis: &'a Analysis,
    /// The story's places, by identifier without its type.
    places: &'a BTreeMap<&'a str, &'a str>,
}

/// The parts of a verb's frame: of each the word that heads it.
struct Frame {
    subject: Option<usize>,
    object: Option<usize>,
    complement: Option<usize>,
    /// With the preposition that introduces each.
    after: Vec<(String, usize)>,
}

impl<'a> Reader<'a> {
    fn new(
        bench: &'a Bench<'a>,
        article: u32,
        places: &'a BTreeMap<&'a str, &'a str>,
    ) -> Reader<'a> {
        let (text, analysis) =
            (bench.articles[article as usize].text.as_str(), &bench.analyses[article as usize]);
        Reader { bench, article, text, analysis, places }
    }

    fn told(&self) -> Vec<Told> {
        let mut out = Vec::new();
        for sentence in self.analysis.sentences.iter().filter(|s| s.block.is_prose()) {
            if sentence.span.of(self.text).trim_end().ends_with('?') {
                continue;
            }
            let words = sentence.words.start as usize..sentence.words.end as usize;
            for verb in words.clone().filter(|i| self.word(*i).upos == Upos::Verb) {
                let lemma = self.lemma(verb);
                let rules = self.analysis.lang.states.of(&lemma);
                if !rules.is_empty() && self.is_fact(verb, &words) {
                    let frame = self.frame(verb, &words);
                    out.extend(rules.iter().filter_map(|r| self.read(r, verb, &frame, &words)));
                }
            }
        }
        out
    }

    fn word(&self, i: usize) -> &'a Word {
        &self.analysis.words[i]
    }

    fn form(&self, i: usize) -> String {
        self.word(i).form(self.text, &self.analysis.tokens).to_lowercase()
    }

    fn lemma(&self, i: usize) -> String {
        self.word(i).lemma(&self.form(i), self.analysis.lang).into_owned()
    }

    fn span(&self, i: usize) -> Span {
        self.word(i).span(&self.analysis.tokens)
    }

    /// The words that hang on one.
    fn below(&self, head: usize, words: &Range<usize>) -> impl Iterator<Item = usize> {
        let all = words.clone();
        all.filter(move |i| self.word(*i).head == Some(head as u32))
    }

    fn relation(&self, i: usize) -> &'static str {
        self.word(i).deprel.universal()
    }

    fn is(&self, set: &str, i: usize) -> bool {
        let rules = &self.analysis.lang.states;
        rules.is(set, &self.form(i)) || rules.is(set, &self.lemma(i))
    }

    /// Whether the words say that it is or was so: a past or present tense, no modal, no
    /// negation, no condition.
    fn is_fact(&self, verb: usize, words: &Range<usize>) -> bool {
        let feats = |i: usize| self.word(i).feats;
        let open = |i: usize| {
            feats(i).is("Mood", "Cnd")
                || feats(i).is("Mood", "Imp")
                || feats(i).is("Mood", "Sub")
                || feats(i).is("Tense", "Fut")
        };
        let below: Vec<usize> = self.below(verb, words).collect();
        let joined = self.relation(verb) == "conj";
        let head = self.word(verb).head.map(|h| h as usize).filter(|h| words.contains(h));
        let lent = |of: usize| self.below(of, words).filter(|i| self.relation(*i) == "aux");
        let mut auxiliaries: Vec<usize> =
            below.iter().copied().filter(|i| self.relation(*i) == "aux").collect();
        if let (true, true, Some(head)) = (joined, auxiliaries.is_empty(), head) {
            auxiliaries.extend(lent(head));
        }
        let form = feats(verb).get("VerbForm");
        let past = form == Some("Part") && !feats(verb).is("Tense", "Pres");
        let finite = form == Some("Fin");
        // A participle that describes: "the port, retaken by the army".
        let describes = past && matches!(self.relation(verb), "acl");
        let negated = below.iter().any(|i| {
            feats(*i).is("Polarity", "Neg")
                || matches!(self.word(*i).upos, Upos::Adv | Upos::Part)
                    && self.analysis.lang.speech.is("denial", &self.form(*i))
        });
        let doubtful = below.iter().any(|i| self.relation(*i) == "mark" && self.is("unless", *i));
        let planned = head.is_some_and(|h| {
            let class = self.analysis.lang.predicates.of(&fold(&self.form(h))).map(|p| p.class);
            matches!(self.relation(verb), "xcomp" | "ccomp") && class == Some("plan")
        });
        let told = if auxiliaries.is_empty() { finite || describes } else { past || finite };
        told && !open(verb)
            && !negated
            && !doubtful
            && !planned
            && auxiliaries.iter().all(|i| self.is("auxiliary", *i) && !open(*i))
    }

    fn frame(&self, verb: usize, words: &Range<usize>) -> Frame {
        let mut frame = Frame { subject: None, object: None, complement: None, after: Vec::new() };
        let mut passive = false;
        // "Ils se sont emparés": nobody does it to them.
        let own = |i: usize| self.relation(i) == "expl" || self.word(i).feats.is("Reflex", "Yes");
        let reflexive = self.below(verb, words).any(own);
        let describes = self.relation(verb) == "acl";
        for i in self.below(verb, words) {
            match self.word(i).deprel.name() {
                "nsubj:pass" if !reflexive => {
                    passive = true;
                    frame.object = frame.object.or(Some(i));
                }
                "nsubj" | "nsubj:pass" => frame.subject = frame.subject.or(Some(i)),
                "obj" => frame.object = frame.object.or(Some(i)),
                "xcomp" => frame.complement = frame.complement.or(Some(i)),
                _ if matches!(self.relation(i), "obl" | "iobj" | "nmod" | "advcl") => {
                    let case = self.below(i, words).find(|c| {
                        matches!(self.relation(*c), "case" | "mark")
                            && self.word(*c).upos != Upos::Punct
                    });
                    let word = case.map(|c| self.form(c)).unwrap_or_default();
                    if self.analysis.lang.states.is("as", &word) {
                        frame.complement = frame.complement.or(Some(i));
                    }
                    frame.after.push((word, i));
                }
                _ => {}
            }
        }
        if describes {
            passive = true;
            frame.object = self.word(verb).head.map(|h| h as usize).filter(|h| words.contains(h));
        }
        if passive {
            // "was named chief": parsers take the chief for an object.
            let agent = |(word, _): &&(String, usize)| self.analysis.lang.states.is("agent", word);
            frame.subject = frame.after.iter().find(agent).map(|(_, i)| *i);
        } else if self.relation(verb) == "conj" && frame.subject.is_none() {
            let head = self.word(verb).head.map(|h| h as usize).filter(|h| words.contains(h));
            let own = |h| self.below(h, words).find(|i| self.word(*i).deprel.name() == "nsubj");
            frame.subject = head.and_then(own);
        }
        frame
    }

    fn read(
        &self,
        rule: &StateRule,
        verb: usize,
        frame: &Frame,
        words: &Range<usize>,
    ) -> Option<Told> {
        let who = self.part(rule.who, frame, words)?;
        let what = self.part(rule.what, frame, words).or_else(|| {
            // "Ada Rell, head of the museum, resigned": what stands beside the name.
            let beside = self.below(who, words).find(|i| self.relation(*i) == "appos");
            (rule.kind == StateKind::Office && rule.change == Change::Leaves)
                .then_some(beside)
                .flatten()
        })?;
        let (who, what) = match rule.kind {
            StateKind::Place => (self.holder(who, words)?, self.place(what, words)?),
            StateKind::Company => {
                let company = |k| matches!(k, MentionKind::Org | MentionKind::Misc);
                (self.holder(who, words)?, self.named(what, words, company)?)
            }
            StateKind::Office => {
                (self.named(who, words, |k| k == MentionKind::Per)?, self.office(what, words)?)
            }
        };
        if who.key == what.key {
            return None;
        }
        let span = self.span(verb);
        let (claim, own) =
            self.bench.claims_of(self.article).find(|(_, c)| c.at.span.overlaps(span))?;
        let denied = own.support.denied;
        if own.hypothetical || own.contested || own.future && !denied || own.negated && !denied {
            return None;
        }
        let latest = self.analysis.published.interval.latest.or(self.analysis.published.date);
        let reported = Interval { earliest: None, latest };
        let time = if own.time == Interval::default() { reported } else { own.time };
        Some(Told { kind: rule.kind, change: rule.change, what, who, claim, time, denied })
    }

    /// The word that heads a part of the frame.
    fn part(&self, part: Part, frame: &Frame, words: &Range<usize>) -> Option<usize> {
        match part {
            Part::Subject => frame.subject,
            Part::Object => frame.object,
            Part::As => frame.complement,
            Part::After { word, through } => {
                let found = frame.after.iter().find(|(w, _)| w == word).map(|(_, i)| *i)?;
                if !through {
                    return Some(found);
                }
                let stands = self.is("through", found);
                stands.then(|| self.below(found, words).find(|i| self.relation(*i) == "nmod"))?
            }
        }
    }

    /// A place: what is not seen to be one here may be told to be one elsewhere in the story.
    fn place(&self, head: usize, words: &Range<usize>) -> Option<Named> {
        let open = |k| matches!(k, MentionKind::Loc | MentionKind::Misc | MentionKind::Org);
        let found = self.named(head, words, open)?;
        let entity = self.places.get(bare(found.entity.as_deref()?))?;
        Some(Named { entity: Some((*entity).to_owned()), ..found })
    }

    /// The mention of a fitting kind that a word heads, or that the noun it stands for names.
    fn named(
        &self,
        head: usize,
        words: &Range<usize>,
        fits: impl Fn(MentionKind) -> bool + Copy,
    ) -> Option<Named> {
        if let Some(named) = self.mention(head, fits) {
            return Some(named);
        }
        let beside = |i: &usize| match self.relation(*i) {
            "appos" | "flat" => true,
            "nmod" | "compound" => self.is("through", head),
            _ => false,
        };
        self.below(head, words).filter(beside).find_map(|i| {
            // "the control of the town of Anvar".
            self.mention(i, fits).or_else(|| {
                let further = self.is("through", i).then(|| self.below(i, words));
                further?
                    .filter(|j| matches!(self.relation(*j), "nmod" | "appos" | "flat" | "compound"))
                    .find_map(|j| self.mention(j, fits))
            })
        })
    }

    fn mention(&self, head: usize, fits: impl Fn(MentionKind) -> bool) -> Option<Named> {
        let span = self.span(head);
        let holds =
            |m: &&Mention| m.kind != MentionKind::Nominal && m.span.contains(span) && fits(m.kind);
        let found = self.analysis.mentions.iter().find(holds)?;
        let words = Locus { article: self.article, span: found.span };
        let entity = found.entity.clone();
        let name = entity.as_deref().map(|id| bare(id).to_owned());
        let name = name.unwrap_or_else(|| fold(found.span.of(self.text)));
        Some(Named { words, entity, key: BTreeSet::from([name]) })
    }

    /// Who does something: a name, or a noun with what hangs on it; a pronoun tells nobody.
    fn holder(&self, head: usize, words: &Range<usize>) -> Option<Named> {
        let any = |kind: MentionKind| kind != MentionKind::Nominal;
        if let Some(named) = self.mention(head, any) {
            return Some(named);
        }
        (self.word(head).upos == Upos::Noun).then(|| self.phrase(head, words))
    }

    /// An office: a noun of the pack's, with what hangs on it.
    fn office(&self, head: usize, words: &Range<usize>) -> Option<Named> {
        if self.is("office", head) {
            return Some(self.phrase(head, words));
        }
        let stands = self.is("through", head);
        let below = self.below(head, words).filter(|i| stands && self.relation(*i) == "nmod");
        let office = below.into_iter().find(|i| self.is("office", *i))?;
        Some(self.phrase(office, words))
    }

    /// A noun with its adjectives and complements.
    fn phrase(&self, head: usize, words: &Range<usize>) -> Named {
        const DEEP: usize = 12;
        let mut held = vec![head];
        let mut at = 0;
        while at < held.len() && held.len() < DEEP {
            let dated =
                |i: usize| self.analysis.timexes.iter().any(|t| t.span.contains(self.span(i)));
            let own = |i: &usize| {
                !dated(*i)
                    && matches!(
                        self.relation(*i),
                        "det" | "amod" | "nmod" | "flat" | "compound" | "nummod"
                    )
                    || self.relation(*i) == "case" && held[at] != head
            };
            let more: Vec<usize> = self.below(held[at], words).filter(own).collect();
            held.extend(more);
            at += 1;
        }
        let span = held.iter().map(|i| self.span(*i)).reduce(Span::join).unwrap_or_default();
        let tells =
            |i: &&usize| matches!(self.word(**i).upos, Upos::Noun | Upos::Propn | Upos::Adj);
        let key = held.iter().filter(tells).map(|i| fold(&self.lemma(*i))).collect();
        Named { words: Locus { article: self.article, span }, entity: None, key }
    }
}

/// The things that states are of, each with its states in order.
pub fn by_thing(states: &[State]) -> Vec<Vec<&State>> {
    let mut out: Vec<Vec<&State>> = Vec::new();
    let mut known: BTreeMap<(u32, StateKind, &BTreeSet<String>), usize> = BTreeMap::new();
    for state in states {
        let at = *known.entry((state.story, state.kind, &state.what.key)).or_insert_with(|| {
            out.push(Vec::new());
            out.len() - 1
        });
        out[at].push(state);
    }
    out
}
