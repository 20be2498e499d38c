"""What a label, a table's column or a link's text says about what stands there, in the common languages."""

import itertools
import re
import unicodedata
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache


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
    Role.DATE: (
        "date day when datum fecha data dato tag termin termine wann quand cuándo cuando séance дата päivä datetime"
    ),
    Role.PRESENTER: (
        "presenter presenters presented speaker speakers lead leader leads led discussant host "
        "facilitator chair moderator lector referent referentin vortragende vortragender presentador "
        "presentadora ponente ponentes orateur orateurs intervenant intervenants présentateur relatore "
        "relatori apresentador orador oradora expositor redner rednerin vortrag_von sprecher "
        "discussion_leader volunteer person presents presenting докладчик докладчики лектор спикер ведущий "
        "who wer qui quién"
    ),
    Role.PAPER: (
        "paper papers article articles reading readings papier artikel artículo articulo articolo artigo "
        "publication publications literature lectura lecturas lektüre aufsatz статья статьи литература preprint arxiv "
        "manuscript paper_title paper_link paper_s pdf abs openreview biorxiv doi"
    ),
    Role.TITLE: (
        "title topic topics titel thema título titulo titre sujet tema titolo subject talk theme name "
        "тема доклад название описание tópico temas vortrag thème what quoi qué presentation session "
        "description chapter content"
    ),
    Role.SLIDES: (
        "slides slide deck slide_deck slidedeck folien diapositivas diapos transparents présentation "
        "presentación diapositive lucidi vortragsfolien слайды "
        "презентация презентации ppt pptx keynote"
    ),
    Role.RECORDING: (
        "recording recordings video videos vidéo vídeo youtube aufzeichnung aufnahme grabación grabacion "
        "enregistrement registrazione запись видеозапись видео watch stream "
        "vod replay"
    ),
    Role.NOTES: (
        "notes note summary summaries write_up write_ups writeup writeups blog blogpost blog_post report "
        "notizen zusammenfassung notas resumen résumé compte_rendu riassunto конспект заметки minutes review"
    ),
    Role.CODE: (
        "code repo repository github implementation implementations colab notebook código код source_code project_page"
    ),
    Role.AUTHORS: "author authors autor autoren autores auteur auteurs autore autori автор authors_s",
    Role.VENUE: "venue conference journal publisher conf konferenz published_in source proceedings track",
    Role.YEAR: "year jahr año ano année anno год",
    Role.NUMBER: "no nr number id idx index num week woche semana semaine episode session_no неделя",
    Role.COMMENT: (
        "comment comments remarks remark details description tldr tl_dr keywords tags status abstract "
        "location place room time duration affiliation additional other misc info resources materials "
        "material extra background supplementary"
    ),
    Role.LINK: (
        "reference references referenz link links url urls web website page address here enlace enlaces lien liens "
        "ссылка ссылки"
    ),
}
# In Chinese, Japanese and Korean.
_EASTERN_WORDS = {
    Role.DATE: "日期 时间 时候 日付 日時 発表日 開催日 実施日 날짜 일시 일자 발표일",
    Role.PRESENTER: (
        "主讲人 主讲 报告人 讲者 分享人 分享者 分享 汇报人 演讲人 讲解人 主持人 主持 発表者 "
        "担当 担当者 発表 司会 발표자 발표 담당 담당자 진행자"
    ),
    Role.PAPER: "论文 文章 文献 論文 논문",
    Role.TITLE: "题目 标题 主题 内容 題目 内容紹介 タイトル テーマ 제목 주제 내용 챕터",
    Role.SLIDES: "幻灯片 幻灯 课件 资料 資料 スライド 자료 슬라이드",
    Role.RECORDING: "录像 视频 回放 观看 録画 動画 영상 동영상 녹화",
    Role.NOTES: "笔记 总结 纪要 まとめ メモ 노트 정리 요약",
    Role.CODE: "代码 コード 구현 코드",
    Role.AUTHORS: "作者 著者 저자",
    Role.VENUE: "会议 会議 学会 期刊 掲載 学術誌 학회 발표처 게재",
    Role.YEAR: "年份 年 연도 년도 연월",
    Role.NUMBER: "序号 编号 周数 周次 周 回 回数 期数 순번 주차 회차 번호",
    Role.LINK: "链接 リンク 링크",
}
_ROLE_OF = {
    word: role
    for known in (_EASTERN_WORDS, _WORDS)
    for role, words in reversed(known.items())
    for word in words.split()
}
_LONG = [word for word in _ROLE_OF if len(word) >= 6 and word.isascii()]
# Chinese, Japanese and Korean write words together: “视频记录” is a recording because 视频 is in it.
_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_EAST}]+|[^\W\d_{_EAST}]+")
_EASTERN = sorted((word for word in _ROLE_OF if re.match(rf"[{_EAST}]{{2}}", word)), key=len, reverse=True)
#: What people do: "分享时间" is when, "Presented paper" is what, and alone they are a column of people.
_DEEDS = {"分享", "発表", "발표", "presented", "presents", "presenting"}
#: Who opens a meeting at which somebody else presents.
HOSTS = {"host", "chair", "moderator", "facilitator", "主持人", "主持", "司会"}
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
_JOINED = re.compile(r"[/|&+,;]|\b(?:and|or)\b")
MAX_LABEL = 45
MAX_EASTERN = 6


# Each label of a document is asked about several times.
@lru_cache(maxsize=1_000)
def role_of(text: str) -> Role | None:
    """The role that a label names, None for words that name none."""
    plain = re.sub(r"\([^)]*\)|\[\d+\]", " ", text)
    plain = unicodedata.normalize("NFC", plain).lower().replace("-", " ")
    words = _WORD.findall(plain)
    if not words:
        return Role.NUMBER if text.strip() in {"#", "№"} else None
    if len(words) > 5 or len(plain) > MAX_LABEL:
        return None
    joined = "_".join(words)
    if joined in _ROLE_OF:
        return _ROLE_OF[joined]
    known = [part for word in [*words, *_pairs(words)] for part in _known_in(word)]
    found = [_ROLE_OF[word] for word in known if word not in _DEEDS] or [_ROLE_OF[word] for word in known]
    if not found and len(words) <= 2:
        close = [get_close_matches(word, _LONG, 1, 0.82) for word in words if len(word) >= 6]
        found = [_ROLE_OF[match[0]] for match in close if match]
    if Role.PAPER in found and is_joined(plain):
        # "Paper / Code": of each link its own words or address tell which of the two it is.
        return Role.PAPER
    return min(found, key=_STRONG.index) if found else None


def is_joined(text: str) -> bool:
    """Whether a label names several things, as “Paper / Code” does."""
    return bool(_JOINED.search(text))


def _known_in(word: str) -> list[str]:
    """The word itself when it names a role, else the known words that a word of the East is made of."""
    if word in _ROLE_OF:
        return [word]
    if word.isascii() or len(word) > MAX_EASTERN:
        return []
    found = []
    for known in _EASTERN:
        if known in word:
            found.append(known)
            word = word.replace(known, " ")
    return found


def _pairs(words: list[str]) -> list[str]:
    return [f"{one}_{two}" for one, two in itertools.pairwise(words)]
