"""TLS 1.3: a connection with one call, with a full handshake and with a resumed one."""

from processes import Rounds
from rows import AHEAD, compared, microseconds


def measure(bench, server):
    calls = 10 if bench.short else 200
    rounds = 1 if bench.short else 7

    def run(url):
        """All commands, by client; those of Python begin with `py`."""
        commands = {client: bench.c(client, "get", calls, url, server.authority) for client in ("katapult", "libcurl")}
        for client in ("katapult", "requests"):
            commands[f"py {client}"] = bench.py(client, "get", calls, url, server.authority)
        before = server.connections()
        done = Rounds(commands, rounds)
        opened, expected = server.connections() - before, calls * sum(len(each) for each in done.rounds)
        if opened != expected:
            raise SystemExit(f"{opened} connections instead of {expected}: not each call made a handshake")
        return done

    full, resumed = run(server.full_handshakes_url), run(server.resumed_handshakes_url)

    def row(title, done, ours, peer, name, goal):
        times = [microseconds(done.median(each, "cpu")) for each in (ours, peer)]
        return compared(title, times[0], name, times[1], done.ratio(ours, peer, "cpu"), goal)

    title = "TLS 1.3: CPU time of a connection and a call"
    yield row(f"C, {title}, full handshake", full, "katapult", "libcurl", "libcurl", 0.32)
    yield row(f"C, {title}, resumed", resumed, "katapult", "libcurl", "libcurl", 0.32)
    yield row(f"Python, {title}, full handshake", full, "py katapult", "py requests", "requests", AHEAD)
