package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;
import org.atelier.api.attention.Reference;
import org.atelier.api.attention.SelfAttentionLayer;
import org.atelier.attention.shared.Options;
import org.atelier.attention.shared.SharedAttention;

/** The strategies that the reference fixtures were made with. */
final class Strategies {

    private Strategies() {}

    /** The real plugin with a fixture's flags; without flags, no sharing. */
    static AttentionStrategy of(JsonObject flags) {
        return flags == null ? unaligned() : new SharedAttention(options(flags));
    }

    static AttentionStrategy shared() {
        return of(new JsonObject());
    }

    /** With every option that makes the plugin compute something of the reference. */
    static AttentionStrategy everything() {
        return of(JsonParser.parseString("{\"adain-values\": true, \"share-group-norm\": true, \"score-scale\": 0.5,"
                        + " \"score-shift\": 0.7}")
                .getAsJsonObject());
    }

    static AttentionStrategy unaligned() {
        return new AttentionStrategy() {
            @Override
            public Attention at(SelfAttentionLayer layer) {
                return Attention.plain();
            }

            @Override
            public Coupling coupling() {
                return Coupling.NONE;
            }
        };
    }

    /** All images attend to the tokens of all: what the reference calls full sharing. */
    static AttentionStrategy full() {
        return new AttentionStrategy() {
            @Override
            public Attention at(SelfAttentionLayer layer) {
                return Strategies::attendToAll;
            }

            @Override
            public Coupling coupling() {
                return Coupling.SET;
            }
        };
    }

    private static NDArray attendToAll(Heads own, List<Reference> references, Kernels kernels) {
        List<Part> parts = new ArrayList<>();
        for (long image = 0; image < own.key().getShape().get(0); image++) {
            String at = image + ":" + (image + 1);
            parts.add(Part.of(own.key().get(at), own.value().get(at)));
        }
        return kernels.attend(own.query(), parts);
    }

    private static Options options(JsonObject flags) {
        return (Options) Proxy.newProxyInstance(
                Options.class.getClassLoader(), new Class<?>[] {Options.class}, (proxy, method, arguments) -> {
                    JsonPrimitive value = flags.getAsJsonPrimitive(kebab(method));
                    if (value == null) {
                        return method.getDefaultValue();
                    }
                    return value.isBoolean() ? (Object) value.getAsBoolean() : (Object) value.getAsDouble();
                });
    }

    private static String kebab(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
