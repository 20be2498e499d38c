from django.utils.html import format_html
from django.utils.safestring import SafeString

from readinggroup.jobs import Job

TONES = {
    Job.Status.PENDING: "waiting",
    Job.Status.RUNNING: "waiting",
    Job.Status.DONE: "good",
    Job.Status.FAILED: "bad",
}


def badge(text: str, tone: str = "quiet") -> SafeString:
    """A word on a coloured ground; `tone` is good, bad, waiting or quiet."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, text)


def job_badge(job: Job | None) -> SafeString:
    """The state of a job, with its reason where there is one."""
    if job is None:
        return badge("none")
    shown = badge(job.get_status_display(), TONES[Job.Status(job.status)])
    return format_html("{} <small>{}</small>", shown, job.error[:120]) if job.error else shown
