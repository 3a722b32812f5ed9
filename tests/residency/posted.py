"""Letters for the tests, from the request to the post."""

from datetime import datetime

from apps.accounts.models import User
from apps.residency.actions import make_batch, make_codes, post_letters, request_letter
from apps.residency.engine.addresses import RegisteredAddress
from apps.residency.engine.codes import CodedLetter
from apps.residency.models import Letter, LetterBatch
from tests import factories


def home(number: int = 1, *, floor: str = "", door: str = "", district: str = "Havby") -> RegisteredAddress:
    """Return an address of the demo's register."""
    return RegisteredAddress(
        street="Fiskergade",
        house_number=str(number),
        floor=floor,
        door=door,
        postal_code="9982",
        city="Havby",
        district=district,
    )


def requested(by: User, at: datetime, *, name: str = "Ida Holm", to: RegisteredAddress | None = None) -> Letter:
    """Return a letter that waits."""
    return request_letter(name=name, home=to or home(), by=by, at=at)


def batched(at: datetime, *letters: Letter) -> tuple[LetterBatch, list[CodedLetter]]:
    """Return a batch of those letters, and what was printed."""
    official = factories.an_official(at)
    batch = make_batch(letter_ids=[letter.pk for letter in letters], by=official, at=at)
    return batch, make_codes(batch=batch, by=official, at=at)


def posted(
    by: User, at: datetime, *, name: str = "Ida Holm", to: RegisteredAddress | None = None
) -> tuple[Letter, str]:
    """Return a letter that is in the post, and its code."""
    letter = requested(by, at, name=name, to=to)
    batch, printed = batched(at, letter)
    post_letters(batch=batch, by=factories.an_official(at), at=at)
    letter.refresh_from_db()
    return letter, printed[0].code
