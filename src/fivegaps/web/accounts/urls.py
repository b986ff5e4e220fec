"""Addresses of sign-in, password, second factor, sessions and language."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.socialaccount import views as social_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from fivegaps.web.accounts import views

urlpatterns = [
    path("", views.profile, name="profile"),
    path("language/", views.choose_language, name="choose_language"),
    path("join/<str:token>/", views.join, name="join"),
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("reset/", allauth_views.password_reset, name="account_reset_password"),
    path("reset/sent/", allauth_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
    path("vouched/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("vouched/cancelled/", social_views.login_cancelled, name="socialaccount_login_cancelled"),
    path(
        "vouched/error/",
        login_not_required(social_views.login_error),
        name="socialaccount_login_error",
    ),
    path("sessions/", include("allauth.usersessions.urls")),
]
