//! Stories: what must be together and what apart, in piles people make.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use recoupe::analyse::Interval;
use recoupe::article::Article;
use recoupe::story::{Grouper, Known, Sketch, Window, group};

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

// Streams ---------------------------------------------------------------------------------

const PLACES: [&str; 6] = ["Castral", "Lorne", "Port Renn", "Ostrel", "Vara", "Mirande"];
const EVENTS: [&str; 6] = [
    "A landslide buried the hamlet after three days of rain",
    "Railway workers went on strike over the pension reform",
    "The ferry sank with forty passengers aboard",
    "Voters elected a baker as mayor of the old town",
    "A fire destroyed the cannery and its warehouses",
    "Archaeologists uncovered a mosaic of dolphins",
];

/// An article of the event, in one of several wordings, of a day of March or of none.
fn report(event: usize, wording: usize, day: i8) -> Article {
    let (place, told) = (PLACES[event], EVENTS[event]);
    let text = match wording {
        0 => format!("{told} in {place}, the prefecture said."),
        1 => format!("{place}: {}, witnesses told reporters.", told.to_lowercase()),
        2 => format!("{told}. In {place} nobody will forget this day."),
        _ => format!("What happened in {place}. {told}, as far as anyone knows."),
    };
    let published = (day > 0).then(|| date(2031, 3, day));
    Article { published, ..Article::plain("", text) }
}

fn stream() -> impl Strategy<Value = Vec<Article>> {
    let one = (0..6usize, 0..4usize, 0..9i8).prop_map(|(e, w, d)| report(e, w, d));
    prop::collection::vec(one, 0..60).prop_map(|mut articles| {
        for (i, article) in articles.iter_mut().enumerate() {
            article.id = i.to_string();
        }
        articles
    })
}

fn sketch(article: &Article) -> Sketch {
    let day: Option<Date> = article.published;
    let days = Interval { earliest: day, latest: day };
    Sketch::of(article, Known { lang: Some("en"), day, days, instant: article.instant })
}

/// The story of each article of a stream, stories that turned out to be one under one number.
fn streamed(articles: &[Article], window: Window, ask: bool) -> Vec<u32> {
    let mut grouper = Grouper::new(window);
    for article in articles {
        match ask {
            true => assert!(grouper.add(sketch(article)) < articles.len() as u32),
            false => grouper.hold(sketch(article)),
        }
        assert!(grouper.held() <= window.kept + window.fresh);
    }
    let settled = grouper.finish();
    assert!(settled.articles.iter().map(|x| x.0).eq(0..articles.len() as u32));
    let of = |(_, mut story): (u32, u32)| {
        while let Some((_, by)) = settled.same.iter().find(|x| x.0 == story) {
            story = *by;
        }
        assert!(settled.stories.iter().any(|told| told.story == story));
        story
    };
    settled.articles.iter().copied().map(of).collect()
}

/// Members by story, in reading order.
fn parts(story: &[u32]) -> Vec<Vec<u32>> {
    let mut parts: Vec<(u32, Vec<u32>)> = Vec::new();
    for (i, of) in story.iter().enumerate() {
        match parts.iter_mut().find(|part| part.0 == *of) {
            Some(part) => part.1.push(i as u32),
            None => parts.push((*of, vec![i as u32])),
        }
    }
    parts.into_iter().map(|part| part.1).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn a_pile_is_grouped_as_the_stream_of_its_articles(mut articles in stream()) {
        // In order of time; what has no date goes first here.
        articles.sort_by_key(|a| a.published);
        let alone = streamed(&articles, Window::default(), false);
        prop_assert_eq!(members(&articles), parts(&alone));
        prop_assert_eq!(streamed(&articles, Window::default(), true), alone);
    }

    #[test]
    fn asking_on_the_way_changes_nothing_in_the_end(
        articles in stream(), kept in 0..20usize, fresh in 1..20usize, other in 1..5usize,
    ) {
        let window = Window { kept, fresh };
        let asked = streamed(&articles, window, true);
        prop_assert_eq!(&asked, &streamed(&articles, window, false));
        let mut grouper = Grouper::new(window);
        for (i, article) in articles.iter().enumerate() {
            match i % other {
                0 => drop(grouper.add(sketch(article))),
                _ => grouper.hold(sketch(article)),
            }
        }
        prop_assert_eq!(grouper.finish().articles.len(), articles.len());
    }

    #[test]
    fn reading_order_makes_no_difference_where_dates_tell_it(articles in stream(), turn in 0..60usize) {
        // One article a day: the order of time is certain however they are read.
        let mut articles = articles;
        articles.truncate(30);
        for (i, article) in articles.iter_mut().enumerate() {
            article.published = Some(date(2031, 1 + (i / 28) as i8, 1 + (i % 28) as i8));
        }
        let ids = |articles: &[Article]| {
            let name = |i: &u32| articles[*i as usize].id.parse::<u32>().unwrap_or_default();
            let mut all: Vec<Vec<u32>> = members(articles)
                .iter()
                .map(|story| {
                    let mut names: Vec<u32> = story.iter().map(name).collect();
                    names.sort_unstable();
                    names
                })
                .collect();
            all.sort();
            all
        };
        let mut turned = articles.clone();
        turned.rotate_left(turn % articles.len().max(1));
        prop_assert_eq!(ids(&articles), ids(&turned));
    }
}

#[test]
fn what_comes_is_put_where_it_belongs() {
    let mut grouper = Grouper::new(Window { kept: 6, fresh: 6 });
    let mut wrong = 0;
    for round in 0..4 {
        let placed: Vec<u32> =
            (0..6).map(|event| grouper.add(sketch(&report(event, round, 1)))).collect();
        for (event, leader) in placed.iter().enumerate() {
            wrong += usize::from(leader % 6 != event as u32);
        }
    }
    assert_eq!(wrong, 0);
}
