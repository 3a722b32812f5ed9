"""What tests of leaks use together."""

from tests.mitid.fixtures import mitid, mitid_folder, mitid_provider

__all__ = ["mitid", "mitid_folder", "mitid_provider"]
