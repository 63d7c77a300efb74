package org.atelier.models.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.models.Samples;
import org.atelier.models.naming.TensorNaming;
import org.atelier.models.safetensors.FloatTensor;
import org.atelier.models.safetensors.FloatTensorFile;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with other tensor names and fused queries, keys and values. */
class TensorNamingTest {

    private static final String STEM = "model";
    private static final String FUSED = "resblocks.0.attn.in_proj_weight";
    private static final String ATTENTION = "encoder.layers.0.self_attn.";

    /** Maps OpenCLIP names to transformers names. */
    private static final TensorNaming NAMING = stored -> {
        if (stored.name().equals("logit_scale")) {
            return List.of();
        }
        return stored.name().equals(FUSED)
                ? stored.split(ATTENTION + "q_proj.weight", ATTENTION + "k_proj.weight", ATTENTION + "v_proj.weight")
                : List.of(stored.named(stored.name().replace("resblocks.0.attn.out_proj", ATTENTION + "out_proj")));
    };

    @TempDir
    private Path folder;

    private Path write() throws IOException {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put("logit_scale", tensor(List.of(1L), 9));
        tensors.put(FUSED, tensor(List.of(6L, 2L), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        tensors.put("resblocks.0.attn.out_proj.weight", tensor(List.of(2L, 2L), 13, 14, 15, 16));
        Path file = folder.resolve(STEM + ".safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            FloatTensorFile.write(tensors, out);
        }
        return file;
    }

    private static FloatTensor tensor(List<Long> shape, float... values) {
        return new FloatTensor(shape, FloatBuffer.wrap(values));
    }

    @Test
    void mapsRenamedAndSplitTensors() throws IOException {
        Path file = write();
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
                Weights weights = new MappedWeights(
                        new TensorTable(
                                folder, WeightFiles.in(folder, STEM, NAMING).fitting(precision)),
                        kernels,
                        precision,
                        manager);
                assertEquals(
                        Set.of(
                                ATTENTION + "q_proj.weight",
                                ATTENTION + "k_proj.weight",
                                ATTENTION + "v_proj.weight",
                                ATTENTION + "out_proj.weight"),
                        weights.unread());
                Weights attention = weights.at("encoder.layers.0.self_attn");
                assertArrayEquals(new float[] {1, 2, 3, 4}, read(kernels, attention, "q_proj"));
                assertArrayEquals(new float[] {5, 6, 7, 8}, read(kernels, attention, "k_proj"));
                assertArrayEquals(new float[] {9, 10, 11, 12}, read(kernels, attention, "v_proj"));
                assertArrayEquals(new float[] {13, 14, 15, 16}, read(kernels, attention, "out_proj"));
                weights.requireAllRead();
            }
            String fault = Samples.fault(() -> open(kernels, manager).tensor(ATTENTION + "k_proj.weight", 3, 2));
            assertTrue(fault.contains(file + ": the tensor " + ATTENTION + "k_proj.weight has shape [2, 2]"), fault);
        }
    }

    /** Writes to the file: a mapped tensor changes. */
    @Test
    void mapsASliceWithoutCopying() throws IOException {
        Path file = write();
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            NDArray values = open(kernels, manager).tensor(ATTENTION + "v_proj.weight", 2, 2);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer number = ByteBuffer.allocate(Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(0, 20);
                channel.write(number, channel.size() - 5 * Float.BYTES);
            }
            assertArrayEquals(new float[] {9, 10, 11, 20}, values.toFloatArray());
        }
    }

    @Test
    void rejectsASplitIntoUnequalParts() throws IOException {
        TensorEntry fused = WeightSet.single(write(), stored -> List.of(stored))
                .tensors()
                .get(FUSED)
                .entry();
        assertThrows(IllegalArgumentException.class, () -> fused.split("a", "b", "c", "d"));
    }

    private Weights open(TorchKernels kernels, NDManager manager) {
        return new MappedWeights(
                new TensorTable(folder, WeightFiles.in(folder, STEM, NAMING).fitting(Precision.FLOAT32)),
                kernels,
                Precision.FLOAT32,
                manager);
    }

    private static float[] read(TorchKernels kernels, Weights attention, String projection) {
        NDArray tensor = attention.at(projection).tensor("weight", 2, 2);
        return kernels.cast(tensor, Precision.FLOAT32).toFloatArray();
    }
}
