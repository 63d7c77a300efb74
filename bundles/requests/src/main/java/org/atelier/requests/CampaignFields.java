package org.atelier.requests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.requests.tree.RequestNode;

/** The fields of a campaign file. */
final class CampaignFields {

    /** The key of the name of an explicit set. */
    static final String NAME = "name";

    /** Letters and digits of any language, with spaces, dots, hyphens and underscores between them. */
    static final String NAME_PATTERN = "^[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._-]{0,78}[\\p{L}\\p{N}_-])?$";

    private static final int MAX_SETS = 10_000;

    private static final Field<Matrix, List<RequestNode>> STYLES = Field.of(
            "styles",
            ListType.of("a list of styles", new KeptType(SimpleType.text())).atLeast(1),
            "The style of each set, in place of the base's.",
            Matrix::styles);
    private static final Field<Matrix, Map<String, RequestNode>> PROMPTS = Field.of(
            "prompts",
            new PromptListsType(),
            "Lists of items by name, such as animals: the items of each set, in place of the base's.",
            Matrix::prompts);
    private static final Field<Matrix, List<RequestNode>> SEEDS = Field.of(
            "seeds",
            ListType.of("a list of seeds", new KeptType(SharedTypes.SEED)).atLeast(1),
            "The seed of each set, in place of the base's.",
            Matrix::seeds);

    private static final ObjectType<Matrix> MATRIX = new ObjectType<>(
            "a matrix",
            List.of(STYLES, PROMPTS, SEEDS),
            values -> new Matrix(values.get(STYLES), values.get(PROMPTS), values.get(SEEDS)));

    private static final Field<Campaign, Integer> SCHEMA_VERSION =
            Field.of("schema_version", new VersionType(), "Version of this schema.", campaign -> Json.SCHEMA_VERSION);
    private static final Field<Campaign, SetFields> BASE = Field.of(
            "base",
            SetFields.TYPE.named("fields"),
            "What all sets have in common: any fields of a request.",
            Campaign::base);
    private static final Field<Campaign, Matrix> MATRIX_FIELD = Field.of(
            "matrix",
            MATRIX,
            "A set for each combination of a style, a list of prompts and a seed; a key that is absent is no part of it.",
            Campaign::matrix);
    private static final Field<Campaign, List<RequestNode>> SETS = Field.of(
                    "sets",
                    ListType.of("a list of sets", new NamedSetType()).atMost(MAX_SETS),
                    "Further sets, each with a name and any fields of a request, which override the base's.",
                    Campaign::sets)
            .withDefault(List.of());

    static final ObjectType<Campaign> OBJECT = new ObjectType<>(
            "a campaign",
            List.of(SCHEMA_VERSION, BASE, MATRIX_FIELD, SETS),
            values -> new Campaign(values.get(BASE), values.get(MATRIX_FIELD), values.get(SETS)));

    private CampaignFields() {}

    /**
     * What a campaign file says.
     *
     * @param base {@code null} for none
     * @param matrix {@code null} for none
     * @param sets the explicit sets
     */
    record Campaign(SetFields base, Matrix matrix, List<RequestNode> sets) {}

    /**
     * The dimensions of a matrix; one that is {@code null} is absent.
     *
     * @param prompts lists of items, by name
     */
    record Matrix(List<RequestNode> styles, Map<String, RequestNode> prompts, List<RequestNode> seeds) {}

    /** The JSON Schema of campaign files. */
    static JsonObject schema() {
        SchemaDefinitions definitions = new SchemaDefinitions();
        JsonObject campaign = OBJECT.schema(definitions);
        JsonObject json = new JsonObject();
        json.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.addProperty("title", "A campaign for Atelier: many sets of images");
        json.addProperty("description", "Sets for atelier batch, as YAML or JSON: a matrix, explicit sets, or both.");
        campaign.entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
        json.add("$defs", definitions.all());
        return json;
    }

    /** A value that is checked and kept as a part of the file, so that a set can have it among its fields. */
    private record KeptType(FieldType<?> type) implements FieldType<RequestNode> {

        @Override
        public RequestNode read(RequestNode node, ReadScope scope) {
            type.read(node, scope);
            return node;
        }

        @Override
        public JsonElement write(RequestNode value) {
            throw new UnsupportedOperationException("A campaign is only read.");
        }

        @Override
        public JsonObject schema(SchemaDefinitions definitions) {
            return type.schema(definitions);
        }
    }

    /** Lists of items by name; an item is checked when the request of its set is read. */
    private static final class PromptListsType implements FieldType<Map<String, RequestNode>> {

        private static final ListType<PicturedItem> ITEMS =
                ListType.of("a list of items", ItemFields.TYPE).atLeast(1);

        @Override
        public Map<String, RequestNode> read(RequestNode node, ReadScope scope) {
            Map<String, RequestNode> lists = new LinkedHashMap<>(node.members());
            lists.values().forEach(list -> list.elements(ITEMS.title()));
            return lists;
        }

        @Override
        public JsonElement write(Map<String, RequestNode> value) {
            throw new UnsupportedOperationException("A campaign is only read.");
        }

        @Override
        public JsonObject schema(SchemaDefinitions definitions) {
            JsonObject schema = new JsonObject();
            schema.addProperty("type", "object");
            schema.addProperty("minProperties", 1);
            schema.add("additionalProperties", ITEMS.schema(definitions));
            return schema;
        }
    }

    /** An explicit set. */
    private static final class NamedSetType implements FieldType<RequestNode> {

        private static final SimpleType<String> NAME_TYPE = SimpleType.text().matching(NAME_PATTERN);

        @Override
        public RequestNode read(RequestNode node, ReadScope scope) {
            if (!node.members().containsKey(NAME)) {
                throw node.fault("a set of a campaign needs a name");
            }
            return node;
        }

        @Override
        public JsonElement write(RequestNode value) {
            throw new UnsupportedOperationException("A campaign is only read.");
        }

        @Override
        public JsonObject schema(SchemaDefinitions definitions) {
            JsonObject schema = SetFields.TYPE.schema(definitions);
            JsonObject name = NAME_TYPE.schema(definitions);
            name.addProperty("description", "The name of the folder of the set.");
            schema.getAsJsonObject("properties").add(NAME, name);
            JsonArray required = new JsonArray();
            required.add(NAME);
            schema.add("required", required);
            return schema;
        }
    }
}
