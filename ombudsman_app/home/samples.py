"""What the page of components shows: invented people and cases, and words that are hard to fit."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import wtforms as w
from flask_babel import lazy_gettext as _l
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from ombudsman_app.web import charts
from ombudsman_app.web.deadlines import ShownDay

TODAY = date(2026, 11, 20)
LONG_WORD = "Pertanggungjawabanpelaksanaanpengadministrasiankepesertaan"
LONG_TEXT = (
    "Saya sudah tiga kali datang ke loket dan berkas saya selalu dikembalikan tanpa alasan tertulis.\n\n"
    "Petugas hanya berkata: besok saja. Itu sudah sejak 3 Agustus."
)


@dataclass(frozen=True)
class Row:
    """One line of a sample table."""

    number: str
    office: str
    about: str
    stage: str
    tone: str
    officer: str
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


ROWS = [
    Row("0412/LM/XI/2026/MAM", "Kantor Cabang Mamuju", "JHT", "Verifikasi formil", "info", "Demo Sari", -2),
    Row("0398/LM/XI/2026/MAM", LONG_WORD, "JKK", "Rapat pleno", "warning", "", 1),
    Row("0391/LM/XI/2026/MAM", "Kantor Cabang Mamuju", "JKK", "Ditutup", "success", "Demo Rina", None),
]


class SampleForm(w.Form):  # type: ignore[misc]  # WTForms has no types
    """One field of each kind."""

    name = w.StringField(_l("Full name"), [validators.InputRequired()], default="Demo Sari Wulandari")
    email = w.EmailField(_l("E-mail"), description=_l("A help line stands between label and box."))
    code = w.StringField(_l("Ticket number"), [validators.Length(max=12)])
    happened_on = w.DateField(_l("Day"), default=TODAY)
    closed = w.StringField(_l("Not to be changed"), default=_l("Fixed"), render_kw={"disabled": True})
    service = w.SelectField(
        _l("Service"), choices=[SelectChoice("", "–"), SelectChoice("jht", "JHT"), SelectChoice("jkk", "JKK")]
    )
    story = w.TextAreaField(_l("What happened"), [validators.Length(max=500)], default=LONG_TEXT)
    kind = w.RadioField(
        _l("Kind"),
        choices=[
            SelectChoice("late", _l("It takes too long")),
            SelectChoice("money", _l("Somebody asked for money")),
        ],
        default="late",
    )
    reasons = w.SelectMultipleField(
        _l("Reasons"),
        choices=[
            SelectChoice("a", _l("The rule was not followed")),
            SelectChoice("b", _l("Nobody answered")),
        ],
        default=["a"],
        option_widget=w.widgets.CheckboxInput(),
        widget=w.widgets.ListWidget(prefix_label=False),
    )
    agrees = w.BooleanField(_l("I have read it"), default=True)


class ChecklistForm(w.Form):  # type: ignore[misc]  # WTForms has no types
    """Three lines of a checklist: met, missing with a reason, not judged yet."""

    f1 = w.RadioField("Nama lengkap", default="met")
    f1_reason = w.TextAreaField(_l("Reason"))
    f6 = w.RadioField("Salinan identitas (KTP/paspor/KITAP)", default="missing")
    f6_reason = w.TextAreaField(_l("Reason"), default="Foto KTP tidak terbaca.")
    f8 = w.RadioField("Sudah disampaikan langsung kepada Terlapor atau atasannya dan tidak selesai")
    f8_reason = w.TextAreaField(_l("Reason"))


class FilterForm(w.Form):  # type: ignore[misc]  # WTForms has no types
    """What a bar of filters holds."""

    service = w.SelectField(
        _l("Service"),
        id="filter-service",
        choices=[SelectChoice("", _l("All")), SelectChoice("jht", "JHT"), SelectChoice("jkk", "JKK")],
    )
    happened_on = w.DateField(_l("Received from"), id="filter-day")


VERDICTS: dict[str, Any] = {
    "met": _l("Met"),
    "missing": _l("Missing"),
    "excepted": _l("Excepted"),
    "seen": _l("Seen by the officer"),
}


def sample_form() -> SampleForm:
    """Return the form with one field refused."""
    form = SampleForm()
    form.code.errors = [_l("Write the ticket number as it stands on your receipt.")]
    return form


def filter_form() -> FilterForm:
    """Return the filters, nothing chosen."""
    return FilterForm()


def counted_days() -> list[ShownDay]:
    """Return three days as a deadline explains them."""
    return [
        ShownDay(date(2026, 11, 20), True, 1, str(_l("working day"))),
        ShownDay(date(2026, 11, 21), False, None, str(_l("weekend"))),
        ShownDay(date(2026, 11, 23), True, 2, str(_l("working day"))),
    ]


def checklist_form() -> ChecklistForm:
    """Return the checklist; the copy of an identity may also have been seen."""
    form = ChecklistForm()
    for name in ("f1", "f6", "f8"):
        form[name].choices = [
            SelectChoice(value, label) for value, label in VERDICTS.items() if value != "seen" or name == "f6"
        ]
    form.f1.process(None, "met")
    form.f6.process(None, "missing")
    return form


@dataclass(frozen=True)
class Pictures:
    """The charts: nothing, one value, many."""

    no_bars: list[charts.Bar]
    one_bar: list[charts.Bar]
    bars: list[charts.Bar]
    no_line: charts.Line | None
    one_point: charts.Line | None
    line: charts.Line | None
    zeros: charts.Line | None
    no_heat: charts.Heat
    heat: charts.Heat
    heat_words: dict[str, str]
    short_span: charts.Span | None
    span: charts.Span | None
    stops: list[charts.Stop]


_INFLOW = (41, 52, 47, 63, 61, 72, 68, 79, 75, 92, 88, 86)
_STAGES = {"received": "Diterima", "formal": "Verifikasi formil", "plenary": "Rapat pleno"}


def pictures() -> Pictures:
    """Return charts of invented numbers."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    weeks = [
        (f"{monday - timedelta(weeks=11 - place):%d/%m}", number) for place, number in enumerate(_INFLOW)
    ]
    ages = ["1–3", "4–7", "8–30", "> 30"]
    return Pictures(
        no_bars=charts.bars([]),
        one_bar=charts.bars([("Klaim Jaminan Hari Tua (JHT)", 4)]),
        bars=charts.bars(
            [
                ("Klaim Jaminan Hari Tua (JHT)", 38),
                ("Pemberi kerja tidak mendaftarkan pekerja", 27),
                ("Perbaikan data peserta (NIK, nama, KPJ ganda)", 19),
                (LONG_WORD, 10),
                ("Antrean", 4),
                ("Aplikasi", 3),
                ("Migran", 2),
            ],
            most=5,
            rest=str(_l("All others")),
        ),
        no_line=charts.line([]),
        one_point=charts.line(weeks[-1:]),
        line=charts.line(weeks),
        zeros=charts.line([(label, 0) for label, _ in weeks]),
        no_heat=charts.heat({}, list(_STAGES), ages),
        heat=charts.heat(
            {
                ("received", "1–3"): 12,
                ("received", "4–7"): 3,
                ("formal", "1–3"): 7,
                ("formal", "8–30"): 1,
                ("plenary", "4–7"): 5,
                ("plenary", "> 30"): 2,
            },
            list(_STAGES),
            ages,
        ),
        heat_words=_STAGES,
        short_span=charts.span([charts.Stretch("Diterima", "info", TODAY)], today=TODAY),
        span=_long_span(),
        stops=charts.stops(
            [
                ("Diterima", "6 Nov"),
                ("Verifikasi formil", "9 Nov"),
                ("Verifikasi materiil", "16 Nov"),
                ("Rapat Pleno / Rapat Perwakilan", ""),
                ("Pemeriksaan", ""),
            ],
            present=2,
        ),
    )


def _long_span() -> charts.Span | None:
    def ago(days: int) -> date:
        return TODAY - timedelta(days=days)

    return charts.span(
        [
            charts.Stretch("Diterima", "info", ago(14)),
            charts.Stretch("Verifikasi formil", "info", ago(11)),
            charts.Stretch("Verifikasi materiil", "info", ago(4)),
        ],
        today=TODAY,
        markers=[
            ("message_in", "Pesan dari Pelapor", ago(9)),
            ("note", "Catatan", ago(9)),
            ("message_out", "Pesan dari petugas", ago(8)),
            ("opened", "Identitas dibuka", ago(3)),
        ],
        flags=[
            ("Verifikasi formil", "ended", ago(5)),
            ("Verifikasi materiil dan rapat pleno", "soon", TODAY + timedelta(days=2)),
            ("Seluruh pemeriksaan", "running", TODAY + timedelta(days=9)),
        ],
    )
