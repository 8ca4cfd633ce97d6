//! The other end: a server on loopback that answers each request with what it was given.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the server does next.
struct Script {
    /// In turn; the last one stays.
    answers: Vec<Vec<u8>>,
    /// Whether a connection goes on after an answer, instead of ending with it.
    stays_open: bool,
    /// How many requests came.
    requests: usize,
}

/// The server of one input: another input's would see what came late for this one. It serves one
/// connection at a time, and its clients have to be gone before it goes.
pub(crate) struct Server {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(answers: Vec<Vec<u8>>, stays_open: bool) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let address = listener.local_addr().expect("its address");
        let script = Arc::new(Mutex::new(Script { answers, stays_open, requests: 0 }));
        let stopped = Arc::new(AtomicBool::new(false));
        let (its_script, is_stopped) = (Arc::clone(&script), Arc::clone(&stopped));
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if is_stopped.load(Ordering::Relaxed) {
                    break;
                }
                // The client may end at any moment.
                let _ = serve(connection, &its_script);
            }
        });
        Server { address, script, stopped, thread: Some(thread) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests came.
    pub(crate) fn requests(&self) -> usize {
        lock(&self.script).requests
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes up the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock(script: &Mutex<Script>) -> std::sync::MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut connection: TcpStream, script: &Mutex<Script>) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    // For a client that has given up: the next one must not wait for it.
    connection.set_read_timeout(Some(Duration::from_secs(1)))?;
    while read_request(&mut connection)? {
        let (answer, stays_open) = {
            let mut script = lock(script);
            script.requests += 1;
            let last = script.answers.len() <= 1;
            let answer = match last {
                true => script.answers.first().cloned().unwrap_or_default(),
                false => script.answers.remove(0),
            };
            (answer, script.stays_open)
        };
        connection.write_all(&answer)?;
        if !stays_open {
            break;
        }
    }
    connection.shutdown(Shutdown::Write)?;
    // What is unread would turn the end into a reset, which may overtake the answer.
    std::io::copy(&mut connection, &mut std::io::sink())?;
    Ok(())
}

/// Reads a request with its body; false at the end of the connection.
fn read_request(connection: &mut TcpStream) -> std::io::Result<bool> {
    let mut request = Vec::new();
    let mut part = [0; 16384];
    loop {
        if length(&request).is_some_and(|length| request.len() >= length) {
            return Ok(true);
        }
        match connection.read(&mut part)? {
            0 => return Ok(false),
            size => request.extend_from_slice(&part[..size]),
        }
    }
}

/// How long a request is, as soon as its head is there.
fn length(request: &[u8]) -> Option<usize> {
    let head = request.windows(4).position(|end| end == b"\r\n\r\n")?;
    let body = String::from_utf8_lossy(&request[..head])
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse().ok())
        .unwrap_or(0);
    Some(head + 4 + body)
}
