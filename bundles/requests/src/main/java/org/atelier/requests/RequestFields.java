package org.atelier.requests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/**
 * The fields of a request file, in the order in which they are written: this table is what the reader reads, the writer
 * writes, the JSON Schema says and the command line's help tells of defaults. A new field is one entry here and its
 * component in {@link SetRequest}.
 */
final class RequestFields {

    private static final int MOST_ITEMS = 10_000;
    private static final int MOST_REFERENCES = 26;
    private static final int MOST_CONTEXTS = 64;

    /** A model's training steps; a set or an inversion takes fewer. */
    private static final int TRAINING_STEPS = 1000;

    static final List<RequestField<?>> ALL = List.of(
            RequestField.of(
                    "schema_version",
                    new VersionType(),
                    "The version of this form.",
                    request -> Json.SCHEMA_VERSION,
                    (builder, version) -> {}),
            RequestField.of(
                    "model",
                    SharedTypes.MODEL,
                    "The name of a model that is here (atelier models), or a folder in diffusers' layout. A folder"
                            + " that begins with ./ is found from the file and may not leave its folder.",
                    SetRequest::model,
                    SetRequestBuilder::model),
            RequestField.of(
                            "items",
                            ListType.of("a list of items", ItemFields.TYPE)
                                    .atLeast(1)
                                    .atMost(MOST_ITEMS),
                            "One for each image. Without references the first is the reference: the others take"
                                    + " their style from it.",
                            SetRequest::items,
                            SetRequestBuilder::items)
                    .mandatory(),
            RequestField.of(
                    "style",
                    SimpleType.text(),
                    "Appended to every prompt after a comma; empty for none.",
                    SetRequest::style,
                    SetRequestBuilder::style),
            RequestField.of(
                    "negative_prompt",
                    SimpleType.text(),
                    "What no image should show. Absent is none, which is not the same as an empty text for a model"
                            + " that takes zeros for no text.",
                    SetRequest::negativePrompt,
                    SetRequestBuilder::negativePrompt),
            RequestField.of(
                            "seed",
                            SharedTypes.SEED,
                            "Image i is generated from the noise of seed + i, unless its item has a seed of its own.",
                            SetRequest::seed,
                            SetRequestBuilder::seed)
                    .describeDefault("random"),
            RequestField.of(
                    "steps",
                    SimpleType.integer().atLeast(1).below(TRAINING_STEPS),
                    "Denoising steps, fewer than the model was trained with.",
                    request -> request.sampling().steps(),
                    SetRequestBuilder::steps),
            RequestField.of(
                            "cfg_scale",
                            SimpleType.number().atLeast(0),
                            "Classifier-free guidance; 1 and below is without.",
                            request -> request.sampling().cfgScale(),
                            SetRequestBuilder::cfgScale)
                    .describeDefault("what suits the model, of Stable Diffusion XL 5, with references 10"),
            RequestField.of(
                    "sampler",
                    SimpleType.text(),
                    "What takes the steps: the name of a sampler that is installed.",
                    request -> request.sampling().sampler(),
                    SetRequestBuilder::sampler),
            RequestField.of(
                            "sampler_options",
                            SharedTypes.OPTIONS,
                            "Options of the sampler; what is absent has its default.",
                            request -> request.sampling().samplerOptions(),
                            SetRequestBuilder::samplerOptions)
                    .omitIfDefault(),
            RequestField.of(
                            "width",
                            SharedTypes.SIDE,
                            "Of every image that has none of its own, and of references.",
                            request -> request.sampling().width(),
                            SetRequestBuilder::width)
                    .describeDefault("the model's own"),
            RequestField.of(
                            "height",
                            SharedTypes.SIDE,
                            "Of every image that has none of its own, and of references.",
                            request -> request.sampling().height(),
                            SetRequestBuilder::height)
                    .describeDefault("the model's own"),
            RequestField.of(
                    "attention",
                    SimpleType.text(),
                    "How the images attend to one another: the name of an attention that is installed.",
                    request -> request.sharing().attention(),
                    SetRequestBuilder::attention),
            RequestField.of(
                    "strength",
                    SharedTypes.STRENGTH,
                    "How strongly style is taken: the name of a preset of the attention's options, which override it.",
                    request -> request.sharing().strength(),
                    SetRequestBuilder::strength),
            RequestField.of(
                    "attention_options",
                    SharedTypes.OPTIONS,
                    "Options of the attention; what is absent has its default.",
                    request -> request.sharing().attentionOptions(),
                    (builder, options) -> options.forEach(builder::attentionOption)),
            RequestField.of(
                    "references",
                    ListType.of("a list of references", ReferenceFields.OBJECT.named("reference"))
                            .atMost(MOST_REFERENCES),
                    "Images whose style the set takes; none for a set that follows its own first image.",
                    request -> request.references().images(),
                    SetRequestBuilder::references),
            RequestField.of(
                    "contexts",
                    ListType.of("a list of contexts", ContextFields.OBJECT.named("context"))
                            .atMost(MOST_CONTEXTS),
                    "What is put into words that join the prompts, after the style, in this order.",
                    request -> request.contexts().inputs(),
                    SetRequestBuilder::contexts),
            RequestField.of(
                    "summary",
                    SummaryFields.TYPE,
                    "Whether those words are summarized: auto where a prompt would be longer than the model reads.",
                    request -> request.contexts().summary(),
                    SetRequestBuilder::summary),
            RequestField.of(
                    "controls",
                    ListType.of("a list of controls", ControlFields.OBJECT.named("control")),
                    "Images that fix shapes: of each kind one for all images that follow, or one for each of"
                            + " them, in order. Several kinds act together.",
                    request -> request.controls().images(),
                    SetRequestBuilder::controls),
            RequestField.of(
                    "control_guess",
                    SimpleType.truth(),
                    "Whether shapes are followed without words: only the half of guidance that is given the prompt is"
                            + " controlled, and coarse features more than fine ones.",
                    request -> request.controls().rules().guess(),
                    SetRequestBuilder::controlGuess),
            RequestField.of(
                    "control_reference",
                    SimpleType.truth(),
                    "Whether image 0 of a set without references, which the others take their style from, follows"
                            + " the controls too.",
                    request -> request.controls().rules().reference(),
                    SetRequestBuilder::controlReference),
            RequestField.of(
                    "control_words",
                    SimpleType.oneOf(List.of("own", "negative")),
                    "What a ControlNet is given: own, each half of guidance by its own words; negative, both by the"
                            + " negative prompt, as google/style-aligned does by mistake.",
                    request -> request.controls().rules().promptSource(),
                    SetRequestBuilder::controlPromptSource),
            RequestField.of(
                    "blend",
                    SimpleType.text(),
                    "What makes one of several references: the name of a blend that is installed.",
                    request -> request.references().blend(),
                    SetRequestBuilder::blend),
            RequestField.of(
                    "blend_options",
                    SharedTypes.OPTIONS,
                    "Options of the blend; what is absent has its default.",
                    request -> request.references().blendOptions(),
                    SetRequestBuilder::blendOptions),
            RequestField.of(
                            "inversion_steps",
                            SimpleType.integer().atLeast(1).below(TRAINING_STEPS),
                            "Steps that bring a reference to noise.",
                            request -> request.inversion().steps(),
                            SetRequestBuilder::inversionSteps)
                    .describeDefault("the steps"),
            RequestField.of(
                    "inversion_cfg",
                    SimpleType.number().atLeast(0),
                    "Guidance of the inversion.",
                    request -> request.inversion().cfgScale(),
                    SetRequestBuilder::inversionCfg),
            RequestField.of(
                            "inversion_offset",
                            SimpleType.integer().atLeast(0),
                            "How many of the noisiest steps of a reference are left out, fewer than the inversion"
                                    + " has.",
                            request -> request.inversion().offset(),
                            SetRequestBuilder::inversionOffset)
                    .describeDefault("a tenth of them, at most 5"),
            RequestField.of(
                    "card",
                    CardFields.OBJECT.named("card"),
                    "A style card in whose hand the set is generated; what is not said here is as the card says.",
                    SetRequest::card,
                    SetRequestBuilder::card),
            RequestField.of(
                    "style_from",
                    SimpleType.number().atLeast(0).below(1),
                    "The fraction of the steps after which style is shared.",
                    request -> request.sharing().from(),
                    SetRequestBuilder::styleFrom),
            RequestField.of(
                    "style_to",
                    SimpleType.number().above(0).atMost(1),
                    "The fraction of the steps after which it no longer is; above styleFrom.",
                    request -> request.sharing().to(),
                    SetRequestBuilder::styleTo),
            RequestField.of(
                            "chunk",
                            SimpleType.integer().atLeast(1),
                            "Images that pass the network together; changes no image beyond rounding.",
                            request -> request.execution().chunk(),
                            SetRequestBuilder::chunk)
                    .describeDefault("as many as memory allows"),
            RequestField.of(
                            "dtype",
                            SimpleType.oneOf(List.of("float32", "bfloat16", "float16")),
                            "What the network computes in.",
                            request -> request.execution().dtype(),
                            SetRequestBuilder::dtype)
                    .describeDefault("float32 on a CPU, else bfloat16"),
            RequestField.of(
                            "device",
                            SimpleType.text().matching("^(cpu|cuda:[0-9]{1,3})$"),
                            "Where it computes.",
                            request -> request.execution().device(),
                            SetRequestBuilder::device)
                    .describeDefault("the first GPU that the engine finds, else the CPU"),
            RequestField.of(
                    "metadata",
                    SimpleType.truth(),
                    "Whether the images say how they were made.",
                    request -> request.output().metadata(),
                    SetRequestBuilder::metadata));

    private static final Map<String, RequestField<?>> BY_KEY = ALL.stream()
            .collect(Collectors.toUnmodifiableMap(field -> field.field().key(), field -> field));

    static final RequestKeys KEYS = new RequestKeys(
            "a request", fields().stream().<String>map(Field::key).toList());

    private RequestFields() {}

    static List<Field<SetRequest, ?>> fields() {
        List<Field<SetRequest, ?>> fields = new ArrayList<>();
        ALL.forEach(each -> fields.add(each.field()));
        return fields;
    }

    /** What holds where a key is absent, in words, by the key; where there is something to say. */
    static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        fields().forEach(field -> defaults.put(field.key(), field.defaultInWords()));
        ControlFields.OBJECT.fields().forEach(field -> defaults.put("controls." + field.key(), field.defaultInWords()));
        defaults.values().removeIf(String::isEmpty);
        return defaults;
    }

    /** The field of a key that {@link #KEYS} has. */
    static RequestField<?> of(String key) {
        return BY_KEY.get(key);
    }
}
