//! Compiles the C half of the target `entries`, with the table of all functions that the C tests have.

fn main() {
    for source in ["src/calls.c", "../c/functions.h", "../../include/katapult_disk.h"] {
        println!("cargo::rerun-if-changed={source}");
    }
    cc::Build::new()
        .file("src/calls.c")
        .include("../c")
        .include("../../include")
        .flag("-std=c99")
        .warnings_into_errors(true)
        .extra_warnings(true)
        .compile("calls");
}
