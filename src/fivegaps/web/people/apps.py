"""People and places."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.rights import Right
from fivegaps.web.shared.navigation import Entry, add_entry


class PeopleConfig(AppConfig):
    """Units, channels, employees, roles."""

    name = "fivegaps.web.people"
    label = "people"
    verbose_name = _("People and places")

    def ready(self) -> None:
        """Put the pages of this app into the navigation; name what its errands do."""
        from fivegaps.web.people import errands

        errands.name_kinds()
        add_entry(
            Entry(
                title=_("People and places"),
                url_name="units",
                order=50,
                right=Right.SEE_PLACES,
                prefix="/places/",
            )
        )
        add_entry(
            Entry(
                title=_("Settings"),
                url_name="settings",
                order=60,
                right=Right.CHANGE_SETTINGS,
                prefix="/settings/",
            )
        )
        add_entry(
            Entry(
                title=_("Who did what?"),
                url_name="audit",
                order=70,
                right=Right.SEE_AUDIT,
                prefix="/audit/",
            )
        )
