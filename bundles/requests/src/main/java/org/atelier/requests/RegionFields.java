package org.atelier.requests;

import java.util.List;
import org.atelier.api.region.Region;
import org.atelier.api.set.ImageFile;

/** The fields of a region: a part of an image with a prompt of its own. */
final class RegionFields {

    private static final Field<Region, Integer> IMAGE = Field.of(
                    "image",
                    SimpleType.integer().atLeast(0),
                    "The number of the image, as in its file name.",
                    Region::image)
            .describeDefault("every image but one that is the reference of the others");
    private static final Field<Region, String> PROMPT = Field.of(
                    "prompt",
                    SharedTypes.PROMPT,
                    "What the region shows; the style and the contexts are appended.",
                    Region::prompt)
            .mandatory();
    private static final Field<Region, ImageFile> MASK = Field.of(
                    "mask",
                    ImageFileFields.TYPE,
                    "The region is white, the rest is black. A mask of another size than the image is resized.",
                    RegionFields::mask)
            .mandatory();

    static final ObjectType<Region> OBJECT = new ObjectType<>(
            "a region",
            List.of(IMAGE, PROMPT, MASK),
            values -> new Region(
                    values.get(IMAGE),
                    values.get(PROMPT),
                    values.get(MASK).file(),
                    values.get(MASK).sha256()));

    private RegionFields() {}

    private static ImageFile mask(Region region) {
        return new ImageFile(region.mask(), region.sha256());
    }
}
