"""Markdown documents in: text becomes small dataclasses with line numbers, and nothing is dropped silently.

Nothing here knows Django, the database or the network. `outline` cuts a text into headings and blocks, `figures` and
`links` read the pieces inside a block, and one module per shape (`archive` so far) says what the pieces mean. What a
shape does not understand stays as text where it stood and is listed as a `DocumentWarning`.
"""
