"""Ways and states of notices of a decision, and the kinds of entries about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class NoticeWay(models.TextChoices):
    """In which way somebody is told of the decision. Of those chosen, the first that reaches a person is theirs."""

    DIGITAL_POST = "digital_post", _("Digital Post")
    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Letter on paper")


class NoticeStatus(models.TextChoices):
    """How far a notice is."""

    DUE = "due", _("On its way")
    GIVEN = "given", _("Sent")


class NoticeTrouble(models.TextChoices):
    """Why a notice has not left yet, or goes by letter now."""

    MAIL_FAILED = "mail_failed", _("The mail did not arrive")
    RETURNED = "returned", _("It came back")
    NO_ADDRESS = "no_address", _("No address is kept any more")
    NO_PDF = "no_pdf", _("This machine cannot make PDF files")
    NO_FOLDER = "no_folder", _("The folder for Digital Post cannot be written")


NOTICES_BEGUN = Kind(
    "notice.started",
    _("Notice of the decision was begun (version %(version)s): to %(count)s people who wrote on time."),
    frozenset({"meeting", "version", "count", "numbers"}),
)
NOTICE_GIVEN = Kind(
    "notice.given",
    _("The author of no. %(number)s was given notice of the decision (version %(version)s)."),
    frozenset({"version"}),
)
NOTICE_REROUTED = Kind(
    "notice.rerouted",
    _("The notice of the decision to the author of no. %(number)s goes by letter instead."),
    frozenset({"version"}),
)
