"""The simulator's page, in a real browser."""

import pytest
from chromium import Chromium


@pytest.fixture(scope="module")
def chromium():
    with Chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium, sim):
    with chromium.page(address(sim)) as page:
        page.wait("document.querySelector('#live').dataset.state === 'live'")
        yield page
        assert page.complaints == []


def address(sim):
    return sim.about["control_url"] + "/ui"


def rows(section):
    return f"[...document.querySelectorAll('#{section} .row')]"


def row(section, text):
    return f"{rows(section)}.find(row => row.innerText.includes({text!r}))"


def test_the_page_shows_the_objects(page):
    assert page.js(f"{row('disks', 'System Disk')}.innerText.includes('attached')")
    for section, count in {"virtual_machines": 2, "servers": 8, "trash_objects": 1, "tasks": 0}.items():
        assert page.js(f"{rows(section)}.length") == count
    assert "No tasks yet" in page.js("document.querySelector('#tasks').innerText")


def test_advance_moves_the_clock(page, sim):
    before = sim.state()["clock"]
    page.click("[data-advance='3600']")
    page.wait("document.querySelector('#ahead').innerText === '+1 h'")
    assert 3600 <= sim.state()["clock"] - before < 3660
