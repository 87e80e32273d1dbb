//! GeoNames `alternateNamesV2.txt`: tab-separated, no header. Columns: alternateNameId, geonameid,
//! language, name, preferred, short, colloquial, historic, from, to.
//! See <https://download.geonames.org/export/dump/readme.txt>.

use super::{Own, Wanted};
use crate::knowledge::directory::Fit;

/// Pseudo-languages that hold codes and addresses, not names.
const CODES: [&str; 9] = ["link", "post", "iata", "icao", "faac", "tcid", "unlc", "abbr", "piny"];

/// Reads one row; keeps it when its name can stand in the pile. A row in the pseudo-language
/// `wkdt` gives the Wikidata identifier of a place that is kept already.
pub(super) fn read_row(row: &str, wanted: &Wanted, own: &mut Own) -> Result<(), String> {
    let mut fields = row.split('\t');
    let (Some(_), Some(id), Some(lang), Some(name)) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err("fewer than four columns".into());
    };
    let geonames: u32 = id.parse().map_err(|_| format!("`{id}` is no GeoNames identifier"))?;
    let key = format!("loc:geonames-{geonames}");
    if lang == "wkdt" {
        if let Some(entry) = own.numbers.get(&key).and_then(|n| own.directory.entry_mut(*n)) {
            entry.wikidata = name.trim().to_string().into();
        }
        return Ok(());
    }
    let historic = fields.nth(3) == Some("1");
    if CODES.contains(&lang) || historic || !wanted.has(name) {
        return Ok(());
    }
    let number = own.number(&key, name);
    if let Some(entry) = own.directory.entry_mut(number) {
        entry.geonames = Some(geonames);
    }
    own.directory.alias(number, name, "*", Fit::Sure);
    Ok(())
}
