package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A type of values without parts. Its schema says the range, which the resolver checks: the reader checks types alone, so
 * that one error can list every value that is out of range.
 *
 * @param reader of a node
 * @param writer as JSON
 * @param keywords of JSON Schema
 */
record SimpleType<V>(BiFunction<RequestNode, ReadScope, V> reader, Function<V, JsonElement> writer, JsonObject keywords)
        implements FieldType<V> {

    static SimpleType<String> text() {
        return of(RequestNode::text, JsonPrimitive::new, "string");
    }

    static SimpleType<Boolean> truth() {
        return of(RequestNode::truth, JsonPrimitive::new, "boolean");
    }

    /** A number with a fraction. */
    static SimpleType<Double> number() {
        return of(RequestNode::fraction, JsonPrimitive::new, "number");
    }

    /** A whole number. */
    static SimpleType<Integer> integer() {
        return of(RequestNode::small, JsonPrimitive::new, "integer");
    }

    /** A whole number of 64 bits. */
    static SimpleType<Long> longInteger() {
        return of(RequestNode::whole, JsonPrimitive::new, "integer");
    }

    /** A text that is one of several. */
    static SimpleType<String> oneOf(List<String> texts) {
        JsonArray all = new JsonArray();
        texts.forEach(all::add);
        JsonObject keywords = new JsonObject();
        keywords.add("enum", all);
        return new SimpleType<>((node, scope) -> node.text(), JsonPrimitive::new, keywords);
    }

    private static <V> SimpleType<V> of(Function<RequestNode, V> reader, Function<V, JsonElement> writer, String type) {
        JsonObject keywords = new JsonObject();
        keywords.addProperty("type", type);
        return new SimpleType<>((node, scope) -> reader.apply(node), writer, keywords);
    }

    /** The same type, read with a look at what stands around it. */
    SimpleType<V> readBy(BiFunction<RequestNode, ReadScope, V> other) {
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

    /** Texts of so many letters. */
    SimpleType<V> letters(int least, int most) {
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
