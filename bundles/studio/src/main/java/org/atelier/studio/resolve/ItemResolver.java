package org.atelier.studio.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.plugins.StrategyOptions;

/** Resolves what each image of a set has of its own, and checks it: so that any of them can be generated again alone. */
final class ItemResolver {

    private static final int NAMED = 40;

    private final SetRequest request;
    private final SetRequest resolved;
    private final ImageSides sides;
    private final StrategyOptions strategyOptions;

    /**
     * @param request as it was asked
     * @param resolved the same but for its items: its seed, size and options are known
     */
    ItemResolver(SetRequest request, SetRequest resolved, ImageSides sides, StrategyOptions strategyOptions) {
        this.request = request;
        this.resolved = resolved;
        this.sides = sides;
        this.strategyOptions = strategyOptions;
    }

    /** The items with nothing left open. */
    List<SetItem> resolve(Faults faults) {
        List<SetItem> items = new ArrayList<>();
        for (SetItem item : request.items()) {
            Faults own = new Faults();
            items.add(resolve(item, items.size(), own));
            faults.addAll(title(items.size(), item), own);
        }
        return items;
    }

    private SetItem resolve(SetItem item, int index, Faults faults) {
        faults.require(
                item.seed() == null || (item.seed() >= 0 && item.seed() <= RequestResolver.LARGEST_SEED),
                "The seed must be from 0 to %d, not %d.".formatted(RequestResolver.LARGEST_SEED, item.seed()));
        if (item.width() != null) {
            sides.check("width", item.width(), faults);
        }
        if (item.height() != null) {
            sides.check("height", item.height(), faults);
        }
        SetItem complete = resolved.itemOf(resolved.firstGenerated() + index);
        return new SetItem(
                complete.prompt(), complete.seed(), complete.width(), complete.height(), options(item, faults));
    }

    /** Of its own options those that are not the set's. */
    private Map<String, Object> options(SetItem item, Faults faults) {
        if (item.attentionOptions().isEmpty()
                || !strategyOptions
                        .strategies()
                        .names()
                        .contains(resolved.sharing().attention())) {
            return item.attentionOptions();
        }
        boolean pictured = !resolved.references().isEmpty();
        Map<String, Object> own = new LinkedHashMap<>(strategyOptions.resolve(
                resolved.sharing().attention(), resolved.sharing().attentionOptions(item), pictured, faults));
        own.keySet().retainAll(item.attentionOptions().keySet());
        own.entrySet().removeAll(resolved.sharing().attentionOptions().entrySet());
        return own;
    }

    /** @param number of the item, from 1 */
    static String title(int number, SetItem item) {
        return "Image %d (%s)".formatted(number, shortened(item.prompt()));
    }

    private static String shortened(String prompt) {
        String line = prompt.replaceAll("\\s+", " ");
        return line.length() <= NAMED ? line : line.substring(0, NAMED) + "…";
    }
}
