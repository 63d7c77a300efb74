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

/** Finds the ControlNet for a kind of control and a model. */
@Component(service = ControlNetworks.class)
@Designate(ocd = ControlNetworks.Configuration.class)
public final class ControlNetworks {

    private static final int COLUMNS = 3;

    /** The default ControlNets. */
    @ObjectClassDefinition(
            name = "ControlNets",
            description = "The default ControlNet for each kind of control and model")
    @interface Configuration {
        @AttributeDefinition(
                name = "Networks",
                description =
                        "Entries KIND WIDTH MODEL, separated by commas: the ControlNet of a kind of control for models"
                                + " whose UNet has that cross_attention_dim")
        String networks() default
                "canny 160 sketchbook-canny, canny 2048 diffusers/controlnet-canny-sdxl-1.0,"
                        + " depth 160 sketchbook-depth-control, depth 2048 diffusers/controlnet-depth-sdxl-1.0";
    }

    /**
     * A ControlNet.
     *
     * @param name its name, or the path of its folder
     * @param folder its opened folder; the weights are not loaded
     */
    record Network(String name, ControlNetFolder folder) {}

    /** An entry of the configuration. */
    private record DefaultNetwork(String kind, int width, String name) {}

    private final ModelFiles files;
    private final List<DefaultNetwork> defaults;

    @Activate
    public ControlNetworks(@Reference ModelFiles files, Configuration configuration) {
        this(files, configuration.networks());
    }

    ControlNetworks(ModelFiles files, String table) {
        this.files = files;
        this.defaults = Arrays.stream(table.strip().split("\\s*,\\s*"))
                .map(ControlNetworks::parse)
                .toList();
    }

    private static DefaultNetwork parse(String line) {
        String[] columns = line.split("\\s+");
        if (columns.length != COLUMNS || !columns[1].matches("\\d{1,6}")) {
            throw new IllegalArgumentException("The configured ControlNet '" + line + "' is not KIND WIDTH MODEL");
        }
        return new DefaultNetwork(columns[0], Integer.parseInt(columns[1]), columns[2]);
    }

    /**
     * Finds the ControlNet of a control.
     *
     * @param requested its name or folder; {@code null} for the default
     * @param model the model that generates
     * @throws AtelierException if there is none, or it was not trained for the model
     */
    Network find(String kind, String requested, ModelConfiguration model) {
        String name = requested == null
                ? defaultName(kind, model.source())
                        .orElseThrow(() -> new AtelierException(
                                INVALID_REQUEST,
                                "There is no default ControlNet for '%s' with the model %s; give one with --control-model."
                                        .formatted(kind, model.source().name())))
                : requested;
        Path path = files.folder(name);
        ControlNetFolder folder = ControlNetFolder.open(path);
        model.controlNet(folder);
        boolean byPath = Path.of(name).toAbsolutePath().normalize().equals(folder.path());
        return new Network(byPath ? folder.path().toString() : name, folder);
    }

    /** Returns the size of all weight files, in bytes. */
    static long bytes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new AtelierException(MODEL_INVALID, folder + " cannot be read: " + IoErrors.of(e) + ".", e);
        }
    }

    /** Returns the name of the default ControlNet. */
    Optional<String> defaultName(String kind, ModelSource model) {
        int width = model.settings("unet").integer("cross_attention_dim");
        return defaults.stream()
                .filter(line -> line.kind().equals(kind) && line.width() == width)
                .map(DefaultNetwork::name)
                .findFirst();
    }
}
