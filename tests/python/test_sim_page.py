"""The simulator's page, in a real browser."""

import json
import time
import urllib.error

import pytest
from chromium import Chromium

WIDTHS = pytest.mark.parametrize("width", [320, 375, 768, 1080, 1280, 1440])


@pytest.fixture(scope="module")
def chromium():
    with Chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium, sim):
    with opened(chromium, sim) as page:
        yield page
        page.js("0")
        assert page.complaints == []
        origin = page.js("location.origin")
        assert [url for url in page.addresses if not url.startswith((f"{origin}/__sim/", "data:"))] == []


def opened(chromium, sim, **options):
    page = chromium.page(sim.about["control_url"] + "/ui", **options)
    page.wait("document.querySelector('#live').dataset.state === 'live'")
    return page


def rows(section):
    return f"[...document.querySelectorAll('#{section} .row')]"


def row(section, text):
    return f"{rows(section)}.find(row => row.innerText.includes({json.dumps(text)}))"


def text(selector):
    return f"(document.querySelector({json.dumps(selector)})?.innerText ?? '')"


def place_task(sim, **task):
    sim.control("POST", "objects", {"tasks": [{"id": "task_placed", "name": "Resize disk", **task}]})


def test_the_page_shows_the_objects(page, sim):
    assert page.js(f"{row('disks', 'System Disk')}.innerText.includes('attached')")
    all_of_it = sim.control("GET", "overview")
    for section in ("disks", "virtual_machines", "trash_objects", "tasks"):
        assert page.js(f"{rows(section)}.length") == all_of_it[section]["total"], section
    assert page.js(f"{rows('servers')}.length") == all_of_it["servers"]["total"] + all_of_it["volumes"]["total"]
    assert page.js(f"{row('disks', sim.about['other_organization']['organization'])} !== undefined")
    assert "No tasks yet" in page.js(text("#tasks"))
    assert "No requests yet" in page.js(text("#requests"))


def test_what_happens_shows_without_a_reload(page, sim, client):
    sim.next_task(seconds=60)
    client.create_disk("orders", 20, organization=sim.about["organization"], data_center=sim.about["data_center"])
    page.wait(f"{row('disks', 'orders')}?.innerText.includes('building')")
    assert page.wait(f"{row('tasks', 'orders')}?.innerText").startswith("Build disk")
    page.wait(f"{row('requests', 'POST')}?.innerText.includes('201')")


def test_the_bar_of_a_task_moves_until_it_ends(page, sim):
    place_task(sim, seconds=3)
    bar = "document.querySelector('#tasks progress')?.value"
    first = page.wait(bar)
    assert page.wait(f"{bar} > {first} && {bar}") < 100
    page.wait(f"{bar} === 100 && {text('#tasks .badge')} === 'completed'")


def test_advance_moves_the_clock_and_ends_tasks(page, sim):
    place_task(sim, seconds=3000)
    page.wait(f"{text('#tasks .badge')} === 'running'")
    before = sim.state()["clock"]
    page.click("[data-advance='3600']")
    page.wait(f"{text('#tasks .badge')} === 'completed'")
    assert page.js(text("#ahead")) == "+1 h"
    assert 3600 <= sim.state()["clock"] - before < 3660
    page.click("[data-advance='172800']")
    page.wait(f"{rows('trash_objects')}.length === 0")


def test_the_clock_stops_and_runs(page, sim):
    page.click("#stop")
    page.wait(f"{text('#stop')} === 'Run' && {text('#stopped')} === 'stopped'")
    stopped = sim.control("GET", "overview")["clock"]
    assert stopped == sim.control("GET", "overview")["clock"]
    page.click("#stop")
    page.wait(f"{text('#stop')} === 'Stop' && document.querySelector('#stopped').hidden")
    assert sim.control("GET", "overview")["clock"]["unix_seconds"] > stopped["unix_seconds"]


def test_a_fault_of_the_form_hits_the_requests_that_it_is_aimed_at(page, sim, client):
    page.js("document.querySelector('#fault-kind').value = 'lost'")
    page.js("document.querySelector('#fault-method').value = 'POST'")
    page.type("#fault-path", "/disks/disk/detach")
    page.type("#fault-times", "2")
    page.click("#fault button")
    page.wait(f"{text('#in-store')}.includes('for 2 requests')")
    client.list_data_centers()
    client.attach_disk(sim.about["disks"]["detached"])
    # The same path with another method, which has no route.
    with pytest.raises(urllib.error.HTTPError, match="404"):
        sim.opener.open(sim.about["katapult_url"] + "/disks/disk/detach")
    with pytest.raises(Exception) as lost:
        client.detach_disk(sim.about["disks"]["attached"])
    assert lost.value.outcome == "unknown"
    hit = page.wait(f"{row('requests', '/detach')}?.innerText")
    assert "fault" in hit
    page.wait(f"{text('#in-store')}.includes('for 1 request')")
    for other in ("/data_centers", "/attach", "404"):
        assert "fault" not in page.js(f"{row('requests', other)}.innerText")
    page.click("#in-store button")
    page.wait("document.querySelector('#in-store span').hidden")
    assert sim.drop_answers() == 0


@pytest.mark.parametrize(("button", "status"), [("503", 503), ("429", 429)])
def test_the_next_answer_can_be_an_error(page, sim, client, button, status):
    page.click(f"[data-quick='{button}']")
    page.wait(f"{text('#in-store')}.includes('for 1 request')")
    client.list_data_centers()
    page.wait(f"{rows('requests')}.length === 2")
    assert [request["status"] for request in sim.requests()] == [status, 200]


def test_the_next_task_can_fail(page, sim, client):
    page.click("[data-quick='task']")
    page.wait(f"{text('#in-store')}.includes('special')")
    client.detach_disk(sim.about["disks"]["attached"])
    page.wait(f"{text('#tasks .badge')} === 'failed'")
    assert not page.js(text("#in-store"))


def choose(page, kind):
    it = "document.querySelector('#fault-kind')"
    page.js(f"{it}.value = {kind!r}; {it}.dispatchEvent(new Event('change'))")


def test_every_fault_of_the_form_is_an_order(page, sim):
    kinds = page.js("[...document.querySelectorAll('#fault-kind option')].map(option => option.value)")
    assert len(kinds) > 10
    asked = "['seconds', 'code'].filter(name => document.querySelector(`.fault .${name}`).checkVisibility())"
    for number, kind in enumerate(kinds, 1):
        choose(page, kind)
        expected = {"late": ["seconds"], "task_slow": ["seconds"], "error": ["code"]}.get(kind, [])
        assert page.js(asked) == expected
        page.click("#fault button")
        page.wait(f"{text('#in-store')}.includes('for {number} request')")
    assert sim.drop_answers() == len(kinds)


def test_an_error_of_katapult_is_chosen_by_its_code(page, sim, client):
    choose(page, "error")
    page.js("document.querySelector('#fault-code').value = 'organization_suspended'")
    page.click("#fault button")
    page.wait(f"{text('#in-store')}.includes('for 1 request')")
    with pytest.raises(Exception) as suspended:
        client.list_data_centers()
    assert suspended.value.code == "organization_suspended"


def test_latency_and_the_rate_limit_are_set(page, sim):
    page.type("#latency input", "0.25")
    page.click("#latency button")
    page.type("#rate-limit input", "77")
    page.click("#rate-limit button")
    page.wait(f"{text('#dials-now')} === 'Answers come 0.25 s late; 77 of 77 requests are left this minute.'")
    assert sim.control("GET", "overview")["faults"]["latency_seconds"] == 0.25


def test_a_refused_order_is_told(page, sim):
    sim.control("POST", "disks", {"id": "disk_short", "name": "short"})
    page.wait(row("disks", "short"))
    # Gone, before the page knows it.
    page.js("document.querySelector('#find').value = 'short'")
    page.wait(f"{rows('disks')}.length === 1")
    page.js("clearTimeout(timer); polls++")
    sim.reset()
    page.click("#disks .row button")
    assert page.wait(text("#said")) == "Refused: no such disk"
    # The browser itself tells of the 404.
    complaints = [complaint.get("text", complaint) for complaint in page.complaints]
    assert all("404" in str(complaint) for complaint in complaints)
    page.complaints.clear()


def test_reset_empties_the_requests(page, sim, client):
    client.list_data_centers()
    page.wait(f"{rows('requests')}.length === 1")
    page.click("#reset summary")
    page.click("[data-reset='start']")
    page.wait(f"{rows('requests')}.length === 0 && {text('#requests')}.includes('No requests yet')")
    assert sim.requests() == []


def test_a_reset_to_nothing_offers_disks(page, sim):
    page.click("#reset summary")
    page.click("[data-reset='empty']")
    page.wait(f"{rows('virtual_machines')}.length === 0")
    page.click("#place-disks")
    page.wait(f"{rows('disks')}.length === 10")
    assert sim.state()["disks"] == 10


def test_the_menu_closes_by_the_keyboard(page):
    page.js("document.querySelector('#reset summary').focus()")
    page.key("Enter")
    page.wait("document.querySelector('#reset').open")
    page.key("Tab")
    assert page.js("document.activeElement.dataset.reset") == "start"
    page.key("Escape")
    assert not page.js("document.querySelector('#reset').open")
    assert page.js("document.activeElement.tagName") == "SUMMARY"


def test_rows_have_orders(page, sim):
    machine = sim.about["virtual_machine"]["id"]
    page.js(f"{row('virtual_machines', machine)}.querySelector('button').click()")
    page.wait(f"{row('virtual_machines', machine)}.innerText.includes('stopped')")
    spare = sim.about["disks"]["unassigned"]
    page.wait(f"{row('disks', sim.about['disks']['boot'])}.innerText.includes('detached')")
    page.js(f"{row('disks', spare)}.querySelector('button').click()")
    page.wait(f"!{row('disks', spare)} && {row('trash_objects', spare)}")
    page.js(f"{row('trash_objects', spare)}.querySelector('button').click()")
    page.wait(f"{row('disks', spare)} && !{row('trash_objects', spare)}")
    page.click("#servers .volumes li:nth-child(2) button")
    page.wait(f"{text('#servers .volumes li:nth-child(2)')}.includes('available')")
    assert page.js(f"{row('servers', 'spare-1')}.innerText.includes('available')")
    volumes = sim.control("GET", "overview")["servers"]["shown"][0]["volumes"]
    assert [volume["attached"] for volume in volumes] == [True, False]


HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


def test_markup_in_a_name_is_text(page, sim, client):
    sim.control("POST", "disks", {"name": HOSTILE})
    sim.control("POST", "objects", {"virtual_machines": [{"id": "vm_<b>x", "name": HOSTILE, "fqdn": HOSTILE}]})
    place_task(sim, seconds=1, name=HOSTILE)
    client.update_disk(sim.about["disks"]["unassigned"], name=HOSTILE)
    page.wait(f"{row('requests', 'PATCH')}")
    page.click("#requests summary")
    page.wait("document.querySelector('#requests pre')?.innerText.includes('<script>')")
    for section in ("disks", "virtual_machines", "tasks"):
        assert page.js(f"{row(section, HOSTILE)} !== undefined"), section
    assert page.js("document.querySelectorAll('img, body script:not(:last-of-type)').length") == 0
    assert page.js("document.title") == "katapult-sim"


def test_a_request_opens_without_its_token(page, sim, client):
    client.get_disk(sim.about["disks"]["boot"])
    page.wait(f"{rows('requests')}.length === 1")
    page.click("#requests summary")
    detail = page.wait(text("#requests .detail"))
    assert "disk[id]" in detail and sim.about["disks"]["boot"] in detail
    assert "authorization" in detail and "(hidden)" in detail
    assert sim.about["api_token"] not in page.js("document.documentElement.outerHTML")


def test_what_is_open_focused_or_scrolled_stays_so(page, sim, client):
    sim.control("POST", "disks", {"count": 100, "name": "many"})
    for number in range(40):
        client.update_disk(sim.about["disks"]["unassigned"], name=f"renamed-{number}")
    page.wait(f"{rows('requests')}.length === 40 && {rows('disks')}.length > 100")
    page.click("#requests li:nth-child(3) summary")
    page.wait("document.querySelector('#requests pre')?.innerText.includes('renamed-37')")
    page.js(f"window.opened = {rows('requests')}[2]; opened.querySelector('pre').focus()")
    page.js("document.querySelector('#disks .rows').scrollTop = 900")
    top = "Math.round(opened.getBoundingClientRect().top)"
    edge = "document.querySelector('#disks .rows').getBoundingClientRect().top"
    disk = f"{rows('disks')}.find(row => row.getBoundingClientRect().bottom > {edge} + 2).innerText"
    before, first = page.js(top), page.js(disk)
    for _ in range(10):
        client.list_data_centers()
    sim.control("POST", "disks", {"name": "aaa"})
    page.wait(f"{rows('requests')}.length === 50 && {row('disks', 'aaa')}")
    assert abs(page.js(top) - before) <= 1
    assert page.js(disk).split()[:2] == first.split()[:2]
    for _ in range(100):
        client.list_data_centers()
    # More than are shown have come since, and the one that is open is shown beside them.
    page.wait(f"{text('#requests .count')} === '100 of 150' && {rows('requests')}.length === 101")
    assert page.js("opened.isConnected && opened.querySelector('details').open")
    assert page.js("document.activeElement === opened.querySelector('pre')")


def test_the_focus_stays_in_its_section_when_its_row_goes(page, sim):
    page.js(f"{row('disks', sim.about['disks']['unassigned'])}.querySelector('button').focus()")
    page.key("Enter")
    page.wait(f"!{row('disks', sim.about['disks']['unassigned'])}")
    assert page.js("document.activeElement.id") == "disks-title"


def test_find_looks_among_all(page, sim):
    sim.control("POST", "disks", {"count": 1000, "name": "fleet"})
    page.wait(f"{text('#disks .count')}.startsWith('300 of 1,00')")
    page.type("#find", "FLEET-00099")
    page.wait(f"{text('#disks .count')} === '10' && {rows('disks')}.length === 10")
    page.type("#find", "no such thing")
    page.wait(f"{rows('disks')}.length === 0")


@WIDTHS
def test_nothing_is_wider_than_the_window(chromium, sim, client, width):
    long = "name-" + "x" * 250
    sim.control("POST", "disks", {"name": long, "virtual_machine_disk": {"virtual_machine": sim.about["virtual_machine"]}})
    sim.control("POST", "objects", {"virtual_machines": [{"id": "vm_long", "name": long, "state": long, "fqdn": long}]})
    place_task(sim, seconds=60, name=long)
    client.update_disk(sim.about["disks"]["attached"], name=long)
    with opened(chromium, sim, width=width) as page:
        page.click("#requests summary")
        page.wait("document.querySelector('#requests pre')?.innerText.includes('xxxx')")
        page.js("document.querySelector('#reset').open = true")
        page.click("[data-quick='task']")
        page.wait(f"{text('#in-store')}.includes('special')")
        assert page.js("document.documentElement.scrollWidth") == width
        lists = "[...document.querySelectorAll('.rows')].filter(list => list.scrollWidth > list.clientWidth).map(list => list.parentElement.id)"
        assert page.js(lists) == []
        wide = f"[...document.querySelectorAll('button, input, select, h2')].filter(it => it.getBoundingClientRect().right > {width})"
        assert page.js(f"{wide}.map(it => it.outerHTML)") == []
        assert page.js(OVERLAPS) == []


def test_everything_that_can_be_used_has_a_name(page, sim):
    unnamed = """[...document.querySelectorAll('button, input, select, summary, a, progress')].filter(it => !(
        it.textContent.trim() || it.getAttribute('aria-label') || it.closest('label')?.textContent.trim()
    )).map(it => it.outerHTML)"""
    place_task(sim, seconds=60)
    page.wait("document.querySelector('progress')")
    assert page.js(unnamed) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(chromium, sim, client, scheme):
    """The contrast of WCAG AA: 4.5 to 1."""
    client.list_data_centers()
    sim.control("POST", "objects", {"virtual_machines": [{"id": "vm_bad", "state": "failed"}]})
    place_task(sim, seconds=60)
    with opened(chromium, sim, scheme=scheme) as page:
        page.click("#requests summary")
        page.wait(text("#requests .detail"))
        time.sleep(0.2)
        weak = page.js(CONTRASTS)
        assert [it for it in weak if it["ratio"] < 4.5] == []
        assert len(weak) > 100


# Texts of one row that lie on each other.
OVERLAPS = """[...document.querySelectorAll(".row")].flatMap(row => {
  const texts = [...row.querySelectorAll("*")].filter(it => !it.children.length && it.textContent && it.checkVisibility());
  const boxes = texts.map(it => ({ text: it.textContent.slice(0, 30), box: it.getBoundingClientRect() }));
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  return boxes.flatMap((a, at) => boxes.slice(at + 1).filter(b => !apart(a.box, b.box)).map(b => [a.text, b.text]));
})"""

CONTRASTS = """(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = colours => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = rgb => {
    const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!own || !node.checkVisibility() || node.closest("script, option")) continue;
    const grounds = [];
    for (let at = node; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    const [a, b] = [light(over(grounds)), light(over([...grounds, getComputedStyle(node).color]))];
    found.push({ text: node.textContent.slice(0, 40), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
  }
  return found;
})()"""
