package org.atelier.diffusion.denoising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.EncodedPrompt;
import org.atelier.diffusion.window.View;
import org.atelier.diffusion.window.Window;
import org.junit.jupiter.api.Test;

/** Chunks of views, without a network. */
class ChunkBuilderTest {

    private static final EncodedPrompt PROMPT = new EncodedPrompt("a fox", new Conditioning(null, Optional.empty()));

    private static LayerAttentions attentions(Coupling coupling, String... observedWords) {
        AttentionStrategy strategy = new AttentionStrategy() {
            @Override
            public Attention at(AttentionLayer layer) {
                return Attention.plain();
            }

            @Override
            public Set<String> observedWords(AttentionLayer layer) {
                return Set.of(observedWords);
            }

            @Override
            public Coupling coupling() {
                return coupling;
            }
        };
        return LayerAttentions.of(
                strategy, List.of(new AttentionLayer(Kind.CROSS, 0, 1, "down_blocks.0", 1, 8, 8)), null);
    }

    /** Views with numbers from 0; the images of each view, and one attention for each image. */
    private static List<EncodedView> views(List<Integer> images, List<LayerAttentions> ofImages) {
        return IntStream.range(0, images.size())
                .mapToObj(number -> new EncodedView(
                        new View(number, images.get(number), Window.WHOLE), PROMPT, ofImages.get(images.get(number))))
                .toList();
    }

    private static List<List<Integer>> numbers(List<Chunk> chunks) {
        return chunks.stream().map(Chunk::viewNumbers).toList();
    }

    @Test
    void aChunkHasOneAttention() {
        LayerAttentions one = attentions(Coupling.REFERENCES);
        LayerAttentions other = attentions(Coupling.REFERENCES);
        List<EncodedView> views = views(List.of(0, 1, 2, 3, 4), List.of(one, other, one, one, other));

        assertEquals(List.of(List.of(0, 2), List.of(3), List.of(1, 4)), numbers(new ChunkBuilder(2).chunks(views)));
    }

    @Test
    void viewsOfAnImageShareAChunkOnlyIfNoWordsAreObserved() {
        List<Integer> images = List.of(0, 0, 0, 1, 1);
        LayerAttentions plain = attentions(Coupling.NONE);
        LayerAttentions observing = attentions(Coupling.NONE, "fox");

        assertEquals(
                List.of(List.of(0, 1, 2, 3), List.of(4)),
                numbers(new ChunkBuilder(4).chunks(views(images, List.of(plain, plain)))));
        assertEquals(
                List.of(List.of(0), List.of(1), List.of(2, 3), List.of(4)),
                numbers(new ChunkBuilder(4).chunks(views(images, List.of(observing, observing)))));
    }

    @Test
    void splitsAllButCoupledImages() {
        List<Integer> images = List.of(0, 1, 2, 3, 4);
        LayerAttentions following = attentions(Coupling.REFERENCES);
        LayerAttentions coupled = attentions(Coupling.SET);
        Chunk chunk = new Chunk(views(images, List.of(following, following, following, following, following)));

        assertTrue(chunk.isDivisible());
        assertEquals(List.of(List.of(0, 1, 2), List.of(3, 4)), numbers(chunk.split(3)));
        assertFalse(new Chunk(views(images, List.of(coupled, coupled, coupled, coupled, coupled))).isDivisible());
        assertFalse(new Chunk(chunk.views().subList(0, 1)).isDivisible());
    }
}
