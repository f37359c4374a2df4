"""Resolving predictions, and the queue of those that wait for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import actor
from assessments.models import Prediction
from scoring.resolving import due_page, resolution_page, step_form, take_step

TEMPLATE = "scoring/resolution_form.html"


@require_safe
def prediction_due(request: HttpRequest) -> HttpResponse:
    return render(request, "scoring/due_list.html", {"page": due_page()})


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_edit(request: HttpRequest, key: str) -> HttpResponse:
    rows = Prediction.objects.visible_to(request.user).filter(publication="published")
    prediction = get_object_or_404(rows, key=key)
    step = request.POST.get("step", "").replace("\0", "")
    form = step_form(prediction, step, request.POST) if request.method == "POST" else None
    if form is not None:
        done = take_step(prediction=prediction, step=step, form=form, by=actor(request))
        if done:
            messages.success(request, done)
            return redirect("scoring:resolution-edit", key=key)
    elif request.method == "POST":
        messages.error(request, "The form names no step: propose, confirm, refuse or undo.")
    tried = (step, form) if form is not None else None
    page = resolution_page(prediction=prediction, actor=request.user, tried=tried)
    status = 422 if request.method == "POST" else 200
    return render(request, TEMPLATE, {"page": page}, status=status)
