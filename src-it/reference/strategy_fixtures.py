"""Makes the fixture of strategies that the reference code does not have: one UNet call each, by attention processors of diffusers.

python strategy_fixtures.py --style-aligned DIR --sketchbook DIR --out DIR [NAME...]

Arguments as for make_fixtures.py. A half of the call is three images: a style, a content, and the target that takes from them;
both attend to themselves. The target's self-attention is

swap    softmax(q k_style / sqrt d) v_style, in the blocks of the way up (Visual Style Prompting, Jeong et al. 2024)
inject  with gamma (q_content) + (1 - gamma) q as queries, and scores times a temperature, there too (StyleID, Chung et al. 2024)
without shared with the style's tokens but for those where a word is, in all layers: those whose map is above the middle between
        its lowest and its highest number; queries and keys have the moments of the style's (AdaIN)

A map is what the conditional half's cross-attention to a word's tokens comes to, summed over these, averaged over heads and over the
layers of a resolution; of the style over all layers of the call, of the target over those that have been passed.
"""
from contextlib import contextmanager

import torch
from torch.nn import functional

import tiny_sdxl
from make_fixtures import EXACT, call, conditioning, difference, main, randn

STYLE, CONTENT, TARGET = range(3)
IMAGES, TIMESTEP = 3, 601
WORD = (3, 4)
GAMMA, TEMPERATURE = 0.75, 1.5


class Observed:
    """The maps of all images, layer by layer of the call; and how far they were at every self-attention."""

    def __init__(self):
        self.layers, self.passed = [], []

    def mean(self):
        return torch.stack(self.layers).mean(0)


class Processor:
    """Attention of a layer: what `self_attention` makes of a half's queries, keys and values; cross-attention is observed."""

    def __init__(self, observed, self_attention=None):
        self.observed, self.self_attention = observed, self_attention

    def __call__(self, attention, hidden_states, encoder_hidden_states=None, attention_mask=None, **_):
        context = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        query = attention.to_q(hidden_states).unflatten(-1, (attention.heads, -1)).transpose(1, 2)
        key, value = (linear(context).unflatten(-1, (attention.heads, -1)).transpose(1, 2) for linear in (attention.to_k, attention.to_v))
        if encoder_hidden_states is not None:
            scores = query[IMAGES:] @ key[IMAGES:].mT * query.shape[-1] ** -0.5
            self.observed.layers.append(scores.softmax(-1)[..., list(WORD)].sum(-1).mean(1))
        else:
            self.observed.passed.append(self.observed.mean() if self.observed.layers else None)
        attended = functional.scaled_dot_product_attention(query, key, value)
        if encoder_hidden_states is None and self.self_attention is not None:
            for first in (0, IMAGES):
                rows = slice(first, first + IMAGES)
                attended[first + TARGET] = self.self_attention(query[rows], key[rows], value[rows])
        return attention.to_out[0](attended.transpose(1, 2).flatten(2))


def softmaxed(query, key, value, temperature=1.0, bias=0.0):
    return (query @ key.mT * query.shape[-1] ** -0.5 * temperature + bias).softmax(-1) @ value


def swap(query, key, value):
    return softmaxed(query[TARGET], key[STYLE], value[STYLE])


def inject(query, key, value):
    return softmaxed(GAMMA * query[CONTENT] + (1 - GAMMA) * query[TARGET], key[STYLE], value[STYLE], TEMPERATURE)


def adain(heads):
    mean, deviation = heads.mean(-2, keepdim=True), (heads.var(-2, keepdim=True) + 1e-5).sqrt()
    return (heads[TARGET] - mean[TARGET]) / deviation[TARGET] * deviation[STYLE] + mean[STYLE]


def without(left_out):
    def share(query, key, value):
        bias = torch.cat([torch.zeros(key.shape[-2]), torch.where(left_out, -torch.inf, 0.0)]).to(query.dtype)
        return softmaxed(adain(query), torch.cat([adain(key), key[STYLE]], -2), torch.cat([value[TARGET], value[STYLE]], -2), bias=bias)
    return share


@contextmanager
def attending(unet, self_attention, blocks):
    """A UNet whose self-attentions in blocks of that name are those of a strategy."""
    before, observed = unet.attn_processors, Observed()
    unet.set_attn_processor({name: Processor(observed, self_attention if name.startswith(blocks) else None) for name in before})
    yield observed
    unet.set_attn_processor(before)


def above_the_middle(maps):
    middle = (maps.min() + maps.max()) / 2
    assert (maps - middle).abs().min() > 1e-5, "rounding decides which tokens are left out"
    return maps > middle


def strategies(fixtures):
    pipeline, exact = tiny_sdxl.load(fixtures.tiny), tiny_sdxl.load(fixtures.tiny, EXACT)
    latents = randn(IMAGES, 4, 16, 16, seed=800)
    given = conditioning(pipeline, 2 * IMAGES, 810)
    tensors, rounding = {"latents": latents, **given}, {}
    for dtype, model in ((torch.float32, pipeline), (EXACT, exact)):
        def run(self_attention, blocks):
            with attending(model.unet, self_attention, blocks) as observed, torch.no_grad():
                return call(model.unet, torch.cat([latents] * 2), TIMESTEP, given), observed
        plain, observed = run(None, ())
        left_out = above_the_middle(observed.mean()[STYLE])
        outputs = {"plain": plain, "swap": run(swap, "up_blocks")[0], "inject": run(inject, "up_blocks")[0]}
        outputs["without"], shared = run(without(left_out), "")
        outputs.update({
            "map.style": observed.mean()[STYLE],
            "map.target": torch.stack([maps[TARGET] for maps in shared.passed[1:]] + [shared.mean()[TARGET]])})
        for name, output in outputs.items():
            if dtype == EXACT:
                rounding[name] = difference(tensors[name], output)
            else:
                tensors[name] = output
        assert 0 < left_out.sum() < left_out.numel(), "something is left out and something stays"
    for name in ("swap", "inject", "without"):
        for row in range(2 * IMAGES):
            changed = difference(tensors["plain"][row], tensors[name][row])
            assert (changed > 1e-3) == (row % IMAGES == TARGET), f"{name} changed row {row} by {changed}"
    fixtures.tensors("strategies", tensors)
    fixtures.facts("strategies", {"timestep": TIMESTEP, "word": list(WORD), "gamma": GAMMA, "temperature": TEMPERATURE,
                                  "left-out": left_out.nonzero().flatten().tolist()})
    fixtures.rounding("strategies", rounding)


if __name__ == "__main__":
    main([strategies], __doc__)
