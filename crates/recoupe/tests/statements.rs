//! What is found in a few paragraphs, whole: a change in any of it shows in review. The scores
//! over all cases have their floors beside the measure, in `recoupe-dev`.
// Helpers here are test code too: a failed step is a failed test.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use recoupe::analyse::analyse;
use recoupe::article::{Article, Span};

/// Everything found in the first paragraph of a case, a line each.
fn shown(case: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/statements");
    let file = std::fs::read_to_string(path.join(format!("{case}.md"))).unwrap();
    let text = file.split_once("## text\n").unwrap().1.split("\n\n").next().unwrap();
    let article = Article::plain("case", text);
    let analysis = analyse(&article).value;
    let of = |s: Span| s.of(text);
    let mut out = format!("{text}\n");
    for s in &analysis.sentences {
        writeln!(out, "\nsentence | {}", of(s.span)).unwrap();
        let inside = |span: Span| s.span.start <= span.start && span.start < s.span.end;
        for m in analysis.mentions.iter().filter(|m| inside(m.span)) {
            let entity = m.entity.as_deref().unwrap_or("-");
            writeln!(out, "  {} | {} | {entity}", m.kind.name(), of(m.span)).unwrap();
        }
        for t in analysis.timexes.iter().filter(|t| inside(t.span)) {
            writeln!(out, "  {} | {} | {}", t.kind.name(), of(t.span), t.value).unwrap();
        }
        for f in analysis.figures.iter().filter(|f| inside(f.span)) {
            let (unit, counts) = (f.unit.unwrap_or("-"), f.counts.map_or("-", of));
            let (bound, fate) = (f.bound.name(), f.fate.unwrap_or("-"));
            writeln!(out, "  figure | {} | {bound} {unit} {fate} | {counts}", of(f.span)).unwrap();
        }
        for said in analysis.statements.iter().filter(|s| inside(s.span())) {
            let content: Vec<&str> = said.content.iter().map(|c| of(*c)).collect();
            let chain: Vec<&str> = said.chain.iter().map(|l| l.name.as_str()).collect();
            writeln!(
                out,
                "  {} | {} | {} | cue {} | {:?}{}",
                said.quote.name(),
                chain.join(" > "),
                content.join(" + "),
                said.cue.map_or("-", of),
                said.stance,
                if said.hedged { " hedged" } else { "" },
            )
            .unwrap();
        }
    }
    out
}

#[test]
fn french_paragraphs() {
    insta::assert_snapshot!("fr_dyke", shown("fr/01-crue-digue"));
    insta::assert_snapshot!("fr_blast", shown("fr/04-explosion-marche"));
}

#[test]
fn english_paragraphs() {
    insta::assert_snapshot!("en_budget", shown("en/05-budget-row"));
    insta::assert_snapshot!("en_trial", shown("en/04-mayor-trial"));
}

fn read(text: &str, lang: &str) -> recoupe::analyse::Analysis {
    let pack = recoupe::lang::pack(lang).unwrap();
    recoupe::analyse::with_pack(&Article::plain("case", text), pack)
}

#[test]
fn bodies_keep_what_tells_them_from_others_of_their_kind() {
    // A text, and the source of each of its statements.
    let cases: [(&str, &[&str]); 4] = [
        (
            "Le ministère des Affaires étrangères a annoncé que le consulat rouvrait. La cour d'appel de Lyon a confirmé la peine.",
            &["Ministère des Affaires étrangères", "Cour d'appel de Lyon"],
        ),
        (
            "Le syndicat des transporteurs routiers affirme que la grève continue. Selon l'association des maires ruraux, huit écoles ferment.",
            &["Syndicat des transporteurs routiers", "Association des maires ruraux"],
        ),
        (
            "La préfecture de l'Aveyron a indiqué que la route était coupée.",
            &["Préfecture de l'Aveyron"],
        ),
        // What follows is no complement.
        ("Le gouvernement a annoncé de nouvelles aides.", &["Gouvernement"]),
    ];
    for (text, names) in cases {
        let analysis = read(text, "fr");
        let found: Vec<&str> = analysis.statements.iter().map(|s| s.source_canonical()).collect();
        assert_eq!(found, names, "{text}");
    }
}

/// A source, and its words.
type Said = (&'static str, &'static str);

#[test]
fn what_is_asked_valued_and_said_is_found_whole() {
    // A text, its language, and the source and words of each of its statements.
    let cases: [(&str, &str, &[Said]); 6] = [
        (
            "Le parquet a requis mardi quatre ans de prison contre l'ancien trésorier.",
            "fr",
            &[("Parquet", "quatre ans de prison contre l'ancien trésorier")],
        ),
        (
            "Le parquet a annoncé mardi la fin de l'enquête.",
            "fr",
            &[("Parquet", "la fin de l'enquête")],
        ),
        (
            "Le préjudice est évalué à 380 000 euros par la chambre des comptes.",
            "fr",
            &[("Chambre des comptes", "Le préjudice est évalué à 380 000 euros")],
        ),
        (
            "La commune, partie civile, chiffre son préjudice à 520 000 euros.",
            "fr",
            &[("Commune", "son préjudice à 520 000 euros")],
        ),
        (
            "« Justice est rendue », s'est félicitée l'actuelle maire, Odile Garnon.",
            "fr",
            &[("Odile Garnon", "Justice est rendue")],
        ),
        (
            "“No such letter reached us,” council leader Peter Marl said.",
            "en",
            &[("Peter Marl", "No such letter reached us")],
        ),
    ];
    for (text, lang, want) in cases {
        let analysis = read(text, lang);
        let told = analysis.statements.iter().map(|s| (s.source_canonical(), s.span().of(text)));
        assert_eq!(told.collect::<Vec<_>>(), want, "{text}");
    }
}

#[test]
fn whose_lawyer_speaks_is_not_who_speaks() {
    // A text, its language, and the chain of each of its statements.
    let cases: [(&str, &str, &[&str]); 5] = [
        (
            "L'avocat de Karim Bellac a affirmé que son client était innocent.",
            "fr",
            &["Avocat de Karim Bellac"],
        ),
        ("The lawyer of Dana Ruiz said that the trial was unfair.", "en", &["Lawyer of Dana Ruiz"]),
        (
            "Le ministre de la Justice Karim Bellac a affirmé que la loi serait votée.",
            "fr",
            &["Karim Bellac"],
        ),
        ("“I said that the bridge was safe.” Nobody answered.", "en", &[]),
        ("« Je pense que le pont est sûr. » Personne ne répond.", "fr", &[]),
    ];
    for (text, lang, want) in cases {
        let analysis = read(text, lang);
        let last = |s: &recoupe::analyse::Statement| s.chain.last().unwrap().name.clone();
        assert_eq!(analysis.statements.iter().map(last).collect::<Vec<_>>(), want, "{text}");
    }
}

#[test]
fn two_sources_of_one_comparison_break_nothing() {
    for text in [
        "Deux fois plus de victimes selon l'ONU que selon Damas",
        "Le bilan est plus lourd selon le Samu que selon la préfecture",
        "selon Nice que selon maire",
    ] {
        let analysis = read(text, "fr");
        for statement in &analysis.statements {
            assert!(!statement.span().of(text).is_empty(), "{text}");
        }
    }
}

/// Who said nothing: a line a case, `kind`, name, words, text; or `-`, why not, text.
fn silences_are_told(lang: &str, cases: &str) {
    let mut wrong = Vec::new();
    for line in cases.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let text = fields[fields.len() - 1];
        let analysis = read(text, lang);
        let found: Vec<[&str; 3]> = analysis
            .silences
            .iter()
            .map(|s| [s.kind.name(), s.source_canonical(), s.span.of(text)])
            .collect();
        let claims = |s: &recoupe::analyse::Statement| {
            let own = |x: &recoupe::analyse::Silence| x.span.overlaps(s.span());
            analysis.silences.iter().any(own)
        };
        let right = match fields[0] {
            "-" => found.is_empty(),
            _ => found == [[fields[0], fields[1], fields[2]]],
        };
        if !right || analysis.statements.iter().any(claims) {
            wrong.push(format!("{line}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_said_nothing_is_told_and_says_nothing() {
    silences_are_told("en", include_str!("../../../tests/cases/silences/en.txt"));
    silences_are_told("fr", include_str!("../../../tests/cases/silences/fr.txt"));
}

/// Of one sentence: the words said, whether only promised, and the names of the chain.
type Told = (&'static str, bool, &'static [&'static str]);

fn told_so(lang: &str, cases: &[(&str, &[Told])]) {
    let mut wrong = Vec::new();
    for &(text, wanted) in cases {
        let analysis = read(text, lang);
        let found: Vec<(&str, bool, Vec<&str>)> = analysis
            .statements
            .iter()
            .map(|s| {
                let chain = s.chain.iter().map(|l| l.name.as_str()).collect();
                (s.span().of(text), s.promised, chain)
            })
            .collect();
        let wanted: Vec<_> = wanted.iter().map(|(w, p, c)| (*w, *p, c.to_vec())).collect();
        if found != wanted {
            wrong.push(format!("{text}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_was_told_is_no_source() {
    const CLOSED: &str = "Le pont est fermé";
    told_so(
        "fr",
        &[
            (
                "« Le pont est fermé », a confié Ada Finot au quotidien Le Val de Brume.",
                &[(CLOSED, false, &["Ada Finot"])],
            ),
            (
                "Interrogé par Radio Brume, Paul Ferrand a assuré que le pont tiendrait.",
                &[("le pont tiendrait", false, &["Paul Ferrand"])],
            ),
        ],
    );
    const SHUT: &str = "The bridge is closed";
    told_so(
        "en",
        &[
            (
                "\"The bridge is closed,\" Ada Finch told the Norwell Evening Post.",
                &[(SHUT, false, &["Ada Finch"])],
            ),
            (
                "Ada Finch told the Daily Harrow that the bridge was closed.",
                &[("the bridge was closed", false, &["Ada Finch"])],
            ),
            (
                "Speaking to the Norwell Sentinel, Ada Finch said the bridge was closed.",
                &[("the bridge was closed", false, &["Ada Finch"])],
            ),
        ],
    );
}

#[test]
fn a_thing_promised_is_no_statement_and_a_deed_is_promised() {
    told_so(
        "fr",
        &[
            ("La maire a promis un poney aux enfants.", &[]),
            ("La société a menacé le groupe de représailles.", &[]),
            ("La société a offert de l'argent aux riverains.", &[]),
            ("La maire a promis de rouvrir le pont.", &[("rouvrir le pont", true, &["Maire"])]),
            (
                "La maire a promis que le pont rouvrirait.",
                &[("le pont rouvrirait", false, &["Maire"])],
            ),
        ],
    );
    told_so(
        "en",
        &[
            ("Ada Finch promised a pony to her son.", &[]),
            ("Ada Finch offered money to the club.", &[]),
            ("The army threatened the group with a raid.", &[]),
            ("The council agreed to a contract that pays 40 workers.", &[]),
            ("Ada Finch offered to resign at once.", &[("resign at once", true, &["Ada Finch"])]),
            (
                "The council agreed to quietly pay 40 workers.",
                &[("pay 40 workers", true, &["Council"])],
            ),
            (
                "The council agreed that it would pay 40 workers.",
                &[("it would pay 40 workers", false, &["Council"])],
            ),
        ],
    );
}

#[test]
fn what_is_said_ends_where_others_take_the_word() {
    told_so(
        "fr",
        &[
            (
                "Le ministre a démenti que l'usine ferme en juin, comme l'affirme le syndicat.",
                &[("l'usine ferme en juin", false, &["Ministre"])],
            ),
            (
                "Le maire a nié avoir vendu le pont, comme l'affirme le journal Le Val.",
                &[("avoir vendu le pont", false, &["Maire"])],
            ),
            (
                "La maire a rejeté la demande du syndicat et que le préfet se taise, le syndicat s'en moque.",
                &[("la demande du syndicat", false, &["Maire"])],
            ),
        ],
    );
    told_so(
        "en",
        &[
            (
                "The minister said that the plant would close, as the union says.",
                &[("the plant would close", false, &["Minister"])],
            ),
            (
                "Ada Finch vowed to respect the court, state radio said.",
                &[
                    ("Ada Finch vowed to respect the court", false, &["State radio"]),
                    ("respect the court", true, &["Ada Finch"]),
                ],
            ),
        ],
    );
}
