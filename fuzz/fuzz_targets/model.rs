//! Any bytes as a model, with the checksum made true so that the rest is read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::lang::linear::Linear;
use recoupe::model::{MAGIC, Model};

fuzz_target!(|bytes: &[u8]| {
    let _ = Model::open(bytes);
    let mut made = MAGIC.to_vec();
    made.extend(crc32fast::hash(bytes).to_le_bytes());
    made.extend(bytes);
    if let Ok(model) = Model::open(&made) {
        for name in ["weights", "labels", "words"] {
            let Ok(mut section) = model.section(name) else { continue };
            while !section.is_empty() && section.name().is_ok() && section.f32().is_ok() {}
            let _ = (section.u64(), section.u16(), section.take(usize::MAX), section.rest());
        }
        let _ = Linear::open(&made, model.task, model.lang, "x");
    }
});
