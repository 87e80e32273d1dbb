//! One article to everything found in it alone: [`analyse`].
//!
//! `analyse` is a function of one article and its language pack. It looks at no other
//! article, no clock, no disk. The publication date is part of the article and may be
//! unknown; unknown is a value, never "today".

pub mod boundary;
mod composed;
pub mod credit;
pub mod entity;
pub mod figure;
pub mod language;
pub mod name;
mod number;
pub mod place;
pub mod quote;
pub mod sentence;
pub mod statement;
pub mod syntax;
pub mod tag;
pub mod time;
pub mod token;
pub mod victims;
pub mod word;
mod world;

use std::ops::Range;

use jiff::civil::Date;

use crate::article::{Article, BlockKind, Span, Warned, Warning};
use crate::knowledge::load::Own;
use crate::lang::Pack;
use crate::lang::lexicon::Tags;
pub use crate::lang::speech::Stance;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and digits as the language writes them.
    Word,
    /// A number in digits, with its separators.
    Number,
    /// A punctuation mark.
    Punct,
    /// Anything else: `€`, `%`, an emoji.
    Symbol,
}

/// A token by UD's conventions for the article's language. Tokens and the gaps between them
/// concatenate to the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
}

/// A sentence: its span (from its first token to its last), its tokens, as indices into
/// [`Analysis::tokens`], and the kind of block it stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Where.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its syntactic words, as indices into [`Analysis::words`].
    pub words: Range<u32>,
    /// Where it stands. Only prose says something: a headline or a link is read for names alone.
    pub block: BlockKind,
}

/// The type of a mention.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// A person's name.
    Per,
    /// An organisation's name.
    Org,
    /// A place's name.
    Loc,
    /// Another name (a people, a work, an event).
    Misc,
    /// A description that can speak or act: "l'armée syrienne", "the agency".
    Nominal,
}

impl MentionKind {
    /// The kinds of names. In this order the model of names has its classes, and of kinds that are
    /// as likely the first goes before.
    pub const NAMES: [MentionKind; 4] =
        [MentionKind::Loc, MentionKind::Org, MentionKind::Per, MentionKind::Misc];

    /// The kind of names that is called so, in capitals or not.
    ///
    /// ```
    /// use recoupe::analyse::MentionKind;
    /// assert_eq!(MentionKind::named("Per"), Some(MentionKind::Per));
    /// assert_eq!(MentionKind::named("person"), None);
    /// ```
    pub fn named(name: &str) -> Option<MentionKind> {
        MentionKind::NAMES.into_iter().find(|k| k.name().eq_ignore_ascii_case(name))
    }

    /// Its place among [`MentionKind::NAMES`]; None for a description.
    pub const fn index(self) -> Option<usize> {
        match self {
            MentionKind::Loc => Some(0),
            MentionKind::Org => Some(1),
            MentionKind::Per => Some(2),
            MentionKind::Misc => Some(3),
            MentionKind::Nominal => None,
        }
    }

    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Per => "PER",
            MentionKind::Org => "ORG",
            MentionKind::Loc => "LOC",
            MentionKind::Misc => "MISC",
            MentionKind::Nominal => "NOMINAL",
        }
    }
}

/// A name or description of somebody, something or some place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What kind of thing it names.
    pub kind: MentionKind,
    /// Which thing: `org:islamic-state`. None when not resolved.
    pub entity: Option<String>,
    /// What found it.
    pub by: &'static str,
}

/// TIMEX3 types.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum TimexKind {
    /// A calendar date, a month, a year, a vague reference.
    Date,
    /// A time of day, or a part of a day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimexKind {
    /// The TIMEX3 name.
    pub fn name(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// Days from `earliest` to `latest`, both inclusive; either may be unknown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, PartialOrd, Ord)]
pub struct Interval {
    /// Not before this day.
    pub earliest: Option<Date>,
    /// Not after this day.
    pub latest: Option<Date>,
}

/// A time expression (TIMEX3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timex {
    /// Where.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value; underspecified (`XXXX-WXX-4`) while no anchor is known.
    pub value: String,
    /// TIMEX3 mod: `START`, `MID`, `END`, `APPROX`, `LESS_THAN`...
    pub modifier: Option<&'static str>,
    /// The days it covers, when they are known.
    pub interval: Interval,
    /// What found it.
    pub by: &'static str,
}

/// How an article prints what somebody said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum QuoteKind {
    /// All of it in quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

impl QuoteKind {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }
    }
}

/// What a source is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum SourceKind {
    /// A news agency.
    Agency,
    /// Any other organisation, an army, a government, a medium.
    Organisation,
    /// A named person.
    Person,
    /// A document with no known author.
    Document,
    /// A voice without a name: "une source militaire".
    Anonymous,
}

/// One link of a source chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The name a reader would know.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Its entity, when it is a mention that was resolved.
    pub entity: Option<String>,
}

/// "X says that p": who said what, according to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// What was said: one span, or several around the reporter's inserts. Never empty.
    pub content: Vec<Span>,
    /// The words that attribute it ("a indiqué", "selon"). None for a floating quotation.
    pub cue: Option<Span>,
    /// The words that name the source, where it is named or pointed to.
    pub source: Option<Span>,
    /// From the outlet's own informant to who spoke, furthest last. Never empty.
    pub chain: Vec<Link>,
    /// How it is printed.
    pub quote: QuoteKind,
    /// What the cue says of the reporter's stance.
    pub stance: Stance,
    /// Whether the words themselves, or the mood of the verb, hold back.
    pub hedged: bool,
    /// Whether it is only promised, offered or agreed to be done ("promised to reopen the road"): of
    /// things to come, never done.
    pub promised: bool,
    /// For an anaphoric content ("l'information est confirmée par"): the index, in
    /// [`Analysis::statements`], of what it points to.
    pub refers_to: Option<u32>,
    /// What found it.
    pub by: &'static str,
}

impl Statement {
    /// From the first word of the content to the last.
    pub fn span(&self) -> Span {
        self.content.iter().copied().reduce(Span::join).unwrap_or_default()
    }

    /// The name of the source, as a reader would know it: the last link of the chain.
    pub fn source_canonical(&self) -> &str {
        self.chain.last().map_or("", |link| &link.name)
    }

    /// Whether the source has no name.
    pub fn anonymous(&self) -> bool {
        self.chain.last().is_some_and(|link| link.kind == SourceKind::Anonymous)
    }

    /// The independent origin of the words: a person's organisation if the chain names one,
    /// else the last link.
    pub fn origin(&self) -> Option<&Link> {
        let last = self.chain.last()?;
        let before = self.chain.len().checked_sub(2).and_then(|i| self.chain.get(i));
        match before {
            Some(org)
                if last.kind == SourceKind::Person && org.kind == SourceKind::Organisation =>
            {
                Some(org)
            }
            _ => Some(last),
        }
    }
}

/// How somebody kept from saying anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum SilenceKind {
    /// Would not say: "declined to comment", "n'a pas souhaité réagir".
    Declined,
    /// Gave no answer, or was not to be reached: "did not respond to requests for comment".
    Unanswered,
}

impl SilenceKind {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            SilenceKind::Declined => "declined",
            SilenceKind::Unanswered => "unanswered",
        }
    }
}

/// "X declined to comment": somebody who was asked and said nothing. It tells nothing of what the
/// question was about: nothing is claimed, confirmed or denied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Silence {
    /// The words that tell it, from who was asked to what about.
    pub span: Span,
    /// The words that say so ("a refusé de commenter").
    pub cue: Span,
    /// The words that name who was asked.
    pub source: Span,
    /// Who was asked, as [`Statement::chain`]. Never empty.
    pub chain: Vec<Link>,
    /// In which way.
    pub kind: SilenceKind,
}

impl Silence {
    /// The name of who said nothing, as a reader would know it.
    pub fn source_canonical(&self) -> &str {
        self.chain.last().map_or("", |link| &link.name)
    }
}

/// What the words around a number admit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Bound {
    /// Just that number: `lo` = `hi`.
    Exact,
    /// That number or more: `hi` is None.
    AtLeast,
    /// That number or less: `lo` is None.
    AtMost,
    /// A range about the number.
    Approx,
    /// A garbled number ("120.00 personnes"): no value at all.
    Unreadable,
}

impl Bound {
    /// The name that outputs print.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::AtLeast => "at-least",
            Bound::AtMost => "at-most",
            Bound::Approx => "approx",
            Bound::Unreadable => "unreadable",
        }
    }
}

/// How many: a number with what it counts.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Where: the words of the quantity with its bound ("au moins 75").
    pub span: Span,
    /// The number as read.
    pub value: Option<f64>,
    /// The least the words admit.
    pub lo: Option<f64>,
    /// The most the words admit.
    pub hi: Option<f64>,
    /// What the words around it say.
    pub bound: Bound,
    /// What kind of thing is counted: `person`, `km`, `percent`, `currency`.
    pub unit: Option<&'static str>,
    /// What exactly, in the article's words.
    pub counts: Option<Span>,
    /// ISO 4217 code.
    pub currency: Option<&'static str>,
    /// What found it.
    pub by: &'static str,
    /// What happened to those counted, where words beside the number tell: `killed`, `injured`,
    /// `missing`, `displaced`, `arrested`...
    pub fate: Option<&'static str>,
}

/// What a credit is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum CreditOf {
    /// The words.
    Text,
    /// A picture.
    Photo,
}

/// An agency credited in a signature, a dateline or a caption.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credit {
    /// Where.
    pub span: Span,
    /// The agency's usual name: `AFP`.
    pub agency: String,
    /// For what.
    pub of: CreditOf,
}

/// When an article was published, as far as anything tells.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Published {
    /// The day, or the best day of the interval.
    pub date: Option<Date>,
    /// The days that the evidence leaves open.
    pub interval: Interval,
    /// Whether the article's own file gave it.
    pub given: bool,
    /// What tells it.
    pub evidence: Vec<Evidence>,
}

/// One reason for a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// The article's file says so.
    Given,
    /// These words of this article say so.
    Words(Span),
    /// Another article of the story, by its id, ties it.
    Article(String),
}

/// Everything found in one article.
#[derive(Clone, PartialEq, Debug)]
pub struct Analysis {
    /// The language pack that read it.
    pub lang: &'static Pack,
    /// Sentences, in order, of every block.
    pub sentences: Vec<Sentence>,
    /// Tokens of the sentences, in order.
    pub tokens: Vec<Token>,
    /// Syntactic words of the sentences, in order.
    pub words: Vec<word::Word>,
    /// Names and descriptions, in order. Names do not overlap; a description may hold a name.
    pub mentions: Vec<Mention>,
    /// Time expressions, in order.
    pub timexes: Vec<Timex>,
    /// Attributed statements, in order of their content.
    pub statements: Vec<Statement>,
    /// Quantities, in order.
    pub figures: Vec<Figure>,
    /// Agencies credited, in order.
    pub credits: Vec<Credit>,
    /// When it was published.
    pub published: Published,
    /// Who was asked and said nothing, in order.
    pub silences: Vec<Silence>,
}

impl Analysis {
    /// The source chains of all that is attributed.
    pub(crate) fn chains_mut(&mut self) -> impl Iterator<Item = &mut Vec<Link>> {
        let said = self.statements.iter_mut().map(|s| &mut s.chain);
        said.chain(self.silences.iter_mut().map(|s| &mut s.chain))
    }

    /// Whether a sentence tells anything: more than names, days and what stands between them ("Le Fil du Val,
    /// 12 mars 2024", "PARIS, 9 mai (APL) -").
    pub fn tells(&self, text: &str, sentence: &Sentence) -> bool {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let tokens = self.tokens.get(range).unwrap_or_default();
        let small = |t: &&Token| {
            t.kind == TokenKind::Word && t.span.of(text).starts_with(char::is_lowercase)
        };
        tokens.iter().filter(small).any(|t| {
            let next = self.timexes.partition_point(|x| x.span.end <= t.span.start);
            let link = Tags::ADPOSITION | Tags::DETERMINER | Tags::CONJUNCTION;
            !self.timexes.get(next).is_some_and(|x| x.span.overlaps(t.span))
                && !self.lang.lexicon.tags(t.span.of(text)).any(link)
        })
    }

    /// What an article was cut into, and nothing found in it.
    pub(crate) fn cut(lang: &'static Pack, (sentences, tokens, words): Cut) -> Analysis {
        Analysis {
            lang,
            sentences,
            tokens,
            words,
            mentions: Vec::new(),
            timexes: Vec::new(),
            statements: Vec::new(),
            figures: Vec::new(),
            credits: Vec::new(),
            published: Published::default(),
            silences: Vec::new(),
        }
    }

    /// Its words and trees, for what reads times. `article` is the one analysed.
    pub fn syntax<'a>(&'a self, article: &'a Article) -> time::Syntax<'a> {
        let (sentences, tokens, words) = (&self.sentences, &self.tokens, &self.words);
        time::Syntax { text: &article.text, sentences, tokens, words }
    }
}

/// Everything found in one article. Article and language pack are all it looks at: no other
/// article, no clock, no disk.
///
/// An article in a language without a pack is read with the fallback pack, with a warning.
///
/// ```
/// use recoupe::{analyse::analyse, article::Article};
/// let article = Article::plain("a.txt", "Selon la préfecture, deux ponts sont fermés.");
/// let analysis = analyse(&article).value;
/// assert_eq!(analysis.statements[0].source_canonical(), "Préfecture");
/// ```
pub fn analyse(article: &Article) -> Warned<Analysis> {
    analyse_with(article, Own::none())
}

/// [`analyse`], with what the user brings of names.
pub fn analyse_with(article: &Article, own: &Own) -> Warned<Analysis> {
    let (pack, warnings) = match language::detect(article) {
        language::Detected::Known(pack) => (pack, Vec::new()),
        language::Detected::Unknown(code) => {
            let reason = match code {
                Some(code) => format!(
                    "no language pack for `{code}`: read as {}, so trust copies, numbers and names at most",
                    crate::lang::PACKS[0].name
                ),
                None => "the text is too short or too mixed to tell its language".to_string(),
            };
            let warning = Warning::file(format!("article {}", article.id), reason)
                .advise("say its language with --lang if it is wrong");
            (crate::lang::PACKS[0], vec![warning])
        }
    };
    Warned { value: with_own(article, pack, own), warnings }
}

/// The pack that [`analyse`] reads an article with.
pub fn pack_of(article: &Article) -> &'static Pack {
    match language::detect(article) {
        language::Detected::Known(pack) => pack,
        language::Detected::Unknown(_) => crate::lang::PACKS[0],
    }
}

/// What [`with_own`] finds in an article, without what takes long and copying does not ask for: no
/// words and trees, no tags, no figures.
pub fn without_syntax(article: &Article, pack: &'static Pack, own: &Own) -> Analysis {
    composed::read(article, |article| {
        let (sentences, tokens) = sentence::sentences(article, pack);
        found(article, pack, own, (sentences, tokens, Vec::new()))
    })
}

/// An article cut into sentences and tokens, and nothing found in it: as much as its date asks for.
pub fn cut(article: &Article, pack: &'static Pack) -> Analysis {
    composed::read(article, |article| {
        let (sentences, tokens) = sentence::sentences(article, pack);
        Analysis::cut(pack, (sentences, tokens, Vec::new()))
    })
}

/// Everything found in one article, read with this pack.
pub fn with_pack(article: &Article, pack: &'static Pack) -> Analysis {
    with_own(article, pack, Own::none())
}

/// [`with_pack`], with what the user brings of names.
pub fn with_own(article: &Article, pack: &'static Pack, own: &Own) -> Analysis {
    composed::read(article, |article| {
        let mut out = found(article, pack, own, syntactic_words(article, pack));
        let text = &article.text;
        out.figures = figure::figures(text, &out.sentences, &out.tokens, &out.timexes, pack);
        figure::add_elided(text, &mut out);
        out
    })
}

/// What an article is cut into.
type Cut = (Vec<Sentence>, Vec<Token>, Vec<word::Word>);

/// Everything but figures, from an article cut into sentences, tokens and, where there are any,
/// syntactic words.
fn found(
    article: &Article,
    pack: &'static Pack,
    own: &Own,
    (sentences, tokens, syntax): Cut,
) -> Analysis {
    let text = &article.text;
    let words = name::Words::new(text, &tokens, pack);
    let read = time::Syntax { text, sentences: &sentences, tokens: &tokens, words: &syntax };
    let timexes = time::of_article(article, read, pack);
    let credits = credit::credits(article, &sentences, &tokens);
    let mut mentions = name::mentions(&words, &sentences, &syntax, &world::World::new(own));
    entity::resolve(text, &mut mentions, pack, own);
    let quotes = quote::quotes(text, &article.blocks);
    let scene = statement::Scene::new(&words, &sentences, &mentions, &timexes, &quotes, &syntax);
    let (statements, silences) = statement::statements(&scene);
    let cut = Analysis::cut(pack, (sentences, tokens, syntax));
    Analysis { mentions, timexes, statements, credits, silences, ..cut }
}

/// The sentences, tokens and syntactic words of an article, with tags and trees.
fn syntactic_words(article: &Article, pack: &'static Pack) -> Cut {
    let text = &article.text;
    let (mut sentences, tokens) = sentence::sentences(article, pack);
    let mut words = word::words(text, &mut sentences, &tokens, pack);
    syntax::annotate_all(text, &sentences, &tokens, &mut words, pack);
    tag::annotate_all(text, &sentences, &tokens, &mut words, pack);
    (sentences, tokens, words)
}
