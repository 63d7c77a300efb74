package org.atelier.studio.resolve;

import java.util.List;
import java.util.stream.IntStream;
import org.atelier.api.Faults;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.SetRequest;
import org.atelier.text.UnicodeText;

/** Checks the texts of a request, before its contexts are read and after. */
final class PromptTexts {

    private static final int MAX_IMAGES = 10_000;
    private static final int MAX_PROMPT_LENGTH = 10_000;

    private PromptTexts() {}

    /** Checks the texts before contexts are read. An empty prompt is allowed if a context will add text. */
    static void check(SetRequest request, Faults faults) {
        List<String> prompts = request.prompts();
        boolean mayBeEmpty = !request.references().contents().isEmpty()
                || request.contexts().inputs().stream().anyMatch(context -> !context.forReference());
        faults.require(!prompts.isEmpty(), "Give at least one prompt, one for each image.");
        faults.require(
                prompts.size() <= MAX_IMAGES,
                "A set has at most %d images, not %d.".formatted(MAX_IMAGES, prompts.size()));
        for (int i = 0; i < Math.min(prompts.size(), MAX_IMAGES); i++) {
            faults.require(mayBeEmpty || !prompts.get(i).isBlank(), "Prompt %d is empty.".formatted(i + 1));
            checkUnicode("Prompt " + (i + 1), prompts.get(i), faults);
        }
        checkLengths(request, faults);
        checkUnicode("The style", request.style(), faults);
        checkUnicode("The negative prompt", request.negativePrompt(), faults);
        for (int i = 0; i < request.references().images().size(); i++) {
            checkUnicode(
                    "The prompt of reference " + (i + 1),
                    request.references().images().get(i).prompt(),
                    faults);
        }
        for (int i = 0; i < request.regions().list().size(); i++) {
            checkUnicode(
                    "The prompt of region " + (i + 1),
                    request.regions().list().get(i).prompt(),
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

    /** Checks the texts after contexts are read. */
    static void checkComplete(SetRequest request, Faults faults) {
        if (!request.references().contents().isEmpty()) {
            checkLengths(request, faults);
            return;
        }
        if (request.contexts().inputs().isEmpty()
                && request.references().images().stream().allMatch(each -> each.resolved() == null)) {
            return;
        }
        for (int i = 0; i < request.items().size(); i++) {
            String prompt = request.styledPrompt(i);
            faults.require(
                    !prompt.isBlank(),
                    "Prompt %d is empty, and so are the texts of the contexts; give a prompt.".formatted(i + 1));
        }
        checkLengths(request, faults);
        IntStream.range(0, request.references().images().size()).forEach(i -> {
            String prompt = request.referencePrompt(i);
            faults.require(
                    !prompt.isBlank(),
                    "Reference %d has no prompt, and its caption is empty; give --reference-prompt.".formatted(i + 1));
        });
    }

    /** Names the text that is too long: the style, a prompt, or only all texts of an image together. */
    private static void checkLengths(SetRequest request, Faults faults) {
        boolean fits = checkLength("The style", request.style(), faults);
        checkLength("The negative prompt", request.negativePrompt(), faults);
        for (int i = 0; i < Math.min(request.items().size(), MAX_IMAGES); i++) {
            boolean ownFits =
                    checkLength("Prompt " + (i + 1), request.items().get(i).prompt(), faults);
            if (fits && ownFits) {
                checkLength(
                        "Prompt %d together with the style and the texts of the contexts".formatted(i + 1),
                        request.styledPrompt(i),
                        faults);
            }
        }
        for (int i = 0; i < request.references().images().size(); i++) {
            checkLength("The prompt of reference " + (i + 1), request.referencePrompt(i), faults);
        }
        for (int i = 0; fits && i < request.regions().list().size(); i++) {
            checkLength(
                    "The prompt of region %d together with the style and the texts of the contexts".formatted(i + 1),
                    request.styledPrompt(request.regions().list().get(i)),
                    faults);
        }
    }

    private static boolean checkLength(String name, String text, Faults faults) {
        boolean fits = text == null || text.length() <= MAX_PROMPT_LENGTH;
        faults.require(fits, "%s is longer than %d characters.".formatted(name, MAX_PROMPT_LENGTH));
        return fits;
    }
}
