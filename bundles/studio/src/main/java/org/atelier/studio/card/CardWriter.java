package org.atelier.studio.card;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.ControlRules;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.sampling.ReferenceTrajectories;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;
import org.atelier.models.source.ModelSource;
import org.atelier.requests.RequestJson;
import org.atelier.requests.png.PngFile;
import org.atelier.studio.folder.WrittenFile;
import org.atelier.studio.sheet.Thumbnail;
import org.atelier.tensor.Precision;

/** Writes a style card: checks the path before the set is generated, and writes the file when the set is complete. */
public final class CardWriter {

    static final String KIND = "atelier style card";
    static final int SCHEMA_VERSION = 1;

    /** The name of the only tensor in the file of a trajectory. */
    static final String LATENTS = "latents";

    private static final int PREVIEW_SIDE = 512;

    private final Path file;
    private final String model;
    private final String version;
    private final String identity;
    private final CardEntries entries = new CardEntries();

    private CardWriter(Path file, String model, String version, String identity) {
        this.file = file;
        this.model = model;
        this.version = version;
        this.identity = identity;
    }

    /**
     * Checks that the card can be written.
     *
     * @param file must not exist; its folder must
     * @param model the model that generates the set
     * @param precision the precision of the model
     * @param version the version of Atelier
     * @throws AtelierException if the file exists or cannot be written
     */
    public static CardWriter at(Path file, ModelSource model, Precision precision, String version) {
        Path path = file.toAbsolutePath().normalize();
        if (Files.exists(path)) {
            throw exists(path);
        }
        return resume(path, model, precision, version);
    }

    /** As {@link #at}, for a resumed set: the same card may already exist. */
    public static CardWriter resume(Path path, ModelSource model, Precision precision, String version) {
        try {
            AtomicFile.probe(path);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
        return new CardWriter(path, model.name(), version, model.identity(precision));
    }

    /**
     * Checks that a set has a reference that later sets can use.
     *
     * @param attention the name of the strategy
     */
    public static void requireReference(AttentionStrategy strategy, String attention) {
        if (strategy.coupling() != AttentionStrategy.Coupling.REFERENCES) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "A set with the attention '%s' has no reference for later sets; choose shared, or omit the style card."
                            .formatted(attention));
        }
    }

    /** Refuses a set whose image 0 is the reference and follows a control, since a card does not contain controls. */
    public static void requireNoControl(SetRequest request) {
        if (!request.controls().isEmpty() && request.references().isEmpty() && request.firstControlled() == 0) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "A style card contains no control, so none may apply to its reference; omit --control-reference or the style card.");
        }
    }

    /** Refuses a set whose image 0 is the reference and starts from a picture, since a card does not contain pictures. */
    public static void requireNoInitImage(SetRequest request) {
        if (!request.initImages().isEmpty() && request.references().isEmpty()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "A style card contains no init image, so its reference cannot start from one; give the picture as --reference, or omit the style card.");
        }
    }

    /** Refuses a set that redraws content images, since its style is inverted for them. */
    public static void requireNoContent(SetRequest request) {
        if (!request.references().contents().isEmpty()) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "A style card stores no style for content images; omit --save-style, or generate from prompts.");
        }
    }

    /** Adds the trajectories of the references, from which later sets are generated. */
    public void trajectories(ReferenceTrajectories references) {
        entries.add(references);
    }

    /** Adds an image of the set; only the first one is used, as the preview. */
    public void preview(BufferedImage image) {
        boolean large = Math.max(image.getWidth(), image.getHeight()) > PREVIEW_SIDE;
        entries.addOnce(
                CardArchive.PREVIEW, () -> PngFile.encode(large ? Thumbnail.of(image, PREVIEW_SIDE) : image, Map.of()));
    }

    /**
     * Writes the card.
     *
     * @param generated the request of the set, with all texts resolved
     * @return the file of the card
     * @throws AtelierException if it cannot be written, or another file exists there by now
     */
    public WrittenFile write(SetRequest generated) {
        CardArchive archive = entries.archive(text(generated));
        try {
            if (archive.bytes() > CardArchive.MAX_BYTES) {
                throw new IOException("its trajectories would exceed 512 MiB; use fewer inversion steps");
            }
            String sha256 = Sha256.of(archive::writeTo);
            if (!Files.exists(file)) {
                AtomicFile.write(file, archive::writeTo);
            } else if (!Sha256.of(file).equals(sha256)) {
                throw exists(file);
            }
            return new WrittenFile(file, sha256);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private JsonObject text(SetRequest generated) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", KIND);
        json.addProperty("schema_version", SCHEMA_VERSION);
        json.addProperty("version", version);
        JsonObject named = new JsonObject();
        named.addProperty("name", model);
        named.addProperty("identity", identity);
        json.add("model", named);
        json.add("request", RequestJson.of(cardRequest(generated)));
        return json;
    }

    /**
     * Returns the request of the card. It contains only the names of files, since a card may be shared; only LoRAs are needed
     * again, and are found by name or given anew. Contexts must not be summarised again for a later, longer prompt, because image 0 would change.
     */
    private static SetRequest cardRequest(SetRequest request) {
        return request.toBuilder()
                .card(null)
                .controls(List.of())
                .controlRules(ControlRules.DEFAULT)
                .chunk(null)
                .device(null)
                .metadata(true)
                .references(request.references().images().stream()
                        .map(reference -> reference.withFile(name(reference.file())))
                        .toList())
                .loras(request.modelOptions().loras().stream()
                        .map(lora -> lora.withLora(name(lora.lora())))
                        .toList())
                .contexts(request.contexts().inputs().stream()
                        .map(context -> context.withInput(context.displayName()))
                        .toList())
                .summary(new ContextSummary(
                        "never",
                        request.contexts().summary().resolved(),
                        request.contexts().summary().resolvedForReferences()))
                .build();
    }

    private static String name(String file) {
        return Path.of(file).getFileName().toString();
    }

    private static AtelierException exists(Path file) {
        return new AtelierException(
                OUTPUT_UNWRITABLE,
                file + " already exists; choose another name for the style card, or remove the file.");
    }

    private static AtelierException unwritable(Path file, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, IoErrors.of(reason)), reason);
    }
}
