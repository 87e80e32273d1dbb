//! The words that attribute: reporting verbs and prepositions.

use super::{Scene, silence};
use crate::analyse::{MentionKind, Sentence, SilenceKind, TokenKind};
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;
use crate::lang::speech::{SpeechVerb, Stance};
use crate::ud::Upos;

/// How a cue attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CueKind {
    /// A reporting verb in the active voice.
    Verb(SpeechVerb),
    /// A reporting verb in the passive ("est confirmée par").
    Passive(SpeechVerb),
    /// A participle that hangs on the sentence's subject ("..., ajoutant que").
    Saying(SpeechVerb),
    /// "Et X de poursuivre :".
    Historic(SpeechVerb),
    /// `selon`, `according to`.
    Marker,
    /// A noun of report ("l'annonce par X de", "the claim that").
    Noun,
    /// A line that credits what stands before it ("Extrait d'un communiqué de X").
    CreditLine,
    /// Words that tell that nothing was said ("declined to comment").
    Silence(SilenceKind),
}

/// A cue: its tokens `from..to` and how it attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cue {
    pub from: usize,
    pub to: usize,
    pub kind: CueKind,
}

/// The cues of a sentence outside quotations, in order.
pub(crate) fn cues(scene: &Scene, sentence: &Sentence) -> Vec<Cue> {
    let (first, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
    let mut out = Vec::new();
    if scene.is("credit-line", first) && end - first > 2 {
        out.push(Cue { from: first, to: first + 1, kind: CueKind::CreditLine });
        return out;
    }
    let mut i = first;
    while i < end {
        if scene.quoted[i] {
            i += 1;
            continue;
        }
        let found = silence::cue(scene, i, first, end)
            .or_else(|| marker(scene, i, first, end))
            .or_else(|| verb(scene, i, first, end))
            .or_else(|| noun(scene, i));
        if let Some(cue) = found {
            i = cue.to;
            // "n'a pas souhaité" before "réagir" is part of it.
            let part = |c: &Cue| matches!(cue.kind, CueKind::Silence(_)) && c.to > cue.from;
            while out.last().is_some_and(part) {
                out.pop();
            }
            out.push(cue);
        } else {
            i += 1;
        }
    }
    out
}

fn marker(scene: &Scene, i: usize, first: usize, end: usize) -> Option<Cue> {
    let words = scene.words;
    scene.rules().markers.iter().find_map(|m| {
        let to = i + m.words.len();
        let same = to < end && m.words.iter().enumerate().all(|(k, w)| words.lower(i + k) == *w);
        if !same {
            return None;
        }
        let opens = i == first || words.tokens[i - 1].kind == TokenKind::Punct;
        let sure = m.strong
            || (opens
                && (words.capital(to)
                    || scene.is("subject-pronoun", to)
                    || scene.is("pronoun", to)
                    || named_role(scene, to, end)));
        // "X, pour qui p", "X, selon lequel p": the voice stands before.
        if i > first && scene.is("relative-voice", to) {
            let kind = CueKind::Marker;
            return (words.of(i - 1) == ",").then_some(Cue { from: i, to, kind });
        }
        let source = starts_source(scene, to, end, i, first);
        (sure && source).then_some(Cue { from: i, to, kind: CueKind::Marker })
    })
}

/// Whether what follows a marker can be a voice: not a criterion ("selon la saison"), not a
/// clause ("selon que").
fn starts_source(scene: &Scene, at: usize, end: usize, cue: usize, first: usize) -> bool {
    let words = scene.words;
    if !words.is_word(at) || scene.is("not-source", at) || scene.is("complementizer", at) {
        return false;
    }
    let head = head(scene, at, end);
    if scene.is("not-source", head) {
        return false;
    }
    if varies(scene, head, cue, first, end) {
        return false;
    }
    let voice = words.capital(head)
        || words.rules().actors.contains_key(words.lower(head))
        || scene.is("pronoun", head);
    // An unknown noun is a voice only where the phrase stands apart from its sentence.
    let apart = cue == first
        || words.tokens[cue - 1].kind == TokenKind::Punct
            && !matches!(words.of(cue - 1), "(" | "-");
    let known = words.tags(head).any(Tags::NOUN) || words.tags(head) == Tags::default();
    voice || (apart && known && !words.tags(at).only(Tags::NOUN))
}

/// Whether something varies with what a marker names: "leur contenu diffère selon les facultés", "selon
/// la région, les règles changent", "dans des camps ou chez eux selon les sources".
fn varies(scene: &Scene, head: usize, cue: usize, first: usize, end: usize) -> bool {
    let words = scene.words;
    let listed = |field: &str, i: usize| scene.is_lemma(field, i) || scene.is(field, i);
    let apart = cue == first || words.tokens[cue - 1].kind == TokenKind::Punct;
    let last = head + 1 >= end || words.tokens[head + 1].kind == TokenKind::Punct;
    let bare = head == cue + 2 && words.rules().definite.contains(words.lower(cue + 1));
    if !apart && last && bare && scene.is("varying", head) {
        return true;
    }
    let named = scene.named(head).is_some_and(|m| m.kind != MentionKind::Misc);
    let speaks = words.rules().actors.contains_key(words.lower(head));
    if named || apart && speaks {
        return false;
    }
    let near = if apart { first..end } else { cue.saturating_sub(6).max(first)..cue };
    near.clone()
        .any(|i| !scene.quoted[i] && (listed("varies", i) || !apart && listed("sorts-out", i)))
}

/// The head noun of the phrase that starts at `at`: past determiners, numbers and adjectives.
pub(crate) fn head(scene: &Scene, at: usize, end: usize) -> usize {
    let words = scene.words;
    let mut i = at;
    while i + 1 < end && i < at + 5 && words.is_word(i) {
        let lower = words.lower(i);
        let small =
            words.rules().determiners.contains(lower) || words.tokens[i].kind == TokenKind::Number;
        let adjective = !words.capital(i)
            && words.tags(i).any(Tags::ADJ)
            && !words.rules().actors.contains_key(lower)
            && words.is_word(i + 1)
            && (words.tags(i + 1).any(Tags::NOUN)
                || words.rules().actors.contains_key(words.lower(i + 1)))
            && !words.tags(i + 1).any(Tags::ADPOSITION | Tags::DETERMINER);
        if !small && !adjective {
            break;
        }
        i += 1;
    }
    i
}

fn verb(scene: &Scene, i: usize, first: usize, end: usize) -> Option<Cue> {
    let words = scene.words;
    if !words.is_word(i) {
        return None;
    }
    let tags = words.tags(i);
    // What will be said has not been said.
    if tags.any(Tags::FUTURE) && !tags.any(Tags::NOUN) && !after_mark(scene, i, first) {
        return None;
    }
    if let Some(cue) = phrase(scene, i, first, end) {
        return Some(cue);
    }
    let listed = scene.rules().verbs.get(words.lower(i)).copied();
    let verb = listed
        .or_else(|| after_quotation(scene, i, first, end).then_some(QUOTE_ONLY))
        .or_else(|| before_quotation(scene, i, end).then_some(QUOTE_ONLY))?;
    let nominal = matches!(
        scene.trees.upos(i),
        Upos::Noun | Upos::Propn | Upos::Adp | Upos::Det | Upos::Num | Upos::Pron | Upos::Sconj
    );
    if nominal && !after_mark(scene, i, first) {
        return None;
    }
    if unsaid(scene, i, first, verb.stance) || free_relative(scene, i, first) {
        return None;
    }
    let participle = tags.any(Tags::PAST_PARTICIPLE) || !tags.any(Tags::FINITE);
    let causative = i > first && scene.is("causative-verb", i) && scene.is("causative", i - 1);
    if scene.is("causative-verb", i) {
        let from = i.saturating_sub(1);
        return causative.then(|| Cue {
            from: auxiliary(scene, from, first).map_or(from, |a| a.0),
            to: i + 1,
            kind: CueKind::Verb(verb),
        });
    }
    if verb.gerund && tags.any(Tags::PRESENT_PARTICIPLE) && !tags.any(Tags::FINITE) {
        return None;
    }
    let historic =
        i > first + 1 && tags.any(Tags::INFINITIVE) && scene.is("infinitive-marker", i - 1);
    if historic {
        let opens_quote = (i + 1..end.min(i + 4)).any(|j| words.of(j) == ":" || scene.opens(j));
        return opens_quote.then_some(Cue {
            from: i - 1,
            to: i + 1,
            kind: CueKind::Historic(verb),
        });
    }
    if let Some((aux, passive)) = auxiliary(scene, i, first).filter(|_| participle) {
        let agent = (i + 1..end.min(i + 6)).find(|j| scene.is("agent", *j));
        return match (passive, agent) {
            (true, Some(by)) => Some(Cue { from: aux, to: by + 1, kind: CueKind::Passive(verb) }),
            (true, None) if !reflexive(scene, aux, first) => None,
            _ => Some(Cue { from: aux, to: i + 1, kind: CueKind::Verb(verb) }),
        };
    }
    // "the 400,000 reported by X": no auxiliary, and whoever reported it stands behind.
    let by = i + 1;
    let agent = by + 1 < end && scene.is("agent", by) && scene.voice(by + 1, (by + 6).min(end));
    if tags.any(Tags::PAST_PARTICIPLE) && agent && scene.trees.finite(i) == Some(false) {
        return Some(Cue { from: i, to: by + 1, kind: CueKind::Passive(verb) });
    }
    if tags.any(Tags::PAST_PARTICIPLE) && joined(scene, i, first, end) {
        return Some(Cue { from: i, to: i + 1, kind: CueKind::Verb(verb) });
    }
    // A form of the list that the lexicon knows only as something else is a verb all the same.
    let other = Tags::PAST_PARTICIPLE | Tags::INFINITIVE | Tags::PRESENT_PARTICIPLE;
    let unknown = tags == Tags::default() && scene.trees.present_participle(i);
    let saying = (tags.any(Tags::PRESENT_PARTICIPLE) || unknown)
        && !tags.any(Tags::FINITE | Tags::NOUN | Tags::ADJ)
        && i > first;
    if saying && listed.is_some() {
        let gerund = scene.is("gerund-marker", i - 1);
        let apart = gerund || words.tokens[i - 1].kind == TokenKind::Punct;
        return apart.then_some(Cue { from: i, to: i + 1, kind: CueKind::Saying(verb) });
    }
    let finite = tags.any(Tags::FINITE)
        || !tags.any(other) && !scene.trees.agreeing_participle(i)
        || scene.trees.finite(i) == Some(true);
    if scene.trees.finite(i) == Some(false) && after_determiner(scene, i, first) {
        return None;
    }
    // "des opérations dites « fictives »", "a publicly disclosed flaw": a participle of a noun.
    if hung_on_noun(scene, i) && !after_mark(scene, i, first) {
        return None;
    }
    let nominal_form = tags.any(Tags::NOUN | Tags::ADJ) && after_determiner(scene, i, first);
    // "ceux qui soutiennent X": a relative clause reports only when it says what.
    let relative = i > first && scene.is("relative", i - 1) && !scene.is("complementizer", i - 1);
    let says_what =
        |j: usize| scene.is("complementizer", j) || words.of(j) == ":" || scene.opens(j);
    let infinitive = verb.infinitive && (i + 1..end.min(i + 4)).any(|j| scene.infinitive(j));
    // "which says it holds": a clause without a word that opens it.
    let subject =
        |j: usize| matches!(scene.trees.upos(j), Upos::Pron | Upos::Det | Upos::Propn | Upos::Noun);
    let clause = scene.rules().is("zero-complementizer", "yes")
        && !verb.quote_only
        && i + 2 < end
        && subject(i + 1)
        && (i + 2..end.min(i + 8)).any(|j| scene.finite(j, first));
    let takes = verb.nominal || verb.object || infinitive || clause;
    if relative && !takes && !(i + 1..end.min(i + 4)).any(says_what) {
        return None;
    }
    if !finite || nominal_form || words.capital(i) && i > first {
        return None;
    }
    Some(Cue { from: i, to: i + 1, kind: CueKind::Verb(verb) })
}

/// Whether the tree hangs the word at `i`, a participle, on a noun.
fn hung_on_noun(scene: &Scene, i: usize) -> bool {
    let participle = scene.trees.word(i).is_some_and(|w| w.feats.is("VerbForm", "Part"));
    let touches = i > 0 && scene.words.is_word(i - 1) && scene.named(i - 1).is_none();
    participle && scene.trees.epithet(i) && touches
}

/// "a confirmé p et annoncé que q": a participle that shares the auxiliary of the one before.
fn joined(scene: &Scene, i: usize, first: usize, end: usize) -> bool {
    let explicit = !scene.rules().is("zero-complementizer", "yes");
    explicit
        && i > first + 1
        && scene.trees.upos(i - 1) == Upos::Cconj
        && i + 2 < end
        && scene.is("complementizer", i + 1)
        && (first..i - 1).any(|j| scene.is("auxiliary", j) && scene.finite(j, first))
}

/// "would not say", "n'a pas précisé", "was unable to confirm": what is not said is no statement.
fn unsaid(scene: &Scene, i: usize, first: usize, stance: Stance) -> bool {
    let negated = (first..i)
        .rev()
        .take(8)
        .take_while(|j| {
            scene.is("auxiliary", *j)
                || scene.is("clitic", *j)
                || scene.is("denial", *j)
                || scene.is("inability", *j)
                || scene.is("ability", *j)
                || scene.is("infinitive-marker", *j)
                || scene.words.tags(*j).any(Tags::ADVERB)
        })
        .any(|j| scene.is("denial", j) || scene.is("inability", j));
    negated && (stance == Stance::Confirm || scene.is_lemma("unsaid", i))
}

/// "what they claim": the verb's content stands before it, in a word that says nothing.
fn free_relative(scene: &Scene, i: usize, first: usize) -> bool {
    let subject = scene.trees.subject_precedes(i).filter(|t| *t > first);
    let start = subject.and_then(|t| scene.trees.phrase(t)).map(|(from, _)| from);
    start.is_some_and(|from| from > first && scene.is("free-relative", from - 1))
}

/// A verb that no list has, where it attributes all the same: right after a quotation.
pub(super) const QUOTE_ONLY: SpeechVerb = SpeechVerb {
    stance: Stance::Neutral,
    infinitive: false,
    nominal: false,
    gerund: false,
    object: false,
    quote_only: true,
    prep: true,
    hold: false,
};

/// Whether the verb group that `i` ends stands right after a closing mark, a comma or not, with
/// a noun phrase after it: "« ... », rassure le médecin", "« ... », s'est emportée Mme Roux".
fn after_quotation(scene: &Scene, i: usize, first: usize, end: usize) -> bool {
    let words = scene.words;
    let verbal = match scene.trees.upos(i) {
        Upos::Verb => true,
        Upos::X => {
            words.tags(i).any(Tags::FINITE | Tags::PAST_PARTICIPLE)
                || words.tags(i) == Tags::default()
        }
        _ => false,
    };
    if !verbal || words.capital(i) || scene.is("auxiliary", i) || !after_mark(scene, i, first) {
        return false;
    }
    // "pour évaluer la loi": what somebody is to do is no report.
    if scene.infinitive(i) || words.tags(i).only(Tags::INFINITIVE) {
        return false;
    }
    let start = group_start(scene, i, first);
    // A title is quoted in few words and without a verb: "« Le Port », a remporté le prix".
    let close = if words.of(start - 1) == "," { start - 2 } else { start - 1 };
    let open = (first..close).rev().find(|j| !scene.quoted[*j]).map_or(first, |j| j + 1);
    // Or the words before it make the clause: "Le port « respire », sourit le maire".
    let says = close - open >= 6 || (first..close).any(|j| scene.finite(j, first));
    // "peut-on lire" says what stands somewhere, and nobody says it.
    let nobody = (start..end.min(i + 2)).any(|j| scene.is("impersonal-enclitic", j));
    if nobody && !scene.is("causative", i) {
        return false;
    }
    let enclitic = (start..end.min(i + 2))
        .any(|j| words.of(j).starts_with('-') && scene.is("subject-pronoun", j));
    let follows = i + 1 < end
        && (words.capital(i + 1) || words.rules().determiners.contains(words.lower(i + 1)));
    let outside = |t: usize| !scene.quoted[t] && t > close;
    says && (enclitic || follows || scene.trees.subject_follows(i))
        && !scene.trees.subject_precedes(i).is_some_and(outside)
}

/// Whether words in quotation marks that are no title follow an unlisted verb whose subject is a
/// person: "le maire fustige « une provocation »".
fn before_quotation(scene: &Scene, i: usize, end: usize) -> bool {
    let words = scene.words;
    if scene.trees.upos(i) != Upos::Verb || words.capital(i) || scene.is("auxiliary", i) {
        return false;
    }
    let small = |j: usize| {
        scene.is("prep", j) || scene.trees.upos(j) == Upos::Adv || words.of(j).starts_with('-')
    };
    let Some(open) = (i + 1..end.min(i + 4)).find(|j| !small(*j)) else { return false };
    let lower = |j: usize| words.of(j).chars().next().is_some_and(char::is_lowercase);
    let quote = scene.opens(open) && open + 3 < end && lower(open + 1);
    let close = (open..end).find(|j| !scene.quoted[*j]).unwrap_or(end);
    let head = scene.trees.subject(i);
    let subject = head.and_then(|t| scene.trees.phrase(t));
    // "le cas de Mme Roux", "il ne dispose pas de « p »": no person, or nothing that is said.
    let person = |t: usize| {
        let named = scene.named(t).is_some_and(|m| m.kind == MentionKind::Per);
        let role = words.rules().actors.get(words.lower(t));
        named
            || scene.is("title-masc", t)
            || scene.is("title-fem", t)
            || matches!(role, Some(ActorKind::Role | ActorKind::Unnamed))
    };
    let negated = (i.saturating_sub(3)..open).any(|j| scene.is("denial", j));
    quote
        && close > open + 3
        && !negated
        && !scene
            .trees
            .governed(i)
            .is_some_and(|v| scene.rules().verbs.contains_key(words.lower(v)))
        && subject.is_some_and(|(from, to)| {
            to <= i
                && !scene.quoted[from]
                && (head.is_some_and(person) || to == from + 1 && scene.is("pronoun", from))
        })
}

/// Where the verb group that ends at `i` starts: its auxiliary and the clitics before it.
fn group_start(scene: &Scene, i: usize, first: usize) -> usize {
    let mut start = auxiliary(scene, i, first).map_or(i, |a| a.0);
    while start > first && scene.is("clitic", start - 1) {
        start -= 1;
    }
    start
}

/// Whether the verb group that `i` ends stands right after a closing mark, a comma or not.
fn after_mark(scene: &Scene, i: usize, first: usize) -> bool {
    let start = group_start(scene, i, first);
    let closes = |j: usize| scene.closes(j) && scene.quoted[j];
    start >= first + 3
        && (closes(start - 1) || scene.words.of(start - 1) == "," && closes(start - 2))
}

/// "pour l'hydrologue Paul Roux, ...": a role with a person's name, up to a comma.
fn named_role(scene: &Scene, from: usize, end: usize) -> bool {
    let words = scene.words;
    let stop = (from..end).find(|i| words.tokens[*i].kind == TokenKind::Punct).unwrap_or(from);
    let named = (from..stop).any(|i| scene.named(i).is_some_and(|m| m.kind == MentionKind::Per));
    let verb = (from..stop).any(|i| scene.trees.finite(i) == Some(true));
    named && !verb && words.rules().determiners.contains(words.lower(from)) && stop - from <= 12
}

/// A verb of several words: "fait état de", "met en avant", "croit savoir".
fn phrase(scene: &Scene, i: usize, first: usize, end: usize) -> Option<Cue> {
    let words = scene.words;
    // "finit-il par dire": the pronoun stands inside.
    let enclitic = i + 1 < end && words.of(i + 1).starts_with('-') && words.is_word(i + 1);
    let next = i + 1 + usize::from(enclitic);
    let (to, verb) = scene.rules().phrases.iter().find_map(|(parts, verb)| {
        let to = next + parts.len() - 1;
        let same = to <= end
            && parts[1..].iter().enumerate().all(|(k, w)| words.lower(next + k) == *w)
            && scene.lemma(i) == parts[0];
        // What a phrase holds a figure for is part of what is said: "put the number of homes at 40".
        same.then_some((if verb.hold { next } else { to }, *verb))
    })?;
    if scene.trees.finite(i) == Some(true) {
        return Some(Cue { from: i, to, kind: CueKind::Verb(verb) });
    }
    // "a fait état de p" before "faisant état de p": forms are alike in some lexicons.
    if let Some((from, passive)) = auxiliary(scene, i, first) {
        if (from..i).any(|j| scene.is("denial", j)) {
            return None;
        }
        return (!passive).then_some(Cue { from, to, kind: CueKind::Verb(verb) });
    }
    let saying = words.tags(i).any(Tags::PRESENT_PARTICIPLE) && i > first;
    saying.then_some(Cue { from: i, to, kind: CueKind::Saying(verb) })
}

/// "l'annonce par", "the claim that": a noun of report.
fn noun(scene: &Scene, i: usize) -> Option<Cue> {
    let listed = scene.is("report-noun", i) && scene.trees.upos(i) == Upos::Noun;
    listed.then_some(Cue { from: i, to: i + 1, kind: CueKind::Noun })
}

/// The auxiliary of the participle at `i`, small words apart, and whether it makes a passive.
pub(super) fn auxiliary(scene: &Scene, i: usize, first: usize) -> Option<(usize, bool)> {
    let mut passive = false;
    for j in (first..i).rev().take(5) {
        if scene.is("auxiliary", j) {
            passive |= scene.is("passive-auxiliary", j);
            let earlier = j > first && scene.is("auxiliary", j - 1);
            if !earlier {
                return Some((j, passive));
            }
            continue;
        }
        let enclitic = scene.words.of(j).starts_with('-');
        let adverb = scene.words.tags(j).any(Tags::ADVERB) || scene.trees.upos(j) == Upos::Adv;
        let small = adverb || scene.is("clitic", j) || enclitic;
        if !small {
            return None;
        }
    }
    None
}

pub(super) fn reflexive(scene: &Scene, aux: usize, first: usize) -> bool {
    aux > first && scene.is("reflexive", aux - 1)
}

/// "l'annonce", "une note": a noun, not a verb. A clitic that is also an article ("l'annonce" of
/// "il l'annonce") is told by the pronoun before it.
fn after_determiner(scene: &Scene, i: usize, first: usize) -> bool {
    let words = scene.words;
    let Some(prev) = i.checked_sub(1).filter(|p| *p >= first) else { return false };
    if words.rules().complements.contains(words.lower(prev)) {
        return true;
    }
    if !words.rules().determiners.contains(words.lower(prev)) {
        return words.tags(prev).only(Tags::ADJ | Tags::DETERMINER);
    }
    let before = prev.checked_sub(1).filter(|p| *p >= first);
    !before.is_some_and(|p| scene.is("subject-pronoun", p))
}
