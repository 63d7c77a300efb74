package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ContextSummary;

/** Reads what a request file says of contexts. */
final class ContextNodes {

    private ContextNodes() {}

    /** @param files finds the file of a context that reads one */
    static ContextInput context(RequestNode node, NamedFiles files) {
        RequestKeys.OF_CONTEXT.check(node);
        Map<String, RequestNode> members = node.members();
        if (!members.containsKey("kind") || !members.containsKey("input")) {
            throw node.fault("a context needs a kind and an input");
        }
        ContextInput context = new ContextInput(
                members.get("kind").text(),
                members.get("input").text(),
                members.containsKey("options") ? RequestReader.options(members.get("options")) : Map.of(),
                members.containsKey("forReference")
                        && members.get("forReference").truth(),
                said(members, "said"));
        // What is said already is not read again, so that it matters no more where the file is.
        return context.named(files.input(context.kind(), members.get("input"), context.said() != null));
    }

    /** A word, or an object with what was summarized. */
    static ContextSummary summary(RequestNode node) {
        if (!node.isObject()) {
            return ContextSummary.of(node.text());
        }
        RequestKeys.OF_SUMMARY.check(node);
        Map<String, RequestNode> members = node.members();
        String when = members.containsKey("when") ? members.get("when").text() : ContextSummary.AUTO.when();
        return new ContextSummary(when, said(members, "said"), said(members, "saidOfReferences"));
    }

    private static ContextText said(Map<String, RequestNode> members, String key) {
        return members.containsKey(key) ? words(members.get(key)) : null;
    }

    static ContextText words(RequestNode node) {
        RequestKeys.OF_WORDS.check(node);
        Map<String, RequestNode> members = node.members();
        if (!members.containsKey("text")) {
            throw node.fault("what was said needs a text");
        }
        return new ContextText(
                members.get("text").text(),
                members.containsKey("origin") ? members.get("origin").text() : "the request",
                confidence(members),
                members.containsKey("parts")
                        ? members.get("parts").elements("a list of parts").stream()
                                .map(ContextNodes::part)
                                .toList()
                        : List.of());
    }

    private static ContextText.Part part(RequestNode node) {
        RequestKeys.OF_PART.check(node);
        Map<String, RequestNode> members = node.members();
        if (!members.containsKey("name") || !members.containsKey("text")) {
            throw node.fault("a part needs a name and a text");
        }
        return new ContextText.Part(
                members.get("name").text(), members.get("text").text(), confidence(members));
    }

    private static Double confidence(Map<String, RequestNode> members) {
        return members.containsKey("confidence")
                ? Double.valueOf(members.get("confidence").fraction())
                : null;
    }
}
