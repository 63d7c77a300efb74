package org.atelier.studio.resolve;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.MODEL_INVALID;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelFiles;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.files.IoErrors;
import org.atelier.models.source.ControlNetFolder;
import org.atelier.models.source.ModelSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** From a kind of control and the model that generates to the ControlNet between them. */
@Component(service = ControlNetworks.class)
@Designate(ocd = ControlNetworks.Configuration.class)
public final class ControlNetworks {

    private static final int COLUMNS = 3;

    /** Which ControlNet serves where a request names none. */
    @ObjectClassDefinition(name = "ControlNets", description = "Which ControlNet serves where a set names none")
    @interface Configuration {
        @AttributeDefinition(
                name = "Networks",
                description = "KIND WIDTH MODEL, separated by commas: the ControlNet of a kind of control for models"
                        + " whose UNet reads words of that width (cross_attention_dim)")
        String networks() default
                "canny 160 sketchbook-canny, canny 2048 diffusers/controlnet-canny-sdxl-1.0,"
                        + " depth 2048 diffusers/controlnet-depth-sdxl-1.0";
    }

    /**
     * A ControlNet that serves.
     *
     * @param name by which it is found again: its name, or the path of its folder
     * @param folder opened, its weights not loaded
     */
    record Network(String name, ControlNetFolder folder) {}

    /** A line of the configuration. */
    private record Usual(String kind, int width, String name) {}

    private final ModelFiles files;
    private final List<Usual> usual;

    @Activate
    public ControlNetworks(@Reference ModelFiles files, Configuration configuration) {
        this(files, configuration.networks());
    }

    public ControlNetworks(ModelFiles files, String table) {
        this.files = files;
        this.usual = Arrays.stream(table.strip().split("\\s*,\\s*"))
                .map(ControlNetworks::usual)
                .toList();
    }

    private static Usual usual(String line) {
        String[] columns = line.split("\\s+");
        if (columns.length != COLUMNS || !columns[1].matches("\\d{1,6}")) {
            throw new IllegalArgumentException("The configured ControlNet '" + line + "' is not KIND WIDTH MODEL");
        }
        return new Usual(columns[0], Integer.parseInt(columns[1]), columns[2]);
    }

    /**
     * The ControlNet of a control.
     *
     * @param asked its name or folder; {@code null} for the usual one
     * @param model that generates
     * @throws AtelierException naming what to do where there is none, or it was not trained for the model
     */
    Network find(String kind, String asked, ModelConfiguration model) {
        String name = asked == null
                ? usual(kind, model.source())
                        .orElseThrow(() -> new AtelierException(
                                INVALID_REQUEST,
                                "No ControlNet is known for '%s' with the model %s; name one with --control-model."
                                        .formatted(kind, model.source().name())))
                : asked;
        Path path = files.folder(name);
        ControlNetFolder folder = ControlNetFolder.open(path);
        model.controlNet(folder);
        boolean byPath = Path.of(name).toAbsolutePath().normalize().equals(folder.path());
        return new Network(byPath ? folder.path().toString() : name, folder);
    }

    /** What its weights take, all variants together. */
    static long bytes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new AtelierException(MODEL_INVALID, folder + " cannot be read: " + IoErrors.of(e) + ".", e);
        }
    }

    /** The name of the ControlNet that serves where none is named. */
    Optional<String> usual(String kind, ModelSource model) {
        int width = model.settings("unet").integer("cross_attention_dim");
        return usual.stream()
                .filter(line -> line.kind().equals(kind) && line.width() == width)
                .map(Usual::name)
                .findFirst();
    }
}
