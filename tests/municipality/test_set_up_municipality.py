import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.ledger.models import Entry
from apps.municipality.models import District, Municipality
from apps.municipality.queries import the_municipality

pytestmark = pytest.mark.django_db


def test_a_municipality_without_a_name_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(CommandError, match="--name"):
        call_command("set_up_municipality", code="0999")
    assert not Municipality.objects.exists()


def test_it_is_set_up_and_changed_in_part(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        call_command("set_up_municipality", name="Havn", site_name="Havn taler", code="0123", district=["Nord", "Syd"])
    with django_capture_on_commit_callbacks(execute=True):
        call_command("set_up_municipality", phone="70 00 00 00", answer_target_days=3)
    municipality = the_municipality()
    assert (municipality.name, municipality.phone, municipality.answer_target_days) == ("Havn", "70 00 00 00", 3)
    assert set(District.objects.values_list("name", flat=True)) == {"Nord", "Syd"}
    assert Entry.objects.filter(kind="municipality.set_up").count() == 2
