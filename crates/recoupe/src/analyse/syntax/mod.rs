//! Syntax: parts of speech and dependency trees, from a small network for each language.
//!
//! A sentence's words become keys ([`features`]), the keys numbers, the numbers scores
//! ([`network`]), the scores a tree ([`tree`]). Training is elsewhere (`recoupe-dev train`).

pub mod features;
pub mod kernel;
pub mod network;
pub mod tree;
