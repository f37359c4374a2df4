"""Predictions: their list, and the page of each, for readers and for the team."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Role, has_role
from assessments.pages.forecasts import forecast_panel, prediction_doors
from publishing.asked import asked_chart
from publishing.foretold import forecaster_names, prediction_facts, state_of
from publishing.held import answer_held, held
from publishing.pages.prediction.chances import chances_part
from publishing.pages.prediction.facts import PredictionFacts
from publishing.pages.prediction.fan import fan_part
from publishing.pages.prediction.page import prediction_page
from publishing.pages.prediction.record import calibration_of, record_page
from publishing.pages.predictions import PredictionWanted, prediction_list_page
from publishing.predicted import predicted
from publishing.selectors import published
from publishing.views.charts import table_file
from record.live import answer_live, answer_unmoved
from scoring.predictions import track_record

CALIBRATION = "/predictions/record/calibration.csv"


@require_safe
def prediction_list(request: HttpRequest) -> HttpResponse:
    record = published()
    wanted = PredictionWanted(
        page=request.GET.get("page", ""),
        outlook=request.GET.get("outlook", ""),
        can_make=has_role(request.user, Role.ANALYST),
    )
    page = prediction_list_page(record, wanted, request.GET, predicted(record))
    status = page.form.status if page.form else 200
    return render(request, "publishing/prediction_list.html", {"page": page}, status=status)


@require_safe
def prediction_record(request: HttpRequest) -> HttpResponse:
    found, record = track_record(), published()
    statements = {one.record.key: one.record.statement for one in predicted(record)}
    page = record_page(
        found, names=forecaster_names(found), statements=statements, csv_url=CALIBRATION
    )
    return render(request, "publishing/prediction_record.html", {"page": page})


@require_safe
def calibration_csv(request: HttpRequest) -> HttpResponse:
    """Of real predictions, or of the demonstration's where the address asks for those."""
    found = track_record()
    is_demonstration = request.GET.get("of") == "demonstration"
    table = calibration_of(found, forecaster_names(found), is_demonstration=is_demonstration)
    if table is None:
        raise Http404("Too few predictions have resolved for a calibration.")
    return table_file(table, "calibration-demonstration" if is_demonstration else "calibration")


@require_safe
def prediction_detail(request: HttpRequest, key: str) -> HttpResponse:
    facts = _facts(request, key)
    state = state_of(facts, published())
    unmoved = answer_unmoved(request, lambda: state) or answer_held(request, state)
    if unmoved:
        return unmoved
    page = prediction_page(facts, state=state)
    parts = {
        "doors": prediction_doors(facts.record, request.user),
        "forecast": forecast_panel(facts.record, request.user),
    }
    response = answer_live(request, page, "publishing/prediction_detail.html", **parts)
    return held(request, response, state, 200)


@never_cache
@require_safe
def prediction_asked(request: HttpRequest) -> HttpResponse:
    """The chart of what is being asked; to the form's own script the chart alone."""
    page = asked_chart(request.GET, request.user)
    is_part = request.headers.get("HX-Request") == "true"
    name = "_prediction_asked" if is_part else "prediction_asked"
    response = render(request, f"publishing/{name}.html", {"page": page})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def prediction_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The figures of its chart, with the quantiles of each year ahead."""
    part = fan_part(_facts(request, key))
    if part is None:
        raise Http404("No series decides this prediction, so there are no figures.")
    return table_file(part.table, f"prediction-{key}")


@require_safe
def chances_csv(request: HttpRequest, key: str) -> HttpResponse:
    """How its chance moved; of what is hidden from whoever asks there is none."""
    part = chances_part(_facts(request, key))
    if part is None:
        raise Http404("Its chance is hidden, or has not moved yet.")
    return table_file(part.table, f"chances-{key}")


def _facts(request: HttpRequest, key: str) -> PredictionFacts:
    facts = prediction_facts(key, request.user, published())
    if facts is None:
        raise Http404("No prediction of that key is published.")
    return facts
