"""Documents and their versions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.uploads import FileKind, KeptFile
from apps.consultations.models.consultations import Consultation


class Document(models.Model):
    """A paper of the case. What it says stands in its versions, of which none is ever lost."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField()
    # The key of the form that made it, so that a double click makes one.
    form_key = models.UUIDField(null=True)
    # Filled by the queries that find documents.
    newest_first: "list[DocumentVersion]"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "position"], name="document_position_once"),
            models.UniqueConstraint(fields=["consultation", "form_key"], name="document_made_once"),
        ]

    def __str__(self) -> str:
        return f"document {self.position}"

    @property
    def current(self) -> "DocumentVersion":
        """The version in force, of a document that came with its versions."""
        return self.newest_first[0]

    @property
    def earlier(self) -> "list[DocumentVersion]":
        """The versions before it, newest first."""
        return self.newest_first[1:]


class DocumentVersion(models.Model):
    """A file of a document: one that was added, or that took the place of the one before.

    `held_sentence` stands there for everyone while the file is held back, as where it names a private person.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    title = models.CharField(_("title"), max_length=140)
    description = models.CharField(_("what it shows"), max_length=1000, blank=True)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    file = KeptFile(_("file"), upload_to="documents/")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    held_sentence = models.CharField(_("why it is held back"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "version"], name="document_version_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_held(self) -> bool:
        """Only the team can open the file."""
        return bool(self.held_sentence)

    @property
    def is_image(self) -> bool:
        """It can be shown in a page."""
        return FileKind(self.kind).is_image
