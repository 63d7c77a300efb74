package org.atelier.blend.apart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.atelier.api.blend.WeightedLatents;
import org.junit.jupiter.api.Test;

class ApartBlendTest {

    @Test
    void blendsNothing() {
        List<WeightedLatents> references = List.of(new WeightedLatents(null, .3), new WeightedLatents(null, .7));
        assertEquals(Optional.empty(), new ApartBlend().blend(references));
    }
}
