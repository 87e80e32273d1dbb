//! The program `recoupe`.
fn main() {}
