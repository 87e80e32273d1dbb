//! The sentence's tree, asked by token: who is the subject of a verb, how far a phrase reaches.

use crate::analyse::word::Word;
use crate::ud::Upos;

/// The syntactic words of an article, to be asked by token.
pub(crate) struct Trees<'a> {
    words: &'a [Word],
    /// For each token, its first word.
    first: Vec<u32>,
    /// For each word, its dependents: first one, and the next with the same head; `NONE` ends.
    child: Vec<u32>,
    sibling: Vec<u32>,
}

/// Gender and number, as UD names them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Agreement {
    pub gender: Option<&'static str>,
    pub plural: bool,
}

impl Agreement {
    /// Whether nothing speaks against one meaning the other.
    pub fn fits(self, other: Agreement) -> bool {
        let gender = self.gender.zip(other.gender).is_none_or(|(a, b)| a == b);
        gender && self.plural == other.plural
    }
}

const NONE: u32 = u32::MAX;
/// No chain of heads is followed further: a sentence's tree is rarely half as deep.
const DEPTH: usize = 40;

impl<'a> Trees<'a> {
    pub fn new(words: &'a [Word], tokens: usize) -> Trees<'a> {
        let mut first = vec![NONE; tokens];
        let (mut child, mut sibling) = (vec![NONE; words.len()], vec![NONE; words.len()]);
        for (i, word) in words.iter().enumerate().rev() {
            for token in word.token..=word.token + u32::from(word.more) {
                if let Some(slot) = first.get_mut(token as usize) {
                    *slot = i as u32;
                }
            }
            if let Some(head) = word.head.map(|h| h as usize).filter(|h| *h < words.len()) {
                sibling[i] = child[head];
                child[head] = i as u32;
            }
        }
        Trees { words, first, child, sibling }
    }

    fn index(&self, token: usize) -> Option<usize> {
        self.first.get(token).copied().filter(|w| *w != NONE).map(|w| w as usize)
    }

    /// The first word of a token, where the pack tags words.
    pub fn word(&self, token: usize) -> Option<&'a Word> {
        self.index(token).map(|i| &self.words[i]).filter(|w| w.upos != Upos::X)
    }

    pub fn upos(&self, token: usize) -> Upos {
        self.word(token).map_or(Upos::X, |w| w.upos)
    }

    /// Whether a token is a finite verb; None where nothing tells.
    pub fn finite(&self, token: usize) -> Option<bool> {
        let word = self.word(token)?;
        let verbal = matches!(word.upos, Upos::Verb | Upos::Aux);
        Some(verbal && word.feats.is("VerbForm", "Fin"))
    }

    /// Whether the word at a token is a participle that agrees with a noun, as no verb does.
    pub fn agreeing_participle(&self, token: usize) -> bool {
        self.word(token)
            .is_some_and(|w| w.feats.is("VerbForm", "Part") && w.feats.is("Gender", "Fem"))
    }

    /// Whether the word at a token is a present participle.
    pub fn present_participle(&self, token: usize) -> bool {
        let part = |w: &Word| w.feats.is("VerbForm", "Part") && w.feats.is("Tense", "Pres");
        self.word(token).is_some_and(|w| part(w) || w.feats.is("VerbForm", "Ger"))
    }

    /// Whether a conjunction before the verb at a token makes its clause hang on another.
    pub fn marked(&self, verb: usize) -> bool {
        let own =
            self.index(verb).into_iter().flat_map(|at| self.children(at).filter(move |c| *c < at));
        own.into_iter().any(|c| {
            self.words[c].deprel.universal() == "mark" && self.words[c].upos == Upos::Sconj
        })
    }

    fn children(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        let step = |w: u32| (w != NONE).then_some(w as usize);
        std::iter::successors(step(self.child[word]), move |w| step(self.sibling[*w]))
    }

    fn token(&self, word: usize) -> usize {
        self.words[word].token as usize
    }

    /// The subject of the verb at a token: token of its head, wherever it stands. A verb that
    /// shares the subject of another (coordinated, or governed by it) has that one's.
    pub fn subject(&self, verb: usize) -> Option<usize> {
        let mut at = self.index(verb)?;
        for _ in 0..4 {
            if let Some(subject) = self.own_subject(at) {
                return Some(self.token(subject));
            }
            let word = &self.words[at];
            let shares = matches!(word.deprel.universal(), "conj" | "xcomp" | "advcl" | "aux");
            at = word.head.filter(|_| shares)? as usize;
        }
        None
    }

    fn own_subject(&self, verb: usize) -> Option<usize> {
        let subjects = self.children(verb).filter(|c| {
            let relation = self.words[*c].deprel;
            relation.universal() == "nsubj" || relation.name() == "expl:subj"
        });
        // "Le ministre, lui, assure": the noun before the pronoun that takes it up.
        let rank = |w: &usize| matches!(self.words[*w].upos, Upos::Noun | Upos::Propn);
        subjects.max_by_key(|w| (rank(w), std::cmp::Reverse(*w)))
    }

    /// Whether the subject of the verb at `verb` stands after it.
    pub fn subject_follows(&self, verb: usize) -> bool {
        let own = self.index(verb).and_then(|v| self.own_subject(v));
        own.is_some_and(|s| self.token(s) > verb)
    }

    /// The subject of the verb at `verb` after it, or an object where it has no subject of its own.
    pub fn argument_after(&self, verb: usize) -> Option<usize> {
        let at = self.index(verb)?;
        let object = || self.children(at).find(|c| self.words[*c].deprel.universal() == "obj");
        let found = self.own_subject(at).or_else(object)?;
        Some(self.token(found)).filter(|t| *t > verb)
    }

    /// The verbs coordinated with the one at `verb`, after it: where each one's part of the sentence
    /// starts, and the verb.
    pub fn coordinated(&self, verb: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let at = self.index(verb);
        let joined = at
            .into_iter()
            .flat_map(|a| self.children(a))
            .filter(move |c| Some(*c) > at && self.words[*c].deprel.universal() == "conj");
        joined.map(|c| {
            let first = self.children(c).filter(|d| self.words[*d].upos != Upos::Punct).min();
            (self.token(first.unwrap_or(c).min(c)), self.token(c))
        })
    }

    /// The clause that a verb governs as what is said: its tokens, from the first of its words to the
    /// end of what hangs on it.
    pub fn clause(&self, verb: usize) -> Option<(usize, usize)> {
        let at = self.index(verb)?;
        let clause = self.children(at).find(|c| self.words[*c].deprel.universal() == "ccomp")?;
        let mut first = clause;
        let mut open = vec![clause];
        while let Some(word) = open.pop() {
            for c in self.children(word).filter(|c| self.words[*c].upos != Upos::Punct) {
                first = first.min(c);
                open.push(c);
            }
        }
        let end = self.reach(self.token(clause))?;
        Some((self.token(first), end))
    }

    /// Whether the word at a token is a finite verb of one subject.
    pub fn one(&self, token: usize) -> bool {
        let finite = self.finite(token) == Some(true);
        finite && self.word(token).is_some_and(|w| w.feats.is("Number", "Sing"))
    }

    /// Whether the word at a token is a singular.
    pub fn singular(&self, token: usize) -> bool {
        self.word(token).is_some_and(|w| w.feats.is("Number", "Sing"))
    }

    /// Whether the word at a token only tells more of a noun: "said" of "the said flaw".
    pub fn epithet(&self, token: usize) -> bool {
        self.word(token).is_some_and(|w| matches!(w.deprel.name(), "amod" | "acl"))
    }

    /// The verb that governs the clause of the verb at a token as its object.
    pub fn governed(&self, verb: usize) -> Option<usize> {
        let word = &self.words[self.index(verb)?];
        let head = word.head.filter(|_| word.deprel.universal() == "ccomp")?;
        Some(self.token(head as usize))
    }

    /// The token that the word at a token hangs on, and by what relation.
    pub fn governor(&self, token: usize) -> Option<(usize, &'static str)> {
        let word = &self.words[self.index(token)?];
        Some((self.token(word.head? as usize), word.deprel.universal()))
    }

    /// Whether the word at a token stands for nothing: "it seems".
    pub fn expletive(&self, token: usize) -> bool {
        self.word(token).is_some_and(|w| w.deprel.name() == "expl")
    }

    /// What the word at a token is said to be: its gender and number, where it shows them.
    pub fn agreement(&self, token: usize) -> Agreement {
        let feature = |name: &str| self.word(token).and_then(|w| w.feats.get(name));
        Agreement { gender: feature("Gender"), plural: feature("Number") == Some("Plur") }
    }

    /// Whether the word at a token is a subject.
    pub fn is_subject(&self, token: usize) -> bool {
        self.word(token).is_some_and(|w| w.deprel.universal() == "nsubj")
    }

    /// Whether two tokens are written as one word: `M` and its stop.
    pub fn one_word(&self, a: usize, b: usize) -> bool {
        self.index(a).is_some_and(|w| self.index(b) == Some(w))
    }

    pub fn is_root(&self, token: usize) -> bool {
        self.index(token).is_some_and(|i| {
            let root = self.words[i].deprel == crate::ud::Deprel::ROOT;
            root && self.words[i].head.is_none()
        })
    }

    /// The subject of the clause that a finite verb or auxiliary at `verb` belongs to.
    pub fn clause_subject(&self, verb: usize) -> Option<usize> {
        let at = self.index(verb)?;
        let word = &self.words[at];
        let helps = matches!(word.deprel.universal(), "aux" | "cop");
        let main = word.head.filter(|_| helps).map_or(at, |h| h as usize);
        self.own_subject(main).map(|s| self.token(s))
    }

    /// The verb at `verb` has a subject of its own before it: token of its head.
    pub fn subject_precedes(&self, verb: usize) -> Option<usize> {
        let own = self.index(verb).and_then(|v| self.own_subject(v))?;
        Some(self.token(own)).filter(|t| *t < verb)
    }

    /// What a relative pronoun stands for: the noun that its clause hangs on.
    pub fn antecedent(&self, verb: usize) -> Option<usize> {
        let mut at = self.index(verb)?;
        for _ in 0..DEPTH {
            let word = &self.words[at];
            let head = word.head? as usize;
            if word.deprel.name().starts_with("acl") {
                return Some(self.token(head));
            }
            if !matches!(word.deprel.universal(), "conj" | "xcomp" | "aux" | "cop") {
                return None;
            }
            at = head;
        }
        None
    }

    /// The noun phrase of the word at a token, as tokens: without its relative clauses and
    /// without what hangs on it after a gap.
    pub fn phrase(&self, token: usize) -> Option<(usize, usize)> {
        let head = self.index(token)?;
        let inside = |w: usize| {
            let mut at = w;
            for _ in 0..DEPTH {
                if at == head {
                    return true;
                }
                let word = &self.words[at];
                let relation = word.deprel.name();
                let governs =
                    word.head == Some(head as u32) && matches!(relation, "case" | "mark" | "cc");
                if governs || leaves_phrase(relation) {
                    return false;
                }
                match word.head {
                    Some(h) if (h as usize) < self.words.len() => at = h as usize,
                    _ => return false,
                }
            }
            false
        };
        let (mut from, mut to) = (head, head + 1);
        let comma = |w: usize| self.words[w].upos == Upos::Punct;
        loop {
            // Over one mark of punctuation to what goes on behind it.
            if from > 0 && inside(from - 1) {
                from -= 1;
            } else if to < self.words.len() && inside(to) {
                to += 1;
            } else if to + 1 < self.words.len() && comma(to) && inside(to + 1) {
                to += 2;
            } else {
                break;
            }
        }
        let last = &self.words[to - 1];
        Some((self.token(from), last.token as usize + last.more as usize + 1))
    }

    /// Where the clause or phrase of a word ends, everything that hangs on it taken in: tokens.
    pub fn reach(&self, token: usize) -> Option<usize> {
        let head = self.index(token)?;
        let mut last = head;
        let mut open = vec![head];
        while let Some(at) = open.pop() {
            for c in self.children(at).filter(|c| *c > at.min(head)) {
                if self.words[c].upos != Upos::Punct {
                    last = last.max(c);
                    open.push(c);
                }
            }
        }
        let word = &self.words[last];
        Some(word.token as usize + word.more as usize + 1)
    }
}

/// Whether what hangs on a noun by this relation is no part of how a source is called.
fn leaves_phrase(relation: &str) -> bool {
    matches!(
        relation,
        "acl:relcl"
            | "parataxis"
            | "parataxis:insert"
            | "parataxis:parenth"
            | "punct"
            | "advcl"
            | "advcl:relcl"
            | "cop"
            | "nsubj"
            | "ccomp"
            | "discourse"
            | "dislocated"
            | "root"
    )
}
