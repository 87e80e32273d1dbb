//! Any rows after a first one of GeoNames `alternateNamesV2`.

#![no_main]

use std::io::Read;

use libfuzzer_sys::fuzz_target;
use recoupe::knowledge::load::{Own, Wanted, read};

fuzz_target!(|rows: &[u8]| {
    let first = b"1\t2\tfr\tSorvane\n";
    let mut own = Own::default();
    let mut file = std::io::BufReader::new(first.chain(rows));
    let _ = read(&mut file, &Wanted::everything(), &mut own, &mut |_| ());
    let lines = rows.split(|b| *b == b'\n').count();
    assert!(own.directory.len() <= lines + 1);
    let _ = own.directory.named("Sorvane", "fr");
});
