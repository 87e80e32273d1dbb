//! What users bring: rulings and data sets, odd and hostile ones too.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::io::{self, BufRead, Read};

use proptest::prelude::*;
use recoupe::analyse::{Analysis, MentionKind, with_own};
use recoupe::article::Article;
use recoupe::knowledge::load::{BadRow, Format, LONGEST_LINE, Own, Wanted, read};
use recoupe::lang;
use recoupe::story::{Entity, entity};

fn load(files: &[&str], wanted: &Wanted) -> (Own, Vec<BadRow>, Vec<Option<Format>>) {
    let (mut own, mut bad, mut formats) = (Own::default(), Vec::new(), Vec::new());
    for file in files {
        let format = read(&mut file.as_bytes(), wanted, &mut own, &mut |row| bad.push(row));
        formats.push(format.unwrap());
    }
    (own, bad, formats)
}

/// The entities of texts read as one story, and the identifier of each name in them.
fn story(texts: &[&str], own: &Own) -> (Vec<Entity>, Vec<(String, String)>) {
    let articles: Vec<Article> =
        texts.iter().enumerate().map(|(i, t)| Article::plain(i.to_string(), *t)).collect();
    let pack = lang::pack("fr").unwrap();
    let mut analyses: Vec<Analysis> = articles.iter().map(|a| with_own(a, pack, own)).collect();
    let all: Vec<u32> = (0..articles.len() as u32).collect();
    let entities = entity::resolve(&articles, &mut analyses, &all, own);
    let names = articles.iter().zip(&analyses).flat_map(|(article, analysis)| {
        let named = analysis.mentions.iter().filter(|m| m.kind != MentionKind::Nominal);
        named.map(|m| (m.span.of(&article.text).to_string(), m.entity.clone().unwrap_or_default()))
    });
    (entities, names.collect())
}

fn id<'n>(names: &'n [(String, String)], name: &str) -> &'n str {
    &names.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("{name}: {names:?}")).1
}

const PILE: [&str; 2] = [
    "La coopérative de Sorvane a fermé, selon Lucie Arnavielle. Le maire de Sorvane proteste. \
     La Ruche paiera les salaires.",
    "La Grande Ruche dément. Mme Arnavielle, de la Ruche, a parlé à Marbeuf. Jean Arnavielle se tait.",
];

#[test]
fn what_the_user_merges_is_one() {
    let (own, bad, _) =
        load(&["merge\tSorvane\tMarbeuf\nrename\tMarbeuf\tPays de Sorvane\n"], &Wanted::default());
    assert!(bad.is_empty(), "{bad:?}");
    let (entities, names) = story(&PILE, &own);
    assert_eq!(id(&names, "Sorvane"), id(&names, "Marbeuf"));
    assert!(entities.iter().any(|e| e.name == "Pays de Sorvane" && e.names.len() == 2));
}

#[test]
fn what_the_user_splits_stays_split_and_what_he_links_is_linked() {
    let texts =
        ["L'ONU attend. Les Nations unies attendent. L'Organisation des Nations unies (ONU) dort."];
    let (_, names) = story(&texts, Own::none());
    assert_eq!(id(&names, "ONU"), id(&names, "Nations unies"));
    let (own, _, _) = load(&["split\tONU\nlink\tONU\tQ77\ntype\tONU\tmisc\n"], &Wanted::default());
    let (entities, names) = story(&texts, &own);
    assert_ne!(id(&names, "ONU"), id(&names, "Nations unies"));
    let onu = entities.iter().find(|e| e.name == "ONU").unwrap();
    assert_eq!((onu.wikidata.as_deref(), onu.kind), (Some("Q77"), MentionKind::Misc));
}

#[test]
fn merging_takes_along_what_is_known_of_either_name() {
    let texts = ["Le Bloc a parlé à l'ONU. Les Nations unies ont répondu au Bloc."];
    let (own, _, _) = load(&["merge\tBloc\tONU\n"], &Wanted::default());
    let (entities, names) = story(&texts, &own);
    assert_eq!(id(&names, "Bloc"), id(&names, "Nations unies"));
    assert!(entities.iter().any(|e| e.name == "Bloc"));
}

#[test]
fn rulings_in_json_are_rulings_too() {
    let json = r#"{"names": ["Sorvane", "Marbeuf"], "name": "Sorvane-Marbeuf", "id": "loc:sm", "geonames": 12}"#;
    let (own, bad, formats) = load(&[json], &Wanted::default());
    assert!(bad.is_empty() && formats == [Some(Format::Rulings)]);
    let (entities, names) = story(&PILE, &own);
    assert_eq!(id(&names, "Marbeuf"), "loc:sm");
    let one = entities.iter().find(|e| e.id == "loc:sm").unwrap();
    assert_eq!((one.geonames, one.kind), (Some(12), MentionKind::Loc));
}

#[test]
fn names_of_geonames_meet_when_the_pile_has_both() {
    let file = "1\t900\tfr\tSorvane\t\t\t\t\n2\t900\ten\tMarbeuf\n3\t900\tlink\thttps://x\n\
                4\t901\tfr\tAilleurs\n5\t900\twkdt\tQ5555\n6\t902\tfr\tSorvane\t\t\t\t1\nx\ty\tfr\tSorvane\n";
    let wanted = Wanted::of(PILE.into_iter());
    let (own, bad, formats) = load(&[file], &wanted);
    assert_eq!(formats, [Some(Format::GeoNames)]);
    assert_eq!(own.directory.len(), 1, "a name that is not in the pile is not kept");
    assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [7]);
    let (entities, names) =
        story(&["À Sorvane, tout va bien. Près de Marbeuf aussi, à Marbeuf."], &own);
    assert_eq!(id(&names, "Sorvane"), id(&names, "Marbeuf"));
    let place = entities.iter().find(|e| e.geonames == Some(900)).unwrap();
    assert_eq!(place.wikidata.as_deref(), Some("Q5555"));
}

#[test]
fn names_of_jrc_meet() {
    let file = "17\tP\tu\tLucie+Arnavielle\n17\tP\tfr\tLoulou+Berthier\n0\tP\tu\tJean+Arnavielle\n18\tO\tu\n";
    let (own, bad, formats) = load(&[file], &Wanted::everything());
    assert_eq!((formats, bad.len()), (vec![Some(Format::Jrc)], 1));
    let text = "Lucie Arnavielle est partie. M. Loulou Berthier, dit-on, est revenu.";
    let (_, names) = story(&[text], &own);
    assert_eq!(id(&names, "Lucie Arnavielle"), "per:jrc-17");
    assert_eq!(id(&names, "Loulou Berthier"), "per:jrc-17");
}

#[test]
fn an_extract_of_wikidata_links() {
    let file = concat!(
        "[\n",
        r#"{"type":"item","id":"Q901","labels":{"fr":{"language":"fr","value":"La Ruche"}},"aliases":{"fr":[{"language":"fr","value":"Grande Ruche"}]},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q4830453"}}}}]}},"#,
        "\n",
        r#"{"id":"Q902","labels":{"fr":"Sorvane"},"claims":{"P31":["Q532"],"P625":[[48.5,2.25]],"P1566":["77"]}},"#,
        "\n",
        r#"{"id":"P31","labels":{"fr":"nature"}},"#,
        "\n",
        r#"{"id":12,"labels":{}}"#,
        "\n]\n",
    );
    let (own, bad, formats) = load(&[file], &Wanted::of(PILE.into_iter()));
    assert_eq!(formats, [Some(Format::Wikidata)]);
    assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [5]);
    assert_eq!(own.directory.len(), 2);
    let (entities, _) = story(&PILE, &own);
    let place = entities.iter().find(|e| e.wikidata.as_deref() == Some("Q902")).unwrap();
    assert_eq!((place.lat, place.lon, place.geonames), (Some(48.5), Some(2.25), Some(77)));
}

#[test]
fn a_bad_row_costs_itself_alone() {
    let file = b"merge\tA1\tB1\n\xff\xfe\tx\nmerge\tC1\n\nsplit\tD1\r\n{\"names\": 3}\n{nonsense\nrename\tA1\tZ1";
    let (mut own, mut bad) = (Own::default(), Vec::new());
    read(&mut &file[..], &Wanted::default(), &mut own, &mut |row| bad.push(row)).unwrap();
    assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [2, 3, 6, 7]);
    assert_eq!(own.rulings.named("B1").unwrap().shown.as_deref(), Some("Z1"));
    assert!(own.rulings.named("D1").unwrap().apart);
}

/// A line without an end, made as it is read.
struct Endless(u64);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = (buffer.len() as u64).min(self.0) as usize;
        buffer[..n].fill(b'a');
        self.0 -= n as u64;
        Ok(n)
    }
}

#[test]
fn a_line_without_end_is_passed_over_in_bounded_memory() {
    let long = Endless(4 * LONGEST_LINE as u64).chain(&b"\nsplit\tA1\n"[..]);
    let (mut own, mut bad) = (Own::default(), Vec::new());
    let mut reader: Box<dyn BufRead> = Box::new(io::BufReader::new(long));
    read(&mut *reader, &Wanted::default(), &mut own, &mut |row| bad.push(row)).unwrap();
    assert!(bad.len() == 1 && bad[0].reason.contains("too long"), "{bad:?}");
    assert!(own.rulings.named("A1").is_some());
}

#[test]
fn the_order_of_the_articles_changes_no_entity() {
    let ids = |texts: &[&str]| {
        let mut all: Vec<String> = story(texts, Own::none()).0.into_iter().map(|e| e.id).collect();
        all.sort();
        all
    };
    assert_eq!(ids(&PILE), ids(&[PILE[1], PILE[0]]));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_told(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut own = Own::default();
        let mut bad = Vec::new();
        read(&mut &bytes[..], &Wanted::everything(), &mut own, &mut |row| bad.push(row)).unwrap();
        let lines = bytes.split(|b| *b == b'\n').count();
        prop_assert!(bad.len() <= lines);
    }

    #[test]
    fn any_rows_of_names_make_a_sound_story(rows in prop::collection::vec(
        "(merge|split|rename|type|link|1\t2\tfr|7\tP\tu)(\t(Sorvane|Marbeuf|Ruche|La Ruche|PER|Q1|org:a|\\PC{0,8})){0,4}", 0..8)) {
        let file = rows.join("\n");
        let (own, _, _) = load(&[&file], &Wanted::everything());
        let (entities, names) = story(&PILE, &own);
        let mut seen = std::collections::BTreeSet::new();
        for entity in &entities {
            prop_assert!(seen.insert(&entity.id), "{} stands twice", entity.id);
            prop_assert!(!entity.names.is_empty());
        }
        for (name, id) in &names {
            prop_assert!(seen.contains(id), "{name}: {id}");
        }
    }
}
