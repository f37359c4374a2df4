from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from intake.errors import IntakeError
from intake.text import clean_text
from jobs.models import Job
from jobs.services import reopen_job
from record.errors import DomainError
from record.live import answer_live, answer_unmoved
from scoring.downloads import run_csv, run_json
from scoring.models import Run
from scoring.pages import run_list_page, run_page, run_state


@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    page = run_list_page(number=request.GET.get("page"), actor=request.user)
    return answer_live(request, page, "scoring/run_list.html")


@require_safe
def run_detail(request: HttpRequest, seq: int) -> HttpResponse:
    runs = Run.objects.visible_to(request.user)
    run = get_object_or_404(runs.select_related("job"), pk=seq)
    unmoved = answer_unmoved(request, lambda: run_state(run))
    if unmoved:
        return unmoved
    return answer_live(request, run_page(run=run, actor=request.user), "scoring/run_detail.html")


@require_safe
def run_as_json(request: HttpRequest, seq: int) -> HttpResponse:
    return _file(run_json(run=_finished(request, seq)), f"run-{seq}.json", "application/json")


@require_safe
def run_as_csv(request: HttpRequest, seq: int) -> HttpResponse:
    return _file(run_csv(run=_finished(request, seq)), f"run-{seq}.csv", "text/csv; charset=utf-8")


def _finished(request: HttpRequest, seq: int) -> Run:
    runs = Run.objects.visible_to(request.user).filter(job__state=Job.State.DONE)
    run: Run = get_object_or_404(runs.select_related("job__result"), pk=seq)
    return run


def _file(text: str, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="bellwether-{name}"'}
    return HttpResponse(text, content_type=content_type, headers=headers)


@require_POST
def run_reopen(request: HttpRequest, seq: int) -> HttpResponse:
    runs = Run.objects.visible_to(request.user)
    run = get_object_or_404(runs.select_related("job"), pk=seq)
    try:
        reason = clean_text(
            request.POST.get("reason", ""), multiline=False, field="The reason", max_length=400
        )
        reopen_job(job=run.job, actor_id=int(request.user.pk or 0), reason=reason)
    except (DomainError, IntakeError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The job waits for a worker again.")
    return redirect("scoring:run-detail", seq=run.seq)
