package org.atelier.web.a1111;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.atelier.api.job.Job;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.web.http.ApiResponse;

/**
 * The response to a call whose set has ended: its images in base64, the values of the call, and as a text the values of the
 * set. One image at a time is in memory.
 *
 * @param echo the values of the call
 * @param notes what the set does not do of the call
 * @param sendsImages whether the images are included
 * @param batchSize of the call
 * @param styles of the call
 */
record GenerationResponse(
        JsonObject echo, List<String> notes, boolean sendsImages, int batchSize, List<String> styles) {

    private static final String PARAMETERS = "parameters";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    void write(Job job, ImageInspector inspector, SamplerNames samplers, String version, HttpServletResponse response)
            throws IOException {
        List<GeneratedImage> images =
                job.images().stream().filter(image -> !image.isReconstruction()).toList();
        String info = ApiResponse.text(info(job, images, inspector, samplers, version));
        response.setContentType("application/json");
        try (Writer text = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
                JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("images").beginArray();
            for (GeneratedImage image : sendsImages ? images : List.<GeneratedImage>of()) {
                json.value(Base64.getEncoder().encodeToString(Files.readAllBytes(image.file())));
            }
            json.endArray();
            json.name(PARAMETERS).jsonValue(ApiResponse.text(echo));
            json.name("info").value(info);
            json.endObject();
        }
    }

    /** What webui calls the info of the processed images. */
    private JsonObject info(
            Job job, List<GeneratedImage> images, ImageInspector inspector, SamplerNames samplers, String version) {
        SetRequest set = job.request();
        JsonArray prompts = new JsonArray();
        JsonArray negativePrompts = new JsonArray();
        JsonArray seeds = new JsonArray();
        JsonArray infotexts = new JsonArray();
        String negative = set.negativePrompt() == null ? "" : set.negativePrompt();
        for (GeneratedImage image : images) {
            prompts.add(image.prompt());
            negativePrompts.add(negative);
            seeds.add(image.seed());
            infotexts.add(inspector.inspect(image.file()).texts().getOrDefault(PARAMETERS, ""));
        }
        SetItem first = set.itemOf(set.firstGenerated());
        JsonObject info = new JsonObject();
        info.addProperty("prompt", set.promptOf(set.firstGenerated()));
        info.add("all_prompts", prompts);
        info.addProperty("negative_prompt", negative);
        info.add("all_negative_prompts", negativePrompts);
        info.addProperty("seed", first.seed());
        info.add("all_seeds", seeds);
        info.addProperty("width", first.width());
        info.addProperty("height", first.height());
        info.addProperty("sampler_name", samplers.nameOf(set.sampling().sampler()));
        info.addProperty("cfg_scale", set.sampling().cfgScale());
        info.addProperty("steps", set.sampling().steps());
        info.addProperty("batch_size", batchSize);
        info.addProperty("sd_model_name", set.model());
        info.add("sd_model_hash", JsonNull.INSTANCE);
        info.addProperty(
                "denoising_strength",
                set.initImages().isEmpty() ? null : set.initImages().denoise());
        info.add("extra_generation_params", new JsonObject());
        info.addProperty("index_of_first_image", 0);
        info.add("infotexts", infotexts);
        info.add("styles", texts(styles));
        info.addProperty("job_timestamp", TIMESTAMP.format(job.started() == null ? Instant.now() : job.started()));
        info.addProperty("clip_skip", set.modelOptions().clipSkip() + 1);
        info.addProperty("version", "Atelier " + version);
        List<String> all = new ArrayList<>(notes);
        all.addAll(job.notes());
        info.add("notes", texts(all));
        return info;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
