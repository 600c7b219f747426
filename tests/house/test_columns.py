"""Every column says how it is protected and how long it is kept (PD8)."""

from sqlalchemy import LargeBinary, String

from ombudsman_app.app import import_models
from ombudsman_app.complaints.models import ReporterIdentity
from ombudsman_app.core.columns import Kept, Level, column_rules
from ombudsman_app.core.db import Base

import_models()
RULES = list(column_rules(Base.metadata))


def test_no_column_is_without_level_and_retention() -> None:
    silent = [f"{rule.table}.{rule.column}" for rule in RULES if rule.level is None or rule.kept is None]
    assert silent == [], "say it by __table_args__ = about(Level.…, Kept.…)"


def test_the_words_are_those_of_the_registry() -> None:
    assert all(isinstance(rule.level, Level) and isinstance(rule.kept, Kept) for rule in RULES)


def test_what_a_reporter_told_about_the_person_is_stored_in_bytes_only() -> None:
    """PD1: sealed field by field, in a table of its own."""
    table = Base.metadata.tables[ReporterIdentity.__tablename__]
    for field in ReporterIdentity.FIELDS:
        assert isinstance(table.columns[field].type, LargeBinary), field


def test_no_secret_column_is_plain_text() -> None:
    """P4 is sealed (bytes) or hashed (64 hex digits): the names that say so are the only text."""
    plain = {
        f"{rule.table}.{rule.column}"
        for rule in RULES
        if rule.level is Level.SECRET
        and isinstance(Base.metadata.tables[rule.table].columns[rule.column].type, String)
        and "hash" not in rule.column
    }
    # session values and the name of a browser; a blind index
    assert plain == {"stored_session.data", "stored_session.browser", "reporter_identity.phone_index"}


def test_identity_of_a_person_lies_nowhere_else() -> None:
    personal = {"name", "email", "phone", "address", "nik", "full_name", "birth_date", "birth_place"}
    open_ones = {
        f"{rule.table}.{rule.column}"
        for rule in RULES
        if rule.column in personal and rule.level in (Level.CASE, Level.ALLEGATION)
    }
    # of a place of work, as a list of a public body has it; the number of a human being is sealed there too
    assert open_ones == {
        *("employer.name", "employer.address", "project_owner.name", "project_party.name"),
        "import_source.name",  # of an office that gave a list
    }
