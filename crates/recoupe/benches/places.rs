//! Looking up the names of `tests/place_names.tsv` in the gazetteer, one thread.

use divan::{Bencher, counter::ItemsCount};
use recoupe::analyse::place::Gazetteer;
use recoupe::lang::entries;

fn main() {
    divan::main();
}

/// The names as news writes them, 729 of them.
fn names() -> Vec<&'static str> {
    let list = include_str!("../tests/place_names.tsv");
    entries(list).filter_map(|line| line.split('\t').next()).collect()
}

fn look_up(bencher: Bencher, find: fn(&Gazetteer, &str) -> usize) {
    let (gazetteer, names) = (Gazetteer::shared(), names());
    bencher
        .counter(ItemsCount::new(names.len()))
        .bench(|| names.iter().map(|name| find(gazetteer, name)).sum::<usize>());
}

#[divan::bench]
fn knows(bencher: Bencher) {
    look_up(bencher, |g, name| usize::from(g.knows(name)));
}

#[divan::bench]
fn named(bencher: Bencher) {
    look_up(bencher, |g, name| g.named(name).len());
}

#[divan::bench]
fn sounding(bencher: Bencher) {
    look_up(bencher, |g, name| g.sounding(name).len());
}
