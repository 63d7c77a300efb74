package org.atelier.evaluation;

import java.nio.file.Path;
import org.atelier.api.Faults;
import org.atelier.html.OutputFolder;

/** The folder of an evaluation: empty at the start, later with the sets' folders, the report, its table and the record. */
record ReportFolder(Path path) {

    static final String REPORT = "report.html";
    static final String TABLE = "findings.csv";
    static final String RECORD = "evaluation.json";

    /** @param faults collects a fault if the folder is not empty */
    void check(Faults faults) {
        new OutputFolder(path).check(faults);
    }

    /** The folder of one set: {@code seed-1/aligned}. */
    Path set(long seed, String variant) {
        return path.resolve("seed-" + seed).resolve(variant);
    }

    /** Writes a file atomically: to a temporary file, which is forced to disk and then renamed. */
    Path write(String name, String text) {
        return new OutputFolder(path).write(name, text);
    }
}
