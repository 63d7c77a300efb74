"""The tensor names of Stable Diffusion in its original repositories, made from those of diffusers and transformers."""
import re

RESNET = [
    ("norm1", "in_layers.0"), ("conv1", "in_layers.2"), ("time_emb_proj", "emb_layers.1"),
    ("norm2", "out_layers.0"), ("conv2", "out_layers.3"), ("conv_shortcut", "skip_connection"),
]
EDGES = [
    ("conv_in", "input_blocks.0.0"), ("time_embedding.linear_1", "time_embed.0"),
    ("time_embedding.linear_2", "time_embed.2"), ("add_embedding.linear_1", "label_emb.0.0"),
    ("add_embedding.linear_2", "label_emb.0.2"), ("conv_norm_out", "out.0"), ("conv_out", "out.2"),
]


def replaced(name, table):
    for old, new in table:
        if name.startswith(old + "."):
            return new + name[len(old):]
    raise KeyError(name)


def unet(names, layers):
    """The original name of every tensor of a UNet, in the order of the file."""
    attended = {int(m[1]) for m in (re.match(r"up_blocks\.(\d+)\.attentions", name) for name in names) if m}

    def original(name):
        part = re.match(r"(down|up)_blocks\.(\d+)\.(\w+)\.(\d+)\.(.+)", name)
        if part:
            kind, block, what, layer, rest = part[1], int(part[2]), part[3], int(part[4]), part[5]
            number = block * (layers + 1) + layer + (kind == "down")
            begin = "input_blocks" if kind == "down" else "output_blocks"
            if what == "resnets":
                return f"{begin}.{number}.0.{replaced(rest, RESNET)}"
            if what == "attentions":
                return f"{begin}.{number}.1.{rest}"
            if what == "downsamplers":
                return f"input_blocks.{(block + 1) * (layers + 1)}.0.op{rest[len('conv'):]}"
            return f"output_blocks.{block * (layers + 1) + layers}.{2 if block in attended else 1}.{rest}"
        part = re.match(r"mid_block\.(\w+)\.(\d+)\.(.+)", name)
        if part:
            if part[1] == "attentions":
                return f"middle_block.1.{part[3]}"
            return f"middle_block.{2 * int(part[2])}.{replaced(part[3], RESNET)}"
        return replaced(name, EDGES)

    return {name: "model.diffusion_model." + original(name) for name in names}


ATTENTION = [("group_norm", "norm"), ("to_q", "q"), ("to_k", "k"), ("to_v", "v"), ("to_out.0", "proj_out")]


def vae(names, levels):
    """The original name of every tensor of an autoencoder."""

    def original(name):
        part = re.match(r"(encoder|decoder)\.(.+)", name)
        if not part:
            return name
        coder, inner = part[1], part[2]
        block = re.match(r"(?:down|up)_blocks\.(\d+)\.(\w+)\.(\d+)\.(.+)", inner)
        if block:
            level = int(block[1]) if coder == "encoder" else levels - 1 - int(block[1])
            where = f"{coder}.{'down' if coder == 'encoder' else 'up'}.{level}"
            if block[2] == "resnets":
                return f"{where}.block.{block[3]}.{block[4].replace('conv_shortcut', 'nin_shortcut')}"
            return f"{where}.{block[2][:-len('rs')]}.{block[4]}"
        middle = re.match(r"mid_block\.(\w+)\.(\d+)\.(.+)", inner)
        if middle:
            if middle[1] == "attentions":
                return f"{coder}.mid.attn_1.{replaced(middle[3], ATTENTION)}"
            return f"{coder}.mid.block_{int(middle[2]) + 1}.{middle[3].replace('conv_shortcut', 'nin_shortcut')}"
        return f"{coder}.{inner.replace('conv_norm_out', 'norm_out')}"

    return {name: "first_stage_model." + original(name) for name in names}


OPEN_CLIP_EDGES = {
    "text_model.embeddings.token_embedding.weight": "token_embedding.weight",
    "text_model.embeddings.position_embedding.weight": "positional_embedding",
    "text_model.final_layer_norm.weight": "ln_final.weight",
    "text_model.final_layer_norm.bias": "ln_final.bias",
    "text_projection.weight": "text_projection",
}
OPEN_CLIP_LAYER = [
    ("layer_norm1", "ln_1"), ("layer_norm2", "ln_2"), ("self_attn.out_proj", "attn.out_proj"),
    ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj"),
]


def open_clip(name):
    """The name in OpenCLIP, and which third of that tensor the part is, or None for all of it."""
    if name in OPEN_CLIP_EDGES:
        return OPEN_CLIP_EDGES[name], None
    number, rest = re.match(r"text_model\.encoder\.layers\.(\d+)\.(.+)", name).groups()
    part = re.match(r"self_attn\.([qkv])_proj\.(weight|bias)", rest)
    if part:
        return f"transformer.resblocks.{number}.attn.in_proj_{part[2]}", "qkv".index(part[1])
    return f"transformer.resblocks.{number}.{replaced(rest, OPEN_CLIP_LAYER)}", None
