package org.atelier.plugins;

import java.util.function.UnaryOperator;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * An attribute definition of a plugin option.
 *
 * @param cardinality 0 for a value, else for a list
 * @param validator what it says to a value
 */
public record FakeAttribute(String id, int type, int cardinality, String byDefault, UnaryOperator<String> validator)
        implements AttributeDefinition {

    public static FakeAttribute of(String id, int type, String byDefault) {
        return new FakeAttribute(id, type, 0, byDefault, value -> "");
    }

    public static FakeAttribute list(String id, int type, String byDefault) {
        return new FakeAttribute(id, type, Integer.MAX_VALUE, byDefault, value -> "");
    }

    @Override
    public String getName() {
        return id;
    }

    @Override
    public String getID() {
        return id;
    }

    @Override
    public String getDescription() {
        return id;
    }

    @Override
    public int getCardinality() {
        return cardinality;
    }

    @Override
    public int getType() {
        return type;
    }

    @Override
    public String[] getOptionValues() {
        return null;
    }

    @Override
    public String[] getOptionLabels() {
        return null;
    }

    @Override
    public String validate(String value) {
        return validator.apply(value);
    }

    @Override
    public String[] getDefaultValue() {
        return byDefault == null ? null : new String[] {byDefault};
    }
}
