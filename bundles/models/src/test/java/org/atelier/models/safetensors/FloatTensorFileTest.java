package org.atelier.models.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.models.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloatTensorFileTest {

    private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        tensors.put("step", new FloatTensor(List.of(), FloatBuffer.wrap(new float[] {7})));
        tensors.put("image.0", new FloatTensor(List.of(1L, 3L), FloatBuffer.wrap(new float[] {-0f, 3e38f, 1})));
        tensors.put("image.1", new FloatTensor(List.of(2L), FloatBuffer.wrap(new float[] {Float.MIN_VALUE, 2})));
        file = folder.resolve("kept.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            FloatTensorFile.write(tensors, out);
        }
    }

    @Test
    void isReadBackExactlyAndInOrder() {
        Map<String, FloatTensor> read = FloatTensorFile.read(file);

        assertEquals(new ArrayList<>(tensors.keySet()), new ArrayList<>(read.keySet()));
        assertEquals(tensors, read);
    }

    @Test
    void isAStandardSafetensorsFile() {
        SafetensorsFile opened = SafetensorsFile.open(file);

        assertTrue(opened.tensors().values().stream().allMatch(opened::aligned));
    }

    @Test
    void rejectsATruncatedFile() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        String fault = Samples.fault(() -> FloatTensorFile.read(file));

        assertTrue(fault.startsWith(file + ": "), fault);
    }

    @Test
    void rejectsOtherDataTypes() throws IOException {
        Files.write(file, Samples.safetensors(Samples.header("F16", "[2]", 4, "latents"), new byte[4]));

        String fault = Samples.fault(() -> FloatTensorFile.read(file));

        assertTrue(fault.contains("latents must be F32"), fault);
    }
}
