"""Who is invited to a hearing, and each time that they were."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.enums import InvitationWay, PartyKind
from apps.consultations.models.consultations import Consultation


class HearingParty(models.Model):
    """An authority, an organisation or a group that is asked for its view. Its name is public.

    Addresses are for invitations and known to the team alone. `answered_number` is the number of its contribution, and
    shown as long as everyone can read that.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="parties")
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind.choices)
    name = models.CharField(_("name"), max_length=140)
    email = models.EmailField(_("e-mail address"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_line = models.CharField(_("postal code and town"), max_length=100, blank=True)
    answered_number = models.PositiveIntegerField(_("number of its contribution"), null=True)
    added_at = models.DateTimeField()
    # Filled by the queries that find parties.
    first_first: "list[HearingInvitation]"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "name"], name="hearing_party_once"),
        ]

    def __str__(self) -> str:
        return self.name


class HearingInvitation(models.Model):
    """A party was invited: on which day, in which way, and until when it was told it could answer.

    `sent_to` is the address that the site wrote to. Once it is mended, the party can be invited anew on the same day.
    """

    party = models.ForeignKey(HearingParty, on_delete=models.CASCADE, related_name="invitations")
    way = models.CharField(_("how"), max_length=20, choices=InvitationWay.choices)
    invited_on = models.DateField(_("invited on"))
    sent_to = models.EmailField(_("sent to"), blank=True)
    deadline = models.DateTimeField(_("deadline they were told"), null=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "way", "invited_on", "sent_to"], name="hearing_invitation_once"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
