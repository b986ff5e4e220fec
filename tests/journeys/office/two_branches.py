"""Two branches that were asked, and somebody who leads one of them; run inside an office."""

from __future__ import annotations

PASSWORD = "a quiet river in spring"  # noqa: S105
ANSWERS = 6
MADE = """
import django; django.setup()
import json
from datetime import UTC, datetime
from uuid import uuid4
from survey_maker import made_survey
from fivegaps.web.accounts.models import User
from fivegaps.web.people.models import Organisation
from fivegaps.web.people.services.employees import add_employee
from fivegaps.web.people.services.memberships import give_role
from fivegaps.web.people.services.units import open_unit
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.services.programmes import add_link
at = datetime.now(UTC)
given = json.loads(input())
Organisation.objects.create(id=1, name="Hoa Sen Bank")
user = User(email="minh@bank.example", name="Minh", created_at=at)
user.set_password(given["password"])
user.save()
units, links = {}, {}
survey = made_survey(points=False)
for code in ("hanoi", "hue"):
    units[code] = open_unit(
        actor=None, code=code, name=code.title(), parent=None, opened_on=None, at=at
    )
    places = {"unit": units[code], "channel": None, "touchpoint": None}
    add_link(actor=None, survey=survey, at=at, **places)
    add_employee(actor=None, code=f"anna-{code}", name=f"Anna {code}", unit=units[code],
                 joined_on=None, at=at)
    link = selectors.Link.objects.get(survey=survey, unit=units[code])
    links[code] = f"/s/{link.token}/"
give_role(actor=None, user=user, role="unit-manager", unit=units["hanoi"], at=at)
wave = selectors.waves_of(survey)[0]
columns = [one.name for one in selectors.fields_in(wave).items]
told = {"links": links, "survey": str(survey.id), "wave": str(wave.id), "columns": columns}
print(json.dumps(told))
"""
