"""HTML parse mode: entities in UTF-16 units, and the exact complaints (S24)."""

import pytest

from bot.simulator.entities import tidy, with_found
from bot.simulator.errors import ApiError
from bot.simulator.html import parse_html
from bot.simulator.render import render


def shape(entities):
    return [(e["type"], e["offset"], e["length"]) for e in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ("<B>a</>", "a", [("bold", 0, 1)]),
        ("😀<b>😀a</b>", "😀😀a", [("bold", 2, 3)]),
        ("<b>x<i>y</i></b>", "xy", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("<code class='language-py'>x</code>", "x", [("code", 0, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("&lt;b&gt; &amp; &quot; &#65; &#x1F600;", '<b> & " A 😀', []),
        ("&nbsp; &copy; & &", "&nbsp; &copy; & &", []),
        ("a > b", "a > b", []),
    ],
)
def test_markup_becomes_text_and_entities(source, text, entities):
    parsed, found = parse_html(source)
    assert (parsed, shape(found)) == (text, entities)


def test_links_and_languages_are_kept():
    _, [link] = parse_html('<a href="https://club.in/?a=1&amp;b=2">x</a>')
    assert link["url"] == "https://club.in/?a=1&b=2"
    _, [mention] = parse_html('<a href="tg://user?id=7">Anna</a>')
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", 7)
    _, [pre] = parse_html('<pre><code class="language-sql">x</code></pre>')
    assert pre == {"type": "pre", "language": "sql", "offset": 0, "length": 1}
    assert parse_html('<a href="http://localhost/x">x</a>') == ("x", [])


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("é<div>", 'Unsupported start tag "div" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<3", "Unclosed start tag at byte offset 0"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x!>", "Unexpected end of name token at byte offset 8"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ],
)
def test_complaints_are_telegrams(source, problem):
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {problem}"


def test_blanks_around_are_cut_and_entities_follow():
    text, entities = tidy(*parse_html(" \n <b> hi </b> there \n"))
    assert text == "hi  there"
    assert shape(entities) == [("bold", 0, 3)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", 0, 6)]),
        ("<b>bold</b>", []),
        ("see /help@clubdesk_bot.", [("bot_command", 4, 18)]),
        ("a/b 1/2", []),
        ("https://club.in/a?b=c.", [("url", 0, 21)]),
        ("mail me@club.in", [("email", 5, 10)]),
        ("hi @anna_k", [("mention", 3, 7)]),
        ("😀 #late #42", [("hashtag", 3, 5)]),
    ],
)
def test_plain_text_is_searched(text, found):
    assert shape(with_found(text, [])) == found


def test_code_is_not_searched():
    text, given = parse_html("<code>/start @anna</code> /help")
    assert shape(with_found(text, given)) == [("code", 0, 12), ("bot_command", 13, 5)]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<b>a&lt;b&gt;</b>", "<b>a&lt;b&gt;</b>"),
        ("<b>x<i>y</i></b>z", "<b>x<i>y</i></b>z"),
        ("<pre>1\n2</pre>", "<pre><code>1\n2</code></pre>"),
        ("😀<tg-spoiler>x</tg-spoiler>", '😀<span class="tg-spoiler">x</span>'),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_what_a_person_sees_is_safe(source, html):
    assert render(*parse_html(source)) == html


def test_crossing_entities_are_closed_and_opened_again():
    crossing = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 2},
    ]
    assert render("abc", crossing) == "<b>a<i>b</i></b><i>c</i>"


def test_a_script_link_is_never_a_link():
    entities = [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}]
    assert "javascript" not in render("x", entities)
