"""Planning the roles of a term."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from readinggroup.models import Member
from readinggroup.requests import MemberRequest
from sessions.forms.roles import MOST_MEMBERS, MOST_SESSIONS, RotationForm, default_since
from sessions.queries.roles import regulars, role_plays
from sessions.rotation.tables import played_tables, rotation_tables
from sessions.services.role_rotation import propose_rotation, save_rotation

#: Roles of all the sessions that are planned at once.
MOST_PLACES = MOST_SESSIONS * 30


@login_required
def role_rotation(request: MemberRequest) -> HttpResponse:
    """Propose who plays what in the sessions to come, and save what was shown; for organisers."""
    if not request.user.is_organiser:
        raise Http404
    if request.method == "POST":
        return _save(request)
    form = RotationForm(request.GET if "since" in request.GET else None)
    tables = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        tables = rotation_tables(
            propose_rotation(data["sessions"], data["members"], since=data["since"], anew=data["anew"])
        )
    context = {
        "form": form,
        "tables": tables,
        "counts": tables or played_tables(regulars()[:MOST_MEMBERS], default_since()),
        "since": form.cleaned_data["since"] if tables else default_since(),
        "has_sessions": role_plays().upcoming().exists(),
    }
    return render(request, "sessions/role_rotation.html", context)


def _save(request: MemberRequest) -> HttpResponse:
    """Save the pairs of place and member that the preview showed, not a plan made anew."""
    pairs = [pair.partition(":") for pair in request.POST.getlist("place")[:MOST_PLACES]]
    keys = {int(place): int(member) for place, _, member in pairs if place.isdecimal() and member.isdecimal()}
    active: dict[int, Member] = Member.objects.active().in_bulk(set(keys.values()))
    players = {place: active[member] for place, member in keys.items() if member in active}
    saved, complaints = save_rotation(role_plays().upcoming(), players)
    for complaint in complaints[:20]:
        messages.warning(request, complaint)
    if saved:
        messages.success(request, f"{saved} {'role has its player' if saved == 1 else 'roles have their players'} now.")
    return redirect("sessions:session_list")
