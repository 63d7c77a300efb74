package org.atelier.requests.tree;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Parses YAML 1.2 with its core schema into a tree with line numbers. It processes parser events, so that an alias
 * shares the node of its anchor and aliases cannot expand.
 */
final class YamlTree {

    private static final int MAX_CHARACTERS = 1 << 20;

    private final String source;
    private final Iterator<Event> events;
    private final ScalarResolver types = new CoreScalarResolver(false);
    private final Map<Anchor, RequestNode> anchors = new HashMap<>();
    private int aliases;

    private YamlTree(String text, String source) {
        this.source = source;
        this.events = new Parse(LoadSettings.builder().setLabel(source).build())
                .parseString(text)
                .iterator();
    }

    /** @param source name of the text in error messages */
    static RequestNode read(String text, String source) {
        if (text.length() > MAX_CHARACTERS) {
            throw new AtelierException(
                    INPUT_UNREADABLE,
                    "%s: more than %d characters of YAML; use JSON for a request of this size."
                            .formatted(source, MAX_CHARACTERS));
        }
        try {
            return new YamlTree(text, source).document();
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark().map(mark -> ", line " + line(mark)).orElse("");
            throw new AtelierException(
                    INPUT_UNREADABLE, source + line + ": not valid YAML: " + sentence(e.getProblem()) + ".", e);
        } catch (YamlEngineException e) {
            throw new AtelierException(
                    INPUT_UNREADABLE, source + ": not valid YAML: " + sentence(e.getMessage()) + ".", e);
        }
    }

    private RequestNode document() {
        Event event = nextBut(Event.ID.StreamStart);
        if (event.getEventId() != Event.ID.DocumentStart) {
            throw node(event, "$", null).fault("expected an object, found nothing");
        }
        RequestNode root = value(events.next(), "$", 1);
        Event after = nextBut(Event.ID.DocumentEnd);
        if (after.getEventId() == Event.ID.DocumentStart) {
            throw node(after, "$", null).fault("expected one document, found a second");
        }
        return root;
    }

    private Event nextBut(Event.ID passed) {
        Event event = events.next();
        while (event.getEventId() == passed || event.getEventId() == Event.ID.Comment) {
            event = events.next();
        }
        return event;
    }

    private RequestNode value(Event event, String path, int depth) {
        RequestNode here = node(event, path, null);
        TreeLimits.checkDepth(depth, here);
        if (event instanceof AliasEvent alias) {
            return resolve(alias, here);
        }
        Object value;
        if (event instanceof MappingStartEvent mapping) {
            refuseTag(mapping.getTag(), here);
            value = object(path, depth);
        } else if (event instanceof SequenceStartEvent sequence) {
            refuseTag(sequence.getTag(), here);
            value = list(path, depth);
        } else {
            value = scalar((ScalarEvent) event, here);
        }
        RequestNode node = node(event, path, value);
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    /** The value of the alias's anchor, with the location of the alias. */
    private RequestNode resolve(AliasEvent alias, RequestNode here) {
        TreeLimits.checkAliases(++aliases, here);
        RequestNode anchor = anchors.get(alias.getAlias());
        if (anchor == null) {
            throw here.fault("the alias *%s has no preceding anchor"
                    .formatted(RequestNode.readable(alias.getAlias().toString())));
        }
        return new RequestNode(source, here.line(), here.path(), anchor.value());
    }

    private Map<String, RequestNode> object(String path, int depth) {
        Map<String, RequestNode> object = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String key = key(event, path);
            RequestNode member = value(events.next(), path + "." + key, depth + 1);
            RequestNode placed = new RequestNode(source, node(event, path, null).line(), member.path(), member.value());
            if (object.put(key, placed) != null) {
                throw placed.fault("duplicate key");
            }
        }
        return object;
    }

    private String key(Event event, String path) {
        if (event instanceof ScalarEvent scalar && scalar.getTag().isEmpty()) {
            return scalar.getValue();
        }
        throw node(event, path, null).fault("expected a plain key");
    }

    private List<RequestNode> list(String path, int depth) {
        List<RequestNode> list = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            list.add(value(event, path + "[" + list.size() + "]", depth + 1));
        }
        return list;
    }

    private Object scalar(ScalarEvent event, RequestNode here) {
        refuseTag(event.getTag(), here);
        String text = event.getValue();
        if (!event.isPlain()) {
            return text;
        }
        Tag type = types.resolve(text, true);
        if (type.equals(Tag.NULL)) {
            return null;
        }
        if (type.equals(Tag.BOOL)) {
            return text.equalsIgnoreCase("true");
        }
        return type.equals(Tag.INT) || type.equals(Tag.FLOAT) ? number(text, here) : text;
    }

    private static BigDecimal number(String text, RequestNode here) {
        try {
            if (text.startsWith("0x")) {
                return new BigDecimal(new BigInteger(text.substring(2), 16));
            }
            if (text.startsWith("0o")) {
                return new BigDecimal(new BigInteger(text.substring(2), 8));
            }
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw here.fault(RequestNode.readable(text) + " is out of range");
        }
    }

    private static void refuseTag(Optional<String> tag, RequestNode here) {
        if (tag.isPresent()) {
            throw here.fault("tags are not supported; remove " + RequestNode.readable(tag.get()));
        }
    }

    private RequestNode node(Event event, String path, Object value) {
        return new RequestNode(source, event.getStartMark().map(YamlTree::line).orElse(1), path, value);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    private static String sentence(String problem) {
        return RequestNode.readable(
                String.valueOf(problem).replaceAll("\\s+", " ").replaceAll("\\.$", ""));
    }
}
