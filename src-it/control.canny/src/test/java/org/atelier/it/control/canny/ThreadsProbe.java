package org.atelier.it.control.canny;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.atelier.api.control.ControlPreprocessor;
import org.atelier.it.harness.PluginFactory;

/** Prepares one image on several threads at once: how many results there are, and whether they are alike. */
public final class ThreadsProbe implements Callable<String> {

    private static final int THREADS = 4;

    private static final int TIMES = 16;

    private static final int SIDE = 256;

    @Override
    public String call() throws Exception {
        return PluginFactory.<ControlPreprocessor>find(ControlPreprocessor.FACTORY, "canny")
                .use(Map.of(), ThreadsProbe::prepareAtOnce);
    }

    private static String prepareAtOnce(ControlPreprocessor control) throws InterruptedException, ExecutionException {
        BufferedImage image = rings();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<int[]>> prepared = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                prepared.add(threads.submit(
                        () -> control.prepare(image, SIDE, SIDE).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE)));
            }
            int[] first = prepared.get(0).get();
            for (Future<int[]> other : prepared) {
                if (!Arrays.equals(first, other.get())) {
                    return "different";
                }
            }
            return prepared.size() + (Arrays.stream(first).distinct().count() == 2 ? " alike" : " empty");
        } finally {
            threads.shutdown();
        }
    }

    private static BufferedImage rings() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        for (int radius = 8; radius < SIDE / 2; radius += 8) {
            pen.drawOval(SIDE / 2 - radius, SIDE / 2 - radius, 2 * radius, 2 * radius);
        }
        pen.dispose();
        return image;
    }
}
