"""The words of a survey's mails: plain text with a few named places, never a template."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PLACE = re.compile(r"\{([^{}\n]*)\}")
IN_SUBJECT = ("name", "organisation", "survey", "minutes")
IN_BODY = ("greeting", "name", "organisation", "survey", "minutes", "promise", "link")


def shipped_subject(kind: str) -> str:
    """Return our subject of a mail, in the present language."""
    if kind == "reminder":
        return _("A reminder: {organisation} would value your opinion")
    return _("{organisation} asks for your opinion")


def shipped_body(kind: str, voice: str) -> str:
    """Return our text of a mail to customers, managers or employees, in the present language."""
    asked = _asked_of_customers(kind) if voice == "customers" else _asked_of_staff(kind)
    parts = ["{greeting}", asked, "{link}", "{promise}"]
    parts += [_("Thank you for your time."), "{organisation}"]
    return "\n\n".join(parts)


def _asked_of_customers(kind: str) -> str:
    if kind == "reminder":
        return _(
            "Some days ago {organisation} asked you what you expect of its service and how "
            "you find it. Your answer is still missing, and it would help. It takes about "
            "{minutes} minutes."
        )
    return _(
        "{organisation} would like to know what you expect of good service and how you "
        "find ours. It takes about {minutes} minutes, and what you say decides what we "
        "improve first."
    )


def _asked_of_staff(kind: str) -> str:
    if kind == "reminder":
        return _(
            "Some days ago {organisation} asked you how its service comes about. Your answer is "
            "still missing, and it would help. It takes about {minutes} minutes."
        )
    return _(
        "{organisation} asks those who work here how its service comes about. It takes about "
        "{minutes} minutes, and what you say decides what we improve first."
    )


def greeting(name: str) -> str:
    """Return how a person is greeted, in the present language."""
    return _("Dear %(name)s,") % {"name": name} if name else _("Good day,")


def promise(identification: str) -> str:
    """Return what is told about the answers and the link, in the present language."""
    if identification == "anonymous":
        return _(
            "Your answers are anonymous: nobody can find out who gave which. The link works once, "
            "so please answer in one go."
        )
    way = _("The link is yours alone and works once, on any device; you may stop and go on later.")
    if identification == "identified":
        told = _("Your answers may be read together with your name.")
    else:
        told = _("Your answers are confidential: we see results, not what a single person said.")
    return f"{told} {way}"


def check_words(subject: str, body: str) -> None:
    """Make sure that a subject and a body can be filled in.

    Raises:
        ValidationError: A place is unknown, or the body lacks its link.
    """
    wrong = {"subject": _unknown(subject, IN_SUBJECT), "body": _unknown(body, IN_BODY)}
    found = {
        field: _("There is no place {%(place)s}. You may use: %(places)s.")
        % {
            "place": places[0],
            "places": ", ".join(
                f"{{{place}}}" for place in (IN_SUBJECT if field == "subject" else IN_BODY)
            ),
        }
        for field, places in wrong.items()
        if places
    }
    if "body" not in found and body.count("{link}") != 1:
        found["body"] = _("The text needs {link} once: it is the way to the form.")
    if found:
        raise ValidationError(found)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its places filled; what is filled in is never looked at again."""
    return PLACE.sub(lambda match: values.get(match[1], match[0]), text)


def _unknown(text: str, places: tuple[str, ...]) -> list[str]:
    return [name for name in PLACE.findall(text) if name not in places]
