//! Any bytes, as a file, through every reader.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::read::{Options, bytes};

fuzz_target!(|data: &[u8]| {
    let limit = 1 << 20;
    let options = Options {
        text_bytes: limit,
        document_bytes: limit as u64,
        unpacked_bytes: limit as u64,
        window_bytes: limit as u64,
        ..Options::default()
    };
    for name in ["a.txt", "a.html", "a.jsonl"] {
        let read = bytes(name, data, &options);
        for article in &read.value {
            for block in &article.blocks {
                // Slicing panics off a character's boundary or out of bounds.
                let _ = block.span.of(&article.text);
            }
        }
    }
});
