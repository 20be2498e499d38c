"""Papers, topics, reports and reading lists."""

from django.urls import URLPattern, path

from papers.views import (
    citing,
    duplicates,
    exporting,
    feeds,
    link_care,
    papers,
    reading_lists,
    report_editing,
    reports,
    saved_links,
    topics,
    writing,
)
from papers.views.merged import follows_merges

app_name = "papers"

urlpatterns: list[URLPattern] = [
    # /papers/
    path("papers/", papers.paper_list, name="paper_list"),
    path("papers/add/", papers.paper_add, name="paper_add"),
    # /papers/<pk>/<slug>/
    path("papers/<int:pk>/", follows_merges(papers.paper_detail), name="paper_by_number"),
    path("papers/<int:pk>/<slug:slug>/", follows_merges(papers.paper_detail), name="paper_detail"),
    path("papers/<int:pk>/<slug:slug>/card/", follows_merges(papers.paper_card), name="paper_card"),
    path("papers/<int:pk>/<slug:slug>/compact/", follows_merges(papers.paper_compact), name="paper_compact"),
    path("papers/<int:pk>/<slug:slug>/edit/", follows_merges(papers.paper_edit), name="paper_edit"),
    path("papers/<int:pk>/<slug:slug>/fetch/", follows_merges(papers.paper_fetch), name="paper_fetch"),
    path("papers/<int:pk>/<slug:slug>/cover.webp", follows_merges(papers.paper_cover), name="paper_cover"),
    path("papers/<int:pk>/<slug:slug>/cite/", follows_merges(citing.paper_cite), name="paper_cite"),
    path(
        "papers/<int:pk>/<slug:slug>.<references:extension>",
        follows_merges(citing.paper_citation),
        name="paper_citation",
    ),
    # /topics/
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    # /reports/
    path("reports/", reports.report_list, name="report_list"),
    path("reports/images/<str:name>", writing.report_image, name="report_image"),
    # /reports/<slug>/
    path("reports/<slug:slug>/", reports.report_detail, name="report_detail"),
    path("reports/<slug:slug>/cover/", writing.report_cover, name="report_cover"),
    path("reports/<slug:slug>.md", exporting.report_markdown, name="report_markdown"),
    path("reports/<slug:slug>/edit/", report_editing.report_edit, name="report_edit"),
    path("reports/<slug:slug>/publish/", report_editing.report_publish, name="report_publish"),
    # /write/: the second and third are MARKDOWNX_URLS_PATH and MARKDOWNX_UPLOAD_URLS_PATH
    path("write/report/", report_editing.report_create, name="report_create"),
    path("write/preview/", writing.preview, name="preview"),
    path("write/images/", writing.image_upload, name="image_upload"),
    # /reading-lists/
    path("reading-lists/", reading_lists.reading_list_list, name="reading_list_list"),
    path("write/reading-list/", reading_lists.reading_list_create, name="reading_list_create"),
    # /links/
    path("links/care/", link_care.link_care, name="link_care"),
    path("links/care/<int:pk>/", link_care.link_care_do, name="link_care_do"),
    path("links/", saved_links.saved_link_list, name="saved_link_list"),
    path("links/<int:pk>/drop/", saved_links.saved_link_drop, name="saved_link_drop"),
    path("links/draft/", saved_links.collection_draft, name="collection_draft"),
    # /reading-lists/<slug>/
    path("reading-lists/<slug:slug>/", reading_lists.reading_list_detail, name="reading_list_detail"),
    path(
        "reading-lists/<slug:slug>.<references:extension>",
        citing.reading_list_citation,
        name="reading_list_citation",
    ),
    path("reading-lists/<slug:slug>.md", exporting.reading_list_markdown, name="reading_list_markdown"),
    path("reading-lists/<slug:slug>/edit/", reading_lists.reading_list_edit, name="reading_list_edit"),
    # /reading-lists/<slug>/sections/<pk>/
    path(
        "reading-lists/<slug:slug>/sections/",
        reading_lists.reading_list_section_add,
        name="reading_list_section_add",
    ),
    path(
        "reading-lists/<slug:slug>/sections/<int:pk>/",
        reading_lists.reading_list_section_edit,
        name="reading_list_section_edit",
    ),
    path(
        "reading-lists/<slug:slug>/sections/<int:pk>/change/",
        reading_lists.reading_list_section_change,
        name="reading_list_section_change",
    ),
    # /reading-lists/<slug>/entries/<pk>/
    path("reading-lists/<slug:slug>/entries/", reading_lists.reading_list_entry_add, name="reading_list_entry_add"),
    path(
        "reading-lists/<slug:slug>/entries/<int:pk>/",
        reading_lists.reading_list_entry_edit,
        name="reading_list_entry_edit",
    ),
    path(
        "reading-lists/<slug:slug>/entries/<int:pk>/change/",
        reading_lists.reading_list_entry_change,
        name="reading_list_entry_change",
    ),
    # /papers/duplicates/
    path("papers/duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("papers/duplicates/<int:pk>/<int:other>/", duplicates.duplicate_compare, name="duplicate_compare"),
    path("papers/merges/<int:pk>/undo/", duplicates.merge_undo, name="merge_undo"),
    # feeds
    path("feeds/reports.atom", feeds.feed_reports, name="feed_reports"),
    path("feeds/reading-lists.atom", feeds.feed_reading_lists, name="feed_reading_lists"),
    path("reading-lists/<slug:slug>/entries.atom", feeds.feed_reading_list, name="feed_reading_list"),
]
