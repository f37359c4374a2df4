"""What links do to the outlook, as a page and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from publishing.pages.link_lines import links_table
from publishing.pages.outlook_detail import outlook_page
from publishing.selectors import moment, published
from publishing.views.charts import table_file
from record.live import answer_live, answer_unmoved


@require_safe
def outlook_detail(request: HttpRequest) -> HttpResponse:
    unmoved = answer_unmoved(request, lambda: moment().of_all)
    if unmoved:
        return unmoved
    number = request.GET.get("page", "")
    page = outlook_page(published(), number=number)
    return answer_live(request, page, "publishing/outlook_detail.html")


@require_safe
def outlook_links_csv(request: HttpRequest) -> HttpResponse:
    effects = published().links
    if effects is None:
        raise Http404("What links do has not been computed yet.")
    return table_file(links_table(effects), "links")
