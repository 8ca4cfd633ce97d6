//! Answers in every framing, whole and not, as a real socket brings them.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use super::{Expected, exchange};
use crate::HttpOptions;
use crate::Request;
use crate::transport::deadline::Ends;
use crate::transport::failure::Failure;
use crate::transport::{HttpResponse, Transport};

/// What comes of a response that is sent in `pieces`: status, body and whether the connection was
/// kept, or the failure. After the pieces the server is silent, or ends the connection.
fn receive(pieces: &[&[u8]], then_ends: bool) -> Result<(u16, String, bool), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let settings = HttpOptions { proxy: Some("".into()), ..HttpOptions::default() };
    let (lines, secrets, interrupt) = Default::default();
    let transport = Transport::new(base_url, lines, &settings, &secrets, &interrupt).unwrap();
    let agent = transport.agent.get(|| unreachable!("nobody forks"));
    let expected = Expected {
        request_id_headers: &[],
        max_body: 100,
        only_said_keep_alive: false,
        wants_date: false,
    };
    let at = Some(Instant::now() + Duration::from_secs(5));
    let ends = Ends { at, ..Ends::default() };

    let (response, mut peer) = std::thread::scope(|scope| {
        let server = scope.spawn(|| serve(&listener, pieces, then_ends));
        let (mut memory, mut sent) = (vec![b'x'; 3], false);
        let request = Request::get("/");
        let base_url = &transport.parsed;
        let response = exchange(agent, base_url, &request, expected, ends, &mut memory, &mut sent);
        assert!(sent);
        (response, server.join().unwrap())
    });
    let HttpResponse { status, body, .. } = response?;
    peer.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let end = peer.read(&mut [0]).map_err(|error| error.kind());
    // Windows calls it the other.
    let is_kept = matches!(end, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut));
    Ok((status, String::from_utf8(body).unwrap(), is_kept))
}

fn serve(listener: &TcpListener, pieces: &[&[u8]], then_ends: bool) -> TcpStream {
    let (mut peer, _) = listener.accept().unwrap();
    peer.set_nodelay(true).unwrap();
    let lines = BufReader::new(peer.try_clone().unwrap()).lines();
    lines.map(Result::unwrap).find(String::is_empty).expect("a request");
    for piece in pieces {
        // A client that has read enough may be gone.
        let _ = peer.write_all(piece);
        std::thread::sleep(Duration::from_millis(5));
    }
    if then_ends {
        let _ = peer.shutdown(Shutdown::Write);
    }
    peer
}

#[test]
fn answers_in_every_framing() {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const LENGTH: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    const ANNOUNCED: &str =
        "HTTP/1.1 100 Continue\r\nWith: lines\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n";
    let table: &[(&[&str], u16, &str, bool)] = &[
        (&[LENGTH, "hello"], 200, "hello", true),
        (&[LENGTH, "hel", "lo"], 200, "hello", true),
        (&["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello more"], 200, "hello", false),
        (&["HTTP/1.1 200", " OK\r\nContent-", "Length: 2\r\n\r", "\nok"], 200, "ok", true),
        (
            &["HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok"],
            200,
            "ok",
            true,
        ),
        (
            &["HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 2\r\n\r\nok"],
            200,
            "ok",
            true,
        ),
        (&[ANNOUNCED, LENGTH, "hello"], 200, "hello", true),
        (&[ANNOUNCED, ANNOUNCED, CHUNKED, "5\r\nhello\r\n0\r\n\r\n"], 200, "hello", true),
        (&["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"], 404, "", true),
        (&["HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno"], 500, "no", true),
        (&["HTTP/1.1 204 No Content\r\n\r\n"], 204, "", true),
        (
            &["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: x, Close\r\n\r\na"],
            200,
            "a",
            false,
        ),
        (&["HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na"], 200, "a", false),
        (
            &["HTTP/1.0 200 OK\r\nContent-Length: 1\r\nconnection: keep-alive\r\n\r\na"],
            200,
            "a",
            true,
        ),
        (
            &["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nKeep-Alive: timeout=1\r\n\r\na"],
            200,
            "a",
            false,
        ),
        (&[CHUNKED, "5\r\nhello\r\n0\r\n\r\n"], 200, "hello", true),
        (
            &[CHUNKED, "1;x=y\r\nh\r", "\n4", "\r\nel", "lo\r\n0\r\nX: y\r\n", "\r\n"],
            200,
            "hello",
            true,
        ),
        (&[CHUNKED, "0\r\n\r\n"], 200, "", true),
        (
            &[
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nok",
            ],
            200,
            "ok",
            false,
        ),
        // How responses are smuggled past proxies.
        (
            &[
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            ],
            200,
            "ok",
            false,
        ),
    ];
    for (pieces, status, body, is_kept) in table {
        let bytes: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
        let response = receive(&bytes, false).unwrap();
        assert_eq!(response, (*status, (*body).to_owned(), *is_kept), "{pieces:?}");
    }
}

#[test]
fn answers_that_end_with_their_connection() {
    let body = |bytes: &[&[u8]]| receive(bytes, true).unwrap().1;
    assert_eq!(body(&[b"HTTP/1.1 200 OK\r\n\r\nto the", b" end"]), "to the end");
    assert_eq!(body(&[b"HTTP/1.0 200 OK\r\n\r\n", b"{}"]), "{}");
}

#[test]
fn answers_that_are_not_whole() {
    let of = |head: &str, rest: &str| {
        let text = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{rest}");
        receive(&[text.as_bytes()], true).unwrap_err()
    };
    assert!(matches!(receive(&[], true), Err(Failure::Closed)));
    assert!(matches!(receive(&[b"HTTP/1.1 2"], true), Err(Failure::Closed)));
    assert!(matches!(of("Content-Length: 5", "hell"), Failure::Closed));
    let chunked = |rest| of("Transfer-Encoding: chunked", rest);
    // The last has a whole JSON object, and may be cut all the same.
    for rest in ["", "5", "5\r\nhell", "5\r\nhello", "5\r\nhello\r\n", "0\r\n", "2\r\n{}\r\n"] {
        let failure = chunked(rest);
        assert!(matches!(failure, Failure::Closed), "{rest:?}: {failure:?}");
    }
    for rest in ["x\r\n", "\r\n", "-1\r\n", "5\r\nhello!\r\n", "fffffffffffffffff\r\n"] {
        let failure = chunked(rest);
        assert!(matches!(failure, Failure::Unreadable(_)), "{rest:?}: {failure:?}");
    }
    let gzip = of("Content-Encoding: gzip\r\nContent-Length: 5", "hello");
    assert!(matches!(gzip, Failure::Unreadable(_)), "{gzip:?}");
}

#[test]
fn what_is_not_clear_is_refused_with_a_reason() {
    let control = "A: b\u{1}c";
    let many = "X-Line: x\r\n".repeat(129);
    for (head, reason) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 12\r\nContent-Length: 13", "content-length"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1", "content-length"),
        ("HTTP/1.1 200 OK\r\nContent-Length: +1", "content-length"),
        ("HTTP/1.1 200 OK\r\nContent-Length:", "content-length"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999", "content-length"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked", "transfer-encoding"),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: br", "content-encoding"),
        ("HTTP/2 200", "version"),
        ("HTTP/1.1 OK", "status"),
        ("HTTP/1.1 101 Switching", "protocol"),
        ("HTTP/1.1 200 OK\r\nno header", "header name"),
        (&format!("HTTP/1.1 200 OK\r\n{control}"), "header value"),
        (&format!("HTTP/1.1 200 OK\r\n{}", many.trim()), "too many headers"),
        ("<html>", "version"),
    ] {
        let failure = receive(&[format!("{head}\r\n\r\n").as_bytes()], false).unwrap_err();
        let Failure::Unreadable(text) = &failure else { panic!("{head}: {failure:?}") };
        assert!(text.contains(reason), "{head}: {text}");
    }
}

#[test]
fn answers_that_are_too_large() {
    let large = "x".repeat(101);
    for head in ["Content-Length: 101", "Content-Length: 99999999999", "Connection: close"] {
        let text = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{large}");
        let failure = receive(&[text.as_bytes()], true).unwrap_err();
        assert!(matches!(failure, Failure::BodyTooLarge(100)), "{head}: {failure:?}");
    }
    let exactly = format!("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}", &large[1..]);
    assert_eq!(receive(&[exactly.as_bytes()], false).unwrap().1, large[1..]);
    let line = format!("X-Header: {}\r\n", "x".repeat(1000));
    let head = format!("HTTP/1.1 200 OK\r\n{}\r\n", line.repeat(70));
    let failure = receive(&[head.as_bytes()], false).unwrap_err();
    assert!(matches!(failure, Failure::HeadTooLarge(_)), "{failure:?}");
    let line = [&b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"[..], &[b'0'; 70_000]];
    let failure = receive(&line, false).unwrap_err();
    assert!(matches!(failure, Failure::Unreadable(_)), "{failure:?}");
}

/// `{"a":1}`, packed: a head of 10 bytes, 9 of data, 8 of checksum and size.
const GZIP: &[u8] = &[
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0x4a, 0x54, 0xb2, 0x32, 0xac, 0x05, 0, 0xaf,
    0xac, 0x1b, 0x56, 0x07, 0, 0, 0,
];

fn gzip(lines: &str, body: &[u8]) -> Result<(u16, String, bool), Failure> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n{lines}\r\n");
    receive(&[&[head.as_bytes(), body].concat()], true)
}

#[test]
fn an_empty_body_is_empty_also_if_it_should_be_packed() {
    for head in [
        "204 No Content\r\n\r\n",
        "202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ] {
        let text = head.replacen("\r\n", "\r\nContent-Encoding: gzip\r\n", 1);
        let (status, body, _) = receive(&[format!("HTTP/1.1 {text}").as_bytes()], false).unwrap();
        assert_eq!((status.to_string().as_str(), body.as_str()), (&head[..3], ""));
    }
}

#[test]
fn a_packed_body_is_whole_or_a_failure() {
    assert_eq!(gzip("Content-Length: 27\r\n", GZIP).unwrap().1, "{\"a\":1}");
    assert_eq!(gzip("", GZIP).unwrap().1, "{\"a\":1}");
    for length in [0, 5, 15, 20, 26] {
        let failure = gzip("Content-Length: 27\r\n", &GZIP[..length]).unwrap_err();
        assert!(matches!(failure, Failure::Closed), "{length}: {failure:?}");
        let lines = format!("Content-Length: {length}\r\n");
        let whole = gzip(&lines, &GZIP[..length]);
        assert!(length == 0 || whole.is_err(), "{length}: {whole:?}");
    }
}

#[test]
fn framing_without_end_is_refused() {
    let megabytes = |piece: &str| piece.repeat((2 << 20) / piece.len());
    let trailers = megabytes("A: b\r\n");
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n";
    let blocks = [0, 0, 0, 0xff, 0xff].repeat(400 << 10);
    let packed =
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &GZIP[..10], &blocks].concat();
    for text in [[chunked, &trailers, "\r\n"].concat().into_bytes(), packed] {
        let failure = receive(&[&text], false).unwrap_err();
        assert!(matches!(failure, Failure::Unreadable(_)), "{failure:?}");
    }
}
