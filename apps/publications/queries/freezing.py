"""What a version of a white paper is frozen from: the outline and the account as they stand."""

from collections.abc import Mapping
from typing import Any

from apps.publications.engine.accounts import Account, Mark
from apps.publications.engine.freezing import SCHEMA, checksum_of, places_in
from apps.publications.models import PaperVersion, Treated, WhitePaper
from apps.publications.queries.outlines import Chapter, Outline, OutlineStatement


def frozen_checksum(version: PaperVersion) -> str:
    """Return the checksum of what is stored of a version now. No query."""
    return checksum_of(version.content)


def is_indexed(version: PaperVersion) -> bool:
    """Tell whether the rows by number say of a version what its content says. One query."""
    rows = Treated.objects.filter(version=version).values_list("number", "how", "label", "place", "was_public")
    places = [(row.number, row.how, row.label, row.place, row.was_public) for row in places_in(version.content)]
    return sorted(rows) == sorted(places)


def content_of(paper: WhitePaper, outline: Outline, account: Account) -> dict[str, Any]:
    """Return what is published of a white paper: officials' words, and numbers, versions and passages. No query.

    Without a word of a contribution, so that it stays what it is whatever becomes of their texts.
    """
    coverage = account.coverage
    return {
        "schema": SCHEMA,
        "consultation": {"slug": paper.consultation.slug, "title": paper.consultation.title},
        "version": paper.version,
        "note": paper.note,
        "intro": paper.intro,
        "intro_html": paper.intro_html,
        "chapters": [_chapter(chapter, account.standing) for chapter in outline.chapters],
        "noted": [{"number": number, "sentence": row.sentence} for number, row in sorted(account.noted_only.items())],
        "left_out": [
            {"number": number, "ground": row.ground, "same_as": row.same_as}
            for number, row in sorted(account.left_out.items())
        ],
        "unpublished": list(account.unpublished()),
        "coverage": {
            "received": coverage.received,
            "left_out": coverage.left_out,
            "treated": coverage.treated,
            "percent": coverage.percent,
        },
    }


def _chapter(chapter: Chapter, standing: Mapping[int, Any]) -> dict[str, Any]:
    topic = chapter.topic
    return {
        "number": chapter.number,
        "topic": topic.slug if topic else None,
        "title": topic.title if topic else "",
        "statements": [_statement(row, standing.get(row.statement.pk, ())) for row in chapter.statements],
    }


def _statement(row: OutlineStatement, marks: Any) -> dict[str, Any]:
    statement, rests = row.statement, row.rests
    return {
        "key": statement.pk,
        "label": row.label,
        "place": row.place,
        "title": statement.title,
        "argument": statement.argument,
        "argument_html": statement.argument_html,
        "disposition": statement.disposition,
        "reply": statement.reply,
        "reply_html": statement.reply_html,
        "change": statement.change,
        "change_reference": statement.change_reference,
        "points": [_point(mark) for mark in marks],
        "same_letter": list(rests.same_letter),
        "people": rests.people,
        "by_letter": rests.by_letter,
        "letters": rests.letters,
    }


def _point(mark: Mark) -> dict[str, Any]:
    return {"number": mark.number, "version": mark.version, "start": mark.start, "end": mark.end}
