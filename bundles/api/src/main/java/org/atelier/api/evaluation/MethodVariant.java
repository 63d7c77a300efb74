package org.atelier.api.evaluation;

import java.util.Map;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/** The method and what is left without its parts: Hertz et al. 2024, section 5. */
public enum MethodVariant {
    /** Every image alone. */
    UNALIGNED("unaligned", "unaligned", "none", null),
    /** Every image attends to all. */
    FULL_SHARING("full-sharing", "full attention sharing", "full", null),
    /** Images attend to the reference, with their own queries and keys. */
    WITHOUT_ADAIN("shared-without-adain", "shared attention without AdaIN", "shared", false),
    /** The full method. */
    ALIGNED("aligned", "the full method", "shared", true);

    private final String text;
    private final String title;
    private final String attention;
    private final Boolean adain;

    /** @param adain whether queries and keys get the reference's moments; {@code null} if the attention has no such option */
    MethodVariant(String text, String title, String attention, Boolean adain) {
        this.text = text;
        this.title = title;
        this.attention = attention;
        this.adain = adain;
    }

    /** The name in folders and records. */
    public String text() {
        return text;
    }

    /** The name for tables. */
    public String title() {
        return title;
    }

    /** A request with the attention of this variant; its other attention options have their defaults. */
    public SetRequest of(SetRequest request) {
        SetRequestBuilder builder =
                request.toBuilder().attention(attention).strength(null).attentionOptions(Map.of());
        if (adain != null) {
            builder.attentionOption("adain-queries", adain).attentionOption("adain-keys", adain);
        }
        return builder.build();
    }
}
