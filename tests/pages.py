"""Reads a page as a strict reader would, and says what is wrong with it."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

_FIELDS = {"input", "select", "textarea"}
_NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """What a page holds: ids, headings, forms with their values, links."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.title, self.headings = text, "", 0
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.values: dict[str, str] = {}
        self.links: list[str] = []
        self.forms: list[dict[str, object]] = []
        self.wrong: list[str] = []
        self.language = ""
        self._open_form: dict[str, object] | None = None
        self._in: list[str] = []
        self._textarea = ""
        self._select = ""
        self.feed(text)

    @property
    def token(self) -> str:
        return next((str(form["token"]) for form in self.forms if form["token"]), "")

    def names_sent_to(self, address: str) -> set[str]:
        """Return the fields of the forms that go to an address; of all forms where none does."""
        all_of_them = [form["names"] for form in self.forms if form["method"] == "post"]
        own = [form["names"] for form in self.forms if form["action"] == address]
        return {name for names in own or all_of_them if isinstance(names, set) for name in names}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids[given["id"] or ""] += 1
        if "style" in given or tag == "style":
            self.wrong.append(f"inline style on <{tag}>")
        self.wrong += [f"inline handler {name} on <{tag}>" for name in given if name.startswith("on")]
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.wrong.append("inline script")
        match tag:
            case "html":
                self.language = given.get("lang") or ""
            case "h1":
                self.headings += 1
            case "a" if given.get("href"):
                self.links.append(given["href"] or "")
            case "label":
                self.labelled.add(given.get("for") or "")
            case "form":
                method = (given.get("method") or "get").lower()
                self._open_form = {
                    "method": method,
                    "action": given.get("action"),
                    "token": "",
                    "names": set(),
                }
                self.forms.append(self._open_form)
            case "img" if "alt" not in given:
                self.wrong.append("picture without alternative text")
        if tag in _FIELDS:
            self._field(tag, given)
        elif tag == "option" and self._select and ("selected" in given):
            self.values[self._select] = given.get("value") or ""
        if tag == "title":
            self._in.append(tag)

    def _field(self, tag: str, given: dict[str, str | None]) -> None:
        kind = (given.get("type") or "text").lower() if tag == "input" else tag
        if kind not in _NEEDS_NO_LABEL:
            self.fields.append(given)
        name, value = given.get("name") or "", given.get("value") or ""
        if self._open_form is not None:
            names = self._open_form["names"]
            assert isinstance(names, set)
            names.add(name)
            if name == "csrf_token":
                self._open_form["token"] = value
        if tag == "textarea":
            self._textarea, self.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif kind in ("radio", "checkbox"):
            if "checked" in given:
                self.values[name] = value if "value" in given else "on"
        elif name and kind not in ("submit", "button", "image", "reset", "file"):
            self.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open_form = None
        elif tag == "textarea":
            text = self.values.get(self._textarea, "")
            self.values[self._textarea] = text.replace("\r\n", "\n").removeprefix("\n")  # as browsers do
            self._textarea = ""
        elif tag == "select":
            self._select = ""
        elif tag == "title" and self._in:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in:
            self.title += data
        if self._textarea:
            self.values[self._textarea] += data


def check_page(app: Flask, path: str, answer: TestResponse) -> Page:
    """Fail where a page breaks the house rules."""
    page = Page(answer.text)
    wrong = list(page.wrong)
    if page.headings != 1:
        wrong.append(f"{page.headings} h1")
    if not page.title.strip():
        wrong.append("no title")
    if not page.language:
        wrong.append("no language")
    wrong += [f"id {name} used {count} times" for name, count in page.ids.items() if count > 1]
    for field in page.fields:
        is_named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in page.labelled
        if not is_named:
            wrong.append(f"field {field.get('name')} without label")
    for form in page.forms:
        if form["method"] == "post" and not form["token"]:
            wrong.append(f"form {form['action'] or path} without token")
    for link in page.links:
        if not _is_resolvable(app, path, link):
            wrong.append(f"dead link {link}")
    assert not wrong, f"{path}: " + "; ".join(wrong)
    return page


def _is_resolvable(app: Flask, here: str, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme in ("mailto", "tel", "otpauth") or link.startswith(("#", "?")):
        return True
    if parts.scheme or parts.netloc:
        return parts.scheme == "https"
    if not parts.path.startswith("/"):
        return False
    try:
        app.url_map.bind("localhost").match(parts.path, method="GET")
    except RequestRedirect:
        return True
    except MethodNotAllowed:
        return False
    except HTTPException:
        return False
    return True
