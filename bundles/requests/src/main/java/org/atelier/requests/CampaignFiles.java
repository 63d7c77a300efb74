package org.atelier.requests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchFormat;
import org.atelier.api.batch.BatchSet;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.StrengthPresets;
import org.atelier.api.set.StyleCards;
import org.atelier.requests.CampaignFields.Campaign;
import org.atelier.requests.CampaignFields.Matrix;
import org.atelier.requests.tree.RequestNode;
import org.atelier.requests.tree.RequestTree;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads campaign files. Every set is the fields of the base, overridden by its own, and is read as a request file is. */
@Component
public final class CampaignFiles implements BatchFormat {

    private static final long MAX_SETS = 10_000;

    private final ContextKinds kinds;
    private final StyleCards cards;
    private final StrengthPresets presets;

    /**
     * @param kinds which contexts read files
     * @param cards reads the style card that a request starts from
     * @param presets the strengths of attention strategies
     */
    @Activate
    public CampaignFiles(
            @Reference ContextKinds kinds, @Reference StyleCards cards, @Reference StrengthPresets presets) {
        this.kinds = kinds;
        this.cards = cards;
        this.presets = presets;
    }

    @Override
    public Batch read(Path file) {
        RequestNode root = RequestTree.read(file);
        FileResolver files = FileResolver.relativeTo(file, kinds, cards);
        Campaign campaign = CampaignFields.OBJECT.read(root, new ReadScope(files, presets, "", Map.of()));
        SetFields base = campaign.base() == null ? SetFields.none(root) : campaign.base();
        RequestReader reader = new RequestReader(files, presets);
        SetNames names = new SetNames();
        List<BatchSet> sets = new ArrayList<>();
        if (campaign.matrix() != null) {
            addMatrix(root.member("matrix"), campaign.matrix(), base, reader, names, sets);
        }
        for (RequestNode set : campaign.sets()) {
            sets.add(explicit(set, base, reader, names));
        }
        if (sets.isEmpty()) {
            throw root.fault("a campaign needs a matrix or sets");
        }
        return new Batch(sets);
    }

    private static void addMatrix(
            RequestNode node,
            Matrix matrix,
            SetFields base,
            RequestReader reader,
            SetNames names,
            List<BatchSet> sets) {
        List<List<Value>> dimensions = dimensions(matrix);
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(List::isEmpty)) {
            throw node.fault("a matrix needs styles, prompts or seeds, each with at least one value");
        }
        long count = dimensions.stream().mapToLong(List::size).reduce(1, (a, b) -> Math.min(a * b, MAX_SETS + 1));
        if (count > MAX_SETS) {
            throw node.fault("the matrix has more than %d sets; divide it into several campaigns".formatted(MAX_SETS));
        }
        List<List<Value>> combinations = List.of(List.of());
        for (List<Value> dimension : dimensions) {
            combinations = combinations.stream()
                    .flatMap(earlier -> dimension.stream().map(value -> appended(earlier, value)))
                    .toList();
        }
        for (List<Value> values : combinations) {
            Map<String, RequestNode> fields = new LinkedHashMap<>();
            values.forEach(value -> fields.put(value.key, value.node));
            String name = values.stream().map(Value::name).collect(Collectors.joining("-"));
            sets.add(new BatchSet(
                    names.free(name), reader.read(base.with(node, fields).node())));
        }
    }

    /**
     * A value of one dimension of a matrix.
     *
     * @param name its part of the name of a set
     * @param key of the field of a request
     * @param node value of the field
     */
    private record Value(String name, String key, RequestNode node) {}

    private static List<Value> appended(List<Value> earlier, Value value) {
        List<Value> all = new ArrayList<>(earlier);
        all.add(value);
        return all;
    }

    /** The values of each dimension that the matrix has. */
    private static List<List<Value>> dimensions(Matrix matrix) {
        List<List<Value>> dimensions = new ArrayList<>();
        if (matrix.styles() != null) {
            dimensions.add(matrix.styles().stream()
                    .map(style -> new Value(SetNames.part(style.text()), "style", style))
                    .toList());
        }
        if (matrix.prompts() != null) {
            dimensions.add(matrix.prompts().entrySet().stream()
                    .map(list -> new Value(SetNames.part(list.getKey()), "items", list.getValue()))
                    .toList());
        }
        if (matrix.seeds() != null) {
            dimensions.add(matrix.seeds().stream()
                    .map(seed -> new Value("seed-" + seed.longValue(), "seed", seed))
                    .toList());
        }
        return dimensions;
    }

    private static BatchSet explicit(RequestNode set, SetFields base, RequestReader reader, SetNames names) {
        RequestNode nameNode = set.member(CampaignFields.NAME);
        String name = nameNode.text();
        if (!name.matches(CampaignFields.NAME_PATTERN)) {
            throw nameNode.fault(
                    "a name has up to 80 letters, digits, spaces, dots, hyphens and underscores, and begins with a letter or digit, not '%s'"
                            .formatted(RequestNode.readable(name)));
        }
        if (!names.take(name)) {
            throw nameNode.fault("another set or file has the name '%s'; choose another".formatted(name));
        }
        Map<String, RequestNode> fields = new LinkedHashMap<>(set.members());
        fields.remove(CampaignFields.NAME);
        return new BatchSet(name, reader.read(base.with(set, fields).node()));
    }
}
