//! The command: its line, its arguments, its end.

mod common;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use common::{request, wait_for};
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_katapult-sim");

/// Starts the command, which ends when its input is dropped, and reads its line.
fn start(arguments: &[&str]) -> (Child, Value) {
    start_with(&[&["--exit-with-stdin"], arguments].concat(), Stdio::piped())
}

fn start_with(arguments: &[&str], input: Stdio) -> (Child, Value) {
    let mut child = Command::new(BINARY)
        .args(arguments)
        .stdin(input)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    let description = line(&mut child);
    (child, description)
}

fn line(child: &mut Child) -> Value {
    let mut line = String::new();
    let output = child.stdout.as_mut().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("a line");
    serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line:?}"))
}

fn run(arguments: &[&str]) -> Output {
    Command::new(BINARY).args(arguments).stdin(Stdio::null()).output().expect("a process")
}

fn exit_code(child: &mut Child) -> Option<i32> {
    wait_for("the end of the process", || child.try_wait().expect("a process")).code()
}

fn address(description: &Value) -> &str {
    let url = description["openstack_url"].as_str().expect("a URL");
    url.strip_prefix("http://").expect("a plain URL")
}

#[cfg(unix)]
fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

#[test]
fn it_serves_until_the_end_of_its_input_if_asked() {
    let (mut child, description) =
        start(&["--task-seconds", "0", "--rate-limit=7", "--minute-seconds=60"]);
    let url = description["katapult_url"].as_str().expect("a URL");
    let address = url.strip_prefix("http://").and_then(|url| url.strip_suffix("/core/v1"));
    let address = address.expect("an address");
    let authorization = format!("Bearer {}", description["api_token"].as_str().expect("a token"));
    let disk = description["disks"]["boot"].as_str().expect("an id");
    let path = format!("/core/v1/disks/disk?disk[id]={disk}");
    let reply = request(address, "GET", &path, &[("Authorization", &authorization)], "");
    assert_eq!((reply.status, reply.header("x-ratelimit-permitted")), (200, Some("7")));

    assert!(child.try_wait().expect("a process").is_none());
    drop(child.stdin.take());
    assert_eq!(exit_code(&mut child), Some(0));
    let mut rest = String::new();
    let output = child.stdout.as_mut().expect("its output");
    output.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "");
}

#[cfg(unix)]
#[test]
fn it_ends_on_signals() {
    for signal in ["-TERM", "-INT"] {
        let (mut child, _) = start(&[]);
        send(&child, signal);
        assert_eq!(exit_code(&mut child), Some(0), "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn without_an_input_it_serves_until_a_signal() {
    let closed_by_a_shell = Command::new("/bin/sh")
        .args(["-c", &format!("exec {BINARY} <&-")])
        .stdout(Stdio::piped())
        .spawn()
        .map(|mut child| {
            let description = line(&mut child);
            (child, description)
        });
    let ended = {
        let (mut child, description) = start_with(&[], Stdio::piped());
        drop(child.stdin.take());
        (child, description)
    };
    for (mut child, description) in
        [start_with(&[], Stdio::null()), closed_by_a_shell.expect("a shell"), ended]
    {
        // Longer than it takes to notice the end of an input.
        thread::sleep(Duration::from_millis(300));
        let reply = request(address(&description), "GET", "/__sim/state", &[], "");
        assert_eq!(reply.status, 200);
        send(&child, "-TERM");
        assert_eq!(exit_code(&mut child), Some(0));
    }
}

#[test]
fn the_description_is_complete() {
    let (mut child, description) = start(&[]);
    for pointer in [
        "/katapult_url",
        "/api_token",
        "/api_tokens/0",
        "/api_tokens/2",
        "/organization",
        "/organization_id",
        "/data_center",
        "/openstack_url",
        "/openstack_token",
        "/project_id",
        "/virtual_machine/id",
        "/virtual_machine/fqdn",
        "/stopped_virtual_machine/id",
        "/stopped_virtual_machine/fqdn",
        "/disks/unassigned",
        "/disks/attached",
        "/disks/detached",
        "/disks/boot",
        "/disks/trashed",
        "/trash_object_id",
        "/disk_templates/universal",
        "/disk_templates/own",
        "/disk_template_versions/latest",
        "/disk_template_versions/old",
        "/operating_system_id",
        "/disk_backup_policies/virtual_machine",
        "/disk_backup_policies/disk",
        "/server_id",
        "/volume_id",
        "/root_volume_id",
        "/control_url",
        "/control_token",
    ] {
        let text = description.pointer(pointer).and_then(Value::as_str).expect(pointer);
        let is_id = pointer.ends_with("/id")
            || pointer.starts_with("/disk")
            || ["/organization_id", "/trash_object_id", "/operating_system_id"].contains(&pointer);
        if is_id {
            let (_, random) = text.split_once('_').expect(pointer);
            assert!(
                random.len() == 16 && random.bytes().all(|b| b.is_ascii_alphanumeric()),
                "{text}"
            );
        }
    }
    drop(child.stdin.take());
    assert_eq!(exit_code(&mut child), Some(0));
}

#[test]
fn bad_arguments() {
    for arguments in [
        &["--port"][..],
        &["--port", "x"],
        &["--port", "70000"],
        &["--task-seconds", "-1"],
        &["--task-seconds", "1e300"],
        &["--task-seconds", "resize_disk="],
        &["--task-seconds", "format_disk=1"],
        &["--seed=x"],
        &["--minute-seconds", "0"],
        &["--minute-seconds", "61"],
        &["--minute-seconds", "1.5"],
        &["--host", "0.0.0.0"],
        &["--exit-with-stdin=1"],
        &["--allow-host", "http://sim"],
        &["--prot", "1"],
        &["extra"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn it_warns_who_lets_others_in() {
    let arguments = ["--exit-with-stdin", "--host=0.0.0.0", "--allow-remote", "--allow-host=sim"];
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0));
    let warning = String::from_utf8_lossy(&output.stderr);
    assert!(warning.contains("warning") && warning.contains("0.0.0.0"), "{warning}");
    assert_eq!(run(&["--exit-with-stdin"]).stderr, b"");
}

#[test]
fn its_log_has_a_line_for_each_request_and_no_token() {
    let mut child = Command::new(BINARY)
        .args(["--exit-with-stdin", "--log", "--seed=1", "--task-seconds=resize_disk=5"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process");
    let description = line(&mut child);
    let token = description["api_token"].as_str().expect("a token");
    let authorization = format!("Bearer {token}");
    let address = address(&description);
    let path = format!("/core/v1/data_centers?token={token}");
    request(address, "GET", &path, &[("Authorization", &authorization)], "");
    request(address, "GET", "/__sim/state", &[], "");
    request(address, "GET", "/__sim/reset", &[("Origin", "http://evil.example")], "");
    drop(child.stdin.take());
    assert_eq!(exit_code(&mut child), Some(0));
    let mut log = String::new();
    child.stderr.as_mut().expect("its errors").read_to_string(&mut log).expect("text");
    let lines: Vec<&str> = log.lines().collect();
    let [first, second] = lines[..] else { panic!("{log}") };
    let words: Vec<&str> = first.split(' ').collect();
    assert_eq!(words[1..4], ["GET", "/core/v1/data_centers", "200"], "{first}");
    assert!(words[0].ends_with('Z') && words[5] == "ms" && words[4].parse::<f64>().is_ok());
    assert!(second.contains("GET /__sim/reset 403"), "{second}");
    assert!(!log.contains(token) && !log.contains("evil"));
}

#[test]
fn help() {
    let output = run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("--task-seconds"));
}

#[test]
fn a_port_that_is_taken() {
    let (mut child, description) = start(&[]);
    let url = description["openstack_url"].as_str().expect("a URL");
    let port = url.rsplit(':').next().expect("a port");
    let output = run(&["--port", port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stderr.is_empty());
    drop(child.stdin.take());
    assert_eq!(exit_code(&mut child), Some(0));
}

/// Runs a shell script with a simulator of its own; gives its exit code and what it printed.
#[cfg(unix)]
fn run_script(script: &str) -> (Option<i32>, String) {
    let output = Command::new(BINARY)
        .args(["--rate-limit", "7", "--", "sh", "-c", script])
        .env("OS_CLOUD", "production")
        .env("KATAPULT_API_TOKEN", "of-production")
        .env("NO_PROXY", "intranet")
        .output()
        .expect("a process");
    (output.status.code(), String::from_utf8(output.stdout).expect("text"))
}

#[cfg(unix)]
#[test]
fn a_program_finds_the_simulator_in_its_environment() {
    let (code, printed) = run_script(
        "echo $KATAPULT_API_TOKEN $OS_USERNAME $OS_IDENTITY_API_VERSION $NO_PROXY ${OS_CLOUD-unset}
         echo $KATAPULT_API_URL $OS_AUTH_URL $KATAPULT_TF_DEBUG_API_URL $KATAPULT_SIM_CONTROL_URL
         echo $KATAPULT_VIRTUAL_MACHINE ${#OS_SERVER_ID} ${#OS_VOLUME_ID}
         exit 7",
    );
    assert_eq!(code, Some(7));
    let lines: Vec<_> = printed.lines().collect();
    let first = "katapult-sim-token-5Jx0sVq8Yb sim-operator 3 intranet,127.0.0.1,localhost unset";
    assert_eq!((lines.len(), lines.first()), (3, Some(&first)));
    let origin = printed.split_whitespace().nth(7).expect("an origin");
    assert!(origin.starts_with("http://127.0.0.1:"), "{printed}");
    let paths = ["/core/v1", "/identity/v3", "", "/__sim"].map(|path| format!("{origin}{path}"));
    assert_eq!(lines[1..], [paths.join(" ").as_str(), "web-1.sim-acme.example.com 36 36"]);
}

#[cfg(unix)]
#[test]
fn the_simulator_serves_as_long_as_the_program_runs() {
    let reach = "exec 3<>/dev/tcp/127.0.0.1/${KATAPULT_TF_DEBUG_API_URL##*:}";
    let script = format!("bash -c '{reach}' && echo reached; kill -9 $$");
    assert_eq!(run_script(&script), (Some(128 + 9), "reached\n".into()));
}

#[cfg(unix)]
#[test]
fn it_ends_its_program_when_it_is_ended() {
    let mut child = Command::new(BINARY)
        .args(["--", "sh", "-c", "echo $$; exec sleep 60"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    let mut pid = String::new();
    let output = child.stdout.as_mut().expect("its output");
    BufReader::new(output).read_line(&mut pid).expect("a line");
    let send = |signal: &str, pid: &str| {
        Command::new("kill").args([signal, pid.trim()]).status().expect("kill").success()
    };
    let own = child.id().to_string();
    // It is the program that decides what Ctrl-C means.
    assert!(send("-INT", &own));
    assert!(child.try_wait().expect("a process").is_none() && send("-0", &pid));
    assert!(send("-TERM", &own));
    assert_eq!(exit_code(&mut child), Some(128 + 9));
    wait_for("the end of the program", || (!send("-0", &pid)).then_some(()));
}

#[test]
fn a_program_that_cannot_be_started_is_named() {
    let output = run(&["--", "/no/such/program"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stderr).expect("text");
    assert!(printed.starts_with("katapult-sim: /no/such/program: "), "{printed}");
    assert_eq!(run(&["--"]).status.code(), Some(2));
}
