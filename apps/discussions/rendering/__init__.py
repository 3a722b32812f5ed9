"""What a thread looks like: articles and the words in them."""

from apps.discussions.rendering.articles import Article, ShownBlock, ShownFile, ShownRun
from apps.discussions.rendering.files import shown_to_moderators
from apps.discussions.rendering.letters import TextOfLetter, letter_texts
from apps.discussions.rendering.long_texts import name_of_response, words_for_thread
from apps.discussions.rendering.printing import news_articles, shown_as, thread_blocks
from apps.discussions.rendering.proposals import ShownProgress, terms_words
from apps.discussions.rendering.suggestions import ShownSuggestion, suggestion_rows
from apps.discussions.rendering.tables import thread_as_csv
from apps.discussions.rendering.words import (
    article_words,
    ground_in_words,
    moment_html,
    place_words,
    reason_in_words,
    voice_words,
)
from apps.discussions.rendering.writing import ShownWriter, preview, writes_as

__all__ = [
    "Article",
    "ShownBlock",
    "ShownFile",
    "ShownProgress",
    "ShownRun",
    "ShownSuggestion",
    "ShownWriter",
    "TextOfLetter",
    "article_words",
    "ground_in_words",
    "letter_texts",
    "moment_html",
    "name_of_response",
    "news_articles",
    "place_words",
    "preview",
    "reason_in_words",
    "shown_as",
    "shown_to_moderators",
    "suggestion_rows",
    "terms_words",
    "thread_as_csv",
    "thread_blocks",
    "voice_words",
    "words_for_thread",
    "writes_as",
]
