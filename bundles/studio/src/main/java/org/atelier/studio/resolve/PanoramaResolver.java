package org.atelier.studio.resolve;

import java.util.ArrayList;
import java.util.List;
import org.atelier.api.Faults;
import org.atelier.api.Plugins;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.diffusion.window.WindowGrid;

/** Resolves the panoramas of a request. Their windows have the model's own size. */
public final class PanoramaResolver {

    /** The default stride, in latents, as in MultiDiffusion. */
    private static final int DEFAULT_STRIDE = 8;

    private PanoramaResolver() {}

    /** Resolves and checks the stride. */
    static void resolve(SetRequest request, SetRequestBuilder resolved, ModelConfiguration model, Faults faults) {
        if (!request.panorama().enabled()) {
            return;
        }
        int factor = model.factor();
        int largest = Math.min(model.width(), model.height());
        int stride = request.panorama().stride() == null
                ? Math.min(DEFAULT_STRIDE * factor, largest)
                : request.panorama().stride();
        faults.require(
                stride >= factor && stride % factor == 0 && stride <= largest,
                "The panorama-stride must be a multiple of %d from %d to %d, the size of a window, not %d."
                        .formatted(factor, factor, largest, stride));
        resolved.panoramaStride(stride);
    }

    /** The attention options with other defaults in this set: prefixes of properties. */
    static List<String> defaults(SetRequest request) {
        List<String> prefixes = new ArrayList<>();
        if (!request.references().isEmpty()) {
            prefixes.add(Plugins.WITH_REFERENCES);
        }
        if (request.panorama().enabled()) {
            prefixes.add(Plugins.WITH_PANORAMAS);
        }
        return prefixes;
    }

    /** Returns the set in which image 0 has the model's own size if it is the reference of the others. */
    static OpenedSet sized(SetRequest given, OpenedSet set) {
        SetRequest request = set.request();
        if (!request.panorama().enabled() || request.card() != null || !isReference(set, 0)) {
            return set;
        }
        SetItem first = request.items().get(0);
        List<SetItem> items = new ArrayList<>(request.items());
        items.set(
                0,
                new SetItem(
                        first.prompt(),
                        first.seed(),
                        given.items().get(0).width() == null
                                ? Integer.valueOf(set.model().width())
                                : first.width(),
                        given.items().get(0).height() == null
                                ? Integer.valueOf(set.model().height())
                                : first.height(),
                        first.strength(),
                        first.attentionOptions()));
        return set.withTexts(request.toBuilder().items(items).build());
    }

    /** Checks the sizes of the images. */
    static void check(OpenedSet set, Faults faults) {
        SetRequest request = set.request();
        if (!request.panorama().enabled()) {
            return;
        }
        int width = set.model().width();
        int height = set.model().height();
        for (int index = 0; index < request.items().size(); index++) {
            SetItem item = request.items().get(index);
            if (!isReference(set, index)) {
                faults.require(
                        item.width() >= width && item.height() >= height,
                        "%s: A panorama is at least as large as its windows, %dx%d, the model's own size, not %dx%d; choose a larger size, or omit --panorama."
                                .formatted(
                                        ItemResolver.title(request, index),
                                        width,
                                        height,
                                        item.width(),
                                        item.height()));
            } else if (request.card() == null) {
                faults.require(
                        item.width() == width && item.height() == height,
                        "%s: In a set of panoramas the reference of the others has the model's own size, %dx%d; omit its size."
                                .formatted(ItemResolver.title(request, index), width, height));
            }
        }
    }

    /** Whether an item is the reference of the other images. */
    public static boolean isReference(OpenedSet set, int index) {
        SetRequest request = set.request();
        return index == 0
                && request.references().isEmpty()
                && (request.items().size() > 1 || request.card() != null)
                && set.strategies().common().coupling() == Coupling.REFERENCES;
    }

    /** Returns the windows of an item; {@code null} if it runs through the network whole. */
    public static WindowGrid grid(OpenedSet set, int index) {
        SetRequest request = set.request();
        if (!request.panorama().enabled() || isReference(set, index)) {
            return null;
        }
        int factor = set.model().factor();
        return new WindowGrid(
                set.model().height() / factor,
                set.model().width() / factor,
                request.panorama().stride() / factor,
                request.panorama().circular());
    }

    /** Returns the width of the given references. */
    public static int referenceWidth(OpenedSet set) {
        return set.request().panorama().enabled()
                ? set.model().width()
                : set.request().sampling().width();
    }

    /** Returns the height of the given references. */
    public static int referenceHeight(OpenedSet set) {
        return set.request().panorama().enabled()
                ? set.model().height()
                : set.request().sampling().height();
    }

    /** Returns the width of what runs through the network for an item. */
    static int viewWidth(SetRequest request, ModelConfiguration model, SetItem item) {
        return request.panorama().enabled() ? Math.min(item.width(), model.width()) : item.width();
    }

    /** Returns the height of what runs through the network for an item. */
    static int viewHeight(SetRequest request, ModelConfiguration model, SetItem item) {
        return request.panorama().enabled() ? Math.min(item.height(), model.height()) : item.height();
    }
}
