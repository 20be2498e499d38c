"""What a label, a table's column or a link's text says about what stands there, in the common languages."""

import itertools
import re
import unicodedata
from difflib import get_close_matches
from enum import StrEnum


class Role(StrEnum):
    DATE = "date"
    PRESENTER = "presenter"
    PAPER = "paper"
    TITLE = "title"
    SLIDES = "slides"
    RECORDING = "recording"
    NOTES = "notes"
    CODE = "code"
    AUTHORS = "authors"
    VENUE = "venue"
    YEAR = "year"
    NUMBER = "number"
    COMMENT = "comment"
    LINK = "link"


_WORDS = {
    Role.DATE: ("date day when datum fecha data dato tag 日期 时间 日付 дата päivä datetime"),
    Role.PRESENTER: (
        "presenter presenters presented speaker speakers lead leader leads led discussant host "
        "facilitator chair moderator lector referent referentin vortragende vortragender vortragender "
        "presentador presentadora ponente ponentes orateur orateurs intervenant intervenants "
        "présentateur relatore relatori apresentador discussion_leader volunteer 主讲人 主讲 报告人 讲者 分享人 "
        "発表者 担当 докладчик who"
    ),
    Role.PAPER: (
        "paper papers article articles reading readings papier artikel artículo articulo articolo "
        "artigo publication publications literature 论文 文章 論文 статья preprint arxiv manuscript "
        "paper_title paper_link paper_s pdf abs"
    ),
    Role.TITLE: (
        "title topic topics titel thema título titulo titre sujet tema titolo subject talk theme name "
        "题目 标题 主题 タイトル テーマ тема presentation session description chapter content"
    ),
    Role.SLIDES: (
        "slides slide deck slide_deck slidedeck folien diapositivas diapos transparents présentation "
        "presentación diapositive lucidi 幻灯片 课件 スライド слайды ppt pptx keynote"
    ),
    Role.RECORDING: (
        "recording recordings video videos vidéo vídeo youtube aufzeichnung aufnahme grabación "
        "grabacion enregistrement registrazione 录像 视频 回放 録画 動画 запись видео watch stream vod"
    ),
    Role.NOTES: (
        "notes note summary summaries write_up write_ups writeup writeups blog blogpost blog_post "
        "report notizen zusammenfassung notas resumen résumé compte_rendu riassunto 笔记 总结 まとめ "
        "конспект minutes review"
    ),
    Role.CODE: (
        "code repo repository github implementation implementations colab notebook código 代码 コード код "
        "source_code project_page"
    ),
    Role.AUTHORS: ("author authors autor autoren autores auteur auteurs autore autori 作者 著者 автор authors_s"),
    Role.VENUE: ("venue conference journal publisher conf konferenz 会议 会議 published_in source proceedings track"),
    Role.YEAR: ("year jahr año ano année anno 年份 年 год"),
    Role.NUMBER: ("no nr number id num week episode session_no 序号 编号"),
    Role.COMMENT: (
        "comment comments remarks remark details description tldr tl_dr keywords tags status abstract "
        "location place room time duration affiliation additional other misc info resources materials "
        "material extra background supplementary"
    ),
    Role.LINK: ("link links url urls web website page address here"),
}
_ROLE_OF = {word: role for role, words in reversed(_WORDS.items()) for word in words.split()}
_LONG = [word for word in _ROLE_OF if len(word) >= 6 and word.isascii()]
# Of several words the first that decides: "Paper Title (Conf/Year of Paper)", "Link to code", "Slides link".
_STRONG = (
    Role.SLIDES,
    Role.RECORDING,
    Role.CODE,
    Role.PRESENTER,
    Role.NOTES,
    Role.PAPER,
    Role.AUTHORS,
    Role.DATE,
    Role.TITLE,
    Role.VENUE,
    Role.YEAR,
    Role.LINK,
    Role.COMMENT,
    Role.NUMBER,
)
MAX_LABEL = 45


def role_of(text: str) -> Role | None:
    """The role that a label names, None for words that name none."""
    plain = re.sub(r"\([^)]*\)", " ", text)
    plain = unicodedata.normalize("NFC", plain).lower().replace("-", " ")
    words = re.findall(r"[^\W\d_]+", plain)
    if not words:
        return Role.NUMBER if text.strip() in {"#", "№"} else None
    if len(words) > 5 or len(plain) > MAX_LABEL:
        return None
    joined = "_".join(words)
    if joined in _ROLE_OF:
        return _ROLE_OF[joined]
    found = [role for word in [*words, *_pairs(words)] if (role := _ROLE_OF.get(word))]
    if not found and len(words) <= 2:
        close = [get_close_matches(word, _LONG, 1, 0.82) for word in words if len(word) >= 6]
        found = [_ROLE_OF[match[0]] for match in close if match]
    return min(found, key=_STRONG.index) if found else None


def _pairs(words: list[str]) -> list[str]:
    return [f"{one}_{two}" for one, two in itertools.pairwise(words)]
