package org.atelier.web.a1111;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.atelier.web.http.ApiError;

/**
 * The body of a call: values by name. A value of {@code null} is absent, and so is an empty text where a name is expected.
 *
 * @param json the body
 */
record FormFields(JsonObject json) {

    /** @throws ApiError if the text is not a JSON object */
    static FormFields parse(String text) {
        try {
            return new FormFields(JsonParser.parseString(text).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException | StackOverflowError e) {
            throw ApiError.of(422, "invalid_request", "The body is not a JSON object.");
        }
    }

    private Optional<JsonElement> value(String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isJsonNull());
    }

    Optional<String> text(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
                        return primitive.getAsString();
                    }
                    throw invalid(name, "must be a string");
                })
                .filter(text -> !text.isEmpty());
    }

    /** A whole number; also one that is written as a text or with a fraction of zero, as webui reads it. */
    Optional<Long> integer(String name, long least, long most) {
        return value(name).map(value -> {
            String expected = "must be a whole number from %d to %d".formatted(least, most);
            try {
                long number = number(value).longValueExact();
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (ArithmeticException | NumberFormatException | IllegalStateException e) {
                throw invalid(name, expected);
            }
            throw invalid(name, expected);
        });
    }

    Optional<Integer> integer(String name, int least, int most) {
        return integer(name, (long) least, (long) most).map(Long::intValue);
    }

    Optional<Double> number(String name, double least, double most) {
        return value(name).map(value -> {
            String expected = "must be a number from %s to %s".formatted(plain(least), plain(most));
            try {
                double number = number(value).doubleValue();
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException | IllegalStateException e) {
                throw invalid(name, expected);
            }
            throw invalid(name, expected);
        });
    }

    private static String plain(double bound) {
        return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal number(JsonElement value) {
        String text = value.getAsJsonPrimitive().getAsString();
        // The exact value of 1e999999999 would take a gigabyte.
        if (!text.matches("-?\\d{1,19}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?")) {
            throw new NumberFormatException(text);
        }
        return new BigDecimal(text);
    }

    boolean flag(String name, boolean absent) {
        return value(name)
                .map(value -> {
                    if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
                        return primitive.getAsBoolean();
                    }
                    throw invalid(name, "must be true or false");
                })
                .orElse(absent);
    }

    /** Texts; a single one instead of a list is accepted. */
    List<String> texts(String name) {
        return value(name)
                .map(value -> {
                    JsonArray list = value instanceof JsonArray array ? array : listOf(value);
                    return StreamSupport.stream(list.spliterator(), false)
                            .map(element -> {
                                if (element instanceof JsonPrimitive primitive && primitive.isString()) {
                                    return primitive.getAsString();
                                }
                                throw invalid(name, "must be a list of texts");
                            })
                            .filter(text -> !text.isBlank())
                            .toList();
                })
                .orElse(List.of());
    }

    private static JsonArray listOf(JsonElement value) {
        JsonArray list = new JsonArray();
        list.add(value);
        return list;
    }

    /** The values of an object; none if it is absent. */
    FormFields inner(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof JsonObject object) {
                        return new FormFields(object);
                    }
                    throw invalid(name, "must be an object");
                })
                .orElseGet(() -> new FormFields(new JsonObject()));
    }

    /** Whether a value is given that is not empty, zero or false. */
    boolean isSet(String name) {
        return value(name)
                .filter(value -> !(value instanceof JsonObject object && object.isEmpty()))
                .filter(value -> !(value instanceof JsonArray array && array.isEmpty()))
                .filter(value -> !(value instanceof JsonPrimitive primitive
                        && List.of("", "0", "0.0", "false", "None").contains(primitive.getAsString())))
                .isPresent();
    }

    /** Returns the error of a value. @param why a phrase without a full stop */
    static ApiError invalid(String name, String why) {
        return ApiError.of(422, "invalid_request", "%s: %s.".formatted(name, why));
    }
}
