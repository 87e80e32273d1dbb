//! Copied passages: cases in the workspace's `tests/cases/reuse`, and properties that hold for any texts.

use std::path::Path;

use proptest::prelude::*;
use recoupe::article::Article;
use recoupe::reuse::{MIN_SIMILARITY, Pair, passages};

/// A case: its name, its two texts, the pairs expected.
struct Case {
    name: String,
    texts: [String; 2],
    expected: Vec<String>,
}

fn cases(lang: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/reuse").join(lang);
    let text = std::fs::read_to_string(path.join("passages.md")).expect("cases");
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            let name = name.to_owned();
            cases.push(Case { name, texts: Default::default(), expected: Vec::new() });
        } else if let Some(case) = cases.last_mut() {
            match line.split_once(": ") {
                Some(("a", text)) => case.texts[0] = text.to_owned(),
                Some(("b", text)) => case.texts[1] = text.to_owned(),
                Some(_) => case.expected.push(line.to_owned()),
                None => {}
            }
        }
    }
    cases
}

fn pile(texts: &[String]) -> Vec<Article> {
    texts.iter().enumerate().map(|(i, t)| Article::plain(i.to_string(), t)).collect()
}

fn show(pair: &Pair, pile: &[Article]) -> String {
    let words = |l: recoupe::reuse::Locus| l.span.of(&pile[l.article as usize].text);
    format!("{}: {} | {}", pair.kind.name(), words(pair.a), words(pair.b))
}

#[test]
fn cases_hold() {
    for lang in ["fr", "en"] {
        let cases = cases(lang);
        assert!(cases.len() > 5, "{lang}");
        for case in cases {
            let pile = pile(&case.texts);
            let found: Vec<String> = passages(&pile).iter().map(|p| show(p, &pile)).collect();
            assert_eq!(found, case.expected, "{lang}: {}", case.name);
        }
    }
}

/// A sentence that many articles carry which have nothing else in common is the trade's, not
/// a copy; between two articles on one subject the same sentence is a copy.
#[test]
fn formulas_of_the_pile_are_no_copies() {
    let formula = "Our readers can send pictures, letters and corrections to the night editor.";
    let subjects = [
        "A glacier above Noss retreated by ninety metres, measured from an iron peg of 1920.",
        "Tax inspectors visited seven casinos and left with crates of ledgers and a parrot.",
        "The orchestra hired a young oboist who had learnt her art in a lighthouse.",
        "Farmers planted lupins instead of soy because pigeons will not touch their seeds.",
        "A satellite lost its left antenna when a glove drifted past at great speed.",
        "Chess players protested in silence against new clocks which tick far too loudly.",
    ];
    let unrelated: Vec<String> = subjects.iter().map(|s| format!("{s} {formula}")).collect();
    assert_eq!(passages(&pile(&unrelated)).len(), 0);
    assert_eq!(passages(&pile(&unrelated[..2])).len(), 1);
    let bare = vec![formula.to_owned(); 6];
    assert_eq!(passages(&pile(&bare)).len(), 15);
}

/// Texts that repeat themselves without end are still seen to be one, in little time.
#[test]
fn refrains_are_copied() {
    let refrain = "The crooked mill on the green hill burned again. ".repeat(2_000);
    let found = passages(&pile(&[refrain.clone(), refrain.clone()]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].a.span.len(), refrain.trim_end().len() - 1);
}

#[test]
fn only_prose_counts() {
    use recoupe::article::{Block, BlockKind, Span};
    let text = "The harbour crane will be dismantled before winter and sold for scrap metal.";
    let links = Article {
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Links }],
        ..Article::plain("a", text)
    };
    assert_eq!(passages(&[links, Article::plain("b", text)]).len(), 0);
    let prose = [Article::plain("a", text), Article::plain("b", text)];
    assert_eq!(passages(&prose).len(), 1);
}

/// Texts over few words, so that much is repeated, with marks of one to four bytes.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "moulin", "rivière", "l’école", "brûle", "le", "de", "Vara", "pont", "1 200",
            "grand-mère", "cède", "orage", "the", "of", "𝔞bc", "e\u{301}té",
        ]),
        1 => prop::sample::select(vec![".", ",", "\n", "«", "(OVP)", "!", "…"]),
    ];
    let text = prop::collection::vec(word, 0..90).prop_map(|words| words.join(" "));
    prop::collection::vec(text, 2..5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn spans_are_valid(texts in texts()) {
        let pile = pile(&texts);
        for pair in passages(&pile) {
            prop_assert!(pair.a.article < pair.b.article);
            prop_assert!(pair.similarity >= MIN_SIMILARITY && pair.similarity <= 1.0);
            for place in [pair.a, pair.b] {
                let text = &pile[place.article as usize].text;
                prop_assert!(text.get(place.span.range()).is_some_and(|t| !t.is_empty()));
            }
        }
    }

    #[test]
    fn order_of_articles_makes_no_difference(texts in texts()) {
        let two = &texts[..2];
        let swapped = [texts[1].clone(), texts[0].clone()];
        let mut forward: Vec<_> = passages(&pile(two)).iter().map(|p| (p.a.span, p.b.span)).collect();
        let mut back: Vec<_> = passages(&pile(&swapped)).iter().map(|p| (p.b.span, p.a.span)).collect();
        forward.sort();
        back.sort();
        prop_assert_eq!(forward, back);
    }

    #[test]
    fn threads_make_no_difference(texts in texts()) {
        let pile = pile(&texts);
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("pool");
        prop_assert_eq!(alone.install(|| passages(&pile)), passages(&pile));
    }

    #[test]
    fn any_text_is_read(a in "\\PC{0,200}", b in "\\PC{0,200}") {
        let pile = pile(&[a.clone() + " " + &b, b + " " + &a]);
        passages(&pile);
        recoupe::story::group(&pile, &[]);
    }
}

const MILL: &str =
    "The old paper mill at Vara will be torn down in autumn to make room for a school.";
const CRANE: &str =
    "Engineers found deep cracks in the harbour crane after last week's northerly storm.";
const BEES: &str =
    "Beekeepers lost half of their hives to a fungus unknown in the valley until now.";

fn members(family: &recoupe::reuse::Family) -> Vec<u32> {
    family.places.iter().map(|p| p.article).collect()
}

/// Families of texts that no analysis says anything of.
fn plain_families(texts: &[String]) -> (Vec<Article>, Vec<recoupe::reuse::Family>) {
    let pile = pile(texts);
    let families = recoupe::reuse::families(&pile, &[], &passages(&pile));
    (pile, families)
}

#[test]
fn neighbouring_passages_of_others_are_not_glued() {
    let texts = [format!("{MILL} {CRANE}"), format!("{MILL} {BEES}"), format!("{CRANE} {BEES}")];
    let (_, families) = plain_families(&texts);
    let ids: Vec<_> = families.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, ["p1", "p2", "p3"]);
    assert_eq!(families.iter().map(members).collect::<Vec<_>>(), [[0, 1], [0, 2], [1, 2]]);
    assert!(families.iter().all(|f| f.origin.is_none() && f.evidence.is_none()));
}

#[test]
fn sentences_copied_together_are_one_passage() {
    let texts = [format!("{MILL} {CRANE} {BEES}"), format!("{MILL} {CRANE}"), BEES.to_owned()];
    let (pile, families) = plain_families(&texts);
    let words = |f: &recoupe::reuse::Family| {
        f.places[0].span.of(&pile[f.places[0].article as usize].text).to_owned()
    };
    let found: Vec<_> = families.iter().map(|f| (members(f), words(f))).collect();
    let both = format!("{MILL} {}", CRANE.trim_end_matches('.'));
    assert_eq!(found, [(vec![0, 1], both), (vec![0, 2], BEES.trim_end_matches('.').to_owned())]);
}

#[test]
fn what_is_copied_is_shared() {
    let pile = pile(&[MILL.to_owned(), format!("{MILL} {CRANE}"), BEES.to_owned()]);
    let share = recoupe::reuse::copied_share(&pile, &passages(&pile));
    assert_eq!(share[0], 1.0);
    assert!(share[1] > 0.5 && share[1] < 0.65, "{share:?}");
    assert_eq!(share[2], 0.0);
}

mod origins {
    use super::*;
    use recoupe::analyse::{
        Analysis, Credit, CreditOf, Link, QuoteKind, SourceKind, Stance, Statement, with_pack,
    };
    use recoupe::article::Span;
    use recoupe::reuse::{Family, OriginEvidence, PassageKind, families, mark_quotations};

    /// An analysis with nothing in it.
    fn nothing(article: &Article) -> Analysis {
        let mut analysis = with_pack(article, recoupe::lang::PACKS[0]);
        analysis.statements.clear();
        analysis.credits.clear();
        analysis
    }

    fn statement(text: &str, content: &str, chain: &[(&str, SourceKind)]) -> Statement {
        let start = text.find(content).expect("content");
        let link = |(name, kind): &(&str, SourceKind)| Link {
            name: (*name).to_owned(),
            kind: *kind,
            entity: None,
        };
        Statement {
            content: vec![Span::new(start, start + content.len())],
            cue: None,
            source: None,
            chain: chain.iter().map(link).collect(),
            quote: QuoteKind::Direct,
            stance: Stance::Neutral,
            hedged: false,
            promised: false,
            refers_to: None,
            by: "test",
        }
    }

    fn credit(agency: &str, of: CreditOf) -> Credit {
        Credit { span: Span::new(0, 1), agency: agency.to_owned(), of }
    }

    fn only(articles: &[Article], analyses: &[Analysis]) -> Family {
        let mut pairs = passages(articles);
        mark_quotations(&mut pairs, articles, |i| &analyses[i as usize].statements);
        let found = families(articles, analyses, &pairs);
        assert_eq!(found.len(), 1);
        found.into_iter().next().expect("one")
    }

    #[test]
    fn a_credit_in_one_article_is_for_all_copies() {
        let pile = pile(&[MILL.to_owned(), MILL.to_owned(), MILL.to_owned()]);
        let mut analyses: Vec<Analysis> = pile.iter().map(nothing).collect();
        assert_eq!(only(&pile, &analyses).origin, None);
        analyses[0].credits.push(credit("PhotoPress", CreditOf::Photo));
        assert_eq!(only(&pile, &analyses).origin, None);
        analyses[2].credits.push(credit("Varapress", CreditOf::Text));
        let family = only(&pile, &analyses);
        assert_eq!(family.origin.as_deref(), Some("Varapress"));
        assert!(matches!(family.evidence, Some(OriginEvidence::Credit(at)) if at.article == 2));
    }

    #[test]
    fn a_file_may_credit_too() {
        let mut pile = pile(&[MILL.to_owned(), MILL.to_owned()]);
        pile[1].credit = Some("Varapress".to_owned());
        let family = only(&pile, &[]);
        assert_eq!(family.evidence, Some(OriginEvidence::Metadata(1)));
    }

    #[test]
    fn an_attribution_tells_the_agency_of_its_passage() {
        let pile = pile(&[MILL.to_owned(), format!("{MILL} {CRANE}")]);
        let mut analyses: Vec<Analysis> = pile.iter().map(nothing).collect();
        let agency = [("Varapress", SourceKind::Agency), ("Town hall", SourceKind::Organisation)];
        let mut told = statement(&pile[1].text, MILL, &agency);
        told.quote = QuoteKind::Indirect;
        analyses[1].statements.push(told);
        let family = only(&pile, &analyses);
        assert_eq!(family.origin.as_deref(), Some("Varapress"));
        assert_eq!(family.kind, PassageKind::Verbatim);
        analyses[1].statements[0] = statement(&pile[1].text, CRANE, &agency);
        assert_eq!(only(&pile, &analyses).origin, None);
    }

    #[test]
    fn a_quotation_is_its_speakers() {
        let pile = pile(&[format!("“{MILL}”"), format!("\"{MILL}\"")]);
        let mut analyses: Vec<Analysis> = pile.iter().map(nothing).collect();
        for (analysis, article) in analyses.iter_mut().zip(&pile) {
            let said = statement(&article.text, MILL, &[("Jana Mala", SourceKind::Person)]);
            analysis.statements.push(said);
            analysis.credits.push(credit("Varapress", CreditOf::Text));
        }
        let family = only(&pile, &analyses);
        assert_eq!(family.kind, PassageKind::Quotation);
        assert_eq!(family.origin.as_deref(), Some("Jana Mala"));
        analyses[0].statements.clear();
        assert_eq!(only(&pile, &analyses).kind, PassageKind::Quotation);
        analyses[1].statements.clear();
        let family = only(&pile, &analyses);
        assert_eq!(family.kind, PassageKind::Verbatim);
        assert_eq!(family.origin.as_deref(), Some("Varapress"));
    }

    /// A text with what its file says of it: outlet, day of March (0 unknown), credit.
    type File<'a> = (&'a str, i8, &'a str, String);

    /// What a case shows, its files, what is told of them.
    type Told<'a, T> = (&'a str, Vec<File<'a>>, Vec<T>);

    fn files(files: &[File]) -> Vec<Article> {
        let mut pile = pile(&files.iter().map(|f| f.3.clone()).collect::<Vec<_>>());
        for (article, (outlet, day, credit, _)) in pile.iter_mut().zip(files) {
            let said = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
            (article.outlet, article.credit) = (said(outlet), said(credit));
            article.published = (*day > 0).then(|| jiff::civil::date(2031, 3, *day));
        }
        pile
    }

    fn text(parts: &[&str]) -> String {
        parts.join(" ")
    }

    #[test]
    fn whose_words_a_copy_is_and_from_which_article() {
        let mill = || text(&[MILL]);
        let named = |by: &str| text(&[MILL, by]);
        // What the case shows, the files, the origin, the article it is copied from.
        type Case<'a> = (&'a str, Vec<File<'a>>, Option<&'a str>, Option<u32>);
        let cases: Vec<Case> = vec![
            ("nothing tells", vec![("", 0, "", mill()), ("", 0, "", mill())], None, None),
            ("the first has it", vec![("", 2, "", mill()), ("", 1, "", mill())], None, Some(1)),
            ("a day tells no first", vec![("", 1, "", mill()), ("", 1, "", mill())], None, None),
            ("an unknown day", vec![("", 1, "", mill()), ("", 0, "", mill())], None, None),
            (
                "the agency's own",
                vec![("Vara Daily", 1, "", mill()), ("AFP", 2, "", mill())],
                Some("AFP"),
                Some(1),
            ),
            (
                "its own beats another's credit",
                vec![("AFP", 1, "", mill()), ("Vara Daily", 2, "Reuters", mill())],
                Some("AFP"),
                Some(0),
            ),
            (
                "the first of several credits",
                vec![("", 1, "AFP, Reuters", mill()), ("", 2, "", mill())],
                Some("AFP"),
                None,
            ),
            (
                "a credit nobody knows",
                vec![("", 1, "Varapress Photo Desk", mill()), ("", 2, "", mill())],
                Some("Varapress Photo Desk"),
                None,
            ),
            (
                "an outlet that another names",
                vec![
                    ("Lorne Evening", 2, "", named("The Vara Daily was first to tell.")),
                    ("Vara Daily", 1, "", mill()),
                ],
                Some("Vara Daily"),
                Some(1),
            ),
            (
                "an outlet of a common name",
                vec![
                    ("Lorne Evening", 2, "", named("A Post office is near.")),
                    ("Post", 1, "", mill()),
                ],
                None,
                Some(1),
            ),
            (
                "an outlet that names itself",
                vec![
                    ("Vara Daily", 2, "", named("Read more in the Vara Daily.")),
                    ("Vara Daily", 1, "", mill()),
                ],
                None,
                Some(1),
            ),
        ];
        for (what, given, origin, source) in cases {
            let pile = files(&given);
            let found = families(&pile, &[], &passages(&pile));
            let told: Vec<_> = found.iter().map(|f| (f.origin.as_deref(), f.source)).collect();
            assert_eq!(told, [(origin, source)], "{what}");
        }
    }

    #[test]
    fn a_dispatch_that_is_not_there_has_no_source_in_the_pile() {
        let two = |a, b| text(&[a, b]);
        let hidden = files(&[
            ("", 1, "", two(MILL, CRANE)),
            ("", 2, "", two(MILL, BEES)),
            ("", 3, "", two(CRANE, BEES)),
        ]);
        let whole = files(&[
            ("", 1, "", text(&[MILL, CRANE, BEES])),
            ("", 2, "", two(MILL, BEES)),
            ("", 3, "", two(CRANE, BEES)),
        ]);
        for (pile, first) in [(hidden, None), (whole, Some(0))] {
            let found = families(&pile, &[], &passages(&pile));
            assert_eq!(found.len(), 3);
            assert!(
                found
                    .iter()
                    .all(|f| f.source == first || first.is_some() && f.places[0].article > 0)
            );
            assert!(found.iter().all(|f| f.origin.is_none()));
        }
    }

    #[test]
    fn an_origin_is_carried_with_less_confidence() {
        let pile = files(&[
            ("", 1, "AFP", text(&[MILL])),
            ("", 2, "", text(&[MILL, CRANE])),
            ("", 3, "", text(&[CRANE])),
            ("", 4, "", text(&[BEES])),
            ("", 5, "", text(&[BEES])),
        ]);
        let found = families(&pile, &[], &passages(&pile));
        let told: Vec<_> = found.iter().map(|f| (members(f), f.origin.as_deref())).collect();
        assert_eq!(
            told,
            [(vec![0, 1], Some("AFP")), (vec![1, 2], Some("AFP")), (vec![3, 4], None)]
        );
        assert_eq!(found[0].told_origin(), Some("AFP"));
        assert_eq!(found[1].told_origin(), None, "carried: likely, and no ground to count on");
        assert_eq!(found[1].evidence, Some(OriginEvidence::Carried(1)));
        assert!(0.0 < found[1].confidence && found[1].confidence < found[0].confidence);
        assert_eq!(found[2].confidence, 0.0);
    }

    #[test]
    fn accounts_are_counted_and_copies_are_not() {
        use recoupe::reuse::accounts;
        let alone = |text: &str| text.to_owned();
        // What the case shows, the files, the names of the accounts.
        let cases: Vec<Told<Option<&str>>> = vec![
            (
                "a dispatch, its copy, a report",
                vec![
                    ("AFP", 1, "", alone(MILL)),
                    ("Lorne Evening", 2, "", alone(MILL)),
                    ("Vara Daily", 2, "", alone(BEES)),
                ],
                vec![Some("AFP"), Some("Vara Daily")],
            ),
            (
                "copies that nobody signs",
                vec![("Lorne Evening", 1, "", alone(MILL)), ("Vara Daily", 1, "", alone(MILL))],
                vec![None],
            ),
            (
                "two dispatches as one",
                vec![
                    ("AFP", 1, "", alone(MILL)),
                    ("Reuters", 1, "", alone(CRANE)),
                    ("Vara Daily", 2, "", text(&[MILL, CRANE])),
                ],
                vec![Some("AFP"), Some("Reuters")],
            ),
            (
                "a credit without a copy",
                vec![("Vara Daily", 1, "AFP", alone(MILL)), ("Lorne Evening", 1, "", alone(BEES))],
                vec![Some("AFP"), Some("Lorne Evening")],
            ),
        ];
        for (what, given, names) in cases {
            let pile = files(&given);
            let found = families(&pile, &[], &passages(&pile));
            let story: Vec<u32> = (0..pile.len() as u32).collect();
            let told = accounts(&pile, &[], &found, [story.as_slice()]).remove(0);
            assert_eq!(told.iter().map(|a| a.name.as_deref()).collect::<Vec<_>>(), names, "{what}");
        }
    }

    #[test]
    fn revisions_are_of_one_agency_and_in_order_of_time() {
        use recoupe::reuse::revisions;
        let whole = || text(&[MILL, CRANE]);
        let cases: Vec<Told<Vec<u32>>> = vec![
            (
                "an update",
                vec![("AFP", 2, "", whole()), ("AFP", 1, "", text(&[MILL]))],
                vec![vec![1, 0]],
            ),
            ("two agencies", vec![("AFP", 2, "", whole()), ("Reuters", 1, "", whole())], vec![]),
            (
                "no agency",
                vec![("Vara Daily", 1, "", whole()), ("Vara Daily", 2, "", whole())],
                vec![],
            ),
            (
                "little in common",
                vec![
                    ("AFP", 1, "", text(&[MILL, CRANE, CRANE])),
                    ("AFP", 2, "", text(&[MILL, BEES, BEES])),
                ],
                vec![],
            ),
        ];
        for (what, given, lists) in cases {
            let pile = files(&given);
            assert_eq!(revisions(&pile, &passages(&pile)), lists, "{what}");
        }
    }
}
