//! Any bytes as a gazetteer, and any name looked up in what opens.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recoupe::analyse::place::Gazetteer;

fuzz_target!(|input: (&str, &[u8])| {
    let (name, bytes) = input;
    if let Ok(gazetteer) = Gazetteer::open(bytes) {
        let _ = (gazetteer.len(), gazetteer.knows(name));
        let _ = (gazetteer.named(name), gazetteer.sounding(name));
    }
    let _ = (Gazetteer::shared().named(name), Gazetteer::shared().sounding(name));
});
