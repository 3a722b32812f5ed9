"""Somebody attaches two files, a moderator looks at them and publishes, a reader opens one; the other is held back."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

pytestmark = pytest.mark.journey

SOFIE, PETER = "sofie@vesterhav.example", "peter@borger.example"
TOPIC = "/en/consultations/vindmoeller-ved-klintmose/topics/udsigt-og-landskab/"
PLAN: FilePayload = {"name": "Sti over heden.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nen sti"}


def a_photo() -> FilePayload:
    content = BytesIO()
    Image.new("RGB", (600, 400), (90, 140, 90)).save(content, format="JPEG")
    return {"name": "Heden i juni.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def test_two_files_from_their_author_to_a_reader(visitor: Callable[..., Page]) -> None:
    # A file that is not taken costs no word of the text.
    author = visitor(PETER)
    author.goto(f"{TOPIC}write/")
    author.fill("textarea[name=body]", "Her er et kort over stien og et billede af heden.")
    author.get_by_text("Attach files").click()
    author.set_input_files("input[name=file_1]", {**PLAN, "name": "sti.docx"})
    author.get_by_role("button", name="Send contribution").click()
    expect(author.locator("[data-error-summary]")).to_contain_text("“sti.docx”")
    expect(author.locator("textarea[name=body]")).to_have_value("Her er et kort over stien og et billede af heden.")
    author.set_input_files("input[name=file_1]", PLAN)
    author.set_input_files("input[name=file_2]", a_photo())
    author.fill("input[name=about_2]", "Heden med lyng, set mod nord.")
    author.get_by_role("button", name="Send contribution").click()
    heading = author.get_by_role("heading", name=re.compile(r"^Received as no\. \d+$"))
    expect(heading).to_be_visible()
    number = int(re.findall(r"\d+", heading.inner_text())[0])
    expect(author.get_by_role("link", name="Sti over heden")).to_be_visible()

    # The picture stands beside the text; one file is held back, the text is published.
    sofie = visitor(SOFIE)
    sofie.goto("/en/moderation/?q=kort+over+stien")
    sofie.get_by_role("link", name=re.compile(rf"^No\. {number} ")).first.click()
    picture = sofie.get_by_role("img", name="Heden med lyng, set mod nord.")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 600
    sofie.get_by_role("link", name="Hold it back Heden i juni").click()
    sofie.get_by_label("Reason").select_option("private_information")
    sofie.get_by_label("Sentence that everyone can read").fill("Billedet viser en nabos have.")
    sofie.get_by_role("button", name="Hold it back").click()
    expect(sofie.locator("main")).to_contain_text("A moderator holds this file back.")
    sofie.locator("input[name=outcome][value=publish]").check(force=True)
    sofie.locator("form:has(input[name=outcome]) .btn--big").click()

    # Whoever reads the text opens the file that is shown, and reads why the other is not.
    reader = visitor()
    reader.goto(f"/en/consultations/vindmoeller-ved-klintmose/c/{number}/")
    article = reader.locator(f"#c{number}")
    expect(article).to_contain_text("Billedet viser en nabos have.")
    expect(article).not_to_contain_text("Heden i juni")
    with reader.expect_download() as waiting:
        article.get_by_role("link", name="Sti over heden").click()
    assert waiting.value.suggested_filename == "sti-over-heden.pdf"
    assert waiting.value.path().read_bytes() == PLAN["buffer"]
    held = reader.request.get(f"/en/consultations/vindmoeller-ved-klintmose/c/{number}/files/2/")
    assert held.status == 404
