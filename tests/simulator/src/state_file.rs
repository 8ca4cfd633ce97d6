//! A file that keeps the objects from one run to the next.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use serde_json::Value;
use tokio::sync::Notify;

use crate::state::Shared;

/// Changes come in groups.
const PAUSE: Duration = Duration::from_millis(200);

/// What the file has; None if there is no file.
pub(crate) fn read(path: &Path) -> io::Result<Option<Value>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(named(path, &error)),
    };
    serde_json::from_slice(&text).map(Some).map_err(|error| wrong(path, &error.to_string()))
}

pub(crate) fn wrong(path: &Path, problem: &str) -> io::Error {
    let message = format!("the state file {}: {problem}", path.display());
    io::Error::new(io::ErrorKind::InvalidData, message)
}

pub(crate) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the state file {}: {error}", path.display()))
}

/// Writes the objects to the file.
#[derive(Clone)]
pub(crate) struct StateFile {
    path: Arc<PathBuf>,
    changed: Arc<Notify>,
}

impl StateFile {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path: Arc::new(path), changed: Arc::new(Notify::new()) }
    }

    /// Saves after changes, as long as it runs.
    pub(crate) async fn keep(self, shared: Shared) {
        loop {
            self.changed.notified().await;
            tokio::time::sleep(PAUSE).await;
            self.save_or_warn(&shared);
        }
    }

    pub(crate) fn save_or_warn(&self, shared: &Shared) {
        if let Err(error) = self.save(shared) {
            let _ = writeln!(io::stderr(), "katapult-sim: {}", named(&self.path, &error));
        }
    }

    /// A reader sees the old file or the new one.
    pub(crate) fn save(&self, shared: &Shared) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(&shared.lock().objects(true))?;
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        let written = self.path.with_file_name(name);
        let result = write(&written, &text).and_then(|()| fs::rename(&written, &*self.path));
        if result.is_err() {
            let _ = fs::remove_file(&written);
        }
        result
    }
}

fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text)?;
    file.sync_all()
}

/// Notes that something may have changed.
pub(crate) async fn note(State(file): State<StateFile>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let response = next.run(request).await;
    if !is_read {
        file.changed.notify_one();
    }
    response
}
