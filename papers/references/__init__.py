"""Files of references (BibTeX, RIS, CSL-JSON, Better BibTeX JSON) become one kind of record; no database here."""

from papers.references.reading import SUFFIXES, is_reference_file, read_references
from papers.references.reference import Broken, Reference, ReferenceFile

__all__ = ["SUFFIXES", "Broken", "Reference", "ReferenceFile", "is_reference_file", "read_references"]
