//! Small decisions learned per language: a weight for each hashed feature, and the sign of their
//! sum. Trained by `recoupe-dev train`; what the features are is said where they are read
//! ([`crate::model`] checks that both sides agree).

use crate::model::{Error, Model, Writer, feature_hash};

/// How many weights there are: features are hashed to this many.
pub const SIZE: usize = 1 << 17;

/// A feature's number: which template made it, of what.
pub fn feature(template: u32, parts: [u32; 3]) -> u32 {
    let mut hash = template.wrapping_mul(0x9E37_79B1);
    for part in parts {
        hash = (hash.rotate_left(7) ^ part).wrapping_mul(0x85EB_CA6B);
        hash ^= hash >> 15;
    }
    hash % SIZE as u32
}

/// The weights of one task in one language.
pub struct Linear {
    weights: Vec<i16>,
    usual: Option<f64>,
}

impl Linear {
    /// Opens a model; `features` describes what training and prediction both read.
    ///
    /// # Errors
    ///
    /// When it is damaged, or a model of something else.
    pub fn open(bytes: &[u8], task: &str, lang: &str, features: &str) -> Result<Linear, Error> {
        let model = Model::open(bytes)?;
        model.expect(task, lang, 1, feature_hash(features))?;
        let mut section = model.section("weights")?;
        let mut weights = vec![0; SIZE];
        let mut at = 0;
        while !section.is_empty() {
            at += section.u8()? as usize;
            let weight = section.u16()? as i16;
            *weights.get_mut(at).ok_or_else(|| section.error())? = weight;
            at += 1;
        }
        let usual = model.section("usual").ok().map(|mut s| s.u16()).transpose()?;
        let usual = usual.map(|u| (f64::from(u) / 65_536.0).clamp(0.001, 0.999));
        Ok(Linear { weights, usual })
    }

    /// How often the answer is usually yes (to which questions, is the task's own to say), where
    /// answers are to be weighed against it.
    pub fn usual(&self) -> Option<f64> {
        self.usual
    }

    /// The file of a model: each weight with the number of zeros before it; and what
    /// [`Linear::usual`] tells.
    ///
    /// ```
    /// use recoupe::lang::linear::{Linear, SIZE};
    /// let mut weights = vec![0; SIZE];
    /// (weights[3], weights[999]) = (5, -7);
    /// let bytes = Linear::file(&weights, "task", "fr", "words 1", None);
    /// let model = Linear::open(&bytes, "task", "fr", "words 1").unwrap();
    /// assert_eq!(model.sum(&[3, 999]), -2);
    /// assert!(Linear::open(&bytes, "task", "fr", "words 2").is_err());
    /// ```
    pub fn file(
        weights: &[i16],
        task: &str,
        lang: &str,
        features: &str,
        usual: Option<f64>,
    ) -> Vec<u8> {
        let mut section = Vec::new();
        let mut zeros = 0u8;
        for weight in weights.iter().take(SIZE) {
            if *weight == 0 && zeros < u8::MAX {
                zeros += 1;
            } else {
                section.push(zeros);
                section.extend(weight.to_le_bytes());
                zeros = 0;
            }
        }
        let mut writer = Writer::new(task, lang, 1, feature_hash(features));
        writer.section("weights", section);
        if let Some(usual) = usual {
            let scaled = (usual.clamp(0.0, 0.999) * 65_536.0).round() as u16;
            writer.section("usual", scaled.to_le_bytes().to_vec());
        }
        writer.bytes()
    }

    /// The sum of these features' weights: above 0 is yes.
    pub fn sum(&self, features: &[u32]) -> i32 {
        features.iter().map(|f| i32::from(self.weights[*f as usize % SIZE])).sum()
    }
}
