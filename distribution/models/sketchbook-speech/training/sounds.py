"""Recordings for training: spoken sentences in rooms, with noise, music and pauses, and recordings without speech; and Whisper's features of them."""
import json
from pathlib import Path

import numpy as np
import torch
from scipy.signal import fftconvolve, lfilter
from transformers.audio_utils import mel_filter_bank

import vocabulary as v

LENGTH = v.SECONDS * v.RATE
SHORT = 3.6  # seconds
BINS = v.FRAME // 2 + 1
WARPS = [.86, .9, .94, .97, 1., 1., 1.03, 1.06, 1.1, 1.15]


def bank():
    return mel_filter_bank(BINS, v.BANDS, 0., 8000., v.RATE, norm="slaney", mel_scale="slaney")


def warped_banks():
    """Mel filters that read frequencies stretched or squeezed, as a shorter or longer throat would sound."""
    plain = bank()
    places = np.arange(BINS)
    return torch.from_numpy(np.stack([[np.interp(np.minimum(places * w, BINS - 1), places, f) for f in plain.T] for w in WARPS]).astype(np.float32))


def tune(rng, seconds):
    """Music without singing: chords, a melody and beats, of harmonics with random strengths."""
    n = int(seconds * v.RATE)
    out, t, beat = np.zeros(n, np.float32), 0., rng.uniform(.2, .7)
    root, scale = rng.integers(36, 60), np.array([0, 2, 4, 5, 7, 9, 11] if rng.random() < .5 else [0, 2, 3, 5, 7, 8, 10])
    strengths = rng.random(8) ** 2 / np.arange(1, 9) ** rng.uniform(.3, 1.6)
    decay, drums = rng.uniform(.8, 8), rng.random() < .5
    while t < seconds:
        at, span = int(t * v.RATE), int(rng.choice([1, 1, 2, 4]) * beat * v.RATE)
        time = np.arange(min(span, n - at)) / v.RATE
        degree = rng.integers(0, 7)
        for k in [degree, degree + 2, degree + 4][:rng.integers(1, 4)] + [degree + 7 + int(rng.integers(0, 7))]:
            pitch = 440 * 2 ** ((root + scale[k % 7] + 12 * (k // 7) - 69) / 12)
            phase = 2 * np.pi * pitch * time + rng.uniform(0, .004) * np.sin(2 * np.pi * 5 * time) * pitch
            envelope = np.exp(-decay * time) * np.minimum(1, time * 80)
            out[at:at + len(time)] += envelope * sum(s * np.sin((h + 1) * phase) for h, s in enumerate(strengths))
        if drums:
            out[at:at + len(time)] += rng.uniform(.1, .6) * np.exp(-40 * time) * rng.standard_normal(len(time))
        t += span / v.RATE
    return out


def noises(rng, seconds=40):
    n = seconds * v.RATE
    white = rng.standard_normal(n)
    coloured = [white, *[lfilter([1], [1, -a], rng.standard_normal(n)) for a in (.6, .9, .98)], lfilter([1, -.9], [1], rng.standard_normal(n))]
    hum = sum(np.sin(2 * np.pi * 50 * k * np.arange(n) / v.RATE + k) / k for k in range(1, 8)) + .2 * white
    gusts = coloured[3] * (.2 + np.interp(np.arange(n), np.arange(0, n + v.RATE, v.RATE), rng.random(seconds + 1)))
    crackle = lfilter([1], [1, -.7], white * (rng.random(n) < .002) * 8) + .05 * white
    return [(x / np.sqrt(np.mean(x ** 2))).astype(np.float32) for x in [*coloured, hum, gusts, crackle]]


def room(rng):
    n = int(rng.uniform(.1, .45) * v.RATE)
    echo = rng.standard_normal(n) * np.exp(-np.arange(n) * 6.9 / n) * rng.uniform(.02, .25)
    echo[0] = 1
    return echo.astype(np.float32)


class Recordings:
    """Makes batches of recordings from pools of spoken sentences."""

    def __init__(self, pools, rng):
        self.rng, self.hardness = rng, 1.
        self.shorten(False)
        self.items = []
        for name in pools:
            samples = np.load(name + ".npy", mmap_mode="r")
            self.items += [(samples[at:at + n], written, centres(spoken, written))
                           for at, n, written, spoken, *_ in json.loads(Path(name + ".json").read_text()) if n < LENGTH - v.RATE // 5]
        self.noises = noises(rng)
        self.tunes = [tune(rng, 10) for _ in range(16)]
        self.tunes = [x / np.sqrt(np.mean(x ** 2)) for x in self.tunes]
        self.rooms = [room(rng) for _ in range(40)]

    def shorten(self, short):
        """Makes the recordings that follow short and of one sentence, or as long as the window."""
        self.short, self.length = short, int(SHORT * v.RATE) if short else LENGTH

    def chance(self, p):
        """Of something that makes a recording harder."""
        return self.rng.random() < p * self.hardness

    def slice(self, sounds, n):
        sound = sounds[self.rng.integers(len(sounds))]
        at = self.rng.integers(0, len(sound) - n)
        return sound[at:at + n]

    def speech(self):
        while True:
            samples, written, places = self.items[self.rng.integers(len(self.items))]
            if len(samples) < self.length - v.RATE // 5:
                break
        x = samples.astype(np.float32) / 32768
        if self.chance(.25):
            x = fftconvolve(x, self.rooms[self.rng.integers(len(self.rooms))]).astype(np.float32)
        return x * self.rng.uniform(.4, 1.2), written, places

    def recording(self):
        """Samples (8 s at most), the segments heard in full as (start, end, text, centres of its tokens) in seconds, when a further one begins that is cut off or
        None, and whether anybody speaks."""
        rng = self.rng
        kind, x, segments, cut = rng.random(), np.zeros(self.length, np.float32), [], None
        if kind < .06:  # nothing, noise or music
            n = int(rng.uniform(.3, 1) * self.length)
            if rng.random() < .9:
                x[:n] = rng.choice([.003, .01, .05, .2]) * self.slice(self.tunes if rng.random() < .55 else self.noises, n)
            if rng.random() < .3:
                x[:n] += .01 * self.slice(self.noises, n)
            return x.astype(np.float32), segments, cut, False
        wanted = 1 if self.short or kind < .45 else int(rng.integers(2, 6))
        at = int(rng.exponential(.35) * v.RATE) if rng.random() < .8 else 0
        at = min(at, self.length // 3)
        for turn in range(wanted):
            sound, written, places = self.speech()
            if turn == 0 and len(sound) + at > self.length:
                at = max(0, self.length - len(sound) - 1)
            if turn and at + len(sound) > self.length:
                if kind > .8 and at < self.length - v.RATE // 2 and written and segments:
                    x[at:] += sound[:self.length - at]
                    cut, at = at / v.RATE, self.length
                break
            n = min(len(sound), self.length - at)
            x[at:at + n] += sound[:n]
            if written:
                segments.append((at / v.RATE, (at + n) / v.RATE, written, (at + places * n) / v.RATE))
            at += n + int(rng.uniform(.25, 1.2) * v.RATE)
        end = min(self.length, at + int(rng.exponential(.3) * v.RATE)) if rng.random() < .7 else self.length
        if self.chance(.75):
            level = np.sqrt(np.mean(x[:end] ** 2) + 1e-12) * 10 ** (-rng.uniform(5, 40) / 20)
            x[:end] += level * self.slice(self.tunes if rng.random() < .15 else self.noises, end)
        return (x * rng.choice([.05, .2, .5, 1])).astype(np.float32), segments, cut, True


def centres(spoken, written):
    """About where in a spoken sentence each token of the written one is, 0 to 1, by counting letters."""
    weights, starts, said = 0., [], spoken.replace(",", " ,").split()
    for word in said:
        starts.append(weights)
        weights += 4 if word == "," else len(word) + 1
    places, at, last = [], 0, 0.
    for word in written.replace(",", " ,").split():
        if word != ",":
            at = said.index(word, at)
            last = starts[at] + len(word)
            places.append(starts[at] + len(word) / 2)
            at += 1
        else:
            places.append(last)
    return np.array(places, np.float32) / max(weights, 1)


def tokens(segments, cut, timestamps, silent):
    """The decoder's inputs, what it is to say after each, and when that is heard (NaN for no time); `silent` when nobody speaks at all."""
    nowhere = float("nan")
    if not timestamps:
        text = v.encode(", ".join(text for _, _, text, _ in segments)) if segments else []
        times = [t for k, (start, _, _, places) in enumerate(segments) for t in ([start] if k else []) + places.tolist()]
        return [v.START, v.NO_TIMESTAMPS, *text], [v.NO_SPEECH if silent else v.NO_TIMESTAMPS, *text, v.END], [nowhere, *times, nowhere]
    said = [t for start, end, text, _ in segments for t in (v.time(start), *v.encode(text), v.COMMA, v.time(end))] or [v.FIRST_TIME]
    times = [t for start, end, _, places in segments for t in (start, *places.tolist(), end, end)] or [nowhere]
    said += [] if cut is None else [v.time(cut)]
    times += [] if cut is None else [cut]
    return [v.START, *said], [v.NO_SPEECH if silent else said[0], *said[1:], v.END], [*times, nowhere]


class Features:
    """Whisper's features, as WhisperFeatureExtractor computes them."""

    def __init__(self):
        self.window, self.plain, self.warped = torch.hann_window(v.FRAME), torch.from_numpy(bank().T.astype(np.float32)), warped_banks()

    def power(self, x):
        return torch.stft(x, v.FRAME, v.HOP, window=self.window, return_complex=True)[..., :-1].abs() ** 2

    def logarithm(self, mel):
        log = mel.clamp(min=1e-10).log10()
        return (torch.maximum(log, log.amax((1, 2), keepdim=True) - 8) + 4) / 4

    def __call__(self, x):
        return self.logarithm(self.plain @ self.power(x))

    def augmented(self, x, rng, hardness=1.):
        """Also as other throats and narrow lines would sound, with bands missing."""
        power = self.power(x)
        for k in range(len(x)):
            if rng.random() < .35 * hardness:
                highest = rng.uniform(3400, 4000) if rng.random() < .7 else rng.uniform(4000, 8000)
                power[k, int(highest / 8000 * BINS):] *= 1e-8
        log = self.logarithm(self.warped[np.where(rng.random(len(x)) < hardness, rng.integers(0, len(WARPS), len(x)), WARPS.index(1.))] @ power)
        for k in range(len(x)):
            if rng.random() < .4 * hardness:
                width = int(rng.integers(1, 8))
                at = int(rng.integers(0, v.BANDS - width))
                log[k, at:at + width] = log[k].min()
        return log
