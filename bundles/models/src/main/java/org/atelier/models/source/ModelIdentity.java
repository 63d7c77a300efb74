package org.atelier.models.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.atelier.files.Sha256;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelComponent.Kind;
import org.atelier.models.json.Settings;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.models.tokenizer.Vocabulary;
import org.atelier.tensor.Precision;

/**
 * What makes a model this one and no other, as a hash: what its configurations say, its vocabularies, and of every tensor
 * its name, shape, type and a sample of its numbers. Small tensors are read whole, of large ones blocks all over them; so a
 * fine-tune of the same shapes is another model, and one of seven gigabytes is told apart within seconds. Neither the
 * folder's place and name nor how the tensors are spread over files counts.
 */
final class ModelIdentity {

    /** Biases, norms and small matrices. */
    private static final int WHOLE_BYTES = 64 << 10;

    private static final int BLOCKS = 16;
    private static final int BLOCK_BYTES = 4 << 10;

    private final MessageDigest digest = Sha256.digest();

    /**
     * @param weights of the components that have any, by name
     * @param precision in which the model computes: it decides which variant of the weights is taken
     */
    static String of(ModelFolder model, Map<String, WeightFiles> weights, Precision precision) {
        ModelIdentity identity = new ModelIdentity();
        List<ModelComponent> components = model.family().components();
        identity.say("index", model.index());
        for (ModelComponent component : components) {
            identity.say(component.name(), model.settings(component.name()));
        }
        for (ModelComponent component : components) {
            if (component.kind() == Kind.CLIP_TOKENIZER) {
                identity.vocabulary(component, model.path().resolve(component.name()));
            }
        }
        for (ModelComponent component : components) {
            if (weights.containsKey(component.name())) {
                Precision own = component.kind() == Kind.AUTOENCODER ? Precision.FLOAT32 : precision;
                identity.tensors(component, weights.get(component.name()).fitting(own));
            }
        }
        return Sha256.of(identity.digest);
    }

    private void say(String part, Settings settings) {
        JsonObject sorted = new JsonObject();
        for (String key : new TreeSet<>(settings.keys())) {
            // Keys such as _diffusers_version tell who wrote the file last, not what the model is.
            if (!key.startsWith("_")) {
                sorted.add(key, settings.json(key));
            }
        }
        say(part + " " + sorted);
    }

    private void vocabulary(ModelComponent component, Path folder) {
        Vocabulary vocabulary = Vocabulary.in(folder);
        Map<String, JsonElement> ids = new TreeMap<>(vocabulary.ids().asMap());
        say(component.name() + " " + ids + " " + vocabulary.merges() + " " + vocabulary.added());
    }

    private void tensors(ModelComponent component, WeightSet weights) {
        new TreeMap<>(weights.tensors()).forEach((name, located) -> {
            TensorEntry entry = located.entry();
            say(component.name() + " " + name + " " + entry.type() + " " + entry.shape());
            sample(located.file().map(entry));
        });
    }

    private void sample(ByteBuffer bytes) {
        int size = bytes.remaining();
        if (size <= WHOLE_BYTES) {
            digest.update(bytes);
            return;
        }
        for (int block = 0; block < BLOCKS; block++) {
            int begin = (int) ((long) (size - BLOCK_BYTES) * block / (BLOCKS - 1));
            digest.update(bytes.slice(begin, BLOCK_BYTES));
        }
    }

    private void say(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
