"""Django's admin, as a window: superusers with a second step look at technical tables. Nothing can be changed there."""

from functools import wraps
from typing import Any, ClassVar

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from apps.common.errors import NotAllowed


class Window(AdminSite):
    """The one place that asks whether somebody is a superuser, which means: runs the machine, and works no case."""

    site_header = site_title = _("Technical window")
    index_title = _("Tables without people's texts")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether this session of this account may look."""
        person = request.user
        return person.is_active and person.is_superuser and not person.lacks_second_step

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Return the view behind the log-in page; a refusal leads to the second step where that is missing."""

        @never_cache
        @csrf_protect
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **parts: Any) -> Any:
            if self.has_permission(request):
                return view(request, *args, **parts)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            sentence = _("This is for those who run the machine. The work of the municipality is done on the desk.")
            raise NotAllowed(sentence)

        return guarded

    def get_urls(self) -> list[Any]:
        """Return the index and the tables: signing in and out, and passwords, have their own pages."""
        tables = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/", (model_admin.urls, None, None))
            for model, model_admin in self._registry.items()
        ]
        labels = "|".join(sorted({model._meta.app_label for model in self._registry}))
        return [
            path("", self.admin_view(self.index), name="index"),
            path("jsi18n/", self.admin_view(self.i18n_javascript), name="jsi18n"),
            *tables,
            re_path(rf"^(?P<app_label>{labels})/$", self.admin_view(self.app_index), name="app_list"),
            re_path(r"^(?P<url>.*)$", self.admin_view(self.catch_all_view)),
        ]


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[type-arg]
    """A table to look at."""

    actions = None
    list_per_page = 50
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}

    def get_urls(self) -> list[URLPattern]:
        """Return the list and one row."""
        names = f"{self.opts.app_label}_{self.opts.model_name}"
        look = self.admin_site.admin_view
        return [
            path("", look(self.changelist_view), name=f"{names}_changelist"),
            path("<path:object_id>/change/", look(self.change_view), name=f"{names}_change"),
        ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Whoever has come this far may look."""
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Tell whether the index names the app."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Nothing is added: rows are made by actions, with an entry in the ledger."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nothing is changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nothing is removed."""
        return False
