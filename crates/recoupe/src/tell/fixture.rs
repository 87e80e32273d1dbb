//! An invented pile for the tests of this stage: a dike gives way at Corvane, told by three
//! articles in French and one in English; a ferry runs aground, told by one in English.

use jiff::civil::{Date, date};

use crate::analyse::{
    Analysis, Bound, Credit, CreditOf, Evidence, Figure, Interval, Link, Mention, MentionKind,
    Published, QuoteKind, Sentence, SourceKind, Stance, Statement, Timex, TimexKind,
};
use crate::article::{Article, Block, BlockKind, Span, Warning};
use crate::check::{
    Aspect, BriefSentence, Camp, Decided, Finding, FindingKind, Reason, Status, Support,
    TimelineEntry, Value, Version,
};
use crate::lang::Pack;
use crate::read::Input;
use crate::reuse::{Account, Family, Locus, OriginEvidence, Pair, PassageKind};
use crate::story::{Entity, Story};

use super::dossier::Dossier;

const MATIN: &str = "La digue de Corvane a cédé mardi soir, a annoncé la préfecture de Valmure. Au \
    moins 12 personnes ont été blessées, selon les pompiers. Quelque 4.00 habitants ont quitté la \
    ville basse, d’après la mairie, qui les loge au gymnase des Tilleuls.\n\n« Nous n’avons pas vu \
    l’eau monter », a dit Alda Renn, qui tient l’auberge du pont. L’Orle était déjà sortie de son \
    lit en 2019.\n\nÀ lire aussi : Les digues du nord en cinq dates";

const DEPECHE: &str = "CORVANE (AGN) – La digue de Corvane a cédé mardi soir sous la pression de \
    l’Orle, a indiqué l’Observatoire des rivières. Mercredi midi, les pompiers comptaient 19 \
    blessés, a déclaré à l’AGN leur porte-parole, Ilan Boreau. Le pont de la ville basse restera \
    fermé jusqu’à nouvel ordre et les écoles n’ouvriront pas avant lundi. La rivière pourrait \
    monter encore d’un mètre d’ici à vendredi.";

const COURRIER: &str = "Le pont de la ville basse restera fermé jusqu’à nouvel ordre, et aucune \
    école n’ouvrira avant lundi matin. La digue de Corvane a cédé mardi soir sous la pression de \
    l’Orle, a indiqué l’Observatoire des rivières. La cité des Tisserands, elle, reste au sec.";

const HERALD: &str = "The dike at Corvane gave way on Tuesday evening, the Rivers Observatory said. \
    Families from the lower town spent the night in the church of Saint Odile, a council source \
    said. The mayor, Joan Tirel, called it \"a bad night for the Orle\".";

const FERRY: &str = "A ferry ran aground off Tellin Point on Monday with 212 passengers aboard. No \
    one was hurt, the harbour master said.";

/// The pile, with its report in French.
pub(crate) fn fixture() -> Dossier {
    in_language(&crate::lang::fr::PACK)
}

/// The pile, with its report in this language.
pub(crate) fn in_language(lang: &'static Pack) -> Dossier {
    let articles = articles();
    let at = |article: u32, words: &str| find(&articles, article, words);
    let findings = findings(&at);
    let timeline = timeline(&at);
    let families = families(&at);
    let mut analyses = analyses(&at);
    for (analysis, article) in analyses.iter_mut().zip(&articles) {
        analysis.sentences = sentences(&article.text);
    }
    Dossier {
        lang,
        inputs: vec![Input { path: "reports".into(), sha256: "0".repeat(64) }],
        analyses,
        copied_share: vec![0.0, 0.55, 0.82, 0.0, 0.0],
        revisions: vec![vec![1, 3]],
        stories: stories(),
        entities: entities(),
        pairs: pairs(&families),
        families,
        findings,
        states: vec![],
        timeline,
        brief: brief(&at),
        warnings: vec![
            Warning::file("reports/old.pdf", "not a format that is read").advise("save it as text"),
        ],
        articles,
        sources: Vec::new(),
    }
}

/// A text cut at its full stops: good enough for what is printed.
fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(". ") {
        let span = Span::new(at, at + piece.trim_end().len());
        out.push(Sentence { span, tokens: 0..0, words: 0..0, block: BlockKind::Body });
        at += piece.len();
    }
    out
}

/// A pile of one article that tries to break out of whatever it is printed in.
pub(crate) fn hostile(words: &str) -> Dossier {
    let mut article = Article::plain(words, words);
    article.outlet = Some(words.to_string());
    article.title = Some(words.to_string());
    article.url = Some(format!("javascript:{words}"));
    let span = Span::new(0, words.len());
    let at = Locus { article: 0, span };
    let link = Link { name: words.into(), kind: SourceKind::Organisation, entity: None };
    let mut analysis = analysis(&crate::lang::en::PACK);
    analysis.statements = vec![Statement {
        content: vec![span],
        cue: Some(span),
        source: Some(span),
        chain: vec![link],
        quote: QuoteKind::Direct,
        stance: Stance::Neutral,
        hedged: true,
        promised: false,
        refers_to: None,
        by: "test",
    }];
    analysis.figures = vec![figure(span, [None; 3], Bound::Unreadable, Some("person"))];
    analysis.mentions = vec![mention(span, MentionKind::Loc, words)];
    analysis.published.evidence = vec![Evidence::Words(span), Evidence::Article(words.into())];
    analysis.sentences = sentences(words);
    let support = support(at, &[words], Some(words));
    Dossier {
        lang: &crate::lang::en::PACK,
        inputs: vec![Input { path: words.into(), sha256: String::new() }],
        analyses: vec![analysis],
        copied_share: vec![1.0],
        revisions: Vec::new(),
        stories: vec![Story {
            id: words.into(),
            title: words.into(),
            lang: "en",
            articles: vec![0],
            span: Interval::default(),
            accounts: vec![Account { name: Some(words.into()), articles: vec![0] }],
        }],
        entities: vec![entity(words, MentionKind::Loc, words, &[(words, 1)], Some((1.0, 2.0)))],
        pairs: Vec::new(),
        families: vec![Family {
            id: words.into(),
            kind: PassageKind::Edited,
            places: vec![at],
            origin: Some(words.into()),
            evidence: Some(OriginEvidence::Credit(at)),
            confidence: 0.9,
            source: None,
        }],
        findings: vec![Finding {
            id: words.into(),
            story: 0,
            kind: FindingKind::Event,
            text: at,
            status: Status::Disputed,
            origins: vec![words.into()],
            articles: 1,
            time: Interval::default(),
            place: Some(words.into()),
            values: vec![value(at, Some(words), vec![support])],
            differs: vec![Aspect::Place],
            reasons: vec![
                Reason::Garbled(vec![at]),
                Reason::OneOrigin { origin: words.into(), articles: 1 },
                Reason::Independent(vec![words.into(), words.into()]),
                Reason::Denied(vec![words.into()]),
                Reason::Versions(vec![Version {
                    names: vec![words.into()],
                    words: at,
                    norm: None,
                    articles: vec![0],
                }]),
                Reason::OneCamp { camp: words.into(), names: vec![words.into()] },
                Reason::OpposedCamps(vec![words.into(), words.into()]),
            ],
            silent: vec![0],
            camps: vec![Camp { name: Some(words.into()), origins: vec![words.into()] }],
            decided: Decided { title: Some(words.into()), confirmed: true },
        }],
        states: vec![],
        timeline: vec![
            TimelineEntry { interval: day(date(2031, 3, 11)), finding: 0, text: at },
            TimelineEntry { interval: Interval::default(), finding: 0, text: at },
        ],
        brief: vec![BriefSentence { text: at, cites: vec![at], disputed: vec![] }],
        warnings: vec![Warning::file(words, words)],
        sources: vec![(words.into(), Default::default())],
        articles: vec![article],
    }
}

/// A pile of so many articles and findings, to see that the page stays usable.
pub(crate) fn large(articles: u32, findings: u32) -> Dossier {
    let mut dossier = fixture();
    let (base, analyses) = (dossier.articles.clone(), dossier.analyses.clone());
    let given = dossier.findings.clone();
    for i in base.len()..articles as usize {
        let mut article = base[i % 3].clone();
        article.id = format!("copy-{i}.txt");
        article.outlet = Some(format!("Gazette {i}"));
        dossier.articles.push(article);
        dossier.analyses.push(analyses[i % 3].clone());
        dossier.copied_share.push(0.5);
        dossier.stories[0].articles.push(i as u32);
    }
    for i in given.len()..findings as usize {
        let mut finding = given[i % (given.len() - 1)].clone();
        finding.id = format!("f{}", i + 1);
        let copies: Vec<Support> = (5..articles.min(25))
            .filter(|a| a % 3 == finding.text.article)
            .map(|article| {
                let mut support = finding.values[0].supports[0].clone();
                support.place.article = article;
                support
            })
            .collect();
        finding.values[0].supports.extend(copies);
        dossier.timeline.push(TimelineEntry {
            interval: finding.time,
            finding: i as u32,
            text: finding.text,
        });
        dossier.findings.push(finding);
    }
    dossier
}

fn find(articles: &[Article], article: u32, words: &str) -> Locus {
    let start = articles[article as usize].text.find(words).unwrap_or_else(|| panic!("{words}"));
    Locus { article, span: Span::new(start, start + words.len()) }
}

fn articles() -> Vec<Article> {
    let article = |id: &str, text: &str, outlet: Option<&str>| {
        let mut article = Article::plain(id, text);
        article.outlet = outlet.map(String::from);
        article
    };
    let mut matin = article("matin.txt", MATIN, Some("Le Matin de Valmure"));
    matin.title = Some("La digue de Corvane cède".into());
    matin.url = Some("https://matin.example/corvane".into());
    matin.published = Some(date(2031, 3, 12));
    let body = MATIN.find("À lire").unwrap_or_default();
    matin.blocks = vec![
        Block { span: Span::new(0, body - 2), kind: BlockKind::Body },
        Block { span: Span::new(body, MATIN.len()), kind: BlockKind::Links },
    ];
    let mut depeche = article("depeche.txt", DEPECHE, None);
    let body = DEPECHE.find("La digue").unwrap_or_default();
    depeche.blocks = vec![
        Block { span: Span::new(0, body - 1), kind: BlockKind::Dateline },
        Block { span: Span::new(body, DEPECHE.len()), kind: BlockKind::Body },
    ];
    let courrier = article("courrier.txt", COURRIER, Some("Le Courrier de l’Orle"));
    let mut herald = article("herald.txt", HERALD, Some("The Orle Herald"));
    herald.title = Some("Dike breaks at Corvane".into());
    let ferry = article("ferry.txt", FERRY, Some("The Orle Herald"));
    vec![matin, depeche, courrier, herald, ferry]
}

type At<'a> = dyn Fn(u32, &str) -> Locus + 'a;

fn analysis(lang: &'static Pack) -> Analysis {
    Analysis::cut(lang, Default::default())
}

fn mention(span: Span, kind: MentionKind, entity: &str) -> Mention {
    Mention { span, kind, entity: Some(entity.to_string()), by: "test" }
}

fn figure(
    span: Span,
    [value, lo, hi]: [Option<f64>; 3],
    bound: Bound,
    unit: Option<&'static str>,
) -> Figure {
    Figure {
        span,
        value,
        lo,
        hi,
        bound,
        unit,
        counts: None,
        currency: None,
        by: "test",
        fate: None,
    }
}

fn statement(
    content: Span,
    cue: Span,
    chain: &[(&str, SourceKind)],
    quote: QuoteKind,
) -> Statement {
    let link = |(name, kind): &(&str, SourceKind)| Link {
        name: name.to_string(),
        kind: *kind,
        entity: None,
    };
    Statement {
        content: vec![content],
        cue: Some(cue),
        source: None,
        chain: chain.iter().map(link).collect(),
        quote,
        stance: Stance::Neutral,
        hedged: false,
        promised: false,
        refers_to: None,
        by: "test",
    }
}

fn day(day: Date) -> Interval {
    Interval { earliest: Some(day), latest: Some(day) }
}

fn analyses(at: &At) -> Vec<Analysis> {
    use SourceKind::{Agency, Anonymous, Organisation, Person};
    let (fr, en) = (&crate::lang::fr::PACK, &crate::lang::en::PACK);
    let span = |article, words| at(article, words).span;
    let mut matin = analysis(fr);
    matin.statements = vec![
        statement(
            span(0, "La digue de Corvane a cédé mardi soir"),
            span(0, "a annoncé"),
            &[("Préfecture de Valmure", Organisation)],
            QuoteKind::Indirect,
        ),
        statement(
            span(0, "Au moins 12 personnes ont été blessées"),
            span(0, "selon"),
            &[("Pompiers", Organisation)],
            QuoteKind::Indirect,
        ),
        statement(
            span(0, "Quelque 4.00 habitants ont quitté la ville basse"),
            span(0, "d’après"),
            &[("Mairie de Corvane", Organisation)],
            QuoteKind::Indirect,
        ),
        statement(
            span(0, "Nous n’avons pas vu l’eau monter"),
            span(0, "a dit"),
            &[("Alda Renn", Person)],
            QuoteKind::Direct,
        ),
    ];
    matin.figures = vec![
        Figure {
            counts: Some(span(0, "personnes ont été blessées")),
            fate: Some("injured"),
            ..figure(
                span(0, "Au moins 12"),
                [Some(12.0), Some(12.0), None],
                Bound::AtLeast,
                Some("person"),
            )
        },
        figure(span(0, "Quelque 4.00"), [None; 3], Bound::Unreadable, Some("person")),
    ];
    matin.timexes = vec![Timex {
        span: span(0, "mardi soir"),
        kind: TimexKind::Time,
        value: "2031-03-11TEV".into(),
        modifier: None,
        interval: day(date(2031, 3, 11)),
        by: "test",
    }];
    matin.mentions = vec![
        mention(span(0, "Corvane"), MentionKind::Loc, "loc:corvane"),
        mention(span(0, "Valmure"), MentionKind::Loc, "loc:valmure"),
        mention(span(0, "Alda Renn"), MentionKind::Per, "per:alda-renn"),
    ];
    matin.published = Published {
        date: Some(date(2031, 3, 12)),
        interval: day(date(2031, 3, 12)),
        given: true,
        evidence: vec![Evidence::Given],
    };
    let mut depeche = analysis(fr);
    depeche.statements = vec![
        statement(
            span(1, "La digue de Corvane a cédé mardi soir sous la pression de l’Orle"),
            span(1, "a indiqué"),
            &[("Observatoire des rivières", Organisation)],
            QuoteKind::Indirect,
        ),
        statement(
            span(1, "Mercredi midi, les pompiers comptaient 19 blessés"),
            span(1, "a déclaré"),
            &[("AGN", Agency), ("Pompiers", Organisation), ("Ilan Boreau", Person)],
            QuoteKind::Indirect,
        ),
    ];
    depeche.figures = vec![
        figure(span(1, "19"), [Some(19.0); 3], Bound::Exact, Some("person")),
        figure(span(1, "d’un mètre"), [Some(1.0); 3], Bound::Exact, Some("m")),
    ];
    depeche.credits =
        vec![Credit { span: span(1, "AGN"), agency: "AGN".into(), of: CreditOf::Text }];
    depeche.mentions = vec![mention(span(1, "Corvane"), MentionKind::Loc, "loc:corvane")];
    depeche.published = Published {
        date: Some(date(2031, 3, 12)),
        interval: Interval { earliest: Some(date(2031, 3, 12)), latest: Some(date(2031, 3, 14)) },
        given: false,
        evidence: vec![
            Evidence::Words(span(1, "Mercredi midi")),
            Evidence::Article("matin.txt".into()),
        ],
    };
    let mut courrier = analysis(fr);
    courrier.statements = vec![statement(
        span(2, "La digue de Corvane a cédé mardi soir sous la pression de l’Orle"),
        span(2, "a indiqué"),
        &[("Observatoire des rivières", Organisation)],
        QuoteKind::Indirect,
    )];
    courrier.mentions = vec![
        mention(span(2, "Corvane"), MentionKind::Loc, "loc:corvane"),
        mention(span(2, "La cité des Tisserands"), MentionKind::Loc, "loc:corvane"),
    ];
    let mut herald = analysis(en);
    herald.statements = vec![
        statement(
            span(3, "The dike at Corvane gave way on Tuesday evening"),
            span(3, "said"),
            &[("Observatoire des rivières", Organisation)],
            QuoteKind::Indirect,
        ),
        Statement {
            hedged: true,
            ..statement(
                span(3, "Families from the lower town spent the night in the church"),
                span(3, "said"),
                &[("council source", Anonymous)],
                QuoteKind::Indirect,
            )
        },
        statement(
            span(3, "a bad night for the Orle"),
            span(3, "called"),
            &[("Joan Tirel", Person)],
            QuoteKind::Mixed,
        ),
    ];
    herald.mentions = vec![mention(span(3, "Corvane"), MentionKind::Loc, "loc:corvane")];
    let mut ferry = analysis(en);
    ferry.statements = vec![statement(
        span(4, "No one was hurt"),
        span(4, "said"),
        &[("harbour master", Anonymous)],
        QuoteKind::Indirect,
    )];
    ferry.figures = vec![figure(span(4, "212"), [Some(212.0); 3], Bound::Exact, Some("person"))];
    ferry.mentions = vec![mention(span(4, "Tellin Point"), MentionKind::Loc, "loc:tellin-point")];
    vec![matin, depeche, courrier, herald, ferry]
}

fn stories() -> Vec<Story> {
    vec![
        Story {
            id: "s1".into(),
            title: "La digue de Corvane a cédé mardi soir".into(),
            lang: "fr",
            articles: vec![0, 1, 2, 3],
            span: Interval { earliest: Some(date(2031, 3, 11)), latest: Some(date(2031, 3, 14)) },
            accounts: vec![
                Account { name: None, articles: vec![0, 2] },
                Account { name: Some("AFP".into()), articles: vec![1, 3] },
            ],
        },
        Story {
            id: "s2".into(),
            title: "A ferry ran aground off Tellin Point on Monday".into(),
            lang: "en",
            articles: vec![4],
            span: Interval::default(),
            accounts: vec![Account { name: Some("The Orle Herald".into()), articles: vec![4] }],
        },
    ]
}

fn entity(
    id: &str,
    kind: MentionKind,
    name: &str,
    names: &[(&str, u32)],
    at: Option<(f64, f64)>,
) -> Entity {
    Entity {
        id: id.into(),
        kind,
        name: name.into(),
        names: names.iter().map(|(name, n)| (name.to_string(), *n)).collect(),
        wikidata: None,
        geonames: None,
        lat: at.map(|(lat, _)| lat),
        lon: at.map(|(_, lon)| lon),
    }
}

fn entities() -> Vec<Entity> {
    use MentionKind::{Loc, Per};
    vec![
        entity(
            "loc:corvane",
            Loc,
            "Corvane",
            &[("Corvane", 4), ("La cité des Tisserands", 1)],
            Some((45.31, 4.42)),
        ),
        entity("loc:orle", Loc, "Orle", &[("Orle", 4)], None),
        entity("loc:tellin-point", Loc, "Tellin Point", &[("Tellin Point", 1)], Some((50.2, -3.1))),
        entity("loc:valmure", Loc, "Valmure", &[("Valmure", 1)], Some((45.48, 4.65))),
        entity("per:alda-renn", Per, "Alda Renn", &[("Alda Renn", 1)], None),
    ]
}

fn families(at: &At) -> Vec<Family> {
    let digue = "La digue de Corvane a cédé mardi soir sous la pression de l’Orle, a indiqué \
                 l’Observatoire des rivières.";
    vec![
        Family {
            id: "p1".into(),
            kind: PassageKind::Verbatim,
            places: vec![at(1, digue), at(2, digue)],
            origin: Some("AGN".into()),
            evidence: Some(OriginEvidence::Credit(at(1, "AGN"))),
            confidence: 0.9,
            source: None,
        },
        Family {
            id: "p2".into(),
            kind: PassageKind::Edited,
            places: vec![
                at(
                    1,
                    "Le pont de la ville basse restera fermé jusqu’à nouvel ordre et les écoles \
                     n’ouvriront pas avant lundi.",
                ),
                at(
                    2,
                    "Le pont de la ville basse restera fermé jusqu’à nouvel ordre, et aucune école \
                     n’ouvrira avant lundi matin.",
                ),
            ],
            origin: None,
            evidence: None,
            confidence: 0.9,
            source: None,
        },
    ]
}

fn pairs(families: &[Family]) -> Vec<Pair> {
    families
        .iter()
        .map(|f| Pair { a: f.places[0], b: f.places[1], kind: f.kind, similarity: 0.912_34 })
        .collect()
}

fn support(place: Locus, according_to: &[&str], origin: Option<&str>) -> Support {
    Support {
        place,
        according_to: according_to.iter().map(|name| name.to_string()).collect(),
        origin: origin.map(String::from),
        hedged: false,
        denied: false,
        copied_in: None,
    }
}

fn value(words: Locus, norm: Option<&str>, supports: Vec<Support>) -> Value {
    Value { words, norm: norm.map(String::from), supports }
}

fn finding(n: u32, kind: FindingKind, status: Status, text: Locus, values: Vec<Value>) -> Finding {
    let mut origins: Vec<String> = Vec::new();
    let mut articles: Vec<u32> = Vec::new();
    for s in values.iter().flat_map(|v| &v.supports) {
        origins.extend(s.origin.clone().filter(|o| !origins.contains(o)));
        articles.extend(Some(s.place.article).filter(|a| !articles.contains(a)));
    }
    Finding {
        id: format!("f{n}"),
        story: 0,
        kind,
        text,
        status,
        origins,
        articles: articles.len() as u32,
        time: Interval::default(),
        place: None,
        values,
        differs: Vec::new(),
        reasons: Vec::new(),
        silent: Vec::new(),
        camps: Vec::new(),
        decided: Decided::default(),
    }
}

fn findings(at: &At) -> Vec<Finding> {
    use FindingKind as K;
    let copied = |support: Support, family| Support { copied_in: Some(family), ..support };
    let tuesday = day(date(2031, 3, 11));
    let digue = "La digue de Corvane a cédé mardi soir";
    let obs = "Observatoire des rivières";
    let broke = vec![value(
        at(0, digue),
        None,
        vec![
            support(at(0, digue), &["Préfecture de Valmure"], Some("Préfecture de Valmure")),
            copied(support(at(1, digue), &[obs], Some(obs)), 0),
            copied(support(at(2, digue), &[obs], Some(obs)), 0),
            support(at(3, "The dike at Corvane gave way on Tuesday evening"), &[obs], Some(obs)),
        ],
    )];
    let gym = "qui les loge au gymnase des Tilleuls";
    let church = "Families from the lower town spent the night in the church of Saint Odile";
    let shelter = vec![
        value(
            at(0, gym),
            None,
            vec![support(at(0, gym), &["Mairie de Corvane"], Some("Mairie de Corvane"))],
        ),
        value(
            at(3, church),
            None,
            vec![Support {
                hedged: true,
                denied: false,
                ..support(at(3, church), &["council source"], Some("council source"))
            }],
        ),
    ];
    let (twelve, nineteen) =
        ("Au moins 12 personnes ont été blessées", "les pompiers comptaient 19 blessés");
    let injured = vec![
        value(
            at(0, twelve),
            Some("12.."),
            vec![support(at(0, twelve), &["Pompiers"], Some("Pompiers"))],
        ),
        value(
            at(1, nineteen),
            Some("19"),
            vec![support(at(1, nineteen), &["AGN", "Pompiers", "Ilan Boreau"], Some("Pompiers"))],
        ),
    ];
    let garbled = "Quelque 4.00 habitants ont quitté la ville basse";
    let moved = vec![value(
        at(0, garbled),
        None,
        vec![support(at(0, garbled), &["Mairie de Corvane"], Some("Mairie de Corvane"))],
    )];
    let bridge = "Le pont de la ville basse restera fermé jusqu’à nouvel ordre";
    let closed = vec![value(
        at(1, bridge),
        None,
        vec![
            copied(support(at(1, bridge), &[], Some("AGN")), 1),
            copied(support(at(2, bridge), &[], Some("AGN")), 1),
        ],
    )];
    let alda = "Nous n’avons pas vu l’eau monter";
    let said = vec![value(
        at(0, alda),
        None,
        vec![support(at(0, alda), &["Alda Renn"], Some("Alda Renn"))],
    )];
    let before = "L’Orle était déjà sortie de son lit en 2019";
    let earlier = vec![value(at(0, before), None, vec![support(at(0, before), &[], None)])];
    let aground = "A ferry ran aground off Tellin Point on Monday";
    let ferry = vec![value(at(4, aground), None, vec![support(at(4, aground), &[], None)])];
    vec![
        Finding {
            time: tuesday,
            place: Some("loc:corvane".into()),
            reasons: vec![Reason::Independent(vec!["Préfecture de Valmure".into(), obs.into()])],
            ..finding(1, K::Event, Status::Corroborated, at(0, digue), broke)
        },
        Finding {
            time: tuesday,
            differs: vec![Aspect::Place],
            reasons: vec![Reason::Incompatible(vec![Aspect::Place])],
            ..finding(2, K::State, Status::Disputed, at(0, gym), shelter)
        },
        Finding {
            time: Interval { earliest: Some(date(2031, 3, 11)), latest: Some(date(2031, 3, 12)) },
            reasons: vec![Reason::Stages],
            differs: vec![Aspect::Figure],
            ..finding(3, K::Figure, Status::Evolving, at(1, nineteen), injured)
        },
        Finding {
            reasons: vec![Reason::Garbled(vec![at(0, "4.00")])],
            ..finding(4, K::Figure, Status::Unreadable, at(0, garbled), moved)
        },
        Finding {
            time: Interval { earliest: Some(date(2031, 3, 12)), latest: None },
            reasons: vec![Reason::OneOrigin { origin: "AGN".into(), articles: 2 }],
            ..finding(5, K::Plan, Status::SingleOrigin, at(1, bridge), closed)
        },
        Finding {
            reasons: vec![Reason::OneOrigin { origin: "Alda Renn".into(), articles: 1 }],
            ..finding(6, K::Quotation, Status::SingleOrigin, at(0, alda), said)
        },
        Finding {
            time: Interval { earliest: Some(date(2019, 1, 1)), latest: Some(date(2019, 12, 31)) },
            reasons: vec![Reason::OwnVoice { articles: 1 }],
            ..finding(7, K::Background, Status::Unattributed, at(0, before), earlier)
        },
        Finding {
            story: 1,
            place: Some("loc:tellin-point".into()),
            reasons: vec![Reason::OwnVoice { articles: 1 }],
            ..finding(8, K::Event, Status::Unattributed, at(4, aground), ferry)
        },
    ]
}

fn timeline(at: &At) -> Vec<TimelineEntry> {
    let entry = |interval, finding, text| TimelineEntry { interval, finding, text };
    let march =
        |a, b| Interval { earliest: Some(date(2031, 3, a)), latest: Some(date(2031, 3, b)) };
    let year = Interval { earliest: Some(date(2019, 1, 1)), latest: Some(date(2019, 12, 31)) };
    vec![
        entry(year, 6, at(0, "L’Orle était déjà sortie de son lit en 2019")),
        entry(march(11, 11), 0, at(0, "La digue de Corvane a cédé mardi soir")),
        entry(march(11, 12), 2, at(1, "les pompiers comptaient 19 blessés")),
        entry(
            Interval { earliest: Some(date(2031, 3, 12)), latest: None },
            4,
            at(1, "Le pont de la ville basse restera fermé jusqu’à nouvel ordre"),
        ),
        entry(Interval::default(), 5, at(0, "Nous n’avons pas vu l’eau monter")),
        entry(Interval::default(), 7, at(4, "A ferry ran aground off Tellin Point on Monday")),
    ]
}

fn brief(at: &At) -> Vec<BriefSentence> {
    let first = "La digue de Corvane a cédé mardi soir, a annoncé la préfecture de Valmure.";
    let second = "Au moins 12 personnes ont été blessées, selon les pompiers.";
    vec![
        BriefSentence {
            text: at(0, first),
            cites: vec![at(0, first), at(3, "The dike at Corvane gave way on Tuesday evening")],
            disputed: vec![],
        },
        BriefSentence { text: at(0, second), cites: vec![at(0, second)], disputed: vec![1] },
    ]
}
