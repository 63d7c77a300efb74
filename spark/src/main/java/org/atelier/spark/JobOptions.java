package org.atelier.spark;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of the job.
 *
 * @param campaign a campaign file, read by the driver
 * @param out the folder of the batch, a path or URI of a file system of Hadoop
 * @param home Atelier's folder on every machine; {@code null} for the archive of the job
 * @param threads of the processor that generate an image; {@code null} for the processors of a task
 * @param imagesPerSlice images of a slice; {@code null} to choose by cost
 */
record JobOptions(String campaign, String out, String home, Integer threads, Integer imagesPerSlice) {

    static final String USAGE =
            "Usage: spark-submit --archives atelier.zip#atelier [OPTIONS OF SPARK] atelier-spark.jar CAMPAIGN --out URI"
                    + " [--threads N] [--images-per-slice N] [--home DIR]";

    /** @throws JobException that lists every fault */
    static JobOptions parse(String[] arguments) {
        List<String> faults = new ArrayList<>();
        String campaign = null;
        String out = null;
        String home = null;
        Integer threads = null;
        Integer imagesPerSlice = null;
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (!option.startsWith("-")) {
                if (campaign != null) {
                    faults.add("The job takes one campaign file, not also '%s'.".formatted(option));
                }
                campaign = option;
                continue;
            }
            int equals = option.indexOf('=');
            String value = null;
            if (equals > 0) {
                value = option.substring(equals + 1);
                option = option.substring(0, equals);
            } else if (i + 1 < arguments.length) {
                i++;
                value = arguments[i];
            }
            switch (option) {
                case "-o", "--out" -> out = text(option, value, faults);
                case "--home" -> home = text(option, value, faults);
                case "--threads" -> threads = number(option, value, faults);
                case "--images-per-slice" -> imagesPerSlice = number(option, value, faults);
                default -> faults.add("Unknown option '%s'.".formatted(option));
            }
        }
        if (campaign == null) {
            faults.add("The campaign file is missing.");
        }
        if (out == null) {
            faults.add("--out is missing: the folder of the batch, such as s3a://bucket/spring.");
        }
        if (!faults.isEmpty()) {
            throw new JobException("invalid_request", String.join("\n", faults) + "\n" + USAGE);
        }
        return new JobOptions(campaign, out, home, threads, imagesPerSlice);
    }

    private static String text(String option, String value, List<String> faults) {
        if (value == null || value.isEmpty()) {
            faults.add(option + " needs a value.");
        }
        return value;
    }

    private static Integer number(String option, String value, List<String> faults) {
        try {
            int number = Integer.parseInt(String.valueOf(value));
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The fault is the same.
        }
        faults.add("%s takes a number from 1, not '%s'.".formatted(option, value));
        return null;
    }
}
