//! JRC-Names' `entities` file: identifier, type (`P` a person, `O` an organisation), language (`u`
//! for any), name with `+` for spaces; tab-separated. Steinberger et al., "JRC-Names: A freely
//! available, highly multilingual named entity resource", RANLP 2011.

use super::{Own, Wanted};
use crate::knowledge::directory::Fit;

pub(super) fn read_row(row: &str, wanted: &Wanted, own: &mut Own) -> Result<(), String> {
    let fields: Vec<&str> = row.split('\t').map(str::trim).collect();
    let [id, kind, lang, name] = fields[..] else {
        return Err(format!("{} columns instead of four", fields.len()));
    };
    let id: u64 = id.parse().map_err(|_| format!("`{id}` is no number"))?;
    let kind = match kind {
        "P" | "p" => "per",
        "O" | "o" => "org",
        _ => "any",
    };
    let name = name.replace('+', " ");
    // Zero stands for names that were never given to an entity.
    if id == 0 || !wanted.has(&name) {
        return Ok(());
    }
    let number = own.number(&format!("{kind}:jrc-{id}"), &name);
    let lang = if lang.len() == 2 { lang } else { "*" };
    own.directory.alias(number, &name, lang, Fit::Sure);
    Ok(())
}
