package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the resources that a manager and its submanagers hold, from the debug dump of DJL. */
public final class HeldResources {

    private static final Pattern COUNT = Pattern.compile("resource count: (\\d+)");

    private HeldResources() {}

    public static int in(NDManager manager) {
        PrintStream console = System.out;
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        System.setOut(new PrintStream(dump, true, StandardCharsets.UTF_8));
        try {
            ((BaseNDManager) manager).debugDump(0);
        } finally {
            System.setOut(console);
        }
        int held = 0;
        Matcher counts = COUNT.matcher(dump.toString(StandardCharsets.UTF_8));
        while (counts.find()) {
            held += Integer.parseInt(counts.group(1));
        }
        return held;
    }
}
