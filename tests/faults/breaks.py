"""Faults of the connection: when it breaks, and how."""

import socket
import ssl

from proxy import FORWARD, NAMED, TLS, TUNNEL, Fault

# Where waiting is the point.
SHORT = 0.5


def reset(visit, *_):
    visit.reset()
    return False


def finish(visit, *_):
    visit.finish()
    return False


def silence(visit, *_):
    """Nothing more, as long as the cell lasts."""
    visit.pause(60)
    return False


def stay(visit, *_):
    """No fault at all."""
    return True


def send_half(visit, answer):
    whole = readable(answer).whole()
    visit.send(whole[: -len(readable(answer).body) // 2])
    visit.pause(0.02)  # so that the client has read that part


def readable(answer):
    """The answer with a body that can break off, if it has none: Nova's to a detach is empty."""
    return answer if answer.body else answer.with_body(b'{"note": "nothing to say"}')


def half_body(then):
    def act(visit, answer):
        send_half(visit, answer)
        return then(visit)

    return act


def half_head(then):
    def act(visit, answer):
        head = answer.head()
        visit.send(head[: len(head) // 2])
        visit.pause(0.02)
        return then(visit)

    return act


def late(visit, answer):
    """The answer comes when its caller has gone."""
    visit.pause(SHORT + 0.1)
    visit.send(answer.whole())
    return True


def drip(visit, answer):
    """One byte a second."""
    for byte in answer.whole():
        visit.send(bytes([byte]))
        if not visit.pause(1):
            break
    return False


def idle(then, data=b""):
    """The connection is idle, and then: `data`, and its end."""

    def act(visit):
        visit.pause(0.03)
        if data:
            visit.send(data)
        return then(visit)

    return act


def another_answer(visit, answer):
    """The answer, in TLS with the beginning of its body in a record with what nobody asked for."""
    visit.send(answer.head())
    visit.pause(0.03)  # so that the head is read alone
    visit.send(answer.body + answer.with_body(b'{"disk": {"id": "disk_of_another"}}').whole())
    return True


def end_tls_behind(visit, answer):
    """The answer and close_notify in one segment; FIN never comes."""
    visit.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    visit.send(answer.whole())
    end_tls(visit)
    visit.connection.setblocking(True)
    visit.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
    return True


def end_tls(visit, *_):
    """The orderly end: close_notify, then FIN."""
    visit.connection.setblocking(False)
    try:
        visit.connection.unwrap()
    except ssl.SSLWantReadError:
        pass  # The client's own close_notify is not waited for.
    return False


def cut(visit, *_):
    """FIN, in TLS without close_notify."""
    return False


def bad_record(visit, answer):
    """Bytes that are no TLS record, after half an answer."""
    send_half(visit, answer)
    visit.connection = socket.socket(fileno=visit.connection.detach())
    visit.send(b"\x17\x03\x03\x00\x20" + b"\x00" * 32)
    visit.pause(0.1)
    return False


def plain_http(visit):
    """What a server without TLS says to a handshake."""
    visit.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    return False


def refuse_tunnel(status):
    def act(visit):
        page = b"<html>No.</html>"
        visit.send(b"HTTP/1.1 %d Reason\r\nContent-Length: %d\r\n\r\n%s" % (status, len(page), page))
        return False

    return act


def garbage(visit, *_):
    visit.send(b"\x00\x01\x02 this is not HTTP\r\n\r\n")
    return False


def cut_tunnel(visit):
    visit.send(b"HTTP/1.1 200 Reason\r\n\r\n")
    return False


REQUEST_TIMEOUT = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

FAULTS = [
    Fault("none", "answer", lambda visit, answer: visit.send(answer.whole()) is None),
    Fault("refused", "absent"),
    Fault("accept_reset", "accept", reset),
    Fault("accept_close", "accept", finish),
    Fault("half_request_reset", "half", reset),
    Fault("half_request_close", "half", finish),
    Fault("half_request_silence", "half", silence, timeout=SHORT),
    Fault("request_reset", "request", reset),
    Fault("request_close", "request", finish),
    Fault("performed_reset", "answer", reset),
    Fault("performed_close", "answer", finish),
    Fault("performed_reset_once", "answer", reset, once=True),
    Fault("idle_close", "idle", idle(cut), once=True),
    Fault("idle_reset", "idle", idle(reset), once=True),
    Fault("idle_408", "idle", idle(cut, REQUEST_TIMEOUT), once=True),
    Fault("idle_garbage", "idle", idle(stay, b"stray bytes"), once=True),
    Fault("behind_answer", "behind", another_answer, once=True),
    Fault("half_head_close", "answer", half_head(finish)),
    Fault("half_head_reset", "answer", half_head(reset)),
    Fault("half_head_silence", "answer", half_head(silence), timeout=SHORT),
    Fault("half_body_close", "answer", half_body(finish)),
    Fault("half_body_reset", "answer", half_body(reset)),
    Fault("half_body_silence", "answer", half_body(silence), timeout=SHORT),
    Fault("silence", "request", silence, timeout=SHORT),
    Fault("performed_silence", "answer", silence, timeout=SHORT),
    Fault("late_answer", "answer", late, timeout=SHORT),
    Fault("drip", "answer", drip, timeout=SHORT),
    Fault("garbage", "answer", garbage),
    Fault("tls_none", "answer", lambda visit, answer: visit.send(answer.whole()) is None, TLS),
    Fault("tls_other_host", "answer", stay, TLS, certificate="other host"),
    Fault("tls_expired", "answer", stay, TLS, certificate="expired"),
    Fault("tls_not_yet_valid", "answer", stay, TLS, certificate="not yet valid"),
    Fault("tls_unknown_authority", "answer", stay, TLS, certificate="unknown authority"),
    Fault("tls_old_protocol", "answer", stay, TLS, certificate="old protocol"),
    Fault("tls_at_no_tls", "greet", plain_http, TLS),
    Fault("tls_handshake_reset", "greet", reset, TLS),
    Fault("tls_handshake_close", "greet", cut, TLS),
    Fault("tls_handshake_silence", "greet", silence, TLS, timeout=SHORT),
    Fault("tls_cut", "answer", half_body(cut), TLS),
    Fault("tls_reset", "answer", half_body(reset), TLS),
    Fault("tls_bad_record", "answer", bad_record, TLS),
    Fault("tls_idle_close", "idle", idle(end_tls), TLS, once=True),
    Fault("tls_idle_cut", "idle", idle(cut), TLS, once=True),
    Fault("tls_behind_answer", "behind", another_answer, TLS, once=True),
    Fault("tls_behind_close", "behind", end_tls_behind, TLS, once=True),
    Fault("tunnel_none", "connect", stay, TUNNEL),
    Fault("tunnel_absent", "absent", route=TUNNEL),
    Fault("tunnel_403", "connect", refuse_tunnel(403), TUNNEL),
    Fault("tunnel_407", "connect", refuse_tunnel(407), TUNNEL),
    Fault("tunnel_502", "connect", refuse_tunnel(502), TUNNEL),
    Fault("tunnel_close", "connect", cut, TUNNEL),
    Fault("tunnel_garbage", "connect", garbage, TUNNEL),
    Fault("tunnel_silence", "connect", silence, TUNNEL, timeout=SHORT),
    Fault("tunnel_cut", "connect", cut_tunnel, TUNNEL),
    Fault("tunnel_other_host", "answer", stay, TUNNEL, certificate="other host"),
    Fault("forward_none", "answer", lambda visit, answer: visit.send(answer.whole()) is None, FORWARD),
    Fault("forward_absent", "absent", route=FORWARD),
    Fault("dns_none", "name", "good", NAMED),
    Fault("dns_unknown", "name", "unknown", NAMED),
    Fault("dns_fails", "name", "fails", NAMED),
    Fault("dns_garbage", "name", "garbage", NAMED),
    Fault("dns_hangs", "name", "hangs", NAMED, timeout=SHORT),
]
