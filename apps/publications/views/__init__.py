"""The municipality's words, one module a page."""
