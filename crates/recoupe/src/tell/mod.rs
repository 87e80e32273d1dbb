//! A dossier to what people and programs read. This stage computes nothing: it prints.

pub mod dossier;
