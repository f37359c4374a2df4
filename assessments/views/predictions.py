"""Making predictions, and taking them on their steps among people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor
from accounts.forms import posted, status_of
from assessments.forms.prediction import PredictionForm
from assessments.forms.prediction_steps import PublishForm, WithdrawForm
from assessments.models import Prediction, Technology
from assessments.pages.addresses import address_of
from assessments.pages.predictions import (
    PredictionFormPage,
    asked_form,
    choice_page,
    filled_form,
    prediction_panel,
)
from assessments.prediction_context import context_of, known_indicators
from assessments.services.prediction_steps import publish_prediction, withdraw_prediction
from assessments.services.predictions import (
    PredictionDraft,
    last_day_of_stone,
    make_prediction,
)
from assessments.values import limits
from assessments.values.linting import Context
from assessments.values.wording import day_in_words
from assessments.views.review import typed
from record.clock import today
from record.errors import DomainError


@dataclass(frozen=True)
class Frame:
    """What the address says of a prediction that is being made."""

    technology: Technology
    context: Context
    parent: Prediction | None
    replaces: Prediction | None


@never_cache
@require_http_methods(["GET", "POST"])
def prediction_create(request: HttpRequest) -> HttpResponse:
    if "technology" not in request.GET:
        choice = {"page": choice_page(request.GET)}
        return render(request, "assessments/prediction_choice.html", choice)
    frame = _frame(request)
    form = _form(request, frame)
    if form.is_bound and form.is_valid() and "check" not in request.POST:
        made = _made(request, form, frame)
        if made is not None:
            messages.success(request, _next_words(made))
            return redirect(address_of(made.key))
    page = _page(frame, form)
    status = status_of(form)
    return render(request, "assessments/prediction_form.html", {"page": page}, status=status)


@never_cache
@require_POST
def prediction_lint(request: HttpRequest) -> HttpResponse:
    """What the linter says of the form as it stands; nothing is saved."""
    frame = _frame(request)
    form = PredictionForm(request.POST, indicators=frame.context.indicators)
    panel = prediction_panel(form, frame.context)
    return render(request, "assessments/_prediction_panel.html", {"panel": panel})


@require_POST
def prediction_publish(request: HttpRequest, key: str) -> HttpResponse:
    prediction = _shown(request, key)
    form = PublishForm(request.POST)

    def publish() -> str:
        publish_prediction(prediction=prediction, by=actor(request), **typed(form))
        return "Published. Readers see it from now on."

    return _step(request, prediction, publish)


@require_POST
def prediction_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    prediction = _shown(request, key)
    form = WithdrawForm(request.POST)

    def withdraw() -> str:
        withdraw_prediction(prediction=prediction, by=actor(request), **typed(form))
        return "Withdrawn. The record keeps it with your reason; a new one can replace it."

    return _step(request, prediction, withdraw)


def _step(request: HttpRequest, prediction: Prediction, take: Callable[[], str]) -> HttpResponse:
    try:
        words = take()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, words)
    return redirect(address_of(prediction.key))


def _form(request: HttpRequest, frame: Frame) -> PredictionForm:
    indicators = frame.context.indicators
    if "ask" in request.POST:
        return PredictionForm(initial=asked_form(request.POST), indicators=indicators)
    if request.method == "POST" and "fill" not in request.POST:
        return PredictionForm(posted(request), indicators=indicators)
    sent = request.POST if request.method == "POST" else request.GET
    sentence = sent.get("sentence", "")[: limits.SUMMARY]
    initial = filled_form(sentence, sent.get("fill", ""), frame.context)
    if request.method == "GET":
        said = {
            name: request.GET[name] for name in ("kind", "definitions") if request.GET.get(name)
        }
        initial |= said
    if frame.parent is not None:
        initial = {"deadline": _stone_until(frame.parent).isoformat()} | initial
    return PredictionForm(initial=initial, indicators=indicators)


def _made(request: HttpRequest, form: PredictionForm, frame: Frame) -> Prediction | None:
    spec, kind = form.spec(), form.chosen_kind
    if spec is None or kind is None:
        return None
    try:
        draft = PredictionDraft(
            technology=frame.technology,
            kind=kind,
            spec=spec,
            parent=frame.parent,
            replaces=frame.replaces,
            hides_forecasts=form.cleaned_data["hides_forecasts"],
            original_wording=form.wording(),
            overruled=form.overruled(),
        )
        return make_prediction(draft=draft, by=actor(request))
    except DomainError as error:
        form.tell(error.field, error.message)
        return None


def _next_words(made: Prediction) -> str:
    if made.parent_id is not None or made.deadline <= last_day_of_stone(made.made_at.date()):
        return "It stands as a draft. Another editor publishes it; you can forecast now."
    return (
        "It stands as a draft. Give it one to three stepping stones due within 18 months: else"
        " nothing is learnt before its day."
    )


def _page(frame: Frame, form: PredictionForm) -> PredictionFormPage:
    return PredictionFormPage(
        technology=frame.technology,
        form=form,
        panel=prediction_panel(form, frame.context),
        parent=frame.parent,
        replaces=frame.replaces,
        stone_until=day_in_words(_stone_until(frame.parent)) if frame.parent else "",
    )


def _stone_until(parent: Prediction) -> date:
    return min(last_day_of_stone(today()), parent.deadline - timedelta(days=1))


def _frame(request: HttpRequest) -> Frame:
    technology = Technology.objects.filter(slug=request.GET.get("technology", "")).first()
    if technology is None:
        raise Http404("There is no technology of that address.")
    return Frame(
        technology=technology,
        context=context_of(technology, known_indicators(request.user)),
        parent=_named(request, "parent"),
        replaces=_named(request, "replaces"),
    )


def _named(request: HttpRequest, name: str) -> Prediction | None:
    key = request.GET.get(name)
    return _shown(request, key) if key else None


def _shown(request: HttpRequest, key: str) -> Prediction:
    rows = Prediction.objects.visible_to(request.user).select_related("technology", "parent")
    prediction: Prediction = get_object_or_404(rows, key=key)
    return prediction
