//! What names are compared by: folded letters, or the sounds that romanisations agree on.

use std::borrow::Cow;

use crate::knowledge::name::ARTICLES;
pub use crate::lang::letters::fold;

/// Whether `c` may stand for an apostrophe.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

/// `name` without its apostrophes, or None when it has none: "Sana'a" is also "Sanaa".
pub fn without_apostrophes(name: &str) -> Option<String> {
    name.contains(is_apostrophe).then(|| name.replace(is_apostrophe, ""))
}

/// The consonants of a name, such that the usual romanisations of one name give one skeleton.
///
/// The article is left out; ch, sh and tch are one sound, so are k, q, c, g, so are dj, zh and
/// j; vowels, semi-vowels and h are dropped; doubled letters are single. Words are joined.
/// Short skeletons collide: see [`sound_key`].
///
/// ```
/// use recoupe::analyse::place::skeleton;
/// for form in ["Boukamal", "Al-Boukamal", "Abou Kamal", "Ālbū Kamāl"] {
///     assert_eq!(skeleton(form), "bkml");
/// }
/// for form in ["Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr", "Deir al-Zour"] {
///     assert_eq!(skeleton(form), "drzr");
/// }
/// ```
pub fn skeleton(name: &str) -> String {
    bones(&sounded_words(name))
}

pub(super) fn bones(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split(' ') {
        consonants(word, &mut out);
    }
    out
}

/// The key of [`sounding`](super::Gazetteer::sounding): the skeleton if it has four letters or more; else a dot
/// and the consonants with the vowels as three classes (a; e, i, y; o, u, w). None when that
/// leaves fewer than three letters.
///
/// ```
/// use recoupe::analyse::place::sound_key;
/// assert_eq!(sound_key("Deir Ezzor").as_deref(), Some("drzr"));
/// assert_eq!(sound_key("Raqa"), sound_key("Ar Raqqah"));
/// assert_eq!(sound_key("Hodeïda"), sound_key("Al Ḩudaydah"));
/// assert_eq!(sound_key("Oua"), None);
/// ```
pub fn sound_key(name: &str) -> Option<String> {
    let words = sounded_words(name);
    key_of(bones(&words), &words)
}

/// Consonants that are telling enough without the vowels between them.
const BARE: usize = 4;

pub(super) fn key_of(bones: String, words: &str) -> Option<String> {
    if bones.chars().count() >= BARE {
        return Some(bones);
    }
    let mut out = String::from(".");
    for word in words.split(' ') {
        vowelled(word, &mut out);
    }
    (out.chars().count() > 3 && !bones.is_empty()).then_some(out)
}

/// The folded words of a name, apostrophes and articles left out.
pub(super) fn sounded_words(name: &str) -> String {
    let name = without_apostrophes(name).map_or(Cow::Borrowed(name), Cow::Owned);
    let folded = fold(&name);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(' ').filter(|w| !ARTICLES.inside.contains(w)) {
        if !out.is_empty() {
            out.push(' ');
        }
        let fused = ARTICLES.fused.contains(&word);
        out.push_str(if fused { word.get(2..).unwrap_or(word) } else { word });
    }
    out
}

/// Consonants as [`consonants`] has them, and between them vowels by class: of a run, an `a`
/// before another class is not heard (ai, au), and doubles are single.
fn vowelled(word: &str, out: &mut String) {
    let class = |c: char| match c {
        'a' => Some('a'),
        'e' | 'i' | 'y' => Some('i'),
        'o' | 'u' | 'w' => Some('u'),
        _ => None,
    };
    if word.starts_with('h') {
        out.push('h');
    }
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let vowels = rest.find(|c| class(c).is_none()).unwrap_or(rest.len());
        let run: Vec<char> = rest[..vowels].chars().filter_map(class).collect();
        for (i, v) in run.iter().enumerate() {
            let next = run.get(i + 1);
            let silent = next == Some(v) || (*v == 'a' && next.is_some());
            if !silent {
                out.push(*v);
            }
        }
        rest = &rest[vowels..];
        if vowels == 0 {
            let end = rest.find(|c| class(c).is_some()).unwrap_or(rest.len());
            consonants(&rest[..end.max(c.len_utf8())], out);
            rest = &rest[end.max(c.len_utf8())..];
        }
    }
}

fn consonants(word: &str, out: &mut String) {
    let mut before = None;
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        if before == Some(c) {
            continue;
        }
        before = Some(c);
        let next = letters.peek().copied();
        let sound = match (c, next) {
            ('t', Some('c')) if letters.clone().nth(1) == Some('h') => continue,
            ('c' | 's', Some('h')) => 'x',
            ('z', Some('h')) => 'j',
            ('p', Some('h')) => 'f',
            ('d', Some('j')) => continue,
            ('k' | 'q' | 'c' | 'g', _) => 'k',
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h', _) => continue,
            _ => c,
        };
        out.push(sound);
    }
}
