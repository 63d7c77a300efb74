"""Joins of contexts, as Atelier makes them, and the phrase that each is shortened to.

A join has the texts of one to five contexts, separated by ", ": captions of pictures, sentences that were spoken, the mood of music, the
weather. Its phrase names every object with its colour, every style, weather and mood of the world that the join names, each once: objects
joined by "and", then styles, weathers and moods, in the order of the join. Other words are left out. A join that names nothing of the
world is shortened to "a picture".

Some sentences, ordinary words and weather words are kept for the held-out joins: `sample(rng, held_out=True)`.
"""
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "sketchbook" / "training"))
import world  # noqa: E402

NOTHING = "a picture"
PLURALS = {word: {"fish": "fish", "butterfly": "butterflies"}.get(word, word + "s") for word in world.OBJECTS}
COUNTS = ["two", "three", "four", "five", "many", "some", "a few"]
HELD_OUT_SHARE = 5

# What is said of a weather or a mood without its phrase. The last of each list is held out.
WEATHER_WORDS = {
    "rainy weather": ["rain", "it is raining", "light rain", "in the rain", "a rainy day", "heavy rain", "pouring rain", "rainy", "it was raining all day"],
    "snowy weather": ["snow", "it is snowing", "light snow", "in the snow", "a snowy day", "snow fall", "snowy", "it was snowing all day"],
    "sunny weather": ["sunshine", "the sun is shining", "a sunny day", "in the sun", "bright sunshine", "sunny", "it was sunny all day"],
    "clear night": ["a clear sky at night", "a night with a clear sky", "a clear night sky", "under a clear night sky"],
    "foggy weather": ["fog", "thick fog", "in the fog", "a foggy day", "light fog", "foggy", "it was foggy all day"]}
MOOD_WORDS = {
    "calm mood": ["calm", "calm music", "a calm song", "it should be calm", "it feels calm"],
    "energetic mood": ["energetic", "energetic music", "an energetic song", "it should be energetic", "it feels energetic"],
    "melancholic mood": ["melancholic", "melancholic music", "a melancholic song", "it should be melancholic", "it feels melancholic"]}
STYLE_WORDS = ["{style}", "in the style of {a_style}", "as {a_style}", "like {a_style}", "in {style} style", "made as {a_style}"]

# Sentences; {thing} is an object with or without a colour, {things} are two. The last fifth is held out.
SPEECH = [
    "I want to see {thing}", "I would like to see {thing}", "please draw {thing}", "draw {thing}", "draw me {thing}", "show me {thing}", "can you draw {thing}",
    "could you paint {thing}", "paint {thing} for me", "I dreamed of {thing}", "I saw {thing} yesterday", "there is {thing}", "there was {thing} in the garden",
    "this is {thing}", "let us have {thing}", "make a picture of {thing}", "I love {thing}", "I am thinking of {thing}", "we need {thing} in the middle",
    "look at {thing}", "my daughter wants {thing}", "it is about {thing}", "give me {thing}", "on the table there is {thing}", "near the river we found {thing}",
    "I want to see {things}", "draw {things}", "please draw {things} for my friend", "show me {things} together", "there are {things}", "we saw {things} on the way home",
    "a story about {things}", "I would like {things}", "make a picture with {things}", "{thing} next to {other}", "{thing} in front of {other}", "{thing} on {other}", "{thing} with {other}",
    "{thing} and nothing else", "{thing} please", "well, {thing}", "hello, I want {thing}", "{thing}, I think", "and then {thing}", "maybe {thing}",
    "the {object} is {colour}", "the {object} should be {colour}", "a {object}, and it is {colour}", "I want the {object} to be {colour}",
    "I want to see {thing} in {a_style}", "draw {thing} as {a_style}", "paint {thing} in {style} style", "{thing} in the style of {a_style}",
    "I hear {mood} music", "it is {weather} here", "we have {weather} today", "{thing} in {weather}", "{thing} on a {night}", "outside there is {weather}",
    "I want {thing} in {a_mood}", "the picture should have {a_mood}", "in {weather} I saw {thing}", "let it be {weather} with {a_mood}",
    "about the {object}, paint it {colour}", "the {object}, make it {colour}", "let us have the {object}, and paint it {colour}",
    # held out
    "I was hoping for {thing}", "would you sketch {thing} for us", "what about {thing}", "in my dream I met {thing}", "when I was a child we had {thing}",
    "put {things} into the picture", "bring {things} together", "{thing} behind {other}", "{thing} beside {other}", "as for the {object}, make it {colour}",
    "{thing} drawn as {a_style}", "for the weather take {weather}", "the feeling is {a_mood}", "imagine {thing} in {weather}"]
HELD_OUT_SPEECH = 14

CAPTIONS = ["{caption}", "{caption}", "{caption}", "a picture of {caption}", "a drawing of {caption}", "a painting of {caption}", "{caption}."]
# Sentences about nothing of the world.
FILLERS = ["I am tired today", "we went to the market", "thank you", "good morning", "what do you think", "my friend is waiting at home", "this was a long day", "no idea what comes next",
           "we talked about work", "that is all", "let me think", "um, let me see", "it is nine o'clock", "please wait a moment", "the train was late", "I forgot my keys", "dinner was great",
           "is this thing on", "okay", "one two three", "we should call them", "the meeting is on monday", "my name is anna", "that would be nice", "ambient music", "jazz music", "piano music", "a rock song",
           "7.2 degrees", "wind from the west", "overcast", "partly cloudy", "mainly clear",
           # held out
           "the phone is ringing again", "nobody knows why", "see you next week", "classical music", "a strong wind from the north", "she wrote a long letter"]
HELD_OUT_FILLERS = 6
# Ordinary words of sentences that name things that the world has not. The last fifth is held out.
NOUNS = """dog horse car truck train chair table lamp book window door garden river mountain road bridge field forest beach island street city village market kitchen bottle plate
spoon knife bread cheese apple banana lemon tomato potato cake pizza soup shirt jacket shoe hat clock watch phone computer camera piano guitar drum violin bicycle motorcycle bus
airplane helicopter tractor wheel ladder hammer nail box basket bag wall roof tower church school hospital station airport museum theatre cinema hotel restaurant office shop farm
cow sheep pig goat duck chicken goose rabbit mouse rat fox wolf bear lion tiger elephant monkey giraffe zebra snake frog turtle spider bee ant worm whale dolphin shark crab
teacher doctor farmer sailor king queen princess knight wizard witch robot monster dragon ghost man woman boy girl child baby family friend crowd dancer singer painter
cloud moon planet comet stone rock sand leaf grass rose tulip cactus palm pine oak bush hedge fence gate well fountain statue flag candle fire smoke mirror picture frame
pillow blanket bed sofa desk drawer shelf carpet curtain vase bowl glass kettle pan oven fridge sink towel soap brush comb ring necklace crown sword shield arrow bow
tent camp path hill valley lake pond sea wave harbour pier ship canoe raft anchor sail rope net bucket""".split()
ADJECTIVES = """big small old new young tall short long wide narrow heavy light soft hard warm cold hot cool wet dry clean dirty quiet loud fast slow strong weak rich poor happy sad angry
funny strange simple fancy pretty ugly bright dark pale round square flat deep empty full broken wooden golden silver black white grey violet tiny huge little lovely nice friendly lonely sleepy hungry
brave shy proud gentle wild tame modern ancient famous secret magic silent busy lazy early late fresh sweet sour bitter""".split()
HELD_OUT_NOUNS = [word for place, word in enumerate(NOUNS) if place % HELD_OUT_SHARE == 4]
HELD_OUT_ADJECTIVES = [word for place, word in enumerate(ADJECTIVES) if place % HELD_OUT_SHARE == 4]


# Kinds of contexts, and how often they are drawn.
KINDS = {"caption": .28, "speech": .27, "music": .17, "place": .17, "styled": .06, "filler": .05}


@dataclass
class Join:
    """What was named so far, in order."""
    texts: list = field(default_factory=list)
    objects: list = field(default_factory=list)
    styles: list = field(default_factory=list)
    weathers: list = field(default_factory=list)
    moods: list = field(default_factory=list)

    def name(self, kind, value):
        named = getattr(self, kind)
        if value not in named:
            named.append(value)

    def phrase(self):
        coloured = {object for object, colour in self.objects if colour}
        things = [article(noun(object, colour)) for object, colour in self.objects if colour or object not in coloured]
        words = [" and ".join(things)] if things else []
        return ", ".join([*words, *self.styles, *self.weathers, *self.moods]) or NOTHING

    def text(self):
        return ", ".join(self.texts)


def noun(object, colour):
    return f"{colour} {object}" if colour else object


def article(words):
    return ("an " if words[0] in "aeiou" else "a ") + words


def pick(rng, values):
    return values[rng.integers(len(values))]


def known(values, held_out, number):
    return values[-number:] if held_out else values[:-number]


def letters(rng):
    """A word that nobody knows, as a name or a mistake of the transcript."""
    return "".join(pick(rng, ("bcdfghjklmnprstvwz", "aeiou")[place % 2]) for place in range(rng.integers(3, 9)))


class Speaker:
    """Makes the texts of contexts, and tells the join what they name."""

    def __init__(self, rng, join, held_out):
        self.rng, self.join, self.held_out = rng, join, held_out
        self.nouns = HELD_OUT_NOUNS if held_out else [word for word in NOUNS if word not in HELD_OUT_NOUNS]
        self.adjectives = HELD_OUT_ADJECTIVES if held_out else [word for word in ADJECTIVES if word not in HELD_OUT_ADJECTIVES]

    def chance(self, share):
        return self.rng.random() < share

    def thing(self, unknown=.12):
        """An object of the world with its article, perhaps a colour and words between; or an object that the world has not."""
        rng = self.rng
        colour = pick(rng, list(world.COLOURS)) if self.chance(.6) else None
        between = [pick(rng, self.adjectives)] if self.chance(.15) else []
        if self.chance(unknown):
            name = letters(rng) if self.chance(.2) else pick(rng, self.nouns)
            words = " ".join([*between, *([colour] if colour else []), name])
        else:
            name = pick(rng, world.OBJECTS)
            self.join.name("objects", (name, colour))
            words = " ".join([*between, *([colour] if colour else []), name])
            if self.chance(.06):
                words = words.removesuffix(name) + PLURALS[name]
                return f"{pick(rng, COUNTS)} {words}"
        start = pick(rng, ["the", "my", "this", "that", "one", "her", "some", "your"]) + " " if self.chance(.15) else None
        return start + words if start else article(words)

    def style(self):
        style = pick(self.rng, world.STYLES)
        self.join.name("styles", style)
        return style

    def weather(self):
        weather = pick(self.rng, world.WEATHERS)
        self.join.name("weathers", weather)
        return weather

    def mood(self):
        mood = pick(self.rng, world.MOODS)
        self.join.name("moods", mood)
        return mood

    def caption(self):
        rng = self.rng
        parts = [self.thing()]
        if self.chance(.12):
            parts[0] += " and " + self.thing()
        if self.chance(.65):
            parts.append(self.style())
        if self.chance(.3):
            parts.append(self.weather())
        if self.chance(.3):
            parts.append(self.mood())
        return pick(rng, CAPTIONS).format(caption=", ".join(parts))

    def speech(self):
        template = pick(self.rng, known(SPEECH, self.held_out, HELD_OUT_SPEECH) if self.chance(.9) or self.held_out else SPEECH[:-HELD_OUT_SPEECH])
        # In the order of the sentence, as the phrase has it.
        parts, rest = [], template
        object = None
        while "{" in rest:
            before, _, after = rest.partition("{")
            key, _, rest = after.partition("}")
            parts += [before, self.slot(key)]
            if key == "object":
                object = parts[-1]
            if key == "colour":
                self.join.name("objects", (object, parts[-1]))
        sentence = "".join([*parts, rest])
        if self.chance(.3):
            sentence = sentence[0].upper() + sentence[1:]
        if self.chance(.25):
            filler = self.filler()
            sentence = pick(self.rng, [f"{filler}, {sentence}", f"{filler}. {sentence}", f"{sentence}, {filler}", f"{sentence}. {filler}"])
        return sentence

    def slot(self, key):
        if key == "things":
            joint = pick(self.rng, [" and ", " and ", " and ", " with ", " near ", ", "])
            return self.thing() + joint + self.thing() + (" and " + self.thing() if self.chance(.1) else "")
        if key in ("thing", "other"):
            return self.thing()
        if key == "object":
            return pick(self.rng, world.OBJECTS)
        if key == "colour":
            return pick(self.rng, list(world.COLOURS))
        if key in ("a_style", "a_mood"):
            return article(getattr(self, key[2:])())
        if key == "night":
            self.join.name("weathers", "clear night")
            return "clear night"
        return getattr(self, key)()

    def filler(self):
        if self.chance(.4):
            a, b = (pick(self.rng, self.nouns) for _ in range(2))
            return pick(self.rng, ["the {a} is {c}", "I like the {c} {a}", "{a} and {b}", "a {c} {a} near the {b}", "we bought a {a}", "where is the {a}", "the {b} of the {a} was {c}"]).format(
                a=a, b=b, c=pick(self.rng, self.adjectives))
        return pick(self.rng, known(FILLERS, self.held_out, HELD_OUT_FILLERS))

    def place(self):
        if self.chance(.75):
            return self.weather()
        weather = pick(self.rng, world.WEATHERS)
        self.join.name("weathers", weather)
        return pick(self.rng, known(WEATHER_WORDS[weather], self.held_out, 1))

    def music(self):
        if self.chance(.75):
            return self.mood()
        mood = pick(self.rng, world.MOODS)
        self.join.name("moods", mood)
        words = pick(self.rng, known(MOOD_WORDS[mood], self.held_out, 1))
        return words if self.chance(.7) else f"{self.filler()}, {words}"

    def styled(self):
        style = self.style()
        return pick(self.rng, STYLE_WORDS).format(style=style, a_style=article(style))


def sample(rng, held_out=False, most=5):
    """One join of at most so many contexts: (text, phrase)."""
    join = Join()
    speaker = Speaker(rng, join, held_out)
    number = min(most, rng.choice([1, 2, 3, 4, 5], p=[.17, .28, .3, .2, .05]))
    # Mostly one of a kind, as one picture, one note and one tune; now and then two.
    kinds = rng.choice(list(KINDS), number, p=list(KINDS.values()), replace=rng.random() < .15)
    for kind in kinds:
        join.texts.append(getattr(speaker, kind)())
    return join.text(), join.phrase()


def words():
    """Every word and mark that joins are made of, and prefix and phrases."""
    texts = [NOTHING, "summarize:", "with near the my this that one her some your a an and", *world.OBJECTS, *PLURALS.values(), *COUNTS, *world.COLOURS, *world.STYLES, *world.WEATHERS, *world.MOODS,
             *STYLE_WORDS, *known(SPEECH, False, HELD_OUT_SPEECH), *CAPTIONS, *known(FILLERS, False, HELD_OUT_FILLERS), "where is i like we bought was",
             *(word for word in NOUNS if word not in HELD_OUT_NOUNS), *(word for word in ADJECTIVES if word not in HELD_OUT_ADJECTIVES),
             *(text for table in (WEATHER_WORDS, MOOD_WORDS) for texts in table.values() for text in texts[:-1])]
    found = {}
    for text in texts:
        for word in text.lower().replace("{", " {").replace("}", "} ").split():
            word = word.strip(",.:")
            if word and "{" not in word and word.isalpha():
                found[word] = True
    return list(found)


if __name__ == "__main__":
    import numpy
    draws = numpy.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    for number in range(30):
        print(*sample(draws, held_out=number % 2 == 1), sep="\n    ")
    print(len(words()))
