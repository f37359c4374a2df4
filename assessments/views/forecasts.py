"""Saying what one thinks of a prediction, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor
from accounts.forms import posted, status_of
from assessments.forms.forecast import ForecastForm
from assessments.forms.prediction_steps import TakeBackForm
from assessments.models import Forecast, Prediction
from assessments.pages.addresses import address_of
from assessments.pages.forecasts import forecast_form, forecast_panel, record_to_show, standing_of
from assessments.services.forecasts import record_forecast, withdraw_forecast
from assessments.views.review import typed
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
def forecast_create(request: HttpRequest, key: str) -> HttpResponse:
    """The form on a page of its own, where it comes back with what is wrong."""
    record = record_to_show(key, request.user)
    if record is None:
        raise Http404("There is no prediction of that address.")
    standing = standing_of(key, actor(request))
    form = forecast_form(record, posted(request), standing)
    if form.is_valid() and _recorded(request, form, key) is not None:
        messages.success(request, "Recorded. It stands until you say otherwise.")
        return redirect(address_of(key))
    page = forecast_panel(record, request.user, form)
    context = {"page": page, "record": record}
    return render(request, "assessments/forecast_form.html", context, status=status_of(form))


def _recorded(request: HttpRequest, form: ForecastForm, key: str) -> Forecast | None:
    opinion = form.opinion()
    if opinion is None:
        return None
    prediction = get_object_or_404(Prediction.objects.visible_to(request.user), key=key)
    try:
        return record_forecast(prediction=prediction, opinion=opinion, by=actor(request))
    except DomainError as error:
        name = error.field if error.field in form.fields else None
        form.add_error(name, error.message)
        return None


@require_POST
def forecast_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    prediction = get_object_or_404(Prediction.objects.visible_to(request.user), key=key)
    form = TakeBackForm(request.POST)
    try:
        note = typed(form)["note"]
        withdraw_forecast(prediction=prediction, by=actor(request), note=note)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Taken back. What you said until now stays on record.")
    return redirect(address_of(key))
