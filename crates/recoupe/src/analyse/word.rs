//! Syntactic words (UD): what tags, lemmas and trees are about.
//!
//! Most tokens are one word. A contraction is one token and several words: French `du` is `de`
//! and `le`. English `don't` is written as one and is two words, each a stretch of the text.

use crate::ud::{Deprel, Feats, Upos};

/// A syntactic word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// The token it stands in, an index into [`crate::analyse::Analysis::tokens`].
    pub token: u32,
    /// Its form, where it is not the token's own letters: `le` in `du`.
    pub form: Option<&'static str>,
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// The word it depends on, an index into [`crate::analyse::Analysis::words`]; None for the
    /// root of a sentence, and where no tree was made.
    pub head: Option<u32>,
    /// How it depends on it.
    pub deprel: Deprel,
}
