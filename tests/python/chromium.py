"""Chromium without a window, by its DevTools protocol over a pipe: the browser is all that has to be installed."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 15
OPTIONS = (
    *("--headless", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--no-proxy-server", "--hide-scrollbars"),
)
# Their codes, and what they type.
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, "")}


class Chromium:
    """A browser. Its pages share nothing with each other."""

    def __enter__(self):
        path = next(filter(None, map(shutil.which, NAMES)), None)
        if path is None:
            pytest.skip("Chromium is not installed")
        self.directory = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        their_input, self.output = os.pipe()
        self.input, their_output = os.pipe()
        # It reads orders from 3 and writes answers to 4. Root may not use its sandbox.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        command = [path, *OPTIONS, *sandbox, f"--user-data-dir={self.directory.name}", "about:blank"]
        redirected = f'exec "$@" 3<&{their_input} 4>&{their_output}'
        self.process = subprocess.Popen(
            ["bash", "-c", redirected, "bash", *command],
            pass_fds=(their_input, their_output),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_input)
        os.close(their_output)
        self.unread, self.sent, self.listeners = b"", 0, {}
        return self

    def __exit__(self, *_):
        try:
            self.order("Browser.close")
            self.process.wait(10)
        except (OSError, AssertionError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.input)
        os.close(self.output)
        self.directory.cleanup()

    def order(self, method, session=None, **parameters):
        self.sent += 1
        message = {"id": self.sent, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read(method)
            if answer.get("id") == self.sent:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
            self.listeners.get(answer.get("sessionId"), lambda _: None)(answer)

    def read(self, what):
        while b"\0" not in self.unread:
            ready, _, _ = select.select([self.input], [], [], SECONDS)
            assert ready, f"Chromium does not answer {what}"
            piece = os.read(self.input, 1 << 16)
            assert piece, "Chromium has ended"
            self.unread += piece
        message, self.unread = self.unread.split(b"\0", 1)
        return json.loads(message)

    def page(self, address, **options):
        return Page(self, address, **options)


class Page:
    def __init__(self, browser, address, width=1440, height=900, scheme="light"):
        self.browser = browser
        context = browser.order("Target.createBrowserContext")["browserContextId"]
        self.target = browser.order("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self.session = browser.order("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        # What the browser and the page complain of, and the addresses of all requests.
        self.complaints, self.addresses = [], []
        browser.listeners[self.session] = self.listen
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.order(f"{domain}.enable")
        self.size(width, height)
        self.order("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.order("Page.navigate", url=address)
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        del self.browser.listeners[self.session]
        self.browser.order("Target.closeTarget", targetId=self.target)

    def order(self, method, **parameters):
        return self.browser.order(method, self.session, **parameters)

    def listen(self, event):
        about = event["params"]
        match event["method"]:
            case "Runtime.exceptionThrown":
                self.complaints.append(about["exceptionDetails"])
            case "Runtime.consoleAPICalled" if about["type"] in ("error", "warning", "assert"):
                self.complaints.append(about["args"])
            case "Log.entryAdded" if about["entry"]["level"] in ("error", "warning"):
                self.complaints.append(about["entry"])
            case "Network.requestWillBeSent":
                self.addresses.append(about["request"]["url"])

    def size(self, width, height):
        self.order("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def js(self, expression):
        """The value of an expression in the page."""
        answer = self.order(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        assert "exceptionDetails" not in answer, f"{expression}: {answer['exceptionDetails']}"
        return answer["result"].get("value")

    def wait(self, expression):
        """Until the expression is true; its value, or true if that is an element."""
        expression = f"(it => it instanceof Node || it)({expression})"
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            value = self.js(expression)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}")

    def click(self, selector):
        """With the mouse, in the middle of the first element that fits; nothing may lie above it."""
        place = self.wait(f"""(() => {{
            const found = document.querySelector({json.dumps(selector)});
            if (!found) return null;
            found.scrollIntoView({{ block: "nearest", behavior: "instant" }});
            const box = found.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            return found.contains(document.elementFromPoint(x, y)) && [x, y];
        }})()""")
        x, y = place
        for kind in ("mousePressed", "mouseReleased"):
            self.order("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector, text):
        self.js(f"document.querySelector({json.dumps(selector)}).select()")
        self.order("Input.insertText", text=text)

    def key(self, name):
        code, text = KEYS[name]
        press = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        for kind in (press, {"type": "keyUp"}):
            self.order("Input.dispatchKeyEvent", key=name, code=name, windowsVirtualKeyCode=code, **kind)

    def screenshot(self, path, whole=False):
        picture = self.order("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(picture["data"]))
