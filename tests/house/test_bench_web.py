"""`ombudsman bench web`: the shape of what it says, and the goals that do not depend on the machine."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ombudsman_app.cli.bench import serving
from ombudsman_app.cli.bench.growing import Growth, read_sizes
from ombudsman_app.cli.bench.kinds import _KINDS
from ombudsman_app.cli.bench.measuring import Line, percentile
from ombudsman_app.cli.bench.serving import OURS, Request, Server, WrongAnswer
from ombudsman_app.cli.bench.table import growth_table, page_table, render_table
from ombudsman_app.cli.lines import BadInput
from ombudsman_app.cli.main import main

from .service import OMBUDSMAN, environment, processes_of

FLOORS = ["bare hello", "bare page"]
OURS_IN_ORDER = [
    "healthz", "form, first page", "form, one step", "submission, POST", "desk",
    "queue", "queue, filtered", "tips", "case", "result", "comparison", "board", "field sheet",
]  # fmt: skip
COLUMNS = {
    "page", "cpu_ms", "bare_pages", "bare_pages_goal", "of_hello", "of_hello_goal", "p50_ms", "p95_ms",
    "statements", "statements_goal", "wire_bytes",
}  # fmt: skip


def house(folder: Path, **more: str) -> dict[str, str]:
    """A migrated house with reference data, on SQLite unless an address is given."""
    environ = environment(folder, **more)
    for words in (["db", "upgrade"], ["seed", "reference"]):
        subprocess.run([OMBUDSMAN, *words], env=environ, cwd=folder, check=True, capture_output=True)
    return environ


def measured(environ: dict[str, str], folder: Path, *words: str) -> dict[str, Any]:
    done = bench(environ, folder, "web", *words)
    result: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode == 1) == bool(result["missed"])
    return result


def bench(environ: dict[str, str], folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [OMBUDSMAN, "bench", *words, "--json"]
    done = subprocess.run(command, env=environ, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_it_measures_each_page_and_the_statements_keep_their_goals(
    tmp_path: Path, backend: str, request: pytest.FixtureRequest
) -> None:
    more = {}
    if backend == "postgresql":
        address = request.getfixturevalue("postgres_address")
        name = f"bench_web_{os.getpid()}"
        _make(address, name)
        more["OMBUDSMAN_DATABASE_URL"] = address.format(name=name)
    environ = house(tmp_path, **more)

    result = measured(environ, tmp_path, "--complaints", "60", "--requests", "4", "--rounds", "1")

    pages = {line["page"]: line for line in result["pages"]}
    assert list(pages) == [*FLOORS, *OURS_IN_ORDER]
    assert (result["database"], result["complaints"]) == (backend, 60)
    for line in pages.values():
        assert set(line) == COLUMNS
        assert min(line["cpu_ms"], line["bare_pages"], line["p50_ms"], line["wire_bytes"]) > 0
        assert line["p50_ms"] <= line["p95_ms"]
    for name in OURS_IN_ORDER:
        line = pages[name]
        assert line["statements"] is not None
        assert line["statements_goal"] is None or line["statements"] <= line["statements_goal"], line
    assert pages["submission, POST"]["statements"] > 5
    assert pages["bare page"]["bare_pages"] == 1
    goals = {name: pages[name]["bare_pages_goal"] for name in OURS_IN_ORDER}
    assert (goals["queue"], goals["case"], goals["submission, POST"]) == (6, 8, 5)
    assert pages["healthz"]["of_hello_goal"] == 0.5
    memory = result["memory"]
    assert 20 < memory["one_process_at_rest_mib"] <= memory["one_process_after_mib"]
    assert memory["one_process_after_mib"] < memory["processes_under_load_mib"]
    assert processes_of(tmp_path) == {}

    again = measured(environ, tmp_path, "--complaints", "1", "--requests", "1", "--rounds", "1")
    assert again["complaints"] > 60  # what was sent by the first run is there

    done = bench(environ, tmp_path, "render", "--requests", "6", "--papers", "2", "--rounds", "1")
    drawn = json.loads(done.stdout)
    assert (done.returncode == 1) == bool(drawn["missed"])
    assert drawn["memory"]["times"] <= drawn["memory"]["goal"]  # no matter how busy the machine is
    assert min(drawn["speed"]["child"], drawn["queue"]["quiet_ms"], drawn["queue"]["busy_ms"]) > 0

    kinds = json.loads(bench(environ, tmp_path, "servers", "--requests", "9", "--rounds", "1").stdout)
    assert [one["page"] for one in kinds[::3]] == ["form, one step", "queue", "case"]
    assert {one["processes"] for one in kinds} == set(_KINDS)
    assert all(
        min(one["pages_a_second"], one["cpu_ms"], one["p95_ms"], one["memory_mib"]) > 0 for one in kinds
    )
    assert processes_of(tmp_path) == {}


def _make(address: str, name: str) -> None:
    from sqlalchemy import NullPool, create_engine, text

    engine = create_engine(address.format(name="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))


@pytest.mark.full
def test_pages_at_two_sizes_cost_the_same_statements(tmp_path: Path) -> None:
    result = measured(
        environment(tmp_path), tmp_path, "--growth", "--sizes", "20,200", "--requests", "2", "--rounds", "1"
    )
    assert result["sizes"] == [20, 200]
    assert [one["page"] for one in result["pages"]] == ["queue", "queue, filtered", "case", "tips", "desk"]
    for one in result["pages"]:
        assert len(one["p50_ms"]) == len(one["cpu_ms"]) == 2
        assert len(set(one["statements"])) == 1
        assert one["growth"] > 0


@pytest.mark.full
def test_given_two_sizes_of_findings_then_their_pages_cost_the_same_statements(tmp_path: Path) -> None:
    sizes = ("--growth", "--findings", "--sizes", "100,200", "--requests", "2", "--rounds", "1")
    result = measured(environment(tmp_path), tmp_path, *sizes)
    ways = ("overview", "page on", "overdue", "kind", "office")
    assert [one["page"] for one in result["pages"]] == [
        *(f"register, {way}" for way in ways),
        "portal, inbox",
    ]
    assert all(len(set(one["statements"])) == 1 for one in result["pages"])


@pytest.mark.parametrize("text", ["", "10", "10,x", "100,10", "10,10", "0,5", "1,2,3000000"])
def test_strange_sizes_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="--sizes"):
        read_sizes(text)


def test_sizes_are_read() -> None:
    assert read_sizes("10,10000") == [10, 10_000]


def line(**more: Any) -> Line:
    plain: dict[str, Any] = dict.fromkeys(COLUMNS)
    plain |= {
        "page": "queue",
        "cpu_ms": 5.0,
        "bare_pages": 4.0,
        "p50_ms": 6.0,
        "p95_ms": 9.0,
        "wire_bytes": 5,
    }
    return Line(**{**plain, **more})


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (line(bare_pages_goal=6.0), []),
        (line(bare_pages=6.1, bare_pages_goal=6.0), ["queue: 6.1 × the bare page, goal 6"]),
        (line(of_hello=0.4, of_hello_goal=0.5), ["queue: 0.40 of a bare hello, goal 0.5"]),
        (line(of_hello=0.5, of_hello_goal=0.5), []),
        (line(statements=7, statements_goal=6), ["queue: 7 statements, goal 6"]),
        (line(statements=0, statements_goal=5), []),
    ],
)
def test_what_misses_its_goal_says_so(found: Line, said: list[str]) -> None:
    assert found.misses == said


def test_growth_that_misses_its_goal_says_so() -> None:
    fine = Growth("queue", [1.0, 1.2], [1.0, 1.2], [5, 5], 1.2, 1.3)
    assert fine.misses == []
    assert Growth("desk", [1.0, 2.0], [1.0, 2.0], [5, 5], 2.0, None).misses == []
    slow = Growth("queue", [1.0, 2.0], [1.0, 2.0], [5, 6], 2.0, 1.3)
    assert [miss.split(":")[1].split()[0] for miss in slow.misses] == ["p50", "[5,"]
    table = growth_table({"sizes": [10, 100], "pages": [vars(slow)], "missed": slow.misses})
    assert "p50 ms at 100" in table
    assert "MISSED queue" in table


def test_the_table_has_a_line_for_each_page_and_a_verdict() -> None:
    result = {
        "complaints": 1_000,
        "database": "sqlite",
        "pages": [vars(line()), vars(line(page="healthz", of_hello=0.9, of_hello_goal=0.5, statements=1))],
        "memory": {
            "one_process_at_rest_mib": 1, "one_process_after_mib": 2,
            "processes": 4, "processes_under_load_mib": 3,
        },
        "missed": [],
    }  # fmt: skip
    text = page_table(result)
    assert text.splitlines()[0] == "1,000 complaints, sqlite"
    assert "0.90 of hello  ≥ 0.5" in text
    assert text.endswith("All goals are met.")
    assert "MISSED x" in page_table({**result, "missed": ["x"]})


def test_the_table_of_papers_names_what_was_missed() -> None:
    one = {"times": 2.0, "goal": 1.3}
    result = {
        "memory": {**one, "raw_mib": 100.0, "child_mib": 200.0},
        "speed": {"raw": 5.0, "child": 10.0, "times": 2.0},
        "queue": {**one, "quiet_ms": 5.0, "busy_ms": 10.0},
        "missed": ["memory: 2.00 × WeasyPrint alone, goal 1.3"],
    }
    text = render_table(result)
    assert "≤ 1.3" in text
    assert text.endswith("MISSED memory: 2.00 × WeasyPrint alone, goal 1.3")


def test_percentiles_are_of_what_was_seen() -> None:
    assert percentile([3, 1, 2], 50) == 2
    assert percentile([5], 95) == 5
    assert percentile(list(range(100)), 95) == 95


def run(folder: Path, *words: str):
    environ = {name: None for name in os.environ if name.startswith("OMBUDSMAN_")}
    return CliRunner().invoke(main, ["bench", "web", *words], env={**environ, "OMBUDSMAN_DATA": str(folder)})


def test_without_a_database_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    answered = run(tmp_path)
    assert answered.exit_code == 2
    assert answered.stderr.splitlines()[-1] == (
        "Error: the database is not ready: run `ombudsman db upgrade` first"
    )


def test_a_server_that_does_not_start_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PATIENCE_SECONDS", 20)
    environ = environment(tmp_path)
    with (
        Server("python:ombudsman_app.nowhere", environ, folder=tmp_path) as server,
        pytest.raises(WrongAnswer, match=r"did not start: .*nowhere"),
    ):
        server.start()
    assert processes_of(tmp_path) == {}


def test_a_wrong_answer_is_no_measurement(tmp_path: Path) -> None:
    environ = house(tmp_path)
    with Server(OURS, environ, folder=tmp_path) as server:
        server.start()
        assert server.ask(Request("/healthz")).status == 200
        before = server.cpu_milliseconds()
        with pytest.raises(WrongAnswer, match="/nowhere answered 404, not 200"):
            server.ask(Request("/nowhere"))
        assert server.cpu_milliseconds() > before
        assert server.memory_kib() > 10_000
    assert processes_of(tmp_path) == {}
