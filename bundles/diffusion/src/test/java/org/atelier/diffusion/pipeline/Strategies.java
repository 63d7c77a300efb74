package org.atelier.diffusion.pipeline;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.attention.full.FullSharing;
import org.atelier.attention.injection.InjectedAttention;
import org.atelier.attention.shared.Options;
import org.atelier.attention.shared.SharedAttention;
import org.atelier.attention.swap.SwappedAttention;

/** The strategies that the reference fixtures were made with. */
public final class Strategies {

    private Strategies() {}

    /** The real plugin with the flags of a fixture; {@code null} for no sharing. */
    public static AttentionStrategy of(JsonObject flags) {
        if (flags == null) {
            return unaligned();
        }
        boolean full = flags.has("full") && flags.get("full").getAsBoolean();
        return full ? full(flags) : new SharedAttention(options(Options.class, flags));
    }

    public static AttentionStrategy shared() {
        return of(new JsonObject());
    }

    /** With every option that uses features of the reference. */
    static AttentionStrategy everything() {
        return of(JsonParser.parseString("{\"adain-values\": true, \"share-group-norm\": true, \"score-scale\": 0.5,"
                        + " \"score-shift\": 0.7}")
                .getAsJsonObject());
    }

    /** Shares all of the reference but what a word of its prompt shows. */
    static AttentionStrategy excluding(String word) {
        JsonArray words = new JsonArray();
        words.add(word);
        JsonObject flags = new JsonObject();
        flags.add("exclude", words);
        return of(flags);
    }

    public static AttentionStrategy unaligned() {
        return new AttentionStrategy() {
            @Override
            public Attention at(AttentionLayer layer) {
                return Attention.plain();
            }

            @Override
            public Coupling coupling() {
                return Coupling.NONE;
            }
        };
    }

    /** Full sharing: all images attend to the tokens of all images. */
    public static AttentionStrategy full(JsonObject flags) {
        return new FullSharing(options(org.atelier.attention.full.Options.class, flags));
    }

    public static AttentionStrategy full() {
        return full(new JsonObject());
    }

    /** In the up blocks images attend to the references only. */
    public static AttentionStrategy swapped() {
        return new SwappedAttention(options(org.atelier.attention.swap.Options.class, new JsonObject()));
    }

    /** Injects the style of the reference into the content images. */
    public static AttentionStrategy injected(JsonObject flags) {
        return new InjectedAttention(options(org.atelier.attention.injection.Options.class, flags));
    }

    private static <T> T options(Class<T> type, JsonObject flags) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    JsonElement given = flags.get(kebab(method));
                    if (given == null) {
                        return method.getDefaultValue();
                    }
                    if (given instanceof JsonArray list) {
                        return list.asList().stream()
                                .map(JsonElement::getAsString)
                                .toArray(String[]::new);
                    }
                    JsonPrimitive value = given.getAsJsonPrimitive();
                    return value.isBoolean() ? (Object) value.getAsBoolean() : (Object) value.getAsDouble();
                }));
    }

    private static String kebab(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
