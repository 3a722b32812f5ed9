"""People with an account, their staff roles, organisations' accounts, and legal holds."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import HeldSubject, OrganisationStatus, Role, RoleStatus


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a saved account with a hashed password; without one it cannot sign in by password."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return an account for the command line's `createsuperuser`. No rule of the house honours the flag."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Nothing here says where they live or who they are beyond the name they go by.

    `is_staff` is kept with the roles: true while one is in force. `session_stamp` is part of what every session is
    checked against, so that one more ends them all. Whoever has `name_protected_at` appears under no name of theirs.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name shown"), max_length=80)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default="da")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("has a staff role"), default=False)
    created_at = models.DateTimeField(_("since"), null=True)
    session_stamp = models.PositiveIntegerField(default=0)
    name_protected_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    lacks_second_step = False
    """Set for the user of a request or socket whose session has no second step: their roles are not in force there."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_protected_at"], condition=~Q(name_protected_at=None), name="user_protected"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """Return the name shown."""
        return self.display_name

    @property
    def has_protected_name(self) -> bool:
        """The person has name and address protection (CPR-loven § 28), or had it here once."""
        return self.name_protected_at is not None

    @cached_property
    def roles(self) -> frozenset[str]:
        """The staff roles in force, read once a request; people without one cost no query."""
        if not self.is_staff or self.lacks_second_step:
            return frozenset()
        standing = self.assignments.filter(status=RoleStatus.ACTIVE).exclude(ends_at__lte=Now())
        return frozenset(standing.values_list("role", flat=True))

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Return Django's stamp of a session, with ours in it."""
        salt = "apps.accounts.models.User.session_stamp"
        return salted_hmac(salt, f"{self.password}:{self.session_stamp}", secret=secret, algorithm="sha256").hexdigest()


class RoleAssignment(models.Model):
    """A staff role of one person, with its dates. The last moment is `ends_at`, or open."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    department = models.CharField(_("department"), max_length=120, blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    status = models.CharField(max_length=20, choices=RoleStatus.choices)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=~Q(status=RoleStatus.ENDED), name="role_held_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="role_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.status})"


class Organisation(models.Model):
    """What makes an account the account of an association or company. It writes under its name, never as a resident."""

    account = models.OneToOneField(User, on_delete=models.CASCADE, related_name="organisation")
    name = models.CharField(_("name of the organisation"), max_length=80)
    cvr = models.CharField(_("CVR number"), max_length=8)
    speaker = models.CharField(_("who speaks for it"), max_length=120)
    status = models.CharField(max_length=20, choices=OrganisationStatus.choices)
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    sentence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cvr"], condition=Q(status=OrganisationStatus.CONFIRMED), name="organisation_confirmed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmed(self) -> bool:
        """Staff have confirmed who speaks for it."""
        return self.status == OrganisationStatus.CONFIRMED


class Hold(models.Model):
    """A legal hold: what it is on is neither erased nor cleared away until somebody lifts it."""

    held = models.CharField(max_length=20, choices=HeldSubject.choices)
    held_id = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    review_on = models.DateField()
    placed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["held", "held_id"], condition=Q(lifted_at=None), name="hold_once"),
        ]

    def __str__(self) -> str:
        return f"hold on {self.held} {self.held_id}"
