//! Up to four texts, as one story, through the whole pipeline and out as every file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::article::Article;
use recoupe::pipeline::dossier;
use recoupe::tell::{files, json};

#[allow(dead_code)]
#[path = "../../tests/invariants.rs"]
mod invariants;

fuzz_target!(|texts: Vec<&str>| {
    let article = |(i, text): (usize, &&str)| Article {
        topic: Some("t".to_owned()),
        ..Article::plain(i.to_string(), *text)
    };
    let articles = texts.iter().take(4).enumerate().map(article).collect();
    let dossier = dossier(articles, vec![], vec![], Default::default());
    let wrong = invariants::of_dossier(&json::dossier(&dossier, true));
    assert!(wrong.is_empty(), "{wrong:#?}");
    let _ = files(&dossier, true);
});
