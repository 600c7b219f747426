"""Results as a person reads them."""

from collections.abc import Iterable, Sequence
from typing import Any

_HEAD = ("page", "CPU ms", "× bare", "goal", "p50 ms", "p95 ms", "statements", "goal", "bytes sent")


def page_table(result: dict[str, Any]) -> str:
    """Return the table of one measurement."""
    rows = [
        (
            line["page"],
            f"{line['cpu_ms']:.2f}",
            f"{line['of_hello']:.2f} of hello" if line["of_hello"] else f"{line['bare_pages']:.1f}",
            _goal(line),
            f"{line['p50_ms']:.1f}",
            f"{line['p95_ms']:.1f}",
            "" if line["statements"] is None else str(line["statements"]),
            "" if line["statements_goal"] is None else f"≤ {line['statements_goal']}",
            f"{line['wire_bytes']:,}",
        )
        for line in result["pages"]
    ]
    memory = result["memory"]
    return "\n".join(
        [
            f"{result['complaints']:,} complaints, {result['database']}",
            "",
            *_columns([_HEAD, *rows]),
            "",
            f"Memory (PSS): one process {memory['one_process_at_rest_mib']} MiB at rest, "
            f"{memory['one_process_after_mib']} MiB afterwards; "
            f"{memory['processes']} processes under load {memory['processes_under_load_mib']} MiB.",
            *_verdict(result["missed"]),
        ]
    )


def growth_table(result: dict[str, Any]) -> str:
    """Return the table of a comparison of sizes."""
    sizes = [f"{size:,}" for size in result["sizes"]]
    head = (
        "page",
        *(f"p50 ms at {size}" for size in sizes),
        "growth",
        "goal",
        *(f"CPU ms at {size}" for size in sizes),
        "statements",
    )
    rows = [
        (
            one["page"],
            *(f"{value:.1f}" for value in one["p50_ms"]),
            f"{one['growth']:.2f}",
            f"≤ {one['goal']:g}" if one["goal"] else "",
            *(f"{value:.1f}" for value in one["cpu_ms"]),
            ", ".join(map(str, one["statements"])),
        )
        for one in result["pages"]
    ]
    return "\n".join([*_columns([head, *rows]), *_verdict(result["missed"])])


def kinds_table(found: Sequence[dict[str, Any]]) -> str:
    """Return the table of a comparison of web processes."""
    head = ("page: processes", "pages a second", "CPU ms", "p95 ms", "MiB (PSS)")
    rows = [
        (
            f"{one['page']}: {one['processes']}",
            f"{one['pages_a_second']:.0f}",
            f"{one['cpu_ms']:.1f}",
            f"{one['p95_ms']:.0f}",
            f"{one['memory_mib']:.0f}",
        )
        for one in found
    ]
    return "\n".join(_columns([head, *rows]))


def render_table(result: dict[str, Any]) -> str:
    """Return what drawing papers costs."""
    memory, speed, queue = result["memory"], result["speed"], result["queue"]
    head = ("what", "alone", "ours", "×", "goal")
    rows = [
        (
            "peak memory of a poster, MiB",
            f"{memory['raw_mib']:.1f}",
            f"{memory['child_mib']:.1f}",
            f"{memory['times']:.2f}",
            f"≤ {memory['goal']:g}",
        ),
        (
            "posters a second, one at a time",
            f"{speed['raw']:.1f}",
            f"{speed['child']:.1f}",
            f"{speed['times']:.2f}",
            "",
        ),
        (
            "queue p95 ms, quiet and while two are drawn",
            f"{queue['quiet_ms']:.1f}",
            f"{queue['busy_ms']:.1f}",
            f"{queue['times']:.2f}",
            f"≤ {queue['goal']:g}",
        ),
    ]
    return "\n".join([*_columns([head, *rows]), *_verdict(result["missed"])])


def import_table(result: dict[str, Any]) -> str:
    """Return what a whole import costs."""
    floor, ours = result["floor"], result["ours"]
    times = f"{result['times']:.2f}"
    head = ("what", "floor", "ours", "×", "goal")
    name = f"import of {result['rows']} rows × 15 columns, s"
    goal = f"≤ {result['times_goal']:g}"
    memory = (
        "peak memory, MiB",
        f"{floor['peak_kib'] / 1024:.0f}",
        f"{ours['peak_mib']:.0f}",
        "",
        f"≤ {result['memory_goal']}",
    )
    rows = [(name, f"{floor['seconds']:.2f}", f"{ours['seconds']:.2f}", times, goal)]
    rows += [(f"  {step}", "", f"{seconds:.2f}", "", "") for step, seconds in ours["steps"].items()]
    rows.append(memory)
    rows.append(("comparing names, in a job of its own, s", "", f"{ours['match_seconds']:.2f}", "", ""))
    rows.append(("  its peak memory, MiB", "", f"{ours['match_mib']:.0f}", "", ""))
    return "\n".join([*_columns([head, *rows]), *_verdict(result["missed"])])


def letters_table(result: dict[str, Any]) -> str:
    """Return what drawing letters costs beside WeasyPrint alone."""
    speed, cpu, memory = result["speed"], result["cpu_ms"], result["memory"]
    rows = [
        ("what", "alone", "ours", "×", "goal"),
        *(
            (
                f"pages a second, {name} at a time",
                f"{speed['raw']:.1f}",
                f"{speed[name]:.1f}",
                f"{speed[f'times_{name}']:.2f}",
                f"≥ {speed[f'goal_{name}']:g}",
            )
            for name in ("one", "two")
        ),
        (
            "processor ms a page",
            f"{cpu['raw']:.0f}",
            f"{cpu['one']:.0f}",
            f"{cpu['one'] / cpu['raw']:.2f}",
            "",
        ),
        (
            "peak memory of a process, MiB",
            f"{memory['raw_mib']:.1f}",
            f"{memory['child_mib']:.1f}",
            f"{memory['times']:.2f}",
            f"≤ {memory['goal']:g}",
        ),
        ("growth of the server, MiB", "", f"{memory['server_growth_mib']:.1f}", "", ""),
    ]
    head = f"{result['papers']} papers each way, {result['pages']} pages"
    return "\n".join([head, "", *_columns(rows), *_verdict(result["missed"])])


def year_table(result: dict[str, Any]) -> str:
    """Return the numbers of a year by office, as the register gives them, and where the trail differs."""
    head = ("office", *(name.replace("_", " ") for name in result["numbers"]["all"]))
    rows = [(name, *map(str, row.values())) for name, row in result["numbers"].items()]
    letters = ", ".join(f"{number} {kind}" for kind, number in result["letters"].items())
    verdict = (
        ["", *(f"DIFFERS {one}" for one in result["missed"])]
        if result["missed"]
        else ["", "The register and the trail say the same."]
    )
    return "\n".join(
        [
            f"{result['findings']} findings in {result['year']}, {result['database']}, {result['seconds']} s",
            "",
            *_columns([head, *rows]),
            "",
            f"Letters with a number: {letters}. Drawn: {result['drawn']}.",
            f"Trail: {result['trail']} entries, {result['trail_wrong'] or 'unbroken'}.",
            *verdict,
        ]
    )


def _goal(line: dict[str, Any]) -> str:
    if line["of_hello_goal"]:
        return f"≥ {line['of_hello_goal']:g}"
    return f"≤ {line['bare_pages_goal']:g}" if line["bare_pages_goal"] else ""


def _verdict(missed: Sequence[str]) -> list[str]:
    return ["", *(f"MISSED {miss}" for miss in missed)] if missed else ["", "All goals are met."]


def _columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        name, *cells = (
            word.ljust(width) if number == 0 else word.rjust(width)
            for number, (word, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((name, *cells)).rstrip()
