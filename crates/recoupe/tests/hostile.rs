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

#[allow(dead_code, reason = "training uses the rest")]
#[path = "../../recoupe-dev/src/conllu.rs"]
mod conllu;

#[path = "../../../tests/cuts.rs"]
mod cuts;

/// Text made of what rules look for and of what no rule expects.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "selon ", "que ", "la préfecture ", "a déclaré ", "Paul Ostermann ", "according to ", "police ",
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
    fn any_text_is_cut_without_loss_and_its_conllu_reads_back(text in text()) {
        for pack in PACKS {
            let article = Article::plain("a b", &text);
            let analysis = with_pack(&article, pack);
            prop_assert_eq!(cuts::of_article(&article, &analysis), Vec::<String>::new());
        }
    }

    #[test]
    fn any_tree_is_printed_and_read_back(text in text(), heads in vec(any::<u8>(), 1..40)) {
        let article = Article::plain("a", &text);
        let mut analysis = with_pack(&article, PACKS[0]);
        for sentence in &analysis.sentences {
            for (n, i) in (sentence.words.start..sentence.words.end).enumerate() {
                // Any word before it may be its head: that is a tree.
                let back = 1 + u32::from(heads[n % heads.len()]) % (n.max(1) as u32);
                let word = &mut analysis.words[i as usize];
                word.head = (n > 0).then(|| i - back);
                let relations = ["nsubj", "obj", "obl", "ccomp", "advcl", "conj", "aux", "root"];
                let relation = relations[usize::from(heads[n % heads.len()]) % relations.len()];
                word.deprel = relation.parse().unwrap_or_default();
                word.upos = recoupe::ud::Upos::ALL[n % 17];
                word.feats = recoupe::ud::Feats::from_bits(u64::from(back) << 20);
            }
        }
        prop_assert_eq!(cuts::of_article(&article, &analysis), Vec::<String>::new());
    }

    #[test]
    fn any_bytes_are_a_model_or_an_error(
        bytes in vec(any::<u8>(), 0..200),
        at in 0usize..400,
        bit in 0u8..8,
    ) {
        let mut writer = recoupe::model::Writer::new("tags", "fr", 1, 7);
        writer.section("weights", bytes.clone());
        let mut file = writer.bytes();
        if let Some(byte) = file.get_mut(at) {
            *byte ^= 1 << bit;
            prop_assert!(recoupe::model::Model::open(&file).is_err());
        }
        // Past the checksum, lengths still may lie.
        for data in [&bytes, &file] {
            let mut made = recoupe::model::MAGIC.to_vec();
            let body = data.get(12..).unwrap_or(data);
            made.extend(crc32fast::hash(body).to_le_bytes());
            made.extend(body);
            if let Ok(model) = recoupe::model::Model::open(&made) {
                let mut section = model.section("weights");
                while let Ok(section) = &mut section {
                    if section.name().is_err() || section.f32().is_err() || section.u64().is_err() {
                        break;
                    }
                }
            }
            let _ = recoupe::lang::linear::Linear::open(&made, "tags", "fr", "x");
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
