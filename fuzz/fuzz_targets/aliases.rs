//! Any bytes as a file of names that a user brings, then a story resolved with it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::article::Article;
use recoupe::knowledge::load::{Own, Wanted, read};
use recoupe::pipeline::{Options, dossier};

const TEXTS: [&str; 2] = [
    "Le maire de Sorvane, Paul Ostermann, a saisi l'ONU. La Ruche (LR) attend à Marbeuf.",
    "M. Ostermann attend les Nations unies. La Ruche, rebaptisée Grande Ruche, dort.",
];

fuzz_target!(|file: &[u8]| {
    let mut own = Own::default();
    let _ = read(&mut &file[..], &Wanted::everything(), &mut own, &mut |_| ());
    let article = |(i, text): (usize, &&str)| Article {
        topic: Some("t".to_owned()),
        ..Article::plain(i.to_string(), *text)
    };
    let articles = TEXTS.iter().enumerate().map(article).collect();
    let options = Options { own: Some(&own), ..Options::default() };
    let dossier = dossier(articles, vec![], vec![], options);
    let mut seen = std::collections::BTreeSet::new();
    assert!(dossier.entities.iter().all(|e| seen.insert(&e.id)));
});
