package org.atelier.it.fuzz;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.audio.AudioFileReader;
import org.atelier.audio.SampleStream;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.files.Sha256;
import org.atelier.it.harness.mutation.ByteMutation;
import org.atelier.it.harness.mutation.Mutation;
import org.atelier.it.harness.mutation.Repairs;
import org.atelier.it.harness.mutation.TextMutation;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.lora.AppliedLora;
import org.atelier.models.lora.LoraFile;
import org.atelier.models.lora.LoraModel;
import org.atelier.models.safetensors.SafetensorsFile;
import org.atelier.models.source.CheckpointModel;
import org.atelier.models.source.ModelFolder;
import org.atelier.pictures.SourceImage;
import org.atelier.requests.RequestJson;
import org.atelier.studio.card.InversionFile;
import org.atelier.studio.card.ZippedStyleCards;
import org.atelier.studio.input.InputFile;

/** The readers of images, sounds, tensors, style cards and models. */
final class FileReaders {

    private static final int RATE = 16_000;
    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final Path SKETCHBOOK = Path.of(System.getProperty("atelier.sketchbook"));

    /** The configurations of a model, each of which is changed alone. */
    private static final List<String> CONFIGURATIONS = List.of(
            "model_index.json",
            "unet/config.json",
            "vae/config.json",
            "text_encoder/config.json",
            "text_encoder_2/config.json",
            "scheduler/scheduler_config.json",
            "atelier.json");

    /** The key of the inversions. */
    private static final String KEY = "c".repeat(64);

    private final Path folder;

    /** @param folder for copies of inputs */
    FileReaders(Path folder) {
        this.folder = folder;
    }

    List<Reader> all() {
        Mutation bytes = new ByteMutation().repeated();
        Mutation header = (input, corpus, random) ->
                (random.nextInt(3) == 0 ? bytes : new TextMutation()).of(input, corpus, random);
        ZippedStyleCards cards = ZippedStyleCards.in(folder);
        List<Reader> readers = new ArrayList<>(List.of(
                new Reader(
                        "pixels.png", Corpus.fixtures("", ".png"), bytes.repairedBy(Repairs::png), FileReaders::decode),
                new Reader("pixels.jpg", Corpus.fixtures("", ".jpg"), bytes, FileReaders::decode),
                new Reader(
                        "pixels.webp",
                        Corpus.fixtures("", ".webp"),
                        bytes.repairedBy(Repairs::riff),
                        FileReaders::decode),
                new Reader("sound.wav", sounds(), bytes, FileReaders::listen),
                new Reader(
                        "tensors.safetensors",
                        List.of(tensors()),
                        header.repairedBy(Repairs::safetensors),
                        FileReaders::open),
                new Reader(
                        "checkpoint.safetensors",
                        checkpoints(),
                        header.repairedBy(Repairs::safetensors),
                        FileReaders::openCheckpoint),
                new Reader(
                        "lora.safetensors",
                        loras(),
                        header.repairedBy(Repairs::safetensors),
                        (input, file) -> addLora(file)),
                new Reader("card.style", List.of(card()), bytes, (input, file) -> cards.read(file)),
                new Reader("card", List.of(card()), FileReaders::changedCard, (input, file) -> cards.read(file)),
                new Reader(
                        "inversions",
                        List.of(card(inversionsText(), latents())),
                        (archive, corpus, random) -> changed(inversionsText(), random),
                        FileReaders::readInversions)));
        for (String name : CONFIGURATIONS) {
            readers.add(configuration(name));
        }
        return readers;
    }

    private static List<byte[]> loras() {
        return Stream.of("decomposed", "peft", "kohya-sgm")
                .map(name -> Corpus.bytes(FIXTURES.resolve("loras").resolve(name + ".safetensors")))
                .toList();
    }

    private static void addLora(Path file) {
        LoraFile lora = LoraFile.open(file);
        lora.description();
        LoraModel.of(ModelFolder.open(FIXTURES.resolve("tiny-sdxl")), List.of(new AppliedLora(lora, 1, 1)));
    }

    private static void decode(byte[] input, Path file) {
        SourceImage image = SourceImage.open(file);
        image.sized(64, 64);
    }

    private static void listen(byte[] input, Path file) {
        try (SampleStream samples = new AudioFileReader(null).open(file, RATE)) {
            float[] block = new float[1 << 16];
            // A rate of 1 Hz makes an hour of a small file; a part of it is enough.
            for (int i = 0; i < 16 && samples.read(block, 0, block.length) >= 0; ) {
                i++;
            }
        }
    }

    private static void open(byte[] input, Path file) {
        SafetensorsFile tensors = SafetensorsFile.open(file);
        tensors.tensors().values().forEach(tensors::map);
    }

    /** Small models in original names. */
    private static List<byte[]> checkpoints() {
        return Stream.of("sd1", "sd2", "sdxl")
                .map(name -> Corpus.bytes(Corpus.fixture("checkpoints/" + name + ".safetensors")))
                .toList();
    }

    private static void openCheckpoint(byte[] input, Path file) {
        CheckpointFile checkpoint = CheckpointFile.open(file);
        checkpoint.publishedConfiguration();
        checkpoint.parts().values().forEach(part -> part.networkTensors(file, 2, true));
        CheckpointModel.configuredAs(checkpoint, "checkpoint", SKETCHBOOK).shapes("unet");
    }

    /** Changes one configuration of a model whose other files are linked. */
    private Reader configuration(String name) {
        Path model = folder.resolve("model-" + name.replace('/', '-'));
        link(SKETCHBOOK, model);
        Path changed = model.resolve(name);
        return new Reader(
                name.replace('/', '-'),
                List.of(Corpus.bytes(SKETCHBOOK.resolve(name))),
                new TextMutation().repeated(),
                (input, file) -> {
                    Files.deleteIfExists(changed);
                    Files.write(changed, input);
                    ModelConfiguration opened = ModelConfiguration.of(ModelFolder.open(model));
                    opened.source().description();
                    opened.attentionLayers(opened.width(), opened.height());
                });
    }

    private static void link(Path source, Path target) {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path linked = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(linked);
                } else if (!Files.exists(linked)) {
                    Files.createLink(linked, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> sounds() {
        List<byte[]> sounds = new ArrayList<>();
        for (int bits : new int[] {8, 16, 24, 32}) {
            int width = bits / 8;
            ByteBuffer header = ByteBuffer.allocate(44 + 64 * width).order(ByteOrder.LITTLE_ENDIAN);
            header.put(Corpus.utf8("RIFF")).putInt(36 + 64 * width).put(Corpus.utf8("WAVEfmt "));
            header.putInt(16)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(RATE)
                    .putInt(RATE * width);
            header.putShort((short) width)
                    .putShort((short) bits)
                    .put(Corpus.utf8("data"))
                    .putInt(64 * width);
            sounds.add(written(header));
        }
        ByteBuffer au = ByteBuffer.allocate(24 + 64);
        au.put(Corpus.utf8(".snd")).putInt(24).putInt(64).putInt(3).putInt(RATE).putInt(1);
        sounds.add(written(au));
        ByteBuffer aiff = ByteBuffer.allocate(54 + 64);
        aiff.put(Corpus.utf8("FORM"))
                .putInt(46 + 64)
                .put(Corpus.utf8("AIFFCOMM"))
                .putInt(18)
                .putShort((short) 1);
        aiff.putInt(32).putShort((short) 16).putShort((short) 0x400c).putLong(0xfa00_0000_0000_0000L);
        aiff.put(Corpus.utf8("SSND")).putInt(8 + 64).putLong(0);
        sounds.add(written(aiff));
        return sounds;
    }

    private static byte[] tensors() {
        return tensors(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"latents\":{\"dtype\":\"F32\",\"shape\":[3,1,2,2],\"data_offsets\":[0,48]},"
                        + "\"half\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[48,56]}}",
                56);
    }

    private static byte[] latents() {
        return tensors("{\"latents\":{\"dtype\":\"F32\",\"shape\":[3,1,2,2],\"data_offsets\":[0,48]}}", 48);
    }

    private static byte[] tensors(String text, int bytes) {
        byte[] header = Corpus.utf8(text);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        return written(file.putLong(header.length).put(header));
    }

    private static byte[] written(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.rewind().get(bytes);
        return bytes;
    }

    /** The description of a card of two steps with a reference. */
    private static byte[] text() {
        SetRequest request = SetRequest.builder()
                .items(List.of(new SetItem("a house", 1L, 128, 128, Map.of())))
                .seed(1L)
                .cfgScale(10)
                .width(128)
                .height(128)
                .steps(2)
                .sampler("ddim")
                .dtype("float32")
                .references(new ReferenceFile("tile.png", "a tile", 1, "a".repeat(64)))
                .inversionSteps(2)
                .inversionCfg(2.0)
                .inversionOffset(0)
                .build();
        JsonObject json = new JsonObject();
        json.addProperty("kind", "atelier style card");
        json.addProperty("schema_version", 1);
        json.addProperty("version", "1.0.0");
        json.add("model", JsonParser.parseString("{\"name\":\"sketchbook\",\"identity\":\"" + "b".repeat(64) + "\"}"));
        json.add("request", RequestJson.of(request));
        json.add("timesteps", JsonParser.parseString("[501,1]"));
        json.add(
                "trajectories",
                JsonParser.parseString("[{\"file\":\"reference-a.safetensors\",\"prompt\":\"a tile\",\"weight\":1}]"));
        JsonObject entry = new JsonObject();
        entry.addProperty("file", "reference-a.safetensors");
        entry.addProperty("sha256", Sha256.of(latents()));
        JsonArray entries = new JsonArray();
        entries.add(entry);
        json.add("entries", entries);
        return Corpus.utf8(new Gson().toJson(json));
    }

    /** The description of inversions: as that of a card, with a key instead of model and request. */
    private static byte[] inversionsText() {
        JsonObject json = JsonParser.parseString(new String(text(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        json.addProperty("kind", "atelier inversions");
        json.addProperty("key", KEY);
        json.remove("model");
        json.remove("request");
        return Corpus.utf8(new Gson().toJson(json));
    }

    private static void readInversions(byte[] input, Path file) {
        InversionFile.read(new InputFile(file, file, Sha256.of(input)), KEY, 2, 1);
    }

    private static byte[] card() {
        return card(text(), latents());
    }

    private static byte[] card(byte[] text, byte[] tensors) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("card.json", text);
        entries.put("reference-a.safetensors", tensors);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] changedCard(byte[] archive, List<byte[]> corpus, RandomGenerator random) {
        return changed(text(), random);
    }

    /** Changes the description or the tensors of a card within a valid archive. */
    private static byte[] changed(byte[] text, RandomGenerator random) {
        byte[] latents = latents();
        if (random.nextInt(3) > 0) {
            return card(new TextMutation().repeated().of(text, List.of(text), random), latents);
        }
        byte[] changed = new ByteMutation().repeated().of(latents, List.of(latents), random);
        String described = new String(text, StandardCharsets.UTF_8);
        return card(Corpus.utf8(described.replace(Sha256.of(latents), Sha256.of(changed))), changed);
    }
}
