"""The settings, by topic. What an installation may choose stands in `civic_forum/environment.py`."""

from civic_forum.settings.abuse import *  # noqa: F403 - Django reads settings from one namespace
from civic_forum.settings.accounts import *  # noqa: F403
from civic_forum.settings.apps import *  # noqa: F403
from civic_forum.settings.language import *  # noqa: F403
from civic_forum.settings.logging import *  # noqa: F403
from civic_forum.settings.mail import *  # noqa: F403
from civic_forum.settings.maps import *  # noqa: F403
from civic_forum.settings.mitid import *  # noqa: F403
from civic_forum.settings.queue import *  # noqa: F403
from civic_forum.settings.security import *  # noqa: F403
from civic_forum.settings.static import *  # noqa: F403
from civic_forum.settings.storage import *  # noqa: F403
