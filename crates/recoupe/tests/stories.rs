//! Stories: what must be together and what apart, in piles people make.

use recoupe::article::Article;
use recoupe::story::group;

fn pile(texts: &[&str]) -> Vec<Article> {
    texts.iter().enumerate().map(|(i, t)| Article::plain(i.to_string(), *t)).collect()
}

fn members(articles: &[Article]) -> Vec<Vec<u32>> {
    group(articles, &[]).into_iter().map(|s| s.articles).collect()
}

/// Two events of one invented country, in its words, each told two or three times.
const FR: [&str; 5] = [
    "Un glissement de terrain a enseveli mercredi soir le hameau de Castral, dans les hauteurs \
     de Mervanie. Douze habitants manquent, selon la préfecture de Lorne. La pluie tombe sans \
     arrêt depuis trois jours et la route de Castral est coupée.",
    "En Mervanie, le gouvernement d'Ilda Sorane présentera jeudi sa réforme des retraites au \
     parlement. Les syndicats de cheminots appellent à la grève contre le report de l'âge de \
     départ à soixante-six ans.",
    "Mervanie: à Castral, les secouristes cherchent encore douze disparus sous la boue. Le \
     glissement de terrain, après trois jours de pluie, a emporté la moitié du hameau, a dit la \
     préfecture de Lorne.",
    "Les cheminots mervaniens seront en grève dès jeudi. Ils refusent la réforme des retraites \
     que défend la première ministre Ilda Sorane, et d'abord l'âge de départ à soixante-six ans.",
    "La boue a recouvert Castral. Après le glissement de terrain de mercredi, la Mervanie \
     pleure: trois corps ont été dégagés et neuf habitants du hameau sont encore disparus.",
];

const EN: [&str; 5] = [
    "A landslide buried the hamlet of Castral in the hills of Mervania late on Wednesday. Twelve \
     residents are missing, the Lorne prefecture said, after three days of unbroken rain.",
    "Mervania's prime minister, Ilda Sorane, will present her pension reform to parliament on \
     Thursday. Railway unions have called a strike against raising the retirement age to 66.",
    "Rescuers in Mervania were still digging through the mud at Castral for twelve missing \
     people. The landslide took half the hamlet after three days of rain.",
    "Railway workers in Mervania strike from Thursday over the pension reform championed by \
     Ilda Sorane, above all the retirement age of 66.",
    "Mud covers Castral. Three bodies were recovered and nine residents of the hamlet remain \
     missing after Wednesday's landslide in the hills of Mervania.",
];

#[test]
fn two_events_of_one_country_are_two_stories() {
    for texts in [FR, EN] {
        assert_eq!(members(&pile(&texts)), [vec![0, 2, 4], vec![1, 3]]);
    }
}

#[test]
fn one_event_is_one_story_and_strangers_stay_out() {
    for (texts, stranger) in [
        (FR, "Le concours de la plus longue tresse d'oignons a attiré mille curieux mercredi."),
        (EN, "A contest for the longest string of onions drew a thousand people on Wednesday."),
    ] {
        assert_eq!(members(&pile(&[texts[0], texts[2], texts[4]])), [vec![0, 1, 2]]);
        let with = pile(&[texts[0], stranger, texts[2], texts[4]]);
        assert_eq!(members(&with), [vec![0, 2, 3], vec![1]]);
    }
}

#[test]
fn names_and_numbers_carry_a_story_across_languages() {
    let report = |verb: &str, rest: &str| {
        format!("{verb} Ilda Sorane, Tomas Verrio, Castral 1947, Lorne 2310, Mervania. {rest}")
    };
    let fr = report("Rencontre entre", "La ministre et le maire ont signé un accord sur la digue.");
    let en = report("Meeting of", "The minister and the mayor signed a deal about the sea wall.");
    let other = "A contest for the longest string of onions drew a thousand people.";
    assert_eq!(members(&pile(&[&fr, other, &en])), [vec![0, 2], vec![1]]);
}

#[test]
fn topics_are_kept() {
    let mut articles = pile(&[FR[0], FR[1], FR[2], FR[3]]);
    articles[1].topic = Some("s1".to_owned());
    articles[2].topic = Some("s1".to_owned());
    let stories = group(&articles, &[]);
    let found: Vec<_> = stories.iter().map(|s| (s.id.as_str(), s.articles.clone())).collect();
    assert_eq!(found, [("s2", vec![0]), ("s1", vec![1, 2]), ("s3", vec![3])]);
}

#[test]
fn a_story_has_title_language_and_days() {
    let mut articles = pile(&[FR[0], FR[2], FR[4]]);
    let title = |t: &str| Some(t.to_owned());
    articles[0].title = title("Journal du soir");
    articles[2].title = title("Le hameau de Castral sous la boue");
    articles[0].published = "2031-03-05".parse().ok();
    articles[2].published = "2031-03-07".parse().ok();
    let stories = group(&articles, &[]);
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0].title, "Le hameau de Castral sous la boue");
    assert_eq!(stories[0].lang, "fr");
    assert_eq!(stories[0].span.earliest, articles[0].published);
    assert_eq!(stories[0].span.latest, articles[2].published);
    let untitled = group(&pile(&[EN[0], EN[2]]), &[]);
    assert!(untitled[0].title.starts_with("A landslide") || untitled[0].title.starts_with("Resc"));
    assert_eq!(untitled[0].lang, "en");
}

#[test]
fn empty_articles_are_stories_of_their_own() {
    assert_eq!(members(&[]), Vec::<Vec<u32>>::new());
    assert_eq!(members(&pile(&["", "", "le la les"])).len(), 3);
}

#[test]
fn threads_make_no_difference() {
    let articles = pile(&[FR, EN].concat());
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("pool");
    assert_eq!(alone.install(|| group(&articles, &[])), group(&articles, &[]));
}
