//! One process of a measurement; `run.py` starts it, and reads the JSON line that it ends with.
//!
//!     katapult-fleet fleet|pool|polls|neighbour '{"count": 1000, ...}'
//!
//! The client is configured by the environment, with `KATAPULT_DISK_MINUTE_SECONDS` for its minute.

#![forbid(unsafe_code)]

mod fleet;
mod memory;
mod neighbour;
mod order;
mod pool;
mod reads;

use std::env;
use std::process::ExitCode;

use order::Order;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [mode, order] = arguments.as_slice() else {
        eprintln!("katapult-fleet fleet|pool|polls|neighbour '{{...}}'");
        return ExitCode::FAILURE;
    };
    let order: Order = match serde_json::from_str(order) {
        Ok(order) => order,
        Err(error) => {
            eprintln!("the order: {error}");
            return ExitCode::FAILURE;
        }
    };
    let result = match mode.as_str() {
        "fleet" => fleet::run(&order),
        "pool" => pool::run(&order, pool::create_and_wait),
        "polls" => pool::run(&order, pool::create_and_poll),
        "neighbour" => neighbour::run(&order),
        _ => {
            eprintln!("no such mode: {mode}");
            return ExitCode::FAILURE;
        }
    };
    match result {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
