"""How drawing a deck can fail, in words that say what to do."""


class SlideRenderError(Exception):
    """The file itself cannot be drawn; trying again would end the same way. `code` names the reason for machines."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


class RendererCrashed(Exception):
    """The renderer died without blaming the file: killed, out of disk, no room for a process. Worth another try."""


REASONS = {
    "not_a_pdf": "This file is not a PDF. Export your slides as a PDF and upload that.",
    "no_office": "PowerPoint and OpenDocument files cannot be drawn on this site. Export a PDF and upload that.",
    "keynote": "Keynote files can only be read by Keynote. Export a PDF there and upload that.",
    "not_converted": "This file could not be turned into a PDF. Export a PDF from the program that made it.",
    "conversion_too_slow": "Turning this file into a PDF took more than {seconds} s. Export a PDF and upload that.",
    "not_found": "There is nothing at this address any more. Look it up again, or upload the file.",
    "not_allowed": "The site at this address keeps the slides to itself. Share them with all, or upload the file.",
    "not_slides": "This address leads to a page and not to slides. Download them as a PDF and upload that.",
    "link_refused": "Slides cannot be fetched from this address. Download them and upload the file.",
    "link_too_large": "What is at this address is larger than {megabytes} MB. Upload a smaller file.",
    "link_away": "The site at this address did not answer. Try again later, or upload the file.",
    "encrypted": "This PDF asks for a password. Save a copy without one and upload that.",
    "damaged": "This PDF is damaged and cannot be read. Export it again, or open it and print it to a new PDF.",
    "no_pages": "This PDF has no pages. Export your slides again.",
    "too_many_pages": "This PDF has {pages} pages; the limit is {max_pages}. Upload the slides without the appendix.",
    "nothing_to_draw": "No page of this PDF can be drawn. Export your slides again, with a usual page size.",
    "too_slow": "Drawing this PDF took more than {seconds} seconds. Flatten heavy pictures or print it to a new PDF.",
    "too_much_memory": "Drawing this PDF needs too much memory. Shrink its pictures, or print it to a new PDF.",
    "unreadable": "Three attempts to draw this PDF ended in a crash. Open it and print it to a new PDF.",
}


def error_for(code: str, **facts: object) -> SlideRenderError:
    """Return the error for a code, with the facts its sentence names (`pages`, `max_pages`, `page`, `seconds`)."""
    return SlideRenderError(code, REASONS[code].format(**facts))
