//! What a user decides of names: these are one, that is another, call it so. What a user decides
//! wins over everything that the program finds.

use rustc_hash::FxHashMap;

use super::load::BadRow;
use super::name::{bare, key};

/// What a user says of one entity.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ruling {
    /// Its names, as they stand in texts.
    pub names: Vec<String>,
    /// The name to show.
    pub shown: Option<String>,
    /// Its identifier: `org:islamic-state`.
    pub id: Option<String>,
    /// Its type: `per`, `org`, `loc` or `misc`.
    pub kind: Option<String>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// GeoNames identifier.
    pub geonames: Option<u32>,
    /// Whether each of its names stands for itself, apart from every other name.
    pub apart: bool,
}

/// All that a user says, found by name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rulings {
    rulings: Vec<Ruling>,
    by_name: FxHashMap<String, usize>,
}

/// How names of rulings are compared: as names are everywhere.
fn own_key(name: &str) -> String {
    bare(&key(name)).to_string()
}

impl Rulings {
    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.rulings.is_empty()
    }

    /// The ruling on a folded name ([`key`], [`bare`]), with its number.
    pub fn keyed(&self, key: &str) -> Option<(usize, &Ruling)> {
        let number = *self.by_name.get(key)?;
        Some((number, self.rulings.get(number)?))
    }

    /// The ruling on a name.
    pub fn named(&self, name: &str) -> Option<&Ruling> {
        self.keyed(&own_key(name)).map(|(_, r)| r)
    }

    /// Adds a ruling. One that shares a name with those before completes them; where they
    /// disagree, the later one holds.
    ///
    /// ```
    /// use recoupe::knowledge::rulings::{Ruling, Rulings};
    /// let mut rulings = Rulings::default();
    /// let names = |list: &[&str]| list.iter().map(|n| n.to_string()).collect();
    /// rulings.add(Ruling { names: names(&["Daech", "EI"]), ..Ruling::default() });
    /// rulings.add(Ruling { names: names(&["EI"]), shown: Some("État islamique".into()), ..Ruling::default() });
    /// assert_eq!(rulings.named("daech").unwrap().shown.as_deref(), Some("État islamique"));
    /// ```
    pub fn add(&mut self, ruling: Ruling) {
        let keys: Vec<String> =
            ruling.names.iter().map(|n| own_key(n)).filter(|k| !k.is_empty()).collect();
        if ruling.apart {
            // A name that stands apart leaves where it stood; each has a ruling of its own.
            for (key, name) in keys.into_iter().zip(&ruling.names) {
                self.by_name.insert(key, self.rulings.len());
                self.rulings.push(Ruling { names: vec![name.clone()], ..ruling.clone() });
            }
            return;
        }
        let Some(at) = keys.iter().find_map(|k| self.by_name.get(k).copied()) else {
            let number = self.rulings.len();
            self.by_name.extend(keys.into_iter().map(|k| (k, number)));
            self.rulings.push(ruling);
            return;
        };
        // Rulings that the new one ties together become the first of them.
        let tied: Vec<usize> = keys.iter().filter_map(|k| self.by_name.get(k).copied()).collect();
        for number in self.by_name.values_mut().filter(|n| tied.contains(n)) {
            *number = at;
        }
        for other in tied.into_iter().filter(|t| *t != at) {
            let taken = std::mem::take(&mut self.rulings[other]);
            complete(&mut self.rulings[at], taken);
        }
        self.by_name.extend(keys.into_iter().map(|k| (k, at)));
        let single = ruling.names.len() == 1;
        let was_apart = self.rulings[at].apart && single;
        complete(&mut self.rulings[at], ruling);
        self.rulings[at].apart = was_apart;
    }
}

fn complete(into: &mut Ruling, from: Ruling) {
    for name in from.names {
        if !into.names.contains(&name) {
            into.names.push(name);
        }
    }
    into.shown = from.shown.or(into.shown.take());
    into.id = from.id.or(into.id.take());
    into.kind = from.kind.or(into.kind.take());
    into.wikidata = from.wikidata.or(into.wikidata.take());
    into.geonames = from.geonames.or(into.geonames);
}

/// Reads a line of a user's table: what to do, then names, separated by tabs.
///
/// | first field | then |
/// |---|---|
/// | `merge` | two names or more: all are one entity, shown by the first |
/// | `split` | one name or more: each is an entity of its own |
/// | `rename` | a name, then the name to show for it |
/// | `type` | a name, then `PER`, `ORG`, `LOC` or `MISC` |
/// | `link` | a name, then `Q…` (Wikidata), `geonames:…`, or an identifier such as `org:islamic-state` |
///
/// # Errors
///
/// When the line is none of these; the reason says what is wrong.
pub fn read_row(line: &str) -> Result<Ruling, String> {
    let fields: Vec<&str> = line.split('\t').map(str::trim).filter(|f| !f.is_empty()).collect();
    let [verb, names @ ..] = fields.as_slice() else { return Err("an empty row".into()) };
    if names.iter().any(|n| own_key(n).is_empty()) {
        return Err("a name without any letter".into());
    }
    let of = |names: &[&str]| Ruling {
        names: names.iter().map(|n| (*n).to_string()).collect(),
        ..Ruling::default()
    };
    match (verb.to_ascii_lowercase().as_str(), names) {
        ("merge", [first, _, ..]) => Ok(Ruling { shown: Some((*first).to_string()), ..of(names) }),
        ("split", [_, ..]) => Ok(Ruling { apart: true, ..of(names) }),
        ("rename", [name, shown]) => {
            Ok(Ruling { shown: Some((*shown).to_string()), ..of(&[name]) })
        }
        ("type", [name, kind]) => Ok(Ruling { kind: Some(kind_of(kind)?), ..of(&[name]) }),
        ("link", [name, target]) => linked(of(&[name]), target),
        ("merge", _) => Err("`merge` needs two names or more, separated by tabs".into()),
        ("split", _) => Err("`split` needs a name".into()),
        ("rename" | "type" | "link", _) => Err(format!("`{verb}` needs a name and one value")),
        _ => Err(format!("`{verb}` is none of merge, split, rename, type, link")),
    }
}

fn kind_of(word: &str) -> Result<String, String> {
    let kind = word.to_ascii_lowercase();
    if ["per", "org", "loc", "misc"].contains(&kind.as_str()) {
        Ok(kind)
    } else {
        Err(format!("`{word}` is none of PER, ORG, LOC, MISC"))
    }
}

fn linked(mut ruling: Ruling, target: &str) -> Result<Ruling, String> {
    let number = |digits: &str| digits.parse::<u32>().ok();
    if let Some(id) = target.strip_prefix("geonames:") {
        ruling.geonames = Some(number(id).ok_or(format!("`{target}` has no number"))?);
    } else if target.strip_prefix('Q').and_then(number).is_some() {
        ruling.wikidata = Some(target.to_string());
    } else if let Some(kind) = identifier(target) {
        (ruling.kind, ruling.id) = (Some(kind.to_string()), Some(target.to_string()));
    } else {
        return Err(format!("`{target}` is neither Q…, geonames:… nor type:name"));
    }
    Ok(ruling)
}

/// The type of an identifier, when it is one: small letters, digits and hyphens after the type.
fn identifier(id: &str) -> Option<&str> {
    let (kind, slug) = id.split_once(':')?;
    let plain = |c: char| c.is_alphanumeric() && !c.is_uppercase() || c == '-';
    (["per", "org", "loc", "misc"].contains(&kind) && !slug.is_empty() && slug.chars().all(plain))
        .then_some(kind)
}

/// Reads a row in JSON: `{"names": [...], "name": to show, "id", "type", "wikidata", "geonames",
/// "split": true}`; all but `names` may be missing.
///
/// # Errors
///
/// When it is no such object; the reason says what is wrong.
pub fn read_json(row: &serde_json::Value) -> Result<Ruling, String> {
    let text = |field: &str| row.get(field).and_then(|v| v.as_str()).map(str::to_string);
    let names = row.get("names").and_then(|v| v.as_array()).ok_or("`names` is no list")?;
    let names: Vec<String> = names.iter().filter_map(|n| n.as_str().map(str::to_string)).collect();
    if names.is_empty() || names.iter().any(|n| own_key(n).is_empty()) {
        return Err("`names` needs one name or more".into());
    }
    let mut ruling = Ruling { names, shown: text("name"), ..Ruling::default() };
    ruling.kind = text("type").map(|t| kind_of(&t)).transpose()?;
    ruling.geonames = row.get("geonames").and_then(|v| v.as_u64()).and_then(|n| n.try_into().ok());
    ruling.apart = row.get("split").and_then(|v| v.as_bool()).unwrap_or(false);
    for target in [text("wikidata"), text("id")].into_iter().flatten() {
        let kind = ruling.kind.take();
        ruling = linked(ruling, &target)?;
        ruling.kind = kind.or(ruling.kind);
    }
    Ok(ruling)
}

/// One line of either form, with its number for the reason.
pub(super) fn read_line(number: usize, line: &str) -> Result<Ruling, BadRow> {
    let ruling = if line.trim_start().starts_with('{') {
        serde_json::from_str(line).map_err(|e| e.to_string()).and_then(|v| read_json(&v))
    } else {
        read_row(line)
    };
    ruling.map_err(|reason| BadRow { line: number, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rulings(rows: &[&str]) -> Rulings {
        let mut out = Rulings::default();
        rows.iter().map(|r| read_row(r)).for_each(|r| out.add(r.unwrap_or_default()));
        out
    }

    #[test]
    fn rows_complete_each_other_and_the_later_holds() {
        let all = rulings(&[
            "merge\tLa Ruche\tCoopérative de Sorve",
            "merge\tLR\tCoopérative de Sorve",
            "type\tLR\torg",
            "link\tla ruche\tQ42",
            "rename\tLR\tRuche de Sorve",
        ]);
        let one = all.named("RUCHE").cloned().unwrap_or_default();
        assert_eq!(one.shown.as_deref(), Some("Ruche de Sorve"));
        assert_eq!(one.kind.as_deref(), Some("org"));
        assert_eq!(one.wikidata.as_deref(), Some("Q42"));
        assert_eq!(all.named("LR"), all.named("Coopérative de Sorve"));
    }

    #[test]
    fn a_name_that_is_split_stands_alone_until_it_is_merged() {
        let all = rulings(&["merge\tA1\tB1\tC1", "split\tB1"]);
        assert!(all.named("B1").is_some_and(|r| r.apart && r.names == ["B1"]));
        assert!(all.named("A1").is_some_and(|r| !r.apart));
        let all = rulings(&["split\tB1", "type\tB1\tloc"]);
        assert!(all.named("B1").is_some_and(|r| r.apart && r.kind.as_deref() == Some("loc")));
        let all = rulings(&["split\tB1", "merge\tA1\tB1"]);
        assert!(all.named("B1").is_some_and(|r| !r.apart));
    }

    #[test]
    fn bad_rows_say_what_is_wrong() {
        for (row, part) in [
            ("", "empty"),
            ("merge\tOne", "two names"),
            ("type\tOne\tTown", "none of PER"),
            ("link\tOne\thttps://x", "neither"),
            ("link\tOne\tgeonames:x", "no number"),
            ("join\tOne\tTwo", "none of merge"),
            ("merge\tOne\t…", "without any letter"),
            ("rename\tOne", "one value"),
        ] {
            assert!(read_row(row).is_err_and(|e| e.contains(part)), "{row}");
        }
    }

    #[test]
    fn json_says_the_same() {
        let row = serde_json::json!({"names": ["A1", "B1"], "type": "ORG", "wikidata": "Q7",
            "id": "org:a1", "geonames": 3});
        let ruling = read_json(&row).unwrap_or_default();
        assert_eq!((ruling.kind.as_deref(), ruling.id.as_deref()), (Some("org"), Some("org:a1")));
        assert_eq!((ruling.wikidata.as_deref(), ruling.geonames), (Some("Q7"), Some(3)));
        assert!(read_json(&serde_json::json!({"names": []})).is_err());
        assert!(read_json(&serde_json::json!([1])).is_err());
    }
}
