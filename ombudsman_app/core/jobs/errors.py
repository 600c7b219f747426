"""How a job ends early."""


class JobFailed(Exception):
    """It will not succeed by being tried again. `code` finds the sentence (`words.py`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class JobCancelled(Exception):
    """Somebody asked to stop it."""


class LeaseLost(Exception):
    """Another attempt has this job now; nothing of this one may be stored (JQ3)."""


class JobRefused(Exception):
    """The queue held something that is none of our jobs (JQ2)."""
