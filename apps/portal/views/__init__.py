"""Pages composed of several apps, one module a page."""
