from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def dead_link(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "accounts/dead_link_detail.html", {"why": why}, status=404)
