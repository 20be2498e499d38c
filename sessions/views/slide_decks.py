"""Uploading slides, and what the page shows of them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from readinggroup.requests import MemberRequest
from sessions.access import editable_presentation_or_404, visible_deck_or_404, visible_presentation_or_404
from sessions.forms.presentations import SlideDeckForm, SlidesConditionForm
from sessions.models import Presentation, SlideDeck
from sessions.services.presentations import edit_presentation, may_edit
from sessions.services.slide_decks import (
    DeckRefused,
    accepted_formats,
    attach_linked_slide_deck,
    attach_slide_deck,
    render_slides_again,
)


@login_required
def slide_deck_upload(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a deck; to a script with a progress bar the answer is JSON with where to go, or what was wrong."""
    presentation = editable_presentation_or_404(request.user, pk)
    sent = request.method == "POST"
    form = SlideDeckForm(request.POST, request.FILES) if sent else SlideDeckForm()
    if sent and form.is_valid():
        try:
            if form.cleaned_data["file"]:
                attach_slide_deck(presentation, form.cleaned_data["file"], uploaded_by=request.user)
            else:
                attach_linked_slide_deck(presentation, form.cleaned_data["address"], uploaded_by=request.user)
        except DeckRefused as error:
            form.add_error("file" if form.cleaned_data["file"] else "address", str(error))
        else:
            return _answer(request, presentation.get_absolute_url() + "#slides")
    if sent and _wants_json(request):
        return JsonResponse({"errors": [error for errors in form.errors.values() for error in errors]}, status=400)
    return _upload_page(request, presentation, form, SlidesConditionForm(instance=presentation))


@login_required
@require_POST
def slides_condition_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that slides are expected, elsewhere, withheld, or that there are none."""
    presentation = editable_presentation_or_404(request.user, pk)
    form = SlidesConditionForm(request.POST, instance=presentation)
    if form.is_valid():
        edit_presentation(presentation, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(presentation)
    return _upload_page(request, presentation, SlideDeckForm(), form)


@require_safe
def slide_deck_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The slides' part of the page alone, for the page to bring itself up to date."""
    presentation = visible_presentation_or_404(request.user, pk)
    context = {"presentation": presentation, "may_edit": may_edit(presentation, request.user)}
    response = render(request, "sessions/_slide_deck.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def slide_deck_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Draw a deck again, when its people think it deserves another try."""
    deck = get_object_or_404(SlideDeck.objects.select_related("presentation__session"), pk=pk)
    if not may_edit(deck.presentation, request.user):
        raise Http404
    render_slides_again(deck)
    return redirect(deck.presentation.get_absolute_url() + "#slides")


@require_safe
def slide_deck_handout(request: HttpRequest, pk: int) -> HttpResponse:
    """The deck to print: three slides on a sheet with lines for notes, or six without, by `?layout=`."""
    deck = visible_deck_or_404(request.user, pk)
    context = {"deck": deck, "presentation": deck.presentation, "slides": deck.slides.defer("pieces", "text")}
    layout = "six" if request.GET.get("layout") == "six" else "notes"
    return render(request, "sessions/slide_deck_handout.html", {**context, "layout": layout})


def _upload_page(
    request: HttpRequest, presentation: Presentation, form: SlideDeckForm, condition_form: SlidesConditionForm
) -> HttpResponse:
    formats = accepted_formats()
    context = {
        "form": form,
        "presentation": presentation,
        "max_megabytes": settings.SLIDES_MAX_MEGABYTES,
        "takes_office_files": len(formats) > 1,
        "accept": ",".join(f".{extension}" for extension in formats),
        "condition_form": condition_form,
    }
    status = 400 if form.errors or condition_form.errors else 200
    return render(request, "sessions/slide_deck_upload.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _answer(request: HttpRequest, url: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"location": url})
    messages.success(request, "Your slides are here; their pages appear below as they are drawn.")
    return redirect(url)
