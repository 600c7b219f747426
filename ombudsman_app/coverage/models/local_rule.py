"""The register of local rules: one row per rule, and all that was said about it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.coverage.local_rules import Answer, RuleEventKind, RuleKind, RuleState, Verification
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.models.office import SORTED, WORD

_COVERS = ("covers_non_asn", "covers_village_officials", "covers_vulnerable")
_NAMES = ("names_budget_source", "names_ptsp_condition")
_TAIL = ("kind", "status", "verification", *_COVERS, *_NAMES)


class LocalRule(Versioned, Base):
    """One Perda, Pergub, Perbup, Perwali, Perdes, decision or circular, as far as it is known.

    A rule is unverified until a person has opened its JDIH page. `year_order` is the year, 0 where it is not
    known: the order of lists. `year_in_source` keeps what cannot be, such as 2033. `village`: of a Perdes.
    `reference` is the row of the rules' file that brought it. All of it is public.
    """

    __tablename__ = "local_rule"
    __table_args__: Any = (
        # one range for each way of asking; the tails answer the other filters without reading rows
        Index("ix_local_rule_list", "year_order", "id", "province_code", *_TAIL),
        Index("ix_local_rule_province", "province_code", "year_order", "id", *_TAIL),
        Index("ix_local_rule_region", "region_id", "year_order", "id", *_TAIL),
        Index("ix_local_rule_kind", "kind", "year_order", "id"),
        Index("ix_local_rule_status", "status", "year_order", "id"),
        Index("ix_local_rule_verification", "verification", "year_order", "id"),
        Index("ix_local_rule_number", "region_id", "kind", "number_key", "year_order"),
        Index("ix_local_rule_replaced", "replaced_by_id"),
        CheckConstraint("year BETWEEN 1945 AND 2200", name="year"),
        CheckConstraint("year_order = COALESCE(year, 0)", name="year_order"),
        CheckConstraint(
            "verification <> 'verified' OR (jdih_url <> '' AND jdih_opened_on IS NOT NULL"
            " AND verified_by_id IS NOT NULL AND number IS NOT NULL AND year IS NOT NULL)",
            name="verified",
        ),
        about(Level.PUBLIC, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    province_code: Mapped[str] = mapped_column(String(2))
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    kind: Mapped[RuleKind]
    number: Mapped[str | None] = mapped_column(String(60))
    number_key: Mapped[str] = mapped_column(SORTED, default="")  # letters and digits alone
    year: Mapped[int | None]
    year_order: Mapped[int] = mapped_column(default=0)
    year_in_source: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(300), default="")
    village: Mapped[str] = mapped_column(String(120), default="")

    status: Mapped[RuleState]
    status_on: Mapped[date | None]  # the day to which the state refers
    enacted_on: Mapped[date | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("local_rule.id"))

    verification: Mapped[Verification] = mapped_column(default=Verification.UNVERIFIED)
    jdih_url: Mapped[str] = mapped_column(String(500), default="")
    jdih_opened_on: Mapped[date | None]
    jdih_seen: Mapped[str] = mapped_column(Text, default="")
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    verified_at: Mapped[datetime | None]

    covers_non_asn: Mapped[Answer] = mapped_column(default=Answer.UNKNOWN)
    covers_village_officials: Mapped[Answer] = mapped_column(default=Answer.UNKNOWN)
    covers_vulnerable: Mapped[Answer] = mapped_column(default=Answer.UNKNOWN)
    names_budget_source: Mapped[Answer] = mapped_column(default=Answer.UNKNOWN)
    names_ptsp_condition: Mapped[Answer] = mapped_column(default=Answer.UNKNOWN)

    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    source_keys: Mapped[str] = mapped_column(String(200), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    files_id: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: the rules' file
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]

    region: Mapped[Region] = relationship(lazy="raise_on_sql")
    replaced_by: Mapped["LocalRule | None"] = relationship(remote_side="LocalRule.id", lazy="raise_on_sql")
    verified_by: Mapped[User | None] = relationship(foreign_keys=[verified_by_id], lazy="raise_on_sql")


class LocalRuleEvent(Base):
    """What was said or done about a rule. Only added to: a trigger refuses changes.

    `facts`: [field, before, after] as words of the register; `day`: the day to which it refers.
    """

    __tablename__ = "local_rule_event"
    __table_args__: Any = (
        Index("ix_local_rule_event_rule", "rule_id", "id"),
        about(Level.PUBLIC, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("local_rule.id"))
    kind: Mapped[RuleEventKind]
    day: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class LocalRuleWord(Base):
    """One word by which a rule is found: title, number, year, kind, place."""

    __tablename__ = "local_rule_word"
    __table_args__: Any = (
        Index("ix_local_rule_word_word", "province", "word", "rule_id"),
        {"sqlite_with_rowid": False, **about(Level.PUBLIC, Kept.PERMANENT)},
    )

    rule_id: Mapped[int] = mapped_column(
        ForeignKey("local_rule.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    province: Mapped[int]  # its code as a number
