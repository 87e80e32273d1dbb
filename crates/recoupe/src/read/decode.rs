//! Bytes to text: byte order marks, UTF-8, UTF-16, and the rest by detection.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::article::Warning;

/// A text and what was wrong with its bytes.
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// What was wrong.
    pub warning: Option<Warning>,
}

/// Decodes a whole file. `declared` is the encoding that the file's own markup claims; it is
/// believed where the bytes are not UTF-8.
pub(super) fn decode(name: &str, bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return if encoding == UTF_8 {
            utf8(name, bytes[mark..].to_vec(), mark, declared)
        } else {
            strict(name, &bytes[mark..], encoding, None)
        };
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        let said = guess_warning(name, encoding, "no byte order mark");
        return strict(name, &bytes, encoding, Some(said));
    }
    utf8(name, bytes, 0, declared)
}

/// UTF-8, or what the bytes look like when they are not. `offset` is where they start in the
/// file.
fn utf8(name: &str, bytes: Vec<u8>, offset: usize, declared: Option<&'static Encoding>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, warning: None },
        Err(error) => error.into_bytes(),
    };
    let (valid, broken, first) = survey(&bytes);
    if valid > broken {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let warning = not_utf8(name, offset + first);
        return Decoded { text, warning: Some(warning) };
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        return strict(name, &bytes, encoding, None);
    }
    let encoding = detect(&bytes);
    let said = guess_warning(name, encoding, &format!("byte {} is not UTF-8", offset + first));
    strict(name, &bytes, encoding, Some(said))
}

/// The warning for a byte that is no UTF-8 in a text that otherwise is.
pub(super) fn not_utf8(name: &str, byte: usize) -> Warning {
    Warning::file(name, "invalid UTF-8 here; unreadable bytes are shown as U+FFFD")
        .at(format!("byte {byte}"))
        .advise("save the file as UTF-8")
}

fn guess_warning(name: &str, encoding: &'static Encoding, why: &str) -> Warning {
    Warning::file(name, format!("{why}: read as {}", encoding.name()))
        .advise("if characters look wrong, save the file as UTF-8")
}

fn strict(name: &str, bytes: &[u8], encoding: &'static Encoding, said: Option<Warning>) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let warning = said.or_else(|| {
        broken.then(|| {
            let reason = format!("some bytes are not {}; shown as U+FFFD", encoding.name());
            Warning::file(name, reason).advise("save the file as UTF-8")
        })
    });
    Decoded { text: text.into_owned(), warning }
}

/// The most likely legacy encoding; Windows-1252 where the detector finds one that cannot be.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    // 256 KiB tell as much as the whole.
    detector.feed(&bytes[..bytes.len().min(1 << 18)], true);
    let found = detector.guess(None, chardetng::Utf8Detection::Deny);
    if found == UTF_8 { WINDOWS_1252 } else { found }
}

/// How many sequences of several bytes are UTF-8, how many are not, and the first that is not.
fn survey(bytes: &[u8]) -> (usize, usize, usize) {
    let (mut valid, mut broken, mut first, mut at) = (0, 0, bytes.len(), 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            broken += 1;
            first = first.min(at);
        }
        at += chunk.invalid().len();
    }
    (valid, broken, first)
}

/// UTF-16 with no mark: of the first bytes most of one half are zero, none of the other.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |half: usize| head.iter().skip(half).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if even == 0 && odd * 2 > pairs => Some(UTF_16LE),
        () if odd == 0 && even * 2 > pairs => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, String) {
        let decoded = decode("a.txt", bytes.to_vec(), None);
        (decoded.text, decoded.warning.map(|w| w.to_string()).unwrap_or_default())
    }

    #[test]
    fn marks_are_taken_off_and_nothing_else_changes() {
        assert_eq!(decoded("\u{feff}été\r\n".as_bytes()), ("été\r\n".into(), "".into()));
        assert_eq!(decoded(b"\xff\xfe\xe9\x00t\x00"), ("ét".into(), "".into()));
        assert_eq!(decoded(b"\xfe\xff\x00\xe9\x00t"), ("ét".into(), "".into()));
        assert_eq!(decoded("été".as_bytes()), ("été".into(), "".into()));
    }

    #[test]
    fn a_legacy_encoding_is_named() {
        let (text, warning) = decoded(b"La ville est tomb\xe9e apr\xe8s l'assaut de mercredi.");
        assert_eq!(text, "La ville est tombée après l'assaut de mercredi.");
        assert!(warning.contains("windows-1252"), "{warning}");
    }

    #[test]
    fn one_bad_byte_in_utf8_is_placed() {
        let mut bytes = "été A là-bas".as_bytes().to_vec();
        bytes[6] = 0xff;
        let (text, warning) = decoded(&bytes);
        assert!(text.starts_with("été ") && text.contains('\u{fffd}'), "{text}");
        assert!(warning.starts_with("a.txt, byte 6"), "{warning}");
    }

    #[test]
    fn utf16_is_told_without_its_mark() {
        let bytes: Vec<u8> = "The town fell".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (text, warning) = decoded(&bytes);
        assert_eq!(text, "The town fell");
        assert!(warning.contains("UTF-16LE"), "{warning}");
    }
}
