"""Addresses as codes that a camera reads, drawn as shapes for paper."""

import segno
from markupsafe import Markup

OVERLAP = 0.03  # rows of the code touch, so that no printer leaves a hair between them


def qr_drawing(address: str) -> Markup:
    """Draw the code as shapes, with the four modules of nothing around it that cameras need."""
    code = segno.make(address, error="m", micro=False)
    size = len(code.matrix)
    shapes = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < size:
            end = x
            while end < size and row[end]:
                end += 1
            if end > x:
                shapes.append(f"M{x} {y}H{end}V{y + 1 + OVERLAP}H{x}z")
            x = end + 1
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {whole} {whole}" role="img">'
        "<title>{address}</title>"
        '<path fill="#13211e" d="{shapes}"/></svg>'
    )
    return Markup(drawing).format(whole=size + 8, address=address, shapes="".join(shapes))  # noqa: S704 - our own
