//! What a language pack says of names.

use rustc_hash::FxHashSet;

/// Words that tell names and their types. All entries are lower case.
pub struct NameRules {
    /// Words that may join two capitalised words into one name (`de`, `of`).
    pub particles: FxHashSet<&'static str>,
    /// Common nouns that head the name of an organisation (`ministère`, `union`).
    pub org_heads: FxHashSet<&'static str>,
    /// Common nouns that head the name of a place (`mont`, `lake`).
    pub place_heads: FxHashSet<&'static str>,
    /// Words that start the name of a place in languages that put such nouns last (`lake`).
    pub place_first: FxHashSet<&'static str>,
    /// Particles that stand inside a person's name though they are prepositions (`de` Gaulle).
    pub nobiliary: FxHashSet<&'static str>,
    /// Words that join two names, or two parts of one.
    pub conjunctions: FxHashSet<&'static str>,
    /// Words before a person's name (`président`, `Mr`).
    pub person_titles: FxHashSet<&'static str>,
    /// Words before a place's name, with or without `de` between (`ville`, `province of`).
    pub place_triggers: FxHashSet<&'static str>,
    /// Words before an organisation's name (`groupe`, `agence`, `party`).
    pub org_triggers: FxHashSet<&'static str>,
    /// Prepositions that come before places more than before anything else (`à`, `vers`, `in`).
    pub place_prepositions: FxHashSet<&'static str>,
    /// Capitalised words that are no name by themselves (days, months, titles).
    pub not_names: FxHashSet<&'static str>,
    /// Nouns for people and bodies that speak or act (`armée`, `porte-parole`, `residents`), with
    /// what they are.
    pub actors: rustc_hash::FxHashMap<&'static str, ActorKind>,
    /// Determiners and articles.
    pub determiners: FxHashSet<&'static str>,
    /// Determiners that point back to what was named (`ce`, `the`, `l'`).
    pub definite: FxHashSet<&'static str>,
    /// Prepositions that tie a complement to a noun (`de`, `of`).
    pub complements: FxHashSet<&'static str>,
    /// Endings of words that are no names though a sentence starts with them (`-ant`, `-ly`).
    pub common_endings: Vec<&'static str>,
    /// Endings that adjectives of peoples and kinds have (`-ien`, `-ish`).
    pub adjective_endings: Vec<&'static str>,
    /// Endings of nouns for several (`-s`).
    pub plural_endings: Vec<&'static str>,
    /// Letters whose accent is often left out where they are capitals (`é`: `Etat`).
    pub capital_accents: Vec<char>,
    /// Whether towns are named without an article where bodies take one.
    pub bare_places: bool,
    /// Whether adjectives come after their noun.
    pub adjectives_follow: bool,
}

/// What kind of voice a noun is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActorKind {
    /// A body with a voice of its own: an army, a government, a company.
    Body,
    /// A body that a bare noun points back to: "l'association", "the company".
    Group,
    /// A medium or agency.
    Agency,
    /// A person by role.
    Role,
    /// A text: a statement, a report.
    Document,
    /// A voice that stays unnamed: a source, a witness.
    Unnamed,
}

impl NameRules {
    /// Reads a pack's `names.txt`: lines of `field<TAB>words separated by spaces`, and
    /// `actor:kind<TAB>words`; a word with a space in it is written with `_`.
    pub fn parse(list: &'static str) -> NameRules {
        let set = |field: &str| -> FxHashSet<&'static str> {
            super::entries(list)
                .filter_map(|l| l.split_once('\t'))
                .filter(|(f, _)| *f == field)
                .flat_map(|(_, words)| words.split(' '))
                .collect()
        };
        let actor = |field: &str, kind: ActorKind| set(field).into_iter().map(move |w| (w, kind));
        let actors = actor("actor:body", ActorKind::Body)
            .chain(actor("actor:group", ActorKind::Group))
            .chain(actor("actor:agency", ActorKind::Agency))
            .chain(actor("actor:role", ActorKind::Role))
            .chain(actor("actor:document", ActorKind::Document))
            .chain(actor("actor:unnamed", ActorKind::Unnamed))
            .collect();
        NameRules {
            particles: set("particle"),
            org_heads: set("org-head"),
            place_heads: set("place-head"),
            place_first: set("place-first"),
            nobiliary: set("nobiliary"),
            conjunctions: set("conjunction"),
            person_titles: set("person-title"),
            place_triggers: set("place-trigger"),
            org_triggers: set("org-trigger"),
            place_prepositions: set("place-preposition"),
            not_names: set("not-name"),
            actors,
            determiners: set("determiner"),
            definite: set("definite"),
            complements: set("complement"),
            common_endings: sorted(set("common-ending")),
            adjective_endings: sorted(set("adjective-ending")),
            plural_endings: sorted(set("plural-ending")),
            capital_accents: sorted(set("capital-accent")).iter().flat_map(|a| a.chars()).collect(),
            bare_places: set("trait").contains("bare-places"),
            adjectives_follow: set("trait").contains("adjectives-follow"),
        }
    }

    /// Whether a noun, in lower case, looks like one for several.
    pub fn is_plural(&self, noun: &str) -> bool {
        self.plural_endings.iter().any(|e| noun.ends_with(e))
    }
}

fn sorted(set: FxHashSet<&'static str>) -> Vec<&'static str> {
    let mut out: Vec<_> = set.into_iter().collect();
    out.sort_unstable();
    out
}
