//! A logger that accepts all records, including ureq's lowest layer's, never receives a token or a
//! password, neither as text nor in ureq's hexadecimal dumps.

#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::Mutex;

use katapult_disk::{Client, Config, GetDisk, HttpOptions, openstack};
use log::{LevelFilter, Log, Metadata, Record};

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Keeps the texts of all records one behind the other; bytes that were written as digits are bytes
/// again, so that a secret is found across rows.
struct TakesEverything;

impl Log for TakesEverything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let text = record.args().to_string();
        let mut logged = LOGGED.lock().unwrap();
        match bytes_of_row(&text).filter(|_| record.target().starts_with("ureq_proto")) {
            Some(bytes) => logged.extend(bytes),
            None => logged.extend(format!("\n{}: {text}\n", record.target()).bytes()),
        }
    }

    fn flush(&self) {}
}

/// Of `4745 5420 2f20 … GET / …`.
fn bytes_of_row(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.get(..40)?.split([' ', '-']).collect();
    let pairs = digits.as_bytes().chunks(2).map(std::str::from_utf8);
    pairs.map(|pair| u8::from_str_radix(pair.ok()?, 16).ok()).collect()
}

/// Answers requests one after the other, each on a connection of its own; their texts.
fn serve(listener: &TcpListener, answers: Vec<String>) -> String {
    let answer = |answer: String| {
        let (mut connection, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(connection.try_clone().unwrap());
        let mut request = String::new();
        while !request.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut request).unwrap() > 0, "{request}");
        }
        let length = request.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        reader.read_exact(&mut body).unwrap();
        connection.write_all(answer.as_bytes()).unwrap();
        request + std::str::from_utf8(&body).unwrap()
    };
    answers.into_iter().map(answer).collect()
}

fn answer(status: &str, lines: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{lines}\r\n{body}"
    )
}

/// Makes `calls` while a server gives `answers`; what the server was sent.
fn exchange(answers: Vec<String>, calls: impl FnOnce(&str)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = std::thread::spawn(move || serve(&listener, answers));
    calls(&address);
    server.join().unwrap()
}

fn http_options(proxy: &str) -> HttpOptions {
    HttpOptions { proxy: Some(proxy.into()), allow_http: true, ..HttpOptions::default() }
}

fn get_disk(base_url: String, proxy: &str) -> katapult_disk::Result<()> {
    let config = Config {
        api_token: Some("TOKEN-OF-THE-API".into()),
        base_url: Some(base_url),
        http: http_options(proxy),
        ..Config::default()
    };
    Client::new(config)?.call(&GetDisk::new("disk_Fa1Lt2Ts3Un4Dr5K")).map(drop)
}

#[test]
fn nothing_secret_is_logged() {
    assert_eq!(
        log::STATIC_MAX_LEVEL,
        LevelFilter::Trace,
        "a feature of `log` hides what is tested"
    );
    log::set_logger(&TakesEverything).unwrap();
    log::set_max_level(LevelFilter::Trace);

    let disk = r#"{"disk": {"id": "disk_Fa1Lt2Ts3Un4Dr5K"}, "annotations": []}"#;
    let sent = exchange(vec![answer("200 OK", "", disk)], |address| {
        get_disk(format!("http://{address}"), "").unwrap();
    });
    assert!(sent.contains("authorization: Bearer TOKEN-OF-THE-API"), "{sent}");

    // A proxy that forwards the request, and one that refuses to open a tunnel.
    let answers = vec![answer("200 OK", "", disk), answer("403 No", "", "no")];
    let sent = exchange(answers, |address| {
        let proxy = format!("http://me:PASSWORD-OF-THE-PROXY@{address}");
        get_disk("http://service.example".to_owned(), &proxy).unwrap();
        get_disk("https://service.example".to_owned(), &proxy).unwrap_err();
    });
    assert!(sent.starts_with("GET http://service.example/core/v1/disks/"), "{sent}");
    assert!(sent.contains("CONNECT service.example:443 HTTP/1.1\r\n"), "{sent}");
    assert_eq!(
        sent.matches("proxy-authorization: Basic bWU6UEFTU1dPUkQtT0YtVEhFLVBST1hZ").count(),
        2
    );

    let token = r#"{"token": {"catalog": []}}"#;
    let attachment = r#"{"volumeAttachment": {"id": "a", "volumeId": "b", "serverId": "c"}}"#;
    let answers = vec![
        answer("201 Created", "X-Subject-Token: TOKEN-OF-KEYSTONE\r\n", token),
        answer("200 OK", "", attachment),
    ];
    let sent = exchange(answers, |address| {
        let client = openstack::Client::new(&openstack::Config {
            auth_url: Some(format!("http://{address}/v3")),
            endpoint: Some(format!("http://{address}/v2.1")),
            username: Some("me".into()),
            password: Some("PASSWORD-OF-THE-USER".into()),
            user_domain_name: Some("Default".into()),
            project_id: Some("p1".into()),
            http: http_options(""),
            ..openstack::Config::default()
        });
        client.unwrap().get_volume_attachment("c", "b").unwrap();
    });
    assert!(sent.contains("PASSWORD-OF-THE-USER"), "{sent}");
    assert!(sent.contains("x-auth-token: TOKEN-OF-KEYSTONE"), "{sent}");

    let logged = String::from_utf8_lossy(&LOGGED.lock().unwrap()).into_owned();
    // It does accept everything: ureq's records of requests and responses are there.
    for text in
        ["GET /core/v1/disks/disk?disk%5Bid%5D=", "HTTP/1.1 201 Created", "volumeAttachment"]
    {
        assert!(logged.contains(text), "{text} is not in {logged}");
    }
    for secret in [
        "TOKEN-OF-THE-API",
        "PASSWORD-OF-THE-PROXY",
        "UEFTU1dPUkQtT0YtVEhFLVBST1hZ",
        "PASSWORD-OF-THE-USER",
        "TOKEN-OF-KEYSTONE",
    ] {
        assert!(!logged.contains(secret), "{secret} is in {logged}");
    }
}
