"""Drawing the pages of a deck, in processes that know files and nothing else.

`renderer.render_deck` is what the rest of the project calls. Nothing is imported here: the program that draws starts
anew for each deck, and every import would be waited for.
"""
