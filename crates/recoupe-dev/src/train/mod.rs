//! Training: from treebanks to the models that the engine carries. Same data, seed and command
//! give the same bytes.

pub mod cuts;
pub mod fit;
pub mod gold;
mod linear;
pub mod names;
pub mod net;
pub mod syntax;
pub mod tags;
pub mod treebank;
