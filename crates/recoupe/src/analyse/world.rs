//! What the engine knows of the world, as names are looked up in it.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::MentionKind;
use super::name::{Atlas, Known};
use super::place::Gazetteer;
use crate::knowledge::directory::{Directory, Fit};
use crate::knowledge::load::Own;
use crate::knowledge::{countries, is_agency, is_given_name, regions};

/// Countries, regions, towns, agencies and given names, and what the user brings, for one article:
/// what was looked up is remembered, because an article names the same things again and again.
pub(crate) struct World<'a> {
    own: &'a Own,
    seen: RefCell<FxHashMap<Box<str>, Known>>,
}

impl<'a> World<'a> {
    /// `own`: what the user brings.
    pub fn new(own: &'a Own) -> World<'a> {
        World { own, seen: RefCell::default() }
    }
}

/// A body that the directory surely names so, in some language.
fn is_body(name: &str) -> bool {
    let found = Directory::shared().named(name, "");
    found.iter().any(|(entry, fit)| *fit == Fit::Sure && entry.kind() == Some("org"))
}

/// What the program knows of a name.
fn known(name: &str) -> Known {
    let country = !countries::named(name).is_empty();
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let people = capital && !country && !countries::of_adjective(name).is_empty();
    Known {
        region: country || !regions::named(name).is_empty(),
        town: Gazetteer::shared().named(name).first().map(|c| c.population),
        people,
        body: is_agency(name) || is_body(name),
        given: is_given_name(name),
    }
}

impl Atlas for World<'_> {
    fn known(&self, name: &str) -> Known {
        if let Some(known) = self.seen.borrow().get(name) {
            return *known;
        }
        let found = known(name);
        self.seen.borrow_mut().insert(name.into(), found);
        found
    }

    fn brings_any(&self) -> bool {
        !(self.own.directory.is_empty() && self.own.rulings.is_empty())
    }

    fn brings(&self, name: &str) -> Option<Option<MentionKind>> {
        let ruled = self.own.rulings.named(name).map(|ruling| ruling.kind.as_deref());
        let listed = || {
            let found = self.own.directory.named(name, "");
            found.iter().find(|(_, fit)| *fit == Fit::Sure).map(|(entry, _)| entry.kind())
        };
        let kind = ruled.flatten().map(Some).or_else(listed).or(ruled)?;
        Some(kind.and_then(MentionKind::named))
    }
}
