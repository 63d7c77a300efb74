package org.atelier.requests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/**
 * The fields of a request file, in the order in which they are written: this table is what the reader reads, the writer
 * writes, the JSON Schema describes and the command line's help shows as defaults. A new field is one entry here and its
 * component in {@link SetRequest}.
 */
final class RequestFields {

    private static final int MAX_ITEMS = 10_000;
    /** More layers than any published text encoder has. */
    private static final int MAX_CLIP_SKIP = 100;

    private static final int MAX_REFERENCES = 26;
    private static final int MAX_CONTEXTS = 64;
    private static final int MAX_LORAS = 64;
    private static final int MAX_REGIONS = 1000;

    /** The number of training steps; a set or an inversion has fewer. */
    private static final int LARGEST_GUIDANCE = 100;

    private static final int LARGEST_BLUR = 256;

    private static final int TRAINING_STEPS = 1000;

    static final List<RequestField<?>> ALL = List.of(
            RequestField.of(
                    "schema_version",
                    new VersionType(),
                    "Version of this schema.",
                    request -> Json.SCHEMA_VERSION,
                    (builder, version) -> {}),
            RequestField.of(
                    "model",
                    SharedTypes.MODEL,
                    "The name of an installed model (atelier models), a folder in diffusers' layout, or a single"
                            + " safetensors file. A path that starts with ./ is relative to this file's folder and must"
                            + " be inside it.",
                    SetRequest::model,
                    SetRequestBuilder::model),
            RequestField.of(
                    "items",
                    ListType.of("a list of items", ItemFields.TYPE).atMost(MAX_ITEMS),
                    "One for each image. Without references, the other images take their style from the first. They"
                            + " may be absent if there are contents: the prompts are then empty.",
                    PicturedItem::of,
                    PicturedItem::into),
            RequestField.of(
                    "model_sha256",
                    SharedTypes.SHA256,
                    "SHA-256 of a model that is a single file; a changed file is an error.",
                    request -> request.modelOptions().sha256(),
                    SetRequestBuilder::modelSha256),
            RequestField.of(
                            "model_config",
                            SharedTypes.MODEL,
                            "The model, by name or folder, whose configurations and tokenizers a single file uses.",
                            request -> request.modelOptions().config(),
                            SetRequestBuilder::modelConfig)
                    .describeDefault("those that the model family published"),
            RequestField.of(
                            "vae",
                            ModelFileFields.TYPE,
                            "Replaces the VAE: the name of an installed model, a folder, or a safetensors file.",
                            request -> request.modelOptions().vae(),
                            SetRequestBuilder::vae)
                    .describeDefault("the model's"),
            RequestField.of(
                            "loras",
                            ListType.of("a list of LoRAs", LoraFields.TYPE).atMost(MAX_LORAS),
                            "LoRAs that are added to the weights of the model.",
                            request -> request.modelOptions().loras(),
                            SetRequestBuilder::loras)
                    .omitIfDefault(),
            RequestField.of(
                            "clip_skip",
                            SimpleType.integer().atLeast(0).atMost(MAX_CLIP_SKIP),
                            "Number of last layers of the text encoders that positive prompts skip, as diffusers counts"
                                    + " them: one less than Clip skip of A1111.",
                            request -> request.modelOptions().clipSkip(),
                            SetRequestBuilder::clipSkip)
                    .omitIfDefault(),
            RequestField.of(
                            "prediction",
                            SimpleType.oneOf(List.of("epsilon", "v", "sample")),
                            "What the network predicts, over what the model says.",
                            request -> request.modelOptions().prediction(),
                            SetRequestBuilder::prediction)
                    .describeDefault("as the model says"),
            RequestField.of(
                    "style",
                    SimpleType.text(),
                    "Appended to every prompt after a comma; empty for none.",
                    SetRequest::style,
                    SetRequestBuilder::style),
            RequestField.of(
                    "negative_prompt",
                    SimpleType.text(),
                    "What the images should not show. If absent, the default of the model family, usually none. An empty"
                            + " text is not the same as none for a model that uses zero embeddings without a text.",
                    SetRequest::negativePrompt,
                    SetRequestBuilder::negativePrompt),
            RequestField.of(
                            "seed",
                            SharedTypes.SEED,
                            "Image i is generated from the noise of seed + i, unless its item has its own seed.",
                            SetRequest::seed,
                            SetRequestBuilder::seed)
                    .describeDefault("random"),
            RequestField.of(
                            "steps",
                            SimpleType.integer().atLeast(1).below(TRAINING_STEPS),
                            "Denoising steps, fewer than the model was trained with.",
                            request -> request.sampling().steps(),
                            SetRequestBuilder::steps)
                    .describeDefault("50, for a model distilled for few steps its own number"),
            RequestField.of(
                            "cfg_scale",
                            SimpleType.number().atLeast(0).atMost(LARGEST_GUIDANCE),
                            "Scale of classifier-free guidance; 1 and below disable it.",
                            request -> request.sampling().cfgScale(),
                            SetRequestBuilder::cfgScale)
                    .describeDefault(
                            "the model's, for Stable Diffusion XL 5, with references 10, for 1.x and 2.x 7.5; with contents 1"),
            RequestField.of(
                            "guidance_rescale",
                            SimpleType.number().atLeast(0).atMost(1),
                            "How far the guided prediction is rescaled to the standard deviation of the conditional one;"
                                    + " 0.7 for models with zero terminal SNR.",
                            request -> request.sampling().guidanceRescale(),
                            SetRequestBuilder::guidanceRescale)
                    .omitIfDefault(),
            RequestField.of(
                            "sampler",
                            SimpleType.text(),
                            "The name of an installed sampler.",
                            request -> request.sampling().sampler(),
                            SetRequestBuilder::sampler)
                    .describeDefault("ddim, for a model distilled for few steps its own"),
            RequestField.of(
                            "sampler_options",
                            SharedTypes.OPTIONS,
                            "Options of the sampler; absent options have their defaults.",
                            request -> request.sampling().samplerOptions(),
                            SetRequestBuilder::samplerOptions)
                    .omitIfDefault(),
            RequestField.of(
                            "width",
                            SharedTypes.SIDE,
                            "In pixels; of references and of images without their own.",
                            request -> request.sampling().width(),
                            SetRequestBuilder::width)
                    .describeDefault("the model's"),
            RequestField.of(
                            "height",
                            SharedTypes.SIDE,
                            "In pixels; of references and of images without their own.",
                            request -> request.sampling().height(),
                            SetRequestBuilder::height)
                    .describeDefault("the model's"),
            RequestField.of(
                    "attention",
                    SimpleType.text(),
                    "How the images attend to one another: the name of an installed attention strategy.",
                    request -> request.sharing().attention(),
                    SetRequestBuilder::attention),
            RequestField.of(
                    "strength",
                    SharedTypes.STRENGTH,
                    "Strength of the style: the name of a preset of attention options; options override it.",
                    request -> request.sharing().strength(),
                    SetRequestBuilder::strength),
            RequestField.of(
                    "attention_options",
                    SharedTypes.OPTIONS,
                    "Options of the attention; absent options have their defaults.",
                    request -> request.sharing().attentionOptions(),
                    (builder, options) -> options.forEach(builder::attentionOption)),
            RequestField.of(
                    "references",
                    ListType.of("a list of references", ReferenceFields.OBJECT.named("reference"))
                            .atMost(MAX_REFERENCES),
                    "Images whose style the set takes. If there are none, it takes the style of its first image.",
                    request -> request.references().images(),
                    SetRequestBuilder::references),
            RequestField.of(
                            "contents",
                            ListType.of("a list of image files", ImageFileFields.TYPE)
                                    .atMost(MAX_ITEMS),
                            "Images that are redrawn in the style of the one reference, by an attention that does so, such as"
                                    + " injection; one for each item.",
                            request -> request.references().contents(),
                            SetRequestBuilder::contents)
                    .omitIfDefault(),
            RequestField.of(
                    "contexts",
                    ListType.of("a list of contexts", ContextFields.OBJECT.named("context"))
                            .atMost(MAX_CONTEXTS),
                    "Inputs that are turned into text, which is appended to the prompts after the style, in order.",
                    request -> request.contexts().inputs(),
                    SetRequestBuilder::contexts),
            RequestField.of(
                    "summary",
                    SummaryFields.TYPE,
                    "Whether these texts are summarised; auto: if a prompt would exceed the model's token limit.",
                    request -> request.contexts().summary(),
                    SetRequestBuilder::summary),
            RequestField.of(
                    "controls",
                    ListType.of("a list of controls", ControlFields.OBJECT.named("control")),
                    "Images that control shapes: for each kind, one for all controlled images or one for each of"
                            + " them in order. Several kinds are combined.",
                    request -> request.controls().images(),
                    SetRequestBuilder::controls),
            RequestField.of(
                    "control_guess",
                    SimpleType.bool(),
                    "Guess mode: only the conditional half of guidance is controlled, and coarse features are weighted"
                            + " more than fine ones.",
                    request -> request.controls().rules().guess(),
                    SetRequestBuilder::controlGuess),
            RequestField.of(
                    "control_reference",
                    SimpleType.bool(),
                    "Whether the controls also apply to image 0 of a set without references, which the other images"
                            + " take their style from.",
                    request -> request.controls().rules().reference(),
                    SetRequestBuilder::controlReference),
            RequestField.of(
                    "control_prompt",
                    SimpleType.oneOf(List.of("own", "negative")),
                    "The prompts that a ControlNet receives: own, each half of guidance its own; negative, the negative"
                            + " prompt for both halves, a bug of google/style-aligned.",
                    request -> request.controls().rules().promptSource(),
                    SetRequestBuilder::controlPromptSource),
            RequestField.of(
                            "init_images",
                            ListType.of("a list of image files", ImageFileFields.TYPE)
                                    .atMost(MAX_ITEMS),
                            "Pictures that the images start from in place of noise: one for all images, or one for each"
                                    + " of them in order.",
                            request -> request.initImages().images(),
                            SetRequestBuilder::initImages)
                    .omitIfDefault(),
            RequestField.of(
                            "denoise",
                            SimpleType.number().above(0).atMost(1),
                            "Denoising strength: the share of the steps that are taken, from the end.",
                            request -> request.initImages().denoise(),
                            SetRequestBuilder::denoise)
                    .describeDefault("0.6, with masks 1"),
            RequestField.of(
                            "masks",
                            ListType.of("a list of image files", ImageFileFields.TYPE)
                                    .atMost(MAX_ITEMS),
                            "Which part of the pictures is repainted: white is, black is kept. One for all images, or"
                                    + " one for each of them in order.",
                            request -> request.initImages().masks(),
                            SetRequestBuilder::masks)
                    .omitIfDefault(),
            RequestField.of(
                            "mask_blur",
                            SimpleType.integer().atLeast(0).atMost(LARGEST_BLUR),
                            "Radius of the Gaussian blur of the masks, in pixels of the image.",
                            request -> request.initImages().maskBlur(),
                            SetRequestBuilder::maskBlur)
                    .omitIfDefault(),
            RequestField.of(
                            "panorama",
                            SimpleType.bool(),
                            "Whether the images are panoramas: larger than the model's own size, and generated in windows of"
                                    + " that size that overlap. An image 0 that is the reference of the others has the"
                                    + " model's own size.",
                            request -> request.panorama().enabled(),
                            (builder, enabled) -> builder.panorama(enabled))
                    .omitIfDefault(),
            RequestField.of(
                            "panorama_stride",
                            SimpleType.integer().atLeast(1),
                            "From one window of a panorama to the next, in pixels, a multiple of the model's factor.",
                            request -> request.panorama().stride(),
                            SetRequestBuilder::panoramaStride)
                    .describeDefault("8 latents, which is 8 times the model's factor"),
            RequestField.of(
                            "panorama_circular",
                            SimpleType.bool(),
                            "Whether the right end of a panorama continues at its left end.",
                            request -> request.panorama().circular(),
                            SetRequestBuilder::panoramaCircular)
                    .omitIfDefault(),
            RequestField.of(
                            "regions",
                            ListType.of("a list of regions", RegionFields.OBJECT.named("region"))
                                    .atMost(MAX_REGIONS),
                            "Parts of the images with prompts of their own, each a mask and a prompt. The prompt of an item"
                                    + " applies to the rest of its image.",
                            request -> request.regions().list(),
                            SetRequestBuilder::regions)
                    .omitIfDefault(),
            RequestField.of(
                            "region_bootstrapping",
                            SimpleType.number().atLeast(0).atMost(1),
                            "Share of the steps, from the first, in which a region is generated on a background of one"
                                    + " random colour, so that it keeps to its mask.",
                            request -> request.regions().bootstrapping(),
                            SetRequestBuilder::regionBootstrapping)
                    .omitIfDefault(),
            RequestField.of(
                    "blend",
                    SimpleType.text(),
                    "How several references are blended: the name of an installed blend.",
                    request -> request.references().blend(),
                    SetRequestBuilder::blend),
            RequestField.of(
                    "blend_options",
                    SharedTypes.OPTIONS,
                    "Options of the blend; absent options have their defaults.",
                    request -> request.references().blendOptions(),
                    SetRequestBuilder::blendOptions),
            RequestField.of(
                            "inversion_method",
                            SimpleType.onlyOneOf(List.of("ddim", "noise")),
                            "How the noisy latents of a reference are computed: ddim, by DDIM inversion; noise, by adding"
                                    + " one noise array of the reference, for models distilled for few steps.",
                            request -> request.inversion().method() == null
                                    ? null
                                    : request.inversion().method().text(),
                            (request, method) -> request.inversionMethod(InversionMethod.of(method)))
                    .describeDefault("ddim, for a model distilled for few steps noise"),
            RequestField.of(
                            "inversion_steps",
                            SimpleType.integer().atLeast(1).below(TRAINING_STEPS),
                            "Steps of the DDIM inversion of a reference.",
                            request -> request.inversion().steps(),
                            SetRequestBuilder::inversionSteps)
                    .describeDefault("the sampling steps"),
            RequestField.of(
                            "inversion_cfg",
                            SimpleType.number().atLeast(0).atMost(LARGEST_GUIDANCE),
                            "Guidance scale of the inversion.",
                            request -> request.inversion().cfgScale(),
                            SetRequestBuilder::inversionCfg)
                    .describeDefault("2, with contents 1"),
            RequestField.of(
                            "inversion_offset",
                            SimpleType.integer().atLeast(0),
                            "Number of the noisiest latents of a reference to skip, less than the inversion steps.",
                            request -> request.inversion().offset(),
                            SetRequestBuilder::inversionOffset)
                    .describeDefault("a tenth of the inversion steps, at most 5; with contents 0"),
            RequestField.of(
                    "card",
                    CardFields.OBJECT.named("card"),
                    "A style card, which provides the style and the defaults of the other fields.",
                    SetRequest::card,
                    SetRequestBuilder::card),
            RequestField.of(
                    "style_from",
                    SimpleType.number().atLeast(0).below(1),
                    "Fraction of the steps at which style sharing starts.",
                    request -> request.sharing().from(),
                    SetRequestBuilder::styleFrom),
            RequestField.of(
                    "style_to",
                    SimpleType.number().above(0).atMost(1),
                    "Fraction of the steps at which style sharing ends; above style_from.",
                    request -> request.sharing().to(),
                    SetRequestBuilder::styleTo),
            RequestField.of(
                            "chunk",
                            SimpleType.integer().atLeast(1),
                            "Images in one batch; affects images only by rounding.",
                            request -> request.execution().chunk(),
                            SetRequestBuilder::chunk)
                    .describeDefault("as many as fit into memory"),
            RequestField.of(
                            "dtype",
                            SimpleType.oneOf(List.of("float32", "bfloat16", "float16")),
                            "Data type of the network.",
                            request -> request.execution().dtype(),
                            SetRequestBuilder::dtype)
                    .describeDefault("float32 on a CPU, else bfloat16"),
            RequestField.of(
                            "device",
                            SimpleType.text().matching("^(cpu|cuda:[0-9]{1,3})$"),
                            "Device of the network.",
                            request -> request.execution().device(),
                            SetRequestBuilder::device)
                    .describeDefault("the first GPU that the engine finds, else the CPU"),
            RequestField.of(
                    "metadata",
                    SimpleType.bool(),
                    "Whether the images contain metadata about how they were made.",
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

    /** The defaults as text, by key; fields without one are absent. */
    static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        fields().forEach(field -> defaults.put(field.key(), field.defaultText()));
        ControlFields.OBJECT.fields().forEach(field -> defaults.put("controls." + field.key(), field.defaultText()));
        defaults.values().removeIf(String::isEmpty);
        return defaults;
    }

    /** The field of a key in {@link #KEYS}. */
    static RequestField<?> of(String key) {
        return BY_KEY.get(key);
    }
}
