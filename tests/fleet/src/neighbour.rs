//! Another client of the same token, which only reads.

use std::io;
use std::sync::mpsc;
use std::thread;

use katapult_disk::Result;
use serde_json::Value;

use crate::order::Order;
use crate::reads;

/// Until the standard input ends.
pub(crate) fn run(order: &Order) -> Result<Value> {
    let client = order.client()?;
    let (goes_on, ended) = mpsc::channel();
    thread::spawn(move || {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        drop(goes_on);
    });
    Ok(reads::read(&client, order.every.unwrap_or(3.0), &ended))
}
