package org.atelier.evaluation;

import java.util.List;
import java.util.Map;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation.Variant;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** The method and its parts: Hertz et al. 2024, section 5. */
final class AblationDefinition implements ExperimentDefinition {

    private static final String BASELINE = "unaligned";

    @Override
    public String name() {
        return "ablation";
    }

    @Override
    public String title() {
        return "Ablation";
    }

    @Override
    public String explanation() {
        return "Every row has the same prompts and the same noise."
                + " In the last two rows the first image is the reference of the others.";
    }

    @Override
    public void check(SetRequest set, Faults faults) {
        faults.require(
                set.items().size() >= 2, "An ablation compares the images of a set: it needs at least 2 prompts.");
        faults.require(
                set.references().isEmpty(),
                "An ablation does not support reference images, because full attention sharing cannot use them.");
    }

    @Override
    public List<ComparedRequest> requests(SetRequest set) {
        return List.of(
                request("unaligned", "unaligned", "none", Map.of()),
                request("full-sharing", "full attention sharing", "full", Map.of()),
                request("shared-without-adain", "shared attention without AdaIN", "shared", adain(false)),
                request("aligned", "the full method", "shared", adain(true)));
    }

    private static Map<String, Boolean> adain(boolean used) {
        return Map.of("adain-queries", used, "adain-keys", used);
    }

    private static ComparedRequest request(String name, String title, String attention, Map<String, Boolean> options) {
        return new ComparedRequest(Variant.single(name, title, BASELINE), common -> {
            SetRequestBuilder request = common.toBuilder().attention(attention).attentionOptions(Map.of());
            options.forEach(request::attentionOption);
            return request.build();
        });
    }
}
