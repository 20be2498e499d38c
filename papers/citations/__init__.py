"""References to papers in the formats that reference managers and type-setters read.

`csl_item` makes the record that everything else is written from: an item of CSL-JSON (https://citeproc-js.readthedocs.io,
"CSL-JSON Input Data").
"""

from papers.citations.bibtex import as_bibtex
from papers.citations.formatted import STYLES, formatted
from papers.citations.keys import with_keys
from papers.citations.record import csl_item
from papers.citations.ris import as_ris

__all__ = ["STYLES", "as_bibtex", "as_ris", "csl_item", "formatted", "with_keys"]
