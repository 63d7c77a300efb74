"""The network of sketchbook-depth: a hybrid DPT whose backbone is sketchbook itself. The encoder of its VAE and the down blocks of its UNet,
without noise and without a prompt, see the picture at three sizes, the last of them with attention; fusion blocks, which alone are
trained, bring what they see back to the picture's size. After Ranftl et al. 2021; networks that generate know depth: Ke et al. 2024."""
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from torch import nn
from torch.nn import functional as F

import common

TIME, WIDTHS, PIXELS = 60, (32, 64, 96), 4  # the step for which the UNet takes the latents; widths of the fusion; pixels of a latent


def convolved(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU())


class Backbone(nn.Module):
    """pixel_values (batch, 3, 128, 128) in [-1, 1] -> features of (48, 32, 32), (96, 16, 16), (160, 8, 8)."""

    def __init__(self):
        super().__init__()
        vae, unet = AutoencoderKL.from_pretrained(common.ROOT / "vae").float(), UNet2DConditionModel.from_pretrained(common.ROOT / "unet").float()
        self.encoder, self.quant_conv, self.scale = vae.encoder, vae.quant_conv, vae.config.scaling_factor
        self.conv_in, self.down_blocks, self.context = unet.conv_in, unet.down_blocks, unet.config.cross_attention_dim
        with torch.no_grad():
            sizes = torch.tensor([[common.SIZE, common.SIZE, 0, 0, common.SIZE, common.SIZE]])
            pooled = unet.config.projection_class_embeddings_input_dim - sizes.numel() * unet.config.addition_time_embed_dim
            added = torch.cat([torch.zeros(1, pooled), unet.add_time_proj(sizes.flatten()).reshape(1, -1)], 1)
            time = unet.time_embedding(unet.time_proj(torch.tensor([TIME]))) + unet.add_embedding(added)
        self.register_buffer("time", time, persistent=False)
        self.requires_grad_(False)

    def forward(self, pixel_values):
        x = self.conv_in(self.quant_conv(self.encoder(pixel_values))[:, :4] * self.scale)
        prompt, found = x.new_zeros(x.shape[0], 1, self.context), []
        for block in self.down_blocks:
            words = {"encoder_hidden_states": prompt} if hasattr(block, "attentions") else {}
            x, seen = block(x, self.time, **words)
            found.append(seen[0])
        return found


class Fusion(nn.Module):
    """What comes from below, enlarged, with what was seen at this size."""

    def __init__(self, below, seen, width):
        super().__init__()
        self.below, self.seen = nn.Conv2d(below, width, 1), nn.Conv2d(seen, width, 1)
        self.first, self.second = convolved(width, width), convolved(width, width)

    def forward(self, x, seen):
        x = F.interpolate(self.below(x), scale_factor=2, mode="bilinear", align_corners=False) + self.seen(seen)
        return x + self.second(self.first(x))


class Neck(nn.Module):
    """The backbone's features and the picture -> inverse depth (batch, 128, 128), 0 far to 1 near."""

    def __init__(self):
        super().__init__()
        a, b, c = WIDTHS
        self.smallest = nn.Sequential(nn.Conv2d(160, c, 1), convolved(c, c))
        self.middle, self.largest = Fusion(c, 96, b), Fusion(b, 48 + 32, a)
        self.pixels = convolved(3 * PIXELS * PIXELS, 32)
        self.head = nn.Sequential(convolved(a, a), nn.Conv2d(a, PIXELS * PIXELS, 3, 1, 1), nn.PixelShuffle(PIXELS))
        self.prior = nn.Parameter(torch.zeros(1, common.SIZE, common.SIZE))

    def forward(self, large, middle, small, pixel_values):
        large = torch.cat([large, self.pixels(F.pixel_unshuffle(pixel_values, PIXELS))], 1)
        x = self.largest(self.middle(self.smallest(small), middle), large)
        return self.prior + self.head(x)[:, 0]


class Depth(nn.Module):
    """pixel_values (batch, 3, 128, 128) in [-1, 1] -> predicted_depth (batch, 128, 128)."""

    def __init__(self):
        super().__init__()
        self.backbone, self.neck = Backbone(), Neck()

    def forward(self, pixel_values):
        return self.neck(*self.backbone(pixel_values), pixel_values)
