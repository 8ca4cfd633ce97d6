//! The targets of `make fuzz`, a module each. A target takes any bytes, gives them to the library through a door that
//! users have, and panics when something comes out that the library does not promise.

pub mod addresses;
pub mod answers;
mod check;
pub mod clouds;
pub mod entries;
pub mod exchange;
mod input;
pub mod options;
pub mod refusals;
pub mod requests;
mod server;
mod services;
pub mod texts;
