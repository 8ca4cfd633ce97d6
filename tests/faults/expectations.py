"""What a caller must be told of each fault: the promises of the README and of docs/design.md, fault by fault.

``ok`` is a success, which has to be a true one; else ``status/outcome``; ``|`` separates what is right alike. Of the
OpenStack operations only what differs is named. Their refusals have statuses of their own, and a detach is over with
the status line: Nova's 202 has no body, so a broken one may be overlooked.
"""

from dataclasses import dataclass

BROKEN = "connection_failed/unknown | invalid_response/unknown"
UNREACHED = "connection_failed/not_sent"
UNTRUSTED = "tls_failed/not_sent"
LATE = "timed_out/unknown"
NOT_THE_API = "invalid_response/unknown"
TOO_LARGE = "response_too_large/unknown"
LIMITED = "rate_limit_reached/rejected"
CLOUD_LIMITED = "openstack_error/rejected"
CLOUD_ERROR = "openstack_error/unknown"


@dataclass(frozen=True)
class Expected:
    title: str
    read: str
    write: str = None
    cloud_read: str = None
    cloud_write: str = None
    # Where a login meets the fault; see `allowed`.
    login: str = None
    # Besides, in C: a reply is the body as it came, checked for its keys only.
    c: str = ""
    # Whether the service may see a write again, because it was certain that nothing had happened.
    again: bool = False
    # Whether Katapult's rate limit is known to last longer than the next call may take.
    lasts: bool = False

    def allowed(self, operation, face):
        """The set of what may be claimed."""
        write = self.read if self.write is None else self.write
        before = words(self.login) if self.login else unsent(words(write) | words(self.cloud_write or write))
        if operation.logs_in:
            return before
        if operation.discovers:
            # A page says nothing about Nova's versions, so the detach is sent to its oldest URL, and meets the fault, too.
            return unsent(words(self.cloud_read or self.read)) | words(self.cloud_write or write)
        if operation.proves_absence:
            return {refused(claim) for claim in words(self.cloud_read or self.read)}
        if not operation.is_cloud:
            claims = write if operation.is_write else self.read
        elif operation.is_write:
            claims = self.cloud_write or write
        else:
            claims = self.cloud_read or self.read
        return words(claims) | (words(self.c) if face == "c" else set())


def words(claims):
    return {claim.strip() for claim in claims.split("|") if claim.strip()}


def unsent(claims):
    """A login that fails leaves the call unsent, whatever happened to the login."""
    return {claim.replace("/unknown", "/not_sent") for claim in claims} | {
        claim.replace("/rejected", "/not_sent") for claim in claims
    }


def refused(claim):
    """What Nova has refused before stays so, whatever happens to the list that would explain it."""
    return claim if claim == "ok" else f"{claim.partition('/')[0]}/rejected"


def also_ok(claims):
    return f"ok | {claims}"


def no_answer(title):
    return Expected(title, BROKEN)


def wrong_url(title):
    """Of OpenStack a 404 that is not about a server or a volume."""
    url = "invalid_configuration/unknown"
    return Expected(title, NOT_THE_API, None, url, url, "invalid_configuration/not_sent")


def misread(title, claims=BROKEN):
    """An answer whose body cannot be taken for one."""
    return Expected(title, claims, cloud_write=also_ok(claims), login=no_ok(claims))


def no_ok(claims):
    return " | ".join(sorted(unsent(words(claims))))


def gateway(title):
    return Expected(title, NOT_THE_API, None, CLOUD_ERROR, CLOUD_ERROR, "openstack_error/not_sent")


def redirect(title):
    """A login that is redirected went to the wrong URL."""
    return Expected(title, NOT_THE_API, None, CLOUD_ERROR, CLOUD_ERROR, "invalid_configuration/not_sent")


def limited(title, lasts=True):
    return Expected(title, LIMITED, cloud_read=CLOUD_LIMITED, cloud_write=CLOUD_LIMITED, again=True, lasts=lasts)


def limited_once(title):
    return Expected(title, "ok", again=True)


EXPECTED = {
    "none": Expected("no fault", "ok"),
    # The connection
    "refused": Expected("connection refused", UNREACHED),
    "accept_reset": Expected("reset when it was accepted", f"{UNREACHED} | {BROKEN}"),
    "accept_close": Expected("closed when it was accepted", f"{UNREACHED} | {BROKEN}"),
    "half_request_reset": no_answer("reset in the middle of the request"),
    "half_request_close": no_answer("closed in the middle of the request"),
    "half_request_silence": Expected("not read on in the middle of the request", LATE),
    "request_reset": no_answer("reset after the request, which was not performed"),
    "request_close": no_answer("closed after the request, which was not performed"),
    "performed_reset": no_answer("reset after the request was performed"),
    "performed_close": no_answer("closed after the request was performed"),
    "performed_reset_once": Expected("the same, but only once", "ok", BROKEN),
    "idle_close": Expected("an idle connection was closed", "ok"),
    "idle_reset": Expected("an idle connection was reset", "ok"),
    "idle_408": Expected("an idle connection was closed with a 408", "ok"),
    "idle_garbage": Expected("stray bytes on an idle connection", "ok"),
    "behind_answer": Expected("another answer came with the one before", "ok"),
    # The answer breaks off, or does not come
    "half_head_close": no_answer("half a head, then closed"),
    "half_head_reset": no_answer("half a head, then reset"),
    "half_head_silence": Expected("half a head, then nothing", LATE),
    "half_body_close": misread("half a body, then closed"),
    "half_body_reset": misread("half a body, then reset"),
    "half_body_silence": misread("half a body, then nothing", LATE),
    "silence": Expected("no answer, not performed", LATE),
    "performed_silence": Expected("no answer, performed", LATE),
    "late_answer": Expected("an answer after the timeout", LATE),
    "drip": Expected("one byte a second", LATE),
    "garbage": no_answer("bytes that are not HTTP"),
    # The head
    "head_endless": Expected("header lines without end", f"{TOO_LARGE} | {NOT_THE_API}"),
    "head_line_endless": Expected("a header line without end", f"{TOO_LARGE} | {NOT_THE_API}"),
    "head_many_lines": Expected("5,000 header lines", f"{TOO_LARGE} | {NOT_THE_API}"),
    "http_1_0": Expected("HTTP/1.0 without a length", "ok"),
    "no_length": Expected("no length, ended by closing", "ok"),
    "tls_no_length": Expected("TLS, no length, ended without close_notify", "ok"),
    "no_length_cut": misread("no length, closed too early"),
    "length_long_close": misread("Content-Length too long, then closed"),
    "length_long_silence": misread("Content-Length too long, then nothing", LATE),
    "length_short": misread("Content-Length too short"),
    "length_two": Expected("two different Content-Lengths", BROKEN),
    "length_word": Expected("Content-Length is a word", BROKEN),
    "length_negative": Expected("Content-Length is negative", BROKEN),
    "length_huge": misread("Content-Length of 23 digits", f"{BROKEN} | {TOO_LARGE}"),
    "chunk_size_word": misread("chunk size is a word"),
    "chunk_size_negative": misread("chunk size is negative"),
    "chunk_size_huge": misread("chunk size of 80 bits", f"{BROKEN} | {TOO_LARGE}"),
    "chunk_size_short": misread("chunk size too short"),
    "chunk_size_long": misread("chunk size too long"),
    "chunk_last_missing": misread("the last chunk is missing"),
    "answer_twice": Expected("another answer behind the answer", "ok"),
    "continue_100": Expected("100 before the answer", "ok"),
    "continue_100_lines": Expected("100 with a header line before the answer", "ok"),
    "early_hints_103": Expected("103 before the answer", "ok"),
    "several_1xx": Expected("100, 102, 103, 103 before the answer", "ok"),
    "endless_1xx": Expected("103 without end", f"{LATE} | {TOO_LARGE} | {BROKEN}"),
    "switching_101": Expected("101 instead of an answer", BROKEN, None, *[f"{BROKEN} | {CLOUD_ERROR}"] * 2),
    # The status
    "empty_200": misread("200 without a body", NOT_THE_API),
    "html_200": Expected(
        *("200 with the page of a captive portal", NOT_THE_API), cloud_write=f"{NOT_THE_API} | {CLOUD_ERROR}"
    ),
    "html_502": gateway("502 with HTML, performed"),
    "html_503": gateway("503 with HTML, performed"),
    "html_503_once": Expected(
        *("the same, but only once", "ok", NOT_THE_API, "ok", CLOUD_ERROR), login="openstack_error/not_sent"
    ),
    "html_504": gateway("504 with HTML, performed"),
    "empty_502": gateway("502 without a body, performed"),
    "empty_503": gateway("503 without a body, performed"),
    "empty_504": gateway("504 without a body, performed"),
    "api_503": Expected(
        "503 of the API itself",
        *("service_unavailable/rejected", None, CLOUD_ERROR, CLOUD_ERROR),
        login="openstack_error/not_sent",
        again=True,
    ),
    # Nova's 503 is not known to mean that nothing happened.
    "api_503_once": Expected(
        *("the same, but only once", "ok", "ok", "ok", CLOUD_ERROR),
        login="ok | openstack_error/not_sent",
        again=True,
    ),
    "limit_plain": limited("429 without Retry-After"),
    "limit_second": limited_once("429, Retry-After: 1, once"),
    "limit_hour": limited("429, Retry-After: 3600"),
    "limit_date": limited_once("429, Retry-After is a date, once"),
    "limit_date_past": limited_once("429, Retry-After is a date long ago, once"),
    "limit_zero": limited("429, Retry-After: 0", lasts=False),
    "limit_absurd": limited("429, Retry-After: 99999999999999"),
    "limit_overflow": limited("429, Retry-After of 40 digits"),
    "limit_negative": limited("429, Retry-After: -1"),
    "limit_garbage": limited("429, Retry-After: soon"),
    "limit_html": limited("429 with HTML", lasts=False),
    "redirect_same_host": redirect("redirect to the same host"),
    "redirect_other_host": redirect("redirect to another host"),
    **{f"page_{status}": Expected(f"{status} with HTML, performed", NOT_THE_API) for status in (400, 401, 403, 409)},
    "page_404": wrong_url("404 with HTML, performed"),
    "empty_404": wrong_url("404 without a body, performed"),
    # Whose answer it is: what repeats nothing of the request is a success that says what the service said.
    "other_object": Expected("an answer about another object", also_ok(NOT_THE_API)),
    "other_object_once": Expected("the same, but only once", "ok", also_ok(NOT_THE_API)),
    "echo_200": Expected("200 that repeats the request", NOT_THE_API),
    "echo_502": gateway("502 that repeats the request"),
    "echo_502_packed": gateway("502 that repeats it in base64 and percent-encoded"),
    "echo_json": misread("JSON that repeats the request", NOT_THE_API),
    "echo_head": gateway("a head that repeats the request"),
    "echo_api_error": Expected(
        *("an error of the API that repeats the request", "api_error/rejected", None, NOT_THE_API, NOT_THE_API),
        login="invalid_response/not_sent",
    ),
    "echo_fault": Expected(
        *("a fault of Nova that repeats the request", NOT_THE_API, None, *["openstack_bad_request/rejected"] * 2),
        login="invalid_response/not_sent",
    ),
    # The body
    "json_invalid": misread("invalid JSON", NOT_THE_API),
    "json_cut": misread("JSON that is cut, with the right length", NOT_THE_API),
    "json_other_keys": misread("JSON with other keys", NOT_THE_API),
    "json_other_types": Expected(
        *("JSON with numbers for objects", NOT_THE_API),
        cloud_write=also_ok(NOT_THE_API),
        login="invalid_response/not_sent",
        c="ok",
    ),
    "json_array": misread("a JSON array", NOT_THE_API),
    "json_null": misread("JSON null", NOT_THE_API),
    "json_deep": misread("JSON 200,000 levels deep", NOT_THE_API),
    # Within max_response_bytes, but costly to decode.
    "json_wide": misread("JSON with 20 million empty objects", TOO_LARGE),
    "json_wide_deep": misread("the same, and 200 levels deep", TOO_LARGE),
    "json_wide_annotations": misread("JSON with 2.6 million annotations", TOO_LARGE),
    "json_wide_list": misread("JSON with a list of 1.9 million disks", TOO_LARGE),
    "utf8_invalid": misread("invalid UTF-8", NOT_THE_API),
    "large_announced": misread("100 MB, announced", TOO_LARGE),
    "large_chunked": misread("100 MB, in chunks", TOO_LARGE),
    "gzip_bomb": misread("gzip: 130 KB for 128 MB", TOO_LARGE),
    "gzip_not": misread("gzip announced, plain sent", NOT_THE_API),
    "gzip_cut": misread("gzip that is cut"),
    "gzip_checksum": misread("gzip with a wrong checksum"),
    "encoding_unknown": misread("a Content-Encoding nobody asked for", NOT_THE_API),
    # TLS
    "tls_none": Expected("TLS, no fault", "ok"),
    "tls_other_host": Expected("certificate of another host", UNTRUSTED),
    "tls_expired": Expected("expired certificate", UNTRUSTED),
    "tls_not_yet_valid": Expected("certificate of the future", UNTRUSTED),
    "tls_unknown_authority": Expected("certificate of an unknown CA", UNTRUSTED),
    "tls_old_protocol": Expected("TLS 1.1 only", UNTRUSTED),
    "tls_at_no_tls": Expected("no TLS at the port", UNTRUSTED),
    "tls_handshake_reset": Expected("reset in the handshake", f"{UNTRUSTED} | {UNREACHED}"),
    "tls_handshake_close": Expected("closed in the handshake", f"{UNTRUSTED} | {UNREACHED}"),
    "tls_handshake_silence": Expected("no answer in the handshake", "timed_out/not_sent"),
    "tls_cut": misread("half a body, then FIN without close_notify", f"{BROKEN} | tls_failed/unknown"),
    "tls_reset": misread("half a body, then reset", f"{BROKEN} | tls_failed/unknown"),
    "tls_bad_record": misread("half a body, then a forged record", f"{BROKEN} | tls_failed/unknown"),
    "tls_idle_close": Expected("an idle connection was closed with close_notify", "ok"),
    "tls_idle_cut": Expected("an idle connection was closed without it", "ok"),
    "tls_behind_answer": Expected("another answer came with the one before", "ok"),
    "tls_behind_close": Expected("close_notify came with the answer before, and no FIN", "ok"),
    # Forward proxies
    "tunnel_none": Expected("CONNECT, no fault", "ok"),
    "tunnel_absent": Expected("the proxy is not there", UNREACHED),
    "tunnel_403": Expected("CONNECT answered with 403", UNREACHED),
    "tunnel_407": Expected("CONNECT answered with 407", UNREACHED),
    "tunnel_502": Expected("CONNECT answered with 502", UNREACHED),
    "tunnel_close": Expected("closed instead of an answer to CONNECT", UNREACHED),
    "tunnel_garbage": Expected("bytes that are not HTTP to CONNECT", f"{UNREACHED} | invalid_response/not_sent"),
    "tunnel_silence": Expected("no answer to CONNECT", "timed_out/not_sent"),
    "tunnel_cut": Expected("a tunnel that ends at once", f"{UNREACHED} | {UNTRUSTED}"),
    "tunnel_other_host": Expected("certificate of another host in the tunnel", UNTRUSTED),
    "forward_none": Expected("http:// forwarded, no fault", "ok"),
    "forward_absent": Expected("the proxy is not there, http://", UNREACHED),
    "forward_403": Expected("the proxy's 403 page", NOT_THE_API),
    "forward_407": Expected("the proxy's 407 page", NOT_THE_API),
    "forward_407_echo": Expected("the proxy's 407 page, which repeats the request", NOT_THE_API),
    "forward_502": gateway("the proxy's 502 page"),
    # Names
    "dns_none": Expected("a name, no fault", "ok"),
    "dns_unknown": Expected("the name does not exist", UNREACHED),
    "dns_fails": Expected("the name server fails (SERVFAIL)", UNREACHED),
    "dns_garbage": Expected("the name server sends garbage", f"{UNREACHED} | timed_out/not_sent"),
    "dns_hangs": Expected("the name server is silent", "timed_out/not_sent"),
}
