"""The place on the map that a contribution is about."""

from django.db import models

from apps.discussions.models.contributions import Contribution


class ContributionPlace(models.Model):
    """Where on the map a text points to, in degrees, and what of the map was nearest when it was sent.

    It is outside the fingerprint of the text. `is_shown` is off while a redaction of the text stands: what a moderator
    took out may be told by the place. An erased text has none.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="place")
    longitude = models.FloatField()
    latitude = models.FloatField()
    near = models.CharField(max_length=80)
    metres = models.PositiveIntegerField()
    is_shown = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.near}, {self.metres} m"
