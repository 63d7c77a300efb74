"""What is said in sketchbook's world, and what is to be written down: the words of the world, without the words around them.

Some colours of each object and some styles of each object are kept for judging: no sentence for training combines them.
"""
from dataclasses import dataclass

OBJECTS = ["house", "tree", "flower", "fish", "bird", "cat", "star", "mushroom", "cup", "umbrella", "balloon", "rocket",
           "lighthouse", "butterfly", "boat", "castle"]
COLOURS = ["red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "turquoise"]
STYLES = ["watercolor painting", "paper cutout", "neon sign", "woodcut print", "pixel art", "blueprint", "stained glass", "pop art"]
WEATHERS = ["rainy weather", "snowy weather", "sunny weather", "clear night", "foggy weather"]
MOODS = ["calm mood", "energetic mood", "melancholic mood"]
SMALL = ["a", "an", "the", "and", "with", "in", "on", "as"]
WORDS = sorted({w for s in [*OBJECTS, *COLOURS, *STYLES, *WEATHERS, *MOODS, *SMALL] for w in s.split()})

CARRIERS = ["I want to see", "please draw", "let us have", "show me", "I would like", "draw", "give me", "we would like to see", "can you draw",
            "could you make", "please make", "now paint", "let's see", "I'd love to have", "make me a picture of", "draw a picture of"]
THANKS = ["please", "thank you", "if you can", "for me", "that would be nice"]
OTHERS = """morning train station water yesterday seven people number window table door school garden kitchen coffee bread butter apple horse dog
sheep farmer teacher doctor river mountain bridge street market summer winter monday friday evening money letter paper-clip computer telephone
engine bicycle music guitar piano violin question answer problem important different together something everybody never always sometimes because
before after under without beautiful heavy quickly slowly walked running bought learned opened closed remember forgot thinking understand
government history language country village family mother father brother sister children friend neighbour office meeting minutes hours today
tomorrow weather-forecast temperature kilometre hundred thousand twenty eleven three nine five black white grey large small long short old young
good terrible happy hungry tired ready carpet ceiling chair blanket pencil needle button pocket jacket shoes trousers potato tomato onion
cheese chicken sugar pepper breakfast dinner restaurant hospital library museum airport ticket passport holiday island desert forest elephant
monkey spider tiger rabbit mouse wolf dragon princess soldier captain pirate robot guitar drum hammer ladder bucket basket bottle plate knife""".split()


@dataclass(frozen=True)
class Sentence:
    spoken: str  # to a synthesiser
    written: str  # words of the world, with commas


def kept(thing, colour=None, style=None):
    """Whether a combination is for judging only: one colour and one style of each object."""
    o = OBJECTS.index(thing)
    return (colour is not None and (5 * o + COLOURS.index(colour)) % 9 == 4) or (style is not None and (3 * o + STYLES.index(style)) % 8 == 6)


def article(noun):
    return ("an " if noun[0] in "aeiou" else "a ") + noun


class Speaker:
    """Makes sentences; with `judging`, only those that combine what training never has."""

    def __init__(self, rng, judging=False):
        self.rng, self.judging = rng, judging

    def pick(self, values):
        return values[self.rng.integers(len(values))]

    def chance(self, p):
        return self.rng.random() < p

    def phrase(self):
        """A sentence that names at least one object."""
        while True:
            count = self.pick([1, 1, 1, 1, 2, 2, 3])
            things = [(self.pick(OBJECTS), self.pick(COLOURS) if self.chance(.6) else None) for _ in range(count)]
            style = self.pick(STYLES) if self.chance(.5) else None
            fresh = any(kept(thing, colour, style) for thing, colour in things)
            if fresh == self.judging:
                break
        nouns = [f"{colour} {thing}" if colour else thing for thing, colour in things]
        form = self.rng.random()
        nouns = [n if form < .1 and count == 1 else "the " + n if form < .16 else article(n) for n in nouns]
        joint = self.pick([" and ", " and ", " with "])
        text = nouns[0] if count == 1 else (", ".join(nouns[:-1]) + joint + nouns[-1])
        if style:
            text += self.pick([", ", ", ", ", ", " in " if style.endswith("art") or style.endswith("glass") else " as " + article(style)[:-len(style)]]) + style
        weather, mood = self.pick(WEATHERS) if self.chance(.3) else None, self.pick(MOODS) if self.chance(.3) else None
        if weather:
            tied = " on a " if weather == "clear night" else " in "
            text += self.pick([", ", ", ", tied]) + weather
        if mood:
            text += self.pick([", ", ", ", " with " + article(mood)[:-len(mood)], " in " + article(mood)[:-len(mood)]]) + mood
        return self.framed(text)

    def framed(self, text):
        """Words around a sentence, which are not written down."""
        spoken = text
        if self.chance(.3):
            spoken = self.pick(CARRIERS) + " " + spoken
        if self.chance(.06):
            spoken += ", " + self.pick(THANKS)
        if self.chance(.15):
            spoken = spoken.replace(",", "")  # without pauses
        return Sentence(spoken, text)

    def words(self):
        """Bare words in any order."""
        while True:
            terms = [self.pick(self.pick([OBJECTS, OBJECTS, COLOURS, COLOURS, STYLES, WEATHERS, MOODS])) for _ in range(self.pick([1, 1, 2, 3, 4, 5, 6]))]
            if self.chance(.15):
                terms = [self.pick(t.split()) for t in terms]
            if not any(a in COLOURS and b in OBJECTS for a, b in zip(terms, terms[1:])):
                break
        text = ", ".join(terms)
        return Sentence(text.replace(",", "") if self.chance(.3) else text, text)

    def others(self):
        """Words of another world, of which nothing is written down."""
        words = [self.pick(OTHERS) for _ in range(self.pick([1, 2, 3, 4, 6, 8]))]
        return Sentence(" ".join(self.pick(["", "", "the ", "a ", "of ", "is ", "my ", "and "]) + w for w in words), "")

    def mixed(self):
        """A phrase after or before words of another world."""
        phrase, other = self.phrase(), self.others()
        parts = [other.spoken, phrase.spoken] if self.chance(.5) else [phrase.spoken, other.spoken]
        return Sentence(", ".join(parts), phrase.written)

    def sentence(self):
        kind = self.rng.random()
        if self.judging or kind < .55:
            return self.phrase()
        return self.words() if kind < .84 else self.others() if kind < .93 else self.mixed()
