import pytest

from readinggroup.markdown import formulas, render_markdown
from readinggroup.markdown.formulas import MACROS, render_formulas

GOOD = [
    r"x^2",
    r"\frac{a}{b}",
    r"\sum_{i=1}^n x_i",
    r"\int_0^1 f(x)\,dx",
    r"\mathbb{E}_{x\sim p}[f(x)]",
    r"\nabla_\theta \mathcal{L}(\theta)",
    r"\hat{y}=\sigma(Wx+b)",
    r"\operatorname*{argmin}_x f(x)",
    r"\argmax_\theta p",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"\begin{split}a&=b\\c&=d\end{split}",
    r"\begin{cases}1&x>0\\0&x\le 0\end{cases}",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\begin{smallmatrix}a&b\end{smallmatrix}",
    r"\begin{alignat}{2}a&=b\end{alignat}",
    r"\begin{array}{l|c}a&b\\\hline c&d\end{array}",
    r"\underbrace{a+b}_{c}",
    r"\left\{x \mid x>0\right\}",
    r"\widetilde{abc}",
    r"\bm{x}\boldsymbol{\theta}",
    r"\text{if } x",
    r"\norm{x}_2^2",
    r"\abs{x}",
    r"\mathds{1}",
    r"\textnormal{a}",
    r"\sum_{\substack{i<j\\j>k}} a",
    r"\mathop{arg\,min}\limits_x",
    r"\binom{n}{k}",
    r"\sqrt[3]{x}",
    r"\overset{d}{=}",
    r"\xrightarrow{f}",
    r"\textcolor{red}{x}",
    r"\boxed{x}",
    r"\cancel{x}",
    r"[0,1)",
    r"(a,b]",
    r"\langle a,b\rangle",
    r"\|x\|",
    r"\KL{}".replace(r"\KL{}", r"D_{\mathrm{KL}}(p\,\|\,q)"),
    r"\begin{matrix}a\\[2em]b\end{matrix}",
    r"\mathclap{x}\smash{y}",
]
REFUSED = {
    "unknown command": r"\nosuchcommand",
    "link": r"\href{javascript:alert(1)}{x}",
    "unbalanced": r"\frac{a",
    "definition": r"\newcommand{\a}{b}\a",
    "def": r"\def\a{\a\a}\a",
    "let": r"\let\a\b",
    "renewcommand": r"\renewcommand{\frac}{x}",
    "operator": r"\DeclareMathOperator{\x}{x}",
    "too long": "x+" * 1001,
    "deep braces": "{" * 1000 + "x" + "}" * 1000,
    "ten thousand braces": "{" * 10_000,
    "deep roots": r"\sqrt{" * 300 + "x" + "}" * 300,
    "roots without braces": r"\sqrt" * 300 + "x",
    "deep left": r"\left(" * 150 + "x" + r"\right)" * 150,
    "deep matrices": r"\begin{matrix}" * 50 + r"\end{matrix}" * 50,
    "open brackets": "[" * 400,
    "open set braces": r"\{" * 400,
    "open angles": r"\langle a" * 200,
    "open in groups": "{[}" * 200,
    "mixed openers": "[(" * 200,
    "dollar in text": r"\text{$x$}",
    "input": r"\input{/etc/passwd}",
    "superscripts": "x" + "^" * 500,
    "deep parentheses": "(" * 300 + ")" * 300,
}


@pytest.mark.parametrize("source", GOOD)
def test_formula_of_a_machine_learning_paper_is_shown(source):
    html = render_markdown(f"$${source}$$")
    assert "<math" in html, html
    assert "math-error" not in html, html
    assert " style=" not in html


@pytest.mark.timeout(20)
@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED.keys())
def test_formula_that_cannot_be_shown_is_shown_as_written_with_the_reason(source):
    html = render_markdown(f"Before $a$ and ${source}$ and after $b$.")
    assert "This formula cannot be shown:" in html
    assert html.count("<math") == 2, "its neighbours are shown all the same"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "name", [name for name in REFUSED if name.startswith(("deep", "open", "ten", "mixed", "roots"))]
)
def test_without_the_guard_the_process_of_its_own_bears_it(monkeypatch, name):
    """What the guard does not know yet ends another process, and costs the text one formula."""
    monkeypatch.setattr(formulas, "check_formula", lambda source: None)
    before, bad, after = render_formulas([("a", False), (REFUSED[name], False), ("b", False)])
    assert "<mi>a</mi>" in before
    assert "<mi>b</mi>" in after
    assert "math" in bad


def test_equation_numbers_run_through_the_text_and_can_be_referred_to():
    html = render_markdown(
        "$\\eqref{b}$\n\n\\begin{equation}\\label{a}x\\end{equation}\n\n\\begin{equation}\\label{b}y\\end{equation}\n"
    )
    assert "<mtext>(1)</mtext>" in html
    assert "<mtext>(2)</mtext>" in html
    assert '<a href="#math-b">(2)</a>' in html
    assert 'id="math-b"' in html


def test_same_label_twice_costs_no_formula():
    html = render_markdown(
        "\\begin{equation}\\label{a}x\\end{equation}\n\n\\begin{equation}\\label{a}y\\end{equation}\n"
    )
    assert "math-error" not in html
    assert html.count("<math") == 2


def test_money_is_no_formula():
    assert "<math" not in render_markdown("It costs $5 and $10.")


def test_dollars_stay_where_formulas_are_off():
    assert render_markdown("$x$", math=False) == "<p>$x$</p>\n"


def test_our_macros_are_known_to_the_converter():
    for name in MACROS:
        html = render_markdown(f"$\\{name}{{x}}$" if "#1" in MACROS[name] else f"$\\{name} x$")
        assert "math-error" not in html, html
