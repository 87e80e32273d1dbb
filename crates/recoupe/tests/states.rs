//! Who holds what, on small invented stories, in both languages; and what tells nothing of it.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use recoupe::article::{Article, Block, BlockKind, Span};
use recoupe::check::state::{Holder, State, holder};
use recoupe::pipeline;
use recoupe::tell::dossier::Dossier;

/// One story: texts, each with the day of its publication and its language.
fn story(lang: &str, articles: &[(&str, &str)]) -> Dossier {
    let article = |(i, (day, text)): (usize, &(&str, &str))| Article {
        id: format!("a{}", i + 1),
        text: (*text).to_owned(),
        lang: Some(lang.to_owned()),
        published: Some(day.parse().unwrap()),
        topic: Some("t".to_owned()),
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Body }],
        ..Article::default()
    };
    let articles = articles.iter().enumerate().map(article).collect();
    pipeline::dossier(articles, vec![], vec![], Default::default())
}

/// `place gains: Anvar | army | claimed`, a line a state.
fn show(dossier: &Dossier) -> Vec<String> {
    let line = |s: &State| {
        let words = |at| dossier.words(at);
        format!(
            "{} {}: {} | {} | {}",
            s.kind.name(),
            s.change.name(),
            words(s.what.words),
            words(s.who.words),
            s.standing.name()
        )
    };
    dossier.states.iter().map(line).collect()
}

#[track_caller]
fn tells(dossier: &Dossier, want: &[&str]) {
    assert_eq!(show(dossier), want);
}

#[test]
fn a_town_changes_hands() {
    let en = story(
        "en",
        &[
            (
                "2024-05-07",
                "Government forces captured the town of Sanvar on Monday, the army said. Hundreds of families fled towards the coast.",
            ),
            (
                "2024-05-08",
                "Government forces captured Sanvar on Monday, according to the Rivers Observatory. Shops stayed closed.",
            ),
            (
                "2024-05-12",
                "The rebels retook Sanvar on Saturday, a rebel spokesman said. The army has not commented.",
            ),
        ],
    );
    tells(
        &en,
        &[
            "place gains: Sanvar | Government forces | confirmed",
            "place gains: Sanvar | The rebels | claimed",
        ],
    );
    let entity = en.states[0].what.entity.clone().unwrap();
    let name = |day| match holder(&en.states, &entity, day) {
        Holder::One(s) => en.words(s.who.words).to_owned(),
        Holder::Unknown => "nobody".to_owned(),
        Holder::Contested(_) => "several".to_owned(),
    };
    assert_eq!(name(date(2024, 5, 5)), "nobody");
    assert_eq!(name(date(2024, 5, 9)), "Government forces");
    assert_eq!(name(date(2024, 5, 12)), "The rebels");
    let fr = story(
        "fr",
        &[
            (
                "2024-05-07",
                "L'armée a repris la ville de Sanvar lundi, a annoncé le ministère de la Défense. Des centaines de familles ont fui vers la côte.",
            ),
            (
                "2024-05-12",
                "Les rebelles se sont emparés de la ville de Sanvar samedi, selon l'Observatoire des rivières. Les magasins restent fermés.",
            ),
        ],
    );
    tells(
        &fr,
        &[
            "place gains: Sanvar | L'armée | claimed",
            "place gains: Sanvar | Les rebelles | claimed",
        ],
    );
}

#[test]
fn the_passive_voice_tells_as_much() {
    let en = story(
        "en",
        &[(
            "2024-05-07",
            "The town of Sanvar was recaptured by the army on Monday, the defence ministry said. Nobody was hurt.",
        )],
    );
    tells(&en, &["place gains: Sanvar | the army | claimed"]);
    let fr = story(
        "fr",
        &[(
            "2024-05-07",
            "La ville de Sanvar a été reprise par l'armée lundi, a indiqué le ministère de la Défense. Personne n'a été blessé.",
        )],
    );
    tells(&fr, &["place gains: Sanvar | l'armée | claimed"]);
}

#[test]
fn a_company_is_sold() {
    let en = story(
        "en",
        &[(
            "2024-05-07",
            "Norvex Group bought Kestrel Breweries on Tuesday, the buyer said in a statement. The price was not disclosed.",
        )],
    );
    tells(&en, &["company gains: Kestrel Breweries | Norvex Group | claimed"]);
    let fr = story(
        "fr",
        &[(
            "2024-05-07",
            "Le groupe Norvex a racheté la société Kestrel mardi, a annoncé le syndicat des brasseurs. Le prix n'a pas été dévoilé.",
        )],
    );
    tells(&fr, &["company gains: Kestrel | Le groupe Norvex | claimed"]);
}

#[test]
fn an_office_is_left_and_filled() {
    let en = story(
        "en",
        &[(
            "2024-05-07",
            "Ada Rell resigned as mayor of Tolbury on Tuesday, the town hall said. The council appointed John Perrin as mayor on Wednesday.",
        )],
    );
    tells(
        &en,
        &[
            "office gains: mayor | John Perrin | unattributed",
            "office leaves: mayor of Tolbury | Ada Rell | claimed",
        ],
    );
    let fr = story(
        "fr",
        &[(
            "2024-05-07",
            "Ada Rell a démissionné de son poste de directrice du musée mardi, a annoncé la mairie. Jean Perrin a été nommé directeur du musée.",
        )],
    );
    tells(
        &fr,
        &[
            "office gains: directeur du musée | Jean Perrin | unattributed",
            "office leaves: directrice du musée | Ada Rell | claimed",
        ],
    );
}

#[test]
fn what_is_not_said_to_be_so_tells_nothing() {
    for (lang, text) in [
        ("en", "The army wants to take Sanvar before winter, officials said."),
        ("en", "The army could retake Sanvar within days, a general said."),
        ("en", "The rebels have not captured Sanvar, residents said."),
        ("en", "They captured Sanvar on Monday, he said."),
        ("en", "If the army takes Sanvar, the road will reopen, the governor said."),
        ("en", "Will the rebels take Sanvar?"),
        ("en", "The army took prisoners near Sanvar, officials said."),
        ("en", "The airline bought twelve planes from Norvex Group, it said."),
        ("en", "The town of Sanvar was captured on Monday."),
        ("fr", "L'armée veut reprendre Sanvar avant l'hiver, selon le gouverneur."),
        ("fr", "L'armée pourrait reprendre Sanvar sous peu, selon un général."),
        ("fr", "Les rebelles n'ont pas pris Sanvar, selon des habitants."),
        ("fr", "Ils ont pris Sanvar lundi, a-t-il dit."),
        ("fr", "L'armée reprendra Sanvar en mai, a promis le gouverneur."),
        ("fr", "Si l'armée prend Sanvar, la route rouvrira, selon le gouverneur."),
        ("fr", "L'armée a fait des prisonniers près de Sanvar."),
    ] {
        let place = if lang == "en" {
            "The town of Sanvar is small."
        } else {
            "La ville de Sanvar est petite."
        };
        let told = story(lang, &[("2024-05-07", &format!("{place} {text}"))]);
        assert_eq!(show(&told), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_denial_disputes_it() {
    let en = story(
        "en",
        &[
            (
                "2024-05-07",
                "The rebels captured the town of Sanvar on Monday, a rebel spokesman said.",
            ),
            (
                "2024-05-07",
                "The defence ministry denied that the rebels captured Sanvar on Monday.",
            ),
        ],
    );
    tells(&en, &["place gains: Sanvar | The rebels | disputed"]);
    assert!(!en.states[0].deniers.is_empty());
}

#[test]
fn every_output_tells_it() {
    for (lang, text, title, claimed) in [
        (
            "en",
            "The rebels captured the town of Marseille on Monday, a rebel spokesman said. Nobody was hurt.",
            "Who holds what",
            "claimed",
        ),
        (
            "fr",
            "L'armée a repris la ville de Marseille lundi, a annoncé le ministère de la Défense. Personne n'a été blessé.",
            "Qui tient quoi",
            "affirmé",
        ),
    ] {
        let dossier = story(lang, &[("2024-05-07", text)]);
        let files: std::collections::BTreeMap<_, _> =
            recoupe::tell::files(&dossier, false).into_iter().collect();
        let json: serde_json::Value = serde_json::from_str(&files["dossier.json"]).unwrap();
        assert_eq!(json["states"][0]["standing"], "claimed", "{text}");
        assert_eq!(json["states"][0]["latest"], "2024-05-06");
        assert!(files["dossier.md"].contains(title) && files["dossier.md"].contains(claimed));
        let page = &files["index.html"];
        assert!(page.contains("id=\"states\"") && page.contains("href=\"#states\""));
        assert!(page.contains("data-held=\"0?\""), "{} {}", json["states"], json["entities"]);
        let map: serde_json::Value = serde_json::from_str(&files["map.geojson"]).unwrap();
        assert_eq!(map["features"][0]["properties"]["states"][0]["change"], "gains");
    }
}

#[test]
fn what_is_only_denied_is_marked() {
    for (lang, text, mark) in [
        (
            "en",
            "The defence ministry denied that the bridge over the Orle was destroyed on Monday. Traffic is normal.",
            "**denied**",
        ),
        (
            "fr",
            "Le ministère de la Défense a démenti que le pont sur l'Orle ait été détruit lundi. Le trafic est normal.",
            "**démenti**",
        ),
    ] {
        let dossier = story(lang, &[("2024-05-07", text)]);
        let files: std::collections::BTreeMap<_, _> =
            recoupe::tell::files(&dossier, false).into_iter().collect();
        assert!(files["events.csv"].contains(",true\r\n"), "{}", files["events.csv"]);
        assert!(files["dossier.md"].contains(mark), "{}", files["dossier.md"]);
    }
}
