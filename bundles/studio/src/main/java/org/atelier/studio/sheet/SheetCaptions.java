package org.atelier.studio.sheet;

import java.nio.file.Path;
import org.atelier.api.set.SetRequest;

/**
 * The captions of a contact sheet.
 *
 * @param request the resolved request of the set
 */
public record SheetCaptions(SetRequest request) {

    /**
     * The caption of an item: the prompt without style and contexts, which all images share; the whole text if the prompt
     * is empty; the name of the content image if the item redraws one without a prompt.
     */
    public String ofItem(int item) {
        String own = request.items().get(item).prompt();
        if (own.isBlank() && item < request.references().contents().size()) {
            return name(request.references().contents().get(item).file());
        }
        return own.isBlank() ? request.styledPrompt(item) : own;
    }

    /**
     * The caption of a reconstruction: the prompt of the reference, or its name.
     *
     * @param index of the reference; 0 for a blend of all
     * @param count the number of reconstructions
     */
    public String ofReconstruction(int index, int count) {
        String prompt = reconstructionPrompt(index, count);
        return "Reference: "
                + (prompt.isBlank()
                        ? name(request.references().images().get(index).file())
                        : prompt);
    }

    /** The prompt of a reconstruction, as {@link #ofReconstruction}. */
    public String reconstructionPrompt(int index, int count) {
        return count == 1 ? request.promptOf(0) : request.referencePrompt(index);
    }

    /** The caption of a control image. */
    public static String ofControl(String kind) {
        return "Control: " + kind;
    }

    private static String name(String file) {
        return String.valueOf(Path.of(file).getFileName());
    }
}
