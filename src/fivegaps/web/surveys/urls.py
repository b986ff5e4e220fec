"""Addresses of surveys: the staff's pages, and the page of whoever answers."""

from __future__ import annotations

from django.urls import path

from fivegaps.web.surveys.views import (
    answering,
    editing,
    links,
    programmes,
    questions,
    settings,
    translating,
    voices,
    waves,
)

BY_INVITATION = {"entry": "invited"}
BY_CREDENTIAL = {"entry": "anonymous"}

urlpatterns = [
    path("s/<str:token>/", answering.answer, name="answer"),
    path("s/<str:token>/save/", answering.save, name="save_answers"),
    path("s/<str:token>/<uuid:submission_id>/", answering.resume, name="resume"),
    path("s/<str:token>/<uuid:submission_id>/thanks/", answering.thanks, name="thanks"),
    path("i/<str:token>/", answering.answer, BY_INVITATION, name="answer_invited"),
    path("i/<str:token>/save/", answering.save, BY_INVITATION, name="save_answers_invited"),
    path(
        "i/<str:token>/<uuid:submission_id>/",
        answering.resume,
        BY_INVITATION,
        name="resume_invited",
    ),
    path(
        "i/<str:token>/<uuid:submission_id>/thanks/",
        answering.thanks,
        BY_INVITATION,
        name="thanks_invited",
    ),
    path("a/<str:token>/", answering.answer, BY_CREDENTIAL, name="answer_anonymous"),
    path(
        "a/<str:token>/<uuid:submission_id>/thanks/",
        answering.thanks,
        BY_CREDENTIAL,
        name="thanks_anonymous",
    ),
    path("surveys/", programmes.surveys_page, name="surveys"),
    path("surveys/add/", programmes.add_survey, name="add_survey"),
    path("surveys/add/<slug:voice>/", voices.add_staff_survey, name="add_staff_survey"),
    path("surveys/<uuid:survey_id>/", programmes.survey_page, name="survey"),
    path("surveys/<uuid:survey_id>/preview/", programmes.preview, name="preview_survey"),
    path(
        "surveys/<uuid:survey_id>/preview/<str:lang>/",
        programmes.previewed,
        name="previewed_survey",
    ),
    path("surveys/<uuid:survey_id>/links/", links.survey_links, name="survey_links"),
    path("surveys/<uuid:survey_id>/links/add/", links.add_link, name="add_link"),
    path(
        "surveys/<uuid:survey_id>/links/<uuid:link_id>/close/", links.close_link, name="close_link"
    ),
    path("surveys/<uuid:survey_id>/waves/add/", waves.add_wave, name="add_wave"),
    path(
        "surveys/<uuid:survey_id>/waves/<uuid:wave_id>/move/",
        waves.move_wave,
        name="move_wave",
    ),
    path(
        "surveys/<uuid:survey_id>/waves/<uuid:wave_id>/reach/",
        waves.enter_reach,
        name="enter_reach",
    ),
    path("surveys/<uuid:survey_id>/settings/", settings.change_survey, name="change_survey"),
    path("surveys/<uuid:survey_id>/copy/", settings.copy_survey, name="copy_survey"),
    path(
        "surveys/<uuid:survey_id>/waves/<uuid:wave_id>/end/",
        settings.change_wave,
        name="change_wave",
    ),
    path("surveys/<uuid:survey_id>/edit/", editing.edit_survey, name="edit_survey"),
    path("surveys/<uuid:survey_id>/edit/items/", editing.edit_items, name="edit_items"),
    path("surveys/<uuid:survey_id>/edit/rules/", questions.edit_rules, name="edit_rules"),
    path("surveys/<uuid:survey_id>/edit/own/add/", questions.put_question, name="add_question"),
    path(
        "surveys/<uuid:survey_id>/edit/own/<slug:question_id>/",
        questions.put_question,
        name="edit_question",
    ),
    path(
        "surveys/<uuid:survey_id>/edit/own/<slug:question_id>/remove/",
        questions.remove_question,
        name="remove_question",
    ),
    path(
        "surveys/<uuid:survey_id>/edit/own/<slug:question_id>/up/",
        questions.move_question,
        name="move_question",
    ),
    path("surveys/<uuid:survey_id>/words/", translating.edit_words, name="edit_words"),
    path(
        "surveys/<uuid:survey_id>/words/try/<uuid:staged_id>/",
        translating.try_wordings,
        name="try_wordings",
    ),
    path(
        "surveys/<uuid:survey_id>/words/<slug:lang>/take/",
        translating.take_wordings,
        name="take_wordings",
    ),
    path(
        "surveys/<uuid:survey_id>/words/<slug:lang>.xlsx",
        translating.wordings_file,
        name="wordings_file",
    ),
]
