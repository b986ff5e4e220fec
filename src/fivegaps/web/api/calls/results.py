"""Surveys, waves and results, as far as a page would show them to who sees everything."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from ninja import Query, Router

from fivegaps.web.api import selectors
from fivegaps.web.api.bodies import ResultsOut, SurveyOut, SurveysOut, WaveOut, WavesOut
from fivegaps.web.api.keys import Bearer, KeyRequest, survey_for
from fivegaps.web.api.problems import may_answer
from fivegaps.web.api.refusals import CallRefused, FieldError, wrong_fields
from fivegaps.web.api.services.reading import Asked, results_for
from fivegaps.web.dashboards.gate import Withheld

router = Router(tags=["results"])
READS = Bearer("read")
Text = Annotated[str, Query(max_length=60)]


@router.get(
    "/surveys",
    auth=READS,
    response={200: SurveysOut, **may_answer()},
    summary="List the surveys that the token holds for",
)
def list_surveys(request: HttpRequest) -> SurveysOut:
    """Return surveys, the newest first."""
    found = selectors.surveys_of(cast("KeyRequest", request).auth)
    return SurveysOut(
        surveys=[
            SurveyOut(
                id=one.id,
                title=one.title,
                identification=one.identification,
                voice=one.voice,
                languages=one.languages,
            )
            for one in found
        ]
    )


@router.get(
    "/surveys/{uuid:survey_id}/waves",
    auth=READS,
    response={200: WavesOut, **may_answer(404)},
    summary="List the waves of a survey",
)
def list_waves(request: HttpRequest, survey_id: UUID) -> WavesOut:
    """Return waves, the present one first."""
    survey = survey_for(request, survey_id)
    return WavesOut(
        waves=[
            WaveOut(
                id=one.id,
                name=one.name,
                state=one.state,
                opened_at=one.opened_at,
                closed_at=one.closed_at,
            )
            for one in selectors.waves_of(survey)
        ]
    )


@router.get(
    "/surveys/{uuid:survey_id}/results",
    auth=READS,
    response={200: ResultsOut, **may_answer(404)},
    summary="Read the results of a wave, whole or of one unit",
)
def read_results(
    request: HttpRequest,
    survey_id: UUID,
    wave: Text = "",
    unit: Text = "",
    measurement: bool = True,
) -> JsonResponse:
    """Return ``fivegaps.results/1``: what ``fivegaps analyze`` finds in the exported answers.

    Without ``wave`` (its id or name) the present one, else the latest. What could be traced
    to a person is withheld. ``measurement=false`` leaves reliability and factors out, fast.
    """
    survey = survey_for(request, survey_id)
    asked = selectors.wave_called(survey, wave)
    if asked is None:
        raise wrong_fields(FieldError("wave", "unknown", "This survey has no such wave."))
    try:
        found = results_for(Asked(wave=asked, unit=unit, measuring=measurement))
    except Withheld as refused:
        raise CallRefused(403, "withheld", str(refused)) from None
    if found is None:
        raise wrong_fields(FieldError("unit", "unknown", "No unit has this code."))
    return JsonResponse(found)
