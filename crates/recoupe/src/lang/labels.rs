//! The words that a report is written with: [`Labels`], one value a language.
//!
//! Phrases are fixed; names and numbers are filled in where they have `{...}`. Nothing here is
//! ever mixed into what is shown as a quotation.

/// A phrase for one and for several. `{n}` is the number.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// For one (and for none, in languages that say so).
    pub one: &'static str,
    /// For several.
    pub other: &'static str,
}

/// How a status is named and explained.
#[derive(Clone, Copy, Debug)]
pub struct StatusWords {
    /// The status, as outputs name it: `single-origin`.
    pub name: &'static str,
    /// On a badge.
    pub short: &'static str,
    /// Over the findings that have it.
    pub title: &'static str,
    /// What it means, in a sentence.
    pub about: &'static str,
}

/// What a machine name is called: `("at-least", "au moins")`.
pub type Terms = &'static [(&'static str, &'static str)];

/// How dates are written. `{day}`, `{month}`, `{year}`, and `{a}`, `{b}` for whole dates.
#[derive(Clone, Copy, Debug)]
pub struct DateWords {
    /// Names of the months, January first.
    pub months: [&'static str; 12],
    /// The first of a month: `1er`.
    pub first: &'static str,
    /// A day.
    pub day: &'static str,
    /// A whole month.
    pub month: &'static str,
    /// From a day to another.
    pub range: &'static str,
    /// Somewhere between a day and another.
    pub between: &'static str,
    /// The end of the interval alone is known.
    pub until: &'static str,
    /// The start of the interval alone is known.
    pub from: &'static str,
    /// Nothing is known.
    pub unknown: &'static str,
}

/// The phrases of the reasons for a status.
#[derive(Clone, Copy, Debug)]
pub struct ReasonWords {
    /// Independent origins agree. `{names}`.
    pub independent: Count,
    /// One origin in so many articles. `{name}`.
    pub one_origin: Count,
    /// One text in so many articles.
    pub shared_text: Count,
    /// No source given.
    pub own_voice: Count,
    /// Other articles that say it and name no source.
    pub unsourced: Count,
    /// Versions follow each other.
    pub stages: &'static str,
    /// Numbers that cannot be read. `{words}`.
    pub garbled: &'static str,
    /// What such a number would be if a zero were lost in print. `{n}`.
    pub lost_zero: &'static str,
    /// Versions exclude each other. `{aspects}`.
    pub incompatible: &'static str,
    /// The same, where nothing tells in what.
    pub incompatible_bare: &'static str,
    /// One quotation with different words.
    pub altered: &'static str,
    /// One quotation, of which one print leaves out words.
    pub abridged: &'static str,
    /// Nobody says so, these deny it. `{names}`.
    pub denied: &'static str,
    /// Who says which version. `{versions}`, a list of `version`.
    pub versions: &'static str,
    /// One version: `{names}`, `{words}`.
    pub version: &'static str,
    /// Between two versions.
    pub between: &'static str,
    /// Who says a version in the outlets' own voice.
    pub nobody: &'static str,
    /// What would settle a dispute, by the machine name of what differs.
    pub settle: &'static [(&'static str, &'static str)],
    /// So many of the story's articles are silent on it. `{all}`.
    pub silent: Count,
    /// Origins of one camp. `{names}`, `{camp}`.
    pub one_camp: &'static str,
    /// How many origins there are when a camp counts once. `{camps}`.
    pub with_camps: Count,
    /// The origins that agree belong to opposed camps. `{camps}`.
    pub opposed: &'static str,
}

/// The phrases of the page's parts.
#[derive(Clone, Copy, Debug)]
pub struct PageWords {
    /// Link over the menus.
    pub skip: &'static str,
    /// Name of the menu.
    pub menu: &'static str,
    /// Its entries: overview, findings, matrix, reading view, timeline, figures, sources,
    /// names, places, articles, method; after the reading view, what is copied; after the
    /// timeline, who holds what.
    pub entries: [&'static str; 13],
    /// Under the title.
    pub lede: &'static str,
    /// Title where there are several stories.
    pub stories: Count,
    /// Title of the summary part.
    pub overview: &'static str,
    /// Articles read.
    pub articles: Count,
    /// Texts once copies are undone.
    pub distinct: Count,
    /// Independent origins.
    pub origins: Count,
    /// Findings.
    pub findings: Count,
    /// Whose accounts of its own a story rests on: `{names}`.
    pub accounts: Count,
    /// Said after it where an article prints more than one.
    pub accounts_several: &'static str,
    /// An account that nobody signs.
    pub unsigned: &'static str,
    /// What stands for the rest of a long list.
    pub others: Count,
    /// Versions of one dispatch: `{names}`.
    pub revisions: &'static str,
    /// Title of the findings.
    pub findings_title: &'static str,
    /// Title of the brief.
    pub brief: &'static str,
    /// What the brief is.
    pub brief_about: &'static str,
    /// Name of the filter.
    pub filter: &'static str,
    /// Filter by words.
    pub filter_text: &'static str,
    /// Filter by article.
    pub filter_article: &'static str,
    /// Filter by story.
    pub filter_story: &'static str,
    /// Filter by status.
    pub filter_status: &'static str,
    /// Filter by who says it.
    pub filter_source: &'static str,
    /// Filter by what is named in it.
    pub filter_entity: &'static str,
    /// Filter by a day.
    pub filter_day: &'static str,
    /// What to do with copied words.
    pub filter_copies: &'static str,
    /// Copied words: all shown, each text once, left out.
    pub copies: [&'static str; 3],
    /// No restriction.
    pub all: &'static str,
    /// Undo the filter.
    pub reset: &'static str,
    /// How many findings the filter leaves. `{n}` and `{all}`.
    pub shown: Count,
    /// Nothing in this part.
    pub none: &'static str,
    /// The rest of a long list.
    pub more: Count,
    /// Versions of a finding.
    pub versions: Count,
    /// One version, by its letter: `{x}`.
    pub version: &'static str,
    /// Who and where.
    pub supports: Count,
    /// Before a source chain.
    pub according_to: &'static str,
    /// In the outlet's own voice.
    pub own_voice: &'static str,
    /// The words hold back.
    pub hedged: &'static str,
    /// Of words that their source denies.
    pub denied: &'static str,
    /// Title of who holds what.
    pub states: &'static str,
    /// What that is.
    pub states_about: &'static str,
    /// Its columns: what, who, change, when, how sure, where.
    pub state_heads: [&'static str; 6],
    /// What becomes of it, by machine name.
    pub state_changes: &'static [(&'static str, &'static str)],
    /// How sure it is, by machine name.
    pub standings: &'static [(&'static str, &'static str)],
    /// Who denies it. `{names}`.
    pub denied_by: &'static str,
    /// Before the day that the map is coloured by.
    pub state_day: &'static str,
    /// That several are said to hold a place.
    pub state_contested: &'static str,
    /// How the map tells what only one origin claims.
    pub state_claimed: &'static str,
    /// Of an event that is only told to be denied.
    pub event_denied: &'static str,
    /// The words lie in a copied passage. `{id}`.
    pub copied: &'static str,
    /// The words are those already quoted.
    pub same_words: &'static str,
    /// See the words in the article.
    pub see: &'static str,
    /// In what versions differ. `{aspects}`.
    pub differs: &'static str,
    /// Link to a finding itself.
    pub permalink: &'static str,
    /// Button: copy the finding with its citations.
    pub copy: &'static str,
    /// Button: copy the finding's address.
    pub copy_link: &'static str,
    /// It was copied.
    pub copy_done: &'static str,
    /// It could not be: the text to copy by hand.
    pub copy_text: &'static str,
    /// Title of the agreement matrix.
    pub matrix: &'static str,
    /// What it shows.
    pub matrix_about: &'static str,
    /// The rest of the matrix.
    pub matrix_more: Count,
    /// Findings' column.
    pub finding: &'static str,
    /// Cell: says it, alone.
    pub says: &'static str,
    /// Cell: says the same as another origin.
    pub agree: &'static str,
    /// Cell: says otherwise.
    pub differ: &'static str,
    /// Cell: says it in several versions, by the article that quotes it.
    pub varies: &'static str,
    /// Cell: another moment.
    pub stage: &'static str,
    /// Cell: says nothing of it.
    pub silent: &'static str,
    /// Title of the reading view.
    pub reading: &'static str,
    /// What it shows.
    pub reading_about: &'static str,
    /// Choose articles to show side by side.
    pub choose: &'static str,
    /// A copied passage. `{id}`.
    pub passage: &'static str,
    /// Who wrote a copied passage. `{name}`.
    pub passage_origin: &'static str,
    /// Nobody knows who wrote it.
    pub passage_unknown: &'static str,
    /// Link to the next copy. `{name}`.
    pub passage_next: &'static str,
    /// Legend of differing words.
    pub changed: &'static str,
    /// Legend of words that the other text has.
    pub gone: &'static str,
    /// What other articles say, beside a claim.
    pub elsewhere: &'static str,
    /// Title of the view of what is copied.
    pub likeness: &'static str,
    /// What it shows.
    pub likeness_about: &'static str,
    /// Choose an article to look at.
    pub likeness_choose: &'static str,
    /// How much of an article is copied and how much its own. `{copied}`, `{own}`.
    pub likeness_share: &'static str,
    /// Sentences that stand nowhere else. `{n}`, `{all}`.
    pub own_sentences: Count,
    /// Column: articles that share words with this one.
    pub shared_with: &'static str,
    /// Column: share of this article's words.
    pub shared_share: &'static str,
    /// What is left out of a long list of articles that share something.
    pub shared_rest: Count,
    /// Link to the two articles side by side.
    pub side_by_side: &'static str,
    /// An article that shares nothing.
    pub nothing_shared: &'static str,
    /// The place that a copy's words are compared with. `{name}`.
    pub compared: &'static str,
    /// Title of the passages' list.
    pub passages: Count,
    /// Title of the timeline.
    pub timeline: &'static str,
    /// What it shows.
    pub timeline_about: &'static str,
    /// Choose the order of the timeline.
    pub timeline_order: &'static str,
    /// Its orders: by day, by origins.
    pub timeline_orders: [&'static str; 2],
    /// Without a date.
    pub undated: &'static str,
    /// Publication of an article.
    pub publication: &'static str,
    /// When.
    pub when: &'static str,
    /// Title of the figures.
    pub figures: &'static str,
    /// What they show.
    pub figures_about: &'static str,
    /// Column: the words in print.
    pub in_print: &'static str,
    /// Column: what the words admit.
    pub range: &'static str,
    /// Column: unit.
    pub unit: &'static str,
    /// Column: what is counted.
    pub counts: &'static str,
    /// Column: source.
    pub source: &'static str,
    /// Column: article.
    pub article: &'static str,
    /// A number that cannot be read.
    pub unreadable: &'static str,
    /// Title of the sources.
    pub voices: &'static str,
    /// What they show.
    pub voices_about: &'static str,
    /// Statements of one source.
    pub statements: Count,
    /// Title of who was asked and said nothing.
    pub silences: &'static str,
    /// What they show.
    pub silences_about: &'static str,
    /// The names of [`SilenceKind`](crate::analyse::SilenceKind).
    pub silence_kinds: Terms,
    /// A source without a name.
    pub anonymous: &'static str,
    /// Title of the names.
    pub names: &'static str,
    /// What they show.
    pub names_about: &'static str,
    /// Column: name.
    pub name: &'static str,
    /// Column: type.
    pub kind: &'static str,
    /// Column: forms in print.
    pub forms: &'static str,
    /// Title of the places.
    pub places: &'static str,
    /// What the map shows and does not.
    pub places_about: &'static str,
    /// Description of the map. `{n}`.
    pub map: Count,
    /// Places that were not found.
    pub unlocated: &'static str,
    /// Column: position.
    pub position: &'static str,
    /// Column: mentions.
    pub mentions: &'static str,
    /// Title of the articles.
    pub articles_title: &'static str,
    /// Column: date.
    pub date: &'static str,
    /// Column: agency credited.
    pub credit: &'static str,
    /// Column: share of copied words.
    pub copied_share: &'static str,
    /// A date that the file gives.
    pub date_given: &'static str,
    /// A date that was inferred.
    pub date_inferred: &'static str,
    /// A date from these words. `{words}`.
    pub date_words: &'static str,
    /// A date from another article. `{name}`.
    pub date_article: &'static str,
    /// Title of the warnings.
    pub warnings: Count,
    /// Title of the note on method.
    pub method: &'static str,
    /// The note: one paragraph each.
    pub method_text: &'static [&'static str],
    /// The same results in files.
    pub files: &'static str,
    /// Change the theme.
    pub theme: &'static str,
    /// At the foot. `{version}`.
    pub made: &'static str,
    /// A passage that is not the article's own words. `{kind}`.
    pub block: &'static str,
}

/// Everything that a report says in its own voice, in one language.
#[derive(Clone, Copy, Debug)]
pub struct Labels {
    /// Of a country's usual names in English and in French, that of this language.
    pub country: fn(&'static str, &'static str) -> &'static str,
    /// Whether a number takes the singular.
    pub singular: fn(u64) -> bool,
    /// Between thousands.
    pub thousands: &'static str,
    /// Before decimals.
    pub decimal: &'static str,
    /// Before a quotation.
    pub open: &'static str,
    /// After a quotation.
    pub close: &'static str,
    /// Before and after a quotation that holds quotation marks itself.
    pub inner: (&'static str, &'static str),
    /// A colon with the space it needs before and after.
    pub colon: &'static str,
    /// Between the last two names of a list.
    pub and: &'static str,
    /// A percentage: `{n}`.
    pub percent: &'static str,
    /// North, south, east, west.
    pub compass: [&'static str; 4],
    /// Dates.
    pub dates: DateWords,
    /// Statuses, in the order that reports use.
    pub statuses: &'static [StatusWords],
    /// Kinds of findings.
    pub kinds: Terms,
    /// In what versions differ.
    pub aspects: Terms,
    /// How a statement is printed.
    pub quotes: Terms,
    /// Units of figures.
    pub units: Terms,
    /// Bounds: `{n}`, or `{lo}` and `{hi}`.
    pub bounds: Terms,
    /// Types of mentions.
    pub mentions: Terms,
    /// Kinds of blocks.
    pub blocks: Terms,
    /// Kinds of copied passages.
    pub passages: Terms,
    /// Why.
    pub reasons: ReasonWords,
    /// The page.
    pub page: PageWords,
}

impl Labels {
    /// The phrase for `n`, with the number written as the language writes it.
    ///
    /// ```
    /// let labels = recoupe::lang::en::PACK.labels;
    /// assert_eq!(labels.count(labels.page.articles, 1), "1 article");
    /// assert_eq!(labels.count(labels.page.articles, 1200), "1,200 articles");
    /// ```
    pub fn count(&self, phrase: Count, n: usize) -> String {
        let form = if (self.singular)(n as u64) { phrase.one } else { phrase.other };
        form.replace("{n}", &self.number(n as f64))
    }

    /// A number as the language writes it, with three decimals at most.
    ///
    /// ```
    /// let labels = recoupe::lang::fr::PACK.labels;
    /// assert_eq!(labels.number(12500.5), "12\u{202f}500,5");
    /// ```
    pub fn number(&self, n: f64) -> String {
        let text = format!("{:.3}", n.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let part = part.trim_end_matches('0');
        let mut out = if n < 0.0 { String::from("\u{2212}") } else { String::new() };
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push_str(self.thousands);
            }
            out.push(digit);
        }
        if !part.is_empty() {
            out.push_str(self.decimal);
            out.push_str(part);
        }
        out
    }

    /// Names in a row: "a, b and c".
    ///
    /// ```
    /// let labels = recoupe::lang::en::PACK.labels;
    /// assert_eq!(labels.list(&["a", "b", "c"]), "a, b and c");
    /// ```
    pub fn list<S: AsRef<str>>(&self, names: &[S]) -> String {
        let Some((last, rest)) = names.split_last() else { return String::new() };
        if rest.is_empty() {
            return last.as_ref().to_string();
        }
        let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
        format!("{} {} {}", rest.join(", "), self.and, last.as_ref())
    }

    /// The quotation marks to put around words: the second pair where they hold the first.
    ///
    /// ```
    /// let labels = recoupe::lang::en::PACK.labels;
    /// assert_eq!(labels.quoted("a “safe” town"), "‘a “safe” town’");
    /// ```
    pub fn marks(&self, words: &str) -> (&'static str, &'static str) {
        let holds = |mark: &str| words.contains(mark.trim());
        if holds(self.open) || holds(self.close) { self.inner } else { (self.open, self.close) }
    }

    /// Words between quotation marks.
    pub fn quoted(&self, words: &str) -> String {
        let (open, close) = self.marks(words);
        format!("{open}{words}{close}")
    }

    /// How a status is named and explained.
    pub fn status(&self, name: &str) -> &'static StatusWords {
        static UNKNOWN: StatusWords = StatusWords { name: "", short: "?", title: "?", about: "" };
        self.statuses.iter().find(|s| s.name == name).unwrap_or(&UNKNOWN)
    }
}

/// What a machine name is called: itself, when the language has no word for it.
///
/// ```
/// let labels = recoupe::lang::fr::PACK.labels;
/// assert_eq!(recoupe::lang::labels::term(labels.aspects, "place"), "le lieu");
/// ```
pub fn term(terms: Terms, name: &str) -> &str {
    terms.iter().find(|(n, _)| *n == name).map_or(name, |(_, label)| label)
}
