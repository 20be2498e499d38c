"""Line breaks in the cells of tables: the text of a cell goes on over them, and it is known where they stood."""

#: Stands before the sign that a break became; no text holds it.
BREAK = "\ufdd0"


def without_breaks(text: str) -> str:
    return text.replace(BREAK, "")


def places_of_breaks(text: str) -> tuple[int, ...]:
    """Where the breaks stand in the text without their marks."""
    places: list[int] = []
    for part in text.split(BREAK)[:-1]:
        places.append(len(part) + (places[-1] if places else 0))
    return tuple(places)
