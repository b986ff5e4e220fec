"""Privacy."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.rights import Right
from fivegaps.web.shared.erasures import add_eraser
from fivegaps.web.shared.navigation import add_setting
from fivegaps.web.shared.outbox.kinds import Kind, add_kind


class PrivacyConfig(AppConfig):
    """Consent, retention, erasure."""

    name = "fivegaps.web.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Put the pages where they are looked for, and teach worker and restore to erase."""
        from fivegaps.web.privacy.services import erasing, log, retention
        from fivegaps.web.surveys.tabs import SurveyTab, add_tab

        add_setting(_("What respondents agree to"), "consent")
        add_setting(_("Erase a person"), "erase_person")
        right = Right.CHANGE_SURVEYS
        add_tab(SurveyTab(_("Privacy"), "survey_privacy", 80, right=right, is_everywhere=True))
        add_kind(Kind(retention.DAILY, retention.erase_daily))
        add_kind(Kind(log.EMPTY, log.empty_again))
        for kind, eraser in erasing.ERASERS.items():
            add_eraser(kind, eraser)
