//! What the fuzz targets (`fuzz/`) hold, on inputs of a fixed kind, with every test run.

use proptest::collection::vec;
use proptest::prelude::*;
use recoupe::analyse::place::Gazetteer;
use recoupe::analyse::with_pack;
use recoupe::article::Article;
use recoupe::lang::PACKS;
use recoupe::pipeline::dossier;
use recoupe::read::{Options, bytes};
use recoupe::tell::{files, json};

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../../../tests/invariants.rs"]
mod invariants;

/// Text made of what rules look for and of what no rule expects.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "selon ", "la préfecture ", "a déclaré ", "Paul Ostermann ", "according to ", "police ",
            "said ", "the company ", "l'AFP ", "(OLQA) ", "Observatoire lorrain de la qualité de l'air ",
            "« ", " »", "\"", "“", "”", "'", "’", "- ", "— ", "(", ")", "[", "] ", ". ", ", ", ": ", "; ", "? ", "\n", "\n\n", "\r\n",
            "mardi ", "le 31 février ", "12 mars 2024 ", "hier ", "on Thursday ", "two weeks ago ", "il y a ", "9999999999 ans ", "29 February 2023 ",
            "12 ", "12.00 ", "1 100 ", "au moins ", "plus de ", "3,5 % ", "$2.5 million ", "vingt-trois ", "nineteen ", "personnes ", "morts ", "people ", "-7 ", "0 ", "1e309 ",
            "Paris ", "Nancy ", "Castral ", "à ", "in ", "de ", "ne ", "pas ", "not ", "was ", "été ", "elle ", "he ",
            "L'information a été confirmée par ", ">> ", "Photo : ", "NANCY (APL) - ", "http://a.b/c?d ", "@x #y ",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "😀", "👩‍👩‍👧", "🇫🇷", "e\u{301}", "\u{301}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{202E}", "\u{2028}", "\u{A0}", "\u{202F}", "\u{AD}",
            "ﬁ", "ẞ", "İ", "ǆ", "Ａ", "１", "٣", "〇", "𝟗", "½", "Ⅷ", "שלום ", "مرحبا ", "你好", "\0", "\u{10FFFF}",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_analysed_soundly(text in text()) {
        for pack in PACKS {
            let article = Article::plain("a", &text);
            let analysis = with_pack(&article, pack);
            prop_assert_eq!(&analysis, &with_pack(&article, pack));
            let printed = json::article(&article, &analysis, None, true);
            prop_assert_eq!(invariants::of_article(&printed), Vec::<String>::new());
        }
    }

    #[test]
    fn any_bytes_are_read_without_harm(
        start in prop::sample::select(vec![
            &b""[..], b"<html><body>", b"{\"text\": \"", b"[{\"text\": ", b"\x1f\x8b\x08\0", b"\xFD7zXZ\0", b"\x28\xB5\x2F\xFD",
            b"\xFF\xFE", b"\xEF\xBB\xBF", b"<?xml version=\"1.0\"?>", b"<rss>",
        ]),
        rest in prop_oneof![vec(any::<u8>(), 0..300), text().prop_map(String::into_bytes)],
    ) {
        let data = [start, &rest].concat();
        for name in ["a.txt", "a.html", "a.jsonl"] {
            let read = bytes(name, &data, &Options::default());
            for article in &read.value {
                prop_assert!(article.blocks.iter().all(|b| b.span.of(&article.text).len() == b.span.len()));
            }
            for warning in &read.warnings {
                prop_assert!(!warning.reason.is_empty() && warning.file == name);
            }
        }
    }

    #[test]
    fn any_bytes_as_a_gazetteer_are_refused_or_harmless(
        bytes in vec(any::<u8>(), 0..400),
        name in text(),
    ) {
        if let Ok(gazetteer) = Gazetteer::open(&bytes) {
            let _ = (gazetteer.named(&name), gazetteer.sounding(&name), gazetteer.knows(&name));
        }
        let shared = Gazetteer::shared();
        let _ = (shared.named(&name), shared.sounding(&name), shared.knows(&name));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_texts_make_a_sound_dossier(texts in vec(text(), 0..4), twice in any::<bool>()) {
        let mut texts = texts;
        if twice {
            texts.extend(texts.first().cloned());
        }
        let make = || {
            let article = |(i, text): (usize, &String)| Article {
                topic: (!twice).then(|| "t".to_owned()),
                ..Article::plain(i.to_string(), text)
            };
            let articles = texts.iter().enumerate().map(article).collect();
            dossier(articles, vec![], vec![], Default::default())
        };
        let (first, again) = (make(), make());
        let wrong = invariants::of_dossier(&json::dossier(&first, true));
        prop_assert_eq!(wrong, Vec::<String>::new());
        prop_assert_eq!(files(&first, true), files(&again, true));
    }
}
