package org.atelier.studio.resolve;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.Faults;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.SetRequest;
import org.atelier.text.UnicodeText;

/** Checks the texts of a request, before its contexts are read and after. */
final class PromptTexts {

    private static final int MOST_IMAGES = 10_000;
    private static final int LONGEST_PROMPT = 10_000;

    private PromptTexts() {}

    /** What can be told before. An empty prompt is none where contexts will say something. */
    static void check(SetRequest request, Faults faults) {
        List<String> prompts = request.prompts();
        boolean spoken = request.contexts().inputs().stream().anyMatch(context -> !context.forReference());
        faults.require(!prompts.isEmpty(), "At least one prompt is needed, one for each image.");
        faults.require(
                prompts.size() <= MOST_IMAGES,
                "A set has at most %d images, not %d.".formatted(MOST_IMAGES, prompts.size()));
        for (int i = 0; i < Math.min(prompts.size(), MOST_IMAGES); i++) {
            faults.require(spoken || !prompts.get(i).isBlank(), "Prompt %d is empty.".formatted(i + 1));
            checkLength("Prompt", i, request.styledPrompt(i), faults);
            checkUnicode("Prompt " + (i + 1), prompts.get(i), faults);
        }
        checkUnicode("The style", request.style(), faults);
        checkUnicode("The negative prompt", request.negativePrompt(), faults);
        for (int i = 0; i < request.references().images().size(); i++) {
            checkUnicode(
                    "The prompt of reference " + (i + 1),
                    request.references().images().get(i).prompt(),
                    faults);
        }
        for (ContextInput context : request.contexts().inputs()) {
            checkUnicode("The input of the context " + context.kind(), context.input(), faults);
        }
    }

    private static void checkUnicode(String name, String text, Faults faults) {
        faults.require(
                text == null || UnicodeText.isWellFormed(text),
                name + " has an unpaired surrogate, which is not valid Unicode; write the character itself.");
    }

    /** What can be told after. */
    static void checkWords(SetRequest request, Faults faults) {
        if (request.contexts().inputs().isEmpty()
                && request.references().images().stream().allMatch(each -> each.resolved() == null)) {
            return;
        }
        for (int i = 0; i < request.items().size(); i++) {
            String prompt = request.styledPrompt(i);
            faults.require(
                    !prompt.isBlank(),
                    "Prompt %d is empty, and the contexts have nothing to say; give it words.".formatted(i + 1));
            checkLength("Prompt", i, prompt, faults);
        }
        IntStream.range(0, request.references().images().size()).forEach(i -> {
            String prompt = request.referencePrompt(i);
            faults.require(
                    !prompt.isBlank(),
                    "Reference %d has no words, and its caption is empty; give --reference-prompt.".formatted(i + 1));
            checkLength("The prompt of reference", i, prompt, faults);
        });
    }

    private static void checkLength(String kind, int index, String prompt, Faults faults) {
        faults.require(
                prompt.length() <= LONGEST_PROMPT,
                "%s %d is longer than %d characters.".formatted(kind, index + 1, LONGEST_PROMPT));
    }
}
