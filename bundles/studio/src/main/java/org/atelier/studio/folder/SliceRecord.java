package org.atelier.studio.folder;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.api.set.ImageSelection;
import org.atelier.requests.tree.RequestNode;

/**
 * What {@code set.json} says of a slice beside what it says of a whole set: which images it has, and what the bytes of an
 * image depend on beside the request and the models.
 *
 * @param images the images that are present
 * @param threads number of threads that it was generated with; {@code null} on a GPU
 * @param build the version of Atelier and the fingerprint of its build
 * @param plugins bundle, version and code of every plugin, by display name
 */
public record SliceRecord(ImageSelection images, Integer threads, String build, Map<String, String> plugins) {

    static final String KEY = "slice";

    private static final String IMAGES = "images";
    private static final String THREADS = "threads";
    private static final String BUILD = "build";
    private static final String PLUGINS = "plugins";

    /** Makes a defensive copy. */
    public SliceRecord {
        plugins = new TreeMap<>(plugins);
    }

    /** The record of a slice; {@code null} if the manifest is that of a whole set. */
    public static SliceRecord of(RunManifest run) {
        return run.only() == null ? null : new SliceRecord(run.only(), run.threads(), run.version(), run.plugins());
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty(IMAGES, images.toString());
        if (threads != null) {
            json.addProperty(THREADS, threads);
        }
        json.addProperty(BUILD, build);
        JsonObject used = new JsonObject();
        plugins.forEach(used::addProperty);
        json.add(PLUGINS, used);
        return json;
    }

    static SliceRecord read(RequestNode node) {
        Map<String, String> plugins = new TreeMap<>();
        RequestNode threads = node.members().get(THREADS);
        node.member(PLUGINS).members().forEach((name, value) -> plugins.put(name, value.text()));
        return new SliceRecord(
                ImageSelection.parse(node.member(IMAGES).text()),
                threads == null ? null : threads.intValue(),
                node.member(BUILD).text(),
                plugins);
    }
}
