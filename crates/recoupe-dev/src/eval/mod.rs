//! `recoupe-dev eval`: each task reads its cases or its corpora in the shared folder, prints
//! figures, and writes a result per item under `evals/<task>/`. A corpus that is not there is
//! "not measured", never passed.

pub mod corpus;
pub mod figures;
pub mod passages;
pub mod statements;
pub mod stories;
pub mod time;
