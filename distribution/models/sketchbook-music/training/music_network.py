"""The networks of sketchbook-music: an encoder of log-mel spectrograms and one of texts, with a shared embedding space."""
import torch
from torch import nn

from music_features import BANDS, FRAMES

SIZE, WIDTH, TEXT_WIDTH, HEADS, TEXT_LENGTH, PAD = 128, 128, 96, 4, 48, 1
CHANNELS = (16, 32, 64, 96)


class Block(nn.Module):
    """A transformer block, normalised before each part. x: (batch, tokens, width); mask: (batch, tokens), 1 to attend."""

    def __init__(self, width):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 3 * width), nn.Linear(3 * width, width)

    def forward(self, x, mask=None):
        q, k, v = (part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in self.qkv(self.norm1(x)).chunk(3, -1))
        scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -.5
        if mask is not None:
            scores = scores + (1 - mask[:, None, None, :].to(x.dtype)) * -1e4
        x = x + self.out((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
        return x + self.down(nn.functional.gelu(self.up(self.norm2(x))))


class Audio(nn.Module):
    """input_features (batch, 1, frames, bands) in decibels -> audio_embeds (batch, SIZE)."""

    def __init__(self, fast):
        super().__init__()
        layers, inputs = [], 1
        for place, outputs in enumerate(CHANNELS):
            kernel, stride = ((3, 7), (2, 2)) if place == 0 else ((3, 3), (2, 2) if place < 3 else (1, 2))
            layers += [nn.Conv2d(inputs, outputs, kernel, stride, (kernel[0] // 2, kernel[1] // 2)), nn.BatchNorm2d(outputs), nn.ReLU()]
            inputs = outputs
        self.layout = torch.channels_last if fast else torch.contiguous_format  # the first is quicker in training, the second exports
        self.stem = nn.Sequential(*layers).to(memory_format=self.layout)
        self.project = nn.Linear(inputs * BANDS // 16, WIDTH)
        self.position = nn.Parameter(.02 * torch.randn((FRAMES + 7) // 8, WIDTH))
        self.blocks = nn.ModuleList(Block(WIDTH) for _ in range(2))
        self.norm, self.projection = nn.LayerNorm(2 * WIDTH), nn.Linear(2 * WIDTH, SIZE)

    def forward(self, input_features):
        scaled = ((input_features + 50) / 25).contiguous(memory_format=self.layout)
        seen = self.stem(scaled)  # (batch, channels, frames / 8, bands / 16)
        x = self.project(seen.permute(0, 2, 1, 3).flatten(2)) + self.position
        for block in self.blocks:
            x = block(x)
        return self.projection(self.norm(torch.cat([x.mean(1), x.amax(1)], -1)))


class Text(nn.Module):
    """input_ids and attention_mask (batch, tokens) -> text_embeds (batch, SIZE)."""

    def __init__(self, vocabulary):
        super().__init__()
        self.token = nn.Embedding(vocabulary, TEXT_WIDTH)
        self.position = nn.Parameter(.02 * torch.randn(TEXT_LENGTH, TEXT_WIDTH))
        self.blocks = nn.ModuleList(Block(TEXT_WIDTH) for _ in range(2))
        self.norm, self.projection = nn.LayerNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, SIZE)

    def forward(self, input_ids, attention_mask):
        x = self.token(input_ids) + self.position[:input_ids.shape[1]]
        for block in self.blocks:
            x = block(x, attention_mask)
        share = attention_mask[:, :, None].to(x.dtype)
        return self.projection(self.norm((x * share).sum(1) / share.sum(1)))


class Clap(nn.Module):
    def __init__(self, vocabulary, fast=False):
        super().__init__()
        self.audio, self.text = Audio(fast), Text(vocabulary)
        self.logit_scale = nn.Parameter(torch.tensor(10.0).log())
