package org.atelier.requests;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCardFile;

/**
 * Reads a request from the tree of its file and refuses what it does not understand, naming the place. The request may
 * stand alone or as the value of {@code request} in a set's record or in what an image carries.
 */
public final class RequestReader {

    private static final String REQUEST = "request";
    private static final String VERSION = "schema_version";
    private static final String ATTENTION = "attention";
    private static final String STRENGTH = "strength";
    private static final String CARD = "card";

    private final NamedFiles files;
    private final StrengthPresets presets;

    /**
     * @param files finds the files that the request names
     * @param presets say which strengths an attention has
     */
    public RequestReader(NamedFiles files, StrengthPresets presets) {
        this.files = files;
        this.presets = presets;
    }

    /** A reader of what Atelier wrote: each value and each name of a file as it stands there. */
    public static RequestReader asItStands() {
        return new RequestReader(NamedFiles.asTheyStand(), StrengthPresets.NONE);
    }

    public SetRequest read(RequestNode root) {
        Map<String, RequestNode> members = root.members();
        if (!members.containsKey(REQUEST)) {
            return request(root);
        }
        if (members.containsKey(VERSION)) {
            VersionType.check(members.get(VERSION));
        }
        return request(members.get(REQUEST));
    }

    private SetRequest request(RequestNode node) {
        RequestFields.KEYS.check(node);
        Map<String, RequestNode> members = node.members();
        ReadScope anyAttention = new ReadScope(files, presets, "", members);
        SetRequest beginning = beginning(members, anyAttention);
        String attention = members.containsKey(ATTENTION)
                ? members.get(ATTENTION).text()
                : beginning.sharing().attention();
        ReadScope scope = new ReadScope(files, presets, attention, members);
        SetRequestBuilder request = beginning.toBuilder().attentionOptions(keptOptions(beginning, scope));
        members.forEach((key, value) -> RequestFields.of(key).read(value, scope, request));
        return request.build();
    }

    /** What the request's style card says, if it names one; else every default. */
    private SetRequest beginning(Map<String, RequestNode> members, ReadScope scope) {
        if (!members.containsKey(CARD)) {
            return SetRequest.builder().build();
        }
        StyleCardFile card = CardFields.OBJECT.read(members.get(CARD), scope);
        return files.beginning(card);
    }

    /** The beginning's options of the attention, as far as another attention or a strength does not replace them. */
    private Map<String, Object> keptOptions(SetRequest beginning, ReadScope scope) {
        if (!scope.attention().equals(beginning.sharing().attention())) {
            return Map.of();
        }
        Map<String, Object> kept = new LinkedHashMap<>(beginning.sharing().attentionOptions());
        if (scope.has(STRENGTH)) {
            String strength = scope.strength(scope.siblings().get(STRENGTH));
            kept.keySet()
                    .removeAll(
                            presets.options(scope.attention(), strength, false).keySet());
        }
        return kept;
    }
}
