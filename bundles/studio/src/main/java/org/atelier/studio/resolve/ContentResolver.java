package org.atelier.studio.resolve;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.diffusion.pipeline.ModelConfiguration;
import org.atelier.studio.input.InputPath;
import org.atelier.studio.input.VerifiedImage;

/** Resolves and checks the content images of a request, which the set redraws: one image for each. */
final class ContentResolver {

    private ContentResolver() {}

    /** Returns the request with an item for each content image, if it has content images and no items. */
    static SetRequest withItems(SetRequest request) {
        int contents = request.references().contents().size();
        return contents == 0 || !request.items().isEmpty()
                ? request
                : request.toBuilder()
                        .items(Collections.nCopies(contents, SetItem.of("")))
                        .build();
    }

    /**
     * Resolves the content images, and the size of each image that has none.
     *
     * @param resources reads the images
     */
    static void resolve(
            SetRequest request,
            SetRequestBuilder resolved,
            ModelConfiguration model,
            SetResources resources,
            Faults faults) {
        List<ImageFile> contents = request.references().contents();
        if (contents.isEmpty()) {
            return;
        }
        check(request, faults);
        List<ImageFile> complete = new ArrayList<>();
        List<SetItem> items = new ArrayList<>(request.items());
        for (ImageFile content : contents) {
            Path file = InputPath.of(content.file());
            String sha256 = VerifiedImage.sha256(file, content.sha256(), "--content", resources.inputs(), faults);
            int index = complete.size();
            if (sha256 != null && index < items.size() && takesSizeOfContent(request, items.get(index))) {
                sized(items, index, file, model, resources, faults);
            }
            complete.add(new ImageFile(file.toString(), sha256));
        }
        resolved.contents(complete).items(items);
    }

    private static void check(SetRequest request, Faults faults) {
        int contents = request.references().contents().size();
        faults.require(
                request.card() == null,
                "A style card stores no style for content images; give the reference with --reference, or omit the contents.");
        faults.require(
                request.card() != null || request.references().images().size() == 1,
                "Content images are redrawn in the style of exactly one --reference, not %d."
                        .formatted(request.references().images().size()));
        faults.require(
                request.items().size() == contents,
                "There are %d prompts for %d content images; give one for each, or none."
                        .formatted(request.items().size(), contents));
        faults.require(
                request.initImages().isEmpty(),
                "Images that redraw content images start from those; omit --init-image and --mask, or the contents.");
        faults.require(
                !request.panorama().enabled(),
                "Content images are redrawn whole, not in windows; omit --panorama, or the contents.");
        Integer offset = request.inversion().offset();
        faults.require(
                offset == null || offset == 0,
                "Content images are redrawn from the noisiest latents, so the inversion-offset must be 0, not %d."
                        .formatted(offset));
    }

    private static boolean takesSizeOfContent(SetRequest request, SetItem item) {
        return item.width() == null
                && item.height() == null
                && request.sampling().width() == null
                && request.sampling().height() == null;
    }

    private static void sized(
            List<SetItem> items,
            int index,
            Path file,
            ModelConfiguration model,
            SetResources resources,
            Faults faults) {
        try {
            BufferedImage content =
                    VerifiedImage.read(file, resources.inputs()).open().upright();
            SetItem item = items.get(index);
            // Larger images than the model was trained with repeat their content, and need much more time and memory.
            double area = (double) model.width() * model.height();
            double shrunk = Math.min(1, Math.sqrt(area / ((double) content.getWidth() * content.getHeight())));
            items.set(
                    index,
                    new SetItem(
                            item.prompt(),
                            item.seed(),
                            side(content.getWidth() * shrunk, model.factor()),
                            side(content.getHeight() * shrunk, model.factor()),
                            item.strength(),
                            item.attentionOptions()));
        } catch (AtelierException e) {
            faults.add(e);
        }
    }

    private static int side(double pixels, int factor) {
        return Math.max(1, (int) (pixels / factor)) * factor;
    }

    /** Refuses content images for a strategy that redraws none, and such a strategy without content images. */
    static void checkStrategies(SetRequest request, SetStrategies strategies, Faults faults) {
        String attention = request.sharing().attention();
        AttentionStrategy common = strategies.common();
        boolean hasContents = !request.references().contents().isEmpty();
        if (common.restyling().isEmpty()) {
            faults.require(
                    !hasContents,
                    "The attention '%s' redraws no content images; choose injection, or omit the contents."
                            .formatted(attention));
            return;
        }
        faults.require(
                hasContents,
                "The attention '%s' redraws content images; give at least one with --content, or choose shared."
                        .formatted(attention));
        faults.require(
                request.items().stream()
                        .map(strategies::of)
                        .allMatch(own -> Objects.equals(own.restyling(), common.restyling())),
                "The options of '%s' that concern inversion and initial latents apply to the whole set, not to single images."
                        .formatted(attention));
    }
}
