package org.atelier.doctor;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** What a check told, a line for each entry: {@code STATUS message}. */
public final class LoggedEntries {

    private LoggedEntries() {}

    public static List<String> of(Result result) {
        List<String> lines = new ArrayList<>();
        for (ResultLog.Entry entry : result) {
            lines.add(entry.getStatus() + " " + entry.getMessage());
        }
        return lines;
    }
}
