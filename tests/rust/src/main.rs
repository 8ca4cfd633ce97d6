//! Runs operations through the Rust crate for the tests of all faces: a JSON line in, one out.
//!
//! A [`Question`] is answered with `{"value": …}`, the answer as it came (of a list, all its items), or
//! with `{"error": …}`. With `KATAPULT_DRIVER_LOG` in the environment every log record goes to
//! standard error.
#![forbid(unsafe_code)]

mod katapult;
mod log_to_stderr;
mod openstack;
mod question;

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use katapult_disk::openstack::{Client as OpenstackClient, Config as OpenstackConfig};
use katapult_disk::{Client, Config, Result};
use serde_json::{Value, json};

use question::Question;

#[derive(Default)]
struct Driver {
    /// One client for each options object, so that connections are kept as in a real program.
    clients: HashMap<String, Client>,
    openstack_clients: HashMap<String, OpenstackClient>,
}

fn main() -> io::Result<()> {
    log_to_stderr::install();
    let mut driver = Driver::default();
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question = Question(serde_json::from_str(&line?)?);
        let answer = match driver.answer(&question) {
            Ok(value) => json!({ "value": value }),
            Err(error) => {
                log::debug!("{error:?} {error}");
                json!({ "error": serde_json::from_str::<Value>(&error.to_json())? })
            }
        };
        // In one piece, since standard output passes on a kilobyte at a time otherwise.
        stdout.write_all(format!("{answer}\n").as_bytes())?;
        stdout.flush()?;
    }
    Ok(())
}

impl Driver {
    fn answer(&mut self, question: &Question) -> Result<Value> {
        let options = question.client();
        if question.operation().starts_with("openstack_") {
            return openstack::call(self.openstack_client(options)?, question);
        }
        katapult::call(self.client(options)?, question)
    }

    fn client(&mut self, options: String) -> Result<&Client> {
        if !self.clients.contains_key(&options) {
            let config = Config::from_json(&options)?.or_env()?;
            let client = Client::new(config.clone())?;
            log::debug!("{config:?} {client:?}");
            self.clients.insert(options.clone(), client);
        }
        Ok(&self.clients[&options])
    }

    fn openstack_client(&mut self, options: String) -> Result<&OpenstackClient> {
        if !self.openstack_clients.contains_key(&options) {
            let config = OpenstackConfig::from_json(&options)?.or_env()?;
            let client = OpenstackClient::new(&config)?;
            log::debug!("{config:?} {client:?}");
            self.openstack_clients.insert(options.clone(), client);
        }
        Ok(&self.openstack_clients[&options])
    }
}
