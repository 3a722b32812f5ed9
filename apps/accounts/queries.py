"""Finding people."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.apps import registry
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet

from apps.accounts.engine.devices import device_of
from apps.accounts.enums import (
    PERSON_LOOKED_UP,
    HeldSubject,
    LookUpReason,
    OrganisationList,
    OrganisationStatus,
    Role,
    RoleStatus,
)
from apps.accounts.errors import AddressNotShown, NoRoleForOrganisations
from apps.accounts.models import Hold, Organisation, RoleAssignment, User
from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, why_not
from apps.ledger.enums import ActorRole
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of

AnyRow = TypeVar("AnyRow", bound=Model)

MOST_LOOK_UPS = 200
MOST_WORDS = 5
FACTORS = ("totp", "webauthn")
ASKED_OR_CONFIRMED = (OrganisationStatus.REQUESTED, OrganisationStatus.CONFIRMED)
IN_LIST = {
    OrganisationList.WAITING: [OrganisationStatus.REQUESTED],
    OrganisationList.CONFIRMED: [OrganisationStatus.CONFIRMED],
    OrganisationList.CLOSED: [OrganisationStatus.REFUSED, OrganisationStatus.ENDED],
}


def account_by_email(email: str) -> User | None:
    """Return the active account of an e-mail address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def owner_id(address: str) -> int | None:
    """Return the id of the account whose address that is, as its own or confirmed beside it; None for nobody's."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    found = User.objects.filter(email__iexact=address).values_list("pk", flat=True).first()
    confirmed = addresses.objects.filter(email__iexact=address, verified=True).values_list("user_id", flat=True)
    return found or confirmed.first()


def has_confirmed_address(person: User) -> bool:
    """Tell whether the person has opened the link that was sent to the account's address."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    return bool(addresses.objects.filter(user=person, email__iexact=person.email, verified=True).exists())


def organisation_of(person: User) -> Organisation | None:
    """Return the confirmed organisation whose account this is, or None."""
    return Organisation.objects.filter(account=person, status=OrganisationStatus.CONFIRMED).first()


def organisation_asked_for_by(person: User) -> Organisation | None:
    """Return the organisation of the account in whatever state, or None when it never asked for one."""
    return Organisation.objects.filter(account=person).first()


def organisation_by_id(pk: int) -> Organisation | None:
    """Return an organisation in whatever state with its account, or None."""
    return Organisation.objects.select_related("account", "decided_by").filter(pk=pk).first()


def organisations_by_ids(ids: Collection[int]) -> dict[int, Organisation]:
    """Return organisations in whatever state with their accounts, by their ids."""
    return Organisation.objects.select_related("account").in_bulk(list(ids))


def other_organisation_with(cvr: str, *, but: int) -> Organisation | None:
    """Return the confirmed organisation with that CVR number on another account than that one, or None."""
    confirmed = Organisation.objects.filter(cvr=cvr, status=OrganisationStatus.CONFIRMED)
    return confirmed.exclude(account_id=but).first()


def visible_organisations(viewer: Any) -> "QuerySet[Organisation]":
    """Return the organisations the viewer may decide on, unordered. Pair: `rules.why_not_decide_organisation`."""
    rows = Organisation.objects.filter(account__erased_at=None)
    return rows.exclude(account_id=viewer.pk) if is_official(viewer) else rows.none()


def listed_organisations(
    viewer: Any, *, listed: OrganisationList, words: str = "", after: int | None = None
) -> "QuerySet[Organisation]":
    """Return what the desk lists: those that wait oldest first, confirmed ones by name, the rest latest first.

    `after` is the id of the one that the list goes on behind; `words` are looked for in names and CVR numbers.
    """
    rows = visible_organisations(viewer).filter(status__in=IN_LIST[listed])
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word, "name", "cvr"))
    key = Organisation.objects.filter(pk=after).first() if after else None
    if listed == OrganisationList.WAITING:
        return _behind(rows.order_by("requested_at", "pk"), key, "requested_at")
    if listed == OrganisationList.CONFIRMED:
        return _behind(rows.order_by("name", "pk"), key, "name")
    return _behind(rows.order_by("-decided_at", "-pk"), key, "decided_at", side="lt")


def _holds(word: str, *columns: str) -> Q:
    """SQLite folds the case of plain letters only, so æ, ø and å are tried in both."""
    found = Q()
    for column in columns:
        for form in {word, word.lower(), word.capitalize()}:
            found |= Q(**{f"{column}__icontains": form})
    return found


def _behind(rows: "QuerySet[AnyRow]", key: Any, column: str, *, side: str = "gt") -> "QuerySet[AnyRow]":
    """Return those of the rows, ordered by that column and the id, that come behind the row of the key."""
    place = getattr(key, column, None)
    if place is None:
        return rows
    return rows.filter(Q(**{f"{column}__{side}": place}) | Q(**{column: place, f"pk__{side}": key.pk}))


def held_ids(held: HeldSubject, ids: Collection[int]) -> frozenset[int]:
    """Return those of the ids on which a legal hold lies."""
    holds = Hold.objects.filter(held=held, held_id__in=ids, lifted_at=None)
    return frozenset(holds.values_list("held_id", flat=True))


def unconfirmed_accounts(*, before: datetime) -> "QuerySet[User]":
    """Return accounts made before that moment whose address nobody has confirmed, oldest first; none that is held."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    held = Hold.objects.filter(held=HeldSubject.PERSON, lifted_at=None).values("held_id")
    confirmed = addresses.objects.filter(user=OuterRef("pk"), verified=True)
    unused = User.objects.filter(erased_at=None, is_staff=False, is_superuser=False, created_at__lt=before)
    return unused.exclude(Exists(confirmed)).exclude(pk__in=held).order_by("created_at", "pk")


def look_ups_of(person: User) -> list[Entry]:
    """Return the entries about staff having looked the person up, newest first."""
    about = Entry.objects.filter(kind=PERSON_LOOKED_UP.name, subject="user", subject_id=person.pk)
    return list(about.order_by("-pk")[:MOST_LOOK_UPS])


def has_looked_up(person: User, reason: LookUpReason, *, by_id: int, since: datetime) -> bool:
    """Tell whether this member of staff has looked the person up for that reason since that moment."""
    about = Entry.objects.filter(kind=PERSON_LOOKED_UP.name, subject="user", subject_id=person.pk, at__gte=since)
    return any(facts_of(entry)["reason"] == reason for entry in about.filter(person__person_id=by_id))


def staff(*, words: str = "", after: int | None = None) -> "QuerySet[User]":
    """Return the people with a role that is in force or begins later, by name, each with those as `standing`.

    `after` is the id of the person that the list goes on behind; `words` are looked for in names and addresses.
    """
    standing = RoleAssignment.objects.exclude(status=RoleStatus.ENDED)
    people = User.objects.filter(Exists(standing.filter(person=OuterRef("pk"))))
    for word in words.split()[:MOST_WORDS]:
        people = people.filter(_holds(word, "display_name", "email"))
    key = User.objects.filter(pk=after).first() if after else None
    roles = Prefetch("assignments", standing.select_related("granted_by").order_by("pk"), to_attr="standing")
    return _behind(people.order_by("display_name", "pk"), key, "display_name").prefetch_related(roles)


def standing_role(person: User, role: str) -> RoleAssignment | None:
    """Return the person's assignment of that role which has not ended, begun or not."""
    return RoleAssignment.objects.exclude(status=RoleStatus.ENDED).filter(person=person, role=role).first()


def people_in_role(role: str) -> list[User]:
    """Return those who have the role now and may sign in, by id."""
    having = RoleAssignment.objects.filter(role=role, status=RoleStatus.ACTIVE).values("person")
    return list(User.objects.filter(pk__in=having, is_active=True).order_by("pk"))


def roles_in_force(ids: Collection[int]) -> dict[tuple[int, str], RoleAssignment]:
    """Return the assignments of these people that have begun and not ended, by person and role."""
    active = RoleAssignment.objects.filter(person__in=ids, status=RoleStatus.ACTIVE)
    return {(assignment.person_id, assignment.role): assignment for assignment in active}


def ids_in_role(role: Role) -> frozenset[int]:
    """Return who has that staff role in force and may sign in."""
    active = RoleAssignment.objects.filter(role=role, status=RoleStatus.ACTIVE, person__is_active=True)
    return frozenset(active.values_list("person_id", flat=True))


def why_not_give_role(viewer: Any, person: User) -> Sentence | None:
    """Return why the viewer cannot give this person any role at this moment, or None."""
    refused = why_not("accounts.grant_role", viewer, person)
    if refused is not None:
        return refused
    if not has_confirmed_address(person):
        return AddressNotShown().sentence
    is_organisation = Organisation.objects.filter(account=person, status__in=ASKED_OR_CONFIRMED).exists()
    return NoRoleForOrganisations().sentence if is_organisation else None


def assignment_by_id(pk: int) -> RoleAssignment | None:
    """Return an assignment of a role with its person, or None."""
    return RoleAssignment.objects.select_related("person").filter(pk=pk).first()


def with_second_factor(ids: Collection[int]) -> frozenset[int]:
    """Return those of the people who have a second factor; recovery codes are none."""
    authenticators: Any = registry.apps.get_model("mfa", "Authenticator")
    return frozenset(authenticators.objects.filter(user_id__in=ids, type__in=FACTORS).values_list("user_id", flat=True))


def people_by_ids(ids: Collection[int]) -> dict[int, User]:
    """Return people by their ids."""
    return User.objects.in_bulk(list(ids))


def needs_second_step(person: User) -> bool:
    """Tell whether a password alone must not open the account's work: staff, and those who run the machine."""
    return person.is_staff or person.is_superuser


def factors_of(person: User) -> int:
    """Return how many second factors the account has; recovery codes stand in for one and are none."""
    authenticators: Any = registry.apps.get_model("mfa", "Authenticator")
    return int(authenticators.objects.filter(user_id=person.pk, type__in=FACTORS).count())


def holds_on(held: HeldSubject, ids: Collection[int]) -> "QuerySet[Hold]":
    """Return the legal holds that lie on any of these, oldest first."""
    return Hold.objects.filter(held=held, held_id__in=ids, lifted_at=None).order_by("placed_at", "pk")


def standing_holds(*, after: int | None = None) -> "QuerySet[Hold]":
    """Return the legal holds that nobody has lifted, the one to be reviewed first on top.

    `after` is the id of the one that the list goes on behind.
    """
    key = Hold.objects.filter(pk=after).first() if after else None
    rows = Hold.objects.filter(lifted_at=None).select_related("placed_by")
    return _behind(rows.order_by("review_on", "pk"), key, "review_on")


def hold_by_id(pk: int) -> Hold | None:
    """Return a legal hold, lifted or not, with who placed it, or None."""
    return Hold.objects.select_related("placed_by").filter(pk=pk).first()


def held_people() -> "QuerySet[User]":
    """Return the people on whom a legal hold lies: for queries of what must not be cleared away."""
    held = Hold.objects.filter(held=HeldSubject.PERSON, lifted_at=None).values("held_id")
    return User.objects.filter(pk__in=held)


def has_role_now_or_later(person: User) -> bool:
    """Tell whether a staff role of the person is in force or begins later."""
    return person.assignments.exclude(status=RoleStatus.ENDED).exists()


def addresses_of(person: User) -> list[str]:
    """Return all e-mail addresses of the account, in small letters, by the alphabet."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    found = addresses.objects.filter(user=person).values_list("email", flat=True)
    return sorted({person.email.lower(), *(address.lower() for address in found)})


def unconfirmed_addresses_of(person: User) -> frozenset[str]:
    """Return the e-mail addresses of the account that nobody has shown to be theirs, in small letters."""
    addresses: Any = registry.apps.get_model("account", "EmailAddress")
    found = addresses.objects.filter(user=person, verified=False).values_list("email", flat=True)
    return frozenset(address.lower() for address in found)


def sessions_to_clear(*, at: datetime) -> "QuerySet[Any]":
    """Return the sessions that have run out, with what was kept unsent in them; unordered."""
    sessions: Any = registry.apps.get_model("sessions", "Session")
    found: QuerySet[Any] = sessions.objects.filter(expire_date__lt=at)
    return found


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - as the other apps' are
    """Return what the account holds about its person, in the language in force. Secrets are left out.

    Left out are the password's hash, the secrets of second factors, the keys of sessions and what other people did.
    """
    return {
        "account": {
            "email": person.email,
            "display_name": person.display_name,
            "job_title": person.job_title,
            "language": person.language,
            "created_at": person.created_at,
            "last_login": person.last_login,
            "name_protected_at": person.name_protected_at,
            "has_password": person.has_usable_password(),
        },
        "addresses": _of_allauth("account", "EmailAddress", person, "email", "verified", "primary"),
        "roles": [_role(assignment) for assignment in person.assignments.order_by("pk")],
        "organisation": [_organisation(row) for row in Organisation.objects.filter(account=person)],
        "second_step": _of_allauth("mfa", "Authenticator", person, "type", "created_at", "last_used_at"),
        "sessions": _sessions(person),
        "identities": _of_allauth("socialaccount", "SocialAccount", person, "provider", "date_joined", "last_login"),
        "look_ups": [_look_up(entry) for entry in look_ups_of(person)],
        "holds": [{"placed_at": hold.placed_at} for hold in holds_on(HeldSubject.PERSON, [person.pk])],
    }


def _of_allauth(app: str, table: str, person: User, *columns: str) -> list[dict[str, Any]]:
    rows: Any = registry.apps.get_model(app, table)
    return list(rows.objects.filter(user_id=person.pk).order_by("pk").values(*columns))


def _sessions(person: User) -> list[dict[str, Any]]:
    columns = ("created_at", "last_seen_at", "ip", "user_agent")
    rows = _of_allauth("usersessions", "UserSession", person, *columns)
    return [{"device": str(device_of(row["user_agent"])), **row} for row in rows]


def _role(assignment: RoleAssignment) -> dict[str, Any]:
    return {
        "role": str(Role(assignment.role).label),
        "department": assignment.department,
        "title": assignment.title,
        "status": str(RoleStatus(assignment.status).label),
        "starts_at": assignment.starts_at,
        "ends_at": assignment.ends_at,
        "granted_at": assignment.granted_at,
    }


def _organisation(row: Organisation) -> dict[str, Any]:
    return {
        "name": row.name,
        "cvr": row.cvr,
        "speaker": row.speaker,
        "status": str(OrganisationStatus(row.status).label),
        "requested_at": row.requested_at,
        "decided_at": row.decided_at,
        "sentence": row.sentence,
    }


def _look_up(entry: Entry) -> dict[str, Any]:
    reason = facts_of(entry).get("reason")
    return {
        "at": entry.at,
        "reason": str(LookUpReason(reason).label) if reason in LookUpReason.values else str(reason),
        "acted_as": str(ActorRole(entry.actor_role).label),
    }
