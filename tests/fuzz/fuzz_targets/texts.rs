#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| katapult_disk_fuzz::texts::run(data));
