package org.atelier.web.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.web.http.ApiError;
import org.atelier.web.styles.Styles;
import org.atelier.web.uploads.MaskForm;
import org.atelier.web.uploads.Upload;
import org.atelier.web.uploads.UploadStore;

/** Translates the parameters of an API request to a request in the format of request files, whose reader checks them. */
final class SetRequestTranslator {

    /** The largest number of images of a set. */
    static final int MAX_IMAGES = 10_000;

    /** The fields of a request file that are passed through under the same name; {@link #request} sets the others. */
    static final Set<String> PASSED_THROUGH = Set.of(
            "attention",
            "attention_options",
            "blend",
            "blend_options",
            "cfg_scale",
            "chunk",
            "clip_skip",
            "contents",
            "contexts",
            "control_guess",
            "control_prompt",
            "control_reference",
            "controls",
            "denoise",
            "device",
            "dtype",
            "guidance_rescale",
            "height",
            "inversion_cfg",
            "inversion_method",
            "inversion_offset",
            "inversion_steps",
            "loras",
            "mask_blur",
            "metadata",
            "model_config",
            "model_sha256",
            "negative_prompt",
            "panorama",
            "panorama_circular",
            "panorama_stride",
            "prediction",
            "region_bootstrapping",
            "regions",
            "sampler",
            "sampler_options",
            "seed",
            "steps",
            "strength",
            "style_from",
            "style_to",
            "summary",
            "vae",
            "width");

    /** Names of OpenAI's models, which clients send by default. */
    private static final Pattern ALIAS = Pattern.compile("(gpt-image|chatgpt-image|dall-e)(-.*)?|auto");

    /** Values that OpenAI defines for {@code style}; any other is the text of a style. */
    private static final Set<String> OPENAI_STYLES = Set.of("vivid", "natural");

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

    private final UploadStore uploads;
    private final Styles styles;

    SetRequestTranslator(UploadStore uploads, Styles styles) {
        this.uploads = uploads;
        this.styles = styles;
    }

    /** @throws ApiError if a parameter is invalid */
    JsonObject request(CallParameters parameters) {
        JsonObject request = new JsonObject();
        parameters.text("model").filter(name -> !isAlias(name)).ifPresent(name -> request.addProperty("model", name));
        request.add("items", items(parameters));
        PASSED_THROUGH.forEach(name -> parameters.value(name).ifPresent(value -> request.add(name, value)));
        parameters
                .text("style")
                .filter(style -> !OPENAI_STYLES.contains(style))
                .ifPresent(style -> request.addProperty("style", style));
        parameters.text("size").filter(size -> !size.equals("auto")).ifPresent(size -> addSize(request, size));
        parameters.text("style_card").ifPresent(name -> {
            JsonObject card = new JsonObject();
            card.addProperty("file", styles.existing(name).toString());
            request.add("card", card);
        });
        addPictures(parameters, request);
        return request;
    }

    private static boolean isAlias(String model) {
        return model.isBlank() || ALIAS.matcher(model).matches();
    }

    /** One item for each prompt; {@code n} repeats them. */
    private static JsonArray items(CallParameters parameters) {
        List<String> prompts = prompts(parameters);
        int images = parameters.integer("n", 1, MAX_IMAGES).orElse(1);
        if (images == 1) {
            images = prompts.size();
        }
        if (images % prompts.size() != 0) {
            throw CallParameters.invalid(
                    "n",
                    "%d images do not fit %d prompts, one a line; n must be 1 or a multiple of their number"
                            .formatted(images, prompts.size()));
        }
        JsonArray items = new JsonArray();
        for (String prompt : prompts) {
            Collections.nCopies(images / prompts.size(), prompt).forEach(items::add);
        }
        return items;
    }

    private static List<String> prompts(CallParameters parameters) {
        List<String> prompts = new ArrayList<>();
        Optional<JsonElement> listed = parameters.value("prompts");
        if (listed.isPresent()) {
            CallParameters.listed(listed.get()).forEach(prompt -> prompts.add(CallParameters.text("prompts", prompt)));
        } else {
            parameters
                    .text("prompt")
                    .orElseThrow(() -> CallParameters.invalid("prompt", "is missing"))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(prompts::add);
        }
        if (prompts.isEmpty()) {
            throw CallParameters.invalid("prompt", "must not be empty");
        }
        if (prompts.size() > MAX_IMAGES) {
            throw CallParameters.invalid("prompts", "must be %d at most".formatted(MAX_IMAGES));
        }
        return prompts;
    }

    private static void addSize(JsonObject request, String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw CallParameters.invalid("size", "must be auto or WIDTHxHEIGHT, such as 1024x1024");
        }
        request.addProperty("width", Integer.valueOf(matcher.group(1)));
        request.addProperty("height", Integer.valueOf(matcher.group(2)));
    }

    /**
     * With a mask or with {@code denoise}, the first picture is what the images start from; every other picture is a reference of
     * the style.
     */
    private void addPictures(CallParameters parameters, JsonObject request) {
        List<byte[]> pictures = new ArrayList<>(parameters.images());
        boolean starts = parameters.mask().isPresent() || parameters.values().has("denoise");
        if (starts) {
            if (pictures.isEmpty()) {
                throw CallParameters.invalid("image", "is missing; a mask needs the picture that is repainted");
            }
            parameters
                    .mask()
                    .ifPresent(mask -> request.add(
                            "masks", listOf(file(uploads.addMask(in(mask), "mask", MaskForm.TRANSPARENT)))));
            request.add("init_images", listOf(file(uploads.add(in(pictures.remove(0)), "image"))));
        }
        JsonArray references = new JsonArray();
        for (int i = 0; i < pictures.size(); i++) {
            references.add(file(uploads.add(in(pictures.get(i)), "image " + (i + 1))));
        }
        for (String name : List.of("reference", "references")) {
            parameters
                    .value(name)
                    .map(CallParameters::listed)
                    .orElse(List.of())
                    .forEach(value -> references.add(reference(name, value)));
        }
        addReferencePrompts(parameters, references);
        if (!references.isEmpty()) {
            request.add("references", references);
        }
    }

    private static void addReferencePrompts(CallParameters parameters, JsonArray references) {
        if (references.isEmpty()) {
            return;
        }
        List<JsonElement> prompts =
                parameters.value("reference_prompt").map(CallParameters::listed).orElse(List.of());
        if (prompts.size() > references.size()) {
            throw CallParameters.invalid("reference_prompt", "there are more prompts than references");
        }
        for (int i = 0; i < prompts.size(); i++) {
            references
                    .get(i)
                    .getAsJsonObject()
                    .addProperty("prompt", CallParameters.text("reference_prompt", prompts.get(i)));
        }
    }

    /** A picture in base64, the absolute path of a file, or an object with one of them as {@code image} or {@code file}. */
    private JsonObject reference(String name, JsonElement value) {
        JsonObject reference = value instanceof JsonObject object ? object.deepCopy() : new JsonObject();
        JsonElement picture = value;
        if (value instanceof JsonObject) {
            JsonElement image = reference.remove("image");
            picture = image == null ? reference.get("file") : image;
        }
        if (!(picture instanceof JsonPrimitive primitive) || !primitive.isString()) {
            throw CallParameters.invalid(name, "must be an image in base64, or the path of a file");
        }
        String text = primitive.getAsString();
        Optional<byte[]> image = EncodedImage.ifImage(text);
        if (image.isPresent()) {
            reference.addProperty(
                    "file", uploads.add(in(image.get()), name).file().toString());
        } else if (text.startsWith("data:")) {
            throw CallParameters.invalid(name, "the data URL is not a PNG, JPEG or WebP image in base64");
        } else {
            reference.addProperty("file", text);
        }
        return reference;
    }

    private static JsonObject file(Upload upload) {
        if (upload.kind() != Upload.Kind.IMAGE) {
            throw CallParameters.invalid("image", "must be a PNG, JPEG or WebP image");
        }
        JsonObject file = new JsonObject();
        file.addProperty("file", upload.file().toString());
        file.addProperty("sha256", upload.sha256());
        return file;
    }

    private static JsonArray listOf(JsonObject file) {
        JsonArray list = new JsonArray();
        list.add(file);
        return list;
    }

    private static ByteArrayInputStream in(byte[] content) {
        return new ByteArrayInputStream(content);
    }
}
