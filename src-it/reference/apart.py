"""Several references kept apart: what Atelier means by it, on diffusers' UNet. No reference code has it; equal references give what sa_handler.py gives for one.

An image half of a call is the references, then the targets. A reference attends to itself. A target attends to its own tokens
and to each reference's, whose logits have log(weight) added; AdaIN goes to the weighted means of the references' means and standard
deviations; a shared group normalisation takes the references as one image in which each has its weight's share of the area.
"""
import math
from contextlib import contextmanager
from unittest import mock

import torch
from diffusers.models.attention_processor import AttnProcessor2_0
from torch.nn import GroupNorm
from torch.nn import functional


class Apart:
    """Attention of targets to references of given weights."""

    def __init__(self, weights, arguments):
        self.weights = weights
        self.arguments = arguments

    def __call__(self, attention, hidden_states, encoder_hidden_states=None, attention_mask=None, **_):
        def heads(linear):
            return linear(hidden_states).unflatten(-1, (attention.heads, -1)).transpose(1, 2)

        query, key, value = heads(attention.to_q), heads(attention.to_k), heads(attention.to_v)
        halves = [self.half(*parts) for parts in zip(query.chunk(2), key.chunk(2), value.chunk(2))]
        return attention.to_out[0](torch.cat(halves).transpose(1, 2).flatten(2))

    def half(self, query, key, value):
        """One half of the guidance: each (image, head, token, channel)."""
        count, scale = len(self.weights), query.shape[-1] ** -0.5
        alone = functional.scaled_dot_product_attention(query[:count], key[:count], value[:count])
        own_query = self.adain(query) if self.arguments.adain_queries else query[count:]
        own_key = self.adain(key) if self.arguments.adain_keys else key[count:]
        own_value = self.adain(value) if self.arguments.adain_values else value[count:]
        logits, values = [own_query @ own_key.mT * scale], [own_value]
        for number, weight in enumerate(self.weights):
            shown = self.arguments.shared_score_scale * key[number]
            logits.append(own_query @ shown.mT * scale + self.arguments.shared_score_shift + math.log(weight))
            values.append(value[number].expand_as(own_value))
        return torch.cat([alone, torch.cat(logits, -1).softmax(-1) @ torch.cat(values, -2)])

    def adain(self, heads):
        count = len(self.weights)
        means, deviations = heads.mean(-2, keepdim=True), (heads.var(-2, keepdim=True) + 1e-5).sqrt()
        mean, deviation = (sum(weight * moment[number] for number, weight in enumerate(self.weights)) for moment in (means, deviations))
        return (heads[count:] - means[count:]) / deviations[count:] * deviation + mean


def shared_norm(norm, weights):
    """The forward of a group normalisation that targets share with the references: half by their own moments, half by the references'."""
    def half(hidden):
        count = len(weights)
        groups = hidden.unflatten(1, (norm.num_groups, -1)).flatten(2)
        means, variances = groups.mean(-1, keepdim=True), groups.var(-1, keepdim=True, unbiased=False)
        mean = sum(weight * means[number] for number, weight in enumerate(weights))
        square = sum(weight * (variances[number] + means[number] ** 2) for number, weight in enumerate(weights))
        means, squares = means.clone(), variances + means ** 2
        means[count:], squares[count:] = (means[count:] + mean) / 2, (squares[count:] + square) / 2
        normal = ((groups - means) / (squares - means ** 2 + norm.eps).sqrt()).view_as(hidden)
        shape = (1, -1) + (1,) * (hidden.ndim - 2)
        return normal * norm.weight.view(shape) + norm.bias.view(shape)

    return lambda hidden: torch.cat([half(part) for part in hidden.chunk(2)])


@contextmanager
def kept_apart(unet, weights, arguments):
    """A UNet whose calls are references of these weights, then targets, in both halves."""
    before = unet.attn_processors
    unet.set_attn_processor({name: Apart(weights, arguments) if "attn1" in name else AttnProcessor2_0() for name in before})
    norms = [module for module in unet.modules() if isinstance(module, GroupNorm)] if arguments.share_group_norm else []
    patches = [mock.patch.object(norm, "forward", shared_norm(norm, weights)) for norm in norms]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()
        unet.set_attn_processor(before)
