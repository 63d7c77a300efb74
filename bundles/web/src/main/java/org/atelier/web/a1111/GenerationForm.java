package org.atelier.web.a1111;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.web.http.ApiError;
import org.atelier.web.uploads.MaskForm;
import org.atelier.web.uploads.Upload;
import org.atelier.web.uploads.UploadStore;

/** Translates a call of {@code txt2img} or {@code img2img} to a set. Unknown values are ignored, as webui does. */
final class GenerationForm {

    /** The largest number of images of a set. */
    private static final int MAX_IMAGES = 10_000;

    private static final int MAX_PIXELS = 1 << 15;
    private static final int MAX_STEPS = 9_999;
    private static final int MAX_CLIP_SKIP = 12;
    private static final long MAX_SEED = (1L << 53) - 1;

    /** webui's values where the call has none. */
    private static final double DENOISING_STRENGTH = 0.75;

    private static final int MASK_BLUR = 4;
    private static final int MAX_MASK_BLUR = 256;

    /** Networks that webui's users name in the prompt. They are given by name in a request of {@code /v1/sets} instead. */
    private static final Pattern NETWORK = Pattern.compile("(?:, ?| )?<(?:lora|lyco|hypernet):[^<>]{1,200}>");

    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    /** What webui does in addition, if the value is set. */
    private static final Map<String, String> WITHOUT_EFFECT = Map.ofEntries(
            Map.entry("enable_hr", "hires fix"),
            Map.entry("restore_faces", "face restoration"),
            Map.entry("tiling", "tiling"),
            Map.entry("subseed_strength", "variation seeds"),
            Map.entry("refiner_checkpoint", "a refiner"),
            Map.entry("script_name", "scripts"),
            Map.entry("alwayson_scripts", "extensions"),
            Map.entry("inpaint_full_res", "inpainting at full resolution"));

    private final FormFields fields;
    private final List<String> notes = new ArrayList<>();

    GenerationForm(FormFields fields) {
        this.fields = fields;
    }

    /** Returns what the set does not do of the call, one sentence each; complete once {@link #request} has returned. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns the values of the call without its images, which the response repeats. */
    JsonObject echo() {
        JsonObject echo = fields.json().deepCopy();
        if (!fields.flag("include_init_images", false)) {
            echo.remove("init_images");
            echo.remove("mask");
        }
        return echo;
    }

    boolean sendsImages() {
        return fields.flag("send_images", true);
    }

    List<String> styles() {
        return fields.texts("styles");
    }

    int batchSize() {
        return fields.integer("batch_size", 1, MAX_IMAGES).orElse(1);
    }

    /**
     * Returns the set.
     *
     * @param fromImages whether images start from pictures
     * @throws ApiError 422 if a value is invalid; 404 if the model or the pictures are missing
     */
    SetRequest request(boolean fromImages, WebuiOptions options, SamplerNames samplers, UploadStore uploads) {
        SetRequestBuilder request = SetRequest.builder();
        FormFields settings = fields.inner("override_settings");
        Optional<String> model = settings.text(WebuiOptions.MODEL);
        if (model.isPresent() && !fields.flag("override_settings_restore_afterwards", true)) {
            options.choose(model.get());
        }
        request.model(model.map(options::named).orElseGet(options::model));
        request.items(Collections.nCopies(count(), SetItem.of(oneLine("prompt"))));
        request.style(String.join(", ", styles()));
        if (fields.text("negative_prompt").isPresent()) {
            request.negativePrompt(oneLine("negative_prompt"));
        }
        fields.integer("seed", -1L, MAX_SEED).filter(seed -> seed >= 0).ifPresent(request::seed);
        fields.integer("steps", 1, MAX_STEPS).ifPresent(request::steps);
        fields.number("cfg_scale", 0, 100).ifPresent(request::cfgScale);
        fields.integer("width", 1, MAX_PIXELS).ifPresent(request::width);
        fields.integer("height", 1, MAX_PIXELS).ifPresent(request::height);
        applySampler(samplers, request);
        // webui counts the last layer as 1.
        settings.integer(WebuiOptions.CLIP_SKIP, 1, MAX_CLIP_SKIP)
                .filter(layers -> layers > 1)
                .ifPresent(layers -> request.clipSkip(layers - 1));
        if (fromImages) {
            addImages(uploads, request);
        }
        noteTheRest();
        return request.build();
    }

    private int count() {
        int rounds = fields.integer("n_iter", 1, MAX_IMAGES).orElse(1);
        if (batchSize() > MAX_IMAGES / rounds) {
            throw FormFields.invalid("batch_size", "a set has at most %d images".formatted(MAX_IMAGES));
        }
        return rounds * batchSize();
    }

    /** Lines are one prompt, as webui reads them. */
    private String oneLine(String name) {
        String text = fields.text(name).orElse("");
        String plain = NETWORK.matcher(text).replaceAll("");
        if (!plain.equals(text)) {
            notes.add("Networks in the %s, such as <lora:name:1>, are left out; give them in a request of /v1/sets."
                    .formatted(name.replace('_', ' ')));
        }
        return LINE_BREAKS.matcher(plain.strip()).replaceAll(" ");
    }

    private void applySampler(SamplerNames samplers, SetRequestBuilder request) {
        String scheduler = fields.text("scheduler").orElse("");
        fields.text("sampler_name")
                .or(() -> fields.text("sampler_index"))
                .ifPresentOrElse(name -> samplers.apply(name, scheduler, request, notes), () -> {
                    if (!scheduler.isEmpty()
                            && !scheduler.toLowerCase(Locale.ROOT).equals("automatic")) {
                        notes.add("The scheduler has no effect without sampler_name.");
                    }
                });
    }

    private void addImages(UploadStore uploads, SetRequestBuilder request) {
        List<String> images = fields.texts("init_images");
        if (images.isEmpty()) {
            throw ApiError.of(
                    404, "input_unreadable", "init_images is missing; send one image in base64, or one for each.");
        }
        request.initImages(images.stream()
                .map(image -> stored(uploads, "init_images", image))
                .toList());
        request.denoise(fields.number("denoising_strength", 0, 1).orElse(DENOISING_STRENGTH));
        Optional<String> mask = fields.text("mask");
        if (mask.isPresent()) {
            boolean inverted = fields.integer("inpainting_mask_invert", 0, 1).orElse(0) == 1;
            InputStream content = decoded("mask", mask.get());
            request.masks(List.of(
                    image("mask", uploads.addMask(content, "mask", inverted ? MaskForm.BLACK : MaskForm.WHITE))));
            request.maskBlur(fields.integer("mask_blur", 0, MAX_MASK_BLUR).orElse(MASK_BLUR));
        }
    }

    private static ImageFile stored(UploadStore uploads, String name, String image) {
        return image(name, uploads.add(decoded(name, image), name));
    }

    private static InputStream decoded(String name, String image) {
        return new ByteArrayInputStream(EncodedImages.decode(name, image));
    }

    private static ImageFile image(String name, Upload upload) {
        if (upload.kind() != Upload.Kind.IMAGE) {
            throw FormFields.invalid(name, "is not a PNG, JPEG or WebP image");
        }
        return new ImageFile(upload.file().toString(), upload.sha256());
    }

    private void noteTheRest() {
        WITHOUT_EFFECT.keySet().stream()
                .sorted()
                .filter(fields::isSet)
                .forEach(name -> notes.add("%s: there is no counterpart for %s here; it is left out."
                        .formatted(name, WITHOUT_EFFECT.get(name))));
    }
}
