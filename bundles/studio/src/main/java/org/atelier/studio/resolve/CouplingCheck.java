package org.atelier.studio.resolve;

import java.util.function.Predicate;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;

/** Checks what only a strategy itself can tell: what its images may depend on. */
final class CouplingCheck {

    private CouplingCheck() {}

    /** @param request resolved */
    static void check(SetRequest request, SetStrategies strategies, Faults faults) {
        boolean alike = request.items().stream().allMatch(isLike(request.items().get(0)));
        boolean follows = !request.references().isEmpty() || request.card() != null;
        if (!follows && alike) {
            return;
        }
        if (!alike && request.items().stream().map(strategies::of).anyMatch(CouplingCheck::couplesAll)) {
            faults.add(
                    "The attention '%s' couples all images of a set, so they need one size and the same options; choose shared, or leave out what single images have of their own."
                            .formatted(request.sharing().attention()));
        } else if (follows) {
            checkReferences(strategies.common(), request, faults);
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

    private static void checkReferences(AttentionStrategy strategy, SetRequest request, Faults faults) {
        SetItem any = request.items().get(0);
        boolean sized = any.width().equals(request.sampling().width())
                && any.height().equals(request.sampling().height());
        switch (strategy.coupling()) {
            case NONE ->
                faults.add(
                        "The attention '%s' generates every image alone and takes nothing from a reference; choose shared, or leave the %s out."
                                .formatted(
                                        request.sharing().attention(), request.card() == null ? "references" : "card"));
            case SET -> {
                faults.require(
                        request.card() == null,
                        "The attention '%s' couples all images of a set and follows no card; choose shared, or leave the card out."
                                .formatted(request.sharing().attention()));
                faults.require(
                        sized,
                        "The attention '%s' couples all images of a set with its reference, so they need the set's own size; give that size to the set."
                                .formatted(request.sharing().attention()));
            }
            case REFERENCES -> {}
        }
    }
}
