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
import java.util.List;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.diffusion.autoencoder.AutoencoderSettings;
import org.atelier.diffusion.text.ClipTextSettings;
import org.atelier.diffusion.unet.UNetSettings;
import org.atelier.models.json.Settings;
import org.atelier.models.source.ModelFolder;
import org.atelier.models.source.ModelSource;
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
                "unet | down_block_types     | [\"DownBlock2D\", \"SimpleCrossAttnDownBlock2D\"]",
                "unet | up_block_types       | [\"AttnUpBlock2D\", \"UpBlock2D\"]",
                "unet | mid_block_type       | \"UNetMidBlock2D\"",
                "unet | mid_block_type       | null",
                "unet | addition_embed_type  | \"text\"",
                "unet | addition_embed_type  | null",
                "unet | act_fn               | \"gelu\"",
                "unet | dual_cross_attention | true",
                "unet | only_cross_attention | [true, false]",
                "unet | encoder_hid_dim_type | \"ip_image_proj\"",
                "unet | time_cond_proj_dim   | \"wide\"",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unet | norm_num_groups      | 0",
                "unet | norm_num_groups      | -4",
                "unet | norm_num_groups      | 3",
                "unet | norm_num_groups      | 1.5",
                "unet | norm_num_groups      | \"8\"",
                "unet | norm_num_groups      | 2147483648",
                "unet | norm_num_groups      | 1e400",
                "unet | norm_num_groups      | true",
                "unet | norm_num_groups      | {}",
                "unet | norm_eps             | 0",
                "unet | norm_eps             | -1e-5",
                "unet | norm_eps             | NaN",
                "unet | norm_eps             | Infinity",
                "unet | norm_eps             | 1e300",
                "unet | in_channels          | 0",
                "unet | in_channels          | -4",
                "unet | out_channels         | 0",
                "unet | out_channels         | 2000000000",
                "unet | block_out_channels   | []",
                "unet | block_out_channels   | 0",
                "unet | block_out_channels   | [0, 32]",
                "unet | block_out_channels   | [16, -32]",
                "unet | block_out_channels   | [16, \"32\"]",
                "unet | block_out_channels   | [16, 30]",
                "unet | block_out_channels   | [8, 8, 8, 8, 8, 8, 8, 8, 8]",
                "unet | block_out_channels   | [16]",
                "unet | block_out_channels   | [16, 2147483647]",
                "unet | layers_per_block     | 0",
                "unet | layers_per_block     | 2147483647",
                "unet | layers_per_block     | [1, 1]",
                "unet | attention_head_dim   | 0",
                "unet | attention_head_dim   | [2, 0]",
                "unet | attention_head_dim   | 7",
                "unet | attention_head_dim   | []",
                "unet | num_attention_heads  | 0",
                "unet | num_attention_heads  | [1, 2, 3]",
                "unet | transformer_layers_per_block | [1, -1]",
                "unet | transformer_layers_per_block | [1, 2147483647]",
                "unet | transformer_layers_per_block | []",
                "unet | cross_attention_dim  | 0",
                "unet | addition_time_embed_dim | 0",
                "unet | addition_time_embed_dim | 7",
                "unet | addition_time_embed_dim | 1000000",
                "unet | projection_class_embeddings_input_dim | 0",
                "unet | projection_class_embeddings_input_dim | 1",
                "unet | freq_shift           | 1e9",
                "unet | freq_shift           | -1",
                "unet | sample_size          | 0",
                "unet | sample_size          | -128",
                "unet | sample_size          | 1000000000",
                "vae  | norm_num_groups      | 0",
                "vae  | norm_num_groups      | 3",
                "vae  | latent_channels      | 0",
                "vae  | latent_channels      | -4",
                "vae  | block_out_channels   | []",
                "vae  | block_out_channels   | [0, 0]",
                "vae  | block_out_channels   | [16, 30]",
                "vae  | layers_per_block     | 0",
                "vae  | layers_per_block     | 1000000000",
                "vae  | scaling_factor       | 0",
                "vae  | scaling_factor       | -0.13",
                "vae  | scaling_factor       | NaN",
                "vae  | scaling_factor       | 1e300",
                "vae  | sample_size          | 0",
                "vae  | down_block_types     | [\"DownEncoderBlock2D\"]",
                "vae  | up_block_types       | [\"UpDecoderBlock2D\"]",
                "text_encoder | hidden_size  | 0",
                "text_encoder | hidden_size  | 31",
                "text_encoder | num_attention_heads | 0",
                "text_encoder | num_attention_heads | 5",
                "text_encoder | num_hidden_layers | 0",
                "text_encoder | num_hidden_layers | 1000000000",
                "text_encoder | intermediate_size | -1",
                "text_encoder | vocab_size   | 0",
                "text_encoder | max_position_embeddings | 1",
                "text_encoder | max_position_embeddings | 2147483647",
                "text_encoder | projection_dim | 0",
                "text_encoder | eos_token_id | -1",
                "text_encoder | layer_norm_eps | 0"
            })
    void rejectsAnImpossibleSettingByName(String component, String key, String value) throws IOException {
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
                        folder.resolve("config.json") + " has unsupported settings:",
                        "  mid_block_type = \"UNetMidBlock2D\" is not supported (supported:"
                                + " \"UNetMidBlock2DCrossAttn\").",
                        "  class_embed_type = \"timestep\" is not supported (it must be absent, null or false).",
                        "  something_new = 3 is not known."),
                message);
    }

    @Test
    void acceptsUnknownKeysWithoutAValue() throws IOException {
        Settings settings = changed("unet", "{\"something_new\": null, \"dropout\": 0.1, \"_comment\": \"mine\"}");
        assertDoesNotThrow(() -> UNetSettings.from(settings, TinyModel.FAMILY));
    }

    private Path copyOfTheTinyModel() throws IOException {
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
        return copy;
    }

    @Test
    void acceptsTheTinyModel() throws IOException {
        ModelConfiguration valid = ModelConfiguration.of(ModelFolder.open(copyOfTheTinyModel()));
        assertEquals(32, valid.width());
        assertEquals(32, valid.height());
        assertEquals(2, valid.factor());
        assertEquals(1000, valid.trainTimesteps());
    }

    /** Each setting is possible by itself, but contradicts another component or the tensors in the files. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vae            | latents_mean        | [0.1, 0.2, 0.3, 0.4] | latents_mean",
                "unet           | in_channels         | 9   | the tensor conv_in.weight has shape [32, 4, 3, 3] but the configuration requires [32, 9, 3, 3]",
                "unet           | in_channels         | 8   | in_channels = 8, but the VAE has 4 latent channels: of UNets with additional input channels only those for inpainting, with 9, are supported",
                "unet           | in_channels         | 3   | UNet and VAE are of different models",
                "unet           | out_channels        | 8   | out_channels = 8, but the VAE has 4 latent channels",
                "unet           | cross_attention_dim | 48  | cross_attention_dim = 48, but the hidden_size",
                "unet           | layers_per_block    | 3   | the tensor down_blocks.0.resnets.2",
                "unet           | addition_time_embed_dim | 6 | the pooled text",
                "vae            | layers_per_block    | 2   | is missing",
                "vae            | use_quant_conv      | false | quant_conv",
                "text_encoder   | num_hidden_layers   | 1   | num_hidden_layers = 1, but the last 1 are skipped",
                "text_encoder   | num_hidden_layers   | 30  | the tensor text_model.encoder.layers.",
                "text_encoder   | intermediate_size   | 16  | but the configuration requires",
                "text_encoder   | vocab_size          | 8   | vocabulary size",
                "text_encoder_2 | projection_dim      | 8   | projection_dim = 8"
            })
    void rejectsAModelWhosePartsContradictEachOther(String component, String key, String value, String fault)
            throws IOException {
        Path copy = copyOfTheTinyModel();
        changed(component, "{\"" + key + "\": " + value + "}");
        Path settings = copy.resolve(component).resolve("config.json");
        Files.writeString(settings, Files.readString(folder.resolve("config.json")));

        ModelSource invalid = ModelFolder.open(copy);
        AtelierException rejected = assertThrows(AtelierException.class, () -> ModelConfiguration.of(invalid));

        assertEquals(AtelierException.Code.MODEL_INVALID, rejected.code());
        assertTrue(rejected.getMessage().contains(fault), rejected.getMessage());
        assertTrue(rejected.getMessage().contains(copy.toString()), rejected.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vocab.json | {\"a\": 1}    | are not a valid tokenizer: the merge",
                "vocab.json | {\"a\": \"b\"} | must be a whole number",
                "merges.txt | #version: 0.2 | are not a valid tokenizer: it has no merges",
                "merges.txt | alone         | are not a valid tokenizer: the merge \"alone\" is not two tokens"
            })
    void rejectsATokenizerWhoseFilesContradictEachOther(String file, String content, String fault) throws IOException {
        Path copy = copyOfTheTinyModel();
        for (String tokenizer : List.of("tokenizer", "tokenizer_2")) {
            Files.writeString(copy.resolve(tokenizer).resolve(file), content);
        }
        ModelSource invalid = ModelFolder.open(copy);

        AtelierException rejected = assertThrows(AtelierException.class, () -> ModelConfiguration.of(invalid));

        assertTrue(rejected.getMessage().contains(fault), rejected.getMessage());
        assertEquals(3, rejected.getMessage().lines().count(), rejected.getMessage());
    }
}
