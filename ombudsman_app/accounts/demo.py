"""Accounts of the demonstration (AU9): each role, obviously invented, random passwords in one file."""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor, Role

from . import commands, passwords, queries
from .models import RoleGrant, User

DOMAIN = "demo.example"
AT_WORK_SINCE = date(2024, 1, 2)  # before the first of the invented stories, a round of audits of that year
STAFF_OFFICE, PORTAL_OFFICE_REFERENCE, AUDIT_OFFICE = "MAM", "kc_mamuju", "JKT"

# role → (part of the address before the @, invented name)
PEOPLE: dict[Role, tuple[str, str]] = {
    Role.PVL_ASSISTANT: ("intake", "Demo Penerima"),
    Role.EXAMINER: ("examiner", "Demo Pemeriksa"),
    Role.PREVENTION_ASSISTANT: ("prevention", "Demo Pencegahan"),
    Role.RESMON_ASSISTANT: ("resolution", "Demo Resolusi"),
    Role.HEAD_OF_ASSISTANTS: ("assistants", "Demo Kepala Keasistenan"),
    Role.HEAD_OF_REPRESENTATIVE: ("head", "Demo Kepala Perwakilan"),
    Role.OMBUDSMAN_MEMBER: ("member", "Demo Anggota"),
    Role.CHAIR: ("chair", "Demo Ketua"),
    Role.AUDITOR: ("auditor", "Demo Penilai"),
    Role.REVIEWER: ("reviewer", "Demo Penelaah"),
    Role.ANALYST: ("analyst", "Demo Analis"),
    Role.ADMINISTRATOR: ("administrator", "Demo Pengelola"),
    Role.CARETAKER: ("caretaker", "Demo Penjaga Sistem"),
    Role.OFFICE_OFFICER: ("officer", "Demo Petugas Cabang"),
    Role.OFFICE_HEAD: ("branch-head", "Demo Kepala Cabang"),
}


@dataclass(frozen=True)
class _Person:
    """Somebody of the demonstration; `key` stands first in the line of the file."""

    key: str
    role: Role
    mailbox: str
    name: str
    office: str

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


_EVERYBODY = (
    *(
        _Person(
            role.value, role, *PEOPLE[role], PORTAL_OFFICE_REFERENCE if role in PORTAL_ROLES else STAFF_OFFICE
        )
        for role in PEOPLE
    ),
    # a second office under watch, of another body in another province, and who visits it
    _Person(
        "office_officer_pemda", Role.OFFICE_OFFICER, "pemda-officer", "Demo Petugas Pemkab", "pemkab_mabar"
    ),
    _Person("office_head_pemda", Role.OFFICE_HEAD, "pemda-head", "Demo Kepala Pemkab", "pemkab_mabar"),
    # branches that answer the drafts of their audits
    _Person("office_officer_ntt", Role.OFFICE_OFFICER, "ntt-officer", "Demo Petugas Cabang NTT", "kc_ntt"),
    _Person(
        "office_officer_bengkulu",
        *(Role.OFFICE_OFFICER, "bengkulu-officer", "Demo Petugas Cabang Bengkulu", "kc_bengkulu"),
    ),
    _Person("office_officer_ende", Role.OFFICE_OFFICER, "ende-officer", "Demo Petugas Ende", "kcp_ende"),
    _Person("office_officer_sikka", Role.OFFICE_OFFICER, "sikka-officer", "Demo Petugas Sikka", "kcp_sikka"),
    # the head office of the Ombudsman, which audits branches in several provinces
    _Person("audit_head", Role.HEAD_OF_REPRESENTATIVE, "audit-head", "Demo Kepala Audit", AUDIT_OFFICE),
    _Person("audit_lead", Role.AUDITOR, "audit-lead", "Demo Ketua Tim Audit", AUDIT_OFFICE),
    _Person("audit_second", Role.AUDITOR, "audit-second", "Demo Penilai Kedua", AUDIT_OFFICE),
    _Person("audit_reviewer", Role.REVIEWER, "audit-reviewer", "Demo Penelaah Audit", AUDIT_OFFICE),
    _Person("prevention_ntt", Role.PREVENTION_ASSISTANT, "prevention-ntt", "Demo Pencegahan NTT", "KPG"),
    _Person("head_ntt", Role.HEAD_OF_REPRESENTATIVE, "head-ntt", "Demo Kepala NTT", "KPG"),
)


def load() -> Path:
    """Make what is missing of the accounts and of the file, and return the file.

    A line per person: role, address, password, parted by tabs. A second run changes nothing; where the
    file is lost, the accounts get new passwords. Raises UnsafeSettings outside the demonstration.
    """
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration accounts are made only with OMBUDSMAN_DEMO=yes.")
    path = settings.data_dir / "demo-sign-ins"
    known = _read(path)
    has_account = set(db.session.scalars(select(User.email)))
    for person in _EVERYBODY:
        if person.key in known and person.email in has_account:
            continue
        password = secrets.token_urlsafe(12)
        password_hash = passwords.hashed(password)
        with stopped_at(datetime.combine(AT_WORK_SINCE, time(), UTC)):
            _make(person, password_hash)
        known[person.key] = password
        _write(path, known)
    return path


def demo_actor(key: str) -> Actor | None:
    """Return somebody of the demonstration by the first word of the line; None: not made yet."""
    person = next((one for one in _EVERYBODY if one.key == key), None)
    user = queries.user_by_email(person.email) if person else None
    return queries.actor_for(user.id) if user else None


@command
def _make(person: _Person, password_hash: str) -> None:
    user = queries.user_by_email(person.email)
    if user is None:
        user = commands.create_user(commands.NewUser(person.email, person.name), actor=STRANGER)
    user.password_hash, user.password_changed_at = password_hash, now()
    if db.session.scalar(select(RoleGrant.id).where(RoleGrant.user_id == user.id)) is None:
        office = queries.office_for(person.role, person.office)
        if office is None:
            raise UnsafeSettings(
                f"The office {person.office} is not there: run `ombudsman seed reference` first."
            )
        commands.give_grant(user, person.role, office, actor=Actor(name="demonstration"))


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {parts[0]: parts[2] for parts in lines if len(parts) == 3}


def _write(path: Path, known: dict[str, str]) -> None:
    """Put a whole file in the place of the old one, readable for its owner alone."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        for person in _EVERYBODY:
            if person.key in known:
                file.write(f"{person.key}\t{person.email}\t{known[person.key]}\n")
    draft.replace(path)
