"""The list of NTT as a body would send it: 22 regencies and their province on one day, one comma missing."""

import io
from datetime import date
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Region

HEADS = ("Kode", "Kabupaten/Kota", "Definisi", "Per tanggal", "Peserta aktif", "Potensi TK", "Cakupan (%)")
AS_OF = date(2026, 6, 30)
DIRTY = "53.15"  # its percentage comes as 3373
PROVINCE = "53"


def list_of_ntt() -> bytes:
    """A workbook of 23 rows. Call inside a context."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS)
    regencies = db.session.execute(
        select(Region.code, Region.name)
        .where(Region.code.like(f"{PROVINCE}.__"), Region.valid_to.is_(None))
        .order_by(Region.code)
    ).all()
    insured, all_workers = 0, 0
    for number, (code, name) in enumerate(regencies, 1):
        if code == DIRTY:
            sheet.append([code, name, "UCJ", "30 Juni 2026", "", "", 3373])
            continue
        counted, potential = 20_000 + 1_000 * number, 100_000
        insured, all_workers = insured + counted, all_workers + potential
        sheet.append([code, name, "UCJ", "30 Juni 2026", counted, potential, ""])
    province: list[Any] = [PROVINCE, "Provinsi Nusa Tenggara Timur", "UCJ", "Juni 2026"]
    sheet.append([*province, insured, all_workers, ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
