//! What is known of a form beyond the articles.

use super::Form;
use crate::analyse::MentionKind;
use crate::analyse::place::{Candidate as Place, Gazetteer, NameFit, choose};
use crate::knowledge::countries::{self, Country};
use crate::knowledge::directory::{Entry, Fit};
use crate::knowledge::load::Own;
use crate::knowledge::regions::{self, RegionKind};
use crate::knowledge::rulings::Ruling;
use crate::knowledge::{directory::Directory, name::key};

/// What is known of a thing.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Known {
    /// The identifier to print. None: that of its name.
    pub id: Option<String>,
    /// Its type, where it is known.
    pub kind: Option<MentionKind>,
    /// The name to show, where the user says so.
    pub shown: Option<String>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// GeoNames identifier.
    pub geonames: Option<u32>,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
}

/// What a name may be: a mark that is equal for one thing, what is known of it, and how sure the
/// name tells.
pub(super) type Candidate = (String, Known, Fit);

impl Known {
    fn entry(entry: &Entry) -> Known {
        let some = |text: &str| Some(text.to_string()).filter(|t| !t.is_empty());
        let kind = entry.kind().and_then(MentionKind::named);
        Known {
            id: kind.and(some(&entry.id)),
            kind,
            shown: None,
            wikidata: some(&entry.wikidata),
            geonames: entry.geonames,
            at: entry.at,
        }
    }

    fn country(country: &Country) -> Known {
        let some = |text: &str| Some(text.to_string()).filter(|t| !t.is_empty());
        Known {
            id: Some(slug("loc", country.en)),
            kind: Some(MentionKind::Loc),
            shown: None,
            wikidata: some(country.wikidata),
            geonames: Some(country.geonames),
            at: Some((country.lat, country.lon)),
        }
    }

    /// Takes from a ruling what it says; the rest stays.
    pub fn ruled(&mut self, ruling: &Ruling) {
        self.id = ruling.id.clone().or(self.id.take());
        self.kind = ruling.kind.as_deref().and_then(MentionKind::named).or(self.kind);
        if let (Some(id), Some(kind), None) = (&self.id, self.kind, &ruling.id) {
            // A type that the user gives is that of the identifier too.
            let name = id.split_once(':').map_or(id.as_str(), |(_, n)| n);
            self.id = Some(format!("{}:{name}", kind.name().to_lowercase()));
        }
        self.shown = ruling.shown.clone().or(self.shown.take());
        self.wikidata = ruling.wikidata.clone().or(self.wikidata.take());
        self.geonames = ruling.geonames.or(self.geonames);
    }
}

fn slug(kind: &str, name: &str) -> String {
    format!("{kind}:{}", key(name).replace(' ', "-"))
}

/// What a form may be, by what is known, best first: with the thing's own mark (equal for one
/// thing), what is known of it, and how sure the name tells.
pub(super) fn candidates(form: &Form, own: &Own) -> Vec<Candidate> {
    let name = form.spelling();
    let kind = form.kind();
    if let Some(body) = form.body {
        return vec![body_of(body, &form.key)];
    }
    if form.area {
        return area(&form.key).into_iter().collect();
    }
    let country = match countries::named(name)[..] {
        [one] if kind != MentionKind::Per => Some(Known::country(one)),
        _ => None,
    };
    if let Some(known) = country {
        let mark = known.id.clone().unwrap_or_default();
        return vec![(mark, known, Fit::Sure)];
    }
    let mut out = Vec::new();
    if kind == MentionKind::Loc {
        out.extend(region(name).or_else(|| town(name)));
    }
    if kind == MentionKind::Misc {
        out.extend(people(name));
    }
    out.extend(entries(form, name, own));
    out
}

fn entries(form: &Form, name: &str, own: &Own) -> Vec<Candidate> {
    let lang = form.packs.first().map_or("", |p| p.code);
    let wide = form.words() > 1;
    let take = |(entry, fit): (&Entry, Fit)| {
        let known = Known::entry(entry);
        (entry.id.to_string(), known, fit)
    };
    let shared = Directory::shared().keyed(&form.key, name, lang);
    let fits = shared.into_iter().filter(|(e, _)| agrees(e, form, wide));
    let mut out: Vec<_> = fits.map(take).collect();
    if !own.directory.is_empty() {
        let brought = own.directory.keyed(&form.key, name, lang);
        let same = |e: &Entry| {
            e.kind()
                .and_then(MentionKind::named)
                .is_none_or(|k| k == form.kind() || wide && k != MentionKind::Loc)
        };
        for (entry, fit) in brought.into_iter().filter(|(e, _)| same(e)) {
            // What the program knows already under the same identifier of Wikidata is that.
            let twin =
                |(_, k, _): &&Candidate| k.wikidata.as_deref().is_some_and(|q| q == entry.wikidata);
            if out.iter().find(twin).is_none() {
                out.push(take((entry, fit)));
            }
        }
    }
    out
}

/// Whether what an entry is goes with what the articles take its name for.
fn agrees(entry: &Entry, form: &Form, wide: bool) -> bool {
    let Some(known) = entry.kind().and_then(MentionKind::named) else { return true };
    let seen = form.kind();
    if known == seen || wide || form.is_acronym() {
        return true;
    }
    match (known, seen) {
        // A person's last name may be any body's or place's; a body's is seldom a person's.
        (MentionKind::Per, MentionKind::Loc) | (_, MentionKind::Per) => false,
        (MentionKind::Org, MentionKind::Loc) => !Gazetteer::shared().knows(form.spelling()),
        _ => true,
    }
}

/// A country's army, its government: described, and as sure as named.
fn body_of(country: &Country, key: &str) -> Candidate {
    let known =
        Known { id: Some(slug("org", key)), kind: Some(MentionKind::Org), ..Known::default() };
    (format!("body:{}:{key}", country.iso), known, Fit::Sure)
}

/// A first-level division, told by its noun or by having no town of its name.
fn area(key: &str) -> Option<Candidate> {
    let region = regions::named(key).into_iter().find(|r| r.kind == RegionKind::State)?;
    Some(of_region(region))
}

fn region(name: &str) -> Option<Candidate> {
    let region = match regions::named(name)[..] {
        [one] => one,
        _ => return None,
    };
    // "Québec" is the town unless a word says otherwise, and "Vienne" Vienna; "Alabama" is no village of
    // that name, nor "Oklahoma" its Oklahoma City.
    let rival = |town: Place| {
        town.fit == NameFit::Main || region.country.is_none_or(|c| c != town.country_code())
    };
    let town = region.kind == RegionKind::State && large_town(name).is_some_and(rival);
    (!town).then(|| of_region(region))
}

/// The identifier of the large town that bears a name.
pub(super) fn town_id(name: &str) -> Option<String> {
    town(name).and_then(|(_, known, _)| known.id)
}

/// A large town, by GeoNames' main name: "Londres" and "London" are one in any pile. Which of the
/// towns of a name is meant, and where it lies, is for the story to tell.
fn town(name: &str) -> Option<Candidate> {
    let town = large_town(name)?;
    let known = Known { id: Some(slug("loc", &town.name)), kind: None, ..Known::default() };
    Some((format!("town:{}", town.geonames), known, Fit::Sure))
}

fn large_town(name: &str) -> Option<Place> {
    let mut found = Gazetteer::shared().named(name);
    let chosen = choose(std::slice::from_ref(&found), &[]).into_iter().next().flatten()?;
    Some(found.swap_remove(chosen))
}

fn of_region(region: &regions::Region) -> Candidate {
    let mut id = slug("loc", region.en);
    if region.kind == RegionKind::State && region.names().any(|n| town(n).is_some()) {
        id.push_str("-area");
    }
    let known = Known {
        id: Some(id.clone()),
        kind: Some(MentionKind::Loc),
        at: Some((region.lat, region.lon)),
        ..Known::default()
    };
    (id, known, Fit::Sure)
}

/// "Syriens", "Syrians": one people.
fn people(name: &str) -> Option<Candidate> {
    let [country] = countries::of_adjective(name)[..] else { return None };
    let id = format!("misc:people-of-{}", key(country.en).replace(' ', "-"));
    let known = Known { id: Some(id.clone()), kind: Some(MentionKind::Misc), ..Known::default() };
    Some((id, known, Fit::Sure))
}
