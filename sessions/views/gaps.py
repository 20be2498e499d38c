"""The table of past presentations that lack something, for organisers to fill in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from readinggroup.requests import MemberRequest
from sessions.forms.gaps import GapForm
from sessions.models import Presentation
from sessions.services.backfilling import ChangedMeanwhile, fill_in
from sessions.services.slide_decks import DeckRefused

PER_PAGE = 25
KINDS = {"date": "date", "presenter": "presenter", "slides": "slides", "recording": "recording"}


@login_required
def gap_list(request: MemberRequest) -> HttpResponse:
    """Show the gaps and fill them: a row with a mistake keeps what was typed, and holds up no other."""
    if not request.user.is_organiser:
        raise Http404
    kind = request.GET.get("lacking", "")
    kind = kind if kind in KINDS else ""
    if request.method == "POST":
        forms = _posted(request)
        saved = sum([_save(form, request.user) for form in forms if form.is_filled])
        wrong = [form for form in forms if form.is_filled and form.errors]
        if saved:
            messages.success(request, f"Filled in {saved} presentation{'' if saved == 1 else 's'}.")
        if not wrong:
            return redirect(request.get_full_path())
        return render(request, "sessions/gap_list.html", _context(request, kind, wrong), status=422)
    return render(request, "sessions/gap_list.html", _context(request, kind, []))


def _context(request: MemberRequest, kind: str, wrong: list[GapForm]) -> dict[str, Any]:
    lacking = Presentation.objects.given().visible_to(request.user).lacking(kind)
    page = Paginator(_for_table(lacking), PER_PAGE).get_page(request.GET.get("page"))
    shown = {form.presentation.pk: form for form in wrong}
    forms = [
        *wrong,
        *(GapForm(presentation=talk, gaps=_gaps_of(talk)) for talk in page.object_list if talk.pk not in shown),
    ]
    everything = Presentation.objects.given().visible_to(request.user)
    counts = [(name, label, everything.lacking(name).count()) for name, label in KINDS.items()]
    return {"page": page, "forms": forms, "kind": kind, "counts": counts, "wrong_count": len(wrong)}


def _for_table(rows: Any) -> Any:
    rows = rows.newest_first().select_related("session").with_presenters()
    return rows.prefetch_related("slide_decks", "recordings", "paper_places__paper__identifiers")


def _gaps_of(talk: Presentation) -> set[str]:
    """Every cell stays open in which something may be missing; what is there needs no second answer."""
    gaps = set()
    if talk.day is None:
        gaps.add("date")
    if not talk.presenters.all():
        gaps.add("presenter")
    if talk.slides_are_missing:
        gaps.add("slides")
    if talk.recording_is_missing:
        gaps.add("recording")
    return gaps


def _posted(request: MemberRequest) -> list[GapForm]:
    """The rows of the table as they came back; the cells that were shown then are those that came back now."""
    wanted = [int(pk) for pk in request.POST.getlist("row")[: PER_PAGE * 2] if pk.isascii() and pk.isdigit()]
    rows = _for_table(Presentation.objects.given().visible_to(request.user).filter(pk__in=wanted))
    return [
        GapForm(request.POST, request.FILES, presentation=talk, gaps={"date", "presenter", "slides", "recording"})
        for talk in rows
    ]


def _save(form: GapForm, member: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        fill_in(form.presentation, form.filling(), seen=form.cleaned_data["seen"], by=member)
    except ChangedMeanwhile as error:
        form.presentation = _for_table(Presentation.objects.filter(pk=form.presentation.pk)).get()
        form.show_again(str(error))
        return False
    except DeckRefused as error:
        form.add_error("slides_file", str(error))
        return False
    return True
