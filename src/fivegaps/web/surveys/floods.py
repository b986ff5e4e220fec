"""Keep open links from being flooded, without a puzzle for people.

Who sends from one place, or through one link, has a bucket of tokens that fills slowly. The
buckets live in the memory of the process, under digests with a salt that is drawn anew each
day: no address is written anywhere, least of all beside an answer.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from fivegaps.web.surveys.models import Response
from fivegaps.web.surveys.sheet import Sheet

MOST_BUCKETS = 20_000
# Faster than anybody reads: seconds for each answer.
READING = 0.35
TRAPPED, FAST = "trap", "fast"


class Flooded(Exception):
    """More than people send. ``seconds`` is when to try again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds} s")


@dataclass(slots=True)
class Buckets:
    """Buckets that hold ``a_minute`` tokens each and get as many a minute."""

    a_minute: int
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    _day: int = 0
    _left: dict[bytes, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: str, at: datetime) -> int:
        """Take a token and return 0, or how many seconds are left until there is one."""
        now = at.timestamp()
        with self._lock:
            self._renew(now)
            key = hashlib.sha256(self._salt + name.encode()).digest()[:12]
            left, since = self._left.get(key, (float(self.a_minute), now))
            left = min(self.a_minute, left + max(0.0, now - since) * self.a_minute / 60)
            if left < 1:
                self._left[key] = (left, now)
                return max(1, round((1 - left) * 60 / self.a_minute + 0.5))
            self._left[key] = (left - 1, now)
            return 0

    def _renew(self, now: float) -> None:
        day = int(now // 86_400)
        if day != self._day:
            self._salt, self._day = secrets.token_bytes(16), day
            self._left.clear()
        if len(self._left) >= MOST_BUCKETS:
            full = [key for key, (_, since) in self._left.items() if now - since > 60]
            for key in full or list(self._left)[: MOST_BUCKETS // 2]:
                del self._left[key]


_places: dict[tuple[str, int], Buckets] = {}


def hold_off(request: HttpRequest, link: str, *, saves: bool, at: datetime) -> None:
    """Let a form through an open link pass.

    Requests from this machine itself pass always: behind a proxy that is not named in
    ``PROXIES`` everybody would seem to sit here.

    Raises:
        Flooded: Too many came from its place, or through its link.
    """
    place = place_of(request)
    if place is None:
        return
    limits = settings.FORMS_A_MINUTE
    # While somebody answers, each answer is saved.
    factor = 30 if saves else 1
    for kind, name in (("address", place), ("link", link)):
        limit = limits[kind] * factor
        if not limit:
            continue
        bucket = _places.setdefault((f"{kind}{saves}", limit), Buckets(limit))
        if seconds := bucket.take(name, at):
            raise Flooded(seconds)


def place_of(request: HttpRequest) -> str | None:
    """Return where a request comes from, the whole network of an IPv6 one; None: from here."""
    named = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(passed) >= proxies and passed[-proxies]:
        named = passed[-proxies]
    try:
        address = ip_address(named)
    except ValueError:
        return named[:60] or None
    if address.is_loopback:
        return None
    if isinstance(address, IPv6Address):
        return (int(address) >> 64).to_bytes(8, "big").hex()
    return str(address)


def suspicion(sheet: Sheet, *, is_trapped: bool, started_at: datetime | None, at: datetime) -> str:
    """Return why a form looks like a machine's, "" when it does not."""
    if is_trapped:
        return TRAPPED
    answered = sum(1 for code in sheet.codes if code)
    least = timedelta(seconds=READING * answered)
    if started_at is not None and timedelta(0) <= at - started_at < least:
        return FAST
    return ""


def suspicious_in(wave_id: UUID) -> int:
    """Return how many answers of a wave look like a machine's; they count all the same."""
    return Response.objects.filter(wave_id=wave_id, suspicion__isnull=False, is_test=False).count()
