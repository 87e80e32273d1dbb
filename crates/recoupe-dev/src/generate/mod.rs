//! `recoupe-dev generate`: the data files that the engine carries.

pub mod background;
pub mod lexicon;
pub mod places;
