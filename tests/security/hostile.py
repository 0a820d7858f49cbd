"""Documents that try all that a page on the web can do, one in each format.

Each says 正文第一段 and 正文最后一段, so that a test can tell that it was read.
"""

from __future__ import annotations

import re

from tests.readers.office import docx, p, r
from tests.readers.test_epub import epub
from tests.test_assets import PNG

AWAY = "https://evil.example"
STEAL = "steal()"
QUOTED = f"&quot;&gt;&lt;script&gt;{STEAL}&lt;/script&gt;"

_SVG = f"""<svg xmlns="http://www.w3.org/2000/svg"><script>{STEAL}</script></svg>"""
_FAR = f"""<svg xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{AWAY}/a.png"/></svg>"""
DRAWINGS = {"active.svg": _SVG.encode(), "far.svg": _FAR.encode()}

BODY = f"""<p onclick="{STEAL}" style="background: url({AWAY}/a.png)">正文第一段。</p>
<script>{STEAL}</script><script src="{AWAY}/x.js"></script>
<iframe src="{AWAY}/" srcdoc="{QUOTED}">框</iframe>
<object data="{AWAY}/x.swf"><embed src="{AWAY}/x.swf"/></object>
<p>去 <a href="javascript:{STEAL}">甲</a>、<a href="JaVaScRiPt:{STEAL}">乙</a>、
<a href=" java&#9;script:{STEAL}">丙</a>、<a href="vbscript:{STEAL}">丁</a>、
<a href="data:text/html,{QUOTED}">戊</a>、<a href="file:///etc/passwd">己</a>、
<a href="&#1;javascript:{STEAL}">庚</a>、
<a href="https://example.org/?a={QUOTED}" onmouseover="{STEAL}">辛</a>。</p>
<style>@import "{AWAY}/a.css"; p {{ background: url({AWAY}/b.png) }}</style>
<link rel="stylesheet" href="{AWAY}/c.css"/>
<meta http-equiv="refresh" content="0;url={AWAY}/"/>
<p>图：<img src="{AWAY}/p.png" alt="远" onerror="{STEAL}"/>
<img src="data:image/svg+xml,%3Csvg onload='{STEAL}'/%3E" alt="藏"/></p>
<svg xmlns="http://www.w3.org/2000/svg"><script>{STEAL}</script>
<a href="javascript:{STEAL}"><text>图中</text></a></svg>
<form action="{AWAY}/"><p>表中一段。</p><input onfocus="{STEAL}" autofocus="autofocus"/>
<button formaction="javascript:{STEAL}">送</button></form>
<video src="{AWAY}/v.mp4" onloadstart="{STEAL}"></video>
<p>式：<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow href="javascript:{STEAL}">
<maction actiontype="statusline"
 onclick="{STEAL}"><mi>x</mi></maction>
<mtext><script>{STEAL}</script></mtext><semantics><mi>y</mi>
<annotation-xml
 encoding="text/html"><p onclick="{STEAL}">z</p></annotation-xml></semantics>
</mrow></math></p>
<table background="{AWAY}/t.png"><tr><th>一</th><th>二</th></tr>
<tr><td onclick="{STEAL}"
 style="width: expression({STEAL})">三</td><td>四</td></tr></table>
<h2 id="{QUOTED}">第二节<a name="{QUOTED}"></a></h2>
<pre><code class="language-{QUOTED}">a &lt; b</code></pre>
<p><ruby>漢<rt onclick="{STEAL}">hàn</rt></ruby>字，
<span lang="{QUOTED}">另一种</span>。</p>
<p>正文最后一段，&lt;script&gt;{STEAL}&lt;/script&gt; 是字。</p>
"""

PAGE = f"""<!DOCTYPE html><html onload="{STEAL}"><head><meta charset="utf-8">
<title>书&lt;/title&gt;{QUOTED}</title><meta name="author" content="{QUOTED}"></head>
<body background="{AWAY}/w.png" onload="{STEAL}"><h1>安静的书</h1>{BODY}
<p><img src="active.svg" alt="动"><img src="far.svg" alt="远"></p></body></html>"""

_FRONT = f"""---
title: "书 \\"><script>{STEAL}</script>"
author: "'\\"><img src=x onerror={STEAL}>"
description: "</style><script>{STEAL}</script>"
---

"""
_INLINE = re.compile('<img src="data:[^>]*>')
_LINES = re.sub("\n+", "\n\n", _INLINE.sub("", BODY))
MARKDOWN = f"""{_FRONT}# 第一章 <b onclick={STEAL}>粗</b>

[甲](javascript:{STEAL})、[乙](<JaVaScRiPt:{STEAL}>)、<javascript:{STEAL}>、
[丙](data:text/html;base64,PHNjcmlwdD4=)、[丁](vbscript:x "标\\"题")、
[戊](file:///etc/passwd)、[己][r]、[辛](https://example.org/?a="><script>)。

[r]: javascript:{STEAL}

![远处的图]({AWAY}/p.png "\\"onload={STEAL}") $\\text{{<script>{STEAL}</script>}}$
$\\href{{javascript:{STEAL}}}{{x}}$ {{漢|<script>}}

``` "><script>{STEAL}</script>
a < b
```

::: note "><script>{STEAL}</script>
盒子。
:::

{_LINES}
"""


def word() -> bytes:
    """Return a Word file with links, fields, objects and pictures from elsewhere."""
    links = {
        "j": f"javascript:{STEAL}",
        "d": "data:text/html,&lt;script&gt;",
        "f": "file:///etc/passwd",
        "h": f"https://example.org/?a={QUOTED}",
    }
    runs = "".join(
        f'<w:hyperlink r:id="{name}">{r(f"链接{name}")}</w:hyperlink>' for name in links
    )
    field = (
        f'<w:r><w:instrText>INCLUDEPICTURE "{AWAY}/a.png"</w:instrText></w:r>'
        f'<w:fldSimple w:instr="HYPERLINK &quot;javascript:{STEAL}&quot;">{r("域")}'
        f'</w:fldSimple><w:fldSimple w:instr="DDEAUTO c:\\\\x">{r("令")}</w:fldSimple>'
    )
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" '
        f'descr="{QUOTED}"/><a:graphic><a:graphicData><a:blip r:link="out"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    body = (
        p("正文第一段。")
        + p(runs)
        + p(field + picture)
        + '<w:altChunk r:id="h"/>'
        + p('<w:r><w:object><o:OLEObject ProgID="x" r:id="h"/></w:object></w:r>')
        + p(f"正文最后一段，&lt;script&gt;{STEAL}&lt;/script&gt; 是字。")
    )
    return docx(
        body,
        core=f"<dc:title>书{QUOTED}</dc:title><dc:creator>{QUOTED}</dc:creator>",
        links={**links, "out": f"{AWAY}/a.png"},
        pictures={"in": PNG},
    )


def publication() -> bytes:
    """Return an EPUB with scripts in its pages, its pictures and its package."""
    files = {
        "OEBPS/x.js": STEAL,
        "OEBPS/a.css": f"@import '{AWAY}/a.css'; p {{ background: url({AWAY}/b.png) }}",
        "../../outside.txt": "x",
        **{f"OEBPS/{name}": data for name, data in DRAWINGS.items()},
    }
    pictures = '<p><img src="active.svg" alt="动"/><img src="far.svg" alt="远"/></p>'
    return epub(
        {"a.xhtml": f"<h1>第一章</h1>{BODY.replace('&nbsp;', ' ')}{pictures}"},
        meta=f"<dc:title>书{QUOTED}</dc:title><dc:creator>{QUOTED}</dc:creator>"
        f"<dc:description>&lt;/style&gt;{QUOTED}</dc:description>",
        manifest='<item id="j" href="x.js" media-type="text/javascript"/>'
        '<item id="s" href="a.css" media-type="text/css"/>',
        files=files,
    )


SOURCES = {
    "html": ("a.html", PAGE.encode()),
    "markdown": ("a.md", MARKDOWN.encode()),
    "docx": ("a.docx", word()),
    "epub": ("a.epub", publication()),
}
