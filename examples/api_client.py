"""Send answers to an office and read its results: a client in one file, standard library only.

    python examples/api_client.py http://127.0.0.1:8000 fg_… SURVEY_ID

It makes its own submission_id, so that a call that was cut off may be sent again without being
counted twice, and waits as long as the office tells it to.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ATTEMPTS = 5


class Refused(Exception):
    """The office refused a call, and another try would not help."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        told = "; ".join(f"{one['field']}: {one['message']}" for one in problem.get("errors", ()))
        super().__init__(f"{status} {problem.get('detail', '')} {told}".strip())


@dataclass(frozen=True)
class Office:
    """An office and the token that it issued."""

    url: str
    token: str

    def send_answers(self, survey: str, answers: dict[str, Any], **beside: Any) -> str:
        """Send one person's answers and return the receipt; cut off, they are sent again.

        Args:
            survey: The survey's id.
            answers: Column to number, text or None.
            beside: lang, and where it is known unit, channel, employee and started_at.
        """
        body = {"submission_id": str(uuid.uuid4()), "lang": "en", "answers": answers} | beside
        return str(self._call(f"/surveys/{survey}/responses", body)["receipt"])

    def tell_event(self, survey: str, key: str, happened_at: str, **beside: Any) -> str:
        """Tell that a transaction took place, once for each key, and return its id."""
        body = {"key": key, "happened_at": happened_at} | beside
        return str(self._call(f"/surveys/{survey}/events", body)["event"])

    def surveys(self) -> list[dict[str, Any]]:
        """Return the surveys that the token holds for."""
        return list(self._call("/surveys")["surveys"])

    def results(self, survey: str) -> dict[str, Any]:
        """Return the results of the present wave (schema fivegaps.results/1)."""
        return self._call(f"/surveys/{survey}/results?measurement=false")

    def _call(self, address: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = Request(  # noqa: S310 - the address of one's own office
            f"{self.url}/api/v1{address}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with urlopen(request, timeout=60) as told:  # noqa: S310
                    return dict(json.load(told))
            except HTTPError as error:
                if error.code != 429 and error.code < 500:
                    raise Refused(error.code, json.load(error)) from None
                wait = float(error.headers.get("Retry-After", 2**attempt))
            except URLError:
                wait = 2.0**attempt
            if attempt < ATTEMPTS:
                time.sleep(wait)
        raise ConnectionError(f"{self.url} did not answer {ATTEMPTS} times")


def main(url: str, token: str, survey: str) -> None:
    """Send one form, then tell the overall gap."""
    office = Office(url.rstrip("/"), token)
    answers = {f"e_tan{number}": 6 for number in range(1, 5)}
    answers |= {f"p_tan{number}": 5 for number in range(1, 5)}
    print("receipt", office.send_answers(survey, answers))
    try:
        overall = office.results(survey)["overall"]["mean_of_dimensions"]
    except Refused as refused:
        print("no results yet:", refused.problem["detail"])
    else:
        print("overall gap", overall["value"], "of", overall["n"], "answers")


if __name__ == "__main__":
    main(*sys.argv[1:])
