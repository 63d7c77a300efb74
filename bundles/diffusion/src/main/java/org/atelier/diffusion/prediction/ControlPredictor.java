package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.atelier.diffusion.unet.ControlNet;
import org.atelier.diffusion.unet.Residuals;
import org.atelier.tensor.Scope;

/** Adds the residuals of ControlNets to the input of a predictor. Zhang et al. 2023. */
public final class ControlPredictor implements NoisePredictor {

    private final NoisePredictor network;
    private final List<Embedded> controls = new ArrayList<>();

    /**
     * A control with its embedded control images.
     *
     * @param byImage embedding by index of each image that runs through the network whole, (1, channel, height, width)
     *     of the latents
     */
    private record Embedded(Control control, Map<Integer, NDArray> byImage) {

        static Embedded of(Control control, IntPredicate divided, NDManager manager) {
            Map<BufferedImage, NDArray> byControlImage = new HashMap<>();
            Map<Integer, NDArray> byImage = new HashMap<>();
            control.images().forEach((index, image) -> {
                if (!divided.test(index)) {
                    byImage.put(index, byControlImage.computeIfAbsent(image, source -> control.network()
                            .embed(source, manager)));
                }
            });
            return new Embedded(control, byImage);
        }

        /** The rows of the batch that are controlled. */
        List<Integer> rows(PredictorInput input) {
            List<Integer> rows = new ArrayList<>();
            int images = input.images().size();
            for (int row = control.guessMode() ? input.rows() - images : 0; row < input.rows(); row++) {
                if (control.images().containsKey(input.images().get(row % images))) {
                    rows.add(row);
                }
            }
            return rows;
        }

        /**
         * The embedding for each row; a single row if all are the same, otherwise owned by the manager of the latents.
         */
        NDArray controlImages(List<Integer> rows, PredictorInput input) {
            Map<Integer, NDArray> ofWindows = new HashMap<>();
            List<NDArray> each = rows.stream()
                    .map(row -> row % input.images().size())
                    .map(index -> input.windows().get(index).isWhole()
                            ? byImage.get(input.images().get(index))
                            : ofWindows.computeIfAbsent(index, window -> ofWindow(window, input)))
                    .toList();
            NDArray first = each.get(0);
            if (each.stream().allMatch(one -> one == first)) {
                return first;
            }
            NDArray joined = NDArrays.concat(new NDList(each));
            joined.attach(input.latents().getManager());
            return joined;
        }

        /** Embeds the part of a control image in a window, at every pass, so that memory is that of one pass. */
        private NDArray ofWindow(int index, PredictorInput input) {
            BufferedImage image = control.images().get(input.images().get(index));
            ControlNet network = control.network();
            return network.embed(
                    input.windows().get(index).cut(image, network.factor()),
                    input.latents().getManager());
        }
    }

    /** @param manager owns the embedded control images; stays open as long as the set */
    public ControlPredictor(NoisePredictor network, List<Control> controls, NDManager manager) {
        this(network, controls, image -> false, manager);
    }

    /** @param divided whether the image of an index runs through the network in windows */
    public ControlPredictor(NoisePredictor network, List<Control> controls, IntPredicate divided, NDManager manager) {
        this.network = network;
        controls.forEach(control -> this.controls.add(Embedded.of(control, divided, manager)));
    }

    @Override
    public NDArray predict(PredictorInput input) {
        Residuals sum = Residuals.NONE;
        for (Embedded each : controls) {
            List<Integer> rows = each.rows(input);
            if (!rows.isEmpty()
                    && each.control.isActiveAt(
                            input.step().index(), input.step().count())) {
                sum = sum.plus(residuals(each.control, rows, each.controlImages(rows, input), input));
            }
        }
        return network.predict(input.adding(sum));
    }

    private static Residuals residuals(
            Control control, List<Integer> rows, NDArray controlImages, PredictorInput input) {
        int images = input.images().size();
        List<Integer> conditioned = control.promptSource() == Control.PromptSource.OWN
                ? rows
                : rows.stream().map(row -> row % images).toList();
        NDManager pass = input.latents().getManager();
        Residuals residuals = control.network()
                .forward(
                        rows(input.latents(), rows, pass),
                        input.step().timestep(),
                        input.conditioning().map(part -> rows(part, conditioned, pass)),
                        controlImages);
        Residuals weighted = (control.guessMode() ? residuals.scaledForGuessMode() : residuals).scaled(control.scale());
        int all = input.rows();
        return rows.size() == all ? weighted : weighted.map(residual -> scatter(residual, rows, all));
    }

    /** Selects rows of an array in order; owned by {@code pass} unless they are the whole array. */
    private static NDArray rows(NDArray array, List<Integer> rows, NDManager pass) {
        boolean whole = rows.size() == array.getShape().get(0);
        for (int i = 0; i < rows.size(); i++) {
            whole &= rows.get(i) == i;
        }
        if (whole) {
            return array;
        }
        NDArray selected = Scope.within(
                array,
                all -> NDArrays.concat(
                        new NDList(rows.stream().map(row -> row(all, row)).toList())));
        selected.attach(pass);
        return selected;
    }

    private static NDArray row(NDArray array, int row) {
        return array.get(row + ":" + (row + 1));
    }

    /** Puts each row at its index and zeros elsewhere. */
    private static NDArray scatter(NDArray residual, List<Integer> rows, int all) {
        NDArray zero = row(residual, 0).zerosLike();
        NDList scattered = new NDList();
        for (int row = 0; row < all; row++) {
            int at = rows.indexOf(row);
            scattered.add(at < 0 ? zero : row(residual, at));
        }
        return NDArrays.concat(scattered);
    }
}
