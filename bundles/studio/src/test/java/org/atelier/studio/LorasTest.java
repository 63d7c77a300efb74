package org.atelier.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.LoraInput;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.slice.SliceInputs;
import org.atelier.files.Sha256;
import org.atelier.models.safetensors.FloatTensor;
import org.atelier.models.safetensors.FloatTensorFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Requests with LoRAs, and style cards of such sets. */
class LorasTest {

    private static final String QUERY = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q";

    @TempDir
    private Path root;

    private FirstSet first;
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        first = new FirstSet(root.resolve("sets"));
        file = root.resolve("ink.safetensors");
        write(96, 1);
    }

    private void write(int columns, float value) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            FloatTensorFile.write(
                    Map.of(
                            QUERY + ".lora_down.weight", tensor(2, columns, value),
                            QUERY + ".lora_up.weight", tensor(96, 2, value)),
                    out);
        }
    }

    private static FloatTensor tensor(int rows, int columns, float value) {
        FloatBuffer values = FloatBuffer.allocate(rows * columns);
        while (values.hasRemaining()) {
            values.put(value);
        }
        return new FloatTensor(List.of((long) rows, (long) columns), values.flip());
    }

    private SetRequest request() {
        return FirstSet.REQUEST.toBuilder()
                .loras(new LoraInput(file.toString(), 0.8, 0.5, null))
                .build();
    }

    private static String fault(Code code, Executable step) {
        AtelierException fault = assertThrows(AtelierException.class, step);
        assertEquals(code, fault.code(), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
        return fault.getMessage();
    }

    @Test
    void recordsTheHashOfTheFile() throws IOException {
        SetRequest resolved = first.studio.resolve(request());

        assertEquals(
                List.of(new LoraInput(file.toString(), 0.8, 0.5, Sha256.of(Files.readAllBytes(file)))),
                resolved.modelOptions().loras());
        assertEquals(resolved, first.studio.resolve(resolved));
    }

    /** A request names a LoRA by its path, or by the name under which it is installed. */
    @Test
    void readsAFileThatLiesElsewhere() throws IOException {
        SetRequest resolved = first.studio.resolve(request());
        Path moved = Files.move(file, root.resolve("0"));
        LoraInput named = resolved.modelOptions().loras().get(0).withLora("ink");

        for (SetRequest each :
                List.of(resolved, resolved.toBuilder().loras(named).build())) {
            GeneratedSet set = first.studio.generate(
                    each,
                    new SliceInputs(Map.of(file, moved), null),
                    SetOutput.to(root.resolve(
                            each.modelOptions().loras().get(0).lora().replace('/', '-'))),
                    new SetListener() {});

            assertEquals(each, set.request());
        }
    }

    @Test
    void refusesAChangedFile() throws IOException {
        SetRequest resolved = first.studio.resolve(request());
        write(96, 2);

        assertEquals(
                file + " has changed since the request was resolved; restore the old LoRA, or give the new one with"
                        + " --lora.",
                fault(Code.INPUT_UNREADABLE, () -> first.studio.resolve(resolved)));
    }

    @Test
    void refusesAFileThatDoesNotFitTheModel() throws IOException {
        write(95, 1);

        String fault = fault(Code.MODEL_INVALID, () -> first.studio.resolve(request()));

        assertTrue(fault.startsWith(file + ": 1 of its layers have another shape"), fault);
    }

    @Test
    void refusesAStrengthThatIsTooLarge() {
        SetRequest strong = request().toBuilder()
                .loras(new LoraInput(file.toString(), 101, 1, null))
                .build();

        assertEquals(
                "The unet strength of the LoRA " + file + " must be from -100 to 100, not 101.0.",
                fault(Code.INVALID_REQUEST, () -> first.studio.resolve(strong)));
    }

    @Test
    void refusesMoreLorasThanASetMayHave() {
        LoraInput one = new LoraInput(file.toString(), 1, 1, null);
        SetRequest many =
                request().toBuilder().loras(Collections.nCopies(65, one)).build();

        assertEquals(
                "A set has at most 64 LoRAs, not 65.", fault(Code.INVALID_REQUEST, () -> first.studio.resolve(many)));
    }

    @Test
    void aCardIsValidOnlyWithItsLoras() throws IOException {
        first.saved(request());
        SetRequest later = first.newRequest().prompts("a boat").build();

        assertEquals("ink.safetensors", later.modelOptions().loras().get(0).lora(), "without its path");
        SetRequest found = later.toBuilder()
                .loras(new LoraInput(file.toString(), 0.8, 0.5, null))
                .build();
        assertEquals(
                file.toString(),
                first.studio.resolve(found).modelOptions().loras().get(0).lora());
        for (SetRequest other : List.of(
                later.toBuilder().loras().build(),
                later.toBuilder().loras(LoraInput.of(file.toString())).build())) {
            assertEquals(
                    "The card pop.style was made with the LoRA ink.safetensors=0.8:0.5; give the same files and"
                            + " strengths with --lora, or generate without the card.",
                    fault(Code.INVALID_REQUEST, () -> first.studio.resolve(other)));
        }
    }

    @Test
    void aCardWithoutLorasRefusesThem() {
        first.saved(FirstSet.REQUEST);
        SetRequest later = first.newRequest()
                .prompts("a boat")
                .loras(LoraInput.of(file.toString()))
                .build();

        assertEquals(
                "The card pop.style was made without LoRAs; omit --lora, or generate without the card.",
                fault(Code.INVALID_REQUEST, () -> first.studio.resolve(later)));
    }
}
