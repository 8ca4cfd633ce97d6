//! What people do without fleets: a pool of threads, each of which creates a disk and waits for it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use katapult_disk::{Client, CreateDisk, DiskState, Result, WaitOptions};
use serde_json::{Value, json};

use crate::order::Order;

pub(crate) fn run(order: &Order, create: fn(&Client, &CreateDisk) -> Result<()>) -> Result<Value> {
    let client = order.client()?;
    let started = Instant::now();
    let specs = Mutex::new(order.disks());
    let created = AtomicUsize::new(0);
    let errors = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..order.threads {
            scope.spawn(|| {
                loop {
                    let Some(spec) = specs.lock().ok().and_then(|mut specs| specs.next()) else {
                        return;
                    };
                    match create(&client, &spec) {
                        Ok(()) => drop(created.fetch_add(1, Ordering::Relaxed)),
                        Err(error) => {
                            errors.lock().into_iter().for_each(|mut it| it.push(error.to_string()))
                        }
                    }
                }
            });
        }
    });
    let errors = errors.into_inner().unwrap_or_default();
    let created = created.load(Ordering::Relaxed);
    Ok(json!({ "seconds": started.elapsed().as_secs_f64(), "created": created, "errors": errors }))
}

/// This library's own wait.
pub(crate) fn create_and_wait(client: &Client, spec: &CreateDisk) -> Result<()> {
    client.create_disk_and_wait(spec, WaitOptions { timeout: None, progress: None }).map(|_| ())
}

/// As openstacksdk waits: it reads the object every two seconds until its state is as wished.
pub(crate) fn create_and_poll(client: &Client, spec: &CreateDisk) -> Result<()> {
    let disk = client.create_disk(spec)?.disk;
    loop {
        thread::sleep(Duration::from_secs(2));
        if client.get_disk(&disk)?.state == Some(DiskState::Built) {
            return Ok(());
        }
    }
}
