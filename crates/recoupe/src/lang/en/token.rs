//! English tokens, after the conventions of UD_English-EWT.

use crate::lang::token::TokenRules;

/// English token rules.
pub const RULES: TokenRules = TokenRules {
    elisions: &[],
    enclitics: &["n't", "'re", "'ve", "'ll", "'s", "'d", "'m"],
    split_hyphens: true,
    abbreviations: &[
        "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "maj", "rep", "sen",
        "gov", "rev", "hon", "st", "jr", "sr", "inc", "ltd", "co", "corp", "vs", "etc", "no",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "ave",
        "blvd", "rd", "fig", "vol", "pp", "approx", "dept", "est", "min", "max", "u.s", "u.k",
        "u.n", "e.g", "i.e", "a.m", "p.m", "ph.d", "d.c", "adm", "cmdr", "supt", "insp", "messrs",
    ],
    enclitics_join: true,
    digit_groups: false,
    contractions: &[
        ("cannot", &["can", "not"]),
        ("gonna", &["gon", "na"]),
        ("wanna", &["wan", "na"]),
        ("gotta", &["got", "ta"]),
        ("dont", &["do", "nt"]),
        ("doesnt", &["does", "nt"]),
        ("didnt", &["did", "nt"]),
        ("isnt", &["is", "nt"]),
        ("arent", &["are", "nt"]),
        ("wasnt", &["was", "nt"]),
        ("werent", &["were", "nt"]),
        ("havent", &["have", "nt"]),
        ("hasnt", &["has", "nt"]),
        ("couldnt", &["could", "nt"]),
        ("wouldnt", &["would", "nt"]),
        ("shouldnt", &["should", "nt"]),
        ("wont", &["wo", "nt"]),
        ("cant", &["ca", "nt"]),
        ("im", &["i", "m"]),
        ("ive", &["i", "ve"]),
        ("thats", &["that", "s"]),
        ("theres", &["there", "s"]),
        ("youre", &["you", "re"]),
        ("theyre", &["they", "re"]),
    ],
    ambiguous: &[],
};
