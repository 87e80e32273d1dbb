//! One of several places of a name, by population and by the countries of the story.

use std::collections::BTreeMap;

use super::{Candidate, NameFit};

/// Inhabitants added to every candidate's: how much a place counts of which nothing is known.
const SMALLEST: f64 = 500.0;
/// What a country that the story names is worth to a candidate in it, as a factor.
const COUNTRY_NAMED: f64 = 40.0;
/// What one other name that is surely in a country is worth to a candidate there.
const COUNTRY_SHARED: f64 = 10.0;
/// How many other names may count.
const SHARED_AT_MOST: f64 = 4.0;
/// The least share of all weight that the choice must have.
const SURE: f64 = 0.7;
/// Inhabitants from which a place is known far from its country.
const WORLDWIDE: u32 = 100_000;
/// Degrees within which two candidates are one place for a reader: a town and its centre.
const SAME_SPOT: f64 = 0.25;

/// Picks, for each name of a story, one of its candidates, or none when it is not sure.
///
/// A candidate weighs as many inhabitants as it has ([`Candidate::weight`]), more when the story names its country
/// (`countries`, ISO 3166-1 codes) or when other names of the story are there. It is chosen
/// when it holds 70% of the weight of its name, and when it is a large town that bears the name or the
/// story speaks of its country elsewhere: a hamlet at the end of the world is no answer, nor is a town
/// there whose name only sounds alike. Names that are
/// given twice count twice; give each name of the story once.
///
/// Gives, for each name, the index of the chosen candidate.
///
/// ```
/// use recoupe::analyse::place::{Gazetteer, choose};
/// let names: Vec<_> =
///     ["Tripoli", "Saïda"].iter().map(|n| Gazetteer::shared().named(n)).collect();
/// let chosen = choose(&names, &[*b"LB"]);
/// assert_eq!(chosen[0].map(|i| names[0][i].country_code()), Some("LB"));
/// ```
pub fn choose(names: &[Vec<Candidate>], countries: &[[u8; 2]]) -> Vec<Option<usize>> {
    let named = |c: &Candidate| countries.contains(&c.country);
    let prior = |c: &Candidate| {
        (f64::from(c.weight()) + SMALLEST) * if named(c) { COUNTRY_NAMED } else { 1.0 }
    };
    let alone: Vec<_> = names.iter().map(|n| shares(n, prior)).collect();
    let everywhere = by_country(names, &alone);
    let pick = |(name, own): (&Vec<Candidate>, &Vec<f64>)| {
        // What the other names say of a country: all names, less this one.
        let support = |c: &Candidate| {
            let here = name.iter().zip(own).filter(|(o, _)| o.country == c.country);
            let own: f64 = here.map(|(_, share)| share).sum();
            (everywhere.get(&c.country).copied().unwrap_or(0.0) - own).clamp(0.0, SHARED_AT_MOST)
        };
        let shares = shares(name, |c| prior(c) * (1.0 + COUNTRY_SHARED * support(c)));
        let best = (0..name.len()).reduce(|a, b| if shares[b] > shares[a] { b } else { a })?;
        let spot = |c: &Candidate| {
            let at = &name[best];
            (c.lat - at.lat).abs() < SAME_SPOT && (c.lon - at.lon).abs() < SAME_SPOT
        };
        let there = name.iter().zip(&shares).filter(|(c, _)| spot(c));
        let sure = there.map(|(_, share)| share).sum::<f64>() >= SURE;
        let at = &name[best];
        // What only sounds alike is no answer far from all that the story speaks of.
        let large = at.weight() >= WORLDWIDE && at.fit != NameFit::Sound;
        let known = large || named(at) || support(at) >= 0.5;
        (sure && known).then_some(best)
    };
    names.iter().zip(&alone).map(pick).collect()
}

/// The weight of each candidate, as a share of all.
fn shares(name: &[Candidate], weight: impl Fn(&Candidate) -> f64) -> Vec<f64> {
    let weights: Vec<f64> = name.iter().map(weight).collect();
    let all: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / all).collect()
}

/// How many names are in each country, by their shares.
fn by_country(names: &[Vec<Candidate>], shares: &[Vec<f64>]) -> BTreeMap<[u8; 2], f64> {
    let mut sums = BTreeMap::new();
    for (candidate, share) in names.iter().flatten().zip(shares.iter().flatten()) {
        *sums.entry(candidate.country).or_insert(0.0) += share;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::super::Gazetteer;
    use super::*;

    #[test]
    fn one_of_several_by_population_and_country() {
        // Names of a story, countries it names, and the country of each choice.
        type Case =
            (&'static [&'static str], &'static [&'static str], &'static [Option<&'static str>]);
        let cases: &[Case] = &[
            (&["Paris"], &[], &[Some("FR")]),
            (&["London", "Toronto", "Ottawa", "Hamilton", "Windsor"], &["CA"], &[Some("CA")]),
            (&["Tripoli"], &["LB"], &[Some("LB")]),
            (&["Tripoli"], &["LY"], &[Some("LY")]),
            (&["Rawa"], &[], &[None]),
            // Another's name that only sounds alike (Belgrade).
            (&["Bellecour", "Grenoble"], &[], &[None, Some("FR")]),
            (&["Rawa", "Mossoul"], &[], &[Some("IQ"), Some("IQ")]),
            (&["Rawa"], &["IQ", "SY"], &[Some("IQ")]),
            (&["San José"], &["CR"], &[Some("CR")]),
            (&["Nowhereatall"], &["FR"], &[None]),
        ];
        for (names, countries, expected) in cases {
            let candidates: Vec<_> = names.iter().map(|n| Gazetteer::shared().named(n)).collect();
            let codes: Vec<[u8; 2]> = countries
                .iter()
                .map(|c| *c.as_bytes().first_chunk().expect("two letters"))
                .collect();
            let chosen = choose(&candidates, &codes);
            for (i, code) in expected.iter().enumerate() {
                let found = chosen[i].map(|c| candidates[i][c].country_code());
                assert_eq!(found, *code, "{} in {names:?} {countries:?}", names[i]);
            }
        }
    }
}
