package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.atelier.requests.tree.RequestNode;

/**
 * A list of values of one type.
 *
 * @param title for error messages: {@code a list of items}
 * @param element type of the elements
 * @param least minimum number of elements
 * @param most maximum number of elements; {@link Integer#MAX_VALUE} for no limit
 */
record ListType<E>(String title, FieldType<E> element, int least, int most) implements FieldType<List<E>> {

    /** A list of any length. */
    static <E> ListType<E> of(String title, FieldType<E> element) {
        return new ListType<>(title, element, 0, Integer.MAX_VALUE);
    }

    ListType<E> atMost(int count) {
        return new ListType<>(title, element, least, count);
    }

    ListType<E> atLeast(int count) {
        return new ListType<>(title, element, count, most);
    }

    @Override
    public List<E> read(RequestNode node, ReadScope scope) {
        return node.elements(title).stream()
                .map(each -> element.read(each, scope))
                .toList();
    }

    @Override
    public JsonElement write(List<E> values) {
        JsonArray json = new JsonArray();
        values.forEach(value -> json.add(element.write(value)));
        return json;
    }

    @Override
    public JsonObject schema(SchemaDefinitions definitions) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "array");
        if (least > 0) {
            json.addProperty("minItems", least);
        }
        if (most < Integer.MAX_VALUE) {
            json.addProperty("maxItems", most);
        }
        json.add("items", element.schema(definitions));
        return json;
    }
}
