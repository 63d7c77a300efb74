package org.atelier.diffusion.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.blend.StyleBlend;
import org.atelier.api.blend.WeightedLatents;
import org.atelier.blend.linear.LinearBlend;
import org.atelier.blend.slerp.ReferenceSphericalBlend;
import org.atelier.blend.slerp.SphericalBlend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The blend plugins against the reference: the weighted sum, the spherical mean in float64, and the published pairwise
 * slerp.
 */
class BlendsReferenceTest {

    private static TinyModel model;
    private static ReferenceTensors reference;
    private static JsonObject cases;

    @BeforeAll
    static void load() throws IOException {
        model = new TinyModel();
        reference = model.reference("blends");
        cases = TinyModel.json("blends").getAsJsonObject("cases");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @TestFactory
    Stream<DynamicTest> linear() {
        return everyCase("linear", new LinearBlend(), 5e-7);
    }

    @TestFactory
    Stream<DynamicTest> slerp() {
        return everyCase("slerp", new SphericalBlend(), 1e-6);
    }

    @TestFactory
    Stream<DynamicTest> slerpReference() {
        return everyCase("slerp-reference", new ReferenceSphericalBlend(), 2e-6);
    }

    @Test
    void slerpDoesNotDependOnTheOrder() {
        List<WeightedLatents> references = references("apart.0.2-0.3-0.5");
        List<WeightedLatents> backwards = new ArrayList<>(references);
        Collections.reverse(backwards);
        NDArray forwards = blended(new SphericalBlend(), references);
        assertEquals(0, TinyModel.distance(forwards, blended(new SphericalBlend(), backwards)), 1e-6);
    }

    /** The published pairwise slerp gives NaN for equal rows; this one interpolates them linearly. */
    @Test
    void slerpReferenceIsLinearWhereTheReferenceGivesNan() {
        assertFalse(reference.has("equal.0.2-0.3-0.5.slerp-reference"), "the reference is finite here");
        List<WeightedLatents> references = references("equal.0.2-0.3-0.5");

        NDArray blended = blended(new ReferenceSphericalBlend(), references);

        double first = 0.2 * (1 - 0.3) + 0.3;
        NDArray expected = references.get(0).latents().mul(first * (1 - 0.5) + 0.5);
        assertEquals(0, TinyModel.distance(blended, expected), 1e-4);
    }

    /** Every case for which the reference is finite. */
    private static Stream<DynamicTest> everyCase(String name, StyleBlend blend, double bound) {
        List<String> compared = cases.keySet().stream()
                .filter(each -> reference.has(each + "." + name))
                .toList();
        assertTrue(compared.size() >= 9, compared.toString());
        return compared.stream()
                .map(each -> DynamicTest.dynamicTest(each, () -> {
                    NDArray expected = reference.get(each + "." + name);
                    assertEquals(0, TinyModel.distance(blended(blend, references(each)), expected), bound);
                }));
    }

    private static NDArray blended(StyleBlend blend, List<WeightedLatents> references) {
        return blend.blend(references).orElseThrow();
    }

    private static List<WeightedLatents> references(String name) {
        JsonObject described = cases.getAsJsonObject(name);
        JsonArray weights = described.getAsJsonArray("weights");
        List<WeightedLatents> references = new ArrayList<>();
        for (JsonElement latents : described.getAsJsonArray("latents")) {
            double weight = weights.get(references.size()).getAsDouble();
            references.add(new WeightedLatents(reference.get(latents.getAsString()), weight));
        }
        return references;
    }
}
