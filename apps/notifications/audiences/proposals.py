"""Who is told how a citizen proposal ended: who offered it, and those who follow the suggestion box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.discussions.enums import PROPOSAL_LAPSED, THRESHOLD_REACHED
from apps.discussions.models import CitizenProposal
from apps.discussions.queries import proposals_with_authors
from apps.ledger.models import Entry
from apps.notifications.models import Follow

TOLD_OF_PROPOSALS = frozenset(kind.name for kind in (THRESHOLD_REACHED, PROPOSAL_LAPSED))


@dataclass(frozen=True, kw_only=True)
class ProposalNews:
    """How a citizen proposal ended, told to one person; `follow` is why, for those who did not offer it."""

    entry: Entry
    to: User
    proposal: CitizenProposal
    follow: Follow | None = None


def proposal_news_in(entries: Sequence[Entry]) -> list[ProposalNews]:
    """Return whom to tell what about these entries, in their order: two queries at most, and none for none.

    What nobody can read any more is not told.
    """
    told = [entry for entry in entries if entry.kind in TOLD_OF_PROPOSALS]
    if not told:
        return []
    proposals = proposals_with_authors({entry.subject_id for entry in told})
    places = {entry.consultation_id for entry in told}
    follows = Follow.objects.filter(consultation__in=places, person__is_active=True).select_related("person")
    by_pk = list(follows.order_by("pk"))
    return [
        news
        for entry in told
        if (proposal := proposals.get(entry.subject_id)) is not None and _is_public(proposal)
        for news in _news_of(entry, proposal, by_pk)
    ]


def _is_public(proposal: CitizenProposal) -> bool:
    return proposal.contribution.is_published and proposal.contribution.consultation.is_published


def _news_of(entry: Entry, proposal: CitizenProposal, follows: Sequence[Follow]) -> Iterator[ProposalNews]:
    author = proposal.contribution.author
    if author is not None and author.is_active:
        yield ProposalNews(entry=entry, to=author, proposal=proposal)
    for follow in follows:
        if follow.consultation_id == entry.consultation_id and follow.person_id != proposal.contribution.author_id:
            yield ProposalNews(entry=entry, to=follow.person, proposal=proposal, follow=follow)
