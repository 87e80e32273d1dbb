//! What a language pack says of tokens and sentences.

/// Rules for cutting text into tokens and sentences.
pub struct TokenRules {
    /// Words that lose their last vowel before an apostrophe and stand as tokens of their own
    /// (`l'`, `qu'`), lower case, without the apostrophe.
    pub elisions: &'static [&'static str],
    /// Endings that are tokens of their own (`-t-il`, `'s`, `n't`), lower case, with a plain
    /// apostrophe; longer ones first.
    pub enclitics: &'static [&'static str],
    /// Whether a hyphen inside a word is a token (English UD treebanks) or not (French).
    pub split_hyphens: bool,
    /// Words whose full stop does not end a sentence, lower case, without the stop.
    pub abbreviations: &'static [&'static str],
    /// Whether an enclitic and its host are one token of UD, of several words (English `don't`),
    /// or tokens of their own (French `dit-il`).
    pub enclitics_join: bool,
    /// Whether spaces group the digits of numbers: `330 000` is one word.
    pub digit_groups: bool,
    /// Tokens that are several syntactic words, lower case, with these.
    pub contractions: &'static [(&'static str, &'static [&'static str])],
    /// Those of them that may also be one word (French `des`: `de` `les`, or an article).
    pub ambiguous: &'static [&'static str],
}

impl TokenRules {
    /// Whether a stop after the word belongs to it: an abbreviation of the list, or an initial.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        initial || self.abbreviations.contains(&word.to_lowercase().as_str())
    }
}
