"""The networks of sketchbook-clip and sketchbook-dino: a small picture encoder with a class token, and a small text encoder as CLIP's."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import encoder_world


class Block(nn.Module):
    """Attention and MLP, each after a layer norm."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x, mask=None):
        b, n, w = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        weights = q @ k.transpose(-1, -2) * (w // self.heads) ** -.5
        if mask is not None:
            weights = weights + mask
        x = x + self.out((weights.softmax(-1) @ v).transpose(1, 2).reshape(b, n, w))
        return x + self.mlp(self.norm2(x))


class PictureEncoder(nn.Module):
    """pixel_values (batch, 3, 64, 64) -> last_hidden_state (batch, 17, width): the class token, then 4 x 4 patches."""

    def __init__(self, width=128, layers=3, heads=4):
        super().__init__()
        sizes = [(3, 32, 2), (32, 64, 2), (64, 96, 2), (96, 96, 1), (96, width, 2)]
        self.stem = nn.Sequential(*[layer for i, o, stride in sizes
                                    for layer in (nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU())])
        tokens = (encoder_world.SIDE // 16) ** 2 + 1
        self.cls = nn.Parameter(.02 * torch.randn(1, 1, width))
        self.position = nn.Parameter(.02 * torch.randn(1, tokens, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, pixel_values):
        patches = self.stem(pixel_values).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(patches.shape[0], -1, -1), patches], 1) + self.position
        for block in self.blocks:
            x = block(x)
        return self.norm(x)


class TextEncoder(nn.Module):
    """input_ids (batch, tokens) -> text_embeds (batch, dimensions): as CLIP's, the state of the first end token, projected."""

    def __init__(self, vocabulary, end, dimensions, width=96, layers=2, heads=3, places=32):
        super().__init__()
        self.end = end
        self.token = nn.Embedding(vocabulary, width)
        self.position = nn.Parameter(.01 * torch.randn(places, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.projection = nn.Linear(width, dimensions, bias=False)
        nn.init.normal_(self.token.weight, std=.02)

    def forward(self, input_ids):
        n = input_ids.shape[1]
        x = self.token(input_ids) + self.position[:n]
        place = torch.arange(n, device=input_ids.device)
        mask = (place[None, :] > place[:, None]).to(x.dtype) * -1e4
        for block in self.blocks:
            x = block(x, mask)
        last = (input_ids == self.end).to(torch.int32).argmax(1)
        chosen = (place[None, :] == last[:, None]).to(x.dtype)
        return self.projection((self.norm(x) * chosen[..., None]).sum(1))


class Clip(nn.Module):
    """Pictures and words in one space."""

    def __init__(self, vocabulary, end, dimensions=128):
        super().__init__()
        self.picture = PictureEncoder()
        self.projection = nn.Linear(self.picture.norm.normalized_shape[0], dimensions, bias=False)
        self.text = TextEncoder(vocabulary, end, dimensions)
        self.logit_scale = nn.Parameter(torch.tensor(2.6592))

    def image_embeds(self, pixel_values):
        return self.projection(self.picture(pixel_values)[:, 0])


class ClipVision(nn.Module):
    def __init__(self, clip):
        super().__init__()
        self.clip = clip

    def forward(self, pixel_values):
        return self.clip.image_embeds(pixel_values)


def unit(x):
    return F.normalize(x.float(), dim=-1)


def augment(pixels, rng):
    """(batch, side, side, 3) of uint8, each moved by up to three pixels and often mirrored."""
    out = np.empty_like(pixels)
    for i, a in enumerate(pixels):
        y, x = rng.integers(-3, 4, 2)
        a = np.pad(a, ((3, 3), (3, 3), (0, 0)), mode="edge")[3 + y:3 + y + a.shape[0], 3 + x:3 + x + a.shape[1]]
        out[i] = a[:, ::-1] if rng.random() < .5 else a
    return out
