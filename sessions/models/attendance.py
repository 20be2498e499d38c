from django.conf import settings
from django.db import models

from sessions.models.session import Session


class Attendance(models.Model):
    """Whether a member means to come to a session, and whether they did."""

    class Rsvp(models.TextChoices):
        YES = "yes", "coming"
        MAYBE = "maybe", "perhaps"
        NO = "no", "not coming"

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attendances")
    rsvp = models.CharField("reply", max_length=5, choices=Rsvp, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="one_reply_per_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_rsvp_display()}"
