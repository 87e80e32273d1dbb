//! Small invented piles, each with the status that must come out.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use recoupe::article::{Article, Block, BlockKind, Span};
use recoupe::check::{Aspect, Finding, Status};
use recoupe::pipeline;
use recoupe::tell::dossier::Dossier;

/// One story: texts, each with the day of its publication, `-` for none.
fn story(articles: &[(&str, &str)]) -> Dossier {
    let article = |(i, (day, text)): (usize, &(&str, &str))| {
        let span = Span::new(0, text.len());
        Article {
            id: format!("a{}", i + 1),
            text: (*text).to_owned(),
            published: (*day != "-").then(|| day.parse().unwrap()),
            topic: Some("t".to_owned()),
            blocks: vec![Block { span, kind: BlockKind::Body }],
            ..Article::default()
        }
    };
    let articles = articles.iter().enumerate().map(article).collect();
    pipeline::dossier(articles, vec![], vec![], Default::default())
}

fn show(dossier: &Dossier) -> String {
    let line = |f: &Finding| {
        let values: Vec<String> =
            f.values.iter().map(|v| format!("{:?} {}", v.norm, dossier.words(v.words))).collect();
        format!("{:?} {:?} {:?} {:?} {values:?}", f.status, f.kind, f.origins, f.differs)
    };
    dossier.findings.iter().map(|f| line(f) + "\n").collect()
}

/// The finding of this status, one of whose supports holds `words`.
#[track_caller]
fn finding<'a>(dossier: &'a Dossier, status: Status, words: &str) -> &'a Finding {
    let holds = |f: &&Finding| {
        let mut supports = f.values.iter().flat_map(|v| &v.supports);
        f.status == status && supports.any(|s| dossier.words(s.place).contains(words))
    };
    let found = dossier.findings.iter().find(holds);
    found.unwrap_or_else(|| panic!("nothing {status:?} with {words:?} in\n{}", show(dossier)))
}

/// No finding of this status holds `words`.
#[track_caller]
fn never(dossier: &Dossier, status: Status, words: &str) {
    let mut with = dossier.findings.iter().filter(|f| f.status == status);
    let found = with.any(|f| {
        let mut supports = f.values.iter().flat_map(|v| &v.supports);
        supports.any(|s| dossier.words(s.place).contains(words))
    });
    assert!(!found, "{words:?} is {status:?} in\n{}", show(dossier));
}

#[track_caller]
fn origins(finding: &Finding, names: &[&str]) {
    let same = finding.origins.len() == names.len()
        && names.iter().all(|n| finding.origins.iter().any(|o| o.contains(n)));
    assert!(same, "{:?}, not {names:?}", finding.origins);
}

#[test]
fn two_named_origins_corroborate() {
    let fr = story(&[
        (
            "2024-05-07",
            "Le pont de Vaubrac a été fermé à la circulation mardi, a annoncé la préfecture du Gard. Des déviations sont en place.",
        ),
        (
            "2024-05-07",
            "À Vaubrac, le pont a été fermé à la circulation, selon le syndicat des transporteurs routiers. Les camions patientent.",
        ),
    ]);
    let found = finding(&fr, Status::Corroborated, "fermé à la circulation");
    origins(found, &["réfecture", "yndicat"]);
    assert_eq!(found.articles, 2);
    let en = story(&[
        (
            "2024-05-07",
            "The bridge at Tolverne was closed to traffic on Tuesday, the council said. Drivers are warned are in place.",
        ),
        (
            "2024-05-07",
            "In Tolverne the bridge was closed to traffic on Tuesday, according to the union. Lorries were waiting.",
        ),
    ]);
    assert_eq!(finding(&en, Status::Corroborated, "closed to traffic").origins.len(), 2);
}

#[test]
fn one_origin_in_three_articles_is_one_origin() {
    let fr = story(&[
        (
            "2024-05-07",
            "Selon l'Observatoire des glaciers, la crevasse de Morlan s'est élargie de deux mètres en avril. Les guides sont prudents.",
        ),
        (
            "2024-05-08",
            "La crevasse de Morlan s'est élargie de deux mètres, a indiqué l'Observatoire des glaciers. Le sentier reste ouvert.",
        ),
        (
            "2024-05-08",
            "D'après l'Observatoire des glaciers, la crevasse de Morlan s'est nettement élargie de deux mètres. Un refuge a fermé.",
        ),
    ]);
    let found = finding(&fr, Status::SingleOrigin, "crevasse de Morlan s'est");
    origins(found, &["Observatoire des glaciers"]);
    never(&fr, Status::Corroborated, "crevasse");
    let en = story(&[
        (
            "2024-05-07",
            "According to the observatory, the Morlan crevasse has widened by two metres since April. Guides are wary.",
        ),
        (
            "2024-05-08",
            "The Morlan crevasse has widened by two metres, the observatory said. The path remains open.",
        ),
        (
            "2024-05-08",
            "The observatory says the Morlan crevasse has widened by two metres. One hut has shut.",
        ),
    ]);
    origins(finding(&en, Status::SingleOrigin, "widened by two metres"), &["bservatory"]);
    never(&en, Status::Corroborated, "crevasse");
}

#[test]
fn two_copies_of_a_dispatch_without_a_name_have_no_origin() {
    let fr = story(&[
        (
            "2024-05-07",
            "Un convoi de quarante camions chargés de farine est entré dans la ville assiégée de Castral après trois semaines de blocus. Le marché rouvre.",
        ),
        (
            "2024-05-07",
            "La nouvelle est bonne. Un convoi de quarante camions chargés de farine est entré dans la ville assiégée de Castral après trois semaines de blocus.",
        ),
    ]);
    finding(&fr, Status::Unattributed, "quarante camions");
    never(&fr, Status::Corroborated, "quarante camions");
    let en = story(&[
        (
            "2024-05-07",
            "A convoy of forty trucks loaded with flour entered the besieged town of Castral after three weeks of blockade. The market reopens.",
        ),
        (
            "2024-05-07",
            "The news is good. A convoy of forty trucks loaded with flour entered the besieged town of Castral after three weeks of blockade.",
        ),
    ]);
    finding(&en, Status::Unattributed, "forty trucks");
    never(&en, Status::Corroborated, "forty trucks");
}

#[test]
fn a_claim_and_its_denial_are_a_dispute() {
    let fr = story(&[
        (
            "2024-05-07",
            "L'armée de Mervanie a bombardé l'hôpital de Castral lundi, affirme l'ONG Soins sans limites. Le toit est percé.",
        ),
        (
            "2024-05-07",
            "L'armée de Mervanie n'a pas bombardé l'hôpital de Castral lundi, assure le ministère de la Défense. Une enquête est promise.",
        ),
    ]);
    let found = finding(&fr, Status::Disputed, "bombardé l'hôpital");
    assert!(found.differs.contains(&Aspect::Polarity), "{:?}", found.differs);
    let en = story(&[
        (
            "2024-05-07",
            "The Mervanian army shelled the hospital in Castral on Monday, the rebels said. The roof is pierced.",
        ),
        (
            "2024-05-07",
            "The Mervanian army did not shell the hospital in Castral on Monday, the ministry said. An inquiry is promised.",
        ),
    ]);
    let found = finding(&en, Status::Disputed, "the hospital in Castral");
    assert!(found.differs.contains(&Aspect::Polarity), "{:?}", found.differs);
}

const TOLL_FR: [&str; 2] = [
    "L'effondrement de la mine de Castral a tué trois mineurs, a annoncé la préfecture de Lorne. Les recherches continuent.",
    "L'effondrement de la mine de Castral a tué sept mineurs, a annoncé la compagnie minière. Les recherches continuent de nuit.",
];

const TOLL_EN: [&str; 2] = [
    "The collapse of the Castral mine killed three miners, the police said. The search goes on.",
    "The collapse of the Castral mine killed seven miners, the company said. The search goes on by night.",
];

#[test]
fn a_toll_that_rises_with_the_days_evolves() {
    for [early, late] in [TOLL_FR, TOLL_EN] {
        let dossier = story(&[("2024-05-07", early), ("2024-05-09", late)]);
        let found = finding(&dossier, Status::Evolving, early.split(',').next().unwrap());
        let norms: Vec<_> = found.values.iter().map(|v| v.norm.as_deref()).collect();
        assert_eq!(norms, [Some("3"), Some("7")]);
    }
}

#[test]
fn two_tolls_of_one_day_are_a_dispute() {
    for [early, late] in [TOLL_FR, TOLL_EN] {
        let dossier = story(&[("2024-05-07", early), ("2024-05-07", late)]);
        let found = finding(&dossier, Status::Disputed, early.split(',').next().unwrap());
        assert_eq!(found.differs, [Aspect::Figure]);
        assert_eq!(found.origins.len(), 2, "{:?}", found.origins);
    }
}

#[test]
fn two_numbers_of_one_sentence_count_two_things() {
    let fr = story(&[
        (
            "2024-05-07",
            "Quatre-vingt-dix pompiers et deux hélicoptères luttaient mardi contre le feu de Castral. Le vent faiblit.",
        ),
        (
            "2024-05-07",
            "Mardi, quatre-vingt-dix pompiers et deux hélicoptères luttaient contre le feu à Castral. Un camping est vide.",
        ),
    ]);
    never(&fr, Status::Disputed, "hélicoptères");
    let en = story(&[
        (
            "2024-05-07",
            "The ferry had failed two of its last five inspections, most recently over a faulty radar. It sails again.",
        ),
        (
            "2024-05-07",
            "It is an old ship. The ferry had failed two of its last five inspections, most recently over a faulty radar.",
        ),
    ]);
    never(&en, Status::Disputed, "inspections");
}

#[test]
fn a_garbled_figure_is_unreadable_and_disputes_nothing() {
    let fr = story(&[
        (
            "2024-05-07",
            "Quelque 120.00 personnes ont été déplacées par les combats de Castral, selon le Croissant-Rouge. Les camps débordent.",
        ),
        (
            "2024-05-07",
            "Environ 120 000 personnes ont été déplacées par les combats de Castral, selon le Croissant-Rouge. La pluie tombe.",
        ),
    ]);
    finding(&fr, Status::Unreadable, "120.00 personnes");
    never(&fr, Status::Disputed, "personnes");
    let en = story(&[
        (
            "2024-05-07",
            "Some 120.00 people were displaced by the fighting in Castral, according to the Red Crescent. The camps are full.",
        ),
        (
            "2024-05-07",
            "About 120,000 people were displaced by the fighting in Castral, according to the Red Crescent. It is raining.",
        ),
    ]);
    finding(&en, Status::Unreadable, "120.00 people");
    never(&en, Status::Disputed, "people");
}

#[test]
fn stages_of_one_advance_evolve() {
    let fr = story(&[
        (
            "2024-05-06",
            "Les rebelles sont aux portes de la ville de Castral, selon l'armée. Les habitants fuient.",
        ),
        (
            "2024-05-07",
            "Les rebelles sont entrés dans la ville de Castral mardi, selon l'armée. Des tirs résonnent.",
        ),
        (
            "2024-05-08",
            "Les rebelles ont pris la ville de Castral, a annoncé l'armée. Le calme revient.",
        ),
    ]);
    let found = finding(&fr, Status::Evolving, "Castral");
    assert!(found.values.len() >= 2, "{}", show(&fr));
    never(&fr, Status::Disputed, "Castral");
    let en = story(&[
        (
            "2024-05-06",
            "The rebels have reached the outskirts of the town of Castral, the army said. Residents are fleeing.",
        ),
        (
            "2024-05-07",
            "The rebels entered the town of Castral on Tuesday, the army said. Shots ring out.",
        ),
        (
            "2024-05-08",
            "The rebels have captured the town of Castral, the army said. Calm is returning.",
        ),
    ]);
    let found = finding(&en, Status::Evolving, "Castral");
    assert!(found.values.len() >= 2, "{}", show(&en));
    never(&en, Status::Disputed, "Castral");
}

#[test]
fn a_confirmation_without_words_adds_its_origin() {
    let fr = story(&[
        (
            "2024-05-07",
            "« La digue de Vaubrac a cédé dans la nuit », a annoncé la préfecture du Gard. L'information a été confirmée par le Collectif des riverains.",
        ),
        (
            "2024-05-07",
            "La digue de Vaubrac a cédé dans la nuit, selon la préfecture du Gard. Les écoles sont fermées.",
        ),
    ]);
    origins(finding(&fr, Status::Corroborated, "a cédé"), &["réfecture", "Collectif"]);
    let en = story(&[
        (
            "2024-05-07",
            "\"The Tolverne dyke gave way overnight,\" the council said. The information was confirmed by the police.",
        ),
        ("2024-05-07", "The Tolverne dyke gave way overnight, the council said. Schools are shut."),
    ]);
    origins(finding(&en, Status::Corroborated, "gave way"), &["ouncil", "olice"]);
}

#[test]
fn voices_without_a_name_are_one_origin() {
    let fr = story(&[
        (
            "2024-05-07",
            "Le ministre Adel Sorane va démissionner jeudi, selon une source gouvernementale. Son parti se tait.",
        ),
        (
            "2024-05-07",
            "Le ministre Adel Sorane va démissionner jeudi, d'après un responsable qui a requis l'anonymat. Le palais se tait.",
        ),
    ]);
    never(&fr, Status::Corroborated, "démissionner");
    assert_eq!(finding(&fr, Status::SingleOrigin, "démissionner").articles, 2);
    let en = story(&[
        (
            "2024-05-07",
            "The minister Adel Sorane will resign on Thursday, according to a source close to the government. His party is silent.",
        ),
        (
            "2024-05-07",
            "The minister Adel Sorane will resign on Thursday, said an official who asked not to be named. The palace is silent.",
        ),
    ]);
    never(&en, Status::Corroborated, "resign");
    assert_eq!(finding(&en, Status::SingleOrigin, "resign").articles, 2);
}

#[test]
fn a_quotation_printed_with_other_words_is_told() {
    let fr = story(&[
        (
            "2024-05-07",
            "« Nous reconstruirons chaque maison de Castral avant les premières neiges de novembre », a promis la gouverneure Ilda Sorane. La foule applaudit.",
        ),
        (
            "2024-05-07",
            "La gouverneure Ilda Sorane était sur place. « Nous reconstruirons chaque école de Castral avant les premières neiges de novembre », a-t-elle promis.",
        ),
    ]);
    let altered = |d: &Dossier| d.findings.iter().any(|f| f.differs.contains(&Aspect::Wording));
    assert!(altered(&fr), "{}", show(&fr));
    let en = story(&[
        (
            "2024-05-07",
            "\"We will rebuild every house in Castral of stone and slate, before the first heavy snow of November,\" Ilda Sorane said. The crowd cheered.",
        ),
        (
            "2024-05-07",
            "Ilda Sorane was there. \"We will rebuild every school in Castral of stone and slate, before the first heavy snow of November,\" she said.",
        ),
    ]);
    assert!(altered(&en), "{}", show(&en));
    let same = story(&[
        (
            "2024-05-07",
            "\"We will rebuild every house in Castral of stone and slate, before the first heavy snow of November,\" Ilda Sorane said. The crowd cheered.",
        ),
        (
            "2024-05-07",
            "Ilda Sorane was there. \"We will rebuild every house in Castral of stone and slate, before the first heavy snow of November,\" she said.",
        ),
    ]);
    assert!(!altered(&same), "{}", show(&same));
}

#[test]
fn a_quotation_cut_shorter_is_the_same_claim() {
    let full = "« Nous avons repris la ville de Castral, maison par maison, après trois jours de combats contre les milices de Norve », a déclaré la générale Ilda Sorane. La foule applaudit.";
    let cut = "La générale Ilda Sorane était sur place. « Nous avons repris Castral après trois jours de combats », a-t-elle déclaré.";
    let fr = story(&[("2024-05-07", full), ("2024-05-07", cut)]);
    never(&fr, Status::Disputed, "Castral");
    let one = finding(&fr, Status::SingleOrigin, "Castral");
    assert!(one.articles == 2 && one.differs == [Aspect::Wording], "{}", show(&fr));
    let light = "La générale Ilda Sorane était sur place. « Nous avons repris Castral, maison par maison, après trois jours de combats contre les milices de Norve », a-t-elle déclaré.";
    let same = story(&[("2024-05-07", full), ("2024-05-07", light)]);
    never(&same, Status::Disputed, "Castral");
    let full = "\"We retook the town of Castral, house by house, after three days of fighting against the militias of Norve,\" General Ilda Sorane said. The crowd cheered.";
    let cut = "General Ilda Sorane was there. \"We retook Castral after three days of fighting,\" she said.";
    let en = story(&[("2024-05-07", full), ("2024-05-07", cut)]);
    never(&en, Status::Disputed, "Castral");
    assert_eq!(finding(&en, Status::SingleOrigin, "Castral").articles, 2, "{}", show(&en));
}

#[test]
fn one_sentence_in_quotation_marks_has_one_speaker() {
    let fr = story(&[
        (
            "2024-05-07",
            "« Une lampe, cela se prête, cela s'oublie, cela se vole », a plaidé Maud Trével, son avocate.",
        ),
        (
            "2024-05-07",
            "« Une lampe, cela se prête, cela s'oublie, cela se vole », a plaidé la défense.",
        ),
    ]);
    never(&fr, Status::Corroborated, "lampe");
}

#[test]
fn an_agency_that_carries_a_named_voice_is_no_second_origin() {
    let fr = story(&[
        (
            "2024-05-07",
            "Le barrage de Morlan tiendra, a déclaré à l'AFP l'ingénieur Karim Haddad. Le lac monte.",
        ),
        (
            "2024-05-07",
            "Le barrage de Morlan tiendra, selon l'ingénieur Karim Haddad. La vallée attend.",
        ),
    ]);
    never(&fr, Status::Corroborated, "barrage");
    let en = story(&[
        (
            "2024-05-07",
            "The Morlan dam will hold, the engineer Karim Haddad told Reuters. The lake is rising.",
        ),
        (
            "2024-05-07",
            "The Morlan dam will hold, according to the engineer Karim Haddad. The valley waits.",
        ),
    ]);
    never(&en, Status::Corroborated, "dam");
}

#[test]
fn what_is_denied_in_few_words_is_a_dispute() {
    let fr = story(&[
        (
            "2024-05-07",
            "Le préfet s'est engagé à rouvrir le pont lundi, affirme le maire Paul Vernet. La préfecture dément tout engagement.",
        ),
        ("2024-05-07", "Le pont de Vaubrac est fermé depuis mars. Les camions font un détour."),
    ]);
    let found = finding(&fr, Status::Disputed, "tout engagement");
    assert_eq!(found.differs, [Aspect::Polarity]);
    // Another matter is not denied with it.
    never(&fr, Status::Disputed, "fermé depuis mars");
}

#[test]
fn two_hours_of_one_event_are_a_dispute() {
    let fr = story(&[
        (
            "2024-05-07",
            "Le portable du suspect a été localisé près du hangar à 19h12, selon une experte. Le procès continue.",
        ),
        (
            "2024-05-07",
            "Le portable du suspect a été localisé près du hangar à 19h42, selon la police. La salle était pleine.",
        ),
    ]);
    assert_eq!(finding(&fr, Status::Disputed, "localisé").differs, [Aspect::Time]);
    let other = story(&[
        (
            "2024-05-07",
            "Le portable du suspect a été localisé près du hangar à 19h12, selon une experte. Le procès continue.",
        ),
        ("2024-05-07", "La séance a été levée à 19h42, selon la police. La salle était pleine."),
    ]);
    never(&other, Status::Disputed, "19h");
}

#[test]
fn numbers_of_two_sources_in_one_sentence_are_a_dispute() {
    let fr = story(&[
        (
            "2024-05-07",
            "Quelque 2 300 personnes, selon la police, 6 000 selon les organisateurs, ont défilé dans les rues de Castral mardi.",
        ),
        ("2024-05-07", "Le cortège de Castral s'est dispersé dans le calme mardi soir."),
    ]);
    let found = finding(&fr, Status::Disputed, "6 000");
    origins(found, &["Police", "Organisateurs"]);
    let en = story(&[
        (
            "2024-05-07",
            "Some 2,300 people, according to the police, and 6,000 according to the organisers, marched in Castral on Tuesday.",
        ),
        ("2024-05-07", "The march in Castral ended peacefully on Tuesday evening."),
    ]);
    origins(finding(&en, Status::Disputed, "6,000"), &["Police", "Organisers"]);
}

#[test]
fn sums_of_one_thing_are_compared_by_what_they_measure() {
    let fr = story(&[
        (
            "2024-05-07",
            "La prime obtenue par les dockers serait de 1 600 euros, selon une source syndicale. Le port rouvre.",
        ),
        (
            "2024-05-08",
            "Une prime de 1 400 euros sera versée aux dockers, a annoncé le ministère. Les grues tournent.",
        ),
    ]);
    // What is paid does not grow from one day to the next: no later count.
    assert_eq!(finding(&fr, Status::Disputed, "prime").differs, [Aspect::Figure]);
    let other = story(&[
        (
            "2024-05-07",
            "La prime obtenue par les dockers serait de 1 600 euros, selon une source syndicale. Le port rouvre.",
        ),
        (
            "2024-05-08",
            "Le billet de bateau coûtera 1 400 euros cet été, a annoncé la compagnie. Les grues tournent.",
        ),
    ]);
    never(&other, Status::Disputed, "euros");
}

#[test]
fn only_this_and_only_this_and_that_are_a_dispute() {
    let fr = story(&[
        (
            "2024-05-07",
            "Les rebelles ne contrôlent plus que quelques villages et quelques hameaux dans la province de Lorne, selon l'Observatoire des conflits.",
        ),
        (
            "2024-05-07",
            "Les rebelles ne contrôlent plus que quelques villages, quelques hameaux et un aérodrome dans la province de Lorne, selon l'Observatoire des conflits.",
        ),
    ]);
    assert_eq!(finding(&fr, Status::Disputed, "contrôlent plus").differs, [Aspect::Extent]);
    let open = story(&[
        (
            "2024-05-07",
            "Les rebelles contrôlent des villages et des hameaux dans la province de Lorne, selon l'Observatoire des conflits.",
        ),
        (
            "2024-05-07",
            "Les rebelles contrôlent des villages, des hameaux et un aérodrome dans la province de Lorne, selon l'Observatoire des conflits.",
        ),
    ]);
    never(&open, Status::Disputed, "contrôlent");
}

#[test]
fn a_denial_answers_what_was_just_said_and_what_is_said_at_once() {
    let fr = story(&[
        (
            "2024-05-07",
            "La réunion a duré deux heures. Le député Paul Marot nie toute entente avec Clara Vesne. Selon un huissier, les deux élus se seraient pourtant vus dimanche à Castral.",
        ),
        ("2024-05-07", "Le conseil de Castral siège depuis lundi. La réunion a duré deux heures."),
    ]);
    let vus = finding(&fr, Status::Disputed, "vus dimanche");
    assert_eq!(vus.differs, [Aspect::Polarity], "{}", show(&fr));
    let en = story(&[
        (
            "2024-05-07",
            "The meeting lasted two hours. The deputy, Paul Marot, denied any deal with Clara Vesne. According to an usher, however, the two were seen together on Sunday in Castral.",
        ),
        (
            "2024-05-07",
            "The council of Castral has been sitting since Monday. The meeting lasted two hours.",
        ),
    ]);
    assert_eq!(finding(&en, Status::Disputed, "seen together").differs, [Aspect::Polarity]);
    // What is asked for is not denied.
    let asked = story(&[
        (
            "2024-05-07",
            "Le syndicat Ruche réclame un suivi médical pour tous les salariés du dépôt. La direction nie avoir demandé aux ouvriers de reprendre le travail.",
        ),
        ("2024-05-07", "Le dépôt de Castral est fermé depuis lundi. La direction ne répond pas."),
    ]);
    never(&asked, Status::Disputed, "suivi");
}

#[test]
fn a_number_that_answers_a_number_is_a_dispute() {
    let fr = story(&[
        (
            "2024-05-07",
            "Le mouvement est suivi par 94 % des ouvriers du dépôt, a affirmé le syndicat Ruche. La société Norve Fret, qui gère le site, parle de 71 % de grévistes.",
        ),
        ("2024-05-07", "Le dépôt de Castral est bloqué depuis lundi. La grève dure."),
    ]);
    assert_eq!(finding(&fr, Status::Disputed, "94 %").values.len(), 2, "{}", show(&fr));
    let two = story(&[
        (
            "2024-05-07",
            "Le mouvement est suivi par 94 % des ouvriers du dépôt, a affirmé le syndicat Ruche. La société Norve Fret annonce un bénéfice en hausse de 71 % sur un an.",
        ),
        ("2024-05-07", "Le dépôt de Castral est bloqué depuis lundi. La grève dure."),
    ]);
    never(&two, Status::Disputed, "94 %");
}

#[test]
fn the_dead_and_the_wounded_of_one_clause_are_two_findings() {
    let fr = story(&[
        (
            "2024-05-07",
            "Selon la préfecture, l'explosion a fait au moins trois morts et au moins 27 blessés à Castral. La rue est fermée.",
        ),
        (
            "2024-05-08",
            "L'explosion de Castral a fait quatre morts et 29 blessés, selon la préfecture. La rue a rouvert.",
        ),
    ]);
    let figures = fr.findings.iter().filter(|f| f.values.len() == 2).count();
    assert_eq!(figures, 2, "{}", show(&fr));
}

#[test]
fn the_crowd_is_what_police_and_unions_count_differently() {
    let told = [
        "Environ 400 salariés se sont rassemblés devant la mairie mardi, selon la préfecture, 700 selon les syndicats.",
        "About 400 workers gathered outside the town hall on Tuesday, according to the police, 700 according to the unions.",
    ];
    for text in told {
        let dossier = story(&[("2024-05-07", text)]);
        let found = finding(&dossier, Status::Disputed, "700");
        assert_eq!(found.differs, [Aspect::Figure]);
        assert_eq!(found.origins.len(), 2, "{:?}", found.origins);
    }
    // One of them alone disputes nothing.
    let one = story(&[(
        "2024-05-07",
        "Environ 400 salariés se sont rassemblés mardi, selon la préfecture, 400 selon les syndicats.",
    )]);
    assert!(one.findings.iter().all(|f| f.status != Status::Disputed), "{}", show(&one));
}

#[test]
fn a_dispute_inside_a_sentence_that_many_print_is_one() {
    let text = "Environ 400 salariés se sont rassemblés devant la mairie mardi, selon la préfecture, 700 selon les syndicats.";
    let dossier = story(&[("2024-05-07", text), ("2024-05-07", text), ("2024-05-08", text)]);
    let disputed = dossier.findings.iter().filter(|f| f.status == Status::Disputed);
    let articles: Vec<u32> = disputed.map(|f| f.articles).collect();
    assert_eq!(articles, [3], "{}", show(&dossier));
}

/// Two articles of one day in each language.
fn both(fr: [&str; 2], en: [&str; 2]) -> [Dossier; 2] {
    [fr, en].map(|texts| story(&texts.map(|t| ("2024-05-07", t))))
}

#[test]
fn a_request_turned_down_is_no_denial() {
    let turned_down = both(
        [
            "Le syndicat Ruche demande la fermeture du four de Castral. Le tribunal de Vaubrac a rejeté la demande de fermeture du four de Castral.",
            "La fermeture du four de Castral est demandée depuis lundi par le syndicat Ruche, a indiqué Ada Lorn. Le four tourne.",
        ],
        [
            "The Ruche union asks for the closure of the Castral furnace. The court in Tolverne rejected the request for the closure of the Castral furnace.",
            "The closure of the Castral furnace has been sought since Monday by the Ruche union, Ada Lorn said. The furnace is lit.",
        ],
    );
    turned_down.iter().for_each(|d| never(d, Status::Disputed, "Castral"));
    let denied = both(
        [
            "Le maire de Castral a touché de l'argent du port, affirme Ada Lorn. Le quai est vide.",
            "Le maire de Castral dément avoir touché de l'argent du port. Le quai est vide lundi.",
        ],
        [
            "The mayor of Castral took money from the harbour, Ada Lorn said. The quay is empty.",
            "The mayor of Castral denied that he took money from the harbour. The quay was empty on Monday.",
        ],
    );
    for dossier in &denied {
        finding(dossier, Status::Disputed, "Castral");
    }
}

#[test]
fn a_number_and_the_same_with_fewer_digits_agree() {
    let fr = both(
        [
            "Le pont de Vaubrac a coûté 4,9 milliards d'euros à la région, a indiqué Ada Lorn. Il ouvre lundi.",
            "Le pont de Vaubrac a coûté 5 milliards d'euros à la région, a indiqué Paul Sorne. Il ouvre lundi.",
        ],
        [
            "The Tolverne bridge cost the region 4.9 billion euros, Ada Lorn said. It opens on Monday.",
            "The Tolverne bridge cost the region 5 billion euros, Paul Sorne said. It opens on Monday.",
        ],
    );
    fr.iter().for_each(|d| never(d, Status::Disputed, "euros"));
    let other = both(
        [
            "Le pont de Vaubrac a coûté 4,9 milliards d'euros à la région, a indiqué Ada Lorn. Il ouvre lundi.",
            "Le pont de Vaubrac a coûté 7 milliards d'euros à la région, a indiqué Paul Sorne. Il ouvre lundi.",
        ],
        [
            "The Tolverne bridge cost the region 4.9 billion euros, Ada Lorn said. It opens on Monday.",
            "The Tolverne bridge cost the region 7 billion euros, Paul Sorne said. It opens on Monday.",
        ],
    );
    finding(&other[0], Status::Disputed, "euros");
}

#[test]
fn a_role_and_its_bearer_are_one_origin() {
    let one = both(
        [
            "Le barrage de Castral sera fermé au public cet hiver, a annoncé la directrice Ada Lorn. Il est vieux.",
            "Le barrage de Castral sera fermé au public cet hiver, a annoncé la directrice. Il est vieux de cent ans.",
        ],
        [
            "The Castral dam will be closed to the public this winter, director Ada Lorn said. It is old.",
            "The Castral dam will be closed to the public this winter, the director said. It is a century old.",
        ],
    );
    one.iter().for_each(|d| never(d, Status::Corroborated, "public"));
}

#[test]
fn who_says_another_number_later_replaces_the_first() {
    let told = [
        (
            "La société Valdor supprimera 240 postes dans son usine de Brémont, a annoncé la société Valdor mardi.",
            "La société Valdor ne supprimera que 180 postes dans son usine de Brémont, a annoncé la société Valdor lundi.",
        ),
        (
            "Valdor said on Tuesday that it would cut 240 jobs at its plant in Lorne.",
            "Valdor said on Monday that it would cut only 180 jobs at the Lorne plant, where pumps are made. Talks had lasted a week.",
        ),
    ];
    for (first, later) in told {
        let dossier = story(&[("2024-03-12", first), ("2024-03-25", later)]);
        let found = finding(&dossier, Status::Evolving, "180");
        assert_eq!(found.differs, [Aspect::Figure]);
        // On one day it is one number too many.
        let same = story(&[("2024-03-12", first), ("2024-03-12", later)]);
        never(&same, Status::Evolving, "180");
    }
}

#[test]
fn what_two_say_and_a_third_denies_is_a_dispute_of_three() {
    let dossier = story(&[
        (
            "2024-03-12",
            "Le groupe Valdor a touché 4,2 millions d'euros d'aides publiques depuis 2019, affirme la maire de Brémont, Hélène Vass. Valdor dément : « Nous avons reçu 1,8 million d'euros d'aides publiques », répond le groupe.",
        ),
        (
            "2024-03-13",
            "Selon la Cour des comptes, Valdor a reçu de l'État 4,2 millions d'euros d'aides entre 2019 et 2023.",
        ),
    ]);
    never(&dossier, Status::Corroborated, "4,2 millions");
    let found = finding(&dossier, Status::Disputed, "4,2 millions");
    assert!(found.origins.len() >= 3, "{:?}", found.origins);
}

#[test]
fn who_disputes_that_sum_disputes_the_last_one_told() {
    let dossier = story(&[(
        "2024-03-12",
        "La commune chiffre son préjudice à 520 000 euros. « Les habitants veulent être remboursés », a dit son avocate, Inès Faure. La défense conteste ce montant.",
    )]);
    finding(&dossier, Status::Disputed, "520 000");
    never(&dossier, Status::Disputed, "remboursés");
}

#[test]
fn who_gives_another_number_or_turns_it_round_does_not_agree() {
    let told = [
        (
            "Un homme de 34 ans est mort dans l'incendie, selon le parquet.",
            "Un homme de 43 ans est mort dans l'incendie, selon la police.",
        ),
        (
            "The fire in Lorne started on the third floor, police said.",
            "The fire in Lorne started on the fifth floor, the hospital said.",
        ),
        (
            "Selon le club, Idriss Belkac a signé pour cinq ans.",
            "Selon son agent Karim Saïd, Idriss Belkac a signé pour quatre ans.",
        ),
    ];
    for (one, other) in told {
        let dossier = story(&[("2024-05-07", one), ("2024-05-07", other)]);
        let agreed = dossier.findings.iter().any(|f| f.status == Status::Corroborated);
        assert!(!agreed, "{}", show(&dossier));
    }
    // The same said in other words is agreed on all the same.
    let same = story(&[
        ("2024-05-07", "La voie de Lamb était fermée lundi, selon la mairie."),
        ("2024-05-07", "Lundi, la voie de Lamb avait été fermée, a indiqué la préfecture."),
    ]);
    finding(&same, Status::Corroborated, "voie de Lamb");
}

#[test]
fn a_line_of_date_and_place_is_no_finding() {
    let dossier = story(&[
        (
            "2024-05-14",
            "Le Fil du Val\nMardi 14 mai 2024, 09h12\nLe pont de Lamb a cédé, selon la mairie.",
        ),
        ("2024-05-14", "LAMB, 14 mai 2024 (APL) - Le pont de Lamb a cédé, selon la préfecture."),
    ]);
    assert!(!show(&dossier).contains("09h12"), "{}", show(&dossier));
    assert!(dossier.brief.iter().all(|s| dossier.words(s.text).contains("pont")));
}

#[test]
fn what_has_no_verb_is_in_no_brief() {
    let cases = [
        (
            "Extrait d'un avis de la mairie de Valbourg sur le pont. Le pont de Valbourg a été fermé lundi \
             par la mairie. Le maire a promis une passerelle avant l'hiver.",
            "Le pont de Valbourg a été fermé lundi, selon la mairie. Une passerelle sera posée avant l'hiver.",
        ),
        (
            "An extract from the notice of Valbourg council on the bridge. The bridge of Valbourg was closed on \
             Monday by the council. The mayor promised a footbridge before the winter.",
            "The bridge of Valbourg was closed on Monday, the council said. A footbridge will be laid before winter.",
        ),
    ];
    for (a, b) in cases {
        let dossier = story(&[("2031-03-04", a), ("2031-03-04", b)]);
        let brief: Vec<&str> = dossier.brief.iter().map(|s| dossier.words(s.text)).collect();
        assert!(!brief.is_empty());
        assert!(
            !brief.iter().any(|s| s.starts_with("Extrait") || s.starts_with("An ")),
            "{brief:?}"
        );
    }
}

#[test]
fn who_buys_whom_turned_round_is_no_agreement() {
    let told = [
        [
            "La société Corvane a racheté la société Haldex lundi, a annoncé le ministère de l'Industrie. Le prix est secret.",
            "La société Haldex a racheté la société Corvane lundi, a indiqué le syndicat Ruche. Le prix est secret.",
            "La société Haldex a été rachetée lundi par la société Corvane, a indiqué le syndicat Ruche. Le prix est secret.",
        ],
        [
            "Corvane bought Haldex on Monday, the Industry Department said. The price is secret.",
            "Haldex bought Corvane on Monday, according to the Ruche union. The price is secret.",
            "Haldex was bought by Corvane on Monday, according to the Ruche union. The price is secret.",
        ],
    ];
    for [first, turned, passive] in told {
        let day = "2024-05-07";
        never(&story(&[(day, first), (day, turned)]), Status::Corroborated, "Haldex");
        finding(&story(&[(day, first), (day, passive)]), Status::Corroborated, "Haldex");
    }
}

#[test]
fn to_name_a_thing_is_not_to_agree() {
    let told = both(
        [
            "La maire Ada Lorn réclame la baisse de la taxe sur les barges du canal de Castral. Le port attend.",
            "Le député Paul Sorne évoque la baisse de la taxe sur les barges du canal de Castral. Le port attend.",
        ],
        [
            "Mayor Ada Lorn called for the cut of the tax on barges of the Castral canal. The harbour waits.",
            "The senator Paul Sorne mentioned the cut of the tax on barges of the Castral canal. The harbour waits.",
        ],
    );
    told.iter().for_each(|d| never(d, Status::Corroborated, "barges"));
}

#[test]
fn a_denial_answers_what_it_denies_and_not_what_stands_next_to_it() {
    let told = both(
        [
            "Le taux de plomb dans le puits de Castral est tombé de 28 à 14 grammes, selon les chercheurs. La société Valdor nie avoir influencé les conclusions.",
            "Le puits de Castral est fermé depuis lundi. Les habitants attendent.",
        ],
        [
            "Lead in the Castral well fell from 28 to 14 grams, the researchers said. Valdor denied that it had influenced the findings.",
            "The Castral well has been closed since Monday. Residents are waiting.",
        ],
    );
    told.iter().for_each(|d| never(d, Status::Disputed, "28"));
    // Nor does the one who denies it stand on both sides.
    let one = both(
        [
            "La mairie de Castral dément avoir reçu une alerte sur la digue. Le pont est fermé.",
            "La mairie de Castral reconnaît avoir reçu une alerte sur la digue. Le pont a rouvert.",
        ],
        [
            "Castral Council denied that it had received a warning about the dyke. The bridge is shut.",
            "Castral Council admitted that it had received a warning about the dyke. The bridge is open.",
        ],
    );
    one.iter().for_each(|d| never(d, Status::Disputed, "Castral"));
}

#[test]
fn a_note_on_an_earlier_version_disputes_nothing() {
    let told = both(
        [
            "Deux enfants sont morts dans l'incendie de Castral, selon le parquet. Le feu est éteint.",
            "Deux enfants sont morts dans l'incendie de Castral, selon le parquet. Rectificatif : une version antérieure de cet article disait que quatre enfants étaient morts dans l'incendie de Castral.",
        ],
        [
            "Two children died in the Castral fire, prosecutors said. The fire is out.",
            "Two children died in the Castral fire, prosecutors said. Correction: an earlier version of this article said that four children had died in the Castral fire.",
        ],
    );
    for dossier in &told {
        let among = |s| dossier.findings.iter().any(|f| f.status == s);
        let told = !among(Status::Disputed) && !among(Status::Evolving);
        assert!(told, "{}", show(dossier));
    }
}

#[test]
fn digits_that_changed_places_in_a_copy_are_a_dispute() {
    let told = [
        "L'université de Lorne a donné le sérum contre la fièvre des marais à 1 240 patients pendant deux ans, dans onze hôpitaux de la région. Les résultats sont publiés lundi dans une revue.",
        "The University of Lorne gave the serum against marsh fever to 1,240 patients over two years, in eleven hospitals of the region. The results were published on Monday in a journal.",
    ];
    for text in told {
        let other = text.replace("1 240", "1 420").replace("1,240", "1,420");
        let dossier = story(&[("2024-05-07", text), ("2024-05-09", &other)]);
        finding(&dossier, Status::Disputed, "patients");
        never(&dossier, Status::Evolving, "patients");
    }
}

#[test]
fn headlines_are_set_against_nothing() {
    let titled = |(i, (title, body)): (usize, (&str, &str))| {
        let text = format!("{title}\n\n{body}");
        let head = Span::new(0, title.len());
        let rest = Span::new(title.len() + 2, text.len());
        Article {
            id: format!("a{i}"),
            text,
            topic: Some("t".to_owned()),
            published: Some("2024-05-07".parse().unwrap()),
            blocks: vec![
                Block { span: head, kind: BlockKind::Title },
                Block { span: rest, kind: BlockKind::Body },
            ],
            ..Article::default()
        }
    };
    let told = [
        [
            (
                "Lait de Castral : le patron nie avoir caché des analyses",
                "Le procès dure trois semaines.",
            ),
            ("Lait de Castral : le patron a caché des analyses", "Le procès s'est ouvert lundi."),
        ],
        [
            ("Castral milk: boss denies that he hid test results", "The trial lasts three weeks."),
            ("Castral milk: boss hid test results", "The trial opened on Monday."),
        ],
    ];
    for pile in told {
        let articles = pile.into_iter().enumerate().map(titled).collect();
        let dossier = pipeline::dossier(articles, vec![], vec![], Default::default());
        never(&dossier, Status::Disputed, "Castral");
    }
}

#[test]
fn the_same_in_other_words_is_agreed() {
    let told = both(
        [
            "Cinq personnes sont mortes dans l'incendie d'un hôtel de Castral, a annoncé la préfecture de Lorne. La rue est fermée.",
            "L'incendie d'un hôtel de Castral a coûté la vie à cinq personnes, selon l'hôpital de Vaubrac. La rue est fermée.",
        ],
        [
            "Five people were killed in a fire at a hotel in Castral, police said. The street is closed.",
            "Five people lost their lives when a Castral hotel caught fire, according to Tolverne Hospital. The street is closed.",
        ],
    );
    for dossier in &told {
        assert_eq!(finding(dossier, Status::Corroborated, "Castral").origins.len(), 2);
    }
}

#[test]
fn outlets_tell_one_thing_in_other_words() {
    let told = both(
        [
            "Le décret créant le registre des barges est paru le 1er juillet au Journal officiel. Les bateliers protestent.",
            "Créé par un décret du 1er juillet, le registre des barges inquiète. Une réunion aura lieu.",
        ],
        [
            "The decree that created the barge register was published on 1 July. Boatmen are protesting.",
            "Created by a decree of 1 July, the barge register worries people. A meeting will be held.",
        ],
    );
    for dossier in &told {
        let one = dossier.findings.iter().any(|f| f.articles == 2);
        assert!(one, "{}", show(dossier));
    }
}

#[test]
fn one_quotation_is_one_finding() {
    let told = [
        (
            "« Le système de digues du canal est un système solide. Dans ces moments difficiles, il ne faut pas céder à la panique », a déclaré Ada Lorn.",
            "Ada Lorn a réagi : « Le système de digues du canal est un système solide. Dans ces moments difficiles, il ne faut pas céder à la panique. »",
        ),
        (
            "\"The dyke system of the canal is a solid system. In difficult moments like these nobody should give way to panic,\" Ada Lorn said.",
            "\"The dyke system of the canal is a solid system. In difficult moments like these nobody should give way to panic,\" said Ada Lorn on Monday.",
        ),
    ];
    for (first, second) in told {
        let dossier = story(&[("2024-05-07", first), ("2024-05-08", second)]);
        let several = dossier.findings.iter().filter(|f| f.articles == 2).count();
        assert!(several <= 2, "{}", show(&dossier));
    }
}

#[test]
fn who_is_named_twice_beside_the_same_words_is_no_second_origin() {
    let told = [
        "Selon Ada Lorn, la société Valdor a demandé à son notaire de Castral de signer trois faux contrats en avril. Paul Sorne a ajouté que la société Valdor a demandé à son notaire de Castral de signer trois faux contrats.",
        "According to Ada Lorn, Valdor asked its lawyer in Castral to sign three false contracts in April. Paul Sorne added that Valdor asked its lawyer in Castral to sign three false contracts.",
    ];
    for text in told {
        never(&story(&[("2024-05-07", text)]), Status::Corroborated, "contra");
    }
}

#[test]
fn who_confirms_a_clause_does_not_confirm_the_rest() {
    let told = [
        "« Le dépôt de Castral fermera ses portes en juin. Nos concurrents étrangers vendent leurs pompes à perte depuis dix ans », a déclaré Ada Lorn. L'information est confirmée par la préfecture de Lorne.",
        "\"The Castral depot will close its doors in June. Our foreign rivals have sold their pumps at a loss for ten years,\" Ada Lorn said. The information was confirmed by Lorne Council.",
    ];
    for text in told {
        let dossier = story(&[("2024-05-07", text)]);
        for rivals in ["concurrents", "rivals"] {
            never(&dossier, Status::Corroborated, rivals);
        }
    }
}

#[test]
fn another_who_did_it_to_another_is_no_agreement() {
    let told = both(
        [
            "Le gouvernement a violé la Constitution en signant l'accord sur le canal avec Castral, selon la Cour des comptes. Le canal est vide.",
            "La ville de Castral a violé l'accord sur le canal, affirme le syndicat Ruche. Le canal est vide.",
        ],
        [
            "The government broke the law when it signed the canal deal with Castral, the Court of Auditors said. The canal is empty.",
            "Castral broke the canal deal, according to the Ruche union. The canal is empty.",
        ],
    );
    told.iter().for_each(|d| never(d, Status::Corroborated, "Castral"));
}

#[test]
fn who_says_nothing_supports_and_disputes_nothing() {
    let piles = both(
        [
            "L'usine Corvex de Valmy fermera en juin, a annoncé le syndicat des verriers. La direction n'a pas voulu dire si l'usine fermerait en juin.",
            "Contactée par le journal, la direction de Corvex n'a pas répondu aux questions. Le syndicat des verriers annonce que l'usine Corvex de Valmy fermera en juin.",
        ],
        [
            "The Corvex plant in Norwell will close in June, the glass workers' union announced. The management refused to say whether the plant would close in June.",
            "Contacted by the paper, the Corvex management did not respond to questions. The glass workers' union said the Corvex plant in Norwell will close in June.",
        ],
    );
    for dossier in piles {
        assert_eq!(dossier.analyses.iter().map(|a| a.silences.len()).sum::<usize>(), 2);
        for finding in &dossier.findings {
            assert_ne!(finding.status, Status::Disputed, "{}", show(&dossier));
            for support in finding.values.iter().flat_map(|v| &v.supports) {
                let silences = &dossier.analyses[support.place.article as usize].silences;
                let silent = silences.iter().any(|s| s.span.overlaps(support.place.span));
                assert!(!silent, "{}", show(&dossier));
            }
        }
        let told = recoupe::tell::markdown::report(&recoupe::tell::view::View::new(&dossier));
        let title = dossier.analyses[0].lang.labels.page.silences;
        assert!(told.contains(title), "{told}");
    }
}

/// The statuses of the findings that have these numbers, in order, as values.
#[track_caller]
fn counted(pile: &[(&str, &str)], norms: &[&str]) -> Status {
    let dossier = story(pile);
    let has = |f: &&Finding| {
        let own: Vec<&str> = f.values.iter().filter_map(|v| v.norm.as_deref()).collect();
        own == norms
    };
    let found = dossier.findings.iter().find(has);
    found.unwrap_or_else(|| panic!("no {norms:?} in\n{}", show(&dossier))).status
}

#[test]
fn a_victim_whom_nobody_counts_is_one_or_more() {
    for told in [
        [
            "Le frère du boulanger de Castral est mort dans l'incendie, selon les pompiers. La rue est fermée.",
            "L'incendie de Castral a tué le frère du boulanger, a dit la police. Le maire est venu.",
        ],
        [
            "The baker's brother died in the fire in Castral, the fire brigade said. The street is closed.",
            "The fire in Castral killed the baker's brother, police said. The mayor came.",
        ],
    ] {
        let [one, other] = told;
        counted(&[("2024-05-07", one), ("2024-05-07", other)], &["1.."]);
    }
    for told in [
        [
            "Le frère du boulanger de Castral pourrait être tué, selon les pompiers. La rue est fermée.",
            "Le frère du boulanger n'est pas mort, a dit la police. Le maire est venu.",
        ],
        [
            "The baker's brother could be killed, the fire brigade said. The street is closed.",
            "The baker's brother did not die, police said. The mayor came.",
        ],
    ] {
        let [one, other] = told;
        let dossier = story(&[("2024-05-07", one), ("2024-05-07", other)]);
        let counts = |f: &Finding| f.values.iter().any(|v| v.norm.is_some());
        assert!(!dossier.findings.iter().any(counts), "{}", show(&dossier));
    }
}

#[test]
fn one_measure_of_one_subject_is_compared() {
    for pile in [
        &[(
            "2024-05-07",
            "Le train roulait à 158 km/h, affirme le syndicat Rail Uni. La compagnie Ligne Nord assure que le train circulait à 118 km/h.",
        )][..],
        &[(
            "2024-05-07",
            "The train was running at 158 km/h, the union Rail Together said. The company North Line said the train was travelling at 118 km/h.",
        )],
    ] {
        assert_eq!(counted(pile, &["158", "118"]), Status::Disputed);
    }
    for pile in [
        [
            "La participation s'élève à 61 %, selon le ministère de l'Intérieur.",
            "La participation a atteint 58 %, selon l'association Urnes libres.",
        ],
        [
            "Turnout reached 61 percent, according to the interior ministry.",
            "Turnout was 58 percent, the observers of Free Ballot said.",
        ],
    ] {
        let [one, other] = pile;
        let pile = [("2024-05-07", one), ("2024-05-07", other)];
        assert_eq!(counted(&pile, &["61", "58"]), Status::Disputed);
    }
}

#[test]
fn a_number_turned_down_is_no_support() {
    for (one, other) in [
        (
            "La société Halden a rappelé 18 000 boîtes de lait, selon son directeur, Marc Odin.",
            "L'agence sanitaire a déclaré que 81 000 boîtes avaient été rappelées, et non 18 000.",
        ),
        (
            "The company Halden recalled 18,000 tins of milk, its director, Mark Odin, said.",
            "The food agency said 81,000 tins were recalled, not 18,000.",
        ),
    ] {
        let pile = [("2024-05-07", one), ("2024-05-07", other)];
        assert_eq!(counted(&pile, &["18000", "81000"]), Status::Disputed);
    }
}

#[test]
fn tolls_without_days_are_ordered_by_the_words_that_tell_them() {
    for (one, other) in [
        (
            "L'attaque de Castral a fait trois morts, a annoncé lundi soir la préfecture de Castral.",
            "L'attaque de Castral a fait sept morts, a annoncé mardi matin la préfecture de Castral.",
        ),
        (
            "The attack in Castral killed three people, the Castral prefecture said on Monday night.",
            "The attack in Castral killed seven people, the Castral prefecture said on Tuesday morning.",
        ),
    ] {
        assert_eq!(counted(&[("-", one), ("-", other)], &["3", "7"]), Status::Evolving);
    }
}

#[test]
fn digits_in_another_order_are_a_slip() {
    for (one, other) in [
        (
            "Le laboratoire Odin a donné le médicament à 1 240 patients dans vingt hôpitaux.",
            "Le laboratoire Odin a donné le médicament à 1 420 patients dans vingt hôpitaux.",
        ),
        (
            "The Odin laboratory gave the drug to 1,240 patients in twenty hospitals.",
            "The Odin laboratory gave the drug to 1,420 patients in twenty hospitals.",
        ),
    ] {
        let pile = [("2024-05-07", one), ("2024-05-08", other)];
        assert_eq!(counted(&pile, &["1240", "1420"]), Status::Disputed);
    }
}

#[test]
fn about_a_number_and_the_number_agree_with_a_difference() {
    for (one, other) in [
        (
            "Environ 80 maisons ont brûlé à Castral, selon les pompiers. La route est fermée depuis la nuit.",
            "82 maisons ont brûlé à Castral, selon la mairie. Les habitants dorment dans une école.",
        ),
        (
            "About 80 houses burned down in Castral, firefighters said. The road has been closed since the night.",
            "The town hall said 82 houses burned down in Castral. The people who lived there sleep in a school.",
        ),
    ] {
        let dossier = story(&[("2024-05-07", one), ("2024-05-07", other)]);
        let found = finding(&dossier, Status::Corroborated, "80");
        assert_eq!(found.differs, [Aspect::Figure], "{}", show(&dossier));
    }
}

#[test]
fn those_who_fared_worst_are_not_all_of_the_hurt() {
    for (one, other) in [
        (
            "Cinq personnes sont mortes et 27 autres ont été blessées à Castral, dont huit grièvement, a indiqué le préfet.",
            "27 personnes ont été blessées à Castral, selon le Samu.",
        ),
        (
            "Five people died and 27 others were injured in Castral, eight of them seriously, the prefect said.",
            "27 people were injured in Castral, the ambulance service said.",
        ),
    ] {
        let dossier = story(&[("2024-05-07", one), ("2024-05-07", other)]);
        never(&dossier, Status::Disputed, "27");
        counted(&[("2024-05-07", one), ("2024-05-07", other)], &["27"]);
    }
}

#[test]
fn a_quotation_given_to_two_names_is_no_agreement() {
    let piles = both(
        [
            "« Pendant six mois, la mission a fait semblant de travailler, pour n'annoncer rien du tout », a déclaré l'Union verte.",
            "« Pendant six mois, la mission a soi-disant travaillé, pour n'annoncer rien du tout », a déclaré le Conseil de Castral.",
        ],
        [
            "\"For six months the mission pretended to work, only to announce nothing at all,\" the Green Union said.",
            "\"For six months the mission supposedly worked, only to announce nothing at all,\" the Castral Council said.",
        ],
    );
    for dossier in piles {
        never(&dossier, Status::Corroborated, "mission");
        let quotations = dossier.findings.iter().filter(|f| f.status == Status::Disputed);
        assert!(quotations.clone().count() > 0, "{}", show(&dossier));
        quotations.for_each(|f| assert_eq!(f.origins.len(), 1, "{}", show(&dossier)));
    }
}

#[test]
fn a_part_of_a_name_and_a_minute_are_no_second_origin_and_no_dispute() {
    let piles = both(
        [
            "Le pont de Castral sera rouvert dès lundi aux camions, a annoncé la préfecture de Vardenne. L'arrêté sur le pont de Castral expire mardi à minuit.",
            "Le pont de Castral sera rouvert dès lundi aux camions, selon la préfecture. L'arrêté sur le pont de Castral expire mardi à 0 h 01.",
        ],
        [
            "The Castral bridge will open again to lorries on Monday, Woody Larkin said. The order on the Castral bridge expires on Tuesday at midnight.",
            "The Castral bridge will open again to lorries on Monday, according to Larkin. The order on the Castral bridge expires on Tuesday at 12:01 a.m.",
        ],
    );
    for dossier in piles {
        never(&dossier, Status::Corroborated, "Castral");
        never(&dossier, Status::Disputed, "expire");
    }
}
