package org.atelier.studio.resolve;

import java.util.function.Predicate;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;

/** Checks that a request is compatible with the coupling of its attention strategy. */
final class CouplingCheck {

    private CouplingCheck() {}

    /**
     * @param request resolved
     * @param separate whether the blend keeps several references separate
     */
    static void check(SetRequest request, SetStrategies strategies, boolean separate, Faults faults) {
        boolean isUniform =
                request.items().stream().allMatch(isLike(request.items().get(0)));
        boolean hasReference = !request.references().isEmpty() || request.card() != null;
        if (!hasReference && isUniform) {
            return;
        }
        if (!isUniform && request.items().stream().map(strategies::of).anyMatch(CouplingCheck::couplesAll)) {
            faults.add(
                    "The attention '%s' couples all images of a set, so all need the same size and options; choose shared, or omit the sizes and options of single images."
                            .formatted(request.sharing().attention()));
        } else if (hasReference) {
            checkReferences(strategies.common(), request, separate, faults);
        }
    }

    private static Predicate<SetItem> isLike(SetItem first) {
        return item -> item.width().equals(first.width())
                && item.height().equals(first.height())
                && item.attentionOptions().equals(first.attentionOptions());
    }

    private static boolean couplesAll(AttentionStrategy strategy) {
        return strategy.coupling() == Coupling.SET;
    }

    private static void checkReferences(
            AttentionStrategy strategy, SetRequest request, boolean separate, Faults faults) {
        SetItem any = request.items().get(0);
        boolean hasSetSize = any.width().equals(request.sampling().width())
                && any.height().equals(request.sampling().height());
        switch (strategy.coupling()) {
            case NONE ->
                faults.add(
                        "The attention '%s' generates every image alone and uses no reference; choose shared, or omit the %s."
                                .formatted(
                                        request.sharing().attention(), request.card() == null ? "references" : "card"));
            case SET -> {
                faults.require(
                        !separate,
                        "The attention '%s' couples all images of a set equally and cannot weight separate references; choose another blend than '%s'."
                                .formatted(
                                        request.sharing().attention(),
                                        request.references().blend()));
                faults.require(
                        request.card() == null,
                        "The attention '%s' couples all images of a set and does not support a card; choose shared, or omit the card."
                                .formatted(request.sharing().attention()));
                faults.require(
                        hasSetSize,
                        "The attention '%s' couples all images of a set with its reference, which has the size of the set; give the size for the whole set, not for single images."
                                .formatted(request.sharing().attention()));
            }
            case REFERENCES -> {}
        }
    }
}
