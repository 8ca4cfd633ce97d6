//! Reads now and then, by somebody who wants no more than that.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use katapult_disk::{Client, ListDisks};
use serde_json::{Value, json};

/// Reads every so many seconds until the other end of `ended` is dropped.
pub(crate) fn read(client: &Client, every: f64, ended: &Receiver<()>) -> Value {
    let every = Duration::from_secs_f64(every);
    let (mut reads, mut worst) = (0, Duration::ZERO);
    let mut failures = Vec::new();
    while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
        let mut list = ListDisks::default();
        list.per_page = Some(1);
        let asked = Instant::now();
        reads += 1;
        if let Err(error) = client.call(&list) {
            failures.push(error.to_string());
        }
        worst = worst.max(asked.elapsed());
    }
    json!({ "reads": reads, "failures": failures, "worst_seconds": worst.as_secs_f64() })
}
