"""The archive, sessions and presentations. The home page, which has no namespace, is in `site_urls`."""

from django.urls import path

from sessions.views import (
    attendance,
    calendars,
    chats,
    check_in,
    citing,
    exporting,
    feeds,
    files,
    gaps,
    guests,
    imports,
    media,
    notes,
    organise,
    preparing,
    presentations,
    proposals,
    questions,
    queue,
    recordings,
    replying,
    roles,
    rotation,
    series,
    sessions,
    slide_decks,
    slot_people,
    slots,
    swaps,
    telling,
)

app_name = "sessions"

urlpatterns = [
    # /archive/
    path("archive/", presentations.presentation_list, name="presentation_list"),
    path("archive.<references:extension>", citing.archive_citation, name="archive_citation"),
    path("archive/gaps/", gaps.gap_list, name="gap_list"),
    path("archive.zip", exporting.archive_export, name="archive_export"),
    # /presentations/
    path("presentations/new/", presentations.presentation_create, name="presentation_create"),
    # /presentations/<pk>/
    path("presentations/<int:pk>/<slug:slug>/", presentations.presentation_detail, name="presentation_detail"),
    path("presentations/<int:pk>/", presentations.presentation_detail, name="presentation_short"),
    path(
        "presentations/<int:pk>/<slug:slug>.<references:extension>",
        citing.presentation_citation,
        name="presentation_citation",
    ),
    path("presentations/<int:pk>/change/edit/", presentations.presentation_edit, name="presentation_edit"),
    path("presentations/<int:pk>/change/give/", presentations.presentation_give, name="presentation_give"),
    path("presentations/<int:pk>/change/undo/", presentations.presentation_undo, name="presentation_undo"),
    path("presentations/<int:pk>/change/none/", preparing.presentation_without, name="presentation_without"),
    path("presentations/<int:pk>/change/slides/", slide_decks.slide_deck_upload, name="slide_deck_upload"),
    path(
        "presentations/<int:pk>/change/slides/state/", slide_decks.slides_condition_edit, name="slides_condition_edit"
    ),
    path("presentations/<int:pk>/change/recording/", recordings.recording_edit, name="recording_edit"),
    path("presentations/<int:pk>/change/recording/words/", recordings.recording_words, name="recording_words"),
    path("presentations/<int:pk>/change/recording/steps/", recordings.recording_steps, name="recording_steps"),
    path("presentations/<int:pk>/change/recording/suggest/", recordings.recording_suggest, name="recording_suggest"),
    path(
        "presentations/<int:pk>/part/suggestion/",
        recordings.recording_suggestion_part,
        name="recording_suggestion_part",
    ),
    path("presentations/<int:pk>/part/slides/", slide_decks.slide_deck_part, name="slide_deck_part"),
    # /slides/<deck>/
    path("slides/<int:pk>/again/", slide_decks.slide_deck_again, name="slide_deck_again"),
    path("slides/<int:pk>/original/", files.slide_deck_original, name="slide_deck_original"),
    path("slides/<int:pk>/slides.pdf", files.slide_deck_pdf, name="slide_deck_pdf"),
    path("slides/<int:pk>/handout/", slide_decks.slide_deck_handout, name="slide_deck_handout"),
    path("slides/<int:pk>/<int:number>-text.svg", files.slide_text, name="slide_text"),
    path("slides/<int:pk>/<int:number>-large.webp", files.slide_image, {"size": "large"}, name="slide_large"),
    path("slides/<int:pk>/<int:number>-small.webp", files.slide_image, {"size": "small"}, name="slide_small"),
    # /recordings/<pk>/
    path("recordings/<int:pk>/video/", media.recording_video, name="recording_video"),
    path("recordings/<int:pk>/poster.webp", media.recording_poster, name="recording_poster"),
    path("recordings/<int:pk>/transcript.vtt", media.recording_transcript, name="recording_transcript"),
    path("recordings/<int:pk>/chapters.vtt", media.recording_chapters, name="recording_chapters"),
    # /import/
    path("import/", imports.import_create, name="import_create"),
    path("import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("import/<int:pk>/part/", imports.import_part, name="import_part"),
    path("import/<int:pk>/save/", imports.import_save, name="import_save"),
    # calendars
    path("calendar.ics", calendars.calendar_feed, name="calendar_feed"),
    path("series/<slug:slug>.ics", calendars.series_calendar, name="series_calendar"),
    path("sessions/<int:pk>.ics", calendars.session_calendar, name="session_calendar"),
    path("account/calendar/", calendars.calendar_edit, name="calendar_edit"),
    path("account/calendar/reset/", calendars.calendar_reset, name="calendar_reset"),
    path("calendar/<slug:key>.ics", calendars.member_calendar, name="member_calendar"),
    # /series/
    path("series/", series.series_list, name="series_list"),
    path("sessions/new-series/", series.series_create, name="series_create"),
    # /series/<slug>/
    path("series/<slug:slug>/", series.series_detail, name="series_detail"),
    path("series/<slug:slug>/edit/", series.series_edit, name="series_edit"),
    path("series/<slug:slug>/stop/", series.series_stop, name="series_stop"),
    # /questions/
    path("questions/", questions.question_list, name="question_list"),
    path("questions/ask/", questions.question_ask, name="question_ask"),
    path("questions/<int:pk>/", questions.question_detail, name="question_detail"),
    path("questions/<int:pk>/vote/", questions.question_vote, name="question_vote"),
    path("questions/<int:pk>/answer/", questions.question_answer, name="question_answer"),
    path("questions/<int:pk>/edit/", questions.question_edit, name="question_edit"),
    path("questions/<int:pk>/change/", questions.question_change, name="question_change"),
    # /sessions/
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/new/", sessions.session_create, name="session_create"),
    # /sessions/<pk>/
    path("sessions/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<int:pk>.<references:extension>", citing.session_citation, name="session_citation"),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<int:pk>/move/", sessions.session_move, name="session_move"),
    path("sessions/<int:pk>/cancel/", sessions.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/reinstate/", sessions.session_reinstate, name="session_reinstate"),
    path("sessions/<int:pk>/reply/", attendance.session_reply, name="session_reply"),
    path("sessions/<int:pk>/people/", attendance.session_people, name="session_people"),
    path("sessions/<int:pk>/here/", check_in.session_here, name="session_here"),
    path("sessions/<int:pk>/here/poster/", check_in.session_poster, name="session_poster"),
    path("sessions/<int:pk>/check-in/", check_in.session_check_in, name="session_check_in"),
    path("sessions/<int:pk>/guest/", guests.session_guest, name="session_guest"),
    # /guests/<key>/
    path("guests/<slug:key>/", guests.guest_detail, name="guest_detail"),
    path("guests/<slug:key>/cancel/", guests.guest_cancel, name="guest_cancel"),
    path("guests/<slug:key>/session.ics", guests.guest_calendar, name="guest_calendar"),
    path("account/attendance/", attendance.attendance_list, name="attendance_list"),
    path("sessions/<int:pk>/told/", telling.session_told, name="session_told"),
    path("sessions/<int:pk>/told/invite/", telling.session_invite, name="session_invite"),
    path("sessions/<int:pk>/told/write/", telling.session_write, name="session_write"),
    path("mailings/<int:pk>/again/", telling.mailing_again, name="mailing_again"),
    # /chats/
    path("chats/", chats.chat_list, name="chat_list"),
    path("chats/<int:pk>/", chats.chat_edit, name="chat_edit"),
    path("chats/<int:pk>/test/", chats.chat_try, name="chat_try"),
    path("chats/<int:pk>/switch/", chats.chat_switch, name="chat_switch"),
    path("chats/<int:pk>/delete/", chats.chat_delete, name="chat_delete"),
    # /replies/<token>/
    path("replies/<str:token>/", replying.reply_by_mail, name="reply_by_mail"),
    path("sessions/<int:pk>/slots/", slots.slot_add, name="slot_add"),
    path("sessions/<int:pk>/held/", preparing.session_held, name="session_held"),
    # /sessions/<pk>/notes/
    path("sessions/<int:pk>/notes/", notes.notes_edit, name="notes_edit"),
    path("sessions/<int:pk>/notes/add/", notes.note_add, name="note_add"),
    path("sessions/<int:pk>/notes/versions/", notes.notes_history, name="notes_history"),
    path("sessions/<int:pk>/notes/versions/<int:version>/", notes.notes_version, name="notes_version"),
    path("sessions/<int:pk>/notes/versions/<int:version>/restore/", notes.notes_restore, name="notes_restore"),
    path("sessions/<int:pk>/part/notes/", notes.notes_part, name="notes_part"),
    # /organise/
    path("organise/", organise.organise, name="organise"),
    path("organise/do/", organise.organise_do, name="organise_do"),
    path("organise/fairness.csv", organise.fairness_csv, name="fairness_csv"),
    path("sessions/<int:pk>/wait/", slot_people.slot_wait, name="slot_wait"),
    # /slots/
    path("slots/", slots.slot_list, name="slot_list"),
    # /slots/<pk>/
    path("slots/<int:pk>/claim/", slots.slot_claim, name="slot_claim"),
    path("slots/<int:pk>/release/", slots.slot_release, name="slot_release"),
    path("slots/<int:pk>/cancel/", slots.slot_cancel, name="slot_cancel"),
    path("slots/<int:pk>/assign/", slot_people.slot_assign, name="slot_assign"),
    path("slots/<int:pk>/presenters/", slot_people.slot_presenters, name="slot_presenters"),
    path("slots/<int:pk>/join/", slot_people.slot_join, name="slot_join"),
    path("slots/<int:pk>/swap/", swaps.slot_swap, name="slot_swap"),
    # /swaps/<pk>/
    path("swaps/<int:pk>/", swaps.swap_detail, name="swap_detail"),
    # /queue/
    path("queue/", queue.proposal_list, name="proposal_list"),
    path("queue.<references:extension>", queue.queue_citation, name="queue_citation"),
    path("queue/past/", queue.proposal_past, name="proposal_past"),
    path("queue/propose/", proposals.proposal_create, name="proposal_create"),
    path("queue/<int:pk>/vote/", queue.proposal_vote, name="proposal_vote"),
    path("queue/<int:pk>/edit/", proposals.proposal_edit, name="proposal_edit"),
    path("queue/<int:pk>/put-aside/", proposals.proposal_put_aside, name="proposal_put_aside"),
    path("queue/<int:pk>/bring-back/", proposals.proposal_bring_back, name="proposal_bring_back"),
    path("queue/<int:pk>/plan/", proposals.proposal_plan, name="proposal_plan"),
    # /roles/
    path("roles/", roles.role_list, name="role_list"),
    path("roles/rotation/", rotation.role_rotation, name="role_rotation"),
    # /sessions/<pk>/, read with roles
    path("sessions/<int:pk>/roles/", roles.session_roles, name="session_roles"),
    path("sessions/<int:pk>/roles/<slug:slug>/claim/", roles.role_claim, name="role_claim"),
    path("sessions/<int:pk>/roles/<slug:slug>/release/", roles.role_release, name="role_release"),
    path("sessions/<int:pk>/roles/<slug:slug>/contribution/", roles.role_contribution, name="role_contribution"),
    path("sessions/<int:pk>/run/", roles.session_run, name="session_run"),
    path("sessions/<int:pk>/packet/", roles.session_packet, name="session_packet"),
    # /feeds/
    path("feeds/", feeds.feed_list, name="feed_list"),
    path("feeds/everything.atom", feeds.feed_everything, name="feed_everything"),
    path("feeds/presentations.atom", feeds.feed_presentations, name="feed_presentations"),
    path("feeds/sessions.atom", feeds.feed_sessions, name="feed_sessions"),
]
