package org.atelier.evaluation;

import java.util.Map;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** The ways of generation that an ablation compares: Hertz et al. 2024, section 5. */
enum Variant {
    /** Every image by itself; what the others are measured against. */
    UNALIGNED("unaligned", "unaligned", "none"),
    /** Every image attends to all. */
    FULL_SHARING("full-sharing", "full attention sharing", "full"),
    /** Every image attends to the reference, as it is. */
    WITHOUT_ADAIN("shared-without-adain", "shared attention without AdaIN", "shared"),
    /** The method. */
    ALIGNED("aligned", "the full method", "shared");

    private final String id;
    private final String title;
    private final String attention;

    Variant(String id, String title, String attention) {
        this.id = id;
        this.title = title;
        this.attention = attention;
    }

    /** The name of its folders, and in the record. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** What is generated this way from what all have in common. */
    SetRequest of(SetRequest common) {
        SetRequestBuilder request = common.toBuilder().attention(attention).attentionOptions(Map.of());
        if (attention.equals("shared")) {
            boolean isWhole = this == ALIGNED;
            request.attentionOption("adain-queries", isWhole).attentionOption("adain-keys", isWhole);
        }
        return request.build();
    }
}
