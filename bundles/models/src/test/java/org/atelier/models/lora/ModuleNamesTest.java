package org.atelier.models.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.atelier.models.checkpoint.FullSizeListings;
import org.atelier.models.naming.LdmUNetNaming;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layers of the published UNets by their names in LoRAs. */
class ModuleNamesTest {

    private static final String UNET_PREFIX = "model.diffusion_model.";
    private static final String WEIGHT = ".weight";

    /** A name that stood for two layers would find the wrong one for one of them. */
    @ParameterizedTest
    @CsvSource({
        "stable-diffusion-1, 282",
        "stable-diffusion-1-inpainting, 282",
        "stable-diffusion-2, 282",
        "stable-diffusion-xl, 794"
    })
    void everyLayerOfAUNetHasTwoNamesOfItsOwn(String listing, int count) throws IOException {
        Map<String, Map<String, List<Long>>> listed = FullSizeListings.read(listing);
        Map<String, String> originals = layersByOriginalName(listed);
        ModuleNames names = ModuleNames.ofUNet(listed.get("unet"));
        Set<String> tensors = new HashSet<>();
        Set<String> flat = new HashSet<>();

        originals.forEach((original, module) -> {
            for (String name : List.of(module, original)) {
                boolean isOriginal = name.equals(original);
                flat.add(name.replace('.', '_'));
                for (String spelling : List.of(name, name.replace('.', '_'))) {
                    ModuleNames.Module found = names.find(spelling).orElseThrow(() -> new AssertionError(spelling));
                    assertEquals(module + WEIGHT, found.tensor(), spelling);
                    assertEquals(isOriginal, found.original(), spelling);
                    assertEquals(listed.get("unet").get(module + WEIGHT), found.shape(), spelling);
                    tensors.add(found.tensor());
                }
            }
        });

        assertEquals(count, originals.size());
        assertEquals(count, tensors.size());
        assertEquals(2 * count, flat.size());
    }

    /** The example of kohya's names of Stable Diffusion XL. */
    @ParameterizedTest
    @CsvSource({
        "input_blocks_4_1_transformer_blocks_0_attn1_to_q, down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q",
        "input_blocks_3_0_op, down_blocks.0.downsamplers.0.conv",
        "output_blocks_2_2_conv, up_blocks.0.upsamplers.0.conv",
        "output_blocks_8_0_in_layers_2, up_blocks.2.resnets.2.conv1",
        "middle_block_2_out_layers_3, mid_block.resnets.1.conv2"
    })
    void findsTheLayersOfStableDiffusionXl(String name, String module) throws IOException {
        ModuleNames names =
                ModuleNames.ofUNet(FullSizeListings.read("stable-diffusion-xl").get("unet"));
        ModuleNames.Module found = names.find(name).orElseThrow();
        assertEquals(module + WEIGHT, found.tensor());
        assertTrue(found.original());
        assertFalse(names.find(module).orElseThrow().original());
    }

    /** The convolutions and matrices of the UNet in the file: names in diffusers by their original names. */
    private static Map<String, String> layersByOriginalName(Map<String, Map<String, List<Long>>> listed) {
        Map<String, List<Long>> file = new TreeMap<>();
        listed.get("file").forEach((name, shape) -> {
            if (name.startsWith(UNET_PREFIX)) {
                file.put(name.substring(UNET_PREFIX.length()), shape);
            }
        });
        LdmUNetNaming naming = LdmUNetNaming.of(file.keySet());
        Map<String, String> layers = new TreeMap<>();
        file.forEach((name, shape) -> {
            if (name.endsWith(WEIGHT) && shape.size() > 1) {
                String module = naming.diffusersName(name).orElseThrow();
                layers.put(withoutWeight(name), withoutWeight(module));
            }
        });
        return layers;
    }

    private static String withoutWeight(String name) {
        return name.substring(0, name.length() - WEIGHT.length());
    }
}
