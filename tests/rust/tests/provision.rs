//! tests/provision.rs: provisioning, tested without an account.

use katapult_disk::{Client, Config, CreateDisk, DiskState, WaitOptions};
use katapult_sim::{Options, Simulator};

#[test]
fn a_disk_is_built() -> Result<(), Box<dyn std::error::Error>> {
    let simulator = Simulator::start(Options::default())?;
    let known = |name: &str| simulator.description()[name].as_str().map(str::to_owned);
    let client = Client::new(Config {
        api_token: known("api_token").map(Into::into),
        base_url: known("katapult_url"),
        organization: known("organization").map(Into::into),
        data_center: known("data_center").map(Into::into),
        ..Config::default()
    })?;
    let new = CreateDisk::new("data", 20);
    let created = client.create_disk_and_wait(&new, WaitOptions::default())?;
    assert_eq!(created.disk.state, Some(DiskState::Built));
    Ok(())
}
