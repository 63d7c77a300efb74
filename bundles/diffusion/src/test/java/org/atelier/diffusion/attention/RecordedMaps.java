package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.GuidanceHalf;
import org.atelier.api.attention.Reference;

/** Delegates to another strategy and records the maps of a word in images and references. */
public final class RecordedMaps implements AttentionStrategy {

    /**
     * The map available at a self-attention layer.
     *
     * @param image index in the set; -1 for a reference
     * @param map one value per token; {@code null} if there was none yet
     */
    @SuppressWarnings("ArrayRecordComponent") // compared element by element
    public record Entry(int step, int image, AttentionLayer layer, float[] map) {}

    private final AttentionStrategy other;
    private final String word;
    private final List<Entry> entries = new ArrayList<>();

    public RecordedMaps(AttentionStrategy other, String word) {
        this.other = other;
        this.word = word;
    }

    public List<Entry> entries() {
        return entries;
    }

    @Override
    public Attention at(AttentionLayer layer) {
        Attention attention = other.at(layer);
        return layer.kind() == Kind.SELF ? call -> attend(call, attention) : attention;
    }

    private NDArray attend(AttentionCall call, Attention attention) {
        if (call.half() == GuidanceHalf.CONDITIONAL) {
            call.images().forEach(image -> record(call, image, call.maps().of(image, word)));
            for (Reference reference : call.references()) {
                record(call, AttentionCall.GIVEN_REFERENCE, call.maps().of(reference, word));
            }
        }
        return attention.attend(call);
    }

    private void record(AttentionCall call, int image, Optional<NDArray> map) {
        entries.add(new Entry(
                call.step().index(),
                image,
                call.layer(),
                map.map(NDArray::toFloatArray).orElse(null)));
    }

    @Override
    public Set<String> observedWords(AttentionLayer layer) {
        return Set.of(word);
    }

    @Override
    public Coupling coupling() {
        return other.coupling();
    }

    @Override
    public boolean sharesGroupNorm() {
        return other.sharesGroupNorm();
    }
}
