//! Starting and stopping.

use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::base_url::{BaseUrl, PublicUrl};
use crate::connection::{Connections, Cut};
use crate::state::{Shared, State};
use crate::{control, katapult, keystone, nova, record};

/// How a simulator is to behave.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; only a loopback address is accepted.
    pub host: IpAddr,
    /// The port, or 0 for any free one.
    pub port: u16,
    /// How long a task takes, from the call that starts it until it is completed.
    pub task_time: Duration,
    /// Katapult requests permitted per minute of the wall clock.
    pub rate_limit: u32,
    /// How many seconds such a minute has, from 1 to 60. Anything but 60 is only for clients that
    /// were built for tests with the same minute.
    pub minute_seconds: u32,
    /// The URL at which clients reach it, such as that of a container's published port or of a proxy:
    /// the description and all links in answers begin with it. Otherwise links follow the `Host`
    /// header of the request.
    pub public_url: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            task_time: Duration::from_millis(200),
            // recorded: 1000 since June 2024.
            rate_limit: 1000,
            minute_seconds: 60,
            public_url: None,
        }
    }
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
    /// The port is taken, the host is not a loopback address, the minute is not from 1 to 60 s, or
    /// the public URL is not one of http or https with nothing but a path behind the host.
    pub fn start(options: Options) -> io::Result<Self> {
        if !options.host.is_loopback() {
            let message = format!("{} is not a loopback address", options.host);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        if !(1..=60).contains(&options.minute_seconds) {
            let message = format!("a minute of {} seconds", options.minute_seconds);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let public_url = options.public_url.as_deref().map(PublicUrl::parse).transpose();
        let public_url =
            public_url.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let listener = TcpListener::bind((options.host, options.port))?;
        listener.set_nonblocking(true)?;
        let base_url = BaseUrl::new(listener.local_addr()?, public_url);
        let state = State::new(&options, base_url);
        let description = state.description();

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("katapult-sim".into()).spawn(move || {
            // Not a graceful shutdown: that would wait for the clients' idle connections.
            runtime.block_on(async {
                tokio::select! {
                    result = serve(listener, Shared::new(state)) => {
                        if let Err(error) = result {
                            eprintln!("katapult-sim: {error}");
                        }
                    }
                    _ = stopped => {}
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

async fn serve(listener: TcpListener, shared: Shared) -> io::Result<()> {
    let connections = Connections(tokio::net::TcpListener::from_std(listener)?);
    let service = router(shared).into_make_service_with_connect_info::<Cut>();
    axum::serve(connections, service).await
}

fn router(shared: Shared) -> Router {
    Router::new()
        .nest("/core/v1", katapult::router(&shared))
        .merge(keystone::router())
        .merge(nova::router())
        .layer(from_fn_with_state(shared.clone(), record::record))
        // Below the layer: neither logged nor answered with canned answers.
        .nest("/__sim", control::router())
        .with_state(shared)
}
