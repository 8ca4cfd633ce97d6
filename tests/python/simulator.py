"""Starts katapult-sim and arranges things in it."""

import json
import subprocess
import urllib.parse
import urllib.request

from places import SIMULATOR, built


class Simulator:
    # The tests make more requests a minute than the service permits.
    def __init__(self, task_seconds=0.2, rate_limit=1_000_000, minute_seconds=60, allow_hosts=()):
        limits = ["--task-seconds", str(task_seconds), "--rate-limit", str(rate_limit)]
        limits += ["--minute-seconds", str(minute_seconds)]
        hosts = [f"--allow-host={name}" for name in allow_hosts]
        self.command = [str(built(SIMULATOR)), "--exit-with-stdin", *limits, *hosts]
        # A proxy would not know the way to loopback.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, "katapult-sim ended without its description line"
        self.about = json.loads(line)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("katapult-sim did not end when its standard input ended") from None
        finally:
            self.process.stdout.close()

    def control(self, method, path, body=None):
        request = urllib.request.Request(
            f"{origin(self.about['control_url'])}/__sim/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.about['control_token']}"},
        )
        with self.opener.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text.strip() else None

    def reset(self):
        self.control("POST", "reset")
        self.clear()

    def clear(self):
        self.drop_answers()
        self.forget_requests()

    def answer(self, *answers):
        self.control("POST", "answers", list(answers))

    def drop_answers(self):
        return self.control("DELETE", "answers")["left"]

    def requests(self):
        return self.control("GET", "requests")

    def forget_requests(self):
        self.control("DELETE", "requests")

    def next_task(self, **how):
        self.control("POST", "next_task", how)

    def tokens(self, **order):
        self.control("POST", "tokens", order)

    def conditions(self, **order):
        self.control("POST", "openstack", order)

    def volume(self, volume_id, **order):
        self.control("POST", f"volumes/{volume_id}", order)

    def rate_limit(self, permitted, **more):
        """`token`, `minute_seconds`, `late_reset_seconds`."""
        self.control("POST", "rate_limit", {"permitted": permitted, **more})

    def counts(self):
        """`minutes`, by token, and `kinds`: how many Katapult requests there were."""
        return self.control("GET", "counts")

    def forget_counts(self):
        self.control("DELETE", "counts")

    def calls(self):
        """How many Katapult requests there were in all."""
        return sum(self.counts()["kinds"].values())

    def latency(self, seconds, before=False):
        self.control("POST", "latency", {"seconds": seconds, "before": before})

    def lists(self, **deceit):
        """`lag_seconds`, `state_lag_seconds`, `empty_pages`, `ignore_annotations`; what is not given ends."""
        self.control("POST", "lists", deceit)

    def fail_by_name(self, names, how):
        """`how` is "build", "refuse" or "resize"."""
        self.control("POST", "fail_by_name", {"names": list(names), "how": how})

    def state(self):
        return self.control("GET", "state")

    def katapult(self, **options):
        """Client options for this simulator."""
        return {"base_url": self.about["katapult_url"], "api_token": self.about["api_token"], **options}

    def openstack(self, **options):
        return {
            "endpoint": f"{origin(self.about['openstack_url'])}/v2/{self.about['project_id']}",
            "token": self.about["openstack_token"],
            "project_id": self.about["project_id"],
            **options,
        }

    def login(self, **options):
        """Client options for a login by password, everything by name."""
        by_name = ("username", "password", "user_domain_name", "project_name", "project_domain_name")
        names = ("auth_url", *by_name, "region_name")
        return {**{name: self.about[name] for name in names}, **options}

    def options_for(self, operation, **options):
        if operation.startswith("openstack"):
            return self.openstack(**options)
        return self.katapult(**options)

    def ids(self, region, project=None):
        """The server and the volume that a project, such as about["second_project"], has in a region."""
        wanted = (region, (project or self.about)["project_id"])
        places = self.about["servers"]
        found = next(place for place in places if (place["region_name"], place["project_id"]) == wanted)
        return {name: found[name] for name in ("server_id", "volume_id")}

    def placeholders(self):
        return {
            "{katapult_origin}": origin(self.about["katapult_url"]),
            "{openstack_url}": origin(self.about["openstack_url"]),
            "{project_id}": self.about["project_id"],
        }


def origin(url):
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def header(request, name):
    """A header of a request that the simulator saw, or None."""
    headers = request["headers"]
    pairs = headers.items() if isinstance(headers, dict) else headers
    for key, value in pairs:
        if key.lower() == name.lower():
            return value
    return None
