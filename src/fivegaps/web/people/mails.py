"""Mails about people."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fivegaps.web.accounts.models import User
from fivegaps.web.people.selectors import organisation

logger = logging.getLogger(__name__)


def invitation_url(token: str) -> str:
    """Return the address that lets an invited person in, once."""
    return f"{settings.PUBLIC_URL}{reverse('join', args=[token])}"


def mail_invitation(user: User, token: str) -> None:
    """Send the link to an invited person; a mail server that refuses is logged, not raised."""
    own = organisation()
    with translation.override(user.language):
        told = {
            "name": user.name,
            "organisation": "fivegaps" if own is None else own.name,
            "url": invitation_url(token),
        }
        message = EmailMessage(
            subject=_("Your account at %(organisation)s") % told,
            body=render_to_string("people/mails/invitation.txt", told),
            to=[user.email],
        )
    try:
        message.send()
    except OSError:
        logger.exception("the invitation of %s was not sent", user.id)


def mail_head(user: User, head: Mapping[str, str]) -> None:
    """Send an auditor the head of the audit log.

    Raises:
        OSError: The mail server did not take it.
    """
    own = organisation()
    with translation.override(user.language):
        told = {
            **head,
            "organisation": "fivegaps" if own is None else own.name,
            "url": f"{settings.PUBLIC_URL}{reverse('audit')}",
        }
        EmailMessage(
            subject=_("Audit log of %(organisation)s, %(number)s deeds") % told,
            body=render_to_string("people/mails/head.txt", told),
            to=[user.email],
        ).send()
