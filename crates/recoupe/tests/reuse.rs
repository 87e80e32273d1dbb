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
        "A glacier retreated by ninety metres.",
        "Tax inspectors visited seven casinos.",
        "The orchestra hired a young oboist.",
        "Farmers planted lupins instead of soy.",
        "A satellite lost its left antenna.",
        "Chess players protested in silence.",
    ];
    let unrelated: Vec<String> = subjects.iter().map(|s| format!("{s} {formula}")).collect();
    assert_eq!(passages(&pile(&unrelated)).len(), 0);
    assert_eq!(passages(&pile(&unrelated[..2])).len(), 1);
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
    #![proptest_config(ProptestConfig::with_cases(150))]

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
