"""Sending files from a page: to the question of evidence and on, choosing, a line that is slow or away."""

from pathlib import Path

from playwright.sync_api import Page

from . import journeys

SLOW_BYTES = 250_000  # a second, so that a photo takes a while


def to_evidence(page: Page) -> None:
    for answer in journeys.ANSWERS[: journeys.ANSWERS.index(journeys.answer_evidence)]:
        answer(page)
    page.wait_for_url("**/lapor/bukti")


def from_evidence(page: Page) -> journeys.Receipt:
    for answer in journeys.ANSWERS[journeys.ANSWERS.index(journeys.answer_evidence) :]:
        answer(page)
    page.wait_for_url("**/lapor/periksa")
    journeys.go_on(page)
    return journeys.receipt_on(page)


def choose(page: Page, *paths: Path) -> None:
    page.locator("input[name=files]").set_input_files(paths)


class Line:
    """The line of a page: slow, so that a photo takes a while, and sometimes away."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self.be()

    def be(self, *, away: bool = False) -> None:
        self._session.send("Network.emulateNetworkConditions", {
            "offline": away, "latency": 20, "downloadThroughput": 1_000_000, "uploadThroughput": SLOW_BYTES,
        })  # fmt: skip

    def heal(self) -> None:
        """As fast as it can be again."""
        self._session.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        })  # fmt: skip
