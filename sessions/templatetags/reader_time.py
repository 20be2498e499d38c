"""The reader's own clock beside the group's."""

from django import template

from sessions.readers_time import readers_time

register = template.Library()
register.filter("time_of", readers_time)
