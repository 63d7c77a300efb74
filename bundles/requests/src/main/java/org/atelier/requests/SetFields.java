package org.atelier.requests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.requests.tree.RequestNode;

/**
 * Fields of a request that are not read yet, since other fields override them.
 *
 * @param node the object of the fields
 */
record SetFields(RequestNode node) {

    /** Fields of a request in a file; none is required. */
    static final FieldType<SetFields> TYPE = new FieldType<>() {
        @Override
        public SetFields read(RequestNode node, ReadScope scope) {
            RequestFields.KEYS.check(node);
            return new SetFields(node);
        }

        @Override
        public JsonElement write(SetFields value) {
            throw new UnsupportedOperationException("A campaign is only read.");
        }

        @Override
        public JsonObject schema(SchemaDefinitions definitions) {
            JsonObject schema = ObjectType.schema(RequestFields.fields(), definitions);
            schema.remove("required");
            return schema;
        }
    };

    /** No fields. */
    static SetFields none(RequestNode place) {
        return new SetFields(new RequestNode(place.source(), place.line(), place.path(), Map.of()));
    }

    /** These fields, except those that others override. */
    SetFields with(RequestNode place, Map<String, RequestNode> others) {
        Map<String, RequestNode> members = new LinkedHashMap<>(node.members());
        members.putAll(others);
        return new SetFields(new RequestNode(place.source(), place.line(), place.path(), members));
    }
}
