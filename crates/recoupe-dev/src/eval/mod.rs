//! `recoupe-dev eval`: measures of what recoupe finds, against cases and corpora.

pub mod corpus;
pub mod passages;
pub mod statements;
pub mod stories;
