"""Somebody who walks from our button through the pages of the test provider and back."""

import hashlib
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import requests
from django.contrib.auth import get_user
from django.test import Client, RequestFactory

from apps.common.clock import now
from apps.residency.sessions import pending_evidence

SITE = "http://testserver"
START = "/accounts/mitid/"
PATIENCE = 10
# Which of the made-up people is what (apps/portal/demo/mitid/citizens.mjs).
RESIDENT, PROTECTED, ELSEWHERE, LOW, SECOND_RESIDENT = "abcde"
ABORT = "abort"
# What must be found nowhere after any of them was here: identity numbers, birth dates, streets.
SECRETS = {
    RESIDENT: ("011391-9901", "0113919901", "1991-02-27", "Fyrvej 113"),
    PROTECTED: ("021384-9902", "0213849902", "1984-11-19", "Hemmelig Sti 7"),
    ELSEWHERE: ("031377-9903", "0313779903", "1977-05-08", "Landevejen 41"),
    LOW: ("041369-9904", "0413699904", "1969-08-30", "Fyrvej 27"),
    SECOND_RESIDENT: ("051355-9905", "0513559905", "1955-01-14", "Havnegade 3"),
}


class Desk:
    """The provider as a test meets it: its pages, and the faults it can be asked for."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def fault(self, name: str) -> None:
        """Let it go wrong in this way from now on (faults.mjs); with nothing, in none."""
        requests.post(f"{self.issuer}/faults", params={"next": name}, timeout=PATIENCE).raise_for_status()

    def subject(self, citizen: str) -> str:
        """Return what the provider calls one of its people (server.mjs)."""
        return f"{{{hashlib.sha256(f'demo {citizen}'.encode()).hexdigest()[:32]}}}"

    def visits(self, path: str) -> int:
        """Return how often an address of the provider was asked for."""
        counts = requests.get(f"{self.issuer}/faults", timeout=PATIENCE).json()["counts"]
        return int(counts.get(path, 0))

    def log_in(self, question: str, citizen: str) -> str:
        """Return the address of ours, without the host, to which the provider leads back."""
        with requests.Session() as browser:
            page = browser.get(question, timeout=PATIENCE)
            form = re.search(r'action="([^"]+)"', page.text)
            assert form, page.text
            place = urljoin(page.url, form[1])
            answer = browser.post(place, data={"citizen": citizen}, allow_redirects=False, timeout=PATIENCE)
            while not answer.headers["Location"].startswith(SITE):
                place = urljoin(place, answer.headers["Location"])
                answer = browser.get(place, allow_redirects=False, timeout=PATIENCE)
            return answer.headers["Location"].removeprefix(SITE)

    def walk(self, client: Client, citizen: str, process: str = "login", **form: str) -> Any:
        """Return our answer when somebody comes back, having begun with our button."""
        return client.get(self.log_in(begin(client, process, **form), citizen))


def waiting(client: Client, *, later: timedelta = timedelta(0)) -> Any:
    """Return the evidence that waits for whoever is signed in here."""
    request: Any = RequestFactory().get("/")
    request.session = client.session
    request.user = get_user(request)
    return pending_evidence(request, now() + later)


def begin(client: Client, process: str = "login", *, prefix: str = "", **form: str) -> str:
    """Press the button, and return the address of the provider to which it leads."""
    answer = client.post(prefix + START, {"process": process, **form})
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])
