"""The words of names, by which employers are found."""

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.directory.models.office import WORD


class EmployerWord(Base):
    """One word of `Employer.name_key`, cut at 40 letters. Written by triggers alone, whoever writes names.

    Triggers, since names come from pages, from imports in bulk and from undoing them: nobody can forget it.
    So they keep no foreign key either, which PostgreSQL would look at twice for each word of a list.
    """

    __tablename__ = "employer_word"
    __table_args__: Any = (
        Index("ix_employer_word_word", "representative_office_id", "word", "employer_id"),
        {"sqlite_with_rowid": False, **about(Level.ALLEGATION, Kept.COMPLAINT)},
    )

    employer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    representative_office_id: Mapped[int]
