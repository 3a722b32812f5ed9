"""What stands in the addresses that the tests of doors open: for each of their parts, a thing of the town."""

from collections.abc import Callable

from apps.screening.models import ListedWord
from tests.architecture.town import Town

# What stands in an address for each of its parts; an address that needs another value says so in ITS_OWN.
EXAMPLES: dict[str, Callable[[Town], object]] = {
    "slug": lambda town: town.consultation.slug,
    "topic": lambda town: town.topic.slug,
    "number": lambda town: town.published.number,
    "consultation_id": lambda town: town.consultation.pk,
    "mail_id": lambda _town: 1,
    "export_id": lambda _town: 1,
    "case_file_id": lambda _town: 1,
    "code": lambda _town: "spam",
    "decision_id": lambda _town: 1,
    "erasure_id": lambda _town: 1,
    "case_id": lambda _town: 1,
    "appeal_id": lambda _town: 1,
    "pause_id": lambda _town: 1,
    "topic_id": lambda town: town.topic.pk,
    "contribution_id": lambda town: town.published.pk,
    "meeting": lambda _town: 1,
    "member_id": lambda _town: 1,
    "party_id": lambda _town: 1,
    # The town has no documents: a position nobody has.
    "position": lambda _town: 1,
    "version": lambda _town: 1,
    "label": lambda _town: "1.1",
    # The town has no crest: a fingerprint nothing has.
    "sha256": lambda _town: "0" * 64,
    # allauth's one-time keys; these are wrong ones.
    "key": lambda _town: "wrong",
    "uidb36": lambda _town: "1",
    "pk": lambda _town: 1,
    "letter_id": lambda _town: 1,
    "file_id": lambda _town: 987_654,
    "statement_id": lambda _town: 1,
    "batch_id": lambda _town: 1,
    "block_id": lambda _town: 1,
    "draft_id": lambda _town: 1,
    "notice_id": lambda _town: 1,
    "residency_id": lambda _town: 1,
    "employee_id": lambda _town: 1,
    "word_id": lambda _town: ListedWord.objects.order_by("pk")[0].pk,
    "app_label": lambda _town: "accounts",
    "object_id": lambda _town: 987_654,
}
ITS_OWN: dict[str, dict[str, Callable[[Town], object]]] = {
    "accounts:role-end": {"pk": lambda town: town.people["moderator"].assignments.get().pk},  # type: ignore[union-attr]
    "admin:accounts_roleassignment_change": {
        "object_id": lambda town: town.people["moderator"].assignments.get().pk,  # type: ignore[union-attr]
    },
    "municipality:legal-basis-edit": {"code": lambda _town: "local_plan"},
    "accounts:organisation-decide": {"pk": lambda town: town.people["speaker"].organisation.pk},  # type: ignore[union-attr]
}
