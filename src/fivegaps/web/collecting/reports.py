"""Reports of mail servers that a mail did not arrive (RFC 3464), read from their mails."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from uuid import UUID

from fivegaps.errors import Fault, FileRefused

OUR_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,3})@[^<>@\s]{1,255}>")
MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Report:
    """What a server says of one mail. ``recipient_id`` is None when the mail was not ours."""

    recipient_id: UUID | None
    is_final: bool
    is_unknown_address: bool
    reason: str


def read_reports(path: Path) -> Iterator[Report | None]:
    """Yield the report in each mail of an mbox or a single mail; None for another kind of mail.

    Raises:
        FileRefused: The file is too large, or holds no mail.
        OSError: It cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused(path.name, Fault("is larger than 200 MB.", "Split it."))
    with path.open("rb") as file:
        start = file.read(5)
    if start == b"From ":
        box = mailbox.mbox(path, create=False)
        try:
            for key in box.iterkeys():
                yield report_in(message_from_bytes(box.get_bytes(key)))
        finally:
            box.close()
        return
    message = message_from_bytes(path.read_bytes())
    if not message.keys():
        raise FileRefused(path.name, Fault("holds no mail.", "It takes an mbox or a mail (.eml)."))
    yield report_in(message)


def report_in(message: Message) -> Report | None:
    """Return the report in a mail; None when it says nothing of a failed or late delivery."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and _field(block, "Action") in {"failed", "delayed"}:
                return _report(message, block)
    return None


def _report(message: Message, block: Message) -> Report:
    status = _field(block, "Status").split(" ")[0]
    told = _field(block, "Diagnostic-Code").partition(";")[2].strip()
    _kind, _sep, address = _field(block, "Final-Recipient").partition(";")
    hidden = told.replace(address.strip(), "…") if address.strip() else told
    is_final = _field(block, "Action") == "failed" and not status.startswith("4")
    return Report(
        recipient_id=_recipient_id(message),
        is_final=is_final,
        is_unknown_address=is_final and (status.startswith("5.1.") or status == "5.2.1"),
        reason=" ".join(f"{status} {hidden}".split())[:300],
    )


def _recipient_id(message: Message) -> UUID | None:
    """Return the recipient whom the Message-ID of the mail that came back names."""
    texts = []
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                texts.append(_field(inner[0], "Message-ID"))
        elif part.get_content_type() == "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                texts.append(_field(message_from_bytes(raw), "Message-ID"))
    texts += [_field(message, "In-Reply-To"), _field(message, "References")]
    for text in texts:
        found = OUR_ID.search(text)
        if found is not None:
            return UUID(found[1])
    return None


def _field(message: Message, name: str) -> str:
    try:
        text = str(message.get(name, ""))
    except (ValueError, LookupError, IndexError):  # headers that break Python's own reader
        return ""
    tidy = " ".join(text.split())
    clean = "".join(sign for sign in tidy if sign.isprintable())
    return clean.lower() if name == "Action" else clean
