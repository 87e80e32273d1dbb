//! Any text as CoNLL-U: read or refused; what is read has sound tokens.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[allow(dead_code)]
#[path = "../../crates/recoupe-dev/src/conllu.rs"]
mod conllu;

fuzz_target!(|text: &str| {
    let Ok(sentences) = conllu::read(text) else { return };
    let _ = conllu::running_text(&sentences);
    for sentence in &sentences {
        let _ = sentence.is_tree();
        let mut next = 0;
        for token in &sentence.tokens {
            assert_eq!(token.words.start, next);
            next = token.words.end;
            assert!(sentence.text.get(token.span.clone()).is_some());
        }
        assert_eq!(next, sentence.words.len());
    }
});
