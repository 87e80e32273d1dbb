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
}
