package org.atelier.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The input files of a campaign, which every executor gets once, under their hash. Spark sends files from the driver's disk, so
 * their size is not limited by memory.
 */
final class InputFiles {

    private final Map<String, String> names = new HashMap<>();

    /**
     * Copies the files of sets and gives them to Spark.
     *
     * @param folder for the copies, which stay until the job ends
     * @throws JobException that lists every file that is not what it was when the campaign was resolved
     */
    static InputFiles ship(List<PlannedSet> sets, Path folder, JavaSparkContext spark) throws IOException {
        InputFiles files = new InputFiles();
        List<String> faults = new ArrayList<>();
        for (PlannedSet set : sets) {
            for (CampaignSet.Input input : set.set().inputs()) {
                if (files.names.containsKey(input.path())) {
                    continue;
                }
                String name = input.sha256() + extension(input.path());
                Path copy = folder.resolve(name);
                if (Files.exists(copy)) {
                    files.names.put(input.path(), name);
                    continue;
                }
                String fault = copy(input, copy);
                if (fault != null) {
                    faults.add(fault);
                    continue;
                }
                spark.addFile(copy.toUri().toString());
                files.names.put(input.path(), name);
            }
        }
        if (!faults.isEmpty()) {
            throw new JobException("input_unreadable", String.join("\n", faults));
        }
        return files;
    }

    /** Copies a file. @return the fault, or {@code null} */
    private static String copy(CampaignSet.Input input, Path copy) throws IOException {
        if (!Files.isRegularFile(Path.of(input.path()))) {
            return input.path() + " does not exist any more; restore it, or choose another folder for the batch.";
        }
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(Path.of(input.path())), digest)) {
            Files.copy(in, copy);
        }
        if (HexFormat.of().formatHex(digest.digest()).equals(input.sha256())) {
            return null;
        }
        Files.delete(copy);
        return input.path()
                + " has changed since this batch was started; restore it, or choose another folder for the batch.";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String extension(String path) {
        String name = String.valueOf(Path.of(path).getFileName());
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot);
        return extension.matches("\\.[A-Za-z0-9]{1,16}") ? extension : "";
    }

    /** The shipped names of the inputs of a set, by path. */
    Map<String, String> of(CampaignSet set) {
        Map<String, String> own = new HashMap<>();
        set.inputs().forEach(input -> own.put(input.path(), names.get(input.path())));
        return own;
    }

    /** Where a shipped file is on this machine. */
    static String local(String name) {
        return SparkFiles.get(name);
    }
}
