package org.atelier.evaluation;

import java.util.Map;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** The variants that an ablation compares: Hertz et al. 2024, section 5. */
enum Variant {
    /** Independent images: the baseline. */
    UNALIGNED("unaligned", "unaligned", "none"),
    /** Every image attends to all images. */
    FULL_SHARING("full-sharing", "full attention sharing", "full"),
    /** Every image attends to the reference, without AdaIN. */
    WITHOUT_ADAIN("shared-without-adain", "shared attention without AdaIN", "shared"),
    /** The full method. */
    ALIGNED("aligned", "the full method", "shared");

    private final String id;
    private final String title;
    private final String attention;

    Variant(String id, String title, String attention) {
        this.id = id;
        this.title = title;
        this.attention = attention;
    }

    /** Its name in folders and in the record. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** The request of this variant. */
    SetRequest of(SetRequest common) {
        SetRequestBuilder request = common.toBuilder().attention(attention).attentionOptions(Map.of());
        if (attention.equals("shared")) {
            boolean withAdain = this == ALIGNED;
            request.attentionOption("adain-queries", withAdain).attentionOption("adain-keys", withAdain);
        }
        return request.build();
    }
}
