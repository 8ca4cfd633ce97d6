//! A fleet, as a program would create it.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use katapult_disk::{Client, FleetOptions, GetTask, Result};
use serde_json::{Value, json};

use crate::order::Order;
use crate::{memory, reads};

pub(crate) fn run(order: &Order) -> Result<Value> {
    let client = order.client()?;
    let Some(every) = order.every else { return create(&client, order) };
    let client = &client;
    let (goes_on, ended) = mpsc::channel();
    thread::scope(|scope| {
        let reader = scope.spawn(move || reads::read(client, every, &ended));
        let created = create(client, order);
        drop(goes_on);
        let mut figures = created?;
        figures["own_reads"] = reader.join().unwrap_or_default();
        Ok(figures)
    })
}

fn create(client: &Client, order: &Order) -> Result<Value> {
    // Its connections and buffers are the client's; what comes on top is the fleet's.
    let _ = client.send(&GetTask::new("task_none"));
    let before = memory::most();
    let started = Instant::now();
    let options = FleetOptions {
        fleet: order.fleet.clone(),
        share: order.share,
        threads: order.threads,
        timeout: None,
        ..FleetOptions::default()
    };
    let mut ids = HashSet::new();
    let mut errors = Vec::new();
    let counts = client.create_disks(order.disks(), options, |result| {
        match &result.response {
            Ok(_) => drop(ids.insert(result.id)),
            Err(error) => errors.push(format!("{:?}: {error} ({})", result.name, error.outcome())),
        }
        ControlFlow::Continue(())
    })?;
    Ok(json!({
        "seconds": started.elapsed().as_secs_f64(),
        "counts": counts,
        "ids": ids.len(),
        "errors": errors,
        "memory_kib": memory::most() - before,
    }))
}
