"""One text with everything the dialect knows."""

SAMPLE = r"""# Setting

A sentence with *emphasis*, **weight**, ~~regret~~, `code`, a [link](https://example.org) and $\hat{y}=\sigma(Wx+b)$.[^1]

> The purpose of computing is insight, not numbers.
>
> — Richard Hamming

## Loss

$$
\mathcal{L}(\theta)=\underbrace{\mathbb{E}_{x\sim p}\left[\log q_\theta(x)\right]}_{\text{fit}}-\beta\,D_{\mathrm{KL}}(p\,\|\,q)
$$

\begin{align}
\nabla_\theta J &= \sum_{t=0}^{T}\nabla_\theta\log\pi_\theta(a_t\mid s_t)\,G_t \label{pg}\\
&\approx \frac{1}{N}\sum_{n=1}^{N} g_n
\end{align}

By $\eqref{pg}$ it follows, and $\nosuchcommand{x}$ cannot be shown.

| model | size | score |
|:--|--:|:-:|
| small | 7 M | 71.3 |
| large | 70 B | 71.4 |

```python
def attention(q, k, v):
    # scaled dot product
    return softmax(q @ k.T / sqrt(k.shape[-1])) @ v
```

## Doubts

- [x] read the appendix
- [ ] run the code

1. First
2. Second[^2]

![A picture](/static/img/favicon.svg "The figure, with $x$ in its caption"){width="30%"}

[^1]: A note with $n$ letters.
[^2]: Another one.
"""  # noqa: E501 -- as long as formulas are
