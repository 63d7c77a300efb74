package org.atelier.wire;

import com.google.gson.JsonObject;
import org.atelier.api.health.Finding;

/** Converts health findings to and from JSON. */
public final class FindingJson {

    private FindingJson() {}

    public static JsonObject of(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("check", finding.check());
        json.addProperty("severity", Members.written(finding.severity()));
        json.addProperty("subject", finding.subject());
        json.addProperty("message", finding.message());
        json.addProperty("remedy", finding.remedy());
        return json;
    }

    /** @throws RuntimeException if it is not a finding */
    public static Finding read(JsonObject json) {
        Members members = new Members(json);
        return new Finding(
                members.text("check"),
                Members.constant(Finding.Severity.class, members.text("severity")),
                members.text("subject"),
                members.text("message"),
                members.text("remedy"));
    }
}
