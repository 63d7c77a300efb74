package org.atelier.diffusion.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.atelier.diffusion.window.Window;
import org.atelier.tensor.TorchKernels;
import org.junit.jupiter.api.Test;

class InpaintingChannelsTest {

    /** In each half of guidance: an image with a mask, and a reference. */
    @Test
    void appendsTheChannelsOfEachRow() {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            NDArray masked = manager.arange(48f).reshape(1, 4, 2, 6);
            NDArray mask = manager.arange(12f).reshape(1, 1, 2, 6);
            InpaintingChannels channels = new InpaintingChannels(
                    (height, width) -> manager.full(new Shape(1, 4, height, width), 7f), manager);
            channels.put(3, mask, masked);

            NDArray latents = manager.zeros(new Shape(4, 4, 2, 4));
            NDArray input = channels.append(latents, List.of(3, -1), List.of(new Window(0, 1, 2, 4), Window.WHOLE));

            assertEquals(new Shape(4, 9, 2, 4), input.getShape());
            for (int row : new int[] {0, 2}) {
                assertArrayEquals(
                        mask.get("0, 0, :, 1:5").toFloatArray(),
                        input.get(row + ", 4").toFloatArray());
                assertArrayEquals(
                        masked.get("0, :, :, 1:5").toFloatArray(),
                        input.get(row + ", 5:").toFloatArray());
                assertEquals(1, input.get((row + 1) + ", 4").min().getFloat());
                assertEquals(7, input.get((row + 1) + ", 5:").min().getFloat());
                assertEquals(0, input.get(row + ", 0:4").max().getFloat());
            }
        }
    }
}
