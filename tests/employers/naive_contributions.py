"""Estimates counted once more by another hand: whole numbers only, month by month, rates written out here."""

from typing import Any

# Ten-thousandths of a wage. Sources: employers.md §6.
JKK = {"very_low": 24, "low": 54, "medium": 89, "high": 127, "very_high": 174}
OTHERS = {"JKM": 30, "JHT": 370 + 200, "JP": 200 + 100, "JKP": 0}
CEILINGS = {2023: 9_559_600, 2024: 10_042_300, 2025: 10_547_400, 2026: 11_086_300}  # each from March on
NEEDED = {
    "large": ["JKK", "JHT", "JP", "JKM"],
    "medium": ["JKK", "JHT", "JP", "JKM"],
    "small": ["JKK", "JHT", "JKM"],
    "micro": ["JKK", "JKM"],
    "construction_casual": ["JKK", "JKM"],
}
MINIMUM = {("76", 2025): 3_104_430, ("76", 2026): 3_315_934, ("53", 2025): 2_328_969, ("53", 2026): 2_455_898}


def half_up(number: int, parts: int) -> int:
    """Divide whole numbers, the half goes up."""
    return (2 * number + parts) // (2 * parts)


def months_of(given: dict[str, Any]) -> list[tuple[int, int] | None]:
    if "from" not in given:
        return [None] * given["months"]
    year, month = (int(part) for part in given["from"].split("-"))
    found: list[tuple[int, int] | None] = []
    while True:
        found.append((year, month))
        if f"{year}-{month:02d}" == given.get("to") or len(found) == given.get("months"):
            return found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def below_ceiling(wage: int, month: tuple[int, int] | None) -> int:
    if month is None:
        return wage
    year, number = month
    row = min(year if number >= 3 else year - 1, max(CEILINGS))
    return wage if wage < CEILINGS[row] else CEILINGS[row]


def contributions(given: dict[str, Any]) -> dict[str, int]:
    """Return the total of each programme: one addition for each worker-month."""
    asked = given.get("programs") or [p for p in NEEDED[given["scale"]] if p not in given.get("joined", [])]
    found = dict.fromkeys(asked, 0)
    for month in months_of(given):
        wage = given.get("true_wage", given.get("wage"))
        if wage is None:
            wage = MINIMUM[given["region"][:2], month[0] if month else 0]
        reported = given.get("reported_wage", 0)
        for programme in asked:
            base = wage - reported
            if programme == "JP":
                base = below_ceiling(wage, month) - below_ceiling(reported, month)
            rate = JKK[given["jkk_class"]] if programme == "JKK" else OTHERS[programme]
            found[programme] += given["workers"] * half_up(base * rate, 10_000)
    return found


def contract(value: int) -> dict[str, int]:
    """Return JKK and JKM of a contract, rupiah after rupiah of each slice."""
    edges = [0, 100_000_000, 500_000_000, 1_000_000_000, 5_000_000_000, 10**18]
    jkk = jkm = 0
    for lower, upper, a, b in zip(edges, edges[1:], [21, 17, 13, 11, 9], [3, 2, 2, 1, 1], strict=False):
        inside = max(0, min(value, upper) - lower)
        jkk, jkm = jkk + inside * a, jkm + inside * b
    return {"JKK": half_up(jkk, 10_000), "JKM": half_up(jkm, 10_000)}


def late(amounts: list[int], months_late: list[int]) -> int:
    """Return 2 % of each amount for each month."""
    return half_up(sum(2 * a * m for a, m in zip(amounts, months_late, strict=True)), 100)
