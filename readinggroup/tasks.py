from celery import shared_task


@shared_task(name="readinggroup.sweep")
def sweep() -> dict[str, int]:
    """Wake workers for whatever waits; safe to run twice at once, since claiming decides who works."""
    from readinggroup.jobs import sweep

    return sweep()
