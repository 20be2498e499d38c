"""The Markdown that readinggroup itself writes: it reads well on GitHub, and back in nothing is guessed.

The front matter names the format (`readinggroup: reading list`); below it a line's first characters decide what it
is: `## ` a section, `- ` an entry, `  - **Year:** ` a fact about it, two blanks its commentary. A text of which a line
could be taken for one of these stands between `<!-- text -->` and `<!-- /text -->`.
"""
