package org.atelier.requests;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCardFile;
import org.atelier.requests.tree.RequestNode;

/**
 * Reads a request from the tree of its file. Unknown content is an error with its location. The request may be the root
 * object or the value of {@code request} in a set's record or in image metadata.
 */
public final class RequestReader {

    private static final String REQUEST = "request";
    private static final String VERSION = "schema_version";
    private static final String ATTENTION = "attention";
    private static final String STRENGTH = "strength";
    private static final String CARD = "card";

    private final FileResolver files;
    private final StrengthPresets presets;

    /**
     * @param files resolves the file names in the request
     * @param presets the strengths of attention strategies
     */
    public RequestReader(FileResolver files, StrengthPresets presets) {
        this.files = files;
        this.presets = presets;
    }

    /** A reader for requests that Atelier wrote: it keeps all values and file names unchanged. */
    public static RequestReader verbatim() {
        return new RequestReader(FileResolver.verbatim(), StrengthPresets.NONE);
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
        PicturedItem.check(members);
        ReadScope anyAttention = new ReadScope(files, presets, "", members);
        SetRequest base = baseRequest(members, anyAttention);
        String attention = members.containsKey(ATTENTION)
                ? members.get(ATTENTION).text()
                : base.sharing().attention();
        ReadScope scope = new ReadScope(files, presets, attention, members);
        SetRequestBuilder request = base.toBuilder().attentionOptions(keptOptions(base, scope));
        members.forEach((key, value) -> RequestFields.of(key).read(value, scope, request));
        return request.build();
    }

    /** The request of the style card if there is one; else every default. */
    private SetRequest baseRequest(Map<String, RequestNode> members, ReadScope scope) {
        if (!members.containsKey(CARD)) {
            return SetRequest.builder().build();
        }
        StyleCardFile card = CardFields.OBJECT.read(members.get(CARD), scope);
        return files.baseRequest(card);
    }

    /** The attention options of the base request, except those that another attention or a strength replaces. */
    private Map<String, Object> keptOptions(SetRequest base, ReadScope scope) {
        if (!scope.attention().equals(base.sharing().attention())) {
            return Map.of();
        }
        Map<String, Object> kept = new LinkedHashMap<>(base.sharing().attentionOptions());
        if (scope.has(STRENGTH)) {
            String strength = scope.strength(scope.siblings().get(STRENGTH));
            kept.keySet()
                    .removeAll(
                            presets.options(scope.attention(), strength, false).keySet());
        }
        return kept;
    }
}
