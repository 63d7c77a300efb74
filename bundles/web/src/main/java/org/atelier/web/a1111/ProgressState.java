package org.atelier.web.a1111;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** The member {@code state} of a progress report, in which clients see whether something is generated. */
final class ProgressState {

    private ProgressState() {}

    /** @param count of images; 0 if nothing is generated */
    static JsonObject of(String job, int count, int written) {
        JsonObject state = new JsonObject();
        state.addProperty("skipped", false);
        state.addProperty("interrupted", false);
        state.addProperty("stopping_generation", false);
        state.addProperty("job", job);
        state.addProperty("job_count", count);
        state.addProperty("job_timestamp", "0");
        state.addProperty("job_no", written);
        state.addProperty("sampling_step", 0);
        state.addProperty("sampling_steps", 0);
        return state;
    }

    /** The report while nothing is generated. */
    static JsonObject idle() {
        JsonObject json = new JsonObject();
        json.addProperty("progress", 0.0);
        json.addProperty("eta_relative", 0.0);
        json.add("state", of("", 0, 0));
        json.add("current_image", JsonNull.INSTANCE);
        json.add("textinfo", JsonNull.INSTANCE);
        return json;
    }
}
