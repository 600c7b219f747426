"""How people work a page: with the keyboard alone, or with fingers and a mouse."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

STOPS = 60
WHERE = """() => {
  const one = document.activeElement;
  const shows = (box) => {
    const style = getComputedStyle(box);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const sheet = one.closest("label, .card.door");
  const box = (sheet ?? one).getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
  const above = document.elementFromPoint(x, y);
  return {
    what: one.outerHTML.slice(0, 120),
    isNowhere: one === document.body,
    isSeen: shows(one) || (sheet !== null && shows(sheet)),
    isCovered: !(above && ((sheet ?? one).contains(above) || above.contains(one))),
    place: [...document.querySelectorAll("*")].indexOf(one),
  };
}"""


def look(page: Page) -> dict:
    """Where the focus is; it must be visible and nothing may lie over it (WCAG 2.4.7, 2.4.11)."""
    here = page.evaluate(WHERE)
    if not here["isNowhere"]:
        assert here["isSeen"], f"no visible focus on {page.url}: {here['what']}"
        assert not here["isCovered"], f"focus hidden on {page.url}: {here['what']}"
    return here


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        look(page)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is out of reach on {page.url}")


class Hands(Protocol):
    """What one does on a page. Selectors name things inside it."""

    def press(self, selector: str) -> None:
        """Press what leads to another page, and wait for that page."""

    def write(self, selector: str, words: str) -> None:
        """Fill an empty box."""

    def choose(self, name: str, value: str) -> None:
        """Choose one of several."""


class Fingers:
    """A finger or a mouse."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, selector: str) -> None:
        with self._page.expect_navigation():
            self._page.locator(selector).first.click()

    def write(self, selector: str, words: str) -> None:
        self._page.locator(selector).fill(words)

    def choose(self, name: str, value: str) -> None:
        box = _choice(self._page, name, value)
        self._page.locator("label").filter(has=box).click()
        expect(box).to_be_checked()


class Taps(Fingers):
    """A finger on glass: touches, never a mouse. The browser must be a phone."""

    def press(self, selector: str) -> None:
        with self._page.expect_navigation():
            self._page.locator(selector).first.tap()

    def write(self, selector: str, words: str) -> None:
        self._page.locator(selector).tap()
        self._page.locator(selector).fill(words)

    def choose(self, name: str, value: str) -> None:
        box = _choice(self._page, name, value)
        self._page.locator("label").filter(has=box).tap()
        expect(box).to_be_checked()


class Keyboard:
    """Tab, arrows, Space, Enter and letters; never the mouse."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, selector: str) -> None:
        tab_to(self._page, selector)
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def write(self, selector: str, words: str) -> None:
        tab_to(self._page, selector)
        self._page.keyboard.type(words)

    def choose(self, name: str, value: str) -> None:
        """Tab enters a group of choices once, at the chosen one or at its first; the arrows walk it."""
        tab_to(self._page, f"input[name='{name}']")
        box = _choice(self._page, name, value)
        for _ in range(STOPS):
            if box.evaluate("box => box === document.activeElement"):
                break
            self._page.keyboard.press("ArrowDown")
            look(self._page)
        self._page.keyboard.press("Space")
        expect(box).to_be_checked()


def _choice(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"input[name='{name}'][value='{value}']")
