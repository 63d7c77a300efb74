package org.atelier.doctor.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.atelier.doctor.Findings;
import org.atelier.doctor.LoggedEntries;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

class ConfiguredValuesTest {

    private final ConfiguredValues values = new ConfiguredValues(new Described(List.of(
            new Option("seconds", AttributeDefinition.INTEGER, 0, "600"),
            new Option("share", AttributeDefinition.DOUBLE, 0, "0.5"),
            new Option("exact", AttributeDefinition.BOOLEAN, 0, "true"),
            new Option("layers", AttributeDefinition.LONG, 100, null))));

    @Test
    void acceptsValidValues() {
        assertEquals(
                List.of(),
                examine(Map.of("seconds", " 3 ", "share", "1e-1", "exact", "False", "layers", "1,2, 3", "other", "?")));
        assertEquals(List.of(), examine(Map.of("seconds", 3, "layers", new long[] {1, 2})));
        assertEquals(List.of(), examine(Map.of("layers", List.of("1", "2"))));
    }

    @Test
    void namesAValueOfAnotherType() {
        assertEquals(
                List.of("CRITICAL a.cfg: seconds = soon: 'soon' is not a whole number. Correct it, or omit"
                        + " it for the default, 600."),
                examine(Map.of("seconds", "soon")));
        assertEquals(
                List.of("CRITICAL a.cfg: exact = yes: 'yes' is not true or false. Correct it, or omit"
                        + " it for the default, true."),
                examine(Map.of("exact", "yes")));
        assertEquals(
                List.of("CRITICAL a.cfg: layers = 1,two: 'two' is not a whole number. Correct it, or omit"
                        + " it for the default, none."),
                examine(Map.of("layers", "1,two")));
    }

    @Test
    void namesAValueOutOfItsRange() {
        assertEquals(
                List.of("CRITICAL a.cfg: share = 13: it is not allowed (unlucky). Correct it, or omit"
                        + " it for the default, 0.5."),
                examine(Map.of("share", "13")));
    }

    @Test
    void namesAKeyThatIsNearlyKnown() {
        assertEquals(List.of("WARN a.cfg: No bundle reads 'secnds'. Use 'seconds'."), examine(Map.of("secnds", "3")));
    }

    private List<String> examine(Map<String, Object> configured) {
        Findings findings = new Findings();
        values.examine("a.cfg", FrameworkUtil.asDictionary(configured), findings);
        return LoggedEntries.of(findings.result());
    }

    private record Described(List<Option> options) implements ObjectClassDefinition {

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            return options.toArray(AttributeDefinition[]::new);
        }

        @Override
        public String getName() {
            return "Test";
        }

        @Override
        public String getID() {
            return "test";
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public InputStream getIcon(int size) {
            return null;
        }
    }

    /** One that does not like 13. */
    private record Option(String id, int type, int cardinality, String defaultValue) implements AttributeDefinition {

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
            return "";
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
            return value.equals("13") ? "unlucky" : "";
        }

        @Override
        public String[] getDefaultValue() {
            return defaultValue == null ? null : new String[] {defaultValue};
        }
    }
}
