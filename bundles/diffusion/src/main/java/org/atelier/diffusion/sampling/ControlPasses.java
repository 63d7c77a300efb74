package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.unet.Residuals;
import org.atelier.tensor.Scope;

/** A set's ControlNets: before each pass of pictures through the UNet they say what is added to its features. */
public final class ControlPasses {

    private final List<Control> controls;
    private final GuidanceHalves halves;
    private final List<Map<Integer, NDArray>> embedded = new ArrayList<>();

    /** @param manager that what is kept of the control pictures belongs to; lives as long as the set */
    public ControlPasses(List<Control> controls, GuidanceHalves halves, NDManager manager) {
        this.controls = List.copyOf(controls);
        this.halves = halves;
        for (Control control : controls) {
            Map<BufferedImage, NDArray> once = new HashMap<>();
            Map<Integer, NDArray> byPlace = new HashMap<>();
            control.pictures()
                    .forEach((place, picture) ->
                            byPlace.put(place, once.computeIfAbsent(picture, drawn -> control.network()
                                    .embed(drawn, manager))));
            embedded.add(byPlace);
        }
    }

    /**
     * What a pass is to add.
     *
     * @param pictures that pass, by their places in the set; once for each half of guidance
     * @param step counted from 0
     * @param latents as the UNet sees them, (half · picture, channel, height, width); the result is in their manager
     * @param condition of as many images
     */
    public Residuals residuals(
            List<Integer> pictures, int step, int steps, double timestep, NDArray latents, Conditioning condition) {
        Residuals sum = Residuals.NONE;
        for (int i = 0; i < controls.size(); i++) {
            Control control = controls.get(i);
            List<Integer> rows = rows(control, pictures);
            if (!rows.isEmpty() && control.actsAt(step, steps)) {
                NDArray followed = followed(embedded.get(i), rows, pictures, latents.getManager());
                sum = sum.plus(residuals(control, rows, pictures.size(), timestep, latents, condition, followed));
            }
        }
        return sum;
    }

    /** The rows of the pass that follow the control. */
    private List<Integer> rows(Control control, List<Integer> pictures) {
        List<Integer> rows = new ArrayList<>();
        int first = control.guess() ? halves.count() - 1 : 0;
        for (int half = first; half < halves.count(); half++) {
            for (int i = 0; i < pictures.size(); i++) {
                if (control.pictures().containsKey(pictures.get(i))) {
                    rows.add(half * pictures.size() + i);
                }
            }
        }
        return rows;
    }

    /** What each row follows; a single row where all follow the same, else of the pass's manager. */
    private static NDArray followed(
            Map<Integer, NDArray> byPlace, List<Integer> rows, List<Integer> pictures, NDManager pass) {
        List<NDArray> each = rows.stream()
                .map(row -> byPlace.get(pictures.get(row % pictures.size())))
                .toList();
        NDArray first = each.get(0);
        if (each.stream().allMatch(one -> one == first)) {
            return first;
        }
        NDArray joined = NDArrays.concat(new NDList(each));
        joined.attach(pass);
        return joined;
    }

    private static Residuals residuals(
            Control control,
            List<Integer> rows,
            int pictures,
            double timestep,
            NDArray latents,
            Conditioning condition,
            NDArray followed) {
        List<Integer> told = control.words() == Control.Words.OWN
                ? rows
                : rows.stream().map(row -> row % pictures).toList();
        NDManager pass = latents.getManager();
        Residuals found = control.network()
                .forward(rows(latents, rows, pass), timestep, condition.map(part -> rows(part, told, pass)), followed);
        Residuals weighted = (control.guess() ? found.rising() : found).scaled(control.scale());
        int all = (int) latents.getShape().get(0);
        return rows.size() == all ? weighted : weighted.map(residual -> spread(residual, rows, all));
    }

    /** These rows of an array, in that order; of the pass's manager unless they are the whole array. */
    private static NDArray rows(NDArray array, List<Integer> rows, NDManager pass) {
        boolean whole = rows.size() == array.getShape().get(0);
        for (int i = 0; i < rows.size(); i++) {
            whole &= rows.get(i) == i;
        }
        if (whole) {
            return array;
        }
        NDArray taken = Scope.within(
                array,
                all -> NDArrays.concat(
                        new NDList(rows.stream().map(row -> row(all, row)).toList())));
        taken.attach(pass);
        return taken;
    }

    private static NDArray row(NDArray array, int row) {
        return array.get(row + ":" + (row + 1));
    }

    /** Each row at its place among zeros. */
    private static NDArray spread(NDArray residual, List<Integer> rows, int all) {
        NDArray zero = row(residual, 0).zerosLike();
        NDList spread = new NDList();
        for (int row = 0; row < all; row++) {
            int at = rows.indexOf(row);
            spread.add(at < 0 ? zero : row(residual, at));
        }
        return NDArrays.concat(spread);
    }
}
