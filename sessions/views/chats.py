"""The chats to which the site posts, for organisers."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from readinggroup.requests import MemberRequest
from readinggroup.throttling import is_too_often
from sessions.forms.telling import ChatForm
from sessions.models import Webhook, WebhookPost
from sessions.services.chats import try_chat, use_again

POSTS_SHOWN = 10
TESTS_A_MINUTE = 5


@login_required
def chat_list(request: MemberRequest) -> HttpResponse:
    """The chats, and a form for one more."""
    _organisers_only(request.user)
    form = ChatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chat = form.save()
        messages.success(request, f"{chat} is added. Send a test message to see that it arrives.")
        return redirect("sessions:chat_edit", pk=chat.pk)
    return render(request, "sessions/chat_list.html", {"form": form, "chats": Webhook.objects.all()})


@login_required
def chat_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """One chat: what it is told, a test message, and what became of the last messages."""
    chat = _chat_or_404(request.user, pk)
    form = ChatForm(request.POST or None, instance=chat)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("sessions:chat_edit", pk=chat.pk)
    posts = WebhookPost.objects.filter(webhook=chat)[:POSTS_SHOWN]
    # Not what was just typed and refused.
    chat = Webhook.objects.get(pk=chat.pk)
    context = {"chat": chat, "form": form, "posts": posts, "key": secrets.token_hex(8)}
    return render(request, "sessions/chat_edit.html", context)


@login_required
@require_POST
def chat_try(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a test message, once for a press."""
    chat = _chat_or_404(request.user, pk)
    if is_too_often("chat-test", request.user.pk, limit=TESTS_A_MINUTE, seconds=60):
        messages.error(request, "Wait a minute before the next test message.")
    else:
        try_chat(chat, key=request.POST.get("key", "").replace("\x00", "")[:40] or secrets.token_hex(8))
        messages.success(request, "The message is on its way. Look into the chat, or load this page again in a moment.")
    return redirect("sessions:chat_edit", pk=chat.pk)


@login_required
@require_POST
def chat_switch(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop posting to a chat, or begin again."""
    chat = _chat_or_404(request.user, pk)
    if request.POST.get("use") == "yes":
        use_again(chat)
        messages.success(request, f"The site posts to {chat} again.")
    else:
        Webhook.objects.filter(pk=chat.pk).update(is_active=False, paused_because="")
        messages.success(request, f"The site posts no more to {chat}.")
    return redirect("sessions:chat_edit", pk=chat.pk)


@login_required
@require_POST
def chat_delete(request: MemberRequest, pk: int) -> HttpResponse:
    chat = _chat_or_404(request.user, pk)
    chat.delete()
    messages.success(request, f"{chat} is removed, and its address with it.")
    return redirect("sessions:chat_list")


def _organisers_only(user: Any) -> None:
    if not user.is_organiser:
        raise Http404


def _chat_or_404(user: Any, pk: int) -> Webhook:
    _organisers_only(user)
    return get_object_or_404(Webhook, pk=pk)
