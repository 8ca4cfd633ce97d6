"""The simulator's page when the simulator goes and comes, when nobody looks, and when orders need a token."""

import contextlib
import json
import subprocess
import time

import pytest
from chromium import Chromium
from places import SIMULATOR, built
from real_servers import free_port

STATE = "document.querySelector('#live').dataset.state"
TOKEN = "control-token-of-the-page"


@pytest.fixture(scope="module")
def chromium():
    with Chromium() as browser:
        yield browser


@contextlib.contextmanager
def running(*options):
    command = [str(built(SIMULATOR)), "--exit-with-stdin", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


def test_a_simulator_that_is_gone_is_told_and_found_again(chromium):
    port = f"--port={free_port()}"
    with contextlib.ExitStack() as while_it_runs:
        about = while_it_runs.enter_context(running(port))
        with chromium.page(about["control_url"] + "/ui") as page:
            page.wait(f"{STATE} === 'live'")
            while_it_runs.close()
            said = page.wait("document.querySelector('#gone').innerText")
            assert said.startswith("The simulator does not answer")
            assert page.js("document.querySelectorAll('#disks .row').length") > 3
            page.click("[data-advance='10']")
            assert page.wait("document.querySelector('#said').innerText") == "The simulator did not answer"
            with running(port):
                page.wait(f"{STATE} === 'live' && document.querySelector('#gone').hidden")


def test_a_tab_that_nobody_sees_asks_for_nothing(chromium, sim):
    with chromium.page(sim.about["control_url"] + "/ui") as page:
        page.wait(f"{STATE} === 'live'")
        page.js("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })")
        page.js("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait(f"{STATE} === 'paused'")
        page.addresses.clear()
        time.sleep(2.5)
        page.js("0")
        assert page.addresses == []
        page.js("delete document.hidden")
        page.js("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait(f"{STATE} === 'live'")
        time.sleep(2.5)
        page.js("0")
        assert 2 <= len(page.addresses) <= 4


@pytest.fixture
def guarded():
    with running("--host=0.0.0.0", "--allow-remote", f"--control-token={TOKEN}") as about:
        yield about["control_url"].replace("0.0.0.0", "127.0.0.1") + "/ui"


def test_the_token_comes_from_the_address_and_does_not_stay_there(chromium, guarded):
    with chromium.page(f"{guarded}#token={TOKEN}") as page:
        page.wait(f"{STATE} === 'live'")
        assert page.js("location.href") == guarded
        page.click("[data-advance='3600']")
        page.wait("document.querySelector('#ahead').innerText === '+1 h'")
        # It lasts as long as the tab.
        page.order("Page.reload")
        page.wait(f"document.readyState === 'complete' && {STATE} === 'live'")
        assert not page.js("document.querySelector('#token').open")


def test_the_page_asks_for_the_token_until_it_is_right(chromium, guarded):
    with chromium.page(guarded) as page:
        page.wait("document.querySelector('#token').open")
        assert "control_token" in page.js("document.querySelector('#token-why').innerText")
        assert page.js("document.querySelectorAll('.row').length") == 0
        page.type("#token-text", "wrong")
        page.key("Enter")
        page.wait("document.querySelector('#token-why').innerText.startsWith('It does not take the one')")
        page.type("#token-text", TOKEN)
        page.key("Enter")
        page.wait(f"{STATE} === 'live' && !document.querySelector('#token').open")
        assert page.js("document.querySelectorAll('#disks .row').length") > 3
