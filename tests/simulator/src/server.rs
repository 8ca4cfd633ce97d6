//! Starting and stopping.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::base_url::{BaseUrl, PublicUrl};
use crate::connection::{Connections, Cut};
use crate::guard::{self, Guard};
use crate::state::{LONGEST, Shared, State, check_kind};
use crate::state_file::{self, StateFile};
use crate::{cinder, control, katapult, keystone, log, nova, record};

/// How a simulator is to behave.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen: a loopback address, unless `allow_remote`.
    pub host: IpAddr,
    /// `host` may be any address. Whoever reaches it can read all tokens but that of the control
    /// API, and do with the simulated services what he likes.
    pub allow_remote: bool,
    /// Names by which clients reach this simulator, beside `localhost`, `*.localhost` and
    /// addresses. A request with any other `Host` is refused.
    pub allowed_hosts: Vec<String>,
    /// What orders of the control API send as `Authorization: Bearer …` if `host` is not a loopback
    /// address; a random text if there is none.
    pub control_token: Option<String>,
    /// The port, or 0 for any free one.
    pub port: u16,
    /// How long a task takes, from the call that starts it until it is completed.
    pub task_time: Duration,
    /// How long tasks of a kind take, such as `resize_disk`, if not as long as the others.
    pub task_times: BTreeMap<String, Duration>,
    /// Katapult requests permitted per minute of the wall clock.
    pub rate_limit: u32,
    /// How many seconds such a minute has, from 1 to 60. Anything but 60 is only for clients that
    /// were built for tests with the same minute.
    pub minute_seconds: u32,
    /// The URL at which clients reach it, such as that of a container's published port or of a proxy:
    /// the description and all links in answers begin with it. Otherwise links follow the `Host`
    /// header of the request.
    pub public_url: Option<String>,
    /// Write a line on standard error for each request.
    pub log: bool,
    /// All ids and all chances are the same in each run, and after each reset, as long as the
    /// requests are the same in the same order.
    pub seed: Option<u64>,
    /// Begin with Katapult's objects in this file, if it exists, and keep them there after changes and
    /// at the end.
    pub state_file: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            allow_remote: false,
            allowed_hosts: Vec::new(),
            control_token: None,
            port: 0,
            task_time: Duration::from_millis(200),
            task_times: BTreeMap::new(),
            // recorded: 1000 since June 2024.
            rate_limit: 1000,
            minute_seconds: 60,
            public_url: None,
            log: false,
            seed: None,
            state_file: None,
        }
    }
}

impl Options {
    fn check(&self) -> Result<(), String> {
        if !self.host.is_loopback() && !self.allow_remote {
            let host = self.host;
            return Err(format!(
                "host must be a loopback address, not {host}; allow-remote permits others"
            ));
        }
        if let Some(name) = self.allowed_hosts.iter().find(|name| !is_host_name(name)) {
            return Err(format!("allow-host must be a name without port, not {name:?}"));
        }
        if self.control_token.as_deref().is_some_and(|token| !is_token(token)) {
            return Err("control-token must be visible ASCII without spaces".to_owned());
        }
        for kind in self.task_times.keys() {
            check_kind(kind).map_err(|problem| format!("the kind of task-seconds {problem}"))?;
        }
        if self.task_times.values().chain([&self.task_time]).any(|time| *time > LONGEST) {
            return Err(format!("task-seconds must be 0 to {}", LONGEST.as_secs()));
        }
        if !(1..=60).contains(&self.minute_seconds) {
            return Err(format!("minute-seconds must be 1 to 60, not {}", self.minute_seconds));
        }
        Ok(())
    }
}

/// With an underscore, as services of containers have them.
fn is_host_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !name.is_empty() && name.bytes().all(fits)
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Not from fastrand, whose numbers can be guessed.
fn random_token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::getrandom(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("katapult-sim-control-{:032x}", u128::from_ne_bytes(bytes)))
}

/// Makes the state by the seed, and gives the seed with which its thread goes on. The chances of
/// the thread that asks for it stay what they were.
fn seeded<T>(seed: Option<u64>, make: impl FnOnce() -> T) -> (T, u64) {
    let Some(seed) = seed else { return (make(), fastrand::u64(..)) };
    let before = fastrand::get_seed();
    fastrand::seed(seed);
    let state = make();
    let after = fastrand::get_seed();
    fastrand::seed(before);
    (state, after)
}

/// A running simulator. It stops when it is dropped.
#[derive(Debug)]
pub struct Simulator {
    description: Value,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Simulator {
    /// Starts a simulator in a thread of its own. It accepts connections when this returns.
    ///
    /// # Errors
    /// The port is taken, or an option is invalid.
    pub fn start(mut options: Options) -> io::Result<Self> {
        let invalid = |message| io::Error::new(io::ErrorKind::InvalidInput, message);
        options.check().map_err(invalid)?;
        let public_url = options.public_url.as_deref().map(PublicUrl::parse).transpose();
        let public_url = public_url.map_err(invalid)?;
        let control_token = match options.control_token.take() {
            Some(token) => token,
            None => random_token()?,
        };
        options.control_token = Some(control_token.clone());
        let guard = Guard::new(&options, public_url.as_ref(), &control_token);
        let listener = TcpListener::bind((options.host, options.port))?;
        listener.set_nonblocking(true)?;
        let base_url = BaseUrl::new(listener.local_addr()?, public_url);
        let path = options.state_file.as_deref();
        let objects = path.map(state_file::read).transpose()?.flatten().map(Arc::new);
        let (state, seed) = seeded(options.seed, || State::start(&options, base_url, objects));
        let state =
            state.map_err(|problem| state_file::wrong(path.unwrap_or(Path::new("")), &problem))?;
        let description = state.description();
        let log = options.log;
        let shared = Shared::new(state);
        let file = options.state_file.map(StateFile::new);
        if let Some(file) = &file {
            file.save(&shared).map_err(|error| state_file::named(file.path(), &error))?;
        }

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("katapult-sim".into()).spawn(move || {
            fastrand::seed(seed);
            // Not a graceful shutdown: that would wait for the clients' idle connections.
            runtime.block_on(async {
                let router = router(shared.clone(), guard, log, file.clone());
                if let Some(file) = file.clone() {
                    tokio::spawn(file.keep(shared.clone()));
                }
                tokio::select! {
                    result = serve(listener, router) => {
                        if let Err(error) = result {
                            eprintln!("katapult-sim: {error}");
                        }
                    }
                    _ = stopped => {}
                }
                if let Some(file) = file {
                    file.save_or_warn(&shared);
                }
            });
        })?;
        Ok(Self { description, stop: Some(stop), thread: Some(thread) })
    }

    /// Addresses, tokens and ids: what a client needs to know. The binary prints this.
    pub fn description(&self) -> &Value {
        &self.description
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the server has been printed by its thread.
            let _ = thread.join();
        }
    }
}

async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let connections = Connections(tokio::net::TcpListener::from_std(listener)?);
    let service = router.into_make_service_with_connect_info::<Cut>();
    axum::serve(connections, service).await
}

fn router(shared: Shared, guard: Arc<Guard>, log: bool, file: Option<StateFile>) -> Router {
    let orders = control::router().layer(from_fn_with_state(guard.clone(), guard::check_orders));
    let router = Router::new()
        .nest("/core/v1", katapult::router(&shared))
        .merge(keystone::router())
        .merge(nova::router())
        .merge(cinder::router())
        .layer(from_fn_with_state(shared.clone(), record::record))
        // Below the layer: neither logged nor answered with canned answers.
        .nest_service("/__sim", orders.with_state(shared.clone()));
    let router = match file {
        Some(file) => router.layer(from_fn_with_state(file, state_file::note)),
        None => router,
    };
    let router = router.layer(from_fn_with_state(guard, guard::check)).with_state(shared);
    if log { router.layer(from_fn(log::log)) } else { router }
}
