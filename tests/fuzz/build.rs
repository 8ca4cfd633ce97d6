//! Compiles the C half of the target `entries`, with the table of all functions that the C tests have.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

const TABLE: &str = "../python/c_header.py";

fn main() {
    for source in ["src/calls.c", TABLE, "../../include/katapult_disk.h"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let made = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to put what is made"));
    let table = Command::new("python3").arg(TABLE).output().expect("python3 makes the table");
    assert!(table.status.success(), "{}", String::from_utf8_lossy(&table.stderr));
    fs::write(made.join("functions.h"), table.stdout).expect("the table is written");
    cc::Build::new()
        .file("src/calls.c")
        .include(made)
        .include("../../include")
        .flag("-std=c99")
        .warnings_into_errors(true)
        .extra_warnings(true)
        .compile("calls");
}
