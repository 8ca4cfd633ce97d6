"""The site that `make site` has made: no link leads nowhere, and it can be read on a narrow screen."""

import html
import re
import sys
import urllib.parse
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))

from chromium import Chromium  # noqa: E402
from places import TARGET  # noqa: E402

SITE = TARGET / "site"
PAGES = sorted(path for path in SITE.rglob("*.html") if path.relative_to(SITE).parts[0] not in ("rust", "_modules"))


def hrefs(path):
    return [html.unescape(found) for found in re.findall(r'\s(?:href|src)="([^"]+)"', path.read_text(encoding="utf-8"))]


def anchors(path):
    return set(re.findall(r'\sid="([^"]+)"', path.read_text(encoding="utf-8")))


def test_it_is_made():
    assert len(PAGES) > 30, "`make site` makes it"


def test_every_link_leads_somewhere():
    broken = []
    for page in PAGES:
        for href in hrefs(page):
            parts = urllib.parse.urlsplit(href)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else page
            if target.is_dir():
                target /= "index.html"
            is_there = target.exists()
            if is_there and parts.fragment and target.suffix == ".html" and "rust" not in target.parts:
                is_there = urllib.parse.unquote(parts.fragment) in anchors(target)
            if not is_there:
                broken.append(f"{page.relative_to(SITE)}: {href}")
    assert not broken, broken


def test_every_function_of_the_header_and_every_class_has_an_entry():
    text = (SITE / "reference" / "c.html").read_text(encoding="utf-8")
    assert text.count('id="c.katapult_disk_create"') == 1 and 'id="c.katapult_client_new"' in text
    text = (SITE / "reference" / "python.html").read_text(encoding="utf-8")
    for name in ("Client.create_disk", "Disk", "KatapultError", "DiskNotFound", "openstack.Client.detach_volume"):
        assert f'id="katapult_disk.{name}"' in text, name


@pytest.fixture(scope="module")
def chromium():
    with Chromium() as chromium:
        yield chromium


@pytest.mark.parametrize("name", ["index", "start", "disk-life", "outcomes", "cookbook/batches", "reference/statuses"])
@pytest.mark.parametrize("width", [375, 1440])
def test_it_fits_the_screen(chromium, name, width):
    page = chromium.page((SITE / f"{name}.html").as_uri(), width=width)
    assert page.js("document.documentElement.scrollWidth") <= width
    assert page.js("document.querySelector('h1').textContent.length") > 1
