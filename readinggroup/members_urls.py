"""Members' pages and accounts; signing in and out is allauth's."""

from django.urls import path

from readinggroup.views import accounts, digests, invitations, mails, members

app_name = "members"

urlpatterns = [
    # /members/
    path("members/", members.member_list, name="member_list"),
    path("members/<slug:slug>/", members.member_detail, name="member_detail"),
    # /account/
    path("account/", accounts.account, name="account"),
    path("account/profile/", accounts.member_edit, name="member_edit"),
    path("account/export/", accounts.member_export, name="member_export"),
    path("account/delete/", accounts.member_delete, name="member_delete"),
    path("account/mails/", mails.mail_edit, name="mail_edit"),
    path("mails/<str:token>/stop/", mails.mail_stop, name="mail_stop"),
    path("digest/<str:token>/stop/", digests.digest_stop, name="digest_stop"),
    # /invitations/
    path("invitations/", invitations.invitation_list, name="invitation_list"),
    path("invitations/<slug:key>/", invitations.invitation_accept, name="invitation_accept"),
]
