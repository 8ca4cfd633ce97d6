//! The command `katapult-sim`.
#![forbid(unsafe_code)]

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, thread};

use katapult_sim::{Options, Simulator};
use tokio::sync::oneshot;

const HELP: &str = "\
A server that behaves like the Katapult disk API and OpenStack's Keystone and Nova, in memory.

Usage: katapult-sim [OPTIONS]

Prints one line of JSON (addresses, tokens, ids) and serves until standard input ends, or SIGTERM
or SIGINT arrives.

Options:
  --host ADDRESS          a loopback address to listen on [default: 127.0.0.1]
  --port N                the port [default: any free one]
  --task-seconds SECONDS  how long a task takes [default: 0.2]
  --rate-limit N          requests permitted per minute of the wall clock [default: 1000]
  --minute-seconds N      how many seconds such a minute has, 1 to 60; only for clients that were
                          built for tests with the same minute [default: 60]
  -h, --help              print this
  -V, --version           print the version
";

enum Command {
    Serve(Options),
    Print(String),
}

fn main() -> ExitCode {
    let options = match parse(env::args().skip(1)) {
        Ok(Command::Serve(options)) => options,
        Ok(Command::Print(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("katapult-sim: {message}; see katapult-sim --help");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("katapult-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before the line is printed: whoever has read it may send a signal at once.
        let mut signals = Signals::new()?;
        let simulator = Simulator::start(options)?;
        let mut output = io::stdout();
        writeln!(output, "{}", simulator.description())?;
        output.flush()?;
        tokio::select! {
            () = signals.any() => {}
            _ = end_of_input() => {}
        }
        Ok(())
    })
}

/// A thread, not tokio's standard input: that one keeps the process alive while it reads.
fn end_of_input() -> oneshot::Receiver<()> {
    let (ended, end) = oneshot::channel();
    thread::spawn(move || {
        let mut buffer = [0; 1024];
        while io::stdin().read(&mut buffer).is_ok_and(|length| length > 0) {}
        drop(ended);
    });
    end
}

#[cfg(unix)]
struct Signals(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?))
    }

    async fn any(&mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn any(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let (name, mut value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let mut value =
            || value.take().or_else(|| arguments.next()).ok_or(format!("{name} needs a value"));
        match name {
            "-h" | "--help" => return Ok(Command::Print(HELP.into())),
            "-V" | "--version" => {
                return Ok(Command::Print(
                    concat!("katapult-sim ", env!("CARGO_PKG_VERSION"), "\n").into(),
                ));
            }
            "--host" => options.host = number(name, &value()?)?,
            "--port" => options.port = number(name, &value()?)?,
            "--rate-limit" => options.rate_limit = number(name, &value()?)?,
            "--minute-seconds" => options.minute_seconds = number(name, &value()?)?,
            "--task-seconds" => {
                let value = value()?;
                options.task_time = Duration::try_from_secs_f64(number(name, &value)?)
                    .map_err(|_| invalid(name, &value))?;
            }
            _ => return Err(format!("unknown argument {argument:?}")),
        }
    }
    if !options.host.is_loopback() {
        return Err(format!("--host: {} is not a loopback address", options.host));
    }
    if !(1..=60).contains(&options.minute_seconds) {
        return Err(invalid("--minute-seconds", &options.minute_seconds.to_string()));
    }
    Ok(Command::Serve(options))
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| invalid(name, value))
}

fn invalid(name: &str, value: &str) -> String {
    format!("{name}: {value:?} is not a valid value")
}
