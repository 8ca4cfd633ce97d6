//! A line on standard error for each request. It has no query, header or body, so no token.

use std::io::{self, Write};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use crate::state::timestamp;

/// Written when it is dropped: with an answer, or because the client has gone.
struct Line {
    begun: Instant,
    head: String,
    status: Option<StatusCode>,
    is_wanted: bool,
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.is_wanted {
            return;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let time = timestamp(now);
        let milliseconds = self.begun.elapsed().as_secs_f64() * 1000.0;
        let status = self.status.map_or("gone".to_owned(), |status| status.as_str().to_owned());
        let head = &self.head;
        // Nobody may be reading.
        let _ = writeln!(io::stderr(), "{time}Z {head} {status} {milliseconds:.1} ms");
    }
}

/// Of the control API only what is refused: the page asks every second.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_order = path == "/__sim" || path.starts_with("/__sim/");
    let head = format!("{} {path}", request.method());
    let mut line = Line { begun: Instant::now(), head, status: None, is_wanted: !is_order };
    let response = next.run(request).await;
    let is_refused = matches!(response.status(), StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED);
    line.is_wanted |= is_refused;
    line.status = Some(response.status());
    response
}
