"""Calls Atelier with openai-python and prints one line for each thing that works.

usage: openai_images.py BASE_URL KEY FOLDER
"""

import base64
import struct
import sys
from pathlib import Path

import openai
from openai import OpenAI


def size(png: bytes) -> str:
    assert png.startswith(b"\x89PNG"), png[:8]
    return "%dx%d" % struct.unpack(">II", png[16:24])


def main(base_url: str, key: str, folder: Path) -> None:
    client = OpenAI(base_url=base_url, api_key=key, max_retries=0)
    small = {"steps": 2, "seed": 7}

    print("models:", [model.id for model in client.models.list()])
    print("model:", client.models.retrieve("sketchbook").owned_by)

    answer = client.images.generate(
        model="gpt-image-1", prompt="a house\na boat", n=2, size="128x128", quality="high", extra_body=small
    )
    pictures = [base64.b64decode(image.b64_json) for image in answer.data]
    print("generated:", [size(picture) for picture in pictures], answer.output_format)
    again = client.images.generate(prompt="a house\na boat", n=2, extra_body=small)
    assert [image.b64_json for image in again.data] == [image.b64_json for image in answer.data]
    print("the same again")

    jpeg = client.images.generate(
        prompt="a house", output_format="jpeg", output_compression=70, extra_body=small
    ).data[0]
    assert base64.b64decode(jpeg.b64_json).startswith(b"\xff\xd8")
    webp = client.images.generate(prompt="a house", output_format="webp", extra_body=small).data[0]
    assert base64.b64decode(webp.b64_json)[8:12] == b"WEBP"
    print("jpeg, webp")

    first, second = folder / "first.png", folder / "second.png"
    first.write_bytes(pictures[0])
    second.write_bytes(pictures[1])
    edited = client.images.edit(
        image=first.open("rb"),
        prompt="a fish",
        extra_body={**small, "reference_prompt": "a house", "inversion_steps": 2},
    )
    print("edited:", len(edited.data))
    several = client.images.edit(
        image=[first.open("rb"), second.open("rb")],
        prompt="a fish\na cup",
        extra_body={**small, "reference_prompt": ["a house", "a boat"], "inversion_steps": 2},
    )
    print("edited with two references:", len(several.data))
    masked = client.images.edit(
        image=first.read_bytes(), mask=first.read_bytes(), prompt="a door", extra_body=small
    )
    print("edited with a mask:", len(masked.data))

    events = client.images.generate(
        prompt="a house\na boat", stream=True, partial_images=1, extra_body={"steps": 4, "seed": 7}
    )
    types = [event.type for event in events]
    assert types.count("image_generation.completed") == 2, types
    assert "image_generation.partial_image" in types, types
    print("streamed")

    for what, call in {
        "bad request": lambda: client.images.generate(prompt="a house", size="7x7"),
        "no such model": lambda: client.models.retrieve("none"),
        "no token": lambda: OpenAI(base_url=base_url, api_key="x", max_retries=0).models.list(),
    }.items():
        try:
            call()
            raise AssertionError(what + " was accepted")
        except openai.APIStatusError as error:
            print(what + ":", error.status_code, error.code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
