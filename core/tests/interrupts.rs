//! `Client::interrupt` ends the calls that are under way, and no others.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use katapult_disk::openstack::{self, DetachVolume};
use katapult_disk::{
    Client, Config, CreateDisk, EnsureDiskDetached, FleetOptions, HttpOptions, ListDisks, Outcome,
    Result, Status, WaitOptions,
};

/// What ends soon, on a machine that has other things to do.
const SOON: Duration = Duration::from_millis(500);

/// A server that accepts connections, and says nothing.
fn silent() -> (TcpListener, HttpOptions, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let http = HttpOptions {
        proxy: Some("".into()),
        timeout: Some(Duration::from_secs(30)),
        ..HttpOptions::default()
    };
    (listener, http, url)
}

fn katapult() -> (TcpListener, Client) {
    let (listener, http, url) = silent();
    let client = Client::new(Config {
        api_token: Some("t".into()),
        base_url: Some(url),
        organization: Some("acme".into()),
        data_center: Some("uk-lon-01".into()),
        http,
    });
    (listener, client.expect("a client"))
}

/// Runs a call, which `interrupt` ends.
fn ends<T: Send>(call: impl FnOnce() -> Result<T> + Send, interrupt: impl FnOnce()) -> Outcome {
    thread::scope(|scope| {
        let calling = scope.spawn(|| call().map(drop).expect_err("it is interrupted"));
        thread::sleep(Duration::from_millis(200));
        let interrupted = Instant::now();
        interrupt();
        let error = calling.join().expect("no panic");
        assert_eq!(error.status(), Status::Interrupted, "{error}");
        assert!(interrupted.elapsed() < SOON, "{:?}", interrupted.elapsed());
        error.outcome()
    })
}

#[test]
fn every_kind_of_call_ends() {
    let (_listener, client) = katapult();
    let end = || client.interrupt();
    assert_eq!(ends(|| client.get_disk("disk_x"), end), Outcome::Unknown);
    assert_eq!(ends(|| client.create_disk(&CreateDisk::new("a", 1)), end), Outcome::Unknown);
    ends(|| client.request("GET", "/x", None, None), end);
    ends(|| client.pages(ListDisks::default()).next().unwrap(), end);
    ends(|| client.wait_task("task_x", WaitOptions::default()), end);
    let workflow = EnsureDiskDetached::new("disk_x");
    ends(|| client.run(&workflow, WaitOptions::default()), end);
    let patient = client.with_timeout(None).unwrap();
    ends(|| patient.get_disk("disk_x"), end);
    let specs = || (0..20).map(|number| CreateDisk::new(format!("data-{number}"), 1));
    let fleet = |client: &Client| {
        client
            .create_disks(specs(), FleetOptions::default(), |_| std::ops::ControlFlow::Continue(()))
    };
    ends(|| fleet(&client), end);
}

#[test]
fn a_call_that_begins_later_is_not_concerned() {
    let (_listener, client) = katapult();
    let short = client.with_timeout(Duration::from_millis(300)).unwrap();
    let one_call = client.as_one_call();
    client.interrupt();
    assert_eq!(short.get_disk("disk_x").unwrap_err().status(), Status::TimedOut);
    let late = Instant::now();
    assert_eq!(one_call.get_disk("disk_x").unwrap_err().status(), Status::Interrupted);
    assert!(late.elapsed() < SOON);
}

#[test]
fn another_client_is_not_concerned() {
    let ((_listener, client), (_other_listener, other)) = (katapult(), katapult());
    let short = client.with_timeout(Duration::from_millis(300)).unwrap();
    thread::scope(|scope| {
        let calling = scope.spawn(|| short.get_disk("disk_x").unwrap_err().status());
        thread::sleep(Duration::from_millis(100));
        other.interrupt();
        assert_eq!(calling.join().unwrap(), Status::TimedOut);
    });
}

#[test]
fn a_login_of_openstack_ends() {
    let (_listener, http, url) = silent();
    let config = openstack::Config {
        auth_url: Some(format!("{url}/v3")),
        username: Some("u".into()),
        password: Some("p".into()),
        project_name: Some("p".into()),
        http,
        ..openstack::Config::default()
    };
    let client = openstack::Client::new(&config).unwrap();
    let detach = DetachVolume::new("4d1f7a52", "90cd4bee");
    assert_eq!(ends(|| client.send(&detach), || client.interrupt()), Outcome::NotSent);
    let wait =
        || client.detach_volume_and_wait("4d1f7a52", "90cd4bee", false, WaitOptions::default());
    assert_eq!(ends(wait, || client.interrupt()), Outcome::NotSent);
    ends(|| client.detach_volume("4d1f7a52", "90cd4bee", false), || client.interrupt());
}
