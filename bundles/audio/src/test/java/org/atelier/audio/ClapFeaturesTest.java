package org.atelier.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClapFeaturesTest {

    @TempDir
    private Path folder;

    static Stream<FeatureFixture> fixtures() throws IOException {
        return FeatureFixture.all("clap");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void areThoseOfTransformers(FeatureFixture fixture) throws IOException {
        ClapFeatures features = ClapFeatures.of(fixture.writeConfig(folder));
        assertEquals(fixture.rows(), features.windowFrames());
        assertEquals(fixture.columns(), features.bands());
        fixture.assertNear(features.window(
                fixture.name().equals("two-tones")
                        ? Sounds.twoTones(fixture.samples(), features.sampleRate())
                        : Sounds.rising(fixture.samples(), features.sampleRate())));
    }

    @Test
    void rejectsMoreThanAWindow() throws IOException {
        ClapFeatures features =
                ClapFeatures.of(fixtures().findFirst().orElseThrow().writeConfig(folder));
        assertThrows(IllegalArgumentException.class, () -> features.window(new float[features.windowSamples() + 1]));
        assertThrows(IllegalArgumentException.class, () -> features.window(new float[0]));
    }
}
