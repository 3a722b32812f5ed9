"""A white paper's rows as the checks compare them."""

from django.db.models import Count, F, Q

from apps.consultations.models import Consultation
from apps.exchange.engine.paper_agreement import VersionRow, WhitePaperRow
from apps.ledger.actions import fingerprint
from apps.publications.enums import Weight
from apps.publications.models import PaperStatement, PaperVersion, Point, Weighing, WhitePaper
from apps.publications.queries import frozen_checksum, is_indexed


def white_paper_row(consultation: Consultation) -> WhitePaperRow | None:
    """Return the consultation's white paper with what belongs to it, if it was begun."""
    paper = WhitePaper.objects.filter(consultation=consultation).first()
    if paper is None:
        return None
    # What was moved to another consultation and back stands here under another number.
    here = Q(contribution__consultation=consultation, contribution__number=F("number"))
    points = Point.objects.filter(here, statement__paper=paper).order_by()
    counts = points.values_list("statement_id", "number").annotate(count=Count("pk"))
    weighings = list(Weighing.objects.filter(here, paper=paper).order_by("number"))
    statements = PaperStatement.objects.filter(paper=paper).order_by("pk")
    versions = PaperVersion.objects.filter(paper=paper).order_by("version")
    return WhitePaperRow(
        subject_id=paper.pk,
        status=paper.status,
        version=paper.version,
        statements={row.pk: (row.disposition, fingerprint(b"", row.words)) for row in statements},
        points={(statement, number): count for statement, number, count in counts},
        noted={row.number for row in weighings if row.weight == Weight.NOTED},
        left_out={row.number: (row.ground, row.same_as_number) for row in weighings if row.weight == Weight.LEFT_OUT},
        versions=[_version_row(row) for row in versions.iterator()],
    )


def _version_row(row: PaperVersion) -> VersionRow:
    return VersionRow(
        version=row.version,
        checksum=row.checksum,
        proven=frozen_checksum(row),
        received=row.received,
        left_out=row.left_out,
        statements=sum(len(chapter["statements"]) for chapter in row.content["chapters"]),
        is_indexed=is_indexed(row),
    )
