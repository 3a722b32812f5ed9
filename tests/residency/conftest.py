"""What tests of residency use together."""

from tests.mitid.alone import person, stolen
from tests.mitid.fixtures import mitid, mitid_folder, mitid_provider

__all__ = ["mitid", "mitid_folder", "mitid_provider", "person", "stolen"]
