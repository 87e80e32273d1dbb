//! Which language an article is in.

use crate::article::Article;
use crate::lang::{self, Pack};

/// What tells the language, and the pack to read it with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Detected {
    /// A language that has a pack.
    Known(&'static Pack),
    /// Another language, by its ISO 639-3 code, or too little text to tell (None).
    Unknown(Option<&'static str>),
}

/// The language of an article: what its file claims if there is a pack for it, else what its
/// words tell (trigrams, the `whatlang` crate). With a claim that contradicts clear evidence the
/// words win: feeds mislabel.
pub fn detect(article: &Article) -> Detected {
    let claimed = article.lang.as_deref().and_then(lang::pack);
    let sample = sample(&article.text);
    let Some(info) = whatlang::detect(sample) else {
        return claimed.map_or(Detected::Unknown(None), Detected::Known);
    };
    let code = info.lang().code();
    let told = lang::PACKS.iter().copied().find(|p| p.iso3 == code);
    match (claimed, told) {
        (Some(claim), _) if !info.is_reliable() => Detected::Known(claim),
        (_, Some(pack)) => Detected::Known(pack),
        (Some(_), None) if info.is_reliable() => Detected::Unknown(Some(code)),
        (Some(claim), None) => Detected::Known(claim),
        (None, None) if info.is_reliable() => Detected::Unknown(Some(code)),
        (None, None) => Detected::Unknown(None),
    }
}

/// Enough text to tell by: about 4,000 bytes.
fn sample(text: &str) -> &str {
    let end = (0..=text.len().min(4_000)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str, claimed: Option<&str>) -> Option<&'static str> {
        let lang = claimed.map(str::to_string);
        match detect(&Article { lang, ..Article::plain("t", text) }) {
            Detected::Known(pack) => Some(pack.code),
            Detected::Unknown(other) => other,
        }
    }

    #[test]
    fn words_tell_the_language() {
        let fr = "La rivière a débordé dans la nuit et les habitants ont quitté leurs maisons.";
        let en = "The river burst its banks overnight and residents had to leave their homes.";
        let de = "Der Fluss ist in der Nacht über die Ufer getreten, die Bewohner mussten fliehen.";
        assert_eq!(code(fr, None), Some("fr"));
        assert_eq!(code(en, None), Some("en"));
        assert_eq!(code(en, Some("fr-FR")), Some("en"));
        assert_eq!(code(de, None), Some("deu"));
        assert_eq!(code("", None), None);
        assert_eq!(code("", Some("en")), Some("en"));
    }
}
