"""Somebody with a phone who files a complaint: answers each question by the door, without JavaScript."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from .visitor import Visitor

MAMUJU = "bpjs-ketenagakerjaan-kantor-cabang-mamuju"
NARRATIVE = "Saya sudah tiga kali datang ke loket dan berkas saya selalu dikembalikan tanpa alasan."
ANSWERS: dict[str, dict[str, str]] = {
    "layanan": {"substance": "jht_claim"},
    "kejadian": {"narrative": NARRATIVE},
    "waktu": {"event_on": "12-11-2026"},
    "upaya": {"told_first": "yes", "prior_effort_on": "13-11-2026", "prior_effort": "Kepala cabang"},
    "harapan": {"requested_remedy": "Berkas saya diterima"},
    "bukti": {},
    "mendesak": {"urgency": "none"},
    "kerahasiaan": {"confidentiality": "open"},
    "identitas": {"full_name": "Demo Pelapor", "phone": "0812 0000 0001"},
}


class Wizard:
    """Walks /lapor. `changes` replaces answers by the address of their question."""

    def __init__(
        self,
        visitor: Visitor,
        *,
        office: str = MAMUJU,
        changes: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.visitor, self.office = visitor, office
        self.answers = {slug: dict((changes or {}).get(slug, given)) for slug, given in ANSWERS.items()}

    def begin(self) -> TestResponse:
        """Choose the office, and no counter where it has some."""
        self.visitor.get("/lapor?q=mamuju")
        chosen = self.visitor.post("/lapor", {"office": self.office})
        if chosen.location == "/lapor/loket":
            self.visitor.get("/lapor/loket")
            return self.visitor.post("/lapor/loket", {"counter": "none"})
        return chosen

    def answer(self, slug: str, given: Mapping[str, Any] | None = None) -> TestResponse:
        """Open a question and answer it; what its page holds already is sent along, as a browser does."""
        return self.visitor.submit(f"/lapor/{slug}", given if given is not None else self.answers[slug])

    def answer_all(self) -> dict[str, int]:
        """Answer everything up to the check page; return what each request cost in statements."""
        costs = {}
        chosen = self.begin()
        costs["kantor"] = self.visitor.queries
        for slug, given in self.answers.items():
            assert chosen.status_code == 302, chosen.text
            self.visitor.get(f"/lapor/{slug}")
            costs[f"GET {slug}"] = self.visitor.queries
            chosen = self.visitor.post(f"/lapor/{slug}", given)
            costs[f"POST {slug}"] = self.visitor.queries
        assert chosen.location == "/lapor/periksa", chosen.text
        return costs

    def send(self) -> TestResponse:
        """Send from the check page."""
        self.visitor.get("/lapor/periksa")
        return self.visitor.post("/lapor/periksa")

    def send_all(self) -> tuple[str, str]:
        """Answer all, send, and return ticket and access code as the receipt shows them."""
        self.answer_all()
        assert self.send().location == "/lapor/terkirim"
        return self.receipt()

    def receipt(self) -> tuple[str, str]:
        """Return ticket and code of the receipt; the code is empty where it is no longer shown."""
        text = self.visitor.get("/lapor/terkirim").text
        ticket = re.search(r"[A-Z]{3}-\d{4}-[0-9A-Z]{8}-[0-9A-Z]", text)
        code = re.search(r'id="access-code" value="([^"]+)"', text)
        assert ticket is not None, text
        return ticket[0], re.sub(r"<[^>]+>|\s", "", code[1]) if code else ""


class TipWizard(Wizard):
    """Walks /lapor without saying who it is: the last question is left out."""

    def __init__(self, visitor: Visitor, *, changes: Mapping[str, Mapping[str, str]] | None = None) -> None:
        super().__init__(
            visitor, changes={"kerahasiaan": {"confidentiality": "anonymous"}, **(changes or {})}
        )
        del self.answers["identitas"]
