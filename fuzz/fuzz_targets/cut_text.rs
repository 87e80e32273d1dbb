//! Any text into tokens, sentences and words: nothing lost, and its CoNLL-U reads back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::analyse::with_pack;
use recoupe::article::Article;
use recoupe::lang::PACKS;

#[allow(dead_code)]
#[path = "../../crates/recoupe-dev/src/conllu.rs"]
mod conllu;

#[path = "../../tests/cuts.rs"]
mod cuts;

fuzz_target!(|text: &str| {
    for pack in PACKS {
        let article = Article::plain("a", text);
        let wrong = cuts::of_article(&article, &with_pack(&article, pack));
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
});
