package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * Several values of one type, in order.
 *
 * @param inWords {@code a list of items}
 * @param element the type of each
 * @param least how many there are at least
 * @param most how many there are at most; {@link Integer#MAX_VALUE} for any number
 */
record ListType<E>(String inWords, FieldType<E> element, int least, int most) implements FieldType<List<E>> {

    /** Any number of them. */
    static <E> ListType<E> of(String inWords, FieldType<E> element) {
        return new ListType<>(inWords, element, 0, Integer.MAX_VALUE);
    }

    ListType<E> atMost(int count) {
        return new ListType<>(inWords, element, least, count);
    }

    ListType<E> atLeast(int count) {
        return new ListType<>(inWords, element, count, most);
    }

    @Override
    public List<E> read(RequestNode node, ReadScope scope) {
        return node.elements(inWords).stream()
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
