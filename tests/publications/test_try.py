from datetime import datetime
import pytest
from django.test import Client
from tests.publications.papers import published, with_pdf, words_of
pytestmark = pytest.mark.django_db
def test_all(client: Client, at: datetime) -> None:
    made = published(at)
    for tail in ("/", "/versions/1/", "/1.1/", "/contributions/", ".csv", ".json", ".pdf"):
        r = client.get(made.address + tail)
        print(tail, r.status_code)
        assert r.status_code in (200, 202), tail
    pdf = with_pdf(made)
    print(words_of(pdf)[:3000])
    r = client.get(made.address + ".pdf"); print(r.status_code, r.headers)
    open("/tmp/wp/small.pdf","wb").write(pdf)
    for lang in ("/en",""):
        open(f"/tmp/wp/page{lang.strip('/')}.html","w").write(client.get(made.address.replace("/en",lang)+"/").content.decode())
