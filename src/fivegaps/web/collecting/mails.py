"""An invitation as a mail: text and HTML, with a way out that mail programs understand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fivegaps.web.collecting import wording
from fivegaps.web.collecting.models import MailRules, MailText, Recipient
from fivegaps.web.people.selectors import organisation
from fivegaps.web.shared.templatetags.office import HTML_LANGUAGES
from fivegaps.web.surveys.invitations import invitation_token
from fivegaps.web.surveys.models import Wave
from fivegaps.web.surveys.selectors import told_of

LINK = "\x00"  # stands for the link in a filled-in text; no text from people holds it
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
OUR_COLOUR = "#15629f"


@dataclass(frozen=True, slots=True)
class Words:
    """A mail that is filled in but for its link, for which ``LINK`` stands in the body."""

    subject: str
    body: str
    firm: str


@dataclass(frozen=True, slots=True)
class MailPage:
    """The HTML of a mail: paragraphs, of which one is a button."""

    html_lang: str
    is_rtl: bool
    subject: str
    firm: str
    colour: str
    paragraphs: tuple[str, ...]
    link: str
    stop: str

    @property
    def ink(self) -> str:
        """The colour, black or white, that is better read on the button."""
        red, green, blue = (int(self.colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
        return "#ffffff" if light < 0.18 else "#000000"

    @property
    def before(self) -> tuple[str, ...]:
        """The paragraphs above the button."""
        return self.paragraphs[: self._place]

    @property
    def after(self) -> tuple[str, ...]:
        """The paragraphs below the button."""
        return self.paragraphs[self._place + 1 :]

    @property
    def split(self) -> tuple[str, str] | None:
        """What stands beside the link in its paragraph; None when it stands alone."""
        around = self.paragraphs[self._place]
        head, _link, tail = around.partition(LINK)
        return None if around.strip() == LINK else (head, tail)

    @property
    def _place(self) -> int:
        return next(n for n, text in enumerate(self.paragraphs) if LINK in text)


def invitation_url(recipient: Recipient) -> str:
    """Return a recipient's own address of the form."""
    token = invitation_token(_invited(recipient))
    address = reverse("answer_invited", args=[token])
    return f"{settings.PUBLIC_URL}{address}?lang={recipient.lang}"


def stop_url(recipient: Recipient) -> str:
    """Return where a recipient ends all mails."""
    token = invitation_token(_invited(recipient))
    return settings.PUBLIC_URL + reverse("opt_out", args=[token])


def words_of(wave: Wave, kind: str, lang: str, *, name: str) -> Words:
    """Return a wave's mail in a language, filled in for a person."""
    own = organisation()
    firm = "fivegaps" if own is None else own.name
    row = MailText.objects.filter(survey_id=wave.survey_id, kind=kind, lang=lang).first()
    with translation.override(lang):
        subject = wording.shipped_subject(kind) if row is None else row.subject
        body = wording.shipped_body(kind, wave.survey.voice) if row is None else row.body
        values = {
            "greeting": wording.greeting(name),
            "name": name,
            "organisation": firm,
            "survey": wave.survey.title,
            "minutes": str(told_of(wave, lang).minutes),
            "promise": wording.promise(wave.survey.identification),
            "link": LINK,
        }
    return Words(wording.fill(subject, values), wording.fill(body, values), firm)


def message_to(recipient: Recipient, number: int, rules: MailRules) -> EmailMultiAlternatives:
    """Return the invitation of a recipient (number 0), or one of the reminders.

    Sent again, it has the same Message-ID, so that mailboxes can tell the double.
    """
    kind = "invitation" if number == 0 else "reminder"
    words = words_of(recipient.wave, kind, recipient.lang, name=recipient.name)
    stop = stop_url(recipient)
    headers = {
        "Message-ID": f"<{recipient.id}.{number}@{_domain()}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return _message(
        words,
        to=recipient.address,
        lang=recipient.lang,
        link=invitation_url(recipient),
        stop=stop,
        colour=recipient.wave.survey.colour,
        rules=rules,
        headers=headers,
    )


def trial_message(
    wave: Wave, kind: str, lang: str, *, name: str, to: str, rules: MailRules
) -> EmailMultiAlternatives:
    """Return the mail as its manager gets it beforehand: its links lead to the survey's page."""
    address = settings.PUBLIC_URL + reverse("preview_survey", args=[wave.survey_id])
    return _message(
        words_of(wave, kind, lang, name=name),
        to=to,
        lang=lang,
        link=address,
        stop=address,
        colour=wave.survey.colour,
        rules=rules,
        headers={},
    )


def mail_page(words: Words, *, lang: str, link: str, stop: str, colour: str) -> MailPage:
    """Return what the HTML of a mail shows."""
    return MailPage(
        html_lang=HTML_LANGUAGES.get(lang, lang),
        is_rtl=translation.get_language_info(lang)["bidi"],
        subject=words.subject,
        firm=words.firm,
        colour=colour if COLOUR.fullmatch(colour) else OUR_COLOUR,
        paragraphs=tuple(part for part in words.body.split("\n\n") if part.strip()),
        link=link,
        stop=stop,
    )


def _message(
    words: Words,
    *,
    to: str,
    lang: str,
    link: str,
    stop: str,
    colour: str,
    rules: MailRules,
    headers: dict[str, str],
) -> EmailMultiAlternatives:
    sender = settings.DEFAULT_FROM_EMAIL
    page = mail_page(words, lang=lang, link=link, stop=stop, colour=colour)
    with translation.override(lang):
        why = _("%(firm)s sends you this because you are on the list of its survey.")
        foot = f"{why % {'firm': words.firm}}\n{_('No more such mails')}: {stop}"
        html = render_to_string("collecting/mails/invitation.html", {"page": page})
    message = EmailMultiAlternatives(
        subject=words.subject,
        body=f"{words.body.replace(LINK, link)}\n\n-- \n{foot}\n",
        from_email=rules.bounce_address or sender,
        to=[to],
        reply_to=[rules.reply_address] if rules.reply_address else None,
        headers={
            "From": formataddr((words.firm, sender)),
            "Auto-Submitted": "auto-generated",
            "Content-Language": HTML_LANGUAGES.get(lang, lang),
            **headers,
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def _domain() -> str:
    return (urlsplit(settings.PUBLIC_URL).hostname or "localhost").strip("[]")


def _invited(recipient: Recipient) -> UUID:
    if recipient.invitation_id is None:
        raise ValueError("an invitation is made before its mail")
    return recipient.invitation_id
