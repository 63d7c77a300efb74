package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.atelier.requests.tree.RequestNode;

/**
 * A type of scalar values. The schema contains the range, but the reader checks only the type: the resolver checks
 * ranges, so that one error can list every value that is out of range.
 *
 * @param reader reads a node
 * @param writer writes JSON
 * @param keywords of the JSON Schema
 */
record SimpleType<V>(BiFunction<RequestNode, ReadScope, V> reader, Function<V, JsonElement> writer, JsonObject keywords)
        implements FieldType<V> {

    static SimpleType<String> text() {
        return of(RequestNode::text, JsonPrimitive::new, "string");
    }

    static SimpleType<Boolean> bool() {
        return of(RequestNode::bool, JsonPrimitive::new, "boolean");
    }

    /** A floating-point number. */
    static SimpleType<Double> number() {
        return of(RequestNode::doubleValue, JsonPrimitive::new, "number");
    }

    /** An integer of 32 bits. */
    static SimpleType<Integer> integer() {
        return of(RequestNode::intValue, JsonPrimitive::new, "integer");
    }

    /** An integer of 64 bits. */
    static SimpleType<Long> longInteger() {
        return of(RequestNode::longValue, JsonPrimitive::new, "integer");
    }

    /** One of several strings. */
    static SimpleType<String> oneOf(List<String> texts) {
        JsonArray all = new JsonArray();
        texts.forEach(all::add);
        JsonObject keywords = new JsonObject();
        keywords.add("enum", all);
        return new SimpleType<>((node, scope) -> node.text(), JsonPrimitive::new, keywords);
    }

    /** As {@link #oneOf}, for a field that holds no other value: another is a fault of the file. */
    static SimpleType<String> onlyOneOf(List<String> texts) {
        SimpleType<String> type = oneOf(texts);
        return new SimpleType<>(
                (node, scope) -> {
                    String text = node.text();
                    if (!texts.contains(text)) {
                        throw node.fault("expected %s, found '%s'"
                                .formatted(String.join(" or ", texts), RequestNode.readable(text)));
                    }
                    return text;
                },
                type.writer,
                type.keywords);
    }

    private static <V> SimpleType<V> of(Function<RequestNode, V> reader, Function<V, JsonElement> writer, String type) {
        JsonObject keywords = new JsonObject();
        keywords.addProperty("type", type);
        return new SimpleType<>((node, scope) -> reader.apply(node), writer, keywords);
    }

    /** A copy with another reader. */
    SimpleType<V> withReader(BiFunction<RequestNode, ReadScope, V> other) {
        return new SimpleType<>(other, writer, keywords);
    }

    SimpleType<V> atLeast(Number least) {
        return with("minimum", new JsonPrimitive(least));
    }

    SimpleType<V> above(Number bound) {
        return with("exclusiveMinimum", new JsonPrimitive(bound));
    }

    SimpleType<V> atMost(Number most) {
        return with("maximum", new JsonPrimitive(most));
    }

    SimpleType<V> below(Number bound) {
        return with("exclusiveMaximum", new JsonPrimitive(bound));
    }

    /** Strings of a length in characters. */
    SimpleType<V> length(int least, int most) {
        SimpleType<V> atLeast = least == 0 ? this : with("minLength", new JsonPrimitive(least));
        return most == Integer.MAX_VALUE ? atLeast : atLeast.with("maxLength", new JsonPrimitive(most));
    }

    SimpleType<V> matching(String pattern) {
        return with("pattern", new JsonPrimitive(pattern));
    }

    SimpleType<V> comment(String text) {
        return with("$comment", new JsonPrimitive(text));
    }

    private SimpleType<V> with(String keyword, JsonElement value) {
        JsonObject more = keywords.deepCopy();
        more.add(keyword, value);
        return new SimpleType<>(reader, writer, more);
    }

    @Override
    public V read(RequestNode node, ReadScope scope) {
        return reader.apply(node, scope);
    }

    @Override
    public JsonElement write(V value) {
        return writer.apply(value);
    }

    @Override
    public JsonObject schema(SchemaDefinitions definitions) {
        return keywords.deepCopy();
    }
}
