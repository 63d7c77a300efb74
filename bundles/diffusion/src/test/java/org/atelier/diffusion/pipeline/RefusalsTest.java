package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.json.Settings;
import org.atelier.models.source.ModelFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unsupported settings are rejected by name before a network is loaded. */
class RefusalsTest {

    @TempDir
    private Path folder;

    /** The settings of a component of the tiny model, with changes. */
    private Settings changed(String component, String changes) throws IOException {
        Path original = ReferenceTensors.folder()
                .resolve("tiny-sdxl")
                .resolve(component)
                .resolve("config.json");
        JsonObject settings = JsonParser.parseString(Files.readString(original)).getAsJsonObject();
        JsonParser.parseString(changes).getAsJsonObject().asMap().forEach(settings::add);
        return Settings.read(Files.writeString(folder.resolve("config.json"), settings.toString()));
    }

    private static Function<Settings, Object> reader(String component) {
        return switch (component) {
            case "unet" -> settings -> UNetSettings.from(settings, TinyModel.FAMILY);
            case "vae" -> AutoencoderSettings::from;
            default -> ClipTextSettings::from;
        };
    }

    private String rejection(String component, String changes) throws IOException {
        Settings settings = changed(component, changes);
        AtelierException rejected =
                assertThrows(AtelierException.class, () -> reader(component).apply(settings), changes);
        assertEquals(AtelierException.Code.MODEL_INVALID, rejected.code());
        assertTrue(
                rejected.getMessage().startsWith(folder.resolve("config.json").toString()), rejected.getMessage());
        return rejected.getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unet | class_embed_type     | \"timestep\"",
                "unet | num_class_embeds     | 10",
                "unet | use_linear_projection| false",
                "unet | down_block_types     | [\"DownBlock2D\", \"SimpleCrossAttnDownBlock2D\"]",
                "unet | up_block_types       | [\"AttnUpBlock2D\", \"UpBlock2D\"]",
                "unet | mid_block_type       | \"UNetMidBlock2D\"",
                "unet | mid_block_type       | null",
                "unet | addition_embed_type  | \"text\"",
                "unet | addition_embed_type  | null",
                "unet | use_linear_projection| null",
                "unet | act_fn               | \"gelu\"",
                "unet | dual_cross_attention | true",
                "unet | only_cross_attention | [true, false]",
                "unet | encoder_hid_dim_type | \"ip_image_proj\"",
                "unet | time_cond_proj_dim   | 256",
                "unet | attention_type       | \"gated\"",
                "unet | resnet_time_scale_shift | \"scale_shift\"",
                "unet | reverse_transformer_layers_per_block | [[1, 2, 3], 1]",
                "unet | transformer_layers_per_block | [1, 2, 3]",
                "unet | attention_head_dim   | [2, 4, 8]",
                "unet | up_block_types       | [\"UpBlock2D\", \"CrossAttnUpBlock2D\"]",
                "unet | something_new        | 3",
                "vae  | latents_mean         | [0.1, 0.2, 0.3, 0.4]",
                "vae  | latents_std          | [1, 1, 1, 1]",
                "vae  | shift_factor         | 0.1159",
                "vae  | down_block_types     | [\"DownEncoderBlock2D\", \"AttnDownEncoderBlock2D\"]",
                "vae  | act_fn               | \"relu\"",
                "vae  | in_channels          | 4",
                "text_encoder | hidden_act   | \"relu\"",
                "text_encoder | hidden_size  | \"wide\"",
                "text_encoder | something_new| true"
            })
    void rejectsAnUnsupportedSettingByName(String component, String key, String value) throws IOException {
        String message = rejection(component, "{\"" + key + "\": " + value + "}");
        assertTrue(message.contains(key), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void listsEveryFaultWithTheSupportedValues() throws IOException {
        String message = rejection(
                "unet",
                "{\"class_embed_type\": \"timestep\", \"mid_block_type\": \"UNetMidBlock2D\", \"something_new\": 3}");
        assertEquals(
                String.join(
                        "\n",
                        folder.resolve("config.json") + " asks for what is not supported:",
                        "  mid_block_type = \"UNetMidBlock2D\" is not supported (supported:"
                                + " \"UNetMidBlock2DCrossAttn\")",
                        "  class_embed_type = \"timestep\" is not supported (supported: null)",
                        "  something_new = 3 is not known"),
                message);
    }

    @Test
    void acceptsUnknownKeysWithoutAValue() throws IOException {
        Settings settings = changed("unet", "{\"something_new\": null, \"dropout\": 0.1, \"_comment\": \"mine\"}");
        assertDoesNotThrow(() -> UNetSettings.from(settings, TinyModel.FAMILY));
    }

    @Test
    void rejectsAModelBeforeItIsLoaded() throws IOException {
        Path original = ReferenceTensors.folder().resolve("tiny-sdxl");
        Path copy = folder.resolve("model");
        Files.walkFileTree(original, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(copy.resolve(original.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, copy.resolve(original.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        ModelConfiguration valid = ModelConfiguration.of(ModelFolder.open(copy));
        assertEquals(32, valid.width());
        assertEquals(32, valid.height());
        assertEquals(2, valid.factor());
        assertEquals(1000, valid.trainTimesteps());

        changed("vae", "{\"latents_mean\": [0.1, 0.2, 0.3, 0.4]}");
        Path settings = copy.resolve("vae").resolve("config.json");
        Files.writeString(settings, Files.readString(folder.resolve("config.json")));
        ModelFolder invalid = ModelFolder.open(copy);
        AtelierException rejected = assertThrows(AtelierException.class, () -> ModelConfiguration.of(invalid));
        assertTrue(rejected.getMessage().startsWith(settings.toString()), rejected.getMessage());
        assertTrue(rejected.getMessage().contains("latents_mean"), rejected.getMessage());
    }
}
