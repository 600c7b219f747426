"""A thousand ways to falsify the record, and none goes unseen (LG1).

Whoever tampers here has the rights of the owner of the database and knows how the chain is made; what they
lack is the key of the head. Each way is a change of the stored rows, made by a fixed seed, and rolled back.
"""

import hashlib
import json
import random  # noqa: TID251 - repeats by its seed and guards nothing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, insert, select, text, update

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import ViewInput, remove_view, save_view
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.trail import record as trail
from ombudsman_app.core.trail.chain import GENESIS, chained_hash
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry, TrailHead

from ..databases import owner_of
from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, ComplaintFactory
from ..servers import SERVING_ROLE
from ..visitor import Visitor

ALL = 1_000
ENTRIES, HEAD = TrailEntry.__table__, TrailHead.__table__
TEXTS = {"event": 80, "roles": 200, "subject_type": 60, "reason": 4_000, "changes": 4_000, "request_id": 40}
Row = dict[str, Any]


@dataclass(frozen=True)
class Trail:
    """The rows as they are stored. `head` None: there is none."""

    entries: tuple[Row, ...]
    head: Row | None

    def with_entry(self, place: int, **changed: Any) -> "Trail":
        entries = list(self.entries)
        entries[place] = entries[place] | changed
        return replace(self, entries=tuple(entries))

    def with_entries(self, entries: list[Row]) -> "Trail":
        return replace(self, entries=tuple(entries))

    def with_head(self, **changed: Any) -> "Trail":
        return replace(self, head=(self.head or {}) | changed)

    def ending_here(self) -> "Trail":
        """Let the head say what the last entry says; its signature stays what it was."""
        last = self.entries[-1]
        return self.with_head(seq=last["seq"], hash=last["hash"])

    def chained_anew(self, first: int = 0) -> "Trail":
        """Number and chain all entries from a place on, as whoever reads our code can do."""
        entries = list(self.entries)
        for place in range(first, len(entries)):
            before = entries[place - 1]["hash"] if place else GENESIS
            entries[place] = entries[place] | {"seq": place + 1, "previous_hash": before}
            entries[place]["hash"] = chained_hash(place + 1, before, entries[place])
        return self.with_entries(entries)


Way = Callable[[Trail, random.Random], "tuple[str, Trail]"]


def _flip_bit(word: str, by: random.Random) -> str:
    place = by.randrange(len(word))
    return word[:place] + chr(ord(word[place]) ^ 1) + word[place + 1 :]


def _other_letter(word: str, by: random.Random) -> str:
    place = by.randrange(len(word))
    return word[:place] + by.choice("aez019:_ é") + word[place + 1 :]


def _swap_letters(word: str, by: random.Random) -> str:
    place = by.randrange(len(word))
    return word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]


def _drop_letter(word: str, by: random.Random) -> str:
    place = by.randrange(len(word))
    return word[:place] + word[place + 1 :]


SLIPS: list[Callable[[str, random.Random], str]] = [
    _flip_bit,
    _other_letter,
    _swap_letters,
    _drop_letter,
    lambda word, by: word.swapcase(),
    lambda word, by: word.replace("a", "\u0430", 1),  # the Cyrillic one looks alike
    lambda word, by: word.replace("o", "\u043e", 1),
    lambda word, by: word + by.choice([" ", "\n", "\t", "\u00a0", "\u200b", "\u0301", "."]),
    lambda word, by: by.choice([" ", "\ufeff", "\u202e", "x"]) + word,
    lambda word, by: word[::-1],
    lambda word, by: word[: by.randrange(len(word))],
    lambda word, by: word + word,
    lambda word, by: "".join(by.choice("abcdefghij") for _ in range(by.randint(1, 12))),
]


def edit_text(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    place, column = by.randrange(len(trail_.entries)), by.choice(list(TEXTS))
    word = trail_.entries[place][column]
    new = by.choice(SLIPS)(word, by) if word else "".join(by.choice("ab c") for _ in range(by.randint(1, 9)))
    return f"{column} of {place + 1}", trail_.with_entry(place, **{column: new[: TEXTS[column]]})


def edit_json(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    place = by.choice([n for n, row in enumerate(trail_.entries) if len(json.loads(row["changes"])) >= 1])
    held = json.loads(trail_.entries[place]["changes"])
    name = by.choice(sorted(held))
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    said = trail_.entries[place]["changes"]
    ways = [
        lambda: json.dumps(dict(reversed(held.items())), **compact),
        lambda: json.dumps(held),
        lambda: json.dumps(held, indent=by.randint(1, 4)),
        lambda: json.dumps({**held, name: str(held[name])}, **compact),
        lambda: json.dumps({**held, name: None}, **compact),
        lambda: json.dumps({**held, name: [held[name]]}, **compact),
        lambda: json.dumps({**held, by.choice(["zz", "a", "state"]): by.randint(0, 99)}, **compact),
        lambda: json.dumps({key: value for key, value in held.items() if key != name}, **compact),
        lambda: said[:-1] + "," + json.dumps(name) + ":" + str(by.randint(0, 9)) + "}",  # the key twice
        lambda: said.replace(name[0], f"\\u{ord(name[0]):04x}", 1),  # the same letter, said otherwise
        lambda: said + " " * by.randint(1, 9),
        lambda: "{}",
        lambda: "[]",
        lambda: "",
    ]
    return f"changes of {place + 1}", trail_.with_entry(place, changes=by.choice(ways)())


def edit_number(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    place, column = by.randrange(len(trail_.entries)), by.choice(["actor_id", "subject_id"])
    now = trail_.entries[place][column]
    if now is None:
        return f"{column} of {place + 1}", trail_.with_entry(
            place, **{column: by.choice([0, 1, -1, 7, 1_000])}
        )
    new = by.choice([None, now + 1, now - 1, now * 10, -now, 0, now + 256, by.randint(2, 9_999)])
    return f"{column} of {place + 1}", trail_.with_entry(place, **{column: new})


def edit_time(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    place = by.randrange(len(trail_.entries))
    spans = [
        timedelta(microseconds=1), timedelta(microseconds=by.randint(2, 999)), timedelta(milliseconds=1),
        timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(hours=7),
        timedelta(hours=8), timedelta(days=1), timedelta(days=365),
    ]  # fmt: skip
    moved = trail_.entries[place]["at"] + by.choice([1, -1]) * by.choice(spans)
    return f"at of {place + 1}", trail_.with_entry(place, at=moved)


def edit_hash(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    place, column = by.randrange(len(trail_.entries)), by.choice(["hash", "previous_hash"])
    now = trail_.entries[place][column]
    at = by.randrange(64)
    ways = [
        lambda: now[:at] + by.choice("0123456789abcdef") + now[at + 1 :],
        now.upper,
        lambda: now[::-1],
        lambda: now[:at],
        lambda: by.randbytes(32).hex(),
        lambda: "f" * 64,
        lambda: " " + now[1:],
        lambda: hashlib.sha256(now.encode()).hexdigest(),
    ]
    return f"{column} of {place + 1}", trail_.with_entry(place, **{column: by.choice(ways)()})


def _edited_place(edited: Trail, whole: Trail) -> int:
    """Return where they differ; the beginning where a slip changed nothing, which is made again then."""
    pairs = enumerate(zip(edited.entries, whole.entries, strict=True))
    return next((place for place, (one, other) in pairs if one != other), 0)


def edit_and_mend_one(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    """Edit an entry and give it the hash that fits; the next one still names the old."""
    _, edited = by.choice([edit_text, edit_number, edit_time])(trail_, by)
    place = _edited_place(edited, trail_)
    row = edited.entries[place]
    mended = edited.with_entry(place, hash=chained_hash(row["seq"], row["previous_hash"], row))
    return f"mended {place + 1}", mended


def _unsigned(trail_: Trail, by: random.Random) -> Trail:
    """Mend the head as far as one can without the key."""
    mended = trail_.ending_here()
    assert mended.head is not None
    said = f"{mended.head['seq']}:{mended.head['hash']}".encode()
    old = str(mended.head["signature"])
    forged = by.choice(
        [old, "0" * 64, hashlib.sha256(said).hexdigest(), hashlib.sha512(said).hexdigest()[:64],
         mended.head["hash"], "", by.randbytes(32).hex()]
    )  # fmt: skip
    return mended.with_head(signature=forged)


def forge_whole_chain(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    """Edit an entry and chain everything behind it anew: only the signature can tell."""
    _, edited = by.choice([edit_text, edit_number, edit_time, edit_json])(trail_, by)
    place = _edited_place(edited, trail_)
    return f"forged from {place + 1}", _unsigned(edited.chained_anew(place), by)


def remove(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    first = by.randrange(len(trail_.entries) - 1)
    number = by.randint(1, min(4, len(trail_.entries) - 1 - first))
    left = trail_.with_entries([*trail_.entries[:first], *trail_.entries[first + number :]])
    renumbered = left.with_entries([row | {"seq": n + 1} for n, row in enumerate(left.entries)])
    ways = [
        left,
        renumbered,
        renumbered.ending_here(),
        left.chained_anew(first),
        _unsigned(left.chained_anew(first), by),
    ]
    return f"{number} removed at {first + 1}", by.choice(ways)


def put_in(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    place = by.randint(0, len(trail_.entries))
    made = by.choice(trail_.entries) | {
        "hash": by.randbytes(32).hex(),
        "previous_hash": by.randbytes(32).hex(),
    }
    if by.random() < 0.5:
        made |= {"reason": f"invented {by.randint(1, 999)}"}
    shifted = [row | {"seq": row["seq"] + 1} for row in trail_.entries[place:]]
    among = trail_.with_entries([*trail_.entries[:place], made | {"seq": place + 1}, *shifted])
    beside = trail_.with_entries(
        [*trail_.entries, made | {"seq": by.choice([0, -1, len(trail_.entries) + by.randint(1, 3), 9**9])}]
    )
    ways = [
        among,
        among.ending_here(),
        among.chained_anew(place),
        _unsigned(among.chained_anew(place), by),
        beside,
        trail_.with_entries([*trail_.entries, made]).chained_anew(len(trail_.entries)),  # head left alone
    ]
    return f"one put in at {place + 1}", by.choice(ways)


def reorder(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    first = by.randrange(len(trail_.entries) - 1)
    last = min(len(trail_.entries), first + by.randint(2, 6))
    part = list(trail_.entries[first:last])
    turned = by.choice(
        [part[::-1], [*part[1:], part[0]], [part[-1], *part[:-1]], [part[1], part[0], *part[2:]]]
    )
    rows = [*trail_.entries[:first], *turned, *trail_.entries[last:]]
    links = [{name: row[name] for name in ("seq", "previous_hash", "hash")} for row in trail_.entries]
    numbered = trail_.with_entries([row | {"seq": n + 1} for n, row in enumerate(rows)])
    ways = [
        numbered,  # the hashes go with their entries
        trail_.with_entries([row | link for row, link in zip(rows, links, strict=True)]),  # and stay
        numbered.chained_anew(first),
        _unsigned(numbered.chained_anew(first), by),
    ]
    return f"{first + 1} to {last} reordered", by.choice(ways)


def cut_off(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    number = by.randint(1, len(trail_.entries) - 1)
    ends = trail_.with_entries(list(trail_.entries[:-number]))
    begins = trail_.with_entries(list(trail_.entries[number:]))
    ways = [
        ends,
        ends.ending_here(),
        _unsigned(ends, by),
        replace(ends, head=None),
        begins,
        begins.with_entries([row | {"seq": n + 1} for n, row in enumerate(begins.entries)]).ending_here(),
        _unsigned(begins.chained_anew(), by),
        Trail((), None),
        Trail((), trail_.head),
        Trail((), (trail_.head or {}) | {"seq": 0, "hash": GENESIS}),
    ]
    return f"{number} cut off", by.choice(ways)


def edit_head(trail_: Trail, by: random.Random) -> tuple[str, Trail]:
    assert trail_.head is not None
    head = trail_.head
    at = by.randrange(64)
    ways = [
        {"seq": head["seq"] + by.choice([1, -1, 7, -7])},
        {"hash": head["hash"][:at] + by.choice("0123456789abcdef") + head["hash"][at + 1 :]},
        {"hash": by.choice(trail_.entries[:-1])["hash"]},
        {"signature": head["signature"][:at] + by.choice("0123456789abcdef") + head["signature"][at + 1 :]},
        {"signature": head["signature"].upper()},
        {"signature": ""},
        {"id": by.randint(2, 9)},
    ]
    changed = by.choice(ways)
    return f"head: {', '.join(changed)}", trail_.with_head(**changed)


WAYS: dict[Way, int] = {
    edit_text: 240,
    edit_json: 80,
    edit_number: 120,
    edit_time: 100,
    edit_hash: 100,
    edit_and_mend_one: 60,
    forge_whole_chain: 60,
    remove: 60,
    put_in: 60,
    reorder: 50,
    cut_off: 40,
    edit_head: 30,
}


def ways_of(way: Way, whole: Trail) -> Iterator[tuple[str, Trail]]:
    """Make changes of one kind, each another one, always the same for the same trail."""
    by = random.Random(f"{way.__name__} 2026")
    seen = {_as_key(whole)}
    while True:
        name, changed = way(whole, by)
        if (key := _as_key(changed)) not in seen and _is_storable(changed):
            seen.add(key)
            yield name, changed


def _as_key(one: Trail) -> str:
    return repr(([sorted(row.items(), key=str) for row in one.entries], one.head))


def _is_storable(one: Trail) -> bool:
    """Leave out what the columns of both databases refuse anyway."""
    unique = all(
        len({row[name] for row in one.entries}) == len(one.entries)
        for name in ("seq", "hash", "previous_hash")
    )
    words = "".join(row[name] for row in one.entries for name in TEXTS)
    return unique and "\0" not in words


@command
def act(**given: Any) -> None:
    trail.record(Event.CORE_NOT_ALLOWED, "test", given.pop("subject_id"), actor=STRANGER, **given)


@pytest.fixture(scope="module")
def used(shared_app: Flask) -> Flask:
    """The product after some work by many hands; the triggers are gone, as an owner can drop them."""
    with shared_app.app_context():
        officer = UserFactory(Role.PVL_ASSISTANT, Role.EXAMINER, password=None)
        actor = actor_for(officer.id)
        assert actor is not None
        cases = [ComplaintFactory(urgency="emergency" if n % 3 else None) for n in range(9)]
        for number, case in enumerate(cases):
            kept = save_view(ViewInput(f"Pandangan {number}", "whose=mine"), actor=actor)
            if number % 2:
                remove_view(kept, actor=actor)
            act(
                subject_id=case.id if number % 4 else None,
                reason=f"Alasan ke-{number}: “kutipan” – ümlaut 🏝\nbaris kedua",
                changes={"b": number, "a": ["x", {"y": None, "z": 1.5}], "teks": "Manggarai & Ende"},
            )
    visitor, insider = Visitor(shared_app), Visitor(shared_app).enter(officer.id)
    for number in range(3):
        visitor.submit("/lacak", {"ticket": cases[number].ticket, "access_code": CODE})
        visitor.submit("/lacak", {"ticket": cases[number].ticket, "access_code": "0" * 16})
        visitor.submit("/staff/sign-in", {"email": "siapa@example.test", "password": "bukan-kata-sandi-itu"})
        insider.get("/staff/complaints/")
    with owner_of(shared_app) as connection:
        _without_triggers(connection)
    return shared_app


def _without_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER trail_entry_no_{verb}"))
    else:
        connection.execute(text("ALTER TABLE trail_entry DISABLE TRIGGER ALL"))
        connection.execute(text(f"GRANT ALL ON trail_entry TO {SERVING_ROLE}"))


def stored() -> Trail:
    """Read the rows."""
    entries = db.session.execute(select(ENTRIES).order_by(ENTRIES.c.seq)).mappings()
    head = db.session.execute(select(HEAD)).mappings().one()
    return Trail(tuple(dict(row) for row in entries), dict(head))


def put(changed: Trail, whole: Trail) -> None:
    """Store the changed rows in the place of the whole ones, in this transaction."""
    gone = [row["seq"] for row in whole.entries if row not in changed.entries]
    young = [row for row in changed.entries if row not in whole.entries]
    if gone:
        db.session.execute(delete(ENTRIES).where(ENTRIES.c.seq.in_(gone)))
    if young:
        db.session.execute(insert(ENTRIES), young)
    if changed.head is None:
        db.session.execute(delete(HEAD))
    elif changed.head != whole.head:
        db.session.execute(update(HEAD).values(**changed.head))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_given_a_trail_of_real_acts_when_it_is_tampered_with_then_each_way_shows(
    used: Flask, way: Way
) -> None:
    unseen = []
    with used.app_context():
        whole = stored()
        assert len(whole.entries) > 35
        assert trail.verify() == (len(whole.entries), None)
        for name, changed in islice(ways_of(way, whole), WAYS[way]):
            db.session.rollback()
            put(changed, whole)
            if trail.verify()[1] is None:
                unseen.append(name)
        db.session.rollback()
        assert trail.verify() == (len(whole.entries), None), "everything was put back"
    assert unseen == []


# What SQLite stores besides: it checks no type, and a day is a text that can be said in many ways.
LAX = [
    "UPDATE trail_entry SET at = at || ' ' WHERE seq = :seq",
    "UPDATE trail_entry SET at = at || 'Z' WHERE seq = :seq",
    "UPDATE trail_entry SET at = at || '+00:00' WHERE seq = :seq",
    "UPDATE trail_entry SET at = at || '; DROP' WHERE seq = :seq",
    "UPDATE trail_entry SET at = replace(at, ' ', 'T') WHERE seq = :seq",
    "UPDATE trail_entry SET at = replace(at, ' ', '_') WHERE seq = :seq",
    "UPDATE trail_entry SET at = replace(at, '-', '') WHERE seq = :seq",
    "UPDATE trail_entry SET at = substr(at, 1, 10) WHERE seq = :seq",
    "UPDATE trail_entry SET at = 'yesterday' WHERE seq = :seq",
    "UPDATE trail_entry SET at = 20261126 WHERE seq = :seq",
    "UPDATE trail_entry SET at = 0.5 WHERE seq = :seq",
    "UPDATE trail_entry SET at = cast(at AS blob) WHERE seq = :seq",
    "UPDATE trail_entry SET at = char(0) || at WHERE seq = :seq",
    *(
        f"UPDATE trail_entry SET {column} = {new} WHERE seq = :seq"
        for column in (*TEXTS, "hash", "previous_hash")
        for new in (
            f"{column} || char(0)",
            f"char(0) || {column}",
            f"cast({column} AS blob)",
            f"cast({column} || x'ff' AS text)",
            f"cast(x'c3' || {column} AS text)",
            "7",
            "1.5",
        )
    ),
    "UPDATE trail_entry SET actor_id = 'nobody' WHERE seq = :seq",
    "UPDATE trail_entry SET actor_id = x'31' WHERE seq = :seq",
    "UPDATE trail_entry SET actor_id = coalesce(actor_id, 1) + 0.5 WHERE seq = :seq",
    "UPDATE trail_entry SET subject_id = coalesce(subject_id, 1) || ' ' || 'x' WHERE seq = :seq",
    "UPDATE trail_entry SET subject_id = 1e30 WHERE seq = :seq",
    "UPDATE trail_head SET seq = seq || 'x'",
    "UPDATE trail_head SET hash = cast(hash AS blob)",
    "UPDATE trail_head SET signature = cast(signature AS blob)",
    "UPDATE trail_head SET signature = signature || char(0)",
]
TWO_HEADS = (
    "INSERT INTO trail_head (id, seq, hash, signature) SELECT {id}, seq, hash, signature FROM trail_head"
)


def test_given_what_sqlite_stores_without_asking_then_it_shows_and_nothing_breaks(used: Flask) -> None:
    with used.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL keeps the types")
        tried = [(statement, seq) for statement in LAX for seq in (1, 11, 29)]
        assert [one for one in tried if not _said_after(one[0], seq=one[1])] == []


@pytest.mark.parametrize("id_", [0, 2, -1])
def test_given_a_second_head_then_it_shows(used: Flask, id_: int) -> None:
    with used.app_context():
        assert _said_after(TWO_HEADS.format(id=id_)) == "there are 2 heads of the trail"


def _said_after(statement: str, **values: int) -> str | None:
    """Say what verifying finds, and put everything back."""
    try:
        given = values if ":seq" in statement else {}
        db.session.execute(text(statement), given)
        return trail.verify()[1]
    finally:
        db.session.rollback()


def test_the_thousand_are_a_thousand() -> None:
    assert sum(WAYS.values()) == ALL
