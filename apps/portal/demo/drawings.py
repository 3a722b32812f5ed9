"""Files that people in the made-up municipality sent: a sketch and a page of text, drawn here from plain data."""

from io import BytesIO

from PIL import Image, ImageDraw

SKY, SEA, FIELD, INK = (214, 228, 236), (120, 158, 176), (154, 170, 112), (60, 64, 66)
WIDTH, HEIGHT, HORIZON, SHORE = 1200, 700, 380, 470
LEFT, TOP, LEADING = 72, 770, 20


def sketch(turbines: int) -> bytes:
    """Return a PNG of so many turbines at the horizon, as somebody could draw them."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=SEA)
    draw.polygon([(0, SHORE + 60), (WIDTH, SHORE), (WIDTH, HEIGHT), (0, HEIGHT)], fill=FIELD)
    for place in range(turbines):
        x, hub = 140 + place * (WIDTH - 280) // max(turbines - 1, 1), HORIZON - 170
        draw.line((x, HORIZON, x, hub), fill=INK, width=6)
        for across, up in ((0, -90), (78, 45), (-78, 45)):
            draw.line((x, hub, x + across, hub + up), fill=INK, width=5)
    draw.rectangle((90, SHORE - 40, 150, SHORE + 70), fill=INK)
    draw.polygon([(80, SHORE - 40), (160, SHORE - 40), (120, SHORE - 120)], fill=INK)
    content = BytesIO()
    image.save(content, format="PNG")
    return content.getvalue()


def page(title: str, lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one page with a title and lines of text, in letters that every reader has."""
    shown = f"BT /F1 16 Tf {LEFT} {TOP} Td ({_quoted(title)}) Tj /F1 11 Tf 0 -{2 * LEADING} Td {LEADING} TL "
    shown += " ".join(f"({_quoted(line)}) Tj T*" for line in lines) + " ET"
    stream = shown.encode("cp1252")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(da)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(parts) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return made + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def _quoted(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
