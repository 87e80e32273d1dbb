//! "X says that p": attributed statements with their source chain.
//!
//! A surface grammar over tokens, in three steps: `cue` finds the words that attribute,
//! `content` bounds what is attributed and by whom, `source` resolves the words of a source
//! to a chain of names. The words are the language pack's; the grammar names no language.

use std::borrow::Cow;

mod content;
mod cue;
mod floating;
mod silence;
mod source;
mod tree;

use crate::analyse::name::Words;
use crate::analyse::quote::Quote;
use crate::analyse::word::Word;
use crate::analyse::{
    Link, Mention, MentionKind, QuoteKind, Sentence, Silence, SilenceKind, SourceKind, Statement,
    Timex,
};
use crate::article::Span;
use crate::lang::lexicon::Tags;
use crate::lang::name::ActorKind;
use crate::lang::speech::{SpeechRules, Stance};
use crate::ud::Upos;

/// What the grammar reads: one article, cut up.
pub(crate) struct Scene<'a> {
    pub words: &'a Words<'a>,
    pub sentences: &'a [Sentence],
    pub mentions: &'a [Mention],
    pub timexes: &'a [Timex],
    pub quotes: &'a [Quote],
    /// For each token, whether it lies inside a quotation.
    pub quoted: Vec<bool>,
    pub trees: tree::Trees<'a>,
}

impl<'a> Scene<'a> {
    pub fn new(
        words: &'a Words<'a>,
        sentences: &'a [Sentence],
        mentions: &'a [Mention],
        timexes: &'a [Timex],
        quotes: &'a [Quote],
        syntax: &'a [Word],
    ) -> Scene<'a> {
        let trees = tree::Trees::new(syntax, words.tokens.len());
        let quoted = words.tokens.iter().map(|t| quote_at(quotes, t.span).is_some()).collect();
        Scene { words, sentences, mentions, timexes, quotes, quoted, trees }
    }

    pub fn rules(&self) -> &'static SpeechRules {
        &self.words.pack.speech
    }

    pub fn is(&self, field: &str, token: usize) -> bool {
        self.rules().is(field, self.words.lower(token))
    }

    /// Whether the lemma of the word at a token is in a list.
    pub fn is_lemma(&self, field: &str, token: usize) -> bool {
        self.rules().is(field, &self.lemma(token))
    }

    /// Whether a quotation opens with token `i`: by its mark, or where the mark is an apostrophe
    /// too, as the first of a quotation.
    pub fn opens(&self, i: usize) -> bool {
        match self.words.of(i) {
            "«" | "“" | "\"" | "„" => true,
            "'" | "‘" | "''" => self.bounds(i).is_some_and(|q| {
                q.inner.start >= self.words.tokens[i].span.end
                    && self.words.tokens[i].span.start < q.outer.start + 2
            }),
            _ => false,
        }
    }

    /// Whether a quotation closes with token `i`.
    pub fn closes(&self, i: usize) -> bool {
        match self.words.of(i) {
            "»" | "”" | "\"" => true,
            "'" | "’" | "''" => {
                self.bounds(i).is_some_and(|q| self.words.tokens[i].span.start >= q.inner.end)
            }
            _ => false,
        }
    }

    fn bounds(&self, i: usize) -> Option<Quote> {
        quote_at(self.quotes, self.words.tokens[i].span)
    }

    /// Whether token `i` is a finite verb here: as its tag says, or without tags as far as its
    /// form and the word before tell.
    pub fn finite(&self, i: usize, first: usize) -> bool {
        if let Some(known) = self.trees.finite(i) {
            return known;
        }
        let tags = self.words.tags(i);
        // A possessive: "the company's owner".
        let possessive = self.is("possessive", i)
            && self.words.is_word(i + 1)
            && self.words.tags(i + 1).any(Tags::NOUN | Tags::ADJ);
        if possessive || !tags.any(Tags::FINITE) || self.words.capital(i) && i > first {
            return false;
        }
        if !tags.any(Tags::NOUN | Tags::ADJ | Tags::ADPOSITION | Tags::ADVERB) {
            return true;
        }
        let Some(prev) = i.checked_sub(1).filter(|p| *p >= first) else { return false };
        let before = self.words.tags(prev);
        let clitic = self.rules().is("clitic", self.words.lower(prev)) && before.any(Tags::PRONOUN);
        let nominal = before.any(Tags::DETERMINER | Tags::ADPOSITION) || before.only(Tags::ADJ);
        (clitic && !nominal)
            || tags.any(Tags::AUXILIARY)
            || (!nominal && !before.any(Tags::DETERMINER))
    }

    /// The lemma of the word at a token, lower case; the token itself where nothing tells.
    pub fn lemma(&self, i: usize) -> Cow<'_, str> {
        let lower = self.words.lower(i);
        match self.trees.word(i) {
            Some(word) if word.form.is_none() => word.lemma(lower, self.words.pack),
            _ => Cow::Borrowed(lower),
        }
    }

    /// Whether token `i` is an infinitive: by its tag, or by its form where it has none.
    pub fn infinitive(&self, i: usize) -> bool {
        match self.trees.word(i) {
            Some(word) => {
                matches!(word.upos, Upos::Verb | Upos::Aux) && word.feats.is("VerbForm", "Inf")
            }
            None => self.words.tags(i).any(Tags::INFINITIVE),
        }
    }

    /// The name that covers token `i`.
    pub fn named(&self, i: usize) -> Option<&'a Mention> {
        let span = self.words.tokens.get(i)?.span;
        let to = self.mentions.partition_point(|m| m.span.start < span.end);
        let near = &self.mentions[to.saturating_sub(8)..to];
        near.iter().rev().find(|m| m.kind != MentionKind::Nominal && m.span.overlaps(span))
    }

    /// Whether tokens `from..to` can be a voice: they hold the name of a person or a body, a
    /// noun for one or a pronoun, at their head.
    pub fn voice(&self, from: usize, to: usize) -> bool {
        let head = cue::head(self, from, to);
        let speaks = |i: usize| {
            let name = self.named(i).is_some_and(|m| m.kind != MentionKind::Misc);
            name || self.words.rules().actors.contains_key(self.words.lower(i))
                || self.is("pronoun", i)
        };
        (head..to.min(head + 3)).any(speaks)
    }

    /// Whether tokens `from..to` name a person or are a role or a pronoun for one.
    pub fn person(&self, from: usize, to: usize) -> bool {
        let head = cue::head(self, from, to);
        let named = (from..to).any(|i| self.named(i).is_some_and(|m| m.kind == MentionKind::Per));
        named || self.words.rules().actors.get(self.words.lower(head)) == Some(&ActorKind::Role)
    }

    pub fn timex_at(&self, i: usize) -> bool {
        let span = self.words.tokens[i].span;
        let next = self.timexes.partition_point(|t| t.span.end <= span.start);
        self.timexes.get(next).is_some_and(|t| t.span.overlaps(span))
    }
}

/// The quotation whose outer span holds `span`.
pub(crate) fn quote_at(quotes: &[Quote], span: Span) -> Option<Quote> {
    let next = quotes.partition_point(|q| q.outer.end <= span.start);
    quotes.get(next).copied().filter(|q| q.outer.overlaps(span))
}

/// The quotations that overlap `span`, of a list in order.
pub(crate) fn quotes_over(quotes: &[Quote], span: Span) -> &[Quote] {
    let from = quotes.partition_point(|q| q.outer.end <= span.start);
    let to = from + quotes[from..].partition_point(|q| q.outer.start < span.end);
    &quotes[from..to]
}

/// A statement before its source is resolved.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// Index of its sentence.
    pub sentence: usize,
    pub content: Vec<Span>,
    /// Tokens of the cue.
    pub cue: Option<(usize, usize)>,
    /// Tokens of the source.
    pub source: Option<(usize, usize)>,
    /// Tokens of whoever passed it on, nearest the outlet first.
    pub via: Vec<(usize, usize)>,
    pub stance: Stance,
    /// Whether the content points back to the statement before.
    pub anaphoric: bool,
    pub by: &'static str,
    /// Whether it tells of nothing said, and how so.
    pub silence: Option<SilenceKind>,
}

/// Finds the attributed statements of an article, in order of their content, and who said nothing.
pub(crate) fn statements(scene: &Scene) -> (Vec<Statement>, Vec<Silence>) {
    let mut drafts = Vec::new();
    for (index, sentence) in scene.sentences.iter().enumerate() {
        if !sentence.block.is_prose() {
            continue;
        }
        let cues = cue::cues(scene, sentence);
        content::drafts(scene, index, &cues, &mut drafts);
    }
    let (silent, mut drafts): (Vec<Draft>, Vec<Draft>) =
        drafts.into_iter().partition(|d| d.silence.is_some());
    floating::announced(scene, &mut drafts);
    floating::floating(scene, &mut drafts);
    // « I think that p »: who speaks in the first person within a quotation is quoted, and no source.
    let own_voice = |d: &Draft| {
        d.source.is_some_and(|(from, to)| {
            to == from + 1 && scene.quoted[from] && scene.is("first-person", from)
        })
    };
    drafts.retain(|d| {
        !d.content.is_empty() && d.content.iter().all(|s| s.len() > 2) && !own_voice(d)
    });
    drafts.sort_by_key(|d| (d.content[0].start, d.content[0].end));
    drop_nested_twins(&mut drafts);
    finish(scene, drafts, silent)
}

/// Of two drafts with nearly the same content the one found by the surer rule stays: the one
/// with a cue and a source.
fn drop_nested_twins(drafts: &mut Vec<Draft>) {
    let rank = |d: &Draft| (d.source.is_some(), d.cue.is_some(), content_len(d));
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts.drain(..) {
        // In order of content: a twin is near.
        match kept.iter_mut().rev().take(24).find(|k| alike(k, &draft)) {
            Some(twin) if rank(&draft) > rank(twin) => *twin = draft,
            Some(_) => {}
            None => kept.push(draft),
        }
    }
    *drafts = kept;
}

fn content_len(draft: &Draft) -> usize {
    draft.content.iter().map(|s| s.len()).sum()
}

fn alike(a: &Draft, b: &Draft) -> bool {
    let shared: usize = a.content.iter().flat_map(|x| b.content.iter().map(|y| x.shared(*y))).sum();
    2 * shared * 10 >= 7 * (content_len(a) + content_len(b))
}

fn finish(scene: &Scene, drafts: Vec<Draft>, silent: Vec<Draft>) -> (Vec<Statement>, Vec<Silence>) {
    let text = scene.words.text;
    let (said, drafts) = (drafts.len(), drafts.into_iter().chain(silent));
    let mut drafts: Vec<Draft> = drafts.map(|d| without_auxiliary(scene, d)).collect();
    let mut resolver = source::Resolver::new(scene);
    let mut out: Vec<Statement> = Vec::with_capacity(said);
    // Sources are resolved in the order in which a reader meets them.
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|i| drafts[*i].sentence);
    let mut chains = vec![Vec::new(); drafts.len()];
    for i in order {
        chains[i] = resolver.chain(&drafts[i]);
    }
    let silences = silences(scene, drafts.split_off(said), chains.split_off(said));
    for (draft, chain) in drafts.into_iter().zip(chains) {
        if chain.is_empty() || draft.source.is_some_and(|s| no_source(scene, s)) {
            continue;
        }
        let refers_to =
            draft.anaphoric.then(|| out.len().checked_sub(1)).flatten().map(|i| i as u32);
        out.push(Statement {
            quote: quote_kind(scene, &draft.content),
            hedged: hedged(scene, &draft),
            promised: promised(scene, &draft),
            cue: draft.cue.map(|(from, to)| scene.words.span(from, to)),
            source: draft.source.map(|(from, to)| trim(text, scene.words.span(from, to))),
            content: draft.content,
            chain,
            stance: draft.stance,
            refers_to,
            by: draft.by,
        });
    }
    (out, silences)
}

/// Who was asked and said nothing, in order.
fn silences(scene: &Scene, drafts: Vec<Draft>, chains: Vec<Vec<Link>>) -> Vec<Silence> {
    let span = |(from, to)| trim(scene.words.text, scene.words.span(from, to));
    let silence = |(draft, chain): (Draft, Vec<Link>)| {
        let (source, cue) = (draft.source?, draft.cue?);
        let named = !chain.is_empty() && !no_source(scene, source);
        named.then_some(Silence {
            span: draft.content.first().copied()?,
            cue: span(cue),
            source: span(source),
            chain,
            kind: draft.silence?,
        })
    };
    drafts.into_iter().zip(chains).filter_map(silence).collect()
}

/// Whether tokens are no phrase for who speaks: a clause ("je ne veux"), or words that stand for
/// nobody ("où l'on", "c'").
fn no_source(scene: &Scene, (from, to): (usize, usize)) -> bool {
    let opens = |i: usize| scene.is("relative", i) || scene.is("appositive", i);
    let hung = (from..to).find(|i| opens(*i)).unwrap_or(to);
    // "un texte ne peut prétendre", "the board would announce": what may be said has not been said.
    let may =
        from + 1 < to && scene.trees.finite(to - 1) == Some(true) && !scene.words.capital(to - 1);
    let owned = || (from..to).any(|i| scene.is("possessive", i));
    let person = || scene.voice(from, to - 1) && !owned();
    if may && !(from + 1..to - 1).any(|i| scene.is("relative", i)) && !person() {
        return true;
    }
    let opening = |i: usize| i == from || !scene.words.is_word(i - 1);
    let pronoun = (from..hung).find(|i| scene.is("subject-pronoun", *i) && opening(*i));
    let verb = |i: usize| scene.trees.finite(i) == Some(true);
    let clause = pronoun.is_some_and(|p| (p + 1..hung).any(verb));
    let nobody = |i: usize| {
        let enclitic = scene.words.of(i).starts_with('-');
        !enclitic && (scene.is("impersonal", i) || scene.is("relative", i))
    };
    let small = |i: usize| scene.words.rules().determiners.contains(scene.words.lower(i));
    let empty = (from..to).any(nobody) && (from..to).all(|i| nobody(i) || small(i));
    // "autrement dit".
    let adverb = (from..to).all(|i| scene.trees.upos(i) == Upos::Adv);
    clause || adverb || empty || scene.is("nobody", from)
}

/// "Le joueur a, de son côté, assuré": the source ends before its verb's auxiliary.
fn without_auxiliary(scene: &Scene, mut draft: Draft) -> Draft {
    if let Some((mut from, to)) = draft.source {
        // "X, whose lawyer said": the lawyer.
        let relative = scene.is("relative", from)
            && scene.trees.upos(from) != Upos::Det
            && !scene.trees.is_subject(from);
        from += usize::from(relative && from + 1 < to);
        let auxiliary =
            |i: &usize| scene.is("auxiliary", *i) && scene.trees.finite(*i) == Some(true);
        let before_comma = |i: &usize| *i + 1 < to && scene.words.of(*i + 1) == ",";
        // "the board would announce": without the verb that leads to the cue's.
        let last = to - 1;
        let leads = last > from
            && scene.trees.finite(last) == Some(true)
            && !scene.words.capital(last)
            && draft.cue.is_some_and(|c| c.0 == to)
            && scene.voice(from, last)
            && !(from..last).any(|i| scene.is("possessive", i));
        let stop = (from + 1..to).find(|i| auxiliary(i) && before_comma(i));
        let small = |i: usize| scene.is("clitic", i) || scene.is("negation", i);
        let past = (from + 1..last).rev().find(|i| !small(*i)).map_or(last, |i| i + 1);
        let stop = stop.or(leads.then_some(past));
        draft.source = Some((from, stop.unwrap_or(to)));
    }
    draft
}

/// Direct when each piece of content lies inside quotation marks, mixed when some of it does.
fn quote_kind(scene: &Scene, content: &[Span]) -> QuoteKind {
    let inside = |s: &Span| quotes_over(scene.quotes, *s).iter().any(|q| q.inner.contains(*s));
    let touches = |s: &Span| quotes_over(scene.quotes, *s).iter().any(|q| q.inner.overlaps(*s));
    if content.iter().all(inside) {
        QuoteKind::Direct
    } else if content.iter().any(touches) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

/// Whether a verb of promise governs what is to be done.
fn promised(scene: &Scene, draft: &Draft) -> bool {
    let verb = |(from, to): (usize, usize)| (from..to).any(|i| scene.is_lemma("promises", i));
    draft.cue.is_some_and(verb) && draft.by == "infinitive clause"
}

/// Whether the content holds back: a hedging word, or the conditional of report ("aurait été
/// tué") outside quotation marks, unless a verb of promise or a past cue makes it a future.
fn hedged(scene: &Scene, draft: &Draft) -> bool {
    let words = scene.words;
    let mut inside = (0..words.tokens.len())
        .skip(words.tokens.partition_point(|t| t.span.end <= draft.content[0].start))
        .take_while(|i| draft.content.last().is_some_and(|s| words.tokens[*i].span.start < s.end))
        .filter(|i| !scene.quoted[*i]);
    inside.any(|i| {
        let conditional =
            words.tags(i).any(Tags::CONDITIONAL) && words.tags(i).any(Tags::AUXILIARY);
        let participle = i + 1 < words.tokens.len() && words.tags(i + 1).any(Tags::PAST_PARTICIPLE);
        scene.is("hedge", i) || conditional && participle && draft.by == "marker"
    })
}

/// A span without the spaces and marks at its ends that belong to the sentence around it.
pub(crate) fn trim(text: &str, span: Span) -> Span {
    const MARKS: &[char] = &[
        '«', '»', '“', '”', '"', '‘', '’', '\'', ',', ';', ':', '.', '–', '—', '-', ' ', '\u{A0}',
        '\u{202F}', '\n', '\r', '\t',
    ];
    let words = span.of(text);
    let from = words.len() - words.trim_start_matches(MARKS).len();
    let body = words[from..].trim_end_matches(MARKS);
    let start = span.start as usize + from;
    Span::new(start, start + body.len())
}

/// Whether a source of this kind speaks for an organisation.
pub(crate) fn is_body(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Organisation | SourceKind::Agency)
}

#[cfg(test)]
mod tests {
    use crate::analyse::analyse;
    use crate::article::Article;
    use crate::lang::entries;

    const LISTS: [(&str, &str, &str); 2] = [
        (
            "fr",
            include_str!("../../lang/fr/speech.txt"),
            include_str!("../../lang/fr/speech_cases.txt"),
        ),
        (
            "en",
            include_str!("../../lang/en/speech.txt"),
            include_str!("../../lang/en/speech_cases.txt"),
        ),
    ];

    /// The fields of a case: sign, lists, text, content.
    fn cases(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
        entries(file).map(|l| l.split('\t').collect())
    }

    #[test]
    fn lists_catch_what_their_cases_say() {
        let mut wrong = Vec::new();
        for (lang, _, file) in LISTS {
            for case in cases(file) {
                let text = case[2];
                let article = Article { lang: Some(lang.into()), ..Article::plain("a", text) };
                let found = analyse(&article).value.statements;
                let found: Vec<&str> = found.iter().map(|s| s.span().of(text)).collect();
                let right = match case[0] {
                    "+" => found.contains(&case[3]),
                    _ => found.is_empty(),
                };
                if !right {
                    wrong.push(format!("{lang} {case:?}: {found:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// Who said what, where something else in the sentence looks like a source.
    #[test]
    fn words_go_to_whoever_said_them() {
        type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
        let cases: &[Case] = &[
            (
                "en",
                "The dam had been inspected in June, chief engineer Rosa Pell told lawmakers.",
                &[("Rosa Pell", "The dam had been inspected in June")],
            ),
            (
                "en",
                "Fishermen say they saw a wreck, which the Coast Guard could not verify.",
                &[("Fishermen", "they saw a wreck, which the Coast Guard could not verify")],
            ),
            (
                "en",
                "County officials put the number of dry wells at 900, far more than the 400 reported by Harrow Water on Friday.",
                &[("County officials", "the number of dry wells at 900"), ("Harrow Water", "400")],
            ),
            (
                "en",
                "Two boats sank, according to the company; nine, according to the union.",
                &[("Company", "Two boats sank"), ("Union", "nine")],
            ),
            (
                "en",
                "The Harbour Board confirmed that the crane had collapsed and said repairs would take weeks.",
                &[
                    ("Harbour Board", "the crane had collapsed"),
                    ("Harbour Board", "repairs would take weeks"),
                ],
            ),
            (
                "fr",
                "La préfecture a confirmé que la digue avait cédé et annoncé que la route resterait coupée.",
                &[
                    ("Préfecture", "la digue avait cédé"),
                    ("Préfecture", "la route resterait coupée"),
                ],
            ),
            (
                "fr",
                "Deux selon la direction ; neuf selon le syndicat.",
                &[("Direction", "Deux"), ("Syndicat", "neuf")],
            ),
            (
                "fr",
                "Paul Ferrand est arrivé lundi. Elle dit avoir tout vu.",
                &[("Elle", "avoir tout vu")],
            ),
            (
                "fr",
                "Me Anne Roux défend la banque. L'ancien patron nie avoir menti.",
                &[("Anne Roux", "la banque"), ("Ancien patron", "avoir menti")],
            ),
            (
                "fr",
                "La procureure Ada Roux est arrivée lundi à Valmy. L'usine est fermée. La procureure a dit que le feu était éteint.",
                &[("Ada Roux", "le feu était éteint")],
            ),
            (
                "fr",
                "Le maire a dit que le pont était fermé. Le maire de Valmy, Paul Ferrand, part lundi.",
                &[("Paul Ferrand", "le pont était fermé")],
            ),
            (
                "fr",
                "« Nous étions debout depuis cinq heures, a-t-elle raconté. Ils ont fermé le pont et tout a sauté. »",
                &[(
                    "Elle",
                    "Nous étions debout depuis cinq heures, a-t-elle raconté. Ils ont fermé le pont et tout a sauté",
                )],
            ),
            (
                "fr",
                "Un habitant qui soutient la maire Ada Finot a dit que le pont était fermé.",
                &[("Un habitant", "le pont était fermé")],
            ),
            (
                "en",
                "The Dockers union left the talks with the shipping company Corvex on Monday. The company said the offer was fair.",
                &[("Corvex", "the offer was fair")],
            ),
            (
                "en",
                "The consumer group Fair Purse said the bank had lied.",
                &[("Fair Purse", "the bank had lied")],
            ),
            (
                "fr",
                "L'avocat de Mme Dupin, Me Arnaud Leval, a dit que le dossier était vide.",
                &[("Arnaud Leval", "le dossier était vide")],
            ),
            (
                "fr",
                "L'entourage de Claire Dupin affirme que le pont est sûr.",
                &[("Entourage de Claire Dupin", "le pont est sûr")],
            ),
            (
                "fr",
                "D'après les mots de Claire Dupin, le pont est sûr.",
                &[("Claire Dupin", "le pont est sûr")],
            ),
            (
                "fr",
                "Claire Dupin est venue lundi. Le rapport Dupin estime que le pont est sûr.",
                &[("Rapport Dupin", "le pont est sûr")],
            ),
            (
                "fr",
                "Le ministère de l'Industrie a annoncé que l'usine fermerait.",
                &[("Ministère de l'Industrie", "l'usine fermerait")],
            ),
            (
                "fr",
                "Un proviseur de la région de Lorne a dit que le lycée fermerait.",
                &[("Un proviseur de la région de Lorne", "le lycée fermerait")],
            ),
            (
                "fr",
                "La banque indique ne pas avoir trouvé de complice.",
                &[("Banque", "ne pas avoir trouvé de complice")],
            ),
            ("fr", "La police a fait état de douze morts.", &[("Police", "douze morts")]),
            ("fr", "L'armée n'a pas fait état de douze morts.", &[]),
            (
                "fr",
                "La libération de la mairie annoncée, il a fait savoir que le pont était sûr.",
                &[("Il", "le pont était sûr")],
            ),
            (
                "fr",
                "Cette réunion a permis de rappeler aux banques leur mission première, a déclaré la préfecture.",
                &[(
                    "Préfecture",
                    "Cette réunion a permis de rappeler aux banques leur mission première",
                )],
            ),
            (
                "fr",
                "« Le pont est sûr et il le restera », a indiqué un participant étranger à cette réunion.",
                &[("Un participant étranger", "Le pont est sûr et il le restera")],
            ),
            (
                "fr",
                "Le plan, qui vise les usines jugées « trop sales pour la vallée entière », a suscité un tollé.",
                &[],
            ),
            ("fr", "Un texte de loi ne peut prétendre que tout est prévu.", &[]),
            (
                "fr",
                "Le président Paul Ferrand est venu. Plusieurs habitants sont partis lundi. Selon eux, le pont est sûr.",
                &[("Plusieurs habitants", "le pont est sûr")],
            ),
            (
                "fr",
                "Anne Roux est la présidente. Interrogée par Claire Dupin, elle a dit que le pont était sûr.",
                &[("Anne Roux", "le pont était sûr")],
            ),
            (
                "fr",
                "Luc Ferrand était à l'Assemblée. En réponse au chef du groupe des Verts, Paul Cassin, il a déclaré que le pont était sûr.",
                &[("Luc Ferrand", "le pont était sûr")],
            ),
            (
                "en",
                "Luke Ward was in the House. In answer to the leader of the Greens, Paul Cole, he said the bridge was safe.",
                &[("Luke Ward", "the bridge was safe")],
            ),
            (
                "en",
                "A lawyer for Ann Ward, Peter Cole, said the case was empty.",
                &[("Peter Cole", "the case was empty")],
            ),
            (
                "en",
                "Ann Ward's lawyer says the case is empty.",
                &[("Ann Ward's lawyer", "the case is empty")],
            ),
            (
                "en",
                "The Ward administration said the bridge was safe.",
                &[("Ward administration", "the bridge was safe")],
            ),
            ("en", "In Ann Ward's account, which she gave on Monday, the bridge was safe.", &[]),
            (
                "en",
                "Paul Rowe fell on Monday and coach Sean Marsh said he would rest.",
                &[("Sean Marsh", "he would rest")],
            ),
            (
                "en",
                "The fire sparked five days of riots across Kenya after witnesses claimed that police had lit it.",
                &[("Witnesses", "police had lit it")],
            ),
            (
                "en",
                "The harbour board on Friday noted that the crane had fallen.",
                &[("Board", "the crane had fallen")],
            ),
            (
                "en",
                "The US software giant said on Tuesday that it would pay.",
                &[("US software giant", "it would pay")],
            ),
            (
                "en",
                "The flaw, in a publicly disclosed system that anyone could read, was mended.",
                &[],
            ),
            (
                "en",
                "Peter Cole came on Monday. Residents waited for him. They said the bridge was safe.",
                &[("Residents", "the bridge was safe")],
            ),
        ];
        for &(lang, text, wanted) in cases {
            let article = Article { lang: Some(lang.into()), ..Article::plain("a", text) };
            let found = analyse(&article).value.statements;
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|s| (s.chain.last().map_or("", |l| l.name.as_str()), s.span().of(text)))
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn every_list_of_cues_has_cases_for_and_against() {
        for (lang, list, file) in LISTS {
            let fields: Vec<&str> =
                entries(list).filter_map(|l| l.split_once('\t')).map(|(f, _)| f).collect();
            let meant = |sign: &str| -> Vec<&str> {
                let of = cases(file).filter(|c| c[0] == sign);
                of.flat_map(|c| c[1].split(' ')).collect()
            };
            let (catch, leave) = (meant("+"), meant("-"));
            assert!(catch.iter().chain(&leave).all(|f| fields.contains(f)), "{lang}: no such list");
            let cues = ["verb:", "phrase:", "marker:"];
            for field in fields.iter().filter(|f| cues.iter().any(|c| f.starts_with(c))) {
                assert!(catch.contains(field), "{lang}: nothing that {field} catches");
                assert!(leave.contains(field), "{lang}: nothing that {field} leaves");
            }
        }
    }
}
