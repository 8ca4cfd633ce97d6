//! How the shared library is linked.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // After dlclose, code of the library still has to run: on each thread that has made calls, when
    // it ends and what Rust keeps for it is freed; and on the thread of a name lookup that nobody
    // waits for any more. So the library stays where it is.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
