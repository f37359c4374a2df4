from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing.pages.api import api_page
from rest.about import description


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    page = api_page(description(), site=request.build_absolute_uri("/").rstrip("/"))
    return render(request, "publishing/api_detail.html", {"page": page})
