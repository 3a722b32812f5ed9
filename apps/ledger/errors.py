"""What can be wrong with an entry before it is one."""


class UnfitEntry(ValueError):
    """The facts of an entry are not those its kind declares. A fault of the caller, never of a person."""
