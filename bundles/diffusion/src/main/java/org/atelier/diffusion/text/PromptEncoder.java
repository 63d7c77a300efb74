package org.atelier.diffusion.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.models.family.TimeId;
import org.atelier.models.tokenizer.PromptTokenizer;

/**
 * The text encoders of a model, combined as the model family defines: concatenated hidden states, one pooled text
 * embedding, and the time ids.
 */
public final class PromptEncoder implements AutoCloseable {

    /**
     * A text encoder with its tokenizer.
     *
     * @param tokenizer the prompt encoder closes it
     */
    public record Member(PromptTokenizer tokenizer, ClipTextModel model) {}

    private final List<Member> members;
    private final List<TimeId> timeIds;

    /**
     * @param members in the order in which their hidden states are concatenated
     * @param timeIds empty for a network that conditions on text embeddings only
     */
    public PromptEncoder(List<Member> members, List<TimeId> timeIds) {
        this.members = List.copyOf(members);
        this.timeIds = List.copyOf(timeIds);
    }

    /**
     * Encodes a prompt for one image.
     *
     * @param width image width in pixels
     * @param height image height in pixels
     * @param manager owns the conditioning
     */
    public Conditioning encode(String prompt, int width, int height, NDManager manager) {
        return encode(prompt, 0, width, height, manager);
    }

    /**
     * Encodes a prompt for one image from earlier layers.
     *
     * @param clipSkip number of layers to skip in addition to those that the family skips; the pooled text embedding is
     *     always that of the last
     */
    public Conditioning encode(String prompt, int clipSkip, int width, int height, NDManager manager) {
        List<NDArray> hiddenStates = new ArrayList<>();
        NDArray pooled = null;
        for (Member member : members) {
            ClipTextModel.Output output =
                    member.model().encode(member.tokenizer().encode(prompt).ids(), clipSkip, manager);
            hiddenStates.add(output.hiddenState());
            pooled = output.pooled() == null ? pooled : output.pooled();
        }
        NDArray textEmbeddings = concatenate(hiddenStates);
        if (timeIds.isEmpty()) {
            return new Conditioning(textEmbeddings, Optional.empty());
        }
        float[] numbers = new float[timeIds.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = timeIds.get(i).of(width, height);
        }
        return new Conditioning(textEmbeddings, pooled, manager.create(numbers, new Shape(1, numbers.length)));
    }

    /**
     * Finds a word in a prompt, as {@link PromptTokenizer#positions} does. All tokenizers of a family split a prompt
     * identically, since their hidden states are concatenated by token.
     */
    public List<Integer> positions(String prompt, String word) {
        return members.get(0).tokenizer().positions(prompt, word);
    }

    private static NDArray concatenate(List<NDArray> hiddenStates) {
        if (hiddenStates.size() == 1) {
            return hiddenStates.get(0);
        }
        NDArray joined = NDArrays.concat(new NDList(hiddenStates), 2);
        hiddenStates.forEach(NDArray::close);
        return joined;
    }

    @Override
    public void close() {
        members.forEach(member -> member.tokenizer().close());
    }
}
