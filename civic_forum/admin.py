"""Django's admin as one of the site's parts: only what our own apps show in it, and nothing that a package brings."""

from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule


class WindowConfig(SimpleAdminConfig):
    """The admin with the house's own site; allauth's and Django's registrations (addresses among them) stay out."""

    default = False
    default_site = "apps.common.admin.Window"

    def ready(self) -> None:
        """Register what the house shows."""
        super().ready()
        for app in apps.get_app_configs():
            if app.name.startswith("apps.") and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")
