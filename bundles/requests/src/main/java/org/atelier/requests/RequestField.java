package org.atelier.requests;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.requests.tree.RequestNode;

/**
 * A field of the request itself, which may start from another request's values.
 *
 * @param field its default is that of {@link SetRequest#builder}
 * @param setter sets the value in a builder
 */
record RequestField<V>(Field<SetRequest, V> field, BiConsumer<SetRequestBuilder, V> setter) {

    private static final SetRequest DEFAULTS = SetRequest.builder().build();

    static <V> RequestField<V> of(
            String key,
            FieldType<V> type,
            String description,
            Function<SetRequest, V> getter,
            BiConsumer<SetRequestBuilder, V> setter) {
        return new RequestField<>(Field.of(key, type, description, getter).withDefault(getter.apply(DEFAULTS)), setter);
    }

    /** A copy with a description of its default. */
    RequestField<V> describeDefault(String text) {
        return new RequestField<>(field.describeDefault(text), setter);
    }

    /** A copy that is required. */
    RequestField<V> mandatory() {
        return new RequestField<>(field.mandatory(), setter);
    }

    /** A copy that is not written if it has its default value. */
    RequestField<V> omitIfDefault() {
        return new RequestField<>(field.omitIfDefault(), setter);
    }

    void read(RequestNode node, ReadScope scope, SetRequestBuilder request) {
        setter.accept(request, field.type().read(node, scope));
    }
}
