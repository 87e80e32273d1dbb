//! The words that attribute: reporting verbs and prepositions.

use super::Scene;
use crate::analyse::{Sentence, TokenKind};
use crate::lang::lexicon::Tags;
use crate::lang::speech::{SpeechVerb, Stance};

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
    /// `selon`, `according to`; strong or weak.
    Marker {
        /// Whether it attributes wherever it stands.
        strong: bool,
    },
    /// A line that credits what stands before it ("Extrait d'un communiqué de X").
    CreditLine,
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
        let found = marker(scene, i, first, end).or_else(|| verb(scene, i, first, end));
        if let Some(cue) = found {
            i = cue.to;
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
        let sure = m.strong || (opens && words.capital(to).max(scene.is("subject-pronoun", to)));
        let source = starts_source(scene, to, end, i, first);
        (sure && source).then_some(Cue { from: i, to, kind: CueKind::Marker { strong: m.strong } })
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
    if tags.any(Tags::FUTURE) && !tags.any(Tags::NOUN) {
        return None;
    }
    let listed = scene.rules().verbs.get(words.lower(i)).copied();
    let verb = listed.or_else(|| after_quotation(scene, i, first, end).then_some(QUOTE_ONLY))?;
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
        let opens_quote =
            (i + 1..end.min(i + 4)).any(|j| matches!(words.of(j), ":" | "«" | "“" | "\""));
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
    // A form of the list that the lexicon knows only as something else is a verb all the same.
    let other = Tags::PAST_PARTICIPLE | Tags::INFINITIVE | Tags::PRESENT_PARTICIPLE;
    let saying = tags.any(Tags::PRESENT_PARTICIPLE)
        && !tags.any(Tags::FINITE | Tags::NOUN | Tags::ADJ)
        && i > first;
    if saying && listed.is_some() {
        let gerund = scene.is("gerund-marker", i - 1);
        let apart = gerund || words.tokens[i - 1].kind == TokenKind::Punct;
        return apart.then_some(Cue { from: i, to: i + 1, kind: CueKind::Saying(verb) });
    }
    let finite = tags.any(Tags::FINITE) || !tags.any(other);
    let nominal_form = tags.any(Tags::NOUN | Tags::ADJ) && after_determiner(scene, i, first);
    // "ceux qui soutiennent X": a relative clause reports only when it says what.
    let relative = i > first && scene.is("relative", i - 1) && !scene.is("complementizer", i - 1);
    let says_what =
        |j: usize| scene.is("complementizer", j) || matches!(words.of(j), ":" | "«" | "“" | "\"");
    if relative && !(i + 1..end.min(i + 4)).any(says_what) {
        return None;
    }
    if !finite || nominal_form || words.capital(i) && i > first {
        return None;
    }
    Some(Cue { from: i, to: i + 1, kind: CueKind::Verb(verb) })
}

/// A verb that no list has, where it attributes all the same: right after a quotation.
const QUOTE_ONLY: SpeechVerb = SpeechVerb {
    stance: Stance::Neutral,
    infinitive: false,
    nominal: false,
    gerund: false,
    object: false,
    quote_only: true,
};

/// Whether the verb group that `i` ends stands right after a closing mark and a comma, with a
/// noun phrase after it: "« ... », rassure le médecin".
fn after_quotation(scene: &Scene, i: usize, first: usize, end: usize) -> bool {
    let words = scene.words;
    let start = auxiliary(scene, i, first).map_or(i, |a| a.0);
    let comma = start >= first + 3 && words.of(start - 1) == ",";
    let closed = comma && matches!(words.of(start - 2), "»" | "”" | "\"");
    let verbal =
        words.tags(i).any(Tags::FINITE | Tags::PAST_PARTICIPLE) || words.tags(i) == Tags::default();
    let subject = i + 1 < end
        && (words.capital(i + 1) || words.rules().determiners.contains(words.lower(i + 1)));
    closed && verbal && subject && !words.capital(i) && !scene.is("auxiliary", i)
}

/// The auxiliary of the participle at `i`, small words apart, and whether it makes a passive.
fn auxiliary(scene: &Scene, i: usize, first: usize) -> Option<(usize, bool)> {
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
        let small = scene.words.tags(j).any(Tags::ADVERB) || scene.is("clitic", j) || enclitic;
        if !small {
            return None;
        }
    }
    None
}

fn reflexive(scene: &Scene, aux: usize, first: usize) -> bool {
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
