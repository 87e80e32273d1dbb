//! An article as a weighted bag of words: what two articles of one story have in common.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::background;
use crate::article::{Article, Block, BlockKind, Span};
use crate::reuse::fold::{self, BARRIER, Folded, Weight, Word};

/// Terms and their weights, by term; of length 1, or empty.
pub(crate) type Vector = Vec<(u32, f64)>;

/// How many ordinary texts stand behind every pile: what its own frequencies weigh against. A
/// pile of five articles on one event must not make the event's own words ordinary.
const PRIOR: f64 = 100.0;

/// How many letters of a word count: the rest is mostly ending.
const STEM: usize = 7;

/// How much more a word of the headline counts, and a name; how much less a word of the
/// formulas that all reports have, and a number.
const HEADLINE: f64 = 2.0;
const NAME: f64 = 1.5;
const FORMULA: f64 = 0.3;
const NUMBER: f64 = 0.7;

/// What sets an outlet's or a section's name off at the end of a headline, how many words it has
/// at most, how many the headline has at least, and how much of its words' weight is left.
const IMPRINTS: [&str; 4] = [" | ", " - ", " – ", " — "];
const IMPRINT_WORDS: usize = 4;
const HEADLINE_WORDS: usize = 4;
const IMPRINT: f64 = 0.3;

/// The shortest line that can stand for an article, and the longest, in words and characters.
const LINE_WORDS: usize = 5;
const LINE_CHARS: usize = 120;

/// The vectors of a pile.
pub(crate) struct Vectors {
    /// Of each article: headline and prose.
    pub whole: Vec<Vector>,
    /// Of each article: the names and numbers alone, which most languages write the same.
    pub names: Vec<Vector>,
    /// Of each article: its headline, else the first sentence that is one.
    pub lines: Vec<Line>,
}

/// A line to know an article by.
pub(crate) struct Line {
    pub text: String,
    pub is_headline: bool,
    pub vector: Vector,
}

/// The vectors of articles, words weighted by how rare they are in the pile and in the language
/// at large.
pub(crate) fn vectors(articles: &[Article]) -> Vectors {
    let heads: Vec<Headed> = articles.par_iter().map(Headed::of).collect();
    let folded = {
        let texts: Vec<Article> = heads.iter().map(|h| h.article.clone()).collect();
        fold::fold(&texts)
    };
    let terms = terms(&folded);
    let bags: Vec<Bag> = heads
        .par_iter()
        .zip(&folded.articles)
        .map(|(head, words)| bag(words, head, &folded, &terms))
        .collect();
    let rarity = rarity(&bags, &folded, &terms);
    let each = |terms: fn(&Bag) -> Vec<(u32, f64)>| {
        bags.par_iter().map(|b| weigh(terms(b), &rarity)).collect()
    };
    let lines = heads
        .par_iter()
        .zip(&folded.articles)
        .map(|(head, words)| head.line(words, &folded, &terms, &rarity))
        .collect();
    Vectors {
        whole: each(|b| b.iter().map(|(t, c)| (*t, c.count)).collect()),
        names: each(|b| b.iter().filter(|c| c.1.name).map(|(t, c)| (*t, c.count)).collect()),
        lines,
    }
}

/// An article's headline and prose as one text to fold, headline first.
struct Headed {
    article: Article,
    /// Where the headline ends.
    head: usize,
    /// Where the name of the outlet begins in it; where it ends, if it has none.
    imprint: usize,
}

impl Headed {
    fn of(article: &Article) -> Headed {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        let mut push = |part: &str, kind: BlockKind| {
            let start = text.len();
            text.push_str(part);
            blocks.push(Block { span: Span::new(start, text.len()), kind });
            text.push('\n');
            text.len() - 1
        };
        let slice = |block: &Block| article.text.get(block.span.range()).unwrap_or("");
        let mut head = push(article.title.as_deref().unwrap_or(""), BlockKind::Body);
        // A title inside the text is a subhead: it tells its part, not the article.
        let opening = article.blocks.iter().take_while(|b| !b.kind.is_prose());
        for block in opening.filter(|b| b.kind == BlockKind::Title) {
            head = push(slice(block), BlockKind::Body);
        }
        let prose = |b: &&Block| b.kind.is_prose() || b.kind == BlockKind::Title;
        for block in article.blocks.iter().skip_while(|b| !b.kind.is_prose()).filter(prose) {
            push(slice(block), block.kind);
        }
        let imprint = imprint(text.get(..head).unwrap_or(""));
        Headed { article: Article { text, blocks, ..Article::default() }, head, imprint }
    }

    fn in_headline(&self, word: &Word) -> bool {
        word.span.end as usize <= self.head
    }

    fn line(&self, words: &[Word], folded: &Folded, terms: &[u32], rarity: &[f64]) -> Line {
        let inside = words.iter().take_while(|w| w.id != BARRIER && self.in_headline(w)).count();
        let (is_headline, range) = match inside {
            // A word or two before the text ("Live", "Offensive -") are no headline.
            0..3 => (false, first_sentence(&words[inside..])),
            n => (true, 0..n),
        };
        let words = if is_headline { &words[range] } else { &words[inside..][range] };
        let counts = words.iter().filter_map(|w| Some((terms[w.id as usize], worth(w, folded)?)));
        let mut sums: FxHashMap<u32, f64> = FxHashMap::default();
        counts.for_each(|(term, worth)| *sums.entry(term).or_default() += worth);
        let vector = weigh(sums.into_iter().collect(), rarity);
        let span = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        };
        Line { text: shorten(span.of(&self.article.text)), is_headline, vector }
    }
}

/// Where "Ferry sinks off the coast | Port Renn Post" begins to name who prints it.
fn imprint(headline: &str) -> usize {
    let words = |text: &str| text.split_whitespace().count();
    let cut = IMPRINTS.iter().filter_map(|mark| headline.rfind(mark)).max();
    cut.filter(|at| words(&headline[..*at]) >= HEADLINE_WORDS)
        // The mark itself counts as a word.
        .filter(|at| words(&headline[*at..]) <= IMPRINT_WORDS + 1)
        .unwrap_or(headline.len())
}

/// The words of the first sentence long enough to tell something, else of the first.
fn first_sentence(words: &[Word]) -> std::ops::Range<usize> {
    let mut first = None;
    let mut start = 0;
    for sentence in words.chunk_by(|_, next| !next.opens) {
        let range = start..start + sentence.len();
        start = range.end;
        if sentence[0].id == BARRIER {
            continue;
        }
        if sentence.len() >= LINE_WORDS {
            return range;
        }
        first.get_or_insert(range);
    }
    first.unwrap_or(0..0)
}

/// A line on one line, of at most [`LINE_CHARS`] characters, cut between two words.
fn shorten(text: &str) -> String {
    let mut line = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        chars += word.chars().count() + 1;
        if chars > LINE_CHARS && !line.is_empty() {
            line.push('…');
            return line;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// For each word of a vocabulary, the first word with the same beginning: its term.
fn terms(folded: &Folded) -> Vec<u32> {
    let mut first: FxHashMap<&str, u32> = FxHashMap::default();
    let words = folded.vocabulary.words.iter().enumerate();
    words.map(|(id, word)| *first.entry(stem(word)).or_insert(id as u32)).collect()
}

fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}

/// How much a term of an article counts, and whether it is a name or a number there.
#[derive(Clone, Copy, Default)]
struct Count {
    count: f64,
    name: bool,
}

type Bag = FxHashMap<u32, Count>;

fn bag(words: &[Word], head: &Headed, folded: &Folded, terms: &[u32]) -> Bag {
    let headline = || words.iter().filter(|w| w.id != BARRIER && head.in_headline(w));
    // Where every word of a headline has a capital, a capital tells nothing.
    let shouting = headline().filter(|w| w.name).count() * 2 > headline().count();
    let mut bag = Bag::default();
    for word in words {
        let Some(mut worth) = worth(word, folded) else { continue };
        let in_headline = head.in_headline(word);
        let name = word.name && !(in_headline && shouting);
        if name {
            worth *= NAME;
        }
        if in_headline {
            worth *= HEADLINE;
        }
        if in_headline && word.span.start as usize >= head.imprint {
            worth *= IMPRINT;
        }
        let count = bag.entry(terms[word.id as usize]).or_default();
        count.count += worth;
        count.name |= name || is_number(word, folded) && word.span.len() > 1;
    }
    bag
}

fn is_number(word: &Word, folded: &Folded) -> bool {
    folded.vocabulary.words[word.id as usize].starts_with(|c: char| c.is_ascii_digit())
}

/// What a word counts for its sort; None for what counts nothing.
fn worth(word: &Word, folded: &Folded) -> Option<f64> {
    if word.id == BARRIER {
        return None;
    }
    match folded.vocabulary.weight(word.id) {
        Weight::Function => None,
        Weight::Formula => Some(FORMULA),
        Weight::Content if is_number(word, folded) => Some(NUMBER),
        Weight::Content => Some(1.0),
    }
}

/// The inverse document frequency of each term, the pile's own counts and those of ordinary
/// texts together: see [`PRIOR`].
fn rarity(bags: &[Bag], folded: &Folded, terms: &[u32]) -> Vec<f64> {
    let mut frequency: Vec<f64> = vec![0.0; terms.len()];
    for term in bags.iter().flat_map(Bag::keys) {
        frequency[*term as usize] += 1.0;
    }
    let mut ordinary: Vec<f64> = vec![0.0; terms.len()];
    for (word, term) in folded.vocabulary.words.iter().zip(terms) {
        ordinary[*term as usize] += background::share(word);
    }
    let all = bags.len() as f64 + PRIOR;
    let idf = |(df, share): (&f64, &f64)| (all / (df + PRIOR * share.min(1.0))).ln().max(0.0);
    frequency.iter().zip(&ordinary).map(idf).collect()
}

fn weigh(counts: Vec<(u32, f64)>, rarity: &[f64]) -> Vector {
    let mut vector: Vector =
        counts.into_iter().map(|(t, n)| (t, n.ln_1p() * rarity[t as usize])).collect();
    vector.sort_unstable_by_key(|x| x.0);
    let norm = vector.iter().map(|x| x.1 * x.1).sum::<f64>().sqrt();
    if norm <= 0.0 {
        return Vector::new();
    }
    vector.iter_mut().for_each(|x| x.1 /= norm);
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_headlines_or_first_sentences() {
        let long = "Le pont ".to_owned() + &"de la vieille ville ".repeat(20);
        let cases = [
            (Some("Le pont cède"), "Le vieux pont de la ville a cédé hier soir.", "Le pont cède"),
            (
                None,
                "Direct. Le vieux pont de la ville a cédé. Fin.",
                "Le vieux pont de la ville a cédé",
            ),
            (None, "Court.", "Court"),
            (None, "", ""),
        ];
        for (title, text, line) in cases {
            let title = title.map(str::to_owned);
            let article = Article { title, ..Article::plain("a", text) };
            assert_eq!(vectors(&[article]).lines[0].text, line);
        }
        let cut = vectors(&[Article::plain("a", long.clone())]).lines[0].text.clone();
        let words = cut.strip_suffix('…').unwrap();
        assert!(long.starts_with(&format!("{words} ")), "cut between words: {cut}");
        assert!(cut.chars().count() <= LINE_CHARS, "{cut}");
    }

    #[test]
    fn who_prints_a_headline_is_told_from_what_it_says() {
        let cases = [
            ("Ferry sinks off the coast | Port Renn Post", "Ferry sinks off the coast"),
            ("Un bac coule au large - Le Courrier", "Un bac coule au large"),
            ("Ferry sinks - Port Renn", "Ferry sinks - Port Renn"),
            ("Un avant-projet de loi sur la mer", "Un avant-projet de loi sur la mer"),
            ("", ""),
        ];
        for (headline, told) in cases {
            assert_eq!(&headline[..imprint(headline)], told);
        }
    }

    #[test]
    fn vectors_have_length_one_or_nothing() {
        let pile = ["Rien que le la les.", "Un orage a frappé la vallée.", ""]
            .map(|t| Article::plain("a", t));
        let lengths: Vec<f64> =
            vectors(&pile).whole.iter().map(|v| v.iter().map(|x| x.1 * x.1).sum()).collect();
        assert!(lengths[0] == 0.0 && (lengths[1] - 1.0).abs() < 1e-9 && lengths[2] == 0.0);
    }
}
