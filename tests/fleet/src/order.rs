//! What a process is told to do.

use katapult_disk::{Client, Config, CreateDisk, HttpOptions, Result};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Order {
    pub(crate) count: usize,
    /// The number of the first disk, which its name ends with.
    pub(crate) first: usize,
    pub(crate) fleet: Option<String>,
    pub(crate) share: f64,
    pub(crate) threads: usize,
    /// Seconds between two reads: of a neighbour, or beside a fleet with the fleet's own client.
    pub(crate) every: Option<f64>,
}

impl Default for Order {
    fn default() -> Order {
        Order { count: 100, first: 0, fleet: None, share: 0.95, threads: 16, every: None }
    }
}

impl Order {
    /// Without a time limit of its own: a minute that is used up is waited for.
    pub(crate) fn client(&self) -> Result<Client> {
        let http = HttpOptions { timeout: None, ..HttpOptions::default() };
        Client::new(Config { http, ..Config::from_env()? })
    }

    pub(crate) fn disks(&self) -> impl ExactSizeIterator<Item = CreateDisk> + use<> {
        let first = self.first;
        (0..self.count)
            .map(move |number| CreateDisk::new(format!("data-{:06}", first + number), 20))
    }
}
