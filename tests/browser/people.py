"""Browsers of people: a phone or a desk, and whatever went wrong in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True,
}  # fmt: skip
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PATIENCE_MS = 30_000  # never reached where all is well; two busy cores are slow
SCREENS = {"phone": PHONE, "desk": DESK}

# The browser prints each page that answers 4xx, as our refusals do; broken files are caught by `_answered`.
_REFUSALS = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Watch:
    """What no page may do: fail in a script, break the policy, ask somebody else, miss a file."""

    own: str
    problems: list[str] = field(default_factory=list)
    may_lose_line: bool = False

    def over(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        # Playwright catches windows that choose files from the first listener on, and does not say from when:
        # whoever listens only just before the press may meet the window of the system.
        page.on("filechooser", lambda _: None)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or message.text.startswith(_REFUSALS):
            return
        if not (self.may_lose_line and "net::ERR_" in message.text):
            self.problems.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.own, "data:", "blob:")):
            self.problems.append(f"asked somebody else: {request.url}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.resource_type in ("document", "fetch")
        if response.status >= (500 if is_page else 400):
            self.problems.append(f"{response.status} for {response.url}")

    def _failed(self, request: Request) -> None:
        # A page left in the middle of loading cancels its files: no fault of theirs.
        if not self.may_lose_line and request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.failure}: {request.url}")


class People:
    """Opens one browser profile per person; `problems` is empty unless somebody's page went wrong."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._watch = browser, Watch(url)
        self._open: list[BrowserContext] = []

    @property
    def problems(self) -> list[str]:
        return self._watch.problems

    def may_lose_line(self) -> None:
        """The test cuts the connection: what the browser says about that is expected."""
        self._watch.may_lose_line = True

    def person(self, screen: dict[str, Any] = PHONE, *, language: str = "id", **more: Any) -> Page:
        """Return a page of a fresh profile. `more` goes to the browser context."""
        context = self._browser.new_context(
            base_url=self._watch.own, locale=f"{language}-ID", timezone_id="Asia/Makassar",
            reduced_motion="reduce", **{**screen, **more},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        if language != "id":
            context.add_cookies([{"name": "language", "value": language, "url": self._watch.own}])
        context.on("page", self._watch.over)
        self._open.append(context)
        return context.new_page()

    def close(self) -> None:
        for context in self._open:
            context.close()


Person = Callable[..., Page]
