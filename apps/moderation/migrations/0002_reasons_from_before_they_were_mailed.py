"""Senders of letters with an e-mail address whose reasons were given before reasons were mailed: they go by post."""

from django.db import migrations


def let_them_go_by_post(apps, schema_editor):
    """Put on the list of letters what stands and nobody posted; who was told by mail since gets a letter too."""
    statements = apps.get_model("moderation", "StatementOfReasons").objects.using(schema_editor.connection.alias)
    senders = apps.get_model("discussions", "SenderAddress").objects.using(schema_editor.connection.alias)
    untold = statements.filter(
        posting=None, decision__undone_at=None, contribution__outside__sender__email_failed_at=None
    ).exclude(contribution__outside__sender__email="")
    for sender, given_at in untold.order_by("pk").values_list("contribution__outside__sender", "given_at"):
        if sender is not None:
            senders.filter(pk=sender, email_failed_at=None).update(email_failed_at=given_at)


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0024_signposts_say_why"),
        ("moderation", "0001_squashed_0015_appeals_by_letter"),
    ]

    operations = [migrations.RunPython(let_them_go_by_post, migrations.RunPython.noop)]
