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
 * A model's text encoders as its family combines them: their hidden states side by side, the pooled text embedding of one, and the numbers
 * about the image.
 */
public final class PromptEncoder implements AutoCloseable {

    /**
     * A text encoder with its tokenizer.
     *
     * @param tokenizer closed with the prompt encoder
     */
    public record Member(PromptTokenizer tokenizer, ClipTextModel model) {}

    private final List<Member> members;
    private final List<TimeId> timeIds;

    /**
     * @param members in the order in which their hidden states stand side by side
     * @param timeIds empty for a network that is given text embeddings only
     */
    public PromptEncoder(List<Member> members, List<TimeId> timeIds) {
        this.members = List.copyOf(members);
        this.timeIds = List.copyOf(timeIds);
    }

    /**
     * Encodes a prompt for one image.
     *
     * @param width of the image, in pixels
     * @param height of the image, in pixels
     * @param manager that the conditioning shall belong to
     */
    public Conditioning encode(String prompt, int width, int height, NDManager manager) {
        List<NDArray> hiddenStates = new ArrayList<>();
        NDArray pooled = null;
        for (Member member : members) {
            ClipTextModel.Output output =
                    member.model().encode(member.tokenizer().encode(prompt).ids(), manager);
            hiddenStates.add(output.hiddenState());
            pooled = output.pooled() == null ? pooled : output.pooled();
        }
        NDArray textEmbeddings = sideBySide(hiddenStates);
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
     * Where in a prompt a word stands, as {@link PromptTokenizer#positions} says it. The hidden states stand side by side,
     * so all tokenizers of a family split a prompt alike.
     */
    public List<Integer> positions(String prompt, String word) {
        return members.get(0).tokenizer().positions(prompt, word);
    }

    private static NDArray sideBySide(List<NDArray> hiddenStates) {
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
