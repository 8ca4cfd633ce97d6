//! Runs a program that finds a simulator in its environment.

use std::env;
use std::io;
use std::process::{ExitCode, ExitStatus};

use katapult_sim::{Options, Simulator};
use tokio::process::Command;

use super::{Signal, Signals};

/// Runs the program until it ends; returns its exit code.
///
/// # Errors
/// The simulator or the program cannot be started.
pub(super) fn run(options: Options, words: &[String]) -> io::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signals = Signals::new()?;
        let simulator = Simulator::start(options)?;
        let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let mut command = Command::new(program);
        command.args(arguments);
        set_environment(&mut command, &simulator);
        let mut child = command
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("{program}: {error}")))?;
        loop {
            tokio::select! {
                status = child.wait() => return Ok(exit_code(status?)),
                signal = signals.next() => match signal {
                    Signal::Terminate => child.start_kill()?,
                    // A terminal sends it to the program, too, which decides what it means.
                    Signal::Interrupt => {}
                },
            }
        }
    })
}

fn set_environment(command: &mut Command, simulator: &Simulator) {
    // Any of them could lead a client of OpenStack to a real cloud.
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("OS_") {
            command.env_remove(name);
        }
    }
    let environment = simulator.description()["environment"].as_object();
    for (name, value) in environment.into_iter().flatten() {
        command.env(name, value.as_str().unwrap_or_default());
    }
    // A proxy does not know the way to this machine's loopback.
    for name in ["no_proxy", "NO_PROXY"] {
        let before = env::var(name).map(|list| list + ",").unwrap_or_default();
        command.env(name, before + "127.0.0.1,localhost");
    }
}

/// As a shell has it: 128 and more is the signal that ended the program.
fn exit_code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal = None;
    let code = status.code().or(signal.map(|signal: i32| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
