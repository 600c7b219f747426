"""What a page weighs on the wire, as the browser counts it: headers and all, from the real server."""

import sys

from playwright.sync_api import Page

from .people import PHONE, People

KIB = 1024
MOST_BYTES = 50 * KIB
MOST_REQUESTS = 6  # page, sheet, script, font, icon, and a sheet or script of the page alone
STRETCH_BYTES = 30 * KIB
FIRST_VISITS = (
    "/",
    "/lapor",
    "/lapor?q=mamuju",
    "/lacak",
    "/kantor",
    "/bantuan",
    "/verifikasi/cara",
    "/penilaian",
    "/cakupan",
)


class Wire:
    """Counts what arrives: bytes of body and headers per address; what a cache gave counts nothing."""

    def __init__(self, page: Page) -> None:
        self._line = page.context.new_cdp_session(page)
        self._addresses: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        self._line.on("Network.requestWillBeSent", self._asked)
        self._line.on(
            "Network.requestServedFromCache", lambda one: self._addresses.pop(one["requestId"], None)
        )
        self._line.on("Network.responseReceived", self._answered)
        self._line.on("Network.loadingFinished", self._arrived)
        self._line.send("Network.enable")

    def wait_for(self, name: str, page: Page) -> None:
        for _ in range(200):
            if any(address.endswith(name) for address in self.bytes):
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"{name} never came")

    def _asked(self, event) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _answered(self, event) -> None:
        if event["response"].get("fromDiskCache"):
            self._addresses.pop(event["requestId"], None)

    def _arrived(self, event) -> None:
        address = self._addresses.get(event["requestId"])
        if address and not address.startswith("data:"):
            self.bytes[address] = self.bytes.get(address, 0) + int(event["encodedDataLength"])


def test_given_an_empty_cache_when_a_public_page_is_opened_then_it_is_light(
    chromium, served, record_property
):
    for path in FIRST_VISITS:
        people = People(chromium, served)
        page = people.person(PHONE)
        wire = Wire(page)
        page.goto(path, wait_until="networkidle")
        wire.wait_for("favicon.svg", page)  # the browser asks for it when it has nothing better to do

        total = sum(wire.bytes.values())
        record_property(f"bytes of {path}", total)
        sys.stdout.write(f"{path}: {total / KIB:.1f} KiB in {len(wire.bytes)} requests\n")  # pytest -s
        assert total <= MOST_BYTES, wire.bytes
        assert len(wire.bytes) <= MOST_REQUESTS, wire.bytes
        assert people.problems == []  # nothing from elsewhere, no failure

        wire.bytes.clear()
        page.goto(path, wait_until="networkidle")
        assert [one.rpartition(served)[2] for one in wire.bytes] == [path], "again only the page itself"
        people.close()


def test_given_style_script_and_font_when_answered_then_they_may_be_kept_for_ever(chromium, served):
    people = People(chromium, served)
    page = people.person(PHONE)
    kept: dict[str, str] = {}
    page.on("response", lambda one: kept.update({one.url: one.headers.get("cache-control", "")}))
    page.goto("/lapor", wait_until="networkidle")
    people.close()

    files = {url: word for url, word in kept.items() if "/static/" in url}
    assert len(files) >= 3
    assert all("immutable" in word and "max-age=31536000" in word for word in files.values()), files
    assert "no-store" in kept[f"{served}/lapor"]
