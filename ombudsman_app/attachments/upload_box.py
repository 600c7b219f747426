"""What a box to add files must know; drawn by `components/upload.html`."""

from dataclasses import dataclass

from flask import url_for

from ombudsman_app.core import limits

from .states import ACCEPT


@dataclass(frozen=True)
class UploadBox:
    """Where files go, to whom they will belong, how many and how large they may be."""

    owner: str  # name of an OwnerKind
    owner_id: str  # empty for the public: what this browser has open counts
    back: str  # where the plain form leads back to
    create_url: str
    plain_url: str
    most_files: int
    most_bytes: int
    file_bytes: int = limits.FILE_BYTES
    video_bytes: int = limits.VIDEO_BYTES
    accept: str = ACCEPT


def public_box(owner: str, back: str) -> UploadBox:
    """Return the box of a page of the public face."""
    return UploadBox(
        owner=owner,
        owner_id="",
        back=back,
        create_url=url_for("public.attachments.create"),
        plain_url=url_for("public.attachments.send_form"),
        most_files=limits.PUBLIC_FILES,
        most_bytes=limits.PUBLIC_BYTES,
    )


def portal_box(owner: str, owner_id: int, back: str) -> UploadBox:
    """Return the box of a record that was sent to an office under watch."""
    return _box_inside("portal", owner, owner_id, back)


def staff_box(owner: str, owner_id: int, back: str) -> UploadBox:
    """Return the box of the page of a record."""
    return _box_inside("staff", owner, owner_id, back)


def _box_inside(face: str, owner: str, owner_id: int, back: str) -> UploadBox:
    return UploadBox(
        owner=owner,
        owner_id=str(owner_id),
        back=back,
        create_url=url_for(f"{face}.attachments.create"),
        plain_url=url_for(f"{face}.attachments.send_form"),
        most_files=limits.STAFF_FILES,
        most_bytes=limits.STAFF_BYTES,
    )
