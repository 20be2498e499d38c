"""What each recorded answer would have answered: an identifier to add, the path asked, and the answer's kind."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

TYPES = {".json": "application/json", ".xml": "application/xml", ".html": "text/html", ".txt": "text/plain"}
PORT = "{port}"


def question(entry: dict, body: bytes) -> tuple[str, str]:
    """What to paste so that the source of this answer is asked, and the start of the path that it is asked by."""
    folder, name = entry["file"].split("/", 1)
    url, text = unquote(entry["url"] or ""), body.decode("utf-8", errors="replace")
    if folder == "arxiv":
        found = re.search(r"id_list=([^&,]+)", url) or re.search(r"/abs/([\w.-]+/?\d+)v\d+<", text)
        return found[1] if found and found[1] != "abc" else "9999.99999", "/api/query"
    if name.endswith(".html") or folder == "landing-html":
        return f"http://pages.example:{PORT}/{name}", "/"
    if folder in ("crossref", "datacite", "openalex", "jats"):
        found = re.search(r"(10\.\d{4,9}/[^?\"]+?)(?:/transform.*)?(?:\?|$)", url)
        paths = {"crossref": "/works", "datacite": "/dois", "openalex": "/openalex", "jats": "/works"}
        return found[1] if found else "10.1234/recorded", paths[folder]
    if folder == "semanticscholar":
        found = re.search(r'"paperId":\s*"([0-9a-f]{40})"', text)
        return f"https://www.semanticscholar.org/paper/{found[1] if found else 'a' * 40}", "/graph"
    if folder == "oembed":
        if "vimeo" in name:
            return "https://vimeo.com/235352744", "/api/oembed.json"
        return "https://youtu.be/eiHXASgRTcA", "/youtube/oembed"
    found = re.search(r"97[89]\d{10}", text)
    return f"ISBN {found[0] if found else '9782070427796'}", "/api/books"


def answer(entry: dict, body: bytes) -> tuple[bytes, int, str]:
    """Body, status and type. What was recorded without a status came as 200; JATS comes within Crossref's JSON."""
    if entry["file"].startswith("jats/"):
        work = {"message": {"title": ["A title"], "abstract": body.decode()}}
        return json.dumps(work).encode(), 200, "application/json"
    suffix = Path(entry["file"]).suffix
    kind = "text/html" if entry["file"].startswith("landing-html/") else TYPES.get(suffix, "text/plain")
    # A redirect is followed by the fetcher, so nobody reads its body as a page; here it is one.
    status = entry["status"] or 200
    return body, 200 if status in (301, 302) else status, kind


#: Of some answers the whole card: title, number of authors, one of them, date, venue.
CARDS = {
    "arxiv/id_1707.08567_s0_m100_6a1afebfc6a3.xml": (
        "Proceedings of Workshop AEW10: Concepts in Information Theory and Communications", 34, "Dirk Wübben",
        "27 July 2017", "arXiv"),
    "crossref/paperqa-crossref-test_doi_search_paper_attributes4_-03.json": (
        "Developing functional musculoskeletal tissues through hypoxia and lysyl oxidase-induced collagen "
        "cross-linking", 5, "Nikolaos K. Paschos", "27 October 2014",
        "Proceedings of the National Academy of Sciences"),
    "crossref/test_content_negotiation_citeproc_json-01.json": (
        "The Structure of Ordinary Water: New data and interpretations are yielding new insights into this fascinating "
        "substance.", 1, "Henry S. Frank", "14 August 1970", "Science"),
    "crossref/papis-test_1_multiple_authors.json": (
        "Particle entanglement in continuum many-body systems via quantum Monte Carlo", 4, "A. Del Maestro",
        "4 April 2014", "Physical Review B"),
    "crossref/test_works_with_many_ids-01.json": (
        "Growth hormone secretagogue increases muscle strength during remobilization after canine hindlimb "
        "immobilization", 12, "Richard L. Lieber", "July 1997", "Journal of Orthopaedic Research"),
    "datacite/bolognese-datacite-DOI_in_with_related_id_system-1.json": (
        "BPI Challenge 2012", 1, "Boudewijn van Dongen", "23 April 2012", "Eindhoven University of Technology"),
    "datacite/bolognese-datacite-Dataset-1.json": (
        "Data from: A new malaria agent in African hominids.", 8, "Emmanuel J. P. Douzery", "2011", "Dryad"),
    "datacite/bolognese-datacite-multiple_author_names_in_one_creatorsName-1.json": (
        "Replication Data for: Increasing Inequality: The Effect of GOTV Mobilization on the Composition of the "
        "Electorate", 3, "Lynn Vavreck", "2017", "Harvard Dataverse"),
    "datacite/bolognese-datacite-Funding_empty_awardTitle-1.json": (
        "МОДЕЛЬ СИСТЕМНОЙ ДИНАМИКИ ПРОЦЕССА ОБУЧЕНИЯ", 2, "А.В. Ганичев", "9 February 2019", "№1(24) (2019)"),
    "datacite/bolognese-datacite-subject_scheme-1.json": (
        "Flash Eurobarometer 54 (Madrid Summit): The Common European Currency", 1, "Europäische Kommission", "1996",
        "GESIS Data Archive"),
    "datacite/bolognese-one_author-name_with_role.json": (
        "Sammlung von Hülfstafeln", 2, "Heinrich Christian Schumacher", "1822", "Hammerich"),
    "openalex/paperqa-openalex-test_doi_search_paper_attributes0_-02.json": (
        "High-throughput screening of human genetic variants by pooled prime editing", 6, "Michael Herger",
        "1 March 2025", "Cell Genomics"),
    "semanticscholar/paperqa-semanticscholar-test_doi_search_paper_attributes3_-00.json": (
        "Pharmacokinetics, biodistribution and cell uptake of antisense oligonucleotides.", 4, "R. Geary",
        "29 June 2015", "Advanced Drug Delivery Reviews"),
    "openlibrary-isbn/bookwyrm-ol_isbn_search.json": (
        "Les ombres errantes", 1, "Pascal Quignard", "2002", "Gallimard"),
    "openlibrary-isbn/bookwyrm-ol_edition_markdown.json": ("The Stars with You", 0, "", "2022", "Cooper Dillon Books"),
    "oembed/vimeo.com.api-oembed.json.ebd0c8c106510b739eb83060c23f7892.json": (
        "Vimeo Live is here", 1, "Vimeo", "25 September 2017", "Vimeo"),
    "oembed/www.youtube.com.oembed.8ce1ccae073d71579a2aacd9427c391b.json": (
        "Noisy kittens waiting for dinner!", 1, "smshdchrb", "", "YouTube"),
    "landing-html/papis-ACL_N04-1001.html": (
        "A Statistical Model for Multilingual Entity Detection and Tracking", 8, "Radu Florian", "2004",
        "Proceedings of the Human Language Technology Conference of the North American Chapter of the Association for "
        "Computational Linguistics: HLT-NAACL 2004"),
    "landing-html/papis-APS_RevModPhys.94.045004.html": (
        "Ultrafast electron diffraction: Visualizing dynamic states of matter", 7, "R. K. Li", "6 December 2022",
        "Reviews of Modern Physics"),
    "landing-html/papis-USENIX_goyal.html": (
        "Backpressure Flow Control", 6, "Prateesh Goyal", "2022",
        "19th USENIX Symposium on Networked Systems Design and Implementation (NSDI 22)"),
    "landing-html/papis-SpringerLink_BF02727953.html": (
        "On the theory of identical particles", 2, "J. Myrheim", "January 1977", "Il Nuovo Cimento B (1971-1996)"),
    "landing-html/papis-ScienceDirect_S146290112300117X.html": (
        "Nature-based solutions through collective actions for spatial justice in urban green commons", 0, "",
        "1 July 2023", "Environmental Science & Policy"),
    "landing-html/papis-HAL_THESES_tel_02083632v1.html": (
        "Global discharging methods for coloring problems in graphs", 1, "Marthe Bonamy", "9 February 2015",
        "Université de Montpellier"),
    "landing-html/bolognese-schema_org-harvard_dataverse.xml": (
        "Summary data ankylosing spondylitis GWAS", 1,
        "International Genetics of Ankylosing Spondylitis Consortium (IGAS)", "30 September 2017", "Harvard Dataverse"),
}  # fmt: skip

#: Of others the sentence that stands in place of a card.
SENTENCES = {
    "arxiv/id_0000.0000_s0_m100_8b51d9633a68.xml": "arXiv knows no paper 0000.0000.",
    "arxiv/id_abc_s0_m100_b79c8dcf6bc3.xml": "arXiv knows no paper 9999.99999.",
    "crossref/test_content_negotiation-00.html": "does not say its title",
    "datacite/bolognese-datacite-DOI_not_found-1.json": "Crossref knows no DOI",
    "datacite/bolognese-schema_org-BlogPosting-0.html": "does not say its title",
    "datacite/fixture-datacite_software_missing_comma.json": "DataCite gave an answer that could not be read",
    "landing-html/papis-AnnualReview_annurev_conmatphys_031214_014726.html": "lets only people read its pages",
    "landing-html/papis-TFOnline_00268976.2013.788745.html": "lets only people read its pages",
    "landing-html/papis-TFOnline_23311932.2015.1117749.html": "lets only people read its pages",
    "oembed/vimeo.com.api-oembed.json.a647af9efa5b50781a131ff0fe77e579.json": "or it is private",
    "semanticscholar/fixture-PaperWithNullValues.json": "has no title",
    "semanticscholar/test_debug.json": "Semantic Scholar refused to answer",
}
