"""Questions about places in sessions, for the QuerySet of presentations."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from readinggroup.relations import rows_behind


class SlotQueries(models.QuerySet[Any]):
    def slots(self) -> Self:
        """Those with a place in a session; what goes with a role has none."""
        with_roles = rows_behind(self.model, "role_assignment").filter(presentation=OuterRef("pk"))
        return self.filter(~Exists(with_roles), session__isnull=False)

    def claimable_by(self, member: Any) -> Self:
        """Open slots of sessions to come that are not held for somebody else.

        Without joins, so that an UPDATE of these rows asks each again when it has waited for its turn.
        """
        sessions = rows_behind(self.model, "session").planned()
        sessions = sessions.filter(pk=OuterRef("session"), ends_at__gt=timezone.now())
        offers = rows_behind(self.model, "offer").offered().filter(offered_slot=OuterRef("pk")).exclude(member=member)
        return self.slots().filter(status="open").filter(Exists(sessions), ~Exists(offers))

    def with_offer(self) -> Self:
        """For whom each is held, without a query of its own."""
        return self.select_related("offer__member")
