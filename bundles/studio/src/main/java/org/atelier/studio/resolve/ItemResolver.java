package org.atelier.studio.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.plugins.StrategyOptions;

/** Resolves and checks the values of each image, so that any image can be generated again alone. */
final class ItemResolver {

    private static final int MAX_TITLE_LENGTH = 40;

    private final SetRequest request;
    private final SetRequest resolved;
    private final ImageSides sides;
    private final StrategyOptions strategyOptions;

    /**
     * @param request the original request
     * @param resolved the same request with seed, size and options of the set resolved
     */
    ItemResolver(SetRequest request, SetRequest resolved, ImageSides sides, StrategyOptions strategyOptions) {
        this.request = request;
        this.resolved = resolved;
        this.sides = sides;
        this.strategyOptions = strategyOptions;
    }

    /** Returns the resolved items. */
    List<SetItem> resolve(Faults faults) {
        List<SetItem> items = new ArrayList<>();
        for (SetItem item : request.items()) {
            Faults own = new Faults();
            int index = items.size();
            items.add(resolve(item, index, own));
            faults.addAll(title(request, index), own);
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

    /** Returns the options of an item that differ from those of the set. */
    private Map<String, Object> options(SetItem item, Faults faults) {
        if (item.attentionOptions().isEmpty()
                || !strategyOptions
                        .strategies()
                        .names()
                        .contains(resolved.sharing().attention())) {
            return item.attentionOptions();
        }
        Map<String, Object> own = new LinkedHashMap<>(strategyOptions.resolve(
                resolved.sharing().attention(),
                resolved.sharing().attentionOptions(item),
                PanoramaResolver.defaults(resolved),
                faults));
        own.keySet().retainAll(item.attentionOptions().keySet());
        own.entrySet().removeAll(resolved.sharing().attentionOptions().entrySet());
        return own;
    }

    /** Names the image of item {@code index}, with the number of its file. */
    static String title(SetRequest request, int index) {
        return "Image %d (%s)"
                .formatted(
                        request.firstGenerated() + index,
                        shortened(request.items().get(index).prompt()));
    }

    private static String shortened(String prompt) {
        String line = prompt.replaceAll("\\s+", " ");
        return line.length() <= MAX_TITLE_LENGTH ? line : line.substring(0, MAX_TITLE_LENGTH) + "…";
    }
}
