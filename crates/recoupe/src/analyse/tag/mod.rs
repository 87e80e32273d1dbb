//! Parts of speech, features and lemmas of a sentence's words: [`tag`].
//!
//! Three linear models over hashed features (see [`features`]), trained by `recoupe-dev train
//! tags`. A first pass tags from left to right; words whose best two tags are close are tagged
//! again with richer features and the first pass's tags on both sides; then the features of UD
//! are chosen among the bundles that treebanks give to the part of speech, each bundle scored as
//! the sum of its values. Lemmas are the lexicon's ([`Lexicon::lemma`]).
//!
//! Weights are those of multinomial logistic regression with AdaGrad steps (Duchi, Hazan and
//! Singer 2011) and dropout of features (Srivastava and others 2014); tags of the first pass as
//! features of the second are stacking (Wolpert 1992).

pub mod features;
pub mod table;

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::analyse::syntax::kernel::widest;
use crate::analyse::word::Word;
use crate::analyse::{Sentence, Token};
use crate::lang::lexicon::Lexicon;
use crate::lang::{Pack, PerPack};
use crate::model::{Error, Model, Reader, feature_hash};
use crate::ud::{Feats, Upos};
use features::{Info, Pass};
use table::{Sums, Table};

/// Version of the model's layout.
pub const VERSION: u32 = 1;

/// Classes of the tables of parts of speech: 17, filled up to a multiple of 8.
pub const TAGS: usize = 24;

/// Most values that features may take, all together.
pub const VALUES: usize = 64;

/// The tagger of one language.
#[derive(Clone, Debug, Default)]
pub struct Tagger {
    lean: Table<TAGS>,
    rich: Table<TAGS>,
    bundles: Table<VALUES>,
    /// The first pass is sure of a tag that wins by this much.
    sure: i16,
    /// For each part of speech the bundles it can have.
    allowed: Vec<Vec<Bundle>>,
    /// Frequent forms, as written.
    known: FxHashMap<Box<str>, Known>,
}

/// A frequent form: all about it that does not depend on its neighbours.
#[derive(Clone, Debug)]
struct Known {
    info: Info,
    /// As the word itself, as the one before, as the one after; summed when first asked for, since
    /// most forms are not met in most texts.
    sums: OnceLock<[Sums<TAGS>; 3]>,
    /// The part of speech it always has.
    tag: Option<u8>,
    /// The features it always has with it.
    feats: Option<Feats>,
}

/// Features that go together, and which values they are made of.
#[derive(Clone, Debug)]
struct Bundle {
    feats: Feats,
    values: Vec<u8>,
}

impl Tagger {
    /// Reads a model that training wrote (see [`mod@write`]).
    ///
    /// # Errors
    ///
    /// When the bytes are damaged, or another model's.
    pub fn read(bytes: &[u8], lang: &str, lexicon: &Lexicon) -> Result<Tagger, Error> {
        let model = Model::open(bytes)?;
        model.expect("tags", lang, VERSION, feature_hash(features::DESCRIPTION))?;
        let mut out = Tagger {
            lean: Table::read(model.section("lean")?)?,
            rich: Table::read(model.section("rich")?)?,
            bundles: Table::read(model.section("bundles")?)?,
            sure: model.section("sure")?.u16()?.min(i16::MAX as u16) as i16,
            allowed: read_allowed(model.section("allowed")?)?,
            known: FxHashMap::default(),
        };
        out.read_known(model.section("known")?, lexicon)?;
        Ok(out)
    }

    fn read_known(&mut self, mut from: Reader<'_>, lexicon: &Lexicon) -> Result<(), Error> {
        let mut lower = String::new();
        let count = from.u16()? as usize;
        self.known.reserve(count.min(1 << 14));
        for _ in 0..count {
            let form = from.name()?;
            let (tag, bundle) = (from.u8()?, from.u16()?);
            let tag = ((tag as usize) < Upos::ALL.len()).then_some(tag);
            let allowed = tag.and_then(|t| self.allowed.get(t as usize));
            let feats = allowed.and_then(|a| a.get(bundle as usize)).map(|b| b.feats);
            let info = Info::of(form, false, lexicon, &mut lower);
            let known = Known { info, sums: OnceLock::new(), tag, feats };
            self.known.insert(form.into(), known);
        }
        if from.is_empty() { Ok(()) } else { Err(from.error()) }
    }

    fn sums<'a>(&self, known: &'a Known) -> &'a [Sums<TAGS>; 3] {
        let takes: [fn(&Info, &mut Vec<u64>); 3] =
            [features::alone, features::as_previous, features::as_next];
        known.sums.get_or_init(|| takes.map(|take| self.lean_sums(&known.info, take)))
    }

    fn lean_sums(&self, info: &Info, take: fn(&Info, &mut Vec<u64>)) -> Sums<TAGS> {
        let mut keys = Vec::with_capacity(24);
        take(info, &mut keys);
        self.lean.sum(&keys)
    }

    fn places(&self, forms: &[&str], lexicon: &Lexicon) -> (Vec<Info>, Vec<Option<&Known>>) {
        let mut lower = String::new();
        let mut infos = Vec::with_capacity(forms.len());
        let mut knowns = Vec::with_capacity(forms.len());
        let shouted = is_shouted(forms);
        for (i, form) in forms.iter().enumerate() {
            let quiet = if shouted { quiet(form, lexicon) } else { Cow::Borrowed(*form) };
            let form: &str = &quiet;
            let capital = i == 0 && form.chars().next().is_some_and(char::is_uppercase);
            let known = if capital { None } else { self.known.get(form) };
            let info = known.map(|k| k.info);
            infos.push(info.unwrap_or_else(|| Info::of(form, i == 0, lexicon, &mut lower)));
            knowns.push(known);
        }
        (infos, knowns)
    }

    /// The parts of speech of a sentence. Where the first look leaves doubt, a hint decides: what
    /// the network of syntax is sure of, X where it is not.
    fn parts(&self, infos: &[Info], knowns: &[Option<&Known>], hints: &[Upos]) -> Vec<u8> {
        let mut keys = Vec::with_capacity(128);
        let mut tags = Vec::with_capacity(infos.len());
        let mut unsure = Vec::new();
        for i in 0..infos.len() {
            if let Some(tag) = knowns[i].and_then(|k| k.tag) {
                tags.push(tag);
                continue;
            }
            let mut sums = self.first_look(infos, knowns, i, &mut keys);
            features::moving(infos, i, &tags, None, &mut keys);
            self.lean.sum_into(&keys, &mut sums);
            let (tag, margin) = winner(&sums);
            if margin < self.sure {
                unsure.push(i);
            }
            tags.push(tag);
        }
        let ahead = tags.clone();
        for i in unsure {
            if let Some(hint) = hints.get(i).filter(|hint| **hint != Upos::X) {
                tags[i] = *hint as u8;
                continue;
            }
            features::fixed(infos, i, Pass::Rich, &mut keys);
            let mut sums = self.rich.sum(&keys);
            features::moving(infos, i, &tags, Some(&ahead), &mut keys);
            self.rich.sum_into(&keys, &mut sums);
            tags[i] = winner(&sums).0;
        }
        tags
    }

    /// The sums of the first pass's features that ask for no tags.
    fn first_look(
        &self,
        infos: &[Info],
        knowns: &[Option<&Known>],
        i: usize,
        keys: &mut Vec<u64>,
    ) -> Sums<TAGS> {
        keys.clear();
        let mut sums = [0; TAGS];
        match knowns[i] {
            Some(known) => add(&mut sums, &self.sums(known)[0]),
            None => features::alone(&infos[i], keys),
        }
        match i.checked_sub(1).map(|j| (knowns[j], &infos[j])) {
            Some((Some(known), _)) => add(&mut sums, &self.sums(known)[1]),
            Some((None, info)) => features::as_previous(info, keys),
            None => features::as_previous(&Info::edge(), keys),
        }
        match infos.get(i + 1).map(|info| (knowns[i + 1], info)) {
            Some((Some(known), _)) => add(&mut sums, &self.sums(known)[2]),
            Some((None, info)) => features::as_next(info, keys),
            None => features::as_next(&Info::edge(), keys),
        }
        features::together(infos, i, keys);
        self.lean.sum_into(keys, &mut sums);
        sums
    }

    /// The features of a sentence's words, given their parts of speech.
    fn feats(
        &self,
        infos: &[Info],
        knowns: &[Option<&Known>],
        tags: &[u8],
        lexicon: &Lexicon,
    ) -> Vec<Feats> {
        let mut keys = Vec::with_capacity(64);
        let mut out = Vec::with_capacity(infos.len());
        for i in 0..infos.len() {
            let known = knowns[i].filter(|k| k.tag == Some(tags[i]));
            if let Some(feats) = known.and_then(|k| k.feats) {
                out.push(feats);
                continue;
            }
            let allowed = self.allowed.get(tags[i] as usize).map_or(&[][..], |a| a);
            let best = match allowed {
                [] => Feats::default(),
                [only] => only.feats,
                _ => {
                    features::bundle(infos, i, tags, &out, lexicon, &mut keys);
                    let sums = self.bundles.sum(&keys);
                    let best = allowed.iter().rev().max_by_key(|b| b.score(&sums));
                    best.map_or_else(Feats::default, |b| b.feats)
                }
            };
            out.push(best);
        }
        out
    }
}

/// Whether a sentence is written in capitals, as headlines can be: four words of two letters or
/// more, nine in ten of all such words.
fn is_shouted(forms: &[&str]) -> bool {
    let (mut all, mut upper) = (0, 0);
    for form in forms {
        // Most sentences are told by their first words.
        if all >= 6 && upper * 2 < all {
            return false;
        }
        let mut letters = form.chars().filter(|c| c.is_alphabetic());
        let two = letters.next().zip(letters.next());
        all += usize::from(two.is_some());
        upper += usize::from(two.is_some_and(|(a, b)| a.is_uppercase() && b.is_uppercase()));
    }
    upper >= 4 && upper * 10 >= all * 9
}

/// A shouted form as it would be written elsewhere: in lower case where the lexicon has it as
/// more than a name, else with its first letter alone upper.
fn quiet<'a>(form: &'a str, lexicon: &Lexicon) -> Cow<'a, str> {
    let lower = form.to_lowercase();
    let name = 1 << Upos::Propn as u32;
    let class = lexicon.class(&lower);
    let readings = class.map_or(&[][..], |c| lexicon.readings(c));
    let common = class.is_some_and(|c| lexicon.parts(c) & !name != 0)
        || readings.iter().any(|r| r.seen && r.upos != Upos::Propn);
    if common {
        return lower.into();
    }
    let mut chars = lower.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(chars.as_str().chars()).collect::<String>().into()
}

fn add<const N: usize>(to: &mut Sums<N>, from: &Sums<N>) {
    for (a, b) in to.iter_mut().zip(from) {
        *a = a.wrapping_add(*b);
    }
}

impl Bundle {
    fn score(&self, sums: &Sums<VALUES>) -> i32 {
        self.values.iter().filter_map(|v| sums.get(*v as usize)).map(|s| i32::from(*s)).sum()
    }
}

impl<const N: usize> Table<N> {
    fn sum(&self, keys: &[u64]) -> Sums<N> {
        let mut sums = [0; N];
        self.sum_into(keys, &mut sums);
        sums
    }

    fn sum_into(&self, keys: &[u64], sums: &mut Sums<N>) {
        widest(
            #[inline(always)]
            || keys.iter().for_each(|key| self.add(*key, sums)),
        );
    }
}

/// The class with the greatest sum (the first of equals), and by how much it wins.
fn winner(sums: &Sums<TAGS>) -> (u8, i16) {
    let (mut best, mut second) = (0, i16::MIN);
    for (k, sum) in sums.iter().enumerate().take(Upos::ALL.len()).skip(1) {
        if *sum > sums[best] {
            second = sums[best];
            best = k;
        } else {
            second = second.max(*sum);
        }
    }
    (best as u8, sums[best].saturating_sub(second))
}

fn read_allowed(mut from: Reader<'_>) -> Result<Vec<Vec<Bundle>>, Error> {
    let mut out = Vec::with_capacity(Upos::ALL.len());
    for _ in Upos::ALL {
        let mut bundles = Vec::new();
        for _ in 0..from.u16()? {
            let feats = Feats::from_bits(from.u64()?);
            let count = from.u8()? as usize;
            let values = from.take(count)?.to_vec();
            if values.iter().any(|v| *v as usize >= VALUES) {
                return Err(from.error());
            }
            bundles.push(Bundle { feats, values });
        }
        out.push(bundles);
    }
    if from.is_empty() { Ok(out) } else { Err(from.error()) }
}

/// The tagger of a language, opened once and shared by all threads; None where the language has
/// none.
pub fn tagger(pack: &Pack) -> Option<&'static Tagger> {
    static OPENED: PerPack<Tagger> = PerPack::new();
    OPENED.get(pack, || Tagger::read(pack.tags, pack.code, &pack.lexicon))
}

/// Fills in part of speech, features and lemma of a sentence's words. `forms` are the words'
/// own forms (`de`, `le` for `du`), as many as `words`.
///
/// Without a model for the language, words are left as they are.
pub fn tag(words: &mut [Word], forms: &[&str], pack: &Pack) {
    let Some(tagger) = tagger(pack) else { return };
    let lexicon = &pack.lexicon;
    let (infos, knowns) = tagger.places(forms, lexicon);
    let hints: Vec<Upos> = words.iter().map(|w| w.upos).collect();
    let parts = tagger.parts(&infos, &knowns, &hints);
    let feats = tagger.feats(&infos, &knowns, &parts, lexicon);
    let mut lower = String::new();
    for (i, (word, form)) in words.iter_mut().zip(forms).enumerate() {
        word.upos = Upos::ALL.get(parts[i] as usize).copied().unwrap_or_default();
        word.feats = feats[i];
        features::normalise(form, &mut lower);
        word.lemma = lexicon.lemma(&lower, infos[i].class, word.upos, word.feats);
    }
}

/// Tags the words of an article's sentences: [`tag`] for each.
pub fn annotate_all(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    words: &mut [Word],
    pack: &Pack,
) {
    let mut forms: Vec<&str> = Vec::new();
    for sentence in sentences {
        let range = sentence.words.start as usize..sentence.words.end as usize;
        let Some(words) = words.get_mut(range) else { continue };
        forms.clear();
        forms.extend(words.iter().map(|w| w.form(text, tokens)));
        tag(words, &forms, pack);
    }
}

/// The parts of speech of a sentence's words, without features and lemmas: what is fastest.
/// `None` without a model for the language.
pub fn parts(forms: &[&str], pack: &Pack) -> Option<Vec<Upos>> {
    let tagger = tagger(pack)?;
    let (infos, knowns) = tagger.places(forms, &pack.lexicon);
    let tags = tagger.parts(&infos, &knowns, &[]);
    Some(tags.iter().filter_map(|t| Upos::ALL.get(*t as usize).copied()).collect())
}

/// The words of a sentence given by their forms alone.
///
/// ```
/// use recoupe::{analyse::tag::annotate, lang::pack, ud::Upos};
/// let french = pack("fr").unwrap();
/// let words = annotate(&["Les", "ponts", "sont", "fermés", "."], french);
/// assert_eq!(words[1].upos, Upos::Noun);
/// assert_eq!(words[3].lemma("fermés", french), "fermer");
/// ```
pub fn annotate(forms: &[&str], pack: &Pack) -> Vec<Word> {
    let mut words: Vec<Word> =
        (0..forms.len()).map(|i| Word { token: i as u32, ..Word::default() }).collect();
    tag(&mut words, forms, pack);
    words
}

/// Writes a tagger: the other end of [`Tagger::read`].
pub mod write {
    use super::{TAGS, Table, VALUES, VERSION, features};
    use crate::model::{Writer, feature_hash, put_name};
    use crate::ud::{Feats, Upos};

    /// Trained weights, in 8 bits.
    #[derive(Clone, Debug, Default)]
    pub struct Trained {
        /// Of the first pass.
        pub lean: Vec<(u64, [i8; TAGS])>,
        /// Of the second pass.
        pub rich: Vec<(u64, [i8; TAGS])>,
        /// Of the values of features.
        pub bundles: Vec<(u64, [i8; VALUES])>,
        /// By how much the first pass must be sure.
        pub sure: u16,
        /// For each part of speech its bundles, each with the values it is made of.
        pub allowed: Vec<Vec<(Feats, Vec<u8>)>>,
        /// Frequent forms, with the part of speech and the index of the bundle that they always
        /// have.
        pub known: Vec<(String, Option<u8>, Option<u16>)>,
    }

    /// The model's bytes.
    pub fn tagger(lang: &str, trained: &Trained) -> Vec<u8> {
        let mut out = Writer::new("tags", lang, VERSION, feature_hash(features::DESCRIPTION));
        out.section("lean", Table::write(&trained.lean));
        out.section("rich", Table::write(&trained.rich));
        out.section("bundles", Table::write(&trained.bundles));
        out.section("sure", trained.sure.to_le_bytes().to_vec());
        let mut allowed = Vec::new();
        for part in 0..Upos::ALL.len() {
            let bundles = trained.allowed.get(part).map_or(&[][..], |b| b);
            allowed.extend((bundles.len() as u16).to_le_bytes());
            for (feats, values) in bundles {
                allowed.extend(feats.bits().to_le_bytes());
                allowed.push(values.len() as u8);
                allowed.extend(values);
            }
        }
        out.section("allowed", allowed);
        let mut known = (trained.known.len() as u16).to_le_bytes().to_vec();
        for (form, tag, bundle) in &trained.known {
            put_name(&mut known, form);
            known.push(tag.unwrap_or(u8::MAX));
            known.extend(bundle.unwrap_or(u16::MAX).to_le_bytes());
        }
        out.section("known", known);
        out.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::pack;
    use proptest::prelude::*;

    fn tagged(lang: &str, text: &str) -> String {
        let pack = pack(lang).unwrap();
        let forms: Vec<&str> = text.split(' ').collect();
        let words = annotate(&forms, pack);
        let tags: Vec<&str> = words.iter().map(|w| w.upos.name()).collect();
        tags.join(" ")
    }

    #[test]
    fn parts_of_speech() {
        let cases = [
            (
                "fr",
                "Le maire de Valbrune a fermé deux ponts lundi .",
                "DET NOUN ADP PROPN AUX VERB NUM NOUN NOUN PUNCT",
            ),
            (
                "fr",
                "Selon elle , la rivière monte vite .",
                "ADP PRON PUNCT DET NOUN VERB ADV PUNCT",
            ),
            (
                "fr",
                "Les habitants ont été évacués par les pompiers .",
                "DET NOUN AUX AUX VERB ADP DET NOUN PUNCT",
            ),
            (
                "en",
                "The mayor of Valbrook closed two bridges on Monday .",
                "DET NOUN ADP PROPN VERB NUM NOUN ADP PROPN PUNCT",
            ),
            (
                "en",
                "She said the river was rising quickly .",
                "PRON VERB DET NOUN AUX VERB ADV PUNCT",
            ),
        ];
        for (lang, text, want) in cases {
            assert_eq!(tagged(lang, text), want, "{text}");
        }
    }

    #[test]
    fn features_and_lemmas() {
        let cases = [
            ("fr", "Les ponts étaient fermés .", 2, "Tense", "Imp", "être"),
            ("fr", "Les rivières montaient .", 1, "Gender", "Fem", "rivière"),
            ("fr", "Il faut que les travaux avancent .", 4, "Number", "Plur", "travail"),
            ("en", "The bridges were closed .", 3, "VerbForm", "Part", "close"),
            ("en", "The children left early .", 1, "Number", "Plur", "child"),
        ];
        for (lang, text, i, name, value, lemma) in cases {
            let pack = pack(lang).unwrap();
            let forms: Vec<&str> = text.split(' ').collect();
            let word = annotate(&forms, pack)[i];
            assert!(word.feats.is(name, value), "{} {}", forms[i], word.feats);
            assert_eq!(word.lemma(forms[i], pack), lemma);
        }
    }

    #[test]
    fn numbers_addresses_and_marks() {
        for lang in ["fr", "en"] {
            assert_eq!(tagged(lang, "1.200 75 2026"), "NUM NUM NUM", "{lang}");
            assert_eq!(tagged(lang, "« . , ; !"), "PUNCT PUNCT PUNCT PUNCT PUNCT", "{lang}");
        }
    }

    #[test]
    fn capitals_are_read_as_other_letters() {
        let cases = [
            ("fr", "DEUX PONTS FERMÉS PAR LE MAIRE", "NUM NOUN VERB ADP DET NOUN"),
            ("en", "THE MAYOR CLOSED THE BRIDGES", "DET NOUN VERB DET NOUN"),
        ];
        for (lang, text, want) in cases {
            assert_eq!(tagged(lang, text), want, "{text}");
        }
        assert!(!is_shouted(&["The", "UN", "and", "NATO", "met", "the", "EU", "."]));
    }

    #[test]
    fn long_tokens_and_sentences_take_linear_time() {
        // A square of the length would take hours.
        for lang in ["fr", "en"] {
            let pack = pack(lang).unwrap();
            let long = "é".repeat(500_000);
            assert_eq!(annotate(&[&long, "."], pack).len(), 2);
            let many = vec!["rivières"; 100_000];
            assert_eq!(annotate(&many, pack).len(), 100_000);
        }
        assert!(annotate(&[], pack("fr").unwrap()).is_empty());
    }

    #[test]
    fn a_damaged_model_is_an_error() {
        let bytes: &[u8] = include_bytes!("../../../models/tags_fr.bin");
        let lexicon = &pack("fr").unwrap().lexicon;
        assert!(Tagger::read(bytes, "fr", lexicon).is_ok());
        assert!(Tagger::read(bytes, "en", lexicon).is_err());
        assert!(Tagger::read(&bytes[..bytes.len() / 2], "fr", lexicon).is_err());
        for at in [9, 40, bytes.len() / 3, bytes.len() - 1] {
            let mut altered = bytes.to_vec();
            altered[at] ^= 4;
            assert!(Tagger::read(&altered, "fr", lexicon).is_err(), "byte {at}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_words_are_tagged(forms in prop::collection::vec("\\PC{0,12}", 0..12), french: bool) {
            let pack = pack(if french { "fr" } else { "en" }).unwrap();
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let words = annotate(&forms, pack);
            prop_assert_eq!(words.len(), forms.len());
            prop_assert_eq!(&words, &annotate(&forms, pack));
            let alone = parts(&forms, pack).unwrap();
            for ((word, form), upos) in words.iter().zip(&forms).zip(alone) {
                prop_assert_eq!(word.upos, upos);
                prop_assert!(form.is_empty() || word.lemma(form, pack).len() < form.len() * 3 + 64);
            }
        }
    }
}
