//! The options of the command.

use std::time::Duration;

use katapult_sim::Options;

const HELP: &str = "\
A server that behaves like the Katapult disk API and OpenStack's Keystone, Nova and Cinder, in memory.

Usage: katapult-sim [OPTIONS]
       katapult-sim [OPTIONS] -- COMMAND [ARGUMENTS]

Prints one line of JSON (addresses, tokens, ids) and serves until SIGTERM or SIGINT arrives.
With a command it runs that instead, with KATAPULT_API_URL, KATAPULT_API_TOKEN, OS_AUTH_URL and so
on in its environment, serves until it ends, and ends with its exit code.

Options:
  --host ADDRESS          the address to listen on [default: 127.0.0.1]
  --allow-remote          it may be another one than a loopback address: whoever reaches it can
                          read all tokens; orders then need the control_token of the line
  --allow-host NAME       a name in URLs by which clients reach it, beside localhost and addresses,
                          such as that of a container; may come several times
  --control-token TOKEN   the control token [default: a random one]
  --port N                the port [default: any free one]
  --task-seconds SECONDS  how long a task takes [default: 0.2]; also as KIND=SECONDS, such as
                          resize_disk=5, for each kind of task
  --rate-limit N          requests permitted per minute of the wall clock [default: 1000]
  --minute-seconds N      how many seconds such a minute has, 1 to 60; only for clients that were
                          built for tests with the same minute [default: 60]
  --public-url URL        where clients reach it, if not at its own address: the description and
                          all links begin with it [default: links follow the Host header]
  --state FILE            begin with Katapult's objects in it, if it exists, and keep them there after
                          changes and at the end
  --seed N                all ids and chances are the same in each run
  --log                   write a line on standard error for each request
  --exit-with-stdin       end when standard input ends, too: with the process that holds its other
                          end
  -h, --help              print this
  -V, --version           print the version
";

pub(crate) enum Command {
    Serve {
        options: Options,
        exit_with_stdin: bool,
    },
    /// A program and its arguments, to be run with a simulator.
    Run {
        options: Options,
        words: Vec<String>,
    },
    Print(String),
}

pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut options = Options::default();
    let mut exit_with_stdin = false;
    while let Some(argument) = arguments.next() {
        let (name, mut value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let mut needed =
            || value.take().or_else(|| arguments.next()).ok_or(format!("{name} needs a value"));
        match name {
            "--" => {
                let words: Vec<_> = arguments.collect();
                if words.is_empty() {
                    return Err("-- needs a command".into());
                }
                return Ok(Command::Run { options, words });
            }
            "-h" | "--help" => return Ok(Command::Print(HELP.into())),
            "-V" | "--version" => {
                return Ok(Command::Print(
                    concat!("katapult-sim ", env!("CARGO_PKG_VERSION"), "\n").into(),
                ));
            }
            "--exit-with-stdin" => exit_with_stdin = flag(name, value)?,
            "--host" => options.host = number(name, &needed()?)?,
            "--allow-remote" => options.allow_remote = flag(name, value)?,
            "--allow-host" => options.allowed_hosts.push(needed()?),
            "--control-token" => options.control_token = Some(needed()?),
            "--port" => options.port = number(name, &needed()?)?,
            "--rate-limit" => options.rate_limit = number(name, &needed()?)?,
            "--minute-seconds" => options.minute_seconds = number(name, &needed()?)?,
            "--state" => options.state_file = Some(needed()?.into()),
            "--seed" => options.seed = Some(number(name, &needed()?)?),
            "--log" => options.log = flag(name, value)?,
            "--public-url" => options.public_url = Some(needed()?),
            "--task-seconds" => {
                let value = needed()?;
                let (kind, seconds) = match value.split_once('=') {
                    Some((kind, seconds)) => (Some(kind), seconds),
                    None => (None, value.as_str()),
                };
                let time = Duration::try_from_secs_f64(number(name, seconds)?)
                    .map_err(|_| invalid(name, &value))?;
                match kind {
                    Some(kind) => drop(options.task_times.insert(kind.to_owned(), time)),
                    None => options.task_time = time,
                }
            }
            _ => return Err(format!("unknown argument {argument:?}")),
        }
    }
    Ok(Command::Serve { options, exit_with_stdin })
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| invalid(name, value))
}

fn invalid(name: &str, value: &str) -> String {
    format!("{name}: {value:?} is not a valid value")
}

/// An option without value.
fn flag(name: &str, value: Option<String>) -> Result<bool, String> {
    match value {
        None => Ok(true),
        Some(value) => Err(format!("{name} takes no value, not {value:?}")),
    }
}
