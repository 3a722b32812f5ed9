"""Vesterhav Kommune, which does not exist."""

from __future__ import annotations

from apps.portal.demo.shapes import District, Municipality

MUNICIPALITY = Municipality(
    name="Vesterhav Kommune",
    site_name="Vesterhav i dialog",
    code="0999",
    address="Rådhuspladsen 1, 7999 Vesterhav",
    phone="70 00 00 00",
    email="dialog@vesterhav.example",
    districts=(
        District(slug="klintmose", name="Klintmose", postal_codes="9981"),
        District(slug="noerre-klint", name="Nørre Klint", postal_codes="9983"),
        District(slug="havby", name="Havby", postal_codes="9982"),
        District(slug="sandgaard", name="Sandgård", postal_codes="9984"),
        District(slug="vesterhav-by", name="Vesterhav By", postal_codes="7999"),
    ),
)
