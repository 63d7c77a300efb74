package org.atelier.models.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.atelier.api.AtelierException;
import org.atelier.models.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloatTensorTest {

    private static final Path SOURCE = Path.of("kept.safetensors");
    private static final FloatTensor TENSOR = new FloatTensor(
            List.of(2L, 1L, 3L), FloatBuffer.wrap(new float[] {1, -2.5f, 0, Float.MIN_VALUE, 3e38f, -0f}));

    @Test
    void isReadBackExactly() {
        assertEquals(TENSOR, FloatTensor.ofSafetensors(TENSOR.toSafetensors("latents"), "latents", SOURCE));
    }

    @Test
    void isAStandardSafetensorsFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("kept.safetensors"), TENSOR.toSafetensors("latents"));

        SafetensorsFile read = SafetensorsFile.open(file);

        TensorEntry entry = read.tensors().get("latents");
        assertEquals(List.of(2L, 1L, 3L), entry.shape());
        assertTrue(read.aligned(entry));
    }

    @Test
    void rejectsValuesThatDoNotFitTheShape() {
        List<Long> shape = List.of(2L, 2L);
        FloatBuffer three = FloatBuffer.allocate(3);
        assertThrows(IllegalArgumentException.class, () -> new FloatTensor(shape, three));
    }

    @Test
    void rejectsOtherContent() {
        byte[] whole = TENSOR.toSafetensors("latents");
        assertRejected("must contain only the tensor noise in F32", whole, "noise");
        assertRejected("the file is truncated", Arrays.copyOf(whole, whole.length - 1), "latents");
        assertRejected("truncated within its header", Arrays.copyOf(whole, 20), "latents");
        assertRejected("it has only 3 bytes", Arrays.copyOf(whole, 3), "latents");
        assertRejected(
                "must contain only the tensor latents in F32",
                Samples.safetensors(Samples.header("F16", "[2]", 4, "latents"), new byte[4]),
                "latents");
        assertRejected(
                "must contain only the tensor latents in F32",
                Samples.safetensors(Samples.header("F32", "[1]", 4, "latents", "more"), new byte[8]),
                "latents");
    }

    @Test
    void rejectsEveryCorruptedFile() {
        byte[] whole = TENSOR.toSafetensors("latents");
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            try {
                FloatTensor.ofSafetensors(Samples.spoiledText(whole, random), "latents", SOURCE);
            } catch (AtelierException e) {
                refused++;
            }
        }
        assertTrue(refused > 1000);
    }

    private static void assertRejected(String expected, byte[] content, String name) {
        String fault = Samples.fault(() -> FloatTensor.ofSafetensors(content, name, SOURCE));
        assertTrue(fault.startsWith("kept.safetensors: ") && fault.contains(expected), fault);
    }
}
