"""Pages that an address alone does not open: how somebody comes to each, whatever the language.

Fields and buttons are found by their names and addresses, never by words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from apps.portal.demo.content.people import DEMO_PASSWORD

Made = Mapping[str, Any]
HEARING = "consultations/vindmoeller-ved-klintmose/"
TOPIC = f"{HEARING}topics/boliger-og-erstatning/"

PETER, SOFIE = "peter@borger.example", "sofie@vesterhav.example"
METTE, HANNE = "mette@vesterhav.example", "hanne@vesterhav.example"
RASMUS = "rasmus@vesterhav.example"
ANDERS, PAUSED = "anders@vesterhav.example", "paused@state.example"
NEWCOMER, CODED = "newcomer@state.example", "posted@state.example"


@dataclass(frozen=True, kw_only=True)
class State:
    """A page in a state: who sees it, where they begin, and what they send in which forms until they are there.

    `shows` is what stands there only when the state was reached.
    """

    who: str
    path: str
    sends: tuple["Sent", ...] = ()
    shows: str = "main h1"

    def reach(self, page: Page, prefix: str, made: Made) -> None:
        """Go there in the language of the prefix."""
        page.goto(f"/{prefix}{self.path.format(**made)}")
        for sent in self.sends:
            sent.by(page)
        page.locator(self.shows).first.wait_for()


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A form, what is typed and chosen in it by the names of its fields, and with which button it is sent.

    `is_maybe`: only where the page has it, as it asks for the password once more or not.
    """

    form: str = "main form"
    words: Mapping[str, str] = field(default_factory=dict)
    is_maybe: bool = False
    button: str = "button[type=submit]:not([formnovalidate])"

    def by(self, page: Page) -> None:
        """Send it as a browser does that checks nothing before."""
        form = page.locator(self.form).first
        if self.is_maybe and not form.count():
            return
        form.evaluate("form => { form.noValidate = true }")
        for name, text in self.words.items():
            _fill(form.locator(f"[name='{name}']"), text)
        with page.expect_navigation():
            form.locator(self.button).first.evaluate("button => button.click()")


def _fill(boxes: Locator, text: str) -> None:
    """Type into a field, choose one of several, or leave all unticked."""
    kind = boxes.first.evaluate("box => box.type")
    if kind in {"radio", "checkbox"}:
        boxes.evaluate_all("(boxes, text) => boxes.forEach(box => { box.checked = box.value === text })", text)
    else:
        boxes.first.evaluate("(box, text) => { box.value = text }", text)


# Whoever logged in a while ago is asked for their password before some things.
CONFIRMED = Sent(form="form:has([name=password])", words={"password": DEMO_PASSWORD}, is_maybe=True)
ERROR = "main [role=alert]"


def refused(who: str, path: str, form: str = "main form", button: str = "", **words: str) -> State:
    """Return the page on which one form comes back with its errors."""
    sent = Sent(form=form, words=words, **({"button": button} if button else {}))
    return State(who=who, path=path, sends=(sent,), shows=ERROR)


def _looked_up(name: str) -> Sent:
    return Sent(words={"email": f"{name}@state.example"})


STATES: dict[str, State] = {
    # Answers.
    "an answer being written": State(who=METTE, path="desk/answers/{answer}/", shows="main textarea[name=body]"),
    "choosing what else it answers": State(who=METTE, path="desk/answers/{answer}/pick/"),
    # Letters.
    "letters to choose": State(who=METTE, path="desk/residents/letters/", shows="input[name=letters]"),
    "no letter chosen": State(
        who=METTE,
        path="desk/residents/letters/",
        sends=(Sent(form="main form:has(input[name=letters])", words={"letters": ""}),),
        shows=ERROR,
    ),
    "calling off a letter without a reason": State(
        who=METTE,
        path="desk/residents/letters/",
        sends=(
            Sent(form="main form:has(input[name=letters])", button="button[formaction$='/cancel/']"),
            Sent(form="main form[action$='/cancel/'], main form[method=post]", button="button[type=submit]"),
        ),
        shows=ERROR,
    ),
    "batch without codes": State(who=METTE, path="desk/residents/letters/batches/{batch_batched}/"),
    "batch with codes": State(who=METTE, path="desk/residents/letters/batches/{batch_coded}/"),
    "batch that is to be posted": State(
        who=METTE, path="desk/residents/letters/batches/{batch_coded}/posted/", shows="main form"
    ),
    "batch that is posted": State(who=METTE, path="desk/residents/letters/batches/{batch_posted}/"),
    "letter that waits": State(who="waiting@state.example", path="me/verify/"),
    "code that is wrong": refused(CODED, "me/verify/code/", code="AAAAA-AAAAA"),
    "letter to nowhere": refused(NEWCOMER, "me/verify/letter/", name="Nina", street="Nowhere 9", postal_code="1"),
    # Residents at the desk.
    "residents that wait": State(who=METTE, path="desk/residents/waiting/", shows="main .qitem form"),
    "a possible double": State(
        who=METTE, path="desk/residents/waiting/", sends=(Sent(form="main .qitem form"),), shows="button[value=decline]"
    ),
    "a double declined without a reason": State(
        who=METTE,
        path="desk/residents/waiting/",
        sends=(
            Sent(form="main .qitem form"),
            Sent(form="form:has(button[value=decline])", button="button[value=decline]"),
        ),
        shows=ERROR,
    ),
    "nobody at the desk has this address": refused(METTE, "desk/residents/", email="nobody@state.example"),
    "somebody at the desk": State(
        who=METTE, path="desk/residents/", sends=(_looked_up("newcomer"),), shows="button[name=grant]"
    ),
    "somebody at the desk shows nothing": State(
        who=METTE,
        path="desk/residents/",
        sends=(_looked_up("newcomer"), Sent(form="form:has(button[name=grant])", button="button[name=grant]")),
        shows=ERROR,
    ),
    "revoking a residency": State(
        who=METTE,
        path="desk/residents/",
        sends=(_looked_up("ended"), Sent(form="main form[action$='/end/']")),
        shows="main form select[name=reason], main form [name=reason]",
    ),
    "revoking a residency without a reason": State(
        who=METTE,
        path="desk/residents/",
        sends=(
            _looked_up("ended"),
            Sent(form="main form[action$='/end/']"),
            Sent(form="main form[action$='/end/']"),
        ),
        shows=ERROR,
    ),
    # Organisations.
    "an organisation to decide on": State(
        who=METTE, path="desk/organisations/{organisation}/", shows="button[value=confirm]"
    ),
    "an organisation refused without a reason": State(
        who=METTE,
        path="desk/organisations/{organisation}/",
        sends=(Sent(form="form:has(button[value=refuse])", button="button[value=refuse]"),),
        shows=ERROR,
    ),
    "asking for an organisation that is none": refused(NEWCOMER, "me/organisation/", name="Club", cvr="1"),
    "an organisation that waits": State(who="asks@state.example", path="me/organisation/"),
    # Erasing a text.
    "proposing to erase a text": State(who=SOFIE, path="moderation/items/{shown_text}/erase/"),
    "proposing it without a ground": refused(SOFIE, "moderation/items/{shown_text}/erase/"),
    "proposals to erase": State(who=SOFIE, path="moderation/erasures/"),
    "a colleague's proposal to erase": State(
        who=SOFIE, path="moderation/erasures/{erasure_by_anders}/", shows="button[value=erase]"
    ),
    "one's own proposal to erase": State(who=SOFIE, path="moderation/erasures/{erasure_by_sofie}/"),
    "a text that waits": State(who=SOFIE, path="moderation/items/{waiting_text}/", shows="main form[data-decide]"),
    "a decision without a reason": State(
        who=SOFIE,
        path="moderation/items/{waiting_text}/",
        sends=(Sent(form="main form[data-decide]", words={"outcome": "refuse"}),),
        shows=ERROR,
    ),
    # Reports, appeals, pauses.
    "a report to look into, left without a sentence": refused(
        SOFIE, "moderation/reports/{report_case}/", form="main form[data-decide]"
    ),
    "an appeal that is not decided yet": refused(ANDERS, "moderation/appeals/{appeal}/", form="main form[data-decide]"),
    "an appeal by letter that is not decided yet": refused(
        ANDERS, "moderation/appeals/{letter_appeal}/", form="main form[data-decide]"
    ),
    "typing in an appeal without its words": refused(METTE, f"desk/{HEARING}voices/{{appealed_letter}}/appeal/"),
    "an appeal that was typed in and decided": State(
        who=METTE, path=f"desk/{HEARING}voices/{{answered_letter}}/appeal/", shows="#before-h"
    ),
    "answers to appeals that came by letter": State(who=METTE, path="moderation/post/", shows="#outcomes-h"),
    "an appeal against a pause": refused(
        ANDERS, "moderation/pause-appeals/{pause_appeal}/", form="main form[data-decide]"
    ),
    "pausing somebody's writing again without a rule": refused(SOFIE, "moderation/items/{paused_text}/pause/"),
    "a pause that stands": State(who=SOFIE, path="moderation/pauses/{pause}/", shows="main form"),
    "the pause in one's own writing": State(who=PAUSED, path="me/pauses/{pause}/", shows="main dl"),
    "a form for whose writing is paused": State(
        who=PAUSED, path=f"{HEARING}topics/natur-og-fugle/write/", shows="main .notice--warn"
    ),
    "the receipt of a redacted text": State(
        who=PAUSED, path=f"{HEARING}c/{{redacted}}/receipt/", shows="main .notice--warn"
    ),
    # Roles, holds.
    "ending a role": State(who=HANNE, path="desk/people/roles/{role}/end/", shows="main .btn--danger"),
    "a role for nobody": refused(HANNE, "desk/people/role/", email="nobody@state.example"),
    "a role without a beginning": State(
        who=HANNE,
        path="desk/people/role/",
        sends=(
            _looked_up("newcomer"),
            Sent(form="form:has(button[name=grant])", words={"first_day": "x"}, button="button[name=grant]"),
        ),
        shows=ERROR,
    ),
    "holding an account that is none": refused(HANNE, "desk/holds/account/", email="nobody@state.example"),
    "holding a contribution that is none": refused(HANNE, "desk/holds/contribution/", address="nothing"),
    # Hearings.
    "a hearing without a title": refused(METTE, "desk/consultations/new/"),
    "phases that end before they begin": State(
        who=METTE,
        path=f"desk/{HEARING}phases/",
        sends=(Sent(words={"phases-0-title": "", "phases-0-last_day": "2020-01-01"}),),
        shows="main [role=alert], main .errors",
    ),
    "a topic without a title": refused(METTE, f"desk/{HEARING}topics/new/"),
    "key figures without words": State(
        who=METTE,
        path=f"desk/{HEARING}facts/",
        sends=(Sent(words={"facts-0-label": ""}),),
        shows="main [role=alert], main .errors",
    ),
    "a draft sent back without a word": refused(
        RASMUS, "desk/consultations/ny-skovrejsning-ved-sandgaard/review/", "form:has([name=seen])", "[name=send_back]"
    ),
    "a hearing cancelled without a reason": refused(METTE, f"desk/{HEARING}cancel/"),
    "a deadline that is extended to no day": refused(METTE, f"desk/{HEARING}extend/"),
    "a colleague who is nobody": refused(METTE, f"desk/{HEARING}team/", "main form[action$='/team/']"),
    "a letter that says nothing": refused(METTE, f"desk/{HEARING}voices/new/"),
    "a table with rows that cannot be received": State(
        who=METTE,
        path=f"desk/{HEARING}voices/import/",
        sends=(Sent(form="form[enctype]", words={"table": "topic,channel,came_on,name,text\nnowhere,pigeon,x,,"}),),
        shows="main table .error",
    ),
    "house rules changed without a word on what changed": refused(HANNE, "desk/house-rules/", "main form.stack"),
    "no document": refused(METTE, f"desk/{HEARING}documents/new/"),
    "a meeting called off without a reason": refused(METTE, f"desk/{HEARING}meetings/1/call-off/"),
    "a meeting without a place": refused(METTE, f"desk/{HEARING}meetings/1/", place=""),
    "a meeting that says nothing": refused(METTE, f"desk/{HEARING}meetings/new/"),
    "a topic that was merged into another": State(
        who="", path=f"{HEARING}topics/groen-pulje/?order=newest", shows="main article"
    ),
    "the old address of a topic that was merged": State(who="", path=f"{HEARING}topics/{{merged_topic}}/"),
    "an official's form of a topic that was merged": State(who=METTE, path=f"desk/{HEARING}topics/{{merged_topic}}/"),
    "a topic in which nobody wrote": State(who=METTE, path=f"desk/{HEARING}topics/{{empty_topic}}/"),
    "a topic that can be deleted": State(who=METTE, path=f"desk/{HEARING}topics/{{empty_topic}}/delete/"),
    "a topic merged into none": refused(METTE, f"desk/{HEARING}topics/boliger-og-erstatning/merge/"),
    "a hearing party without a name": refused(METTE, f"desk/{HEARING}hearing-parties/", "main form.stack"),
    "a table of hearing parties that says nothing": refused(METTE, f"desk/{HEARING}hearing-parties/table/"),
    "a hearing party that is not invited yet": State(
        who=METTE, path=f"desk/{HEARING}hearing-parties/{{party}}/", shows="main form"
    ),
    "a text for questions that return without a title": refused(METTE, "desk/text-blocks/1/", title=""),
    "a letter corrected to say nothing": refused(METTE, f"desk/{HEARING}voices/{{entered_letter}}/correct/", body=" "),
    "an answer that says nothing": refused(METTE, f"{HEARING}c/1/answer/", button="button[value=publish]"),
    "a summary that cites nobody": State(
        who=METTE,
        path=f"desk/{HEARING}summary/",
        sends=(Sent(form="main form[method=post]", words={"statements-0-title": "", "statements-0-cites": "#99999"}),),
        shows="main [role=alert], main .errors",
    ),
    # Writing.
    "a contribution that says nothing": refused(PETER, TOPIC, form=".composer form", body=" "),
    "a suggestion with which somebody agrees": State(
        who=PETER,
        path="consultations/suggestions/c/5/",
        sends=(Sent(form="main form[action$='/agree/']"),),
        shows="main button[aria-pressed]",
    ),
    "a citizen proposal that says nothing": refused(
        PETER, "consultations/suggestions/topics/noget-andet/", form=".composer form", body=" ", as_proposal="on"
    ),
    "a contribution before it is sent": State(
        who=PETER,
        path=TOPIC,
        sends=(Sent(form=".composer form", words={"body": "A view of mine."}, button="button[value=preview]"),),
    ),
    "a change that says nothing": refused(PETER, HEARING + "c/{own_waiting}/edit/", body=" "),
    # One's own account.
    "a log-in that fails": refused("", "accounts/login/", "form:has([name=login])", login="a@b.example", password="x"),
    "a sign-up that fails": refused("", "accounts/signup/", "form:has([name=email])", email="x", password1="x"),
    "a new password for no address": refused("", "accounts/password/reset/", "form:has([name=email])", email="x"),
    "no name": refused(PETER, "me/settings/", "form:has([name=display_name])", display_name="1"),
    "an address that is none": refused(
        PETER, "accounts/email/", "form:has([name=email][type=email])", "button[name=action_add]", email="x"
    ),
    "another password that does not do": refused(
        PETER, "accounts/password/change/", "form:has([name=oldpassword])", oldpassword="x", password1="y"
    ),
    "an account deleted under another address": State(
        who=PETER,
        path="me/delete/",
        sends=(
            Sent(form="form:has([name=address])", words={"address": "x@y.example"}),
            CONFIRMED,
        ),
        shows=ERROR,
    ),
    "goodbye": State(who="", path="goodbye/"),
}
