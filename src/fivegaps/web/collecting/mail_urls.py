"""Addresses of invitations by mail."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.collecting.views import invitations, mail_words, office_mail, recipients

OF_SURVEY = "surveys/<uuid:survey_id>/invitations/"

urlpatterns = [
    path(OF_SURVEY, invitations.invitations_page, name="invitations"),
    path(OF_SURVEY + "start/", invitations.start_mails, name="start_mails"),
    path(OF_SURVEY + "stop/", invitations.stop_mails, name="stop_mails"),
    path(OF_SURVEY + "reminders/", invitations.reminders, name="reminders"),
    path(OF_SURVEY + "transactions/", invitations.transactions, name="transactions"),
    path(OF_SURVEY + "people/", recipients.people, name="people"),
    path(OF_SURVEY + "people/add/", recipients.add_people, name="add_people"),
    path(OF_SURVEY + "people/add/<uuid:staged_id>/", recipients.try_people, name="try_people"),
    path(OF_SURVEY + "mails/", mail_words.mails, name="mails"),
    path(OF_SURVEY + "mails/<slug:kind>/<slug:lang>/", mail_words.mail_words, name="mail_words"),
    path("settings/mails/", office_mail.mail_rules, name="mail_rules"),
    path("settings/work/", office_mail.errands, name="errands"),
    path("settings/work/<uuid:errand_id>/", office_mail.move_errand, name="move_errand"),
]
