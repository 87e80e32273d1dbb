//! The tables of `knowledge/entities/`, in the order in which they are read.

/// File name and text of each.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("international.tsv", include_str!("../../knowledge/entities/international.tsv")),
    ("europe.tsv", include_str!("../../knowledge/entities/europe.tsv")),
    ("armed.tsv", include_str!("../../knowledge/entities/armed.tsv")),
    ("parties.tsv", include_str!("../../knowledge/entities/parties.tsv")),
    ("institutions.tsv", include_str!("../../knowledge/entities/institutions.tsv")),
    ("media.tsv", include_str!("../../knowledge/entities/media.tsv")),
    ("civil.tsv", include_str!("../../knowledge/entities/civil.tsv")),
    ("companies.tsv", include_str!("../../knowledge/entities/companies.tsv")),
    ("sport.tsv", include_str!("../../knowledge/entities/sport.tsv")),
    ("people.tsv", include_str!("../../knowledge/entities/people.tsv")),
];
