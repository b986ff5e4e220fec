"""What allauth asks the office."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fivegaps.web.accounts.services.identities import link_identity, user_vouched_for
from fivegaps.web.shared.views.errors import error_page

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: people come in by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Return False, always."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a mail: to the office's own address, whatever host was asked."""
        address = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.PUBLIC_URL}{address.path}"


class VouchedAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whom the organisation's identity provider vouches for comes in if he was invited before."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002 - allauth's signature
        """Return False, always."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Match a newcomer with the account of the same proven address; turn others away."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(_turned_away(request))
        if sociallogin.is_existing:
            return
        user = user_vouched_for(sociallogin.account.get_provider_account().get_user_data() or {})
        if user is None:
            raise ImmediateHttpResponse(_turned_away(request))
        link_identity(sociallogin=sociallogin, request=request, user=user, at=timezone.now())

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: Exception | None = None,
        extra_context: object = None,  # noqa: ARG002 - allauth's signature
    ) -> None:
        """Answer a sign-in that the identity provider broke off, in the looks of the office."""
        logger.warning("sign-in by %s failed: %s %s", provider, error, type(exception).__name__)
        raise ImmediateHttpResponse(
            error_page(
                request,
                403,
                title=_("The sign-in was broken off"),
                advice=_("Go back to the sign-in page and try again, or use your password."),
            )
        )


def _turned_away(request: HttpRequest) -> HttpResponse:
    return error_page(
        request,
        403,
        title=_("This office does not know you yet"),
        advice=_(
            "Only who was invited comes in, by the same e-mail address, proven. "
            "Ask an administrator of this office for an invitation."
        ),
    )
