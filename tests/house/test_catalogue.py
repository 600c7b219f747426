"""The Indonesian catalogue is whole: one sure translation for each English msgid, and nothing more."""

import gettext
import re
from html.parser import HTMLParser
from io import BytesIO

import yaml
from babel.messages.catalog import Message

from ombudsman_app.complaints.forms.choices import ITEM_WORDS
from ombudsman_app.complaints.states.words import STATE_WORDS
from ombudsman_app.core.paths import PACKAGE, TEMPLATES

from . import words

WORDS = words.catalogue()
ENTRIES = list(words.messages(WORDS))
# Names, and words that both languages share.
ALIKE = {
    "Audit",
    "DEMO",
    "Kajian",
    "Kappa",
    "Menu",
    "Ombudsman",
    "Total",
    "UU 25/2009 Pasal 21",
    "WhatsApp",
    # abbreviations that the field itself uses
    "PWBD",
    "PDS-TK",
    "PDS-upah",
    "PDS-program",
    "NIB",
    "NIK",
    "NPWP",
    "NITKU",
    "NPP",
    "KBLI",
    "APBN",
    "APBD",
    "APBDes",
    "BUMN",
    "BUMD",
    "SPK",
    "Inpres",
    "JDIH",
    "Pemda",
    "OCID",
    "BPJS Ketenagakerjaan",
}
_PLACES = re.compile(r"%\(\w+\)[sd]|%s|\{\w+\}")


def english(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def indonesian(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def places(text: str) -> list[str]:
    return sorted(_PLACES.findall(text))


def test_given_the_program_and_its_templates_when_extracted_then_no_entry_is_missing_or_left_over():
    wanted = {message.id for message in words.messages(words.extracted())}
    held = {message.id for message in ENTRIES}

    assert sorted(map(str, wanted - held)) == [], "python -m tests.house.words, then translate"
    assert sorted(map(str, held - wanted)) == [], "python -m tests.house.words"


def test_given_the_catalogue_when_read_then_every_entry_is_translated_and_none_is_a_guess():
    assert [message.id for message in ENTRIES if not words.is_whole(message)] == []
    assert not WORDS.obsolete


def test_given_each_entry_when_compared_with_its_msgid_then_places_agree_and_no_english_is_left():
    wrong = [
        (english(message)[0], text)
        for message in ENTRIES
        for text in indonesian(message)
        if places(text) != places(english(message)[-1])
        or (text in english(message) and text not in ALIKE)
        or text != text.strip()
        or "  " in text
    ]

    assert wrong == []


def test_given_the_compiled_file_when_compared_then_it_says_what_the_catalogue_says():
    shipped = gettext.GNUTranslations(BytesIO(words.MO.read_bytes()))
    fresh = gettext.GNUTranslations(BytesIO(words.compiled(WORDS)))

    assert shipped._catalog == fresh._catalog, "python -m tests.house.words"  # type: ignore[attr-defined]
    assert shipped.ngettext("%(num)d day left", "%(num)d days left", 1).startswith("sisa")


def test_given_the_states_when_translated_then_they_are_the_labels_of_the_rules_letter_by_letter():
    rules = yaml.safe_load((PACKAGE / "complaints" / "rules" / "complaints.yaml").read_text("utf-8"))
    labels = {row["id"]: row["id_label"] for row in rules["states"]}
    spoken = gettext.GNUTranslations(BytesIO(words.MO.read_bytes()))

    assert {state.value: spoken.gettext(word) for state, word in STATE_WORDS.items()} == labels


def test_given_the_items_of_both_checks_when_translated_then_they_are_the_labels_of_the_rules():
    rules = yaml.safe_load((PACKAGE / "complaints" / "rules" / "complaints.yaml").read_text("utf-8"))
    rows = rules["formal_requirements"] + rules["material_requirements"]
    spoken = gettext.GNUTranslations(BytesIO(words.MO.read_bytes()))
    msgids = {name: word._args[0] for name, word in ITEM_WORDS.items()}  # what lazy_gettext was given

    assert {name: spoken.gettext(msgid) for name, msgid in msgids.items()} == {
        row["id"]: row["id_label"] for row in rows
    }


class BareWords(HTMLParser):
    """What a template says without gettext. Keys (`kbd`), drawings and comments say nothing."""

    _jinja = re.compile(
        r"\{% block page_class %\}\w*\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
    )

    def __init__(self, template: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said, self._quiet = list[str](), 0
        self.feed(self._jinja.sub("x", template))  # a letter, since some stand for the name of a tag

    def handle_starttag(self, tag, attrs):
        self._quiet += tag in ("svg", "kbd")
        self.said += [value for name, value in attrs if name in ("aria-label", "alt", "placeholder", "title")]

    def handle_endtag(self, tag):
        self._quiet -= tag in ("svg", "kbd")

    def handle_data(self, data):
        if not self._quiet:
            self.said.append(data)


def test_given_each_template_when_its_tags_are_taken_out_then_no_bare_words_are_left():
    bare = {
        f"{path.relative_to(TEMPLATES)}: {text.strip()}"
        for path in TEMPLATES.rglob("*.html")
        for text in BareWords(path.read_text("utf-8")).said
        if re.search(r"[^\W\d_x]{2}", text or "")
    }

    assert bare == set()


def test_no_sentence_hides_inside_another_string() -> None:
    """Extraction does not look into f-strings: what is said there would stay English for ever."""
    hidden = [
        f"{path.name}: {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"""f["'].*\{(_|_l|ngettext)\(""", line)
    ]
    assert hidden == []
