package org.atelier.requests;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.requests.tree.RequestNode;

/**
 * An item as a request file can write it: with the picture that its image starts from. A request has these pictures in
 * lists of the set.
 *
 * @param item the image
 * @param initImage its init image; {@code null}: none of its own
 * @param mask its mask; {@code null}: none of its own
 */
record PicturedItem(SetItem item, ImageFile initImage, ImageFile mask) {

    /** The key of an item's own init image, and of its mask. */
    static final String INIT_IMAGE = "init_image";

    static final String MASK = "mask";

    private static final String ITEMS = "items";
    private static final String INIT_IMAGES = "init_images";
    private static final String MASKS = "masks";

    /** An item without pictures of its own. */
    static PicturedItem of(SetItem item) {
        return new PicturedItem(item, null, null);
    }

    /** The items of a request, whose pictures are in lists of the set. */
    static List<PicturedItem> of(SetRequest request) {
        return request.items().stream().map(PicturedItem::of).toList();
    }

    /** Whether it has nothing but a prompt. */
    boolean isPromptOnly() {
        return item.isPromptOnly() && initImage == null && mask == null;
    }

    /** Sets the items, and the lists of the pictures that they have. */
    static void into(SetRequestBuilder request, List<PicturedItem> items) {
        request.items(items.stream().map(PicturedItem::item).toList());
        List<ImageFile> images = pictures(items, PicturedItem::initImage);
        if (!images.isEmpty()) {
            request.initImages(images);
        }
        List<ImageFile> masks = pictures(items, PicturedItem::mask);
        if (!masks.isEmpty()) {
            request.masks(masks);
        }
    }

    private static List<ImageFile> pictures(List<PicturedItem> items, Function<PicturedItem, ImageFile> picture) {
        return items.stream().map(picture).filter(Objects::nonNull).toList();
    }

    /**
     * Checks that pictures are given either by the set or by every item.
     *
     * @param request the members of a request
     */
    static void check(Map<String, RequestNode> request) {
        if (request.containsKey(ITEMS) && request.get(ITEMS).isList()) {
            List<RequestNode> items = request.get(ITEMS).elements(ITEMS);
            check(request, items, INIT_IMAGE, INIT_IMAGES);
            check(request, items, MASK, MASKS);
        }
    }

    private static void check(Map<String, RequestNode> request, List<RequestNode> items, String own, String common) {
        List<RequestNode> with = items.stream()
                .filter(item -> item.isObject() && item.members().containsKey(own))
                .toList();
        if (with.isEmpty()) {
            return;
        }
        if (request.containsKey(common)) {
            throw with.get(0)
                    .fault("an item has its own %s beside the set's %s; omit one of them".formatted(own, common));
        }
        if (with.size() < items.size()) {
            RequestNode first = items.stream()
                    .filter(item -> !with.contains(item))
                    .findFirst()
                    .orElseThrow();
            throw first.fault("this item lacks the %s that others have; give one to every item, or %s to the set"
                    .formatted(own, common));
        }
    }
}
