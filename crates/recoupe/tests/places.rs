//! How many names of towns, as news writes them, the gazetteer finds.

use recoupe::analyse::place::{Candidate, Gazetteer, choose};
use recoupe::lang::entries;

const CASES: &str = include_str!("place_names.tsv");

fn cases() -> impl Iterator<Item = (&'static str, &'static str, u32, &'static str)> {
    entries(CASES).map(|line| {
        let fields: Vec<_> = line.split('\t').collect();
        let [name, country, id, how] = fields[..] else { panic!("four fields: {line}") };
        (name, country, id.parse().unwrap_or(0), how)
    })
}

fn place(candidates: &[Candidate], id: u32) -> Option<usize> {
    candidates.iter().position(|c| c.geonames == id)
}

#[test]
fn each_name_is_found_as_the_list_says() {
    let gazetteer = Gazetteer::shared();
    let mut wrong = Vec::new();
    for (name, _, id, expected) in cases() {
        let how = match place(&gazetteer.named(name), id) {
            Some(0) => "first",
            Some(_) => "among",
            None if place(&gazetteer.sounding(name), id).is_some() => "sound",
            None => "missing",
        };
        if how != expected {
            wrong.push(format!("{name}: {how}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each name in a story that names its country: what the reader means is chosen.
#[test]
fn the_country_of_the_story_settles_the_choice() {
    let (mut right, mut wrong, mut none, mut all) = (0, Vec::new(), Vec::new(), 0);
    for (name, country, id, _) in cases() {
        let named = Gazetteer::shared().named(name);
        let code = *country.as_bytes().first_chunk().expect("two letters");
        let heard = Gazetteer::shared().sounding(name);
        let here = named.iter().any(|c| c.country == code);
        let names = [if here { named } else { heard }];
        all += 1;
        match choose(&names, &[code])[0].map(|i| &names[0][i]) {
            Some(c) if c.geonames == id => right += 1,
            Some(c) => wrong.push(format!("{name} -> {} ({})", c.name, c.country_code())),
            None => none.push(name),
        }
    }
    println!("{all} names: {right} right; wrong {wrong:?}; not sure {none:?}");
    assert!(right * 100 >= all * 96, "{right} of {all}");
    assert!(wrong.len() * 100 <= all * 2, "{wrong:?}");
}

/// Words that begin sentences are not big towns: a caller may still find a hamlet by them.
#[test]
fn words_that_begin_sentences_are_no_big_towns() {
    let words = "Le La Les Un Une Des Cette Dans Pour Avec Mais Samedi Mardi Janvier Ministre \
                 Armée Gouvernement Hier Après Depuis The This However Monday March Officials \
                 Army Government Yesterday According After Since When While There";
    for word in words.split_whitespace() {
        let chosen = choose(&[Gazetteer::shared().named(word)], &[])[0];
        assert_eq!(chosen, None, "{word}");
    }
}

/// Where a pile of one article puts the places it names, to a degree.
fn drawn(text: &str) -> Vec<(String, Option<(i32, i32)>)> {
    let pile = vec![recoupe::article::Article::plain("a", text)];
    let dossier = recoupe::pipeline::dossier(pile, vec![], vec![], Default::default());
    let degrees = |e: &recoupe::story::Entity| {
        e.lat.zip(e.lon).map(|(lat, lon)| (lat.round() as i32, lon.round() as i32))
    };
    let places = dossier.entities.iter().filter(|e| e.kind == recoupe::analyse::MentionKind::Loc);
    places.map(|e| (e.name.clone(), degrees(e))).collect()
}

#[test]
fn a_state_is_no_village_of_its_name_and_a_doubtful_name_is_not_drawn() {
    let text = "A flood cut the road between Selma and Montgomery in Alabama on Tuesday. The water \
                went on towards Georgia. Crews came from Dallas, and from Tulsa in Oklahoma.";
    let found = drawn(text);
    let at =
        |name: &str| found.iter().find(|f| f.0 == name).unwrap_or_else(|| panic!("{found:?}")).1;
    assert_eq!(at("Alabama"), Some((32, -86)));
    assert_eq!(at("Oklahoma"), Some((35, -98)));
    assert_eq!(at("Georgia"), None, "the country or the state");
    let tbilisi = drawn("The parliament of Georgia met in Tbilisi on Tuesday.");
    assert_eq!(tbilisi[0], ("Georgia".to_owned(), Some((42, 45))));
    let square =
        drawn("Une foule a gagné la place Bellecour, à Lyon, puis le pont vers Villeurbanne.");
    let of = |name: &str| square.iter().find(|f| f.0.contains(name)).and_then(|f| f.1);
    assert_eq!((of("Lyon"), of("Bellecour")), (Some((46, 5)), None), "{square:?}");
}
