"""Web pages in the markup of the sites that reading lists point to, each with a formula, a footnote and headings."""

FILLER = "These are plain words that stand in for a paragraph of the post, and there are enough of them to count. "


def forum(body: str = "", comments: str = "") -> str:
    """LessWrong, the Alignment Forum and the EA Forum: MathJax 2 drawn on the server, CKEditor footnotes, comments."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>What failure looks like — AI Alignment Forum</title>
<meta property="og:title" content="What failure looks like"/><meta name="citation_author" content="paulfchristiano"/>
<meta property="article:published_time" content="2019-03-17T20:18:59.000Z"/><script>alert("never run")</script></head>
<body><nav><a href="/">Home</a><a href="/all">All Posts</a></nav><div class="PostsPage">
<h1 class="PostsPageTitle-root">What failure looks like</h1><div>by paulfchristiano</div><div>54 comments</div>
<div id="postContent" class="instapaper_body"><div><p>{FILLER * 3}</p>
<p>The story has two parts:<span class="footnote-reference" role="doc-noteref" id="fnrefab12"><sup>\
<a href="#fnab12">[1]</a></sup></span> both are told in \
<a href="https://arxiv.org/abs/1805.00899v2">AI safety via debate</a>.</p>
<ul><li><b>Part I</b>: getting what we can measure</li><li>Part II<ul><li>a point inside</li></ul></li></ul>
<h1 id="I">Part I: You get what you measure</h1><p>Let <span class="math-tex"><span class="mjpage">\
<span class="mjx-chtml"><span class="mjx-math" aria-label="x^2 + 1"><span class="mjx-mrow" aria-hidden="true">\
<span class="mjx-char">x</span>2+1</span></span></span></span></span> be the loss. {FILLER}</p>
<p><span class="mjpage mjpage__block"><span class="mjx-chtml MJXc-display"><span class="mjx-math" \
aria-label="\\sum_i p_i \\log q_i"><span aria-hidden="true">∑pi</span></span></span></span></p>
<h2>A smaller heading</h2><blockquote><p>A quoted paragraph that somebody wrote elsewhere.</p></blockquote>
<table><tr><th>Method</th><th>Score</th></tr><tr><td>RLHF</td><td>0.91</td></tr></table>
<pre><code>for x in y:
    print(x)</code></pre>{body}
<h1>Part II: influence-seeking behavior is scary</h1><p>{FILLER * 2}</p>
<ol class="footnote-section footnotes" data-footnote-section role="doc-endnotes">
<li class="footnote-item" role="doc-endnote" id="fnab12"><span class="footnote-back-link"><sup><strong>\
<a href="#fnrefab12">^</a></strong></sup></span><div class="footnote-content">\
<p>A footnote with <em>some</em> text.</p>\
</div></li></ol></div></div></div><div class="CommentsListSection"><h3>54 comments</h3>
<div class="comments-node"><p>
{comments or "A comment by somebody else, which is no part of the post. " * 30}</p></div></div>
<footer>About us</footer></body></html>"""


def distill() -> str:
    """distill.pub: its own tags for formulas, footnotes and citations."""
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>Feature Visualization</title>
<meta name="citation_title" content="Feature Visualization"/>
<meta name="citation_doi" content="10.23915/distill.00007"/>
<meta name="citation_publication_date" content="2017/11/07"/><meta name="citation_author" content="Olah, Chris"/>
<meta name="citation_author" content="Mordvintsev, Alexander"/></head><body><d-front-matter><script type="text/json">\
{{"a": 1}}</script></d-front-matter><d-title><h1>Feature Visualization</h1></d-title><d-article>
<p>{FILLER * 4} as shown before <d-cite key="erhan2009,simonyan2013"></d-cite>.</p>
<h2>Feature Visualization by Optimization</h2>
<p>We maximise <d-math>\\mathbb{{E}}[f(x)]</d-math>.\
<d-footnote>Some care is needed with <em>scale</em>.</d-footnote> {FILLER}</p>
<d-math block>\\max_x f(x)</d-math><h3>Diversity</h3><p>{FILLER}</p></d-article>
<d-appendix><h3>Acknowledgments</h3><p>We thank everybody.</p></d-appendix></body></html>"""


def blog() -> str:
    """A WordPress or Ghost blog with KaTeX, markdown footnotes, menus and sharing buttons."""
    return f"""<html><head><title>Takeoff speeds | Sideways View</title><script type="application/ld+json">
{{"@type": "BlogPosting", "headline": "Takeoff speeds", "author": {{"name": "Paul Christiano"}},
"datePublished": "2018-02-24"}}</script></head><body><header><a>Menu</a></header>
<aside>Subscribe to our newsletter!</aside>
<article><header><h1>Takeoff speeds</h1></header><div class="entry-content"><p>{FILLER * 4}</p><h2>The setup</h2>
<p>Growth is <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>g</mi></mrow>
<annotation encoding="application/x-tex">g = \\frac{{dx}}{{dt}}</annotation></semantics></math></span>
<span class="katex-html" aria-hidden="true">g=dxdt</span></span> here.\
<sup id="fnref:1"><a href="#fn:1" class="footnote-ref">1</a>
</sup> {FILLER}</p><p><script type="math/tex; mode=display">E = mc^2</script></p>
<p>Old blogs draw <img src="https://s0.wp.com/latex.php?latex=a%5E2" alt="a^2" class="latex"/> as pictures.</p>
<div class="footnotes"><hr/><ol><li id="fn:1"><p>By the usual definition.
<a href="#fnref:1" class="reversefootnote">↩</a></p>
</li></ol></div></div></article><div class="sharedaddy">Share this: Facebook</div></body></html>"""


def unmarked() -> str:
    """A page by hand, with nothing that says where its text is."""
    paragraphs = "".join(f"<p>{FILLER * 2} Number {n}.</p>" for n in range(8))
    return (
        f"<html><head><title>The Bitter Lesson</title></head><body><h1>The Bitter Lesson</h1>{paragraphs}</body></html>"
    )


SCRIPT_ONLY = """<!DOCTYPE html><html><head><title>OpenAI Microscope</title><script src="/app.js"></script></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>"""
