"""The words of the house: extracts the English msgids and refreshes the Indonesian catalogue.

`python -m tests.house.words` takes up new msgids, drops those that are gone, compiles, and lists what still
wants a translator (exit 1 then). It never guesses: a changed English sentence is a new one.
"""

import sys
from collections.abc import Iterator
from io import BytesIO

import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ombudsman_app.core.paths import PACKAGE, TEMPLATES, TRANSLATIONS

PO = TRANSLATIONS / "id" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
_COMMENT = "Translators:"
_OURS = ((PACKAGE, "**.py", "python", {}), (TEMPLATES, "**.html", "jinja2", {"silent": "false"}))
# WTForms has no Indonesian catalogue: what its checks say is repeated in ours (`web/forms.py`).
_WTFORMS = [("validators.py", "python"), ("fields/*.py", "python")]


def extracted() -> Catalog:
    """Return all msgids of the program, its templates and the form library, with the files they stand in."""
    found = Catalog()
    for folder, pattern, method, options in _OURS:
        for name, _line, msgid, comments, context in extract_from_dir(
            folder, [(pattern, method)], {pattern: options}, KEYWORDS, [_COMMENT]
        ):
            place = f"{folder.name}/{name}"
            found.add(msgid, locations=[(place, 0)], auto_comments=comments, context=context)
    for _name, _line, msgid, _comments, _context in extract_from_dir(wtforms.__path__[0], _WTFORMS):
        if msgid not in found:
            found.add(msgid, auto_comments=["A message of WTForms."])
    return found


def catalogue() -> Catalog:
    """Return the Indonesian catalogue as it is committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="id", abort_invalid=True)


def messages(words: Catalog) -> Iterator[Message]:
    """Walk the entries without the header."""
    return (message for message in words if message.id)


def compiled(words: Catalog) -> bytes:
    """Return the catalogue in the form that the program reads."""
    out = BytesIO()
    write_mo(out, words)
    return out.getvalue()


def is_whole(message: Message) -> bool:
    """Return whether every form of an entry is translated for sure."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return all(forms) and not message.fuzzy


def refresh() -> list[Message]:
    """Write both files anew and return the entries without a translation."""
    words, found = catalogue(), extracted()
    found.creation_date = words.creation_date  # a date that moves alone would collide in every commit
    words.update(found, no_fuzzy_matching=True)
    words.obsolete.clear()
    words.msgid_bugs_address = ""
    with PO.open("wb") as file:
        write_po(file, words, width=100, sort_by_file=True, include_lineno=False)
    MO.write_bytes(compiled(words))
    return [message for message in messages(words) if not is_whole(message)]


def main() -> int:
    open_entries = refresh()
    lines = [f"to translate: {message.id!r}" for message in open_entries]
    lines.append(f"{PO.name}: {sum(1 for _ in messages(catalogue()))} entries, {len(open_entries)} open")
    sys.stderr.write("\n".join(lines) + "\n")
    return 1 if open_entries else 0


if __name__ == "__main__":
    raise SystemExit(main())
