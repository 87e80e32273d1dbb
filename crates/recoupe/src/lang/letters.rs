//! Letters as words and names are compared by: one piece for each way to make them plain.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in lower case, with plain apostrophes, each letter and its accent one character: what word
/// lists are asked with. Texts may write an accent as a character of its own.
///
/// ```
/// use recoupe::lang::letters::plain_lower;
/// assert_eq!(plain_lower("L’ÉTAT"), "l'état");
/// assert_eq!(plain_lower("E\u{301}tat"), "état");
/// ```
pub fn plain_lower(word: &str) -> String {
    composed(word).to_lowercase().replace(['’', 'ʼ'], "'")
}

/// A text with each letter and its accent one character.
///
/// ```
/// use recoupe::lang::letters::composed;
/// assert_eq!(composed("e\u{301}te\u{301}"), "été");
/// ```
pub fn composed(text: &str) -> Cow<'_, str> {
    // Most texts have no such mark; to look for one costs less than to compose.
    if text.is_ascii() || !text.chars().any(is_combining_mark) {
        return text.into();
    }
    text.nfc().collect::<String>().into()
}

/// How readers without accents write a letter that Unicode does not decompose; None for others.
/// Marks that romanisations write for consonants which French and English leave out are nothing.
pub fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ı' => "i",
        'ə' | 'Ə' => "e",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | 'ʹ' | 'ʺ' => "",
        _ => return None,
    })
}

/// The first letter that a letter is without its accent; itself where there is none.
pub fn unaccented(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let spelled = spelled(c).and_then(|s| s.chars().next());
    spelled.or_else(|| c.nfd().next()).unwrap_or(c)
}

/// A name without case, accents, hyphens and apostrophes: what names are compared by. What is no
/// letter or digit is one space.
///
/// ```
/// use recoupe::lang::letters::fold;
/// assert_eq!(fold("Saint-Étienne"), "saint etienne");
/// assert_eq!(fold("L’Aquila"), "l aquila");
/// assert_eq!(fold("Łódź"), "lodz");
/// ```
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    fold_into(name, &mut out);
    out
}

/// [`fold`], into a string that is used again.
pub fn fold_into(name: &str, out: &mut String) {
    out.clear();
    if name.is_ascii() {
        name.bytes().for_each(|b| push(b as char, out));
    } else {
        for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
            match spelled(c) {
                Some(plain) => out.push_str(plain),
                None if !c.is_ascii() && c.is_alphanumeric() => out.extend(c.to_lowercase()),
                None => push(c, out),
            }
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
}

fn push(c: char, out: &mut String) {
    if c.is_ascii_alphanumeric() {
        out.push(c.to_ascii_lowercase());
    } else if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_lose_their_accents() {
        let cases = [('é', 'e'), ('É', 'E'), ('œ', 'o'), ('ß', 's'), ('Đ', 'd'), ('x', 'x')];
        for (c, plain) in cases {
            assert_eq!(unaccented(c), plain, "{c}");
        }
    }

    proptest! {
        #[test]
        fn how_accents_are_written_changes_nothing(text in "[ -~À-ſ’\u{300}-\u{304}\u{327}]{0,40}") {
            let (one, two): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(plain_lower(&one), plain_lower(&two));
            prop_assert_eq!(fold(&one), fold(&two));
            prop_assert_eq!(composed(&one), composed(&two));
        }
    }
}
