"""Makes the fixtures of image decoding: small files of every kind, and the pixels that libwebp and Pillow read from them.

python decoding_fixtures.py [--out fixtures/decoding]

Needs Pillow with libwebp, and the package webp (0.4.0), whose encoder has the settings that Pillow leaves out.
Writes KIND/*.webp|jpg|png, and for each kind one image KIND.png with the expected pixels of its files, one below the other in
the order of KIND.json. Expected are the pixels of Pillow's convert("RGB"), upright as EXIF says, and laid on white where they are
transparent. Colour profiles and gamma are ignored, as convert ignores them.
"""
import argparse
import io
import json
import struct
import zlib
from pathlib import Path

import numpy
import webp
from PIL import Image, ImageDraw, ImageOps, features

WHITE = (255, 255, 255, 255)


# ---- what is encoded --------------------------------------------------------------------------------------------------
def scene(width, height, seed=0):
    """Smooth colours, hard saturated edges, thin lines and a noisy corner: (height, width, 3)."""
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    smooth = numpy.stack([x / width * 255, y / height * 255, 255 - (x + y) / (width + height) * 255], -1)
    image = Image.fromarray(smooth.round().astype(numpy.uint8))
    draw = ImageDraw.Draw(image)
    draw.rectangle([width // 8, height // 8, width // 3, height // 2], fill=(230, 20, 30))
    draw.ellipse([width // 3, height // 3, width - 4, height - 3], fill=(20, 60, 220), outline=(250, 240, 20))
    draw.line([0, height - 1, width - 1, 0], fill=(0, 0, 0), width=1)
    draw.text((width // 3, 2), "ab", fill=(255, 255, 255))
    pixels = numpy.array(image)
    noise = numpy.random.default_rng(seed).integers(0, 256, (height // 4, width // 4, 3))
    pixels[-(height // 4):, -(width // 4):] = noise
    return pixels


def veiled(width, height, seed=0):
    """A scene with every level of transparency: (height, width, 4)."""
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    alpha = numpy.clip((x / (width - 1) * 1.4 - 0.2) * 255, 0, 255)
    alpha[: height // 4] = numpy.where(x[: height // 4] % 3 == 0, 0, 255)
    return numpy.dstack([scene(width, height, seed), alpha.round().astype(numpy.uint8)])


# ---- what is expected -------------------------------------------------------------------------------------------------
def on_white(rgba):
    return numpy.array(Image.alpha_composite(Image.new("RGBA", rgba.size, WHITE), rgba).convert("RGB"))


def expected(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    if image.mode.startswith("I"):  # 16-bit grey, which convert would cut off at 255
        grey = (numpy.array(image).astype(float) / 257).round().astype(numpy.uint8)
        return numpy.dstack([grey] * 3)
    turned = ImageOps.exif_transpose(image)
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return on_white(turned.convert("RGBA")) if has_alpha else numpy.array(turned.convert("RGB"))


# ---- WebP ---------------------------------------------------------------------------------------------------------------
SETTINGS = """lossless quality method image_hint target_size target_PSNR segments sns_strength filter_strength filter_sharpness
filter_type autofilter alpha_compression alpha_filtering alpha_quality pass show_compressed preprocessing partitions
partition_limit emulate_jpeg_size thread_level low_memory near_lossless exact use_delta_palette use_sharp_yuv qmin qmax""".split()


def encoded(pixels, **settings):
    """By libwebp's encoder with its own settings: the fields of WebPConfig, four bytes each, which the package names in part only."""
    config = webp.WebPConfig.new()
    memory = webp.ffi.buffer(config.ptr)
    for name, value in settings.items():
        at = 4 * SETTINGS.index(name)
        memory[at:at + 4] = struct.pack("<f" if name == "quality" else "<i", value)
    assert config.validate(), settings
    image = webp.WebPPicture.from_pil(Image.fromarray(pixels))
    return bytes(image.encode(config).buffer())


def saved(pixels, format="WEBP", **settings):
    out = io.BytesIO()
    (pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)).save(out, format, **settings)
    return out.getvalue()


def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) & 1)


def riff(*chunks):
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def int24(value):
    return struct.pack("<I", value)[:3]


def frame(file, x, y, width, height, flags):
    """The chunks of a still file as a frame of an animation."""
    payload = b"".join(chunk(name, content) for name, content in chunks(file) if name in (b"ALPH", b"VP8 ", b"VP8L"))
    return chunk(b"ANMF", int24(x // 2) + int24(y // 2) + int24(width - 1) + int24(height - 1) + int24(100) + bytes([flags]) + payload)


def chunks(file):
    at = 12
    while at + 8 <= len(file):
        length = struct.unpack("<I", file[at + 4:at + 8])[0]
        yield file[at:at + 4], file[at + 8:at + 8 + length]
        at += 8 + length + (length & 1)


def offset_animation(still, x, y, width, height, canvas, flags, background=b"\x10\x20\x30\xff"):
    """A first frame that covers a part of the canvas, and a second one that covers all of it."""
    head = chunk(b"VP8X", bytes([0x12, 0, 0, 0]) + int24(canvas[0] - 1) + int24(canvas[1] - 1))
    second = encoded(scene(*canvas, seed=9), quality=20)
    return riff(head, chunk(b"ANIM", background + b"\0\0"), frame(still, x, y, width, height, flags), frame(second, 0, 0, *canvas, 0))


def webp_files():
    files = {}
    sizes = [(48, 40), (37, 29), (16, 16), (17, 33), (64, 48), (33, 17), (50, 31)]
    for method in range(7):
        for quality in (10, 60, 80):
            width, height = sizes[method]
            files[f"lossy-m{method}-q{quality}"] = saved(scene(width, height, method), quality=quality, method=method)
    for quality in (0, 30, 50, 75, 90, 100):
        files[f"lossy-q{quality}"] = saved(scene(45, 43, quality), quality=quality)
    files["simple-filter"] = encoded(scene(48, 48), quality=30, filter_type=0, filter_strength=80, filter_sharpness=0)
    files["simple-filter-sharp"] = encoded(scene(41, 35), quality=40, filter_type=0, filter_strength=50, filter_sharpness=5)
    files["strong-filter"] = encoded(scene(48, 48), quality=20, filter_type=1, filter_strength=100, filter_sharpness=0)
    files["strong-filter-sharp"] = encoded(scene(47, 49), quality=35, filter_type=1, filter_strength=60, filter_sharpness=7)
    files["no-filter"] = encoded(scene(40, 40), quality=30, filter_strength=0)
    files["autofilter"] = encoded(scene(64, 33), quality=50, autofilter=1)
    files["one-segment"] = encoded(scene(48, 48), quality=50, segments=1)
    files["four-segments"] = encoded(scene(64, 64), quality=50, segments=4, sns_strength=100)
    files["two-partitions"] = encoded(scene(48, 64), quality=50, partitions=1)
    files["eight-partitions"] = encoded(scene(40, 64), quality=50, partitions=3)
    files["partition-limit"] = encoded(scene(64, 64), quality=60, partition_limit=100)
    files["sharp-yuv"] = encoded(scene(40, 40), quality=80, use_sharp_yuv=1)
    files["jpeg-like"] = encoded(scene(40, 40), quality=70, emulate_jpeg_size=1)
    files["small-target"] = encoded(scene(64, 64), quality=75, target_size=300, **{"pass": 6})
    files["thin"] = saved(scene(64, 5), quality=50)
    files["one-pixel"] = saved(numpy.array([[[200, 30, 90]]], numpy.uint8), quality=80)
    files["flat"] = saved(numpy.full((32, 32, 3), (250, 128, 3), numpy.uint8), quality=5)
    files["grey"] = saved(numpy.dstack([scene(32, 32)[..., 1]] * 3), quality=60)
    for quality in (0, 40, 80):
        files[f"alpha-q{quality}"] = saved(veiled(39, 31, quality), quality=quality, alpha_quality=100)
    files["alpha-lossy"] = saved(veiled(48, 40), quality=60, alpha_quality=20)
    files["alpha-uncompressed"] = encoded(veiled(32, 32), quality=60, alpha_compression=0)
    files["alpha-best-filter"] = encoded(veiled(33, 40), quality=60, alpha_filtering=2)
    files["alpha-no-filter"] = encoded(veiled(33, 40), quality=60, alpha_filtering=0)
    for method in (0, 3, 6):
        files[f"lossless-m{method}"] = saved(scene(43, 37, method), lossless=True, method=method)
    files["lossless-alpha"] = saved(veiled(40, 40), lossless=True)
    files["lossless-exact"] = saved(veiled(31, 33), lossless=True, exact=True)
    files["lossless-palette-2"] = saved(numpy.where(scene(32, 32)[..., :1] > 128, 255, 0).astype(numpy.uint8).repeat(3, -1), lossless=True)
    files["lossless-palette-4"] = saved((scene(35, 30) // 128 * 255 * [1, 1, 0]).astype(numpy.uint8), lossless=True)
    files["lossless-palette-16"] = saved((scene(37, 30) // 100 * 100).astype(numpy.uint8), lossless=True)
    files["lossless-q100"] = saved(scene(64, 64), lossless=True, quality=100, method=6)
    files["near-lossless-60"] = encoded(scene(48, 48), lossless=1, near_lossless=60, quality=75)
    files["near-lossless-0"] = encoded(veiled(32, 48), lossless=1, near_lossless=0, quality=75)
    second = [Image.fromarray(veiled(40, 36, 5))]
    files["animated-lossy"] = saved(veiled(40, 36), quality=50, save_all=True, append_images=second, duration=100)
    files["animated-lossless"] = saved(scene(40, 36), lossless=True, save_all=True, append_images=second, duration=100)
    files["animated-mixed"] = saved(scene(40, 36), quality=50, allow_mixed=True, save_all=True, append_images=second, duration=100)
    lossy, lossless, plain = encoded(veiled(24, 22), quality=60), encoded(veiled(24, 22), lossless=1), encoded(scene(24, 22), quality=60)
    files["animated-offset"] = offset_animation(lossy, 6, 8, 24, 22, (40, 36), 0)
    files["animated-offset-no-blend"] = offset_animation(lossy, 6, 8, 24, 22, (40, 36), 2)
    files["animated-offset-dispose"] = offset_animation(lossless, 16, 14, 24, 22, (40, 36), 1)
    files["animated-offset-opaque"] = offset_animation(plain, 0, 2, 24, 22, (40, 36), 0)
    profile = bytes(128) + b"\0\0\0\0"
    files["extended"] = saved(scene(33, 33), quality=60, exif=orientation(1), xmp=b"<x:xmpmeta/>", icc_profile=profile)
    for value in (3, 6):
        files[f"turned-{value}"] = saved(scene(40, 24), quality=60, exif=orientation(value))
    files["turned-lossless-8"] = saved(scene(40, 24), lossless=True, exif=orientation(8))
    return {f"{name}.webp": content for name, content in files.items()}


# ---- JPEG ---------------------------------------------------------------------------------------------------------------
def orientation(value):
    exif = Image.Exif()
    exif[0x0112] = value
    return exif.tobytes()


def wide_profile():
    """A profile that would change colours if it were applied: sRGB's with red and green exchanged."""
    from PIL import ImageCms
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    at = {bytes(profile[132 + 12 * i:136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, green = at[b"rXYZ"], at[b"gXYZ"]
    profile[red + 4:red + 12], profile[green + 4:green + 12] = profile[green + 4:green + 12], profile[red + 4:red + 12]
    return bytes(profile)


def without_segment(file, marker):
    """A JPEG without its segments of one marker."""
    out, at = bytearray(file[:2]), 2
    while file[at + 1] != 0xDA:
        length = 2 + struct.unpack(">H", file[at + 2:at + 4])[0]
        if file[at + 1] != marker:
            out += file[at:at + length]
        at += length
    return bytes(out + file[at:])


def jpeg_files():
    files = {}
    for name, subsampling in {"444": "4:4:4", "422": "4:2:2", "420": "4:2:0"}.items():
        for quality in (20, 75, 95):
            files[f"baseline-{name}-q{quality}"] = saved(scene(45, 37, quality), "JPEG", quality=quality, subsampling=subsampling)
        files[f"progressive-{name}"] = saved(scene(50, 33), "JPEG", quality=80, subsampling=subsampling, progressive=True)
    for name, factors in {"411": (4, 1), "440": (1, 2)}.items():
        files[f"baseline-{name}"] = subsampled(scene(44, 36), factors)
    files["optimized"] = saved(scene(32, 32), "JPEG", optimize=True, quality=70)
    files["restart-rows"] = saved(scene(48, 40), "JPEG", quality=70, restart_marker_rows=1)
    files["restart-blocks"] = saved(scene(48, 40), "JPEG", quality=70, restart_marker_blocks=2)
    files["progressive-restart"] = saved(scene(48, 40), "JPEG", quality=70, restart_marker_blocks=3, progressive=True)
    files["rgb"] = saved(scene(40, 30), "JPEG", quality=90, keep_rgb=True)
    files["grey"] = saved(Image.fromarray(scene(40, 30)).convert("L"), "JPEG", quality=80)
    files["grey-progressive"] = saved(Image.fromarray(scene(40, 30)).convert("L"), "JPEG", quality=80, progressive=True)
    cmyk = Image.fromarray(numpy.dstack([scene(40, 32), scene(40, 32)[::-1, :, 1] // 2]), "CMYK")
    files["cmyk-adobe"] = saved(cmyk, "JPEG", quality=85)
    files["cmyk-adobe-progressive"] = saved(cmyk, "JPEG", quality=85, progressive=True)
    files["cmyk-plain"] = without_segment(files["cmyk-adobe"], 0xEE)
    ycck = bytearray(files["cmyk-adobe"])
    ycck[ycck.index(b"Adobe") + 11] = 2
    files["ycck-adobe"] = bytes(ycck)
    files["no-jfif"] = without_segment(saved(scene(33, 31), "JPEG", quality=80), 0xE0)
    files["profile"] = saved(scene(40, 40), "JPEG", quality=85, icc_profile=wide_profile())
    files["profile-grey"] = saved(Image.fromarray(scene(40, 40)).convert("L"), "JPEG", quality=85, icc_profile=wide_profile())
    files["broken-profile"] = saved(scene(40, 40), "JPEG", quality=85, icc_profile=b"no profile at all")
    files["comment"] = saved(scene(24, 24), "JPEG", quality=75, comment=b"a comment")
    files["one-pixel"] = saved(numpy.array([[[200, 30, 90]]], numpy.uint8), "JPEG")
    files["quality-1"] = saved(scene(40, 40), "JPEG", quality=1)
    for value in range(1, 9):
        files[f"turned-{value}"] = saved(scene(40, 24), "JPEG", quality=80, exif=orientation(value))
    return {f"{name}.jpg": content for name, content in files.items()}


def subsampled(pixels, factors):
    """Sampling factors of the luma that Pillow's names do not have; written by OpenCV."""
    import cv2
    flags = {(4, 1): 0x411111, (1, 2): 0x121111}
    return bytes(cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, flags[factors]])[1])


# ---- PNG ----------------------------------------------------------------------------------------------------------------
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(samples, bits, colour_type, extra=(), interlaced=False):
    """A PNG of samples (height, width, channels), each row filtered by another filter."""
    height, width, channels = samples.shape
    data = b""
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size:
            data += filtered([packed(row, bits) for row in part], max(1, channels * bits // 8))
    head = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        png_chunk(*item) for item in [(b"IHDR", head), *extra, (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")])


def packed(row, bits):
    if bits == 16:
        return row.astype(">u2").tobytes()
    if bits == 8:
        return row.astype(numpy.uint8).tobytes()
    text = "".join(format(int(value), f"0{bits}b") for value in row.reshape(-1))
    text += "0" * (-len(text) % 8)
    return bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))


def filtered(rows, step):
    out, before = b"", bytes(len(rows[0]))
    for number, row in enumerate(rows):
        kind = number % 5
        left = bytes(step) + row[:-step] if len(row) > step else bytes(len(row))
        corner = bytes(step) + before[:-step] if len(row) > step else bytes(len(row))
        guess = [0 if kind == 0 else a if kind == 1 else b if kind == 2 else (a + b) // 2 if kind == 3 else paeth(a, b, c)
                 for a, b, c in zip(left, before, corner)]
        out += bytes([kind]) + bytes((value - predicted) & 0xFF for value, predicted in zip(row, guess))
        before = row
    return out


def paeth(a, b, c):
    return min((a, b, c), key=lambda value: (abs(a + b - c - value), (a, b, c).index(value)))


def png_chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_files():
    files = {}
    pixels, rgba = scene(37, 29), veiled(37, 29)
    grey = pixels[..., 1:2].astype(int)
    deep = numpy.clip(pixels.astype(int) * 257 + numpy.arange(37)[None, :, None] - 18, 0, 65535)
    for interlaced in (False, True):
        tail = "-interlaced" if interlaced else ""
        for bits in (1, 2, 4, 8):
            files[f"grey-{bits}{tail}"] = png(grey >> (8 - bits), bits, 0, interlaced=interlaced)
            table = numpy.random.default_rng(bits).integers(0, 256, (2 ** bits, 3), dtype=numpy.uint8)
            palette = (b"PLTE", table.tobytes())
            files[f"palette-{bits}{tail}"] = png(grey >> (8 - bits), bits, 3, [palette], interlaced)
            clear = (b"tRNS", bytes(range(0, 250, max(1, 250 // 2 ** bits)))[: 2 ** bits])
            files[f"palette-{bits}-transparent{tail}"] = png(grey >> (8 - bits), bits, 3, [palette, clear], interlaced)
        files[f"grey-16{tail}"] = png(deep[..., 1:2], 16, 0, interlaced=interlaced)
        files[f"rgb-8{tail}"] = png(pixels, 8, 2, interlaced=interlaced)
        files[f"rgb-16{tail}"] = png(deep, 16, 2, interlaced=interlaced)
        files[f"grey-alpha-8{tail}"] = png(rgba[..., 2:], 8, 4, interlaced=interlaced)
        files[f"grey-alpha-16{tail}"] = png(rgba[..., 2:].astype(int) * 257, 16, 4, interlaced=interlaced)
        files[f"rgba-8{tail}"] = png(rgba, 8, 6, interlaced=interlaced)
        files[f"rgba-16{tail}"] = png(rgba.astype(int) * 257, 16, 6, interlaced=interlaced)
    files["grey-8-transparent"] = png(grey, 8, 0, [(b"tRNS", struct.pack(">H", int(grey[3, 5, 0])))])
    files["grey-4-transparent"] = png(grey >> 4, 4, 0, [(b"tRNS", struct.pack(">H", int(grey[3, 5, 0]) >> 4))])
    files["rgb-8-transparent"] = png(pixels, 8, 2, [(b"tRNS", struct.pack(">HHH", *map(int, pixels[8, 8])))])
    files["rgb-gamma"] = png(pixels, 8, 2, [(b"gAMA", struct.pack(">I", 100000))])
    files["grey-gamma"] = png(grey, 8, 0, [(b"gAMA", struct.pack(">I", 220000))])
    files["rgb-srgb"] = png(pixels, 8, 2, [(b"sRGB", b"\0")])
    files["rgb-profile"] = png(pixels, 8, 2, [(b"iCCP", b"odd\0\0" + zlib.compress(wide_profile()))])
    files["rgb-chromaticities"] = png(pixels, 8, 2, [(b"cHRM", struct.pack(">8I", 31270, 32900, 30000, 60000, 64000, 33000, 15000, 6000))])
    files["rgb-background"] = png(rgba, 8, 6, [(b"bKGD", struct.pack(">HHH", 255, 0, 0))])
    files["turned-6"] = png(pixels, 8, 2, [(b"eXIf", orientation(6)[6:])])
    files["one-pixel"] = png(pixels[:1, :1], 8, 2)
    return {f"{name}.png": content for name, content in files.items()}


# ---- all of it ------------------------------------------------------------------------------------------------------------
def write(out, kind, files):
    (out / kind).mkdir(parents=True, exist_ok=True)
    facts, images = [], []
    for name, content in files.items():
        (out / kind / name).write_bytes(content)
        pixels = expected(content)
        facts.append({"file": name, "width": pixels.shape[1], "height": pixels.shape[0]})
        images.append(pixels)
    sheet = numpy.zeros((sum(len(image) for image in images), max(image.shape[1] for image in images), 3), numpy.uint8)
    top = 0
    for image in images:
        sheet[top:top + len(image), : image.shape[1]] = image
        top += len(image)
    Image.fromarray(sheet).save(out / f"{kind}.png", optimize=True)
    (out / f"{kind}.json").write_text("[\n" + ",\n".join("  " + json.dumps(fact) for fact in facts) + "\n]\n")
    print(kind, len(files), "files,", sum(map(len, files.values())), "bytes, expected in", (out / f"{kind}.png").stat().st_size)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", type=Path, default=Path(__file__).parent / "fixtures" / "decoding")
    out = arguments.parse_args().out
    print("libwebp", features.version("webp"), "libjpeg", features.version("jpg"))
    write(out, "webp", webp_files())
    write(out, "jpeg", jpeg_files())
    write(out, "png", png_files())


if __name__ == "__main__":
    main()
