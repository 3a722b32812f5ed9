"""A topic's thread as a table for other programs."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.consultations.queries import topic_at, with_english
from apps.discussions.queries import Reading, whole_thread
from apps.discussions.rendering import thread_as_csv


@require_safe
def topic_table(request: HttpRequest, slug: str, topic: str) -> StreamingHttpResponse:  # noqa: ARG001 - all get the same
    """Answer with a published thread as a table: the order received, and what everyone reads."""
    here = topic_at(None, slug, topic)
    if here is None:
        raise Http404
    with_english(here.consultation, here)
    lines = thread_as_csv(whole_thread(here), Reading(topic=here, viewer_id=None, at=now()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{topic}.csv"'
    return response
