package org.atelier.requests;

import java.util.HashMap;
import java.util.Map;
import org.atelier.requests.tree.RequestNode;

/**
 * The field values of one object in a file.
 *
 * @param <T> the object
 */
final class FieldValues<T> {

    private final Map<String, Object> values = new HashMap<>();

    <V> void read(Field<T, V> field, RequestNode node, ReadScope scope) {
        values.put(field.key(), field.type().read(node, scope));
    }

    /** The value in the file, or else the default. */
    @SuppressWarnings("unchecked") // only read puts values, each for a field of its type
    <V> V get(Field<T, V> field) {
        return (V) values.getOrDefault(field.key(), field.defaultValue());
    }
}
