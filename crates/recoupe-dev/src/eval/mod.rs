//! `recoupe-dev eval`: measures of what recoupe finds, against cases and corpora.

pub mod figures;
pub mod statements;
