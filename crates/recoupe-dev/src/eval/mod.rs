//! Measures: each task reads its corpora in the shared folder, prints figures, and writes a
//! result per item under `evals/<task>/`. A corpus that is not there is "not measured".

pub mod time;
