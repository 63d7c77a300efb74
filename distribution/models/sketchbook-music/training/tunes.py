"""Tunes of a known mood, genre and instruments, synthesised with numpy: `compose(rng, held_out)` and `Tune.render()`.

Moods: calm is slow and soft, in major or pentatonic, of long notes; energetic is fast and loud, of short notes, mostly with drums;
melancholic is slow, soft and dark, in minor, in a lower register, with descending lines. Genres have their own metre, accompaniment and drums.

Held-out tunes have melodies of other seeds, tempi that no training tune has, and, unless an instrument is asked for by name, instruments
that no training tune has (HELD_OUT_INSTRUMENTS). Training tunes also have instruments invented at random.
"""
from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve, lfilter

RATE = 16_000
MOODS = ["calm", "energetic", "melancholic"]
GENRES = ["waltz", "march", "lullaby", "ambient", "electronic", "rock"]
INSTRUMENTS = ["piano", "guitar", "electric guitar", "strings", "flute", "bells", "organ", "trumpet", "synthesizer"]
DRUMS = "drums"
HELD_OUT_INSTRUMENTS = ["marimba", "harpsichord", "clarinet", "accordion"]
# Beats per minute; the second pair is held out.
TEMPI = {"calm": ((50, 84), (62, 68)), "energetic": ((122, 184), (146, 156)), "melancholic": ((44, 78), (57, 62))}
GENRE_SHARES = {"calm": {None: .45, "waltz": .15, "lullaby": .22, "ambient": .18},
                "energetic": {None: .35, "waltz": .13, "march": .18, "electronic": .17, "rock": .17},
                "melancholic": {None: .5, "waltz": .17, "march": .12, "lullaby": .06, "ambient": .15}}
SCALES = {"major": [0, 2, 4, 5, 7, 9, 11], "pentatonic": [0, 2, 4, 7, 9], "minor": [0, 2, 3, 5, 7, 8, 10], "harmonic minor": [0, 2, 3, 5, 7, 8, 11]}
# Chords as degrees of the seven tones from 0.
PROGRESSIONS = {"calm": [[0, 3, 0, 4], [0, 5, 3, 4], [0, 3], [0, 4, 5, 3], [0, 1, 4, 0], [3, 0]],
                "energetic": [[0, 4, 5, 3], [0, 3, 4, 4], [0, 0, 3, 4], [5, 3, 0, 4], [0, 6, 3, 0], [0, 4]],
                "melancholic": [[0, 5, 3, 4], [0, 3, 0, 4], [0, 6, 5, 4], [0, 5, 2, 6], [3, 0, 4, 0], [0, 3]]}


# ---- instruments ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Timbre:
    """How a note sounds: partials by number, their decay, and the envelope. Times in seconds."""
    partials: tuple  # amplitudes of the harmonics 1, 2, 3, ...
    bright: float  # how much of the upper partials is left at the end of the decay, 0 to 1
    attack: float
    decay: float  # time constant; 0 for a sustained note
    release: float
    vibrato: float = 0.0  # depth, as a part of the frequency
    breath: float = 0.0  # noise beside the tone
    detune: float = 0.0  # a second voice beside the first, as a part of the frequency
    drive: float = 0.0  # distortion
    ratios: tuple = ()  # of partials that are not harmonic; instead of the harmonics


def harmonics(count, fall, odd=1.0, even=1.0):
    return tuple((odd if n % 2 else even) / n ** fall for n in range(1, count + 1))


def near(rng, value, spread=.25):
    return value * np.exp(rng.normal(0, spread))


def plucked(count, at):
    """The partials of a string that is plucked at a part of its length."""
    return tuple(abs(np.sin(np.pi * n * at)) / n ** 1.1 for n in range(1, count + 1))


def timbre(name, rng):
    n = lambda value, spread=.25: near(rng, value, spread)
    if name == "piano":
        return Timbre(harmonics(14, n(1.35, .12)), .15, .004, n(.9), .12)
    if name == "guitar":
        return Timbre(plucked(16, rng.uniform(.12, .3)), .06, .002, n(.55), .08)
    if name == "electric guitar":
        return Timbre(harmonics(12, n(1.0, .1)), .8, .006, n(2.5), .06, drive=n(7.0), detune=.003)
    if name == "strings":
        return Timbre(harmonics(18, n(1.15, .1)), .8, n(.11), 0, n(.16), vibrato=n(.004), detune=n(.003))
    if name == "flute":
        return Timbre((1.0, n(.28), n(.12), n(.04), .01), .9, n(.05), 0, .07, vibrato=n(.005), breath=n(.05))
    if name == "bells":
        return Timbre((1.0, n(.6), n(.45), n(.3), n(.2)), .3, .001, n(.8), .5, ratios=(1.0, 2.0, 2.76, 5.4, 8.93))
    if name == "organ":
        return Timbre((1.0, n(.7), n(.35), n(.5), .05, n(.2), .02, n(.25)), 1.0, .015, 0, .05, detune=.0008)
    if name == "trumpet":
        return Timbre(tuple(np.exp(-((np.arange(14) - 2.5) / n(4.0, .15)) ** 2)), .9, n(.035), 0, .06, vibrato=.002)
    if name == "synthesizer":
        return Timbre(harmonics(20, n(.95, .1)), n(.4), .005, n(.7), .05, detune=n(.007))
    if name == "marimba":
        return Timbre((1.0, n(.3), n(.12)), .2, .001, n(.22), .05, ratios=(1.0, 3.93, 9.8))
    if name == "harpsichord":
        return Timbre(plucked(24, .09), .3, .001, n(.6), .04)
    if name == "clarinet":
        return Timbre(harmonics(13, n(1.2, .1), even=.08), .9, n(.04), 0, .06, breath=.01)
    if name == "accordion":
        return Timbre(harmonics(16, n(1.0, .1), even=.7), .95, n(.05), 0, .07, detune=n(.006))
    return invented(rng)


def invented(rng):
    """An instrument that is none: struck, plucked or sustained, of any partials."""
    sustained = rng.random() < .45
    count = int(rng.integers(3, 20))
    partials = tuple(np.array(harmonics(count, rng.uniform(.7, 2.0), even=rng.choice([1, 1, .3])) * np.exp(rng.normal(0, .6, count))))
    ratios = tuple(np.sort(rng.uniform(1, 9, 4))) if rng.random() < .1 else ()
    if ratios:
        partials, ratios = (1.0, *(.5 * rng.random(4))), (1.0, *ratios)
    return Timbre(partials, rng.uniform(.05, 1), float(np.exp(rng.uniform(np.log(.001), np.log(.12 if sustained else .01)))), 0 if sustained else float(np.exp(rng.uniform(np.log(.12), np.log(1.5)))),
                  rng.uniform(.03, .3), vibrato=rng.choice([0, .004]), breath=rng.choice([0, 0, .03]), detune=rng.choice([0, .004]), drive=rng.choice([0, 0, 0, 0, 4]), ratios=ratios)


TABLE = 2048


class Voice:
    """Plays the notes of a timbre."""

    def __init__(self, timbre, rng):
        self.timbre, self.rng, self.tables, self.notes = timbre, rng, {}, {}

    def table(self, pitch, dark):
        key = (pitch, dark)
        if key not in self.tables:
            frequency, amplitudes = hertz(pitch), np.array(self.timbre.partials)
            numbers = np.arange(1, len(amplitudes) + 1)
            amplitudes = amplitudes * (numbers * frequency < .46 * RATE)
            if dark:
                amplitudes = amplitudes * self.timbre.bright ** ((numbers - 1) / 4)
            phases = np.random.default_rng(len(amplitudes)).uniform(0, 2 * np.pi, len(amplitudes))
            spectrum = np.zeros(TABLE // 2 + 1, np.complex64)
            spectrum[1:len(amplitudes) + 1] = TABLE / 2 * amplitudes * np.exp(1j * phases)
            wave = np.fft.irfft(spectrum)
            self.tables[key] = (wave / np.sqrt((np.array(self.timbre.partials) ** 2).sum())).astype(np.float32)
        return self.tables[key]

    def note(self, pitch, seconds):
        """A note of velocity 1, with its release."""
        key = (pitch, round(seconds, 3))
        if key not in self.notes:
            self.notes[key] = self.made(pitch, seconds)
        return self.notes[key]

    def made(self, pitch, seconds):
        timbre = self.timbre
        count = int(RATE * (seconds + 3 * timbre.release))
        t = np.arange(count, dtype=np.float32) / RATE
        envelope = np.minimum(1, t / timbre.attack) * np.exp(-np.maximum(0, t - seconds) / timbre.release)
        lower = max(.3, (60 / pitch) ** 1.5)  # low notes ring longer
        fading = np.exp(-t / (timbre.decay * lower)) if timbre.decay else np.ones_like(t)
        if timbre.ratios:
            tone = sum(amplitude * np.exp(-t * (ratio - 1) / (2.5 * (timbre.decay or 1))) * np.sin(2 * np.pi * hertz(pitch) * ratio * t)
                       for amplitude, ratio in zip(timbre.partials, timbre.ratios) if hertz(pitch) * ratio < .46 * RATE)
        else:
            tone = self.tone(pitch, t, fading, 1.0)
            if timbre.detune:
                tone = .6 * (tone + self.tone(pitch, t, fading, 1 + timbre.detune))
        sound = tone * envelope * fading
        if timbre.breath:
            sound = sound + timbre.breath * envelope * self.rng.standard_normal(count)
        if timbre.drive:
            sound = np.tanh(timbre.drive * sound) / np.tanh(timbre.drive) * .6
        fade = min(count, 80)
        sound[-fade:] *= np.linspace(1, 0, fade)
        return sound.astype(np.float32)

    def tone(self, pitch, t, fading, factor):
        timbre = self.timbre
        cycles = hertz(pitch) * factor * t
        if timbre.vibrato:
            cycles = cycles + timbre.vibrato * hertz(pitch) / (2 * np.pi * 5.3) * (1 - np.cos(2 * np.pi * 5.3 * t))
        places = (cycles * TABLE).astype(np.int64) % TABLE
        full = self.table(pitch, False)[places]
        return full if timbre.bright >= .95 else fading * full + (1 - fading) * self.table(pitch, True)[places]


def hertz(pitch):
    return 440.0 * 2 ** ((pitch - 69) / 12)


# ---- drums ----------------------------------------------------------------------------------------------------------
def drum_kit(rng):
    t = np.arange(int(.35 * RATE)) / RATE
    low, high = rng.uniform(45, 60), rng.uniform(100, 180)
    kick = np.sin(2 * np.pi * (low * t + (high - low) * .04 * (1 - np.exp(-t / .04)))) * np.exp(-t / rng.uniform(.08, .16))
    noise = rng.standard_normal(len(t))
    snare = .5 * noise * np.exp(-t / rng.uniform(.05, .11)) + .5 * np.sin(2 * np.pi * rng.uniform(170, 230) * t) * np.exp(-t / .05)
    bright = np.diff(noise, prepend=0)
    hat = .35 * bright * np.exp(-t / rng.uniform(.015, .04))
    tom = np.sin(2 * np.pi * rng.uniform(80, 130) * t * np.exp(-t / .9)) * np.exp(-t / .12)
    return {name: sound.astype(np.float32) for name, sound in (("kick", kick), ("snare", snare), ("hat", hat), ("tom", tom))}


# Patterns of a bar: (beat, drum, loudness).
def drum_pattern(genre, beats, rng):
    if genre == "march":
        roll = [(beat + place, "snare", .35) for beat in range(beats) for place in (.5, .75)]
        return [(beat, "kick" if beat % 2 == 0 else "snare", .9) for beat in range(beats)] + [(beat, "snare", .7) for beat in range(beats)] + roll
    if genre == "electronic":
        return [(beat, "kick", 1.0) for beat in range(beats)] + [(beat + .5, "hat", .8) for beat in range(beats)] + [(beat, "snare", .5) for beat in range(1, beats, 2)]
    if genre == "waltz":
        return [(0, "kick", .8), (1, "hat", .5), (2, "hat", .5)]
    half = [(beat + place, "hat", .6) for beat in range(beats) for place in (0, .5)]
    extra = [(rng.integers(beats) + rng.choice([.5, .75]), "kick", .8)]
    fill = [(beats - 1 + place, "tom", .7) for place in (.25, .5, .75)] if rng.random() < .3 else []
    return half + [(beat, "kick", 1.0) for beat in range(0, beats, 2)] + [(beat, "snare", .9) for beat in range(1, beats, 2)] + extra + fill


# ---- tunes ----------------------------------------------------------------------------------------------------------
@dataclass
class Tune:
    mood: str
    genre: str | None
    instruments: tuple  # names; melody first, then accompaniment, then drums
    tempo: float  # quarter notes per minute
    seconds: float
    seed: int

    def render(self):
        """float32 samples at RATE, between -1 and 1."""
        return Player(self, np.random.default_rng(self.seed)).play()


def tempo(mood, rng, held_out):
    (low, high), (first, last) = TEMPI[mood]
    if held_out:
        return rng.uniform(first, last)
    while True:
        chosen = rng.uniform(low, high)
        if not first - 1 <= chosen <= last + 1:
            return chosen


def compose(rng, held_out=False, mood=None, instrument=None, seconds=None):
    """A tune drawn at random. `instrument` is the melody's, else any; a held-out tune without one has instruments never trained on."""
    mood = mood or MOODS[rng.integers(3)]
    shares = GENRE_SHARES[mood]
    genre = list(shares)[rng.choice(len(shares), p=list(shares.values()))]
    any_instrument = (lambda: HELD_OUT_INSTRUMENTS[rng.integers(len(HELD_OUT_INSTRUMENTS))]) if held_out and not instrument else lambda: (
        "invented" if rng.random() < .3 else INSTRUMENTS[rng.integers(len(INSTRUMENTS))])
    melody = instrument or typical(genre, rng, held_out) or any_instrument()
    second = melody if rng.random() < .45 else typical(genre, rng, held_out and not instrument) or any_instrument()
    drums = {"march": True, "electronic": True, "rock": True}.get(genre, rng.random() < {"energetic": .75, "calm": .06, "melancholic": .06}[mood] * (genre not in ("ambient", "lullaby")))
    return Tune(mood, genre, (melody, second, *([DRUMS] if drums else [])), tempo(mood, rng, held_out), seconds or (10.0 if rng.random() < .75 else rng.uniform(4, 10)), int(rng.integers(2 ** 31)))


def typical(genre, rng, held_out):
    """What the genre is often played on; None for anything."""
    if held_out:
        return None
    often = {"rock": ["electric guitar"], "electronic": ["synthesizer"], "march": ["trumpet"], "lullaby": ["bells", "piano"], "ambient": ["strings", "synthesizer"]}.get(genre)
    return often[rng.integers(len(often))] if often and rng.random() < .5 else None


class Player:
    def __init__(self, tune, rng):
        self.tune, self.rng = tune, rng
        mood, genre = tune.mood, tune.genre
        self.scale_name = {"calm": rng.choice(["major", "pentatonic"]), "energetic": rng.choice(["major", "major", "minor"]),
                           "melancholic": rng.choice(["minor", "minor", "harmonic minor"])}[mood]
        self.minor = "minor" in self.scale_name
        self.key = int(rng.integers(-5, 7))
        self.beats = 3 if genre in ("waltz", "lullaby") else 4
        # Waltzes count quicker: a bar of theirs is three short beats.
        self.beat = 60 / tune.tempo / {"waltz": 1.35 if mood != "energetic" else 1.15, "lullaby": 1.6}.get(genre, 1)
        self.swing = rng.uniform(.0, .03)
        self.out = np.zeros(int(RATE * (tune.seconds + 1)), np.float32)

    def degree(self, number, seven=True):
        """The pitch of a degree above the key at middle C."""
        scale = SCALES[("minor" if self.minor else "major")] if seven else SCALES[self.scale_name]
        return 60 + self.key + 12 * (number // len(scale)) + scale[number % len(scale)]

    def add(self, sound, at, loud):
        start = int(at * RATE)
        if 0 <= start < len(self.out):
            end = min(len(self.out), start + len(sound))
            self.out[start:end] += loud * sound[:end - start]

    def play(self):
        tune, rng = self.tune, self.rng
        melody_timbre = timbre(tune.instruments[0], rng)
        melody = Voice(melody_timbre, rng)
        second = melody if tune.instruments[1] == tune.instruments[0] else Voice(timbre(tune.instruments[1], rng), rng)
        bars = int(np.ceil(tune.seconds / (self.beats * self.beat))) + 1
        chords = PROGRESSIONS[tune.mood][rng.integers(len(PROGRESSIONS[tune.mood]))]
        slow = tune.mood != "energetic"
        # In slow tunes a chord lasts a bar or two; else one.
        hold = 1 if not slow or tune.genre in ("waltz", "lullaby") else int(rng.integers(1, 3)) if tune.genre != "ambient" else 1
        chord_of = [chords[bar // hold % len(chords)] for bar in range(bars)]
        bare = rng.random() < .04 and tune.genre is None  # a melody alone
        if tune.genre != "ambient" or rng.random() < .6:
            self.melody(melody, chord_of, bars)
        if not bare:
            self.accompaniment(second, chord_of, bars)
        if DRUMS in tune.instruments:
            self.drums(bars)
        return self.mixed()

    # -- melody
    def melody(self, voice, chords, bars):
        rng, mood, seven = self.rng, self.tune.mood, self.scale_name != "pentatonic"
        size = 7 if seven else 5
        centre = {"calm": rng.integers(5, 10), "energetic": rng.integers(4, 10), "melancholic": rng.integers(-4, 2)}[mood]
        position, motif = int(centre), None
        for bar in range(bars):
            if motif is None or bar % 2 == 0 or rng.random() < .5:
                motif = self.rhythm()
            tones = [(chords[bar] + step) % 7 for step in (0, 2, 4)] if seven else None
            place = 0.0
            if mood == "melancholic" and bar % 2 == 0:
                position = int(centre + rng.integers(1, 4))
            for number, length in enumerate(motif):
                if mood == "calm":
                    position += int(rng.choice([-2, -1, -1, 0, 1, 1, 2]))
                elif mood == "energetic":
                    position += int(rng.choice([-4, -3, -2, -1, 0, 0, 1, 2, 3, 4]))
                else:
                    position += int(rng.choice([-2, -1, -1, -1, -1, 0, 1, 2], p=[.15, .22, .2, .16, .1, .08, .06, .03]))
                position = int(np.clip(position, centre - 6, centre + 6))
                if number == 0 and tones and rng.random() < .7:
                    position = min((position + step for step in range(-3, 4) if (position + step) % 7 in tones), key=lambda p: abs(p - position))
                rest = rng.random() < {"calm": .1, "energetic": .08, "melancholic": .14}[mood]
                if not rest:
                    loud = {"calm": .7, "energetic": 1.0 if place % 1 == 0 else .75, "melancholic": .8 * .92 ** number}[mood] * rng.uniform(.85, 1.1)
                    detached = {"calm": 1.0, "energetic": rng.uniform(.5, .8), "melancholic": 1.02}[mood]
                    late = abs(rng.normal(0, {"calm": .008, "energetic": .003, "melancholic": .02}[mood]))
                    pitch = self.degree(position, seven) + (12 if position < size and mood == "energetic" and rng.random() < .15 else 0)
                    if mood == "melancholic" and self.scale_name == "harmonic minor" and position % 7 == 6 and rng.random() < .6:
                        pitch += 1
                    self.add(voice.note(pitch, length * self.beat * detached), (bar * self.beats + place) * self.beat + late, .55 * loud)
                place += length

    def rhythm(self):
        """The lengths of the notes of a bar, in beats."""
        rng, left, lengths = self.rng, self.beats, []
        march = self.tune.genre == "march"
        choices = {"calm": ([1, 2, 3, .5], [.35, .4, .15, .1]), "energetic": ([.5, .25, 1, .75], [.5, .25, .15, .1]), "melancholic": ([1, 2, 1.5, .5], [.35, .35, .15, .15])}[self.tune.mood]
        if march and self.tune.mood == "energetic":
            choices = ([.75, .5, 1, .25], [.35, .25, .25, .15])
        if self.tune.genre in ("waltz", "lullaby"):
            choices = (choices[0], choices[1]) if self.tune.mood == "energetic" else ([1, 2, 3, .5], [.45, .3, .15, .1])
        while left > 1e-6:
            lengths.append(min(left, float(rng.choice(choices[0], p=choices[1]))))
            left -= lengths[-1]
        return lengths

    # -- accompaniment
    def accompaniment(self, voice, chords, bars):
        rng, genre, mood = self.rng, self.tune.genre, self.tune.mood
        style = {"waltz": "waltz", "lullaby": "rocking", "ambient": "pad", "march": "march", "electronic": "pulse", "rock": "power"}.get(genre) or str(rng.choice(
            {"calm": ["pad", "arpeggio", "block"], "energetic": ["chop", "pulse", "arpeggio"], "melancholic": ["pad", "arpeggio", "block"]}[mood]))
        colour = 6 if mood == "calm" and rng.random() < .35 else None  # a major seventh or ninth
        for bar in range(bars):
            root = chords[bar] - (7 if chords[bar] > 3 else 0)
            tones = [self.degree(root + step) for step in (0, 2, 4)] + ([self.degree(root + colour)] if colour and rng.random() < .5 else [])
            if mood == "melancholic" and self.scale_name == "harmonic minor" and chords[bar] == 4:
                tones[1] += 1
            start = bar * self.beats * self.beat
            self.bar(style, voice, [tone - (12 if mood == "melancholic" and style in ("pad", "block", "arpeggio") and rng.random() < .8 else 0) for tone in tones], start)

    def bar(self, style, voice, tones, start):
        beats, beat, rng = self.beats, self.beat, self.rng
        bass = tones[0] - 24 if tones[0] - 24 >= 33 else tones[0] - 12
        chord = lambda at, length, loud: [self.add(voice.note(tone, length * beat), start + at * beat, loud) for tone in tones]
        low = lambda at, length, loud, pitch=bass: self.add(voice.note(pitch, length * beat), start + at * beat, loud)
        if style in ("pad", "block"):
            chord(0, beats * .98 if style == "pad" else beats * .9, .22)
            low(0, beats * .95, .35)
        elif style == "arpeggio":
            step = .5 if self.tune.mood == "energetic" else (.5 if rng.random() < .5 else 1)
            pattern = [tones[0], tones[1], tones[2], tones[0] + 12, tones[2], tones[1]]
            for number in range(int(beats / step)):
                low(number * step, step * (1.0 if self.tune.mood != "energetic" else .7), .32, pattern[number % 6])
            low(0, beats * .95, .35)
        elif style == "waltz":
            low(0, .9, .5)
            for place in (1, 2):
                chord(place, .55, .26)
        elif style == "rocking":
            for place, tone in ((0, bass + 12), (1, tones[2] - 12), (2, tones[0])):
                low(place, .95, .34, tone)
        elif style == "march":
            for place in range(beats):
                (low(place, .45, .5, bass if place % 4 == 0 else bass + 7) if place % 2 == 0 else chord(place, .35, .26))
        elif style == "pulse":
            for number in range(beats * 2):
                low(number / 2, .35, .42, bass + (12 if number % 2 else 0))
                if number % 2:
                    chord(number / 2, .3, .2)
        elif style == "power":
            for number in range(beats * 2):
                for tone, loud in ((bass, .4), (bass + 7, .35), (bass + 12, .3)):
                    low(number / 2, .42, loud, tone)
        else:
            for place in range(beats):
                low(place, .5, .4)
                chord(place + .5, .3, .28)

    def drums(self, bars):
        kit = drum_kit(self.rng)
        pattern = drum_pattern(self.tune.genre, self.beats, self.rng)
        level = {"energetic": .8, "calm": .25, "melancholic": .4}[self.tune.mood] * self.rng.uniform(.7, 1.3)
        for bar in range(bars):
            for place, name, loud in pattern:
                if self.tune.mood != "energetic" and name == "hat" and place % 1:
                    continue
                self.add(kit[name], (bar * self.beats + place) * self.beat, level * loud * self.rng.uniform(.9, 1.1))

    # -- room and loudness
    def mixed(self):
        rng, mood = self.rng, self.tune.mood
        sound = self.out[:int(RATE * self.tune.seconds)]
        if rng.random() < (.85 if mood == "melancholic" else .6):
            length = rng.uniform(.15, {"energetic": .9, "calm": 1.4, "melancholic": 2.2}[mood])
            t = np.arange(int(length * RATE)) / RATE
            room = rng.standard_normal(len(t)) * np.exp(-t / (length / 4))
            wet = fftconvolve(sound, room / np.sqrt((room ** 2).sum()))[:len(sound)]
            sound = sound + rng.uniform(.08, .35) * wet
        if mood == "melancholic":
            sound = lfilter([1 - (keep := rng.uniform(.3, .75))], [1, -keep], sound)
        sound = sound / (np.sqrt((sound ** 2).mean()) + 1e-6)
        level = {"calm": rng.uniform(-32, -17), "energetic": rng.uniform(-20, -9), "melancholic": rng.uniform(-32, -17)}[mood]
        sound = sound * 10 ** (level / 20)
        if rng.random() < .5:
            sound = sound + 10 ** (rng.uniform(-75, -45) / 20) * rng.standard_normal(len(sound))
        return np.clip(sound, -1, 1).astype(np.float32)


if __name__ == "__main__":
    import sys
    import time

    from scipy.io import wavfile
    draws, begin = np.random.default_rng(5), time.time()
    for number in range(int(sys.argv[2])):
        tune = compose(draws, held_out=number % 2 == 1)
        samples = tune.render()
        wavfile.write(f"{sys.argv[1]}/{number:02d}-{tune.mood}-{tune.genre}-{'-'.join(tune.instruments)}.wav".replace(" ", "_"), RATE, (samples * 32767).astype(np.int16))
        print(tune, f"{np.abs(samples).max():.2f}")
    print(f"{(time.time() - begin) / int(sys.argv[2]):.3f} s each")
