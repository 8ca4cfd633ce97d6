//! The life of a disk: created on a virtual machine, waited for, read, updated, detached, unassigned,
//! grown, deleted; then a volume detached through OpenStack.
//!
//!     cargo run -p katapult-disk --example lifecycle
//!
//! The environment says where and as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION,
//! KATAPULT_DATA_CENTER, KATAPULT_VIRTUAL_MACHINE (id or fqdn of a running machine), and for OpenStack
//! OS_AUTH_URL and what else its tools read, OS_SERVER_ID and OS_VOLUME_ID. `make demo` sets them for the
//! simulator.

use std::env;
use std::process::ExitCode;

use katapult_disk::{
    Annotations, AttachmentState, Client, CreateDisk, DetachDisk, Disk, Progress, Result,
    UpdateDisk, WaitOptions, openstack,
};

fn main() -> ExitCode {
    match lifecycle().and_then(|()| detach_volume()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error} (outcome: {})", error.outcome());
            ExitCode::FAILURE
        }
    }
}

fn lifecycle() -> Result<()> {
    let client = Client::from_env()?;

    let mut create = CreateDisk::new("data", 20);
    create.annotations = Some(Annotations::from([("made-by", "lifecycle.rs")]));
    let relation = create.properties.relation();
    relation.virtual_machine = env::var("KATAPULT_VIRTUAL_MACHINE").ok().map(Into::into);
    relation.attach = Some(true);
    let created = client.create_disk(&create)?;
    show("create", &created.disk);
    let mut percent = |progress: &Progress<'_>| {
        println!("{:8} task {} %", "", progress.seen.progress.unwrap_or_default());
        Ok(())
    };
    client.wait_task(
        &created.task,
        WaitOptions { progress: Some(&mut percent), ..WaitOptions::default() },
    )?;

    let disk = client.get_disk(&created)?;
    show("get", &disk);

    let mut update = UpdateDisk::new(&disk);
    update.properties.name = Some("database".to_owned());
    show("update", &client.update_disk(&update)?);

    let detached = client.call_and_wait(&DetachDisk::new(&disk), WaitOptions::default())?;
    show("detach", &detached.disk);

    // Workflows: each reads, decides, acts, waits and verifies.
    show("unassign", &client.ensure_disk_unassigned(&disk, None, WaitOptions::default())?);
    show("grow", &client.ensure_disk_size(&disk, 30, None, WaitOptions::default())?);
    client.ensure_disk_deleted(&disk, true, WaitOptions::default())?;
    println!("{:8} {} is gone for good", "delete", disk.id);
    Ok(())
}

fn show(step: &str, disk: &Disk) {
    let relation = disk.virtual_machine_disk.as_ref();
    let attachment = relation.and_then(|relation| relation.state.as_ref());
    println!(
        "{step:8} {} {:?} {} GB {} {}",
        disk.id,
        disk.name.as_deref().unwrap_or_default(),
        disk.size_in_gb.unwrap_or_default(),
        disk.state.as_ref().map_or("", |state| state.as_str()),
        attachment.map_or("unassigned", AttachmentState::as_str),
    );
}

fn detach_volume() -> Result<()> {
    let (Ok(server), Ok(volume)) = (env::var("OS_SERVER_ID"), env::var("OS_VOLUME_ID")) else {
        println!("detach   no OpenStack volume: OS_SERVER_ID and OS_VOLUME_ID are not set");
        return Ok(());
    };
    let nova = openstack::Client::from_env()?;
    nova.detach_volume_and_wait(&server, &volume, false, WaitOptions::default())?;
    println!("detach   volume {volume} from server {server}");
    Ok(())
}
