"""What can be written in: consultations and topics stop alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stoppable(models.Model):
    """Where writing can be stopped for a while. The sentence stands there for everyone; none means that it is not."""

    stop_sentence = models.CharField(_("why nobody can write for now"), max_length=300, blank=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
