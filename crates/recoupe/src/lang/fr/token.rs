//! French tokens, after the conventions of UD_French-Sequoia.

use crate::lang::token::TokenRules;

/// French token rules.
pub const RULES: TokenRules = TokenRules {
    elisions: &[
        "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
        "quelqu", "presqu",
    ],
    enclitics: &[
        "-t-elles", "-t-elle", "-t-ils", "-t-il", "-t-on", "-elles", "-elle", "-nous", "-vous",
        "-ils", "-il", "-on", "-je", "-tu", "-ce", "-moi", "-toi", "-lui", "-leur", "-les", "-le",
        "-la", "-y", "-en",
    ],
    split_hyphens: false,
    abbreviations: &[
        "m", "mm", "mme", "mlle", "mgr", "dr", "pr", "me", "st", "ste", "art", "av", "bd", "cf",
        "chap", "env", "ex", "fig", "max", "min", "no", "p", "pp", "réf", "tél", "vol", "hab",
        "janv", "févr", "sept", "oct", "nov", "déc", "jr", "sgt", "cap", "gén", "col", "lt",
        "prof",
    ],
    enclitics_join: false,
    digit_groups: true,
    contractions: &[
        ("du", &["de", "le"]),
        ("des", &["de", "les"]),
        ("au", &["à", "le"]),
        ("aux", &["à", "les"]),
        ("duquel", &["de", "lequel"]),
        ("desquels", &["de", "lesquels"]),
        ("desquelles", &["de", "lesquelles"]),
        ("auquel", &["à", "lequel"]),
        ("auxquels", &["à", "lesquels"]),
        ("auxquelles", &["à", "lesquelles"]),
    ],
    ambiguous: &["des", "du"],
};
