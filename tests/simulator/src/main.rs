//! The command `katapult-sim`.
#![forbid(unsafe_code)]

mod command_line;

use std::future::pending;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::{env, thread};

use katapult_sim::{Options, Simulator};
use tokio::sync::oneshot;

use command_line::Command;

fn main() -> ExitCode {
    let (options, exit_with_stdin) = match command_line::parse(env::args().skip(1)) {
        Ok(Command::Serve { options, exit_with_stdin }) => (options, exit_with_stdin),
        Ok(Command::Print(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(message) => return wrong_option(&message),
    };
    match run(options, exit_with_stdin) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            wrong_option(&error.to_string())
        }
        Err(error) => {
            eprintln!("katapult-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

fn wrong_option(message: &str) -> ExitCode {
    eprintln!("katapult-sim: {message}; see katapult-sim --help");
    ExitCode::from(2)
}

fn run(options: Options, exit_with_stdin: bool) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before the line is printed: whoever has read it may send a signal at once.
        let mut signals = Signals::new()?;
        let host = options.host;
        let simulator = Simulator::start(options)?;
        let mut output = io::stdout();
        writeln!(output, "{}", simulator.description())?;
        output.flush()?;
        if !host.is_loopback() {
            eprintln!(
                "katapult-sim: warning: it listens on {host}: whoever reaches that address can read \
                 all tokens but the control token, and change everything that the services have"
            );
        }
        tokio::select! {
            () = signals.any() => {}
            () = end_of_input(exit_with_stdin) => {}
        }
        Ok(())
    })
}

/// A thread, not tokio's standard input: that one keeps the process alive while it reads.
async fn end_of_input(is_awaited: bool) {
    if !is_awaited {
        return pending().await;
    }
    let (ended, end) = oneshot::channel::<()>();
    thread::spawn(move || {
        let mut buffer = [0; 1024];
        while io::stdin().read(&mut buffer).is_ok_and(|length| length > 0) {}
        drop(ended);
    });
    let _ = end.await;
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
