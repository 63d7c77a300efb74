"""Makes the fixtures of other programs' metadata: small images with texts as A1111, ComfyUI, InvokeAI and NovelAI write them.

python metadata_fixtures.py [--out fixtures/metadata]

Writes one image per case, and metadata.json: for each file the texts that it holds, and the program, prompt, negative prompt and
settings that a reader finds in them, if it is of a known program.
"""
import argparse
import io
import json
import struct
import zlib
from pathlib import Path

from PIL import Image, PngImagePlugin

SIZE = (16, 8)
NEGATIVE = "lowres, bad anatomy"
PROMPT = "masterpiece, (a fish:1.2), 彩色, é"
LINE = ('Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 3540802589, Size: 512x768, Model hash: 78d625f19d, '
        'Model: serenity_v21, Lora hashes: "a: 1b, c: 2d", Version: v1.7.0')
WEBUI = f"{PROMPT}\nNegative prompt: {NEGATIVE}\n{LINE}"
SETTINGS = {"Steps": "20", "Sampler": "DPM++ 2M Karras", "CFG scale": "7", "Seed": "3540802589", "Size": "512x768",
            "Model hash": "78d625f19d", "Model": "serenity_v21", "Lora hashes": "a: 1b, c: 2d", "Version": "v1.7.0"}
PLAIN = f"a fish\nin the sea\n{LINE}"
COMFY = {
    "3": {"class_type": "KSampler", "inputs": {
        "seed": 156680208700286, "steps": 25, "cfg": 8.0, "sampler_name": "euler", "scheduler": "normal", "denoise": 1,
        "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_base_1.0.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 640, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["9", 0], "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": NEGATIVE, "clip": ["4", 1]}},
    "9": {"class_type": "PrimitiveString", "inputs": {"value": "a purple bottle"}}}
COMFY_FOUND = ["ComfyUI", "a purple bottle", NEGATIVE, {
    "Steps": "25", "Sampler": "euler", "Schedule type": "normal", "CFG scale": "8.0", "Seed": "156680208700286", "Size": "512x640",
    "Model": "sd_xl_base_1.0.safetensors"}]
WORKFLOW = {"last_node_id": 9, "nodes": [], "version": 0.4}
INVOKE = {"app_version": "4.2.0", "generation_mode": "sdxl_txt2img", "positive_prompt": "a cat", "negative_prompt": NEGATIVE, "width": 640,
          "height": 512, "seed": 12345, "cfg_scale": 7.5, "steps": 30, "scheduler": "unipc",
          "model": {"key": "x", "name": "stable-diffusion-xl-base-1-0", "base": "sdxl"}}
INVOKE_OLD = {"model": "stable diffusion", "model_weights": "sd-1.5", "app_id": "invoke-ai/InvokeAI", "image": {
    "prompt": [{"prompt": "a dog", "weight": 1.0}], "steps": 50, "cfg_scale": 7.5, "width": 512, "height": 512, "seed": 5, "sampler": "k_euler"}}
NOVEL = {"steps": 28, "height": 1216, "width": 832, "scale": 5.0, "uncond_scale": 1.0, "seed": 1234567890, "sampler": "k_euler_ancestral",
         "prompt": "1girl, smile", "uc": NEGATIVE}
NOVEL_FOUND = ["NovelAI", "1girl, smile", NEGATIVE, {
    "Steps": "28", "Sampler": "k_euler_ancestral", "CFG scale": "5.0", "Seed": "1234567890", "Size": "832x1216"}]
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'


def image():
    return Image.new("RGB", SIZE, (40, 90, 160))


def exif(comment=None, byte_order="<", **tags):
    """A TIFF structure with texts of the main directory, and a user's comment."""
    out = Image.Exif()
    out.endian = byte_order
    for tag, text in tags.items():
        out[int(tag, 16)] = text
    if comment is not None:
        out.get_ifd(0x8769)[0x9286] = comment
        out._ifds[0x8769] = {0x9286: comment}
        out[0x8769] = out._ifds[0x8769]
    return out.tobytes()


def saved(format, **settings):
    out = io.BytesIO()
    image().save(out, format, **settings)
    return out.getvalue()


def png(*texts, exif=None, late=()):
    """A PNG of (kind, keyword, text); those of `late` come after the pixels."""
    file = saved("PNG", **({"exif": exif} if exif else {}))
    end = file.index(b"IDAT") - 4
    file = file[:end] + b"".join(text_chunk(*text) for text in texts) + file[end:]
    return file[:-12] + b"".join(text_chunk(*text) for text in late) + file[-12:]


def text_chunk(kind, keyword, text):
    head = keyword.encode("latin-1") + b"\0"
    content = {"tEXt": lambda: text.encode("latin-1"), "zTXt": lambda: b"\0" + zlib.compress(text.encode("latin-1")),
               "iTXt": lambda: b"\0\0en\0\0" + text.encode(), "iTXt-z": lambda: b"\1\0\0\0" + zlib.compress(text.encode())}[kind]()
    name = kind[:4].encode()
    return struct.pack(">I", len(head + content)) + name + head + content + struct.pack(">I", zlib.crc32(name + head + content))


def cases():
    """file -> (content, texts, what is found)."""
    webui = ["stable-diffusion-webui", PROMPT, NEGATIVE, SETTINGS]
    user = {"EXIF UserComment": WEBUI}
    be, le = b"UNICODE\0" + WEBUI.encode("utf-16-be"), b"UNICODE\0" + WEBUI.encode("utf-16-le")
    plain = ["stable-diffusion-webui", "a fish\nin the sea", "", SETTINGS]
    comfy, workflow = json.dumps(COMFY), json.dumps(WORKFLOW)
    novel = [("tEXt", "Title", "AI generated image"), ("tEXt", "Description", "1girl, smile"), ("tEXt", "Software", "NovelAI"),
             ("tEXt", "Source", "Stable Diffusion XL C1E1DE52"), ("tEXt", "Comment", json.dumps(NOVEL))]
    return {
        "webui.png": (png(("iTXt", "parameters", WEBUI)), {"parameters": WEBUI}, webui),
        "webui-compressed.png": (png(("iTXt-z", "parameters", WEBUI)), {"parameters": WEBUI}, webui),
        "webui-late.png": (png(late=[("tEXt", "parameters", PLAIN), ("zTXt", "more", "packed é")]), {"parameters": PLAIN, "more": "packed é"}, plain),
        "webui-twice.png": (png(("tEXt", "parameters", PLAIN), late=[("tEXt", "parameters", "second")]),
                            {"parameters": PLAIN, "parameters (2)": "second"}, plain),
        "webui-exif.png": (png(exif=exif(be, ">")), user, webui),
        "webui-big-endian.jpg": (saved("JPEG", exif=exif(be, ">")), user, webui),
        "webui-big-endian-in-little.jpg": (saved("JPEG", exif=exif(be, "<")), user, webui),
        "webui-little-endian.jpg": (saved("JPEG", exif=exif(le, "<")), user, webui),
        "webui-marked.jpg": (saved("JPEG", exif=exif(b"UNICODE\0" + WEBUI.encode("utf-16"), ">")), user, webui),
        "webui-utf-8.jpg": (saved("JPEG", exif=exif(b"UNICODE\0" + WEBUI.encode(), ">")), user, webui),
        "webui-undefined.webp": (saved("WEBP", exif=exif(b"\0" * 8 + WEBUI.encode(), "<")), user, webui),
        "webui-ascii.webp": (saved("WEBP", exif=exif(b"ASCII\0\0\0" + PLAIN.encode(), "<")), {"EXIF UserComment": PLAIN}, plain),
        "webui-jis.jpg": (saved("JPEG", exif=exif(b"JIS\0\0\0\0\0" + "a fish, 彩色\nSteps: 5".encode("iso-2022-jp"), "<")),
                          {"EXIF UserComment": "a fish, 彩色\nSteps: 5"}, ["stable-diffusion-webui", "a fish, 彩色", "", {"Steps": "5"}]),
        "webui-big-endian.webp": (saved("WEBP", exif=exif(be, ">")), user, webui),
        "webui-comment.jpg": (saved("JPEG", comment=WEBUI.encode()), {"comment": WEBUI}, webui),
        "comfyui.png": (png(("tEXt", "prompt", comfy), ("tEXt", "workflow", workflow)), {"prompt": comfy, "workflow": workflow}, COMFY_FOUND),
        "comfyui.webp": (saved("WEBP", exif=exif(**{"0x010F": "workflow:" + workflow, "0x0110": "prompt:" + comfy})),
                         {"EXIF Make": "workflow:" + workflow, "EXIF Model": "prompt:" + comfy}, COMFY_FOUND),
        "invokeai.png": (png(("iTXt", "invokeai_metadata", json.dumps(INVOKE))), {"invokeai_metadata": json.dumps(INVOKE)},
                         ["InvokeAI", "a cat", NEGATIVE, {"Steps": "30", "Sampler": "unipc", "CFG scale": "7.5", "Seed": "12345",
                                                           "Size": "640x512", "Model": "stable-diffusion-xl-base-1-0"}]),
        "invokeai-2.png": (png(("tEXt", "sd-metadata", json.dumps(INVOKE_OLD))), {"sd-metadata": json.dumps(INVOKE_OLD)},
                           ["InvokeAI", "a dog", "", {"Steps": "50", "Sampler": "k_euler", "CFG scale": "7.5", "Seed": "5", "Size": "512x512",
                                                      "Model": "sd-1.5"}]),
        "novelai.png": (png(*novel), {keyword: text for _, keyword, text in novel}, NOVEL_FOUND),
        "novelai.webp": (saved("WEBP", exif=exif(b"ASCII\0\0\0" + json.dumps({"Comment": json.dumps(NOVEL)}).encode(), "<")),
                         {"EXIF UserComment": json.dumps({"Comment": json.dumps(NOVEL)})}, NOVEL_FOUND),
        "xmp.jpg": (saved("JPEG", xmp=XMP.encode()), {"XML:com.adobe.xmp": XMP}, None),
        "xmp.webp": (saved("WEBP", xmp=XMP.encode()), {"XML:com.adobe.xmp": XMP}, None),
        "camera.jpg": (saved("JPEG", exif=exif(**{"0x010F": "Maker", "0x0110": "Model 5", "0x0131": "Editor"})),
                       {"EXIF Make": "Maker", "EXIF Model": "Model 5", "EXIF Software": "Editor"}, None),
        "broken-graph.png": (png(("tEXt", "prompt", '{"1": {"class_type": "KSampler", "inputs": {"positive": ["1", 0]}}, "2": 3}')),
                             {"prompt": '{"1": {"class_type": "KSampler", "inputs": {"positive": ["1", 0]}}, "2": 3}'}, ["ComfyUI", "", "", {}]),
        "none.webp": (saved("WEBP"), {}, None),
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", type=Path, default=Path(__file__).parent / "fixtures" / "metadata")
    out = arguments.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    facts = {}
    for name, (content, texts, found) in cases().items():
        (out / name).write_bytes(content)
        keys = ("program", "prompt", "negative_prompt", "settings")
        facts[name] = {"texts": texts, "found": dict(zip(keys, found)) if found else None}
    (out / "metadata.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    print(len(facts), "files")


if __name__ == "__main__":
    main()
