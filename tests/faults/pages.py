"""Faults of the answer: its head, its length, its body, its status."""

import email.utils
import gzip
import json
import time
import zlib

from breaks import SHORT, cut, finish, readable, silence
from exchange import Answer
from proxy import FORWARD, TLS, Fault

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
GATEWAY = b"<html><h1>The gateway has no answer</h1></html>"
MEGABYTE = b" " * (1 << 20)


def sends(make, then=lambda visit: True):
    """Answers with the bytes that `make` makes of the simulator's answer."""

    def act(visit, answer):
        visit.send(make(answer))
        return then(visit)

    return act


def body(make, **headers):
    """The same answer with another body."""
    return sends(lambda answer: answer.with_body(make(answer), **headers).whole())


def page(status, text, headers=HTML):
    """An answer that has nothing of the simulator's."""
    return sends(lambda _: Answer(status, headers, text).whole())


# The head


HINT = b"Link: </style.css>; rel=preload\r\n"


def before(*statuses, lines=HINT):
    """1xx before the answer."""
    preludes = b"".join(b"HTTP/1.1 %d Reason\r\n%s\r\n" % (status, lines) for status in statuses)
    return sends(lambda answer: preludes + answer.whole())


def endless(piece):
    """The same bytes without an end, but not faster than a client can read them."""

    def act(visit, answer):
        visit.send(b"HTTP/1.1 200 Reason\r\n" if b"HTTP" not in piece else b"")
        while visit.pause(0.002):
            visit.send(piece)
        return False

    return act


def length(*values):
    """The answer with these Content-Lengths."""

    def make(answer):
        answer = readable(answer)
        lines = b"".join(b"Content-Length: %s\r\n" % value(answer) for value in values)
        return answer.head(length=False)[:-2] + lines + b"\r\n" + answer.body

    return make


def number(change):
    return lambda answer: b"%d" % (len(answer.body) + change)


def word(text):
    return lambda _: text


# Chunks


def chunked(make, **headers):
    def bytes_of(answer):
        answer = readable(answer).with_body(readable(answer).body, **{"Transfer-Encoding": "chunked", **headers})
        return answer.head(length=False) + make(answer.body)

    return bytes_of


def chunk(size, data):
    return size + b"\r\n" + data + b"\r\n"


def one_chunk(data):
    return chunk(b"%x" % len(data), data)


# The body


def undecodable(answer):
    return readable(answer).body.replace(b'"', b'"\xff\xfe', 1)


def numbers(answer):
    """The right keys, each with a number for a value."""
    return json.dumps(dict.fromkeys(json.loads(readable(answer).body), 5)).encode()


def large(chunks):
    def act(visit, answer):
        if chunks:
            visit.send(answer.with_body(b"", **{"Transfer-Encoding": "chunked"}).head(length=False))
        else:
            visit.send(answer.with_body(b"").head(length=False)[:-2] + b"Content-Length: %d\r\n\r\n" % (100 << 20))
        for _ in range(100):
            visit.send(one_chunk(MEGABYTE) if chunks else MEGABYTE)
        if chunks:
            visit.send(b"0\r\n\r\n")
        return True

    return act


def bomb():
    """128 MiB of blanks, twice the client's limit, in 130 KB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same input gives the same output, so one piece can be repeated.
    return first + (packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)) * 127


def wide(piece, before=b'"x":['):
    """The answer with some 60 MB of `piece` in another member, which are 60 KB on the wire."""
    megabyte = piece * (len(MEGABYTE) // len(piece))

    def make(answer):
        whole = readable(answer).body.rstrip()
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        first = packer.compress(whole[:-1] + b"," + before)
        most = b"".join(packer.compress(megabyte) for _ in range(60))
        return first + most + packer.compress(piece.rstrip(b",") + b"]}") + packer.flush()

    return body(make, **{"Content-Encoding": "gzip"})


def packed(change):
    return body(lambda answer: change(gzip.compress(readable(answer).body)), **{"Content-Encoding": "gzip"})


# Refusals, which the simulator never hears of


def refusal(status, code, **headers):
    text = json.dumps({"error": {"code": code, "description": "Not now", "detail": {}}}).encode()
    # Ten seconds into a minute, so that the end of the minute is never within a short timeout.
    date = email.utils.formatdate(time.time() // 60 * 60 + 10, usegmt=True)
    return Answer(status, {**JSON, "Date": date, "X-Api-Schema": "json-error", **headers}, text).whole()


def limited(retry_after=None):
    def act(visit, request):
        value = retry_after() if callable(retry_after) else retry_after
        visit.send(refusal(429, "rate_limit_reached", **({} if value is None else {"Retry-After": value})))
        return True

    return act


def unavailable(visit, request):
    visit.send(refusal(503, "service_unavailable"))
    return True


def in_a_second():
    """As a date, by the clock that the answer has in its Date."""
    return email.utils.formatdate(time.time() // 60 * 60 + 11, usegmt=True)


def redirect(status, host):
    def act(visit, request):
        port = visit.elsewhere if host == "localhost" else visit.connection.getsockname()[1]
        location = {"Location": f"http://{host}:{port}/core/v1/disks/disk"}
        visit.send(Answer(status, location, b"").whole())
        return True

    return act


FAULTS = [
    Fault("head_endless", "answer", endless(b"X-Padding: " + b"p" * 8000 + b"\r\n")),
    Fault("head_line_endless", "answer", endless(b"p" * 8000)),
    Fault("head_many_lines", "answer", sends(lambda a: a.with_body(a.body, **many()).whole())),
    Fault("http_1_0", "answer", sends(lambda a: readable(a).head(False, "HTTP/1.0") + readable(a).body, cut)),
    Fault("no_length", "answer", sends(lambda a: readable(a).head(False) + readable(a).body, finish)),
    Fault("tls_no_length", "answer", sends(lambda a: readable(a).head(False) + readable(a).body, cut), TLS),
    Fault("no_length_cut", "answer", sends(lambda a: readable(a).head(False) + readable(a).body[:-3], finish)),
    Fault("length_long_close", "answer", sends(length(number(20)), finish)),
    Fault("length_long_silence", "answer", sends(length(number(20)), silence), timeout=SHORT),
    Fault("length_short", "answer", sends(length(number(-5)))),
    Fault("length_two", "answer", sends(length(number(0), number(-5)))),
    Fault("length_word", "answer", sends(length(word(b"many")))),
    Fault("length_negative", "answer", sends(length(word(b"-1")))),
    Fault("length_huge", "answer", sends(length(word(b"99999999999999999999999")), finish)),
    Fault("chunk_size_word", "answer", sends(chunked(lambda data: chunk(b"xyz", data)), finish)),
    Fault("chunk_size_negative", "answer", sends(chunked(lambda data: chunk(b"-5", data)), finish)),
    Fault("chunk_size_huge", "answer", sends(chunked(lambda data: chunk(b"f" * 20, data)), finish)),
    Fault("chunk_size_short", "answer", sends(chunked(lambda data: chunk(b"%x" % (len(data) - 5), data)), finish)),
    Fault("chunk_size_long", "answer", sends(chunked(lambda data: chunk(b"%x" % (len(data) + 5), data)), finish)),
    Fault("chunk_last_missing", "answer", sends(chunked(one_chunk), finish)),
    Fault("answer_twice", "answer", sends(lambda a: readable(a).whole() + a.with_body(b'{"of": "another"}').whole())),
    Fault("continue_100", "answer", before(100, lines=b"")),
    Fault("continue_100_lines", "answer", before(100)),
    Fault("early_hints_103", "answer", before(103)),
    Fault("several_1xx", "answer", before(100, 102, 103, 103)),
    Fault("endless_1xx", "answer", endless(b"HTTP/1.1 103 Early Hints\r\n\r\n"), timeout=SHORT),
    Fault("switching_101", "answer", sends(lambda a: b"HTTP/1.1 101 Reason\r\nUpgrade: x\r\n\r\n", finish)),
    Fault("empty_200", "answer", sends(lambda a: Answer(200, JSON, b"").whole())),
    Fault("html_200", "request", page(200, b"<html>Please sign in to this network</html>")),
    Fault("html_502", "answer", page(502, GATEWAY)),
    Fault("html_503", "answer", page(503, GATEWAY), timeout=1),
    Fault("html_503_once", "answer", page(503, GATEWAY), once=True),
    Fault("html_504", "answer", page(504, GATEWAY)),
    Fault("empty_502", "answer", page(502, b"", {})),
    Fault("empty_503", "answer", page(503, b"", {}), timeout=1),
    Fault("empty_504", "answer", page(504, b"", {})),
    Fault("api_503", "request", unavailable, timeout=1),
    Fault("api_503_once", "request", unavailable, once=True),
    Fault("limit_plain", "request", limited(), timeout=1),
    Fault("limit_second", "request", limited("1"), once=True),
    Fault("limit_hour", "request", limited("3600"), timeout=1),
    Fault("limit_date", "request", limited(in_a_second), once=True),
    Fault("limit_date_past", "request", limited("Sun, 06 Nov 1994 08:49:37 GMT"), once=True),
    Fault("limit_zero", "request", limited("0"), timeout=1),
    Fault("limit_absurd", "request", limited("99999999999999"), timeout=1),
    Fault("limit_overflow", "request", limited("9" * 40), timeout=1),
    Fault("limit_negative", "request", limited("-1"), timeout=1),
    Fault("limit_garbage", "request", limited("soon"), timeout=1),
    Fault("limit_html", "request", page(429, GATEWAY), timeout=1),
    Fault("json_invalid", "answer", body(lambda a: b"{not json}")),
    Fault("json_cut", "answer", body(lambda a: readable(a).body[:-3])),
    Fault("json_other_keys", "answer", body(lambda a: b'{"hello": {"world": 1}}')),
    Fault("json_other_types", "answer", body(numbers)),
    Fault("json_array", "answer", body(lambda a: b"[1, 2, 3]")),
    Fault("json_null", "answer", body(lambda a: b"null")),
    Fault("json_deep", "answer", body(lambda a: b"[" * 200_000)),
    Fault("json_wide", "answer", wide(b"{},")),
    Fault("json_wide_deep", "answer", wide(b"{},", b'"deep":%s,"x":[' % (b"[" * 200 + b"]" * 200))),
    Fault("json_wide_annotations", "answer", wide(b'{"key":"k","value":"v"},', b'"annotations":[')),
    Fault("json_wide_list", "answer", wide(b'{"id":"disk_FaultMatrix000001"},', b'"disk":[')),
    Fault("utf8_invalid", "answer", body(undecodable)),
    Fault("large_announced", "answer", large(False), timeout=20),
    Fault("large_chunked", "answer", large(True), timeout=20),
    Fault("gzip_bomb", "answer", body(lambda a: bomb(), **{"Content-Encoding": "gzip"}), timeout=20),
    Fault("gzip_not", "answer", body(lambda a: readable(a).body, **{"Content-Encoding": "gzip"})),
    Fault("gzip_cut", "answer", packed(lambda data: data[:-12])),
    Fault("gzip_checksum", "answer", packed(lambda data: data[:-8] + b"\0\0\0\0" + data[-4:])),
    Fault("encoding_unknown", "answer", body(lambda a: b"\x1b\x2c\x00\xf8", **{"Content-Encoding": "br"})),
    Fault("redirect_same_host", "request", redirect(307, "127.0.0.1")),
    Fault("redirect_other_host", "request", redirect(308, "localhost")),
    Fault("forward_403", "request", page(403, b"<html>Not through here</html>"), FORWARD),
    Fault("forward_407", "request", page(407, b"<html>Who are you?</html>"), FORWARD),
    Fault("forward_502", "request", page(502, GATEWAY), FORWARD),
]


def many():
    return {f"X-Line-{number}": "x" for number in range(5000)}
