//! Any text through the analysis, with each language pack, and out as JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::analyse::with_pack;
use recoupe::article::Article;
use recoupe::lang::PACKS;
use recoupe::tell::json;

#[allow(dead_code)]
#[path = "../../tests/invariants.rs"]
mod invariants;

fuzz_target!(|text: &str| {
    for pack in PACKS {
        let article = Article::plain("a", text);
        let printed = json::article(&article, &with_pack(&article, pack), None, true);
        let wrong = invariants::of_article(&printed);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
});
