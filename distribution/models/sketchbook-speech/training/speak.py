"""Has espeak-ng speak a pool of sentences: speak.py train|judge COUNT OUT SEED

OUT.npy has the samples of all (16 kHz, 16 bits, one after the other), OUT.json the start, length and written text of each. Voices for
training and for judging differ, as do sentences, speeds and pitches. espeak-ng's leading and trailing silence is cut.
"""
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.signal import resample_poly

import sentences

RATE = 16_000
ACCENTS = ["en-gb", "en-us", "en-gb-x-gbclan", "en-029", "en-gb-x-gbcwmd", "en-us-nyc"]
VARIANTS = ["", "m1", "m2", "m3", "m5", "m6", "m8", "f1", "f2", "f4", "croak", "klatt", "klatt2", "klatt4", "klatt5", "klatt6", "Alex", "Alicia", "Andrea",
            "Diogo", "Gene", "Hugo", "Jacky", "Lee", "Marco", "Mario", "Michael", "Mike", "Nguyen", "Storm", "adam", "anika", "antonio", "aunty",
            "belinda", "benjamin", "boris", "caleb", "david", "ed", "edward", "grandma", "gustave", "iven", "iven3", "john", "marcelo", "miguel", "norbert",
            "pablo", "paul", "pedro", "quincy", "rob", "robert", "sandro", "shelby", "steph", "steph3", "travis", "victor"]
JUDGED_ACCENTS = ["en-gb-x-rp", "en-gb-scotland"]
JUDGED_VARIANTS = ["m4", "m7", "f3", "f5", "klatt3", "Andy", "Annie", "linda", "max", "grandpa", "Denis", "zac"]


def voice(rng, judging):
    """The name of a voice, its speed in words a minute, pitch and loudness; those for judging lie between those for training."""
    pick = lambda values: values[rng.integers(len(values))]
    if judging:
        accent = pick(JUDGED_ACCENTS) if rng.random() < .3 else pick(ACCENTS)
        return f"{accent}+{pick(JUDGED_VARIANTS)}", int(pick(range(125, 220, 10))), int(pick(range(25, 80, 10))), 100
    variant = pick(VARIANTS)
    return pick(ACCENTS) + (variant and "+" + variant), int(pick(range(120, 230, 10))), int(pick(range(20, 90, 10))), int(pick([60, 100, 140]))


def synthesise(text, name, speed, pitch, loudness, rate=RATE):
    command = ["espeak-ng", "-v", name, "-s", str(speed), "-p", str(pitch), "-a", str(loudness), "-z", "--stdout", text]
    sound = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout[44:], "<i2").astype(np.float32)
    sound = resample_poly(sound, *{RATE: (320, 441), 8000: (160, 441), 44_100: (2, 1), 22_050: (1, 1)}[rate])
    loud = np.flatnonzero(np.abs(sound) > 150)
    sound = sound[max(0, loud[0] - rate // 50):loud[-1] + rate // 50] if len(loud) else sound[:0]
    return np.clip(np.round(sound), -32768, 32767).astype(np.int16)


def pool(rng, count, judging):
    speaker = sentences.Speaker(rng, judging)
    jobs = [(speaker.sentence(), voice(rng, judging)) for _ in range(count)]
    with ThreadPoolExecutor(3) as threads:
        sounds = list(threads.map(lambda job: synthesise(job[0].spoken, *job[1]), jobs))
    return [(job, sound) for job, sound in zip(jobs, sounds) if len(sound) > RATE // 20]


def main():
    kind, count, out, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    spoken = pool(np.random.default_rng([len(kind), seed]), count, kind == "judge")
    np.save(out + ".npy", np.concatenate([sound for _, sound in spoken]))
    at, items = 0, []
    for (sentence, name), sound in spoken:
        items.append([at, len(sound), sentence.written, sentence.spoken, name])
        at += len(sound)
    open(out + ".json", "w").write(json.dumps(items))
    print(f"{len(items)} sentences, {at / RATE:.0f} s, mean {at / RATE / len(items):.2f} s")


if __name__ == "__main__":
    main()
