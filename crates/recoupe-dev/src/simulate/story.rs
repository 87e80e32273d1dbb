//! One story: who writes of it, who copies whom, and what is true of each sentence.

use super::text::{Hand, edit, name, render};
use super::words::{Stock, Tongue};
use crate::random::{Rng, mix};

/// What stands still: outlets, their habits.
pub struct World<'a> {
    pub stock: &'a Stock,
    pub seed: u64,
    outlets: Vec<Vec<Outlet>>,
}

/// An outlet and its habits.
struct Outlet {
    name: String,
    site: String,
    /// How often it names the agency whose words it prints.
    credits: f64,
    /// Where it does.
    style: Style,
    /// How it edits.
    hand: Hand,
    /// Its notice to readers, below some articles.
    notice: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Signature,
    With,
    Dateline,
    Metadata,
    Attribution,
}

/// What kind of article it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An agency's own.
    Dispatch,
    /// A dispatch as an outlet prints it.
    Copy,
    /// Two dispatches as one.
    Merge,
    /// A dispatch with as much of the outlet's own.
    Enriched,
    /// What an outlet found out itself.
    Report,
    /// What another outlet found out.
    Recopy,
    /// The same words every time, with other names and numbers.
    Template,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Dispatch => "dispatch",
            Kind::Copy => "copy",
            Kind::Merge => "merge",
            Kind::Enriched => "enriched",
            Kind::Report => "report",
            Kind::Recopy => "recopy",
            Kind::Template => "template",
        }
    }
}

/// How exactly an article says when it was published.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    Minute,
    Day,
    Not,
}

/// A stretch of an article, in code points, and whose words it is.
#[derive(Clone)]
pub struct Part {
    pub start: usize,
    pub end: usize,
    /// The agency or outlet that wrote it first.
    pub origin: String,
    /// The article it was copied from, when it was copied from an article of the pile.
    pub from: Option<String>,
}

/// An article with all that is true of it.
pub struct Article {
    pub id: String,
    pub story: String,
    pub outlet: String,
    pub title: String,
    pub text: String,
    pub url: String,
    pub lang: &'static str,
    pub metadata: Option<String>,
    pub minute: u64,
    pub dated: Dated,
    pub kind: Kind,
    /// The agencies or outlets that it names as whose words it prints.
    pub credited: Vec<String>,
    pub parts: Vec<Part>,
}

/// A story and what its reports rest on.
pub struct Story {
    pub id: String,
    /// The agencies and outlets that some article's words are from.
    pub origins: Vec<String>,
    pub articles: Vec<String>,
}

/// The phrases of a language.
struct Phrases {
    lang: &'static str,
    papers: &'static [&'static str],
    agencies: &'static [(&'static str, f64)],
    with: &'static str,
    according: &'static str,
    paper_says: &'static str,
    said: &'static [&'static str],
    open: &'static str,
    close: &'static str,
    weather: &'static [&'static str],
    photo: &'static str,
    corrects: &'static str,
}

const PHRASES: &[Phrases] = &[
    Phrases {
        lang: "fr",
        papers: &[
            "Le Courrier de",
            "Le Matin de",
            "L'Écho de",
            "Le Journal de",
            "La Gazette de",
            "Le Fanal de",
        ],
        agencies: &[("AFP", 0.6), ("Reuters", 0.8), ("AP", 0.87), ("Belga", 0.94), ("ATS", 1.0)],
        with: "avec",
        according: "selon l'{}",
        paper_says: ", a rapporté {}",
        said: &["a déclaré {}", "a affirmé {}", "a expliqué {}"],
        open: "« ",
        close: " »",
        weather: &[
            "Le ciel restera couvert le matin sur {n}, avec {d} degrés au lever du jour.",
            "Quelques averses sont attendues l'après-midi entre {n} et {n}.",
            "Le vent de secteur ouest soufflera jusqu'à {d} kilomètres par heure en soirée.",
            "Les températures maximales iront de {d} degrés à {n} à {d} degrés à {n}.",
        ],
        photo: "Photo : {}",
        corrects: "Cette dépêche remplace la précédente, corrigée à la demande des services de {n}.",
    },
    Phrases {
        lang: "en",
        papers: &[
            "The Courier of",
            "The Morning of",
            "The Echo of",
            "The Journal of",
            "The Gazette of",
            "The Beacon of",
        ],
        agencies: &[("Reuters", 0.4), ("AP", 0.75), ("AFP", 0.9), ("PA", 1.0)],
        with: "with",
        according: "according to {}",
        paper_says: ", {} reported",
        said: &["said {}", "{} said", "{} told reporters"],
        open: "\u{201c}",
        close: "\u{201d}",
        weather: &[
            "Skies will stay grey over {n} in the morning, with {d} degrees at sunrise.",
            "A few showers are expected in the afternoon between {n} and {n}.",
            "Westerly winds will reach {d} kilometres an hour in the evening.",
            "Highest temperatures will range from {d} degrees in {n} to {d} degrees in {n}.",
        ],
        photo: "Photo: {}",
        corrects: "This dispatch replaces the earlier one, corrected at the request of the offices of {n}.",
    },
];

fn phrases(lang: &str) -> &'static Phrases {
    PHRASES.iter().find(|p| p.lang == lang).unwrap_or(&PHRASES[0])
}

/// Outlets of a language.
const OUTLETS: usize = 70;

impl World<'_> {
    pub fn new(stock: &Stock, seed: u64) -> World<'_> {
        let outlets = stock.tongues.iter().map(|t| outlets(t, seed)).collect();
        World { stock, seed, outlets }
    }
}

fn outlets(tongue: &Tongue, seed: u64) -> Vec<Outlet> {
    let mut rng =
        Rng::nth(seed, mix(tongue.lang.len() as u64 ^ u64::from(tongue.lang.as_bytes()[0])));
    let phrases = phrases(tongue.lang);
    let outlet = |i: usize| {
        let town = rng.one(&tongue.names).to_string();
        let name = format!("{} {town}", phrases.papers[i % phrases.papers.len()]);
        let text = rng.one(&tongue.texts);
        let notice = render(rng.one(text), tongue, rng.bits());
        Outlet {
            name,
            site: format!("https://{}{i}.example", tongue.lang),
            credits: [0.95, 0.85, 0.7, 0.4][rng.below(4)],
            style: [
                Style::Signature,
                Style::Signature,
                Style::With,
                Style::Dateline,
                Style::Metadata,
                Style::Attribution,
            ][rng.below(6)],
            hand: [Hand::None, Hand::None, Hand::Light, Hand::Light, Hand::Heavy][rng.below(5)],
            notice: rng.chance(0.2).then_some(notice),
        }
    };
    (0..OUTLETS).map(outlet).collect()
}

/// One version of a dispatch or one report: its sentences.
#[derive(Clone)]
struct Source {
    origin: String,
    minute: u64,
    sentences: Vec<String>,
    /// The article in the pile that is this text itself.
    article: Option<String>,
}

/// A line of an article to be: text, origin, from.
type Line = (String, String, Option<String>);

struct Teller<'w> {
    tongue: &'w Tongue,
    outlets: &'w [Outlet],
    phrases: &'static Phrases,
    number: usize,
    seed: u64,
    story: Story,
    articles: Vec<Article>,
    used: Vec<usize>,
}

/// Tells story `number`, which starts at `minute`.
pub fn tell(world: &World, number: usize, minute: u64, rng: &mut Rng) -> (Story, Vec<Article>) {
    let which = rng.below(world.stock.tongues.len());
    let tongue = &world.stock.tongues[which];
    let story = Story { id: format!("s{number}"), origins: Vec::new(), articles: Vec::new() };
    let mut teller = Teller {
        tongue,
        outlets: &world.outlets[which],
        phrases: phrases(tongue.lang),
        number,
        seed: rng.bits(),
        story,
        articles: Vec::new(),
        used: Vec::new(),
    };
    if rng.chance(0.06) {
        teller.weather(minute, rng);
    } else {
        teller.news(minute, rng);
    }
    let Teller { mut story, articles, .. } = teller;
    let mut origins: Vec<String> =
        articles.iter().flat_map(|a| a.parts.iter().map(|p| p.origin.clone())).collect();
    origins.sort();
    origins.dedup();
    story.origins = origins;
    story.articles = articles.iter().map(|a| a.id.clone()).collect();
    (story, articles)
}

impl Teller<'_> {
    fn weather(&mut self, minute: u64, rng: &mut Rng) {
        let outlet = self.outlet(rng);
        let origin = self.outlets[outlet].name.clone();
        let lines = self
            .phrases
            .weather
            .iter()
            .map(|w| (self.filled(w, rng), origin.clone(), None))
            .collect();
        self.print(Kind::Template, outlet, minute, lines, Vec::new(), None, rng);
    }

    fn news(&mut self, minute: u64, rng: &mut Rng) {
        let dispatches = [0, 1, 1, 1, 2][rng.below(5)];
        let mut wires: Vec<Vec<Source>> = Vec::new();
        while wires.len() < dispatches {
            let agency = self.agency(rng);
            if wires.iter().any(|w| w[0].origin == agency) {
                continue;
            }
            let first = minute + rng.below(90) as u64;
            wires.push(self.dispatch(&agency, first, rng));
        }
        let speech = self.speech(rng);
        let reports =
            if dispatches == 0 { 1 + rng.below(2) } else { [0, 0, 1, 1, 2][rng.below(5)] };
        let mut told: Vec<Source> = Vec::new();
        for _ in 0..reports {
            let at = minute + rng.delay(120.0);
            let report = self.report(at, &speech, rng);
            told.push(report);
        }
        let many = match rng.below(20) {
            0..=6 => rng.below(2),
            7..=15 => 2 + rng.below(5),
            16..=18 => 6 + rng.below(12),
            _ => 18 + rng.below(30),
        };
        let copies = if dispatches == 0 { many.min(4) } else { many.max(1) };
        for _ in 0..copies {
            let roll = rng.below(100);
            match (wires.len(), told.len()) {
                (0, _) => self.recopy(&told, rng),
                (_, 1..) if roll < 15 => self.recopy(&told, rng),
                (2, _) if roll < 35 => self.merge(&wires, rng),
                _ if roll > 92 => self.enriched(&wires, rng),
                _ => self.copy(&wires, rng),
            }
        }
    }

    fn agency(&self, rng: &mut Rng) -> String {
        let roll = rng.below(100) as f64 / 100.0;
        let found = self.phrases.agencies.iter().find(|a| roll < a.1);
        found.map_or("AFP", |a| a.0).to_owned()
    }

    /// An outlet that has not written of the story yet, while there are any.
    fn outlet(&mut self, rng: &mut Rng) -> usize {
        for _ in 0..50 {
            let outlet = rng.below(self.outlets.len());
            if !self.used.contains(&outlet) {
                self.used.push(outlet);
                return outlet;
            }
        }
        rng.below(self.outlets.len())
    }

    /// So many sentences in a row of some text, in the story's words.
    fn sentences(&self, least: usize, more: usize, rng: &mut Rng) -> Vec<String> {
        let seed = self.seed ^ rng.bits();
        let wanted = least + rng.below(more);
        let mut out = Vec::new();
        while out.len() < wanted {
            let text = rng.one(&self.tongue.texts);
            let from = rng.below(text.len().saturating_sub(wanted) + 1);
            for sentence in text.iter().skip(from).take(wanted - out.len()) {
                out.push(self.render(sentence, seed));
            }
        }
        out
    }

    fn render(&self, sentence: &super::words::Sentence, seed: u64) -> String {
        // Names are the story's, other words this text's.
        let named: Vec<super::words::Piece> = sentence
            .iter()
            .map(|p| match p {
                super::words::Piece::Name(hash) => {
                    super::words::Piece::Kept(name(self.tongue, self.seed, *hash).into())
                }
                other => other.clone(),
            })
            .collect();
        render(&named, self.tongue, seed)
    }

    fn filled(&self, phrase: &str, rng: &mut Rng) -> String {
        let mut out = phrase.to_owned();
        while out.contains("{n}") {
            out = out.replacen("{n}", &name(self.tongue, self.seed, rng.bits()), 1);
        }
        while out.contains("{d}") {
            out = out.replacen("{d}", &(3 + rng.below(60)).to_string(), 1);
        }
        out
    }

    /// A dispatch in one version or two; perhaps printed in the pile under the agency's name.
    fn dispatch(&mut self, agency: &str, minute: u64, rng: &mut Rng) -> Vec<Source> {
        let mut first = Source {
            origin: agency.to_owned(),
            minute,
            sentences: self.sentences(6, 14, rng),
            article: None,
        };
        let printed = rng.chance(0.25);
        if printed {
            first.article = Some(self.wire(&first, rng));
        }
        let mut versions = vec![first];
        if rng.chance(0.3) {
            let mut next = versions[0].clone();
            next.minute += 60 + rng.delay(120.0);
            next.article = None;
            let fresh = self.sentences(2, 4, rng);
            next.sentences[0] = edit(&next.sentences[0], Hand::Heavy, self.tongue, rng);
            let place = rng.below(2);
            next.sentences.splice(place..place, fresh);
            if rng.chance(0.3) {
                next.sentences.push(self.filled(self.phrases.corrects, rng));
            }
            if printed {
                next.article = Some(self.wire(&next, rng));
            }
            versions.push(next);
        }
        versions
    }

    fn wire(&mut self, source: &Source, rng: &mut Rng) -> String {
        let lines =
            source.sentences.iter().map(|s| (s.clone(), source.origin.clone(), None)).collect();
        let at = source.minute;
        self.put(
            Kind::Dispatch,
            &source.origin,
            "https://wire.example",
            at,
            lines,
            vec![source.origin.clone()],
            None,
            None,
            rng,
        )
    }

    /// Words of a named speaker that several reports quote.
    fn speech(&self, rng: &mut Rng) -> (String, String) {
        let words = self.sentences(1, 1, rng).swap_remove(0);
        let who =
            format!("{} {}", name(self.tongue, self.seed, 3), name(self.tongue, self.seed, 5));
        (words.trim_end_matches('.').to_owned(), who)
    }

    fn report(&mut self, minute: u64, speech: &(String, String), rng: &mut Rng) -> Source {
        let outlet = self.outlet(rng);
        let mut sentences = self.sentences(6, 12, rng);
        if rng.chance(0.5) {
            let said = rng.one(self.phrases.said).replace("{}", &speech.1);
            let Phrases { open, close, .. } = self.phrases;
            let at = 1 + rng.below(sentences.len());
            sentences.insert(at, format!("{open}{}{close}, {said}.", speech.0));
        }
        let origin = self.outlets[outlet].name.clone();
        let lines = sentences.iter().map(|s| (s.clone(), origin.clone(), None)).collect();
        let id = self.print(Kind::Report, outlet, minute, lines, Vec::new(), None, rng);
        Source { origin, minute, sentences, article: Some(id) }
    }

    /// What an outlet keeps of a source: sentences in order, mostly the first ones.
    fn kept(&self, source: &Source, hand: Hand, rng: &mut Rng) -> Vec<Line> {
        let all = source.sentences.len();
        let mut which: Vec<usize> = match rng.below(10) {
            0..=4 => (0..all).collect(),
            5..=7 => (0..(3 + rng.below(all)).min(all)).collect(),
            _ => (0..all).filter(|_| rng.chance(0.7)).collect(),
        };
        if which.is_empty() {
            which.push(0);
        }
        if rng.chance(0.15) && which.len() > 3 {
            let cut = 1 + rng.below(which.len() - 1);
            which.rotate_left(cut);
        }
        which
            .into_iter()
            .map(|i| edit(&source.sentences[i], hand, self.tongue, rng))
            .map(|s| (s, source.origin.clone(), source.article.clone()))
            .collect()
    }

    /// The version of a wire that is there when an outlet prints it.
    fn version<'s>(&self, wire: &'s [Source], minute: u64) -> &'s Source {
        wire.iter().rev().find(|v| v.minute <= minute).unwrap_or(&wire[0])
    }

    fn copy(&mut self, wires: &[Vec<Source>], rng: &mut Rng) {
        let wire = rng.one(wires);
        let minute = wire[0].minute + rng.delay(150.0);
        let source = self.version(wire, minute).clone();
        let outlet = self.outlet(rng);
        let mut lines = self.kept(&source, self.outlets[outlet].hand, rng);
        let credited = self.credit(outlet, &[&source.origin], &mut lines, rng);
        self.print(Kind::Copy, outlet, minute, lines, credited.0, credited.1, rng);
    }

    fn merge(&mut self, wires: &[Vec<Source>], rng: &mut Rng) {
        let minute = wires[0][0].minute.max(wires[1][0].minute) + rng.delay(180.0);
        let (one, two) =
            (self.version(&wires[0], minute).clone(), self.version(&wires[1], minute).clone());
        let outlet = self.outlet(rng);
        let hand = self.outlets[outlet].hand;
        let mut lines = self.kept(&one, hand, rng);
        lines.extend(self.kept(&two, hand, rng));
        let credited = self.credit(outlet, &[&one.origin, &two.origin], &mut lines, rng);
        self.print(Kind::Merge, outlet, minute, lines, credited.0, credited.1, rng);
    }

    fn enriched(&mut self, wires: &[Vec<Source>], rng: &mut Rng) {
        let wire = rng.one(wires);
        let minute = wire[0].minute + rng.delay(300.0);
        let source = self.version(wire, minute).clone();
        let outlet = self.outlet(rng);
        let origin = self.outlets[outlet].name.clone();
        let mut lines = self.kept(&source, self.outlets[outlet].hand, rng);
        let credited = self.credit(outlet, &[&source.origin], &mut lines, rng);
        let own = self.sentences(6, 6, rng);
        lines.extend(own.into_iter().map(|s| (s, origin.clone(), None)));
        self.print(Kind::Enriched, outlet, minute, lines, credited.0, credited.1, rng);
    }

    fn recopy(&mut self, told: &[Source], rng: &mut Rng) {
        let source = rng.one(told).clone();
        let minute = source.minute + rng.delay(200.0);
        let outlet = self.outlet(rng);
        let mut lines = self.kept(&source, self.outlets[outlet].hand, rng);
        let mut credited = Vec::new();
        if rng.chance(0.6) {
            let says = self.phrases.paper_says.replace("{}", &source.origin);
            if let Some(line) = lines.first_mut() {
                line.0 = format!("{}{says}.", line.0.trim_end_matches('.'));
                credited.push(source.origin.clone());
            }
        }
        self.print(Kind::Recopy, outlet, minute, lines, credited, None, rng);
    }

    /// Who is named, and what the article's file or last line says of it.
    fn credit(
        &self,
        outlet: usize,
        agencies: &[&String],
        lines: &mut [Line],
        rng: &mut Rng,
    ) -> (Vec<String>, Option<(Style, String)>) {
        let outlet = &self.outlets[outlet];
        if !rng.chance(outlet.credits) {
            return (Vec::new(), None);
        }
        let credited: Vec<String> = agencies.iter().map(|a| (*a).clone()).collect();
        let names = credited.join("/");
        if outlet.style != Style::Attribution {
            return (credited, Some((outlet.style, names)));
        }
        let according = self.phrases.according.replace("{}", &credited[0]);
        if let Some(line) = lines.first_mut() {
            line.0 = format!("{}, {according}.", line.0.trim_end_matches('.'));
        }
        (credited[..1].to_vec(), None)
    }

    #[allow(clippy::too_many_arguments)]
    fn print(
        &mut self,
        kind: Kind,
        outlet: usize,
        minute: u64,
        lines: Vec<Line>,
        credited: Vec<String>,
        credit: Option<(Style, String)>,
        rng: &mut Rng,
    ) -> String {
        let (name, site, notice) = {
            let o = &self.outlets[outlet];
            (o.name.clone(), o.site.clone(), o.notice.clone())
        };
        self.put(kind, &name, &site, minute, lines, credited, credit, notice, rng)
    }

    #[allow(clippy::too_many_arguments)]
    fn put(
        &mut self,
        kind: Kind,
        outlet: &str,
        site: &str,
        minute: u64,
        lines: Vec<Line>,
        credited: Vec<String>,
        credit: Option<(Style, String)>,
        notice: Option<String>,
        rng: &mut Rng,
    ) -> String {
        let id = format!("{}-{}", self.story.id, self.articles.len());
        let mut text = String::new();
        let mut points = 0;
        let mut parts: Vec<Part> = Vec::new();
        let mut metadata = None;
        if let Some((Style::Dateline, agencies)) = &credit {
            let town = name(self.tongue, self.seed, 1).to_uppercase();
            text = format!("{town} ({agencies}) - ");
        }
        points += text.chars().count();
        let mut left = 1 + rng.below(3);
        for (sentence, origin, from) in lines {
            let start = points;
            points += sentence.chars().count();
            parts.push(Part { start, end: points, origin, from });
            text.push_str(&sentence);
            left -= 1;
            text.push(if left == 0 { '\n' } else { ' ' });
            points += 1;
            if left == 0 {
                left = 1 + rng.below(3);
            }
        }
        let mut text = text.trim_end().to_owned();
        let mut line = |words: &str| {
            text.push('\n');
            text.push_str(words);
        };
        if rng.chance(0.1) {
            line(&self.phrases.photo.replace("{}", self.phrases.agencies[rng.below(3)].0));
        }
        match &credit {
            Some((Style::Signature, agencies)) => line(agencies),
            Some((Style::With, agencies)) => line(&format!("({} {agencies})", self.phrases.with)),
            Some((Style::Metadata, agencies)) => metadata = Some(agencies.clone()),
            _ => {}
        }
        if let Some(notice) = notice.filter(|_| rng.chance(0.7)) {
            line(&notice);
        }
        let first = parts.first().map_or(0, |p| p.end - p.start);
        let title: String =
            text.split_whitespace().take(4 + first % 6).collect::<Vec<_>>().join(" ");
        let dated = match rng.below(20) {
            0..=15 => Dated::Minute,
            16..=18 => Dated::Day,
            _ => Dated::Not,
        };
        self.articles.push(Article {
            url: format!("{site}/{}/{}", self.number, self.articles.len()),
            id: id.clone(),
            story: self.story.id.clone(),
            outlet: outlet.to_owned(),
            title,
            text,
            lang: self.tongue.lang,
            metadata,
            minute,
            dated,
            kind,
            credited,
            parts,
        });
        id
    }
}
