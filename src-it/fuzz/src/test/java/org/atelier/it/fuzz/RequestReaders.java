package org.atelier.it.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.region.Region;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StrengthPresets;
import org.atelier.it.harness.mutation.ByteMutation;
import org.atelier.it.harness.mutation.Mutation;
import org.atelier.it.harness.mutation.Repairs;
import org.atelier.it.harness.mutation.TextMutation;
import org.atelier.requests.EmbeddedRequestInspector;
import org.atelier.requests.ImageMetadata;
import org.atelier.requests.RequestFiles;
import org.atelier.requests.png.PngFile;
import org.atelier.studio.card.ZippedStyleCards;

/** The readers of requests: files, bodies of {@code POST /v1/sets} and the metadata of images. */
final class RequestReaders {

    private static final String SHA256 = "a".repeat(64);

    private static final SetRequest REQUEST = SetRequest.builder()
            .items(List.of(
                    SetItem.of("a house"),
                    new SetItem(
                            "a fish", 7L, 128, 192, "strong", Map.of("score-scale", 0.5, "layers", List.of("up0")))))
            .style("stained glass")
            .negativePrompt("")
            .seed(42L)
            .samplerOption("eta", 0.5)
            .attentionOption("level", 0.25)
            .references(new ReferenceFile("/pictures/a.png", "a tile", 0.7, SHA256))
            .contexts(List.of(ContextInput.of("place", "Bergen,NO"), ContextInput.of("speech", "/sound.wav")))
            .controls(List.of(ControlInput.of("canny", "/drawing.png")))
            .regions(List.of(new Region(1, "a boat", "/masks/left.png", SHA256)))
            .inversionSteps(30)
            .chunk(2)
            .build();

    private static final String MODEL_AND_PICTURES = """
            {"items": ["a house", "a boat"], "model": "./a.safetensors", "model_sha256": "%1$s", "model_config": "sketchbook",
             "vae": {"name": "/vae.safetensors", "sha256": "%1$s"}, "clip_skip": 1, "prediction": "v",
             "loras": ["chalk", {"lora": "/ink.safetensors", "unet": 0.8, "text_encoder": -0.5, "sha256": "%1$s"}],
             "steps": 4, "cfg_scale": 1.5, "guidance_rescale": 0.7, "sampler": "lcm", "width": 384, "height": 128,
             "init_images": ["a.png", {"file": "/b.png", "sha256": "%1$s"}], "denoise": 0.6, "masks": ["m.png"], "mask_blur": 4,
             "panorama": true, "panorama_stride": 64, "panorama_circular": true, "inversion_method": "noise"}
            """.formatted(SHA256);

    private final RequestFormat format;

    /** @param folder for copies of style cards */
    RequestReaders(Path folder) {
        this.format = new RequestFiles(
                kind -> kind.equals("speech") || kind.equals("picture"),
                ZippedStyleCards.in(folder),
                StrengthPresets.NONE);
    }

    List<Reader> all() {
        Mutation text = new TextMutation().repeated();
        Mutation bytes = new ByteMutation().repeated();
        Mutation mixed = (input, corpus, random) -> (random.nextInt(4) == 0 ? bytes : text).of(input, corpus, random);
        List<byte[]> json = List.of(
                Corpus.utf8(format.write(REQUEST)),
                Corpus.utf8("{\"items\": [\"a house\", {\"prompt\": \"a fish\", \"seed\": 3}]}"),
                Corpus.utf8(
                        "{\"items\": [\"a house\"], \"card\": {\"file\": \"/pop.style\"}, \"strength\": \"subtle\"}"),
                Corpus.utf8(MODEL_AND_PICTURES),
                Corpus.utf8("{\"contents\": [\"a.png\", {\"file\": \"/b.png\", \"sha256\": \"" + SHA256
                        + "\"}], \"attention\": \"injection\", \"references\": [{\"file\": \"/c.png\"}]}"));
        Path examples = Path.of(System.getProperty("atelier.examples"));
        List<byte[]> yaml = List.of(
                Corpus.bytes(examples.resolve("spring.yaml")),
                Corpus.utf8("items: [&b {prompt: a, seed: 1}, *b, {prompt: c, seed: 2}]\n"),
                Corpus.utf8("items:\n  - |\n    a house\n    of glass\n  - >-\n    folded\nstyle: 'x'\nseed: 0x10\n"));
        Mutation image = mixedImage();
        return List.of(
                new Reader("request.json", json, mixed, (input, file) -> format.read(file)),
                new Reader("request.yaml", yaml, mixed, (input, file) -> format.read(file)),
                new Reader(
                        "body",
                        Corpus.joined(json, yaml),
                        mixed,
                        (input, file) ->
                                format.read(new String(input, java.nio.charset.StandardCharsets.UTF_8), "the request")),
                new Reader("metadata", metadata(), image, (input, file) -> {
                    new EmbeddedRequestInspector().inspect(file);
                    format.read(file);
                }));
    }

    private static Mutation mixedImage() {
        Mutation bytes = new ByteMutation().repeated();
        return (input, corpus, random) -> {
            byte[] changed = bytes.of(input, corpus, random);
            if (random.nextInt(4) == 0) {
                return changed;
            }
            return changed.length > 0 && changed[0] == 'R' ? Repairs.riff(changed) : Repairs.png(changed);
        };
    }

    private static List<byte[]> metadata() {
        java.awt.image.BufferedImage image =
                new java.awt.image.BufferedImage(4, 4, java.awt.image.BufferedImage.TYPE_INT_RGB);
        SetRequest resolved = REQUEST.toBuilder()
                .steps(20)
                .sampler("ddim")
                .cfgScale(5)
                .width(128)
                .height(128)
                .dtype("float32")
                .references(List.of())
                .build();
        byte[] own = PngFile.encode(image, new ImageMetadata("1.0.0").of(resolved, 0));
        return Corpus.joined(List.of(own), Corpus.fixtures("metadata", ".png", ".jpg", ".webp"));
    }
}
