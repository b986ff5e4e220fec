"""Why a service did not do what was asked."""

from __future__ import annotations


class NotOpen(Exception):
    """The link, its wave or its quota takes no answers (any more)."""


class OtherContent(Exception):
    """Something else was recorded under this id; what came now was set aside."""

    def __init__(self, receipt: str) -> None:
        self.receipt = receipt
        super().__init__(f"another form was recorded under receipt {receipt}")


class AlreadySent(Exception):
    """The form was sent before; nothing more is saved."""

    def __init__(self, receipt: str) -> None:
        self.receipt = receipt
        super().__init__(f"sent under receipt {receipt}")


class SavedElsewhere(Exception):
    """A later save came from another device."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__(f"revision {revision} is the latest")


class AlreadyBegun(Exception):
    """The invitation was exchanged for the right to answer before."""


class PromisedAnonymous(Exception):
    """An anonymous wave takes no answers that lead to a person, a time or a receipt."""
