//! The container of trained models: one format for all tasks and languages.
//!
//! A model file holds, all integers little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | magic `recoupe\x01` |
//! | 4 | CRC-32 (IEEE) of all that follows |
//! | 4 | total length of the file |
//! | 4 | version of the task's own layout |
//! | 8 | hash of the features that training and prediction must share |
//! | 1 + n | task, length before it |
//! | 1 + n | language (BCP 47 primary tag), length before it |
//! | 1 | number of sections |
//! | each: 1 + n, 4 | section's name, length before it; length of its bytes |
//! | ... | the sections' bytes, in that order |
//!
//! [`Model::open`] checks all of it before anything is read, so that a truncated, altered or
//! oversized file is an [`Error`], never a panic. Opening copies nothing: sections are slices.
//! Training writes with [`Writer`]; prediction only reads.

/// Starts every model file.
pub const MAGIC: &[u8; 8] = b"recoupe\x01";

/// What is wrong with a model file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// It does not start with [`MAGIC`].
    #[error("not a model of recoupe")]
    Magic,
    /// It ends before it should, or holds more than it says.
    #[error("the model's file is cut or too long")]
    Length,
    /// Its bytes are not those that were written.
    #[error("the model's file is damaged: its checksum differs")]
    Checksum,
    /// It is a model of another task, language or layout.
    #[error("a model of {found}, where one of {wanted} is needed")]
    Other {
        /// What was asked for.
        wanted: String,
        /// What the file says.
        found: String,
    },
    /// Training and prediction do not read the same features.
    #[error("the model was trained on other features than this program reads")]
    Features,
    /// A section is missing, or its content is not what the task needs.
    #[error("the model's section `{0}` is missing or malformed")]
    Section(String),
}

/// An opened model: what it is for, and its sections.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// What it does: `tags`, `parse`, `names`.
    pub task: &'a str,
    /// BCP 47 primary tag.
    pub lang: &'a str,
    /// Version of the task's own layout.
    pub version: u32,
    /// Hash of the features (see [`feature_hash`]).
    pub features: u64,
    sections: Vec<(&'a str, &'a [u8])>,
}

impl<'a> Model<'a> {
    /// Opens a model file's bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are not a whole, undamaged model file.
    pub fn open(bytes: &'a [u8]) -> Result<Model<'a>, Error> {
        let mut all = Reader { name: "header", rest: bytes };
        if all.take(MAGIC.len()).map_err(|_| Error::Magic)? != MAGIC {
            return Err(Error::Magic);
        }
        let length = |_| Error::Length;
        let checksum = all.u32().map_err(length)?;
        let body = all.rest;
        if all.u32().map_err(length)? as usize != bytes.len() {
            return Err(Error::Length);
        }
        if crc32fast::hash(body) != checksum {
            return Err(Error::Checksum);
        }
        let version = all.u32().map_err(length)?;
        let features = all.u64().map_err(length)?;
        let task = all.name().map_err(length)?;
        let lang = all.name().map_err(length)?;
        let count = all.u8().map_err(length)?;
        let mut table = Vec::new();
        for _ in 0..count {
            let name = all.name().map_err(length)?;
            table.push((name, all.u32().map_err(length)? as usize));
        }
        let mut sections = Vec::with_capacity(table.len());
        for (name, size) in table {
            sections.push((name, all.take(size).map_err(length)?));
        }
        if !all.rest.is_empty() {
            return Err(Error::Length);
        }
        Ok(Model { task, lang, version, features, sections })
    }

    /// Checks that it is a model of this task, language, layout and features.
    ///
    /// # Errors
    ///
    /// When it is another.
    pub fn expect(&self, task: &str, lang: &str, version: u32, features: u64) -> Result<(), Error> {
        if (self.task, self.lang, self.version) != (task, lang, version) {
            return Err(Error::Other {
                wanted: format!("{task} in {lang}, version {version}"),
                found: format!("{} in {}, version {}", self.task, self.lang, self.version),
            });
        }
        if self.features == features { Ok(()) } else { Err(Error::Features) }
    }

    /// A reader of the section of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn section(&self, name: &'static str) -> Result<Reader<'a>, Error> {
        let found = self.sections.iter().find(|(n, _)| *n == name);
        let (_, rest) = found.ok_or_else(|| Error::Section(name.to_string()))?;
        Ok(Reader { name, rest })
    }
}

/// Reads a section from its start, checking each length.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    name: &'static str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The error for this section.
    pub fn error(&self) -> Error {
        Error::Section(self.name.to_string())
    }

    /// The next `n` bytes.
    ///
    /// # Errors
    ///
    /// When fewer are left. So for all that follow.
    pub fn take(&mut self, n: usize) -> Result<&'a [u8], Error> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or_else(|| self.error())?;
        self.rest = rest;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        self.take(N)?.try_into().map_err(|_| self.error())
    }

    /// A byte.
    ///
    /// # Errors
    ///
    /// When none is left.
    pub fn u8(&mut self) -> Result<u8, Error> {
        Ok(self.array::<1>()?[0])
    }

    /// An unsigned integer of 16 bits.
    ///
    /// # Errors
    ///
    /// When fewer bytes are left.
    pub fn u16(&mut self) -> Result<u16, Error> {
        self.array().map(u16::from_le_bytes)
    }

    /// An unsigned integer of 32 bits.
    ///
    /// # Errors
    ///
    /// When fewer bytes are left.
    pub fn u32(&mut self) -> Result<u32, Error> {
        self.array().map(u32::from_le_bytes)
    }

    /// An unsigned integer of 64 bits.
    ///
    /// # Errors
    ///
    /// When fewer bytes are left.
    pub fn u64(&mut self) -> Result<u64, Error> {
        self.array().map(u64::from_le_bytes)
    }

    /// A number of 32 bits; one that is not finite is an error.
    ///
    /// # Errors
    ///
    /// When fewer bytes are left, or the number is not finite.
    pub fn f32(&mut self) -> Result<f32, Error> {
        let x = self.array().map(f32::from_le_bytes)?;
        if x.is_finite() { Ok(x) } else { Err(self.error()) }
    }

    /// Text of at most 255 bytes, with its length before it.
    ///
    /// # Errors
    ///
    /// When fewer bytes are left, or they are not UTF-8.
    pub fn name(&mut self) -> Result<&'a str, Error> {
        let n = self.u8()? as usize;
        std::str::from_utf8(self.take(n)?).map_err(|_| self.error())
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// Whether all was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Writes a model file.
///
/// ```
/// use recoupe::model::{Model, Writer};
/// let mut writer = Writer::new("tags", "fr", 1, 7);
/// writer.section("weights", vec![1, 2, 3]);
/// let bytes = writer.bytes();
/// let model = Model::open(&bytes).unwrap();
/// model.expect("tags", "fr", 1, 7).unwrap();
/// assert_eq!(model.section("weights").unwrap().take(2).unwrap(), [1, 2]);
/// assert!(Model::open(&bytes[1..]).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Writer {
    task: String,
    lang: String,
    version: u32,
    features: u64,
    sections: Vec<(String, Vec<u8>)>,
}

impl Writer {
    /// A model with no section yet.
    pub fn new(task: &str, lang: &str, version: u32, features: u64) -> Writer {
        Writer { task: task.into(), lang: lang.into(), version, features, sections: Vec::new() }
    }

    /// Adds a section. Names are at most 255 bytes long, and there are at most 255 sections.
    pub fn section(&mut self, name: &str, bytes: Vec<u8>) {
        self.sections.push((name.to_string(), bytes));
    }

    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut body = vec![0; 4];
        body.extend(self.version.to_le_bytes());
        body.extend(self.features.to_le_bytes());
        put_name(&mut body, &self.task);
        put_name(&mut body, &self.lang);
        body.push(self.sections.len() as u8);
        for (name, bytes) in &self.sections {
            put_name(&mut body, name);
            body.extend((bytes.len() as u32).to_le_bytes());
        }
        for (_, bytes) in &self.sections {
            body.extend(bytes);
        }
        let length = (MAGIC.len() + 4 + body.len()) as u32;
        body[..4].copy_from_slice(&length.to_le_bytes());
        let mut out = MAGIC.to_vec();
        out.extend(crc32fast::hash(&body).to_le_bytes());
        out.extend(body);
        out
    }
}

/// Appends text of at most 255 bytes with its length before it, as [`Reader::name`] reads it.
pub fn put_name(out: &mut Vec<u8>, name: &str) {
    let end = (0..=name.len().min(255)).rev().find(|i| name.is_char_boundary(*i)).unwrap_or(0);
    out.push(end as u8);
    out.extend(&name.as_bytes()[..end]);
}

/// The hash of a description of features (FNV-1a, 64 bits): change the description whenever
/// training and prediction read the text in another way.
pub fn feature_hash(description: &str) -> u64 {
    description.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut writer = Writer::new("parse", "en", 3, feature_hash("words 3"));
        writer.section("labels", b"\x03abc".to_vec());
        writer.section("weights", (0..200).collect());
        writer.bytes()
    }

    #[test]
    fn sections_come_back() {
        let bytes = sample();
        let model = Model::open(&bytes).unwrap();
        assert_eq!(model.section("labels").unwrap().name().unwrap(), "abc");
        assert_eq!(model.section("weights").unwrap().rest().len(), 200);
        assert_eq!(model.section("biases").unwrap_err(), Error::Section("biases".into()));
        assert_eq!(model.expect("parse", "en", 3, 1), Err(Error::Features));
        assert!(matches!(model.expect("tags", "en", 3, 1), Err(Error::Other { .. })));
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_an_error() {
        let bytes = sample();
        for n in 0..bytes.len() {
            assert!(Model::open(&bytes[..n]).is_err(), "cut at {n}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(Model::open(&longer).unwrap_err(), Error::Length);
        for i in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[i / 8] ^= 1 << (i % 8);
            assert!(Model::open(&flipped).is_err(), "bit {i}");
        }
    }

    #[test]
    fn lengths_that_lie_are_errors_even_with_a_true_checksum() {
        let mut bytes = sample();
        let at = bytes.windows(7).position(|w| w == b"weights").unwrap() + 7;
        bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        let sum = crc32fast::hash(&bytes[12..]);
        bytes[8..12].copy_from_slice(&sum.to_le_bytes());
        assert_eq!(Model::open(&bytes).unwrap_err(), Error::Length);
    }
}
