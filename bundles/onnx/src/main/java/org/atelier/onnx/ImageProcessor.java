package org.atelier.onnx;

import java.awt.image.BufferedImage;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.models.json.Settings;
import org.atelier.pictures.Resampling;

/** Preprocesses images by {@code preprocessor_config.json}: resizes, crops, rescales, normalises and pads. */
public final class ImageProcessor {

    private final Settings settings;
    private final ImageSize size;
    private final int divisor;
    private final Resampling filter;
    private final float[] mean;
    private final float[] deviation;
    private final float scale;

    private ImageProcessor(Settings settings) {
        this.settings = settings;
        this.size = ImageSize.of(settings);
        this.divisor = settings.flag("do_pad", false) ? ImageSize.side(settings, "size_divisor") : 1;
        this.filter = filter(settings);
        boolean normalised = settings.flag("do_normalize", true);
        this.mean = normalised ? channels("image_mean") : new float[3];
        this.deviation = normalised ? channels("image_std") : new float[] {1, 1, 1};
        this.scale = settings.flag("do_rescale", true) ? (float) settings.number("rescale_factor", 1 / 255.) : 1;
    }

    /**
     * Reads a processor's settings.
     *
     * @param settings {@code preprocessor_config.json}
     * @throws AtelierException MODEL_INVALID naming file and key
     */
    public static ImageProcessor of(Settings settings) {
        ImageProcessor processor = new ImageProcessor(settings);
        processor.sized(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        return processor;
    }

    /**
     * Preprocesses an image.
     *
     * @param image opaque red-green-blue
     * @return (1, channel, height, width), to be closed by the caller
     */
    public Tensor process(BufferedImage image) {
        return normalised(sized(image), divisor);
    }

    /**
     * Pixels as numbers, whatever the image's size.
     *
     * @return (1, channel, height, width), to be closed by the caller
     */
    public Tensor normalised(BufferedImage image) {
        return normalised(image, 1);
    }

    /** Pads both sides with zeros to multiples of {@code multiple}; an odd row or column is added at the bottom or right. */
    private Tensor normalised(BufferedImage image, int multiple) {
        int width = image.getWidth();
        int height = image.getHeight();
        int fullWidth = upTo(width, multiple);
        int fullHeight = upTo(height, multiple);
        int left = (fullWidth - width) / 2;
        int top = (fullHeight - height) / 2;
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        float[] values = new float[3 * fullWidth * fullHeight];
        for (int channel = 0; channel < 3; channel++) {
            int shift = 16 - 8 * channel;
            for (int i = 0; i < pixels.length; i++) {
                float level = (pixels[i] >> shift & 0xFF) * scale;
                int row = channel * fullHeight + top + i / width;
                values[row * fullWidth + left + i % width] = (level - mean[channel]) / deviation[channel];
            }
        }
        return Tensor.floats(values, 1, 3, fullHeight, fullWidth);
    }

    private static int upTo(int side, int multiple) {
        return (side + multiple - 1) / multiple * multiple;
    }

    /** The filter that the settings name. */
    public Resampling filter() {
        return filter;
    }

    private BufferedImage sized(BufferedImage image) {
        BufferedImage resized = settings.flag("do_resize", true) ? size.resize(image, filter) : image;
        return settings.flag("do_center_crop", false) ? cropped(resized) : resized;
    }

    private BufferedImage cropped(BufferedImage image) {
        boolean isObject = settings.isObject("crop_size");
        int width = isObject
                ? ImageSize.side(settings.object("crop_size"), "width")
                : ImageSize.side(settings, "crop_size");
        int height = isObject
                ? ImageSize.side(settings.object("crop_size"), "height")
                : ImageSize.side(settings, "crop_size");
        BufferedImage cropped = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int left = Math.floorDiv(image.getWidth() - width, 2);
        int top = Math.floorDiv(image.getHeight() - height, 2);
        for (int y = Math.max(0, -top); y < Math.min(height, image.getHeight() - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(width, image.getWidth() - left); x++) {
                cropped.setRGB(x, y, image.getRGB(left + x, top + y));
            }
        }
        return cropped;
    }

    private static Resampling filter(Settings settings) {
        int code = settings.integer("resample", 3);
        return Resampling.ofCode(code)
                .orElseThrow(
                        () -> Fault.in(settings.file(), "resample = " + code + " is no filter, which are 0 to 5."));
    }

    private float[] channels(String key) {
        List<Double> numbers = settings.numbers(key);
        if (numbers.size() != 3) {
            throw Fault.in(settings.file(), key + " should be three numbers, one for each colour.");
        }
        return new float[] {
            numbers.get(0).floatValue(),
            numbers.get(1).floatValue(),
            numbers.get(2).floatValue()
        };
    }
}
