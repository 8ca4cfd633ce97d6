//! Creates a fleet of disks: `fleet NAME COUNT`. The client is configured by the environment.

use std::env;
use std::ops::ControlFlow;

use katapult_disk::{Client, CreateDisk, FleetCounts, FleetOptions, Result};

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let fleet = arguments.next();
    let count: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100);
    let client = Client::from_env()?;

    let specs = (0..count).map(|number| CreateDisk::new(format!("data-{number:05}"), 20));
    let mut show = |counts: &FleetCounts| {
        eprintln!(
            "{} built, {} under way, {} to come",
            counts.created, counts.pending, counts.not_started
        );
        Ok(())
    };
    let options = FleetOptions { fleet, progress: Some(&mut show), ..FleetOptions::default() };
    let counts = client.create_disks(specs, options, |result| {
        if let Err(error) = &result.response {
            eprintln!("{}: {error}", result.name.as_deref().unwrap_or("?"));
        }
        ControlFlow::Continue(())
    })?;
    println!("{counts:?}");
    Ok(())
}
