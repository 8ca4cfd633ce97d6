//! The command `katapult-sim`.
#![forbid(unsafe_code)]

mod command_line;
mod program;

use std::future::pending;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::{env, thread};

use katapult_sim::{Options, Simulator};
use tokio::sync::oneshot;

use command_line::Command;

fn main() -> ExitCode {
    let served = match command_line::parse(env::args().skip(1)) {
        Ok(Command::Serve { options, exit_with_stdin }) => serve(options, exit_with_stdin),
        Ok(Command::Run { options, words }) => program::run(options, &words),
        Ok(Command::Print(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(message) => return wrong_option(&message),
    };
    match served {
        Ok(code) => code,
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

fn serve(options: Options, exit_with_stdin: bool) -> io::Result<ExitCode> {
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
            _ = signals.next() => {}
            () = end_of_input(exit_with_stdin) => {}
        }
        Ok(ExitCode::SUCCESS)
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

enum Signal {
    #[cfg_attr(not(unix), expect(dead_code, reason = "only POSIX has it"))]
    Terminate,
    Interrupt,
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let (terminate, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
        Ok(Self { terminate: signal(terminate)?, interrupt: signal(interrupt)? })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.terminate.recv() => Signal::Terminate,
            _ = self.interrupt.recv() => Signal::Interrupt,
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

    async fn next(&mut self) -> Signal {
        let _ = tokio::signal::ctrl_c().await;
        Signal::Interrupt
    }
}
