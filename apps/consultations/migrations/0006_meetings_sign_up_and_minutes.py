"""Meetings with an address of their own, sign-ups with a waiting list, and minutes."""

from itertools import groupby
from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def number_meetings(apps, schema_editor):
    """Number what is there, in the order of its making, consultation by consultation."""
    meetings = apps.get_model("consultations", "Meeting").objects.order_by("consultation_id", "pk")
    for _consultation, of_one in groupby(meetings, key=lambda meeting: meeting.consultation_id):
        for number, meeting in enumerate(of_one, start=1):
            meeting.number, meeting.uid = number, uuid4()
            meeting.save(update_fields=("number", "uid"))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("consultations", "0005_post_pause"),
    ]

    operations = [
        migrations.RenameField(model_name="meeting", old_name="note", new_name="access"),
        migrations.AddField(model_name="meeting", name="number", field=models.PositiveSmallIntegerField(null=True)),
        migrations.AddField(model_name="meeting", name="uid", field=models.UUIDField(null=True)),
        migrations.RunPython(number_meetings, migrations.RunPython.noop),
        migrations.CreateModel(
            name="MeetingSignUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("companions", models.PositiveSmallIntegerField(default=0, verbose_name="how many you bring")),
                (
                    "status",
                    models.CharField(
                        choices=[("placed", "Has a place"), ("waiting", "On the waiting list")], max_length=20
                    ),
                ),
                ("signed_up_at", models.DateTimeField()),
                ("reminded_of", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="about",
            field=models.TextField(blank=True, max_length=2000, verbose_name="what it is about"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="about_html",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="announced_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="attended",
            field=models.PositiveIntegerField(null=True, verbose_name="how many came"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="call_off_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it was called off"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="called_off_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes",
            field=models.TextField(blank=True, max_length=20000, verbose_name="minutes"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_html",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_topics",
            field=models.ManyToManyField(related_name="+", to="consultations.topic"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="online_link",
            field=models.URLField(blank=True, max_length=300, verbose_name="link for taking part online"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="places",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="places"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="sequence",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="meeting",
            name="sign_up_until",
            field=models.DateTimeField(null=True, verbose_name="sign-up until"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="status",
            field=models.CharField(
                choices=[("announced", "Announced"), ("called_off", "Called off")], default="announced", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="taken",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="meeting",
            name="takes_sign_ups",
            field=models.BooleanField(default=False, verbose_name="people sign up"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="waiting",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="access",
            field=models.CharField(blank=True, max_length=300, verbose_name="access"),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="number",
            field=models.PositiveSmallIntegerField(),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="uid",
            field=models.UUIDField(default=uuid4, unique=True),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["starts_at"], name="meeting_by_start"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["ends_at"], name="meeting_by_end"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("consultation", "number"), name="meeting_number_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("places", None), ("taken__lte", models.F("places")), _connector="OR"),
                name="meeting_not_overfull",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "announced"), models.Q(("call_off_reason", ""), _negated=True), _connector="OR"
                ),
                name="meeting_called_off_why",
            ),
        ),
        migrations.AddField(
            model_name="meetingsignup",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sign_ups", to="consultations.meeting"
            ),
        ),
        migrations.AddField(
            model_name="meetingsignup",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingsignup",
            constraint=models.UniqueConstraint(fields=("meeting", "person"), name="signed_up_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingsignup",
            constraint=models.CheckConstraint(
                condition=models.Q(("companions__lte", 4)), name="sign_up_few_companions"
            ),
        ),
    ]
