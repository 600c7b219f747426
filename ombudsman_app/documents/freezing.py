"""What a paper shows, frozen when it is issued, so that its pages can be drawn again and show the same."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from flask import current_app

from ombudsman_app.accounts.formats import role_word
from ombudsman_app.core.config import Settings
from ombudsman_app.core.policy import Actor

from .models import Document
from .paper import Paper, paper_of, revived

Signer = tuple[str, str]  # a name, and the title of the office that this person holds


def signer_of(actor: Actor) -> Signer:
    """Return who signs, in the language of the moment; nobody where the house issues it by itself."""
    role = next((grant.role for grant in actor.grants), None)
    return actor.name, role_word(role) if role else ""


def frozen(document: Document, letter: Mapping[str, Any], *, signer: Signer) -> dict[str, Any]:
    """Return everything that its pages show, as JSON. The office comes with institution and region."""
    settings: Settings = current_app.extensions["settings"]
    copies, enclosures = tuple(letter.get("copies", ())), int(letter.get("enclosures", 0))
    paper = paper_of(
        document,
        document.office,
        public_url=settings.public_url,
        is_demo=settings.is_demo,
        signer=signer,
        copies=copies,
        enclosures=enclosures,
    )
    return {"letter": _plain(letter), "paper": _plain(asdict(paper))}


def thawed(content: Mapping[str, Any]) -> tuple[dict[str, Any], Paper]:
    """Return the words of a kind and what surrounds them, as its template takes them."""
    around = revived(content["paper"])
    around["office_contacts"], around["copies"] = tuple(around["office_contacts"]), tuple(around["copies"])
    return revived(content["letter"]), Paper(**around)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
