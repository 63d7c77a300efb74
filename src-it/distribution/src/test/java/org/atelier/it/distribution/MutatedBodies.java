package org.atelier.it.distribution;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.atelier.it.harness.mutation.ByteMutation;
import org.atelier.it.harness.mutation.Mutation;
import org.atelier.it.harness.mutation.TextMutation;

/**
 * Sends mutated requests to a server. Each must be accepted, or refused by a documented JSON error whose sentences are not
 * blank. Accepted sets are cancelled.
 */
final class MutatedBodies {

    private static final List<byte[]> BODIES = List.of(
            body("""
                    {"items": ["a house", {"prompt": "a fish", "seed": 3, "strength": "subtle"}], "style": "pop art",
                     "seed": 1, "steps": 2, "cfg_scale": 5.0, "sampler": "ddim", "sampler_options": {"eta": 0.5},
                     "attention": "shared", "attention_options": {"level": 0.5, "adain-queries": true},
                     "width": 128, "height": 128, "chunk": 1, "device": "cpu", "dtype": "float32"}
                    """),
            body("""
                    {"items": ["a house"], "attention": "partial", "steps": 2,
                     "attention_options": {"of": "shared", "options": ["level=0.5"], "layers": ["up0"], "resolutions": [8]},
                     "controls": [{"kind": "canny", "file": "/nowhere.png", "options": {"low-threshold": 50},
                     "scale": 0.5, "start": 0.1, "end": 0.9}], "control_reference": true, "control_words": "own"}
                    """),
            body("""
                    {"items": ["a house"], "steps": 2, "references": [{"file": "/nowhere.png", "prompt": "a tile",
                     "weight": 0.5}], "inversion_steps": 4, "inversion_cfg": 2.0, "inversion_offset": 0,
                     "blend": "slerp", "style_from": 0.1, "style_to": 0.9, "summary": "never",
                     "contexts": [{"kind": "speech", "input": "/nowhere.wav", "options": {"language": "en"}}]}
                    """),
            body("""
                    {"items": ["a house", "a boat"], "steps": 2, "loras": ["sketchbook-chalk",
                     {"lora": "sketchbook-chalk", "unet": 0.5, "text_encoder": -0.5}], "clip_skip": 1, "prediction": "v",
                     "guidance_rescale": 0.7, "cfg_scale": 1.5, "sampler": "lcm", "width": 256, "height": 128,
                     "panorama": true, "panorama_stride": 64, "panorama_circular": true}
                    """),
            body("""
                    {"items": ["a house"], "model": "/nowhere.safetensors", "model_config": "sketchbook", "steps": 2,
                     "vae": "/nowhere.safetensors", "init_images": ["/nowhere.png"], "denoise": 0.6, "masks": ["/nowhere.png"],
                     "mask_blur": 4, "inversion_method": "noise"}
                    """),
            body("""
                    {"contents": ["/nowhere.png"], "attention": "injection", "references": [{"file": "/nowhere.png"}],
                     "attention_options": {"original": true}, "steps": 2}
                    """),
            body("items:\n  - a house\n  - {prompt: a fish, width: 64}\nsteps: 2\nseed: 7\n"));

    /** Codes that no request may cause. */
    private static final Set<String> UNDOCUMENTED =
            Set.of("internal_error", "unexpected", "engine_failed", "out_of_memory");

    private final RunningServer server;
    private final long seed;
    private final Mutation mutation;
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    MutatedBodies(RunningServer server, long seed) {
        this.server = server;
        this.seed = seed;
        Mutation text = new TextMutation().repeated();
        Mutation bytes = new ByteMutation().repeated();
        this.mutation = (input, corpus, random) -> (random.nextInt(8) == 0 ? bytes : text).of(input, corpus, random);
    }

    private static byte[] body(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends bodies until their number and the time are reached. */
    void send(int least, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long number = 0; number < least || System.nanoTime() < end; number++) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
            byte[] valid = BODIES.get(random.nextInt(BODIES.size()));
            send(number, new String(mutation.of(valid, BODIES, random), StandardCharsets.UTF_8));
        }
    }

    private void send(long number, String body) throws IOException, InterruptedException {
        try {
            HttpResponse<String> answer = server.post("/sets?client=mutated", body);
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
            if (answer.statusCode() == 202) {
                server.delete("/sets/" + json.get("id").getAsString());
                return;
            }
            JsonObject error = json.getAsJsonObject("error");
            if (UNDOCUMENTED.contains(error.get("code").getAsString())
                    || error.get("message").getAsString().isBlank()) {
                fault(answer.body(), number, body);
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException | HttpTimeoutException e) {
            fault(e.toString(), number, body);
        }
    }

    private void fault(String fault, long number, String body) {
        String start = body.substring(0, Math.min(body.length(), 500));
        faults.putIfAbsent(fault.replaceAll("\\d+", "_"), "Body %d: %s: %s".formatted(number, fault, start));
    }

    List<String> faults() {
        return List.copyOf(faults.values());
    }

    String summary() {
        return "POST /v1/sets, seed %d: responses by status %s".formatted(seed, statuses);
    }
}
