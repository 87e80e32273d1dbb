//! `recoupe-dev generate`: the data files that the engine carries.

pub mod background;
pub mod hunspell;
pub mod lexicon;
pub mod people;
pub mod places;
pub mod specialist;
pub mod wordnet;
