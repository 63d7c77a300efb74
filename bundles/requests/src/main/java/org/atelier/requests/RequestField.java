package org.atelier.requests;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;

/**
 * A field of the request itself, which may begin from another request's values.
 *
 * @param field its default is that of {@link SetRequest#builder}
 * @param setter tells a builder what the file says
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

    /** The same field, with words for what is chosen where it is absent. */
    RequestField<V> describeDefault(String inWords) {
        return new RequestField<>(field.describeDefault(inWords), setter);
    }

    /** The same field, without which there is no set. */
    RequestField<V> mandatory() {
        return new RequestField<>(field.mandatory(), setter);
    }

    /** The same field, written only where it is not the default. */
    RequestField<V> omitIfDefault() {
        return new RequestField<>(field.omitIfDefault(), setter);
    }

    void read(RequestNode node, ReadScope scope, SetRequestBuilder request) {
        setter.accept(request, field.type().read(node, scope));
    }
}
