"""Why a file is not taken. Every code has a sentence in `formats.py`."""

from ombudsman_app.core.errors import RuleBroken


class FileRefused(RuleBroken):
    """It is not taken. Details: reason, a code of `formats.REASONS`."""

    code = "file_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class UploadGone(RuleBroken):
    """There is no such upload, or its time is over (410)."""

    code = "upload_gone"


class OffsetDiffers(RuleBroken):
    """The piece does not begin where the last one ended (409). The sender asks where that is."""

    code = "offset_differs"


class UploadBusy(RuleBroken):
    """Somebody is sending a piece of it just now (423)."""

    code = "upload_busy"
