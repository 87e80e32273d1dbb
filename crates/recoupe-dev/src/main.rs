//! Tools of the project's own makers.
fn main() {}
