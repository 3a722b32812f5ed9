"""Files beside a text that changes: held back with the redaction that stands, and weighed together with those there."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.utils.translation import override

from apps.accounts.rules import as_moderator
from apps.common.permissions import may
from apps.common.uploads import LARGEST, UnfitFile
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Attachment, Contribution
from apps.exchange.queries import check_ledger
from apps.municipality.models import RefusalReason
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_disk_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(storages["papers"]), "location", str(tmp_path))


def redact(row: Contribution, passage: str, code: str, at: datetime) -> int:
    """Redact a passage; return the version that is sealed by it."""
    row.refresh_from_db()
    version = row.version
    reason, by = RefusalReason.objects.get(code=code), as_moderator(factories.a_moderator(at))
    actions.redact_contribution(contribution=row, version=version, passage=passage, reason=reason, by=by, at=at)
    return version


def lift(row: Contribution, version: int, at: datetime) -> None:
    by = as_moderator(factories.a_moderator(at))
    row.refresh_from_db()
    actions.lift_redaction(contribution=row, version=version, by=by, at=at)


def is_public(file: Attachment) -> bool:
    return may("discussions.open_file", None, Attachment.objects.select_related("contribution").get(pk=file.pk))


@pytest.mark.parametrize("first_is_first", [True, False])
def test_files_stay_held_back_until_the_last_redaction_is_lifted(
    first_is_first: bool, topic: Topic, at: datetime
) -> None:
    row = factories.a_published(topic, at=at, body="Ole Hansen lives at number 7.", files=[factories.a_file()])
    file = row.attachments.get()
    name, house = redact(row, "Ole Hansen", "private_information", at), redact(row, "number 7", "spam", at)
    order = (name, house) if first_is_first else (house, name)

    lift(row, order[0], at)

    file.refresh_from_db()
    assert file.is_held
    assert not is_public(file)
    assert (file.held_with, file.held_reason_id) == (
        (house, "spam") if first_is_first else (name, "private_information")
    )
    assert check_ledger().problem == ""
    lift(row, order[1], at)
    assert is_public(file)
    assert check_ledger().problem == ""


def test_a_file_that_a_moderator_showed_again_after_one_redaction_is_not_held_by_it_once_more(
    topic: Topic, at: datetime
) -> None:
    row = factories.a_published(topic, at=at, body="Ole Hansen lives at number 7.", files=[factories.a_file()])
    file = row.attachments.get()
    redact(row, "Ole Hansen", "private_information", at)
    actions.release_file(attachment=file, by=as_moderator(factories.a_moderator(at)), at=at)
    house = redact(row, "number 7", "spam", at)
    assert not is_public(file)

    lift(row, house, at)

    assert is_public(file)


def test_what_stands_beside_a_text_is_weighed_together_with_what_comes(topic: Topic, at: datetime) -> None:
    author = factories.a_writer(at)
    row = factories.a_contribution(topic, at=at, by=author, files=[factories.a_file()])
    Attachment.objects.update(size=LARGEST - 5)
    acting = {"contribution": row, "kind": ContributionKind(row.kind), "body": row.body, "by": author, "at": at}

    with override("en"), pytest.raises(UnfitFile, match="Together the files are"):
        actions.revise_contribution(files=[factories.a_file(name="more")], **acting)

    assert Attachment.objects.count() == 1
    row.refresh_from_db()
    assert row.version == 1
    assert actions.revise_contribution(files=[factories.a_file(name="instead")], leave_out=[1], **acting)
